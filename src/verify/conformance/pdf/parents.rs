//! The way back from content to the tag tree: the parent tree (ISO 32000-1, 14.7.4.4).

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object};

use super::CheckedPdf;
use crate::pdf::read::file::{File, as_dict};
use crate::pdf::read::tree::ContentOwner;
use crate::verify::conformance::verdict::{BreachList, Spot};

/// Deepest number tree.
const DEPTH: usize = 32;
/// Most nodes of it.
const NODES: usize = 200_000;

/// The entries of the parent tree by their keys.
pub(super) fn read<'a>(look: &CheckedPdf<'a>) -> BTreeMap<i64, &'a Object> {
    let file = look.file;
    let root = look
        .tree
        .root
        .as_ref()
        .and_then(|root| file.dict(root, "ParentTree"));
    let mut entries = BTreeMap::new();
    let mut waiting: Vec<(&Dictionary, usize)> = root.into_iter().map(|root| (root, 0)).collect();
    let mut left = NODES;
    while let Some((node, depth)) = waiting.pop() {
        let Some(rest) = left.checked_sub(1) else {
            break;
        };
        left = rest;
        for pair in file.array(node, "Nums").chunks(2) {
            if let [key, value] = pair
                && let Ok(key) = file.resolve(key).as_i64()
            {
                entries.insert(key, value);
            }
        }
        if depth < DEPTH {
            let kids = file.array(node, "Kids").iter();
            waiting.extend(kids.filter_map(|kid| Some((as_dict(file.resolve(kid))?, depth + 1))));
        }
    }
    entries
}

/// Checks that the parent tree leads from every piece of content to the element that holds it.
pub(super) fn check(look: &CheckedPdf<'_>, found: &mut BreachList) {
    let entries = read(look);
    for (index, page) in look.pages.iter().enumerate() {
        for (place, mcid) in page.marks.keys() {
            let Some(&[holder]) = look.tree.content.get(&(*place, *mcid)).map(Vec::as_slice) else {
                continue;
            };
            let back = owner(look.file, *place, index, look)
                .and_then(|key| entries.get(&key))
                .and_then(|entry| look.file.resolve(entry).as_array().ok())
                .and_then(|all| all.get(usize::try_from(*mcid).ok()?))
                .and_then(|entry| entry.as_reference().ok())
                .and_then(|id| look.tree.numbers.get(&id));
            if back != Some(&holder) {
                let what =
                    "the parent tree does not lead from content to the element that holds it";
                found.at(
                    "7.1",
                    what,
                    Spot::page(index, format!("marked content {mcid}")),
                );
            }
        }
    }
}

/// The key of a page or form in the parent tree.
fn owner(file: &File, place: ContentOwner, index: usize, look: &CheckedPdf<'_>) -> Option<i64> {
    let dict = match place {
        ContentOwner::Page(_) => &look.file.pages().get(index)?.dict,
        ContentOwner::Form(id) => file.object(id).and_then(as_dict)?,
    };
    file.integer(dict, "StructParents")
}
