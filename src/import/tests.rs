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

/// A report in which something was lost on the way, as the comparison names it.
fn found_lost(name: &str, text: &str, there: &str, instead: &str) -> String {
    let text = text.replace("![](a.svg)\n\n", "");
    let mut draft = draft(name, text.into(), &ImportOptions::default()).unwrap();
    let mut changed = 0;
    for (_, file) in &mut draft.files {
        changed += file.matches(there).count();
        *file = file.replacen(there, instead, 1);
    }
    assert!(changed > 0, "{there:?} is in no file");
    draft.proved(name).unwrap_err().to_string()
}

#[test]
fn what_is_lost_besides_words_is_found_and_named() {
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>";
    let folder = Folder::in_memory(BTreeMap::from([("a.svg".to_owned(), drawing.into())]));
    let text = String::from(
        "# Report\n\n## One\n\nA *fine* and **bold** and ~~old~~ day. See [here](https://a.b/c), [there](https://a.b/c) and [that](#one).\n\nIn NATO 42 came.[^1] And more.[^1]\n\n![](a.svg)\n\n3. three\n4. four\n\nb. bee\n\n| A | B |\n|---|---|\n| x | y |\n| v w | |\n\n[^1]: A *note* with a [link](https://n.o/te).\n",
    );
    for (there, instead, named) in [
        ("more.[^n1]", "more.", "mark of a footnote"),
        ("[there](https://a.b/c)", "there", "a link"),
        (
            "[there](https://a.b/c)",
            "[there](https://a.b/x)",
            "link to https://a.b/c",
        ),
        ("[that](#one)", "[that](https://a.b/)", "link to #one"),
        (
            "(https://n.o/te)",
            "(https://n.o/)",
            "link to https://n.o/te",
        ),
        ("*fine*", "fine", "emphasis"),
        ("**bold**", "bold", "emphasis"),
        ("~~old~~", "old", "emphasis"),
        ("*note*", "note", "emphasis"),
        ("NATO", "Nato", "`NATO`"),
        ("42", "43", "`42`"),
        ("3. three\n    4. four", "5. three\n    6. four", "`3`"),
        ("| x | y |", "| x y |  |", "cell of a table"),
        ("with a", "with the", "no footnote with these words"),
    ] {
        let found = found_lost("a.md", &text, there, instead);
        assert!(found.contains(named), "{there} → {instead}: {found}");
    }
    let whole = draft(
        "a.md",
        text.as_str().into(),
        &ImportOptions {
            beside: Some(&folder),
            ..ImportOptions::default()
        },
    );
    let mut lost = whole.unwrap();
    for (_, file) in &mut lost.files {
        let kept = file.lines().filter(|line| !line.starts_with("    !["));
        *file = kept.collect::<Vec<_>>().join("\n") + "\n";
    }
    let found = lost.proved("a.md").unwrap_err().to_string();
    assert!(found.contains("a picture"), "{found}");
    let text = "The report\n\nIntroduction\n\nIt was as it is.¹ And there was more of it.\n\nA\tB\tC\nx\ty\tz\nv\tw\tu\n\n¹ A note.";
    for (there, instead, named) in [
        ("is.[^n1]", "is.", "the footnote `n1`"),
        ("| x | y | z |", "| x y |  | z |", "cell of a table"),
        ("And", "and", "`And`"),
    ] {
        let found = found_lost("a.txt", text, there, instead);
        assert!(found.contains(named), "{there} → {instead}: {found}");
    }
}
