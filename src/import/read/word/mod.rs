//! From a Word file to an outline: its styles and lists give the structure, and the reader of Markdown's tree does the rest.
//!
//! ```text
//! WordFile ─ settled (tracked changes) ─ blocks (lists, tables, inlines) ─▶ tree ─▶ Outline
//! ```
//!
//! What stands in the file and has no place in a report is left out by name, or said where it stood. `own_words` holds
//! every word of the file against what was read of it.

mod blocks;
mod captions;
mod inlines;
mod language;
mod lists;
mod remarks;
mod tables;
mod title_matter;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Location, many};
use crate::import::outline::{Front, Outline, Role, TracedText, words as bare_words};
use crate::import::read::markdown::html::Growing;
use crate::import::read::markdown::read_tree;
use crate::import::read::pictures::{Files, Pictures};
use crate::import::words::Words;
use crate::word::{Block, Comment, Content, Link, NoteKind, Paragraph, View, WordFile};

pub(crate) use language::words_of;

/// What becomes of tracked changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TrackedChanges {
    /// A file that has some is refused.
    #[default]
    Refuse,
    /// The text as it is with all of them.
    Accept,
    /// The text as it was before them.
    Reject,
}

/// A Word file of which nothing is open any more.
pub(crate) struct Draft {
    file: WordFile,
    /// What became of its changes, in words.
    settled: Option<String>,
}

/// Reads a file and settles its tracked changes.
pub(crate) fn open(name: &str, bytes: &[u8], wanted: TrackedChanges) -> Result<Draft, Diagnostics> {
    let mut file = crate::word::read(name, bytes)?;
    let changes = file.changes();
    let mut authors: BTreeMap<&str, usize> = BTreeMap::new();
    for one in &changes {
        *authors.entry(&one.change.author).or_default() += 1;
    }
    let by = |(author, count): (&&str, &usize)| match author.trim() {
        "" => format!("{count} by nobody named"),
        author => format!("{count} by {author}"),
    };
    let by: Vec<String> = authors.iter().map(by).collect();
    let view = match wanted {
        _ if changes.is_empty() => {
            return Ok(Draft {
                file,
                settled: None,
            });
        }
        TrackedChanges::Refuse => {
            let message = format!(
                "the file has {} that nobody has decided on: {}",
                many(changes.len(), "tracked change"),
                by.join(", ")
            );
            let found = Diagnostic::new(Code::CHANGES_OPEN, message)
                .at(Location::whole(name))
                .hint("accept or reject them in Word (Review, Accept, Reject); or import with `--changes accept`, which takes the text as it is with all of them, or `--changes reject`, which takes the text as it was before");
            return Err(found.into());
        }
        TrackedChanges::Accept => View::Accepted,
        TrackedChanges::Reject => View::Rejected,
    };
    let how = if view == View::Accepted {
        "accepted"
    } else {
        "rejected"
    };
    let settled = format!("tracked changes, which were {how}: {}", by.join(", "));
    file.settle(view);
    let settled = Some(settled);
    Ok(Draft { file, settled })
}

impl Draft {
    /// The words of the file as running text, a paragraph to a line, with empty lines between.
    pub(crate) fn running(&self) -> String {
        let mut out = String::new();
        for blocks in std::iter::once(&self.file.body).chain(self.file.notes.values()) {
            each_paragraph(blocks, &mut |paragraph| {
                let text = paragraph.text().replace(['\n', '\t'], " ");
                out.push_str(text.trim());
                out.push_str("\n\n");
            });
        }
        out.chars().filter(|c| inlines::is_sound(*c)).collect()
    }

    /// The outline of the file, and its pictures.
    pub(crate) fn outline(
        mut self,
        name: &str,
        running: String,
        words: &Words,
        language: Option<String>,
    ) -> Result<(Outline, Files), Diagnostics> {
        let media = std::mem::take(&mut self.file.media);
        let mut writer = Writer::new(&self.file, &media, words);
        writer.document();
        let mut front = std::mem::take(&mut writer.front);
        front.language = language;
        let pieces = std::mem::take(&mut writer.pieces);
        let comments = writer.placed.len();
        let html = writer.tree.finish();
        let pictures = Pictures::of_file(media);
        let (mut outline, pictures) = read_tree(html, front, pieces, words, pictures);
        outline.kind = self.file.kind;
        outline.comments = comments;
        outline.settled = self.settled;
        title_matter::complete(&mut outline, &self.file, words);
        outline.running = running;
        own_words(name, &self.file, &outline)?;
        Ok((outline, pictures.files))
    }
}

