//! The print edition keeps what a print shop asks for: boxes on every page, black ink alone inside the covers, chapters
//! on right-hand pages, nothing that only means something on a screen.

use gmg_export::backend::edition::Edition;
use gmg_export::document::{ChapterKind, epoch};
use gmg_export::layout::LayoutLoader;
use gmg_export::verify::format;
use gmg_export::verify::golden::pdf::{self, Inspection, Page};

use crate::made::{Made, annual, harbour, shipped};

/// Width and height of A4 and the bleed, in points.
const TRIM: (f64, f64) = (595.276, 841.890);
const BLEED: f64 = 8.504;

fn inspected(made: &Made) -> Inspection {
    pdf::inspect(made.file("print", "pdf")).unwrap_or_else(|found| panic!("{found}"))
}

fn boxed(page: &Page, name: &str) -> [f64; 4] {
    let found = page.boxes.iter().find(|(found, _)| *found == name);
    found.unwrap_or_else(|| panic!("no {name}: {page:?}")).1
}

fn near(found: [f64; 4], wanted: [f64; 4]) -> bool {
    found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 0.01)
}

/// Whether nothing at all is painted on a page.
fn bare(page: &Page) -> bool {
    page.lines.is_empty()
        && page.artifacts.is_empty()
        && page.shapes.is_empty()
        && page.pictures.is_empty()
}

#[test]
fn every_page_has_its_boxes_blank_ones_too() {
    for made in [shipped(), harbour(), annual()] {
        let found = inspected(made);
        let (width, height) = TRIM;
        let media = [0.0, 0.0, width + 2.0 * BLEED, height + 2.0 * BLEED];
        for (index, page) in found.pages.iter().enumerate() {
            let trim = [BLEED, BLEED, width + BLEED, height + BLEED];
            assert!(
                near(boxed(page, "MediaBox"), media),
                "page {index}: {page:?}"
            );
            assert!(
                near(boxed(page, "BleedBox"), media),
                "page {index}: {page:?}"
            );
            assert!(near(boxed(page, "TrimBox"), trim), "page {index}: {page:?}");
            assert_eq!(page.rotate, 0);
        }
        assert!(found.pages.iter().any(bare), "no blank page to look at");
    }
}

#[test]
fn chapters_of_the_body_and_contents_start_on_right_hand_pages() {
    for made in [shipped(), harbour(), annual()] {
        let found = inspected(made);
        let mut titles: Vec<&str> = made
            .document
            .chapters
            .iter()
            .filter(|it| {
                !it.front && !matches!(it.kind, ChapterKind::Appendix | ChapterKind::Descriptions)
            })
            .map(|it| it.heading.title.as_str())
            .collect();
        titles.push(&made.document.strings.contents);
        for title in titles {
            // Long titles are broken over lines: the words that stand at the head of a page tell it.
            let opens = |page: &Page| {
                let head = page
                    .lines
                    .iter()
                    .take(6)
                    .cloned()
                    .collect::<Vec<_>>()
                    .join(" ");
                let folio_only = page.styles.keys().any(|style| style.contains("Display"));
                folio_only && head.contains(title)
            };
            let at = found.pages.iter().skip(4).position(opens);
            let index = at.unwrap_or_else(|| panic!("no page opens with {title}")) + 4;
            assert_eq!(index % 2, 0, "{title} stands on page {}", index + 1);
        }
    }
}

#[test]
fn covers_are_a_sheet_of_their_own_and_the_imprint_is_on_the_title_verso() {
    for made in [shipped(), harbour(), annual()] {
        let found = inspected(made);
        let last = found.pages.len() - 1;
        assert_eq!(found.pages.len() % 2, 0);
        assert!(bare(&found.pages[1]) && bare(&found.pages[last - 1]));
        for (cover, other) in [(0, 2), (last, 3)] {
            assert!(!found.pages[cover].shapes.is_empty());
            // The licence has a mark in the imprint, and supporters have logos.
            let is_marked = other == 3 && !made.document.covers.supporters.is_empty();
            let is_plain = found.pages[other].shapes.is_empty();
            assert!(is_plain || is_marked, "page {other}");
        }
        let imprint = found.pages[3].lines.join(" ");
        assert!(
            imprint.contains(&made.document.copyright[..12]),
            "{imprint}"
        );
        for row in &made.document.identifiers {
            assert!(imprint.contains(&row.label), "{}: {imprint}", row.label);
        }
    }
}

