//! Chapters and sections after all is in them: what heads nothing becomes text or part of the next title.

use super::parts::{Chapter, PartKind, Section};
use crate::import::read::inline::commonmark;
use crate::import::read::marks::Marks;
use crate::import::words::{Words, capital, in_small, is_one};

/// Turns headings with nothing below them into paragraphs, where they may be none; a section must have content.
pub(crate) fn close(section: &mut Section, definite: bool, words: &Words) {
    let mut kept: Vec<Section> = Vec::new();
    for mut inner in std::mem::take(&mut section.sections) {
        close(&mut inner, definite, words);
        if inner.is_empty() && definite {
            empty(&mut inner, words);
        }
        if !inner.is_empty() {
            kept.push(inner);
            continue;
        }
        let text = bold(&inner.written);
        match kept.last_mut() {
            Some(before) => before.last_text().push(text.into()),
            // There are no sections in it at this time.
            None => section.last_text().push(text.into()),
        }
    }
    section.sections = kept;
}

/// Says of chapters without content that they have none: a heading is never part of the next.
pub(super) fn say_empty(chapters: &mut [Chapter], words: &Words) {
    if chapters.iter().all(|chapter| chapter.body.is_empty()) {
        return;
    }
    for chapter in chapters
        .iter_mut()
        .filter(|chapter| chapter.body.is_empty())
    {
        empty(&mut chapter.body, words);
        chapter.kind = if chapter.kind == PartKind::Meeting {
            PartKind::Section
        } else {
            chapter.kind
        };
    }
}

fn empty(section: &mut Section, words: &Words) {
    section.text.push(words.no_text.clone().into());
    section
        .checks
        .push("there is nothing below this heading".to_owned());
}

fn bold(title: &str) -> String {
    format!("**{}**", commonmark(title, &Marks::default()))
}

/// Marks the chapters that come before the first of the text proper, such as a foreword.
pub(crate) fn front(chapters: &mut [Chapter], words: &Words) {
    for chapter in chapters {
        if chapter.kind != PartKind::Section || !is_one(&chapter.title, &words.front) {
            break;
        }
        chapter.front = true;
    }
}

/// A heading that is one of the words for chapters, in capitals, is that word; any other keeps its capitals.
pub(super) fn sentence_case(title: &str, words: &Words) -> String {
    if title.to_uppercase() != title || !is_one(title, &words.chapters) {
        return title.to_owned();
    }
    match in_small(title) {
        Some(small) => capital(&small),
        None => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chapter(title: &str, text: &[&str]) -> Chapter {
        let mut chapter = Chapter {
            title: title.to_owned(),
            ..Chapter::default()
        };
        chapter.body.text = text.iter().map(|text| (*text).to_owned().into()).collect();
        chapter
    }

    #[test]
    fn a_chapter_without_content_stays_one() {
        let words = crate::import::words::english().unwrap();
        let mut chapters = vec![chapter("A", &[]), chapter("B", &["x"])];
        say_empty(&mut chapters, &words);
        let text = |at: usize| &chapters[at].body.text;
        assert_eq!(*text(0), ["(no text)".to_owned().into()]);
        assert_eq!(*text(1), ["x".to_owned().into()]);
        let mut none = vec![chapter("A", &[])];
        say_empty(&mut none, &words);
        assert!(none[0].body.is_empty());
    }
}
