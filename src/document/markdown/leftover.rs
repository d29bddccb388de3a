//! Characters that would be printed as they stand although they look like markup, and markup inside numbers: reported,
//! never silent. Each kind is reported once for a text, where it occurs first.

use std::collections::BTreeMap;

use super::super::sequence;
use super::super::text::{self, Fault};
use super::foreign::{self, Foreign};
use super::{Kind, Node, Tree, row, shift};
use crate::base::diagnostic::Code;
use crate::base::script::breaks_anywhere;

/// The longest address that a sign is looked for in, in bytes.
const LONGEST_ADDRESS: usize = 2_000;

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    Star,
    Tilde,
    Caret,
    Quote,
    Hyphens,
    Address,
    Definition,
    Number,
    Name,
    Formula,
    Link,
    Bar,
    Foreign(Foreign),
}

/// Looks a tree through; `cell` says that it is of a cell or a field of one line, in which a lone star is a mark.
pub(super) fn find(prose: &str, tree: &mut Tree, cell: bool) {
    let mut look = MarkFinder {
        prose,
        cell,
        found: Vec::new(),
    };
    tree.blocks.iter().for_each(|node| look.node(node));
    tree.notes.values().for_each(|node| look.node(node));
    let mut found = look.found;
    // What is said of a formula is said of all its signs.
    let formulas: BTreeMap<usize, usize> = found
        .iter()
        .filter(|(sign, _)| *sign == Sign::Formula)
        .map(|(_, start)| {
            (
                *start,
                start + 1 + prose[start + 1..].find('$').unwrap_or(0),
            )
        })
        .collect();
    found.retain(|(sign, at)| {
        let before = formulas.range(..at).next_back();
        *sign == Sign::Formula || before.is_none_or(|(_, end)| at >= end)
    });
    found.sort_by_key(|(sign, offset)| (*sign, *offset));
    // Every error is said, and the first of what is warned of, with its number.
    for alike in found.chunk_by(|(one, _), (other, _)| one == other) {
        let (sign, _) = alike[0];
        let said = if sign.is_error() { alike } else { &alike[..1] };
        let faults = said.iter().map(|(_, at)| sign.fault(*at, alike.len()));
        tree.faults.extend(faults);
    }
}

struct MarkFinder<'p> {
    prose: &'p str,
    cell: bool,
    found: Vec<(Sign, usize)>,
}

