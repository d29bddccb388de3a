//! Print sheets, read back: what of the pages is on them, and what is added.

use gmg_export::verify::format;
use image::{ImageReader, RgbImage};

use gmg_export::backend::Artifact;
use gmg_export::backend::edition::Edition;
use gmg_export::document::{self, epoch};
use gmg_export::layout::{Impose, LayoutLoader, Length, SheetSize};
use gmg_export::pdf::read::picture::pictures;
use gmg_export::source;
use gmg_export::verify::golden::pdf::{Inspection, Page, inspect};

/// Made once for all tests here: the second report, imposed as asked.
fn made(impose: Impose, change: impl Fn(&mut gmg_export::layout::Tokens)) -> (Artifact, Vec<u8>) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/harbour/source");
    let source = source::read(&source::Folder::of(folder.as_ref())).unwrap();
    let strings = gmg_export::layout::strings("fr").unwrap();
    let (document, _) = document::resolve(&source, &strings).unwrap();
    let mut layout = LayoutLoader::embedded().load("print").unwrap();
    layout.tokens.press.impose = impose;
    change(&mut layout.tokens);
    let edition = Edition::new(&document, &layout, epoch::of_day(&document.date));
    let made = |format: &str| {
        let made = format::find(format).unwrap().render(&edition);
        made.unwrap_or_else(|found| panic!("{found}"))
    };
    let (artifact, pages) = (made("press"), made("pdf"));
    (artifact, pages.bytes)
}

fn read(bytes: &[u8]) -> Inspection {
    inspect(bytes).unwrap_or_else(|found| panic!("{found}"))
}

fn words(page: &Page) -> Vec<String> {
    let lines = page.lines.iter().chain(&page.artifacts);
    let mut words: Vec<String> = lines
        .flat_map(|line| line.split_whitespace())
        .map(str::to_owned)
        .collect();
    words.sort();
    words
}

#[test]
fn every_word_of_the_pages_is_on_the_sheets_and_only_the_slug_is_added() {
    let (sheets, pages) = made(Impose::Booklet, |_| {});
    let (sheets, pages) = (read(&sheets.bytes), read(&pages));
    let mut of_pages: Vec<String> = pages.pages.iter().flat_map(words).collect();
    of_pages.sort();
    let mut of_sheets: Vec<String> = sheets.pages.iter().flat_map(words).collect();
    of_sheets.sort();
    for word in &of_pages {
        let at = of_sheets.binary_search(word);
        let at = at.unwrap_or_else(|_| panic!("`{word}` is not on the sheets"));
        of_sheets.remove(at);
    }
    let slugs = sheets.pages.len();
    assert!(
        of_sheets.len() >= slugs * 8 && of_sheets.len() <= slugs * 40,
        "{of_sheets:?}"
    );
    assert!(of_sheets.iter().any(|word| word == "Black"));
}

#[test]
fn boxes_lie_in_each_other_and_the_bleed_is_as_the_layout_says() {
    let (sheets, _) = made(Impose::Booklet, |tokens| {
        tokens.press.sheet = "SRA3".parse::<SheetSize>().unwrap();
    });
    let near = |a: f64, b: f64| (a - b).abs() < 0.02;
    for page in read(&sheets.bytes).pages {
        let find = |name: &str| page.boxes.iter().find(|(is, _)| *is == name).unwrap().1;
        let (media, bleed, trim) = (find("MediaBox"), find("BleedBox"), find("TrimBox"));
        assert!(near(media[2], 450.0 * 72.0 / 25.4) && near(media[3], 320.0 * 72.0 / 25.4));
        assert!(near(trim[2] - trim[0], 420.0 * 72.0 / 25.4));
        assert!(near(trim[0] - bleed[0], 3.0 * 72.0 / 25.4));
        assert!(near(trim[0] - media[0], media[2] - trim[2]), "centred");
    }
}

fn decode(png: &[u8]) -> RgbImage {
    let reader = ImageReader::with_format(std::io::Cursor::new(png), image::ImageFormat::Png);
    reader.decode().unwrap().into_rgb8()
}

/// A page on its sheet looks as it does alone, at 150 dots per inch.
#[test]
fn a_page_on_a_sheet_looks_as_it_does_alone() {
    let (sheets, pages) = made(Impose::Booklet, |tokens| tokens.press.marks = false);
    let dots = |mm: f64| (mm * 150.0 / 25.4).round() as u16;
    // Without marks an automatic sheet is two pages and the bleed around them.
    let sheets = pictures(&sheets.bytes, &[2, 5], dots(426.0)).unwrap();
    let pages = pictures(&pages, &[2, 5], dots(216.0)).unwrap();
    let bleed = u32::from(dots(3.0));
    // The front of sheet 2 has page 3 at its right, the back of sheet 3 page 6 at its left.
    for (sheet, page, left) in [(&sheets[0], 0usize, false), (&sheets[1], 1, true)] {
        let (sheet, page) = (decode(sheet), decode(&pages[page]));
        let width = page.width() - 2 * bleed;
        let offset = if left { 0 } else { sheet.width() / 2 - bleed };
        let mut differ = 0;
        let mut all = 0;
        for y in bleed..page.height().min(sheet.height()) - bleed {
            for x in bleed..bleed + width {
                let (Some(a), Some(b)) = (
                    sheet.get_pixel_checked(x + offset, y),
                    page.get_pixel_checked(x, y),
                ) else {
                    continue;
                };
                all += 1;
                let apart = a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > 64);
                differ += u32::from(apart);
            }
        }
        assert!(differ * 100 <= all, "{differ} of {all}");
    }
}

