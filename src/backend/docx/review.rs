//! A Word file for those who edit it: lines are numbered, fields keep what they say, and changes are tracked.

use super::package::{Element, Node};

/// Every so many lines have a number.
const LINES: u32 = 5;

/// Marks what is in an element of the body: fields that Word does not bring up to date, sections whose lines are numbered.
pub(super) fn mark(element: &mut Element) {
    if element.name == "w:fldChar" && element.get("w:fldCharType") == Some("begin") {
        element.set("w:fldLock", "true");
    }
    if element.name == "w:sectPr" {
        let is_numbers =
            |node: &Node| matches!(node, Node::Element(one) if one.name == "w:pgNumType");
        let numbers = Element::new("w:lnNumType")
            .attr("w:countBy", LINES)
            .attr("w:restart", "continuous");
        let place = element.children.iter().position(is_numbers);
        let place = place.unwrap_or(element.children.len());
        element.children.insert(place, Node::Element(numbers));
    }
    for node in &mut element.children {
        if let Node::Element(child) = node {
            mark(child);
        }
    }
}
