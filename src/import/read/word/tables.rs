//! Tables: rows and cells in their places, with what goes over several of them.

use super::Writer;
use super::blocks::paragraph_of;
use crate::word::{Align, Block, Cell, Merge, Paragraph, Row, Table};

impl<'a> Writer<'a> {
    pub(super) fn table(&mut self, table: &'a Table, caption: Option<&'a Paragraph>) {
        let line = table
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .flat_map(|cell| &cell.blocks);
        let line = line
            .filter_map(paragraph_of)
            .next()
            .map_or(0, |one| one.number);
        let heads = heads(table);
        let below = spans_below(table);
        if self.cell > 0 {
            self.check("a table stood within a cell or a note here; its words are here");
        }
        if !table.description.trim().is_empty() {
            let text = table.description.trim();
            self.check(&format!(
                "the table is described for those who cannot see it: {text}"
            ));
        }
        let columns = table.rows.iter().map(|row| row.cells.len()).max();
        if columns == Some(1) && table.rows.len() > 1 {
            self.check("a table of one column stood here; its cells are paragraphs");
        }
        self.tree.open("table", &[("l", &line.to_string())]);
        if let Some(caption) = caption {
            self.caption("caption", caption);
        }
        for (at, row) in table.rows.iter().enumerate() {
            self.tree.open("tr", &[]);
            for _ in 0..row.before.min(32) {
                self.tree.open(if at < heads { "th" } else { "td" }, &[]);
                self.tree.close();
            }
            for (index, cell) in row.cells.iter().enumerate() {
                if cell.merge == Merge::Above && below[at][index] == 0 {
                    // The cell above goes over this one; words in it are kept there.
                    continue;
                }
                let head = at < heads;
                let span = |count: usize| match count {
                    0 | 1 => String::new(),
                    count => count.to_string(),
                };
                let align = match align(cell) {
                    Some(Align::Centre) => "center",
                    Some(Align::End) => "right",
                    _ => "",
                };
                let attributes = [
                    ("colspan", span(cell.span)),
                    ("rowspan", span(below[at][index])),
                    ("align", align.to_owned()),
                ];
                let attributes = attributes
                    .each_ref()
                    .map(|(key, value)| (*key, value.as_str()));
                self.tree.open(if head { "th" } else { "td" }, &attributes);
                let listing = self.cell == 0 && self.is_listing(&cell.blocks);
                let outer = std::mem::replace(&mut self.listing, listing);
                self.cell += 1;
                self.inner(&cell.blocks);
                self.cell -= 1;
                self.listing = outer;
                self.tree.close();
            }
            self.tree.close();
        }
        self.tree.close();
        if table.rtl {
            self.look("the order of columns from right to left");
        }
    }
}

/// How many rows are heads.
fn heads(table: &Table) -> usize {
    let marked = table.rows.iter().take_while(|row| row.header).count();
    match marked {
        0 => usize::from(table.first_row && table.rows.len() > 1),
        count => count.min(table.rows.len().saturating_sub(1)),
    }
}

/// How many rows each cell takes; none for one that the cell above goes over. A cell with words of its own stands for
/// itself, so that none of them is lost.
fn spans_below(table: &Table) -> Vec<Vec<usize>> {
    let mut spans: Vec<Vec<usize>> = table
        .rows
        .iter()
        .map(|row| vec![1; row.cells.len()])
        .collect();
    // For each column the row and index of the cell that may go on below.
    let mut above: Vec<Option<(usize, usize)>> = Vec::new();
    for (at, row) in table.rows.iter().enumerate() {
        let mut next = Vec::new();
        for (index, column) in columns(row) {
            let cell = &row.cells[index];
            let owner = above.get(column).copied().flatten();
            let owner =
                owner.filter(|(row, index)| table.rows[*row].cells[*index].span == cell.span);
            let here = match (cell.merge, owner) {
                (Merge::Above, Some(owner)) if is_empty(cell) => {
                    spans[owner.0][owner.1] += 1;
                    spans[at][index] = 0;
                    Some(owner)
                }
                (Merge::Start, _) => Some((at, index)),
                _ => None,
            };
            next.resize(next.len().max(column + 1), None);
            next[column] = here;
        }
        above = next;
    }
    spans
}

/// The cells of a row with their columns.
fn columns(row: &Row) -> impl Iterator<Item = (usize, usize)> {
    let mut column = row.before;
    row.cells.iter().enumerate().map(move |(index, cell)| {
        let own = column;
        column += cell.span;
        (index, own)
    })
}

fn is_empty(cell: &Cell) -> bool {
    cell.blocks.iter().all(|block| match block {
        Block::Paragraph(paragraph) => super::captions::is_blank(paragraph),
        Block::Table(_) => false,
    })
}

/// Where the lines of a cell stand.
fn align(cell: &Cell) -> Option<Align> {
    let mut paragraphs = cell.blocks.iter().filter_map(paragraph_of);
    let first = paragraphs.next()?.align;
    paragraphs.all(|one| one.align == first).then_some(first)
}
