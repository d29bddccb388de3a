//! Sheets for the printer, as PDF/X-4: the typeset pages of a layout for print, imposed, with marks.
//!
//! - `imposition`: which pages share a sheet;
//! - `creep`: how far pages of nested sheets move;
//! - `sheet`: rectangles of pages, bleed and marks on a sheet, in points from its lower left corner;
//! - `draw`, `marks`, `slug`: the sheets with everything around the pages, drawn with printpdf;
//! - `assemble`: puts the typeset pages onto them;
//! - `map`: the plan in words and boxes, for the people who fold and bind.

mod assemble;
mod creep;
mod draw;
mod imposition;
mod map;
mod marks;
mod proof;
mod sheet;
mod slug;

use std::sync::Arc;

use lopdf::{Document as Pdf, Object};

use super::{Artifact, Backend, CompanionFile, pdf};
use crate::backend::edition::Edition;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Location};
use crate::document::Document;
use crate::pdf::preflight;
use crate::pdf::prepress::{self, Prepared};
use crate::pdf::read::ReadBack;
use creep::Creep;
use imposition::Plan;
use sheet::{Content, Geometry, Page, Rect};

/// The press backend.
pub(crate) struct Press;

impl Backend for Press {
    fn name(&self) -> &'static str {
        "press"
    }

    fn suffix(&self) -> &'static str {
        "press.pdf"
    }

    fn for_print(&self) -> bool {
        true
    }

    fn media_type(&self) -> &'static str {
        "application/pdf"
    }

    fn description(&self) -> &'static str {
        "sheets for a print shop, with bleed and marks (PDF/X-4)"
    }

    fn render(&self, edition: &Edition) -> Result<Artifact, Diagnostics> {
        let mut job = Job::new(edition)?;
        let bytes = job.sheets(edition)?;
        let mut companions = vec![CompanionFile {
            suffix: "sheets.txt".into(),
            bytes: job.map(edition)?.into_bytes(),
        }];
        if edition.layout.tokens.press.proof {
            companions.extend(proof::pictures(&bytes, &job.plan)?);
        }
        let sides = job.plan.sides().count();
        let mut warnings = job.notes.clone();
        warnings.extend(pdf::warnings(edition)?);
        let made = ReadBack::of(&bytes);
        warnings.extend(job.preflight(&made, edition)?);
        let reading = made.reading();
        Ok(Artifact {
            bytes,
            pages: Some(sides),
            companions,
            warnings,
            reading,
        })
    }
}

/// Pages with the plan and the measures of their sheets.
struct Job {
    profile: Arc<prepress::Profile>,
    pages: Pdf,
    sizes: Vec<Page>,
    plan: Plan,
    creep: Creep,
    bleed: f64,
    geometry: Geometry,
    notes: Diagnostics,
}

impl Job {
    /// Works out everything that can be wrong, before a sheet is drawn.
    fn new(edition: &Edition) -> Result<Self, Diagnostics> {
        let tokens = &edition.layout.tokens;
        let settings = &tokens.press;
        if !tokens.for_print() {
            return Err(for_screens(&edition.layout.name));
        }
        let Prepared { pages, profile } = pdf::for_press(edition)?;
        let sizes = sizes(&pages).map_err(|error| prepress::wrong(&error))?;
        let rtl = edition.document.language.rtl;
        let plan = imposition::plan(
            sizes.len(),
            settings.impose,
            rtl,
            tokens.structure.back_cover,
        );
        let bleed = tokens.page.bleed.to_pt();
        let creep = Creep {
            inner: settings.creep.to_pt(),
            outer: settings.creep_outer.to_pt(),
        };
        let refused =
            |code, field: &'static str| move |message: String| refuse(code, field, message);
        creep::check_creep(&plan, bleed, creep).map_err(refused(Code::CREEP, "press.creep"))?;
        let cell = sheet::cell_for(&sizes);
        let notes = sheet::check_pages(&sizes, cell).map_err(refused(Code::PAGE_SIZES, "page"))?;
        let content = Content {
            cell,
            bleed,
            marks: settings.marks,
        };
        let geometry = sheet::lay_out(&plan, &content, &settings.sheet)
            .map_err(refused(Code::SHEET_TOO_SMALL, "press.sheet"))?;
        let note = |message| Diagnostic::new(Code::SMALL_PAGE, message);
        Ok(Job {
            profile,
            pages,
            sizes,
            plan,
            creep,
            bleed,
            geometry,
            notes: notes.into_iter().map(note).collect::<Diagnostics>(),
        })
    }

