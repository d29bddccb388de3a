//! Numbers of chapters, sections and paragraphs, where the report has them; and paragraphs that can be referred to.

use super::markdown::{Kind, Node};
use super::resolve::{FieldPath, Resolver};
use super::{Block, Counter, Delimiter, Heading, Inline, plain_content, running};
use crate::source::schema::{self as s, Numbering};

/// What stands before a title that is numbered.
pub(super) fn number_before(number: &str) -> Vec<Inline> {
    plain_content(&format!("{number}\u{2002}"))
}

/// The name in braces that a paragraph begins with, such as `{#why}`, and what follows it.
pub(super) fn named(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.strip_prefix("{#")?.split_once('}')?;
    let is_name = !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c == '{');
    is_name.then_some((name, rest))
}

/// Whether a paragraph begins at an offset.
pub(super) fn begins_paragraph(prose: &str, at: usize) -> bool {
    let before = prose[..at].trim_end_matches(' ');
    before.is_empty() || before.ends_with("\n\n")
}

impl<'a> Resolver<'a> {
    /// Takes in the names of paragraphs.
    pub(super) fn prose_ids(&mut self, at: &FieldPath<'a>, prose: Option<&'a s::Prose>) {
        let Some(prose) = prose else { return };
        for (offset, _) in prose.value.match_indices("{#") {
            let Some((name, _)) = named(&prose.value[offset..]) else {
                continue;
            };
            if begins_paragraph(&prose.value, offset) {
                let (line, column) = at.file.within(prose, offset);
                let id = s::Id {
                    value: name.to_owned(),
                    line,
                    column,
                };
                self.take_id(at, &id);
            }
        }
    }

    /// Takes the name off the words of a paragraph: a place that references lead to.
    pub(super) fn named_place(&self, prose: &str, children: &mut [Node]) -> Option<Inline> {
        let first = children.first_mut()?;
        let Kind::Text(text) = &mut first.kind else {
            return None;
        };
        let (name, rest) = named(text)?;
        if !begins_paragraph(prose, first.offset) || !self.links.targets.contains_key(name) {
            return None;
        }
        let anchor = name.to_owned();
        let rest = rest.trim_start().to_owned();
        first.offset += text.len() - rest.len();
        *text = rest;
        Some(Inline::Place { anchor })
    }

    /// Puts the number of its chapter or section before a heading, and gives it.
    pub(super) fn number_heading(&mut self, heading: &mut Heading) -> Option<String> {
        let path = &self.numbers.path;
        let wanted = match self.numbering {
            Numbering::Chapters => path.len() == 1,
            Numbering::Sections => !path.is_empty(),
            Numbering::None | Numbering::Paragraphs => false,
        };
        // Within a chapter without a number the numbers of sections begin with none.
        let within = heading.level > 1 && path.len() < usize::from(heading.level);
        if !wanted || within {
            return None;
        }
        let parts: Vec<String> = path.iter().map(usize::to_string).collect();
        let number = parts.join(".");
        heading.content.splice(0..0, number_before(&number));
        heading.title = running::words(&heading.content);
        let words = match parts.len() {
            1 => &self.words.strings.chapter,
            _ => &self.words.strings.section,
        };
        if let Some(target) = self.links.targets.get_mut(&heading.anchor)
            && heading.label.is_none()
        {
            target.text = Some(words.replace("{n}", &number));
        }
        Some(number)
    }

    /// Numbers the paragraphs of a chapter or section. The first is a list by itself, so that a digest can take it alone;
    /// a list belongs to the paragraph above it.
    pub(super) fn numbered(&mut self, blocks: Vec<Block>) -> Vec<Block> {
        if self.numbering != Numbering::Paragraphs || self.numbers.path.is_empty() {
            return blocks;
        }
        let mut numbered: Vec<Block> = Vec::with_capacity(blocks.len());
        // Whether the last block is a list that goes on.
        let mut open = false;
        for block in blocks {
            match block {
                Block::Paragraph { content } => {
                    self.numbers.paragraph += 1;
                    self.name_paragraph(&content, self.numbers.paragraph);
                    let item = vec![Block::Paragraph { content }];
                    let last = numbered.len().checked_sub(1);
                    match numbered.last_mut() {
                        Some(Block::List { items, .. }) if open && last > Some(0) => {
                            items.push(item);
                        }
                        _ => numbered.push(list(self.numbers.paragraph, item)),
                    }
                    open = true;
                }
                block @ Block::List { .. } if open => {
                    if let Some(Block::List { items, .. }) = numbered.last_mut()
                        && let Some(item) = items.last_mut()
                    {
                        item.push(block);
                    }
                }
                other => {
                    open = false;
                    numbered.push(other);
                }
            }
        }
        numbered
    }

    /// Notes what an empty reference to a paragraph says.
    fn name_paragraph(&mut self, content: &[Inline], number: usize) {
        if let Some(Inline::Place { anchor }) = content.first()
            && let Some(target) = self.links.targets.get_mut(anchor)
        {
            let words = &self.words.strings.paragraph;
            target.text = Some(words.replace("{n}", &number.to_string()));
        }
    }
}

/// A numbered paragraph.
fn list(number: usize, item: Vec<Block>) -> Block {
    Block::List {
        start: Some(number as u64),
        counter: Counter::Decimal,
        delimiter: Delimiter::Period,
        tight: false,
        paragraphs: true,
        items: vec![item],
    }
}
