//! Each mistake is shown where a person would look for it: a table of mistakes, the line and column that is named for each, and
//! words that must be there.

use crate::program::Desk;

/// A change of a file of a new report: path, what is replaced, by what. Nothing to be replaced: the file is written anew.
type Change = (&'static str, &'static str, &'static str);
/// The change, the exit code, the place and words of the message.
type Mistake = (Change, i32, &'static str, &'static str);

/// Mistakes of the source.
const SOURCE: &[Mistake] = &[
    (
        (
            "source/introduction.yaml",
            "  title: Introduction",
            "\ttitle: Introduction",
        ),
        3,
        "source/introduction.yaml:6:1",
        "a tab is used for indentation",
    ),
    (
        (
            "source/foreword.yaml",
            "    Rivers do not",
            "\tRivers do not",
        ),
        3,
        "source/foreword.yaml:9:1",
        "a tab is used for indentation",
    ),
    (
        ("source/report.yaml", "cities]", "cities"),
        3,
        "source/report.yaml:22:11",
        "the list in brackets that opens here is not closed",
    ),
    (
        ("source/report.yaml", "place: ", "place:"),
        3,
        "source/report.yaml:19:1",
        "put a space after the colon",
    ),
    (
        ("source/introduction.yaml", "section:\n", "...\nsection:\n"),
        3,
        "source/introduction.yaml:4:1",
        "a line of three points ends the file",
    ),
    (
        ("source/introduction.yaml", "", "PK\u{3}\u{4}\u{14}"),
        3,
        "source/introduction.yaml",
        "a Word file or another packed one",
    ),
    (
        ("source/introduction.yaml", "", "%PDF-1.7\n"),
        3,
        "source/introduction.yaml",
        "a PDF, not text",
    ),
    (
        ("source/report.yaml", "place: Alder Bridge", "place: #Alder"),
        3,
        "source/report.yaml:19",
        "a comment and would not be printed",
    ),
    (
        (
            "source/foreword.yaml",
            "Rivers do not",
            "Rivers\u{202E} do\u{202C} not",
        ),
        3,
        "source/foreword.yaml:9:11",
        "turns the words after it around",
    ),
    (
        (
            "source/foreword.yaml",
            "Rivers do not",
            "Rivers\u{2028}do not",
        ),
        3,
        "source/foreword.yaml:9:",
        "U+2028",
    ),
];

/// Mistakes of a layout `m`, and of what it needs.
const LAYOUT: &[(&str, &str, &str)] = &[
    (
        "extends: scren\n",
        "layouts/m/layout.yaml:1:10",
        "did you mean `screen`?",
    ),
    (
        "extends: m\n",
        "layouts/m/layout.yaml:1:10",
        "leads back to this layout",
    ),
    (
        "extends: screen\nsizes:\n  text: 14\n",
        "layouts/m/layout.yaml:3:9",
        "error[E0136]: `14` is no",
    ),
    (
        "extends: screen\nsizes:\n  text: 0pt\n",
        "layouts/m/layout.yaml:3:9",
        "a size of 0pt cannot be set",
    ),
    (
        "extends: large-print\nsizes:\n  note: 12pt\n",
        "layouts/m/layout.yaml:3:9",
        "a size of 12pt is below `sizes.least`, 16pt",
    ),
    (
        "extends: large-print\nsizes:\n  title: 20em\n",
        "layouts/m/layout.yaml:3:10",
        "`20em` is no size",
    ),
    (
        "extends: screen\nsizes:\n  text: 1em\n",
        "layouts/m/layout.yaml:3:9",
        "`1em` is no length",
    ),
    (
        "extends: print\ncolours:\n  accent: \"#6A1B9A\"\n",
        "layouts/m/layout.yaml:3:11",
        "not given in the same way",
    ),
    (
        "extends: screen\ncolours:\n  accent: #6A1B9A\n",
        "layouts/m/layout.yaml:3",
        "a comment and would not be printed",
    ),
    (
        "extends: screen\nfonts:\n  sans: Source Sans\n",
        "layouts/m/layout.yaml:3:9",
        "did you mean `Source Sans 3`?",
    ),
    (
        "sizes: {text: 10pt}\n",
        "layouts/m/layout.yaml",
        "other things",
    ),
];

fn change(desk: &Desk, (path, from, to): Change) {
    match from.is_empty() {
        true => desk.write(path, to),
        false => desk.replace(path, from, to),
    };
}

#[test]
fn mistakes_of_the_source_are_shown_where_they_are() {
    for (made, code, place, words) in SOURCE {
        let desk = Desk::with_report();
        change(&desk, *made);
        for command in [&["check"][..], &["-f", "txt"]] {
            desk.run(command).fails_with(*code, &[place, words]);
        }
        assert!(!desk.path("out").exists(), "{made:?}");
    }
}

#[test]
fn mistakes_of_a_layout_are_shown_where_they_are() {
    for (text, place, words) in LAYOUT {
        let desk = Desk::with_report();
        desk.write("layouts/m/layout.yaml", text);
        for command in [
            &["check", "--layout", "m"][..],
            &["-f", "pdf", "--layout", "m"],
        ] {
            desk.run(command).fails_with(4, &[place, words]);
        }
        assert!(!desk.path("out").exists(), "{text}");
    }
}

#[test]
fn an_empty_contents_list_and_a_description_of_pages_have_their_places() {
    let desk = Desk::with_report();
    let text = desk.read("source/report.yaml");
    let start = text.find("contents:\n").unwrap();
    let line = text[..start].lines().count() + 1;
    let rest = text[start..].lines().skip(1);
    let rest: Vec<&str> = rest.skip_while(|line| line.starts_with("  - ")).collect();
    desk.write(
        "source/report.yaml",
        &format!("{}contents: []\n{}\n", &text[..start], rest.join("\n")),
    );
    let place = format!("source/report.yaml:{line}:1");
    desk.run(&["check"])
        .fails_with(3, &["E0221", &place, "the report has no chapters"]);

    let desk = Desk::with_report();
    let long = format!("alt: {}Sketch", "word ".repeat(8000));
    desk.replace("source/introduction.yaml", "alt: Sketch", &long);
    desk.run(&["check"])
        .fails_with(3, &["E0261", "source/introduction.yaml:43:18"]);
}

/// What stands in a file cannot give orders to the runner of a workflow, nor hide from who reads the message.
#[test]
fn nothing_hidden_reaches_a_terminal_or_a_workflow() {
    let desk = Desk::with_report();
    desk.replace(
        "source/report.yaml",
        "place:",
        "\"a\\n::error::x\\u200B\\u202E\\U000E0041\":",
    );
    for form in ["human", "short", "github", "sarif"] {
        let output = desk
            .command(&["check", "--message-format", form])
            .output()
            .unwrap();
        let said =
            String::from_utf8(output.stderr).unwrap() + &String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(3));
        for hidden in ['\u{200B}', '\u{202E}', '\u{E0041}'] {
            assert!(!said.contains(hidden), "{form}: {said}");
        }
        let orders = said
            .lines()
            .filter(|line| line.trim_start().starts_with("::"));
        let own = |line: &&str| line.starts_with("::error file=");
        assert!(orders.clone().all(|line| own(&line)), "{form}: {said}");
    }
}
