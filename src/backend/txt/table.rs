//! Tables: columns aligned by display width, figures by their decimal sign, a rule under the header and above a total,
//! cells wrapped; where the columns do not fit, a list of records.

use super::Writer;
use super::block::HANG;
use super::inline::cleaned;
use super::sheet::{Sheet, spaces};
use super::wrap::width;
use crate::document::{Align, Cell, Pad, RowKind, Table, script};
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
        writer.caption(table.label.as_deref(), caption, None);
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
    if !table.cell_notes.is_empty() {
        writer.sheet.gap(1);
        writer.blocks(&table.cell_notes, 1);
    }
    if !table.note.is_empty() {
        writer.sheet.gap(1);
        let label = format!("{}{}", writer.strings().label_note, writer.strings().colon);
        let outer = writer.sheet.enter_behind(&label);
        writer.blocks(&table.note, 1);
        writer.sheet.leave(outer);
    }
}

/// The lines of a cell, `columns` wide; after a figure stands what others have after their decimal sign, as blanks.
fn lines(writer: &mut Writer<'_>, cell: &Cell, columns: usize) -> Vec<String> {
    let pad = cell.pad.as_ref().map_or(0, pad_width);
    let around = std::mem::replace(
        &mut writer.sheet,
        Sheet::new(columns.saturating_sub(pad).max(1)),
    );
    writer.blocks(&cell.blocks, 0);
    let mut lines = std::mem::replace(&mut writer.sheet, around).into_lines();
    if pad > 0
        && let [line] = lines.as_mut_slice()
    {
        *line = match writer.document.language.rtl {
            true => spaces(pad) + line,
            false => std::mem::take(line) + &spaces(pad),
        };
    }
    lines
}

fn pad_width(pad: &Pad) -> usize {
    width(&pad.text) + width(&script::raised(&pad.raised))
}

/// A row with the cells that begin in it, each with its first column and how many it goes over; with a cell in each place
/// that one above goes over.
fn cells_of<'t>(
    table: &'t Table,
    row: &'t [Cell],
) -> impl Iterator<Item = (usize, usize, &'t Cell)> {
    let mut next = 0;
    let cells = row.iter().enumerate().take(table.columns.len());
    cells.filter_map(move |(at, cell)| {
        let columns = cell.columns.max(1);
        if at < next {
            return None;
        }
        next = at + columns;
        Some((at, columns, cell))
    })
}

/// The width of so many columns from one on.
fn span(widths: &[usize], at: usize, columns: usize) -> usize {
    let widths = &widths[at..(at + columns).min(widths.len())];
    widths.iter().sum::<usize>() + GUTTER * widths.len().saturating_sub(1)
}

fn widest(lines: &[String]) -> usize {
    lines.iter().map(|line| width(line)).max().unwrap_or(0)
}

