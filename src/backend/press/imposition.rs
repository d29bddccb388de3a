//! Which page is where, on which side of which sheet.
//!
//! Rules:
//! - booklets and signatures have a multiple of four pages, spreads with a back cover an even number; what is
//!   missing is blank and comes before the back cover, or at the end where there is none;
//! - a last signature with fewer pages is shortened to the least multiple of four that holds them;
//! - a sheet of a forme is folded several times: `formes` says where its pages are, and what becomes of a last one of
//!   fewer pages;
//! - page 1 is a right-hand page, and a left-hand page where the binding is at the right;
//! - the back of a sheet is described as seen when the sheet is turned sideways, like a leaf of a book.

use super::formes;
use crate::layout::Impose;

/// Where all pages of a publication are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    /// How the pages are imposed.
    pub(crate) impose: Impose,
    /// Whether the binding is at the right.
    pub(crate) right_to_left: bool,
    /// The sheets, in the order in which they are printed.
    pub(crate) sheets: Vec<Sheet>,
    /// Number of pages, blanks among them.
    pub(crate) pages: usize,
    /// Cells side by side on a side; of formes, on a sheet of the most pages.
    pub(crate) columns: usize,
    /// Cells one above the other on a side; of formes, on a sheet of the most pages.
    pub(crate) rows: usize,
}

/// How the two sides of a sheet are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Work {
    /// The back is bare.
    OneSide,
    /// Front and back each with plates of their own.
    Sheetwise,
    /// Both with the same plates, the sheet turned over sideways in between and then cut down the middle: two copies.
    Turn,
    /// Both with the same plates, the sheet turned over head to foot in between and then cut across the middle: two
    /// copies.
    Tumble,
}

/// The cells of a sheet, and how it is printed and folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Grid {
    /// Cells side by side.
    pub(crate) columns: usize,
    /// Cells one above the other.
    pub(crate) rows: usize,
    /// Whether pairs of cells have the spine between them.
    pub(crate) bound: bool,
    /// How it is printed.
    pub(crate) work: Work,
}

/// A sheet of paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sheet {
    /// The signature it belongs to, from 0; none where sheets are not folded. A booklet is one signature.
    pub(crate) signature: Option<usize>,
    /// How many sheets of its signature lie around it: 0 for the outermost.
    pub(crate) within: usize,
    /// How many sheets its signature has; how many leaves with a fold, where it is a folded forme.
    pub(crate) nested: usize,
    /// Its cells.
    pub(crate) grid: Grid,
    /// What is printed on its front.
    pub(crate) front: Side,
    /// What is printed on its back, where it has one.
    pub(crate) back: Option<Side>,
}

/// One side of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Side {
    /// Its cells: rows from the top, each from left to right.
    pub(crate) cells: Vec<Cell>,
}

/// A side with the sheet that it belongs to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SideOf<'a> {
    /// The sheet.
    pub(crate) sheet: &'a Sheet,
    /// Number of the sheet, from 1.
    pub(crate) number: usize,
    /// Number of signatures of the publication.
    pub(crate) signatures: usize,
    /// The side.
    pub(crate) side: &'a Side,
    /// Whether it is the back.
    pub(crate) back: bool,
}

impl Plan {
    /// The same sheets for pages of the source that begin at this index.
    #[must_use]
    pub(crate) fn starting_at(mut self, first: usize) -> Self {
        let sides = self
            .sheets
            .iter_mut()
            .flat_map(|sheet| [Some(&mut sheet.front), sheet.back.as_mut()]);
        let cells = sides.flatten().flat_map(|side| &mut side.cells);
        cells
            .filter_map(|cell| cell.source.as_mut())
            .for_each(|source| *source += first);
        self
    }

    /// The grid of its largest sheet.
    pub(crate) fn grid(&self) -> Option<Grid> {
        self.sheets
            .iter()
            .map(|sheet| sheet.grid)
            .max_by_key(|grid| grid.columns * grid.rows)
    }

    /// All sides, in the order in which they are printed.
    pub(crate) fn sides(&self) -> impl Iterator<Item = SideOf<'_>> {
        let last = self.sheets.iter().filter_map(|sheet| sheet.signature).max();
        let signatures = last.map_or(0, |last| last + 1);
        self.sheets
            .iter()
            .enumerate()
            .flat_map(move |(index, sheet)| {
                let of = move |side, back| SideOf {
                    sheet,
                    number: index + 1,
                    signatures,
                    side,
                    back,
                };
                let back = sheet.back.as_ref().map(|back| of(back, true));
                std::iter::once(of(&sheet.front, false)).chain(back)
            })
    }
}

impl Side {
    /// The pages of the source that are on it.
    pub(crate) fn sources(&self) -> Vec<usize> {
        self.cells.iter().filter_map(|cell| cell.source).collect()
    }
}

/// Room for one page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Number of the page, blanks counted, from 1; none where no page of the publication is here.
    pub(crate) number: Option<usize>,
    /// Index of the page in the source, from 0; none where the page is blank.
    pub(crate) source: Option<usize>,
    /// The edge of the cell at which the spine lies.
    pub(crate) spine: Spine,
    /// How many folded leaves of its signature lie around it.
    pub(crate) within: usize,
    /// Whether the page stands on its head.
    pub(crate) turned: bool,
}

/// An edge at which pages are bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spine {
    /// The left edge.
    Left,
    /// The right edge.
    Right,
    /// Neither: the page is alone.
    None,
}

