//! Which inks the pages on the sheets of a print job take.

use std::collections::BTreeMap;

use super::ink::InkCache;
use super::words::TRACE;
use crate::pdf::read::ReadBack;
use crate::pdf::read::Rect;
use crate::pdf::read::colour::{Inks, Space};
use crate::pdf::read::content::PaintEvent;
use crate::pdf::read::file::File;
use crate::pdf::read::paint::Paint;
use crate::pdf::read::path::{common, moved};
use crate::pdf::read::state::Graphics;

/// Inks that something takes: cyan, magenta, yellow, black, and any others together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Plates([bool; 5]);

impl Plates {
    /// The names of the inks, as printers write them.
    pub(crate) fn names(self) -> Vec<&'static str> {
        let names = ["Cyan", "Magenta", "Yellow", "Black", "Spot"].into_iter();
        names
            .zip(self.0)
            .filter_map(|(name, is)| is.then_some(name))
            .collect()
    }

    /// Whether another ink than black is among them.
    pub(crate) fn is_colour(self) -> bool {
        let [c, m, y, _, spots] = self.0;
        c || m || y || spots
    }

    /// These and others.
    pub(crate) fn with(self, other: Plates) -> Plates {
        Plates(std::array::from_fn(|ink| self.0[ink] || other.0[ink]))
    }

    fn of(inks: Inks) -> Plates {
        let [c, m, y, k] = inks.cmyk;
        Plates([c, m, y, k, inks.spots].map(|ink| ink > TRACE))
    }
}

/// The inks of each page of a job, by the name of its form on the sheets. `bleeds` holds for each side of a sheet as far as
/// its pages reach: marks lie outside.
///
/// # Errors
/// Why the file cannot be read.
pub(crate) fn plates(
    made: &ReadBack<'_>,
    bleeds: &[Rect],
) -> Result<BTreeMap<String, Plates>, String> {
    let file = made.pdf()?;
    let mut seen = InkCache::default();
    let mut all: BTreeMap<String, Plates> = BTreeMap::new();
    for (drawing, bleed) in made.drawings()?.iter().zip(bleeds) {
        let mut current = None;
        for (painted, with) in &drawing.all {
            if let PaintEvent::Form(name, _) = painted
                && name.starts_with("Page")
            {
                all.entry(name.clone()).or_default();
                current = Some(name.clone());
            }
            let Some(page) = current.as_ref().and_then(|name| all.get_mut(name)) else {
                continue;
            };
            if with.pattern || is_in(painted, with, *bleed) {
                *page = page.with(of_event(file, painted, with, &mut seen));
            }
        }
    }
    Ok(all)
}

/// Whether something is painted where pages are.
fn is_in(painted: &PaintEvent, with: &Graphics, bleed: Rect) -> bool {
    let bounds = match painted {
        PaintEvent::Text(fragment) => {
            let (x, y) = fragment.start;
            [x, y, x, y]
        }
        PaintEvent::Shape { bounds, .. } => common(*bounds, with.clip),
        PaintEvent::Picture(_) => common(moved([0.0, 0.0, 1.0, 1.0], &with.matrix), with.clip),
        _ => with.clip,
    };
    let [left, bottom, right, top] = common(bounds, bleed);
    left <= right && bottom <= top
}

fn of_event(file: &File, painted: &PaintEvent, with: &Graphics, seen: &mut InkCache) -> Plates {
    let flat = |paint: &Paint, is: bool| match paint.inks().filter(|inks| is && !inks.all) {
        Some(inks) => Plates::of(inks),
        None => Plates::default(),
    };
    match painted {
        PaintEvent::Text(_) if with.invisible => Plates::default(),
        PaintEvent::Text(_) => {
            let (fills, strokes) = (with.render % 4 != 1, matches!(with.render % 4, 1 | 2));
            flat(&with.fill, fills).with(flat(&with.stroke, strokes))
        }
        PaintEvent::Shape { fill, stroke, .. } => {
            flat(&with.fill, *fill).with(flat(&with.stroke, *stroke))
        }
        PaintEvent::Shading { space, .. } => every_ink(space),
        PaintEvent::Picture(picture) => {
            let Some(stream) = picture.stream(file) else {
                return Plates::default();
            };
            if matches!(
                file.get(&stream.dict, "ImageMask"),
                lopdf::Object::Boolean(true)
            ) {
                return flat(&with.fill, true);
            }
            let space = Space::read(file, file.get(&stream.dict, "ColorSpace"));
            let laid = seen.laid(file, stream, &space);
            laid.map_or_else(|| every_ink(&space), |laid| Plates(laid.plates))
        }
        _ => Plates::default(),
    }
}

/// The inks that a space may take.
fn every_ink(space: &Space) -> Plates {
    match space {
        Space::Gray | Space::CalGray | Space::Icc(1) => Plates([false, false, false, true, false]),
        Space::Named(..) => Plates([false, false, false, false, true]),
        Space::Indexed(base, _) => every_ink(base),
        _ => Plates([true, true, true, true, false]),
    }
}
