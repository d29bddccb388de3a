//! Where the numbers of a chart are: its own fields, a table of the report, or a file of comma-separated values.

use super::super::cells;
use super::super::number::NumberFormat;
use super::super::resolve::{FieldPath, Resolver};
use crate::base::diagnostic::Code;
use crate::source::schema::{self as s, Located};
use crate::source::{File, Rows};

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

/// The cells of a row of a file.
fn cells_at<'b>(at: &FieldPath<'b>, row: &'b [Located<String>]) -> Vec<Cell<'b>> {
    let cell = |text| Cell {
        at: at.clone(),
        text,
    };
    row.iter().map(cell).collect()
}

impl<'a> Resolver<'a> {
    /// The table of the report that a chart names.
    pub(super) fn table_of_chart(
        &mut self,
        at: &FieldPath,
        id: &s::Id,
    ) -> Option<(FieldPath<'a>, &'a s::Table)> {
        let found = self.tables.get(id.value.as_str()).cloned();
        if found.is_none() {
            let message = format!("no table of the report has the id `{}`", id.value);
            let wrong = at.key("table").diagnostic(Code::CHART_TABLE, id, message);
            let known = self.tables.keys().copied();
            let otherwise = "give the table an `id`, and name it here".to_owned();
            self.found
                .push(Self::unknown(wrong, &id.value, known, otherwise));
        }
        found
    }

    /// The cells of such a table, totals left out: they are no part of what they sum up. Where the table has its rows from
    /// a file, `file` has them.
    pub(super) fn grid_of_table<'b>(
        &mut self,
        at: &FieldPath,
        chart: &s::Chart,
        (place, table): (&FieldPath<'b>, &'b s::Table),
        file: Option<&'b File<Rows>>,
    ) -> Option<Grid<'b>> {
        let row_of = |at: FieldPath<'b>, row: &'b [Located<String>]| -> Vec<Cell<'b>> {
            let cells = row.iter().enumerate();
            let cell = |(index, text)| Cell {
                at: at.index(index),
                text,
            };
            cells.map(cell).collect()
        };
        let listed = |at: FieldPath<'b>, rows: &'b [Vec<s::Prose>]| -> Vec<Vec<Cell<'b>>> {
            let rows = rows.iter().enumerate();
            rows.map(|(index, row)| row_of(at.index(index), row))
                .collect()
        };
        let mut heads = listed(place.key("header"), &table.header);
        let mut header = heads.pop();
        // A head that goes over several rows stands in the first of them.
        for (index, cell) in header.iter_mut().flatten().enumerate() {
            let own = heads.iter_mut().rev().filter_map(|row| row.get_mut(index));
            let mut own = own.filter(|cell| cells::joins(&cell.text.value).is_none());
            if let (Some(_), Some(own)) = (cells::joins(&cell.text.value), own.next()) {
                std::mem::swap(cell, own);
            }
        }
        let mut rows = listed(place.key("rows"), &table.rows);
        for (index, group) in table.groups.iter().enumerate() {
            let at = place.key("groups").index(index).key("rows");
            rows.extend(listed(at, &group.rows));
        }
        if let Some(file) = file {
            let at = FieldPath {
                file: file.as_ref(),
                path: place.key("file").path,
            };
            let mut found: Vec<_> = file.content.iter().map(|row| cells_at(&at, row)).collect();
            found.truncate(found.len() - usize::from(table.file_total));
            if header.is_none() && !found.is_empty() {
                header = Some(found.remove(0));
            }
            rows.extend(found);
        }
        let id = chart.table.as_ref().map_or("", |id| &id.value);
        self.columns_of(at, chart, header?, rows, &format!("the table `{id}`"))
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
        let mut rows = file.content.iter().map(|row| cells_at(&place, row));
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
