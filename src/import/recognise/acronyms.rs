//! Short forms in brackets after the names that they stand for.

use unicode_normalization::UnicodeNormalization;

use super::people::contains_word;
use crate::import::words::Words;

/// The longest short form, in characters, and how far before it its name may begin, in bytes.
const MAX_ACRONYM: usize = 12;
const MAX_NAME: usize = 240;

/// Every `Full Name (ACRONYM)` of a text: short form and name.
pub(crate) fn find(running: &str, words: &Words) -> Vec<(String, String)> {
    let running = running.replace("**", "");
    let brackets = running.match_indices('(');
    brackets
        .filter_map(|(open, _)| {
            let acronym = bracketed(&running[open + 1..])?;
            let start = running.floor_char_boundary(open.saturating_sub(MAX_NAME));
            let before = &running[start..open];
            let name =
                expansion(before, acronym, words).or_else(|| body(before, acronym, words))?;
            Some((acronym.to_owned(), name))
        })
        .collect()
}

/// A short form and nothing else, up to a closing bracket.
fn bracketed(text: &str) -> Option<&str> {
    let mut letters = text.char_indices().take(MAX_ACRONYM + 1);
    let (end, _) = letters.find(|(_, c)| *c == ')')?;
    let acronym = &text[..end];
    let capitals = acronym.chars().filter(|c| c.is_uppercase()).count();
    let sound = capitals >= 2 && acronym.chars().all(|c| c.is_alphanumeric() || c == '-');
    sound.then_some(acronym)
}

/// The words before an acronym that it is made of: every letter is the first of a word, and no word is passed over.
fn expansion(before: &str, acronym: &str, words: &Words) -> Option<String> {
    let before = before
        .rsplit(['.', ';', ':', ',', '\n', '(', ')'])
        .next()?
        .trim();
    // “NGOs” are several of what NGO stands for.
    let bare = acronym
        .strip_suffix('s')
        .filter(|bare| bare.chars().all(char::is_uppercase));
    let mut letters: Vec<char> = bare
        .unwrap_or(acronym)
        .chars()
        .filter(|c| *c != '-')
        .collect();
    let parts: Vec<&str> = before.split_whitespace().collect();
    for (index, part) in parts.iter().enumerate().rev() {
        let whole = without_elision(part);
        let mut names = whole
            .split('-')
            .filter(|name| !name.is_empty())
            .collect::<Vec<_>>();
        names.reverse();
        for name in names {
            let first = name.chars().next().map(plain_letter)?;
            let small = is_small(&name.to_lowercase(), words);
            let last = *letters.last()?;
            let same = plain_letter(last) == first;
            match (same, small) {
                (true, false) => drop(letters.pop()),
                (true, true)
                    if last.is_lowercase()
                        || (letters.len() > 1 && name.starts_with(char::is_uppercase)) =>
                {
                    letters.pop();
                }
                (_, true) => {}
                _ => return None,
            }
        }
        if letters.is_empty() {
            let name = std::iter::once(whole).chain(parts[index + 1..].iter().copied());
            let named = whole.starts_with(char::is_uppercase);
            return named.then(|| name.collect::<Vec<_>>().join(" "));
        }
        let named =
            words.lower_names || is_small(whole, words) || whole.starts_with(char::is_uppercase);
        if !named {
            return None;
        }
    }
    None
}

/// The name of a body whose first words the letters of an acronym are: “Federation of Red Cross Societies (FRC)”.
fn body(before: &str, acronym: &str, words: &Words) -> Option<String> {
    let before = before
        .rsplit(['.', ';', ':', ',', '\n', '(', ')'])
        .next()?
        .trim();
    let parts: Vec<&str> = before.split_whitespace().collect();
    let count = acronym.chars().count();
    let large = |part: &&&str| part.starts_with(char::is_uppercase);
    let start = (0..parts.len()).rev().find(|start| {
        let all = &parts[*start..];
        let names = all
            .iter()
            .filter(large)
            .take(count)
            .filter_map(|part| part.chars().next());
        let sound = all
            .iter()
            .all(|part| is_small(part, words) || part.starts_with(char::is_uppercase));
        sound && large(&&all[0]) && count > 2 && names.eq(acronym.chars())
    })?;
    let name = parts[start..].join(" ");
    is_body(&name, words).then_some(name)
}

/// Whether a name is that of a body by its own noun: the World Bank is one, a bank holiday is none.
pub(crate) fn is_body(name: &str, words: &Words) -> bool {
    let small = |word: &&str| {
        let word = word.to_lowercase();
        is_small(&word, words) && !words.and.contains(&word)
    };
    let parts = name.split_whitespace();
    let head: Vec<&str> = parts.take_while(|word| !small(word)).collect();
    let head = head.join(" ").to_lowercase();
    let other = words.no_bodies.iter();
    let other = other.filter(|word| contains_word(name, word)).count() > 0;
    !other
        && words.bodies.iter().any(|body| {
            let whole = words.lower_names || body.word.contains(' ') || body.kind == "un-entity";
            contains_word(name, &body.word) && (whole || head.ends_with(&body.word))
        })
}

/// A letter without accent and case.
fn plain_letter(c: char) -> char {
    let plain = std::iter::once(c).nfd().next().unwrap_or(c);
    plain.to_lowercase().next().unwrap_or(plain)
}

/// `l’Organisation` as `Organisation`.
fn without_elision(part: &str) -> &str {
    let mut letters = part.chars();
    let elided = letters.next().is_some_and(char::is_alphabetic)
        && letters.next().is_some_and(|c| matches!(c, '’' | '\''));
    if elided { letters.as_str() } else { part }
}

fn is_small(part: &str, words: &Words) -> bool {
    words.small.iter().any(|small| small == part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::words::{english, of};

    #[test]
    fn acronyms_find_their_names() {
        let words = english().unwrap();
        for (before, acronym, name) in [
            (
                "by the Office of the High Commissioner for Human Rights ",
                "OHCHR",
                Some("Office of the High Commissioner for Human Rights"),
            ),
            (
                "the United Nations Department of Economic and Social Affairs ",
                "DESA",
                Some("Department of Economic and Social Affairs"),
            ),
            ("as it was said ", "IOM", None),
        ] {
            assert_eq!(expansion(before, acronym, &words).as_deref(), name);
        }
    }

    #[test]
    fn names_go_on_in_lower_case_where_the_language_has_it_so() {
        let words = of("fr").unwrap();
        let text =
            "avec l’Organisation internationale du travail (OIT) et d’autres (voir plus bas).";
        let found = find(text, &words);
        assert_eq!(
            found,
            [(
                "OIT".to_owned(),
                "Organisation internationale du travail".to_owned()
            )]
        );
    }
}
