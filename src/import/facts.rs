//! The facts of a meeting: day, time, place, organisers and chairs; what cannot be typed stays prose.

use std::collections::BTreeSet;

use super::dates;
use super::inline::commonmark;
use super::parts::{Chapter, Facts};
use super::registry::Registry;
use super::words::{Words, is_one};

/// Reads the lines of facts into a chapter.
pub(super) fn read(
    lines: &[&str],
    chapter: &mut Chapter,
    registry: &mut Registry,
    running: &str,
    words: &Words,
) {
    let mut rest = Vec::new();
    let mut label: Option<String> = None;
    for line in lines {
        let (name, value) = match line.split_once(':') {
            Some((name, value)) if known(name, words) => (Some(name.to_owned()), value.trim()),
            _ => (label.take(), *line),
        };
        if value.is_empty() {
            label = name;
        } else if !take(
            name.as_deref(),
            value,
            &mut chapter.facts,
            registry,
            running,
            words,
        ) {
            rest.push(commonmark(line, &BTreeSet::new()));
        }
    }
    chapter.body.text.splice(0..0, rest);
}

/// Whether one of the lines names a day.
pub(super) fn has_day(lines: &[&str]) -> bool {
    lines.iter().any(|line| {
        let value = line.split_once(':').map_or(*line, |(_, value)| value);
        dates::whole(line).or_else(|| dates::whole(value)).is_some()
    })
}

fn known(name: &str, words: &Words) -> bool {
    let lists = [
        &words.date,
        &words.time,
        &words.place,
        &words.organisers,
        &words.collaboration,
        &words.chairs,
    ];
    lists.into_iter().any(|list| is_one(name, list))
}

/// Takes a fact in; false where it is none.
fn take(
    label: Option<&str>,
    value: &str,
    facts: &mut Facts,
    registry: &mut Registry,
    running: &str,
    words: &Words,
) -> bool {
    let is = |list: &[String]| label.is_some_and(|label| is_one(label, list));
    let mut bodies = || bodies(value, registry, running, words);
    if is(&words.organisers) {
        facts.organisers.extend(bodies());
    } else if is(&words.collaboration) {
        facts.collaboration.extend(bodies());
    } else if is(&words.chairs) {
        facts.chairs.extend(bodies());
    } else if let Some(date) = dates::whole(value).filter(|_| facts.date.is_empty()) {
        facts.date = date;
    } else if let Some((time, room)) = dates::span(value).filter(|_| facts.time.is_none()) {
        facts.time = Some(time);
        facts.room = Some(room.to_owned()).filter(|room| !room.is_empty());
    } else if facts.building.is_none()
        && facts.city.is_none()
        && (is(&words.place) || facts.time.is_some())
    {
        let (building, city) = value
            .rsplit_once(", ")
            .map_or((Some(value), None), |(building, city)| {
                (Some(building), Some(city))
            });
        facts.building = building.map(str::to_owned);
        facts.city = city.map(str::to_owned);
    } else {
        return false;
    }
    true
}

/// The ids of the organisations that a fact lists.
fn bodies(value: &str, registry: &mut Registry, running: &str, words: &Words) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for part in value
        .split([',', ';'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        if registry.find(part).is_some() {
            names.push(part.to_owned());
            continue;
        }
        let mut name: Vec<&str> = Vec::new();
        for word in part.split_whitespace() {
            if is_one(word, &words.and) {
                names.push(name.join(" "));
                name.clear();
            } else {
                name.push(word);
            }
        }
        names.push(name.join(" "));
    }
    let mut ids = Vec::new();
    for name in names.into_iter().filter(|name| !name.is_empty()) {
        let id = registry.organisation(&name, running, words);
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::super::parts::Kind;
    use super::super::words::english;
    use super::*;

    #[test]
    fn facts_are_typed_and_the_rest_is_prose() {
        let words = english().unwrap();
        let mut registry = Registry::default();
        let mut chapter = Chapter {
            kind: Kind::Meeting,
            ..Chapter::default()
        };
        let lines = [
            "3 May 2020",
            "10:00-12:00, Room 1",
            "The House, Lima",
            "Co-Chairs:",
            "Peru and Chile",
            "All came",
        ];
        read(
            &lines,
            &mut chapter,
            &mut registry,
            "the Ambassador of Peru",
            &words,
        );
        let facts = &chapter.facts;
        assert_eq!(
            (
                facts.date.as_str(),
                facts.time.as_deref(),
                facts.room.as_deref()
            ),
            ("2020-05-03", Some("10:00-12:00"), Some("Room 1"))
        );
        assert_eq!(
            (facts.building.as_deref(), facts.city.as_deref()),
            (Some("The House"), Some("Lima"))
        );
        assert_eq!(facts.chairs, ["peru", "chile"]);
        assert_eq!(registry.organisations[0].kind, "state");
        assert_eq!(chapter.body.text, ["All came"]);
    }
}
