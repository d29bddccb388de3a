//! Pairs of texts that are hard to tell apart or have little in common: chapters that were moved, tables with other columns,
//! another language, nothing left, and much more of it.

use std::collections::BTreeMap;

use gmg_export::backend::Summary;

use super::compare;
use super::kinds::of_blocks;
use crate::merge::{Files, export, files};

/// The Word file of a report, which must be one.
fn word(files: &Files, what: &str) -> Vec<u8> {
    match export(files, &BTreeMap::new()) {
        Ok(made) => made.bytes,
        Err(found) => panic!("{what}: {found}"),
    }
}

/// Compares two reports both ways; what was changed from the one to the other.
pub(super) fn both_ways(what: &str, old: &Files, new: &Files) -> Summary {
    println!("{what}");
    let (old, new) = (word(old, what), word(new, what));
    let is_same = old == new;
    let there = compare(&old, &new).summary;
    let back = compare(&new, &old).summary;
    assert_eq!((there.is_same, back.is_same), (is_same, is_same), "{what}");
    there
}

/// A report with words of its files replaced, each of which must be there.
fn with(files: &Files, changes: &[(&str, &str, &str)]) -> Files {
    let mut files = files.clone();
    for (name, old, new) in changes {
        let text = String::from_utf8(files[*name].clone()).unwrap();
        assert!(text.contains(old), "{name} has no {old}");
        files.insert((*name).to_owned(), text.replace(old, new).into_bytes());
    }
    files
}

#[test]
fn chapters_that_are_moved_come_out_whole() {
    let study = files("study");
    let order = "  - summary.yaml\n  - question.yaml\n  - findings.yaml\n  - advice.yaml\n";
    let other = "  - summary.yaml\n  - advice.yaml\n  - findings.yaml\n  - question.yaml\n";
    both_ways(
        "chapters the other way round",
        &study,
        &with(&study, &[("report.yaml", order, other)]),
    );
    let annual = files("annual");
    let moved = with(
        &annual,
        &[
            ("report.yaml", "  - flood.yaml\n", ""),
            (
                "report.yaml",
                "  - plans.yaml\n",
                "  - plans.yaml\n  - flood.yaml\n",
            ),
            (
                "report.yaml",
                "  - ferries.yaml\n  - numbers.yaml\n  - traffic.yaml\n",
                "  - traffic.yaml\n  - numbers.yaml\n  - ferries.yaml\n",
            ),
        ],
    );
    let summary = both_ways("chapters of all kinds elsewhere", &annual, &moved);
    assert!(summary.words_added > 500, "{summary:?}");
}

#[test]
fn tables_have_other_columns() {
    let study = files("study");
    let table = |columns: &[usize], rows: &[usize]| {
        let cells = [
            ["Last boat", "Islands", "\"2010\"", "\"2024\"", "Remark"],
            ["After 21:00", "\"5\"", "\"412\"", "\"415\"", "many"],
            [
                "From 19:00 to 21:00",
                "\"4\"",
                "\"287\"",
                "\"259\"",
                "\"**fewer**\"",
            ],
            ["Before 19:00", "\"5\"", "\"306\"", "\"244\"", "few"],
        ];
        let line = |row: &[&str; 5]| {
            let cells: Vec<&str> = columns.iter().map(|at| row[*at]).collect();
            format!("[{}]", cells.join(", "))
        };
        let rows: Vec<String> = rows
            .iter()
            .map(|at| format!("              - {}\n", line(&cells[*at])))
            .collect();
        let file = &study["findings.yaml"];
        let text = String::from_utf8(file.clone()).unwrap();
        let start = text.find("            columns:\n").unwrap();
        let end = text.find("            row_headers:").unwrap();
        let widths = "              - align: left\n".repeat(columns.len());
        let made = format!(
            "{}            columns:\n{widths}            header:\n              - {}\n            rows:\n{}{}",
            &text[..start],
            line(&cells[0]),
            rows.concat(),
            &text[end..]
        );
        let mut files = study.clone();
        files.insert("findings.yaml".to_owned(), made.into_bytes());
        files
    };
    let whole = table(&[0, 1, 2, 3], &[1, 2, 3]);
    for (columns, rows) in [
        (&[0, 1, 2, 3, 4][..], &[1, 2, 3][..]),
        (&[0, 4, 1, 2, 3], &[1, 2, 3]),
        (&[4, 0, 1, 2, 3], &[3, 2, 1]),
        (&[0, 3], &[1, 2, 3]),
        (&[0], &[2]),
        (&[0, 3, 2, 1], &[1, 2, 3]),
        (&[0, 1, 2, 3], &[3, 1, 2]),
        (&[0, 1, 2, 3], &[1, 1, 2, 3, 3]),
        (&[1, 2], &[1, 2, 3, 1, 2, 3]),
    ] {
        both_ways(
            &format!("columns {columns:?}, rows {rows:?}"),
            &whole,
            &table(columns, rows),
        );
    }
}

