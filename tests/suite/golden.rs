//! The artifacts of the shipped report are as approved, and what changes shows.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use gmg_export::edition::Edition;
use gmg_export::golden::{self, Record};
use gmg_export::layout::Shelf;

use crate::made::{EPOCH, harbour, project, resolve, shipped};

#[test]
fn the_shipped_report_is_as_approved() {
    let made = shipped();
    let mut found = Vec::new();
    let mut folders = Vec::new();
    for (layout, backend) in golden::recorded() {
        let folder = golden::folder(&made.document.id, layout, backend);
        let record = golden::record(backend.name(), made.file(layout, backend.name()));
        let record = record.unwrap_or_else(|found| panic!("{found}"));
        found.extend(golden::compare(
            &project("tests/golden").join(&folder),
            &record,
        ));
        folders.push(folder);
    }
    let shown: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert!(shown.is_empty(), "{}", shown.join("\n"));
    let strays = golden::strays(&project("tests/golden"), &folders)
        .unwrap_or_else(|found| panic!("{found}"));
    assert!(
        strays.is_empty(),
        "no artifact has these records: {strays:?}"
    );
}

#[test]
fn records_are_text_in_lines_or_small_pictures() {
    for made in [shipped(), harbour()] {
        for (layout, backend) in golden::recorded() {
            let record = golden::record(backend.name(), made.file(layout, backend.name()));
            let record = record.unwrap_or_else(|found| panic!("{found}"));
            for (name, content) in &record.files {
                let text = std::str::from_utf8(content);
                let picture = name.ends_with(".png") && content.len() < 200_000;
                assert!(
                    picture || text.is_ok_and(|text| text.is_empty() || text.ends_with('\n')),
                    "{name}"
                );
            }
        }
    }
}

/// The records of the second report in the layout `screen` of a folder of layouts.
fn records(source: &Path, layouts: &Path) -> BTreeMap<&'static str, Record> {
    let document = resolve(source);
    let layout = Shelf::with_folder(layouts)
        .load("screen")
        .unwrap_or_else(|found| panic!("{found}"));
    let edition = Edition::new(&document, &layout, EPOCH);
    let recorded = golden::recorded().filter(|(layout, _)| *layout == "screen");
    let record = |backend: &dyn gmg_export::backend::Backend| {
        let made = backend
            .render(&edition)
            .and_then(|made| golden::record(backend.name(), &made.bytes));
        made.unwrap_or_else(|found| panic!("{found}"))
    };
    recorded
        .map(|(_, backend)| (backend.name(), record(backend)))
        .collect()
}

static APPROVED: LazyLock<BTreeMap<&'static str, Record>> =
    LazyLock::new(|| records(&project("tests/cases/harbour/source"), &project("layouts")));

/// The names of the files that differ from the approved records after `old` became `new` in a file, by format.
fn differing(file: &str, old: &str, new: &str) -> BTreeMap<&'static str, Vec<String>> {
    let root = tempfile::tempdir().expect("a temporary folder");
    let (source, layouts) = (root.path().join("source"), root.path().join("layouts"));
    copy(&project("tests/cases/harbour/source"), &source);
    copy(&project("layouts"), &layouts);
    let path = root.path().join(file);
    let text = std::fs::read_to_string(&path).expect("a file of the report or of the layout");
    assert!(text.contains(old), "`{old}` is not in {file}");
    std::fs::write(&path, text.replacen(old, new, 1)).expect("the file can be written");
    let mut found = BTreeMap::new();
    for (format, record) in records(&source, &layouts) {
        let dir = root.path().join(format);
        golden::approve(&dir, &APPROVED[format]).unwrap_or_else(|found| panic!("{found}"));
        let names = golden::compare(&dir, &record)
            .into_iter()
            .map(|found| found.file);
        found.insert(
            format,
            names
                .map(|name| name[format.len() + 1..].to_string())
                .collect(),
        );
    }
    found
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in from.read_dir().expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a file");
        }
    }
}

fn shows(found: &BTreeMap<&str, Vec<String>>, format: &str, file: &str) {
    assert!(
        found[format].iter().any(|name| name == file),
        "{format}/{file} is the same: {found:?}"
    );
}

#[test]
fn one_changed_word_of_the_source_shows_in_every_format() {
    let found = differing(
        "source/introduction.yaml",
        "Douze villes, un même problème",
        "Douze ports, un même problème",
    );
    shows(&found, "pdf", "text.txt");
    shows(&found, "docx", "word/document.xml");
    shows(&found, "txt", "text.txt");
}

#[test]
fn one_changed_colour_of_the_layout_shows_in_the_formats_that_have_colours() {
    let found = differing(
        "layouts/screen/layout.yaml",
        "accent: \"#B5451F\"",
        "accent: \"#B5461F\"",
    );
    shows(&found, "pdf", "styles.txt");
    shows(&found, "docx", "word/styles.xml");
    assert_eq!(found["txt"], Vec::<String>::new());
}

#[test]
fn one_changed_alternative_text_shows_in_every_format_that_has_the_picture() {
    let found = differing(
        "source/introduction.yaml",
        "un navire blanc amarré",
        "un navire gris amarré",
    );
    assert_eq!(found["pdf"], ["tags.txt", "bytes.txt"]);
    assert_eq!(found["docx"], ["word/document.xml", "bytes.txt"]);
}

#[test]
fn one_changed_page_box_shows_in_the_formats_that_have_pages() {
    let found = differing(
        "layouts/screen/layout.yaml",
        "height: 297mm",
        "height: 296mm",
    );
    shows(&found, "pdf", "pages.txt");
    shows(&found, "docx", "word/document.xml");
    assert_eq!(found["txt"], Vec::<String>::new());
}

#[test]
fn nothing_changed_shows_nothing() {
    let found = differing("source/introduction.yaml", "Introduction", "Introduction");
    assert!(found.values().all(Vec::is_empty), "{found:?}");
}
