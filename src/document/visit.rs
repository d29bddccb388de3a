//! The way through a document: what blocks and running text hold, in reading order.
//!
//! Whoever looks at all content goes this way, so that a new kind of block or of running text is taken apart in one place.

use std::collections::BTreeSet;

use super::{
    Block, Chapter, Counter, Delimiter, Document, Heading, Inline, Intervention, Section, Work,
};

/// What a text that is a part of a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextKind {
    /// A number with its word, such as `Table 2`; whose members a list names.
    Label,
    /// The description of a picture.
    Alt,
    /// Whose words a quotation is.
    Attribution,
    /// Text set as typed.
    Code,
    /// The name of an organisation.
    Name,
    /// The acronym of an organisation.
    Acronym,
    /// The number of a key figure, or its unit.
    Value,
}

/// A part of a block.
#[derive(Debug)]
pub enum Part<'d> {
    /// A text without structure.
    Text(TextKind, &'d str),
    /// Running text.
    Line(&'d [Inline]),
    /// Blocks inside the block: an item, a cell, a quotation, a note.
    Blocks(&'d [Block]),
}

/// A part of a block that can be changed.
#[derive(Debug)]
pub(super) enum PartMut<'d> {
    /// A text without structure.
    Text(TextKind, &'d mut String),
    /// Running text.
    Line(&'d mut Vec<Inline>),
    /// Blocks inside the block.
    Blocks(&'d mut Vec<Block>),
}

/// What is met on the way through a document that can be changed.
pub(super) enum ContentMut<'d> {
    /// A block.
    Block(&'d mut Block),
    /// Running text.
    Line(&'d mut Vec<Inline>),
}

/// Adds the parts of a figure.
macro_rules! figure_parts {
    ($figure:expr, $parts:ident, $part:ident, $iter:ident) => {{
        let figure = $figure;
        let alt = figure.alt.$iter();
        $parts.extend(alt.map(|it| $part::Text(TextKind::Alt, it)));
        let label = figure.label.$iter();
        $parts.extend(label.map(|it| $part::Text(TextKind::Label, it)));
        let caption = figure.caption.$iter();
        $parts.extend(caption.map(|it| $part::Line(it)));
        let description = figure.description.$iter();
        $parts.extend(description.map(|it| $part::Line(it)));
        let credit = figure.credit.$iter();
        $parts.extend(credit.map(|it| $part::Line(it)));
    }};
}

/// Adds the parts of a table.
macro_rules! table_parts {
    ($table:expr, $parts:ident, $part:ident, $iter:ident) => {{
        let table = $table;
        let label = table.label.$iter();
        $parts.extend(label.map(|it| $part::Text(TextKind::Label, it)));
        let caption = table.caption.$iter();
        $parts.extend(caption.map(|it| $part::Line(it)));
        let rows = table.header.$iter().chain(table.rows.$iter());
        for row in rows {
            $parts.extend(row.$iter().map(|cell| {
                let super::Cell { blocks, .. } = cell;
                $part::Blocks(blocks)
            }));
        }
        let super::Table {
            cell_notes, note, ..
        } = table;
        $parts.push($part::Blocks(cell_notes));
        $parts.push($part::Blocks(note));
    }};
}

/// The parts of a block in reading order, by shared or by unique reference.
macro_rules! parts {
    ($block:expr, $part:ident, $iter:ident, $chart:ident, $words:ident) => {{
        let mut parts = Vec::new();
        match $block {
            Block::Paragraph { content } => parts.push($part::Line(content)),
            Block::List { items, .. } => parts.extend(items.$iter().map(|it| $part::Blocks(it))),
            Block::Quote {
                blocks,
                attribution,
                source,
                ..
            } => {
                parts.push($part::Blocks(blocks));
                let said = attribution.$iter();
                parts.extend(said.map(|it| $part::Text(TextKind::Attribution, it)));
                parts.extend(source.$iter().map(|it| $part::Line(it)));
            }
            Block::Code { label, text } => {
                parts.extend(label.$iter().map(|it| $part::Text(TextKind::Label, it)));
                parts.push($part::Text(TextKind::Code, text));
            }
            Block::Table(table) => table_parts!(table, parts, $part, $iter),
            Block::Figure(figure) => figure_parts!(figure, parts, $part, $iter),
            Block::Chart(chart) => {
                let super::Chart {
                    title,
                    alt,
                    label,
                    caption,
                    description,
                    credit,
                    plot,
                    table,
                    ..
                } = chart.$chart();
                parts.extend(title.$iter().map(|it| $part::Text(TextKind::Label, it)));
                let words = plot.$words().into_iter();
                parts.extend(words.map(|it| $part::Text(TextKind::Value, it)));
                parts.push($part::Text(TextKind::Alt, alt));
                parts.push($part::Text(TextKind::Label, label));
                parts.push($part::Line(caption));
                parts.extend(description.$iter().map(|it| $part::Line(it)));
                parts.extend(credit.$iter().map(|it| $part::Line(it)));
                if let Some(table) = table {
                    table_parts!(table, parts, $part, $iter);
                }
            }
            Block::Figures { figures } => {
                for figure in figures.$iter() {
                    figure_parts!(figure, parts, $part, $iter);
                }
            }
            Block::Box(super::TextBox {
                label,
                title,
                blocks,
                ..
            }) => {
                parts.push($part::Text(TextKind::Label, label));
                parts.push($part::Line(title));
                parts.push($part::Blocks(blocks));
            }
            Block::KeyFigures { entries } => {
                for super::KeyFigure {
                    value,
                    unit,
                    text,
                    source,
                } in entries
                {
                    parts.push($part::Text(TextKind::Value, value));
                    parts.extend(unit.$iter().map(|it| $part::Text(TextKind::Value, it)));
                    parts.push($part::Line(text));
                    parts.extend(source.$iter().map(|it| $part::Line(it)));
                }
            }
            Block::Definitions { entries } => {
                for super::Definition { term, blocks } in entries {
                    parts.push($part::Line(term));
                    parts.push($part::Blocks(blocks));
                }
            }
            Block::Signature(super::Signature {
                speaker: super::Speaker { name, post, .. },
                signed,
                alt,
                ..
            }) => {
                parts.extend(alt.$iter().map(|it| $part::Text(TextKind::Alt, it)));
                parts.push($part::Text(TextKind::Name, name));
                parts.push($part::Text(TextKind::Name, post));
                parts.extend(signed.$iter().map(|it| $part::Text(TextKind::Name, it)));
            }
            Block::Members { of, members } => {
                parts.push($part::Text(TextKind::Label, of));
                for super::Member { name, acronym, .. } in members {
                    parts.push($part::Text(TextKind::Name, name));
                    let acronym = acronym.$iter();
                    parts.extend(acronym.map(|it| $part::Text(TextKind::Acronym, it)));
                }
            }
        }
        parts
    }};
}

impl Block {
    /// A list with bullets and no space between its items.
    pub(super) fn bullets(items: Vec<Vec<Block>>) -> Block {
        Block::List {
            start: None,
            counter: Counter::Decimal,
            delimiter: Delimiter::Period,
            tight: true,
            paragraphs: false,
            items,
        }
    }

    /// What the block holds, in reading order.
    pub fn parts(&self) -> Vec<Part<'_>> {
        parts!(self, Part, iter, as_ref, words)
    }

    /// What the block holds, in reading order, to be changed.
    pub(super) fn parts_mut(&mut self) -> Vec<PartMut<'_>> {
        parts!(self, PartMut, iter_mut, as_mut, words_mut)
    }
}

/// What is met on the way through a chapter; each before what it holds.
#[derive(Debug, Clone, Copy)]
pub enum Node<'d> {
    /// A section.
    Section(&'d Section),
    /// What one person said.
    Intervention(&'d Intervention),
    /// A block.
    Block(&'d Block),
    /// A piece of running text.
    Inline(&'d Inline),
}

impl Chapter {
    /// Calls `visit` with all that the chapter holds, in reading order.
    pub fn visit<'d>(&'d self, visit: &mut impl FnMut(Node<'d>)) {
        visit_line(&self.heading.content, visit);
        visit_blocks(&self.blocks, visit);
        visit_interventions(&self.interventions, visit);
        visit_sections(&self.sections, visit);
    }
}

impl Chapter {
    /// Calls `change` with the headings of the chapter and its sections.
    pub(super) fn for_each_heading_mut(&mut self, change: &mut impl FnMut(&mut Heading)) {
        fn sections(list: &mut [Section], change: &mut impl FnMut(&mut Heading)) {
            for section in list {
                change(&mut section.heading);
                sections(&mut section.sections, change);
            }
        }
        change(&mut self.heading);
        sections(&mut self.sections, change);
    }
}

impl Document {
    /// The works of the list of references.
    pub fn works(&self) -> impl Iterator<Item = &Work> {
        self.bibliography.iter().flat_map(|list| &list.entries)
    }

    /// Calls `visit` with all content in reading order: the imprint, then each chapter and its footnotes, the works that are
    /// cited, and the back cover.
    pub fn visit<'d>(&'d self, visit: &mut impl FnMut(Node<'d>)) {
        visit_blocks(&self.imprint, visit);
        for (index, chapter) in self.chapters.iter().enumerate() {
            chapter.visit(visit);
            let notes = self.footnotes.iter().filter(|note| note.chapter == index);
            notes.for_each(|note| visit_blocks(&note.blocks, visit));
        }
        self.works()
            .for_each(|work| visit_line(&work.content, visit));
        visit_blocks(&self.covers.text, visit);
    }

    /// As [`Self::visit`], with each footnote where its first mark is.
    pub fn visit_with_notes<'d>(&'d self, visit: &mut impl FnMut(Node<'d>)) {
        let mut nodes = Vec::new();
        visit_blocks(&self.imprint, &mut |node| nodes.push(node));
        let chapters = self.chapters.iter();
        chapters.for_each(|chapter| chapter.visit(&mut |node| nodes.push(node)));
        self.works()
            .for_each(|work| visit_line(&work.content, &mut |node| nodes.push(node)));
        visit_blocks(&self.covers.text, &mut |node| nodes.push(node));
        nodes.reverse();
        let mut noted = BTreeSet::new();
        while let Some(node) = nodes.pop() {
            visit(node);
            if let Node::Inline(Inline::Footnote { note, .. }) = node
                && let Some(footnote) = self.footnotes.get(*note).filter(|_| noted.insert(*note))
            {
                let before = nodes.len();
                visit_blocks(&footnote.blocks, &mut |node| nodes.push(node));
                nodes[before..].reverse();
            }
        }
    }

    /// Calls `change` with the running text of every title, paragraph, caption and credit.
    pub(super) fn for_each_line_mut(&mut self, change: &mut impl FnMut(&mut Vec<Inline>)) {
        self.for_each_content_mut(&mut |content| {
            if let ContentMut::Line(line) = content {
                change(line);
            }
        });
    }

    /// Calls `change` with every block, before what it holds, and with the running text of every title, paragraph, caption
    /// and credit.
    pub(super) fn for_each_content_mut(&mut self, change: &mut impl FnMut(ContentMut<'_>)) {
        fn sections(list: &mut [Section], change: &mut impl FnMut(ContentMut<'_>)) {
            for section in list {
                change(ContentMut::Line(&mut section.heading.content));
                within(&mut section.blocks, change);
                talks(&mut section.interventions, change);
                sections(&mut section.sections, change);
            }
        }
        fn talks(list: &mut [Intervention], change: &mut impl FnMut(ContentMut<'_>)) {
            list.iter_mut()
                .for_each(|talk| within(&mut talk.blocks, change));
        }
        fn within(blocks: &mut [Block], change: &mut impl FnMut(ContentMut<'_>)) {
            for block in blocks {
                change(ContentMut::Block(block));
                for part in block.parts_mut() {
                    match part {
                        PartMut::Line(content) => change(ContentMut::Line(content)),
                        PartMut::Blocks(inner) => within(inner, change),
                        PartMut::Text(..) => {}
                    }
                }
            }
        }
        within(&mut self.imprint, change);
        within(&mut self.covers.text, change);
        for chapter in &mut self.chapters {
            change(ContentMut::Line(&mut chapter.heading.content));
            let titles = chapter.title_lines.iter_mut();
            titles.for_each(|line| change(ContentMut::Line(line)));
            within(&mut chapter.blocks, change);
            talks(&mut chapter.interventions, change);
            sections(&mut chapter.sections, change);
        }
        let notes = self.footnotes.iter_mut();
        notes.for_each(|note| within(&mut note.blocks, change));
    }
}

fn visit_sections<'d>(sections: &'d [Section], visit: &mut impl FnMut(Node<'d>)) {
    for section in sections {
        visit(Node::Section(section));
        visit_line(&section.heading.content, visit);
        visit_blocks(&section.blocks, visit);
        visit_interventions(&section.interventions, visit);
        visit_sections(&section.sections, visit);
    }
}

fn visit_interventions<'d>(list: &'d [Intervention], visit: &mut impl FnMut(Node<'d>)) {
    for intervention in list {
        visit(Node::Intervention(intervention));
        visit_blocks(&intervention.blocks, visit);
    }
}

/// Calls `visit` with blocks and all that they hold, in reading order.
pub fn visit_blocks<'d>(blocks: &'d [Block], visit: &mut impl FnMut(Node<'d>)) {
    for block in blocks {
        visit(Node::Block(block));
        for part in block.parts() {
            match part {
                Part::Line(content) => visit_line(content, visit),
                Part::Blocks(inner) => visit_blocks(inner, visit),
                Part::Text(..) => {}
            }
        }
    }
}

fn visit_line<'d>(content: &'d [Inline], visit: &mut impl FnMut(Node<'d>)) {
    for inline in content {
        visit(Node::Inline(inline));
        visit_line(inline.content(), visit);
    }
}
