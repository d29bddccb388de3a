//! Twins of fonts: the same glyphs, with a different text for some of them.

use std::collections::BTreeMap;

use typst::diag::EcoString;
use typst::foundations::Bytes;
use typst::layout::{Abs, Em, FrameItem, Point};
use typst::text::{Font, FontInstance, Glyph, TextItem};

use super::composed::Composites;
use super::glyphs::GlyphRun;

/// What a hyphen stands for that a line's end put there.
const SOFT_HYPHEN: &str = "\u{ad}";

/// The rank of the twin that hyphens of line ends are set from, and nothing else: it is known by that in the file.
const HYPHENS: usize = u8::MAX as usize;

/// Where the field `checkSumAdjustment` is in the table `head` (OpenType 1.9).
const CHECKSUM: usize = 8;

/// The texts of all glyphs, and the fonts that tell them apart.
#[derive(Default)]
pub(super) struct Twins {
    fonts: Vec<Family>,
    /// Whether any run goes from right to left.
    rtl: bool,
}

/// A font, and what its glyphs stand for.
struct Family {
    font: FontInstance,
    composites: Composites,
    /// The font with the composite glyphs, if there are any.
    composed: Option<FontInstance>,
    /// The texts of each glyph: the first is that of the font itself, the next ones those of its twins.
    texts: BTreeMap<u16, Vec<EcoString>>,
    /// The twins that were needed.
    twins: BTreeMap<usize, FontInstance>,
}

impl Twins {
    /// Takes up what the glyphs of a run stand for.
    pub(super) fn meet(&mut self, mut run: GlyphRun) {
        self.rtl |= run.rtl;
        let at = self.family(&run.item.font);
        let family = &mut self.fonts[at];
        run.compose(|font, glyphs, advance| family.composites.compose(font, glyphs, advance));
        for (glyph, text) in run.item.glyphs.iter().zip(&run.texts) {
            let texts = family.texts.entry(glyph.id).or_default();
            if !blank(text) && !texts.contains(text) {
                texts.push(text.clone());
            }
        }
    }

    /// Makes the composite glyphs, and puts what a font's own map says of a glyph first; a hyphen of a line's end has a twin
    /// of its own.
    pub(super) fn settle(&mut self) {
        for family in &mut self.fonts {
            family.composed = family.composites.font(&family.font);
            let face = family.font.ttf();
            for (glyph, texts) in &mut family.texts {
                let own = |text: &str| {
                    let mut chars = text.chars();
                    let only = chars.next().filter(|_| chars.next().is_none());
                    only.and_then(|c| face.glyph_index(c))
                        .is_some_and(|id| id.0 == *glyph)
                };
                let hyphen = texts.iter().any(|text| text == SOFT_HYPHEN);
                texts.retain(|text| text != SOFT_HYPHEN);
                // Blanks are no texts of their own; a sign that is heard and not seen is drawn by one, and needs a twin.
                if own(" ") && !texts.is_empty() && !texts.iter().any(|text| own(text)) {
                    texts.push(" ".into());
                }
                texts.sort_by_key(|text| !own(text));
                if hyphen {
                    texts.resize_with(texts.len().max(1), || "-".into());
                }
            }
        }
    }

