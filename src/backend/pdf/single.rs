//! What a print shop asks of single pages and the typesetter does not write: a box for the bleed on every page, and no
//! links, bookmarks or named places, which mean nothing on paper and lead astray once pages stand on sheets.

use lopdf::{Dictionary, Document, Object, ObjectId};

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
    for id in pages {
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
