//! What a page draws, for its record: pictures and painted shapes.

use std::collections::BTreeMap;

use lopdf::Stream;

use crate::base::digest::sha256;
use crate::pdf::read::content::{Drawing, PaintEvent, Picture};
use crate::pdf::read::file::{File, short};
use crate::pdf::read::paint::describe;
use crate::pdf::read::state::Graphics;

/// The pictures of a page with their size on it, as text.
pub(super) fn pictures(file: &File, drawing: &Drawing) -> Vec<String> {
    let pictures = drawing
        .painted()
        .filter_map(|(painted, with)| match painted {
            PaintEvent::Picture(picture) => Some((picture, with)),
            _ => None,
        });
    let said = |(drawn, with): (&Picture, &Graphics)| {
        let what = match (drawn, drawn.stream(file)) {
            (Picture::Named(..), Some(stream)) => picture(file, stream),
            _ => "inline picture".into(),
        };
        let (width, height) = with.matrix.extent();
        format!("{} × {} pt: {what}", short(width), short(height))
    };
    pictures.map(said).collect()
}

/// How often shapes are painted, by kind, colour and line width.
pub(super) fn shapes(drawing: &Drawing) -> BTreeMap<String, usize> {
    let mut shapes = BTreeMap::new();
    for (painted, with) in drawing.painted() {
        let (fill, stroke, artifact) = match painted {
            PaintEvent::Shape {
                fill,
                stroke,
                artifact,
                ..
            } => (*fill, *stroke, *artifact),
            PaintEvent::Shading { artifact, .. } => (true, false, *artifact),
            _ => continue,
        };
        let tagged = if artifact { "" } else { ", tagged" };
        if fill {
            let shape = format!("fill {}{tagged}", with.fill);
            *shapes.entry(shape).or_default() += 1;
        }
        if stroke {
            let width = short(with.width * with.matrix.height());
            let shape = format!("line {width} pt {}{tagged}", with.stroke);
            *shapes.entry(shape).or_default() += 1;
        }
    }
    shapes
}

/// A picture: its pixels, colour space, compression and the SHA-256 of its data.
fn picture(file: &File, stream: &Stream) -> String {
    let size = |key| {
        file.integer(&stream.dict, key)
            .map_or_else(|| "?".into(), |size| size.to_string())
    };
    let space = describe(file, file.get(&stream.dict, "ColorSpace"))
        .unwrap_or_else(|| "no colour space".into());
    let filter = file
        .name(&stream.dict, "Filter")
        .unwrap_or_else(|| "no filter".into());
    let mask = if stream.dict.has(b"SMask") {
        ", with transparency"
    } else {
        ""
    };
    format!(
        "{} × {} px, {space}, {filter}{mask}, sha-256 {}",
        size("Width"),
        size("Height"),
        sha256(&stream.content)
    )
}