impl MarkFinder<'_> {
    fn node(&mut self, node: &Node) {
        match &node.kind {
            Kind::Text(text) => self.text(text, node.offset),
            Kind::CodeBlock(_) | Kind::Code(_) => {}
            // What a link shows may be an address.
            Kind::Link { .. } | Kind::Image { .. } => {
                let before = self.found.len();
                self.inside(node);
                let mut at = 0;
                self.found.retain(|(sign, _)| {
                    at += 1;
                    at <= before
                        || matches!(
                            sign,
                            Sign::Star | Sign::Quote | Sign::Hyphens | Sign::Number | Sign::Name
                        )
                });
            }
            Kind::Emphasis | Kind::Strong => {
                self.emphasis(node);
                self.inside(node);
            }
            Kind::Paragraph { .. } => {
                self.paragraph(node);
                self.inside(node);
            }
            _ => self.inside(node),
        }
    }

    fn inside(&mut self, node: &Node) {
        node.children.iter().for_each(|child| self.node(child));
    }

    fn add(&mut self, sign: Sign, offset: usize) {
        self.found.push((sign, offset));
    }

    fn before(&self, offset: usize) -> Option<char> {
        self.prose.get(..offset)?.chars().next_back()
    }

    /// Lines of a paragraph that look like a definition or like a table.
    fn paragraph(&mut self, node: &Node) {
        let mut starts = true;
        for child in &node.children {
            if let (true, Kind::Text(text)) = (starts, &child.kind) {
                if text.starts_with(": ") {
                    self.add(Sign::Definition, child.offset);
                }
                let line = self.prose.get(child.offset..).unwrap_or_default();
                let line = line.lines().next().unwrap_or_default();
                if !self.cell && row::rule_columns(line).is_some() {
                    self.add(Sign::Bar, child.offset);
                } else if !self.cell && foreign::is_row(line) {
                    self.add(Sign::Foreign(Foreign::Row), child.offset);
                }
            }
            starts = matches!(child.kind, Kind::SoftBreak);
        }
    }

    /// Emphasis that begins or ends between two digits, or is a lone letter between others, was meant as a sign: its
    /// stars would vanish.
    fn emphasis(&mut self, node: &Node) {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_numeric());
        let Some(rest) = self.prose.get(node.offset..) else {
            return;
        };
        let inner = rest.trim_start_matches(['*', '_']);
        let (before, after) = (self.before(node.offset), inner.chars().next());
        let lone = inner.find(['*', '_']) == Some(1) && {
            let closed = inner[1..].trim_start_matches(['*', '_']);
            before.is_some_and(char::is_alphanumeric) && closed.starts_with(char::is_alphanumeric)
        };
        let end = end_of(node);
        let (last, next) = (self.before(end), self.prose.get(end..).unwrap_or_default());
        let next = next.trim_start_matches(['*', '_']).chars().next();
        if digit(before) && digit(after) || digit(last) && digit(next) || lone {
            self.add(Sign::Number, node.offset);
        } else if self.is_name(node, end) {
            self.add(Sign::Name, node.offset);
        }
    }

    /// Whether underscores that are taken for emphasis were those of a name in a program: `__init__`, `_id_.csv`.
    fn is_name(&self, node: &Node, end: usize) -> bool {
        let [child] = node.children.as_slice() else {
            return false;
        };
        let (Kind::Text(word), true) = (&child.kind, self.prose[node.offset..].starts_with('_'))
        else {
            return false;
        };
        let sign = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c);
        let next = self.prose[end..].trim_start_matches('_');
        let mut next = next.chars();
        let joined = match next.next() {
            Some('(' | '=' | '/' | '[' | '{') => true,
            Some('.' | ':' | '-') => next.next().is_some_and(char::is_alphanumeric),
            _ => false,
        };
        let before = self.before(node.offset);
        let code = joined
            || matches!(before, Some('.' | '/' | '=' | '@' | '$'))
            || matches!(node.kind, Kind::Strong)
            || word.contains(['_', '.']);
        word.chars().all(sign) && code
    }

    fn text(&mut self, text: &str, offset: usize) {
        let mut last = None;
        for (index, c) in text.char_indices() {
            let at = offset + index;
            let is_run = last == Some(c);
            last = Some(c);
            // An entity is written on purpose, and so is what has a backslash before it. To look at those before each
            // backslash would take the square of their number.
            if self.prose.get(at..).is_none_or(|rest| !rest.starts_with(c))
                || c != '\\' && self.escaped(at)
            {
                continue;
            }
            self.character(c, at, is_run);
        }
    }

    fn escaped(&self, at: usize) -> bool {
        let before = self.prose[..at].bytes().rev();
        before.take_while(|byte| *byte == b'\\').count() % 2 == 1
    }

    fn character(&mut self, c: char, at: usize, is_run: bool) {
        let rest = &self.prose[at..];
        let after = rest[c.len_utf8()..].chars().next();
        let before = self.before(at);
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let solid = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && c != '|');
        let sign = match c {
            '*' if self.cell && self.prose.matches('*').count() == 1 => return,
            '*' if solid(before) || solid(after) => Sign::Star,
            '~' if self.is_range(at) => return,
            '~' if !is_run && after == Some('~') || word(before) && word(after) => Sign::Tilde,
            '^' if word(before)
                && (word(after) || matches!(after, Some('-' | '+' | '−' | '('))) =>
            {
                Sign::Caret
            }
            '"' | '\'' => Sign::Quote,
            '-' if !is_run && after == Some('-') => Sign::Hyphens,
            '$' if is_formula(rest) => Sign::Formula,
            '(' if before != Some(']')
                && opens_link(rest, ends_with_bracket(&self.prose[..at])) =>
            {
                Sign::Link
            }
            'h' | 'w' | 'H' | 'W'
                if !word(before) && is_address(rest) && !self.prose[..at].ends_with("](") =>
            {
                Sign::Address
            }
            // The name of a paragraph.
            '{' if sequence::named(rest).is_some()
                && sequence::begins_paragraph(self.prose, at) =>
            {
                return;
            }
            _ => match foreign::begins(rest, before) {
                Some(found) => Sign::Foreign(found),
                None => return,
            },
        };
        if matches!(
            sign,
            Sign::Tilde | Sign::Caret | Sign::Hyphens | Sign::Star | Sign::Foreign(_)
        ) && self.in_address(at)
        {
            return;
        }
        self.add(sign, at);
    }

    /// Whether the tilde at a place is how a range of figures is written, in Chinese, Japanese or Korean text.
    fn is_range(&self, at: usize) -> bool {
        let (before, after) = (&self.prose[..at], &self.prose[at + 1..]);
        let near = before.chars().rev().take(40).chain(after.chars().take(40));
        shift::is_range(before, after) && near.into_iter().any(breaks_anywhere)
    }

    /// Whether a place is inside an address; none is longer than what is looked at before it.
    fn in_address(&self, at: usize) -> bool {
        let before = &self.prose[self
            .prose
            .floor_char_boundary(at.saturating_sub(LONGEST_ADDRESS))
            ..at];
        before
            .split(char::is_whitespace)
            .next_back()
            .is_some_and(|word| word.contains("://"))
    }
}

