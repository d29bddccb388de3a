//! Which kind of plain text it is, and its lines as they are meant: bullets with their items, one paragraph a line where a
//! word processor saved it so.

use std::collections::BTreeSet;

use crate::import::words::{Words, is_one};

/// The fewest characters of a line that nobody broke.
const LONG: usize = 100;

/// What kind of text it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextKind {
    /// A mail: fields, then text.
    Mail,
    /// Pages, separated by form feeds.
    Pages,
    /// A paragraph on each line, without empty lines, as a word processor saves it.
    Lines,
    /// Paragraphs between empty lines.
    Paragraphs,
}

impl TextKind {
    /// In words.
    pub(crate) fn name(self) -> &'static str {
        match self {
            TextKind::Mail => "a mail: its fields, then paragraphs",
            TextKind::Pages => "pages of text, as they come out of a PDF",
            TextKind::Lines => "text with a paragraph on every line",
            TextKind::Paragraphs => "paragraphs between empty lines",
        }
    }

    /// The kind of a text.
    pub(crate) fn of(text: &str, words: &Words) -> Self {
        let head = text
            .trim_start()
            .lines()
            .take_while(|line| !line.trim().is_empty());
        let fields = head.filter(|line| {
            let field = line.split_once(':');
            field.is_some_and(|(name, _)| is_one(name.trim(), &words.mail))
        });
        // An archive of mails parts them by `From a@b.example Tue Mar  5 08:00:00 2024`.
        let opens = |line: &str| line.contains(": ") || line.starts_with("From ");
        if fields.count() > 1 && text.trim_start().lines().next().is_some_and(opens) {
            return TextKind::Mail;
        }
        if text
            .trim_matches(|c: char| c.is_whitespace())
            .contains('\u{C}')
        {
            return TextKind::Pages;
        }
        let lines: Vec<&str> = text.trim().lines().collect();
        let empty = lines.iter().filter(|line| line.trim().is_empty()).count();
        let long = lines
            .iter()
            .filter(|line| line.chars().count() > LONG)
            .count();
        match long > 1 && empty * 10 < lines.len() {
            true => TextKind::Lines,
            false => TextKind::Paragraphs,
        }
    }
}

/// Bullets and numbers that stand alone on a line, put before the next line; a list continues over the empty lines between
/// them.
pub(super) fn bullets(text: String) -> String {
    let lines: Vec<&str> = text.split('\n').collect();
    let signs = alone(&lines);
    if signs.is_empty() {
        return text;
    }
    let alone = |line: &str| signs.contains(line.trim());
    let mut out: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    let next = |from: usize| (from..lines.len()).find(|index| !lines[*index].trim().is_empty());
    let mut item: Option<usize> = None;
    for index in 0..lines.len() {
        if !alone(lines[index]) {
            continue;
        }
        let Some(text) = next(index + 1).filter(|text| !alone(lines[*text])) else {
            continue;
        };
        // The lines in between move below the list, so that the list is one block and lines keep their number.
        let end = item.map_or(index, |last| last + 1);
        let start =
            if item.is_some_and(|last| (last + 1..index).all(|line| out[line].trim().is_empty())) {
                end
            } else {
                index
            };
        out[text] = String::new();
        out[index] = String::new();
        let sign = lines[index].trim();
        let sign = if is_bullet(sign) { "•" } else { sign };
        out[start] = format!("{sign} {}", lines[text].trim());
        let rest = (text + 1..lines.len())
            .take_while(|line| !lines[*line].trim().is_empty() && !alone(lines[*line]));
        let rest: Vec<usize> = rest.collect();
        let mut last = start;
        for line in rest {
            last += 1;
            let moved = std::mem::take(&mut out[line]);
            out[last] = moved;
        }
        item = Some(last);
    }
    out.join("\n")
}

fn is_bullet(line: &str) -> bool {
    matches!(
        line,
        "•" | "◦" | "▪" | "●" | "■" | "➢" | "–" | "-" | "*" | "·"
    )
}

/// The signs of lists that stand alone on lines: bullets; where words follow them again and again, hyphens and dashes as
/// well; and numbers and letters that count on from the first, each with words below.
fn alone<'t>(lines: &[&'t str]) -> BTreeSet<&'t str> {
    let mut signs = BTreeSet::new();
    let mut counted: Vec<&str> = Vec::new();
    let mut dashes = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let line = line.trim();
        let mut below = lines[index + 1..].iter().map(|line| line.trim());
        let next = below.find(|line| !line.is_empty()).unwrap_or_default();
        let words = next.starts_with(char::is_alphabetic) && next.contains(' ');
        if is_bullet(line) && !matches!(line, "–" | "-" | "*" | "·") {
            signs.insert(line);
        } else if is_bullet(line) && words {
            dashes.push(line);
        } else if words && line.len() < 6 && counted_from(&counted, line) {
            counted.push(line);
        }
    }
    signs.extend(dashes.iter().filter(|_| dashes.len() > 1));
    signs.extend(counted.iter().filter(|_| counted.len() > 1));
    signs
}

