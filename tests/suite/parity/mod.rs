//! Every format states the same things in the same order: what each artifact says is held against the document, and a
//! document that says something else is told from it.

mod names;

use gmg_export::golden;
use gmg_export::layout::Shelf;
use gmg_export::parity;

use crate::made::{harbour, shipped};

#[test]
fn every_recorded_artifact_of_both_reports_says_what_the_document_says() {
    for made in [shipped(), harbour()] {
        for (layout, backend) in golden::recorded() {
            let tokens = Shelf::embedded().load(layout).expect("a layout").tokens;
            let format = backend.name();
            let start = std::time::Instant::now();
            let result =
                parity::compare(&made.document, &tokens, format, made.file(layout, format));
            println!("{layout} {format}: {:?}", start.elapsed());
            if let Err(found) = result {
                panic!("{layout} {format}: {found}");
            }
        }
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
