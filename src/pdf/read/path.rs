//! The path that is being built: of its shape, only the box around it is kept.

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

/// The path of the operators so far.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Path {
    bounds: Option<Rect>,
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
            }
            ("m" | "l" | "c" | "v" | "y", points) => {
                // Points that steer a curve lie outside it at times; a box that is too large by that is good enough.
                for point in points.chunks_exact(2) {
                    self.add(point[0], point[1], matrix);
                }
            }
            ("W" | "W*", _) => self.clips = true,
            _ => {}
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
        let Path { bounds, clips } = std::mem::take(self);
        match bounds {
            Some(bounds) if clips => common(clip, bounds),
            None if clips => [0.0; 4],
            _ => clip,
        }
    }
}
