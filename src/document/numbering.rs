//! Anchors: ids of the source, and generated ones for what has none.

use std::collections::{BTreeMap, BTreeSet};

use super::Anchor;

/// The longest id: bookmarks of Word have no room for more.
pub(super) const MAX_ID: usize = 40;

/// What to write instead of a wrong id.
pub(super) const GOOD_ID: &str = "write a short name such as first-meeting, the same everywhere";

/// What is wrong with an id.
pub(super) fn check_id(id: &str) -> Result<(), String> {
    if id.trim().is_empty() {
        return Err("the id is empty".to_owned());
    }
    if id.len() > MAX_ID {
        return Err(format!("the id `{id}` is longer than {MAX_ID} characters"));
    }
    let starts = id.starts_with(|c: char| c.is_ascii_lowercase());
    if starts
        && id
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    {
        return Ok(());
    }
    let foreign = id.chars().find(|c| !c.is_ascii());
    let foreign = foreign.map(|c| {
        format!(
            "; U+{:04X} is none of them, whatever it looks like",
            u32::from(c)
        )
    });
    Err(format!(
        "`{id}` is no id: it has lower-case letters a to z, digits and hyphens and starts with a letter{}",
        foreign.unwrap_or_default()
    ))
}

/// The anchors of a document: ids first, then fresh names that no id has.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    taken: BTreeSet<Anchor>,
    /// Number of the chapter that fresh names are made for; 0 outside of chapters.
    chapter: usize,
    counters: BTreeMap<&'static str, usize>,
}

impl Anchors {
    /// Takes an id; false where it is taken already.
    pub(super) fn take(&mut self, id: &str) -> bool {
        self.taken.insert(id.to_owned())
    }

    /// Starts a chapter: fresh names depend on what is in the chapter and on its number only.
    pub(super) fn start_chapter(&mut self, number: usize) {
        self.chapter = number;
        self.counters.clear();
    }

    /// A fresh name for a kind of place, such as `c2-note-3`.
    pub(super) fn fresh(&mut self, kind: &'static str) -> Anchor {
        let counter = self.counters.entry(kind).or_default();
        loop {
            *counter += 1;
            let name = format!("c{}-{kind}-{counter}", self.chapter);
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }

    /// A fixed name, with a number after it only where an id of the source has it.
    pub(super) fn fixed(&mut self, name: &'static str) -> Anchor {
        if self.taken.insert(name.to_owned()) {
            return name.to_owned();
        }
        self.chapter = 0;
        self.fresh(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fresh_anchors_are_no_id_and_start_again_in_each_chapter() {
        let mut anchors = Anchors::default();
        assert!(anchors.take("c1-note-1") && !anchors.take("c1-note-1"));
        anchors.start_chapter(1);
        assert_eq!(anchors.fresh("note"), "c1-note-2");
        assert_eq!(anchors.fresh("section"), "c1-section-1");
        anchors.start_chapter(2);
        assert_eq!(anchors.fresh("note"), "c2-note-1");
    }

    #[test]
    fn an_id_is_ascii_and_short() {
        assert!(check_id("first-meeting").is_ok());
        for id in ["", "1a", "Über", "a_b", "a b", "-a", "Abc"] {
            assert!(check_id(id).is_err(), "{id}");
        }
        assert!(check_id(&"a".repeat(40)).is_ok() && check_id(&"a".repeat(41)).is_err());
    }
}
