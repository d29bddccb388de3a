//! Orders worked out by hand with folded paper, and what is true of every order.

use super::*;
use Impose::{Booklet, Nup, Signatures, Single, Spreads};

const COUNTS: [usize; 10] = [1, 2, 5, 6, 8, 9, 16, 20, 34, 64];
const MODES: [Impose; 9] = [
    Single,
    Spreads,
    Booklet,
    Signatures(4),
    Signatures(8),
    Signatures(16),
    Signatures(32),
    Nup(2),
    Nup(4),
];

/// A side as text: `8|1`, blanks in brackets, `-` where there is no page.
fn side(side: &Side) -> String {
    let cell = |cell: &Cell| match (cell.number, cell.source) {
        (None, None) => "-".to_owned(),
        (Some(number), None) => format!("[{number}]"),
        (Some(number), Some(_)) => number.to_string(),
        (None, Some(_)) => panic!("a page without a number"),
    };
    side.cells.iter().map(cell).collect::<Vec<_>>().join("|")
}

fn sides(plan: &Plan) -> Vec<String> {
    plan.sheets
        .iter()
        .flat_map(|sheet| [Some(&sheet.front), sheet.back.as_ref()])
        .flatten()
        .map(side)
        .collect()
}

/// The order of a body without covers, left to right.
fn order(pages: usize, impose: Impose) -> String {
    sides(&plan(pages, impose, false, false)).join(" ")
}

#[test]
fn booklets_of_few_pages() {
    for (pages, is) in [
        (1, "[4]|1 [2]|[3]"),
        (2, "[4]|1 2|[3]"),
        (5, "[8]|1 2|[7] [6]|3 4|5"),
        (6, "[8]|1 2|[7] 6|3 4|5"),
        (8, "8|1 2|7 6|3 4|5"),
        (9, "[12]|1 2|[11] [10]|3 4|9 8|5 6|7"),
        (16, "16|1 2|15 14|3 4|13 12|5 6|11 10|7 8|9"),
        (20, "20|1 2|19 18|3 4|17 16|5 6|15 14|7 8|13 12|9 10|11"),
    ] {
        assert_eq!(order(pages, Booklet), is, "{pages} pages");
    }
}

#[test]
fn booklets_of_many_pages() {
    let of_34 = sides(&plan(34, Booklet, false, false));
    assert_eq!(of_34.len(), 18);
    assert_eq!(of_34[..4], ["[36]|1", "2|[35]", "34|3", "4|33"]);
    assert_eq!(of_34[16..], ["20|17", "18|19"]);
    let of_64 = sides(&plan(64, Booklet, false, false));
    assert_eq!(of_64.len(), 32);
    assert_eq!(of_64[..4], ["64|1", "2|63", "62|3", "4|61"]);
    assert_eq!(of_64[30..], ["34|31", "32|33"]);
}

#[test]
fn signatures_of_four() {
    for (pages, is) in [
        (1, "[4]|1 [2]|[3]"),
        (2, "[4]|1 2|[3]"),
        (5, "4|1 2|3 [8]|5 [6]|[7]"),
        (6, "4|1 2|3 [8]|5 6|[7]"),
        (8, "4|1 2|3 8|5 6|7"),
        (9, "4|1 2|3 8|5 6|7 [12]|9 [10]|[11]"),
        (16, "4|1 2|3 8|5 6|7 12|9 10|11 16|13 14|15"),
        (20, "4|1 2|3 8|5 6|7 12|9 10|11 16|13 14|15 20|17 18|19"),
    ] {
        assert_eq!(order(pages, Signatures(4)), is, "{pages} pages");
    }
    let of_34 = sides(&plan(34, Signatures(4), false, false));
    assert_eq!(of_34[16..], ["[36]|33", "34|[35]"]);
    let of_64 = sides(&plan(64, Signatures(4), false, false));
    assert_eq!(of_64[30..], ["64|61", "62|63"]);
}

#[test]
fn signatures_of_eight() {
    for (pages, is) in [
        (1, "[4]|1 [2]|[3]"),
        (2, "[4]|1 2|[3]"),
        (5, "[8]|1 2|[7] [6]|3 4|5"),
        (6, "[8]|1 2|[7] 6|3 4|5"),
        (8, "8|1 2|7 6|3 4|5"),
        (9, "8|1 2|7 6|3 4|5 [12]|9 [10]|[11]"),
        (16, "8|1 2|7 6|3 4|5 16|9 10|15 14|11 12|13"),
        (20, "8|1 2|7 6|3 4|5 16|9 10|15 14|11 12|13 20|17 18|19"),
    ] {
        assert_eq!(order(pages, Signatures(8)), is, "{pages} pages");
    }
    let of_34 = sides(&plan(34, Signatures(8), false, false));
    assert_eq!(
        of_34[12..],
        ["32|25", "26|31", "30|27", "28|29", "[36]|33", "34|[35]"]
    );
    let of_64 = sides(&plan(64, Signatures(8), false, false));
    assert_eq!(of_64[28..], ["64|57", "58|63", "62|59", "60|61"]);
}

