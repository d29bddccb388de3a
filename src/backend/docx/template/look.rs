//! The look of a template as design tokens: our own styles, pictures and tables fit to its page, in its faces, sizes and
//! colours.

use super::super::package::Element;
use super::notes::{Note, Notes};
use super::styles::Styles;
use super::taken::{child, child_val};
use crate::base::diagnostic::Diagnostics;
use crate::layout::{Colour, Layout, Length, Tokens, millimetres};
use crate::word;

/// The least contrast of text with the paper (WCAG 1.4.3).
const READABLE: f64 = 4.5;
/// White paper.
const PAPER: [u8; 3] = [255; 3];
/// How far a template may change sizes.
const SCALE: std::ops::RangeInclusive<f64> = 0.5..=3.0;
/// Width and height of a page in twentieths of a point, as Word allows.
const SIDES: std::ops::RangeInclusive<f64> = 720.0..=31_680.0;

/// The page of a template in twentieths of a point.
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub(super) width: f64,
    pub(super) height: f64,
    /// Margins: top, right, bottom, left, header, footer, gutter.
    pub(super) margins: [f64; 7],
}

/// The names of the margins.
pub(super) const MARGINS: [&str; 7] = [
    "w:top", "w:right", "w:bottom", "w:left", "w:header", "w:footer", "w:gutter",
];

impl Page {
    /// The page of a section; none where that does not say its size.
    pub(super) fn of(section: &Element) -> Option<Page> {
        let number = |element: &Element, name: &str| element.get(name)?.parse::<f64>().ok();
        let size = child(section, "w:pgSz")?;
        // Without margins they are an inch wide, as in Word's first versions.
        let own = child(section, "w:pgMar");
        let margin = |name: &str| {
            let usual = match name {
                "w:gutter" => 0.0,
                "w:header" | "w:footer" => 720.0,
                _ => 1440.0,
            };
            // A negative margin is one that a header does not move.
            own.and_then(|own| number(own, name))
                .map_or(usual, f64::abs)
        };
        Some(Page {
            width: number(size, "w:w")?,
            height: number(size, "w:h")?,
            margins: MARGINS.map(margin),
        })
    }

    /// Whether Word has such pages.
    pub(super) fn is_sound(&self) -> bool {
        SIDES.contains(&self.width)
            && SIDES.contains(&self.height)
            && self.margins.iter().all(|margin| *margin <= *SIDES.end())
    }
}

/// The layout with what the template says of its tokens.
pub(super) fn layout(
    layout: &Layout,
    page: Option<&Page>,
    mirrored: bool,
    styles: &Styles,
    theme: Option<&Element>,
    notes: &mut Notes,
) -> Result<Layout, Diagnostics> {
    let mut own = layout.clone();
    let tokens = &mut own.tokens;
    if let Some(page) = page {
        set_page(tokens, page, mirrored, notes);
    }
    set_faces(tokens, styles, theme);
    set_sizes(tokens, styles);
    // Inks are the printer's.
    if !tokens.for_print() {
        set_colours(tokens, styles, theme);
    }
    own.check()?;
    Ok(own)
}

fn set_page(tokens: &mut Tokens, page: &Page, mirrored: bool, notes: &mut Notes) {
    let [top, right, bottom, left, _, _, gutter] =
        page.margins.map(|twips| Length::pt(twips / 20.0));
    let (width, height) = (
        Length::pt(page.width / 20.0),
        Length::pt(page.height / 20.0),
    );
    let own = &mut tokens.page;
    let differs = |a: Length, b: Length| (a.to_pt() - b.to_pt()).abs() > 1.0;
    if differs(own.width, width) || differs(own.height, height) {
        let size = |width: Length, height: Length| {
            format!(
                "{} x {} mm",
                millimetres(width.to_pt(), 0),
                millimetres(height.to_pt(), 0)
            )
        };
        let said = format!(
            "{}, and that of the layout {}",
            size(width, height),
            size(own.width, own.height)
        );
        notes.add(Note::Page, &said);
    }
    (own.width, own.height) = (width, height);
    (own.top, own.bottom, own.inside, own.outside) = (top, bottom, left, right);
    own.gutter = gutter;
    own.mirrored = mirrored;
}

