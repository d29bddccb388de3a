//! The facts of a meeting: when, where, by whom; each a label with what it says.

use std::collections::{BTreeMap, BTreeSet};

use super::placeholder;
use super::registry::filled;
use super::resolve::{FieldPath, Resolver};
use super::{Date, Fact, dates};
use crate::base::diagnostic::Code;
use crate::source::schema as s;

impl<'a> Resolver<'a> {
    /// A date, printed in the words of the language; `None` where it is wrong.
    pub(super) fn date(&mut self, at: &FieldPath, value: &s::Literal) -> Option<Date> {
        if value.value.trim() == placeholder::DATE {
            self.placeholder(at, value);
            return Some(dates::unknown());
        }
        match dates::parse(&value.value, self.words.strings) {
            Ok(date) => Some(date),
            Err((message, hint)) => {
                self.found
                    .push(at.diagnostic(Code::BAD_DATE, value, message).hint(hint));
                None
            }
        }
    }

    /// The days of a meeting in the words of the language, and whether they are several; `None` where they are wrong.
    fn days(&mut self, at: &FieldPath, value: &s::Literal) -> Option<(String, bool)> {
        if value.value.trim() == placeholder::DATE {
            return self.date(at, value).map(|date| (date.text, false));
        }
        let days = dates::parse_days(value.value.trim(), self.words.strings);
        days.map_err(|(message, hint)| {
            self.found
                .push(at.diagnostic(Code::BAD_DATE, value, message).hint(hint));
        })
        .ok()
    }

    /// The facts of a meeting in order.
    pub(super) fn facts(&mut self, at: &FieldPath<'a>, meeting: &'a s::Meeting) -> Vec<Fact> {
        let strings = self.words.strings;
        let mut facts = Vec::new();
        let mut add = |label: &str, values: Vec<String>| {
            if !values.is_empty() {
                facts.push(Fact {
                    label: label.to_owned(),
                    values,
                });
            }
        };
        let days = self.days(&at.key("date"), &meeting.date);
        let several = days.as_ref().is_some_and(|(_, several)| *several);
        add(
            &strings.label_date,
            days.into_iter().map(|(words, _)| words).collect(),
        );
        let time = meeting
            .time
            .as_ref()
            .and_then(|time| self.time(&at.key("time"), time, several));
        add(&strings.label_time, time.into_iter().collect());
        let place = meeting
            .venue
            .as_ref()
            .and_then(|venue| self.venue(&at.key("venue"), venue, &meeting.date));
        add(&strings.label_place, place.into_iter().collect());
        add(
            &strings.label_co_organisers,
            self.organisations(&at.key("co_organisers"), &meeting.co_organisers),
        );
        let key = at.key("in_collaboration_with");
        add(
            &strings.label_collaboration,
            self.organisations(&key, &meeting.in_collaboration_with),
        );
        add(
            &strings.label_co_chairs,
            self.co_chairs(&at.key("co_chairs"), &meeting.co_chairs),
        );
        let rapporteur = meeting
            .rapporteur
            .as_ref()
            .and_then(|id| self.person_id(&at.key("rapporteur"), id));
        add(
            &strings.label_rapporteur,
            rapporteur
                .into_iter()
                .map(|person| self.registry.named(person, self.words.strings))
                .collect(),
        );
        let floor = self.unique(&at.key("took_the_floor"), &meeting.took_the_floor);
        let floor = self.by_kind(floor);
        floor.iter().for_each(|line| self.usage.acronyms.scan(line));
        add(&strings.label_floor, floor);
        for (index, fact) in meeting.facts.iter().enumerate() {
            let at = at.key("facts").index(index);
            let label = self.literal(&at.key("label"), &fact.label);
            let value = self.literal(&at.key("value"), &fact.value);
            if facts.iter().any(|other: &Fact| other.label == label) {
                let message = format!("there is a fact `{label}` already");
                let twice = at
                    .key("label")
                    .diagnostic(Code::FACT_TWICE, &fact.label, message);
                self.found
                    .push(twice.hint("give it another label, or put both into one"));
            }
            facts.push(Fact {
                label,
                values: vec![value],
            });
        }
        facts
    }

