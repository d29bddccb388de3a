//! Messages for programs, one JSON object a line.

use super::form::{Ended, Form, shown};
use super::message::{DiagnosticEvent, Message, Removed, Summary, WrittenFile};
use crate::base::diagnostic::{Diagnostics, Severity};

/// One JSON object a line.
pub(super) struct Json;

impl Form for Json {
    fn diagnostics(&self, found: &Diagnostics) -> String {
        // The summary counts all of them.
        let messages = shown(found)
            .0
            .into_iter()
            .map(|one| Message::Diagnostic(DiagnosticEvent::from(one)));
        messages.map(|message| line(&message)).collect()
    }

    fn artifact(&self, made: &WrittenFile) -> String {
        line(&Message::WrittenFile(made.clone()))
    }

    fn removed(&self, gone: &Removed) -> String {
        line(&Message::Removed(gone.clone()))
    }

    fn end(&self, ended: &Ended<'_>) -> String {
        line(&Message::Summary(Summary {
            errors: ended.found.count(Severity::Error),
            warnings: ended.found.count(Severity::Warning),
            artifacts: ended.artifacts,
            exit_code: ended.exit_code,
        }))
    }
}

/// Messages are made of texts and numbers, which always have a form in JSON.
fn line(message: &Message) -> String {
    serde_json::to_string(message).map_or_else(|_| String::new(), |text| text + "\n")
}
