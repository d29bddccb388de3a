//! The text of each glyph of a run.

use std::ops::Range;

use typst::diag::EcoString;
use typst::layout::{Em, Point};
use typst::text::{FontInstance, Glyph, TextItem};
use unicode_bidi::{BidiClass, bidi_class};
use unicode_normalization::char::is_combining_mark;

use super::composed::PlacedGlyph;
use crate::base::script::breaks_anywhere;

/// Stands for nothing that is read: what a second glyph of one character is given, as no glyph may lack a text.
const NOTHING: char = '\u{2060}';

/// The widest gap between two glyphs of a word, in ems: from a tenth on, poppler takes it for a space.
const WIDEST_GAP: f64 = 0.085;

/// The advance of a mark beside its letter: less, and poppler takes the letter for the mark drawn twice; more, and pdf.js,
/// to which marks have no width, takes it for a space.
const MARK: Em = Em::new(0.101);

/// A run of glyphs in the order in which they are drawn, with the text that each stands for.
pub(super) struct GlyphRun {
    /// Where it begins.
    pub(super) place: Point,
    /// The run as the typesetter made it.
    pub(super) item: TextItem,
    /// The text of each glyph.
    pub(super) texts: Vec<EcoString>,
    /// Whether it runs from right to left.
    pub(super) rtl: bool,
    /// The text of the cluster of each glyph, until it is shared out.
    clusters: Vec<EcoString>,
    /// Letters that are drawn by several glyphs, such as those with marks: these glyphs, and what they stand for.
    composable: Vec<(Range<usize>, EcoString)>,
}

impl GlyphRun {
    /// The runs of text items that follow each other.
    pub(super) fn all(items: Vec<(Point, TextItem)>) -> Vec<GlyphRun> {
        let mut runs: Vec<GlyphRun> = Vec::with_capacity(items.len());
        for (place, item) in items {
            let run = GlyphRun::of(place, item);
            match runs.last_mut() {
                Some(last) if last.goes_on_with(&run) => last.join(run),
                _ => runs.push(run),
            }
        }
        for run in &mut runs {
            run.tighten();
            run.share_out();
            run.level();
        }
        runs
    }

    /// Gives glyphs the letters that they were written as, in the order of reading; `written` is what is left of the words
    /// of a text that is shown in capitals, or of a label after which something is heard.
    ///
    /// Behind a run from right to left that is a run of its own, a blank at its left: readers disagree about the order of
    /// several characters of one such glyph.
    pub(super) fn write(&mut self, written: &mut String) -> Option<GlyphRun> {
        if !self.rtl {
            let heard = as_written(&mut self.texts, written)?;
            self.texts.last_mut()?.push_str(&heard);
            return None;
        }
        self.texts.reverse();
        let heard = as_written(&mut self.texts, written);
        self.texts.reverse();
        let (heard, font) = (heard?, &self.item.font);
        let blank = font.ttf().glyph_index(' ')?.0;
        let glyph = Glyph {
            id: blank,
            x_advance: font.x_advance(blank)?,
            x_offset: Em::zero(),
            y_offset: Em::zero(),
            ..self.item.glyphs.first()?.clone()
        };
        let mut place = self.place;
        place.x -= glyph.x_advance.at(self.item.size);
        let item = TextItem {
            glyphs: vec![glyph],
            ..self.item.clone()
        };
        Some(GlyphRun {
            place,
            item,
            texts: vec![heard.into()],
            rtl: false,
            clusters: Vec::new(),
            composable: Vec::new(),
        })
    }

    /// Whether some of its glyphs are to be put as one.
    pub(super) fn is_composable(&self) -> bool {
        !self.composable.is_empty()
    }

    fn of(place: Point, item: TextItem) -> GlyphRun {
        let cluster = |range: Range<usize>| EcoString::from(&item.text[range]);
        GlyphRun {
            clusters: item
                .glyphs
                .iter()
                .map(|glyph| cluster(glyph.range()))
                .collect(),
            texts: Vec::new(),
            composable: Vec::new(),
            rtl: runs_left(&item),
            place,
            item,
        }
    }

    /// Whether the typesetter has divided a run here for glyphs that are raised or lowered: marks on letters.
    fn goes_on_with(&self, next: &GlyphRun) -> bool {
        let (one, other) = (&self.item, &next.item);
        let gap = next.place.x - self.place.x - one.width();
        let marked = |run: &GlyphRun| {
            run.clusters
                .iter()
                .any(|text| text.chars().any(is_combining_mark))
        };
        let alike = one.font.data().as_ptr() == other.font.data().as_ptr()
            && (one.size, one.lang, one.region) == (other.size, other.lang, other.region)
            && (&one.fill, &one.stroke) == (&other.fill, &other.stroke);
        alike
            && self.rtl == next.rtl
            && gap.abs() < one.size * 0.001
            && (marked(self) || marked(next))
    }

