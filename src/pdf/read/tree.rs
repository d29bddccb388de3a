//! The tag tree as a list of elements in reading order, each with its parent, its standard type and what it holds
//! (ISO 32000-1, 14.7 and 14.8).

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Object, ObjectId};

use super::file::{File, as_dict, as_name};

/// Deepest tag tree.
pub(crate) const DEPTH: usize = 120;
/// Most elements and pieces of content.
const NODES: usize = 2_000_000;
/// Most elements below one that are searched for the page that it begins on.
const NEAR: usize = 1_000;
/// Longest chain of types that stand for each other.
const CHAIN: usize = 64;

/// Elements that hold blocks alone (ISO 32000-1, 14.8.4.2).
pub(crate) const GROUPS: &[&str] = &[
    "Document",
    "Part",
    "Art",
    "Sect",
    "Div",
    "BlockQuote",
    "Index",
    "NonStruct",
];

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

/// Whose content a piece of marked content is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ContentOwner {
    /// The page with that index.
    Page(usize),
    /// A form.
    Form(ObjectId),
}

/// Whether a structure type needs no role map.
pub(crate) fn is_standard(role: &str) -> bool {
    STANDARD.contains(&role)
}

/// Something that a structure element holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Held {
    /// The element with that index.
    Element(usize),
    /// Marked content with its number; none where the file does not say whose.
    Content(Option<ContentOwner>, i64),
    /// An annotation, where it is an object.
    Annotation(Option<ObjectId>),
}

/// A structure element.
pub(crate) struct Element {
    /// Its dictionary, without what it holds.
    pub(crate) dict: Dictionary,
    /// Its type as it is written.
    pub(crate) role: String,
    /// The standard type that it stands for, or `role` where it stands for none.
    pub(crate) kind: String,
    /// Index of the element that holds it.
    pub(crate) parent: Option<usize>,
    /// What it holds, in reading order.
    pub(crate) held: Vec<Held>,
    /// Index of the page that it names.
    pub(crate) page: Option<usize>,
    id: Option<ObjectId>,
    /// Whether the element says that another holds it.
    pub(crate) astray: bool,
}

impl Element {
    /// Indices of the elements that it holds.
    fn kids(&self) -> impl DoubleEndedIterator<Item = usize> {
        self.held.iter().filter_map(|held| match held {
            Held::Element(at) => Some(*at),
            _ => None,
        })
    }

    /// Numbers of the annotations that it holds.
    pub(crate) fn annotations(&self) -> impl Iterator<Item = ObjectId> {
        self.held.iter().filter_map(|held| match held {
            Held::Annotation(id) => *id,
            _ => None,
        })
    }

    /// Whether it holds content of a page itself.
    pub(crate) fn has_content(&self) -> bool {
        let mut held = self.held.iter();
        held.any(|held| matches!(held, Held::Content(..)))
    }
}

/// The tag tree.
#[derive(Default)]
pub(crate) struct Tree {
    /// Its root, without what it holds; none in a file without tags.
    pub(crate) root: Option<Dictionary>,
    /// All elements, in reading order.
    pub(crate) elements: Vec<Element>,
    /// The elements that hold each piece of marked content.
    pub(crate) content: BTreeMap<(ContentOwner, i64), Vec<usize>>,
    /// The element that each object is.
    pub(crate) numbers: BTreeMap<ObjectId, usize>,
    /// Types that are mapped, with what they are mapped to.
    pub(crate) roles: BTreeMap<String, String>,
}

