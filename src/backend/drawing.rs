//! Drawings (SVG) with words in them: set in the layout's fonts and turned into outlines, so that every format shows
//! the same, whatever fonts a machine has.

use std::borrow::Cow;
use std::sync::Arc;

use resvg::usvg::{self, FontFamily, FontResolver, fontdb};

use super::substitutes;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::base::guard;
use crate::document::{Image, ImageFormat};
use crate::layout::Layout;

/// The layout's fonts alone: those of the machine would draw other words elsewhere.
pub(super) fn fonts(layout: &Layout) -> Result<Arc<fontdb::Database>, Diagnostics> {
    let mut fonts = fontdb::Database::new();
    for bytes in layout.fonts.read()?.values() {
        fonts.load_font_source(fontdb::Source::Binary(Arc::new(bytes.clone())));
    }
    fonts.set_serif_family(&layout.tokens.fonts.text);
    fonts.set_sans_serif_family(&layout.tokens.fonts.sans);
    fonts.set_monospace_family(&layout.tokens.fonts.code);
    Ok(Arc::new(fonts))
}

/// The drawing as shapes, its words set in `fonts`.
pub(super) fn tree(
    image: &Image,
    layout: &Layout,
    fonts: Arc<fontdb::Database>,
) -> Result<usvg::Tree, Diagnostics> {
    let legible = match std::str::from_utf8(&image.bytes) {
        Ok(text) => substitutes::legible(text, layout)?,
        Err(_) => None,
    };
    let bytes = legible
        .as_ref()
        .map_or(image.bytes.as_slice(), String::as_bytes);
    let options = usvg::Options {
        fontdb: fonts,
        font_family: "sans-serif".to_owned(),
        font_resolver: FontResolver {
            select_font: Box::new(select),
            select_fallback: FontResolver::default_fallback_selector(),
        },
        ..usvg::Options::default()
    };
    usvg::Tree::from_data(bytes, &options).map_err(|error| undrawable(image, &error.to_string()))
}

/// That a drawing cannot be drawn.
pub(super) fn undrawable(image: &Image, what: &str) -> Diagnostics {
    Diagnostic::new(
        Code::UNDRAWABLE,
        format!("`{}` cannot be drawn: {what}", image.path),
    )
    .hint("draw it with plain shapes, or give the picture as PNG")
    .into()
}

/// The bytes that the typesetter gets of a picture: those of a drawing with words have outlines for them.
pub(super) fn for_pages<'i>(
    image: &'i Image,
    layout: &Layout,
) -> Result<Cow<'i, [u8]>, Diagnostics> {
    let words = || {
        image
            .bytes
            .windows(5)
            .any(|part| part == b"<text" || part == b":text")
    };
    if image.format != ImageFormat::Svg || !words() {
        return Ok(Cow::Borrowed(image.bytes.as_slice()));
    }
    let what = format!("setting the words of the picture `{}`", image.file);
    let _work = guard::at_work(what, image.place.clone());
    let drawn = tree(image, layout, fonts(layout)?)?.to_string(&usvg::WriteOptions::default());
    Ok(Cow::Owned(drawn.into_bytes()))
}

/// The font of a family that the drawing names; the layout's sans where it names none that is there, since charts are
/// lettered so.
fn select(font: &usvg::Font, fonts: &mut Arc<fontdb::Database>) -> Option<fontdb::ID> {
    let there = |family: &FontFamily| match family {
        FontFamily::Named(name) => fonts
            .faces()
            .any(|face| face.families.iter().any(|(family, _)| family == name)),
        FontFamily::Cursive | FontFamily::Fantasy => false,
        _ => true,
    };
    if font.families().iter().any(there) {
        return FontResolver::default_font_selector()(font, fonts);
    }
    let style = match font.style() {
        usvg::FontStyle::Normal => fontdb::Style::Normal,
        usvg::FontStyle::Italic => fontdb::Style::Italic,
        usvg::FontStyle::Oblique => fontdb::Style::Oblique,
    };
    fonts.query(&fontdb::Query {
        families: &[fontdb::Family::SansSerif, fontdb::Family::Serif],
        weight: fontdb::Weight(font.weight()),
        stretch: fontdb::Stretch::Normal,
        style,
    })
}
