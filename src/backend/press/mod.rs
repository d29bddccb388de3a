//! Sheets for the printer, as PDF/X-4: the typeset pages of a layout for print, imposed, with marks.
//!
//! - `imposition`: which pages share a sheet;
//! - `formes`: where pages are on a sheet that is folded several times;
//! - `binding`, `cover`: how thick a perfect-bound book is, and the sheet of its cover;
//! - `creep`: how far pages of nested sheets move;
//! - `sheet`: rectangles of pages, bleed and marks on a sheet, in points from its lower left corner;
//! - `draw`, `marks`, `slug`: the sheets with everything around the pages, drawn with printpdf;
//! - `assemble`: puts the typeset pages onto them;
//! - `map`: the plan in words and boxes, for the people who fold and bind;
//! - `ticket`, `xjdf`: the same for programs of printers, as JSON and as XJDF.

mod assemble;
mod binding;
mod cover;
mod creep;
mod draw;
mod formes;
mod imposition;
mod map;
mod marks;
mod proof;
mod sheet;
mod slug;
mod ticket;
mod xjdf;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use lopdf::{Document as Pdf, Object};

use super::{Artifact, Backend, CompanionFile, pdf};
use crate::backend::edition::Edition;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Location, many};
use crate::document::Document;
use crate::layout::{ColourPages, PrintData};
use crate::pdf::preflight::{self, Plates};
use crate::pdf::prepress::{self, Prepared};
use crate::pdf::read::ReadBack;
use binding::Book;
use creep::Creep;
use imposition::{Grid, Plan};
use sheet::{Content, Geometry, Page, Rect};
pub(crate) use ticket::Ticket;

/// Most pages in colour that a message names.
const NAMED: usize = 20;

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
        let settings = &edition.layout.tokens.press;
        // The pages move into the sheets; the cover takes copies of its own.
        let cover = match &job.book {
            Some(book) => Some(cover::cover(&job, book, job.pages.clone(), edition)?),
            None => None,
        };
        let bytes = job.sheets(edition)?;
        let made = ReadBack::of(&bytes);
        let plates = job.plates(&made)?;
        let mut warnings = job.notes.clone();
        warnings.extend(pdf::warnings(edition)?);
        warnings.extend(job.colour_pages(&plates, edition)?);
        let mut faults = job.preflight(&made, edition, "preflight")?;
        if let (Some(cover), Some(book)) = (&cover, &job.book) {
            if !cover.has_text {
                warnings.push(cover::bare_spine(book));
            }
            faults.extend(cover.faults.clone());
        }
        let map = job.map(edition)?;
        let mut companions = Vec::new();
        let add = |suffix: &str, bytes: Vec<u8>| CompanionFile {
            suffix: suffix.into(),
            bytes,
        };
        if let Some(cover) = &cover {
            companions.push(add(COVER, cover.bytes.clone()));
        }
        companions.push(add(MAP, map.into_bytes()));
        if settings.ticket {
            let made = ticket::Made {
                sheets: &bytes,
                cover: cover.as_ref(),
                companions: &companions,
                plates: &plates,
                warnings: faults.iter().count(),
            };
            let ticket = ticket::ticket(&job, edition, &made)?;
            companions.push(add("job.json", ticket.json()?));
            companions.push(add("job.xjdf", xjdf::text(&ticket)?));
        }
        if settings.proof {
            companions.extend(proof::pictures(&bytes, &job.plan)?);
            if let Some(cover) = &cover {
                companions.push(proof::of_cover(&cover.bytes)?);
            }
        }
        warnings.extend(faults);
        let reading = made.reading();
        Ok(Artifact {
            pages: Some(job.plan.sides().count()),
            volumes: Vec::new(),
            bytes,
            companions,
            warnings,
            reading,
        })
    }
}

/// What the names of the cover and of the map end in.
const COVER: &str = "cover.pdf";
const MAP: &str = "sheets.txt";

