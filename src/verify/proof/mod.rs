//! A look over the laid-out pages, as a proofreader takes it: lines that stand alone, titles at the foot of a page, loose
//! lines and the like. It looks at what typst has set, not at the PDF. What a layout lets pass is in its tokens `proof`.

mod paragraphs;
mod parted;
mod said;
mod spreads;
mod standing;
mod tables;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::backend::typeset::Typeset;
use crate::backend::typeset::lines::{self, LineElement, LineKind, PageLine, PageLines};
use crate::backend::typeset::parted::{covers_at_end, tables};
use crate::document::{Block, Document, Node};
use crate::layout::Tokens;

pub use said::{place_of, warnings};

/// What may be wrong on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageFault {
    /// The last line of a paragraph stands alone on a page.
    Widow,
    /// The first line of a paragraph stands alone on a page.
    Orphan,
    /// A heading has too few lines below it at the foot of a page.
    HeadingAtFoot,
    /// What leads in to a list is on the page before it.
    LeadInAtFoot,
    /// The last page of a chapter has too few lines.
    ShortLastPage,
    /// The last line of a paragraph is one short word.
    ShortLastLine,
    /// Too many lines in a row end with a hyphen.
    Hyphens,
    /// The words of a line are too far apart.
    LooseLine,
    /// Spaces of lines below each other make a white stripe.
    River,
    /// A row of a table goes over two pages.
    PartedRow,
    /// A table breaks after its first row.
    TableAfterFirstRow,
    /// The last row of a table stands alone on a page.
    LastRowAlone,
    /// The note of a table, or its end, is on the page after it.
    TableNoteParted,
    /// The last entry of a list, or the last key point, stands alone on a page.
    LastEntryAlone,
    /// A label is on the page before what it stands for.
    LabelAtFoot,
    /// Much of a page is empty before a chart.
    OpenFoot,
    /// A picture is far from where it is mentioned.
    FarPicture,
    /// The columns of a page end at different heights.
    UnevenColumns,
    /// A line does not stand on the grid of lines.
    OffTheGrid,
    /// The pages of a spread end at different heights.
    UnevenFeet,
    /// More pages are blank than need be.
    BlankPages,
}

/// A fault on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFault {
    /// What is wrong.
    pub fault: PageFault,
    /// The page, as it is printed.
    pub page: String,
    /// The words at the place, from the beginning of their line.
    pub words: String,
    /// The paragraph that they are in, or the anchor of a table or figure.
    pub paragraph: String,
}

/// What a look over the pages sees.
struct Proof<'p> {
    document: &'p Document,
    tokens: &'p Tokens,
    read: PageLines,
    /// The pages as they are printed.
    labels: &'p [String],
    /// The pages of the body, from 0.
    pages: Range<usize>,
    /// The lines of the body between head and foot, by their places in `read`.
    body: Vec<usize>,
    /// The lines of each element, in reading order.
    paragraphs: BTreeMap<usize, Vec<usize>>,
    /// The first page of every chapter and list, in order, from 0.
    openings: Vec<usize>,
    found: Vec<FoundFault>,
}

/// What is wrong on the pages of a document in a layout, page by page.
pub fn faults(document: &Document, tokens: &Tokens, typeset: &Typeset) -> Vec<FoundFault> {
    let read = lines::read(&typeset.pages);
    look_over(document, tokens, &typeset.pagination.pages, read)
}

fn look_over(
    document: &Document,
    tokens: &Tokens,
    labels: &[String],
    read: PageLines,
) -> Vec<FoundFault> {
    let mut proof = Proof::new(document, tokens, labels, read);
    proof.paragraphs();
    proof.standing();
    proof.tables();
    proof.parted();
    proof.spreads();
    let mut found = proof.found;
    let places = labels.iter().enumerate().rev();
    let places: BTreeMap<&str, usize> = places.map(|(at, label)| (label.as_str(), at)).collect();
    found.sort_by_key(|one| (places.get(one.page.as_str()), one.fault));
    found
}

impl<'p> Proof<'p> {
    fn new(
        document: &'p Document,
        tokens: &'p Tokens,
        labels: &'p [String],
        read: PageLines,
    ) -> Proof<'p> {
        let openings = read.openings(document);
        let covers = covers_at_end(document, tokens);
        let pages =
            openings.first().copied().unwrap_or_default()..read.pages.saturating_sub(covers);
        let body = read.between_head_and_foot(tokens);
        let body = body.filter(|at| pages.contains(&read.lines[*at].page));
        let body: Vec<usize> = body.collect();
        let mut paragraphs: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in &body {
            let element = read.lines[*at].element;
            paragraphs.entry(element).or_default().push(*at);
        }
        Proof {
            document,
            tokens,
            labels,
            read,
            pages,
            body,
            paragraphs,
            openings,
            found: Vec::new(),
        }
    }

    fn line(&self, at: usize) -> &PageLine {
        &self.read.lines[at]
    }

    fn element(&self, at: usize) -> &LineElement {
        self.read.element(self.line(at))
    }

    /// The lines of the body that are no notes.
    fn flow(&self) -> impl Iterator<Item = usize> {
        let body = self.body.iter().copied();
        body.filter(|at| self.element(*at).kind != LineKind::Note)
    }

    /// The text of a paragraph.
    fn text(&self, lines: &[usize]) -> String {
        let mut text = String::new();
        for at in lines {
            let line = &self.line(*at).text;
            match line.strip_suffix('\u{ad}') {
                Some(part) => text.push_str(part),
                None => text.extend([line.trim_end(), " "]),
            }
        }
        text.trim().to_owned()
    }

    fn page_label(&self, page: usize) -> String {
        self.labels.get(page).cloned().unwrap_or_default()
    }

    fn say(&mut self, fault: PageFault, at: usize) {
        let lines = self.paragraphs.get(&self.line(at).element);
        let found = FoundFault {
            fault,
            page: self.page_label(self.line(at).page),
            words: self
                .line(at)
                .text
                .trim()
                .trim_end_matches('\u{ad}')
                .to_owned(),
            paragraph: lines.map(|lines| self.text(lines)).unwrap_or_default(),
        };
        self.found.push(found);
    }

    /// The anchors of the document's tables, with how many rows each has in its head and in all.
    fn table_rows(&self) -> BTreeMap<&'p str, (usize, usize)> {
        let tables = tables(self.document).into_iter();
        let rows = tables.map(|(anchor, table)| {
            let head = table.header.len();
            (anchor, (head, head + table.rows.len()))
        });
        rows.collect()
    }

    /// The pages that have a picture with a place of its own.
    fn pages_with_pictures(&self) -> BTreeSet<usize> {
        let mut pages = BTreeSet::new();
        self.document.visit(&mut |node| {
            let anchor = match node {
                Node::Block(Block::Figure(figure)) => &figure.anchor,
                Node::Block(Block::Chart(chart)) => &chart.anchor,
                _ => return,
            };
            pages.extend(self.read.anchors.get(anchor).copied());
        });
        pages
    }
}
