//! Finds a piece of text in a longer one.

use crate::base::script::breaks_anywhere;

/// The letters from which on a word may be broken anywhere, for want of room.
const LONG: usize = 18;

/// Where a piece is at or after `at`, as whole words. An address, and what is as long, may be broken anywhere.
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
    let long = |word: &str| word.contains("://") || word.chars().count() >= LONG;
    let broken = || {
        piece
            .split(' ')
            .any(long)
            .then(|| find_without_spaces(text, piece, at))
    };
    found.or_else(|| broken().flatten())
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
