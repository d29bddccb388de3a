//! What a finished PDF says to those who copy, search or hear it, where the PDF writer (krilla 0.8, by way of typst 0.15)
//! says it wrongly. Nothing that is seen changes.
//!
//! A hyphen that a line's end put there is drawn by the glyph of the common one. Its character map says U+002D, so that
//! readers who know nothing else show a hyphen at the line's end, and /ActualText says U+00AD, as ISO 32000-1, 14.8.2.2.3
//! asks for. krilla maps a glyph to what it met first; typst/typst#6799 leaves a glyph of its own for these hyphens open.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, StringFormat, dictionary};
use rayon::prelude::*;

use super::list_numbering;
use super::prepress::pack;
use super::read::cmap::CMap;
use super::structure::{self, Told};

/// Largest stream in bytes, unpacked: a picture of 10,000 by 10,000 pixels.
const STREAM: usize = 400 << 20;
const SOFT_HYPHEN: &str = "\u{ad}";

/// The file with its text layer repaired, and its tag tree where it has one, about which `told` knows more; the same bytes
/// where there is nothing to do.
///
/// # Errors
/// A file that cannot be read.
pub(crate) fn repair(bytes: Vec<u8>, told: Option<&Told<'_>>) -> Result<Vec<u8>, String> {
    let options = LoadOptions::with_max_decompressed_size(STREAM);
    let mut document =
        Document::load_mem_with_options(&bytes, options).map_err(|e| e.to_string())?;
    let maps = maps(&document)?;
    let hyphens: BTreeSet<ObjectId> = maps
        .iter()
        .filter(|(_, map)| {
            map.texts().next().is_some() && map.texts().all(|text| text == SOFT_HYPHEN)
        })
        .map(|(font, _)| *font)
        .collect();
    if hyphens.is_empty() && told.is_none() {
        return Ok(bytes);
    }
    let wrong = |error: lopdf::Error| error.to_string();
    let none = BTreeMap::new();
    let languages = told.map_or(&none, |told| &told.mentions);
    let mentions = redraw(&mut document, &hyphens, languages).map_err(wrong)?;
    if let Some(told) = told {
        structure::settle(&mut document, told, mentions).map_err(wrong)?;
        list_numbering::set(&mut document, &told.numberings).map_err(wrong)?;
    }
    let mut made = Vec::with_capacity(bytes.len());
    document.save_to(&mut made).map_err(|e| e.to_string())?;
    // Taking it apart takes as long as writing it.
    rayon::spawn(move || drop(document));
    Ok(made)
}

