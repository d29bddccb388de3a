//! Transparency by PDF/A-2a: a page that has it says in which colours it is mixed, or the output intent does.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Object, ObjectId};

use super::{CheckedPdf, colour};
use crate::pdf::read::file::{File, as_dict, as_name, number};
use crate::verify::conformance::verdict::{BreachList, Spot};

/// Deepest nesting of forms.
const DEPTH: usize = 12;

/// Checks every page.
pub(super) fn check(look: &CheckedPdf<'_>, found: &mut BreachList) {
    if colour::space(look).is_some() {
        return;
    }
    for (index, page) in look.file.pages().iter().enumerate() {
        let group = look.file.dict(&page.dict, "Group");
        let said = group.is_some_and(|group| group.has(b"CS"));
        let mut seen = BTreeSet::new();
        if !said && has(look.file, &page.resources, &mut seen, 0) {
            let what = "a page has transparency and does not say in which colours it is mixed";
            found.at("6.2.10", what, Spot::page(index, "page"));
        }
    }
}

fn has(file: &File, resources: &Dictionary, seen: &mut BTreeSet<ObjectId>, depth: usize) -> bool {
    let states = file
        .dict(resources, "ExtGState")
        .into_iter()
        .flat_map(Dictionary::iter);
    let mut states = states.filter_map(|(_, state)| as_dict(file.resolve(state)));
    if states.any(|state| mixes(file, state)) {
        return true;
    }
    let objects = file
        .dict(resources, "XObject")
        .into_iter()
        .flat_map(Dictionary::iter);
    for (_, entry) in objects {
        let (id, dict) = (entry.as_reference().ok(), as_dict(file.resolve(entry)));
        let Some(dict) = dict.filter(|_| id.is_none_or(|id| seen.insert(id))) else {
            continue;
        };
        let inner = file.dict(dict, "Resources");
        if dict.has(b"SMask")
            || file.dict(dict, "Group").is_some()
            || depth < DEPTH && inner.is_some_and(|inner| has(file, inner, seen, depth + 1))
        {
            return true;
        }
    }
    false
}

/// Whether what is painted in a state lets through what is below it.
fn mixes(file: &File, state: &Dictionary) -> bool {
    let thin = ["ca", "CA"]
        .iter()
        .any(|key| number(file.get(state, key)).is_some_and(|v| v < 1.0));
    let mask = !matches!(file.get(state, "SMask"), Object::Null)
        && as_name(file.get(state, "SMask")).as_deref() != Some("None");
    let blend = file.get(state, "BM");
    let blends = !blend.is_null()
        && !as_name(blend).is_some_and(|name| matches!(name.as_str(), "Normal" | "Compatible"));
    thin || mask || blends
}