#[test]
fn nothing_on_a_sheet_leads_anywhere_and_marks_are_on_every_plate() {
    let (sheets, _) = made(Impose::Signatures(8), |_| {});
    let found = read(&sheets.bytes);
    assert!(found.outline.is_empty() && found.links.is_empty() && found.tags.is_empty());
    for page in &found.pages {
        let marked = page.shapes.keys().any(|shape| shape.contains("All"));
        assert!(marked, "{:?}", page.shapes);
    }
    let (bare, _) = made(Impose::Single, |tokens| tokens.press.marks = false);
    for page in read(&bare.bytes).pages {
        assert!(!page.shapes.keys().any(|shape| shape.contains("All")));
    }
}

#[test]
fn the_printer_finds_only_small_pictures_to_object_to_and_hears_where_they_are() {
    let (sheets, _) = made(Impose::Booklet, |_| {});
    assert!(!sheets.warnings.is_empty());
    for warning in sheets.warnings.iter() {
        assert!(
            warning.message.contains("pixels to the inch"),
            "{warning:?}"
        );
    }
    assert!(
        sheets.warnings.to_string().contains(".yaml:"),
        "{}",
        sheets.warnings
    );
    let companions: Vec<&str> = sheets
        .companions
        .iter()
        .map(|file| file.suffix.as_str())
        .collect();
    assert_eq!(companions, ["sheets.txt"]);
}

#[test]
fn proofs_are_pictures_of_every_side() {
    let (sheets, _) = made(Impose::Nup(4), |tokens| tokens.press.proof = true);
    let pictures: Vec<_> = sheets.companions.iter().skip(1).collect();
    assert_eq!(Some(pictures.len()), sheets.pages);
    assert_eq!(pictures[0].suffix, "sheet-001.png");
    assert_eq!(decode(&pictures[0].bytes).width(), 1600);
}

#[test]
fn a_slug_line_without_room_leaves_out_the_title_and_nothing_else() {
    let (sheets, _) = made(Impose::Booklet, |tokens| {
        tokens.page.width = Length::pt(148.0 * 72.0 / 25.4);
        tokens.page.height = Length::pt(210.0 * 72.0 / 25.4);
        tokens.page.inside = Length::pt(40.0);
        tokens.page.outside = Length::pt(40.0);
    });
    let found = read(&sheets.bytes);
    let sides = found.pages.len();
    for (index, page) in found.pages.iter().enumerate() {
        let words = words(page);
        let has = |word: &str| words.iter().any(|found| found == word);
        assert!(has("ports-nordiques-2025") && has("Black"), "{words:?}");
        assert!(
            words.iter().any(|word| word.starts_with("2025-")),
            "{words:?}"
        );
        assert!(has(&(index / 2 + 1).to_string()) && has(&format!("{},", sides / 2)));
    }
}

/// The text of a perfect-bound book has all its pages and none of the cover; the check of a release sees both.
#[test]
fn a_cover_among_the_pages_of_the_text_is_seen_and_so_is_a_page_that_is_missing() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/harbour/source");
    let source = source::read(&source::Folder::of(folder.as_ref())).unwrap();
    let strings = gmg_export::layout::strings("fr").unwrap();
    let (document, _) = document::resolve(&source, &strings).unwrap();
    let layout = |binding: &str| {
        let mut layout = LayoutLoader::embedded().load("print").unwrap();
        layout.tokens.press.impose = Impose::Formes(8);
        layout.tokens.press.binding = binding.parse().unwrap();
        layout.tokens.press.stock = "offset-90".into();
        layout
    };
    let (bound, auto) = (layout("perfect"), layout("auto"));
    let edition = Edition::new(&document, &bound, epoch::of_day(&document.date));
    let within = edition.for_job(&auto);
    let render = |edition: &Edition| format::find("press").unwrap().render(edition).unwrap();
    let (text, all) = (render(&edition), render(&within));
    let compare = |edition: &Edition, made: &Artifact| {
        let found = format::compare(edition, "press", &made.read_back());
        found
            .err()
            .map(|found| found.to_string())
            .unwrap_or_default()
    };
    assert_eq!(compare(&edition, &text), "");
    assert_eq!(compare(&within, &all), "");
    let said = compare(&edition, &all);
    assert!(
        said.contains("page 1 is on its sheets and belongs to the cover"),
        "{said}"
    );
    let said = compare(&within, &text);
    assert!(said.contains("page 1 is on none of its sheets"), "{said}");
    let suffixes: Vec<&str> = text
        .companions
        .iter()
        .map(|file| file.suffix.as_str())
        .collect();
    assert_eq!(suffixes, ["cover.pdf", "sheets.txt"]);
}
