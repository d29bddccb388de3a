//! What differs between a record and the approved one in its folder, reported so that a person finds the place.
//!
//! It reads below the folder that it is given and writes nothing.

use std::collections::BTreeSet;
use std::fmt;

use super::{BYTES, FILES, Record, picture, unified};
use crate::base::files::{Kind, Root};

/// Deepest folder below a record's own.
const DEPTH: usize = 8;
/// Largest file of a record in bytes.
pub(super) const LARGEST: u64 = 64 << 20;

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
pub fn compare(dir: &Root, record: &Record) -> Vec<Difference> {
    let folder = dir
        .path()
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
    let mut names: Vec<&String> = record.files.keys().chain(&approved).collect();
    names.sort();
    names.dedup();
    let mut found = Vec::new();
    for name in names
        .into_iter()
        .filter(|name| ![BYTES, FILES].contains(&name.as_str()))
    {
        let change = match record.files.get(name) {
            Some(now) => change(dir, name, approved.contains(name), now),
            None => Some(Change::Removed),
        };
        let file = format!("{folder}/{name}");
        found.extend(change.map(|change| Difference { file, change }));
    }
    if let Some(now) = record.files.get(BYTES) {
        let change = bytes_change(dir, approved.contains(BYTES), now, found.is_empty());
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
pub fn same_bytes(dir: &Root, bytes: &[u8]) -> bool {
    let approved = read(dir, BYTES).unwrap_or_default();
    approved.starts_with(super::identity(bytes).as_bytes())
}

fn change(dir: &Root, name: &str, approved: bool, now: &[u8]) -> Option<Change> {
    if !approved {
        return Some(Change::Added);
    }
    match read(dir, name) {
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

fn bytes_change(dir: &Root, approved: bool, now: &[u8], alone: bool) -> Option<Change> {
    let line = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().replace('\n', ", ");
    match change(dir, BYTES, approved, now)? {
        Change::Text { .. } => {
            let approved = read(dir, BYTES).map_or_else(|why| why, |old| line(&old));
            Some(Change::Bytes {
                alone,
                approved,
                now: line(now),
            })
        }
        other => Some(other),
    }
}

/// Paths of the files below `dir`, or none where there is no such folder. Hidden files do not count; symbolic links are
/// refused, for what they point to is not of the record.
pub(super) fn stored(dir: &Root) -> Result<BTreeSet<String>, String> {
    let mut files = BTreeSet::new();
    if dir.path().symlink_metadata().is_ok() {
        collect(dir, "", 0, &mut files)?;
    }
    files.retain(|name| !hidden(name.rsplit('/').next().unwrap_or_default()));
    Ok(files)
}

/// Paths of all files below `dir`, hidden ones included.
pub(super) fn collect(
    dir: &Root,
    prefix: &str,
    depth: usize,
    files: &mut BTreeSet<String>,
) -> Result<(), String> {
    if depth > DEPTH {
        return Err(format!("folders are nested deeper than {DEPTH}"));
    }
    let entries = dir.folder(prefix).entries();
    for entry in entries.map_err(|problem| problem.message(&dir.display(prefix)))? {
        let name = match prefix {
            "" => entry.name,
            prefix => format!("{prefix}/{}", entry.name),
        };
        match entry.kind {
            _ if entry.is_link => return Err(format!("{} is a symbolic link", dir.display(&name))),
            Kind::Folder => collect(dir, &name, depth + 1, files)?,
            _ => {
                files.insert(name);
            }
        }
    }
    Ok(())
}

/// Whether a file is none of a record's: what systems and interrupted runs leave behind. Relationships of a Word
/// package are no such file, though one of them has no more than a suffix for a name.
pub(super) fn hidden(name: &str) -> bool {
    name.starts_with('.') && name != ".rels"
}

/// The bytes of a file of a record.
pub(super) fn read(dir: &Root, name: &str) -> Result<Vec<u8>, String> {
    dir.read(name, LARGEST)
        .map_err(|problem| problem.message(name))
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
