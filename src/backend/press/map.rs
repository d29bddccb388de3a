//! The sheet map: which page is where, and how to fold and bind, in plain English for the people who do it.

use crate::base::diagnostic::many;
use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::binding::Book;
use super::formes;
use super::imposition::{Cell, Grid, Plan, Sheet, Side, Work};
use crate::layout::{Impose, millimetres};

/// Widest line.
const WIDTH: usize = 72;
/// Widest label of a page that a box has room for.
const LABEL: usize = 8;
/// Before the boxes.
const INDENT: &str = "  ";
/// Between the boxes of front and back.
const BETWEEN: &str = "    ";

/// What the map says in addition to the plan.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About<'a> {
    /// Title of the publication.
    pub(crate) title: &'a str,
    /// Name of the file with the sheets.
    pub(crate) file: &'a str,
    /// Labels of the pages of the source, such as `iv`, in order. May be empty.
    pub(crate) labels: &'a [String],
    /// Width and height of the sheets in points, those of the largest.
    pub(crate) sheet: (f64, f64),
    /// Whether there are smaller sheets, too.
    pub(crate) smaller: bool,
    /// The perfect-bound book, where it is one, and the name of the file with its cover.
    pub(crate) book: Option<(&'a Book, &'a str)>,
}

/// The sheet map of a plan.
pub(crate) fn text(plan: &Plan, about: &About) -> String {
    let mut out = String::new();
    paragraph(&mut out, &format!("Sheet map of {}", about.title));
    paragraph(&mut out, &format!("File: {}", about.file));
    out.push('\n');
    paragraph(&mut out, &summary(plan, about));
    let blank = blanks(plan);
    if !blank.is_empty() {
        paragraph(&mut out, &format!("Blank: {}.", list(&blank)));
    }
    if let Some((book, file)) = about.book {
        out.push('\n');
        paragraph(&mut out, &format!("Cover: {file}"));
        for line in book.said() {
            paragraph(&mut out, &line);
        }
    }
    out.push('\n');
    for step in steps(plan, about.book.is_some()) {
        paragraph(&mut out, &step);
    }
    if about
        .labels
        .iter()
        .enumerate()
        .any(|(index, label)| *label != (index + 1).to_string())
    {
        paragraph(
            &mut out,
            "Boxes give the number of the page, counted from the first, and in brackets what is printed on it \
             where that differs.",
        );
    }
    if is_formes(plan) {
        paragraph(
            &mut out,
            "The pages of a row that ends in v stand on their heads.",
        );
    }
    sheets(&mut out, plan, about.labels);
    out
}

fn is_formes(plan: &Plan) -> bool {
    matches!(plan.impose, Impose::Formes(_))
}

/// How many sheets of what size, and how many pages.
fn summary(plan: &Plan, about: &About) -> String {
    let mm = |points: f64| millimetres(points, 1);
    let (width, height) = about.sheet;
    let printed = if is_formes(plan) || plan.sheets.iter().any(|sheet| sheet.back.is_some()) {
        "printed on both sides"
    } else {
        "printed on one side"
    };
    format!(
        "{}{} {} x {} mm, {printed}, with {} ({}).",
        many(plan.sheets.len(), "sheet"),
        if about.smaller {
            ", the largest of"
        } else {
            " of"
        },
        mm(width),
        mm(height),
        many(plan.pages, "page"),
        plan.impose,
    )
}

fn all_cells(plan: &Plan) -> impl Iterator<Item = &Cell> {
    plan.sheets
        .iter()
        .flat_map(|sheet| [Some(&sheet.front), sheet.back.as_ref()])
        .flatten()
        .flat_map(|side| &side.cells)
}

/// Numbers of the blank pages, in order.
fn blanks(plan: &Plan) -> Vec<usize> {
    let blank = all_cells(plan).filter(|cell| cell.source.is_none());
    let mut numbers: Vec<usize> = blank.filter_map(|cell| cell.number).collect();
    numbers.sort_unstable();
    numbers
}

/// `page 7`, `pages 6 and 7`, `pages 5, 6 and 7`.
fn list(numbers: &[usize]) -> String {
    let words: Vec<String> = numbers.iter().map(usize::to_string).collect();
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => format!("page {only}"),
        Some((last, before)) => format!("pages {} and {last}", before.join(", ")),
    }
}

