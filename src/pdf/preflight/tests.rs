//! A file for each rule that breaks that rule and no other.

use lopdf::{Object, dictionary};

use super::sample::{Parts, SOUND, file, rect};
use super::*;
use crate::pdf::read::icc::tests::{OLD, profile};

pub(super) fn none(_: &mut Parts) {}

/// Severity, rule and object of all that is found.
pub(super) fn found_by(rules: &Rules, bytes: &[u8]) -> Vec<String> {
    let report = inspect(&ReadBack::of(bytes), rules).unwrap();
    let line = |one: &Issue| {
        assert!(
            !one.hint.is_empty() && !one.message.ends_with('.'),
            "{one:?}"
        );
        let severity = if one.code.severity() == Severity::Error {
            "error"
        } else {
            "warning"
        };
        format!("{severity} {} {} {}", one.rule, one.page, several(one))
    };
    report
        .issues
        .iter()
        .map(line)
        .map(|line| line.trim_end().to_string())
        .collect()
}

#[track_caller]
pub(super) fn finds(content: &str, change: impl FnOnce(&mut Parts), expected: &[&str]) {
    assert_eq!(
        found_by(&Rules::default(), &file(content, change)),
        expected
    );
}

#[test]
fn a_file_as_printers_want_it_has_no_issues() {
    finds(SOUND, none, &[]);
    finds("", none, &[]);
}

#[test]
fn boxes_must_be_there_and_nested() {
    let trim = ["error trim-box-missing 1 page"];
    finds("", |parts| drop(parts.page.remove(b"TrimBox")), &trim);
    let nested = ["error boxes-not-nested 1 page"];
    finds(
        "",
        |parts| parts.page.set("TrimBox", rect([5, 20, 220, 220])),
        &nested,
    );
    finds(
        "",
        |parts| parts.page.set("BleedBox", rect([10, 10, 230, 250])),
        &nested,
    );
    finds(
        "",
        |parts| parts.page.set("BleedBox", rect([10, 10, 10, 230])),
        &["error box-empty 1 page"],
    );
}

#[test]
fn what_reaches_the_edge_must_fill_the_bleed() {
    let at = "shape 100 mm";
    let found = found_by(
        &Rules::default(),
        &file("1 0 0 0 k 20 180 200 40 re f", none),
    );
    assert_eq!(found.len(), 1, "{found:?} {at}");
    assert!(
        found[0].starts_with("error bleed-empty 1 shape 35 mm from the left, 7 mm from the top"),
        "{found:?}"
    );
    let narrow = |parts: &mut Parts| parts.page.set("BleedBox", rect([18, 18, 222, 222]));
    let found = found_by(
        &Rules::default(),
        &file("1 0 0 0 k 0 180 240 60 re f", narrow),
    );
    assert!(
        found[0].starts_with("error bleed-narrow 1 shape"),
        "{found:?}"
    );
    // Clipped to the cut, it does not reach the bleed; clipped clear of the edge, it need not.
    let found = found_by(
        &Rules::default(),
        &file("20 20 200 200 re W n 1 0 0 0 k 0 0 240 240 re f", none),
    );
    assert!(found[0].starts_with("error bleed-empty 1"), "{found:?}");
    finds("30 30 100 100 re W n 1 0 0 0 k 0 0 240 240 re f", none, &[]);
    // Paper shows white, and marks lie outside.
    finds(
        "0 0 0 0 k 20 20 200 200 re f 0 0 0 1 k 0 0 20 20 re f",
        none,
        &[],
    );
}

#[test]
fn a_form_is_cut_off_at_its_own_box() {
    let form = |sides: [i64; 4]| {
        move |parts: &mut Parts| {
            let dict =
                dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => rect(sides) };
            let form = parts.stream(dict, b"1 0 0 0 k -50 -50 500 500 re f");
            parts.resource("XObject", "X", form);
        }
    };
    finds("/X Do", form([10, 10, 230, 230]), &[]);
    let found = found_by(&Rules::default(), &file("/X Do", form([20, 20, 220, 220])));
    assert!(found[0].starts_with("error bleed-empty"), "{found:?}");
}

#[test]
fn fonts_must_be_in_the_file() {
    let bare = |parts: &mut Parts| {
        let font =
            dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
        parts.resource("Font", "F", font);
    };
    let content = "1 0 0 0 k BT /F 10 Tf 40 100 Td (Words) Tj ET";
    finds(content, bare, &["error font-not-embedded 1 text “Words”"]);
}

#[test]
fn pictures_need_pixels() {
    let image = |parts: &mut Parts| parts.image("I", 100, "DeviceCMYK", &[]);
    let found = |size: u32, severity: &str| {
        let expected = format!("{severity} image-resolution 1 image I (100 × 100 pixels)");
        let expected: &[&str] = if severity.is_empty() {
            &[]
        } else {
            &[&expected]
        };
        finds(
            &format!("{size} 0 0 {size} 50 50 cm /I Do"),
            image,
            expected,
        );
    };
    found(24, "");
    found(25, "warning");
    found(47, "warning");
    found(49, "error");
    let report = inspect(
        &ReadBack::of(&file("0 49 -49 0 99 50 cm /I Do", image)),
        &Rules::default(),
    )
    .unwrap();
    assert_eq!(report.issues[0].pixels, Some((100, 100)));
}

