//! The job ticket: what a printer must know of a print job, for programs. `xjdf` says the same in the printers' own format.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::binding::Book;
use super::cover::Cover;
use super::formes;
use super::imposition::{Sheet, Side, Work};
use super::sheet::Geometry;
use super::{CompanionFile, Job, Plates};
use crate::backend::edition::Edition;
use crate::base::diagnostic::Diagnostics;
use crate::base::digest::sha256;
use crate::document::epoch;
use crate::layout::{Binding, Coating, Impose, Stock, millimetres};
use crate::pdf::prepress;

/// Version of the form of the ticket.
const FORM: u32 = 1;

/// The ticket of a print job. All measures are in millimetres.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ticket {
    /// Version of the form of this file: 1.
    pub(crate) ticket: u32,
    /// Name and version of the program that made it.
    pub(crate) tool: String,
    /// Moment that the files carry inside.
    pub(crate) date: String,
    /// The report's id.
    pub(crate) id: String,
    /// Its title.
    pub(crate) title: String,
    /// Job number of the print shop, where the report has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) job_number: Option<String>,
    /// Its language (BCP 47).
    pub(crate) language: String,
    /// Its pages.
    pub(crate) pages: PageCount,
    /// Width and height of a trimmed page.
    pub(crate) trim: [f64; 2],
    /// Colour beyond it.
    pub(crate) bleed: f64,
    /// How it is bound.
    pub(crate) binding: BindingInfo,
    /// Paper of the text, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) stock: Option<Paper>,
    /// How pages share sheets, as `--impose` says it.
    pub(crate) impose: String,
    /// The sheets of the text, in the order of printing.
    pub(crate) sheets: Vec<SheetInfo>,
    /// The sheet of the cover, where it is one of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cover: Option<CoverInfo>,
    /// Pages of the text in other inks than black, counted from the cover.
    pub(crate) colour_pages: Vec<usize>,
    /// Printing condition that the inks are for.
    pub(crate) profile: String,
    /// What the files were checked for.
    pub(crate) preflight: Preflight,
    /// The files of the job.
    pub(crate) files: Vec<FileInfo>,
}

/// The pages of a job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PageCount {
    /// Of the report, covers among them.
    pub(crate) report: usize,
    /// On the sheets of the text, blank ones that fill them up among them.
    pub(crate) sheets: usize,
    /// Blank ones that fill the sheets up.
    pub(crate) filled_up: usize,
}

/// How a job is bound.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BindingInfo {
    /// How.
    pub(crate) kind: BindingKind,
    /// The edge of the front cover at which it is bound.
    pub(crate) edge: Edge,
    /// The book, where it is perfect-bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) book: Option<BookInfo>,
}

/// How something is bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum BindingKind {
    /// Glued into a cover of its own.
    Perfect,
    /// Stitched through the fold.
    Stitched,
    /// Signatures that are gathered, the covers among their pages.
    Gathered,
    /// Not by these sheets: single pages or proofs.
    None,
}

/// An edge of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Edge {
    /// The left one.
    Left,
    /// The right one.
    Right,
}

/// A perfect-bound book.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BookInfo {
    /// Width of the spine.
    pub(crate) spine: f64,
    /// Leaves of the text.
    pub(crate) leaves: usize,
    /// Thickness of one.
    pub(crate) caliper: f64,
    /// From the spine to the score of the hinge; 0 where there is none.
    pub(crate) hinge: f64,
    /// Paper of the endpapers, where it has any: four blank pages before the text and four behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) endpapers: Option<Paper>,
}

/// A paper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Paper {
    /// Its name in the table of papers.
    pub(crate) name: String,
    /// What it is called.
    pub(crate) description: String,
    /// Grams of a square metre.
    pub(crate) weight: f64,
    /// Thickness of a leaf.
    pub(crate) caliper: f64,
    /// Its surface.
    pub(crate) coating: Coating,
}

/// A sheet of the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SheetInfo {
    /// Its number, from 1.
    pub(crate) sheet: usize,
    /// Number of its signature, from 1, where it is folded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) signature: Option<usize>,
    /// Width and height.
    pub(crate) size: [f64; 2],
    /// How its sides are printed.
    pub(crate) work: WorkStyle,
    /// Its folds in their order, as it lies with its front down; nothing where it is not folded.
    pub(crate) folds: Vec<FoldInfo>,
    /// What is on its front.
    pub(crate) front: SideInfo,
    /// What is on its back, where that has plates of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) back: Option<SideInfo>,
}

/// How the sides of a sheet are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum WorkStyle {
    /// The front alone.
    OneSide,
    /// Front and back with plates of their own.
    Sheetwise,
    /// Both with the same plates, turned over sideways, and cut down the middle into two copies.
    WorkAndTurn,
    /// Both with the same plates, turned over head to foot, and cut across the middle into two copies.
    WorkAndTumble,
}