/// The marked contents of a page that are in these languages, by their numbers, and the page without these.
fn mentions_in(
    mut text: Vec<u8>,
    languages: &BTreeMap<String, String>,
) -> (Vec<(i64, String)>, Vec<u8>) {
    const START: &[u8] = b"/Lang(qa";
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = find(&text[from..], START).map(|at| from + at) {
        from = at + START.len();
        let Some(end) = text[at..].iter().position(|byte| *byte == b')') else {
            break;
        };
        let tag = String::from_utf8_lossy(&text[at + b"/Lang(".len()..at + end]).into_owned();
        let number = number_before(&text[..at]);
        if let Some(number) = number.filter(|_| languages.contains_key(&tag)) {
            found.push((number, tag));
            text.drain(at..=at + end);
            from = at;
        }
    }
    (found, text)
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

/// The number of the marked content whose properties end a text, as krilla writes them: `<</MCID 48`.
fn number_before(text: &[u8]) -> Option<i64> {
    let start = text.iter().rposition(|byte| *byte == b' ')? + 1;
    let number = text[..start].ends_with(b"/MCID ");
    let digits = str::from_utf8(&text[start..]).ok().filter(|_| number)?;
    digits.parse().ok()
}

/// The character maps of composite fonts.
fn maps(document: &Document) -> Result<BTreeMap<ObjectId, CMap>, String> {
    let mut maps = BTreeMap::new();
    for (id, object) in &document.objects {
        let map = object
            .as_dict()
            .ok()
            .filter(|font| font.has(b"DescendantFonts"));
        let map = map.and_then(|font| font.get(b"ToUnicode").ok());
        let Some(map) = map.and_then(|map| document.dereference(map).ok()) else {
            continue;
        };
        let stream = map.1.as_stream().map_err(|e| e.to_string())?;
        let text = stream.get_plain_content().map_err(|e| e.to_string())?;
        maps.insert(*id, CMap::parse(&text)?);
    }
    Ok(maps)
}

/// Marks what these fonts show as hyphens of line ends, and gives the marked contents that are in these languages, by their
/// pages and numbers; they are in none any more.
fn redraw(
    document: &mut Document,
    hyphens: &BTreeSet<ObjectId>,
    languages: &BTreeMap<String, String>,
) -> lopdf::Result<BTreeMap<(ObjectId, i64), String>> {
    for font in hyphens {
        let map = document
            .get_dictionary(*font)?
            .get(b"ToUnicode")?
            .as_reference()?;
        let stream = document.get_object_mut(map)?.as_stream_mut()?;
        let text =
            String::from_utf8_lossy(&stream.get_plain_content()?).replace(" <00AD>", " <002D>");
        stream.set_plain_content(text.into_bytes());
        pack(stream)?;
    }
    let made: lopdf::Result<Vec<_>> = contents(document)?
        .into_par_iter()
        .map(|(page, content, resources)| {
            let names = names(document, &resources, hyphens);
            if names.is_empty() && languages.is_empty() {
                return Ok(None);
            }
            let stream = document.get_object(content)?.as_stream()?;
            let (mentions, mut text) = mentions_in(stream.get_plain_content()?, languages);
            if names.is_empty() && mentions.is_empty() {
                return Ok(None);
            }
            if !names.is_empty() {
                let operations = marked(Content::decode(&text)?.operations, &names);
                text = Content { operations }.encode()?;
            }
            let mut stream = stream.clone();
            stream.set_plain_content(text);
            pack(&mut stream)?;
            Ok(Some((page, content, mentions, stream)))
        })
        .collect();
    let mut all = BTreeMap::new();
    for (page, content, mentions, stream) in made?.into_iter().flatten() {
        document.set_object(content, stream);
        let of_page = mentions
            .into_iter()
            .filter_map(|(number, tag)| Some(((page?, number), tag)));
        all.extend(of_page);
    }
    Ok(all)
}

/// The streams that draw, with their pages and resources: those of pages, and forms.
fn contents(document: &Document) -> lopdf::Result<Vec<(Option<ObjectId>, ObjectId, Dictionary)>> {
    let mut found = Vec::new();
    for page in document.page_iter() {
        let (own, inherited) = document.get_page_resources(page)?;
        let above = inherited
            .first()
            .map(|id| document.get_dictionary(*id))
            .transpose()?;
        let resources = own.or(above).cloned().unwrap_or_default();
        let contents = document.get_page_contents(page);
        let own = |id| (Some(page), id, resources.clone());
        found.extend(contents.into_iter().map(own));
    }
    for (id, object) in &document.objects {
        let Ok(stream) = object.as_stream() else {
            continue;
        };
        if stream
            .dict
            .get(b"Subtype")
            .and_then(Object::as_name)
            .is_ok_and(|name| name == b"Form")
        {
            found.push((None, *id, inner(document, &stream.dict, b"Resources")));
        }
    }
    Ok(found)
}

/// The names under which the resources have one of these fonts.
fn names(
    document: &Document,
    resources: &Dictionary,
    fonts: &BTreeSet<ObjectId>,
) -> BTreeSet<Vec<u8>> {
    let all = inner(document, resources, b"Font");
    let wanted = all
        .iter()
        .filter(|(_, font)| font.as_reference().is_ok_and(|id| fonts.contains(&id)));
    wanted.map(|(name, _)| name.clone()).collect()
}

/// The entry of a dictionary as a dictionary of its own.
fn inner(document: &Document, dict: &Dictionary, key: &[u8]) -> Dictionary {
    let found = dict
        .get(key)
        .ok()
        .and_then(|object| document.dereference(object).ok());
    found
        .and_then(|(_, object)| object.as_dict().ok().cloned())
        .unwrap_or_default()
}

/// The operations with what these fonts show marked as U+00AD.
fn marked(operations: Vec<Operation>, fonts: &BTreeSet<Vec<u8>>) -> Vec<Operation> {
    let mut drawn = Vec::with_capacity(operations.len());
    let mut hyphen = false;
    for operation in operations {
        match operation.operator.as_str() {
            "Tf" => {
                let name = operation
                    .operands
                    .first()
                    .and_then(|name| name.as_name().ok());
                hyphen = name.is_some_and(|name| fonts.contains(name));
            }
            "Tj" | "TJ" if hyphen => {
                let text = Object::String(b"\xfe\xff\x00\xad".to_vec(), StringFormat::Hexadecimal);
                let said = dictionary! { "ActualText" => text };
                drawn.push(Operation::new("BDC", vec!["Span".into(), said.into()]));
                drawn.push(operation);
                drawn.push(Operation::new("EMC", Vec::new()));
                continue;
            }
            _ => {}
        }
        drawn.push(operation);
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_fonts_of_line_ends_show_is_marked_and_nothing_else() {
        let content =
            Content::decode(b"BT /f1 9 Tf (ab) Tj /f2 9 Tf (-) Tj [(-)] TJ /f1 9 Tf (-) Tj ET")
                .unwrap();
        let fonts = BTreeSet::from([b"f2".to_vec()]);
        let marked = Content {
            operations: marked(content.operations, &fonts),
        };
        let text = String::from_utf8(marked.encode().unwrap()).unwrap();
        assert_eq!(text.matches("/ActualText<FEFF00AD>").count(), 2, "{text}");
        assert_eq!(text.matches("EMC").count(), 2, "{text}");
        assert!(text.find("BDC") > text.find("/f2"), "{text}");
        assert!(text.rfind("EMC") < text.rfind("/f1"), "{text}");
    }

    #[test]
    fn what_is_no_file_is_an_error_and_what_has_nothing_to_repair_stays_as_it_is() {
        assert!(repair(b"%PDF-1.7".to_vec(), None).is_err());
        let mut document = Document::with_version("1.7");
        let pages = document
            .add_object(dictionary! { "Type" => "Pages", "Kids" => Vec::new(), "Count" => 0 });
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
        document.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        assert_eq!(repair(bytes.clone(), None).unwrap(), bytes);
    }
}
