//! What chapters hold: blocks, and the running text in them.

use serde::Serialize;

use super::{Anchor, Chart, Language, Line, Speaker};
use crate::base::diagnostic::Location;
use crate::document::{Counter, Delimiter};
use crate::source::schema::{Extent, Tone};

/// A piece of content.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Block {
    /// A paragraph; never empty.
    Paragraph {
        /// Its text.
        content: Line,
    },
    /// A list; never empty.
    List {
        /// First number of a numbered list; `None` for bullets.
        start: Option<u64>,
        /// By what the items of a numbered list are counted.
        counter: Counter,
        /// What stands around the numbers.
        delimiter: Delimiter,
        /// Whether the items are set without space between them.
        tight: bool,
        /// Whether the items are paragraphs that are numbered through the report.
        paragraphs: bool,
        /// The items; each may hold any blocks (and may be empty).
        items: Vec<Vec<Block>>,
    },
    /// A quotation.
    Quote {
        /// The quoted blocks.
        blocks: Vec<Block>,
        /// Whose words they are.
        attribution: Option<String>,
        /// Where they are from; never empty.
        source: Option<Line>,
        /// Whether it is a pull quote: set large, paragraphs alone.
        pull: bool,
        /// Their language, where it is not the report's.
        language: Option<Language>,
    },
    /// Text set as typed, such as an example of a file.
    Code {
        /// What it is an example of, set above it.
        label: Option<String>,
        /// The text, lines separated by `\n`, without a final one.
        text: String,
    },
    /// A table.
    Table(Table),
    /// A figure.
    Figure(Figure),
    /// A chart.
    Chart(Box<Chart>),
    /// Members of an organisation, in the order of the list.
    Members {
        /// Full name of the organisation whose members they are.
        of: String,
        /// The members.
        members: Vec<Member>,
    },
    /// Content that is set apart under a title.
    Box(TextBox),
    /// Numbers that are to be seen first.
    KeyFigures {
        /// The numbers; at least one.
        entries: Vec<KeyFigure>,
    },
    /// Terms with what they mean.
    Definitions {
        /// The terms; at least one.
        entries: Vec<Definition>,
    },
    /// Pictures side by side where there is room.
    Figures {
        /// The pictures; two.
        figures: Vec<Figure>,
    },
    /// Who signs a text.
    Signature(Signature),
}

/// Content that is set apart under a title.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct TextBox {
    /// Where links to it go.
    pub anchor: Anchor,
    /// `Box 2`.
    pub label: String,
    /// Its title; never empty.
    pub title: Line,
    /// How it looks.
    pub tone: Tone,
    /// What is in it; never empty, and no box.
    pub blocks: Vec<Block>,
}

/// A number that is to be seen first.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct KeyFigure {
    /// The number as printed.
    pub value: String,
    /// Its unit.
    pub unit: Option<String>,
    /// What it says; never empty.
    pub text: Line,
    /// Where it is from; never empty.
    pub source: Option<Line>,
}

impl KeyFigure {
    /// The number with its unit, as it is read.
    pub fn number(&self) -> String {
        match &self.unit {
            Some(unit) => format!("{}\u{A0}{unit}", self.value),
            None => self.value.clone(),
        }
    }
}

/// A term with what it means.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Definition {
    /// The term; never empty.
    pub term: Line,
    /// What it means.
    pub blocks: Vec<Block>,
}

/// Who signs a text.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Signature {
    /// Who signs.
    pub speaker: Speaker,
    /// Place and day on one line.
    pub signed: Option<String>,
    /// Index into `Document::images` of the written signature.
    pub image: Option<usize>,
    /// Description of that picture.
    pub alt: Option<String>,
}

