//! People and organisations, each once, found again by maps: no look-up grows with the registry.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use super::acronyms::is_body;
use super::delegations::envoys;
use super::names::{each_name, has};
use super::people::{NamedPerson, contains_word, surname};
use crate::import::ids::{Ids, slug};
use crate::import::words::{Words, without_article};

/// The most spellings of one name that are reported.
const MAX_SPELLINGS: usize = 12;
/// The most known names that a new one is compared with letter by letter.
const MAX_NEAR: usize = 64;

/// A person of the registry.
#[derive(Debug, Default)]
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) honorific: String,
    pub(crate) post: String,
    pub(crate) organisation: Option<String>,
    pub(crate) checks: Vec<String>,
    /// Every post that a head has, to be sure that the organisation is named in each.
    pub(super) posts: Vec<String>,
}

impl Person {
    /// Reports another spelling of the name, once.
    pub(crate) fn also(&mut self, spelled: &str) {
        report(&mut self.checks, format!("also spelled {spelled}"));
    }
}

fn report(checks: &mut Vec<String>, check: String) {
    if checks.len() < MAX_SPELLINGS && !checks.contains(&check) {
        checks.push(check);
    }
}

/// An organisation of the registry.
#[derive(Debug, Default)]
pub(crate) struct Organisation {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) acronym: Option<String>,
    pub(crate) kind: String,
    pub(crate) member_of: Option<String>,
    pub(crate) checks: Vec<String>,
}

/// Everything that chapters refer to.
#[derive(Debug, Default)]
pub(crate) struct Registry {
    pub(crate) people: Vec<Person>,
    pub(crate) organisations: Vec<Organisation>,
    /// Short forms that are no organisation's.
    pub(crate) acronyms: BTreeMap<String, String>,
    ids: Ids,
    person_ids: Ids,
    known: KnownPeople,
    /// Organisations by name in lower case, and by acronym.
    names: BTreeMap<String, usize>,
    short: BTreeMap<String, usize>,
    bodies: BTreeMap<String, usize>,
    /// States for which somebody speaks, in lower case.
    states: BTreeSet<String>,
}

/// People by what they are called.
#[derive(Debug, Default)]
struct KnownPeople {
    names: BTreeMap<String, usize>,
    surnames: BTreeMap<String, usize>,
    /// By number of words, place of a word, and the word: spellings of a name share one of its words.
    words: BTreeMap<(usize, usize, String), Vec<usize>>,
    ids: BTreeMap<String, usize>,
}

impl KnownPeople {
    fn enter(&mut self, index: usize, person: &Person, words: &Words) {
        let folded = fold(&person.name);
        let parts: Vec<String> = folded.split(' ').map(str::to_owned).collect();
        let count = parts.len();
        for (place, part) in parts.into_iter().enumerate() {
            let same = self.words.entry((count, place, part)).or_default();
            if same.len() < MAX_NEAR {
                same.push(index);
            }
        }
        let surname = fold(&surname(&person.name, words));
        self.surnames.entry(surname).or_insert(index);
        self.names.entry(folded).or_insert(index);
        self.ids.insert(person.id.clone(), index);
    }

    /// The first person whose name is a spelling of a folded one.
    fn near(&self, folded: &str, people: &[Person]) -> Option<usize> {
        let parts: Vec<&str> = folded.split(' ').collect();
        let places = parts.iter().enumerate();
        let keys = places.map(|(place, part)| (parts.len(), place, (*part).to_owned()));
        keys.filter_map(|key| self.words.get(&key))
            .flatten()
            .copied()
            .filter(|index| alike(&fold(&people[*index].name), folded))
            .min()
    }
}

impl Registry {
    /// A registry for a text, which says who speaks for states.
    pub(crate) fn of(running: &str, words: &Words) -> Self {
        Registry {
            states: envoys(running, words),
            ..Registry::default()
        }
    }

    /// Enters a person; gives the id and whether the registry has name, honorific and post as they stand here.
    pub(crate) fn person(&mut self, named: &NamedPerson, words: &Words) -> (String, NameMatch) {
        let folded = fold(&named.name);
        let last = fold(&surname(&named.name, words));
        let single = !named.name.contains(' ');
        let known = &self.known;
        let index = (known.names.get(&folded).copied())
            .or_else(|| known.near(&folded, &self.people))
            .or_else(|| known.surnames.get(&last).copied().filter(|_| single));
        let Some(index) = index else {
            let (head, post) = (true, true);
            return (self.enter(named, words), NameMatch { head, post });
        };
        let person = &mut self.people[index];
        let spelled = person.name == named.name;
        let surname_alone = single && fold(&surname(&person.name, words)) == last;
        if !spelled && !surname_alone {
            person.also(&named.name);
        }
        if person.post.is_empty() && person.posts.is_empty() {
            person.post = named.post.clone();
        }
        person.posts.push(named.post.clone());
        let post = person.post == named.post;
        let head =
            spelled && person.honorific == named.honorific && (post || !named.post.is_empty());
        (person.id.clone(), NameMatch { head, post })
    }

