//! What an artifact says, read back from its bytes.

/// What an artifact says; all text is made comparable.
#[derive(Debug, Default)]
pub(super) struct ExtractedText {
    /// All text in reading order without notes that are apart; alternative texts are where the figures are.
    pub(super) text: String,
    /// Headings by level.
    pub(super) headings: Vec<(u8, String)>,
    /// Cells of all tables, by row.
    pub(super) tables: Vec<Vec<Vec<String>>>,
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
