use super::*;

fn imported(text: &str) -> Imported {
    import("notes.txt", text.into(), &ImportOptions::default()).unwrap()
}

#[test]
fn a_text_without_structure_becomes_a_chapter() {
    let found = imported("It rained.\n\nNobody came, and so nothing was said that day.");
    assert_eq!(found.counts, [("chapter", 1)]);
    assert!(
        found
            .files
            .iter()
            .any(|(path, _)| path == "title-not-stated.yaml")
    );
}

#[test]
fn speakers_and_footnotes_are_counted() {
    let found = imported(
        "The Report\n\nFIRST MEETING\n\nOn care\n\n3 May 2020\n\nOpening remarks\n\nAnn Lee, Head of the Fund, noted that it is so.¹ More.\n\n¹ In her own capacity.",
    );
    assert_eq!(
        found.counts,
        [
            ("chapter", 1),
            ("meeting", 1),
            ("speaker", 1),
            ("footnote", 1)
        ]
    );
    let meeting = &found
        .files
        .iter()
        .find(|(path, _)| path == "meetings/first.yaml")
        .unwrap()
        .1;
    assert!(
        meeting.contains(
            "      - speaker: lee\n          text: |\n            noted that it is so.[^n1] More.\n"
        ) || meeting.contains("speaker: lee"),
        "{meeting}"
    );
}

#[test]
fn a_panel_is_one_however_its_heading_is_written() {
    for heading in [
        "Panel 1: On it",
        "**Panel 1: On it**",
        "**Panel 1:** On it",
        "Panel 1:On it",
        "**Panel\n1: On it**",
        "Panel 1[1]: On it",
        "Panel 1: On it¹",
    ] {
        let text = format!(
            "The Report\n\nFIRST MEETING\n\nOn care\n\n3 May 2020\n\n{heading}\n\nIt is so.\n\n[1] A note."
        );
        let found = imported(&text);
        let panel = "kind: panel\n      title: On it\n";
        let files: Vec<_> = found.files.iter().collect();
        assert!(
            files.iter().any(|(_, text)| text.contains(panel)),
            "{heading}: {files:?}"
        );
    }
}

#[test]
fn sections_that_every_meeting_has_are_not_in_the_contents() {
    let found = imported(
        "The Report\n\nFIRST MEETING\n\nOn care\n\n3 May 2020\n\nOpening Remarks\n\nIt was opened by all.\n\nPanel 1: On it\n\nIt is so.",
    );
    let strings = layout::strings("en").unwrap();
    let (_, _, document) = read_back(found.files, Vec::new(), &strings).unwrap();
    let titles: Vec<&str> = document
        .contents
        .iter()
        .map(|entry| entry.title.as_str())
        .collect();
    assert_eq!(titles, ["On care", "On it"]);
}
