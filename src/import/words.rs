//! The words that the rules look for, per language, as data; the text's own small words decide the language.

use serde::Deserialize;

use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::layout;

/// Languages with rules, and the words of each. The first is taken where a text does not say its language.
const LANGUAGES: [(&str, &str); 3] = [
    ("en", include_str!("words/en.yaml")),
    ("es", include_str!("words/es.yaml")),
    ("fr", include_str!("words/fr.yaml")),
];
/// The fewest small words that tell a language other than the first.
const FEW: usize = 3;
/// How many words of a text are looked at to tell its language.
const SAMPLE: usize = 20_000;

/// Words of one language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) language: String,
    /// Names of the months, which the layouts have already.
    #[serde(skip)]
    pub(super) months: Vec<String>,
    /// The same in English.
    #[serde(skip)]
    pub(super) english_months: Vec<String>,
    /// Whether days such as 04/05/2016 begin with the day, where the text says so elsewhere.
    #[serde(skip)]
    pub(super) day_first: Option<bool>,
    /// Small words that tell the language of a text.
    pub(super) common: Vec<String>,
    pub(super) articles: Vec<String>,
    /// Quotation marks: the outer pair, then the inner.
    pub(super) quotes: [String; 4],
    /// What is below a heading that has nothing below it.
    pub(super) no_text: String,
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
    pub(super) rapporteur: Vec<String>,
    pub(super) floor: Vec<String>,
    /// What stands above or before a list of people.
    pub(super) attending: Vec<String>,
    pub(super) in_the_chair: Vec<String>,
    pub(super) subtitle: Vec<String>,
    /// What says of which kind a text is and is no title, such as “press release”.
    pub(super) genres: Vec<String>,
    /// What opens the subject of a letter, and its text.
    pub(super) subject: Vec<String>,
    pub(super) mail: Vec<String>,
    pub(super) sent: Vec<String>,
    pub(super) salutations: Vec<String>,
    /// What stands below the text of a letter.
    pub(super) last_words: Vec<String>,
    pub(super) rights: Vec<String>,
    pub(super) credit: Vec<String>,
    pub(super) page: Vec<String>,
    pub(super) page_of: Vec<String>,
    pub(super) weekdays: Vec<String>,
    pub(super) date_words: Vec<String>,
    pub(super) and: Vec<String>,
    pub(super) honorifics: Vec<String>,
    pub(super) particles: Vec<String>,
    pub(super) moderated: Vec<String>,
    pub(super) by: Vec<String>,
    pub(super) envoys: Vec<String>,
    /// What comes before the short name of a state in its long one.
    pub(super) realms: Vec<String>,
    pub(super) accredited: Vec<String>,
    pub(super) verbs: Vec<String>,
    pub(super) verb_endings: Vec<String>,
    pub(super) capacity: Vec<String>,
    pub(super) small: Vec<String>,
    /// Whether names of bodies continue in lower case after their first word.
    pub(super) lower_names: bool,
    pub(super) bodies: Vec<Body>,
    pub(super) no_bodies: Vec<String>,
    /// What opens the caption of a table or picture, before its number.
    pub(super) captions: Vec<String>,
}

/// A word that tells what kind of body a name is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Body {
    pub(super) word: String,
    pub(super) kind: String,
}

/// The words of a language, by the first part of its tag.
pub(super) fn of(tag: &str) -> Result<Words, Diagnostics> {
    let language = tag.split('-').next().unwrap_or_default().to_lowercase();
    let Some((language, text)) = LANGUAGES.iter().find(|(known, _)| *known == language) else {
        let known: Vec<&str> = LANGUAGES.iter().map(|(known, _)| *known).collect();
        let message = format!("the import has no rules for the language `{tag}`");
        let hint = format!(
            "there are rules for {}; take the nearest, and write the language into report.yaml afterwards",
            known.join(", ")
        );
        return Err(Diagnostic::new(Code::NO_RULES, message).hint(hint).into());
    };
    let mut words: Words = serde_yaml::from_str(text).map_err(|error| {
        let message = format!("the words of the import are wrong: {error}");
        Diagnostics::from(Diagnostic::new(Code::IMPORT_WORDS, message))
    })?;
    words.months = layout::strings(language)?.months.to_vec();
    words.english_months = layout::strings(LANGUAGES[0].0)?.months.to_vec();
    Ok(words)
}

