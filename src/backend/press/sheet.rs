//! Rectangles on a sheet, in points from its lower left corner: the sheet, its bleed, its cells and their pages.
//!
//! Rules:
//! - all cells are as large as the trimmed page; the pages, or the halves of the sheet, are centred;
//! - halves share the spine, and nothing is printed across it; other cells keep their bleed on all sides;
//! - a page that is folded over stands on its head in its cell;
//! - a page is upright as a reader sees it, its rotation carried out, centred in its cell; a page smaller than
//!   its cell is reported, a larger one is refused, and none is scaled;
//! - the sheet is turned where its longer side does not lie along the longer side of what is on it.

use super::imposition::{Grid, Spine, Work};
use crate::layout::{MM, SheetSize, millimetres};

/// From the bleed to the marks: a mark in the bleed could show on the cut page.
pub(crate) const MARK_GAP: f64 = 2.0 * MM;
/// Length of a mark.
pub(crate) const MARK_LENGTH: f64 = 5.0 * MM;
/// From the bleed to the edge of the sheet where it carries marks. The slug line and the colour bar are in this strip
/// too, between the marks. With more, two A4 pages with 3 mm of bleed would not fit on SRA3, made for them.
pub(crate) const MARK_ROOM: f64 = MARK_GAP + MARK_LENGTH + MM;

/// What rounding may make of a size: less than anyone can cut or see.
const TOLERANCE: f64 = 0.5;

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Rect {
    /// Left edge.
    pub(crate) x: f64,
    /// Lower edge.
    pub(crate) y: f64,
    /// Width.
    pub(crate) width: f64,
    /// Height.
    pub(crate) height: f64,
}

impl Rect {
    /// Right edge.
    pub(crate) fn right(&self) -> f64 {
        self.x + self.width
    }
    /// Upper edge.
    pub(crate) fn top(&self) -> f64 {
        self.y + self.height
    }
    /// Left, lower, right and upper edge.
    pub(crate) fn sides(&self) -> [f64; 4] {
        [self.x, self.y, self.right(), self.top()]
    }
    /// This rectangle with each side moved outwards.
    pub(crate) fn grown(&self, by: f64) -> Rect {
        Rect {
            x: self.x - by,
            y: self.y - by,
            width: self.width + 2.0 * by,
            height: self.height + 2.0 * by,
        }
    }
    /// What both rectangles cover; of no width or height where they do not meet.
    pub(crate) fn common(&self, other: &Rect) -> Rect {
        let (x, y) = (self.x.max(other.x), self.y.max(other.y));
        Rect {
            x,
            y,
            width: (self.right().min(other.right()) - x).max(0.0),
            height: (self.top().min(other.top()) - y).max(0.0),
        }
    }
}

/// A page as its file gives it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Page {
    /// Its trim box, in its own coordinates.
    pub(crate) trim: Rect,
    /// Degrees by which a reader turns it clockwise: a multiple of 90.
    pub(crate) rotate: i64,
}

impl Page {
    /// Quarter turns clockwise, from 0 to 3.
    fn turns(&self) -> i64 {
        self.rotate.div_euclid(90).rem_euclid(4)
    }

    /// Width and height as a reader sees them.
    pub(crate) fn upright(&self) -> (f64, f64) {
        if self.turns() % 2 == 0 {
            (self.trim.width, self.trim.height)
        } else {
            (self.trim.height, self.trim.width)
        }
    }

    /// The page's rectangle on the sheet: upright and in the middle of its cell.
    pub(crate) fn rect(&self, cell: &Slot) -> Rect {
        let (width, height) = self.upright();
        Rect {
            x: cell.trim.x + (cell.trim.width - width) / 2.0,
            y: cell.trim.y + (cell.trim.height - height) / 2.0,
            width,
            height,
        }
    }

    /// What of the page may be seen: itself and its bleed, as far as its cell's clip.
    pub(crate) fn clip(&self, cell: &Slot, bleed: f64) -> Rect {
        self.rect(cell).grown(bleed).common(&cell.clip)
    }

    /// The matrix (a to f, as PDF writes it) that takes the page's coordinates to the sheet's. `dx` is the offset
    /// for creep; `on_head` turns the page by half a turn more.
    pub(crate) fn matrix(&self, cell: &Slot, dx: f64, on_head: bool) -> [f64; 6] {
        let to = self.rect(cell);
        let from = &self.trim;
        let (x, y) = (to.x + dx, to.y);
        if on_head {
            let [a, b, c, d, e, f] = self.matrix(cell, 0.0, false);
            return [
                -a,
                -b,
                -c,
                -d,
                to.x + to.right() - e + dx,
                to.y + to.top() - f,
            ];
        }
        match self.turns() {
            1 => [0.0, -1.0, 1.0, 0.0, x - from.y, y + from.right()],
            2 => [-1.0, 0.0, 0.0, -1.0, x + from.right(), y + from.top()],
            3 => [0.0, 1.0, -1.0, 0.0, x + from.top(), y - from.x],
            _ => [1.0, 0.0, 0.0, 1.0, x - from.x, y - from.y],
        }
    }
}

