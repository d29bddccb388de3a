//! Marks around the pages of a sheet: where to cut and fold, whether the plates are in register, how much ink there is.
//!
//! Crop, fold and registration marks are in registration colour: it is printed on every plate. All marks are outside
//! the bleed.

use printpdf::{
    Cmyk, Color, DictItem, Line, LineDashPattern, LinePoint, Op, PaintMode, Point, Pt, Rect,
};

use super::sheet::{Geometry, LineKind, MARK_GAP, MARK_LENGTH, Rect as Box};
use super::slug::Slug;
use crate::layout::MM;

/// Width of the marks' lines, in points.
const LINE: f32 = 0.25;
/// Name of the registration colour's space in the resources of a page.
pub(super) const REGISTRATION: &str = "CSAll";
/// Edge of a patch of the colour bar.
const PATCH: f64 = 4.5 * MM;
/// Between a corner of the page and what is next to it in the margin.
const AWAY: f64 = 4.0 * MM;

/// All marks of one side of a sheet.
pub(super) fn marks(geometry: &Geometry, slug: &Slug, lines: &[String]) -> Vec<Op> {
    let mut ops = vec![
        Op::SaveGraphicsState,
        Op::SetColorSpaceStroke {
            id: REGISTRATION.into(),
        },
        Op::Unknown {
            key: "SCN".into(),
            value: vec![DictItem::Real(1.0)],
        },
        Op::SetOutlineThickness { pt: Pt(LINE) },
    ];
    crop(geometry, &mut ops);
    fold(geometry, &mut ops);
    registration(geometry, &mut ops);
    ops.push(Op::RestoreGraphicsState);
    colour_bar(geometry, &mut ops);
    let (trim, bleed) = (&geometry.trim, &geometry.bleed);
    let end = geometry
        .fold
        .unwrap_or(trim.right() - 2.0 * AWAY - 4.0 * MM);
    let room = end - trim.x - 2.0 * AWAY;
    let middle = bleed.y - MARK_GAP - MARK_LENGTH / 2.0;
    ops.extend(slug.draw(lines, trim.x + AWAY, middle - 2.0, room));
    ops
}

/// Lines at the edges of every page, from beyond the bleed outwards.
fn crop(geometry: &Geometry, ops: &mut Vec<Op>) {
    let cells = || geometry.cells.iter().map(|cell| &cell.trim);
    let columns = edges(cells().flat_map(|cell| [cell.x, cell.right()]));
    let rows = edges(cells().flat_map(|cell| [cell.y, cell.top()]));
    let at_fold = |x: &f64| {
        let mut down = geometry.lines.iter().filter(|line| !line.across);
        down.any(|line| (line.at - x).abs() < 0.1)
    };
    let (above, below) = outside(geometry.bleed.y, geometry.bleed.top());
    for x in columns.iter().filter(|x| !at_fold(x)) {
        for (from, to) in [above, below] {
            ops.push(line((*x, from), (*x, to)));
        }
    }
    let (right, left) = outside(geometry.bleed.x, geometry.bleed.right());
    for y in &rows {
        for (from, to) in [right, left] {
            ops.push(line((from, *y), (to, *y)));
        }
    }
}

/// From and to of a mark above `high` and of one below `low`.
fn outside(low: f64, high: f64) -> ((f64, f64), (f64, f64)) {
    (
        (high + MARK_GAP, high + MARK_GAP + MARK_LENGTH),
        (low - MARK_GAP, low - MARK_GAP - MARK_LENGTH),
    )
}

/// The different numbers, in order; those that rounding sets apart are one.
fn edges(numbers: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers.dedup_by(|a, b| (*a - *b).abs() < 0.01);
    numbers
}

/// Broken lines where the sheet is folded, dotted ones where it is scored.
fn fold(geometry: &Geometry, ops: &mut Vec<Op>) {
    if geometry.lines.is_empty() {
        return;
    }
    let bleed = &geometry.bleed;
    for (kind, dash) in [(LineKind::Fold, [3.0, 2.0]), (LineKind::Score, [0.75, 1.5])] {
        let mut lines = geometry
            .lines
            .iter()
            .filter(|line| line.kind == kind)
            .peekable();
        if lines.peek().is_some() {
            ops.push(Op::SetLineDashPattern {
                dash: LineDashPattern::new(0.0, &dash),
            });
        }
        for is in lines {
            let (low, high) = match is.across {
                true => (bleed.x, bleed.right()),
                false => (bleed.y, bleed.top()),
            };
            let (above, below) = outside(low, high);
            for (from, to) in [above, below] {
                ops.push(match is.across {
                    true => line((from, is.at), (to, is.at)),
                    false => line((is.at, from), (is.at, to)),
                });
            }
        }
    }
    ops.push(Op::SetLineDashPattern {
        dash: LineDashPattern::default(),
    });
}

