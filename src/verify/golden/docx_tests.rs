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
fn parts_are_listed_in_their_order_and_xml_stands_one_element_to_a_line() {
    let found = of(&package(&[
        ("[Content_Types].xml", b"<Types><Default/></Types>"),
        ("_rels/.rels", b"<Relationships/>"),
        (
            "word/document.xml",
            b"<w:document xmlns:w=\"w\"><w:t>One word</w:t></w:document>",
        ),
        ("word/media/image1.png", b"PNG"),
    ]))
    .unwrap();
    assert_eq!(
        text(&found, "word/document.xml"),
        "<w:document xmlns:w=\"w\">\n  <w:t>One word</w:t>\n</w:document>\n"
    );
    assert_eq!(text(&found, "_rels/.rels"), "<Relationships/>\n");
    let list = text(&found, LIST);
    assert!(
        list.starts_with(
            "[Content_Types].xml (deflated, 1980-01-01 00:00:00)\n_rels/.rels (deflated"
        ),
        "{list}"
    );
    assert!(
        list.contains("word/media/image1.png (deflated, 1980-01-01 00:00:00): 3 bytes, sha-256 "),
        "{list}"
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
        ["word/document.xml"]
    );
    assert!(text(&before, "word/document.xml").contains(">harbour</w:t>"));
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
            "`word/a.xml`: the XML ends before",
        ),
        (
            package(&[("word/a.xml", b"<!DOCTYPE a><a/>")]),
            "document type",
        ),
        (package(&[("bytes.txt.xml", b"")]), "no element"),
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
fn a_package_cut_off_or_damaged_is_an_error_or_a_record() {
    let whole = package(&[(
        "word/document.xml",
        b"<w:document xmlns:w=\"w\"><w:t>One word</w:t></w:document>",
    )]);
    for at in 0..whole.len() {
        let _ = of(&whole[..at]);
        let mut bytes = whole.clone();
        bytes[at] ^= 0x41;
        let _ = of(&bytes);
    }
}
