//! Paragraphs and items that come or go.

use super::words::lines_around;
use super::{Change, PROGRAM, Planned, Planner, Spot};
use crate::document::Manner;
use crate::document::markup::{Item, Passage};
use crate::import;
use crate::review::commonmark::marked;
use crate::review::edit::Refusal;
use crate::review::files::Edit;
use crate::review::flow::{Place, Shown};
use crate::review::{ChangeKind, Refused};

const NO_NEIGHBOUR: &str =
    "no paragraph of the text stands next to it, so that nobody knows where it belongs";

impl Planner<'_> {
    /// A paragraph that somebody added.
    pub(super) fn added(&mut self, new: usize) {
        let change = self.change(ChangeKind::Added, None, Some(new));
        let (edits, refused, place) = match self.insertion(new) {
            Ok((edits, neighbour)) => (edits, None, self.place(neighbour)),
            Err(why) => (Vec::new(), Some(Refused::Unsayable(why)), None),
        };
        self.push(Planned {
            change: Change {
                refused,
                place,
                ..change
            },
            edits,
            new: vec![new],
        });
    }

    /// What puts a paragraph into the source, and the neighbour that it is put next to.
    fn insertion(&mut self, new: usize) -> Result<(Vec<Edit>, usize), Refusal> {
        let paragraph = &self.new.paragraphs[new];
        if paragraph.level.is_some() {
            return Err("a heading was added; write a section in the source".to_owned());
        }
        if !paragraph.foreign.is_empty() {
            let what: Vec<&str> = paragraph.foreign.keys().copied().collect();
            return Err(format!(
                "it has {}, which a report cannot say",
                what.join(" and ")
            ));
        }
        let mut none =
            |_: &Shown| Err("a new paragraph has a note; write it in the source".to_owned());
        let marks = |sign: &crate::review::flow::Sign| (*sign.look).clone();
        if paragraph.signs.iter().any(|sign| sign.inner_link) {
            return Err("a link within the file was added; write it as `[words](#id)`".to_owned());
        }
        let text = marked(&paragraph.signs, &marks, false, &mut none)?;
        let text = import::first(text.trim().to_owned());
        if self.is_reordered(&paragraph.text()) {
            return Err("these words stood elsewhere before; move them in the source, so that names and references stay what they are".to_owned());
        }
        self.put(new, &text)
    }

    /// What puts a text where a paragraph of the new file stands, and the neighbour that it is put next to.
    pub(super) fn put(&mut self, new: usize, text: &str) -> Result<(Vec<Edit>, usize), Refusal> {
        let before = self.neighbour(new, false);
        if let Some(old) = before
            && let Some(edits) = self.behind(old, new, text)
        {
            return Ok((edits, old));
        }
        let after = self.neighbour(new, true);
        if let Some(old) = after
            && let Some(edit) = self.before(old, new, text)
        {
            return Ok((vec![edit], old));
        }
        Err(NO_NEIGHBOUR.to_owned())
    }

    /// Whether the words are part of a paragraph that lost them: then marks that Word does not show would be lost, too.
    fn is_reordered(&self, text: &str) -> bool {
        let long = text.chars().count() > 40;
        long && self
            .old
            .paragraphs
            .iter()
            .any(|one| !one.anchors.is_empty() && one.text().contains(text))
    }

    /// The nearest paragraph of the text that both files have, before or behind one.
    fn neighbour(&self, new: usize, behind: bool) -> Option<usize> {
        let known = |index: usize| {
            let paragraph = &self.new.paragraphs[index];
            let old = self.alignment.old_of[index]?;
            (paragraph.place == Place::Body && !self.old.paragraphs[old].is_made()).then_some(old)
        };
        // What was added or came next to it does not count, anything else does.
        let skipped = |index: &usize| {
            let paragraph = &self.new.paragraphs[*index];
            let came = self.alignment.old_of[*index].is_none() || self.moved.contains(index);
            came && paragraph.place == Place::Body || paragraph.signs.is_empty()
        };
        match behind {
            true => (new + 1..self.new.paragraphs.len())
                .find(|index| !skipped(index))
                .and_then(known),
            false => (0..new).rev().find(|index| !skipped(index)).and_then(known),
        }
    }

    /// The last line of the source that a paragraph shows, where it is a paragraph among others.
    pub(super) fn block(&mut self, old: usize) -> Option<Spot> {
        let spot = self.spots(old).pop()?;
        let passage = spot.passage()?;
        let prose = spot.origin.manner == Manner::Prose && passage.is_block;
        let in_note = spot.value.1.notes.values();
        let in_note = in_note
            .into_iter()
            .any(|range| range.contains(&passage.range.start));
        (prose && !in_note).then_some(spot)
    }

    /// What puts a text behind a paragraph.
    fn behind(&mut self, old: usize, new: usize, text: &str) -> Option<Vec<Edit>> {
        let mut edits = Vec::new();
        let spot = self.block(old)?;
        let passage = spot.passage()?;
        let value = &spot.value.0;
        let item_before = self.old.paragraphs[old].item;
        let item = self.new.paragraphs[new].item;
        let (range, text) = match (&passage.item, item) {
            (Some(own), Some(_)) => {
                let end = own.range.start + value[own.range.clone()].trim_end().len();
                edits.extend(renumbered(&spot, own, passage, true));
                (end..end, next_item(value, own, passage, text)?)
            }
            (Some(own), None) => {
                // Behind a list that ends here.
                let starts_line = value[..own.range.start].ends_with('\n') || own.range.start == 0;
                let end = own.range.start + value[own.range.clone()].trim_end().len();
                if !starts_line || has_next(&spot, own) {
                    return None;
                }
                (end..end, format!("\n\n{text}"))
            }
            (None, Some(counted)) if item_before.is_none() => {
                if !is_at_line_start(value, passage) {
                    return None;
                }
                let end = passage.range.end;
                let above = new.checked_sub(1).map(|above| &self.new.paragraphs[above]);
                let goes_on = above.is_some_and(|above| above.item.is_some());
                if counted {
                    return None;
                }
                let gap = if goes_on { "\n" } else { "\n\n" };
                (end..end, format!("{gap}- {text}"))
            }
            (None, _) => {
                if !is_at_line_start(value, passage) {
                    return None;
                }
                let end = passage.range.end;
                (end..end, format!("\n\n{text}"))
            }
        };
        edits.push(edit(&spot, range, text));
        Some(edits)
    }

    /// What puts a text before a paragraph.
    fn before(&mut self, old: usize, new: usize, text: &str) -> Option<Edit> {
        let spot = self.block(old)?;
        let passage = spot.passage()?;
        let plain = passage.item.is_none()
            && self.old.paragraphs[old].item == self.new.paragraphs[new].item;
        if !plain || !is_at_line_start(&spot.value.0, passage) {
            return None;
        }
        let start = passage.range.start;
        Some(edit(&spot, start..start, format!("{text}\n\n")))
    }

    /// A paragraph that somebody deleted.
    pub(super) fn deleted(&mut self, old: usize) {
        let change = self.change(ChangeKind::Deleted, Some(old), None);
        let (edits, refused) = match self.deletion(old) {
            _ if !self.is_same => {
                let why = "it was deleted in Word, or is new in the source: that was changed since the file was made";
                (Vec::new(), Some(Refused::Clash(why.to_owned())))
            }
            Ok(edits) => (edits, None),
            Err(why) => (Vec::new(), Some(Refused::Unsayable(why))),
        };
        self.push(Planned {
            change: Change { refused, ..change },
            edits,
            new: Vec::new(),
        });
    }

    fn deletion(&mut self, old: usize) -> Result<Vec<Edit>, Refusal> {
        let text = self.old.paragraphs[old].text();
        if self.old.paragraphs[old].level.is_some() {
            return Err(
                "a heading was deleted; delete or move its section in the source".to_owned(),
            );
        }
        let signs = &self.old.paragraphs[old].signs;
        if signs
            .iter()
            .any(|sign| matches!(sign.shown, Shown::Note(..)))
        {
            return Err("it has a note; delete both in the source".to_owned());
        }
        let spot = self
            .block(old)
            .ok_or("it is no paragraph of a text; delete it in the source")?;
        // What was joined to another paragraph is not gone.
        let long = text.chars().count() > 20;
        let joined = long
            && self
                .new
                .paragraphs
                .iter()
                .any(|one| one.text().contains(&text));
        if joined {
            return Err("it was joined to another paragraph; do so in the source".to_owned());
        }
        self.removal(&spot)
    }

    /// What takes a paragraph out of the source.
    pub(super) fn removal(&self, spot: &Spot) -> Result<Vec<Edit>, Refusal> {
        let passage = spot.passage().ok_or(PROGRAM)?;
        let (value, written) = &*spot.value;
        let others = written.passages.values().filter(|one| {
            one.range != passage.range
                && !written
                    .notes
                    .values()
                    .any(|note| note.contains(&one.range.start))
        });
        if others.count() == 0 {
            let field = &spot.origin.place.field;
            // A block of text of its own goes as a whole.
            let block = field
                .strip_suffix(".text")
                .filter(|block| block.ends_with(']') && block.contains("blocks["));
            return match block {
                Some(block) => Ok(vec![Edit::Remove {
                    file: spot.origin.file.clone(),
                    item: block.to_owned(),
                }]),
                None => Err("the field would be empty; delete it in the source".to_owned()),
            };
        }
        let mut edits = Vec::new();
        let range = match &passage.item {
            Some(item) if !item.single => {
                return Err("the item holds more; delete it in the source".to_owned());
            }
            Some(item) => {
                edits.extend(renumbered(spot, item, passage, false));
                item_lines(value, item)
            }
            None if !is_at_line_start(value, passage) => {
                return Err(
                    "it is part of a quotation or an item; delete it in the source".to_owned(),
                );
            }
            None => lines_around(value, passage.range.clone()),
        };
        edits.push(edit(spot, range, String::new()));
        Ok(edits)
    }
}

