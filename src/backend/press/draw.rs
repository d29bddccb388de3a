//! The sheets as printpdf draws them: a placeholder for each page, in its place, and the marks around.

use std::collections::BTreeSet;

use printpdf::{
    CurTransMat, ExternalStream, ExternalXObject, Mm, Op, PaintMode, PdfDocument, PdfPage,
    PdfSaveOptions, Pt, XObject, XObjectId, XObjectTransform,
};

use super::Job;
use super::assemble::placeholder;
use super::creep::{offset, shift};
use super::imposition::{SideOf, Work};
use super::marks::{marks, rectangle};
use super::sheet::{Geometry, Rect};
use super::slug::Slug;
use crate::backend::edition::Edition;
use crate::base::diagnostic::Diagnostics;
use crate::layout::millimetres;

/// One side of a sheet, ready to be drawn.
pub(super) struct DrawnSide<'a> {
    /// What is where on it.
    pub(super) geometry: &'a Geometry,
    /// The pages on it.
    pub(super) placed: Vec<Placed>,
    /// What the slug line says, as a whole and shortened.
    pub(super) line: [String; 2],
}

/// A page in its place.
pub(super) struct Placed {
    /// Name of its placeholder.
    pub(super) name: String,
    /// What of it may be seen.
    pub(super) clip: Rect,
    /// From its coordinates to those of the sheet.
    pub(super) matrix: [f64; 6],
}

/// All sides, one after the other.
pub(super) fn sheets(
    sides: &[DrawnSide<'_>],
    edition: &Edition,
) -> Result<lopdf::Document, Diagnostics> {
    let mut document = PdfDocument::new("");
    let names: BTreeSet<&String> = sides
        .iter()
        .flat_map(|side| &side.placed)
        .map(|placed| &placed.name)
        .collect();
    for name in names {
        let object = XObject::External(ExternalXObject {
            stream: ExternalStream::default(),
            width: None,
            height: None,
            dpi: None,
        });
        let id = XObjectId(name.clone());
        document.resources.xobjects.map.insert(id, object);
    }
    let slug = match edition.layout.tokens.press.marks {
        true => {
            let lines = sides.iter().flat_map(|side| side.line.iter().cloned());
            Some(Slug::new(edition.layout, &lines.collect())?)
        }
        false => None,
    };
    if let Some(slug) = &slug {
        let (id, font) = slug.resource();
        document.resources.fonts.map.insert(id, font);
    }
    let mm = |points: f64| Mm::from(Pt(points as f32));
    for side in sides {
        let (width, height) = side.geometry.sheet;
        let mut ops = side.placed.iter().flat_map(draw).collect::<Vec<_>>();
        if let Some(slug) = &slug {
            ops.extend(marks(side.geometry, slug, &side.line));
        }
        document
            .pages
            .push(PdfPage::new(mm(width), mm(height), ops));
    }
    let options = PdfSaveOptions {
        // Colour spaces by name are unknown to printpdf.
        secure: false,
        optimize: false,
        ..PdfSaveOptions::default()
    };
    Ok(document.to_lopdf_document(&options, &mut Vec::new()))
}

/// The sides of the sheets of a job.
pub(super) fn sides<'a>(job: &'a Job, edition: &Edition) -> Vec<DrawnSide<'a>> {
    let each = job.plan.sides().map(|side| DrawnSide {
        geometry: job.geometry(side.sheet),
        placed: pages(job, &side),
        line: slug(job, edition, &side),
    });
    each.collect()
}

/// The pages of one side, each in its cell.
fn pages(job: &Job, side: &SideOf) -> Vec<Placed> {
    let slots = &job.geometry(side.sheet).cells;
    let each = side.side.cells.iter().zip(slots);
    each.filter_map(|(cell, slot)| {
        let source = cell.source?;
        let page = job.sizes.get(source)?;
        let by = shift(cell.within, side.sheet.nested, job.creep);
        Some(Placed {
            name: placeholder(source),
            clip: page.clip(slot, job.bleed),
            matrix: page.matrix(slot, offset(cell.spine, by), cell.turned),
        })
    })
    .collect()
}

fn draw(placed: &Placed) -> [Op; 5] {
    [
        Op::SaveGraphicsState,
        rectangle(&placed.clip, PaintMode::Clip),
        Op::SetTransformationMatrix {
            matrix: CurTransMat::Raw(placed.matrix.map(|part| part as f32)),
        },
        Op::UseXobject {
            id: XObjectId(placed.name.clone()),
            transform: XObjectTransform {
                no_auto_scale: true,
                ..XObjectTransform::default()
            },
        },
        Op::RestoreGraphicsState,
    ]
}

/// What the slug line says: enough for a printer who finds the sheet on the floor. Where there is no room for all of it,
/// the title is left out.
fn slug(job: &Job, edition: &Edition, side: &SideOf) -> [String; 2] {
    let settings = &edition.layout.tokens.press;
    let face = match (side.back, side.sheet.back.is_some(), side.sheet.grid.work) {
        (true, ..) => ", back",
        (false, true, _) => ", front",
        (_, _, Work::Turn) => ", work and turn",
        (_, _, Work::Tumble) => ", work and tumble",
        (false, false, _) => "",
    };
    let mut parts = vec![format!(
        "sheet {} of {}{face}",
        side.number,
        job.plan.sheets.len()
    )];
    if let (Some(signature), true) = (side.sheet.signature, side.signatures > 1) {
        parts.push(format!(
            "signature {} of {}",
            signature + 1,
            side.signatures
        ));
    }
    let creep = settings.creep.to_pt();
    let creep = (creep > 0.0).then(|| format!("creep {} mm a sheet", millimetres(creep, 2)));
    slug_of(edition, parts, creep)
}

/// A slug line that says this of its sheet.
pub(super) fn slug_of(edition: &Edition, sheet: Vec<String>, more: Option<String>) -> [String; 2] {
    let document = edition.document;
    let mut parts = vec![document.id.clone(), document.title.clone()];
    parts.extend(sheet);
    parts.push("Cyan Magenta Yellow Black".into());
    parts.push(document.date.iso());
    parts.extend(document.job_number.clone().map(|job| format!("job {job}")));
    parts.extend(more);
    let whole = parts.join("  ·  ");
    parts.remove(1);
    [whole, parts.join("  ·  ")]
}
