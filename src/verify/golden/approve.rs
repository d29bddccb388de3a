//! Approves a record. Nothing else writes goldens.
//!
//! The folder that holds the records is replaced as a whole, so that a run that is killed leaves the old records or the
//! new ones; all else in it is taken over. Where somebody stands in it, or it is a file system of its own, the folder of
//! each record is replaced as a whole, one after the other. A file in the folder of a record that no approval wrote
//! stops it: a list in the folder ([`FILES`]) says which those are. Pictures that are
//! within tolerance of the approved ones stay as they are.

use std::collections::BTreeSet;

use super::compare::{LARGEST, check_name, collect, hidden, read, stored};
use super::{FILES, Record, picture};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::base::files::{Kind, Root};
use crate::base::output::{
    Destination, StagedFolder, again_if_overtaken, remove_folder, strange_file,
};

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

/// What is to become of a record's folder.
struct Prepared {
    /// The folder's name.
    name: String,
    done: Vec<(String, Approval)>,
    /// All files of the folder as it will be, the list of them and hidden ones included.
    files: Vec<(String, Vec<u8>)>,
    /// Files of the record.
    own: BTreeSet<String>,
}

impl Prepared {
    fn changes(&self) -> bool {
        let changed = |(_, approval): &(String, Approval)| *approval != Approval::Unchanged;
        self.done.iter().any(changed)
    }
}

/// Writes records into their own folders below `root`, by name, and takes away what is no part of them any more (hidden
/// files stay), and the folders `gone`, in one step where the system can, else folder by folder.
///
/// Gives for each record what became of each file, by path below its folder, in their order.
///
/// # Errors
/// A file is in a folder that no approval wrote, a folder is a link, or it cannot be written.
pub fn approve(
    root: &Destination,
    records: &[(&str, &Record)],
    gone: &[String],
) -> Result<Vec<Vec<(String, Approval)>>, Diagnostics> {
    again_if_overtaken(|| try_approve(root, records, gone))
}

fn try_approve(
    root: &Destination,
    records: &[(&str, &Record)],
    gone: &[String],
) -> Result<Vec<Vec<(String, Approval)>>, Diagnostics> {
    let prepared = records
        .iter()
        .map(|(name, record)| prepare(root, name, record))
        .collect::<Result<Vec<Prepared>, Diagnostics>>()?;
    let changed: Vec<&Prepared> = prepared.iter().filter(|one| one.changes()).collect();
    if !(changed.is_empty() && gone.is_empty()) {
        let mut without: Vec<String> = changed.iter().map(|one| one.name.clone()).collect();
        without.extend(gone.iter().cloned());
        match StagedFolder::keeping(root, &without)? {
            Some(set) => together(&set, &changed).and_then(|()| set.commit())?,
            None => one_by_one(root, &changed, gone)?,
        }
    }
    Ok(prepared.into_iter().map(|one| one.done).collect())
}

/// What is to become of a record's folder; nothing is written yet.
fn prepare(root: &Destination, name: &str, record: &Record) -> Result<Prepared, Diagnostics> {
    let folder = root.clone().join(name);
    let shown = folder.path();
    for name in record.files.keys() {
        check_name(name).map_err(|what| failed(&shown.join(name), what))?;
    }
    let there = folder.root()?;
    let before = there.as_ref().map_or(Ok(BTreeSet::new()), stored);
    let before = before.map_err(|what| failed(&shown, what))?;
    let old = |name: &String| {
        let there = there.as_ref().filter(|_| before.contains(name))?;
        Some(read(there, name).unwrap_or_default())
    };
    let own: BTreeSet<String> = record.files.keys().cloned().collect();
    let mut done = Vec::new();
    let mut files = Vec::new();
    for (name, content) in &record.files {
        let old = old(name);
        let same = old.as_ref().is_some_and(|old| same(name, old, content));
        let approval = match (&old, same) {
            (None, _) => Approval::Added,
            (_, true) => Approval::Unchanged,
            _ => Approval::Changed,
        };
        done.push((name.clone(), approval));
        let content = old.filter(|_| same).unwrap_or(content.clone());
        files.push((name.clone(), content));
    }
    let gone = before
        .iter()
        .filter(|name| *name != FILES && !own.contains(*name));
    done.extend(gone.map(|name| (name.clone(), Approval::Removed)));
    done.sort_by(|a, b| a.0.cmp(&b.0));
    let list: String = own.iter().map(|name| format!("{name}\n")).collect();
    files.push((FILES.to_owned(), list.into_bytes()));
    let name = name.to_owned();
    let mut prepared = Prepared {
        name,
        done,
        files,
        own,
    };
    if let Some(there) = there.filter(|_| prepared.changes()) {
        let found = stranger(&there, &prepared.own).map_err(|error| failed(&shown, error))?;
        if let Some(path) = found {
            return Err(strange_file(&there, &path));
        }
        prepared.files.extend(hidden_files(&there)?);
    }
    Ok(prepared)
}

