//! Tables in every form, place, language and format: they keep the standards, and say what the document says; what differs
//! in a merged cell, a head, a group or a note is told.

use gmg_export::backend::edition::Edition;
use gmg_export::document::{Block, Cell, Document, Table};
use gmg_export::layout::LayoutLoader;
use gmg_export::pdf::read::ReadBack;
use gmg_export::verify::format;

use crate::display::{
    EDITIONS, PLACES, document, holds, holds_alone, holds_in_every_place, holds_in_every_script,
};
use crate::made::EPOCH;

/// Each form of a table, with `W` for a word of the report's language.
const TABLES: &[(&str, &str)] = &[
    (
        "merged heads",
        "- table:\n    caption: W\n    columns: [{width: 2}, {align: decimal, unit: W}, {align: decimal, unit: W}, {align: right, unit: km}]\n\
         \x20   header: [[W, W, <, W], [^, W, W, ^]]\n    rows: [[W, \"1.5\", \"-2\", \"3\"], [W, –, \"..\", W]]\n    row_headers: true",
    ),
    (
        "three header rows",
        "- table: {caption: W, header: [[W, <, <, W], [W, W, <, ^], [^, W, W, ^]], rows: [[W, W, W, W]]}",
    ),
    (
        "merged rows",
        "- table: {caption: W, header: [[W, W, W]], rows: [[W, W, W], [^, W, <], [W, <, <], [W, W, W], [^, ^, W]], row_headers: true}",
    ),
    (
        "square",
        "- table: {caption: W, header: [[W, W, W]], rows: [[W, W, <], [W, ^, ^], [W, W, W]]}",
    ),
    (
        "groups",
        "- table:\n    caption: W\n    columns: [{}, {align: decimal}]\n    header: [[W, W]]\n    rows: [[W, \"1\"]]\n    groups:\n\
         \x20     - {title: \"*W*[^k]\", rows: [[W, \"2.25\"], [W, n/a]], total: [W, \"2.25\"]}\n\
         \x20     - {title: W, rows: [[W, \"4.5 %\"]]}\n    total: [W, \"7\"]\n    row_headers: true",
    ),
    (
        "notes to cells",
        "- table:\n    caption: \"W[^a]\"\n    columns: [{}, {align: decimal}]\n    header: [[W, \"W[^b]\"]]\n\
         \x20   rows: [[W, \"1.5[^a]\"], [\"W[^k]\", \"2[^c]\"]]\n    notes: [{id: c, text: W}, {id: a, text: \"W *W*\"}, {id: b, text: W}]\n    note: W",
    ),
    (
        "file",
        "- table: {caption: W, file: a.csv, columns: [{}, {align: decimal, unit: t}]}",
    ),
    (
        "file with a total",
        "- table: {caption: W, file: a.csv, header: [[W, W]], file_total: true, row_headers: true}",
    ),
    (
        "across",
        "- table: {caption: W, page: landscape, header: [[W, W]], rows: [[W, W], [W, W]], note: W}",
    ),
    (
        "one column",
        "- table: {caption: W, header: [[W]], groups: [{title: W, rows: [[W]], total: [W]}], total: [W]}",
    ),
];

/// A table of so many rows in groups, which goes on over pages.
fn long(rows: usize, page: &str) -> String {
    let mut table = format!(
        "- table:\n    caption: W\n    page: {page}\n    columns: [{{}}, {{align: decimal}}]\n    header: [[W, <], [W, \"W[^k]\"]]\n    groups:\n"
    );
    for row in 0..rows {
        if row % 25 == 0 {
            table += "      - title: W\n        rows:\n";
        }
        table += &format!("          - [W, \"{}.{}\"]\n", row * 7, row % 13);
    }
    table + "    total: [W, \"1\"]\n    row_headers: true"
}

#[test]
fn each_form_keeps_the_standards_alone() {
    holds_alone(TABLES);
}

#[test]
fn every_form_stands_in_every_place() {
    let mut tables: Vec<&str> = TABLES.iter().map(|(_, table)| *table).collect();
    let boxed = "- box: {title: W, blocks: [{table: {caption: W, header: [[W, <], [W, W]], groups: [{title: W, rows: [[W, W]]}], total: [W, W]}}]}";
    tables.push(boxed);
    holds_in_every_place(&tables);
}

