//! Names in running text: every run of whole words that may be one.

use unicode_normalization::char::is_combining_mark;

/// The most words of an organisation's name that is looked for in a post.
const MAX_NAME_WORDS: usize = 20;

/// Whether a character is part of a word: an accent that comes after its letter becomes one letter with it.
pub(crate) fn in_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Calls a function with every run of whole words that may be a name.
pub(super) fn each_name(text: &str, take: &mut impl FnMut(&str)) {
    let mut starts = Vec::new();
    let mut ends = Vec::new();
    let mut inside = false;
    for (at, c) in text.char_indices() {
        if in_word(c) != inside {
            inside = !inside;
            (if inside { &mut starts } else { &mut ends }).push(at);
        }
    }
    if inside {
        ends.push(text.len());
    }
    for (index, start) in starts.iter().enumerate() {
        for end in ends[index..].iter().take(MAX_NAME_WORDS) {
            take(&text[*start..*end]);
        }
    }
}

/// Whether a text has a name as whole words.
pub(crate) fn has(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        !text[..at].ends_with(in_word) && !text[at + name.len()..].starts_with(in_word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_runs_of_whole_words() {
        let mut found = Vec::new();
        each_name("UNHCR's Fund", &mut |name| found.push(name.to_owned()));
        assert!(has("a Fund.", "Fund") && !has("Funds", "Fund"));
        assert!(!has("e\u{301}Fund", "Fund") && !has("Fund\u{301}", "Fund"));
        assert_eq!(
            found,
            ["UNHCR", "UNHCR's", "UNHCR's Fund", "s", "s Fund", "Fund"]
        );
    }
}
