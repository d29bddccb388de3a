//! By what the lists of a finished PDF say that they count (ISO 32000-1, table 347): typst 0.15 says `Decimal` of every list
//! that has labels.

use lopdf::{Document, Object, ObjectId};

/// Deepest tag tree.
const DEPTH: usize = 120;

/// Says of the lists with labels, in the order of the tag tree, by what each counts. Where the file does not have as many, it
/// stays as it is: a layout of somebody else has lists of its own.
pub(super) fn set(document: &mut Document, numberings: &[&str]) -> lopdf::Result<()> {
    let root = document
        .catalog()?
        .get_deref(b"StructTreeRoot", document)?
        .as_dict()?;
    let mut lists = Vec::new();
    collect(document, root.get(b"K")?, DEPTH, &mut lists);
    if lists.len() != numberings.len() {
        return Ok(());
    }
    for (list, numbering) in lists.into_iter().zip(numberings) {
        let attributes = document
            .get_object_mut(list)?
            .as_dict_mut()?
            .get_mut(b"A")?;
        let all = match attributes {
            Object::Array(all) => all.as_mut_slice(),
            one => std::slice::from_mut(one),
        };
        for one in all.iter_mut().filter(|one| counts(one)) {
            one.as_dict_mut()?
                .set("ListNumbering", Object::from(*numbering));
        }
    }
    Ok(())
}

/// The lists below an object of the tag tree that count by digits.
fn collect(document: &Document, object: &Object, depth: usize, lists: &mut Vec<ObjectId>) {
    if let Ok(kids) = object.as_array() {
        kids.iter()
            .for_each(|kid| collect(document, kid, depth, lists));
    }
    let Ok((Some(id), object)) = document.dereference(object) else {
        return;
    };
    let (Ok(element), Some(depth)) = (object.as_dict(), depth.checked_sub(1)) else {
        return;
    };
    if let Ok(attributes) = element.get(b"A") {
        let many = attributes.as_array().map(Vec::as_slice);
        let mut all = many.unwrap_or(std::slice::from_ref(attributes)).iter();
        if all.any(counts) {
            lists.push(id);
        }
    }
    if let Ok(kids) = element.get(b"K") {
        collect(document, kids, depth, lists);
    }
}

/// Whether attributes say that a list counts by digits.
fn counts(attributes: &Object) -> bool {
    let numbering = attributes
        .as_dict()
        .and_then(|all| all.get(b"ListNumbering"));
    numbering
        .and_then(Object::as_name)
        .is_ok_and(|name| name == b"Decimal")
}
