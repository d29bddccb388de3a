//! Where links go.

use serde_json::json;

use super::{report, text};

fn fault(prose: &str) -> String {
    let faults = text(prose).faults();
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults.concat()
}

#[test]
fn an_unknown_organisation_or_person_is_named_with_the_nearest() {
    assert_eq!(
        fault("a [UNHCR](org:unhcrr) b"),
        "c1.yaml:5:7 section.text: there is no organisation `unhcrr`"
    );
    assert_eq!(
        text("a [x](org:unhcrr) b").hints(),
        ["did you mean `unhcr`?"]
    );
    assert_eq!(
        fault("[x](person:kely)"),
        "c1.yaml:5:5 section.text: there is no person `kely`"
    );
    assert_eq!(text("[x](person:zz)").hints(), ["add them to people.yaml"]);
}

#[test]
fn a_link_that_is_written_wrongly_is_never_printed_as_it_stands() {
    let message = "a link is written wrongly and would be printed as it stands";
    assert_eq!(
        fault("a [UNHCR](org: unhcr) b"),
        format!("c1.yaml:5:13 section.text: {message}")
    );
    assert_eq!(
        fault("a [x[^n]](https://e.org)\n\n[^n]: note"),
        format!("c1.yaml:5:13 section.text: {message}")
    );
    assert_eq!(
        text("a [b\\](c) and [sic] (d)").line()[0]["text"],
        "a [b](c) and [sic] (d)"
    );
}

#[test]
fn a_link_leaves_the_report_for_the_web_and_mail_alone() {
    for (target, column) in [("javascript:x", 7), ("file:///x", 7), ("foo.html", 7)] {
        assert_eq!(
            fault(&format!("a [b]({target})")),
            format!(
                "c1.yaml:5:{column} section.text: `{target}` is no address that starts with https://, http:// or mailto:"
            )
        );
    }
    assert_eq!(
        text("[b](https://e.org/ä)").line()[0]["url"],
        "https://e.org/%C3%A4"
    );
}

#[test]
fn a_link_goes_somewhere_and_has_no_title() {
    assert_eq!(
        fault("a [b]()"),
        "c1.yaml:5:7 section.text: a link goes nowhere"
    );
    assert_eq!(
        fault("a [b](https://x.org \"title\")"),
        "c1.yaml:5:7 section.text: links have no title"
    );
}

#[test]
fn a_cross_reference_needs_an_id_that_something_has() {
    assert_eq!(
        fault("a [b](#nope)"),
        "c1.yaml:5:7 section.text: nothing in the report has the id `nope`"
    );
}

#[test]
fn an_empty_cross_reference_says_the_title_even_of_a_later_chapter() {
    let report = report()
        .text("see [](#d)")
        .chapter("section: {id: d, title: Harbours, text: x}");
    assert_eq!(
        report.line()[1],
        json!({"kind": "reference", "anchor": "d", "content": [{"kind": "text", "text": "Harbours"}], "page": false})
    );
}

#[test]
fn words_in_another_language_have_its_tag() {
    assert_eq!(
        fault("[h](lang:xx_)"),
        "c1.yaml:5:5 section.text: `xx_` is no language tag: it has the form en, en-GB or sr-Latn"
    );
    assert_eq!(
        fault("[](lang:de)"),
        "c1.yaml:5:5 section.text: there are no words in this language"
    );
    assert_eq!(text("[Wort](lang:de)").line()[0]["language"]["tag"], "de");
}

#[test]
fn a_reference_may_ask_for_its_page_in_running_text_alone() {
    let levels = "- table: {id: levels, caption: \"D\", header: [[a]], rows: [[b]]}";
    let asked = report()
        .text("See [](#levels page), [the table](#levels page) and [it](#levels).")
        .blocks(levels);
    let line = asked.line();
    assert_eq!(line[1]["page"], true);
    assert_eq!(line[1]["content"][0]["text"], "Table\u{a0}1");
    assert_eq!(line[3]["page"], true);
    assert_eq!(line[5]["page"], false);
    let note = report()
        .text("a[^n]\n\n[^n]: [](#levels page)")
        .blocks(levels);
    assert_eq!(
        note.faults(),
        ["c1.yaml:7:11 section.text: the page of a reference is given in running text alone"]
    );
    let unknown = report().text("See [](#nowhere page).").faults();
    assert!(unknown[0].ends_with("nothing in the report has the id `nowhere`"));
    let plain = report().text("on the page) a #levels page)").faults();
    assert!(plain.is_empty(), "{plain:?}");
}
