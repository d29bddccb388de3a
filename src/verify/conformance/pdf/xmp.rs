//! The XMP metadata of a file (ISO 16684-1): its properties by namespace and name, however they are written down.

use lopdf::{Dictionary, Object};

use crate::pdf::read::file::File;
use crate::verify::conformance::xml::{self, Element, Name};

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
pub(super) struct Packet {
    properties: Vec<Element>,
    /// The head that is around the XML.
    head: String,
}

/// Reads the metadata that the catalog names: none where it names none.
pub(super) fn read(file: &File, catalog: &Dictionary) -> Option<Result<Packet, String>> {
    match file.get(catalog, "Metadata") {
        Object::Stream(stream) => Some(file.unpack(stream).and_then(|bytes| Packet::parse(&bytes))),
        _ => None,
    }
}

impl Packet {
    fn parse(bytes: &[u8]) -> Result<Packet, String> {
        let root = xml::parse(bytes.trim_ascii())?;
        let mut graph = None;
        root.walk(&mut |element| {
            if element.name.is(RDF, "RDF") && graph.is_none() {
                graph = Some(element);
            }
        });
        let graph = graph.ok_or("it has no rdf:RDF")?;
        let mut properties = Vec::new();
        for about in graph
            .children
            .iter()
            .filter(|one| one.name.is(RDF, "Description"))
        {
            properties.extend(about.children.iter().cloned());
            let attributes = about.attributes.iter();
            let short = attributes.filter(|(name, _)| !matches!(&*name.space, RDF | XML | ""));
            properties.extend(short.map(|(name, value)| Element {
                name: name.clone(),
                attributes: Vec::new(),
                children: Vec::new(),
                text: value.clone(),
            }));
        }
        let text = String::from_utf8_lossy(bytes);
        let head = text.split_once("?>").map_or("", |(head, _)| head);
        Ok(Packet {
            properties,
            head: head.to_string(),
        })
    }

    /// The names of all properties.
    pub(super) fn names(&self) -> impl Iterator<Item = &Name> {
        self.properties.iter().map(|property| &property.name)
    }

    /// A property.
    pub(super) fn property(&self, space: &str, local: &str) -> Option<&Element> {
        self.properties.iter().find(|one| one.name.is(space, local))
    }

    /// The values of a property: one, or the items of its array.
    pub(super) fn all(&self, space: &str, local: &str) -> Vec<String> {
        self.property(space, local).map(values).unwrap_or_default()
    }

    /// The value of a property; the first of several.
    pub(super) fn text(&self, space: &str, local: &str) -> Option<String> {
        self.all(space, local).into_iter().next()
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

fn values(property: &Element) -> Vec<String> {
    let array = ["Alt", "Seq", "Bag"]
        .iter()
        .find_map(|kind| property.child(RDF, kind));
    match array {
        Some(array) => items(array).map(|item| item.text.clone()).collect(),
        None => vec![property.text.trim().to_string()],
    }
}

/// The items of an array.
fn items(array: &Element) -> impl Iterator<Item = &Element> {
    array.children.iter().filter(|item| item.name.is(RDF, "li"))
}

/// The items of the array that a property or a field holds.
pub(super) fn entries(property: &Element) -> impl Iterator<Item = &Element> {
    let arrays = property.children.iter();
    arrays
        .filter(|array| {
            ["Seq", "Bag", "Alt"]
                .iter()
                .any(|kind| array.name.is(RDF, kind))
        })
        .flat_map(items)
}

/// A field of a structure, which may be in a description of its own.
pub(super) fn field<'a>(item: &'a Element, space: &str, local: &str) -> Option<&'a Element> {
    let inner = item.child(RDF, "Description").unwrap_or(item);
    inner.child(space, local)
}
