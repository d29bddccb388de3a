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

/// A share of one as the language writes it in per cent.
pub(super) fn percent(strings: &Strings, share: f64) -> String {
    let decimals = usize::from(share > 0.0 && share < 0.01);
    let number = NumberFormat::of(strings).write(share * 100.0, decimals);
    strings.percent.replace("{n}", &number)
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
        let sum: f64 = values.clone().map(|one| one.value).sum();
        let mut end = 0.0;
        let points = values.map(|number| {
            let from = end;
            end += number.value / sum;
            let own = format.write(number.value, decimals);
            let text = match unit {
                Some("%") => strings.percent.replace("{n}", &own),
                _ => {
                    let own = strings.bracketed.replace("{text}", &own);
                    percent(strings, number.value / sum) + &own
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
