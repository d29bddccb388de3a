//! Which styles of a template are ours, and the ids that all of them have in our file.
//!
//! A style is ours by its name, which Word's own styles have in every language of Word, whatever their ids; by one of its
//! other names; by the name that it has in another language; by being the default of its kind; or else by its id. It has
//! the id that the text names.

use std::collections::BTreeMap;

use super::super::package::Element;
use super::taken::child_val;
use crate::word;

/// The styles that stand for none, by kind.
pub(super) const DEFAULTS: [(&str, &str); 4] = [
    ("paragraph", "Normal"),
    ("character", "DefaultParagraphFont"),
    ("table", "TableNormal"),
    ("numbering", "NoList"),
];

/// A style of ours: id, name and kind.
pub(super) struct Known<'o> {
    id: &'o str,
    shown: &'o str,
    name: String,
    kind: &'o str,
}

impl<'o> Known<'o> {
    pub(super) fn of(style: &'o Element) -> Option<Known<'o>> {
        Some(Known {
            id: style.get("w:styleId").filter(|_| style.name == "w:style")?,
            shown: child_val(style, "w:name")?,
            name: plain(child_val(style, "w:name")?),
            kind: style.get("w:type")?,
        })
    }
}

/// The ids in our file of the styles of a template, and the names of those that are ours by their ids there.
pub(super) fn ids(
    written: &[&word::Element],
    known: &[Known<'_>],
) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
    let mut ids = BTreeMap::new();
    let mut named = BTreeMap::new();
    type Fits = fn(&word::Element, &Known<'_>) -> bool;
    let ways: [Fits; 5] = [
        |one, ours| {
            one.child_val("w:name")
                .is_some_and(|name| plain(name) == ours.name)
        },
        |one, ours| {
            let names = one.child_val("w:aliases").unwrap_or_default();
            names.split([',', ';']).any(|name| plain(name) == ours.name)
        },
        |one, ours| {
            let name = one.child_val("w:name").map(plain).unwrap_or_default();
            super::names::english(&name).is_some_and(|name| name == ours.name)
        },
        |one, ours| {
            matches!(one.attr("w:default"), Some("1" | "true" | "on"))
                && DEFAULTS.contains(&(ours.kind, ours.id))
        },
        |one, ours| one.attr("w:styleId") == Some(ours.id),
    ];
    for fits in ways {
        for one in written {
            let id = one.attr("w:styleId").unwrap_or_default();
            let kind = one.attr("w:type").unwrap_or("paragraph");
            if ids.contains_key(id) {
                continue;
            }
            let mut free = known
                .iter()
                .filter(|ours| ours.kind == kind && !named.contains_key(ours.id));
            if let Some(ours) = free.find(|ours| fits(one, ours)) {
                ids.insert(id.to_owned(), ours.id.to_owned());
                let name = one
                    .child_val("w:name")
                    .filter(|name| plain(name) == ours.name);
                named.insert(ours.id.to_owned(), name.unwrap_or(ours.shown).to_owned());
            }
        }
    }
    for one in written {
        let id = one.attr("w:styleId").unwrap_or_default();
        if !ids.contains_key(id) {
            let taken = |id: &str| known.iter().any(|ours| ours.id == id);
            let mut own = super::taken::text(id);
            while taken(&own) {
                own.push_str("Template");
            }
            ids.insert(id.to_owned(), own);
        }
    }
    (ids, named)
}

/// A name as Word compares it.
pub(super) fn plain(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}
