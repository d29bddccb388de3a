//! Table styles and the style of no list: docx-rs has no conditional formats, so these are written whole.

use super::super::package::Element;
use super::display::has;
use crate::document::{Block, Document, Tone};
use crate::layout::{Colour, Tokens};

/// All table styles; with that of wide tables where there are some, and those of the boxes that the document has.
pub(super) fn all(tokens: &Tokens, document: &Document, wide: bool) -> Vec<Element> {
    let mut styles = vec![
        table_normal(),
        no_list(),
        table_grid(tokens),
        report_table(tokens),
        fact_panel(tokens),
    ];
    styles.extend(wide.then(|| tight_table(tokens)));
    let tones = [Tone::Plain, Tone::Accent, Tone::Outline].into_iter();
    let used = tones.filter(|tone| {
        has(
            document,
            |block| matches!(block, Block::Box(one) if one.tone == *tone),
        )
    });
    styles.extend(used.map(|tone| text_box(tokens, tone)));
    styles
}

/// Id of the style of boxes of a tone.
pub(in crate::backend::docx) fn box_style(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "TextBox",
        Tone::Accent => "TextBoxAccent",
        Tone::Outline => "TextBoxOutline",
    }
}

/// Space at either side of what is in a box in points.
pub(in crate::backend::docx) fn box_padding(tokens: &Tokens) -> f64 {
    tokens.sizes.line.to_pt() * 0.75
}

/// A box: a tint under a strong rule, or a frame.
fn text_box(tokens: &Tokens, tone: Tone) -> Element {
    let colours = &tokens.colours;
    let (name, edges) = match tone {
        Tone::Plain => ("Text Box", vec![border("top", 2.25, colours.structure)]),
        Tone::Accent => ("Text Box Accent", vec![border("top", 2.25, colours.accent)]),
        Tone::Outline => {
            let edges = ["top", "left", "bottom", "right"];
            let frame = edges.map(|edge| border(edge, 0.75, colours.structure));
            ("Text Box Outline", frame.to_vec())
        }
    };
    let style = style("table", box_style(tone), name)
        .child(Element::val("w:basedOn", "TableNormal"))
        .child(Element::val("w:uiPriority", 40))
        .child(Element::new("w:qFormat"))
        .child(
            Element::new("w:tblPr")
                .child(Element::new("w:tblBorders").children(edges))
                .child(padding(quarter(tokens), quarter(tokens) * 3)),
        );
    if tone == Tone::Outline {
        return style;
    }
    style.child(Element::new("w:tcPr").child(shade(colours.tint)))
}

fn shade(colour: Colour) -> Element {
    Element::new("w:shd")
        .attr("w:val", "clear")
        .attr("w:color", "auto")
        .attr("w:fill", colour.hex())
}

/// Id of the style of tables that are too wide for the report's.
pub(in crate::backend::docx) const TIGHT_TABLE: &str = "ReportTableTight";

/// Tables of the report with less space at the sides of a cell.
fn tight_table(tokens: &Tokens) -> Element {
    style("table", TIGHT_TABLE, "Report Table Tight")
        .child(Element::val("w:basedOn", "ReportTable"))
        .child(Element::val("w:uiPriority", 40))
        .child(Element::new("w:tblPr").child(padding(quarter(tokens), tight(tokens))))
}

/// Space at either side of a cell of a wide table in twips.
pub(super) fn tight(tokens: &Tokens) -> i32 {
    beside(tokens) * 2 / 5
}

fn style(kind: &str, id: &str, name: &str) -> Element {
    Element::new("w:style")
        .attr("w:type", kind)
        .attr("w:styleId", id)
        .child(Element::val("w:name", name))
}

/// The style of tables without a style. Word writes it in every document.
fn table_normal() -> Element {
    style("table", "TableNormal", "Normal Table")
        .attr("w:default", "1")
        .child(Element::val("w:uiPriority", 99))
        .child(Element::new("w:semiHidden"))
        .child(Element::new("w:unhideWhenUsed"))
        .child(
            Element::new("w:tblPr")
                .child(width("w:tblInd", 0))
                .child(padding(0, 108)),
        )
}

