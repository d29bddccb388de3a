//! Files that are broken, or made to break a reader: an error or a record, in bounded time, never a panic.

use super::*;

/// A PDF file of these objects, numbered from 1; the first is the catalog.
fn file(objects: &[&str]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).bytes());
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    places
        .iter()
        .for_each(|place| out.extend(format!("{place:010} 00000 n \n").bytes()));
    out.extend(
        format!(
            "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
            objects.len() + 1
        )
        .bytes(),
    );
    out
}

fn stream(content: &str) -> String {
    format!(
        "<< /Length {} >>\nstream\n{content}\nendstream",
        content.len()
    )
}

const CATALOG: &str = "<< /Type /Catalog /Pages 2 0 R >>";
const PAGES: &str = "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 200 100] >>";
const HELVETICA: &str =
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

/// A file of one page with that content, whose font `F` is Helvetica and whose object `X` is the fifth.
fn page(content: &str, fifth: &str) -> Vec<u8> {
    let page = "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 6 0 R >> /XObject << /X 5 0 R >> >> >>";
    file(&[CATALOG, PAGES, page, &stream(content), fifth, HELVETICA])
}

fn of(bytes: &[u8]) -> Result<Record, Diagnostics> {
    record(&ReadBack::of(bytes))
}

fn message(bytes: &[u8]) -> String {
    inspect(bytes).unwrap_err().to_string()
}

#[test]
fn a_file_written_by_hand_is_read() {
    let bytes = page(
        "BT /F 10 Tf 20 50 Td (Caf\\351) Tj 40 0 Td [(a) -500 (b)] TJ 0 -12 TD (c) ' ET 1 0 0 rg 0 0 9 9 re f",
        "null",
    );
    let found = inspect(&bytes).unwrap();
    assert_eq!(found.pages[0].lines, ["Café  a b", "c"]);
    assert_eq!(
        found.pages[0].boxes,
        [("MediaBox", [0.0, 0.0, 200.0, 100.0])]
    );
    assert_eq!(
        found.pages[0].shapes.keys().collect::<Vec<_>>(),
        ["fill DeviceRGB #ff0000, tagged"]
    );
    assert!(!found.fonts.keys().next().unwrap().subset);
    assert!(of(&bytes).unwrap().files.contains_key("page-cover.png"));
}

#[test]
fn replacement_text_takes_the_place_of_what_is_shown() {
    let bytes = page(
        "/Span << /ActualText (whole) >> BDC BT /F 10 Tf (w) Tj (h) Tj ET EMC BT /F 10 Tf 90 0 Td (x) Tj ET",
        "null",
    );
    assert_eq!(inspect(&bytes).unwrap().pages[0].lines, ["whole  x"]);
}

#[test]
fn what_is_no_pdf_file_is_an_error() {
    for bytes in [
        &b""[..],
        b"%PDF-1.7",
        b"PK\x03\x04",
        &[0; 5000],
        b"%PDF-1.7\nstartxref\n99999999999999999999\n%%EOF",
    ] {
        assert!(inspect(bytes).is_err());
        assert!(of(bytes).is_err());
    }
}

