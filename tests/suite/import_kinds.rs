//! Texts whose like other people publish, each with what must and must not come of it.

use crate::program::Desk;

/// The case, what the source must say, and what it must not.
const CASES: &[(&str, &[&str], &[&str])] = &[
    (
        "m01-html-inline.md",
        &["The fee rose.¹ It fell\\\n    in H₂O, said the *board*."],
        &["<"],
    ),
    (
        "m02-html-heading-anchor.md",
        &["\ntitle: Harbour report\n", "title: '1. Fees and dues'"],
        &["<a name", "<br"],
    ),
    (
        "m05-heading-attributes.md",
        &[
            "\ntitle: Harbour report\n",
            "title: Fees\n",
            "title: Dues\n",
        ],
        &["{#", "{-}"],
    ),
    ("m07-second-mark-of-a-note.md", &["fell later.[^"], &[]),
    (
        "m09-strike-sub-sup.md",
        &["The ~~old~~ new fee", "CO₂ and m² holds"],
        &["\\~", "\\^"],
    ),
    (
        "m11-picture-with-attributes.md",
        &[
            "![The harbour from the pier](images/pic.png)",
            "nobody has described",
        ],
        &["width=50"],
    ),
    (
        "m13-definition-list.md",
        &[
            "- term: Fee\n          text: |\n            What a ship pays.\n\n            It is paid at the quay.",
        ],
        &["```"],
    ),
    (
        "m14-lettered-list.md",
        &[
            "a. first point\n    b. second point",
            "(i) one\n    (ii) two",
        ],
        &[],
    ),
    (
        "m15-front-matter-forms.md",
        &[
            "\ntitle: River report of the year\n",
            "date: 2024-03-01",
            "The river rose twice.",
            "author: Ana Solberg",
            "description: A report on rivers",
        ],
        &[],
    ),
    (
        "m17-front-matter-capital-keys.md",
        &["\ntitle: River report\n", "date: 2024-03-09"],
        &[],
    ),
    ("m18-date-in-the-title.md", &["date: 2015-09-02"], &[]),
    ("m20-emoji.md", &["everybody 🎉 and Ana 👍"], &[]),
    (
        "m21-vertical-tab.md",
        &["| Where When | Who |", "a line was broken"],
        &[],
    ),
    (
        "m25-empty-section-swallowed.md",
        &[
            "title: '2024-09-03'\n",
            "title: '2024-09-17 - Canceled'\n",
            "(no text)",
        ],
        &[],
    ),
    (
        "m26-checks-lost-below-level-one.md",
        &[
            "check: the link to plan.md",
            "check: the picture nofile.png",
        ],
        &[],
    ),
    (
        "t01-one-paragraph-a-line.txt",
        &[
            "title: Who was asked",
            "title: What the board can do",
            "\ntitle: Why ferries run late",
        ],
        &[],
    ),
    (
        "t03-bullet-on-its-own-line.txt",
        &["- Keep the banks firm\n    - Tell the towns early\n    - Share the cost fairly\n"],
        &["•", "title: Keep"],
    ),
    (
        "t04-heading-without-blank-line.txt",
        &[
            "title: Introduction\n",
            "title: Findings\n",
            "title: Conclusions\n",
        ],
        &[],
    ),
    (
        "t05-pages-of-an-rfc.txt",
        &[
            "\ntitle: Report from the Workshop on Gauges of Rivers\n",
            "date: 2023-03-13",
            "title: '2. Scope'",
        ],
        &["Page 2", "Gauge Workshop Report"],
    ),
    (
        "t07-body-taken-for-imprint.txt",
        &["text: |\n    \\[Speaker 1\\]", "\ntitle: Title not stated"],
        &["title: I hope"],
    ),
    (
        "t08-first-entry-into-imprint.txt",
        &[
            "text: |\n    Mark Holt\\\n    institution: River Board\\\n    email: mark@river.example\n",
        ],
        &["imprint: |\n  Mark"],
    ),
    (
        "t09-contents-with-numbers-apart.txt",
        &["The people of town 9"],
        &["title: '1'", "title: '4"],
    ),
    (
        "t11-head-with-number.txt",
        &["The people of town 9"],
        &["Annual Report 2024"],
    ),
    (
        "t13-acronym-cut-short.txt",
        &[
            "Code of Conduct\n",
            "Computer and Communications Security\n",
            "Software Sustainability Institute\n",
            "Authenticator Assurance Level\n",
        ],
        &["expansion: Conduct", "name: Sustainability"],
    ),
    (
        "t16-date-of-the-title-page.txt",
        &["\ntitle: The River Board report\n", "\ndate: 2018-05-18\n"],
        &["date: 2029"],
    ),
    (
        "t17-conveners-in-the-heading.txt",
        &[
            "Session 1: The state of the gauges'\n",
            "Session conveners: Ana Solberg, Jon Birk\n",
        ],
        &[],
    ),
    (
        "t19-appendix-letters.txt",
        &[
            "title: 'Appendix D: Gauges'\n",
            "title: 'Appendix E: Towns'\n",
        ],
        &[],
    ),
    (
        "t21-symbol-bullet.txt",
        &[
            "title: Aims\n",
            "- keep the banks firm\n    - tell the towns early\n",
        ],
        &["\u{F0B7}"],
    ),
    (
        "t23-title-block-too-long.txt",
        &[
            "\ntitle: Politique des ponts de la vallée v1.0\n",
            "date: 2018-05-18",
        ],
        &[],
    ),
    (
        "t24-mail-digest.txt",
        &[
            "\ntitle: River Board digest, Vol 12, Issue 3\n",
            "date: 2024-03-04",
            "> Who pays for the heat?",
            "\\--\\\n    Ana Solberg\\\n    River Board",
        ],
        &[],
    ),
    ("t26-code-recased.txt", &["C1426BMD"], &["C1426bmd"]),
    (
        "p72-parted-words.txt",
        &[
            "Ms. Smith-Jones came",
            "Mr. Al-Sisi",
            "Franco-German",
            "2030-2040",
            "telecommunication mast",
            "check: these hyphens may be",
        ],
        &["- J", "- S"],
    ),
    (
        "p74-notes.md",
        &[
            "the first again[^na]",
            "Second paragraph of a.",
            "- point two of a",
            "xnote",
            "an inline note",
            "no footnote for it",
        ],
        &[],
    ),
    (
        "p77-rules.md",
        &[
            "Annex of the report",
            "Key point: the pier is closed",
            "- second",
            "More words in this part.",
        ],
        &[],
    ),
    (
        "p78-tables.md",
        &[
            "- [Oranges, '5']",
            "| \\`a | b\\` | x |",
            "| 1 | 2 | 3 |",
            "**More**",
            "Hidden text in details.",
            "H₂O",
        ],
        &["<table", "<br"],
    ),
    (
        "p85-stars.txt",
        &["2\\*3\\*4 metres", "b=2\\_c\\*d\\*e", "**really**"],
        &[],
    ),
    (
        "p89-dates.txt",
        &["date: 2016-05-04", "date: 2016-05-13", "date: 2016-05-31"],
        &["date: 2016-04-05"],
    ),
];

