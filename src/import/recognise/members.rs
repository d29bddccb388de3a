//! Lists of members: each line an organisation, with its acronym in brackets.

use super::registry::{Registry, kind};
use crate::import::outline::{Item, OutlineItem, superscript};
use crate::import::words::{Words, named_in};

/// The organisation whose members a chapter lists.
pub(crate) fn of<'t>(title: &'t str, words: &Words) -> Option<&'t str> {
    named_in(title, &words.members, words)
}

/// The lists of members in a text.
pub(crate) fn items<'i>(items: &'i [Item], words: &Words) -> Vec<&'i Item> {
    let mut inside = false;
    let mut found = Vec::new();
    for item in items {
        match &item.what {
            OutlineItem::Chapter { title, .. } => inside = of(title, words).is_some(),
            OutlineItem::Prose(text) if inside && text.starts_with("- ") => found.push(item),
            _ => {}
        }
    }
    found
}

/// Enters the organisations of a list: nowhere are names and acronyms as sure as here.
pub(crate) fn enter(item: &Item, registry: &mut Registry, words: &Words) {
    let OutlineItem::Prose(text) = &item.what else {
        return;
    };
    for line in text.lines() {
        let (name, acronym) = member(line);
        let sound = name.contains(char::is_alphanumeric) && !name.contains(['[', '\\', '*']);
        if sound && registry.find(name, words).is_none() {
            let kind = kind(name, words);
            registry.add(name, acronym.as_deref(), kind, kind == "other", words);
        }
    }
}

/// Name and acronym in a line whose notes are settled.
fn member(line: &str) -> (&str, Option<String>) {
    const ENDS: [char; 3] = [';', '.', ','];
    let line = without_marks(line.trim_start_matches("- ").trim());
    let line = without_marks(line.trim_end_matches(ENDS));
    let Some((name, rest)) = line.rsplit_once(" (") else {
        return (line, None);
    };
    let acronym = rest.trim_end_matches(ENDS);
    let acronym = acronym.strip_suffix(')').unwrap_or(acronym);
    if acronym.contains(')') {
        return (line, None);
    }
    let acronym = acronym.replace("**", "");
    let sound = acronym.chars().any(char::is_uppercase) && acronym.len() < 14;
    (without_marks(name.trim()), Some(acronym).filter(|_| sound))
}

/// A text without the marks of notes at its end; a raised number is one whose note is missing.
fn without_marks(text: &str) -> &str {
    let mark = |text: &str| {
        let (_, id) = text.strip_suffix(']')?.rsplit_once("[^")?;
        Some(id.len() + "[^]".len())
    };
    let mut text = text;
    while let Some(length) = mark(text) {
        text = text[..text.len() - length].trim_end();
    }
    text.trim_end_matches(|c| superscript(c).is_some())
}

/// The list with its organisations marked, and how many there are.
pub(crate) fn list(
    text: &str,
    of: &str,
    registry: &mut Registry,
    words: &Words,
) -> (String, usize) {
    let whole = registry.organisation(of, words);
    let mut lines = Vec::new();
    let mut count = 0;
    for line in text.lines() {
        let (name, _) = member(line);
        match registry
            .find(name, words)
            .map(|index| &mut registry.organisations[index])
        {
            Some(one) if one.id != whole && one.name == name => {
                one.member_of = Some(whole.clone());
                count += 1;
                lines.push(line.replacen(name, &format!("[{name}](org:{})", one.id), 1));
            }
            _ => lines.push(line.to_owned()),
        }
    }
    (lines.join("\n"), count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marks_of_notes_are_no_part_of_a_name() {
        let acronym = || Some("LF".to_owned());
        for (line, found) in [
            ("- Lake Fund (LF);", ("Lake Fund", acronym())),
            ("- Lake Fund[^n1] (LF)", ("Lake Fund", acronym())),
            ("- Lake Fund (LF)[^n1][^n2];", ("Lake Fund", acronym())),
            ("- Lake Fund¹² (LF)", ("Lake Fund", acronym())),
            ("- Lake Fund[^n1].", ("Lake Fund", None)),
            ("- Lake Fund.[^n1]", ("Lake Fund", None)),
            ("- Fund (Lake) Office", ("Fund (Lake) Office", None)),
        ] {
            assert_eq!(member(line), found, "{line}");
        }
    }
}
