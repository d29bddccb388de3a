//! Metadata by PDF/A-2a: the claim, properties that are known or described, and document information that agrees.

use super::CheckedPdf;
use super::xmp::{
    BASIC, DC, EXTENSION, PDF, PDFA, PDFUA, PROPERTY, Packet, SCHEMA, entries, field,
};
use crate::verify::conformance::verdict::{BreachList, Spot};
use crate::verify::xml;

/// Namespaces of the schemas that PDF/A-2 knows (ISO 19005-2, 6.6.2.3, and XMP).
const KNOWN: &[&str] = &[
    DC,
    BASIC,
    PDF,
    PDFA,
    EXTENSION,
    "http://ns.adobe.com/xap/1.0/mm/",
    "http://ns.adobe.com/xap/1.0/rights/",
    "http://ns.adobe.com/xap/1.0/bj/",
    "http://ns.adobe.com/xap/1.0/t/pg/",
    "http://ns.adobe.com/xmp/1.0/DynamicMedia/",
    "http://ns.adobe.com/photoshop/1.0/",
    "http://ns.adobe.com/camera-raw-settings/1.0/",
    "http://ns.adobe.com/tiff/1.0/",
    "http://ns.adobe.com/exif/1.0/",
    "http://ns.adobe.com/exif/1.0/aux/",
];

/// Properties of the document information, each with the one of the metadata that says the same.
const SAME: &[(&str, &str, &str)] = &[
    ("Title", DC, "title"),
    ("Author", DC, "creator"),
    ("Subject", DC, "description"),
    ("Keywords", PDF, "Keywords"),
    ("Creator", BASIC, "CreatorTool"),
    ("Producer", PDF, "Producer"),
    ("CreationDate", BASIC, "CreateDate"),
    ("ModDate", BASIC, "ModifyDate"),
];

/// Checks the metadata.
pub(super) fn check(look: &CheckedPdf<'_>, found: &mut BreachList) {
    match &look.packet {
        None => found.add("6.6.2.1", "the file has no metadata (XMP)"),
        Some(Err(why)) => {
            found.add(
                "6.6.2.1",
                format!("the metadata (XMP) cannot be read: {why}"),
            );
        }
        Some(Ok(packet)) => {
            let what = "the head of the metadata has attributes that are out of use";
            found.unless(!packet.has_old_head(), "6.6.2.1", what);
            claim(packet, found);
            described(packet, found);
            agreement(look, packet, found);
        }
    }
}

fn claim(packet: &Packet<'_>, found: &mut BreachList) {
    let part = packet.text(PDFA, "part");
    let what = "the file does not say that it keeps PDF/A-2 (pdfaid:part)";
    found.unless(part.as_deref() == Some("2"), "6.6.4", what);
    let level = packet.text(PDFA, "conformance");
    let what = "the file does not say that it keeps level A (pdfaid:conformance)";
    found.unless(level.as_deref() == Some("A"), "6.6.4", what);
}

/// Properties of other schemas have a description in the file.
fn described(packet: &Packet<'_>, found: &mut BreachList) {
    let schemas = packet.element(EXTENSION, "schemas");
    let schemas = || schemas.into_iter().flat_map(entries);
    let all = packet.properties().iter();
    for name in all.filter(|name| !KNOWN.contains(&name.space)) {
        let known = schemas().any(|schema| {
            let space = field(schema, SCHEMA, "namespaceURI");
            let properties = field(schema, SCHEMA, "property")
                .into_iter()
                .flat_map(entries);
            let mut names = properties.filter_map(|one| field(one, PROPERTY, "name"));
            space.is_some_and(|space| xml::text(space).trim() == name.space)
                && names.any(|one| xml::text(one).trim() == name.local)
        });
        if !known {
            let what = "a property of the metadata is not described in the file";
            let prefix = if name.space == PDFUA { "pdfuaid:" } else { "" };
            found.at(
                "6.6.2.3",
                what,
                Spot::object(format!("{prefix}{}", name.local)),
            );
        }
    }
}

/// The two places that say the same say it alike. Part 2 of the standard leaves the older place unread; a file that
/// contradicts itself is wrong all the same.
fn agreement(look: &CheckedPdf<'_>, packet: &Packet<'_>, found: &mut BreachList) {
    let Some(info) = look.file.dict(look.file.trailer(), "Info") else {
        return;
    };
    for (key, space, local) in SAME {
        let Some(said) = look.file.text(info, key) else {
            continue;
        };
        let all = packet.all(space, local);
        let alike = match *local {
            "CreateDate" | "ModifyDate" => all
                .first()
                .is_some_and(|date| moment(date) == moment(&said)),
            _ => [", ", "; "]
                .iter()
                .any(|between| all.join(between).trim() == said.trim()),
        };
        if !alike {
            let what = "document information and metadata (XMP) do not agree";
            found.at("6.6.3", what, Spot::object(*key));
        }
    }
}

/// The digits of a moment, with a zone of UTC left out: `D:20160831000000Z` and `2016-08-31T00:00:00+00:00` are one.
fn moment(text: &str) -> String {
    let text = text.trim_start_matches("D:");
    let text = ["Z00'00'", "+00'00'", "+00'00", "+00:00", "-00:00", "Z"]
        .iter()
        .find_map(|zone| text.strip_suffix(zone))
        .unwrap_or(text);
    text.chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, '+'))
        .collect()
}
