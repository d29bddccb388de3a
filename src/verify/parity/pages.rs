//! What the pages of a PDF without tags say: their text in the order in which it is drawn, without running heads and
//! page numbers, the footnotes apart.
//!
//! On sheets for the printer the pages are forms that carry their number (`Page0` is the first), so that their order is
//! known whatever the imposition; where they are on the sheet is undone.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use unicode_bidi::{BidiClass, bidi_class};

use super::artifact::ExtractedText;
use super::plain::plain;
use crate::layout::Tokens;
use crate::pdf::read::content::{Drawing, Fragment, PaintEvent};
use crate::pdf::read::matrix::Matrix;
use crate::pdf::read::{ReadBack, guarded};
use crate::verify::golden::pdf::{append, running};

/// Name of the forms on sheets, before the number.
const FORM: &str = "Page";
/// So many pieces at most has a name with raised or lowered figures, as CO₂.
const PIECES: usize = 6;
/// So much may a base line differ from another of the same line, in units of the size.
const LINE: f64 = 0.5;

/// How pages are in the file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LineLayout {
    /// One after the other.
    Pages,
    /// Imposed on sheets, from this page on, counted from 0: a perfect-bound book has its cover in another file.
    SheetsFrom(usize),
}

/// What the document has of footnotes: what tells marks from other numbers, and a note that continues over the page.
pub(super) struct Notes<'a> {
    /// Their texts, made comparable.
    pub(super) texts: &'a [String],
    /// The numbers of their marks, in order.
    pub(super) marks: &'a [String],
    /// The character before each of them, where it is known: other figures of that number may stand near.
    pub(super) before: &'a [Option<char>],
}

/// Reads a PDF file.
pub(super) fn read(
    made: &ReadBack<'_>,
    on: LineLayout,
    tokens: &Tokens,
    notes: &Notes<'_>,
) -> Result<ExtractedText, String> {
    let pages = guarded(|| drawn(made.drawings()?, on))?;
    let mut reader = Reader {
        tokens,
        wanted: notes,
        numbers: numbers(notes.marks),
        text: String::new(),
        notes: Vec::new(),
        met: 0,
        raised: Vec::new(),
    };
    for fragments in &pages {
        reader.page(fragments);
    }
    Ok(ExtractedText {
        text: plain(&reader.text),
        marks: notes.marks.iter().take(reader.met).cloned().collect(),
        raised: reader.raised,
        notes: reader.notes.iter().map(|note| plain(note)).collect(),
        ..ExtractedText::default()
    })
}

/// The text of each page of the document, placed as on the page itself.
fn drawn(drawings: &[Drawing], on: LineLayout) -> Result<Vec<Vec<Arc<Fragment>>>, String> {
    let LineLayout::SheetsFrom(first) = on else {
        let pages = drawings.iter().map(|drawing| drawing.fragments.clone());
        return Ok(pages.collect());
    };
    let mut imposed = BTreeMap::new();
    for drawing in drawings {
        lift(drawing, &mut imposed)?;
    }
    if let Some(page) = imposed.keys().find(|page| **page < first) {
        let page = page + 1;
        return Err(format!(
            "page {page} is on its sheets and belongs to the cover"
        ));
    }
    for (expected, found) in (first..).zip(imposed.keys()) {
        if *found != expected {
            return Err(format!("page {} is on none of its sheets", expected + 1));
        }
    }
    if imposed.is_empty() {
        return Err("its sheets hold no pages".into());
    }
    Ok(imposed.into_values().collect())
}

