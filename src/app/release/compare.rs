//! What differs first between a release in a folder and the same release made again.

use std::collections::{BTreeMap, BTreeSet};

use super::build::Built;
use super::manifest::{Manifest, SUMS, Tool};
use super::stored::Stored;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pdf::read::ReadBack;
use crate::verify::format;
use crate::verify::golden;

/// Longest text of a difference, in characters.
const LONGEST: usize = 2_000;

/// Compares one report of a release with what it gives now.
///
/// # Errors
/// The first file that differs, and the first part of it that does.
pub fn report(
    stored: &Stored,
    old: &super::manifest::Report,
    now: &Built,
) -> Result<(), Diagnostics> {
    let files: BTreeMap<&str, &Vec<u8>> = now
        .files
        .iter()
        .map(|(path, bytes)| (path.as_str(), bytes))
        .collect();
    for artifact in &now.report.artifacts {
        let Some(bytes) = files.get(artifact.path.as_str()).copied() else {
            continue;
        };
        let path = &artifact.path;
        match stored.bytes(path) {
            Ok(there) if there == *bytes => {}
            Ok(there) => return Err(differs(path, &artifact.format, &there, bytes)),
            Err(error) => return Err(refuse(format!("`{path}` cannot be read: {error}"))),
        }
    }
    let made: BTreeSet<&String> = now.report.artifacts.iter().map(|one| &one.path).collect();
    let made = |path: &String| made.contains(path);
    if let Some(stray) = old.artifacts.iter().find(|artifact| !made(&artifact.path)) {
        let path = &stray.path;
        return Err(refuse(format!(
            "`{path}` is in the release and is not made any more"
        )));
    }
    entry(old, &now.report)
}

/// Compares what the manifest says of a report.
fn entry(old: &super::manifest::Report, now: &super::manifest::Report) -> Result<(), Diagnostics> {
    let text = |report| serde_json::to_string_pretty(report).unwrap_or_default();
    let (old, now) = (text(old), text(now));
    let mut lines = old.lines().zip(now.lines());
    match lines.find(|(old, now)| old != now) {
        None if old.lines().count() == now.lines().count() => Ok(()),
        None => Err(refuse(format!(
            "`{}` differs in length",
            super::manifest::MANIFEST
        ))),
        Some((old, now)) => Err(refuse(format!("`{}` differs", super::manifest::MANIFEST))
            .with(format!("in the release: {}", old.trim()))
            .with(format!("made again: {}", now.trim()))),
    }
}

/// Compares the manifest and the checksums with those that they should be.
///
/// # Errors
/// As [`report`].
pub fn whole(stored: &Stored, manifest: &Manifest) -> Result<(), Diagnostics> {
    for (path, bytes) in manifest.files()? {
        let there = stored.bytes(&path);
        if there.is_ok_and(|there| there == bytes) {
            continue;
        }
        let message = match path.as_str() {
            SUMS => format!("`{path}` does not hold the checksums of the files"),
            _ => format!("`{path}` is not the one that this version writes"),
        };
        return Err(refuse(message));
    }
    Ok(())
}

/// Compares the program that the manifest names with this one.
///
/// # Errors
/// It is another, or another version: what it wrote may be the same, but the manifest is not.
pub fn tool(manifest: &Manifest) -> Result<(), Diagnostics> {
    let (there, this) = (&manifest.tool, Tool::this());
    match *there == this {
        true => Ok(()),
        false => Err(refuse(format!(
            "`{}` does not name this program as the one that made the release",
            super::manifest::MANIFEST
        ))
        .with(format!("in the release: {}", describe(there)))
        .with(format!("this one: {}", describe(&this)))),
    }
}

fn describe(tool: &Tool) -> String {
    serde_json::to_string(tool).unwrap_or_default()
}

/// Names the first part of a file that differs.
fn differs(path: &str, format: &str, there: &[u8], now: &[u8]) -> Diagnostics {
    let found = refuse(format!("`{path}` differs from what its report gives now"));
    let record = |bytes| format::record(format, &ReadBack::of(bytes));
    if let (Ok(there), Ok(now)) = (record(there), record(now))
        && let Some(first) = golden::difference(&there, &now)
    {
        let text: String = first.to_string().chars().take(LONGEST).collect();
        return found.with(format!("first part: {text}"));
    }
    let same = there.iter().zip(now).take_while(|(a, b)| a == b).count();
    found.with(format!(
        "first byte: {same}, of {} in the release and {} made again",
        there.len(),
        now.len()
    ))
}

fn refuse(message: String) -> Diagnostics {
    Diagnostic::new(Code::RELEASE_DIFFERS, message).into()
}

trait With {
    fn with(self, hint: String) -> Self;
}

impl With for Diagnostics {
    fn with(mut self, hint: String) -> Self {
        if let Some(last) = self.last_mut() {
            last.hints.push(hint);
        }
        self
    }
}
