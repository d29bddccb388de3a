//! People, organisations and acronyms: each once, and the spellings that differ reported.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use super::parts::{free, slug};
use super::people::{Named, contains_word, has_envoy, surname};
use super::words::Words;

/// A person of the registry.
#[derive(Debug, Default)]
pub(super) struct Person {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) honorific: String,
    pub(super) post: String,
    pub(super) organisation: Option<String>,
    pub(super) checks: Vec<String>,
    /// Every post that a head has, to be sure that the organisation is named in each.
    posts: Vec<String>,
}

impl Person {
    /// Reports the name where it stands with other accents.
    fn full_names(&mut self, running: &str) {
        let length = self.name.split(' ').count();
        let wanted = fold(&self.name);
        let Some(first) = self.name.split(' ').next() else {
            return;
        };
        for (index, _) in running.match_indices(first) {
            let words: Vec<&str> = running[index..].split_whitespace().take(length).collect();
            let found = words
                .join(" ")
                .trim_end_matches([',', '.', ';', ':'])
                .to_owned();
            let check = format!("also spelled {found}");
            if found != self.name
                && fold(&found) == wanted
                && !self.checks.contains(&check)
                && !found.contains('*')
            {
                self.checks.push(check);
            }
        }
    }
}

/// An organisation of the registry.
#[derive(Debug, Default)]
pub(super) struct Organisation {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) acronym: Option<String>,
    pub(super) kind: String,
    pub(super) member_of: Option<String>,
    pub(super) checks: Vec<String>,
}

/// Everything that chapters refer to.
#[derive(Debug, Default)]
pub(super) struct Registry {
    pub(super) people: Vec<Person>,
    pub(super) organisations: Vec<Organisation>,
    /// Short forms that are no organisation's.
    pub(super) acronyms: BTreeMap<String, String>,
    taken: BTreeSet<String>,
    person_ids: BTreeSet<String>,
}

impl Registry {
    /// Enters a person; gives the id and whether the registry has name, honorific and post as they stand here.
    pub(super) fn person(&mut self, named: &Named, words: &Words) -> (String, Same) {
        let folded = fold(&named.name);
        let same = |person: &Person| fold(&person.name) == folded;
        let near = |person: &Person| alike(&fold(&person.name), &folded);
        let last = fold(&surname(&named.name, words));
        let short = |person: &Person| {
            !named.name.contains(' ') && fold(&surname(&person.name, words)) == last
        };
        let people = &self.people;
        let index = people
            .iter()
            .position(same)
            .or_else(|| people.iter().position(near))
            .or_else(|| people.iter().position(short));
        let Some(index) = index else {
            return (
                self.enter(named, words),
                Same {
                    head: true,
                    post: true,
                },
            );
        };
        let person = &mut self.people[index];
        let spelled = person.name == named.name;
        if !spelled && !short(person) {
            let check = format!("also spelled {}", named.name);
            person.checks.retain(|known| *known != check);
            person.checks.push(check);
        }
        if person.post.is_empty() && person.posts.is_empty() {
            person.post = named.post.clone();
        }
        person.posts.push(named.post.clone());
        let post = person.post == named.post;
        let head =
            spelled && person.honorific == named.honorific && (post || !named.post.is_empty());
        (person.id.clone(), Same { head, post })
    }

    fn enter(&mut self, named: &Named, words: &Words) -> String {
        let short = slug(&surname(&named.name, words));
        let slug = if self.person_ids.contains(&short) {
            slug(&named.name)
        } else {
            short
        };
        let id = free(&slug, &mut self.person_ids);
        self.people.push(Person {
            id: id.clone(),
            name: named.name.clone(),
            honorific: named.honorific.clone(),
            post: named.post.clone(),
            posts: vec![named.post.clone()],
            ..Person::default()
        });
        id
    }

