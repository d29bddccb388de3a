use super::sample::*;
use crate::document::{Align, Block, plain_content};

#[test]
fn columns_line_up_by_display_width() {
    let table = table(
        &[Align::Start, Align::End, Align::Centre],
        &["会议|Ships|c", "a|7|mid", "中文字|1200|x"],
    );
    let expected = "会议    Ships   c\n------  -----  ---\na           7  mid\n中文字   1200   x";
    assert_eq!(write_blocks(vec![Block::Table(table)], 72), expected);
}

#[test]
fn cells_wrap_and_rows_then_stand_apart() {
    let table = table(
        &[Align::Start, Align::Start],
        &[
            "Port|What was said of it",
            "Oslo|a very long story of the quay",
            "Cuan Mór|b",
        ],
    );
    let expected = "          What was\nPort      said of it\n--------  ------------\nOslo      a very long\n          story of the\n          quay\n\nCuan Mór  b";
    assert_eq!(write_blocks(vec![Block::Table(table)], 22), expected);
}

#[test]
fn a_table_that_does_not_fit_becomes_records() {
    let mut table = table(
        &[Align::Start; 3],
        &[
            "Port|Kilowatt-hours|Ships",
            "Oslo|1,000,000,000|7",
            "Cuan Mór||9",
        ],
    );
    table.row_headers = true;
    let expected = "Port:  Oslo\n  Kilowatt-hours:\n       1,000,000,000\n  Ships:  7\n\nPort:  Cuan Mór\n  Ships:  9";
    assert_eq!(write_blocks(vec![Block::Table(table)], 20), expected);
}

#[test]
fn caption_and_note_stand_around_it() {
    let mut table = table(&[Align::Start], &["Port", "Oslo"]);
    table.label = Some("Table 2".into());
    table.caption = Some(plain_content("Ports").into());
    table.note = vec![paragraph("As counted.")];
    assert_eq!(
        write_blocks(vec![Block::Table(table)], 72),
        "Table 2: Ports\n\nPort\n----\nOslo\n\nNote: As counted."
    );
}

#[test]
fn tabs_and_line_ends_in_a_cell_become_spaces() {
    let table = table(&[Align::Start, Align::Start], &["A|B", "a\tb|c\nd"]);
    assert_eq!(
        write_blocks(vec![Block::Table(table)], 72),
        "A    B\n---  ---\na b  c d"
    );
}
