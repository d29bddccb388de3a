//! Chapters, sections, interventions and notes, each as far as the policy has it.
//!
//! A heading is set when something under it is; a meeting and a panel that is not left out always are. Notes are listed
//! at the end of the chapter whose marks are in the text, with their numbers as printed: a digest that leaves text out
//! leaves out its notes too, and numbers may be skipped.

use std::ops::Range;

use super::Writer;
use super::block::{HANG, named};
use super::inline::cleaned;
use super::wrap::{balance, by_sense};
use crate::document::{
    Block, Chapter, ChapterKind, Fact, Heading, Intervention, Section, SectionKind, plain_text,
};
use crate::layout::Detail;

/// Empty lines before a chapter.
pub(super) const CHAPTER_GAP: usize = 2;

impl<'a> Writer<'a> {
    /// Sets a chapter and its notes.
    pub(super) fn chapter(&mut self, chapter: &'a Chapter) {
        let text = match (chapter.kind, chapter.front) {
            (ChapterKind::Meeting, _) => self.policy.sections,
            (_, true) => self.policy.front,
            (_, false) => self.policy.chapters,
        };
        if chapter.front && self.policy.front == Detail::None {
            return;
        }
        let keep = chapter.kind == ChapterKind::Meeting;
        self.headed(
            &chapter.heading,
            keep,
            |writer| writer.chapter_heading(chapter),
            |writer| {
                if !chapter.facts.is_empty() {
                    writer.sheet.gap(1);
                    writer.facts(&chapter.facts);
                }
                writer.content(&chapter.blocks, None, text);
                writer.interventions(&chapter.interventions);
                for section in &chapter.sections {
                    writer.section(section, text);
                }
            },
        );
        self.notes();
    }

    /// Sets a heading and what is under it; without the latter, and unless `keep`, nothing.
    fn headed(
        &mut self,
        heading: &'a Heading,
        keep: bool,
        head: impl FnOnce(&mut Self),
        body: impl FnOnce(&mut Self),
    ) {
        let before = self.sheet.len();
        head(self);
        let after = self.sheet.len();
        body(self);
        if self.sheet.len() == after && !keep {
            self.sheet.cut(before, 1);
            if let Some(note) = heading.note {
                self.marked.remove(&note);
            }
            return;
        }
        self.headings.insert(&heading.anchor);
    }

    fn chapter_heading(&mut self, chapter: &Chapter) {
        let mut parts: Vec<String> = chapter
            .title_lines
            .iter()
            .map(|line| cleaned(line))
            .collect();
        if let (Some(label), Some(first)) = (&chapter.heading.label, parts.first_mut()) {
            *first = format!("{}{}{first}", cleaned(label), self.strings().colon);
        }
        let mark = self.mark(chapter.heading.note);
        if let Some(last) = parts.last_mut() {
            last.push_str(&mark);
        }
        let lines = by_sense(&parts, self.sheet.room());
        self.top(&lines);
    }

    /// Sets a heading of the first level.
    pub(super) fn top(&mut self, lines: &[String]) {
        self.sheet.gap(CHAPTER_GAP);
        self.sheet.underlined(lines, "-");
        self.sheet.gap(1);
    }

    fn section(&mut self, section: &'a Section, around: Detail) {
        let detail = match section.kind {
            SectionKind::Summary => self.policy.summaries,
            SectionKind::Panel => self.policy.panels,
            SectionKind::Debate => self.policy.debates,
            SectionKind::Opening | SectionKind::Speakers | SectionKind::Closing => {
                self.policy.sections
            }
            SectionKind::Section => around,
        };
        let keep = section.kind == SectionKind::Panel && detail != Detail::None;
        self.headed(
            &section.heading,
            keep,
            |writer| writer.section_heading(section),
            |writer| {
                writer.content(&section.blocks, section.brief.as_deref(), detail);
                writer.interventions(&section.interventions);
                for inner in &section.sections {
                    writer.section(inner, detail);
                }
            },
        );
    }

    fn section_heading(&mut self, section: &Section) {
        let title =
            cleaned(&section.heading.full(self.strings())) + &self.mark(section.heading.note);
        self.sheet.gap(1);
        let lines = balance(&title, self.sheet.room());
        self.sheet.verbatim(lines.iter().map(String::as_str));
        if !section.moderators.is_empty() {
            let strings = self.strings();
            let several = section.moderators.len() > 1;
            let label = if several {
                &strings.label_moderators
            } else {
                &strings.label_moderator
            };
            let values = section
                .moderators
                .iter()
                .map(|person| named(&person.name, &person.post, strings))
                .collect();
            self.facts(&[Fact {
                label: label.clone(),
                values,
            }]);
        }
        self.sheet.gap(1);
    }

