//! Paragraphs of a chapter: who speaks in them, who moderates, and what is text.

use super::Builder;
use super::parts::{Section, Talk};
use crate::import::read::line_markers::bullet;
use crate::import::recognise::people::{self, NamedPerson};

impl Builder<'_> {
    /// The section that is open.
    pub(crate) fn current(&mut self) -> &mut Section {
        let mut section = &mut self.chapter.body;
        while !section.sections.is_empty() {
            let index = section.sections.len() - 1;
            section = &mut section.sections[index];
        }
        section
    }

    /// Puts a paragraph where it belongs.
    pub(crate) fn prose(&mut self, text: String) {
        let speaking = matches!(
            self.current().kind,
            "opening" | "speakers" | "panel" | "closing"
        );
        if !speaking || !is_running(&text) {
            return self.current().last_text().push(text.into());
        }
        let panel = self.current().kind == "panel";
        if let Some(named) = people::moderator(&text, self.words).filter(|_| panel) {
            return self.moderated(text, &named);
        }
        match people::opening(&text, self.words).or_else(|| people::within(&text, self.words)) {
            Some(named) if !self.goes_on(&named) => self.talk(text, &named),
            _ => self.current().last_text().push(text.into()),
        }
    }

    /// Whether the paragraph continues with what the last speaker said.
    fn goes_on(&mut self, named: &NamedPerson) -> bool {
        let Some(last) = self.current().talks.last().map(|talk| talk.speaker.clone()) else {
            return false;
        };
        let words = self.words;
        let short = !named.name.contains(' ') || named.place.start > 0;
        let same = self.parts.registry.by_id(&last).is_some_and(|person| {
            people::surname(&person.name, words) == people::surname(&named.name, words)
        });
        same && short && named.post.is_empty()
    }

    fn moderated(&mut self, text: String, named: &NamedPerson) {
        let (id, _) = self.parts.registry.person(named, self.words);
        let spoke = people::goes_on(&text, self.words);
        let text = linked(&text, named, &id);
        let section = self.current();
        if !section.moderators.contains(&id) {
            section.moderators.push(id.clone());
        }
        if spoke {
            section.talks.push(Talk {
                speaker: id,
                text: vec![text.into()],
                ..Talk::default()
            });
        } else {
            section.last_text().push(text.into());
        }
    }

    fn talk(&mut self, text: String, named: &NamedPerson) {
        let (id, same) = self.parts.registry.person(named, self.words);
        let mut talk = Talk {
            speaker: id.clone(),
            ..Talk::default()
        };
        match &named.rest {
            Some(rest) if same.head => {
                talk.post = (!same.post).then(|| named.post.clone());
                talk.capacity = named.capacity.clone();
                talk.text.push(rest.clone().into());
            }
            _ => talk.text.push(linked(&text, named, &id).into()),
        }
        if named.post.is_empty() && named.rest.is_none() {
            talk.checks.push(
                "the text does not say the post of this speaker in a form that can be recognised"
                    .to_owned(),
            );
        }
        self.current().talks.push(talk);
    }
}

/// Whether a block of CommonMark is a paragraph of running text.
fn is_running(text: &str) -> bool {
    let block = text.starts_with(['|', '>', '!']) || text.starts_with("```");
    !block && bullet(text).is_none()
}

/// A paragraph with the name of its speaker marked.
fn linked(text: &str, named: &NamedPerson, id: &str) -> String {
    let (start, end) = (named.place.start, named.place.end);
    format!(
        "{}[{}](person:{id}){}",
        &text[..start],
        &text[start..end],
        &text[end..]
    )
}
