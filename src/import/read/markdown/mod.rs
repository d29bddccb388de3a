//! From Markdown to an outline, as its authors' tools read it: the marks give the structure, words the kind of chapter.
//!
//! ```text
//! front_matter ─▶ prepared ─▶ tree ─▶ blocks, running, table ─▶ Outline
//! ```

mod admonitions;
mod anchors;
mod below;
mod blocks;
mod bold_titles;
mod citations;
mod contents_list;
mod directives;
mod divisions;
mod drawn_tables;
pub(super) mod figures;
mod front_matter;
mod headings;
pub(super) mod html;
mod inline_forms;
mod line_forms;
pub(super) mod prepared;
mod running;
mod source_blocks;
mod table;
mod tags;
mod tree;

use std::collections::{BTreeMap, HashSet};

use anchors::Anchors;
use citations::Works;
use html::Node;

use super::pictures::Pictures;
use crate::import::ids::Ids;
use crate::import::outline::{Counts, Front, Item, Outline, OutlineItem, Role, TracedText};
use crate::import::recognise::dates;
use crate::import::recognise::fact_labels;
use crate::import::words::{Words, capital};

pub(crate) use table::MAX_COLUMNS;

/// A node of the tree.
type Tree<'t> = ego_tree::NodeRef<'t, Node>;

/// Reads Markdown; gives the pictures that were taken over as well.
pub(crate) fn read<'f>(
    name: &str,
    text: String,
    words: &Words,
    pictures: Pictures<'f>,
) -> (Outline, Pictures<'f>) {
    let (mut matter, rest) = front_matter::read(text, words);
    let prepared = prepared::of(&rest);
    // The parser knows one kind of quotation marks.
    let smart = words.quotes[0] == "“";
    let html = tree::of(&prepared.text, smart);
    drop(prepared.text);
    let mut reader = Reader::new(words, pictures);
    reader.take_works(&matter.bibliography, name, &rest);
    reader.outline.running = rest;
    matter.pieces.extend(prepared.left_out);
    reader.outline.abbreviations = prepared.abbreviations;
    reader.outline.kind = "Markdown";
    reader.whole(name, html, matter.front, matter.pieces, matter.summary)
}

/// Reads a tree that was made of a file of another kind; `front` and `pieces` are what has been read of it already.
pub(super) fn read_tree<'f>(
    html: html::Html,
    front: Front,
    pieces: Vec<TracedText>,
    words: &Words,
    pictures: Pictures<'f>,
) -> (Outline, Pictures<'f>) {
    let mut reader = Reader::new(words, pictures);
    reader.near = Some(0);
    reader.whole("", html, front, pieces, None)
}

impl<'p> Reader<'_, 'p> {
    /// The whole text: title matter, the abstract, and then block by block.
    fn whole(
        mut self,
        name: &str,
        mut html: html::Html,
        front: Front,
        pieces: Vec<TracedText>,
        summary: Option<(String, usize, String)>,
    ) -> (Outline, Pictures<'p>) {
        let raised = bold_titles::raise(&mut html, self.words);
        self.outline.pieces = pieces;
        let checks = std::mem::take(&mut self.outline.front.checks);
        self.outline.front = front;
        self.outline.front.checks.extend(checks);
        if raised {
            self.check("lines in bold type are headings now, as the text has no others");
        }
        self.levels(&html);
        if let Some((name, line, text)) = summary {
            self.summary(&name, line, &text, self.words.quotes[0] == "“");
        }
        self.anchors = Anchors::of(&html, name);
        self.flow(html.root(), 0, true);
        self.emit(Vec::new());
        self.without_heading_of_works();
        self.settle_carried();
        if let Some(count) = self.near.filter(|count| *count > 0) {
            self.outline.front.checks.push(format!(
                "links to places below headings (there are {count}) lead to these headings now"
            ));
        }
        // What is to be looked at where nothing follows is said at the last block.
        let checks = std::mem::take(&mut self.checks);
        match self.outline.items.last_mut() {
            Some(last) => last.checks.extend(checks),
            None => self.outline.front.checks.extend(checks),
        }
        self.outline.kept = self.counted();
        self.outline.targets = std::mem::take(&mut self.targets);
        let mut outline = self.outline;
        outline.definite = true;
        outline
            .pieces
            .sort_by_key(|piece| matches!(piece.role, Role::LeftOut(_)));
        (outline, self.pictures)
    }
}