pub(super) fn edit(spot: &Spot, range: std::ops::Range<usize>, text: String) -> Edit {
    Edit::Text {
        file: spot.origin.file.clone(),
        field: spot.origin.place.field.clone(),
        range,
        text,
    }
}

/// Whether nothing stands before a paragraph on its line.
pub(super) fn is_at_line_start(value: &str, passage: &Passage) -> bool {
    let start = passage.range.start;
    start == 0 || value[..start].ends_with('\n')
}

/// Whether a list goes on behind an item.
fn has_next(spot: &Spot, item: &Item) -> bool {
    spot.value.1.passages.values().any(|one| {
        one.item
            .as_ref()
            .is_some_and(|other| other.list == item.list && other.range.start > item.range.start)
    })
}

/// The sign that an item begins with, with the space behind it; its number, where it has one.
fn sign<'v>(value: &'v str, item: &Item, passage: &Passage) -> Option<(&'v str, Option<u64>)> {
    let sign = value.get(item.range.start..passage.range.start)?;
    let digits = sign.bytes().take_while(u8::is_ascii_digit).count();
    let after = &sign[digits..];
    match digits {
        0 => sign.starts_with(['-', '*', '+']).then_some((sign, None)),
        _ if after.starts_with(['.', ')']) => Some((sign, sign[..digits].parse().ok())),
        _ => None,
    }
}

