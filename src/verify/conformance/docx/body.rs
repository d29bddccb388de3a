//! What the text of a Word file needs for those who hear it: headings, pictures, tables, language.

use super::package::Package;
use super::styles::Styles;
use super::{DECORATIVE, W, is_furniture, is_on, value};
use crate::verify::conformance::verdict::{BreachList, Spot};
use crate::verify::xml::{self, Element};

const WP: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";

/// Checks the text.
pub(super) fn check(package: &Package, styles: &Styles, found: &mut BreachList) {
    let what = "the styles do not say the language of the text, or say it in no language tag";
    found.unless(styles.language, "WCAG 3.1.1", what);
    if let Some(body) = package.body() {
        headings(body, styles, found);
    }
    for (name, story) in package.stories() {
        for element in story.descendants() {
            if element.has_tag_name((WP, "docPr")) {
                picture(name, element, found);
            } else if element.has_tag_name((W, "tbl")) {
                // What stands around the pages may be set by a table: nobody hears it as one.
                table(element, !is_furniture(story), found);
            }
        }
    }
}

fn headings(body: Element<'_>, styles: &Styles, found: &mut BreachList) {
    let mut last = 0;
    for element in body.descendants() {
        let style = xml::child(element, W, "pPr")
            .filter(|_| element.has_tag_name((W, "p")))
            .and_then(|properties| xml::child(properties, W, "pStyle"))
            .and_then(value);
        let Some(&level) = style.and_then(|style| styles.headings.get(style)) else {
            continue;
        };
        if level > last + 1 {
            let what = match last {
                0 => "the first heading is not one of the first level".to_string(),
                _ => format!("a heading of level {level} follows one of level {last}"),
            };
            found.at("WCAG 1.3.1", what, Spot::object(quote(element)));
        }
        last = level;
    }
    found.unless(last > 0, "WCAG 2.4.6", "the text has no headings");
}

/// The first words of an element.
fn quote(element: Element<'_>) -> String {
    let text: String = xml::whole_text(element).trim().chars().take(40).collect();
    format!("“{text}”")
}

fn picture(part: &str, element: Element<'_>, found: &mut BreachList) {
    let text = xml::attribute(element, "descr").unwrap_or_default();
    let mut marks = element
        .descendants()
        .filter(|inner| inner.has_tag_name((DECORATIVE, "decorative")));
    let decorative = marks.any(|mark| xml::attribute(mark, "val") == Some("1"));
    if text.trim().is_empty() && !decorative {
        let what = "a picture has no alternative text and is not marked as decoration";
        let name = xml::attribute(element, "name").unwrap_or_default();
        found.at("WCAG 1.1.1", what, Spot::object(format!("{part}: {name}")));
    }
}

/// A table has a header row at its top, or header cells at the start of its rows.
fn table(table: Element<'_>, heard: bool, found: &mut BreachList) {
    let rows = || table.children().filter(|one| one.has_tag_name((W, "tr")));
    let headed = |row: Element<'_>| {
        is_on(xml::child(row, W, "trPr").and_then(|own| xml::child(own, W, "tblHeader")))
    };
    let spot = || Spot::object(format!("table {}", quote(table)));
    match rows().position(headed) {
        _ if !heard => {}
        Some(0) => {}
        Some(_) => {
            let what = "a row within a table is marked as its header, but not the first";
            found.at("ECMA-376-1 17.4", what, spot());
        }
        None => found.at("WCAG 1.3.1", "a table has no header row", spot()),
    }
    let grid = xml::child(table, W, "tblGrid");
    let grid = grid.map_or(0, |grid| {
        grid.children().filter(Element::is_element).count()
    });
    for row in rows() {
        let cells = row.children().filter(|one| one.has_tag_name((W, "tc")));
        let columns: usize = cells.map(span).sum();
        if columns != grid {
            let what = "a row of a table has more or fewer columns than the table";
            found.at("ECMA-376-1 17.4", what, spot());
        }
    }
    for cell in rows().flat_map(|row| row.children().filter(|one| one.has_tag_name((W, "tc")))) {
        let ends = cell
            .last_element_child()
            .is_some_and(|last| last.has_tag_name((W, "p")));
        if !ends {
            let what =
                "a cell of a table does not end with a paragraph: Word calls the file damaged";
            found.at("ECMA-376-1 17.4", what, spot());
        }
    }
}

fn span(cell: Element<'_>) -> usize {
    let span =
        xml::child(cell, W, "tcPr").and_then(|properties| xml::child(properties, W, "gridSpan"));
    span.and_then(value)
        .and_then(|span| span.parse().ok())
        .unwrap_or(1)
}
