//! Widths of a table's columns: those that its author gave, adjusted where a word would be divided; and what becomes of a
//! table that is too wide, as on the typeset pages: smaller type, then a page across.

use super::style;
use crate::document::{Block, Table, plain_text};
use crate::layout::Tokens;

/// Width in em of the longest word that a column makes room for: addresses are divided.
const LONGEST: f64 = 10.0;
/// Width in em of the beginning of a word that is never divided.
const LEAST: f64 = 3.0;
/// Width in em that the mark or number of an item takes.
const MARK: f64 = 1.9;
/// Scripts from here on are written without spaces, and lines end after any letter.
const NO_SPACES: char = '\u{2E80}';

/// How a table is set.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fit {
    /// Shares of the columns.
    pub(super) shares: Vec<f64>,
    /// Size in points that its type is made smaller to, with less space between the columns.
    pub(super) smaller: Option<u8>,
    /// Whether it stands on a page across.
    pub(super) across: bool,
}

/// How a table is set on a page across that is wanted there.
pub(super) fn fit_across(table: &Table, across: f64, tokens: &Tokens) -> Option<Fit> {
    let fit = fit(table, across, None, tokens)?;
    Some(Fit {
        across: true,
        ..fit
    })
}

/// How a table is set that has `upright` points of width, or `across` on a page across. As they are given, columns too
/// narrow for their longest word get what they lack from those that have more than they need; where that is not enough,
/// the type gets smaller before the page is turned, and figures are whole always. `None` where it fits nowhere.
pub(super) fn fit(
    table: &Table,
    upright: f64,
    across: Option<f64>,
    tokens: &Tokens,
) -> Option<Fit> {
    let given: Vec<f64> = table.columns.iter().map(|column| column.width).collect();
    let as_given = |shares| Fit {
        shares,
        smaller: None,
        across: false,
    };
    let sum: f64 = given.iter().sum();
    if !sum.is_finite() || sum <= 0.0 || given.iter().any(|share| *share < 0.0) {
        return Some(as_given(given));
    }
    let size = tokens.sizes.table.to_pt();
    let words = widths(table, &|text| longest_word(text).min(LONGEST));
    let least = needs(&words, size, style::cell_margin(tokens));
    let wanted: Vec<f64> = given.iter().map(|share| share / sum * upright).collect();
    if least.iter().sum::<f64>() <= upright {
        return Some(as_given(evened(&wanted, &least).unwrap_or(given)));
    }
    let narrow = narrowness(&tokens.docx.sans_font);
    let kinds = [words, widths(table, &least_of)];
    let rooms = [(upright, false), (across.unwrap_or(0.0), true)];
    let ways = kinds.iter().flat_map(|kind| rooms.map(|room| (kind, room)));
    let mut smaller_ways = ways.filter_map(|(kind, (room, turned))| {
        let (size, shares) = smaller(kind, narrow, room, tokens)?;
        Some(Fit {
            shares,
            smaller: Some(size),
            across: turned,
        })
    });
    smaller_ways.next()
}

/// The largest size in whole points, with the widths, in which the columns have what they need.
fn smaller(words: &[f64], narrow: f64, room: f64, tokens: &Tokens) -> Option<(u8, Vec<f64>)> {
    let sizes = &tokens.sizes;
    let (most, least) = (
        sizes.table.to_pt().floor() as u8,
        sizes.table_least.to_pt().ceil() as u8,
    );
    (least..=most).rev().find_map(|size| {
        let least = needs(words, f64::from(size) * narrow, style::tight_margin(tokens));
        let sum: f64 = least.iter().sum();
        let shares = least
            .iter()
            .map(|width| width + (room - sum) / least.len() as f64);
        (sum <= room).then(|| (size, shares.collect()))
    })
}

fn needs(words: &[f64], size: f64, margin: f64) -> Vec<f64> {
    words
        .iter()
        .map(|word| word * size + 2.0 * margin)
        .collect()
}

/// How wide a face is, compared with Arial, in which letters are measured here: digits of Calibri are 0.507 em wide, those
/// of Arial 0.556.
fn narrowness(face: &str) -> f64 {
    match face {
        "Calibri" | "Carlito" => 0.92,
        _ => 1.0,
    }
}

/// Width in em of the parts of a text that are whole whatever happens: figures, and the beginnings of words.
fn least_of(text: &str) -> f64 {
    let is_figure = |word: &str| {
        word.contains(char::is_numeric) && word.chars().filter(|c| c.is_alphabetic()).count() <= 3
    };
    let words = text.split(|c: char| c.is_whitespace() && c != '\u{A0}');
    widest(words.map(|word| match is_figure(word) {
        true => word.chars().map(letter).sum(),
        false => longest_word(word).min(LEAST),
    }))
}

/// `None` where every column has what it needs.
fn evened(wanted: &[f64], least: &[f64]) -> Option<Vec<f64>> {
    let pairs = || wanted.iter().zip(least);
    let lacking: f64 = pairs().map(|(have, need)| (need - have).max(0.0)).sum();
    if lacking <= 0.0 {
        return None;
    }
    let spare: f64 = pairs().map(|(have, need)| (have - need).max(0.0)).sum();
    let part = lacking / spare;
    let width = |(have, need): (&f64, &f64)| need.max(have - (have - need) * part);
    Some(pairs().map(width).collect())
}

/// Width in em of the widest of what `of` measures in each column.
fn widths(table: &Table, of: &dyn Fn(&str) -> f64) -> Vec<f64> {
    let mut widths = vec![0.0; table.columns.len()];
    for row in table.header.iter().chain(&table.rows) {
        // What goes over several columns wraps over all of them.
        let own = row.iter().zip(&mut widths);
        for (cell, widest) in own.filter(|(cell, _)| cell.columns == 1) {
            *widest = word_in(&cell.blocks, of).max(*widest);
        }
    }
    widths
}

fn word_in(blocks: &[Block], of: &dyn Fn(&str) -> f64) -> f64 {
    let block = |block: &Block| match block {
        Block::Paragraph { content } => of(&plain_text(content)),
        Block::List { items, .. } => MARK + widest(items.iter().map(|item| word_in(item, of))),
        _ => 0.0,
    };
    widest(blocks.iter().map(block))
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

/// Width in em of a text on one line.
pub(super) fn width_of(text: &str) -> f64 {
    text.chars().map(letter).sum()
}

/// Width in em of a text of any script on one line.
pub(super) fn length_of(text: &str) -> f64 {
    let width = |c: char| if c >= NO_SPACES { 1.0 } else { letter(c) };
    text.chars().map(width).sum()
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
    fn widths_that_hold_their_words_stay() {
        assert_eq!(evened(&[60.0, 40.0], &[60.0, 10.0]), None);
    }

    #[test]
    fn figures_are_whole_and_of_words_the_beginning() {
        let figure = least_of("1,234,567,890");
        assert_eq!(figure, longest_word("1,234,567,890"));
        assert!(figure > 6.0 && least_of("1\u{A0}840 t") > least_of("1840"));
        assert_eq!(least_of("internationalisation"), LEAST);
        assert!(least_of("of it") < 1.0);
    }

    #[test]
    fn words_end_at_spaces_and_hyphens_and_scripts_without_spaces_have_none() {
        assert_eq!(longest_word("a peu-à-peu ôté"), longest_word("peu"));
        assert_eq!(longest_word("da\u{AD}aa"), longest_word("da"));
        assert!(longest_word("1\u{A0}840") > longest_word("1 840"));
        assert_eq!(longest_word("可持续发展"), 0.0);
    }
}
