//! Paragraphs and lists of plain text, rejoined where a page broke them.

use super::inline::{BREAK, commonmark, first, without_formulas};
use super::line_classes::LineClass;
use super::line_markers;
use super::lines::{self, Block};
use super::markdown::MAX_COLUMNS;
use super::references::without_reference;
use super::text::Reader;
use crate::import::outline::{Item, OutlineItem};

/// How deep lists may be in one another.
const MAX_LISTS: usize = 6;
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
                let text = self.quoted(&block.lines);
                return self.push(OutlineItem::Prose(text));
            }
            LineClass::Apart => {
                let text = match aligned(&block.lines) {
                    Some(rows) => self.table(&rows),
                    None => {
                        let lines = spaced(&block.lines);
                        let lines = lines.iter().map(|line| commonmark(line, &self.marks));
                        let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
                        lines.join("\\\n")
                    }
                };
                return self.push(OutlineItem::Prose(text));
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
                let lines = text.lines().map(|line| first(line.to_owned()));
                let text = lines.collect::<Vec<_>>().join("\n\n");
                return self.push(OutlineItem::Prose(text));
            }
            if !listed
                && !is_list(before)
                && !before.starts_with(['|', '>'])
                && goes_on(before, &text)
            {
                lines::join(before, &text);
                if text.contains('$') {
                    *before = without_formulas(std::mem::take(before));
                }
                return;
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
    fn table(&mut self, rows: &[String]) -> String {
        let mut lines: Vec<String> = Vec::new();
        for row in rows {
            let cells = row.trim().split('\t').map(|cell| cell.replace(BREAK, " "));
            let cells: Vec<String> = cells.map(|cell| commonmark(&cell, &self.marks)).collect();
            let said = |cell: &&String| cell.contains(char::is_alphanumeric);
            self.outline.kept.cells += cells.iter().filter(said).count();
            lines.push(format!("| {} |", cells.join(" | ")));
            if lines.len() == 1 {
                lines.push("|---".repeat(cells.len()) + "|");
            }
        }
        lines.join("\n")
    }

    /// The lines of a quotation: empty ones part paragraphs, and each further sign is a quotation in it.
    fn quoted(&self, quoted: &[String]) -> String {
        let mut paragraphs: Vec<(usize, String)> = Vec::new();
        let mut open = false;
        for line in quoted {
            let mut rest = line.trim_start();
            let mut depth = 0;
            while let Some(inner) = rest.strip_prefix('>') {
                (depth, rest) = (depth + 1, inner.trim_start());
            }
            match paragraphs.last_mut() {
                Some((last, text)) if open && *last == depth => lines::join(text, rest.trim()),
                _ if !rest.trim().is_empty() => paragraphs.push((depth, rest.trim().to_owned())),
                _ => {}
            }
            open = !rest.trim().is_empty();
        }
        let deepest = paragraphs
            .iter()
            .map(|(depth, _)| *depth)
            .min()
            .unwrap_or(1);
        let mut out = String::new();
        for (depth, text) in paragraphs {
            // A report nests no deeper than anybody reads.
            let signs = "> ".repeat((depth + 1 - deepest).min(8));
            let gap = if out.is_empty() { "" } else { "\n>\n" };
            out.push_str(&format!("{gap}{signs}{}", commonmark(&text, &self.marks)));
        }
        out
    }

    /// The items of a list, each on a line of its own, nested as they are indented; numbers that do not count on stay
    /// as they are, in paragraphs.
    fn list(&self, block: &Block) -> String {
        let mut items: Vec<ListItem> = Vec::new();
        for line in &block.lines {
            match (line_markers::bullet(line), items.last_mut()) {
                (Some((sign, text)), _) => items.push(ListItem {
                    indent: line.chars().take_while(|c| c.is_whitespace()).count(),
                    typed: line
                        .trim_start()
                        .chars()
                        .next()
                        .filter(|c| !c.is_ascii_digit()),
                    sign,
                    text: text.to_owned(),
                }),
                (None, Some(item)) => lines::join(&mut item.text, line.trim()),
                (None, None) => items.push(ListItem {
                    indent: 0,
                    typed: Some('-'),
                    sign: "- ".to_owned(),
                    text: line.trim().to_owned(),
                }),
            }
        }
        self.nested(&items).unwrap_or_else(|| self.apart(&items))
    }

    /// Items in levels, where the numbers of each level count on.
    fn nested(&self, items: &[ListItem]) -> Option<String> {
        let flat = items.iter().all(|item| item.indent == items[0].indent);
        let mut kinds: Vec<Option<char>> = Vec::new();
        let mut open: Vec<(usize, String)> = Vec::new();
        let mut out = Vec::new();
        for item in items {
            let kind = kinds
                .iter()
                .position(|kind| *kind == item.typed)
                .unwrap_or_else(|| {
                    kinds.push(item.typed);
                    kinds.len() - 1
                });
            let depth = if flat { kind } else { item.indent };
            while open.last().is_some_and(|(last, _)| *last > depth) {
                open.pop();
            }
            match open.last_mut() {
                Some((last, sign)) if *last == depth => {
                    if !follows(sign, &item.sign) {
                        return None;
                    }
                    sign.clone_from(&item.sign);
                }
                _ => open.push((depth, item.sign.clone())),
            }
            if open.len() > MAX_LISTS {
                return None;
            }
            let above = open[..open.len() - 1].iter().map(|(_, sign)| sign.len());
            let text = commonmark(&item.text, &self.marks);
            out.push(format!("{}{}{text}", " ".repeat(above.sum()), item.sign));
        }
        Some(out.join("\n"))
    }

    fn apart(&self, items: &[ListItem]) -> String {
        let bullet = |item: &ListItem| item.typed.is_some();
        let mut out = String::new();
        for (index, item) in items.iter().enumerate() {
            let list = bullet(item) && index > 0 && bullet(&items[index - 1]);
            let gap = match (index, list) {
                (0, _) => "",
                (_, true) => "\n",
                _ => "\n\n",
            };
            out.push_str(gap);
            match bullet(item) {
                true => out.push_str(&format!("- {}", commonmark(&item.text, &self.marks))),
                false => {
                    let whole = format!("{}{}", item.sign, item.text);
                    out.push_str(&commonmark(&whole, &self.marks));
                }
            }
        }
        out
    }
}

