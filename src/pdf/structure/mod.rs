//! The tag tree of a finished PDF as those who hear it need it, where the PDF writer (krilla 0.8, by way of typst 0.15) tells
//! how the page was laid out:
//!
//! - text that no paragraph holds is written as a `Span` between blocks: it becomes a paragraph (`P`)
//! - grids become `Div` in `Div`: what they hold stands where they stood
//! - lists and tables that were set in columns are one list, one table
//! - items without a label have an empty one, which is announced: it goes
//! - the first mention of an acronym says what it stands for (`E`)
//!
//! What content an element holds stays where it can, and with it the way back (the parent tree).

mod targets;

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::read::tree::{DEPTH, GROUPS};

/// Elements that hold either blocks or running text.
const EITHER: &[&str] = &["LBody", "TH", "TD", "Caption"];
/// Running text.
const RUNNING: &[&str] = &[
    "Span",
    "Em",
    "Strong",
    "Quote",
    "Link",
    "Reference",
    "BibEntry",
    "Note",
];

/// What the report tells of the tag tree that the PDF writer does not know.
#[derive(Debug, Default)]
pub(crate) struct Told<'a> {
    /// By what the lists with labels count, in their order.
    pub(crate) numberings: Vec<&'a str>,
    /// What the places are that links lead to, by their names.
    pub(crate) targets: BTreeMap<String, String>,
    /// The same by where they are: by the page from 0, each with its place in points.
    pub(crate) places: BTreeMap<usize, Vec<(f64, f64, String)>>,
    /// What the first mentions of acronyms stand for, by the language that each says that it is in.
    pub(crate) mentions: BTreeMap<String, String>,
    /// What the mark of a note leads to, with {n}.
    pub(crate) note: &'a str,
    /// What the number of a note leads back to, with {n}.
    pub(crate) back: &'a str,
}

/// Sets the tag tree right; `mentions` are the marked contents that are mentions of acronyms, with their languages.
pub(super) fn settle(
    document: &mut Document,
    told: &Told<'_>,
    mentions: BTreeMap<(ObjectId, i64), String>,
) -> lopdf::Result<()> {
    let root = document.catalog()?.get(b"StructTreeRoot")?.as_reference()?;
    let kids = document.get_dictionary(root)?.get(b"K")?.clone();
    let pages = document.page_iter().zip(0..).collect();
    let mut tree = Tree {
        last: document.max_id,
        pages,
        expansions: told.mentions.clone(),
        mentions,
        ..Tree::default()
    };
    let top = tree.kids(document, kids, DEPTH)?;
    let top = tree.settled("StructTreeRoot", None, top);
    document.get_dictionary_mut(root)?.set("K", array(&top));
    tree.write(document, &top, root)?;
    tree.describe(document, &top, told, [""; 3])
}

/// What an element holds.
#[derive(Debug, Clone)]
enum Held {
    Element(ObjectId),
    /// Marked content or an annotation.
    Content(Object),
}

/// Elements, by their objects.
#[derive(Default)]
struct Tree {
    elements: BTreeMap<ObjectId, Element>,
    /// The number of the last object of the file.
    last: u32,
    /// The pages, from 0, by their objects.
    pages: BTreeMap<ObjectId, usize>,
    /// The languages of marked contents that are mentions, and what these stand for.
    mentions: BTreeMap<(ObjectId, i64), String>,
    expansions: BTreeMap<String, String>,
    /// Marked content, by its page and number, that another element holds now.
    moved: Vec<((ObjectId, i64), ObjectId)>,
}

struct Element {
    kind: String,
    /// Everything but what it holds.
    dict: Dictionary,
    held: Vec<Held>,
}

impl Element {
    fn list_numbering(&self) -> Option<&[u8]> {
        attributes(&self.dict).find_map(|one| one.get(b"ListNumbering").ok()?.as_name().ok())
    }

    /// Whether it says something itself, besides where it stands.
    fn speaks(&self) -> bool {
        ["Alt", "ActualText", "E", "Lang", "T", "ID"]
            .iter()
            .any(|key| self.dict.has(key.as_bytes()))
    }
}

