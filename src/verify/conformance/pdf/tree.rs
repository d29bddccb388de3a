//! The tag tree as a list of elements in reading order, each with its parent, its standard type and what it holds
//! (ISO 32000-1, 14.7 and 14.8).

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Object, ObjectId};

use super::drawn::ContentOwner;
use crate::pdf::read::file::{File, as_dict, as_name};

/// Deepest tag tree.
const DEPTH: usize = 120;
/// Most elements and pieces of content.
const NODES: usize = 2_000_000;
/// Most elements below one that are searched for the page that it begins on.
const NEAR: usize = 1_000;
/// Longest chain of types that stand for each other.
const CHAIN: usize = 64;

/// Standard structure types of PDF 1.7 (ISO 32000-1, 14.8.4).
const STANDARD: &[&str] = &[
    "Document",
    "Part",
    "Art",
    "Sect",
    "Div",
    "BlockQuote",
    "Caption",
    "TOC",
    "TOCI",
    "Index",
    "NonStruct",
    "Private",
    "P",
    "H",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "L",
    "LI",
    "Lbl",
    "LBody",
    "Table",
    "TR",
    "TH",
    "TD",
    "THead",
    "TBody",
    "TFoot",
    "Span",
    "Quote",
    "Note",
    "Reference",
    "BibEntry",
    "Code",
    "Link",
    "Annot",
    "Ruby",
    "RB",
    "RT",
    "RP",
    "Warichu",
    "WT",
    "WP",
    "Figure",
    "Formula",
    "Form",
];

/// Whether a structure type needs no role map.
pub(super) fn is_standard(role: &str) -> bool {
    STANDARD.contains(&role)
}

/// A structure element.
pub(super) struct Element<'a> {
    /// Its dictionary.
    pub(super) dict: &'a Dictionary,
    /// Its type as it is written.
    pub(super) role: String,
    /// The standard type that it stands for, or `role` where it stands for none.
    pub(super) kind: String,
    /// Index of the element that holds it.
    pub(super) parent: Option<usize>,
    /// Indices of the elements that it holds.
    pub(super) kids: Vec<usize>,
    /// Index of the page that it names.
    pub(super) page: Option<usize>,
    /// Numbers of the annotations that it holds.
    pub(super) objects: Vec<ObjectId>,
    /// Whether it holds content of a page itself.
    pub(super) content: bool,
    id: Option<ObjectId>,
    /// Whether the element says that another holds it.
    pub(super) astray: bool,
}

/// The tag tree.
#[derive(Default)]
pub(super) struct Tree<'a> {
    /// Its root; none in a file without tags.
    pub(super) root: Option<&'a Dictionary>,
    /// All elements, in reading order.
    pub(super) elements: Vec<Element<'a>>,
    /// The elements that hold each piece of marked content.
    pub(super) content: BTreeMap<(ContentOwner, i64), Vec<usize>>,
    /// The element that each object is.
    pub(super) numbers: BTreeMap<ObjectId, usize>,
    /// Types that are mapped, with what they are mapped to.
    pub(super) roles: BTreeMap<String, String>,
}

impl<'a> Tree<'a> {
    /// Reads the tag tree of a file.
    pub(super) fn read(file: &'a File, catalog: &'a Dictionary) -> Result<Tree<'a>, String> {
        let Some(root) = file.dict(catalog, "StructTreeRoot") else {
            return Ok(Tree::default());
        };
        let roles = file
            .dict(root, "RoleMap")
            .into_iter()
            .flat_map(Dictionary::iter);
        let roles = roles.filter_map(|(role, to)| {
            let to = as_name(file.resolve(to))?;
            Some((String::from_utf8_lossy(role).into_owned(), to))
        });
        let mut walk = TreeReader {
            file,
            tree: Tree {
                root: Some(root),
                roles: roles.collect(),
                ..Tree::default()
            },
            seen: BTreeSet::new(),
            left: NODES,
            id: catalog
                .get(b"StructTreeRoot")
                .and_then(Object::as_reference)
                .ok(),
        };
        walk.kids(file.get(root, "K"), None, 0)?;
        Ok(walk.tree)
    }

    /// The standard type that a type stands for, if it does.
    pub(super) fn standard(&self, role: &str) -> Option<String> {
        let mut role = role;
        for _ in 0..CHAIN {
            if is_standard(role) || is_deep_heading(role) {
                return Some(role.to_string());
            }
            role = self.roles.get(role)?;
        }
        None
    }

    /// The type of the element that holds another, `StructTreeRoot` at the top.
    pub(super) fn parent_kind(&self, element: &Element<'_>) -> &str {
        element
            .parent
            .map_or("StructTreeRoot", |at| &self.elements[at].kind)
    }

    /// The elements that an element holds.
    pub(super) fn kids(&self, element: &Element<'a>) -> impl Iterator<Item = &Element<'a>> {
        element.kids.iter().map(|at| &self.elements[*at])
    }

    /// Index of the first page that an element has content on.
    pub(super) fn page(&self, element: &Element<'_>) -> Option<usize> {
        let mut waiting: Vec<&Element<'_>> = vec![element];
        for _ in 0..NEAR {
            let element = waiting.pop()?;
            if let Some(page) = element.page {
                return Some(page);
            }
            waiting.extend(element.kids.iter().rev().map(|at| &self.elements[*at]));
        }
        None
    }
}

