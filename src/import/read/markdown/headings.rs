//! Headings: the title of the whole, chapters and sections.

use super::anchors::is_heading;
use super::html::Html;
use super::{Reader, Tree, blocks};
use crate::import::outline::{Item, Label, OutlineItem, Role, TracedText};
use crate::import::read::contents;
use crate::import::read::text::{label_apart, panel_label, parted_label};
use crate::import::recognise::dates;
use crate::import::words::plain;

impl Reader<'_, '_> {
    /// Which headings are the title and open chapters: a single one of the highest level is the title of the whole.
    pub(super) fn levels(&mut self, html: &Html) {
        let headings = html.nodes().filter(|node| is_heading(*node));
        let levels = headings.filter_map(|node| blocks::level(blocks::name(node)));
        let levels: Vec<usize> = levels.collect();
        let Some(highest) = levels.iter().min().copied() else {
            return;
        };
        self.chapter = highest;
        if levels.iter().filter(|level| **level == highest).count() == 1 && levels.len() > 1
            || levels.len() == 1
        {
            self.title = Some(highest);
            let next = levels.iter().filter(|level| **level > highest).min();
            self.chapter = next.copied().unwrap_or(highest + 1);
        }
    }

    pub(super) fn heading(&mut self, node: Tree, level: usize, depth: usize) {
        let mut out = String::new();
        (self.heading, self.narrow) = (true, true);
        self.children(node, depth, &mut out);
        if let Some(tag) = self.block_language(Some(node)) {
            self.in_language(&tag, &out.clone(), false, &mut out);
        }
        (self.heading, self.narrow) = (false, false);
        (self.links, self.emphases, self.languages) = (0, 0, 0);
        self.carry(&out);
        let title: Vec<&str> = self
            .said
            .iter()
            .flat_map(|(_, text)| text.split_whitespace())
            .collect();
        let title = title.join(" ");
        if title.is_empty() {
            return self.emit(Vec::new());
        }
        let heads = |item: &Item| {
            matches!(
                item.what,
                OutlineItem::Chapter { .. } | OutlineItem::Heading { .. }
            )
        };
        let above = !self.outline.items.iter().any(heads);
        if self.title == Some(level) && above {
            let front = &mut self.outline.front;
            if front.title.is_empty() {
                front.date = front
                    .date
                    .take()
                    .or_else(|| dates::in_title(&title, self.words));
                front.title.push(title);
                self.piece(&Role::Front);
                return self.emit(Vec::new());
            }
            if plain(&front.title.join(" ")) == plain(&title) {
                self.piece(&Role::LeftOut("the title, which is on the cover"));
                return self.emit(Vec::new());
            }
            self.chapter = level;
        }
        self.opens(title, level);
        if let Some(item) = self.outline.items.last_mut() {
            item.place = self.anchors.number(node);
        }
        self.emit(Vec::new());
    }

    fn opens(&mut self, title: String, level: usize) {
        if level <= self.chapter {
            return self.opens_chapter(title);
        }
        self.facts = false;
        let start = self.outline.pieces.len();
        self.piece(&Role::Heading);
        let title = parted_label(&title, self.words);
        if let Some(label) = panel_label(&title, self.words) {
            label_apart(&mut self.outline.pieces, start, label);
        }
        let level = level - self.chapter + 1;
        self.push(OutlineItem::Heading { level, title });
    }

    fn opens_chapter(&mut self, title: String) {
        let label = contents::label(&title, self.words).filter(|(.., rest)| !rest.is_empty());
        let Some((name, label, rest)) = label else {
            self.facts = false;
            self.piece(&Role::Heading);
            return self.push(OutlineItem::Chapter { label: None, title });
        };
        let line = self.said.first().map_or(self.line, |(line, _)| *line);
        self.said.clear();
        for (text, role) in [(&name, Role::Label), (&rest, Role::Heading)] {
            let text = text.clone();
            self.outline.pieces.push(TracedText { line, text, role });
        }
        self.facts = matches!(label, Label::Meeting(_));
        self.push(OutlineItem::Chapter {
            label: Some((label, name)),
            title: rest,
        });
    }
}
