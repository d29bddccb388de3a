//! The registries: people and organisations, each once, found by their ids.

use std::collections::BTreeMap;

use super::collation::{self, Collator};
use super::resolve::{FieldPath, Resolver};
use super::{Member, Organisation, Person, Speaker, identifiers, numbering};
use crate::base::diagnostic::Code;
use crate::base::script::breaks_anywhere;
use crate::layout::Strings;
use crate::source::schema as s;

/// People and organisations with what the document's own types do not hold.
#[derive(Debug, Default)]
pub(super) struct Registry {
    pub(super) people: Vec<Person>,
    pub(super) people_by_id: BTreeMap<String, usize>,
    pub(super) people_used: Vec<bool>,
    pub(super) organisations: Vec<Organisation>,
    pub(super) organisations_by_id: BTreeMap<String, usize>,
    pub(super) organisations_used: Vec<bool>,
    /// Name as a member list states it, by organisation.
    listed_as: Vec<String>,
    /// Name that it is sorted by, by organisation, where the source gives one.
    sort: Vec<Option<String>>,
    /// Members of each organisation.
    members: BTreeMap<usize, Vec<usize>>,
    /// Index of an organisation's acronym among the acronyms.
    acronyms: BTreeMap<usize, usize>,
}

impl Registry {
    /// The name of a person with the honorific, as the language has them.
    pub(super) fn named(&self, person: usize, strings: &Strings) -> String {
        let person = &self.people[person];
        match &person.honorific {
            Some(honorific) => filled(
                &strings.person,
                &[("{honorific}", honorific), ("{name}", &person.name)],
            ),
            None => person.name.clone(),
        }
    }

    /// Full name of an organisation, with the acronym in brackets.
    pub(super) fn with_acronym(&self, organisation: usize, strings: &Strings) -> String {
        let organisation = &self.organisations[organisation];
        match &organisation.acronym {
            Some(acronym) if *acronym != organisation.name => {
                let bracketed = filled(&strings.bracketed, &[("{text}", acronym)]);
                format!("{}{bracketed}", organisation.name)
            }
            _ => organisation.name.clone(),
        }
    }

    /// The name that an organisation is sorted by.
    pub(super) fn sorted_as(&self, organisation: usize) -> &str {
        let sort = self.sort[organisation].as_deref();
        sort.unwrap_or(&self.organisations[organisation].name)
    }

    /// Members of an organisation, sorted by the name as listed.
    pub(super) fn members_of(&mut self, organisation: usize, collator: &Collator) -> Vec<Member> {
        let mut members = self.members.get(&organisation).cloned().unwrap_or_default();
        members.sort_by_cached_key(|member| {
            let sort = self.sort[*member].as_ref();
            collator.key(sort.unwrap_or(&self.listed_as[*member]))
        });
        for member in &members {
            self.organisations_used[*member] = true;
        }
        members
            .into_iter()
            .map(|member| Member {
                name: self.listed_as[member].clone(),
                acronym: self.organisations[member]
                    .acronym
                    .clone()
                    .filter(|acronym| *acronym != self.listed_as[member]),
                url: self.organisations[member].url.clone(),
            })
            .collect()
    }

    /// A post with the organisation after it, unless the post names it already.
    fn post_line(&self, post: Option<&str>, organisation: Option<usize>, comma: &str) -> String {
        let Some(organisation) = organisation.map(|index| &self.organisations[index]) else {
            return post.unwrap_or_default().to_owned();
        };
        match post {
            None => organisation.name.clone(),
            Some(post) if names(post, organisation) => post.to_owned(),
            Some(post) => format!("{post}{comma}{}", organisation.name),
        }
    }
}

/// A pattern with its places filled; what is put in may hold braces itself.
pub(super) fn filled(pattern: &str, places: &[(&str, &str)]) -> String {
    let mut text = String::new();
    let mut rest = pattern;
    while let Some(start) = rest.find('{') {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        let place = places.iter().find(|(place, _)| rest.starts_with(place));
        let (taken, value) = place.map_or(("{", "{"), |(place, value)| (place, value));
        text.push_str(value);
        rest = &rest[taken.len()..];
    }
    text + rest
}

/// Whether a post names the organisation by its full name, short name or acronym.
fn names(post: &str, organisation: &Organisation) -> bool {
    let letter = |c: char| c.is_alphanumeric() && !breaks_anywhere(c);
    let word = |name: &str| {
        post.match_indices(name).any(|(index, _)| {
            !post[..index].ends_with(letter) && !post[index + name.len()..].starts_with(letter)
        })
    };
    word(&organisation.name)
        || word(&organisation.short)
        || organisation.acronym.as_deref().is_some_and(word)
}

