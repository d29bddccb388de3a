//! A Word file opened again, for the tests: its parts, and the attributes of their elements.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::{compose, sample};

/// The parts of a package by name, in the order of the archive.
pub(super) struct Package {
    pub(super) names: Vec<String>,
    parts: BTreeMap<String, String>,
}

/// An element: its name and attributes. `end` marks where it closes.
#[derive(Debug)]
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) attributes: BTreeMap<String, String>,
    pub(super) end: bool,
}

impl Tag {
    pub(super) fn get(&self, attribute: &str) -> &str {
        self.attributes.get(attribute).map_or("", String::as_str)
    }
}

/// The sample document as bytes.
pub(super) fn sample_bytes() -> Vec<u8> {
    let (document, pages) = sample::whole();
    compose(&document, &sample::layout(), &pages, 1_472_601_600, false)
        .expect("the sample can be made")
        .bytes
}

/// Opens a package.
pub(super) fn open(bytes: Vec<u8>) -> Package {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let (mut names, mut parts) = (Vec::new(), BTreeMap::new());
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let mut content = Vec::new();
        entry.read_to_end(&mut content).expect("its content");
        names.push(entry.name().to_owned());
        if let Ok(text) = String::from_utf8(content) {
            parts.insert(entry.name().to_owned(), text);
        }
    }
    Package { names, parts }
}

impl Package {
    pub(super) fn part(&self, name: &str) -> &str {
        self.parts
            .get(name)
            .unwrap_or_else(|| panic!("there is no part {name}"))
    }

    /// Names of the XML parts, relationships included.
    pub(super) fn xml_parts(&self) -> impl Iterator<Item = &str> {
        self.names
            .iter()
            .map(String::as_str)
            .filter(|name| name.ends_with(".xml") || name.ends_with(".rels"))
    }

    /// All tags of a part in order; panics where it is not well formed.
    pub(super) fn tags(&self, name: &str) -> Vec<Tag> {
        let mut reader = Reader::from_str(self.part(name));
        let mut tags = Vec::new();
        loop {
            let event = reader
                .read_event()
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            match event {
                Event::Eof => return tags,
                Event::Start(start) => tags.push(tag(&start, false)),
                Event::Empty(start) => {
                    tags.push(tag(&start, false));
                    tags.push(tag(&start, true));
                }
                Event::End(end) => tags.push(Tag {
                    name: String::from_utf8_lossy(end.name().as_ref()).into_owned(),
                    attributes: BTreeMap::new(),
                    end: true,
                }),
                _ => {}
            }
        }
    }

    /// One attribute of all elements of a name, in order.
    pub(super) fn all(&self, part: &str, element: &str, attribute: &str) -> Vec<String> {
        self.tags(part)
            .iter()
            .filter(|tag| tag.name == element && !tag.end)
            .map(|tag| tag.get(attribute).to_owned())
            .collect()
    }
}

fn tag(start: &quick_xml::events::BytesStart<'_>, end: bool) -> Tag {
    let attributes = start.attributes().map(|attribute| {
        let attribute = attribute.expect("an attribute");
        let value = attribute
            .normalized_value(quick_xml::XmlVersion::Implicit1_0)
            .expect("a value")
            .into_owned();
        (
            String::from_utf8_lossy(attribute.key.as_ref()).into_owned(),
            value,
        )
    });
    Tag {
        name: String::from_utf8_lossy(start.name().as_ref()).into_owned(),
        attributes: attributes.collect(),
        end,
    }
}
