//! A PDF file as a graph of objects, read with every guard that a hostile file calls for: references are followed a
//! limited number of times, streams unpack to a limited size, the page tree may neither loop nor be too deep.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, Stream};

/// Largest file in bytes.
const FILE: usize = 512 << 20;
/// Largest stream in bytes, unpacked.
const STREAM: usize = 64 << 20;
/// Deepest page tree.
const DEPTH: usize = 64;
/// Most pages.
const PAGES: usize = 20_000;

/// The error of a file that is locked.
pub(crate) const ENCRYPTED: &str = "it is encrypted";

/// A box of a page: left, bottom, right, top, in points.
pub type Rect = [f64; 4];

/// An open PDF file.
pub(crate) struct File {
    doc: Document,
    pages: Vec<Page>,
    numbers: BTreeMap<ObjectId, usize>,
}

/// A page with what it inherits from the page tree.
#[derive(Debug, Clone, Default)]
pub(crate) struct Page {
    /// Its object.
    pub id: ObjectId,
    /// Its boxes by name, in the order of the standard.
    pub boxes: Vec<(&'static str, Rect)>,
    /// Clockwise turn in degrees.
    pub rotate: i64,
    /// Its resources.
    pub resources: Dictionary,
    /// Its own dictionary.
    pub dict: Dictionary,
}

const BOXES: [&str; 5] = ["MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox"];

impl File {
    /// Reads a file.
    pub(crate) fn open(bytes: &[u8]) -> Result<File, String> {
        if bytes.len() > FILE {
            return Err(format!("it is larger than {FILE} bytes"));
        }
        let options = LoadOptions {
            strict: true,
            ..LoadOptions::with_max_decompressed_size(STREAM)
        };
        let doc =
            Document::load_mem_with_options(bytes, options).map_err(|error| error.to_string())?;
        if doc.is_encrypted() || doc.was_encrypted() {
            return Err(ENCRYPTED.into());
        }
        let mut file = File {
            doc,
            pages: Vec::new(),
            numbers: BTreeMap::new(),
        };
        file.pages = file.page_tree()?;
        file.numbers = file
            .pages
            .iter()
            .enumerate()
            .map(|(index, page)| (page.id, index))
            .collect();
        Ok(file)
    }

    /// The permissions of a locked file: none inside where its lock names none; `None` for a file that is not locked, or
    /// that cannot be read at all.
    pub(crate) fn lock(bytes: &[u8]) -> Option<Option<i64>> {
        let options = LoadOptions::with_max_decompressed_size(STREAM);
        let doc = Document::load_mem_with_options(bytes, options).ok()?;
        let lock = doc.trailer.get(b"Encrypt").ok()?;
        let (_, lock) = doc.dereference(lock).ok()?;
        Some(lock.as_dict().ok()?.get(b"P").and_then(Object::as_i64).ok())
    }

    /// The version that the file's head states.
    pub(crate) fn version(&self) -> &str {
        &self.doc.version
    }

    /// The pages in their order.
    pub(crate) fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// Index of the page with that object.
    pub(crate) fn page_index(&self, id: ObjectId) -> Option<usize> {
        self.numbers.get(&id).copied()
    }

    /// The trailer.
    pub(crate) fn trailer(&self) -> &Dictionary {
        &self.doc.trailer
    }

    /// The document catalog.
    pub(crate) fn catalog(&self) -> Result<&Dictionary, String> {
        self.dict(&self.doc.trailer, "Root")
            .ok_or_else(|| "it has no document catalog".into())
    }

    /// All objects of the file, reached or not.
    pub(crate) fn objects(&self) -> impl Iterator<Item = (ObjectId, &Object)> {
        self.doc.objects.iter().map(|(id, object)| (*id, object))
    }

    /// The object of that number.
    pub(crate) fn object(&self, id: ObjectId) -> Option<&Object> {
        self.doc.objects.get(&id).map(|object| self.resolve(object))
    }

    /// Every dictionary of the file that is an object of its own, in the order of their numbers.
    pub(crate) fn dictionaries(&self) -> impl Iterator<Item = &Dictionary> {
        self.doc.objects.values().filter_map(as_dict)
    }

    /// What an object stands for: references followed, `Null` where they lead nowhere.
    pub(crate) fn resolve<'a>(&'a self, object: &'a Object) -> &'a Object {
        self.doc
            .dereference(object)
            .map_or(&Object::Null, |(_, object)| object)
    }

    /// The entry of a dictionary, `Null` where there is none.
    pub(crate) fn get<'a>(&'a self, dict: &'a Dictionary, key: &str) -> &'a Object {
        dict.get(key.as_bytes())
            .map_or(&Object::Null, |object| self.resolve(object))
    }

    /// The entry of a dictionary as a dictionary (that of a stream, too).
    pub(crate) fn dict<'a>(&'a self, dict: &'a Dictionary, key: &str) -> Option<&'a Dictionary> {
        as_dict(self.get(dict, key))
    }

    /// The entry of a dictionary as an array; a missing one is empty.
    pub(crate) fn array<'a>(&'a self, dict: &'a Dictionary, key: &str) -> &'a [Object] {
        self.get(dict, key).as_array().map_or(&[], Vec::as_slice)
    }

    /// The entry of a dictionary as a name.
    pub(crate) fn name(&self, dict: &Dictionary, key: &str) -> Option<String> {
        as_name(self.get(dict, key))
    }

    /// The entry of a dictionary as a text string.
    pub(crate) fn text(&self, dict: &Dictionary, key: &str) -> Option<String> {
        self.get(dict, key).as_str().ok().map(decode_text)
    }

    /// The entry of a dictionary as an integer.
    pub(crate) fn integer(&self, dict: &Dictionary, key: &str) -> Option<i64> {
        self.get(dict, key).as_i64().ok()
    }

