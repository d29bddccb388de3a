//! Text that shows something else than it is: whatever a name, a value or a path holds, no form of messages shows it raw, no
//! rule of a build system and no file that is made holds it, and `check` says where it stands.

#![cfg(unix)]

use std::io::{Cursor, Read as _};

use crate::program::{Desk, Ran};

/// Characters that show nothing or change what is around them, one of each class; and lines that runners obey.
const CHARACTERS: [char; 22] = [
    '\u{202E}',
    '\u{202B}',
    '\u{2067}',
    '\u{202C}',
    '\u{200F}',
    '\u{61C}',
    '\u{200B}',
    '\u{200D}',
    '\u{2060}',
    '\u{FEFF}',
    '\u{E0041}',
    '\u{FE00}',
    '\u{E0100}',
    '\u{180B}',
    '\u{3164}',
    '\u{FFF9}',
    '\u{2028}',
    '\u{85}',
    '\u{1B}',
    '\u{9B}',
    '\u{7}',
    '\u{8}',
];
const COMMANDS: [&str; 2] = ["\n::error::x", " ##[add-mask]x"];
const FORMS: [&str; 5] = ["human", "short", "json", "sarif", "github"];

fn is_hidden(c: char) -> bool {
    CHARACTERS.contains(&c) || c.is_control() && !matches!(c, '\n' | '\t')
}

/// All of them in one text.
fn all() -> String {
    CHARACTERS.iter().collect::<String>() + &COMMANDS.concat()
}

/// A text as YAML has it between quotation marks.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '\\') || c == ' ';
    let shown = text.chars().map(|c| match plain(c) {
        true => c.to_string(),
        false => format!("\\U{:08x}", u32::from(c)),
    });
    format!("\"{}\"", shown.collect::<String>())
}

/// A place of a report that a text can come from: the file, what stands there, and what takes its place.
const FIELDS: [(&str, &str, &str); 13] = [
    ("report.yaml", "id: my-report", "id: @"),
    (
        "report.yaml",
        "title: Meetings on safe and shared rivers",
        "title: @",
    ),
    ("report.yaml", "- introduction.yaml", "- @"),
    ("report.yaml", "id: my-report", "id: my-report\n@: x"),
    ("report.yaml", "id: my-report", "id: my-report\nlanguage: @"),
    ("people.yaml", "id: ferreira", "id: @"),
    ("people.yaml", "name: Inês Ferreira", "name: @"),
    ("people.yaml", "post: Secretary", "post: @"),
    ("organisations.yaml", "id: network", "id: @"),
    (
        "meetings/first.yaml",
        "- speaker: lindqvist",
        "- speaker: @",
    ),
    ("introduction.yaml", "image: images/river.svg", "image: @"),
    (
        "introduction.yaml",
        "caption: The river between the two cities",
        "caption: @",
    ),
    ("introduction.yaml", "id: levels", "id: @"),
];

/// Settings, and commands that show them.
const SETTINGS: [&[&str]; 3] = [&["--format", "txt"], &["check"], &["--show-config"]];

/// Commands with a text in their arguments.
const ARGUMENTS: [&[&str]; 16] = [
    &["--format", "txt", "--out", "@"],
    &["-o", "@.txt"],
    &["check", "--layout", "@"],
    &["--format", "@"],
    &["check", "@"],
    &["explain", "@"],
    &["help", "@"],
    &["schema", "@"],
    &["preflight", "@"],
    &["import", "@"],
    &["verify", "--release", "@"],
    &["release", "--out", "@"],
    &["init", "@"],
    &["manifest", "merge", "@", "--out", "x"],
    &["--format", "txt", "--out", "@", "--deps", "list.d"],
    &[
        "--format",
        "txt",
        "--out",
        "@",
        "--deps",
        "list.json",
        "--deps-form",
        "json",
    ],
];

/// What a reader would be deceived by.
fn deceit(text: &str, form: &str) -> Option<String> {
    let obeyed = |line: &str| {
        let own =
            form == "github" && (line.starts_with("::error ") || line.starts_with("::warning "));
        line.trim_start().starts_with("::") && !own || line.contains("##[")
    };
    let mut lines = text.lines();
    lines
        .find(|line| line.chars().any(is_hidden) || obeyed(line))
        .map(|line| format!("{line:?}"))
}

#[track_caller]
fn shows_nothing_raw(ran: &Ran, form: &str, what: &str) {
    assert!(
        (0..=6).contains(&ran.code),
        "{what}: {}: {}",
        ran.code,
        ran.stderr
    );
    for said in [&ran.stdout, &ran.stderr] {
        assert_eq!(deceit(said, form), None, "{what} as {form}");
    }
}

/// Runs a command in every form of messages.
#[track_caller]
fn in_every_form(desk: &Desk, arguments: &[&str], what: &str) {
    for form in FORMS {
        let mut arguments = arguments.to_vec();
        arguments.extend(["--message-format", form]);
        shows_nothing_raw(&desk.run(&arguments), form, what);
    }
    for list in ["list.d", "list.json"]
        .iter()
        .filter(|list| desk.path(list).exists())
    {
        assert_eq!(deceit(&desk.read(list), "short"), None, "{what}: {list}");
    }
}

