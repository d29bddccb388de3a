//! Whom the digest must name.

use gmg_export::document::{
    Block, Document, Inline, Intervention, Section, SectionKind, plain_text,
};

/// Text without regard to line ends and the kind of spaces.
pub(super) fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The names of all who spoke or moderated, as the digest calls them; debates are told in brief, without names.
pub(super) fn of(document: &Document) -> Vec<String> {
    let mut names = Vec::new();
    for chapter in &document.chapters {
        chapter
            .interventions
            .iter()
            .for_each(|part| name(part, &mut names));
        chapter
            .sections
            .iter()
            .for_each(|part| names_of(part, &mut names));
    }
    names
}

fn names_of(section: &Section, names: &mut Vec<String>) {
    names.extend(section.moderators.iter().map(|person| plain(&person.name)));
    if section.kind != SectionKind::Debate {
        section
            .interventions
            .iter()
            .for_each(|part| name(part, names));
    }
    section
        .sections
        .iter()
        .for_each(|part| names_of(part, names));
}

/// A digest names the speaker before a key point; where neither it nor a head does so, the first paragraph does.
fn name(intervention: &Intervention, names: &mut Vec<String>) {
    if intervention.head || intervention.key.is_some() {
        names.push(plain(&intervention.speaker.name));
    } else if let Some(Block::Paragraph { content }) = intervention.blocks.first() {
        let people = content.iter().filter_map(|inline| match inline {
            Inline::Person { content, .. } => Some(plain(&plain_text(content))),
            _ => None,
        });
        names.extend(people.take(1));
    }
}
