//! Derived lists, and the anchors that they lead to.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Report, report, text};

const MEETING: &str = "meeting:
  id: m
  ordinal: 1
  title: The meeting
  date: 2016-07-03
  sections:
    - {kind: summary, text: x}
    - {kind: opening, text: x}
    - kind: panel
      title: Debate
      moderators: [kelley]
      interventions: [{speaker: puri, text: spoke}]
    - {kind: panel, title: Interactive debate, text: x}
    - {kind: debate, text: x}
    - {kind: debate, title: What the floor said, text: x}
    - {kind: speakers, text: x}
    - {kind: closing, title: Concluding remarks, text: x}
    - title: Way ahead
      text: x
      sections: [{title: Third level, text: x, sections: [{title: Fourth level, text: x}]}]
";

fn contents(report: &Report) -> Vec<String> {
    let entries = report.document().contents;
    entries
        .iter()
        .map(|entry| match &entry.label {
            Some(label) => format!("{} {label}: {}", entry.level, entry.title),
            None => format!("{} {}", entry.level, entry.title),
        })
        .collect()
}

#[test]
fn the_contents_list_leaves_out_stock_titles_and_keeps_panels_and_own_titles() {
    let list = contents(&report().head("back_matter: []\n").chapter(MEETING));
    assert_eq!(
        list,
        [
            "1 First meeting: The meeting",
            "2 Panel 1: Debate",
            "2 Panel 2: Interactive debate",
            "2 What the floor said",
            "2 Way ahead",
            "3 Third level",
            "4 Fourth level",
        ]
    );
    let document = report()
        .head("back_matter: []\n")
        .chapter(MEETING)
        .document();
    let levels = |depth| document.contents_to(depth).map(|entry| entry.level).max();
    assert_eq!([1, 2, 3, 6].map(levels), [1, 2, 3, 4].map(Some));
}

#[test]
fn the_contents_list_ends_with_the_lists_of_the_back() {
    let list = contents(&report().chapter(MEETING).text("[UNHCR](org:unhcr)"));
    assert_eq!(
        list[list.len() - 3..],
        [
            "1 List of speakers",
            "1 Acronyms",
            "1 Index of organisations"
        ]
    );
}

#[test]
fn the_list_of_speakers_has_moderators_and_is_sorted_by_last_name() {
    let document = report().chapter(MEETING).document();
    let panel = &document.chapters[0].sections[2];
    let list = document.speakers.as_ref().unwrap();
    assert_eq!(list.entries[0].name, "Kelley, Ninette");
    assert_eq!(list.entries[0].anchors, [panel.heading.anchor.as_str()]);
    assert_eq!(list.entries[1].name, "Puri, Lakshmi");
    assert_eq!(
        list.entries[1].anchors,
        [panel.interventions[0].anchor.as_str()]
    );
}

#[test]
fn only_acronyms_that_occur_are_listed_and_in_order() {
    let report = text("The SDGs, and UNHCR")
        .file(
            "acronyms.yaml",
            "acronyms:\n  - {acronym: ZZ, expansion: Unused}\n  - {acronym: SDG, expansion: Goal}\n",
        )
        .organisations(
            "- {id: unhcr, name: Office, acronym: UNHCR, kind: other}\n\
             - {id: iom, name: Migration, acronym: IOM, kind: other}",
        );
    let list = report.document().acronyms.unwrap();
    let acronyms: Vec<&str> = list
        .entries
        .iter()
        .map(|one| one.acronym.as_str())
        .collect();
    assert_eq!(acronyms, ["SDG", "UNHCR"]);
}

#[test]
fn an_entry_that_is_never_used_is_a_warning() {
    let (_, found) = text("[x](org:unhcr) [y](person:puri)").resolve().unwrap();
    let found: Vec<&str> = found.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(found, ["the person `kelley` is never named in the report"]);
}

