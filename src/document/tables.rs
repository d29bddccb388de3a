//! Tables: their rows from fields, from a file of comma-separated values, or from prose; heads, units, columns, notes.

use pulldown_cmark::Alignment;

use super::markdown::{self, Kind, Node};
use super::markup::Manner;
use super::prose::{Prose, ProseContext};
use super::resolve::{CellNote, FieldPath, Resolver, next_label};
use super::{
    Align, Block, Cell, Column, Counter, Delimiter, Inline, Pad, RowKind, Table, cells,
    plain_content,
};
use crate::base::diagnostic::{Code, many};
use crate::base::paths::foreign_to_windows;
use crate::source::schema::{self as s, Located};
use crate::source::{File, NoRows, Rows};

/// The most columns of a table: more cannot be read on any page.
const MAX_COLUMNS: usize = 32;

/// The rows of a table, and what each of them is.
#[derive(Default)]
struct Body {
    rows: Vec<Vec<Cell>>,
    kinds: Vec<RowKind>,
}

impl Body {
    fn extend(&mut self, kind: RowKind, rows: Vec<Vec<Cell>>) {
        self.kinds.resize(self.kinds.len() + rows.len(), kind);
        self.rows.extend(rows);
    }
}

impl<'a> Resolver<'a> {
    pub(super) fn table(&mut self, at: &FieldPath<'a>, table: &'a s::Table) -> Option<Block> {
        let outer = std::mem::take(&mut self.notes.of_table);
        self.take_cell_notes(at, &table.notes);
        let caption = self.running(&at.key("caption"), &table.caption);
        let label = next_label(&self.words.strings.table, &mut self.numbers.table);
        let anchor = self.block_anchor(&table.id, "table");
        let label = Some(label);
        self.name_target(&table.id, &label);
        let file = self.table_file(at, table);
        let resolved = file.and_then(|file| self.table_rows(at, table, file.as_ref()));
        let cell_notes = self.cell_notes(at, &table.notes, resolved.is_some());
        self.notes.of_table = outer;
        let note = self.optional_prose(&at.key("note"), &table.note, ProseContext::TableNote);
        let (columns, header, body) = resolved?;
        Some(Block::Table(Table {
            anchor,
            label,
            caption: Some(caption),
            columns,
            header,
            rows: body.rows,
            row_kinds: body.kinds,
            row_headers: table.row_headers,
            cell_notes,
            note,
            wide: table.wide,
            landscape: table.page == s::TablePage::Landscape,
            by_rows: false,
            place: Some(at.file.location(table.caption.line, table.caption.column)),
        }))
    }

    /// The rows of the table's file; nothing inside where it has none, nothing at all where they cannot be had.
    fn table_file(&mut self, at: &FieldPath, table: &s::Table) -> Option<Option<File<Rows>>> {
        let Some(file) = &table.file else {
            if table.file_total {
                let message = "there is no `file` whose last row could be the total";
                let wrong =
                    at.key("file_total")
                        .diagnostic_of(Code::TABLE_FILE, &table.caption, message);
                self.found
                    .push(wrong.hint("write the total row into `total`, and delete `file_total`"));
            }
            return Some(None);
        };
        let at = at.key("file");
        if !table.rows.is_empty() || !table.groups.is_empty() {
            let message = "the rows of this table are in a file and in the report as well";
            let wrong = at.diagnostic(Code::TABLE_FILE, file, message);
            self.found
                .push(wrong.hint("delete `file`, or `rows` and `groups`"));
        }
        self.rows_in(&at, file).map(Some)
    }

    /// The rows of a file of comma-separated values; nothing where they cannot be had.
    pub(super) fn rows_in(&mut self, at: &FieldPath, file: &s::Literal) -> Option<File<Rows>> {
        let path = file.value.trim();
        if let Some(why) = foreign_to_windows(path) {
            let message = format!("`{}` {why}", self.source.path(path));
            let found = at.diagnostic(Code::FOREIGN_NAME, file, message);
            self.found.push(found.hint("rename the file"));
        }
        match self.source.csv(path) {
            Ok(rows) => return Some(rows),
            Err(NoRows::Content(found)) => self.found.extend(found),
            Err(NoRows::File(problem)) => {
                let message = problem.message(&self.source.path(path));
                let mut found = at.diagnostic(problem.code_when_named(), file, message);
                found.hints.extend(problem.hint());
                self.found.push(found);
            }
        }
        None
    }

