//! Being written.
use super::{Artifact, Backend};
use crate::diagnostic::Diagnostics;
use crate::edition::Edition;

/// The docx backend.
pub(super) struct Docx;

impl Backend for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }
    fn description(&self) -> &'static str {
        "being written"
    }
    fn render(&self, _edition: &Edition) -> Result<Artifact, Diagnostics> {
        unimplemented!("being written")
    }
}