    /// The file with the sheets. The pages move into it.
    fn sheets(&mut self, edition: &Edition) -> Result<Vec<u8>, Diagnostics> {
        let drawn = draw::sheets(self, edition)?;
        let sides: Vec<Vec<usize>> = self.plan.sides().map(|side| side.side.sources()).collect();
        let pages = std::mem::take(&mut self.pages);
        let document = assemble::assemble(drawn, pages, &sides, &self.geometry)
            .map_err(|error| prepress::wrong(&error))?;
        let settings = &edition.layout.tokens.press;
        let kind = format!(
            "press {} {} {} {} {} {}",
            settings.impose,
            settings.sheet,
            settings.marks,
            self.bleed,
            self.creep.inner,
            self.creep.outer
        );
        prepress::finish(document, &edition.about(&kind), &self.profile)
    }

    /// What a printer would object to in the sheets: warnings, or an error where any of it is one.
    fn preflight(
        &self,
        sheets: &ReadBack<'_>,
        edition: &Edition,
    ) -> Result<Diagnostics, Diagnostics> {
        let rules = preflight::Rules::of(&edition.layout.tokens, self.profile.bytes.to_vec());
        let report = preflight::inspect(sheets, &rules)?;
        let mut found = preflight::issues_to_diagnostics(&report);
        for (one, issue) in found.iter_mut().zip(&report.issues) {
            one.message = format!("preflight: {}", one.message);
            if let Some(size) = issue.pixels {
                name_picture(one, edition.document, size);
            }
        }
        found.or_value(()).map(|((), warnings)| warnings)
    }

    /// The map of the sheets, for people.
    fn map(&self, edition: &Edition) -> Result<String, Diagnostics> {
        let about = map::About {
            title: &edition.document.title,
            file: &format!("{}.press.pdf", edition.stem),
            labels: &edition.pagination()?.pages,
            sheet: self.geometry.sheet,
        };
        Ok(map::text(&self.plan, &about))
    }
}

/// Says where the source names the picture of so many pixels; all places where several have as many.
fn name_picture(found: &mut Diagnostic, document: &Document, (width, height): (u32, u32)) {
    let images = document.images.iter();
    let places: Vec<&Location> = images
        .filter(|image| (image.width, image.height) == (width, height))
        .filter_map(|image| image.place.as_ref())
        .collect();
    match places.as_slice() {
        [] => {}
        [one] => found.location = Some((*one).clone()),
        several => {
            let several: Vec<String> = several.iter().map(ToString::to_string).collect();
            let message = format!("it is one of these pictures: {}", several.join(", "));
            found.hints.push(message);
        }
    }
}

fn for_screens(layout: &str) -> Diagnostics {
    Diagnostic::new(
        Code::FOR_SCREENS,
        format!("layout `{layout}` is not for the press: its colours are those of screens"),
    )
    .hint("leave out --layout for the layout `print`, or give one that `extends: print`")
    .into()
}

fn refuse(code: Code, field: &str, message: String) -> Diagnostics {
    Diagnostic::new(code, message).field(field).into()
}

/// The trim boxes of the pages.
fn sizes(pages: &Pdf) -> lopdf::Result<Vec<Page>> {
    let each = pages.page_iter().map(|id| {
        let page = pages.get_dictionary(id)?;
        let sides = page.get(b"TrimBox")?.as_array()?;
        let mut numbers = sides.iter().map(|side| side.as_float().map(f64::from));
        let mut next = || numbers.next().unwrap_or(Ok(0.0));
        let (left, bottom, right, top) = (next()?, next()?, next()?, next()?);
        Ok(Page {
            trim: Rect {
                x: left,
                y: bottom,
                width: right - left,
                height: top - bottom,
            },
            rotate: page.get(b"Rotate").and_then(Object::as_i64).unwrap_or(0),
        })
    });
    each.collect()
}
