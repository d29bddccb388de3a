//! The file as a reader hears it: the words of each element, its page, what is drawn in it, where links lead.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Object, ObjectId};
use sha2::{Digest, Sha256};

use crate::pdf::read::ReadBack;
use crate::pdf::read::content::{Drawing, PaintEvent};
use crate::pdf::read::file::{File, Rect, as_dict, as_name};
use crate::pdf::read::tree::{ContentOwner, Element, Held, Tree, level};

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
    words: BTreeMap<(usize, i64), String>,
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
            words: words(drawings),
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
        self.add_text(element, &mut text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn add_text(&self, element: &Element, text: &mut String) {
        if let Some(actual) = self.file.text(&element.dict, "ActualText") {
            text.push_str(&actual);
            return;
        }
        for held in &element.held {
            match held {
                Held::Content(Some(ContentOwner::Page(page)), mcid) => {
                    text.push_str(self.words.get(&(*page, *mcid)).map_or("", String::as_str));
                }
                Held::Element(at) => {
                    let kid = &self.tree.elements[*at];
                    let apart = !INLINE.contains(&kid.kind.as_str())
                        || kid.dict.has(b"A") && self.is_block(kid);
                    if apart {
                        text.push(' ');
                    }
                    self.add_text(kid, text);
                    if apart {
                        text.push(' ');
                    }
                }
                _ => {}
            }
        }
    }

    /// The words that stand in an element itself, and in nothing that it holds.
    pub(super) fn own_text(&self, element: &Element) -> String {
        let mut text = String::new();
        for held in &element.held {
            if let Held::Content(Some(ContentOwner::Page(page)), mcid) = held {
                text.push_str(self.words.get(&(*page, *mcid)).map_or("", String::as_str));
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
        let mut here = element.parent;
        while let Some(at) = here {
            if self.tree.elements[at].kind == kind {
                return true;
            }
            here = self.tree.elements[at].parent;
        }
        false
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

/// The words of each piece of marked content.
fn words(drawings: &[Drawing]) -> BTreeMap<(usize, i64), String> {
    let mut words: BTreeMap<(usize, i64), String> = BTreeMap::new();
    for (page, drawing) in drawings.iter().enumerate() {
        let mut last: Option<(i64, f64)> = None;
        for fragment in &drawing.fragments {
            let Some(mcid) = fragment.mcid else { continue };
            let text = words.entry((page, mcid)).or_default();
            let line = fragment.start.1;
            let new = last.is_some_and(|(before, at)| before == mcid && (at - line).abs() > 1.0);
            match (text.ends_with('\u{ad}'), new) {
                (true, _) => drop(text.pop()),
                (false, true) => text.push(' '),
                _ => {}
            }
            text.push_str(&fragment.text);
            last = Some((mcid, line));
        }
    }
    words
}

/// What is drawn in each piece of marked content, without where on the page it stands.
fn drawn(file: &File, drawings: &[Drawing]) -> BTreeMap<(usize, i64), Vec<u8>> {
    let mut drawn: BTreeMap<(usize, i64), Vec<u8>> = BTreeMap::new();
    for (page, drawing) in drawings.iter().enumerate() {
        let mut open: Vec<Option<i64>> = Vec::new();
        let mut corner: BTreeMap<i64, (f64, f64)> = BTreeMap::new();
        let mut pictures: BTreeSet<(i64, Vec<u8>)> = BTreeSet::new();
        for (painted, with) in drawing.painted() {
            let mcid = open.iter().rev().find_map(|mcid| *mcid);
            match (painted, mcid) {
                (PaintEvent::Mark { mcid, form, .. }, _) => {
                    open.push(mcid.filter(|_| form.is_none()));
                }
                (PaintEvent::EndMark, _) => drop(open.pop()),
                (PaintEvent::Shape { bounds, .. }, Some(mcid)) => {
                    let from = *corner.entry(mcid).or_insert((bounds[0], bounds[1]));
                    let said = format!("{} {}\n", relative(*bounds, from), with.fill);
                    drawn.entry((page, mcid)).or_default().extend(said.bytes());
                }
                (PaintEvent::Text(fragment), Some(mcid)) => {
                    let said = format!("{} {}\n", fragment.text, fragment.colour);
                    drawn.entry((page, mcid)).or_default().extend(said.bytes());
                }
                (PaintEvent::Picture(picture), Some(mcid)) => {
                    let bytes = picture.stream(file).map(|stream| &stream.content);
                    let sum = Sha256::digest(bytes.map_or(&[][..], Vec::as_slice)).to_vec();
                    if pictures.insert((mcid, sum.clone())) {
                        drawn.entry((page, mcid)).or_default().extend(sum);
                    }
                }
                _ => {}
            }
        }
    }
    drawn
}

fn relative([a, b, c, d]: Rect, (x, y): (f64, f64)) -> String {
    let [a, b, c, d] = [a - x, b - y, c - x, d - y].map(|value| (value * 10.0).round() as i64);
    format!("{a} {b} {c} {d}")
}
