//! What is where, in millimetres.

use super::super::imposition::plan;
use super::*;
use crate::layout::Impose;

const A5: (f64, f64) = (148.0 * MM, 210.0 * MM);
const A4: (f64, f64) = (210.0 * MM, 297.0 * MM);

fn content(cell: (f64, f64), bleed: f64, marks: bool) -> Content {
    Content {
        cell,
        bleed: bleed * MM,
        marks,
    }
}

fn laid(impose: Impose, content: Content, size: &str) -> Result<Geometry, String> {
    let plan = plan(8, impose, false, false);
    lay_out(plan.sheets[0].grid, &content, &size.parse().unwrap())
}

/// x, y, width and height in millimetres.
fn mm(rect: &Rect) -> [f64; 4] {
    [rect.x, rect.y, rect.width, rect.height].map(round)
}

fn page(width: f64, height: f64, rotate: i64) -> Page {
    Page {
        trim: Rect {
            x: 10.0,
            y: 20.0,
            width: width * MM,
            height: height * MM,
        },
        rotate,
    }
}

#[test]
fn boxes_of_a_page_alone() {
    let is = laid(Impose::Single, content(A5, 3.0, true), "auto").unwrap();
    assert_eq!((round(is.sheet.0), round(is.sheet.1)), (170.0, 232.0));
    assert_eq!(mm(&is.trim), [11.0, 11.0, 148.0, 210.0]);
    assert_eq!(mm(&is.bleed), [8.0, 8.0, 154.0, 216.0]);
    assert_eq!(is.cells.len(), 1);
    assert_eq!((is.cells[0].trim, is.cells[0].clip), (is.trim, is.bleed));
    assert_eq!(is.fold, None);
    // Marks lie between the bleed and the edge.
    assert!(is.bleed.x >= MARK_GAP + MARK_LENGTH);
}

#[test]
fn without_marks_and_bleed_the_sheet_is_the_page() {
    let is = laid(Impose::Single, content(A5, 0.0, false), "auto").unwrap();
    assert_eq!(is.sheet, A5);
    assert_eq!(mm(&is.trim), [0.0, 0.0, 148.0, 210.0]);
    let exact = laid(Impose::Booklet, content(A4, 0.0, false), "A3").unwrap();
    assert_eq!((round(exact.sheet.0), round(exact.sheet.1)), (420.0, 297.0));
}

#[test]
fn halves_share_the_spine() {
    for mode in [Impose::Booklet, Impose::Spreads, Impose::Signatures(16)] {
        let is = laid(mode, content(A5, 3.0, true), "SRA3").unwrap();
        // The sheet is turned: 450 wide, 320 high.
        assert_eq!((round(is.sheet.0), round(is.sheet.1)), (450.0, 320.0));
        assert_eq!(mm(&is.trim), [77.0, 55.0, 296.0, 210.0]);
        assert_eq!(mm(&is.bleed), [74.0, 52.0, 302.0, 216.0]);
        assert_eq!(mm(&is.cells[0].trim), [77.0, 55.0, 148.0, 210.0]);
        assert_eq!(mm(&is.cells[1].trim), [225.0, 55.0, 148.0, 210.0]);
        assert_eq!(mm(&is.cells[0].clip), [74.0, 52.0, 151.0, 216.0]);
        assert_eq!(mm(&is.cells[1].clip), [225.0, 52.0, 151.0, 216.0]);
        assert_eq!(is.fold.map(round), Some(225.0));
    }
}

#[test]
fn other_cells_keep_their_bleed() {
    let is = laid(Impose::Nup(4), content(A5, 3.0, false), "auto").unwrap();
    assert_eq!((round(is.sheet.0), round(is.sheet.1)), (308.0, 432.0));
    let trims: Vec<_> = is.cells.iter().map(|cell| mm(&cell.trim)).collect();
    assert_eq!(
        trims,
        [
            [3.0, 219.0, 148.0, 210.0],
            [157.0, 219.0, 148.0, 210.0],
            [3.0, 3.0, 148.0, 210.0],
            [157.0, 3.0, 148.0, 210.0],
        ]
    );
    for (index, one) in is.cells.iter().enumerate() {
        assert_eq!(mm(&one.clip)[2..], [154.0, 216.0]);
        for other in &is.cells[index + 1..] {
            let both = one.clip.common(&other.clip);
            assert!(both.width * both.height < 1e-6);
        }
    }
}