/// What to do with the sheets.
fn steps(plan: &Plan, perfect: bool) -> Vec<String> {
    let mut steps: Vec<&str> = match plan.impose {
        Impose::Single if perfect => {
            vec!["One page a sheet, in reading order: to be imposed by the printer."]
        }
        Impose::Single => vec!["One page a sheet, in reading order."],
        Impose::Spreads => {
            vec!["Facing pages side by side, as a reader sees them: for proofs, not for binding."]
        }
        Impose::Nup(_) if plan.right_to_left => {
            vec!["Several pages a sheet, in rows from right to left: for proofs, not for binding."]
        }
        Impose::Nup(_) => {
            vec!["Several pages a sheet, in rows from left to right: for proofs, not for binding."]
        }
        Impose::Booklet => BOOKLET.to_vec(),
        Impose::Signatures(_) => SIGNATURES.to_vec(),
        Impose::Formes(_) if plan.right_to_left => FORMES
            .iter()
            .map(|step| if *step == LIES { LIES_LEFTWARDS } else { step })
            .collect(),
        Impose::Formes(_) => FORMES.to_vec(),
    };
    if perfect && matches!(plan.impose, Impose::Signatures(_) | Impose::Formes(_)) {
        steps.pop();
        steps.push(COVER);
    }
    if matches!(
        plan.impose,
        Impose::Booklet | Impose::Signatures(_) | Impose::Formes(_)
    ) {
        steps.push(if plan.right_to_left {
            "The publication reads from right to left: with page 1 on top, the spine is at the right."
        } else {
            "With page 1 on top, the spine is at the left."
        });
    }
    let number = |(index, step): (usize, &str)| format!("{}. {step}", index + 1);
    if steps.len() > 1 {
        steps.into_iter().enumerate().map(number).collect()
    } else {
        steps.into_iter().map(str::to_owned).collect()
    }
}

const TURN: &str = "Print front and back of each sheet, turned over sideways, as one turns a leaf of a book. Left and \
                    right below are as one sees the side.";
const FOLD: &str = "Fold each sheet once, down the middle, with the front outside.";
const BOOKLET: &[&str] = &[
    TURN,
    FOLD,
    "Nest the sheets: sheet 1 is outermost, each next one goes inside the one before it.",
    "Stitch all of them together through the fold, then cut the other three edges along the crop marks.",
];
const SIGNATURES: &[&str] = &[
    TURN,
    FOLD,
    "Nest the sheets of each signature: its first sheet is outermost, each next one goes inside the one before it.",
    "Gather the signatures one after the other, signature 1 in front; do not nest them.",
    "Glue or sew them at the spine, then cut the other three edges along the crop marks.",
];

const FORMES: &[&str] = &[
    "Sheetwise sheets are printed with two formes, turned over sideways in between, as one turns a leaf of a book. \
     Left and right below are as one sees the side.",
    "Work-and-turn sheets are printed on both sides with one forme: turn the sheet over sideways in between, then cut \
     it down the middle. Work-and-tumble sheets: turn it over head to foot, then cut it across the middle. Either \
     makes two copies, so that half as many sheets are needed.",
    LIES,
    "Gather the signatures one after the other, signature 1 in front; do not nest them.",
    "Glue or sew them at the spine, then cut the other three edges along the crop marks.",
];
const LIES: &str = "Fold each sheet as its scheme says: it lies with its front down, the second of its pages at the lower \
                    left.";
const LIES_LEFTWARDS: &str = "Fold each sheet as its scheme says: it lies with its front down, the second of its pages \
                              at the lower right.";
const COVER: &str = "Mill and glue them at the spine into the cover, then cut the other three edges along the crop \
                     marks.";

