//! SVG pictures: shapes, and words that the layout's fonts set. Fonts of a drawing's own, links to other files, scripts
//! and films are refused, so that every backend draws the same.

use quick_xml::events::{BytesStart, Event};
use resvg::usvg;

use super::images::Wrong;
use super::svg_nesting::Nesting;
use crate::base::diagnostic::Code;

/// The largest SVG file.
const MAX_BYTES: usize = 16 << 20;
/// The deepest element in an element.
const MAX_DEPTH: usize = 64;
/// The most groups inside one another that become pictures of their own: each is an object in an object of the PDF.
const MAX_GROUPS: usize = 16;

/// The most shapes and groups that are drawn, those of patterns, masks and clips as often as they are referred to.
const MAX_DRAWN: u64 = 1_000_000;

/// The most steps of filters in a drawing; a shadow takes some five.
const MAX_EFFECTS: usize = 200;

/// Side of the picture that a drawing with filters is tried on, in pixels.
const SMALL: u32 = 400;

/// Whether the bytes look like an SVG file.
pub(super) fn is_svg(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(4096)];
    let text = String::from_utf8_lossy(start);
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    text.starts_with('<') && text.contains("<svg")
}

/// What is known of a drawing.
pub(super) struct Drawing {
    /// Width in its own units, rounded.
    pub(super) width: u32,
    /// Height, likewise.
    pub(super) height: u32,
    /// The words in it, one after the other.
    pub(super) words: String,
}