impl<'a> Resolver<'a> {
    /// Takes in both registries and the acronyms.
    pub(super) fn registries(&mut self) {
        let source = self.source;
        let at = FieldPath::top(source.organisations.as_ref()).key("organisations");
        for (index, organisation) in source
            .organisations
            .content
            .organisations
            .iter()
            .enumerate()
        {
            self.organisation(&at.index(index), organisation);
        }
        self.memberships(&at);
        self.acronym_file();
        let at = FieldPath::top(source.people.as_ref()).key("people");
        for (index, person) in source.people.content.people.iter().enumerate() {
            self.person(&at.index(index), person);
        }
        self.registry.people_used = vec![false; self.registry.people.len()];
        self.registry.organisations_used = vec![false; self.registry.organisations.len()];
    }

    /// An id of a registry: well formed, and taken once.
    fn registry_id(&mut self, at: &FieldPath, id: &s::Id, first: Option<u32>) {
        if let Err(message) = numbering::check_id(&id.value) {
            let wrong = at.diagnostic(Code::BAD_ID, id, message);
            self.found.push(wrong.hint(numbering::GOOD_ID));
        }
        if let Some(line) = first {
            let message = format!(
                "the id `{}` is used twice; the first time on line {line}",
                id.value
            );
            self.found.push(
                at.diagnostic(Code::ID_TWICE, id, message)
                    .hint("delete one of the two, or give it an id of its own"),
            );
        }
    }

    fn organisation(&mut self, at: &FieldPath<'a>, written: &'a s::Organisation) {
        let index = self.registry.organisations.len();
        let first = self
            .registry
            .organisations_by_id
            .get(&written.id.value)
            .copied();
        let entries = &self.source.organisations.content.organisations;
        self.registry_id(
            &at.key("id"),
            &written.id,
            first.map(|first| entries[first].id.line),
        );
        let name = self.name(&at.key("name"), &written.name);
        let acronym = written
            .acronym
            .as_ref()
            .map(|acronym| self.name(&at.key("acronym"), acronym));
        let short = written
            .short
            .as_ref()
            .map(|short| self.name(&at.key("short"), short));
        let listed = written
            .listed_as
            .as_ref()
            .map(|listed| self.name(&at.key("listed_as"), listed));
        let sort = written
            .sort
            .as_ref()
            .map(|sort| self.name(&at.key("sort"), sort));
        self.registry.sort.push(sort);
        let url = written
            .url
            .as_ref()
            .map(|url| self.address(&at.key("url"), url));
        if let Some(acronym) = acronym.as_ref().filter(|acronym| **acronym != name) {
            if let Some(other) = self.usage.acronyms.expansion(acronym) {
                let message = format!("the acronym `{acronym}` stands for `{other}` already");
                let value = written.acronym.as_ref().unwrap_or(&written.name);
                self.found.push(
                    at.key("acronym")
                        .diagnostic(Code::ACRONYM_TWICE, value, message),
                );
            } else {
                let entry = self.usage.acronyms.add(acronym.clone(), name.clone());
                self.registry.acronyms.insert(index, entry);
            }
        }
        self.registry
            .listed_as
            .push(listed.unwrap_or_else(|| name.clone()));
        self.registry
            .organisations_by_id
            .entry(written.id.value.clone())
            .or_insert(index);
        self.registry.organisations.push(Organisation {
            id: written.id.value.clone(),
            short: short
                .or_else(|| acronym.clone())
                .unwrap_or_else(|| name.clone()),
            name,
            acronym,
            kind: written.kind,
            url,
        });
    }

    fn memberships(&mut self, at: &FieldPath<'a>) {
        for (member, written) in self
            .source
            .organisations
            .content
            .organisations
            .iter()
            .enumerate()
        {
            for (index, of) in written.member_of.iter().enumerate() {
                let at = at.index(member).key("member_of").index(index);
                let Some(organisation) = self.organisation_id(&at, of) else {
                    continue;
                };
                if organisation == member {
                    let message = format!("`{}` cannot be a member of itself", of.value);
                    let wrong = at.diagnostic(Code::MEMBER_OF_ITSELF, of, message);
                    self.found.push(wrong.hint("delete it from `member_of`"));
                    continue;
                }
                let members = self.registry.members.entry(organisation).or_default();
                // All memberships of one member come together.
                if members.last() == Some(&member) {
                    self.found.push(
                        at.diagnostic(
                            Code::NAMED_TWICE,
                            of,
                            format!("`{}` is named twice", of.value),
                        )
                        .hint("delete one of the two"),
                    );
                } else {
                    members.push(member);
                }
            }
        }
    }

