//! Footnotes in plain text, with their marks.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::lines::Block;
use crate::import::outline::superscript;

/// The most digits of a footnote's mark.
pub(super) const MAX_MARK: usize = 6;

/// Footnotes of a text: blocks that start with a mark which an earlier text has.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// Line of the block to its notes.
    blocks: BTreeMap<usize, Vec<(String, usize, String)>>,
    /// Numbers in square brackets are no marks: notes have raised ones, and the brackets belong to a list of works.
    only_raised: bool,
}

/// Marks of footnotes that may occur in a text: those with a note below it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Marks {
    /// The line of the last note of each mark.
    last: Rc<BTreeMap<String, usize>>,
    /// The line from which on notes count.
    from: usize,
    only_raised: bool,
}

impl Marks {
    /// Whether a mark stands for a note.
    pub(crate) fn contains(&self, mark: &str) -> bool {
        self.last.get(mark).is_some_and(|line| *line >= self.from)
    }

    /// The marks that may occur from a line on.
    pub(crate) fn from(&self, from: usize) -> Self {
        let last = Rc::clone(&self.last);
        Marks {
            last,
            from,
            ..*self
        }
    }

    /// Whether a number in square brackets stands for a note.
    pub(super) fn contains_bracketed(&self, mark: &str) -> bool {
        !self.only_raised && self.contains(mark)
    }

    /// A line without marks such as `[1]`; raised ones are no words anyway.
    pub(super) fn taken_out(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('[') {
            let inner = &rest[at + 1..];
            let end = inner
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(inner.len());
            if inner[end..].starts_with(']') && self.contains_bracketed(&inner[..end]) {
                out.push_str(&rest[..at]);
                out.push(' ');
                rest = &inner[end + 1..];
            } else {
                out.push_str(&rest[..=at]);
                rest = inner;
            }
        }
        out.push_str(rest);
        out
    }

    #[cfg(test)]
    pub(crate) fn one(mark: &str) -> Self {
        let last = Rc::new(BTreeMap::from([(mark.to_owned(), 1)]));
        Marks {
            last,
            ..Marks::default()
        }
    }
}

/// Finds the footnotes. A text that has notes with raised marks and such with brackets has two series; the brackets
/// are those of a list of works.
pub(crate) fn find(blocks: &[Block]) -> Notes {
    let all = notes(blocks, false);
    let found = blocks
        .iter()
        .filter(|block| all.blocks.contains_key(&block.line));
    let in_brackets = found.clone().filter(|block| is_bracketed(block)).count();
    match in_brackets > 0 && in_brackets < found.count() {
        true => notes(blocks, true),
        false => all,
    }
}

/// Whether a block begins with a mark in brackets, if with one at all.
fn is_bracketed(block: &Block) -> bool {
    block.lines[0].trim_start().starts_with('[')
}

/// The blocks that are notes; with `only_raised`, none that begins with a mark in brackets is one.
fn notes(blocks: &[Block], only_raised: bool) -> Notes {
    let mut notes = Notes {
        only_raised,
        ..Notes::default()
    };
    let mut before: BTreeSet<String> = BTreeSet::new();
    for block in blocks {
        let found = match only_raised && is_bracketed(block) {
            true => Vec::new(),
            false => split(block),
        };
        if !found.is_empty() && found.iter().all(|(mark, ..)| before.contains(mark)) {
            notes.blocks.insert(block.line, found);
            continue;
        }
        for line in &block.lines {
            marks_in(line, &mut before);
        }
    }
    notes
}

/// Adds the marks that a line has: runs of raised digits, and numbers in square brackets.
fn marks_in(line: &str, marks: &mut BTreeSet<String>) {
    let mut raised = String::new();
    for c in line.chars().chain([' ']) {
        match superscript(c) {
            Some(digit) => raised.push(digit),
            None if raised.is_empty() => {}
            None => {
                marks.insert(std::mem::take(&mut raised));
            }
        }
    }
    for (at, _) in line.match_indices('[') {
        let inner = &line[at + 1..];
        let digits = inner.bytes().take(4).take_while(u8::is_ascii_digit).count();
        if digits > 0 && inner[digits..].starts_with(']') {
            marks.insert(inner[..digits].to_owned());
        }
    }
}

impl Notes {
    /// The notes that a block holds: mark, line and text.
    pub(crate) fn of(&self, block: &Block) -> Option<Vec<(String, usize, String)>> {
        self.blocks.get(&block.line).cloned()
    }

    /// All marks.
    pub(crate) fn marks(&self) -> Marks {
        let mut last = BTreeMap::new();
        for (line, notes) in &self.blocks {
            last.extend(notes.iter().map(|(mark, ..)| (mark.clone(), *line)));
        }
        Marks {
            last: Rc::new(last),
            from: 0,
            only_raised: self.only_raised,
        }
    }
}

/// The notes of a block, if its first line starts with a mark.
fn split(block: &Block) -> Vec<(String, usize, String)> {
    let mut notes: Vec<(String, usize, String)> = Vec::new();
    for (index, line) in block.lines.iter().enumerate() {
        match (start(line), notes.last_mut()) {
            (Some((mark, text)), _) => notes.push((mark, block.line + index, text.to_owned())),
            (None, Some((_, _, note))) => super::lines::join(note, line.trim()),
            (None, None) => return Vec::new(),
        }
    }
    let empty = |(.., text): &(String, usize, String)| !text.contains(char::is_alphanumeric);
    if notes.iter().any(empty) {
        return Vec::new();
    }
    notes
}

fn start(line: &str) -> Option<(String, &str)> {
    let line = line.trim_start();
    let mark: String = line.chars().map_while(superscript).collect();
    if mark.len() > MAX_MARK {
        return None;
    }
    if !mark.is_empty() {
        let length: usize = line.chars().take(mark.len()).map(char::len_utf8).sum();
        return Some((mark, line[length..].trim()));
    }
    let (mark, text) = line.strip_prefix('[')?.split_once(']')?;
    let number =
        !mark.is_empty() && mark.len() < 4 && mark.bytes().all(|byte| byte.is_ascii_digit());
    number.then(|| (mark.to_owned(), text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::words::english;

    #[test]
    fn notes_need_a_mark_before_them() {
        let read =
            |text: &str| find(&crate::import::read::lines::blocks(text, &english().unwrap()).0);
        let notes = read("A.¹ B.²\n\n¹ One\nmore\n² Two");
        assert_eq!(
            notes.blocks[&3],
            [
                ("1".into(), 3, "One more".into()),
                ("2".into(), 5, "Two".into())
            ]
        );
        assert!(read("A.\n\n¹ One").blocks.is_empty());
        let marks = read("A [1] and [2].\n\n[1] One").marks();
        assert_eq!(marks.taken_out("A [1] and [2]."), "A   and [2].");
        assert!(!marks.from(4).contains("1"));
        let two = read("A.¹ See [1], [2].\n\n¹ A note\n\n[1] A work\n\n[2] Another");
        assert_eq!(two.blocks.keys().collect::<Vec<_>>(), [&3]);
        let marks = two.marks();
        assert!(marks.contains("1") && !marks.contains_bracketed("1"));
        assert_eq!(marks.taken_out("See [1]."), "See [1].");
        let mixed = read("A.¹ B.²\n\n[1] One\n\n[2] Two");
        assert!(mixed.blocks.len() == 2 && mixed.marks().contains_bracketed("2"));
    }
}
