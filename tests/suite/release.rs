//! Releases as their users see them: files, manifest, checksums; the same bytes everywhere; all or nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use gmg_export::base::digest::sha256;
use gmg_export::base::files::Root;
use serde_json::Value;

use crate::program::{Desk, names};

/// A release list without pages to set: quick to make.
const TEXTS: &str = "\nrelease:\n  - format: txt\n  - {format: txt, layout: full-text}\n";

fn desk(list: &str) -> Desk {
    let desk = Desk::with_report();
    let report = desk.read("source/report.yaml");
    desk.write("source/report.yaml", &(report + list));
    desk
}

/// Paths and bytes of all files below a folder.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for path in gmg_export::base::output::files_in(&Root::named(root)).unwrap() {
        let bytes = std::fs::read(root.join(&path)).unwrap();
        found.insert(path, bytes);
    }
    found
}

/// Whether the folder holds what SHA256SUMS says and nothing else.
fn is_whole(root: &Path) -> bool {
    let mut files = files(root);
    let Some(sums) = files.remove("SHA256SUMS") else {
        return false;
    };
    let sums = String::from_utf8(sums).unwrap();
    let stated: BTreeMap<&str, &str> = sums
        .lines()
        .map(|line| line.split_once("  ").unwrap())
        .map(|(sum, path)| (path, sum))
        .collect();
    let there = files
        .iter()
        .map(|(path, bytes)| (path.as_str(), sha256(bytes)));
    let there: BTreeMap<&str, String> = there.collect();
    stated.len() == there.len()
        && stated
            .iter()
            .all(|(path, sum)| there.get(path).is_some_and(|other| other == sum))
}

fn manifest(root: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(root.join("manifest.json")).unwrap()).unwrap()
}

/// Forty of anything would do; these have names that fall into all four parts.
fn batch(count: usize) -> Desk {
    let desk = Desk::empty();
    for number in 1..=count {
        let name = format!("reports/report-{number:02}");
        desk.run(&["init", &name]).is_done();
        let path = format!("{name}/source/report.yaml");
        let report = desk.read(&path);
        desk.write(&path, &(report + TEXTS));
    }
    desk
}

/// The folders of a batch, as a shell's `reports/*/` gives them.
fn folders(desk: &Desk) -> Vec<String> {
    let name = |name: &String| format!("reports/{name}/");
    desk.names("reports").iter().map(name).collect()
}

