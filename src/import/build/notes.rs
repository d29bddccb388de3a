//! Footnotes and their marks: every note gets one mark in the chapter that refers to it.
//!
//! Readers leave marks in running text as `reference`s. A mark is for a note of its own chapter; notes to which nothing
//! in their chapter refers belong to marks elsewhere, as where all notes are at the end. What is left of marks is a
//! raised number; what is left of notes is set after the text above it, to be looked at.

use std::collections::{BTreeMap, VecDeque};

use crate::import::ids::Ids;
use crate::import::outline::{Item, Outline, OutlineItem};
use crate::import::read::inline::first;
use crate::import::read::references::{CLOSE, OPEN, apart};

/// The notes of one chapter: id and text.
pub(crate) type Notes = Vec<(String, String)>;

/// Settles which mark is for which note; takes the notes out of the outline and gives them chapter by chapter.
pub(super) fn settle(outline: &mut Outline) -> Vec<Notes> {
    let mut found = Found::of(&mut outline.items);
    let pairs = found.pairs(outline.definite);
    found.add_marks(&mut outline.items, &pairs);
    if !outline.definite {
        let added = found.added.values().map(Vec::len).sum::<usize>();
        outline.kept.marks = pairs.iter().flatten().count() + added;
    }
    let mut chapters: Vec<(Ids, Notes)> = Vec::new();
    let mut pairs = pairs.into_iter();
    let mut chapter = 0;
    let mut opened = false;
    // A note that a chapter refers to again is the same one.
    let mut entered: BTreeMap<(usize, usize), String> = BTreeMap::new();
    for (index, item) in outline.items.iter_mut().enumerate() {
        chapter += usize::from(opened && matches!(item.what, OutlineItem::Chapter { .. }));
        opened |= !matches!(item.what, OutlineItem::Note { .. });
        chapters.resize_with(chapter + 1, Default::default);
        let added = found.added.remove(&index).unwrap_or_default();
        let (ids, notes) = &mut chapters[chapter];
        for text in item.what.texts_mut() {
            *text = replaced(text, |mark| {
                let note = pairs.next().flatten()?;
                let known = entered.get(&(chapter, note)).cloned();
                let written = known.unwrap_or_else(|| enter(&found.notes[note], mark, ids, notes));
                entered.insert((chapter, note), written.clone());
                Some(written)
            });
        }
        for note in added {
            let mark = found.notes[note].mark.clone();
            let written = enter(&found.notes[note], &mark, ids, notes);
            if let Some(text) = item.what.texts_mut().pop() {
                text.push_str(&written);
            }
            let check = format!(
                "nothing in the text has the mark of the footnote `{mark}`, which is set here"
            );
            item.checks.push(check);
        }
    }
    let mut kept: Vec<Item> = Vec::new();
    let mut asked = Vec::new();
    for item in std::mem::take(&mut outline.items) {
        match (&item.what, kept.last_mut()) {
            // What is to be looked at in a note is said where the note stood.
            (OutlineItem::Note { .. }, Some(before)) => before.checks.extend(item.checks),
            (OutlineItem::Note { .. }, None) => asked.extend(item.checks),
            _ => kept.push(item),
        }
    }
    if let Some(first) = kept.first_mut() {
        first.checks.append(&mut asked);
    }
    outline.items = kept;
    chapters.into_iter().map(|(_, notes)| notes).collect()
}

/// Enters a note in its chapter; gives the CommonMark of its mark.
fn enter(note: &Note, mark: &str, ids: &mut Ids, notes: &mut Notes) -> String {
    let id = ids.free(&format!("n{}", mark.strip_prefix("n-").unwrap_or(mark)));
    // A note has no notes of its own.
    notes.push((id.clone(), replaced(&note.text, |_| None)));
    format!("[^{id}]")
}

/// A note of the text.
#[derive(Debug)]
struct Note {
    chapter: usize,
    item: usize,
    mark: String,
    text: String,
}

/// Marks and notes of a text.
#[derive(Debug, Default)]
struct Found {
    /// Every mark in order, with its chapter.
    marks: Vec<(usize, String)>,
    notes: Vec<Note>,
    /// Notes that get a mark after an item.
    added: BTreeMap<usize, Vec<usize>>,
}

