//! Tables of the tree: a block of their own where rows with pipes cannot say all (a caption, merged cells, several
//! heads), else rows with pipes; what no table can hold becomes paragraphs.

use std::collections::BTreeMap;

use super::blocks::{is_block, is_list, name};
use super::html::Node;
use super::running::PIPE;
use super::{Reader, Tree};
use crate::document::placeholder;
use crate::import::outline::SourceTable;
use crate::import::read::inline;

/// The most columns of a table.
pub(crate) const MAX_COLUMNS: usize = 32;
/// The most rows or columns that a cell may go over.
const MAX_SPAN: u32 = 32;

/// What a place of a merged cell says where that cell is before it or above it.
const BEFORE: &str = "<";
const ABOVE: &str = "^";

/// How a cell is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Align {
    #[default]
    Start,
    Centre,
    End,
}

impl Align {
    /// As a source has it; nothing where it is the usual.
    fn name(self) -> &'static str {
        match self {
            Align::Start => "",
            Align::Centre => "centre",
            Align::End => "right",
        }
    }
}

/// A cell, and how many cells it covers to the right and below.
struct Cell {
    text: String,
    head: bool,
    align: Align,
    right: u32,
    below: u32,
}

/// Row and column of a place, in little room: a table may have millions of them.
type At = (u32, u32);

/// A place of a table: the cell that is there, or the place of the one that goes over it.
#[derive(Default)]
struct Place {
    text: String,
    head: bool,
    align: Align,
    owner: Option<At>,
}

/// A table that was read.
pub(super) struct Grid {
    caption: Vec<String>,
    rows: Vec<Vec<Place>>,
    columns: usize,
    /// How many rows are heads.
    heads: usize,
}

impl Reader<'_, '_> {
    /// A table that is no block of its own, as rows with pipes.
    pub(super) fn table(&mut self, node: Tree, depth: usize) -> Vec<String> {
        match self.grid(node, None, depth, false) {
            Ok(grid) => self.piped(grid),
            Err(texts) => texts,
        }
    }

    /// A table with its caption, as a block where that says more than rows with pipes.
    pub(super) fn table_block(
        &mut self,
        node: Tree,
        caption: Option<Tree>,
        depth: usize,
    ) -> Result<SourceTable, Vec<String>> {
        let mut grid = self.grid(node, caption, depth, true)?;
        let merged = self.settle_merged(&mut grid);
        let listing = grid
            .rows
            .iter()
            .flatten()
            .any(|one| one.text.contains('\n'));
        if grid.caption.is_empty() && !merged && !listing {
            return Err(self.piped(grid));
        }
        let mut caption = grid.caption.join(" ").replace("\\\n", " ");
        if caption.is_empty() {
            let what = if merged {
                "merged cells"
            } else {
                "lists in cells"
            };
            self.check(format!(
                "this table has {what} and no title: say what it shows"
            ));
            placeholder::CAPTION.clone_into(&mut caption);
        }
        let body = &grid.rows[grid.heads..];
        let row_headers = body.iter().all(|row| row[0].head || row[0].owner.is_some());
        let aligns = grid.aligns();
        let rows = grid.rows.iter().enumerate().map(|(at, row)| {
            let text = |place: &Place| match place.owner {
                Some((owner, _)) if owner as usize == at => BEFORE.to_owned(),
                Some(_) => ABOVE.to_owned(),
                None => place.text.replace(PIPE, "|"),
            };
            row.iter().map(text).collect()
        });
        Ok(SourceTable {
            caption,
            aligns: aligns.iter().map(|align| align.name()).collect(),
            heads: grid.heads,
            rows: rows.collect(),
            row_headers,
        })
    }

