//! Short forms in brackets behind the names that they stand for.

use super::words::Words;

/// The longest short form, in characters, and how far before it its name may begin, in bytes.
const MAX_ACRONYM: usize = 12;
const MAX_NAME: usize = 240;

/// Every `Full Name (ACRONYM)` of a text: short form and name.
pub(super) fn find(running: &str, words: &Words) -> Vec<(String, String)> {
    let running = running.replace("**", "");
    let brackets = running.match_indices('(');
    brackets
        .filter_map(|(open, _)| {
            let acronym = bracketed(&running[open + 1..])?;
            let start = running.floor_char_boundary(open.saturating_sub(MAX_NAME));
            let name = expansion(&running[start..open], acronym, words)?;
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

/// The words before an acronym that it is made of.
fn expansion(before: &str, acronym: &str, words: &Words) -> Option<String> {
    let before = before
        .rsplit(['.', ';', ':', ',', '\n', '(', ')'])
        .next()?
        .trim();
    let parts: Vec<&str> = before.split_whitespace().map(without_elision).collect();
    let first = acronym.chars().next()?;
    for (index, part) in parts.iter().enumerate().rev() {
        let capital = part.starts_with(char::is_uppercase);
        if !capital && !words.lower_names && !is_small(part, words) {
            return None;
        }
        if capital && part.starts_with(first) && covers(&parts[index..], acronym, words) {
            return Some(parts[index..].join(" "));
        }
    }
    None
}

/// `l’Organisation` as `Organisation`.
fn without_elision(part: &str) -> &str {
    let mut letters = part.chars();
    let elided = letters.next().is_some_and(char::is_lowercase)
        && letters.next().is_some_and(|c| matches!(c, '’' | '\''));
    if elided { letters.as_str() } else { part }
}

fn is_small(part: &str, words: &Words) -> bool {
    words.small.iter().any(|small| small == part)
}

/// Whether the letters of an acronym are the first letters of words, or stand in them in order.
fn covers(parts: &[&str], acronym: &str, words: &Words) -> bool {
    let counts = |part: &&&str| {
        part.starts_with(char::is_uppercase) || (words.lower_names && !is_small(part, words))
    };
    let mut text = parts.iter().filter(counts).flat_map(|part| part.chars());
    let all = acronym
        .chars()
        .filter(|c| c.is_alphabetic())
        .all(|wanted| text.any(|c| c.to_lowercase().eq(wanted.to_lowercase())));
    all && parts.iter().filter(counts).count() * 3 >= acronym.len()
}

#[cfg(test)]
mod tests {
    use super::super::words::{english, of};
    use super::*;

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