/// A fold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum FoldInfo {
    /// The upper half over the lower.
    UpperOverLower,
    /// The right half over the left.
    RightOverLeft,
    /// The left half over the right, where the spine is at the right.
    LeftOverRight,
}

/// A side of a sheet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SideInfo {
    /// The inks of its pages; marks are in all of them.
    pub(crate) inks: Vec<String>,
    /// Its places: rows from the top, each from left to right.
    pub(crate) rows: Vec<Vec<PlaceInfo>>,
}

/// A place on a side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlaceInfo {
    /// Number of the page on the sheets, from 1; none where no page is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) page: Option<usize>,
    /// What is printed on it as its number; none where it is blank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) label: Option<String>,
    /// Whether it stands on its head.
    pub(crate) on_head: bool,
}

/// The sheet of a cover.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CoverInfo {
    /// Width and height of the sheet.
    pub(crate) size: [f64; 2],
    /// Width and height of the flat cover, trimmed.
    pub(crate) trim: [f64; 2],
    /// Whether the title is on the spine.
    pub(crate) spine_text: bool,
    /// Inks of the outside; the inside is bare.
    pub(crate) inks: Vec<String>,
    /// Paper of the cover, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) stock: Option<Paper>,
}

/// What files were checked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Preflight {
    /// Name of the rules.
    pub(crate) rules: String,
    /// Most ink in one place, in percent.
    pub(crate) max_ink: u16,
    /// Resolution of pictures below which a warning was given.
    pub(crate) min_resolution: u16,
    /// Number of warnings; with an error there are no files.
    pub(crate) warnings: usize,
}

/// A file of the job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileInfo {
    /// Its name.
    pub(crate) name: String,
    /// What it holds.
    pub(crate) holds: Holds,
    /// Its sides of sheets, where it has any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sides: Option<usize>,
    /// Its size in bytes.
    pub(crate) size: usize,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub(crate) sha256: String,
}

/// What a file of a job holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Holds {
    /// The sheets of the text.
    Sheets,
    /// The sheet of the cover.
    Cover,
    /// The map of the sheets, for people.
    Map,
}

/// What was made of a job before its ticket.
pub(super) struct Made<'a> {
    pub(super) sheets: &'a [u8],
    pub(super) cover: Option<&'a Cover>,
    pub(super) companions: &'a [CompanionFile],
    pub(super) plates: &'a BTreeMap<String, Plates>,
    pub(super) warnings: usize,
}

impl Ticket {
    /// The ticket as a file.
    pub(super) fn json(&self) -> Result<Vec<u8>, Diagnostics> {
        let text = serde_json::to_string_pretty(self).map_err(|error| prepress::wrong(&error))?;
        Ok(format!("{text}\n").into_bytes())
    }
}

/// The ticket of a job.
pub(super) fn ticket(job: &Job, edition: &Edition, made: &Made<'_>) -> Result<Ticket, Diagnostics> {
    let document = edition.document;
    let tokens = &edition.layout.tokens;
    let rules = job.rules(edition);
    let labels = &edition.pagination()?.pages;
    let page = job.sizes.first().map_or((0.0, 0.0), super::Page::upright);
    let outside = if job.book.is_some() {
        2 * super::binding::COVER_PAGES
    } else {
        0
    };
    let date =
        epoch::iso(edition.epoch).ok_or_else(|| prepress::wrong(&"the date is out of range"))?;
    let in_colour = job.in_colour(made.plates, edition).into_iter();
    Ok(Ticket {
        ticket: FORM,
        tool: prepress::CREATOR.to_owned(),
        date,
        id: document.id.clone(),
        title: document.title.clone(),
        job_number: document.job_number.clone(),
        language: document.language.tag.clone(),
        pages: PageCount {
            report: job.sizes.len(),
            sheets: job.plan.pages,
            filled_up: job
                .plan
                .pages
                .saturating_sub(job.sizes.len().saturating_sub(outside)),
        },
        trim: size(page),
        bleed: mm(job.bleed),
        binding: binding(job, tokens.press.impose, tokens.press.binding),
        stock: job.data.stock.as_ref().map(paper),
        impose: tokens.press.impose.to_string(),
        sheets: sheets(job, made.plates, labels),
        cover: made.cover.map(|cover| cover_info(job, cover)),
        colour_pages: in_colour.map(|page| page + 1).collect(),
        profile: job.profile.name.clone(),
        preflight: Preflight {
            rules: job.data.rules_name.clone(),
            max_ink: rules.max_ink,
            min_resolution: rules.min_resolution,
            warnings: made.warnings,
        },
        files: files(job, edition, made),
    })
}

fn mm(points: f64) -> f64 {
    millimetres(points, 3)
}

fn size((width, height): (f64, f64)) -> [f64; 2] {
    [mm(width), mm(height)]
}

fn paper((name, stock): &(String, Stock)) -> Paper {
    Paper {
        name: name.clone(),
        description: stock.description.clone(),
        weight: stock.weight,
        caliper: mm(stock.caliper.to_pt()),
        coating: stock.coating,
    }
}

