//! Which paragraph of one file is which of another: by the places that they name, then by their words and neighbours.

use std::collections::BTreeMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::flow::{Flow, Paragraph, Place, Shown, Sign, said};

/// How two files go together.
#[derive(Debug, Default)]
pub(super) struct Alignment {
    /// The paragraph of the old file for each of the new one.
    pub(super) old_of: Vec<Option<usize>>,
    /// The paragraph of the new file for each of the old one.
    pub(super) new_of: Vec<Option<usize>>,
    /// Paragraphs of the new file that name places whose words are others in the old one, by their first such name.
    pub(super) stale: BTreeMap<usize, String>,
}

/// How long the digest of a place is within a name.
const PLACE_END: usize = 19;

/// The part of a name that says where, and the one that says what.
pub(super) fn parts(name: &str) -> (&str, &str) {
    (
        name.get(..PLACE_END).unwrap_or(name),
        name.get(PLACE_END + 1..).unwrap_or_default(),
    )
}

/// Words are alike if they share at least this.
const ALIKE: f32 = 0.5;

/// Aligns a file with what somebody made of it.
pub(super) fn align(old: &Flow, new: &Flow) -> Alignment {
    let mut found = Alignment::of(old, new);
    by_names(old, new, &mut found);
    in_gaps(old, new, &mut found, true);
    in_rows(old, new, &mut found);
    elsewhere(old, new, &mut found);
    next_to_pairs(old, new, &mut found);
    found
}

/// Aligns two files that should say the same: by their words, and what differs by the places that it names, which are others
/// behind what came, went or was moved.
pub(super) fn align_by_words(old: &Flow, new: &Flow) -> Alignment {
    let mut found = Alignment::of(old, new);
    in_gaps(old, new, &mut found, false);
    by_names(old, new, &mut found);
    in_gaps(old, new, &mut found, true);
    in_rows(old, new, &mut found);
    found
}

impl Alignment {
    fn of(old: &Flow, new: &Flow) -> Alignment {
        Alignment {
            old_of: vec![None; new.paragraphs.len()],
            new_of: vec![None; old.paragraphs.len()],
            stale: BTreeMap::new(),
        }
    }

    fn pair(&mut self, old: usize, new: usize) -> bool {
        if self.new_of[old].is_some() || self.old_of[new].is_some() {
            return false;
        }
        self.new_of[old] = Some(new);
        self.old_of[new] = Some(old);
        true
    }
}

fn by_names(old: &Flow, new: &Flow, found: &mut Alignment) {
    let (mut whole, mut places) = (BTreeMap::new(), BTreeMap::new());
    let mut words: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    for (index, paragraph) in old.paragraphs.iter().enumerate() {
        for (name, _) in &paragraph.anchors {
            let (place, said) = parts(name);
            whole.insert(name.as_str(), index);
            places.insert(place, index);
            // Words that stand in two places say nothing.
            let known = words.entry(said).or_insert(Some(index));
            if *known != Some(index) {
                *known = None;
            }
        }
    }
    let mut left = Vec::new();
    let unpaired: Vec<bool> = found.old_of.iter().map(Option::is_none).collect();
    for (index, paragraph) in new.paragraphs.iter().enumerate() {
        if !unpaired[index] {
            continue;
        }
        let mut names = paragraph.anchors.iter();
        let own = names.find_map(|(name, _)| whole.get(name.as_str()));
        match own {
            Some(old) => drop(found.pair(*old, index)),
            None if !paragraph.anchors.is_empty() => left.push(index),
            None => {}
        }
    }
    // The source has changed since: words that have gone elsewhere, then words that are others now.
    for index in left {
        let names = &new.paragraphs[index].anchors;
        let moved = names
            .iter()
            .find_map(|(name, _)| words.get(parts(name).1).copied().flatten());
        if moved.is_some_and(|old| found.pair(old, index)) {
            continue;
        }
        if let Some((name, _)) = names.first() {
            found.stale.insert(index, name.clone());
            if let Some(old) = places.get(parts(name).0) {
                found.pair(*old, index);
            }
        }
    }
}