/// An item behind another, as that is written; numbers go on where the list ends.
pub(super) fn next_item(value: &str, item: &Item, passage: &Passage, text: &str) -> Option<String> {
    let (sign, number) = sign(value, item, passage)?;
    let end = item.range.start + value[item.range.clone()].trim_end().len();
    let rest = &value[end..];
    let line = value[..item.range.start]
        .rfind('\n')
        .map_or(0, |end| end + 1);
    let indent = &value[line..item.range.start];
    if !indent.trim().is_empty() {
        return None;
    }
    let above = value[..line].ends_with("\n\n");
    let loose = rest.starts_with("\n\n") && (above || rest.trim_start().starts_with(sign.trim()));
    let gap = if loose { "\n\n" } else { "\n" };
    let sign = match number {
        None => sign.to_owned(),
        Some(number) => {
            let digits = number.to_string();
            format!("{}{}", number + 1, &sign[digits.len()..])
        }
    };
    Some(format!("{gap}{indent}{sign}{text}"))
}

/// The lines of an item.
fn item_lines(value: &str, item: &Item) -> std::ops::Range<usize> {
    let start = value[..item.range.start]
        .rfind('\n')
        .map_or(0, |end| end + 1);
    let end = item.range.start + value[item.range.clone()].trim_end().len();
    match value[end..].starts_with('\n') && start > 0 {
        true => start - 1..end,
        false => start..(end + 1).min(value.len()),
    }
}

/// What counts the items behind one anew that goes, or that another comes behind.
pub(super) fn renumbered(spot: &Spot, item: &Item, passage: &Passage, added: bool) -> Vec<Edit> {
    let value = &spot.value.0;
    let Some((_, Some(_))) = sign(value, item, passage) else {
        return Vec::new();
    };
    let passages = spot.value.1.passages.values();
    let behind = passages.filter_map(|one| {
        let other = one.item.as_ref()?;
        let (_, number) = sign(value, other, one)?;
        let is_behind = other.list == item.list && other.range.start > item.range.start;
        let number = number.filter(|number| is_behind && *number > 0)?;
        let length = number.to_string().len();
        let start = other.range.start;
        let next = if added { number + 1 } else { number - 1 };
        Some(edit(spot, start..start + length, next.to_string()))
    });
    behind.collect()
}
