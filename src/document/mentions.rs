//! First mentions of acronyms in running text: PDF can say to those who hear one what it stands for.
//!
//! The typesetter knows no such mark. It passes languages on, though, and there are codes that no language has (`qaa` to
//! `qtz`, ISO 639-2): a mention is set in one of its own, and whoever writes the PDF puts the words in its place.

use std::collections::BTreeMap;

use super::visit::ContentMut;
use super::{AcronymEntry, Block, Document, Inline, Language, plain_text};

/// How many tags there are with one code.
const REGIONS: usize = 26 * 26;
/// The most acronyms that are marked.
const MOST: usize = 10 * REGIONS;

impl Document {
    /// The document with its first mentions marked, and what the mark of each stands for; nothing where it has none. What
    /// stands in brackets behind its own words is explained already.
    pub(crate) fn with_mentions(&self) -> Option<(Document, BTreeMap<String, String>)> {
        let entries = &self.acronyms.as_ref()?.entries;
        let mut pending: Vec<(&AcronymEntry, Language)> = entries
            .iter()
            .take(MOST)
            .enumerate()
            .map(|(number, entry)| (entry, mark(number, self.language.rtl)))
            .collect();
        let all: Vec<&str> = entries.iter().map(|entry| entry.acronym.as_str()).collect();
        let mut document = self.clone();
        // Few read the imprint, and none of those who go to a chapter.
        let imprint = std::mem::take(&mut document.imprint);
        let mut found = BTreeMap::new();
        document.for_each_content_mut(&mut |content| {
            if let ContentMut::Block(Block::Paragraph { content }) = content {
                let mut line = std::mem::take(content).into_inner();
                walk(
                    &mut line,
                    &mut String::new(),
                    &mut pending,
                    &all,
                    &mut found,
                );
                *content = line.into();
            }
        });
        document.imprint = imprint;
        (!found.is_empty()).then_some((document, found))
    }
}

/// The mark of a number.
fn mark(number: usize, rtl: bool) -> Language {
    let letter = |at: usize| char::from(b'a' + u8::try_from(at % 26).unwrap_or_default());
    let code = format!("qa{}", letter(number / REGIONS));
    let region = format!("{}{}", letter(number / 26), letter(number)).to_uppercase();
    Language {
        tag: format!("{code}-{region}"),
        code,
        region: Some(region),
        rtl,
    }
}

fn walk(
    content: &mut Vec<Inline>,
    before: &mut String,
    pending: &mut Vec<(&AcronymEntry, Language)>,
    all: &[&str],
    found: &mut BTreeMap<String, String>,
) {
    let mut at = 0;
    while at < content.len() {
        match &content[at] {
            Inline::Text { text } => {
                let text = text.clone();
                match first(&text, before, pending, all) {
                    Some((range, number)) => {
                        let (entry, language) = pending.remove(number);
                        found.insert(language.tag.clone(), entry.expansion.clone());
                        let part = |range: &str| Inline::Text {
                            text: range.to_owned(),
                        };
                        let mention = Inline::Language {
                            language,
                            content: vec![part(&text[range.clone()])],
                        };
                        before.push_str(&text[..range.end]);
                        let parts = [
                            part(&text[..range.start]),
                            mention,
                            part(&text[range.end..]),
                        ];
                        let empty =
                            |one: &Inline| matches!(one, Inline::Text { text } if text.is_empty());
                        let parts = parts.into_iter().filter(|one| !empty(one));
                        let count = usize::from(range.start > 0) + 1;
                        content.splice(at..=at, parts);
                        at += count;
                        continue;
                    }
                    None => before.push_str(&text),
                }
            }
            other if other.content().is_empty() => {
                before.push_str(&plain_text(std::slice::from_ref(other)))
            }
            _ => {
                if let Some(inner) = content[at].content_mut() {
                    walk(inner, before, pending, all, found);
                }
            }
        }
        at += 1;
    }
}