    /// The places of a table, which may have lists in their cells; where none can be made of it, the texts of its cells.
    fn grid(
        &mut self,
        node: Tree,
        caption: Option<Tree>,
        depth: usize,
        listing: bool,
    ) -> Result<Grid, Vec<String>> {
        let mut texts = match caption {
            Some(caption) => self.paragraph(&[caption], depth),
            None => Vec::new(),
        };
        let captions = node.children().filter(|one| name(*one) == "caption");
        for caption in captions {
            texts.extend(self.flow(caption, depth + 1, false));
        }
        let mut rows = Vec::new();
        self.rows(node, (false, listing), depth, &mut rows);
        let mut rows = places(rows);
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        // A table needs rows, and a page has room for some columns only.
        if rows.len() < 2 || !(2..=MAX_COLUMNS).contains(&columns) {
            if columns > MAX_COLUMNS {
                self.check("a table that cannot be set has become running text");
            }
            let cells = rows.into_iter().flatten().map(|place| place.text);
            let cells = cells.filter(|text| !text.is_empty());
            texts.extend(cells.flat_map(|text| {
                match text.contains('\n') {
                    true => text
                        .replace(PIPE, "|")
                        .split("\n\n")
                        .map(str::to_owned)
                        .collect(),
                    false => vec![inline::first(text.replace(PIPE, "|"))],
                }
            }));
            return Err(texts);
        }
        let headed = |row: &Vec<Place>| row.iter().all(|place| place.head || place.text.is_empty());
        let heads = rows.iter().take_while(|row| headed(row)).count();
        if heads == 0 {
            self.check("the table's first row is set as its head");
        }
        let heads = heads.clamp(1, rows.len() - 1);
        for row in &mut rows {
            row.resize_with(columns, Place::default);
        }
        let said = |place: &&Place| place.text.contains(char::is_alphanumeric);
        self.kept.cells += rows.iter().flatten().filter(said).count();
        Ok(Grid {
            caption: texts,
            rows,
            columns,
            heads,
        })
    }

    /// Whether cells go over others; where the places of one are no rectangle within the heads or the rows below them, they
    /// are empty.
    fn settle_merged(&mut self, grid: &mut Grid) -> bool {
        // The last place of each such cell, and how many places it has.
        let mut merged: BTreeMap<At, (At, u32)> = BTreeMap::new();
        for (at, row) in (0..).zip(&grid.rows) {
            for (column, place) in (0..).zip(row) {
                if let Some(owner) = place.owner {
                    let (end, count) = merged.entry(owner).or_insert(((at, column), 1));
                    *end = (end.0.max(at), end.1.max(column));
                    *count += 1;
                }
            }
        }
        let head = |row: u32| (row as usize) < grid.heads;
        let before = merged.len();
        merged.retain(|(row, column), ((down, right), count)| {
            let places = (*down + 1 - *row) * (*right + 1).saturating_sub(*column);
            places == *count && head(*row) == head(*down)
        });
        if merged.len() < before {
            self.check(OVER);
        }
        for place in grid.rows.iter_mut().flatten() {
            place.owner = place.owner.filter(|owner| merged.contains_key(owner));
        }
        !merged.is_empty()
    }

    fn piped(&mut self, grid: Grid) -> Vec<String> {
        if grid
            .rows
            .iter()
            .flatten()
            .any(|place| place.owner.is_some())
        {
            self.check(OVER);
        }
        if grid.heads > 1 {
            self.check("the table has one row of heads now; the others are rows below it");
        }
        let mut lines: Vec<String> = Vec::with_capacity(grid.rows.len() + 1);
        for row in &grid.rows {
            let cells: Vec<&str> = row.iter().map(|place| place.text.as_str()).collect();
            lines.push(format!("| {} |", cells.join(" | ")).replace(PIPE, "\\|"));
        }
        let rule = |align: &Align| match align {
            Align::Start => "|---",
            Align::Centre => "|:-:",
            Align::End => "|--:",
        };
        let rules: String = grid.aligns().iter().map(rule).collect();
        lines.insert(1, rules + "|");
        let mut texts = grid.caption;
        texts.push(lines.join("\n"));
        texts
    }

    fn rows(
        &mut self,
        node: Tree,
        (head, listing): (bool, bool),
        depth: usize,
        rows: &mut Vec<Vec<Cell>>,
    ) {
        for child in node.children() {
            self.place(child);
            match name(child) {
                "tr" => {
                    let cells = self.cells(child, (head, listing), depth + 1);
                    rows.push(cells);
                }
                part @ ("thead" | "tbody" | "tfoot") => {
                    self.rows(child, (part == "thead", listing), depth, rows)
                }
                "caption" => {}
                _ => self.running(child, depth, &mut String::new()),
            }
        }
    }

    fn cells(&mut self, row: Tree, (head, listing): (bool, bool), depth: usize) -> Vec<Cell> {
        let mut cells = Vec::new();
        for cell in row.children() {
            self.place(cell);
            if !matches!(name(cell), "td" | "th") {
                self.running(cell, depth, &mut String::new());
                continue;
            }
            let element = cell.value().as_element();
            let attr = |name: &str| element.and_then(|element| element.attr(name));
            let span = |name: &str| {
                let value = attr(name).and_then(|value| value.parse::<u32>().ok());
                value.unwrap_or(1).clamp(1, MAX_SPAN)
            };
            if attr("more").is_some() {
                self.check("a row of the table has more cells than its head; a column was added");
            }
            let align = match attr("align") {
                Some("right" | "end") => Align::End,
                Some("center") => Align::Centre,
                _ => Align::Start,
            };
            let (right, below) = (span("colspan"), span("rowspan"));
            let outer = (self.narrow, std::mem::take(&mut self.broken));
            self.narrow = true;
            let text = match listing && is_listing(cell) {
                true => self.listing(cell, depth),
                false => self.paragraph(&[cell], depth).join(" ").replace('\n', " "),
            };
            self.narrow = outer.0;
            if std::mem::replace(&mut self.broken, outer.1) {
                self.check("a line was broken within a cell of the table, where a space is now");
            }
            cells.push(Cell {
                text,
                head: head || name(cell) == "th",
                align,
                right,
                below,
            });
        }
        cells
    }

