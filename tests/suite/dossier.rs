//! The dossier of accessibility: no criterion is left blank, and a file that breaks a criterion that a machine decides
//! is found by it.

use std::collections::BTreeSet;

use gmg_export::access::criteria::{self, Standard};
use gmg_export::access::{About, Dossier, SignOffs, Status, assess};
use gmg_export::backend::edition::Edition;
use gmg_export::layout::LayoutLoader;
use gmg_export::pdf::read::ReadBack;
use gmg_export::verify::conformance::Profile;
use gmg_export::verify::format;
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use crate::conformance::broken;
use crate::conformance::spoil::*;
use crate::made::{EPOCH, annual, harbour, marked, shipped};
use crate::program::Desk;

/// How a file is made that breaks a criterion.
enum Fixture {
    /// One that breaks a standard, by its name.
    Broken(&'static str),
    /// The small report's file, spoiled.
    Spoiled(fn(&mut Document)),
}

use Fixture::{Broken, Spoiled};

/// A file for each criterion that a machine decides.
const FIXTURES: &[(&str, Fixture)] = &[
    ("01-003", Broken("decoration-in-tagged-content")),
    (
        "01-004",
        Spoiled(|doc| {
            paint(
                doc,
                "/Artifact BMC /P << /MCID 0 >> BDC 0 0 5 5 re f EMC EMC",
            );
        }),
    ),
    ("01-005", Broken("unmarked-shape")),
    ("01-007", Broken("suspect-tags")),
    ("02-001", Broken("type-without-role")),
    ("02-003", Broken("roles-in-a-circle")),
    ("02-004", Broken("standard-type-turned")),
    ("06-001", Broken("no-metadata")),
    ("06-002", Broken("no-claim")),
    ("06-003", Broken("no-title")),
    (
        "07-001",
        Spoiled(|doc| drop(catalog(doc).remove(b"ViewerPreferences"))),
    ),
    ("07-002", Broken("title-not-shown")),
    ("09-004", Broken("row-without-table")),
    ("09-005", Broken("item-without-list")),
    ("09-006", Broken("contents-without-items")),
    ("09-007", Spoiled(|doc| retag(doc, "Span", "RB"))),
    ("09-008", Spoiled(|doc| retag(doc, "Span", "WT"))),
    ("10-001", Broken("no-unicode")),
    ("11-001", Broken("no-language")),
    ("11-002", Broken("no-language")),
    ("11-003", Broken("no-language")),
    ("11-004", Broken("no-language")),
    (
        "11-005",
        Spoiled(|doc| {
            catalog(doc).remove(b"Lang");
            link(doc).set("TU", Object::string_literal("Name"));
        }),
    ),
    ("11-006", Broken("no-language")),
    ("13-004", Broken("figure-without-text")),
    ("14-002", Spoiled(|doc| retag(doc, "H1", "H2"))),
    ("14-003", Broken("heading-skipped")),
    ("14-006", Broken("headings-of-two-kinds")),
    ("14-007", Broken("headings-of-two-kinds")),
    ("15-003", Broken("header-without-scope")),
    ("17-002", Spoiled(|doc| retag(doc, "P", "Formula"))),
    (
        "17-003",
        Spoiled(|doc| {
            retag(doc, "P", "Formula");
            for id in all(doc, "Subtype", "Type0") {
                dict(doc, id).remove(b"ToUnicode");
            }
        }),
    ),
    ("19-003", Broken("note-without-id")),
    ("19-004", Broken("notes-with-one-id")),
    (
        "20-001",
        Spoiled(|doc| {
            layers(
                doc,
                dictionary! { "Name" => Object::string_literal("a") },
                Some(dictionary! {}),
            )
        }),
    ),
    ("20-002", Broken("layers-without-name")),
    (
        "20-003",
        Spoiled(|doc| {
            let switching =
                dictionary! { "Name" => Object::string_literal("a"), "AS" => Vec::<Object>::new() };
            layers(doc, switching, None);
        }),
    ),
    (
        "21-001",
        Spoiled(|doc| {
            let half = dictionary! { "Type" => "Filespec", "F" => Object::string_literal("a"), "EF" => dictionary! {} };
            doc.add_object(half);
        }),
    ),
    ("25-001", Broken("form-of-xml")),
    ("26-001", Spoiled(|doc| lock(doc, None))),
    ("26-002", Spoiled(|doc| lock(doc, Some(-1 & !(1 << 9))))),
    ("28-002", Spoiled(|doc| link(doc).set("Subtype", "Text"))),
    (
        "28-004",
        Spoiled(|doc| {
            link(doc).set("Subtype", "Text");
            link(doc).remove(b"Contents");
            for id in elements(doc, "Link") {
                dict(doc, id).remove(b"Alt");
            }
        }),
    ),
    ("28-005", Spoiled(|doc| link(doc).set("Subtype", "Widget"))),
    ("28-006", Spoiled(|doc| link(doc).set("Subtype", "Sparkle"))),
    ("28-007", Spoiled(|doc| link(doc).set("Subtype", "TrapNet"))),
    ("28-008", Broken("tab-key-astray")),
    (
        "28-009",
        Spoiled(|doc| {
            let pages: Vec<_> = doc.page_iter().collect();
            pages
                .into_iter()
                .for_each(|id| dict(doc, id).set("Tabs", "R"));
        }),
    ),
    ("28-010", Spoiled(|doc| link(doc).set("Subtype", "Widget"))),
    ("28-011", Broken("link-tagged-as-text")),
    ("28-012", Broken("link-without-words")),
    ("28-014", Spoiled(|doc| clip(doc))),
    ("28-015", Spoiled(|doc| clip(doc))),
    (
        "28-016",
        Spoiled(|doc| {
            link(doc).set("Subtype", "FileAttachment");
            link(doc).set("FS", dictionary! { "F" => Object::string_literal("a.txt") });
        }),
    ),
    (
        "28-017",
        Spoiled(|doc| link(doc).set("Subtype", "PrinterMark")),
    ),
    (
        "28-018",
        Spoiled(|doc| {
            let drawn = doc.add_object(Stream::new(dictionary! {}, b"0 0 5 5 re f".to_vec()));
            link(doc).set("Subtype", "PrinterMark");
            link(doc).set("AP", dictionary! { "N" => drawn });
        }),
    ),
    (
        "30-001",
        Spoiled(|doc| {
            let borrowed =
                dictionary! { "Type" => "XObject", "Subtype" => "Form", "Ref" => dictionary! {} };
            doc.add_object(Stream::new(borrowed, Vec::new()));
        }),
    ),
    (
        "30-002",
        Spoiled(|doc| {
            let form = dictionary! { "Type" => "XObject", "Subtype" => "Form" };
            let content = b"/P << /MCID 0 >> BDC 0 0 5 5 re f EMC".to_vec();
            let form = doc.add_object(Stream::new(form, content));
            resource(doc, "XObject", "Own", form);
            paint(doc, "/Own Do /Own Do");
        }),
    ),
    (
        "31-001",
        Spoiled(|doc| code_map(doc, "Another", "Identity", 0, 0, "")),
    ),
    (
        "31-002",
        Spoiled(|doc| code_map(doc, "Adobe", "Another", 0, 0, "")),
    ),
    (
        "31-003",
        Spoiled(|doc| {
            code_map(doc, "Adobe", "Identity", 0, 0, "");
            each_descendant(doc, |font| {
                let system = font.get_mut(b"CIDSystemInfo").and_then(Object::as_dict_mut);
                system.expect("a system").set("Supplement", 5);
            });
        }),
    ),
    (
        "31-004",
        Spoiled(|doc| {
            each_descendant(doc, |font| {
                font.set("Subtype", "CIDFontType2");
                font.set("CIDToGIDMap", "Other");
            })
        }),
    ),
    (
        "31-005",
        Spoiled(|doc| each_descendant(doc, |font| font.set("Subtype", "CIDFontType2"))),
    ),
    (
        "31-006",
        Spoiled(|doc| {
            for id in all(doc, "Subtype", "Type0") {
                dict(doc, id).set("Encoding", "Mine-H");
            }
        }),
    ),
    (
        "31-007",
        Spoiled(|doc| code_map(doc, "Adobe", "Identity", 0, 1, "/WMode 0 def")),
    ),
    (
        "31-008",
        Spoiled(|doc| code_map(doc, "Adobe", "Identity", 0, 0, "/Mine-H usecmap")),
    ),
    ("31-009", Broken("font-not-embedded")),
    ("31-011", Broken("font-empty")),
    ("31-012", Spoiled(|doc| type_1(doc, "/.notdef"))),
    ("31-013", Spoiled(|doc| type_1(doc, "/.notdef/A/B"))),
    ("31-014", Spoiled(|doc| glyph_set(doc, 0))),
    ("31-015", Spoiled(|doc| glyph_set(doc, 0xff))),
    ("31-016", Spoiled(wider)),
    (
        "31-017",
        Spoiled(|doc| true_type(doc, LETTERS, Some("WinAnsiEncoding".into()), &[(3, 0)])),
    ),
    (
        "31-018",
        Spoiled(|doc| true_type(doc, LETTERS, Some("WinAnsiEncoding".into()), &[(3, 1)])),
    ),
    (
        "31-019",
        Spoiled(|doc| true_type(doc, LETTERS, None, &[(3, 1)])),
    ),
    (
        "31-020",
        Spoiled(|doc| true_type(doc, LETTERS, Some(dictionary! {}.into()), &[(3, 1)])),
    ),
    (
        "31-021",
        Spoiled(|doc| true_type(doc, LETTERS, Some("StandardEncoding".into()), &[(3, 1)])),
    ),
    (
        "31-022",
        Spoiled(|doc| true_type(doc, LETTERS, Some(changed("zork")), &[(3, 1)])),
    ),
    (
        "31-023",
        Spoiled(|doc| true_type(doc, LETTERS, Some(changed("eacute")), &[(1, 0)])),
    ),
    (
        "31-024",
        Spoiled(|doc| true_type(doc, SIGNS, Some("WinAnsiEncoding".into()), &[(3, 0)])),
    ),
    ("31-025", Spoiled(|doc| true_type(doc, SIGNS, None, &[]))),
    (
        "31-026",
        Spoiled(|doc| true_type(doc, SIGNS, None, &[(1, 0), (3, 1)])),
    ),
    ("31-027", Broken("no-unicode")),
    ("31-028", Spoiled(|doc| characters(doc, "0000"))),
    ("31-029", Spoiled(|doc| characters(doc, "FEFF"))),
    ("31-030", Broken("glyph-lacking")),
    (
        "title-is-useful",
        Spoiled(|doc| {
            let id = doc
                .trailer
                .get(b"Info")
                .and_then(Object::as_reference)
                .expect("information");
            dict(doc, id).set("Title", Object::string_literal("ports_final.docx"));
        }),
    ),
    (
        "language-is-right",
        Spoiled(|doc| catalog(doc).set("Lang", Object::string_literal("en"))),
    ),
    (
        "contrast",
        Spoiled(|doc| {
            let name = font_name(doc);
            paint(
                doc,
                &format!(
                    "/Artifact BMC BT 0.8 g 1 0 0 1 9 9 Tm /{name} 10 Tf <00010001> Tj ET EMC"
                ),
            );
        }),
    ),
    (
        "decoration-is-no-text",
        Spoiled(|doc| {
            content(doc, |old| {
                let at = old.find("/MCID 9>>BDC").expect("a tenth piece");
                let start = old[..at]
                    .rfind(" <<")
                    .or(old[..at].rfind("<<"))
                    .expect("its properties");
                let start = old[..start].rfind('/').expect("its tag");
                format!(
                    "{}/Artifact BMC{}",
                    &old[..start],
                    &old[at + "/MCID 9>>BDC".len()..]
                )
            })
        }),
    ),
    ("contents-lead-to-headings", Spoiled(astray)),
    (
        "bookmarks-agree-with-headings",
        Spoiled(|doc| {
            let first = below(doc, "Outlines")
                .get(b"First")
                .and_then(Object::as_reference)
                .expect("a bookmark");
            dict(doc, first).set("Title", Object::string_literal("Zork"));
        }),
    ),
    (
        "notes-have-labels",
        Spoiled(|doc| retag(doc, "Lbl", "Span")),
    ),
    ("notes-are-reached", Spoiled(astray)),
    (
        "alt-texts-say-something",
        Spoiled(|doc| {
            for id in elements(doc, "Figure") {
                dict(doc, id).set("Alt", Object::string_literal("image1.png"));
            }
        }),
    ),
    (
        "links-have-words",
        Spoiled(|doc| {
            for id in elements(doc, "Link") {
                dict(doc, id).set("ActualText", Object::string_literal("ici"));
            }
        }),
    ),
    (
        "no-empty-tags",
        Spoiled(|doc| {
            let id = *elements(doc, "P").last().expect("a paragraph");
            dict(doc, id).set("K", Vec::<Object>::new());
        }),
    ),
    (
        "one-document",
        Spoiled(|doc| retag(doc, "Document", "Sect")),
    ),
    ("pdf-ua-beyond-the-protocol", Broken("not-marked")),
    ("archive", Spoiled(|doc| drop(doc.trailer.remove(b"ID")))),
];

/// Flags of fonts of letters and of fonts of signs.
const LETTERS: i64 = 32;
const SIGNS: i64 = 4;

fn layers(doc: &mut Document, first: Dictionary, other: Option<Dictionary>) {
    let others: Vec<Object> = other.into_iter().map(Object::from).collect();
    let layers = dictionary! { "OCGs" => Vec::<Object>::new(), "D" => first, "Configs" => others };
    catalog(doc).set("OCProperties", layers);
}

fn lock(doc: &mut Document, permissions: Option<i64>) {
    let mut lock = dictionary! {
        "Filter" => "Standard", "V" => 2, "R" => 3, "Length" => 128,
        "O" => Object::string_literal(vec![b'o'; 32]), "U" => Object::string_literal(vec![b'u'; 32]),
    };
    if let Some(permissions) = permissions {
        lock.set("P", permissions);
    }
    let lock = doc.add_object(lock);
    doc.trailer.set("Encrypt", lock);
}

fn clip(doc: &mut Document) {
    doc.add_object(dictionary! { "Type" => "MediaClip", "S" => "MCD" });
}

/// Gives every font a map of codes of its own.
fn code_map(
    doc: &mut Document,
    registry: &str,
    ordering: &str,
    supplement: i64,
    mode: i64,
    more: &str,
) {
    let map = dictionary! {
        "Type" => "CMap",
        "CMapName" => "Own",
        "WMode" => mode,
        "CIDSystemInfo" => dictionary! {
            "Registry" => Object::string_literal(registry),
            "Ordering" => Object::string_literal(ordering),
            "Supplement" => supplement,
        },
    };
    let map = doc.add_object(Stream::new(map, more.as_bytes().to_vec()));
    for id in all(doc, "Subtype", "Type0") {
        dict(doc, id).set("Encoding", map);
    }
}

fn each_descendant(doc: &mut Document, change: impl Fn(&mut Dictionary)) {
    for id in all(doc, "Subtype", "CIDFontType0") {
        change(dict(doc, id));
    }
}

/// Says of a glyph of each font that it is wider than it is.
fn wider(doc: &mut Document) {
    for id in all(doc, "Subtype", "CIDFontType0") {
        let widths = dict(doc, id).get(b"W").expect("widths").clone();
        let (_, widths) = doc.dereference(&widths).expect("widths");
        let mut widths = widths.as_array().expect("widths").clone();
        // `c [w …]` or `first last w`.
        let first = match &mut widths[1] {
            Object::Array(run) => &mut run[0],
            _ => &mut widths[2],
        };
        *first = (first.as_float().expect("a width") + 100.0).into();
        dict(doc, id).set("W", widths);
    }
}

/// Gives the fonts lists of their glyphs in which every bit is as in that byte.
fn glyph_set(doc: &mut Document, byte: u8) {
    let set = doc.add_object(Stream::new(dictionary! {}, vec![byte; 8192]));
    for id in all(doc, "Type", "FontDescriptor") {
        dict(doc, id).set("CIDSet", set);
    }
}

/// Makes every glyph stand for one character.
fn characters(doc: &mut Document, character: &str) {
    let mut map =
        String::from("1 begincodespacerange <0000> <ffff> endcodespacerange\n2000 beginbfchar\n");
    for code in 0..2000 {
        map.push_str(&format!("<{code:04x}> <{character}>\n"));
    }
    map.push_str("endbfchar\n");
    let map = doc.add_object(Stream::new(dictionary! {}, map.into_bytes()));
    for id in all(doc, "Subtype", "Type0") {
        dict(doc, id).set("ToUnicode", map);
    }
}

/// Adds a font with a glyph `A`, and that list of its glyphs.
fn type_1(doc: &mut Document, listed: &str) {
    let clear = b"xxxx/CharStrings 2 dict dup begin\n/.notdef 1 RD x ND\n/A 1 RD x ND\nend";
    let mut key: u16 = 55_665;
    let locked = clear.iter().map(|byte| {
        let cipher = byte ^ (key >> 8) as u8;
        key = u16::from(cipher)
            .wrapping_add(key)
            .wrapping_mul(52_845)
            .wrapping_add(22_719);
        cipher
    });
    let mut program = b"%!PS-AdobeFont-1.0: Own\ncurrentfile eexec\n".to_vec();
    program.extend(locked);
    let program = doc.add_object(Stream::new(dictionary! {}, program));
    let descriptor = doc.add_object(dictionary! {
        "Type" => "FontDescriptor", "FontName" => "Own", "Flags" => LETTERS,
        "FontFile" => program, "CharSet" => Object::string_literal(listed),
    });
    doc.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Own",
        "Encoding" => "WinAnsiEncoding", "FontDescriptor" => descriptor,
    });
}

