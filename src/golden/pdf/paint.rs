//! Colours of a page's content and its pictures, as text that a person can read.

use std::fmt;

use lopdf::content::Operation;
use lopdf::{Dictionary, Object, Stream};

use super::file::{File, as_name, short};
use crate::golden::sha256;

/// A colour in its colour space.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Paint {
    space: String,
    values: Vec<f64>,
    pattern: Option<String>,
}

impl Default for Paint {
    fn default() -> Self {
        Paint {
            space: "DeviceGray".into(),
            values: vec![0.0],
            pattern: None,
        }
    }
}

impl fmt::Display for Paint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.space)?;
        match (self.values.as_slice(), &self.pattern) {
            (_, Some(_)) => write!(f, " pattern"),
            ([r, g, b], _) if !self.space.starts_with("Lab") => {
                let byte = |value: &f64| (value.clamp(0.0, 1.0) * 255.0).round() as u8;
                write!(f, " #{:02x}{:02x}{:02x}", byte(r), byte(g), byte(b))
            }
            (values, _) => values
                .iter()
                .try_for_each(|value| write!(f, " {}", short(*value))),
        }
    }
}

/// Sets a colour if the operation is one that does, and says whether it was.
pub(super) fn paint(
    file: &File,
    operation: &Operation,
    numbers: &[f64],
    resources: &Dictionary,
    fill: &mut Paint,
    stroke: &mut Paint,
) -> bool {
    let operator = operation.operator.as_str();
    let target = if operator.starts_with(|c: char| c.is_ascii_lowercase()) {
        fill
    } else {
        stroke
    };
    let space = match operator {
        "g" | "G" => "DeviceGray".to_string(),
        "rg" | "RG" => "DeviceRGB".to_string(),
        "k" | "K" => "DeviceCMYK".to_string(),
        "cs" | "CS" => {
            let name = operation
                .operands
                .first()
                .and_then(as_name)
                .unwrap_or_default();
            *target = Paint {
                space: space(file, resources, &name),
                values: vec![0.0],
                pattern: None,
            };
            return true;
        }
        "sc" | "SC" | "scn" | "SCN" => {
            target.values = numbers.to_vec();
            target.pattern = operation.operands.last().and_then(as_name);
            return true;
        }
        _ => return false,
    };
    *target = Paint {
        space,
        values: numbers.to_vec(),
        pattern: None,
    };
    true
}

/// A colour space by its family, with what tells two of a family apart.
fn space(file: &File, resources: &Dictionary, name: &str) -> String {
    let Some(space) = file
        .dict(resources, "ColorSpace")
        .map(|all| file.get(all, name))
    else {
        return name.into();
    };
    describe(file, space).unwrap_or_else(|| name.into())
}

fn describe(file: &File, space: &Object) -> Option<String> {
    let Object::Array(parts) = space else {
        return as_name(space);
    };
    let family = as_name(file.resolve(parts.first()?))?;
    let detail = match (family.as_str(), parts.get(1).map(|part| file.resolve(part))) {
        ("ICCBased", Some(Object::Stream(profile))) => {
            file.integer(&profile.dict, "N").map(|n| n.to_string())
        }
        ("Separation", Some(name)) => as_name(name),
        _ => None,
    };
    Some(detail.map_or_else(|| family.clone(), |detail| format!("{family}({detail})")))
}

/// A picture: its pixels, colour space, compression and the SHA-256 of its data.
pub(super) fn picture(file: &File, stream: &Stream) -> String {
    let size = |key| {
        file.integer(&stream.dict, key)
            .map_or_else(|| "?".into(), |size| size.to_string())
    };
    let space = describe(file, file.get(&stream.dict, "ColorSpace"))
        .unwrap_or_else(|| "no colour space".into());
    let filter = file
        .name(&stream.dict, "Filter")
        .unwrap_or_else(|| "no filter".into());
    let mask = if stream.dict.has(b"SMask") {
        ", with transparency"
    } else {
        ""
    };
    format!(
        "{} × {} px, {space}, {filter}{mask}, sha-256 {}",
        size("Width"),
        size("Height"),
        sha256(&stream.content)
    )
}
