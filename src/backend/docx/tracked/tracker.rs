//! What all parts of a file with tracked changes have in common: who changed it and when, the numbers of changes, and what
//! the old text brings along (relationships, pictures, lists, styles, notes).

use std::collections::{BTreeMap, BTreeSet};

use super::super::package::{Element, Node};
use super::Summary;
use super::brought;
use super::package::{Parts, Relations, take};
use super::tokens::Numbers;
use crate::base::diagnostic::Diagnostics;
use crate::base::digest::sha256;

/// What became of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is in both texts.
    Kept,
    /// It is in the new one alone.
    Inserted,
    /// It is in the old one alone.
    Deleted,
}

/// How ids of the old file are marked that are settled at the end.
pub(super) const OLD: &str = "old:";
/// Lists with lower numbers are the same in every file.
const OWN_LISTS: u32 = 4;

/// The work on one file.
pub(super) struct Tracker<'p> {
    pub(super) old: &'p Parts,
    pub(super) numbers: Numbers,
    author: &'p str,
    moment: &'p str,
    /// The number of the next change or bookmark.
    next: usize,
    /// The number of the last picture.
    picture: usize,
    /// Relationships of the part that is worked on, in the old file and in the one that is made.
    pub(super) old_relations: Relations,
    pub(super) relations: Relations,
    /// Where pictures are, by the digests of their bytes.
    media: BTreeMap<String, String>,
    /// Pictures of the old file that are not in the new one.
    pub(super) added: BTreeMap<String, Vec<u8>>,
    /// Names of the new file's bookmarks.
    names: BTreeSet<String>,
    /// Numbers of bookmarks that are taken over, by their old ones.
    bookmarks: BTreeMap<String, usize>,
    /// How the items of each list are labelled, in the old file and in the new one.
    labels: [BTreeMap<String, String>; 2],
    /// Which list of the new file each of the old one is.
    pub(super) lists: BTreeMap<String, String>,
    /// Styles that the old text has.
    pub(super) styles: BTreeSet<String>,
    /// Notes of the new file that are in both, with their old ids.
    pub(super) kept_notes: BTreeMap<String, String>,
    /// Notes that are deleted: their new and their old ids.
    pub(super) deleted_notes: Vec<(String, String)>,
    next_note: usize,
    /// Headers and footers of the new file, with those of the old one that they were.
    pub(super) heads: BTreeMap<String, String>,
    /// Names of places in paragraphs that are in both files: the old one and the new one of each.
    pub(super) kept_places: Vec<(String, String)>,
    /// Whether the files have the same names for the same places, so that references to others differ.
    pub(super) is_named: bool,
    /// How many changes have been written.
    pub(super) changes: usize,
    /// What the words belong to that are worked on.
    pub(super) place: String,
    pub(super) summary: Summary,
}

impl<'p> Tracker<'p> {
    pub(super) fn new(
        old: &'p Parts,
        new: &Parts,
        roots: &[&Element],
        author: &'p str,
        moment: &'p str,
    ) -> Result<Self, Diagnostics> {
        let is_media = |path: &&String| path.starts_with("word/media/");
        let media = new.files.keys().filter(is_media);
        let media = media.map(|path| (sha256(&new.files[path]), path.clone()));
        let mut tracker = Tracker {
            old,
            numbers: Numbers::default(),
            author,
            moment,
            next: 1,
            picture: 0,
            old_relations: Relations::default(),
            relations: Relations::default(),
            media: media.collect(),
            added: BTreeMap::new(),
            names: BTreeSet::new(),
            bookmarks: BTreeMap::new(),
            labels: [brought::labels(old)?, brought::labels(new)?],
            lists: BTreeMap::new(),
            styles: BTreeSet::new(),
            kept_notes: BTreeMap::new(),
            deleted_notes: Vec::new(),
            next_note: 1,
            heads: BTreeMap::new(),
            kept_places: Vec::new(),
            is_named: false,
            changes: 0,
            place: String::new(),
            summary: Summary::default(),
        };
        roots.iter().for_each(|root| tracker.look_at(root));
        Ok(tracker)
    }

    /// Notes which numbers and names of the new file are taken.
    fn look_at(&mut self, element: &Element) {
        let number = |name: &str| element.get(name).and_then(|id| id.parse::<usize>().ok());
        match element.name.as_str() {
            "w:bookmarkStart" => {
                self.next = self.next.max(number("w:id").unwrap_or_default() + 1);
                let name = element.get("w:name").unwrap_or_default();
                self.names.insert(name.to_lowercase());
            }
            "wp:docPr" => self.picture = self.picture.max(number("id").unwrap_or_default()),
            "w:footnote" => {
                self.next_note = self.next_note.max(number("w:id").unwrap_or_default() + 1);
            }
            _ => {}
        }
        element.elements().for_each(|child| self.look_at(child));
    }

