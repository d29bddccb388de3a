//! Whether a source with all changes gives what came back from Word, and which change is to blame where it does not.

use std::collections::{BTreeMap, BTreeSet};

use super::Planned;
use crate::base::diagnostic::{Diagnostics, Severity};
use crate::document::markup::Look;
use crate::review::ChangeKind;
use crate::review::align::align_by_words;
use crate::review::files::Files;
use crate::review::flow::{Flow, Paragraph, Place, Shown, is_space};

/// What counts of a paragraph: spaces next to signs are set by the rules of the language, and what is filled in or leads
/// to another place may be counted anew, as are numbers of headings.
fn essence(paragraph: &Paragraph) -> Vec<(char, Look)> {
    let signs: Vec<_> = paragraph.signs[paragraph.number()..]
        .iter()
        .filter(|sign| !sign.inner_link && sign.shown != Shown::Filled)
        .collect();
    let is_word = |at: Option<usize>| {
        at.and_then(|at| signs.get(at))
            .is_some_and(|sign| matches!(sign.shown, Shown::Char(c) if c.is_alphanumeric()))
    };
    let mut found = Vec::with_capacity(signs.len());
    for (at, sign) in signs.iter().enumerate() {
        if is_space(sign) && sign.shown != Shown::Break {
            let again = matches!(found.last(), Some((' ', _)));
            let end = signs[at..].iter().position(|sign| !is_space(sign));
            let parts = is_word(at.checked_sub(1)) && is_word(end.map(|end| at + end));
            if parts && !again {
                found.push((' ', Look::default()));
            }
            continue;
        }
        let c = match &sign.shown {
            Shown::Char('\u{2212}') => '-',
            Shown::Char(c) => *c,
            Shown::Break => '\n',
            Shown::Note(..) => '\u{1}',
            Shown::Picture(_) => '\u{2}',
            Shown::Filled => continue,
        };
        let look = match sign.shown {
            Shown::Char(_) => (*sign.look).clone(),
            _ => Look::default(),
        };
        found.push((c, look));
    }
    found
}

/// The changes that do not come out as they came in, by their numbers.
pub(in crate::review) fn differing(
    made: &mut Flow,
    new: &Flow,
    planned: &[Planned],
) -> BTreeSet<usize> {
    let alignment = align_by_words(made, new);
    let mut wrong = BTreeSet::new();
    let mut touched: BTreeSet<usize> = BTreeSet::new();
    let same = |index: usize| {
        let other = alignment.old_of[index].map(|old| &made.paragraphs[old]);
        let paragraph = &new.paragraphs[index];
        other.is_some_and(|other| {
            essence(other) == essence(paragraph)
                && (paragraph.anchors.is_empty() || other.level == paragraph.level)
        })
    };
    let left: BTreeSet<String> = made
        .paragraphs
        .iter()
        .enumerate()
        .filter(|(index, one)| alignment.new_of[*index].is_none() && !one.anchors.is_empty())
        .map(|(_, one)| one.text())
        .collect();
    let astray = planned.iter().filter(|one| one.change.refused.is_some());
    let astray: BTreeSet<usize> = astray.flat_map(|one| one.new.clone()).collect();
    let place = |index: &usize| {
        let known =
            !astray.contains(index) && !matches!(new.paragraphs[*index].place, Place::Note(..));
        alignment.old_of[*index].filter(|_| known)
    };
    // What is moved stands between what stands around it.
    let in_order = |index: usize| {
        let own = alignment.old_of[index];
        let before = (0..index).rev().find_map(|index| place(&index));
        let behind = (index + 1..new.paragraphs.len()).find_map(|index| place(&index));
        before.is_none_or(|before| Some(before) < own)
            && behind.is_none_or(|behind| own < Some(behind))
    };
    for (number, one) in planned.iter().enumerate() {
        touched.extend(&one.new);
        if one.change.refused.is_some() {
            continue;
        }
        let come = match one.change.kind {
            ChangeKind::Deleted => !left.contains(&one.change.old),
            ChangeKind::Added => one.new.iter().all(|index| {
                let other = alignment.old_of[*index].map(|old| &made.paragraphs[old]);
                same(*index) && other.is_some_and(|other| other.item == new.paragraphs[*index].item)
            }),
            ChangeKind::Moved => one.new.iter().all(|index| same(*index) && in_order(*index)),
            _ => one.new.iter().all(|index| same(*index)),
        };
        if !come {
            wrong.insert(number);
        }
    }
    // What nobody changed must be as it was.
    let unchanged = (0..new.paragraphs.len())
        .filter(|index| !touched.contains(index) && !new.paragraphs[*index].anchors.is_empty());
    let harmed = unchanged.into_iter().any(|index| {
        alignment.old_of[index].is_some() && !same(index) && !alignment.stale.contains_key(&index)
    });
    if harmed && wrong.is_empty() {
        let taken = planned.iter().enumerate();
        let taken = taken.filter(|(_, one)| one.change.refused.is_none());
        wrong.extend(taken.map(|(number, _)| number));
    }
    wrong
}

/// The changes that mistakes are in, with what is wrong.
pub(in crate::review) fn blamed(
    found: &Diagnostics,
    planned: &[Planned],
    _files: &Files,
) -> BTreeMap<usize, String> {
    let mut blamed = BTreeMap::new();
    for wrong in found.iter().filter(|one| one.severity() == Severity::Error) {
        let Some(location) = &wrong.location else {
            continue;
        };
        let field = wrong.field.as_deref().unwrap_or_default();
        for (number, one) in planned.iter().enumerate() {
            let touches = one.edits.iter().any(|edit| {
                let (file, own) = edit.place();
                location.file.ends_with(file) && (field.starts_with(own) || own.starts_with(field))
            });
            if touches && one.change.refused.is_none() {
                let why = || format!("{}: {}", wrong.code, wrong.message);
                blamed.entry(number).or_insert_with(why);
            }
        }
    }
    blamed
}
