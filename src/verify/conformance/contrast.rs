//! How text stands out from its ground: every pair of colours that stands on the pages, reckoned from what they draw
//! (WCAG 2.1, 1.4.3: 4.5:1, and 3:1 for large text).
//!
//! The ground of a text is what was painted before it where it stands: flat areas, mixed as they let through what is
//! below them. Over pictures, gradients and patterns nobody but a person can tell; those places are listed.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::verdict::{BreachList, Spot};
use crate::pdf::read::colour::Space;
use crate::pdf::read::content::{Drawing, Fragment, PaintEvent};
use crate::pdf::read::file::Rect;
use crate::pdf::read::paint::Paint;
use crate::pdf::read::path::{Outline, common, moved};
use crate::pdf::read::state::Graphics;

/// A colour of a screen, each part from 0 to 1.
type Rgb = [f64; 3];

/// Smallest size of large text in points, and of large text in bold.
const LARGE: f64 = 18.0;
const LARGE_BOLD: f64 = 14.0;
/// How much the sizes in a file may fall short by rounding.
const ROUNDING: f64 = 0.01;
/// How far within its ends a text is held against its ground, and how far above its base line, in sizes.
const WITHIN: f64 = 0.2;
const ABOVE: f64 = 0.3;
/// Most points of a text that are held against its ground.
const POINTS: usize = 40;
/// Most areas of a page that text is held against.
const MOST_AREAS: usize = 20_000;
/// Most places over pictures that are listed.
const MOST: usize = 200;

/// A pair of colours on the pages.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    /// Colour of the text, such as `#0b3c5d`.
    pub text: String,
    /// Colour of its ground.
    pub ground: String,
    /// Whether all text of this pair is large.
    pub large: bool,
    /// Contrast of the two, from 1 to 21.
    pub ratio: f64,
    /// What it must be at least.
    pub least: f64,
    /// Page of the first such text, from 1.
    pub page: usize,
    /// Words of it.
    pub words: String,
    /// How many texts there are.
    pub count: usize,
}

impl Pair {
    /// Whether the text can be told from its ground.
    pub fn is_sound(&self) -> bool {
        self.ratio >= self.least
    }
}

/// Text whose ground is no flat colour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OverPicture {
    /// Page, from 1.
    pub page: usize,
    /// The words.
    pub words: String,
}

/// All text of a file with its grounds.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Contrasts {
    /// The pairs, those that stand out least first.
    pub pairs: Vec<Pair>,
    /// Text over pictures, gradients and patterns.
    pub over_pictures: Vec<OverPicture>,
}

/// What is painted below a text.
struct Area {
    outline: Option<Arc<Outline>>,
    bounds: Rect,
    /// Its colour, none where it has many; and how much it hides.
    colour: Option<Rgb>,
    alpha: f64,
}

impl Area {
    /// One of no known colour that covers the page.
    fn everywhere() -> Area {
        Area {
            outline: None,
            bounds: [f64::MIN, f64::MIN, f64::MAX, f64::MAX],
            colour: None,
            alpha: 1.0,
        }
    }

    fn contains(&self, (x, y): (f64, f64)) -> bool {
        let [a, b, c, d] = self.bounds;
        (a..=c).contains(&x)
            && (b..=d).contains(&y)
            && self
                .outline
                .as_ref()
                .is_none_or(|outline| outline.contains((x, y)))
    }
}

/// Looks over what every page draws.
pub(crate) fn look_over(drawings: &[Drawing]) -> Contrasts {
    let mut pairs: BTreeMap<([u8; 3], [u8; 3], bool), Pair> = BTreeMap::new();
    let mut over_pictures: Vec<OverPicture> = Vec::new();
    for (index, drawing) in drawings.iter().enumerate() {
        let mut areas: Vec<Area> = Vec::new();
        for (painted, with) in drawing.painted() {
            let PaintEvent::Text(fragment) = painted else {
                match areas.len() {
                    // What covers what on such a page nobody can tell in bounded time.
                    MOST_AREAS => areas.push(Area::everywhere()),
                    count if count < MOST_AREAS => areas.extend(area(painted, with)),
                    _ => {}
                }
                continue;
            };
            if with.invisible || fragment.text.trim().is_empty() {
                continue;
            }
            let words: String = fragment.text.trim().chars().take(40).collect();
            match worst(fragment, with, &areas) {
                Some((text, ground)) => {
                    let key = (bytes(text), bytes(ground), is_large(fragment));
                    let pair = pairs.entry(key).or_insert_with(|| Pair {
                        text: hex(key.0),
                        ground: hex(key.1),
                        large: key.2,
                        // Rounded down: no pair is said to stand out more than it does.
                        ratio: (ratio(key.0, key.1) * 100.0).floor() / 100.0,
                        least: if key.2 { 3.0 } else { 4.5 },
                        page: index + 1,
                        words,
                        count: 0,
                    });
                    pair.count += 1;
                }
                None if over_pictures.len() < MOST => over_pictures.push(OverPicture {
                    page: index + 1,
                    words,
                }),
                None => {}
            }
        }
    }
    let mut pairs: Vec<Pair> = pairs.into_values().collect();
    pairs.sort_by(|a, b| (a.ratio / a.least).total_cmp(&(b.ratio / b.least)));
    Contrasts {
        pairs,
        over_pictures,
    }
}

/// Checks that all text stands out.
pub(super) fn check(drawings: &[Drawing], found: &mut BreachList) {
    for pair in look_over(drawings)
        .pairs
        .iter()
        .filter(|pair| !pair.is_sound())
    {
        let what = format!(
            "{} in {} on {} stands out by {:.2}:1 and needs {}:1",
            if pair.large { "large text" } else { "text" },
            pair.text,
            pair.ground,
            pair.ratio,
            pair.least,
        );
        let spot = Spot::page(pair.page - 1, format!("text “{}”", pair.words));
        found.at("WCAG 2.1 1.4.3", what, spot);
    }
}

