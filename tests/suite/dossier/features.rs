//! What a file has is seen, so that nothing that is there is called not applicable.

use std::collections::BTreeSet;

use gmg_export::access::{Status, criteria};
use lopdf::{Document, Object, dictionary};
use rayon::prelude::*;

use super::dossier;
use super::fixtures::{
    LETTERS, SIGNS, clip, code_map, each_descendant, font_name, layers, lock, true_type, type_1,
};
use crate::conformance::spoil::*;
use crate::made::harbour;

type Need = (&'static str, Option<fn(&mut Document)>);

fn action(doc: &mut Document, kind: &str) {
    catalog(doc).set(
        "OpenAction",
        dictionary! { "Type" => "Action", "S" => kind },
    );
}

fn font_flags(doc: &mut Document, flags: i64) {
    true_type(doc, flags, None, &[(3, 1)]);
}

/// What criteria need, and how a file gets it; the small report has what has no such way.
const NEEDS: &[Need] = &[
    ("actions", Some(|doc| action(doc, "Launch"))),
    ("annotations", None),
    (
        "attached-files",
        Some(|doc| {
            let file = dictionary! { "Type" => "Filespec", "F" => Object::string_literal("a"), "EF" => dictionary! {} };
            doc.add_object(file);
        }),
    ),
    ("bookmarks", None),
    (
        "code-maps",
        Some(|doc| code_map(doc, "Adobe", "Identity", 0, 0, "")),
    ),
    ("contents", None),
    ("deep-headings", Some(|doc| retag(doc, "H2", "H7"))),
    ("figures", None),
    (
        "form-fields",
        Some(|doc| link(doc).set("Subtype", "Widget")),
    ),
    ("formulas", Some(|doc| retag(doc, "Figure", "Formula"))),
    ("glyph-names", Some(|doc| type_1(doc, "/A"))),
    ("glyph-numbers", None),
    (
        "hidden-text",
        Some(|doc| {
            let name = font_name(doc);
            paint(
                doc,
                &format!("BT 3 Tr 1 0 0 1 9 9 Tm /{name} 10 Tf <00010001> Tj ET"),
            );
        }),
    ),
    (
        "image-maps",
        Some(|doc| {
            link(doc).set("A", dictionary! { "S" => "URI", "URI" => Object::string_literal("https://a.example"), "IsMap" => true })
        }),
    ),
    (
        "layers",
        Some(|doc| {
            layers(
                doc,
                dictionary! { "Name" => Object::string_literal("a") },
                None,
            )
        }),
    ),
    ("letter-fonts", Some(|doc| font_flags(doc, LETTERS))),
    ("links", None),
    ("lists", None),
    ("lock", Some(|doc| lock(doc, None))),
    ("media", Some(clip)),
    ("notes", None),
    (
        "numbered-true-type",
        Some(|doc| each_descendant(doc, |font| font.set("Subtype", "CIDFontType2"))),
    ),
    (
        "other-annotations",
        Some(|doc| link(doc).set("Subtype", "Highlight")),
    ),
    ("own-types", None),
    (
        "page-files",
        Some(|doc| link(doc).set("Subtype", "FileAttachment")),
    ),
    (
        "picture-links",
        Some(|doc| {
            let figure = elements(doc, "Figure")[0];
            let above = doc
                .add_object(dictionary! { "Type" => "StructElem", "S" => "Link", "K" => figure });
            dict(doc, figure).set("P", above);
            let top = elements(doc, "Document")[0];
            let mut held = kids(doc, top);
            held.push(above.into());
            dict(doc, above).set("P", top);
            dict(doc, top).set("K", held);
        }),
    ),
    ("pictures", None),
    ("plain-headings", Some(|doc| retag(doc, "H2", "H"))),
    (
        "printer-marks",
        Some(|doc| link(doc).set("Subtype", "PrinterMark")),
    ),
    ("ruby", Some(|doc| retag(doc, "Figure", "Ruby"))),
    (
        "scripts",
        Some(|doc| {
            let names = match catalog(doc).get(b"Names").cloned() {
                Ok(Object::Reference(id)) => id,
                _ => {
                    let id = doc.add_object(dictionary! {});
                    catalog(doc).set("Names", id);
                    id
                }
            };
            dict(doc, names).set("JavaScript", dictionary! {});
        }),
    ),
    ("sign-fonts", Some(|doc| font_flags(doc, SIGNS))),
    ("signs", None),
    ("tables", None),
    (
        "text-over-pictures",
        Some(|doc| {
            let name = font_name(doc);
            let picture = "q 90 0 0 90 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q";
            let text = format!("BT 1 g 1 0 0 1 20 20 Tm /{name} 10 Tf <00010001> Tj ET");
            paint(doc, &format!("/Artifact BMC {picture} {text} EMC"));
        }),
    ),
    (
        "threads",
        Some(|doc| catalog(doc).set("Threads", Vec::<Object>::new())),
    ),
    ("warichu", Some(|doc| retag(doc, "Figure", "Warichu"))),
];

#[test]
fn what_a_file_has_is_asked_of_it_and_what_it_has_not_is_not() {
    let needed = criteria::all()
        .iter()
        .filter_map(|one| one.needs.as_deref());
    let known: BTreeSet<&str> = NEEDS.iter().map(|(need, _)| *need).collect();
    assert_eq!(needed.collect::<BTreeSet<_>>(), known);
    let good = harbour().file("screen", "pdf");
    let wrong = |(need, give): &Need| {
        let lacking = |bytes: &[u8]| {
            let found = dossier(bytes);
            let own = criteria::all()
                .iter()
                .filter(|one| one.needs.as_deref() == Some(need));
            let statuses = own.map(|one| (one.id.as_str(), super::status(&found, &one.id)));
            let lacking = statuses.filter(|(_, status)| *status == Status::NotApplicable);
            lacking.map(|(id, _)| id).collect::<Vec<_>>()
        };
        let Some(give) = give else {
            let lacking = lacking(good);
            return (!lacking.is_empty())
                .then(|| format!("{need}: {lacking:?} are not asked of the good file"));
        };
        let mut doc = Document::load_mem(good).expect("a good file");
        give(&mut doc);
        let (with, without) = (lacking(&save(doc)), lacking(good));
        match (with.is_empty(), without.is_empty()) {
            (true, false) => None,
            (true, true) => Some(format!("{need} is asked of a file that lacks it")),
            (false, _) => Some(format!(
                "{need}: {with:?} are not asked of a file that has it"
            )),
        }
    };
    let wrong: Vec<String> = NEEDS.par_iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
