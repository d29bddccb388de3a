//! Makes a record the approved one. Nothing else writes goldens, and nothing is written outside the record's folder.
//!
//! Each file is written beside its place and renamed, so that an interrupted run leaves whole files. Pictures that
//! are within tolerance of the approved ones stay as they are.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::compare::{check_name, read, stored};
use super::{Record, picture};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::base::paths;

/// What became of a file of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Approval {
    /// It was not there.
    Added,
    /// It said something else.
    Changed,
    /// The artifact does not give rise to it any more.
    Removed,
    /// It was as it is.
    Unchanged,
}

impl std::fmt::Display for Approval {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Approval::Added => "added",
            Approval::Changed => "changed",
            Approval::Removed => "removed",
            Approval::Unchanged => "unchanged",
        })
    }
}

/// Writes `record` into `dir`, its own folder, and takes away what is no part of it any more (hidden files stay).
///
/// Gives what became of each file, by path below `dir`, in their order.
pub fn approve(dir: &Path, record: &Record) -> Result<Vec<(String, Approval)>, Diagnostics> {
    for name in record.files.keys() {
        check_name(name).map_err(|what| failed(&dir.join(name), what))?;
    }
    let before = stored(dir).map_err(|what| failed(dir, what))?;
    let mut done = Vec::new();
    for (name, path) in before
        .iter()
        .filter(|(name, _)| !record.files.contains_key(*name))
    {
        std::fs::remove_file(path).map_err(|error| failed(path, error))?;
        remove_empty(dir, path);
        done.push((name.clone(), Approval::Removed));
    }
    for (name, content) in &record.files {
        let approval = match before.get(name).map(|path| read(path)) {
            Some(Ok(old)) if same(name, &old, content) => Approval::Unchanged,
            Some(_) => Approval::Changed,
            None => Approval::Added,
        };
        if approval != Approval::Unchanged {
            let path = paths::below(dir, name);
            write(&path, content).map_err(|error| failed(&path, error))?;
        }
        done.push((name.clone(), approval));
    }
    done.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(done)
}

fn same(name: &str, old: &[u8], new: &[u8]) -> bool {
    old == new || name.ends_with(".png") && picture::difference(old, new).is_none()
}

fn write(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".approve-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(content)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Removes the folders between `path` and `dir` that hold nothing any more.
fn remove_empty(dir: &Path, path: &Path) {
    let between = path.ancestors().skip(1).take_while(|folder| *folder != dir);
    for folder in between {
        if std::fs::remove_dir(folder).is_err() {
            return;
        }
    }
}

/// The folders below `root` that are no record of `folders`: goldens of artifacts that are not made any more.
pub fn strays(root: &Path, folders: &[String]) -> Result<Vec<PathBuf>, Diagnostics> {
    let mut found = Vec::new();
    if !root.exists() {
        return Ok(found);
    }
    for entry in root.read_dir().map_err(|error| failed(root, error))? {
        let entry = entry.map_err(|error| failed(root, error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() && !name.starts_with('.') && !folders.contains(&name) {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

fn failed(path: &Path, what: impl std::fmt::Display) -> Diagnostics {
    Diagnostic::new(
        Code::CANNOT_APPROVE,
        format!("cannot write the golden file {}: {what}", path.display()),
    )
    .into()
}

#[cfg(test)]
#[path = "approve_tests.rs"]
mod tests;
