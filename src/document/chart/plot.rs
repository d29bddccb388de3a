//! What a chart draws: where each value begins and ends, which round numbers and names are written.

use super::super::number::NumberFormat;
use super::super::resolve::Resolver;
use super::super::{Category, Plot, PlotSeries, Point, Tick};
use super::scale::Scale;
use super::{Data, Measured, adds_up, is_line};
use crate::layout::Strings;
use crate::source::schema::ChartKind;

/// The most columns whose values stand at them.
const LABELLED_COLUMNS: usize = 12;
/// What stands for a value that is not known.
pub(super) const UNKNOWN: &str = "–";
/// The least part of an axis of points between two names.
const APART: f64 = 1.0 / 8.0;
/// Lines whose values lie within this share of the largest need not begin at zero: what moves would not be seen.
const NARROW: f64 = 0.25;

/// Values that are parts of a whole as the language writes their shares in per cent. Those below one per cent have a decimal;
/// the others are whole and add up to what these leave of 100: those that lose most by it are rounded up.
pub(super) fn percents(strings: &Strings, values: &[f64]) -> Vec<String> {
    let sum: f64 = values.iter().sum();
    let shares: Vec<f64> = values.iter().map(|value| value / sum * 100.0).collect();
    let is_small = |share: f64| share > 0.0 && share < 1.0;
    let mut shown: Vec<f64> = shares
        .iter()
        .map(|share| match is_small(*share) {
            true => (share * 10.0).round() / 10.0,
            // A hair below a whole number is that number.
            false => (share + 1e-9).floor(),
        })
        .collect();
    let mut by_loss: Vec<usize> = (0..shares.len())
        .filter(|index| !is_small(shares[*index]))
        .collect();
    by_loss.sort_by(|a, b| (shares[*b] - shown[*b]).total_cmp(&(shares[*a] - shown[*a])));
    let missing = (100.0 - shown.iter().sum::<f64>()).round().max(0.0) as usize;
    for index in by_loss.into_iter().take(missing) {
        shown[index] += 1.0;
    }
    let format = NumberFormat::of(strings);
    let written = shares.iter().zip(shown).map(|(share, shown)| {
        let number = format.write(shown, usize::from(is_small(*share)));
        strings.percent.replace("{n}", &number)
    });
    written.collect()
}

impl Resolver<'_> {
    /// What is drawn of the values.
    pub(super) fn plot(&self, kind: ChartKind, data: &Data, unit: Option<&str>) -> Plot {
        if kind == ChartKind::Share {
            return self.parts(data, unit);
        }
        let strings = self.words.strings;
        let (format, decimals) = (NumberFormat::of(strings), data.decimals());
        let written = match (kind, data.series.as_slice()) {
            (ChartKind::Bar, [_]) => true,
            (ChartKind::Column, [one]) => one.values.len() <= LABELLED_COLUMNS,
            _ => false,
        };
        let spans = spans(kind, data);
        let ends = spans
            .iter()
            .flatten()
            .flatten()
            .flat_map(|(from, to)| [*from, *to]);
        let ends: Vec<f64> = ends.collect();
        let least = ends.iter().copied().fold(f64::INFINITY, f64::min);
        let most = ends.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let scale = Scale::over(least, most, from_zero(kind, least, most), written);
        let series = data.series.iter().zip(spans).map(|(series, spans)| {
            let points = spans.into_iter().zip(&series.values).map(|(span, value)| {
                let (Some((from, to)), Some(value)) = (span, value) else {
                    let at = scale.place(0.0);
                    // Where values are written, one that is not known is, too.
                    let unknown = || Point {
                        from: at,
                        to: at,
                        text: Some(UNKNOWN.to_owned()),
                    };
                    return written.then(unknown);
                };
                let text = written.then(|| self.directed(format.write(value.value, decimals)));
                Some(Point {
                    from: scale.place(from),
                    to: scale.place(to),
                    text,
                })
            });
            PlotSeries {
                name: series.name.clone().filter(|_| data.series.len() > 1),
                points: points.collect(),
            }
        });
        let series = series.collect();
        let tick = |value: f64| Tick {
            at: scale.place(value),
            text: self.directed(format.write(value, scale.decimals)),
        };
        let ticks = if written {
            Vec::new()
        } else {
            scale.ticks().into_iter().map(tick).collect()
        };
        Plot {
            shape: kind,
            unit: unit.map(str::to_owned),
            categories: categories(kind, data),
            series,
            ticks,
            zero: scale.holds(0.0).then(|| scale.place(0.0)),
        }
    }

    /// The parts of a whole, one after the other.
    fn parts(&self, data: &Data, unit: Option<&str>) -> Plot {
        let strings = self.words.strings;
        let (format, decimals) = (NumberFormat::of(strings), data.decimals());
        let values = data.series[0].values.iter().flatten();
        let numbers: Vec<f64> = values.clone().map(|one| one.value).collect();
        let sum: f64 = numbers.iter().sum();
        let mut end = 0.0;
        let points = values
            .zip(percents(strings, &numbers))
            .map(|(number, percent)| {
                let from = end;
                end += number.value / sum;
                let own = format.write(number.value, decimals);
                let text = match unit {
                    Some("%") => strings.percent.replace("{n}", &own),
                    _ => {
                        let own = strings.bracketed.replace("{text}", &own);
                        percent + &own
                    }
                };
                Some(Point {
                    from,
                    to: end.min(1.0),
                    text: Some(self.directed(text)),
                })
            });
        let points = points.collect();
        Plot {
            shape: ChartKind::Share,
            unit: unit.filter(|unit| *unit != "%").map(str::to_owned),
            categories: categories(ChartKind::Share, data),
            series: vec![PlotSeries { name: None, points }],
            ticks: Vec::new(),
            zero: None,
        }
    }
}

