//! XML parts as small trees: read with quick-xml, put together by name, written with the one escape function.
//!
//! Everything in a part of the package goes through [`Element::write`]; nothing concatenates markup.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

/// A piece of content of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    /// An element.
    Element(Element),
    /// Characters, not escaped.
    Text(String),
}

/// An element with its attributes in order. Names carry their prefix, such as `w:p`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Element {
    /// Name with prefix.
    pub(crate) name: String,
    /// Attributes, not escaped.
    pub(crate) attributes: Vec<(String, String)>,
    /// Content.
    pub(crate) children: Vec<Node>,
}

impl Element {
    /// An empty element.
    pub(crate) fn new(name: &str) -> Self {
        Element {
            name: name.to_owned(),
            attributes: Vec::new(),
            children: Vec::new(),
        }
    }

    /// An empty element with the attribute `w:val`.
    pub(crate) fn val(name: &str, value: impl ToString) -> Self {
        Element::new(name).attr("w:val", value)
    }

    /// The same element with one more attribute.
    #[must_use]
    pub(crate) fn attr(mut self, name: &str, value: impl ToString) -> Self {
        self.attributes.push((name.to_owned(), value.to_string()));
        self
    }

    /// The same element with one more child.
    #[must_use]
    pub(crate) fn child(mut self, child: Element) -> Self {
        self.children.push(Node::Element(child));
        self
    }

    /// The same element with more children.
    #[must_use]
    pub(crate) fn children(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        self.children
            .extend(children.into_iter().map(Node::Element));
        self
    }

    /// The same element with text.
    #[must_use]
    pub(crate) fn text(mut self, text: impl Into<String>) -> Self {
        self.children.push(Node::Text(text.into()));
        self
    }

    /// The value of an attribute.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Sets an attribute, in place where it is there already.
    pub(crate) fn set(&mut self, name: &str, value: impl ToString) {
        match self.attributes.iter_mut().find(|(key, _)| key == name) {
            Some((_, old)) => *old = value.to_string(),
            None => self.attributes.push((name.to_owned(), value.to_string())),
        }
    }

    /// Takes attributes away.
    pub(crate) fn unset(&mut self, name: &str) {
        self.attributes.retain(|(key, _)| key != name);
    }

    /// The child elements.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first child element of that name.
    pub(crate) fn find_mut(&mut self, name: &str) -> Option<&mut Element> {
        self.children.iter_mut().find_map(|node| match node {
            Node::Element(element) if element.name == name => Some(element),
            _ => None,
        })
    }

    /// The first child element of that name; made as the first child where there is none.
    pub(crate) fn ensure(&mut self, name: &str) -> &mut Element {
        let place = self
            .children
            .iter()
            .position(|node| matches!(node, Node::Element(child) if child.name == name));
        let place = place.unwrap_or_else(|| {
            self.children.insert(0, Node::Element(Element::new(name)));
            0
        });
        match &mut self.children[place] {
            Node::Element(element) => element,
            Node::Text(_) => unreachable!("the position is that of an element"),
        }
    }

    /// Takes away all child elements of that name.
    pub(crate) fn remove(&mut self, name: &str) {
        self.children
            .retain(|node| !matches!(node, Node::Element(child) if child.name == name));
    }

    /// Appends the element to a part.
    pub(crate) fn write(&self, part: &mut String) {
        part.push('<');
        part.push_str(&self.name);
        for (name, value) in &self.attributes {
            part.push(' ');
            part.push_str(name);
            part.push_str("=\"");
            escape(value, part);
            part.push('"');
        }
        if self.children.is_empty() {
            part.push_str("/>");
            return;
        }
        part.push('>');
        for child in &self.children {
            match child {
                Node::Element(element) => element.write(part),
                Node::Text(text) => escape(text, part),
            }
        }
        part.push_str("</");
        part.push_str(&self.name);
        part.push('>');
    }

    /// The element as a whole part, with the declaration.
    pub(crate) fn part(&self) -> Vec<u8> {
        let mut part = String::from(DECLARATION);
        self.write(&mut part);
        part.into_bytes()
    }
}