/// Takes the pages off a side of a sheet.
fn lift(drawing: &Drawing, pages: &mut BTreeMap<usize, Vec<Arc<Fragment>>>) -> Result<(), String> {
    let forms = drawing
        .painted()
        .filter_map(|(painted, with)| match painted {
            PaintEvent::Form(name, before) => {
                let number: usize = name.strip_prefix(FORM)?.parse().ok()?;
                Some((number, *before, with.matrix))
            }
            _ => None,
        });
    let forms: Vec<(usize, usize, Matrix)> = forms.collect();
    let fragments = &drawing.fragments;
    for (index, (number, start, matrix)) in forms.iter().enumerate() {
        let end = forms.get(index + 1).map_or(fragments.len(), |next| next.1);
        let back = matrix
            .inverse()
            .ok_or_else(|| format!("page {} has no size on its sheet", number + 1))?;
        let inside = fragments.get(*start..end).unwrap_or_default();
        let page = inside.iter().map(|fragment| {
            Arc::new(Fragment {
                start: back.apply(fragment.start.0, fragment.start.1),
                end: back.apply(fragment.end.0, fragment.end.1),
                ..Fragment::clone(fragment)
            })
        });
        if pages.insert(*number, page.collect()).is_some() {
            return Err(format!("page {} is on its sheets twice", number + 1));
        }
    }
    Ok(())
}

struct Reader<'a> {
    tokens: &'a Tokens,
    wanted: &'a Notes<'a>,
    /// The numbers of notes, and the one after them: a note too many has it.
    numbers: HashSet<String>,
    text: String,
    notes: Vec<String>,
    /// How many marks were met.
    met: usize,
    /// Raised numbers that are not the next mark.
    raised: Vec<String>,
}

