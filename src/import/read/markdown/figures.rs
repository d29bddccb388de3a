//! Pictures that a source has under a key of their own: one with a caption, and two next to each other; and what the
//! captions of tables and pictures belong to.

use super::blocks::{is_block, level, name};
use super::html::Node;
use super::{Figure, Reader, Tree};
use crate::document::placeholder;
use crate::import::outline::{OutlineItem, Role, SourceBlock, SourceFigure};
use crate::import::read::inline;

/// Opens a caption; no text has this character.
pub(super) const CAPTION: char = '\u{FDD8}';

/// Whether a node is a paragraph, or a heading of ours, that is the caption of what is next to it.
pub(super) fn is_caption(node: Tree) -> bool {
    (name(node) == "p" || level(name(node)).is_some()) && opens_caption(node) && pictures(node) == 0
}

fn opens_caption(node: Tree) -> bool {
    let mut texts = node.descendants().filter_map(|one| one.value().as_text());
    let first = texts.find(|text| !text.trim().is_empty());
    first.is_some_and(|text| text.trim_start().starts_with(CAPTION))
}

/// The block before or behind a node, where there is nothing else between.
fn beside<'t>(mut nodes: impl Iterator<Item = Tree<'t>>) -> Option<Tree<'t>> {
    let shown = |node: &Tree| !Reader::is_blank(*node) && !matches!(node.value(), Node::Comment(_));
    nodes.find(shown).filter(|node| is_block(name(*node)))
}

fn before(node: Tree) -> Option<Tree> {
    beside(node.prev_siblings())
}

fn behind(node: Tree) -> Option<Tree> {
    beside(node.next_siblings())
}

/// The caption of a table: the one below it, else the one above that belongs to nothing above.
pub(super) fn caption_of(table: Tree) -> Option<Tree> {
    let above = || {
        let above = before(table).filter(|one| is_caption(*one))?;
        (!before(above).is_some_and(is_owner)).then_some(above)
    };
    behind(table).filter(|one| is_caption(*one)).or_else(above)
}

/// Whether a table or picture next to a caption has taken it, or will.
pub(super) fn is_taken(caption: Tree) -> bool {
    let below = behind(caption).filter(|one| name(*one) == "table");
    before(caption).is_some_and(is_owner)
        || below
            .and_then(caption_of)
            .is_some_and(|one| one.id() == caption.id())
}

fn is_owner(node: Tree) -> bool {
    name(node) == "table" || is_picture(node)
}

/// Whether a paragraph is one picture.
fn is_picture(node: Tree) -> bool {
    name(node) == "p" && pictures(node) == 1 && without_words(node)
}

fn pictures(node: Tree) -> usize {
    node.descendants().filter(|one| name(*one) == "img").count()
}

fn without_words(node: Tree) -> bool {
    node.descendants().all(|one| {
        one.value()
            .as_text()
            .is_none_or(|text| text.trim().is_empty())
    })
}

impl Reader<'_, '_> {
    /// A paragraph at the top of the text: a picture in it that has a caption becomes a block with this, and so do two
    /// pictures that are alone in it.
    pub(super) fn pictured(&mut self, node: Tree, depth: usize) {
        let count = pictures(node);
        if count == 1 {
            let marks = |one: &Tree| opens_caption(*one);
            let at = node.children().position(|one| marks(&one));
            let own: Vec<Tree> = node.children().collect();
            let caption = behind(node).filter(|one| is_caption(*one) && without_words(node));
            match (at, caption) {
                (Some(at), _) => return self.captioned(&own[..at], &own[at..], depth),
                (None, Some(caption)) => return self.captioned(&own, &[caption], depth),
                (None, None) => {}
            }
        }
        let texts = self.block(node, depth);
        if count == 2 && texts.is_empty() && self.figures.len() == 2 {
            let pair = std::mem::take(&mut self.figures).into_iter();
            let pair = pair.map(|one| {
                let title = one.2.clone();
                let mut figure = self.source_figure(one);
                figure.caption = self.titled_caption(title);
                figure
            });
            let pair = SourceBlock::Figures(pair.collect());
            return self.push_block(pair);
        }
        self.emit(texts);
    }

    /// `<figure>` with one picture and its caption; false where it holds anything else.
    pub(super) fn figure_element(&mut self, node: Tree, depth: usize) -> bool {
        let caption = node.children().find(|one| name(*one) == "figcaption");
        let own: Vec<Tree> = node
            .children()
            .filter(|one| Some(one.id()) != caption.map(|one| one.id()))
            .collect();
        let sound = own.iter().map(|one| pictures(*one)).sum::<usize>() == 1
            && own.iter().all(|one| without_words(*one));
        match caption.filter(|caption| sound && pictures(*caption) == 0 && !without_words(*caption))
        {
            Some(caption) => self.captioned(&own, &[caption], depth),
            None => return false,
        }
        true
    }

    /// A picture and its caption; both are text where the picture cannot be had.
    fn captioned(&mut self, picture: &[Tree], caption: &[Tree], depth: usize) {
        let mut texts = self.paragraph(picture, depth);
        let figure = match (texts.is_empty(), self.figures.as_slice()) {
            (true, [_]) => self.figures.pop(),
            _ => None,
        };
        let Some(figure) = figure else {
            texts.extend(self.paragraph(caption, depth));
            return self.emit(texts);
        };
        let title = figure.2.clone();
        let mut figure = self.source_figure(figure);
        figure.caption = self
            .paragraph(caption, depth)
            .join(" ")
            .replace("\\\n", " ");
        match title.filter(|title| !title.trim().is_empty()) {
            Some(title) if figure.caption.is_empty() => {
                figure.caption = self.titled_caption(Some(title))
            }
            Some(title) => self.check(format!(
                "the picture has the title “{title}”, which is left out"
            )),
            None => {}
        }
        self.push_block(SourceBlock::Figures(vec![figure]));
    }

    /// A picture without its caption; its description is said.
    pub(super) fn source_figure(&mut self, (image, alt, _, line): Figure) -> SourceFigure {
        self.line = line;
        let alt = match alt.contains(char::is_alphanumeric) {
            true => {
                self.say(&format!(" {alt} "));
                alt
            }
            false => {
                self.check("nobody has described this picture yet: say what it shows");
                placeholder::DESCRIPTION.to_owned()
            }
        };
        self.kept.pictures += 1;
        let caption = String::new();
        SourceFigure {
            image,
            alt,
            caption,
        }
    }

    /// The title of a picture as its caption.
    fn titled_caption(&mut self, title: Option<String>) -> String {
        let title = title.unwrap_or_default();
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        self.say(&format!("{title} "));
        inline::commonmark(&title, &Default::default())
    }

    pub(super) fn push_block(&mut self, block: SourceBlock) {
        self.facts = false;
        self.piece(&Role::Body);
        self.push(OutlineItem::Block(block));
        self.emit(Vec::new());
    }
}
