//! Paragraphs that went elsewhere.

use std::collections::BTreeSet;

use super::{Planned, Planner, Spot};
use crate::review::align::Alignment;
use crate::review::edit::Refusal;
use crate::review::files::Edit;
use crate::review::flow::{Flow, Place};
use crate::review::{Change, ChangeKind, Refused};

pub(super) const ELSEWHERE: &str = "it stands elsewhere now; move it in the source";
const WITH_HEADING: &str = "it went elsewhere with its heading; move the section in the source";

/// Paragraphs of the new file's text and tables that stand elsewhere than in the old file: those beside the heaviest row of
/// such as are in order. What the program makes weighs more, as nobody moves a heading to change what stands above it.
/// `ranks` are the numbers of those of the old file, where parts of it stand in another order.
pub(super) fn moved(
    old: &Flow,
    new: &Flow,
    alignment: &Alignment,
    ranks: &[usize],
) -> BTreeSet<usize> {
    let pairs: Vec<(usize, usize, bool)> = new
        .paragraphs
        .iter()
        .enumerate()
        .filter(|(_, one)| !matches!(one.place, Place::Note(..)) && !one.is_made())
        .filter_map(|(index, _)| {
            let other = alignment.old_of[index]?;
            let anchored = !old.paragraphs[other].anchors.is_empty();
            Some((index, ranks[other], anchored))
        })
        .collect();
    let weighed: Vec<(usize, usize)> = pairs
        .iter()
        .map(|(_, rank, anchored)| (*rank, if *anchored { 2 } else { 3 }))
        .collect();
    let kept = heaviest_row(&weighed);
    let beside = pairs.into_iter().enumerate();
    beside
        .filter(|(at, _)| !kept.contains(at))
        .map(|(_, (index, ..))| index)
        .collect()
}

/// The heaviest of the rows of items whose ranks rise, by their places among all; each item is a rank with a weight.
pub(super) fn heaviest_row(items: &[(usize, usize)]) -> BTreeSet<usize> {
    let ranks = items.iter().map(|(rank, _)| rank + 1).max().unwrap_or(0);
    // The heaviest row that ends at or before each rank, in a Fenwick tree: weight and last of it.
    let mut best: Vec<(usize, Option<usize>)> = vec![(0, None); ranks + 1];
    let mut before: Vec<Option<usize>> = vec![None; items.len()];
    for (at, (rank, own)) in items.iter().enumerate() {
        let (mut weight, mut last) = (0, None);
        let mut node = *rank;
        while node > 0 {
            if best[node].0 > weight {
                (weight, last) = best[node];
            }
            node &= node - 1;
        }
        before[at] = last;
        weight += own;
        let mut node = *rank + 1;
        while node < best.len() {
            if weight > best[node].0 {
                best[node] = (weight, Some(at));
            }
            node += node & node.wrapping_neg();
        }
    }
    let mut next = best
        .iter()
        .max_by_key(|(weight, _)| *weight)
        .and_then(|(_, last)| *last);
    let mut kept = BTreeSet::new();
    while let Some(at) = next {
        kept.insert(at);
        next = before[at];
    }
    kept
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
        // Alone it would come to stand below another heading.
        if self.is_below_moved(new) {
            return Err(WITH_HEADING.to_owned());
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
