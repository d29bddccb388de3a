//! Charts: from the fields of a block, a table or a file to what every format draws and says.
//!
//! Each number is read once, as the report's language writes it, and written once; axes, descriptions and tables are made
//! here, so that no backend reckons.

mod describe;
mod plot;
mod rows;
mod scale;

use super::number::{Number, NumberFormat};
use super::resolve::{FieldPath, Resolver};
use super::{Align, Block, Cell, Chart, Column, Inline, Line, RowKind, Table, plain_content};
use crate::base::diagnostic::{Code, many};
use crate::source::schema::{self as s, ChartKind};
use rows::{Grid, Values};

/// The most series: so many patterns can be told from each other without colour. Of a share, the most parts.
const MAX_SERIES: usize = 6;
/// The most bars next to each other: more have no room for their names on a page in large print.
const MAX_BARS: usize = 20;
/// The most bars of all series.
const MAX_BARS_IN_ALL: usize = 60;
/// The most points of a line: as many rows has the table of its values.
const MAX_POINTS: usize = 120;
/// The most characters of the name of a category or a series.
const LONGEST_NAME: usize = 60;

/// What a chart is drawn from.
struct Data {
    /// What the categories are.
    head: String,
    /// Their names.
    categories: Vec<String>,
    /// Their years, where all are years.
    years: Option<Vec<u32>>,
    series: Vec<Measured>,
}

/// A series of values.
struct Measured {
    name: Option<String>,
    values: Vec<Option<Number>>,
}

impl Data {
    /// The most decimals of any value: all are written with as many.
    fn decimals(&self) -> usize {
        let values = self.series.iter().flat_map(|series| &series.values);
        let decimals = values.flatten().map(|number| number.decimals);
        decimals.max().unwrap_or(0)
    }
}

/// Whether parts add up to a whole.
fn adds_up(kind: ChartKind) -> bool {
    use ChartKind::{Area, Share, StackedBar, StackedColumn};
    matches!(kind, Area | Share | StackedBar | StackedColumn)
}

/// Whether what it draws runs over an axis of points, and not of bars.
fn is_line(kind: ChartKind) -> bool {
    matches!(kind, ChartKind::Line | ChartKind::Area)
}

impl<'a> Resolver<'a> {
    /// A chart.
    pub(super) fn chart(&mut self, at: &FieldPath<'a>, chart: &'a s::Chart) -> Option<Block> {
        let title = self.optional(&at.key("title"), &chart.title);
        let caption = self.running(&at.key("caption"), &chart.caption);
        let unit = self.optional(&at.key("unit"), &chart.unit);
        let source = self.optional_running(&at.key("source"), &chart.source);
        let made = self.optional_running(&at.key("credit"), &chart.credit);
        let alt = self.optional(&at.key("alt"), &chart.alt);
        let label = self.figure_label(true)?;
        let anchor = self.block_anchor(&chart.id, "figure");
        self.name_target(&chart.id, &Some(label.clone()));
        let captioned = Some((label.as_str(), &caption));
        let description = self.describe(at, &chart.description, &anchor, captioned);
        let data = self.chart_data(at, chart)?;
        let unit = unit.as_deref();
        let table = match chart.table {
            Some(_) => None,
            None => Some(self.values_table(at, chart, &data, unit)),
        };
        Some(Block::Chart(Box::new(Chart {
            anchor,
            label,
            title,
            alt: alt.unwrap_or_else(|| self.description(chart.kind, &data, unit)),
            caption,
            description,
            credit: self.sources(source, made),
            plot: self.plot(chart.kind, &data, unit),
            table,
        })))
    }

    /// Where the numbers are from, then who made the chart.
    fn sources(&self, source: Option<Line>, made: Option<Line>) -> Option<Line> {
        let between = (source.is_some() && made.is_some())
            .then(|| plain_content(&self.words.strings.semicolon).into());
        let all: Vec<Inline> = [source, between, made]
            .into_iter()
            .flatten()
            .flatten()
            .collect();
        (!all.is_empty()).then(|| all.into())
    }