impl Found {
    fn of(items: &mut [Item]) -> Self {
        let mut found = Found::default();
        let mut chapter = 0;
        let mut opened = false;
        for (item, one) in items.iter_mut().enumerate() {
            let before = opened;
            opened |= !matches!(one.what, OutlineItem::Note { .. });
            for text in one.what.texts_mut() {
                let marks = text.split(OPEN).skip(1);
                let marks = marks.filter_map(|rest| rest.split_once(CLOSE));
                found
                    .marks
                    .extend(marks.map(|(mark, _)| (chapter, mark.to_owned())));
            }
            match &one.what {
                OutlineItem::Chapter { .. } => chapter += usize::from(before),
                // One that is nothing but marks says nothing.
                OutlineItem::Note { mark, text } if !apart(text).0.trim().is_empty() => {
                    found.notes.push(Note {
                        chapter,
                        item,
                        mark: mark.clone(),
                        text: text.clone(),
                    });
                }
                _ => {}
            }
        }
        found
    }

    /// The note of every mark: one of its own chapter, else one that is left over anywhere.
    fn pairs(&self, definite: bool) -> Vec<Option<usize>> {
        let mut own: BTreeMap<(usize, &str), VecDeque<usize>> = BTreeMap::new();
        for (index, note) in self.notes.iter().enumerate() {
            let key = (note.chapter, note.mark.as_str());
            own.entry(key).or_default().push_back(index);
        }
        let mut pairs: Vec<Option<usize>> = Vec::with_capacity(self.marks.len());
        for (chapter, mark) in &self.marks {
            let notes = own.get_mut(&(*chapter, mark.as_str()));
            pairs.push(notes.and_then(VecDeque::pop_front));
        }
        let mut left: BTreeMap<&str, VecDeque<usize>> = BTreeMap::new();
        for ((_, mark), notes) in own {
            left.entry(mark).or_default().extend(notes);
        }
        // A second mark for a note that has one is none.
        let first: BTreeMap<(usize, &str), usize> = (self.marks.iter().enumerate().rev())
            .map(|(index, (chapter, mark))| ((*chapter, mark.as_str()), index))
            .collect();
        for (index, (chapter, mark)) in self.marks.iter().enumerate() {
            let second = first.get(&(*chapter, mark.as_str())) != Some(&index);
            if pairs[index].is_none() && !second {
                pairs[index] = left.get_mut(mark.as_str()).and_then(VecDeque::pop_front);
            }
        }
        if definite {
            // A text that refers to a note twice means the same note, wherever that is.
            let marks = self.marks.iter().zip(&pairs).rev();
            let mut known: BTreeMap<&str, usize> = marks
                .filter_map(|((_, mark), note)| Some((mark.as_str(), (*note)?)))
                .collect();
            for (index, (_, mark)) in self.marks.iter().enumerate() {
                match pairs[index] {
                    Some(note) => {
                        known.insert(mark, note);
                    }
                    None => pairs[index] = known.get(mark.as_str()).copied(),
                }
            }
        }
        pairs
    }

    /// Gives notes without a mark one: after the text before them, else where they are themselves.
    fn add_marks(&mut self, items: &mut [Item], pairs: &[Option<usize>]) {
        let mut marked = vec![false; self.notes.len()];
        for note in pairs.iter().flatten() {
            marked[*note] = true;
        }
        let running = |item: &Item| match &item.what {
            OutlineItem::Prose(text) => {
                !text.starts_with(['|', '>', '`', '!']) && !text.ends_with("```")
            }
            _ => false,
        };
        for (index, note) in self
            .notes
            .iter()
            .enumerate()
            .filter(|(index, _)| !marked[*index])
        {
            let before = items[..note.item].iter().rposition(|item| {
                running(item)
                    || matches!(
                        item.what,
                        OutlineItem::Chapter { .. } | OutlineItem::Heading { .. }
                    )
            });
            let place = before.filter(|before| running(&items[*before]));
            let place = place.unwrap_or_else(|| {
                items[note.item].what = OutlineItem::Prose(String::new());
                note.item
            });
            self.added.entry(place).or_default().push(index);
        }
    }
}

/// A text whose references are replaced; without anything in its place a number stays raised and a name is dropped.
fn replaced(text: &str, mut with: impl FnMut(&str) -> Option<String>) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let mut parts = text.split(OPEN);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (mark, rest) = part.split_once(CLOSE).unwrap_or(("", part));
        match with(mark) {
            Some(mark) => {
                let begins = opens(&out);
                out.push_str(&mark);
                // At the start of a line a mark with a colon would be a note, before a link part of that, and before a
                // bracket a link.
                if begins && rest.starts_with(':') || rest.starts_with('(') {
                    out.push('\\');
                } else if rest.starts_with('[') && !rest.starts_with("[^") {
                    out.push(' ');
                }
            }
            None if mark.bytes().all(|byte| byte.is_ascii_digit()) => {
                let digits = mark.bytes().map(|byte| DIGITS[usize::from(byte - b'0')]);
                out.extend(digits);
            }
            None if opens(&out) => {
                out.push_str(&first(rest.to_owned()));
                continue;
            }
            None if goes_on(rest) => out.push(' '),
            None => {}
        }
        out.push_str(rest);
    }
    out
}