/// The face of a style, as its fonts or those of the theme name it.
fn face<'s>(styles: &'s Styles, theme: Option<&'s Element>, id: &str) -> Option<String> {
    let named = |run: &'s Element| {
        let fonts = child(run, "w:rFonts")?;
        match fonts.get("w:asciiTheme") {
            Some(of) => {
                let group = if of.starts_with("major") {
                    "a:majorFont"
                } else {
                    "a:minorFont"
                };
                let scheme = child(child(theme?, "a:themeElements")?, "a:fontScheme")?;
                child(child(scheme, group)?, "a:latin")?.get("typeface")
            }
            None => fonts.get("w:ascii").or(fonts.get("w:hAnsi")),
        }
    };
    let own = styles.said(id, |style| named(child(style, "w:rPr")?));
    let face = own.or_else(|| named(styles.default_run()?))?;
    (!face.trim().is_empty()).then(|| face.to_owned())
}

fn set_faces(tokens: &mut Tokens, styles: &Styles, theme: Option<&Element>) {
    if let Some(text) = face(styles, theme, "Normal") {
        tokens.docx.text_font = text;
    }
    let headings = [
        "Heading2",
        "Heading2Unlisted",
        "Heading1",
        "Heading1Unlisted",
    ];
    let heading = headings.iter().find(|id| styles.has(id));
    if let Some(sans) = heading.and_then(|id| face(styles, theme, id)) {
        tokens.docx.sans_font = sans;
    }
}

/// The size of a style's type in points, where the template says it.
fn size(styles: &Styles, id: &str) -> Option<f64> {
    let half = |run: &Element| child_val(run, "w:sz")?.parse::<f64>().ok();
    let own = styles.said(id, |style| half(child(style, "w:rPr")?));
    // Characters have the size of what they stand in.
    let part = styles.get(id).and_then(|style| style.get("w:type")) == Some("character");
    let half = own.or_else(|| half(styles.default_run().filter(|_| !part)?))?;
    Some(half / 2.0)
}

fn set_sizes(tokens: &mut Tokens, styles: &Styles) {
    let sizes = &mut tokens.sizes;
    // What is too small for the layout is no measure for the rest.
    let sound =
        |text: &f64| *text >= sizes.least.to_pt() && SCALE.contains(&(text / sizes.text.to_pt()));
    let Some(text) = size(styles, "Normal").filter(sound) else {
        return;
    };
    let scale = text / sizes.text.to_pt();
    let least = sizes.least;
    for size in [
        &mut sizes.note,
        &mut sizes.table,
        &mut sizes.table_least,
        &mut sizes.small,
        &mut sizes.lead,
        &mut sizes.heading,
        &mut sizes.title,
        &mut sizes.cover,
        &mut sizes.line,
    ] {
        // Half points, as Word counts type.
        let scaled = (size.to_pt() * scale * 2.0).round() / 2.0;
        *size = Length::pt(scaled.max(least.to_pt()));
    }
    sizes.text = Length::pt(text);
}

/// The colour of a style, where it says one in figures.
fn colour(styles: &Styles, id: &str) -> Option<[u8; 3]> {
    let own = styles.said(id, |style| child_val(child(style, "w:rPr")?, "w:color"));
    hexadecimal(own?)
}

/// Six digits as a colour.
pub(super) fn hexadecimal(digits: &str) -> Option<[u8; 3]> {
    match format!("#{digits}").parse() {
        Ok(Colour::Rgb(rgb)) => Some(rgb),
        _ => None,
    }
}

