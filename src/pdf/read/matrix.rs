//! Affine transformations (ISO 32000-1, 8.3.3).

/// A transformation `[a b c d e f]`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Matrix(pub [f64; 6]);

impl Matrix {
    /// The one that changes nothing.
    pub(crate) const IDENTITY: Matrix = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// A move.
    pub(crate) fn translate(x: f64, y: f64) -> Matrix {
        Matrix([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// This transformation, followed by `next`.
    pub(crate) fn then(&self, next: &Matrix) -> Matrix {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, next.0);
        Matrix([
            a * g + b * i,
            a * h + b * j,
            c * g + d * i,
            c * h + d * j,
            e * g + f * i + k,
            e * h + f * j + l,
        ])
    }

    /// Where a point goes.
    pub(crate) fn apply(&self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// The one that takes it back; `None` where it makes the plane a line.
    pub(crate) fn inverse(&self) -> Option<Matrix> {
        let [a, b, c, d, e, f] = self.0;
        let det = a * d - b * c;
        let back = [d, -b, -c, a, c * f - d * e, b * e - a * f].map(|value| value / det);
        back.iter()
            .all(|value| value.is_finite())
            .then_some(Matrix(back))
    }

    /// Length of a unit across the base line.
    pub(crate) fn height(&self) -> f64 {
        self.0[2].hypot(self.0[3])
    }

    /// Width and height of the unit square.
    pub(crate) fn extent(&self) -> (f64, f64) {
        (self.0[0].hypot(self.0[1]), self.height())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inverse_takes_a_point_back() {
        let matrix = Matrix([0.0, 2.0, -1.0, 0.0, 30.0, 7.0]);
        let (x, y) = matrix.apply(5.0, 11.0);
        let back = matrix.inverse().map(|back| back.apply(x, y));
        assert_eq!(back, Some((5.0, 11.0)));
        assert_eq!(Matrix([1.0, 2.0, 2.0, 4.0, 0.0, 0.0]).inverse(), None);
    }
}
