//! What may be in prose, and what becomes of it.

use serde_json::json;

use super::{report, text};

fn in_text(place: &str, message: &str) -> String {
    format!("c1.yaml:{place} section.text: {message}")
}

#[test]
fn a_paragraph_is_one_line_with_white_space_folded() {
    assert_eq!(
        text("one\n two  three\\\n four").line(),
        json!([{"kind": "text", "text": "one two three"}, {"kind": "break"}, {"kind": "text", "text": "four"}])
    );
}

#[test]
fn html_is_refused_where_it_stands() {
    let html = "HTML has no place in prose";
    assert_eq!(
        text("one\ntwo <b>bold</b>\n\n<!-- c -->").faults(),
        [
            in_text("6:9", html),
            in_text("6:16", html),
            in_text("8:5", html)
        ]
    );
}

#[test]
fn headings_and_rules_are_refused() {
    assert_eq!(
        text("# head\n\ntwo\n---\n\n***").faults(),
        [
            in_text("5:5", "a heading has no place in prose"),
            in_text("7:5", "a heading has no place in prose"),
            in_text("10:5", "a rule (`---`) has no place in prose"),
        ]
    );
}

#[test]
fn boxes_to_tick_are_refused() {
    assert_eq!(
        text("- [ ] x").faults(),
        [in_text("5:7", "a list with boxes to tick cannot be set")]
    );
}

#[test]
fn a_code_block_is_closed() {
    assert_eq!(
        text("```\nopen\n\na[^b]").faults(),
        [in_text("5:5", "a code block is not closed")]
    );
    assert_eq!(
        text("```\na  b\n```").content(),
        json!([{"kind": "code", "label": null, "text": "a  b"}])
    );
}

fn list(levels: usize) -> String {
    let items = (0..levels).map(|level| format!("{}- x\n", "  ".repeat(level)));
    items.collect()
}

#[test]
fn nine_lists_nest_and_the_tenth_is_refused() {
    assert!(text(&list(9)).faults().is_empty());
    assert_eq!(
        text(&list(10)).faults(),
        [in_text("14:23", "a list is nested more than 9 levels deep")]
    );
}

#[test]
fn emphasis_a_hundred_deep_is_refused_once() {
    let deep = format!("{}x{}", "*a ".repeat(100), " b*".repeat(100));
    assert_eq!(
        text(&deep).faults(),
        [in_text(
            "5:53",
            "emphasis and links are nested more than 16 deep"
        )]
    );
}

#[test]
fn quotations_a_hundred_deep_are_refused_once() {
    assert_eq!(
        text(&format!("{}x", "> ".repeat(100))).faults(),
        [in_text(
            "5:53",
            "lists and quotes are nested too deep in one another"
        )]
    );
}

#[test]
fn places_are_right_whatever_character_a_text_starts_with() {
    for start in ["*a* x", "\"a\" x", "'a' x", "> ax x", "| ax x"] {
        let html = "HTML has no place in prose";
        assert_eq!(
            text(&format!("{start}\n\n- b <i>")).faults(),
            [in_text("7:9", html)],
            "{start}"
        );
    }
}

#[test]
fn an_empty_quotation_is_refused() {
    assert_eq!(
        text("x\n\n>").faults(),
        [in_text("7:5", "a quotation is empty")]
    );
}

#[test]
fn control_characters_are_refused_with_their_code_and_place() {
    assert_eq!(
        text("a &#7; b").faults(),
        [in_text(
            "5:7",
            "U+0007 is a control character and cannot be printed"
        )]
    );
    assert_eq!(
        text("a\u{7}b").faults(),
        ["c1.yaml:5:5 section.text: the line holds the control character U+0007"]
    );
}

#[test]
fn noncharacters_are_refused_with_their_code_and_place() {
    let message = "U+FDD0 is no character and cannot be printed";
    assert_eq!(text("one\ntw\u{FDD0}o").faults(), [in_text("6:7", message)]);
    assert_eq!(text("one `a\u{FDD0}`").faults(), [in_text("5:9", message)]);
    assert_eq!(
        text("```\na\nb\u{FDD0}\n```").faults(),
        [in_text("7:6", message)]
    );
}

#[test]
fn marks_of_direction_pair_within_a_paragraph() {
    let message = "the direction mark U+202E turns the words after it around: they read otherwise than they are written";
    assert_eq!(
        text("a\u{202E}b\n\nc\u{202C}").faults(),
        [
            in_text("5:6", message),
            in_text("7:6", "the direction mark U+202C closes none that is open"),
        ]
    );
    assert_eq!(
        text("```\na\u{202E}b\n```").faults(),
        [in_text("6:6", message)]
    );
    assert!(text("a \u{2067}b *c*\u{2069}").faults().is_empty());
}

#[test]
fn literal_fields_refuse_unpaired_marks_of_direction() {
    assert_eq!(
        text("x").head("subtitle: a\u{202E}b\n").faults(),
        [
            "report.yaml:9:12 subtitle: the direction mark U+202E turns the words after it around: they read otherwise than they are written"
        ]
    );
}

#[test]
fn text_is_composed_and_its_characters_are_known_with_their_places() {
    let document = text("e\u{301}\n\nz").document();
    assert_eq!(
        document.characters[&'z'].location.to_string(),
        "c1.yaml:7:5"
    );
    assert_eq!(document.characters[&'z'].field, "section.text");
    assert_eq!(text("e\u{301}").line()[0]["text"], "é");
}

#[test]
fn what_someone_said_starts_with_a_paragraph() {
    let said = |prose: &str| {
        report().chapter(&format!(
            "section:\n  id: c\n  title: a\n  interventions:\n    - speaker: puri\n      text: \"{prose}\"\n"
        ))
    };
    assert_eq!(
        said("- list").faults(),
        ["c1.yaml:6:13 section.interventions[0].text: what someone said starts with a paragraph"]
    );
    assert!(said("spoke").document().chapters[0].interventions[0].head);
    let named = said("[Ms. Puri](person:puri) spoke").document();
    assert!(!named.chapters[0].interventions[0].head);
}
