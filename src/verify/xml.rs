//! XML that nobody vouches for, as the tree that every check reads: nesting and size are limited, and document type
//! declarations are refused, which are the way to blow a file up. What writes XML has a tree of its own.

use roxmltree::{Document, Error, Node, ParsingOptions};

/// Deepest nesting of elements.
const DEPTH: usize = 200;
/// Most elements, texts and comments of a part.
const NODES: u32 = 8_000_000;

/// An element; names carry their namespaces, whatever the prefixes.
pub(super) type Element<'a> = Node<'a, 'a>;

/// Reads a part.
pub(super) fn parse(part: &[u8]) -> Result<Document<'_>, String> {
    let text = std::str::from_utf8(part)
        .map_err(|error| format!("not UTF-8 from byte {} on", error.valid_up_to()))?;
    let options = ParsingOptions {
        nodes_limit: NODES,
        ..ParsingOptions::default()
    };
    let text = text.trim_start_matches('\u{feff}');
    let document = Document::parse_with_options(text, options).map_err(|error| match error {
        Error::DtdDetected => "document type declarations are refused".to_string(),
        Error::NoRootNode => "there is no element".into(),
        Error::UnclosedRootNode => "the XML ends before its elements do".into(),
        other => other.to_string(),
    })?;
    let too_deep = |node: Element<'_>| node.ancestors().nth(DEPTH + 1).is_some();
    if document
        .descendants()
        .any(|node| node.is_element() && too_deep(node))
    {
        return Err(format!("elements are nested deeper than {DEPTH}"));
    }
    Ok(document)
}

/// The first child of that name.
pub(super) fn child<'a>(element: Element<'a>, space: &str, local: &str) -> Option<Element<'a>> {
    let mut children = element.children();
    children.find(|child| child.has_tag_name((space, local)))
}

/// The value of the attribute of that name that has no namespace.
pub(super) fn attribute<'a>(element: Element<'a>, local: &str) -> Option<&'a str> {
    let mut all = element.attributes();
    let found = all.find(|one| one.namespace().is_none() && one.name() == local)?;
    Some(found.value())
}

/// The text directly in an element, in one piece.
pub(super) fn text(element: Element<'_>) -> String {
    let pieces = element.children().filter(Node::is_text);
    pieces.filter_map(|piece| piece.text()).collect()
}

/// All text in an element and below.
pub(super) fn whole_text(element: Element<'_>) -> String {
    let pieces = element.descendants().filter(Node::is_text);
    pieces.filter_map(|piece| piece.text()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_carry_their_namespace_whatever_the_prefix() {
        let xml = b"<?xml version=\"1.0\"?><a:r xmlns:a='urn:a' xmlns='urn:b'><x a:k='1&amp;2' k='3'>t&#x41;<y/>u</x></a:r>";
        let document = parse(xml).unwrap();
        let root = document.root_element();
        assert!(root.has_tag_name(("urn:a", "r")));
        let x = child(root, "urn:b", "x").unwrap();
        assert_eq!(
            (x.attribute(("urn:a", "k")), attribute(x, "k")),
            (Some("1&2"), Some("3"))
        );
        assert_eq!(
            (text(x).as_str(), whole_text(root).as_str()),
            ("tAu", "tAu")
        );
    }

    #[test]
    fn nesting_up_to_the_limit_is_read() {
        let nested = |depth: usize| format!("{}x{}", "<a><b/>".repeat(depth), "</a>".repeat(depth));
        assert!(parse(nested(DEPTH - 1).as_bytes()).is_ok());
        assert!(parse(nested(DEPTH + 1).as_bytes()).is_err());
    }

    #[test]
    fn hostile_xml_is_an_error() {
        let deep = "<a>".repeat(5_000);
        let cases: [&[u8]; 9] = [
            b"",
            b"<a>",
            b"</a>",
            b"<a></b>",
            b"<a/><b/>",
            b"<a:b/>",
            b"<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>",
            b"<a>\xff</a>",
            deep.as_bytes(),
        ];
        for xml in cases {
            assert!(
                parse(xml).is_err(),
                "{:?}",
                String::from_utf8_lossy(&xml[..xml.len().min(40)])
            );
        }
    }
}
