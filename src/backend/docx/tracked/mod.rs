//! A Word file with tracked changes: what was one text and is another, so that accepting all changes gives the new one and
//! rejecting all gives the old one, word for word.
//!
//! ```text
//! old file ─ parts ─ blocks (tokens) ┐
//!                                    ├ align ─▶ story (line) ─▶ elements ─▶ the new file's parts, and what the old text brings
//! new file ─ parts ─ blocks (tokens) ┘
//! ```
//!
//! Both files are of the program, so that the few elements that it writes are all that there are. Sections, paragraphs,
//! rows and words are aligned, each within those above it. It takes and gives bytes and knows nothing of reports; who
//! changed the text and when is given.

mod align;
mod blocks;
mod brought;
mod line;
mod moments;
mod package;
mod places;
mod sections;
mod story;
mod tables;
mod tokens;
mod tracker;

use std::collections::BTreeMap;

use super::package::{Element, Node};
use crate::base::diagnostic::Diagnostics;
use align::{Step, align};
use blocks::{Block, blocks, likeness};
use package::{Parts, Relations, into_elements, take};
use tokens::Tokenizer;
use tracker::{Fate, Tracker};

const DOCUMENT: &str = "word/document.xml";
const NOTES: &str = "word/footnotes.xml";
/// The share of words that notes must have in common to be one.
const ALIKE: f32 = 0.3;

/// A file with tracked changes.
#[derive(Debug)]
pub(crate) struct Tracked {
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// What was changed.
    pub(crate) summary: Summary,
}

/// What was changed, in numbers.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Words that came.
    pub words_added: usize,
    /// Words that went.
    pub words_deleted: usize,
    /// Paragraphs with other words than before.
    pub paragraphs_changed: usize,
    /// Paragraphs that came.
    pub paragraphs_added: usize,
    /// Paragraphs that went.
    pub paragraphs_deleted: usize,
    /// Rows of tables that came.
    pub rows_added: usize,
    /// Rows of tables that went.
    pub rows_deleted: usize,
    /// Footnotes that came.
    pub notes_added: usize,
    /// Footnotes that went.
    pub notes_deleted: usize,
    /// Pictures that came.
    pub pictures_added: usize,
    /// Pictures that went.
    pub pictures_deleted: usize,
    /// Words and paragraphs that only look another way.
    pub looks: usize,
    /// Fields that show something else: page numbers and references.
    pub fields: usize,
    /// The parts of the publication with other words than before, by their titles.
    pub parts: Vec<String>,
    /// Whether nothing at all is different.
    pub is_same: bool,
}

impl Summary {
    /// What counts as a change of words.
    fn in_words(&self) -> [usize; 6] {
        [
            self.words_added,
            self.words_deleted,
            self.notes_added,
            self.notes_deleted,
            self.pictures_added,
            self.pictures_deleted,
        ]
    }
}

/// A Word file of the program: what messages call it, and its bytes.
pub(crate) type Named<'f> = (&'f str, &'f [u8]);

/// The file `new` with changes tracked that make it of `old`, by `author` at that `moment` (ISO 8601, in UTC).
pub(crate) fn tracked(
    old: Named<'_>,
    new: Named<'_>,
    author: &str,
    moment: &str,
) -> Result<Tracked, Diagnostics> {
    let mut parts = (Parts::open(old.0, old.1)?, Parts::open(new.0, new.1)?);
    let first = written(&parts.0, parts.1.clone(), author, moment, false)?;
    let trees = |parts: &Parts| -> Result<Vec<(&str, Element)>, Diagnostics> {
        let mut found = vec![(DOCUMENT, parts.needed(DOCUMENT)?)];
        found.extend(parts.tree(NOTES)?.map(|notes| (NOTES, notes)));
        Ok(found)
    };
    let (before, now) = (trees(&parts.0)?, trees(&parts.1)?);
    let made = match places::names(&before, &now, &first.kept_places) {
        None => first,
        Some(names) => {
            for (path, mut root) in before {
                places::rename(&mut root, &names);
                parts.0.set(path, &root, None);
            }
            written(&parts.0, parts.1, author, moment, true)?
        }
    };
    match made.bytes {
        Some(bytes) => Ok(Tracked {
            bytes,
            summary: made.summary,
        }),
        None => Ok(Tracked {
            bytes: new.1.to_vec(),
            summary: Summary {
                is_same: true,
                ..Summary::default()
            },
        }),
    }
}

/// What comes of a comparison.
struct Made {
    /// The file; `None` where nothing is different.
    bytes: Option<Vec<u8>>,
    summary: Summary,
    /// Places that are in both files, by their names in the old one and in the new one.
    kept_places: Vec<(String, String)>,
}

