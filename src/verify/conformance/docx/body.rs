//! What the text of a Word file needs for those who hear it: headings, pictures, tables, language.

use super::package::Package;
use super::styles::Styles;
use super::{W, is_on, value};
use crate::verify::conformance::verdict::{BreachList, Spot};
use crate::verify::conformance::xml::Element;

const WP: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
const DECORATIVE: &str = "http://schemas.microsoft.com/office/drawing/2017/decorative";

/// Checks the text.
pub(super) fn check(package: &Package, styles: &Styles, found: &mut BreachList) {
    let what = "the styles do not say the language of the text, or say it in no language tag";
    found.unless(styles.language, "WCAG 3.1.1", what);
    if let Some(body) = package.body() {
        headings(body, styles, found);
    }
    for (name, story) in package.stories() {
        story.walk(&mut |element| {
            if element.name.is(WP, "docPr") {
                picture(name, element, found);
            } else if element.name.is(W, "tbl") {
                table(element, found);
            }
        });
    }
}

fn headings(body: &Element, styles: &Styles, found: &mut BreachList) {
    let mut last = 0;
    body.walk(&mut |element| {
        let style = element
            .child(W, "pPr")
            .filter(|_| element.name.is(W, "p"))
            .and_then(|properties| properties.child(W, "pStyle"))
            .and_then(value);
        let Some(&level) = style.and_then(|style| styles.headings.get(style)) else {
            return;
        };
        if level > last + 1 {
            let what = match last {
                0 => "the first heading is not one of the first level".to_string(),
                _ => format!("a heading of level {level} follows one of level {last}"),
            };
            found.at("WCAG 1.3.1", what, Spot::object(quote(element)));
        }
        last = level;
    });
    found.unless(last > 0, "WCAG 2.4.6", "the text has no headings");
}

/// The first words of an element.
fn quote(element: &Element) -> String {
    let text: String = element.whole_text().trim().chars().take(40).collect();
    format!("“{text}”")
}

fn picture(part: &str, element: &Element, found: &mut BreachList) {
    let text = element.get("", "descr").unwrap_or_default();
    let mut decorative = false;
    element.walk(&mut |inner| {
        let marked = inner.name.is(DECORATIVE, "decorative");
        decorative |= marked && inner.get("", "val") == Some("1");
    });
    if text.trim().is_empty() && !decorative {
        let what = "a picture has no alternative text and is not marked as decoration";
        let name = element.get("", "name").unwrap_or_default();
        found.at("WCAG 1.1.1", what, Spot::object(format!("{part}: {name}")));
    }
}

/// A table has a header row at its top, or header cells at the start of its rows.
fn table(table: &Element, found: &mut BreachList) {
    let rows = || table.children.iter().filter(|one| one.name.is(W, "tr"));
    let headed = |row: &Element| {
        is_on(
            row.child(W, "trPr")
                .and_then(|properties| properties.child(W, "tblHeader")),
        )
    };
    let spot = || Spot::object(format!("table {}", quote(table)));
    match rows().position(headed) {
        Some(0) => {}
        Some(_) => {
            let what = "a row within a table is marked as its header, but not the first";
            found.at("ECMA-376-1 17.4", what, spot());
        }
        None => found.at("WCAG 1.3.1", "a table has no header row", spot()),
    }
    let grid = table
        .child(W, "tblGrid")
        .map_or(0, |grid| grid.children.len());
    for row in rows() {
        let cells = row.children.iter().filter(|one| one.name.is(W, "tc"));
        let columns: usize = cells.map(span).sum();
        if columns > grid {
            let what = "a row of a table has more columns than the table";
            found.at("ECMA-376-1 17.4", what, spot());
        }
    }
    for cell in rows().flat_map(|row| row.children.iter().filter(|one| one.name.is(W, "tc"))) {
        let ends = cell
            .children
            .last()
            .is_some_and(|last| last.name.is(W, "p"));
        if !ends {
            let what =
                "a cell of a table does not end with a paragraph: Word calls the file damaged";
            found.at("ECMA-376-1 17.4", what, spot());
        }
    }
}

fn span(cell: &Element) -> usize {
    let span = cell
        .child(W, "tcPr")
        .and_then(|properties| properties.child(W, "gridSpan"));
    span.and_then(value)
        .and_then(|span| span.parse().ok())
        .unwrap_or(1)
}