/// Headings below the sixth level, which PDF/UA-1 allows (7.4.3).
fn is_deep_heading(role: &str) -> bool {
    level(role).is_some_and(|level| level > 6)
}

/// The level of a heading with a number.
pub(super) fn level(kind: &str) -> Option<u32> {
    let digits = kind.strip_prefix('H')?;
    let whole = digits.bytes().all(|digit| digit.is_ascii_digit());
    digits.parse().ok().filter(|level| whole && *level > 0)
}

struct TreeReader<'a> {
    file: &'a File,
    tree: Tree<'a>,
    seen: BTreeSet<ObjectId>,
    left: usize,
    /// The object of the root.
    id: Option<ObjectId>,
}

impl<'a> TreeReader<'a> {
    fn kids(&mut self, kids: &'a Object, of: Option<usize>, depth: usize) -> Result<(), String> {
        if depth > DEPTH {
            return Err("its tag tree is too deep".into());
        }
        let kids = match kids {
            Object::Array(kids) => kids.as_slice(),
            Object::Null => &[],
            one => std::slice::from_ref(one),
        };
        for kid in kids {
            self.left = self
                .left
                .checked_sub(1)
                .ok_or("its tag tree is too large")?;
            match (self.file.resolve(kid), of) {
                (Object::Integer(mcid), Some(of)) => {
                    let page = self.tree.elements[of].page;
                    self.marked(*mcid, page.map(ContentOwner::Page), of);
                }
                (Object::Dictionary(dict), of) => self.dict(kid, dict, of, depth)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn dict(
        &mut self,
        kid: &'a Object,
        dict: &'a Dictionary,
        of: Option<usize>,
        depth: usize,
    ) -> Result<(), String> {
        match (self.file.name(dict, "Type").as_deref(), of) {
            (Some("MCR"), Some(of)) => {
                let form = dict.get(b"Stm").and_then(Object::as_reference).ok();
                let page = self.page_of(dict).or(self.tree.elements[of].page);
                let place = form
                    .map(ContentOwner::Form)
                    .or(page.map(ContentOwner::Page));
                if let Some(mcid) = self.file.integer(dict, "MCID") {
                    self.marked(mcid, place, of);
                }
            }
            (Some("OBJR"), Some(of)) => {
                let object = dict.get(b"Obj").and_then(Object::as_reference);
                self.tree.elements[of].objects.extend(object);
            }
            (Some("MCR" | "OBJR"), None) => {}
            _ => return self.element(kid.as_reference().ok(), dict, of, depth),
        }
        Ok(())
    }

    fn page_of(&self, dict: &Dictionary) -> Option<usize> {
        let id = dict.get(b"Pg").ok()?.as_reference().ok()?;
        self.file.page_index(id)
    }

    fn marked(&mut self, mcid: i64, place: Option<ContentOwner>, of: usize) {
        self.tree.elements[of].content = true;
        if let Some(place) = place {
            self.tree.content.entry((place, mcid)).or_default().push(of);
        }
    }

    fn element(
        &mut self,
        id: Option<ObjectId>,
        dict: &'a Dictionary,
        parent: Option<usize>,
        depth: usize,
    ) -> Result<(), String> {
        if id.is_some_and(|id| !self.seen.insert(id)) {
            return Err("its tag tree has an element twice".into());
        }
        let at = self.tree.elements.len();
        let above = parent.map_or(self.id, |parent| self.tree.elements[parent].id);
        let says = dict.get(b"P").and_then(Object::as_reference).ok();
        let role = self.file.name(dict, "S").unwrap_or_default();
        self.tree.elements.push(Element {
            dict,
            kind: self.tree.standard(&role).unwrap_or_else(|| role.clone()),
            role,
            parent,
            kids: Vec::new(),
            page: self.page_of(dict),
            objects: Vec::new(),
            content: false,
            id,
            astray: says.is_none() || says != above,
        });
        self.tree.numbers.extend(id.map(|id| (id, at)));
        if let Some(parent) = parent {
            self.tree.elements[parent].kids.push(at);
        }
        self.kids(self.file.get(dict, "K"), Some(at), depth + 1)
    }
}

/// An attribute of an element, in its own attributes or those of its classes (ISO 32000-1, 14.7.5).
pub(super) fn attribute<'a>(
    file: &'a File,
    tree: &Tree<'a>,
    element: &Element<'a>,
    owner: &str,
    key: &str,
) -> Option<&'a Object> {
    let classes = tree.root.and_then(|root| file.dict(root, "ClassMap"));
    let own = several(file.get(element.dict, "A"));
    let named = several(file.get(element.dict, "C")).filter_map(|name| {
        let name = as_name(file.resolve(name))?;
        classes.map(|classes| file.get(classes, &name))
    });
    own.chain(named.flat_map(several)).find_map(|dict| {
        let dict = as_dict(file.resolve(dict))?;
        let wanted = file.name(dict, "O").as_deref() == Some(owner) && dict.has(key.as_bytes());
        wanted.then(|| file.get(dict, key))
    })
}

fn several(object: &Object) -> impl Iterator<Item = &Object> {
    match object {
        Object::Array(all) => all.as_slice(),
        Object::Null => &[],
        one => std::slice::from_ref(one),
    }
    .iter()
}