impl Tree {
    /// What an object of the tree is or, where it is many, what they are. Elements are taken out of the document.
    fn kids(
        &mut self,
        document: &mut Document,
        object: Object,
        depth: usize,
    ) -> lopdf::Result<Vec<Held>> {
        let (id, found) = document.dereference(&object)?;
        if let Ok(all) = found.as_array() {
            let all = all.clone();
            let mut held = Vec::with_capacity(all.len());
            for one in all {
                held.extend(self.kids(document, one, depth)?);
            }
            return Ok(held);
        }
        let element = found.as_dict().is_ok_and(|dict| dict.has(b"S"));
        let (Some(id), Some(depth)) = (id.filter(|_| element), depth.checked_sub(1)) else {
            return Ok(vec![Held::Content(found.clone())]);
        };
        let Some(Object::Dictionary(mut dict)) = document.objects.remove(&id) else {
            return Ok(Vec::new());
        };
        let held = match dict.remove(b"K") {
            Some(kids) => self.kids(document, kids, depth)?,
            None => Vec::new(),
        };
        let kind = String::from_utf8_lossy(dict.get(b"S")?.as_name()?).into_owned();
        let page = dict.get(b"Pg").and_then(Object::as_reference).ok();
        let held = self.expanded(held, page);
        let held = self.settled(&kind, page, held);
        self.elements.insert(id, Element { kind, dict, held });
        Ok(vec![Held::Element(id)])
    }

    /// What an element holds, with each mention of an acronym as a part of its own that says what it stands for.
    fn expanded(&mut self, held: Vec<Held>, page: Option<ObjectId>) -> Vec<Held> {
        let mut out: Vec<Held> = Vec::with_capacity(held.len());
        let mut open: Option<(String, ObjectId)> = None;
        for one in held {
            let content = content_of(&one, page);
            let tag = content
                .and_then(|content| self.mentions.get(&content))
                .cloned();
            let (Some(content), Some(tag)) = (content, tag) else {
                open = None;
                out.push(one);
                continue;
            };
            // A mention that goes on in the next line is one.
            let id = match &open {
                Some((known, id)) if *known == tag => *id,
                _ => {
                    self.last += 1;
                    let words = self.expansions.get(&tag).map_or("", String::as_str);
                    let dict = dictionary! {
                        "Type" => "StructElem", "S" => "Span", "Pg" => content.0,
                        "E" => lopdf::text_string(words),
                    };
                    let (kind, held) = ("Span".to_owned(), Vec::new());
                    self.elements
                        .insert((self.last, 0), Element { kind, dict, held });
                    out.push(Held::Element((self.last, 0)));
                    (self.last, 0)
                }
            };
            self.moved.push((content, id));
            if let Some(element) = self.elements.get_mut(&id) {
                element.held.push(one);
            }
            open = Some((tag, id));
        }
        out
    }

    fn kind(&self, held: &Held) -> &str {
        match held {
            Held::Element(id) => &self.elements[id].kind,
            Held::Content(_) => "",
        }
    }

    /// What an element of a kind holds, once it is as it should be. What it holds is so already.
    fn settled(&mut self, kind: &str, page: Option<ObjectId>, held: Vec<Held>) -> Vec<Held> {
        let held = self.without_grids(held);
        let mut held = self.joined(held);
        if kind == "LI" {
            held.retain(|one| !matches!(one, Held::Element(id) if self.is_empty_label(*id)));
        }
        let mixes = || held.iter().any(|one| self.is_block(one));
        if GROUPS.contains(&kind) || EITHER.contains(&kind) && mixes() {
            return self.in_paragraphs(held, page);
        }
        let whole = RUNNING.contains(&kind) && kind != "Note" || kind == "P";
        for one in &held {
            self.inline(one);
            // What was a block of its own within a link was so for the eye alone.
            if whole
                && self.kind(one) == "P"
                && let Held::Element(id) = one
                && let Some(part) = self.elements.get_mut(id)
            {
                part.kind = "Span".into();
                part.dict.set("S", "Span");
            }
        }
        held
    }

    /// What grids hold instead of the grids; a picture keeps its caption.
    fn without_grids(&mut self, held: Vec<Held>) -> Vec<Held> {
        let mut out = Vec::with_capacity(held.len());
        for one in held {
            let grid = match &one {
                Held::Element(id) if self.is_grid(*id) => self.elements.remove(id),
                _ => None,
            };
            match grid {
                Some(grid) => out.extend(grid.held),
                None => out.push(one),
            }
        }
        out
    }

    fn is_grid(&self, id: ObjectId) -> bool {
        let element = &self.elements[&id];
        let captioned = |one: &Held| self.kind(one) == "Caption";
        element.kind == "Div" && !element.speaks() && !element.held.iter().any(captioned)
    }

    fn is_empty_label(&self, id: ObjectId) -> bool {
        let element = &self.elements[&id];
        element.kind == "Lbl" && element.held.is_empty()
    }

