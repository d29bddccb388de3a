//! Tables and member lists.

use serde_json::json;

use super::{report, text};

fn table(rest: &str) -> super::Report {
    report().blocks(&format!("- table: {{caption: x, {rest}}}"))
}

fn fault(rest: &str) -> String {
    let faults = table(rest).faults();
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults.concat()
}

#[test]
fn each_row_has_as_many_cells_as_the_header() {
    let table = table("header: [[a, b]], rows: [[c], [d, e, f], []]");
    assert_eq!(
        table.faults(),
        [
            "c1.yaml:5:24 section.blocks[0].table.rows[2]: row 3 has 0 cells, but the table has 2 columns",
            "c1.yaml:5:53 section.blocks[0].table.rows[0]: row 1 has 1 cell, but the table has 2 columns",
            "c1.yaml:5:58 section.blocks[0].table.rows[1]: row 2 has 3 cells, but the table has 2 columns",
        ]
    );
}

#[test]
fn a_header_that_all_rows_outvote_is_what_is_wrong() {
    for rows in ["rows: [[c], [d]]", "columns: [{}], rows: [[c]]"] {
        assert_eq!(
            fault(&format!("header: [[a, b]], {rows}")),
            "c1.yaml:5:37 section.blocks[0].table.header[0]: the header has 2 cells, but each row has 1"
        );
    }
}

#[test]
fn a_table_has_a_header_and_a_row() {
    assert_eq!(
        fault("header: [[a]], rows: []"),
        "c1.yaml:5:42 section.blocks[0].table.rows: a table has at least one row"
    );
    assert_eq!(
        fault("header: [[]], rows: [[]]"),
        "c1.yaml:5:27 section.blocks[0].table.header: a table has at least one header row with a cell for each column"
    );
}

#[test]
fn a_note_below_a_table_holds_paragraphs_and_lists_only() {
    assert_eq!(
        fault("header: [[a]], rows: [[b]], note: \"> q\""),
        "c1.yaml:5:62 section.blocks[0].table.note: a quotation has no place in a table's cell or note"
    );
    assert!(
        table("header: [[a]], rows: [[b]], note: \"- b\"")
            .faults()
            .is_empty()
    );
}

#[test]
fn a_column_has_a_share_of_the_width() {
    assert_eq!(
        fault("header: [[a]], rows: [[b]], columns: [{width: 0}]"),
        "c1.yaml:5:73 section.blocks[0].table.columns[0].width: a column's share of the width is above 0 and at most 1000"
    );
    assert_eq!(
        fault("header: [[a]], rows: [[b]], columns: [{}, {}]"),
        "c1.yaml:5:55 section.blocks[0].table.columns: the table has 1 column by its header, but 2 in `columns`"
    );
}

#[test]
fn a_table_in_prose_has_no_number_and_its_alignment() {
    let blocks = text("| a | b |\n|---|--:|\n| c |  |").content();
    assert_eq!(blocks[0]["label"], json!(null));
    assert_eq!(blocks[0]["caption"], json!(null));
    assert_eq!(blocks[0]["columns"][0]["align"], "start");
    assert_eq!(blocks[0]["columns"][1]["align"], "end");
    assert_eq!(blocks[0]["rows"][0][1]["blocks"], json!([]));
}

#[test]
fn a_table_in_prose_has_a_row() {
    assert_eq!(
        text("| a | b |\n|---|---|").faults(),
        ["c1.yaml:5:5 section.text: a table has at least one row"]
    );
}

#[test]
fn tables_are_numbered_through_the_report() {
    let block = "- table: {caption: x, header: [[a]], rows: [[b]]}";
    let document = report().blocks(block).blocks(block).document();
    let label = serde_json::to_value(&document.chapters[1].blocks).unwrap();
    assert_eq!(label[0]["label"], "Table 2");
}

#[test]
fn members_are_sorted_by_the_name_under_which_they_are_listed() {
    let content = report()
        .organisations(
            "- {id: gmg, name: Group, kind: other}\n\
             - {id: z, name: Zebra, acronym: ZZ, kind: other, member_of: [gmg], listed_as: apple, url: https://z.example}\n\
             - {id: o, name: Össe, kind: other, member_of: [gmg]}\n\
             - {id: b, name: Banana, kind: other, member_of: [gmg]}",
        )
        .blocks("- members: gmg")
        .content();
    assert_eq!(
        content[0]["members"],
        json!([
            {"name": "apple", "acronym": "ZZ", "url": "https://z.example"},
            {"name": "Banana", "acronym": null, "url": null},
            {"name": "Össe", "acronym": null, "url": null},
        ])
    );
}

#[test]
fn a_member_list_without_members_is_refused() {
    assert_eq!(
        report().blocks("- members: unhcr").faults(),
        ["c1.yaml:5:16 section.blocks[0].members: no organisation is a member of `unhcr`"]
    );
}
