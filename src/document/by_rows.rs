//! Tables that are set row by row, for layouts whose type is too large for columns: each row is a block of lines, and before
//! each value stands the name of its column.

use std::ops::Range;

use super::visit::{ContentMut, PartMut};
use super::{Align, Block, Cell, Column, Document, Inline, Node, Part, RowKind, Table, plain_text};
use crate::layout::{Strings, Tokens};

/// What letters take of the type size on average, in a table's face; those that are wide in a terminal take it twice.
const LETTER: f64 = 0.55;
/// The space at the sides of a cell in multiples of the type size.
const AROUND: f64 = 0.7;
/// A table of fewer columns is its names and values already.
const LEAST: usize = 3;

/// How many columns a layout sets beside each other, and in what room.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    most: usize,
    /// In multiples of the type size.
    room: f64,
}

impl Columns {
    /// What a layout says; `None` where its tables keep their columns.
    pub(super) fn of(tokens: &Tokens) -> Option<Columns> {
        let most = usize::from(tokens.structure.table_columns);
        (most > 0).then(|| Columns {
            most,
            room: tokens.page.measure().to_pt() / tokens.sizes.table.to_pt(),
        })
    }

    fn hold(self, table: &Table) -> bool {
        let widths = (0..table.columns.len()).map(|column| {
            let rows = table.header.iter().chain(&table.rows);
            let cells = rows.filter_map(|row| row.get(column).filter(|cell| cell.columns == 1));
            let words = cells.map(|cell| longest_word(&cell.blocks));
            words.max().unwrap_or(0) as f64 * LETTER + AROUND
        });
        table.columns.len() <= self.most && widths.sum::<f64>() <= self.room
    }

    /// Whether a table is to be set row by row.
    fn too_few_for(self, table: &Table) -> bool {
        table.columns.len() >= LEAST && !self.hold(table)
    }
}

/// The columns of display of the longest word in blocks. Lines end at spaces that break, after hyphens between letters, and
/// between characters that are wide.
fn longest_word(blocks: &[Block]) -> usize {
    let parts = blocks.iter().flat_map(Block::parts);
    let widths = parts.map(|part| match part {
        Part::Line(content) => {
            let line = plain_text(content);
            line.split([' ', '\n', '\t']).map(width).max().unwrap_or(0)
        }
        Part::Blocks(inner) => longest_word(inner),
        Part::Text(..) => 0,
    });
    widths.max().unwrap_or(0)
}

fn width(word: &str) -> usize {
    let has_digits = word.contains(char::is_numeric);
    let (mut run, mut longest) = (0, 0);
    for c in word.chars() {
        let width = unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
        run = if width > 1 { width } else { run + width };
        longest = longest.max(run);
        if !has_digits && matches!(c, '-' | '\u{2013}' | '\u{2014}' | '/') {
            run = 0;
        }
    }
    longest
}

impl Document {
    /// Whether a table of it has more columns than a layout sets beside each other.
    pub(super) fn has_tables_for_rows(&self, columns: Columns) -> bool {
        let mut found = false;
        self.visit(&mut |node| {
            found |= match node {
                Node::Block(Block::Table(table)) => columns.too_few_for(table),
                Node::Block(Block::Chart(chart)) => {
                    let table = chart.table.as_ref();
                    table.is_some_and(|table| columns.too_few_for(table))
                }
                _ => false,
            };
        });
        found
    }

    /// Sets those tables row by row.
    pub(super) fn set_by_rows(&mut self, columns: Columns) {
        let strings = self.strings.clone();
        let set = |table: &mut Table| {
            if columns.too_few_for(table) {
                set_by_rows(table, &strings);
            }
        };
        self.for_each_content_mut(&mut |content| match content {
            ContentMut::Block(Block::Table(table)) => set(table),
            ContentMut::Block(Block::Chart(chart)) => chart.table.iter_mut().for_each(set),
            _ => {}
        });
    }
}

/// Makes one column of a table: its rows have a cell each, with the name of each column before what the row has there. What
/// is empty is left out; what goes over several columns stands once, what goes over several rows in each of them.
fn set_by_rows(table: &mut Table, strings: &Strings) {
    let names: Vec<Vec<Inline>> = (0..table.columns.len())
        .map(|column| table.name_over(column..column + 1, &strings.comma))
        .collect();
    let titled = table.row_headers && !names[0].is_empty();
    // Marks of notes stand once: in the head, which then has the names of all columns.
    let marked = names[1..].iter().any(|name| has_marks(name));
    let head = match titled && !marked {
        true => names[0].clone(),
        false => listed(names.iter().cloned(), &strings.comma),
    };
    let names: Vec<Vec<Inline>> = names.iter().map(|name| bare(name)).collect();
    let mut above: Vec<Option<(Cell, usize)>> = vec![None; table.columns.len()];
    let mut rows = Vec::new();
    let mut kinds = std::mem::take(&mut table.row_kinds);
    for (row, kind) in std::mem::take(&mut table.rows).into_iter().zip(&mut kinds) {
        if *kind == RowKind::Group {
            rows.extend(
                row.into_iter()
                    .next()
                    .map(|cell| vec![Cell::of(cell.blocks)]),
            );
            continue;
        }
        *kind = RowKind::Body;
        let mut blocks = Vec::new();
        let mut next = 0;
        for (at, mut cell) in row.into_iter().enumerate() {
            if at < next {
                continue;
            }
            match &mut above[at] {
                Some((over, rest @ 1..)) => {
                    *rest -= 1;
                    cell = over.clone();
                }
                _ if cell.rows > 1 => {
                    let mut copy = cell.clone();
                    copy.blocks.iter_mut().for_each(Block::without_marks);
                    above[at] = Some((copy, cell.rows - 1));
                }
                _ => {}
            }
            let columns = cell.columns.max(1);
            next = at + columns;
            if cell.blocks.is_empty() {
                continue;
            }
            if titled && at == 0 {
                blocks.extend(as_title(cell.blocks));
            } else {
                let over = match columns {
                    1 => names[at].clone(),
                    _ => bare(&table.name_over(at..next, &strings.comma)),
                };
                blocks.extend(named(&over, cell.blocks, &strings.colon));
            }
        }
        rows.push(vec![Cell::of(blocks)]);
    }
    (table.rows, table.row_kinds) = (rows, kinds);
    table.header = vec![vec![Cell::of(vec![Block::Paragraph {
        content: head.into(),
    }])]];
    table.columns = vec![Column {
        align: Align::Start,
        decimal: None,
        width: 1.0,
    }];
    table.row_headers = false;
    table.wide = false;
    table.landscape = false;
    table.by_rows = true;
}