fn release<'a>(folders: &'a [String], more: &[&'a str]) -> Vec<&'a str> {
    let folders = folders.iter().map(String::as_str);
    std::iter::once("release")
        .chain(folders)
        .chain(more.iter().copied())
        .collect()
}

#[test]
fn a_release_holds_every_file_of_the_list_with_manifest_and_checksums() {
    let desk = desk(
        "\nrelease:\n  - format: pdf\n  - {format: pdf, layout: print}\n  - {format: press, impose: booklet}\n  - format: press\n  \
         - format: docx\n  - format: txt\n  - {format: txt, layout: full-text}\n",
    );
    let said = desk.run(&["release"]);
    assert_eq!((said.code, said.stderr.as_str()), (0, ""));
    let id = "my-report";
    let wanted = [
        "SHA256SUMS".to_owned(),
        "manifest.json".to_owned(),
        format!("{id}.access.html"),
        format!("{id}.access.json"),
        format!("{id}.booklet.press.pdf"),
        format!("{id}.booklet.sheets.txt"),
        format!("{id}.docx"),
        format!("{id}.full-text.txt"),
        format!("{id}.pdf"),
        format!("{id}.press.pdf"),
        format!("{id}.print.pdf"),
        format!("{id}.sheets.txt"),
        format!("{id}.txt"),
    ];
    let out = desk.path("out/release");
    assert_eq!(names(&out), wanted);
    assert!(is_whole(&out));
    let manifest = manifest(&out);
    let report = &manifest["reports"][0];
    assert_eq!(report["id"], id);
    let artifacts = report["artifacts"].as_array().unwrap();
    assert_eq!(artifacts.len(), wanted.len() - 2);
    for artifact in artifacts {
        let path = artifact["path"].as_str().unwrap();
        let bytes = std::fs::read(out.join(path)).unwrap();
        assert_eq!(artifact["sha256"], sha256(&bytes), "{path}");
        assert_eq!(artifact["size"], bytes.len(), "{path}");
        let alone = artifact.get("goes_with").is_none();
        assert_eq!(
            alone,
            !artifact["checks"].as_array().unwrap().is_empty(),
            "{path}"
        );
        let claims = &artifact["standards"];
        match path.rsplit_once('.').unwrap() {
            _ if path.ends_with("press.pdf") || path.ends_with("print.pdf") => {
                assert_eq!(claims, &serde_json::json!(["PDF/X-4"]), "{path}");
            }
            (_, "pdf") => assert_eq!(claims, &serde_json::json!(["PDF/A-2a", "PDF/UA-1"])),
            _ => assert_eq!(claims, &serde_json::json!([])),
        }
        let fonts = artifact["fonts"].as_array().unwrap();
        let text = [".txt", ".html", ".json"]
            .iter()
            .any(|end| path.ends_with(end));
        assert_eq!(text, fonts.is_empty(), "{path}");
        if path.ends_with(".pdf") {
            assert!(
                fonts
                    .iter()
                    .all(|font| font["name"] == "Slug" || font["version"].is_string()),
                "{path}"
            );
            assert!(artifact["colour_profile"]["sha256"].is_string(), "{path}");
        }
    }
    let map = desk.read(&format!("out/release/{id}.booklet.sheets.txt"));
    assert!(map.contains(&format!("{id}.booklet.press.pdf")), "{map}");
    for input in report["inputs"].as_array().unwrap() {
        let path = input["path"].as_str().unwrap();
        assert!(
            path.starts_with("source/") || path.starts_with("layouts/"),
            "{path}"
        );
    }
    desk.run(&["verify", "--release", "out/release"])
        .is_done_saying("ok");
}

#[test]
fn the_same_release_comes_out_wherever_and_however_it_is_made() {
    let first = desk(TEXTS);
    let second = desk(TEXTS);
    first.run(&["release"]).is_done_saying("ok");
    let home = tempfile::tempdir().unwrap();
    let mut command = second.command(&["release", "--jobs", "1"]);
    command
        .env("TZ", "Pacific/Kiritimati")
        .env("LANG", "tr_TR.UTF-8")
        .env("LC_ALL", "tr_TR.UTF-8")
        .env("RAYON_NUM_THREADS", "1")
        .env("HOME", home.path());
    let output = command.output().unwrap();
    assert!(output.status.success());
    let out = "out/release";
    assert_eq!(files(&first.path(out)), files(&second.path(out)));
    assert!(names(home.path()).is_empty());
    let text = first.read("out/release/manifest.json");
    for told in [first.path(""), std::env::temp_dir()] {
        assert!(!text.contains(&*told.to_string_lossy()), "{text}");
    }
}

#[cfg(unix)]
#[test]
fn files_of_a_release_have_the_modes_that_the_user_wants() {
    use std::os::unix::fs::PermissionsExt;
    let desk = desk(TEXTS);
    let program = env!("CARGO_BIN_EXE_gmg-export");
    let mut shell = std::process::Command::new("sh");
    shell.current_dir(desk.path(""));
    shell.args(["-c", &format!("umask 027; exec {program} release -q")]);
    assert!(shell.status().unwrap().success());
    let mode = |path: &str| desk.path(path).metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("out/release"), 0o750);
    assert_eq!(mode("out/release/manifest.json"), 0o640);
}

#[test]
fn a_check_that_fails_replaces_nothing() {
    let desk = desk(TEXTS);
    desk.run(&["approve"]);
    desk.run(&["release"]).is_done_saying("every check passed");
    let out = desk.path("out/release");
    let before = files(&out);
    let report = desk.read("source/report.yaml");
    desk.write(
        "source/report.yaml",
        &report.replace("\nsubtitle: ", "\nsubtitle: Not "),
    );
    desk.run(&["release"])
        .fails_with(1, &["not as approved", "gmg-export approve"]);
    assert_eq!(files(&out), before);
    assert_eq!(
        desk.names("out"),
        ["README.md", "release"]
            .into_iter()
            .filter(|name| desk.path("out").join(name).exists())
            .collect::<Vec<_>>()
    );
}

#[test]
fn a_folder_with_other_files_in_it_is_left_alone() {
    let desk = desk(TEXTS);
    desk.write("out/release/notes.txt", "mine");
    desk.run(&["release"])
        .fails_with(5, &["holds `notes.txt`, which gmg-export did not write"]);
    assert_eq!(desk.names("out/release"), ["notes.txt"]);
}

#[test]
fn mistakes_in_the_list_are_named_with_their_places() {
    let desk = desk(
        "\nrelease:\n  - format: pfd\n  - {format: txt, layout: scren}\n  - {format: press, impose: bookled}\n  - {format: press, layout: screen}\n  \
         - {format: txt, impose: booklet}\n  - format: txt\n  - format: txt\n",
    );
    let said = desk.run(&["release"]);
    said.fails_with(
        3,
        &[
            "there is no format `pfd`",
            "did you mean `pdf`?",
            "there is no layout `scren`",
            "`bookled` is no way",
            "layout `screen` is for screens, and this entry is for print",
            "two entries make the file `my-report.txt`",
            "release[0].format",
            "source/report.yaml:",
        ],
    );
    assert!(!desk.path("out/release").exists());
    desk.run(&["check"])
        .fails_with(3, &["there is no format `pfd`"]);
}

