//! Lists: how their levels are counted, and the label of each paragraph as Word shows it.

use std::collections::BTreeMap;

use super::model::{Counter, Label};
use super::xml::Element;
use crate::base::numerals::{letters, roman};
use crate::document;

/// Levels of a list.
const LEVELS: usize = 9;
/// The most lists.
const MOST: usize = 50_000;

/// A level.
#[derive(Debug, Clone, Default)]
struct Level {
    start: u64,
    format: String,
    /// With `%1` to `%9` for the numbers of the levels.
    text: String,
    /// Whether numbers of other levels are shown as digits.
    legal: bool,
    /// The level, from 1, behind which it begins anew; 0 for never.
    restart: Option<usize>,
    style: Option<String>,
}

type Levels = [Option<Level>; LEVELS];

/// A list that paragraphs name.
#[derive(Debug, Default)]
struct List {
    of: String,
    starts: [Option<u64>; LEVELS],
    own: Levels,
}

/// All lists, and how far each is counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: BTreeMap<String, Levels>,
    /// Definitions that stand for those of a style.
    links: BTreeMap<String, String>,
    /// The definition that a style stands for.
    styles: BTreeMap<String, String>,
    lists: BTreeMap<String, List>,
    /// The number of each level, by definition; none before the first.
    counts: BTreeMap<String, [Option<u64>; LEVELS]>,
    /// Lists whose own starts have been taken.
    started: BTreeMap<String, [bool; LEVELS]>,
}

impl Numbering {
    /// Reads the part with the lists.
    pub(super) fn of(root: &Element) -> Self {
        let mut all = Numbering::default();
        for one in root.elements().take(MOST) {
            match &*one.name {
                "w:abstractNum" => {
                    let Some(id) = one.attr("w:abstractNumId") else {
                        continue;
                    };
                    if let Some(style) = one.child_val("w:numStyleLink") {
                        all.links.insert(id.to_owned(), style.to_owned());
                    }
                    if let Some(style) = one.child_val("w:styleLink") {
                        all.styles.insert(style.to_owned(), id.to_owned());
                    }
                    let mut levels = Levels::default();
                    for inner in one.elements().filter(|inner| &*inner.name == "w:lvl") {
                        if let Some((at, level)) = level(inner) {
                            levels[at] = Some(level);
                        }
                    }
                    all.definitions.insert(id.to_owned(), levels);
                }
                "w:num" => {
                    let (Some(id), Some(of)) =
                        (one.attr("w:numId"), one.child_val("w:abstractNumId"))
                    else {
                        continue;
                    };
                    let mut list = List {
                        of: of.to_owned(),
                        ..List::default()
                    };
                    for inner in one.elements().filter(|one| &*one.name == "w:lvlOverride") {
                        let at = inner.attr("w:ilvl").and_then(|at| at.parse::<usize>().ok());
                        let Some(at) = at.filter(|at| *at < LEVELS) else {
                            continue;
                        };
                        let start = inner.child_val("w:startOverride");
                        list.starts[at] = start.and_then(|start| start.parse().ok());
                        list.own[at] = inner.child("w:lvl").and_then(level).map(|(_, level)| level);
                    }
                    all.lists.insert(id.to_owned(), list);
                }
                _ => {}
            }
        }
        all
    }

    /// The level of a list at which a style stands.
    pub(super) fn level_of(&self, list: &str, style: &str) -> Option<u8> {
        let levels = self.definitions.get(self.definition(list)?)?;
        let at = levels.iter().position(|level| {
            level
                .as_ref()
                .is_some_and(|level| level.style.as_deref() == Some(style))
        });
        at.and_then(|at| u8::try_from(at).ok())
    }

    /// The definition of a list; one that stands for a style's is followed once.
    fn definition(&self, list: &str) -> Option<&str> {
        let of = self.lists.get(list)?.of.as_str();
        let linked = self.links.get(of).and_then(|style| self.styles.get(style));
        Some(linked.map_or(of, String::as_str))
    }

    /// Counts a paragraph; gives its label.
    pub(super) fn next(&mut self, list: &str, at: u8) -> Option<Label> {
        let definition = self.definition(list)?.to_owned();
        let at = usize::from(at).min(LEVELS - 1);
        let own = self.lists.get(list)?;
        let known = self.definitions.get(&definition);
        let level = |at: usize| {
            let own = own.own[at].as_ref();
            own.or_else(|| known.and_then(|levels| levels[at].as_ref()))
        };
        let here = level(at)?;
        let counts = self.counts.entry(definition.clone()).or_default();
        let started = self.started.entry(list.to_owned()).or_default();
        let start = |at: usize| {
            own.starts[at]
                .or(level(at).map(|level| level.start))
                .unwrap_or(1)
        };
        if own.starts[at].is_some() && !started[at] {
            counts[at] = None;
        }
        started[at] = true;
        let value = match counts[at] {
            Some(count) => count.saturating_add(1),
            None => start(at),
        };
        counts[at] = Some(value);
        for (above, count) in counts.iter_mut().enumerate().take(at) {
            count.get_or_insert_with(|| start(above));
        }
        for (below, count) in counts.iter_mut().enumerate().skip(at + 1) {
            let restart = level(below).and_then(|level| level.restart);
            // A level begins anew behind each above it, or behind the one that it names.
            if restart.is_none_or(|restart| restart > 0 && at < restart) {
                *count = None;
            }
        }
        let counter = counter(&here.format);
        let text = match counter {
            Counter::Bullet => bullet(&here.text),
            Counter::None => String::new(),
            _ => {
                let sign = |at: usize| {
                    let format = level(at).map_or("decimal", |level| level.format.as_str());
                    let format = if here.legal { "decimal" } else { format };
                    signed(counts[at].unwrap_or_else(|| start(at)), format)
                };
                filled(&here.text, sign)
            }
        };
        Some(Label {
            list: list.to_owned(),
            level: at as u8,
            text,
            counter,
            value,
        })
    }
}