#[test]
fn a_page_tree_that_loops_or_is_empty_is_an_error() {
    let loops = file(&[CATALOG, "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]);
    assert!(message(&loops).contains("loops"), "{}", message(&loops));
    let empty = file(&[CATALOG, "<< /Type /Pages /Kids [] /Count 0 >>"]);
    assert!(message(&empty).contains("no pages"), "{}", message(&empty));
}

#[test]
fn forms_that_draw_themselves_are_an_error() {
    let form = "<< /Type /XObject /Subtype /Form /Length 11 /Resources << /XObject << /X 5 0 R >> >> >>\nstream\n/X Do /X Do\nendstream";
    let bytes = page("/X Do", form);
    assert!(
        message(&bytes).contains("nested too deeply"),
        "{}",
        message(&bytes)
    );
}

#[test]
fn missing_fonts_and_objects_are_errors_that_name_them() {
    assert!(message(&page("BT /G 10 Tf (x) Tj ET", "null")).contains("font `G`"));
    assert!(message(&page("BT (x) Tj ET", "null")).contains("without a font"));
    assert!(message(&page("/Y Do", "null")).contains("object `Y`"));
}

#[test]
fn content_that_is_cut_off_or_out_of_balance_is_read_as_far_as_it_goes() {
    for (content, lines) in [
        ("BT /F 10 Tf (x", Err("invalid content stream")),
        ("EMC EMC Q Q ET", Ok("")),
        ("/Span << /ActualText (a) >> BDC", Ok("")),
        ("BT 1 2 3 Tm /F Tf ET", Err("operator Tf lacks an operand")),
        ("BI /W 9 ID EI", Err("invalid content stream")),
        ("1e999 w", Ok("")),
    ] {
        match (inspect(&page(content, "null")), lines) {
            (Ok(found), Ok(lines)) => assert_eq!(found.pages[0].lines.concat(), lines, "{content}"),
            (Err(found), Err(part)) => {
                assert!(found.to_string().contains(part), "{content}: {found}")
            }
            (Ok(_), _) => panic!("{content} is read"),
            (Err(found), _) => panic!("{content}: {found}"),
        }
    }
    assert!(message(&page(&"q ".repeat(5000), "null")).contains("too deeply"));
}

#[test]
fn bookmarks_tags_and_name_trees_that_loop_are_errors() {
    let page = "<< /Type /Page /Parent 2 0 R >>";
    let catalog = |entry: &str| format!("<< /Type /Catalog /Pages 2 0 R {entry} >>");
    let cases = [
        (
            "/Outlines 4 0 R",
            "<< /First 5 0 R >>",
            "<< /Title (a) /Next 5 0 R >>",
            "bookmarks",
        ),
        (
            "/StructTreeRoot 4 0 R",
            "<< /K 5 0 R >>",
            "<< /S /P /K 5 0 R >>",
            "tag tree",
        ),
        (
            "/PageLabels 4 0 R",
            "<< /Kids [5 0 R] >>",
            "<< /Kids [5 0 R] >>",
            "number tree",
        ),
        (
            "/Names << /Dests 4 0 R >>",
            "<< /Kids [5 0 R] >>",
            "<< /Kids [4 0 R] >>",
            "name or number tree",
        ),
    ];
    for (entry, fourth, fifth, what) in cases {
        let found = message(&file(&[&catalog(entry), PAGES, page, fourth, fifth]));
        assert!(found.contains(what), "{found}");
    }
}

#[test]
fn an_absurd_page_has_no_picture_and_is_an_error() {
    for (size, what) in [
        ("0 0 1 1000000", "too narrow or empty"),
        // No number of PDF has an exponent.
        ("0 0 1e30 1", "no dictionary"),
    ] {
        let pages = PAGES.replace("0 0 200 100", size);
        let bytes = file(&[CATALOG, &pages, "<< /Type /Page /Parent 2 0 R >>"]);
        let found = of(&bytes).unwrap_err();
        assert!(found.to_string().contains(what), "{size}: {found}");
    }
    let pages = PAGES.replace("0 0 200 100", "0 0 0 0");
    let empty = file(&[CATALOG, &pages, "<< /Type /Page /Parent 2 0 R >>"]);
    let said = of(&empty).unwrap().files["pages.txt"].clone();
    assert!(
        String::from_utf8(said)
            .unwrap()
            .contains("MediaBox: 0 0 0 0")
    );
    let narrow = PAGES.replace("0 0 200 100", "0 0 10 1000");
    let found = of(&file(&[
        CATALOG,
        &narrow,
        "<< /Type /Page /Parent 2 0 R >>",
    ]))
    .unwrap_err()
    .to_string();
    assert!(found.contains("too narrow"), "{found}");
}

#[test]
fn a_file_that_is_cut_is_an_error_and_damage_is_one_or_shows() {
    let whole = sample::typeset(
        "#set document(title: [x], date: datetime(year: 2016, month: 1, day: 1))\n= A heading\nSome text.",
    );
    for cut in (0..whole.len()).step_by(whole.len() / 40) {
        let found = inspect(&whole[..cut]).unwrap_err();
        assert!(
            found.to_string().contains("error[E0703]"),
            "cut at {cut}: {found}"
        );
    }
    let good = of(&whole).unwrap();
    let (mut refused, mut seen, mut unseen) = (0, 0, 0);
    for at in (0..whole.len()).step_by(whole.len() / 120) {
        let mut bytes = whole.clone();
        bytes[at] = bytes[at].wrapping_add(1 + (at % 7) as u8);
        match of(&bytes) {
            Err(found) => {
                assert!(
                    found.to_string().contains("error[E0703]"),
                    "byte {at}: {found}"
                );
                assert!(
                    !found.to_string().contains("panicked"),
                    "byte {at}: {found}"
                );
                refused += 1;
            }
            Ok(other) if other == good => unseen += 1,
            Ok(_) => seen += 1,
        }
    }
    assert_eq!((refused, seen, unseen), (38, 61, 22));
}
