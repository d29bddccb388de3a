//! The file as a reader hears it: the words of each element, its page, what is drawn in it, where links lead.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId};
use sha2::{Digest, Sha256};

use super::signs::{self, FoundSign};
use crate::pdf::read::ReadBack;
use crate::pdf::read::content::{Drawing, Fragment, PaintEvent};
use crate::pdf::read::file::{File, as_dict, as_name};
use crate::pdf::read::matrix::Matrix;
use crate::pdf::read::path::moved;
use crate::pdf::read::state::Graphics;
use crate::pdf::read::tree::{ContentOwner, Element, Held, Tree, level};
use crate::verify::golden::pdf::{LineReader, append, running};

/// Elements that stand within a line.
const INLINE: &[&str] = &[
    "Span",
    "Link",
    "Reference",
    "Quote",
    "Code",
    "Formula",
    "Lbl",
];
/// Most entries of an outline or a tree of names.
const ENTRIES: usize = 100_000;
/// Deepest tree of names.
const DEPTH: usize = 32;

/// A file that was read.
pub(super) struct Reader<'a> {
    pub(super) file: &'a File,
    pub(super) catalog: &'a Dictionary,
    pub(super) tree: &'a Tree,
    pub(super) drawings: &'a [Drawing],
    /// The pieces of text of marked content, by page and number.
    pieces: BTreeMap<(usize, i64), Vec<&'a Fragment>>,
    drawn: BTreeMap<(usize, i64), Vec<u8>>,
    chapters: Vec<Option<usize>>,
}