    /// The numbers of a chart, from where it has them; nothing where something is wrong with them.
    fn chart_data(&mut self, at: &FieldPath<'a>, chart: &'a s::Chart) -> Option<Data> {
        let own = !chart.categories.is_empty() || !chart.series.is_empty();
        let places = [own, chart.table.is_some(), chart.file.is_some()];
        if places.iter().filter(|has| **has).count() != 1 {
            let message = match own || chart.table.is_some() {
                true => "the numbers of a chart are in one place, not in several",
                false => "a chart has no numbers",
            };
            let wrong = at.diagnostic_of(Code::CHART_DATA, &chart.caption, message);
            self.found.push(wrong.hint(
                "give it `categories` and `series`, or the id of a `table`, or a `file` with comma-separated values",
            ));
            return None;
        }
        if own && let Some(column) = chart.columns.first() {
            let message = "`columns` chooses from a table or a file, and this chart has neither";
            let wrong = at
                .key("columns")
                .diagnostic(Code::CHART_TABLE, column, message);
            self.found
                .push(wrong.hint("delete it, and the series that are not to be drawn"));
        }
        if let Some(id) = &chart.table {
            let (place, table) = self.table_of_chart(at, id)?;
            // What is wrong with the file is said where the table is.
            let file = table.file.as_ref();
            let file = file.map(|file| self.source.csv(file.value.trim()));
            let file = file.transpose().ok()?;
            let grid = self.grid_of_table(at, chart, (&place, table), file.as_ref())?;
            return self.measured(at, chart, &grid);
        }
        if let Some(path) = &chart.file {
            let file = self.rows_in(&at.key("file"), path)?;
            let grid = self.grid_of_csv(at, chart, &file, path)?;
            return self.measured(at, chart, &grid);
        }
        self.measured(at, chart, &rows::own(at, chart))
    }

    /// Checks the cells of a chart and reads their numbers.
    fn measured(&mut self, at: &FieldPath, chart: &s::Chart, grid: &Grid) -> Option<Data> {
        let known = self.found.len();
        if grid.categories.is_empty() || grid.series.is_empty() {
            let what = if grid.series.is_empty() {
                "series"
            } else {
                "categories"
            };
            let message = format!("the chart has no {what}");
            let wrong = at.diagnostic_of(Code::CHART_DATA, &chart.caption, message);
            self.found.push(wrong.hint("give it numbers, or delete it"));
            return None;
        }
        self.refuse_too_many(at, chart, grid)?;
        let named = |cell: &rows::Cell| cell.text.value.trim().to_owned();
        let years = grid.categories.iter().map(named);
        let years: Option<Vec<u32>> = years.map(|name| year(&name)).collect();
        let categories = self.names(&grid.categories, "categories");
        let names: Vec<_> = grid
            .series
            .iter()
            .filter_map(|one| one.name.clone())
            .collect();
        let mut names = self.names(&names, "series").into_iter();
        let alone = grid.series.len() == 1;
        let mut series = Vec::new();
        for one in &grid.series {
            self.refuse_length(&grid.categories, one);
            if one.name.is_none() && !alone {
                let message = "one of several series has no name";
                let wrong = one.at.diagnostic_somewhere(Code::CHART_TWICE, message);
                self.found
                    .push(wrong.hint("say in `name` what it measures"));
            }
            let name = one.name.as_ref().and_then(|_| names.next());
            let values = one.values.iter().map(|cell| self.value(chart.kind, cell));
            let values: Vec<_> = values.collect();
            series.push(Measured { name, values });
        }
        let head = match (&grid.head, &chart.category) {
            (_, Some(head)) => self.literal(&at.key("category"), head),
            (Some(head), None) if !head.text.value.trim().is_empty() => {
                self.literal(&head.at, head.text)
            }
            _ => self.words.strings.chart_category.clone(),
        };
        if self.found.len() > known {
            return None;
        }
        let rises = |years: &Vec<u32>| years.windows(2).all(|pair| pair[0] < pair[1]);
        let data = Data {
            head,
            categories,
            years: years.filter(rises),
            series,
        };
        self.refuse_no_whole(at, chart, &data)?;
        Some(data)
    }

