//! Names and numbers of bookmarks.
//!
//! Word wants names of letters, digits and underscores that start with a letter or, for bookmarks that its lists do not
//! show, with an underscore, at most 40 long and unique without regard to case; numbers are unique over all parts.

use std::collections::{BTreeMap, BTreeSet};

/// Longest name that Word takes.
const LONGEST: usize = 40;
/// Before each name: Word hides the bookmark from those who edit.
const HIDDEN: &str = "_r_";

/// The bookmarks of a document, named in the order in which they are first asked for.
#[derive(Debug, Default)]
pub(super) struct Bookmarks {
    names: BTreeMap<String, String>,
    taken: BTreeSet<String>,
    placed: usize,
}

impl Bookmarks {
    /// The bookmark's name for an anchor.
    pub(super) fn name(&mut self, anchor: &str) -> String {
        if let Some(name) = self.names.get(anchor) {
            return name.clone();
        }
        let stem = stem(anchor);
        let mut name = stem.clone();
        let mut count = 1;
        while !self.taken.insert(name.to_ascii_lowercase()) {
            count += 1;
            let tail = format!("_{count}");
            name = format!("{}{tail}", &stem[..stem.len().min(LONGEST - tail.len())]);
        }
        self.names.insert(anchor.to_owned(), name.clone());
        name
    }

    /// A number for a bookmark that is placed.
    pub(super) fn number(&mut self) -> usize {
        self.placed += 1;
        self.placed
    }
}

fn stem(anchor: &str) -> String {
    let mut stem: String = anchor
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    stem.insert_str(0, HIDDEN);
    stem.truncate(LONGEST);
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_legal_unique_and_stable() {
        let mut bookmarks = Bookmarks::default();
        let long = "a-very-long-anchor-that-goes-beyond-what-word-can-take";
        let names: Vec<String> = [
            "first-meeting",
            "2030-agenda",
            "R&D \"pilot\"",
            "会议",
            "First_Meeting",
            long,
        ]
        .into_iter()
        .chain([&format!("{long}-2") as &str])
        .map(|anchor| bookmarks.name(anchor))
        .collect();
        for (index, name) in names.iter().enumerate() {
            assert!(name.len() <= LONGEST && name.starts_with(HIDDEN), "{name}");
            assert!(
                name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'),
                "{name}"
            );
            assert!(
                !names[..index]
                    .iter()
                    .any(|other| other.eq_ignore_ascii_case(name)),
                "{name}"
            );
        }
        assert_eq!(bookmarks.name("first-meeting"), names[0]);
        assert_eq!(names[0], "_r_first_meeting");
    }
}
