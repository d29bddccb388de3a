//! Charts: numbers with all that is drawn of them. Every text is there and every place is reckoned, so that no format
//! writes a number otherwise than another.

use serde::Serialize;

use super::{Anchor, Line, Table};
use crate::source::schema::ChartKind;

/// A chart: a figure drawn from numbers.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Chart {
    /// Where links to it go.
    pub anchor: Anchor,
    /// `Figure 3`.
    pub label: String,
    /// Words above the chart.
    pub title: Option<String>,
    /// Description: the author's, else one made from the numbers.
    pub alt: String,
    /// Caption below the chart; never empty.
    pub caption: Line,
    /// What leads to the long description, from behind the caption.
    pub description: Option<Line>,
    /// Where the numbers are from, and who made the chart; never empty.
    pub credit: Option<Line>,
    /// What is drawn.
    pub plot: Plot,
    /// The values as a table below the chart; `None` where they are a table of the report already.
    pub table: Option<Table>,
}

/// What a chart draws. Places along an axis are shares of its length, from 0 to 1.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Plot {
    /// How the numbers are drawn.
    pub shape: ChartKind,
    /// Unit of the values.
    pub unit: Option<String>,
    /// The categories; at least one.
    pub categories: Vec<Category>,
    /// The series; at least one.
    pub series: Vec<PlotSeries>,
    /// The axis of values; empty where values stand at what is drawn.
    pub ticks: Vec<Tick>,
    /// Where zero is on that axis; `None` where zero is not on it.
    pub zero: Option<f64>,
}

/// A category.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Category {
    /// Its name; `None` where the axis has no room for all.
    pub name: Option<String>,
    /// Place along the axis, for lines and areas.
    pub at: f64,
}

/// A series.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PlotSeries {
    /// Its name; `None` where it is alone.
    pub name: Option<String>,
    /// Its values, one for each category; `None` where a value is not known.
    pub points: Vec<Option<Point>>,
}

/// A value as it is drawn.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Point {
    /// Where it begins on the axis: at zero, or where the part below it ends.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// The value as it is written at it.
    pub text: Option<String>,
}

/// A round number on the axis of values.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Tick {
    /// Place along the axis.
    pub at: f64,
    /// The number.
    pub text: String,
}

/// The texts of a plot in the order in which they are read, by shared or by unique reference.
macro_rules! words {
    ($plot:expr, $iter:ident) => {{
        let plot = $plot;
        let mut words = Vec::new();
        words.extend(plot.unit.$iter());
        words.extend(plot.categories.$iter().flat_map(|one| one.name.$iter()));
        for series in plot.series.$iter() {
            words.extend(series.name.$iter());
            let points = series.points.$iter().flatten();
            words.extend(points.flat_map(|point| point.text.$iter()));
        }
        words.extend(plot.ticks.$iter().map(|tick| {
            let Tick { text, .. } = tick;
            text
        }));
        words
    }};
}

impl Plot {
    /// The texts that are drawn.
    pub fn words(&self) -> Vec<&String> {
        words!(self, iter)
    }

    /// The texts that are drawn, to be changed.
    pub(in crate::document) fn words_mut(&mut self) -> Vec<&mut String> {
        words!(self, iter_mut)
    }
}