impl Reader<'_> {
    fn page(&mut self, fragments: &[Arc<Fragment>]) {
        let body: Vec<&Fragment> = fragments
            .iter()
            .map(|fragment| &**fragment)
            .filter(|fragment| self.in_body(fragment))
            .collect();
        let (body, notes) = body.split_at(self.notes_start(&body));
        self.body(body);
        let mut start = 0;
        for at in 0..=notes.len() {
            if at == notes.len() || (at > start && self.is_numbered(notes, at)) {
                self.note(&notes[start..at]);
                start = at;
            }
        }
    }

    /// Adds running text. A mark is the next number that is wanted, glued to the word before it: here it is set apart.
    fn body(&mut self, fragments: &[&Fragment]) {
        let mut start = 0;
        for at in 0..=fragments.len() {
            let is_mark = self.is_mark(fragments, at);
            if !is_mark && is_raised_number(fragments, at) {
                self.raised.push(fragments[at].text.clone());
            }
            if at == fragments.len() || is_mark {
                let part = running(fragments[start..at].iter().copied());
                append(&mut self.text, &format!(" {part}"));
                self.met += usize::from(at < fragments.len());
                start = at;
            }
        }
    }

    fn is_mark(&self, fragments: &[&Fragment], at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| fragments.get(before));
        let (Some(before), Some(mark)) = (before, fragments.get(at)) else {
            return false;
        };
        let next = self.wanted.marks.get(self.met);
        // Behind a name from left to right, as CO₂, a mark among words from right to left stands before its first piece. A cell
        // of a table may begin there, too, but lines above.
        let level = |piece: &&&Fragment| {
            (piece.start.1 - mark.start.1).abs() < LINE * piece.size.max(mark.size)
        };
        let pieces = fragments[..at].iter().rev().take(PIECES).filter(level);
        let left = pieces.map(|piece| piece.start.0 - mark.end.0);
        let mut ends = left.chain([mark.start.0 - before.end.0]);
        next.is_some_and(|next| *next == mark.text)
            && !starts_line(fragments, at)
            && !before.text.ends_with(char::is_whitespace)
            && self.may_follow(&before.text)
            // A lowered figure is none, nor is one in the next column.
            && mark.start.1 > before.start.1 - 0.05 * before.size
            && ends.any(|gap| gap.abs() < 0.3 * before.size)
    }

    /// Whether the next mark may stand behind a piece of text. Pieces of words from right to left may be in any order: their
    /// numbers are drawn apart from what is around them, and `(1–3)` has no mark.
    fn may_follow(&self, text: &str) -> bool {
        let leftwards = |c| matches!(bidi_class(c), BidiClass::R | BidiClass::AL);
        match self.wanted.before.get(self.met) {
            Some(Some(c)) if !leftwards(*c) && !text.contains(leftwards) => {
                plain(text).ends_with(*c)
            }
            _ => !text.ends_with(['(', '[', '«', '“', '-', '–', '—', '/', '+', '−']),
        }
    }

    /// Whether a piece of text is between the margins: running heads, page numbers and slug lines are not.
    fn in_body(&self, fragment: &Fragment) -> bool {
        let page = &self.tokens.page;
        let bleed = page.bleed.to_pt();
        let (width, height) = (page.width.to_pt(), page.height.to_pt());
        let (x, y) = (fragment.start.0 - bleed, height + bleed - fragment.start.1);
        (0.0..=width).contains(&x)
            && y > page.top.to_pt()
            && y < height - page.bottom.to_pt() + fragment.size
    }

    /// Where the footnotes begin: at the first number at the start of a line below which all is as small as notes are.
    fn notes_start(&self, body: &[&Fragment]) -> usize {
        let big = body
            .iter()
            .rposition(|fragment| !self.is_note_sized(fragment));
        let tail = big.map_or(0, |at| at + 1);
        let tail = (tail..body.len())
            .find(|at| *at == 0 || starts_line(body, *at))
            .unwrap_or(body.len());
        if self.goes_on() {
            return tail;
        }
        (tail..body.len())
            .find(|at| self.is_numbered(body, *at))
            .unwrap_or(body.len())
    }

    /// Whether a line begins with the number of a note: other small print may begin with another one, as `50 %`.
    fn is_numbered(&self, fragments: &[&Fragment], at: usize) -> bool {
        let number = fragments.get(at).map(|fragment| fragment.text.trim());
        starts_line(fragments, at) && number.is_some_and(|number| self.numbers.contains(number))
    }

    /// Whether a piece of text may be of a note: not larger, nor turned as tables may be.
    fn is_note_sized(&self, fragment: &Fragment) -> bool {
        let along = (fragment.end.0 - fragment.start.0).abs();
        let turned = (fragment.end.1 - fragment.start.1).abs() > along;
        !turned && fragment.size <= self.tokens.sizes.note.to_pt() * 1.05
    }

    /// Whether the last note has only begun.
    fn goes_on(&self) -> bool {
        self.notes.last().is_some_and(|last| {
            let last = plain(last);
            let texts = self.wanted.texts;
            !texts.contains(&last) && texts.iter().any(|note| note.starts_with(&last))
        })
    }

    fn note(&mut self, fragments: &[&Fragment]) {
        let Some((first, rest)) = fragments.split_first() else {
            return;
        };
        if is_number(first) {
            return self.notes.push(running(rest.iter().copied()));
        }
        if let Some(last) = self.notes.last_mut() {
            append(last, &format!(" {}", running(fragments.iter().copied())));
        }
    }
}

fn numbers(marks: &[String]) -> HashSet<String> {
    let known = marks.iter().filter_map(|mark| mark.parse::<usize>().ok());
    let next = known.max().unwrap_or(0) + 1;
    marks.iter().cloned().chain([next.to_string()]).collect()
}

/// Whether it is a number above the line, glued to the word before it: a mark, or an exponent.
fn is_raised_number(fragments: &[&Fragment], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| fragments.get(before));
    let (Some(before), Some(number)) = (before, fragments.get(at)) else {
        return false;
    };
    let raised = number.start.1 - before.start.1;
    let gap = (number.start.0 - before.end.0).abs();
    is_number(number)
        && raised > 0.2 * number.size
        && !starts_line(fragments, at)
        && gap < 0.3 * before.size
}

fn is_number(fragment: &Fragment) -> bool {
    let text = fragment.text.trim();
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn starts_line(fragments: &[&Fragment], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| fragments.get(before));
    match (before, fragments.get(at)) {
        (Some(before), Some(next)) => {
            let size = before.size.max(next.size);
            (before.start.1 - next.start.1).abs() > LINE * size
        }
        (None, Some(_)) => true,
        _ => false,
    }
}