/// The first mention in a text, and of which acronym it is. Those that are explained need no mark any more.
fn first(
    text: &str,
    before: &str,
    pending: &mut Vec<(&AcronymEntry, Language)>,
    all: &[&str],
) -> Option<(std::ops::Range<usize>, usize)> {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    // Of `UN Women` the first word is no mention of `UN`.
    let is_part = |range: &std::ops::Range<usize>| {
        let longer = all.iter().filter(|other| other.len() > range.len());
        let mut places = longer.flat_map(|other| text.match_indices(*other));
        places.any(|(at, other)| at <= range.start && range.end <= at + other.len())
    };
    let mention = |acronym: &str| {
        let places = text.match_indices(acronym);
        let mut places = places.map(|(at, _)| at..at + acronym.len());
        places.find(|range| {
            let preceding = text[..range.start].chars().next_back();
            let preceding = preceding.or(before.chars().next_back());
            let following = text[range.end..].chars().next();
            !is_word(preceding) && !is_word(following) && !is_part(range)
        })
    };
    let mut nearest: Option<(std::ops::Range<usize>, usize)> = None;
    let mut number = 0;
    while let Some((entry, _)) = pending.get(number) {
        let Some(range) = mention(&entry.acronym) else {
            number += 1;
            continue;
        };
        let whole = format!("{before}{}", &text[..range.start]);
        let words = whole.trim_end_matches(['(', '[', '\u{ff08}']).trim_end();
        if words.len() < whole.len() && words.ends_with(entry.expansion.as_str()) {
            pending.remove(number);
            continue;
        }
        let inside = |(other, _): &(std::ops::Range<usize>, usize)| {
            other.start < range.start || other.start == range.start && other.end >= range.end
        };
        if !nearest.as_ref().is_some_and(inside) {
            nearest = Some((range, number));
        }
        number += 1;
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::plain_content;

    /// What is marked in paragraphs that follow each other, with what stands for it.
    fn marked(lines: &[&str]) -> Vec<(String, String)> {
        let entry = |acronym: &str, expansion: &str| AcronymEntry {
            acronym: acronym.to_owned(),
            expansion: expansion.to_owned(),
        };
        let entries = [
            entry("UN", "United Nations"),
            entry("UN Women", "Entity for Women"),
            entry("ILO", "Labour Office"),
            entry("电联", "国际电信联盟"),
        ];
        let all: Vec<&str> = entries.iter().map(|one| one.acronym.as_str()).collect();
        let mut pending: Vec<_> = entries
            .iter()
            .zip((0..).map(|at| mark(at, false)))
            .collect();
        let mut found = BTreeMap::new();
        let mut said = Vec::new();
        for line in lines {
            let mut content = plain_content(line);
            walk(
                &mut content,
                &mut String::new(),
                &mut pending,
                &all,
                &mut found,
            );
            assert_eq!(plain_text(&content), *line);
            said.extend(content.iter().filter_map(|one| match one {
                Inline::Language { language, content } => {
                    Some((plain_text(content), found[&language.tag].clone()))
                }
                _ => None,
            }));
        }
        said
    }

    #[test]
    fn the_first_mention_of_each_is_marked_and_no_part_of_a_word_or_of_another() {
        let said = |lines: &[&str]| -> Vec<String> {
            marked(lines).into_iter().map(|(words, _)| words).collect()
        };
        assert_eq!(said(&["The ILO, the UN and the ILO.", "UN"]), ["ILO", "UN"]);
        assert_eq!(
            said(&["UN Women, UN Women", "UNESCO, the UN-led UN"]),
            ["UN Women", "UN"]
        );
        assert_eq!(said(&["SILO and ILOs", "(ILO)"]), ["ILO"]);
        assert_eq!(said(&["与 电联 一起"]), ["电联"]);
        assert_eq!(
            marked(&["The ILO"]),
            [("ILO".to_owned(), "Labour Office".to_owned())]
        );
    }

    #[test]
    fn what_is_explained_in_words_needs_no_mark() {
        assert!(marked(&["The Labour Office (ILO) met.", "The ILO went."]).is_empty());
        assert_eq!(marked(&["The ILO (Labour Office) met."]).len(), 1);
    }

    #[test]
    fn marks_are_tags_of_their_own() {
        let tags: std::collections::BTreeSet<String> =
            (0..MOST).map(|at| mark(at, false).tag).collect();
        assert_eq!(tags.len(), MOST);
        assert!(
            tags.iter()
                .all(|tag| tag.starts_with("qa") && tag.len() == 6)
        );
    }
}
