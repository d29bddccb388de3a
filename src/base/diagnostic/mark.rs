//! Which part of a line a diagnostic is about: the word that starts at its column.

/// How many characters the word that starts at the character `start` has, from 0; 1 where there is no word.
pub(crate) fn word(line: &[char], start: usize) -> usize {
    let rest = line.get(start..).unwrap_or_default();
    rest.iter().take_while(|c| is_word(**c)).count().max(1)
}

/// Whether a mark runs on over the character.
fn is_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '-' | '_' | '.' | '/')
}
