use std::path::{Path, PathBuf};

use super::super::approve;
use super::*;
use crate::base::output::Destination;

fn record(files: &[(&str, &str)]) -> Record {
    Record {
        files: files
            .iter()
            .map(|(name, text)| (name.to_string(), text.as_bytes().to_vec()))
            .collect(),
    }
}

fn shown(dir: &Path, record: &Record) -> String {
    compare(&Root::named(dir), record)
        .iter()
        .map(|difference| format!("{difference}\n"))
        .collect()
}

/// A folder `report.txt` that holds an approved record.
fn approved() -> (tempfile::TempDir, PathBuf) {
    let root = tempfile::tempdir().unwrap();
    let dir = root.path().join("report.txt");
    let record = record(&[
        ("a/text.txt", "one\ntwo\n"),
        ("list.txt", "x\n"),
        (BYTES, "size: 4 bytes\nsha-256: aa\n"),
    ]);
    let records = [("report.txt", &record)];
    approve(&Destination::named(root.path()), &records, &[]).unwrap();
    (root, dir)
}

#[test]
fn an_approved_record_does_not_differ() {
    let (_root, dir) = approved();
    let same = record(&[
        ("a/text.txt", "one\ntwo\n"),
        ("list.txt", "x\n"),
        (BYTES, "size: 4 bytes\nsha-256: aa\n"),
    ]);
    assert_eq!(compare(&Root::named(&dir), &same), []);
}

#[test]
fn without_a_golden_the_command_to_run_is_named() {
    let root = tempfile::tempdir().unwrap();
    let text = shown(
        &root.path().join("report.txt"),
        &record(&[("text.txt", "a")]),
    );
    assert_eq!(
        text,
        "report.txt: there is no golden record yet; look at the artifact, then run `gmg-export approve`\n"
    );
}

#[test]
fn a_changed_line_is_shown_as_a_diff_under_the_files_name_and_the_bytes_come_last() {
    let (_root, dir) = approved();
    let now = record(&[
        ("a/text.txt", "one\n2\n"),
        ("list.txt", "x\n"),
        (BYTES, "size: 4 bytes\nsha-256: bb\n"),
    ]);
    let expected = "report.txt/a/text.txt: differs\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n\
        report.txt/bytes.txt: the bytes differ, too\n-size: 4 bytes, sha-256: aa\n+size: 4 bytes, sha-256: bb\n";
    assert_eq!(shown(&dir, &now), expected);
}

#[test]
fn bytes_that_differ_alone_are_told_apart() {
    let (_root, dir) = approved();
    let now = record(&[
        ("a/text.txt", "one\ntwo\n"),
        ("list.txt", "x\n"),
        (BYTES, "size: 4 bytes\nsha-256: bb\n"),
    ]);
    let found = compare(&Root::named(&dir), &now);
    assert!(
        matches!(
            found.as_slice(),
            [Difference {
                change: Change::Bytes { alone: true, .. },
                ..
            }]
        ),
        "{found:?}"
    );
    assert!(shown(&dir, &now).starts_with("report.txt/bytes.txt: only the bytes differ"));
}

#[test]
fn files_that_came_or_went_are_named() {
    let (_root, dir) = approved();
    let now = record(&[
        ("a/text.txt", "one\ntwo\n"),
        ("new.txt", ""),
        (BYTES, "size: 4 bytes\nsha-256: aa\n"),
    ]);
    let found: Vec<_> = compare(&Root::named(&dir), &now)
        .into_iter()
        .map(|found| (found.file, found.change))
        .collect();
    assert_eq!(
        found,
        [
            ("report.txt/list.txt".into(), Change::Removed),
            ("report.txt/new.txt".into(), Change::Added)
        ]
    );
}

#[test]
fn line_ends_changed_by_a_checkout_are_a_difference_that_is_visible() {
    let (_root, dir) = approved();
    std::fs::write(dir.join("list.txt"), "x\r\n").unwrap();
    let now = record(&[
        ("a/text.txt", "one\ntwo\n"),
        ("list.txt", "x\n"),
        (BYTES, "size: 4 bytes\nsha-256: aa\n"),
    ]);
    assert!(shown(&dir, &now).contains("-x␍\n+x\n"));
}

#[cfg(unix)]
#[test]
fn symbolic_links_in_a_record_are_refused() {
    let (_root, dir) = approved();
    std::os::unix::fs::symlink("/etc", dir.join("b")).unwrap();
    let found = compare(&Root::named(&dir), &record(&[]));
    assert!(
        matches!(&found[0].change, Change::Unreadable { why } if why.contains("symbolic link")),
        "{found:?}"
    );
}

#[test]
fn names_that_could_leave_the_folder_are_no_names() {
    for name in [
        "../a",
        "/a",
        "a//b",
        "a\\b",
        "c:a",
        ".hidden",
        "a/..",
        "",
        "a\nb",
        "con?",
        "a/b/c/d/e/f/g/h/i",
    ] {
        assert!(check_name(name).is_err(), "{name:?}");
    }
    for name in [
        "[Content_Types].xml",
        "word/_rels/document.xml.rels",
        "_rels/.rels",
        "page-cover.png",
    ] {
        assert_eq!(check_name(name), Ok(()), "{name:?}");
    }
}