    /// Columns, head and rows.
    fn table_rows(
        &mut self,
        at: &FieldPath<'a>,
        table: &'a s::Table,
        file: Option<&File<Rows>>,
    ) -> Option<(Vec<Column>, Vec<Vec<Cell>>, Body)> {
        let width = self.table_width(at, table, file)?;
        let columns = self.columns(&at.key("columns"), table, width);
        let mut header = self.rows(&at.key("header"), &table.header, width, &table.caption);
        let mut body = Body::default();
        if let Some(file) = file {
            let mut rows = self.rows_of_file(file);
            if header.is_empty() {
                header.push(rows.remove(0));
            }
            let total = rows.split_off(rows.len() - usize::from(table.file_total));
            body.extend(RowKind::Body, rows);
            body.extend(RowKind::Total, total);
        }
        let rows = self.rows(&at.key("rows"), &table.rows, width, &table.caption);
        body.extend(RowKind::Body, rows);
        for (index, group) in table.groups.iter().enumerate() {
            self.group(&at.key("groups").index(index), group, width, &mut body);
        }
        self.total(&at.key("total"), &table.total, width, &mut body);
        let mut columns = columns?;
        self.units(&at.key("columns"), table, &mut header);
        let decimal = self.words.strings.decimal();
        cells::set_figures(&mut columns, &mut body.rows, decimal);
        Some((columns, header, body))
    }

    fn group(&mut self, at: &FieldPath<'a>, group: &'a s::RowGroup, width: usize, body: &mut Body) {
        let title = self.prose(&at.key("title"), &group.title, ProseContext::Field);
        let mut row: Vec<Cell> = vec![Cell::of(title)];
        row[0].columns = width;
        row.resize_with(width, cells::covered);
        body.extend(RowKind::Group, vec![row]);
        if group.rows.is_empty() {
            let message = "a group has at least one row";
            let wrong = at
                .key("rows")
                .diagnostic_of(Code::NO_ROWS, &group.title, message);
            self.found
                .push(wrong.hint("add a row, or delete the group"));
        }
        let rows = self.rows(&at.key("rows"), &group.rows, width, &group.title);
        body.extend(RowKind::Body, rows);
        self.total(&at.key("total"), &group.total, width, body);
    }

    fn total(
        &mut self,
        at: &FieldPath<'a>,
        total: &'a Vec<s::Prose>,
        width: usize,
        body: &mut Body,
    ) {
        if let Some(first) = total.first() {
            // One row, at the field itself.
            let row = self.row(at, total, width, "the total", first);
            let mut rows = vec![row];
            self.merge(at, &[total], &mut rows);
            body.extend(RowKind::Total, rows);
        }
    }

    /// The number of columns, where the table has a header and rows.
    fn table_width(
        &mut self,
        at: &FieldPath,
        table: &s::Table,
        file: Option<&File<Rows>>,
    ) -> Option<usize> {
        let of_file = file.map_or(0, |file| file.content.first().map_or(0, Vec::len));
        let width = table.header.first().map_or(of_file, Vec::len);
        let rows_of_file = file.map_or(0, |file| file.content.len());
        let headless = rows_of_file > usize::from(table.header.is_empty());
        let (code, field, message) = if width == 0 {
            (
                Code::NO_HEADER,
                "header",
                "a table has at least one header row with a cell for each column".to_owned(),
            )
        } else if table.rows.is_empty() && table.groups.is_empty() && !headless {
            let field = if file.is_some() { "file" } else { "rows" };
            (
                Code::NO_ROWS,
                field,
                "a table has at least one row".to_owned(),
            )
        } else if width > MAX_COLUMNS {
            (
                Code::TOO_MANY_COLUMNS,
                "header",
                format!("a table has at most {MAX_COLUMNS} columns; this one has {width}"),
            )
        } else if let Some(rows) = outvoted(table, of_file, width) {
            let message = format!(
                "the header has {}, but each row has {rows}",
                many(width, "cell")
            );
            let at = at.key("header").index(0);
            let place = table.header.first().and_then(|row| row.first());
            let wrong = at.diagnostic(Code::COLUMN_COUNT, place.unwrap_or(&table.caption), message);
            self.found
                .push(wrong.hint("give the header one cell for each cell of the rows"));
            return None;
        } else {
            return Some(width);
        };
        let hint = match field {
            "rows" | "file" => "add a row, or delete the table",
            _ if width == 0 => "write the head of each column, as in `header: [[Year, Place]]`",
            _ => "turn rows and columns around, or part the table",
        };
        let wrong = at.key(field).diagnostic_of(code, &table.caption, message);
        self.found.push(wrong.hint(hint));
        None
    }

