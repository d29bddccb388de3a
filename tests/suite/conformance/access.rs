//! Files that break PDF/UA-1, each in one thing.

use lopdf::{Document, Object, Stream, dictionary};

use super::Outside::{Blind, Sees};
use super::spoil::*;
use super::{Broken, Spoil};

/// What is broken, the clause that it breaks, and whether the outside validator sees it.
pub(super) const FILES: &[Broken] = &[
    broken("not-marked", "7.1", Sees, |doc| {
        drop(catalog(doc).remove(b"MarkInfo"))
    }),
    broken("suspect-tags", "7.1", Sees, |doc| {
        below(doc, "MarkInfo").set("Suspects", true)
    }),
    broken("no-tag-tree", "7.1", Sees, |doc| {
        drop(catalog(doc).remove(b"StructTreeRoot"))
    }),
    broken("no-language", "7.2", Sees, |doc| {
        drop(catalog(doc).remove(b"Lang"))
    }),
    broken("language-of-no-tag", "7.2", Sees, |doc| {
        catalog(doc).set("Lang", Object::string_literal("in plain English"));
    }),
    broken("title-not-shown", "7.1", Sees, |doc| {
        below(doc, "ViewerPreferences").set("DisplayDocTitle", false);
    }),
    broken("no-title", "7.1", Sees, |doc| {
        metadata(doc, "dc:title", "dc:source")
    }),
    broken("no-claim", "5", Sees, |doc| {
        metadata(doc, "<pdfuaid:part>1</pdfuaid:part>", "");
    }),
    broken("no-metadata", "5", Sees, |doc| {
        drop(catalog(doc).remove(b"Metadata"))
    }),
    broken("unmarked-shape", "7.1", Sees, |doc| {
        paint(doc, "0 0 5 5 re f")
    }),
    broken("content-outside-the-tree", "7.1", Blind, |doc| {
        paint(doc, "/P << /MCID 99999 >> BDC 0 0 5 5 re f EMC");
    }),
    broken("decoration-in-tagged-content", "7.1", Sees, |doc| {
        content(doc, |old| {
            old.replacen(
                "/MCID 0>>BDC",
                "/MCID 0>>BDC /Artifact BMC 0 0 5 5 re f EMC",
                1,
            )
        });
    }),
    broken("content-twice-in-the-tree", "7.1", Blind, |doc| {
        let id = with_content(doc);
        let mut twice = kids(doc, id);
        twice.extend(twice.clone());
        dict(doc, id).set("K", twice);
    }),
    broken("content-of-no-page", "7.1", Blind, |doc| {
        let id = with_content(doc);
        let mut more = kids(doc, id);
        more.push(Object::Integer(99_999));
        dict(doc, id).set("K", more);
    }),
    broken("wrong-way-back", "7.1", Blind, parent_tree),
    broken("element-astray", "7.1", Sees, |doc| untag(doc, "P", "P")),
    broken("type-without-role", "7.1", Sees, |doc| {
        let id = elements(doc, "P")[0];
        dict(doc, id).set("S", "Sidebar");
    }),
    broken("standard-type-turned", "7.1", Sees, |doc| {
        role(doc, "P", "Span")
    }),
    broken("roles-in-a-circle", "7.1", Sees, |doc| {
        role(doc, "Round", "Loop");
        role(doc, "Loop", "Round");
    }),
    broken("heading-skipped", "7.4.2", Sees, |doc| {
        retag(doc, "H2", "H4")
    }),
    broken("headings-of-two-kinds", "7.4.4", Sees, |doc| {
        retag(doc, "H2", "H")
    }),
    broken("text-without-paragraph", "7.1", Blind, |doc| {
        retag(doc, "P", "Span")
    }),
    broken("block-within-a-paragraph", "7.1", Blind, |doc| {
        retag(doc, "Div", "P")
    }),
    broken("text-beside-a-block", "7.1", Blind, |doc| {
        let bodies = elements(doc, "LBody").into_iter();
        let bodies: Vec<Vec<Object>> = bodies.map(|id| kids(doc, id)).collect();
        let several = bodies.iter().find(|kids| kids.len() > 1);
        let second = several.expect("an item of several paragraphs")[1].as_reference();
        dict(doc, second.expect("a paragraph")).set("S", "Span");
    }),
    broken("figure-without-text", "7.3", Sees, |doc| {
        untag(doc, "Figure", "Alt")
    }),
    broken("figure-without-box", "7.3", Blind, |doc| {
        attribute(doc, "Figure", "BBox", None)
    }),
    broken("table-without-headers", "7.5", Blind, |doc| {
        retag(doc, "TH", "TD")
    }),
    broken("header-without-scope", "7.5", Sees, |doc| {
        attribute(doc, "TD", "Headers", None);
        attribute(doc, "TH", "Scope", None);
    }),
    broken("header-of-no-cell", "7.5", Blind, |doc| {
        attribute(
            doc,
            "TD",
            "Headers",
            Some(Object::Array(vec![Object::string_literal("nowhere")])),
        );
    }),
    broken("row-cut-short", "7.5", Sees, |doc| {
        let id = *elements(doc, "TR").last().expect("a row");
        let mut cells = kids(doc, id);
        cells.pop();
        dict(doc, id).set("K", cells);
    }),
    broken("row-without-table", "7.5", Sees, |doc| {
        retag(doc, "Table", "Div")
    }),
    broken("item-without-list", "7.6", Sees, |doc| {
        retag(doc, "L", "Div")
    }),
    broken("list-of-paragraphs", "7.6", Sees, |doc| {
        retag(doc, "LI", "P")
    }),
    broken("list-without-numbering", "7.6", Blind, |doc| {
        attribute(doc, "L", "ListNumbering", None)
    }),
    broken("contents-without-items", "7.2", Sees, |doc| {
        retag(doc, "TOCI", "P")
    }),
    broken("note-without-id", "7.9", Sees, |doc| {
        untag(doc, "Note", "ID")
    }),
    broken("notes-with-one-id", "7.9", Sees, |doc| {
        for id in elements(doc, "Note") {
            dict(doc, id).set("ID", Object::string_literal("note"));
        }
    }),
    broken("link-without-words", "7.18.5", Sees, |doc| {
        drop(link(doc).remove(b"Contents"))
    }),
    broken("link-outside-the-tree", "7.18.5", Sees, |doc| {
        for id in elements(doc, "Link") {
            let kept = kids(doc, id);
            let inner = |doc: &Document, kid: &Object| {
                doc.dereference(kid)
                    .ok()
                    .and_then(|(_, kid)| kid.as_dict().ok().cloned())
            };
            let kept: Vec<Object> = kept
                .into_iter()
                .filter(|kid| inner(doc, kid).is_none_or(|kid| !kid.has_type(b"OBJR")))
                .collect();
            dict(doc, id).set("K", kept);
        }
        link(doc).remove(b"StructParent");
    }),
    broken("link-tagged-as-text", "7.18.5", Sees, |doc| {
        retag(doc, "Link", "Span")
    }),
    broken("tab-key-astray", "7.18.3", Sees, |doc| {
        let pages: Vec<_> = doc.page_iter().collect();
        pages
            .into_iter()
            .for_each(|id| drop(dict(doc, id).remove(b"Tabs")));
    }),
    broken("font-not-embedded", "7.21.4.1", Sees, |doc| {
        for id in all(doc, "Type", "FontDescriptor") {
            dict(doc, id).remove(b"FontFile2");
            dict(doc, id).remove(b"FontFile3");
        }
    }),
    broken("font-empty", "7.21.4.1", Sees, |doc| {
        let empty = doc.add_object(Stream::new(
            dictionary! { "Subtype" => "CIDFontType0C" },
            Vec::new(),
        ));
        for id in all(doc, "Type", "FontDescriptor") {
            dict(doc, id).set("FontFile3", empty);
        }
    }),
    broken("no-unicode", "7.21.7", Sees, |doc| {
        for id in all(doc, "Subtype", "Type0") {
            dict(doc, id).remove(b"ToUnicode");
        }
    }),
    broken("glyph-lacking", "7.21.8", Sees, lacking),
    broken("form-of-xml", "7.15", Blind, |doc| {
        let form = doc.add_object(Stream::new(dictionary! {}, b"<xdp/>".to_vec()));
        catalog(doc).set(
            "AcroForm",
            dictionary! { "Fields" => Vec::<Object>::new(), "XFA" => form },
        );
        catalog(doc).set("NeedsRendering", true);
    }),
    broken("layers-without-name", "7.10", Sees, |doc| {
        catalog(doc).set(
            "OCProperties",
            dictionary! { "OCGs" => Vec::<Object>::new(), "D" => dictionary! {} },
        );
    }),
    broken("no-bookmarks", "7.17", Blind, |doc| {
        drop(catalog(doc).remove(b"Outlines"))
    }),
];

