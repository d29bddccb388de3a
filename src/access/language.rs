//! Whether the words of a file are in the language that it states: told by their letters, and by the small words of the
//! languages whose words the program knows. Where neither tells, a person is asked.

use super::checks::{Finding, Outcome, finding};
use super::read::Reader;
use crate::import;

/// Fewest small words, and fewest letters, by which a language is told.
const FEW: usize = 30;
const FEW_LETTERS: usize = 200;

/// A script: what it is called, its letters, and languages that are written in it and in no other.
type Script = (&'static str, fn(char) -> bool, &'static [&'static str]);

const SCRIPTS: &[Script] = &[
    (
        "Latin",
        |c| matches!(c, 'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}'),
        &[
            "en", "fr", "es", "pt", "de", "it", "nl", "sv", "da", "nb", "nn", "no", "fi", "is",
            "et", "lv", "lt", "pl", "cs", "sk", "hu", "ro", "hr", "sl", "sq", "tr", "ca", "gl",
            "eu", "ga", "mt", "vi", "id", "sw", "tl",
        ],
    ),
    (
        "Cyrillic",
        |c| matches!(c, '\u{400}'..='\u{52f}'),
        &["ru", "uk", "bg", "mk", "be", "ky"],
    ),
    (
        "Greek",
        |c| matches!(c, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}'),
        &["el"],
    ),
    (
        "Arabic",
        |c| matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'),
        &["ar", "fa", "ur", "ps"],
    ),
    (
        "Hebrew",
        |c| matches!(c, '\u{590}'..='\u{5ff}'),
        &["he", "yi"],
    ),
    (
        "Chinese",
        |c| matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'),
        &["zh"],
    ),
    (
        "Korean",
        |c| matches!(c, '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7af}'),
        &["ko"],
    ),
];

/// The check.
pub(super) fn check(reader: &Reader<'_>) -> Outcome {
    let Some(tag) = reader.language() else {
        return Outcome::Found(vec![finding("the file states no language", 0, "")]);
    };
    let roots = reader
        .tree
        .elements
        .iter()
        .filter(|one| one.parent.is_none());
    let text: Vec<String> = roots.map(|root| reader.text(root)).collect();
    let text = text.join(" ");
    match by_letters(&tag, &text) {
        Some(found) => Outcome::Found(vec![found]),
        None => by_words(&tag, &text),
    }
}

/// What is wrong where most letters are of a script that the language is not written in. A tag that names a script itself,
/// such as `sr-Latn`, is believed.
fn by_letters(tag: &str, text: &str) -> Option<Finding> {
    let own = own(tag);
    let (called, is_own, _) = SCRIPTS
        .iter()
        .find(|(.., all)| all.contains(&own.as_str()))?;
    if tag.split('-').skip(1).any(|part| part.len() == 4) {
        return None;
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let fitting = text.chars().filter(|c| is_own(*c)).count();
    (letters >= FEW_LETTERS && fitting * 2 < letters).then(|| {
        let what = format!(
            "the file says that it is in `{tag}`, and most of its letters are not {called}"
        );
        finding(&what, 0, tag)
    })
}

/// What the small words tell.
fn by_words(tag: &str, text: &str) -> Outcome {
    let counts = match import::small_words(text) {
        Ok(counts) => counts,
        Err(found) => return Outcome::CannotTell(found.to_string()),
    };
    let own = own(tag);
    let known = counts.iter().find(|(known, _)| *known == own);
    let most = counts.iter().max_by_key(|(_, count)| *count);
    let Some((most, often)) = most.filter(|(_, often)| *often >= FEW) else {
        let why =
            "the text is too short, or in a language that the program cannot tell by its words";
        return Outcome::CannotTell(why.into());
    };
    match known {
        Some((_, count)) if count * 2 >= *often => Outcome::Found(Vec::new()),
        Some(_) => {
            let what =
                format!("the file says that it is in `{tag}`, and its words are those of `{most}`");
            Outcome::Found(vec![finding(&what, 0, tag)])
        }
        None => Outcome::CannotTell(format!(
            "the program cannot tell the language `{tag}` by its words; {often} of them are small words of `{most}`"
        )),
    }
}

/// The language of a tag without its region.
fn own(tag: &str) -> String {
    tag.split('-').next().unwrap_or_default().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_tell_of_a_language_that_is_not_written_in_them() {
        let (latin, arabic) = (
            "words of some kind ".repeat(20),
            "كلمات من نوع ما ".repeat(20),
        );
        for (tag, text, wrong) in [
            ("en", &latin, false),
            ("en-GB", &arabic, true),
            ("ar", &arabic, false),
            ("ar", &latin, true),
            ("ru-RU", &latin, true),
            ("sr-Latn", &latin, false),
            ("ru-Latn", &latin, false),
            ("xx", &arabic, false),
        ] {
            assert_eq!(by_letters(tag, text).is_some(), wrong, "{tag}");
        }
        assert_eq!(by_letters("ar", "too short"), None);
    }
}
