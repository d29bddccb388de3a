//! Letters and their marks as glyphs of a font of our own.
//!
//! A mark above or below a letter is drawn at another height, by a string of its own, and readers that go by places (poppler
//! most of all) take what stands at another height for another word, and what stands at the same place for the same letter
//! drawn twice: words with all their vowels came apart. Here a letter and its marks are two glyphs of our own, beside each
//! other and at the height of the line, each a composite (OpenType 1.9, `glyf`) that draws where the marks belong.

use std::collections::BTreeMap;

use ttf_parser::head::IndexToLocationFormat;
use ttf_parser::{Face, GlyphId, Tag};
use typst::foundations::Bytes;
use typst::layout::{Abs, Em};
use typst::text::{Font, FontInstance};
use write_fonts::FontBuilder;

/// Numbers in a component's flags: its place is two words, which are distances.
const PLACED: u16 = 0x0003;
/// In a component's flags: another one follows.
const MORE: u16 = 0x0020;

/// Where tables say which offsets `loca` has (`head`), how many glyphs there are (`maxp`) and how many advances (`hhea`).
const LONG_OFFSETS: usize = 50;
const NUMBER_OF_GLYPHS: usize = 4;
const NUMBER_OF_ADVANCES: usize = 34;

/// A glyph and its place.
pub(super) type PlacedGlyph = (u16, Em, Em);

/// A glyph of a font and its place, in units of the font.
type Component = (u16, i16, i16);

/// What a composite glyph is made of, in the order of drawing, and its advance.
type Composite = (Vec<Component>, u16);

/// The composite glyphs of a font.
#[derive(Default)]
pub(super) struct Composites {
    ids: BTreeMap<Composite, u16>,
}

impl Composites {
    /// The glyph that draws these at their places and then moves on by `advance`, made where there is none yet; `None`
    /// where the font's glyphs are of another kind.
    pub(super) fn compose(
        &mut self,
        font: &FontInstance,
        glyphs: &[PlacedGlyph],
        advance: Em,
    ) -> Option<u16> {
        let composite = composite(font, glyphs, advance)?;
        let next = usize::from(font.ttf().number_of_glyphs()) + self.ids.len();
        let next = u16::try_from(next).ok()?;
        Some(*self.ids.entry(composite).or_insert(next))
    }

    /// The same of those that have been made.
    pub(super) fn known(
        &self,
        font: &FontInstance,
        glyphs: &[PlacedGlyph],
        advance: Em,
    ) -> Option<u16> {
        self.ids.get(&composite(font, glyphs, advance)?).copied()
    }

    /// The font with all of them; none where there are none.
    pub(super) fn font(&mut self, font: &FontInstance) -> Option<FontInstance> {
        if self.ids.is_empty() {
            return None;
        }
        let made = self.written(font).and_then(|data| {
            let made = Font::new(Bytes::new(data), 0)?;
            Some(made.instantiate(font.info().variant, Abs::zero(), font.variations()))
        });
        if made.is_none() {
            self.ids.clear();
        }
        made
    }

