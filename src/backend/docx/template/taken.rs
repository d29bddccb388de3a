//! What is taken over of a template's XML: properties that the schema knows, in its namespaces, without what belongs to the
//! place where they stood. Nothing else of a file of a stranger gets into a file of this program.

use super::super::package::{Element, Node, allowed, forbidden};
use crate::word;

/// Properties as the schema knows them: children by the table of schema order, attributes of Word's own namespace.
pub(super) fn properties(element: &word::Element) -> Element {
    let mut taken = bare(element);
    let known = allowed(&element.name);
    let children = element
        .elements()
        .filter(|child| known.contains(&&*child.name));
    taken.children = children
        .map(|child| Node::Element(properties(child)))
        .collect();
    taken
}

/// An element with its attributes of Word's own namespace, and without what is in it.
pub(super) fn bare(element: &word::Element) -> Element {
    let attributes = element.attributes().filter_map(|(name, value)| {
        let local = name.strip_prefix("w:")?;
        let (local, value) = transitional(&element.name, local, value);
        (!local.starts_with("rsid")).then(|| (format!("w:{local}"), value))
    });
    Element {
        name: element.name.to_string(),
        attributes: attributes.collect(),
        children: Vec::new(),
    }
}

/// Drawings and themes: elements of these namespaces with all their attributes of none or of relationships. What newer
/// programs added is left out, and of what is there in several forms the one for all of them is taken.
pub(super) fn drawing(element: &word::Element, prefixes: &[&str]) -> Element {
    let plain = |name: &&str| !name.contains(':') || name.starts_with("r:");
    let attributes = element.attributes().filter(|(name, _)| plain(name));
    let mut taken = Element {
        name: element.name.to_string(),
        attributes: attributes
            .map(|(name, value)| (name.to_owned(), usual(value)))
            .collect(),
        children: Vec::new(),
    };
    push_drawn(element, prefixes, &mut taken);
    taken
}

fn push_drawn(element: &word::Element, prefixes: &[&str], taken: &mut Element) {
    for node in &element.nodes {
        match node {
            word::Node::Text(words) => taken.children.push(Node::Text(text(words))),
            word::Node::Element(child) if &*child.name == "mc:AlternateContent" => {
                if let Some(fallback) = child.child("mc:Fallback") {
                    push_drawn(fallback, prefixes, taken);
                }
            }
            word::Node::Element(child) => {
                let (prefix, local) = child.name.split_once(':').unwrap_or_default();
                let links = matches!(local, "extLst" | "hlinkClick" | "hlinkHover");
                if prefixes.contains(&prefix) && !links {
                    let child = drawing(child, prefixes);
                    taken.children.push(Node::Element(child));
                }
            }
        }
    }
}

/// An address of a kind of drawing in the form that all versions of Word read.
fn usual(value: &str) -> String {
    match value.strip_prefix("http://purl.oclc.org/ooxml/drawingml/") {
        Some(kind) => format!("http://schemas.openxmlformats.org/drawingml/2006/{kind}"),
        None => text(value),
    }
}

/// Text without the characters that no XML holds.
pub(super) fn text(text: &str) -> String {
    match forbidden(text) {
        None => text.to_owned(),
        Some(_) => text
            .chars()
            .filter(|c| forbidden(c.encode_utf8(&mut [0; 4])).is_none())
            .collect(),
    }
}

/// An attribute in the form that all versions of Word read: the strict form of the standard has other names for sides, and
/// units.
fn transitional<'n>(element: &str, name: &'n str, value: &str) -> (&'n str, String) {
    let name = match (element, name) {
        ("w:ind", "start") => "left",
        ("w:ind", "end") => "right",
        _ => name,
    };
    let value = match (element, value) {
        ("w:jc" | "w:lvlJc", "start") => "left".to_owned(),
        ("w:jc" | "w:lvlJc", "end") => "right".to_owned(),
        _ => in_units(element, value).unwrap_or_else(|| text(value)),
    };
    (name, value)
}

/// A length with a unit as the number that Word counts: half points for type, twentieths for all else.
fn in_units(element: &str, value: &str) -> Option<String> {
    let start = value.find(|c: char| c.is_ascii_alphabetic())?;
    let points = match &value[start..] {
        "pt" => 1.0,
        "in" => 72.0,
        "cm" => 72.0 / 2.54,
        "mm" => 72.0 / 25.4,
        "pc" | "pi" => 12.0,
        _ => return None,
    };
    let number: f64 = value[..start].parse().ok()?;
    let parts = match element {
        "w:sz" | "w:szCs" | "w:kern" | "w:position" => 2.0,
        _ => 20.0,
    };
    Some(((number * points * parts).round() as i64).to_string())
}

/// The elements that stand in one of a name for good: in what programs keep for the different forms of a file, the one that
/// was put in last, and what tracked changes leave.
pub(super) fn settled(element: &word::Element) -> Vec<&word::Element> {
    let mut found = Vec::new();
    for child in element.elements() {
        match &*child.name {
            "w:ins" | "w:moveTo" | "w:smartTag" | "w:customXml" | "w:dir" | "w:bdo" => {
                found.extend(settled(child));
            }
            "w:del" | "w:moveFrom" => {}
            _ => found.push(child),
        }
    }
    found
}

/// The properties of a child in those of an element, attribute by attribute; what is there already stays.
pub(super) fn fill(own: &mut Element, from: &Element) {
    for (name, value) in &from.attributes {
        if own.get(name).is_none() {
            own.set(name, value);
        }
    }
}

/// The child of a name, where an element has it.
pub(super) fn child<'e>(element: &'e Element, name: &str) -> Option<&'e Element> {
    element.elements().find(|child| child.name == name)
}

/// The value of the child of a name.
pub(super) fn child_val<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    child(element, name)?.get("w:val")
}

/// Sets the value of the child of a name.
pub(super) fn set_val(element: &mut Element, name: &str, value: impl ToString) {
    element.ensure(name).set("w:val", value);
}

#[cfg(test)]
mod tests {
    use super::*;

    const W: &str = "xmlns:w='http://purl.oclc.org/ooxml/wordprocessingml/main' xmlns:x='urn:x'";

    #[test]
    fn what_the_schema_does_not_know_is_left_out_and_strict_values_become_usual_ones() {
        let text = format!(
            "<w:pPr {W} w:rsidR='1'><w:x/><x:y/><w:ind w:start='1cm' x:a='1'/><w:jc w:val='end'/><w:rPr><w:sz w:val='12pt'/></w:rPr></w:pPr>"
        );
        let root = word::parse(text.as_bytes()).unwrap();
        let mut part = String::new();
        properties(&root).write(&mut part);
        assert_eq!(
            part,
            "<w:pPr><w:ind w:left=\"567\"/><w:jc w:val=\"right\"/><w:rPr><w:sz w:val=\"24\"/></w:rPr></w:pPr>"
        );
    }

    #[test]
    fn characters_that_no_xml_holds_are_left_out() {
        assert_eq!(text("a\u{1}b\u{FFFE}c"), "abc");
    }
}