/// First line of every part.
pub(crate) const DECLARATION: &str =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The one escape function, for text and attributes alike. White space that a parser would change is written as a
/// reference, so that the value read back is the value written.
pub(crate) fn escape(text: &str, part: &mut String) {
    let special = |c: char| matches!(c, '&' | '<' | '>' | '"' | '\t' | '\n' | '\r');
    let mut rest = text;
    while let Some(place) = rest.find(special) {
        part.push_str(&rest[..place]);
        part.push_str(match rest.as_bytes()[place] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\t' => "&#9;",
            b'\n' => "&#10;",
            _ => "&#13;",
        });
        rest = &rest[place + 1..];
    }
    part.push_str(rest);
}

/// The first character that XML 1.0 cannot hold, if any (production 2 of the recommendation).
pub(crate) fn forbidden(text: &str) -> Option<char> {
    text.chars().find(|&c| matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}'))
}

/// Reads a part into its root element. Fails with what the parser says.
pub(crate) fn parse(part: &[u8]) -> Result<Element, String> {
    let text = std::str::from_utf8(part).map_err(|error| error.to_string())?;
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(start) => open.push(element(&start)?),
            Event::Empty(start) => close(element(&start)?, &mut open, &mut root),
            Event::End(_) => {
                let closed = open.pop().ok_or("an end tag without a start tag")?;
                close(closed, &mut open, &mut root);
            }
            Event::Text(text) => push_text(
                &mut open,
                &text.decode().map_err(|error| error.to_string())?,
            ),
            Event::CData(data) => push_text(
                &mut open,
                &data.decode().map_err(|error| error.to_string())?,
            ),
            Event::GeneralRef(reference) => {
                let name = reference.decode().map_err(|error| error.to_string())?;
                let raw = format!("&{name};");
                push_text(
                    &mut open,
                    &quick_xml::escape::unescape(&raw).map_err(|error| error.to_string())?,
                );
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    root.ok_or_else(|| "no root element".to_owned())
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let name = String::from_utf8_lossy(start.name().as_ref()).into_owned();
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute
            .normalized_value(XmlVersion::Explicit1_0)
            .map_err(|error| error.to_string())?;
        attributes.push((
            String::from_utf8_lossy(attribute.key.as_ref()).into_owned(),
            value.into_owned(),
        ));
    }
    Ok(Element {
        name,
        attributes,
        children: Vec::new(),
    })
}

fn close(element: Element, open: &mut [Element], root: &mut Option<Element>) {
    match open.last_mut() {
        Some(parent) => parent.children.push(Node::Element(element)),
        None => *root = Some(element),
    }
}

fn push_text(open: &mut [Element], text: &str) {
    let Some(parent) = open.last_mut() else {
        return;
    };
    match parent.children.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ => parent.children.push(Node::Text(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_reads_back_as_it_was_written() {
        let nasty = "R&D <draft> \"x\" 'y' ]]> &amp; a\tb\nc\rd ü 王 \u{1F642}";
        let element = Element::new("w:t").attr("w:val", nasty).text(nasty);
        assert_eq!(parse(&element.part()).as_ref(), Ok(&element));
    }

    #[test]
    fn text_and_references_join_into_one_piece() {
        let element = parse(b"<a>x &amp;&#x41;<b/>y<![CDATA[<z>]]></a>").expect("well-formed");
        assert_eq!(element.children.len(), 3);
        assert_eq!(element.children[0], Node::Text("x &A".to_owned()));
        assert_eq!(element.children[2], Node::Text("y<z>".to_owned()));
    }

    #[test]
    fn broken_markup_is_an_error() {
        assert!(parse(b"<a><b></a>").is_err());
        assert!(parse(b"").is_err());
    }

    #[test]
    fn characters_outside_xml_are_found() {
        for c in ['\0', '\u{B}', '\u{C}', '\u{1F}', '\u{FFFE}', '\u{FFFF}'] {
            assert_eq!(forbidden(&format!("a{c}")), Some(c));
        }
        assert_eq!(forbidden("a\t\r\n\u{A0}\u{10FFFF}"), None);
    }
}
