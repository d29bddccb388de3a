//! From two aligned files to changes of the source, each with what it edits or why it is left to a person.

mod checked;
mod facts;
mod moves;
mod paragraphs;
mod regrouped;
mod rows;
mod sections;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::align::{Alignment, parts};
use super::edit::hunks;
use super::files::{Edit, Files};
use super::flow::{Flow, Paragraph, Place, Shown, said};
use super::names::Renaming;
use super::{Change, ChangeKind, Exported, Refused, Remark};
use crate::backend;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Location};
use crate::document::markup::{Passage, Written};
use crate::document::{Manner, Origin};
use crate::source::Source;
use crate::source::schema::Chapter;

pub(super) use checked::{blamed, differing};

/// A change with what it edits.
#[derive(Debug)]
pub(super) struct Planned {
    /// What was done.
    pub(super) change: Change,
    /// What it edits; nothing where it is refused.
    pub(super) edits: Vec<Edit>,
    /// The paragraphs of the new file that it is about.
    pub(super) new: Vec<usize>,
}

/// Changed entries of the registries, by the numbers of the changes that they are.
pub(super) type Renamings = BTreeMap<usize, Renaming>;

/// What planning looks at.
struct Planner<'p> {
    old: &'p Flow,
    new: &'p Flow,
    alignment: &'p Alignment,
    now: &'p Exported,
    files: &'p mut Files,
    /// The places of the source, by the start of their names.
    origins: BTreeMap<String, &'p Origin>,
    /// Whether the source says what it said when the file was made.
    is_same: bool,
    /// Notes that are marked somewhere in the new file.
    marked: BTreeSet<(bool, String)>,
    /// The heading above each paragraph of the new file.
    headings: Vec<String>,
    planned: Vec<Planned>,
    /// Paragraphs of the new file that went elsewhere.
    moved: BTreeSet<usize>,
    /// Paragraphs of the old file and of the new one that were parted or joined.
    regrouped: (BTreeSet<usize>, BTreeSet<usize>),
    /// How many notes have got names.
    named: usize,
    /// Changed entries of the registries.
    renamings: Renamings,
}

/// A line of the source that a paragraph shows.
struct Spot {
    origin: Origin,
    value: Rc<(String, Written)>,
    shown: std::ops::Range<usize>,
}

impl Spot {
    fn passage(&self) -> Option<&Passage> {
        self.value.1.passages.get(&self.origin.offset)
    }
}

/// Finds the changes.
pub(super) fn plan(
    old: &Flow,
    new: &Flow,
    alignment: &Alignment,
    now: &Exported,
    files: &mut Files,
    is_same: bool,
) -> (Vec<Planned>, Renamings) {
    let origins = now.document.origins.iter();
    let mut heading = String::new();
    let headings = new.paragraphs.iter().map(|one| {
        if one.level.is_some() && one.place == Place::Body {
            heading = one.text();
        }
        heading.clone()
    });
    let notes = new.paragraphs.iter().flat_map(|one| &one.signs);
    let marked = notes.filter_map(|sign| match &sign.shown {
        Shown::Note(end, id) => Some((*end, id.clone())),
        _ => None,
    });
    let mut planner = Planner {
        old,
        new,
        alignment,
        now,
        files,
        origins: origins
            .map(|origin| (backend::place(origin), origin))
            .collect(),
        is_same,
        marked: marked.collect(),
        headings: headings.collect(),
        planned: Vec::new(),
        moved: BTreeSet::new(),
        regrouped: Default::default(),
        named: 0,
        renamings: Renamings::new(),
    };
    let (ranks, made) = planner.parts_in_order();
    planner.moved = moves::moved(old, new, alignment, &ranks);
    planner.moved.retain(|index| !made.contains(index));
    planner.regroup();
    for index in 0..new.paragraphs.len() {
        match alignment.old_of[index] {
            _ if planner.regrouped.1.contains(&index) => {}
            Some(other) => planner.pair(other, index),
            None => planner.alone(index),
        }
    }
    planner.added_rows();
    planner.moved_rows();
    planner.gone();
    planner.beside();
    (planner.planned, planner.renamings)
}