fn level(element: &Element) -> Option<(usize, Level)> {
    let at = element.attr("w:ilvl")?.parse::<usize>().ok()?;
    let format = element
        .child("w:numFmt")
        .or_else(|| element.find("w:numFmt"));
    let level = Level {
        start: element
            .child_val("w:start")
            .and_then(|start| start.parse().ok())
            .unwrap_or(0),
        format: format
            .and_then(Element::val)
            .unwrap_or("decimal")
            .to_owned(),
        text: element
            .child_val("w:lvlText")
            .unwrap_or_default()
            .to_owned(),
        legal: element.toggle("w:isLgl").unwrap_or_default(),
        restart: element
            .child_val("w:lvlRestart")
            .and_then(|level| level.parse().ok()),
        style: element.child_val("w:pStyle").map(str::to_owned),
    };
    (at < LEVELS).then_some((at, level))
}

fn counter(format: &str) -> Counter {
    match format {
        "bullet" => Counter::Bullet,
        "none" => Counter::None,
        "lowerLetter" => Counter::LowerLetter,
        "upperLetter" => Counter::UpperLetter,
        "lowerRoman" => Counter::LowerRoman,
        "upperRoman" => Counter::UpperRoman,
        _ => Counter::Decimal,
    }
}

/// A bullet as any font has it.
fn bullet(text: &str) -> String {
    match text.chars().next() {
        None => String::new(),
        Some('o' | '\u{E000}'..='\u{F8FF}') => "•".to_owned(),
        Some(_) => text.chars().take(4).collect(),
    }
}

/// A label with its numbers.
fn filled(text: &str, sign: impl Fn(usize) -> String) -> String {
    let mut out = String::new();
    let mut chars = text.chars().take(100).peekable();
    while let Some(c) = chars.next() {
        let level = chars.peek().and_then(|next| next.to_digit(10));
        match level.filter(|level| c == '%' && (1..=9).contains(level)) {
            Some(level) => {
                chars.next();
                out.push_str(&sign(level as usize - 1));
            }
            None => out.push(c),
        }
    }
    out.trim().to_owned()
}

/// A number as a list shows it; digits where a report's lists do not know the script.
fn signed(value: u64, format: &str) -> String {
    match format {
        "lowerLetter" => letters(value).to_lowercase(),
        "upperLetter" => letters(value),
        "lowerRoman" => roman(value).to_lowercase(),
        "upperRoman" => roman(value),
        "decimalZero" => format!("{value:02}"),
        "ordinal" => {
            let end = match (value % 10, value % 100) {
                (1, teen) if teen != 11 => "st",
                (2, teen) if teen != 12 => "nd",
                (3, teen) if teen != 13 => "rd",
                _ => "th",
            };
            format!("{value}{end}")
        }
        "bullet" | "none" => String::new(),
        other => match document::Counter::of_word(other) {
            Some(counter) => counter.sign(value),
            None => value.to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word::xml;

    const LISTS: &str = "<w:numbering xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>
        <w:abstractNum w:abstractNumId='1'>
        <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='upperRoman'/><w:pStyle w:val='H1'/><w:lvlText w:val='%1.'/></w:lvl>
        <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:isLgl/><w:lvlText w:val='%1.%2'/></w:lvl>
        <w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='(%3)'/></w:lvl>
        <w:lvl w:ilvl='3'><w:numFmt w:val='bullet'/><w:lvlText w:val='&#xF0B7;'/></w:lvl></w:abstractNum>
        <w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>
        <w:num w:numId='2'><w:abstractNumId w:val='1'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='4'/></w:lvlOverride></w:num>
        </w:numbering>";

    #[test]
    fn labels_are_those_that_word_shows() {
        let mut lists = Numbering::of(&xml::parse(LISTS.as_bytes()).unwrap());
        let mut labels = Vec::new();
        for (list, level) in [
            ("1", 0),
            ("1", 1),
            ("1", 1),
            ("1", 2),
            ("1", 2),
            ("1", 0),
            ("1", 1),
            ("1", 2),
            ("1", 3),
            ("2", 0),
            ("2", 0),
            ("1", 0),
        ] {
            labels.push(lists.next(list, level).unwrap().text);
        }
        assert_eq!(
            labels,
            [
                "I.", "1.1", "1.2", "(a)", "(b)", "II.", "2.1", "(a)", "•", "IV.", "V.", "VI."
            ]
        );
        assert_eq!(lists.level_of("1", "H1"), Some(0));
        assert!(lists.next("9", 0).is_none());
    }
}
