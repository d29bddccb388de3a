use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipWriter};

use super::*;

fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let time = DateTime::from_date_and_time(1980, 1, 1, 0, 0, 0).unwrap();
        zip.start_file(*name, SimpleFileOptions::default().last_modified_time(time))
            .unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn of(bytes: &[u8]) -> Result<Record, Diagnostics> {
    record(&ReadBack::of(bytes))
}

fn text(record: &Record, name: &str) -> String {
    String::from_utf8(record.files[name].clone()).unwrap()
}

#[test]
fn parts_are_listed_in_their_order_and_paragraphs_stand_one_to_a_line() {
    let found = of(&package(&[
        ("[Content_Types].xml", b"<Types><Default/></Types>"),
        ("_rels/.rels", b"<Relationships/>"),
        (
            "word/document.xml",
            b"<a:document xmlns:a='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><a:p><a:r><a:t>One word</a:t></a:r></a:p></a:document>",
        ),
        ("word/media/image1.png", b"PNG"),
    ]))
    .unwrap();
    assert_eq!(
        text(&found, "document.txt"),
        "document\n  (no style): One word\n"
    );
    let stored = "(deflated, 1980-01-01 00:00:00)";
    assert_eq!(
        text(&found, LIST),
        format!(
            "== [Content_Types].xml {stored} ==\nTypes(Default)\n\n== _rels/.rels {stored} ==\nRelationships\n\n\
             == word/document.xml {stored}: document.txt ==\n== word/media/image1.png {stored} ==\n3 bytes, sha-256 {}\n\n",
            sha256(b"PNG")
        )
    );
    let digests = text(&found, BYTES);
    assert_eq!(digests.lines().count(), 4, "{digests}");
    assert!(
        digests.contains("word/media/image1.png: sha-256 "),
        "{digests}"
    );
}

#[test]
fn a_file_of_docx_rs_is_recorded_and_a_changed_word_shows_in_the_document_alone() {
    let make = |word: &str| {
        let run = docx_rs::Run::new().add_text(word);
        let mut out = Cursor::new(Vec::new());
        docx_rs::Docx::new()
            .add_paragraph(docx_rs::Paragraph::new().add_run(run))
            .build()
            .pack(&mut out)
            .unwrap();
        of(&out.into_inner()).unwrap()
    };
    let (before, after) = (make("harbour"), make("port"));
    let changed: Vec<_> = before
        .files
        .iter()
        .filter(|(name, content)| after.files[*name] != **content)
        .collect();
    assert_eq!(
        changed
            .iter()
            .map(|(name, _)| name.as_str())
            .collect::<Vec<_>>(),
        [BYTES, "document.txt"]
    );
    assert!(text(&before, "document.txt").contains(": harbour\n"));
}

#[test]
fn a_hostile_package_is_an_error_that_says_what_is_wrong() {
    let mut two = package(&[("a.xml", b"<a/>"), ("b.xml", b"<b/>")]);
    while let Some(at) = two.windows(5).position(|name| name == b"b.xml") {
        two[at] = b'a';
    }
    let cases: [(Vec<u8>, &str); 7] = [
        (Vec::new(), "cannot be read"),
        (b"PK\x03\x04 and nothing".to_vec(), "cannot be read"),
        (package(&[("../out.xml", b"<a/>")]), "`../out.xml`"),
        (
            package(&[("word/a.xml", b"<a>")]),
            "`word/a.xml`: the XML ends",
        ),
        (
            package(&[("word/a.xml", b"<!DOCTYPE a><a/>")]),
            "document type",
        ),
        (package(&[("bytes.xml", b"")]), "no element"),
        (two, "the same name"),
    ];
    for (bytes, what) in cases {
        let found = of(&bytes).unwrap_err().to_string();
        assert!(found.contains(what), "{found}");
    }
}

#[test]
fn a_part_that_unpacks_to_too_much_is_an_error() {
    let blank = vec![b' '; crate::verify::packages::PART as usize + 1];
    let found = of(&package(&[("word/a.xml", &blank)]))
        .unwrap_err()
        .to_string();
    assert!(found.contains("`word/a.xml`: it is too large"), "{found}");
}

