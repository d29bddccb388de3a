//! What docx-rs cannot express, kept next to its tree.
//!
//! An element that needs more than docx-rs can express carries a key such as `#3` in a field that docx-rs lets us fill:
//! a paragraph as its id, a run and a table as their style, a picture as its relationship. The package layer
//! replaces the key with what the entry says (see [`finish`](super::package::finish)).

use std::collections::BTreeMap;

use super::package::Element;

/// All entries, by kind of element.
#[derive(Debug, Default)]
pub(super) struct Extras {
    /// Paragraphs.
    pub(super) paragraphs: Vec<Paragraph>,
    /// Runs, each kind once.
    pub(super) runs: Vec<RunProperties>,
    /// Tables.
    pub(super) tables: Vec<Table>,
    /// Pictures.
    pub(super) pictures: Vec<Picture>,
    run_keys: BTreeMap<RunProperties, usize>,
}

/// More about a paragraph.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// Its direction, where it is not that of the document.
    pub(super) rtl: Option<bool>,
    /// Properties of the section that ends with it.
    pub(super) section: Option<Element>,
}

/// More about a run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RunProperties {
    /// Character style.
    pub(super) style: Option<String>,
    /// Language, where it is not the document's.
    pub(super) language: Option<String>,
    /// Whether it is set from right to left.
    pub(super) rtl: bool,
}

/// More about a table.
#[derive(Debug)]
pub(super) struct Table {
    /// Table style.
    pub(super) style: &'static str,
    /// Number of header rows, which are repeated on each page.
    pub(super) header_rows: usize,
    /// Whether the first cell of a row is its header.
    pub(super) row_headers: bool,
    /// Whether its columns run from right to left.
    pub(super) rtl: bool,
    /// Title for readers who hear the table.
    pub(super) title: String,
    /// What its columns are, for the same.
    pub(super) columns: String,
}

/// More about a picture.
#[derive(Debug)]
pub(super) struct Picture {
    /// Relationship of the picture's file.
    pub(super) relationship: String,
    /// Description; `None` for a picture that only decorates.
    pub(super) alt: Option<String>,
}

impl Extras {
    /// The key of a new paragraph entry.
    pub(super) fn paragraph(&mut self, extra: Paragraph) -> String {
        self.paragraphs.push(extra);
        key(self.paragraphs.len() - 1)
    }

    /// The style or key to put on a run.
    pub(super) fn run(&mut self, extra: RunProperties) -> Option<String> {
        if extra.language.is_none() && !extra.rtl {
            return extra.style;
        }
        if let Some(index) = self.run_keys.get(&extra) {
            return Some(key(*index));
        }
        self.runs.push(extra.clone());
        self.run_keys.insert(extra, self.runs.len() - 1);
        Some(key(self.runs.len() - 1))
    }

    /// The key of a new table entry.
    pub(super) fn table(&mut self, extra: Table) -> String {
        self.tables.push(extra);
        key(self.tables.len() - 1)
    }

    /// The key of a new picture entry.
    pub(super) fn picture(&mut self, extra: Picture) -> String {
        self.pictures.push(extra);
        key(self.pictures.len() - 1)
    }
}

fn key(index: usize) -> String {
    format!("#{index}")
}

/// The index that a key stands for; `None` for what is no key.
pub(super) fn key_index(text: &str) -> Option<usize> {
    text.strip_prefix('#')?.parse().ok()
}
