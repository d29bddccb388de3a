//! Where the anchors are that the lists at the end point to: in plain text in a chapter, as it has no pages.

use std::collections::BTreeMap;

use crate::document::{Document, Inline, Node, visit_blocks};

/// The chapter of every anchor of headings, interventions and organisations.
pub(super) struct Places<'a> {
    document: &'a Document,
    chapters: BTreeMap<&'a str, usize>,
}

impl<'a> Places<'a> {
    /// Walks the chapters and their notes.
    pub(super) fn of(document: &'a Document) -> Self {
        let mut places = Places {
            document,
            chapters: BTreeMap::new(),
        };
        for (index, chapter) in document.chapters.iter().enumerate() {
            places.chapters.insert(&chapter.heading.anchor, index);
            chapter.visit(&mut |node| places.note(node, index));
        }
        for note in &document.footnotes {
            visit_blocks(&note.blocks, &mut |node| places.note(node, note.chapter));
        }
        places
    }

    /// The chapters of anchors, each once, as readers know them: by label, else by title.
    pub(super) fn names(&self, anchors: &[String]) -> Vec<&'a str> {
        let mut chapters: Vec<usize> = anchors
            .iter()
            .filter_map(|anchor| self.chapters.get(anchor.as_str()).copied())
            .collect();
        chapters.dedup();
        let chapters = chapters
            .into_iter()
            .filter_map(|index| self.document.chapters.get(index));
        chapters
            .map(|chapter| {
                chapter
                    .heading
                    .label
                    .as_deref()
                    .unwrap_or(&chapter.short_title)
            })
            .collect()
    }

    fn note(&mut self, node: Node<'a>, chapter: usize) {
        let anchor = match node {
            Node::Section(section) => &section.heading.anchor,
            Node::Intervention(intervention) => &intervention.anchor,
            Node::Inline(Inline::Organisation { anchor, .. }) => anchor,
            Node::Block(_) | Node::Inline(_) => return,
        };
        self.chapters.insert(anchor, chapter);
    }
}
