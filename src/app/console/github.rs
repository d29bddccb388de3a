//! Diagnostics as commands for GitHub's workflows, which shows them next to the lines that they are about.
//!
//! The runner reads commands from both outputs of a step. See
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>.

use std::fmt::Write;

use super::form::{Form, lines};
use crate::base::diagnostic::{Diagnostic, Diagnostics};

/// Workflow commands.
pub(super) struct Github;

impl Form for Github {
    fn diagnostics(&self, found: &Diagnostics) -> String {
        lines(found, command, |more| {
            format!("::notice::and {more} more like these")
        })
    }

    fn says_what_is_done(&self) -> bool {
        true
    }
}

fn command(found: &Diagnostic, text: &mut String) -> std::fmt::Result {
    write!(text, "::{} ", found.severity())?;
    if let Some(place) = &found.location {
        write!(text, "file={},", property(&place.file))?;
        if place.line > 0 {
            write!(text, "line={},", place.line)?;
        }
        if place.line > 0 && place.column > 0 {
            write!(text, "col={},", place.column)?;
        }
        if let Some((line, column)) = found.end() {
            write!(text, "endLine={line},endColumn={column},")?;
        }
    }
    let title = format!("{}: {}", found.code, found.code.title());
    let mut words = found.message.clone();
    for hint in &found.hints {
        words.push_str("\nhint: ");
        words.push_str(hint);
    }
    write!(text, "title={}::{}", property(&title), data(&words))
}

/// The text after a command: a line end would end it.
fn data(text: &str) -> String {
    super::human::revealed(text)
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property, which a colon or comma would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diagnostic::{Code, Location};

    #[test]
    fn nothing_in_a_diagnostic_can_end_its_command() {
        let found = Diagnostic::new(Code::UNKNOWN_PERSON, "no person `a\n::error::b` at 100%")
            .at(Location {
                file: "a,b: c.yaml".into(),
                line: 3,
                column: 10,
            })
            .snippet("speaker: kelly")
            .hint("look");
        assert_eq!(
            Github.diagnostics(&found.into()),
            "::error file=a%2Cb%3A c.yaml,line=3,col=10,endLine=3,endColumn=15,title=E0204%3A an id names no person\
             ::no person `a%0A::error::b` at 100%25%0Ahint: look\n"
        );
    }
}