/// How a sheet is printed and folded, in a line.
fn scheme(sheet: &Sheet, right_to_left: bool) -> String {
    let Grid {
        columns,
        rows,
        work,
        ..
    } = sheet.grid;
    let (how, grid) = match work {
        Work::OneSide => ("printed on one side", (columns, rows)),
        Work::Sheetwise => ("sheetwise", (columns, rows)),
        Work::Turn => ("work and turn, cut down the middle", (columns / 2, rows)),
        Work::Tumble => (
            "work and tumble, cut across the middle",
            (columns, rows / 2),
        ),
    };
    let folds = formes::folds(grid);
    let last = folds.len().saturating_sub(1);
    let half = match right_to_left {
        false => "right half over left",
        true => "left half over right",
    };
    let folds = folds.iter().enumerate().map(|(index, fold)| match fold {
        formes::Fold::Down => "upper half over lower".to_owned(),
        formes::Fold::Left if index == last => format!("{half}, the spine"),
        formes::Fold::Left => half.to_owned(),
    });
    format!("{how}; fold {}", folds.collect::<Vec<_>>().join(", "))
}

/// All sheets, each signature under its heading.
fn sheets(out: &mut String, plan: &Plan, labels: &[String]) {
    let signatures = matches!(plan.impose, Impose::Signatures(_));
    let inner = all_cells(plan)
        .map(|cell| words(cell, labels).width())
        .max();
    // Four columns of long labels are wider than a line.
    let wide =
        inner > Some(WIDTH / 4 - 5) && plan.sheets.iter().any(|sheet| sheet.grid.columns > 2);
    let (labels, inner) = match wide {
        true => {
            let bare = all_cells(plan).map(|cell| words(cell, &[]).width());
            (&[][..], bare.max())
        }
        false => (labels, inner),
    };
    for (index, sheet) in plan.sheets.iter().enumerate() {
        // One line a sheet is enough where a sheet has one page.
        if plan.columns * plan.rows == 1 {
            let cell = sheet.front.cells.iter().map(|cell| words(cell, labels));
            let page = cell.collect::<Vec<_>>().concat();
            let before = if index == 0 { "\n" } else { "" };
            let _ = writeln!(out, "{before}Sheet {}: page {page}", index + 1);
            continue;
        }
        if signatures && sheet.within == 0 {
            heading(out, plan, sheet);
        }
        if is_formes(plan) {
            let pages = sheet.nested * 4;
            let first = sheet
                .front
                .cells
                .iter()
                .filter_map(|cell| cell.number)
                .min();
            let first = first.unwrap_or(1);
            let _ = writeln!(
                out,
                "\nSheet {} of {}, signature {}: pages {first} to {}",
                index + 1,
                plan.sheets.len(),
                sheet.signature.unwrap_or(0) + 1,
                first + pages - 1,
            );
            paragraph(out, &format!("  {}", scheme(sheet, plan.right_to_left)));
            boxes(out, sheet, labels, inner.unwrap_or(1));
            continue;
        }
        let place = match (sheet.nested, sheet.within) {
            (1, _) => "",
            (_, 0) => ", outermost",
            (nested, within) if within + 1 == nested => ", innermost",
            _ => "",
        };
        let _ = writeln!(out, "\nSheet {} of {}{place}", index + 1, plan.sheets.len());
        boxes(out, sheet, labels, inner.unwrap_or(1));
    }
}

/// Heading of the signature that this sheet, its outermost, begins.
fn heading(out: &mut String, plan: &Plan, sheet: &Sheet) {
    let numbers = |sheet: &Sheet| -> Vec<usize> {
        let cells = sheet.front.cells.iter();
        cells.filter_map(|cell| cell.number).collect()
    };
    let of = plan.sheets.iter().filter(|sheet| sheet.within == 0).count();
    let (first, last) = (
        numbers(sheet).into_iter().min(),
        numbers(sheet).into_iter().max(),
    );
    let _ = writeln!(
        out,
        "\nSignature {} of {of}: {}, pages {} to {}",
        sheet.signature.unwrap_or(0) + 1,
        many(sheet.nested, "sheet"),
        first.unwrap_or(0),
        last.unwrap_or(0),
    );
}