    /// The short names of organisations, a line for each kind of them; within a kind in their order.
    fn by_kind(&self, organisations: Vec<usize>) -> Vec<String> {
        let mut kinds: BTreeMap<s::OrganisationKind, Vec<&str>> = BTreeMap::new();
        for organisation in organisations {
            let organisation = &self.registry.organisations[organisation];
            kinds
                .entry(organisation.kind)
                .or_default()
                .push(&organisation.short);
        }
        let lines = kinds.values();
        lines
            .map(|names| names.join(&self.words.strings.comma))
            .collect()
    }

    fn time(&mut self, at: &FieldPath, value: &s::Literal, several_days: bool) -> Option<String> {
        match dates::parse_time(value.value.trim(), several_days, self.words.strings) {
            Ok(time) => {
                self.usage.characters.take(&time, || super::FieldLocation {
                    location: at.file.location(value.line, value.column),
                    field: at.path.clone(),
                });
                Some(time)
            }
            Err((message, hint)) => {
                self.found
                    .push(at.diagnostic(Code::BAD_TIME, value, message).hint(hint));
                None
            }
        }
    }

    fn venue(&mut self, at: &FieldPath, venue: &s::Venue, near: &s::Literal) -> Option<String> {
        let parts: Vec<String> = [
            ("room", &venue.room),
            ("building", &venue.building),
            ("city", &venue.city),
            ("country", &venue.country),
        ]
        .into_iter()
        .filter_map(|(key, value)| self.optional(&at.key(key), value))
        .collect();
        if parts.is_empty() {
            let error = at.diagnostic(Code::EMPTY_VENUE, near, "the venue says nothing");
            self.found.push(
                error.hint(
                    "give it a `room`, `building`, `city` or `country`, or leave `venue` out",
                ),
            );
            return None;
        }
        Some(parts.join(&self.words.strings.comma))
    }

    /// The organisations of a list of ids, each once.
    pub(super) fn unique(&mut self, at: &FieldPath, ids: &[s::Id]) -> Vec<usize> {
        let (mut found, mut known) = (Vec::new(), BTreeSet::new());
        for (index, id) in ids.iter().enumerate() {
            let at = at.index(index);
            let Some(organisation) = self.organisation_id(&at, id) else {
                continue;
            };
            if !known.insert(organisation) {
                self.found.push(
                    at.diagnostic(
                        Code::NAMED_TWICE,
                        id,
                        format!("`{}` is named twice", id.value),
                    )
                    .hint("delete one of the two"),
                );
            } else {
                found.push(organisation);
            }
        }
        found
    }

    pub(super) fn organisations(&mut self, at: &FieldPath, ids: &[s::Id]) -> Vec<String> {
        let found = self.unique(at, ids);
        found
            .into_iter()
            .map(|index| self.registry.with_acronym(index, self.words.strings))
            .collect()
    }

    fn co_chairs(&mut self, at: &FieldPath, chairs: &[s::CoChair]) -> Vec<String> {
        let mut lines = Vec::new();
        for (index, chair) in chairs.iter().enumerate() {
            let at = at.index(index);
            let organisation = self.organisation_id(&at.key("organisation"), &chair.organisation);
            let person = chair
                .person
                .as_ref()
                .and_then(|id| self.person_id(&at.key("person"), id));
            if let Some(organisation) = organisation {
                let name = self.registry.organisations[organisation].name.clone();
                lines.push(match person {
                    Some(person) => {
                        let chair = self.registry.named(person, self.words.strings);
                        name + &filled(&self.words.strings.bracketed, &[("{text}", &chair)])
                    }
                    None => name,
                });
            }
        }
        lines
    }
}