    /// Sets running text at a detail; tables, figures and member lists in it have their own.
    fn content(&mut self, blocks: &[Block], brief: Option<&str>, detail: Detail) {
        let briefly = detail == Detail::Brief;
        if let (true, Some(brief)) = (briefly, brief) {
            self.sheet.gap(1);
            self.sheet.paragraph(&cleaned(brief), 0);
        }
        let first = if briefly && brief.is_none() {
            opening(blocks)
        } else {
            0..0
        };
        for (index, block) in blocks.iter().enumerate() {
            if detail == Detail::Full || first.contains(&index) || self.own_detail(block).is_some()
            {
                self.sheet.gap(1);
                self.block(block);
            }
        }
    }

    fn interventions(&mut self, interventions: &[Intervention]) {
        for intervention in interventions {
            match (self.policy.interventions, &intervention.key) {
                (Detail::None, _) => {}
                (Detail::Brief, Some(key)) => self.key_point(intervention, key),
                (Detail::Brief, None) => self.spoken(
                    intervention,
                    &intervention.blocks[opening(&intervention.blocks)],
                ),
                (Detail::Full, _) => self.spoken(intervention, &intervention.blocks),
            }
        }
    }

    fn key_point(&mut self, intervention: &Intervention, key: &str) {
        let speaker = &intervention.speaker;
        self.sheet.gap(1);
        self.sheet.paragraph(
            &named(&speaker.name, &speaker.post, self.strings()),
            2 * HANG,
        );
        let outer = self.sheet.enter(HANG);
        self.sheet.paragraph(&cleaned(key), 0);
        self.sheet.leave(outer);
    }

    /// Sets what was said; where the text runs on from a head, name and post stand before its first words.
    fn spoken(&mut self, intervention: &Intervention, blocks: &[Block]) {
        self.sheet.gap(1);
        let (first, rest) = match blocks.split_first() {
            Some((Block::Paragraph { content }, rest)) => (self.text(content), rest),
            _ => (String::new(), blocks),
        };
        let speaker = &intervention.speaker;
        let head = if intervention.head {
            named(&speaker.name, &speaker.post, self.strings()) + " "
        } else {
            String::new()
        };
        self.sheet.paragraph(&(head + &first), HANG);
        let outer = self.sheet.enter(HANG);
        if !rest.is_empty() {
            self.sheet.gap(1);
            self.blocks(rest, 1);
        }
        self.sheet.leave(outer);
    }

    /// Lists the notes whose marks were set since the last list.
    pub(super) fn notes(&mut self) {
        let marked = std::mem::take(&mut self.marked);
        let document = self.document;
        let notes: Vec<_> = marked
            .iter()
            .filter_map(|note| document.footnotes.get(*note))
            .collect();
        if notes.is_empty() {
            return;
        }
        self.sheet.gap(1);
        self.sheet.paragraph(&document.strings.notes, 0);
        self.sheet.gap(1);
        let widest = notes
            .iter()
            .map(|note| note.number.to_string().len())
            .max()
            .unwrap_or(0);
        for note in notes {
            let marker = format!("{:>1$} ", format!("[{}]", note.number), widest + 2);
            let blocks = if self.policy.footnotes == Detail::Full {
                &note.blocks[..]
            } else {
                &note.blocks[..1.min(note.blocks.len())]
            };
            let outer = self.sheet.enter_behind(&marker);
            self.blocks(blocks, 1);
            self.sheet.leave(outer);
        }
    }
}

/// Where the first paragraph stands, with the list or quotation that it leads to.
fn opening(blocks: &[Block]) -> Range<usize> {
    let paragraph = |block: &Block| matches!(block, Block::Paragraph { .. });
    let Some(start) = blocks.iter().position(paragraph) else {
        return 0..0;
    };
    let leads = match &blocks[start] {
        Block::Paragraph { content } => plain_text(content).trim_end().ends_with([':', '：']),
        _ => false,
    };
    let end = (start + 1 + usize::from(leads)).min(blocks.len());
    start..end
}
