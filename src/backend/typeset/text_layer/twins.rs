//! Twins of fonts: the same glyphs, with a different text for some of them.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rayon::prelude::*;
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

/// What the glyphs of a page stand for, each once, in the order in which they are met.
#[derive(Default)]
pub(super) struct Met {
    runs: Vec<MetRun>,
    fonts: Vec<FontInstance>,
    /// What is known of each glyph, with the place of its font among them.
    seen: HashSet<(usize, u16, EcoString)>,
    rtl: bool,
}

/// A run, or what is new in it.
enum MetRun {
    Glyphs(FontInstance, Vec<(u16, EcoString)>),
    /// Some of its glyphs are to be composed.
    Composable(Box<GlyphRun>),
}

impl Met {
    /// Takes up what the glyphs of a run stand for.
    pub(super) fn take(&mut self, run: GlyphRun) {
        self.rtl |= run.rtl;
        if run.is_composable() {
            self.runs.push(MetRun::Composable(Box::new(run)));
            return;
        }
        let own = &run.item.font;
        let known = self.fonts.iter().position(|font| alike(font, own));
        let font = known.unwrap_or_else(|| {
            self.fonts.push(own.clone());
            self.fonts.len() - 1
        });
        let said = run.item.glyphs.iter().zip(run.texts);
        let new = said.filter_map(|(glyph, text)| {
            let is_new = self.seen.insert((font, glyph.id, text.clone()));
            is_new.then_some((glyph.id, text))
        });
        let new: Vec<_> = new.collect();
        if !new.is_empty() {
            self.runs.push(MetRun::Glyphs(run.item.font, new));
        }
    }
}

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
    /// The twins, by their ranks.
    twins: BTreeMap<usize, FontInstance>,
}

impl Twins {
    /// Makes what tells the glyphs of these pages apart.
    pub(super) fn of(pages: Vec<Met>) -> Twins {
        let mut twins = Twins::default();
        for met in pages {
            twins.rtl |= met.rtl;
            for run in met.runs {
                twins.meet(run);
            }
        }
        twins.fonts.par_iter_mut().for_each(Family::settle);
        twins
    }

    fn meet(&mut self, run: MetRun) {
        match run {
            MetRun::Glyphs(font, said) => {
                let family = self.family(&font);
                said.into_iter().for_each(|said| family.meet(said));
            }
            MetRun::Composable(mut run) => {
                let family = self.family(&run.item.font);
                run.compose(|font, glyphs, advance| {
                    family.composites.compose(font, glyphs, advance)
                });
                let glyphs = run.item.glyphs.iter().map(|glyph| glyph.id);
                glyphs.zip(run.texts).for_each(|said| family.meet(said));
            }
        }
    }

    /// The run from the fonts that give its glyphs their texts, with the places of its parts, in the order of reading.
    pub(super) fn set(&self, mut run: GlyphRun) -> Vec<(Point, FrameItem)> {
        // Where the glyph of a space has been met as a no-break one, each space would be shown by a string of its own, which
        // takes a run from right to left apart in the order in which it is drawn.
        if self.rtl {
            let blanks = run.texts.iter_mut().filter(|text| blank(text));
            blanks.for_each(|text| *text = " ".into());
        }
        let mut known = self.fonts.iter();
        let Some(family) = known.find(|family| alike(&family.font, &run.item.font)) else {
            // All were met.
            return vec![(Point::zero(), FrameItem::Text(run.item))];
        };
        run.compose(|font, glyphs, advance| family.composites.known(font, glyphs, advance));
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

    fn family(&mut self, font: &FontInstance) -> &mut Family {
        let mut families = self.fonts.iter();
        let known = families.position(|family| alike(&family.font, font));
        let at = known.unwrap_or_else(|| {
            self.fonts.push(Family {
                font: font.clone(),
                composites: Composites::default(),
                composed: None,
                texts: BTreeMap::new(),
                twins: BTreeMap::new(),
            });
            self.fonts.len() - 1
        });
        &mut self.fonts[at]
    }
}

impl Family {
    fn meet(&mut self, (glyph, text): (u16, EcoString)) {
        let texts = self.texts.entry(glyph).or_default();
        if !blank(&text) && !texts.contains(&text) {
            texts.push(text);
        }
    }

    /// Makes the composite glyphs and the twins, and puts what a font's own map says of a glyph first; a hyphen of a line's
    /// end has a twin of its own.
    fn settle(&mut self) {
        self.composed = self.composites.font(&self.font);
        let face = self.font.ttf();
        let mut ranks = BTreeSet::new();
        for (glyph, texts) in &mut self.texts {
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
                ranks.insert(HYPHENS);
            }
            ranks.extend(1..texts.len());
        }
        let font = self.composed.as_ref().unwrap_or(&self.font);
        self.twins = ranks
            .into_iter()
            .map(|rank| (rank, twin(font, rank)))
            .collect();
    }

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

    /// The font of that rank.
    fn twin(&self, rank: usize) -> FontInstance {
        let own = self.composed.as_ref().unwrap_or(&self.font);
        self.twins.get(&rank).unwrap_or(own).clone()
    }
}

/// Whether two fonts are one; comparing the fonts themselves would be comparing files.
fn alike(one: &FontInstance, other: &FontInstance) -> bool {
    one.data().as_ptr() == other.data().as_ptr()
        && one.index() == other.index()
        && one.variations() == other.variations()
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
