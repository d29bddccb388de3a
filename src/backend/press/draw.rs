//! The sheets as printpdf draws them: a placeholder for each page, in its place, and the marks around.

use std::collections::BTreeSet;

use printpdf::{
    CurTransMat, ExternalStream, ExternalXObject, Mm, Op, PaintMode, PdfDocument, PdfPage,
    PdfSaveOptions, Pt, XObject, XObjectId, XObjectTransform,
};

use super::Job;
use super::assemble::placeholder;
use super::creep::{offset, shift};
use super::imposition::SideOf;
use super::marks::{marks, rectangle};
use super::slug::Slug;
use crate::backend::edition::Edition;
use crate::base::diagnostic::Diagnostics;
use crate::layout::millimetres;

/// All sheets, side after side.
pub(super) fn sheets(job: &Job, edition: &Edition) -> Result<lopdf::Document, Diagnostics> {
    let mut document = PdfDocument::new("");
    for page in 0..job.sizes.len() {
        let object = XObject::External(ExternalXObject {
            stream: ExternalStream::default(),
            width: None,
            height: None,
            dpi: None,
        });
        let id = XObjectId(placeholder(page));
        document.resources.xobjects.map.insert(id, object);
    }
    let lines: Vec<[String; 2]> = job
        .plan
        .sides()
        .map(|side| slug(job, edition, &side))
        .collect();
    let slug = match edition.layout.tokens.press.marks {
        true => Some(Slug::new(
            edition.layout,
            &lines.iter().flatten().cloned().collect::<BTreeSet<_>>(),
        )?),
        false => None,
    };
    if let Some(slug) = &slug {
        let (id, font) = slug.resource();
        document.resources.fonts.map.insert(id, font);
    }
    let (width, height) = job.geometry.sheet;
    let mm = |points: f64| Mm::from(Pt(points as f32));
    for (side, line) in job.plan.sides().zip(&lines) {
        let mut ops = pages(job, &side);
        if let Some(slug) = &slug {
            ops.extend(marks(&job.geometry, slug, line));
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

/// The pages of one side, each in its cell.
fn pages(job: &Job, side: &SideOf) -> Vec<Op> {
    let by = shift(side.sheet.within, side.sheet.nested, job.creep);
    let mut ops = Vec::new();
    for (cell, slot) in side.side.cells.iter().zip(&job.geometry.cells) {
        let Some((source, page)) = cell.source.and_then(|at| Some((at, job.sizes.get(at)?))) else {
            continue;
        };
        let matrix = page
            .matrix(slot, offset(cell.spine, by))
            .map(|part| part as f32);
        ops.extend([
            Op::SaveGraphicsState,
            rectangle(&page.clip(slot, job.bleed), PaintMode::Clip),
            Op::SetTransformationMatrix {
                matrix: CurTransMat::Raw(matrix),
            },
            Op::UseXobject {
                id: XObjectId(placeholder(source)),
                transform: XObjectTransform {
                    no_auto_scale: true,
                    ..XObjectTransform::default()
                },
            },
            Op::RestoreGraphicsState,
        ]);
    }
    ops
}

/// What the slug line says: enough for a printer who finds the sheet on the floor. Where there is no room for all of it,
/// the title is left out.
fn slug(job: &Job, edition: &Edition, side: &SideOf) -> [String; 2] {
    let document = edition.document;
    let settings = &edition.layout.tokens.press;
    let face = match (side.back, side.sheet.back.is_some()) {
        (true, _) => ", back",
        (false, true) => ", front",
        (false, false) => "",
    };
    let mut parts = vec![
        document.id.clone(),
        document.title.clone(),
        format!("sheet {} of {}{face}", side.number, job.plan.sheets.len()),
    ];
    if let (Some(signature), true) = (side.sheet.signature, side.signatures > 1) {
        parts.push(format!(
            "signature {} of {}",
            signature + 1,
            side.signatures
        ));
    }
    parts.push("Cyan Magenta Yellow Black".into());
    parts.push(document.date.iso());
    parts.extend(document.job_number.clone().map(|job| format!("job {job}")));
    if settings.creep.to_pt() > 0.0 {
        let creep = millimetres(settings.creep.to_pt(), 2);
        parts.push(format!("creep {creep} mm a sheet"));
    }
    let whole = parts.join("  ·  ");
    parts.remove(1);
    [whole, parts.join("  ·  ")]
}
