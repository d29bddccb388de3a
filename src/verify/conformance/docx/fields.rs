//! Fields of a Word file: each begins and ends, and none asks to be updated: Word would put a question to the reader.

use super::package::Package;
use super::{W, is_on};
use crate::verify::conformance::verdict::{BreachList, Spot};
use crate::verify::xml::{self, Element};

/// Checks the fields.
pub(super) fn check(package: &Package, found: &mut BreachList) {
    let settings = package.beside("settings");
    let asks = is_on(settings.and_then(|settings| xml::child(settings, W, "updateFields")));
    let what = "the file asks for its fields to be updated when it is opened";
    found.unless(!asks, "ECMA-376-1 17.15", what);
    for (name, story) in package.stories() {
        let mut open = 0usize;
        let mut sound = true;
        for element in story.descendants() {
            dirty(name, element, found);
            if !element.has_tag_name((W, "fldChar")) {
                continue;
            }
            match element.attribute((W, "fldCharType")) {
                Some("begin") => open += 1,
                Some("end") if open > 0 => open -= 1,
                Some("separate") if open > 0 => {}
                _ => sound = false,
            }
        }
        if open > 0 || !sound {
            let what = "a field begins without an end, or ends without a beginning";
            found.at("ECMA-376-1 17.16", what, Spot::object(name));
        }
    }
}

fn dirty(part: &str, element: Element<'_>, found: &mut BreachList) {
    if matches!(element.attribute((W, "dirty")), Some("1" | "true" | "on")) {
        let what = "a field asks to be updated when the file is opened (dirty)";
        found.at("ECMA-376-1 17.16", what, Spot::object(part));
    }
}
