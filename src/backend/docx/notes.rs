//! Footnotes: a part of its own, with its own relationships.

use super::block::{self, BlockContext};
use super::builder::BodyElement;
use super::composer::Composer;
use super::package::{Element, Node, Relationships, word_root};
use crate::base::diagnostic::Diagnostics;

/// Ids of the rule above the notes and of its continuation on the next page; real notes count from 1.
pub(super) const SEPARATORS: [(i32, &str, &str); 2] = [
    (-1, "separator", "w:separator"),
    (0, "continuationSeparator", "w:continuationSeparator"),
];

/// The part `footnotes.xml` and its relationships; `None` where the document has no notes. It is made before the body,
/// which has the bookmarks of what is in the notes.
pub(super) fn part(
    composer: &mut Composer<'_>,
) -> Result<Option<(Element, Relationships)>, Diagnostics> {
    let document = composer.document;
    if document.footnotes.is_empty() {
        return Ok(None);
    }
    let body = std::mem::take(&mut composer.relationships);
    let content = content(composer);
    let relationships = std::mem::replace(&mut composer.relationships, body);
    let separators = SEPARATORS.iter().map(|(id, kind, mark)| {
        let run = Element::new("w:r").child(Element::new(mark));
        let style = Element::new("w:pPr").child(Element::val("w:pStyle", "FootnoteSeparator"));
        let paragraph = Element::new("w:p").child(style).child(run);
        Element::new("w:footnote")
            .attr("w:type", kind)
            .attr("w:id", id)
            .child(paragraph)
    });
    Ok(Some((
        word_root("w:footnotes")
            .children(separators)
            .children(content?),
        relationships,
    )))
}

/// All notes: built together, then distinguished by the number of pieces of each.
fn content(composer: &mut Composer<'_>) -> Result<Vec<Element>, Diagnostics> {
    let mut pieces: Vec<BodyElement> = Vec::new();
    let mut counts = Vec::new();
    for note in &composer.document.footnotes {
        let mut result = Ok(());
        let own = composer
            .note(|composer| result = block::put_all(composer, &note.blocks, BlockContext::NOTE));
        result?;
        counts.push(own.len());
        pieces.extend(own);
    }
    let mut elements = composer.build(pieces)?.into_iter();
    let notes = counts.into_iter().enumerate().map(|(index, count)| {
        let mut note = Element::new("w:footnote")
            .attr("w:id", index + 1)
            .children(elements.by_ref().take(count));
        number(&mut note);
        note
    });
    Ok(notes.collect())
}

/// Puts the note's number at the head of its first paragraph: docx-rs leaves it out.
fn number(note: &mut Element) {
    let style = Element::new("w:rPr").child(Element::val("w:rStyle", "FootnoteReference"));
    let mark = Element::new("w:r")
        .child(style)
        .child(Element::new("w:footnoteRef"));
    let gap = Element::new("w:r").child(Element::new("w:tab"));
    let paragraph = match note.find_mut("w:p") {
        Some(paragraph) => paragraph,
        None => {
            note.children.push(Node::Element(Element::new("w:p")));
            return number(note);
        }
    };
    let place = paragraph
        .children
        .iter()
        .position(|node| !matches!(node, Node::Element(child) if child.name == "w:pPr"));
    let place = place.unwrap_or(paragraph.children.len());
    paragraph
        .children
        .splice(place..place, [Node::Element(mark), Node::Element(gap)]);
}