/// A ring with a cross at the middle of each side, next to the fold where there is one.
fn registration(geometry: &Geometry, ops: &mut Vec<Op>) {
    let Box {
        x,
        y,
        width,
        height,
    } = geometry.trim;
    let away = MARK_GAP + MARK_LENGTH / 2.0;
    let bleed = &geometry.bleed;
    let across = match geometry.fold {
        Some(fold) => (fold + geometry.trim.right()) / 2.0,
        None => x + width - 2.0 * AWAY,
    };
    // Away from a fold across the middle.
    let across_fold = geometry.lines.iter().filter(|line| line.across);
    let upper = across_fold.map(|line| line.at).max_by(f64::total_cmp);
    let middle = match upper {
        Some(fold) => (fold + geometry.trim.top()) / 2.0,
        None => y + height / 2.0,
    };
    for centre in [
        (bleed.x - away, middle),
        (bleed.right() + away, middle),
        (across, bleed.y - away),
        (across, bleed.top() + away),
    ] {
        target(centre, ops);
    }
}

/// One registration mark.
fn target((x, y): (f64, f64), ops: &mut Vec<Op>) {
    let (arm, radius) = (MARK_LENGTH / 2.0, MARK_LENGTH * 0.3);
    ops.push(line((x - arm, y), (x + arm, y)));
    ops.push(line((x, y - arm), (x, y + arm)));
    // A circle of four curves.
    let pull = radius * 0.552_284_75;
    let curve = [
        (radius, 0.0, false),
        (radius, pull, true),
        (pull, radius, true),
        (0.0, radius, false),
        (-pull, radius, true),
        (-radius, pull, true),
        (-radius, 0.0, false),
        (-radius, -pull, true),
        (-pull, -radius, true),
        (0.0, -radius, false),
        (pull, -radius, true),
        (radius, -pull, true),
        (radius, 0.0, false),
    ];
    let points = curve
        .into_iter()
        .map(|(dx, dy, bezier)| LinePoint {
            p: point(x + dx, y + dy),
            bezier,
        })
        .collect();
    ops.push(Op::DrawLine {
        line: Line {
            points,
            is_closed: false,
        },
    });
}

/// Patches of the four inks, solid and half, and of their overprints.
fn colour_bar(geometry: &Geometry, ops: &mut Vec<Op>) {
    const PATCHES: [[f32; 4]; 11] = [
        [1.0, 0.0, 0.0, 0.0],
        [0.0, 1.0, 0.0, 0.0],
        [0.0, 0.0, 1.0, 0.0],
        [0.0, 0.0, 0.0, 1.0],
        [0.5, 0.0, 0.0, 0.0],
        [0.0, 0.5, 0.0, 0.0],
        [0.0, 0.0, 0.5, 0.0],
        [0.0, 0.0, 0.0, 0.5],
        [1.0, 1.0, 0.0, 0.0],
        [1.0, 0.0, 1.0, 0.0],
        [0.0, 1.0, 1.0, 0.0],
    ];
    let y = geometry.bleed.top() + MARK_GAP + (MARK_LENGTH - PATCH) / 2.0;
    let left = geometry.trim.x + AWAY;
    let end = geometry
        .fold
        .unwrap_or(geometry.trim.right() - 2.0 * AWAY - MARK_LENGTH / 2.0);
    ops.push(Op::SaveGraphicsState);
    for (index, [c, m, y_ink, k]) in PATCHES.into_iter().enumerate() {
        let x = left + PATCH * index as f64;
        if x + PATCH + AWAY > end {
            break;
        }
        let col = Color::Cmyk(Cmyk {
            c,
            m,
            y: y_ink,
            k,
            icc_profile: None,
        });
        ops.push(Op::SetFillColor { col });
        ops.push(rectangle(
            &Box {
                x,
                y,
                width: PATCH,
                height: PATCH,
            },
            PaintMode::Fill,
        ));
    }
    ops.push(Op::RestoreGraphicsState);
}

/// A rectangle, filled or as a clip.
pub(super) fn rectangle(area: &Box, mode: PaintMode) -> Op {
    Op::DrawRectangle {
        rectangle: Rect {
            x: Pt(area.x as f32),
            y: Pt(area.y as f32),
            width: Pt(area.width as f32),
            height: Pt(area.height as f32),
            mode: Some(mode),
            winding_order: None,
        },
    }
}

fn line(from: (f64, f64), to: (f64, f64)) -> Op {
    let points = [from, to].map(|(x, y)| LinePoint {
        p: point(x, y),
        bezier: false,
    });
    Op::DrawLine {
        line: Line {
            points: points.to_vec(),
            is_closed: false,
        },
    }
}

fn point(x: f64, y: f64) -> Point {
    Point {
        x: Pt(x as f32),
        y: Pt(y as f32),
    }
}
