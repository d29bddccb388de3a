//! Slips of the syntax, and what makes the line good on which one stands.

use super::recover::Change;
use super::{FileRef, messages};
use crate::base::diagnostic::{Code, Diagnostic};

/// Whether a mistake is one of the syntax, after which no value can be told.
pub(super) fn is_slip(said: &Diagnostic) -> bool {
    [
        Code::TAB_INDENT,
        Code::OPEN_BRACKET,
        Code::COLON_IN_VALUE,
        Code::INDENTATION,
        Code::OPEN_QUOTE,
        Code::TEXT_AFTER_QUOTE,
        Code::UNKNOWN_ESCAPE,
        Code::TEXT_AFTER_BAR,
        Code::BYTE_ORDER_MARK,
        Code::VALUE_START,
        Code::CONTROL_CHARACTER_IN_FILE,
        Code::NOT_YAML,
    ]
    .contains(&said.code)
        || said.message == messages::NO_SPACE
}

/// What makes all indentation one of spaces: two for a tab; other blanks stand before those that were there.
pub(super) fn with_spaces(text: &str) -> Vec<Change> {
    let mut at = 0;
    let mut changes = Vec::new();
    // How deep the line above lets one be.
    let mut deepest = usize::MAX;
    for line in text.split_inclusive('\n') {
        let line_end = line.trim_end_matches('\n');
        let indent = line_end.len() - line_end.trim_start().len();
        let old = &line_end[..indent];
        let mut width = spaces(old);
        if old.contains(|c| c != ' ') {
            let opens = line_end.trim_end().ends_with(':');
            let below = opens.then(|| below(&text[at + line.len()..])).flatten();
            width = below.map_or(width, |below| width.min(below.saturating_sub(2)));
            width = width.min(deepest);
            changes.push((at..at + indent, " ".repeat(width)));
        }
        let said = line_end.trim();
        if !said.is_empty() && !said.starts_with('#') {
            let opens = said.ends_with([':', '|', '>', '-']) || said.starts_with("- ");
            deepest = width + if opens { 2 } else { 0 };
        }
        at += line.len();
    }
    changes.reverse();
    changes
}

/// How many spaces indentation is.
fn spaces(indent: &str) -> usize {
    let width = |c| match c {
        '\t' => 2,
        ' ' => 1,
        _ => 0,
    };
    indent.chars().map(width).sum()
}

/// The indentation of the first line that says something.
fn below(text: &str) -> Option<usize> {
    let line = text.lines().find(|line| !line.trim().is_empty())?;
    Some(spaces(&line[..line.len() - line.trim_start().len()]))
}

/// What makes a line of a text YAML again.
pub(super) fn made_good(whole: &str, code: Code, line: u32) -> Option<Vec<Change>> {
    let now = FileRef {
        path: "",
        text: whole,
    };
    let text = now.line(line)?;
    let start = text.as_ptr() as usize - whole.as_ptr() as usize;
    let end = start + text.len();
    let indent = text.len() - text.trim_start_matches([' ', '-']).len();
    if code == Code::BYTE_ORDER_MARK {
        let at = text.find('\u{FEFF}')? + start;
        return Some(vec![(at..at + '\u{FEFF}'.len_utf8(), String::new())]);
    }
    if code == Code::CONTROL_CHARACTER_IN_FILE
        && let Some(at) = text.find(messages::ODD_LINE_ENDS)
    {
        let sign = text[at..].chars().next().map_or(0, char::len_utf8);
        return Some(vec![(start + at..start + at + sign, "\n".to_owned())]);
    }
    if code == Code::INDENTATION {
        let above = whole[..start]
            .lines()
            .rev()
            .find(|line| !line.trim().is_empty())?;
        let above = above.len() - above.trim_start().len();
        // What holds the lines below stands before them.
        let below = below(&whole[end..]).filter(|_| text.trim_end().ends_with(':'));
        let width = below.map_or(above, |below| above.min(below.saturating_sub(2)));
        return Some(vec![(start..start + indent, " ".repeat(width))]);
    }
    if code == Code::NOT_FIELDS {
        let colon = start + text.find(':')? + 1;
        return Some(vec![(colon..colon, " ".to_owned())]);
    }
    // The value is at fault: something else stands for it.
    let value = match text[indent..].find(": ") {
        Some(colon) => start + indent + colon + 2,
        None => start + indent,
    };
    let filling = match (code == Code::TEXT_AFTER_BAR, code == Code::OPEN_BRACKET) {
        (true, _) => "|",
        (_, true) => "[]",
        _ => "x",
    };
    Some(vec![(value..end, filling.to_owned())])
}
