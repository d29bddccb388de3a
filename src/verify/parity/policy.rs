//! How much of each kind of content plain text states, by the `digest` tokens of a layout.

use super::collect::Collector;
use super::expected::TextRole;
use crate::document::{
    Block, Chapter, ChapterKind, Heading, Intervention, Section, SectionKind, plain_text,
};
use crate::layout::{Detail, Digest};

/// A policy of plain text.
#[derive(Clone, Copy)]
pub(super) struct Policy<'a> {
    /// How much there is of each kind of content.
    pub(super) digest: &'a Digest,
}

impl Policy<'_> {
    fn own_detail(&self, block: &Block) -> Option<Detail> {
        match block {
            Block::Table(_) => Some(self.digest.tables),
            Block::Figure(_) => Some(self.digest.figures),
            Block::Members { .. } => Some(self.digest.members),
            _ => None,
        }
    }
}

impl<'a> Collector<'a> {
    /// States a chapter as far as the policy has it, then the notes that it marks.
    pub(super) fn brief_chapter(&mut self, policy: Policy<'a>, chapter: &'a Chapter) {
        let digest = policy.digest;
        let detail = match (chapter.kind, chapter.front) {
            (ChapterKind::Meeting, _) => digest.sections,
            (_, true) => digest.front,
            (_, false) => digest.chapters,
        };
        if chapter.front && detail == Detail::None {
            return;
        }
        let keep = chapter.kind == ChapterKind::Meeting;
        self.headed(
            &chapter.heading,
            keep,
            |_| {},
            |collect| {
                collect.facts(chapter);
                collect.content(policy, &chapter.blocks, None, detail);
                collect.talks(policy, &chapter.interventions);
                for section in &chapter.sections {
                    collect.brief_section(policy, section, detail);
                }
            },
        );
        let notes = std::mem::take(&mut self.marked);
        let document = self.document;
        for note in notes
            .iter()
            .filter_map(|note| document.footnotes.get(*note))
        {
            match digest.footnotes {
                Detail::Full => self.notes(&note.blocks),
                Detail::Brief => self.notes(note.blocks.get(..1).unwrap_or_default()),
                Detail::None => {}
            }
        }
    }

    fn notes(&mut self, blocks: &'a [Block]) {
        let before = self.out.body.len();
        self.blocks(blocks);
        for statement in self.out.body.iter_mut().skip(before) {
            statement.becomes(TextRole::Note);
        }
    }

    /// States a heading where something stands under it, or where it is kept.
    fn headed(
        &mut self,
        heading: &'a Heading,
        keep: bool,
        head: impl FnOnce(&mut Self),
        body: impl FnOnce(&mut Self),
    ) {
        let before = (self.out.body.len(), self.out.headings.len());
        self.heading(heading);
        head(self);
        let after = self.out.body.len();
        body(self);
        if self.out.body.len() == after && !keep {
            self.out.body.truncate(before.0);
            self.out.headings.truncate(before.1);
            self.anchors.remove(heading.anchor.as_str());
            if let Some(note) = heading.note {
                self.marked.remove(&note);
            }
        }
    }

    fn brief_section(&mut self, policy: Policy<'a>, section: &'a Section, around: Detail) {
        let digest = policy.digest;
        let detail = match section.kind {
            SectionKind::Summary => digest.summaries,
            SectionKind::Panel => digest.panels,
            SectionKind::Debate => digest.debates,
            SectionKind::Opening | SectionKind::Speakers | SectionKind::Closing => digest.sections,
            SectionKind::Section => around,
        };
        let keep = section.kind == SectionKind::Panel && detail != Detail::None;
        let people = |collect: &mut Self| {
            for person in &section.moderators {
                collect.person(person);
            }
        };
        self.headed(&section.heading, keep, people, |collect| {
            collect.content(policy, &section.blocks, section.brief.as_deref(), detail);
            collect.talks(policy, &section.interventions);
            for inner in &section.sections {
                collect.brief_section(policy, inner, detail);
            }
        });
    }

    fn content(
        &mut self,
        policy: Policy<'a>,
        blocks: &'a [Block],
        brief: Option<&str>,
        detail: Detail,
    ) {
        let briefly = detail == Detail::Brief;
        if let Some(brief) = brief.filter(|_| briefly) {
            self.say(TextRole::Text, brief);
        }
        let opening = if briefly && brief.is_none() {
            opening(blocks)
        } else {
            0..0
        };
        for (index, block) in blocks.iter().enumerate() {
            if detail == Detail::Full
                || opening.contains(&index)
                || policy.own_detail(block).is_some()
            {
                self.block(block);
            }
        }
    }

    fn talks(&mut self, policy: Policy<'a>, talks: &'a [Intervention]) {
        for talk in talks {
            let blocks = match (policy.digest.interventions, &talk.key) {
                (Detail::None, _) => continue,
                (Detail::Brief, Some(key)) => {
                    self.person(&talk.speaker);
                    self.say(TextRole::Text, key);
                    continue;
                }
                (Detail::Brief, None) => talk.blocks.get(opening(&talk.blocks)),
                (Detail::Full, _) => Some(talk.blocks.as_slice()),
            };
            if talk.head {
                self.person(&talk.speaker);
            }
            self.blocks(blocks.unwrap_or_default());
        }
    }
}

/// Where the first paragraph stands, with what it leads to where it ends with a colon.
fn opening(blocks: &[Block]) -> std::ops::Range<usize> {
    let paragraph = |block: &Block| matches!(block, Block::Paragraph { .. });
    let Some(start) = blocks.iter().position(paragraph) else {
        return 0..0;
    };
    let leads = match &blocks[start] {
        Block::Paragraph { content } => plain_text(content).trim_end().ends_with([':', '：']),
        _ => false,
    };
    start..(start + 1 + usize::from(leads)).min(blocks.len())
}
