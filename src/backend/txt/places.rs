//! Where in the text the anchors stand that the lists at the end point to: in plain text a chapter, as it has no pages.

use std::collections::BTreeMap;

use crate::document::{Block, Cell, Document, Inline, Intervention, Section};

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
            places.blocks(&chapter.blocks, index);
            places.interventions(&chapter.interventions, index);
            places.sections(&chapter.sections, index);
        }
        for note in &document.footnotes {
            places.blocks(&note.blocks, note.chapter);
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

    fn sections(&mut self, sections: &'a [Section], chapter: usize) {
        for section in sections {
            self.chapters.insert(&section.heading.anchor, chapter);
            self.blocks(&section.blocks, chapter);
            self.interventions(&section.interventions, chapter);
            self.sections(&section.sections, chapter);
        }
    }

    fn interventions(&mut self, interventions: &'a [Intervention], chapter: usize) {
        for intervention in interventions {
            self.chapters.insert(&intervention.anchor, chapter);
            self.blocks(&intervention.blocks, chapter);
        }
    }

    fn blocks(&mut self, blocks: &'a [Block], chapter: usize) {
        for block in blocks {
            match block {
                Block::Paragraph { content } => self.inlines(content, chapter),
                Block::List { items, .. } => {
                    items.iter().for_each(|item| self.blocks(item, chapter))
                }
                Block::Quote { blocks, .. } => self.blocks(blocks, chapter),
                Block::Table(table) => {
                    self.cells(&table.header, chapter);
                    self.cells(&table.rows, chapter);
                    self.blocks(&table.note, chapter);
                }
                Block::Code { .. } | Block::Figure(_) | Block::Members { .. } => {}
            }
        }
    }

    fn cells(&mut self, rows: &'a [Vec<Cell>], chapter: usize) {
        rows.iter()
            .flatten()
            .for_each(|cell| self.blocks(&cell.blocks, chapter));
    }

    fn inlines(&mut self, content: &'a [Inline], chapter: usize) {
        for inline in content {
            match inline {
                Inline::Organisation {
                    anchor, content, ..
                } => {
                    self.chapters.insert(anchor, chapter);
                    self.inlines(content, chapter);
                }
                other => self.inlines(other.content(), chapter),
            }
        }
    }
}