#[test]
fn nothing_is_made_anew_unless_something_has_changed() {
    let desk = desk(TEXTS);
    let run = || desk.run(&["release", "--if-changed"]).printed();
    let is_new = |said: String| !said.contains("unchanged");
    assert!(is_new(run()), "there was nothing");
    assert!(!is_new(run()), "nothing was changed");
    let report = desk.read("source/report.yaml");
    desk.write("source/report.yaml", &report);
    assert!(!is_new(run()), "a file was touched");
    desk.write(
        "source/report.yaml",
        &report.replace("\nsubtitle: ", "\nsubtitle: New "),
    );
    assert!(is_new(run()), "a file was changed");
    assert!(!is_new(run()), "and not again");
    let digest = desk.read("out/release/my-report.txt");
    desk.write("out/release/my-report.txt", &format!("{digest} by hand"));
    assert!(is_new(run()), "a file of the release was edited");
    assert_eq!(desk.read("out/release/my-report.txt"), digest);
    std::fs::remove_file(desk.path("out/release/my-report.txt")).unwrap();
    assert!(is_new(run()), "a file of the release was removed");
    desk.write(
        "layouts/full-text/layout.yaml",
        "extends: full-text\ndigest: {width: 60}\n",
    );
    assert!(is_new(run()), "a layout came in between");
    std::fs::remove_dir_all(desk.path("layouts/full-text")).unwrap();
    assert!(is_new(run()), "a layout went away");
    let later = desk
        .command(&["release", "--if-changed"])
        .env("SOURCE_DATE_EPOCH", "1700000000")
        .output()
        .unwrap();
    assert!(
        is_new(String::from_utf8(later.stdout).unwrap()),
        "the moment is another"
    );
    assert!(is_whole(&desk.path("out/release")));
}

#[test]
fn build_systems_are_told_what_was_read_and_written() {
    let desk = desk(TEXTS);
    let list = |form: &str| {
        desk.run(&["release", "--deps", "list", "--deps-format", form])
            .is_done_saying("ok");
        desk.read("list")
    };
    let make = list("make");
    assert!(
        make.starts_with("out/release/my-report.full-text.txt out/release/my-report.txt "),
        "{make}"
    );
    assert!(make.contains(" source/report.yaml"), "{make}");
    assert!(make.contains("\nsource/report.yaml:\n"), "{make}");
    assert_eq!(
        list("ninja"),
        make.lines().next().unwrap().to_owned() + "\n"
    );
    let json: Value = serde_json::from_str(&list("json")).unwrap();
    let sum = sha256(desk.read("source/report.yaml").as_bytes());
    let mut read = json["read"].as_array().unwrap().iter();
    assert!(read.any(|file| file["path"] == "source/report.yaml" && file["sha256"] == sum));
}

#[test]
fn one_report_of_a_shelf_that_fails_does_not_stop_the_others() {
    let desk = batch(3);
    let folders = folders(&desk);
    desk.run(&release(&folders, &["--jobs", "2"]))
        .is_done_saying("3 reports, 6 files");
    let out = desk.path("out/release");
    let old = files(&out);
    let path = "reports/report-02/source/report.yaml";
    let report = desk.read(path);
    desk.write(path, &report.replace("\nlanguage: ", "\nlanguage: xx-"));
    desk.replace(
        "reports/report-03/source/report.yaml",
        "\nsubtitle: ",
        "\nsubtitle: New ",
    );
    let said = desk.run(&release(&folders, &["--jobs", "2"]));
    said.fails_with(3, &["1 of 3 reports could not be built: report-02", path]);
    let new = files(&out);
    assert!(is_whole(&out));
    let text = |files: &BTreeMap<String, Vec<u8>>, name: &str| {
        files[&format!("{name}/my-report.txt")].clone()
    };
    assert_eq!(text(&new, "report-02"), text(&old, "report-02"));
    assert_ne!(text(&new, "report-03"), text(&old, "report-03"));
    assert_eq!(manifest(&out)["failed"][0], "report-02");
    desk.write(path, &report);
    desk.run(&release(&folders, &["--if-changed"]))
        .is_done_saying("unchanged");
    assert!(manifest(&out).get("failed").is_none());
}