/// The new file, with changes tracked.
fn written(
    old: &Parts,
    mut out: Parts,
    author: &str,
    moment: &str,
    is_named: bool,
) -> Result<Made, Diagnostics> {
    let (old_root, mut root) = (old.needed(DOCUMENT)?, out.needed(DOCUMENT)?);
    let (old_notes, notes) = (old.tree(NOTES)?, out.tree(NOTES)?);
    let roots: Vec<&Element> = std::iter::once(&root).chain(&notes).collect();
    let mut tracker = Tracker::new(old, &out, &roots, author, moment)?;
    tracker.is_named = is_named;
    tracker.old_relations = old.relations(DOCUMENT)?;
    tracker.relations = out.relations(DOCUMENT)?;
    let mut footnotes = Footnotes::of(&mut tracker, &out, old_notes, notes)?;
    // The text.
    let (old_blocks, old_section) = body(&mut tracker, old_root, (old, true), &footnotes.old_names);
    let shell = Element {
        children: Vec::new(),
        ..root.clone()
    };
    let (new_blocks, section) = body(
        &mut tracker,
        std::mem::replace(&mut root, shell),
        (&out, false),
        &footnotes.new_names,
    );
    let mut written =
        Element::new("w:body").children(sections::body(&mut tracker, old_blocks, new_blocks));
    if let Some(section) = section {
        let section = tracker.section(old_section.as_ref(), section);
        written.children.push(Node::Element(section));
    }
    root.children.push(Node::Element(written));
    // Headers and footers, then notes: the text says which of them are whose.
    let mut heads = brought::Heads::of(&out, &tracker)?;
    heads.write(&mut tracker, &out)?;
    let mut notes = footnotes.write(&mut tracker, old, &mut out, &mut root)?;
    let mut roots: Vec<&mut Element> = vec![&mut root];
    roots.extend(&mut notes);
    heads.settle(&mut tracker, &out, &mut roots)?;
    brought::lists(&tracker, &mut out, &mut roots)?;
    brought::styles(&tracker, &mut out)?;
    let kept_places = std::mem::take(&mut tracker.kept_places);
    if tracker.changes == 0 {
        return Ok(Made {
            bytes: None,
            summary: tracker.summary,
            kept_places,
        });
    }
    heads.put(&mut out);
    moments::set_apart(&mut root, moment);
    if let Some(mut notes) = notes {
        moments::set_apart(&mut notes, moment);
        let kind = out.kind(NOTES).or_else(|| old.kind(NOTES));
        out.set(NOTES, &notes, kind);
    }
    out.set(DOCUMENT, &root, None);
    out.set_relations(DOCUMENT, &tracker.relations);
    out.files.append(&mut tracker.added);
    Ok(Made {
        bytes: Some(out.bytes()?),
        summary: tracker.summary,
        kept_places,
    })
}

/// The blocks of the text, and the section that it ends with.
fn body(
    tracker: &mut Tracker<'_>,
    root: Element,
    (parts, is_old): (&Parts, bool),
    notes: &BTreeMap<String, String>,
) -> (Vec<Block>, Option<Element>) {
    let mut body = into_elements(root).find(|child| child.name == "w:body");
    let section = body.as_mut().and_then(|body| take(body, "w:sectPr"));
    let relations = match is_old {
        true => &tracker.old_relations,
        false => &tracker.relations,
    };
    let mut tokenizer = Tokenizer {
        numbers: &mut tracker.numbers,
        relations,
        files: &parts.files,
        notes,
        is_named: tracker.is_named,
    };
    let elements = body.into_iter().flat_map(into_elements);
    (blocks(elements, &mut tokenizer), section)
}

/// The footnotes of both files.
struct Footnotes {
    /// Those of the old file and of the new one, by their ids, in their order.
    old: Vec<(String, Vec<Block>)>,
    new: Vec<(String, Vec<Block>)>,
    /// A common name for each note of the old file, and of the new one, by its id.
    old_names: BTreeMap<String, String>,
    new_names: BTreeMap<String, String>,
    /// The part without notes: the lines between text and notes.
    root: Option<Element>,
    relations: (Relations, Relations),
}

