//! The words that the rules look for, per language: data beside the code.

use serde::Deserialize;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// Words of one language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) language: String,
    pub(super) contents: Vec<String>,
    pub(super) chapters: Vec<String>,
    pub(super) front: Vec<String>,
    pub(super) meeting: Vec<String>,
    pub(super) ordinals: Vec<String>,
    pub(super) appendix: Vec<String>,
    pub(super) panel: Vec<String>,
    pub(super) members: Vec<String>,
    pub(super) summary: Vec<String>,
    pub(super) opening: Vec<String>,
    pub(super) speakers: Vec<String>,
    pub(super) debate: Vec<String>,
    pub(super) closing: Vec<String>,
    pub(super) date: Vec<String>,
    pub(super) time: Vec<String>,
    pub(super) place: Vec<String>,
    pub(super) organisers: Vec<String>,
    pub(super) collaboration: Vec<String>,
    pub(super) chairs: Vec<String>,
    pub(super) subtitle: Vec<String>,
    pub(super) rights: Vec<String>,
    pub(super) credit: Vec<String>,
    pub(super) page: Vec<String>,
    pub(super) and: Vec<String>,
    pub(super) honorifics: Vec<String>,
    pub(super) particles: Vec<String>,
    pub(super) moderated: Vec<String>,
    pub(super) envoys: Vec<String>,
    pub(super) verbs: Vec<String>,
    pub(super) verb_ending: String,
    pub(super) bodies: Vec<Body>,
}

/// A word that tells what kind of body a name is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Body {
    pub(super) word: String,
    pub(super) kind: String,
}

/// The words of English, the only language so far.
pub(super) fn english() -> Result<Words, Diagnostics> {
    serde_yaml::from_str(include_str!("words/en.yaml")).map_err(|error| {
        Diagnostic::new(
            Code::IMPORT_WORDS,
            format!("the words of the import are wrong: {error}"),
        )
        .into()
    })
}

/// Whether `text`, without regard to case and a final colon, is one of `words`.
pub(super) fn is_one(text: &str, words: &[String]) -> bool {
    let text = plain(text);
    words.contains(&text)
}

/// The rest of `text` behind one of `words` at its start, where a word ends there.
pub(super) fn behind<'t>(text: &'t str, words: &[String]) -> Option<&'t str> {
    words.iter().find_map(|word| {
        let head = text.get(..word.len())?;
        let rest = &text[word.len()..];
        let ends =
            !rest.starts_with(char::is_alphanumeric) || !word.ends_with(char::is_alphanumeric);
        (head.to_lowercase() == *word && ends).then_some(rest)
    })
}

/// Lower case, single spaces, without marks of emphasis and a final colon.
pub(super) fn plain(text: &str) -> String {
    let text = text.replace("**", "").to_lowercase();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.trim_end_matches([':', '.']).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_english_are_sound() {
        let words = english().unwrap();
        assert!(is_one("Table of  CONTENTS:", &words.contents));
        assert_eq!(behind("Panel 1: Next", &words.panel), Some(" 1: Next"));
        assert_eq!(behind("Panellists met", &words.panel), None);
    }
}
