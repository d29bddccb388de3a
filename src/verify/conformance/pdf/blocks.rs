//! What stands between blocks is a block, and a block holds either blocks or running text: a reader that goes from block to
//! block passes over words that no block holds, or reads them in one breath with what is next to them.

use super::CheckedPdf;
use super::shapes::spot;
use crate::pdf::read::tree::{Element, GROUPS, level};
use crate::verify::conformance::verdict::BreachList;

/// Blocks that hold running text alone.
const TEXTS: &[&str] = &["P", "H"];
/// Elements that hold either blocks or running text.
const EITHER: &[&str] = &["LBody", "TH", "TD", "Caption", "Note"];
/// Blocks and groups of them (14.8.4.2 and 14.8.4.3).
const BLOCKS: &[&str] = &[
    "Part",
    "Art",
    "Sect",
    "Div",
    "BlockQuote",
    "TOC",
    "Index",
    "P",
    "H",
    "L",
    "Table",
    "Caption",
];
/// Running text (14.8.4.4).
const RUNNING: &[&str] = &[
    "Span",
    "Quote",
    "Link",
    "Reference",
    "BibEntry",
    "Annot",
    "Ruby",
    "Warichu",
    "Note",
];

/// Checks what elements hold.
pub(super) fn check(look: &CheckedPdf<'_>, found: &mut BreachList) {
    for element in &look.tree.elements {
        let kind = element.kind.as_str();
        if GROUPS.contains(&kind) {
            for kid in look.tree.kids(element).filter(|kid| is(RUNNING, kid)) {
                let what = format!("{} stands between blocks: no paragraph holds it", kid.role);
                found.at("7.1", what, spot(look, kid));
            }
            if element.has_content() {
                let what = format!("{kind} holds text itself: no paragraph holds it");
                found.at("7.1", what, spot(look, element));
            }
        } else if is_text(element) {
            for kid in look.tree.kids(element).filter(|kid| is_block(kid)) {
                let what = format!("{} stands within running text, in {kind}", kid.kind);
                found.at("7.1", what, spot(look, kid));
            }
        } else if EITHER.contains(&kind) && mixes(look, element) {
            let what = format!("{kind} mixes blocks with text that no paragraph holds");
            found.at("7.1", what, spot(look, element));
        }
    }
}

fn is(kinds: &[&str], element: &Element) -> bool {
    kinds.contains(&element.kind.as_str())
}

fn is_text(element: &Element) -> bool {
    is(TEXTS, element) || level(&element.kind).is_some()
}

fn is_block(element: &Element) -> bool {
    is(BLOCKS, element) || level(&element.kind).is_some()
}

/// Whether an element holds both blocks and running text.
fn mixes(look: &CheckedPdf<'_>, element: &Element) -> bool {
    let kids = || look.tree.kids(element);
    kids().any(is_block) && (element.has_content() || kids().any(|kid| is(RUNNING, kid)))
}