    fn written(&self, font: &FontInstance) -> Option<Vec<u8>> {
        let face = font.ttf();
        let raw = face.raw_face();
        let table = |name| raw.table(Tag::from_bytes(name)).map(<[u8]>::to_vec);
        let mut glyphs: Vec<(&u16, &Composite)> =
            self.ids.iter().map(|(what, id)| (id, what)).collect();
        glyphs.sort();
        let loca = table(b"loca")?;
        let old = face.number_of_glyphs();
        let count = old.checked_add(u16::try_from(glyphs.len()).ok()?)?;
        let (mut glyf, mut places, mut widths) = (table(b"glyf")?, Vec::new(), Vec::new());
        for id in 0..=old {
            places.extend(offset(&loca, face, id)?.to_be_bytes());
        }
        for id in (0..old).map(GlyphId) {
            widths.extend(face.glyph_hor_advance(id).unwrap_or(0).to_be_bytes());
            widths.extend(face.glyph_hor_side_bearing(id).unwrap_or(0).to_be_bytes());
        }
        // What follows the last glyph fills up the table.
        glyf.truncate(usize::try_from(offset(&loca, face, old)?).ok()?);
        for (_, (components, advance)) in &glyphs {
            let (data, left) = drawn(face, components);
            glyf.extend(data);
            places.extend(u32::try_from(glyf.len()).ok()?.to_be_bytes());
            widths.extend(advance.to_be_bytes());
            widths.extend(left.to_be_bytes());
        }
        let (mut head, mut maxp, mut hhea) = (table(b"head")?, table(b"maxp")?, table(b"hhea")?);
        // Version 3: the glyphs have no names.
        let mut post = table(b"post")?;
        put(&mut post, 0, 3)?;
        post.truncate(32);
        put(&mut head, LONG_OFFSETS, 1)?;
        put(&mut maxp, NUMBER_OF_GLYPHS, count)?;
        put(&mut hhea, NUMBER_OF_ADVANCES, count)?;
        let most = glyphs.iter().map(|(_, (components, _))| components.len());
        let most = u16::try_from(most.max()?).ok()?;
        // Points and contours of composite glyphs, what they are made of, how deep: never less than there is.
        for (simple, composite) in [(6, 10), (8, 12)] {
            let largest = get(&maxp, simple)?.max(get(&maxp, composite)?);
            put(&mut maxp, composite, largest.saturating_mul(most))?;
        }
        let parts = get(&maxp, 28)?.max(most);
        put(&mut maxp, 28, parts)?;
        let depth = get(&maxp, 30)?.saturating_add(1);
        put(&mut maxp, 30, depth)?;
        let mut builder = FontBuilder::new();
        // What shapes text has done its work.
        for name in [
            b"cmap", b"name", b"OS/2", b"post", b"cvt ", b"fpgm", b"prep",
        ] {
            if let Some(data) = table(name) {
                builder.add_raw(write_fonts::types::Tag::new(name), data);
            }
        }
        for (name, data) in [
            (b"glyf", glyf),
            (b"loca", places),
            (b"hmtx", widths),
            (b"head", head),
            (b"maxp", maxp),
            (b"hhea", hhea),
            (b"post", post),
        ] {
            builder.add_raw(write_fonts::types::Tag::new(name), data);
        }
        Some(builder.build())
    }
}

/// What draws these at their places and then moves on by `advance`, in units of the font; `None` where its glyphs are of
/// another kind.
fn composite(font: &FontInstance, glyphs: &[PlacedGlyph], advance: Em) -> Option<Composite> {
    let tables = font.ttf().tables();
    if tables.glyf.is_none() || tables.gvar.is_some() {
        return None;
    }
    let unit = |em: Em| {
        let unit = (em.get() * font.units_per_em()).round();
        #[expect(clippy::cast_possible_truncation, reason = "looked at")]
        (unit.abs() < f64::from(i16::MAX)).then_some(unit as i16)
    };
    let place = |(id, x, y): &PlacedGlyph| Some((*id, unit(*x)?, unit(*y)?));
    let components: Option<Vec<Component>> = glyphs.iter().map(place).collect();
    Some((components?, u16::try_from(unit(advance)?).ok()?))
}

/// A number of a table, at that byte.
fn get(table: &[u8], at: usize) -> Option<u16> {
    let bytes = table.get(at..at + 2)?;
    Some(u16::from_be_bytes(bytes.try_into().ok()?))
}

fn put(table: &mut [u8], at: usize, number: u16) -> Option<()> {
    table
        .get_mut(at..at + 2)?
        .copy_from_slice(&number.to_be_bytes());
    Some(())
}

/// Where the data of a glyph begin in `glyf`.
fn offset(loca: &[u8], face: &Face<'_>, glyph: u16) -> Option<u32> {
    let at = usize::from(glyph);
    match face.tables().head.index_to_location_format {
        IndexToLocationFormat::Short => Some(u32::from(get(loca, at * 2)?) * 2),
        IndexToLocationFormat::Long => {
            let bytes = loca.get(at * 4..at * 4 + 4)?;
            Some(u32::from_be_bytes(bytes.try_into().ok()?))
        }
    }
}

