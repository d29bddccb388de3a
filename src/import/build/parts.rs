//! The parts of a report before they are written as YAML.

use std::collections::BTreeSet;

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
}

impl Parts {
    /// Leaves of the chapters only what is counted of them, once they are written.
    pub(crate) fn forget_texts(&mut self) {
        for chapter in &mut self.chapters {
            chapter.body = Section::default();
            chapter.notes = Vec::new();
        }
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

/// A section.
#[derive(Debug, Default)]
pub(crate) struct Section {
    /// Kind in the source; empty for an ordinary one.
    pub(crate) kind: &'static str,
    pub(crate) title: Option<String>,
    /// The heading as the text has it, label and all.
    pub(crate) written: String,
    pub(crate) level: usize,
    pub(crate) moderators: Vec<String>,
    /// CommonMark, block by block.
    pub(crate) text: Vec<String>,
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
    pub(crate) text: Vec<String>,
    pub(crate) checks: Vec<String>,
}

impl Section {
    /// Where the next paragraph goes: after what was said last, else into the text.
    pub(super) fn last_text(&mut self) -> &mut Vec<String> {
        if let Some(index) = self.sections.len().checked_sub(1) {
            return self.sections[index].last_text();
        }
        match self.talks.last_mut() {
            Some(talk) => &mut talk.text,
            None => &mut self.text,
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
