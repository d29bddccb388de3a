//! What a chart shows, in words: its kind, highest and lowest value, and of what runs over time the first, the last and the
//! trend.

use super::super::number::{Number, NumberFormat};
use super::super::resolve::Resolver;
use super::{Data, Measured};
use crate::layout::Strings;
use crate::source::schema::ChartKind;

impl Resolver<'_> {
    /// The description of a chart whose author gives none.
    pub(super) fn description(&self, kind: ChartKind, data: &Data, unit: Option<&str>) -> String {
        let strings = self.words.strings;
        let mut text = kind_of_chart(kind, strings).to_owned();
        if let Some(unit) = unit {
            text += &strings.bracketed.replace("{text}", unit);
        }
        let said = data.series.iter();
        let said = said.filter_map(|series| self.series_in_words(kind, data, series));
        let said: Vec<String> = said.collect();
        let between = match said.len() {
            1 => &strings.colon,
            _ => &strings.full_stop,
        };
        let said = said.join(&strings.full_stop);
        let all = text + between + &said + strings.full_stop.trim_end();
        self.directed(all)
    }

    fn series_in_words(&self, kind: ChartKind, data: &Data, series: &Measured) -> Option<String> {
        let strings = self.words.strings;
        let (format, decimals) = (NumberFormat::of(strings), data.decimals());
        let values: Vec<(&String, &Number)> = data
            .categories
            .iter()
            .zip(&series.values)
            .filter_map(|(name, value)| Some((name, value.as_ref()?)))
            .collect();
        let at = |(name, number): &(&String, &Number)| {
            let written = format.write(number.value, decimals);
            let name = strings.bracketed.replace("{text}", name);
            format!("{written}{name}")
        };
        // The first of equals.
        let highest = values.iter().reduce(|best, one| {
            if one.1.value > best.1.value {
                one
            } else {
                best
            }
        })?;
        let lowest = values.iter().reduce(|best, one| {
            if one.1.value < best.1.value {
                one
            } else {
                best
            }
        })?;
        let mut said = vec![
            format!("{} {}", strings.chart_highest, at(highest)),
            format!("{} {}", strings.chart_lowest, at(lowest)),
        ];
        if let ([first, .., last], true) = (values.as_slice(), runs(kind, data)) {
            said.push(format!("{} {}", strings.chart_first, at(first)));
            said.push(format!("{} {}", strings.chart_last, at(last)));
            said.push(trend(&values, strings).to_owned());
        }
        let said = said.join(&strings.comma);
        Some(
            match series.name.as_ref().filter(|_| data.series.len() > 1) {
                Some(name) => format!("{name}{}{said}", strings.colon),
                None => said,
            },
        )
    }
}

/// Whether its categories are points in time: those of lines are, and what is called by numbers, such as years.
fn runs(kind: ChartKind, data: &Data) -> bool {
    use ChartKind::{Area, Column, Line, StackedColumn};
    let numbered = |name: &String| name.contains(char::is_numeric);
    match kind {
        Area | Line => true,
        Column | StackedColumn => data.categories.iter().all(numbered),
        _ => false,
    }
}

fn trend<'s>(values: &[(&String, &Number)], strings: &'s Strings) -> &'s str {
    let steps = values
        .windows(2)
        .map(|pair| pair[1].1.value - pair[0].1.value);
    match (
        steps.clone().any(|step| step > 0.0),
        steps.clone().any(|step| step < 0.0),
    ) {
        (true, false) => &strings.chart_rising,
        (false, true) => &strings.chart_falling,
        (false, false) => &strings.chart_level,
        (true, true) => &strings.chart_uneven,
    }
}

fn kind_of_chart(kind: ChartKind, strings: &Strings) -> &str {
    match kind {
        ChartKind::Bar => &strings.chart_bar,
        ChartKind::Column => &strings.chart_column,
        ChartKind::Line => &strings.chart_line,
        ChartKind::Area => &strings.chart_area,
        ChartKind::StackedBar => &strings.chart_stacked_bar,
        ChartKind::StackedColumn => &strings.chart_stacked_column,
        ChartKind::Share => &strings.chart_share,
    }
}
