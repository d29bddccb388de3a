//! Every text of a document, a line at a time, for changes that apply to all of them.

use std::collections::BTreeMap;

use super::visit::{PartMut, TextKind};
use super::{Block, Chapter, Document, Heading, Inline, Intervention, Language, Section, Speaker};

/// A piece of a line.
pub(super) struct TextRun<'d> {
    /// Its characters.
    pub(super) text: &'d mut String,
    /// Its language, where that is not the report's.
    pub(super) language: Option<Language>,
    /// Whether it stays as typed: code, and the address of a link.
    pub(super) literal: bool,
}

/// Calls `visit` with every line of running text and every literal text of the document. Identifiers, ids, addresses
/// and code blocks are no texts.
pub(super) fn for_each_line(document: &mut Document, visit: &mut dyn FnMut(Vec<TextRun<'_>>)) {
    TextVisitor {
        visit,
        language: None,
        codes: false,
    }
    .document(document);
}

impl Document {
    /// The document with other texts for some characters, wherever they are shown: also in code and acronyms.
    #[must_use]
    pub fn with_replaced(&self, texts: &BTreeMap<char, String>) -> Document {
        let mut changed = self.clone();
        let replace = |text: &mut String| {
            if text.contains(|c| texts.contains_key(&c)) {
                let each = |c: char| texts.get(&c).cloned().unwrap_or_else(|| c.into());
                *text = text.chars().map(each).collect();
            }
        };
        TextVisitor {
            visit: &mut |pieces| pieces.into_iter().for_each(|piece| replace(piece.text)),
            language: None,
            codes: true,
        }
        .document(&mut changed);
        changed
    }
}

struct TextVisitor<'v> {
    visit: &'v mut dyn FnMut(Vec<TextRun<'_>>),
    /// The language that a quotation is in.
    language: Option<Language>,
    /// Whether code blocks and acronyms are visited, too.
    codes: bool,
}

