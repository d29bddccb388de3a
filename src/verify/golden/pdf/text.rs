//! From pieces of text with their places to lines, as they stand on the page, and to running text.

use crate::pdf::read::content::{Fragment, GAP};

/// A gap wider than this, in units of the font size, is shown as two spaces: it separates columns.
const COLUMN: f64 = 1.5;

/// How far a mark may be from its letter, in units of the font size.
const MARK: f64 = 0.6;

/// How a piece follows the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Join {
    Word,
    Space,
    Column,
    LineReader,
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
    let mut line = LineReader::default();
    let fragments = fragments.into_iter();
    let fragments: Vec<&Fragment> = fragments
        .filter(|fragment| !fragment.text.is_empty())
        .collect();
    for (index, fragment) in fragments.iter().enumerate() {
        let join = line.join(fragment, end(&fragments[index..]));
        match (join, lines.last_mut()) {
            (Join::Word, Some(line)) => line.push_str(&fragment.text),
            (Join::Space, Some(line)) => push_spaced(line, " ", &fragment.text),
            (Join::Column, Some(line)) => push_spaced(line, "  ", &fragment.text),
            _ => lines.push(fragment.text.clone()),
        }
    }
    lines
}

/// Where reading has come to on a line.
#[derive(Clone, Copy, Default)]
pub(crate) struct LineReader<'a> {
    last: Option<&'a Fragment>,
    /// The first fragment of the run in one direction that the last is part of: what runs the other way continues next
    /// to it.
    run: Option<&'a Fragment>,
    /// How far the line reaches to the right, once it has words from right to left: what runs the other way continues there.
    right: Option<f64>,
    /// How far it reaches to the left, where signs follow that belong to all of it.
    left: Option<f64>,
}

impl<'a> LineReader<'a> {
    /// Goes on to the next fragments; says whether a space belongs between the first of them and the last before.
    pub(crate) fn separates(&mut self, next: &[&'a Fragment]) -> bool {
        let mut separates = None;
        for (index, fragment) in next.iter().enumerate() {
            let begun = self.last.is_some();
            let join = self.join(fragment, end(&next[index..]));
            separates.get_or_insert(join != Join::Word && begun);
        }
        separates.unwrap_or_default()
    }

    /// Goes on to the next fragment, which goes on to `end`.
    fn join(&mut self, next: &'a Fragment, end: (f64, f64)) -> Join {
        let continued = self.last.is_some_and(|last| on_one_line(last, next));
        let neutral = !next.text.contains(char::is_alphanumeric);
        let reached = self.right.filter(|_| continued && !rtl(&next.text));
        let before = self
            .left
            .filter(|_| continued && neutral && self.right.is_some());
        let near = |a: f64, b: f64| (a - b).abs() <= GAP * next.size;
        let join = match (self.last, self.run) {
            _ if reached.is_some_and(|right| near(next.start.0, right)) => Join::Word,
            _ if before.is_some_and(|left| near(next.start.0.max(next.end.0), left)) => Join::Word,
            (Some(_), Some(run)) if beside(run, next, end) => Join::Word,
            (Some(last), _) => follows(last, next, end),
            _ => Join::LineReader,
        };
        // Among words from right to left, each number begins a run of its own.
        let steps_back = self.last.is_some_and(|last| next.start.0 < last.start.0);
        let goes_on = |run: &Fragment| {
            let same = rtl(&run.text) == rtl(&next.text) && (rtl(&next.text) || !steps_back);
            on_one_line(run, next) && (neutral || same)
        };
        self.run = self.run.filter(|run| goes_on(run)).or(Some(next));
        let far = next.start.0.max(next.end.0);
        self.right = match (continued, self.right) {
            (true, Some(right)) => Some(right.max(far)),
            _ => rtl(&next.text).then_some(far),
        };
        let near_end = next.start.0.min(next.end.0);
        let left = self.left.filter(|_| continued).unwrap_or(near_end);
        self.left = Some(left.min(near_end));
        self.last = Some(next);
        join
    }
}

fn on_one_line(a: &Fragment, b: &Fragment) -> bool {
    (a.start.1 - b.start.1).abs() <= 0.5 * a.size.max(b.size)
}

/// So many pieces of a number among words from right to left, as in `12 %`, are drawn one after the other.
const PIECES: usize = 32;

/// Where the first of the fragments ends, with those that go on where it does: among words from right to left, it is there
/// that a number stands next to what is before it.
fn end(fragments: &[&Fragment]) -> (f64, f64) {
    let Some((first, rest)) = fragments.split_first() else {
        return (0.0, 0.0);
    };
    let mut end = first.end;
    for next in rest.iter().take(PIECES) {
        let gap = (next.start.0 - end.0).abs();
        if rtl(&first.text) || rtl(&next.text) || !on_one_line(first, next) || gap > GAP * next.size
        {
            break;
        }
        end = next.end;
    }
    end
}

/// Whether `next`, which goes on to `end`, continues at either end of the run that `first` began.
fn beside(first: &Fragment, next: &Fragment, end: (f64, f64)) -> bool {
    let gaps = [next.start.0 - first.end.0, first.start.0 - end.0];
    let size = first.size.max(next.size);
    on_one_line(first, next) && gaps.iter().any(|gap| gap.abs() <= GAP * size)
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

fn follows(last: &Fragment, next: &Fragment, end: (f64, f64)) -> Join {
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
    // Text that runs from right to left goes on at the left; a mark begins above or below its letter.
    let turned = rtl(&last.text) || rtl(&next.text);
    let both = rtl(&last.text) && rtl(&next.text);
    let (bx, by) = (last.start.0 - end.0, last.start.1 - end.1);
    let back = (bx * ux + by * uy) / size;
    match along {
        _ if across > 0.5 => Join::LineReader,
        along if along.abs() <= GAP => Join::Word,
        along if along < 0.0 && back.abs() <= GAP => Join::Word,
        // Blanks are characters of their own between right-to-left words; marks stand anywhere near their letters.
        along if along < MARK && both && (-1.0..=MARK).contains(&back) => Join::Word,
        along if along > COLUMN => Join::Column,
        along if along > 0.0 => Join::Space,
        // Text that runs from right to left goes back on its line.
        _ if turned => Join::Space,
        _ => Join::LineReader,
    }
}

fn rtl(text: &str) -> bool {
    text.chars().any(
        |c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'),
    )
}

/// Adds the text of a [`Node::Content`](super::Node::Content) to what comes before it: a leading space says that it is
/// set apart, unless a soft hyphen at the end of `text` says that a word continues.
pub fn append(text: &mut String, piece: &str) {
    match piece.strip_prefix(' ') {
        Some(line) => append_line(text, line),
        None => text.push_str(piece),
    }
}
