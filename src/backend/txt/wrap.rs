//! From a line of running text to lines of a display width: where text may break, and how wide it is.
//!
//! Takes text that is clean (no control characters but `\n`, which forces a break). Widths are columns of a terminal:
//! grapheme clusters are kept whole and a wide character counts two. Breaks follow UAX #14, with these rules on top:
//!
//! 1. Addresses, paths and numbers are never cut: no break inside a run of characters without space that holds `://`,
//!    `@`, `/` or a digit. Such a run may make a line that is too wide.
//! 2. No break after a hyphen that leaves less than three characters before it (`e-mail`, `co-chair`).
//! 3. Non-breaking characters hold while lines are made. After that, what a mail program
//!    or a search may stumble over is replaced ([`plain`]): every space but the ideographic one and those that set off a
//!    mark (`mot !`, `12 %`) becomes U+0020, U+2011 becomes `-`, and the invisible U+2060, U+200B and U+FEFF go.

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};
use unicode_width::UnicodeWidthStr;

use crate::base::script::line_end_vanishes;

/// Holds together what comes before and after it; does not reach the output.
pub(super) const GLUE: char = '\u{2060}';

/// The width of a line in columns: the sum of its grapheme clusters.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else if text.chars().all(is_simple) {
        text.chars().count()
    } else {
        text.graphemes(true).map(UnicodeWidthStr::width).sum()
    }
}

/// Whether a character is a cluster of its own next to its like, one column wide: Latin letters and quotation marks.
fn is_simple(c: char) -> bool {
    matches!(c, ' '..='~' | 'À'..='ɏ' | '–' | '—' | '‘'..='‟' | '…')
}

/// Breaks a text into lines, the first at most `first` columns wide and the others at most `rest`. A line is wider only
/// when it is a single piece that may not be broken. Gives at least one line; no line ends in a space. What rule 3 says
/// is left to [`plain`].
pub(super) fn wrap(text: &str, first: usize, rest: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut used) = (String::new(), 0);
    let pieces = pieces(text);
    for (at, piece) in pieces.iter().enumerate() {
        let limit = if lines.is_empty() { first } else { rest };
        // A line that begins with a dash would be taken for an entry of a list.
        let dash = pieces.get(at + 1).filter(|next| is_dash(next.text));
        let with_dash = dash.map(|dash| width(piece.text) + width(without_spaces(dash.text)));
        let wide = with_dash
            .filter(|wide| *wide <= rest)
            .unwrap_or_else(|| width(without_spaces(piece.text)));
        if !line.is_empty() && used + wide > limit {
            lines.push(line.trim_end().to_owned());
            line.clear();
            used = 0;
        }
        let fresh = line.is_empty() && !lines.is_empty();
        let part = if fresh {
            piece.text.trim_start_matches(' ')
        } else {
            piece.text
        };
        line.push_str(part);
        used += width(part);
        if piece.forced {
            lines.push(line.trim_end().to_owned());
            line.clear();
            used = 0;
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// A heading's text, which breaks after no hyphen where `limit` columns are enough for that.
pub(super) fn unhyphenated(text: &str, limit: usize) -> String {
    let held = text.replace('-', "\u{2011}");
    let fits = wrap(&held, limit, limit)
        .iter()
        .all(|line| width(line) <= limit);
    if fits { held } else { text.to_owned() }
}

/// Breaks a heading into as few lines as `limit` columns allow, none much shorter than the others.
pub(super) fn balance(text: &str, limit: usize) -> Vec<String> {
    let text = &unhyphenated(text, limit);
    let lines = wrap(text, limit, limit);
    let narrowest = lines.iter().map(|line| width(line)).sum::<usize>() / lines.len();
    let balanced = (narrowest..limit)
        .map(|limit| wrap(text, limit, limit))
        .find(|tried| tried.len() == lines.len());
    balanced.unwrap_or(lines)
}

/// Joins lines that are broken by sense as far as `limit` columns allow. Where that needs more lines than breaking
/// between any words would, it breaks between words.
pub(super) fn by_sense(parts: &[String], limit: usize) -> Vec<String> {
    let gap = |text: &str, part: &str| usize::from(!line_end_vanishes(text, part));
    let join = |text: &mut String, part: &str| {
        text.push_str(&" ".repeat(gap(text, part)));
        text.push_str(part);
    };
    let mut whole = String::new();
    for (index, part) in parts.iter().enumerate() {
        match index {
            0 => whole.push_str(part),
            _ => join(&mut whole, part),
        }
    }
    let balanced = balance(&whole, limit);
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            Some(line) if width(line) + gap(line, part) + width(part) <= limit => join(line, part),
            _ => lines.push(part.clone()),
        }
    }
    let fits = lines.len() <= balanced.len() && lines.iter().all(|line| width(line) <= limit);
    if fits { lines } else { balanced }
}

