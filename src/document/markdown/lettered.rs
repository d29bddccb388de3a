//! Labels that Markdown does not know, such as `(a)`, `iv)`, `A.`, `(أ)` and `（一）`, and lines that begin with them and make no
//! list: Markdown would run the lines together. Where labels follow one another, each begins a line, in every format.

use super::{Kind, Node};
use crate::document::{Counter, Delimiter};

/// Breaks the lines of all paragraphs below the nodes at labels that follow one another.
pub(super) fn break_lines(nodes: &mut [Node]) {
    for node in nodes {
        break_lines(&mut node.children);
        if matches!(node.kind, Kind::Paragraph { .. }) {
            paragraph(&mut node.children);
        }
    }
}

fn paragraph(children: &mut [Node]) {
    let mut last: Option<(usize, Label)> = None;
    for index in 0..children.len() {
        let starts =
            index == 0 || matches!(children[index - 1].kind, Kind::SoftBreak | Kind::HardBreak);
        let Some(label) = starts.then(|| label_of(&children[index])).flatten() else {
            continue;
        };
        if let Some((first, before)) = &last
            && before.comes_before(&label)
        {
            for line in [*first, index] {
                if let Some(before) = line.checked_sub(1) {
                    children[before].kind = Kind::HardBreak;
                }
            }
        }
        last = Some((index, label));
    }
}

/// The label that a node begins with, which may be emphasised. In emphasis numbers are no lists of Markdown's.
fn label_of(node: &Node) -> Option<Label> {
    let mut inner = node;
    while matches!(inner.kind, Kind::Emphasis | Kind::Strong) {
        inner = inner.children.first()?;
    }
    let Kind::Text(text) = &inner.kind else {
        return None;
    };
    read(text, !std::ptr::eq(inner, node))
}

/// The label that a line begins with.
#[derive(Debug, Clone)]
pub(super) struct Label {
    /// The signs around the number.
    pub(super) delimiter: Delimiter,
    /// What the number may be, the usual counter first.
    pub(super) meanings: Vec<(Counter, u64)>,
    /// Length of the label in bytes.
    pub(super) length: usize,
    /// Whether it can be the label of a list: Word has no counter of Arabic or Persian digits.
    pub(super) is_counted: bool,
}

/// The longest number of a label, in bytes.
const LONGEST: usize = 12;

/// The label that a line begins with: `(a)`, `a)`, `(iv)`, `(12)`. What Markdown takes for a number itself is none.
pub(super) fn label(line: &str) -> Option<Label> {
    read(line, false)
}

/// As [`label`]; also `1.` and `1)` where `numbers` are no labels for Markdown.
fn read(line: &str, numbers: bool) -> Option<Label> {
    let (delimiter, rest) = match line.chars().next()? {
        '(' => (Delimiter::Parentheses, &line[1..]),
        '（' => (Delimiter::WideParentheses, &line['（'.len_utf8()..]),
        _ => (Delimiter::Parenthesis, line),
    };
    let end = rest.find([')', '）', '.', '、', ' ', '\t', '\n'])?;
    let (word, after) = rest.split_at(end);
    let sign = after.chars().next()?;
    let delimiter = match (delimiter, sign) {
        (Delimiter::Parentheses, ')') | (Delimiter::WideParentheses, '）') => delimiter,
        (Delimiter::Parenthesis, ')') => delimiter,
        (Delimiter::Parenthesis, '.') => Delimiter::Period,
        (Delimiter::Parenthesis, '、') => Delimiter::Comma,
        _ => return None,
    };
    let after = &after[sign.len_utf8()..];
    let is_wide = matches!(delimiter, Delimiter::WideParentheses | Delimiter::Comma);
    let ends = is_wide || after.is_empty() || after.starts_with(char::is_whitespace);
    let markdown = !numbers && matches!(delimiter, Delimiter::Parenthesis | Delimiter::Period);
    if word.len() > LONGEST || !ends || markdown && word.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits = eastern_digits(word);
    let meanings = match digits {
        Some(number) => vec![(Counter::Decimal, number)],
        None => Counter::read(word),
    };
    (!meanings.is_empty()).then(|| Label {
        delimiter,
        meanings,
        length: line.len() - after.len(),
        is_counted: digits.is_none(),
    })
}

