//! Chapters and sections after all is in them: what heads nothing becomes text or part of the next title.

use super::inline::commonmark;
use super::marks::Marks;
use super::parts::{Chapter, Kind, Section};
use super::words::{Words, capital, in_small, is_one};

/// The longest title that is made of two, in characters.
const MAX_TITLE: usize = 300;

/// Turns headings with nothing below them into paragraphs: a section must have content.
pub(super) fn close(section: &mut Section) {
    let mut kept: Vec<Section> = Vec::new();
    for mut inner in std::mem::take(&mut section.sections) {
        close(&mut inner);
        if !inner.is_empty() {
            kept.push(inner);
            continue;
        }
        let text = bold(&inner.written);
        match kept.last_mut() {
            Some(before) => before.last_text().push(text),
            // There are no sections in it at this time.
            None => section.last_text().push(text),
        }
    }
    section.sections = kept;
}

/// A chapter without content is the first half of the next one's title.
pub(super) fn join_empty(chapters: &mut Vec<Chapter>) {
    let mut kept: Vec<Chapter> = Vec::new();
    let mut empty: Vec<String> = Vec::new();
    let all = std::mem::take(chapters);
    let count = all.len();
    for mut chapter in all {
        if chapter.body.is_empty() && count > 1 {
            empty.push(chapter.title);
            continue;
        }
        let long = empty.iter().map(String::len).sum::<usize>() > MAX_TITLE;
        let before = kept
            .last_mut()
            .filter(|_| long || chapter.kind == Kind::Meeting);
        if let Some(before) = before {
            let bold = empty.drain(..).map(|title| bold(&title));
            before.body.last_text().extend(bold);
        } else if !empty.is_empty() {
            empty.push(chapter.title);
            chapter.title = std::mem::take(&mut empty).join(" – ");
            let check = "the text has two headings here, and nothing between them";
            chapter.body.checks.push(check.to_owned());
        }
        kept.push(chapter);
    }
    *chapters = kept;
    match chapters.last_mut() {
        Some(last) => {
            let text = last.body.last_text();
            text.extend(empty.iter().map(|title| bold(title)));
        }
        None => chapters.extend(text_of(empty)),
    }
}

/// A chapter of nothing but headings: the first heads the others.
fn text_of(titles: Vec<String>) -> Option<Chapter> {
    let mut titles = titles.into_iter();
    let title = titles.next()?;
    let mut chapter = Chapter {
        id: super::ids::slug(&title),
        title,
        ..Chapter::default()
    };
    chapter.body.level = 1;
    chapter.body.text = titles.map(|title| bold(&title)).collect();
    Some(chapter)
}

fn bold(title: &str) -> String {
    format!("**{}**", commonmark(title, &Marks::default()))
}

/// Marks the chapters that stand before the first of the text proper, such as a foreword.
pub(super) fn front(chapters: &mut [Chapter], words: &Words) {
    for chapter in chapters {
        if chapter.kind != Kind::Section || !is_one(&chapter.title, &words.front) {
            break;
        }
        chapter.front = true;
    }
}

/// A single word in capitals is a word; more than one may hold short forms.
pub(super) fn sentence_case(title: &str) -> String {
    let single = !title.contains(' ') && title.chars().count() > 5;
    if !single || title.to_uppercase() != title {
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
        chapter.body.text = text.iter().map(|text| (*text).to_owned()).collect();
        chapter
    }

    #[test]
    fn a_chapter_without_content_heads_the_next() {
        let mut chapters = vec![chapter("A", &[]), chapter("B", &["x"]), chapter("C", &[])];
        join_empty(&mut chapters);
        assert_eq!(chapters.len(), 1);
        assert_eq!(chapters[0].title, "A – B");
        assert_eq!(chapters[0].body.text, ["x", "**C**"]);
    }

    #[test]
    fn chapters_of_headings_alone_keep_their_words() {
        let mut chapters = vec![chapter("A", &[]), chapter("B_c", &[])];
        join_empty(&mut chapters);
        assert_eq!((chapters.len(), chapters[0].title.as_str()), (1, "A"));
        assert_eq!(chapters[0].body.text, ["**B\\_c**"]);
    }
}