#[test]
fn a_package_cut_off_is_an_error_and_damage_is_one_or_shows() {
    let whole = package(&[("word/document.xml", b"<document><t>One word</t></document>")]);
    let good = of(&whole).unwrap();
    let (mut refused, mut seen, mut unseen) = (0, 0, 0);
    for at in 0..whole.len() {
        let cut = of(&whole[..at]).unwrap_err();
        assert!(
            cut.to_string().contains("error[E0703]"),
            "cut at {at}: {cut}"
        );
        let mut bytes = whole.clone();
        bytes[at] ^= 0x41;
        match of(&bytes) {
            Err(found) => {
                assert!(
                    found.to_string().contains("error[E0703]"),
                    "byte {at}: {found}"
                );
                refused += 1;
            }
            Ok(other) if other == good => unseen += 1,
            Ok(_) => seen += 1,
        }
    }
    // What is not seen are the fields that stand twice in a package; the digest of its bytes holds them.
    assert_eq!((refused, seen, unseen), (79, 20, 64));
}

/// A text with a bit of everything, as the parts of a package.
fn everything(change: (&str, &str)) -> Record {
    let w = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let r = "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    let document = format!(
        r#"<w:document {w} {r}><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/><w:jc w:val="left"/></w:pPr><w:bookmarkStart w:id="1" w:name="top"/><w:bookmarkEnd w:id="1"/><w:r><w:t>A</w:t></w:r><w:r><w:t xml:space="preserve"> {{b}}</w:t></w:r></w:p><w:p><w:r><w:rPr><w:rStyle w:val="Strong"/><w:i/></w:rPr><w:t>c</w:t><w:tab/></w:r><w:hyperlink r:id="rId7" w:history="1"><w:r><w:t>d</w:t></w:r></w:hyperlink><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>4</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p><w:tbl><w:tblPr><w:tblStyle w:val="Grid"/></w:tblPr><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:drawing descr="a ship"/></w:r></w:p></w:tc></w:tr></w:tbl><w:sectPr><w:pgSz w:w="100"/></w:sectPr></w:body></w:document>"#
    );
    let links =
        r#"<Relationships><Relationship Id="rId7" Target="https://a.example"/></Relationships>"#;
    let (old, new) = change;
    let found = document.matches(old).count() + links.matches(old).count();
    assert_eq!(found, 1, "{old}");
    of(&package(&[
        ("word/document.xml", document.replace(old, new).as_bytes()),
        (
            "word/_rels/document.xml.rels",
            links.replace(old, new).as_bytes(),
        ),
    ]))
    .unwrap()
}

#[test]
fn marks_links_notes_fields_and_cells_stand_in_the_line() {
    let expected = "document\n  body\n    Heading1 jc=left: {#top}A \\{b\\}\n    (no style): {Strong i|c{tab}}\
        {hyperlink id=https://a.example|d}{footnoteReference(id=2)}{field PAGE|4}\n    tbl tblStyle=Grid\n      \
        tr tblHeader\n        cell gridSpan=2 | (no style): {drawing(descr=\"a ship\")}\n    sectPr(pgSz(w=100))\n";
    let expected = expected.replace("{field PAGE|4}", "{fieldPAGE|4}");
    assert_eq!(
        text(&everything(("a ship", "a ship")), "document.txt"),
        expected
    );
}

#[test]
fn what_a_reader_sees_changes_the_lines_and_anything_else_the_digests() {
    let good = everything(("a ship", "a ship"));
    for (old, new) in [
        ("Heading1", "Heading2"),
        ("\"left\"", "\"right\""),
        ("\"top\"", "\"end\""),
        (" {b}", " b"),
        (" xml:space=\"preserve\"", ""),
        ("Strong", "Weak"),
        ("<w:i/>", ""),
        ("<w:i/>", "<w:i w:val=\"false\"/>"),
        ("<w:tab/>", "<w:br/>"),
        ("https://a.example", "https://b.example"),
        (
            "footnoteReference w:id=\"2\"",
            "footnoteReference w:id=\"3\"",
        ),
        ("PAGE", "NUMPAGES"),
        ("<w:t>4<", "<w:t>5<"),
        ("Grid", "List"),
        ("<w:tblHeader/>", ""),
        ("gridSpan w:val=\"2\"", "gridSpan w:val=\"3\""),
        ("a ship", "two ships"),
        ("w:w=\"100\"", "w:w=\"101\""),
        ("<w:t>d</w:t>", "<w:delText>d</w:delText>"),
    ] {
        let other = everything((old, new));
        let seen = good
            .files
            .iter()
            .any(|(name, text)| name != BYTES && other.files[name] != *text);
        assert!(seen, "{old} -> {new}");
        assert_ne!(good.files[BYTES], other.files[BYTES], "{old} -> {new}");
    }
    let same = everything(("<w:r><w:t>A</w:t></w:r>", "<w:r><w:t>A</w:t></w:r><w:r/>"));
    assert_eq!(good.files["document.txt"], same.files["document.txt"]);
    assert_ne!(good.files[BYTES], same.files[BYTES]);
}
