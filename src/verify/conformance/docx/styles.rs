//! The styles of a Word file, as far as checks need them: their ids, and which are headings of which level.

use std::collections::{BTreeMap, BTreeSet};

use super::package::Package;
use super::{W, value};
use crate::verify::conformance::is_language;
use crate::verify::{headings, xml};

/// What the styles say.
#[derive(Default)]
pub(super) struct Styles {
    /// Ids of all styles.
    pub(super) ids: BTreeSet<String>,
    /// Levels of the heading styles, from 1, by id.
    pub(super) headings: BTreeMap<String, u8>,
    /// Whether the text has a language.
    pub(super) language: bool,
}

/// Reads the styles.
pub(super) fn read(package: &Package) -> Styles {
    let mut styles = Styles::default();
    let Some(root) = package.beside("styles") else {
        return styles;
    };
    styles.headings = headings::levels(root);
    let defaults = ["docDefaults", "rPrDefault", "rPr", "lang"];
    let language = defaults
        .iter()
        .try_fold(root, |element, name| xml::child(element, W, name));
    styles.language = language.and_then(value).is_some_and(is_language);
    for style in root.children().filter(|one| one.has_tag_name((W, "style"))) {
        let Some(id) = style.attribute((W, "styleId")) else {
            continue;
        };
        styles.ids.insert(id.to_string());
    }
    styles
}
