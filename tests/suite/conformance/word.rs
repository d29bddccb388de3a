//! Word files that break a rule, each in one thing.

use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::Outside::{self, Blind, Sees};
use super::{Broken, Spoil};

/// The parts of a Word file in their order.
pub(crate) type Parts = Vec<(String, Vec<u8>)>;

const BODY: &str = "word/document.xml";

/// What is broken, the clause that it breaks, and whether the Open XML SDK sees it, which is no part of the tests.
pub(super) const FILES: &[Broken] = &[
    broken("types-not-first", "10.1", Blind, |parts| {
        parts.rotate_left(1)
    }),
    broken("part-of-no-type", "10.1", Blind, |parts| {
        parts.push(("word/extra.bin".into(), b"x".to_vec()))
    }),
    broken("type-of-no-part", "10.1", Sees, |parts| {
        parts.retain(|(name, _)| name != "word/theme/theme1.xml")
    }),
    broken("relationship-to-nowhere", "9.3", Sees, |parts| {
        change(
            parts,
            "word/_rels/document.xml.rels",
            "\"footnotes.xml\"",
            "\"feetnotes.xml\"",
        );
    }),
    broken("relationship-missing", "9.3", Sees, |parts| {
        change(parts, BODY, " r:id=\"", " r:id=\"x")
    }),
    broken("no-title", "2.4.2", Blind, |parts| {
        change(parts, "docProps/core.xml", "dc:title>", "dc:source>")
    }),
    broken("no-language", "3.1.1", Blind, |parts| {
        change(
            parts,
            "docProps/core.xml",
            "<dc:language>",
            "<dc:language>in plain ",
        );
    }),
    broken("text-without-language", "3.1.1", Blind, |parts| {
        change(
            parts,
            "word/styles.xml",
            "<w:lang w:val=\"fr",
            "<w:lang w:val=\"no language: fr",
        );
    }),
    broken("heading-skipped", "1.3.1", Blind, |parts| {
        change(parts, BODY, "\"Heading2\"", "\"Heading4\"")
    }),
    broken("no-headings", "2.4.6", Blind, |parts| {
        change(parts, BODY, "\"Heading", "\"TOCHeading");
        change(parts, BODY, "\"Speaker\"", "\"BodyText\"");
        change(parts, BODY, "\"SectionLabel\"", "\"BodyText\"");
    }),
    broken("picture-without-text", "1.1.1", Blind, |parts| {
        change(parts, BODY, " descr=\"", " title=\"");
        change(parts, BODY, "decorative ", "decoration ");
    }),
    broken("table-without-header", "1.3.1", Blind, |parts| {
        change(parts, BODY, "<w:tblHeader/>", "")
    }),
    broken("cell-without-paragraph", "17.4", Blind, |parts| {
        let body = text(parts, BODY);
        let start = body.find("</w:tcPr>").expect("a cell") + "</w:tcPr>".len();
        let end = start + body[start..].find("</w:tc>").expect("its end");
        let cell = body[start..end].to_string();
        change(parts, BODY, &cell, "");
    }),
    broken("footnote-missing", "17.11", Sees, |parts| {
        change(
            parts,
            BODY,
            "<w:footnoteReference w:id=\"",
            "<w:footnoteReference w:id=\"99",
        );
    }),
    broken("footnotes-with-one-id", "17.11", Sees, |parts| {
        change(
            parts,
            "word/footnotes.xml",
            "<w:footnote w:id=\"2\"",
            "<w:footnote w:id=\"1\"",
        );
    }),
    broken("link-to-nowhere", "17.16", Blind, |parts| {
        change(parts, BODY, "w:anchor=\"", "w:anchor=\"no_")
    }),
    broken("page-number-of-nowhere", "17.16", Blind, |parts| {
        change(parts, BODY, " PAGEREF ", " PAGEREF no_")
    }),
    broken("link-into-a-note", "17.16", Blind, |parts| {
        let mark =
            "<w:bookmarkStart w:id=\"9001\" w:name=\"below\"/><w:bookmarkEnd w:id=\"9001\"/>";
        let link = "<w:hyperlink w:anchor=\"below\"><w:r><w:t>x</w:t></w:r></w:hyperlink>";
        let (rule, body) = ("<w:separator/></w:r>", "<w:body>");
        change(parts, "word/footnotes.xml", rule, &format!("{rule}{mark}"));
        change(parts, BODY, body, &format!("{body}<w:p>{link}</w:p>"));
    }),
    broken("link-into-a-frame", "17.16", Blind, |parts| {
        let mark = "<w:bookmarkStart w:id=\"9001\" w:name=\"foot\"/><w:bookmarkEnd w:id=\"9001\"/>";
        let link = "<w:hyperlink w:anchor=\"foot\"><w:r><w:t>x</w:t></w:r></w:hyperlink>";
        let frame = "<w:pPr><w:framePr w:wrap=\"around\"/></w:pPr>";
        let body = "<w:body>";
        let more = format!("{body}<w:p>{frame}{mark}</w:p><w:p>{link}</w:p>");
        change(parts, BODY, body, &more);
    }),
    broken("bookmarks-with-one-name", "17.13.6", Blind, |parts| {
        change(
            parts,
            BODY,
            "<w:body>",
            "<w:body><w:p><w:bookmarkStart w:id=\"9001\" w:name=\"same\"/><w:bookmarkEnd w:id=\"9001\"/><w:bookmarkStart w:id=\"9002\" w:name=\"same\"/><w:bookmarkEnd w:id=\"9002\"/></w:p>",
        );
    }),
    broken("bookmark-without-end", "17.13.6", Blind, |parts| {
        change(
            parts,
            BODY,
            "<w:body>",
            "<w:body><w:p><w:bookmarkStart w:id=\"9001\" w:name=\"open\"/></w:p>",
        );
    }),
    broken("style-missing", "17.7", Blind, |parts| {
        change(parts, BODY, "\"Heading1\"", "\"Heading77\"")
    }),
    broken("numbering-missing", "17.9", Blind, |parts| {
        change(
            parts,
            BODY,
            "<w:body>",
            "<w:body><w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"777\"/></w:numPr></w:pPr></w:p>",
        );
    }),
    broken("fields-to-be-updated", "17.15", Blind, |parts| {
        change(
            parts,
            "word/settings.xml",
            "<w:footnotePr",
            "<w:updateFields w:val=\"true\"/><w:footnotePr",
        );
    }),
    broken("field-dirty", "17.16", Blind, |parts| {
        change(
            parts,
            BODY,
            "w:fldCharType=\"begin\"",
            "w:fldCharType=\"begin\" w:dirty=\"true\"",
        );
    }),
    broken("field-without-end", "17.16", Blind, |parts| {
        change(
            parts,
            BODY,
            "<w:body>",
            "<w:body><w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r></w:p>",
        );
    }),
    broken("contents-of-other-headings", "17.16", Blind, |parts| {
        change(
            parts,
            BODY,
            " TOC \\o &quot;1-1&quot;",
            " TOC \\o &quot;1-2&quot;",
        )
    }),
    // Lines that are headings for the navigation pane alone: LibreOffice lists them where the field names their level.
    broken(
        "contents-without-a-line-of-the-outline",
        "17.16",
        Blind,
        |parts| {
            change(
                parts,
                "word/styles.xml",
                "<w:outlineLvl w:val=\"2\"/>",
                "<w:outlineLvl w:val=\"0\"/>",
            )
        },
    ),
    broken("contents-for-one-list-separator", "17.16", Blind, |parts| {
        change(parts, BODY, "Heading 2 Listed;2;,1,", "")
    }),
    broken("contents-without-an-entry", "17.16", Blind, |parts| {
        change(parts, BODY, "\"Heading2Unlisted\"", "\"Heading2\"")
    }),
    broken("caption-miscounted", "17.16", Blind, |parts| {
        change(parts, BODY, " SEQ Tableau ", " SEQ Tableau \\r 9 ")
    }),
    broken("reference-to-another-label", "17.16", Blind, |parts| {
        let (start, end) = (
            "<w:bookmarkStart w:id=\"9001\" w:name=\"l\"/>",
            "<w:bookmarkEnd w:id=\"9001\"/>",
        );
        let run = |inside: &str| format!("<w:r>{inside}</w:r>");
        let step = |kind: &str| run(&format!("<w:fldChar w:fldCharType=\"{kind}\"/>"));
        let field = [
            step("begin"),
            run("<w:instrText> REF l \\h </w:instrText>"),
            step("separate"),
            run("<w:t>Tableau 2</w:t>"),
            step("end"),
        ];
        let label = run("<w:t>Tableau 1</w:t>");
        let more = format!("<w:body><w:p>{start}{label}{end}{}</w:p>", field.concat());
        change(parts, BODY, "<w:body>", &more);
    }),
    broken("control-without-title", "4.1.2", Blind, |parts| {
        change(parts, BODY, "<w:alias ", "<w:tag ")
    }),
    broken("picture-beside-the-text", "1.3.2", Sees, |parts| {
        change(parts, BODY, "wp:inline", "wp:anchor")
    }),
    broken("frame-beside-the-text", "1.3.2", Blind, |parts| {
        change(
            parts,
            BODY,
            "<w:body>",
            "<w:body><w:p><w:pPr><w:framePr w:wrap=\"around\"/></w:pPr></w:p>",
        )
    }),
    broken("picture-named-by-its-file", "1.1.1", Blind, |parts| {
        change(parts, BODY, " descr=\"", " descr=\"map.png\" title=\"")
    }),
    broken("link-without-words", "2.4.4", Blind, |parts| {
        let body = text(parts, BODY);
        let name = body.split("w:name=\"_r_").nth(1);
        let name = name
            .and_then(|rest| rest.split('"').next())
            .expect("a bookmark");
        let link = format!("<w:body><w:p><w:hyperlink w:anchor=\"_r_{name}\"/></w:p>");
        change(parts, BODY, "<w:body>", &link);
    }),
    broken("space-by-empty-paragraphs", "1.3.1", Blind, |parts| {
        change(parts, BODY, "<w:body>", "<w:body><w:p/><w:p/>")
    }),
    broken("row-short-of-a-cell", "17.4", Blind, |parts| {
        let body = text(parts, BODY);
        let row = body.find("<w:tc>").expect("a cell");
        let end = row + body[row..].find("</w:tc>").expect("its end") + "</w:tc>".len();
        let cell = body[row..end].to_string();
        change(parts, BODY, &cell, "");
    }),
    broken("picture-stored-elsewhere", "9.3", Blind, |parts| {
        let link = "<Relationship Id=\"far\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" \
                    Target=\"https://example.org/a.png\" TargetMode=\"External\"/></Relationships>";
        change(
            parts,
            "word/_rels/document.xml.rels",
            "</Relationships>",
            link,
        )
    }),
    broken("file-within-the-file", "11.3", Blind, |parts| {
        let link = "<Relationship Id=\"far\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk\" \
                    Target=\"settings.xml\"/></Relationships>";
        change(
            parts,
            "word/_rels/document.xml.rels",
            "</Relationships>",
            link,
        )
    }),
    broken("macros", "11.3", Blind, |parts| {
        parts.push(("word/vbaProject.bin".into(), b"x".to_vec()))
    }),
];

