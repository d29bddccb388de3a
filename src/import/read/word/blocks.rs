//! Blocks by their styles: headings, lists, quotations, code, definitions, tables with captions, boxes.

use super::captions::{is_blank, is_picture};
use super::{Below, Writer, inlines};
use crate::import::read::markdown::prepared::TITLE;
use crate::import::words::is_one;
use crate::word::{Block, Counter, Paragraph, Table};

/// How deep boxes of text are followed in one another.
const DEPTH: usize = 8;

/// What a paragraph is by its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Text,
    Quotation,
    Code,
    Term,
    Definition,
}

impl<'a> Writer<'a> {
    /// The level of a heading.
    pub(super) fn level(&self, paragraph: &Paragraph) -> Option<u8> {
        if inlines::plain(paragraph).trim().is_empty() {
            return None;
        }
        paragraph.level.or_else(|| {
            let named = |name: &str| name == "abstract title";
            self.file.is_style(&paragraph.style, &named).then_some(1)
        })
    }

    fn style(&self, paragraph: &Paragraph) -> Style {
        let is = |names: &[&str]| {
            self.file
                .is_style(&paragraph.style, &|name: &str| names.contains(&name))
        };
        match () {
            _ if is(&[
                "quote",
                "intense quote",
                "block text",
                "quotations",
                "block quote",
            ]) =>
            {
                Style::Quotation
            }
            _ if is(&[
                "source code",
                "html preformatted",
                "preformatted text",
                "macro",
                "code",
            ]) =>
            {
                Style::Code
            }
            _ if is(&["definition term"]) => Style::Term,
            _ if is(&["definition"]) => Style::Definition,
            _ => Style::Text,
        }
    }

    /// Whether a paragraph is part of no heading, list, quotation or the like.
    pub(super) fn stands_alone(&self, paragraph: &Paragraph) -> bool {
        self.level(paragraph).is_none()
            && !self.is_item(paragraph)
            && self.style(paragraph) == Style::Text
            && !matches!(
                self.file.style_name(&paragraph.style).as_str(),
                "title" | "subtitle"
            )
            && !self.is_made(paragraph)
    }

    /// Whether a paragraph belongs to a list that the program makes itself.
    fn is_made(&self, paragraph: &Paragraph) -> bool {
        let gallery = |gallery: &str| gallery == "Table of Contents";
        if paragraph.controls.iter().any(|one| gallery(&one.gallery)) {
            return true;
        }
        let mut shown = paragraph.pieces.iter().filter(|piece| piece.is_shown());
        let listed = |piece: &crate::word::Piece| {
            let mut fields = self.file.fields_around(piece);
            fields.any(|field| field.name() == "TOC")
        };
        let named = |name: &str| {
            name.strip_prefix("toc ")
                .is_some_and(|rest| rest == "heading" || rest.parse::<u8>().is_ok())
                || name == "table of figures"
        };
        let any = shown.clone().next().is_some();
        any && (shown.all(listed) || self.file.is_style(&paragraph.style, &named))
    }

    /// Blocks one after the other; `top` where they are those of the text itself.
    pub(super) fn blocks(&mut self, blocks: &'a [Block], top: bool) {
        let (captions, taken) = self.captions(blocks);
        let mut at = 0;
        while let Some(block) = blocks.get(at) {
            let mut count = 1;
            match block {
                _ if taken[at] => {}
                Block::Table(table) => {
                    let caption = captions[at].and_then(|at| paragraph_of(&blocks[at]));
                    self.framed(table, caption);
                    self.after_title = false;
                }
                Block::Paragraph(paragraph) if is_blank(paragraph) => self.blank(paragraph),
                Block::Paragraph(paragraph) if self.is_made(paragraph) => {
                    let text = inlines::plain(paragraph);
                    let why = "the list of contents, which is made again";
                    self.leave(paragraph.number, text, why);
                    self.beside(paragraph);
                }
                Block::Paragraph(paragraph) if self.heads_made(paragraph, blocks.get(at + 1)) => {
                    let text = inlines::plain(paragraph);
                    let why = "the list of contents, which is made again";
                    self.leave(paragraph.number, text, why);
                    self.beside(paragraph);
                }
                Block::Paragraph(paragraph) if top && self.title_matter(paragraph) => {}
                Block::Paragraph(paragraph) => {
                    count = self.paragraph(
                        paragraph,
                        &blocks[at..],
                        captions[at].map(|at| &blocks[at]),
                    );
                    self.after_title = false;
                }
            }
            at += count;
            if top {
                self.settle_below(0);
            }
            if self.cell == 0 {
                self.settle_notes();
            }
        }
    }

