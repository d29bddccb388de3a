//! The axis of values: from where to where, and which round numbers it has.

/// About so many steps has an axis.
const STEPS: f64 = 5.0;

/// An axis of values.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    step: f64,
    /// Decimals of its round numbers.
    pub(super) decimals: usize,
}

impl Scale {
    /// The axis for values between two, which has zero on it if that is wanted; values at its ends have no number then.
    pub(super) fn over(least: f64, most: f64, zero: bool, ends: bool) -> Scale {
        let (least, most) = match zero {
            true => (least.min(0.0), most.max(0.0)),
            false => (least, most),
        };
        let span = match most - least {
            0.0 if most == 0.0 => 1.0,
            0.0 => most.abs(),
            span => span,
        };
        let (step, decimals) = round_step(span / STEPS);
        let (mut low, mut high) = (
            (least / step + 1e-9).floor() * step,
            (most / step - 1e-9).ceil() * step,
        );
        if ends {
            (low, high) = (least, most);
        }
        if high <= low {
            // All values are the same: zero, or one that is drawn in the middle.
            let room = if zero { 0.0 } else { step };
            (low, high) = (low - room, low + step);
        }
        Scale {
            low,
            high,
            step,
            decimals,
        }
    }

    /// Where a value is on the axis.
    pub(super) fn place(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// Whether a value is on the axis.
    pub(super) fn holds(&self, value: f64) -> bool {
        let slack = self.step * 1e-9;
        (self.low - slack..=self.high + slack).contains(&value)
    }

    /// The round numbers, the least first.
    pub(super) fn ticks(&self) -> Vec<f64> {
        let first = (self.low / self.step).round() as i64;
        let last = (self.high / self.step).round() as i64;
        (first..=last)
            .map(|count| count as f64 * self.step)
            .collect()
    }
}

/// The least of 1, 2, 2.5 and 5 times a power of ten that is not below `rough`, with its decimals.
fn round_step(rough: f64) -> (f64, usize) {
    // By division, not by logarithm: that may differ from machine to machine.
    let (mut power, mut exponent) = (1.0_f64, 0_i32);
    while power > rough && exponent > -20 {
        power /= 10.0;
        exponent -= 1;
    }
    while power * 10.0 <= rough {
        power *= 10.0;
        exponent += 1;
    }
    let decimals = |more: i32| usize::try_from(more - exponent).unwrap_or(0);
    for (factor, more) in [(1.0, 0), (2.0, 0), (2.5, 1), (5.0, 0)] {
        if power * factor >= rough * (1.0 - 1e-9) {
            return (power * factor, decimals(more));
        }
    }
    (power * 10.0, decimals(-1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(least: f64, most: f64, zero: bool) -> Vec<f64> {
        Scale::over(least, most, zero, false).ticks()
    }

    #[test]
    fn axes_have_round_numbers_around_their_values() {
        assert_eq!(
            ticks(0.0, 100.0, true),
            [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]
        );
        assert_eq!(ticks(3.0, 42.0, true), [0.0, 10.0, 20.0, 30.0, 40.0, 50.0]);
        assert_eq!(
            ticks(-30.0, 70.0, true),
            [-40.0, -20.0, 0.0, 20.0, 40.0, 60.0, 80.0]
        );
        assert_eq!(ticks(-7.0, -2.0, true), [-8.0, -6.0, -4.0, -2.0, 0.0]);
        assert_eq!(
            ticks(1013.0, 1021.0, false),
            [1012.0, 1014.0, 1016.0, 1018.0, 1020.0, 1022.0]
        );
        assert_eq!(ticks(0.0, 0.0, true), [0.0, 0.2]);
        assert_eq!(Scale::over(0.0, 0.3, true, false).decimals, 1);
        assert_eq!(Scale::over(0.0, 1.2, true, false).decimals, 2);
    }

    #[test]
    fn every_value_is_on_its_axis_whatever_its_size() {
        for size in [1e-9, 0.001, 1.0, 7.3, 999.0, 1e6, 9.99e14] {
            for (least, most) in [
                (0.0, 1.0),
                (-1.0, 1.0),
                (0.97, 1.0),
                (-1.0, -0.5),
                (1.0, 1.0),
            ] {
                for zero in [true, false] {
                    let scale = Scale::over(least * size, most * size, zero, false);
                    let ticks = scale.ticks();
                    assert!(
                        (2..=9).contains(&ticks.len()),
                        "{size} {least} {most}: {ticks:?}"
                    );
                    let (low, high) = (ticks[0], ticks[ticks.len() - 1]);
                    let slack = (high - low) * 1e-6;
                    assert!(low <= least * size + slack && most * size <= high + slack);
                    assert!(!zero || (low <= slack && high >= -slack));
                }
            }
        }
    }
}
