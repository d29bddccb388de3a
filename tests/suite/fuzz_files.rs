//! Readers of files against files that were changed at random: the source's YAML, its prose, Word packages, golden records,
//! PDF files (the import has `fuzz_import`). Each ends, without a panic, in a result or in an error that can be shown.
//!
//! Every run is a fixed number of files from a fixed seed, which it prints. A long one, as `.github/workflows/weekly.yml`
//! has it: `FUZZ_FILES=5000 FUZZ_SEED=1 cargo test --release --test suite fuzz_files -- --nocapture`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use gmg_export::backend::edition::Edition;
use gmg_export::base::diagnostic::{Diagnostics, Severity};
use gmg_export::base::files::Root;
use gmg_export::layout::LayoutLoader;
use gmg_export::pdf::preflight::{self, Rules};
use gmg_export::pdf::read::ReadBack;
use gmg_export::source::Folder;
use gmg_export::verify::conformance::Profile;
use gmg_export::verify::{format, golden};
use gmg_export::word as word_file;
use gmg_export::{document, import, layout, source};

use crate::conformance::word;
use crate::fuzz_import::{Random, number};
use crate::made::{harbour, project};
use crate::merge;

/// Longest time for one file, in a build for debugging on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// Pieces that mean something in one of the formats.
const PIECES: &[&str] = &[
    ":",
    "- ",
    "\n",
    "  ",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "&a ",
    "*a",
    "!",
    "| \n",
    ">",
    "%",
    "\t",
    "#",
    "? ",
    "~",
    "---\n",
    "...\n",
    "<<: ",
    "<",
    ">",
    "/>",
    "</w:p>",
    "<w:p>",
    "<w:tbl>",
    "&amp;",
    "&#0;",
    "<![CDATA[",
    "xmlns:w=\"x\"",
    "obj",
    "endobj",
    "stream\n",
    " R",
    "<<",
    ">>",
    "(",
    ")",
    "/Kids",
    "/Length 999999999",
    "q ",
    "BT ",
    "Do ",
    "-1",
    "1e99",
    "\u{202E}",
    "é",
    "世",
    "\u{0}",
    "\u{FFFD}",
    "**",
    "](",
    "[^1]",
    "`",
    "```\n",
    "| a |\n|---|\n",
    "\\",
    "<b>",
    "$x$",
    "org:x",
    "99999999999999999999",
];

fn changed(bytes: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..=random.below(6) {
        let at = random.below(bytes.len() + 1);
        let end = (at + random.below(60)).min(bytes.len());
        match random.below(6) {
            0 => drop(bytes.drain(at..end)),
            1 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            2 => {
                let part = bytes[at..end].to_vec();
                let to = random.below(bytes.len() + 1);
                bytes.splice(to..to, part);
            }
            3 => bytes.truncate(bytes.len() - random.below(bytes.len() / 8 + 1)),
            _ => {
                let piece = PIECES[random.below(PIECES.len())];
                let piece = piece.repeat([1, 1, 1, 2, 40][random.below(5)]);
                bytes.splice(at..at, piece.into_bytes());
            }
        }
    }
}

/// Makes files and reads them; each is on disk before it is read, should the process end with it.
fn fuzz(name: &str, files: u64, mut read: impl FnMut(&mut Random, &Path)) {
    let (files, seed) = (number("FUZZ_FILES", files), number("FUZZ_SEED", 7));
    let last = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("last-{name}"));
    println!(
        "{name}: {files} files from seed {seed}; the last one is {}",
        last.display()
    );
    let mut random = Random::new(seed);
    for count in 0..files {
        let start = Instant::now();
        read(&mut random, &last);
        let took = start.elapsed();
        assert!(took < PATIENCE, "file {count} of {name} took {took:?}");
    }
}

/// What was found can be shown: it has words, and places are inside of something.
fn is_sound<T>(result: Result<T, Diagnostics>) -> bool {
    let found = match result {
        Ok(_) => return true,
        Err(found) => found,
    };
    assert!(
        found.has_errors() && (1..=6).contains(&found.exit_code()),
        "{found}"
    );
    for one in found.iter() {
        assert!(!one.message.trim().is_empty());
        let named = |file: &str| !file.is_empty();
        assert!(
            one.location.as_ref().is_none_or(|place| named(&place.file)),
            "{one:?}"
        );
    }
    false
}

