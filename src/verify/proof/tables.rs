//! Tables that are parted, and pictures far from where they are mentioned.

use std::collections::{BTreeMap, BTreeSet};

use super::{FoundFault, LineKind, PageFault, Proof};
use crate::document::{Block, ChapterKind, Node};

impl Proof<'_> {
    pub(super) fn tables(&mut self) {
        self.parted_rows();
        self.first_rows();
        self.pictures();
    }

    /// Cells whose text goes on over the page. A head that is repeated has the same text on both.
    fn parted_rows(&mut self) {
        let mut told = BTreeSet::new();
        let cells: Vec<(usize, Vec<usize>)> = self
            .paragraphs
            .iter()
            .filter(|(element, _)| self.read.elements[**element].kind == LineKind::Cell)
            .map(|(element, lines)| (*element, lines.clone()))
            .collect();
        for (element, cell) in cells {
            let first = self.line(cell[0]).page;
            let (here, there): (Vec<usize>, Vec<usize>) =
                cell.iter().partition(|at| self.line(**at).page == first);
            if there.is_empty() || self.text(&there).starts_with(&self.text(&here)) {
                continue;
            }
            let anchors = self.read.elements[element].anchors.clone();
            if told.insert((anchors, first)) {
                self.say(PageFault::PartedRow, there[0]);
            }
        }
    }

    /// Tables of which one row stands on their first page.
    fn first_rows(&mut self) {
        let sizes = self.table_rows();
        let mut rows: BTreeMap<&str, BTreeMap<usize, BTreeSet<i64>>> = BTreeMap::new();
        let mut first = BTreeMap::new();
        for at in &self.body {
            let element = self.read.element(self.line(*at));
            let anchor = element
                .anchors
                .iter()
                .find_map(|anchor| sizes.get_key_value(anchor.as_str()));
            let Some((anchor, _)) = anchor.filter(|_| element.kind == LineKind::Cell) else {
                continue;
            };
            let cell = &self.paragraphs[&self.line(*at).element];
            first.entry(*anchor).or_insert(*at);
            if cell[0] == *at {
                let line = self.line(*at);
                let pages = rows.entry(anchor).or_default();
                pages
                    .entry(line.page)
                    .or_default()
                    .insert(line.y.round() as i64);
            }
        }
        let parted = rows.iter().filter(|(anchor, pages)| {
            let (head, all) = sizes[**anchor];
            let on_first = pages.values().next().map_or(0, BTreeSet::len);
            pages.len() > 1 && on_first <= head + 1 && all > head + 2
        });
        let parted: Vec<usize> = parted.map(|(anchor, _)| first[anchor]).collect();
        for at in parted {
            self.say(PageFault::TableAfterFirstRow, at);
        }
    }

    /// Figures and charts that are more than a page from the nearest mention, with running text between: not where there are
    /// but the tables and figures that are mentioned with them.
    fn pictures(&mut self) {
        let mut anchors = Vec::new();
        self.document.visit(&mut |node| match node {
            Node::Block(Block::Figure(figure)) => anchors.push(figure.anchor.clone()),
            Node::Block(Block::Chart(chart)) => anchors.push(chart.anchor.clone()),
            _ => {}
        });
        // A list of figures mentions them all, and so does one of their descriptions.
        let lists = self.document.block_lists.iter().map(|list| &list.heading);
        let described = self.document.chapters.iter();
        let described = described.filter(|it| it.kind == ChapterKind::Descriptions);
        let lists = lists.chain(described.map(|it| &it.heading));
        let lists = lists
            .filter_map(|heading| self.read.anchors.get(&heading.anchor))
            .min();
        let in_text = |at: &&usize| lists.is_none_or(|lists| *at < lists);
        let text = self.tokens.sizes.text.to_pt() - 0.4;
        let running = self.body.iter().filter(|at| {
            let of_text = self.element(**at).kind == LineKind::Paragraph;
            of_text && self.line(**at).size > text
        });
        let running: BTreeSet<usize> = running.map(|at| self.line(*at).page).collect();
        for anchor in anchors {
            let Some(page) = self.read.anchors.get(&anchor).copied() else {
                continue;
            };
            let mentions = self.read.mentions.get(&anchor);
            let far = |at: &usize| running.range(at.min(&page) + 1..*at.max(&page)).next();
            let mut mentions = mentions.into_iter().flatten().filter(in_text).peekable();
            if mentions.peek().is_some()
                && mentions.all(|at| at.abs_diff(page) > 1 && far(at).is_some())
            {
                let found = FoundFault {
                    fault: PageFault::FarPicture,
                    page: self.page_label(page),
                    words: String::new(),
                    paragraph: anchor,
                };
                self.found.push(found);
            }
        }
    }
}
