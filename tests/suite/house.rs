//! The order of the rooms of `src/`: each uses only those below it, and backends do not see each other.

use std::path::PathBuf;

/// The rooms, lowest first.
const ROOMS: [&str; 12] = [
    "base", "source", "layout", "document", "word", "import", "pdf", "backend", "verify", "access",
    "review", "app",
];
/// The rooms of `app`, lowest first.
const APP: [&str; 8] = [
    "version", "console", "help", "release", "cli", "settings", "schema", "command",
];
/// The rooms of `import`, lowest first; the modules next to them are below all.
const IMPORT: [&str; 5] = ["recognise", "read", "build", "write", "verify"];
/// What every backend may use of the room that they are in.
const SHARED: [&str; 5] = ["drawing", "edition", "render", "substitutes", "typeset"];
/// The one thing that a backend takes from another: the typeset pages, fit for the press.
const EXCEPTION: (&str, &str) = ("press", "pdf");

/// Every path in code that starts at the crate or goes up from a module, as the modules on it; `at` is the module that
/// the code is in.
fn paths(code: &str, at: &[String]) -> Vec<Vec<String>> {
    let lines = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let code = lines.collect::<Vec<_>>().join("\n");
    let mut words: Vec<&str> = Vec::new();
    let mut rest = code.as_str();
    while let Some(first) = rest.chars().next() {
        let is_name = |c: char| c.is_alphanumeric() || c == '_';
        let long = match first {
            _ if is_name(first) => rest.find(|c| !is_name(c)).unwrap_or(rest.len()),
            _ if rest.starts_with("::") => 2,
            _ => first.len_utf8(),
        };
        let (word, more) = rest.split_at(long);
        if !word.trim().is_empty() {
            words.push(word);
        }
        rest = more;
    }
    let mut found = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let starts = index == 0 || words[index - 1] != "::";
        match *word {
            "crate" if starts => tree(&words[index + 1..], &[], &mut found),
            "super" if starts => {
                let supers = words[index..].iter().step_by(2);
                let up = supers.take_while(|word| **word == "super").count();
                let above = &at[..at.len().saturating_sub(up)];
                let first = found.len();
                tree(&words[index + 2 * up - 1..], above, &mut found);
                // A module inside a file makes the way up one step longer than it looks here.
                let known = |path: &Vec<String>| ROOMS.contains(&path[0].as_str());
                let mut up = found.split_off(first);
                up.retain(known);
                found.append(&mut up);
            }
            _ => {}
        }
    }
    found
}

/// Adds the paths below `from` that `words` go on with.
fn tree(words: &[&str], from: &[String], found: &mut Vec<Vec<String>>) {
    let [first, next, ..] = words else { return };
    if *first != "::" {
        return;
    }
    if *next != "{" {
        let path = [from, &[(*next).to_owned()]].concat();
        found.push(path.clone());
        return tree(&words[2..], &path, found);
    }
    let mut depth = 0;
    for (index, word) in words.iter().enumerate().skip(1) {
        match *word {
            "{" => depth += 1,
            "}" if depth == 1 => return,
            "}" => depth -= 1,
            _ => {}
        }
        if depth == 1 && matches!(*word, "{" | ",") {
            let branch = [&["::"], &words[index + 1..]].concat();
            tree(&branch, from, found);
        }
    }
}

/// What is wrong with the doors that the code of a file goes through; the file's path is as seen from `src`.
fn wrong(file: &str, code: &str) -> Vec<String> {
    let mut at: Vec<String> = file
        .trim_end_matches(".rs")
        .split('/')
        .map(str::to_owned)
        .collect();
    if at.last().is_some_and(|last| last == "mod") {
        at.pop();
    }
    let is_test = file.contains("tests");
    let room = |name: &str| ROOMS.iter().position(|room| *room == name);
    let refused = |path: &Vec<String>| {
        let (here, there) = (at.first()?, path.first()?);
        let up = match (room(here), room(there)) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(here), Some(there)) => there > here,
        };
        let (own, other) = (at.get(1), path.get(1));
        let sideways = match (own, other) {
            _ if here != there => false,
            (Some(own), Some(other)) if here == "backend" => {
                // A function or a type of the room itself is no module; formats are.
                let format = ["", ".rs"]
                    .map(|end| PathBuf::from(format!("src/backend/{other}{end}")))
                    .iter()
                    .any(|path| path.exists());
                let format = format && !SHARED.contains(&other.as_str());
                format && own != other && (own.as_str(), other.as_str()) != EXCEPTION
            }
            (Some(own), Some(other)) if here == "app" && !is_test => {
                let place = |name: &String| APP.iter().position(|room| room == name);
                place(other) > place(own)
            }
            (Some(own), Some(other)) if here == "import" => {
                let place = |name: &String| IMPORT.iter().position(|room| room == name);
                place(own).is_some_and(|own| place(other) > Some(own))
            }
            _ => false,
        };
        (up || sideways).then(|| format!("src/{file} uses {}", path.join("::")))
    };
    paths(code, &at).iter().filter_map(refused).collect()
}

