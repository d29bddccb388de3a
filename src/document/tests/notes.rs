//! Footnotes: their marks, their places and their numbers.

use super::{report, text};

fn numbers(report: &super::Report) -> Vec<(usize, usize)> {
    let notes = report.document().footnotes;
    notes
        .iter()
        .map(|note| (note.chapter, note.number))
        .collect()
}

#[test]
fn a_mark_has_a_note_and_a_note_has_a_mark() {
    assert_eq!(
        text("b[^y]\n\n[^u]: unused").faults(),
        [
            "c1.yaml:5:6 section.text: there is no footnote `y`",
            "c1.yaml:7:5 section.text: no text refers to the footnote `u`",
        ]
    );
}

#[test]
fn a_mark_that_is_written_wrongly_is_never_printed_as_it_stands() {
    let message = "a footnote's mark is written wrongly and would be printed as it stands";
    assert_eq!(
        text("x [^a b] c").faults(),
        [format!("c1.yaml:5:7 section.text: {message}")]
    );
    assert_eq!(text("x \\[^a b] c").line()[0]["text"], "x [^a b] c");
    for (prose, printed) in [
        ("x \\[^y\\] z", "x [^y] z"),
        ("x \\[^y] z", "x [^y] z"),
        ("x \\[^y\\]: z", "x [^y]: z"),
    ] {
        let content = text(prose).content();
        assert_eq!(content[0]["content"][0]["text"], printed);
        assert_eq!(content.as_array().map(Vec::len), Some(1), "{prose}");
    }
}

#[test]
fn a_note_is_defined_once() {
    assert_eq!(
        text("a[^x]\n\n[^x]: note\n[^x]: again").faults(),
        ["c1.yaml:8:5 section.text: the footnote `x` is defined twice"]
    );
}

/// The notes that running text marks, each with whether it was marked before.
fn marks(content: &[super::Inline]) -> Vec<(usize, bool)> {
    let mark = |inline: &super::Inline| match inline {
        super::Inline::Footnote { note, again } => vec![(*note, *again)],
        other => marks(other.content()),
    };
    content.iter().flat_map(mark).collect()
}

#[test]
fn one_note_may_have_marks_in_many_places_of_a_chapter() {
    let places = [
        "title: T[^n]",
        "text: |-\n    a[^n] *b[^n]*\n\n    - c[^n]",
        "blocks:\n  - figure: {image: a.svg, alt: a, caption: \"d[^n]\", credit: \"e[^n]\"}\n  \
         - table: {caption: \"f[^n]\", header: [[\"g[^n]\"]], rows: [[\"h[^n]\"]], note: \"i[^n]\"}",
        "sections:\n  - {title: \"j[^n]\", text: \"k[^n]\"}",
    ];
    for first in 0..places.len() {
        let mut chapter = "section:\n  id: c\n  footnotes: [{id: n, text: Once.}]\n".to_owned();
        if first > 0 {
            chapter.push_str("  title: T\n");
        }
        for place in &places[first..] {
            chapter.push_str(&format!("  {place}\n"));
        }
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>";
        let document = report().file("a.svg", svg).chapter(&chapter).document();
        assert_eq!(document.footnotes.len(), 1, "{chapter}");
        assert!(document.footnotes[0].marked_again);
        let all = serde_json::to_string(&document.chapters[0]).unwrap();
        let again = all.matches("\"note\":0,\"again\":true").count();
        let once = all.matches("\"note\":0,\"again\":false").count();
        // The title stands in its lines, too.
        let twice = usize::from(first == 0);
        assert_eq!(once, 1 + twice, "{all}");
        assert_eq!(again + 1, [12, 11, 8, 2][first], "{all}");
        if first == 0 {
            assert_eq!(marks(&document.chapters[0].title_lines[0]), [(0, false)]);
        }
    }
}

#[test]
fn a_note_has_no_note_and_starts_with_a_paragraph() {
    assert_eq!(
        text("a[^x]\n\n[^x]: note [^z]").faults(),
        ["c1.yaml:7:16 section.text: a footnote has no place inside a footnote"]
    );
    assert_eq!(
        text("a[^x]\n\n[^x]: - list").faults(),
        ["c1.yaml:7:5 section.text: a footnote starts with a paragraph"]
    );
    assert_eq!(
        text("a[^x]\n\n[^x]: > quote").faults(),
        ["c1.yaml:7:11 section.text: a quotation has no place in a footnote"]
    );
}

#[test]
fn a_footnote_of_the_chapter_is_used_once_and_its_id_is_its_own() {
    let chapter = "section:\n  id: c\n  title: a\n  text: x\n  footnotes: [{id: a, text: x}, {id: a, text: y}]\n";
    assert_eq!(
        report().chapter(chapter).faults(),
        [
            "c1.yaml:5:20 section.footnotes[0].id: no text of the chapter refers to the footnote `a`",
            "c1.yaml:5:38 section.footnotes[1].id: the footnote `a` is defined twice; the first time on line 5",
        ]
    );
}

#[test]
fn the_imprint_has_no_footnotes() {
    let mut report = text("x");
    report.head = report.head.replace("imprint: i", "imprint: \"i[^a]\"");
    assert_eq!(
        report.faults(),
        ["report.yaml:8:12 imprint: a footnote has no place in the imprint or on a cover"]
    );
}

const NOTED: &str = "section:\n  id: ID\n  title: a\n  note: On the title\n  text: \"x[^a]\"\n  footnotes: [{id: a, text: In the text}]\n";

#[test]
fn the_note_on_a_title_is_numbered_before_those_of_the_text() {
    let document = report().chapter(&NOTED.replace("ID", "c")).document();
    let title = super::noted(&document.chapters[0].heading.content)[0];
    assert_eq!(document.footnotes[title].number, 1);
    let text = serde_json::to_string(&document.footnotes[1].blocks).unwrap();
    assert!(text.contains("In the text"), "{text}");
    assert_eq!(document.footnotes[1].number, 2);
}

#[test]
fn notes_are_numbered_through_the_report_or_from_1_in_each_chapter() {
    let two = report()
        .chapter(&NOTED.replace("ID", "c"))
        .chapter(&NOTED.replace("ID", "d"));
    assert_eq!(numbers(&two), [(0, 1), (0, 2), (1, 3), (1, 4)]);
    let restarted = two.head("footnotes: {restart: chapter}\n");
    assert_eq!(numbers(&restarted), [(0, 1), (0, 2), (1, 1), (1, 2)]);
    assert!(restarted.document().footnotes_restart);
}
