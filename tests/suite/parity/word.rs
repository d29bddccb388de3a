//! What a Word file says: its body and its footnotes, read as XML.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::Output;
use super::plain::plain;

/// Reads a Word file.
pub(super) fn read(bytes: &[u8]) -> Output {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut part = |name: &str| {
        let mut text = String::new();
        archive
            .by_name(name)
            .expect(name)
            .read_to_string(&mut text)
            .expect("UTF-8");
        text
    };
    let mut body = Body::default();
    body.read(&part("word/document.xml"));
    let mut notes = Body::default();
    notes.read(&part("word/footnotes.xml"));
    let mut output = body.output;
    output.text = plain(&body.text);
    output.notes = body
        .marks
        .iter()
        .map(|id| plain(&notes.notes[id]))
        .collect();
    output
}

#[derive(Default)]
struct Body {
    output: Output,
    text: String,
    /// Where the paragraph began.
    paragraph: usize,
    style: String,
    /// Where the cells began that are open.
    cells: Vec<usize>,
    /// Tables that are open.
    tables: Vec<Vec<Vec<String>>>,
    /// Ids of the notes whose marks were seen.
    marks: Vec<String>,
    /// The note that is open, and where it began.
    note: Option<(String, usize)>,
    notes: BTreeMap<String, String>,
    /// Whether text is shown.
    shown: bool,
}

impl Body {
    fn read(&mut self, xml: &str) {
        let mut reader = Reader::from_str(xml);
        loop {
            match reader.read_event().expect("well-formed XML") {
                Event::Eof => return,
                Event::Start(tag) => self.start(&tag),
                Event::Empty(tag) => {
                    self.start(&tag);
                    self.end(tag.name().as_ref());
                }
                Event::End(tag) => self.end(tag.name().as_ref()),
                Event::Text(text) if self.shown => {
                    self.text.push_str(&text.decode().expect("UTF-8"))
                }
                Event::GeneralRef(name) if self.shown => self.text.push_str(match &*name {
                    b"amp" => "&",
                    b"lt" => "<",
                    b"gt" => ">",
                    b"quot" => "\"",
                    b"apos" => "'",
                    other => panic!("unknown entity {}", String::from_utf8_lossy(other)),
                }),
                _ => {}
            }
        }
    }

    fn start(&mut self, tag: &BytesStart) {
        match tag.name().as_ref() {
            b"w:p" => {
                self.text.push(' ');
                (self.paragraph, self.style) = (self.text.len(), String::new());
            }
            b"w:pStyle" => self.style = attribute(tag, "w:val"),
            b"w:t" => self.shown = true,
            b"w:tab" | b"w:br" | b"w:cr" => self.text.push(' '),
            b"w:noBreakHyphen" => self.text.push('-'),
            b"w:footnoteReference" => self.marks.push(attribute(tag, "w:id")),
            b"w:footnote" => self.note = Some((attribute(tag, "w:id"), self.text.len())),
            b"wp:docPr" => {
                let alt = attribute(tag, "descr");
                self.text.push_str(&format!(" {alt} "));
                self.output
                    .alts
                    .extend(Some(plain(&alt)).filter(|alt| !alt.is_empty()));
            }
            b"w:tbl" => self.tables.push(Vec::new()),
            b"w:tr" => self
                .tables
                .last_mut()
                .expect("a row stands in a table")
                .push(Vec::new()),
            b"w:tc" => self.cells.push(self.text.len()),
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"w:t" => self.shown = false,
            b"w:p" => {
                let level = self
                    .style
                    .strip_prefix("Heading")
                    .and_then(|level| level.parse().ok());
                let text = plain(&self.text[self.paragraph..]);
                self.output
                    .headings
                    .extend(level.map(|level| (level, text)));
            }
            b"w:tc" => {
                let start = self.cells.pop().expect("a cell");
                let row = self
                    .tables
                    .last_mut()
                    .and_then(|table| table.last_mut())
                    .expect("a row");
                row.push(plain(&self.text[start..]));
            }
            b"w:tbl" => self.output.tables.extend(self.tables.pop()),
            b"w:footnote" => {
                let (id, start) = self.note.take().expect("a note");
                self.notes.insert(id, self.text[start..].to_string());
            }
            _ => {}
        }
    }
}

fn attribute(tag: &BytesStart, name: &str) -> String {
    let found = tag.try_get_attribute(name).expect("well-formed attributes");
    found.map_or_else(String::new, |found| {
        found
            .normalized_value(XmlVersion::Implicit1_0)
            .expect("known entities")
            .into_owned()
    })
}