    fn join(&mut self, next: GlyphRun) {
        let raised = Em::from_abs(self.place.y - next.place.y, self.item.size);
        self.item
            .glyphs
            .extend(next.item.glyphs.into_iter().map(|mut glyph| {
                glyph.y_offset += raised;
                glyph
            }));
        self.clusters.extend(next.clusters);
    }

    /// Draws glyphs nearer together that kerning has set so far apart that readers would take the gap for a space, as that
    /// between a bracket and a j.
    fn tighten(&mut self) {
        let joins = |text: &EcoString| {
            let parted = |c: char| c.is_whitespace() || breaks_anywhere(c);
            !self.rtl && !text.contains(parted)
        };
        for at in 1..self.item.glyphs.len() {
            let glyph = &mut self.item.glyphs[at - 1];
            let Some(own) = self.item.font.x_advance(glyph.id) else {
                continue;
            };
            let widest = own + Em::new(WIDEST_GAP);
            let is_kerned = glyph.x_advance > widest && glyph.x_advance < own + Em::new(0.3);
            if is_kerned && self.clusters[at - 1..=at].iter().all(joins) {
                glyph.x_advance = widest;
            }
        }
    }

    /// Gives each glyph its text.
    fn share_out(&mut self) {
        let clusters = std::mem::take(&mut self.clusters);
        let glyphs = &self.item.glyphs;
        let one = |a: &usize, b: &usize| {
            glyphs[*a].span == glyphs[*b].span && clusters[*a] == clusters[*b] && {
                glyphs[*a].range == glyphs[*b].range || clusters[*a].chars().any(is_combining_mark)
            }
        };
        let mut from = 0;
        while from < glyphs.len() {
            let goes_on = |at: &usize| *at < glyphs.len() && one(&(at - 1), at);
            let range = from..(from + 1..).find(|at| !goes_on(at)).unwrap_or(glyphs.len());
            from = range.end;
            let text = readable(&clusters[range.start]);
            // Nearly all.
            if range.len() == 1 && !text.is_empty() {
                self.texts.push(text);
                continue;
            }
            let mut texts = share(&text, range.len());
            if self.rtl {
                // Drawn from left to right, read the other way round.
                texts.reverse();
            }
            self.texts.extend(texts);
            let cluster = &self.item.glyphs[range.clone()];
            let raised = cluster
                .iter()
                .any(|one| one.y_offset != cluster[0].y_offset);
            if range.len() > 1 && (self.rtl || raised) {
                self.composable.push((range, text));
            }
        }
    }

    /// Puts letters that are drawn by several glyphs as one glyph each, and their marks as another one beside it, where
    /// `one` makes one of some glyphs with their places and an advance.
    pub(super) fn compose(
        &mut self,
        mut one: impl FnMut(&FontInstance, &[PlacedGlyph], Em) -> Option<u16>,
    ) {
        for (range, text) in std::mem::take(&mut self.composable).into_iter().rev() {
            let parts = self.divided(range.clone(), &text);
            let made = parts.into_iter().map(|(text, glyphs, advance)| {
                let id = one(&self.item.font, &glyphs, advance)?;
                let glyph = Glyph {
                    id,
                    x_advance: advance,
                    x_offset: Em::zero(),
                    y_offset: Em::zero(),
                    ..self.item.glyphs[range.start].clone()
                };
                Some((glyph, text))
            });
            let made: Option<(Vec<Glyph>, Vec<EcoString>)> = made.collect();
            if let Some((glyphs, texts)) = made {
                self.item.glyphs.splice(range.clone(), glyphs);
                self.texts.splice(range, texts);
            }
        }
    }

