//! Same report, same bytes: whatever ran before, wherever it runs, with any number of threads.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use gmg_export::backend::edition::Edition;
use gmg_export::backend::render;
use gmg_export::document::Document;
use gmg_export::document::epoch;
use gmg_export::layout::LayoutLoader;
use gmg_export::verify::format::BACKENDS;

use crate::made::{project, resolve};

/// All formats of a document, each in its own layout.
fn rendered(document: &Document) -> BTreeMap<&'static str, Vec<u8>> {
    let bytes = |backend: &dyn gmg_export::backend::Backend| {
        let layout = LayoutLoader::embedded()
            .load(backend.layout())
            .unwrap_or_else(|found| panic!("{found}"));
        let edition = Edition::new(document, &layout, epoch::of_day(&document.date));
        backend
            .render(&edition)
            .unwrap_or_else(|found| panic!("{found}"))
            .bytes
    };
    BACKENDS
        .iter()
        .map(|backend| (backend.name(), bytes(*backend)))
        .collect()
}

/// The files that the program writes in a process of its own, in that folder and with that environment.
fn run(cwd: &Path, environment: &[(&str, &str)], arguments: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let out = tempfile::tempdir().expect("a temporary folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_gmg-export"));
    command
        .current_dir(cwd)
        .env_remove("SOURCE_DATE_EPOCH")
        .args(["--format", "all", "--out"])
        .arg(out.path());
    let result = command
        .args(arguments)
        .envs(environment.iter().copied())
        .output()
        .expect("the program runs");
    assert!(
        result.status.success(),
        "{}",
        String::from_utf8_lossy(&result.stderr)
    );
    let files = out
        .path()
        .read_dir()
        .expect("the folder is there")
        .map(|entry| {
            let entry = entry.expect("an entry");
            (
                entry.file_name().to_string_lossy().into_owned(),
                std::fs::read(entry.path()).expect("a file"),
            )
        });
    files.collect()
}

fn same<K: Ord + std::fmt::Debug>(a: &BTreeMap<K, Vec<u8>>, b: &BTreeMap<K, Vec<u8>>) {
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (name, bytes) in a {
        assert!(*bytes == b[name], "{name:?} differs");
    }
}

#[test]
fn a_report_is_the_same_whatever_was_made_before_it_in_the_process() {
    let (a, b) = (
        resolve(&project("tests/cases/harbour/source")),
        resolve(&project("source")),
    );
    let (first, between) = (rendered(&a), rendered(&b));
    same(&first, &rendered(&a));
    same(&between, &rendered(&b));
}

#[test]
fn a_file_made_alone_and_one_made_beside_others_are_the_same() {
    let document = resolve(&project("tests/cases/harbour/source"));
    let layout = LayoutLoader::embedded()
        .load("print")
        .unwrap_or_else(|found| panic!("{found}"));
    let edition = || Edition::new(&document, &layout, epoch::of_day(&document.date));
    let beside = render::render(&edition(), BACKENDS).unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(beside.len(), BACKENDS.len());
    for other in beside {
        let alone =
            render::render(&edition(), &[other.backend]).unwrap_or_else(|found| panic!("{found}"));
        let name = other.backend.name();
        assert!(
            alone[0].artifact.bytes == other.artifact.bytes,
            "{name} differs"
        );
    }
}

#[test]
fn processes_agree_whatever_folder_zone_locale_and_number_of_threads_they_have() {
    let source = project("tests/cases/harbour/source");
    let source = source.to_str().expect("a path in UTF-8");
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    let first = run(
        &project(""),
        &[("RAYON_NUM_THREADS", "8")],
        &["tests/cases/harbour/source"],
    );
    // The press has a map of its sheets next to it, and the folder its notes.
    assert_eq!(first.len(), BACKENDS.len() + 2);
    let east = [
        ("TZ", "Pacific/Kiritimati"),
        ("LANG", "tr_TR.UTF-8"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("RAYON_NUM_THREADS", "1"),
    ];
    same(&first, &run(elsewhere.path(), &east, &[source]));
    let west = [
        ("TZ", "Pacific/Pago_Pago"),
        ("LANG", "C"),
        ("LC_ALL", "C"),
        ("HOME", "/nonexistent"),
    ];
    same(&first, &run(Path::new("/"), &west, &[source]));
}

#[test]
fn the_shipped_report_is_the_same_from_its_folder_and_from_the_binary() {
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    let first = run(&project(""), &[], &[]);
    same(
        &first,
        &run(elsewhere.path(), &[("RAYON_NUM_THREADS", "1")], &[]),
    );
}

#[test]
fn the_moment_in_the_files_is_source_date_epoch_and_else_the_reports_date() {
    let source = ["tests/cases/harbour/source"];
    let moment = |environment: &[(&str, &str)]| {
        let files = run(&project(""), environment, &source);
        let pdf = files
            .iter()
            .find(|(name, _)| name.ends_with(".pdf"))
            .expect("a PDF file")
            .1;
        let found =
            gmg_export::verify::golden::pdf::inspect(pdf).unwrap_or_else(|found| panic!("{found}"));
        found
            .metadata
            .lines()
            .find(|line| line.starts_with("ModDate: "))
            .expect("a date")
            .to_string()
    };
    assert_eq!(moment(&[]), "ModDate: D:20251215000000Z");
    assert_eq!(
        moment(&[("SOURCE_DATE_EPOCH", "1000000000")]),
        "ModDate: D:20010909014640Z"
    );
}

#[test]
fn a_bad_source_date_epoch_is_refused_and_nothing_is_written() {
    for value in [
        "",
        "yesterday",
        "1e9",
        "-1",
        "99999999999999999999",
        "253402300800",
    ] {
        let out = tempfile::tempdir().expect("a temporary folder");
        let mut command = Command::new(env!("CARGO_BIN_EXE_gmg-export"));
        command
            .current_dir(project(""))
            .env("SOURCE_DATE_EPOCH", value);
        command
            .args(["tests/cases/harbour/source", "--format", "txt", "--out"])
            .arg(out.path());
        let result = command.output().expect("the program runs");
        let message = String::from_utf8_lossy(&result.stderr).into_owned();
        assert_eq!(result.status.code(), Some(2), "{value:?}: {message}");
        assert!(
            message.contains("SOURCE_DATE_EPOCH"),
            "{value:?}: {message}"
        );
        assert_eq!(
            out.path().read_dir().expect("the folder").count(),
            0,
            "{value:?}"
        );
    }
}
