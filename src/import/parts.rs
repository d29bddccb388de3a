//! The parts of a report before they are written as YAML.

use std::collections::BTreeSet;

use super::registry::{Organisation, Registry};

/// A report in parts.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) chapters: Vec<Chapter>,
    pub(super) registry: Registry,
    /// How many members the lists of members have.
    pub(super) members: usize,
    /// How many of the chapters are meetings.
    pub(super) meetings: u32,
    /// How many are appendices.
    pub(super) appendices: u32,
}

impl Parts {
    /// The organisations that are written down: those with a short form, and those to which something refers.
    pub(super) fn written(&self) -> impl Iterator<Item = &Organisation> {
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
pub(super) enum PartKind {
    #[default]
    Section,
    Meeting,
    Appendix,
}

/// A chapter.
#[derive(Debug, Default)]
pub(super) struct Chapter {
    pub(super) kind: PartKind,
    pub(super) id: String,
    pub(super) title: String,
    pub(super) front: bool,
    pub(super) facts: Facts,
    /// Its text, interventions and sections.
    pub(super) body: Section,
    pub(super) notes: Vec<(String, String)>,
}

/// The facts of a meeting; organisations by their ids.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) ordinal: u32,
    pub(super) date: String,
    pub(super) time: Option<String>,
    pub(super) room: Option<String>,
    pub(super) building: Option<String>,
    pub(super) city: Option<String>,
    pub(super) organisers: Vec<String>,
    pub(super) collaboration: Vec<String>,
    /// Who chaired: the body, and the person where the text says it.
    pub(super) chairs: Vec<(String, Option<String>)>,
    pub(super) rapporteur: Option<String>,
    pub(super) floor: Vec<String>,
}

/// A section.
#[derive(Debug, Default)]
pub(super) struct Section {
    /// Kind in the source; empty for an ordinary one.
    pub(super) kind: &'static str,
    pub(super) title: Option<String>,
    /// The heading as the text has it, label and all.
    pub(super) written: String,
    pub(super) level: usize,
    pub(super) moderators: Vec<String>,
    /// CommonMark, block by block.
    pub(super) text: Vec<String>,
    pub(super) talks: Vec<Talk>,
    pub(super) sections: Vec<Section>,
    pub(super) checks: Vec<String>,
}

/// What somebody said.
#[derive(Debug, Default)]
pub(super) struct Talk {
    pub(super) speaker: String,
    pub(super) post: Option<String>,
    pub(super) capacity: Option<String>,
    pub(super) text: Vec<String>,
    pub(super) checks: Vec<String>,
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

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.talks.is_empty() && self.sections.is_empty()
    }
}
