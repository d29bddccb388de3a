use super::*;

fn record(files: &[(&str, &str)]) -> Record {
    Record {
        files: files
            .iter()
            .map(|(name, text)| (name.to_string(), text.as_bytes().to_vec()))
            .collect(),
    }
}

#[test]
fn approving_says_of_every_file_what_became_of_it() {
    let root = tempfile::tempdir().unwrap();
    let dir = root.path().join("golden/report.txt");
    let first = record(&[("a.txt", "1"), ("b/b.txt", "1"), ("c/c.txt", "1")]);
    let all = approve(&dir, &first).unwrap();
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
    assert_eq!(approve(&dir, &second).unwrap(), expected);
    assert_eq!(super::super::compare(&dir, &second), []);
    assert!(!dir.join("c").exists(), "an empty folder is left");
}

#[test]
fn nothing_is_written_when_a_name_would_leave_the_folder() {
    let root = tempfile::tempdir().unwrap();
    let dir = root.path().join("report.txt");
    assert!(approve(&dir, &record(&[("a.txt", "1"), ("z/../../out.txt", "1")])).is_err());
    assert_eq!(root.path().read_dir().unwrap().count(), 0);
}

#[test]
fn hidden_files_and_the_folders_beside_stay() {
    let root = tempfile::tempdir().unwrap();
    let dir = root.path().join("report.txt");
    std::fs::create_dir_all(&dir).unwrap();
    std::fs::write(dir.join(".keep"), "").unwrap();
    std::fs::write(root.path().join("other.txt"), "").unwrap();
    approve(&dir, &record(&[("a.txt", "1")])).unwrap();
    assert!(dir.join(".keep").exists() && root.path().join("other.txt").exists());
    let left = dir.read_dir().unwrap().count();
    assert_eq!(left, 2, "temporary files are left");
}

#[test]
fn folders_of_artifacts_that_are_not_made_any_more_are_named() {
    let root = tempfile::tempdir().unwrap();
    for name in ["a.screen.pdf", "a.old.pdf", ".git"] {
        std::fs::create_dir(root.path().join(name)).unwrap();
    }
    std::fs::write(root.path().join("README.md"), "").unwrap();
    let found = strays(root.path(), &["a.screen.pdf".to_string()]).unwrap();
    assert_eq!(found, [root.path().join("a.old.pdf")]);
    assert_eq!(
        strays(&root.path().join("none"), &[]).unwrap(),
        Vec::<PathBuf>::new()
    );
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_an_error_of_input_and_output_that_names_it() {
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("file");
    std::fs::write(&file, "").unwrap();
    let found = approve(&file.join("report.txt"), &record(&[("a.txt", "1")])).unwrap_err();
    assert_eq!(found.exit_code(), 5);
    assert!(found.to_string().contains("report.txt"), "{found}");
}
