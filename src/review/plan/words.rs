//! Changes of words, marks and notes within a paragraph.

use std::collections::BTreeMap;

use super::{PROGRAM, Planned, Planner, Spot};
use crate::document::Manner;
use crate::document::markup;
use crate::review::commonmark::marked;
use crate::review::edit::{Refusal, Target, hunks, replacements};
use crate::review::files::Edit;
use crate::review::flow::{Paragraph, Place, Shown, Sign, is_space};
use crate::review::{ChangeKind, Refused, names};

impl Planner<'_> {
    /// Plans a change of words.
    pub(super) fn words(&mut self, old: usize, new: usize) {
        let change = self.change(ChangeKind::Words, Some(old), Some(new));
        if self.old.paragraphs[old].anchors.is_empty()
            && (self.is_fact(change.clone(), old, new) || self.is_renamed(change.clone(), new))
        {
            return;
        }
        let (edits, refused) = match self.edits(old, new) {
            Ok(edits) => (edits, None),
            Err(why) => (Vec::new(), Some(Refused::Unsayable(why))),
        };
        self.push(Planned {
            change: super::Change { refused, ..change },
            edits,
            new: vec![new],
        });
    }

    /// Plans a change of words that the program makes of an entry of a registry, if it is one.
    fn is_renamed(&mut self, mut change: super::Change, new: usize) -> bool {
        let refused = match names::renaming(self.now, &change.old, &change.new) {
            Ok(None) => return false,
            Err(why) => Refused::Unsayable(why),
            Ok(Some(one)) => {
                change.place = Some(one.place.clone());
                match self.is_same {
                    false => Refused::Clash(super::CHANGED.to_owned()),
                    true => {
                        let why = format!(
                            "it is `{}` and changes everywhere: add --names for that",
                            one.field
                        );
                        self.renamings.insert(self.planned.len(), one);
                        Refused::Everywhere(why)
                    }
                }
            }
        };
        self.push(Planned {
            change: super::Change {
                refused: Some(refused),
                ..change
            },
            edits: Vec::new(),
            new: vec![new],
        });
        true
    }

    fn edits(&mut self, old: usize, new: usize) -> Result<Vec<Edit>, Refusal> {
        let spots = self.spots(old);
        let (before, after) = (&self.old.paragraphs[old], &self.new.paragraphs[new]);
        if spots.is_empty() {
            return Err(self.unwritten(before));
        }
        let differ = hunks(&before.signs, &after.signs);
        if let Some(why) = self.is_regrouped(old, new, &differ) {
            return Err(why);
        }
        let targets: Vec<Target<'_>> = spots
            .iter()
            .filter_map(|spot| {
                Some(Target {
                    passage: spot.passage()?,
                    shown: spot.shown.clone(),
                })
            })
            .collect();
        let labels = labels(before, &spots);
        let mut added: Vec<(String, String)> = Vec::new();
        let mut named = self.named;
        let notes = &self.new.paragraphs;
        let written: Vec<&str> = spots.iter().map(|spot| spot.value.0.as_str()).collect();
        let mut label = |shown: &Shown| -> Result<String, Refusal> {
            let Shown::Note(end, id) = shown else {
                return Err("something that is no note".to_owned());
            };
            if let Some(known) = labels.get(&(*end, id.clone())) {
                return Ok(format!("[^{known}]"));
            }
            if !id.starts_with("new ") {
                return Err(
                    "the mark of a note has come from elsewhere; move it in the source".to_owned(),
                );
            }
            let name = loop {
                named += 1;
                let name = format!("word-{named}");
                let mark = format!("[^{name}]");
                if !written.iter().any(|value| value.contains(&mark)) {
                    break name;
                }
            };
            let place = Place::Note(*end, id.clone());
            let text = note_text(notes, &place)?;
            added.push((name.clone(), text));
            Ok(format!("[^{name}]"))
        };
        let found = replacements(before, after, &targets, &mut label)?;
        self.named = named;
        let mut edits: Vec<Edit> = found
            .into_iter()
            .map(|(target, (range, text))| Edit::Text {
                file: spots[target].origin.file.clone(),
                field: spots[target].origin.place.field.clone(),
                range,
                text,
            })
            .collect();
        for (name, text) in added {
            edits.push(definition(&spots, &name, &text)?);
        }
        edits.extend(self.unmarked(before, after, &spots, &labels)?);
        let lines: Vec<Edit> = edits
            .iter()
            .filter_map(|edit| self.title_line(edit))
            .collect();
        edits.extend(lines);
        Ok(edits)
    }

    /// The change of the line of a title, where the source also says how the title is divided.
    fn title_line(&self, edit: &Edit) -> Option<Edit> {
        let Edit::Text {
            file,
            field,
            range,
            text,
        } = edit
        else {
            return None;
        };
        let above = field.strip_suffix("title")?;
        let title = self.files.says(file, field)?;
        let line = |index: usize| format!("{above}title_lines[{index}]");
        let lines = (0..).map_while(|index| self.files.says(file, &line(index)));
        let mut start = 0;
        for (index, words) in lines.enumerate() {
            start += title.get(start..)?.find(words.as_str())?;
            if range.start >= start && range.end <= start + words.len() {
                return Some(Edit::Text {
                    file: file.clone(),
                    field: line(index),
                    range: range.start - start..range.end - start,
                    text: text.clone(),
                });
            }
            start += words.len();
        }
        None
    }

    /// Why the words of a paragraph that names no place cannot be changed.
    fn unwritten(&self, paragraph: &Paragraph) -> Refusal {
        let text = paragraph.text();
        let people = &self.now.source.people;
        let person = people
            .content
            .people
            .iter()
            .find(|person| text.contains(person.name.value.trim()));
        match person {
            Some(person) => format!(
                "names and posts are in {} (line {}) and change everywhere",
                people.path, person.name.line
            ),
            None => PROGRAM.to_owned(),
        }
    }

    /// What goes with the marks of notes that are gone: the notes, where nothing else has a mark of them.
    fn unmarked(
        &mut self,
        before: &Paragraph,
        after: &Paragraph,
        spots: &[Spot],
        labels: &BTreeMap<(bool, String), String>,
    ) -> Result<Vec<Edit>, Refusal> {
        let mut edits = Vec::new();
        for (end, id) in marks(&before.signs) {
            let kept = marks(&after.signs).any(|one| one == (end, id.clone()));
            if kept {
                continue;
            }
            if self.marked.contains(&(end, id.clone())) {
                return Err(
                    "the mark of a note has gone elsewhere; move it in the source".to_owned(),
                );
            }
            let Some(label) = labels.get(&(end, id)) else {
                continue;
            };
            let with_mark = |spot: &&Spot| marks_of(&spot.value.1, label) > 0;
            let Some(spot) = spots.iter().find(with_mark) else {
                continue;
            };
            let (value, written) = &*spot.value;
            if marks_of(written, label) > 1 {
                continue;
            }
            let (file, field) = (&spot.origin.file, &spot.origin.place.field);
            if let Some(range) = written.notes.get(label) {
                edits.push(Edit::Text {
                    file: file.clone(),
                    field: field.clone(),
                    range: lines_around(value, range.clone()),
                    text: String::new(),
                });
            } else if let Some(item) = self.chapter_note(file, field, label) {
                edits.push(Edit::Remove {
                    file: file.clone(),
                    item,
                });
            }
        }
        Ok(edits)
    }

    /// The entry of a chapter's list of notes that has a label, where its mark stands once in the file.
    fn chapter_note(&self, file: &str, field: &str, label: &str) -> Option<String> {
        let top = field.split('.').next()?;
        let list = format!("{top}.footnotes");
        let mut entries = (0..).map_while(|index| {
            let item = format!("{list}[{index}]");
            Some((self.files.says(file, &format!("{item}.id"))?, item))
        });
        let (id, item) = entries.find(|(id, _)| id.to_lowercase() == label)?;
        let marks = self.files.text(file).matches(&format!("[^{id}]")).count();
        (marks == 1).then_some(item)
    }
}