/// Whether the axis of values has zero on it.
fn from_zero(kind: ChartKind, least: f64, most: f64) -> bool {
    let one_side = least > 0.0 || most < 0.0;
    let narrow = most - least < NARROW * most.abs().max(least.abs());
    kind != ChartKind::Line || !one_side || !narrow
}

/// Where values begin and end, series by series.
fn spans(kind: ChartKind, data: &Data) -> Vec<Vec<Option<(f64, f64)>>> {
    let mut below = vec![0.0; data.categories.len()];
    let mut spans = |series: &Measured| -> Vec<Option<(f64, f64)>> {
        let values = series.values.iter().zip(&mut below);
        let span = |(value, below): (&Option<_>, &mut f64)| {
            let value: &super::Number = value.as_ref()?;
            if !adds_up(kind) {
                // A line is where its value is; a bar begins at zero.
                let from = if is_line(kind) { value.value } else { 0.0 };
                return Some((from, value.value));
            }
            let from = *below;
            *below += value.value;
            Some((from, *below))
        };
        values.map(span).collect()
    };
    data.series.iter().map(&mut spans).collect()
}

/// The categories with their places. Years are as far apart as they are; of points that are close to each other not all are
/// named, but the last one always is.
fn categories(kind: ChartKind, data: &Data) -> Vec<Category> {
    let count = data.categories.len();
    let place = |index: usize| match &data.years {
        _ if count == 1 => 0.5,
        Some(years) => f64::from(years[index] - years[0]) / f64::from(years[count - 1] - years[0]),
        None => index as f64 / (count - 1) as f64,
    };
    let mut next = f64::INFINITY;
    let mut categories: Vec<Category> = Vec::new();
    for (index, name) in data.categories.iter().enumerate().rev() {
        let at = place(index);
        let named = !is_line(kind) || at <= next - APART + 1e-9;
        if named {
            next = at;
        }
        let name = named.then(|| name.clone());
        categories.push(Category { name, at });
    }
    categories.reverse();
    categories
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(values: &[f64]) -> Vec<String> {
        let strings = crate::layout::strings("en").expect("English");
        let shown = percents(&strings, values).into_iter();
        shown
            .map(|text| text.trim_end_matches(['%', '\u{a0}']).to_owned())
            .collect()
    }

    #[test]
    fn shares_in_per_cent_add_up_to_a_hundred() {
        assert_eq!(shown(&[1.0, 1.0, 1.0]), ["34", "33", "33"]);
        assert_eq!(
            shown(&[14.1, 9.4, 6.2, 5.3, 3.5]),
            ["37", "24", "16", "14", "9"]
        );
        assert_eq!(shown(&[0.0, 29.0, 71.0]), ["0", "29", "71"]);
        assert_eq!(shown(&[0.4, 99.6]), ["0.4", "100"]);
        for seed in 1..200_u32 {
            let values: Vec<f64> = (1..=6)
                .map(|at| f64::from(seed * at * at % 97 + 7))
                .collect();
            let sum: f64 = shown(&values)
                .iter()
                .map(|one| one.parse::<f64>().unwrap())
                .sum();
            assert_eq!(sum, 100.0, "{values:?}");
        }
    }
}
