//! The part `styles.xml`: the whole appearance of the document, from the layout's tokens alone.
//!
//! Styles have Word's own ids and names wherever Word has one for the purpose, so that its navigation, contents list,
//! translation tools and screen readers recognise everything.

mod characters;
mod display;
mod paragraphs;
pub(super) mod spec;
mod tables;

use std::collections::BTreeSet;

use super::builder;
use super::locale::{east_asian_fonts, word_tag};
use super::package::{Element, Extras, Node, finish, toggle};
use super::run_style::RunStyle;
use crate::base::diagnostic::Diagnostics;
use crate::document::{Document, Language};
use crate::layout::Tokens;
pub(super) use paragraphs::smaller;
use spec::Spec;
pub(super) use tables::{TIGHT_TABLE, box_padding, box_style};

/// Space at either side of a cell of the report's tables in points.
pub(super) fn cell_margin(tokens: &Tokens) -> f64 {
    f64::from(tables::beside(tokens)) / 20.0
}

/// Space at either side of a cell of a table that is too wide for that, in points.
pub(super) fn tight_margin(tokens: &Tokens) -> f64 {
    f64::from(tables::tight(tokens)) / 20.0
}

/// The part, with styles for these looks of running text and these sizes in points of the type of wide tables.
pub(super) fn part(
    tokens: &Tokens,
    document: &Document,
    looks: &BTreeSet<RunStyle>,
    sizes: &BTreeSet<u8>,
) -> Result<Element, Diagnostics> {
    let mut specs = paragraphs::all(tokens, document, sizes);
    specs.extend(characters::all(tokens, &document.language, looks));
    let face = tokens.docx.text_font.as_str();
    let size = (tokens.sizes.text.to_pt() * 2.0).round() as usize;
    let mut root = builder::styles(face, size, &specs)?;
    add_extras(&mut root, &specs);
    set_language(&mut root, &document.language);
    set_east_asian_fonts(&mut root, tokens, &document.language);
    set_defaults(&mut root, &document.language);
    root.children.extend(
        tables::all(tokens, document, !sizes.is_empty())
            .into_iter()
            .map(Node::Element),
    );
    finish(&mut root, &Extras::default());
    Ok(root)
}

/// Properties that docx-rs cannot express.
fn add_extras(root: &mut Element, specs: &[Spec<'_>]) {
    for node in &mut root.children {
        let Node::Element(style) = node else { continue };
        let Some(spec) = specs
            .iter()
            .find(|spec| style.get("w:styleId") == Some(spec.id.as_str()))
        else {
            continue;
        };
        let (paragraph, characters) = spec.extras();
        if spec.character {
            style.remove("w:pPr");
        } else {
            style
                .ensure("w:pPr")
                .children
                .extend(paragraph.into_iter().map(Node::Element));
        }
        style
            .ensure("w:rPr")
            .children
            .extend(characters.into_iter().map(Node::Element));
        if spec.priority.is_none() {
            style
                .children
                .push(Node::Element(Element::new("w:unhideWhenUsed")));
        }
    }
}

/// The language of all text: docx-rs has no `w:lang`, and Word proofs in English without it.
fn set_language(root: &mut Element, language: &Language) {
    let tag = word_tag(&language.tag);
    let (latin, bidi) = if language.rtl {
        ("en-GB", tag.as_str())
    } else {
        (tag.as_str(), "ar-SA")
    };
    let lang = Element::new("w:lang")
        .attr("w:val", latin)
        .attr("w:eastAsia", latin)
        .attr("w:bidi", bidi);
    let defaults = root
        .ensure("w:docDefaults")
        .ensure("w:rPrDefault")
        .ensure("w:rPr");
    defaults.children.push(Node::Element(lang));
}

/// The fonts of ideographs: those of text and headings hold none, and Word would pick one by the machine it runs on.
fn set_east_asian_fonts(root: &mut Element, tokens: &Tokens, language: &Language) {
    let Some((text, sans)) = east_asian_fonts(language) else {
        return;
    };
    fn set(element: &mut Element, own: &str, text: &str, sans: &str) {
        if element.name == "w:rFonts" && element.get("w:eastAsia").is_some() {
            let is_sans = element.get("w:ascii") == Some(own);
            element.set("w:eastAsia", if is_sans { sans } else { text });
        }
        for node in &mut element.children {
            if let Node::Element(child) = node {
                set(child, own, text, sans);
            }
        }
    }
    set(root, &tokens.docx.sans_font, text, sans);
}

/// Marks the styles that stand for "no style", and the direction of the document.
fn set_defaults(root: &mut Element, language: &Language) {
    for node in &mut root.children {
        let Node::Element(style) = node else { continue };
        if matches!(
            style.get("w:styleId"),
            Some("Normal" | "DefaultParagraphFont")
        ) {
            style.set("w:default", "1");
        }
        if language.rtl && style.get("w:styleId") == Some("Normal") {
            style
                .ensure("w:pPr")
                .children
                .push(Node::Element(toggle("w:bidi", true)));
        }
    }
}