/// The notes whose marks stand among signs.
fn marks(signs: &[Sign]) -> impl Iterator<Item = (bool, String)> {
    signs.iter().filter_map(|sign| match &sign.shown {
        Shown::Note(end, id) => Some((*end, id.clone())),
        _ => None,
    })
}

/// How many marks of a note are written in a text.
fn marks_of(written: &markup::Written, label: &str) -> usize {
    let signs = written.passages.values().flat_map(|passage| &passage.signs);
    signs
        .filter(|sign| matches!(&sign.shown, markup::Shown::Note(one) if one == label))
        .count()
}

/// The labels of the notes whose marks a paragraph shows.
fn labels(paragraph: &Paragraph, spots: &[Spot]) -> BTreeMap<(bool, String), String> {
    let mut found = BTreeMap::new();
    for spot in spots {
        let Some(passage) = spot.passage() else {
            continue;
        };
        let written = passage.signs.iter().filter_map(|sign| match &sign.shown {
            markup::Shown::Note(label) => Some(label.clone()),
            _ => None,
        });
        let written: Vec<String> = written.collect();
        let shown: Vec<(bool, String)> = marks(&paragraph.signs[spot.shown.clone()]).collect();
        // A mark that stands again is a field, and no mark of its own.
        if written.len() == shown.len() {
            found.extend(shown.into_iter().zip(written));
        }
    }
    found
}