    /// The organisation that is called so, entered where it is new.
    pub(super) fn organisation(&mut self, name: &str, running: &str, words: &Words) -> String {
        let name = name
            .trim()
            .trim_end_matches(['.', ',', ';'])
            .replace("**", "");
        if let Some(index) = self.find(&name) {
            return self.organisations[index].id.clone();
        }
        // “UN DESA” is DESA.
        if let Some(index) = name
            .rsplit_once(' ')
            .and_then(|(_, last)| self.by_acronym(last))
        {
            let check = format!("also written {name}");
            let known = &mut self.organisations[index];
            if !known.checks.contains(&check) {
                known.checks.push(check);
            }
            return known.id.clone();
        }
        let kind = if has_envoy(running, &name, words) {
            "state"
        } else {
            kind(&name, words)
        };
        self.add(&name, None, kind, kind == "other")
    }

    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let lower = name.to_lowercase();
        let lower = lower.strip_prefix("the ").unwrap_or(&lower);
        let known = |one: &Organisation| {
            one.name.to_lowercase() == lower || one.acronym.as_deref() == Some(name)
        };
        self.organisations.iter().position(known)
    }

    fn by_acronym(&self, acronym: &str) -> Option<usize> {
        self.organisations
            .iter()
            .position(|one| one.acronym.as_deref() == Some(acronym))
    }

    /// Adds an organisation under a free id.
    pub(super) fn add(
        &mut self,
        name: &str,
        acronym: Option<&str>,
        kind: &str,
        unsure: bool,
    ) -> String {
        let id = free(&slug(acronym.unwrap_or(name)), &mut self.taken);
        let checks = if unsure {
            vec!["what kind of body it is".to_owned()]
        } else {
            Vec::new()
        };
        self.organisations.push(Organisation {
            id: id.clone(),
            name: name.to_owned(),
            acronym: acronym.map(str::to_owned),
            kind: kind.to_owned(),
            member_of: None,
            checks,
        });
        id
    }

    /// Takes in every `Full Name (ACRONYM)` of a text.
    pub(super) fn acronyms(&mut self, running: &str, words: &Words) {
        let running = running.replace("**", "");
        for (open, _) in running.match_indices('(') {
            let Some(end) = running[open..].find(')') else {
                break;
            };
            let acronym = &running[open + 1..open + end];
            let capitals = acronym.chars().filter(|c| c.is_uppercase()).count();
            let sound = (2..=12).contains(&acronym.len())
                && capitals >= 2
                && acronym.chars().all(|c| c.is_alphanumeric() || c == '-');
            let Some(name) = Some(&running[..open])
                .filter(|_| sound)
                .and_then(|before| expansion(before, acronym))
            else {
                continue;
            };
            self.acronym(acronym, &name, words);
        }
    }

    fn acronym(&mut self, acronym: &str, name: &str, words: &Words) {
        if let Some(index) = self.by_acronym(acronym) {
            let known = &mut self.organisations[index];
            let check = format!("also written {name}");
            if !known.name.ends_with(name)
                && !name.ends_with(&known.name)
                && !known.checks.contains(&check)
            {
                known.checks.push(check);
            }
        } else if !self.acronyms.contains_key(acronym) && self.find(name).is_none() {
            let kind = kind(name, words);
            let body = words
                .bodies
                .iter()
                .any(|body| contains_word(name, &body.word));
            if body {
                self.add(name, Some(acronym), kind, kind == "other");
            } else {
                self.acronyms.insert(acronym.to_owned(), name.to_owned());
            }
        }
    }

    /// Reports spellings of known surnames that stand behind an honorific, such as “Ms. Thomson” for Thompson.
    pub(super) fn spellings(&mut self, running: &str, words: &Words) {
        let running = running.replace("**", "");
        let surnames: Vec<String> = self
            .people
            .iter()
            .map(|person| surname(&person.name, words))
            .collect();
        let tokens: Vec<&str> = running.split_whitespace().collect();
        for pair in tokens.windows(2) {
            let second = pair[1].trim_end_matches("'s").trim_end_matches("’s");
            let second = second.trim_matches(|c: char| !c.is_alphabetic());
            let titled = words.honorifics.iter().any(|known| known == pair[0]);
            if !titled || second.chars().count() < 5 || surnames.iter().any(|name| name == second) {
                continue;
            }
            let near = |name: &String| {
                name != second
                    && strsim::damerau_levenshtein(name, second) <= 2
                    && name.chars().next() == second.chars().next()
            };
            let check = format!("also spelled {second}");
            let index = surnames.iter().position(near);
            if let Some(person) = index
                .map(|index| &mut self.people[index])
                .filter(|person| !person.checks.contains(&check))
            {
                person.checks.push(check);
            }
        }
        for person in &mut self.people {
            person.full_names(&running);
        }
    }

    /// Gives people the organisations that every one of their posts names.
    pub(super) fn finish(&mut self) {
        for person in &mut self.people {
            let named = |one: &&Organisation| {
                let names = |post: &String| {
                    has_name(post, &one.name)
                        || one
                            .acronym
                            .as_ref()
                            .is_some_and(|acronym| has_name(post, acronym))
                };
                person.posts.iter().all(names)
            };
            let found = self
                .organisations
                .iter()
                .filter(named)
                .max_by_key(|one| one.name.len());
            person.organisation = found.map(|one| one.id.clone());
        }
        self.people.sort_by(|a, b| a.id.cmp(&b.id));
        self.organisations.sort_by(|a, b| a.id.cmp(&b.id));
    }
}

