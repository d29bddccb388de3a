//! Languages: every text that is read aloud has one, and each is a language tag (BCP 47).

use lopdf::{Dictionary, Object};

use super::CheckedPdf;
use super::xmp::DC;
use crate::pdf::read::file::as_dict;
use crate::pdf::read::tree::Element;
use crate::verify::conformance::is_language;
use crate::verify::conformance::verdict::{BreachList, Spot};

/// Most entries of the outline that are looked at.
const ENTRIES: usize = 100_000;

/// Checks the languages that the file states, and what has none where the file as a whole states none.
pub(super) fn check(look: &CheckedPdf<'_>, found: &mut BreachList) {
    let whole = look.file.text(look.catalog, "Lang");
    match whole.as_deref() {
        Some(tag) if is_language(tag) => {}
        Some(tag) => {
            let what = "the language of the file is no language tag";
            found.at("7.2", what, Spot::object(format!("Lang “{tag}”")));
            lacking(look, found);
        }
        None => {
            found.add("7.2", "the file does not say its language (Lang)");
            lacking(look, found);
        }
    }
    for element in &look.tree.elements {
        let Some(tag) = look.file.text(&element.dict, "Lang") else {
            continue;
        };
        if !tag.is_empty() && !is_language(&tag) {
            let what = "the language of an element is no language tag";
            found.at("7.2", what, Spot::object(format!("Lang “{tag}”")));
        }
    }
}

/// What has no language in a file that states none as a whole.
fn lacking(look: &CheckedPdf<'_>, found: &mut BreachList) {
    let file = look.file;
    let spoken = |element: &Element| {
        let mut element = Some(element);
        while let Some(here) = element {
            let tag = file.text(&here.dict, "Lang");
            if tag.is_some_and(|tag| is_language(&tag)) {
                return true;
            }
            element = here.parent.map(|at| &look.tree.elements[at]);
        }
        false
    };
    for element in look.tree.elements.iter().filter(|one| !spoken(one)) {
        if element.has_content() {
            let what = "text is in no language";
            found.at(("7.2", "11-001"), what, super::shapes::spot(look, element));
        }
        if ["Alt", "ActualText", "E"]
            .iter()
            .any(|key| element.dict.has(key.as_bytes()))
        {
            let what = "a text that stands for something is in no language (Alt, ActualText, E)";
            found.at(("7.2", "11-002"), what, super::shapes::spot(look, element));
        }
    }
    let outlines = file.dict(look.catalog, "Outlines");
    if outlines.is_some_and(|all| entries(look, all)) {
        found.add(("7.2", "11-003"), "bookmarks are in no language");
    }
    for dict in file.dictionaries() {
        let spot = || Spot::object(file.name(dict, "Subtype").unwrap_or_default());
        let own = is_spoken(look, dict, &spoken);
        if file.name(dict, "Type").as_deref() == Some("Annot") && dict.has(b"Contents") && !own {
            let what = "the words of a link or note are in no language (Contents)";
            found.at(("7.2", "11-004"), what, spot());
        }
        if dict.has(b"TU") && !own {
            let what = "the name of a form field is in no language (TU)";
            found.at(("7.2", "11-005"), what, spot());
        }
    }
    let titled = look
        .packet()
        .is_some_and(|packet| packet.is_in_language(DC, "title"));
    let what = "the title in the metadata is in no language";
    found.unless(titled, ("7.2", "11-006"), what);
}

/// Whether an annotation has a language of its own or that of the element that holds it.
fn is_spoken(look: &CheckedPdf<'_>, dict: &Dictionary, spoken: &impl Fn(&Element) -> bool) -> bool {
    let own = look.file.text(dict, "Lang");
    let same = |id: &lopdf::ObjectId| {
        let there = look.file.object(*id).and_then(as_dict);
        there.is_some_and(|there| std::ptr::eq(there, dict))
    };
    let mut elements = look.tree.elements.iter();
    own.is_some_and(|tag| is_language(&tag))
        || elements.any(|one| one.annotations().any(|id| same(&id)) && spoken(one))
}

/// Whether an outline has an entry without a byte order mark that states a language (ISO 32000-1, 7.9.2.2).
fn entries(look: &CheckedPdf<'_>, outlines: &Dictionary) -> bool {
    let mut waiting = vec![look.file.get(outlines, "First")];
    for _ in 0..ENTRIES {
        let Some(Object::Dictionary(entry)) = waiting.pop() else {
            break;
        };
        let title = look.file.get(entry, "Title").as_str();
        // A language may be stated within a text in UTF-16, between escapes.
        if title.is_ok_and(|title| !title.windows(2).any(|two| two == [0, 0x1b])) {
            return true;
        }
        waiting.extend([look.file.get(entry, "Next"), look.file.get(entry, "First")]);
        waiting.retain(|one| !one.is_null());
    }
    false
}
