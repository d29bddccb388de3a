//! What must hold of a folder that is replaced as a whole.

use super::*;

fn set(files: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
    let own = |(path, text): &(&str, &str)| ((*path).to_owned(), text.as_bytes().to_vec());
    files.iter().map(own).collect()
}

fn replace_folder(
    root: &Path,
    files: &[(String, Vec<u8>)],
    stranger: fn(&Root) -> std::io::Result<Option<String>>,
) -> Result<(), Diagnostics> {
    let new = StagedFolder::new(&Destination::named(root), Box::new(stranger))?;
    files
        .iter()
        .try_for_each(|(path, bytes)| new.add(path, bytes))?;
    new.commit()
}

fn none(_: &Root) -> std::io::Result<Option<String>> {
    Ok(None)
}

/// All but `x.pdf`.
fn others(folder: &Root) -> std::io::Result<Option<String>> {
    let files = files_in(folder)?;
    Ok(files.into_iter().find(|path| path != "x.pdf"))
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
    replace_folder(&out, &set(&[("x.pdf", "1"), ("sub/y.txt", "1")]), none).unwrap();
    assert_eq!(
        files_in(&Root::named(&out)).unwrap(),
        ["sub/y.txt", "x.pdf"]
    );
    replace_folder(&out, &set(&[("x.pdf", "2")]), none).unwrap();
    assert_eq!(files_in(&Root::named(&out)).unwrap(), ["x.pdf"]);
    assert_eq!(std::fs::read(out.join("x.pdf")).unwrap(), b"2");
    assert_eq!(names(&root.path().join("a")), ["out"]);
}

/// Runs that look into the folder at the same time must not see anything of one another.
#[test]
fn nothing_is_tried_in_the_folder_that_is_to_be_replaced() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    replace_folder(&out, &set(&[("x.pdf", "1")]), none).unwrap();
    let touched = || out.metadata().unwrap().modified().unwrap();
    let before = touched();
    let set = StagedFolder::new(&Destination::named(&out), Box::new(none)).unwrap();
    assert_eq!(touched(), before);
    drop(set);
    assert_eq!(touched(), before);
}

#[test]
fn a_folder_with_files_of_others_is_left_alone() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    std::fs::create_dir_all(out.join("sub")).unwrap();
    std::fs::write(out.join("sub/mine.txt"), "x").unwrap();
    let found = replace_folder(&out, &set(&[("x.pdf", "1")]), others).unwrap_err();
    assert!(
        found.to_string().contains("holds `sub/mine.txt`"),
        "{found}"
    );
    assert_eq!(files_in(&Root::named(&out)).unwrap(), ["sub/mine.txt"]);
}

#[test]
fn a_set_that_cannot_be_written_changes_nothing_and_leaves_nothing() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("new/out");
    let broken = set(&[("x", "1"), ("x/y", "1")]);
    replace_folder(&out, &broken, none).unwrap_err();
    assert_eq!(names(root.path()), Vec::<String>::new());
    replace_folder(&out, &set(&[("x", "old")]), none).unwrap();
    replace_folder(&out, &broken, none).unwrap_err();
    assert_eq!(std::fs::read(out.join("x")).unwrap(), b"old");
    assert_eq!(names(&root.path().join("new")), ["out"]);
}

#[test]
fn a_file_that_could_not_be_added_is_not_passed_over() {
    let root = tempfile::tempdir().unwrap();
    let new = StagedFolder::new(
        &Destination::named(&root.path().join("out")),
        Box::new(none),
    )
    .unwrap();
    new.add("x", b"1").unwrap();
    new.add("x/y", b"1").unwrap_err();
    new.add("z", b"1").unwrap();
    assert!(new.commit().unwrap_err().to_string().contains("x/y"));
    assert_eq!(names(root.path()), Vec::<String>::new());
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
    let held = std::fs::File::open(root.path().join(".gmg-export-out-alive/lock")).unwrap();
    held.lock().unwrap();
    replace_folder(&root.path().join("out"), &set(&[("x", "1")]), none).unwrap();
    assert_eq!(names(root.path()), [".gmg-export-out-alive", "out"]);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_stays_a_link() {
    let root = tempfile::tempdir().unwrap();
    std::fs::create_dir(root.path().join("real")).unwrap();
    let link = root.path().join("link");
    std::os::unix::fs::symlink("real", &link).unwrap();
    replace_folder(&link, &set(&[("x", "1")]), none).unwrap();
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert_eq!(
        files_in(&Root::named(&root.path().join("real"))).unwrap(),
        ["x"]
    );
}

#[test]
fn a_path_that_leads_to_another_folder_in_the_end_replaces_no_strangers() {
    let root = tempfile::tempdir().unwrap();
    std::fs::create_dir(root.path().join("keep")).unwrap();
    std::fs::write(root.path().join("keep/mine.txt"), "x").unwrap();
    for path in ["missing/../keep", "missing/.."] {
        let found = replace_folder(&root.path().join(path), &set(&[("x.pdf", "1")]), others);
        assert!(found.is_err(), "{path}");
        assert_eq!(names(root.path()), ["keep"], "{path}");
    }
    assert_eq!(names(&root.path().join("keep")), ["mine.txt"]);
}

#[test]
fn a_file_that_comes_into_the_folder_during_the_work_is_not_lost() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    let new = StagedFolder::new(&Destination::named(&out), Box::new(others)).unwrap();
    new.add("x.pdf", b"1").unwrap();
    std::fs::create_dir(&out).unwrap();
    std::fs::write(out.join("mine.txt"), "x").unwrap();
    assert!(new.commit().unwrap_err().to_string().contains("mine.txt"));
    assert_eq!(names(&out), ["mine.txt"]);
    let new = StagedFolder::new(
        &Destination::named(&root.path().join("file")),
        Box::new(others),
    )
    .unwrap();
    std::fs::write(root.path().join("file"), "mine").unwrap();
    new.commit().unwrap_err();
    assert_eq!(std::fs::read(root.path().join("file")).unwrap(), b"mine");
}

#[test]
fn a_set_that_another_run_wrote_first_is_replaced() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    let (one, two) = (
        StagedFolder::new(&Destination::named(&out), Box::new(others)),
        StagedFolder::new(&Destination::named(&out), Box::new(others)),
    );
    for (set, text) in [(one, b"1"), (two, b"2")] {
        let set = set.unwrap();
        set.add("x.pdf", text).unwrap();
        set.commit().unwrap();
    }
    assert_eq!(std::fs::read(out.join("x.pdf")).unwrap(), b"2");
    assert_eq!(names(root.path()), ["out"]);
}

#[test]
fn a_folder_of_the_user_with_a_name_like_those_of_runs_stays() {
    let root = tempfile::tempdir().unwrap();
    let mine = root.path().join(".gmg-export-out-notes");
    std::fs::create_dir(&mine).unwrap();
    std::fs::write(mine.join("mine.txt"), "x").unwrap();
    replace_folder(&root.path().join("out"), &set(&[("x", "1")]), none).unwrap();
    assert_eq!(names(&mine), ["mine.txt"]);
}
