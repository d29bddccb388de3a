//! Tables: rows of one length, header cells that say what they head, cells that find their headers.

use std::collections::{BTreeMap, BTreeSet};

use super::CheckedPdf;
use super::shapes::spot;
use crate::pdf::read::file::{as_name, number};
use crate::pdf::read::tree::{Element, attribute};
use crate::verify::conformance::verdict::BreachList;

/// Widest table in columns, and most cells that one may span.
const COLUMNS: usize = 1_000;
/// Most rows of a table whose columns are counted.
const ROWS: usize = 10_000;

/// Checks every table.
pub(super) fn check(look: &CheckedPdf<'_>, found: &mut BreachList) {
    for element in look.tree.elements.iter().filter(|one| one.kind == "Table") {
        let rows = rows(look, element);
        headers(look, element, &rows, found);
        shape(look, element, &rows, found);
    }
}

type Row<'t> = Vec<&'t Element>;

/// The cells of a table, row by row.
fn rows<'t>(look: &'t CheckedPdf<'_>, table: &'t Element) -> Vec<Row<'t>> {
    let mut rows = Vec::new();
    let cells = |row: &'t Element| -> Row<'t> {
        let kids = look.tree.kids(row);
        kids.filter(|kid| matches!(kid.kind.as_str(), "TH" | "TD"))
            .collect()
    };
    for part in look.tree.kids(table) {
        match part.kind.as_str() {
            "TR" => rows.push(cells(part)),
            "THead" | "TBody" | "TFoot" => {
                rows.extend(
                    look.tree
                        .kids(part)
                        .filter(|row| row.kind == "TR")
                        .map(cells),
                );
            }
            _ => {}
        }
    }
    rows
}

fn headers(look: &CheckedPdf<'_>, table: &Element, rows: &[Row<'_>], found: &mut BreachList) {
    let cells = || rows.iter().flatten();
    let heads = || cells().filter(|cell| cell.kind == "TH");
    if heads().next().is_none() {
        found.at("7.5", "a table has no header cell", spot(look, table));
    }
    let id = |cell: &Element| {
        look.file
            .get(&cell.dict, "ID")
            .as_str()
            .ok()
            .map(<[u8]>::to_vec)
    };
    let ids: BTreeSet<Vec<u8>> = heads().filter_map(|cell| id(cell)).collect();
    let mut all_named = true;
    for cell in cells() {
        let named = named_headers(look, cell);
        all_named &= cell.kind == "TH" || !named.is_empty();
        if named.iter().any(|name| !ids.contains(name)) {
            let what = "a cell names a header that its table does not have";
            found.at("7.5", what, spot(look, cell));
        }
    }
    for cell in heads() {
        let scope = attribute(look.file, look.tree, cell, "Table", "Scope").and_then(as_name);
        let known = scope.is_some_and(|scope| matches!(scope.as_str(), "Row" | "Column" | "Both"));
        if !known && !all_named {
            let what = "a header cell does not say what it heads (Scope)";
            found.at(("7.5", "15-003"), what, spot(look, cell));
        }
    }
}

/// The IDs of the headers that a cell names.
fn named_headers(look: &CheckedPdf<'_>, cell: &Element) -> Vec<Vec<u8>> {
    let headers = attribute(look.file, look.tree, cell, "Table", "Headers");
    let headers = headers.and_then(|headers| headers.as_array().ok());
    let headers = headers.into_iter().flatten();
    headers
        .filter_map(|name| look.file.resolve(name).as_str().ok().map(<[u8]>::to_vec))
        .collect()
}

/// Every row has as many columns as the first, with what spans rows and columns counted in.
fn shape(look: &CheckedPdf<'_>, table: &Element, rows: &[Row<'_>], found: &mut BreachList) {
    let span = |cell: &Element, key: &str| {
        let span = attribute(look.file, look.tree, cell, "Table", key).and_then(number);
        (span.unwrap_or(1.0).max(1.0) as usize).min(COLUMNS)
    };
    // How many rows each column is still taken from above.
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let mut width = None;
    for row in rows.iter().take(ROWS) {
        let mut next: BTreeMap<usize, usize> = taken
            .iter()
            .filter(|(_, rows)| **rows > 1)
            .map(|(at, rows)| (*at, rows - 1))
            .collect();
        let mut used: BTreeSet<usize> = taken.keys().copied().collect();
        let mut column = 0;
        for cell in row.iter().take(COLUMNS) {
            while used.contains(&column) {
                column += 1;
            }
            let down = span(cell, "RowSpan");
            for _ in 0..span(cell, "ColSpan").min(COLUMNS.saturating_sub(column).max(1)) {
                used.insert(column);
                if down > 1 {
                    next.insert(column, down - 1);
                }
                column += 1;
            }
        }
        if *width.get_or_insert(used.len()) != used.len() {
            found.at(
                "7.5",
                "the rows of a table differ in their number of columns",
                spot(look, table),
            );
            return;
        }
        taken = next;
    }
}
