//! Tests of resolving: small reports in memory, and the two reports of the project.

use std::collections::BTreeMap;

use super::*;
use crate::layout::Strings;
use crate::source::{self, Folder};

/// The English words.
pub(crate) fn strings() -> Strings {
    serde_yaml::from_str(include_str!("../../layouts/strings/en.yaml")).unwrap()
}

/// Resolves a folder; panics with the findings where it is wrong.
fn document(folder: &Folder) -> (Document, crate::diagnostic::Diagnostics) {
    let source = source::read(folder).unwrap_or_else(|found| panic!("{found}"));
    resolve(&source, &strings()).unwrap_or_else(|found| panic!("{found}"))
}

#[test]
fn the_shipped_report_resolves_without_a_finding() {
    let (document, _) = document(&source::embedded());
    assert_eq!(document.id, "gmg-2016");
    if let Ok(p) = std::env::var("DUMP") {
        std::fs::write(p, serde_json::to_string_pretty(&document).unwrap()).unwrap();
    }
}

#[test]
fn the_harbour_report_resolves_without_a_finding() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/harbour/source");
    let (document, found) = document(&Folder::of(&path));
    assert_eq!(found.to_string(), "");
    assert_eq!(document.images.len(), 4);
}

fn memory(files: &[(&str, &str)]) -> Folder {
    let files = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
    Folder::Memory(files.collect::<BTreeMap<_, _>>())
}