impl<'a> Reader<'a> {
    pub(super) fn of(made: &'a ReadBack<'_>) -> Result<Reader<'a>, String> {
        let file = made.pdf()?;
        let tree = made.tree()?;
        let drawings = made.drawings()?;
        let mut reader = Reader {
            file,
            catalog: file.catalog()?,
            tree,
            drawings,
            pieces: pieces(drawings),
            drawn: drawn(file, drawings),
            chapters: Vec::new(),
        };
        let mut last = None;
        for (at, element) in tree.elements.iter().enumerate() {
            if element.kind == "H1" {
                last = Some(at);
            }
            reader.chapters.push(last);
        }
        Ok(reader)
    }

    /// The words of an element and of all that it holds.
    pub(super) fn text(&self, element: &Element) -> String {
        let mut text = String::new();
        self.add_text(element, &mut text, &mut ReadingPlace::default());
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn add_text(&self, element: &Element, text: &mut String, place: &mut ReadingPlace<'a>) {
        if let Some(actual) = self.file.text(&element.dict, "ActualText") {
            text.push_str(&actual);
            return;
        }
        for held in &element.held {
            match held {
                Held::Content(Some(ContentOwner::Page(page)), mcid) => {
                    append(text, &self.piece(*page, *mcid, place));
                }
                Held::Element(at) => {
                    let kid = &self.tree.elements[*at];
                    let apart = self.is_apart(element, kid);
                    if apart {
                        text.push(' ');
                    }
                    self.add_text(kid, text, place);
                    if apart {
                        text.push(' ');
                    }
                }
                _ => {}
            }
        }
    }

    /// Whether what an element holds is heard apart from what is next to it.
    pub(super) fn is_apart(&self, element: &Element, kid: &Element) -> bool {
        let begins = kid.kind == "Lbl" && ["Note", "LI"].contains(&element.kind.as_str());
        begins || !INLINE.contains(&kid.kind.as_str()) || kid.dict.has(b"A") && self.is_block(kid)
    }

    /// The words of a piece of marked content of a page, with a space before them where one belongs between them and those
    /// that were read before.
    pub(super) fn piece(&self, page: usize, mcid: i64, place: &mut ReadingPlace<'a>) -> String {
        let Some(pieces) = self.pieces.get(&(page, mcid)) else {
            return String::new();
        };
        let turned = place.page.is_some_and(|before| before != page);
        if turned {
            place.line = LineReader::default();
        }
        place.page = Some(page);
        let space = if place.line.separates(pieces) || turned {
            " "
        } else {
            ""
        };
        format!("{space}{}", running(pieces.iter().copied()))
    }

    /// Whether an element is the number of a page in a link to it, or of a note: both change with the layout.
    pub(super) fn is_number_of_link(&self, element: &Element) -> bool {
        let is_number = |text: &str| {
            !text.is_empty()
                && (text.chars().all(char::is_numeric) || text.chars().all(|c| "ivxlc".contains(c)))
        };
        let link = match element.kind.as_str() {
            "Link" => Some(element),
            _ => self.above(element, "Link"),
        };
        link.is_some_and(|link| self.targets(link).iter().any(Option::is_some))
            && is_number(&self.own_text(element))
    }

    /// The words that stand in an element itself, and in nothing that it holds.
    pub(super) fn own_text(&self, element: &Element) -> String {
        let (mut text, mut place) = (String::new(), ReadingPlace::default());
        for held in &element.held {
            if let Held::Content(Some(ContentOwner::Page(page)), mcid) = held {
                append(&mut text, &self.piece(*page, *mcid, &mut place));
            }
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn is_block(&self, element: &Element) -> bool {
        let placed =
            crate::pdf::read::tree::attribute(self.file, self.tree, element, "Layout", "Placement");
        placed.and_then(as_name).as_deref() == Some("Block")
    }

    /// A digest of what is drawn in an element: its pictures, shapes and colours wherever on the page they stand.
    pub(super) fn drawing(&self, element: &Element) -> Vec<u8> {
        let mut digest = Sha256::new();
        for one in self.below(element) {
            for held in &one.held {
                if let Held::Content(Some(ContentOwner::Page(page)), mcid) = held {
                    digest.update(
                        self.drawn
                            .get(&(*page, *mcid))
                            .map_or(&[][..], Vec::as_slice),
                    );
                }
            }
        }
        digest.finalize().to_vec()
    }

    /// An element and all that it holds, in reading order.
    pub(super) fn below<'e>(&'e self, element: &'e Element) -> Vec<&'e Element> {
        let mut found = Vec::new();
        let mut waiting = vec![element];
        while let Some(one) = waiting.pop() {
            found.push(one);
            let kids: Vec<&Element> = self.tree.kids(one).collect();
            waiting.extend(kids.into_iter().rev());
        }
        found
    }

    /// All elements of a kind.
    pub(super) fn all<'e>(&'e self, kind: &'e str) -> impl Iterator<Item = &'e Element> {
        self.tree
            .elements
            .iter()
            .filter(move |one| one.kind == kind)
    }

    /// All headings with their levels, 0 for those that have none.
    pub(super) fn headings(&self) -> impl Iterator<Item = (u32, &Element)> {
        let elements = self.tree.elements.iter();
        elements.filter_map(|one| match one.kind.as_str() {
            "H" => Some((0, one)),
            kind => Some((level(kind)?, one)),
        })
    }

    /// Whether an element stands within one of a kind.
    pub(super) fn is_within(&self, element: &Element, kind: &str) -> bool {
        self.above(element, kind).is_some()
    }

    /// The nearest element of a kind that an element stands within.
    fn above(&self, element: &Element, kind: &str) -> Option<&Element> {
        let mut here = element.parent;
        while let Some(at) = here {
            let one = &self.tree.elements[at];
            if one.kind == kind {
                return Some(one);
            }
            here = one.parent;
        }
        None
    }

    /// The words of the caption of a picture.
    pub(super) fn caption(&self, figure: &Element) -> Option<String> {
        let group = figure.parent.map(|at| &self.tree.elements[at]);
        let group = group.filter(|one| ["Div", "Figure"].contains(&one.kind.as_str()));
        let near = self
            .tree
            .kids(figure)
            .chain(group.into_iter().flat_map(|one| self.tree.kids(one)));
        let mut captions = near.filter(|one| one.kind == "Caption");
        captions.next().map(|caption| self.text(caption))
    }

    /// Page of an element, from 1; 0 where it has none.
    pub(super) fn page(&self, element: &Element) -> usize {
        self.tree.page(element).map_or(0, |page| page + 1)
    }

    /// The heading of the chapter that an element is in.
    pub(super) fn chapter(&self, element: &Element) -> String {
        // Elements lie in memory in their order.
        let place = |one: &Element| std::ptr::from_ref(one).addr();
        let elements = &self.tree.elements;
        let at = elements.binary_search_by_key(&place(element), place);
        let chapter = at
            .ok()
            .and_then(|at| self.chapters.get(at).copied().flatten());
        chapter.map_or_else(String::new, |at| self.text(&self.tree.elements[at]))
    }

    /// The links that an element holds, each with the page that it leads to.
    pub(super) fn targets(&self, element: &Element) -> Vec<Option<usize>> {
        let links = self
            .below(element)
            .into_iter()
            .flat_map(Element::annotations);
        links.map(|id| self.target(id)).collect()
    }

    /// The signs that speech may leave out, with the elements that they stand in. Marks of lists say nothing but that.
    pub(super) fn signs(&self) -> impl Iterator<Item = (&Element, FoundSign)> {
        let elements = self.tree.elements.iter().filter(|one| one.kind != "Lbl");
        let found = |one| {
            signs::in_text(&self.own_text(one))
                .into_iter()
                .map(move |sign| (one, sign))
        };
        elements.flat_map(found)
    }

    /// Where a link leads, in words: an address, or what the file says of the place.
    pub(super) fn goal(&self, element: &Element) -> String {
        let below = self.below(element).into_iter();
        let link = below.flat_map(Element::annotations).next();
        let link = link.and_then(|id| self.file.object(id).and_then(as_dict));
        let address = link
            .and_then(|link| self.file.dict(link, "A"))
            .and_then(|action| self.file.text(action, "URI"));
        let said = || link.and_then(|link| self.file.text(link, "Contents"));
        let page = || {
            let page = self.targets(element).first().copied().flatten()?;
            Some(format!("page {page} of the file"))
        };
        let goal = address.or_else(said).or_else(page);
        goal.unwrap_or_else(|| "nothing".into())
    }

    /// Page that a link leads to, from 1; none for one that leads out of the file.
    fn target(&self, id: ObjectId) -> Option<usize> {
        let link = self.file.object(id).and_then(as_dict)?;
        let action = self.file.dict(link, "A");
        let goes = match action {
            Some(action) => self.file.get(action, "D"),
            None => self.file.get(link, "Dest"),
        };
        self.destination(goes)
    }

    /// Page of a destination, from 1.
    fn destination(&self, goes: &Object) -> Option<usize> {
        let goes = match goes {
            Object::Array(_) => goes,
            Object::Name(name) | Object::String(name, _) => self.named(name)?,
            _ => return None,
        };
        let first = goes.as_array().ok()?.first()?;
        self.file
            .page_index(first.as_reference().ok()?)
            .map(|page| page + 1)
    }

    /// The place of a name (ISO 32000-1, 12.3.2.3).
    fn named(&self, name: &[u8]) -> Option<&Object> {
        let old = self
            .file
            .dict(self.catalog, "Dests")
            .and_then(|all| all.get(name).ok());
        let found = old.map(|old| self.file.resolve(old)).or_else(|| {
            let names = self.file.dict(self.catalog, "Names")?;
            let mut waiting = vec![(self.file.dict(names, "Dests")?, 0)];
            while let Some((node, depth)) = waiting.pop() {
                for pair in self.file.array(node, "Names").chunks(2) {
                    if let [key, place] = pair
                        && self.file.resolve(key).as_str().is_ok_and(|key| key == name)
                    {
                        return Some(self.file.resolve(place));
                    }
                }
                if depth < DEPTH {
                    let kids = self.file.array(node, "Kids").iter();
                    waiting.extend(
                        kids.filter_map(|kid| Some((as_dict(self.file.resolve(kid))?, depth + 1))),
                    );
                }
            }
            None
        })?;
        match as_dict(found) {
            Some(dict) => Some(self.file.get(dict, "D")),
            None => Some(found),
        }
    }

    /// The bookmarks in their order.
    pub(super) fn bookmarks(&self) -> Vec<String> {
        let mut titles = Vec::new();
        let first = self.file.dict(self.catalog, "Outlines");
        let mut waiting: Vec<&Dictionary> = first
            .and_then(|all| self.file.dict(all, "First"))
            .into_iter()
            .collect();
        while let Some(entry) = waiting.pop() {
            if titles.len() > ENTRIES {
                break;
            }
            titles.extend(self.file.text(entry, "Title"));
            waiting.extend(self.file.dict(entry, "Next"));
            waiting.extend(self.file.dict(entry, "First"));
        }
        titles
    }

    /// All annotations of the pages, each with its page from 1.
    pub(super) fn annotations(&self) -> impl Iterator<Item = (usize, &Dictionary)> {
        let file = self.file;
        let pages = file.pages().iter().enumerate();
        pages.flat_map(move |(index, page)| {
            let all = file.array(&page.dict, "Annots").iter();
            all.filter_map(move |one| Some((index + 1, as_dict(file.resolve(one))?)))
        })
    }

    /// The language of the file.
    pub(super) fn language(&self) -> Option<String> {
        self.file.text(self.catalog, "Lang")
    }
}

/// Where reading has come to.
#[derive(Default)]
pub(super) struct ReadingPlace<'a> {
    page: Option<usize>,
    line: LineReader<'a>,
}

/// The pieces of text of marked content, by page and number.
fn pieces(drawings: &[Drawing]) -> BTreeMap<(usize, i64), Vec<&Fragment>> {
    let mut pieces: BTreeMap<(usize, i64), Vec<&Fragment>> = BTreeMap::new();
    for (page, drawing) in drawings.iter().enumerate() {
        for fragment in &drawing.fragments {
            if let Some(mcid) = fragment.mcid {
                pieces.entry((page, mcid)).or_default().push(fragment);
            }
        }
    }
    pieces
}

/// What is drawn in each piece of marked content, without where on the page it stands.
fn drawn(file: &File, drawings: &[Drawing]) -> BTreeMap<(usize, i64), Vec<u8>> {
    let mut drawn: BTreeMap<(usize, i64), Vec<u8>> = BTreeMap::new();
    for (page, drawing) in drawings.iter().enumerate() {
        let mut open: Vec<Option<i64>> = Vec::new();
        let mut corner: BTreeMap<i64, (f64, f64)> = BTreeMap::new();
        for (painted, with) in drawing.painted() {
            match painted {
                PaintEvent::Mark { mcid, form, .. } => open.push(mcid.filter(|_| form.is_none())),
                PaintEvent::EndMark => drop(open.pop()),
                _ => {
                    let Some(mcid) = open.iter().rev().find_map(|mcid| *mcid) else {
                        continue;
                    };
                    let Some(at) = place(painted, with) else {
                        continue;
                    };
                    let from = *corner.entry(mcid).or_insert(at);
                    let seen = drawn.entry((page, mcid)).or_default();
                    see(file, painted, with, from, seen);
                }
            }
        }
    }
    drawn
}

/// A digest of what a page looks like: what is painted on it, where and in which colours. What its fonts call a glyph, and
/// its resources a picture, is not to be seen.
pub(super) fn look_of(file: &File, drawing: &Drawing) -> Vec<u8> {
    let mut seen = Vec::new();
    for (painted, with) in drawing.painted() {
        see(file, painted, with, (0.0, 0.0), &mut seen);
    }
    seen
}

/// Where something that is painted stands.
fn place(painted: &PaintEvent, with: &Graphics) -> Option<(f64, f64)> {
    match painted {
        PaintEvent::Text(fragment) => Some(fragment.start),
        PaintEvent::Shape { bounds, .. } => Some((bounds[0], bounds[1])),
        PaintEvent::Picture(_) => {
            let [x, y, ..] = moved([0.0, 0.0, 1.0, 1.0], &with.matrix);
            Some((x, y))
        }
        PaintEvent::Shading { .. } => Some((with.clip[0], with.clip[1])),
        _ => None,
    }
}

/// Numbers in files have few digits: between the steps that they are rounded to, none lies here.
const OFF_THE_STEPS: f64 = 0.486_3;

/// Writes down how something that is painted looks, its places as seen from a point.
fn see(file: &File, painted: &PaintEvent, with: &Graphics, from: (f64, f64), seen: &mut Vec<u8>) {
    let mut corners: Vec<(f64, f64)> = Vec::new();
    match painted {
        PaintEvent::Text(fragment) => {
            let (text, font) = (&fragment.text, &fragment.font.facts.name);
            let size = (fragment.size * 10.0).round();
            seen.extend(format!("{text} {font} {size} {}", fragment.colour).bytes());
        }
        PaintEvent::Picture(picture) => {
            let bytes = picture.stream(file).map(|stream| &stream.content);
            seen.extend(Sha256::digest(bytes.map_or(&[][..], Vec::as_slice)));
            let Matrix([a, b, c, d, ..]) = with.matrix;
            corners.extend([(a, b), (c, d)]);
        }
        PaintEvent::Shape {
            outline,
            fill,
            stroke,
            ..
        } => {
            if *fill {
                seen.extend(format!("filled {}", with.fill).bytes());
            }
            if *stroke {
                seen.extend(format!("drawn {} {:.1}", with.stroke, with.width).bytes());
            }
            let back = with.matrix.inverse();
            corners.extend(
                back.into_iter()
                    .flat_map(|back| outline.points().map(move |(x, y)| back.apply(x, y))),
            );
        }
        PaintEvent::Shading { space, .. } => seen.extend(format!("{space:?}").bytes()),
        _ => return,
    }
    // Files say places to some hundred thousandths of a point, other ones where the same is moved: nobody sees a quarter of a
    // point. Outlines are said as from their place.
    if let Some((x, y)) = place(painted, with) {
        let [x, y] = [x - from.0, y - from.1].map(|value| (value * 2.0).round() as i64);
        seen.extend(format!(" {x} {y}").bytes());
    }
    for (x, y) in corners {
        let [x, y] = [x, y].map(|value| (value * 100.0 + OFF_THE_STEPS).floor() as i64);
        seen.extend(format!(" {x} {y}").bytes());
    }
    seen.push(b'\n');
}