/// The smallest cell that holds all pages upright.
pub(crate) fn cell_for(pages: &[Page]) -> (f64, f64) {
    pages.iter().map(Page::upright).fold(
        (0.0, 0.0),
        |(width, height): (f64, f64), (page_width, page_height)| {
            (width.max(page_width), height.max(page_height))
        },
    )
}

/// Refuses pages larger than their cell, which would be clipped; tells of those smaller.
pub(crate) fn check_pages(pages: &[Page], cell: (f64, f64)) -> Result<Vec<String>, String> {
    let mut notes = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let (width, height) = page.upright();
        let (wide, high) = (width - cell.0, height - cell.1);
        let number = index + 1;
        if !(wide <= TOLERANCE && high <= TOLERANCE) {
            return Err(format!(
                "page {number} is {}, larger than its place of {} on the sheet: make this page smaller, or all \
                 pages as large as it is",
                size(width, height),
                size(cell.0, cell.1),
            ));
        }
        if wide < -TOLERANCE || high < -TOLERANCE {
            notes.push(format!(
                "page {number} is {}, smaller than its place of {} on the sheet: it is centred",
                size(width, height),
                size(cell.0, cell.1),
            ));
        }
    }
    Ok(notes)
}

/// A cell's rectangles on the sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Slot {
    /// Where a page is cut.
    pub(crate) trim: Rect,
    /// As far as its colour may reach: the bleed, but not across the spine.
    pub(crate) clip: Rect,
}

/// A line across the whole sheet that marks at its ends show.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct SheetLine {
    /// From the left of the sheet, or from its foot where the line lies across.
    pub(crate) at: f64,
    /// Whether it lies across, from left to right.
    pub(crate) across: bool,
    /// What is done there.
    pub(crate) kind: LineKind,
}

/// What is done along a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineKind {
    /// The sheet is folded.
    Fold,
    /// It is scored, so that it bends there.
    Score,
}

/// The rectangles of a side; sheets of the same grid have the same.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Geometry {
    /// Width and height of the sheet.
    pub(crate) sheet: (f64, f64),
    /// Where the side is cut: around all its cells.
    pub(crate) trim: Rect,
    /// As far as colour reaches: the trim and the bleed around it.
    pub(crate) bleed: Rect,
    /// The cells: rows from the top, each from left to right, as in a side of the plan.
    pub(crate) cells: Vec<Slot>,
    /// Where the first spine lies, from the left of the sheet: sheets are folded here. None where pages are not side by
    /// side as in a book.
    pub(crate) fold: Option<f64>,
    /// Where the sheet is folded or scored.
    pub(crate) lines: Vec<SheetLine>,
}

/// What a sheet must hold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Content {
    /// Width and height of a cell: of the trimmed page.
    pub(crate) cell: (f64, f64),
    /// Colour reaches this far beyond the trimmed page.
    pub(crate) bleed: f64,
    /// Whether there are marks.
    pub(crate) marks: bool,
}

/// Lays out a side of a sheet of this grid, or says which sheet would do.
pub(crate) fn lay_out(grid: Grid, content: &Content, size: &SheetSize) -> Result<Geometry, String> {
    let (columns, rows) = (grid.columns as f64, grid.rows as f64);
    let (width, height) = content.cell;
    let block = (
        columns * width + gap_before(grid, content, grid.columns - 1),
        rows * height + (rows - 1.0) * 2.0 * content.bleed,
    );
    let around = content.bleed + if content.marks { MARK_ROOM } else { 0.0 };
    let least = (block.0 + 2.0 * around, block.1 + 2.0 * around);
    let sheet = match size.dimensions() {
        None => least,
        Some(given) => turned(given, least).ok_or_else(|| too_small(grid, content, size, least))?,
    };
    let trim = Rect {
        x: (sheet.0 - block.0) / 2.0,
        y: (sheet.1 - block.1) / 2.0,
        width: block.0,
        height: block.1,
    };
    let cells = cells(grid, content, &trim);
    Ok(Geometry {
        sheet,
        trim,
        bleed: trim.grown(content.bleed),
        fold: grid.bound.then_some(trim.x + width),
        lines: folds(grid, &cells),
        cells,
    })
}

/// The space between cells to the left of a column, all of it: bound cells stand in pairs that share their spine.
fn gap_before(grid: Grid, content: &Content, column: usize) -> f64 {
    let gaps = if grid.bound { column / 2 } else { column };
    gaps as f64 * 2.0 * content.bleed
}

