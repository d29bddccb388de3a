//! What must hold of a set of files that is replaced, whoever runs the tests: root can write to read-only folders, so
//! failures are provoked with folders in place of files, locks and modes of files.

use std::path::PathBuf;

use super::super::new_folder;
use super::*;

fn target(path: &Path) -> Result<Target, Diagnostics> {
    Target::named(path)
}

fn folder(path: &Path) -> Result<(), Diagnostics> {
    Destination::named(path).look()
}

/// A file as the program itself would have left it in the folder.
fn ours(folder: &Path, name: &str, text: &str) -> PathBuf {
    write(&targets(folder, &[(name, text)])).unwrap();
    folder.join(name)
}

fn targets<'a>(folder: &Path, files: &[(&str, &'a str)]) -> Vec<(Target, &'a [u8])> {
    files
        .iter()
        .map(|(name, text)| (target(&folder.join(name)).unwrap(), text.as_bytes()))
        .collect()
}

/// Names and texts of the files in a folder, hidden ones included except for the notes.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_name() != super::super::written::NOTES)
        .map(|entry| {
            let text = std::fs::read_to_string(entry.path()).unwrap_or_else(|_| "(folder)".into());
            (entry.file_name().into_string().unwrap(), text)
        })
        .collect();
    found.sort();
    found
}

fn pairs(files: &[(&str, &str)]) -> Vec<(String, String)> {
    files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect()
}

#[cfg(unix)]
#[test]
fn a_name_with_a_line_end_says_of_no_other_file_that_the_program_wrote_it() {
    let root = tempfile::tempdir().unwrap();
    std::fs::write(root.path().join("notes.txt"), "mine").unwrap();
    let forged = format!("a\n{}  notes.txt", crate::base::digest::sha256(b"mine"));
    ours(root.path(), &forged, "x");
    target(&root.path().join("notes.txt")).unwrap_err();
    // The file itself is the program's own all the same.
    ours(root.path(), &forged, "y");
}

#[test]
fn files_are_made_with_their_folders_and_replaced() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("a/b");
    for round in ["one", "two"] {
        write(&targets(&out, &[("x.pdf", round), ("x.txt", round)])).unwrap();
        assert_eq!(files(&out), pairs(&[("x.pdf", round), ("x.txt", round)]));
    }
}

#[test]
fn when_a_later_file_fails_the_earlier_ones_get_their_old_content_back() {
    let root = tempfile::tempdir().unwrap();
    ours(root.path(), "a.pdf", "old");
    let set = targets(
        root.path(),
        &[("a.pdf", "new"), ("b.docx", "new"), ("c.txt", "new")],
    );
    // Comes between the look and the write.
    std::fs::create_dir(root.path().join("c.txt")).unwrap();
    let found = write(&set).unwrap_err();
    assert_eq!(found.exit_code(), 5);
    assert!(found.to_string().contains("c.txt"), "{found}");
    assert_eq!(
        files(root.path()),
        pairs(&[("a.pdf", "old"), ("c.txt", "(folder)")])
    );
}

#[test]
fn when_a_file_cannot_be_staged_nothing_is_left_behind() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("new/deep");
    let mut set = targets(&out, &[("a.pdf", "new")]);
    let blocked = root.path().join("file/b.txt");
    set.push((target(&blocked).unwrap(), b"new"));
    std::fs::write(root.path().join("file"), "in the way").unwrap();
    let found = write(&set).unwrap_err();
    assert!(
        found.to_string().contains("file` is not a folder"),
        "{found}"
    );
    assert_eq!(files(root.path()), pairs(&[("file", "in the way")]));
}

#[test]
fn a_folder_in_place_of_the_file_is_refused_beforehand() {
    let root = tempfile::tempdir().unwrap();
    std::fs::create_dir(root.path().join("x.pdf")).unwrap();
    for path in [root.path().join("x.pdf"), root.path().join("y/"), "".into()] {
        let found = target(&path).unwrap_err();
        assert!(
            found.to_string().contains("is a folder, not a file"),
            "{found}"
        );
        assert_eq!(found.exit_code(), 5);
    }
}

#[test]
fn a_protected_or_locked_file_is_refused_beforehand_and_named() {
    let root = tempfile::tempdir().unwrap();
    let path = ours(root.path(), "x.docx", "old");
    let lock = std::fs::File::open(&path).unwrap();
    lock.lock().unwrap();
    let found = target(&path).unwrap_err().to_string();
    assert!(
        found.contains("x.docx") && found.contains("open in another program"),
        "{found}"
    );
    drop(lock);
    target(&path).unwrap();
    let mut mode = path.metadata().unwrap().permissions();
    mode.set_readonly(true);
    std::fs::set_permissions(&path, mode).unwrap();
    let found = target(&path).unwrap_err().to_string();
    assert!(
        found.contains("x.docx") && found.contains("it is read-only"),
        "{found}"
    );
    assert_eq!(files(root.path()), pairs(&[("x.docx", "old")]));
}

