//! Labels of numbered lists in a Word file: what Word counts by the part `numbering.xml`.

use std::collections::BTreeMap;

use super::word::W;
use crate::document::Counter;
use crate::verify::xml::{self, Element};

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
    pub(super) fn read(root: Element<'_>) -> Numbering {
        let mut numbering = Numbering::default();
        for element in root.children() {
            if element.has_tag_name((W, "abstractNum")) {
                let levels = all(element, "lvl").map(|level| (id(level, "ilvl"), shape(level)));
                let definition = id(element, "abstractNumId");
                numbering.definitions.insert(definition, levels.collect());
            } else if element.has_tag_name((W, "num")) {
                let starts = all(element, "lvlOverride").filter_map(|level| {
                    let start = xml::child(level, W, "startOverride")?;
                    Some((id(level, "ilvl"), id(start, "val").parse().unwrap_or(1)))
                });
                let of = said(element, "abstractNumId");
                let list = id(element, "numId");
                numbering.lists.insert(list, (of, starts.collect()));
            }
        }
        numbering
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
        let shown = match Counter::of_word(&shape.format) {
            Some(counter) => counter.sign(number),
            None => format!("{} {number}", shape.format),
        };
        Some(shape.text.replace(&format!("%{place}"), &shown))
    }
}

fn shape(level: Element<'_>) -> Level {
    Level {
        start: xml::child(level, W, "start")
            .map_or(0, |start| id(start, "val").parse().unwrap_or(1)),
        format: said(level, "numFmt"),
        text: said(level, "lvlText"),
    }
}

fn all<'a>(element: Element<'a>, name: &str) -> impl Iterator<Item = Element<'a>> {
    let children = element.children();
    children.filter(move |child| child.has_tag_name((W, name)))
}

fn id(element: Element<'_>, key: &str) -> String {
    element.attribute((W, key)).unwrap_or_default().to_owned()
}

/// The value that a child of an element has.
fn said(element: Element<'_>, name: &str) -> String {
    let child = xml::child(element, W, name);
    child.map(|child| id(child, "val")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::xml::parse;

    #[test]
    fn labels_are_counted_as_word_counts_them() {
        let level = |level: usize, format: &str, text: &str| {
            format!(
                "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
            )
        };
        let xml = format!(
            "<w:numbering xmlns:w=\"{W}\"><w:abstractNum w:abstractNumId=\"3\">{}{}{}</w:abstractNum>\
             <w:num w:numId=\"4\"><w:abstractNumId w:val=\"3\"/></w:num>\
             <w:num w:numId=\"5\"><w:abstractNumId w:val=\"3\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"7\"/></w:lvlOverride></w:num></w:numbering>",
            level(0, "decimal", "%1."),
            level(1, "lowerLetter", "%2)"),
            level(2, "bullet", "•")
        );
        let mut numbering = Numbering::read(parse(xml.as_bytes()).unwrap().root_element());
        let mut next = |list, level| numbering.next(list, level);
        assert_eq!(next("4", "0").as_deref(), Some("1."));
        assert_eq!(next("4", "0").as_deref(), Some("2."));
        assert_eq!(next("4", "1").as_deref(), Some("a)"));
        assert_eq!(next("4", "2"), None);
        assert_eq!(next("5", "0").as_deref(), Some("7."));
        assert_eq!(next("5", "0").as_deref(), Some("8."));
    }
}