    /// The run from the fonts that give its glyphs their texts, with the places of its parts, in the order of reading.
    pub(super) fn set(&mut self, mut run: GlyphRun) -> Vec<(Point, FrameItem)> {
        // Where the glyph of a space has been met as a no-break one, each space would be shown by a string of its own, which
        // takes a run from right to left apart in the order in which it is drawn.
        if self.rtl {
            let blanks = run.texts.iter_mut().filter(|text| blank(text));
            blanks.for_each(|text| *text = " ".into());
        }
        let at = self.family(&run.item.font);
        let family = &mut self.fonts[at];
        run.compose(|font, glyphs, advance| family.composites.compose(font, glyphs, advance));
        let ranks: Vec<usize> = run
            .item
            .glyphs
            .iter()
            .zip(&run.texts)
            .map(|(glyph, text)| family.rank(glyph, text))
            .collect();
        let mut parts = Vec::new();
        let mut place = Em::zero();
        let mut from = 0;
        for to in 1..=ranks.len() {
            if to < ranks.len() && ranks[to] == ranks[from] && !run.parts_at(to) {
                continue;
            }
            let mut item = part(&run, from, to, family.twin(ranks[from]));
            let width: Em = item.glyphs.iter().map(|glyph| glyph.x_advance).sum();
            // A glyph alone stands where it is drawn.
            let off = match item.glyphs.as_mut_slice() {
                [only] => std::mem::replace(&mut only.x_offset, Em::zero()),
                _ => Em::zero(),
            };
            parts.push((
                Point::with_x((place + off).at(item.size)),
                FrameItem::Text(item),
            ));
            place += width;
            from = to;
        }
        if run.rtl {
            parts.reverse();
        }
        parts
    }

    fn family(&mut self, font: &FontInstance) -> usize {
        // Comparing the fonts themselves would be comparing files.
        let known = self.fonts.iter().position(|family| {
            let own = &family.font;
            own.data().as_ptr() == font.data().as_ptr()
                && own.index() == font.index()
                && own.variations() == font.variations()
        });
        known.unwrap_or_else(|| {
            self.fonts.push(Family {
                font: font.clone(),
                composites: Composites::default(),
                composed: None,
                texts: BTreeMap::new(),
                twins: BTreeMap::new(),
            });
            self.fonts.len() - 1
        })
    }
}

impl Family {
    /// Which font of the family gives a glyph that text; readers take all blanks for the same.
    fn rank(&self, glyph: &Glyph, text: &str) -> usize {
        if text == SOFT_HYPHEN {
            return HYPHENS;
        }
        let texts = self.texts.get(&glyph.id);
        texts
            .and_then(|texts| texts.iter().position(|one| one == text))
            .unwrap_or(0)
    }

    fn twin(&mut self, rank: usize) -> FontInstance {
        let font = self.composed.as_ref().unwrap_or(&self.font);
        if rank == 0 {
            return font.clone();
        }
        self.twins
            .entry(rank)
            .or_insert_with(|| twin(font, rank))
            .clone()
    }
}

fn blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

/// A font that differs from another in its checksum alone, which nothing reads but to tell fonts apart.
fn twin(font: &FontInstance, rank: usize) -> FontInstance {
    let mut data = font.data().to_vec();
    let at = font
        .ttf()
        .raw_face()
        .table(ttf_parser::Tag::from_bytes(b"head"));
    let at = at.map(|head| head.as_ptr() as usize - font.data().as_ptr() as usize + CHECKSUM);
    if let Some(sum) = at.and_then(|at| data.get_mut(at..at + 4)) {
        let rank = u8::try_from(rank).unwrap_or(u8::MAX);
        sum.iter_mut()
            .for_each(|byte| *byte = byte.wrapping_add(rank));
    }
    let made = Font::new(Bytes::new(data), font.index());
    let alike = |made: Font| made.instantiate(font.info().variant, Abs::zero(), font.variations());
    made.map_or_else(|| font.clone(), alike)
}

/// Glyphs `from` to `to` of a run.
fn part(run: &GlyphRun, from: usize, to: usize, font: FontInstance) -> TextItem {
    let item = &run.item;
    let mut glyphs = item.glyphs[from..to].to_vec();
    let mut text = String::new();
    let order: Vec<usize> = if run.rtl {
        (0..to - from).rev().collect()
    } else {
        (0..to - from).collect()
    };
    for at in order {
        let start = text.len();
        text.push_str(&run.texts[from + at]);
        let place = |end: usize| u16::try_from(end).unwrap_or(u16::MAX);
        glyphs[at].range = place(start)..place(text.len());
    }
    TextItem {
        font,
        text: text.into(),
        glyphs,
        ..item.clone()
    }
}