/// The files of `src`, as seen from there.
fn files() -> Vec<PathBuf> {
    let mut folders = vec![PathBuf::from("src")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => files.push(path),
            }
        }
    }
    files.retain(|file| file.extension().is_some_and(|end| end == "rs"));
    files
}

#[test]
fn every_room_uses_only_those_below_it() {
    let mut found = Vec::new();
    for file in files() {
        let code = std::fs::read_to_string(&file).unwrap();
        let name = file.strip_prefix("src").unwrap().to_string_lossy();
        found.extend(wrong(&name.replace('\\', "/"), &code));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn one_file_alone_knows_docx_rs() {
    let knows = |path: &PathBuf| {
        let code = std::fs::read_to_string(path).unwrap();
        let tests = path.to_string_lossy().ends_with("tests.rs");
        !tests && (code.contains("docx_rs::") || code.contains("use docx_rs"))
    };
    let known: Vec<PathBuf> = files().into_iter().filter(knows).collect();
    assert_eq!(known, [PathBuf::from("src/backend/docx/builder.rs")]);
}

#[test]
fn a_door_that_leads_up_is_seen_however_it_is_written() {
    for (file, code, seen) in [
        ("base/threads.rs", "use crate::STACK;", true),
        (
            "base/threads.rs",
            "use crate::base::diagnostic::Code;",
            false,
        ),
        ("base/threads.rs", "// use crate::app::cli;", false),
        ("source/mod.rs", "use crate::app::settings::FILE;", true),
        (
            "source/mod.rs",
            "fn f() { crate::document::nearest(a) }",
            true,
        ),
        (
            "source/a/b.rs",
            "use crate::{base::digest, document};",
            true,
        ),
        ("source/a/b.rs", "use super::super::super::verify;", true),
        ("source/a/b.rs", "use super::super::Folder;", false),
        (
            "import/recognise/dates.rs",
            "use crate::import::read::lines::Block;",
            true,
        ),
        (
            "import/read/lines.rs",
            "use crate::import::recognise::dates;",
            false,
        ),
        (
            "import/read/lines.rs",
            "use super::super::build::parts;",
            true,
        ),
        ("import/words.rs", "use crate::import::ids;", false),
        (
            "pdf/prepress/mod.rs",
            "use crate::backend::edition::Edition;",
            true,
        ),
        (
            "backend/press/draw.rs",
            "use crate::verify::golden::pdf;",
            true,
        ),
        ("backend/press/mod.rs", "use super::{Artifact, pdf};", false),
        ("backend/docx/mod.rs", "use super::{Artifact, pdf};", true),
        (
            "backend/docx/line.rs",
            "use crate::backend::{txt::wrap, Artifact};",
            true,
        ),
        (
            "backend/txt/mod.rs",
            "use crate::backend::typeset::Pagination;",
            false,
        ),
        (
            "app/cli.rs",
            "use crate::app::{schema::KINDS, console};",
            true,
        ),
        ("app/settings/mod.rs", "use crate::app::cli;", false),
        ("app/settings/tests.rs", "use crate::app::command;", false),
    ] {
        assert_eq!(!wrong(file, code).is_empty(), seen, "{file}: {code}");
    }
}

/// Text files of the project itself, below a folder.
fn texts(folder: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => texts(&path.to_string_lossy(), found),
            false => found.push(path),
        }
    }
}

#[test]
fn no_file_names_the_host_of_a_package_registry() {
    // Written in two parts, so that this file is none of those.
    let hosts = [
        ("crates", ".io/"),
        ("index.crates", ".io"),
        ("pypi", ".org"),
        ("pythonhosted", ".org"),
        ("npmjs", ".org"),
        ("npmjs", ".com"),
        ("deb.debian", ".org"),
    ];
    let hosts = hosts.map(|(name, end)| format!("{name}{end}"));
    let mut files = ["README.md", "CHANGELOG.md", "Cargo.toml", "build.rs"]
        .map(PathBuf::from)
        .to_vec();
    for folder in [
        ".ci", ".github", "benches", "layouts", "source", "src", "tests",
    ] {
        texts(folder, &mut files);
    }
    for file in files {
        let Ok(text) = std::fs::read_to_string(&file) else {
            continue;
        };
        for host in &hosts {
            assert!(
                !text.contains(host.as_str()),
                "{} names {host}",
                file.display()
            );
        }
    }
}
