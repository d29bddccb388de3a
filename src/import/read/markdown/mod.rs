//! From Markdown to an outline, as its authors' tools read it: the marks give the structure, words the kind of chapter.
//!
//! ```text
//! front_matter ─▶ prepared ─▶ tree ─▶ blocks, running, table ─▶ Outline
//! ```

mod blocks;
mod front_matter;
mod html;
mod prepared;
mod running;
mod table;
mod tags;
mod tree;

use std::collections::BTreeMap;

use html::{Html, Node};

use super::contents;
use super::inline;
use super::pictures::Pictures;
use super::text::{label_apart, panel_label, parted_label};
use crate::document::placeholder;
use crate::import::ids::Ids;
use crate::import::outline::{Counts, Item, Label, Outline, OutlineItem, Role, TracedText};
use crate::import::recognise::dates;
use crate::import::recognise::fact_labels;
use crate::import::words::{Words, capital, plain};

pub(crate) use table::MAX_COLUMNS;

/// A node of the tree.
type Tree<'t> = ego_tree::NodeRef<'t, Node>;

/// Reads Markdown; gives the pictures that were taken over as well.
pub(crate) fn read<'f>(
    text: &str,
    words: &Words,
    pictures: Pictures<'f>,
) -> (Outline, Pictures<'f>) {
    let (matter, rest) = front_matter::read(text, words);
    let prepared = prepared::of(&rest);
    // The parser knows one kind of quotation marks.
    let smart = words.quotes[0] == "“";
    let html = tree::of(&prepared.text, smart);
    let mut reader = Reader::new(words, pictures);
    reader.outline.running = rest;
    reader.outline.pieces = matter.pieces;
    reader.outline.pieces.extend(prepared.left_out);
    reader.outline.front = matter.front;
    reader.levels(&html);
    if let Some((name, line, text)) = matter.summary {
        reader.summary(&name, line, &text, smart);
    }
    reader.flow(html.root(), 0, true);
    reader.emit(Vec::new());
    reader.outline.kept = reader.kept;
    let mut outline = reader.outline;
    outline.definite = true;
    outline.kind = "Markdown";
    outline
        .pieces
        .sort_by_key(|piece| matches!(piece.role, Role::LeftOut(_)));
    (outline, reader.pictures)
}

/// A picture that is to be set: path, description, title and line.
type Figure = (String, String, Option<String>, usize);

struct Reader<'w, 'p> {
    words: &'w Words,
    pictures: Pictures<'p>,
    outline: Outline,
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
    labels: BTreeMap<String, String>,
    label_ids: Ids,
    blocks: usize,
    lists: usize,
    inlines: usize,
    links_open: usize,
    /// Links, emphasis and marks of the paragraph.
    links: usize,
    emphases: usize,
    marks: usize,
    /// Whether lines cannot be broken, were to be broken, emphasis is to go, and a heading is read.
    narrow: bool,
    broken: bool,
    plain: bool,
    heading: bool,
    kept: Counts,
    /// What of it is in the outline.
    settled: Counts,
}

/// A footnote: mark, line, CommonMark and words.
struct Note {
    mark: String,
    line: usize,
    text: String,
    plain: String,
}

/// How far things had come before a paragraph.
struct Mark {
    line: usize,
    said: Vec<(usize, String)>,
    checks: usize,
    pieces: usize,
    figures: usize,
    notes: usize,
    marks: usize,
}

impl<'w, 'p> Reader<'w, 'p> {
    fn new(words: &'w Words, pictures: Pictures<'p>) -> Self {
        Reader {
            words,
            pictures,
            outline: Outline::default(),
            title: None,
            chapter: 1,
            facts: false,
            line: 1,
            said: Vec::new(),
            checks: Vec::new(),
            figures: Vec::new(),
            notes: Vec::new(),
            labels: BTreeMap::new(),
            label_ids: Ids::default(),
            blocks: 0,
            lists: 0,
            inlines: 0,
            links_open: 0,
            links: 0,
            emphases: 0,
            marks: 0,
            narrow: false,
            broken: false,
            plain: false,
            heading: false,
            kept: Counts::default(),
            settled: Counts::default(),
        }
    }

