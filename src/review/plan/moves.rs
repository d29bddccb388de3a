//! Paragraphs that went elsewhere.

use std::collections::BTreeSet;

use super::{Planned, Planner, Spot};
use crate::review::align::Alignment;
use crate::review::edit::Refusal;
use crate::review::files::Edit;
use crate::review::flow::{Flow, Place};
use crate::review::{Change, ChangeKind, Refused};

pub(super) const ELSEWHERE: &str = "it stands elsewhere now; move it in the source";

/// Paragraphs of the new file's text and tables that stand elsewhere than in the old file: all but the longest row of those
/// in order.
pub(super) fn moved(old: &Flow, new: &Flow, alignment: &Alignment) -> BTreeSet<usize> {
    let pairs: Vec<(usize, usize)> = new
        .paragraphs
        .iter()
        .enumerate()
        .filter(|(_, one)| !matches!(one.place, Place::Note(..)))
        .filter_map(|(index, _)| Some((index, alignment.old_of[index]?)))
        .filter(|(_, other)| !old.paragraphs[*other].anchors.is_empty())
        .collect();
    // The last of the longest rising row of each length, by position in `pairs`.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for (at, (_, old)) in pairs.iter().enumerate() {
        let place = ends.partition_point(|end| pairs[*end].1 < *old);
        before[at] = place.checked_sub(1).map(|place| ends[place]);
        match ends.get_mut(place) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut kept = BTreeSet::new();
    let mut next = ends.last().copied();
    while let Some(at) = next {
        kept.insert(pairs[at].0);
        next = before[at];
    }
    let all = pairs.into_iter().map(|(index, _)| index);
    all.filter(|index| !kept.contains(index)).collect()
}

impl Planner<'_> {
    /// A paragraph that went elsewhere; its words are what they were where `is_whole`.
    pub(super) fn went(&mut self, old: usize, new: usize, is_whole: bool) {
        let change = self.change(ChangeKind::Moved, Some(old), Some(new));
        let moved = match is_whole {
            true => self.relocation(old, new),
            false => Err(ELSEWHERE.to_owned()),
        };
        let (edits, refused) = match moved {
            Ok(edits) => (edits, None),
            Err(why) => (Vec::new(), Some(Refused::Unsayable(why))),
        };
        self.push(Planned {
            change: Change { refused, ..change },
            edits,
            new: vec![new],
        });
    }

    /// What takes a paragraph from where it is written and puts it, as it is written, where it stands now.
    fn relocation(&mut self, old: usize, new: usize) -> Result<Vec<Edit>, Refusal> {
        if !self.is_same || self.new.paragraphs[new].level.is_some() {
            return Err(ELSEWHERE.to_owned());
        }
        let spot = self.block(old).ok_or(ELSEWHERE)?;
        let text = as_written(&spot).ok_or(ELSEWHERE)?;
        let mut edits = self.removal(&spot)?;
        let (put, _) = self.put(new, &text)?;
        let noted = text.contains("[^");
        let own = spot.value.1.notes.keys().any(|label| {
            let text = text.to_lowercase();
            text.contains(&format!("[^{label}]"))
        });
        let stays = put.iter().all(|edit| {
            let (file, field) = edit.place();
            file == spot.origin.file && (!own || field == spot.origin.place.field)
        });
        if noted && !stays {
            return Err(
                "it has a note and stands elsewhere now; move both in the source".to_owned(),
            );
        }
        edits.extend(put);
        Ok(edits)
    }
}

/// The text of a paragraph as the source has it, its lines without what stands before them.
fn as_written(spot: &Spot) -> Option<String> {
    let text = spot.value.0.get(spot.passage()?.range.clone())?;
    let lines: Vec<&str> = text.trim_end().lines().map(str::trim_start).collect();
    Some(lines.join("\n"))
}
