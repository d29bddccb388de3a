//! Files that break PDF/A-2a, each in one thing.

use lopdf::{Document, Object, Stream, dictionary};

use super::Outside::{self, Blind, Sees};
use super::access::{lacking, role};
use super::spoil::*;
use super::{Broken, Spoil};

/// What is broken, the clause that it breaks, and whether the outside validator sees it.
pub(super) const FILES: &[Broken] = &[
    broken("no-claim", "6.6.4", Sees, |doc| {
        metadata(doc, "<pdfaid:part>2<", "<pdfaid:part>3<")
    }),
    broken("claim-of-level-b", "6.6.4", Sees, |doc| {
        metadata(doc, "<pdfaid:conformance>A<", "<pdfaid:conformance>B<");
    }),
    broken("no-metadata", "6.6.2.1", Sees, |doc| {
        drop(catalog(doc).remove(b"Metadata"))
    }),
    broken("metadata-damaged", "6.6.2.1", Sees, |doc| {
        metadata(doc, "</dc:title>", "")
    }),
    broken("property-not-described", "6.6.2.3", Sees, |doc| {
        let more = "<own:note xmlns:own=\"https://example.org/own/\">x</own:note><dc:title>";
        metadata(doc, "<dc:title>", more);
    }),
    broken("two-titles", "6.6.3", Blind, |doc| {
        let info = doc
            .trailer
            .get(b"Info")
            .and_then(Object::as_reference)
            .expect("information");
        dict(doc, info).set("Title", Object::string_literal("Another title"));
    }),
    broken("not-marked", "6.7.2.2", Sees, |doc| {
        drop(catalog(doc).remove(b"MarkInfo"))
    }),
    broken("no-tag-tree", "6.7.3.3", Sees, |doc| {
        drop(catalog(doc).remove(b"StructTreeRoot"))
    }),
    broken("language-of-no-tag", "6.7.4", Sees, |doc| {
        catalog(doc).set("Lang", Object::string_literal("in plain English"));
    }),
    broken("unmarked-shape", "6.7.2.2", Blind, |doc| {
        paint(doc, "0 0 5 5 re f")
    }),
    broken("standard-type-turned", "6.7.3.4", Sees, |doc| {
        role(doc, "P", "Span")
    }),
    broken("roles-in-a-circle", "6.7.3.4", Sees, |doc| {
        role(doc, "Round", "Loop");
        role(doc, "Loop", "Round");
    }),
    broken("no-output-intent", "6.2.3", Sees, |doc| {
        drop(catalog(doc).remove(b"OutputIntents"))
    }),
    broken("no-output-intent-and-transparency", "6.2.10", Sees, |doc| {
        catalog(doc).remove(b"OutputIntents");
        let pages: Vec<_> = doc.page_iter().collect();
        pages
            .into_iter()
            .for_each(|id| drop(dict(doc, id).remove(b"Group")));
        resource(doc, "ExtGState", "Thin", dictionary! { "ca" => 0.5 });
        paint(doc, "/Thin gs /Artifact BMC 0 0 5 5 re f EMC");
    }),
    broken("profile-damaged", "6.2.3", Sees, |doc| {
        profile(doc, |stream| {
            stream.set_plain_content(b"no profile".to_vec())
        });
    }),
    broken("profile-of-other-components", "6.2.3", Sees, |doc| {
        profile(doc, |stream| stream.dict.set("N", 4));
    }),
    broken("ink-without-profile", "6.2.4.3", Sees, |doc| {
        paint(doc, "/Artifact BMC 0 0 0 1 k 0 0 5 5 re f EMC");
    }),
    broken("transfer-function", "6.2.5", Sees, |doc| {
        state(doc, dictionary! { "TR" => "Identity" });
    }),
    broken("blend-unknown", "6.2.10", Sees, |doc| {
        state(doc, dictionary! { "BM" => "Dissolve" })
    }),
    broken("intent-unknown", "6.2.6", Sees, |doc| {
        state(doc, dictionary! { "RI" => "Vivid" })
    }),
    broken("picture-smoothed", "6.2.8", Sees, |doc| {
        for id in all(doc, "Subtype", "Image") {
            dict(doc, id).set("Interpolate", true);
        }
    }),
    broken("picture-with-others", "6.2.8", Sees, |doc| {
        for id in all(doc, "Subtype", "Image") {
            dict(doc, id).set("Alternates", Vec::<Object>::new());
        }
    }),
    broken("postscript", "6.2.9", Sees, |doc| {
        let script = dictionary! { "Type" => "XObject", "Subtype" => "PS" };
        let script = doc.add_object(Stream::new(script, b"showpage".to_vec()));
        resource(doc, "XObject", "Script", script);
        paint(doc, "/Artifact BMC /Script Do EMC");
    }),
    broken("old-compression", "6.1.7.2", Sees, |doc| {
        let packed = Stream::new(
            dictionary! { "Filter" => "LZWDecode" },
            vec![0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01],
        );
        let packed = doc.add_object(packed);
        catalog(doc).set("PieceInfo", dictionary! { "Own" => packed });
    }),
    broken("content-in-another-file", "6.1.7.1", Sees, |doc| {
        let outside = Stream::new(
            dictionary! { "F" => Object::string_literal("other.txt") },
            Vec::new(),
        );
        let outside = doc.add_object(outside);
        catalog(doc).set("PieceInfo", dictionary! { "Own" => outside });
    }),
    broken("string-too-long", "6.1.13", Sees, |doc| {
        catalog(doc).set(
            "PieceInfo",
            dictionary! { "Own" => Object::string_literal("x".repeat(40_000)) },
        );
    }),
    broken("number-too-large", "6.1.13", Sees, |doc| {
        catalog(doc).set(
            "PieceInfo",
            dictionary! { "Own" => Object::Integer(1 << 40) },
        );
    }),
    broken("program-of-a-link", "6.5.1", Sees, |doc| {
        let script =
            dictionary! { "S" => "JavaScript", "JS" => Object::string_literal("app.beep()") };
        link(doc).set("A", script);
    }),
    broken("program", "6.5.1", Blind, |doc| {
        let script = doc.add_object(dictionary! {
            "Type" => "Action", "S" => "JavaScript", "JS" => Object::string_literal("app.beep()")
        });
        let names = vec![Object::string_literal("beep"), script.into()];
        catalog(doc).set(
            "Names",
            dictionary! { "JavaScript" => dictionary! { "Names" => names } },
        );
    }),
    broken("program-started", "6.5.1", Sees, |doc| {
        let start = dictionary! { "S" => "Launch", "F" => Object::string_literal("game") };
        catalog(doc).set("OpenAction", start);
    }),
    broken("action-on-opening", "6.5.2", Sees, |doc| {
        let next = dictionary! { "S" => "Named", "N" => "NextPage" };
        catalog(doc).set("AA", dictionary! { "WC" => next });
    }),
    broken("file-attached", "6.8", Sees, |doc| {
        let file = doc.add_object(Stream::new(
            dictionary! { "Type" => "EmbeddedFile", "Subtype" => "text/plain" },
            b"x".to_vec(),
        ));
        let spec = doc.add_object(dictionary! {
            "Type" => "Filespec", "F" => Object::string_literal("x"), "UF" => Object::string_literal("x"),
            "EF" => dictionary! { "F" => file, "UF" => file }
        });
        let names = vec![Object::string_literal("x"), spec.into()];
        catalog(doc).set(
            "Names",
            dictionary! { "EmbeddedFiles" => dictionary! { "Names" => names } },
        );
    }),
    broken("other-presentation", "6.10", Sees, |doc| {
        catalog(doc).set("Names", dictionary! { "AlternatePresentations" => dictionary! { "Names" => Vec::<Object>::new() } });
    }),
    broken("requirement", "6.11", Sees, |doc| {
        let wanted = dictionary! { "Type" => "Requirement", "S" => "EnableJavaScripts" };
        catalog(doc).set("Requirements", vec![Object::Dictionary(wanted)]);
    }),
    broken("fields-drawn-by-readers", "6.4.1", Sees, |doc| {
        catalog(doc).set(
            "AcroForm",
            dictionary! { "Fields" => Vec::<Object>::new(), "NeedAppearances" => true },
        );
    }),
    broken("form-of-xml", "6.4.2", Sees, |doc| {
        let form = doc.add_object(Stream::new(dictionary! {}, b"<xdp/>".to_vec()));
        catalog(doc).set(
            "AcroForm",
            dictionary! { "Fields" => Vec::<Object>::new(), "XFA" => form },
        );
    }),
    broken("layers-without-name", "6.9", Sees, |doc| {
        catalog(doc).set(
            "OCProperties",
            dictionary! { "OCGs" => Vec::<Object>::new(), "D" => dictionary! {} },
        );
    }),
    broken("link-not-printed", "6.3.2", Sees, |doc| {
        link(doc).set("F", 0)
    }),
    broken("link-hidden", "6.3.2", Sees, |doc| link(doc).set("F", 6)),
    broken("annotation-of-sound", "6.3.1", Sees, |doc| {
        link(doc).set("Subtype", "Sound")
    }),
    broken("note-without-appearance", "6.3.3", Sees, |doc| {
        link(doc).set("Subtype", "Text");
    }),
    broken("font-not-embedded", "6.2.11.4.1", Sees, |doc| {
        for id in all(doc, "Type", "FontDescriptor") {
            dict(doc, id).remove(b"FontFile2");
            dict(doc, id).remove(b"FontFile3");
        }
    }),
    broken("no-unicode", "6.2.11.7.2", Sees, |doc| {
        for id in all(doc, "Subtype", "Type0") {
            dict(doc, id).remove(b"ToUnicode");
        }
    }),
    broken("glyph-lacking", "6.2.11.8", Sees, lacking),
    broken("no-identifier", "6.1.3", Sees, |doc| {
        drop(doc.trailer.remove(b"ID"))
    }),
    bytes("something-behind-the-end", "6.1.3", Sees, |bytes| {
        bytes.extend(b"and more\n")
    }),
    bytes("second-line-not-binary", "6.1.2", Sees, |bytes| {
        let line = bytes
            .iter()
            .position(|byte| *byte == b'\n')
            .expect("a line end");
        bytes[line + 2..line + 6].copy_from_slice(b"text");
    }),
    bytes("version-of-the-future", "6.1.2", Sees, |bytes| {
        bytes[5] = b'2'
    }),
];