    fn mark_place(&self) -> Mark {
        Mark {
            line: self.line,
            said: self.said.last().cloned().into_iter().collect(),
            checks: self.checks.len(),
            pieces: self.outline.pieces.len(),
            figures: self.figures.len(),
            notes: self.notes.len(),
            marks: self.said.len(),
        }
    }

    fn go_back(&mut self, mark: Mark) {
        self.line = mark.line;
        self.said.truncate(mark.marks);
        if let (Some(last), Some(said)) = (self.said.last_mut(), mark.said.into_iter().next()) {
            *last = said;
        }
        self.checks.truncate(mark.checks);
        self.outline.pieces.truncate(mark.pieces);
        self.figures.truncate(mark.figures);
        self.notes.truncate(mark.notes);
    }

    /// Which headings are the title and open chapters: a single one of the highest level is the title of the whole.
    fn levels(&mut self, html: &Html) {
        let within = |node: &Tree| {
            let mut above = node.ancestors();
            above.any(|one| {
                matches!(
                    blocks::name(one),
                    "li" | "blockquote" | "td" | "th" | "dd" | "x-note"
                )
            })
        };
        let headings = html
            .nodes()
            .filter(|node| blocks::level(blocks::name(*node)).is_some());
        let levels = headings
            .filter(|node| !within(node))
            .filter_map(|node| blocks::level(blocks::name(node)));
        let levels: Vec<usize> = levels.collect();
        let Some(highest) = levels.iter().min().copied() else {
            return;
        };
        self.chapter = highest;
        if levels.iter().filter(|level| **level == highest).count() == 1 && levels.len() > 1
            || levels.len() == 1
        {
            self.title = Some(highest);
            let next = levels.iter().filter(|level| **level > highest).min();
            self.chapter = next.copied().unwrap_or(highest + 1);
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
        self.outline.items.push(Item { what, checks });
    }

    /// Puts blocks into the outline, and the pictures and notes that were in them below.
    fn emit(&mut self, texts: Vec<String>) {
        if !texts.is_empty() {
            self.texts(texts);
        } else {
            self.said.clear();
        }
        for (path, alt, title, line) in std::mem::take(&mut self.figures) {
            self.figure(&path, &alt, title.as_deref(), line);
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
            self.kept = self.settled;
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
            self.kept = self.settled;
            for row in rows {
                self.push(OutlineItem::Fact(format!("{sign}{row}")));
            }
            return;
        }
        self.facts = false;
        self.piece(&Role::Body);
        for text in texts {
            self.push(OutlineItem::Prose(text));
        }
    }

    fn figure(&mut self, path: &str, alt: &str, title: Option<&str>, line: usize) {
        self.line = line;
        let mut escaped = String::new();
        if alt.contains(char::is_alphanumeric) {
            self.say(alt);
            alt.chars().for_each(|c| inline::escape(c, &mut escaped));
        } else {
            self.check("nobody has described this picture yet: say what it shows");
            escaped.push_str(placeholder::DESCRIPTION);
        }
        let title = title.map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
        let title = title.filter(|title| !title.is_empty()).map(|title| {
            self.say(&format!(" {title}"));
            format!(" \"{}\"", title.replace('\\', "\\\\").replace('"', "\\\""))
        });
        self.facts = false;
        self.piece(&Role::Body);
        self.kept.pictures += 1;
        self.push(OutlineItem::Prose(format!(
            "![{escaped}]({path}{})",
            title.unwrap_or_default()
        )));
    }

    fn heading(&mut self, node: Tree, level: usize, depth: usize) {
        let mut out = String::new();
        (self.heading, self.narrow) = (true, true);
        self.children(node, depth, &mut out);
        (self.heading, self.narrow) = (false, false);
        (self.links, self.emphases) = (0, 0);
        let title: Vec<&str> = self
            .said
            .iter()
            .flat_map(|(_, text)| text.split_whitespace())
            .collect();
        let title = title.join(" ");
        if title.is_empty() {
            return self.emit(Vec::new());
        }
        let front = &mut self.outline.front;
        if self.title == Some(level) && self.outline.items.is_empty() {
            if front.title.is_empty() {
                front.date = front
                    .date
                    .take()
                    .or_else(|| dates::in_title(&title, self.words));
                front.title.push(title);
                self.piece(&Role::Front);
                return self.emit(Vec::new());
            }
            if plain(&front.title.join(" ")) == plain(&title) {
                self.piece(&Role::LeftOut("the title, which is on the cover"));
                return self.emit(Vec::new());
            }
            self.chapter = level;
        }
        self.opens(title, level);
        self.emit(Vec::new());
    }

    fn opens(&mut self, title: String, level: usize) {
        if level <= self.chapter {
            return self.opens_chapter(title);
        }
        self.facts = false;
        let start = self.outline.pieces.len();
        self.piece(&Role::Heading);
        let title = parted_label(&title, self.words);
        if let Some(label) = panel_label(&title, self.words) {
            label_apart(&mut self.outline.pieces, start, label);
        }
        let level = level - self.chapter + 1;
        self.push(OutlineItem::Heading { level, title });
    }

    fn opens_chapter(&mut self, title: String) {
        let label = contents::label(&title, self.words).filter(|(.., rest)| !rest.is_empty());
        let Some((name, label, rest)) = label else {
            self.facts = false;
            self.piece(&Role::Heading);
            return self.push(OutlineItem::Chapter { label: None, title });
        };
        let line = self.said.first().map_or(self.line, |(line, _)| *line);
        self.said.clear();
        for (text, role) in [(&name, Role::Label), (&rest, Role::Heading)] {
            let text = text.clone();
            self.outline.pieces.push(TracedText { line, text, role });
        }
        self.facts = matches!(label, Label::Meeting(_));
        self.push(OutlineItem::Chapter {
            label: Some((label, name)),
            title: rest,
        });
    }

    /// A footnote: paragraphs and lists; what else it holds becomes words.
    fn note(&mut self, node: Tree, depth: usize) {
        self.place(node);
        let label = node
            .value()
            .as_element()
            .and_then(|element| element.attr("label"));
        let label = label.unwrap_or_default().to_lowercase();
        let outer = std::mem::take(&mut self.said);
        let (line, marks) = (self.line, self.marks);
        let counts = (self.links, self.emphases, self.blocks, self.lists);
        (self.links, self.emphases, self.blocks, self.lists) = (0, 0, 0, 0);
        let kept = self.kept;
        let texts = self.flow(node, depth + 1, false);
        (self.links, self.emphases, self.blocks, self.lists) = counts;
        let said = std::mem::replace(&mut self.said, outer);
        let mut plain = String::new();
        for (_, row) in said.iter().filter(|(_, row)| !row.trim().is_empty()) {
            super::lines::join(&mut plain, row.trim());
        }
        if self.marks > marks {
            self.check("a footnote refers to another footnote; that mark is left out");
            self.marks = marks;
        }
        if !plain.contains(char::is_alphanumeric) {
            return self.check(format!("the footnote `{label}` was empty and is left out"));
        }
        let special = |text: &String| text.starts_with(['|', '>', '`']);
        // A footnote opens with running text.
        let listed = texts
            .first()
            .is_some_and(|text| super::line_markers::bullet(text).is_some());
        let text = match listed || texts.iter().any(special) {
            true => {
                self.kept = kept;
                self.check(
                    "a footnote has no tables, quotations or code: they have become its words",
                );
                super::inline::commonmark(&plain, &super::marks::Marks::default())
            }
            false => texts.join("\n\n"),
        };
        if !self.labels.contains_key(&label) {
            let free = self.label_ids.free(&crate::import::ids::slug(&label));
            self.labels.insert(label.clone(), free);
        }
        let mark = self.labels[&label].clone();
        self.notes.push(Note {
            mark,
            line,
            text,
            plain,
        });
    }
}

#[cfg(test)]
mod tests;
