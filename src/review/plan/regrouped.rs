//! Paragraphs that were parted, and such as were joined: no word is another, and neither is lost nor written twice.

use super::paragraphs::{edit, is_at_line_start, next_item, renumbered};
use super::{Planned, Planner};
use crate::review::edit::{Hunk, Refusal, Target, between};
use crate::review::files::Edit;
use crate::review::flow::{Flow, Paragraph, Place, Sign, is_space, said};
use crate::review::{Change, ChangeKind, Refused};

/// Fewer signs of words may stand in two places by chance.
const LONG: usize = 20;
/// The most paragraphs that one becomes, or that become one.
const MOST: usize = 50;
const PARTED: &str = "it was parted; do so in the source";
const JOINED: &str = "it was joined to another paragraph; do so in the source";

/// What is seen of a paragraph, white space left out.
fn solid(paragraph: &Paragraph) -> impl Iterator<Item = &Sign> {
    paragraph.signs.iter().filter(|sign| !is_space(sign))
}

/// The paragraphs from one on that say together what another says; nothing where that one does so alone.
fn together(
    flow: &Flow,
    first: usize,
    one: &Paragraph,
    free: impl Fn(usize) -> bool,
) -> Option<Vec<usize>> {
    let whole: Vec<&Sign> = solid(one).collect();
    let mut said = 0;
    let mut parts = Vec::new();
    for index in (first..flow.paragraphs.len()).take(MOST) {
        let paragraph = &flow.paragraphs[index];
        let count = solid(paragraph).count();
        // Somebody left a blank line.
        if count == 0 {
            continue;
        }
        let fits = paragraph.place == Place::Body
            && paragraph.level.is_none()
            && (index == first || free(index))
            && solid(paragraph).eq(whole.iter().skip(said).take(count).copied());
        if !fits {
            return None;
        }
        said += count;
        parts.push(index);
        if said == whole.len() {
            return (parts != [first]).then_some(parts);
        }
    }
    None
}