/// Where the sheet is folded: between all cells, but for the line along which two copies are cut apart.
fn folds(grid: Grid, cells: &[Slot]) -> Vec<SheetLine> {
    if !grid.bound {
        return Vec::new();
    }
    let line = |across, from: f64, to: f64| SheetLine {
        at: (from + to) / 2.0,
        across,
        kind: LineKind::Fold,
    };
    let row = cells.iter().take(grid.columns);
    let cut = |work, index: usize, all: usize| grid.work == work && 2 * index == all;
    let down = row.clone().zip(row.skip(1)).enumerate();
    let down = down
        .filter(|(index, _)| !cut(Work::Turn, index + 1, grid.columns))
        .map(|(_, (left, right))| line(false, left.trim.right(), right.trim.x));
    let column = cells.iter().step_by(grid.columns);
    let across = column.clone().zip(column.skip(1)).enumerate();
    let across = across
        .filter(|(index, _)| !cut(Work::Tumble, index + 1, grid.rows))
        .map(|(_, (upper, lower))| line(true, upper.trim.y, lower.trim.top()));
    down.chain(across).collect()
}

/// The cells within `block`.
fn cells(grid: Grid, content: &Content, block: &Rect) -> Vec<Slot> {
    let (width, height) = content.cell;
    let at = |row: usize, column: usize| Rect {
        x: block.x + column as f64 * width + gap_before(grid, content, column),
        y: block.y + (grid.rows - 1 - row) as f64 * (height + 2.0 * content.bleed),
        width,
        height,
    };
    let spine = |column: usize| match (grid.bound, column % 2) {
        (false, _) => Spine::None,
        (true, 0) => Spine::Right,
        (true, _) => Spine::Left,
    };
    (0..grid.rows)
        .flat_map(|row| (0..grid.columns).map(move |column| (row, column)))
        .map(|(row, column)| {
            let trim = at(row, column);
            let clip = cut_at(trim.grown(content.bleed), spine(column), content.bleed);
            Slot { trim, clip }
        })
        .collect()
}

/// The rectangle without the bleed at the spine.
pub(super) fn cut_at(rect: Rect, spine: Spine, bleed: f64) -> Rect {
    let (x, width) = match spine {
        Spine::None => (rect.x, rect.width),
        Spine::Right => (rect.x, rect.width - bleed),
        Spine::Left => (rect.x + bleed, rect.width - bleed),
    };
    Rect { x, width, ..rect }
}

/// The sheet as it is laid so that `least` fits on it, preferably with the longer sides along each other; none
/// where it is too small.
pub(super) fn turned(given: (f64, f64), least: (f64, f64)) -> Option<(f64, f64)> {
    // Sizes in millimetres do not come out even in points: a hair is no reason to refuse.
    let hair = 0.01;
    let holds = |sheet: (f64, f64)| sheet.0 + hair >= least.0 && sheet.1 + hair >= least.1;
    let other = (given.1, given.0);
    let along = (given.0 - given.1) * (least.0 - least.1) >= 0.0;
    let order = if along {
        [given, other]
    } else {
        [other, given]
    };
    order.into_iter().find(|sheet| holds(*sheet))
}

fn too_small(grid: Grid, content: &Content, given: &SheetSize, least: (f64, f64)) -> String {
    let measures = given.dimensions().unwrap_or_default();
    let (pages, need) = match grid.columns * grid.rows {
        1 => ("a page".to_owned(), "needs"),
        count => (format!("{count} pages"), "need"),
    };
    let with = match (content.bleed > 0.0, content.marks) {
        (true, true) => format!(" with {}mm of bleed and marks", round(content.bleed)),
        (true, false) => format!(" with {}mm of bleed", round(content.bleed)),
        (false, true) => " with marks".to_owned(),
        (false, false) => String::new(),
    };
    let name = SheetSize::named()
        .find(|size| size.dimensions().and_then(|is| turned(is, least)).is_some())
        .map(|size| format!("{size}, "))
        .unwrap_or_default();
    // Rounded up, so that the size named is one that will do.
    let up = |points: f64| (points / MM - 1e-6).ceil();
    format!(
        "the sheet {given} of {} is too small: {pages} of {}{with} {need} at least {}x{}mm; choose {name}a larger \
         sheet, or auto",
        size(measures.0, measures.1),
        size(content.cell.0, content.cell.1),
        up(least.0),
        up(least.1),
    )
}

/// A size for people.
fn size(width: f64, height: f64) -> String {
    format!("{}x{}mm", round(width), round(height))
}

/// Millimetres with at most one place.
fn round(points: f64) -> f64 {
    millimetres(points, 1)
}

#[cfg(test)]
#[path = "sheet_tests.rs"]
mod tests;