/// Where the words of a node end, before its closing signs.
fn end_of(node: &Node) -> usize {
    match (&node.kind, node.children.last()) {
        (Kind::Text(text), _) => node.offset + text.len(),
        (_, Some(last)) => end_of(last),
        _ => node.offset,
    }
}

/// A dollar, signs of which some are those of formulas, and a dollar.
pub(crate) fn is_formula(rest: &str) -> bool {
    let inner = &rest[1..];
    let Some(end) = inner
        .find(['$', '\n'])
        .filter(|end| inner[*end..].starts_with('$'))
    else {
        return false;
    };
    let (inner, after) = (&inner[..end], inner[end + 1..].chars().next());
    !inner.is_empty()
        && !inner.starts_with(char::is_whitespace)
        && !inner.ends_with(char::is_whitespace)
        && !after.is_some_and(|c| c.is_ascii_digit())
        && inner.contains(['^', '_', '\\', '=', '{'])
}

/// Whether a bracket closes in front of the blanks at the end of a text, in the same paragraph.
fn ends_with_bracket(text: &str) -> bool {
    let words = text.trim_end();
    let lines = text[words.len()..].matches('\n').count();
    words.ends_with(']') && !words.ends_with("\\]") && lines < 2
}

/// The target of a link that has lost its brackets; `bracket` says that one comes before it, with a space between.
fn opens_link(rest: &str, bracket: bool) -> bool {
    let target = &rest[1..];
    let own = ["org:", "person:", "lang:"];
    let others = ["http://", "https://", "mailto:", "#"];
    own.iter().any(|scheme| target.starts_with(scheme))
        || bracket && others.iter().any(|scheme| target.starts_with(scheme))
}

