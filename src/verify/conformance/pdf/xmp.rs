//! The XMP metadata of a file (ISO 16684-1): its properties by namespace and name, however they are written down.

use lopdf::{Dictionary, Object};
use roxmltree::Document;

use crate::pdf::read::file::File;
use crate::verify::conformance::is_language;
use crate::verify::xml::{self, Element};

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const XML: &str = "http://www.w3.org/XML/1998/namespace";
/// Dublin Core.
pub(super) const DC: &str = "http://purl.org/dc/elements/1.1/";
/// The basic schema of XMP.
pub(super) const BASIC: &str = "http://ns.adobe.com/xap/1.0/";
/// What PDF adds.
pub(super) const PDF: &str = "http://ns.adobe.com/pdf/1.3/";
/// What a file says of PDF/A.
pub(super) const PDFA: &str = "http://www.aiim.org/pdfa/ns/id/";
/// What a file says of PDF/UA.
pub(super) const PDFUA: &str = "http://www.aiim.org/pdfua/ns/id/";
/// What a file says of PDF/X.
const PDFX: &str = "http://www.npes.org/pdfx/ns/id/";
/// Descriptions of schemas that PDF/A does not know.
pub(super) const EXTENSION: &str = "http://www.aiim.org/pdfa/ns/extension/";
/// What such a description says of a schema.
pub(super) const SCHEMA: &str = "http://www.aiim.org/pdfa/ns/schema#";
/// What it says of a property.
pub(super) const PROPERTY: &str = "http://www.aiim.org/pdfa/ns/property#";

/// The metadata of a file.
pub(super) struct Packet<'a> {
    properties: Vec<Property<'a>>,
    /// The head that is around the XML.
    head: String,
}

/// A property: an element, or the short form of an attribute.
pub(super) struct Property<'a> {
    /// Its namespace.
    pub(super) space: &'a str,
    /// Its name in that.
    pub(super) local: &'a str,
    element: Option<Element<'a>>,
    value: &'a str,
}

/// The metadata that the catalog names: none where it names none.
pub(super) fn bytes(file: &File, catalog: &Dictionary) -> Option<Result<Vec<u8>, String>> {
    match file.get(catalog, "Metadata") {
        Object::Stream(stream) => Some(file.unpack(stream)),
        _ => None,
    }
}

impl<'a> Packet<'a> {
    /// Reads the metadata; `document` is what these bytes say.
    pub(super) fn read(bytes: &[u8], document: &'a Document<'a>) -> Result<Packet<'a>, String> {
        let mut all = document.descendants();
        let graph = all.find(|element| element.has_tag_name((RDF, "RDF")));
        let graph = graph.ok_or("it has no rdf:RDF")?;
        let mut properties = Vec::new();
        let about = graph.children();
        for about in about.filter(|one| one.has_tag_name((RDF, "Description"))) {
            let children = about.children().filter(Element::is_element);
            properties.extend(children.map(|child| Property {
                space: child.tag_name().namespace().unwrap_or_default(),
                local: child.tag_name().name(),
                element: Some(child),
                value: "",
            }));
            let short = about.attributes().filter_map(|one| {
                let space = one
                    .namespace()
                    .filter(|space| !matches!(*space, RDF | XML))?;
                Some(Property {
                    space,
                    local: one.name(),
                    element: None,
                    value: one.value(),
                })
            });
            properties.extend(short);
        }
        let text = String::from_utf8_lossy(bytes);
        let head = text.split_once("?>").map_or("", |(head, _)| head);
        Ok(Packet {
            properties,
            head: head.to_string(),
        })
    }

    /// All properties.
    pub(super) fn properties(&self) -> &[Property<'a>] {
        &self.properties
    }

    fn property(&self, space: &str, local: &str) -> Option<&Property<'a>> {
        let mut all = self.properties.iter();
        all.find(|one| one.space == space && one.local == local)
    }

    /// The element of a property.
    pub(super) fn element(&self, space: &str, local: &str) -> Option<Element<'a>> {
        self.property(space, local)?.element
    }

    /// The values of a property: one, or the items of its array.
    pub(super) fn all(&self, space: &str, local: &str) -> Vec<String> {
        match self.property(space, local) {
            None => Vec::new(),
            Some(property) => match property.element {
                Some(element) => values(element),
                None => vec![property.value.trim().to_string()],
            },
        }
    }

    /// The value of a property; the first of several.
    pub(super) fn text(&self, space: &str, local: &str) -> Option<String> {
        self.all(space, local).into_iter().next()
    }

    /// Whether each value of a property is in a language.
    pub(super) fn is_in_language(&self, space: &str, local: &str) -> bool {
        let values = self.element(space, local).into_iter().flat_map(entries);
        let tags: Vec<&str> = values
            .map(|value| value.attribute((XML, "lang")).unwrap_or_default())
            .collect();
        !tags.is_empty()
            && tags
                .iter()
                .any(|tag| *tag != "x-default" && is_language(tag))
    }

    /// Whether the head of the packet has attributes that are out of use.
    pub(super) fn has_old_head(&self) -> bool {
        self.head.starts_with("<?xpacket")
            && (self.head.contains("bytes=") || self.head.contains("encoding="))
    }

    /// The standards that the file claims to keep.
    pub(super) fn standards(&self) -> Vec<String> {
        let mut standards = Vec::new();
        if let Some(part) = self.text(PDFA, "part") {
            let level = self.text(PDFA, "conformance").unwrap_or_default();
            standards.push(format!("PDF/A-{part}{}", level.to_lowercase()));
        }
        standards.extend(
            self.text(PDFUA, "part")
                .map(|part| format!("PDF/UA-{part}")),
        );
        standards.extend(self.text(PDFX, "GTS_PDFXVersion"));
        standards
    }
}

fn values(property: Element<'_>) -> Vec<String> {
    let mut arrays = arrays(property);
    match arrays.next() {
        Some(array) => items(array).map(xml::text).collect(),
        None => vec![xml::text(property).trim().to_string()],
    }
}

fn arrays(property: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    let is_array = |one: &Element<'_>| {
        let mut kinds = ["Alt", "Seq", "Bag"].iter();
        kinds.any(|kind| one.has_tag_name((RDF, *kind)))
    };
    property.children().filter(is_array)
}

/// The items of an array.
fn items(array: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    array
        .children()
        .filter(|item| item.has_tag_name((RDF, "li")))
}

/// The items of the array that a property or a field holds.
pub(super) fn entries(property: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    arrays(property).flat_map(items)
}

/// A field of a structure, which may be in a description of its own.
pub(super) fn field<'a>(item: Element<'a>, space: &str, local: &str) -> Option<Element<'a>> {
    let inner = xml::child(item, RDF, "Description").unwrap_or(item);
    xml::child(inner, space, local)
}
