//! The PDF files keep the rules of PDF/UA-1 and PDF/A-2a.

use gmg_export::verify::golden::pdf::{self, Inspection, Tag};
use page_validation::{SafetyLimits, ValidationOptions, ValidationProfile, validate_pdf_bytes};

use crate::made::{Made, annual, harbour, shipped};

/// What the validator finds wrong, as rule and message.
pub(crate) fn diagnostics(bytes: &[u8], profile: ValidationProfile) -> Vec<String> {
    let limits = SafetyLimits::default().with_max_reference_depth(10_000);
    let options = ValidationOptions::default().profile(profile).limits(limits);
    let report = validate_pdf_bytes(bytes, &options).unwrap_or_else(|error| panic!("{error}"));
    // The validator takes a compressed stream's last byte for a line end where it is 0x0D.
    let ends_in_cr = bytes.windows(11).any(|end| end == b"\r\nendstream");
    let real = report
        .failures
        .iter()
        .filter(|found| !(ends_in_cr && found.rule_id.ends_with(":6.1.7.1:1")));
    real.map(|found| format!("{}: {}", found.rule_id, found.message))
        .collect()
}

/// The layouts whose PDF files anybody must be able to read.
const ACCESSIBLE: [&str; 2] = ["screen", "large-print"];

fn conforms(made: &Made) {
    for layout in ACCESSIBLE {
        let bytes = made.file(layout, "pdf");
        for profile in [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a] {
            assert_eq!(
                diagnostics(bytes, profile),
                Vec::<String>::new(),
                "{layout} {profile:?}"
            );
        }
    }
}

/// The accessible PDF files of both reports.
fn inspected() -> impl Iterator<Item = Inspection> {
    let made = [shipped(), harbour(), annual()];
    made.into_iter().flat_map(|made| {
        ACCESSIBLE.map(|layout| {
            pdf::inspect(made.file(layout, "pdf"))
                .unwrap_or_else(|found| panic!("{layout}: {found}"))
        })
    })
}

#[test]
fn the_shipped_report_keeps_the_rules_of_pdf_ua_1_and_pdf_a_2a() {
    conforms(shipped());
}

#[test]
fn the_second_report_keeps_the_rules_of_pdf_ua_1_and_pdf_a_2a() {
    conforms(harbour());
}

#[test]
fn the_validator_finds_a_file_that_is_not_marked_as_tagged() {
    let mut broken = harbour().file("screen", "pdf").to_vec();
    let at = broken
        .windows(9)
        .position(|key| key == b"/MarkInfo")
        .expect("the file is marked");
    broken[at + 1] = b'X';
    assert_ne!(
        diagnostics(&broken, ValidationProfile::PdfUa1),
        Vec::<String>::new()
    );
}

fn roles(tags: &[Tag]) -> Vec<String> {
    let mut roles = Vec::new();
    tags.iter()
        .for_each(|tag| tag.walk(&mut |tag| roles.push(tag.role.clone())));
    roles
}

#[test]
fn pages_are_labelled_roman_before_the_body_and_arabic_from_its_first_page() {
    for found in inspected() {
        let labels: Vec<&str> = found.pages.iter().map(|page| page.label.as_str()).collect();
        let first = labels
            .iter()
            .position(|label| *label == "1")
            .expect("a page 1");
        assert!(first > 0, "{labels:?}");
        assert!(
            labels[..first]
                .iter()
                .all(|label| label.bytes().all(|b| b"ivxl".contains(&b))),
            "{labels:?}"
        );
        let numbers: Vec<String> = (1..=labels.len() - first)
            .map(|number| number.to_string())
            .collect();
        assert_eq!(labels[first..], numbers);
    }
}

#[test]
fn every_font_is_embedded_and_maps_to_unicode() {
    for found in inspected() {
        assert!(!found.fonts.is_empty());
        for font in found.fonts.keys() {
            assert!(font.embedded.is_some() && font.to_unicode, "{font:?}");
        }
    }
}

#[test]
fn no_page_is_blank_and_none_has_text_outside_its_box() {
    for found in inspected() {
        for (index, page) in found.pages.iter().enumerate() {
            assert!(!page.lines.is_empty(), "page {} is blank", index + 1);
            let [_, _, right, top] = page.boxes[0].1;
            let [a, b, c, d] = page.text_box.expect("a page with lines has text");
            assert!(
                a >= 0.0 && b >= 0.0 && c <= right && d <= top,
                "page {}: {:?}",
                index + 1,
                page.text_box
            );
        }
    }
}

#[test]
fn every_link_leads_somewhere_and_says_what_it_is() {
    for found in inspected() {
        assert!(!found.links.is_empty());
        for link in &found.links {
            assert!(
                link.target.starts_with("page ") || link.target.contains(':'),
                "{link:?}"
            );
            assert!(link.alt.is_some(), "{link:?}");
        }
    }
}

#[test]
fn tables_have_header_cells_and_figures_are_described() {
    for layout in ACCESSIBLE {
        let found =
            pdf::inspect(harbour().file(layout, "pdf")).unwrap_or_else(|found| panic!("{found}"));
        let roles = roles(&found.tags);
        for role in [
            "Table",
            "TH",
            "TD",
            "Figure",
            "Note",
            "L",
            "LI",
            "TOC",
            "H1",
            "H2",
            "BlockQuote",
        ] {
            assert!(
                roles.iter().any(|found| found == role),
                "{layout}: no {role} in {roles:?}"
            );
        }
        for tag in &found.tags {
            tag.walk(&mut |tag| assert!(tag.role != "Figure" || tag.alt.is_some(), "{tag:?}"));
        }
    }
}
