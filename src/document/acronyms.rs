//! Which acronyms a report uses: every text is searched for candidates as it is resolved.

use std::collections::BTreeMap;

use super::AcronymEntry;
use crate::base::script::breaks_anywhere;

/// The acronyms that may occur.
#[derive(Debug, Default)]
pub(super) struct Acronyms {
    entries: Vec<AcronymEntry>,
    used: Vec<bool>,
    /// Index of the first entry of each acronym.
    by_acronym: BTreeMap<String, usize>,
    /// Indices of the entries by their first word.
    by_word: BTreeMap<String, Vec<usize>>,
    /// Bits of the ASCII characters that those words start with: most words of a text start with none of them.
    initials: u128,
}

impl Acronyms {
    /// Adds a candidate; gives its index.
    pub(super) fn add(&mut self, acronym: String, expansion: String) -> usize {
        let index = self.entries.len();
        let word = first_word(&acronym).to_owned();
        // An acronym without a word at its start is looked for where a plural is all that there is.
        match word.chars().next().unwrap_or('s') {
            c if c.is_ascii() => self.initials |= 1_u128 << u32::from(c),
            _ => {}
        }
        self.by_word.entry(word).or_default().push(index);
        self.by_acronym.entry(acronym.clone()).or_insert(index);
        self.entries.push(AcronymEntry { acronym, expansion });
        self.used.push(false);
        index
    }

    /// The expansion of a candidate that is known already.
    pub(super) fn expansion(&self, acronym: &str) -> Option<&str> {
        let index = self.by_acronym.get(acronym)?;
        self.entries
            .get(*index)
            .map(|entry| entry.expansion.as_str())
    }

    /// Whether a candidate has occurred.
    pub(super) fn is_used(&self, index: usize) -> bool {
        self.used.get(index).copied().unwrap_or(false)
    }

    /// Looks for candidates in a text.
    pub(super) fn scan(&mut self, text: &str) {
        let mut inside = false;
        for (offset, c) in text.char_indices() {
            let word = is_word(c);
            // An ideograph is a word by itself, and so is what stands between two.
            if (word && !inside || breaks_anywhere(c)) && self.may_start(c) {
                self.scan_at(&text[offset..]);
            }
            inside = word;
        }
    }

    /// Whether a candidate may start with the character.
    fn may_start(&self, c: char) -> bool {
        !c.is_ascii() || self.initials & (1_u128 << u32::from(c)) != 0
    }

    fn scan_at(&mut self, rest: &str) {
        let word = first_word(rest);
        // The plural of an acronym is its use as well.
        for word in [Some(word), word.strip_suffix('s')].into_iter().flatten() {
            for &index in self
                .by_word
                .get(word)
                .map(Vec::as_slice)
                .unwrap_or_default()
            {
                if !self.used[index] && starts_with_word(rest, &self.entries[index].acronym) {
                    self.used[index] = true;
                }
            }
        }
    }

    /// The entries that occurred.
    pub(super) fn into_used(self) -> Vec<AcronymEntry> {
        self.entries
            .into_iter()
            .zip(self.used)
            .filter(|(_, used)| *used)
            .map(|(entry, _)| entry)
            .collect()
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() && !breaks_anywhere(c)
}

fn first_word(text: &str) -> &str {
    let wide = text.chars().next().filter(|c| breaks_anywhere(*c));
    let end = match wide {
        Some(c) => c.len_utf8(),
        None => text.find(|c| !is_word(c)).unwrap_or(text.len()),
    };
    &text[..end]
}

fn starts_with_word(text: &str, acronym: &str) -> bool {
    let Some(rest) = text.strip_prefix(acronym) else {
        return false;
    };
    let rest = rest.strip_prefix('s').unwrap_or(rest);
    !(acronym.ends_with(is_word) && rest.starts_with(is_word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used(acronyms: &[&str], text: &str) -> Vec<String> {
        let mut candidates = Acronyms::default();
        for acronym in acronyms {
            candidates.add((*acronym).to_owned(), "x".into());
        }
        candidates.scan(text);
        candidates
            .into_used()
            .into_iter()
            .map(|entry| entry.acronym)
            .collect()
    }

    #[test]
    fn an_acronym_occurs_as_a_word_of_its_own_or_in_the_plural() {
        assert_eq!(
            used(
                &["SDG", "UN", "R&D", "UN Women", "IOM"],
                "The SDGs, R&D (IOM)"
            ),
            ["SDG", "R&D", "IOM"]
        );
        assert!(used(&["UN", "SDG"], "UNHCR and sdg, SDGx").is_empty());
        assert_eq!(used(&["UN Women"], "for UN Women, which"), ["UN Women"]);
    }

    #[test]
    fn an_acronym_occurs_between_ideographs_and_syllables_that_are_joined_to_it() {
        assert_eq!(used(&["LNG", "UN"], "放弃LNG？在UN的"), ["LNG", "UN"]);
        assert_eq!(used(&["UNHCR"], "UNHCR는"), ["UNHCR"]);
        assert_eq!(
            used(&["难民署", "移民组织"], "由难民署UNHCR和移民组织说"),
            ["难民署", "移民组织"]
        );
        assert!(used(&["LNG"], "放弃LNGX").is_empty());
    }
}
