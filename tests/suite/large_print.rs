//! The large-print edition can be read with low vision: nothing is set small, narrow, slanted or divided.

use gmg_export::verify::format;
use std::collections::BTreeMap;

use gmg_export::backend::edition::Edition;
use gmg_export::document::epoch;
use gmg_export::layout::LayoutLoader;
use gmg_export::pdf::read::ReadBack;
use gmg_export::verify::conformance;
use gmg_export::verify::golden::pdf;
use typst::layout::{Frame, FrameItem, Point};

use crate::made::{Made, annual, harbour, shipped};

/// Size of running text in points.
const TEXT: f64 = 18.0;
/// The smallest size that anything may be set in, notes, tables and page numbers included.
const SMALLEST: f64 = 16.0;

fn inspected(made: &Made, layout: &str) -> pdf::Inspection {
    pdf::inspect(made.file(layout, "pdf")).unwrap_or_else(|found| panic!("{found}"))
}

/// Number of characters by size in hundredths of a point.
fn sizes(found: &pdf::Inspection) -> BTreeMap<i64, usize> {
    let mut sizes = BTreeMap::new();
    for (style, count) in found.pages.iter().flat_map(|page| &page.styles) {
        let before = style.split(" pt ").next().unwrap_or_default();
        let size = before.rsplit(' ').next().and_then(|it| it.parse().ok());
        let size: f64 = size.unwrap_or_else(|| panic!("no size in {style}"));
        *sizes.entry((size * 100.0).round() as i64).or_default() += count;
    }
    sizes
}

/// A gap wider than this, in points, is one between columns.
const COLUMN: f64 = 24.0;

/// Start and end of each line of text on each page, in points from the left edge, column by column.
fn extents(made: &Made, layout: &str) -> Vec<Vec<(f64, f64)>> {
    let layout = LayoutLoader::embedded()
        .load(layout)
        .unwrap_or_else(|found| panic!("{found}"));
    let edition = Edition::new(&made.document, &layout, epoch::of_day(&made.document.date));
    let typeset = edition.typeset().unwrap_or_else(|found| panic!("{found}"));
    let lines = |frame: &Frame| {
        let mut pieces = Vec::new();
        collect(frame, Point::zero(), &mut pieces);
        pieces.sort_by(|a, b| a.partial_cmp(b).expect("numbers"));
        joined(&pieces)
    };
    typeset
        .pages
        .pages()
        .iter()
        .map(|page| lines(&page.frame))
        .collect()
}

/// Pieces of text as base line, start and end; nothing in our pages is turned or scaled.
fn collect(frame: &Frame, at: Point, pieces: &mut Vec<(f64, f64, f64)>) {
    for (position, item) in frame.items() {
        let at = at + *position;
        match item {
            FrameItem::Group(group) => collect(&group.frame, at, pieces),
            FrameItem::Text(text) if !text.text.trim().is_empty() => {
                let height = (at.y.to_pt() * 10.0).round();
                pieces.push((height, at.x.to_pt(), (at.x + text.width()).to_pt()));
            }
            _ => {}
        }
    }
}

/// Sorted pieces joined to lines where they stand close.
fn joined(pieces: &[(f64, f64, f64)]) -> Vec<(f64, f64)> {
    let mut lines: Vec<(f64, f64, f64)> = Vec::new();
    for &(height, start, end) in pieces {
        match lines.last_mut() {
            Some(last) if last.0 == height && start < last.2 + COLUMN => last.2 = last.2.max(end),
            _ => lines.push((height, start, end)),
        }
    }
    lines
        .into_iter()
        .map(|(_, start, end)| (start, end))
        .collect()
}

#[test]
fn running_text_is_18_points_and_nothing_is_below_16() {
    for made in [shipped(), harbour(), annual()] {
        let sizes = sizes(&inspected(made, "large-print"));
        let (smallest, _) = sizes.first_key_value().expect("text");
        assert!(*smallest >= (SMALLEST * 100.0) as i64, "{sizes:?}");
        let (commonest, _) = sizes.iter().max_by_key(|(_, count)| **count).expect("text");
        assert_eq!(*commonest, (TEXT * 100.0) as i64, "{sizes:?}");
    }
}

#[test]
fn no_word_is_divided_at_a_line_end() {
    let divided = |layout: &str| {
        [shipped(), harbour(), annual()].iter().any(|made| {
            let pages = inspected(made, layout).pages;
            pages
                .iter()
                .any(|page| page.lines.iter().any(|line| line.ends_with('\u{ad}')))
        })
    };
    assert!(divided("screen"), "the test sees no divided word");
    assert!(!divided("large-print"));
}

