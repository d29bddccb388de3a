//! What a print shop asks of single pages and the typesetter does not write: a box for the bleed on every page, black
//! type that overprints, and no links, bookmarks or named places, which mean nothing on paper and lead astray once
//! pages stand on sheets.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use crate::diagnostic::{Diagnostic, Diagnostics, Kind};

/// What of the catalog only serves those who read on a screen.
const FOR_SCREENS: [&[u8]; 7] = [
    b"Outlines",
    b"PageMode",
    b"Names",
    b"Dests",
    b"OpenAction",
    b"StructTreeRoot",
    b"MarkInfo",
];

/// How the typesetter starts a text in solid black ink.
const BLACK_TEXT: &[u8] = b" 0 0 0 1 k\nBT";
/// The same, overprinting what lies below: no white seam shows where plates are out of register.
const OVERPRINTING: &[u8] = b" 0 0 0 1 k /OverprintBlack gs\nBT";
/// The name of the graphics state in `OVERPRINTING`.
const STATE: &str = "OverprintBlack";

/// The typesetter's file with MediaBox, BleedBox and TrimBox on every page, and without what is for screens.
pub(super) fn finish(bytes: &[u8]) -> Result<Vec<u8>, Diagnostics> {
    finished(bytes).map_err(|error| {
        Diagnostic::error(
            Kind::Layout,
            format!("the pages for the print shop cannot be finished: {error}"),
        )
        .hint("this is a fault of the program: please report it with the report's source")
        .into()
    })
}

fn finished(bytes: &[u8]) -> Result<Vec<u8>, lopdf::Error> {
    let mut document = Document::load_mem(bytes)?;
    let catalog = document.catalog_mut()?;
    for key in FOR_SCREENS {
        catalog.remove(key);
    }
    let pages: Vec<ObjectId> = document.page_iter().collect();
    let state = document.add_object(dictionary! {
        "Type" => "ExtGState", "OP" => true, "op" => true, "OPM" => 1,
    });
    for id in pages {
        if overprint(&mut document, id)? {
            name_state(&mut document, id, state)?;
        }
        let media = inherited(&document, id, b"MediaBox")?;
        let page = document.get_object_mut(id)?.as_dict_mut()?;
        page.remove(b"Annots");
        page.remove(b"StructParents");
        page.remove(b"Tabs");
        if !page.has(b"TrimBox") {
            page.set("TrimBox", media.clone());
        }
        page.set("BleedBox", media.clone());
        page.set("MediaBox", media);
    }
    document.prune_objects();
    let mut saved = Vec::new();
    document.save_to(&mut saved)?;
    Ok(saved)
}

/// The entry of a page, its own or that of the nearest node above it.
fn inherited(document: &Document, page: ObjectId, key: &[u8]) -> Result<Object, lopdf::Error> {
    let mut node: &Dictionary = document.get_dictionary(page)?;
    // No page tree of the typesetter is as deep; a loop must end.
    for _ in 0..64 {
        if let Ok(found) = node.get(key) {
            return document
                .dereference(found)
                .map(|(_, object)| object.clone());
        }
        node = document.get_dictionary(node.get(b"Parent")?.as_reference()?)?;
    }
    node.get(key).cloned()
}

/// Makes the black text of a page overprint; says whether there is any.
fn overprint(document: &mut Document, page: ObjectId) -> Result<bool, lopdf::Error> {
    let mut any = false;
    for id in document.get_page_contents(page) {
        let stream = document.get_object_mut(id)?.as_stream_mut()?;
        let plain = stream.get_plain_content()?;
        if let Some(changed) = replaced(&plain, BLACK_TEXT, OVERPRINTING) {
            stream.set_plain_content(changed);
            stream.compress()?;
            any = true;
        }
    }
    Ok(any)
}

/// `bytes` with every `old` made `new`, or none if there is no `old`.
fn replaced(bytes: &[u8], old: &[u8], new: &[u8]) -> Option<Vec<u8>> {
    let mut made = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = rest.windows(old.len()).position(|here| here == old) {
        made.extend_from_slice(&rest[..at]);
        made.extend_from_slice(new);
        rest = &rest[at + old.len()..];
    }
    let any = rest.len() < bytes.len();
    made.extend_from_slice(rest);
    any.then_some(made)
}

/// Lists the graphics state among the resources of a page.
fn name_state(
    document: &mut Document,
    page: ObjectId,
    state: ObjectId,
) -> Result<(), lopdf::Error> {
    let dictionary = |object: &Object| object.as_dict().cloned();
    let mut resources = dictionary(&inherited(document, page, b"Resources")?)?;
    let mut states = match resources.get(b"ExtGState") {
        Ok(found) => dictionary(document.dereference(found)?.1)?,
        Err(_) => Dictionary::new(),
    };
    states.set(STATE, state);
    resources.set("ExtGState", states);
    let page = document.get_object_mut(page)?.as_dict_mut()?;
    page.set("Resources", resources);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_black_text_overprints_and_no_other() {
        let page = b"q 1 0 0 1 5 5 cm 0 0 0 1 k\nBT ET Q 0 0 0 0.75 k\nBT ET\nq 0 0 0 1 k\nBT";
        let made = replaced(page, BLACK_TEXT, OVERPRINTING).unwrap();
        let made = String::from_utf8(made).unwrap();
        assert_eq!(
            made,
            "q 1 0 0 1 5 5 cm 0 0 0 1 k /OverprintBlack gs\nBT ET Q 0 0 0 0.75 k\nBT ET\nq 0 0 0 1 k /OverprintBlack gs\nBT"
        );
        assert_eq!(replaced(b"0.0 0 0 1 k BT", BLACK_TEXT, OVERPRINTING), None);
        assert_eq!(replaced(b"", BLACK_TEXT, OVERPRINTING), None);
    }

    #[test]
    fn what_is_no_pdf_is_an_error() {
        for bytes in [&b""[..], b"%PDF-1.7\n", b"x"] {
            let said = finish(bytes).unwrap_err().to_string();
            assert!(said.contains("cannot be finished"), "{said}");
        }
    }
}
