//! Tracked changes: what there are, and the text with all of them accepted or rejected.

use std::sync::Arc;

use super::model::{Block, Change, Content, Paragraph, Piece, Row, Table, WordFile};

/// What is to become of tracked changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// All are accepted: what was deleted is gone.
    Accepted,
    /// All are rejected: what was inserted is gone.
    Rejected,
}

/// A change with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct TrackedChange {
    /// The number of its paragraph; 0 for a row or cell without one.
    pub paragraph: usize,
    /// Who did what.
    pub change: Arc<Change>,
    /// The words; empty for the end of a paragraph, a row or a picture.
    pub text: String,
}

impl View {
    fn drops(self, changes: &[Arc<Change>]) -> bool {
        changes.iter().any(|change| match self {
            View::Accepted => !change.kind.adds(),
            View::Rejected => change.kind.adds(),
        })
    }
}

/// Blocks with all changes accepted or rejected. Where the end of a paragraph goes, it is one with the next, which keeps
/// its own form; labels of lists stay as they were counted. Changes of looks are as they are: accepted.
pub fn settled(blocks: Vec<Block>, view: View) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    // What stood before an end that is gone.
    let mut before: Vec<Piece> = Vec::new();
    let mut open: Option<Paragraph> = None;
    for block in blocks {
        match block {
            Block::Paragraph(mut paragraph) => {
                let pieces = std::mem::take(&mut paragraph.pieces).into_iter();
                let pieces = pieces.filter(|piece| !view.drops(&piece.changes));
                let pieces = pieces.map(|piece| settled_piece(piece, view));
                before.extend(pieces);
                if view.drops(&paragraph.changes) {
                    open.get_or_insert(paragraph);
                    continue;
                }
                open = None;
                paragraph.changes.clear();
                paragraph.pieces = std::mem::take(&mut before);
                out.push(Block::Paragraph(paragraph));
            }
            Block::Table(table) => {
                let table = settled_table(table, view);
                if !table.rows.is_empty() {
                    close(&mut open, &mut before, &mut out);
                    out.push(Block::Table(table));
                }
            }
        }
    }
    close(&mut open, &mut before, &mut out);
    out
}

/// Ends a paragraph whose end went, where no paragraph follows with which it could be one.
fn close(open: &mut Option<Paragraph>, before: &mut Vec<Piece>, out: &mut Vec<Block>) {
    if let Some(mut paragraph) = open.take()
        && before.iter().any(Piece::is_shown)
    {
        paragraph.changes.clear();
        paragraph.pieces = std::mem::take(before);
        out.push(Block::Paragraph(paragraph));
    }
}

fn settled_piece(mut piece: Piece, view: View) -> Piece {
    piece.changes.clear();
    if let Content::TextBox(blocks) = &mut piece.content {
        *blocks = settled(std::mem::take(blocks), view);
    }
    piece
}

fn settled_table(mut table: Table, view: View) -> Table {
    let gone = |row: &Row| {
        view.drops(&row.changes)
            || !row.cells.is_empty() && row.cells.iter().all(|cell| view.drops(&cell.changes))
    };
    table.rows.retain(|row| !gone(row));
    for row in &mut table.rows {
        row.changes.clear();
        for cell in &mut row.cells {
            let dropped = view.drops(&cell.changes);
            cell.changes.clear();
            cell.blocks = match dropped {
                true => Vec::new(),
                false => settled(std::mem::take(&mut cell.blocks), view),
            };
        }
    }
    table
}

impl WordFile {
    /// Accepts or rejects all changes of text, notes, headers and footers.
    pub fn settle(&mut self, view: View) {
        let furniture = self.furniture.iter_mut().map(|one| &mut one.blocks);
        let all = std::iter::once(&mut self.body)
            .chain(self.notes.values_mut())
            .chain(furniture);
        for blocks in all {
            *blocks = settled(std::mem::take(blocks), view);
        }
    }

    /// Every tracked change, in the order of the text and then of the notes.
    pub fn changes(&self) -> Vec<TrackedChange> {
        let mut found = Vec::new();
        for blocks in std::iter::once(&self.body).chain(self.notes.values()) {
            collect(blocks, &mut found);
        }
        found
    }
}

fn collect(blocks: &[Block], found: &mut Vec<TrackedChange>) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                for piece in paragraph.pieces.iter().filter(|piece| piece.is_shown()) {
                    add(paragraph.number, &piece.changes, piece.text(), found);
                    if let Content::TextBox(blocks) = &piece.content {
                        collect(blocks, found);
                    }
                }
                add(paragraph.number, &paragraph.changes, "", found);
            }
            Block::Table(table) => {
                for row in &table.rows {
                    add(0, &row.changes, "", found);
                    for cell in &row.cells {
                        add(0, &cell.changes, "", found);
                        collect(&cell.blocks, found);
                    }
                }
            }
        }
    }
}

fn add(paragraph: usize, changes: &[Arc<Change>], text: &str, found: &mut Vec<TrackedChange>) {
    let change = |change: &Arc<Change>| TrackedChange {
        paragraph,
        change: Arc::clone(change),
        text: text.to_owned(),
    };
    found.extend(changes.iter().map(change));
}
