//! What a page draws, for its record: text, pictures and painted shapes.

use std::collections::BTreeMap;

use lopdf::Stream;

use crate::base::digest::sha256;
use crate::pdf::read::content::{self, DrawOptions, Fragment, PaintEvent};
use crate::pdf::read::file::{File, Page, short};
use crate::pdf::read::fonts::Fonts;
use crate::pdf::read::paint::describe;
use crate::pdf::read::state::State;

/// A picture that a page draws.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Drawn {
    /// What it is.
    pub what: String,
    /// Width and height on the page in points.
    pub size: (f64, f64),
}

/// What a page draws.
#[derive(Default)]
pub(super) struct Drawing {
    /// Text in the order of the content.
    pub fragments: Vec<Fragment>,
    /// Pictures in the order of the content.
    pub pictures: Vec<Drawn>,
    /// How often shapes are painted, by kind, colour and line width.
    pub shapes: BTreeMap<String, usize>,
}

/// What a page draws; `budget` is the number of operators that are left.
pub(super) fn draw(
    file: &File,
    fonts: &mut Fonts,
    page: &Page,
    budget: &mut usize,
) -> Result<Drawing, String> {
    let mut drawing = Drawing::default();
    let course = DrawOptions {
        fonts,
        budget,
        patterns: false,
    };
    let fragments = content::draw(file, course, page, &mut |painted, state| {
        drawing.add(file, painted, state);
    })?;
    drawing.fragments = fragments;
    Ok(drawing)
}

impl Drawing {
    fn add(&mut self, file: &File, painted: PaintEvent<'_>, state: &State) {
        match painted {
            PaintEvent::Picture(name, stream) => {
                let what = match stream {
                    Some(stream) if !name.is_empty() => picture(file, stream),
                    _ => "inline picture".into(),
                };
                self.pictures.push(Drawn {
                    what,
                    size: state.matrix.extent(),
                });
            }
            PaintEvent::Shape {
                fill,
                stroke,
                artifact,
                ..
            } => {
                let tagged = if artifact { "" } else { ", tagged" };
                if fill {
                    self.count(format!("fill {}{tagged}", state.fill));
                }
                if stroke {
                    let width = short(state.width * state.matrix.height());
                    self.count(format!("line {width} pt {}{tagged}", state.stroke));
                }
            }
            PaintEvent::Shading { artifact, .. } => {
                let tagged = if artifact { "" } else { ", tagged" };
                self.count(format!("fill {}{tagged}", state.fill));
            }
            PaintEvent::Text(_)
            | PaintEvent::Group(_)
            | PaintEvent::Form(..)
            | PaintEvent::Mark { .. }
            | PaintEvent::EndMark => {}
        }
    }

    fn count(&mut self, shape: String) {
        *self.shapes.entry(shape).or_default() += 1;
    }
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