/// The style of paragraphs in no list.
fn no_list() -> Element {
    style("numbering", "NoList", "No List")
        .attr("w:default", "1")
        .child(Element::val("w:uiPriority", 99))
        .child(Element::new("w:semiHidden"))
        .child(Element::new("w:unhideWhenUsed"))
}

/// Word's plain grid, for tables that editors add.
fn table_grid(tokens: &Tokens) -> Element {
    let edges = ["top", "left", "bottom", "right", "insideH", "insideV"];
    let borders = edges
        .iter()
        .map(|edge| border(edge, 0.5, tokens.colours.rule));
    style("table", "TableGrid", "Table Grid")
        .child(Element::val("w:basedOn", "TableNormal"))
        .child(Element::val("w:uiPriority", 39))
        .child(Element::new("w:tblPr").child(Element::new("w:tblBorders").children(borders)))
}

/// Tables of the report: rules above, under the head and below, hairlines between rows.
fn report_table(tokens: &Tokens) -> Element {
    let colours = &tokens.colours;
    let borders = Element::new("w:tblBorders").children([
        border("top", 1.0, colours.structure),
        border("bottom", 1.0, colours.structure),
        border("insideH", 0.25, colours.rule),
    ]);
    let head = Element::new("w:tcBorders").child(border("bottom", 0.75, colours.structure));
    style("table", "ReportTable", "Report Table")
        .child(Element::val("w:basedOn", "TableNormal"))
        .child(Element::val("w:uiPriority", 40))
        .child(Element::new("w:qFormat"))
        .child(
            Element::new("w:tblPr")
                .child(borders)
                .child(padding(quarter(tokens), beside(tokens))),
        )
        .child(condition("firstRow", Element::new("w:tcPr").child(head)))
        .child(condition("firstCol", Element::new("w:tcPr")))
}

/// The facts of a meeting: a tint under a strong rule.
fn fact_panel(tokens: &Tokens) -> Element {
    let colours = &tokens.colours;
    let borders = Element::new("w:tblBorders").child(border("top", 2.25, colours.structure));
    style("table", "FactPanel", "Fact Panel")
        .child(Element::val("w:basedOn", "TableNormal"))
        .child(Element::val("w:uiPriority", 40))
        .child(Element::new("w:qFormat"))
        .child(
            Element::new("w:tblPr")
                .child(borders)
                .child(padding(quarter(tokens), quarter(tokens) * 3)),
        )
        .child(Element::new("w:tcPr").child(shade(colours.tint)))
}

/// Space at either side of a cell of the report's tables in twips. Large type leaves less of it to its columns.
pub(super) fn beside(tokens: &Tokens) -> i32 {
    match tokens.structure.columns {
        1 => quarter(tokens) * 3 / 4,
        _ => quarter(tokens) * 3 / 2,
    }
}

/// A quarter of the line in twips.
fn quarter(tokens: &Tokens) -> i32 {
    tokens.sizes.line.to_twips() / 4
}

fn condition(kind: &str, properties: Element) -> Element {
    Element::new("w:tblStylePr")
        .attr("w:type", kind)
        .child(properties)
}

fn border(edge: &str, points: f64, colour: Colour) -> Element {
    Element::val(&format!("w:{edge}"), "single")
        .attr("w:sz", (points * 8.0).round())
        .attr("w:space", 0)
        .attr("w:color", colour.hex())
}

fn width(name: &str, twips: i32) -> Element {
    Element::new(name).attr("w:w", twips).attr("w:type", "dxa")
}

fn padding(vertical: i32, horizontal: i32) -> Element {
    Element::new("w:tblCellMar")
        .child(width("w:top", vertical))
        .child(width("w:left", horizontal))
        .child(width("w:bottom", vertical))
        .child(width("w:right", horizontal))
}