/// Front and back of a sheet as boxes: next to each other where there is room.
fn boxes(out: &mut String, sheet: &Sheet, labels: &[String], inner: usize) {
    let columns = sheet.grid.columns;
    let name = match sheet.grid.work {
        Work::Turn | Work::Tumble => "front and back",
        Work::OneSide | Work::Sheetwise => "front",
    };
    let front = side(name, columns, &sheet.front, labels, inner);
    let back = sheet
        .back
        .as_ref()
        .map(|back| side("back", columns, back, labels, inner));
    let width = front.iter().map(|line| line.width()).max().unwrap_or(0);
    let beside = INDENT.len() + 2 * width + BETWEEN.len() <= WIDTH;
    match back {
        Some(back) if beside => {
            for (left, right) in front.iter().zip(&back) {
                let space = " ".repeat(width.saturating_sub(left.width()));
                let _ = writeln!(out, "{INDENT}{left}{space}{BETWEEN}{right}");
            }
        }
        back => {
            for line in front.iter().chain(back.iter().flatten()) {
                let _ = writeln!(out, "{INDENT}{line}");
            }
        }
    }
}

/// The lines of a side: its name, and its cells in boxes.
fn side(name: &str, columns: usize, side: &Side, labels: &[String], inner: usize) -> Vec<String> {
    let rule = format!("+{}", "-".repeat(inner + 2)).repeat(columns) + "+";
    let mut lines = vec![name.to_owned(), rule.clone()];
    for row in side.cells.chunks(columns.max(1)) {
        let mut line = String::new();
        for cell in row {
            let words = words(cell, labels);
            let room = inner.saturating_sub(words.width());
            let (before, after) = (" ".repeat(room.div_ceil(2)), " ".repeat(room / 2));
            let _ = write!(line, "| {before}{words}{after} ");
        }
        let on_heads = row.iter().any(|cell| cell.turned);
        lines.push(line + if on_heads { "| v" } else { "|" });
        lines.push(rule.clone());
    }
    lines
}

/// What a cell's box says: `8`, `8 (iv)`, `7 blank`, or nothing.
fn words(cell: &Cell, labels: &[String]) -> String {
    let Some(number) = cell.number else {
        return String::new();
    };
    let Some(source) = cell.source else {
        return format!("{number} blank");
    };
    match labels.get(source) {
        Some(label) if *label != number.to_string() && !label.is_empty() => {
            format!("{number} ({})", short(label))
        }
        _ => number.to_string(),
    }
}

/// A label that a box has room for.
fn short(label: &str) -> String {
    let mut short = String::new();
    for character in label.chars().filter(|character| !character.is_control()) {
        short.push(character);
        if short.width() > LABEL {
            short.pop();
            break;
        }
    }
    short
}