    /// Numbers of an array, as far as they are numbers.
    pub(crate) fn numbers(&self, array: &[Object]) -> Vec<f64> {
        array
            .iter()
            .filter_map(|object| number(self.resolve(object)))
            .collect()
    }

    /// What a stream unpacks to.
    pub(crate) fn unpack(&self, stream: &Stream) -> Result<Vec<u8>, String> {
        stream
            .decompressed_content_with_limit(STREAM)
            .map_err(|error| format!("a stream cannot be unpacked: {error}"))
    }

    /// The content of a page: its streams, one after the other.
    pub(crate) fn content(&self, page: &Page) -> Result<Vec<u8>, String> {
        let contents = page
            .dict
            .get(b"Contents")
            .map_or(&Object::Null, |object| self.resolve(object));
        let streams = match contents {
            Object::Array(parts) => parts.iter().map(|part| self.resolve(part)).collect(),
            other => vec![other],
        };
        let mut content = Vec::new();
        for stream in streams.into_iter().filter(|object| !object.is_null()) {
            let stream = stream
                .as_stream()
                .map_err(|_| "a page's content is no stream")?;
            content.extend(self.unpack(stream)?);
            content.push(b'\n');
            if content.len() > STREAM {
                return Err("a page's content is too large".into());
            }
        }
        Ok(content)
    }

    fn page_tree(&self) -> Result<Vec<Page>, String> {
        let root = self
            .catalog()?
            .get(b"Pages")
            .map_err(|_| "it has no pages")?
            .clone();
        let mut pages = Vec::new();
        let mut seen = BTreeSet::new();
        let mut waiting = vec![(root, Page::default(), 0)];
        while let Some((object, mut page, depth)) = waiting.pop() {
            let id = object
                .as_reference()
                .map_err(|_| "its page tree has a node that is no reference")?;
            if !seen.insert(id) || depth > DEPTH || seen.len() > PAGES {
                return Err("its page tree loops, is too deep or too large".into());
            }
            let node = as_dict(self.resolve(&object))
                .ok_or("its page tree has a node that is no dictionary")?;
            self.inherit(node, &mut page);
            if node.has(b"Kids") {
                let kids = self.array(node, "Kids").iter().rev();
                waiting.extend(kids.map(|kid| (kid.clone(), page.clone(), depth + 1)));
            } else {
                self.own_boxes(node, &mut page);
                pages.push(Page {
                    id,
                    dict: node.clone(),
                    ..page
                });
            }
        }
        if pages.is_empty() {
            Err("it has no pages".into())
        } else {
            Ok(pages)
        }
    }

    fn inherit(&self, node: &Dictionary, page: &mut Page) {
        if let Some(resources) = self.dict(node, "Resources") {
            page.resources = resources.clone();
        }
        if let Some(rotate) = self.integer(node, "Rotate") {
            page.rotate = rotate;
        }
        for name in &BOXES[..2] {
            self.set_box(node, page, name);
        }
    }

    fn own_boxes(&self, node: &Dictionary, page: &mut Page) {
        for name in &BOXES[2..] {
            self.set_box(node, page, name);
        }
    }

    fn set_box(&self, node: &Dictionary, page: &mut Page, name: &'static str) {
        if let Ok([a, b, c, d]) = <Rect>::try_from(self.numbers(self.array(node, name)).as_slice())
        {
            page.boxes.retain(|(other, _)| *other != name);
            page.boxes
                .push((name, [a.min(c), b.min(d), a.max(c), b.max(d)]));
        }
    }
}

/// An object as a dictionary; that of a stream, too.
pub(crate) fn as_dict(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// An object as a name.
pub(crate) fn as_name(object: &Object) -> Option<String> {
    object
        .as_name()
        .ok()
        .map(|name| String::from_utf8_lossy(name).into_owned())
}

/// An object as a finite number.
pub(crate) fn number(object: &Object) -> Option<f64> {
    match object {
        Object::Integer(value) => Some(*value as f64),
        Object::Real(value) => Some(f64::from(*value)),
        _ => None,
    }
    .filter(|value| value.is_finite())
}

/// A number with at most two decimals, without trailing zeros.
pub(crate) fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".into()
    } else {
        text.into()
    }
}

/// A text string: UTF-16 or UTF-8 with a byte order mark, else PDFDocEncoding (ISO 32000-1, 7.9.2.2 and annex D.2).
pub(crate) fn decode_text(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => utf16(rest),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|&byte| pdf_doc(byte)).collect(),
    }
}

/// Text of UTF-16 code units, high byte first.
pub(crate) fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes
        .chunks(2)
        .map(|pair| {
            pair.iter()
                .fold(0, |unit, &byte| unit << 8 | u16::from(byte))
        })
        .collect();
    String::from_utf16_lossy(&units)
}

fn pdf_doc(byte: u8) -> char {
    const LOW: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
    const HIGH: [char; 33] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚',
        '™', 'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
    ];
    match byte {
        0x18..=0x1f => LOW[usize::from(byte - 0x18)],
        0x80..=0xa0 => HIGH[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_strings_are_decoded_by_their_byte_order_mark() {
        assert_eq!(decode_text(b"\xfe\xff\x00a\xd8\x3d\xde\x42"), "a🙂");
        assert_eq!(decode_text("\u{feff}é".as_bytes()), "é");
        assert_eq!(decode_text(b"caf\xe9 \x84 \xa0"), "café — €");
    }

    #[test]
    fn numbers_are_short_and_have_no_negative_zero() {
        assert_eq!(
            [595.276, 0.1, -0.001, 12.0].map(short),
            ["595.28", "0.1", "0", "12"]
        );
    }
}