/// The files of a report in memory.
fn report() -> BTreeMap<String, Vec<u8>> {
    let root = project("tests/cases/harbour/source");
    let mut files = BTreeMap::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => {
                    let name = path.strip_prefix(&root).unwrap().to_string_lossy();
                    files.insert(name.replace('\\', "/"), std::fs::read(&path).unwrap());
                }
            }
        }
    }
    files
}

fn resolve(files: BTreeMap<String, Vec<u8>>) -> Result<(), Diagnostics> {
    let source = match source::read_or_rescue(&Folder::in_memory(files)) {
        Ok(source) => source,
        Err(unread) => return Err(meaning(&unread)),
    };
    let strings = layout::strings(&source.report.content.language.value)?;
    document::resolve(&source, &strings).map(|_| ())
}

/// What is wrong with a report of which one file was changed, so that it cannot be read: nothing else is wrong with it.
fn meaning(unread: &source::Unread) -> Diagnostics {
    let strings = layout::strings("fr").expect("words");
    let all = unread.with_meaning(|source| document::resolve(source, &strings));
    let errors = all.iter().filter(|one| one.severity() == Severity::Error);
    let files: BTreeSet<&str> = errors
        .filter_map(|one| Some(one.location.as_ref()?.file.as_str()))
        .collect();
    assert!(files.len() < 2, "mistakes that follow from one:\n{all}");
    all
}

/// Resolves reports that `make` makes; some of them must be sound, and some not.
fn fuzz_reports(
    name: &str,
    count: u64,
    mut make: impl FnMut(&mut Random, &Path) -> BTreeMap<String, Vec<u8>>,
) {
    let (mut good, mut bad) = (0, 0);
    fuzz(name, count, |random, last| {
        match is_sound(resolve(make(random, last))) {
            true => good += 1,
            false => bad += 1,
        }
    });
    assert!(
        good > 0 && bad > 0,
        "{good} good, {bad} bad: nothing was tried"
    );
}

#[test]
fn changed_files_of_a_source_are_read_or_refused() {
    let files = report();
    let names: Vec<&String> = files
        .keys()
        .filter(|name| name.ends_with(".yaml"))
        .collect();
    fuzz_reports("source", 300, |random, last| {
        let mut files = files.clone();
        let file = files.get_mut(names[random.below(names.len())]).unwrap();
        changed(file, random);
        std::fs::write(last, &*file).unwrap();
        files
    });
}

#[test]
fn prose_of_any_markup_is_set_or_refused() {
    let files = report();
    let chapter = "avant-propos.yaml";
    fuzz_reports("prose", 400, |random, last| {
        let mut prose = String::from("Begin ");
        for _ in 0..random.below(12) {
            prose.push_str(PIECES[random.below(PIECES.len())]);
            prose.push_str(["", " ", "word ", "\n", "\n\n"][random.below(5)]);
        }
        let lines: String = prose.lines().map(|line| format!("    {line}\n")).collect();
        let text = format!(
            "section:\n  id: avant-propos\n  title: Avant-propos\n  front: true\n  text: |\n{lines}"
        );
        std::fs::write(last, &text).unwrap();
        let mut files = files.clone();
        files.insert(chapter.into(), text.into_bytes());
        files
    });
}

#[test]
fn changed_word_packages_are_read_or_refused() {
    let made = harbour();
    let bytes = made.file("screen", "docx");
    let layout = LayoutLoader::embedded().load("screen").unwrap();
    let terms = Profile::of(&layout);
    fuzz("docx", 40, |random, last| {
        let file = match random.below(2) {
            0 => {
                let mut file = bytes.to_vec();
                changed(&mut file, random);
                file
            }
            _ => {
                let mut parts = word::read(bytes);
                let part = random.below(parts.len());
                changed(&mut parts[part].1, random);
                word::write(&parts)
            }
        };
        std::fs::write(last, &file).unwrap();
        let back = ReadBack::of(&file);
        is_sound(format::record("docx", &back));
        is_sound(format::inspect("docx", terms, &back));
        let edition = Edition::new(&made.document, &layout, 0);
        is_sound(format::compare(&edition, "docx", &back));
    });
}