impl Planner<'_> {
    /// Finds what was parted and what was joined; it counts neither as changed nor as added or deleted.
    pub(super) fn regroup(&mut self) {
        for new in 0..self.new.paragraphs.len() {
            let Some(old) = self.alignment.old_of[new] else {
                continue;
            };
            let (before, after) = (&self.old.paragraphs[old], &self.new.paragraphs[new]);
            if before.place != Place::Body || before.level.is_some() || before.anchors.is_empty() {
                continue;
            }
            let (old_of, new_of) = (&self.alignment.old_of, &self.alignment.new_of);
            if let Some(parts) = together(self.new, new, before, |index| old_of[index].is_none()) {
                if parts.len() > 1 {
                    let edits = self.parted(old, &parts);
                    self.done(ChangeKind::Parted, &[old], &parts, edits);
                }
                self.regrouped.0.insert(old);
                self.regrouped.1.extend(new..=parts[parts.len() - 1]);
            } else if let Some(parts) =
                together(self.old, old, after, |index| new_of[index].is_none())
            {
                let edits = self.joined(&parts, new);
                self.done(ChangeKind::Joined, &parts, &[new], edits);
            }
        }
    }

    fn done(
        &mut self,
        kind: ChangeKind,
        old: &[usize],
        new: &[usize],
        edits: Result<Vec<Edit>, Refusal>,
    ) {
        let change = self.change(kind, old.first().copied(), new.first().copied());
        let texts = |flow: &Flow, parts: &[usize]| {
            let parts: Vec<String> = parts
                .iter()
                .map(|part| flow.paragraphs[*part].text())
                .collect();
            parts.join(" ¶ ")
        };
        let (edits, refused) = match edits {
            Ok(edits) => (edits, None),
            Err(why) => (Vec::new(), Some(Refused::Unsayable(why))),
        };
        self.push(Planned {
            change: Change {
                old: texts(self.old, old),
                new: texts(self.new, new),
                refused,
                ..change
            },
            edits,
            new: new.to_vec(),
        });
        self.regrouped.0.extend(old);
        self.regrouped.1.extend(new);
    }

    /// What parts a paragraph or an item.
    fn parted(&mut self, old: usize, parts: &[usize]) -> Result<Vec<Edit>, Refusal> {
        let spot = self.block(old).filter(|_| self.is_same).ok_or(PARTED)?;
        let passage = spot.passage().ok_or(PARTED)?;
        let value = &spot.value.0;
        let before = &self.old.paragraphs[old];
        let like = parts
            .iter()
            .all(|part| self.new.paragraphs[*part].item == before.item);
        let mut edits = Vec::new();
        let gap = match &passage.item {
            _ if !like => return Err(PARTED.to_owned()),
            None if is_at_line_start(value, passage) => "\n\n".to_owned(),
            Some(item) if item.single && parts.len() == 2 => {
                edits.extend(renumbered(&spot, item, passage, true));
                next_item(value, item, passage, "").ok_or(PARTED)?
            }
            _ => return Err(PARTED.to_owned()),
        };
        let target = Target {
            passage,
            shown: spot.shown.clone(),
        };
        let places: Vec<usize> = (0..before.signs.len())
            .filter(|at| !is_space(&before.signs[*at]))
            .collect();
        let mut said = 0;
        for part in &parts[..parts.len() - 1] {
            said += solid(&self.new.paragraphs[*part]).count();
            let (left, right) = (places[said - 1], places[said]);
            let range = between(before, &target, left, right).ok_or(PARTED)?;
            edits.push(edit(&spot, range, gap.clone()));
        }
        Ok(edits)
    }

    /// What joins paragraphs or items.
    fn joined(&mut self, parts: &[usize], new: usize) -> Result<Vec<Edit>, Refusal> {
        let mut edits = Vec::new();
        let mut said = 0;
        for pair in parts.windows(2) {
            let [first, second] = pair else { continue };
            said += solid(&self.old.paragraphs[*first]).count();
            let first = self.block(*first).filter(|_| self.is_same).ok_or(JOINED)?;
            let second = self.block(*second).ok_or(JOINED)?;
            let (one, other) = first.passage().zip(second.passage()).ok_or(JOINED)?;
            let near = first.origin.file == second.origin.file
                && first.origin.place.field == second.origin.place.field;
            let value = &first.value.0;
            let like = match (&one.item, &other.item) {
                (None, None) => is_at_line_start(value, one) && is_at_line_start(value, other),
                (Some(a), Some(b)) => a.list == b.list && a.single && b.single && parts.len() == 2,
                _ => false,
            };
            let range =
                one.range.start + value[one.range.clone()].trim_end().len()..other.range.start;
            if !near || !like || value.get(range.clone()).is_none() {
                return Err(JOINED.to_owned());
            }
            if let Some(item) = &other.item {
                edits.extend(renumbered(&second, item, other, false));
            }
            let signs = &self.new.paragraphs[new].signs;
            let mut places = (0..signs.len()).filter(|at| !is_space(&signs[*at]));
            let next = places.nth(said).unwrap_or_default();
            let space = next > 0 && is_space(&signs[next - 1]);
            edits.push(edit(&first, range, if space { " " } else { "" }.to_owned()));
        }
        Ok(edits)
    }

    /// Why words that came or went are no change of a paragraph: they went to a paragraph that the new file alone has, or
    /// came from one that it does not have any more.
    pub(super) fn is_regrouped(&self, old: usize, new: usize, hunks: &[Hunk]) -> Option<Refusal> {
        let (before, after) = (&self.old.paragraphs[old], &self.new.paragraphs[new]);
        let within = |flow: &Flow, pairs: &[Option<usize>], words: &[Sign]| {
            let words = said(words);
            let is_long = |text: &str| text.chars().count() > LONG;
            is_long(&words)
                && flow.paragraphs.iter().zip(pairs).any(|(one, pair)| {
                    let text = one.text();
                    let alone = pair.is_none() && one.place == Place::Body;
                    alone && is_long(&text) && (text.contains(&words) || words.contains(&text))
                })
        };
        let went = |hunk: &Hunk| {
            within(
                self.new,
                &self.alignment.old_of,
                &before.signs[hunk.old.clone()],
            )
        };
        let came = |hunk: &Hunk| {
            within(
                self.old,
                &self.alignment.new_of,
                &after.signs[hunk.new.clone()],
            )
        };
        match () {
            () if hunks.iter().any(went) => Some(PARTED.to_owned()),
            () if hunks.iter().any(came) => Some(JOINED.to_owned()),
            () => None,
        }
    }
}