/// A table: every row has as many cells as there are columns, those that others go over included; at least one column
/// and one row.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Table {
    /// Where links to it go.
    pub anchor: Anchor,
    /// `Table 2`, where it has a caption.
    pub label: Option<String>,
    /// Caption above the table; never empty.
    pub caption: Option<Line>,
    /// The columns.
    pub columns: Vec<Column>,
    /// Header rows; at least one.
    pub header: Vec<Vec<Cell>>,
    /// Body rows.
    pub rows: Vec<Vec<Cell>>,
    /// What each of them is.
    pub row_kinds: Vec<RowKind>,
    /// Whether the first cell of each body row is its header.
    pub row_headers: bool,
    /// Notes to cells, below the table: a list by letters, or nothing.
    pub cell_notes: Vec<Block>,
    /// Note below the table.
    pub note: Vec<Block>,
    /// Whether it may reach into the outer margin.
    pub wide: bool,
    /// Whether it is to stand on a page across.
    pub landscape: bool,
    /// Whether each row is one cell, with the names of the columns before what the row has in them.
    pub by_rows: bool,
    /// Where the source has it.
    #[serde(skip)]
    pub place: Option<Location>,
}

/// What a row of a table is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowKind {
    /// One of the others.
    #[default]
    Body,
    /// The head of those below it: one cell that goes over all columns.
    Group,
    /// The total of those above it.
    Total,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Column {
    /// Alignment.
    pub align: Align,
    /// Where its figures stand below each other by their decimal sign: the most that one of them has after it.
    pub decimal: Option<Pad>,
    /// Share of the width; the shares of a table need not add up to anything.
    pub width: f64,
}

/// Alignment of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    /// At the start of the line.
    Start,
    /// At the end of the line.
    End,
    /// In the middle.
    Centre,
}

/// A cell of a table: paragraphs and lists; may be empty.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Cell {
    /// The cell's blocks.
    pub blocks: Vec<Block>,
    /// Over how many columns it goes; none where another cell goes over its place.
    pub columns: usize,
    /// Over how many rows it goes.
    pub rows: usize,
    /// What it lacks after its decimal sign, in a column that is set by it.
    pub pad: Option<Pad>,
}

impl Cell {
    /// A cell in one column and one row.
    pub fn of(blocks: Vec<Block>) -> Cell {
        Cell {
            blocks,
            columns: 1,
            rows: 1,
            pad: None,
        }
    }

    /// The words that stand in its paragraphs.
    pub(crate) fn words(&self) -> String {
        let words = self.blocks.iter().filter_map(|block| match block {
            Block::Paragraph { content } => Some(plain_text(content)),
            _ => None,
        });
        words.collect::<Vec<_>>().join(" ")
    }

    /// Whether another cell goes over its place.
    pub fn is_covered(&self) -> bool {
        self.columns == 0
    }
}

impl Default for Cell {
    fn default() -> Self {
        Cell::of(Vec::new())
    }
}

/// Characters as wide as what the longest figure of a column has after its decimal sign and a shorter one lacks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Pad {
    /// Digits, and signs on the line.
    pub text: String,
    /// Marks of notes.
    pub raised: String,
}

/// A figure.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Figure {
    /// Where links to it go.
    pub anchor: Anchor,
    /// `Figure 3`, where it has a caption.
    pub label: Option<String>,
    /// Index into `Document::images`.
    pub image: usize,
    /// Description; `None` for a picture that only decorates.
    pub alt: Option<String>,
    /// Caption below the picture; never empty.
    pub caption: Option<Line>,
    /// What leads to the long description, from behind the caption.
    pub description: Option<Line>,
    /// Whose picture it is; never empty.
    pub credit: Option<Line>,
    /// Width in per cent of the text's width, above 0 and at most 100.
    pub width: f64,
    /// How far it may reach.
    pub extent: Extent,
}

/// A member of an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Member {
    /// Name as listed.
    pub name: String,
    /// Acronym.
    pub acronym: Option<String>,
    /// Web address, which the name leads to.
    pub url: Option<String>,
}

