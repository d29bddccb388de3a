//! The path that is being built: the box around it, and its outline with curves as lines.

use super::file::Rect;
use super::matrix::Matrix;

/// The box that holds both.
fn around(rect: Option<Rect>, (x, y): (f64, f64)) -> Rect {
    let [a, b, c, d] = rect.unwrap_or([x, y, x, y]);
    [a.min(x), b.min(y), c.max(x), d.max(y)]
}

/// The box that both have in common; of no size, or less, where they have none.
pub(crate) fn common(one: Rect, other: Rect) -> Rect {
    [
        one[0].max(other[0]),
        one[1].max(other[1]),
        one[2].min(other[2]),
        one[3].min(other[3]),
    ]
}

/// The box around a box that was moved, turned or sheared.
pub(crate) fn moved(rect: Rect, matrix: &Matrix) -> Rect {
    let [a, b, c, d] = rect;
    let corners = [(a, b), (c, b), (c, d), (a, d)].map(|(x, y)| matrix.apply(x, y));
    let found = corners
        .into_iter()
        .fold(None, |found, corner| Some(around(found, corner)));
    found.unwrap_or(rect)
}

/// Most corners of an outline; one with more is taken for the box around it.
const CORNERS: usize = 20_000;
/// Lines that stand for a curve.
const STEPS: u32 = 8;

/// The outline of a shape on the page, in points from the lower left corner.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Outline {
    parts: Vec<Vec<(f64, f64)>>,
    /// Whether what is enclosed twice is outside.
    pub even_odd: bool,
}

impl Outline {
    /// The corners, part by part.
    pub(crate) fn points(&self) -> impl Iterator<Item = (f64, f64)> {
        self.parts.iter().flatten().copied()
    }

    /// Whether a point is inside (ISO 32000-1, 8.5.3.3).
    pub(crate) fn contains(&self, (x, y): (f64, f64)) -> bool {
        let mut turns = 0i32;
        for part in &self.parts {
            let ends = part.iter().skip(1).chain(part.first());
            for (a, b) in part.iter().zip(ends) {
                if (a.1 <= y) != (b.1 <= y) {
                    let across = a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0);
                    if across > x {
                        turns += if a.1 < b.1 { 1 } else { -1 };
                    }
                }
            }
        }
        match self.even_odd {
            true => turns % 2 != 0,
            false => turns != 0,
        }
    }
}

/// The path of the operators so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Path {
    bounds: Option<Rect>,
    outline: Outline,
    corners: usize,
    last: (f64, f64),
    /// Whether it narrows what may be painted once it is done.
    clips: bool,
}

impl Path {
    /// Takes an operator that builds a path.
    pub(super) fn build(&mut self, operator: &str, numbers: &[f64], matrix: &Matrix) {
        match (operator, numbers) {
            ("re", [x, y, width, height]) => {
                for (x, y) in [
                    (*x, *y),
                    (x + width, *y),
                    (x + width, y + height),
                    (*x, y + height),
                ] {
                    self.add(x, y, matrix);
                }
                let corners = [
                    (*x, *y),
                    (x + width, *y),
                    (x + width, y + height),
                    (*x, y + height),
                ];
                self.start();
                for (x, y) in corners {
                    self.corner(x, y, matrix);
                }
                self.last = (*x, *y);
            }
            ("m" | "l" | "c" | "v" | "y", points) => {
                // Points that steer a curve lie outside it at times; a box that is too large by that is good enough.
                for point in points.chunks_exact(2) {
                    self.add(point[0], point[1], matrix);
                }
                self.line(operator, points, matrix);
            }
            ("W" | "W*", _) => self.clips = true,
            _ => {}
        }
    }

    fn start(&mut self) {
        self.outline.parts.push(Vec::new());
    }

    fn corner(&mut self, x: f64, y: f64, matrix: &Matrix) {
        self.corners += 1;
        if let Some(part) = self
            .outline
            .parts
            .last_mut()
            .filter(|_| self.corners <= CORNERS)
        {
            part.push(matrix.apply(x, y));
        }
    }

    /// Adds a line or a curve to the outline.
    fn line(&mut self, operator: &str, points: &[f64], matrix: &Matrix) {
        let (x, y) = self.last;
        let curve = match (operator, points) {
            ("m", _) => {
                self.start();
                None
            }
            ("c", [a, b, c, d, e, f]) => Some([(*a, *b), (*c, *d), (*e, *f)]),
            ("v", [c, d, e, f]) => Some([(x, y), (*c, *d), (*e, *f)]),
            ("y", [a, b, e, f]) => Some([(*a, *b), (*e, *f), (*e, *f)]),
            _ => None,
        };
        if let [.., ex, ey] = points {
            if let Some([one, two, three]) = curve {
                for step in 1..STEPS {
                    let t = f64::from(step) / f64::from(STEPS);
                    let at = |from: f64, one: f64, two: f64, three: f64| {
                        let s = 1.0 - t;
                        s * s * s * from
                            + 3.0 * s * s * t * one
                            + 3.0 * s * t * t * two
                            + t * t * t * three
                    };
                    let place = (at(x, one.0, two.0, three.0), at(y, one.1, two.1, three.1));
                    self.corner(place.0, place.1, matrix);
                }
            }
            self.corner(*ex, *ey, matrix);
            self.last = (*ex, *ey);
        }
    }

    /// Its outline; the box around it where it has too many corners.
    pub(super) fn outline(&mut self, even_odd: bool) -> Outline {
        let mut outline = std::mem::take(&mut self.outline);
        if let Some([a, b, c, d]) = self.bounds.filter(|_| self.corners > CORNERS) {
            outline.parts = vec![vec![(a, b), (c, b), (c, d), (a, d)]];
        }
        Outline {
            even_odd,
            ..outline
        }
    }

    fn add(&mut self, x: f64, y: f64, matrix: &Matrix) {
        self.bounds = Some(around(self.bounds, matrix.apply(x, y)));
    }

    /// The box around it.
    pub(super) fn bounds(&self) -> Option<Rect> {
        self.bounds
    }

    /// Ends it; gives what is left of `clip`.
    pub(super) fn end(&mut self, clip: Rect) -> Rect {
        let Path { bounds, clips, .. } = std::mem::take(self);
        match bounds {
            Some(bounds) if clips => common(clip, bounds),
            None if clips => [0.0; 4],
            _ => clip,
        }
    }
}