fn changed(name: &str) -> Object {
    let differences: Vec<Object> = vec![65.into(), name.into()];
    dictionary! { "BaseEncoding" => "WinAnsiEncoding", "Differences" => differences }.into()
}

/// Adds a font of codes of one byte, of which it shows `A`, with maps that lead from `B` alone.
fn true_type(doc: &mut Document, flags: i64, encoding: Option<Object>, maps: &[(u16, u16)]) {
    let program = doc.add_object(Stream::new(dictionary! {}, sfnt(maps)));
    let descriptor = doc.add_object(dictionary! {
        "Type" => "FontDescriptor", "FontName" => "Own", "Flags" => flags, "FontFile2" => program,
    });
    let widths: Vec<Object> = vec![500.into()];
    let mut font = dictionary! {
        "Type" => "Font", "Subtype" => "TrueType", "BaseFont" => "Own",
        "FirstChar" => 65, "LastChar" => 65, "Widths" => widths, "FontDescriptor" => descriptor,
    };
    if let Some(encoding) = encoding {
        font.set("Encoding", encoding);
    }
    doc.add_object(font);
}

/// A font program of a table `cmap` alone.
fn sfnt(maps: &[(u16, u16)]) -> Vec<u8> {
    let mut table: Vec<u8> = Vec::new();
    let words = |table: &mut Vec<u8>, all: &[u16]| {
        all.iter().for_each(|one| table.extend(one.to_be_bytes()))
    };
    words(&mut table, &[0, maps.len() as u16]);
    for (platform, encoding) in maps {
        words(
            &mut table,
            &[*platform, *encoding, 0, (4 + 8 * maps.len()) as u16],
        );
    }
    // Format 6: from `B`, one glyph, the first.
    words(&mut table, &[6, 12, 0, 66, 1, 1]);
    let mut file = vec![0, 1, 0, 0];
    let tables = u16::from(!maps.is_empty());
    words(&mut file, &[tables, 16, 0, 0]);
    if !maps.is_empty() {
        file.extend(b"cmap\0\0\0\0");
        file.extend(28u32.to_be_bytes());
        file.extend((table.len() as u32).to_be_bytes());
        file.extend(table);
    }
    file
}

