//! Web addresses that stand bare in running text are links, where it is certain where they begin and end; the others are
//! left for `leftover` to warn of.

use pulldown_cmark::LinkType;

use super::{Kind, Node, target};

/// Characters that an address has, besides letters and digits (RFC 3986).
const OWN: &str = "-._~:/?#[]@!$&'()*+,;=%";
/// What may stand directly before an address, besides space.
const BEFORE: &str = "([{*_~\"'<>|—–:;,/«‹“‘„‚”’»›،؛（［「『《〈、，。：；";
/// Signs at the end of an address that belong to the sentence.
const AFTER: &str = ".,:;!?*_~'";

/// Makes links of the addresses in all running text below the nodes.
pub(super) fn link(prose: &str, nodes: &mut Vec<Node>) {
    let mut rest = std::mem::take(nodes).into_iter().peekable();
    while let Some(mut node) = rest.next() {
        let Kind::Text(text) = &mut node.kind else {
            if !matches!(node.kind, Kind::Link { .. } | Kind::Image { .. }) {
                link(prose, &mut node.children);
            }
            nodes.push(node);
            continue;
        };
        // The parser parts text at signs that might be markup.
        let mut end = node.offset + text.len();
        while let Some(next) = rest.next_if(|next| is_text(next) && next.offset == end) {
            if let Kind::Text(more) = next.kind {
                text.push_str(&more);
                end += more.len();
            }
        }
        let follows = rest.peek().map(|next| &next.kind);
        let is_open = follows.is_some_and(|kind| {
            kind.is_inline() && !matches!(kind, Kind::SoftBreak | Kind::HardBreak | Kind::Mark(_))
        });
        let breaks = matches!(follows, Some(Kind::SoftBreak));
        // What is not in the source as it stands was escaped, which is how an address is kept from being a link.
        let written = prose
            .get(node.offset..)
            .is_some_and(|rest| rest.starts_with(text.as_str()));
        match written && text.contains("://") {
            true => part(prose, node, (is_open, breaks), nodes),
            false => nodes.push(node),
        }
    }
}

fn is_text(node: &Node) -> bool {
    matches!(node.kind, Kind::Text(_))
}

/// Parts a text into words and links. `end` says whether something follows that may belong to its last word, and whether
/// a line of the source ends behind it.
fn part(prose: &str, node: Node, end: (bool, bool), nodes: &mut Vec<Node>) {
    let Kind::Text(text) = &node.kind else { return };
    let leaf = |from: usize, to: usize| Node {
        kind: Kind::Text(text[from..to].to_owned()),
        offset: node.offset + from,
        end: node.offset + to,
        children: Vec::new(),
    };
    let mut done = 0;
    for (start, _) in text.match_indices("http") {
        if start < done || !may_begin(prose[..node.offset + start].chars().next_back()) {
            continue;
        }
        let Some(length) = length(&text[start..], end) else {
            continue;
        };
        if start > done {
            nodes.push(leaf(done, start));
        }
        done = start + length;
        nodes.push(Node {
            kind: Kind::Link {
                target: target(LinkType::Autolink, text[start..done].to_owned().into()),
                title: false,
            },
            offset: node.offset + start,
            end: node.offset + done,
            children: vec![leaf(start, done)],
        });
    }
    if done < text.len() {
        nodes.push(leaf(done, text.len()));
    }
}

fn may_begin(before: Option<char>) -> bool {
    before.is_none_or(|c| c.is_whitespace() || BEFORE.contains(c))
}

/// The length of the address that a text begins with; `None` where it is none or may end elsewhere.
fn length(text: &str, (is_open, breaks): (bool, bool)) -> Option<usize> {
    let own = |c: char| c.is_ascii_alphanumeric() || OWN.contains(c);
    let whole = text.find(|c| !own(c)).unwrap_or(text.len());
    let address = trimmed(&text[..whole]);
    if address.len() == whole {
        match text[whole..].chars().next() {
            None if is_open => return None,
            // An address that was divided at the line end.
            None if breaks
                && address.ends_with(['-', '&', '=', '+', '#', '/'])
                && continues(address) =>
            {
                return None;
            }
            // Letters of another script, and signs that an address has only when they are encoded.
            Some(c) if c.is_alphanumeric() || "|{}^`\\".contains(c) => return None,
            _ => {}
        }
    } else if is_open && whole == text.len() {
        return None;
    }
    has_host(address).then_some(address.len())
}

/// Whether an address that ends with its line may go on in the next: it goes further than its host.
fn continues(address: &str) -> bool {
    let rest = address.split_once("://").map_or("", |(_, rest)| rest);
    !address.ends_with('/') || rest.trim_end_matches('/').contains('/')
}

