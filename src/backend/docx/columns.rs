//! Widths of a table's columns: those that its author gave, adjusted where a word would be divided.

use crate::document::{Block, Table, plain_text};

/// Width in em of the longest word that a column makes room for: addresses are divided.
const LONGEST: f64 = 10.0;
/// Width in em that the mark or number of an item takes.
const MARK: f64 = 1.9;
/// Scripts from here on are written without spaces, and lines end after any letter.
const NO_SPACES: char = '\u{2E80}';

/// The shares of the columns of a table that is `width` points wide, with text in `size` and `padding` in points in
/// each cell. Columns too narrow for their longest word get what they lack from those that have more than they need.
pub(super) fn shares(table: &Table, width: f64, size: f64, padding: f64) -> Vec<f64> {
    let given: Vec<f64> = table.columns.iter().map(|column| column.width).collect();
    let sum: f64 = given.iter().sum();
    if !sum.is_finite() || sum <= 0.0 || given.iter().any(|share| *share < 0.0) {
        return given;
    }
    let words = longest(table);
    let least: Vec<f64> = words.iter().map(|word| word * size + padding).collect();
    let wanted: Vec<f64> = given.iter().map(|share| share / sum * width).collect();
    evened(&wanted, &least).unwrap_or(given)
}

/// `None` where every column has what it needs.
fn evened(wanted: &[f64], least: &[f64]) -> Option<Vec<f64>> {
    let pairs = || wanted.iter().zip(least);
    let lacking: f64 = pairs().map(|(have, need)| (need - have).max(0.0)).sum();
    if lacking <= 0.0 {
        return None;
    }
    let spare: f64 = pairs().map(|(have, need)| (have - need).max(0.0)).sum();
    if spare < lacking {
        return Some(least.to_vec());
    }
    let part = lacking / spare;
    let width = |(have, need): (&f64, &f64)| need.max(have - (have - need) * part);
    Some(pairs().map(width).collect())
}

/// Width in em of the longest word in each column.
fn longest(table: &Table) -> Vec<f64> {
    let mut widths = vec![0.0; table.columns.len()];
    for row in table.header.iter().chain(&table.rows) {
        for (cell, widest) in row.iter().zip(&mut widths) {
            *widest = word_in(&cell.blocks).min(LONGEST).max(*widest);
        }
    }
    widths
}

fn word_in(blocks: &[Block]) -> f64 {
    let of = |block: &Block| match block {
        Block::Paragraph { content } => longest_word(&plain_text(content)),
        Block::List { items, .. } => MARK + widest(items.iter().map(|item| word_in(item))),
        _ => 0.0,
    };
    widest(blocks.iter().map(of))
}

fn widest(widths: impl Iterator<Item = f64>) -> f64 {
    widths.fold(0.0, f64::max)
}

fn longest_word(text: &str) -> f64 {
    // A soft hyphen is where a word may be divided; a space that does not break holds words together.
    let breaks = |c: char| (c.is_whitespace() && c != '\u{A0}') || matches!(c, '-' | '\u{AD}');
    widest(
        text.split(breaks)
            .map(|word| word.chars().map(letter).sum()),
    )
}

/// Width of a letter in em: that of Arial in bold, of which the fonts that tables are set in are no wider.
fn letter(c: char) -> f64 {
    match c {
        NO_SPACES.. => 0.0,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\u{A0}' | '’' | '\'' => 0.28,
        'f' | 't' | '(' | ')' | '/' => 0.34,
        'r' => 0.39,
        'm' | 'w' | 'M' | 'W' | '%' | '—' => 0.89,
        'b' | 'd' | 'g' | 'h' | 'n' | 'o' | 'p' | 'q' | 'u' => 0.61,
        _ if c.is_uppercase() => 0.71,
        _ => 0.56,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_with_room_give_to_those_that_lack_it_and_the_sum_stays() {
        let evened = evened(&[100.0, 50.0, 50.0], &[40.0, 70.0, 30.0]).expect("one lacks room");
        assert_eq!(evened, [85.0, 70.0, 45.0]);
    }

    #[test]
    fn widths_that_hold_their_words_stay_and_those_that_cannot_follow_the_words() {
        assert_eq!(evened(&[60.0, 40.0], &[60.0, 10.0]), None);
        assert_eq!(evened(&[50.0, 50.0], &[90.0, 30.0]), Some(vec![90.0, 30.0]));
    }

    #[test]
    fn words_end_at_spaces_and_hyphens_and_scripts_without_spaces_have_none() {
        assert_eq!(longest_word("a peu-à-peu ôté"), longest_word("peu"));
        assert_eq!(longest_word("da\u{AD}aa"), longest_word("da"));
        assert!(longest_word("1\u{A0}840") > longest_word("1 840"));
        assert_eq!(longest_word("可持续发展"), 0.0);
    }
}
