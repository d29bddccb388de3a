//! What a person sees at the terminal: findings, one line for each file that was written, and a sign of life during
//! long work.
//!
//! Findings go to standard error. Standard output holds what was asked for, and nothing else. Colours only where the
//! terminal shows them.

mod findings;
mod progress;

use std::io::{ErrorKind, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

use crate::diagnostic::{Diagnostics, Severity};
use crate::output::stdout_failed;

pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
pub(crate) const PLACE: Style = AnsiColor::Blue.on_default().bold();
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
pub(crate) const BAD: Style = AnsiColor::Red.on_default();
pub(crate) const STRONG: Style = Style::new().bold();

/// The terminal of a run.
#[derive(Debug, Clone, Copy)]
pub struct Console {
    colour: ColorChoice,
    quiet: bool,
}

impl Console {
    /// A console; `ColorChoice::Auto` looks at the terminal and at `NO_COLOR`, and a quiet one says only what is wrong.
    pub fn new(colour: ColorChoice, quiet: bool) -> Self {
        Console { colour, quiet }
    }

    /// Says what is wrong, on standard error.
    pub fn findings(&self, found: &Diagnostics) {
        let mut stderr = AutoStream::new(std::io::stderr(), self.colour).lock();
        // There is nowhere left to say that standard error is closed.
        let _ = stderr.write_all(findings::text(found).as_bytes());
        let _ = stderr.flush();
    }

    /// Says that the run came to nothing because of `found`, on standard error.
    pub fn failure(&self, found: &Diagnostics) {
        self.findings(found);
        let errors = count(found, Severity::Error);
        if found.0.len() > 1 {
            let mut stderr = AutoStream::new(std::io::stderr(), self.colour).lock();
            let said = many(errors, "error");
            let _ = writeln!(stderr, "{ERROR}{said}{ERROR:#}");
        }
    }

    /// One line about something that is done. That nobody listens any more is no failure: it is done all the same.
    pub fn done(&self, line: &str) -> Result<(), Diagnostics> {
        if self.quiet {
            return Ok(());
        }
        match self.write(&format!("{line}\n")) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(stdout_failed(&error).into())
            }
            _ => Ok(()),
        }
    }

    /// Text that was asked for.
    pub fn print(&self, text: &str) -> Result<(), Diagnostics> {
        self.write(text)
            .map_err(|error| stdout_failed(&error).into())
    }

    fn write(&self, text: &str) -> std::io::Result<()> {
        let mut stdout = AutoStream::new(std::io::stdout(), self.colour).lock();
        stdout.write_all(text.as_bytes())?;
        stdout.flush()
    }
}

fn count(found: &Diagnostics, severity: Severity) -> usize {
    found
        .0
        .iter()
        .filter(|one| one.severity == severity)
        .count()
}

/// `1 error`, `2 errors`.
pub(crate) fn many(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
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
            (many(1, "page"), many(0, "page")),
            ("1 page".into(), "0 pages".into())
        );
    }
}