/// The most words that are looked for in parts, since each is looked for in the whole text.
const PARTED: usize = 500;

/// Every paragraph, those of tables and text boxes included.
fn each_paragraph(blocks: &[Block], take: &mut dyn FnMut(&Paragraph)) {
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => {
                take(paragraph);
                for piece in &paragraph.pieces {
                    if let Content::TextBox(inner) = &piece.content {
                        each_paragraph(inner, take);
                    }
                }
            }
            Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                cells.for_each(|cell| each_paragraph(&cell.blocks, take));
            }
        }
    }
}

/// Whether each word of the file is among those that were read, as often as it stands there.
fn own_words(name: &str, file: &WordFile, outline: &Outline) -> Result<(), Diagnostics> {
    let mut read: BTreeMap<String, usize> = BTreeMap::new();
    // Raised and lowered digits are digits, and headings may have capitals of their own.
    let plain = |text: &str| text.nfkc().collect::<String>().to_lowercase();
    for piece in &outline.pieces {
        for word in bare_words(&plain(&piece.text)) {
            *read.entry(word).or_default() += 1;
        }
    }
    // A word may be parted where an element ends, or be one with the next.
    let mut joined: Option<String> = None;
    let mut looked = 0;
    let mut within = |word: &str| {
        looked += 1;
        let all = joined.get_or_insert_with(|| {
            let pieces = outline.pieces.iter();
            let words =
                pieces.flat_map(|piece| bare_words(&plain(&piece.text)).collect::<Vec<_>>());
            words.collect()
        });
        // The number of a caption is left out, and may stand next to its text.
        let parted = || {
            word.char_indices()
                .any(|(at, _)| all.contains(&word[..at]) && all.contains(&word[at..]))
        };
        looked <= PARTED && (all.contains(word) || parted())
    };
    let mut lost = None;
    let notes = file.notes.iter();
    let notes = notes.filter(|((_, _), blocks)| !blocks.is_empty());
    for blocks in std::iter::once(&file.body).chain(notes.map(|(_, blocks)| blocks)) {
        each_paragraph(blocks, &mut |paragraph| {
            for word in bare_words(&plain(&inlines::plain(paragraph))) {
                match read.get_mut(&word) {
                    Some(left) if *left > 0 => *left -= 1,
                    _ if within(&word) => {}
                    _ => {
                        lost.get_or_insert((paragraph.number, word));
                    }
                }
            }
        });
    }
    let Some((number, word)) = lost else {
        return Ok(());
    };
    let message = format!("the import would lose the word `{word}` of paragraph {number}");
    Err(Diagnostic::new(Code::WORD_LOST, message)
        .at(Location::whole(name))
        .hint("nothing was written; report it with the file")
        .into())
}

