//! Orders of formes, worked out by hand with folded and numbered paper.

use super::super::imposition::{Plan, plan};
use super::*;
use crate::layout::Impose::Formes;

/// A side as it is printed: a line for each row, pages on their heads with a `v`.
fn shown(side: &Side, columns: usize) -> Vec<String> {
    let cell = |cell: &Cell| {
        let number = cell.number.unwrap();
        let page = if cell.source.is_some() {
            number.to_string()
        } else {
            format!("[{number}]")
        };
        if cell.turned {
            format!("{page}v")
        } else {
            page
        }
    };
    let rows = side.cells.chunks(columns);
    rows.map(|row| row.iter().map(cell).collect::<Vec<_>>().join(" "))
        .collect()
}

fn sides(plan: &Plan) -> Vec<Vec<String>> {
    let side = |sheet: &Sheet| {
        let sides = [Some(&sheet.front), sheet.back.as_ref()];
        sides
            .into_iter()
            .flatten()
            .map(|side| shown(side, sheet.grid.columns))
            .collect::<Vec<_>>()
    };
    plan.sheets.iter().flat_map(side).collect()
}

const EIGHT: [[&str; 2]; 2] = [["5v 4v", "8 1"], ["3v 6v", "2 7"]];
const SIXTEEN: [[&str; 2]; 2] = [
    ["5v 12v 9v 8v", "4 13 16 1"],
    ["7v 10v 11v 6v", "2 15 14 3"],
];
const THIRTY_TWO: [[&str; 4]; 2] = [
    [
        "5v 28v 29v 4v",
        "12 21 20 13",
        "9v 24v 17v 16v",
        "8 25 32 1",
    ],
    [
        "3v 30v 27v 6v",
        "14 19 22 11",
        "15v 18v 23v 10v",
        "2 31 26 7",
    ],
];

#[test]
fn formes_of_eight_sixteen_and_thirty_two() {
    assert_eq!(sides(&plan(8, Formes(8), false, false)), EIGHT);
    assert_eq!(sides(&plan(16, Formes(16), false, false)), SIXTEEN);
    assert_eq!(sides(&plan(32, Formes(32), false, false)), THIRTY_TWO);
    // The second signature goes on from the first.
    let two = sides(&plan(32, Formes(16), false, false));
    assert_eq!(two[..2], SIXTEEN);
    assert_eq!(two[2], ["21v 28v 25v 24v", "20 29 32 17"]);
    assert_eq!(two[3], ["23v 26v 27v 22v", "18 31 30 19"]);
}

#[test]
fn a_binding_at_the_right_mirrors_the_rows() {
    for (pages, size) in [(8, 8), (16, 16), (32, 32), (24, 16), (20, 16), (28, 32)] {
        let (left, right) = (
            plan(pages, Formes(size), false, false),
            plan(pages, Formes(size), true, false),
        );
        let mirrored: Vec<Vec<String>> = sides(&left)
            .into_iter()
            .map(|side| {
                let row = |row: String| row.split(' ').rev().collect::<Vec<_>>().join(" ");
                side.into_iter().map(row).collect()
            })
            .collect();
        assert_eq!(sides(&right), mirrored, "{pages} pages in formes of {size}");
    }
    let of_16 = sides(&plan(16, Formes(16), true, false));
    assert_eq!(of_16[0], ["8v 9v 12v 5v", "1 16 13 4"]);
}

#[test]
fn last_sheets_of_fewer_pages_are_doubled() {
    let of = |pages, size| {
        let plan = plan(pages, Formes(size), false, false);
        let works: Vec<Work> = plan.sheets.iter().map(|sheet| sheet.grid.work).collect();
        (sides(&plan), works)
    };
    // Eight pages on the forme of sixteen: front at the left, back at the right.
    let (sides, works) = of(24, 16);
    assert_eq!(sides[..2], SIXTEEN);
    assert_eq!(sides[2], ["21v 20v 19v 22v", "24 17 18 23"]);
    assert_eq!(works, [Work::Sheetwise, Work::Turn]);
    // Four on the forme of eight: front below, back on its head above.
    let (sides, works) = of(12, 8);
    assert_eq!(sides[2], ["11v 10v", "12 9"]);
    assert_eq!(works, [Work::Sheetwise, Work::Tumble]);
    // Sixteen on the forme of thirty-two.
    let (sides, works) = of(16, 32);
    assert_eq!(
        sides,
        [["3v 14v 15v 2v", "6 11 10 7", "5v 12v 9v 8v", "4 13 16 1"]]
    );
    assert_eq!(works, [Work::Tumble]);
    // Twenty-eight are sixteen, eight and four.
    let (sides, works) = of(28, 32);
    assert_eq!(sides[1], ["21v 20v 19v 22v", "24 17 18 23"]);
    assert_eq!(sides[2], ["27v 26v", "28 25"]);
    assert_eq!(works, [Work::Tumble, Work::Turn, Work::Tumble]);
}

