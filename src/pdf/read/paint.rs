//! Colours of a page's content, as text that a person can read.

use std::fmt;
use std::sync::Arc;

use lopdf::content::Operation;
use lopdf::{Dictionary, Object};

use super::colour::{Inks, Space};
use super::file::{File, as_name, short};
use super::state::State;

/// A colour in its colour space.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Paint {
    space: String,
    values: Vec<f64>,
    pattern: Option<String>,
    kind: Arc<Space>,
    /// Whether no colour was set since the space was.
    first: bool,
}

impl Paint {
    /// The colour space.
    pub(crate) fn space(&self) -> &Space {
        &self.kind
    }

    /// The values of the colour.
    pub(crate) fn values(&self) -> Vec<f64> {
        if self.first {
            self.kind.first_colour()
        } else {
            self.values.clone()
        }
    }

    /// Whether a pattern is painted and no flat colour.
    pub(crate) fn is_pattern(&self) -> bool {
        self.pattern.is_some()
    }

    /// The inks of a flat colour, where its space says so.
    pub(crate) fn inks(&self) -> Option<Inks> {
        self.kind
            .inks(&self.values())
            .filter(|_| !self.is_pattern())
    }
}

impl Default for Paint {
    fn default() -> Self {
        Paint {
            space: "DeviceGray".into(),
            values: vec![0.0],
            pattern: None,
            kind: Arc::new(Space::Gray),
            first: false,
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
    state: &mut State,
) -> bool {
    let operator = operation.operator.as_str();
    let device = |name: &str, kind| Paint {
        space: name.into(),
        values: numbers.to_vec(),
        pattern: None,
        kind: Arc::new(kind),
        first: false,
    };
    let lower = operator.starts_with(|c: char| c.is_ascii_lowercase());
    let paint = match operator {
        "g" | "G" => device("DeviceGray", Space::Gray),
        "rg" | "RG" => device("DeviceRGB", Space::Rgb),
        "k" | "K" => device("DeviceCMYK", Space::Cmyk),
        "cs" | "CS" => {
            let name = operation.operands.first().and_then(as_name);
            let name = name.unwrap_or_default();
            Paint {
                space: space(file, resources, &name),
                values: vec![0.0],
                pattern: None,
                kind: Arc::new(Space::find(file, resources, &name)),
                first: true,
            }
        }
        "sc" | "SC" | "scn" | "SCN" => {
            let now = match lower {
                true => &state.graphics.fill,
                false => &state.graphics.stroke,
            };
            Paint {
                values: numbers.to_vec(),
                pattern: operation.operands.last().and_then(as_name),
                first: false,
                ..now.clone()
            }
        }
        _ => return false,
    };
    match lower {
        true => state.change().fill = paint,
        false => state.change().stroke = paint,
    }
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

/// A colour space as text.
pub(crate) fn describe(file: &File, space: &Object) -> Option<String> {
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