#[test]
fn two_pages_stand_on_the_sheets_made_for_them() {
    let is = laid(Impose::Booklet, content(A4, 3.0, true), "SRA3").unwrap();
    assert_eq!((round(is.sheet.0), round(is.sheet.1)), (450.0, 320.0));
    assert!(laid(Impose::Booklet, content(A5, 3.0, true), "a3").is_ok());
    let high = laid(Impose::Single, content(A4, 3.0, true), "450x320mm").unwrap();
    assert_eq!((round(high.sheet.0), round(high.sheet.1)), (320.0, 450.0));
    // Two narrow pages make a side higher than wide: the sheet is not turned.
    let narrow = laid(
        Impose::Booklet,
        content((90.0 * MM, 250.0 * MM), 3.0, true),
        "A3",
    )
    .unwrap();
    assert_eq!(
        (round(narrow.sheet.0), round(narrow.sheet.1)),
        (297.0, 420.0)
    );
}

#[test]
fn a_sheet_too_small_is_refused_with_one_that_will_do() {
    let said = laid(Impose::Booklet, content(A5, 3.0, true), "A4").unwrap_err();
    assert_eq!(
        said,
        "the sheet A4 of 210x297mm is too small: 2 pages of 148x210mm with 3mm of bleed and marks need at least \
         318x232mm; choose B4, a larger sheet, or auto"
    );
    let said = laid(Impose::Booklet, content(A4, 3.0, true), "420x297mm").unwrap_err();
    assert!(
        said.contains("need at least 442x319mm; choose SRA3,"),
        "{said}"
    );
    let said = laid(Impose::Single, content(A4, 0.0, false), "A5").unwrap_err();
    assert!(
        said.contains("a page of 210x297mm needs at least"),
        "{said}"
    );
    let huge = (2000.0 * MM, 1000.0 * MM);
    let said = laid(Impose::Single, content(huge, 0.0, true), "B0").unwrap_err();
    assert!(said.contains("choose a larger sheet, or auto"), "{said}");
}

/// The size that the message names does hold the pages.
#[test]
fn the_least_size_named_is_enough() {
    for mode in [Impose::Single, Impose::Booklet, Impose::Nup(4)] {
        let content = content((170.3 * MM, 240.7 * MM), 3.175, true);
        let said = laid(mode, content, "A5").unwrap_err();
        let least = said.split("at least ").nth(1).unwrap();
        let least = least.split(';').next().unwrap();
        assert!(laid(mode, content, least).is_ok(), "{said}");
    }
}

#[test]
fn turned_pages_stand_upright() {
    // Portrait by its box, seen as landscape, and the other way round.
    assert_eq!(page(148.0, 210.0, 90).upright(), (A5.1, A5.0));
    assert_eq!(page(210.0, 148.0, -90).upright(), A5);
    assert_eq!(page(148.0, 210.0, 180).upright(), A5);
    assert_eq!(page(148.0, 210.0, 360).upright(), A5);
    let cell = cell_for(&[
        page(148.0, 210.0, 0),
        page(148.0, 210.0, 90),
        page(210.0, 148.0, 0),
    ]);
    assert_eq!(cell, (A5.1, A5.1));
    let side = laid(Impose::Booklet, content(cell, 3.0, true), "auto").unwrap();
    for rotate in [0, 90, 180, 270] {
        for slot in &side.cells {
            let page = page(148.0, 210.0, rotate);
            let rect = page.rect(slot);
            let inside = rect.common(&slot.trim);
            assert!((inside.width - rect.width).abs() < 1e-6);
            assert!((inside.height - rect.height).abs() < 1e-6);
            let seen = page.clip(slot, 3.0 * MM);
            assert_eq!(seen, seen.common(&slot.clip));
        }
    }
}

