//! The backends: each turns an edition into the bytes of one format.
//!
//! `BACKENDS` is the one list of them; `--format`, `list`, completions, goldens and tests iterate over it. Backends
//! return data and never write.

use crate::diagnostic::Diagnostics;
use crate::edition::Edition;

mod docx;
mod pdf;
mod press;
mod txt;

/// A format that the program can make.
pub trait Backend: Sync {
    /// Name for `--format`, lower case.
    fn name(&self) -> &'static str;
    /// What follows the report's id in the file name, such as `pdf`.
    fn suffix(&self) -> &'static str {
        self.name()
    }
    /// One line that says what the format is for.
    fn description(&self) -> &'static str;
    /// Renders the edition. Same edition, same bytes.
    fn render(&self, edition: &Edition) -> Result<Artifact, Diagnostics>;
}

/// What a backend made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// Number of pages, where the format has pages.
    pub pages: Option<usize>,
}

/// All backends, in the order in which they are listed.
pub static BACKENDS: &[&dyn Backend] = &[&pdf::Pdf, &docx::Docx, &txt::Txt];

/// The backend of that name.
pub fn find(name: &str) -> Option<&'static dyn Backend> {
    BACKENDS
        .iter()
        .copied()
        .find(|backend| backend.name() == name)
}