    /// The glyphs of a letter and those of its marks, in the order of drawing, with the text and the advance of each of
    /// the two.
    fn divided(&self, range: Range<usize>, text: &str) -> Vec<(EcoString, Vec<PlacedGlyph>, Em)> {
        let mut along = Em::zero();
        let mut letter = Vec::new();
        let mut marks = Vec::new();
        for at in range {
            let glyph = &self.item.glyphs[at];
            let placed = (glyph.id, along + glyph.x_offset, glyph.y_offset);
            match self.texts[at].chars().all(is_combining_mark) {
                true => marks.push(placed),
                false => letter.push(placed),
            }
            along += glyph.x_advance;
        }
        if letter.is_empty() || marks.is_empty() {
            letter.extend(marks);
            return vec![(text.into(), letter, along)];
        }
        let beside = (along * 0.5).min(MARK);
        let (own, above) = text.split_at(text.find(is_combining_mark).unwrap_or(text.len()));
        let mut parts = [(own, letter, along - beside), (above, marks, beside)];
        if self.rtl {
            parts.reverse();
        }
        let [(_, _, before), (_, after, _)] = &mut parts;
        after.iter_mut().for_each(|(_, x, _)| *x -= *before);
        let part = |(text, glyphs, advance): (&str, _, _)| (text.into(), glyphs, advance);
        parts.map(part).into()
    }

    /// Lets the run begin at the height of its letters.
    fn level(&mut self) {
        let is_mark = |text: &EcoString| text.chars().all(|c| is_combining_mark(c) || c == NOTHING);
        let letter = self.texts.iter().position(|text| !is_mark(text));
        let Some(height) = letter.map(|at| self.item.glyphs[at].y_offset) else {
            return;
        };
        if height != Em::zero() {
            self.place.y -= height.at(self.item.size);
            for glyph in &mut self.item.glyphs {
                glyph.y_offset -= height;
            }
        }
    }

    /// Whether a run from right to left is separated before a glyph: its words are marked one by one, and so is what
    /// the writer would show by strings of their own, in the order in which they are drawn.
    pub(super) fn parts_at(&self, at: usize) -> bool {
        let blank = |at: usize| self.texts[at].chars().all(char::is_whitespace);
        let raised = |at: usize| self.item.glyphs[at].y_offset;
        self.rtl && at > 0 && (blank(at) && !blank(at - 1) || raised(at) != raised(at - 1))
    }
}

/// Sets the blanks between right-to-left words from the font of the words, where it has one: readers take a change of
/// font for the end of a run, and nobody sees a blank.
pub(super) fn blanks_of_their_words(items: &mut [(Point, TextItem)]) {
    for at in 1..items.len().saturating_sub(1) {
        let [(_, before), (place, blank), (next, after)] = &items[at - 1..=at + 1] else {
            continue;
        };
        let between = blank.text.chars().all(|c| c == ' ')
            && runs_left(before)
            && runs_left(after)
            && next.x > place.x;
        let glyph = before
            .font
            .ttf()
            .glyph_index(' ')
            .filter(|_| between && blank.size == before.size);
        if let Some(glyph) = glyph {
            let font = before.font.clone();
            let blank = &mut items[at].1;
            blank.font = font;
            blank.glyphs.iter_mut().for_each(|one| one.id = glyph.0);
        }
    }
}

/// Whether the glyphs of a run go from right to left.
fn runs_left(item: &TextItem) -> bool {
    let (first, last) = (item.glyphs.first(), item.glyphs.last());
    match first
        .map(|glyph| glyph.range.start)
        .cmp(&last.map(|glyph| glyph.range.start))
    {
        std::cmp::Ordering::Equal => item.text.chars().any(is_rtl),
        order => order.is_gt(),
    }
}

/// Whether a character is written from right to left.
fn is_rtl(c: char) -> bool {
    matches!(bidi_class(c), BidiClass::R | BidiClass::AL)
}

