//! Meetings: their order, their facts and their panels.

use super::{Report, report};

fn meeting(number: u32, rest: &str) -> String {
    format!(
        "meeting:\n  id: m{number}\n  ordinal: {number}\n  title: a\n  date: 2016-07-03\n{rest}"
    )
}

fn faults(rest: &str) -> Vec<String> {
    report().chapter(&meeting(1, rest)).faults()
}

/// Labels of the sections of a chapter, in order.
fn labels(report: &Report, chapter: usize) -> Vec<Option<String>> {
    let document = report.document();
    let sections = document.chapters[chapter].sections.iter();
    sections
        .map(|section| section.heading.label.clone())
        .collect()
}

#[test]
fn meetings_stand_in_the_order_of_their_numbers() {
    for (last, ordinal, fault) in [
        (
            1,
            1,
            "c2.yaml:3:12 meeting.ordinal: meeting 1 comes after meeting 1 in `contents`",
        ),
        (
            21,
            13,
            "c2.yaml:3:12 meeting.ordinal: meeting 13 comes after meeting 21 in `contents`",
        ),
        (
            1,
            0,
            "c2.yaml:3:12 meeting.ordinal: there is no meeting 0: the first of a series is 1",
        ),
    ] {
        let second = meeting(ordinal, "").replace(&format!("id: m{ordinal}\n"), "id: other\n");
        let report = report().chapter(&meeting(last, "")).chapter(&second);
        assert_eq!(report.faults(), [fault]);
    }
    let event = |number: u32, event: &str| meeting(number, &format!("  event: {event}\n"));
    let series = report().chapter(&event(27, "Session"));
    let series = series
        .chapter(&event(3, "Hearing"))
        .chapter(&meeting(1, ""));
    let again = event(2, "Hearing");
    assert_eq!(
        series.chapter(&again).faults(),
        ["c4.yaml:3:12 meeting.ordinal: meeting 2 comes after meeting 3 in `contents`"]
    );
    let document = report()
        .chapter(&meeting(1, ""))
        .text("x")
        .chapter(&meeting(2, ""))
        .document();
    assert_eq!(
        document.chapters[2].heading.label.as_deref(),
        Some("Second meeting")
    );
}

#[test]
fn a_report_may_have_some_meetings_of_a_series_with_their_own_labels() {
    for (ordinals, labels) in [
        (vec![13], vec!["Meeting 13"]),
        (vec![2], vec!["Second meeting"]),
        (
            vec![9, 10, 11],
            vec!["Ninth meeting", "Tenth meeting", "Meeting 11"],
        ),
        (vec![13, 21], vec!["Meeting 13", "Meeting 21"]),
        (vec![4294967295], vec!["Meeting 4294967295"]),
    ] {
        let chapters = ordinals.iter().map(|ordinal| meeting(*ordinal, ""));
        let document = chapters
            .fold(report(), |report, chapter| report.chapter(&chapter))
            .document();
        let found: Vec<&str> = document
            .chapters
            .iter()
            .filter_map(|chapter| chapter.heading.label.as_deref())
            .collect();
        assert_eq!(found, labels);
    }
}

