//! Changes that meet at the end of a paragraph bear different moments.
//!
//! LibreOffice takes a change at the end of a paragraph, and one of the same kind, author and minute at the start of the
//! next, for one, and the end of the paragraph for a part of it: who rejects both loses that end. Word knows them apart
//! anyway. So where both paragraphs are in both texts, the second change is a few minutes later.

use super::super::package::{Element, Node};

/// What came or went where a paragraph ends: the kind of change, and whether it is a later one.
type End = Option<(String, bool)>;

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

fn flow(element: &mut Element, end: &mut End, later: &str) {
    for node in &mut element.children {
        let Node::Element(child) = node else {
            continue;
        };
        match child.name.as_str() {
            "w:p" => paragraph(child, end, later),
            "w:body" | "w:sdt" | "w:sdtContent" => flow(child, end, later),
            // What is in a cell, and behind a table, meets nothing.
            _ => {
                *end = None;
                flow(child, &mut None, later);
            }
        }
    }
}

fn paragraph(paragraph: &mut Element, end: &mut End, later: &str) {
    let before = end.take();
    let mark = mark(paragraph);
    let mut pieces = Vec::new();
    content(paragraph, &mut pieces);
    let is_change = |piece: &Element| matches!(piece.name.as_str(), "w:ins" | "w:del");
    let mut is_later = before.as_ref().is_some_and(|(_, is_later)| *is_later);
    if let Some(first) = pieces.first_mut() {
        let meets = before.is_some_and(|(kind, _)| first.name == kind);
        is_later = meets && !is_later;
        if is_later {
            let run = pieces.iter_mut().take_while(|piece| is_change(piece));
            run.for_each(|piece| piece.set("w:date", later));
        }
    }
    let all = pieces.iter().all(|piece| is_change(piece));
    *end = pieces
        .last()
        .filter(|last| is_change(last) && mark.as_ref() != Some(&last.name))
        .map(|last| (last.name.clone(), is_later && all));
}

/// What became of the end of a paragraph.
fn mark(paragraph: &Element) -> Option<String> {
    let own =
        |element: &Element, name: &str| element.elements().find(|one| one.name == name).cloned();
    let looks = own(&own(paragraph, "w:pPr")?, "w:rPr")?;
    let mut changes = looks.elements();
    let change = changes.find(|one| matches!(one.name.as_str(), "w:ins" | "w:del"))?;
    Some(change.name.clone())
}

/// What a paragraph consists of, in its order: runs, and changes of some.
fn content<'e>(element: &'e mut Element, found: &mut Vec<&'e mut Element>) {
    for node in &mut element.children {
        if let Node::Element(child) = node {
            match child.name.as_str() {
                "w:pPr" | "w:bookmarkStart" | "w:bookmarkEnd" => {}
                "w:hyperlink" => content(child, found),
                _ => found.push(child),
            }
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

    fn ended(names: &[&str], mark: &str) -> Element {
        let mark = Element::new("w:rPr").child(piece(mark));
        let mut paragraph = paragraph(names);
        let properties = Element::new("w:pPr").child(mark);
        paragraph.children.insert(0, Node::Element(properties));
        paragraph
    }

    #[test]
    fn changes_of_one_kind_that_meet_are_apart() {
        let all = ["w:ins"];
        let whole = || paragraph(&all);
        assert_eq!(dates(vec![whole(), whole(), whole()]), ["00", "05", "00"]);
        let mixed = || paragraph(&["w:ins", "w:r", "w:ins"]);
        assert_eq!(dates(vec![mixed(), mixed()]), ["00", "00", "05", "00"]);
        assert_eq!(dates(vec![whole(), paragraph(&["w:del"])]), ["00", "00"]);
        assert_eq!(
            dates(vec![
                paragraph(&["w:r", "w:ins"]),
                paragraph(&["w:r"]),
                whole()
            ]),
            ["00", "00"]
        );
    }

    #[test]
    fn paragraphs_that_came_are_one_change_with_what_follows() {
        let came = || ended(&["w:ins"], "w:ins");
        assert_eq!(
            dates(vec![came(), came(), paragraph(&["w:ins"])]),
            ["00", "00", "00"]
        );
        let kept = ended(&["w:ins"], "w:del");
        assert_eq!(dates(vec![kept, paragraph(&["w:ins"])]), ["00", "05"]);
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