/// A part of a text after which it may break.
struct Segment<'a> {
    text: &'a str,
    forced: bool,
}

fn pieces(text: &str) -> Vec<Segment<'_>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (end, opportunity) in linebreaks(text) {
        let piece = &text[start..end];
        let forced = opportunity == BreakOpportunity::Mandatory
            && piece.ends_with(['\n', '\u{2028}', '\u{2029}']);
        if piece.is_empty() || !(forced || end == text.len() || may_break(text, start, end)) {
            continue;
        }
        found.push(Segment {
            text: piece.trim_end_matches(['\n', '\u{2028}', '\u{2029}']),
            forced,
        });
        start = end;
    }
    found
}

/// Whether a break that UAX #14 allows at `at` is one of ours too; the piece before it starts at `start`.
fn may_break(text: &str, start: usize, at: usize) -> bool {
    let before = &text[start..at];
    if before.ends_with(' ') {
        return true;
    }
    if before.ends_with('-') && before.graphemes(true).count() <= 3 {
        return false;
    }
    // Korean has spaces between its words, and is broken there.
    let hangul = |c: Option<char>| c.is_some_and(|c| ('\u{AC00}'..='\u{D7A3}').contains(&c));
    if hangul(before.chars().next_back()) && hangul(text[at..].chars().next()) {
        return false;
    }
    let whole_cluster = GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0) == Ok(true);
    whole_cluster && !inside_token(text, at)
}

/// Whether `at` is inside a run of narrow characters that a machine or a reader needs whole.
fn inside_token(text: &str, at: usize) -> bool {
    let runs_on =
        |c: &char| !c.is_whitespace() && *c != '\u{3000}' && *c != '\u{2014}' && !is_wide(*c);
    let before: usize = text[..at]
        .chars()
        .rev()
        .take_while(runs_on)
        .map(char::len_utf8)
        .sum();
    let after: usize = text[at..]
        .chars()
        .take_while(runs_on)
        .map(char::len_utf8)
        .sum();
    if before == 0 || after == 0 {
        return false;
    }
    let token = &text[at - before..at + after];
    token.contains(['/', '@'])
        || token.contains(|c: char| c.is_ascii_digit())
        || token.starts_with("www.")
}

fn is_wide(c: char) -> bool {
    unicode_width::UnicodeWidthChar::width(c) == Some(2)
}

/// Whether a piece is a dash between spaces.
fn is_dash(piece: &str) -> bool {
    matches!(piece.trim(), "-" | "–" | "—")
}

fn without_spaces(piece: &str) -> &str {
    piece.trim_end_matches([' ', '\u{3000}', '\u{2009}', '\u{200B}'])
}

/// A finished line: no spaces at its end, and of its characters only those that any reader of plain text knows.
pub(super) fn plain(line: &str) -> String {
    if line.is_ascii() {
        return line.trim_end().to_owned();
    }
    let mut plain = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            GLUE | '\u{200B}' | '\u{FEFF}' => {}
            '\u{A0}' | '\u{202F}'
                if is_set_off(plain.chars().next_back(), chars.peek().copied()) =>
            {
                plain.push(c);
            }
            '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => {
                plain.push(' ');
            }
            '\u{2011}' => plain.push('-'),
            other => plain.push(other),
        }
    }
    plain.trim_end().to_owned()
}

