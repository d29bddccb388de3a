//! Approves a record. Nothing else writes goldens.
//!
//! The folder of a record is replaced as a whole, so that a run that is killed leaves the old record or the new one. A
//! file in it that no approval wrote stops it: a list in the folder ([`FILES`]) says which those are. Pictures that are
//! within tolerance of the approved ones stay as they are.

use std::collections::BTreeSet;

use super::compare::{LARGEST, check_name, collect, hidden, read, stored};
use super::{FILES, Record, picture};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::base::files::{Kind, Root};
use crate::base::output::{Destination, StagedFolder, remove_folder};

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

/// Writes `record` into its own folder, and takes away what is no part of it any more (hidden files stay).
///
/// Gives what became of each file, by path below the folder, in their order.
///
/// # Errors
/// A file is in the folder that no approval wrote, the folder is a link, or it cannot be written.
pub fn approve(
    folder: &Destination,
    record: &Record,
) -> Result<Vec<(String, Approval)>, Diagnostics> {
    let shown = folder.path();
    for name in record.files.keys() {
        check_name(name).map_err(|what| failed(&shown.join(name), what))?;
    }
    let root = folder.root()?;
    let before = root.as_ref().map_or(Ok(BTreeSet::new()), stored);
    let before = before.map_err(|what| failed(&shown, what))?;
    let old = |name: &String| {
        let root = root.as_ref().filter(|_| before.contains(name))?;
        Some(read(root, name).unwrap_or_default())
    };
    let mut done = Vec::new();
    let mut files = Vec::new();
    for (name, content) in &record.files {
        let old = old(name);
        let same = old.as_ref().is_some_and(|old| same(name, old, content));
        done.push((
            name.clone(),
            match (&old, same) {
                (None, _) => Approval::Added,
                (_, true) => Approval::Unchanged,
                _ => Approval::Changed,
            },
        ));
        files.push((
            name.clone(),
            old.filter(|_| same).unwrap_or(content.clone()),
        ));
    }
    let gone = before
        .iter()
        .filter(|name| *name != FILES && !record.files.contains_key(*name));
    done.extend(gone.map(|name| (name.clone(), Approval::Removed)));
    done.sort_by(|a, b| a.0.cmp(&b.0));
    if done
        .iter()
        .any(|(_, approval)| *approval != Approval::Unchanged)
    {
        let own: BTreeSet<String> = record.files.keys().cloned().collect();
        replace(folder, root.as_ref(), own, files)?;
    }
    Ok(done)
}

/// Puts the files, a list of them and the hidden files that are there in place of the folder.
fn replace(
    folder: &Destination,
    root: Option<&Root>,
    own: BTreeSet<String>,
    files: Vec<(String, Vec<u8>)>,
) -> Result<(), Diagnostics> {
    let list: String = own.iter().map(|name| format!("{name}\n")).collect();
    let set = StagedFolder::new(folder, Box::new(move |root: &Root| stranger(root, &own)))?;
    for (name, content) in &files {
        set.add(name, content)?;
    }
    set.add(FILES, list.as_bytes())?;
    let mut all = BTreeSet::new();
    if let Some(root) = root {
        collect(root, "", 0, &mut all).map_err(|what| failed(root.path(), what))?;
        for name in all.iter().filter(|name| is_hidden(name)) {
            let content = read(root, name).map_err(|what| failed(root.path(), what))?;
            set.add(name, &content)?;
        }
    }
    set.commit()
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

/// Removes the record of an artifact that is not made any more; `false` where it holds anything that no approval wrote.
///
/// # Errors
/// The folder cannot be removed.
pub fn remove(folder: &Destination) -> Result<bool, Diagnostics> {
    let own = BTreeSet::new();
    let root = folder.root()?;
    let clean = |root: &Root| root.holds(FILES) && matches!(stranger(root, &own), Ok(None));
    match root.is_some_and(|root| clean(&root)) {
        true => remove_folder(folder).map(|()| true),
        false => Ok(false),
    }
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
