//! The title page of a chapter in plain text: label, title and day, which a report may repeat.

use super::contents::{self, ContentsLine, Form};
use super::line_classes::LineClass;
use super::lines::{Block, without_bold};
use super::text::{Reader, label_apart};
use crate::import::outline::{Label, OutlineItem, Role, TracedText};
use crate::import::words::plain;

impl Reader<'_> {
    /// The title page of a chapter; gives how many blocks it has.
    pub(crate) fn heading(&mut self, blocks: &[Block], entry: &ContentsLine) -> usize {
        let form = |block: &Block| entry.is(&block.text(), self.words);
        let day = |block: &Block| self.shapes.of(block) == LineClass::Day;
        let long = entry.label.is_some();
        let title = |block: &&Block| form(block).is_some() || (long && day(block));
        let end = blocks.iter().take_while(title).count().max(1);
        let head = &blocks[..end];
        if entry.title.is_empty() {
            return self.title_below(blocks, end, entry);
        }
        let last = |wanted| head.iter().rposition(|block| form(block) == Some(wanted));
        let (both, own) = (last(Form::Both), last(Form::Title));
        let named = head
            .iter()
            .position(|block| form(block) == Some(Form::Label))
            .filter(|_| both.is_none());
        let date = head.iter().rposition(day);
        let kept: Vec<usize> = both.or(own).into_iter().chain(named).collect();
        let mut text = both
            .or(own)
            .map_or_else(|| entry.title.clone(), |index| head[index].text());
        if let (Some(_), Some((_, _, rest))) = (both, contents::label(&text, self.words))
            && !self.is_mark(&rest)
        {
            text = rest;
        }
        self.open(head[0].line, entry, &text);
        if let (None, None, Some((name, _))) = (both, named, &entry.label) {
            self.listed(head[0].line, name, Role::Label);
        }
        self.title_page(head, &kept, date, &text);
        if both.or(own).is_none() {
            self.listed(head[end - 1].line, &entry.title, Role::Heading);
        }
        end
    }

    /// What is in the list of contents alone and becomes part of a chapter's heading.
    fn listed(&mut self, line: usize, text: &str, role: Role) {
        let text = self.marks.taken_out(text);
        self.outline.pieces.push(TracedText { line, text, role });
    }

    /// A label that is alone: the title is the block below it, if that looks like one.
    fn title_below(&mut self, blocks: &[Block], end: usize, entry: &ContentsLine) -> usize {
        let looks = |block: &&Block| {
            let shape = self.shapes.of(block);
            let short = block.count() <= 25 && !block.text().ends_with(['.', ':']);
            let note = self.notes.of(block).is_some() || self.is_mark(&block.text());
            !matches!(
                shape,
                LineClass::Day | LineClass::List | LineClass::NamedPerson(_)
            ) && short
                && !note
        };
        let below = blocks.get(end).filter(looks);
        match below {
            Some(below) => {
                self.open(blocks[0].line, entry, &below.text());
                self.title_page(&blocks[..=end], &[0, end], None, &below.text());
                end + 1
            }
            // Without a title of its own the label is one.
            None => {
                let label = entry
                    .label
                    .as_ref()
                    .map(|(name, _)| (name.clone(), Label::Appendix));
                let label = label.filter(|_| {
                    entry
                        .label
                        .as_ref()
                        .is_some_and(|(_, label)| *label == Label::Appendix)
                });
                let plain = ContentsLine {
                    label,
                    title: blocks[0].text(),
                };
                self.open(blocks[0].line, &plain, &blocks[0].text());
                self.title_page(&blocks[..1], &[0], None, &blocks[0].text());
                1
            }
        }
    }

    fn open(&mut self, line: usize, entry: &ContentsLine, title: &str) {
        let label = entry.label.clone().map(|(name, label)| (label, name));
        self.meeting = matches!(label, Some((Label::Meeting(_), _)));
        self.facts = self.meeting;
        self.marks = self.marks.from(line);
        self.push(OutlineItem::Chapter {
            label,
            title: self.without_mark(&without_bold(title)),
        });
    }

    /// A heading of a chapter, its label apart.
    fn titled(&mut self, block: &Block) {
        let start = self.outline.pieces.len();
        self.piece(block, &Role::Heading);
        if let Some((label, ..)) = contents::label(&block.text(), self.words) {
            label_apart(&mut self.outline.pieces, start, &label);
        }
    }

    fn title_page(&mut self, head: &[Block], kept: &[usize], date: Option<usize>, title: &str) {
        for (index, block) in head.iter().enumerate() {
            if kept.contains(&index) {
                self.titled(block);
            } else if date == Some(index) && self.meeting {
                self.piece(block, &Role::Fact);
                self.push(OutlineItem::Fact(block.text()));
            } else {
                let text = block.text();
                let differs = !plain(title).ends_with(&plain(&text))
                    && !plain(&text).ends_with(&plain(title));
                let day = self.shapes.of(block) == LineClass::Day;
                let label =
                    contents::label(&text, self.words).is_some_and(|(.., title)| title.is_empty());
                if differs && !day && !label {
                    let note = format!("line {} words this title otherwise: {text}", block.line);
                    self.outline
                        .items
                        .iter_mut()
                        .rev()
                        .find(|item| matches!(item.what, OutlineItem::Chapter { .. }))
                        .into_iter()
                        .for_each(|item| item.checks.push(note.clone()));
                }
                self.out(block, "title pages of chapters that repeat a heading");
            }
        }
    }
}
