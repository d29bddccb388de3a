//! Parity on small texts; the suite compares whole artifacts with documents.

use super::artifact::{ExtractedText, TableCell};
use super::difference::{Difference, DifferenceKind, MOST, say};
use super::expected::{Expected, ExpectedText, Grid, Statement, TextRole, Title};
use super::lists;
use super::matcher::walk;
use super::{lines, word};

fn piece(what: TextRole, text: &str) -> ExpectedText {
    ExpectedText {
        what,
        text: text.into(),
        roles: &[],
        place: None,
    }
}

/// Two headings with a speaker and a table between them.
fn expected() -> Expected {
    let cells = ["port", "power", "oslo", "24"].map(|cell| piece(TextRole::Cell, cell));
    let text = |what, text| Statement::Text(piece(what, text));
    Expected {
        body: vec![
            text(TextRole::Heading, "opening remarks"),
            text(TextRole::Speaker, "ms. ada berg"),
            text(TextRole::Post, "harbour master"),
            text(TextRole::Text, "welcomed everyone to the quay."),
            Statement::Columns {
                name: "ports".into(),
                pieces: cells.to_vec(),
                free: vec!["port".into(), "power".into()],
            },
            text(TextRole::Heading, "closing remarks"),
        ],
        ..Expected::default()
    }
}

const WHOLE: &str = "opening remarks ms. ada berg harbour master welcomed everyone to the quay.1 port power oslo \
                     24 closing remarks";

fn differences(text: &str) -> Vec<(TextRole, DifferenceKind, String)> {
    let found = walk(&expected(), text).into_iter();
    found.map(|one| (one.what, one.how, one.text)).collect()
}

#[test]
fn a_text_that_states_everything_in_order_does_not_differ() {
    assert_eq!(differences(WHOLE), []);
}

#[test]
fn the_words_of_the_first_title_may_stand_on_a_cover_too() {
    let cover =
        format!("on opening remarks and others, opening remarks 2026 harbour board {WHOLE}");
    assert_eq!(differences(&cover), []);
    let other = cover.replace("ms. ada berg", "ms. ann berg");
    assert_ne!(differences(&other), []);
}

#[test]
fn a_post_left_out_or_changed_is_named_and_the_rest_still_agrees() {
    let post = || "harbour master".to_string();
    let without = WHOLE.replace("harbour master ", "");
    assert_eq!(
        differences(&without),
        [(TextRole::Post, DifferenceKind::Missing, post())]
    );
    let other = WHOLE.replace("harbour master", "pilot");
    let changed = DifferenceKind::Changed("pilot".into());
    assert_eq!(differences(&other), [(TextRole::Post, changed, post())]);
}

#[test]
fn an_added_sentence_is_shown() {
    let added = WHOLE.replace("welcomed", "left at noon. welcomed");
    let extra = "left at noon".to_string();
    assert_eq!(
        differences(&added),
        [(TextRole::Text, DifferenceKind::Extra, extra)]
    );
}

#[test]
fn words_that_cells_lack_are_named_whatever_their_columns() {
    let mixed = WHOLE.replace("port power oslo 24", "port oslo power 24");
    assert_eq!(differences(&mixed), []);
    let without = WHOLE.replace("oslo", "");
    let missing = (TextRole::Cell, DifferenceKind::Missing, "oslo".to_string());
    assert_eq!(differences(&without), [missing]);
}

#[test]
fn headings_that_changed_places_are_out_of_order() {
    let title = |level, title: &str| Title {
        level,
        label: Some("panel 1".into()),
        title: title.into(),
    };
    let expected = Expected {
        headings: vec![title(1, "start"), title(2, "one"), title(2, "two")],
        ..Expected::default()
    };
    let found = |headings: &[(u8, &str)]| {
        let artifact = ExtractedText {
            headings: headings
                .iter()
                .map(|(level, text)| (*level, (*text).into()))
                .collect(),
            ..ExtractedText::default()
        };
        let found = lists::compare(&expected, &artifact).into_iter();
        found.map(|one| (one.how, one.text)).collect::<Vec<_>>()
    };
    assert_eq!(
        found(&[
            (1, "contents"),
            (1, "start"),
            (2, "panel 1: one"),
            (2, "two")
        ]),
        []
    );
    let moved = found(&[(1, "start"), (2, "two"), (2, "one")]);
    assert_eq!(moved.len(), 1);
    assert_eq!(moved[0].0, DifferenceKind::Moved);
    let deeper = found(&[(1, "start"), (3, "one"), (2, "two")]);
    let changed = DifferenceKind::Changed("one (level 3)".into());
    assert_eq!(deeper, [(changed, "one (level 2)".into())]);
    let twice = found(&[(1, "start"), (1, "start"), (2, "one"), (2, "two")]);
    assert_eq!(twice.len(), 1);
}

#[test]
fn a_chapter_may_have_the_name_of_the_contents_list() {
    let title = |title: &str| Title {
        level: 1,
        label: None,
        title: title.into(),
    };
    let expected = Expected {
        headings: vec![title("contents"), title("end")],
        contents_heading: "contents".into(),
        ..Expected::default()
    };
    let found = |headings: &[&str]| {
        let artifact = ExtractedText {
            headings: headings.iter().map(|text| (1, (*text).into())).collect(),
            ..ExtractedText::default()
        };
        lists::compare(&expected, &artifact).len()
    };
    assert_eq!(found(&["contents", "contents", "end"]), 0);
    assert_eq!(found(&["contents", "end"]), 0);
    assert_eq!(found(&["contents", "contents", "contents", "end"]), 1);
    assert_eq!(found(&["contents", "end", "contents"]), 1);
}