/// The language of a text: what its front matter says, else the one whose small words it has most of.
pub(super) fn guess(text: &str) -> Result<Words, Diagnostics> {
    if text.starts_with("---\n") || text.starts_with("+++\n") {
        let fields = text
            .lines()
            .skip(1)
            .take_while(|line| !line.starts_with(['-', '+', '.']));
        let tags = fields.filter_map(|line| {
            let (name, value) = line.split_once([':', '='])?;
            let known = matches!(name.trim(), "lang" | "language");
            known.then(|| value.trim().trim_matches(['"', '\'']))
        });
        if let Some(words) = tags.filter_map(|tag| of(tag).ok()).next() {
            return Ok(words);
        }
    }
    let mut best: Option<(usize, Words)> = None;
    for (language, _) in LANGUAGES {
        let words = of(language)?;
        let sample = text.split_whitespace().take(SAMPLE);
        let count = sample
            .filter(|word| {
                words
                    .common
                    .iter()
                    .any(|common| common.eq_ignore_ascii_case(word))
            })
            .count();
        if best
            .as_ref()
            .is_none_or(|(most, _)| count > *most && count >= FEW)
        {
            best = Some((count, words));
        }
    }
    best.map_or_else(|| of(LANGUAGES[0].0), |(_, words)| Ok(words))
}

/// How often a text has the small words of each language that there are rules for, by the language's code.
pub(crate) fn small_words(text: &str) -> Result<Vec<(&'static str, usize)>, Diagnostics> {
    let counted = |(language, _): &(&'static str, &str)| {
        let words = of(language)?;
        let sample = text.split_whitespace().take(SAMPLE);
        let is_common = |word: &&str| {
            let mut common = words.common.iter();
            common.any(|common| common.eq_ignore_ascii_case(word))
        };
        Ok((*language, sample.filter(is_common).count()))
    };
    LANGUAGES.iter().map(counted).collect()
}

/// The words of English, which most tests are about.
#[cfg(test)]
pub(super) fn english() -> Result<Words, Diagnostics> {
    of("en")
}

/// Whether `text`, without regard to case and a final colon, is one of `words`.
pub(super) fn is_one(text: &str, words: &[String]) -> bool {
    let text = plain(text);
    words.contains(&text)
}

/// The rest of `text` after one of `words` at its start, where a word ends there.
pub(super) fn behind<'t>(text: &'t str, words: &[String]) -> Option<&'t str> {
    words.iter().find_map(|word| {
        let head = text.get(..word.len())?;
        let rest = &text[word.len()..];
        let ends =
            !rest.starts_with(char::is_alphanumeric) || !word.ends_with(char::is_alphanumeric);
        (head.to_lowercase() == *word && ends).then_some(rest)
    })
}

/// A text without the article at its start.
pub(super) fn without_article<'t>(text: &'t str, words: &Words) -> &'t str {
    let rest = behind(text, &words.articles).map(str::trim_start);
    rest.filter(|rest| !rest.is_empty()).unwrap_or(text)
}

/// A text with a capital at its start.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{first}{}", letters.as_str())
}

/// The name in a heading such as “Members of the Fund”.
pub(super) fn named_in<'t>(title: &'t str, heads: &[String], words: &Words) -> Option<&'t str> {
    let rest = without_article(behind(title, heads)?.trim(), words);
    rest.contains(char::is_alphanumeric).then_some(rest)
}

/// Lower case, single spaces, without marks of emphasis and a final colon.
pub(super) fn plain(text: &str) -> String {
    let text = text.replace("**", "").to_lowercase();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.trim_end_matches([':', '.']).trim().to_owned()
}

/// A word of capitals in small letters; none where there is no way back, as from the small form of a Turkish I with a
/// dot.
pub(super) fn in_small(word: &str) -> Option<String> {
    let small = word.to_lowercase();
    (small.to_uppercase() == word).then_some(small)
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
        assert_eq!(without_article("The Fund", &words), "Fund");
    }

    #[test]
    fn every_language_has_its_words_and_is_told_by_them() {
        for (text, language) in [
            ("It is the first of the two, and it was for them.", "en"),
            (
                "Les membres du groupe et la présidence sont dans la salle.",
                "fr",
            ),
            (
                "Los miembros del grupo y la presidencia están en la sala.",
                "es",
            ),
            ("xyzzy", "en"),
        ] {
            let words = guess(text).unwrap();
            assert_eq!(
                (words.language.as_str(), words.months.len()),
                (language, 12)
            );
        }
        assert!(of("fr-CA").is_ok() && of("tlh").is_err());
    }
}
