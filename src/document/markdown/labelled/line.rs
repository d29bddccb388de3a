//! The lines of a prose: how far each is indented, in how many quotations it stands, and with what label it begins.

use super::super::lettered::{Label, label};

/// A line of a prose.
pub(super) struct Line<'p> {
    /// Where it starts.
    pub(super) at: usize,
    /// The whole line.
    pub(super) whole: &'p str,
    /// The signs of quotations that it begins with.
    pub(super) quote: &'p str,
    /// Columns of space before what it says.
    pub(super) indent: usize,
    /// In how many quotations it stands.
    pub(super) depth: usize,
    /// What it says.
    pub(super) body: &'p str,
    /// The label that it begins with.
    pub(super) label: Option<Label>,
}

impl Line<'_> {
    /// Where its text starts, in columns.
    pub(super) fn content(&self) -> usize {
        let Some(label) = &self.label else {
            return self.indent;
        };
        let after = &self.body[label.length..];
        let blank = after.len() - after.trim_start().len();
        self.indent + self.body[..label.length].chars().count() + blank
    }

    /// Where the text of a list's item starts, in columns, where Markdown takes the line for one; that of a note, too.
    pub(super) fn item(&self) -> Option<usize> {
        if self.body.starts_with("[^") && self.body.contains("]:") {
            return Some(self.indent + 4);
        }
        let digits = self.body.trim_start_matches(|c: char| c.is_ascii_digit());
        let rest = match self.body.len() - digits.len() {
            0 => self.body.strip_prefix(['-', '*', '+']),
            1..=9 => digits.strip_prefix(['.', ')']),
            _ => None,
        }?;
        let text = rest.trim_start();
        let is_item = text.len() < rest.len() && !text.is_empty();
        is_item.then_some(self.indent + self.body.len() - text.len())
    }
}

/// The lines, those of code without a label.
pub(super) fn read(prose: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let (mut at, mut fence) = (0, None);
    for whole in prose.split_inclusive('\n') {
        let quote = &whole[..quotation(whole)];
        let rest = &whole[quote.len()..];
        let body = rest.trim_start_matches([' ', '\t']);
        let indent = rest[..rest.len() - body.len()]
            .chars()
            .fold(0, |column, c| {
                if c == '\t' {
                    column / 4 * 4 + 4
                } else {
                    column + 1
                }
            });
        let marks = fence_of(body);
        let was_code = fence.is_some();
        fence = match (fence, marks) {
            (None, marks) => marks,
            (Some((sign, least)), Some((other, count)))
                if sign == other && count >= least && body.trim_end().len() == count =>
            {
                None
            }
            (open, _) => open,
        };
        let is_code = was_code || fence.is_some();
        let label = Some(body).filter(|_| !is_code).and_then(label);
        lines.push(Line {
            at,
            whole,
            quote,
            indent,
            depth: quote.matches('>').count(),
            body: body.trim_end_matches(['\n', '\r']),
            label: label.filter(|label| label.is_counted && is_text(&body[label.length..])),
        });
        at += whole.len();
    }
    lines
}

/// Whether what stands behind a label is words: behind a second label it would be a list in a list.
fn is_text(rest: &str) -> bool {
    let text = rest.trim();
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    !text.is_empty() && (digits.len() == text.len() || !digits.starts_with(['.', ')']))
}

/// Whether a text begins with signs that make a block of it, such as a heading, which it is none of behind a label.
pub(super) fn makes_block(text: &str) -> bool {
    let rest = text.strip_prefix(['-', '*', '+']);
    rest.is_some_and(|rest| rest.starts_with([' ', '\t']))
        || text.starts_with(['#', '>'])
        || fence_of(text).is_some()
}

/// Length of the signs of quotations that a line begins with.
fn quotation(line: &str) -> usize {
    let mut length = 0;
    loop {
        let rest = &line[length..];
        let signs = rest.trim_start_matches(' ');
        if rest.len() - signs.len() > 3 || !signs.starts_with('>') {
            return length;
        }
        length = line.len() - signs.len() + 1;
        length += usize::from(line[length..].starts_with(' '));
    }
}

/// The sign of a fence around code and how often it stands there.
fn fence_of(body: &str) -> Option<(char, usize)> {
    let sign = body.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let count = body.chars().take_while(|c| *c == sign).count();
    (count >= 3).then_some((sign, count))
}
