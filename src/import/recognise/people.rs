//! Who speaks: names with honorific, post and capacity at the start of a paragraph or elsewhere in its first sentence.

use crate::import::words::{Words, behind};

/// The most words of a post that comes before a name.
const MAX_POST: usize = 40;

/// Somebody whom a paragraph names as its speaker.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct NamedPerson {
    pub(crate) honorific: String,
    pub(crate) name: String,
    pub(crate) post: String,
    pub(crate) capacity: Option<String>,
    /// What comes after name and post, where the paragraph starts with them.
    pub(crate) rest: Option<String>,
    /// Where the name is in the paragraph, with honorific and marks of emphasis.
    pub(crate) place: std::ops::Range<usize>,
}

/// The speaker whose name and post open a paragraph.
pub(crate) fn opening(text: &str, words: &Words) -> Option<NamedPerson> {
    let mut named = name_at(text, 0, words)?;
    let behind_name = &text[named.place.end..];
    if let Some(rest) = behind_name.strip_prefix(", ") {
        let (post, said) = split_post(rest, words)?;
        if post.contains(['[', '*', '\\']) {
            return None;
        }
        let post = post.trim_end_matches(',');
        let (post, capacity) = split_capacity(post, words);
        named.post = post.to_owned();
        named.capacity = capacity;
        named.rest = Some(said.to_owned());
        return Some(named);
    }
    let said = behind_name.trim_start();
    let verb = said
        .split_whitespace()
        .next()
        .is_some_and(|word| is_verb(word, words));
    (verb && behind_name.starts_with(' ')).then(|| {
        named.rest = Some(said.to_owned());
        named
    })
}

/// Separates a post from the capacity after it: `Envoy of Peru, as co-chair of the day`.
fn split_capacity<'t>(post: &'t str, words: &Words) -> (&'t str, Option<String>) {
    let found = post.rmatch_indices(", ").find_map(|(at, _)| {
        let capacity = &post[at + 2..];
        behind(capacity, &words.capacity).map(|_| (&post[..at], Some(capacity.to_owned())))
    });
    found.unwrap_or((post, None))
}

/// The speaker whom the first sentence of a paragraph names elsewhere: in bold, or with an honorific.
pub(crate) fn within(text: &str, words: &Words) -> Option<NamedPerson> {
    let sentence = &text[..sentence_end(text, words)];
    let starts = sentence.match_indices(' ').map(|(index, _)| index + 1);
    let mut found = None;
    for start in std::iter::once(0).chain(starts) {
        let bold = sentence[start..].starts_with("**");
        let Some(named) = name_at(sentence, start, words) else {
            continue;
        };
        if bold || !named.honorific.is_empty() {
            found = Some(named);
            break;
        }
    }
    let mut named = found?;
    let after = &sentence[named.place.end..];
    let before = sentence[..named.place.start].trim_end();
    if let Some((post, _)) = after
        .strip_prefix(", ")
        .and_then(|rest| split_post(rest, words))
    {
        named.post = post.trim_end_matches(',').to_owned();
    } else if let Some(post) = before.strip_suffix(',')
        && post.split_whitespace().nth(MAX_POST).is_none()
        && let Some(post) = behind(post, &words.articles)
    {
        named.post = post.trim_start().to_owned();
    }
    if named.post.contains(['[', '*', '\\']) {
        named.post.clear();
    }
    Some(named)
}

/// The moderator whom the first sentence of a paragraph names.
pub(crate) fn moderator(text: &str, words: &Words) -> Option<NamedPerson> {
    let end = sentence_end(text, words);
    let sentence = &text[..end];
    let place = |word: &str| {
        let found = sentence.find(&format!(" {word} "));
        found.or_else(|| sentence.find(&format!(" {word}.")))
    };
    let places = words.moderated.iter();
    let (at, word) = places
        .filter_map(|word| Some((place(word)?, word)))
        .max_by_key(|(at, word)| (word.len(), usize::MAX - at))?;
    let by = at + 1 + word.len();
    let passive = words.by.iter().any(|by| word.ends_with(&format!(" {by}")));
    if passive {
        let mut named = name_at(sentence, by + 1, words)?;
        let after = sentence[named.place.end..]
            .strip_prefix(", ")
            .unwrap_or_default();
        named.post = after.trim_end_matches(['.', ',']).to_owned();
        return Some(named);
    }
    name_at(sentence, 0, words)
}

