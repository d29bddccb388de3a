//! Title matter: paragraphs in the styles for it, and what the program that saved the file noted.

use super::{Writer, inlines};
use crate::import::outline::{Outline, Role, TracedText};
use crate::import::recognise::dates;
use crate::import::words::{Words, plain};
use crate::word::{Paragraph, WordFile};

/// What programs write where nobody gave a name.
const NOBODY: [&str; 8] = [
    "",
    "user",
    "microsoft office user",
    "windows user",
    "python-docx",
    "author",
    "unknown",
    "un-named",
];
/// What programs write for a title that nobody gave.
const UNTITLED: [&str; 6] = [
    "",
    "document",
    "word document",
    "untitled",
    "microsoft word",
    "powerpoint presentation",
];

impl Writer<'_> {
    /// Takes a paragraph that is title matter by its style, before the text has begun; true where it is.
    pub(super) fn title_matter(&mut self, paragraph: &Paragraph) -> bool {
        let text = inlines::plain(paragraph);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = self.file.style_name(&paragraph.style);
        let only_text = paragraph
            .pieces
            .iter()
            .filter(|piece| piece.is_shown())
            .all(|piece| !piece.text().is_empty() && piece.link.is_none());
        if self.begun || text.is_empty() || !only_text {
            return false;
        }
        let front = &mut self.front;
        match name.as_str() {
            // The lines of a title follow one another.
            "title" if front.title.is_empty() || self.after_title && front.subtitle.is_none() => {
                front.title.push(text.clone());
            }
            "subtitle" if !front.title.is_empty() && front.subtitle.is_none() => {
                front.subtitle = Some(text.clone());
            }
            "author" | "authors" if !front.title.is_empty() => match &mut front.author {
                Some(before) => *before = format!("{before}, {text}"),
                None => front.author = Some(text.clone()),
            },
            "date" if front.date.is_none() => {
                let Some(day) = dates::whole(&text, self.words) else {
                    return false;
                };
                front.date = Some(day);
            }
            _ => return false,
        }
        self.pieces.push(TracedText {
            line: paragraph.number,
            text,
            role: Role::Front,
        });
        self.after_title = true;
        self.remarks_of(paragraph);
        true
    }

    /// The comments of a paragraph that is no part of the tree.
    fn remarks_of(&mut self, paragraph: &Paragraph) {
        for piece in &paragraph.pieces {
            if let crate::word::Content::CommentMark(id) = &piece.content {
                self.comment(id, &super::remarks::about(&paragraph.pieces, id));
            }
        }
    }
}

/// What the text does not say, from the properties of the file.
pub(super) fn complete(outline: &mut Outline, file: &WordFile, words: &Words) {
    let noted = &file.properties;
    let front = &mut outline.front;
    let title = noted.title.trim();
    let named = title.to_lowercase();
    let sound = !UNTITLED.contains(&named.as_str())
        && !named.starts_with("microsoft word")
        && ![".doc", ".docx", ".odt"]
            .iter()
            .any(|end| named.ends_with(end));
    if front.title.is_empty() && sound {
        front.title.push(title.to_owned());
        front
            .checks
            .push("the title is the one in the file's properties".to_owned());
    } else if sound && plain(&front.title.join(" ")) != plain(title) {
        front
            .checks
            .push(format!("the file's properties have another title: {title}"));
    }
    let creator = noted.creator.trim();
    if !NOBODY.contains(&creator.to_lowercase().as_str()) && front.author.is_none() {
        front.author = Some(creator.to_owned());
        front
            .checks
            .push("the author is the one in the file's properties, often who typed it".to_owned());
    }
    if front.keywords.is_empty() {
        let parts = noted.keywords.split([',', ';']);
        let parts = parts.map(str::trim).filter(|part| !part.is_empty());
        for part in parts {
            if !front.keywords.iter().any(|known| known == part) {
                front.keywords.push(part.to_owned());
            }
        }
    }
    if front.description.is_none() && noted.description.contains(char::is_alphabetic) {
        front.description = Some(noted.description.clone());
    }
    // A day in the text says more than that of the file.
    if front.date.is_none() {
        let day = noted.created.get(..10);
        let day = day.filter(|day| dates::whole(day, words).is_some());
        if let Some(day) = day {
            front.checks.push(format!(
                "the file was made on {day}; the text does not say when it was published"
            ));
        }
    }
}