const fn broken(
    name: &'static str,
    clause: &'static str,
    outside: Outside,
    spoil: fn(&mut Document),
) -> Broken {
    Broken {
        name,
        check: "pdf-a-2a",
        clause,
        outside,
        spoil: Spoil::Pdf(spoil),
    }
}

const fn bytes(
    name: &'static str,
    clause: &'static str,
    outside: Outside,
    spoil: fn(&mut Vec<u8>),
) -> Broken {
    Broken {
        name,
        check: "pdf-a-2a",
        clause,
        outside,
        spoil: Spoil::Bytes(spoil),
    }
}

/// Changes the profile of the output intent.
fn profile(doc: &mut Document, change: impl FnOnce(&mut Stream)) {
    let intents = catalog(doc)
        .get(b"OutputIntents")
        .expect("output intents")
        .clone();
    let (_, intents) = doc.dereference(&intents).expect("output intents");
    let first = intents.as_array().expect("a list")[0].clone();
    let (_, first) = doc.dereference(&first).expect("an output intent");
    let id = first
        .as_dict()
        .and_then(|first| first.get(b"DestOutputProfile"));
    let id = id.and_then(Object::as_reference).expect("a profile");
    change(
        doc.get_object_mut(id)
            .and_then(Object::as_stream_mut)
            .expect("a stream"),
    );
}

/// Paints in a graphics state.
fn state(doc: &mut Document, state: lopdf::Dictionary) {
    resource(doc, "ExtGState", "Own", state);
    paint(doc, "/Own gs /Artifact BMC 0 0 5 5 re f EMC");
}
