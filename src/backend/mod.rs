//! The backends: each turns an edition into the bytes of one format.
//!
//! [`FORMATS`](crate::verify::format::FORMATS) lists them with what checks their files. Backends return data and never
//! write.

use crate::backend::edition::Edition;
use crate::base::diagnostic::Diagnostics;
use crate::layout::Layout;
use crate::pdf::read::{ReadBack, Reading};

mod docx;
mod drawing;
pub mod edition;
mod pdf;
mod press;
pub mod render;
mod substitutes;
mod txt;
pub mod typeset;

pub use docx::Summary;
pub use docx::check_template;
pub(crate) use docx::{
    Docx, LAYOUT_PROPERTY, PLACE, PLACES_PROPERTY, is_hidden, place, tracked, words_digest,
};
pub(crate) use pdf::Pdf;
pub(crate) use press::{Press, Ticket};
pub(crate) use txt::Txt;

/// A format that the program can make.
pub trait Backend: Sync {
    /// Name for `--format`, lower case.
    fn name(&self) -> &'static str;
    /// What follows the report's id in the file name, such as `pdf`.
    fn suffix(&self) -> &'static str {
        self.name()
    }
    /// Whether it can only use layouts for print.
    fn for_print(&self) -> bool {
        false
    }
    /// Layout that it is made in where none is asked for.
    fn layout(&self) -> &'static str {
        if self.for_print() { "print" } else { "screen" }
    }
    /// Media type of its files (RFC 6838).
    fn media_type(&self) -> &'static str;
    /// One line that says what the format is for.
    fn description(&self) -> &'static str;
    /// Whether it sets anything in the layout's fonts.
    fn needs_fonts(&self) -> bool {
        true
    }
    /// The fonts that its files name and do not hold.
    fn named_fonts<'a>(&self, _layout: &'a Layout) -> Vec<&'a str> {
        Vec::new()
    }
    /// Renders the edition. Same edition, same bytes.
    fn render(&self, edition: &Edition) -> Result<Artifact, Diagnostics>;
}

/// What a backend made.
#[derive(Debug, Clone, Default)]
pub struct Artifact {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// Number of pages, where the format has pages.
    pub pages: Option<usize>,
    /// The pages, from 1, with which its volumes begin; none where it is in one.
    pub volumes: Vec<usize>,
    /// Files that go with it.
    pub companions: Vec<CompanionFile>,
    /// What the user should know of it.
    pub warnings: Diagnostics,
    /// What was read back of the bytes so far.
    pub reading: Reading,
}

impl Artifact {
    /// The file, for those who read it back.
    pub fn read_back(&self) -> ReadBack<'_> {
        ReadBack::again(&self.bytes, self.reading.clone())
    }
}

/// A file that goes with an artifact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanionFile {
    /// What follows the report's id in its name, such as `sheets.txt`.
    pub suffix: String,
    /// The file's bytes.
    pub bytes: Vec<u8>,
}

impl CompanionFile {
    /// Its media type (RFC 6838).
    pub fn media_type(&self) -> &'static str {
        match self.suffix.rsplit('.').next() {
            Some("png") => "image/png",
            Some("pdf") => "application/pdf",
            Some("json") => "application/json",
            Some("html") => "text/html; charset=utf-8",
            Some("xjdf") => "application/vnd.cip4-xjdf+xml",
            _ => "text/plain; charset=utf-8",
        }
    }
}
