//! Being written.
use super::{Artifact, Backend};
use crate::diagnostic::Diagnostics;
use crate::edition::Edition;

/// The pdf backend.
pub(super) struct Pdf;

impl Backend for Pdf {
    fn name(&self) -> &'static str { "pdf" }
    fn description(&self) -> &'static str { "being written" }
    fn render(&self, _edition: &Edition) -> Result<Artifact, Diagnostics> { unimplemented!("being written") }
}