impl Tree {
    /// Reads the tag tree of a file.
    pub(super) fn read(file: &File) -> Result<Tree, String> {
        let catalog = file.catalog()?;
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
                root: Some(shell(root)),
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
    pub(crate) fn standard(&self, role: &str) -> Option<String> {
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
    pub(crate) fn parent_kind(&self, element: &Element) -> &str {
        element
            .parent
            .map_or("StructTreeRoot", |at| &self.elements[at].kind)
    }

    /// The elements that an element holds.
    pub(crate) fn kids(&self, element: &Element) -> impl Iterator<Item = &Element> {
        element.kids().map(|at| &self.elements[at])
    }

    /// Index of the first page that an element has content on.
    pub(crate) fn page(&self, element: &Element) -> Option<usize> {
        let mut waiting: Vec<&Element> = vec![element];
        for _ in 0..NEAR {
            let element = waiting.pop()?;
            if let Some(page) = element.page {
                return Some(page);
            }
            waiting.extend(element.kids().rev().map(|at| &self.elements[at]));
        }
        None
    }
}

/// Headings below the sixth level, which PDF/UA-1 allows (7.4.3).
fn is_deep_heading(role: &str) -> bool {
    level(role).is_some_and(|level| level > 6)
}

/// The level of a heading with a number.
pub(crate) fn level(kind: &str) -> Option<u32> {
    let digits = kind.strip_prefix('H')?;
    let whole = digits.bytes().all(|digit| digit.is_ascii_digit());
    digits.parse().ok().filter(|level| whole && *level > 0)
}

struct TreeReader<'a> {
    file: &'a File,
    tree: Tree,
    seen: BTreeSet<ObjectId>,
    left: usize,
    /// The object of the root.
    id: Option<ObjectId>,
}

impl TreeReader<'_> {
    fn kids(&mut self, kids: &Object, of: Option<usize>, depth: usize) -> Result<(), String> {
        if depth > DEPTH {
            return Err("its tag tree is too deep".into());
        }
        for kid in several(kids) {
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
        kid: &Object,
        dict: &Dictionary,
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
                let object = dict.get(b"Obj").and_then(Object::as_reference).ok();
                self.hold(of, Held::Annotation(object));
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

    fn hold(&mut self, of: usize, held: Held) {
        self.tree.elements[of].held.push(held);
    }

    fn marked(&mut self, mcid: i64, place: Option<ContentOwner>, of: usize) {
        self.hold(of, Held::Content(place, mcid));
        if let Some(place) = place {
            self.tree.content.entry((place, mcid)).or_default().push(of);
        }
    }

    fn element(
        &mut self,
        id: Option<ObjectId>,
        dict: &Dictionary,
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
            dict: shell(dict),
            kind: self.tree.standard(&role).unwrap_or_else(|| role.clone()),
            role,
            parent,
            held: Vec::new(),
            page: self.page_of(dict),
            id,
            astray: says.is_none() || says != above,
        });
        self.tree.numbers.extend(id.map(|id| (id, at)));
        if let Some(parent) = parent {
            self.hold(parent, Held::Element(at));
        }
        self.kids(self.file.get(dict, "K"), Some(at), depth + 1)
    }
}

/// A dictionary of the tree without what is below it.
fn shell(dict: &Dictionary) -> Dictionary {
    let own = dict.iter().filter(|(key, _)| key.as_slice() != b"K");
    own.map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

/// An attribute of an element, in its own attributes or those of its classes (ISO 32000-1, 14.7.5).
pub(crate) fn attribute<'a>(
    file: &'a File,
    tree: &'a Tree,
    element: &'a Element,
    owner: &str,
    key: &str,
) -> Option<&'a Object> {
    let classes = tree
        .root
        .as_ref()
        .and_then(|root| file.dict(root, "ClassMap"));
    let own = several(file.get(&element.dict, "A"));
    let named = several(file.get(&element.dict, "C")).filter_map(|name| {
        let name = as_name(file.resolve(name))?;
        classes.map(|classes| file.get(classes, &name))
    });
    own.chain(named.flat_map(several)).find_map(|dict| {
        let dict = as_dict(file.resolve(dict))?;
        let wanted = file.name(dict, "O").as_deref() == Some(owner) && dict.has(key.as_bytes());
        wanted.then(|| file.get(dict, key))
    })
}

/// The objects of an array, or the one that stands for an array of one.
pub(crate) fn several(object: &Object) -> impl Iterator<Item = &Object> {
    match object {
        Object::Array(all) => all.as_slice(),
        Object::Null => &[],
        one => std::slice::from_ref(one),
    }
    .iter()
}
