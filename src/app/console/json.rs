//! Messages for programs, one JSON object a line.
//!
//! Whoever reads JSON gets every text as it is; a terminal or a log that shows it gets nothing hidden: such characters
//! stand in it as their numbers.

use std::fmt::Write;

use super::form::{Ended, Form, shown};
use super::human::{is_hidden, opens_old_command};
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
    serde_json::to_string(message).map_or_else(|_| String::new(), |text| escaped(&text) + "\n")
}

/// The same JSON with everything hidden in its texts written by number, so that it says the same and shows it. Line ends
/// and tabs between its parts stay.
pub(crate) fn escaped(json: &str) -> String {
    let mut shown = String::with_capacity(json.len());
    for (index, character) in json.char_indices() {
        let is_layout = matches!(character, '\n' | '\t');
        let is_command = character == '#' && opens_old_command(&json[index..]);
        match is_command || is_hidden(character) && !is_layout {
            true => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    // Writing to a string cannot fail.
                    let _ = write!(shown, "\\u{unit:04x}");
                }
            }
            false => shown.push(character),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_stands_as_its_number_and_means_the_same() {
        let text = "a\u{202e}b\u{200b}c\u{e0041}d##[error]é\u{7f}";
        let json = serde_json::to_string_pretty(&[text]).unwrap();
        let shown = escaped(&json);
        assert!(
            !shown.contains(|c: char| c != '\n' && is_hidden(c)) && !shown.contains("##["),
            "{shown}"
        );
        assert!(
            shown.contains("é") && shown.contains(r"\udb40\udc41"),
            "{shown}"
        );
        assert_eq!(serde_json::from_str::<Vec<String>>(&shown).unwrap(), [text]);
    }
}
