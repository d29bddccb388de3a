//! Charts as drawings of their own, for formats that have no pages: drawn by the template that draws them on pages, each
//! as wide as the text and as high as it is.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use typst_svg::{SvgOptions, svg};

use super::glyphs::{draw, lacks};
use super::{compile, messages, project};
use crate::base::diagnostic::Diagnostics;
use crate::document::{Anchor, Block, Chart, Document, Image, ImageFormat, Node};
use crate::layout::Layout;

/// Template that sets each chart on a page of its own.
const TEMPLATE: &str = "charts.typ";
/// Where that template finds the charts.
const DATA: &str = "charts.json";

/// A chart as a drawing.
#[derive(Debug, Clone)]
pub(crate) struct ChartDrawing {
    /// Its place among the charts, from 0.
    pub(crate) number: usize,
    /// The drawing.
    pub(crate) image: Image,
    /// Width in points.
    pub(crate) width: f64,
    /// Height in points.
    pub(crate) height: f64,
}

/// The drawings of a document's charts by their anchors.
///
/// # Errors
/// A letter in a chart that no font of the layout has.
pub(crate) fn charts(
    document: &Document,
    layout: &Layout,
) -> Result<BTreeMap<Anchor, ChartDrawing>, Diagnostics> {
    if of(document).is_empty() {
        return Ok(BTreeMap::new());
    }
    let drawn = draw(document, layout)?;
    let words = of(document);
    let words = words.iter().flat_map(|chart| chart.plot.words());
    if lacks(layout, words.flat_map(|word| word.chars()))? {
        drawn.warnings()?;
    }
    let document = drawn.document.as_ref().unwrap_or(document);
    let charts = of(document);
    let mut files = project(document, layout)?;
    files.insert(DATA.into(), Cow::Owned(messages::json(&charts)?));
    if let Some(template) = files.remove(TEMPLATE) {
        files.insert(super::world::ENTRY.into(), template);
    }
    let (pages, _) = compile(files, layout)?;
    let options = SvgOptions::default();
    let drawings = charts.iter().zip(pages.pages()).enumerate();
    let drawing = |(number, (chart, page)): (usize, (&&Chart, &typst_layout::Page))| {
        let size = page.frame.size();
        let drawing = ChartDrawing {
            number,
            image: Image {
                path: format!("charts/{}.svg", number + 1),
                format: ImageFormat::Svg,
                width: size.x.to_pt().round() as u32,
                height: size.y.to_pt().round() as u32,
                file: chart.label.clone(),
                place: None,
                bytes: Arc::new(svg(page, &options).into_bytes()),
            },
            width: size.x.to_pt(),
            height: size.y.to_pt(),
        };
        (chart.anchor.clone(), drawing)
    };
    Ok(drawings.map(drawing).collect())
}

/// The charts of a document in their order.
fn of(document: &Document) -> Vec<&Chart> {
    let mut charts = Vec::new();
    document.visit(&mut |node| {
        if let Node::Block(Block::Chart(chart)) = node {
            charts.push(&**chart);
        }
    });
    charts
}