    /// Lists of terms that follow each other as one, and tables whose rows alone have heads.
    fn joined(&mut self, held: Vec<Held>) -> Vec<Held> {
        let mut out: Vec<Held> = Vec::with_capacity(held.len());
        for one in held {
            if let (Some(Held::Element(first)), Held::Element(next)) = (out.last(), &one)
                && self.goes_on(*first, *next)
                && let Some(more) = self.elements.remove(next)
                && let Some(first) = self.elements.get_mut(first)
            {
                first.held.extend(more.held);
                // It is in two places now.
                forget(&mut first.dict, b"BBox");
                continue;
            }
            out.push(one);
        }
        out
    }

    fn goes_on(&self, first: ObjectId, next: ObjectId) -> bool {
        let (first, next) = (&self.elements[&first], &self.elements[&next]);
        if first.speaks() || next.speaks() || first.kind != next.kind {
            return false;
        }
        match first.kind.as_str() {
            "L" => [first, next]
                .iter()
                .all(|list| list.list_numbering() == Some(b"None")),
            "Table" => [first, next]
                .iter()
                .all(|table| self.is_headed_by_rows(table)),
            _ => false,
        }
    }

    /// Whether each row of a table is headed by its first cell, and no column has a head.
    fn is_headed_by_rows(&self, table: &Element) -> bool {
        let cells = |row: &Held| match row {
            Held::Element(id) if self.kind(row) == "TR" => self.elements[id].held.as_slice(),
            _ => &[],
        };
        let is = |cell: &Held, kind: &str| self.kind(cell) == kind;
        table.held.iter().all(|row| match cells(row) {
            [head, rest @ ..] => is(head, "TH") && rest.len() == 1 && is(&rest[0], "TD"),
            [] => false,
        })
    }

    /// Blocks, with the running text between them in paragraphs; `page` is that of content that says none itself.
    fn in_paragraphs(&mut self, held: Vec<Held>, page: Option<ObjectId>) -> Vec<Held> {
        let mut out = Vec::with_capacity(held.len());
        let mut run: Vec<Held> = Vec::new();
        for one in held {
            if self.is_block(&one) {
                out.extend(self.paragraph(std::mem::take(&mut run), page));
                out.push(one);
            } else {
                run.push(one);
            }
        }
        out.extend(self.paragraph(run, page));
        out
    }

    /// Whether something is a block, and not running text.
    fn is_block(&self, one: &Held) -> bool {
        let Held::Element(id) = one else { return false };
        let element = &self.elements[id];
        match element.kind.as_str() {
            // A word set as typed, or lines.
            "Code" => element.held.iter().any(|line| self.kind(line) == "P"),
            "Lbl" => false,
            kind => !RUNNING.contains(&kind),
        }
    }

    fn paragraph(&mut self, run: Vec<Held>, page: Option<ObjectId>) -> Option<Held> {
        run.iter().for_each(|one| self.inline(one));
        if let [Held::Element(id)] = run.as_slice()
            && let Some(span) = self.elements.get_mut(id)
            && span.kind == "Span"
            && !span.dict.has(b"A")
            && !span.dict.has(b"E")
        {
            span.kind = "P".into();
            span.dict.set("S", "P");
            return run.into_iter().next();
        }
        if run.is_empty() {
            return None;
        }
        self.last += 1;
        let id = (self.last, 0);
        let mut dict = dictionary! { "Type" => "StructElem", "S" => "P" };
        if let Some(page) = page {
            dict.set("Pg", page);
        }
        for content in run.iter().filter_map(|one| content_of(one, page)) {
            self.moved.push((content, id));
        }
        let paragraph = Element {
            kind: "P".into(),
            dict,
            held: run,
        };
        self.elements.insert(id, paragraph);
        Some(Held::Element(id))
    }

    /// Says no longer of running text that it is a block.
    fn inline(&mut self, one: &Held) {
        if let Held::Element(id) = one
            && RUNNING.contains(&self.kind(one))
            && let Some(element) = self.elements.get_mut(id)
        {
            forget(&mut element.dict, b"Placement");
        }
    }

