//! Changes that LibreOffice would take for one bear different moments.
//!
//! It joins changes of the same kind, author and minute that meet at the end of a paragraph, and takes that end for a part of
//! them: who rejects both loses it. And it cannot reject what goes over the beginning or the end of a contents list or of a
//! table as one. Word knows them apart anyway. So where paragraphs meet in such a way, the changes in the second one are a few
//! minutes later than those in the first.

use super::super::package::{Element, Node};

/// How many minutes later: LibreOffice takes those for one that are one apart.
const MINUTES: u32 = 5;

/// Sets the moments of changes in a part apart where they meet.
pub(super) fn set_apart(root: &mut Element, moment: &str) {
    if let Some(later) = later(moment) {
        flow(root, &mut Before::default(), &later);
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

/// What stands before a paragraph.
#[derive(Default)]
struct Before {
    /// Whether the changes in the last paragraph are later ones.
    is_later: bool,
    /// The kind of change that it ends with, where its end is no part of that.
    end: Option<String>,
    /// Whether a table or a field of several paragraphs ends there.
    is_edge: bool,
}

fn flow(element: &mut Element, before: &mut Before, later: &str) {
    for node in &mut element.children {
        let Node::Element(child) = node else {
            continue;
        };
        match child.name.as_str() {
            "w:p" => paragraph(child, before, later),
            "w:body" | "w:sdt" | "w:sdtContent" => flow(child, before, later),
            // What is in a cell or a note meets nothing outside.
            _ => {
                flow(child, &mut Before::default(), later);
                before.end = None;
                before.is_edge = true;
            }
        }
    }
}

fn paragraph(paragraph: &mut Element, before: &mut Before, later: &str) {
    let mark = mark(paragraph);
    let mut pieces = Vec::new();
    content(paragraph, &mut pieces);
    let is_change = |piece: &&Element| matches!(piece.name.as_str(), "w:ins" | "w:del");
    let first = pieces.first().copied().filter(is_change);
    let last = pieces.last().copied().filter(is_change);
    let meets = before.end.is_some() && before.end.as_ref() == first.map(|piece| &piece.name);
    let fields = fields(paragraph);
    let is_changed = mark.is_some() || pieces.iter().any(is_change);
    let other = before.is_edge || meets || fields > 0;
    let is_later = is_changed && other != before.is_later;
    let end = last.filter(|last| mark.as_ref() != Some(&last.name));
    *before = Before {
        is_later,
        end: end.map(|last| last.name.clone()),
        is_edge: fields < 0,
    };
    if is_later {
        delay(paragraph, later);
    }
}

/// Gives all that came or went in a paragraph a later moment.
fn delay(element: &mut Element, later: &str) {
    for node in &mut element.children {
        if let Node::Element(child) = node {
            if matches!(child.name.as_str(), "w:ins" | "w:del") {
                child.set("w:date", later);
            }
            delay(child, later);
        }
    }
}

/// How many more fields begin in an element than end.
fn fields(element: &Element) -> i32 {
    let own = match element.get("w:fldCharType") {
        Some("begin") => 1,
        Some("end") => -1,
        _ => 0,
    };
    own + element.elements().map(fields).sum::<i32>()
}

/// What became of the end of a paragraph.
fn mark(paragraph: &Element) -> Option<String> {
    let mut own = paragraph.elements().filter(|one| one.name == "w:pPr");
    let mut looks = own.next()?.elements().filter(|one| one.name == "w:rPr");
    let mut changes = looks.next()?.elements();
    let change = changes.find(|one| matches!(one.name.as_str(), "w:ins" | "w:del"))?;
    Some(change.name.clone())
}

/// What a paragraph consists of, in its order: runs, and changes of some.
fn content<'e>(element: &'e Element, found: &mut Vec<&'e Element>) {
    for child in element.elements() {
        match child.name.as_str() {
            "w:pPr" | "w:bookmarkStart" | "w:bookmarkEnd" => {}
            "w:hyperlink" => content(child, found),
            _ => found.push(child),
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
        assert_eq!(dates(vec![mixed(), mixed()]), ["00", "00", "05", "05"]);
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
    fn changes_before_and_behind_a_list_or_a_table_are_apart() {
        let came = || ended(&["w:ins"], "w:ins");
        let field = |kind: &str| {
            let sign = Element::new("w:fldChar").attr("w:fldCharType", kind);
            let mut paragraph = came();
            let Some(Node::Element(piece)) = paragraph.children.last_mut() else {
                panic!("a piece");
            };
            piece.children.push(Node::Element(sign));
            paragraph
        };
        let list = vec![came(), field("begin"), came(), field("end"), came(), came()];
        assert_eq!(dates(list), ["00", "05", "05", "05", "00", "00"]);
        let table = Element::new("w:tbl");
        assert_eq!(
            dates(vec![came(), table, came(), came()]),
            ["00", "05", "05"]
        );
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
