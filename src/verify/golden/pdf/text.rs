//! From pieces of text with their places to lines, as they stand on the page, and to running text.

use crate::pdf::read::content::{Fragment, GAP};

/// A gap wider than this, in units of the font size, is shown as two spaces: it separates columns.
const COLUMN: f64 = 1.5;

/// How a piece follows the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Join {
    Word,
    Space,
    Column,
    Line,
}

/// The lines of the fragments, in the fragments' order; fragments on one base line make one line.
pub(super) fn lines<'a>(fragments: impl IntoIterator<Item = &'a Fragment>) -> Vec<String> {
    let lines = raw_lines(fragments);
    lines
        .iter()
        .map(|line| line.trim().to_string())
        .filter(|line| !line.is_empty())
        .collect()
}

/// The fragments as running text: lines joined by spaces, words that were divided at a line end put together again.
pub(crate) fn running<'a>(fragments: impl IntoIterator<Item = &'a Fragment>) -> String {
    let mut text = String::new();
    for line in raw_lines(fragments) {
        append_line(&mut text, &line);
    }
    text
}

fn raw_lines<'a>(fragments: impl IntoIterator<Item = &'a Fragment>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut last: Option<&Fragment> = None;
    for fragment in fragments
        .into_iter()
        .filter(|fragment| !fragment.text.is_empty())
    {
        let join = last.map_or(Join::Line, |last| follows(last, fragment));
        match (join, lines.last_mut()) {
            (Join::Word, Some(line)) => line.push_str(&fragment.text),
            (Join::Space, Some(line)) => push_spaced(line, " ", &fragment.text),
            (Join::Column, Some(line)) => push_spaced(line, "  ", &fragment.text),
            _ => lines.push(fragment.text.clone()),
        }
        last = Some(fragment);
    }
    lines
}

/// Adds a line to running text. A soft hyphen at the end of `text` is where a word was divided.
pub(super) fn append_line(text: &mut String, line: &str) {
    if text.ends_with('\u{ad}') {
        text.pop();
    } else if !text.is_empty()
        && !text.ends_with(char::is_whitespace)
        && !line.starts_with(char::is_whitespace)
    {
        text.push(' ');
    }
    text.push_str(line);
}

fn push_spaced(line: &mut String, space: &str, text: &str) {
    if !line.ends_with(char::is_whitespace) && !text.starts_with(char::is_whitespace) {
        line.push_str(space);
    }
    line.push_str(text);
}

fn follows(last: &Fragment, next: &Fragment) -> Join {
    let size = last.size.max(next.size).max(0.01);
    let (dx, dy) = (last.end.0 - last.start.0, last.end.1 - last.start.1);
    let length = dx.hypot(dy);
    let (ux, uy) = if length > 0.0 {
        (dx / length, dy / length)
    } else {
        (1.0, 0.0)
    };
    let (gx, gy) = (next.start.0 - last.end.0, next.start.1 - last.end.1);
    let (along, across) = ((gx * ux + gy * uy) / size, (gx * uy - gy * ux).abs() / size);
    match along {
        _ if across > 0.5 => Join::Line,
        along if along.abs() <= GAP => Join::Word,
        along if along > COLUMN => Join::Column,
        along if along > 0.0 => Join::Space,
        // Text that runs from right to left goes back on its line.
        _ if rtl(&last.text) || rtl(&next.text) => Join::Space,
        _ => Join::Line,
    }
}

fn rtl(text: &str) -> bool {
    text.chars().any(
        |c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'),
    )
}

/// Whether a space belongs between two pieces that follow each other in reading order.
pub(super) fn separate(last: &Fragment, next: &Fragment) -> bool {
    follows(last, next) != Join::Word
}

/// Adds the text of a [`Node::Content`](super::Node::Content) to what comes before it: a leading space says that it is
/// set apart, unless a soft hyphen at the end of `text` says that a word goes on.
pub fn append(text: &mut String, piece: &str) {
    match piece.strip_prefix(' ') {
        Some(line) => append_line(text, line),
        None => text.push_str(piece),
    }
}
