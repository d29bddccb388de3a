//! Ids of parts, people, organisations and notes, each assigned once.

use std::collections::{BTreeMap, BTreeSet};

/// A name for ids: lower case, hyphens, no accents, at most 40 characters.
pub(crate) fn slug(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let plain: String = text.nfd().filter(char::is_ascii).collect();
    let mut slug = String::new();
    for word in plain
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
    {
        let word = word.replace('\'', "").to_ascii_lowercase();
        if slug.len() + word.len() + 1 > 34 {
            break;
        }
        if !slug.is_empty() && !word.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word);
    }
    // YAML takes these words for something else.
    if matches!(slug.as_str(), "null" | "true" | "false") {
        return format!("n-{slug}");
    }
    match slug.chars().next() {
        Some(c) if c.is_ascii_lowercase() => slug,
        Some(_) => format!("n-{slug}"),
        None => "part".to_owned(),
    }
}

/// Ids that are taken, and where to go on counting.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    taken: BTreeSet<String>,
    next: BTreeMap<String, usize>,
}

impl Ids {
    /// Whether an id is taken.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.taken.contains(id)
    }

    /// An id that is not taken yet: the name itself, else with a number.
    pub(crate) fn free(&mut self, slug: &str) -> String {
        let mut id = slug.to_owned();
        while !self.taken.insert(id.clone()) {
            let number = self.next.entry(slug.to_owned()).or_insert(1);
            *number += 1;
            id = format!("{slug}-{number}");
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_given_once() {
        let mut ids = Ids::default();
        let found: Vec<String> = (0..3).map(|_| ids.free("a")).collect();
        assert_eq!(found, ["a", "a-2", "a-3"]);
        assert_eq!(ids.free("a-2"), "a-2-2");
    }

    #[test]
    fn slugs_are_ids() {
        assert_eq!(slug("Gómez Camacho"), "gomez-camacho");
        assert_eq!(slug("2030 Agenda"), "n-2030-agenda");
        assert_eq!(slug("Null"), "n-null");
        assert_eq!(slug("мир"), "part");
        assert!(slug(&"word ".repeat(40)).len() <= 34);
    }
}