const fn broken(
    name: &'static str,
    clause: &'static str,
    outside: Outside,
    spoil: fn(&mut Parts),
) -> Broken {
    Broken {
        name,
        check: "docx-structure",
        clause,
        outside,
        spoil: Spoil::Parts(spoil),
    }
}

/// The text of a part.
fn text<'a>(parts: &'a Parts, name: &str) -> &'a str {
    let part = parts.iter().find(|(part, _)| part == name);
    let (_, content) = part.unwrap_or_else(|| panic!("no {name}"));
    std::str::from_utf8(content).expect("UTF-8")
}

/// Changes a text wherever it stands in a part.
fn change(parts: &mut Parts, name: &str, from: &str, to: &str) {
    let part = parts.iter_mut().find(|(part, _)| part == name);
    let (_, content) = part.unwrap_or_else(|| panic!("no {name}"));
    let text = String::from_utf8(std::mem::take(content)).expect("UTF-8");
    assert!(text.contains(from), "no {from} in {name}");
    *content = text.replace(from, to).into_bytes();
}

/// Reads a Word file.
pub(crate) fn read(bytes: &[u8]) -> Parts {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut parts = Parts::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let mut content = Vec::new();
        entry.read_to_end(&mut content).expect("a part");
        parts.push((entry.name().to_string(), content));
    }
    parts
}

/// Writes a Word file.
pub(crate) fn write(parts: &Parts) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default())
            .expect("an entry");
        zip.write_all(content).expect("a part");
    }
    zip.finish().expect("a package").into_inner()
}