/// Makes every link lead to the first page.
fn astray(doc: &mut Document) {
    let first = doc.page_iter().next().expect("a page");
    let mut done = 0;
    for object in doc.objects.values_mut() {
        let dict = match object {
            Object::Dictionary(dict) => dict,
            _ => continue,
        };
        let own = dict.has(b"Dest") && !dict.has(b"Title");
        if own {
            dict.set("Dest", vec![Object::Reference(first), "Fit".into()]);
        }
        if let Ok(action) = dict.get_mut(b"A").and_then(Object::as_dict_mut)
            && action.has(b"D")
        {
            action.set("D", vec![Object::Reference(first), "Fit".into()]);
            done += 1;
        }
        done += usize::from(own);
    }
    assert!(done > 0, "no link");
}

/// The name of a font of the first page.
fn font_name(doc: &mut Document) -> String {
    let fonts = resources(doc).get(b"Font").expect("fonts").clone();
    let fonts = match fonts {
        Object::Reference(id) => dict(doc, id).clone(),
        other => other.as_dict().expect("fonts").clone(),
    };
    let (name, _) = fonts.iter().next().expect("a font");
    String::from_utf8_lossy(name).into_owned()
}

fn dossier(bytes: &[u8]) -> Dossier {
    let about = About {
        file: "file.pdf",
        layout: "screen",
        source: None,
        signed: &SignOffs::default(),
    };
    assess(&ReadBack::of(bytes), &about).unwrap_or_else(|found| panic!("{found}"))
}

