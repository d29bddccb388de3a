//! Diagnostics as text for a person: what is wrong, where, the line itself with a mark below it, what to do.
//!
//! Text of a file is shown so that it cannot control the terminal: control characters and marks that change the
//! direction of text are shown as their code.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::form::{self, Ended, Form};
use super::{ERROR, PLACE, STRONG, WARNING};
use crate::base::diagnostic::{Diagnostic, Diagnostics, Severity, many, word};

/// Longest piece of a line that is shown, in characters.
const LONGEST: usize = 100;
/// Of it, characters before the place.
const BEFORE: usize = 40;

/// Text for people.
pub(super) struct Human;

impl Form for Human {
    fn diagnostics(&self, found: &Diagnostics) -> String {
        text(found)
    }

    fn end(&self, ended: &Ended<'_>) -> String {
        let Some(failure) = ended.failure else {
            return String::new();
        };
        let mut text = String::new();
        if failure.len() > 1 {
            let said = many(failure.count(Severity::Error), "error");
            text.push_str(&format!("{ERROR}{said}{ERROR:#}\n"));
        }
        let error = |found: &&Diagnostic| found.severity() == Severity::Error;
        if let Some(first) = failure.iter().find(error).filter(|_| !ended.quiet) {
            text.push_str(&format!("`gmg-export explain {}` says more\n", first.code));
        }
        text
    }

    fn says_what_is_done(&self) -> bool {
        true
    }

    fn lays_out(&self) -> bool {
        true
    }
}

/// The diagnostics, styled for a terminal, errors last so that they are seen.
fn text(found: &Diagnostics) -> String {
    let mut text = String::new();
    let (mut shown, more) = form::shown(found);
    shown.sort_by_key(|one| one.severity());
    for one in shown {
        diagnostic(one, &mut text);
    }
    if more > 0 {
        text.push_str(&format!("… and {more} more like these\n"));
    }
    text
}

fn diagnostic(found: &Diagnostic, text: &mut String) {
    let style = match found.severity() {
        Severity::Error => ERROR,
        Severity::Warning => WARNING,
    };
    let (name, code) = (found.severity(), found.code);
    let message = clean(&found.message);
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "{style}{name}[{code}]{style:#}{STRONG}: {message}{STRONG:#}"
    );
    let line = found.location.as_ref().map_or(0, |place| place.line);
    let gutter = if line > 0 { line.to_string().len() } else { 1 };
    if let Some(place) = &found.location {
        let shown = clean(&place.to_string());
        let field = found
            .field
            .as_ref()
            .map(|field| format!(" ({})", clean(field)));
        let field = field.unwrap_or_default();
        let _ = writeln!(text, "{:gutter$}{PLACE}-->{PLACE:#} {shown}{field}", "");
        if let Some(snippet) = found.snippet.as_ref().filter(|_| line > 0) {
            self::snippet(snippet, line, place.column, text);
        }
    }
    for hint in &found.hints {
        let _ = writeln!(
            text,
            "{:gutter$} {PLACE}={PLACE:#} hint: {}",
            "",
            clean(hint)
        );
    }
}

/// The line with a mark below the word at `column`.
fn snippet(line: &str, number: u32, column: u32, text: &mut String) {
    let (shown, indent, width) = excerpt(line, column);
    let gutter = number.to_string().len();
    let _ = writeln!(text, "{:gutter$} {PLACE}|{PLACE:#}", "");
    let _ = writeln!(text, "{PLACE}{number} |{PLACE:#} {shown}");
    if column > 0 {
        let mark = "^".repeat(width);
        let _ = writeln!(
            text,
            "{:gutter$} {PLACE}|{PLACE:#} {:indent$}{ERROR}{mark}{ERROR:#}",
            "", ""
        );
    }
}

/// The piece of `line` around `column`, and in columns of the terminal where its mark starts and how long it is.
fn excerpt(line: &str, column: u32) -> (String, usize, usize) {
    let characters: Vec<char> = line.trim_end().chars().collect();
    let place = usize::try_from(column.saturating_sub(1)).unwrap_or_default();
    let place = place.min(characters.len());
    let start = match characters.len() > LONGEST {
        true => place.saturating_sub(BEFORE),
        false => 0,
    };
    let end = characters.len().min(start + LONGEST);
    let piece =
        |range: std::ops::Range<usize>| clean(&characters[range].iter().collect::<String>());
    let word = word(&characters[..end], place).min(end - place);
    let (before, after) = (
        if start > 0 { "…" } else { "" },
        if end < characters.len() { "…" } else { "" },
    );
    let lead = format!("{before}{}", piece(start..place));
    let mark = piece(place..place + word).width().max(1);
    let indent = lead.width();
    (format!("{lead}{}{after}", piece(place..end)), indent, mark)
}

/// Text that a terminal shows as it is.
pub(super) fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for (index, character) in text.char_indices() {
        match character {
            '\t' => cleaned.push_str("    "),
            '\n' => cleaned.push_str("\n  "),
            // Workflow runners take a line that starts so for a command, wherever it comes from.
            ':' if opens_command(&cleaned, &text[index..]) => cleaned.push_str("<U+003A>"),
            '#' if opens_old_command(&text[index..]) => cleaned.push_str("<U+0023>"),
            _ => reveal(character, &mut cleaned),
        }
    }
    cleaned
}

