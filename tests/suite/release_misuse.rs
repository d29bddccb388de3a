//! Releases in the hands of unlucky and hostile users: no file of theirs is lost, and nothing is read or written outside
//! the folders that they gave.

use gmg_export::base::digest::sha256;
use serde_json::Value;

use crate::program::Desk;

/// A report with a release list that is quick to make.
fn desk(list: &str) -> Desk {
    let desk = Desk::with_report();
    add_list(&desk, "source/report.yaml", list);
    desk
}

fn add_list(desk: &Desk, path: &str, list: &str) {
    let report = desk.read(path);
    let report: String = match report.split_once("\nrelease:") {
        Some((before, _)) => before.to_owned(),
        None => report,
    };
    desk.write(path, &format!("{report}\nrelease:\n{list}"));
}

const TEXT: &str = "  - format: txt\n";

/// A report in a folder of that name.
fn report(desk: &Desk, folder: &str) {
    desk.run(&["init", "--", folder]).is_done();
    add_list(desk, &format!("{folder}/source/report.yaml"), TEXT);
}

/// Changes a manifest and states its new checksum.
fn forge(desk: &Desk, folder: &str, change: impl Fn(&mut Value)) {
    let path = format!("{folder}/manifest.json");
    let old = desk.read(&path);
    let mut manifest: Value = serde_json::from_str(&old).unwrap();
    change(&mut manifest);
    let new = serde_json::to_string_pretty(&manifest).unwrap() + "\n";
    let sums = format!("{folder}/SHA256SUMS");
    let (was, is) = (sha256(old.as_bytes()), sha256(new.as_bytes()));
    desk.write(&sums, &desk.read(&sums).replace(&was, &is));
    desk.write(&path, &new);
}

#[test]
fn a_list_of_checksums_of_another_program_makes_no_file_a_releases() {
    let desk = desk(TEXT);
    desk.write("disk/big.iso", "mine");
    let sum = sha256(b"mine");
    desk.write("disk/SHA256SUMS", &format!("{sum}  big.iso\n"));
    desk.run(&["release", "--out", "disk"]).fails_with(
        5,
        &["`disk` holds `SHA256SUMS`, which gmg-export did not write"],
    );
    assert_eq!(desk.names("disk"), ["SHA256SUMS", "big.iso"]);
}

#[test]
fn the_current_folder_and_those_above_it_are_not_replaced() {
    let desk = Desk::empty();
    report(&desk, "report");
    std::fs::create_dir_all(desk.path("above/here")).unwrap();
    for out in [".", "..", "missing/..", "../here", "/"] {
        let mut command = desk.command(&["release", "../../report", "--out", out]);
        let output = command
            .current_dir(desk.path("above/here"))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{out}: {said}");
        assert!(
            said.contains("the current folder or one above it"),
            "{said}"
        );
    }
    assert!(desk.names("above/here").is_empty());
}

#[test]
fn a_list_for_a_build_system_is_written_over_no_file_of_the_build() {
    let desk = desk(TEXT);
    let report = desk.read("source/report.yaml");
    for (list, part) in [
        ("source/report.yaml", "over a file of the build"),
        ("source/../source/people.yaml", "over a file of the build"),
        ("out/release/manifest.json", "in the folder of the release"),
        ("out/release/release.d", "in the folder of the release"),
    ] {
        desk.run(&["release", "--deps", list])
            .fails_with(2, &[part]);
        assert!(!desk.path("out/release").exists(), "{list}");
    }
    for list in ["source/report.yaml", "out/my-report.txt"] {
        desk.run(&["--format", "txt", "--deps", list])
            .fails_with(2, &["over a file of the build"]);
        assert!(!desk.path("out/my-report.txt").exists(), "{list}");
    }
    assert_eq!(desk.read("source/report.yaml"), report);
    desk.run(&["release", "--deps", "source"])
        .fails_with(5, &["`source` is a folder"]);
    assert!(!desk.path("out/release").exists());
    desk.run(&["release", "--out", "a;b", "--deps", "x.d"])
        .fails_with(2, &["`a;b/my-report.txt` cannot be written in a rule"]);
    assert!(!desk.path("a;b").exists());
}

