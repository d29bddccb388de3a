//! What a person reads when something is wrong, in full, and the exit codes that scripts go by.

use crate::program::{Desk, Ran};

#[test]
fn files_are_named_in_messages_as_they_were_typed() {
    let desk = Desk::with_report();
    desk.replace("source/introduction.yaml", "org:network", "org:netwerk");
    for (folder, source, shown) in [
        (".", "source", "source/introduction.yaml:"),
        (".", "source/report.yaml", "source/introduction.yaml:"),
        ("source", ".", " introduction.yaml:"),
        ("out", "../source/", "../source/introduction.yaml:"),
    ] {
        std::fs::create_dir_all(desk.path(folder)).unwrap();
        let output = desk
            .command(&["check", source])
            .current_dir(desk.path(folder))
            .output()
            .unwrap();
        Ran::from(output).fails_with(3, &[shown]);
    }
}

#[test]
fn a_mistake_in_the_yaml_is_shown_with_its_line() {
    let desk = Desk::with_report();
    desk.replace(
        "source/report.yaml",
        "title: Meetings on",
        "title: Rivers: Meetings on",
    );
    desk.run(&[]).fails(
        3,
        "\
error[E0125]: the value holds a colon followed by a space, which YAML takes for a field
  --> source/report.yaml:10:14 (title)
   |
10 | title: Rivers: Meetings on safe and shared rivers
   |              ^
   = hint: put the value into quotation marks: title: \"Rivers: Meetings on safe and shared rivers\"
`gmg-export explain E0125` says more
",
    );
    assert!(!desk.path("out").exists());
}

#[test]
fn an_unknown_key_is_shown_with_the_one_that_is_meant() {
    let desk = Desk::with_report();
    desk.replace("source/report.yaml", "subtitle:", "subtitel:");
    desk.run(&[]).fails(
        3,
        "\
error[E0111]: there is no field `subtitel` here
  --> source/report.yaml:15:1 (subtitel)
   |
15 | subtitel: Report of the meeting held in Alder Bridge in 2026
   | ^^^^^^^^
   = hint: did you mean `subtitle`?
`gmg-export explain E0111` says more
",
    );
}