/// A picture that is to be set: path, description, title and line.
type Figure = (String, String, Option<String>, usize);

struct Reader<'w, 'p> {
    words: &'w Words,
    pictures: Pictures<'p>,
    outline: Outline,
    anchors: Anchors,
    works: Works,
    /// Level of the heading that is the title of the whole, and of those that open chapters.
    title: Option<usize>,
    chapter: usize,
    /// Whether facts of a meeting may be here.
    facts: bool,
    line: usize,
    /// The words of what is read, by line, and what could not be kept in its form.
    said: Vec<(usize, String)>,
    checks: Vec<String>,
    /// Pictures and notes of what is read, which are set below it.
    figures: Vec<Figure>,
    notes: Vec<Note>,
    /// Marks of notes in headings and facts, which the next paragraph takes.
    carried: String,
    labels: BTreeMap<String, String>,
    label_ids: Ids,
    blocks: usize,
    lists: usize,
    inlines: usize,
    links_open: usize,
    /// Links, emphasis, words in other languages and marks of the paragraph.
    links: usize,
    emphases: usize,
    languages: usize,
    marks: usize,
    /// Whether lines cannot be broken, were to be broken, and a heading is read.
    narrow: bool,
    broken: bool,
    heading: bool,
    kept: Counts,
    /// What of it is in the outline.
    settled: Counts,
    /// How many links lead to places below headings, where that is said once for all of them.
    near: Option<usize>,
    /// Addresses of links, as many as are kept, and the labels of all marks of notes.
    targets: Vec<String>,
    marked: Vec<String>,
}

/// Whether the mark of a note can be set at the end of a block.
fn takes_marks(text: &str) -> bool {
    let special = text.starts_with(['|', '`', '!']) || text.ends_with("```");
    !special
        && !text
            .lines()
            .next_back()
            .is_some_and(|line| line.trim_start().starts_with(['|', '`', '!']))
}

/// A footnote: mark, line, CommonMark and words.
struct Note {
    mark: String,
    line: usize,
    text: String,
    plain: String,
}

impl<'w, 'p> Reader<'w, 'p> {
    fn new(words: &'w Words, pictures: Pictures<'p>) -> Self {
        Reader {
            words,
            pictures,
            outline: Outline::default(),
            anchors: Anchors::default(),
            works: Works::default(),
            title: None,
            chapter: 1,
            facts: false,
            line: 1,
            said: Vec::new(),
            checks: Vec::new(),
            figures: Vec::new(),
            notes: Vec::new(),
            carried: String::new(),
            labels: BTreeMap::new(),
            label_ids: Ids::default(),
            blocks: 0,
            lists: 0,
            inlines: 0,
            links_open: 0,
            links: 0,
            emphases: 0,
            languages: 0,
            marks: 0,
            narrow: false,
            broken: false,
            heading: false,
            kept: Counts::default(),
            settled: Counts::default(),
            near: None,
            targets: Vec::new(),
            marked: Vec::new(),
        }
    }

    /// The abstract of the front matter, as a chapter.
    fn summary(&mut self, name: &str, line: usize, text: &str, smart: bool) {
        self.line = line;
        self.say(name);
        self.piece(&Role::Heading);
        let (label, title) = (None, capital(name));
        self.push(OutlineItem::Chapter { label, title });
        let html = tree::of(text, smart);
        self.flow(html.root(), 0, true);
        self.emit(Vec::new());
    }

    /// The words that were read, with their role.
    fn piece(&mut self, role: &Role) {
        let said = std::mem::take(&mut self.said).into_iter();
        let said = said.filter(|(_, text)| !text.trim().is_empty());
        let pieces = said.map(|(line, text)| TracedText {
            line,
            text,
            role: role.clone(),
        });
        self.outline.pieces.extend(pieces);
    }

    fn push(&mut self, what: OutlineItem) {
        let checks = std::mem::take(&mut self.checks);
        let place = None;
        self.outline.items.push(Item {
            what,
            checks,
            place,
        });
    }

    /// Puts blocks into the outline, and the pictures and notes that were in them below.
    fn emit(&mut self, texts: Vec<String>) {
        if !texts.is_empty() {
            self.texts(texts);
        } else {
            self.said.clear();
        }
        for figure in std::mem::take(&mut self.figures) {
            self.figure(figure);
        }
        for note in std::mem::take(&mut self.notes) {
            let (line, text, role) = (note.line, note.plain, Role::Note);
            self.outline.pieces.push(TracedText { line, text, role });
            let (mark, text) = (note.mark, note.text);
            self.push(OutlineItem::Note { mark, text });
        }
        self.settled = self.kept;
    }

