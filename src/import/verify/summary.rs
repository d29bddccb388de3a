//! What is said of an import: what there is, what was left out, what became of every line and what is to be checked.

use std::collections::BTreeMap;

use super::Comparison;
use crate::document::Document;
use crate::import::build::parts::{PartKind, Parts};
use crate::import::outline::{Role, TracedText};

/// What there is, by kind.
pub(crate) fn counts(document: &Document, parts: &Parts) -> Vec<(&'static str, usize)> {
    let meetings = parts
        .chapters
        .iter()
        .filter(|chapter| chapter.kind == PartKind::Meeting)
        .count();
    let speakers = document
        .speakers
        .as_ref()
        .map_or(0, |list| list.entries.len());
    let all = [
        ("chapter", document.chapters.len()),
        ("meeting", meetings),
        ("speaker", speakers),
        ("footnote", document.footnotes.len()),
        ("member", parts.members),
    ];
    all.into_iter().filter(|(_, count)| *count > 0).collect()
}

/// What was left out by rule, with the number of its lines, and what is worded differently.
pub(crate) fn left_out(pieces: &[TracedText], verdict: &Comparison) -> Vec<(String, usize)> {
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for piece in pieces {
        if let Role::LeftOut(why) = piece.role
            && !piece.text.trim().is_empty()
        {
            *found.entry(why.to_owned()).or_default() += 1;
        }
    }
    let mut found: Vec<(String, usize)> = found.into_iter().collect();
    let anew = [
        (
            "words of facts, which the registry words differently",
            &verdict.reworded,
        ),
        (
            "labels of chapters and panels, which the program words differently",
            &verdict.relabelled,
        ),
    ];
    let anew = anew.into_iter().filter(|(_, words)| !words.is_empty());
    found.extend(anew.map(|(what, words)| (format!("{what}: {}", words.join(", ")), 0)));
    found
}

/// What became of the lines of the input, run by run.
pub(crate) fn lines(pieces: &[TracedText]) -> Vec<(usize, usize, &'static str)> {
    let mut runs: Vec<(usize, usize, &'static str)> = Vec::new();
    for piece in pieces.iter().filter(|piece| !piece.text.trim().is_empty()) {
        let what = match piece.role {
            Role::Front => "title matter",
            Role::Heading | Role::Label => "headings",
            Role::Body => "text",
            Role::Fact => "facts",
            Role::Note => "footnotes",
            Role::LeftOut(why) => why,
        };
        match runs.last_mut() {
            Some((_, last, known)) if *known == what => *last = piece.line.max(*last),
            _ => runs.push((piece.line, piece.line, what)),
        }
    }
    runs
}

/// The comments that ask for a look, by file and line.
pub(crate) fn checks(files: &[(String, String)]) -> Vec<(String, usize, String)> {
    remarks(files, "# check: ")
}

/// The comments of people, by file and line: who says what.
pub(crate) fn comments(files: &[(String, String)]) -> Vec<(String, usize, String)> {
    remarks(files, "# comment ")
}

fn remarks(files: &[(String, String)], sign: &str) -> Vec<(String, usize, String)> {
    let mut found = Vec::new();
    for (path, text) in files {
        for (index, line) in text.lines().enumerate() {
            if let Some(why) = line.trim_start().strip_prefix(sign) {
                found.push((path.clone(), index + 1, why.to_owned()));
            }
        }
    }
    found
}
