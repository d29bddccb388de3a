//! Lists that nobody types, and the anchors that they lead to.

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
    let found: Vec<&str> = found.0.iter().map(|one| one.message.as_str()).collect();
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