#[test]
fn blanks_are_at_the_end_or_before_the_back_cover() {
    let six = sides(&plan(6, Formes(8), false, false));
    assert_eq!(six, [["5v 4v", "[8] 1"], ["3v 6v", "2 [7]"]]);
    let with_cover = sides(&plan(6, Formes(8), false, true));
    assert_eq!(with_cover, [["5v 4v", "8 1"], ["3v [6]v", "2 [7]"]]);
}

/// What the order of any folded sheet must keep to, for every number of pages up to 200.
#[test]
fn every_page_is_once_on_its_leaf_with_its_spine_inside() {
    for size in [8, 16, 32] {
        for pages in 1..=200 {
            let plan = plan(pages, Formes(size), false, false);
            let mut seen: Vec<usize> = Vec::new();
            for sheet in &plan.sheets {
                let Grid {
                    columns,
                    rows,
                    work,
                    ..
                } = sheet.grid;
                let front = &sheet.front.cells;
                // What is behind a place, seen with the sheet turned over as it is printed.
                let (back, tumbled) = match work {
                    Work::Sheetwise => (&sheet.back.as_ref().unwrap().cells, false),
                    _ => (front, work == Work::Tumble),
                };
                for (index, cell) in front.iter().enumerate() {
                    let (row, column) = (index / columns, index % columns);
                    let behind = match tumbled {
                        true => (rows - 1 - row) * columns + column,
                        false => row * columns + columns - 1 - column,
                    };
                    let behind = back[behind];
                    let (one, other) = (cell.number.unwrap(), behind.number.unwrap());
                    assert_eq!(
                        (one.min(other) % 2, one.abs_diff(other)),
                        (1, 1),
                        "{pages} in {size}"
                    );
                    // Heads of a leaf are at one edge of the paper.
                    assert_eq!(cell.turned ^ tumbled, behind.turned, "{pages} in {size}");
                    assert_eq!(cell.within, behind.within);
                }
                // Neighbours across a spine are pages of one folded leaf.
                let first = sheet
                    .front
                    .cells
                    .iter()
                    .filter_map(|cell| cell.number)
                    .min()
                    .unwrap();
                let folded = 4 * sheet.nested;
                let first = (first - 1) / 4 * 4 + 1;
                for pair in front.chunks(2) {
                    let sum: usize = pair.iter().filter_map(|cell| cell.number).sum();
                    assert_eq!(sum, 2 * first + folded - 1, "{pages} in {size}");
                    assert_eq!(pair[0].turned, pair[1].turned);
                }
                let sides = [Some(&sheet.front), sheet.back.as_ref()];
                let cells = sides.into_iter().flatten().flat_map(|side| &side.cells);
                seen.extend(cells.filter_map(|cell| cell.number));
            }
            seen.sort_unstable();
            assert_eq!(seen, (1..=pages.next_multiple_of(4)).collect::<Vec<_>>());
        }
    }
}

#[test]
fn the_folds_alternate_and_end_at_the_spine() {
    use Fold::{Down, Left};
    assert_eq!(folds(grid(4)), [Left]);
    assert_eq!(folds(grid(8)), [Down, Left]);
    assert_eq!(folds(grid(16)), [Left, Down, Left]);
    assert_eq!(folds(grid(32)), [Down, Left, Down, Left]);
}

#[test]
fn a_leaf_has_its_two_pages() {
    assert_eq!(leaves(4, false), [(3, 2, false), (0, 1, false)]);
    assert_eq!(leaves(4, true), [(0, 1, false), (3, 2, false)]);
    let eight = [(7, 6, false), (0, 1, false), (4, 5, true), (3, 2, true)];
    assert_eq!(leaves(8, false), eight);
}
