//! Styles of ours that a template lacks, fit for what they are based on there.

use std::collections::BTreeMap;

use super::super::package::{Element, Node};
use super::styles::{Styles, is_list};
use super::taken::{child, child_val, fill};

/// Running text.
const RUNNING: [&str; 5] = [
    "BodyText",
    "FirstParagraph",
    "SpeechParagraph",
    "DebateFirst",
    "Debate",
];

impl Styles {
    /// The style of the contents list's heading, which looks as headings of chapters do and is none.
    fn like_heading(&self, mut style: Element, heading: &Element) -> Element {
        let mut whole = heading.clone();
        self.flatten(&mut whole);
        for group in ["w:pPr", "w:rPr"] {
            style.remove(group);
            style
                .children
                .extend(child(&whole, group).cloned().map(Node::Element));
        }
        style.ensure("w:pPr").remove("w:outlineLvl");
        style.remove("w:basedOn");
        style
    }

    /// Whether paragraphs of a style of the template are told apart by space or by their first lines.
    fn parts_paragraphs(&self, id: &str) -> bool {
        let default = || child(child(self.defaults.as_ref()?, "w:pPrDefault")?, "w:pPr");
        let says = |group: &str, names: &[&str]| {
            let number = |own: &Element| {
                names.iter().any(|name| {
                    own.get(name)
                        .is_some_and(|value| !matches!(value, "0" | "false"))
                })
            };
            let of = |style: &Element| Some(number(child(child(style, "w:pPr")?, group)?));
            let own = self.said(id, of);
            own.or_else(|| Some(number(child(default()?, group)?)))
                .unwrap_or(false)
        };
        says(
            "w:spacing",
            &[
                "w:before",
                "w:after",
                "w:afterAutospacing",
                "w:beforeAutospacing",
            ],
        ) || says("w:ind", &["w:firstLine"])
    }

    /// A style of ours that the template lacks, fit for what it is based on there.
    pub(super) fn added(&self, own: &Element, ours: &BTreeMap<&str, &Element>) -> Element {
        let mut style = own.clone();
        let id = own.get("w:styleId").unwrap_or_default();
        if id == "TOCHeading"
            && let Some(like) = self.get("Heading1").or(self.get("Heading1Unlisted"))
        {
            return self.like_heading(style, like);
        }
        let base = child_val(own, "w:basedOn").unwrap_or_default();
        if own.get("w:type") != Some("paragraph") || !self.ours.contains(base) {
            return style;
        }
        if RUNNING.contains(&id) && (id == "Debate" || self.parts_paragraphs(base)) {
            // Running text is as the template's own.
            let paragraph = style.ensure("w:pPr");
            let space = child(paragraph, "w:spacing").and_then(|one| one.get("w:before"));
            let space = space.filter(|_| id == "SpeechParagraph").map(str::to_owned);
            for own in ["w:ind", "w:jc", "w:spacing"] {
                paragraph.remove(own);
            }
            if let Some(before) = space {
                let space = Element::new("w:spacing").attr("w:before", before);
                paragraph.children.push(Node::Element(space));
            }
            if id == "FirstParagraph" {
                let flush = Element::new("w:ind").attr("w:firstLine", 0);
                paragraph.children.push(Node::Element(flush));
            }
            return style;
        }
        // All other text keeps the distances that it was made for.
        let mut at = ours.get(base);
        while let Some(above) = at {
            if let Some(from) = child(above, "w:pPr") {
                let paragraph = style.ensure("w:pPr");
                for name in ["w:spacing", "w:ind", "w:jc"] {
                    let in_list = name == "w:ind" && is_list(id);
                    if let Some(from) = child(from, name).filter(|_| !in_list) {
                        fill(paragraph.ensure(name), from);
                    }
                }
            }
            at = child_val(above, "w:basedOn").and_then(|id| ours.get(id));
        }
        let paragraph = style.ensure("w:pPr");
        for side in ["w:left", "w:right", "w:firstLine"] {
            let hangs = side == "w:firstLine"
                && child(paragraph, "w:ind").is_some_and(|one| one.get("w:hanging").is_some());
            if !is_list(id) && !hangs {
                fill(
                    paragraph.ensure("w:ind"),
                    &Element::new("w:ind").attr(side, 0),
                );
            }
        }
        if child(paragraph, "w:jc").is_none() {
            let left = Element::val("w:jc", "left");
            paragraph.children.push(Node::Element(left));
        }
        style
    }
}
