//! Lists whose labels Markdown does not know: lines that begin with `(a)`, `iv)`, `A.`, `(أ)` or `（一）`.
//!
//! Where such labels follow one another, their lines are handed to the parser as items of a numbered list, inner ones inside
//! outer ones, and the lists that it finds get their labels back. Whatever it does not take for an item stays as it was
//! written.
//!
//! - `line`: the lines of a prose and their labels
//! - `sequence`: labels that follow one another

mod line;
mod sequence;

use std::collections::BTreeMap;

use super::lines::Lines;
use super::{Kind, Node};
use crate::document::{Counter, Delimiter};
use line::{Line, makes_block, read};
use sequence::Sequences;

/// What the parser sees instead of a label.
const STAND_IN: &str = "1) ";

/// A text whose labels have stand-ins.
pub(super) struct LabelledLists {
    lines: Lines,
    /// By the offset in the prose of what follows the label.
    items: BTreeMap<usize, ItemLabel>,
}

/// The label of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ItemLabel {
    list: usize,
    counter: Counter,
    delimiter: Delimiter,
    number: u64,
}

impl LabelledLists {
    /// The lists of a prose, where it has any; with `after_text`, its first line is in none.
    pub(super) fn find(prose: &str, after_text: bool) -> Option<LabelledLists> {
        let lines = read(prose);
        let sequences = Sequences::of(&lines);
        let lists = sequences.lists();
        let first = lines.iter().position(|line| !line.body.is_empty())?;
        if lists.is_empty() || after_text && lists.contains_key(&first) {
            return None;
        }
        let mut items = BTreeMap::new();
        let mut writer = Writer {
            sequences: &sequences,
            open: Vec::new(),
            after_blank: true,
            depth: 0,
        };
        let rewritten: Vec<(String, &str, usize)> = lines
            .iter()
            .enumerate()
            .map(|(index, line)| match lists.get(&index) {
                Some(item) => {
                    let piece = writer.item(line, item.list);
                    items.insert(piece.2, *item);
                    piece
                }
                None => writer.other(line),
            })
            .collect();
        Some(LabelledLists {
            lines: Lines::rewritten(rewritten.into_iter()),
            items,
        })
    }

    /// What the parser is to see.
    pub(super) fn lines(&self) -> &Lines {
        &self.lines
    }

    /// The labels as they are written, by their lines in the prose.
    pub(super) fn labels(&self, prose: &str) -> BTreeMap<usize, String> {
        let (mut line, mut counted) = (1, 0);
        let label = |at: &usize| {
            line += prose[counted..*at].matches('\n').count();
            counted = *at;
            let start = prose[..*at].rfind('\n').map_or(0, |end| end + 1);
            let written = prose[start..*at].trim_start_matches([' ', '\t', '>']);
            (line, written.trim_end().to_owned())
        };
        self.items.keys().map(label).collect()
    }

    /// How many items must be found.
    pub(super) fn count(&self) -> usize {
        self.items.len()
    }

    /// A list with its labels, parted where another list begins; how many items have got theirs.
    pub(super) fn relabelled(&self, list: Node) -> (Vec<Node>, usize) {
        let own = |item: &Node| self.items.get(&item.offset);
        if !list.children.iter().any(|item| own(item).is_some()) {
            return (vec![list], 0);
        }
        let mut lists: Vec<(Option<usize>, Node)> = Vec::new();
        let mut taken = 0;
        for mut item in list.children {
            let label = own(&item).copied();
            taken += usize::from(label.is_some());
            let of = label.map(|label| label.list);
            if let Some(label) = label {
                item.kind = Kind::Item(Some(label.number));
            }
            match lists.last_mut() {
                Some((last, list)) if *last == of => {
                    list.end = item.end;
                    list.children.push(item);
                }
                _ => lists.push((of, begun(&list.kind, label, item))),
            }
        }
        (lists.into_iter().map(|(_, list)| list).collect(), taken)
    }
}

/// A list that begins with an item.
fn begun(kind: &Kind, label: Option<ItemLabel>, item: Node) -> Node {
    let number = match item.kind {
        Kind::Item(number) => number,
        _ => None,
    };
    let (counter, delimiter) = match (label, kind) {
        (Some(label), _) => (label.counter, label.delimiter),
        (None, Kind::List { delimiter, .. }) => (Counter::Decimal, *delimiter),
        _ => Default::default(),
    };
    Node {
        offset: item.offset,
        end: item.end,
        kind: Kind::List {
            start: number,
            counter,
            delimiter,
            tight: matches!(kind, Kind::List { tight: true, .. }),
        },
        children: vec![item],
    }
}

/// Writes the lines anew.
struct Writer<'s> {
    sequences: &'s Sequences,
    /// The items that are open.
    open: Vec<OpenItem>,
    after_blank: bool,
    /// In how many quotations the line before stood.
    depth: usize,
}

struct OpenItem {
    list: usize,
    /// Columns before the label, and before its text, as they are written.
    label: usize,
    content: usize,
    /// Columns before its text as the parser sees it.
    written: usize,
}

impl Writer<'_> {
    /// A line that is an item of a list: what it begins with now, what follows, and where.
    fn item<'p>(&mut self, line: &Line<'p>, list: usize) -> (String, &'p str, usize) {
        self.quoted(line);
        let outer = self.sequences.outer(list);
        let place = self.open.iter().position(|one| Some(one.list) == outer);
        self.open.truncate(place.map_or(0, |place| place + 1));
        let indent = match self.open.last() {
            Some(outer) => outer.written,
            None => self.sequences.0[list].base,
        };
        self.open.push(OpenItem {
            list,
            label: line.indent,
            content: line.content(),
            written: indent + STAND_IN.len(),
        });
        self.after_blank = false;
        let label = line.label.as_ref().map_or(0, |label| label.length);
        let text = line.body[label..].trim_start();
        let prose = line.at + line.whole.len() - tail(line.whole, text);
        let escape = if makes_block(text) { "\\" } else { "" };
        let beginning = format!("{}{}{STAND_IN}{escape}", line.quote, " ".repeat(indent));
        (beginning, &line.whole[prose - line.at..], prose)
    }

    /// No item goes from one quotation into another.
    fn quoted(&mut self, line: &Line<'_>) {
        if line.depth != self.depth {
            self.open.clear();
        }
        self.depth = line.depth;
    }

    /// Another line, which may be inside an item.
    fn other<'p>(&mut self, line: &Line<'p>) -> (String, &'p str, usize) {
        let unchanged = (String::new(), line.whole, line.at);
        if line.body.is_empty() {
            self.after_blank = true;
            return unchanged;
        }
        self.quoted(line);
        while self.after_blank && self.open.last().is_some_and(|one| line.indent <= one.label) {
            self.open.pop();
        }
        self.after_blank = false;
        let Some(item) = self.open.last().filter(|one| line.indent > one.label) else {
            return unchanged;
        };
        let indent = item.written + line.indent.saturating_sub(item.content);
        let prose = line.at + line.whole.len() - tail(line.whole, line.body);
        let beginning = format!("{}{}", line.quote, " ".repeat(indent));
        (beginning, &line.whole[prose - line.at..], prose)
    }
}

/// Length of a part of a line to the line's end.
fn tail(whole: &str, part: &str) -> usize {
    part.len() + whole.len() - whole.trim_end_matches(['\n', '\r']).len()
}