    /// Whether a paragraph is the heading above a list of contents.
    fn heads_made(&self, paragraph: &Paragraph, next: Option<&Block>) -> bool {
        let made = |block: &Block| paragraph_of(block).is_some_and(|next| self.is_made(next));
        next.is_some_and(made) && is_one(inlines::plain(paragraph).trim(), &self.words.contents)
    }

    /// A paragraph without words may be a place to which a link leads.
    fn blank(&mut self, paragraph: &'a Paragraph) {
        let place = |piece: &crate::word::Piece| match &piece.content {
            crate::word::Content::BookmarkStart(name) => self.targets.contains(name),
            _ => false,
        };
        if paragraph.pieces.iter().any(place) {
            self.text_block("p", paragraph, (0, 0));
        }
    }

    /// A paragraph, or a run of paragraphs that are one block; gives how many.
    fn paragraph(
        &mut self,
        paragraph: &'a Paragraph,
        blocks: &'a [Block],
        caption: Option<&'a Block>,
    ) -> usize {
        if let Some(level) = self.level(paragraph) {
            self.begun |= self.cell == 0;
            self.heading(paragraph, level);
            return 1;
        }
        if self.cell == 0 && self.file.style_name(&paragraph.style) == "title" {
            self.begun = true;
            self.text_block("h1", paragraph, (0, 0));
            return 1;
        }
        if (self.cell == 0 || self.listing) && self.is_item(paragraph) {
            return self.list(blocks);
        }
        let style = self.style(paragraph);
        // Only what goes on in one block is looked ahead for.
        let run = blocks.iter().map_while(paragraph_of).take_while(|one| {
            style != Style::Text
                && self.style(one) == style
                && self.level(one).is_none()
                && !is_blank(one)
        });
        let run: Vec<&'a Paragraph> = run.collect();
        match style {
            _ if run.is_empty() => {}
            Style::Quotation if self.cell == 0 => {
                self.tree.open("blockquote", &[]);
                for one in &run {
                    self.text_block("p", one, (0, 0));
                }
                self.tree.close();
                return run.len();
            }
            Style::Code if self.cell == 0 => {
                self.code(&run);
                return run.len();
            }
            Style::Term => {
                let more = blocks.iter().map_while(paragraph_of);
                let more = more.take_while(|one| {
                    matches!(self.style(one), Style::Term | Style::Definition) && !is_blank(one)
                });
                let more: Vec<&'a Paragraph> = more.collect();
                self.tree.open("dl", &[]);
                for one in &more {
                    let name = if self.style(one) == Style::Term {
                        "dt"
                    } else {
                        "dd"
                    };
                    self.text_block(name, one, (0, 0));
                }
                self.tree.close();
                return more.len();
            }
            _ => {}
        }
        match caption.and_then(paragraph_of) {
            Some(caption) if is_picture(paragraph) && self.cell == 0 => {
                self.tree.open("figure", &[]);
                self.text_block("p", paragraph, (0, 0));
                self.caption("figcaption", caption);
                self.tree.close();
            }
            _ => {
                self.text_block("p", paragraph, (0, 0));
                if let Some(caption) = caption.and_then(paragraph_of) {
                    self.text_block("p", caption, (0, 0));
                }
            }
        }
        1
    }

