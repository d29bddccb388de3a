//! Bookmarks and links.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Object};

use super::places::Places;
use crate::pdf::read::file::{File, as_dict};

/// Deepest nesting of bookmarks.
const DEPTH: usize = 32;
/// Most bookmarks.
const BOOKMARKS: usize = 100_000;

/// A bookmark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bookmark {
    /// Depth, 0 at the top.
    pub depth: usize,
    /// What it says.
    pub title: String,
    /// Index of the page that it leads to.
    pub page: Option<usize>,
    /// Where it leads, as text.
    pub target: String,
    /// Whether those below it are shown at first.
    pub open: bool,
}

/// A link of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Index of the page that it is on.
    pub page: usize,
    /// Address, or place in the file, as text.
    pub target: String,
    /// Description for those who cannot see it.
    pub alt: Option<String>,
}

/// The bookmarks in their order.
pub(super) fn bookmarks(file: &File, places: &Places) -> Result<Vec<Bookmark>, String> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let first = file
        .dict(file.catalog()?, "Outlines")
        .map(|root| root.get(b"First"));
    let mut waiting: Vec<(&Object, usize)> = first
        .into_iter()
        .flatten()
        .map(|first| (first, 0))
        .collect();
    while let Some((object, depth)) = waiting.pop() {
        let fresh = object.as_reference().is_ok_and(|id| seen.insert(id));
        if !fresh || depth > DEPTH || found.len() > BOOKMARKS {
            return Err("its bookmarks loop, are too deep or too many".into());
        }
        let Some(item) = as_dict(file.resolve(object)) else {
            continue;
        };
        found.push(bookmark(file, places, item, depth));
        waiting.extend(item.get(b"Next").ok().map(|next| (next, depth)));
        waiting.extend(item.get(b"First").ok().map(|first| (first, depth + 1)));
    }
    Ok(found)
}

fn bookmark(file: &File, places: &Places, item: &Dictionary, depth: usize) -> Bookmark {
    let action = file.dict(item, "A");
    let target = action.map_or_else(|| file.get(item, "Dest"), |action| file.get(action, "D"));
    Bookmark {
        depth,
        title: file.text(item, "Title").unwrap_or_default(),
        page: places.find(file, target).map(|(page, _)| page),
        target: places.describe(file, target),
        open: file.integer(item, "Count").is_some_and(|count| count > 0),
    }
}

/// The links and other annotations, page by page.
pub(super) fn links(file: &File, places: &Places) -> Vec<Link> {
    let mut found = Vec::new();
    for (page, node) in file.pages().iter().enumerate() {
        for annotation in file.array(&node.dict, "Annots") {
            let Some(annotation) = as_dict(file.resolve(annotation)) else {
                continue;
            };
            found.push(Link {
                page,
                target: target(file, places, annotation),
                alt: file
                    .text(annotation, "Contents")
                    .filter(|alt| !alt.is_empty()),
            });
        }
    }
    found
}

fn target(file: &File, places: &Places, annotation: &Dictionary) -> String {
    let kind = file.name(annotation, "Subtype").unwrap_or_default();
    if kind != "Link" {
        return format!("annotation {kind}");
    }
    let Some(action) = file.dict(annotation, "A") else {
        return places.describe(file, file.get(annotation, "Dest"));
    };
    match file.name(action, "S").as_deref() {
        Some("URI") => file.text(action, "URI").unwrap_or_default(),
        Some("GoTo") => places.describe(file, file.get(action, "D")),
        other => format!("action {}", other.unwrap_or("unknown")),
    }
}
