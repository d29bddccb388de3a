//! Signs in plain text: bullets, numbers of lists, and footnotes with their marks.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::Block;
use super::outline::superscript;

/// The CommonMark sign of a list's item, and the item's text.
pub(super) fn bullet(line: &str) -> Option<(String, &str)> {
    let line = line.trim_start();
    for sign in ["- ", "• ", "* ", "– ", "· ", "◦ ", "▪ ", "•\t", "-\t"] {
        if let Some(text) = line.strip_prefix(sign) {
            return Some(("- ".to_owned(), text.trim()));
        }
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    let counts = (1..=3).contains(&digits)
        && (rest.starts_with(". ") || rest.starts_with(") ") || rest.starts_with(".\t"));
    counts.then(|| (format!("{}. ", &line[..digits]), rest[1..].trim()))
}

/// Footnotes of a text: blocks that start with a mark which an earlier text has.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Line of the block to its notes.
    blocks: BTreeMap<usize, Vec<(String, usize, String)>>,
}

/// Finds the footnotes.
pub(super) fn find(blocks: &[Block]) -> Notes {
    let mut notes = Notes::default();
    let mut before = String::new();
    for block in blocks {
        let found = split(block);
        let known =
            |mark: &String| before.contains(&raised(mark)) || before.contains(&format!("[{mark}]"));
        if !found.is_empty() && found.iter().all(|(mark, ..)| known(mark)) {
            notes.blocks.insert(block.line, found);
            continue;
        }
        before.push_str(&block.text());
        before.push('\n');
    }
    notes
}

impl Notes {
    /// The notes that a block holds: mark, line and text.
    pub(super) fn of(&self, block: &Block) -> Option<Vec<(String, usize, String)>> {
        self.blocks.get(&block.line).cloned()
    }

    /// Marks that may stand in a chapter that starts at a line.
    pub(super) fn at(&self, line: usize) -> BTreeSet<String> {
        let later = self.blocks.range(line..).flat_map(|(_, notes)| notes);
        later.map(|(mark, ..)| mark.clone()).collect()
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
    notes
}

fn start(line: &str) -> Option<(String, &str)> {
    let line = line.trim_start();
    let mark: String = line.chars().map_while(superscript).collect();
    if !mark.is_empty() {
        let length: usize = line.chars().take(mark.len()).map(char::len_utf8).sum();
        return Some((mark, line[length..].trim()));
    }
    let (mark, text) = line.strip_prefix('[')?.split_once(']')?;
    let number =
        !mark.is_empty() && mark.len() < 4 && mark.bytes().all(|byte| byte.is_ascii_digit());
    number.then(|| (mark.to_owned(), text.trim()))
}

fn raised(mark: &str) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digit = |c: char| c.to_digit(10).and_then(|digit| DIGITS.get(digit as usize));
    mark.chars().filter_map(digit).collect()
}

#[cfg(test)]
mod tests {
    use super::super::words::english;
    use super::*;

    #[test]
    fn bullets_and_numbers_open_items() {
        assert_eq!(bullet("• One").unwrap(), ("- ".into(), "One"));
        assert_eq!(bullet("12) Two").unwrap(), ("12. ".into(), "Two"));
        assert!(bullet("2016 was").is_none() && bullet("-x").is_none());
    }

    #[test]
    fn notes_need_a_mark_before_them() {
        let read = |text: &str| find(&super::super::lines::blocks(text, &english().unwrap()).0);
        let notes = read("A.¹ B.²\n\n¹ One\nmore\n² Two");
        assert_eq!(
            notes.blocks[&3],
            [
                ("1".into(), 3, "One more".into()),
                ("2".into(), 5, "Two".into())
            ]
        );
        assert!(read("A.\n\n¹ One").blocks.is_empty());
    }
}
