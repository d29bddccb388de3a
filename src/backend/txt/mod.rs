//! Plain text: the digest for mail and press lines, or the whole text.
//!
//! Takes a document and the `digest` tokens of a layout, gives UTF-8 text in NFC with `\n` line ends: no line wider
//! than `digest.width` columns (except for a single piece that may not be broken, such as an address), no trailing
//! spaces, no control characters, text in logical order without marks added. How much of each kind of content there is
//! is the layout's decision (`Detail` per kind). It must not touch the typeset pages: no font is ever loaded for it.
//!
//! - `wrap`: where text may break, and how wide it is
//! - `sheet`: lines that grow downwards, with indentation and space between blocks
//! - `inline`, `block`, `table`, `display`: from content to lines
//! - `chapter`: chapters, sections, interventions and notes, as the digest includes them
//! - `frame`: what comes before and after the chapters

mod block;
mod chapter;
mod display;
mod frame;
mod inline;
mod places;
mod sheet;
mod table;
mod wrap;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::{Artifact, Backend};
use crate::backend::edition::Edition;
use crate::base::diagnostic::Diagnostics;
use crate::document::{Document, Inline};
use crate::layout::{Detail, Digest, Strings};
use sheet::Sheet;

/// The txt backend.
pub(crate) struct Txt;

impl Backend for Txt {
    fn name(&self) -> &'static str {
        "txt"
    }

    fn needs_fonts(&self) -> bool {
        false
    }

    fn media_type(&self) -> &'static str {
        "text/plain; charset=utf-8"
    }

    fn description(&self) -> &'static str {
        "plain text for mail and press lines: a digest, or the whole with --layout full-text"
    }

    fn render(&self, edition: &Edition) -> Result<Artifact, Diagnostics> {
        let tokens = &edition.layout.tokens;
        let depth = tokens.structure.contents_depth;
        let writer = Writer::new(edition.document, &tokens.digest, depth);
        Ok(Artifact {
            bytes: writer.write().into_bytes(),
            ..Artifact::default()
        })
    }
}

/// Writes one document by one policy.
struct Writer<'a> {
    document: &'a Document,
    policy: &'a Digest,
    /// Deepest heading level in the contents list.
    contents_depth: u8,
    sheet: Sheet,
    /// Footnotes whose marks were set and that are not listed yet, by index: the order of their marks.
    marked: BTreeSet<usize>,
    /// Anchors of the headings that were set: the contents list names no other.
    headings: BTreeSet<&'a str>,
}

impl<'a> Writer<'a> {
    fn new(document: &'a Document, policy: &'a Digest, contents_depth: u8) -> Self {
        Writer {
            document,
            policy,
            contents_depth,
            sheet: Sheet::new(usize::from(policy.width)),
            marked: BTreeSet::new(),
            headings: BTreeSet::new(),
        }
    }

    fn strings(&self) -> &'a Strings {
        &self.document.strings
    }

    fn write(mut self) -> String {
        for chapter in self.document.digest(self.policy) {
            self.chapter(&chapter);
        }
        self.end();
        let body = std::mem::replace(&mut self.sheet, Sheet::new(usize::from(self.policy.width)));
        self.front();
        self.sheet.gap(chapter::BEFORE_HEADING);
        self.sheet.append(body);
        let mut text = self.sheet.into_lines().join("\n");
        text.push('\n');
        text
    }

    /// The text of inlines; marks of footnotes are remembered.
    fn text(&mut self, content: &[Inline]) -> String {
        let mut text = String::new();
        let Writer {
            document,
            policy,
            marked,
            ..
        } = self;
        let mut mark = |note| {
            let printed = mark_of(document, policy, note)?;
            marked.insert(note);
            Some(printed)
        };
        inline::flatten(content, &mut text, &mut mark);
        text
    }
}

fn mark_of(document: &Document, policy: &Digest, note: usize) -> Option<String> {
    if policy.footnotes == Detail::None {
        return None;
    }
    Some(format!("[{}]", document.footnotes.get(note)?.number))
}