const PROGRAM: &str = "the program makes these words; change them where the source has them";
const CHANGED: &str = "the source has other words there since the file was made";

impl Planner<'_> {
    /// The lines of the source that a paragraph of the old file shows.
    fn spots(&mut self, old: usize) -> Vec<Spot> {
        let mut spots = Vec::new();
        for (name, shown) in &self.old.paragraphs[old].anchors {
            let Some(origin) = self.origins.get(parts(name).0) else {
                continue;
            };
            let field = &origin.place.field;
            let value = self.files.value(&origin.file, field, origin.manner);
            if let Some(value) = value {
                let spot = Spot {
                    origin: (*origin).clone(),
                    value,
                    shown: shown.clone(),
                };
                spots.extend(spot.passage().is_some().then_some(spot));
            }
        }
        spots
    }

    /// Where the source has what a paragraph of the old file says.
    fn place(&mut self, old: usize) -> Option<Location> {
        let (name, _) = self.old.paragraphs[old].anchors.first()?;
        let origin = *self.origins.get(parts(name).0)?;
        place(origin, self.now, self.files)
    }

    fn push(&mut self, planned: Planned) {
        self.planned.push(planned);
    }

    /// A change of a paragraph that is not taken over.
    fn left(&mut self, kind: ChangeKind, old: Option<usize>, new: Option<usize>, why: Refused) {
        let change = self.change(kind, old, new);
        self.push(Planned {
            change: Change {
                refused: Some(why),
                ..change
            },
            edits: Vec::new(),
            new: new.into_iter().collect(),
        });
    }

    fn change(&mut self, kind: ChangeKind, old: Option<usize>, new: Option<usize>) -> Change {
        let text = |flow: &Flow, index: Option<usize>| {
            index.map_or(String::new(), |index| flow.paragraphs[index].text())
        };
        let near = new.map(|new| self.headings[new].clone());
        Change {
            kind,
            old: text(self.old, old),
            new: text(self.new, new),
            authors: self.authors(old, new).into_iter().cloned().collect(),
            place: old.and_then(|old| {
                let near =
                    |planner: &mut Self| place(planner.near(old)?, planner.now, planner.files);
                self.place(old).or_else(|| near(self))
            }),
            heading: near.unwrap_or_default(),
            refused: None,
        }
    }

    /// Who changed a paragraph; of one that is gone, its names say so.
    fn authors(&self, old: Option<usize>, new: Option<usize>) -> BTreeSet<&String> {
        let own = new.map(|new| &self.new.paragraphs[new].authors);
        let names = old.filter(|_| new.is_none()).into_iter();
        let names = names.flat_map(|old| &self.old.paragraphs[old].anchors);
        let gone = names.filter_map(|(name, _)| self.new.authors.get(name));
        own.into_iter().chain(gone).flatten().collect()
    }

    /// A paragraph that both files have.
    fn pair(&mut self, old: usize, new: usize) {
        let (before, after) = (&self.old.paragraphs[old], &self.new.paragraphs[new]);
        let differ = hunks(&before.signs, &after.signs);
        if self.alignment.stale.contains_key(&new) {
            return self.stale(old, new, !differ.is_empty());
        }
        // Rows are looked at as a whole.
        if self.moved.contains(&new) && after.place == Place::Body {
            match before.anchors.is_empty() {
                true => {
                    let why = Refused::Unsayable(PROGRAM.to_owned());
                    self.left(ChangeKind::Moved, Some(old), Some(new), why);
                }
                false => self.went(old, new, differ.is_empty()),
            }
        }
        if !differ.is_empty() {
            self.words(old, new);
        }
        let other = other_changes(before, after);
        if !other.is_empty() {
            let why = format!(
                "it has {} now, which a report cannot say here",
                other.join(" and ")
            );
            self.left(
                ChangeKind::Other,
                Some(old),
                Some(new),
                Refused::Unsayable(why),
            );
        }
    }

    /// A paragraph whose words in the source are others than when the file was made.
    fn stale(&mut self, old: usize, new: usize, differ: bool) {
        let (before, after) = (&self.old.paragraphs[old], &self.new.paragraphs[new]);
        let is_clash = match is_as_exported(before, after) {
            true => hunks(&before.signs, &after.signs).iter().any(|hunk| {
                let (old, new) = (
                    &before.signs[hunk.old.clone()],
                    &after.signs[hunk.new.clone()],
                );
                said(old) == said(new)
            }),
            false => differ,
        };
        if is_clash {
            let why = Refused::Clash(CHANGED.to_owned());
            self.left(ChangeKind::Words, Some(old), Some(new), why);
        }
    }

    /// A paragraph that the new file alone has.
    fn alone(&mut self, new: usize) {
        let paragraph = &self.new.paragraphs[new];
        if let Some(name) = self.alignment.stale.get(&new) {
            let words = as_said(paragraph, 0..paragraph.signs.len());
            if backend::words_digest(&words) != parts(name).1 {
                let why = "the source does not have this paragraph any more".to_owned();
                self.left(ChangeKind::Words, None, Some(new), Refused::Clash(why));
            }
            return;
        }
        let picture = |paragraph: &Paragraph| {
            let mut signs = paragraph.signs.iter();
            signs.any(|sign| matches!(sign.shown, Shown::Picture(_)))
        };
        if paragraph.is_made() && !picture(paragraph) {
            return;
        }
        match paragraph.place {
            Place::Body => self.added(new),
            // Rows and notes are looked at as a whole.
            Place::Cell(..) | Place::Note(..) => {}
        }
    }

    /// Words that were typed beside the text.
    fn beside(&mut self) {
        for text in self.new.beside.difference(&self.old.beside) {
            let why = match self.is_same {
                true => Refused::Unsayable(PROGRAM.to_owned()),
                false => Refused::Clash(CHANGED.to_owned()),
            };
            let change = self.change(ChangeKind::Other, None, None);
            self.push(Planned {
                change: Change {
                    new: text.clone(),
                    heading: "headers, footers and fields".to_owned(),
                    refused: Some(why),
                    ..change
                },
                edits: Vec::new(),
                new: Vec::new(),
            });
        }
    }

    /// What the old file alone has.
    fn gone(&mut self) {
        self.deleted_rows();
        for old in 0..self.old.paragraphs.len() {
            let paragraph = &self.old.paragraphs[old];
            if self.alignment.new_of[old].is_some()
                || self.regrouped.0.contains(&old)
                || paragraph.is_made()
                || paragraph.place != Place::Body
            {
                continue;
            }
            if paragraph.anchors.is_empty() {
                let why = Refused::Unsayable(PROGRAM.to_owned());
                self.left(ChangeKind::Deleted, Some(old), None, why);
            } else {
                self.deleted(old);
            }
        }
    }
}