/// Whether a space sets off a mark as French does: whoever sets the text anew needs it as it is.
fn is_set_off(before: Option<char>, after: Option<char>) -> bool {
    before == Some('«')
        || after.is_some_and(|c| matches!(c, ';' | ':' | '!' | '?' | '»' | '%' | '‰'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, columns: usize) -> Vec<String> {
        wrap(text, columns, columns)
            .iter()
            .map(|line| plain(line))
            .collect()
    }

    #[test]
    fn wide_characters_count_two_columns() {
        let text = "中文字符测试一二三四五六七八九十 end";
        let lines = lines(text, 16);
        assert_eq!(lines, ["中文字符测试一二", "三四五六七八九十", "end"]);
        assert!(lines.iter().all(|line| width(line) <= 16));
    }

    #[test]
    fn no_line_begins_with_a_dash_that_has_room_behind_a_word() {
        let text = "one two – three";
        assert_eq!(lines(text, 7), ["one", "two –", "three"]);
        assert_eq!(lines(text, 9), ["one two –", "three"]);
        assert_eq!(lines("eleven – x", 6), ["eleven", "– x"]);
        assert_eq!(lines("a – b", 72), ["a – b"]);
    }

    #[test]
    fn simple_characters_are_clusters_of_one_column() {
        let simple: String = (' '..=char::MAX).filter(|c| is_simple(*c)).collect();
        let clusters: Vec<usize> = simple.graphemes(true).map(UnicodeWidthStr::width).collect();
        assert_eq!(clusters, vec![1; simple.chars().count()]);
    }

    #[test]
    fn clusters_are_kept_whole_and_counted_once() {
        assert_eq!(width("👩‍👩‍👧‍👦"), 2);
        assert_eq!(width("e\u{301}"), 1);
        assert_eq!(width("ＡＢ"), 4);
        for columns in 1..12 {
            assert_eq!(
                lines("👩‍👩‍👧‍👦👩‍👩‍👧‍👦 e\u{301}e\u{301}", columns)
                    .concat()
                    .replace(' ', ""),
                "👩‍👩‍👧‍👦👩‍👩‍👧‍👦e\u{301}e\u{301}"
            );
        }
    }

    #[test]
    fn non_breaking_spaces_hold_at_every_width_and_become_spaces() {
        let text = "it was on 13\u{A0}July, p.\u{A0}12, that 10\u{202F}000 people came";
        for columns in 1..60 {
            let lines = lines(text, columns);
            for pair in ["13 July,", "p. 12,", "10 000"] {
                assert!(
                    lines.iter().any(|line| line.contains(pair)),
                    "{columns}: {lines:?}"
                );
            }
        }
    }

    #[test]
    fn spaces_that_set_off_a_mark_stay_as_they_are() {
        assert_eq!(
            plain("«\u{A0}Qui\u{202F}?\u{A0}» 12\u{A0}% de 1\u{202F}240\u{A0}km"),
            "«\u{A0}Qui\u{202F}?\u{A0}» 12\u{A0}% de 1 240 km"
        );
    }

    #[test]
    fn addresses_numbers_and_symbols_are_not_cut_at_any_width() {
        let text = "See https://example.org/reports/2016-07-13/annex-a-final.pdf, first.last-name@un-women.example, \
            A/CONF.231/L-b, 10:00–13:00 and doi:10.18356/ab-cd.";
        for columns in 1..60 {
            let lines = lines(text, columns);
            for token in text.split(' ') {
                assert!(
                    lines
                        .iter()
                        .any(|line| line.split(' ').any(|part| part == token)),
                    "{columns}: {lines:?}"
                );
            }
        }
    }

    #[test]
    fn compounds_break_at_hyphens_but_not_after_a_short_prefix() {
        assert_eq!(lines("multi-stakeholder", 8), ["multi-", "stakeholder"]);
        assert_eq!(lines("so e-mail", 6), ["so", "e-mail"]);
        assert_eq!(lines("non\u{2011}breaking", 6), ["non-breaking"]);
    }

    #[test]
    fn forced_breaks_are_kept_and_lines_end_in_no_space() {
        assert_eq!(
            lines("a \nb\n\u{3000}c \u{3000}", 20),
            ["a", "b", "\u{3000}c"]
        );
        assert_eq!(lines("", 20), [""]);
    }

    #[test]
    fn a_heading_of_two_lines_is_balanced() {
        assert_eq!(
            balance("one two three four five six", 22),
            ["one two three", "four five six"]
        );
    }

    #[test]
    fn a_heading_breaks_at_a_hyphen_only_where_it_must() {
        let lines = |limit| -> Vec<String> {
            let lines = balance("towards a High-Level Plenary", limit);
            lines.iter().map(|line| plain(line)).collect()
        };
        assert_eq!(lines(16), ["towards a", "High-Level", "Plenary"]);
        assert_eq!(lines(9), ["towards", "a High-", "Level", "Plenary"]);
    }

    #[test]
    fn lines_broken_by_sense_are_joined_as_far_as_they_fit() {
        let parts = [
            "The current".to_owned(),
            "at the quay".to_owned(),
            "and its price".to_owned(),
        ];
        assert_eq!(
            by_sense(&parts, 60),
            ["The current at the quay and its price"]
        );
        assert_eq!(
            by_sense(&parts, 30),
            ["The current at the quay", "and its price"]
        );
        assert_eq!(
            by_sense(&parts, 8),
            ["The", "current", "at the", "quay", "and its", "price"]
        );
    }
}
