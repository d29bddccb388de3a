//! The formats of messages.

use std::fmt::Write;

use super::MessageFormat;
use super::github::Github;
use super::human::Human;
use super::json::Json;
use super::message::{Removed, WrittenFile};
use super::sarif::Sarif;
use super::short::Short;
use crate::base::diagnostic::{Diagnostic, Diagnostics, Severity};

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

/// So many diagnostics are shown; a report with more has one mistake that makes many.
pub(super) const SHOWN: usize = 100;

/// Those that are shown, in their order, and how many are not: warnings give way to errors.
pub(super) fn shown(found: &Diagnostics) -> (Vec<&Diagnostic>, usize) {
    let room = SHOWN.saturating_sub(found.count(Severity::Error));
    let mut left = [SHOWN, room];
    let shown: Vec<&Diagnostic> = found
        .iter()
        .filter(|one| {
            let left = &mut left[usize::from(one.severity() == Severity::Warning)];
            let fits = *left > 0;
            *left = left.saturating_sub(1);
            fits
        })
        .collect();
    let rest = found.len() - shown.len();
    (shown, rest)
}

/// The line of text that a diagnostic is about, for programs: of a very long one the part around the place.
pub(super) fn line_of(found: &Diagnostic) -> Option<String> {
    const LONGEST: usize = 1_000;
    let line = found.snippet.as_deref()?;
    if line.len() <= LONGEST {
        return Some(line.to_owned());
    }
    let column = found.location.as_ref().map_or(0, |place| place.column);
    let place = usize::try_from(column).unwrap_or_default();
    let start = place.saturating_sub(LONGEST / 2);
    let piece: String = line.chars().skip(start).take(LONGEST).collect();
    let (cut_before, cut_after) = (start > 0, line.chars().nth(start + LONGEST).is_some());
    let mark = |cut: bool| if cut { "…" } else { "" };
    Some(format!("{}{piece}{}", mark(cut_before), mark(cut_after)))
}

/// One line for each diagnostic that is shown, which `line` writes, and one for the rest, which `rest` writes.
pub(super) fn lines(
    found: &Diagnostics,
    line: impl Fn(&Diagnostic, &mut String) -> std::fmt::Result,
    rest: impl Fn(usize) -> String,
) -> String {
    let mut text = String::new();
    let (shown, more) = shown(found);
    for one in shown {
        // Writing to a string cannot fail.
        let _ = line(one, &mut text).and_then(|()| text.write_char('\n'));
    }
    if more > 0 {
        text.push_str(&rest(more));
        text.push('\n');
    }
    text
}