    /// Refuses more than can be told apart, or has room.
    fn refuse_too_many(&mut self, at: &FieldPath, chart: &s::Chart, grid: &Grid) -> Option<()> {
        let (categories, series) = (grid.categories.len(), grid.series.len());
        let most = match chart.kind {
            ChartKind::Share => MAX_SERIES,
            kind if is_line(kind) => MAX_POINTS,
            _ => MAX_BARS,
        };
        let stacked = adds_up(chart.kind) || is_line(chart.kind);
        let (message, hint) = if series > MAX_SERIES {
            (
                format!(
                    "the chart has {series} series, and {MAX_SERIES} patterns can be told apart without colour"
                ),
                "draw the series that count, and leave the others to a table",
            )
        } else if chart.kind == ChartKind::Share && categories > most {
            (
                format!(
                    "the whole has {categories} parts, and {most} patterns can be told apart without colour"
                ),
                "join the small ones to one part, or draw bars",
            )
        } else if categories > most && is_line(chart.kind) {
            (
                format!(
                    "the chart has {categories} points, and the table of its values has room for {most}"
                ),
                "draw every second one, or parts of the time as charts of their own",
            )
        } else if categories > most {
            (
                format!(
                    "the chart has {categories} categories, and has room for {most} on a page in large print"
                ),
                "draw those that count, a line in place of columns, or parts of the chart as charts of their own",
            )
        } else if !stacked && categories * series > MAX_BARS_IN_ALL {
            (
                format!(
                    "the chart has {} bars, and has room for {MAX_BARS_IN_ALL}",
                    categories * series
                ),
                "draw lines, or fewer series or categories",
            )
        } else {
            return Some(());
        };
        let wrong = at.diagnostic_of(Code::CHART_TOO_MUCH, &chart.caption, message);
        self.found.push(wrong.hint(hint));
        None
    }

    /// The names of categories or series: short, and each another.
    fn names(&mut self, cells: &[rows::Cell], what: &str) -> Vec<String> {
        let mut seen = std::collections::BTreeSet::new();
        let mut names = Vec::new();
        for cell in cells {
            let name = self.literal(&cell.at, cell.text);
            let length = name.chars().count();
            if length > LONGEST_NAME {
                let message = format!(
                    "a name in a chart has {length} characters, and there is room for {LONGEST_NAME}"
                );
                let wrong = cell.at.diagnostic(Code::TEXT_TOO_LONG, cell.text, message);
                self.found
                    .push(wrong.hint("shorten it, and say the rest in the caption"));
            }
            if !seen.insert(name.clone()) {
                let message = format!("two {what} are called `{name}`");
                let wrong = cell.at.diagnostic(Code::CHART_TWICE, cell.text, message);
                self.found
                    .push(wrong.hint("name them so that readers can tell them apart"));
            }
            names.push(name);
        }
        names
    }

    fn refuse_length(&mut self, categories: &[rows::Cell], series: &Values) {
        if series.values.len() == categories.len() {
            return;
        }
        let message = format!(
            "the series has {}, but there are {} categories",
            many(series.values.len(), "value"),
            categories.len()
        );
        let comma = self.words.strings.number.ends_with(",5");
        let at = series.at.key("values");
        let wrong = match series.values.first() {
            Some(cell) => cell.at.diagnostic(Code::CHART_LENGTH, cell.text, message),
            None => at.diagnostic_somewhere(Code::CHART_LENGTH, message),
        };
        self.found.push(wrong.hint(match comma {
            true => "give it one value for each; one with a decimal comma stands in quotation marks: \"1,5\"",
            false => "give it one value for each; one with a comma in it stands in quotation marks: \"1,340\"",
        }));
    }

    /// The number of a cell; nothing where it is not known.
    fn value(&mut self, kind: ChartKind, cell: &rows::Cell) -> Option<Number> {
        let format = NumberFormat::of(self.words.strings);
        let refuse = |code, message: String, hint: String| {
            cell.at.diagnostic(code, cell.text, message).hint(hint)
        };
        let written = &cell.text.value;
        if NumberFormat::is_missing(written) {
            if adds_up(kind) {
                let message = "a value is not known, and what it is a part of is not known then";
                let hint = "write 0 where it is nothing, or draw bars or lines";
                let wrong = refuse(Code::CHART_PARTS, message.to_owned(), hint.to_owned());
                self.found.push(wrong);
            }
            return None;
        }
        let number = match format.read(written) {
            Ok(number) => number,
            Err((message, hint)) => {
                self.found.push(refuse(Code::CHART_NUMBER, message, hint));
                return None;
            }
        };
        if number.value < 0.0 && adds_up(kind) {
            let message = format!(
                "`{}` is less than nothing, and no part of a whole",
                written.trim()
            );
            let hint = "draw bars, columns or lines: they may fall below zero";
            self.found
                .push(refuse(Code::CHART_PARTS, message, hint.to_owned()));
        }
        Some(number)
    }