    /// A number that no other change or bookmark has.
    fn number(&mut self) -> usize {
        self.next += 1;
        self.next - 1
    }

    /// An element that says who changed something, and when.
    pub(super) fn change(&mut self, name: &str) -> Element {
        self.changes += 1;
        Element::new(name)
            .attr("w:id", self.number())
            .attr("w:author", self.author)
            .attr("w:date", self.moment)
    }

    /// An element around what came or went, or within the properties of it.
    pub(super) fn fate(&mut self, fate: Fate) -> Option<Element> {
        match fate {
            Fate::Kept => None,
            Fate::Inserted => Some(self.change("w:ins")),
            Fate::Deleted => Some(self.change("w:del")),
        }
    }

    /// Says what properties were before: within `new`, in an element called `name`, those of `old` without what stands in
    /// `apart`. Nothing where they are the same.
    pub(super) fn properties_before(
        &mut self,
        old: Option<&Element>,
        new: &mut Element,
        name: &str,
        apart: &[&str],
    ) -> bool {
        let bare = |element: &Element| {
            let mut bare = element.clone();
            apart.iter().for_each(|one| bare.remove(one));
            bare.remove(name);
            bare.children
        };
        let before = old.map(bare).unwrap_or_default();
        let now = bare(new);
        let mut compared = before.clone();
        self.settle_list(&mut compared, &now);
        if compared == now {
            return false;
        }
        let old = Element {
            children: before,
            ..Element::new(&new.name)
        };
        let old = self.take_old(&old);
        let change = self.change(name).child(old);
        new.children.push(Node::Element(change));
        true
    }

    /// Gives a list of the old text the number that it has in the new one, where it is the same.
    fn settle_list(&mut self, old: &mut [Node], new: &[Node]) {
        let list = |nodes: &[Node]| {
            let mut found = nodes.iter().filter_map(|node| match node {
                Node::Element(one) if one.name == "w:numPr" => Some(one),
                _ => None,
            });
            let list = found.next()?.elements().find(|one| one.name == "w:numId")?;
            list.get("w:val").map(str::to_owned)
        };
        let (Some(before), Some(now)) = (list(old), list(new)) else {
            return;
        };
        if before.parse().is_ok_and(|number: u32| number < OWN_LISTS) {
            return;
        }
        let is_free = !self.lists.values().any(|one| *one == now);
        let is_alike = self.labels[0].get(&before) == self.labels[1].get(&now);
        if is_free && is_alike && !self.lists.contains_key(&before) {
            self.lists.insert(before.clone(), now.clone());
        }
        if self.lists.get(&before) == Some(&now) {
            for node in old {
                if let Node::Element(one) = node
                    && let Some(number) = one.find_mut("w:numId")
                {
                    number.set("w:val", &now);
                }
            }
        }
    }

    /// An element of the old file as one of the file that is made.
    pub(super) fn take_old(&mut self, element: &Element) -> Element {
        let mut taken = Element::new(&element.name);
        let refers = matches!(
            element.name.as_str(),
            "w:headerReference" | "w:footerReference"
        );
        for (name, value) in &element.attributes {
            let value = match name.as_str() {
                "r:id" if refers => format!("{OLD}{value}"),
                "r:id" | "r:embed" | "r:link" => self.relation(value),
                _ => value.clone(),
            };
            taken.attributes.push((name.clone(), value));
        }
        let value = element.get("w:val").unwrap_or_default();
        match element.name.as_str() {
            "w:pStyle" | "w:rStyle" | "w:tblStyle" => drop(self.styles.insert(value.to_owned())),
            "w:numId" if value.parse().is_ok_and(|number: u32| number >= OWN_LISTS) => {
                taken.set("w:val", format!("{OLD}{value}"));
            }
            "wp:docPr" | "pic:cNvPr" => {
                self.picture += usize::from(element.name == "wp:docPr");
                taken.set("id", self.picture);
                taken.set("name", format!("Picture {}", self.picture));
            }
            "w:footnoteReference" => {
                let note = self.deleted_note(element.get("w:id").unwrap_or_default());
                taken.set("w:id", note);
            }
            _ => {}
        }
        for node in &element.children {
            match node {
                Node::Text(text) => taken.children.push(Node::Text(text.clone())),
                Node::Element(child) if is_bookmark(child) => {}
                Node::Element(child) => {
                    let child = self.take_old(child);
                    taken.children.push(Node::Element(child));
                }
            }
        }
        taken
    }