/// An item of a list: how far it is indented, the bullet that was typed, the sign for it, and its text.
struct ListItem {
    indent: usize,
    typed: Option<char>,
    sign: String,
    text: String,
}

/// Cells that two blanks or more part: where each starts and ends, in columns, and what it says.
fn cells(line: &str) -> Vec<(usize, usize, String)> {
    let mut cells: Vec<(usize, usize, String)> = Vec::new();
    for (column, c) in line.chars().enumerate().filter(|(_, c)| *c != ' ') {
        match cells.last_mut() {
            Some((_, end, text)) if column < *end + 2 => {
                text.extend(std::iter::repeat_n(' ', column - *end));
                text.push(c);
                *end = column + 1;
            }
            _ => cells.push((column, column + 1, c.to_string())),
        }
    }
    cells
}

/// Lines as rows with tabs, where they are a table for certain: three columns or more, all in all rows, and each below
/// its head in line at its start or its end.
fn aligned(lines: &[String]) -> Option<Vec<String>> {
    let rows: Vec<Vec<(usize, usize, String)>> = lines.iter().map(|line| cells(line)).collect();
    let (head, below) = rows.split_first()?;
    let columns = head.len();
    let same = |of: &dyn Fn(usize) -> usize| (1..below.len()).all(|row| of(row) == of(0));
    let in_line = |at: usize| same(&|row| below[row][at].0) || same(&|row| below[row][at].1);
    let sound = (3..=MAX_COLUMNS).contains(&columns)
        && below.len() > 1
        && below.iter().all(|row| row.len() == columns)
        && (0..columns).all(in_line);
    let row = |row: &Vec<(usize, usize, String)>| {
        let texts: Vec<&str> = row.iter().map(|(.., text)| text.as_str()).collect();
        texts.join("\t")
    };
    sound.then(|| rows.iter().map(row).collect())
}

/// The widest gap between columns that is kept.
const MAX_GAP: usize = 24;

/// Lines whose columns blanks part, with these blanks: where a line may not be broken, and one where it may.
fn spaced(lines: &[String]) -> Vec<String> {
    let indent = |line: &String| line.len() - line.trim_start().len();
    let least = lines.iter().map(indent).min().unwrap_or_default();
    let line = |line: &String| {
        let mut out = "\u{A0}".repeat((indent(line) - least).min(MAX_GAP));
        let mut gap = 0;
        for c in line.trim().chars() {
            if c == ' ' {
                gap += 1;
                continue;
            }
            if gap > 2 {
                out.push_str(&"\u{A0}".repeat(gap.min(MAX_GAP) - 1));
            }
            out.push_str(if gap > 0 { " " } else { "" });
            out.push(c);
            gap = 0;
        }
        out
    };
    lines.iter().map(line).collect()
}

/// How many columns tabs make of a line.
fn columns(line: &str) -> usize {
    line.trim().split('\t').count()
}

/// Whether the sign of a list's item may follow that of another.
fn follows(one: &str, other: &str) -> bool {
    let number = |sign: &str| sign.trim_end_matches(['.', ')', ' ']).parse::<u32>().ok();
    let same = one.contains(')') == other.contains(')');
    match (number(one), number(other)) {
        (Some(one), Some(other)) => same && other == one + 1,
        (None, None) => true,
        _ => false,
    }
}

/// Whether a list continues with another, so that its numbers count on.
fn continues(before: &str, next: &str) -> bool {
    let sign = |line: Option<&str>| Some(line_markers::bullet(line?)?.0);
    let last = before
        .lines()
        .rfind(|line| !line.starts_with(' '))
        .unwrap_or(before);
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
    // “(a) one;” and “(b) two;” are two points, and a salutation is a line of its own.
    let salutation = before.ends_with(',') && before.split_whitespace().nth(4).is_none();
    let point = salutation || (line_markers::lettered(before) && line_markers::lettered(next));
    (!point && long(before) && !closed && (runs || sentence))
        || (!point && runs && !closed && next.starts_with(char::is_lowercase))
}