/// The running text of a cell, its paragraphs one after the other.
fn content_of(cell: &Cell) -> Vec<Inline> {
    let mut content = Vec::new();
    for block in &cell.blocks {
        if let Block::Paragraph { content: line } = block {
            if !content.is_empty() {
                content.push(text(" "));
            }
            content.extend(line.iter().cloned());
        }
    }
    content
}

/// Texts that are not empty, with a separator between them.
fn listed(texts: impl Iterator<Item = Vec<Inline>>, separator: &str) -> Vec<Inline> {
    let mut list = Vec::new();
    for content in texts.filter(|content| !content.is_empty()) {
        if !list.is_empty() {
            list.push(text(separator));
        }
        list.extend(content);
    }
    list
}

fn text(words: &str) -> Inline {
    Inline::Text {
        text: words.to_owned(),
    }
}

/// The blocks of a row's head, the first paragraph in strong type.
fn as_title(mut blocks: Vec<Block>) -> Vec<Block> {
    if let Some(Block::Paragraph { content }) = blocks.first_mut() {
        let words = std::mem::take(content).into_inner();
        *content = vec![Inline::Strong { content: words }].into();
    }
    blocks
}

/// The blocks of a value behind the name of its column.
fn named(name: &[Inline], mut blocks: Vec<Block>, colon: &str) -> Vec<Block> {
    if name.is_empty() {
        return blocks;
    }
    let label = Inline::Strong {
        content: name.to_vec(),
    };
    match blocks.first_mut() {
        Some(Block::Paragraph { content }) => {
            let value = std::mem::take(content).into_inner();
            let line: Vec<Inline> = [label, text(colon)].into_iter().chain(value).collect();
            // Words of two fields: those who edit a file of it do not edit either.
            *content = line.into();
        }
        _ => {
            let content = vec![label, text(colon.trim_end())].into();
            blocks.insert(0, Block::Paragraph { content });
        }
    }
    blocks
}

/// Running text without the marks of notes and without places that links go to, as it can stand a second time.
fn bare(content: &[Inline]) -> Vec<Inline> {
    let mut content = content.to_vec();
    strip(&mut content);
    content
}

fn is_mark(inline: &Inline) -> bool {
    matches!(inline, Inline::Footnote { .. } | Inline::Place { .. })
}

fn has_marks(content: &[Inline]) -> bool {
    let mut inlines = content.iter();
    inlines.any(|inline| is_mark(inline) || has_marks(inline.content()))
}

/// Takes the marks of notes and the places that links go to out of running text.
pub(super) fn strip(content: &mut Vec<Inline>) {
    content.retain(|inline| !is_mark(inline));
    for inner in content.iter_mut().filter_map(Inline::content_mut) {
        strip(inner);
    }
}

impl Block {
    /// Takes the marks of notes and the places that links go to out of a block.
    fn without_marks(&mut self) {
        for part in self.parts_mut() {
            match part {
                PartMut::Line(content) => strip(content),
                PartMut::Blocks(blocks) => {
                    blocks.iter_mut().for_each(Block::without_marks);
                }
                PartMut::Text(..) => {}
            }
        }
    }
}

impl Table {
    /// What stands over columns, each cell of the head once.
    fn name_over(&self, columns: Range<usize>, comma: &str) -> Vec<Inline> {
        let mut heads: Vec<&Cell> = Vec::new();
        for head in columns.flat_map(|column| self.heads_of(column)) {
            if !heads.iter().any(|other| std::ptr::eq(*other, head)) {
                heads.push(head);
            }
        }
        listed(heads.into_iter().map(content_of), comma)
    }

    /// The cells over a column, from the uppermost.
    pub fn heads_of(&self, column: usize) -> impl Iterator<Item = &Cell> {
        self.header.iter().filter_map(move |row| {
            let upto = row.get(..=column)?;
            let over = |(at, cell): &(usize, &Cell)| at + cell.columns > column;
            upto.iter()
                .enumerate()
                .rev()
                .find(over)
                .map(|(_, cell)| cell)
        })
    }
}