#[test]
fn left_hand_pages_without_a_chapter_are_bare_and_some_are_there() {
    let found = inspected(shipped());
    let textless = found.pages.iter().filter(|page| page.lines.is_empty());
    let blank: Vec<&Page> = textless.collect();
    assert!((3..=5).contains(&blank.len()), "{}", blank.len());
    assert!(blank.iter().all(|page| bare(page)));
}

#[test]
fn black_ink_alone_prints_what_stands_inside_the_covers() {
    // Drawings of the report and logos are pictures: they keep their colours.
    let reports: [(_, &[usize]); 3] = [
        (shipped(), &[5, 8]),
        (harbour(), &[5, 8]),
        (annual(), &[3, 6, 10, 11, 12, 30, 33, 51]),
    ];
    for (made, pictured) in reports {
        let found = inspected(made);
        let inside = 1..found.pages.len() - 1;
        for (index, page) in found.pages.iter().enumerate() {
            for style in page.styles.keys() {
                assert!(
                    style.contains(" DeviceCMYK "),
                    "page {}: {style}",
                    index + 1
                );
                let black = style.contains(" DeviceCMYK 0 0 0 ");
                assert!(
                    black || !inside.contains(&index),
                    "page {}: {style}",
                    index + 1
                );
            }
            let drawn = inside.contains(&index) && !pictured.contains(&index);
            for shape in page.shapes.keys().filter(|_| drawn) {
                assert!(
                    shape.contains("DeviceCMYK 0 0 0 "),
                    "page {}: {shape}",
                    index + 1
                );
            }
        }
    }
}

#[test]
fn the_cover_is_printed_in_four_inks_and_its_letters_in_none() {
    let found = inspected(shipped());
    let cover = &found.pages[0];
    assert!(
        cover
            .shapes
            .keys()
            .all(|shape| shape.contains("DeviceCMYK")),
        "{:?}",
        cover.shapes
    );
    assert!(
        cover
            .shapes
            .keys()
            .any(|shape| !shape.contains("DeviceCMYK 0 0 0 "))
    );
    let white = cover
        .styles
        .keys()
        .any(|style| style.ends_with("DeviceCMYK 0 0 0 0"));
    assert!(white, "{:?}", cover.styles);
}

#[test]
fn nothing_is_left_of_links_bookmarks_and_tags() {
    for made in [shipped(), harbour(), annual()] {
        let found = inspected(made);
        assert!(found.links.is_empty() && found.outline.is_empty() && found.tags.is_empty());
        let bytes = made.file("print", "pdf");
        for key in [
            "/Annots",
            "/Annot",
            "/Outlines",
            "/Dests",
            "/StructTreeRoot",
            "/GoTo",
        ] {
            let there = bytes.windows(key.len()).any(|at| at == key.as_bytes());
            assert!(!there, "{key}");
        }
    }
}

#[test]
fn black_text_overprints_on_every_page_that_has_any() {
    for made in [shipped(), harbour(), annual()] {
        let file = lopdf::Document::load_mem(made.file("print", "pdf")).expect("a PDF file");
        let found = inspected(made);
        for (page, id) in found.pages.iter().zip(file.page_iter()) {
            let content = file.get_page_content(id);
            let content = String::from_utf8_lossy(&content);
            let black = page.styles.keys().any(|style| style.ends_with(" 0 0 0 1"));
            assert_eq!(content.contains("/GmgOverprint gs"), black, "{page:?}");
        }
    }
}

#[test]
fn margins_change_sides_from_page_to_page() {
    let found = inspected(shipped());
    let left = |index: usize| found.pages[index].text_box.expect("a page with text")[0] - BLEED;
    // The first meeting opens on page 11; 12 is its back. Spine 34 mm, fore edge 50 mm.
    assert!((left(10) - 96.4).abs() < 2.0, "{}", left(10));
    assert!((left(11) - 141.7).abs() < 2.0, "{}", left(11));
}

#[test]
fn the_same_edition_gives_the_same_bytes() {
    let document = &harbour().document;
    let layout = LayoutLoader::embedded()
        .load("print")
        .unwrap_or_else(|found| panic!("{found}"));
    let edition = Edition::new(document, &layout, epoch::of_day(&document.date));
    let backend = format::find("pdf").expect("a backend");
    let made = backend
        .render(&edition)
        .unwrap_or_else(|found| panic!("{found}"));
    assert!(made.bytes == harbour().file("print", "pdf"));
}
