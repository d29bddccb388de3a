//! Numbered lists carry the labels that were typed, in every format, depth and script, letters as well as digits; the judge
//! sees it where they do not.

use gmg_export::backend::edition::Edition;
use gmg_export::document::{self, Block, Counter, Delimiter, Document};
use gmg_export::layout::{self, LayoutLoader};
use gmg_export::pdf::read::ReadBack;
use gmg_export::source::{self, Folder};
use gmg_export::verify::format;

use crate::made::EPOCH;

const LISTS: &[&str] = &[
    "1. one\n2. two\n   1. inner\n   2. other\n3. three",
    "3) one\n4) two\n   - bullet\n     7. seven\n     8. eight",
    "1. a\n   1) b\n      1. c\n         1) d\n            1. e\n            2. f",
    "0. zero\n1. one\n\nBetween\n\n2. two\n3. three",
    "1. one\n2. two\n\n| A | B |\n|---|---|\n| c | d |\n\n3. three\n4. four",
    "99. a\n100. b\n101. c",
    "> 5. quoted\n> 6. again\n\n- x\n\n  1. loose\n\n  2. looser",
    "(a) one\n(b) two\n    (i) inner\n    (ii) other\n\n(c) three",
    "Text:\na) one\n   - bullet\n     A. seven\n     B. eight\n     C. nine\nb) two",
    "(a) outer\n(i) inner\n(ii) inner\n(b) outer\n\nBetween\n\n(c) on\n(d) on",
    "> (y) quoted\n> (z) again\n> (aa) more\n\n1. x\n\n   i. loose\n\n   ii. looser",
    "I. one\nII. two\n\n| A | B |\n|---|---|\n| c | d |\n\nIII. three\nIV. four",
    "(أ) one\n(ب) two\n    (1) inner\n    (2) inner\n(ج) three\n(د) four\n(هـ) five",
    "а) one\nб) two\nв) three\n\n(А) one\n(Б) two",
    "(א) one\n(ב) two\n    א. inner\n    ב. inner",
    "1. one[^n]\n2. two\n\n[^n]: A note\n\n    1. in a note\n    2. in it",
];

