//! From text to blocks of lines: what is between empty lines, without page numbers and running heads.

use std::collections::{BTreeMap, BTreeSet};

use super::contents::page;
use super::furniture;
use super::line_markers::is_item;
use super::pages::TextKind;
use super::underlines::Underlines;
use crate::import::outline::{Role, TracedText};
use crate::import::words::Words;

/// The most lines of a list's item below which the next is looked for.
const MAX_ITEM: usize = 12;
/// The fewest columns of a full line, and those that a line must have left to have been ended by somebody.
const FULL: usize = 60;
const ROOM: usize = 12;

/// Lines between two empty ones.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    /// Line of the input, from 1.
    pub(crate) line: usize,
    pub(crate) lines: Vec<String>,
    /// Words whose hyphen may be that of a line's end.
    pub(super) doubts: Vec<String>,
    /// The sign of the rule below it, which makes a heading of it.
    pub(super) rule: Option<char>,
}

impl Block {
    /// The block on one line.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for line in &self.lines {
            join(&mut text, line.trim());
        }
        text
    }

    pub(crate) fn count(&self) -> usize {
        self.lines
            .iter()
            .map(|line| line.split_whitespace().count())
            .sum()
    }
}

/// Whether a line ends within a word that continues in the next.
pub(super) fn is_parted(line: &str, next: &str) -> bool {
    line.ends_with(['-', '\u{AD}', '\u{2010}', '\u{2011}'])
        && line.chars().rev().nth(1).is_some_and(char::is_alphanumeric)
        && next.starts_with(char::is_alphanumeric)
}

/// Adds a line to a text; a word that was separated at the line's end is one word again.
pub(crate) fn join(text: &mut String, line: &str) {
    match is_parted(text, line) {
        // This hyphen is there for the end of the line alone.
        true if text.ends_with('\u{AD}') => drop(text.pop()),
        false if !text.is_empty() => text.push(' '),
        _ => {}
    }
    text.push_str(line);
}

/// The blocks of a text, and what was left out on the way.
pub(crate) fn blocks(text: &str, words: &Words) -> (Vec<Block>, Vec<TracedText>) {
    let each = TextKind::of(text, words) == TextKind::Lines;
    let lines: Vec<&str> = text.split('\n').collect();
    let out = furniture::of(&lines, words);
    let mut blocks: Vec<Block> = Vec::new();
    let mut pieces = Vec::new();
    let mut open = false;
    let mut listed = false;
    let whole = UndividedWords::of(text);
    let underlines = Underlines::of(&lines);
    for (index, line) in lines.iter().enumerate() {
        let rule = underlines.headings.get(&index).copied();
        open &= rule.is_none();
        if underlines.rules.contains(&index) {
            open = false;
            continue;
        }
        if let Some(why) = out.get(&index) {
            let (line, text) = (index + 1, (*line).to_owned());
            pieces.push(TracedText {
                line,
                text,
                role: Role::LeftOut(why),
            });
            continue;
        }
        // A page may begin within a paragraph, or with a new one.
        open &= !(line.starts_with('\u{C}') && line[1..].starts_with([' ', '\t']));
        let listed_page =
            |block: &Block| block.lines.last().is_some_and(|line| page(line).is_some());
        open &= !(line.starts_with('\u{C}') && blocks.last().is_some_and(listed_page));
        let mut line = line.trim_matches('\u{C}').trim_end().replace('\u{C}', " ");
        if line.trim().is_empty() {
            open = false;
            continue;
        }
        open &= !each;
        // The first item of a block may open a list there; those below it are in that, or in none.
        let item = is_item(&line);
        let first = item && !(open && listed);
        listed = item || (open && listed);
        match blocks.last_mut() {
            Some(block) if open && !(first && opens_list(block, &lines[index..])) => {
                if let Some(last) = block.lines.last_mut() {
                    block.doubts.extend(whole.mend(last, &mut line));
                }
                if !line.is_empty() {
                    block.lines.push(line);
                }
            }
            _ => blocks.push(Block {
                line: index + 1,
                lines: vec![line],
                doubts: Vec::new(),
                rule,
            }),
        }
        open = true;
    }
    let heads = counted(&blocks);
    let headed = |block| headed(block, &heads);
    (blocks.into_iter().flat_map(headed).collect(), pieces)
}

