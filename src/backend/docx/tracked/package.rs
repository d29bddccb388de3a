//! The parts of a Word file that the program made, read to be changed: files, trees, relationships, content types.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::super::package::{Archive, Element, Node, parse};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Location};

/// The most bytes of all parts together.
const ALL: u64 = 1 << 30;
const TYPES: &str = "[Content_Types].xml";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

/// The parts of a file.
#[derive(Clone)]
pub(super) struct Parts {
    name: String,
    /// The bytes of each, by its path.
    pub(super) files: BTreeMap<String, Vec<u8>>,
    /// Content types by path, of those that are named one by one.
    types: BTreeMap<String, String>,
}

/// A relationship of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Relation {
    id: String,
    kind: String,
    target: String,
    external: bool,
}

/// The relationships of a part.
#[derive(Debug, Clone, Default)]
pub(super) struct Relations(Vec<Relation>);

impl Parts {
    /// The parts of the file `name`, which has been read as a Word file before.
    pub(super) fn open(name: &str, bytes: &[u8]) -> Result<Self, Diagnostics> {
        let mut archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| damaged(name, &error.to_string()))?;
        let mut parts = Parts {
            name: name.to_owned(),
            files: BTreeMap::new(),
            types: BTreeMap::new(),
        };
        let mut left = ALL;
        for index in 0..archive.len() {
            let file = archive
                .by_index(index)
                .map_err(|error| damaged(name, &error.to_string()))?;
            let path = file.name().to_owned();
            let mut bytes = Vec::new();
            file.take(left + 1)
                .read_to_end(&mut bytes)
                .map_err(|error| damaged(name, &format!("part `{path}`: {error}")))?;
            left = left
                .checked_sub(bytes.len() as u64)
                .ok_or_else(|| damaged(name, "its parts unpack to more than may be read"))?;
            parts.files.insert(path, bytes);
        }
        if let Some(root) = parts.tree(TYPES)? {
            for one in root.elements() {
                if let (Some(path), Some(kind)) = (one.get("PartName"), one.get("ContentType")) {
                    let path = path.trim_start_matches('/').to_owned();
                    parts.types.insert(path, kind.to_owned());
                }
            }
        }
        Ok(parts)
    }

    /// A part as a tree; `None` where there is no such part.
    pub(super) fn tree(&self, path: &str) -> Result<Option<Element>, Diagnostics> {
        let bytes = self.files.get(path);
        bytes
            .map(|bytes| {
                parse(bytes)
                    .map_err(|error| damaged(&self.name, &format!("part `{path}`: {error}")))
            })
            .transpose()
    }

    /// A part that every Word file of the program has.
    pub(super) fn needed(&self, path: &str) -> Result<Element, Diagnostics> {
        self.tree(path)?
            .ok_or_else(|| damaged(&self.name, &format!("it has no part `{path}`")))
    }

    /// The relationships of a part in `word/`.
    pub(super) fn relations(&self, path: &str) -> Result<Relations, Diagnostics> {
        let mut found = Relations::default();
        for one in self
            .tree(&rels_path(path))?
            .iter()
            .flat_map(Element::elements)
        {
            let text = |name: &str| one.get(name).unwrap_or_default().to_owned();
            found.0.push(Relation {
                id: text("Id"),
                kind: text("Type"),
                target: text("Target"),
                external: one.get("TargetMode") == Some("External"),
            });
        }
        Ok(found)
    }

    /// The content type of a part.
    pub(super) fn kind(&self, path: &str) -> Option<String> {
        self.types.get(path).cloned()
    }

    /// Sets a part that is a tree; of a new one `kind` is the content type.
    pub(super) fn set(&mut self, path: &str, root: &Element, kind: Option<String>) {
        if let Some(kind) = kind {
            self.types.insert(path.to_owned(), kind);
        }
        self.files.insert(path.to_owned(), root.part());
    }

    /// Sets the relationships of a part.
    pub(super) fn set_relations(&mut self, path: &str, relations: &Relations) {
        if !relations.0.is_empty() {
            let root = relations.root();
            self.files.insert(rels_path(path), root.part());
        }
    }

    /// The bytes of the file.
    pub(super) fn bytes(self) -> Result<Vec<u8>, Diagnostics> {
        let mut archive = Archive::default();
        for (path, bytes) in self.files {
            match self.types.get(&path) {
                Some(kind) => archive.xml(&path, kind, bytes),
                None if path == TYPES => {}
                None => archive.file(&path, &bytes),
            }
        }
        archive.bytes()
    }
}

impl Relations {
    /// Kind, target and whether it leads out of the file.
    pub(super) fn get(&self, id: &str) -> Option<(&str, &str, bool)> {
        let found = self.0.iter().find(|one| one.id == id)?;
        Some((&found.kind, &found.target, found.external))
    }

    /// The id of a relationship; a new one where there is none.
    pub(super) fn add(&mut self, kind: &str, target: &str, external: bool) -> String {
        let known = self
            .0
            .iter()
            .find(|one| one.kind == kind && one.target == target && one.external == external);
        if let Some(known) = known {
            return known.id.clone();
        }
        let is_taken = |id: &String| self.0.iter().any(|one| one.id == *id);
        let id = (self.0.len() + 1..)
            .map(|number| format!("rId{number}"))
            .find(|id| !is_taken(id))
            .unwrap_or_default();
        self.0.push(Relation {
            id: id.clone(),
            kind: kind.to_owned(),
            target: target.to_owned(),
            external,
        });
        id
    }

    /// The id of a relationship to a part of a kind, such as `footnotes`.
    pub(super) fn part(&mut self, kind: &str, target: &str) -> String {
        self.add(&format!("{OFFICE}{kind}"), target, false)
    }

    fn root(&self) -> Element {
        let entry = |one: &Relation| {
            let element = Element::new("Relationship")
                .attr("Id", &one.id)
                .attr("Type", &one.kind)
                .attr("Target", &one.target);
            match one.external {
                true => element.attr("TargetMode", "External"),
                false => element,
            }
        };
        Element::new("Relationships")
            .attr(
                "xmlns",
                "http://schemas.openxmlformats.org/package/2006/relationships",
            )
            .children(self.0.iter().map(entry))
    }
}

/// The children that are elements, taken out of one.
pub(super) fn into_elements(element: Element) -> impl Iterator<Item = Element> {
    element.children.into_iter().filter_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    })
}

/// Takes the first child of that name out of an element.
pub(super) fn take(element: &mut Element, name: &str) -> Option<Element> {
    let is_it = |node: &Node| matches!(node, Node::Element(child) if child.name == name);
    let at = element.children.iter().position(is_it)?;
    match element.children.remove(at) {
        Node::Element(child) => Some(child),
        Node::Text(_) => None,
    }
}

fn rels_path(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    format!("{folder}/_rels/{name}.rels")
}

fn damaged(name: &str, what: &str) -> Diagnostics {
    Diagnostic::new(
        Code::WORD_DAMAGED,
        format!("the Word file is damaged: {what}"),
    )
    .at(Location::whole(name))
    .hint("make it again with gmg-export")
    .into()
}
