//! Annotations: links and notes that are on a page are in the tag tree, say what they are, and print.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::content::Content;
use lopdf::{Dictionary, Object, ObjectId};

use super::{CheckedPdf, parents};
use crate::pdf::read::file::{File, as_dict, as_name};
use crate::pdf::read::tree::Element;
use crate::verify::conformance::verdict::{BreachList, Spot};

/// Flags of annotations (ISO 32000-1, 12.5.3).
const INVISIBLE: i64 = 1;
const HIDDEN: i64 = 1 << 1;
const PRINT: i64 = 1 << 2;
const NO_VIEW: i64 = 1 << 5;
const TOGGLE_NO_VIEW: i64 = 1 << 8;

/// Types that PDF/A-2 forbids.
const FORBIDDEN: &[&str] = &["3D", "Sound", "Screen", "Movie"];
/// Types of PDF 1.7.
const KNOWN: &[&str] = &[
    "Text",
    "Link",
    "FreeText",
    "Line",
    "Square",
    "Circle",
    "Polygon",
    "PolyLine",
    "Highlight",
    "Underline",
    "Squiggly",
    "StrikeOut",
    "Stamp",
    "Caret",
    "Ink",
    "Popup",
    "FileAttachment",
    "Widget",
    "PrinterMark",
    "TrapNet",
    "Watermark",
    "Redact",
];

/// An annotation with where it is.
struct Note<'a> {
    id: Option<ObjectId>,
    dict: &'a Dictionary,
    kind: String,
    page: usize,
}

impl Note<'_> {
    fn spot(&self) -> Spot {
        Spot::page(self.page, format!("annotation {}", self.kind))
    }
}

fn all<'a>(look: &CheckedPdf<'a>) -> Vec<Note<'a>> {
    let file = look.file;
    let pages = file.pages().iter().enumerate();
    let notes = pages.flat_map(|(index, page)| {
        file.array(&page.dict, "Annots")
            .iter()
            .filter_map(move |entry| {
                let dict = as_dict(file.resolve(entry))?;
                Some(Note {
                    id: entry.as_reference().ok(),
                    dict,
                    kind: file.name(dict, "Subtype").unwrap_or_default(),
                    page: index,
                })
            })
    });
    notes.collect()
}

/// Checks by PDF/UA-1.
pub(super) fn check_ua(look: &CheckedPdf<'_>, found: &mut BreachList) {
    let file = look.file;
    let notes = all(look);
    let mut held: BTreeMap<ObjectId, usize> = BTreeMap::new();
    for (at, element) in look.tree.elements.iter().enumerate() {
        held.extend(element.annotations().map(|object| (object, at)));
        if element.kind == "Link" && element.annotations().next().is_none() {
            let what = "a link in the tag tree has no link on the page (OBJR)";
            found.at("7.18.5", what, super::shapes::spot(look, element));
        }
    }
    media(look, &notes, found);
    let entries = parents::read(look);
    let mut pages = BTreeSet::new();
    for note in &notes {
        pages.insert(note.page);
        let hidden = file.integer(note.dict, "F").unwrap_or(0) & HIDDEN != 0;
        match note.kind.as_str() {
            "TrapNet" => {
                found.at(
                    ("7.18.2", "28-007"),
                    "a page has a trap network",
                    note.spot(),
                );
            }
            "Popup" => {}
            "PrinterMark" => {
                let tagged = note.id.is_some_and(|id| held.contains_key(&id));
                if tagged {
                    let what = "a printer's mark is read aloud";
                    found.at(("7.18.8", "28-017"), what, note.spot());
                }
                if !file
                    .dict(note.dict, "AP")
                    .is_none_or(|all| is_decoration(file, file.get(all, "N")))
                {
                    let what = "what a printer's mark draws is not marked as decoration";
                    found.at(("7.18.8", "28-018"), what, note.spot());
                }
            }
            _ if hidden => {}
            _ => tagged(look, note, &held, &entries, found),
        }
    }
    for page in pages {
        let order = file
            .pages()
            .get(page)
            .and_then(|page| file.name(&page.dict, "Tabs"));
        if order.as_deref() != Some("S") {
            let what = "the tab key does not follow the tag tree on a page with links (Tabs)";
            let condition = if order.is_none() { "28-008" } else { "28-009" };
            found.at(("7.18.3", condition), what, Spot::page(page, "page"));
        }
    }
}

/// An annotation that is read aloud.
fn tagged(
    look: &CheckedPdf<'_>,
    note: &Note<'_>,
    held: &BTreeMap<ObjectId, usize>,
    entries: &BTreeMap<i64, &Object>,
    found: &mut BreachList,
) {
    let (rule, wanted) = match note.kind.as_str() {
        "Link" => (("7.18.5", "28-011"), "Link"),
        "Widget" => (("7.18.4", "28-010"), "Form"),
        kind if !KNOWN.contains(&kind) && !FORBIDDEN.contains(&kind) => {
            (("7.18.2", "28-006"), "Annot")
        }
        _ => (("7.18.1", "28-002"), "Annot"),
    };
    let at = note.id.and_then(|id| held.get(&id).copied());
    let Some(at) = at else {
        let what = "a link or note on the page is not in the tag tree";
        return found.at(rule, what, note.spot());
    };
    let element = &look.tree.elements[at];
    if element.kind != wanted {
        let what = format!(
            "a link or note is held by {}, not by {wanted}",
            element.kind
        );
        found.at(rule, what, note.spot());
    }
    let back = look
        .file
        .integer(note.dict, "StructParent")
        .and_then(|key| entries.get(&key)?.as_reference().ok())
        .and_then(|id| look.tree.numbers.get(&id));
    if back != Some(&at) {
        let what = "the parent tree does not lead from a link or note to the element that holds it";
        found.at("7.18.1", what, note.spot());
    }
    worded(look, note, element, found);
}