/// What an SVG picture is, or what is wrong with it.
pub(super) fn check(bytes: &[u8]) -> Result<Drawing, Wrong> {
    if bytes.len() > MAX_BYTES {
        return Err((
            Code::PICTURE_TOO_LARGE,
            format!("is larger than {} MiB", MAX_BYTES >> 20),
            "simplify the drawing",
        ));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| {
        (
            Code::NOT_UTF8,
            "is an SVG picture that is not UTF-8".to_owned(),
            "save it as UTF-8",
        )
    })?;
    let words = elements(text)?;
    if text.matches("<fe").count() > MAX_EFFECTS {
        return Err((
            Code::PICTURE_TOO_LARGE,
            format!("has more than {MAX_EFFECTS} steps of filters"),
            "take the filters out, or export the drawing as PNG",
        ));
    }
    let options = usvg::Options {
        resources_dir: None,
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(text, &options).map_err(|error| {
        (
            Code::PICTURE_DAMAGED,
            format!("is damaged: {error}"),
            "export the picture again",
        )
    })?;
    refuse_nested(&tree)?;
    // Words are no shapes as long as there are no fonts.
    if !tree.root().has_children() && words.trim().is_empty() {
        return Err(nothing());
    }
    refuse_endless(&tree, text.contains("<filter"))?;
    if words.trim().is_empty() && is_blank(&tree) {
        return Err(nothing());
    }
    let size = tree.size();
    let rounded = |side: f32| {
        if side.is_finite() {
            side.round().clamp(1.0, 1e6) as u32
        } else {
            1
        }
    };
    if size.width() > 1e6 || size.height() > 1e6 {
        return Err((
            Code::PICTURE_TOO_LARGE,
            "is too large: at most 1,000,000 units a side".into(),
            "set its width and height to the printed size",
        ));
    }
    Ok(Drawing {
        width: rounded(size.width()),
        height: rounded(size.height()),
        words,
    })
}

fn nothing() -> Wrong {
    (
        Code::DRAWING_EMPTY,
        "draws nothing".into(),
        "look whether its shapes have a colour and lie inside the drawing, and export it again",
    )
}

/// Whether nothing is to be seen of a drawing's shapes.
fn is_blank(tree: &usvg::Tree) -> bool {
    let size = tree.size();
    let scale = SMALL as f32 / size.width().max(size.height());
    let Some(mut pixels) = resvg::tiny_skia::Pixmap::new(SMALL, SMALL) else {
        return false;
    };
    let transform = resvg::tiny_skia::Transform::from_scale(scale, scale);
    resvg::render(tree, transform, &mut pixels.as_mut());
    pixels.pixels().iter().all(|pixel| pixel.alpha() == 0)
}

/// Refuses a drawing in which too many pictures stand in one another, or refer to one another too often.
fn refuse_nested(tree: &usvg::Tree) -> Result<(), Wrong> {
    let nesting = Nesting::of(tree);
    if nesting.depth > MAX_GROUPS {
        return Err((
            Code::PICTURE_TOO_LARGE,
            format!(
                "has more than {MAX_GROUPS} groups inside one another that are drawn apart (with opacity, masks, patterns or filters)"
            ),
            "give the opacity to the shapes themselves, or to one group",
        ));
    }
    if nesting.drawn > MAX_DRAWN {
        return Err((
            Code::PICTURE_TOO_LARGE,
            format!(
                "has patterns, masks or clips in one another that draw more than {MAX_DRAWN} shapes"
            ),
            "export the drawing as PNG",
        ));
    }
    Ok(())
}

/// Refuses a drawing that reaches so far beyond its own size that engines would ask for endless memory, and draws one with
/// filters once, small: what takes endless time there is met while its name is known.
fn refuse_endless(tree: &usvg::Tree, filters: bool) -> Result<(), Wrong> {
    let size = tree.size();
    let side = size.width().max(size.height());
    let most = side * if filters { 20.0 } else { 10_000.0 };
    let reach = tree.root().abs_layer_bounding_box();
    let ends = [reach.left(), reach.top(), reach.right(), reach.bottom()];
    if ends.iter().any(|end| !end.is_finite() || end.abs() > most) {
        return Err((
            Code::PICTURE_TOO_LARGE,
            "draws far beyond its own size".into(),
            "crop the drawing to what is to be seen, take filters out of it, and export it again",
        ));
    }
    if filters && let Some(mut pixels) = resvg::tiny_skia::Pixmap::new(SMALL, SMALL) {
        let scale = SMALL as f32 / side;
        let transform = resvg::tiny_skia::Transform::from_scale(scale, scale);
        resvg::render(tree, transform, &mut pixels.as_mut());
    }
    Ok(())
}

/// The words of a drawing; refuses elements that not every backend draws.
fn elements(text: &str) -> Result<String, Wrong> {
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut depth, mut lettered, mut styled) = (0, 0, 0);
    let mut words = String::new();
    loop {
        let event = reader.read_event().map_err(|error| {
            (
                Code::PICTURE_DAMAGED,
                format!("is damaged: {error}"),
                "export the picture again",
            )
        })?;
        match event {
            Event::Start(element) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err((
                        Code::PICTURE_TOO_LARGE,
                        format!("is nested more than {MAX_DEPTH} elements deep"),
                        "simplify the drawing",
                    ));
                }
                if depth == 1 {
                    check_root(&element)?;
                }
                check_element(&element)?;
                styled += usize::from(styled > 0 || element.local_name().as_ref() == b"style");
                lettered += usize::from(lettered > 0 || element.local_name().as_ref() == b"text");
            }
            Event::Empty(element) => check_element(&element)?,
            Event::PI(said) if said.target() == b"xml-stylesheet" => return Err(other_file()),
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                lettered = lettered.saturating_sub(1);
                styled = usize::saturating_sub(styled, 1);
            }
            Event::Text(part) if styled > 0 => check_style(&part.decode().unwrap_or_default())?,
            Event::CData(part) if styled > 0 => check_style(&part.decode().unwrap_or_default())?,
            Event::Text(part) if lettered > 0 => words.push_str(&part.decode().unwrap_or_default()),
            Event::CData(part) if lettered > 0 => {
                words.push_str(&part.decode().unwrap_or_default())
            }
            Event::GeneralRef(name) if lettered > 0 => {
                words.extend(name.resolve_char_ref().ok().flatten());
            }
            Event::DocType(doctype) if doctype.windows(7).any(|part| part == b"<!ENTIT") => {
                return Err((
                    Code::DRAWING_PROGRAM,
                    "declares entities".into(),
                    "export it as plain SVG",
                ));
            }
            Event::Eof => return Ok(words),
            _ => {}
        }
    }
}