    /// The new id of a note that is deleted.
    pub(super) fn deleted_note(&mut self, old: &str) -> String {
        let id = self.next_note.to_string();
        self.next_note += 1;
        self.deleted_notes.push((id.clone(), old.to_owned()));
        self.summary.notes_deleted += 1;
        self.touch();
        id
    }

    /// A relationship of the old part as one of the part that is made.
    fn relation(&mut self, id: &str) -> String {
        let Some((kind, target, external)) = self.old_relations.get(id) else {
            return id.to_owned();
        };
        let (kind, target) = (kind.to_owned(), target.to_owned());
        if external || !target.starts_with("media/") {
            return self.relations.add(&kind, &target, external);
        }
        let bytes = self.old.files.get(&format!("word/{target}"));
        let digest = bytes.map(|bytes| sha256(bytes)).unwrap_or_default();
        let path = match self.media.get(&digest) {
            Some(path) => path.clone(),
            None => {
                let ending = target.rsplit('.').next().unwrap_or_default();
                let path = format!("word/media/deleted{}.{ending}", self.added.len() + 1);
                let bytes = bytes.cloned().unwrap_or_default();
                self.added.insert(path.clone(), bytes);
                self.media.insert(digest, path.clone());
                path
            }
        };
        let target = path.trim_start_matches("word/").to_owned();
        self.relations.add(&kind, &target, false)
    }

    /// Bookmarks of the old text that the new one has not, so that links lead somewhere if it comes back. Those that say
    /// where words are written in the source are of no use there.
    pub(super) fn old_marks(&mut self, marks: &[Element]) -> Vec<Element> {
        let mut taken = Vec::new();
        for mark in marks {
            let id = mark.get("w:id").unwrap_or_default();
            match mark.get("w:name") {
                Some(name)
                    if !name.starts_with(super::super::PLACE)
                        && self.names.insert(name.to_lowercase()) =>
                {
                    let number = self.number();
                    self.bookmarks.insert(id.to_owned(), number);
                    let mut mark = mark.clone();
                    mark.set("w:id", number);
                    taken.push(mark);
                }
                Some(_) => {}
                None => {
                    if let Some(number) = self.bookmarks.remove(id) {
                        let mut mark = mark.clone();
                        mark.set("w:id", number);
                        taken.push(mark);
                    }
                }
            }
        }
        taken
    }

    /// Notes that something was changed in the part of the text that is worked on.
    pub(super) fn touch(&mut self) {
        if !self.summary.parts.contains(&self.place) && !self.place.is_empty() {
            self.summary.parts.push(self.place.clone());
        }
    }

    /// Puts the properties of a section before those that it has now: those of its headers and footers are no properties.
    pub(super) fn section(&mut self, old: Option<&Element>, mut new: Element) -> Element {
        if let Some(old) = old {
            self.pair_heads(old, &new);
            let apart = ["w:headerReference", "w:footerReference"];
            self.properties_before(Some(old), &mut new, "w:sectPrChange", &apart);
        }
        new
    }

    /// Notes which header and footer of the new file was which of the old one.
    fn pair_heads(&mut self, old: &Element, new: &Element) {
        let references = |section: &Element, relations: &Relations| {
            let references = section
                .elements()
                .filter(|one| one.name.ends_with("Reference"));
            let target = |one: &Element| {
                let id = one.get("r:id")?;
                let target = relations.get(id)?.1.to_owned();
                let of = format!("{} {}", one.name, one.get("w:type").unwrap_or_default());
                Some((of, target))
            };
            references.filter_map(target).collect::<BTreeMap<_, _>>()
        };
        let before = references(old, &self.old_relations);
        for (of, now) in references(new, &self.relations) {
            if let Some(before) = before.get(&of) {
                self.heads.entry(now).or_insert_with(|| before.clone());
            }
        }
    }
}

/// Whether an element begins or ends a bookmark.
pub(super) fn is_bookmark(element: &Element) -> bool {
    matches!(element.name.as_str(), "w:bookmarkStart" | "w:bookmarkEnd")
}

/// The properties of the mark at the end of a paragraph, with what became of it.
pub(super) fn mark_end(properties: &mut Element, change: Element) {
    let mut own = take(properties, "w:rPr").unwrap_or_else(|| Element::new("w:rPr"));
    own.children.insert(0, Node::Element(change));
    properties.children.push(Node::Element(own));
}
