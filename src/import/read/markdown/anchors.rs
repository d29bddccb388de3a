//! Places of a text to which links within it lead: headings by their words or their ids, anything else by its id.
//!
//! Every tool makes the id of a heading in its own way: of its words in small letters with hyphens, with or without the
//! number in front, and with `-1` or `_1` where there was one before. Letters and digits alone are what they all keep.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use ego_tree::NodeId;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Tree;
use super::blocks::{is_block, level, name};
use super::contents_list::{key, text_of};
use super::figures::is_caption;
use super::html::{Html, Node};

/// Headings, numbered from 1 in the order of the text, and what leads to them.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    headings: BTreeMap<NodeId, usize>,
    /// The number of the heading at which an id stands or below which it is; true where it is the heading's own.
    ids: BTreeMap<String, (usize, bool)>,
    slugs: Slugs,
    /// The same, of the headings' words without a number in front.
    unnumbered: Slugs,
    /// The name of the file and, without its ending, of the note.
    file: String,
}

/// Headings by their words; those that were there before have a number behind them.
#[derive(Debug, Default)]
struct Slugs {
    headings: BTreeMap<String, usize>,
    /// The number that is tried next behind words.
    next: BTreeMap<String, usize>,
}

impl Slugs {
    fn enter(&mut self, slug: String, heading: usize) {
        let next = self.next.entry(slug.clone()).or_default();
        loop {
            let tried = match *next {
                0 => slug.clone(),
                count => format!("{slug}{count}"),
            };
            *next += 1;
            if let Entry::Vacant(free) = self.headings.entry(tried) {
                free.insert(heading);
                return;
            }
        }
    }
}

impl Anchors {
    pub(super) fn of(html: &Html, file: &str) -> Self {
        let mut anchors = Anchors {
            file: file.to_owned(),
            ..Anchors::default()
        };
        let mut waiting: Vec<String> = Vec::new();
        for node in html.root().descendants() {
            let number = anchors.headings.len();
            let content = match node.value() {
                Node::Text(text) => !text.trim().is_empty(),
                Node::Element(element) => {
                    let ids = ["id", "name"]
                        .into_iter()
                        .filter_map(|key| element.attr(key));
                    let known = waiting.len();
                    waiting.extend(ids.map(str::to_owned));
                    // What is behind words belongs to them.
                    let mut before = node.prev_siblings().take_while(|one| !is_block(name(*one)));
                    element.name() == "img"
                        || known < waiting.len()
                            && before.any(|one| !text_of(one).trim().is_empty())
                }
                _ => false,
            };
            if is_heading(node) {
                anchors.enter(node, &mut waiting);
            } else if content {
                anchors.settle(&mut waiting, number);
            }
        }
        let last = anchors.headings.len();
        anchors.settle(&mut waiting, last);
        anchors
    }

    fn settle(&mut self, waiting: &mut Vec<String>, number: usize) {
        for id in waiting.drain(..) {
            self.ids.entry(id).or_insert((number, false));
        }
    }

    fn enter(&mut self, node: Tree, waiting: &mut Vec<String>) {
        let number = self.headings.len() + 1;
        self.headings.insert(node.id(), number);
        let within = node.descendants().filter_map(|inner| {
            let element = inner.value().as_element()?;
            element
                .attr("id")
                .or(element.attr("name"))
                .map(str::to_owned)
        });
        for id in waiting.drain(..).chain(within) {
            self.ids.entry(id).or_insert((number, true));
        }
        let words = text_of(node);
        let bare = words.trim_start_matches(|c: char| !c.is_alphabetic());
        for (text, slugs) in [
            (words.as_str(), &mut self.slugs),
            (bare, &mut self.unnumbered),
        ] {
            slugs.enter(slug_key(text), number);
        }
    }

    pub(super) fn number(&self, heading: Tree) -> Option<usize> {
        self.headings.get(&heading.id()).copied()
    }

    /// The number of the heading to which a link leads, and whether it leads to this very heading.
    pub(super) fn find(&self, url: &str) -> Option<(usize, bool)> {
        let (file, id) = url.split_once('#')?;
        let stem = self.file.rsplit_once('.').map_or("", |(stem, _)| stem);
        if ![String::new(), self.file.to_lowercase(), stem.to_lowercase()]
            .contains(&file.trim_start_matches("./").to_lowercase())
        {
            return None;
        }
        let id = percent_encoding::percent_decode_str(id)
            .decode_utf8()
            .ok()?;
        // Obsidian names the headings above it as well.
        let last = id.rsplit('#').next().unwrap_or_default();
        let slug = Some(slug_key(last)).filter(|slug| !slug.is_empty());
        let slug = |slugs: &Slugs| {
            let number = slugs.headings.get(slug.as_ref()?)?;
            Some((*number, true))
        };
        let own = self.ids.get(&*id).copied();
        own.or_else(|| slug(&self.slugs))
            .or_else(|| slug(&self.unnumbered))
    }
}

/// What all tools keep of a heading's words: some take the accents off.
fn slug_key(text: &str) -> String {
    let bare: String = text.nfd().filter(|c| !is_combining_mark(*c)).collect();
    key(&bare)
}

/// Whether a node is a heading that opens a part of the text, and not one within a list, quotation or table.
pub(super) fn is_heading(node: Tree) -> bool {
    let inner = ["li", "blockquote", "td", "th", "dd", "x-note"];
    level(name(node)).is_some()
        && !is_caption(node)
        && !node.ancestors().any(|above| inner.contains(&name(above)))
        && !text_of(node).trim().is_empty()
}
