//! The order of runs: the order in which they are read.

use std::ops::Range;

use unicode_bidi::{BidiClass, bidi_class};
use unicode_normalization::char::is_combining_mark;

use super::glyphs::GlyphRun;

/// Runs that are no further apart, in units of the size, follow each other without a gap.
const TOUCHING: f64 = 0.02;

/// Puts the parts of right-to-left runs in the order of reading. The typesetter has the runs of a line in that order,
/// but the parts of one that needs several fonts in the order in which they are drawn.
pub(super) fn as_read(runs: &mut [GlyphRun], rtl: bool) {
    // In a report from right to left signs between numbers do, too, as the comma of `5، 6`.
    if !rtl && !runs.iter().any(|run| run.rtl) {
        return;
    }
    let mut from = 0;
    while from < runs.len() {
        let mut to = from + 1;
        while to < runs.len()
            && fits(&runs[to - 1])
            && fits(&runs[to])
            && touch(&runs[to - 1], &runs[to])
        {
            to += 1;
        }
        let turned = within(runs, from..to, rtl);
        runs[turned].reverse();
        from = to;
    }
}

/// Whether a run can be part of one from right to left: no letter or digit of it runs the other way.
fn fits(run: &GlyphRun) -> bool {
    let other = |c| matches!(bidi_class(c), BidiClass::L | BidiClass::EN | BidiClass::AN);
    !run.texts.iter().flat_map(|text| text.chars()).any(other)
}

fn strong(run: &GlyphRun) -> bool {
    run.rtl
        || run
            .texts
            .iter()
            .flat_map(|text| text.chars())
            .all(is_combining_mark)
}

fn left(run: &GlyphRun) -> f64 {
    run.place.x.to_pt()
}

fn right(run: &GlyphRun) -> f64 {
    (run.place.x + run.item.width()).to_pt()
}

fn on_one_line(a: &GlyphRun, b: &GlyphRun) -> bool {
    (a.place.y - b.place.y).abs() < a.item.size.max(b.item.size) * 0.5
}

/// Whether `b` begins, at the right, where `a` ends.
fn touch(a: &GlyphRun, b: &GlyphRun) -> bool {
    let size = a.item.size.max(b.item.size).to_pt();
    on_one_line(a, b) && (left(b) - right(a)).abs() <= TOUCHING * size
}

/// Whether a run comes directly after another in the text that both are from. Texts of the document have a place in the
/// template in common, and each counts from its own beginning: so the one must begin where the other ends.
fn is_later(a: &GlyphRun, b: &GlyphRun) -> bool {
    let start = |run: &GlyphRun| run.item.glyphs.iter().map(|glyph| glyph.span.1).min();
    let span = |run: &GlyphRun| run.item.glyphs.first().map(|glyph| glyph.span.0);
    let ends = b.item.glyphs.iter().map(|glyph| {
        glyph
            .span
            .1
            .saturating_add(glyph.range.end - glyph.range.start)
    });
    let end = ends.max();
    span(a) == span(b) && start(a) == end
}

/// The part of some runs that does run from right to left: on a line that continues to the right, signs at their ends
/// belong to the line.
fn within(runs: &[GlyphRun], all: Range<usize>, rtl: bool) -> Range<usize> {
    let beside = |at: Option<usize>| {
        at.and_then(|at| runs.get(at))
            .filter(|run| on_one_line(run, &runs[all.start]))
    };
    let neutral = || !all.clone().any(|at| strong(&runs[at]));
    let leftwards = match (beside(all.start.checked_sub(1)), beside(Some(all.end))) {
        // Signs before a word from left to right, within a text that keeps its own order.
        (_, Some(after)) if left(after) > left(&runs[all.end - 1]) && neutral() => false,
        (Some(before), _) => left(before) >= left(&runs[all.start]),
        (_, Some(after)) => left(after) <= left(&runs[all.start]),
        _ => rtl,
    };
    if leftwards {
        return all;
    }
    let mut strong = all.clone().filter(|at| strong(&runs[*at]));
    let Some(mut first) = strong.next() else {
        return all.start..all.start;
    };
    let mut last = strong.next_back().unwrap_or(first);
    while first > all.start && is_later(&runs[first - 1], &runs[first]) {
        first -= 1;
    }
    while last + 1 < all.end && is_later(&runs[last], &runs[last + 1]) {
        last += 1;
    }
    first..last + 1
}
