//! What a Word file says: its body and its footnotes, read as XML.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::artifact::ExtractedText;
use super::numbering::Numbering;
use super::plain::plain;
use crate::verify::packages::{self, PackagePart};

/// The running text.
const DOCUMENT: &str = "word/document.xml";
/// The lists.
const NUMBERING: &str = "word/numbering.xml";
/// The footnotes.
const FOOTNOTES: &str = "word/footnotes.xml";

/// Reads a Word file.
pub(super) fn read(bytes: &[u8]) -> Result<ExtractedText, String> {
    let parts = packages::parts(bytes)?;
    let document = text(&parts, DOCUMENT)?.ok_or_else(|| format!("it has no part `{DOCUMENT}`"))?;
    let mut body = Body::default();
    if let Some(part) = text(&parts, NUMBERING)? {
        body.numbering = Numbering::read(part)?;
    }
    body.read(document)?;
    let mut notes = Body::default();
    if let Some(part) = text(&parts, FOOTNOTES)? {
        notes.read(part)?;
    }
    let mut artifact = body.artifact;
    artifact.text = plain(&body.text);
    let texts = body.marks.iter().map(|id| match notes.notes.get(id) {
        Some(text) => Ok(plain(text)),
        None => Err(format!("a mark stands for note {id}, which it lacks")),
    });
    artifact.notes = texts.collect::<Result<_, _>>()?;
    Ok(artifact)
}

/// The text of the part of that name.
fn text<'a>(parts: &'a [PackagePart], name: &str) -> Result<Option<&'a str>, String> {
    let Some(part) = parts.iter().find(|part| part.name == name) else {
        return Ok(None);
    };
    std::str::from_utf8(&part.content)
        .map(Some)
        .map_err(|_| format!("part `{name}`: it is not UTF-8"))
}

#[derive(Default)]
struct Body {
    artifact: ExtractedText,
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
    numbering: Numbering,
    /// Level and list of the paragraph.
    list: (String, String),
    /// Whether text is shown.
    shown: bool,
}

impl Body {
    fn read(&mut self, xml: &str) -> Result<(), String> {
        let mut reader = Reader::from_str(xml);
        loop {
            let event = reader.read_event().map_err(|error| error.to_string())?;
            match event {
                Event::Eof => return Ok(()),
                Event::DocType(_) => return Err("document type declarations are refused".into()),
                Event::Start(tag) => self.start(&tag)?,
                Event::Empty(tag) => {
                    self.start(&tag)?;
                    self.end(tag.name().as_ref());
                }
                Event::End(tag) => self.end(tag.name().as_ref()),
                Event::Text(text) if self.shown => {
                    let text = text.decode().map_err(|error| error.to_string())?;
                    self.text.push_str(&text);
                }
                Event::GeneralRef(name) if self.shown => {
                    self.text
                        .push(entity(&name).ok_or("it has an unknown entity")?);
                }
                _ => {}
            }
        }
    }

    fn start(&mut self, tag: &BytesStart) -> Result<(), String> {
        match tag.name().as_ref() {
            b"w:p" => {
                self.text.push(' ');
                (self.paragraph, self.style) = (self.text.len(), String::new());
            }
            b"w:ilvl" => self.list.0 = attribute(tag, "w:val")?,
            b"w:numId" => self.list.1 = attribute(tag, "w:val")?,
            b"w:pStyle" => self.style = attribute(tag, "w:val")?,
            b"w:t" => self.shown = true,
            b"w:tab" | b"w:br" | b"w:cr" => self.text.push(' '),
            b"w:noBreakHyphen" => self.text.push('-'),
            b"w:footnoteReference" => self.marks.push(attribute(tag, "w:id")?),
            b"w:footnote" => self.note = Some((attribute(tag, "w:id")?, self.text.len())),
            b"wp:docPr" => {
                let alt = attribute(tag, "descr")?;
                self.text.push_str(&format!(" {alt} "));
                self.artifact
                    .alts
                    .extend(Some(plain(&alt)).filter(|alt| !alt.is_empty()));
            }
            b"w:tbl" => self.tables.push(Vec::new()),
            b"w:tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.push(Vec::new());
                }
            }
            b"w:tc" => self.cells.push(self.text.len()),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &[u8]) {
        match name {
            b"w:t" => self.shown = false,
            b"w:numPr" => {
                let (level, list) = std::mem::take(&mut self.list);
                self.artifact
                    .labels
                    .extend(self.numbering.next(&list, &level));
            }
            b"w:p" => {
                let level = self
                    .style
                    .strip_prefix("Heading")
                    .and_then(|level| level.parse().ok());
                let text = plain(&self.text[self.paragraph..]);
                self.artifact
                    .headings
                    .extend(level.map(|level| (level, text)));
            }
            b"w:tc" => {
                let row = self.tables.last_mut().and_then(|table| table.last_mut());
                if let (Some(start), Some(row)) = (self.cells.pop(), row) {
                    row.push(plain(&self.text[start..]));
                }
            }
            b"w:tbl" => self.artifact.tables.extend(self.tables.pop()),
            b"w:footnote" => {
                if let Some((id, start)) = self.note.take() {
                    self.notes.insert(id, self.text[start..].to_string());
                }
            }
            _ => {}
        }
    }
}

/// The character that an entity of XML stands for.
fn entity(name: &[u8]) -> Option<char> {
    match name {
        b"amp" => Some('&'),
        b"lt" => Some('<'),
        b"gt" => Some('>'),
        b"quot" => Some('"'),
        b"apos" => Some('\''),
        _ => {
            let digits = std::str::from_utf8(name).ok()?.strip_prefix('#')?;
            let code = match digits.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => digits.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

fn attribute(tag: &BytesStart, name: &str) -> Result<String, String> {
    let Some(found) = tag
        .try_get_attribute(name)
        .map_err(|error| error.to_string())?
    else {
        return Ok(String::new());
    };
    let value = found
        .normalized_value(XmlVersion::Implicit1_0)
        .map_err(|error| error.to_string())?;
    Ok(value.into_owned())
}
