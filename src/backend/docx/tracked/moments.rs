//! Changes of a paragraph and of the next one bear different moments.
//!
//! LibreOffice joins changes of the same kind, author and minute that meet at the end of a paragraph, and takes that end for a
//! part of them: who rejects both loses it, and cannot reject at all what goes over the beginning of a contents list. Word
//! knows them apart anyway. So of paragraphs that follow each other, the changes in every second one are a few minutes later.

use super::super::package::{Element, Node};

/// How many minutes later: LibreOffice takes those for one that are one apart.
const MINUTES: u32 = 5;

/// Sets the moments of changes in a part apart where they meet.
pub(super) fn set_apart(root: &mut Element, moment: &str) {
    if let Some(later) = later(moment) {
        flow(root, &mut None, &later);
    }
}

/// A moment some minutes from one, on the same day.
fn later(moment: &str) -> Option<String> {
    let (head, tail) = (moment.get(..14)?, moment.get(16..)?);
    let minutes: u32 = moment.get(14..16)?.parse().ok()?;
    let minutes = match minutes + MINUTES < 60 {
        true => minutes + MINUTES,
        false => minutes.checked_sub(MINUTES)?,
    };
    Some(format!("{head}{minutes:02}{tail}"))
}

/// `is_later` says whether the changes in the paragraph before are later ones; nothing where it has none.
fn flow(element: &mut Element, is_later: &mut Option<bool>, later: &str) {
    for node in &mut element.children {
        let Node::Element(child) = node else {
            continue;
        };
        match child.name.as_str() {
            "w:p" => {
                *is_later = is_changed(child).then_some(*is_later == Some(false));
                if *is_later == Some(true) {
                    delay(child, later);
                }
            }
            "w:body" | "w:sdt" | "w:sdtContent" => flow(child, is_later, later),
            // What is in a cell or a note meets nothing outside.
            _ => flow(child, &mut None, later),
        }
    }
}

fn is_change(element: &Element) -> bool {
    matches!(element.name.as_str(), "w:ins" | "w:del")
}

/// Whether something came or went in an element.
fn is_changed(element: &Element) -> bool {
    is_change(element) || element.elements().any(is_changed)
}

/// Gives all that came or went in a paragraph a later moment.
fn delay(element: &mut Element, later: &str) {
    for node in &mut element.children {
        if let Node::Element(child) = node {
            if is_change(child) {
                child.set("w:date", later);
            }
            delay(child, later);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(name: &str) -> Element {
        Element::new(name).attr("w:date", "2016-08-31T00:00:00Z")
    }

    fn dates(paragraphs: Vec<Element>) -> Vec<String> {
        let mut root = Element::new("w:body").children(paragraphs);
        set_apart(&mut root, "2016-08-31T00:00:00Z");
        let changes = root.elements().flat_map(Element::elements);
        let changes = changes.filter(|one| one.name != "w:pPr");
        let date = |one: &Element| one.get("w:date").unwrap_or("-")[14..16].to_owned();
        changes.filter(|one| one.name != "w:r").map(date).collect()
    }

    fn paragraph(names: &[&str]) -> Element {
        Element::new("w:p").children(names.iter().map(|name| piece(name)))
    }

    #[test]
    fn changes_of_paragraphs_that_follow_each_other_are_apart() {
        let whole = || paragraph(&["w:ins"]);
        assert_eq!(dates(vec![whole(), whole(), whole()]), ["00", "05", "00"]);
        let mixed = || paragraph(&["w:ins", "w:r", "w:del"]);
        assert_eq!(dates(vec![mixed(), mixed()]), ["00", "00", "05", "05"]);
        let same = || paragraph(&["w:r"]);
        assert_eq!(dates(vec![same(), whole(), same(), whole()]), ["00", "00"]);
        // The end of a paragraph goes with what is in it.
        let mark = Element::new("w:rPr").child(piece("w:ins"));
        let properties = Element::new("w:pPr").child(mark);
        let mut came = whole();
        came.children.insert(0, Node::Element(properties));
        let mut root = Element::new("w:body").children([whole(), came]);
        set_apart(&mut root, "2016-08-31T00:00:00Z");
        let text = format!("{root:?}");
        assert_eq!(text.matches("T00:05").count(), 2, "{text}");
    }

    #[test]
    fn a_later_moment_is_on_the_same_day() {
        assert_eq!(
            later("2016-08-31T23:58:00Z").unwrap(),
            "2016-08-31T23:53:00Z"
        );
        assert_eq!(
            later("2016-08-31T00:00:00Z").unwrap(),
            "2016-08-31T00:05:00Z"
        );
        assert_eq!(later(""), None);
    }
}
