//! Superscript and subscript inside words, as in 10^6^ and H~2~O, which the parser knows only between spaces.

use super::{Kind, Node};
use crate::base::script::breaks_anywhere;

/// The most characters that are raised or lowered.
const LONGEST: usize = 40;

/// Finds pairs of carets and tildes without a space between them, in all running text below the nodes.
pub(super) fn find(prose: &str, nodes: &mut Vec<Node>) {
    let mut found: Vec<Node> = Vec::with_capacity(nodes.len());
    for mut node in nodes.drain(..) {
        find(prose, &mut node.children);
        // A pair may stand in two pieces of one text.
        if let (Kind::Text(text), Some(last)) = (&node.kind, found.last_mut()) {
            let end = last.offset
                + if let Kind::Text(before) = &last.kind {
                    before.len()
                } else {
                    0
                };
            if let (Kind::Text(before), true) = (&mut last.kind, end == node.offset) {
                before.push_str(text);
                continue;
            }
        }
        found.push(node);
    }
    for node in found {
        match node.kind {
            Kind::Text(text) if text.contains(['^', '~']) => {
                part(prose, &text, node.offset, nodes);
            }
            _ => nodes.push(node),
        }
    }
}

fn part(prose: &str, text: &str, offset: usize, nodes: &mut Vec<Node>) {
    let leaf = |text: &str, offset: usize| Node {
        kind: Kind::Text(text.to_owned()),
        offset,
        end: offset + text.len(),
        children: Vec::new(),
    };
    let mut done = 0;
    while let Some((start, end, sign)) = pair(prose, text, offset, done) {
        if start > done {
            nodes.push(leaf(&text[done..start], offset + done));
        }
        nodes.push(Node {
            kind: if sign == '^' {
                Kind::Superscript
            } else {
                Kind::Subscript
            },
            offset: offset + start,
            end: offset + end + 1,
            children: vec![leaf(&text[start + 1..end], offset + start + 1)],
        });
        done = end + 1;
    }
    if done < text.len() {
        nodes.push(leaf(&text[done..], offset + done));
    }
}

/// The first pair from `from` on: its opening and its closing sign.
fn pair(prose: &str, text: &str, offset: usize, from: usize) -> Option<(usize, usize, char)> {
    let single = |at: usize, sign: char| {
        let written = prose
            .get(offset + at..)
            .is_some_and(|rest| rest.starts_with(sign));
        let escaped = prose
            .get(..offset + at)
            .is_some_and(|before| before.ends_with('\\'));
        written && !escaped && !text[..at].ends_with(sign) && !text[at + 1..].starts_with(sign)
    };
    let starts = text[from..].match_indices(['^', '~']);
    for (start, sign) in starts.map(|(at, sign)| (from + at, sign.chars().next().unwrap_or('^'))) {
        if !single(start, sign) {
            continue;
        }
        let inner = &text[start + 1..];
        if sign == '~' && is_range(&text[..start], inner) {
            continue;
        }
        let end = inner.find(|c: char| c == sign || c == '/' || c.is_whitespace());
        let Some(end) = end.filter(|end| (1..=LONGEST).contains(end)) else {
            continue;
        };
        let lowers = sign == '^' || !inner[..end].contains(breaks_anywhere);
        if inner[end..].starts_with(sign) && single(start + 1 + end, sign) && lowers {
            return Some((start, start + 1 + end, sign));
        }
    }
    None
}

/// Whether a tilde stands between two figures: that is a range, as in `3~5%` (Chinese, Japanese, Korean).
pub(super) fn is_range(before: &str, after: &str) -> bool {
    before.ends_with(char::is_numeric) && after.starts_with(char::is_numeric)
}
