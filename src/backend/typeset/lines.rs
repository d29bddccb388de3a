//! The lines of laid-out pages with what each belongs to, as somebody sees them who looks over the pages.

use std::collections::{BTreeMap, BTreeSet};

use typst::foundations::{Content, Selector};
use typst::introspection::{Introspector, Location, Tag};
use typst::layout::{Frame, FrameItem, Point, Transform};
use typst::model::Destination;
use typst::text::TextItem;
use typst_layout::PagedDocument;

use super::pagination::pages_of_anchors;
use crate::document::{Document, Heading};
use crate::layout::Tokens;

/// How far the ends of a base line may lie apart in points: what is turned is no line.
const LEVEL: f64 = 0.5;
/// By how much of its size a raised or lowered sign leaves the line.
const RAISED: f64 = 0.6;

/// Elements that are parts of lines, whose words belong to what is around them.
const IN_LINES: [&str; 9] = [
    "emph", "footnote", "link", "metadata", "ref", "strike", "strong", "sub", "super",
];
/// Elements that are parts of lines where they are in a paragraph, a note or a caption, and blocks elsewhere.
const IN_TEXT: [&str; 4] = ["context", "link-marker", "raw", "underline"];

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

/// The last page of a chapter that goes on over its first.
pub(crate) struct Ending {
    /// The chapter by its place in the document.
    pub(crate) chapter: usize,
    /// The chapter's last line by its place in [`PageLines::lines`].
    pub(crate) last: usize,
    /// How many lines the page has.
    pub(crate) lines: usize,
    /// How many pages the chapter has before it.
    pub(crate) before: usize,
}

impl PageLines {
    /// The element of a line.
    pub(crate) fn element(&self, line: &PageLine) -> &LineElement {
        &self.elements[line.element]
    }

    /// The lines between head and foot of pages, by their places.
    pub(crate) fn between_head_and_foot(&self, tokens: &Tokens) -> impl Iterator<Item = usize> {
        let (top, bottom) = (tokens.page.top.to_pt(), tokens.page.bottom.to_pt());
        let foot = tokens.page.height.to_pt() - bottom;
        let lines = self.lines.iter().enumerate();
        lines
            .filter(move |(_, line)| line.y > top && line.y < foot + line.size * 0.5)
            .map(|(at, _)| at)
    }

    /// The first page of every chapter and list, in order, from 0.
    pub(crate) fn openings(&self, document: &Document) -> Vec<usize> {
        let chapters = document.chapters.iter().map(|chapter| &chapter.heading);
        let headings = chapters.chain(lists(document));
        let openings = headings.filter_map(|it| self.anchors.get(&it.anchor).copied());
        let mut openings: Vec<usize> = openings.collect();
        openings.sort_unstable();
        openings
    }

    /// How the first `chapters` of what begins on the pages `openings` end; `text` are the lines that count.
    pub(crate) fn endings(
        &self,
        openings: &[usize],
        chapters: usize,
        text: impl Iterator<Item = usize>,
    ) -> Vec<Ending> {
        let mut pages: BTreeMap<usize, (usize, BTreeSet<i64>)> = BTreeMap::new();
        for at in text {
            let line = &self.lines[at];
            let (last, ys) = pages.entry(line.page).or_default();
            *last = at;
            ys.insert(line.y.round() as i64);
        }
        let ending = |(chapter, opening): (usize, &usize)| {
            let end = openings.get(chapter + 1).copied().unwrap_or(self.pages);
            let (page, (last, ys)) = pages.range(*opening..end.max(*opening)).next_back()?;
            (page > opening).then_some(Ending {
                chapter,
                last: *last,
                lines: ys.len(),
                before: page - opening,
            })
        };
        let chapters = openings.iter().enumerate().take(chapters);
        chapters.filter_map(ending).collect()
    }
}

/// The anchors of the chapters whose last page has fewer lines than the layout wants, where a line from each page before it
/// would save it.
pub(super) fn short_endings(
    read: &PageLines,
    document: &Document,
    tokens: &Tokens,
) -> BTreeSet<String> {
    let text = read.between_head_and_foot(tokens);
    let text = text.filter(|at| read.element(&read.lines[*at]).kind != LineKind::Note);
    let endings = read.endings(&read.openings(document), document.chapters.len(), text);
    let least = usize::from(tokens.proof.last_page_lines);
    let short = |ending: &&Ending| ending.lines < least && ending.lines <= ending.before;
    let short = endings.iter().filter(short);
    let anchor = |ending: &Ending| document.chapters[ending.chapter].heading.anchor.clone();
    short.map(anchor).collect()
}

/// The headings of the lists at the end.
pub(super) fn lists(document: &Document) -> impl Iterator<Item = &Heading> {
    let listed = document.block_lists.iter().map(|list| &list.heading);
    let back = [
        document.bibliography.as_ref().map(|list| &list.heading),
        document.speakers.as_ref().map(|list| &list.heading),
        document.acronyms.as_ref().map(|list| &list.heading),
        document.index.as_ref().map(|list| &list.heading),
    ];
    listed.chain(back.into_iter().flatten())
}

/// Reads the lines of pages.
pub(crate) fn read(pages: &PagedDocument) -> PageLines {
    let mut reader = LineReader {
        pages,
        known: BTreeMap::new(),
        open: Vec::new(),
        loose: None,
        read: PageLines::default(),
    };
    for (page, laid_out) in pages.pages().iter().enumerate() {
        reader.frame(&laid_out.frame, page, Transform::identity());
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
    /// The element of what is in none.
    loose: Option<usize>,
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
        let around = self.open.last().map(|(_, element)| *element);
        let name = content.elem().name();
        let in_lines = |around: &usize| {
            let kind = self.read.elements[*around].kind;
            let in_text = matches!(
                kind,
                LineKind::Paragraph | LineKind::Note | LineKind::Caption
            );
            IN_LINES.contains(&name) || in_text && IN_TEXT.contains(&name)
        };
        if let Some(around) = around.filter(in_lines) {
            self.open.push((location, around));
            return;
        }
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

    /// The element of all text that is in none.
    fn loose(&mut self) -> usize {
        let elements = &mut self.read.elements;
        *self.loose.get_or_insert_with(|| {
            elements.push(LineElement {
                kind: LineKind::Other,
                in_list: false,
                anchors: Vec::new(),
            });
            elements.len() - 1
        })
    }

    fn text(&mut self, text: &TextItem, page: usize, placed: Transform) {
        let start = Point::zero().transform(placed);
        let end = Point::with_x(text.width()).transform(placed);
        if (start.y - end.y).to_pt().abs() > LEVEL || text.text.is_empty() {
            return;
        }
        let (left, right) = (start.x.min(end.x).to_pt(), start.x.max(end.x).to_pt());
        let (y, size) = (start.y.to_pt(), text.size.to_pt());
        let element = match self.open.last() {
            Some((_, element)) => *element,
            None => self.loose(),
        };
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
