//! References within a Word file: relationships, styles, numberings, notes, bookmarks. Each must lead to something
//! that exists.

use std::collections::{BTreeMap, BTreeSet};

use super::package::Package;
use super::styles::Styles;
use super::{R, W, value};
use crate::verify::conformance::verdict::{BreachList, Spot};
use crate::verify::xml::{self, Element};

/// Checks the references.
pub(super) fn check(package: &Package, styles: &Styles, found: &mut BreachList) {
    let numberings = ids(package.beside("numbering"), "num", "numId");
    let anchors = bookmarks(package, found);
    for (name, story) in package.stories() {
        let known: BTreeSet<&str> = package
            .relationships(name)
            .iter()
            .map(|one| one.id.as_str())
            .collect();
        for element in story.descendants() {
            relationships(element, &known, found);
            style(element, styles, found);
            anchor(element, &anchors, found);
            if element.has_tag_name((W, "numId")) {
                let id = value(element).unwrap_or_default();
                if id != "0" && !numberings.contains_key(id) {
                    let what = "a list has a numbering that is not there";
                    found.at(
                        "ECMA-376-1 17.9",
                        what,
                        Spot::object(format!("numbering {id}")),
                    );
                }
            }
        }
    }
    notes(package, "footnote", found);
    notes(package, "endnote", found);
}

/// How often each id is on the elements of that name at the top of a part.
fn ids(root: Option<Element<'_>>, name: &str, key: &str) -> BTreeMap<String, usize> {
    let mut ids = BTreeMap::new();
    for element in root.into_iter().flat_map(|root| root.children()) {
        if let Some(id) = element
            .attribute((W, key))
            .filter(|_| element.has_tag_name((W, name)))
        {
            *ids.entry(id.to_string()).or_default() += 1;
        }
    }
    ids
}

fn relationships(element: Element<'_>, known: &BTreeSet<&str>, found: &mut BreachList) {
    for attribute in element.attributes() {
        if attribute.namespace() == Some(R) && !known.contains(attribute.value()) {
            let what = "a part uses a relationship that it does not have";
            found.at("ECMA-376-2 9.3", what, Spot::object(attribute.value()));
        }
    }
}

fn style(element: Element<'_>, styles: &Styles, found: &mut BreachList) {
    let is_style = ["pStyle", "rStyle", "tblStyle"]
        .iter()
        .any(|name| element.has_tag_name((W, *name)));
    if let Some(id) = value(element).filter(|id| is_style && !styles.ids.contains(*id)) {
        let what = "the text is set in a style that is not there";
        found.at("ECMA-376-1 17.7", what, Spot::object(format!("style {id}")));
    }
}

/// The names of all bookmarks, each with whether it is in the body and in no frame; each is there once, begins and
/// ends.
fn bookmarks(package: &Package, found: &mut BreachList) -> BTreeMap<String, bool> {
    let mut names = BTreeMap::new();
    let (mut starts, mut ends) = (BTreeSet::new(), BTreeSet::new());
    for (part, story) in package.stories() {
        let body = package.main() == Some(part);
        for element in story.descendants() {
            let id = || element.attribute((W, "id")).unwrap_or_default().to_string();
            if element.has_tag_name((W, "bookmarkStart")) {
                let name = element
                    .attribute((W, "name"))
                    .unwrap_or_default()
                    .to_string();
                if !starts.insert(id()) || names.insert(name.clone(), body).is_some() {
                    let what = "two bookmarks have one name or one id";
                    found.at("ECMA-376-1 17.13.6", what, Spot::object(name));
                }
            } else if element.has_tag_name((W, "bookmarkEnd")) {
                ends.insert(id());
            }
        }
    }
    for id in starts.symmetric_difference(&ends) {
        let what = "a bookmark begins without an end, or ends without a beginning";
        found.at(
            "ECMA-376-1 17.13.6",
            what,
            Spot::object(format!("bookmark {id}")),
        );
    }
    for name in framed(package) {
        names.insert(name, false);
    }
    names
}

/// The names of the bookmarks in paragraphs that are frames.
fn framed(package: &Package) -> Vec<String> {
    let mut names = Vec::new();
    let Some(body) = package.body() else {
        return names;
    };
    for element in body.descendants() {
        let properties = xml::child(element, W, "pPr");
        if properties
            .and_then(|one| xml::child(one, W, "framePr"))
            .is_none()
        {
            continue;
        }
        for inner in element.descendants() {
            if inner.has_tag_name((W, "bookmarkStart")) {
                names.extend(inner.attribute((W, "name")).map(str::to_string));
            }
        }
    }
    names
}

/// A link or field within the file finds its bookmark, and in running text: LibreOffice sees none in a note or frame.
fn anchor(element: Element<'_>, anchors: &BTreeMap<String, bool>, found: &mut BreachList) {
    let name = if element.has_tag_name((W, "hyperlink")) {
        element.attribute((W, "anchor")).map(str::to_string)
    } else if element.has_tag_name((W, "instrText")) {
        let text = xml::text(element);
        let mut words = text.split_whitespace();
        let refers = words
            .next()
            .is_some_and(|word| matches!(word, "PAGEREF" | "REF" | "NOTEREF"));
        words.next().filter(|_| refers).map(str::to_string)
    } else {
        None
    };
    if let Some(name) = name {
        let what = match anchors.get(&name) {
            None => Some("a link or page number refers to a bookmark that is not there"),
            Some(false) => Some("a link or page number refers to a bookmark in a note or frame"),
            Some(true) => None,
        };
        if let Some(what) = what {
            found.at("ECMA-376-1 17.16", what, Spot::object(name));
        }
    }
    let leads =
        element.attribute((R, "id")).is_some() || element.attribute((W, "anchor")).is_some();
    if element.has_tag_name((W, "hyperlink")) && !leads {
        let what = "a link leads nowhere";
        found.at(
            "ECMA-376-1 17.16",
            what,
            Spot::object(xml::whole_text(element)),
        );
    }
}

/// Every reference to a note finds it, and every note is referred to once.
fn notes(package: &Package, kind: &str, found: &mut BreachList) {
    let part = package.beside(&format!("{kind}s"));
    let there = ids(part, kind, "id");
    let separators = separators(part);
    let reference = format!("{kind}Reference");
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    for (_, story) in package.stories() {
        for element in story.descendants() {
            if element.has_tag_name((W, reference.as_str())) {
                let id = element.attribute((W, "id")).unwrap_or_default();
                *used.entry(id.to_string()).or_default() += 1;
            }
        }
    }
    for id in used.keys().filter(|id| !there.contains_key(*id)) {
        let what = format!("the text refers to a {kind} that is not there");
        found.at(
            "ECMA-376-1 17.11",
            what,
            Spot::object(format!("{kind} {id}")),
        );
    }
    for (id, times) in there {
        let spot = || Spot::object(format!("{kind} {id}"));
        if times > 1 {
            found.at(
                "ECMA-376-1 17.11",
                format!("two {kind}s have one id"),
                spot(),
            );
        }
        if !separators.contains(id.as_str()) && used.get(&id) != Some(&1) {
            let what = format!("a {kind} is not referred to exactly once");
            found.at("ECMA-376-1 17.11", what, spot());
        }
    }
}

/// The notes that are no notes but lines between text and notes.
fn separators(part: Option<Element<'_>>) -> BTreeSet<&str> {
    let notes = part.into_iter().flat_map(|part| part.children());
    notes
        .filter(|note| {
            note.attribute((W, "type"))
                .is_some_and(|kind| kind != "normal")
        })
        .filter_map(|note| note.attribute((W, "id")))
        .collect()
}
