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

use crate::made::{Made, annual, harbour, project, shipped};
use crate::program::Desk;

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
    let document = made.document_for(&layout);
    let edition = Edition::new(&document, &layout, epoch::of_day(&document.date));
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
        ("Puissance installée et escales", "Fårvik"),
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
    let document = harbour().document_for(&layout);
    let edition = Edition::new(&document, &layout, epoch::of_day(&document.date));
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

fn exported(desk: &Desk, formats: &str, layout: &str) -> (String, pdf::Inspection) {
    exported_from("source", desk, formats, layout)
}

/// A report with a table of nine columns, some of its words too long for any of them, and a layout for each size of type.
fn nine_columns() -> Desk {
    let desk = Desk::with_report();
    let words = [
        "Electroencephalographically",
        "1,234,567,890.125",
        "12 March 2025",
        "ferry",
        "–",
    ];
    let row = |at: usize| {
        let cells = (0..9).map(|column| format!("\"{} r{at}c{column}\"", words[(at + column) % 5]));
        format!("        - [{}]\n", cells.collect::<Vec<_>>().join(", "))
    };
    let rows: String = (0..12).map(row).collect();
    let names: Vec<String> = (0..9).map(|column| format!("Name{column}")).collect();
    let table = format!(
        "section:\n  id: nine\n  title: Nine\n  blocks:\n    - table:\n        caption: Nine columns\n        row_headers: true\n        \
         header: [[{}]]\n        rows:\n{rows}",
        names.join(", "),
        rows = rows.replace("        - ", "          - "),
    );
    desk.write("source/nine.yaml", &table);
    desk.replace(
        "source/report.yaml",
        "  - members.yaml
",
        "  - members.yaml
  - nine.yaml
",
    );
    for size in SIZES {
        let layout = format!("description: x\nextends: large-print\nsizes:\n  text: {size}pt\n");
        desk.write(&format!("layouts/large-{size}/layout.yaml"), &layout);
    }
    desk
}

fn shipped_source() -> String {
    project("source").to_string_lossy().into_owned()
}

/// The sizes that large print is set in.
const SIZES: [u32; 4] = [16, 18, 20, 24];

/// What an export of a source in a layout of a desk says, and its PDF.
fn exported_from(
    source: &str,
    desk: &Desk,
    formats: &str,
    layout: &str,
) -> (String, pdf::Inspection) {
    let folder = match layout {
        "large-print" => layout.to_owned(),
        own => format!("./layouts/{own}"),
    };
    let ran = desk.run(&[
        source, "--format", formats, "--layout", &folder, "--out", layout,
    ]);
    let said = ran.printed();
    let name = desk
        .names(layout)
        .into_iter()
        .find(|name| name.ends_with(".pdf"));
    let bytes = std::fs::read(desk.path(layout).join(name.expect("a PDF"))).expect("its bytes");
    let found = pdf::inspect(&bytes).unwrap_or_else(|found| panic!("{found}"));
    (said, found)
}

#[test]
fn a_wide_table_is_a_block_for_each_row_in_every_size() {
    let desk = nine_columns();
    for size in SIZES {
        let layout = format!("large-{size}");
        let (_, found) = exported(&desk, "pdf,docx", &layout);
        let (smallest, _) = sizes(&found).into_iter().next().expect("text");
        assert!(smallest >= (SMALLEST * 100.0) as i64, "{size}");
        for row in 0..12 {
            let of_row = |page: &&pdf::Page| {
                page.lines
                    .iter()
                    .any(|line| line.contains(&format!("r{row}c")))
            };
            let pages: Vec<&pdf::Page> = found.pages.iter().filter(of_row).collect();
            assert_eq!(pages.len(), 1, "{size}: row {row} is on several pages");
            for column in 1..9 {
                let cell = format!("r{row}c{column}");
                let line = pages[0].lines.iter().find(|line| line.contains(&cell));
                let line = line.unwrap_or_else(|| panic!("{size}: no {cell}"));
                assert!(
                    line.starts_with(&format!("Name{column}: ")),
                    "{size}: {line}"
                );
            }
        }
    }
}

#[test]
fn one_token_is_the_size_of_all_type() {
    let desk = nine_columns();
    for size in SIZES {
        let layout = format!("large-{size}");
        let (_, found) = exported(&desk, "pdf", &layout);
        let sizes = sizes(&found);
        let (largest, _) = sizes.last_key_value().expect("text");
        // The title of the cover, which may be made to fit.
        assert!(*largest > i64::from(size) * 150, "{size}: {sizes:?}");
        assert!(
            sizes.contains_key(&(i64::from(size) * 100)),
            "{size}: {sizes:?}"
        );
    }
}

#[test]
fn a_thick_report_is_in_volumes() {
    let desk = Desk::empty();
    desk.write(
        "layouts/thick/layout.yaml",
        "description: x\nextends: large-print\nstructure:\n  volume_pages: 40\n",
    );
    let (said, found) = exported_from(&shipped_source(), &desk, "pdf", "thick");
    let says = |page: &pdf::Page, words: &str| {
        page.lines
            .iter()
            .chain(&page.artifacts)
            .any(|line| line.contains(words))
    };
    let volume = |number: usize| format!("Volume {number} of 3");
    let covers: Vec<usize> = (1..=3)
        .map(|number| {
            let at = found
                .pages
                .iter()
                .position(|page| says(page, &volume(number)));
            at.unwrap_or_else(|| panic!("no {}", volume(number))) + 1
        })
        .collect();
    assert_eq!(covers[0], 1);
    let spans = format!(
        "pages in 3 volumes: 1–{}, {}–{}, {}–{}",
        covers[1] - 1,
        covers[1],
        covers[2] - 1,
        covers[2],
        found.pages.len()
    );
    assert!(said.contains(&spans), "{said} / {spans}");
}

#[test]
fn letters_and_words_stand_apart_where_a_reader_asks() {
    let desk = Desk::empty();
    let spaced =
        "description: x\nextends: large-print\nstructure:\n  letter_space: 12\n  word_space: 30\n";
    desk.write("layouts/spaced/layout.yaml", spaced);
    let pages = |layout: &str| {
        exported_from(&shipped_source(), &desk, "pdf,docx", layout)
            .1
            .pages
            .len()
    };
    let (plain, spaced) = (pages("large-print"), pages("spaced"));
    assert!(spaced as f64 > plain as f64 * 1.15, "{plain} {spaced}");
    for (field, value) in [
        ("letter_space", "21"),
        ("word_space", "101"),
        ("volume_pages", "3"),
    ] {
        let layout =
            format!("description: x\nextends: large-print\nstructure:\n  {field}: {value}\n");
        desk.write("layouts/odd/layout.yaml", &layout);
        desk.run(&[
            &shipped_source(),
            "--format",
            "pdf",
            "--layout",
            "./layouts/odd",
        ])
        .fails_with(4, &[field]);
    }
}
