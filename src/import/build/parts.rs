//! The parts of a report before they are written as YAML.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::outline::SourceBlock;
use crate::import::read::references::placed;
use crate::import::recognise::registry::{Organisation, Registry};

/// A report in parts.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub(crate) chapters: Vec<Chapter>,
    pub(crate) registry: Registry,
    /// How many members the lists of members have.
    pub(crate) members: usize,
    /// How many of the chapters are meetings.
    pub(crate) meetings: u32,
    /// How many are appendices.
    pub(crate) appendices: u32,
    /// The ids of headings, by the numbers that links have for them.
    pub(crate) places: BTreeMap<usize, String>,
}

impl Parts {
    /// Leaves of the chapters only what is counted of them, once they are written.
    pub(crate) fn forget_texts(&mut self) {
        for chapter in &mut self.chapters {
            chapter.body = Section::default();
            chapter.notes = Vec::new();
        }
    }

    /// Calls a function with every text of the chapters, their notes aside.
    pub(super) fn each_text(&mut self, take: &mut impl FnMut(&mut String)) {
        for chapter in &mut self.chapters {
            chapter.body.each_text(take);
        }
    }

    /// Gives links to headings the ids of these.
    pub(super) fn settle_links(&mut self) {
        let places = std::mem::take(&mut self.places);
        let settle = &mut |text: &mut String| *text = placed(text, |place| id_of(place, &places));
        self.each_text(settle);
        let notes = self.chapters.iter_mut().flat_map(|one| &mut one.notes);
        notes.for_each(|(_, note)| settle(note));
        self.places = places;
    }

    /// The address of a link to a heading in the report.
    pub(crate) fn address_of(&self, place: usize) -> String {
        format!("#{}", id_of(place, &self.places))
    }

    /// The organisations that are written down: those with a short form, and those to which something refers.
    pub(crate) fn written(&self) -> impl Iterator<Item = &Organisation> {
        let used = self.used();
        let all = self.registry.organisations.iter();
        all.filter(move |one| one.acronym.is_some() || used.contains(one.id.as_str()))
    }

    /// Ids of organisations that something refers to.
    fn used(&self) -> BTreeSet<&str> {
        let mut used: BTreeSet<&str> = self
            .registry
            .people
            .iter()
            .filter_map(|person| person.organisation.as_deref())
            .collect();
        for chapter in &self.chapters {
            let facts = &chapter.facts;
            let lists = [&facts.organisers, &facts.collaboration, &facts.floor];
            used.extend(lists.into_iter().flatten().map(String::as_str));
            used.extend(facts.chairs.iter().map(|(body, _)| body.as_str()));
        }
        let members = self
            .registry
            .organisations
            .iter()
            .filter(|one| one.member_of.is_some());
        for one in members {
            used.insert(&one.id);
            used.extend(one.member_of.as_deref());
        }
        used
    }
}

/// The id of the heading to which links of a number lead: of one that is no heading of the report, as its title is none,
/// that of the text around it.
fn id_of(place: usize, places: &BTreeMap<usize, String>) -> String {
    let known = places.range(..=place).next_back();
    known.map(|(_, id)| id.clone()).unwrap_or_default()
}

/// What kind of chapter it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum PartKind {
    #[default]
    Section,
    Meeting,
    Appendix,
}

/// A chapter.
#[derive(Debug, Default)]
pub(crate) struct Chapter {
    pub(crate) kind: PartKind,
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) front: bool,
    pub(crate) facts: Facts,
    /// Its text, interventions and sections.
    pub(crate) body: Section,
    pub(crate) notes: Vec<(String, String)>,
}

/// The facts of a meeting; organisations by their ids.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(crate) ordinal: u32,
    pub(crate) date: String,
    pub(crate) time: Option<String>,
    pub(crate) room: Option<String>,
    pub(crate) building: Option<String>,
    pub(crate) city: Option<String>,
    pub(crate) organisers: Vec<String>,
    pub(crate) collaboration: Vec<String>,
    /// Who chaired: the body, and the person where the text says it.
    pub(crate) chairs: Vec<(String, Option<String>)>,
    pub(crate) rapporteur: Option<String>,
    pub(crate) floor: Vec<String>,
}

/// A piece of text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Passage {
    /// A block of CommonMark.
    Prose(String),
    /// A block with fields of its own.
    Block(SourceBlock),
}

impl From<String> for Passage {
    fn from(text: String) -> Self {
        Passage::Prose(text)
    }
}

/// A section.
#[derive(Debug, Default)]
pub(crate) struct Section {
    /// What links to it name it by, where there are any; a chapter has another.
    pub(crate) id: Option<String>,
    /// Kind in the source; empty for an ordinary one.
    pub(crate) kind: &'static str,
    pub(crate) title: Option<String>,
    /// The heading as the text has it, label and all.
    pub(crate) written: String,
    pub(crate) level: usize,
    pub(crate) moderators: Vec<String>,
    /// Block by block.
    pub(crate) text: Vec<Passage>,
    pub(crate) talks: Vec<Talk>,
    pub(crate) sections: Vec<Section>,
    pub(crate) checks: Vec<String>,
}

/// What somebody said.
#[derive(Debug, Default)]
pub(crate) struct Talk {
    pub(crate) speaker: String,
    pub(crate) post: Option<String>,
    pub(crate) capacity: Option<String>,
    pub(crate) text: Vec<Passage>,
    pub(crate) checks: Vec<String>,
}

impl Section {
    /// Where the next paragraph goes: after what was said last, else into the text.
    pub(super) fn last_text(&mut self) -> &mut Vec<Passage> {
        if let Some(index) = self.sections.len().checked_sub(1) {
            return self.sections[index].last_text();
        }
        match self.talks.last_mut() {
            Some(talk) => &mut talk.text,
            None => &mut self.text,
        }
    }

    fn each_text(&mut self, take: &mut impl FnMut(&mut String)) {
        let talks = self.talks.iter_mut().map(|talk| &mut talk.text);
        for passage in std::iter::once(&mut self.text).chain(talks).flatten() {
            match passage {
                Passage::Prose(text) => take(text),
                Passage::Block(block) => block.texts_mut().into_iter().for_each(&mut *take),
            }
        }
        for section in &mut self.sections {
            section.each_text(take);
        }
    }

    /// Calls a function with everything that was said in it.
    pub(super) fn each_talk(&self, take: &mut impl FnMut(&Talk)) {
        self.talks.iter().for_each(&mut *take);
        for section in &self.sections {
            section.each_talk(take);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.talks.is_empty() && self.sections.is_empty()
    }
}
