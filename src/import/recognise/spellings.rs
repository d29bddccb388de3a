//! Names that the text spells otherwise than the registry: reported, and left as they are.

use std::collections::{BTreeMap, BTreeSet};

use super::people::surname;
use super::registry::{Person, fold};
use crate::import::words::Words;

/// The most surnames that one word is compared with letter by letter.
const MAX_NEAR: usize = 200;
/// The most words of a name.
const MAX_WORDS: usize = 8;

/// The first letter and the length of a surname.
type Key = (Option<char>, usize);

/// Reports every other spelling to the people that it seems to mean.
pub(crate) fn report(people: &mut [Person], running: &str, words: &Words) {
    let running = running.replace("**", "");
    let tokens: Vec<&str> = running.split_whitespace().collect();
    surnames(people, &tokens, words);
    full_names(people, &tokens);
}

/// Spellings of known surnames after an honorific, such as “Ms. Thomson” for Thompson.
fn surnames(people: &mut [Person], tokens: &[&str], words: &Words) {
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut near: BTreeMap<Key, Vec<(String, usize)>> = BTreeMap::new();
    for (index, person) in people.iter().enumerate() {
        let name = surname(&person.name, words);
        let key = (name.chars().next(), name.chars().count());
        near.entry(key).or_default().push((name.clone(), index));
        known.insert(name);
    }
    let mut seen = BTreeSet::new();
    for pair in tokens.windows(2) {
        let second = pair[1].trim_end_matches("'s").trim_end_matches("’s");
        let second = second.trim_matches(|c: char| !c.is_alphabetic());
        let titled = words.honorifics.iter().any(|known| known == pair[0]);
        let count = second.chars().count();
        if !titled || count < 5 || known.contains(second) || !seen.insert(second) {
            continue;
        }
        let lengths = count.saturating_sub(2)..=count + 2;
        let first = second.chars().next();
        let index = lengths
            .filter_map(|length| near.get(&(first, length)))
            .flatten()
            .take(MAX_NEAR)
            .filter(|(name, _)| strsim::damerau_levenshtein(name, second) <= 2)
            .map(|(_, index)| *index)
            .min();
        if let Some(index) = index {
            people[index].also(second);
        }
    }
}

/// Whole names that differ in accents or marks alone.
fn full_names(people: &mut [Person], tokens: &[&str]) {
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    let mut firsts: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (index, person) in people.iter().enumerate() {
        let folded = fold(&person.name);
        let length = folded.split(' ').count();
        let first = folded.split(' ').next().unwrap_or_default().to_owned();
        if length <= MAX_WORDS {
            firsts.entry(first).or_default().insert(length);
            names.entry(folded).or_insert(index);
        }
    }
    let ends = [',', '.', ';', ':'];
    for (at, token) in tokens.iter().enumerate() {
        if !token.starts_with(char::is_uppercase) || token.len() > 60 {
            continue;
        }
        for length in firsts.get(&fold(token)).into_iter().flatten() {
            let Some(found) = tokens.get(at..at + length) else {
                continue;
            };
            let found = found.join(" ").trim_end_matches(ends).to_owned();
            if let Some(index) = names.get(&fold(&found))
                && people[*index].name != found
            {
                people[*index].also(&found);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::words::english;

    #[test]
    fn other_spellings_are_reported_to_the_person_they_mean() {
        let mut people = vec![
            Person {
                name: "Laura Thompson".into(),
                ..Person::default()
            },
            Person {
                name: "José Núñez".into(),
                ..Person::default()
            },
        ];
        let text = "Ms. Thomson said, and Jose Nuñez, too. Ms. Thompson and Ms. Thornbush left.";
        report(&mut people, text, &english().unwrap());
        assert_eq!(people[0].checks, ["also spelled Thomson"]);
        assert_eq!(people[1].checks, ["also spelled Jose Nuñez"]);
    }
}