#[test]
fn names_that_a_shelf_cannot_hold_are_refused() {
    let desk = Desk::empty();
    for name in [
        "manifest.json",
        "sha256sums",
        "Elm",
        "elm",
        "\u{e9}",
        "e\u{301}",
    ] {
        report(&desk, &format!("reports/{name}"));
    }
    let release = |names: &[&str]| {
        let paths: Vec<String> = names.iter().map(|name| format!("reports/{name}")).collect();
        let mut command = vec!["release", "--batch"];
        command.extend(paths.iter().map(String::as_str));
        desk.run(&command)
    };
    for name in ["manifest.json", "sha256sums"] {
        release(&[name, "elm"]).fails_with(2, &["cannot be called", name, "rename its folder"]);
    }
    release(&["Elm", "elm"]).fails_with(2, &["`Elm` and `elm`, which many systems take for one"]);
    release(&["\u{e9}", "e\u{301}"]).fails_with(2, &["which many systems take for one"]);
    release(&["elm", "elm/source"]).fails_with(2, &["one report was given twice"]);
    assert!(!desk.path("out").exists());
}

#[cfg(unix)]
#[test]
fn names_that_a_list_of_checksums_cannot_hold_are_refused() {
    let desk = Desk::empty();
    for name in ["two\nlines", "back\\slash"] {
        report(&desk, name);
        desk.run(&["release", "--batch", "--", name])
            .fails_with(2, &["E1218", "rename its folder"]);
    }
}

#[test]
fn a_manifest_leads_nowhere_out_of_its_folder() {
    let desk = Desk::empty();
    for name in ["elm", "oak"] {
        report(&desk, name);
    }
    desk.write("secret.txt", "secret");
    let absolute = desk.path("secret.txt").display().to_string();
    for path in [
        "../secret.txt",
        "elm/../../secret.txt",
        &absolute,
        "elm//x",
        "manifest.json",
        "oak/my-report.txt",
        "elm/a\nb",
    ] {
        desk.run(&["release", "elm", "oak", "--shard", "1/1", "--out", "part"])
            .is_done_saying("2 reports");
        forge(&desk, "part", |manifest| {
            let artifact = &mut manifest["reports"][0]["artifacts"][0];
            artifact["path"] = path.into();
            artifact["sha256"] = sha256(b"secret").into();
        });
        let part = "cannot be the path of a file of this release";
        desk.run(&["manifest", "merge", "part", "--out", "whole"])
            .fails_with(5, &[part]);
        desk.run(&["verify", "elm", "oak", "--release", "part"])
            .fails_with(5, &[part]);
        desk.run(&[
            "release",
            "elm",
            "oak",
            "--shard",
            "1/1",
            "--out",
            "part",
            "--if-changed",
        ])
        .is_done();
        assert!(!desk.path("whole").exists());
    }
    assert_eq!(desk.read("secret.txt"), "secret");
}

#[cfg(unix)]
#[test]
fn a_link_in_place_of_a_file_of_a_release_is_not_followed_out_of_it() {
    let desk = Desk::empty();
    report(&desk, "elm");
    desk.run(&["release", "elm", "--shard", "1/1", "--out", "part"])
        .is_done();
    let file = "part/elm/my-report.txt";
    desk.write("copy.txt", &desk.read(file));
    std::fs::remove_file(desk.path(file)).unwrap();
    std::os::unix::fs::symlink(desk.path("copy.txt"), desk.path(file)).unwrap();
    desk.run(&["manifest", "merge", "part", "--out", "whole"])
        .fails_with(1, &["is not the file that the manifest states"]);
    assert!(!desk.path("whole").exists());
}

#[test]
fn the_whole_is_not_put_in_the_place_of_a_part() {
    let desk = Desk::empty();
    report(&desk, "elm");
    desk.run(&["release", "elm", "--shard", "1/1", "--out", "part"])
        .is_done();
    let manifest = desk.read("part/manifest.json");
    desk.run(&["manifest", "merge", "part", "--out", "./part"])
        .fails_with(2, &["`./part` is the folder of `part/manifest.json`"]);
    assert_eq!(desk.read("part/manifest.json"), manifest);
}