#[test]
fn signatures_of_sixteen_and_thirty_two() {
    for (pages, is) in [
        (1, "[4]|1 [2]|[3]"),
        (6, "[8]|1 2|[7] 6|3 4|5"),
        (9, "[12]|1 2|[11] [10]|3 4|9 8|5 6|7"),
        (16, "16|1 2|15 14|3 4|13 12|5 6|11 10|7 8|9"),
    ] {
        assert_eq!(order(pages, Signatures(16)), is, "{pages} pages");
        assert_eq!(order(pages, Signatures(32)), is, "{pages} pages");
    }
    let first = "16|1 2|15 14|3 4|13 12|5 6|11 10|7 8|9";
    assert_eq!(order(20, Signatures(16)), format!("{first} 20|17 18|19"));
    assert_eq!(order(20, Signatures(32)), order(20, Booklet));
    let of_34 = sides(&plan(34, Signatures(16), false, false));
    assert_eq!(of_34[8..10], ["32|17", "18|31"]);
    assert_eq!(of_34[14..], ["26|23", "24|25", "[36]|33", "34|[35]"]);
    let of_34 = sides(&plan(34, Signatures(32), false, false));
    assert_eq!(of_34[..2], ["32|1", "2|31"]);
    assert_eq!(of_34[14..], ["18|15", "16|17", "[36]|33", "34|[35]"]);
    let of_64 = sides(&plan(64, Signatures(16), false, false));
    assert_eq!(of_64[24..26], ["64|49", "50|63"]);
    assert_eq!(of_64[30..], ["58|55", "56|57"]);
    let of_64 = sides(&plan(64, Signatures(32), false, false));
    assert_eq!(of_64[16..18], ["64|33", "34|63"]);
    assert_eq!(of_64[30..], ["50|47", "48|49"]);
}

#[test]
fn pages_alone_and_spreads() {
    for (pages, single, spreads) in [
        (1, "1", "-|1"),
        (2, "1 2", "-|1 2|-"),
        (5, "1 2 3 4 5", "-|1 2|3 4|5"),
        (6, "1 2 3 4 5 6", "-|1 2|3 4|5 6|-"),
        (8, "1 2 3 4 5 6 7 8", "-|1 2|3 4|5 6|7 8|-"),
        (9, "1 2 3 4 5 6 7 8 9", "-|1 2|3 4|5 6|7 8|9"),
    ] {
        assert_eq!(order(pages, Single), single);
        assert_eq!(order(pages, Spreads), spreads);
    }
    for (pages, sheets, last) in [
        (16, 9, "16|-"),
        (20, 11, "20|-"),
        (34, 18, "34|-"),
        (64, 33, "64|-"),
    ] {
        assert_eq!(sides(&plan(pages, Single, false, false)).len(), pages);
        let spreads = sides(&plan(pages, Spreads, false, false));
        assert_eq!(
            (spreads.len(), spreads[sheets - 1].as_str()),
            (sheets, last)
        );
    }
}

#[test]
fn several_pages_a_sheet() {
    for (pages, two, four) in [
        (1, "1|-", "1|-|-|-"),
        (2, "1|2", "1|2|-|-"),
        (5, "1|2 3|4 5|-", "1|2|3|4 5|-|-|-"),
        (6, "1|2 3|4 5|6", "1|2|3|4 5|6|-|-"),
        (8, "1|2 3|4 5|6 7|8", "1|2|3|4 5|6|7|8"),
        (9, "1|2 3|4 5|6 7|8 9|-", "1|2|3|4 5|6|7|8 9|-|-|-"),
    ] {
        assert_eq!(order(pages, Nup(2)), two);
        assert_eq!(order(pages, Nup(4)), four);
    }
    for (pages, twos, two, fours, four) in [
        (16, 8, "15|16", 4, "13|14|15|16"),
        (20, 10, "19|20", 5, "17|18|19|20"),
        (34, 17, "33|34", 9, "33|34|-|-"),
        (64, 32, "63|64", 16, "61|62|63|64"),
    ] {
        let sides_of = |mode| sides(&plan(pages, mode, false, false));
        let (of_two, of_four) = (sides_of(Nup(2)), sides_of(Nup(4)));
        assert_eq!((of_two.len(), of_two[twos - 1].as_str()), (twos, two));
        assert_eq!((of_four.len(), of_four[fours - 1].as_str()), (fours, four));
    }
}

#[test]
fn blanks_stand_before_the_back_cover() {
    let booklet = plan(6, Booklet, false, true);
    assert_eq!(sides(&booklet).join(" "), "8|1 2|[7] [6]|3 4|5");
    assert_eq!(booklet.sheets[0].front.cells[0].source, Some(5));
    let two = plan(2, Booklet, false, true);
    assert_eq!(sides(&two).join(" "), "4|1 [2]|[3]");
    let nine = plan(9, Signatures(8), false, true);
    assert_eq!(sides(&nine)[4..], ["12|[9]", "[10]|[11]"]);
    assert_eq!(
        sides(&plan(8, Booklet, false, true)),
        sides(&plan(8, Booklet, false, false))
    );
    assert_eq!(
        sides(&plan(5, Spreads, false, true)).join(" "),
        "-|1 2|3 4|[5] 6|-"
    );
    assert_eq!(
        sides(&plan(1, Booklet, false, true)).join(" "),
        "[4]|1 [2]|[3]"
    );
    assert_eq!(sides(&plan(1, Spreads, false, true)).join(" "), "-|1");
}

