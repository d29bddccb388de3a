//! Sections, and what single people said, that went elsewhere among their like, with all that stands in them.

use std::collections::{BTreeMap, BTreeSet};

use super::moves::heaviest_row;
use super::{CHANGED, Planned, Planner};
use crate::document::Origin;
use crate::review::files::Edit;
use crate::review::flow::Place;
use crate::review::{Change, ChangeKind, Refused};

/// The lists of a chapter whose items are parts of it.
const LISTS: [&str; 2] = [".sections[", ".interventions["];

/// A list whose items stand in another order.
#[derive(Debug)]
struct Reordered {
    file: String,
    list: String,
    /// The items as they stand now, by the numbers that they have in the source.
    order: Vec<usize>,
}

impl<'p> Planner<'p> {
    /// Plans the new orders of parts. Gives for each paragraph of the old file its number in these, and the paragraphs of the
    /// new file that the program makes anew in them.
    pub(super) fn parts_in_order(&mut self) -> (Vec<usize>, BTreeSet<usize>) {
        let fields = self.fields();
        let mut line: Vec<usize> = (0..self.old.paragraphs.len()).collect();
        let mut made = BTreeSet::new();
        for reordered in self.reordered(&fields) {
            let Reordered { file, list, order } = &reordered;
            let item = |old: usize| index_in(fields[old]?, file, list);
            let first = line.iter().position(|old| item(*old).is_some());
            let last = line.iter().rposition(|old| item(*old).is_some());
            let (Some(first), Some(last)) = (first, last) else {
                continue;
            };
            // What belongs to none of them would be in between.
            if line[first..=last].iter().any(|old| item(*old).is_none()) {
                continue;
            }
            let mut sorted = line[first..=last].to_vec();
            sorted.sort_by_key(|old| order.iter().position(|one| Some(*one) == item(*old)));
            let Some(heads) = self.heads_as(&sorted) else {
                continue;
            };
            made.extend(heads);
            line[first..=last].copy_from_slice(&sorted);
            self.plan_order(&reordered, &fields);
        }
        let mut ranks = vec![0; line.len()];
        for (rank, old) in line.into_iter().enumerate() {
            ranks[old] = rank;
        }
        (ranks, made)
    }

    /// The paragraphs of the new file without places among these of the old one, where they say what those say, in their order:
    /// else a name would stand above what somebody else said.
    fn heads_as(&self, sorted: &[usize]) -> Option<Vec<usize>> {
        let there = sorted.iter().filter_map(|old| self.alignment.new_of[*old]);
        let (first, last) = (there.clone().min()?, there.max()?);
        let is_made = |at: &usize| self.new.paragraphs[*at].anchors.is_empty();
        let made: Vec<usize> = (first..=last).filter(is_made).collect();
        let wanted = sorted.iter().map(|old| &self.old.paragraphs[*old]);
        let wanted = wanted.filter(|one| one.anchors.is_empty());
        let texts = made.iter().map(|at| self.new.paragraphs[*at].text());
        texts.eq(wanted.map(|one| one.text())).then_some(made)
    }

