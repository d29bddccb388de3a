//! Display elements: what is set apart from running text to be seen first or looked up (boxes, key figures, definitions,
//! examples of code, pairs of pictures, signatures).

use super::resolve::{FieldPath, Resolver, next_label};
use super::text;
use super::{Block, Definition, KeyFigure, Signature, TextBox, dates};
use crate::base::diagnostic::{Code, many};
use crate::source::schema as s;

/// The most characters of a key figure's number: it is set large, three to a line.
const LONGEST_VALUE: usize = 16;

impl<'a> Resolver<'a> {
    pub(super) fn text_box(
        &mut self,
        at: &FieldPath<'a>,
        text_box: &'a s::TextBox,
    ) -> Option<Block> {
        let title = self.running(&at.key("title"), &text_box.title);
        let label = next_label(&self.words.strings.r#box, &mut self.numbers.r#box);
        let anchor = self.block_anchor(&text_box.id, "box");
        self.name_target(&text_box.id, &Some(label.clone()));
        for (index, block) in text_box.blocks.iter().enumerate() {
            if let s::Block::Box(inner) = block {
                let at = at.key("blocks").index(index).key("box.title");
                let message = "a box stands inside a box";
                self.found.push(
                    at.diagnostic(Code::BOX_IN_BOX, &inner.title, message)
                        .hint("set it behind the box, or make it a part of its text"),
                );
            }
        }
        let known = self.found.len();
        let blocks = self.content(at, text_box.text.as_ref(), &text_box.blocks);
        if blocks.is_empty() {
            if self.found.len() == known {
                let message = "a box has a title and nothing below it";
                self.found.push(
                    at.key("title")
                        .diagnostic(Code::EMPTY_BLOCK, &text_box.title, message)
                        .hint("give it `text` or `blocks`, or delete it"),
                );
            }
            return None;
        }
        Some(Block::Box(TextBox {
            anchor,
            label,
            title,
            tone: text_box.tone,
            blocks,
        }))
    }

    /// Refuses a list without entries.
    pub(super) fn refuse_empty<T>(&mut self, at: &FieldPath, entries: &[T], what: &str) -> bool {
        if entries.is_empty() {
            let message = format!("{what} is empty");
            self.found.push(
                at.diagnostic_somewhere(Code::EMPTY_BLOCK, message)
                    .hint("give it an entry, or delete it"),
            );
        }
        entries.is_empty()
    }

    pub(super) fn key_figures(
        &mut self,
        at: &FieldPath<'a>,
        figures: &'a [s::KeyFigure],
    ) -> Option<Block> {
        if self.refuse_empty(at, figures, "the list of key figures") {
            return None;
        }
        let mut entries = Vec::new();
        for (index, figure) in figures.iter().enumerate() {
            let at = at.index(index);
            let value = self.literal(&at.key("value"), &figure.value);
            if value.chars().count() > LONGEST_VALUE {
                let message = format!(
                    "the number has {}, and is set large: it may have {LONGEST_VALUE}",
                    many(value.chars().count(), "character")
                );
                let wrong = at
                    .key("value")
                    .diagnostic(Code::TEXT_TOO_LONG, &figure.value, message);
                self.found
                    .push(wrong.hint("round it, and say the rest in `unit` and `text`"));
            }
            entries.push(KeyFigure {
                value,
                unit: self.optional(&at.key("unit"), &figure.unit),
                text: self.running(&at.key("text"), &figure.text),
                source: self.optional_running(&at.key("source"), &figure.source),
            });
        }
        Some(Block::KeyFigures { entries })
    }

    pub(super) fn definitions(
        &mut self,
        at: &FieldPath<'a>,
        list: &'a [s::Definition],
    ) -> Option<Block> {
        if self.refuse_empty(at, list, "the list of definitions") {
            return None;
        }
        let mut entries = Vec::new();
        for (index, definition) in list.iter().enumerate() {
            let at = at.index(index);
            let term = self.running(&at.key("term"), &definition.term);
            let body = super::prose::ProseContext::Body;
            let blocks = self.prose(&at.key("text"), &definition.text, body);
            entries.push(Definition { term, blocks });
        }
        Some(Block::Definitions { entries })
    }

    pub(super) fn code_example(&mut self, at: &FieldPath<'a>, code: &'a s::Code) -> Option<Block> {
        let label = self.optional(&at.key("label"), &code.label);
        let at = at.key("text");
        let written = code.text.value.trim_end_matches('\n');
        if written.trim().is_empty() {
            self.found.push(
                at.diagnostic(Code::EMPTY_BLOCK, &code.text, "a block of code is empty")
                    .hint("write it, or delete it"),
            );
            return None;
        }
        for fault in text::faults(written) {
            self.found.push(at.fault(&code.text, fault));
        }
        let text = text::normalise(written.replace('\t', "    "));
        let place = || super::FieldLocation {
            location: at.file.location(code.text.line, code.text.column),
            field: at.path.clone(),
        };
        self.usage.characters.take(&text, place);
        self.usage.acronyms.scan(&text);
        Some(Block::Code { label, text })
    }

    pub(super) fn figures(
        &mut self,
        at: &FieldPath<'a>,
        figures: &'a [s::Figure],
    ) -> Option<Block> {
        if figures.len() != 2 {
            let message = format!("two pictures stand side by side, not {}", figures.len());
            self.found.push(
                at.diagnostic_somewhere(Code::FIGURES_BESIDE, message)
                    .hint("give `figures` two entries; a picture alone is a `figure`"),
            );
        }
        let figures: Vec<_> = figures
            .iter()
            .enumerate()
            .filter_map(|(index, figure)| self.figure(&at.index(index), figure))
            .collect();
        (figures.len() == 2).then_some(Block::Figures { figures })
    }

    pub(super) fn signature(
        &mut self,
        at: &FieldPath<'a>,
        signature: &'a s::Signature,
    ) -> Option<Block> {
        let person = self.person_id(&at.key("person"), &signature.person);
        let post = self.optional(&at.key("post"), &signature.post);
        let place = self.optional(&at.key("place"), &signature.place);
        let date = signature.date.as_ref().and_then(|date| {
            let parsed = dates::parse(date.value.trim(), self.words.strings);
            parsed
                .map_err(|(message, hint)| {
                    let wrong = at.key("date").diagnostic(Code::BAD_DATE, date, message);
                    self.found.push(wrong.hint(hint));
                })
                .ok()
        });
        let alt = self.optional(&at.key("alt"), &signature.alt);
        let image = match (&signature.image, &signature.alt) {
            (Some(file), None) => {
                let message =
                    "the picture of the signature has no description for readers who cannot see it";
                let wrong = at
                    .key("alt")
                    .diagnostic(Code::NO_DESCRIPTION, file, message);
                self.found.push(
                    wrong.hint("say in `alt` what it shows, such as “Signature of Ana Okafor”"),
                );
                None
            }
            (None, Some(alt)) => {
                let message = "a picture that is not there is described";
                let wrong = at
                    .key("alt")
                    .diagnostic(Code::DESCRIBED_DECORATION, alt, message);
                self.found
                    .push(wrong.hint("name its file in `image`, or delete `alt`"));
                None
            }
            (Some(file), Some(_)) => self.image(&at.key("image"), file),
            (None, None) => None,
        };
        let signed: Vec<String> = place
            .into_iter()
            .chain(date.map(|date| date.text))
            .collect();
        let signed = signed.join(&self.words.strings.comma);
        Some(Block::Signature(Signature {
            speaker: self.speaker(person?, post, None),
            signed: (!signed.is_empty()).then_some(signed),
            image,
            alt,
        }))
    }
}
