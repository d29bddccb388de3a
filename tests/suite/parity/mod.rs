//! Every format states the same things in the same order: what each artifact says is held against the document, and
//! what says something else is told from it.
//!
//! - `changes`: documents that differ from the report in one thing
//! - `names`: whom the digest must name, worked out apart from the judge
//! - here: artifacts against documents, edited and broken bytes

mod changes;
mod names;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use gmg_export::backend::edition::Edition;
use gmg_export::base::diagnostic::{Diagnostics, Kind};
use gmg_export::document::Document;
use gmg_export::document::epoch;
use gmg_export::layout::{Impose, Layout, LayoutLoader, Length};
use gmg_export::pdf::read::ReadBack;
use gmg_export::verify::format;

use crate::conformance::{spoil, word};
use crate::made::{Made, annual, harbour, marked, shipped};
use changes::{CHANGES, Change};

/// A layout, read once.
fn layout(name: &str) -> &'static Layout {
    static LAYOUTS: LazyLock<BTreeMap<&str, Layout>> = LazyLock::new(|| {
        let load = |name| LayoutLoader::embedded().load(name);
        let load = |name| load(name).unwrap_or_else(|found| panic!("{found}"));
        let names = format::RECORDED.into_iter();
        names.map(|name| (name, load(name))).collect()
    });
    &LAYOUTS[name]
}

/// What the judge says of a recorded artifact.
fn judged(document: &Document, name: &str, format: &str, bytes: &[u8]) -> String {
    let edition = Edition::new(document, layout(name), 0);
    match format::compare(&edition, format, &ReadBack::of(bytes)) {
        Ok(()) => String::new(),
        Err(found) => {
            assert!(found.iter().all(|one| one.kind == Kind::Differs));
            assert!(!found.is_empty() && found.len() <= 21, "{found}");
            found.to_string()
        }
    }
}

#[test]
fn every_recorded_artifact_says_what_the_document_says() {
    for made in [shipped(), harbour(), marked(), annual()] {
        for (name, backend) in format::recorded() {
            let format = backend.name();
            let document = made.document_for(layout(name));
            let found = judged(&document, name, format, made.file(name, format));
            assert!(found.is_empty(), "{name} {format}: {found}");
        }
    }
}

/// Holds every artifact against a document with one change.
fn hold(made: &Made, change: &Change) -> usize {
    let mut held = 0;
    for (name, backend) in format::recorded() {
        let (format, edition) = (backend.name(), (name, backend.name()));
        if change.unseen.contains(&edition) {
            continue;
        }
        let mut document = made.document_for(layout(name)).into_owned();
        let Some(named) = (change.make)(&mut document) else {
            continue;
        };
        let found = judged(&document, name, format, made.file(name, format));
        assert!(!found.is_empty(), "{}: {name} {format}", change.name);
        for words in &named {
            assert!(
                found.contains(&words.to_lowercase()),
                "{}: {words:?} is not named for {name} {format}: {found}",
                change.name
            );
        }
        held += 1;
    }
    held
}

#[test]
fn one_thing_that_the_document_has_otherwise_is_named_in_every_format() {
    for change in CHANGES {
        let reports = [shipped(), harbour(), marked(), annual()];
        let held: usize = reports.iter().map(|made| hold(made, change)).sum();
        assert!(held > 0, "{} was made nowhere", change.name);
    }
}

#[test]
fn a_caption_that_is_the_description_or_a_part_of_it_is_no_fault() {
    let pairs = [
        ("Le port", "Le port"),
        ("Le port", "Le port la nuit"),
        ("Le port la nuit", "Le port"),
        ("Une vue du port", "du port"),
        ("du port", "Une vue du port"),
        ("Figure 1", "Figure 1"),
        ("LE PORT", "le port"),
    ];
    for (alt, caption) in pairs {
        let mut document = marked().document.clone();
        changes::describe(&mut document, alt, caption);
        for name in format::RECORDED {
            let layout = LayoutLoader::embedded().load(name).expect("a layout");
            let edition = Edition::new(&document, &layout, epoch::of_day(&document.date));
            for (_, backend) in format::recorded().filter(|(layout, _)| *layout == name) {
                let made = backend.render(&edition).expect("an artifact");
                let found = judged(&document, name, backend.name(), &made.bytes);
                assert!(
                    found.is_empty(),
                    "{alt}, {caption}: {name} {}: {found}",
                    backend.name()
                );
            }
        }
    }
}

#[test]
fn artifacts_of_a_document_that_lost_things_do_not_pass_for_the_whole() {
    let whole = &harbour().document;
    let mut document = whole.clone();
    let lost = changes::lose(&mut document);
    for name in format::RECORDED {
        let layout = LayoutLoader::embedded().load(name).expect("a layout");
        let edition = Edition::new(&document, &layout, epoch::of_day(&document.date));
        for (_, backend) in format::recorded().filter(|(layout, _)| *layout == name) {
            let made = backend.render(&edition).expect("an artifact");
            let found = judged(whole, name, backend.name(), &made.bytes);
            for (words, unseen) in &lost {
                let seen = !unseen.contains(&(name, backend.name()));
                assert!(
                    !seen || found.contains(&words.to_lowercase()),
                    "{name} {}: {words:?} is not named: {found}",
                    backend.name()
                );
            }
        }
    }
}

