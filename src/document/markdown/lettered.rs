//! Lines that begin with `(a)`, `(b)` and so on: Markdown knows no such lists and would run the lines together. Where labels
//! follow one another, each begins a line, in every format.

use super::{Kind, Node};

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
        let Kind::Text(text) = &children[index].kind else {
            continue;
        };
        let Some(label) = starts.then(|| label(text)).flatten() else {
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

/// A label: the signs around it, and what is between them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Label {
    opened: bool,
    word: String,
}

/// The label that a line begins with: `(a)`, `a)`, `(iv)`, `(12)`.
fn label(line: &str) -> Option<Label> {
    let rest = line.strip_prefix('(');
    let (word, after) = rest.unwrap_or(line).split_once(')')?;
    let is_number = word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_letters = word.len() <= 5
        && (word.bytes().all(|byte| byte.is_ascii_lowercase())
            || word.bytes().all(|byte| byte.is_ascii_uppercase()));
    let ends = after.starts_with(char::is_whitespace) || after.is_empty();
    (!word.is_empty() && (is_number || is_letters) && ends).then(|| Label {
        opened: rest.is_some(),
        word: word.to_owned(),
    })
}

impl Label {
    fn comes_before(&self, next: &Label) -> bool {
        let follows = |of: fn(&str) -> Option<u32>| {
            of(&self.word)
                .zip(of(&next.word))
                .is_some_and(|(one, other)| one + 1 == other)
        };
        let alike = |label: &Label| {
            let first = label.word.bytes().next().unwrap_or_default();
            (first.is_ascii_uppercase(), first.is_ascii_digit())
        };
        self.opened == next.opened
            && alike(self) == alike(next)
            && (follows(letter) || follows(roman) || follows(|word| word.parse().ok()))
    }
}

/// The place of a letter in the alphabet.
fn letter(word: &str) -> Option<u32> {
    let mut letters = word.chars();
    let letter = letters.next().filter(char::is_ascii_alphabetic)?;
    letters
        .next()
        .is_none()
        .then(|| u32::from(letter.to_ascii_lowercase()))
}

/// The value of a Roman numeral below fifty.
fn roman(word: &str) -> Option<u32> {
    const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let word = word.to_ascii_lowercase();
    let ones = word.trim_start_matches('x');
    let tens = word.len() - ones.len();
    let (tens, ones) = match ones {
        "l" if tens == 1 => (4, ""),
        _ => (tens, ones),
    };
    let ones = ONES.iter().position(|one| *one == ones)?;
    let value = u32::try_from(10 * tens + ones).ok()?;
    (tens <= 4 && value > 0).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::super::parse;
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

    #[test]
    fn labels_that_follow_one_another_begin_lines() {
        for (prose, wanted) in [
            (
                "It asks:\n(a) to meet;\n(b) to talk\nat length.",
                "It asks:|(a) to meet;|(b) to talk_at length.",
            ),
            ("(a) one\n(b) two\n(c) three", "(a) one|(b) two|(c) three"),
            ("a) one\nb) two", "a) one|b) two"),
            ("(h) one\n(i) two\n(j) three", "(h) one|(i) two|(j) three"),
            (
                "(i) one\n(ii) two\n(iii) three\n(iv) four",
                "(i) one|(ii) two|(iii) three|(iv) four",
            ),
            (
                "(viii) one\n(ix) two\n(x) three\n(xi) four",
                "(viii) one|(ix) two|(x) three|(xi) four",
            ),
            ("(1) one\n(2) two", "(1) one|(2) two"),
            ("(9) one\n(10) two", "(9) one|(10) two"),
            ("(A) one\n(B) two", "(A) one|(B) two"),
            ("- x\n\n  (a) one\n  (b) two", "x(a) one|(b) two"),
            ("> (a) one\n> (b) two", "(a) one|(b) two"),
            ("T[^n]\n\n[^n]: (a) one\n    (b) two", "T"),
        ] {
            assert_eq!(lines(&parse(prose).blocks), wanted, "{prose}");
        }
        let note = parse("T[^n]\n\n[^n]: (a) one\n    (b) two");
        assert_eq!(lines(&note.notes["n"].children), "(a) one|(b) two");
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
            assert!(!lines(&parse(prose).blocks).contains('|'), "{prose}");
        }
    }
}
