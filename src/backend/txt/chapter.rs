//! Chapters, sections, interventions and notes, each as far as the digest includes it.
//!
//! Notes are listed
//! at the end of the chapter whose marks are in the text, with their numbers as printed: a digest that leaves text out
//! leaves out its notes too, and numbers may be skipped.

use super::Writer;
use super::block::{HANG, named};
use super::inline::cleaned;
use super::wrap::{balance, by_sense};
use crate::document::{Block, Chapter, DigestBody, DigestChapter, Fact, Intervention, Section};
use crate::layout::Detail;

/// Empty lines before a heading of any level, and after it: who hears the text, or sees a line of it at a time, knows
/// headings by them (WCAG 2.1, technique T3). Rules below them, of dashes, are for the eye.
pub(super) const BEFORE_HEADING: usize = 2;
pub(super) const AFTER_HEADING: usize = 1;

impl<'a> Writer<'a> {
    /// Sets a chapter and its notes.
    pub(super) fn chapter(&mut self, digest: &DigestChapter<'a>) {
        let chapter = digest.chapter;
        self.chapter_heading(chapter);
        self.headings.insert(&chapter.heading.anchor);
        if !chapter.facts.is_empty() {
            self.sheet.gap(1);
            self.facts(&chapter.facts);
        }
        self.body(&digest.body);
        self.notes();
    }

    fn body(&mut self, body: &DigestBody<'a>) {
        if let Some(brief) = body.brief {
            self.sheet.gap(1);
            self.sheet.paragraph(&cleaned(brief), 0);
        }
        for block in &body.blocks {
            self.sheet.gap(1);
            self.block(block);
        }
        for talk in &body.talks {
            match talk.key {
                Some(key) => self.key_point(talk.intervention, key),
                None => self.spoken(talk.intervention, talk.blocks),
            }
        }
        for part in &body.sections {
            self.section_heading(part.section);
            self.headings.insert(&part.section.heading.anchor);
            self.body(&part.body);
        }
    }

    fn chapter_heading(&mut self, chapter: &Chapter) {
        let mut parts: Vec<String> = chapter
            .title_lines
            .iter()
            .map(|line| self.text(line))
            .collect();
        if let (Some(label), Some(first)) = (&chapter.heading.label, parts.first_mut()) {
            *first = format!("{}{}{first}", cleaned(label), self.strings().colon);
        }
        let lines = by_sense(&parts, self.sheet.room());
        self.top(&lines);
    }

    /// Sets a heading of the first level.
    pub(super) fn top(&mut self, lines: &[String]) {
        self.sheet.gap(BEFORE_HEADING);
        self.sheet.underlined(lines, "-");
        self.sheet.gap(AFTER_HEADING);
    }

    fn section_heading(&mut self, section: &Section) {
        let mut title = self.text(&section.heading.content);
        if let Some(label) = &section.heading.label {
            title = format!("{}{}{title}", cleaned(label), self.strings().colon);
        }
        self.sheet.gap(BEFORE_HEADING);
        let lines = balance(&title, self.sheet.room());
        self.sheet.verbatim(lines.iter().map(String::as_str));
        self.sheet.gap(AFTER_HEADING);
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

    /// Sets what was said; where the text runs on from a head, name and post come before its first words.
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
        self.sheet.gap(BEFORE_HEADING);
        self.sheet.paragraph(&document.strings.notes, 0);
        self.sheet.gap(AFTER_HEADING);
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
