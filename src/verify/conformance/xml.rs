//! XML as a tree with namespaces, read from untrusted parts: nesting and size are
//! limited, and document type declarations are refused.

use std::rc::Rc;

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::{NsReader, XmlVersion};

/// Deepest nesting of elements.
const DEPTH: usize = 200;
/// Most elements of a part.
const ELEMENTS: usize = 4_000_000;

/// A name with its namespace, which is empty where it has none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    pub(super) space: Rc<str>,
    pub(super) local: Rc<str>,
}

impl Name {
    /// Whether it is that name of that namespace.
    pub(super) fn is(&self, space: &str, local: &str) -> bool {
        &*self.local == local && &*self.space == space
    }
}

/// An element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: Name,
    pub(super) attributes: Vec<(Name, String)>,
    pub(super) children: Vec<Element>,
    /// The text directly in it, in one piece.
    pub(super) text: String,
}

impl Element {
    /// The value of an attribute.
    pub(super) fn get(&self, space: &str, local: &str) -> Option<&str> {
        let found = self
            .attributes
            .iter()
            .find(|(name, _)| name.is(space, local));
        found.map(|(_, value)| value.as_str())
    }

    /// The first child of that name.
    pub(super) fn child(&self, space: &str, local: &str) -> Option<&Element> {
        self.children
            .iter()
            .find(|child| child.name.is(space, local))
    }

    /// This element and all below it, in document order.
    pub(super) fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Element)) {
        visit(self);
        self.children.iter().for_each(|child| child.walk(visit));
    }

    /// All text in it and below.
    pub(super) fn whole_text(&self) -> String {
        let mut text = String::new();
        self.walk(&mut |element| text.push_str(&element.text));
        text
    }
}

/// Reads a part; gives its document element.
pub(super) fn parse(part: &[u8]) -> Result<Element, String> {
    let text = std::str::from_utf8(part)
        .map_err(|error| format!("not UTF-8 from byte {} on", error.valid_up_to()))?;
    let mut reader = NsReader::from_str(text.trim_start_matches('\u{feff}'));
    let mut building = Building {
        left: ELEMENTS,
        ..Building::default()
    };
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        let text = match event {
            Event::Start(ref tag) | Event::Empty(ref tag) => {
                building.begin(&reader, tag)?;
                if matches!(event, Event::Empty(_)) {
                    building.end()?;
                }
                continue;
            }
            Event::End(_) => {
                building.end()?;
                continue;
            }
            Event::Text(text) => text.decode().map_err(|error| error.to_string())?,
            Event::CData(text) => text.decode().map_err(|error| error.to_string())?,
            Event::GeneralRef(name) => {
                let name = name.decode().map_err(|error| error.to_string())?;
                let text = format!("&{name};");
                let text = quick_xml::escape::unescape(&text).map_err(|error| error.to_string())?;
                text.into_owned().into()
            }
            Event::DocType(_) => return Err("document type declarations are refused".into()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            Event::Eof => return building.finish(),
        };
        if let Some(parent) = building.open.last_mut() {
            parent.text.push_str(&text);
        }
    }
}

/// A tree that is being read.
#[derive(Default)]
struct Building {
    open: Vec<Element>,
    root: Option<Element>,
    names: Names,
    /// How many elements it may still get.
    left: usize,
}

impl Building {
    fn begin(&mut self, reader: &NsReader<&[u8]>, tag: &BytesStart<'_>) -> Result<(), String> {
        self.left = self.left.checked_sub(1).ok_or("it has too many elements")?;
        if self.root.is_some() && self.open.is_empty() || self.open.len() >= DEPTH {
            return Err("its elements are nested too deeply or not in one".into());
        }
        self.open.push(element(reader, tag, &mut self.names)?);
        Ok(())
    }

    fn finish(self) -> Result<Element, String> {
        if !self.open.is_empty() {
            return Err("the XML ends before its elements do".into());
        }
        self.root.ok_or_else(|| "there is no element".into())
    }

    fn end(&mut self) -> Result<(), String> {
        let element = self.open.pop().ok_or("an end tag without a start tag")?;
        match self.open.last_mut() {
            Some(parent) => parent.children.push(element),
            None => self.root = Some(element),
        }
        Ok(())
    }
}

/// Names that are there many times, kept once.
#[derive(Default)]
struct Names(std::collections::BTreeSet<Rc<str>>);

impl Names {
    fn keep(&mut self, text: &str) -> Rc<str> {
        if let Some(kept) = self.0.get(text) {
            return kept.clone();
        }
        let kept: Rc<str> = text.into();
        self.0.insert(kept.clone());
        kept
    }

    fn name(&mut self, space: &ResolveResult<'_>, local: &[u8]) -> Result<Name, String> {
        let utf8 = |bytes| std::str::from_utf8(bytes).map_err(|error| error.to_string());
        let space = match space {
            ResolveResult::Bound(space) => self.keep(utf8(space.as_ref())?),
            ResolveResult::Unbound => self.keep(""),
            ResolveResult::Unknown(prefix) => {
                let prefix = String::from_utf8_lossy(prefix);
                return Err(format!("prefix `{prefix}` stands for no namespace"));
            }
        };
        Ok(Name {
            space,
            local: self.keep(utf8(local)?),
        })
    }
}

fn element(
    reader: &NsReader<&[u8]>,
    tag: &BytesStart<'_>,
    names: &mut Names,
) -> Result<Element, String> {
    let (space, local) = reader.resolver().resolve_element(tag.name());
    let name = names.name(&space, local.as_ref())?;
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        if attribute.key.as_namespace_binding().is_some() {
            continue;
        }
        let (space, local) = reader.resolver().resolve_attribute(attribute.key);
        let value = attribute
            .normalized_value(XmlVersion::Explicit1_0)
            .map_err(|error| error.to_string())?;
        attributes.push((names.name(&space, local.as_ref())?, value.into_owned()));
    }
    Ok(Element {
        name,
        attributes,
        children: Vec::new(),
        text: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_carry_their_namespace_whatever_the_prefix() {
        let xml = b"<?xml version=\"1.0\"?><a:r xmlns:a='urn:a' xmlns='urn:b'><x a:k='1&amp;2' k='3'>t&#x41;<y/>u</x></a:r>";
        let root = parse(xml).unwrap();
        assert!(root.name.is("urn:a", "r"));
        let x = root.child("urn:b", "x").unwrap();
        assert_eq!(
            (x.get("urn:a", "k"), x.get("", "k")),
            (Some("1&2"), Some("3"))
        );
        assert_eq!(root.whole_text(), "tAu");
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