    /// A cell with lists, whose lines stand together.
    fn listing(&mut self, cell: Tree, depth: usize) -> String {
        let texts = self.flow(cell, depth + 1, false).into_iter();
        let texts = texts.map(|text| match is_list(&text) {
            true => text.replace("\n\n", "\n"),
            false => text.replace('\n', " "),
        });
        texts.collect::<Vec<String>>().join("\n\n")
    }
}

/// Whether a cell has lists that are such in a report's cell: of two plain items or more, beside paragraphs.
fn is_listing(cell: Tree) -> bool {
    let is_line = |node: Tree| !is_block(name(node)) || name(node) == "p";
    let is_list = |node: Tree| matches!(name(node), "ul" | "ol");
    let mut lists = cell.children().filter(|one| is_list(*one)).peekable();
    let plain = |item: Tree| {
        let unlabelled = item.value().as_element();
        let unlabelled = unlabelled.is_some_and(|it| it.attr("label").is_none_or(str::is_empty));
        let paragraphs = item.children().filter(|one| name(*one) == "p").count();
        let inner = item.descendants().skip(1);
        let mut inner = inner.filter(|one| name(*one) != "li");
        let says = |node: Tree| matches!(node.value(), Node::Text(text) if !text.trim().is_empty());
        unlabelled
            && item.descendants().any(says)
            && paragraphs < 2
            && inner.all(|one| is_line(one) || is_list(one))
    };
    lists.peek().is_some()
        && cell.children().all(|one| is_line(one) || is_list(one))
        && lists.all(|list| {
            let items = || list.children().filter(|one| name(*one) == "li");
            let lettered = list
                .value()
                .as_element()
                .is_some_and(|it| it.attr("type").is_some());
            !lettered && items().count() > 1 && items().all(plain)
        })
}

/// What is said where rows with pipes cannot say which cells are merged.
const OVER: &str = "a cell of the table went over several; the others are empty now";

impl Grid {
    /// How each column is set: as all its cells below the heads are.
    fn aligns(&self) -> Vec<Align> {
        let body = &self.rows[self.heads..];
        let column = |at: usize| {
            let own = || {
                body.iter()
                    .map(|row| &row[at])
                    .filter(|one| !one.text.is_empty())
            };
            let first = own().next().map_or(Align::Start, |place| place.align);
            let same = own().all(|place| place.align == first);
            if same { first } else { Align::Start }
        };
        (0..self.columns).map(column).collect()
    }
}

/// The cells in their columns, with the places that they go over; rows without words are left out.
fn places(rows: Vec<Vec<Cell>>) -> Vec<Vec<Place>> {
    // For each column how many rows a cell above goes on, and what its places there are.
    let mut below: Vec<(u32, Option<At>, bool)> = Vec::new();
    let mut grid: Vec<Vec<Place>> = Vec::new();
    for row in rows {
        let empty = row.iter().all(|cell| cell.text.is_empty());
        let at = u32::try_from(grid.len()).ok().filter(|_| !empty);
        let mut line: Vec<Place> = Vec::new();
        for cell in row {
            covered(&mut line, &mut below);
            let own = at.zip(u32::try_from(line.len()).ok());
            let mut text = Some(cell.text);
            for over in 0..cell.right {
                let column = line.len();
                below.resize(below.len().max(column + 1), Default::default());
                below[column] = (cell.below - 1, own, cell.head);
                line.push(Place {
                    text: text.take().unwrap_or_default(),
                    head: cell.head,
                    align: cell.align,
                    owner: own.filter(|_| over > 0),
                });
            }
        }
        covered(&mut line, &mut below);
        if !empty {
            grid.push(line);
        }
    }
    grid
}

/// Adds the places of a row that cells above it go over.
fn covered(line: &mut Vec<Place>, below: &mut [(u32, Option<At>, bool)]) {
    while let Some((rows, owner, head)) = below.get_mut(line.len()).filter(|(rows, ..)| *rows > 0) {
        *rows -= 1;
        line.push(Place {
            head: *head,
            owner: *owner,
            ..Place::default()
        });
    }
}