/// Writes words in lines of at most `WIDTH` columns; the lines after the first of a numbered step are indented.
fn paragraph(out: &mut String, words: &str) {
    let numbered = words.starts_with(|c: char| c.is_ascii_digit()) && words.find(". ") == Some(1);
    let indent = if numbered { "   " } else { "" };
    let mut line = String::new();
    for word in words.split_whitespace() {
        if !line.trim().is_empty() && line.width() + 1 + word.width() > WIDTH {
            let _ = writeln!(out, "{line}");
            line = indent.to_owned();
        } else if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    let _ = writeln!(out, "{line}");
}

#[cfg(test)]
mod tests {
    use super::super::imposition::plan;
    use super::*;

    fn map(plan: &Plan, labels: &[&str]) -> String {
        let labels: Vec<String> = labels.iter().map(|&label| label.to_owned()).collect();
        let about = About {
            title: "Meetings of the year",
            file: "r.press.pdf",
            labels: &labels,
            sheet: (1275.590551, 907.086614),
            smaller: false,
            book: None,
        };
        text(plan, &about)
    }

    #[test]
    fn a_booklet() {
        let said = map(&plan(6, Impose::Booklet, false, true), &[]);
        let is = "\
Sheet map of Meetings of the year
File: r.press.pdf

2 sheets of 450 x 320 mm, printed on both sides, with 8 pages (booklet).
Blank: pages 6 and 7.

1. Print front and back of each sheet, turned over sideways, as one
   turns a leaf of a book. Left and right below are as one sees the
   side.
2. Fold each sheet once, down the middle, with the front outside.
3. Nest the sheets: sheet 1 is outermost, each next one goes inside the
   one before it.
4. Stitch all of them together through the fold, then cut the other
   three edges along the crop marks.
5. With page 1 on top, the spine is at the left.

Sheet 1 of 2, outermost
  front                    back
  +---------+---------+    +---------+---------+
  |    8    |    1    |    |    2    | 7 blank |
  +---------+---------+    +---------+---------+

Sheet 2 of 2, innermost
  front                    back
  +---------+---------+    +---------+---------+
  | 6 blank |    3    |    |    4    |    5    |
  +---------+---------+    +---------+---------+
";
        assert_eq!(said, is);
    }

    #[test]
    fn signatures_and_labels() {
        let of = plan(9, Impose::Signatures(8), true, false);
        let said = map(&of, &["i", "ii", "1", "2", "3", "4", "5", "6", "7"]);
        for line in [
            "Signature 1 of 2: 2 sheets, pages 1 to 8",
            "Signature 2 of 2: 1 sheet, pages 9 to 12",
            "Blank: pages 10, 11 and 12.",
            "  |   1 (i)  |   8 (6)  |    |   7 (5)  |  2 (ii)  |",
            "  |   9 (7)  | 12 blank |    | 11 blank | 10 blank |",
        ] {
            assert!(said.lines().any(|is| is == line), "{line}\n{said}");
        }
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            said.contains("the spine is at the right") && said.contains("Boxes give the number")
        );
    }

    #[test]
    fn a_line_for_a_page_alone_and_boxes_in_rows() {
        let said = map(&plan(2, Impose::Single, false, false), &["1", "2"]);
        assert!(
            said.ends_with("\n\nSheet 1: page 1\nSheet 2: page 2\n"),
            "{said}"
        );
        assert!(!said.contains("Boxes give") && said.contains("printed on one side"));
        let said = map(&plan(3, Impose::Nup(4), false, false), &[]);
        let boxes = "  front\n  +---+---+\n  | 1 | 2 |\n  +---+---+\n  | 3 |   |\n  +---+---+\n";
        assert!(said.ends_with(boxes), "{said}");
        assert!(map(&plan(0, Impose::Booklet, false, false), &[]).contains("0 sheets"));
    }

    #[test]
    fn formes_with_their_schemes() {
        let said = map(&plan(22, Impose::Formes(16), false, false), &[]);
        for line in [
            "2 sheets of 450 x 320 mm, printed on both sides, with 24 pages",
            "Blank: pages 23 and 24.",
            "Sheet 1 of 2, signature 1: pages 1 to 16",
            "Sheet 2 of 2, signature 2: pages 17 to 24",
            "  front and back",
        ] {
            assert!(
                said.lines().any(|is| is.starts_with(line)),
                "{line}\n{said}"
            );
        }
        let boxes = "\
  front
  +----------+----------+----------+----------+
  |     5    |    12    |     9    |     8    | v
  +----------+----------+----------+----------+
  |     4    |    13    |    16    |     1    |
  +----------+----------+----------+----------+
";
        assert!(said.contains(boxes), "{said}");
        let words = said.split_whitespace().collect::<Vec<_>>().join(" ");
        for scheme in [
            "sheetwise; fold right half over left, upper half over lower, right half over left, the spine",
            "work and turn, cut down the middle; fold upper half over lower, right half over left, the spine",
            "the second of its pages at the lower left.",
        ] {
            assert!(words.contains(scheme), "{scheme} in {words}");
        }
        let leftwards = map(&plan(16, Impose::Formes(16), true, false), &[]);
        let words = leftwards.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in [
            "left half over right, the spine",
            "at the lower right.",
            "| 8 | 9 | 12 | 5 | v",
        ] {
            assert!(words.contains(part), "{part} in {words}");
        }
    }

    #[test]
    fn no_line_is_wider_than_seventy_two_columns() {
        let long = vec!["a very long label"; 64];
        for mode in [
            Impose::Booklet,
            Impose::Signatures(16),
            Impose::Spreads,
            Impose::Nup(4),
            Impose::Formes(8),
            Impose::Formes(16),
            Impose::Formes(32),
        ] {
            let said = map(&plan(60, mode, true, true), &long);
            let widest = said.lines().map(|line| line.width()).max();
            assert!(widest <= Some(WIDTH), "{said}");
        }
    }
}