/// Whether what follows a text begins a line of it, after signs at most.
fn opens(text: &str) -> bool {
    let line = text.rsplit('\n').next().unwrap_or_default();
    !line.contains(|c: char| c.is_alphanumeric() || c == OPEN)
}

/// Whether a text begins within a word: a mark parts words.
fn goes_on(text: &str) -> bool {
    let word = text.split(char::is_whitespace).next().unwrap_or_default();
    word.contains(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(whats: Vec<OutlineItem>) -> (Vec<String>, Vec<Notes>) {
        let item = |what| Item {
            what,
            checks: Vec::new(),
            place: None,
        };
        let mut outline = Outline {
            items: whats.into_iter().map(item).collect(),
            ..Outline::default()
        };
        let notes = settle(&mut outline);
        let text = |item: &Item| match &item.what {
            OutlineItem::Prose(text) => Some(text.clone()),
            _ => None,
        };
        (outline.items.iter().filter_map(text).collect(), notes)
    }

    fn prose(text: &str) -> OutlineItem {
        OutlineItem::Prose(text.replace('{', "\u{FDD0}").replace('}', "\u{FDD1}"))
    }

    fn note(mark: &str, text: &str) -> OutlineItem {
        let OutlineItem::Prose(text) = prose(text) else {
            unreachable!("prose is prose")
        };
        let mark = mark.to_owned();
        OutlineItem::Note { mark, text }
    }

    fn chapter() -> OutlineItem {
        let (label, title) = (None, "T".to_owned());
        OutlineItem::Chapter { label, title }
    }

    fn pair(id: &str, text: &str) -> (String, String) {
        (id.to_owned(), text.to_owned())
    }

    #[test]
    fn numbers_may_begin_anew_on_every_page() {
        let (text, notes) = settled(vec![
            prose("a{1}"),
            note("1", "A"),
            prose("b{1} c{1}"),
            note("1", "B"),
        ]);
        assert_eq!(text, ["a[^n1]", "b[^n1-2] c¹"]);
        assert_eq!(notes, [vec![pair("n1", "A"), pair("n1-2", "B")]]);
    }

    #[test]
    fn notes_at_the_end_go_to_the_chapters_of_their_marks() {
        let (text, notes) = settled(vec![
            chapter(),
            prose("a{x}"),
            chapter(),
            prose("b{1} {x}"),
            note("1", "B"),
            note("x", "A"),
        ]);
        assert_eq!(text, ["a", "b[^n1] [^nx]"]);
        assert_eq!(notes[1], [pair("n1", "B"), pair("nx", "A")]);
        let (text, notes) = settled(vec![chapter(), prose("a{x}"), chapter(), note("x", "A")]);
        assert_eq!(
            (text[0].as_str(), &notes[0]),
            ("a[^nx]", &vec![pair("nx", "A")])
        );
    }

    #[test]
    fn a_name_of_no_note_parts_words_and_opens_no_list() {
        let (text, _) = settled(vec![prose("a{x}\\^b{x}. {x}c"), prose("{x}- a")]);
        assert_eq!(text, ["a \\^b.  c", "\\- a"]);
        let (text, _) = settled(vec![prose("{1}: a{1}: [b](http://c.d)"), note("1", "A")]);
        assert_eq!(text, ["[^n1]\\: a¹: [b](http://c.d)"]);
        let (text, _) = settled(vec![prose("a{1}[b](http://c.d)"), note("1", "A")]);
        assert_eq!(text, ["a[^n1] [b](http://c.d)"]);
    }

    #[test]
    fn a_note_without_a_mark_is_set_behind_the_text_above_it() {
        let (text, notes) = settled(vec![
            prose("a"),
            note("1", "A"),
            chapter(),
            note("2", "B{3}"),
        ]);
        assert_eq!(text, ["a[^n1]", "[^n2]"]);
        assert_eq!(notes[1], [pair("n2", "B³")]);
    }
}