#[test]
fn emphasis_is_bold_and_not_slanted() {
    let slanted = |layout: &str| {
        let fonts = inspected(harbour(), layout).fonts;
        fonts.keys().any(|font| font.name.ends_with("It"))
    };
    assert!(slanted("screen"), "the test sees no slanted font");
    assert!(!slanted("large-print"));
}

#[test]
fn lines_are_ragged_at_the_right() {
    // Share of the lines that end where most lines end.
    let flush = |layout: &str| {
        let lines: Vec<(f64, f64)> = extents(shipped(), layout).concat();
        let mut ends: BTreeMap<i64, usize> = BTreeMap::new();
        for (_, end) in &lines {
            *ends.entry(end.round() as i64).or_default() += 1;
        }
        let most = ends.values().max().copied().unwrap_or_default();
        most as f64 / lines.len() as f64
    };
    assert!(flush("screen") > 0.35, "{}", flush("screen"));
    assert!(flush("large-print") < 0.15, "{}", flush("large-print"));
}

#[test]
fn lists_stand_in_one_column() {
    // Lines that do not start at the left, on a page that goes on with a list; its running head and number do not.
    let elsewhere = |layout: &str, title: &str| {
        let found = inspected(shipped(), layout);
        let extents = extents(shipped(), layout);
        let mut pages = found.pages.iter().zip(&extents);
        let listed = pages.find(|(page, _)| page.artifacts.iter().any(|line| line == title));
        let (_, lines) = listed.unwrap_or_else(|| panic!("{layout}: no second page of {title}"));
        let left = lines.iter().fold(f64::MAX, |left, line| left.min(line.0));
        // What runs over of an entry is indented a little.
        lines.iter().filter(|line| line.0 > left + 24.0).count()
    };
    let strings = &shipped().document.strings;
    assert!(elsewhere("screen", &strings.speakers) > 10);
    for title in [&strings.speakers, &strings.index] {
        assert_eq!(elsewhere("large-print", title), 2, "{title}");
    }
}

#[test]
fn a_table_has_its_caption_on_its_own_page() {
    let found = inspected(harbour(), "large-print");
    let holds = |page: &pdf::Page, words: &str| page.lines.iter().any(|line| line.contains(words));
    for (caption, cell) in [
        ("Puissance installée et escales", "Rautasatama"),
        ("Mesures décidées, y compris", "Responsable"),
    ] {
        let page = found.pages.iter().find(|page| holds(page, caption));
        let page = page.unwrap_or_else(|| panic!("no caption {caption}"));
        assert!(holds(page, cell), "{:?}", page.lines);
    }
}

#[test]
fn the_cover_says_what_kind_of_edition_it_is() {
    for made in [shipped(), harbour(), annual()] {
        let found = inspected(made, "large-print");
        let said = &made.document.strings.large_print;
        assert!(
            found.pages[0].lines.contains(said),
            "{:?}",
            found.pages[0].lines
        );
    }
}

#[test]
fn the_word_file_has_large_upright_styles() {
    let layout = LayoutLoader::embedded()
        .load("large-print")
        .unwrap_or_else(|found| panic!("{found}"));
    let document = &harbour().document;
    let edition = Edition::new(document, &layout, epoch::of_day(&document.date));
    let backend = format::find("docx").expect("a backend");
    let made = backend
        .render(&edition)
        .unwrap_or_else(|found| panic!("{found}"));
    let terms = conformance::Profile {
        for_print: false,
        columns: 72,
    };
    let found = format::inspect("docx", terms, &ReadBack::of(&made.bytes));
    let found = found.unwrap_or_else(|found| panic!("{found}"));
    assert!(
        found.verdicts.iter().all(|verdict| verdict.passed()),
        "{:?}",
        found.verdicts
    );
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&made.bytes)).expect("a package");
    let mut styles = String::new();
    let mut part = archive.by_name("word/styles.xml").expect("its styles");
    std::io::Read::read_to_string(&mut part, &mut styles).expect("text");
    let sizes: Vec<u32> = styles
        .split("<w:sz w:val=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next()?.parse().ok())
        .collect();
    assert!(sizes.contains(&36), "{sizes:?}");
    // Half points; one point is the height of what only separates.
    let small = |size: &&u32| **size > 2 && **size < 32;
    assert_eq!(sizes.iter().find(small), None, "{sizes:?}");
    assert!(!styles.contains("<w:i/>") && !styles.contains("<w:caps/>"));
}