    fn texts(&mut self, texts: Vec<String>) {
        let rows = self
            .said
            .iter()
            .map(|(_, text)| text.trim())
            .filter(|row| !row.is_empty());
        let rows: Vec<String> = rows.map(str::to_owned).collect();
        if let [row] = rows.as_slice()
            && self.outline.items.is_empty()
            && !self.outline.front.title.is_empty()
            && let Some(day) =
                dates::whole(row, self.words).filter(|_| self.outline.front.date.is_none())
        {
            self.outline.front.date = Some(day);
            self.only_settled();
            for text in &texts {
                self.carry(text);
            }
            return self.piece(&Role::Front);
        }
        let special = |text: &String| text.starts_with(['|', '>', '`']);
        let short = |row: &String| row.split_whitespace().count() <= 30 && !row.ends_with('.');
        if self.facts
            && !texts.iter().any(special)
            && rows.iter().all(short)
            && self.figures.is_empty()
        {
            // The items of a list below a label are its values, each.
            let last = self.outline.items.last();
            let below = last.is_some_and(
                |item| matches!(&item.what, OutlineItem::Fact(text) if fact_labels::is_label(text, self.words)),
            );
            let sign = if below && super::line_markers::bullet(&texts[0]).is_some() {
                "- "
            } else {
                ""
            };
            self.piece(&Role::Fact);
            if self.kept.links > self.settled.links {
                self.check("facts of a meeting have no links: their words stay");
            }
            self.only_settled();
            for text in &texts {
                self.carry(text);
            }
            for row in rows {
                self.push(OutlineItem::Fact(format!("{sign}{row}")));
            }
            return;
        }
        self.facts = false;
        self.piece(&Role::Body);
        let mut texts: Vec<String> = texts.into_iter().map(source_blocks::untitled).collect();
        let running = texts.last_mut().filter(|text| takes_marks(text));
        if let Some(last) = running.filter(|_| !self.carried.is_empty()) {
            last.push_str(&std::mem::take(&mut self.carried));
            self.check(
                "the mark of a footnote stood in the heading or the facts above; it is here",
            );
        }
        for text in texts {
            let text = match self.outline.items.last().map(|item| &item.what) {
                Some(OutlineItem::Prose(before)) => blocks::parted(before, text),
                _ => text,
            };
            self.push(OutlineItem::Prose(text));
        }
    }

    /// Marks of headings below which no text came that could take them: the last text before has them.
    fn settle_carried(&mut self) {
        let marks = std::mem::take(&mut self.carried);
        let last = self
            .outline
            .items
            .iter_mut()
            .rev()
            .find_map(|item| match &mut item.what {
                OutlineItem::Prose(text) if takes_marks(text) => Some((text, &mut item.checks)),
                _ => None,
            });
        match last.filter(|_| !marks.is_empty()) {
            Some((text, checks)) => {
                text.push_str(&marks);
                checks
                    .push("the mark of a footnote stood in a heading below; it is here".to_owned());
            }
            None => {
                let lost = marks.matches(super::references::OPEN).count();
                self.marked.truncate(self.marked.len().saturating_sub(lost));
            }
        }
    }

    /// Forgets what is counted since the last block that is in the outline.
    fn only_settled(&mut self) {
        self.kept = self.settled;
        self.targets.truncate(self.kept.links);
    }

    /// Keeps the marks of notes of a text for the next paragraph.
    fn carry(&mut self, text: &str) {
        self.carried.push_str(&super::references::apart(text).1);
    }

    /// What the document must have: marks count where their note says something.
    fn counted(&self) -> Counts {
        let items = self.outline.items.iter();
        let notes: HashSet<&String> = items
            .filter_map(|item| match &item.what {
                OutlineItem::Note { mark, .. } => Some(mark),
                _ => None,
            })
            .collect();
        let known = |key: &&String| {
            self.labels
                .get(*key)
                .is_some_and(|mark| notes.contains(mark))
        };
        Counts {
            marks: self.marked.iter().filter(known).count(),
            ..self.kept
        }
    }
}

#[cfg(test)]
mod tests;
