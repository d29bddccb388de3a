//! Numbered lists carry the labels that were typed, in every format, depth and script; the judge sees it where they do not.

use gmg_export::backend::edition::Edition;
use gmg_export::document::{self, Block, Delimiter, Document};
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
    match format::compare(wanted, &layout.tokens, format, &ReadBack::of(&file.bytes)) {
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

/// Changes the numbers of the innermost list.
fn change(blocks: &mut [Block], to: &dyn Fn(&mut Option<u64>, &mut Delimiter)) -> bool {
    blocks.iter_mut().rev().any(|block| match block {
        Block::List {
            start,
            delimiter,
            items,
            ..
        } => {
            if items.iter_mut().rev().any(|item| change(item, to)) {
                return true;
            }
            start.is_some() && {
                to(start, delimiter);
                true
            }
        }
        _ => false,
    })
}

#[test]
fn another_number_or_sign_behind_it_is_told() {
    let text = "1. one\n2. two\n   1. inner\n   2. other";
    let made = document("en", text);
    for format in FORMATS {
        for to in [
            &(|start: &mut Option<u64>, _: &mut Delimiter| *start = Some(4))
                as &dyn Fn(&mut Option<u64>, &mut Delimiter),
            &|_, delimiter| *delimiter = Delimiter::Parenthesis,
        ] {
            let mut wanted = made.clone();
            assert!(change(&mut wanted.chapters[0].blocks, to));
            assert_ne!(judged(&made, &wanted, format), "", "{format}");
        }
    }
}
