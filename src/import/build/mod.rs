//! From an outline to the parts of a report: chapters with sections, speakers and facts.

pub(super) mod facts;
pub(super) mod mentions;
pub(super) mod notes;
pub(super) mod parts;
pub(super) mod people_lists;
pub(super) mod sections;
pub(super) mod speech;

use std::collections::BTreeSet;

use self::parts::{Chapter, PartKind, Parts, Passage, Section};
use self::sections::{close, front, say_empty, sentence_case};
use crate::import::ids::{Ids, slug};
use crate::import::outline::{Item, Label, Outline, OutlineItem};
use crate::import::read::line_classes::panel_title;
use crate::import::read::references::place_of;
use crate::import::read::{inline, marks};
use crate::import::recognise::people::contains_word;
use crate::import::recognise::registry::Registry;
use crate::import::recognise::{acronyms, members, spellings};
use crate::import::words::{Words, capital, is_one};

/// Builds the parts.
pub(crate) fn build(outline: &mut Outline, title: &str, words: &Words) -> Parts {
    let mut parts = Parts {
        registry: Registry::of(&outline.running, words),
        ..Parts::default()
    };
    let mut notes = notes::settle(outline).into_iter();
    for item in members::items(&outline.items, words) {
        members::enter(item, &mut parts.registry, words);
    }
    let listed = std::mem::take(&mut outline.abbreviations);
    let found = acronyms::find(&outline.running, words);
    for (acronym, name) in listed.into_iter().chain(found) {
        parts.registry.acronym(&acronym, &name, words);
    }
    let mut ids = Ids::default();
    let linked = linked(outline);
    let mut items = outline.items.as_slice();
    while let Some(first) = items.first() {
        let start = usize::from(matches!(first.what, OutlineItem::Chapter { .. }));
        let end = items
            .iter()
            .skip(start)
            .position(|item| matches!(item.what, OutlineItem::Chapter { .. }));
        let end = end.map_or(items.len(), |end| end + start);
        let mut builder = Builder {
            words,
            parts: &mut parts,
            chapter: Chapter::default(),
            label: String::new(),
            definite: outline.definite,
            linked: &linked,
        };
        builder.open(first, title, &mut ids);
        builder.fill(&items[start..end], &mut ids);
        builder.chairs();
        builder.chapter.notes = notes.next().unwrap_or_default();
        let chapter = builder.chapter;
        parts.meetings += u32::from(chapter.kind == PartKind::Meeting);
        parts.chapters.push(chapter);
        items = &items[end..];
    }
    say_empty(&mut parts.chapters, words);
    front(&mut parts.chapters, words);
    spellings::report(&mut parts.registry.people, &outline.running, words);
    parts.registry.finish();
    parts.settle_links();
    mentions::mark(&mut parts);
    parts
}

/// The numbers of the headings to which links lead, or that are next above the place to which one leads.
fn linked(outline: &Outline) -> BTreeSet<usize> {
    let there: BTreeSet<usize> = outline.items.iter().filter_map(|item| item.place).collect();
    let targets = outline.targets.iter().filter_map(|one| place_of(one));
    targets
        .filter_map(|place| there.range(..=place).next_back().copied())
        .collect()
}

/// Makes one chapter.
pub(crate) struct Builder<'a> {
    pub(crate) words: &'a Words,
    pub(crate) parts: &'a mut Parts,
    pub(crate) chapter: Chapter,
    /// The label as the text words it.
    label: String,
    /// Whether headings are sure.
    definite: bool,
    /// The headings to which links lead.
    linked: &'a BTreeSet<usize>,
}

