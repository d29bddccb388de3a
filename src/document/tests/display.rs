//! Boxes, key figures, definitions, examples of code, pairs of pictures, signatures, pull quotes.

use super::report;

const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"7\"><rect width=\"9\" height=\"7\"/></svg>";

/// What is wrong with a chapter of these blocks; the first is in line 5, column 5.
fn faults(blocks: &str) -> Vec<String> {
    let report = report().blocks(blocks).file("a.svg", PICTURE);
    report.faults()
}

#[test]
fn a_box_has_a_number_and_holds_any_blocks_but_boxes() {
    let boxes = report().blocks(
        "- box: {title: A *b*, text: One}\n- box:\n    id: two\n    title: C\n    tone: accent\n    blocks:\n      - table: {caption: D, header: [[a]], rows: [[b]]}",
    );
    let content = boxes.content();
    assert_eq!(content[0]["label"], "Box 1");
    assert_eq!(content[0]["tone"], "plain");
    assert_eq!(content[0]["title"][1]["kind"], "emphasis");
    assert_eq!(content[1]["anchor"], "two");
    assert_eq!(content[1]["blocks"][0]["kind"], "table");
    let nested = "- box:\n    title: A\n    blocks:\n      - box: {title: B, text: C}";
    assert_eq!(
        faults(nested),
        ["c1.yaml:8:26 section.blocks[0].box.blocks[0].box.title: a box stands inside a box"]
    );
}

#[test]
fn a_box_without_content_is_refused_where_its_title_is() {
    assert_eq!(
        faults("- box: {title: A}"),
        ["c1.yaml:5:20 section.blocks[0].box.title: a box has a title and nothing below it"]
    );
}

#[test]
fn references_lead_to_boxes_and_to_tables_in_them() {
    let linked = report()
        .text("See [](#b), [](#t), [](#p) and more.")
        .blocks(
            "- box:\n    id: b\n    title: A\n    blocks:\n      - table: {id: t, caption: D, header: [[a]], rows: [[b]]}\n\
             - figures:\n    - {image: a.svg, alt: x, caption: y}\n    - {id: p, image: a.svg, alt: x, caption: z}",
        )
        .file("a.svg", PICTURE);
    let line = serde_json::to_string(&linked.line()).unwrap();
    for said in [
        "Box\u{a0}1",
        "Table\u{a0}1",
        "Figure\u{a0}2",
        "\" and more.\"",
    ] {
        assert!(line.contains(said), "{said}: {line}");
    }
    let twice = "- box: {id: b, title: A, text: x}\n- box: {id: b, title: A, text: x}";
    assert_eq!(
        faults(twice),
        [
            "c1.yaml:6:17 section.blocks[1].box.id: the id `b` is used twice; the first time in c1.yaml:5"
        ]
    );
}

#[test]
fn lists_without_entries_are_refused_where_they_are() {
    assert_eq!(
        faults("- key-figures: []\n- definitions: []\n- figures: []"),
        [
            "c1.yaml:5:7 section.blocks[0].key-figures: the list of key figures is empty",
            "c1.yaml:6:7 section.blocks[1].definitions: the list of definitions is empty",
            "c1.yaml:7:7 section.blocks[2].figures: two pictures stand side by side, not 0",
        ]
    );
}

#[test]
fn one_picture_is_no_pair() {
    let found = faults("- figures:\n    - {image: a.svg, alt: x}");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].ends_with("two pictures stand side by side, not 1"));
}

#[test]
fn a_number_too_long_to_be_set_large_is_refused() {
    let value = "1 234 567 890 123 456";
    let found = faults(&format!(
        "- key-figures:\n    - {{value: {value}, text: a}}"
    ));
    assert_eq!(
        found,
        [
            "c1.yaml:6:19 section.blocks[0].key-figures[0].value: the number has 21 characters, and is set large: it may have 16"
        ]
    );
}

#[test]
fn a_pull_quote_holds_paragraphs_alone() {
    assert_eq!(
        faults("- quote: {pull: true, text: \"- a\"}"),
        ["c1.yaml:5:33 section.blocks[0].quote.text: a pull quote holds paragraphs alone"]
    );
    let quote = report()
        .blocks("- quote: {pull: true, text: a, source: \"*b*\"}")
        .content();
    assert_eq!(quote[0]["pull"], true);
    assert_eq!(quote[0]["source"][0]["kind"], "emphasis");
}

#[test]
fn code_is_kept_as_typed() {
    let code = report()
        .blocks("- code:\n    label: a.csv\n    text: |\n      *a*  <b>\n        --  \"c\"")
        .content();
    assert_eq!(code[0]["text"], "*a*  <b>\n  --  \"c\"");
    assert_eq!(code[0]["label"], "a.csv");
    assert_eq!(
        faults("- code: {text: \"  \"}"),
        ["c1.yaml:5:20 section.blocks[0].code.text: a block of code is empty"]
    );
}

#[test]
fn a_signature_is_of_somebody_and_its_picture_is_described() {
    let signed = "- signature: {person: puri, post: Chair, place: Oslo, date: 2016-05-04}";
    let content = report().blocks(signed).content();
    assert_eq!(content[0]["speaker"]["name"], "Lakshmi Puri");
    assert_eq!(content[0]["speaker"]["post"], "Chair");
    assert_eq!(content[0]["signed"], "Oslo, 4 May 2016");
    let wrong = "- signature: {person: pury, date: 2016-5-4, image: a.svg}\n- signature: {person: puri, alt: x}";
    let found = faults(wrong);
    assert_eq!(found.len(), 4, "{found:?}");
    for said in [
        "there is no person `pury`",
        "`2016-5-4` is no date",
        "signature has no description",
        "a picture that is not there is described",
    ] {
        assert!(
            found.iter().any(|one| one.contains(said)),
            "{said}: {found:?}"
        );
    }
}