/// The number in Arabic or Persian digits.
fn eastern_digits(word: &str) -> Option<u64> {
    let digit = |c: char| {
        let zero = ['\u{660}', '\u{6f0}'].map(u32::from);
        let value = zero.map(|zero| u32::from(c).wrapping_sub(zero));
        value.into_iter().find(|value| *value < 10).map(u64::from)
    };
    let number = word
        .chars()
        .try_fold(0, |number, c| Some(number * 10 + digit(c)?));
    number.filter(|_| !word.is_empty())
}

impl Label {
    fn comes_before(&self, next: &Label) -> bool {
        let follows = |(counter, number): &(Counter, u64)| {
            next.meanings
                .contains(&(*counter, number.saturating_add(1)))
        };
        self.delimiter == next.delimiter && self.meanings.iter().any(follows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with `|` for breaks that are forced and `_` for line ends that are spaces.
    fn lines(nodes: &[Node]) -> String {
        let own = |node: &Node| match &node.kind {
            Kind::Text(text) => text.clone(),
            Kind::HardBreak => "|".to_owned(),
            Kind::SoftBreak => "_".to_owned(),
            _ => lines(&node.children),
        };
        nodes.iter().map(own).collect()
    }

    fn broken(prose: &str) -> String {
        let mut tree = super::super::build(prose, prose, super::super::INLINES, None, None).0;
        break_lines(&mut tree.blocks);
        lines(&tree.blocks)
    }

    #[test]
    fn labels_that_follow_one_another_begin_lines() {
        for (prose, wanted) in [
            (
                "It asks\n(a) to meet;\n(b) to talk\nat length.",
                "It asks|(a) to meet;|(b) to talk_at length.",
            ),
            ("(a) one\n(b) two\n(c) three", "(a) one|(b) two|(c) three"),
            ("a) one\nb) two", "a) one|b) two"),
            ("(h) one\n(i) two\n(j) three", "(h) one|(i) two|(j) three"),
            (
                "(ix) one\n(x) two\n(xi) three",
                "(ix) one|(x) two|(xi) three",
            ),
            ("(9) one\n(10) two", "(9) one|(10) two"),
            ("(A) one\n(B) two", "(A) one|(B) two"),
            ("A. one\nB. two", "A. one|B. two"),
            ("(أ) one\n(ب) two", "(أ) one|(ب) two"),
            ("(١) one\n(٢) two", "(١) one|(٢) two"),
            ("۹) one\n۱۰) two", "۹) one|۱۰) two"),
            ("а) one\nб) two", "а) one|б) two"),
            ("（一）one\n（二）two", "（一）one|（二）two"),
            ("> (a) one\n> (b) two", "(a) one|(b) two"),
            ("**(a)** one\n**(b)** two", "(a) one|(b) two"),
            ("*a)* one\n*b)* two", "a) one|b) two"),
            (
                "**(i) One.** Text\n**(ii) Two.** Text",
                "(i) One. Text|(ii) Two. Text",
            ),
            ("***1.*** one\n***2.*** two", "1. one|2. two"),
            (
                "It says\n**(أ)** one\n**(ب)** two",
                "It says|(أ) one|(ب) two",
            ),
            ("**（一）** one\n**（二）** two", "（一） one|（二） two"),
        ] {
            assert_eq!(broken(prose), wanted, "{prose}");
        }
    }

    #[test]
    fn other_lines_run_on() {
        for prose in [
            "see (a)\nand (b) there",
            "(a) one\n(c) three",
            "(a) one\nb) two",
            "(a) one\n(B) two",
            "(see) one\n(that) two",
            "(a)one\n(b)two",
            "(1998) one\n(1999) two",
        ] {
            assert!(!broken(prose).contains('|'), "{prose}");
        }
    }
}