/// Pages with the plan and the measures of their sheets.
struct Job {
    profile: Arc<prepress::Profile>,
    data: PrintData,
    pages: Pdf,
    sizes: Vec<Page>,
    plan: Plan,
    creep: Creep,
    bleed: f64,
    /// Of each kind of sheet.
    geometries: BTreeMap<Grid, Geometry>,
    /// The perfect-bound book, where it is one.
    book: Option<Book>,
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
        let (data, perfect) = named(edition)?;
        let Prepared { pages, profile } = pdf::for_press(edition)?;
        let sizes = sizes(&pages).map_err(|error| prepress::wrong(&error))?;
        let outside = if perfect { binding::COVER_PAGES } else { 0 };
        let of_text = sizes.len().saturating_sub(2 * outside);
        let plan = imposition::plan(
            of_text,
            settings.impose,
            edition.document.language.rtl,
            tokens.structure.back_cover && !perfect,
        )
        .starting_at(outside);
        let book = match perfect {
            true => Some(Book::new(plan.pages, tokens, &data)?),
            false => None,
        };
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
        let kinds: BTreeSet<Grid> = plan.sheets.iter().map(|sheet| sheet.grid).collect();
        let mut geometries = BTreeMap::new();
        for grid in kinds {
            let geometry = sheet::lay_out(grid, &content, &settings.sheet)
                .map_err(refused(Code::SHEET_TOO_SMALL, "press.sheet"))?;
            geometries.insert(grid, geometry);
        }
        let note = |message| Diagnostic::new(Code::SMALL_PAGE, message);
        let mut notes: Diagnostics = notes.into_iter().map(note).collect();
        if perfect {
            notes.extend(binding::filled_up(plan.pages, of_text));
        }
        Ok(Job {
            profile,
            data,
            pages,
            sizes,
            plan,
            creep,
            bleed,
            geometries,
            book,
            notes,
        })
    }

    /// What is where on a sheet.
    fn geometry(&self, sheet: &imposition::Sheet) -> &Geometry {
        // Every kind of sheet of the plan was laid out.
        &self.geometries[&sheet.grid]
    }

    /// The file with the sheets. The pages move into it.
    fn sheets(&mut self, edition: &Edition) -> Result<Vec<u8>, Diagnostics> {
        let pages = std::mem::take(&mut self.pages);
        let names = (0..self.sizes.len()).map(assemble::placeholder).collect();
        let sides = draw::sides(self, edition);
        let drawn = draw::sheets(&sides, edition)?;
        let document = assemble::assemble(drawn, vec![(pages, names)], &sides)
            .map_err(|error| prepress::wrong(&error))?;
        let settings = &edition.layout.tokens.press;
        let mut kind = format!(
            "press {} {} {} {} {} {}",
            settings.impose,
            settings.sheet,
            settings.marks,
            self.bleed,
            self.creep.inner,
            self.creep.outer
        );
        if self.book.is_some() {
            kind.push_str(" text");
        }
        prepress::finish(document, &edition.about(&kind), &self.profile)
    }

    /// The inks of each page, by the name of its form.
    fn plates(&self, made: &ReadBack<'_>) -> Result<BTreeMap<String, Plates>, Diagnostics> {
        let bleeds: Vec<_> = self
            .plan
            .sides()
            .map(|side| self.geometry(side.sheet).bleed.sides())
            .collect();
        preflight::plates(made, &bleeds).map_err(|what| prepress::wrong(&what))
    }

    /// What becomes of pages of the text in other inks than black.
    fn colour_pages(
        &self,
        plates: &BTreeMap<String, Plates>,
        edition: &Edition,
    ) -> Result<Diagnostics, Diagnostics> {
        let wish = edition.layout.tokens.press.colour_pages;
        let pages = self.in_colour(plates, edition);
        if wish == ColourPages::Allow || pages.is_empty() {
            return Ok(Diagnostics::default());
        }
        let labels = &edition.pagination()?.pages;
        let shown = pages.iter().take(NAMED).map(|page| {
            let label = labels.get(*page).map(String::as_str).unwrap_or_default();
            format!("{} ({label})", page + 1)
        });
        let mut list = shown.collect::<Vec<_>>().join(", ");
        if let Some(more) = pages.len().checked_sub(NAMED).filter(|more| *more > 0) {
            list.push_str(&format!(" and {more} more"));
        }
        let count = many(pages.len(), "page");
        let message = format!(
            "{count} of the text in other inks than black, counted from the cover (and as printed on it): {list}"
        );
        let code = match wish {
            ColourPages::Refuse => Code::COLOUR_REFUSED,
            _ => Code::COLOUR_LISTED,
        };
        let found = Diagnostic::new(code, message)
            .hint("convert pictures and drawings there to grey, or agree on the pages with the printer")
            .into();
        match wish {
            ColourPages::Refuse => Err(found),
            _ => Ok(found),
        }
    }

    /// The pages between the covers that take other inks than black, by their index.
    fn in_colour(&self, plates: &BTreeMap<String, Plates>, edition: &Edition) -> Vec<usize> {
        // The covers and their insides are no text.
        let structure = &edition.layout.tokens.structure;
        let before = if structure.title_page { 2 } else { 1 };
        let behind = if structure.back_cover { 2 } else { 0 };
        let text = before..self.sizes.len().saturating_sub(behind);
        let colour = |page: &usize| {
            let plates = plates.get(&assemble::placeholder(*page));
            plates.is_some_and(|plates| plates.is_colour())
        };
        text.filter(colour).collect()
    }

    /// What a printer would object to in the sheets: warnings, or an error where any of it is one.
    fn preflight(
        &self,
        sheets: &ReadBack<'_>,
        edition: &Edition,
        what: &str,
    ) -> Result<Diagnostics, Diagnostics> {
        let rules = self.rules(edition);
        let report = preflight::inspect(sheets, &rules)?;
        let mut found = preflight::issues_to_diagnostics(&report);
        for (one, issue) in found.iter_mut().zip(&report.issues) {
            one.message = format!("{what} ({}): {}", self.data.rules_name, one.message);
            if let Some(size) = issue.pixels {
                name_picture(one, edition.document, size);
            }
        }
        found.or_value(()).map(|((), warnings)| warnings)
    }

    /// What the preflight goes by.
    fn rules(&self, edition: &Edition) -> preflight::Rules {
        let profile = self.profile.bytes.to_vec();
        preflight::Rules::of(&edition.layout.tokens, &self.data, profile)
    }

    /// The map of the sheets, for people.
    fn map(&self, edition: &Edition) -> Result<String, Diagnostics> {
        let cover = format!("{}.{COVER}", edition.stem);
        let largest = self.plan.grid().and_then(|grid| self.geometries.get(&grid));
        let about = map::About {
            title: &edition.document.title,
            file: &format!("{}.press.pdf", edition.stem),
            labels: &edition.pagination()?.pages,
            sheet: largest.map_or((0.0, 0.0), |geometry| geometry.sheet),
            smaller: largest.is_some_and(|largest| {
                self.geometries
                    .values()
                    .any(|other| other.sheet != largest.sheet)
            }),
            book: self.book.as_ref().map(|book| (book, cover.as_str())),
        };
        Ok(map::text(&self.plan, &about))
    }
}

/// The papers and rules that the job names, and whether it is perfect-bound; or all that is wrong with either.
fn named(edition: &Edition) -> Result<(PrintData, bool), Diagnostics> {
    match (edition.layout.print_data(), binding::is_perfect(edition)) {
        (Ok(data), Ok(perfect)) => Ok((data, perfect)),
        (Err(mut found), Err(more)) => {
            found.extend(more);
            Err(found)
        }
        (Err(found), _) | (_, Err(found)) => Err(found),
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
