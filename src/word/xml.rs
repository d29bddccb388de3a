//! The XML of one part as small trees, element by element, with prefixes as the standard writes them.
//!
//! Nothing is resolved but the five entities of XML, so that no file can make more text than it has; depth, attributes,
//! namespaces and elements are limited.

use std::collections::BTreeMap;
use std::rc::Rc;

use encoding_rs::{UTF_16BE, UTF_16LE};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

/// How deep elements may be in one another.
const DEPTH: usize = 200;
/// The most attributes of an element, and the most namespaces that are declared at a place.
const ATTRIBUTES: usize = 200;
const NAMESPACES: usize = 200;
/// The most elements that stand in memory at once.
const ELEMENTS: usize = 500_000;

/// Namespaces, transitional and strict, with their usual prefixes.
const KNOWN: [(&str, &str); 40] = [
    (
        "w",
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    ("w", "http://purl.oclc.org/ooxml/wordprocessingml/main"),
    (
        "r",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        "r",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
    (
        "wp",
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    (
        "wp",
        "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
    ),
    ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("a", "http://purl.oclc.org/ooxml/drawingml/main"),
    (
        "pic",
        "http://schemas.openxmlformats.org/drawingml/2006/picture",
    ),
    ("pic", "http://purl.oclc.org/ooxml/drawingml/picture"),
    (
        "c",
        "http://schemas.openxmlformats.org/drawingml/2006/chart",
    ),
    ("c", "http://purl.oclc.org/ooxml/drawingml/chart"),
    (
        "dgm",
        "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    ),
    ("dgm", "http://purl.oclc.org/ooxml/drawingml/diagram"),
    (
        "m",
        "http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
    ("m", "http://purl.oclc.org/ooxml/officeDocument/math"),
    (
        "mc",
        "http://schemas.openxmlformats.org/markup-compatibility/2006",
    ),
    ("v", "urn:schemas-microsoft-com:vml"),
    ("o", "urn:schemas-microsoft-com:office:office"),
    ("w10", "urn:schemas-microsoft-com:office:word"),
    (
        "w14",
        "http://schemas.microsoft.com/office/word/2010/wordml",
    ),
    (
        "w15",
        "http://schemas.microsoft.com/office/word/2012/wordml",
    ),
    (
        "w16du",
        "http://schemas.microsoft.com/office/word/2023/wordml/word16du",
    ),
    (
        "w16cid",
        "http://schemas.microsoft.com/office/word/2016/wordml/cid",
    ),
    (
        "wps",
        "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    ),
    (
        "wpg",
        "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    ),
    (
        "wpc",
        "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
    ),
    (
        "wp14",
        "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
    ),
    (
        "a14",
        "http://schemas.microsoft.com/office/drawing/2010/main",
    ),
    (
        "asvg",
        "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    ),
    (
        "adec",
        "http://schemas.microsoft.com/office/drawing/2017/decorative",
    ),
    (
        "dsp",
        "http://schemas.microsoft.com/office/drawing/2008/diagram",
    ),
    (
        "cp",
        "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    ),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("dcterms", "http://purl.org/dc/terms/"),
    (
        "rel",
        "http://schemas.openxmlformats.org/package/2006/relationships",
    ),
    (
        "ct",
        "http://schemas.openxmlformats.org/package/2006/content-types",
    ),
    (
        "ep",
        "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    ),
    (
        "op",
        "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    ),
    (
        "vt",
        "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    ),
];

/// An element; its name and those of its attributes have the usual prefix of their namespace, and one that is not known
/// has `?` for it.
#[derive(Debug, Default, Clone)]
pub(crate) struct Element {
    pub(crate) name: Rc<str>,
    attributes: Box<[(Rc<str>, String)]>,
    pub(crate) nodes: Vec<Node>,
}

/// What is in an element.
#[derive(Debug, Clone)]
pub(crate) enum Node {
    Element(Element),
    Text(String),
}

impl Default for Node {
    fn default() -> Self {
        Node::Text(String::new())
    }
}

impl Element {
    pub(crate) fn attr(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let found = attributes.find(|(known, _)| &**known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// All attributes: names and values.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        let attributes = self.attributes.iter();
        attributes.map(|(name, value)| (&**name, value.as_str()))
    }

    /// The attribute that most elements have.
    pub(crate) fn val(&self) -> Option<&str> {
        self.attr("w:val")
    }

    /// The elements in it.
    pub(crate) fn elements(&self) -> impl DoubleEndedIterator<Item = &Element> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element in it of a name.
    pub(crate) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| &*element.name == name)
    }

    /// The value of the first element in it of a name.
    pub(crate) fn child_val(&self, name: &str) -> Option<&str> {
        self.child(name)?.val()
    }

    /// Whether a property such as `w:b` is on or off, where an element has it.
    pub(crate) fn toggle(&self, name: &str) -> Option<bool> {
        let value = self.child(name)?.val().unwrap_or("true");
        Some(!matches!(value, "0" | "false" | "off" | "none"))
    }

    /// Every element below it, from the first to the last.
    pub(crate) fn descendants(&self) -> impl Iterator<Item = &Element> {
        let mut open = vec![self.nodes.iter()];
        std::iter::from_fn(move || {
            loop {
                match open.last_mut()?.next() {
                    Some(Node::Element(element)) => {
                        open.push(element.nodes.iter());
                        return Some(element);
                    }
                    Some(Node::Text(_)) => {}
                    None => drop(open.pop()),
                }
            }
        })
    }

    /// The first element below it of a name, however deep.
    pub(crate) fn find(&self, name: &str) -> Option<&Element> {
        self.descendants().find(|one| &*one.name == name)
    }

    /// The text in it, however deep.
    pub(crate) fn text(&self) -> String {
        let own = |element: &Element| -> String {
            let texts = element.nodes.iter().filter_map(|node| match node {
                Node::Text(text) => Some(text.as_str()),
                Node::Element(_) => None,
            });
            texts.collect()
        };
        let mut text = own(self);
        text.extend(self.descendants().map(own));
        text
    }
}

/// Why a part is not read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    Damaged(String),
    /// It is sound, as far as was looked, and has too much in it.
    Excess(String),
}

impl From<String> for Wrong {
    fn from(what: String) -> Self {
        Wrong::Damaged(what)
    }
}

impl From<&str> for Wrong {
    fn from(what: &str) -> Self {
        Wrong::Damaged(what.to_owned())
    }
}

/// The root of a part as a tree.
pub(crate) fn parse(part: &[u8]) -> Result<Element, Wrong> {
    let mut root = Element::default();
    each(part, &[], &mut |element| {
        root = element;
        Ok(())
    })?;
    Ok(root)
}

/// Gives every element that stands in those of the path, one after the other; they are not kept.
pub(super) fn each(
    part: &[u8],
    path: &[&str],
    take: &mut dyn FnMut(Element) -> Result<(), Wrong>,
) -> Result<(), Wrong> {
    let wide = match part {
        [0xFF, 0xFE, ..] => Some(UTF_16LE),
        [0xFE, 0xFF, ..] => Some(UTF_16BE),
        _ => None,
    };
    let text = match wide {
        Some(encoding) => encoding
            .decode_without_bom_handling_and_without_replacement(&part[2..])
            .ok_or("it is no UTF-16")?,
        None => {
            let text = part.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(part);
            std::str::from_utf8(text)
                .map_err(|_| "it is no UTF-8")?
                .into()
        }
    };
    let mut reader = NsReader::from_str(&text);
    let mut builder = Builder::default();
    let mut roots = 0;
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        let empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(start) | Event::Empty(start) => {
                roots += usize::from(builder.open.is_empty());
                if roots > 1 {
                    return Err("it has two roots".into());
                }
                builder.start(&start, &reader)?;
                if empty {
                    builder.end(path, take)?;
                }
            }
            Event::End(_) => builder.end(path, take)?,
            Event::Text(text) => {
                let text = text.xml_content(XmlVersion::Explicit1_0);
                builder.text(&text.map_err(|error| error.to_string())?);
            }
            Event::CData(text) => {
                let text = text.xml_content(XmlVersion::Explicit1_0);
                builder.text(&text.map_err(|error| error.to_string())?);
            }
            Event::GeneralRef(reference) => {
                let name = reference.decode().map_err(|error| error.to_string())?;
                let raw = format!("&{name};");
                let text = quick_xml::escape::unescape(&raw).map_err(|error| error.to_string())?;
                builder.text(&text);
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    match roots == 1 && builder.open.is_empty() {
        true => Ok(()),
        false => Err("it breaks off".into()),
    }
}

#[derive(Default)]
struct Builder {
    /// The elements that are open, and how many namespaces each declares.
    open: Vec<(Element, usize)>,
    names: BTreeMap<(&'static str, Vec<u8>), Rc<str>>,
    elements: usize,
    namespaces: usize,
}

impl Builder {
    fn start(&mut self, start: &BytesStart<'_>, reader: &NsReader<&[u8]>) -> Result<(), Wrong> {
        self.elements += 1;
        if self.elements > ELEMENTS {
            return Err(Wrong::Excess(format!(
                "a table or paragraph has more than {ELEMENTS} elements"
            )));
        }
        if self.open.len() == DEPTH {
            return Err(format!("elements are more than {DEPTH} deep in one another").into());
        }
        let (space, local) = reader.resolver().resolve_element(start.name());
        let name = self.name(prefix(&space), local.as_ref());
        let mut attributes = Vec::new();
        let mut declared = 0;
        for (count, attribute) in start.attributes().with_checks(false).enumerate() {
            let attribute = attribute.map_err(|error| error.to_string())?;
            if count == ATTRIBUTES {
                return Err(format!("an element has more than {ATTRIBUTES} attributes").into());
            }
            if attribute.key.as_namespace_binding().is_some() {
                declared += 1;
                continue;
            }
            let value = attribute
                .normalized_value(XmlVersion::Explicit1_0)
                .map_err(|error| error.to_string())?;
            let (space, local) = reader.resolver().resolve_attribute(attribute.key);
            let name = match attribute.key.prefix() {
                None => self.name("", local.as_ref()),
                Some(_) => self.name(prefix(&space), local.as_ref()),
            };
            attributes.push((name, value.into_owned()));
        }
        self.namespaces += declared;
        if self.namespaces > NAMESPACES {
            return Err(format!("more than {NAMESPACES} namespaces are declared").into());
        }
        let attributes = attributes.into_boxed_slice();
        let nodes = Vec::new();
        self.open.push((
            Element {
                name,
                attributes,
                nodes,
            },
            declared,
        ));
        Ok(())
    }

    fn end(
        &mut self,
        path: &[&str],
        take: &mut dyn FnMut(Element) -> Result<(), Wrong>,
    ) -> Result<(), Wrong> {
        let Some((mut element, declared)) = self.open.pop() else {
            return Err("an end without a start".into());
        };
        self.namespaces -= declared;
        // Blanks between elements are none of the text.
        if element.nodes.len() > 1 || !is_text(&element.name) {
            let blank = |node: &Node| matches!(node, Node::Text(text) if text.trim().is_empty());
            element.nodes.retain(|node| !blank(node));
        }
        let inside = self.open.len() == path.len()
            && self
                .open
                .iter()
                .zip(path)
                .all(|((open, _), name)| &*open.name == *name);
        if inside {
            self.elements = self.open.len();
            return take(element);
        }
        if let Some((above, _)) = self.open.last_mut() {
            above.nodes.push(Node::Element(element));
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        let Some((above, _)) = self.open.last_mut() else {
            return;
        };
        match above.nodes.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            _ => above.nodes.push(Node::Text(text.to_owned())),
        }
    }

    fn name(&mut self, prefix: &'static str, local: &[u8]) -> Rc<str> {
        let key = (prefix, local.to_vec());
        let made = || {
            let local = String::from_utf8_lossy(local);
            match prefix.is_empty() {
                true => local.into(),
                false => format!("{prefix}:{local}").into(),
            }
        };
        // A file of many names is not kept whole for them.
        if self.names.len() > 5_000 {
            self.names.clear();
        }
        self.names.entry(key).or_insert_with(made).clone()
    }
}

/// Whether blanks alone are the text of an element.
fn is_text(name: &str) -> bool {
    matches!(
        name,
        "w:t" | "w:delText" | "w:instrText" | "w:delInstrText" | "m:t" | "a:t"
    )
}

fn prefix(space: &ResolveResult<'_>) -> &'static str {
    match space {
        ResolveResult::Bound(Namespace(uri)) => KNOWN
            .iter()
            .find(|(_, known)| known.as_bytes() == *uri)
            .map_or("?", |(prefix, _)| prefix),
        ResolveResult::Unbound => "",
        ResolveResult::Unknown(_) => "?",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_are_those_of_the_namespaces() {
        let text = b"<x:p xmlns:x='http://purl.oclc.org/ooxml/wordprocessingml/main' x:a='1&amp;2' b='3'>\n <x:t> </x:t> <y/></x:p>";
        let root = parse(text).unwrap();
        assert_eq!(&*root.name, "w:p");
        assert_eq!(root.attr("w:a"), Some("1&2"));
        assert_eq!(root.attr("b"), Some("3"));
        assert_eq!(root.nodes.len(), 2);
        assert_eq!(root.text(), " ");
    }

    #[test]
    fn what_is_broken_or_endless_is_an_error() {
        let deep = "<a>".repeat(300) + &"</a>".repeat(300);
        let wide: String = (0..300).map(|n| format!(" a{n}=''")).collect();
        let spaces: String = (0..300).map(|n| format!("<a xmlns:a{n}='x'>")).collect();
        for text in [
            "<a><b></a>",
            "<a>",
            "",
            "<a/><b/>",
            "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
            &deep,
            &format!("<a{wide}/>"),
            &spaces,
        ] {
            assert!(parse(text.as_bytes()).is_err(), "{text}");
        }
    }

    #[test]
    fn parts_in_utf_16_are_read() {
        let text: Vec<u8> = "\u{FEFF}<a>ж</a>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(parse(&text).unwrap().text(), "ж");
    }
}
