//! `import` as a user starts it: texts that share nothing, files that are none, and files that are there already.

use crate::program::Desk;

const TEXTS: [(&str, &str, &str); 6] = [
    (
        "workshop",
        include_str!("../cases/import/workshop.txt"),
        "4 chapters, 1 footnote, 4 members",
    ),
    (
        "board",
        include_str!("../cases/import/board.txt"),
        "5 chapters, 1 footnote",
    ),
    (
        "sessions",
        include_str!("../cases/import/sessions.txt"),
        "3 chapters, 2 meetings, 4 speakers",
    ),
    (
        "broken",
        include_str!("../cases/import/broken.txt"),
        "3 chapters;",
    ),
    (
        "reunion",
        include_str!("../cases/import/reunion.txt"),
        "3 chapters, 1 meeting, 2 speakers, 3 members",
    ),
    (
        "dialogue",
        include_str!("../cases/import/dialogue.txt"),
        "6 chapters;",
    ),
];

#[test]
fn texts_become_reports_that_pass_the_check_and_build() {
    for (name, text, counts) in TEXTS {
        let desk = Desk::empty();
        let file = format!("{name}.txt");
        desk.write(&file, text);
        let ran = desk.run(&["import", &file]);
        ran.is_done();
        assert!(ran.stdout.contains(counts), "{}", ran.stdout);
        assert!(ran.stdout.contains("in order"), "{}", ran.stdout);
        // Placeholders and doubtful names are warned of, and nothing else is.
        for arguments in [["check", name].as_slice(), &[name, "--format", "txt,docx"]] {
            let ran = desk.run(arguments);
            let warned = ran
                .stderr
                .lines()
                .filter(|line| line.starts_with("warning"));
            let mut other =
                warned.filter(|line| !line.contains("W0290") && !line.contains("W0242"));
            assert!(ran.code == 0 && other.next().is_none(), "{}", ran.stderr);
        }
    }
}

