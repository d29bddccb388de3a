//! The backends: each turns an edition into the bytes of one format.
//!
//! `BACKENDS` is the one list of them; `--format`, `list`, completions, goldens and tests iterate over it. Backends
//! return data and never write.

use std::path::Path;

use crate::backend::edition::Edition;
use crate::base::diagnostic::Diagnostics;

mod docx;
pub mod edition;
mod pdf;
mod press;
pub mod render;
mod txt;
pub mod typeset;

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
    /// Renders the edition. Same edition, same bytes.
    fn render(&self, edition: &Edition) -> Result<Artifact, Diagnostics>;
}

/// What a backend made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Artifact {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// Number of pages, where the format has pages.
    pub pages: Option<usize>,
    /// Files that go with it.
    pub beside: Vec<Beside>,
    /// What the user should know of it.
    pub warnings: Diagnostics,
}

/// A file that goes with an artifact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// What follows the report's id in its name, such as `sheets.txt`.
    pub suffix: String,
    /// The file's bytes.
    pub bytes: Vec<u8>,
}

impl Beside {
    /// Its media type (RFC 6838).
    pub fn media_type(&self) -> &'static str {
        match self.suffix.ends_with(".png") {
            true => "image/png",
            false => "text/plain; charset=utf-8",
        }
    }
}

/// All backends, in the order in which they are listed.
pub static BACKENDS: &[&dyn Backend] = &[&pdf::Pdf, &press::Press, &docx::Docx, &txt::Txt];

/// The backend of that name.
pub fn find(name: &str) -> Option<&'static dyn Backend> {
    BACKENDS
        .iter()
        .copied()
        .find(|backend| backend.name() == name)
}

/// The backend whose files end as this name does.
pub fn of_file(file: &Path) -> Option<&'static dyn Backend> {
    let name = file.file_name()?.to_string_lossy().to_lowercase();
    BACKENDS
        .iter()
        .copied()
        .filter(|backend| name.ends_with(&format!(".{}", backend.suffix())))
        .max_by_key(|backend| backend.suffix().len())
}
