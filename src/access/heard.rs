//! What is read aloud of a file, from beginning to end, as a screen reader says it: a line for each block, with what it is.
//! People listen to it before they answer for the order and the words.

use schemars::JsonSchema;
use serde::Serialize;

use super::features::Look;
use super::read::{Reader, ReadingPlace};
use crate::base::diagnostic::many;
use crate::pdf::read::tree::{ContentOwner, Element, Held, level};
use crate::verify::golden::pdf::append;

/// A line that is read aloud.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HeardLine {
    /// Page of the file, from 1.
    pub page: usize,
    /// What it is, as screen readers announce it: `heading level 2`, `list of 3`; nothing for a plain paragraph.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub what: String,
    /// The words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// Language of the words, where it is another than that of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// All lines, in reading order.
pub(super) fn lines(reader: &Reader<'_>) -> Vec<HeardLine> {
    let mut speech = Speech {
        reader,
        place: ReadingPlace::default(),
        all: Vec::new(),
        open: HeardLine::default(),
        page: 1,
    };
    let mut roots = reader.tree.elements.iter();
    while let Some(root) = roots.find(|one| one.parent.is_none()) {
        speech.say(root, None);
    }
    speech.end();
    speech.all
}

struct Speech<'r, 'a> {
    reader: &'r Reader<'a>,
    place: ReadingPlace<'a>,
    all: Vec<HeardLine>,
    open: HeardLine,
    page: usize,
}

impl Speech<'_, '_> {
    /// Ends the line that is open.
    fn end(&mut self) {
        let mut line = std::mem::take(&mut self.open);
        line.words = line.words.split_whitespace().collect::<Vec<_>>().join(" ");
        if !line.words.is_empty() || !line.what.is_empty() {
            line.page = line.page.max(1);
            self.all.push(line);
        }
    }

    /// Announces something on a line of its own, or before the words that follow.
    fn announce(&mut self, what: String) {
        self.end();
        self.open.page = self.page;
        self.open.what = what;
    }

    fn words(&mut self, words: &str, language: Option<&str>) {
        if self.open.words.trim().is_empty() || self.open.words == "(link) " {
            self.open.page = self.page;
            self.open.language = language.map(str::to_owned);
        }
        append(&mut self.open.words, words);
    }

    fn say(&mut self, element: &Element, language: Option<&str>) {
        let file = self.reader.file;
        let own = file.text(&element.dict, "Lang");
        let own = own.filter(|own| Some(own) != self.reader.language().as_ref());
        let language = own.as_deref().or(language);
        if let Some(page) = element.page {
            self.page = page + 1;
        }
        let (before, after) = self.announced(element);
        if let Some(before) = before {
            self.announce(before);
        }
        let (opening, closing) = match element.kind.as_str() {
            "Link" => ("(link) ", ""),
            "Note" => (" (note ", ") "),
            "TH" | "TD" if !self.open.words.trim().is_empty() => ("| ", ""),
            _ => ("", ""),
        };
        self.open.words.push_str(opening);
        let stands_for = ["ActualText", "Alt"]
            .iter()
            .find_map(|key| file.text(&element.dict, key));
        match stands_for {
            Some(words) if element.kind != "Link" => {
                self.page = self.reader.page(element).max(self.page);
                self.words(&words, language);
            }
            _ => self.content(element, language),
        }
        self.open.words.push_str(closing);
        if let Some(long) = file.text(&element.dict, "E") {
            self.words(&format!(" (said as: {long})"), language);
        }
        if let Some(after) = after {
            self.announce(after);
            self.end();
        }
    }

    fn content(&mut self, element: &Element, language: Option<&str>) {
        for held in &element.held {
            match held {
                Held::Content(Some(ContentOwner::Page(page)), mcid) => {
                    self.page = page + 1;
                    let words = self.reader.piece(*page, *mcid, &mut self.place);
                    self.words(&words, language);
                }
                Held::Element(at) => {
                    let kid = &self.reader.tree.elements[*at];
                    let apart = self.reader.is_apart(element, kid);
                    if apart {
                        self.open.words.push(' ');
                    }
                    self.say(kid, language);
                    if apart {
                        self.open.words.push(' ');
                    }
                }
                _ => {}
            }
        }
    }

    /// What is said before an element, on a new line, and after it.
    fn announced(&self, element: &Element) -> (Option<String>, Option<String>) {
        let reader = self.reader;
        let count = |kind: &str| {
            let kids = reader.tree.kids(element);
            kids.filter(|kid| kid.kind == kind).count()
        };
        let said = |words: &str| (Some(words.to_owned()), None);
        // What opens an item or a cell goes on on its line.
        let opens = |kind: &str| {
            let parent = element.parent.map(|at| &reader.tree.elements[at]);
            parent.is_some_and(|parent| {
                let first = reader.tree.kids(parent).next();
                parent.kind == kind && first.is_some_and(|first| std::ptr::eq(first, element))
            })
        };
        match element.kind.as_str() {
            "P" if ["LBody", "TH", "TD", "Caption", "Note", "Figure"]
                .iter()
                .any(|kind| opens(kind)) =>
            {
                (None, None)
            }
            // Several paragraphs of a cell are read one after the other.
            "P" if reader.is_within(element, "TR") || reader.is_within(element, "Note") => {
                (None, None)
            }
            "P" | "LI" | "TOCI" => said(""),
            "L" => {
                let numbered = match Look::numbering(reader, element).as_str() {
                    "Decimal" | "LowerAlpha" | "UpperAlpha" | "LowerRoman" | "UpperRoman" => {
                        "numbered "
                    }
                    _ => "",
                };
                let what = format!("{numbered}list of {}", count("LI"));
                (Some(what), Some("end of list".into()))
            }
            "TOC" => (
                Some("contents list".into()),
                Some("end of contents list".into()),
            ),
            "Table" => {
                let rows = reader.below(element);
                let rows: Vec<_> = rows.into_iter().filter(|one| one.kind == "TR").collect();
                let widest = rows.iter().map(|row| reader.tree.kids(row).count()).max();
                let what = format!(
                    "table of {} and {}",
                    many(rows.len(), "row"),
                    many(widest.unwrap_or(0), "column")
                );
                (Some(what), Some("end of table".into()))
            }
            "TR" => said("row"),
            "Figure" => said("picture"),
            "Formula" if self.open.words.is_empty() => said("formula"),
            "Caption" => said("caption"),
            "BlockQuote" => (Some("quotation".into()), Some("end of quotation".into())),
            "H" => said("heading"),
            kind => (
                level(kind).map(|level| format!("heading level {level}")),
                None,
            ),
        }
    }
}
