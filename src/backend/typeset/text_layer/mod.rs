//! The text of the glyphs on the pages, decided before the PDF is written: readers that know only the fonts' character
//! maps (ToUnicode) get the same words as those that respect /ActualText.
//!
//! The PDF writer (krilla 0.8) gives a glyph the text that it met first and says all others by /ActualText, which
//! pdf.js and MuPDF pass over; a cluster of several glyphs gets its whole text at each of them. Here every glyph gets a
//! text of its own, without marks that nobody reads, and a glyph that stands for a second text is set from a twin of
//! its font, which has a map of its own. Nothing moves. Upstream: typst/typst#4225 and LaurenzV/krilla#411 ask for maps
//! that need no /ActualText; a twin of the hyphen alone was left out of typst/typst#6799.
//!
//! Right-to-left text is drawn from left to right by the typesetter, and would be read aloud so. Here its words follow
//! each other as they are read, each drawn from the left in itself and marked /ReversedChars by the writer, as ISO
//! 32000-1, 14.8.2.3.3 has it (LaurenzV/krilla#260). No report about the order of the runs upstream is known.
//!
//! - `composed`: a letter with its marks as one glyph
//! - `glyphs`: the text of each glyph
//! - `order`: the order of runs and words
//! - `twins`: which font of a family of twins a glyph is set from

mod composed;
mod glyphs;
mod order;
mod twins;

use typst::foundations::Value;
use typst::introspection::{MetadataElem, Tag};
use typst::layout::{Frame, FrameItem, GroupItem, Point};
use typst::model::Document;
use typst::text::TextItem;
use typst::visualize::{Geometry, Shape};
use typst_layout::{Page, PagedDocument};
use unicode_bidi::{BidiClass, bidi_class};

use glyphs::GlyphRun;
use rayon::prelude::*;
use twins::{Met, Twins};

/// How the templates announce a text that they show in capitals: metadata of this beginning, then the words as written.
const AS_WRITTEN: &str = "as-written:";

/// The same pages with a text for each glyph; `rtl` says whether lines begin at the right where nothing on them tells.
pub(super) fn settle(document: &PagedDocument, rtl: bool) -> PagedDocument {
    let read = document.pages().par_iter().map(|page| {
        let mut met = Met::default();
        FrameVisitor::new(rtl).frame(&page.frame, &mut |run| {
            met.take(run);
            Vec::new()
        });
        met
    });
    let twins = Twins::of(read.collect());
    let set = document.pages().par_iter().map(|page| Page {
        frame: FrameVisitor::new(rtl).frame(&page.frame, &mut |run| twins.set(run)),
        ..page.clone()
    });
    let set: Vec<Page> = set.collect();
    PagedDocument::new(set.into(), document.info().clone())
}

/// What a run of text becomes: runs with their places from its start.
type Set<'a> = &'a mut dyn FnMut(GlyphRun) -> Vec<(Point, FrameItem)>;

/// The way through the frames, in their order.
struct FrameVisitor {
    rtl: bool,
    /// What is left of the words as written of a text that is shown in capitals.
    written: String,
}

impl FrameVisitor {
    fn new(rtl: bool) -> Self {
        FrameVisitor {
            rtl,
            written: String::new(),
        }
    }

    fn frame(&mut self, frame: &Frame, set: Set<'_>) -> Frame {
        let mut made = Frame::new(frame.size(), frame.kind());
        if frame.has_baseline() {
            made.set_baseline(frame.baseline());
        }
        let items: Vec<&(Point, FrameItem)> = frame.items().collect();
        for line in items.chunk_by(|a, b| is_text_or_line(a) && is_text_or_line(b)) {
            // Words that are struck out or underlined have a line between each two of them.
            if line.iter().any(|item| has_rtl(item)) {
                self.beside(line, &mut made, set);
                continue;
            }
            for beside in line.chunk_by(|a, b| is_text(a) && is_text(b)) {
                self.beside(beside, &mut made, set);
            }
        }
        made
    }

    /// Items that are all text, with the lines through and below it, or a single one.
    fn beside(&mut self, items: &[&(Point, FrameItem)], made: &mut Frame, set: Set<'_>) {
        let text = |item: &&&(Point, FrameItem)| match &item.1 {
            FrameItem::Text(text) if !text.glyphs.is_empty() => Some((item.0, text.clone())),
            _ => None,
        };
        let mut texts: Vec<(Point, TextItem)> =
            items.iter().filter_map(|item| text(&item)).collect();
        glyphs::blanks_of_their_words(&mut texts);
        let mut runs = GlyphRun::all(texts);
        order::as_read(&mut runs, self.rtl);
        let written = runs.into_iter().flat_map(|mut run| {
            let heard = run.write(&mut self.written);
            std::iter::once(run).chain(heard)
        });
        for run in written {
            let place = run.place;
            made.push_multiple(
                set(run)
                    .into_iter()
                    .map(|(from, item)| (place + from, item)),
            );
        }
        for (place, item) in items {
            match item {
                FrameItem::Text(text) if !text.glyphs.is_empty() => {}
                FrameItem::Group(group) => {
                    let group = GroupItem {
                        frame: self.frame(&group.frame, set),
                        ..group.clone()
                    };
                    made.push(*place, FrameItem::Group(group));
                }
                other => {
                    if let FrameItem::Tag(tag) = other {
                        self.note(tag);
                    }
                    made.push(*place, other.clone());
                }
            }
        }
    }

    /// Takes up the words that a text in capitals was written with.
    fn note(&mut self, tag: &Tag) {
        let Tag::Start(element, _) = tag else { return };
        let value = element.to_packed::<MetadataElem>().map(|data| &data.value);
        if let Some(Value::Str(words)) = value
            && let Some(words) = words.as_str().strip_prefix(AS_WRITTEN)
        {
            self.written = words.to_owned();
        }
    }
}

fn is_text_or_line(item: &(Point, FrameItem)) -> bool {
    let is_line = |shape: &Shape| matches!(shape.geometry, Geometry::Line(_));
    is_text(item) || matches!(&item.1, FrameItem::Shape(shape, _) if is_line(shape))
}

fn has_rtl(item: &(Point, FrameItem)) -> bool {
    let rtl = |c: char| matches!(bidi_class(c), BidiClass::R | BidiClass::AL);
    matches!(&item.1, FrameItem::Text(text) if text.text.contains(rtl))
}

fn is_text(item: &(Point, FrameItem)) -> bool {
    matches!(&item.1, FrameItem::Text(text) if !text.glyphs.is_empty())
}