impl Footnotes {
    fn of(
        tracker: &mut Tracker<'_>,
        out: &Parts,
        old: Option<Element>,
        new: Option<Element>,
    ) -> Result<Self, Diagnostics> {
        let relations = (tracker.old.relations(NOTES)?, out.relations(NOTES)?);
        let mut root = None;
        let mut read = |part: Option<Element>, relations: &Relations, parts: &Parts| {
            let mut tokenizer = Tokenizer {
                numbers: &mut tracker.numbers,
                relations,
                files: &parts.files,
                notes: &BTreeMap::new(),
                is_named: tracker.is_named,
            };
            let mut notes = Vec::new();
            let Some(part) = part else {
                return notes;
            };
            let mut shell = Element {
                children: Vec::new(),
                ..part.clone()
            };
            for note in into_elements(part) {
                match note.get("w:type") {
                    None | Some("normal") => {
                        let id = note.get("w:id").unwrap_or_default().to_owned();
                        notes.push((id, blocks(into_elements(note), &mut tokenizer)));
                    }
                    Some(_) => shell.children.push(Node::Element(note)),
                }
            }
            root = Some(shell);
            notes
        };
        let old = read(old, &relations.0, tracker.old);
        let new = read(new, &relations.1, out);
        let mut known = |notes: &[(String, Vec<Block>)]| {
            let known = |(_, blocks): &(String, Vec<Block>)| {
                let (mut said, mut words) = (Vec::new(), Vec::new());
                for block in blocks {
                    block.said(&mut said);
                    block.words(&mut words);
                }
                likeness("note".to_owned(), &said, words, 0, &mut tracker.numbers)
            };
            notes.iter().map(known).collect::<Vec<_>>()
        };
        let (before, now) = (known(&old), known(&new));
        let (mut old_names, mut new_names) = (BTreeMap::new(), BTreeMap::new());
        for step in align(&before, &now, ALIKE) {
            match step {
                Step::Both(o, n) => {
                    let name = format!("both {n}");
                    old_names.insert(old[o].0.clone(), name.clone());
                    new_names.insert(new[n].0.clone(), name);
                }
                Step::Old(o) => drop(old_names.insert(old[o].0.clone(), format!("old {o}"))),
                Step::New(n) => drop(new_names.insert(new[n].0.clone(), format!("new {n}"))),
            }
        }
        Ok(Footnotes {
            old,
            new,
            old_names,
            new_names,
            root,
            relations,
        })
    }

    /// The part with all notes, in the order in which the text refers to them, by which some programs know them; `None`
    /// where there are none.
    fn write(
        &mut self,
        tracker: &mut Tracker<'_>,
        old: &Parts,
        out: &mut Parts,
        text: &mut Element,
    ) -> Result<Option<Element>, Diagnostics> {
        let Some(mut root) = self.root.take() else {
            return Ok(None);
        };
        if self.new.is_empty() && tracker.deleted_notes.is_empty() {
            return Ok(None);
        }
        let of_text = std::mem::take(&mut tracker.relations);
        let of_old = std::mem::take(&mut tracker.old_relations);
        (tracker.old_relations, tracker.relations) = std::mem::take(&mut self.relations);
        tracker.place = "the footnotes".to_owned();
        let before: BTreeMap<String, Vec<Block>> =
            std::mem::take(&mut self.old).into_iter().collect();
        let mut notes = BTreeMap::new();
        for (id, blocks) in std::mem::take(&mut self.new) {
            let kept = tracker.kept_notes.get(&id).and_then(|old| before.get(old));
            let content = match kept.cloned() {
                Some(old) => story::part(tracker, old, blocks),
                None => story::alone(tracker, blocks, Fate::Inserted),
            };
            notes.insert(id, content);
        }
        for (id, old) in std::mem::take(&mut tracker.deleted_notes) {
            let blocks = before.get(&old).cloned().unwrap_or_default();
            let content = story::alone(tracker, blocks, Fate::Deleted);
            notes.insert(id, content);
        }
        let mut number = 0;
        number_notes(text, &mut |id| {
            let content = notes.remove(id)?;
            number += 1;
            let note = Element::new("w:footnote").attr("w:id", number);
            root.children.push(Node::Element(note.children(content)));
            Some(number)
        });
        let own = std::mem::replace(&mut tracker.relations, of_text);
        tracker.old_relations = of_old;
        out.set_relations(NOTES, &own);
        if out.kind(NOTES).is_none() {
            tracker.relations.part("footnotes", "footnotes.xml");
            brought::separators(old, out)?;
        }
        Ok(Some(root))
    }
}

/// Gives the marks of notes the numbers that `next` says of their old ones.
fn number_notes(element: &mut Element, next: &mut impl FnMut(&str) -> Option<usize>) {
    if element.name == "w:footnoteReference"
        && let Some(number) = element.get("w:id").and_then(&mut *next)
    {
        element.set("w:id", number);
    }
    for node in &mut element.children {
        if let Node::Element(child) = node {
            number_notes(child, next);
        }
    }
}
