//! PDF files for the tests of this module: one that a printer takes, and how to spoil it.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use crate::pdf::read::icc::tests::{OLD, profile};

/// The parts of a file of one page.
pub(super) struct Parts {
    pub(super) doc: Document,
    pub(super) catalog: Dictionary,
    pub(super) page: Dictionary,
    pub(super) resources: Dictionary,
    pub(super) info: Dictionary,
    /// How many pages like it the file has.
    pub(super) pages: usize,
}

/// A box as an object.
pub(super) fn rect(sides: [i64; 4]) -> Object {
    Object::Array(sides.map(Object::Integer).to_vec())
}

/// A name as an object.
pub(super) fn name(text: &str) -> Object {
    Object::Name(text.as_bytes().to_vec())
}

/// A colour space of one ink, with the space that stands in for it where there is no such ink.
pub(super) fn spot(ink: &str, alternate: &str) -> Vec<Object> {
    vec![name("Separation"), name(ink), name(alternate), Object::Null]
}

impl Parts {
    /// Adds a stream; gives the reference to it.
    pub(super) fn stream(&mut self, dict: Dictionary, content: &[u8]) -> Object {
        self.doc
            .add_object(Stream::new(dict, content.to_vec()))
            .into()
    }

    /// Puts an entry into a category of the resources.
    pub(super) fn resource(&mut self, category: &str, key: &str, value: impl Into<Object>) {
        let mut all = match self.resources.get(category.as_bytes()) {
            Ok(Object::Dictionary(all)) => all.clone(),
            _ => Dictionary::new(),
        };
        all.set(key, value);
        self.resources.set(category, all);
    }

    fn sound() -> Parts {
        let mut parts = Parts {
            doc: Document::with_version("1.6"),
            catalog: dictionary! { "Type" => "Catalog" },
            page: dictionary! {
                "Type" => "Page",
                "MediaBox" => rect([0, 0, 240, 240]),
                "BleedBox" => rect([10, 10, 230, 230]),
                "TrimBox" => rect([20, 20, 220, 220]),
            },
            resources: Dictionary::new(),
            info: dictionary! {
                "GTS_PDFXVersion" => Object::string_literal("PDF/X-3:2003"),
                "Trapped" => "False",
            },
            pages: 1,
        };
        let program = parts.stream(Dictionary::new(), b"program");
        let descriptor = dictionary! { "Type" => "FontDescriptor", "FontFile" => program };
        let font = dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Sample", "FontDescriptor" => descriptor
        };
        parts.resource("Font", "F", font);
        parts.resource("ExtGState", "O", dictionary! { "OP" => true, "OPM" => 1 });
        let all = spot("All", "DeviceCMYK");
        parts.resource("ColorSpace", "All", all);
        parts.intent(&profile("prtr", "CMYK", OLD));
        parts
    }

    /// Sets the profile of the press.
    pub(super) fn intent(&mut self, profile: &[u8]) {
        let profile = self.stream(dictionary! { "N" => 4 }, profile);
        let intent = dictionary! { "S" => "GTS_PDFX", "DestOutputProfile" => profile };
        self.catalog
            .set("OutputIntents", vec![Object::Dictionary(intent)]);
    }

    /// Adds an image of 8 bits to a component.
    pub(super) fn image(&mut self, key: &str, size: i64, space: &str, pixels: &[u8]) {
        let dict = dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => size, "Height" => size,
            "ColorSpace" => name(space), "BitsPerComponent" => 8
        };
        let image = self.stream(dict, pixels);
        self.resource("XObject", key, image);
    }
}

/// A file that a printer takes except for its content and what `change` does to it.
pub(super) fn file(content: &str, change: impl FnOnce(&mut Parts)) -> Vec<u8> {
    let mut parts = Parts::sound();
    change(&mut parts);
    let contents = parts.stream(Dictionary::new(), content.as_bytes());
    let Parts {
        mut doc,
        mut catalog,
        mut page,
        resources,
        info,
        pages: count,
    } = parts;
    let pages = doc.new_object_id();
    page.set("Parent", pages);
    page.set("Contents", contents);
    page.set("Resources", resources);
    let kids: Vec<Object> = (0..count)
        .map(|_| doc.add_object(page.clone()).into())
        .collect();
    let tree = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count as i64 };
    doc.objects.insert(pages, tree.into());
    catalog.set("Pages", pages);
    let catalog = doc.add_object(catalog);
    let info = doc.add_object(info);
    doc.trailer.set("Root", catalog);
    doc.trailer.set("Info", info);
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).unwrap();
    bytes
}

/// Content that breaks no rule: black text, a picture's worth of colour to the bleed, marks in registration colour.
pub(super) const SOUND: &str = "q 0.5 0 0 0.1 k 10 180 220 50 re f Q /O gs 0 0 0 1 k BT /F 10 Tf 40 100 Td (Words) Tj ET \
    1 0 0 0 k BT /F 20 Tf 40 60 Td (Blue) Tj ET 0.25 w 0 0 0 1 K 40 90 m 90 90 l S /All CS 1 SCN 0 20 m 8 20 l S \
    /All cs 1 scn BT /F 5 Tf 40 2 Td (slug) Tj 90 0 Td 0 g (line) Tj ET 1 0 0 0 k 100 0 5 5 re f";