/// What a paragraph is known by among its neighbours.
fn key(paragraph: &Paragraph) -> String {
    let kind = match paragraph.place {
        Place::Body => 'b',
        Place::Cell(..) => 'c',
        Place::Note(..) => 'n',
    };
    // In another place a heading has another number.
    let words = said(&paragraph.signs[paragraph.number()..]);
    format!("{kind}{words}")
}

/// Pairs what is between pairs: equal words first, then one that is `alike`.
fn in_gaps(old: &Flow, new: &Flow, found: &mut Alignment, alike: bool) {
    let old_keys: Vec<String> = old
        .paragraphs
        .iter()
        .enumerate()
        .map(|(index, one)| match found.new_of[index] {
            Some(_) => format!("={index}"),
            None => key(one),
        })
        .collect();
    let new_keys: Vec<String> = new
        .paragraphs
        .iter()
        .enumerate()
        .map(|(index, one)| match found.old_of[index] {
            Some(old) => format!("={old}"),
            None => key(one),
        })
        .collect();
    for op in capture_diff_slices(Algorithm::Myers, &old_keys, &new_keys) {
        match op {
            DiffOp::Equal {
                old_index,
                new_index,
                len,
            } => {
                for at in 0..len {
                    found.pair(old_index + at, new_index + at);
                }
            }
            DiffOp::Replace {
                old_index,
                old_len,
                new_index,
                new_len,
            } if alike => {
                let mut from = new_index;
                for one in old_index..old_index + old_len {
                    if found.new_of[one].is_some() {
                        continue;
                    }
                    let alike = (from..new_index + new_len).take(20).find(|other| {
                        found.old_of[*other].is_none()
                            && !found.stale.contains_key(other)
                            && are_alike(&old.paragraphs[one], &new.paragraphs[*other])
                    });
                    if let Some(other) = alike {
                        found.pair(one, other);
                        from = other + 1;
                    }
                }
                let left = |range: Range<usize>, pairs: &[Option<usize>]| -> Vec<usize> {
                    range.filter(|at| pairs[*at].is_none()).collect()
                };
                let ours = left(old_index..old_index + old_len, &found.new_of);
                let theirs = left(new_index..new_index + new_len, &found.old_of);
                // The name of a speaker became that of another: nothing of it is alike.
                if let ([one], [other]) = (ours.as_slice(), theirs.as_slice())
                    && are_headings(&old.paragraphs[*one], &new.paragraphs[*other])
                {
                    found.pair(*one, *other);
                }
            }
            _ => {}
        }
    }
}

/// Whether both are headings of a level that name no place.
fn are_headings(old: &Paragraph, new: &Paragraph) -> bool {
    let of = |one: &Paragraph| one.level.filter(|_| one.anchors.is_empty());
    of(old).is_some() && of(old) == of(new)
}

fn are_alike(old: &Paragraph, new: &Paragraph) -> bool {
    if std::mem::discriminant(&old.place) != std::mem::discriminant(&new.place) {
        return false;
    }
    let (old, new) = (old.text(), new.text());
    if old.is_empty() || new.is_empty() {
        return false;
    }
    let old: Vec<&str> = old.split(' ').collect();
    let new: Vec<&str> = new.split(' ').collect();
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    let same: usize = ops
        .iter()
        .map(|op| match op {
            DiffOp::Equal { len, .. } => *len,
            _ => 0,
        })
        .sum();
    2.0 * same as f32 / (old.len() + new.len()) as f32 >= ALIKE
}

/// Pairs paragraphs that say the same and went elsewhere: Word leaves their names behind where they are tracked or copied.
fn elsewhere(old: &Flow, new: &Flow, found: &mut Alignment) {
    fn alone(flow: &Flow, pairs: &[Option<usize>]) -> BTreeMap<String, Option<usize>> {
        let mut texts: BTreeMap<String, Option<usize>> = BTreeMap::new();
        let left = flow.paragraphs.iter().zip(pairs).enumerate();
        for (index, (one, pair)) in left {
            if pair.is_none() && one.place == Place::Body && !one.is_made() {
                let known = texts.entry(one.text()).or_insert(Some(index));
                if *known != Some(index) {
                    *known = None;
                }
            }
        }
        texts
    }
    let left = alone(new, &found.old_of);
    for (text, index) in alone(old, &found.new_of) {
        let other = left.get(&text).copied().flatten();
        if let (Some(one), Some(other)) = (index, other)
            && !found.stale.contains_key(&other)
        {
            found.pair(one, other);
        }
    }
}