/// The text of a cluster without the marks that are there for the typesetter: where a word may be divided, where a
/// direction changes. A cluster of nothing else is left as it is: a hyphen at a line end stands for U+00AD.
fn readable(text: &str) -> EcoString {
    let invisible = |c: &char| {
        matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let seen: EcoString = text.chars().filter(|c| !invisible(c)).collect();
    match seen.as_str() {
        "" => text.into(),
        // A hyphen that does not part words is drawn by the glyph of the common one.
        "\u{2011}" => "-".into(),
        _ => seen,
    }
}

/// A text shared out to `count` glyphs, in reading order: each mark to a glyph of its own, where there are as many.
fn share(text: &str, count: usize) -> Vec<EcoString> {
    let mut parts: Vec<EcoString> = Vec::with_capacity(count);
    let mut left = text.chars().count();
    for c in text.chars() {
        let room = parts.len() < count;
        let spare = count.saturating_sub(parts.len()) >= left;
        match parts.last_mut() {
            Some(last) if !room || (!spare && !is_combining_mark(c)) => last.push(c),
            _ => parts.push(c.into()),
        }
        left -= 1;
    }
    parts.resize(count, NOTHING.into());
    parts
}

/// In the words as written, what stands before those that are heard and not shown.
const UNSEEN: char = '\u{1f}';

/// Gives glyphs of capitals the letters that they were written as, as far as `written` continues with them. What nobody
/// sees and is heard with the last of them is given back.
fn as_written(texts: &mut [EcoString], written: &mut String) -> Option<String> {
    if written.is_empty() {
        return None;
    }
    let mut rest = written.as_str();
    let mut found = Vec::with_capacity(texts.len());
    for text in texts.iter() {
        if text == "\u{ad}" || text.chars().all(|c| c == NOTHING) {
            found.push(text.clone());
            continue;
        }
        // The typesetter drops blanks at line ends.
        if !text.starts_with(char::is_whitespace) {
            rest = rest.trim_start();
        }
        let count = text.chars().count();
        let end = rest
            .char_indices()
            .nth(count)
            .map_or(rest.len(), |(at, _)| at)
            .min(rest.find(UNSEEN).unwrap_or(rest.len()));
        let (own, after) = rest.split_at(end);
        if !shown_as(own, text) {
            return None;
        }
        found.push(own.into());
        rest = after;
    }
    let heard = rest.strip_prefix(UNSEEN).map(str::to_owned);
    texts.clone_from_slice(&found);
    *written = match heard {
        Some(_) => String::new(),
        None => rest.to_owned(),
    };
    heard
}

/// Whether letters are shown by those of `text`, in capitals or as they are.
fn shown_as(letters: &str, text: &str) -> bool {
    let capitals = |c: char| {
        if c == 'ß' {
            vec!['ẞ']
        } else {
            c.to_uppercase().collect()
        }
    };
    letters == text || letters.chars().flat_map(capitals).eq(text.chars())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_the_typesetter_are_no_text_but_for_a_hyphen_of_a_line_end() {
        let cases = [
            ("o\u{ad}", "o"),
            ("\u{202b}\u{64a}", "\u{64a}"),
            ("\u{2011}", "-"),
            ("\u{ad}", "\u{ad}"),
            ("\u{6cc}\u{200c}", "\u{6cc}\u{200c}"),
            ("ffi", "ffi"),
        ];
        for (text, right) in cases {
            assert_eq!(readable(text), right);
        }
    }

    #[test]
    fn every_glyph_of_a_cluster_has_a_text_and_no_letter_comes_twice() {
        let cases: [(&str, usize, &[&str]); 6] = [
            ("ffi", 1, &["ffi"]),
            ("\u{639}\u{64f}", 2, &["\u{639}", "\u{64f}"]),
            ("\u{645}\u{651}\u{64e}", 2, &["\u{645}", "\u{651}\u{64e}"]),
            (
                "\u{645}\u{651}\u{64e}",
                3,
                &["\u{645}", "\u{651}", "\u{64e}"],
            ),
            ("\u{628}", 2, &["\u{628}", "\u{2060}"]),
            ("e\u{301}", 1, &["e\u{301}"]),
        ];
        for (text, count, right) in cases {
            assert_eq!(share(text, count), right);
        }
    }

    /// What is heard of glyphs of capitals, and what is left of the words as written.
    fn heard(shown: &[&str], written: &str) -> (String, String) {
        let mut texts: Vec<EcoString> = shown.iter().map(|text| (*text).into()).collect();
        let mut left = written.to_owned();
        if let (Some(heard), Some(last)) = (as_written(&mut texts, &mut left), texts.last_mut()) {
            last.push_str(&heard);
        }
        (texts.iter().map(EcoString::as_str).collect(), left)
    }

    #[test]
    fn capitals_are_heard_as_they_were_written_over_runs_and_lines() {
        let right = |text: &str, left: &str| (text.to_owned(), left.to_owned());
        assert_eq!(
            heard(&["F", "I", "R", "S", "T"], "First meeting"),
            right("First", " meeting")
        );
        assert_eq!(
            heard(&["M", "E", "\u{ad}"], " meeting"),
            right("me\u{ad}", "eting")
        );
        assert_eq!(
            heard(&["S", "T", "R", "A", "ẞ", "E"], "Straße"),
            right("Straße", "")
        );
        assert_eq!(heard(&["fi", "N"], "fin"), right("fin", ""));
        assert_eq!(heard(&["P", "1"], "p1\u{1f}:"), right("p1:", ""));
        assert_eq!(heard(&["P"], "p1\u{1f}:"), right("p", "1\u{1f}:"));
        // Another text is none of its business.
        assert_eq!(heard(&["X"], "First"), right("X", "First"));
    }
}
