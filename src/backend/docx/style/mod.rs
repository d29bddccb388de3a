//! The part `styles.xml`: the whole appearance of the document, from the layout's tokens alone.
//!
//! Styles have Word's own ids and names wherever Word has one for the purpose, so that its navigation, contents list,
//! translation tools and screen readers recognise everything.

mod characters;
mod display;
mod foot;
mod paragraphs;
pub(super) mod spec;
mod tables;

use std::collections::BTreeSet;

use super::builder;
use super::composer::Beside;
use super::locale::{ScriptFonts, word_tag};
use super::package::{Element, Extras, Node, finish, toggle};
use super::run_style::RunStyle;
use crate::base::diagnostic::Diagnostics;
use crate::document::{Document, Language};
use crate::layout::Tokens;
pub(super) use paragraphs::{SPACED, smaller};
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

/// What the text uses of styles that a file has only where it needs them.
pub(super) struct Used<'u> {
    /// Looks of running text.
    pub(super) looks: &'u BTreeSet<RunStyle>,
    /// Sizes in points of the type of wide tables.
    pub(super) sizes: &'u BTreeSet<u8>,
    /// Styles of text next to a table.
    pub(super) spaced: &'u BTreeSet<(&'static str, Beside)>,
    /// Levels of which some headings are listed.
    pub(super) levels: &'u BTreeSet<u8>,
}

/// The part.
pub(super) fn part(
    tokens: &Tokens,
    document: &Document,
    used: &Used<'_>,
) -> Result<Element, Diagnostics> {
    let mut specs = paragraphs::all(tokens, document, used);
    specs.extend(characters::all(tokens, &document.language, used.looks));
    let face = tokens.docx.text_font.as_str();
    let size = (tokens.sizes.text.to_pt() * 2.0).round() as usize;
    let mut root = builder::styles(face, size, &specs)?;
    add_extras(&mut root, &specs);
    set_language(&mut root, &document.language);
    set_script_fonts(&mut root, &ScriptFonts::of(tokens, &document.language));
    set_defaults(&mut root, &document.language);
    set_letter_space(&mut root, tokens, &document.language);
    root.children.extend(
        tables::all(tokens, document, !used.sizes.is_empty())
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

/// The fonts of ideographs and of joined and right-to-left scripts: those of text and headings hold none, and Word would
/// pick some by the machine it runs on.
fn set_script_fonts(element: &mut Element, fonts: &ScriptFonts<'_>) {
    if element.name == "w:rFonts"
        && let Some(set) = element.get("w:ascii").and_then(|face| fonts.beside(face))
    {
        let (east_asian, complex) = (set.east_asian.to_owned(), set.complex.to_owned());
        element.set("w:eastAsia", east_asian);
        element.set("w:cs", complex);
    }
    for node in &mut element.children {
        if let Node::Element(child) = node {
            set_script_fonts(child, fonts);
        }
    }
}

/// The space between letters, where the layout wants more than fonts have and the script's letters are not joined. Word has
/// none between words.
fn set_letter_space(root: &mut Element, tokens: &Tokens, language: &Language) {
    let share = f64::from(tokens.structure.letter_space) / 100.0;
    if share > 0.0 && !language.rtl {
        let twentieths = (tokens.sizes.text.to_pt() * share * 20.0).round();
        let spacing = Element::new("w:spacing").attr("w:val", twentieths.to_string());
        let defaults = root.ensure("w:docDefaults").ensure("w:rPrDefault");
        let spacing = Node::Element(spacing);
        defaults.ensure("w:rPr").children.push(spacing);
    }
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