const fn broken(
    name: &'static str,
    clause: &'static str,
    outside: super::Outside,
    spoil: fn(&mut Document),
) -> Broken {
    Broken {
        name,
        check: "pdf-ua-1",
        clause,
        outside,
        spoil: Spoil::Pdf(spoil),
    }
}

/// An element that holds content itself.
fn with_content(doc: &mut Document) -> lopdf::ObjectId {
    let holds = |doc: &mut Document, id| kids(doc, id).iter().any(|kid| kid.as_i64().is_ok());
    let found = elements(doc, "P");
    found
        .into_iter()
        .find(|id| holds(doc, *id))
        .expect("a paragraph with content")
}

/// Adds a type to the role map.
pub(crate) fn role(doc: &mut Document, from: &str, to: &str) {
    let root = below(doc, "StructTreeRoot");
    let shared = root.get(b"RoleMap").and_then(Object::as_reference).ok();
    match shared {
        Some(id) => dict(doc, id).set(from, to),
        None => root
            .get_mut(b"RoleMap")
            .and_then(Object::as_dict_mut)
            .expect("a role map")
            .set(from, to),
    }
}

/// Turns the lists of the parent tree round: content leads to the element of other content.
fn parent_tree(doc: &mut Document) {
    let mut done = 0;
    for object in doc.objects.values_mut() {
        let Ok(list) = object.as_array_mut() else {
            continue;
        };
        if list.len() > 1 && list.iter().all(|one| one.as_reference().is_ok()) {
            list.reverse();
            done += 1;
        }
    }
    if done == 0 {
        panic!("no list in the parent tree");
    }
}

/// Shows the first glyph of a font, as decoration.
pub(crate) fn lacking(doc: &mut Document) {
    let fonts = resources(doc).get(b"Font").expect("fonts").clone();
    let fonts = match fonts {
        Object::Reference(id) => dict(doc, id).clone(),
        other => other.as_dict().expect("fonts").clone(),
    };
    let (name, _) = fonts.iter().next().expect("a font");
    let name = String::from_utf8_lossy(name).into_owned();
    paint(
        doc,
        &format!("/Artifact BMC BT /{name} 10 Tf <0000> Tj ET EMC"),
    );
}
