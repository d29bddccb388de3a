//! How elements nest: headings without a gap, lists, contents, figures, formulas and notes.

use std::collections::BTreeSet;

use super::CheckedPdf;
use crate::pdf::read::file::as_name;
use crate::pdf::read::tree::{ContentOwner, Element, Held, attribute, level};
use crate::verify::conformance::verdict::{BreachList, Spot};

/// Which elements may hold an element, where the standard says (ISO 32000-1, 14.8.4.3).
const HOLDERS: &[(&str, &str, &[&str])] = &[
    ("TOCI", "7.2", &["TOC"]),
    ("LI", "7.6", &["L"]),
    ("LBody", "7.6", &["LI"]),
    ("TR", "7.5", &["Table", "THead", "TBody", "TFoot"]),
    ("THead", "7.5", &["Table"]),
    ("TBody", "7.5", &["Table"]),
    ("TFoot", "7.5", &["Table"]),
    ("TH", "7.5", &["TR"]),
    ("TD", "7.5", &["TR"]),
    ("RB", "7.2", &["Ruby"]),
    ("RT", "7.2", &["Ruby"]),
    ("RP", "7.2", &["Ruby"]),
    ("WT", "7.2", &["Warichu"]),
    ("WP", "7.2", &["Warichu"]),
];

/// What an element may hold, where the standard says.
const HELD: &[(&str, &str, &[&str])] = &[
    ("TOC", "7.2", &["TOC", "TOCI", "Caption"]),
    ("L", "7.6", &["L", "LI", "Caption"]),
    ("LI", "7.6", &["Lbl", "LBody"]),
    (
        "Table",
        "7.5",
        &["TR", "THead", "TBody", "TFoot", "Caption"],
    ),
    ("THead", "7.5", &["TR"]),
    ("TBody", "7.5", &["TR"]),
    ("TFoot", "7.5", &["TR"]),
    ("TR", "7.5", &["TH", "TD"]),
    ("Ruby", "7.2", &["RB", "RT", "RP"]),
    ("Warichu", "7.2", &["WT", "WP"]),
];

/// The condition of the Matterhorn Protocol on how elements of a kind nest.
fn syntax(kind: &str) -> &'static str {
    match kind {
        "TOC" | "TOCI" => "09-006",
        "L" | "LI" | "LBody" => "09-005",
        "Ruby" | "RB" | "RT" | "RP" => "09-007",
        "Warichu" | "WT" | "WP" => "09-008",
        _ => "09-004",
    }
}

/// How a list may be numbered (ISO 32000-1, 14.8.5.5).
const NUMBERINGS: &[&str] = &[
    "None",
    "Disc",
    "Circle",
    "Square",
    "Decimal",
    "UpperRoman",
    "LowerRoman",
    "UpperAlpha",
    "LowerAlpha",
];

/// Checks how elements nest and what they say.
pub(super) fn check(look: &CheckedPdf<'_>, found: &mut BreachList) {
    headings(look, found);
    let mut notes = BTreeSet::new();
    for element in &look.tree.elements {
        nesting(look, element, found);
        match element.kind.as_str() {
            "Figure" => figure(look, element, found),
            "Formula" => {
                unreadable(look, element, found);
                described(
                    look,
                    element,
                    ("7.7", "17-002"),
                    "a formula has no text that stands for it",
                    found,
                );
            }
            "Note" => note(look, element, &mut notes, found),
            "LI" => numbering(look, element, found),
            _ => {}
        }
    }
}

/// Where an element is.
pub(super) fn spot(look: &CheckedPdf<'_>, element: &Element) -> Spot {
    let title = look.file.text(&element.dict, "T");
    let title = title.map_or_else(String::new, |title| format!(" “{title}”"));
    Spot {
        page: look.tree.page(element).map_or(0, |page| page + 1),
        object: format!("{}{title}", element.kind),
    }
}

fn headings(look: &CheckedPdf<'_>, found: &mut BreachList) {
    let mut last = 0;
    let (mut numbered, mut plain) = (false, false);
    for element in &look.tree.elements {
        plain |= element.kind == "H";
        let Some(level) = level(&element.kind) else {
            continue;
        };
        numbered = true;
        if level > last + 1 {
            let what = match last {
                0 => "the first heading is not one of the first level".to_string(),
                _ => format!("a heading of level {level} follows one of level {last}"),
            };
            let condition = if last == 0 { "14-002" } else { "14-003" };
            found.at(("7.4.2", condition), what, spot(look, element));
        }
        last = level;
    }
    let what = "headings with a level (H1) and without one (H) are mixed";
    found.unless(!(numbered && plain), ("7.4.4", "14-007"), what);
    for element in &look.tree.elements {
        if look
            .tree
            .kids(element)
            .filter(|kid| kid.kind == "H")
            .count()
            > 1
        {
            let what = "an element holds more than one heading without a level (H)";
            found.at(("7.4.4", "14-006"), what, spot(look, element));
        }
    }
}

