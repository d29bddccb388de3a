//! Headers and footers of a template, each as it goes into our file, and which of them a page has.

use std::collections::BTreeMap;

use super::super::package::{Element, Node, Relationships};
use super::fields::{self, CHAPTER};
use super::story::{Reader, Shelf, shows, without_blanks};
use super::taken::child;
use crate::base::diagnostic::Diagnostic;
use crate::word;

/// A header or a footer.
#[derive(Debug)]
pub(in crate::backend::docx) struct Piece {
    blocks: Vec<Element>,
    /// Relationships of its part.
    pub(in crate::backend::docx) relationships: Relationships,
}

impl Piece {
    /// Whether it shows the number of the page.
    pub(in crate::backend::docx) fn has_page(&self) -> bool {
        self.blocks.iter().any(numbers)
    }

    /// Its content in a chapter of that title, with the field that shows it, where there is one.
    pub(in crate::backend::docx) fn blocks(
        &self,
        chapter: &str,
        field: Option<&str>,
    ) -> Vec<Element> {
        let mut blocks = self.blocks.clone();
        let instruction = field.map(|of| format!(" STYLEREF {of} "));
        blocks
            .iter_mut()
            .for_each(|block| name_chapter(block, chapter, instruction.as_deref()));
        blocks
    }
}

fn numbers(element: &Element) -> bool {
    let own = element.name == "w:instrText"
        && element.children.iter().any(|node| matches!(node, Node::Text(text) if text.trim_start().to_uppercase().starts_with("PAGE")));
    own || element.elements().any(numbers)
}

fn name_chapter(element: &mut Element, chapter: &str, field: Option<&str>) {
    for node in std::mem::take(&mut element.children) {
        match node {
            Node::Element(mut run) if is_chapter(&run) => {
                let look = child(&run, "w:rPr").cloned();
                set_words(&mut run, chapter);
                match field {
                    Some(field) => {
                        let runs = fields::whole(field, vec![run], look.as_ref());
                        element.children.extend(runs.into_iter().map(Node::Element));
                    }
                    None => element.children.push(Node::Element(run)),
                }
            }
            Node::Element(mut child) => {
                name_chapter(&mut child, chapter, field);
                element.children.push(Node::Element(child));
            }
            text => element.children.push(text),
        }
    }
}

/// Whether a run stands for the title of the chapter.
fn is_chapter(run: &Element) -> bool {
    let text = child(run, "w:t").filter(|_| run.name == "w:r");
    text.is_some_and(|text| matches!(text.children.as_slice(), [Node::Text(own)] if own == CHAPTER))
}

fn set_words(run: &mut Element, words: &str) {
    if let Some(text) = run.find_mut("w:t") {
        text.children = vec![Node::Text(words.to_owned())];
    }
}

/// The headers and footers of a template, by what they are and the pages that they are for, such as `header` and `default`.
#[derive(Debug, Default)]
pub(super) struct Heads {
    /// Those of the text.
    pub(super) text: BTreeMap<(&'static str, &'static str), Piece>,
    /// Those of the first page.
    pub(super) first: BTreeMap<&'static str, Piece>,
}

const KINDS: [(&str, &str, &str); 2] = [
    ("header", "w:headerReference", "header"),
    ("footer", "w:footerReference", "footer"),
];
const PAGES: [&str; 3] = ["default", "even", "first"];

impl Heads {
    /// Reads the headers and footers of the sections of a template, in their order.
    pub(super) fn of(
        sections: &[&word::Element],
        rels: &word::Relationships,
        shelf: &mut Shelf<'_, '_>,
    ) -> Result<Heads, Diagnostic> {
        let mut heads = Heads::default();
        // A section has those of the one before it, where it names none.
        let mut last: BTreeMap<(&'static str, &'static str), String> = BTreeMap::new();
        let mut of_first = BTreeMap::new();
        for (index, section) in sections.iter().enumerate() {
            for (kind, element, _) in KINDS {
                for reference in section.elements().filter(|one| &*one.name == element) {
                    let page = reference.attr("w:type").unwrap_or("default");
                    let page = PAGES.into_iter().find(|known| *known == page);
                    let part = reference.attr("r:id").and_then(|id| rels.get(id));
                    if let (Some(page), Some(part)) = (page, part.filter(|one| !one.external)) {
                        last.insert((kind, page), part.target.clone());
                    }
                }
            }
            if index == 0 && section.toggle("w:titlePg") == Some(true) {
                for (kind, ..) in KINDS {
                    let part = last.get(&(kind, "first")).cloned();
                    of_first.extend(part.map(|part| (kind, part)));
                }
            }
        }
        for ((kind, page), part) in last.iter().filter(|((_, page), _)| *page != "first") {
            if let Some(piece) = piece(part, kind, shelf)? {
                heads.text.insert((kind, page), piece);
            }
        }
        for (kind, part) in of_first {
            if let Some(piece) = piece(&part, kind, shelf)? {
                heads.first.insert(kind, piece);
            }
        }
        Ok(heads)
    }
}

/// A header or footer; none where it shows nothing.
fn piece(
    part: &str,
    kind: &'static str,
    shelf: &mut Shelf<'_, '_>,
) -> Result<Option<Piece>, Diagnostic> {
    let Some(root) = shelf.package.tree(part)? else {
        return Ok(None);
    };
    let from = shelf.package.relationships(part)?;
    let mut relationships = Relationships::default();
    let mut reader = Reader {
        shelf,
        from,
        into: &mut relationships,
        place: kind,
        cover: false,
        boxes: Vec::new(),
        depth: 0,
    };
    let blocks = without_blanks(reader.blocks(&root)?, true);
    let piece = Piece {
        blocks,
        relationships,
    };
    Ok(piece.blocks.iter().any(shows).then_some(piece))
}
