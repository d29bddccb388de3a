//! Tables: columns aligned by display width, a rule under the header, cells wrapped; where the columns do not fit, a
//! list of records.

use super::Writer;
use super::block::HANG;
use super::inline::cleaned;
use super::sheet::{Sheet, spaces};
use super::wrap::width;
use crate::document::{Align, Cell, Table};
use crate::layout::Detail;

/// Columns between two columns of a table.
const GUTTER: usize = 2;
/// A width that no cell reaches.
const ENDLESS: usize = 1 << 20;
/// With more lines than this in a row, a table of three or more columns reads better as records.
const TALLEST: usize = 8;

/// Sets a table with its caption and note, as much as the policy asks for.
pub(super) fn set(writer: &mut Writer<'_>, table: &Table) {
    if let Some(caption) = &table.caption {
        writer.caption(table.label.as_deref(), caption);
        writer.sheet.gap(1);
    }
    if writer.policy.tables == Detail::Full {
        set_rows(writer, table);
    }
}

/// Sets the rows of a table and its note.
pub(super) fn set_rows(writer: &mut Writer<'_>, table: &Table) {
    let room = writer.sheet.room();
    match widths(writer, table, room).map(|widths| grid(writer, table, &widths)) {
        Some(lines) => writer.sheet.verbatim(lines.iter().map(String::as_str)),
        None => records(writer, table),
    }
    if !table.note.is_empty() {
        writer.sheet.gap(1);
        let label = format!("{}{}", writer.strings().label_note, writer.strings().colon);
        let outer = writer.sheet.enter_behind(&label);
        writer.blocks(&table.note, 1);
        writer.sheet.leave(outer);
    }
}

/// The lines of a cell, `columns` wide.
fn lines(writer: &mut Writer<'_>, cell: &Cell, columns: usize) -> Vec<String> {
    let around = std::mem::replace(&mut writer.sheet, Sheet::new(columns));
    writer.blocks(&cell.blocks, 0);
    std::mem::replace(&mut writer.sheet, around).into_lines()
}

fn widest(lines: &[String]) -> usize {
    lines.iter().map(|line| width(line)).max().unwrap_or(0)
}

/// The width of each column, or `None` where a grid does not fit into `room` or would be hard to read.
fn widths(writer: &mut Writer<'_>, table: &Table, room: usize) -> Option<Vec<usize>> {
    let rows: Vec<&Vec<Cell>> = table.header.iter().chain(&table.rows).collect();
    let count = table.columns.len();
    let (mut least, mut natural) = (vec![1; count], vec![1; count]);
    for (column, cell) in rows
        .iter()
        .flat_map(|row| row.iter().enumerate().take(count))
    {
        let full = widest(&lines(writer, cell, ENDLESS));
        natural[column] = full.max(natural[column]);
        least[column] = narrowest(writer, cell, full).max(least[column]);
    }
    let room = room.checked_sub(GUTTER * count.saturating_sub(1))?;
    let widths = share(least, &natural, room)?;
    let mut tallest = 0;
    for (column, cell) in rows
        .iter()
        .flat_map(|row| row.iter().enumerate().take(count))
    {
        let lines = lines(writer, cell, widths[column]);
        if widest(&lines) > widths[column] {
            return None;
        }
        tallest = lines.len().max(tallest);
    }
    (count < 3 || tallest <= TALLEST).then_some(widths)
}

/// The least width at which nothing in a cell reaches out of it.
fn narrowest(writer: &mut Writer<'_>, cell: &Cell, natural: usize) -> usize {
    let longest = widest(&lines(writer, cell, 1)).min(natural);
    (longest..natural)
        .find(|columns| widest(&lines(writer, cell, *columns)) <= *columns)
        .unwrap_or(natural)
}

/// Shares `room` among columns: one that needs no more than an even share gets what it needs, the others so much that
/// their cells become about equally tall.
fn share(least: Vec<usize>, natural: &[usize], room: usize) -> Option<Vec<usize>> {
    let even = room / least.len().max(1);
    let modest = least
        .iter()
        .zip(natural)
        .map(|(least, natural)| if *natural <= even { *natural } else { *least });
    let modest: Vec<usize> = modest.collect();
    let mut widths = if modest.iter().sum::<usize>() <= room {
        modest
    } else {
        least
    };
    let spare = room.checked_sub(widths.iter().sum())?;
    for _ in 0..spare {
        let wanting = (0..widths.len()).filter(|column| widths[*column] < natural[*column]);
        // Compares natural / width without fractions; of equal columns the first gets it.
        let most = wanting.reduce(|a, b| {
            if natural[b] * widths[a] > natural[a] * widths[b] {
                b
            } else {
                a
            }
        });
        let Some(most) = most else { break };
        widths[most] += 1;
    }
    Some(widths)
}