    fn columns(&mut self, at: &FieldPath, table: &s::Table, width: usize) -> Option<Vec<Column>> {
        if table.columns.is_empty() {
            let plain = Column {
                align: Align::Start,
                decimal: None,
                width: 1.0,
            };
            return Some(vec![plain; width]);
        }
        if table.columns.len() != width {
            let message = format!(
                "the table has {} by its header, but {} in `columns`",
                many(width, "column"),
                table.columns.len()
            );
            self.found.push(
                at.diagnostic_of(Code::COLUMN_COUNT, &table.caption, message)
                    .hint("give `columns` one entry for each column, or leave it out"),
            );
            return None;
        }
        let columns = table.columns.iter().enumerate();
        Some(
            columns
                .map(|(index, column)| self.column(&at.index(index), column))
                .collect(),
        )
    }

    fn column(&mut self, at: &FieldPath, column: &s::Column) -> Column {
        let share = column.width.as_ref().map_or(1.0, |width| {
            if !(width.value.is_finite() && width.value > 0.0 && width.value <= 1000.0) {
                let message = "a column's share of the width is above 0 and at most 1000";
                let wrong = at
                    .key("width")
                    .diagnostic(Code::COLUMN_WIDTH, width, message);
                let hint = "2 makes it twice as wide as one of 1; leave it out for equal ones";
                self.found.push(wrong.hint(hint));
            }
            width.value
        });
        Column {
            align: match column.align {
                s::Align::Left => Align::Start,
                // Numbers stand at the right whichever way the text runs: units under units.
                s::Align::Right | s::Align::Decimal if self.words.rtl => Align::Start,
                s::Align::Right | s::Align::Decimal => Align::End,
                s::Align::Centre => Align::Centre,
            },
            decimal: (column.align == s::Align::Decimal).then(Pad::default),
            width: share,
        }
    }

    /// Puts the unit of each column behind a head over it: once behind one over several columns of that unit.
    fn units(&mut self, at: &FieldPath, table: &s::Table, header: &mut [Vec<Cell>]) {
        let mut said: Vec<((usize, usize), &s::Literal)> = Vec::new();
        for (index, column) in table.columns.iter().enumerate() {
            let Some(unit) = &column.unit else { continue };
            let at = at.index(index).key("unit");
            let text = self.literal(&at, unit);
            let own = unit.value.trim();
            let same = |other: usize| {
                let unit = table
                    .columns
                    .get(other)
                    .and_then(|column| column.unit.as_ref());
                unit.is_some_and(|unit| unit.value.trim() == own)
            };
            let Some(head) = cells::unit_head(header, index, same) else {
                continue;
            };
            match said.iter().find(|(one, _)| *one == head) {
                Some((_, first)) if first.value.trim() == unit.value.trim() => continue,
                Some((_, first)) => {
                    let message = format!(
                        "this column and the one whose unit is `{}` share a head",
                        first.value.trim()
                    );
                    let wrong = at.diagnostic(Code::COLUMN_UNIT, unit, message);
                    self.found.push(
                        wrong.hint("give each column a head of its own in the last header row"),
                    );
                    continue;
                }
                None => said.push((head, unit)),
            }
            let bracketed = self.words.strings.bracketed.replace("{text}", &text);
            cells::append(&mut header[head.0][head.1], &bracketed);
        }
    }

