//! What a run reports: diagnostics, files that were written, and progress during long work, in the format that was
//! asked for.
//!
//! Diagnostics and events go to standard error in every form. Standard output holds what was asked for, and for people
//! a line for each file that was written. Colours only where the terminal shows them.

mod form;
mod github;
mod human;
mod json;
mod message;
mod progress;
mod sarif;
mod short;

use std::io::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use clap::ValueEnum;

use crate::base::diagnostic::Diagnostics;
use crate::base::output;
use form::{Ended, Form, form};

pub(crate) use human::is_hidden;
pub(crate) use json::escaped;
pub use message::{DiagnosticEvent, Message, Removed, Summary, WrittenFile};

pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
pub(crate) const PLACE: Style = AnsiColor::Blue.on_default().bold();
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
pub(crate) const BAD: Style = AnsiColor::Red.on_default();
pub(crate) const STRONG: Style = Style::new().bold();

/// The forms of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    /// Text for people
    Human,
    /// One line for each diagnostic: place, severity with code, message
    Short,
    /// One JSON object a line (see `gmg-export schema messages`)
    Json,
    /// One SARIF 2.1.0 log of the whole run
    Sarif,
    /// Workflow commands, which GitHub shows next to the lines
    Github,
}

/// Whether to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal that shows them
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The console of a run.
pub struct Console {
    colour: ColorChoice,
    quiet: bool,
    form: Box<dyn Form>,
    said: Mutex<Messages>,
}

/// What a run has said so far.
#[derive(Default)]
struct Messages {
    found: Diagnostics,
    artifacts: usize,
}

impl Console {
    /// A console; `ColorChoice::Auto` looks at the terminal and at `NO_COLOR`, and a quiet one says only what is wrong.
    pub fn new(colour: ColorChoice, quiet: bool, format: MessageFormat) -> Self {
        Console {
            colour,
            quiet,
            form: form(format),
            said: Mutex::default(),
        }
    }

    /// Says what was found, on standard error.
    pub fn diagnostics(&self, found: &Diagnostics) {
        self.said().found.extend(found.iter().cloned());
        self.error(&self.form.diagnostics(found));
    }

    /// Says how the run ended, with what it came to nothing for, and gives its exit code.
    pub fn end(&self, result: Result<(), Diagnostics>) -> u8 {
        let failure = result.err();
        if let Some(found) = &failure {
            self.diagnostics(found);
        }
        let said = self.said();
        let exit_code = failure.as_ref().map_or(0, Diagnostics::exit_code);
        self.error(&self.form.end(&Ended {
            failure: failure.as_ref(),
            found: &said.found,
            artifacts: said.artifacts,
            exit_code,
            quiet: self.quiet,
        }));
        exit_code
    }

    /// What was found, laid out for people in a text of its own on standard output; other forms say the diagnostics.
    pub fn laid_out(&self, text: &str, found: &Diagnostics) -> Result<(), Diagnostics> {
        if self.form.lays_out() {
            return self.print(text);
        }
        self.diagnostics(found);
        Ok(())
    }

    /// The same for what is done: a quiet console keeps the text to itself.
    pub fn done_or(&self, text: &str, found: &Diagnostics) -> Result<(), Diagnostics> {
        if self.form.lays_out() {
            return text.lines().try_for_each(|line| self.done(line));
        }
        self.diagnostics(found);
        Ok(())
    }

    /// A file that was written; `line` is what people read of it, where they do.
    pub fn artifact(&self, made: &WrittenFile, line: Option<&str>) -> Result<(), Diagnostics> {
        self.said().artifacts += 1;
        self.error(&self.form.artifact(made));
        line.map_or(Ok(()), |line| self.done(line))
    }

    /// A file that was taken away; `line` is what people read of it.
    pub fn removed(&self, gone: &Removed, line: &str) -> Result<(), Diagnostics> {
        self.error(&self.form.removed(gone));
        self.done(line)
    }

    /// One line for people about something that is done. That nobody listens, or listens any more, is no failure: it is
    /// done all the same.
    pub fn done(&self, line: &str) -> Result<(), Diagnostics> {
        if self.quiet || !self.form.says_what_is_done() {
            return Ok(());
        }
        match output::is_closed() {
            true => Ok(()),
            false => self.print(&format!("{}\n", one_line(line))),
        }
    }

    /// Text that was asked for. Whoever reads it may stop when they have read enough.
    pub fn print(&self, text: &str) -> Result<(), Diagnostics> {
        let mut stdout = AutoStream::new(std::io::stdout(), self.colour);
        output::to_stdout(|| stdout.write_all(text.as_bytes()))
    }

    fn error(&self, text: &str) {
        let mut stderr = AutoStream::new(std::io::stderr(), self.colour).lock();
        // There is nowhere left to say that standard error is closed.
        let _ = stderr.write_all(text.as_bytes());
        let _ = stderr.flush();
    }

    fn said(&self) -> MutexGuard<'_, Messages> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A text, such as a path, as one line that a terminal shows as it is.
pub(crate) fn one_line(text: &str) -> String {
    human::clean(&text.replace('\n', " "))
}

/// A size as a person says it: `512 B`, `34 kB`, `2.1 MB`.
pub(crate) fn size(bytes: usize) -> String {
    let bytes = bytes as f64;
    match bytes {
        _ if bytes < 1_000.0 => format!("{bytes} B"),
        _ if bytes < 999_500.0 => format!("{:.0} kB", bytes / 1e3),
        _ => format!("{:.1} MB", bytes / 1e6),
    }
}

/// A time as a person says it: `35 ms`, `1.2 s`.
pub(crate) fn time(time: std::time::Duration) -> String {
    match time.as_millis() {
        milliseconds @ 0..1000 => format!("{milliseconds} ms"),
        _ => format!("{:.1} s", time.as_secs_f64()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn sizes_and_times_are_short() {
        let sizes = [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1 kB"),
            (999_499, "999 kB"),
            (999_500, "1.0 MB"),
            (2_149_000, "2.1 MB"),
        ];
        for (bytes, text) in sizes {
            assert_eq!(size(bytes), text);
        }
        let times = [
            (0, "0 ms"),
            (999, "999 ms"),
            (1_000, "1.0 s"),
            (61_240, "61.2 s"),
        ];
        for (milliseconds, text) in times {
            assert_eq!(time(Duration::from_millis(milliseconds)), text);
        }
        assert_eq!(
            (
                crate::base::diagnostic::many(1, "page"),
                crate::base::diagnostic::many(0, "page")
            ),
            ("1 page".into(), "0 pages".into())
        );
    }
}