    fn enter(&mut self, named: &NamedPerson, words: &Words) -> String {
        let short = slug(&surname(&named.name, words));
        let slug = if self.person_ids.has(&short) {
            slug(&named.name)
        } else {
            short
        };
        let person = Person {
            id: self.person_ids.free(&slug),
            name: named.name.clone(),
            honorific: named.honorific.clone(),
            post: named.post.clone(),
            posts: vec![named.post.clone()],
            ..Person::default()
        };
        let id = person.id.clone();
        self.known.enter(self.people.len(), &person, words);
        self.people.push(person);
        id
    }

    /// The person with an id.
    pub(crate) fn by_id(&self, id: &str) -> Option<&Person> {
        self.known.ids.get(id).map(|index| &self.people[*index])
    }

    /// The organisation that is called so, entered where it is new.
    pub(crate) fn organisation(&mut self, name: &str, words: &Words) -> String {
        let name = name.trim().trim_end_matches(['.', ',', ';']);
        let name = name.replace("**", "");
        if let Some(index) = self.find(&name, words) {
            return self.organisations[index].id.clone();
        }
        // “UN DESA” is DESA.
        let last = name.rsplit_once(' ').map(|(_, last)| last);
        if let Some(index) = last.and_then(|last| self.short.get(last)) {
            let known = &mut self.organisations[*index];
            report(&mut known.checks, format!("also written {name}"));
            return known.id.clone();
        }
        let state = without_article(&name, words).to_lowercase();
        let kind = if self.states.contains(&state) {
            "state"
        } else {
            kind(&name, words)
        };
        self.add(&name, None, kind, kind == "other", words)
    }

    /// The index of the organisation that is called so.
    pub(crate) fn find(&self, name: &str, words: &Words) -> Option<usize> {
        let lower = name.to_lowercase();
        let named = self.names.get(without_article(&lower, words));
        let short = self.short.get(name);
        named.into_iter().chain(short).min().copied()
    }

    /// The organisation with an id.
    pub(crate) fn body(&self, id: &str) -> Option<&Organisation> {
        self.bodies.get(id).map(|index| &self.organisations[*index])
    }

    /// The longest name of an organisation that a text has.
    pub(crate) fn named_in(&self, text: &str) -> Option<String> {
        let text = text.to_lowercase();
        let mut found: Vec<&str> = Vec::new();
        each_name(&text, &mut |name| {
            if let Some((name, _)) = self.names.get_key_value(name) {
                found.push(name);
            }
        });
        let longest = found.into_iter().max_by_key(|name| name.len());
        longest.map(str::to_owned)
    }

    /// Adds an organisation under a free id.
    pub(crate) fn add(
        &mut self,
        name: &str,
        acronym: Option<&str>,
        kind: &str,
        unsure: bool,
        words: &Words,
    ) -> String {
        let acronym = acronym.filter(|acronym| !self.short.contains_key(*acronym));
        let id = self.ids.free(&slug(acronym.unwrap_or(name)));
        let unsure = unsure.then(|| "what kind of body it is".to_owned());
        let index = self.organisations.len();
        let lower = name.to_lowercase();
        let lower = without_article(&lower, words).to_owned();
        self.names.entry(lower).or_insert(index);
        if let Some(acronym) = acronym {
            self.short.entry(acronym.to_owned()).or_insert(index);
        }
        self.bodies.insert(id.clone(), index);
        self.organisations.push(Organisation {
            id: id.clone(),
            name: name.to_owned(),
            acronym: acronym.map(str::to_owned),
            kind: kind.to_owned(),
            member_of: None,
            checks: unsure.into_iter().collect(),
        });
        id
    }

