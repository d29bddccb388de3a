//! How to spoil a PDF file: each function changes one thing, and fails the test where there is nothing to change.

use lopdf::{Dictionary, Document, Object, ObjectId};

/// A file as bytes.
pub(crate) fn save(mut doc: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).expect("a file in memory");
    bytes
}

/// The catalog.
pub(crate) fn catalog(doc: &mut Document) -> &mut Dictionary {
    doc.catalog_mut().expect("a catalog")
}

/// A dictionary by its object.
pub(crate) fn dict(doc: &mut Document, id: ObjectId) -> &mut Dictionary {
    match doc.objects.get_mut(&id) {
        Some(Object::Dictionary(dict)) => dict,
        Some(Object::Stream(stream)) => &mut stream.dict,
        other => panic!("{id:?} is no dictionary: {other:?}"),
    }
}

/// The dictionary that an entry of the catalog is or refers to.
pub(crate) fn below<'a>(doc: &'a mut Document, key: &str) -> &'a mut Dictionary {
    let id = match catalog(doc).get(key.as_bytes()) {
        Ok(Object::Reference(id)) => Some(*id),
        Ok(_) => None,
        Err(_) => panic!("no {key}"),
    };
    match id {
        Some(id) => dict(doc, id),
        None => {
            let entry = catalog(doc).get_mut(key.as_bytes()).expect(key);
            entry.as_dict_mut().expect("a dictionary")
        }
    }
}

/// All objects with a name of that value under a key.
pub(crate) fn all(doc: &Document, key: &str, value: &str) -> Vec<ObjectId> {
    let is = |object: &Object| {
        let dict = match object {
            Object::Dictionary(dict) => dict,
            Object::Stream(stream) => &stream.dict,
            _ => return false,
        };
        dict.get(key.as_bytes())
            .and_then(Object::as_name)
            .is_ok_and(|name| name == value.as_bytes())
    };
    let found: Vec<ObjectId> = doc
        .objects
        .iter()
        .filter(|(_, object)| is(object))
        .map(|(id, _)| *id)
        .collect();
    assert!(!found.is_empty(), "no {key} {value}");
    found
}

/// The structure elements of a type.
pub(crate) fn elements(doc: &Document, role: &str) -> Vec<ObjectId> {
    let found: Vec<ObjectId> = all(doc, "S", role);
    let tagged = |id: &ObjectId| doc.get_dictionary(*id).is_ok_and(|dict| dict.has(b"P"));
    let found: Vec<ObjectId> = found.into_iter().filter(tagged).collect();
    assert!(!found.is_empty(), "no element {role}");
    found
}

/// Gives every element of a type another one.
pub(crate) fn retag(doc: &mut Document, from: &str, to: &str) {
    for id in elements(doc, from) {
        dict(doc, id).set("S", to);
    }
}

/// Takes an entry away from the first element of a type that has it.
pub(crate) fn untag(doc: &mut Document, role: &str, key: &str) {
    let has = |id: &&ObjectId| {
        doc.get_dictionary(**id)
            .is_ok_and(|dict| dict.has(key.as_bytes()))
    };
    let found = elements(doc, role);
    let id = *found
        .iter()
        .find(has)
        .unwrap_or_else(|| panic!("no {role} with {key}"));
    dict(doc, id).remove(key.as_bytes());
}

/// Takes an attribute away from all elements of a type, or gives it another value.
pub(crate) fn attribute(doc: &mut Document, role: &str, key: &str, value: Option<Object>) {
    let mut done = false;
    for id in elements(doc, role) {
        let mut attributes = match dict(doc, id).get(b"A") {
            Ok(Object::Array(all)) => all.clone(),
            Ok(one) => vec![one.clone()],
            Err(_) => continue,
        };
        for attribute in attributes
            .iter_mut()
            .filter_map(|one| one.as_dict_mut().ok())
        {
            done |= attribute.remove(key.as_bytes()).is_some();
            if let Some(value) = &value {
                attribute.set(key, value.clone());
            }
        }
        dict(doc, id).set("A", attributes);
    }
    assert!(done, "no {role} with {key}");
}

/// The page of that index.
pub(crate) fn page(doc: &mut Document, index: usize) -> &mut Dictionary {
    let id = doc.page_iter().nth(index).expect("a page");
    dict(doc, id)
}

/// The resources of the first page.
pub(crate) fn resources(doc: &mut Document) -> &mut Dictionary {
    let id = doc.page_iter().next().expect("a page");
    let shared = dict(doc, id)
        .get(b"Resources")
        .and_then(Object::as_reference)
        .ok();
    match shared {
        Some(id) => dict(doc, id),
        None => dict(doc, id)
            .get_mut(b"Resources")
            .and_then(Object::as_dict_mut)
            .expect("resources"),
    }
}

/// Puts an entry into a category of the resources of the first page; gives nothing back.
pub(crate) fn resource(doc: &mut Document, category: &str, key: &str, value: impl Into<Object>) {
    let shared = resources(doc)
        .get(category.as_bytes())
        .and_then(Object::as_reference)
        .ok();
    let all = match shared {
        Some(id) => dict(doc, id),
        None => {
            if !resources(doc).has(category.as_bytes()) {
                resources(doc).set(category, Dictionary::new());
            }
            let entry = resources(doc).get_mut(category.as_bytes());
            entry.and_then(Object::as_dict_mut).expect(category)
        }
    };
    all.set(key, value);
}

/// Changes the content of the first page.
pub(crate) fn content(doc: &mut Document, change: impl FnOnce(&str) -> String) {
    let id = page(doc, 0)
        .get(b"Contents")
        .and_then(Object::as_reference)
        .expect("one stream");
    let stream = doc
        .get_object_mut(id)
        .and_then(Object::as_stream_mut)
        .expect("a stream");
    let old = stream.decompressed_content().expect("content");
    let old: String = old.iter().map(|byte| char::from(*byte)).collect();
    let new = change(&old);
    assert!(old != new, "the content has nothing to change");
    stream.set_plain_content(new.chars().map(|c| c as u8).collect());
}

/// Paints something more, in front of what the first page has.
pub(crate) fn paint(doc: &mut Document, more: &str) {
    content(doc, |old| format!("q {more} Q\n{old}"));
}

/// Changes the metadata.
pub(crate) fn metadata(doc: &mut Document, from: &str, to: &str) {
    let id = catalog(doc)
        .get(b"Metadata")
        .and_then(Object::as_reference)
        .expect("metadata");
    let stream = doc
        .get_object_mut(id)
        .and_then(Object::as_stream_mut)
        .expect("a stream");
    let old = stream
        .decompressed_content()
        .unwrap_or_else(|_| stream.content.clone());
    let old = String::from_utf8(old).expect("UTF-8");
    assert!(old.contains(from), "no {from} in {old}");
    stream.set_plain_content(old.replace(from, to).into_bytes());
}

/// The first annotation.
pub(crate) fn link(doc: &mut Document) -> &mut Dictionary {
    let id = all(doc, "Subtype", "Link")[0];
    dict(doc, id)
}

/// The kids of an element as a list.
pub(crate) fn kids(doc: &mut Document, id: ObjectId) -> Vec<Object> {
    match dict(doc, id).get(b"K") {
        Ok(Object::Array(kids)) => kids.clone(),
        Ok(one) => vec![one.clone()],
        Err(_) => Vec::new(),
    }
}