    fn heading(&mut self, paragraph: &'a Paragraph, level: u8) {
        let name = ["h1", "h2", "h3", "h4", "h5", "h6"][usize::from(level.clamp(1, 6)) - 1];
        let label = paragraph
            .label
            .as_ref()
            .filter(|label| !label.text.is_empty());
        let worded = |text: &str| text.split_whitespace().any(|word| word.len() > 3);
        let label = match label {
            Some(label) if label.counter == Counter::Bullet => None,
            // “Chapter 1” says what it is; a number alone is counted by the program.
            Some(label) if worded(&label.text) => Some(label.text.as_str()),
            Some(label) => {
                let why =
                    "numbers of headings; `numbering:` in report.yaml counts chapters and sections";
                self.leave(paragraph.number, label.text.clone(), why);
                None
            }
            None => None,
        };
        let line = paragraph.number.to_string();
        self.tree.open(name, &[("l", &line)]);
        if let Some(label) = label {
            let sign = if label.ends_with([':', '.', '–', '—']) {
                " "
            } else {
                ": "
            };
            self.tree.text(&format!("{label}{sign}"));
        }
        self.inlines(paragraph, (0, 0));
        self.tree.close();
    }

    /// An element with the text of a paragraph.
    pub(super) fn text_block(
        &mut self,
        name: &str,
        paragraph: &'a Paragraph,
        from: (usize, usize),
    ) {
        let line = paragraph.number.to_string();
        self.tree.open(name, &[("l", &line)]);
        if let Some(label) = self.label_text(paragraph).filter(|_| from == (0, 0)) {
            self.tree.text(&format!("{label} "));
        }
        self.inlines(paragraph, from);
        self.tree.close();
    }

    /// A caption without its label and number.
    pub(super) fn caption(&mut self, name: &str, paragraph: &'a Paragraph) {
        let (from, cut, label) = self.label_of(paragraph);
        if !label.trim().is_empty() {
            let why = "numbers of tables and figures, which the program counts";
            self.leave(paragraph.number, label, why);
        }
        self.text_block(name, paragraph, (from, cut));
    }

    fn code(&mut self, run: &[&'a Paragraph]) {
        let line = run[0].number.to_string();
        self.tree.open("pre", &[("l", &line)]);
        let lines = run.iter().map(|paragraph| {
            let text = paragraph.text();
            text.chars()
                .filter(|c| inlines::is_sound(*c))
                .collect::<String>()
        });
        let text = lines.collect::<Vec<_>>().join("\n");
        self.tree.text(&format!("\n{text}"));
        self.tree.close();
        // Marks and pictures have no place in code.
        run.iter().for_each(|paragraph| self.beside(paragraph));
    }

    /// What stands in a paragraph of which only the text is taken.
    fn beside(&mut self, paragraph: &'a Paragraph) {
        for piece in &paragraph.pieces {
            match &piece.content {
                crate::word::Content::Note(kind, id, _) => self.left_mark(*kind, id),
                crate::word::Content::CommentMark(id) => self.comment(id, ""),
                crate::word::Content::Picture(_) => {
                    self.check("a picture stood here, where only text is kept, and is left out")
                }
                crate::word::Content::TextBox(blocks) => self.below.push(Below::Box(blocks)),
                crate::word::Content::Object(what, words) => {
                    self.below.push(Below::Words(what, words))
                }
                _ => {}
            }
        }
    }

    /// A note whose mark has no place: it gets a mark behind what follows.
    fn left_mark(&mut self, kind: crate::word::NoteKind, id: &'a str) {
        let next = (self.notes.len() + 1).to_string();
        if self.file.notes.contains_key(&(kind, id.to_owned()))
            && !self.notes.contains_key(&(kind, id))
        {
            self.notes.insert((kind, id), next);
            self.waiting.push((kind, id));
        }
    }

    /// A table; one of a single cell is a frame around text.
    fn framed(&mut self, table: &'a Table, caption: Option<&'a Paragraph>) {
        let [row] = table.rows.as_slice() else {
            return self.table(table, caption);
        };
        let [cell] = row.cells.as_slice() else {
            return self.table(table, caption);
        };
        let first = cell.blocks.first().and_then(paragraph_of);
        let bold = |paragraph: &&'a Paragraph| {
            let shown = paragraph.pieces.iter().filter(|piece| piece.is_shown());
            let mut texts = shown.filter(|piece| !piece.text().trim().is_empty());
            let styled = paragraph.looks.bold || self.level(paragraph).is_some();
            !is_blank(paragraph)
                && texts.all(|piece| styled || piece.format.bold)
                && cell.blocks.len() > 1
        };
        let title = first.filter(bold);
        let nested = cell
            .blocks
            .iter()
            .any(|block| matches!(block, Block::Table(_)));
        match title.filter(|_| !nested && self.cell == 0) {
            Some(title) => {
                self.tree.open("blockquote", &[]);
                let line = title.number.to_string();
                self.tree.open("p", &[("l", &line)]);
                let text = inlines::plain(title);
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                self.tree.text(&format!("{TITLE}{text}{TITLE}"));
                self.tree.close();
                self.inner(&cell.blocks[1..]);
                self.tree.close();
            }
            None => {
                self.check("a frame stood around this (a table of one cell)");
                self.inner(&cell.blocks);
            }
        }
        if let Some(caption) = caption {
            self.text_block("p", caption, (0, 0));
        }
    }