/// A file that came back damaged: cut off, with bits turned over, or with a part of which bytes were changed.
fn damaged(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    match random.below(3) {
        0 => bytes[..random.below(bytes.len())].to_vec(),
        1 => {
            let mut file = bytes.to_vec();
            for _ in 0..=random.below(8) {
                let at = random.below(file.len());
                file[at] ^= 1 << random.below(8);
            }
            file
        }
        _ => {
            let mut parts = word::read(bytes);
            let text = parts
                .iter()
                .position(|(name, _)| name == "word/document.xml");
            let part = match random.below(2) {
                0 => random.below(parts.len()),
                _ => text.unwrap_or_default(),
            };
            changed(&mut parts[part].1, random);
            word::write(&parts)
        }
    }
}

/// How long one damaged file may take to be read, in a build for debugging on a busy machine.
const SOON: Duration = Duration::from_secs(2);

#[test]
fn three_hundred_damaged_word_files_are_read_and_imported_or_refused() {
    let files = ["study", "arabic"].map(|case| merge::word(&merge::files(case)));
    let (mut good, mut bad) = (0, 0);
    fuzz("returned", 300, |random, last| {
        let file = damaged(&files[random.below(files.len())], random);
        std::fs::write(last, &file).unwrap();
        let start = Instant::now();
        let read = is_sound(word_file::read("edited.docx", &file));
        assert!(start.elapsed() < SOON, "reading took {:?}", start.elapsed());
        let known = import::ImportOptions {
            changes: import::TrackedChanges::Accept,
            ..import::ImportOptions::default()
        };
        is_sound(import::import("edited.docx", file, &known));
        match read {
            true => good += 1,
            false => bad += 1,
        }
    });
    assert!(
        good > 0 && bad > 0,
        "{good} good, {bad} bad: nothing was tried"
    );
}

#[test]
fn damaged_word_files_are_merged_or_refused_and_compared_or_refused() {
    let files = merge::files("study");
    let bytes = merge::word(&files);
    let (mut good, mut bad) = (0, 0);
    fuzz("merged", 40, |random, last| {
        let file = damaged(&bytes, random);
        std::fs::write(last, &file).unwrap();
        is_sound(gmg_export::review::diff(
            ("edited.docx", &file),
            ("new.docx", &bytes),
            "a",
        ));
        match is_sound(merge::merge(&files, &file)) {
            true => good += 1,
            false => bad += 1,
        }
    });
    assert!(
        good > 0 && bad > 0,
        "{good} good, {bad} bad: nothing was tried"
    );
}

#[test]
fn changed_golden_records_differ_and_say_so() {
    let record = format::record("txt", &ReadBack::of(harbour().file("screen", "txt"))).unwrap();
    let folder = tempfile::tempdir().unwrap();
    fuzz("golden", 200, |random, last| {
        for (name, content) in &record.files {
            std::fs::write(folder.path().join(name), content).unwrap();
        }
        let names: Vec<&String> = record.files.keys().collect();
        let name = names[random.below(names.len())];
        let mut content = record.files[name].clone();
        changed(&mut content, random);
        std::fs::write(last, &content).unwrap();
        std::fs::write(folder.path().join(name), &content).unwrap();
        let found = golden::compare(&Root::named(folder.path()), &record);
        // The line ends of Windows are those of the file.
        let plain = |bytes: &[u8]| {
            bytes
                .iter()
                .filter(|byte| **byte != b'\r')
                .copied()
                .collect::<Vec<u8>>()
        };
        let same = plain(&content) == plain(&record.files[name]);
        assert_eq!(found.is_empty(), same, "{name}: {found:?}");
        assert!(found.iter().all(|one| !one.to_string().is_empty()));
    });
}

#[test]
fn changed_pdf_files_are_judged_or_refused() {
    let made = harbour();
    let layout = LayoutLoader::embedded().load("print").unwrap();
    fuzz("pdf", 30, |random, last| {
        let (name, bytes) = [("screen", "pdf"), ("print", "press")]
            .map(|(layout, format)| (format, made.file(layout, format)))[random.below(2)];
        let mut file = bytes.to_vec();
        changed(&mut file, random);
        std::fs::write(last, &file).unwrap();
        let back = ReadBack::of(&file);
        is_sound(preflight::inspect(&back, &Rules::default()));
        is_sound(format::record(name, &back));
        is_sound(format::inspect(name, Profile::of(&layout), &back));
    });
}