fn status(dossier: &Dossier, id: &str) -> Status {
    let mut all = dossier.criteria.iter();
    all.find(|one| one.id == id)
        .map(|one| one.status)
        .expect("a criterion")
}

#[test]
fn every_criterion_that_a_machine_decides_has_a_file_that_breaks_it_and_finds_it() {
    let decided = criteria::all().iter().filter(|one| one.check.is_some());
    let decided: BTreeSet<&str> = decided.map(|one| one.id.as_str()).collect();
    let fixtures: BTreeSet<&str> = FIXTURES.iter().map(|(id, _)| *id).collect();
    assert_eq!(fixtures, decided);
    let good = dossier(harbour().file("screen", "pdf"));
    let mut wrong = Vec::new();
    for (id, fixture) in FIXTURES {
        let bytes = match fixture {
            Broken(name) => broken(name),
            Spoiled(spoil) => {
                let file = harbour().file("screen", "pdf");
                let mut doc = Document::load_mem(file).expect("a good file");
                spoil(&mut doc);
                save(doc)
            }
        };
        if status(&good, id) == Status::Failed {
            wrong.push(format!("{id} fails in the good file"));
        }
        let found = dossier(&bytes);
        if status(&found, id) != Status::Failed {
            let failed = found
                .criteria
                .iter()
                .filter(|one| one.status == Status::Failed);
            let failed: Vec<&str> = failed.map(|one| one.id.as_str()).collect();
            wrong.push(format!(
                "{id}: {:?}, failed are {failed:?}",
                status(&found, id)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_criterion_is_blank_and_none_fails_in_the_files_of_the_reports() {
    for (made, name) in [
        (shipped(), "shipped"),
        (harbour(), "harbour"),
        (annual(), "annual"),
        (marked(), "marks"),
    ] {
        for layout in ["screen", "large-print"] {
            let found = dossier(made.file(layout, "pdf"));
            assert_eq!(found.criteria.len(), criteria::all().len());
            for one in &found.criteria {
                let said = match one.status {
                    Status::NotApplicable => one.reason.is_some(),
                    Status::Open if one.rests.is_empty() => {
                        one.question.is_some() && one.look.is_some()
                    }
                    Status::Failed => false,
                    _ => !one.decided_by.is_empty(),
                };
                assert!(said, "{name} {layout}: {one:#?}");
            }
            let machine = found
                .criteria
                .iter()
                .filter(|one| one.status == Status::Passed)
                .count();
            assert!(machine > 40, "{name} {layout}: {machine}");
        }
    }
}

#[test]
fn what_a_report_has_not_is_said_to_be_missing_and_what_it_has_is_asked() {
    let (without, with) = (
        dossier(shipped().file("screen", "pdf")),
        dossier(annual().file("screen", "pdf")),
    );
    for id in ["13-005", "alt-texts-are-right", "10.1.4.5"] {
        assert_eq!(status(&without, id), Status::NotApplicable, "{id}");
        assert_eq!(status(&with, id), Status::Open, "{id}");
    }
    // No report has sound, form fields or programs.
    for id in [
        "10.1.2.2", "10.3.3.1", "28-005", "05-001", "29-001", "26-001",
    ] {
        assert_eq!(status(&with, id), Status::NotApplicable, "{id}");
    }
    let reason = |id: &str| {
        with.criteria
            .iter()
            .find(|one| one.id == id)
            .and_then(|one| one.reason.clone())
    };
    assert_eq!(
        reason("10.1.2.2").as_deref(),
        Some("the file has no sound or film")
    );
}

#[test]
fn text_stands_out_from_its_ground_in_every_layout() {
    let loader = LayoutLoader::embedded();
    let backend = format::find("pdf").expect("a format");
    let made = annual();
    for name in loader.names() {
        let layout = loader.load(&name).expect("a layout");
        let document = made.document_for(&layout);
        let edition = Edition::new(&document, &layout, EPOCH);
        let file = backend
            .render(&edition)
            .unwrap_or_else(|found| panic!("{name}: {found}"));
        let found = format::inspect("pdf", Profile::of(&layout), &file.read_back());
        let found = found.unwrap_or_else(|found| panic!("{name}: {found}"));
        let verdict = found.verdicts.iter().find(|one| one.check == "contrast");
        let verdict = verdict.unwrap_or_else(|| panic!("{name} is not checked"));
        assert!(verdict.passed(), "{name}: {:#?}", verdict.breaches);
    }
}

#[test]
fn large_text_may_stand_out_less_and_the_dossier_lists_every_pair() {
    let draw = |size: u32, grey: f64| {
        let mut doc = Document::load_mem(harbour().file("screen", "pdf")).expect("a good file");
        let name = font_name(&mut doc);
        paint(
            &mut doc,
            &format!(
                "/Artifact BMC BT {grey} g 1 0 0 1 9 9 Tm /{name} {size} Tf <00010001> Tj ET EMC"
            ),
        );
        dossier(&save(doc))
    };
    // #8c8c8c on white: 3.36:1.
    assert_eq!(status(&draw(12, 0.55), "contrast"), Status::Failed);
    assert_eq!(status(&draw(18, 0.55), "contrast"), Status::Passed);
    assert_eq!(status(&draw(18, 0.7), "contrast"), Status::Failed);
    let found = draw(12, 0.55);
    let worst = found.contrast.first().expect("a pair");
    assert_eq!(
        (worst.text.as_str(), worst.ground.as_str(), worst.page),
        ("#8c8c8c", "#ffffff", 1)
    );
    assert!(found.contrast.len() > 1);
}

#[test]
fn text_on_an_area_is_held_against_the_area_and_text_over_a_picture_is_asked_of_a_person() {
    let draw = |before: &str| {
        let mut doc = Document::load_mem(harbour().file("screen", "pdf")).expect("a good file");
        let name = font_name(&mut doc);
        let text = format!("BT 1 g 1 0 0 1 20 20 Tm /{name} 10 Tf <00010001> Tj ET");
        paint(&mut doc, &format!("/Artifact BMC {before} {text} EMC"));
        dossier(&save(doc))
    };
    assert_eq!(status(&draw(""), "contrast"), Status::Failed);
    assert_eq!(
        status(&draw("0 g 0 0 90 90 re f"), "contrast"),
        Status::Passed
    );
    // The corner of a triangle does not reach below the text, though the box around it does.
    let corner = draw("0 g 0 90 m 90 90 l 90 40 l f");
    assert_eq!(status(&corner, "contrast"), Status::Failed);
    let picture = draw("q 90 0 0 90 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q");
    assert_eq!(status(&picture, "contrast"), Status::Passed);
    assert_eq!(status(&picture, "contrast-over-pictures"), Status::Open);
    let places = picture
        .looks
        .iter()
        .find(|one| one.topic == "over-pictures")
        .expect("places");
    assert_eq!(places.places.len(), 1);
}

/// A report of one picture in a folder.
fn desk() -> Desk {
    let desk = Desk::with_report();
    desk
}

#[test]
fn the_dossier_is_written_as_data_and_as_a_page_and_the_same_again() {
    let desk = desk();
    desk.run(&["access", "--out", "a"]).is_done();
    desk.run(&["access", "--out", "b"]).is_done();
    let names = crate::program::names(&desk.path("a"));
    let name = names
        .iter()
        .find(|name| name.ends_with(".access.json"))
        .expect("a dossier");
    assert_eq!(
        desk.read(&format!("a/{name}")),
        desk.read(&format!("b/{name}"))
    );
    let page = name.replace(".json", ".html");
    let html = desk.read(&format!("a/{page}"));
    assert_eq!(html, desk.read(&format!("b/{page}")));
    // It keeps what it asks of others.
    assert!(
        html.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"),
        "{html}"
    );
    assert!(!html.contains("<script") && html.matches("<h1").count() == 1);
    let xml = html
        .split_once('\n')
        .expect("lines")
        .1
        .replace("<meta charset=\"utf-8\">", "")
        .replace(
            "<meta name=\"viewport\" content=\"width=device-width\">",
            "",
        );
    let tree = roxmltree::Document::parse(&xml).expect("a page that is whole");
    let mut last = 0;
    for node in tree.descendants().filter(roxmltree::Node::is_element) {
        let tag = node.tag_name().name();
        if let Some(level) = tag
            .strip_prefix('h')
            .and_then(|level| level.parse::<u32>().ok())
        {
            assert!(level <= last + 1, "{tag} after {last}");
            last = level;
        }
        if tag == "th" {
            assert!(node.attribute("scope").is_some());
        }
        if let Some(target) = node
            .attribute("href")
            .and_then(|target| target.strip_prefix('#'))
        {
            assert!(
                tree.descendants()
                    .any(|one| one.attribute("id") == Some(target)),
                "{target}"
            );
        }
    }
}

#[test]
fn a_sign_off_holds_until_what_was_looked_at_changes_and_says_what_has() {
    let desk = desk();
    let status = |id: &str| {
        assert_eq!(desk.run(&["access", "--out", "made", "-q"]).code, 0);
        let names = crate::program::names(&desk.path("made"));
        let name = names
            .iter()
            .find(|name| name.ends_with(".access.json"))
            .expect("a dossier")
            .clone();
        let read: serde_json::Value =
            serde_json::from_str(&desk.read(&format!("made/{name}"))).expect("JSON");
        let all = read["criteria"].as_array().expect("criteria").clone();
        let one = all.iter().find(|one| one["id"] == id).expect("a criterion");
        one["status"].as_str().expect("a status").to_owned()
    };
    assert_eq!(status("14-001"), "open");
    desk.run(&[
        "access",
        "sign",
        "14-001",
        "--by",
        "Ada: “A” #1",
        "--on",
        "2026-11-30",
        "--note",
        "all there",
    ])
    .is_done();
    let file = desk.read("source/access.yaml");
    assert!(
        file.contains("criterion: \"14-001\"") && file.contains("on: 2026-11-30"),
        "{file}"
    );
    assert_eq!(status("14-001"), "signed");
    // Text that is no heading may change.
    desk.run(&["check"]).is_done();
    desk.replace("source/foreword.yaml", "another feels", "others feel");
    assert_eq!(status("14-001"), "signed");
    let chapter = chapter(&desk);
    let line = desk
        .read(&chapter)
        .lines()
        .find(|line| line.trim_start().starts_with("title:"))
        .expect("a title")
        .to_owned();
    let new = format!("{} anew", line);
    desk.replace(&chapter, &line, &new);
    let ran = desk.run(&["access", "--out", "made"]);
    assert!(
        ran.stderr.contains("W0690") && ran.stderr.contains("has changed since"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains("is new") && ran.stderr.contains("is gone"),
        "{}",
        ran.stderr
    );
    assert_eq!(status("14-001"), "lapsed");
    desk.run(&[
        "access",
        "sign",
        "14-001",
        "--by",
        "Bea",
        "--on",
        "2026-12-01",
    ])
    .is_done();
    assert_eq!(status("14-001"), "signed");
    assert!(
        desk.read("source/access.yaml").starts_with(&file),
        "what was there stays"
    );
}

/// A chapter with a title.
fn chapter(desk: &Desk) -> String {
    let names = crate::program::names(&desk.path("source"));
    let has = |name: &&String| {
        name.ends_with(".yaml")
            && **name != "report.yaml"
            && desk.read(&format!("source/{name}")).contains("section:")
    };
    let name = names.iter().find(has).expect("a chapter");
    format!("source/{name}")
}

#[test]
fn whatever_is_wrong_with_the_sign_offs_is_said_with_its_place() {
    let desk = desk();
    desk.write(
        "source/access.yaml",
        "- criterion: 13-099\n  by: \"\"\n  on: 30 November\n  of: yes\n\
         - {criterion: 13-004, by: Ada, on: 2026-02-30, of: abc}\n",
    );
    for command in [&["check"][..], &["access"]] {
        let ran = desk.run(command);
        assert_eq!(ran.code, 2.max(ran.code).min(3), "{}", ran.stderr);
        for said in [
            "E1272",
            "E1273",
            "E1274",
            "E1275",
            "E1276",
            "access.yaml:1:14",
            "[0].criterion",
            "[1].on",
            "access.yaml:3:7",
        ] {
            assert!(ran.stderr.contains(said), "{said}: {}", ran.stderr);
        }
    }
    assert!(!desk.path("out").exists(), "nothing is written");
    desk.write("source/access.yaml", "- criterion: 13-005\n  who: Ada\n");
    assert!(desk.run(&["check"]).stderr.contains("who"));
    desk.write("source/access.yaml", "# nothing yet\n");
    desk.run(&["check"]).is_done();
}

#[test]
fn what_cannot_be_signed_is_refused() {
    let desk = desk();
    for (line, code) in [
        (&["access", "sign", "13-004", "--by", "Ada"][..], "E1273"),
        (&["access", "sign", "10.1.1.1", "--by", "Ada"], "E1273"),
        (&["access", "sign", "99-999", "--by", "Ada"], "E1272"),
        (&["access", "sign", "14-001", "--by", " "], "E1276"),
        (
            &["access", "sign", "14-001", "--by", "Ada", "--on", "soon"],
            "E1274",
        ),
        (&["access", "sign", "17-002", "--by", "Ada"], "E1273"),
        (&["access", "sign", "12-001", "--by", "Ada"], "E1277"),
        (&["access", "--layout", "print"], "E1271"),
    ] {
        let ran = desk.run(line);
        assert!(ran.stderr.contains(code), "{line:?}: {}", ran.stderr);
        assert_eq!(ran.code, 2, "{line:?}: {}", ran.stderr);
    }
    assert!(!desk.path("source/access.yaml").exists());
    let built_in = Desk::empty();
    assert!(
        built_in
            .run(&["access", "sign", "14-001", "--by", "Ada"])
            .stderr
            .contains("E1245")
    );
}

#[test]
fn a_release_holds_the_dossier_of_each_file_for_screens() {
    let desk = desk();
    desk.run(&["release", "-q"]).is_done();
    let names = crate::program::names(&desk.path("out/release"));
    let dossiers: Vec<&String> = names
        .iter()
        .filter(|name| name.contains(".access."))
        .collect();
    assert_eq!(dossiers.len(), 2, "{names:?}");
    let manifest = desk.read("out/release/manifest.json");
    let sums = desk.read("out/release/SHA256SUMS");
    for name in &dossiers {
        assert!(
            manifest.contains(name.as_str()) && sums.contains(name.as_str()),
            "{name}"
        );
    }
    desk.run(&["verify", "--release", "out/release"]).is_done();
    let first = format!("out/release/{}", dossiers[0]);
    let there = desk.read(&first);
    desk.write(
        &first,
        &there.replace("passed by machine", "passed by magic"),
    );
    assert_ne!(desk.run(&["verify", "--release", "out/release"]).code, 0);
}

#[test]
fn the_protocol_and_the_european_standard_are_there_in_full() {
    let count = |standard| {
        criteria::all()
            .iter()
            .filter(|one| one.standard == standard)
            .count()
    };
    assert_eq!(count(Standard::Matterhorn), 137);
    assert_eq!(count(Standard::En301549), 52);
}