#[test]
fn all_mistakes_of_a_source_are_shown_at_once_and_counted() {
    let desk = Desk::with_report();
    desk.replace(
        "source/meetings/first.yaml",
        "speaker: okafor",
        "speaker: okafour",
    );
    desk.replace(
        "source/introduction.yaml",
        "(#first-meeting)",
        "(#first-meting)",
    );
    desk.run(&["-f", "txt"]).fails(
        3,
        "\
error[E0326]: nothing in the report has the id `first-meting`
  --> source/introduction.yaml:14:24 (section.text)
   |
14 |     The answers are in [the record of the meeting](#first-meting).[^answers]
   |                        ^
   = hint: did you mean `first-meeting`?
error[E0204]: there is no person `okafour`
  --> source/meetings/first.yaml:44:20 (meeting.sections[2].interventions[0].speaker)
   |
44 |         - speaker: okafour
   |                    ^^^^^^^
   = hint: did you mean `okafor`?
2 errors
`gmg-export explain E0326` says more
",
    );
    assert!(!desk.path("out").exists());
}

#[test]
fn a_chapter_that_is_not_there_is_a_mistake_of_the_source() {
    let desk = Desk::with_report();
    desk.replace(
        "source/report.yaml",
        "  - foreword.yaml\n",
        "  - forword.yaml\n",
    );
    desk.run(&[]).fails_with(
        3,
        &[
            "there is no file `source/forword.yaml`",
            "source/report.yaml:",
        ],
    );
}

#[test]
fn a_language_without_words_is_shown_where_it_stands_with_all_else_that_is_wrong() {
    let desk = Desk::with_report();
    desk.replace("source/report.yaml", "language: en-GB", "language: tlh");
    desk.replace(
        "source/introduction.yaml",
        "(#first-meeting)",
        "(#first-meting)",
    );
    let ran = desk.run(&["check"]);
    ran.fails_with(
        3,
        &[
            "no fixed words for the language `tlh`",
            "source/report.yaml:7:11 (language)",
            "first-meting",
            "2 errors",
        ],
    );
    let desk = Desk::with_report();
    desk.replace(
        "source/report.yaml",
        "language: en-GB",
        "language: english-language",
    );
    let ran = desk.run(&["check"]);
    ran.fails_with(3, &["english-language"]);
    assert_eq!(ran.stderr.matches("error").count(), 1, "{}", ran.stderr);
}

#[test]
fn a_source_that_is_not_there_is_no_other_report() {
    let desk = Desk::empty();
    desk.run(&["nowhere"]).fails(
        5,
        "\
error[E0902]: there is no file or folder `nowhere`
  = hint: give the folder that holds report.yaml; `gmg-export init DIR` makes a new report
`gmg-export explain E0902` says more
",
    );
    desk.run(&["chekc"]).fails_with(
        2,
        &[
            "there is no command, file or folder `chekc`",
            "did you mean `gmg-export check`?",
        ],
    );
    desk.write("empty/readme.txt", "").write("a.yaml", "");
    desk.run(&["empty"])
        .fails_with(5, &["the folder `empty` holds no report.yaml"]);
    desk.run(&["a.yaml"]).fails_with(
        5,
        &["`a.yaml` is neither a folder nor a file called report.yaml"],
    );
    desk.write("source/Report.yml", "id: x");
    desk.run(&[]).fails_with(
        5,
        &["there is `source/Report.yml`", "rename it to report.yaml"],
    );
    assert!(!desk.path("out").exists());
}

#[test]
fn a_bad_date_is_refused_and_a_good_one_is_in_the_files() {
    let desk = Desk::with_report();
    let with = |value: &str| {
        Ran::from(
            desk.command(&["-f", "docx"])
                .env("SOURCE_DATE_EPOCH", value)
                .output()
                .unwrap(),
        )
    };
    for value in ["", "-1", "yesterday", "1.5", "999999999999999"] {
        with(value).fails(2, &format!("\
error[E1008]: SOURCE_DATE_EPOCH is `{value}`, not a number of seconds
  = hint: set it to seconds since 1970-01-01 UTC, digits only and at most 253402300799, or unset it for the report's own date
`gmg-export explain E1008` says more
"));
    }
    assert!(!desk.path("out").exists());
    let mut files = Vec::new();
    for value in ["0", "1700000000", "1700000000"] {
        with(value).is_done();
        files.push(std::fs::read(desk.path("out/my-report.docx")).unwrap());
    }
    assert_eq!(files[1], files[2]);
    assert_ne!(files[0], files[1]);
}

#[test]
fn a_wrong_layout_is_exit_code_4_with_its_place() {
    let desk = Desk::with_report();
    desk.run(&["--layout", "sceen"]).fails(
        4,
        "\
error[E0401]: there is no layout `sceen`
  = hint: did you mean `screen`?
  = hint: layouts: full-text, large-print, plain, print, screen, vivid; for a folder of your own give its path, such as ./my-layout
`gmg-export explain E0401` says more
",
    );
    desk.write(
        "layouts/mine/layout.yaml",
        "extends: screen\nsizes:\n  texxt: 12pt\n",
    );
    desk.run(&["--layout", "mine"]).fails(
        4,
        "\
error[E0111]: there is no field `texxt` here
 --> layouts/mine/layout.yaml:3:3 (sizes.texxt)
  |
3 |   texxt: 12pt
  |   ^^^^^
  = hint: did you mean `text`?
`gmg-export explain E0111` says more
",
    );
    desk.write("mine/layout.yaml", "extends: screen\n");
    desk.run(&["--layout", "mine/"]).fails_with(0, &[]);
    desk.write("mine/fonts/broken.otf", "no font");
    desk.run(&["--layout", "./mine"])
        .fails_with(4, &["broken.otf` cannot be used: it is cut off"]);
}

#[test]
fn a_character_without_a_glyph_is_found_by_check() {
    let desk = Desk::with_report();
    desk.replace(
        "source/foreword.yaml",
        "Rivers do not stop",
        "Rivers 河 do not stop",
    );
    for line in [&["check"][..], &["-f", "pdf"]] {
        desk.run(line)
            .fails_with(3, &["(U+6CB3)", "source/foreword.yaml:9:"]);
    }
}

#[test]
fn a_picture_that_is_not_there_fails_every_format_alike() {
    for (old, new) in [
        ("images/river.svg", "images/nope.png"),
        ("images/river.svg", "images/River.svg"),
        ("images/river.svg", "images"),
    ] {
        let desk = Desk::with_report();
        desk.replace("source/introduction.yaml", old, new);
        let said: Vec<String> = ["pdf", "docx", "txt", "all"]
            .iter()
            .map(|format| {
                let ran = desk.run(&["-f", format]);
                ran.fails_with(
                    3,
                    &[
                        new,
                        "source/introduction.yaml:",
                        "section.sections[0].blocks[1].figure.image",
                    ],
                );
                ran.stderr
            })
            .collect();
        assert!(said.iter().all(|one| *one == said[0]), "{said:?}");
        assert!(!desk.path("out").exists());
    }
}

#[test]
fn the_mistakes_of_all_files_are_said_at_once_each_at_its_place() {
    let desk = Desk::with_report();
    desk.replace("source/report.yaml", "subtitle:", "subtitel:")
        .replace("source/report.yaml", "date: 2026-05-29", "date: [2026]")
        .replace("source/people.yaml", "    name: Anders Lindqvist\n", "")
        .replace(
            "source/people.yaml",
            "post: Hydrologist",
            "pst: Hydrologist",
        )
        .replace("source/meetings/first.yaml", "kind: panel", "kind: pannel")
        .replace(
            "source/introduction.yaml",
            "row_headers: true",
            "row_headers: \"true\"",
        )
        .replace("source/acronyms.yaml", "    expansion:", "   expansion:");
    desk.write(
        "layouts/mine/layout.yaml",
        "extends: screen\nsizes:\n  text: 14\n  lead: x\ncolours:\n  txt: red\n",
    );
    desk.run(&["check", "--layout", "mine"]).fails_with(
        3,
        &[
            "source/report.yaml:15:1 (subtitel)",
            "source/report.yaml:17:7 (date)",
            "source/people.yaml:11:5 (people[1].name)",
            "source/people.yaml:18:5 (people[2].pst)",
            "source/meetings/first.yaml:38:13 (meeting.sections[2].kind)",
            "source/introduction.yaml:37:26 (section.sections[0].blocks[0].table.row_headers)",
            "source/acronyms.yaml:7:",
            "layouts/mine/layout.yaml:3:9 (sizes.text)",
            "layouts/mine/layout.yaml:4:9 (sizes.lead)",
            "layouts/mine/layout.yaml:6:3 (colours.txt)",
        ],
    );
}

#[test]
fn mistakes_of_form_hide_none_of_meaning_and_bring_none_along() {
    // A mistake of form in each kind of file, with those of meaning elsewhere that are said nevertheless.
    let forms = [
        (
            "source/report.yaml",
            "title: Meetings on",
            "title: Rivers: Meetings on",
        ),
        ("source/report.yaml", "subtitle:", "subtitel:"),
        ("source/report.yaml", "contents:", "contents: x"),
        ("source/people.yaml", "id: lindqvist", "id:lindqvist"),
        ("source/people.yaml", "    name: Anders Lindqvist\n", ""),
        ("source/people.yaml", "people:", "people: ["),
        (
            "source/organisations.yaml",
            "organisations:",
            "organisation:",
        ),
        ("source/acronyms.yaml", "    expansion:", "   expansion:"),
        ("source/meetings/first.yaml", "kind: panel", "kind: pannel"),
        (
            "source/meetings/first.yaml",
            "  id: first-meeting",
            "  id: *x",
        ),
    ];
    for (file, old, new) in forms {
        let desk = Desk::with_report();
        desk.replace(file, old, new);
        let alone = desk.run(&["check"]);
        let count = |ran: &Ran| ran.stderr.matches("error[").count();
        assert_eq!(alone.code, 3, "{file}: {new}: {}", alone.stderr);
        assert_eq!(count(&alone), 1, "{file}: {new}: {}", alone.stderr);
        desk.replace("source/report.yaml", "date: 2026-05-29", "date: 2026-02-30")
            .replace(
                "source/introduction.yaml",
                "The [Example",
                "Of <b>it</b>, the [Example",
            );
        let said = desk.run(&["check"]);
        said.fails_with(3, &["E0305", "source/introduction.yaml:"]);
        let lost = file == "source/report.yaml" && new.starts_with("contents");
        if !lost {
            said.fails_with(3, &["E0212", "source/report.yaml:"]);
        }
    }
}

#[test]
fn a_reference_is_not_said_to_lead_nowhere_while_its_file_cannot_be_read() {
    let desk = Desk::with_report();
    desk.replace("source/people.yaml", "people:", "people: [")
        .replace("source/introduction.yaml", "org:network", "org:netwerk");
    let said = desk.run(&["check"]);
    said.fails_with(3, &["source/people.yaml:", "E0205", "`netwerk`"]);
    assert!(!said.stderr.contains("E0204"), "{}", said.stderr);
}

#[test]
fn a_mistake_in_a_template_is_said_in_words_of_the_program_with_its_place() {
    let templates = concat!(env!("CARGO_MANIFEST_DIR"), "/layouts/screen/report.typ");
    let template = std::fs::read_to_string(templates).unwrap();
    let line = template.lines().count() + 1;
    for (wrong, says) in [
        ("#let x = nope", "unknown variable: nope"),
        ("#set text(size: 12)", "correct the template here"),
        ("#let x = (", "close what is opened here"),
        (
            "#import \"@preview/a:0.1.0\": b",
            "a template uses no packages",
        ),
        ("#read(\"no.txt\")", "put the file into the layout's folder"),
    ] {
        let desk = Desk::with_report();
        desk.write("layouts/mine/layout.yaml", "extends: screen\n");
        desk.write("layouts/mine/report.typ", &format!("{template}{wrong}\n"));
        let ran = desk.run(&["--layout", "mine", "-f", "pdf"]);
        let place = format!("layouts/mine/report.typ:{line}:");
        ran.fails_with(4, &["the template cannot be typeset: ", &place, says]);
        assert!(!ran.stderr.contains("did you mean"), "{}", ran.stderr);
        assert!(!desk.path("out").exists());
    }
}

#[test]
fn a_profile_that_is_not_there_is_named_where_it_is_chosen_also_by_check() {
    let desk = Desk::with_report();
    let layout = "extends: print\npress:\n  profile: nope\n";
    desk.write("layouts/mine/layout.yaml", layout);
    for line in [
        &["check", "--layout", "mine"][..],
        &["-f", "press", "--layout", "mine"],
    ] {
        let place = "layouts/mine/layout.yaml:3:12 (press.profile)";
        desk.run(line)
            .fails_with(4, &["there is no profile `nope`", place]);
    }
    let desk = Desk::with_report();
    desk.write("gmg-export.yaml", "format: [press]\nprofile: nope\n");
    desk.run(&[]).fails_with(
        4,
        &[
            "there is no profile `nope`",
            "gmg-export.yaml:2:10 (profile)",
        ],
    );
}

#[test]
fn a_text_that_is_given_as_a_report_is_led_to_import() {
    let desk = Desk::empty();
    for name in ["a.docx", "a.PDF", "a.md", "a.txt"] {
        desk.write(name, "x");
        desk.run(&["check", name])
            .fails_with(5, &[&format!("gmg-export import {name}")]);
    }
}

#[test]
fn names_that_windows_cannot_have_are_refused_where_they_are_written() {
    let desk = Desk::with_report();
    desk.replace("source/report.yaml", "id: my-report", "id: con")
        .replace("source/report.yaml", "  - foreword.yaml", "  - aux.yaml")
        .replace(
            "source/introduction.yaml",
            "images/river.svg",
            "nul/river.svg",
        );
    desk.run(&["check"])
        .fails_with(3, &["`source/aux.yaml` has a name that Windows keeps"]);
    desk.replace("source/report.yaml", "  - aux.yaml", "  - foreword.yaml");
    let places = [
        "source/report.yaml:5:5 (id)",
        "source/introduction.yaml:41:20 (section.sections[0].blocks[1].figure.image)",
    ];
    desk.run(&["check"]).fails_with(3, &places);
}