/// The text of a new note.
fn note_text(paragraphs: &[Paragraph], place: &Place) -> Result<String, Refusal> {
    let mut own = paragraphs
        .iter()
        .filter(|one| one.place == *place && !one.is_made());
    let first = own.next().ok_or("a note without words")?;
    if own.next().is_some() {
        return Err("a note of several paragraphs; write it in the source".to_owned());
    }
    let start = first.signs.iter().position(|sign| !is_space(sign));
    let end = first.signs.iter().rposition(|sign| !is_space(sign));
    let range = start.unwrap_or(0)..end.map_or(0, |end| end + 1);
    let mut none = |_: &Shown| Err("a note within a note".to_owned());
    let text = marked(
        &first.signs[range],
        &|sign| (*sign.look).clone(),
        false,
        &mut none,
    )?;
    Ok(crate::import::first(text))
}

/// The change that defines a note.
fn definition(spots: &[Spot], name: &str, text: &str) -> Result<Edit, Refusal> {
    let elsewhere = "a note was added where the source has its notes elsewhere; write it there";
    let spot = spots
        .iter()
        .find(|spot| spot.origin.manner == Manner::Prose)
        .ok_or(elsewhere)?;
    let (value, written) = &*spot.value;
    let inside = |range: &std::ops::Range<usize>| range.contains(&spot.origin.offset);
    if written.notes.values().any(inside) {
        return Err("a note within a note".to_owned());
    }
    let end = value.trim_end().len();
    Ok(Edit::Text {
        file: spot.origin.file.clone(),
        field: spot.origin.place.field.clone(),
        range: end..end,
        text: format!("\n\n[^{name}]: {text}"),
    })
}

/// The whole lines of a range, with the empty ones before it, or after it where it comes first.
pub(super) fn lines_around(value: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let start = value[..range.start].rfind('\n').map_or(0, |end| end + 1);
    let end = range.start + value[range.clone()].trim_end().len();
    match value[..start].trim_end().is_empty() {
        true => {
            let rest = &value[end..];
            start..end + (rest.len() - rest.trim_start_matches('\n').len())
        }
        false => value[..start].trim_end_matches('\n').len()..end,
    }
}
