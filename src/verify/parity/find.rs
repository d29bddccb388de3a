//! Finds a piece of text in a longer one.

use crate::base::script::breaks_anywhere;

/// The letters from which on a word may be broken anywhere, for want of room.
const LONG: usize = 18;

/// Where a piece is at or after `at`, as whole words. A piece with an address may be broken anywhere, a long word within
/// itself.
pub(super) fn find(text: &str, piece: &str, at: usize) -> Option<(usize, usize)> {
    let rest = text.get(at..)?;
    // An ideograph is a word by itself.
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !breaks_anywhere(c));
    let whole = |start: usize| {
        let inner = |a: Option<char>, b: Option<char>| letter(a) && letter(b);
        let end = start + piece.len();
        !inner(text[..start].chars().next_back(), piece.chars().next())
            && !inner(piece.chars().next_back(), text[end..].chars().next())
    };
    let found = rest
        .match_indices(piece)
        .map(|(start, _)| at + start)
        .find(|start| whole(*start))
        .map(|start| (start, start + piece.len()));
    // Broken, it may stand before a place where it is whole.
    let before = found.map_or(text, |(start, _)| &text[..start]);
    let broken = || {
        let address = piece.contains("://");
        if !address && !piece.split(' ').any(is_long) {
            return None;
        }
        let (start, end) = find_without_spaces(before, piece, at)?;
        (address || breaks_long_words_alone(&text[start..end], piece)).then_some((start, end))
    };
    broken().or(found)
}

fn is_long(word: &str) -> bool {
    word.chars().count() >= LONG
}

/// Whether a text has the words of a piece, each as it is but the long ones, which may be broken.
fn breaks_long_words_alone(text: &str, piece: &str) -> bool {
    let mut rest = text.trim_end();
    for (index, word) in piece.split(' ').enumerate() {
        if index > 0 {
            let Some(next) = rest.strip_prefix(' ') else {
                return false;
            };
            rest = next;
        }
        for (index, c) in word.chars().enumerate() {
            if index > 0 && is_long(word) {
                rest = rest.trim_start_matches(' ');
            }
            let Some(next) = rest.strip_prefix(c) else {
                return false;
            };
            rest = next;
        }
    }
    rest.is_empty()
}

fn find_without_spaces(text: &str, piece: &str, at: usize) -> Option<(usize, usize)> {
    let places: Vec<usize> = text[at..]
        .char_indices()
        .filter(|(_, c)| *c != ' ')
        .map(|(start, _)| at + start)
        .collect();
    let dense: String = text[at..].chars().filter(|c| *c != ' ').collect();
    let piece: String = piece.chars().filter(|c| *c != ' ').collect();
    let start = dense[..dense.find(&piece)?].chars().count();
    let end = start + piece.chars().count();
    let start = *places.get(start)?;
    Some((start, places.get(end).copied().unwrap_or(text.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_word_that_is_broken_is_found_before_a_place_where_it_is_whole() {
        let text = "a donaudampf schifffahrtsgesell schaft b donaudampfschifffahrtsgesellschaft";
        let piece = "donaudampfschifffahrtsgesellschaft";
        assert_eq!(find(text, piece, 0), Some((2, 39)));
        assert_eq!(find(text, piece, 39), Some((41, text.len())));
    }

    #[test]
    fn long_words_may_be_broken_and_others_neither_broken_nor_joined() {
        let piece = "see abcdefghijklmnopqrstuv too";
        for (text, found) in [
            ("see abcdefghijklmnopqrstuv too", true),
            ("x see abcdefghijk lmnopqrs tuv too y", true),
            ("seeabcdefghijk lmnopqrstuv too", false),
            ("s ee abcdefghijk lmnopqrstuv too", false),
            ("see abcdefghijk lmnopqrstuvtoo", false),
            ("see abcdefghijk lmnopqrst too", false),
        ] {
            assert_eq!(find(text, piece, 0).is_some(), found, "{text}");
        }
        assert!(find("se e https://a.b/ c", "see https://a.b/c", 0).is_some());
    }
}