fn is_address(rest: &str) -> bool {
    let starts = |prefix: &str| {
        rest.get(..prefix.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
            && rest[prefix.len()..].starts_with(|c: char| c.is_alphanumeric())
    };
    starts("http://") || starts("https://") || starts("www.")
}

impl Sign {
    fn is_error(self) -> bool {
        matches!(self, Sign::Formula | Sign::Link | Sign::Bar)
    }

    fn fault(self, offset: usize, count: usize) -> Fault {
        let (code, message, hint) = match self {
            Sign::Star => (
                Code::LOOSE_SIGN,
                "a star opens or closes no emphasis and is printed as it stands",
                "emphasis has no space inside its stars and no letter outside of closing ones behind punctuation; for a plain star write \\*",
            ),
            Sign::Tilde => (
                Code::LOOSE_SIGN,
                "a tilde is printed as it stands",
                "lowered text goes between two, as in H~2~O; for a plain one write \\~",
            ),
            Sign::Caret => (
                Code::LOOSE_SIGN,
                "a caret is printed as it stands",
                "raised text goes between two, as in 10^6^; for a plain one write \\^",
            ),
            Sign::Definition => (
                Code::LOOSE_SIGN,
                "a colon at the start of a line makes no list of definitions and is printed as it stands",
                "write the term in bold and what it means behind it, or write \\: for a plain colon",
            ),
            Sign::Quote => (
                Code::TYPEWRITTEN,
                "straight quotation marks and apostrophes are printed as typed",
                "write those of print, such as “ ” ‘ ’ « »; for a plain one write \\\" or \\'",
            ),
            Sign::Hyphens => (
                Code::TYPEWRITTEN,
                "two hyphens are printed as typed",
                "write a dash, – or —; for plain hyphens write \\-\\-",
            ),
            Sign::Address => (
                Code::BARE_ADDRESS,
                "an address is printed, but is no link",
                "write it as <https://…>, or as [what it is](https://…); for plain text put a backslash before its colon or first full stop",
            ),
            Sign::Number => (
                Code::SIGN_TAKEN,
                "these stars or underscores are taken for emphasis and not printed, so that a number or formula changes",
                "write \\* or × for a plain sign",
            ),
            Sign::Name => (
                Code::SIGN_TAKEN,
                "the underscores of this word are taken for emphasis and not printed",
                "write \\_ for a plain underscore, or put the word into backticks as code; for bold or italic words write stars",
            ),
            Sign::Formula => (
                Code::FORMULA,
                "formulas cannot be set",
                "write it in words, or raise a number as in x^2^; for a plain dollar sign write \\$",
            ),
            Sign::Link => (
                Code::BROKEN_LINK,
                "a link is written wrongly and would be printed as it stands",
                "its text goes in brackets directly before it, as in [UNHCR](org:unhcr); for a plain parenthesis write \\(",
            ),
            Sign::Bar => (
                Code::ROW_LENGTH,
                "a line of hyphens and bars makes no table and would be printed as it stands",
                "the head above it has a cell for each of its columns, and an empty line before it",
            ),
            Sign::Foreign(found) => {
                let (message, hint) = found.words();
                (Code::LOOSE_SIGN, message, hint)
            }
        };
        let message = match count {
            _ if self.is_error() => message.to_owned(),
            0 | 1 => message.to_owned(),
            _ => format!("{message} ({count} times in this text)"),
        };
        Fault {
            code,
            offset,
            message,
            hint,
        }
    }
}

/// Raised or lowered text holds no space: `2^3 and 2^4` raises none.
pub(super) fn spaced(node: &Node) -> Option<Fault> {
    let spaced = |child: &Node| match &child.kind {
        Kind::Text(text) => text
            .chars()
            .any(|c| text::classify(c) == text::Class::Space),
        Kind::SoftBreak | Kind::HardBreak => true,
        _ => false,
    };
    let sign = if matches!(node.kind, Kind::Superscript) {
        "raised"
    } else {
        "lowered"
    };
    node.children.iter().any(spaced).then(|| Fault {
        code: Code::SPACE_IN_SCRIPT,
        offset: node.offset,
        message: format!("{sign} text holds a space"),
        hint: "it is a few characters, as in 10^6^ or H~2~O; for plain signs write \\^ or \\~",
    })
}