#[test]
fn a_heading_may_be_broken_within_an_address_or_a_long_word_and_nowhere_else() {
    let found = |title: &str, text: &str| {
        let title = Title {
            level: 1,
            label: Some("panel 1".into()),
            title: title.into(),
        };
        let expected = Expected {
            headings: vec![title],
            ..Expected::default()
        };
        let artifact = ExtractedText {
            headings: vec![(1, text.into())],
            ..ExtractedText::default()
        };
        lists::compare(&expected, &artifact).len()
    };
    for (title, text, differences) in [
        (
            "see https://a.example/b/c",
            "panel 1: see https://a.example/ b/c",
            0,
        ),
        ("on internationalisation", "on international isation", 0),
        (
            "see https://a.example/b/c",
            "panel 1: see https://a.example/ b/d",
            1,
        ),
        (
            "see https://a.example/b/c",
            "see https://a.example/ b/c more",
            1,
        ),
        ("on harbours", "on har bours", 1),
    ] {
        assert_eq!(found(title, text), differences, "{text}");
    }
}

#[test]
fn a_row_that_a_table_lacks_is_named_with_the_table() {
    let row = |cells: [&str; 2]| cells.map(TableCell::of).to_vec();
    let rows = vec![
        row(["port", "power"]),
        row(["oslo", "24"]),
        row(["nyhamn", "9"]),
    ];
    let expected = Expected {
        tables: vec![Grid {
            name: "ports".into(),
            facts: false,
            rows: rows.clone(),
        }],
        ..Expected::default()
    };
    let artifact = |rows: &[Vec<TableCell>]| ExtractedText {
        tables: vec![rows.to_vec()],
        ..ExtractedText::default()
    };
    assert_eq!(lists::compare(&expected, &artifact(&rows)), []);
    let found = lists::compare(&expected, &artifact(&rows[..2]));
    let said = say(found).unwrap_err().to_string();
    assert!(
        said.contains("the table row “nyhamn | 9” is missing") && said.contains("“ports”"),
        "{said}"
    );
}

#[test]
fn of_very_many_differences_the_first_are_said() {
    let one = Difference::of(
        &piece(TextRole::Note, "n"),
        DifferenceKind::Missing,
        String::new(),
    );
    let said = say(vec![one; 100]).unwrap_err();
    assert_eq!(said.len(), MOST + 1);
    assert_eq!(say(Vec::new()), Ok(()));
}

#[test]
fn brackets_around_addresses_are_no_text() {
    let read = lines::read("One [1] <https://a.example/b> [Picture: x] < 3 [".as_bytes());
    assert_eq!(
        read.unwrap().text,
        "one [1] https://a.example/b [picture: x] < 3 ["
    );
    assert!(lines::read(b"ab\xff").unwrap_err().contains("byte 2"));
}

/// A Word file with these parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(*name, options).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_hostile_word_file_is_an_error_or_says_little() {
    use word::W;
    let read = |xml: &str| word::read(&package(&[("word/document.xml", xml)]));
    assert!(word::read(&package(&[("x", "y")])).is_err());
    assert!(read("<!DOCTYPE x [<!ENTITY a \"b\">]><x/>").is_err());
    assert!(read(&format!("<x xmlns:w=\"{W}\"><w:t>&boom;</w:t></x>")).is_err());
    assert!(read("<x></y>").is_err());
    let lost = read(&format!(
        "<x xmlns:w=\"{W}\"><w:footnoteReference w:id=\"7\"/></x>"
    ))
    .unwrap_err();
    assert!(lost.contains("note 7"), "{lost}");
    let odd = read(&format!(
        "<x xmlns:w=\"{W}\"><w:tc/><w:tr/><w:p><w:t>a&#x42;</w:t></w:p></x>"
    ))
    .unwrap();
    assert_eq!(odd.text, "ab");
}

#[test]
fn a_mark_too_many_in_a_cell_is_told() {
    let mut expected = expected();
    expected.bracketed_marks = true;
    let marked = |cell: &str| WHOLE.replace("oslo", cell);
    let told = |expected: &Expected, text: &str| -> Vec<(DifferenceKind, String)> {
        let found = walk(expected, text).into_iter();
        found.map(|one| (one.how, one.text)).collect()
    };
    assert_eq!(told(&expected, WHOLE), []);
    for cell in ["oslo[1]", "[1] oslo", "oslo[1][2]"] {
        assert!(!told(&expected, &marked(cell)).is_empty(), "{cell}");
    }
    if let Some(Statement::Columns { pieces, .. }) = expected.body.get_mut(4) {
        pieces[2].text = "oslo[1]".into();
    }
    assert_eq!(told(&expected, &marked("oslo[1]")), []);
    assert_eq!(
        told(&expected, &marked("oslo[1][1]")),
        [(DifferenceKind::Extra, "[1]".to_string())]
    );
}
