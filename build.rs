//! Tells the program what it is made of: the commit, and the versions of the libraries that make the files.
//!
//! Only `gmg_export::version` asks for these; no artifact depends on them. Everything is read from files beside this
//! one, so a build needs no git, and from an archive without a repository the commit is left empty.

use std::fs;
use std::path::{Path, PathBuf};

/// The libraries whose versions the program states, beside typst, which states its own.
const LIBRARIES: [&str; 2] = ["printpdf", "docx-rs"];

fn main() {
    // The names must not start as the settings' variables do: cargo hands them on to what it runs.
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    println!("cargo::rerun-if-changed=build.rs");
    println!(
        "cargo::rustc-env=BUILT_COMMIT={}",
        commit(&root).unwrap_or_default()
    );
    let lock = read(&root.join("Cargo.lock")).unwrap_or_default();
    for library in LIBRARIES {
        let name = library.replace('-', "_").to_uppercase();
        let version = locked(&lock, library).unwrap_or_default();
        println!("cargo::rustc-env=BUILT_{name}={version}");
    }
}

/// The text of a file, if it is there; when it changes this script runs again.
fn read(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    println!("cargo::rerun-if-changed={}", path.display());
    Some(text)
}

/// The version of a library in the lock file.
fn locked<'a>(lock: &'a str, name: &str) -> Option<&'a str> {
    let head = format!("name = \"{name}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == head)?;
    let version = lines.next()?.strip_prefix("version = ")?;
    Some(version.trim_matches('"'))
}

/// The commit in forty digits: of the repository that starts in this very folder, else of the crate's archive.
fn commit(root: &Path) -> Option<String> {
    let found = git_folder(root).and_then(|folder| head(&folder));
    found
        .or_else(|| archived(root))
        .filter(|text| text.len() >= 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The repository's folder; in another working tree a file says where it is.
fn git_folder(root: &Path) -> Option<PathBuf> {
    let git = root.join(".git");
    if git.is_dir() {
        return Some(git);
    }
    let told = fs::read_to_string(&git).ok()?;
    Some(root.join(told.trim().strip_prefix("gitdir: ")?))
}

/// What is checked out.
fn head(git: &Path) -> Option<String> {
    let head = read(&git.join("HEAD"))?;
    // It grows with every commit, also where the branch's own file is packed away.
    let _ = read(&git.join("logs/HEAD"));
    let Some(branch) = head.trim().strip_prefix("ref: ") else {
        return Some(head.trim().to_owned());
    };
    let shared = fs::read_to_string(git.join("commondir"));
    let shared = shared.map_or(git.to_owned(), |path| git.join(path.trim()));
    if let Some(commit) = read(&shared.join(branch)) {
        return Some(commit.trim().to_owned());
    }
    let packed = read(&shared.join("packed-refs"))?;
    let mut lines = packed.lines().filter_map(|line| line.split_once(' '));
    let (commit, _) = lines.find(|(_, name)| *name == branch)?;
    Some(commit.to_owned())
}

/// What `cargo package` noted.
fn archived(root: &Path) -> Option<String> {
    let note = read(&root.join(".cargo_vcs_info.json"))?;
    let (_, after) = note.split_once("\"sha1\"")?;
    Some(after.split('"').nth(1)?.to_owned())
}