/// The word and the number of a line that says nothing else: `Article 12`, `Chapter IV`.
fn counted_word(line: &str) -> Option<(&str, &str)> {
    let (word, number) = line.trim().trim_end_matches(['.', ':']).split_once(' ')?;
    let sound =
        number.bytes().all(|b| b.is_ascii_digit()) || number.bytes().all(|b| b"IVXLC".contains(&b));
    let opens = word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic);
    (opens && sound && (1..=8).contains(&number.len())).then_some((word, number))
}

/// The words that open blocks again and again, each time with another number.
fn counted(blocks: &[Block]) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (word, number) in blocks
        .iter()
        .filter_map(|block| counted_word(&block.lines[0]))
    {
        found
            .entry(word.to_owned())
            .or_default()
            .insert(number.to_owned());
    }
    found.retain(|_, numbers| numbers.len() > 2);
    found
}

/// A block apart at the heading that it opens with, if its first line is one.
fn headed(block: Block, counted: &BTreeMap<String, BTreeSet<String>>) -> Vec<Block> {
    let [first, second, ..] = block.lines.as_slice() else {
        return vec![block];
    };
    if block.rule.is_some() {
        return vec![block];
    }
    let below = &block.lines[1..];
    let fields = below.iter().all(|line| is_field(line)) && !is_field(first);
    // The next word would have had room here: somebody ended the line.
    let count = |text: &str| text.trim_end().chars().count();
    let width = below
        .iter()
        .map(|line| count(line))
        .max()
        .unwrap_or_default();
    let word = second.split_whitespace().next().unwrap_or_default();
    let room = count(first) + count(word) + ROOM < count(second).min(width);
    let ended = room && width >= FULL && second.trim_start().starts_with(char::is_uppercase);
    let heads = super::line_classes::short(first.trim())
        && first.split_whitespace().count() <= 10
        && !is_item(first);
    let numbered = super::line_markers::numbered(first.trim()).is_some() || first.contains(':');
    // A short line below such a number is its title.
    let title = below.len() == 1 && super::line_classes::short(second.trim());
    let counted = counted_word(first).is_some_and(|(word, _)| counted.contains_key(word)) && !title;
    if !heads || !(ended || counted || (fields && numbered)) {
        return vec![block];
    }
    let (line, mut lines, doubts) = (block.line, block.lines, block.doubts);
    let rest = lines.split_off(1);
    let below = Block {
        line: line + 1,
        lines: rest,
        doubts,
        rule: None,
    };
    let doubts = Vec::new();
    vec![
        Block {
            line,
            lines,
            doubts,
            rule: None,
        },
        below,
    ]
}

/// Whether a line is a name and a value, such as `email: a@b.example`.
pub(super) fn is_field(line: &str) -> bool {
    !is_item(line)
        && line.trim().split_once(": ").is_some_and(|(name, value)| {
            name.split_whitespace().count() <= 3
                && name
                    .chars()
                    .all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '’' | '\'' | '.'))
                && !value.trim().is_empty()
        })
}

/// Words that a text has undivided.
struct UndividedWords {
    words: BTreeSet<String>,
    /// Those that have a hyphen within a line.
    hyphened: BTreeSet<String>,
}

impl UndividedWords {
    fn of(text: &str) -> Self {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let hyphened = text.split(|c: char| !(c.is_alphanumeric() || c == '-'));
        let hyphened = hyphened.filter(|word| word.trim_matches('-').contains('-'));
        match text.contains("-\n") || text.contains("- \n") {
            true => UndividedWords {
                words: words.map(str::to_lowercase).collect(),
                hyphened: hyphened.map(str::to_lowercase).collect(),
            },
            false => UndividedWords {
                words: BTreeSet::new(),
                hyphened: BTreeSet::new(),
            },
        }
    }

