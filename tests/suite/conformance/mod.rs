//! The program's own verdicts: its files keep what their formats promise, and a file with any property broken on purpose
//! is refused, by the program and by validators of others.
//!
//! What only the program sees is marked as such in the lists of broken files. The Open XML SDK, qpdf and outloud are no
//! part of the tests: the broken files are written for them on request (see `the_broken_files_are_written`).

pub(crate) mod access;
mod archive;
mod odd;
pub(crate) mod spoil;
pub(crate) mod word;

use gmg_export::verify::format;
use std::path::Path;

use gmg_export::layout::LayoutLoader;
use gmg_export::pdf::read::ReadBack;
use gmg_export::verify::conformance::{Inspection, Profile};
use lopdf::{Document, Object, dictionary};
use page_validation::ValidationProfile;

use crate::made::{annual, harbour, shipped};
use crate::pdf::diagnostics;

/// Names the folder that the broken files are written to.
const FOLDER: &str = "BROKEN_FILES";

/// A file that breaks one clause.
pub(crate) struct Broken {
    name: &'static str,
    check: &'static str,
    clause: &'static str,
    outside: Outside,
    spoil: Spoil,
}

/// Files that break PDF/UA-1 in a way that outloud does not see.
const OUTLOUD_IS_BLIND: &[&str] = &[
    "block-within-a-paragraph",
    "content-of-no-page",
    "content-outside-the-tree",
    "contents-without-items",
    "figure-without-box",
    "font-empty",
    "header-of-no-cell",
    "language-of-no-tag",
    "list-without-numbering",
    "no-bookmarks",
    "table-without-headers",
    "text-beside-a-block",
    "text-without-paragraph",
    "unmarked-shape",
    "wrong-way-back",
];

/// Whether an outside validator sees what is broken: for PDF files that of the tests, for Word files the Open XML SDK.
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

/// The broken PDF file of that name.
pub(crate) fn broken(name: &str) -> Vec<u8> {
    let mut all = all();
    let found = all.find(|one| one.name == name && one.check == "pdf-ua-1");
    found.unwrap_or_else(|| panic!("no file {name}")).bytes()
}