fn set_colours(tokens: &mut Tokens, styles: &Styles, theme: Option<&Element>) {
    let readable = |rgb: &[u8; 3]| contrast(*rgb, PAPER) >= READABLE;
    let of_style = |id: &str| colour(styles, id).filter(readable).map(Colour::Rgb);
    let of_theme = |slot: &str| {
        let scheme = child(child(theme?, "a:themeElements")?, "a:clrScheme")?;
        let digits = child(child(scheme, slot)?, "a:srgbClr")?.get("val")?;
        hexadecimal(digits).filter(readable).map(Colour::Rgb)
    };
    let own = &mut tokens.colours;
    own.text = of_style("Normal").unwrap_or(own.text);
    let headings = [
        "Heading1",
        "Heading1Unlisted",
        "Heading2",
        "Heading2Unlisted",
    ];
    let heading = headings.iter().find_map(|id| of_style(id));
    let heading = heading.or_else(|| of_theme("a:accent1"));
    own.structure = heading.unwrap_or(own.text);
    own.accent = of_theme("a:accent2")
        .or_else(|| of_theme("a:accent1"))
        .unwrap_or(own.structure);
    own.link = of_style("Hyperlink")
        .or_else(|| of_theme("a:hlink"))
        .unwrap_or(own.structure);
}

/// Notes the styles of text that is hard to read on white paper, or smaller than the layout allows.
pub(super) fn note_unreadable(
    styles: &Styles,
    used: &std::collections::BTreeSet<String>,
    least: Length,
    notes: &mut Notes,
) {
    // What has no look of its own has that of `Normal`.
    let used = used.iter().map(String::as_str).chain(["Normal"]);
    for id in used.filter(|id| styles.has(id)) {
        let name = styles.get(id).and_then(|style| child_val(style, "w:name"));
        let name = name.unwrap_or(id);
        // A mark of a note has the size of the text that it stands in.
        let raised = id == "FootnoteReference";
        let small = |size: &f64| *size < least.to_pt() && !raised;
        if let Some(size) = size(styles, id).filter(small) {
            notes.add(Note::Small, &format!("{name} ({size}pt)"));
        }
        let shaded = styles.said(id, |style| {
            let paragraph = child(style, "w:pPr").and_then(|one| child(one, "w:shd"));
            paragraph.or_else(|| child(child(style, "w:rPr")?, "w:shd"))
        });
        let paper = shaded
            .and_then(|shade| shade.get("w:fill"))
            .and_then(hexadecimal)
            .unwrap_or(PAPER);
        if let Some(ink) = colour(styles, id).filter(|ink| contrast(*ink, paper) < READABLE) {
            notes.add(
                Note::Pale,
                &format!("{name} ({:.1}:1)", contrast(ink, paper)),
            );
        }
    }
}

/// Contrast of two colours (WCAG 2, relative luminance).
pub(super) fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let light = |rgb: [u8; 3]| {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            match part <= 0.04045 {
                true => part / 12.92,
                false => ((part + 0.055) / 1.055).powf(2.4),
            }
        };
        0.2126 * linear(rgb[0]) + 0.7152 * linear(rgb[1]) + 0.0722 * linear(rgb[2])
    };
    let (a, b) = (light(a), light(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The theme of a template: its colours and fonts, and its other looks where they are no pictures.
pub(super) fn theme(root: &word::Element, own: Element) -> Element {
    let taken = super::taken::drawing(root, &["a"]);
    let parts = child(&taken, "a:themeElements");
    let group = |name: &str| parts.and_then(|parts| child(parts, name)).cloned();
    let mut theme = own;
    let elements = theme.ensure("a:themeElements");
    for name in ["a:clrScheme", "a:fontScheme", "a:fmtScheme"] {
        let whole = |group: &Element| !has(group, "a:blip") && group.elements().next().is_some();
        if let (Some(group), Some(place)) = (group(name).filter(whole), elements.find_mut(name)) {
            *place = group;
        }
    }
    if let Some(name) = root.attr("name") {
        theme.set("name", super::taken::text(name));
    }
    theme
}

fn has(element: &Element, name: &str) -> bool {
    element
        .elements()
        .any(|child| child.name == name || has(child, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((contrast([0; 3], PAPER) - 21.0).abs() < 0.01);
        assert!((contrast([0x76; 3], PAPER) - 4.54).abs() < 0.01);
    }
}