/// The width of each column, or `None` where a grid does not fit into `room` or would be hard to read.
fn widths(writer: &mut Writer<'_>, table: &Table, room: usize) -> Option<Vec<usize>> {
    let rows: Vec<&Vec<Cell>> = table.header.iter().chain(&table.rows).collect();
    let cells = || rows.iter().flat_map(|row| cells_of(table, row));
    let count = table.columns.len();
    let (mut least, mut natural) = (vec![1; count], vec![1; count]);
    // What goes over several columns wraps over all of them.
    for (column, _, cell) in cells().filter(|(_, columns, _)| *columns == 1) {
        let full = widest(&lines(writer, cell, ENDLESS));
        natural[column] = full.max(natural[column]);
        least[column] = narrowest(writer, cell, full).max(least[column]);
    }
    let room = room.checked_sub(GUTTER * count.saturating_sub(1))?;
    let widths = share(least, &natural, room)?;
    let mut tallest = 0;
    for (column, columns, cell) in cells() {
        let width = span(&widths, column, columns);
        let lines = lines(writer, cell, width);
        if widest(&lines) > width {
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
    let mut set = Vec::new();
    let header = at_foot(&table.header);
    for (index, row) in header.iter().enumerate() {
        set.extend(row_lines(writer, table, row, widths, None));
        if index + 1 < header.len() {
            set.extend(spanner(table, row, widths));
        }
    }
    let rule: Vec<String> = widths.iter().map(|columns| "-".repeat(*columns)).collect();
    let rule = rule.join(&spaces(GUTTER));
    set.push(rule.clone());
    let body: Vec<_> = table
        .rows
        .iter()
        .zip(&table.row_kinds)
        .map(|(row, kind)| row_lines(writer, table, row, widths, Some(*kind)))
        .collect();
    let apart = body.iter().any(|lines| lines.len() > 1);
    let mut above = None;
    for (lines, kind) in body.into_iter().zip(&table.row_kinds) {
        match (above, kind) {
            (_, RowKind::Total) => set.push(rule.clone()),
            // A group is parted from what is above it, and stands close on its first row.
            (Some(_), RowKind::Group) | (Some(RowKind::Total), _) => set.push(String::new()),
            (Some(RowKind::Body), _) if apart => set.push(String::new()),
            _ => {}
        }
        set.extend(lines);
        above = Some(*kind);
    }
    set
}

/// The rows of a head, each cell in the last row that it goes over.
fn at_foot(header: &[Vec<Cell>]) -> Vec<Vec<Cell>> {
    let mut rows = header.to_vec();
    for (y, row) in header.iter().enumerate() {
        for (x, cell) in row.iter().enumerate().filter(|(_, cell)| cell.rows > 1) {
            let last = (y + cell.rows - 1).min(rows.len() - 1);
            rows[y][x] = Cell::default();
            rows[last][x] = cell.clone();
        }
    }
    rows
}

/// The rule below the heads that go over several columns; nothing where none does.
fn spanner(table: &Table, row: &[Cell], widths: &[usize]) -> Option<String> {
    let mut line = String::new();
    for (at, columns, cell) in cells_of(table, row) {
        let sign = if cell.columns > 1 { "-" } else { " " };
        line += &sign.repeat(span(widths, at, columns));
        line += &spaces(GUTTER);
    }
    let line = line.trim_end().to_owned();
    (!line.is_empty()).then_some(line)
}

/// The lines of a row; the head's cells (`kind` is none) are at its foot, the body's at its top.
fn row_lines(
    writer: &mut Writer<'_>,
    table: &Table,
    row: &[Cell],
    widths: &[usize],
    kind: Option<RowKind>,
) -> Vec<String> {
    let cells = cells_of(table, row).map(|(at, columns, cell)| {
        let width = span(widths, at, columns);
        let align = match (kind, columns) {
            (Some(RowKind::Group), _) => Align::Start,
            (None, 2..) => Align::Centre,
            _ => table.columns[at].align,
        };
        (lines(writer, cell, width), width, align)
    });
    let cells: Vec<(Vec<String>, usize, Align)> = cells.collect();
    let tall = cells
        .iter()
        .map(|(lines, ..)| lines.len())
        .max()
        .unwrap_or(0);
    let line = |index: usize| {
        let mut line = String::new();
        for (position, (cell, columns, align)) in cells.iter().enumerate() {
            let above = if kind.is_none() { tall - cell.len() } else { 0 };
            let text = index
                .checked_sub(above)
                .and_then(|index| cell.get(index))
                .map_or("", String::as_str);
            if position > 0 {
                line.push_str(&spaces(GUTTER));
            }
            line.push_str(&aligned(text, *columns, *align));
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
    for (index, (row, kind)) in table.rows.iter().zip(&table.row_kinds).enumerate() {
        if index > 0 {
            writer.sheet.gap(1);
        }
        if *kind == RowKind::Group {
            writer.blocks(&row[0].blocks, 0);
            continue;
        }
        let cells = || cells_of(table, row).filter(|(_, _, cell)| !cell.blocks.is_empty());
        for (at, _, cell) in cells().filter(|(at, ..)| *at < titled) {
            let label = &labels[at];
            match label.is_empty() {
                true => writer.blocks(&cell.blocks, 0),
                false => {
                    let column = writer.label_column(std::slice::from_ref(label));
                    writer.row(label, column, |writer| writer.blocks(&cell.blocks, 0));
                }
            }
        }
        let outer = writer.sheet.enter(titled * HANG);
        for (at, _, cell) in cells().filter(|(at, ..)| *at >= titled) {
            writer.row(&labels[at], column, |writer| writer.blocks(&cell.blocks, 0));
        }
        writer.sheet.leave(outer);
    }
}

/// What is over a column, with a colon.
fn label(writer: &mut Writer<'_>, table: &Table, column: usize) -> String {
    let heads: Vec<String> = table
        .heads_of(column)
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
