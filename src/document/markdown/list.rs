//! Labels of numbered lists: what is printed is what was typed.
//!
//! Markdown takes the first number of a list and counts on. A list whose typed numbers say something else, a year at
//! the start of a paragraph, and a number at the start of an item are no lists to a reader: they stay words, or are
//! refused.

use super::super::text::Fault;
use super::super::{Counter, Delimiter};
use super::{Kind, Node};
use crate::base::diagnostic::Code;

/// The least number that is taken for a year, or another number that nobody counts by.
const YEARS: u64 = 1000;

/// What a list is.
pub(super) enum ListKind {
    /// A list.
    List(Node),
    /// Paragraphs that begin with numbers.
    Paragraphs(Vec<Node>),
    /// Nothing that could be set.
    Wrong(Fault),
}

/// Judges a list; `first` says that it comes directly after the mark of an item.
pub(super) fn judge(list: Node, first: bool) -> ListKind {
    let Kind::List {
        start,
        counter,
        delimiter,
        ..
    } = list.kind
    else {
        return ListKind::List(list);
    };
    let Some(start) = start else {
        return match first {
            true => ListKind::Wrong(Fault {
                code: Code::TWO_MARKS,
                offset: list.offset,
                message: "the mark of a list comes directly after another".to_owned(),
                hint: "delete one of the two; if it is a dash or a minus, write \\- or \\+ for it",
            }),
            false => ListKind::List(list),
        };
    };
    if counter == Counter::Decimal && (first || start >= YEARS) {
        return ListKind::Paragraphs(paragraphs(list, delimiter));
    }
    match misnumbered(&list.children, start) {
        Some(fault) => ListKind::Wrong(fault),
        None => ListKind::List(list),
    }
}

/// Items count from the first number on, or all have the same one, as Markdown allows.
fn misnumbered(items: &[Node], start: u64) -> Option<Fault> {
    let typed = |item: &Node| match item.kind {
        Kind::Item(number) => number.unwrap_or(start),
        _ => start,
    };
    if items.iter().all(|item| typed(item) == start) {
        return None;
    }
    let wrong = (start..).zip(items).find(|(due, item)| typed(item) != *due);
    wrong.map(|(due, item)| Fault {
        code: Code::LIST_NUMBERS,
        offset: item.offset,
        message: format!("this item of a list is numbered {}, but {due} follows", typed(item)),
        hint: "number the items one after the other; for numbers that are no list's write a backslash before the full stop, as in 1998\\.",
    })
}

/// The items as paragraphs that begin with their numbers.
fn paragraphs(list: Node, delimiter: Delimiter) -> Vec<Node> {
    let mut nodes = Vec::new();
    for item in list.children {
        let Kind::Item(number) = item.kind else {
            continue;
        };
        let label = Node {
            kind: Kind::Text(delimiter.around(&number.unwrap_or_default().to_string()) + " "),
            offset: item.offset,
            end: item.offset,
            children: Vec::new(),
        };
        let mut children = item.children;
        match children.first_mut() {
            Some(Node {
                kind: Kind::Paragraph { .. },
                children,
                ..
            }) => children.insert(0, label),
            _ => children.insert(
                0,
                Node {
                    kind: Kind::Paragraph { implicit: false },
                    offset: item.offset,
                    end: item.offset,
                    children: vec![label],
                },
            ),
        }
        nodes.extend(children);
    }
    nodes
}

/// The digits and the sign after them that an item begins with.
fn label(item: &str) -> Option<(&str, char)> {
    let item = item.trim_start();
    let end = item.find(|c: char| !c.is_ascii_digit())?;
    let sign = item[end..].chars().next()?;
    (end > 0).then_some((&item[..end], sign))
}

/// The number that an item begins with.
pub(super) fn number(item: &str) -> Option<u64> {
    label(item).and_then(|(digits, _)| digits.parse().ok())
}

/// What comes after the numbers of a list.
pub(super) fn delimiter(list: &str) -> Delimiter {
    match label(list) {
        Some((_, ')')) => Delimiter::Parenthesis,
        _ => Delimiter::Period,
    }
}
