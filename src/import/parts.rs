//! The parts of a report as they are written to YAML, before they are YAML.

use std::collections::{BTreeMap, BTreeSet};

/// What kind of chapter it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    Section,
    Meeting,
    Appendix,
}

/// A chapter.
#[derive(Debug, Default)]
pub(super) struct Chapter {
    pub(super) kind: Kind,
    pub(super) id: String,
    pub(super) title: String,
    pub(super) front: bool,
    pub(super) facts: Facts,
    /// Its text, interventions and sections.
    pub(super) body: Section,
    pub(super) notes: Vec<(String, String)>,
}

/// The facts of a meeting; organisations by their ids.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) ordinal: u32,
    pub(super) date: String,
    pub(super) time: Option<String>,
    pub(super) room: Option<String>,
    pub(super) building: Option<String>,
    pub(super) city: Option<String>,
    pub(super) organisers: Vec<String>,
    pub(super) collaboration: Vec<String>,
    /// Who chaired: the body, and the person where the text says it.
    pub(super) chairs: Vec<(String, Option<String>)>,
    pub(super) rapporteur: Option<String>,
    pub(super) floor: Vec<String>,
}

/// A section.
#[derive(Debug, Default)]
pub(super) struct Section {
    /// Kind in the source; empty for an ordinary one.
    pub(super) kind: &'static str,
    pub(super) title: Option<String>,
    /// The heading as the text has it, label and all.
    pub(super) written: String,
    pub(super) level: usize,
    pub(super) moderators: Vec<String>,
    /// CommonMark, block by block.
    pub(super) text: Vec<String>,
    pub(super) talks: Vec<Talk>,
    pub(super) sections: Vec<Section>,
    pub(super) checks: Vec<String>,
}

/// What somebody said.
#[derive(Debug, Default)]
pub(super) struct Talk {
    pub(super) speaker: String,
    pub(super) post: Option<String>,
    pub(super) capacity: Option<String>,
    pub(super) text: Vec<String>,
    pub(super) checks: Vec<String>,
}

impl Section {
    /// Where the next paragraph goes: behind what was said last, else into the text.
    pub(super) fn last_text(&mut self) -> &mut Vec<String> {
        if let Some(index) = self.sections.len().checked_sub(1) {
            return self.sections[index].last_text();
        }
        match self.talks.last_mut() {
            Some(talk) => &mut talk.text,
            None => &mut self.text,
        }
    }

    /// Calls a function with everything that was said in it.
    pub(super) fn each_talk(&self, take: &mut impl FnMut(&Talk)) {
        self.talks.iter().for_each(&mut *take);
        for section in &self.sections {
            section.each_talk(take);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.talks.is_empty() && self.sections.is_empty()
    }
}

/// A name for ids: lower case, hyphens, no accents, at most 40 characters.
pub(super) fn slug(text: &str) -> String {
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
    match slug.chars().next() {
        Some(c) if c.is_ascii_lowercase() => slug,
        Some(_) => format!("n-{slug}"),
        None => "part".to_owned(),
    }
}

/// Ids that are taken, and where to go on counting.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: BTreeSet<String>,
    next: BTreeMap<String, usize>,
}

impl Ids {
    /// Whether an id is taken.
    pub(super) fn has(&self, id: &str) -> bool {
        self.taken.contains(id)
    }

    /// An id that is not taken yet: the name itself, else with a number.
    pub(super) fn free(&mut self, slug: &str) -> String {
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
        assert_eq!(slug("мир"), "part");
        assert!(slug(&"word ".repeat(40)).len() <= 34);
    }
}
