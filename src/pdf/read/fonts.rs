//! Fonts as a page uses them: which text and which width each code of a string has, and what a reviewer wants to
//! know of a font.

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::{Dictionary, Object, ObjectId};

use super::cmap::{CMap, windows_1252};
use super::file::{File, as_dict, as_name, number};

/// Most characters that a width array may cover.
const CODES: i64 = 1 << 16;

/// What a reviewer wants to know of a font.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FontFacts {
    /// PostScript name without the tag of a subset.
    pub name: String,
    /// Type, with that of the descendant for a composite font.
    pub kind: String,
    /// How the font program is embedded; `None` where it is not.
    pub embedded: Option<String>,
    /// Whether it is a subset.
    pub subset: bool,
    /// Whether it says which Unicode characters its codes stand for.
    pub to_unicode: bool,
}

/// A font that can decode strings.
#[derive(Debug, Default)]
pub(crate) struct Font {
    /// What a reviewer wants to know.
    pub facts: FontFacts,
    /// Whether codes have two bytes.
    wide: bool,
    /// Whether two-byte codes are the numbers of glyphs.
    identity: bool,
    map: Option<CMap>,
    widths: BTreeMap<u32, f64>,
    default_width: f64,
    /// Width units per unit of text space.
    unit: f64,
}

/// A character code in a string.
pub(crate) struct Glyph<'a> {
    /// The text it stands for, U+FFFD where the file does not say.
    pub text: std::borrow::Cow<'a, str>,
    /// Its advance in units of the font size.
    pub advance: f64,
    /// Whether word spacing applies to it.
    pub space: bool,
}

impl Font {
    /// The codes of a string.
    pub(crate) fn glyphs<'a>(&'a self, string: &'a [u8]) -> impl Iterator<Item = Glyph<'a>> {
        string.chunks(if self.wide { 2 } else { 1 }).map(|bytes| {
            let code = bytes
                .iter()
                .fold(0, |code, &byte| code << 8 | u32::from(byte));
            let width = self
                .widths
                .get(&code)
                .copied()
                .unwrap_or(self.default_width);
            Glyph {
                text: self.text(code),
                advance: width * self.unit,
                space: !self.wide && code == 32,
            }
        })
    }

    /// Whether a string shows the glyph `.notdef`: the first one of a composite font whose codes are its glyphs.
    pub(crate) fn lacks(&self, string: &[u8]) -> bool {
        self.wide && self.identity && string.chunks(2).any(|code| code == [0, 0])
    }

    fn text(&self, code: u32) -> std::borrow::Cow<'_, str> {
        match (&self.map, u8::try_from(code)) {
            (Some(map), _) => map.get(code).unwrap_or("\u{fffd}").into(),
            (None, Ok(byte)) if !self.wide => windows_1252(byte).to_string().into(),
            _ => "\u{fffd}".into(),
        }
    }

    fn load(file: &File, dict: &Dictionary) -> Result<Font, String> {
        let mut font = Font {
            unit: 0.001,
            ..Font::default()
        };
        if let Object::Stream(stream) = file.get(dict, "ToUnicode") {
            font.map = Some(CMap::parse(&file.unpack(stream)?)?);
        }
        let kind = file
            .name(dict, "Subtype")
            .unwrap_or_else(|| "unknown type".into());
        let descendant = file
            .array(dict, "DescendantFonts")
            .first()
            .and_then(|font| as_dict(file.resolve(font)));
        let detail = descendant.unwrap_or(dict);
        font.facts = facts(file, dict, detail, kind);
        font.facts.to_unicode = font.map.is_some();
        if descendant.is_some() {
            font.wide = true;
            let encoding = file.name(dict, "Encoding").unwrap_or_default();
            font.identity = encoding.starts_with("Identity-");
            font.default_width = number(file.get(detail, "DW")).unwrap_or(1000.0);
            font.cid_widths(file, file.array(detail, "W"));
        } else {
            font.simple_widths(file, dict);
        }
        Ok(font)
    }

    fn simple_widths(&mut self, file: &File, dict: &Dictionary) {
        if let [a, ..] = file.numbers(file.array(dict, "FontMatrix")).as_slice() {
            self.unit = *a;
        }
        let first = u32::try_from(file.integer(dict, "FirstChar").unwrap_or(0)).unwrap_or(0);
        let widths = file.numbers(file.array(dict, "Widths"));
        self.default_width = if widths.is_empty() { 500.0 } else { 0.0 };
        self.widths = (first..).zip(widths).collect();
    }

    /// Widths of a CID font: `c [w …]` or `first last w` (ISO 32000-1, 9.7.4.3).
    fn cid_widths(&mut self, file: &File, mut array: &[Object]) {
        while let [first, second, rest @ ..] = array {
            let Ok(first) = file.resolve(first).as_i64() else {
                return;
            };
            match (file.resolve(second), rest) {
                (Object::Array(widths), rest) => {
                    let codes = u32::try_from(first).unwrap_or(0)..;
                    self.widths.extend(codes.zip(file.numbers(widths)));
                    array = rest;
                }
                (Object::Integer(last), [width, rest @ ..]) => {
                    let width = number(file.resolve(width)).unwrap_or(0.0);
                    let codes = first.max(0)..=(*last).min(CODES);
                    self.widths.extend(codes.map(|code| (code as u32, width)));
                    array = rest;
                }
                _ => return,
            }
        }
    }
}

