//! `--if-changed` and `--deps` of an export.

use crate::program::Desk;

/// Runs an export of the digest and says whether the file was made anew.
#[track_caller]
fn is_made(desk: &Desk, more: &[&str]) -> bool {
    let arguments = [&["--format", "txt,docx", "--if-changed"], more].concat();
    let said = desk.run(&arguments).printed();
    let unchanged = said.matches("unchanged").count();
    assert!(unchanged == 0 || unchanged == 2, "all or nothing: {said}");
    unchanged == 0
}

#[test]
fn an_export_is_skipped_as_long_as_nothing_has_changed() {
    let desk = Desk::with_report();
    assert!(is_made(&desk, &[]), "there was nothing");
    assert!(!is_made(&desk, &[]), "nothing was changed");
    let people = desk.read("source/people.yaml");
    desk.write("source/people.yaml", &people);
    assert!(!is_made(&desk, &[]), "a file was touched");
    desk.write("source/people.yaml", &format!("{people}# a remark\n"));
    assert!(is_made(&desk, &[]), "a file was changed");
    let digest = desk.read("out/my-report.txt");
    desk.write("out/my-report.txt", "by hand");
    desk.run(&["--format", "txt,docx", "--if-changed"])
        .fails_with(
            5,
            &["`out/my-report.txt` is there, and not as gmg-export wrote it"],
        );
    desk.write("out/my-report.txt", &digest);
    assert!(!is_made(&desk, &[]), "it is as it was");
    std::fs::remove_file(desk.path("out/my-report.docx")).unwrap();
    assert!(is_made(&desk, &[]), "a file that was made was removed");
    assert!(is_made(&desk, &["--layout", "full-text"]), "another layout");
    assert!(!is_made(&desk, &[]), "and back: each has files of its own");
    desk.write(
        "layouts/screen/layout.yaml",
        "extends: screen\ndigest: {width: 60}\n",
    );
    assert!(is_made(&desk, &[]), "a layout came in between");
    std::fs::remove_file(desk.path("source/people.yaml")).unwrap();
    let said = desk.run(&["--format", "txt,docx", "--if-changed"]);
    said.fails_with(3, &["there is no person"]);
    desk.write("source/people.yaml", &people);
    assert!(is_made(&desk, &[]), "and there it is again");
}

#[test]
fn a_list_names_what_was_read_and_written_also_when_nothing_was_made() {
    let desk = Desk::with_report();
    let run = || {
        desk.run(&["--format", "txt", "--if-changed", "--deps", "a list.d"])
            .is_done();
        desk.read("a list.d")
    };
    let list = run();
    let (rule, rest) = list.split_once('\n').unwrap();
    assert!(rule.starts_with("out/my-report.txt: source/"), "{list}");
    for read in [
        "source/report.yaml",
        "source/people.yaml",
        "source/meetings/first.yaml",
    ] {
        assert!(
            rule.contains(read) && rest.contains(&format!("{read}:\n")),
            "{list}"
        );
    }
    assert!(
        !list.contains("layouts/"),
        "what is in the program is no file: {list}"
    );
    assert_eq!(run(), list);
}

#[test]
fn standard_output_is_no_file_to_ask_about() {
    let desk = Desk::with_report();
    for option in [&["--if-changed"][..], &["--deps", "x.d"]] {
        let said = desk.run(&[&["--format", "txt", "-o", "-"], option].concat());
        said.fails_with(2, &[option[0], "standard output is none"]);
    }
}

#[test]
fn a_touched_source_is_older_than_what_was_skipped() {
    let desk = Desk::with_report();
    let run = || {
        desk.run(&["--format", "txt", "--if-changed", "--deps", "list.d"])
            .printed()
    };
    run();
    let later = std::time::SystemTime::now() - std::time::Duration::from_secs(60);
    let age = |name: &str| desk.path(name).metadata().unwrap().modified().unwrap();
    let old = std::fs::File::options()
        .write(true)
        .open(desk.path("out/my-report.txt"))
        .unwrap();
    old.set_modified(later - std::time::Duration::from_secs(60))
        .unwrap();
    let source = std::fs::File::options()
        .write(true)
        .open(desk.path("source/people.yaml"))
        .unwrap();
    source.set_modified(later).unwrap();
    assert!(run().contains("unchanged"));
    assert!(age("out/my-report.txt") > age("source/people.yaml"));
}