    /// The field that each paragraph of the old file belongs to: a heading that the program sets belongs to what is below it,
    /// anything else of that kind to what is above.
    fn fields(&self) -> Vec<Option<&'p Origin>> {
        let own = self.old.paragraphs.iter().map(|paragraph| {
            let (name, _) = paragraph.anchors.first()?;
            self.origins.get(super::parts(name).0).copied()
        });
        let mut fields: Vec<Option<&Origin>> = own.collect();
        // Notes stand behind all.
        let notes = |at: usize| matches!(self.old.paragraphs[at].place, Place::Note(..));
        let end = (0..fields.len()).position(notes).unwrap_or(fields.len());
        fields[end..].fill(None);
        let heads = |at: usize| self.old.paragraphs[at].level.is_some();
        let mut below = None;
        for at in (0..fields.len()).rev() {
            match &fields[at] {
                Some(known) => below = Some(*known),
                None if heads(at) => fields[at] = below,
                None => {}
            }
        }
        for at in 1..end {
            if fields[at].is_none() {
                fields[at] = fields[at - 1];
            }
        }
        fields
    }

    /// The lists whose items stand in another order, each item whole; those within others first.
    fn reordered(&self, fields: &[Option<&'p Origin>]) -> Vec<Reordered> {
        // What names no place says nothing of where it belongs.
        let anchored = |old: &usize| !self.old.paragraphs[*old].anchors.is_empty();
        let field = |old: usize| fields[old];
        let was = runs((0..fields.len()).filter(anchored).filter_map(field));
        let now = self.alignment.old_of.iter().copied().flatten();
        let now = runs(now.filter(anchored).filter_map(field));
        let other = was.iter().filter_map(|((file, list), was)| {
            let order = &now.get(&(*file, *list))?.items;
            let in_order = 0..was.items.len();
            // Each once, none in two places, nothing else between them.
            let mut sorted = order.clone();
            sorted.sort_unstable();
            let whole = in_order.clone().eq(was.items.iter().copied()) && sorted == was.items;
            (whole && !in_order.eq(order.iter().copied())).then(|| Reordered {
                file: (*file).to_owned(),
                list: (*list).to_owned(),
                order: order.clone(),
            })
        });
        let mut found: Vec<Reordered> = other.collect();
        found.sort_by_key(|one| std::cmp::Reverse(one.list.len()));
        found
    }

    /// Whether the nearest heading above a paragraph of the new file went elsewhere, too.
    pub(super) fn is_below_moved(&self, new: usize) -> bool {
        let is_heading = |at: &usize| {
            self.new.paragraphs[*at].level.is_some() && self.alignment.old_of[*at].is_some()
        };
        let above = (0..new).rev().find(is_heading);
        above.is_some_and(|above| self.moved.contains(&above))
    }

    /// Plans a new order: the items that went elsewhere are one change.
    fn plan_order(&mut self, reordered: &Reordered, fields: &[Option<&'p Origin>]) {
        let Reordered { file, list, order } = reordered;
        let item = |old: usize| index_in(fields[old]?, file, list);
        let gone = out_of_order(order);
        let heads: BTreeMap<usize, usize> = (0..fields.len())
            .rev()
            .filter_map(|old| Some((item(old)?, old)))
            .collect();
        let Some(first) = gone.first().and_then(|one| heads.get(one)) else {
            return;
        };
        let of_new = |old: &usize| self.alignment.new_of[*old];
        let change = self.change(ChangeKind::Moved, Some(*first), of_new(first));
        let titles = gone.iter().filter_map(|one| heads.get(one));
        let titles: Vec<String> = titles.map(|old| self.old.paragraphs[*old].text()).collect();
        let moved =
            (0..fields.len()).filter(|old| item(*old).is_some_and(|one| gone.contains(&one)));
        let new = moved.filter_map(|old| of_new(&old));
        let new: Vec<usize> = new
            .filter(|at| !self.new.paragraphs[*at].anchors.is_empty())
            .collect();
        let refused = (!self.is_same).then(|| Refused::Clash(CHANGED.to_owned()));
        let edit = || Edit::Order {
            file: file.clone(),
            list: list.clone(),
            order: order.clone(),
        };
        let edits = refused.is_none().then(edit).into_iter().collect();
        self.push(Planned {
            change: Change {
                old: titles.join(" / "),
                new: titles.join(" / "),
                refused,
                ..change
            },
            edits,
            new,
        });
    }
}

/// The number of the item of a list that a field is in.
fn index_in(field: &Origin, file: &str, list: &str) -> Option<usize> {
    let rest = field.place.field.strip_prefix(list);
    let rest = rest.filter(|_| field.file == file)?;
    let (index, _) = rest.strip_prefix('[')?.split_once(']')?;
    index.parse().ok()
}

/// The items of a list in the order in which fields are in them; one that is met again behind another stands there again.
#[derive(Debug, Default)]
struct Runs {
    items: Vec<usize>,
    /// The place of the last field that was in the list.
    last: usize,
}

/// The runs of fields in the items of each list, by its file and path.
fn runs<'f>(fields: impl Iterator<Item = &'f Origin>) -> BTreeMap<(&'f str, &'f str), Runs> {
    let mut lists: BTreeMap<(&str, &str), Runs> = BTreeMap::new();
    for (at, origin) in fields.enumerate() {
        let field = origin.place.field.as_str();
        for list in LISTS {
            for (start, _) in field.match_indices(list) {
                let (list, rest) = field.split_at(start + list.len() - 1);
                let index = rest[1..]
                    .split_once(']')
                    .and_then(|(it, _)| it.parse().ok());
                let Some(index) = index else { continue };
                let runs = lists.entry((&origin.file, list)).or_default();
                if runs.items.last() != Some(&index) || runs.last + 1 != at {
                    runs.items.push(index);
                }
                runs.last = at;
            }
        }
    }
    lists
}

/// The fewest items without which the others are in order.
fn out_of_order(order: &[usize]) -> Vec<usize> {
    let weighed: Vec<(usize, usize)> = order.iter().map(|item| (*item, 1)).collect();
    let kept = heaviest_row(&weighed);
    let all = order.iter().enumerate();
    all.filter(|(at, _)| !kept.contains(at))
        .map(|(_, item)| *item)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_few_as_possible_are_out_of_order() {
        assert!(out_of_order(&[0, 1, 2]).is_empty());
        assert_eq!(out_of_order(&[1, 2, 0, 3]), [0]);
        assert_eq!(out_of_order(&[3, 0, 1, 2]), [3]);
        assert_eq!(out_of_order(&[2, 1, 0]).len(), 2);
    }
}
