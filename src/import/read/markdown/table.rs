//! Tables of the tree: rows with pipes, each as wide as the widest; what no table can hold becomes paragraphs.

use super::blocks::name;
use super::{Reader, Tree};

/// The most columns of a table, and the most rows or columns that a cell may go over.
pub(crate) const MAX_COLUMNS: usize = 32;

/// A cell, and how many cells it covers to the right and below.
struct Cell {
    text: String,
    head: bool,
    right: usize,
    below: usize,
}

impl Reader<'_, '_> {
    pub(super) fn table(&mut self, node: Tree, depth: usize) -> Vec<String> {
        let mut captions = Vec::new();
        let mut rows = Vec::new();
        self.rows(node, depth, &mut captions, &mut rows);
        let grid = grid(rows);
        let columns = grid.iter().map(Vec::len).max().unwrap_or_default();
        let full = |row: &Vec<(String, bool)>| row.iter().any(|(text, _)| !text.is_empty());
        let grid: Vec<_> = grid.into_iter().filter(full).collect();
        // A table needs rows, and a page has room for some columns only.
        if grid.len() < 2 || !(2..=MAX_COLUMNS).contains(&columns) {
            if columns > MAX_COLUMNS {
                self.check("a table that cannot be set has become running text");
            }
            let texts = grid
                .into_iter()
                .flatten()
                .map(|(text, _)| text)
                .filter(|text| !text.is_empty());
            captions.extend(texts.map(crate::import::read::inline::first));
            return captions;
        }
        let headed = grid[0].iter().all(|(text, head)| *head || text.is_empty());
        if !headed {
            self.check("the table's first row is set as its head");
        }
        let mut lines = Vec::new();
        for (index, row) in grid.iter().enumerate() {
            let cells = (0..columns).map(|at| row.get(at).map_or("", |(text, _)| text.as_str()));
            lines.push(format!("| {} |", cells.collect::<Vec<_>>().join(" | ")));
            if index == 0 {
                lines.push("|---".repeat(columns) + "|");
            }
        }
        let said = |text: &String| text.contains(char::is_alphanumeric);
        self.kept.cells += grid.iter().flatten().filter(|(text, _)| said(text)).count();
        captions.push(lines.join("\n"));
        captions
    }

    fn rows(
        &mut self,
        node: Tree,
        depth: usize,
        captions: &mut Vec<String>,
        rows: &mut Vec<Vec<Cell>>,
    ) {
        for child in node.children() {
            self.place(child);
            match name(child) {
                "tr" => {
                    let cells = self.cells(child, depth + 1);
                    rows.push(cells);
                }
                "thead" | "tbody" | "tfoot" => self.rows(child, depth, captions, rows),
                "caption" => captions.extend(self.flow(child, depth + 1, false)),
                _ => self.running(child, depth, &mut String::new()),
            }
        }
    }

    fn cells(&mut self, row: Tree, depth: usize) -> Vec<Cell> {
        let mut cells = Vec::new();
        for cell in row.children() {
            self.place(cell);
            if !matches!(name(cell), "td" | "th") {
                self.running(cell, depth, &mut String::new());
                continue;
            }
            let element = cell.value().as_element();
            let span = |name: &str| {
                let value = element.and_then(|element| element.attr(name)?.parse::<usize>().ok());
                value.unwrap_or(1).clamp(1, MAX_COLUMNS)
            };
            if element.is_some_and(|element| element.attr("more").is_some()) {
                self.check("a row of the table has more cells than its head; a column was added");
            }
            let (right, below) = (span("colspan"), span("rowspan"));
            if right > 1 || below > 1 {
                self.check("a cell of the table went over several; the others are empty now");
            }
            let outer = (self.narrow, std::mem::take(&mut self.broken));
            self.narrow = true;
            let text = self.paragraph(&[cell], depth).join(" ");
            self.narrow = outer.0;
            if std::mem::replace(&mut self.broken, outer.1) {
                self.check("a line was broken within a cell of the table, where a space is now");
            }
            let text = text.replace('\n', " ");
            let head = name(cell) == "th";
            cells.push(Cell {
                text,
                head,
                right,
                below,
            });
        }
        cells
    }
}

/// The cells in their columns, with empty ones where others go over several.
fn grid(rows: Vec<Vec<Cell>>) -> Vec<Vec<(String, bool)>> {
    let mut below: Vec<usize> = Vec::new();
    let mut grid = Vec::new();
    for row in rows {
        let mut line: Vec<(String, bool)> = Vec::new();
        let covered = |line: &mut Vec<(String, bool)>, below: &mut Vec<usize>| {
            while below.get(line.len()).is_some_and(|rows| *rows > 0) {
                below[line.len()] -= 1;
                line.push((String::new(), false));
            }
        };
        for cell in row {
            covered(&mut line, &mut below);
            for index in 0..cell.right {
                let at = line.len();
                below.resize(below.len().max(at + 1), 0);
                below[at] = cell.below - 1;
                let text = if index == 0 {
                    cell.text.clone()
                } else {
                    String::new()
                };
                line.push((text, cell.head));
            }
        }
        covered(&mut line, &mut below);
        grid.push(line);
    }
    grid
}