/// A piece of running text.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Inline {
    /// Text as it is; never empty.
    Text {
        /// The characters.
        text: String,
    },
    /// Emphasis (italic).
    Emphasis {
        /// What is emphasised.
        content: Vec<Inline>,
    },
    /// Strong emphasis (semibold).
    Strong {
        /// What is emphasised.
        content: Vec<Inline>,
    },
    /// Raised text, such as the 6 of 10⁶.
    Superscript {
        /// What is raised; never empty.
        content: Vec<Inline>,
    },
    /// Lowered text, such as the 2 of H₂O.
    Subscript {
        /// What is lowered; never empty.
        content: Vec<Inline>,
    },
    /// Text that is struck out.
    Strike {
        /// What is struck out; never empty.
        content: Vec<Inline>,
    },
    /// Text in the monospaced font.
    Code {
        /// The characters.
        text: String,
    },
    /// A forced line break.
    Break,
    /// A link out of the document.
    Link {
        /// Absolute address.
        url: String,
        /// Text of the link; never empty.
        content: Vec<Inline>,
    },
    /// A link within the document.
    Reference {
        /// Where it goes.
        anchor: Anchor,
        /// Text of the link; never empty.
        content: Vec<Inline>,
        /// Whether paper says the page, too.
        page: bool,
    },
    /// A place that links go to, without words of its own.
    Place {
        /// Its name.
        anchor: Anchor,
    },
    /// A person named in the text.
    Person {
        /// Index into `Document::people`.
        person: usize,
        /// The name as it stands in the text.
        content: Vec<Inline>,
    },
    /// An organisation named in the text.
    Organisation {
        /// Index into `Document::organisations`.
        #[serde(skip)]
        organisation: usize,
        /// Where the index points to.
        anchor: Anchor,
        /// The name as it stands in the text.
        content: Vec<Inline>,
    },
    /// Words in another language.
    Language {
        /// The language.
        language: Language,
        /// The words.
        content: Vec<Inline>,
    },
    /// A footnote's mark.
    Footnote {
        /// Index into `Document::footnotes`.
        note: usize,
        /// Whether the note has a mark before this one; it belongs to the first.
        again: bool,
    },
}

/// The running text inside a piece of running text, by shared or by unique reference.
macro_rules! content_of {
    ($inline:expr) => {
        match $inline {
            Inline::Emphasis { content }
            | Inline::Strong { content }
            | Inline::Superscript { content }
            | Inline::Subscript { content }
            | Inline::Strike { content }
            | Inline::Link { content, .. }
            | Inline::Reference { content, .. }
            | Inline::Person { content, .. }
            | Inline::Organisation { content, .. }
            | Inline::Language { content, .. } => Some(content),
            Inline::Text { .. }
            | Inline::Code { .. }
            | Inline::Break
            | Inline::Place { .. }
            | Inline::Footnote { .. } => None,
        }
    };
}

impl Inline {
    /// The running text inside it; nothing where it holds none.
    pub fn content(&self) -> &[Inline] {
        content_of!(self).map_or(&[], Vec::as_slice)
    }

    /// The running text inside it, to be changed; `None` where it can hold none.
    pub(in crate::document) fn content_mut(&mut self) -> Option<&mut Vec<Inline>> {
        content_of!(self)
    }
}

impl Inline {
    /// The same with other running text inside it; what holds none stays as it is.
    pub fn with(&self, inside: Vec<Inline>) -> Inline {
        let mut other = self.clone();
        if let Some(content) = other.content_mut() {
            *content = inside;
        }
        other
    }
}

/// Text as running text.
pub fn plain_content(text: &str) -> Vec<Inline> {
    vec![Inline::Text {
        text: text.to_owned(),
    }]
}

/// The footnotes that running text marks, in order.
pub fn noted(content: &[Inline]) -> Vec<usize> {
    let mut notes = Vec::new();
    for inline in content {
        match inline {
            Inline::Footnote { note, .. } => notes.push(*note),
            other => notes.extend(noted(other.content())),
        }
    }
    notes
}

/// The characters of running text without marks of footnotes; forced breaks become spaces.
pub fn plain_text(content: &[Inline]) -> String {
    let mut text = String::new();
    collect_text(content, &mut text);
    text
}

fn collect_text(content: &[Inline], text: &mut String) {
    for inline in content {
        match inline {
            Inline::Text { text: part } | Inline::Code { text: part } => text.push_str(part),
            Inline::Break => text.push(' '),
            other => collect_text(other.content(), text),
        }
    }
}