fn nesting(look: &CheckedPdf<'_>, element: &Element, found: &mut BreachList) {
    let kind = element.kind.as_str();
    let holder = HOLDERS.iter().find(|(name, ..)| *name == kind);
    if let Some((_, clause, holders)) = holder {
        let above = look.tree.parent_kind(element);
        if !holders.contains(&above) {
            let what = format!("{kind} stands in {above}, not in {}", holders.join(" or "));
            found.at((*clause, syntax(kind)), what, spot(look, element));
        }
    }
    if let Some((_, clause, held)) = HELD.iter().find(|(name, ..)| *name == kind) {
        for kid in look.tree.kids(element) {
            if !held.contains(&kid.kind.as_str()) {
                let what = format!("{kind} holds {}, not {} alone", kid.kind, held.join(", "));
                found.at((*clause, syntax(kind)), what, spot(look, kid));
            }
        }
        if element.has_content() {
            let what = format!("{kind} holds content itself, not {}", held.join(", "));
            found.at((*clause, syntax(kind)), what, spot(look, element));
        }
    }
}

/// A text that stands for an element.
fn described(
    look: &CheckedPdf<'_>,
    element: &Element,
    rule: (&str, &'static str),
    what: &str,
    found: &mut BreachList,
) {
    let text = |key: &str| look.file.text(&element.dict, key);
    let alt = text("Alt").is_some_and(|text| !text.trim().is_empty());
    if !alt && text("ActualText").is_none() {
        found.at(rule, what, spot(look, element));
    }
}

/// A formula in which a character has no meaning.
fn unreadable(look: &CheckedPdf<'_>, formula: &Element, found: &mut BreachList) {
    let mut waiting = vec![formula];
    while let Some(element) = waiting.pop() {
        waiting.extend(look.tree.kids(element));
        let odd = element.held.iter().any(|held| match held {
            Held::Content(Some(ContentOwner::Page(page)), mcid) => look
                .pages
                .get(*page)
                .is_some_and(|page| page.unmapped_in.contains(mcid)),
            _ => false,
        });
        if odd {
            let what = "the file does not say which characters a formula shows";
            found.at(("7.7", "17-003"), what, spot(look, formula));
        }
    }
}

fn figure(look: &CheckedPdf<'_>, element: &Element, found: &mut BreachList) {
    described(
        look,
        element,
        ("7.3", "13-004"),
        "a figure has no alternative text",
        found,
    );
    let bounds = attribute(look.file, look.tree, element, "Layout", "BBox");
    let sides = bounds.and_then(|bounds| bounds.as_array().ok());
    if sides.is_none_or(|sides| look.file.numbers(sides).len() != 4) {
        let what = "a figure does not say where on the page it is (BBox)";
        found.at("7.3", what, spot(look, element));
    }
}

fn note(
    look: &CheckedPdf<'_>,
    element: &Element,
    seen: &mut BTreeSet<Vec<u8>>,
    found: &mut BreachList,
) {
    let id = look.file.get(&element.dict, "ID").as_str();
    match id {
        Ok(id) if !id.is_empty() => {
            if !seen.insert(id.to_vec()) {
                let what = "two notes have the same ID";
                found.at(("7.9", "19-004"), what, spot(look, element));
            }
        }
        _ => found.at(("7.9", "19-003"), "a note has no ID", spot(look, element)),
    }
}

/// A list whose items have labels says how they are numbered.
fn numbering(look: &CheckedPdf<'_>, element: &Element, found: &mut BreachList) {
    if !look.tree.kids(element).any(|kid| kid.kind == "Lbl") {
        return;
    }
    let Some(list) = element.parent.map(|at| &look.tree.elements[at]) else {
        return;
    };
    let numbering = attribute(look.file, look.tree, list, "List", "ListNumbering");
    // `None` is for lists of terms: whether it is right where it stands, a person must see.
    let known = numbering.and_then(as_name);
    if !known.is_some_and(|name| NUMBERINGS.contains(&name.as_str())) {
        let what = "a list with labels does not say how it is numbered (ListNumbering)";
        found.at("7.6", what, spot(look, list));
    }
}