fn facts(file: &File, dict: &Dictionary, detail: &Dictionary, kind: String) -> FontFacts {
    let full = file
        .name(dict, "BaseFont")
        .or_else(|| file.name(dict, "Name"))
        .unwrap_or_else(|| "unnamed".into());
    let full = full.trim_end_matches("-Identity-H");
    let name = without_tag(full);
    let descriptor = file.dict(detail, "FontDescriptor");
    let embedded = descriptor.and_then(|descriptor| {
        let program = ["FontFile", "FontFile2", "FontFile3"]
            .into_iter()
            .find(|key| descriptor.has(key.as_bytes()))?;
        let subtype = file
            .dict(descriptor, program)
            .and_then(|stream| file.name(stream, "Subtype"));
        Some(subtype.map_or_else(
            || program.to_string(),
            |subtype| format!("{program}, {subtype}"),
        ))
    });
    let embedded = if kind == "Type3" {
        Some("glyph procedures".into())
    } else {
        embedded
    };
    let inner = file.name(detail, "Subtype").filter(|inner| *inner != kind);
    let encoding = as_name(file.get(dict, "Encoding")).filter(|_| kind == "Type0");
    let kind = [Some(kind), inner, encoding]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ");
    FontFacts {
        name: name.to_string(),
        kind,
        embedded,
        subset: name.len() < full.len(),
        to_unicode: false,
    }
}

/// The name without the tag of a subset, such as `ABCDEF+` (ISO 32000-1, 9.6.4).
pub(crate) fn without_tag(name: &str) -> &str {
    match name.split_once('+') {
        Some((tag, rest)) if tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()) => rest,
        _ => name,
    }
}

/// Fonts by their object, loaded once.
#[derive(Default)]
pub(crate) struct Fonts {
    loaded: BTreeMap<ObjectId, Arc<Font>>,
}

impl Fonts {
    /// The font of that name in the resources.
    pub(crate) fn find(
        &mut self,
        file: &File,
        resources: &Dictionary,
        name: &str,
    ) -> Result<Arc<Font>, String> {
        let missing = || format!("a page uses font `{name}`, which its resources lack");
        let fonts = file.dict(resources, "Font").ok_or_else(missing)?;
        let entry = fonts.get(name.as_bytes()).map_err(|_| missing())?;
        let id = entry.as_reference().ok();
        if let Some(font) = id.and_then(|id| self.loaded.get(&id)) {
            return Ok(font.clone());
        }
        let dict = as_dict(file.resolve(entry)).ok_or_else(missing)?;
        let font = Arc::new(Font::load(file, dict)?);
        if let Some(id) = id {
            self.loaded.insert(id, font.clone());
        }
        Ok(font)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_of_a_subset_is_no_part_of_a_name() {
        assert_eq!(without_tag("ABCDEF+SourceSans3-Bold"), "SourceSans3-Bold");
        assert_eq!(without_tag("A+B"), "A+B");
        assert_eq!(without_tag("Plain"), "Plain");
    }
}
