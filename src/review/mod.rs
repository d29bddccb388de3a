//! A Word file that comes back: what somebody changed in it becomes changes of the source.
//!
//! ```text
//! source ─ export ─▶ Word file ┐
//!                              ├ flow, align ─▶ plan (edit) ─▶ files ─ export ─▶ Word file ─ compare with what came back
//! edited Word file ────────────┘
//! ```
//!
//! The source is exported once more as it is, and both files are read alike, so that nothing differs but what was changed.
//! Paragraphs are known by the places of the source that they name. What a change says is written where the old words are
//! written, and then the source is exported with all changes: whatever does not come out as it came in is taken back and
//! named, so that no change is made wrongly and none is lost without a word.

mod align;
mod commonmark;
mod diff;
mod edit;
mod files;
mod flow;
mod names;
mod plan;

use std::collections::{BTreeMap, BTreeSet};

use crate::backend::{LAYOUT_PROPERTY, PLACES_PROPERTY};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Location};
use crate::document::Document;
use crate::source::Source;
use crate::word;
use align::align;
use files::Files;
use flow::Flow;

pub use crate::backend::Summary;
pub use crate::word::MAX_FILE;
pub use diff::{Difference, Named, diff};

/// What is wanted of a merge.
#[derive(Debug, Clone, Copy, Default)]
pub struct MergeOptions<'o> {
    /// The person whose tracked changes are taken; those of others are left out.
    pub author: Option<&'o str>,
    /// The chapter whose changes are taken: its id, or its file.
    pub only: Option<&'o str>,
    /// Whether changed names and posts are written into the registries, so that they change everywhere.
    pub names: bool,
}

/// What the source gives: itself, the document, and the Word file in a layout.
#[derive(Debug)]
pub struct Exported {
    /// The source.
    pub source: Source,
    /// The document.
    pub document: Document,
    /// The Word file.
    pub bytes: Vec<u8>,
}

/// Exports the source, its files changed as given: their new texts by their paths below its folder.
pub type Export<'e> = &'e dyn Fn(&BTreeMap<String, String>) -> Result<Exported, Diagnostics>;

/// Something that was changed in a Word file.
#[derive(Debug, Clone)]
pub struct Change {
    /// What was done.
    pub kind: ChangeKind,
    /// The old words.
    pub old: String,
    /// The new words.
    pub new: String,
    /// Who did it, where it was tracked.
    pub authors: Vec<String>,
    /// Where the source has it.
    pub place: Option<Location>,
    /// Under which heading it stands in the Word file.
    pub heading: String,
    /// Why it is not taken over; `None` where it is.
    pub refused: Option<Refused>,
}

/// Why a change is not taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// A report cannot say it, or not here.
    Unsayable(String),
    /// The source has been changed since the file was made.
    Clash(String),
    /// The source would have an error.
    Wrong(String),
    /// It is an entry of a registry, which changes wherever it stands: so much is to be asked for.
    Everywhere(String),
    /// It was not asked for.
    Unasked,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// Words were changed.
    Words,
    /// A paragraph, an item or a row came.
    Added,
    /// A paragraph, an item or a row went.
    Deleted,
    /// A paragraph went elsewhere.
    Moved,
    /// A paragraph became several.
    Parted,
    /// Several paragraphs became one.
    Joined,
    /// Something else than words.
    Other,
}

/// A comment in a Word file.
#[derive(Debug, Clone)]
pub struct Remark {
    /// Who wrote it.
    pub author: String,
    /// What it says, on one line.
    pub text: String,
    /// Where the source has what it is about.
    pub place: Option<Location>,
    /// The file below the source's folder, and the field.
    pub field: Option<(String, String)>,
    /// Under which heading that stands.
    pub heading: String,
}

/// What came of a Word file.
#[derive(Debug)]
pub struct Merged {
    /// What was changed in it, in its order.
    pub changes: Vec<Change>,
    /// Its comments.
    pub remarks: Vec<Remark>,
    /// The files of the source that change, by their paths below its folder: their new texts.
    pub files: BTreeMap<String, String>,
}

/// The most characters of a text that are shown.
const SHOWN: usize = 160;

/// A text, cut where it is long.
pub fn clipped(text: &str) -> String {
    match text.chars().count() > SHOWN {
        true => text.chars().take(SHOWN).collect::<String>() + " …",
        false => text.to_owned(),
    }
}

/// Two texts without most of what they have in common at their ends.
pub fn shortened(old: &str, new: &str) -> (String, String) {
    const AROUND: usize = 24;
    let (a, b): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let before = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let rest = a[before..].iter().rev().zip(b[before..].iter().rev());
    let after = rest.take_while(|(a, b)| a == b).count();
    let cut = |text: &[char]| {
        // At the end of a word, as far as one is near.
        let from = before.saturating_sub(AROUND);
        let from = match from {
            0 => 0,
            from => (from..before).find(|at| text[*at] == ' ').unwrap_or(from),
        };
        let to = (text.len() - after + AROUND).min(text.len());
        let to = match to == text.len() {
            true => to,
            false => (text.len() - after..to)
                .rfind(|at| text[*at] == ' ')
                .unwrap_or(to),
        };
        let words: String = text[from..to.max(from)].iter().collect();
        let lead = if from > 0 { "… " } else { "" };
        let tail = if to < text.len() { " …" } else { "" };
        clipped(&format!("{lead}{}{tail}", words.trim()))
    };
    match (old.is_empty(), new.is_empty()) {
        (false, false) => (cut(&a), cut(&b)),
        _ => (clipped(old), clipped(new)),
    }
}

/// Files of the source with comments in them: `# comment (name): …`, each above what it is about. `changed` are the files
/// that have other texts already.
pub fn with_remarks(
    source: &Source,
    remarks: &[Remark],
    changed: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    files::with_remarks(source, remarks, changed)
}

