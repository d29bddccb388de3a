//! A list of contents within the text, whose links lead to its headings: the program makes it again.

use std::collections::BTreeSet;

use super::blocks::{is_block, level, name};
use super::html::Node;
use super::{Reader, Tree};
use crate::import::outline::{Role, TracedText, words as bare_words};
use crate::import::words::is_one;

impl Reader<'_, '_> {
    /// The lines of the blocks that are a list of contents, with the heading above; their words are noted as left out.
    pub(super) fn contents_lists(&mut self, root: Tree) -> BTreeSet<usize> {
        let blocks: Vec<Tree> = root
            .children()
            .filter(|child| is_block(name(*child)))
            .collect();
        let titles: BTreeSet<String> = root
            .descendants()
            .filter(|node| level(name(*node)).is_some())
            .map(|node| key(&text_of(node)))
            .collect();
        let listed: Vec<usize> = blocks
            .iter()
            .map(|block| entries(*block, &titles))
            .collect();
        let mut found = BTreeSet::new();
        for (index, block) in blocks.iter().enumerate() {
            let next = |at: usize| listed.get(at).copied().unwrap_or_default();
            let row =
                listed[index] > 0 && (next(index + 1) > 0 || (index > 0 && listed[index - 1] > 0));
            let headed = index > 0 && is_one(&text_of(blocks[index - 1]), &self.words.contents);
            let heads = level(name(*block)).is_some()
                && is_one(&text_of(*block), &self.words.contents)
                && next(index + 1) > 0;
            if heads || listed[index] > 1 || row || (listed[index] > 0 && headed) {
                self.place(*block);
                let (line, text) = (self.line, text_of(*block));
                let role = Role::LeftOut("the list of contents, which is made again");
                self.outline.pieces.push(TracedText { line, text, role });
                found.insert(line);
            }
        }
        found
    }
}

/// How many links to headings a block is made of; none where it holds anything else.
fn entries(block: Tree, titles: &BTreeSet<String>) -> usize {
    if !matches!(name(block), "ul" | "ol" | "p") {
        return 0;
    }
    let link = |node: &Tree| name(*node) == "a";
    let links: Vec<Tree> = block.descendants().filter(link).collect();
    let local = |node: &Tree| {
        let element = node.value().as_element();
        let target = element.and_then(|element| element.attr("href"));
        let text = text_of(*node);
        let paged = text.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
        target.is_some_and(|target| target.starts_with('#'))
            && (titles.contains(&key(&text)) || titles.contains(&key(paged)))
    };
    let outside = block.descendants().any(|node| {
        let text = node
            .value()
            .as_text()
            .is_some_and(|text| !text.trim().is_empty());
        text && !node.ancestors().any(|above| name(above) == "a")
    });
    match !outside && links.iter().all(local) {
        true => links.len(),
        false => 0,
    }
}

/// Letters and digits of a text.
pub(super) fn key(text: &str) -> String {
    bare_words(&text.to_lowercase()).collect()
}

pub(super) fn text_of(node: Tree) -> String {
    let texts = node.descendants().filter_map(|inner| match inner.value() {
        Node::Text(text) => Some(&**text),
        _ => None,
    });
    texts.collect()
}