/// Somebody whom a list of facts names: `Ms. Ann Lee, Head of Care` or `Ms. Ann Lee (Peru)`.
pub(crate) fn listed(text: &str, words: &Words) -> Option<NamedPerson> {
    let text = text.trim();
    let mut named = name_at(text, 0, words)?;
    let after = text[named.place.end..].trim_end_matches(['.', ',']);
    if let Some(post) = after.strip_prefix(", ") {
        named.post = post.to_owned();
    } else if let Some(of) = after.trim_start().strip_prefix('(') {
        named.capacity = Some(of.strip_suffix(')')?.to_owned());
    } else if !after.is_empty() {
        return None;
    }
    let plain = !named.post.contains(['[', '*', '\\']);
    plain.then_some(named)
}

/// Whether a paragraph has more than one sentence.
pub(crate) fn goes_on(text: &str, words: &Words) -> bool {
    sentence_end(text, words) < text.trim_end().len()
}

/// A person's name at an offset.
fn name_at(text: &str, start: usize, words: &Words) -> Option<NamedPerson> {
    let bold = text.get(start..)?.starts_with("**");
    let mut at = start + if bold { 2 } else { 0 };
    let mut honorific = Vec::new();
    while let Some(word) =
        token(text, at).filter(|word| words.honorifics.iter().any(|known| known == word))
    {
        honorific.push(word);
        at = skip(text, at + word.len());
    }
    // “Professor **James Milner**”: the honorific stands before the bold name.
    let inner = !bold && !honorific.is_empty() && text[at..].starts_with("**");
    at += if inner { 2 } else { 0 };
    let from = at;
    let mut parts: Vec<&str> = Vec::new();
    let mut end = at;
    while let Some(raw) = token(text, at) {
        let word = raw.trim_end_matches(['*', ',']);
        if !is_name(word, parts.len(), words) || parts.len() == 7 {
            break;
        }
        parts.push(word);
        end = at + word.len();
        if word.len() < raw.len() {
            break;
        }
        at = skip(text, at + raw.len());
    }
    while parts
        .last()
        .is_some_and(|last| !last.starts_with(char::is_uppercase))
    {
        let last = parts.pop()?;
        end = text[..end - last.len()].trim_end().len();
    }
    let least = if honorific.is_empty() { 2 } else { 1 };
    let name = text.get(from..end)?.to_owned();
    let body = words
        .bodies
        .iter()
        .any(|body| contains_word(&name, &body.word));
    if parts.len() < least || body {
        return None;
    }
    let closes = (bold || inner) && text[end..].starts_with("**");
    if (bold || inner) && !closes {
        return None;
    }
    Some(NamedPerson {
        honorific: honorific.join(" "),
        name,
        place: start..end + if closes { 2 } else { 0 },
        ..NamedPerson::default()
    })
}

fn token(text: &str, at: usize) -> Option<&str> {
    let rest = text.get(at..)?;
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    (end > 0).then(|| &rest[..end])
}

fn skip(text: &str, at: usize) -> usize {
    at + text[at..].len() - text[at..].trim_start().len()
}

fn is_name(word: &str, index: usize, words: &Words) -> bool {
    if words.particles.iter().any(|particle| particle == word) {
        return index > 0;
    }
    let letters = word
        .chars()
        .all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'));
    let lower = word.chars().any(char::is_lowercase) || (word.len() == 2 && word.ends_with('.'));
    let full_stop = word.ends_with('.') && word.chars().count() > 4;
    let possessive = word.ends_with("'s") || word.ends_with("’s");
    letters && lower && !full_stop && !possessive && word.starts_with(char::is_uppercase)
}

pub(crate) fn contains_word(text: &str, word: &str) -> bool {
    let text = text.to_lowercase();
    text.match_indices(word).any(|(index, _)| {
        !text[..index].ends_with(char::is_alphanumeric)
            && !text[index + word.len()..].starts_with(char::is_alphanumeric)
    })
}