/// Pairs what shows the same and stands next to a pair in both files: pictures, empty lines and rows that name no place, and
/// went elsewhere with what stands around them.
fn next_to_pairs(old: &Flow, new: &Flow, found: &mut Alignment) {
    let same = |one: usize, other: usize| {
        let (one, other) = (&old.paragraphs[one], &new.paragraphs[other]);
        let (shown, others) = (one.signs.iter(), other.signs.iter());
        std::mem::discriminant(&one.place) == std::mem::discriminant(&other.place)
            && shown
                .map(|sign| &sign.shown)
                .eq(others.map(|sign| &sign.shown))
    };
    let count = new.paragraphs.len();
    let behind = (1..count).map(|at| (at - 1, at));
    let before = (1..count).rev().map(|at| (at, at - 1));
    for (pair, at) in behind.chain(before) {
        let Some(known) = found.old_of[pair] else {
            continue;
        };
        let next = match pair < at {
            true => Some(known + 1).filter(|next| *next < old.paragraphs.len()),
            false => known.checked_sub(1),
        };
        if let Some(next) = next
            && found.old_of[at].is_none()
            && found.new_of[next].is_none()
            && !found.stale.contains_key(&at)
            && same(next, at)
        {
            found.pair(next, at);
        }
    }
}

/// Pairs the cells of rows that go together.
fn in_rows(old: &Flow, new: &Flow, found: &mut Alignment) {
    let mut rows = BTreeMap::new();
    for (index, other) in found.old_of.iter().enumerate() {
        if let (Place::Cell(table, row, _), Some(other)) = (&new.paragraphs[index].place, other)
            && let Place::Cell(old_table, old_row, _) = &old.paragraphs[*other].place
        {
            rows.entry((*old_table, *old_row)).or_insert((*table, *row));
        }
    }
    let mut cells: BTreeMap<(usize, usize, usize), Vec<usize>> = BTreeMap::new();
    for (index, paragraph) in new.paragraphs.iter().enumerate() {
        if let Place::Cell(table, row, cell) = paragraph.place {
            cells.entry((table, row, cell)).or_default().push(index);
        }
    }
    for (index, paragraph) in old.paragraphs.iter().enumerate() {
        let Place::Cell(table, row, cell) = paragraph.place else {
            continue;
        };
        let Some((table, row)) = rows.get(&(table, row)) else {
            continue;
        };
        if let Some([one]) = cells.get(&(*table, *row, cell)).map(Vec::as_slice) {
            found.pair(index, *one);
        }
    }
}

/// Gives the notes of the new file the ids of those that they are in the old one; others get ids that no note has.
pub(super) fn name_notes(old: &Flow, new: &mut Flow, found: &Alignment) {
    let mut ids: BTreeMap<(bool, String), (bool, String)> = BTreeMap::new();
    for (index, other) in found.old_of.iter().enumerate() {
        if let (Place::Note(end, id), Some(other)) = (&new.paragraphs[index].place, other)
            && let Place::Note(old_end, old_id) = &old.paragraphs[*other].place
        {
            ids.entry((*end, id.clone()))
                .or_insert((*old_end, old_id.clone()));
        }
    }
    let named = |end: bool, id: &str| match ids.get(&(end, id.to_owned())) {
        Some(known) => known.clone(),
        None => (end, format!("new {id}")),
    };
    for paragraph in &mut new.paragraphs {
        if let Place::Note(end, id) = &paragraph.place {
            let (end, id) = named(*end, id);
            paragraph.place = Place::Note(end, id);
        }
        for Sign { shown, .. } in &mut paragraph.signs {
            if let Shown::Note(end, id) = shown {
                let (end, id) = named(*end, id);
                *shown = Shown::Note(end, id);
            }
        }
    }
}