fn other_file() -> Wrong {
    (
        Code::DRAWING_LINK,
        "refers to another file".into(),
        "put what it refers to into the drawing itself",
    )
}

/// The first element says that it is SVG: Word draws nothing otherwise.
fn check_root(element: &BytesStart) -> Result<(), Wrong> {
    let mut attributes = element.attributes().flatten();
    let says = attributes.any(|one| {
        one.key.as_ref().starts_with(b"xmlns")
            && one.value.as_ref() == b"http://www.w3.org/2000/svg"
    });
    match says && element.local_name().as_ref() == b"svg" {
        true => Ok(()),
        false => Err((
            Code::PICTURE_DAMAGED,
            "does not say that it is SVG: `xmlns=\"http://www.w3.org/2000/svg\"` is missing in its first element".into(),
            "export the picture again as plain SVG",
        )),
    }
}

/// Refuses what styles fetch from elsewhere.
fn check_style(style: &str) -> Result<(), Wrong> {
    let style = style.to_ascii_lowercase();
    let mut addresses = style.split("url(").skip(1);
    let elsewhere = |address: &str| {
        let address =
            address.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
        let address = address
            .trim_start_matches("&quot;")
            .trim_start_matches("&apos;");
        !address.starts_with('#')
    };
    match style.contains("@import") || addresses.any(elsewhere) {
        true => Err(other_file()),
        false => Ok(()),
    }
}

/// Refuses filters whose work has no end: what they ask for beyond this nobody sees.
fn check_filter(element: &BytesStart) -> Result<(), Wrong> {
    let name = element.local_name();
    let (field, most) = match name.as_ref() {
        b"feTurbulence" => ("numOctaves", 16.0),
        b"feMorphology" => ("radius", 200.0),
        b"feConvolveMatrix" => ("order", 16.0),
        _ => return Ok(()),
    };
    let value = element.try_get_attribute(field).ok().flatten();
    let value = value.map(|one| String::from_utf8_lossy(&one.value).into_owned());
    let numbers = value.iter().flat_map(|value| value.split([' ', ',']));
    let beyond = numbers
        .filter_map(|number| number.trim().parse::<f64>().ok())
        .any(|number| number > most);
    match beyond {
        true => Err((
            Code::PICTURE_TOO_LARGE,
            format!(
                "has a filter of endless work: `{field}` of `{}` is more than {most}",
                String::from_utf8_lossy(name.as_ref())
            ),
            "take the filter out, or export the drawing as PNG",
        )),
        false => Ok(()),
    }
}

fn check_element(element: &BytesStart) -> Result<(), Wrong> {
    let name = element.local_name();
    match name.as_ref() {
        b"font" | b"font-face" | b"glyph" | b"tref" | b"altGlyph" => {
            return Err((
                Code::DRAWING_TEXT,
                "has a font of its own in it, which not every format can show".into(),
                "convert its text to paths (Inkscape: Path, Object to Path), or set it in a font of the report",
            ));
        }
        b"image" | b"feImage" => {
            return Err((
                Code::DRAWING_PICTURE,
                "has a picture inside the drawing, which not every format can show".into(),
                "export the whole as PNG, or draw it with shapes alone",
            ));
        }
        b"script" | b"foreignObject" | b"animate" | b"animateTransform" | b"animateMotion"
        | b"set" => {
            return Err((
                Code::DRAWING_PROGRAM,
                format!(
                    "has a `{}` in it, which has no place on a page",
                    String::from_utf8_lossy(name.as_ref())
                ),
                "export it as plain SVG",
            ));
        }
        _ => {}
    }
    check_filter(element)?;
    for attribute in element.attributes().flatten() {
        let link = attribute.key.local_name().as_ref() == b"href" && name.as_ref() != b"a";
        if link && !attribute.value.trim_ascii_start().starts_with(b"#") {
            return Err(other_file());
        }
        check_style(&String::from_utf8_lossy(&attribute.value))?;
    }
    Ok(())
}
