//! The program's own verdicts: its files keep what their formats promise, and a file with any property broken on purpose
//! is refused, by the program and by validators of others.
//!
//! What only the program sees is marked as such in the lists of broken files. The Open XML SDK, qpdf and outloud are no
//! part of the tests: the broken files are written for them on request (see `the_broken_files_are_written`).

mod access;
mod archive;
mod spoil;
mod word;

use std::path::Path;

use gmg_export::conformance::{self, Inspection};
use lopdf::Document;
use page_validation::ValidationProfile;

use crate::made::{Made, harbour, shipped};
use crate::pdf::findings;

/// Names the folder that the broken files are written to.
const FOLDER: &str = "BROKEN_FILES";

/// A file that breaks one clause.
struct Broken {
    name: &'static str,
    check: &'static str,
    clause: &'static str,
    outside: Outside,
    spoil: Spoil,
}

/// Whether the validator that the tests have sees what is broken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Outside {
    Sees,
    Blind,
}

/// How a good file is spoiled.
enum Spoil {
    Pdf(fn(&mut Document)),
    Bytes(fn(&mut Vec<u8>)),
    Parts(fn(&mut word::Parts)),
}

impl Broken {
    fn format(&self) -> &'static str {
        match self.check {
            "docx-structure" => "docx",
            _ => "pdf",
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let good = harbour().file("screen", self.format());
        match self.spoil {
            Spoil::Pdf(spoil) => {
                let mut doc = Document::load_mem(good).expect("a good file");
                spoil(&mut doc);
                spoil::save(doc)
            }
            Spoil::Bytes(spoil) => {
                let mut bytes = good.to_vec();
                spoil(&mut bytes);
                bytes
            }
            Spoil::Parts(spoil) => {
                let mut parts = word::read(good);
                spoil(&mut parts);
                word::write(&parts)
            }
        }
    }
}

fn all() -> impl Iterator<Item = &'static Broken> {
    access::FILES.iter().chain(archive::FILES).chain(word::FILES)
}

fn judged(format: &str, bytes: &[u8]) -> Inspection {
    conformance::inspect(format, false, bytes).unwrap_or_else(|found| panic!("{found}"))
}

fn passes(format: &str, bytes: &[u8]) {
    let found = judged(format, bytes);
    assert!(!found.verdicts.is_empty());
    for verdict in found.verdicts {
        assert!(verdict.passed(), "{format}: {verdict:#?}");
    }
}

#[test]
fn the_files_of_both_reports_keep_what_their_formats_promise() {
    for made in [shipped(), harbour()] {
        for format in ["pdf", "docx", "txt"] {
            passes(format, made.file("screen", format));
        }
        passes("txt", made.file("full-text", "txt"));
    }
}

#[test]
fn a_file_says_itself_which_standards_it_keeps() {
    let claims = |made: &Made, layout: &str, format: &str, print| {
        let file = made.file(layout, format);
        conformance::inspect(format, print, file).expect("a good file").standards
    };
    assert_eq!(claims(harbour(), "screen", "pdf", false), ["PDF/A-2a", "PDF/UA-1"]);
    assert_eq!(claims(harbour(), "print", "pdf", true), ["PDF/X-4"]);
    assert_eq!(claims(harbour(), "print", "press", true), ["PDF/X-4"]);
}

#[test]
fn a_good_file_that_is_read_and_written_again_is_still_good() {
    let good = harbour().file("screen", "pdf");
    let again = spoil::save(Document::load_mem(good).expect("a good file"));
    passes("pdf", &again);
    for profile in [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a] {
        assert_eq!(findings(&again, profile), [""; 0], "{profile:?}");
    }
    passes("docx", &word::write(&word::read(harbour().file("screen", "docx"))));
}

#[test]
fn every_broken_file_is_refused_for_the_clause_that_it_breaks() {
    let mut wrong = Vec::new();
    for broken in all() {
        let verdicts = judged(broken.format(), &broken.bytes()).verdicts;
        let verdict = verdicts.iter().find(|one| one.check == broken.check).expect("a verdict");
        if !verdict.breaches.iter().any(|one| one.clause.ends_with(&format!(" {}", broken.clause)) || one.clause == broken.clause) {
            wrong.push(format!("{} {}: {:#?}", broken.check, broken.name, verdict.breaches));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_outside_validator_refuses_the_broken_pdf_files_that_it_has_eyes_for() {
    let mut wrong = Vec::new();
    for broken in all().filter(|one| one.format() == "pdf") {
        let profile = match broken.check {
            "pdf-ua-1" => ValidationProfile::PdfUa1,
            _ => ValidationProfile::PdfA2a,
        };
        let found = findings(&broken.bytes(), profile);
        let expected = if found.is_empty() { Outside::Blind } else { Outside::Sees };
        if expected != broken.outside {
            wrong.push(format!("{} {}: {:?}, {found:#?}", broken.check, broken.name, broken.outside));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn damage_anywhere_is_a_verdict_or_an_error_and_no_panic() {
    for format in ["pdf", "docx"] {
        let good = harbour().file("screen", format);
        for step in 0..40 {
            let at = good.len() * step / 40;
            let _ = conformance::inspect(format, false, &good[..at]);
            let mut bytes = good.to_vec();
            bytes[at] ^= 0xff;
            let _ = conformance::inspect(format, false, &bytes);
        }
    }
}

/// Writes the broken files, with a list of what is broken, to the folder that the environment names, so that validators
/// outside the tests can be held against them.
#[test]
#[ignore = "writes files: set BROKEN_FILES to a folder"]
fn the_broken_files_are_written() {
    let folder = std::env::var_os(FOLDER).expect("BROKEN_FILES names a folder");
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder).expect("a folder");
    let mut list = String::from("file\tcheck\tclause\n");
    for broken in all() {
        let name = format!("{}.{}.{}", broken.check, broken.name, broken.format());
        std::fs::write(folder.join(&name), broken.bytes()).expect("a file");
        list += &format!("{name}\t{}\t{}\n", broken.check, broken.clause);
    }
    std::fs::write(folder.join("list.tsv"), list).expect("a file");
}
