//! The facts of a meeting: day, time, place, organisers and chairs; what does not fit a field stays prose.

use super::parts::{Chapter, Facts, Passage};
use crate::import::read::inline::commonmark;
use crate::import::read::marks::Marks;
use crate::import::recognise::fact_labels::known;
use crate::import::recognise::registry::Registry;
use crate::import::recognise::{dates, delegations, people};
use crate::import::words::{Words, is_one};

/// Reads the lines of facts into a chapter.
pub(crate) fn read(lines: &[&str], chapter: &mut Chapter, registry: &mut Registry, words: &Words) {
    let mut rest = Vec::new();
    let mut label: Option<String> = None;
    let mut listed = false;
    for line in lines {
        let item = crate::import::read::line_markers::bullet(line).filter(|_| label.is_some());
        // Items of a list stand below one label; what follows them does not.
        label = label.filter(|_| !listed || item.is_some());
        listed = item.is_some();
        let (name, value) = match line.split_once(':') {
            Some((name, value)) if known(name, words) => (Some(name.to_owned()), value.trim()),
            _ if item.is_some() => (label.clone(), item.map_or("", |(_, text)| text)),
            _ => (label.take(), *line),
        };
        if value.is_empty() {
            label = name;
        } else if !take(name.as_deref(), value, &mut chapter.facts, registry, words) {
            rest.push(commonmark(line, &Marks::default()));
        }
    }
    let rest = rest.into_iter().map(Passage::Prose);
    chapter.body.text.splice(0..0, rest);
}

/// Whether one of the lines names a day.
pub(crate) fn has_day(lines: &[&str], words: &Words) -> bool {
    lines.iter().any(|line| {
        let value = line.split_once(':').filter(|(name, _)| known(name, words));
        let value = value.map_or(*line, |(_, value)| value);
        dates::days_of(value, words).is_some()
    })
}

/// Takes a fact in; false where it is none.
fn take(
    label: Option<&str>,
    value: &str,
    facts: &mut Facts,
    registry: &mut Registry,
    words: &Words,
) -> bool {
    if !value.contains(char::is_alphanumeric) {
        return false;
    }
    let is = |list: &[String]| label.is_some_and(|label| is_one(label, list));
    // A day and a time are what they are, whatever label stands above them.
    if let Some(date) = dates::days_of(value, words).filter(|_| facts.date.is_empty()) {
        facts.date = date;
    } else if let Some((time, room)) = dates::span(value).filter(|_| facts.time.is_none()) {
        facts.time = Some(time);
        facts.room = Some(room.to_owned()).filter(|room| !room.is_empty());
    } else if is(&words.organisers) {
        add(&mut facts.organisers, bodies(value, registry, words));
    } else if is(&words.collaboration) {
        add(&mut facts.collaboration, bodies(value, registry, words));
    } else if is(&words.floor) {
        add(&mut facts.floor, bodies(value, registry, words));
    } else if is(&words.chairs) {
        return chairs(value, facts, registry, words);
    } else if is(&words.rapporteur) {
        let named = people::listed(value, words).filter(|_| facts.rapporteur.is_none());
        let Some(named) = named else {
            return false;
        };
        facts.rapporteur = Some(registry.person(&named, words).0);
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

/// Who chaired: bodies, or people with the body for which they spoke; a person without one has no place here.
fn chairs(value: &str, facts: &mut Facts, registry: &mut Registry, words: &Words) -> bool {
    let mut found = Vec::new();
    for part in value
        .split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let titled = people::listed(part, words).filter(|named| !named.honorific.is_empty());
        match titled {
            Some(named) => {
                let of = delegations::represented(&named, words);
                let Some(of) = of.or_else(|| registry.named_in(&named.post)) else {
                    return false;
                };
                let body = registry.organisation(&of, words);
                found.push((body, Some(registry.person(&named, words).0)));
            }
            None => found.extend(
                bodies(part, registry, words)
                    .into_iter()
                    .map(|id| (id, None)),
            ),
        }
    }
    for (body, person) in found {
        if !facts.chairs.iter().any(|(known, _)| *known == body) {
            facts.chairs.push((body, person));
        }
    }
    true
}

fn add(list: &mut Vec<String>, ids: Vec<String>) {
    for id in ids {
        if !list.contains(&id) {
            list.push(id);
        }
    }
}

/// The ids of the organisations that a fact lists.
fn bodies(value: &str, registry: &mut Registry, words: &Words) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for part in value
        .split([',', ';'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        if registry.find(part, words).is_some() {
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
    let sound = |name: &String| name.contains(char::is_alphanumeric);
    for name in names.into_iter().filter(sound) {
        let id = registry.organisation(&name, words);
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::build::parts::PartKind;
    use crate::import::words::english;

    #[test]
    fn facts_are_typed_and_the_rest_is_prose() {
        let words = english().unwrap();
        let mut registry = Registry::of("the Ambassador of Peru", &words);
        let mut chapter = Chapter {
            kind: PartKind::Meeting,
            ..Chapter::default()
        };
        let lines = [
            "3 May 2020",
            "10:00-12:00, Room 1",
            "The House, Lima",
            "Co-Chairs:",
            "Peru and Chile",
            "Rapporteur: Ms. Ann Lee, Head of Wells",
            "Took the floor:",
            "- Bolivia",
            "- Peru",
            "All came",
        ];
        read(&lines, &mut chapter, &mut registry, &words);
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
        let chairs: Vec<&str> = facts.chairs.iter().map(|(body, _)| body.as_str()).collect();
        assert_eq!(chairs, ["peru", "chile"]);
        assert_eq!(facts.rapporteur.as_deref(), Some("lee"));
        assert_eq!(facts.floor, ["bolivia", "peru"]);
        assert_eq!(registry.organisations[0].kind, "state");
        assert_eq!(chapter.body.text, [Passage::Prose("All came".into())]);
    }

    #[test]
    fn signs_alone_are_nobody() {
        let words = english().unwrap();
        let mut registry = Registry::default();
        let mut chapter = Chapter::default();
        let lines = [
            "3 May 2020",
            "Chairs: .",
            "Organisers: Peru, **",
            "Place: –",
        ];
        read(&lines, &mut chapter, &mut registry, &words);
        assert_eq!(chapter.facts.organisers, ["peru"]);
        assert_eq!(registry.organisations.len(), 1);
        let rest = ["Chairs: .", "Place: –"].map(|text| Passage::Prose(text.into()));
        assert_eq!(chapter.body.text, rest);
    }

    #[test]
    fn chairs_may_be_people_with_the_bodies_that_they_spoke_for() {
        let words = english().unwrap();
        let mut facts = Facts::default();
        let text = "H.E. Jan Dam (Peru); Ms. Ann Lee, Ambassador of Chile";
        let mut registry = Registry::of(text, &words);
        assert!(chairs(text, &mut facts, &mut registry, &words));
        let pair = |body: &str, person: &str| (body.to_owned(), Some(person.to_owned()));
        assert_eq!(facts.chairs, [pair("peru", "dam"), pair("chile", "lee")]);
        assert!(!chairs("Mr. Bo Chen", &mut facts, &mut registry, &words));
    }
}