impl Builder<'_> {
    fn open(&mut self, first: &Item, title: &str, ids: &mut Ids) {
        let (label, own) = match &first.what {
            OutlineItem::Chapter { label, title } => {
                (label.as_ref().map(|(label, _)| *label), title.as_str())
            }
            _ => (None, title),
        };
        let name = match label {
            Some(Label::Meeting(number)) => format!("meeting-{number}"),
            _ => slug(own),
        };
        self.label = match &first.what {
            OutlineItem::Chapter {
                label: Some((_, name)),
                ..
            } => name.clone(),
            _ => String::new(),
        };
        self.chapter.id = ids.free(&name);
        // What is above all headings is in the first chapter.
        let above = self.parts.chapters.is_empty().then_some(0);
        for place in first.place.into_iter().chain(above) {
            self.parts.places.insert(place, self.chapter.id.clone());
        }
        self.chapter.title = sentence_case(own, self.words);
        if matches!(first.what, OutlineItem::Chapter { .. }) {
            self.chapter.body.checks = first.checks.clone();
        }
        self.chapter.body.level = 1;
        self.chapter.kind = match label {
            Some(Label::Meeting(ordinal)) => {
                self.chapter.facts.ordinal = ordinal;
                PartKind::Meeting
            }
            // The program counts appendices; letters and other numbers of the text stay in the heading.
            Some(Label::Appendix) if self.counts() => {
                self.parts.appendices += 1;
                PartKind::Appendix
            }
            Some(Label::Appendix) => {
                let mut parts = self.label.split(' ').map(str::to_owned).collect::<Vec<_>>();
                if let Some(last) = parts.last_mut().filter(|last| last.len() <= 4) {
                    *last = last.to_uppercase();
                }
                let title = std::mem::take(&mut self.chapter.title);
                // A label that stands alone is the title itself.
                let alone =
                    crate::import::words::plain(&title).starts_with(&self.label.to_lowercase());
                self.chapter.title = match alone {
                    true => title,
                    false => format!("{}: {title}", capital(&parts.join(" "))),
                };
                PartKind::Section
            }
            None => PartKind::Section,
        };
    }

    /// Whether the label of an appendix is the one that the program gives it.
    fn counts(&self) -> bool {
        let number = self
            .label
            .rsplit(' ')
            .next()
            .filter(|_| self.label.contains(' '));
        number.is_none_or(|number| number == (self.parts.appendices + 1).to_string())
    }

    fn fill(&mut self, items: &[Item], ids: &mut Ids) {
        let facts = items
            .iter()
            .filter(|item| matches!(item.what, OutlineItem::Fact(_)));
        let checks = facts.flat_map(|item| item.checks.iter().cloned());
        self.chapter.body.checks.extend(checks);
        let body = items
            .iter()
            .position(|item| !matches!(item.what, OutlineItem::Fact(_)))
            .unwrap_or(items.len());
        let facts: Vec<&str> = items[..body]
            .iter()
            .filter_map(|item| match &item.what {
                OutlineItem::Fact(text) => Some(text.as_str()),
                _ => None,
            })
            .collect();
        self.facts(&facts, body < items.len());
        let title = self
            .chapter
            .title
            .split_once(": ")
            .filter(|_| !self.label.is_empty());
        let title = title.map_or(self.chapter.title.as_str(), |(_, title)| title);
        let members_of = members::of(title, self.words).map(str::to_owned);
        for item in items.iter().skip(body) {
            match &item.what {
                OutlineItem::Heading { level, title } => {
                    self.section(*level, title);
                    self.current().checks.extend(item.checks.iter().cloned());
                    if let Some(place) = item.place.filter(|place| self.linked.contains(place)) {
                        let id = ids.free(&slug(title));
                        self.parts.places.insert(place, id.clone());
                        self.current().id = Some(id);
                    }
                }
                OutlineItem::Block(block) => {
                    let section = self.current();
                    section.checks.extend(item.checks.iter().cloned());
                    let block = Passage::Block(block.clone());
                    section.last_text().push(block);
                }
                OutlineItem::Prose(text) => {
                    self.current().checks.extend(item.checks.iter().cloned());
                    match &members_of {
                        Some(of) if text.starts_with("- ") => {
                            let (text, count) =
                                members::list(text, of, &mut self.parts.registry, self.words);
                            self.parts.members += count;
                            self.current().last_text().push(text.into());
                        }
                        _ => {
                            let text = self.people(text.clone());
                            self.prose(text);
                        }
                    }
                }
                OutlineItem::Fact(text) => {
                    self.prose(inline::commonmark(text, &marks::Marks::default()))
                }
                OutlineItem::Chapter { .. } | OutlineItem::Note { .. } => {}
            }
        }
        close(&mut self.chapter.body, self.definite, self.words);
    }

    /// Types the facts; without a day, or out of its turn, no meeting can be made of the chapter.
    fn facts(&mut self, lines: &[&str], more: bool) {
        let turn = self.chapter.facts.ordinal == self.parts.meetings + 1;
        if self.chapter.kind == PartKind::Meeting
            && !(turn && more && facts::has_day(lines, self.words))
        {
            let label = capital(&self.label);
            self.chapter.kind = PartKind::Section;
            self.chapter.title = format!("{label}: {}", self.chapter.title);
            let why = if !more {
                "there is nothing below its facts"
            } else if turn {
                "the text does not say its day"
            } else {
                "it is out of order"
            };
            let check = format!("this may be a meeting, but {why}");
            self.chapter.body.checks.push(check);
            let prose = lines
                .iter()
                .map(|line| inline::commonmark(line, &marks::Marks::default()).into());
            return self.chapter.body.text.extend(prose);
        }
        let registry = &mut self.parts.registry;
        facts::read(lines, &mut self.chapter, registry, self.words);
    }

    /// Names the people in the chair: those who spoke as such for a body that chaired.
    fn chairs(&mut self) {
        let mut talks = Vec::new();
        self.chapter.body.each_talk(&mut |talk| {
            let person = self.parts.registry.by_id(&talk.speaker);
            let post = talk
                .post
                .as_deref()
                .or(person.map(|person| person.post.as_str()));
            let said = format!(
                "{} {}",
                post.unwrap_or_default(),
                talk.capacity.as_deref().unwrap_or_default()
            );
            let chairs = &self.words.in_the_chair;
            if chairs.iter().any(|chair| contains_word(&said, chair)) {
                talks.push((talk.speaker.clone(), said));
            }
        });
        for (body, person) in &mut self.chapter.facts.chairs {
            let name = self
                .parts
                .registry
                .body(body)
                .map(|one| one.name.to_lowercase());
            let (Some(name), None) = (name, &person) else {
                continue;
            };
            let found = talks.iter().find(|(_, said)| contains_word(said, &name));
            *person = found.map(|(speaker, _)| speaker.clone());
        }
    }

    fn section(&mut self, level: usize, title: &str) {
        let words = self.words;
        let kinds = [
            (&words.summary, "summary"),
            (&words.opening, "opening"),
            (&words.speakers, "speakers"),
            (&words.debate, "debate"),
            (&words.closing, "closing"),
        ];
        let kind = kinds
            .into_iter()
            .find(|(names, _)| is_one(title, names))
            .map_or("", |(_, kind)| kind);
        let meeting = self.chapter.kind == PartKind::Meeting;
        let panel = panel_title(title, words).filter(|title| meeting && !title.is_empty());
        let section = Section {
            kind: if panel.is_some() {
                "panel"
            } else if meeting {
                kind
            } else {
                ""
            },
            title: Some(without_colon(panel.unwrap_or(title)).to_owned()),
            written: title.to_owned(),
            level: level.clamp(2, 5),
            ..Section::default()
        };
        // A level is entered only below the one before it.
        let mut parent = &mut self.chapter.body;
        while parent
            .sections
            .last()
            .is_some_and(|last| last.level < section.level)
        {
            let index = parent.sections.len() - 1;
            parent = &mut parent.sections[index];
        }
        parent.sections.push(section);
    }
}

/// A heading without a colon at its end, unless it is nothing else.
fn without_colon(title: &str) -> &str {
    let rest = title.trim_end_matches([':', ' ']);
    if rest.is_empty() { title } else { rest }
}
