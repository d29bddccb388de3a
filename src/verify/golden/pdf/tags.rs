//! The tag tree: what readers of a tagged PDF hear, in their order (ISO 32000-1, 14.7 and 14.8).

use std::collections::BTreeMap;

use lopdf::Object;

use super::text;
use crate::pdf::read::ReadBack;
use crate::pdf::read::content::Drawing;
use crate::pdf::read::file::{File, as_dict, as_name, decode_text, number, short};
use crate::pdf::read::tree::{ContentOwner, Element, Held, Tree, several};

/// A structure element.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tag {
    /// Its structure type, such as `H1`; with the standard type it is mapped to, where it is no standard one.
    pub role: String,
    /// Alternate description.
    pub alt: Option<String>,
    /// Replacement text.
    pub actual: Option<String>,
    /// Language, where it is said.
    pub lang: Option<String>,
    /// Title.
    pub title: Option<String>,
    /// Attributes and identifier, as name and value, such as `Table.Scope` and `Column`.
    pub attributes: Vec<(String, String)>,
    /// What it holds, in order.
    pub children: Vec<Node>,
}

/// What a structure element holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// An element.
    Tag(Tag),
    /// Content of a page.
    Content {
        /// Index of the page.
        page: usize,
        /// Its text, starting with a space where one belongs between it and what comes before.
        text: String,
    },
    /// An annotation, such as that of a link.
    Annotation,
}

impl Tag {
    /// All text below the element, with single spaces.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.collect(&mut text);
        text.split(' ')
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn collect(&self, text: &mut String) {
        for child in &self.children {
            match child {
                Node::Tag(tag) => tag.collect(text),
                Node::Content { text: part, .. } => text::append(text, part),
                Node::Annotation => {}
            }
        }
    }

    /// Index of the first page that it has content on.
    pub fn page(&self) -> Option<usize> {
        self.children.iter().find_map(|child| match child {
            Node::Tag(tag) => tag.page(),
            Node::Content { page, .. } => Some(*page),
            Node::Annotation => None,
        })
    }

    /// All elements in reading order, this one first.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Tag)) {
        visit(self);
        for child in &self.children {
            if let Node::Tag(tag) = child {
                tag.walk(visit);
            }
        }
    }
}

/// The tag tree of a file and, for each page, the numbers of its marked content in reading order.
pub(super) fn tree(made: &ReadBack<'_>) -> Result<(Vec<Tag>, Vec<Vec<i64>>), String> {
    let (tree, drawings) = (made.tree()?, made.drawings()?);
    let mut walk = TagRecorder {
        file: made.pdf()?,
        tree,
        drawings,
        content: content_index(drawings),
        order: vec![Vec::new(); drawings.len()],
        page: None,
        line: text::LineReader::default(),
    };
    let top = tree.elements.iter().filter(|one| one.parent.is_none());
    let tags = top.map(|element| walk.element(element, None)).collect();
    Ok((tags, walk.order))
}

/// The fragments of each piece of marked content, by page and number.
fn content_index(drawings: &[Drawing]) -> BTreeMap<(usize, i64), Vec<usize>> {
    let mut index: BTreeMap<(usize, i64), Vec<usize>> = BTreeMap::new();
    for (page, drawing) in drawings.iter().enumerate() {
        for (at, fragment) in drawing.fragments.iter().enumerate() {
            if let Some(mcid) = fragment.mcid {
                index.entry((page, mcid)).or_default().push(at);
            }
        }
    }
    index
}

struct TagRecorder<'a> {
    file: &'a File,
    tree: &'a Tree,
    drawings: &'a [Drawing],
    content: BTreeMap<(usize, i64), Vec<usize>>,
    order: Vec<Vec<i64>>,
    /// Page of the last fragment in reading order.
    page: Option<usize>,
    /// Where reading has come to on its line.
    line: text::LineReader<'a>,
}

impl TagRecorder<'_> {
    fn marked(&mut self, mcid: i64, page: Option<usize>) -> Option<Node> {
        let page = page?;
        self.order.get_mut(page)?.push(mcid);
        let mut text = String::new();
        if let Some(places) = self.content.get(&(page, mcid)) {
            let fragments = &self.drawings[page].fragments;
            if self.page != Some(page) {
                text.extend(self.page.map(|_| ' '));
                self.line = text::LineReader::default();
            }
            let pieces: Vec<_> = places.iter().map(|&at| &*fragments[at]).collect();
            if self.line.separates(&pieces) {
                text.push(' ');
            }
            self.page = Some(page);
            text.push_str(&text::running(pieces));
        }
        Some(Node::Content { page, text })
    }

    fn element(&mut self, element: &Element, page: Option<usize>) -> Tag {
        let (file, tree, dict) = (self.file, self.tree, &element.dict);
        let page = element.page.or(page);
        let role = match element.role.as_str() {
            "" => "?",
            role => role,
        };
        let mut attributes = Vec::new();
        if let Some(id) = file.text(dict, "ID") {
            attributes.push(("ID".to_string(), id));
        }
        attributes.extend(file.text(dict, "E").map(|text| ("E".to_string(), text)));
        self.attributes(file.get(dict, "A"), &mut attributes);
        let children = element.held.iter().filter_map(|held| match *held {
            Held::Element(at) => Some(Node::Tag(self.element(&tree.elements[at], page))),
            Held::Content(None, mcid) => self.marked(mcid, page),
            Held::Content(Some(ContentOwner::Page(page)), mcid) => self.marked(mcid, Some(page)),
            Held::Content(Some(ContentOwner::Form(_)), _) => None,
            Held::Annotation(_) => Some(Node::Annotation),
        });
        let children = children.collect();
        Tag {
            role: match tree.roles.get(role) {
                Some(standard) => format!("{role} ({standard})"),
                None => role.to_string(),
            },
            alt: file.text(dict, "Alt"),
            actual: file.text(dict, "ActualText"),
            lang: file.text(dict, "Lang"),
            title: file.text(dict, "T"),
            attributes,
            children,
        }
    }

    fn attributes(&self, object: &Object, found: &mut Vec<(String, String)>) {
        for dict in several(object).filter_map(|one| as_dict(self.file.resolve(one))) {
            let owner = self.file.name(dict, "O").unwrap_or_default();
            let values = dict.iter().filter(|(key, _)| key.as_slice() != b"O");
            let value = |(key, value): (&Vec<u8>, &Object)| {
                (
                    format!("{owner}.{}", String::from_utf8_lossy(key)),
                    self.value(value, 0),
                )
            };
            found.extend(values.map(value));
        }
    }

    fn value(&self, object: &Object, depth: usize) -> String {
        match self.file.resolve(object) {
            Object::Array(parts) if depth < 4 => parts
                .iter()
                .map(|part| self.value(part, depth + 1))
                .collect::<Vec<_>>()
                .join(" "),
            Object::String(text, _) => decode_text(text),
            Object::Boolean(value) => value.to_string(),
            other => number(other)
                .map(short)
                .or_else(|| as_name(other))
                .unwrap_or_else(|| "?".into()),
        }
    }
}
