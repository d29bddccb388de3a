//! Names for the places of the source, which paragraphs carry as hidden bookmarks.
//!
//! A name says where the words of a paragraph are written, and which words these are, both as digests:
//! `_g_` + 16 digits of the place + `_` + 12 digits of the words. So `merge` knows of each paragraph that comes back where
//! it belongs, and whether the source still says what it said when the file was made. The same words at the same place
//! have the same name in every file; Word and LibreOffice keep hidden bookmarks.

use std::collections::BTreeSet;

use crate::base::digest::sha256;
use crate::document::{Document, Inline, Line, Node, Origin};

/// How the names of places start; a bookmark that starts with an underscore is hidden in Word.
pub(crate) const PREFIX: &str = "_g_";
/// The property of the file that holds the digest of all names.
pub(crate) const PLACES_PROPERTY: &str = "gmg-export.places";
/// The property of the file that names its layout.
pub(crate) const LAYOUT_PROPERTY: &str = "gmg-export.layout";

/// The places that have been named.
#[derive(Debug, Default)]
pub(super) struct Places {
    named: BTreeSet<usize>,
    names: Vec<String>,
}

impl Places {
    /// The name of the place that a line is written at; nothing for what the program says itself, and for a line that
    /// stands in the file before.
    pub(super) fn of(&mut self, document: &Document, line: &Line) -> Option<String> {
        let index = line.origin?;
        let origin = document.origins.get(index)?;
        let name = self.named.insert(index).then(|| name(origin, line))?;
        self.names.push(name.clone());
        Some(name)
    }

    /// The digest of all names, of the facts, and of who speaks: the same as long as the source says the same at the same
    /// places.
    pub(super) fn digest(&self, document: &Document) -> String {
        let mut all = self.names.clone();
        for chapter in &document.chapters {
            let facts = chapter.facts.iter();
            all.extend(facts.map(|fact| format!("{} {}", fact.label, fact.values.join(" "))));
        }
        document.visit(&mut |node| {
            if let Node::Intervention(spoken) = node {
                all.push(format!("{} {}", spoken.speaker.name, spoken.speaker.post));
            }
        });
        sha256(all.join("\n").as_bytes())
    }
}

/// The name of the place of a line.
pub(crate) fn name(origin: &Origin, line: &[Inline]) -> String {
    let mut words = String::new();
    describe(line, &mut words);
    format!("{}_{}", place(origin), digest(&words))
}

/// The words of running text as they can be read back from the file: without marks, and without what the program fills in,
/// such as the numbers of notes and the words of references.
fn describe(content: &[Inline], words: &mut String) {
    for inline in content {
        match inline {
            Inline::Text { text } | Inline::Code { text } => words.push_str(text),
            Inline::Break => words.push(' '),
            Inline::Reference { .. } | Inline::Place { .. } | Inline::Footnote { .. } => {}
            other => describe(other.content(), words),
        }
    }
}

/// The digest of words: letters, figures and signs alone, since programs change spaces and marks of direction.
pub(crate) fn digest(words: &str) -> String {
    let said = words
        .chars()
        .filter(|c| !c.is_whitespace() && !is_hidden(*c))
        .map(|c| if c == '\u{2011}' { '-' } else { c });
    sha256(said.collect::<String>().as_bytes())[..12].to_owned()
}

/// Whether a character shows nothing and only steers others.
pub(crate) fn is_hidden(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// The start of the names of a place, whatever the words there are.
pub(crate) fn place(origin: &Origin) -> String {
    let place = format!("{}\n{}\n{}", origin.file, origin.place.field, origin.number);
    format!("{PREFIX}{}", &sha256(place.as_bytes())[..16])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diagnostic::Location;
    use crate::document::{FieldLocation, plain_content};

    fn origin(number: usize) -> Origin {
        Origin {
            file: "first.yaml".to_owned(),
            place: FieldLocation {
                location: Location::whole("source/first.yaml"),
                field: "section.text".to_owned(),
            },
            offset: 0,
            number,
            manner: crate::document::Manner::Prose,
        }
    }

    #[test]
    fn names_are_legal_and_tell_places_and_words_apart() {
        let words = plain_content("One");
        let name_of = |number, words: &[Inline]| name(&origin(number), words);
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
        let content = plain_content("O\u{AD}ne ");
        assert_eq!(first, name_of(0, &[Inline::Strong { content }]));
    }
}
