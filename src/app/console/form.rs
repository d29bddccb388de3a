//! The formats of messages.

use std::fmt::Write;

use super::MessageFormat;
use super::github::Github;
use super::human::Human;
use super::json::Json;
use super::message::{Removed, WrittenFile};
use super::sarif::Sarif;
use super::short::Short;
use crate::base::diagnostic::Diagnostics;

/// A form. It gives the text for standard error; whatever it does not care for is empty.
pub(super) trait Form: Send + Sync {
    /// Diagnostics, as they come up.
    fn diagnostics(&self, found: &Diagnostics) -> String;

    /// A file that was written.
    fn artifact(&self, _made: &WrittenFile) -> String {
        String::new()
    }

    /// A file that was taken away.
    fn removed(&self, _gone: &Removed) -> String {
        String::new()
    }

    /// The last words of a run; its diagnostics have been said before.
    fn end(&self, _ended: &Ended<'_>) -> String {
        String::new()
    }

    /// Whether a person reads along on standard output: then what is done is said there.
    fn says_what_is_done(&self) -> bool {
        false
    }

    /// Whether a list that is laid out for reading replaces the diagnostics in it.
    fn lays_out(&self) -> bool {
        false
    }
}

/// A run at its end.
pub(super) struct Ended<'a> {
    /// Why it came to nothing, if it did.
    pub(super) failure: Option<&'a Diagnostics>,
    /// Everything that was found.
    pub(super) found: &'a Diagnostics,
    /// How many files were written.
    pub(super) artifacts: usize,
    /// The exit code.
    pub(super) exit_code: u8,
    /// Whether nothing is to be said but what is wrong.
    pub(super) quiet: bool,
}

/// The form of that name.
pub(super) fn form(format: MessageFormat) -> Box<dyn Form> {
    match format {
        MessageFormat::Human => Box::new(Human),
        MessageFormat::Short => Box::new(Short),
        MessageFormat::Json => Box::new(Json),
        MessageFormat::Sarif => Box::new(Sarif),
        MessageFormat::Github => Box::new(Github),
    }
}

/// One line for each diagnostic, which `line` writes.
pub(super) fn lines(
    found: &Diagnostics,
    line: impl Fn(&crate::base::diagnostic::Diagnostic, &mut String) -> std::fmt::Result,
) -> String {
    let mut text = String::new();
    for one in found.iter() {
        // Writing to a string cannot fail.
        let _ = line(one, &mut text).and_then(|()| text.write_char('\n'));
    }
    text
}
