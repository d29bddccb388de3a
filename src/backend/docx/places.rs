//! Names for the places of the source, which paragraphs carry as hidden bookmarks.
//!
//! A name says where the words of a paragraph are written, and which words these are, both as digests:
//! `_g_` + 16 digits of the place + `_` + 12 digits of the words. So `merge` knows of each paragraph that comes back where
//! it belongs, and whether the source still says what it said when the file was made. The same words at the same place
//! have the same name in every file; Word and LibreOffice keep hidden bookmarks.

use std::collections::BTreeSet;

use crate::base::digest::sha256;
use crate::document::{Document, Inline, Line, Origin};

/// How the names of places start; a bookmark that starts with an underscore is hidden in Word.
pub(crate) const PREFIX: &str = "_g_";

/// The places that have been named.
#[derive(Debug, Default)]
pub(super) struct Places {
    named: BTreeSet<usize>,
}

impl Places {
    /// The name of the place that a line is written at; nothing for what the program says itself, and for a line that
    /// stands in the file before.
    pub(super) fn of(&mut self, document: &Document, line: &Line) -> Option<String> {
        let index = line.origin?;
        let origin = document.origins.get(index)?;
        self.named.insert(index).then(|| name(origin, line))
    }
}

/// The name of the place of a line.
pub(crate) fn name(origin: &Origin, line: &[Inline]) -> String {
    let place = format!("{}\n{}\n{}", origin.file, origin.place.field, origin.offset);
    let mut words = String::new();
    describe(line, &mut words);
    let (place, words) = (sha256(place.as_bytes()), sha256(words.as_bytes()));
    format!("{PREFIX}{}_{}", &place[..16], &words[..12])
}

/// Words and marks of running text. What the program counts, such as the numbers of notes and of tables, is left out.
fn describe(content: &[Inline], words: &mut String) {
    for inline in content {
        let kind = match inline {
            Inline::Text { text } => {
                words.push_str(text);
                continue;
            }
            Inline::Code { text } => {
                words.push_str("\u{1}code\u{2}");
                words.push_str(text);
                words.push('\u{3}');
                continue;
            }
            Inline::Break => "break",
            Inline::Emphasis { .. } => "emphasis",
            Inline::Strong { .. } => "strong",
            Inline::Superscript { .. } => "raised",
            Inline::Subscript { .. } => "lowered",
            Inline::Strike { .. } => "struck",
            Inline::Link { url, .. } => url,
            Inline::Reference { anchor, .. } => {
                words.push_str("\u{1}reference\u{2}");
                words.push_str(anchor);
                continue;
            }
            Inline::Place { anchor } => anchor,
            Inline::Person { .. } => "person",
            Inline::Organisation { .. } => "organisation",
            Inline::Language { language, .. } => &language.tag,
            Inline::Footnote { .. } => "note",
        };
        words.push('\u{1}');
        words.push_str(kind);
        words.push('\u{2}');
        describe(inline.content(), words);
        words.push('\u{3}');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diagnostic::Location;
    use crate::document::{FieldLocation, plain_content};

    fn origin(offset: usize) -> Origin {
        Origin {
            file: "first.yaml".to_owned(),
            place: FieldLocation {
                location: Location::whole("source/first.yaml"),
                field: "section.text".to_owned(),
            },
            offset,
            manner: crate::document::Manner::Prose,
        }
    }

    #[test]
    fn names_are_legal_and_tell_places_and_words_apart() {
        let words = plain_content("One");
        let name_of = |offset, words: &[Inline]| name(&origin(offset), words);
        let first = name_of(0, &words);
        assert!(first.len() <= 40 && first.starts_with(PREFIX), "{first}");
        assert!(
            first.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'),
            "{first}"
        );
        assert_eq!(first, name_of(0, &words));
        let place = |name: &str| name[..19].to_owned();
        assert_ne!(place(&first), place(&name_of(5, &words)));
        let other = name_of(0, &plain_content("Two"));
        assert_eq!(place(&first), place(&other));
        assert_ne!(first, other);
        let content = plain_content("One");
        assert_ne!(first, name_of(0, &[Inline::Strong { content }]));
    }
}