#[test]
fn figures_are_swapped() {
    let harbour = files("harbour");
    let mut bytes = harbour.clone();
    let (bars, quay) = (
        harbour["images/escales.png"].clone(),
        harbour["images/quai.jpg"].clone(),
    );
    let swapped = with(
        &harbour,
        &[
            ("introduction.yaml", "images/escales.png", "images/other"),
            ("introduction.yaml", "images/quai.jpg", "images/escales.png"),
            ("introduction.yaml", "images/other", "images/quai.jpg"),
        ],
    );
    both_ways("figures in each other’s places", &harbour, &swapped);
    both_ways("another picture of the same name", &harbour, &{
        bytes.insert(
            "images/carte.svg".to_owned(),
            harbour["images/vagues.svg"].clone(),
        );
        bytes
    });
    assert_ne!(bars, quay);
    both_ways(
        "another alternative text",
        &harbour,
        &with(
            &harbour,
            &[(
                "introduction.yaml",
                "un navire blanc amarré",
                "un navire noir amarré",
            )],
        ),
    );
}

#[test]
fn languages_titles_and_numbering_change() {
    let study = files("study");
    let harbour = files("harbour");
    // Without numbers of paragraphs, links to them need words.
    let mut named = study.clone();
    for (name, ids) in [
        ("findings.yaml", &["why"][..]),
        ("advice.yaml", &["main", "hour", "cost"]),
    ] {
        for id in ids {
            let link = format!("[](#{id})");
            named = with(&named, &[(name, &link, &format!("[there](#{id})"))]);
        }
    }
    let language = |what, report, was, is| {
        let field = |language| format!("language: {language}");
        let now = with(report, &[("report.yaml", &field(was), &field(is))]);
        (what, report, now)
    };
    for (what, old, new) in [
        language("another English", &study, "en-GB", "en-US"),
        language("French", &study, "en-GB", "fr"),
        language("Arabic", &study, "en-GB", "ar"),
        language("Spanish", &harbour, "fr", "es"),
        (
            "title",
            &study,
            with(
                &study,
                &[
                    (
                        "report.yaml",
                        "title: The last boat home",
                        "title: Le dernier bac",
                    ),
                    ("report.yaml", "[The last, boat home]", "[Le, dernier, bac]"),
                ],
            ),
        ),
        (
            "no subtitle, no series, no licence",
            &study,
            with(
                &study,
                &[
                    (
                        "report.yaml",
                        "subtitle: Evening ferries and the size of island schools, 2010–2024\n",
                        "",
                    ),
                    ("report.yaml", "series: Harbour Papers\n", ""),
                    ("report.yaml", "licence: CC BY-NC 4.0\n", ""),
                ],
            ),
        ),
        (
            "numbers of sections",
            &named,
            with(
                &named,
                &[(
                    "report.yaml",
                    "numbering: paragraphs",
                    "numbering: sections",
                )],
            ),
        ),
        (
            "no numbers",
            &named,
            with(&named, &[("report.yaml", "numbering: paragraphs\n", "")]),
        ),
        (
            "no lists at the end",
            &study,
            with(
                &study,
                &[(
                    "report.yaml",
                    "back_matter: [tables, references, acronyms]",
                    "back_matter: [references]",
                )],
            ),
        ),
        (
            "date and authors",
            &study,
            with(
                &study,
                &[
                    ("report.yaml", "date: 2026-05-18", "date: 2027-01-02"),
                    ("report.yaml", "[solheim, achterberg]", "[achterberg]"),
                ],
            ),
        ),
    ] {
        both_ways(what, old, &new);
    }
    both_ways("from Arabic to Hebrew", &files("arabic"), &files("hebrew"));
}