/// The layout that a Word file was made in, as it says itself.
///
/// # Errors
/// It is no Word file, or none that the program has made.
pub fn layout_of(name: &str, bytes: &[u8]) -> Result<Option<String>, Diagnostics> {
    let file = word::read(name, bytes)?;
    Ok(file.properties.custom.get(LAYOUT_PROPERTY).cloned())
}

/// A file is of another report where no more than one in so many of its places is known.
const STRANGE: usize = 10;
/// How often changes that do not come out as they came in are taken back before all are.
const ROUNDS: usize = 8;

/// Finds what was changed in the Word file `name`, and the files of the source with it. `export` gives what a source with
/// such files in the place of its own gives.
///
/// # Errors
/// The file cannot be read or was not made by the program, or the source itself cannot be exported.
pub fn merge(
    name: &str,
    bytes: &[u8],
    options: MergeOptions<'_>,
    export: Export<'_>,
) -> Result<Merged, Diagnostics> {
    let edited = word::read(name, bytes)?;
    let known = edited.properties.custom.get(PLACES_PROPERTY).cloned();
    let mut new = Flow::of(edited, options.author);
    if new.paragraphs.iter().all(|one| one.anchors.is_empty()) {
        let message = "no paragraph of the file says where it belongs in the source";
        return Err(Diagnostic::new(Code::NO_PLACES, message)
            .at(Location::whole(name))
            .into());
    }
    let now = export(&BTreeMap::new())?;
    let old_file = word::read(name, &now.bytes)?;
    // The source says what it said when the file was made.
    let is_same =
        known.is_some() && known.as_ref() == old_file.properties.custom.get(PLACES_PROPERTY);
    let old = Flow::of(old_file, None);
    let alignment = align(&old, &new);
    let named = |index: &usize| !new.paragraphs[*index].anchors.is_empty();
    let known =
        |index: &usize| alignment.old_of[*index].is_some() && !alignment.stale.contains_key(index);
    let named: Vec<usize> = (0..new.paragraphs.len()).filter(named).collect();
    if named.iter().filter(|index| known(index)).count() * STRANGE <= named.len() {
        let message = "no paragraph of the file belongs to this report";
        return Err(Diagnostic::new(Code::OTHER_REPORT, message)
            .at(Location::whole(name))
            .into());
    }
    align::name_notes(&old, &mut new, &alignment);
    let mut files = Files::of(&now.source, &now.document);
    let (mut planned, renamings) = plan::plan(&old, &new, &alignment, &now, &mut files, is_same);
    if let Some(only) = options.only {
        plan::keep_chapter(&mut planned, only, &now.source)?;
    }
    let mut texts = settle(name, &mut planned, &files, &new, export)?;
    if options.names {
        texts = names::settle(name, &mut planned, &renamings, &files, texts, export)?;
    }
    let remarks = plan::remarks(&new, &alignment, &old, &now, &mut files);
    Ok(Merged {
        changes: planned.into_iter().map(|one| one.change).collect(),
        remarks,
        files: texts,
    })
}

/// Makes all changes that come out as they came in; the others are refused.
fn settle(
    name: &str,
    planned: &mut [plan::Planned],
    files: &Files,
    new: &Flow,
    export: Export<'_>,
) -> Result<BTreeMap<String, String>, Diagnostics> {
    let cannot = || Refused::Unsayable("it cannot be written there".to_owned());
    for round in 0..ROUNDS {
        let taken = |one: &&plan::Planned| one.change.refused.is_none();
        if planned.iter().filter(taken).count() == 0 {
            break;
        }
        let edits: Vec<(usize, &files::Edit)> = planned
            .iter()
            .enumerate()
            .filter(|(_, one)| one.change.refused.is_none())
            .flat_map(|(number, one)| one.edits.iter().map(move |edit| (number, edit)))
            .collect();
        let texts = match files.with(&edits) {
            Ok(texts) => texts,
            Err(wrong) => {
                for number in wrong {
                    planned[number].change.refused = Some(cannot());
                }
                continue;
            }
        };
        match export(&texts) {
            Ok(made) => {
                let mut made = Flow::of(word::read(name, &made.bytes)?, None);
                let wrong = plan::differing(&mut made, new, planned);
                if wrong.is_empty() {
                    return Ok(texts);
                }
                let last = round + 2 >= ROUNDS;
                refuse(planned, &wrong, last, |_| {
                    let why = "in the report it would not come out as it stands in the Word file";
                    Refused::Unsayable(why.to_owned())
                });
            }
            Err(found) => {
                let blamed = plan::blamed(&found, planned, files);
                let all = blamed.is_empty();
                let first = found
                    .iter()
                    .map(|one| format!("{}: {}", one.code, one.message))
                    .next();
                let first = first.unwrap_or_default();
                let numbers: BTreeSet<usize> = blamed.keys().copied().collect();
                refuse(planned, &numbers, all, |number| {
                    let why = blamed.get(&number).unwrap_or(&first);
                    Refused::Wrong(why.clone())
                });
            }
        }
    }
    for one in planned.iter_mut() {
        if one.change.refused.is_none() {
            one.change.refused = Some(cannot());
        }
    }
    Ok(BTreeMap::new())
}

/// Refuses changes, by their numbers, or all that are left.
fn refuse(
    planned: &mut [plan::Planned],
    numbers: &BTreeSet<usize>,
    all: bool,
    why: impl Fn(usize) -> Refused,
) {
    for (number, one) in planned.iter_mut().enumerate() {
        if one.change.refused.is_none() && (all || numbers.contains(&number)) {
            one.change.refused = Some(why(number));
        }
    }
}
