//! Where the numbers of a chart are: its own fields, a table of the report, or a file of comma-separated values.

use super::super::number::NumberFormat;
use super::super::resolve::{FieldPath, Resolver};
use crate::base::diagnostic::Code;
use crate::source::schema::{self as s, Located};
use crate::source::{File, NoRows, Rows};

/// A text with its place.
#[derive(Clone)]
pub(super) struct Cell<'b> {
    pub(super) at: FieldPath<'b>,
    pub(super) text: &'b Located<String>,
}

/// A series as it is written.
pub(super) struct Values<'b> {
    pub(super) at: FieldPath<'b>,
    pub(super) name: Option<Cell<'b>>,
    pub(super) values: Vec<Cell<'b>>,
}

/// What a chart is drawn from, as it is written.
pub(super) struct Grid<'b> {
    /// What the categories are.
    pub(super) head: Option<Cell<'b>>,
    pub(super) categories: Vec<Cell<'b>>,
    pub(super) series: Vec<Values<'b>>,
}

/// The categories and series of the chart itself.
pub(super) fn own<'a>(at: &FieldPath<'a>, chart: &'a s::Chart) -> Grid<'a> {
    let list = |at: FieldPath<'a>, texts: &'a [s::Literal]| -> Vec<Cell<'a>> {
        let cells = texts.iter().enumerate();
        let cell = |(index, text)| Cell {
            at: at.index(index),
            text,
        };
        cells.map(cell).collect()
    };
    let series = chart.series.iter().enumerate().map(|(index, series)| {
        let at = at.key("series").index(index);
        Values {
            name: series.name.as_ref().map(|text| Cell {
                at: at.key("name"),
                text,
            }),
            values: list(at.key("values"), &series.values),
            at,
        }
    });
    Grid {
        head: None,
        categories: list(at.key("categories"), &chart.categories),
        series: series.collect(),
    }
}

impl<'a> Resolver<'a> {
    /// The cells of a table of the report.
    pub(super) fn grid_of_table(
        &mut self,
        at: &FieldPath<'a>,
        chart: &'a s::Chart,
        id: &'a s::Id,
    ) -> Option<Grid<'a>> {
        let Some((place, table)) = self.tables.get(id.value.as_str()).cloned() else {
            let message = format!("no table of the report has the id `{}`", id.value);
            let wrong = at.key("table").diagnostic(Code::CHART_TABLE, id, message);
            let known = self.tables.keys().copied();
            let otherwise = "give the table an `id`, and name it here".to_owned();
            self.found
                .push(Self::unknown(wrong, &id.value, known, otherwise));
            return None;
        };
        let row = |at: FieldPath<'a>, row: &'a [s::Prose]| -> Vec<Cell<'a>> {
            let cells = row.iter().enumerate();
            let cell = |(index, text)| Cell {
                at: at.index(index),
                text,
            };
            cells.map(cell).collect()
        };
        let last = table.header.len().checked_sub(1)?;
        let header = row(place.key("header").index(last), &table.header[last]);
        let rows = table.rows.iter().enumerate();
        let rows = rows.map(|(index, cells)| row(place.key("rows").index(index), cells));
        self.columns_of(
            at,
            chart,
            header,
            rows.collect(),
            &format!("the table `{}`", id.value),
        )
    }

    /// The rows of the file that a chart names.
    pub(super) fn csv_of_chart(&mut self, at: &FieldPath, path: &s::Literal) -> Option<File<Rows>> {
        let named = path.value.trim();
        match self.source.csv(named) {
            Ok(file) => Some(file),
            Err(NoRows::File(problem)) => {
                let message = problem.message(&self.source.path(named));
                let at = at.key("file");
                let mut found = at.diagnostic(problem.code_when_named(), path, message);
                found.hints.extend(problem.hint());
                self.found.push(found);
                None
            }
            Err(NoRows::Content(found)) => {
                self.found.extend(found);
                None
            }
        }
    }

    /// The cells of such a file.
    pub(super) fn grid_of_csv<'b>(
        &mut self,
        at: &FieldPath<'b>,
        chart: &s::Chart,
        file: &'b File<Rows>,
        path: &s::Literal,
    ) -> Option<Grid<'b>> {
        let place = FieldPath {
            file: file.as_ref(),
            path: at.key("file").path,
        };
        let row = |row: &'b Vec<Located<String>>| -> Vec<Cell<'b>> {
            let cell = |text| Cell {
                at: place.clone(),
                text,
            };
            row.iter().map(cell).collect()
        };
        let mut rows = file.content.iter().map(row);
        let header = rows.next().unwrap_or_default();
        let name = format!("`{}`", self.source.path(path.value.trim()));
        self.columns_of(at, chart, header, rows.collect(), &name)
    }

    /// The columns of rows that are series: those that are named, else all with a number but the first.
    fn columns_of<'b>(
        &mut self,
        at: &FieldPath,
        chart: &s::Chart,
        header: Vec<Cell<'b>>,
        rows: Vec<Vec<Cell<'b>>>,
        whose: &str,
    ) -> Option<Grid<'b>> {
        let columns = match chart.columns.is_empty() {
            true => self.columns_with_numbers(&header, &rows),
            false => self.columns_by_name(at, chart, &header, whose)?,
        };
        if columns.is_empty() {
            let field = if chart.table.is_some() {
                "table"
            } else {
                "file"
            };
            let message = format!("no column of {whose} but the first has numbers");
            let named = chart.table.as_ref().or(chart.file.as_ref());
            let wrong = at.key(field).diagnostic(
                Code::CHART_TABLE,
                named.unwrap_or(&chart.caption),
                message,
            );
            self.found.push(
                wrong.hint("categories are in the first column, and numbers in those after it"),
            );
            return None;
        }
        let series = columns.into_iter().map(|column| Values {
            at: header[column].at.clone(),
            name: Some(header[column].clone()),
            values: rows
                .iter()
                .filter_map(|row| row.get(column).cloned())
                .collect(),
        });
        Some(Grid {
            series: series.collect(),
            head: header.first().cloned(),
            categories: rows.iter().filter_map(|row| row.first().cloned()).collect(),
        })
    }

    /// Columns without any number are remarks.
    fn columns_with_numbers(&self, header: &[Cell], rows: &[Vec<Cell>]) -> Vec<usize> {
        let format = NumberFormat::of(self.words.strings);
        let number = |cell: &Cell| format.read(&cell.text.value).is_ok();
        let has = |column: &usize| rows.iter().filter_map(|row| row.get(*column)).any(number);
        (1..header.len()).filter(has).collect()
    }

    fn columns_by_name(
        &mut self,
        at: &FieldPath,
        chart: &s::Chart,
        header: &[Cell],
        whose: &str,
    ) -> Option<Vec<usize>> {
        let known = self.found.len();
        let names: Vec<&str> = header.iter().map(|cell| cell.text.value.trim()).collect();
        let mut columns = Vec::new();
        for (index, wanted) in chart.columns.iter().enumerate() {
            let name = wanted.value.trim();
            match names.iter().skip(1).position(|one| *one == name) {
                Some(column) => columns.push(column + 1),
                None => {
                    let message = format!("no column of {whose} has the head `{name}`");
                    let at = at.key("columns").index(index);
                    let wrong = at.diagnostic(Code::CHART_TABLE, wanted, message);
                    let heads = names.iter().skip(1).copied();
                    let otherwise =
                        format!("its heads are {}", names[1.min(names.len())..].join(", "));
                    self.found
                        .push(Self::unknown(wrong, name, heads, otherwise));
                }
            }
        }
        (self.found.len() == known).then_some(columns)
    }
}