    fn acronym_file(&mut self) {
        let Some(file) = &self.source.acronyms else {
            return;
        };
        let at = FieldPath::top(file.as_ref()).key("acronyms");
        for (index, written) in file.content.acronyms.iter().enumerate() {
            let at = at.index(index);
            let acronym = self.name(&at.key("acronym"), &written.acronym);
            let expansion = self.name(&at.key("expansion"), &written.expansion);
            if let Some(other) = self.usage.acronyms.expansion(&acronym) {
                let message = format!("the acronym `{acronym}` stands for `{other}` already");
                self.found.push(
                    at.key("acronym")
                        .diagnostic(Code::ACRONYM_TWICE, &written.acronym, message)
                        .hint("delete one of the two"),
                );
            } else {
                self.usage.acronyms.add(acronym, expansion);
            }
        }
    }

    fn person(&mut self, at: &FieldPath<'a>, written: &'a s::Person) {
        let index = self.registry.people.len();
        let first = self.registry.people_by_id.get(&written.id.value).copied();
        let entries = &self.source.people.content.people;
        self.registry_id(
            &at.key("id"),
            &written.id,
            first.map(|first| entries[first].id.line),
        );
        let name = self.name(&at.key("name"), &written.name);
        let sort = written
            .sort
            .as_ref()
            .map(|sort| self.name(&at.key("sort"), sort));
        let tag = self.source.report.content.language.value.trim();
        let language = tag.split('-').next().unwrap_or(tag);
        let turned = sort.is_none() && !self.words.strings.family_name_first;
        if turned && collation::is_doubtful(&name, language) {
            let sorted = collation::family_name_first(&name);
            let message = format!("`{name}` is sorted as `{sorted}`, which may not be right");
            let error = at
                .key("name")
                .diagnostic(Code::DOUBTFUL_NAME, &written.name, message);
            self.found.push(error.hint(format!(
                "write how the bearer sorts it, such as `sort: {sorted}`"
            )));
        }
        let honorific = written
            .honorific
            .as_ref()
            .map(|honorific| self.name(&at.key("honorific"), honorific));
        let post = written
            .post
            .as_ref()
            .map(|post| self.name(&at.key("post"), post));
        let full = written
            .post_in_full
            .as_ref()
            .map(|post| self.name(&at.key("post_in_full"), post));
        let organisation = written
            .organisation
            .as_ref()
            .and_then(|id| self.organisation_id(&at.key("organisation"), id));
        if let (Some(_), Some(value)) = (&post, &written.post_in_full) {
            let message = "a person has either `post` or `post_in_full`, not both";
            self.found.push(
                at.key("post_in_full")
                    .diagnostic(Code::TWO_POSTS, value, message),
            );
        }
        let line = full.unwrap_or_else(|| {
            self.registry
                .post_line(post.as_deref(), organisation, &self.words.strings.comma)
        });
        self.registry
            .people_by_id
            .entry(written.id.value.clone())
            .or_insert(index);
        self.registry.people.push(Person {
            id: written.id.value.clone(),
            sort: sort.unwrap_or_else(|| match self.words.strings.family_name_first {
                true => name.clone(),
                false => collation::family_name_first(&name),
            }),
            name,
            honorific,
            post: line,
            organisation,
        });
    }

    /// The index of an organisation by its id.
    pub(super) fn organisation_id(&mut self, at: &FieldPath, id: &s::Id) -> Option<usize> {
        self.organisation_named(at, &id.value, || (id.line, id.column))
    }

    /// The index of an organisation by its id, which is at a line and column that are asked for only if need be.
    pub(super) fn organisation_named(
        &mut self,
        at: &FieldPath,
        id: &str,
        place: impl Fn() -> (u32, u32),
    ) -> Option<usize> {
        let found = self.registry.organisations_by_id.get(id).copied();
        match found {
            Some(index) => {
                if let Some(used) = self.registry.organisations_used.get_mut(index) {
                    *used = true;
                }
            }
            None => {
                let error = at.diagnostic_at(
                    Code::UNKNOWN_ORGANISATION,
                    place(),
                    format!("there is no organisation `{id}`"),
                );
                let known = self.registry.organisations_by_id.keys().map(String::as_str);
                let otherwise = "add it to organisations.yaml".into();
                self.found.push(Self::unknown(error, id, known, otherwise));
            }
        }
        found
    }