#[test]
fn a_folder_that_is_missing_may_be_made_and_a_file_in_its_place_is_refused() {
    let root = tempfile::tempdir().unwrap();
    folder(&root.path().join("a/b/c")).unwrap();
    assert_eq!(files(root.path()), [], "looking leaves no trace");
    std::fs::write(root.path().join("file"), "").unwrap();
    for path in ["file", "file/deep"] {
        let found = folder(&root.path().join(path)).unwrap_err().to_string();
        assert!(found.contains("file` is not a folder"), "{found}");
    }
    folder(Path::new("")).unwrap();
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_and_broken_ones_are_refused() {
    use std::os::unix::fs::symlink;
    let root = tempfile::tempdir().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::write(elsewhere.path().join("real.txt"), "old").unwrap();
    symlink(
        elsewhere.path().join("real.txt"),
        root.path().join("link.txt"),
    )
    .unwrap();
    let found = target(&root.path().join("link.txt")).unwrap_err();
    assert!(found.to_string().contains("link.txt` is a link"), "{found}");
    // Comes between the look and the write.
    let set = targets(root.path(), &[("late.txt", "new")]);
    symlink(
        elsewhere.path().join("real.txt"),
        root.path().join("late.txt"),
    )
    .unwrap();
    write(&set).unwrap_err();
    assert_eq!(files(elsewhere.path()), pairs(&[("real.txt", "old")]));
    symlink("nowhere", root.path().join("broken")).unwrap();
    symlink("loop", root.path().join("loop")).unwrap();
    for path in ["broken", "loop"] {
        assert!(folder(&root.path().join(path)).is_err(), "{path}");
        assert!(
            folder(&root.path().join(path).join("deep")).is_err(),
            "{path}/deep"
        );
        assert!(target(&root.path().join(path)).is_err(), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn devices_are_written_to_and_not_replaced() {
    use std::os::unix::fs::FileTypeExt;
    let null = target(Path::new("/dev/null")).unwrap();
    write(&[(null, b"x")]).unwrap();
    assert!(
        Path::new("/dev/null")
            .metadata()
            .unwrap()
            .file_type()
            .is_char_device()
    );
}

#[cfg(unix)]
#[test]
fn a_new_file_has_the_users_mode_and_a_replaced_one_keeps_its_own() {
    use std::os::unix::fs::PermissionsExt;
    let root = tempfile::tempdir().unwrap();
    let mode = |name: &str| {
        root.path()
            .join(name)
            .metadata()
            .unwrap()
            .permissions()
            .mode()
            & 0o777
    };
    std::fs::write(root.path().join("usual"), "").unwrap();
    write(&targets(root.path(), &[("new", "x")])).unwrap();
    assert_eq!(mode("new"), mode("usual"));
    std::fs::set_permissions(root.path().join("new"), PermissionsExt::from_mode(0o640)).unwrap();
    write(&targets(root.path(), &[("new", "y")])).unwrap();
    assert_eq!(mode("new"), 0o640);
}

#[test]
fn a_new_folder_is_made_whole_or_not_at_all() {
    let root = tempfile::tempdir().unwrap();
    let file = |name: &str| (name.to_owned(), b"x".to_vec());
    let made = root.path().join("made");
    new_folder(
        &Destination::named(&made),
        &[file("a.txt"), file("b/c.txt")],
    )
    .unwrap();
    assert_eq!(files(&made), pairs(&[("a.txt", "x"), ("b", "(folder)")]));
    let found = new_folder(&Destination::named(&made), &[file("d.txt")])
        .unwrap_err()
        .to_string();
    assert!(found.contains("is not empty: `a.txt` is in it"), "{found}");
    let failed = root.path().join("failed");
    new_folder(&Destination::named(&failed), &[file("b/c.txt"), file("b")]).unwrap_err();
    assert!(!failed.exists());
    std::fs::create_dir_all(root.path().join("git/.git")).unwrap();
    new_folder(
        &Destination::named(&root.path().join("git")),
        &[file("a.txt")],
    )
    .unwrap();
}

#[test]
fn a_file_of_somebody_else_or_one_that_was_edited_stays() {
    let root = tempfile::tempdir().unwrap();
    std::fs::write(root.path().join("mine.txt"), "mine").unwrap();
    let found = target(&root.path().join("mine.txt")).unwrap_err();
    assert_eq!(found.exit_code(), 5);
    assert!(
        found.to_string().contains("not as gmg-export wrote it"),
        "{found}"
    );
    let path = ours(root.path(), "a.docx", "1");
    ours(root.path(), "a.docx", "2");
    // What an earlier run wrote is the program's own, too.
    std::fs::write(&path, "1").unwrap();
    ours(root.path(), "a.docx", "3");
    std::fs::write(&path, "edited").unwrap();
    assert!(target(&path).is_err());
    // Comes between the look and the write.
    std::fs::remove_file(&path).unwrap();
    let set = targets(root.path(), &[("a.docx", "4")]);
    std::fs::write(&path, "mine").unwrap();
    write(&set).unwrap_err();
    assert_eq!(
        files(root.path()),
        pairs(&[("a.docx", "mine"), ("mine.txt", "mine")])
    );
}

#[test]
fn what_a_killed_run_left_is_removed_by_the_next_one_and_nothing_else() {
    let root = tempfile::tempdir().unwrap();
    ours(root.path(), "a.txt", "1");
    let name = |number: u32| root.path().join(format!("{PREFIX}{number}"));
    // Names that a run has noted, and one that none has.
    std::fs::write(name(0), "half").unwrap();
    std::fs::write(name(77), "mine").unwrap();
    ours(root.path(), "a.txt", "2");
    let expected = [(".gmg-export-77", "mine"), ("a.txt", "2")];
    assert_eq!(files(root.path()), pairs(&expected));
}