#[test]
fn matrices_take_corners_to_corners() {
    let side = laid(Impose::Single, content(A4, 3.0, true), "auto").unwrap();
    // The corner that is at the upper left for the reader, as left or right and lower or upper of the trim box.
    for (rotate, right, upper) in [
        (0, false, true),
        (90, false, false),
        (180, true, false),
        (270, true, true),
    ] {
        let page = page(100.0, 140.0, rotate);
        let [a, b, c, d, e, f] = page.matrix(&side.cells[0], 2.0, false);
        let x = if right {
            page.trim.right()
        } else {
            page.trim.x
        };
        let y = if upper { page.trim.top() } else { page.trim.y };
        let to = page.rect(&side.cells[0]);
        let (seen_x, seen_y) = (a * x + c * y + e, b * x + d * y + f);
        assert!((seen_x - to.x - 2.0).abs() < 1e-9, "{rotate}");
        assert!((seen_y - to.top()).abs() < 1e-9, "{rotate}");
        // Turned, never mirrored or scaled.
        assert_eq!(a * d - b * c, 1.0);
        // On its head the corner is at the lower right.
        let [a, b, c, d, e, f] = page.matrix(&side.cells[0], 2.0, true);
        let (seen_x, seen_y) = (a * x + c * y + e, b * x + d * y + f);
        assert!((seen_x - to.right() - 2.0).abs() < 1e-9, "{rotate}");
        assert!((seen_y - to.y).abs() < 1e-9, "{rotate}");
        assert_eq!(a * d - b * c, 1.0);
    }
}

#[test]
fn pages_of_other_sizes_are_refused_or_told() {
    let same = [
        page(148.0, 210.0, 0),
        page(210.0, 148.0, 90),
        page(148.1, 210.1, 0),
    ];
    assert_eq!(check_pages(&same, A5), Ok(vec![]));
    let said = check_pages(&[same[0], page(148.0, 210.0, 90)], A5).unwrap_err();
    assert!(
        said.starts_with("page 2 is 210x148mm, larger than its place of 148x210mm"),
        "{said}"
    );
    let notes = check_pages(&[same[0], page(100.0, 210.0, 0)], A5).unwrap();
    assert_eq!(
        notes,
        ["page 2 is 100x210mm, smaller than its place of 148x210mm on the sheet: it is centred"]
    );
    // A damaged box is not a small page.
    assert!(check_pages(&[page(f64::NAN, 210.0, 0)], A5).is_err());
}

/// Lines in millimetres, those that lie across with a minus.
fn lines(geometry: &Geometry) -> Vec<f64> {
    let sign = |line: &SheetLine| if line.across { -1.0 } else { 1.0 };
    geometry
        .lines
        .iter()
        .map(|line| sign(line) * round(line.at))
        .collect()
}

#[test]
fn formes_have_pairs_with_a_spine_and_trims_between_all_others() {
    let is = laid(Impose::Formes(8), content(A5, 3.0, true), "auto").unwrap();
    assert_eq!((round(is.sheet.0), round(is.sheet.1)), (318.0, 448.0));
    assert_eq!(lines(&is), [159.0, -224.0]);
    let of_16 = plan(16, Impose::Formes(16), false, false).sheets[0].grid;
    let is = lay_out(of_16, &content(A5, 3.0, true), &SheetSize::Auto).unwrap();
    // 4 x 148 + 6, 2 x 210 + 6, and 11 all around.
    assert_eq!((round(is.sheet.0), round(is.sheet.1)), (620.0, 448.0));
    let trims: Vec<f64> = is.cells[..4]
        .iter()
        .map(|cell| round(cell.trim.x))
        .collect();
    assert_eq!(trims, [11.0, 159.0, 313.0, 461.0]);
    assert_eq!(lines(&is), [159.0, 310.0, 461.0, -224.0]);
    for pair in is.cells.chunks(2) {
        assert_eq!(
            round(pair[0].clip.right()),
            round(pair[1].clip.x),
            "nothing crosses the spine"
        );
    }
    let of_32 = plan(32, Impose::Formes(32), false, false).sheets[0].grid;
    let is = lay_out(of_32, &content(A5, 3.0, false), &SheetSize::Auto).unwrap();
    assert_eq!((round(is.sheet.0), round(is.sheet.1)), (604.0, 864.0));
    assert_eq!(lines(&is).len(), 6);
}

#[test]
fn where_copies_are_cut_apart_nothing_is_folded() {
    let last = |pages, size| {
        let plan = plan(pages, Impose::Formes(size), false, false);
        let grid = plan.sheets.last().unwrap().grid;
        lay_out(grid, &content(A5, 3.0, true), &SheetSize::Auto).unwrap()
    };
    assert_eq!(lines(&last(24, 16)), [159.0, 461.0, -224.0]);
    assert_eq!(lines(&last(4, 8)), [159.0]);
    assert_eq!(
        lines(&last(16, 32))
            .iter()
            .filter(|line| **line < 0.0)
            .count(),
        2
    );
}
