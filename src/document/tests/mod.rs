//! Tests of resolving: small reports in memory, and the two reports of the project.

use std::collections::BTreeMap;

use super::*;
use crate::diagnostic::Diagnostics;
use crate::layout::Strings;
use crate::source::{self, Folder};

/// The English words.
pub(crate) fn strings() -> Strings {
    serde_yaml::from_str(include_str!("../../layouts/strings/en.yaml")).unwrap()
}

/// Resolves a folder; panics with the findings where it is wrong.
fn document(folder: &Folder) -> (Document, Diagnostics) {
    let source = source::read(folder).unwrap_or_else(|found| panic!("{found}"));
    resolve(&source, &strings()).unwrap_or_else(|found| panic!("{found}"))
}

#[test]
fn the_shipped_report_resolves() {
    let (document, _) = document(&source::embedded());
    assert_eq!(document.id, "gmg-2016");
}

#[test]
fn the_harbour_report_resolves_without_a_finding() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/harbour/source");
    let (document, found) = document(&Folder::of(&path));
    assert_eq!(found.to_string(), "");
    assert_eq!(document.images.len(), 4);
}

#[test]
fn explore() {
    let t = |text: &str| {
        format!(
            "section:\n  id: c\n  title: Chapter\n  text: |\n{}\n",
            text.lines()
                .map(|l| format!("    {l}"))
                .collect::<Vec<_>>()
                .join("\n")
        )
    };
    let emph = format!("{}x{}", "*a ".repeat(100), " b*".repeat(100));
    let lists = (0..12)
        .map(|n| format!("{}- x", "  ".repeat(n)))
        .collect::<Vec<_>>()
        .join("\n");
    let quotes = format!("{}x", "> ".repeat(100));
    let cases: Vec<String> = vec![
        t("a [UNHCR](org:unhcrr) b"),
        t("a [UNHCR](org: unhcr) b"),
        t("one\ntwo <b>bold</b>\n\n<div>\nx\n</div>\n\n<!-- c -->"),
        t("one\n\n# head\n\ntwo\n---\n\n***\n"),
        t("a ![x](a.png) b"),
        t("![](a.png)"),
        t("![x](a.png)"),
        t("a[^x] b[^y]\n\n[^x]: note [^z]\n[^x]: dup\n\n[^u]: unused"),
        t("a[^x] b[^x]\n\n[^x]: note"),
        t("a [b](javascript:x) [c](file:///x) [d](foo.html) [e]() [f](#nope) [g](#c) [](#c) [h](lang:xx_) [](lang:de)"),
        t("a [b](https://x.org \"title\")"),
        t("- [ ] x\n- [x] y"),
        t("```\nunclosed\n\na[^b]"),
        t(&emph), t(&lists), t(&quotes),
        t("a\u{7}b\u{202e}c"),
        t("a &#7; b"),
        t("[^a b] c"),
        t("| a | b |\n|---|---|\n"),
        t("    code by accident\n"),
        t("a [x[^n]](https://e.org)\n\n[^n]: note"),
        "section:\n  id: c\n  title: \"\"\n  text: ''\n".into(),
        "section:\n  id: c\n  title: a\n  blocks:\n    - table: {caption: x, header: [[a, b]], rows: [[c], [d, e, f], []]}\n    - table: {caption: x, header: [[a]], rows: []}\n    - table: {caption: x, header: [[]], rows: [[]]}\n    - table: {caption: x, header: [[a]], rows: [[\"> q\"]]}\n    - table: {caption: x, header: [[a]], rows: [[\"\"]]}\n    - table: {caption: x, header: [[a]], rows: [[\"| a |\\n|---|\\n| b |\"]]}\n    - table: {caption: x, header: [[a]], rows: [[\"a\\tb\"], [\"a\\nb\"]], columns: [{width: 0}]}\n".into(),
        "section:\n  id: c\n  title: a\n  sections:\n    - text: x\n    - kind: panel\n      text: x\n      moderators: [zz]\n    - title: y\n      moderators: [puri]\n    - title: z\n".into(),
        "section:\n  id: c\n  title: a\n  title_lines: [a, b]\n  interventions:\n    - {speaker: kely, text: x}\n    - {speaker: puri, text: \"- list\"}\n    - {speaker: puri, text: \"[P](person:puri) said\"}\n".into(),
        "meeting:\n  id: c\n  ordinal: 2\n  title: a\n  date: 2016-7-3\n  time: 10-12\n  venue: {}\n  co_organisers: [unhcr, unhcr, nope]\n  text: x\n".into(),
        "section:\n  id: C C\n  title: a\n  text: x\n  footnotes: [{id: a, text: x}, {id: a, text: y}]\n".into(),
    ];
    for case in cases {
        let mut files = BTreeMap::new();
        let mut add = |p: &str, s: &str| files.insert(p.to_owned(), s.as_bytes().to_vec());
        add(
            "report.yaml",
            "id: a\nlanguage: en\ntitle: t\ndate: 2016-01-01\npublisher: p\ndescription: d\ncopyright: c\nimprint: i\ncontents: [c.yaml]\n",
        );
        add(
            "people.yaml",
            "people:\n  - {id: kelley, name: N Kelley}\n  - {id: puri, name: L Puri}\n",
        );
        add(
            "organisations.yaml",
            "organisations:\n  - {id: unhcr, name: Office, acronym: UNHCR, kind: other}\n",
        );
        add("c.yaml", &case);
        println!("=====\n{}", case.chars().take(300).collect::<String>());
        match source::read(&Folder::Memory(files)) {
            Err(found) => println!("READ {found}"),
            Ok(source) => match resolve(&source, &strings()) {
                Err(found) => println!("{found}"),
                Ok((d, found)) => {
                    println!("OK {found}{}", serde_json::to_string(&d.chapters).unwrap())
                }
            },
        }
    }
}
