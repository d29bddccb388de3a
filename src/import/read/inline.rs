//! Running text of a plain file as CommonMark: `**bold**` and `*emphasis*` stay, everything else is escaped.

use pulldown_cmark::{Event, Parser};
use unicode_normalization::char::is_combining_mark;

use super::marks::{MAX_MARK, Marks};
use super::references::reference;
use crate::document;
use crate::import::outline::superscript;

/// What parts words and, before a line, makes code of it.
const BLANKS: [char; 4] = [' ', '\t', '\n', '\u{C}'];

/// Where somebody broke a line of a plain text within a paragraph; no text has this character.
pub(crate) const BREAK: char = '\u{FDD2}';

/// Running text as CommonMark; `marks` are the footnotes of the chapter.
pub(crate) fn commonmark(text: &str, marks: &Marks) -> String {
    if text.contains(BREAK) {
        let lines = text.split(BREAK).map(|line| commonmark(line, marks));
        let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
        return lines.join("\\\n");
    }
    let words = text.split(BLANKS);
    let text = words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text.as_str();
    let mut before = ' ';
    while let Some(c) = rest.chars().next() {
        // Behind a letter or digit a star is a sign of its own, as in 2*3.
        let bold = Some(rest).filter(|_| !(before.is_alphanumeric() || before == '*'));
        let bold = bold.and_then(|rest| emphasis(rest, marks));
        if let Some((length, piece)) = bold.or_else(|| mark(rest, marks)) {
            out.push_str(&piece);
            before = rest[..length].chars().next_back().unwrap_or(' ');
            rest = &rest[length..];
            continue;
        }
        before = c;
        escape(c, &mut out);
        rest = &rest[c.len_utf8()..];
    }
    without_formulas(first(out))
}

/// Running text in which sums of money are no formula.
pub(crate) fn without_formulas(text: String) -> String {
    if text.matches('$').count() < 2 {
        return text;
    }
    let events = Parser::new(&text).into_offset_iter();
    let code = events.filter(|(event, _)| matches!(event, Event::Code(_)));
    let code: Vec<std::ops::Range<usize>> = code.map(|(_, range)| range).collect();
    let plain = |at: usize| {
        let next = code.partition_point(|range| range.end <= at);
        code.get(next).is_none_or(|range| at < range.start)
    };
    let mut signs = text.match_indices('$');
    if !signs.any(|(at, _)| plain(at) && document::is_formula(&text[at..])) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        let plain = c == '$' && plain(at);
        let signs = out.chars().rev().take_while(|c| *c == '\\').count();
        if plain && signs % 2 == 0 {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// `**bold**` or `*emphasis*` at the start of a text: its length and the CommonMark for it.
fn emphasis(text: &str, marks: &Marks) -> Option<(usize, String)> {
    ["**", "*"].into_iter().find_map(|sign| {
        let inner = text.strip_prefix(sign)?;
        let end = inner.find(sign)?;
        let (inner, after) = (&inner[..end], &inner[end + sign.len()..]);
        // An accent belongs to the letter before it, not to a sign.
        let sound = !inner.is_empty()
            && !inner.contains(['*', '='])
            && !after.starts_with(char::is_alphanumeric)
            && !after.starts_with('*')
            && inner.trim() == inner
            && !after.starts_with(is_combining_mark);
        sound.then(|| {
            (
                end + 2 * sign.len(),
                format!("{sign}{}{sign}", commonmark(inner, marks)),
            )
        })
    })
}

/// The mark of a footnote at the start of a text.
fn mark(text: &str, marks: &Marks) -> Option<(usize, String)> {
    let raised: String = text.chars().map_while(superscript).take(MAX_MARK).collect();
    let length: usize = text.chars().take(raised.len()).map(char::len_utf8).sum();
    if raised.is_empty() {
        let inner = text.strip_prefix('[')?;
        let end = inner
            .bytes()
            .take(MAX_MARK)
            .take_while(u8::is_ascii_digit)
            .count();
        inner[end..].strip_prefix(']')?;
        let mark = &inner[..end];
        return marks
            .contains_bracketed(mark)
            .then(|| (end + 2, reference(mark)));
    }
    marks
        .contains(&raised)
        .then(|| (length, reference(&raised)))
}

/// Adds a character so that it stands for itself.
pub(crate) fn escape(c: char, out: &mut String) {
    if matches!(
        c,
        '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|' | '&' | '~' | '^'
    ) {
        out.push('\\');
    }
    out.push(c);
}

/// Escapes what would make a list, heading, quotation or code of a paragraph at its start.
pub(crate) fn first(text: String) -> String {
    if text.starts_with(BLANKS) {
        return first(text.trim_start_matches(BLANKS).to_owned());
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let sign = text[digits..]
        .strip_prefix(['.', ')'])
        .filter(|_| digits > 0);
    if sign.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '['])) {
        return format!("{}\\{}", &text[..digits], &text[digits..]);
    }
    // A name in braces would be that of the paragraph.
    if text.starts_with(['-', '+', '#', '>', '=']) || text.starts_with("{#") {
        return format!("\\{text}");
    }
    text
}

/// Whether a link may lead there.
pub(super) fn is_address(url: &str) -> bool {
    let known = ["https://", "http://", "mailto:"];
    known.iter().any(|start| url.starts_with(start))
        && !url.contains([' ', '(', ')', '<', '>', '\\'])
        && document::address(url).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emphasis_stays_and_the_rest_is_escaped() {
        let none = Marks::default();
        assert_eq!(
            commonmark("a **b c** *d* 2 * 3 [x]", &none),
            "a **b c** *d* 2 \\* 3 \\[x\\]"
        );
        assert_eq!(commonmark("1. May", &none), "1\\. May");
        assert_eq!(commonmark("- 3 degrees", &none), "\\- 3 degrees");
        assert_eq!(commonmark("a$b {c$ d", &none), r"a\$b {c\$ d");
        assert_eq!(first("  \t+ +".to_owned()), "\\+ +");
    }

    #[test]
    fn marks_of_known_notes_become_footnotes() {
        let marks = Marks::one("1");
        assert_eq!(
            commonmark("Migrants.¹ m² [1]", &marks),
            "Migrants.\u{FDD0}1\u{FDD1} m² \u{FDD0}1\u{FDD1}"
        );
    }
}
