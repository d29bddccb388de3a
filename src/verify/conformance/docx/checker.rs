//! What Word's accessibility checker objects to, as far as a file of this program can hold it. Its other rules are checked
//! next to what they are about: alternative texts, header rows, headings and their order, title and language. Not held:
//! merged cells (a warning of the checker), which are there where the report's tables have them, and the length of headings.

use super::package::Package;
use super::{DECORATIVE, W, is_furniture, value};
use crate::verify::conformance::verdict::{BreachList, Spot};
use crate::verify::xml::{self, Element};

const WP: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
/// What the names of picture files end with.
const ENDINGS: [&str; 8] = [
    ".png", ".jpg", ".jpeg", ".gif", ".svg", ".bmp", ".tif", ".webp",
];

/// Checks the parts with text.
pub(super) fn check(package: &Package, found: &mut BreachList) {
    for (part, story) in package.stories() {
        for element in story.descendants().filter(Element::is_element) {
            if !is_furniture(story) {
                object(part, element, found);
            }
            if element.has_tag_name((W, "sdt")) {
                control(part, element, found);
            }
            if element.has_tag_name((W, "hyperlink")) {
                let text = xml::whole_text(element);
                let pictured = element
                    .descendants()
                    .any(|one| one.has_tag_name((WP, "docPr")));
                if text.trim().is_empty() && !pictured {
                    let what = "a link has no words";
                    found.at("WCAG 2.4.4", what, Spot::object(part));
                }
            }
            if element.has_tag_name((WP, "docPr")) {
                let text = xml::attribute(element, "descr").unwrap_or_default();
                let text = text.trim().to_lowercase();
                if ENDINGS.iter().any(|ending| text.ends_with(ending)) {
                    let what = "the alternative text of a picture is the name of a file";
                    found.at("WCAG 1.1.1", what, Spot::object(text));
                }
            }
        }
        blanks(part, story, found);
    }
}

/// Pictures, tables and paragraphs stand in the text and not beside it: what floats is heard in another place. What
/// decorates is not heard; neither are headers and footers, whose objects Word's checker does not look at.
fn object(part: &str, element: Element<'_>, found: &mut BreachList) {
    let floats = ["framePr", "tblpPr", "txbxContent", "pict"];
    let floats = floats.iter().any(|name| element.has_tag_name((W, *name)));
    let decorates = || {
        let mut marks = element
            .descendants()
            .filter(|one| one.has_tag_name((DECORATIVE, "decorative")));
        marks.any(|mark| xml::attribute(mark, "val") == Some("1"))
    };
    if floats || element.has_tag_name((WP, "anchor")) && !decorates() {
        let what = "a picture, table or paragraph floats beside the text";
        found.at("WCAG 1.3.2", what, Spot::object(part));
    }
}

/// A content control has a title.
fn control(part: &str, element: Element<'_>, found: &mut BreachList) {
    let title = xml::child(element, W, "sdtPr").and_then(|own| xml::child(own, W, "alias"));
    if title
        .and_then(value)
        .is_none_or(|title| title.trim().is_empty())
    {
        found.at(
            "WCAG 4.1.2",
            "a content control has no title",
            Spot::object(part),
        );
    }
}

/// No space is made by empty paragraphs or by runs of spaces.
fn blanks(part: &str, story: Element<'_>, found: &mut BreachList) {
    let mut before = None;
    for paragraph in story.descendants().filter(|one| one.has_tag_name((W, "p"))) {
        let shows = [
            "t",
            "br",
            "drawing",
            "separator",
            "continuationSeparator",
            "instrText",
        ];
        let shows = |one: Element<'_>| shows.iter().any(|name| one.has_tag_name((W, *name)));
        let empty = !paragraph.descendants().any(shows);
        if empty && before == paragraph.prev_sibling_element() && before.is_some() {
            let what = "space is made by paragraphs without words";
            found.at("WCAG 1.3.1", what, Spot::object(part));
        }
        before = empty.then_some(paragraph);
    }
}
