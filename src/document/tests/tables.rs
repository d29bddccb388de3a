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
fn groups_and_totals_are_rows_of_their_kind() {
    let block = &table(
        "header: [[a, b]], rows: [[c, d]], groups: [{title: \"*g*\", rows: [[e, f]], total: [h, i]}], total: [j, k]",
    )
    .content()[0];
    assert_eq!(
        block["row-kinds"],
        json!(["body", "group", "body", "total", "total"])
    );
    assert_eq!(block["rows"][1][0]["columns"], 2);
    assert_eq!(block["rows"][1][1]["columns"], 0);
    assert_eq!(block["rows"][4][1]["blocks"][0]["content"][0]["text"], "k");
}

#[test]
fn what_is_wrong_with_groups_totals_and_merged_cells_is_said_where_it_is() {
    let faults = table(
        "header: [[a, b], [<, ^]], groups: [{title: g, rows: []}, {title: \"\", rows: [[^, c]]}], total: [<]",
    )
    .faults();
    let all = faults.join("\n");
    for said in [
        "table.header[1][0]: `<` stands in the first column",
        "table.groups[0].rows: a group has at least one row",
        "table.groups[1].title: the text is empty",
        "table.groups[1].rows[0][0]: `^` stands in the first row of its part",
        "table.total: the total has 1 cell, but the table has 2 columns",
        "table.total[0]: `<` stands in the first column",
    ] {
        assert!(all.contains(said), "{said} is not in:\n{all}");
    }
    assert_eq!(faults.len(), 6, "{all}");
}

#[test]
fn notes_to_cells_get_their_letters_in_the_order_of_their_marks() {
    let block = &table(
        "header: [[\"a[^y]\", b]], rows: [[\"c[^x]\", \"d[^y]\"]], notes: [{id: x, text: X}, {id: y, text: Y}]",
    )
    .content()[0];
    let mark =
        |cell: &serde_json::Value| cell["blocks"][0]["content"][1]["content"][0]["text"].clone();
    assert_eq!(mark(&block["header"][0][0]), "a");
    assert_eq!(mark(&block["rows"][0][0]), "b");
    assert_eq!(mark(&block["rows"][0][1]), "a");
    let list = &block["cell-notes"][0];
    assert_eq!(list["counter"][1], "b");
    assert_eq!(list["items"][0][0]["content"][0]["text"], "Y");
    let faults =
        table("header: [[a]], rows: [[\"c[^z]\"]], notes: [{id: x, text: X}, {id: x, text: Y}]")
            .faults();
    let all = faults.join("\n");
    for said in [
        "there is no footnote `z`",
        "table.notes[1].id: the note `x` is there twice",
        "table.notes[0].id: no cell refers to the note `x`",
    ] {
        assert!(all.contains(said), "{said} is not in:\n{all}");
    }
}

#[test]
fn a_unit_stands_behind_a_head_once() {
    let block = &table(
        "columns: [{}, {unit: km}, {unit: km}], header: [[a, b, <], [^, c, d]], rows: [[e, f, g]]",
    )
    .content()[0];
    let text = |row: usize, column: usize| {
        let line = block["header"][row][column]["blocks"][0]["content"]
            .as_array()
            .cloned();
        let texts = line.unwrap_or_default();
        texts
            .iter()
            .map(|one| one["text"].as_str().unwrap_or_default().to_owned())
            .collect::<String>()
    };
    assert_eq!(
        (text(0, 1), text(1, 1)),
        ("b (km)".to_owned(), "c".to_owned())
    );
    assert!(
        fault("columns: [{unit: km}, {unit: t}], header: [[a, <]], rows: [[e, f]]").contains(
            "table.columns[1].unit: this column and the one whose unit is `km` share a head"
        )
    );
}

#[test]
fn rows_of_a_file_are_text_as_it_is() {
    let with = |rest: &str, csv: &str| table(rest).file("data.csv", csv);
    let block = &with(
        "file: data.csv, file_total: true",
        "a,b\n*c*,-1\n^,<\nd,2\n",
    )
    .content()[0];
    assert_eq!(
        block["header"][0][1]["blocks"][0]["content"][0]["text"],
        "b"
    );
    assert_eq!(
        block["rows"][0][0]["blocks"][0]["content"][0]["text"],
        "*c*"
    );
    assert_eq!(block["rows"][1][0]["blocks"][0]["content"][0]["text"], "^");
    assert_eq!(block["row-kinds"], json!(["body", "body", "total"]));
    let block = &with("file: data.csv, header: [[x, y]]", "a,b\n1,2\n").content()[0];
    assert_eq!(block["rows"].as_array().map(Vec::len), Some(2));
    for (rest, csv, said) in [
        (
            "file: data.csv",
            "a,b\n",
            "table.file: a table has at least one row",
        ),
        (
            "file: none.csv",
            "",
            "table.file: there is no file `none.csv`",
        ),
        (
            "file: data.csv, rows: [[e, f]]",
            "a,b\n1,2\n",
            "table.file: the rows of this table are in a file and in the report as well",
        ),
        (
            "file: data.csv, header: [[x]]",
            "a,b\n1,2\n",
            "table.header[0]: the header has 1 cell, but each row has 2",
        ),
        (
            "header: [[a]], rows: [[b]], file_total: true",
            "",
            "table.file_total: there is no `file`",
        ),
        (
            "file: data.csv",
            "a,b\n1\n",
            "data.csv:2:1 : this row has 1 cell, but the first has 2",
        ),
        (
            "file: data.csv",
            "a,b\n1,\u{7}\n",
            "data.csv:2:3 rows[1][1]: ",
        ),
    ] {
        let faults = with(rest, csv).faults().join("\n");
        assert!(faults.contains(said), "{said} is not in: {faults}");
    }
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