#[test]
fn a_meeting_may_take_several_days_and_end_after_midnight_then() {
    let facts = |date: &str, time: &str| {
        let chapter = meeting(1, &format!("  time: {time}\n")).replace("2016-07-03", date);
        let document = report().chapter(&chapter).document();
        let facts = document.chapters[0].facts.iter();
        facts
            .flat_map(|fact| fact.values.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        facts("2026-06-01/2026-06-02", "10:00-13:00"),
        ["1–2 June 2026", "10:00–13:00"]
    );
    assert_eq!(
        facts("2026-06-30/2026-07-01", "22:00-01:00"),
        ["30 June – 1 July 2026", "22:00–01:00"]
    );
    assert_eq!(facts("2026-06-01", "10:00"), ["1 June 2026", "10:00"]);
    let dated = |date: &str| meeting(1, "").replace("2016-07-03", date);
    assert_eq!(
        report().chapter(&dated("2026-06-02/2026-06-01")).faults(),
        [
            "c1.yaml:5:9 meeting.date: `2026-06-02/2026-06-01` does not end after the day on which it starts"
        ]
    );
}

#[test]
fn the_date_of_a_meeting_is_in_the_calendar() {
    let dated = |date: &str| meeting(1, "").replace("2016-07-03", date);
    assert_eq!(
        report().chapter(&dated("2016-7-3")).faults(),
        ["c1.yaml:5:9 meeting.date: `2016-7-3` is no date of the form YYYY-MM-DD"]
    );
    assert_eq!(
        report().chapter(&dated("2016-02-30")).faults(),
        ["c1.yaml:5:9 meeting.date: `2016-02-30` is no date: that month has the days 1 to 29"]
    );
    let quoted = report().chapter(&dated("\"2016-07-03\"")).document();
    assert_eq!(quoted.chapters[0].facts[0].values, ["3 July 2016"]);
}

#[test]
fn a_time_is_a_span_that_runs_forwards() {
    assert_eq!(
        faults("  time: 13:00-10:00\n"),
        ["c1.yaml:6:9 meeting.time: `13:00-10:00` ends before it starts"]
    );
    assert_eq!(
        faults("  time: 10-12\n"),
        ["c1.yaml:6:9 meeting.time: `10-12` is no time of the form 10:00-13:00 or 10:00"]
    );
}

#[test]
fn a_venue_says_something() {
    assert_eq!(
        faults("  venue: {}\n"),
        ["c1.yaml:5:9 meeting.venue: the venue says nothing"]
    );
}

#[test]
fn an_organisation_is_known_and_named_once() {
    assert_eq!(
        faults("  co_organisers: [unhcr, unhcr, nope]\n"),
        [
            "c1.yaml:6:26 meeting.co_organisers[1]: `unhcr` is named twice",
            "c1.yaml:6:33 meeting.co_organisers[2]: there is no organisation `nope`",
        ]
    );
}

#[test]
fn facts_stand_in_a_fixed_order_and_name_people_and_organisations() {
    let facts = "  rapporteur: puri\n  took_the_floor: [unhcr]\n  co_organisers: [unhcr]\n  time: 10:00-13:00\n";
    let document = report().chapter(&meeting(1, facts)).document();
    let facts: Vec<String> = document.chapters[0]
        .facts
        .iter()
        .map(|fact| format!("{}: {}", fact.label, fact.values.join("; ")))
        .collect();
    assert_eq!(
        facts,
        [
            "Date: 3 July 2016",
            "Time: 10:00–13:00",
            "Co-organisers: Office (UNHCR)",
            "Rapporteur: Lakshmi Puri",
            "Took the floor: UNHCR",
        ]
    );
}

const PANELS: &str = "  sections:\n    - {kind: panel, title: a, text: x}\n    - {kind: debate, text: x}\n    - {kind: panel, title: b, text: x}\n";

#[test]
fn panels_are_numbered_in_their_meeting() {
    let two = report()
        .chapter(&meeting(1, PANELS))
        .chapter(&meeting(2, PANELS));
    let expected = [Some("Panel 1".to_owned()), None, Some("Panel 2".to_owned())];
    assert_eq!(labels(&two, 0), expected);
    assert_eq!(labels(&two, 1), expected);
}

#[test]
fn a_section_of_a_stock_kind_has_a_title_of_its_own() {
    let document = report().chapter(&meeting(1, PANELS)).document();
    assert_eq!(
        document.chapters[0].sections[1].heading.title,
        "Interactive debate"
    );
    assert_eq!(
        faults("  sections:\n    - kind: panel\n      text: x\n"),
        ["c1.yaml:8:13 meeting.sections[0].title: the panel has no title"]
    );
}

#[test]
fn only_panels_have_moderators_and_each_is_known() {
    assert_eq!(
        faults(
            "  sections:\n    - title: y\n      moderators: [puri]\n      text: x\n    - title: z\n      kind: panel\n      moderators: [zz]\n      text: x\n"
        ),
        [
            "c1.yaml:8:20 meeting.sections[0].moderators: only panels have moderators",
            "c1.yaml:12:20 meeting.sections[1].moderators[0]: there is no person `zz`",
        ]
    );
}

#[test]
fn appendices_are_numbered() {
    let appendix = |id: &str| format!("appendix: {{id: {id}, title: a, text: x}}");
    let document = report()
        .chapter(&appendix("a"))
        .chapter(&appendix("b"))
        .document();
    assert_eq!(
        document.chapters[1].heading.label.as_deref(),
        Some("Appendix 2")
    );
}