impl Broken {
    fn format(&self) -> &'static str {
        match self.check {
            "docx-structure" => "docx",
            _ => "pdf",
        }
    }

    /// The validators outside the program that must refuse it.
    fn judges(&self) -> String {
        let mut judges = Vec::new();
        if self.outside == Outside::Sees {
            judges.push(if self.format() == "docx" {
                "ooxml-validator"
            } else {
                "page_validation"
            });
        }
        if self.check == "pdf-ua-1" && !OUTLOUD_IS_BLIND.contains(&self.name) {
            judges.push("outloud");
        }
        if judges.is_empty() {
            "-".into()
        } else {
            judges.join(",")
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
    access::FILES
        .iter()
        .chain(archive::FILES)
        .chain(word::FILES)
}

const SCREEN: Profile = Profile {
    for_print: false,
    columns: 72,
};

fn judged(format: &str, bytes: &[u8]) -> Inspection {
    format::inspect(format, SCREEN, &ReadBack::of(bytes)).unwrap_or_else(|found| panic!("{found}"))
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
    for made in [shipped(), harbour(), annual()] {
        for format in ["pdf", "docx", "txt"] {
            passes(format, made.file("screen", format));
        }
        passes("txt", made.file("full-text", "txt"));
        passes("pdf", made.file("large-print", "pdf"));
    }
}

#[test]
fn a_file_says_itself_which_standards_it_keeps() {
    let claims = |layout: &str, format: &str| {
        let terms = Profile::of(&LayoutLoader::embedded().load(layout).expect("a layout"));
        let file = harbour().file(layout, format);
        format::inspect(format, terms, &ReadBack::of(file)).expect("a good file")
    };
    assert_eq!(claims("screen", "pdf").standards, ["PDF/A-2a", "PDF/UA-1"]);
    for (format, checks) in [("pdf", &["contrast"][..]), ("press", &[])] {
        let found = claims("print", format);
        assert_eq!(found.standards, ["PDF/X-4"]);
        let names: Vec<&str> = found.verdicts.iter().map(|one| one.check).collect();
        assert_eq!(names, checks);
        assert!(found.passed(), "{found:?}");
    }
}

#[test]
fn a_good_file_that_is_read_and_written_again_is_still_good() {
    let good = harbour().file("screen", "pdf");
    let again = spoil::save(Document::load_mem(good).expect("a good file"));
    passes("pdf", &again);
    for profile in [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a] {
        assert_eq!(diagnostics(&again, profile), [""; 0], "{profile:?}");
    }
    passes(
        "docx",
        &word::write(&word::read(harbour().file("screen", "docx"))),
    );
}

#[test]
fn every_broken_file_is_refused_for_the_clause_that_it_breaks() {
    let mut wrong = Vec::new();
    for broken in all() {
        let verdicts = judged(broken.format(), &broken.bytes()).verdicts;
        let verdict = verdicts
            .iter()
            .find(|one| one.check == broken.check)
            .expect("a verdict");
        let clause = |clause: &str| clause.rsplit(' ').next() == Some(broken.clause);
        if !verdict.breaches.iter().any(|one| clause(&one.clause)) {
            wrong.push(format!(
                "{} {}: {:#?}",
                broken.check, broken.name, verdict.breaches
            ));
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
        let found = diagnostics(&broken.bytes(), profile);
        let expected = if found.is_empty() {
            Outside::Blind
        } else {
            Outside::Sees
        };
        if expected != broken.outside {
            wrong.push(format!(
                "{} {}: {:?}, {found:#?}",
                broken.check, broken.name, broken.outside
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn half(format: &str) -> &'static [u8] {
    let good = harbour().file("screen", format);
    &good[..good.len() / 2]
}

#[test]
fn a_file_that_is_cut_in_half_is_an_error() {
    for format in ["pdf", "docx"] {
        let found =
            format::inspect(format, SCREEN, &ReadBack::of(half(format))).expect_err("half a file");
        assert!(found.to_string().contains("cannot be read"), "{found}");
    }
}

#[test]
fn trees_that_loop_and_cells_without_measure_end_in_a_verdict_or_an_error() {
    let judge = |spoil: fn(&mut Document)| {
        let good = harbour().file("screen", "pdf");
        let mut doc = Document::load_mem(good).expect("a good file");
        spoil(&mut doc);
        format::inspect("pdf", SCREEN, &ReadBack::of(&spoil::save(doc)))
    };
    let parents = judge(|doc| {
        let id = doc.new_object_id();
        let kids = vec![Object::Reference(id); 8];
        doc.objects
            .insert(id, dictionary! { "Kids" => kids }.into());
        spoil::below(doc, "StructTreeRoot").set("ParentTree", id);
    });
    assert!(!parents.expect("a file that can be read").passed());
    let elements = judge(|doc| {
        let id = spoil::elements(doc, "P")[0];
        spoil::dict(doc, id).set("K", vec![Object::Reference(id)]);
    });
    assert!(elements.is_err());
    let spans = judge(|doc| {
        let wide = dictionary! { "O" => "Table", "ColSpan" => i32::MAX, "RowSpan" => i32::MAX };
        for id in spoil::elements(doc, "TD") {
            spoil::dict(doc, id).set("A", wide.clone());
        }
    });
    assert!(!spans.expect("a file that can be read").passed());
}

#[test]
fn a_cut_file_is_an_error_and_so_is_a_changed_byte_where_it_is_read() {
    // A package has a checksum for every part, and says some things that no part depends on. In a PDF file some bytes are pixels, outlines of glyphs or coordinates,
    // which can be anything; about half are not.
    for (format, least) in [("docx", 23), ("pdf", 10)] {
        let good = harbour().file("screen", format);
        let judge = |bytes: &[u8]| format::inspect(format, SCREEN, &ReadBack::of(bytes));
        let mut refused = 0;
        for step in 0..25 {
            let at = good.len() * step / 25;
            let found = judge(&good[..at])
                .expect_err("a part of a file")
                .to_string();
            assert!(
                found.contains("error[E0703]"),
                "{format} cut at {at}: {found}"
            );
            let mut bytes = good.to_vec();
            bytes[at] ^= 0xff;
            refused += match judge(&bytes) {
                Ok(verdict) => usize::from(!verdict.passed()),
                Err(found) => {
                    let found = found.to_string();
                    assert!(
                        found.contains("error[E0703]"),
                        "{format}, byte {at}: {found}"
                    );
                    1
                }
            };
        }
        assert!(refused >= least, "{format}: only {refused} are refused");
    }
}

/// Writes the broken files, with a list of what is broken, to the folder that the environment names, so that validators
/// outside the tests can be held against them: the last column names those that must refuse the file.
#[test]
#[ignore = "writes files: set BROKEN_FILES to a folder"]
fn the_broken_files_are_written() {
    let folder = std::env::var_os(FOLDER).expect("BROKEN_FILES names a folder");
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder).expect("a folder");
    let mut list = String::from("file\tcheck\tclause\trefused by\n");
    for broken in all() {
        let name = format!("{}.{}.{}", broken.check, broken.name, broken.format());
        std::fs::write(folder.join(&name), broken.bytes()).expect("a file");
        let (check, clause, judges) = (broken.check, broken.clause, broken.judges());
        list += &format!("{name}\t{check}\t{clause}\t{judges}\n");
    }
    for (format, judge) in [("pdf", "qpdf"), ("docx", "ooxml-validator")] {
        let name = format!("unreadable.cut-in-half.{format}");
        std::fs::write(folder.join(&name), half(format)).expect("a file");
        list += &format!("{name}\tunreadable\t-\t{judge}\n");
    }
    std::fs::write(folder.join("list.tsv"), list).expect("a file");
}
