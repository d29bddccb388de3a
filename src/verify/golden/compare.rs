//! What differs between a record and the approved one in its folder, said so that a person finds the place.
//!
//! It reads below the folder that it is given and writes nothing.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use super::{BYTES, Record, picture, unified};

/// Deepest folder below a record's own.
const DEPTH: usize = 8;
/// Largest file of a record in bytes.
const FILE: u64 = 64 << 20;

/// One file of a record that is not as approved.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The file, as name of the record's folder and path below it; the folder alone for [`Change::Unrecorded`].
    pub file: String,
    /// What is different.
    pub change: Change,
}

/// In what way a file of a record is not as approved.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// There is no approved record of this artifact at all.
    Unrecorded,
    /// The approved record lacks this file.
    Added,
    /// The artifact does not give rise to this file any more.
    Removed,
    /// The text differs.
    Text {
        /// A unified diff, approved lines with `-`, new ones with `+`.
        diff: String,
    },
    /// The picture of a page differs.
    Picture {
        /// How it differs.
        what: String,
    },
    /// The artifact's bytes differ.
    Bytes {
        /// Whether everything else in the record is the same.
        alone: bool,
        /// Size and hash as approved.
        approved: String,
        /// Size and hash now.
        now: String,
    },
    /// The approved file cannot be read.
    Unreadable {
        /// Why.
        why: String,
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = &self.file;
        match &self.change {
            Change::Unrecorded => {
                write!(
                    f,
                    "{file}: there is no golden record yet; look at the artifact, then run `gmg-export approve`"
                )
            }
            Change::Added => {
                write!(
                    f,
                    "{file}: new, not in the golden record; if it is right, run `gmg-export approve`"
                )
            }
            Change::Removed => write!(
                f,
                "{file}: in the golden record, but the artifact has no such part any more"
            ),
            Change::Text { diff } => write!(f, "{file}: differs\n{}", diff.trim_end()),
            Change::Picture { what } => write!(f, "{file}: the picture differs: {what}"),
            Change::Unreadable { why } => {
                write!(f, "{file}: the golden file cannot be read: {why}")
            }
            Change::Bytes {
                alone: false,
                approved,
                now,
            } => {
                write!(f, "{file}: the bytes differ, too\n-{approved}\n+{now}")
            }
            Change::Bytes {
                alone: true,
                approved,
                now,
            } => write!(
                f,
                "{file}: only the bytes differ: text, structure, properties and pictures are as approved. The cause is \
                 something that the record does not show, or another version of a library or platform\n\
                 -{approved}\n+{now}"
            ),
        }
    }
}

/// What differs between the approved record in `dir` and `record`: nothing when the list is empty.
///
/// Files come in the order of their names, the bytes last.
pub fn compare(dir: &Path, record: &Record) -> Vec<Difference> {
    let folder = dir
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let whole = |change| {
        let file = folder.clone();
        vec![Difference { file, change }]
    };
    let approved = match stored(dir) {
        Ok(files) if files.is_empty() => return whole(Change::Unrecorded),
        Ok(files) => files,
        Err(why) => return whole(Change::Unreadable { why }),
    };
    let mut names: Vec<&String> = record.files.keys().chain(approved.keys()).collect();
    names.sort();
    names.dedup();
    let mut found = Vec::new();
    for name in names.into_iter().filter(|name| *name != BYTES) {
        let change = match record.files.get(name) {
            Some(now) => change(name, approved.get(name), now),
            None => Some(Change::Removed),
        };
        let file = format!("{folder}/{name}");
        found.extend(change.map(|change| Difference { file, change }));
    }
    if let Some(now) = record.files.get(BYTES) {
        let change = bytes_change(approved.get(BYTES), now, found.is_empty());
        let file = format!("{folder}/{BYTES}");
        found.extend(change.map(|change| Difference { file, change }));
    }
    found
}

/// The first file in which two records differ, that of the bytes left out; `old` is called approved.
pub fn difference(old: &Record, now: &Record) -> Option<Difference> {
    let mut names: Vec<&String> = old.files.keys().chain(now.files.keys()).collect();
    names.sort();
    names.dedup();
    names
        .into_iter()
        .filter(|name| *name != BYTES)
        .find_map(|name| {
            let change = match (old.files.get(name), now.files.get(name)) {
                (Some(old), Some(now)) => content_change(name, old, now)?,
                (None, _) => Change::Added,
                (_, None) => Change::Removed,
            };
            let file = name.clone();
            Some(Difference { file, change })
        })
}