/// The YAML that comes of a text.
pub(crate) fn imported(name: &str, bytes: &[u8]) -> String {
    let desk = Desk::empty();
    std::fs::write(desk.path(name), bytes).unwrap();
    let picture = include_bytes!("../cases/import/open/pic.png");
    std::fs::write(desk.path("pic.png"), picture).unwrap();
    let ran = desk.run(&["import", name, "--out", "made"]);
    assert_eq!(ran.code, 0, "{name}: {}", ran.stderr);
    let checked = desk.run(&["check", "made"]);
    assert_eq!(checked.code, 0, "{name}: {}", checked.stderr);
    let mut files = desk.names("made");
    files.retain(|file| file.ends_with(".yaml"));
    let mut text: String = files
        .iter()
        .map(|file| desk.read(&format!("made/{file}")))
        .collect();
    if desk.path("made/meetings").exists() {
        for file in desk.names("made/meetings") {
            text.push_str(&desk.read(&format!("made/meetings/{file}")));
        }
    }
    text
}

#[test]
fn texts_of_many_kinds_are_read_for_what_they_are() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/import/open");
    let mut wrong = Vec::new();
    for (name, must, must_not) in CASES {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let text = imported(name, &bytes);
        let lacks = must
            .iter()
            .filter(|part| !text.contains(**part))
            .map(|part| format!("lacks {part:?}"));
        let has = must_not
            .iter()
            .filter(|part| text.contains(**part))
            .map(|part| format!("has {part:?}"));
        let faults: Vec<String> = lacks.chain(has).collect();
        if !faults.is_empty() {
            wrong.push(format!("{name}: {}\n{text}", faults.join("; ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn one_bad_byte_of_utf8_is_named_with_its_line() {
    let desk = Desk::empty();
    std::fs::write(
        desk.path("a.txt"),
        b"caf\xC3\xA9 \xE2\x80\x93 here.\n\nBad caf\xE9 there.\n",
    )
    .unwrap();
    let ran = desk.run(&["import", "a.txt"]);
    assert!(
        ran.code == 3 && ran.stderr.contains("a.txt:3:8"),
        "{}",
        ran.stderr
    );
    assert!(!desk.path("a").exists());
}

#[test]
fn a_placeholder_is_warned_of_and_stops_a_release() {
    let desk = Desk::empty();
    desk.write("a.md", "## Fees\n\nThe fee rose.\n");
    desk.run(&["import", "a.md"]).is_done();
    for arguments in [["check", "a"].as_slice(), &["a", "--format", "txt"]] {
        let ran = desk.run(arguments);
        assert!(
            ran.code == 0 && ran.stderr.contains("W0290"),
            "{}",
            ran.stderr
        );
    }
    let ran = desk.run(&["release", "a", "--out", "rel"]);
    assert!(
        ran.code != 0 && ran.stderr.contains("E1230"),
        "{}",
        ran.stderr
    );
    for field in ["date", "publisher", "copyright"] {
        assert!(
            ran.stderr.contains(&format!("({field})")),
            "{field}: {}",
            ran.stderr
        );
    }
    assert!(!desk.path("rel").exists());
}
