//! Paragraphs and lists of plain text, rejoined where a page broke them.

use super::inline::commonmark;
use super::line_classes::LineClass;
use super::line_markers;
use super::lines::{self, Block};
use super::markdown::MAX_COLUMNS;
use super::references::without_reference;
use super::text::Reader;
use crate::import::outline::{Item, OutlineItem};

/// The fewest words of a paragraph that a page may have broken.
const LONG: usize = 12;

impl Reader<'_> {
    /// Adds a paragraph or list.
    pub(crate) fn prose(&mut self, block: &Block, shape: LineClass) {
        if shape == LineClass::Lines {
            return self.lines(block);
        }
        let text = match shape {
            LineClass::Quote => {
                let mut text = String::new();
                for line in &block.lines {
                    lines::join(
                        &mut text,
                        line.trim_start().trim_start_matches(['>', ' ']).trim(),
                    );
                }
                return self.push(OutlineItem::Prose(format!(
                    "> {}",
                    commonmark(&text, &self.marks)
                )));
            }
            LineClass::Apart => {
                let lines = block.lines.iter().map(|line| commonmark(line, &self.marks));
                let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
                return self.push(OutlineItem::Prose(lines.join("\\\n")));
            }
            LineClass::List => self.list(block),
            LineClass::Run => format!("- {}", commonmark(&block.text(), &self.marks)),
            _ => commonmark(&block.text(), &self.marks),
        };
        let listed = matches!(shape, LineClass::List | LineClass::Run);
        let last = self
            .outline
            .items
            .iter_mut()
            .rev()
            .find(|item| !matches!(item.what, OutlineItem::Note { .. }));
        if let Some(Item {
            what: OutlineItem::Prose(before),
            ..
        }) = last
        {
            if listed && continues(before, &text) {
                before.push('\n');
                return before.push_str(&text);
            }
            // Below another list these numbers would count on from there.
            if listed && is_list(before) && !text.starts_with("- ") {
                let lines = text
                    .lines()
                    .map(|line| format!("- {}", line.replacen(". ", "\\. ", 1)));
                let text = lines.collect::<Vec<_>>().join("\n");
                return self.push(OutlineItem::Prose(text));
            }
            if !listed && !is_list(before) && goes_on(before, &text) {
                return lines::join(before, &text);
            }
        }
        self.push(OutlineItem::Prose(text));
    }

    /// Lines that each stand alone; rows of three columns or more are a table.
    fn lines(&mut self, block: &Block) {
        let mut rest = block.lines.as_slice();
        while let Some(first) = rest.first() {
            let tabs = columns(first);
            let same = rest.iter().take_while(|line| columns(line) == tabs);
            let wide = (3..=MAX_COLUMNS).contains(&tabs);
            if let Some(rows) = wide.then(|| same.count()).filter(|rows| *rows > 2) {
                let table = self.table(&rest[..rows]);
                self.push(OutlineItem::Prose(table));
                rest = &rest[rows..];
                continue;
            }
            let opens = |line: &String| line_markers::lettered(line) || columns(line) > 1;
            let more = rest[1..].iter().take_while(|line| !opens(line));
            let count = 1 + if columns(first) > 1 { 0 } else { more.count() };
            let mut item = String::new();
            rest[..count]
                .iter()
                .for_each(|line| lines::join(&mut item, line.trim()));
            let text = commonmark(&item, &self.marks);
            self.push(OutlineItem::Prose(text));
            rest = &rest[count..];
        }
    }

    /// Rows with tabs between their cells as a table; the first is its head.
    fn table(&self, rows: &[String]) -> String {
        let mut lines: Vec<String> = Vec::new();
        for row in rows {
            let cells = row.trim().split('\t').map(str::trim);
            let cells: Vec<String> = cells.map(|cell| commonmark(cell, &self.marks)).collect();
            lines.push(format!("| {} |", cells.join(" | ")));
            if lines.len() == 1 {
                lines.push("|---".repeat(cells.len()) + "|");
            }
        }
        lines.join("\n")
    }

    /// The items of a list, each on a line of its own; numbers that do not count on stay as they are.
    fn list(&self, block: &Block) -> String {
        let mut items: Vec<(String, String)> = Vec::new();
        for line in &block.lines {
            match (line_markers::bullet(line), items.last_mut()) {
                (Some((sign, text)), _) => items.push((sign, text.to_owned())),
                (None, Some((_, item))) => lines::join(item, line.trim()),
                (None, None) => items.push(("- ".to_owned(), line.trim().to_owned())),
            }
        }
        let counts = items.windows(2).all(|pair| follows(&pair[0].0, &pair[1].0));
        let line = |(sign, text): &(String, String)| match counts {
            true => format!("{sign}{}", commonmark(text, &self.marks)),
            false => format!("- {}", commonmark(&format!("{sign}{text}"), &self.marks)),
        };
        items.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

/// How many columns tabs make of a line.
fn columns(line: &str) -> usize {
    line.trim().split('\t').count()
}

/// Whether the sign of a list's item may follow that of another.
fn follows(one: &str, other: &str) -> bool {
    let number = |sign: &str| sign.trim_end_matches(['.', ' ']).parse::<u32>().ok();
    match (number(one), number(other)) {
        (Some(one), Some(other)) => other == one + 1,
        (None, None) => true,
        _ => false,
    }
}

/// Whether a list continues with another, so that its numbers count on.
fn continues(before: &str, next: &str) -> bool {
    let sign = |line: Option<&str>| Some(line_markers::bullet(line?)?.0);
    let last = before.rfind('\n').map_or(before, |at| &before[at + 1..]);
    match (sign(Some(last)), sign(next.lines().next())) {
        (Some(one), Some(other)) => is_list(before) && follows(&one, &other),
        _ => false,
    }
}

/// Whether CommonMark is a list.
fn is_list(text: &str) -> bool {
    line_markers::bullet(text).is_some()
}

/// Whether a paragraph continues in the next block: a page may break a sentence.
fn goes_on(before: &str, next: &str) -> bool {
    let end = before.trim_end_matches(['*', '”', '"', ')', '’']);
    let end = without_reference(end);
    let closed = end.ends_with(['.', '!', '?', ':']);
    let long = |text: &str| text.split_whitespace().nth(LONG).is_some();
    let runs =
        next.starts_with(char::is_lowercase) || (next.starts_with('(') && !end.ends_with('.'));
    let sentence = next.ends_with('.') && long(next);
    // “Ms. Puri” at the end of a page ends no sentence, and what follows begins in lower case.
    (long(before) && !closed && (runs || sentence))
        || (runs && !closed && next.starts_with(char::is_lowercase))
}