#[test]
fn an_entry_that_is_wrong_is_not_taken_for_a_double_of_the_one_before() {
    let desk = desk("  - format: txt\n  - {format: press, layout: screen}\n");
    let said = desk.run(&["release"]);
    said.fails_with(3, &["layout `screen` is for screens"]);
    assert!(!said.stderr.contains("two entries"), "{}", said.stderr);
}

#[test]
fn a_double_names_the_line_of_the_first() {
    let desk = desk("  - format: txt\n  - format: txt\n  - format: txt\n");
    let said = desk.run(&["release"]).stderr;
    let line = said.lines().find_map(|line| line.split_once("is on line "));
    let (_, line) = line.unwrap();
    let first = format!("is on line {line}\n");
    assert_eq!(said.matches(&first).count(), 2, "{said}");
}

/// A terminal obeys them, and a reader of lines takes them for two files.
#[cfg(unix)]
#[test]
fn control_characters_in_a_path_are_shown_and_not_obeyed() {
    let desk = desk(TEXT);
    let out = "a\nb\u{1b}]0;x\u{7}";
    for command in [
        &["--format", "txt", "--out", out][..],
        &["release", "--out", &format!("{out}2")],
    ] {
        let said = desk.run(command).printed();
        assert!(!said.contains(['\u{1b}', '\u{7}']), "{said:?}");
        assert!(
            said.lines().all(|line| line.contains("a b<U+001B>")),
            "{said:?}"
        );
    }
}

#[test]
fn files_that_differ_in_case_alone_or_go_with_others_are_doubles() {
    let desk =
        desk("  - {format: txt, layout: full-text}\n  - {format: txt, layout: ./Full-Text}\n");
    for layout in ["Full-Text", "sheets"] {
        desk.write(&format!("{layout}/layout.yaml"), "extends: full-text\n");
    }
    desk.run(&["release"])
        .fails_with(3, &["two entries make the file `my-report.Full-Text.txt`"]);
    add_list(
        &desk,
        "source/report.yaml",
        "  - {format: txt, layout: ./sheets}\n  - format: press\n",
    );
    desk.run(&["release"]).fails_with(
        3,
        &[
            "make the file `my-report.sheets.txt`",
            "give one of the layouts another name",
        ],
    );
    assert!(!desk.path("out/release").exists());
}

#[test]
fn a_profile_lies_beside_its_report_wherever_the_release_is_made() {
    let desk = Desk::empty();
    report(&desk, "elm");
    add_list(
        &desk,
        "elm/source/report.yaml",
        "  - {format: press, profile: icc/own.icc}\n",
    );
    std::fs::create_dir(desk.path("elm/icc")).unwrap();
    let profile = concat!(env!("CARGO_MANIFEST_DIR"), "/layouts/profiles");
    let mut profiles = std::fs::read_dir(profile).unwrap().flatten();
    let icc = profiles.find(|file| file.path().extension().is_some_and(|end| end == "icc"));
    std::fs::copy(icc.unwrap().path(), desk.path("elm/icc/own.icc")).unwrap();
    desk.run(&["release", "elm", "--out", "outside"])
        .is_done_saying("ok");
    let inside = desk
        .command(&["release", "--out", "../inside"])
        .current_dir(desk.path("elm"))
        .output()
        .unwrap();
    assert!(
        inside.status.success(),
        "{}",
        String::from_utf8_lossy(&inside.stderr)
    );
    let manifest = desk.read("inside/manifest.json");
    assert_eq!(manifest, desk.read("outside/manifest.json"));
    assert!(manifest.contains("\"path\": \"icc/own.icc\""), "{manifest}");
}

/// Runs that start at the same time, into a folder that is not there yet and into one that is.
#[test]
fn runs_at_the_same_time_leave_a_whole_release_and_do_not_fail_one_another() {
    let desk = desk(TEXT);
    for _ in 0..2 {
        let start = |_| desk.command(&["release", "-q"]).spawn().unwrap();
        let mut runs: Vec<_> = (0..8).map(start).collect();
        for run in &mut runs {
            assert!(run.wait().unwrap().success());
        }
        desk.run(&["verify", "--release", "out/release"])
            .is_done_saying("byte for byte");
        let left: Vec<String> = desk
            .names("out")
            .into_iter()
            .filter(|name| name.starts_with(".gmg"))
            .collect();
        assert!(left.is_empty(), "{left:?}");
    }
}