    /// Writes elements, and takes those away that are no longer there.
    fn write(
        &mut self,
        document: &mut Document,
        top: &[Held],
        root: ObjectId,
    ) -> lopdf::Result<()> {
        document.max_id = document.max_id.max(self.last);
        // Those that are in no element have never been taken out.
        document.objects.retain(|_, object| {
            let kind = object.as_dict().and_then(|dict| dict.get(b"Type"));
            !kind
                .and_then(Object::as_name)
                .is_ok_and(|name| name == b"StructElem")
        });
        let below = |held: &[Held], parent: ObjectId| -> Vec<(ObjectId, ObjectId)> {
            let element = |one: &Held| match one {
                Held::Element(id) => Some((*id, parent)),
                Held::Content(_) => None,
            };
            held.iter().filter_map(element).collect()
        };
        let mut waiting = below(top, root);
        while let Some((id, parent)) = waiting.pop() {
            let Some(element) = self.elements.get_mut(&id) else {
                continue;
            };
            let mut dict = std::mem::take(&mut element.dict);
            dict.set("P", parent);
            if !element.held.is_empty() {
                dict.set("K", array(&element.held));
                waiting.extend(below(&element.held, id));
            }
            document.objects.insert(id, dict.into());
        }
        self.lead_back(document, root)
    }

    /// Leads from content that has moved to the element that holds it now.
    fn lead_back(&self, document: &mut Document, root: ObjectId) -> lopdf::Result<()> {
        if self.moved.is_empty() {
            return Ok(());
        }
        let arrays = parent_arrays(document, root)?;
        for ((page, number), element) in &self.moved {
            let key = document
                .get_dictionary(*page)?
                .get(b"StructParents")?
                .as_i64()?;
            let array = arrays
                .get(&key)
                .and_then(|id| document.get_object_mut(*id).ok());
            let entry = array
                .and_then(|array| array.as_array_mut().ok())
                .and_then(|array| array.get_mut(usize::try_from(*number).ok()?));
            if let Some(entry) = entry {
                *entry = Object::Reference(*element);
            }
        }
        Ok(())
    }
}

/// The attributes of an element, one dictionary for each owner.
fn attributes(element: &Dictionary) -> impl Iterator<Item = &Dictionary> {
    let all = match element.get(b"A") {
        Ok(Object::Array(all)) => all.as_slice(),
        Ok(one) => std::slice::from_ref(one),
        Err(_) => &[],
    };
    all.iter().filter_map(|one| one.as_dict().ok())
}

/// Takes an attribute away, and with the last of an owner what says whose they are.
fn forget(element: &mut Dictionary, key: &[u8]) {
    let kept = attributes(element).filter_map(|one| {
        let mut one = one.clone();
        one.remove(key);
        let empty = one.iter().all(|(key, _)| key == b"O");
        (!empty).then_some(Object::Dictionary(one))
    });
    let mut kept: Vec<Object> = kept.collect();
    match kept.len() {
        0 => drop(element.remove(b"A")),
        1 => element.set("A", kept.remove(0)),
        _ => element.set("A", kept),
    }
}

/// The page and number of marked content; `page` is that of content that says none itself.
fn content_of(held: &Held, page: Option<ObjectId>) -> Option<(ObjectId, i64)> {
    match held {
        Held::Content(Object::Integer(number)) => Some((page?, *number)),
        Held::Content(Object::Dictionary(dict)) => {
            let own = dict.get(b"Pg").and_then(Object::as_reference).ok();
            Some((own.or(page)?, dict.get(b"MCID").ok()?.as_i64().ok()?))
        }
        _ => None,
    }
}

fn array(held: &[Held]) -> Object {
    let one = |held: &Held| match held {
        Held::Element(id) => Object::Reference(*id),
        Held::Content(object) => object.clone(),
    };
    Object::Array(held.iter().map(one).collect())
}

/// The arrays of the parent tree that lead from the content of pages to elements, by their keys.
fn parent_arrays(document: &Document, root: ObjectId) -> lopdf::Result<BTreeMap<i64, ObjectId>> {
    let mut arrays = BTreeMap::new();
    let tree = document
        .get_dictionary(root)?
        .get_deref(b"ParentTree", document)?;
    let mut waiting = vec![tree.as_dict()?];
    while let Some(node) = waiting.pop() {
        if let Ok(pairs) = node.get_deref(b"Nums", document).and_then(Object::as_array) {
            let entry =
                |pair: &[Object]| Some((pair[0].as_i64().ok()?, pair[1].as_reference().ok()?));
            arrays.extend(pairs.chunks_exact(2).filter_map(entry));
        }
        if let Ok(kids) = node.get_deref(b"Kids", document).and_then(Object::as_array) {
            for kid in kids {
                waiting.extend(document.dereference(kid)?.1.as_dict().ok());
            }
        }
    }
    Ok(arrays)
}

#[cfg(test)]
mod tests;