#[test]
fn sheets_of_every_imposition_say_what_the_document_says() {
    let document = &harbour().document;
    let mut layout = LayoutLoader::embedded().load("print").expect("a layout");
    let press = format::find("press").expect("a backend");
    for impose in [Impose::Booklet, Impose::Nup(4), Impose::Signatures(16)] {
        layout.tokens.press.impose = impose;
        let edition = Edition::new(document, &layout, epoch::of_day(&document.date));
        let made = press.render(&edition).expect("sheets");
        let found = format::compare(&edition, "press", &ReadBack::of(&made.bytes));
        found.unwrap_or_else(|found| panic!("{impose}: {found}"));
    }
}

#[test]
fn pages_on_which_tables_and_notes_break_elsewhere_say_the_same() {
    let document = &harbour().document;
    let mut layout = LayoutLoader::embedded().load("print").expect("a layout");
    let pdf = format::find("pdf").expect("a backend");
    for millimetres in [230.0, 190.0] {
        layout.tokens.page.height = Length::pt(millimetres * 72.0 / 25.4);
        let edition = Edition::new(document, &layout, epoch::of_day(&document.date));
        let made = pdf.render(&edition).expect("pages");
        let found = format::compare(&edition, "pdf", &ReadBack::of(&made.bytes));
        found.unwrap_or_else(|found| panic!("{millimetres} mm: {found}"));
    }
}

#[test]
fn a_sentence_left_out_moved_or_added_is_found() {
    let made = harbour();
    let whole = std::str::from_utf8(made.file("full-text", "txt")).expect("UTF-8");
    let judge = |text: &str| judged(&made.document, "full-text", "txt", text.as_bytes());
    assert_eq!(judge(whole), "");
    let sentence = |from: usize| from + whole[from..].find(". ").expect("a sentence") + 2;
    let middle = sentence(whole.floor_char_boundary(whole.len() / 2));
    let next = sentence(middle);
    let without = format!("{}{}", &whole[..middle], &whole[next..]);
    assert_ne!(judge(&without), "");
    assert_ne!(judge(&format!("{without} {}", &whole[middle..next])), "");
    let added = format!("{}Aucun ajout. {}", &whole[..middle], &whole[middle..]);
    assert!(judge(&added).contains("aucun ajout"), "{}", judge(&added));
}

#[test]
fn a_block_that_is_told_as_something_else_is_named() {
    let made = harbour();
    let pdf = |from: &str, to: &str| {
        let mut doc = lopdf::Document::load_mem(made.file("screen", "pdf")).expect("a good file");
        spoil::retag(&mut doc, from, to);
        judged(&made.document, "screen", "pdf", &spoil::save(doc))
    };
    let cases = [
        ("H3", "P", "told as a paragraph, not as a heading"),
        ("Caption", "Div", "told as a paragraph, not as a caption"),
        (
            "BlockQuote",
            "Div",
            "told as a paragraph, not as a quotation",
        ),
        (
            "P",
            "Span",
            "told as text between blocks, not as a paragraph",
        ),
    ];
    for (from, to, told) in cases {
        let found = pdf(from, to);
        assert!(found.contains(told), "{from} as {to}: {found}");
    }
    let docx = |from: &str, to: &str| {
        let mut parts = word::read(made.file("screen", "docx"));
        let body = parts
            .iter_mut()
            .find(|(name, _)| name == "word/document.xml");
        let (_, body) = body.expect("a body");
        let text = String::from_utf8(body.clone()).expect("UTF-8");
        assert!(text.contains(from), "{from}");
        *body = text.replace(from, to).into_bytes();
        judged(&made.document, "screen", "docx", &word::write(&parts))
    };
    let style = |id: &str| format!("<w:pStyle w:val=\"{id}\"/>");
    let cases = [
        (
            "Speaker",
            "BodyText",
            "told as a paragraph, not as a heading",
        ),
        (
            "Caption",
            "BodyText",
            "told as a paragraph, not as a caption",
        ),
        (
            "Quote",
            "BodyText",
            "told as a paragraph, not as a quotation",
        ),
    ];
    for (from, to, told) in cases {
        let found = docx(&style(from), &style(to));
        assert!(found.contains(told), "{from} as {to}: {found}");
    }
}

#[test]
fn everyone_who_spoke_or_moderated_is_named_in_the_digest() {
    for made in [shipped(), harbour()] {
        let digest = std::str::from_utf8(made.file("screen", "txt")).expect("UTF-8");
        let digest = names::plain(digest);
        let people = names::of(&made.document);
        assert!(!people.is_empty());
        for name in people {
            assert!(digest.contains(&name), "{name} is not in the digest");
        }
    }
}

#[test]
fn an_artifact_of_another_report_differs() {
    for (layout, backend) in format::recorded() {
        let bytes = shipped().file(layout, backend.name());
        assert_ne!(
            judged(&harbour().document, layout, backend.name(), bytes),
            ""
        );
    }
}

#[test]
fn broken_bytes_and_unknown_formats_are_errors() {
    let document = &harbour().document;
    for (layout, backend) in format::recorded() {
        let format = backend.name();
        let whole = harbour().file(layout, format);
        for part in 0..8 {
            let cut = &whole[..whole.len() * part / 8];
            assert_ne!(judged(document, layout, format, cut), "");
        }
        // What a flipped byte does depends on where it is: it must not end the program.
        for part in 1..24 {
            let mut bytes = whole.to_vec();
            bytes[whole.len() * part / 24] ^= 0x55;
            judged(document, layout, format, &bytes);
        }
    }
    let edition = Edition::new(document, layout("screen"), 0);
    let found: Result<(), Diagnostics> = format::compare(&edition, "scroll", &ReadBack::of(b"x"));
    assert!(found.unwrap_err().to_string().contains("`scroll`"));
}