#[test]
fn a_damaged_list_of_checksums_is_no_unchanged_release() {
    let desk = desk(TEXT);
    desk.run(&["release"]).is_done();
    let sums = desk.read("out/release/SHA256SUMS");
    desk.write("out/release/SHA256SUMS", &sums.replace('\n', "\r\n"));
    desk.run(&["release", "--if-changed"]).is_done();
    assert_eq!(desk.read("out/release/SHA256SUMS"), sums);
    desk.run(&["release", "--if-changed"])
        .is_done_saying("unchanged");
}

#[test]
fn a_release_whose_manifest_is_damaged_is_left_and_said_how_to_go_on() {
    let desk = desk(TEXT);
    desk.run(&["release"]).is_done();
    desk.write("out/release/manifest.json", "{");
    desk.run(&["release"]).fails_with(
        5,
        &["E1207", "whose manifest was damaged, move the folder away"],
    );
}

#[test]
fn parts_that_are_not_there_or_no_parts_are_named_once() {
    let desk = desk(TEXT);
    desk.run(&["release"]).is_done();
    desk.run(&["manifest", "merge", "nowhere"])
        .fails_with(5, &["there is no file or folder `nowhere`"]);
    let said = desk.run(&["manifest", "merge", "out/release"]);
    said.fails_with(1, &["of a whole release, not of a part"]);
    let said = desk.run(&["manifest", "merge", "out/release", "out/release"]);
    assert!(said.stderr.contains("2 errors"), "{}", said.stderr);
}

/// A reader of lines takes each for a diagnostic.
#[cfg(unix)]
#[test]
fn a_short_message_is_one_line_whatever_a_folder_is_called() {
    let desk = Desk::empty();
    report(&desk, "two\nlines");
    add_list(&desk, "two\nlines/source/report.yaml", "  - format: pfd\n");
    let said = desk.run(&["release", "two\nlines", "--message-format", "short"]);
    assert_eq!(
        (said.code, said.stderr.lines().count()),
        (3, 1),
        "{}",
        said.stderr
    );
}

#[cfg(unix)]
#[test]
fn a_backslash_in_a_path_stays_one() {
    let desk = Desk::empty();
    report(&desk, "back\\slash");
    desk.run(&[
        "release",
        "back\\slash",
        "--deps",
        "list",
        "--deps-format",
        "json",
    ])
    .is_done();
    let list: Value = serde_json::from_str(&desk.read("list")).unwrap();
    for file in list["read"].as_array().unwrap() {
        let path = file["path"].as_str().unwrap();
        assert!(desk.path(path).is_file(), "{path}");
    }
    assert!(
        desk.read("out/release/manifest.json")
            .contains("\"path\": \"source/report.yaml\"")
    );
}

#[cfg(unix)]
#[test]
fn a_release_that_is_asked_to_stop_leaves_nothing_beside_its_folder() {
    let desk = Desk::empty();
    let names: Vec<String> = (0..8).map(|number| format!("report-{number}")).collect();
    names.iter().for_each(|name| report(&desk, name));
    for wait in [2, 5, 10, 20, 40, 60, 80, 120] {
        let reports = names.iter().map(String::as_str);
        let command: Vec<&str> = ["release", "-q", "--jobs", "8"]
            .into_iter()
            .chain(reports)
            .collect();
        let mut run = desk.command(&command).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait));
        let stop = format!("kill -INT {}", run.id());
        std::process::Command::new("sh")
            .args(["-c", &stop])
            .status()
            .unwrap();
        run.wait().unwrap();
        let out = desk.path("out");
        let left = match out.exists() {
            true => desk.names("out"),
            false => Vec::new(),
        };
        assert!(left.iter().all(|name| name == "release"), "{left:?}");
    }
}