    /// The index of a person by their id.
    pub(super) fn person_id(&mut self, at: &FieldPath, id: &s::Id) -> Option<usize> {
        self.person_named(at, &id.value, || (id.line, id.column))
    }

    /// The index of a person by their id, which is at a line and column that are asked for only if need be.
    pub(super) fn person_named(
        &mut self,
        at: &FieldPath,
        id: &str,
        place: impl Fn() -> (u32, u32),
    ) -> Option<usize> {
        let found = self.registry.people_by_id.get(id).copied();
        match found {
            Some(index) => self.use_person(index),
            None => {
                let error = at.diagnostic_at(
                    Code::UNKNOWN_PERSON,
                    place(),
                    format!("there is no person `{id}`"),
                );
                let known = self.registry.people_by_id.keys().map(String::as_str);
                let otherwise = "add them to people.yaml".into();
                self.found.push(Self::unknown(error, id, known, otherwise));
            }
        }
        found
    }

    /// Marks a person as used, and the organisation that they stand for.
    pub(super) fn use_person(&mut self, index: usize) {
        self.registry.people_used[index] = true;
        if let Some(organisation) = self.registry.people[index].organisation {
            self.registry.organisations_used[organisation] = true;
        }
    }

    /// A person as named where they speak or moderate.
    pub(super) fn speaker(
        &mut self,
        person: usize,
        post: Option<String>,
        capacity: Option<String>,
    ) -> Speaker {
        let comma = &self.words.strings.comma;
        let mut line = match post {
            Some(post) => self.registry.post_line(
                Some(&post),
                self.registry.people[person].organisation,
                comma,
            ),
            None => self.registry.people[person].post.clone(),
        };
        if let Some(capacity) = capacity {
            if !line.is_empty() {
                line.push_str(comma);
            }
            line.push_str(&capacity);
        }
        self.usage.acronyms.scan(&line);
        Speaker {
            person,
            name: self.registry.named(person, self.words.strings),
            post: line,
        }
    }

    /// A web address that is checked and encoded.
    pub(super) fn address(&mut self, at: &FieldPath, value: &s::Literal) -> String {
        let text = self.name(at, value);
        identifiers::address(&text).unwrap_or_else(|message| {
            self.found.push(
                at.diagnostic(Code::BAD_ADDRESS, value, message)
                    .hint(identifiers::GOOD_ADDRESS),
            );
            text
        })
    }

    /// Warns of entries of the registries that the report never uses.
    pub(super) fn unused(&mut self) {
        let source = self.source;
        let at = FieldPath::top(source.people.as_ref()).key("people");
        for (index, person) in source.people.content.people.iter().enumerate() {
            if !self.registry.people_used[index] {
                let message = format!(
                    "the person `{}` is never named in the report",
                    person.id.value
                );
                let unused = at
                    .index(index)
                    .diagnostic(Code::UNUSED_PERSON, &person.id, message);
                self.found.push(
                    unused.hint("name them in a text as [words](person:id), or delete the entry"),
                );
            }
        }
        let at = FieldPath::top(source.organisations.as_ref()).key("organisations");
        for (index, organisation) in source
            .organisations
            .content
            .organisations
            .iter()
            .enumerate()
        {
            let acronym = self
                .registry
                .acronyms
                .get(&index)
                .is_some_and(|entry| self.usage.acronyms.is_used(*entry));
            if !self.registry.organisations_used[index] && !acronym {
                let message = format!(
                    "the organisation `{}` is never named in the report",
                    organisation.id.value
                );
                let unused = at.index(index).diagnostic(
                    Code::UNUSED_ORGANISATION,
                    &organisation.id,
                    message,
                );
                self.found
                    .push(unused.hint("name it in a text as [words](org:id), or delete the entry"));
            }
        }
        if let Some(file) = &source.acronyms {
            let at = FieldPath::top(file.as_ref()).key("acronyms");
            let first = self.registry.acronyms.len();
            for (index, entry) in file.content.acronyms.iter().enumerate() {
                if !self.usage.acronyms.is_used(first + index) {
                    let message = format!(
                        "the acronym `{}` never occurs in the report",
                        entry.acronym.value
                    );
                    let unused =
                        at.index(index)
                            .diagnostic(Code::UNUSED_ACRONYM, &entry.acronym, message);
                    self.found
                        .push(unused.hint("write it in a text, or delete the entry"));
                }
            }
        }
    }
}
