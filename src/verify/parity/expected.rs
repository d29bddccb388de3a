//! What an artifact has to state: the types, and what may be between two statements.

use std::collections::BTreeSet;
use std::fmt;

use super::artifact::{BlockRole, TableCell};
use super::plain::{plain, words};
use crate::base::diagnostic::Location;
use crate::document::Document;

/// What a statement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TextRole {
    Heading,
    Label,
    Fact,
    Speaker,
    Post,
    Text,
    Cell,
    Table,
    Row,
    Caption,
    Credit,
    Alt,
    Drawn,
    Member,
    Note,
    Entry,
    Contents,
    Term,
    ListLabel,
    Mark,
}

impl fmt::Display for TextRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TextRole::Heading => "heading",
            TextRole::Label => "label",
            TextRole::Fact => "fact",
            TextRole::Speaker => "name",
            TextRole::Post => "post",
            TextRole::Text => "text",
            TextRole::Cell => "table cell",
            TextRole::Table => "table",
            TextRole::Row => "table row",
            TextRole::Caption => "caption",
            TextRole::Credit => "credit",
            TextRole::Alt => "alternative text",
            TextRole::Drawn => "text in a chart",
            TextRole::Member => "member",
            TextRole::Note => "note",
            TextRole::Entry => "entry of a list",
            TextRole::Contents => "line of the contents",
            TextRole::Term => "term",
            TextRole::ListLabel => "label of a list",
            TextRole::Mark => "mark of a note",
        })
    }
}

/// A piece of text that must be there; made comparable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ExpectedText {
    /// What it is.
    pub(super) what: TextRole,
    /// The text.
    pub(super) text: String,
    /// What the block is that has it; none where any may have it.
    pub(super) roles: &'static [BlockRole],
    /// Where the source has it, as far as the document knows.
    pub(super) place: Option<Location>,
}

/// Something that an artifact must state.
#[derive(Debug, Clone)]
pub(super) enum Statement {
    /// A piece of text.
    Text(ExpectedText),
    /// Pieces of text in any order.
    AnyOrder(Vec<ExpectedText>),
    /// Pieces that may be in columns, so that their words mix.
    Columns {
        /// What they are together, such as the caption of a table.
        name: String,
        /// The pieces in their order.
        pieces: Vec<ExpectedText>,
        /// Words that may recur, as those of a head on each page.
        free: Vec<String>,
    },
}

impl Statement {
    /// What it states, piece by piece.
    pub(super) fn pieces(&self) -> &[ExpectedText] {
        match self {
            Statement::Text(piece) => std::slice::from_ref(piece),
            Statement::AnyOrder(pieces) | Statement::Columns { pieces, .. } => pieces,
        }
    }
}

/// A heading, made comparable.
#[derive(Debug, Clone)]
pub(super) struct Title {
    /// Its level, from 1.
    pub(super) level: u8,
    /// Its label.
    pub(super) label: Option<String>,
    /// Its bare title.
    pub(super) title: String,
}

/// A table, made comparable.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    /// What to call it.
    pub(super) name: String,
    /// Whether it holds facts, which a layout may set without a table; the running text tells them, too.
    pub(super) facts: bool,
    /// Its cells by row, header first.
    pub(super) rows: Vec<Vec<TableCell>>,
}

/// What an artifact must state; all text is made comparable.
#[derive(Default)]
pub(super) struct Expected {
    /// Titles in the contents list, of every level that it has.
    pub(super) contents: Vec<String>,
    /// The heading of that list.
    pub(super) contents_heading: String,
    /// What stands before the chapters, in any order.
    pub(super) front: Vec<ExpectedText>,
    /// Chapters, lists at the end, and the back cover.
    pub(super) body: Vec<Statement>,
    /// Headings in their order.
    pub(super) headings: Vec<Title>,
    /// Tables in their order.
    pub(super) tables: Vec<Grid>,
    /// Alternative texts.
    pub(super) alts: Vec<ExpectedText>,
    /// The descriptions of charts, and what each draws in letters, without spaces.
    pub(super) drawings: Vec<(String, String)>,
    /// Labels of numbered lists, except for those in notes.
    pub(super) labels: Vec<String>,
    /// The letters and numerals of those labels that are no digits.
    pub(super) signs: BTreeSet<String>,
    /// Numbers of the marks of footnotes, in order.
    pub(super) marks: Vec<String>,
    /// The character before each of these marks, where it is known.
    pub(super) before_marks: Vec<Option<char>>,
    /// How many numbers are raised that are no marks.
    pub(super) exponents: usize,
    /// Whether marks are numbers in brackets.
    pub(super) bracketed_marks: bool,
    /// Footnotes, in the order of their marks.
    pub(super) notes: Vec<String>,
    /// Head of a table of facts.
    pub(super) fact_head: Vec<String>,
    /// What may be between statements: fixed words, and the names of chapters as running heads and places.
    pub(super) allowed: Vec<String>,
}

impl Expected {
    /// Nothing yet, but with the words that may be anywhere.
    pub(super) fn empty(document: &Document) -> Expected {
        let strings = &document.strings;
        let words = [
            &strings.label_moderator,
            &strings.label_moderators,
            &strings.label_note,
            &strings.label_credit,
            &strings.label_name,
            &strings.label_post,
            &strings.label_pages,
            &strings.cited_on,
            &strings.label_acronym,
            &strings.label_expansion,
            &strings.label_organisation,
            &strings.label_members,
            &strings.label_fact,
            &strings.label_detail,
            &strings.picture,
            &strings.notes,
        ];
        let mut expected = Expected {
            fact_head: vec![plain(&strings.label_fact), plain(&strings.label_detail)],
            contents_heading: plain(&strings.contents),
            ..Expected::default()
        };
        expected.allow(words.into_iter().map(|word| plain(word)));
        let around = strings.around_page();
        expected.allow(around.into_iter().map(plain));
        for chapter in &document.chapters {
            let heading = &chapter.heading;
            let names = heading
                .label
                .iter()
                .chain([&heading.title, &chapter.short_title]);
            expected.allow(names.map(|text| plain(text)));
        }
        expected
    }

    /// Allows more texts between statements.
    pub(super) fn allow(&mut self, texts: impl IntoIterator<Item = String>) {
        self.allowed
            .extend(texts.into_iter().filter(|text| !text.is_empty()));
        self.allowed
            .sort_by_key(|text| std::cmp::Reverse(text.len()));
    }

    /// What is left of a text without numbers, page labels, punctuation and what else is allowed; empty where nothing
    /// is.
    pub(super) fn not_allowed(&self, between: &str) -> String {
        let odd = |word: &String| {
            !self.signs.contains(word)
                && !word
                    .chars()
                    .all(|c| c.is_numeric() || "ivxlcdm".contains(c))
        };
        let left = |text: &str| -> Vec<String> {
            words(text)
                .map(|(_, word)| word.to_string())
                .filter(odd)
                .collect()
        };
        if left(between).is_empty() {
            return String::new();
        }
        let mut rest = between.to_string();
        for text in &self.allowed {
            if rest.contains(text.as_str()) {
                rest = rest.replace(text.as_str(), " ");
            }
        }
        left(&rest).join(" ")
    }
}

impl Statement {
    /// Calls what is stated something else.
    pub(super) fn becomes(&mut self, what: TextRole) {
        match self {
            Statement::Text(piece) => piece.what = what,
            Statement::AnyOrder(pieces) | Statement::Columns { pieces, .. } => {
                pieces.iter_mut().for_each(|piece| piece.what = what);
            }
        }
    }
}