    /// Rows with their cells, merged as they say.
    fn rows(
        &mut self,
        at: &FieldPath<'a>,
        rows: &'a [Vec<s::Prose>],
        width: usize,
        place: &s::Literal,
    ) -> Vec<Vec<Cell>> {
        let mut resolved = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            let name = format!("row {}", index + 1);
            resolved.push(self.row(&at.index(index), row, width, &name, place));
        }
        self.merge(at, &rows.iter().collect::<Vec<_>>(), &mut resolved);
        resolved
    }

    fn row(
        &mut self,
        at: &FieldPath<'a>,
        row: &'a [s::Prose],
        width: usize,
        name: &str,
        place: &s::Literal,
    ) -> Vec<Cell> {
        if row.len() != width {
            let message = format!(
                "{name} has {}, but the table has {}",
                many(row.len(), "cell"),
                many(width, "column")
            );
            let wrong = at.diagnostic(Code::ROW_LENGTH, row.first().unwrap_or(place), message);
            self.found
                .push(wrong.hint("write \"\" for a cell that is empty"));
        }
        let cell = |(index, cell): (usize, &'a s::Prose)| match cells::joins(&cell.value) {
            Some(_) => cells::covered(),
            None => Cell::of(self.prose(&at.index(index), cell, ProseContext::Cell)),
        };
        row.iter().enumerate().map(cell).collect()
    }

    /// Gives cells the places of those that say that they belong to another.
    fn merge(&mut self, at: &FieldPath, written: &[&Vec<s::Prose>], rows: &mut [Vec<Cell>]) {
        for slip in cells::merge(written, rows) {
            let at = match written.len() {
                1 if !at.path.ends_with("header") && !at.path.ends_with("rows") => {
                    at.index(slip.column)
                }
                _ => at.index(slip.row).index(slip.column),
            };
            let cell = &written[slip.row][slip.column];
            let wrong = at.diagnostic(Code::MERGED_CELL, cell, slip.message);
            self.found.push(wrong.hint(slip.hint));
        }
    }

    /// The rows of a file: text as it is, no Markdown.
    fn rows_of_file(&mut self, file: &File<Rows>) -> Vec<Vec<Cell>> {
        let mut rows = Vec::new();
        for (index, row) in file.content.iter().enumerate() {
            let at = FieldPath::top(file.as_ref()).key("rows").index(index);
            let cells = row.iter().enumerate();
            rows.push(
                cells
                    .map(|(index, cell)| self.cell_of_file(&at.index(index), cell))
                    .collect(),
            );
        }
        rows
    }

    fn cell_of_file(&mut self, at: &FieldPath, cell: &Located<String>) -> Cell {
        if cell.value.is_empty() {
            return Cell::default();
        }
        let text = self.unmarked(at, cell);
        self.usage.acronyms.scan(&text);
        let text = self.directed(text);
        let content = self.written(at, cell, (0, Manner::Verbatim), plain_content(&text));
        Cell::of(vec![Block::Paragraph { content }])
    }

    /// Takes in the notes that cells may refer to.
    fn take_cell_notes(&mut self, at: &FieldPath, notes: &[s::Footnote]) {
        for (index, note) in notes.iter().enumerate() {
            let key = markdown::label_key(&note.id.value);
            if self.notes.of_table.contains_key(&key) {
                let message = format!("the note `{}` is there twice", note.id.value);
                let at = at.key("notes").index(index).key("id");
                let wrong = at.diagnostic(Code::NOTE_TWICE, &note.id, message);
                self.found
                    .push(wrong.hint("give each note a name of its own"));
            }
            let fresh = CellNote {
                index,
                letter: None,
            };
            self.notes.of_table.entry(key).or_insert(fresh);
        }
    }

    /// The notes to cells as a list, in the order of their marks; `marked` says that the cells have been read.
    fn cell_notes(
        &mut self,
        at: &FieldPath<'a>,
        notes: &'a [s::Footnote],
        marked: bool,
    ) -> Vec<Block> {
        let at = at.key("notes");
        let taken: Vec<CellNote> = self.notes.of_table.values().copied().collect();
        let mut order: Vec<(u64, usize)> = Vec::new();
        for one in taken {
            match one.letter {
                Some(letter) => order.push((letter, one.index)),
                None if !marked => {}
                None => {
                    let id = &notes[one.index].id;
                    let message = format!("no cell refers to the note `{}`", id.value);
                    let wrong =
                        at.index(one.index)
                            .key("id")
                            .diagnostic(Code::UNUSED_NOTE, id, message);
                    self.found
                        .push(wrong.hint("put its mark `[^…]` into a cell, or delete the note"));
                }
            }
        }
        order.sort_unstable();
        let item = |(_, index): (u64, usize)| {
            let at = at.index(index).key("text");
            self.prose(&at, &notes[index].text, ProseContext::TableNote)
        };
        let items: Vec<Vec<Block>> = order.into_iter().map(item).collect();
        if items.is_empty() {
            return Vec::new();
        }
        vec![Block::List {
            start: Some(1),
            counter: Counter::LowerLetter,
            delimiter: Delimiter::Parenthesis,
            tight: true,
            paragraphs: false,
            items,
        }]
    }

    /// The mark of a note to a cell: its letter; the first mark gives the note the next one.
    pub(super) fn cell_mark(&mut self, label: &str) -> Option<Inline> {
        let last = self.notes.of_table.values().filter_map(|note| note.letter);
        let next = last.max().unwrap_or_default() + 1;
        let note = self.notes.of_table.get_mut(&markdown::label_key(label))?;
        let letter = *note.letter.get_or_insert(next);
        Some(Inline::Superscript {
            content: plain_content(&Counter::LowerLetter.sign(letter)),
        })
    }

    /// A table in prose: no caption and no number.
    pub(super) fn prose_table(
        &mut self,
        prose: &mut Prose<'_, 'a>,
        alignments: &[Alignment],
        rows: Vec<Node>,
        offset: usize,
    ) -> Option<Block> {
        if alignments.len() > MAX_COLUMNS {
            let message = format!(
                "a table has at most {MAX_COLUMNS} columns; this one has {}",
                alignments.len()
            );
            self.found.push(prose.diagnostic(
                Code::TOO_MANY_COLUMNS,
                offset,
                message,
                "turn rows and columns around, or part the table",
            ));
            return None;
        }
        let (mut header, mut body) = (Vec::new(), Vec::new());
        for row in rows {
            let head = matches!(row.kind, Kind::Row { head: true });
            let mut cells = Vec::new();
            for cell in row.children {
                let content = self.line(prose, cell.children);
                let blocks = if content.is_empty() {
                    Vec::new()
                } else {
                    let content =
                        self.written(prose.at, prose.value, (cell.offset, Manner::Prose), content);
                    vec![Block::Paragraph { content }]
                };
                cells.push(Cell::of(blocks));
            }
            if head {
                header.push(cells)
            } else {
                body.push(cells)
            }
        }
        if body.is_empty() {
            self.found.push(prose.diagnostic(
                Code::NO_ROWS,
                offset,
                "a table has at least one row",
                "add a row, or delete the table",
            ));
            return None;
        }
        let align = |alignment: &Alignment| match alignment {
            Alignment::Right if self.words.rtl => Align::Start,
            Alignment::Right => Align::End,
            Alignment::Center => Align::Centre,
            Alignment::Left | Alignment::None => Align::Start,
        };
        Some(Block::Table(Table {
            anchor: self.links.anchors.fresh("table"),
            label: None,
            caption: None,
            columns: alignments
                .iter()
                .map(|alignment| Column {
                    align: align(alignment),
                    decimal: None,
                    width: 1.0,
                })
                .collect(),
            header,
            row_kinds: vec![RowKind::Body; body.len()],
            rows: body,
            row_headers: false,
            cell_notes: Vec::new(),
            note: Vec::new(),
            wide: false,
            landscape: false,
            by_rows: false,
            place: Some(prose.place(offset).location),
        }))
    }
}

/// The number of cells of every row, where it is not the header's and `columns` agrees with the rows.
fn outvoted(table: &s::Table, of_file: usize, width: usize) -> Option<usize> {
    let of_groups = table.groups.iter().flat_map(|group| &group.rows);
    let rows: Vec<usize> = table.rows.iter().chain(of_groups).map(Vec::len).collect();
    let cells = rows.first().copied().unwrap_or(of_file);
    let even = rows.iter().all(|row| *row == cells);
    let columns = table.columns.is_empty() || table.columns.len() == cells;
    // One row against one header row tells nothing.
    let told = rows.len() != 1 || !table.columns.is_empty();
    (even && columns && told && cells != width && cells > 0).then_some(cells)
}
