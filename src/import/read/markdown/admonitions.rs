//! Admonitions of MkDocs, `!!! note`, whose text is indented: quotations with a title, which may stand in one another.

use std::borrow::Cow;

use super::prepared::State;
use crate::import::read::line_markers::bullet;

/// How far the text of an admonition is indented.
pub(super) const INDENT: usize = 4;

/// How many lines above one it is looked for the item that it belongs to.
const LOOK_BACK: usize = 500;

impl State {
    /// Opens an admonition at a column of what the open ones hold.
    pub(super) fn admonish(&mut self, column: usize) {
        // Below an empty line of a quotation like it, it would be part of that.
        let last = self.out.len().saturating_sub(1);
        let start = self.out[..last].rfind('\n').map_or(0, |end| end + 1);
        let quote = &self.out[start..last];
        let empty = quote.trim_matches(['>', ' ']).is_empty();
        if empty && quote.matches('>').count() > self.admonitions.len() {
            self.out.truncate(start);
            self.push("");
        }
        let outer = self.admonitions.last().map_or(0, |outer| outer + INDENT);
        self.admonitions.push(outer + column);
    }

    /// Whether a line that starts at a column is no code: only below the item of a list it may stand so far in.
    pub(super) fn is_no_code(&self, column: usize) -> bool {
        if column < INDENT {
            return true;
        }
        let mut above = self.out.lines().rev().take(LOOK_BACK);
        let outer = above.find(|line| !line.trim().is_empty() && columns(line) < column);
        outer.is_some_and(|line| bullet(line).is_some())
    }

    /// What a line says within the admonitions that are open; those close that it is not indented for.
    pub(super) fn within<'l>(&mut self, line: &'l str) -> Cow<'l, str> {
        let column = columns(line);
        while let Some(level) = self.admonitions.last()
            && column < level + INDENT
            && !line.trim().is_empty()
        {
            self.admonitions.pop();
            self.fence = None;
        }
        match self.admonitions.last() {
            Some(level) => {
                let inner = " ".repeat(column.saturating_sub(level + INDENT));
                Cow::Owned(inner + line.trim_start_matches([' ', '\t']))
            }
            None => Cow::Borrowed(line),
        }
    }
}

/// How many columns of space a line begins with.
pub(super) fn columns(line: &str) -> usize {
    let blank = line.chars().take_while(|c| matches!(c, ' ' | '\t'));
    blank.fold(0, |column, c| match c {
        '\t' => column / INDENT * INDENT + INDENT,
        _ => column + 1,
    })
}