    /// Blocks within others: what they hold below them is set there.
    pub(super) fn inner(&mut self, blocks: &'a [Block]) {
        self.blocks(blocks, false);
    }

    /// What is set below a block: boxes of text and the words of drawings.
    fn settle_below(&mut self, depth: usize) {
        for below in std::mem::take(&mut self.below) {
            match below {
                Below::Box(blocks) if depth < DEPTH => {
                    self.check(
                        "a box of text stood here, apart from the text; its words are below",
                    );
                    self.inner(blocks);
                }
                Below::Box(blocks) => {
                    self.check("boxes of text stood in one another here, too deep to be set");
                    self.leave_blocks(blocks, "boxes of text that are too deep in one another");
                }
                Below::Words(what, "") => {
                    self.check(&format!(
                        "{what} stood here, which a report cannot take over"
                    ));
                }
                Below::Words(what, words) => {
                    self.check(&format!(
                        "{what} stood here; its words and numbers are here as text"
                    ));
                    for line in words.lines() {
                        self.tree.open("p", &[]);
                        self.tree.text(
                            &line
                                .chars()
                                .filter(|c| inlines::is_sound(*c))
                                .collect::<String>(),
                        );
                        self.tree.close();
                    }
                }
            }
            self.settle_below(depth + 1);
        }
    }

    /// The texts of the notes that have been referred to.
    pub(super) fn settle_notes(&mut self) {
        let file = self.file;
        // A note may refer to another.
        while !self.waiting.is_empty() {
            for (kind, id) in std::mem::take(&mut self.waiting) {
                let Some(((_, id), blocks)) = file.notes.get_key_value(&(kind, id.to_owned()))
                else {
                    continue;
                };
                let label = self
                    .notes
                    .get(&(kind, id.as_str()))
                    .cloned()
                    .unwrap_or_default();
                let line = blocks
                    .iter()
                    .find_map(paragraph_of)
                    .map_or(0, |one| one.number);
                self.tree
                    .open("x-note", &[("label", &label), ("l", &line.to_string())]);
                self.cell += 1;
                self.inner(blocks);
                self.cell -= 1;
                self.tree.close();
            }
        }
    }
}

pub(super) fn paragraph_of(block: &Block) -> Option<&Paragraph> {
    match block {
        Block::Paragraph(paragraph) => Some(paragraph),
        Block::Table(_) => None,
    }
}
