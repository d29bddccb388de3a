//! Comments of people, at their places, and looks that a report does not have.

use super::{Writer, inlines};
use crate::import::outline::COMMENT;
use crate::word::{Block, Comment, Content};

/// The most of the words that a comment is about.
const ABOUT: usize = 60;

impl<'a> Writer<'a> {
    /// A comment and its answers, where its mark stands; `about` are the words that it is about.
    pub(super) fn comment(&mut self, id: &str, about: &str) {
        let Some((id, all)) = self.comments.get_key_value(id) else {
            return;
        };
        let (id, all) = (*id, all.clone());
        if !self.placed.insert(id) {
            return;
        }
        for (index, one) in all.into_iter().enumerate() {
            self.placed.insert(&one.id);
            let about = if index == 0 { about } else { "" };
            self.check(&worded(one, about));
        }
    }

    /// Comments without a place in the text.
    pub(super) fn left_comments(&mut self) {
        let file = self.file;
        for one in &file.comments {
            if self.placed.insert(&one.id) {
                self.front.checks.push(worded(one, ""));
            }
        }
    }

    /// Counts a look that a report does not have.
    pub(super) fn look(&mut self, what: &'static str) {
        *self.looks.entry(what).or_default() += 1;
    }

    /// Says which looks there were.
    pub(super) fn say_looks(&mut self) {
        let file = self.file;
        let looks = std::mem::take(&mut self.looks);
        for (what, count) in looks {
            self.front.checks.push(format!(
                "{what} (places: {count}) is not kept: a layout decides how things look"
            ));
        }
        let columns = |section: &crate::word::Section| section.columns > 1;
        let mut several = columns(&file.section);
        super::each_paragraph(&file.body, &mut |paragraph| {
            several |= paragraph.section.as_deref().is_some_and(columns);
        });
        if several {
            self.front
                .checks
                .push("pages had several columns; a layout decides on that".to_owned());
        }
        for (paragraph, what) in &file.unread {
            self.front
                .checks
                .push(format!("paragraph {paragraph} has {what}"));
        }
    }
}

/// A comment as a line of YAML says it.
fn worded(comment: &Comment, about: &str) -> String {
    let name = match comment.author.trim() {
        "" => "nobody named",
        name => name,
    };
    let mut texts = Vec::new();
    for block in &comment.blocks {
        if let Block::Paragraph(paragraph) = block {
            let text = inlines::plain(paragraph);
            texts.push(text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }
    texts.retain(|text| !text.is_empty());
    let done = if comment.done { " [done]" } else { "" };
    let answer = if comment.answers.is_some() {
        " [answer]"
    } else {
        ""
    };
    let about: String = about.split_whitespace().collect::<Vec<_>>().join(" ");
    let about = match about.chars().count() {
        0 => String::new(),
        more if more > ABOUT => {
            let start: String = about.chars().take(ABOUT).collect();
            format!(" [on: {}…]", start.trim_end())
        }
        _ => format!(" [on: {about}]"),
    };
    let text = texts.join(" / ");
    let text: String = text.chars().filter(|c| inlines::is_sound(*c)).collect();
    format!(
        "{COMMENT}({}){answer}{done}: {text}{about}",
        name.replace(['(', ')'], " ").trim()
    )
}

/// The words that stand between the start and the end of a comment in a paragraph.
pub(super) fn about(pieces: &[crate::word::Piece], id: &str) -> String {
    let at =
        |wanted: &dyn Fn(&Content) -> bool| pieces.iter().position(|piece| wanted(&piece.content));
    let start = at(&|content| matches!(content, Content::CommentStart(one) if one == id));
    let end = at(&|content| matches!(content, Content::CommentEnd(one) if one == id));
    match (start, end) {
        (Some(start), Some(end)) if start < end => {
            let texts = pieces[start..end].iter().map(|piece| piece.text());
            texts.collect::<String>().chars().take(ABOUT * 4).collect()
        }
        _ => String::new(),
    }
}