/// An annotation or the element that holds it says in words what it is.
fn worded(look: &CheckedPdf<'_>, note: &Note<'_>, element: &Element, found: &mut BreachList) {
    let text = |dict: &Dictionary, key: &str| {
        let text = look.file.text(dict, key);
        text.is_some_and(|text| !text.trim().is_empty())
    };
    let alt = text(&element.dict, "Alt");
    let (rule, said, what) = match note.kind.as_str() {
        // A link needs words of its own, whatever its element says.
        "Link" => (
            ("7.18.5", "28-012"),
            text(note.dict, "Contents"),
            "a link does not say in words where it leads (Contents)",
        ),
        "Widget" => (
            ("7.18.4", "28-005"),
            alt || text(note.dict, "TU"),
            "a form field has no name (TU)",
        ),
        _ => (
            ("7.18.1", "28-004"),
            alt || text(note.dict, "Contents"),
            "a note has no words (Contents)",
        ),
    };
    if !said {
        found.at(rule, what, note.spot());
    }
}

/// Whether all that a stream draws is marked as decoration.
fn is_decoration(file: &File, appearance: &Object) -> bool {
    const PAINTS: &[&str] = &[
        "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "Tj", "TJ", "'", "\"", "Do", "sh", "BI",
    ];
    let Object::Stream(stream) = appearance else {
        return true;
    };
    let content = file.unpack(stream).ok();
    let Some(content) =
        content.and_then(|content| Content::decode_strict(content.trim_ascii()).ok())
    else {
        return false;
    };
    let mut open: Vec<bool> = Vec::new();
    content.operations.iter().all(|operation| {
        match operation.operator.as_str() {
            "BMC" | "BDC" => {
                let tag = operation.operands.first().and_then(as_name);
                open.push(tag.as_deref() == Some("Artifact"));
            }
            "EMC" => drop(open.pop()),
            operator if PAINTS.contains(&operator) => return open.contains(&true),
            _ => {}
        }
        true
    })
}

/// Clips of sound or film say what they are and in words what they hold; attached files have both of their names.
fn media(look: &CheckedPdf<'_>, notes: &[Note<'_>], found: &mut BreachList) {
    let file = look.file;
    for (id, object) in file.objects() {
        let Some(dict) = as_dict(object) else {
            continue;
        };
        let is_clip = file.name(dict, "S").as_deref() == Some("MCD")
            || file.name(dict, "Type").as_deref() == Some("MediaClip");
        if is_clip {
            let spot = || Spot::object(format!("object {}", id.0));
            if file.get(dict, "CT").is_null() {
                let what = "a clip of sound or film does not say what it is (CT)";
                found.at(("7.18.6.2", "28-014"), what, spot());
            }
            if file.array(dict, "Alt").is_empty() {
                let what = "a clip of sound or film does not say in words what it holds (Alt)";
                found.at(("7.18.6.2", "28-015"), what, spot());
            }
        }
    }
    for note in notes.iter().filter(|note| note.kind == "FileAttachment") {
        let named = file.dict(note.dict, "FS");
        if !named.is_some_and(|named| named.has(b"F") && named.has(b"UF")) {
            let what = "a file attached to a page lacks one of its names (F, UF)";
            found.at(("7.18.7", "28-016"), what, note.spot());
        }
    }
}

/// Checks by PDF/A-2a.
pub(super) fn check_a(look: &CheckedPdf<'_>, found: &mut BreachList) {
    for note in all(look) {
        let kind = note.kind.as_str();
        if FORBIDDEN.contains(&kind) || !KNOWN.contains(&kind) {
            let what = "an annotation is of a type that archives cannot keep";
            found.at("6.3.1", what, note.spot());
        }
        if kind == "Popup" {
            continue;
        }
        flags(look, &note, found);
        appearance(look, &note, found);
    }
}

fn flags(look: &CheckedPdf<'_>, note: &Note<'_>, found: &mut BreachList) {
    let Some(flags) = look.file.integer(note.dict, "F") else {
        let what = "an annotation does not say whether it prints (F)";
        return found.at("6.3.2", what, note.spot());
    };
    if flags & PRINT == 0 {
        found.at("6.3.2", "an annotation does not print (F)", note.spot());
    }
    if flags & (INVISIBLE | HIDDEN | NO_VIEW | TOGGLE_NO_VIEW) != 0 {
        found.at("6.3.2", "an annotation is hidden (F)", note.spot());
    }
}

fn appearance(look: &CheckedPdf<'_>, note: &Note<'_>, found: &mut BreachList) {
    let sides = look.file.numbers(look.file.array(note.dict, "Rect"));
    let empty = matches!(sides.as_slice(), [a, b, c, d] if a == c && b == d);
    let dict = look.file.dict(note.dict, "AP");
    if dict.is_none() && note.kind != "Link" && !empty {
        found.at("6.3.3", "an annotation has no appearance (AP)", note.spot());
    }
    if dict.is_some_and(|dict| !dict.has(b"N") || dict.has(b"R") || dict.has(b"D")) {
        let what = "an annotation has another appearance than the normal one (AP)";
        found.at("6.3.3", what, note.spot());
    }
}
