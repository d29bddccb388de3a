//! Sheets from printpdf and typeset pages become one file.
//!
//! printpdf draws a sheet with a placeholder for each page. Here the objects of the pages move in, each placeholder
//! becomes a form with the page's own content, and what printpdf leaves out is added: boxes, registration colour,
//! resources of each sheet side alone.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::draw::DrawnSide;
use super::marks::REGISTRATION;
use super::sheet::Rect;
use super::slug::OVERPRINT;
use crate::pdf::prepress;

/// Name of a page's placeholder.
pub(super) fn placeholder(page: usize) -> String {
    format!("Page{page}")
}

/// Moves pages into the document of the sheets: files of pages, each page with the name of its placeholder. What is on no
/// side is left over.
pub(super) fn assemble(
    mut sheets: Document,
    sources: Vec<(Document, Vec<String>)>,
    sides: &[DrawnSide<'_>],
) -> lopdf::Result<Document> {
    let mut forms = BTreeMap::new();
    for (mut pages, names) in sources {
        pages.renumber_objects_with(sheets.max_id + 1);
        let numbered: Vec<ObjectId> = pages.get_pages().into_values().collect();
        for (page, name) in numbered.iter().zip(names) {
            forms.insert(name, form(&mut pages, *page)?);
        }
        for page in &numbered {
            pages.objects.remove(page);
        }
        sheets.max_id = pages.max_id;
        sheets.objects.append(&mut pages.objects);
    }
    let registration = registration(&mut sheets);
    let overprint = prepress::overprint(&mut sheets, true);
    let marks = (registration, overprint);
    let fronts: Vec<ObjectId> = sheets.get_pages().into_values().collect();
    for (id, side) in fronts.into_iter().zip(sides) {
        finish_side(&mut sheets, id, side, &forms, marks)?;
    }
    Ok(sheets)
}

/// A form that draws what the page draws: its content stream is taken as it is, compressed.
fn form(pages: &mut Document, id: ObjectId) -> lopdf::Result<ObjectId> {
    let page = pages.get_dictionary(id)?.clone();
    let contents = pages.get_page_contents(id);
    let mut stream = match contents.as_slice() {
        [one] => pages.get_object(*one)?.as_stream()?.clone(),
        _ => Stream::new(Dictionary::new(), pages.get_page_content(id)),
    };
    stream.dict.set("Type", "XObject");
    stream.dict.set("Subtype", "Form");
    stream.dict.set("BBox", page.get(b"MediaBox")?.clone());
    for key in ["Resources", "Group"] {
        if let Ok(value) = page.get(key.as_bytes()) {
            stream.dict.set(key, value.clone());
        }
    }
    Ok(pages.add_object(stream))
}

/// The colour that is printed on every plate.
fn registration(sheets: &mut Document) -> ObjectId {
    // A tint of 1 is all inks in full.
    let function = sheets.add_object(dictionary! {
        "FunctionType" => 2,
        "Domain" => vec![0.into(), 1.into()],
        "C0" => vec![0.into(), 0.into(), 0.into(), 0.into()],
        "C1" => vec![1.into(), 1.into(), 1.into(), 1.into()],
        "N" => 1,
    });
    sheets.add_object(vec![
        "Separation".into(),
        "All".into(),
        "DeviceCMYK".into(),
        Object::Reference(function),
    ])
}

fn finish_side(
    sheets: &mut Document,
    id: ObjectId,
    side: &DrawnSide<'_>,
    forms: &BTreeMap<String, ObjectId>,
    (registration, overprint): (ObjectId, ObjectId),
) -> lopdf::Result<()> {
    let page = sheets.get_dictionary(id)?.clone();
    let resources = page.get(b"Resources")?;
    let (_, resources) = sheets.dereference(resources)?;
    let resources = resources.as_dict()?;
    let mut own = Dictionary::new();
    if let Ok(fonts) = resources.get(b"Font") {
        own.set("Font", fonts.clone());
    }
    let placed = side.placed.iter().filter_map(|placed| {
        let form = Object::Reference(*forms.get(&placed.name)?);
        Some((placed.name.clone(), form))
    });
    let placed: Dictionary = placed.collect();
    if !placed.is_empty() {
        own.set("XObject", placed);
    }
    own.set("ExtGState", dictionary! { OVERPRINT => overprint });
    own.set("ColorSpace", dictionary! { REGISTRATION => registration });
    let mut page = page;
    page.set("Resources", own);
    page.remove(b"Annots");
    page.remove(b"CropBox");
    page.set("TrimBox", corners(&side.geometry.trim));
    page.set("BleedBox", corners(&side.geometry.bleed));
    compress(sheets, &page)?;
    sheets.set_object(id, page);
    Ok(())
}

fn compress(sheets: &mut Document, page: &Dictionary) -> lopdf::Result<()> {
    let contents = page.get(b"Contents")?.as_reference()?;
    Ok(prepress::pack(
        sheets.get_object_mut(contents)?.as_stream_mut()?,
    )?)
}

fn corners(rect: &Rect) -> Object {
    let sides = [rect.x, rect.y, rect.right(), rect.top()];
    Object::Array(sides.map(|side| Object::Real(side as f32)).to_vec())
}