/// Writes the tree.
struct Writer<'a> {
    file: &'a WordFile,
    media: &'a BTreeMap<String, Vec<u8>>,
    words: &'a Words,
    tree: Growing,
    front: Front,
    pieces: Vec<TracedText>,
    /// Bookmarks to which something leads, and those that stand in headings.
    targets: BTreeSet<String>,
    headings: BTreeSet<String>,
    comments: BTreeMap<&'a str, Vec<&'a Comment>>,
    /// Ids of the comments that have their place.
    placed: BTreeSet<&'a str>,
    /// Notes that have been referred to, with their labels; those whose text has not been written yet.
    notes: BTreeMap<(NoteKind, &'a str), String>,
    waiting: Vec<(NoteKind, &'a str)>,
    /// What is set below the block that is written: boxes of text, and words of drawings.
    below: Vec<Below<'a>>,
    /// Whether any paragraph is a heading.
    headed: bool,
    /// Whether a cell of a table or a note is written, where lists are lines.
    cell: usize,
    /// Whether it is a cell with lists that are such in a report, too.
    listing: bool,
    /// Whether a heading has been written, below which there is no title matter.
    begun: bool,
    /// Whether the block before was title matter.
    after_title: bool,
    /// Languages whose marks are kept.
    foreign: BTreeSet<Arc<str>>,
    /// How often something is there that a report does not have.
    looks: BTreeMap<&'static str, usize>,
}

/// What is set below a block.
enum Below<'a> {
    Box(&'a [Block]),
    Words(&'a str, &'a str),
}

impl<'a> Writer<'a> {
    fn new(file: &'a WordFile, media: &'a BTreeMap<String, Vec<u8>>, words: &'a Words) -> Self {
        let mut writer = Writer {
            file,
            media,
            words,
            tree: Growing::new(),
            front: Front::default(),
            pieces: Vec::new(),
            targets: BTreeSet::new(),
            headings: BTreeSet::new(),
            comments: BTreeMap::new(),
            placed: BTreeSet::new(),
            notes: BTreeMap::new(),
            waiting: Vec::new(),
            below: Vec::new(),
            headed: false,
            cell: 0,
            listing: false,
            begun: false,
            after_title: false,
            foreign: language::foreign(file, words),
            looks: BTreeMap::new(),
        };
        writer.survey();
        writer
    }

    /// Looks where links lead, which bookmarks are headings, and which comments answer which.
    fn survey(&mut self) {
        let file = self.file;
        let all = || std::iter::once(&file.body).chain(file.notes.values());
        for blocks in all() {
            each_paragraph(blocks, &mut |paragraph| {
                let heading = self.level(paragraph).is_some();
                self.headed |= heading;
                for piece in &paragraph.pieces {
                    if let Some(Link::Internal(target)) = piece.link.as_deref() {
                        self.targets.insert(target.clone());
                    }
                    if let (Content::BookmarkStart(name), true) = (&piece.content, heading) {
                        self.headings.insert(name.clone());
                    }
                }
            });
        }
        for field in file.fields.iter().filter(|field| field.name() == "REF") {
            self.targets.extend(field.arguments().into_iter().next());
        }
        let ids: BTreeMap<&str, &Comment> = file
            .comments
            .iter()
            .map(|one| (one.id.as_str(), one))
            .collect();
        for comment in &file.comments {
            // An answer belongs to the comment that was first.
            let mut first = comment;
            for _ in 0..20 {
                match first.answers.as_deref().and_then(|id| ids.get(id)) {
                    Some(above) => first = above,
                    None => break,
                }
            }
            self.comments.entry(&first.id).or_default().push(comment);
        }
    }

    /// The whole file.
    fn document(&mut self) {
        let file = self.file;
        self.blocks(&file.body, true);
        self.left_notes();
        self.left_comments();
        self.furniture();
        self.say_looks();
    }

    /// Notes to which nothing refers.
    fn left_notes(&mut self) {
        let file = self.file;
        for ((kind, id), blocks) in &file.notes {
            if !self.notes.contains_key(&(*kind, id.as_str())) {
                self.leave_blocks(blocks, "footnotes to which nothing refers");
            }
        }
    }

    fn furniture(&mut self) {
        let file = self.file;
        let mut said: BTreeSet<String> = BTreeSet::new();
        for one in &file.furniture {
            each_paragraph(&one.blocks, &mut |paragraph| {
                let text = inlines::plain(paragraph);
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                if text.contains(char::is_alphabetic) && said.insert(text.clone()) {
                    self.leave(
                        paragraph.number,
                        text,
                        "headers and footers of pages, which a layout makes",
                    );
                }
            });
        }
        if !said.is_empty() {
            let said: Vec<String> = said.into_iter().collect();
            let said: String = said.join(" | ").chars().take(300).collect();
            self.front
                .checks
                .push(format!("headers and footers of the pages said: {said}"));
        }
    }

    fn leave(&mut self, line: usize, text: String, why: &'static str) {
        let role = Role::LeftOut(why);
        self.pieces.push(TracedText { line, text, role });
    }

    fn leave_blocks(&mut self, blocks: &[Block], why: &'static str) {
        each_paragraph(blocks, &mut |paragraph| {
            self.leave(paragraph.number, inlines::plain(paragraph), why);
        });
    }

    /// Says something at the place that is written.
    fn check(&mut self, text: &str) {
        self.tree.open("x-check", &[("text", text)]);
        self.tree.close();
    }
}

#[cfg(test)]
mod tests;