    /// Enters a short form with what it stands for.
    pub(crate) fn acronym(&mut self, acronym: &str, name: &str, words: &Words) {
        if let Some(index) = self.short.get(acronym) {
            let known = &mut self.organisations[*index];
            if !known.name.ends_with(name) && !name.ends_with(&known.name) {
                report(&mut known.checks, format!("also written {name}"));
            }
        } else if !self.acronyms.contains_key(acronym) && self.find(name, words).is_none() {
            if is_body(name, words) {
                let kind = kind(name, words);
                self.add(name, Some(acronym), kind, kind == "other", words);
            } else {
                self.acronyms.insert(acronym.to_owned(), name.to_owned());
            }
        }
    }

    /// Gives people the organisations that every one of their posts names, and sorts the registry.
    pub(crate) fn finish(&mut self) {
        let mut names: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, one) in self.organisations.iter().enumerate() {
            let called = std::iter::once(one.name.as_str()).chain(one.acronym.as_deref());
            for name in called.map(|name| name.trim_matches(|c: char| !c.is_alphanumeric())) {
                names.entry(name).or_default().push(index);
            }
        }
        for person in &mut self.people {
            let mut posts = person.posts.iter().map(|post| named_in(post, &names));
            let mut found = posts.next().unwrap_or_default();
            for other in posts {
                found.retain(|index| other.contains(index));
            }
            // A name may have signs about it that the post has not; then the program would set it behind the post.
            let whole = |one: &&Organisation| {
                let mut posts = person.posts.iter();
                posts.all(|post| has(post, &one.name) || one.acronym.iter().any(|a| has(post, a)))
            };
            let longest = found
                .into_iter()
                .map(|index| &self.organisations[index])
                .filter(whole)
                .max_by_key(|one| one.name.len());
            person.organisation = longest.map(|one| one.id.clone());
        }
        self.people.sort_by(|a, b| a.id.cmp(&b.id));
        self.organisations.sort_by(|a, b| a.id.cmp(&b.id));
    }
}

/// How a person is here compared with the registry.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NameMatch {
    /// Name and honorific agree, so that a head may be made from the registry.
    pub(crate) head: bool,
    /// The post agrees as well.
    pub(crate) post: bool,
}

/// The organisations that a text names by whole words.
fn named_in(text: &str, names: &BTreeMap<&str, Vec<usize>>) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    each_name(text, &mut |name| {
        found.extend(names.get(name).into_iter().flatten());
    });
    found
}

/// What kind of body a name is.
pub(crate) fn kind<'w>(name: &str, words: &'w Words) -> &'w str {
    let mut bodies = words.bodies.iter();
    let body = bodies.find(|body| contains_word(name, &body.word));
    body.map_or("other", |body| body.kind.as_str())
}

/// A name without accents, marks and case.
pub(super) fn fold(text: &str) -> String {
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
    use super::*;
    use crate::import::words::english;

    #[test]
    fn a_person_is_entered_once_and_spellings_are_reported() {
        let words = english().unwrap();
        let mut registry = Registry::default();
        let named = |name: &str| NamedPerson {
            name: name.into(),
            ..NamedPerson::default()
        };
        let first = registry.person(&named("Juan Gómez"), &words).0;
        let (second, same) = registry.person(&named("Juan Gòmez"), &words);
        assert!(first == second && !same.head && registry.people.len() == 1);
        assert_eq!(registry.people[0].checks, ["also spelled Juan Gòmez"]);
        assert_eq!(registry.person(&named("Juan Gomes"), &words).0, first);
        assert_eq!(registry.person(&named("Gómez"), &words).0, first);
        assert_ne!(registry.person(&named("Ana Gómez"), &words).0, first);
    }

    #[test]
    fn a_person_belongs_to_the_body_that_every_post_names() {
        let words = english().unwrap();
        let mut registry = Registry::of("The Envoy, Ambassador of Peru, came.", &words);
        registry.acronym("UWF", "United Wells Fund", &words);
        let fund = registry.organisation("the United Wells Fund", &words);
        assert_eq!(registry.organisation("UN UWF", &words), fund);
        let peru = registry.organisation("Peru", &words);
        assert_eq!(registry.organisations[1].kind, "state");
        let named = |post: &str| NamedPerson {
            name: "Ann Lee".into(),
            post: post.into(),
            ..NamedPerson::default()
        };
        registry.person(&named("Head of the UWF in Peru"), &words);
        registry.person(&named("Envoy of Peruvians"), &words);
        registry.finish();
        assert_eq!(registry.people[0].organisation, None);
        registry.people[0].posts.pop();
        registry.finish();
        assert_eq!(registry.people[0].organisation, Some(fund));
        assert_eq!(peru, "peru");
    }
}
