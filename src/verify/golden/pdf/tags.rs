//! The tag tree: what readers of a tagged PDF hear, in their order (ISO 32000-1, 14.7 and 14.8).

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Object};

use super::drawing::Drawing;
use super::text;
use crate::pdf::read::file::{File, as_dict, as_name, decode_text, number, short};

/// Deepest tag tree.
const DEPTH: usize = 120;
/// Most elements and pieces of content.
const NODES: usize = 2_000_000;

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
pub(super) fn tree(file: &File, drawings: &[Drawing]) -> Result<(Vec<Tag>, Vec<Vec<i64>>), String> {
    let Some(root) = file.dict(file.catalog()?, "StructTreeRoot") else {
        return Ok((Vec::new(), Vec::new()));
    };
    let mut walk = TagRecorder {
        file,
        drawings,
        content: content_index(drawings),
        roles: file.dict(root, "RoleMap"),
        seen: BTreeSet::new(),
        order: vec![Vec::new(); drawings.len()],
        page: None,
        line: text::LineReader::default(),
        left: NODES,
    };
    let children = walk.kids(file.get(root, "K"), None, 0)?;
    let tags = children.into_iter().filter_map(|node| {
        if let Node::Tag(tag) = node {
            Some(tag)
        } else {
            None
        }
    });
    Ok((tags.collect(), walk.order))
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
    drawings: &'a [Drawing],
    content: BTreeMap<(usize, i64), Vec<usize>>,
    roles: Option<&'a Dictionary>,
    seen: BTreeSet<lopdf::ObjectId>,
    order: Vec<Vec<i64>>,
    /// Page of the last fragment in reading order.
    page: Option<usize>,
    /// Where reading has come to on its line.
    line: text::LineReader<'a>,
    left: usize,
}

impl TagRecorder<'_> {
    fn kids(
        &mut self,
        kids: &Object,
        page: Option<usize>,
        depth: usize,
    ) -> Result<Vec<Node>, String> {
        if depth > DEPTH {
            return Err("its tag tree is too deep".into());
        }
        let kids = match kids {
            Object::Array(kids) => kids.as_slice(),
            Object::Null => &[],
            one => std::slice::from_ref(one),
        };
        let mut nodes = Vec::new();
        for kid in kids {
            nodes.extend(self.kid(kid, page, depth)?);
        }
        Ok(nodes)
    }

    fn kid(
        &mut self,
        kid: &Object,
        page: Option<usize>,
        depth: usize,
    ) -> Result<Option<Node>, String> {
        self.left = self
            .left
            .checked_sub(1)
            .ok_or("its tag tree is too large")?;
        match self.file.resolve(kid) {
            Object::Integer(mcid) => Ok(self.marked(*mcid, page)),
            Object::Dictionary(dict) => match self.file.name(dict, "Type").as_deref() {
                Some("MCR") => {
                    let own = self.page_of(dict).or(page);
                    let on_page = !dict.has(b"Stm");
                    Ok(self
                        .file
                        .integer(dict, "MCID")
                        .filter(|_| on_page)
                        .and_then(|mcid| self.marked(mcid, own)))
                }
                Some("OBJR") => Ok(Some(Node::Annotation)),
                _ => {
                    if kid.as_reference().is_ok_and(|id| !self.seen.insert(id)) {
                        return Err("its tag tree has an element twice".into());
                    }
                    Ok(Some(Node::Tag(self.element(dict, page, depth)?)))
                }
            },
            _ => Ok(None),
        }
    }

    fn page_of(&self, dict: &Dictionary) -> Option<usize> {
        self.file
            .page_index(dict.get(b"Pg").ok()?.as_reference().ok()?)
    }

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
            if let Some((&first, rest)) = places.split_first() {
                if self.line.separates(&fragments[first]) {
                    text.push(' ');
                }
                rest.iter().for_each(|&at| self.line.pass(&fragments[at]));
                self.page = Some(page);
            }
            text.push_str(&text::running(places.iter().map(|&at| &fragments[at])));
        }
        Some(Node::Content { page, text })
    }

    fn element(
        &mut self,
        dict: &Dictionary,
        page: Option<usize>,
        depth: usize,
    ) -> Result<Tag, String> {
        let file = self.file;
        let page = self.page_of(dict).or(page);
        let role = file.name(dict, "S").unwrap_or_else(|| "?".into());
        let mapped = self.roles.and_then(|roles| file.name(roles, &role));
        let mut attributes = Vec::new();
        if let Some(id) = file.text(dict, "ID") {
            attributes.push(("ID".to_string(), id));
        }
        attributes.extend(file.text(dict, "E").map(|text| ("E".to_string(), text)));
        self.attributes(file.get(dict, "A"), &mut attributes);
        Ok(Tag {
            role: mapped.map_or(role.clone(), |standard| format!("{role} ({standard})")),
            alt: file.text(dict, "Alt"),
            actual: file.text(dict, "ActualText"),
            lang: file.text(dict, "Lang"),
            title: file.text(dict, "T"),
            attributes,
            children: self.kids(file.get(dict, "K"), page, depth + 1)?,
        })
    }

    fn attributes(&self, object: &Object, found: &mut Vec<(String, String)>) {
        let all = match object {
            Object::Array(all) => all.as_slice(),
            one => std::slice::from_ref(one),
        };
        for dict in all.iter().filter_map(|one| as_dict(self.file.resolve(one))) {
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
