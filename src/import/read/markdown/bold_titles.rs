//! Lines in bold type as headings: a text saved from a word processor often has no others.

use ego_tree::NodeId;

use super::Tree;
use super::blocks::{is_block, level, name};
use super::contents_list::text_of;
use super::html::{Html, Node};
use crate::import::recognise::dates;
use crate::import::words::Words;

/// The longest line, in words and in characters.
const MAX_WORDS: usize = 14;
const MAX_CHARS: usize = 100;

/// Makes headings of the lines in bold type below which other text is, where there are two of them or more and no heading;
/// true where there are.
pub(super) fn raise(html: &mut Html, words: &Words) -> bool {
    if html
        .root()
        .descendants()
        .any(|node| level(name(node)).is_some())
    {
        return false;
    }
    let found = found(html, words);
    for (id, level) in &found {
        if let Some(mut node) = html.get_mut(*id)
            && let Node::Element(element) = node.value()
        {
            element.rename(if *level == 1 {
                "h1"
            } else if *level == 2 {
                "h2"
            } else {
                "h3"
            });
        }
    }
    !found.is_empty()
}

/// The lines, each with its level.
fn found(html: &Html, words: &Words) -> Vec<(NodeId, usize)> {
    let root = html.root();
    let top = root
        .children()
        .find(|one| name(*one) == "html")
        .unwrap_or(root);
    let blocks: Vec<Tree> = top.children().filter(|one| is_block(name(*one))).collect();
    let bold: Vec<bool> = blocks.iter().map(|block| is_bold(*block)).collect();
    let heads = |at: &usize| bold[*at] && bold.get(at + 1) == Some(&false);
    let heads: Vec<usize> = (0..blocks.len()).filter(heads).collect();
    if heads.len() < 2 {
        return Vec::new();
    }
    // Above a day stands the title of the whole.
    let day = |at: usize| {
        blocks
            .get(at)
            .is_some_and(|block| dates::whole(text_of(*block).trim(), words).is_some())
    };
    let titled = heads[0] == 0 && heads.len() > 2 && day(1);
    let one = |(index, at): (usize, &usize)| {
        let level = match index == 0 && titled {
            true => 1,
            false => 1 + depth(&text_of(blocks[*at])),
        };
        (blocks[*at].id(), level)
    };
    heads.iter().enumerate().map(one).collect()
}

/// Whether a block is a line in bold type that may head something.
fn is_bold(block: Tree) -> bool {
    let mut shown = block.children().filter(|one| {
        let text = one.value().as_text();
        text.is_none_or(|text| !text.trim().is_empty()) && !matches!(one.value(), Node::Comment(_))
    });
    let (one, more) = (shown.next(), shown.next());
    let strong = one.is_some_and(|one| matches!(name(one), "strong" | "b")) && more.is_none();
    if name(block) != "p" || !strong {
        return false;
    }
    let text = text_of(block);
    let text = text.trim();
    let within = |node: Tree| matches!(name(node), "br" | "img" | "a");
    text.contains(char::is_alphabetic)
        && !text.ends_with(['.', ',', ';', ':', '…'])
        && text.chars().count() <= MAX_CHARS
        && text.split_whitespace().count() <= MAX_WORDS
        && !block.descendants().any(within)
}

/// How deep the number at the start of a line is: 2 for `1.2`, 1 for `1.` and for no number.
fn depth(text: &str) -> usize {
    let number = text.split_whitespace().next().unwrap_or_default();
    let parts = number.split('.').filter(|part| !part.is_empty());
    let counted = parts
        .clone()
        .all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    if counted {
        parts.count().clamp(1, 2)
    } else {
        1
    }
}
