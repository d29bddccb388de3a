//! What must hold of a folder that is replaced as a whole.

use super::*;

fn set(files: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
    let own = |(path, text): &(&str, &str)| ((*path).to_owned(), text.as_bytes().to_vec());
    files.iter().map(own).collect()
}

fn replace_folder(
    root: &Path,
    files: &[(String, Vec<u8>)],
    ours: &dyn Fn(&str) -> bool,
) -> Result<(), Diagnostics> {
    let new = NewSet::new(root, ours)?;
    files
        .iter()
        .try_for_each(|(path, bytes)| new.add(path, bytes))?;
    new.commit()
}

fn all(_: &str) -> bool {
    true
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = folder
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn the_new_set_is_there_whole_and_nothing_else() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("a/out");
    replace_folder(&out, &set(&[("x.pdf", "1"), ("sub/y.txt", "1")]), &all).unwrap();
    assert_eq!(files_in(&out).unwrap(), ["sub/y.txt", "x.pdf"]);
    replace_folder(&out, &set(&[("x.pdf", "2")]), &all).unwrap();
    assert_eq!(files_in(&out).unwrap(), ["x.pdf"]);
    assert_eq!(std::fs::read(out.join("x.pdf")).unwrap(), b"2");
    assert_eq!(names(&root.path().join("a")), ["out"]);
}

#[test]
fn a_folder_with_files_of_others_is_left_alone() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    std::fs::create_dir_all(out.join("sub")).unwrap();
    std::fs::write(out.join("sub/mine.txt"), "x").unwrap();
    let ours = |path: &str| path == "x.pdf";
    let found = replace_folder(&out, &set(&[("x.pdf", "1")]), &ours).unwrap_err();
    assert!(
        found.to_string().contains("holds `sub/mine.txt`"),
        "{found}"
    );
    assert_eq!(files_in(&out).unwrap(), ["sub/mine.txt"]);
}

#[test]
fn a_set_that_cannot_be_written_changes_nothing_and_leaves_nothing() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("new/out");
    let broken = set(&[("x", "1"), ("x/y", "1")]);
    replace_folder(&out, &broken, &all).unwrap_err();
    assert_eq!(names(root.path()), Vec::<String>::new());
    replace_folder(&out, &set(&[("x", "old")]), &all).unwrap();
    replace_folder(&out, &broken, &all).unwrap_err();
    assert_eq!(std::fs::read(out.join("x")).unwrap(), b"old");
    assert_eq!(names(&root.path().join("new")), ["out"]);
}

#[test]
fn what_a_killed_run_left_is_removed_and_what_a_running_one_uses_is_not() {
    let root = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(root.path().join(".gmg-export-out-half/old")).unwrap();
    for name in ["dead", "alive"] {
        let folder = root.path().join(format!(".gmg-export-out-{name}"));
        std::fs::create_dir_all(folder.join("new")).unwrap();
        std::fs::write(folder.join("lock"), "").unwrap();
    }
    let held = File::open(root.path().join(".gmg-export-out-alive/lock")).unwrap();
    held.lock().unwrap();
    replace_folder(&root.path().join("out"), &set(&[("x", "1")]), &all).unwrap();
    assert_eq!(names(root.path()), [".gmg-export-out-alive", "out"]);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_stays_a_link() {
    let root = tempfile::tempdir().unwrap();
    std::fs::create_dir(root.path().join("real")).unwrap();
    let link = root.path().join("link");
    std::os::unix::fs::symlink("real", &link).unwrap();
    replace_folder(&link, &set(&[("x", "1")]), &all).unwrap();
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert_eq!(files_in(&root.path().join("real")).unwrap(), ["x"]);
}