#[test]
fn no_pages_make_no_sheets() {
    for mode in MODES {
        for back_cover in [false, true] {
            assert!(plan(0, mode, false, back_cover).sheets.is_empty(), "{mode}");
        }
    }
}

#[test]
fn binding_at_the_right_mirrors_rows() {
    assert_eq!(
        sides(&plan(6, Booklet, true, false)).join(" "),
        "1|[8] [7]|2 3|6 5|4"
    );
    assert_eq!(
        sides(&plan(4, Spreads, true, false)).join(" "),
        "1|- 3|2 -|4"
    );
    assert_eq!(
        sides(&plan(5, Nup(4), true, false)).join(" "),
        "2|1|4|3 -|5|-|-"
    );
    for mode in MODES {
        for pages in COUNTS {
            let (ltr, rtl) = (
                plan(pages, mode, false, true),
                plan(pages, mode, true, true),
            );
            for (one, other) in ltr.sheets.iter().zip(&rtl.sheets) {
                for row in 0..ltr.rows {
                    let row = row * ltr.columns..(row + 1) * ltr.columns;
                    let numbers = |sheet: &Sheet| -> Vec<_> {
                        sheet.front.cells[row.clone()]
                            .iter()
                            .map(|c| c.number)
                            .collect()
                    };
                    let mut mirrored = numbers(other);
                    mirrored.reverse();
                    assert_eq!(numbers(one), mirrored, "{mode} {pages}");
                }
            }
        }
    }
}

/// The spine lies between the halves, whichever way one reads.
#[test]
fn the_spine_lies_between_the_halves() {
    for right_to_left in [false, true] {
        for mode in [Spreads, Booklet, Signatures(16)] {
            for sheet in plan(20, mode, right_to_left, false).sheets {
                for side in [Some(sheet.front), sheet.back].into_iter().flatten() {
                    let spines: Vec<Spine> = side.cells.iter().map(|cell| cell.spine).collect();
                    assert_eq!(spines, [Spine::Right, Spine::Left]);
                }
            }
        }
    }
}

fn all_cells(plan: &Plan) -> Vec<Cell> {
    let sides = plan
        .sheets
        .iter()
        .flat_map(|sheet| [Some(&sheet.front), sheet.back.as_ref()]);
    sides
        .flatten()
        .flat_map(|side| side.cells.clone())
        .collect()
}

#[test]
fn every_page_stands_once() {
    for mode in MODES {
        for pages in COUNTS {
            for (rtl, back_cover) in [(false, false), (false, true), (true, false), (true, true)] {
                let plan = plan(pages, mode, rtl, back_cover);
                let cells = all_cells(&plan);
                assert!(cells.len().is_multiple_of(plan.columns * plan.rows));
                let mut by_number: Vec<Cell> =
                    cells.into_iter().filter(|c| c.number.is_some()).collect();
                by_number.sort_by_key(|cell| cell.number);
                let numbers: Vec<usize> = by_number.iter().filter_map(|cell| cell.number).collect();
                assert_eq!(
                    numbers,
                    (1..=plan.pages).collect::<Vec<_>>(),
                    "{mode} {pages}"
                );
                // In the order of their numbers, pages stand as in the source.
                let sources: Vec<usize> = by_number.iter().filter_map(|cell| cell.source).collect();
                assert_eq!(sources, (0..pages).collect::<Vec<_>>(), "{mode} {pages}");
                assert!(plan.pages - pages < 4);
                if back_cover && pages > 1 {
                    assert_eq!(by_number[plan.pages - 1].source, Some(pages - 1));
                }
            }
        }
    }
}

/// Front and back of a leaf are an odd page and the next: turned sideways, left is behind right.
#[test]
fn a_leaf_carries_consecutive_pages() {
    for mode in [
        Booklet,
        Signatures(4),
        Signatures(8),
        Signatures(16),
        Signatures(32),
    ] {
        for pages in COUNTS {
            for right_to_left in [false, true] {
                for sheet in plan(pages, mode, right_to_left, true).sheets {
                    let back = sheet.back.unwrap();
                    for half in 0..2 {
                        let ahead = sheet.front.cells[half].number.unwrap();
                        let behind = back.cells[1 - half].number.unwrap();
                        let recto = ahead.min(behind);
                        assert_eq!(
                            (recto % 2, ahead.abs_diff(behind)),
                            (1, 1),
                            "{mode} {pages}"
                        );
                    }
                    assert!(sheet.within < sheet.nested);
                }
            }
        }
    }
}
