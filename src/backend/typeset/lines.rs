//! The lines of laid-out pages with what each belongs to, as somebody sees them who looks over the pages.

use std::collections::BTreeMap;

use typst::foundations::{Content, Selector};
use typst::introspection::{Introspector, Location, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::model::Destination;
use typst::text::TextItem;
use typst_layout::PagedDocument;

use super::pagination::pages_of_anchors;

/// How far the ends of a base line may lie apart in points: what is turned is no line.
const LEVEL: f64 = 0.5;
/// By how much of its size a raised or lowered sign leaves the line.
const RAISED: f64 = 0.6;

/// What a line belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineKind {
    /// A paragraph.
    Paragraph,
    /// A heading.
    Heading,
    /// A cell of a table.
    Cell,
    /// A footnote.
    Note,
    /// The caption of a table or figure.
    Caption,
    /// A block of code, whose spaces are as they were typed.
    Code,
    /// Anything else.
    Other,
}

/// An element that has lines.
#[derive(Debug)]
pub(crate) struct LineElement {
    /// What it is.
    pub(crate) kind: LineKind,
    /// Whether it is in an item of a list.
    pub(crate) in_list: bool,
    /// The anchors of what it is in, the innermost last.
    pub(crate) anchors: Vec<String>,
}

/// A line of text. All lengths are in points from the upper left corner of the trimmed page.
#[derive(Debug)]
pub(crate) struct PageLine {
    /// The page, from 0.
    pub(crate) page: usize,
    /// Its base line.
    pub(crate) y: f64,
    /// Where it begins at the left.
    pub(crate) left: f64,
    /// Where it ends at the right.
    pub(crate) right: f64,
    /// Size of the largest type.
    pub(crate) size: f64,
    /// Its text as typst set it; a word that is divided ends with U+00AD.
    pub(crate) text: String,
    /// From where to where each word space reaches.
    pub(crate) spaces: Vec<(f64, f64)>,
    /// Its element in [`PageLines::elements`].
    pub(crate) element: usize,
}

/// All lines of a document.
#[derive(Debug, Default)]
pub(crate) struct PageLines {
    /// The lines, page by page as they were set.
    pub(crate) lines: Vec<PageLine>,
    /// What they belong to.
    pub(crate) elements: Vec<LineElement>,
    /// The pages, from 0, that have links to an anchor.
    pub(crate) mentions: BTreeMap<String, Vec<usize>>,
    /// The page of each anchor, from 0.
    pub(crate) anchors: BTreeMap<String, usize>,
    /// How many pages there are.
    pub(crate) pages: usize,
}

impl PageLines {
    /// The element of a line.
    pub(crate) fn element(&self, line: &PageLine) -> &LineElement {
        &self.elements[line.element]
    }
}

/// Reads the lines of pages whose paper reaches `bleed` points beyond the trim.
pub(crate) fn read(pages: &PagedDocument, bleed: f64) -> PageLines {
    let mut reader = LineReader {
        pages,
        known: BTreeMap::new(),
        open: Vec::new(),
        read: PageLines::default(),
    };
    for (page, laid_out) in pages.pages().iter().enumerate() {
        let trim = Transform::translate(Abs::pt(-bleed), Abs::pt(-bleed));
        reader.frame(&laid_out.frame, page, trim);
        reader.read.pages += 1;
    }
    reader.read.anchors = pages_of_anchors(pages);
    reader.read
}

struct LineReader<'p> {
    pages: &'p PagedDocument,
    /// The elements by their place in the document.
    known: BTreeMap<u128, usize>,
    /// What is open: where it is in the document, and its element.
    open: Vec<(Location, usize)>,
    read: PageLines,
}

