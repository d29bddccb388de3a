//! Formes: the pages of a sheet that is folded several times at right angles.
//!
//! A sheet lies with its front down and the second page at the lower left; each fold lays a half over the other, the upper
//! over the lower or the right over the left in turn, so that the last fold is the spine. Where a page is follows from
//! folding an empty sheet and counting its leaves.
//!
//! Sheets of fewer pages at the end of a job are doubled: both of their sides are on one forme, which prints both sides of a
//! sheet as large as one of twice the pages; cut, it makes two copies.

use super::imposition::{Cell, Grid, Pages, Sheet, Side, Spine, Work};

/// A place on a side: the page of the signature that stands there, from 1, and whether on its head.
type Place = (usize, bool);
/// A side: its rows from the top, each from left to right.
type Places = Vec<Vec<Place>>;

/// A cell of the sheet while it is folded.
#[derive(Clone, Copy)]
struct Leaf {
    row: usize,
    column: usize,
    /// Whether its front is up.
    flipped: bool,
    /// Whether its head is down.
    turned: bool,
}

/// A fold, as the sheet lies with its front down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fold {
    /// The upper half over the lower.
    Down,
    /// The right half over the left.
    Left,
}

/// The pages of a forme, as a layout says them.
pub(super) fn size(pages: u32) -> usize {
    match pages {
        0..=8 => 8,
        9..=16 => 16,
        _ => 32,
    }
}

/// Columns and rows of a side of a sheet of so many pages: 4, 8, 16 or 32.
pub(super) fn grid(pages: usize) -> (usize, usize) {
    match pages {
        0..=4 => (2, 1),
        5..=8 => (2, 2),
        9..=16 => (4, 2),
        _ => (4, 4),
    }
}

/// The folds of such a sheet, in their order.
pub(super) fn folds((mut columns, mut rows): (usize, usize)) -> Vec<Fold> {
    let mut folds = Vec::new();
    while columns * rows > 1 {
        if rows > 1 && rows >= columns {
            folds.push(Fold::Down);
            rows /= 2;
        } else {
            folds.push(Fold::Left);
            columns /= 2;
        }
    }
    folds
}

/// Front and back of a folded sheet of so many pages; the back as seen when the sheet is turned over sideways.
fn folded(pages: usize) -> (Places, Places) {
    let (columns, rows) = grid(pages);
    let leaf = |row, column| Leaf {
        row,
        column,
        flipped: false,
        turned: false,
    };
    // Rows from the foot, columns from the left, leaves from below.
    let mut stacks: Vec<Vec<Vec<Leaf>>> = (0..rows)
        .map(|row| (0..columns).map(|column| vec![leaf(row, column)]).collect())
        .collect();
    for fold in folds((columns, rows)) {
        let over = |stack: Vec<Leaf>, fold: Fold| {
            stack.into_iter().rev().map(move |leaf| Leaf {
                flipped: !leaf.flipped,
                turned: leaf.turned ^ (fold == Fold::Down),
                ..leaf
            })
        };
        match fold {
            Fold::Down => {
                let upper = stacks.split_off(stacks.len() / 2);
                for (row, above) in stacks.iter_mut().zip(upper.into_iter().rev()) {
                    for (stack, moved) in row.iter_mut().zip(above) {
                        stack.extend(over(moved, fold));
                    }
                }
            }
            Fold::Left => {
                for row in &mut stacks {
                    let right = row.split_off(row.len() / 2);
                    for (stack, moved) in row.iter_mut().zip(right.into_iter().rev()) {
                        stack.extend(over(moved, fold));
                    }
                }
            }
        }
    }
    let empty = || vec![vec![(0, false); columns]; rows];
    let (mut front, mut back) = (empty(), empty());
    let leaves = stacks.into_iter().flatten().flatten();
    for (index, leaf) in leaves.enumerate() {
        let (lower, upper) = (2 * index + 1, 2 * index + 2);
        let (before, behind) = if leaf.flipped {
            (upper, lower)
        } else {
            (lower, upper)
        };
        let row = rows - 1 - leaf.row;
        back[row][leaf.column] = (behind, leaf.turned);
        front[row][columns - 1 - leaf.column] = (before, leaf.turned);
    }
    (front, back)
}

/// Both sides of a sheet on one forme, and how the sheet is turned over: so that the forme is as wide as high, or twice as
/// wide.
fn doubled(pages: usize) -> (Places, Work) {
    let (front, back) = folded(pages);
    let (columns, rows) = grid(pages);
    if columns == rows {
        let rows = front.into_iter().zip(back);
        return (
            rows.map(|(left, right)| [left, right].concat()).collect(),
            Work::Turn,
        );
    }
    let on_head = |row: Vec<Place>| {
        row.into_iter()
            .rev()
            .map(|(page, turned)| (page, !turned))
            .collect()
    };
    let upper = back.into_iter().rev().map(on_head);
    (upper.chain(front).collect(), Work::Tumble)
}

/// The pages on the two sides of each place of a folded sheet, from 0, and whether they stand on their heads: from the
/// lower left of its front, row by row.
pub(super) fn leaves(pages: usize, right_to_left: bool) -> Vec<(usize, usize, bool)> {
    let (front, back) = folded(pages);
    let rows = front.into_iter().zip(back).rev();
    rows.flat_map(|(mut front, mut back)| {
        // Seen through the front, the back runs the other way.
        match right_to_left {
            true => front.reverse(),
            false => back.reverse(),
        }
        front.into_iter().zip(back)
    })
    .map(|((ahead, turned), (behind, _))| (ahead - 1, behind - 1, turned))
    .collect()
}

/// The sheets of all pages in formes of `size` pages.
pub(super) fn sheets(all: &Pages, size: usize) -> Vec<Sheet> {
    let (total, _) = all.extent();
    let mut sheets = Vec::new();
    let mut done = 0;
    while done < total {
        let rest = total - done;
        let mut pages = size;
        while pages > rest && pages > 4 {
            pages /= 2;
        }
        sheets.push(sheet(all, sheets.len(), done, pages, pages == size));
        done += pages;
    }
    sheets
}

/// The sheet of the `pages` pages behind the first `done`.
fn sheet(all: &Pages, signature: usize, done: usize, pages: usize, whole: bool) -> Sheet {
    let (front, back, work) = match whole {
        true => {
            let (front, back) = folded(pages);
            (front, Some(back), Work::Sheetwise)
        }
        false => {
            let (both, work) = doubled(pages);
            (both, None, work)
        }
    };
    let (columns, rows) = (front.first().map_or(0, Vec::len), front.len());
    let side = |places: Places| Side {
        cells: places
            .into_iter()
            .flat_map(|row| cells(all, done, pages, row))
            .collect(),
    };
    Sheet {
        signature: Some(signature),
        within: 0,
        nested: pages / 4,
        grid: Grid {
            columns,
            rows,
            bound: true,
            work,
        },
        front: side(front),
        back: back.map(side),
    }
}

fn cells(all: &Pages, done: usize, pages: usize, mut row: Vec<Place>) -> Vec<Cell> {
    let (_, right_to_left) = all.extent();
    if right_to_left {
        row.reverse();
    }
    let each = row.into_iter().enumerate();
    each.map(|(column, (page, turned))| {
        let spine = if column % 2 == 0 {
            Spine::Right
        } else {
            Spine::Left
        };
        Cell {
            within: (page - 1).min(pages - page) / 2,
            turned,
            ..all.cell(done + page, spine)
        }
    })
    .collect()
}

#[cfg(test)]
#[path = "formes_tests.rs"]
mod tests;
