//! Fields of plain text: a title, a caption or a name is printed as typed, so that markup in it would be seen as signs.

use super::super::text::Fault;
use super::{Kind, Node, label_key, parse_lines};
use crate::base::diagnostic::Code;

/// Whether a text has signs of which markup is made.
fn is_suspicious(text: &str) -> bool {
    let suspicious = |byte: u8| {
        matches!(
            byte,
            b'*' | b'_' | b'`' | b'[' | b'<' | b'&' | b'\\' | b'~' | b'^' | b'!' | b'{'
        )
    };
    text.bytes().any(suspicious)
}

/// Signs in a field of plain text that look like markup and are printed as they stand.
pub(in crate::document) fn loose(text: &str) -> Vec<Fault> {
    if !is_suspicious(text) {
        return Vec::new();
    }
    let mut faults = parse_lines(text).faults;
    faults.retain(|fault| fault.code == Code::LOOSE_SIGN);
    // A backslash would be printed, too.
    for fault in &mut faults {
        fault.hint = "this field is plain text, printed as typed: write what is to be read";
    }
    faults
}

/// The first piece of markup in a field of plain text. What Markdown would print as it stands is none.
pub(in crate::document) fn fault(text: &str) -> Option<Fault> {
    if !is_suspicious(text) {
        return None;
    }
    let tree = parse_lines(text);
    let refused = tree
        .faults
        .iter()
        .filter(|fault| match fault.code.number() {
            // A name in angle brackets is words.
            "E0305" => is_tag(&text[fault.offset..]),
            number => number.starts_with('E'),
        });
    let refused = refused.map(|fault| fault.offset).min();
    let marked = marked(&tree.blocks, text, &mut 0);
    let offset = refused.into_iter().chain(marked).min()?;
    Some(Fault {
        code: Code::MARKS_IN_PLAIN,
        offset,
        message: "this field is plain text, and the markup in it would be printed as typed"
            .to_owned(),
        hint: "take the signs out; emphasis, links and notes have their place in texts, captions, credits, and titles of chapters and sections",
    })
}

/// Whether a field of plain text may not have this text.
pub(crate) fn has_markup(text: &str) -> bool {
    fault(text).is_some()
}

/// The footnotes that a text seems to mark, as they are looked up.
pub(in crate::document) fn labels(text: &str) -> impl Iterator<Item = String> {
    let starts = text.split("[^").skip(1);
    starts.filter_map(|rest| rest.split_once(']').map(|(label, _)| label_key(label)))
}

/// Whether it starts with a tag that people write in text.
fn is_tag(text: &str) -> bool {
    if text.starts_with("<!--") {
        return true;
    }
    const TAGS: [&str; 16] = [
        "a", "b", "br", "code", "div", "em", "font", "i", "p", "q", "s", "span", "strong", "sub",
        "sup", "u",
    ];
    let name = text.trim_start_matches(['<', '/']);
    let end = name
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    TAGS.contains(&name[..end].to_ascii_lowercase().as_str())
}

/// Where nodes first are something else than the words of the text; `end` is where the words before them end.
fn marked(nodes: &[Node], text: &str, end: &mut usize) -> Option<usize> {
    for node in nodes {
        match &node.kind {
            Kind::Paragraph { .. } => {
                if let Some(offset) = marked(&node.children, text, end) {
                    return Some(offset);
                }
            }
            Kind::SoftBreak => {}
            // An address that stands bare is printed as typed.
            Kind::Link { .. } if text[node.offset..].starts_with("http") => {
                if let Some(offset) = marked(&node.children, text, end) {
                    return Some(offset);
                }
            }
            Kind::Text(words) => {
                let rest = text.get(node.offset..)?;
                let between = text.get(*end..node.offset)?;
                // A backslash or the rest of an entity.
                if !between.trim().is_empty() && !between.trim_start().starts_with('<') {
                    return Some(if between.starts_with('\\') {
                        *end
                    } else {
                        *end - 1
                    });
                }
                if !rest.starts_with(words.as_str()) {
                    return Some(node.offset);
                }
                *end = node.offset + words.len();
            }
            _ => return Some(node.offset),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_found_where_it_stands() {
        for (text, offset) in [
            ("*Rivers* rise", 0),
            ("Rivers **rise**", 7),
            ("see [the agency](org:unhcr)", 4),
            ("Rivers &amp; seas", 7),
            ("a note[^1]", 6),
            ("10^6^ tonnes", 2),
            ("H~2~O", 1),
            ("~~gone~~", 0),
            ("`code`", 0),
            ("5 \\* 3", 2),
            ("<https://example.org>", 0),
            ("one<br>two", 3),
            ("2*3*4", 1),
            ("Line\none *two*", 9),
        ] {
            assert_eq!(
                fault(text).map(|fault| fault.offset),
                Some(offset),
                "{text}"
            );
        }
    }

    #[test]
    fn signs_that_are_no_markup_are_plain() {
        for text in [
            "5 * 3",
            "a_b_c",
            "R&D",
            "AT&T",
            "[draft]",
            "1998. A year",
            "# 3",
            "- 5",
            "> 5",
            "a < b",
            "C:\\data",
            "!",
            "5*",
            "x^2",
            "~5",
            "[1]",
            "Who? [sic]",
            "-- so",
            "\"straight\"",
            "| a |",
            "R&D <projet>",
        ] {
            assert_eq!(fault(text), None, "{text}");
        }
    }
}