impl TextVisitor<'_> {
    fn document(&mut self, d: &mut Document) {
        let walk = self;
        for text in [
            &mut d.title,
            &mut d.running_title,
            &mut d.date.text,
            &mut d.publisher,
            &mut d.credit,
            &mut d.author,
            &mut d.description,
            &mut d.copyright,
        ] {
            walk.text(text);
        }
        walk.texts(&mut d.title_lines);
        walk.texts(&mut d.subtitle);
        walk.texts(&mut d.series);
        walk.texts(&mut d.place);
        walk.texts(&mut d.keywords);
        walk.blocks(&mut d.imprint);
        if let Some(picture) = &mut d.covers.picture {
            walk.texts(&mut picture.alt);
        }
        for logo in d.covers.logos.iter_mut().chain(&mut d.covers.supporters) {
            walk.text(&mut logo.name);
        }
        walk.blocks(&mut d.covers.text);
        d.chapters.iter_mut().for_each(|one| walk.chapter(one));
        for note in &mut d.footnotes {
            walk.blocks(&mut note.blocks);
        }
        for entry in &mut d.contents {
            walk.texts(&mut entry.label);
            walk.text(&mut entry.title);
        }
        for person in &mut d.people {
            walk.text(&mut person.name);
            walk.text(&mut person.post);
        }
        for organisation in &mut d.organisations {
            walk.text(&mut organisation.name);
            walk.text(&mut organisation.short);
        }
        for entry in d.block_lists.iter_mut().flat_map(|list| &mut list.entries) {
            walk.text(&mut entry.label);
            walk.text(&mut entry.title);
        }
        for work in d.bibliography.iter_mut().flat_map(|list| &mut list.entries) {
            walk.line(&mut work.content);
        }
        if let Some(list) = &mut d.speakers {
            for entry in &mut list.entries {
                walk.text(&mut entry.name);
                walk.text(&mut entry.post);
            }
        }
        if let Some(list) = &mut d.acronyms {
            for entry in &mut list.entries {
                walk.code(&mut entry.acronym);
                walk.text(&mut entry.expansion);
            }
        }
        if let Some(list) = &mut d.index {
            for entry in &mut list.entries {
                walk.text(&mut entry.name);
            }
        }
    }
    fn text(&mut self, text: &mut String) {
        let language = self.language.clone();
        (self.visit)(vec![TextRun {
            text,
            language,
            literal: false,
        }]);
    }

    fn code(&mut self, text: &mut String) {
        if self.codes {
            self.text(text);
        }
    }

    fn texts<'t>(&mut self, texts: impl IntoIterator<Item = &'t mut String>) {
        texts.into_iter().for_each(|text| self.text(text));
    }

    fn line(&mut self, content: &mut [Inline]) {
        let mut pieces = Vec::new();
        collect(content, &self.language, false, &mut pieces);
        (self.visit)(pieces);
    }

    fn heading(&mut self, heading: &mut Heading) {
        self.texts(&mut heading.label);
        self.text(&mut heading.title);
        self.line(&mut heading.content);
    }

    fn chapter(&mut self, chapter: &mut Chapter) {
        self.heading(&mut chapter.heading);
        let lines = chapter.title_lines.iter_mut();
        lines.for_each(|line| self.line(line));
        self.text(&mut chapter.short_title);
        for fact in &mut chapter.facts {
            self.texts(&mut fact.values);
        }
        self.blocks(&mut chapter.key_points);
        self.blocks(&mut chapter.blocks);
        self.talks(&mut chapter.interventions);
        self.sections(&mut chapter.sections);
    }

    fn sections(&mut self, sections: &mut [Section]) {
        for section in sections {
            self.heading(&mut section.heading);
            section
                .moderators
                .iter_mut()
                .for_each(|one| self.speaker(one));
            self.texts(&mut section.brief);
            self.blocks(&mut section.blocks);
            self.talks(&mut section.interventions);
            self.sections(&mut section.sections);
        }
    }

    fn speaker(&mut self, speaker: &mut Speaker) {
        self.text(&mut speaker.name);
        self.text(&mut speaker.post);
    }

    fn talks(&mut self, talks: &mut [Intervention]) {
        for talk in talks {
            self.speaker(&mut talk.speaker);
            self.texts(&mut talk.key);
            self.blocks(&mut talk.blocks);
        }
    }

    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            let quoted = match block {
                Block::Quote { language, .. } => language.clone(),
                _ => None,
            };
            for part in block.parts_mut() {
                match part {
                    PartMut::Line(content) => self.line(content),
                    // Whose words they are is said in the report's language.
                    PartMut::Blocks(inner) => {
                        let own = quoted.clone().or_else(|| self.language.clone());
                        let outer = std::mem::replace(&mut self.language, own);
                        self.blocks(inner);
                        self.language = outer;
                    }
                    PartMut::Text(TextKind::Code | TextKind::Acronym, text) => self.code(text),
                    PartMut::Text(_, text) => self.text(text),
                }
            }
        }
    }
}

/// The pieces of running text in their order. A forced break ends nothing: white space next to it stays as it is.
fn collect<'d>(
    content: &'d mut [Inline],
    language: &Option<Language>,
    literal: bool,
    pieces: &mut Vec<TextRun<'d>>,
) {
    for inline in content {
        match inline {
            Inline::Text { text } => pieces.push(TextRun {
                text,
                language: language.clone(),
                literal,
            }),
            Inline::Code { text } => pieces.push(TextRun {
                text,
                language: None,
                literal: true,
            }),
            Inline::Language {
                language: own,
                content,
            } => collect(content, &Some(own.clone()), literal, pieces),
            other => {
                let inner = other.content_mut().map(Vec::as_mut_slice);
                collect(inner.unwrap_or_default(), language, literal, pieces);
            }
        }
    }
}