fn grid(writer: &mut Writer<'_>, table: &Table, widths: &[usize]) -> Vec<String> {
    let head: Vec<_> = table
        .header
        .iter()
        .map(|row| row_lines(writer, table, row, widths, true))
        .collect();
    let body: Vec<_> = table
        .rows
        .iter()
        .map(|row| row_lines(writer, table, row, widths, false))
        .collect();
    let apart = body.iter().any(|lines| lines.len() > 1);
    let mut set: Vec<String> = head.concat();
    let rule: Vec<String> = widths.iter().map(|columns| "-".repeat(*columns)).collect();
    set.push(rule.join(&spaces(GUTTER)));
    for (index, lines) in body.into_iter().enumerate() {
        if apart && index > 0 {
            set.push(String::new());
        }
        set.extend(lines);
    }
    set
}

/// The lines of a row; the head's cells are at its foot, the body's at its top.
fn row_lines(
    writer: &mut Writer<'_>,
    table: &Table,
    row: &[Cell],
    widths: &[usize],
    head: bool,
) -> Vec<String> {
    let cells: Vec<Vec<String>> = row
        .iter()
        .zip(widths)
        .map(|(cell, columns)| lines(writer, cell, *columns))
        .collect();
    let tall = cells.iter().map(Vec::len).max().unwrap_or(0);
    let line = |index: usize| {
        let mut line = String::new();
        for ((cell, column), columns) in cells.iter().zip(&table.columns).zip(widths) {
            let above = if head { tall - cell.len() } else { 0 };
            let text = index
                .checked_sub(above)
                .and_then(|index| cell.get(index))
                .map_or("", String::as_str);
            if !line.is_empty() {
                line.push_str(&spaces(GUTTER));
            }
            line.push_str(&aligned(text, *columns, column.align));
        }
        line.trim_end().to_owned()
    };
    (0..tall).map(line).collect()
}

fn aligned(text: &str, columns: usize, align: Align) -> String {
    let free = columns.saturating_sub(width(text));
    let before = match align {
        Align::Start => 0,
        Align::Centre => free / 2,
        Align::End => free,
    };
    format!("{}{text}{}", spaces(before), spaces(free - before))
}

/// Sets a table as a list of its rows, every cell after the heads of its column; empty cells are left out.
fn records(writer: &mut Writer<'_>, table: &Table) {
    let labels: Vec<String> = (0..table.columns.len())
        .map(|column| label(writer, table, column))
        .collect();
    let titled = usize::from(table.row_headers);
    let column = writer.label_column(labels.get(titled..).unwrap_or_default());
    for (index, row) in table.rows.iter().enumerate() {
        if index > 0 {
            writer.sheet.gap(1);
        }
        let heads = labels.iter().zip(row).take(titled);
        for (label, cell) in heads.filter(|(_, cell)| !cell.blocks.is_empty()) {
            match label.is_empty() {
                true => writer.blocks(&cell.blocks, 0),
                false => {
                    let column = writer.label_column(std::slice::from_ref(label));
                    writer.row(label, column, |writer| writer.blocks(&cell.blocks, 0));
                }
            }
        }
        let outer = writer.sheet.enter(titled * HANG);
        for (label, cell) in labels
            .iter()
            .zip(row)
            .skip(titled)
            .filter(|(_, cell)| !cell.blocks.is_empty())
        {
            writer.row(label, column, |writer| writer.blocks(&cell.blocks, 0));
        }
        writer.sheet.leave(outer);
    }
}

/// What is over a column, with a colon.
fn label(writer: &mut Writer<'_>, table: &Table, column: usize) -> String {
    let heads: Vec<String> = table
        .header
        .iter()
        .filter_map(|row| row.get(column))
        .map(|cell| lines(writer, cell, ENDLESS).join(" "))
        .filter(|head| !head.is_empty())
        .collect();
    let strings = writer.strings();
    let head = heads.join(&strings.comma);
    if head.is_empty() {
        head
    } else {
        cleaned(&(head + strings.colon.trim_end()))
    }
}