/// Numbers pages and knows which of them are blank.
pub(super) struct Pages {
    source: usize,
    total: usize,
    back_cover: bool,
    right_to_left: bool,
}

impl Pages {
    fn new(source: usize, multiple: usize, back_cover: bool, right_to_left: bool) -> Self {
        Pages {
            source,
            total: source.next_multiple_of(multiple),
            // A single page is the front, whatever else it may be.
            back_cover: back_cover && source > 1,
            right_to_left,
        }
    }

    fn source(&self, number: usize) -> Option<usize> {
        if self.back_cover && number == self.total {
            return self.source.checked_sub(1);
        }
        let before_blanks = self.source - usize::from(self.back_cover);
        (number <= before_blanks).then(|| number.saturating_sub(1))
    }

    pub(super) fn cell(&self, number: usize, spine: Spine) -> Cell {
        let real = (1..=self.total).contains(&number);
        Cell {
            number: real.then_some(number),
            source: self.source(number).filter(|_| real),
            spine,
            within: 0,
            turned: false,
        }
    }

    /// Number of pages, blanks among them, and whether the binding is at the right.
    pub(super) fn extent(&self) -> (usize, bool) {
        (self.total, self.right_to_left)
    }

    /// Two halves: `before` is read before `after` would be, were they facing pages.
    fn halves(&self, before: usize, after: usize) -> Side {
        let (left, right) = if self.right_to_left {
            (after, before)
        } else {
            (before, after)
        };
        Side {
            cells: vec![self.cell(left, Spine::Right), self.cell(right, Spine::Left)],
        }
    }

    /// A folded group of pages from `first`, `count` of them, a multiple of four.
    fn nest(&self, signature: usize, first: usize, count: usize) -> Vec<Sheet> {
        let last = first + count - 1;
        let halves = |before, after, within| {
            let mut side = self.halves(before, after);
            side.cells.iter_mut().for_each(|cell| cell.within = within);
            side
        };
        (0..count / 4)
            .map(|within| Sheet {
                signature: Some(signature),
                within,
                nested: count / 4,
                grid: Grid {
                    columns: 2,
                    rows: 1,
                    bound: true,
                    work: Work::Sheetwise,
                },
                front: halves(last - 2 * within, first + 2 * within, within),
                back: Some(halves(
                    first + 2 * within + 1,
                    last - 2 * within - 1,
                    within,
                )),
            })
            .collect()
    }

    /// Cells in reading order, unbound.
    fn grid(&self, first: usize, columns: usize, rows: usize) -> Side {
        let mut numbers: Vec<usize> = (first..first + columns * rows).collect();
        if self.right_to_left {
            numbers.chunks_mut(columns).for_each(<[usize]>::reverse);
        }
        let cell = |number| self.cell(number, Spine::None);
        Side {
            cells: numbers.into_iter().map(cell).collect(),
        }
    }
}

/// A sheet that is not folded and has nothing on its back.
fn flat(front: Side, columns: usize, rows: usize, bound: bool) -> Sheet {
    Sheet {
        signature: None,
        within: 0,
        nested: 1,
        grid: Grid {
            columns,
            rows,
            bound,
            work: Work::OneSide,
        },
        front,
        back: None,
    }
}

/// Puts `pages` pages on sheets. `back_cover`: whether the last of them must stay the very last.
pub(crate) fn plan(pages: usize, impose: Impose, right_to_left: bool, back_cover: bool) -> Plan {
    let (multiple, columns, rows) = match impose {
        Impose::Single => (1, 1, 1),
        // A back cover is the back of a leaf: its number is even.
        Impose::Spreads if back_cover && pages > 1 => (2, 2, 1),
        Impose::Spreads => (1, 2, 1),
        Impose::Booklet | Impose::Signatures(_) => (4, 2, 1),
        Impose::Formes(size) => {
            let (columns, rows) = formes::grid(formes::size(size));
            (4, columns, rows)
        }
        Impose::Nup(4) => (1, 2, 2),
        Impose::Nup(_) => (1, 2, 1),
    };
    let all = Pages::new(pages, multiple, back_cover, right_to_left);
    Plan {
        impose,
        right_to_left,
        sheets: sheets(&all, impose, columns, rows),
        pages: all.total,
        columns,
        rows,
    }
}

fn sheets(all: &Pages, impose: Impose, columns: usize, rows: usize) -> Vec<Sheet> {
    let total = all.total;
    match impose {
        Impose::Single | Impose::Nup(_) => (1..=total)
            .step_by(columns * rows)
            .map(|first| flat(all.grid(first, columns, rows), columns, rows, false))
            .collect(),
        // Page 0 does not exist: it leaves the half next to page 1 empty.
        Impose::Spreads if total > 0 => (0..=total)
            .step_by(2)
            .map(|left| flat(all.halves(left, left + 1), columns, rows, true))
            .collect(),
        Impose::Spreads => Vec::new(),
        Impose::Booklet => all.nest(0, 1, total),
        Impose::Signatures(size) => signatures(all, usize::try_from(size).unwrap_or(4)),
        Impose::Formes(size) => formes::sheets(all, formes::size(size)),
    }
}

fn signatures(all: &Pages, size: usize) -> Vec<Sheet> {
    let size = size.next_multiple_of(4).max(4);
    (0..all.total)
        .step_by(size)
        .enumerate()
        .flat_map(|(index, done)| all.nest(index, done + 1, size.min(all.total - done)))
        .collect()
}

#[cfg(test)]
#[path = "imposition_tests.rs"]
mod tests;
