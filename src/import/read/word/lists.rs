//! Lists: paragraphs with labels, one after the other, as lists within lists.

use super::Writer;
use super::blocks::paragraph_of;
use super::captions::is_blank;
use crate::word::{Block, Counter, Label, Paragraph};

/// A list that is open.
struct OpenList<'l> {
    level: u8,
    list: &'l str,
    counter: Counter,
    /// The number that comes next.
    next: u64,
}

/// How the label of an item is shown.
enum Shown<'l> {
    Bullet,
    /// A number with a full stop or a bracket.
    Number(bool),
    /// Any other that a list may have, such as `(a)`.
    Sign(&'l str),
    /// One that only text may have, such as `1.2` or `Article 3`.
    Text,
}

impl<'a> Writer<'a> {
    /// Whether a paragraph is an item of a list.
    pub(super) fn is_item(&self, paragraph: &Paragraph) -> bool {
        let label = paragraph.label.as_ref();
        self.level(paragraph).is_none()
            && label
                .is_some_and(|label| !label.text.is_empty() && !matches!(shown(label), Shown::Text))
    }

    /// Whether a paragraph goes on with the item above.
    fn goes_on(&self, paragraph: &Paragraph) -> bool {
        // Some programs give such paragraphs a bullet that shows nothing.
        let blank = paragraph
            .label
            .as_ref()
            .is_some_and(|label| label.text.is_empty());
        let named = |name: &str| name.starts_with("list continue");
        self.level(paragraph).is_none()
            && (blank || paragraph.label.is_none() && self.file.is_style(&paragraph.style, &named))
    }

    /// Whether the lists of a cell can be lists of a report's cell: each of two plain items or more.
    pub(super) fn is_listing(&self, blocks: &[Block]) -> bool {
        let Some(paragraphs) = blocks.iter().map(paragraph_of).collect::<Option<Vec<_>>>() else {
            return false;
        };
        let paragraphs = paragraphs.into_iter().filter(|one| !is_blank(one));
        let paragraphs: Vec<&Paragraph> = paragraphs.collect();
        let is_same = |a: &&Paragraph, b: &&Paragraph| self.is_item(a) == self.is_item(b);
        let mut any = false;
        for run in paragraphs.chunk_by(is_same) {
            let labels: Vec<&Label> = run.iter().filter_map(|one| one.label.as_ref()).collect();
            if !self.is_item(run[0]) {
                if any && self.goes_on(run[0]) {
                    return false;
                }
                continue;
            }
            any = true;
            let plain = |label: &&Label| matches!(shown(label), Shown::Bullet | Shown::Number(_));
            let outer = |label: &&&Label| label.level <= labels[0].level;
            if !labels.iter().all(plain) || labels.iter().filter(outer).count() < 2 {
                return false;
            }
        }
        any
    }

    /// The label of a paragraph that is no item, as it begins its text.
    pub(super) fn label_text(&self, paragraph: &'a Paragraph) -> Option<&'a str> {
        let label = paragraph.label.as_ref()?;
        let text = Some(label.text.as_str()).filter(|text| !text.is_empty())?;
        let shown = matches!(shown(label), Shown::Text) || self.cell > 0 && !self.listing;
        shown.then_some(text)
    }

    /// The list that the first of the blocks opens; gives how many blocks are in it.
    pub(super) fn list(&mut self, blocks: &'a [Block]) -> usize {
        let mut open: Vec<OpenList<'a>> = Vec::new();
        let mut count = 0;
        for block in blocks {
            let Block::Paragraph(paragraph) = block else {
                break;
            };
            if self.is_item(paragraph)
                && let Some(label) = &paragraph.label
            {
                self.item(label, paragraph, &mut open);
            } else if self.goes_on(paragraph) && !is_blank(paragraph) {
                self.text_block("p", paragraph, (0, 0));
            } else if !is_blank(paragraph) {
                break;
            }
            count += 1;
        }
        for _ in open {
            self.tree.close();
            self.tree.close();
        }
        count
    }

    fn item(&mut self, label: &'a Label, paragraph: &'a Paragraph, open: &mut Vec<OpenList<'a>>) {
        while open.last().is_some_and(|last| last.level > label.level) {
            self.tree.close();
            self.tree.close();
            open.pop();
        }
        let shown = shown(label);
        let signed = matches!(shown, Shown::Sign(_));
        let goes_on = open.last().is_some_and(|last| {
            let same = last.level == label.level && last.counter == label.counter;
            same && (label.counter == Counter::Bullet
                || last.list == label.list && (signed || last.next == label.value))
        });
        let number = label.value.to_string();
        if goes_on {
            self.tree.close();
        } else {
            if open.last().is_some_and(|last| last.level == label.level) {
                self.tree.close();
                self.tree.close();
                open.pop();
            }
            match shown {
                Shown::Bullet => self.tree.open("ul", &[]),
                Shown::Number(paren) => {
                    let paren = if paren { "paren" } else { "" };
                    self.tree
                        .open("ol", &[("start", &number), ("paren", paren)]);
                }
                _ => self.tree.open("ol", &[("start", &number)]),
            }
            open.push(OpenList {
                level: label.level,
                list: &label.list,
                counter: label.counter,
                next: label.value,
            });
        }
        if let Some(last) = open.last_mut() {
            last.next = label.value.saturating_add(1);
        }
        let line = paragraph.number.to_string();
        let sign = match shown {
            Shown::Sign(sign) => sign,
            _ => "",
        };
        self.tree
            .open("li", &[("l", &line), ("label", sign), ("value", &number)]);
        self.text_block("p", paragraph, (0, 0));
    }
}

fn shown(label: &Label) -> Shown<'_> {
    let text = label.text.as_str();
    if label.counter == Counter::Bullet {
        return Shown::Bullet;
    }
    let number = label.value.to_string();
    let rest = text
        .strip_prefix(&number)
        .filter(|_| label.counter == Counter::Decimal);
    match rest {
        Some("." | "") => return Shown::Number(false),
        Some(")") => return Shown::Number(true),
        _ => {}
    }
    let inner = text.strip_prefix(['(', '（']).unwrap_or(text);
    let inner = inner.strip_suffix([')', '）', '.', '、']).unwrap_or(inner);
    let sign = !inner.is_empty()
        && inner.len() < text.len()
        && inner.chars().count() <= 6
        && inner.chars().all(char::is_alphanumeric);
    match sign {
        true => Shown::Sign(text),
        false => Shown::Text,
    }
}