fn document(language: &str, text: &str) -> Document {
    let lines: String = text.lines().map(|line| format!("    {line}\n")).collect();
    let report = format!(
        "id: case\nlanguage: {language}\ntitle: Case\ndate: 2016-07-13\npublisher: P\ndescription: D\n\
         copyright: C\nimprint: I\ncontents: [c.yaml]\n"
    );
    let chapter = format!("section:\n  id: c\n  title: T\n  text: |\n{lines}");
    let files = [
        ("report.yaml", report.as_str()),
        ("people.yaml", "people: []\n"),
        ("organisations.yaml", "organisations: []\n"),
        ("c.yaml", &chapter),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    let source = source::read(&Folder::in_memory(files.into())).expect("a source");
    let strings = layout::strings(language).expect("words of the language");
    document::resolve(&source, &strings)
        .unwrap_or_else(|found| panic!("{text}: {found}"))
        .0
}

/// What the judge says of an artifact of `made` held against `wanted`.
fn judged(made: &Document, wanted: &Document, format: &str) -> String {
    let name = if format == "txt" {
        "full-text"
    } else {
        "screen"
    };
    let layout = LayoutLoader::embedded().load(name).expect("the layout");
    let backend = format::find(format).expect("a backend");
    let file = backend
        .render(&Edition::new(made, &layout, EPOCH))
        .unwrap_or_else(|found| panic!("{found}"));
    let wanted = Edition::new(wanted, &layout, EPOCH);
    match format::compare(&wanted, format, &ReadBack::of(&file.bytes)) {
        Ok(()) => String::new(),
        Err(found) => found.to_string(),
    }
}

const FORMATS: [&str; 3] = ["pdf", "docx", "txt"];

#[test]
fn every_format_has_the_labels_that_were_typed() {
    for language in ["en", "ru", "ar"] {
        for text in LISTS {
            let made = document(language, text);
            for format in FORMATS {
                assert_eq!(
                    judged(&made, &made, format),
                    "",
                    "{language} {format}: {text}"
                );
            }
        }
    }
}

/// What is changed of a list: its first number, its counter, and the signs around its numbers.
type Change = dyn Fn(&mut u64, &mut Counter, &mut Delimiter);

/// Changes the numbers of the innermost list.
fn change(blocks: &mut [Block], to: &Change) -> bool {
    blocks.iter_mut().rev().any(|block| match block {
        Block::List {
            start,
            counter,
            delimiter,
            items,
            ..
        } => {
            if items.iter_mut().rev().any(|item| change(item, to)) {
                return true;
            }
            let numbered = start.as_mut();
            numbered
                .map(|start| to(start, counter, delimiter))
                .is_some()
        }
        _ => false,
    })
}

#[test]
fn another_number_counter_or_sign_around_it_is_told() {
    let changes: [&Change; 3] = [
        &|start, _, _| *start += 3,
        &|_, counter, _| *counter = Counter::LowerLetter,
        &|_, _, delimiter| *delimiter = Delimiter::Comma,
    ];
    for text in [
        "1. one\n2. two\n   1. inner\n   2. other",
        "(a) one\n(b) two\n    (i) inner\n    (ii) other",
    ] {
        let made = document("en", text);
        for format in FORMATS {
            for to in changes {
                let mut wanted = made.clone();
                assert!(change(&mut wanted.chapters[0].blocks, to));
                assert_ne!(judged(&made, &wanted, format), "", "{format} {text}");
            }
        }
    }
}

/// The shape of blocks: lists by their labels, everything else as its text.
fn shape(blocks: &[Block]) -> String {
    let one = |block: &Block| match block {
        Block::List {
            start,
            counter,
            delimiter,
            items,
            ..
        } => {
            let label = |index: u64| match start {
                Some(start) => delimiter.around(&counter.sign(start + index)),
                None => "-".to_owned(),
            };
            let items = (0..).zip(items);
            let items = items.map(|(index, item)| format!("{} {}", label(index), shape(item)));
            format!("[{}]", items.collect::<Vec<_>>().join(", "))
        }
        Block::Paragraph { content } => document::plain_text(content),
        Block::Quote { blocks, .. } => format!("> {}", shape(blocks)),
        Block::Code { text, .. } => format!("`{text}`"),
        Block::Table(_) => "table".to_owned(),
        _ => "other".to_owned(),
    };
    blocks.iter().map(one).collect::<Vec<_>>().join(" | ")
}

#[test]
fn labels_that_markdown_does_not_know_make_lists() {
    for (text, wanted) in [
        ("(a) x\n(b) y\n\nz", "[(a) x, (b) y] | z"),
        (
            "It asks:\n(a) x\n    more\n(b) y",
            "It asks: | [(a) x more, (b) y]",
        ),
        ("(a) x\n\n(b) y", "[(a) x, (b) y]"),
        ("(a) x\n\n    more\n\n(b) y", "[(a) x | more, (b) y]"),
        (
            "(a) x\n  (i) p\n  (ii) q\n(b) y",
            "[(a) x | [(i) p, (ii) q], (b) y]",
        ),
        (
            "(a) x\n      (i) p\n      (ii) q\n(b) y",
            "[(a) x | [(i) p, (ii) q], (b) y]",
        ),
        (
            "(a) x\n(i) p\n(ii) q\n(b) y",
            "[(a) x | [(i) p, (ii) q], (b) y]",
        ),
        (
            "(a) x\n\n(i) p\n\n(ii) q\n\n(b) y",
            "[(a) x | [(i) p, (ii) q], (b) y]",
        ),
        (
            "(a) x\n(b) y\n\n(i) p\n(ii) q",
            "[(a) x, (b) y] | [(i) p, (ii) q]",
        ),
        (
            "(a) x\n(b) y\n\n(a) p\n(b) q",
            "[(a) x, (b) y] | [(a) p, (b) q]",
        ),
        ("(h) x\n(i) y\n(j) z", "[(h) x, (i) y, (j) z]"),
        (
            "(a) x\n    - p\n    - q\n(b) y",
            "[(a) x | [- p, - q], (b) y]",
        ),
        (
            "(a) x\n\n    | A | B |\n    |---|---|\n    | 1 | 2 |\n\n(b) y",
            "[(a) x | table, (b) y]",
        ),
        (
            "- x\n    (a) p\n    (b) q\n- y",
            "[- x | [(a) p, (b) q], - y]",
        ),
        (
            "1) x\n2) y\n\n(a) p\n(b) q",
            "[1) x, 2) y] | [(a) p, (b) q]",
        ),
        ("> (a) x\n> (b) y\n\nz", "> [(a) x, (b) y] | z"),
        ("```\n(a) x\n(b) y\n```", "`(a) x\n(b) y`"),
        ("x\n\n    (a) x\n    (b) y", "x | `(a) x\n(b) y`"),
        ("(a) - 5\n(b) # 6\n(c) > 7", "[(a) - 5, (b) # 6, (c) > 7]"),
        (
            "See article 5\n(a) of it\n(b) and",
            "See article 5 (a) of it (b) and",
        ),
        ("(a) x\n(c) y", "(a) x (c) y"),
        ("A. Solberg\n\nB. Birk", "A. Solberg | B. Birk"),
        ("J. Smith\nL. Jones", "J. Smith L. Jones"),
        ("(a) x", "(a) x"),
        ("（一）甲\n（二）乙", "[（一） 甲, （二） 乙]"),
        ("一、甲\n二、乙", "[一、 甲, 二、 乙]"),
        (
            "(أ) x\n(ب) y\n(ج) z\n(د) u\n(ه) v",
            "[(أ) x, (ب) y, (ج) z, (د) u, (هـ) v]",
        ),
    ] {
        assert_eq!(
            shape(&document("en", text).chapters[0].blocks),
            wanted,
            "{text}"
        );
    }
}

#[test]
fn a_pdf_says_by_what_its_lists_count() {
    let text = "(a) one[^n]\n(b) two\n    1. inner\n    2. inner\n\nА. x\nБ. y\nВ. z\n\nText\n\ni. x\nii. y\n\n- bullet\n\n\
                [^n]: See\n\n    I) x\n    II) y";
    let file = backend_file(&document("en", text), "pdf");
    let record = format::record("pdf", &ReadBack::of(&file)).expect("a record");
    let tags = String::from_utf8_lossy(&record.files["tags.txt"]).into_owned();
    let named = |line: &str| {
        line.split_once("ListNumbering=")
            .map(|(_, name)| name.to_owned())
    };
    let numberings: Vec<String> = tags.lines().filter_map(named).collect();
    let wanted = [
        "LowerAlpha",
        "UpperRoman",
        "Decimal",
        "UpperAlpha",
        "LowerRoman",
        "Circle",
    ];
    assert_eq!(numberings, wanted, "{tags}");
}

/// The file of a format in its usual layout.
fn backend_file(document: &Document, format: &str) -> Vec<u8> {
    let layout = LayoutLoader::embedded().load("screen").expect("the layout");
    let backend = format::find(format).expect("a backend");
    let made = backend.render(&Edition::new(document, &layout, EPOCH));
    made.unwrap_or_else(|found| panic!("{found}")).bytes
}