#[test]
fn the_index_leads_to_every_mark_of_an_organisation_in_order() {
    let report = text("[a](org:unhcr) b[^n] [c](org:unhcr)\n\n[^n]: [d](org:unhcr)");
    let document = report.document();
    let line = serde_json::to_value(&document.chapters[0].blocks).unwrap();
    let anchor = |at: usize| {
        line[0]["content"][at]["anchor"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let note = serde_json::to_value(&document.footnotes[0].blocks).unwrap();
    let note = note[0]["content"][0]["anchor"].as_str().unwrap().to_owned();
    let index = document.index.unwrap();
    assert_eq!(index.entries[0].name, "Office (UNHCR)");
    assert_eq!(index.entries[0].anchors, [anchor(0), anchor(4), note]);
}

#[test]
fn a_list_that_is_empty_or_not_wanted_is_left_out() {
    let plain = text("x").document();
    assert!(plain.speakers.is_none() && plain.acronyms.is_none() && plain.index.is_none());
    let unwanted = text("[UNHCR](org:unhcr)").head("back_matter: [acronyms]\n");
    assert!(unwanted.document().index.is_none());
    assert!(unwanted.document().acronyms.is_some());
}

/// Anchors of places, not of references to them.
fn anchors(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            if fields.get("kind").is_none_or(|kind| kind != "reference")
                && let Some(Value::String(anchor)) = fields.get("anchor")
            {
                found.push(anchor.clone());
            }
            fields.values().for_each(|value| anchors(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| anchors(value, found)),
        _ => {}
    }
}

#[test]
fn anchors_are_ascii_unique_and_as_short_as_a_bookmark() {
    let ids = "section: {id: c1-org-1, title: Ä, text: x, sections: [{title: Ö, text: x}]}";
    let document = text("[a](org:unhcr) [b](org:unhcr)[^n] [](#m)\n\n[^n]: x")
        .chapter(ids)
        .chapter(MEETING)
        .document();
    let mut found = Vec::new();
    for part in [
        serde_json::to_value(&document.chapters).unwrap(),
        serde_json::to_value(&document.footnotes).unwrap(),
        serde_json::to_value(document.speakers.as_ref().map(|list| &list.heading)).unwrap(),
        serde_json::to_value(document.index.as_ref().map(|list| &list.heading)).unwrap(),
    ] {
        anchors(&part, &mut found);
    }
    assert!(found.len() > 15, "{found:?}");
    for anchor in &found {
        assert!(anchor.is_ascii() && anchor.len() <= 40, "{anchor}");
    }
    let unique: BTreeSet<&String> = found.iter().collect();
    assert_eq!(unique.len(), found.len(), "{found:?}");
}

#[test]
fn organisations_stand_where_they_are_sorted_in_the_index_and_among_members() {
    let report = text("[x](org:n) [x](org:m) [x](org:p)")
        .organisations(
            "- {id: g, name: Group, kind: other}\n\
             - {id: p, name: Poland, kind: state, member_of: [g]}\n\
             - {id: n, name: Kingdom of the Netherlands, sort: 'Netherlands, Kingdom of the', kind: state, member_of: [g]}\n\
             - {id: m, name: Mali, kind: state, member_of: [g]}",
        )
        .blocks("- members: g");
    let said = serde_json::to_string(&report.document().chapters).unwrap();
    let places: Vec<usize> = ["Mali", "Kingdom of the Netherlands", "Poland"]
        .map(|name| {
            said.find(name)
                .unwrap_or_else(|| panic!("{name} in {said}"))
        })
        .into();
    assert!(places.is_sorted(), "{said}");
    let report = text("[x](org:n) [x](org:m) [x](org:p)").organisations(
        "- {id: p, name: Poland, kind: state}\n\
         - {id: n, name: Kingdom of the Netherlands, sort: 'Netherlands, Kingdom of the', kind: state}\n\
         - {id: m, name: Mali, kind: state}",
    );
    let index = report.document().index.unwrap().entries;
    let names: Vec<&str> = index.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Mali", "Kingdom of the Netherlands", "Poland"]);
}

#[test]
fn a_name_that_may_be_sorted_otherwise_is_warned_of_until_its_order_is_said() {
    let warned = |person: &str| {
        let (_, found) = text("[x](person:a)").people(person).resolve().unwrap();
        found
            .iter()
            .any(|one| one.code == crate::base::diagnostic::Code::DOUBTFUL_NAME)
    };
    for name in ["Karel van Oosterom", "Zeid Al Hussein", "Martin King Jr."] {
        assert!(warned(&format!("- {{id: a, name: {name}}}")), "{name}");
        assert!(
            !warned(&format!("- {{id: a, name: {name}, sort: x}}")),
            "{name}"
        );
    }
    assert!(!warned("- {id: a, name: Mary Ann Smith}"));
}

#[test]
fn private_signs_of_word_are_replaced_by_name_wherever_they_stand() {
    use crate::base::diagnostic::Code;
    for (sign, shown) in [
        ('\u{F0B7}', '•'),
        ('\u{F0A7}', '▪'),
        ('\u{F0FC}', '✓'),
        ('\u{F0E0}', '→'),
        ('\u{F061}', '□'),
    ] {
        for report in [
            text(&format!("a {sign} b")),
            text(&format!("*{sign}* b")),
            text("x").blocks(&format!("- quote: {{text: x, attribution: 'a {sign}'}}")),
        ] {
            let (document, found) = report.resolve().unwrap();
            let warnings = found.iter().filter(|one| one.code == Code::PRIVATE_SIGN);
            assert_eq!(warnings.count(), 1, "{sign:?}: {found}");
            let said = serde_json::to_string(&document).unwrap();
            assert!(said.contains(shown) && !said.contains(sign), "{sign:?}");
        }
    }
}

#[test]
fn fonts_are_asked_for_what_is_printed() {
    let (document, _) = text("300 \u{212A}, 5 \u{212B}").resolve().unwrap();
    let asked: String = document.characters.keys().collect();
    assert!(asked.contains('K') && asked.contains('Å'), "{asked}");
    assert!(!asked.contains(['\u{212A}', '\u{212B}']), "{asked}");
}

#[test]
fn fixed_words_that_are_english_still_are_warned_of_by_name() {
    use crate::base::diagnostic::Code;
    let warnings = |language: &str| {
        let mut report = text("x");
        report.head = report
            .head
            .replace("language: en", &format!("language: {language}"));
        let (_, found) = report.resolve().unwrap();
        let of = |one: &&crate::base::diagnostic::Diagnostic| one.code == Code::HALF_TRANSLATED;
        found.iter().find(of).map(|one| one.message.clone())
    };
    let said = warnings("pl").expect("a warning");
    assert!(
        said.contains("`contents`") && said.contains("`whole_text`"),
        "{said}"
    );
    assert_eq!(warnings("en"), None);
    assert_eq!(warnings("en-US"), None);
}
