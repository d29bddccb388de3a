//! What an artifact says, read back from its bytes.

use std::fmt;

/// A cell of a table, made comparable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TableCell {
    /// What it says.
    pub(super) text: String,
    /// Over how many columns it goes.
    pub(super) columns: usize,
    /// Over how many rows it goes.
    pub(super) rows: usize,
    /// What it heads; nothing where the format has no heads cell by cell.
    pub(super) heads: Option<Heads>,
}

/// What a cell heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heads {
    Nothing,
    Column,
    Row,
}

impl TableCell {
    /// A cell in one column and one row.
    pub(super) fn of(text: impl Into<String>) -> Self {
        TableCell {
            text: text.into(),
            columns: 1,
            rows: 1,
            heads: None,
        }
    }

    /// Whether both say the same and go over as much; what they head where both tell.
    pub(super) fn is(&self, other: &TableCell) -> bool {
        let alike = |(a, b): (Heads, Heads)| a == b;
        (&self.text, self.columns, self.rows) == (&other.text, other.columns, other.rows)
            && self.heads.zip(other.heads).is_none_or(alike)
    }
}

impl fmt::Display for TableCell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)?;
        if (self.columns, self.rows) != (1, 1) {
            write!(f, " [over {} columns, {} rows]", self.columns, self.rows)?;
        }
        match self.heads {
            Some(Heads::Column) => f.write_str(" [head of a column]"),
            Some(Heads::Row) => f.write_str(" [head of a row]"),
            _ => Ok(()),
        }
    }
}

/// What a block is to those who hear it: the innermost of what it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockRole {
    Heading,
    Paragraph,
    Item,
    Cell,
    Caption,
    Note,
    Quotation,
    Code,
    Contents,
    /// Text between blocks, which no block holds.
    Loose,
}

impl fmt::Display for BlockRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BlockRole::Heading => "a heading",
            BlockRole::Paragraph => "a paragraph",
            BlockRole::Item => "an item of a list",
            BlockRole::Cell => "a cell of a table",
            BlockRole::Caption => "a caption",
            BlockRole::Note => "a note",
            BlockRole::Quotation => "a quotation",
            BlockRole::Code => "code",
            BlockRole::Contents => "a line of the contents",
            BlockRole::Loose => "text between blocks",
        })
    }
}

/// What an artifact says; all text is made comparable.
#[derive(Debug, Default)]
pub(super) struct ExtractedText {
    /// All text in reading order without notes that are apart; alternative texts are where the figures are.
    pub(super) text: String,
    /// Blocks with their text, in reading order; none where the format has no structure.
    pub(super) blocks: Vec<(BlockRole, String)>,
    /// Headings by level.
    pub(super) headings: Vec<(u8, String)>,
    /// Cells of all tables, by row.
    pub(super) tables: Vec<Vec<Vec<TableCell>>>,
    /// Alternative texts.
    pub(super) alts: Vec<String>,
    /// What each of these pictures draws in letters, without spaces; `None` where it cannot be read.
    pub(super) drawn: Option<Vec<String>>,
    /// Labels of numbered lists, except for those in notes.
    pub(super) labels: Vec<String>,
    /// Numbers of the marks of footnotes, in order.
    pub(super) marks: Vec<String>,
    /// Raised numbers that stand where no mark is due.
    pub(super) raised: Vec<String>,
    /// Footnotes.
    pub(super) notes: Vec<String>,
}
