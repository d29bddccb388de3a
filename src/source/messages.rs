//! What the YAML parser found, in the words of a writer: what is wrong, where, and what to do.

use serde_yaml::Error;

use crate::diagnostic::Diagnostic;

use super::{FileRef, outline};

/// What is better said before the parser says it in its own language.
pub(super) fn before_parsing(file: FileRef) -> Option<Diagnostic> {
    if file.text.lines().all(|line| {
        let line = line.trim();
        line.is_empty() || line.starts_with('#') || line == "---"
    }) {
        return Some(file.error(0, 0, "the file is empty"));
    }
    None
}

/// The finding for a parser's error.
pub(super) fn explain(file: FileRef, error: &Error) -> Diagnostic {
    let (line, column) = error.location().map_or((0, 0), |place| {
        let narrow = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        (narrow(place.line()), narrow(place.column()))
    });
    let mut diagnostic = file.error(line, column, error.to_string());
    if let Some(path) = outline::field_at(file.text, line, column) {
        diagnostic = diagnostic.field(path);
    }
    diagnostic
}