#[test]
fn every_form_is_set_in_every_script() {
    let tables: Vec<&str> = TABLES.iter().map(|(_, table)| *table).collect();
    holds_in_every_script(&tables);
}

#[test]
fn what_goes_on_over_pages_keeps_its_heads_and_says_so() {
    let (_, place, indent) = PLACES[0];
    for (rows, page) in [(26, "auto"), (60, "auto"), (130, "auto"), (60, "landscape")] {
        let document = document("en", "River", (place, indent), &[&long(rows, page)]);
        holds(&document, EDITIONS, &format!("{rows} rows, {page}"));
    }
    let document = document("en", "River", (place, indent), &[&long(60, "auto")]);
    let layout = LayoutLoader::embedded().load("screen").expect("a layout");
    let edition = Edition::new(&document, &layout, EPOCH);
    let file = format::find("pdf")
        .expect("a backend")
        .render(&edition)
        .expect("a file");
    let record = format::record("pdf", &ReadBack::of(&file.bytes)).expect("a record");
    let says = |text: &[u8]| String::from_utf8_lossy(text).contains("(continued)");
    assert!(record.files.values().any(|text| says(text)));
}

/// The tables of a document.
fn tables(document: &mut Document) -> Vec<&mut Table> {
    let blocks = document
        .chapters
        .iter_mut()
        .flat_map(|chapter| &mut chapter.blocks);
    blocks
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
        .collect()
}

/// A change of a document.
type Change = fn(&mut Document);

/// Changes, with the formats that show each: paper has neither heads nor merged cells, only words in their places.
const CHANGES: &[(&str, Change, &[&str])] = &[
    (
        "a head over two columns is over one",
        |document| {
            let header = &mut tables(document)[0].header[0];
            header[1].columns = 1;
            header[2] = Cell::default();
        },
        &["pdf", "docx"],
    ),
    (
        "a cell over two rows is over one",
        |document| {
            let table = &mut tables(document)[2];
            table.rows[0][0].rows = 1;
            table.rows[1][0] = Cell::default();
        },
        &["pdf", "docx"],
    ),
    (
        "the head of a group is a cell",
        |document| {
            let row = &mut tables(document)[4].rows[1];
            row[0].columns = 1;
            row[1] = Cell::default();
        },
        &["pdf", "docx"],
    ),
    (
        "heads of rows are cells",
        |document| tables(document)[0].row_headers = false,
        &["pdf"],
    ),
    (
        "a total is lost",
        |document| {
            let table = &mut tables(document)[4];
            table.rows.pop();
            table.row_kinds.pop();
        },
        &["pdf", "docx", "txt"],
    ),
    (
        "notes to cells are lost",
        |document| tables(document)[5].cell_notes.clear(),
        &["pdf", "docx", "txt"],
    ),
    (
        "a unit is lost",
        |document| {
            let mut tables = tables(document);
            let head = &mut tables[0].header[0][3];
            let Some(Block::Paragraph { content }) = head.blocks.first_mut() else {
                panic!("a head");
            };
            content.pop();
        },
        &["pdf", "docx", "txt"],
    ),
];

#[test]
fn what_a_table_has_otherwise_is_told() {
    let all: Vec<&str> = TABLES.iter().map(|(_, table)| *table).collect();
    let (_, place, indent) = PLACES[0];
    let meant = document("en", "River", (place, indent), &all);
    for (layout, format) in [("screen", "pdf"), ("screen", "docx"), ("full-text", "txt")] {
        let layout = LayoutLoader::embedded().load(layout).expect("a layout");
        let file = format::find(format).expect("a backend");
        let file = file
            .render(&Edition::new(&meant, &layout, EPOCH))
            .expect("a file");
        for (what, change, formats) in CHANGES {
            let mut other = meant.clone();
            change(&mut other);
            let judged = format::compare(
                &Edition::new(&other, &layout, EPOCH),
                format,
                &ReadBack::of(&file.bytes),
            );
            assert_eq!(
                judged.is_err(),
                formats.contains(&format),
                "{what}: {format}: {judged:?}"
            );
        }
    }
}
