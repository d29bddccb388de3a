//! Running text: from inlines to one string, ready for wrapping.
//!
//! Emphasis, code and words in other languages are plain: a mail has no fonts, and marks would be clutter. A link is
//! its text and then its address in angle brackets (as RFC 3986, appendix C, has it for plain text), so that no
//! punctuation is glued to an address; where the text is the address, it is written once. A footnote's mark is its
//! number in square brackets, held to the word before it.

use unicode_bidi::{BidiClass, bidi_class};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::wrap::GLUE;
use crate::base::script::composed;
use crate::document::Inline;
use crate::document::script::{lowered, raised, struck};

/// Appends the text of inlines to `text`. `mark` gives what is printed for a footnote.
pub(super) fn flatten(
    content: &[Inline],
    text: &mut String,
    mark: &mut dyn FnMut(usize) -> Option<String>,
) {
    for inline in content {
        match inline {
            Inline::Text { text: part } | Inline::Code { text: part } => clean(part, text),
            Inline::Break => text.push('\n'),
            Inline::Place { .. } => {}
            Inline::Footnote { note, .. } => {
                if let Some(mark) = mark(*note) {
                    text.push(GLUE);
                    text.push_str(&mark);
                }
            }
            Inline::Link { url, content } => link(url, content, text, mark),
            Inline::Superscript { content } => text.push_str(&raised(&shifted(content, mark))),
            Inline::Subscript { content } => text.push_str(&lowered(&shifted(content, mark))),
            Inline::Strike { content } => text.push_str(&struck(&shifted(content, mark))),
            Inline::Emphasis { content }
            | Inline::Strong { content }
            | Inline::Reference { content, .. }
            | Inline::Person { content, .. }
            | Inline::Organisation { content, .. }
            | Inline::Language { content, .. } => flatten(content, text, mark),
        }
    }
}

/// What is raised, lowered or struck out.
fn shifted(content: &[Inline], mark: &mut dyn FnMut(usize) -> Option<String>) -> String {
    let mut text = String::new();
    flatten(content, &mut text, mark);
    text
}

fn link(
    url: &str,
    content: &[Inline],
    text: &mut String,
    mark: &mut dyn FnMut(usize) -> Option<String>,
) {
    let mut shown = String::new();
    flatten(content, &mut shown, mark);
    let mut address = String::new();
    clean(url.strip_prefix("mailto:").unwrap_or(url), &mut address);
    let isolate = |c: char| matches!(c, '\u{2066}' | '\u{2069}');
    let bare: String = shown.chars().filter(|c| !isolate(*c)).collect();
    if !says_same(&bare, &address) {
        text.push_str(&shown);
        text.push(' ');
    }
    // Among words from right to left an address keeps its own order (UAX #9).
    let rtl = |c: char| matches!(bidi_class(c), BidiClass::R | BidiClass::AL);
    let (open, close) = if bare != shown || shown.contains(rtl) {
        ("<\u{2066}", "\u{2069}>")
    } else {
        ("<", ">")
    };
    text.push_str(open);
    text.push_str(&address);
    text.push_str(close);
}

/// Whether a link's text is its address, or all of it that people say.
fn says_same(shown: &str, address: &str) -> bool {
    let bare = address.split_once("://").map_or(address, |(_, rest)| rest);
    let bare = bare
        .strip_prefix("www.")
        .unwrap_or(bare)
        .trim_end_matches('/');
    address.contains(shown) && shown.trim_end_matches('/').ends_with(bare)
}

/// Appends `part` without what must not reach a terminal or a mail: control characters go, those that stand for space
/// become one, and soft hyphens go because nothing is hyphenated here.
pub(super) fn clean(part: &str, text: &mut String) {
    if part.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        text.push_str(part);
    } else if is_nfc_quick(part.chars()) == IsNormalized::Yes {
        keep(part.chars(), text);
    } else {
        keep(composed(part), text);
    }
}

fn keep(part: impl Iterator<Item = char>, text: &mut String) {
    for c in part {
        match c {
            '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                text.push(' ')
            }
            '\u{AD}' => {}
            c if c.is_control() => {}
            c => text.push(c),
        }
    }
}

/// `part`, clean.
pub(super) fn cleaned(part: &str) -> String {
    let mut text = String::with_capacity(part.len());
    clean(part, &mut text);
    text
}

/// The text in capitals, as the language of that ISO 639 code writes them.
pub(super) fn capitals(text: &str, language: &str) -> String {
    match language {
        "tr" | "az" => text.replace('i', "İ").to_uppercase(),
        // Greek capitals carry no accent; the diaeresis stays.
        "el" => text
            .to_uppercase()
            .nfd()
            .filter(|c| *c != '\u{301}')
            .nfc()
            .collect(),
        _ => composed(&text.to_uppercase()).collect(),
    }
}
