//! Captions of tables and pictures: which belongs to what, and what of them the program counts itself.

use super::{Writer, inlines};
use crate::import::words::behind;
use crate::word::{Block, Content, Paragraph};

/// What a caption is of, by its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Table,
    Picture,
    Either,
}

impl Writer<'_> {
    /// For each block the caption that belongs to it, as an index, and which blocks are such captions.
    pub(super) fn captions(&self, blocks: &[Block]) -> (Vec<Option<usize>>, Vec<bool>) {
        let mut own = vec![None; blocks.len()];
        let mut taken = vec![false; blocks.len()];
        let kinds: Vec<Option<Of>> = blocks
            .iter()
            .map(|block| self.caption_kind(block))
            .collect();
        for (at, block) in blocks.iter().enumerate() {
            let (kind, above_first) = match block {
                Block::Table(_) => (Of::Table, true),
                Block::Paragraph(paragraph)
                    if is_picture(paragraph) && self.stands_alone(paragraph) =>
                {
                    (Of::Picture, false)
                }
                Block::Paragraph(_) => continue,
            };
            let fits = |other: Option<usize>| {
                let other = other?;
                let of = (*kinds.get(other)?)?;
                let sound = of == kind || of == Of::Either;
                (sound && !taken[other]).then_some(other)
            };
            let (above, below) = (fits(at.checked_sub(1)), fits(Some(at + 1)));
            // A caption between two tables is that of the one below.
            let owner = |at: usize| matches!(blocks.get(at), Some(Block::Table(_)));
            let below = below.filter(|below| kind == Of::Picture || !owner(below + 1));
            let found = if above_first {
                above.or(below)
            } else {
                below.or(above)
            };
            if let Some(found) = found {
                own[at] = Some(found);
                taken[found] = true;
            }
        }
        (own, taken)
    }

    fn caption_kind(&self, block: &Block) -> Option<Of> {
        let Block::Paragraph(paragraph) = block else {
            return None;
        };
        let named = |name: &str| name == "caption" || name.ends_with(" caption");
        let styled = self.file.is_style(&paragraph.style, &named);
        let sequence = paragraph.pieces.iter().find_map(|piece| {
            let field = self.file.fields.get(piece.field?)?;
            (field.name() == "SEQ").then(|| field.arguments().into_iter().next())
        });
        if !styled && sequence.is_none() || is_picture(paragraph) || !self.stands_alone(paragraph) {
            return None;
        }
        let name = self.file.style_name(&paragraph.style);
        let word = sequence.flatten().unwrap_or_default().to_lowercase();
        Some(match () {
            _ if word.contains("tab") || name.starts_with("table") => Of::Table,
            _ if word.contains("fig")
                || name.starts_with("image")
                || name.starts_with("figure") =>
            {
                Of::Picture
            }
            _ => Of::Either,
        })
    }

    /// How many pieces at the start of a caption are its label and number, and how much of the next; what they say.
    pub(super) fn label_of(&self, paragraph: &Paragraph) -> (usize, usize, String) {
        let pieces = &paragraph.pieces;
        let of_sequence = |at: &usize| {
            let field = pieces[*at]
                .field
                .and_then(|index| self.file.fields.get(index));
            field.is_some_and(|field| field.name() == "SEQ")
        };
        let last = (0..pieces.len()).rev().find(of_sequence);
        let said =
            |end: usize| -> String { pieces[..end].iter().map(|piece| piece.text()).collect() };
        let start = match last {
            // A number that is far behind is no part of a label.
            Some(last) if said(last).split_whitespace().count() <= 4 => {
                // Parts such as “-A” of a number that counts by chapters are between fields.
                last + 1
            }
            _ => 0,
        };
        let rest = pieces
            .get(start)
            .map(|piece| piece.text())
            .unwrap_or_default();
        let sign = |c: char| c.is_whitespace() || matches!(c, ':' | '.' | '–' | '—' | '-');
        if start > 0 {
            let cut = rest.len() - rest.trim_start_matches(sign).len();
            return (start, cut, said(start));
        }
        // A label that somebody typed.
        let typed = || {
            let number = behind(rest, &self.words.captions)?.trim_start();
            let digits = number.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
            let title = digits.trim_start_matches(sign);
            (digits.len() < number.len() && title.len() < digits.len() && !title.is_empty())
                .then(|| rest.len() - title.len())
        };
        let cut = typed().unwrap_or_default();
        (0, cut, rest[..cut].to_owned())
    }
}

/// Whether a paragraph is a picture and nothing else.
pub(super) fn is_picture(paragraph: &Paragraph) -> bool {
    let shown = paragraph.pieces.iter().filter(|piece| piece.is_shown());
    let mut pictures = 0;
    for piece in shown {
        match &piece.content {
            Content::Picture(_) => pictures += 1,
            Content::Text(text) if text.trim().is_empty() => {}
            Content::Break(_) => {}
            _ => return false,
        }
    }
    pictures == 1
}

/// Whether a paragraph shows nothing.
pub(super) fn is_blank(paragraph: &Paragraph) -> bool {
    inlines::plain(paragraph).trim().is_empty()
        && !paragraph.pieces.iter().any(|piece| {
            matches!(
                piece.content,
                Content::Picture(_)
                    | Content::TextBox(_)
                    | Content::Object(..)
                    | Content::Note(..)
                    | Content::CommentMark(_)
            )
        })
}
