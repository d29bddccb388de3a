//! Lists of members: each line an organisation, with its acronym in brackets.

use super::build::named_in;
use super::outline::{Item, What};
use super::registry::{Registry, kind};
use super::words::Words;

/// The organisation whose members a chapter lists.
pub(super) fn of<'t>(title: &'t str, words: &Words) -> Option<&'t str> {
    named_in(title, &words.members, words)
}

/// The lists of members in a text.
pub(super) fn items<'i>(items: &'i [Item], words: &Words) -> Vec<&'i Item> {
    let mut inside = false;
    let mut found = Vec::new();
    for item in items {
        match &item.what {
            What::Chapter { title, .. } => inside = of(title, words).is_some(),
            What::Prose(text) if inside && text.starts_with("- ") => found.push(item),
            _ => {}
        }
    }
    found
}

/// Enters the organisations of a list: nowhere are names and acronyms as sure as here.
pub(super) fn enter(item: &Item, registry: &mut Registry, words: &Words) {
    let What::Prose(text) = &item.what else {
        return;
    };
    for line in text.lines() {
        let (name, acronym) = member(line);
        if registry.find(name, words).is_none() && !name.contains(['[', '\\', '*']) {
            let kind = kind(name, words);
            registry.add(name, acronym.as_deref(), kind, kind == "other", words);
        }
    }
}

fn member(line: &str) -> (&str, Option<String>) {
    let line = line.trim_start_matches("- ").trim();
    match line.rsplit_once(" (") {
        Some((name, acronym)) => {
            let acronym = acronym
                .trim_end_matches([')', ';', '.', ','])
                .replace("**", "");
            (
                name.trim(),
                Some(acronym).filter(|acronym| {
                    acronym.chars().any(char::is_uppercase) && acronym.len() < 14
                }),
            )
        }
        None => (line.trim_end_matches([';', '.', ',']), None),
    }
}

/// The list with its organisations marked, and how many there are.
pub(super) fn list(
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