#[test]
fn parts_of_a_shelf_join_to_what_one_run_makes() {
    let desk = batch(6);
    let folders = folders(&desk);
    desk.run(&release(&folders, &["--out", "whole"]))
        .is_done_saying("6 reports");
    for part in 1..=4 {
        let (shard, out) = (format!("{part}/4"), format!("parts/{part}"));
        desk.run(&release(&folders, &["--shard", &shard, "--out", &out]))
            .is_done_saying("");
    }
    let parts = ["parts/1", "parts/2/manifest.json", "parts/3", "parts/4"];
    let merge =
        |parts: &[&str], more: &[&str]| desk.run(&[&["manifest", "merge"], parts, more].concat());
    let joined = merge(&parts, &[]).printed();
    assert_eq!(joined, desk.read("whole/manifest.json"));
    merge(&parts, &["--out", "joined"]).is_done_saying("6 reports");
    assert_eq!(files(&desk.path("joined")), files(&desk.path("whole")));
    merge(&parts[..3], &[]).fails_with(1, &["of 4 parts these are missing: 4"]);
    merge(
        &["parts/1", "parts/1", "parts/2", "parts/3", "parts/4"],
        &[],
    )
    .fails_with(1, &["part 1 is `parts/1/manifest.json`, too"]);
    let mut verify = vec!["verify", "--release", "joined"];
    verify.extend(folders.iter().map(String::as_str));
    desk.run(&verify).is_done_saying("byte for byte");
}

#[test]
fn a_release_that_was_changed_is_found_out_with_the_first_part_that_differs() {
    let desk = desk(TEXTS);
    desk.run(&["release"]).is_done_saying("ok");
    let verify = || desk.run(&["verify", "--release", "out/release"]);
    let name = "out/release/my-report.txt";
    let text = desk.read(name);
    desk.write(name, &text.replacen('e', "E", 1));
    verify().fails_with(1, &["`my-report.txt` differs", "first part: text.txt"]);
    desk.write(name, &text);
    verify().is_done_saying("byte for byte");
    desk.write("out/release/stray.txt", "x");
    verify().fails_with(1, &["`stray.txt` is in the release's folder and no part"]);
    std::fs::remove_file(desk.path("out/release/stray.txt")).unwrap();
    let sums = desk.read("out/release/SHA256SUMS");
    desk.write(
        "out/release/SHA256SUMS",
        &sums.replace("my-report.txt", "my-report.tx"),
    );
    verify().fails_with(1, &["no part of the release"]);
    desk.run(&["verify", "--release", "nowhere"])
        .fails_with(5, &["manifest cannot be read"]);
}

/// Kills runs at moments spread over their whole length. `tests/hostile/run` kills every command, and more often.
#[test]
fn a_release_that_is_killed_leaves_the_last_complete_set() {
    let desk = desk(TEXTS);
    let start = std::time::Instant::now();
    desk.run(&["release"]).is_done_saying("ok");
    let length = start.elapsed().max(Duration::from_millis(20)) * 3 / 2;
    let out = desk.path("out/release");
    let mut sets = Vec::new();
    for turn in 0..30_u32 {
        let moment = (1_000_000 + u64::from(turn)).to_string();
        let mut command = desk.command(&["release", "-q"]);
        command
            .env("SOURCE_DATE_EPOCH", moment)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut run = command.spawn().unwrap();
        // A golden ratio sequence: evenly spread, never the same moment twice.
        let part = f64::from(turn) * 0.618_033_988_749_895 % 1.0;
        std::thread::sleep(length.mul_f64(part));
        run.kill().unwrap();
        run.wait().unwrap();
        assert!(is_whole(&out), "after kill {turn}");
        sets.push(manifest(&out)["reports"][0]["epoch"].clone());
    }
    sets.dedup();
    assert!(
        sets.len() > 1,
        "no run came to its end: the kills say nothing"
    );
    desk.run(&["release"]).is_done_saying("ok");
    let left: Vec<PathBuf> = desk
        .path("out")
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.file_name()
                .unwrap()
                .to_string_lossy()
                .starts_with(".gmg")
        })
        .collect();
    assert!(
        left.len() <= 1,
        "what killed runs left is removed: {left:?}"
    );
}

#[test]
fn a_folder_of_the_shelf_without_a_report_stops_no_other() {
    let desk = batch(2);
    std::fs::create_dir(desk.path("reports/empty")).unwrap();
    let folders = folders(&desk);
    let said = desk.run(&release(&folders, &[]));
    said.fails_with(
        5,
        &[
            "1 of 3 reports could not be built: empty",
            "holds no report.yaml",
        ],
    );
    assert!(is_whole(&desk.path("out/release")));
    assert_eq!(
        desk.names("out/release"),
        ["SHA256SUMS", "manifest.json", "report-01", "report-02"]
    );
}