/// The data of a composite glyph, and how far from its beginning it is drawn.
fn drawn(face: &Face<'_>, components: &[Component]) -> (Vec<u8>, i16) {
    let boxes = components.iter().filter_map(|(glyph, x, y)| {
        let it = face.glyph_bounding_box(GlyphId(*glyph))?;
        let moved = |at: i16, by: &i16| at.saturating_add(*by);
        Some([
            moved(it.x_min, x),
            moved(it.y_min, y),
            moved(it.x_max, x),
            moved(it.y_max, y),
        ])
    });
    let around = boxes.reduce(|a, b| {
        [
            a[0].min(b[0]),
            a[1].min(b[1]),
            a[2].max(b[2]),
            a[3].max(b[3]),
        ]
    });
    let around = around.unwrap_or_default();
    let mut data = (-1i16).to_be_bytes().to_vec();
    data.extend(around.iter().flat_map(|side| side.to_be_bytes()));
    for (at, (glyph, x, y)) in components.iter().enumerate() {
        let more = if at + 1 < components.len() { MORE } else { 0 };
        data.extend((PLACED | more).to_be_bytes());
        data.extend(glyph.to_be_bytes());
        data.extend(x.to_be_bytes());
        data.extend(y.to_be_bytes());
    }
    (data, around[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use ttf_parser::{OutlineBuilder, Rect};
    use typst::text::FontVariant;

    fn font(path: &str) -> FontInstance {
        let data = std::fs::read(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let font = Font::new(Bytes::new(data), 0).unwrap();
        font.instantiate(FontVariant::default(), Abs::zero(), &Default::default())
    }

    /// The points of an outline.
    #[derive(Default)]
    struct Points(Vec<(f32, f32)>);

    impl OutlineBuilder for Points {
        fn move_to(&mut self, x: f32, y: f32) {
            self.0.push((x, y));
        }
        fn line_to(&mut self, x: f32, y: f32) {
            self.0.push((x, y));
        }
        fn quad_to(&mut self, _: f32, _: f32, x: f32, y: f32) {
            self.0.push((x, y));
        }
        fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, x: f32, y: f32) {
            self.0.push((x, y));
        }
        fn close(&mut self) {}
    }

    fn outline(font: &FontInstance, glyph: u16, x: f32, y: f32) -> (Option<Rect>, Vec<(f32, f32)>) {
        let mut points = Points::default();
        let bounds = font.ttf().outline_glyph(GlyphId(glyph), &mut points);
        let moved = points.0.into_iter().map(|(a, b)| (a + x, b + y));
        (bounds, moved.collect())
    }

    #[test]
    fn a_composite_glyph_draws_its_glyphs_at_their_places_and_the_others_stay() {
        let font = font("layouts/fonts/noto/NotoNaskhArabic-Regular.ttf");
        let id = |c| font.ttf().glyph_index(c).unwrap().0;
        let (letter, mark) = (id('ب'), id('\u{64e}'));
        let mut all = Composites::default();
        let em = |units: f64| Em::new(units / font.units_per_em());
        let glyphs = [
            (mark, em(120.0), em(-30.0)),
            (letter, em(-100.0), Em::zero()),
        ];
        let made = all.compose(&font, &glyphs, em(400.0)).unwrap();
        assert_eq!(made, font.ttf().number_of_glyphs());
        assert_eq!(all.compose(&font, &glyphs, em(400.0)), Some(made));
        assert_eq!(all.compose(&font, &glyphs, em(401.0)), Some(made + 1));
        assert_eq!(all.known(&font, &glyphs, em(401.0)), Some(made + 1));
        assert_eq!(all.known(&font, &glyphs, em(402.0)), None);
        let composed = all.font(&font).unwrap();
        assert_eq!(composed.ttf().number_of_glyphs(), made + 2);
        assert_eq!(composed.ttf().glyph_hor_advance(GlyphId(made)), Some(400));
        let mut right = outline(&font, mark, 120.0, -30.0).1;
        right.extend(outline(&font, letter, -100.0, 0.0).1);
        assert_eq!(outline(&composed, made, 0.0, 0.0).1, right);
        for glyph in 0..made {
            let (was, is) = (
                outline(&font, glyph, 0.0, 0.0),
                outline(&composed, glyph, 0.0, 0.0),
            );
            assert_eq!(was.1, is.1, "glyph {glyph}");
            let advance = |font: &FontInstance| font.ttf().glyph_hor_advance(GlyphId(glyph));
            assert_eq!(advance(&font), advance(&composed), "glyph {glyph}");
        }
    }

    #[test]
    fn fonts_of_another_kind_and_places_far_off_have_no_composite_glyphs() {
        let arabic = font("layouts/fonts/noto/NotoNaskhArabic-Regular.ttf");
        let mut all = Composites::default();
        let far = [(1, Em::new(40.0), Em::zero())];
        assert_eq!(all.compose(&arabic, &far, Em::one()), None);
        assert_eq!(all.compose(&arabic, &[], Em::new(-1.0)), None);
        assert!(all.font(&arabic).is_none());
        let latin = font("layouts/fonts/source-serif/SourceSerif4-Regular.otf");
        let here = [(1, Em::zero(), Em::zero())];
        assert_eq!(
            Composites::default().compose(&latin, &here, Em::one()),
            None
        );
    }
}