/// How a person stands here compared with the registry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Same {
    /// Name and honorific agree, so that a head may be made from the registry.
    pub(super) head: bool,
    /// The post agrees as well.
    pub(super) post: bool,
}

fn has_name(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(index, _)| {
        !text[..index].ends_with(char::is_alphanumeric)
            && !text[index + name.len()..].starts_with(char::is_alphanumeric)
    })
}

/// What kind of body a name is.
pub(super) fn kind<'w>(name: &str, words: &'w Words) -> &'w str {
    let body = words
        .bodies
        .iter()
        .find(|body| contains_word(name, &body.word));
    body.map_or("other", |body| body.kind.as_str())
}

/// The words before an acronym that it is made of.
fn expansion(before: &str, acronym: &str) -> Option<String> {
    const SMALL: [&str; 9] = ["of", "for", "the", "and", "on", "in", "to", "against", "de"];
    let before = before
        .rsplit(['.', ';', ':', ',', '\n', '(', ')'])
        .next()?
        .trim();
    let parts: Vec<&str> = before.split_whitespace().collect();
    let first = acronym.chars().next()?;
    let mut best = None;
    for (index, part) in parts.iter().enumerate().rev() {
        let capital = part.starts_with(char::is_uppercase);
        if !capital && !SMALL.contains(part) {
            break;
        }
        if capital && part.starts_with(first) && covers(&parts[index..], acronym) {
            best = Some(index);
            break;
        }
    }
    best.map(|index| parts[index..].join(" "))
}

/// Whether the letters of an acronym are the first letters of words, or stand in them in order.
fn covers(parts: &[&str], acronym: &str) -> bool {
    let mut text = parts
        .iter()
        .filter(|part| part.starts_with(char::is_uppercase))
        .flat_map(|part| part.chars());
    let all = acronym
        .chars()
        .filter(|c| c.is_alphabetic())
        .all(|wanted| text.any(|c| c.eq_ignore_ascii_case(&wanted)));
    all && parts
        .iter()
        .filter(|part| part.starts_with(char::is_uppercase))
        .count()
        * 3
        >= acronym.len()
}

fn fold(text: &str) -> String {
    text.nfd()
        .filter(|c| c.is_alphanumeric() || *c == ' ')
        .collect::<String>()
        .to_lowercase()
}

/// Whether two names are spellings of one.
fn alike(one: &str, other: &str) -> bool {
    one.split(' ').count() == other.split(' ').count()
        && one.len() > 8
        && strsim::damerau_levenshtein(one, other) <= 2
}

#[cfg(test)]
mod tests {
    use super::super::words::english;
    use super::*;

    #[test]
    fn acronyms_find_their_names() {
        assert_eq!(
            expansion(
                "by the Office of the High Commissioner for Human Rights ",
                "OHCHR"
            )
            .as_deref(),
            Some("Office of the High Commissioner for Human Rights")
        );
        assert_eq!(
            expansion(
                "the United Nations Department of Economic and Social Affairs ",
                "DESA"
            )
            .as_deref(),
            Some("Department of Economic and Social Affairs")
        );
        assert_eq!(expansion("as it was said ", "IOM"), None);
    }

    #[test]
    fn a_person_is_entered_once_and_spellings_are_reported() {
        let words = english().unwrap();
        let mut registry = Registry::default();
        let named = |name: &str| Named {
            name: name.into(),
            ..Named::default()
        };
        let first = registry.person(&named("Juan Gómez"), &words).0;
        let (second, same) = registry.person(&named("Juan Gòmez"), &words);
        assert!(first == second && !same.head && registry.people.len() == 1);
        assert_eq!(registry.people[0].checks, ["also spelled Juan Gòmez"]);
    }
}
