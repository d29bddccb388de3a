//! From typeset pages to pages that a printer accepts: colours become inks, black text overprints, whatever only a
//! screen can use goes, and the file says for which printing condition it was made (PDF/X-4, ISO 15930-7).
//!
//! `backend::pdf` finishes single pages with it, `backend::press` puts the pages on sheets in between.

mod colour;
mod content;
mod pack;
mod pictures;
mod profile;
mod shadings;
mod standard;

use std::sync::Arc;

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, dictionary};

pub(crate) use pack::pack;
pub(crate) use profile::Profile;
pub(crate) use standard::{About, CREATOR, finish};

use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::layout::Layout;
use colour::Inks;

/// Largest stream in bytes, unpacked: a picture of 10,000 by 10,000 pixels.
const STREAM: usize = 400 << 20;
/// What of the catalog means something on paper.
const KEPT: [&[u8]; 3] = [b"Type", b"Pages", b"PageLabels"];
/// What a page holds for screens alone.
const SCREEN_ONLY: [&[u8]; 5] = [b"Annots", b"StructParents", b"Tabs", b"AA", b"PZ"];

/// Pages that are fit for the press, and the printing condition that they are fit for.
#[derive(Debug, Clone)]
pub(crate) struct Prepared {
    /// The pages.
    pub(crate) pages: Document,
    /// The printing condition.
    pub(crate) profile: Arc<Profile>,
}

/// Opens typeset pages and makes all that is on them fit for the press.
///
/// # Errors
/// Colours that cannot be turned into inks of the profile.
pub(crate) fn prepare(pages: &[u8], profile: &Profile) -> Result<Document, Diagnostics> {
    let options = LoadOptions::with_max_decompressed_size(STREAM);
    let mut document = Document::load_mem_with_options(pages, options).map_err(|e| wrong(&e))?;
    let mut inks = Inks::new(profile)?;
    strip(&mut document);
    boxes(&mut document).map_err(|e| wrong(&e))?;
    grey_is_black(&mut document);
    pictures::separate(&mut document, &mut inks)?;
    shadings::separate(&mut document, &mut inks)?;
    content::rewrite(&mut document, &mut inks)?;
    document.prune_objects();
    Ok(document)
}

/// The printing condition that a layout names.
pub(crate) fn profile(layout: &Layout) -> Result<Profile, Diagnostics> {
    let (name, bytes) = layout.profile()?;
    Profile::new(bytes).map_err(|what| {
        Diagnostic::new(Code::PROFILE_UNFIT, format!("`{name}` {what}"))
            .hint("ask the printer for the ICC profile of the press and the paper")
            .into()
    })
}

/// Adds a graphics state that switches overprinting on or off.
pub(crate) fn overprint(document: &mut Document, on: bool) -> ObjectId {
    document.add_object(dictionary! {
        "Type" => "ExtGState", "OP" => on, "op" => on, "OPM" => i64::from(on),
    })
}

/// A PDF of our own that cannot be worked on.
pub(crate) fn wrong(what: &dyn std::fmt::Display) -> Diagnostics {
    Diagnostic::new(
        Code::PRESS_PAGES,
        format!("the typeset pages cannot be made ready for the press: {what}"),
    )
    .hint("this is a fault of the program: please report it with the report's source")
    .into()
}

/// Takes out links, bookmarks, tags and names: on paper they lead nowhere, and printers bounce files with them.
fn strip(document: &mut Document) {
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    for page in pages {
        if let Ok(page) = document.get_dictionary_mut(page) {
            for key in SCREEN_ONLY {
                page.remove(key);
            }
        }
    }
    if let Ok(catalog) = document.catalog_mut() {
        let kept = |(key, _): &(&Vec<u8>, &Object)| KEPT.contains(&key.as_slice());
        let kept = catalog.iter().filter(kept);
        *catalog = kept
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
    }
}

/// Gives every page boxes of its own: the typesetter writes none for the bleed, which is as large as the sheet of the
/// page.
fn boxes(document: &mut Document) -> lopdf::Result<()> {
    let pages: Vec<ObjectId> = document.page_iter().collect();
    for id in pages {
        let media = inherited(document, id, b"MediaBox")?;
        let resources = inherited(document, id, b"Resources").ok();
        let page = document.get_object_mut(id)?.as_dict_mut()?;
        if !page.has(b"TrimBox") {
            page.set("TrimBox", media.clone());
        }
        page.set("BleedBox", media.clone());
        page.set("MediaBox", media);
        if let Some(resources) = resources {
            page.set("Resources", resources);
        }
    }
    Ok(())
}

/// The entry of a page, its own or that of the nearest node above it.
fn inherited(document: &Document, page: ObjectId, key: &[u8]) -> lopdf::Result<Object> {
    let mut node: &Dictionary = document.get_dictionary(page)?;
    // No page tree of the typesetter is as deep; a loop must end.
    for _ in 0..64 {
        if let Ok(found) = node.get(key) {
            let found = document.dereference(found)?;
            return Ok(found.1.clone());
        }
        node = document.get_dictionary(node.get(b"Parent")?.as_reference()?)?;
    }
    node.get(key).cloned()
}

/// Greys with a profile of their own are separated into four inks by a printer's software: plain grey is black ink.
fn grey_is_black(document: &mut Document) {
    let profiles: Vec<ObjectId> = document
        .objects
        .iter()
        .filter_map(|(id, object)| match object {
            Object::Stream(stream) if is_grey_profile(&stream.dict) => Some(*id),
            _ => None,
        })
        .collect();
    for object in document.objects.values_mut() {
        plain_grey(object, &profiles);
    }
}

fn is_grey_profile(dict: &Dictionary) -> bool {
    let components = dict.get(b"N").and_then(Object::as_i64);
    components.is_ok_and(|count| count == 1) && !dict.has(b"Type") && !dict.has(b"Subtype")
}

fn plain_grey(object: &mut Object, profiles: &[ObjectId]) {
    match object {
        Object::Array(items) => {
            let is = match items.as_slice() {
                [Object::Name(name), Object::Reference(id)] => {
                    name == b"ICCBased" && profiles.contains(id)
                }
                _ => false,
            };
            if is {
                *object = "DeviceGray".into();
            } else {
                items.iter_mut().for_each(|item| plain_grey(item, profiles));
            }
        }
        Object::Dictionary(dict) => plain_greys(dict, profiles),
        Object::Stream(stream) => plain_greys(&mut stream.dict, profiles),
        _ => {}
    }
}

fn plain_greys(dict: &mut Dictionary, profiles: &[ObjectId]) {
    dict.iter_mut()
        .for_each(|(_, value)| plain_grey(value, profiles));
}

#[cfg(test)]
mod tests;
