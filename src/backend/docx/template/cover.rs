//! The cover of a template: a building block for covers in its text, its first section where that has a place for the
//! title, or the first such block among its building blocks.

use super::super::package::{Element, Relationships};
use super::controls::is_title;
use super::look::{MARGINS, Page};
use super::story::{Reader, Shelf, shows, without_blanks, words};
use super::taken::{child, properties};
use crate::base::diagnostic::Diagnostic;
use crate::word;

/// A cover, filled.
#[derive(Debug)]
pub(in crate::backend::docx) struct Cover {
    /// Its content.
    pub(in crate::backend::docx) blocks: Vec<Element>,
    /// All its words.
    pub(in crate::backend::docx) words: String,
    /// The margins of its page, where they are its own.
    pub(in crate::backend::docx) margins: Option<Element>,
    /// Where its content stands on the page, where that is not the top.
    pub(in crate::backend::docx) place: Option<Element>,
}

/// The gallery of covers, as controls and building blocks name it.
const GALLERIES: [&str; 2] = ["cover pages", "coverpg"];

impl Cover {
    /// The cover of a template, and the relationships that it has in the part of the text.
    pub(super) fn of(
        body: &word::Element,
        rels: &word::Relationships,
        shelf: &mut Shelf<'_, '_>,
        into: &mut Relationships,
    ) -> Result<Option<Cover>, Diagnostic> {
        let main = shelf.package.main.clone();
        let block = body.elements().find(|one| is_gallery(one));
        if let Some(content) = block.and_then(|block| block.child("w:sdtContent")) {
            return read(content, &main, None, shelf, into);
        }
        if let Some((first, section)) = first_section(body) {
            return read(&first, &main, Some(section), shelf, into);
        }
        let glossary = rels
            .values()
            .find(|one| one.kind == "glossaryDocument" && !one.external);
        let Some(part) = glossary.map(|one| one.target.clone()) else {
            return Ok(None);
        };
        let Some(root) = shelf.package.tree(&part)? else {
            return Ok(None);
        };
        let mut blocks = root.descendants().filter(|one| &*one.name == "w:docPart");
        let cover = blocks.find(|one| {
            let gallery = one.find("w:gallery").and_then(word::Element::val);
            gallery.is_some_and(|name| GALLERIES.contains(&name.to_lowercase().as_str()))
        });
        match cover.and_then(|one| one.child("w:docPartBody")) {
            Some(body) => read(body, &part, None, shelf, into),
            None => Ok(None),
        }
    }
}

fn is_gallery(element: &word::Element) -> bool {
    let own = element
        .child("w:sdtPr")
        .filter(|_| &*element.name == "w:sdt");
    let gallery = own.and_then(|own| own.child("w:docPartObj")?.child_val("w:docPartGallery"));
    gallery.is_some_and(|name| GALLERIES.contains(&name.to_lowercase().as_str()))
}

/// The first of several sections, where it has a place for the title; with its properties.
fn first_section(body: &word::Element) -> Option<(word::Element, &word::Element)> {
    let section = |one: &'_ word::Element| {
        one.child("w:pPr")
            .and_then(|own| own.child("w:sectPr"))
            .is_some()
    };
    let all: Vec<&word::Element> = body.elements().collect();
    let end = all.iter().position(|one| section(one))?;
    let own = all[end].child("w:pPr")?.child("w:sectPr")?;
    let titled = all[..=end].iter().any(|one| {
        let mut controls = one
            .descendants()
            .chain([*one])
            .filter(|one| &*one.name == "w:sdt");
        controls.any(is_title)
    });
    let mut first = word::Element::default();
    first.nodes = all[..=end]
        .iter()
        .map(|one| word::Node::Element((*one).clone()))
        .collect();
    titled.then_some((first, own))
}

fn read(
    content: &word::Element,
    part: &str,
    section: Option<&word::Element>,
    shelf: &mut Shelf<'_, '_>,
    into: &mut Relationships,
) -> Result<Option<Cover>, Diagnostic> {
    let from = shelf.package.relationships(part)?;
    let mut reader = Reader {
        shelf,
        from,
        into,
        place: "cover",
        cover: true,
        boxes: Vec::new(),
        depth: 0,
    };
    let blocks = without_blanks(reader.blocks(content)?, false);
    if !blocks.iter().any(shows) {
        return Ok(None);
    }
    let words = words(&blocks);
    let own = section.map(section_properties);
    let page = own.as_ref().and_then(Page::of);
    let margins = page.filter(Page::is_sound).map(|page| {
        let named = MARGINS.iter().zip(page.margins);
        named.fold(Element::new("w:pgMar"), |own, (name, twips)| {
            own.attr(name, twips as i64)
        })
    });
    let place = own.as_ref().and_then(|own| child(own, "w:vAlign").cloned());
    Ok(Some(Cover {
        blocks,
        words,
        margins,
        place,
    }))
}

/// The properties of a section that our file may have.
pub(super) fn section_properties(section: &word::Element) -> Element {
    let kept = ["w:pgSz", "w:pgMar", "w:pgBorders", "w:vAlign"];
    let mut own = Element::new("w:sectPr");
    for one in section.elements().filter(|one| kept.contains(&&*one.name)) {
        let mut taken = properties(one);
        if taken.name == "w:pgBorders" {
            let sides = ["w:top", "w:left", "w:bottom", "w:right"];
            let borders = sides.iter().filter_map(|side| one.child(side));
            taken = taken.children(borders.map(super::taken::bare).map(|mut border| {
                border.attributes.retain(|(name, _)| name != "w:id");
                border
            }));
        }
        own = own.child(taken);
    }
    own
}
