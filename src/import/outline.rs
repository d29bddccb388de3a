//! The result of every reader: the parts of a text in order, and every word of the input with what became of it.

use unicode_normalization::UnicodeNormalization;

/// A text in parts.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) front: Front,
    pub(super) items: Vec<Item>,
    /// Every word of the input, in order.
    pub(super) pieces: Vec<TracedText>,
    /// The words of the whole input as running text, to look names and acronyms up in.
    pub(super) running: String,
    /// Short forms with what they stand for, where the text lists them.
    pub(super) abbreviations: Vec<(String, String)>,
    /// Whether headings and marks of footnotes are sure, as in Markdown.
    pub(super) definite: bool,
    /// What the document must have of the text besides its words.
    pub(super) kept: Counts,
    /// The addresses to which its links lead.
    pub(super) targets: Vec<String>,
    /// What stands in the brackets of its citations.
    pub(super) citations: Vec<String>,
    /// What kind of text it is, in words.
    pub(super) kind: &'static str,
    /// How many comments of people it has, which are comments of the source as well.
    pub(super) comments: usize,
    /// What became of its tracked changes.
    pub(super) settled: Option<String>,
}

impl Outline {
    /// What the places of its pieces are counted by.
    pub(super) fn unit(&self) -> &'static str {
        match self.kind.starts_with("Word") {
            true => "paragraph",
            false => "line",
        }
    }
}

/// Opens a check that is the comment of a person; no text has this character.
pub(super) const COMMENT: char = '\u{FDDB}';

/// How many links, stretches of emphasis, pictures, marks of notes and cells there are.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) links: usize,
    pub(super) emphases: usize,
    /// Stretches of words in another language.
    pub(super) languages: usize,
    pub(super) pictures: usize,
    /// Marks of footnotes.
    pub(super) marks: usize,
    /// Cells of tables that are not empty.
    pub(super) cells: usize,
}

/// Title matter.
#[derive(Debug, Default)]
pub(super) struct Front {
    pub(super) title: Vec<String>,
    pub(super) subtitle: Option<String>,
    pub(super) copyright: Option<String>,
    pub(super) credit: Option<String>,
    /// CommonMark paragraphs.
    pub(super) imprint: Vec<String>,
    pub(super) date: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) language: Option<String>,
    pub(super) author: Option<String>,
    pub(super) description: Option<String>,
    pub(super) keywords: Vec<String>,
    /// What is to be looked at, set at the title.
    pub(super) checks: Vec<String>,
}

/// A part of the text.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) what: OutlineItem,
    /// What the reader was unsure of.
    pub(super) checks: Vec<String>,
    /// The number of a heading, by which links within the text name it.
    pub(super) place: Option<usize>,
}

/// What a part is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum OutlineItem {
    /// A chapter starts; its label as the text words it.
    Chapter {
        label: Option<(Label, String)>,
        title: String,
    },
    /// A section starts; level 2 is the first below a chapter.
    Heading { level: usize, title: String },
    /// A paragraph, list, quotation or table as CommonMark.
    Prose(String),
    /// A block with fields of its own.
    Block(SourceBlock),
    /// A line of the facts of a meeting.
    Fact(String),
    /// A footnote as CommonMark, by its mark.
    Note { mark: String, text: String },
}

impl OutlineItem {
    /// The texts in which marks of notes may stand.
    pub(super) fn texts_mut(&mut self) -> Vec<&mut String> {
        match self {
            OutlineItem::Prose(text) => vec![text],
            OutlineItem::Block(block) => block.texts_mut(),
            _ => Vec::new(),
        }
    }
}

/// A block that a source has under a key of its own; its texts are CommonMark, those of code aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SourceBlock {
    /// Terms, each with what it means.
    Definitions(Vec<(String, String)>),
    /// Text under a title, set apart.
    Box { title: String, text: Vec<String> },
    /// Lines as typed, below a label.
    Code { label: String, text: String },
    /// A table of which rows with pipes could not say all.
    Table(SourceTable),
    /// One picture, or two next to each other.
    Figures(Vec<SourceFigure>),
    /// A few words set large, and whose they are.
    Pull {
        text: Vec<String>,
        attribution: Option<String>,
    },
}

/// A table; a cell that is only `<` or `^` belongs to the one before or above it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SourceTable {
    pub(super) caption: String,
    /// What is said of each column: nothing, `centre` or `right`.
    pub(super) aligns: Vec<&'static str>,
    /// How many of the rows are heads.
    pub(super) heads: usize,
    pub(super) rows: Vec<Vec<String>>,
    pub(super) row_headers: bool,
}

/// A picture; its caption alone is CommonMark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SourceFigure {
    pub(super) image: String,
    pub(super) alt: String,
    pub(super) caption: String,
}

impl SourceBlock {
    pub(super) fn texts_mut(&mut self) -> Vec<&mut String> {
        match self {
            SourceBlock::Definitions(list) => list
                .iter_mut()
                .flat_map(|(term, text)| [term, text])
                .collect(),
            SourceBlock::Box { title, text } => std::iter::once(title).chain(text).collect(),
            SourceBlock::Code { .. } => Vec::new(),
            SourceBlock::Table(table) => {
                let cells = table.rows.iter_mut().flatten();
                std::iter::once(&mut table.caption).chain(cells).collect()
            }
            SourceBlock::Figures(list) => list.iter_mut().map(|one| &mut one.caption).collect(),
            SourceBlock::Pull { text, .. } => text.iter_mut().collect(),
        }
    }
}

/// What a chapter's label says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Meeting(u32),
    Appendix,
}

/// Some words of the input and what became of them.
#[derive(Debug)]
pub(super) struct TracedText {
    pub(super) line: usize,
    pub(super) text: String,
    pub(super) role: Role,
}

/// What became of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// Title, imprint and what else comes before the chapters.
    Front,
    /// Headings: upper and lower case may change.
    Heading,
    /// The label of a chapter, which the program may word differently.
    Label,
    /// Running text.
    Body,
    /// Facts of a meeting, which the program words differently.
    Fact,
    /// A footnote.
    Note,
    /// Left out, and why.
    LeftOut(&'static str),
}

/// A word as it is compared: letters and digits only, so that quotes and hyphens at line ends do not matter.
fn bare(word: &str) -> String {
    word.nfc()
        .filter(|c| c.is_alphanumeric() && !is_superscript(*c))
        .collect()
}

/// The words of a text.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| c.is_whitespace() || is_superscript(c))
        .map(bare)
        .filter(|word| !word.is_empty())
}

/// Whether a character is a raised digit, as marks of footnotes are in plain text.
pub(super) fn is_superscript(c: char) -> bool {
    superscript(c).is_some()
}

/// The digit that a raised digit stands for.
pub(super) fn superscript(c: char) -> Option<char> {
    let digit = match c {
        '⁰' => 0,
        '¹' => 1,
        '²' => 2,
        '³' => 3,
        '⁴'..='⁹' => c as u32 - '⁰' as u32,
        _ => return None,
    };
    char::from_digit(digit, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_letters_and_digits() {
        let found: Vec<String> = words("(**FAO**) – migrants.¹ First 10:00-13:00").collect();
        assert_eq!(found, ["FAO", "migrants", "First", "10001300"]);
    }
}
