//! Labels of numbered lists in a Word file: what Word counts by the part `numbering.xml`.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Lists by their numbers, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: BTreeMap<String, BTreeMap<String, Level>>,
    /// Definition and first numbers of each list.
    lists: BTreeMap<String, (String, BTreeMap<String, u64>)>,
    counted: BTreeMap<(String, String), u64>,
}

#[derive(Debug, Default, Clone)]
struct Level {
    start: u64,
    format: String,
    text: String,
}

impl Numbering {
    /// Reads the part.
    pub(super) fn read(xml: &str) -> Result<Numbering, String> {
        let mut numbering = Numbering::default();
        let (mut definition, mut list, mut level) = (String::new(), String::new(), String::new());
        let mut reader = Reader::from_str(xml);
        loop {
            let event = reader.read_event().map_err(|error| error.to_string())?;
            let (Event::Start(tag) | Event::Empty(tag)) = event else {
                match event {
                    Event::Eof => return Ok(numbering),
                    _ => continue,
                }
            };
            let name = tag.name();
            match name.as_ref() {
                b"w:abstractNum" => definition = attribute(&tag, "w:abstractNumId")?,
                b"w:num" => list = attribute(&tag, "w:numId")?,
                b"w:lvl" | b"w:lvlOverride" => level = attribute(&tag, "w:ilvl")?,
                b"w:abstractNumId" => {
                    let of = attribute(&tag, "w:val")?;
                    numbering.lists.entry(list.clone()).or_default().0 = of;
                }
                b"w:startOverride" => {
                    let start = attribute(&tag, "w:val")?.parse().unwrap_or(1);
                    let starts = &mut numbering.lists.entry(list.clone()).or_default().1;
                    starts.insert(level.clone(), start);
                }
                b"w:start" | b"w:numFmt" | b"w:lvlText" => {
                    let value = attribute(&tag, "w:val")?;
                    let levels = numbering.definitions.entry(definition.clone()).or_default();
                    let level = levels.entry(level.clone()).or_default();
                    match name.as_ref() {
                        b"w:start" => level.start = value.parse().unwrap_or(1),
                        b"w:numFmt" => level.format = value,
                        _ => level.text = value,
                    }
                }
                _ => {}
            }
        }
    }

    /// The label of the next paragraph of a list at a level; `None` for a bullet.
    pub(super) fn next(&mut self, list: &str, level: &str) -> Option<String> {
        let (definition, starts) = self.lists.get(list)?;
        let shape = self.definitions.get(definition)?.get(level)?;
        if shape.format == "bullet" {
            return None;
        }
        let first = starts.get(level).copied().unwrap_or(shape.start);
        let key = (list.to_owned(), level.to_owned());
        let number = self
            .counted
            .get(&key)
            .map_or(first, |last| last.saturating_add(1));
        self.counted.insert(key, number);
        let place = level.parse::<usize>().map_or(1, |level| level + 1);
        let shown = match shape.format.as_str() {
            "decimal" => number.to_string(),
            other => format!("{other} {number}"),
        };
        Some(shape.text.replace(&format!("%{place}"), &shown))
    }
}

fn attribute(tag: &BytesStart, name: &str) -> Result<String, String> {
    let found = tag
        .try_get_attribute(name)
        .map_err(|error| error.to_string())?;
    let value = |found: quick_xml::events::attributes::Attribute| {
        let value = found.normalized_value(XmlVersion::Implicit1_0);
        value
            .map(|value| value.into_owned())
            .map_err(|error| error.to_string())
    };
    found.map_or(Ok(String::new()), value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_counted_as_word_counts_them() {
        let level = |level: usize, format: &str, text: &str| {
            format!(
                "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
            )
        };
        let xml = format!(
            "<w:numbering><w:abstractNum w:abstractNumId=\"3\">{}{}{}</w:abstractNum>\
             <w:num w:numId=\"4\"><w:abstractNumId w:val=\"3\"/></w:num>\
             <w:num w:numId=\"5\"><w:abstractNumId w:val=\"3\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"7\"/></w:lvlOverride></w:num></w:numbering>",
            level(0, "decimal", "%1."),
            level(1, "lowerLetter", "%2)"),
            level(2, "bullet", "•")
        );
        let mut numbering = Numbering::read(&xml).unwrap();
        let mut next = |list, level| numbering.next(list, level);
        assert_eq!(next("4", "0").as_deref(), Some("1."));
        assert_eq!(next("4", "0").as_deref(), Some("2."));
        assert_eq!(next("4", "1").as_deref(), Some("lowerLetter 1)"));
        assert_eq!(next("4", "2"), None);
        assert_eq!(next("5", "0").as_deref(), Some("7."));
        assert_eq!(next("5", "0").as_deref(), Some("8."));
    }
}