/// What something that is painted hides, if it hides anything.
fn area(painted: &PaintEvent, with: &Graphics) -> Option<Area> {
    match painted {
        PaintEvent::Shape {
            bounds,
            outline,
            fill: true,
            ..
        } => Some(Area {
            outline: Some(outline.clone()),
            bounds: common(*bounds, with.clip),
            colour: rgb(&with.fill),
            alpha: with.alpha,
        }),
        PaintEvent::Picture(_) => Some(Area {
            outline: None,
            bounds: common(moved([0.0, 0.0, 1.0, 1.0], &with.matrix), with.clip),
            colour: None,
            alpha: 1.0,
        }),
        PaintEvent::Shading { .. } => Some(Area {
            outline: None,
            bounds: with.clip,
            colour: None,
            alpha: 1.0,
        }),
        _ => None,
    }
}

/// The colour of a text and the one of its grounds that it stands out from least; none where either is not flat.
fn worst(fragment: &Fragment, with: &Graphics, areas: &[Area]) -> Option<(Rgb, Rgb)> {
    let painted = match with.render % 4 {
        1 => &with.stroke,
        _ => &with.fill,
    };
    let colour = rgb(painted)?;
    let (from, to) = (fragment.start, fragment.end);
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy);
    let up = match length > 0.0 {
        true => (-dy / length, dx / length),
        false => (0.0, 1.0),
    };
    let rise = ABOVE * fragment.size;
    let mut found: Option<(Rgb, Rgb)> = None;
    // One point for each letter or so, none where the next thing on the line may begin.
    let inset = (WITHIN * fragment.size).min(WITHIN * length);
    let points = ((length / fragment.size.max(1.0)) as usize).clamp(3, POINTS);
    for point in 0..points {
        let share = point as f64 / (points - 1) as f64;
        let along = match length > 0.0 {
            true => (inset + share * (length - 2.0 * inset)) / length,
            false => 0.0,
        };
        let point = (
            from.0 + along * dx + rise * up.0,
            from.1 + along * dy + rise * up.1,
        );
        let mut ground = Some([1.0; 3]);
        for area in areas.iter().filter(|area| area.contains(point)) {
            ground = match (area.colour, ground) {
                (Some(colour), _) if area.alpha >= 1.0 => Some(colour),
                (Some(colour), Some(below)) => Some(mixed(colour, below, area.alpha)),
                _ => None,
            };
        }
        let ground = ground?;
        let text = mixed(colour, ground, with.alpha);
        let far = |(text, ground): (Rgb, Rgb)| ratio(bytes(text), bytes(ground));
        if found.is_none_or(|worst| far((text, ground)) < far(worst)) {
            found = Some((text, ground));
        }
    }
    found
}

fn mixed(above: Rgb, below: Rgb, alpha: f64) -> Rgb {
    std::array::from_fn(|part| alpha * above[part] + (1.0 - alpha) * below[part])
}

/// Whether the text is large: its least contrast is lower.
fn is_large(fragment: &Fragment) -> bool {
    let name = &fragment.font.facts.name;
    let style = name.rsplit('-').next().unwrap_or_default();
    let bold = ["Bold", "Black", "Heavy"]
        .iter()
        .any(|weight| style.starts_with(weight) || style == format!("Extra{weight}"));
    let least = if bold { LARGE_BOLD } else { LARGE };
    fragment.size + ROUNDING >= least
}

/// A flat colour as screens show it; inks by rule of thumb.
fn rgb(paint: &Paint) -> Option<Rgb> {
    match paint.is_pattern() {
        true => None,
        false => in_space(paint.space(), &paint.values()),
    }
}

fn in_space(space: &Space, values: &[f64]) -> Option<Rgb> {
    let values: Vec<f64> = values.iter().map(|value| value.clamp(0.0, 1.0)).collect();
    match (space, values.as_slice()) {
        (Space::Gray | Space::CalGray | Space::Icc(1), [light]) => Some([*light; 3]),
        (Space::Rgb | Space::CalRgb | Space::Icc(3), [r, g, b]) => Some([*r, *g, *b]),
        (Space::Pattern(_) | Space::Lab | Space::Unknown, _) => None,
        (space, _) => {
            let inks = space.inks(&values)?;
            let [c, m, y, k] = inks.cmyk;
            let light = |ink: f64| (1.0 - ink).max(0.0) * (1.0 - k).max(0.0);
            (inks.spots == 0.0).then(|| [light(c), light(m), light(y)])
        }
    }
}

fn bytes(colour: Rgb) -> [u8; 3] {
    colour.map(|part| (part.clamp(0.0, 1.0) * 255.0).round() as u8)
}

fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// The contrast of two colours (WCAG 2.1, contrast ratio), from 1 to 21.
fn ratio(one: [u8; 3], other: [u8; 3]) -> f64 {
    let light = |colour: [u8; 3]| {
        let [r, g, b] = colour.map(|part| {
            let part = f64::from(part) / 255.0;
            match part <= 0.040_45 {
                true => part / 12.92,
                false => ((part + 0.055) / 1.055).powf(2.4),
            }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (one, other) = (light(one), light(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_reckoned_as_wcag_does() {
        let near = |a: f64, b: f64| (a - b).abs() < 0.01;
        assert!(near(ratio([0; 3], [255; 3]), 21.0));
        assert!(near(ratio([0x76; 3], [255; 3]), 4.54));
        assert!(near(ratio([0x77; 3], [255; 3]), 4.48));
        assert!(near(ratio([255, 0, 0], [255; 3]), 4.0));
    }
}
