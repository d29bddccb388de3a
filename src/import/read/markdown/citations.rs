//! Works that a text cites, `[@okafor2014, p. 3]`: citations of the report where a bibliography next to the text has them.

use std::collections::BTreeSet;

use super::Reader;
use crate::document;
use crate::import::outline::{Item, OutlineItem, Role};
use crate::import::read::inline;
use crate::import::read::references::citation;

/// The works of the bibliographies next to a text.
#[derive(Debug, Default)]
pub(super) struct Works {
    keys: BTreeSet<String>,
    /// Whether it was said that there is no bibliography.
    said: bool,
}

impl Reader<'_, '_> {
    /// Takes over the bibliographies that the front matter names, else the one that is called as the text or `references`.
    pub(super) fn take_works(&mut self, named: &[String], file: &str, text: &str) {
        if !named.is_empty() || text.contains("@") {
            let (keys, why) = self.pictures.works(named, file);
            self.works.keys = keys.into_iter().collect();
            self.outline.front.checks.extend(why);
        }
    }

    /// Running text with its citations.
    pub(super) fn cited(&mut self, text: &str, out: &mut String) {
        let mut rest = text;
        let mut from = 0;
        while let Some(at) = rest[from..].find('[').map(|at| from + at) {
            from = at + 1;
            let end = rest[from..].find(['[', ']']).map(|end| from + end);
            let Some((inner, after)) = end
                .filter(|end| rest[*end..].starts_with(']'))
                .map(|end| (&rest[from..end], &rest[end + 1..]))
            else {
                continue;
            };
            let keys = match inner.contains('@') {
                true => document::cited_keys(inner),
                false => None,
            };
            if let Some(keys) = keys
                && self.knows(&keys)
            {
                rest[..at].chars().for_each(|c| inline::escape(c, out));
                out.push_str(&citation(self.outline.citations.len()));
                self.outline
                    .citations
                    .push(inner.replace('\'', "’").replace('\n', " "));
                (rest, from) = (after, 0);
            }
        }
        rest.chars().for_each(|c| inline::escape(c, out));
    }

    /// Whether all of these works are known; what is not is said.
    fn knows(&mut self, keys: &[String]) -> bool {
        if self.works.keys.is_empty() {
            if !std::mem::replace(&mut self.works.said, true) {
                self.check("works are cited here and below, and there is no bibliography next to the text: the citations stay as typed");
            }
            return false;
        }
        let unknown = keys.iter().find(|key| !self.works.keys.contains(*key));
        if let Some(key) = unknown {
            self.check(format!(
                "the bibliography has no work `{key}`: its citation stays as typed"
            ));
        }
        unknown.is_none()
    }

    /// Leaves out the last heading where nothing is below it and works are cited: their list comes there.
    pub(super) fn without_heading_of_works(&mut self) {
        if self.outline.citations.is_empty() {
            self.pictures.forget_works();
            return;
        }
        // Notes of the text above may stand behind it.
        let note = |item: &Item| matches!(item.what, OutlineItem::Note { .. });
        let items = &self.outline.items;
        let last = items
            .iter()
            .rposition(|item| !note(item))
            .filter(|at| *at > 0);
        let heading = last.filter(|at| {
            matches!(
                items[*at].what,
                OutlineItem::Chapter { label: None, .. } | OutlineItem::Heading { .. }
            )
        });
        let mut pieces = self.outline.pieces.iter_mut();
        if let Some(at) = heading
            && let Some(piece) = pieces.rfind(|piece| piece.role == Role::Heading)
        {
            piece.role = Role::LeftOut("the heading of the list of works, which is made again");
            self.outline.items.remove(at);
        }
    }
}