/// Where a line of the source is.
fn place(origin: &Origin, now: &Exported, files: &mut Files) -> Option<Location> {
    let field = &origin.place.field;
    let value = files.value(&origin.file, field, origin.manner)?;
    let before = value.0.get(..origin.offset).unwrap_or_default();
    let line = files.line(&origin.file, field)?;
    // Leading line ends come before the place of a value.
    let above = before.trim_start_matches('\n').matches('\n').count();
    Some(Location {
        file: now.source.path(&origin.file),
        line: u32::try_from(line + above).unwrap_or(0),
        column: 0,
    })
}

/// The words of a part of a paragraph that are not filled in by the program.
fn as_said(paragraph: &Paragraph, range: std::ops::Range<usize>) -> String {
    let signs = paragraph.signs[range].iter();
    let own = signs.filter(|sign| !sign.inner_link);
    own.filter_map(|sign| match sign.shown {
        Shown::Char(c) => Some(c),
        _ => None,
    })
    .collect()
}

/// Whether a paragraph of the new file says what it said when the file was made.
fn is_as_exported(old: &Paragraph, new: &Paragraph) -> bool {
    let outside = |paragraph: &Paragraph| -> String {
        let inside = |at: &usize| {
            paragraph
                .anchors
                .iter()
                .any(|(_, range)| range.contains(at))
        };
        let signs = (0..paragraph.signs.len()).filter(|at| !inside(at));
        signs
            .filter_map(|at| match paragraph.signs[at].shown {
                Shown::Char(c) if !c.is_numeric() && !c.is_whitespace() => Some(c),
                _ => None,
            })
            .collect()
    };
    let same = |(name, range): &(String, std::ops::Range<usize>)| {
        backend::words_digest(&as_said(new, range.clone())) == parts(name).1
    };
    new.anchors.iter().all(same) && outside(old) == outside(new)
}

