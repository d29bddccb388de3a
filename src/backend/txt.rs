//! Being written.
use super::{Artifact, Backend};
use crate::diagnostic::Diagnostics;
use crate::edition::Edition;

/// The txt backend.
pub(super) struct Txt;

impl Backend for Txt {
    fn name(&self) -> &'static str {
        "txt"
    }
    fn description(&self) -> &'static str {
        "being written"
    }
    fn render(&self, _edition: &Edition) -> Result<Artifact, Diagnostics> {
        unimplemented!("being written")
    }
}