/// The hidden files of a folder, which stay.
fn hidden_files(root: &Root) -> Result<Vec<(String, Vec<u8>)>, Diagnostics> {
    let mut all = BTreeSet::new();
    collect(root, "", 0, &mut all).map_err(|what| failed(root.path(), what))?;
    all.into_iter()
        .filter(|name| is_hidden(name))
        .map(|name| {
            let content = read(root, &name).map_err(|what| failed(root.path(), what))?;
            Ok((name, content))
        })
        .collect()
}

/// Adds the folders of the records to a set that holds all else that is there.
fn together(set: &StagedFolder, changed: &[&Prepared]) -> Result<(), Diagnostics> {
    changed.iter().try_for_each(|one| {
        let mut files = one.files.iter();
        files.try_for_each(|(name, content)| set.add(&format!("{}/{name}", one.name), content))
    })
}

/// Replaces each folder as a whole, one after the other.
fn one_by_one(
    root: &Destination,
    changed: &[&Prepared],
    gone: &[String],
) -> Result<(), Diagnostics> {
    for one in changed {
        let folder = root.clone().join(&one.name);
        let own = one.own.clone();
        let set = StagedFolder::new(&folder, Box::new(move |root| stranger(root, &own)))?;
        let mut files = one.files.iter();
        files.try_for_each(|(name, content)| set.add(name, content))?;
        set.commit()?;
    }
    gone.iter()
        .try_for_each(|name| remove_folder(&root.clone().join(name)))
}

fn is_hidden(name: &str) -> bool {
    hidden(name.rsplit('/').next().unwrap_or_default())
}

/// A file in the folder of a record that no approval wrote. A record from before there were lists has what the new one
/// has.
fn stranger(root: &Root, own: &BTreeSet<String>) -> std::io::Result<Option<String>> {
    let list = root.read(FILES, LARGEST).unwrap_or_default();
    let list = String::from_utf8_lossy(&list);
    let listed: BTreeSet<&str> = list.lines().collect();
    let files = stored(root).map_err(std::io::Error::other)?;
    let ours = |name: &String| {
        name == FILES || listed.contains(name.as_str()) || listed.is_empty() && own.contains(name)
    };
    Ok(files.into_iter().find(|name| !ours(name)))
}

fn same(name: &str, old: &[u8], new: &[u8]) -> bool {
    old == new || name.ends_with(".png") && picture::difference(old, new).is_none()
}

/// Names of the folders in `root` that are no record of `folders`: goldens of artifacts that are not made any more.
///
/// # Errors
/// The folder cannot be read.
pub fn strays(root: &Root, folders: &[String]) -> Result<Vec<String>, Diagnostics> {
    if root.path().symlink_metadata().is_err() {
        return Ok(Vec::new());
    }
    let entries = root.entries();
    let entries = entries.map_err(|problem| {
        let path = root.path();
        failed(path, problem.message(&path.to_string_lossy()))
    })?;
    let stray = |name: &String| !name.starts_with('.') && !folders.contains(name);
    let found = entries
        .into_iter()
        .filter(|entry| entry.kind == Kind::Folder);
    Ok(found.map(|entry| entry.name).filter(stray).collect())
}

/// Whether the record of an artifact that is not made any more holds nothing but what an approval wrote.
///
/// # Errors
/// Its folder is a link, or cannot be read.
pub fn is_own(folder: &Destination) -> Result<bool, Diagnostics> {
    let own = BTreeSet::new();
    let clean = |root: &Root| root.holds(FILES) && matches!(stranger(root, &own), Ok(None));
    Ok(folder.root()?.is_some_and(|root| clean(&root)))
}

fn failed(path: &std::path::Path, what: impl std::fmt::Display) -> Diagnostics {
    Diagnostic::new(
        Code::CANNOT_APPROVE,
        format!("cannot write the golden file {}: {what}", path.display()),
    )
    .into()
}

#[cfg(test)]
#[path = "approve_tests.rs"]
mod tests;