/// An address without what belongs to the sentence: its punctuation, and parentheses that open before it.
fn trimmed(mut text: &str) -> &str {
    loop {
        let count = |sign: char| text.matches(sign).count();
        let cut = match text.chars().next_back() {
            Some(')') => count(')') > count('('),
            Some(']') => count(']') > count('['),
            Some(c) => AFTER.contains(c),
            None => false,
        };
        if !cut {
            return text;
        }
        text = &text[..text.len() - 1];
    }
}

/// Whether it names a host as the web has them: `example.org`, with labels of letters, digits and hyphens.
fn has_host(address: &str) -> bool {
    let schemes = ["https://", "http://"].iter();
    let Some(rest) = schemes.filter_map(|one| address.strip_prefix(one)).next() else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (name, port) = host.split_once(':').unwrap_or((host, "0"));
    let label = |label: &str| {
        let ends = label.starts_with('-') || label.ends_with('-');
        !label.is_empty() && !ends && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let last = name.rsplit('.').next().unwrap_or_default();
    name.contains('.')
        && name.split('.').all(label)
        && last.len() > 1
        && last.starts_with(|c: char| c.is_ascii_alphabetic())
        && port.parse::<u16>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::super::{parse, parse_lines};
    use super::*;

    /// The targets of all links.
    fn targets(nodes: &[Node]) -> Vec<String> {
        let own = |node: &Node| match &node.kind {
            Kind::Link { target, .. } => Some(target.clone()),
            _ => None,
        };
        nodes
            .iter()
            .flat_map(|node| own(node).into_iter().chain(targets(&node.children)))
            .collect()
    }

    #[test]
    fn an_address_ends_where_a_reader_would_say() {
        for (prose, address) in [
            ("https://example.org", "https://example.org"),
            (
                "See https://example.org/a_(b), and",
                "https://example.org/a_(b)",
            ),
            ("(https://example.org/c).", "https://example.org/c"),
            (
                "(see https://example.org/a_(b)_c).",
                "https://example.org/a_(b)_c",
            ),
            (
                "https://example.org/?q=a&b=[1].",
                "https://example.org/?q=a&b=[1]",
            ),
            ("[https://example.org/x]", "https://example.org/x"),
            ("“https://example.org/x”", "https://example.org/x"),
            ("«https://example.org/x»!", "https://example.org/x"),
            ("https://example.org/a~b/~c?", "https://example.org/a~b/~c"),
            (
                "http://example.org:8080/a#b;",
                "http://example.org:8080/a#b",
            ),
            (
                "https://example.org/100%25...",
                "https://example.org/100%25",
            ),
            ("*https://example.org/x*", "https://example.org/x"),
            ("**See https://example.org/x.**", "https://example.org/x"),
            (
                "https://example.org/x[^n]\n\n[^n]: N",
                "https://example.org/x",
            ),
            ("https://example.org/a_b_c", "https://example.org/a_b_c"),
            ("（https://example.org/x）。", "https://example.org/x"),
            ("见https：https://example.org/x。", "https://example.org/x"),
            ("https://example.org/\nfor more", "https://example.org/"),
            ("- https://example.org/x\n- b", "https://example.org/x"),
            ("> https://example.org/x", "https://example.org/x"),
            (
                "| A |\n|---|\n| https://example.org/x |",
                "https://example.org/x",
            ),
            (
                "T.[^n]\n\n[^n]: https://example.org/x.",
                "https://example.org/x",
            ),
        ] {
            assert_eq!(
                targets(&parse(prose, false).blocks).join(" ") + &notes(prose),
                address,
                "{prose}"
            );
        }
        assert_eq!(
            targets(&parse_lines("A https://example.org/x, b").blocks),
            ["https://example.org/x"]
        );
    }

    fn notes(prose: &str) -> String {
        let tree = parse(prose, false);
        let notes = tree.notes.values();
        notes.flat_map(|note| targets(&note.children)).collect()
    }

    #[test]
    fn what_may_end_elsewhere_is_left_to_the_warning() {
        for prose in [
            "xhttps://example.org",
            "https://example.org/Réfugié",
            "https://example.org/法",
            "https://例.org/x",
            "https://localhost/x",
            "https://example",
            "https://user@example.org/x",
            "https://example.org/{id}",
            "https://example.org/a|b",
            "https\\://example.org/x",
            "https://example.org/a\\_b",
            "https://example.org/a&amp;b",
            "https://example.org/*a*b",
            "https://example.org/annex-\nfinal.pdf",
            "https://example.org/a/b/\nfinal.pdf",
            "https://…",
            "www.example.org",
            "ftp://example.org/x",
            "`https://example.org`",
            "    https://example.org\n",
        ] {
            assert_eq!(
                targets(&parse(prose, false).blocks).join(" "),
                "",
                "{prose}"
            );
        }
        let link = "[https://example.org/a](https://example.org/b)";
        assert_eq!(
            targets(&parse(link, false).blocks),
            ["https://example.org/b"]
        );
    }
}