/// What changed besides words and marks.
fn other_changes(old: &Paragraph, new: &Paragraph) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (what, count) in &new.foreign {
        if *count > old.foreign.get(what).copied().unwrap_or(0) {
            found.push((*what).to_owned());
        }
    }
    if old.level != new.level {
        found.push(match new.level {
            Some(level) => format!("the form of a heading of level {level}"),
            None => "no form of a heading".to_owned(),
        });
    }
    if old.item != new.item && old.level.is_none() {
        found.push(match new.item {
            Some(true) => "a number of a list".to_owned(),
            Some(false) => "a bullet".to_owned(),
            None => "no bullet or number".to_owned(),
        });
    }
    found
}

/// Refuses the changes outside a chapter.
pub(super) fn keep_chapter(
    planned: &mut [Planned],
    only: &str,
    source: &Source,
) -> Result<(), Diagnostics> {
    let id = |chapter: &Chapter| match chapter {
        Chapter::Section(one) | Chapter::Appendix(one) => one.id.value.clone(),
        Chapter::Meeting(one) => one.id.value.clone(),
    };
    let chapters = source.chapters.iter();
    let known: Vec<(String, &str)> = chapters
        .map(|file| (id(&file.content), source.folder.below(&file.path)))
        .collect();
    let Some((_, file)) = known.iter().find(|(id, file)| id == only || *file == only) else {
        let ids: Vec<&str> = known.iter().map(|(id, _)| id.as_str()).collect();
        let message = format!("the report has no chapter `{only}`");
        return Err(Diagnostic::new(Code::NO_SUCH_CHAPTER, message)
            .hint(format!("its chapters are {}", ids.join(", ")))
            .into());
    };
    let wanted = source.path(file);
    for one in planned {
        let here = one
            .change
            .place
            .as_ref()
            .is_some_and(|place| place.file == wanted);
        if !here && one.change.refused.is_none() {
            one.change.refused = Some(Refused::Unasked);
        }
    }
    Ok(())
}

/// The comments of a file, with the places of what they are about.
pub(super) fn remarks(
    new: &Flow,
    alignment: &Alignment,
    old: &Flow,
    now: &Exported,
    files: &mut Files,
) -> Vec<Remark> {
    let origins = now.document.origins.iter();
    let origins: BTreeMap<String, &Origin> = origins
        .map(|origin| (backend::place(origin), origin))
        .collect();
    let mut remarks = Vec::new();
    for comment in &new.comments {
        let about = comment.paragraph;
        // What stands above it, where it is about something that the source does not have.
        let above = |fits: &dyn Fn(&Origin) -> bool| {
            (0..=about?).rev().find_map(|index| {
                let old = &old.paragraphs[alignment.old_of[index]?];
                let (name, _) = old.anchors.first()?;
                let origin = origins.get(parts(name).0).copied();
                origin.filter(|origin| fits(origin))
            })
        };
        let known = above(&|_| true);
        // A file of values takes no comments: they stand with its table.
        let line = above(&|origin| origin.manner != Manner::Verbatim);
        let heading = about.and_then(|about| {
            let above = new.paragraphs[..=about].iter().rev();
            let mut headings = above.filter(|one| one.level.is_some());
            headings.next().map(Paragraph::text)
        });
        remarks.push(Remark {
            author: comment.author.clone(),
            text: comment.text.clone(),
            field: line.map(|origin| (origin.file.clone(), origin.place.field.clone())),
            place: known.and_then(|origin| place(origin, now, files)),
            heading: heading.unwrap_or_default(),
        });
    }
    remarks
}
