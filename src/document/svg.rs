//! SVG pictures: shapes only. Text would need fonts that may not be there, links would need other files, scripts and
//! films have no place on a page; all of them are refused, so that every backend draws the same.

use quick_xml::events::{BytesStart, Event};
use resvg::usvg;

use super::images::Wrong;
use crate::base::diagnostic::Code;

/// The largest SVG file.
const MAX_BYTES: usize = 16 << 20;
/// The deepest element in an element.
const MAX_DEPTH: usize = 64;

/// Side of the picture that a drawing with filters is tried on, in pixels.
const SMALL: u32 = 400;

/// Whether the bytes look like an SVG file.
pub(super) fn is_svg(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(4096)];
    let text = String::from_utf8_lossy(start);
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    text.starts_with('<') && text.contains("<svg")
}

/// The size of an SVG picture in its own units, rounded, or what is wrong with it.
pub(super) fn check(bytes: &[u8]) -> Result<(u32, u32), Wrong> {
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
    elements(text)?;
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
    if !tree.root().has_children() {
        return Err((
            Code::DRAWING_EMPTY,
            "draws nothing".into(),
            "look whether its shapes have a colour and lie inside the drawing, and export it again",
        ));
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
    refuse_endless(&tree, text.contains("<filter"))?;
    Ok((rounded(size.width()), rounded(size.height())))
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

/// Refuses elements that not every backend draws.
fn elements(text: &str) -> Result<(), Wrong> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut depth = 0;
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
                check_element(&element)?;
            }
            Event::Empty(element) => check_element(&element)?,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::DocType(doctype) if doctype.windows(7).any(|part| part == b"<!ENTIT") => {
                return Err((
                    Code::DRAWING_PROGRAM,
                    "declares entities".into(),
                    "export it as plain SVG",
                ));
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn check_element(element: &BytesStart) -> Result<(), Wrong> {
    let name = element.local_name();
    match name.as_ref() {
        b"text" | b"tspan" | b"textPath" => {
            return Err((
                Code::DRAWING_TEXT,
                "has text in it, which needs fonts that may not be there".into(),
                "convert the text to paths (Inkscape: Path, Object to Path)",
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
    for attribute in element.attributes().flatten() {
        let link = attribute.key.local_name().as_ref() == b"href" && name.as_ref() != b"a";
        if link && !attribute.value.trim_ascii_start().starts_with(b"#") {
            return Err((
                Code::DRAWING_LINK,
                "refers to another file".into(),
                "put what it refers to into the drawing itself",
            ));
        }
    }
    Ok(())
}