impl LineReader<'_> {
    fn frame(&mut self, frame: &Frame, page: usize, placed: Transform) {
        for (position, item) in frame.items() {
            let placed = placed.pre_concat(Transform::translate(position.x, position.y));
            match item {
                FrameItem::Group(group) => {
                    self.frame(&group.frame, page, placed.pre_concat(group.transform));
                }
                FrameItem::Text(text) => self.text(text, page, placed),
                FrameItem::Tag(Tag::Start(content, _)) => self.start(content),
                FrameItem::Tag(Tag::End(location, ..)) => {
                    if let Some(at) = self.open.iter().rposition(|(open, _)| open == location) {
                        self.open.remove(at);
                    }
                }
                FrameItem::Link(Destination::Location(to), _) => self.mention(*to, page),
                _ => {}
            }
        }
    }

    fn start(&mut self, content: &Content) {
        let Some(location) = content.location() else {
            return;
        };
        let key = location.hash();
        let element = match self.known.get(&key) {
            Some(element) => *element,
            None => {
                let element = self.element(content);
                self.read.elements.push(element);
                self.known.insert(key, self.read.elements.len() - 1);
                self.read.elements.len() - 1
            }
        };
        self.open.push((location, element));
    }

    fn element(&self, content: &Content) -> LineElement {
        let around = self.open.last().map(|(_, at)| &self.read.elements[*at]);
        let name = content.elem().name();
        let around_kind = around.map_or(LineKind::Other, |it| it.kind);
        let kind = match (name, around_kind) {
            (_, LineKind::Note) | ("entry", _) => LineKind::Note,
            ("heading", _) => LineKind::Heading,
            ("caption", _) | (_, LineKind::Caption) => LineKind::Caption,
            ("cell", _) | (_, LineKind::Cell) => LineKind::Cell,
            (_, LineKind::Code) => LineKind::Code,
            ("raw", kind) if kind != LineKind::Paragraph => LineKind::Code,
            ("par", _) => LineKind::Paragraph,
            (_, kind) => kind,
        };
        let mut anchors = around.map_or_else(Vec::new, |it| it.anchors.clone());
        anchors.extend(content.label().map(|label| label.resolve().to_string()));
        LineElement {
            kind,
            in_list: matches!(name, "item" | "list" | "enum")
                || around.is_some_and(|it| it.in_list),
            anchors,
        }
    }

    fn mention(&mut self, to: Location, page: usize) {
        let introspector: &dyn Introspector = self.pages.introspector().as_ref();
        let target = introspector.query_first(&Selector::Location(to));
        let label = target.and_then(|content| content.label());
        if let Some(label) = label {
            let pages = self.read.mentions.entry(label.resolve().to_string());
            pages.or_default().push(page);
        }
    }

    fn text(&mut self, text: &TextItem, page: usize, placed: Transform) {
        let Some((_, element)) = self.open.last() else {
            return;
        };
        let start = Point::zero().transform(placed);
        let end = Point::with_x(text.width()).transform(placed);
        if (start.y - end.y).to_pt().abs() > LEVEL || text.text.is_empty() {
            return;
        }
        let (left, right) = (start.x.min(end.x).to_pt(), start.x.max(end.x).to_pt());
        let (y, size, element) = (start.y.to_pt(), text.size.to_pt(), *element);
        let spaces = spaces(text, left);
        if let Some(line) = self.read.lines.last_mut()
            && (line.page, line.element) == (page, element)
            && (line.y - y).abs() < RAISED * size.max(line.size)
        {
            if size > line.size {
                (line.y, line.size) = (y, size);
            }
            line.left = line.left.min(left);
            line.right = line.right.max(right);
            line.text.push_str(&text.text);
            line.spaces.extend(spaces);
            return;
        }
        self.read.lines.push(PageLine {
            page,
            y,
            left,
            right,
            size,
            text: text.text.to_string(),
            spaces,
            element,
        });
    }
}

/// The word spaces of a text that begins at `left`.
fn spaces(text: &TextItem, left: f64) -> Vec<(f64, f64)> {
    let mut at = left;
    let mut spaces = Vec::new();
    for glyph in &text.glyphs {
        let width = glyph.x_advance.at(text.size).to_pt();
        if matches!(text.text.get(glyph.range()), Some(" " | "\u{a0}")) {
            spaces.push((at, at + width));
        }
        at += width;
    }
    spaces
}