#[test]
fn notes_are_numbered_anew() {
    let harbour = files("harbour");
    let first = with(
        &harbour,
        &[(
            "avant-propos.yaml",
            "Un navire à quai ne dort pas",
            "Un navire[^un] à quai ne dort pas[^deux][^trois].\n\n    [^un]: Premier.\n\n    [^deux]: Deuxième, *avec* un [lien](https://exemple.example).\n\n    [^trois]: Troisième.\n\n    Il dort",
        )],
    );
    let other = with(
        &first,
        &[
            ("avant-propos.yaml", "navire[^un]", "navire[^trois]"),
            ("avant-propos.yaml", "pas[^deux][^trois]", "pas[^un][^deux]"),
        ],
    );
    both_ways("notes at the start", &harbour, &first);
    both_ways("notes in another order", &first, &other);
    both_ways(
        "notes with the same words",
        &other,
        &with(
            &other,
            &[("avant-propos.yaml", "[^un]: Premier.", "[^un]: Troisième.")],
        ),
    );
    both_ways(
        "notes without words around them",
        &first,
        &with(
            &first,
            &[
                ("avant-propos.yaml", "navire[^un]", "navire[^un][^trois]"),
                ("avant-propos.yaml", "[^deux][^trois]", "[^deux]"),
            ],
        ),
    );
}

#[test]
fn nothing_is_left_or_all_is_there_many_times() {
    let study = files("study");
    let last = with(
        &study,
        &[
            (
                "report.yaml",
                "  - question.yaml\n  - findings.yaml\n  - advice.yaml\n",
                "",
            ),
            (
                "report.yaml",
                "back_matter: [tables, references, acronyms]\n",
                "",
            ),
            ("report.yaml", "citation_style: chicago-author-date\n", ""),
        ],
    );
    let mut last = last;
    last.remove("references.yaml");
    last.insert(
        "summary.yaml".to_owned(),
        "section:\n  id: summary\n  title: A\n  text: |\n    B\n".into(),
    );
    let summary = both_ways("all but one word is deleted", &study, &last);
    assert!(summary.words_deleted > 400, "{summary:?}");
    let mut tenfold = study.clone();
    let mut contents = String::new();
    for copy in 1..10 {
        for (name, ids) in [
            (
                "question.yaml",
                &["why", "islands", "hour", "question", "bridges"][..],
            ),
            (
                "findings.yaml",
                &["main", "late", "pupils", "fare", "cost", "findings"],
            ),
        ] {
            let mut text = String::from_utf8(study[name].clone()).unwrap();
            for id in ids {
                for (before, after) in [("id: ", "\n"), ("{#", "}"), ("(#", ")"), ("[^", "]")] {
                    text = text.replace(
                        &format!("{before}{id}{after}"),
                        &format!("{before}{id}-{copy}{after}"),
                    );
                }
            }
            let name = format!("{copy}-{name}");
            contents += &format!("  - {name}\n");
            tenfold.insert(name, text.into_bytes());
        }
    }
    let tenfold = with(
        &tenfold,
        &[(
            "report.yaml",
            "  - advice.yaml\n",
            &format!("  - advice.yaml\n{contents}"),
        )],
    );
    let summary = both_ways("ten times the text", &study, &tenfold);
    assert!(summary.words_added > 3000, "{summary:?}");
}

/// Texts that differ in little that matters: white space, marks, composed letters, directions, and one very long word.
#[test]
fn texts_that_are_hard_to_compare_come_out_exactly() {
    let block = |text: &str| of_blocks(&[format!("    - text: |\n        {text}\n")]);
    let long = "boat".repeat(2500);
    let many = "the boat and the ferry and ".repeat(400) + "the end";
    let texts = [
        "The café at the quay is open.",
        "The cafe\u{301} at the quay is open.",
        "The café\u{a0}at the quay is\u{202f}open.",
        "**The café at the quay is open.**",
        "The *café **at** the* quay is ~~open~~ ^open^.",
        "The café at\\\n        the quay is open.",
        "open is quay the at café The.",
        "مقهى الرصيف مفتوح The café 123.",
        "The café مقهى 123 الرصيف מים is open.",
        "码头的咖啡馆开着。",
        "码头咖啡馆不开。",
        "[The café](https://a.example) at the quay is open.",
        "[The café](https://b.example) at [the quay](https://b.example) is open.",
        "The `café` at the quay is <https://a.example>.",
        "a a a a a a a a",
        "a a a a",
        "𝒳 👩‍👩‍👧 🇫🇷 ½ ﬁ.",
        &long,
        &many,
    ];
    for (at, old) in texts.iter().enumerate() {
        let new = texts[(at + 1) % texts.len()];
        both_ways(&format!("text {at}"), &block(old), &block(new));
    }
    let split =
        block("The café at the quay.\n\n        It is open.\n\n        - It is\n        - open.");
    for text in texts {
        both_ways("parted", &block(text), &split);
    }
}