fn binding(job: &Job, impose: Impose, binding: Binding) -> BindingInfo {
    let book = |book: &Book| BookInfo {
        spine: mm(book.spine()),
        leaves: book.leaves,
        caliper: mm(book.caliper),
        hinge: mm(book.hinge),
        endpapers: job.data.endpapers.as_ref().map(paper),
    };
    BindingInfo {
        kind: match (binding, impose) {
            (Binding::Perfect, _) => BindingKind::Perfect,
            (Binding::Stitched, _) | (_, Impose::Booklet) => BindingKind::Stitched,
            (_, Impose::Signatures(_) | Impose::Formes(_)) => BindingKind::Gathered,
            (_, Impose::Single | Impose::Spreads | Impose::Nup(_)) => BindingKind::None,
        },
        edge: match job.plan.right_to_left {
            true => Edge::Right,
            false => Edge::Left,
        },
        book: job.book.as_ref().map(book),
    }
}

fn sheets(job: &Job, plates: &BTreeMap<String, Plates>, labels: &[String]) -> Vec<SheetInfo> {
    let each = job.plan.sheets.iter().enumerate();
    each.map(|(index, sheet)| {
        let side = |side: &Side| side_info(sheet, side, plates, labels);
        SheetInfo {
            sheet: index + 1,
            signature: sheet.signature.map(|signature| signature + 1),
            size: size(job.geometry(sheet).sheet),
            work: match sheet.grid.work {
                Work::OneSide => WorkStyle::OneSide,
                Work::Sheetwise => WorkStyle::Sheetwise,
                Work::Turn => WorkStyle::WorkAndTurn,
                Work::Tumble => WorkStyle::WorkAndTumble,
            },
            folds: folds(sheet, job.plan.right_to_left),
            front: side(&sheet.front),
            back: sheet.back.as_ref().map(side),
        }
    })
    .collect()
}

/// Columns and rows of one copy of a sheet.
fn copy(sheet: &Sheet) -> (usize, usize) {
    let grid = sheet.grid;
    match grid.work {
        Work::Turn => (grid.columns / 2, grid.rows),
        Work::Tumble => (grid.columns, grid.rows / 2),
        Work::OneSide | Work::Sheetwise => (grid.columns, grid.rows),
    }
}

fn folds(sheet: &Sheet, right_to_left: bool) -> Vec<FoldInfo> {
    if sheet.signature.is_none() {
        return Vec::new();
    }
    let folds = formes::folds(copy(sheet)).into_iter();
    folds
        .map(|fold| match (fold, right_to_left) {
            (formes::Fold::Down, _) => FoldInfo::UpperOverLower,
            (formes::Fold::Left, false) => FoldInfo::RightOverLeft,
            (formes::Fold::Left, true) => FoldInfo::LeftOverRight,
        })
        .collect()
}

fn side_info(
    sheet: &Sheet,
    side: &Side,
    plates: &BTreeMap<String, Plates>,
    labels: &[String],
) -> SideInfo {
    let inks = side.sources().into_iter().filter_map(|source| {
        let name = super::assemble::placeholder(source);
        plates.get(&name).copied()
    });
    let inks = inks.fold(Plates::default(), Plates::with);
    let places = side.cells.iter().map(|cell| PlaceInfo {
        page: cell.number,
        label: cell.source.and_then(|source| labels.get(source).cloned()),
        on_head: cell.turned,
    });
    let places: Vec<PlaceInfo> = places.collect();
    SideInfo {
        inks: names(inks),
        rows: places
            .chunks(sheet.grid.columns.max(1))
            .map(<[_]>::to_vec)
            .collect(),
    }
}

fn names(inks: Plates) -> Vec<String> {
    inks.names().into_iter().map(str::to_owned).collect()
}

fn cover_info(job: &Job, cover: &Cover) -> CoverInfo {
    let Geometry { sheet, trim, .. } = &cover.geometry;
    CoverInfo {
        size: size(*sheet),
        trim: size((trim.width, trim.height)),
        spine_text: cover.has_text,
        inks: names(cover.inks),
        stock: job.data.cover_stock.as_ref().map(paper),
    }
}

fn files(job: &Job, edition: &Edition, made: &Made<'_>) -> Vec<FileInfo> {
    let file = |suffix: &str, holds, sides, bytes: &[u8]| FileInfo {
        name: format!("{}.{suffix}", edition.stem),
        holds,
        sides,
        size: bytes.len(),
        sha256: sha256(bytes),
    };
    let sides = Some(job.plan.sides().count());
    let mut files = vec![file("press.pdf", Holds::Sheets, sides, made.sheets)];
    for companion in made.companions {
        let (holds, sides) = match companion.suffix.as_str() {
            super::COVER => (Holds::Cover, Some(1)),
            _ => (Holds::Map, None),
        };
        files.push(file(&companion.suffix, holds, sides, &companion.bytes));
    }
    files
}
