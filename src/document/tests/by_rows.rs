//! Tables that are set row by row.

use super::super::by_rows::Columns;
use super::report;
use crate::document::{Block, Cell, Document, Inline, Node, Table, plain_text};
use crate::layout::LayoutLoader;

/// The tables of a report as a layout of so many columns sets them.
fn set(blocks: &str, most: u8) -> Vec<Table> {
    let layout = LayoutLoader::embedded().load("large-print");
    let mut tokens = layout.unwrap_or_else(|found| panic!("{found}")).tokens;
    tokens.structure.table_columns = most;
    let mut document = report().blocks(blocks).document();
    let columns = Columns::of(&tokens).expect("a limit");
    if document.has_tables_for_rows(columns) {
        document.set_by_rows(columns);
    }
    tables(&document)
}

fn tables(document: &Document) -> Vec<Table> {
    let mut tables = Vec::new();
    document.visit(&mut |node| match node {
        Node::Block(Block::Table(table)) => tables.push(table.clone()),
        Node::Block(Block::Chart(chart)) => tables.extend(chart.table.clone()),
        _ => {}
    });
    tables
}

/// The lines of a cell; a note's mark is an asterisk.
fn lines(cell: &Cell) -> Vec<String> {
    let of = |block: &Block| match block {
        Block::Paragraph { content } => {
            let marks = content
                .iter()
                .filter(|it| matches!(it, Inline::Footnote { .. }));
            format!("{}{}", plain_text(content), "*".repeat(marks.count()))
        }
        other => format!("{other:?}"),
    };
    cell.blocks.iter().map(of).collect()
}

fn rows(table: &Table) -> Vec<Vec<String>> {
    assert!(table.by_rows && table.columns.len() == 1);
    assert!(
        table
            .header
            .iter()
            .chain(&table.rows)
            .all(|row| row.len() == 1)
    );
    assert_eq!(table.rows.len(), table.row_kinds.len());
    let all = table.header.iter().chain(&table.rows);
    all.map(|row| lines(&row[0])).collect()
}

#[test]
fn each_value_stands_behind_the_name_of_its_column() {
    let tables = set(
        "- table: {caption: x, row_headers: true, header: [[City, Boats, Since]], rows: [[A, '2', '1990'], [B, '', '2000']]}",
        2,
    );
    assert_eq!(
        rows(&tables[0]),
        [
            vec!["City"],
            vec!["A", "Boats: 2", "Since: 1990"],
            vec!["B", "Since: 2000"]
        ]
    );
}

#[test]
fn rows_without_heads_have_all_names_and_the_head_lists_them() {
    let tables = set(
        "- table: {caption: x, header: [[a, b, c]], rows: [['1', '2', '3']]}",
        2,
    );
    assert_eq!(
        rows(&tables[0]),
        [vec!["a, b, c"], vec!["a: 1", "b: 2", "c: 3"]]
    );
}

#[test]
fn merged_heads_and_cells_are_named_once_and_stand_where_they_belong() {
    let tables = set(
        "- table: {caption: x, row_headers: true, header: [[City, Boats, <, Note], [^, old, new, ^]], \
         rows: [[A, '1', '2', n], [B, '3', <, ^]]}",
        3,
    );
    assert_eq!(
        rows(&tables[0]),
        [
            vec!["City"],
            vec!["A", "Boats, old: 1", "Boats, new: 2", "Note: n"],
            vec!["B", "Boats, old, new: 3", "Note: n"],
        ]
    );
}

#[test]
fn groups_keep_their_heads_and_totals_theirs() {
    let tables = set(
        "- table: {caption: x, row_headers: true, header: [[a, b, c]], groups: [{title: g, rows: [[d, e, f]], total: [h, i, '']}]}",
        2,
    );
    assert_eq!(
        rows(&tables[0]),
        [
            vec!["a"],
            vec!["g"],
            vec!["d", "b: e", "c: f"],
            vec!["h", "b: i"]
        ]
    );
}

#[test]
fn the_name_stands_before_the_first_of_several_paragraphs() {
    let tables = set(
        "- table: {caption: x, row_headers: true, header: [[a, b, c]], rows: [[d, \"e\\n\\nf\", g]]}",
        2,
    );
    assert_eq!(rows(&tables[0])[1], ["d", "b: e", "f", "c: g"]);
}

#[test]
fn marks_of_notes_stand_once() {
    let layout = LayoutLoader::embedded().load("large-print");
    let mut tokens = layout.unwrap_or_else(|found| panic!("{found}")).tokens;
    tokens.structure.table_columns = 2;
    let chapter = "section: {id: c, title: t, footnotes: [{id: n, text: x}, {id: m, text: y}], blocks: [{table: \
                   {caption: x, row_headers: true, header: [[a, \"b[^n]\", c]], rows: [[d, e, \"f[^m]\"], [g, h, ^]]}}]}";
    let mut document = report().chapter(chapter).document();
    document.set_by_rows(Columns::of(&tokens).expect("a limit"));
    assert_eq!(
        rows(&tables(&document)[0]),
        [
            vec!["a, b, c*"],
            vec!["d", "b: e", "c: f*"],
            vec!["g", "b: h", "c: f"]
        ]
    );
}

#[test]
fn tables_keep_their_columns_where_these_fit() {
    let narrow = "- table: {caption: x, header: [[a, b, c]], rows: [['1', '2', '3']]}";
    assert!(!set(narrow, 3)[0].by_rows);
    // Two long words beside each other are too wide; one can be broken over lines of a table of two columns.
    let long = "Donaudampfschifffahrtsgesellschaft".repeat(2);
    let wide = format!("- table: {{caption: x, header: [[a, b, c]], rows: [[{long}, '2', '3']]}}");
    assert!(set(&wide, 3)[0].by_rows);
    let two = format!("- table: {{caption: x, header: [[a, b]], rows: [[{long}, '2']]}}");
    assert!(!set(&two, 3)[0].by_rows);
    // Ideographs are parted anywhere.
    let ideographs = format!(
        "- table: {{caption: x, header: [[a, b, c]], rows: [[{}, '2', '3']]}}",
        "漢".repeat(60)
    );
    assert!(!set(&ideographs, 3)[0].by_rows);
}