/// Whether a sign such as `2.` or `(b)` follows those that are there, which count from the first.
fn counted_from(before: &[&str], sign: &str) -> bool {
    let number = (before.len() + 1).to_string();
    let numbered = ["{}.", "{})", "({})"]
        .iter()
        .any(|form| form.replace("{}", &number) == sign);
    numbered || super::line_markers::counted(&format!("{sign} x"), before.len())
}

/// Bullets of symbol fonts, and an `o` that is one, as bullets that every font has.
pub(crate) fn symbols(text: &str) -> String {
    let symbol = |c: char| {
        matches!(
            c,
            '\u{F02D}'
                | '\u{F076}'
                | '\u{F0A7}'
                | '\u{F0B7}'
                | '\u{F0D8}'
                | '\u{F0E0}'
                | '\u{F0FC}'
        )
    };
    let other = |c: char| {
        matches!(
            c,
            '▪' | '▫' | '◾' | '‣' | '⁃' | '∙' | '□' | '◆' | '❖' | '➔' | '►' | '▶'
        )
    };
    let letter =
        |line: &str| line.trim_start().starts_with("o ") || line.trim_start().starts_with("o\t");
    let several = text.lines().filter(|line| letter(line)).count() > 1;
    let mut out = String::with_capacity(text.len());
    // Whether an item or its introduction is above: only there is a single `o` a bullet.
    let (mut listed, mut item) = (true, false);
    for line in text.split_inclusive('\n') {
        let rest = line.trim_start();
        let start = &line[..line.len() - rest.len()];
        let mut signs = rest.chars();
        let (first, second) = (signs.next(), signs.next());
        let parted = second.is_some_and(char::is_whitespace);
        let sign = match first {
            Some('o') if letter(line) && (several && listed || (item && second == Some('\t'))) => {
                Some('◦')
            }
            Some(c) if parted && other(c) => Some('•'),
            _ => None,
        };
        match (sign, first) {
            (Some(sign), Some(first)) => {
                out.push_str(start);
                out.push(sign);
                out.push_str(&rest[first.len_utf8()..].replace(symbol, "•"));
            }
            _ => out.push_str(&line.replace(symbol, "•")),
        }
        item = sign.is_some()
            || rest.starts_with(['•', '-', '*', '–', '●', '■'])
            || first.is_some_and(symbol);
        listed = rest.is_empty()
            || item
            || rest.trim_end().ends_with(':')
            || (listed && line.starts_with(' '));
    }
    out
}

/// What a text of a kind is, in words: pages with or without their layout, a memo, minutes, a transcript.
pub(crate) fn described(text: &str, kind: TextKind) -> &'static str {
    let filled = || text.lines().filter(|line| !line.trim().is_empty());
    let spoken = filled().filter(|line| is_spoken(line)).count();
    let head: String = filled()
        .take(8)
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase();
    let said = |words: &[&str]| words.iter().any(|word| head.contains(word));
    match kind {
        TextKind::Mail | TextKind::Lines => kind.name(),
        _ if said(&["request for comments", "internet-draft"]) => {
            "pages of an RFC or Internet-Draft"
        }
        TextKind::Pages => {
            let wide = filled().filter(|line| line.starts_with("   ")).count();
            match wide * 4 > filled().count() {
                true => "pages of text with their layout, as `pdftotext -layout` writes them",
                false => "pages of text, as they come out of a PDF",
            }
        }
        _ if spoken > 2 && spoken * 6 > filled().count() => "a transcript: who says what",
        _ if said(&[
            "minutes of",
            "minutes,",
            "procès-verbal",
            "compte rendu",
            "acta de",
        ]) =>
        {
            "minutes: paragraphs between empty lines"
        }
        _ => kind.name(),
    }
}

/// Whether a line opens what somebody says: `THE CHAIR: …`, `[Speaker 1] …`.
pub(super) fn is_spoken(line: &str) -> bool {
    let name = line.split_once(": ").map(|(name, _)| name.trim());
    let capitals = name.is_some_and(|name| {
        let letters = name.chars().filter(|c| c.is_alphabetic()).count();
        letters > 1 && name.to_uppercase() == name && name.split_whitespace().count() <= 5
    });
    capitals || line.trim_start().starts_with("[Speaker")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_apart() {
        let words = crate::import::words::english().unwrap();
        let kind = |text: &str| TextKind::of(text, &words);
        let long = "word ".repeat(30);
        assert_eq!(kind(&format!("T\n{long}\nU\n{long}")), TextKind::Lines);
        let paragraphs = kind(&format!("T\n\n{long}\n\n{long}"));
        assert_eq!(paragraphs, TextKind::Paragraphs);
        assert_eq!(kind("a\u{C}b"), TextKind::Pages);
        assert_eq!(kind("From: A\nSubject: B\n\nC"), TextKind::Mail);
        assert_eq!(kind("Sent: A\nTo: B\n\nC"), TextKind::Mail);
    }

    #[test]
    fn a_bullet_alone_is_the_sign_of_the_next_line() {
        let found = bullets("Aims:\n•\n\nOne\nmore\n\n•\n\nTwo\n\nEnd.".to_owned());
        let lines: Vec<&str> = found.split('\n').collect();
        assert_eq!(lines[..4], ["Aims:", "• One", "more", "• Two"]);
        assert_eq!(lines[10], "End.");
        assert!(lines[4..10].iter().all(|line| line.is_empty()));
    }
}