/// Whether the approved record in `dir` is of these very bytes.
pub fn same_bytes(dir: &Path, bytes: &[u8]) -> bool {
    let approved = read(&dir.join(BYTES)).unwrap_or_default();
    approved.starts_with(super::identity(bytes).as_bytes())
}

fn change(name: &str, approved: Option<&PathBuf>, now: &[u8]) -> Option<Change> {
    let Some(path) = approved else {
        return Some(Change::Added);
    };
    match read(path) {
        Err(why) => Some(Change::Unreadable { why }),
        Ok(old) => content_change(name, &old, now),
    }
}

fn content_change(name: &str, old: &[u8], now: &[u8]) -> Option<Change> {
    if old == now {
        return None;
    }
    if name.ends_with(".png") {
        return picture::difference(old, now).map(|what| Change::Picture { what });
    }
    let (old, now) = (String::from_utf8_lossy(old), String::from_utf8_lossy(now));
    let diff = unified::diff(&old, &now);
    Some(Change::Text { diff })
}

fn bytes_change(approved: Option<&PathBuf>, now: &[u8], alone: bool) -> Option<Change> {
    let line = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().replace('\n', ", ");
    match change(BYTES, approved, now)? {
        Change::Text { .. } => {
            let approved = approved.map_or_else(String::new, |path| {
                read(path).map_or_else(|why| why, |old| line(&old))
            });
            Some(Change::Bytes {
                alone,
                approved,
                now: line(now),
            })
        }
        other => Some(other),
    }
}

/// The files below `dir` by their path below it, or none where there is no such folder. Hidden files do not count;
/// symbolic links are refused, for what they point to is not of the record.
pub(super) fn stored(dir: &Path) -> Result<BTreeMap<String, PathBuf>, String> {
    let mut files = BTreeMap::new();
    if dir.symlink_metadata().is_ok() {
        collect(dir, "", 0, &mut files)?;
    }
    Ok(files)
}

fn collect(
    dir: &Path,
    prefix: &str,
    depth: usize,
    files: &mut BTreeMap<String, PathBuf>,
) -> Result<(), String> {
    if depth > DEPTH {
        return Err(format!("folders are nested deeper than {DEPTH}"));
    }
    let said = |error: std::io::Error| format!("{}: {error}", dir.display());
    for entry in dir.read_dir().map_err(said)? {
        let entry = entry.map_err(said)?;
        let Ok(name) = entry.file_name().into_string() else {
            return Err(format!(
                "{} has a name that is not UTF-8",
                entry.path().display()
            ));
        };
        let kind = entry.file_type().map_err(said)?;
        let name = format!("{prefix}{name}");
        if kind.is_symlink() {
            return Err(format!("{} is a symbolic link", entry.path().display()));
        } else if kind.is_dir() {
            collect(&entry.path(), &format!("{name}/"), depth + 1, files)?;
        } else if !hidden(name.rsplit('/').next().unwrap_or_default()) {
            files.insert(name, entry.path());
        }
    }
    Ok(())
}

/// Whether a file is none of a record's: what systems and interrupted runs leave behind. Relationships of a Word
/// package are no such file, though one of them has no more than a suffix for a name.
fn hidden(name: &str) -> bool {
    name.starts_with('.') && name != ".rels"
}

/// The bytes of a file of a record.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, String> {
    let size = path.metadata().map_err(|error| error.to_string())?.len();
    if size > FILE {
        return Err(format!("it is too large: {size} bytes"));
    }
    std::fs::read(path).map_err(|error| error.to_string())
}

/// Whether `name` can be the path of a file of a record: relative, with forward slashes, staying below its folder on
/// every system.
pub(super) fn check_name(name: &str) -> Result<(), String> {
    let harmless = |part: &str| {
        !part.is_empty()
            && !hidden(part)
            && !part.ends_with(['.', ' '])
            && !part.contains(|c: char| c.is_control() || r#"\:*?"<>|"#.contains(c))
    };
    let parts: Vec<&str> = name.split('/').collect();
    if name.len() > 200 || parts.len() > DEPTH || !parts.iter().all(|part| harmless(part)) {
        return Err("its name cannot be the name of a file of the record".into());
    }
    Ok(())
}

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