    /// Refuses values that are all unknown, and shares of nothing.
    fn refuse_no_whole(&mut self, at: &FieldPath, chart: &s::Chart, data: &Data) -> Option<()> {
        let values = data.series.iter().flat_map(|series| &series.values);
        let values: Vec<f64> = values.flatten().map(|number| number.value).collect();
        let sum: f64 = values.iter().sum();
        let format = NumberFormat::of(self.words.strings);
        let per_cent = chart
            .unit
            .as_ref()
            .is_some_and(|unit| unit.value.trim() == "%");
        let share = chart.kind == ChartKind::Share;
        let (code, message, hint) = if values.is_empty() {
            let message = "no value of the chart is known".to_owned();
            (Code::CHART_DATA, message, "give it numbers, or delete it")
        } else if share && data.series.len() > 1 {
            let message = format!(
                "shares of one whole have one series, and here are {}",
                data.series.len()
            );
            (
                Code::CHART_PARTS,
                message,
                "draw stacked bars, or choose one by `columns`",
            )
        } else if adds_up(chart.kind) && sum <= 0.0 {
            let message = "all values are 0, and nothing has no parts".to_owned();
            (
                Code::CHART_PARTS,
                message,
                "give it the values, or say it in the text",
            )
        } else if share && per_cent && (sum - 100.0).abs() > 1.0 {
            let sum = format.write(sum, data.decimals());
            let message = format!("the shares add up to {sum} %, not to 100 %");
            (
                Code::CHART_PARTS,
                message,
                "add what is missing as a part of its own, or draw bars",
            )
        } else {
            return Some(());
        };
        let wrong = at.diagnostic_of(code, &chart.caption, message);
        self.found.push(wrong.hint(hint));
        None
    }

    /// The values as a table, categories below each other.
    fn values_table(
        &mut self,
        at: &FieldPath,
        chart: &s::Chart,
        data: &Data,
        unit: Option<&str>,
    ) -> Table {
        let strings = self.words.strings;
        let (format, decimals) = (NumberFormat::of(strings), data.decimals());
        let values = data.series[0].values.iter();
        let values: Vec<f64> = values
            .map(|value| value.as_ref().map_or(0.0, |one| one.value))
            .collect();
        let shares = chart.kind == ChartKind::Share && unit != Some("%");
        let percents = match shares {
            true => plot::percents(strings, &values),
            false => Vec::new(),
        };
        // Of many heads each would say it again.
        let (in_heads, in_note) = match data.series.len() {
            1 | 2 => (
                unit.map(|unit| strings.bracketed.replace("{text}", unit)),
                None,
            ),
            _ => (None, unit),
        };
        let paragraph = |text: &str| Block::Paragraph {
            content: plain_content(text).into(),
        };
        let cell = |text: String| Cell::of(vec![paragraph(&text)]);
        let heads = data.series.iter().map(|series| {
            let name = series.name.as_ref().unwrap_or(&strings.chart_value);
            format!("{name}{}", in_heads.as_deref().unwrap_or_default())
        });
        let share_head = shares.then(|| strings.chart_part.clone());
        let header = std::iter::once(data.head.clone())
            .chain(heads)
            .chain(share_head);
        let rows = data.categories.iter().enumerate().map(|(index, name)| {
            let values = data
                .series
                .iter()
                .map(|series| series.values.get(index)?.as_ref());
            let texts = values.map(|value| match value {
                Some(number) => self.directed(format.write(number.value, decimals)),
                None => plot::UNKNOWN.to_owned(),
            });
            let share = percents.get(index);
            let share = share.map(|share| self.directed(share.clone()));
            let row = std::iter::once(name.clone()).chain(texts).chain(share);
            row.map(cell).collect()
        });
        let rows: Vec<Vec<Cell>> = rows.collect();
        let header: Vec<Cell> = header.map(cell).collect();
        let numbers = if self.words.rtl {
            Align::Start
        } else {
            Align::End
        };
        let column = |index: usize| Column {
            align: if index == 0 { Align::Start } else { numbers },
            decimal: None,
            width: if index == 0 { 1.6 } else { 1.0 },
        };
        Table {
            anchor: self.links.anchors.fresh("table"),
            label: None,
            caption: None,
            columns: (0..header.len()).map(column).collect(),
            header: vec![header],
            row_kinds: vec![RowKind::default(); rows.len()],
            rows,
            row_headers: true,
            cell_notes: Vec::new(),
            note: in_note.map(paragraph).into_iter().collect(),
            wide: false,
            landscape: false,
            by_rows: false,
            place: Some(at.file.location(chart.caption.line, chart.caption.column)),
        }
    }
}

/// The year that a category is.
fn year(name: &str) -> Option<u32> {
    let digits = name.len() == 4 && name.bytes().all(|byte| byte.is_ascii_digit());
    name.parse().ok().filter(|_| digits)
}
