//! An element in one line: `name`, `name=value` where `val` is all that it has, else `name(attribute=value child …)`.

use super::Targets;
use crate::verify::xml::{self, Element};

/// The namespace of references from a part to its relationships.
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The namespace of `xml:space`, which says of text whether its spaces count.
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// An element with all that is in it.
pub(super) fn words(element: Element<'_>, targets: &Targets) -> String {
    let name = element.tag_name().name();
    let text = shown(element);
    let children = element.children().filter(Element::is_element);
    let children: Vec<String> = children.map(|child| words(child, targets)).collect();
    let mut inside = attributes(element, targets);
    if let ([only], true, true) = (
        inside.as_slice(),
        text.trim().is_empty(),
        children.is_empty(),
    ) && let Some(value) = only.strip_prefix("val=")
    {
        return format!("{name}={value}");
    }
    if !text.trim().is_empty() {
        inside.push(quoted(&text));
    }
    inside.extend(children);
    match inside.is_empty() {
        true => name.to_owned(),
        false => format!("{name}({})", inside.join(" ")),
    }
}

/// The attributes of an element; a reference says what it leads to.
pub(super) fn attributes(element: Element<'_>, targets: &Targets) -> Vec<String> {
    let attributes = element.attributes();
    let attributes = attributes.filter(|one| one.namespace() != Some(XML));
    let said = attributes.map(|one| {
        let value = match one.namespace() {
            Some(RELATIONSHIPS) => targets.get(one.value()).map(String::as_str),
            _ => None,
        };
        format!("{}={}", one.name(), quoted(value.unwrap_or(one.value())))
    });
    said.collect()
}

/// The text of an element as a reader gets it: spaces at its ends count only where it says so.
pub(super) fn shown(element: Element<'_>) -> String {
    let text = xml::text(element);
    match element.attribute((XML, "space")) {
        Some("preserve") => text,
        _ => text.trim().to_owned(),
    }
}

/// A value, in quotation marks where it is more than a word.
fn quoted(value: &str) -> String {
    let word = |c: char| !c.is_whitespace() && !c.is_control() && !"()\"=\\".contains(c);
    match !value.is_empty() && value.chars().all(word) {
        true => value.to_owned(),
        false => format!("{value:?}"),
    }
}
