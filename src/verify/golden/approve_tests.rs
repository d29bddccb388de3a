use std::path::Path;

use super::*;

fn record(files: &[(&str, &str)]) -> Record {
    Record {
        files: files
            .iter()
            .map(|(name, text)| (name.to_string(), text.as_bytes().to_vec()))
            .collect(),
    }
}

/// Approves one record, in a folder of its own.
fn approve(folder: &Destination, record: &Record) -> Result<Vec<(String, Approval)>, Diagnostics> {
    let path = folder.path();
    let (root, name) = (path.parent().unwrap(), path.file_name().unwrap());
    let records = [(name.to_str().unwrap(), record)];
    let done = super::approve(&Destination::named(root), &records, &[])?;
    Ok(done.into_iter().flatten().collect())
}

#[test]
fn records_change_in_one_step_or_not_at_all() {
    let desk = tempfile::tempdir().unwrap();
    let dir = desk.path().join("golden");
    let root = Destination::named(&dir);
    let (old, new) = (record(&[("a.txt", "1")]), record(&[("a.txt", "2")]));
    let all = |record| [("x", record), ("y", record)];
    super::approve(&root, &all(&old), &[]).unwrap();
    std::fs::create_dir(dir.join("other")).unwrap();
    std::fs::write(dir.join("other/a.txt"), "mine").unwrap();
    std::fs::write(dir.join("y/letter.txt"), "mine").unwrap();
    assert!(super::approve(&root, &all(&new), &[]).is_err());
    let read = |name: &str| std::fs::read_to_string(dir.join(name)).unwrap();
    assert_eq!(
        (read("x/a.txt"), read("y/letter.txt")),
        ("1".into(), "mine".into())
    );
    std::fs::remove_file(dir.join("y/letter.txt")).unwrap();
    super::approve(&root, &[("x", &new)], &["y".into()]).unwrap();
    assert_eq!(
        (read("x/a.txt"), read("other/a.txt")),
        ("2".into(), "mine".into())
    );
    assert!(!dir.join("y").exists());
}

#[test]
fn approving_says_of_every_file_what_became_of_it() {
    let root = tempfile::tempdir().unwrap();
    let dir = root.path().join("golden/report.txt");
    let first = record(&[("a.txt", "1"), ("b/b.txt", "1"), ("c/c.txt", "1")]);
    let all = approve(&Destination::named(&dir), &first).unwrap();
    assert!(
        all.iter().all(|(_, approval)| *approval == Approval::Added) && all.len() == 3,
        "{all:?}"
    );
    let second = record(&[("a.txt", "1"), ("b/b.txt", "2"), ("d.txt", "")]);
    let expected = [
        ("a.txt".to_string(), Approval::Unchanged),
        ("b/b.txt".to_string(), Approval::Changed),
        ("c/c.txt".to_string(), Approval::Removed),
        ("d.txt".to_string(), Approval::Added),
    ];
    assert_eq!(
        approve(&Destination::named(&dir), &second).unwrap(),
        expected
    );
    assert_eq!(super::super::compare(&Root::named(&dir), &second), []);
    assert!(!dir.join("c").exists(), "an empty folder is left");
}

#[test]
fn nothing_is_written_when_a_name_would_leave_the_folder() {
    let root = tempfile::tempdir().unwrap();
    let dir = root.path().join("report.txt");
    assert!(
        approve(
            &Destination::named(&dir),
            &record(&[("a.txt", "1"), ("z/../../out.txt", "1")])
        )
        .is_err()
    );
    assert_eq!(root.path().read_dir().unwrap().count(), 0);
}

#[test]
fn hidden_files_and_the_folders_beside_stay() {
    let root = tempfile::tempdir().unwrap();
    let dir = root.path().join("report.txt");
    std::fs::create_dir_all(&dir).unwrap();
    std::fs::write(dir.join(".keep"), "").unwrap();
    std::fs::write(root.path().join("other.txt"), "").unwrap();
    approve(&Destination::named(&dir), &record(&[("a.txt", "1")])).unwrap();
    assert!(dir.join(".keep").exists() && root.path().join("other.txt").exists());
    let left = dir.read_dir().unwrap().count();
    assert_eq!(left, 3, "temporary files are left");
    let names = root.path().read_dir().unwrap().count();
    assert_eq!(names, 2, "temporary folders are left");
}

#[test]
fn folders_of_artifacts_that_are_not_made_any_more_are_named() {
    let root = tempfile::tempdir().unwrap();
    for name in ["a.screen.pdf", "a.old.pdf", ".git"] {
        std::fs::create_dir(root.path().join(name)).unwrap();
    }
    std::fs::write(root.path().join("README.md"), "").unwrap();
    let strays = |path: &Path| strays(&Root::named(path), &["a.screen.pdf".to_string()]);
    assert_eq!(strays(root.path()).unwrap(), ["a.old.pdf"]);
    assert!(strays(&root.path().join("none")).unwrap().is_empty());
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_an_error_of_input_and_output_that_names_it() {
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("file");
    std::fs::write(&file, "").unwrap();
    let found = approve(
        &Destination::named(&file.join("report.txt")),
        &record(&[("a.txt", "1")]),
    )
    .unwrap_err();
    assert_eq!(found.exit_code(), 5);
    assert!(
        found.to_string().contains("file` is not a folder"),
        "{found}"
    );
}

#[test]
fn a_file_that_no_approval_wrote_stays() {
    let root = tempfile::tempdir().unwrap();
    let dir = root.path().join("report.txt");
    let folder = Destination::named(&dir);
    approve(&folder, &record(&[("a.txt", "1")])).unwrap();
    std::fs::write(dir.join("letter.txt"), "mine").unwrap();
    let found = approve(&folder, &record(&[("a.txt", "2")])).unwrap_err();
    assert!(found.to_string().contains("holds `letter.txt`"), "{found}");
    assert!(!is_own(&folder).unwrap());
    assert_eq!(std::fs::read(dir.join("letter.txt")).unwrap(), b"mine");
    assert_eq!(std::fs::read(dir.join("a.txt")).unwrap(), b"1");
    std::fs::remove_file(dir.join("letter.txt")).unwrap();
    assert!(is_own(&folder).unwrap());
}

#[test]
fn a_record_from_before_there_were_lists_is_replaced_unless_there_is_more_in_it() {
    let root = tempfile::tempdir().unwrap();
    let dir = root.path().join("report.txt");
    std::fs::create_dir(&dir).unwrap();
    std::fs::write(dir.join("a.txt"), "old").unwrap();
    let folder = Destination::named(&dir);
    approve(&folder, &record(&[("a.txt", "new")])).unwrap();
    std::fs::remove_file(dir.join(FILES)).unwrap();
    std::fs::write(dir.join("b.txt"), "mine").unwrap();
    approve(&folder, &record(&[("a.txt", "newer")])).unwrap_err();
    assert_eq!(std::fs::read(dir.join("b.txt")).unwrap(), b"mine");
}
