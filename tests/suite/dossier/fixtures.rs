//! A file for each criterion of accessibility that a machine decides: it breaks that criterion.

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use Fixture::{Broken, Spoiled};

use crate::conformance::broken;
use crate::conformance::spoil::*;
use crate::made::harbour;

/// How a file is made that breaks a criterion.
pub(super) enum Fixture {
    /// One that breaks a standard, by its name.
    Broken(&'static str),
    /// The small report's file, spoiled.
    Spoiled(fn(&mut Document)),
}

/// A file for each criterion that a machine decides.
pub(super) const FIXTURES: &[(&str, Fixture)] = &[
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
    ("26-002", Spoiled(|doc| lock(doc, Some(!(1 << 9))))),
    ("28-002", Spoiled(|doc| link(doc).set("Subtype", "Text"))),
    (
        "28-004",
        Spoiled(|doc| {
            link(doc).remove(b"Contents");
            link(doc).set("Subtype", "Text");
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
    ("28-014", Spoiled(clip)),
    ("28-015", Spoiled(clip)),
    (
        "28-016",
        Spoiled(|doc| {
            link(doc).set("FS", dictionary! { "F" => Object::string_literal("a.txt") });
            link(doc).set("Subtype", "FileAttachment");
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
            link(doc).set("AP", dictionary! { "N" => drawn });
            link(doc).set("Subtype", "PrinterMark");
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
pub(super) const LETTERS: i64 = 32;
pub(super) const SIGNS: i64 = 4;

pub(super) fn layers(doc: &mut Document, first: Dictionary, other: Option<Dictionary>) {
    let others: Vec<Object> = other.into_iter().map(Object::from).collect();
    let layers = dictionary! { "OCGs" => Vec::<Object>::new(), "D" => first, "Configs" => others };
    catalog(doc).set("OCProperties", layers);
}

pub(super) fn lock(doc: &mut Document, permissions: Option<i64>) {
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

pub(super) fn clip(doc: &mut Document) {
    doc.add_object(dictionary! { "Type" => "MediaClip", "S" => "MCD" });
}

/// Gives every font a map of codes of its own.
pub(super) fn code_map(
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

pub(super) fn each_descendant(doc: &mut Document, change: impl Fn(&mut Dictionary)) {
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
pub(super) fn type_1(doc: &mut Document, listed: &str) {
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
pub(super) fn true_type(
    doc: &mut Document,
    flags: i64,
    encoding: Option<Object>,
    maps: &[(u16, u16)],
) {
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
pub(super) fn font_name(doc: &mut Document) -> String {
    let fonts = resources(doc).get(b"Font").expect("fonts").clone();
    let fonts = match fonts {
        Object::Reference(id) => dict(doc, id).clone(),
        other => other.as_dict().expect("fonts").clone(),
    };
    let (name, _) = fonts.iter().next().expect("a font");
    String::from_utf8_lossy(name).into_owned()
}

impl Fixture {
    /// The file.
    pub(super) fn bytes(&self) -> Vec<u8> {
        match self {
            Broken(name) => broken(name),
            Spoiled(spoil) => {
                let file = harbour().file("screen", "pdf");
                let mut doc = Document::load_mem(file).expect("a good file");
                spoil(&mut doc);
                save(doc)
            }
        }
    }
}