/// Separates a post from what was said: the verb that opens it.
fn split_post<'t>(text: &'t str, words: &Words) -> Option<(&'t str, &'t str)> {
    let sentence = &text[..sentence_end(text, words)];
    let mut comma = false;
    let mut at = 0;
    while let Some(word) = token(sentence, at) {
        let bare = word.trim_end_matches([',', ':', '.']);
        let past = comma
            && bare.len() > 4
            && words.verb_endings.iter().any(|end| bare.ends_with(end))
            && bare.chars().all(char::is_lowercase);
        if at > 0 && (past || is_verb(word, words)) {
            return Some((sentence[..at].trim_end(), &text[at..]));
        }
        comma = word.ends_with(',');
        at = skip(sentence, at + word.len());
    }
    None
}

fn is_verb(word: &str, words: &Words) -> bool {
    let word = word.trim_end_matches([',', ':']);
    words.verbs.iter().any(|verb| verb == word)
}

/// Where the first sentence ends; a full stop after an honorific or initial ends none.
fn sentence_end(text: &str, words: &Words) -> usize {
    for (index, _) in text.match_indices(['.', '!', '?']) {
        let after = &text[index + 1..];
        let last = text[..=index]
            .split_whitespace()
            .next_back()
            .unwrap_or_default()
            .trim_start_matches(['*', '(']);
        let short = last.chars().count() <= 3 || words.honorifics.iter().any(|known| known == last);
        if !short && (after.is_empty() || after.starts_with([' ', '[', '\n'])) {
            return index + 1;
        }
    }
    text.len()
}

/// The last part of a name with its particles: “van Oosterom”.
pub(crate) fn surname(name: &str, words: &Words) -> String {
    let parts: Vec<&str> = name.split_whitespace().collect();
    let mut start = parts.len().saturating_sub(1);
    while start > 1
        && words
            .particles
            .iter()
            .any(|particle| parts[start - 1].to_lowercase() == *particle)
    {
        start -= 1;
    }
    parts[start..].join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::words::english;

    #[test]
    fn name_post_and_capacity_open_a_paragraph() {
        let words = english().unwrap();
        let found = opening("H.E. Jan van Dam, Permanent Representative of Peru, as co-chair of the day, named three.", &words).unwrap();
        assert_eq!(
            (found.honorific.as_str(), found.name.as_str()),
            ("H.E.", "Jan van Dam")
        );
        assert_eq!(found.post, "Permanent Representative of Peru");
        assert_eq!(found.capacity.as_deref(), Some("as co-chair of the day"));
        assert_eq!(found.rest.as_deref(), Some("named three."));
        let found = opening(
            "Ann Lee, Chief of Care at the Fund stated that it is. More.",
            &words,
        );
        assert!(found.is_none() || found.unwrap().post == "Chief of Care at the Fund");
        assert!(
            opening("Member States, in general, agreed.", &words)
                .is_none_or(|found| found.name == "Member States")
        );
        assert!(opening("The Fund, a body of states, said so.", &words).is_none());
    }

    #[test]
    fn a_name_may_stand_elsewhere() {
        let words = english().unwrap();
        let found = within("The Head of Peru, **H.E. Jan Dam** said so.", &words).unwrap();
        assert_eq!(
            (found.name.as_str(), found.post.as_str()),
            ("Jan Dam", "Head of Peru")
        );
        let found = within("Professor **Ann Lee** from York, said so.", &words).unwrap();
        assert_eq!(
            (found.honorific.as_str(), found.place),
            ("Professor", 0..21)
        );
        assert!(within("As **the World Bank** said, it is.", &words).is_none());
    }

    #[test]
    fn moderators_are_told_from_speakers() {
        let words = english().unwrap();
        assert_eq!(
            moderator("Ann Lee of the Fund moderated the panel.", &words)
                .unwrap()
                .name,
            "Ann Lee"
        );
        let found = moderator(
            "The panel was moderated by **Jo Ray**, Head of Care. Ms. Ray noted more.",
            &words,
        )
        .unwrap();
        assert_eq!(
            (found.name.as_str(), found.post.as_str()),
            ("Jo Ray", "Head of Care")
        );
    }
}
