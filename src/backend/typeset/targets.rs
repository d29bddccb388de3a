//! What links within a report lead to, in words, for those who hear the link without the page that it leads to.

use std::collections::BTreeMap;

use super::Pagination;
use crate::document::{Block, Document, Heading, Inline, Node, plain_text};
use crate::layout::Strings;

/// So many characters of a caption or work say which it is.
const LONGEST: usize = 100;

/// The words for each anchor that something is known of, with its page.
pub(crate) fn targets(document: &Document, pages: &Pagination) -> BTreeMap<String, String> {
    let mut targets = Targets {
        strings: &document.strings,
        pages,
        words: BTreeMap::new(),
    };
    for chapter in &document.chapters {
        targets.heading(&chapter.heading);
    }
    document.visit_with_notes(&mut |node| match node {
        Node::Section(section) => targets.heading(&section.heading),
        Node::Intervention(talk) => targets.add(&talk.anchor, None, &talk.speaker.name),
        Node::Block(block) => targets.block(block),
        Node::Inline(Inline::Organisation {
            anchor, content, ..
        }) => targets.add(anchor, None, &plain_text(content)),
        Node::Inline(_) => {}
    });
    let back = [
        document.bibliography.as_ref().map(|list| &list.heading),
        document.speakers.as_ref().map(|list| &list.heading),
        document.acronyms.as_ref().map(|list| &list.heading),
        document.index.as_ref().map(|list| &list.heading),
    ];
    let lists = document.block_lists.iter().map(|list| &list.heading);
    for heading in lists.chain(back.into_iter().flatten()) {
        targets.heading(heading);
    }
    for work in document.bibliography.iter().flat_map(|list| &list.entries) {
        targets.add(
            &work.anchor,
            work.label.as_deref(),
            &plain_text(&work.content),
        );
    }
    targets.words
}

struct Targets<'d> {
    strings: &'d Strings,
    pages: &'d Pagination,
    words: BTreeMap<String, String>,
}

impl Targets<'_> {
    fn heading(&mut self, heading: &Heading) {
        self.add(&heading.anchor, heading.label.as_deref(), &heading.title);
    }

    fn block(&mut self, block: &Block) {
        let figures = match block {
            Block::Figure(figure) => std::slice::from_ref(figure),
            Block::Figures { figures } => figures,
            _ => &[],
        };
        for figure in figures {
            let caption = figure.caption.as_ref().map(|line| plain_text(line));
            let caption = caption.or_else(|| figure.alt.clone()).unwrap_or_default();
            self.add(&figure.anchor, figure.label.as_deref(), &caption);
        }
        match block {
            Block::Table(table) => {
                let caption = table.caption.as_ref().map(|line| plain_text(line));
                let caption = caption.unwrap_or_default();
                self.add(&table.anchor, table.label.as_deref(), &caption);
            }
            Block::Chart(chart) => {
                self.add(
                    &chart.anchor,
                    Some(&chart.label),
                    &plain_text(&chart.caption),
                );
            }
            Block::Box(text_box) => {
                self.add(
                    &text_box.anchor,
                    Some(&text_box.label),
                    &plain_text(&text_box.title),
                );
            }
            _ => {}
        }
    }

    fn add(&mut self, anchor: &str, label: Option<&str>, text: &str) {
        let strings = self.strings;
        let mut words: String = text.chars().take(LONGEST).collect();
        if words.len() < text.len() {
            words.push('…');
        }
        if let Some(label) = label {
            words = match words.is_empty() {
                true => label.to_owned(),
                false => format!("{label}{}{words}", strings.colon),
            };
        }
        let Some(page) = self.pages.labels.get(anchor).filter(|_| !words.is_empty()) else {
            return;
        };
        let [before, between, after] = strings.around_page();
        let words = format!("{before}{words}{between}{page}{after}");
        self.words.entry(anchor.to_owned()).or_insert(words);
    }
}