    /// Makes one word of the two parts at a line's end, if the text has it undivided elsewhere; else the hyphen may be
    /// the word's own.
    fn mend(&self, line: &mut String, next: &mut String) -> Option<String> {
        let after = next.trim_start();
        if self.words.is_empty() || !line.ends_with('-') || !is_parted(line, after) {
            return None;
        }
        let head = line.trim_end_matches('-');
        let head = head.rsplit(|c: char| !c.is_alphanumeric()).next();
        let tail = after.split(|c: char| !c.is_alphanumeric()).next();
        let joined = format!("{}{}", head.unwrap_or_default(), tail.unwrap_or_default());
        if after.starts_with(char::is_lowercase) && self.words.contains(&joined.to_lowercase()) {
            let end = after.find(char::is_whitespace).unwrap_or(after.len());
            line.pop();
            line.push_str(&after[..end]);
            *next = after[end..].trim_start().to_owned();
            return None;
        }
        let whole = format!("{}-{}", head.unwrap_or_default(), tail.unwrap_or_default());
        let doubt =
            after.starts_with(char::is_lowercase) && !self.hyphened.contains(&whole.to_lowercase());
        doubt.then_some(whole)
    }
}

/// Whether the first of these lines opens a list below the text of a block: not every line that a sign begins is an
/// item.
fn opens_list(block: &Block, lines: &[&str]) -> bool {
    let (Some(first), Some(before)) = (lines.first(), block.lines.last()) else {
        return false;
    };
    let sure = first.trim_start().starts_with(['•', '◦', '▪']);
    let ended = before.trim_end().ends_with([':', ';', '.']);
    let below = lines.iter().skip(1);
    let more = below
        .take_while(|line| !line.trim().is_empty())
        .take(MAX_ITEM)
        .any(|line| is_item(line));
    sure || (ended && more)
}

/// A line without its marks of bold type; as it is where it holds nothing else.
pub(super) fn without_bold(line: &str) -> String {
    let plain = line.replace("**", "");
    match plain.trim().is_empty() {
        true => line.to_owned(),
        false => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::words::english;

    fn texts(text: &str) -> (Vec<String>, usize) {
        let (blocks, out) = blocks(text, &english().unwrap());
        (blocks.iter().map(Block::text).collect(), out.len())
    }

    #[test]
    fn page_numbers_and_running_heads_are_left_out() {
        let (found, out) =
            texts("One goes\n\n- 1 -\nThe Head\n\non.\n\nTwo.\n\nPage 2\nThe Head\n\nThree.");
        assert_eq!(
            (found, out),
            (
                vec![
                    "One goes".into(),
                    "on.".into(),
                    "Two.".into(),
                    "Three.".into()
                ],
                4
            )
        );
    }

    #[test]
    fn a_number_that_counts_nothing_stays() {
        assert_eq!(
            texts("In the year\n\n2016\n\nit was."),
            (
                vec!["In the year".into(), "2016".into(), "it was.".into()],
                0
            )
        );
    }

    #[test]
    fn a_word_parted_at_a_line_end_is_one_word() {
        assert_eq!(
            texts("long-\nterm plans\nof all").0,
            ["long-term plans of all"]
        );
        assert_eq!(
            texts("Many surveys: sur-\nveys").0,
            ["Many surveys: surveys"]
        );
        // Only the text itself says that the hyphen is not the word's own.
        assert_eq!(
            texts("All participants came: partici-\npants, and long-\nterm guests").0,
            ["All participants came: participants, and long-term guests"]
        );
    }

    #[test]
    fn a_list_opens_below_its_introduction() {
        let found = |text| texts(text).0;
        assert_eq!(
            found("Three points:\n• one\n• two\n• three"),
            ["Three points:", "• one • two • three"]
        );
        assert_eq!(
            found("Members will:\n(a) meet;\n(b) report."),
            ["Members will:", "(a) meet; (b) report."]
        );
        assert_eq!(
            found("It grew by\n- as he said -\nmuch."),
            ["It grew by - as he said - much."]
        );
    }

    #[test]
    fn a_page_number_that_says_so_needs_no_other() {
        assert_eq!(
            texts("One.\n\nPage 3 of 9\n\nTwo.\n\nThree.").0,
            ["One.", "Two.", "Three."]
        );
        assert_eq!(texts("One.\n\n3\n\nTwo.").0, ["One.", "3", "Two."]);
    }
}
