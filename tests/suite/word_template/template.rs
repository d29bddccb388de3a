//! A Word template that a test puts together, as programs write them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

const NAMESPACES: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' \
     xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' \
     xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing' \
     xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' \
     xmlns:pic='http://schemas.openxmlformats.org/drawingml/2006/picture' \
     xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' \
     xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' \
     xmlns:v='urn:schemas-microsoft-com:vml' xmlns:o='urn:schemas-microsoft-com:office:office'";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// A picture of one pixel.
pub(super) const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0,
    1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3A, 0x7E, 0x9B, 0x55, 0, 0, 0, 10, b'I', b'D', b'A', b'T',
    0x78, 0x9C, 0x63, 0x60, 0, 0, 0, 2, 0, 1, 0x48, 0xAF, 0xA4, 0x71, 0, 0, 0, 0, b'I', b'E', b'N',
    b'D', 0xAE, 0x42, 0x60, 0x82,
];

/// A template that is put together.
#[derive(Clone)]
pub(super) struct Template {
    pub(super) body: String,
    pub(super) styles: String,
    pub(super) parts: BTreeMap<String, Vec<u8>>,
    /// Id, kind, target and whether it is outside, by the part.
    links: BTreeMap<String, Vec<(String, String, String, bool)>>,
    pub(super) kind: &'static str,
}

impl Template {
    pub(super) fn new(styles: &str) -> Template {
        Template {
            body: String::new(),
            styles: styles.to_owned(),
            parts: BTreeMap::new(),
            links: BTreeMap::new(),
            kind: "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        }
    }

    pub(super) fn body(mut self, body: &str) -> Template {
        self.body.push_str(body);
        self
    }

    /// A part of Word's own, such as a header, to which the text leads by that id.
    pub(super) fn part(
        mut self,
        path: &str,
        kind: &str,
        id: &str,
        root: &str,
        content: &str,
    ) -> Template {
        let text = format!("<{root} {NAMESPACES}>{content}</{root}>");
        self.parts.insert(format!("word/{path}"), text.into_bytes());
        self.link("document.xml", id, kind, path, false)
    }

    pub(super) fn link(
        mut self,
        part: &str,
        id: &str,
        kind: &str,
        target: &str,
        outside: bool,
    ) -> Template {
        let link = (id.to_owned(), kind.to_owned(), target.to_owned(), outside);
        self.links.entry(part.to_owned()).or_default().push(link);
        self
    }

    pub(super) fn file(mut self, path: &str, bytes: &[u8]) -> Template {
        self.parts.insert(path.to_owned(), bytes.to_vec());
        self
    }

    /// The names of all parts that are XML.
    pub(super) fn part_names(&self) -> Vec<String> {
        let parts = self.all().into_keys();
        parts.filter(|name| !name.ends_with(".png")).collect()
    }

    /// The text of a part.
    pub(super) fn text(&self, part: &str) -> String {
        String::from_utf8(self.all()[part].clone()).unwrap()
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        zipped(self.all())
    }

    /// The same in the strict form of the standard, which has other namespaces.
    pub(super) fn strict(&self) -> Vec<u8> {
        let mut parts = self.all();
        for (name, bytes) in &mut parts {
            if !name.ends_with(".png") && name != "[Content_Types].xml" {
                let text = String::from_utf8(bytes.clone()).unwrap();
                let strict = "http://purl.oclc.org/ooxml/";
                let text = text
                    .replace(
                        "http://schemas.openxmlformats.org/wordprocessingml/2006/",
                        &format!("{strict}wordprocessingml/"),
                    )
                    .replace(
                        "http://schemas.openxmlformats.org/officeDocument/2006/",
                        &format!("{strict}officeDocument/"),
                    )
                    .replace(
                        "http://schemas.openxmlformats.org/drawingml/2006/",
                        &format!("{strict}drawingml/"),
                    );
                *bytes = text.into_bytes();
            }
        }
        zipped(parts)
    }

    /// All parts: those that are put together, and those that were given in their place.
    fn all(&self) -> BTreeMap<String, Vec<u8>> {
        let mut parts = self.parts.clone();
        let document = format!(
            "<w:document {NAMESPACES}><w:body>{}</w:body></w:document>",
            self.body
        );
        parts.insert("word/document.xml".into(), document.into_bytes());
        let mut links = self.links.clone();
        if !self.styles.is_empty() {
            let styles = format!("<w:styles {NAMESPACES}>{}</w:styles>", self.styles);
            parts.insert("word/styles.xml".into(), styles.into_bytes());
            let link = ("styles".into(), "styles".into(), "styles.xml".into(), false);
            links.entry("document.xml".into()).or_default().push(link);
        }
        let relationships = |all: &[(String, String, String, bool)]| {
            let mut text = String::from(
                "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>",
            );
            for (id, kind, target, outside) in all {
                let mode = if *outside {
                    " TargetMode='External'"
                } else {
                    ""
                };
                let _ = write!(
                    text,
                    "<Relationship Id='{id}' Type='{OFFICE}/{kind}' Target='{target}'{mode}/>"
                );
            }
            text + "</Relationships>"
        };
        for (part, all) in &links {
            parts.insert(
                format!("word/_rels/{part}.rels"),
                relationships(all).into_bytes(),
            );
        }
        let main = [(
            "main".into(),
            "officeDocument".into(),
            "word/document.xml".into(),
            false,
        )];
        parts.insert("_rels/.rels".into(), relationships(&main).into_bytes());
        let types = format!(
            "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Default Extension='xml' ContentType='application/xml'/>\
             <Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>\
             <Override PartName='/word/document.xml' ContentType='{}'/></Types>",
            self.kind
        );
        parts.insert("[Content_Types].xml".into(), types.into_bytes());
        // What was given stands for what would be put together.
        parts.extend(self.parts.clone());
        parts
    }
}

pub(super) fn style(kind: &str, id: &str, name: &str, more: &str) -> String {
    format!("<w:style w:type='{kind}' w:styleId='{id}'><w:name w:val='{name}'/>{more}</w:style>")
}

pub(super) fn normal() -> String {
    "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii='Verdana' w:hAnsi='Verdana'/><w:sz w:val='24'/><w:lang w:val='de-DE'/></w:rPr></w:rPrDefault>\
     <w:pPrDefault><w:pPr><w:spacing w:after='160'/></w:pPr></w:pPrDefault></w:docDefaults>\
     <w:style w:type='paragraph' w:default='1' w:styleId='Standard'><w:name w:val='Normal'/><w:rPr><w:lang w:val='de-DE'/></w:rPr></w:style>"
        .to_owned()
}

fn zipped(parts: BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in parts {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(path, options).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
