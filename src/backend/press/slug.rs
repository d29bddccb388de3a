//! The slug line: text in the margin of a sheet that tells the printer what it is.

use std::collections::BTreeSet;

use printpdf::{
    Cmyk, Codepoint, Color, ExtendedGraphicsStateId, FontId, Op, ParsedFont, PdfFont,
    PdfFontHandle, Point, Pt, TextItem,
};
use subsetter::GlyphRemapper;
use typst::text::{FontInfo, FontStretch, FontStyle, FontWeight};

use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::layout::Layout;

/// Type size in points.
const SIZE: f64 = 6.0;
/// Name of the graphics state in which black is printed on top of what is below.
pub(super) const OVERPRINT: &str = "Overprint";
/// Name of the font in the file.
const FONT: &str = "GMGSLG+Slug";

/// The font of slug lines, with the glyphs that they need.
pub(super) struct Slug {
    font: ParsedFont,
}

impl Slug {
    /// The layout's sans-serif font, with the glyphs of these lines.
    pub(super) fn new(layout: &Layout, lines: &BTreeSet<String>) -> Result<Self, Diagnostics> {
        let family = &layout.tokens.fonts.sans;
        let wrong = || -> Diagnostics {
            Diagnostic::new(
                Code::SLUG_FONT,
                format!("the font `{family}` has no upright style for the slug line of the sheets"),
            )
            .hint("add the regular face to the layout's fonts")
            .into()
        };
        let regular = |info: &FontInfo| {
            info.family.eq_ignore_ascii_case(family)
                && info.variant.style == FontStyle::Normal
                && info.variant.weight == FontWeight::REGULAR
                && info.variant.stretch == FontStretch::NORMAL
        };
        let mut files = layout.fonts.read()?.values();
        let bytes = files
            .find(|bytes| {
                FontInfo::iter(bytes)
                    .next()
                    .is_some_and(|info| regular(&info))
            })
            .ok_or_else(wrong)?;
        let whole = ParsedFont::from_bytes(bytes, 0, &mut Vec::new()).ok_or_else(wrong)?;
        let font = subset(whole, lines).ok_or_else(wrong)?;
        Ok(Slug { font })
    }

    /// Id and font for the file.
    pub(super) fn resource(&self) -> (FontId, PdfFont) {
        (FontId(FONT.into()), PdfFont::new(self.font.clone()))
    }

    /// Draws the first of these lines that goes into `room`, or as much of the last as does, from the left end of its
    /// base line.
    pub(super) fn draw(&self, lines: &[String], x: f64, y: f64, room: f64) -> Vec<Op> {
        let fitting = lines.iter().find(|line| self.width(line) <= room);
        let line = fitting.or(lines.last()).map_or("", String::as_str);
        let glyphs = self.glyphs(line, room);
        let font = PdfFontHandle::External(FontId(FONT.into()));
        vec![
            Op::SaveGraphicsState,
            Op::LoadGraphicsState {
                gs: ExtendedGraphicsStateId(OVERPRINT.into()),
            },
            Op::SetFillColor { col: black() },
            Op::StartTextSection,
            Op::SetFont {
                font,
                size: Pt(SIZE as f32),
            },
            Op::SetTextCursor {
                pos: Point {
                    x: Pt(x as f32),
                    y: Pt(y as f32),
                },
            },
            Op::ShowText {
                items: vec![TextItem::GlyphIds(glyphs)],
            },
            Op::EndTextSection,
            Op::RestoreGraphicsState,
        ]
    }

    /// Width of a character in points; `None` where the font does not have it.
    fn advance(&self, character: char) -> Option<(u16, f64)> {
        let units = f64::from(self.font.units_per_em.max(1));
        let gid = self.font.lookup_glyph_index(u32::from(character))?;
        let width = f64::from(self.font.get_glyph_width(gid).unwrap_or(0));
        Some((gid, width * SIZE / units))
    }

    fn width(&self, line: &str) -> f64 {
        let known = line.chars().filter_map(|character| self.advance(character));
        known.map(|(_, width)| width).sum()
    }

    fn glyphs(&self, line: &str, room: f64) -> Vec<Codepoint> {
        let mut used = 0.0;
        let mut glyphs = Vec::new();
        for character in line.chars() {
            let Some((gid, width)) = self.advance(character) else {
                continue;
            };
            used += width;
            if used > room {
                break;
            }
            glyphs.push(Codepoint {
                gid,
                offset: 0.0,
                cid: Some(character.to_string()),
            });
        }
        glyphs
    }
}

fn black() -> Color {
    Color::Cmyk(Cmyk {
        c: 0.0,
        m: 0.0,
        y: 0.0,
        k: 1.0,
        icc_profile: None,
    })
}

/// The font with the glyphs of these lines alone: the whole one would be most of a small file.
fn subset(mut font: ParsedFont, lines: &BTreeSet<String>) -> Option<ParsedFont> {
    let characters: BTreeSet<char> = lines.iter().flat_map(|line| line.chars()).collect();
    let mut glyphs = GlyphRemapper::new();
    let mut letters = std::collections::BTreeMap::new();
    let mut widths = std::collections::BTreeMap::new();
    for character in characters {
        let letter = u32::from(character);
        if let Some(gid) = font.lookup_glyph_index(letter) {
            let new = glyphs.remap(gid);
            letters.insert(letter, new);
            widths.insert(new, font.get_glyph_width(gid).unwrap_or(0));
        }
    }
    font.original_bytes = subsetter::subset(&font.original_bytes, 0, &glyphs).ok()?;
    font.codepoint_to_glyph = letters;
    font.glyph_widths = widths;
    Some(font)
}
