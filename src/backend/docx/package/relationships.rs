//! Relationships of one part: each part has its own, an id means nothing outside it (ECMA-376 part 2, clause 9.3).

use std::collections::HashMap;

use super::xml::Element;

/// Kinds of relationship, as the last step of their type.
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// The relationships of a part, in the order in which they were made.
#[derive(Debug, Default, Clone)]
pub(crate) struct Relationships {
    entries: Vec<RelationshipEntry>,
    /// Where each is among them.
    known: HashMap<RelationshipEntry, usize>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct RelationshipEntry {
    kind: String,
    target: String,
    external: bool,
}

impl Relationships {
    /// The id of a relationship to a part of the package; `kind` is the last step of its type, such as `styles`.
    pub(crate) fn part(&mut self, kind: &str, target: &str) -> String {
        self.add(RelationshipEntry {
            kind: format!("{OFFICE}{kind}"),
            target: target.to_owned(),
            external: false,
        })
    }

    /// The id of a relationship to a part that is not of the office namespace.
    pub(super) fn typed(&mut self, kind: &str, target: &str) -> String {
        self.add(RelationshipEntry {
            kind: kind.to_owned(),
            target: target.to_owned(),
            external: false,
        })
    }

    /// The id of a link to an address.
    pub(crate) fn link(&mut self, url: &str) -> String {
        self.add(RelationshipEntry {
            kind: format!("{OFFICE}hyperlink"),
            target: url.to_owned(),
            external: true,
        })
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The `.rels` part.
    pub(super) fn element(&self) -> Element {
        let entries = self.entries.iter().enumerate().map(|(index, entry)| {
            let element = Element::new("Relationship")
                .attr("Id", id(index))
                .attr("Type", &entry.kind)
                .attr("Target", &entry.target);
            if entry.external {
                element.attr("TargetMode", "External")
            } else {
                element
            }
        });
        Element::new("Relationships")
            .attr("xmlns", PACKAGE)
            .children(entries)
    }

    fn add(&mut self, entry: RelationshipEntry) -> String {
        let entries = &mut self.entries;
        let index = self.known.entry(entry).or_insert_with_key(|entry| {
            entries.push(entry.clone());
            entries.len() - 1
        });
        id(*index)
    }
}

fn id(index: usize) -> String {
    format!("rId{}", index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_address_is_kept_once_and_as_it_is() {
        let mut relationships = Relationships::default();
        let url = "https://example.org/?q=a&b=<c>&d=\"e\"";
        assert_eq!(relationships.link(url), "rId1");
        assert_eq!(relationships.part("styles", "styles.xml"), "rId2");
        assert_eq!(relationships.link(url), "rId1");
        let element = relationships.element();
        let targets: Vec<_> = element
            .elements()
            .map(|entry| entry.get("Target"))
            .collect();
        assert_eq!(targets, [Some(url), Some("styles.xml")]);
    }
}