#[test]
fn no_form_of_messages_shows_what_a_report_hides() {
    for (file, old, new) in FIELDS {
        let desk = Desk::with_report();
        let new = new.replace('@', &quoted(&format!("na{}me", all())));
        desk.replace(&format!("source/{file}"), old, &new);
        in_every_form(&desk, &["check"], &format!("{file}: {old}"));
    }
}

#[test]
fn no_form_of_messages_shows_what_settings_hide() {
    for name in ["out", "layout", "format", "profile", "golden", "nothing"] {
        let desk = Desk::with_report();
        desk.write("gmg-export.yaml", &format!("{name}: {}\n", quoted(&all())));
        for command in SETTINGS {
            in_every_form(&desk, command, &format!("{name} of {command:?}"));
        }
        let key = quoted(&format!("{name}{}", all()));
        desk.write("gmg-export.yaml", &format!("{key}: x\n"));
        in_every_form(&desk, &["check"], &format!("a key like {name}"));
    }
}

#[test]
fn no_form_of_messages_shows_what_arguments_and_names_of_files_hide() {
    for arguments in ARGUMENTS {
        for text in [
            format!("na{}", all()),
            all().trim_start().to_owned(),
            "::error::x".into(),
        ] {
            let desk = Desk::with_report();
            let arguments: Vec<String> = arguments
                .iter()
                .map(|part| part.replace('@', &text))
                .collect();
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            in_every_form(&desk, &arguments, &format!("{arguments:?}"));
        }
    }
    let desk = Desk::with_report();
    desk.write(
        &format!("layouts/na{}/layout.yaml", all()),
        &format!("extends: screen\ndescription: {}\n", quoted(&all())),
    );
    desk.write(&format!("source/na{}.yaml", all()), "section: x\n");
    desk.write(
        "text.md",
        &format!(
            "# Ti{}tle\n\n## Pa{0}rt\n\nMs. Ann{0} Example (Body) said so.\n",
            all()
        ),
    );
    for command in [&["list"][..], &["check"], &["import", "text.md"]] {
        in_every_form(&desk, command, &format!("{command:?}"));
    }
}

/// Fields that are printed.
const PRINTED: [usize; 4] = [1, 6, 7, 11];

#[test]
fn check_says_where_text_deceives_and_no_file_holds_it() {
    for (file, old, new) in PRINTED.map(|field| FIELDS[field]) {
        for c in CHARACTERS {
            let desk = Desk::with_report();
            let text = quoted(&format!("na{c}me"));
            desk.replace(&format!("source/{file}"), old, &new.replace('@', &text));
            let checked = desk.run(&["check"]);
            let said = format!("{}{}", checked.stdout, checked.stderr);
            let number = format!("U+{:04X}", u32::from(c));
            assert!(said.contains(&number), "{number} in {old}: {said}");
            assert!(
                said.contains(&format!("--> source/{file}:")),
                "{number}: {said}"
            );
            if desk.run(&["--format", "txt,docx", "--out", "out"]).code == 0 {
                assert_eq!(
                    desk.read("out/my-report.txt").find(c),
                    None,
                    "{number} in {old}"
                );
                let bytes = std::fs::read(desk.path("out/my-report.docx")).unwrap();
                let mut parts = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
                for index in 0..parts.len() {
                    let mut text = Vec::new();
                    parts
                        .by_index(index)
                        .unwrap()
                        .read_to_end(&mut text)
                        .unwrap();
                    let text = String::from_utf8_lossy(&text).into_owned();
                    assert_eq!(text.find(c), None, "{number} in {old}");
                }
            }
        }
    }
}

#[test]
fn a_name_that_only_looks_like_another_is_told_by_number() {
    for (file, old, new, number) in [
        (
            "people.yaml",
            "id: lindqvist",
            "id: lindqv\u{456}st",
            "U+0456",
        ),
        (
            "meetings/first.yaml",
            "- speaker: lindqvist",
            "- speaker: lindqv\u{456}st",
            "U+0456",
        ),
        (
            "organisations.yaml",
            "- id: network",
            "- id: netw\u{43E}rk",
            "U+043E",
        ),
        (
            "report.yaml",
            "id: my-report",
            "id: my-rep\u{43E}rt",
            "U+043E",
        ),
        (
            "report.yaml",
            "- introduction.yaml",
            "- introducti\u{43E}n.yaml",
            "U+043E",
        ),
        (
            "people.yaml",
            "post: Secretary",
            "p\u{43E}st: Secretary",
            "U+043E",
        ),
        (
            "people.yaml",
            "id: lindqvist",
            "id: \u{FF4C}indqvist",
            "U+FF4C",
        ),
    ] {
        let desk = Desk::with_report();
        desk.replace(&format!("source/{file}"), old, new);
        desk.run(&["check"]).fails_with(3, &[number]);
    }
}