#[test]
fn hairlines_are_errors() {
    let shape = "error hairline 1 shape 14 mm from the left, 49 mm from the top";
    for line in [
        "0.2 w 50 80 m 70 80 l S",
        "0 w 50 80 m 70 80 l S",
        "50 79.9 20 0.2 re f",
    ] {
        finds(line, none, &[shape]);
    }
    finds("0.1 0 0 0.1 0 0 cm 500 800 m 700 800 l S", none, &[shape]);
    finds("10 0 0 10 0 0 cm 0.03 w 5 8 m 7 8 l S", none, &[]);
}

#[test]
fn transparency_is_mixed_in_inks() {
    let group = |space: &'static str| {
        move |parts: &mut Parts| {
            let group = dictionary! { "S" => "Transparency", "CS" => space };
            parts.page.set("Group", group);
        }
    };
    finds("", group("DeviceCMYK"), &[]);
    finds(
        "",
        group("DeviceRGB"),
        &["error transparency-colour 1 transparency group"],
    );
    finds(
        "",
        group("DeviceGray"),
        &["warning transparency-colour 1 transparency group"],
    );
    finds(
        "",
        |parts| {
            parts
                .page
                .set("Group", dictionary! { "S" => "Transparency" })
        },
        &[],
    );
}

#[test]
fn the_file_names_its_press() {
    let missing = ["error output-intent-missing 0"];
    finds(
        "",
        |parts| drop(parts.catalog.remove(b"OutputIntents")),
        &missing,
    );
    let wrong = ["error output-intent-profile 0"];
    finds(
        "",
        |parts| parts.intent(&profile("mntr", "RGB ", OLD)),
        &wrong,
    );
    finds("", |parts| parts.intent(b"junk"), &wrong);
    let wanted = |bytes: Vec<u8>| Rules {
        profile: Some(bytes),
        ..Rules::default()
    };
    assert!(found_by(&wanted(profile("prtr", "CMYK", OLD)), &file("", none)).is_empty());
    let other = found_by(&wanted(profile("prtr", "CMYK", b"none")), &file("", none));
    assert_eq!(other, ["warning output-intent-other 0"]);
}

#[test]
fn the_file_says_which_standard_it_keeps() {
    finds(
        "",
        |parts| drop(parts.info.remove(b"GTS_PDFXVersion")),
        &["error pdfx-version-missing 0"],
    );
    finds(
        "",
        |parts| drop(parts.info.remove(b"Trapped")),
        &["error trapped-unknown 0"],
    );
    let metadata = |parts: &mut Parts| {
        parts.info.remove(b"GTS_PDFXVersion");
        let text = b"<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>";
        let stream = parts.stream(dictionary! { "Type" => "Metadata" }, text);
        parts.catalog.set("Metadata", stream);
    };
    finds("", metadata, &[]);
}

#[test]
fn pages_fill_the_signature() {
    let rules = Rules {
        signature: Some(4),
        ..Rules::default()
    };
    let pages = |count| found_by(&rules, &file("", |parts| parts.pages = count));
    assert!(pages(4).is_empty() && pages(8).is_empty());
    assert_eq!(pages(6), ["error page-count 0"]);
}

#[test]
fn nothing_of_the_screen_is_left() {
    let link = |parts: &mut Parts| {
        let link = dictionary! { "Subtype" => "Link", "Rect" => rect([0, 0, 9, 9]) };
        parts.page.set("Annots", vec![Object::Dictionary(link)]);
    };
    finds("", link, &["error annotation-left 1 link"]);
    let script = |parts: &mut Parts| {
        parts
            .catalog
            .set("OpenAction", dictionary! { "S" => "JavaScript" })
    };
    finds("", script, &["error action 0"]);
    let outline = |parts: &mut Parts| {
        parts
            .catalog
            .set("Outlines", dictionary! { "First" => Object::Null })
    };
    finds("", outline, &["warning outline-left 0"]);
    finds(
        "",
        |parts| parts.catalog.set("AcroForm", dictionary! {}),
        &["error form-fields 0"],
    );
}

#[test]
fn issues_become_diagnostics_with_page_and_object() {
    let report = inspect(
        &ReadBack::of(&file("0.1 w 50 80 m 70 80 l S", none)),
        &Rules::default(),
    )
    .unwrap();
    let found = issues_to_diagnostics(&report).to_string();
    assert!(
        found.starts_with("error[E0827]: page 1: a line of 0.1 pt is too thin"),
        "{found}"
    );
    assert!(
        found.contains("(shape 14 mm from the left") && found.contains("hint: make"),
        "{found}"
    );
}
