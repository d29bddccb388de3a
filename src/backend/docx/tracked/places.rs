//! Names of places in the old file, to which references lead.
//!
//! The program names places by their order, so that the same one has other names in two files. A first comparison says which
//! places are in both; then the old file is given the names of the new one for these, and names of its own for those that
//! came back elsewhere or not at all. A reference that leads to another place than before is changed by that, and leads
//! where it should, whether changes are accepted or rejected.

use std::collections::{BTreeMap, BTreeSet};

use super::super::package::{Element, Node};
use super::tokens::{Line, text_of};

/// New names of places, by the old ones.
pub(super) type Names = BTreeMap<String, String>;

/// The names of places in a paragraph, in their order.
pub(super) fn of_line(line: &Line) -> Vec<String> {
    let within = line.tokens.iter().flat_map(|token| &token.marks);
    let all = within.chain(&line.marks);
    let names = all.filter_map(|mark| mark.get("w:name"));
    let own = names.filter(|name| !name.starts_with(super::super::PLACE));
    own.map(str::to_owned).collect()
}

/// What the places of the old file are to be called, of the parts of both files; nothing where its references lead to the same names as before.
pub(super) fn names(
    old: &[(&str, Element)],
    new: &[(&str, Element)],
    kept: &[(String, String)],
) -> Option<Names> {
    let (mut before, mut referred) = (BTreeSet::new(), BTreeSet::new());
    for (_, root) in old {
        look_at(root, &mut before, &mut referred);
    }
    let mut taken = BTreeSet::new();
    for (_, root) in new {
        look_at(root, &mut taken, &mut referred);
    }
    let taken: BTreeSet<String> = taken.iter().map(|name| name.to_lowercase()).collect();
    let kept: BTreeMap<&str, &str> = kept
        .iter()
        .map(|(old, new)| (old.as_str(), new.as_str()))
        .collect();
    let mut names = Names::new();
    let mut number = 0;
    for name in before {
        let new = match kept.get(name.as_str()) {
            Some(new) => (*new).to_owned(),
            None if taken.contains(&name.to_lowercase()) => {
                number += 1;
                format!("_old_{number}")
            }
            None => name.clone(),
        };
        names.insert(name, new);
    }
    let other = |name: &String| names.get(name).is_some_and(|new| new != name);
    referred.iter().any(other).then_some(names)
}

/// The names of places in a part, and those that references lead to.
fn look_at(element: &Element, names: &mut BTreeSet<String>, referred: &mut BTreeSet<String>) {
    match element.name.as_str() {
        "w:bookmarkStart" => {
            let name = element.get("w:name").unwrap_or_default();
            if !name.starts_with(super::super::PLACE) {
                names.insert(name.to_owned());
            }
        }
        "w:instrText" => {
            let text = text_of(element);
            referred.extend(
                text.split(' ')
                    .filter(|word| word.starts_with('_'))
                    .map(str::to_owned),
            );
        }
        _ => {}
    }
    element
        .elements()
        .for_each(|child| look_at(child, names, referred));
}

/// Gives places other names, and references with them.
pub(super) fn rename(element: &mut Element, names: &Names) {
    let attribute = match element.name.as_str() {
        "w:bookmarkStart" => "w:name",
        "w:hyperlink" => "w:anchor",
        _ => "",
    };
    let new = element.get(attribute).and_then(|name| names.get(name));
    if let Some(new) = new.cloned() {
        element.set(attribute, new);
    }
    if element.name == "w:instrText" {
        for node in &mut element.children {
            if let Node::Text(text) = node {
                let words = text
                    .split(' ')
                    .map(|word| names.get(word).map_or(word, String::as_str));
                *text = words.collect::<Vec<_>>().join(" ");
            }
        }
    }
    for node in &mut element.children {
        if let Node::Element(child) = node {
            rename(child, names);
        }
    }
}