#[test]
fn sections_lists_and_tables_of_a_plain_text_are_what_they_were() {
    let desk = Desk::empty();
    desk.write("d.txt", TEXTS[5].1);
    desk.run(&["import", "d.txt"]).is_done();
    for (file, part) in [
        ("n-1-background", "brought together 64 participants from"),
        ("n-2-opening-session", "three points:\n\n    - recruitment"),
        (
            "n-3-session-one-recruitment",
            "    - title: '3.1 Fair recruitment'\n",
        ),
        (
            "n-3-session-one-recruitment",
            "        | Viet Nam–Japan | 6,400 | 5,800 |\n",
        ),
        (
            "n-4-conclusions-and-way-forward",
            "    (a) Member States will",
        ),
        ("agenda", "\n\n    09:30 – 10:30 Opening session\n\n"),
    ] {
        let text = desk.read(&format!("d/{file}.yaml"));
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(desk.read("d/report.yaml").contains("names is 2019-03-14"));
}

#[test]
fn a_text_in_french_is_read_by_french_words() {
    let desk = Desk::empty();
    desk.write("r.txt", TEXTS[4].1);
    desk.run(&["import", "r.txt"]).is_done();
    let meeting = desk.read("r/meetings/premiere.yaml");
    for part in [
        "date: 2020-05-03",
        "co_organisers: [reseau-des-puits, be]",
        "    - organisation: perou\n      person: dupont\n",
        "rapporteur: roux",
        "kind: opening",
        "- speaker: leroy",
        "kind: debate",
    ] {
        assert!(meeting.contains(part), "{part}\n{meeting}");
    }
    assert!(desk.read("r/report.yaml").contains("language: fr"));
    let ran = desk.run(&["import", "r.txt", "--language", "tlh", "--force"]);
    assert!(
        ran.code == 2 && ran.stderr.contains("no rules for the language"),
        "{}",
        ran.stderr
    );
    desk.run(&["import", "r.txt", "--language", "fr-CA", "--force"])
        .is_done();
    assert!(desk.read("r/report.yaml").contains("language: fr-CA"));
}

#[test]
fn pictures_beside_markdown_come_along() {
    let desk = Desk::empty();
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>";
    desk.write("pump.svg", drawing);
    desk.write("a.md", "# T\n\n## On pumps\n\n![A *pump*](pump.svg \"One of many\")\n\nText ![a seal](../seal.png) here.\n");
    let ran = desk.run(&["import", "a.md"]);
    ran.is_done();
    assert_eq!(desk.read("a/images/pump.svg"), drawing);
    let text = desk.read("a/on-pumps.yaml");
    assert!(
        text.contains("![A pump](images/pump.svg \"One of many\")"),
        "{text}"
    );
    assert!(text.contains("Text a seal here."), "{text}");
    assert!(
        ran.stdout
            .contains("check: the picture ../seal.png cannot be taken"),
        "{}",
        ran.stdout
    );
    assert_eq!(desk.run(&["a", "--format", "pdf,docx,txt"]).code, 0);
}

#[test]
fn every_line_has_a_word_of_what_became_of_it() {
    let desk = Desk::empty();
    desk.write("broken.txt", TEXTS[3].1);
    let ran = desk.run(&["import", "broken.txt", "--lines"]);
    for part in [
        "lines 1-1: title matter",
        "lines 8-8: page numbers",
        "lines 9-9: running heads",
    ] {
        assert!(ran.stdout.contains(part), "{part}\n{}", ran.stdout);
    }
}

#[test]
fn the_words_of_a_text_stand_in_its_export() {
    let desk = Desk::empty();
    desk.write("broken.txt", TEXTS[3].1);
    desk.run(&["import", "broken.txt", "--out", "made"])
        .is_done();
    let arguments = [
        "made",
        "--format",
        "txt",
        "--layout",
        "full-text",
        "-o",
        "made.txt",
    ];
    assert_eq!(desk.run(&arguments).code, 0);
    let text = desk.read("made.txt").replace('\n', " ");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "said that he knew every one of them",
        "# 40 per cent were for fishing.",
        "2020. That was the year",
        "a_b or [c] would not have helped; 5 < 6 | 7 & 8 > 2 `x`.",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn what_is_there_is_replaced_only_by_force() {
    let desk = Desk::empty();
    desk.write("a.txt", "Title\n\nIt is so, and that is all.\n");
    desk.run(&["import", "a.txt"]).is_done();
    desk.write("a.txt", "Titles\n\nIt is so, and that is all.\n");
    let ran = desk.run(&["import", "a.txt"]);
    assert!(
        ran.code == 5 && ran.stderr.contains("is there already"),
        "{}",
        ran.stderr
    );
    assert!(desk.read("a/report.yaml").contains("title: Title\n"));
    desk.run(&["import", "a.txt", "--force"]).is_done();
    assert!(desk.read("a/report.yaml").contains("title: Titles\n"));
    // What an author has worked on since is theirs.
    desk.write("a/report.yaml", "mine\n");
    desk.run(&["import", "a.txt", "--force"]).fails_with(
        5,
        &["`a/report.yaml` is there, and not as gmg-export wrote it"],
    );
    assert_eq!(desk.read("a/report.yaml"), "mine\n");
}

#[test]
fn files_that_are_no_text_are_refused() {
    let desk = Desk::empty();
    for (text, part) in [
        ("%PDF-1.7", "is a PDF, not a text"),
        ("PK\u{3}\u{4}", "the Word file is damaged"),
        ("", "the file is empty"),
        ("a\u{0}b", "U+0000"),
    ] {
        desk.write("a.txt", text);
        let ran = desk.run(&["import", "a.txt"]);
        assert!(
            ran.code == 3 && ran.stderr.contains(part),
            "{part}: {}",
            ran.stderr
        );
    }
    let ran = desk.run(&["import", "missing.txt"]);
    assert_eq!(ran.code, 5, "{}", ran.stderr);
}

/// Imports a text of 2 MiB where a hundred MB of memory may be taken.
fn imported_in_100_mb(piece: &str) -> crate::program::Ran {
    let desk = Desk::empty();
    let text = piece.repeat((2 << 20) / piece.len());
    desk.write("long.txt", &format!("On rivers\n\n{text}\n"));
    let mut command = desk.command(&["import", "long.txt", "--out", "long"]);
    let ran = command.env("GMG_EXPORT_MAX_MEMORY", "100").output();
    let ran = crate::program::Ran::from(ran.expect("the program starts"));
    let made = desk.path("long/report.yaml").exists();
    assert_eq!(ran.code == 0, made, "{}", ran.stderr);
    ran
}

#[test]
#[cfg(target_os = "linux")]
fn an_import_takes_some_35_bytes_of_memory_for_a_byte_of_text_or_ends() {
    let line = "The cities keep their rivers open for boats of every size and\n";
    let paragraph = format!("{}share what that costs.\n\n", line.repeat(4));
    for piece in ["word ", "w", &paragraph] {
        imported_in_100_mb(piece).is_done();
    }
    // Of what nobody writes there may be more in memory than there is room for.
    imported_in_100_mb("[").fails_with(6, &["error[E1019]", "100 MB", "importing `long.txt`"]);
}
