//! The artifacts of the shipped report are as approved, and what changes shows.

use gmg_export::verify::format;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use gmg_export::base::files::Root;
use gmg_export::pdf::read::ReadBack;
use gmg_export::verify::golden;

use crate::made::{Made, harbour, project, shipped};
use crate::program::Desk;

#[test]
fn the_shipped_report_is_as_approved() {
    is_as_approved(shipped(), "tests/golden");
}

#[test]
fn the_report_with_a_bit_of_everything_is_as_approved() {
    is_as_approved(harbour(), "tests/cases/harbour/tests/golden");
}

/// Holds the artifacts of a report against the records in a folder.
fn is_as_approved(made: &Made, records: &str) {
    let records = project(records);
    let mut found = Vec::new();
    let mut folders = Vec::new();
    for (layout, backend) in format::recorded() {
        let folder = golden::folder(&made.document.id, layout, backend);
        let record = format::record(
            backend.name(),
            &ReadBack::of(made.file(layout, backend.name())),
        );
        let record = record.unwrap_or_else(|found| panic!("{found}"));
        found.extend(golden::compare(
            &Root::named(&records.join(&folder)),
            &record,
        ));
        folders.push(folder);
    }
    let shown: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert!(shown.is_empty(), "{}", shown.join("\n"));
    let strays =
        golden::strays(&Root::named(&records), &folders).unwrap_or_else(|found| panic!("{found}"));
    assert!(
        strays.is_empty(),
        "no artifact has these records: {strays:?}"
    );
}

#[test]
fn records_are_text_in_lines_or_small_pictures() {
    for made in [shipped(), harbour()] {
        for (layout, backend) in format::recorded() {
            let record = format::record(
                backend.name(),
                &ReadBack::of(made.file(layout, backend.name())),
            );
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

/// The records of the second report, approved by the program.
static APPROVED: LazyLock<Desk> = LazyLock::new(|| {
    let desk = second_report();
    desk.run(&["approve"]).is_done();
    desk
});

/// The second report and the layouts, to be changed.
fn second_report() -> Desk {
    let desk = Desk::empty();
    copy(&project("tests/cases/harbour/source"), &desk.path("source"));
    copy(&project("layouts"), &desk.path("layouts"));
    desk
}

/// The files of the records that `verify` finds different after `old` became `new` in a file, by layout and format.
fn differing(file: &str, old: &str, new: &str) -> BTreeMap<String, Vec<String>> {
    let desk = second_report();
    desk.replace(file, old, new);
    let approved = APPROVED.path("tests/golden");
    let approved = approved.to_str().expect("a path in UTF-8");
    let ran = desk.run(&["verify", "--golden", approved]);
    assert_eq!(ran.code, 1, "{}{}", ran.stdout, ran.stderr);
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in ran.stdout.lines() {
        let place = line
            .strip_prefix("ports-nordiques-2025.")
            .and_then(|line| line.split_once(": "));
        if let Some((artifact, name)) = place.and_then(|(place, _)| place.split_once('/')) {
            let names = found.entry(artifact.to_string()).or_default();
            names.push(name.to_string());
        }
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

fn shows(found: &BTreeMap<String, Vec<String>>, artifact: &str, file: &str) {
    let names = found.get(artifact).map_or(&[][..], Vec::as_slice);
    assert!(
        names.iter().any(|name| name == file),
        "{artifact}/{file} is the same: {found:?}"
    );
}

#[test]
fn verify_fails_in_every_format_when_one_word_of_the_source_changes() {
    let found = differing(
        "source/introduction.yaml",
        "Douze villes, un même problème",
        "Douze ports, un même problème",
    );
    shows(&found, "screen.pdf", "text.txt");
    shows(&found, "screen.docx", "document.txt");
    shows(&found, "screen.txt", "text.txt");
    shows(&found, "full-text.txt", "text.txt");
}

#[test]
fn verify_fails_in_the_formats_that_have_colours_when_one_of_the_layout_changes() {
    let found = differing(
        "layouts/screen/layout.yaml",
        "accent: \"#B5451F\"",
        "accent: \"#B5461F\"",
    );
    shows(&found, "screen.pdf", "styles.txt");
    shows(&found, "screen.docx", "styles.txt");
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn verify_fails_in_every_format_that_has_the_picture_when_an_alternative_text_changes() {
    let found = differing(
        "source/introduction.yaml",
        "un navire blanc amarré",
        "un navire gris amarré",
    );
    assert_eq!(found["screen.pdf"], ["tags.txt", "bytes.txt"]);
    assert_eq!(found["screen.docx"], ["document.txt", "bytes.txt"]);
    assert_eq!(found["full-text.txt"], ["text.txt", "bytes.txt"]);
    assert_eq!(found["large-print.pdf"], ["tags.txt", "bytes.txt"]);
    assert_eq!(found.len(), 4, "{found:?}");
}

#[test]
fn verify_fails_in_the_formats_that_have_pages_when_a_page_box_changes() {
    let found = differing(
        "layouts/screen/layout.yaml",
        "height: 297mm",
        "height: 296mm",
    );
    shows(&found, "screen.pdf", "pages.txt");
    shows(&found, "screen.docx", "document.txt");
    shows(&found, "print.pdf", "pages.txt");
    shows(&found, "print.press.pdf", "pages.txt");
    shows(&found, "large-print.pdf", "pages.txt");
    assert_eq!(found.len(), 5, "{found:?}");
}

#[test]
fn verify_finds_nothing_where_nothing_changed() {
    APPROVED.run(&["verify"]).is_done();
}