fn opens_command(before: &str, rest: &str) -> bool {
    rest.starts_with("::")
        && before
            .rsplit('\n')
            .next()
            .is_some_and(|line| line.trim().is_empty())
}

/// Whether a text starts as the commands that runners find anywhere in a line: those of GitHub and Azure, and of TeamCity.
pub(super) fn opens_old_command(text: &str) -> bool {
    ["##[", "##vso[", "##teamcity["]
        .iter()
        .any(|start| text.starts_with(start))
}

/// Whether a character shows nothing of itself, or changes how its neighbours are shown: controls, marks of direction, spaces
/// without width, tags, selectors of variants.
pub(crate) fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0E}' | '\u{FEFF}'
            | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Adds a character, one that is hidden by its number.
fn reveal(character: char, shown: &mut String) {
    if is_hidden(character) {
        // Writing to a string cannot fail.
        let _ = write!(shown, "<U+{:04X}>", u32::from(character));
    } else {
        shown.push(character);
    }
}

/// The text with everything hidden in it shown by its number; line ends and tabs stay.
pub(super) fn revealed(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for (index, character) in text.char_indices() {
        match character {
            '\n' | '\t' => shown.push(character),
            '#' if opens_old_command(&text[index..]) => shown.push_str("<U+0023>"),
            _ => reveal(character, &mut shown),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diagnostic::{Code, Location};

    fn plain(found: Diagnostic) -> String {
        anstream::adapter::strip_str(&text(&found.into())).to_string()
    }

    fn at(line: u32, column: u32) -> Location {
        Location {
            file: "source/a.yaml".into(),
            line,
            column,
        }
    }

    #[test]
    fn a_diagnostic_shows_its_place_its_line_and_what_to_do() {
        let found = Diagnostic::new(Code::UNKNOWN_PERSON, "no person `kelly`")
            .at(at(41, 16))
            .field("meeting.sections[2].speaker")
            .snippet("    - speaker: kelly  ")
            .hint("did you mean `kelley`?")
            .hint("people belong in people.yaml");
        let wanted = "\
error[E0204]: no person `kelly`
  --> source/a.yaml:41:16 (meeting.sections[2].speaker)
   |
41 |     - speaker: kelly
   |                ^^^^^
   = hint: did you mean `kelley`?
   = hint: people belong in people.yaml
";
        assert_eq!(plain(found), wanted);
    }

    #[test]
    fn a_diagnostic_about_a_whole_file_has_no_line() {
        let found = Diagnostic::new(Code::UNLISTED_FILE, "nobody reads this")
            .at(at(0, 0))
            .snippet("x");
        assert_eq!(
            plain(found),
            "warning[W0160]: nobody reads this\n --> source/a.yaml\n"
        );
        assert_eq!(
            plain(Diagnostic::new(Code::CANNOT_READ, "x").hint("y")),
            "error[E0901]: x\n  = hint: y\n"
        );
    }

    #[test]
    fn the_mark_stands_below_its_word_whatever_is_before_it() {
        for (line, column, indent, width) in [
            ("id: x", 5, 4, 1),
            ("\tid: abc", 6, 8, 3),
            ("名前: 山田, x", 5, 6, 4),
            ("e\u{301}e\u{301}: ab", 7, 4, 2),
            ("a: ", 99, 2, 1),
            ("", 1, 0, 1),
            ("a: \"b\"", 4, 3, 1),
        ] {
            let (_, found, mark) = excerpt(line, column);
            assert_eq!((found, mark), (indent, width), "{line:?}");
        }
    }

    #[test]
    fn of_a_long_line_the_part_around_the_place_is_shown() {
        let line = format!("{}PLACE{}", "a ".repeat(500), " b".repeat(500));
        let (shown, indent, mark) = excerpt(&line, 1001);
        assert!(shown.chars().count() <= LONGEST + 2, "{shown}");
        assert!(shown.starts_with('…') && shown.ends_with('…'), "{shown}");
        let marked: String = shown.chars().skip(indent).take(mark).collect();
        assert_eq!(marked, "PLACE");
        let (shown, ..) = excerpt(&line, 1);
        assert!(shown.starts_with("a a") && shown.ends_with('…'));
    }

    #[test]
    fn text_of_a_file_cannot_play_with_the_terminal() {
        let shown = plain(
            Diagnostic::new(Code::UNPRINTABLE, "bad `\u{1b}[2J`")
                .at(Location {
                    file: "\u{202e}lmay".into(),
                    line: 1,
                    column: 1,
                })
                .snippet("\u{9b}31m\u{7}"),
        );
        assert!(
            !shown.contains(|c: char| c != '\n' && is_hidden(c)),
            "{shown}"
        );
        assert!(
            shown.contains("<U+001B>[2J") && shown.contains("<U+202E>lmay"),
            "{shown}"
        );
    }

    #[test]
    fn a_flood_of_diagnostics_is_cut_and_says_so() {
        let many = Diagnostics::from_iter(vec![Diagnostic::new(Code::UNPRINTABLE, "x"); 250]);
        let text = text(&many);
        assert!(text.ends_with("… and 150 more like these\n"));
    }
}
