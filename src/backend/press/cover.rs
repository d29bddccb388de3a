//! The cover of a perfect-bound book as a sheet of its own: back, spine and front side by side, printed on the outside.

use lopdf::Document as Pdf;

use super::Job;
use super::assemble::{assemble, placeholder};
use super::binding::Book;
use super::draw::{self, DrawnSide, Placed};
use super::imposition::Spine;
use super::sheet::{Geometry, LineKind, MARK_ROOM, Page, Rect, SheetLine, Slot, cut_at, turned};
use crate::backend::edition::Edition;
use crate::backend::pdf;
use crate::backend::typeset::CLEAR;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::layout::{SheetSize, millimetres};
use crate::pdf::preflight::{self, Plates};
use crate::pdf::prepress;
use crate::pdf::read::ReadBack;

/// Name of the placeholder of the spine.
const SPINE: &str = "Spine";

/// A cover that was made.
pub(super) struct Cover {
    /// The file.
    pub(super) bytes: Vec<u8>,
    /// What is where on its sheet.
    pub(super) geometry: Geometry,
    /// Whether the title is on the spine.
    pub(super) has_text: bool,
    /// The inks of its outside.
    pub(super) inks: Plates,
    /// What a printer would object to in it: warnings.
    pub(super) faults: Diagnostics,
}

/// Makes the cover from the pages of the whole report, the first and the last of which it shows.
pub(super) fn cover(
    job: &Job,
    book: &Book,
    pages: Pdf,
    edition: &Edition,
) -> Result<Cover, Diagnostics> {
    let (Some(front), Some(back)) = (job.sizes.first(), job.sizes.last()) else {
        return Err(prepress::wrong(&"the report has no pages"));
    };
    let last = job.sizes.len() - 1;
    let tokens = &edition.layout.tokens;
    let (geometry, slots) = lay_out(
        front.upright(),
        book,
        job.bleed,
        tokens.press.marks,
        &tokens.press.sheet,
    );
    let (spine, has_text) = pdf::spine_for_press(edition, book.spine(), &job.profile)?;
    let spine_size = super::sizes(&spine).map_err(|error| prepress::wrong(&error))?;
    let spine_page = spine_size.first().copied().unwrap_or(*front);
    let (left, right) = match job.plan.right_to_left {
        false => ((placeholder(last), back), (placeholder(0), front)),
        true => ((placeholder(0), front), (placeholder(last), back)),
    };
    let place = |(name, page): (String, &Page), slot: &Slot| Placed {
        name,
        clip: page.clip(slot, job.bleed),
        matrix: page.matrix(slot, 0.0, false),
    };
    let [at_left, between, at_right] = &slots;
    // The spine comes last, over what the covers' bleed reaches of it: where areas only touch, paper may show.
    let placed = vec![
        place(left, at_left),
        place(right, at_right),
        place((SPINE.to_owned(), &spine_page), between),
    ];
    let width = format!("cover, spine {} mm", millimetres(book.spine(), 1));
    let sides = [DrawnSide {
        geometry: &geometry,
        placed,
        line: draw::slug_of(edition, vec![width], None),
    }];
    let drawn = draw::sheets(&sides, edition)?;
    let names = (0..=last).map(placeholder).collect();
    let sources = vec![(pages, names), (spine, vec![SPINE.to_owned()])];
    let document = assemble(drawn, sources, &sides).map_err(|error| prepress::wrong(&error))?;
    let kind = format!(
        "cover {} {} {} {}",
        book.spine(),
        book.hinge,
        tokens.press.marks,
        tokens.press.sheet
    );
    let bytes = prepress::finish(document, &edition.about(&kind), &job.profile)?;
    let made = ReadBack::of(&bytes);
    let plates = preflight::plates(&made, &[geometry.bleed.sides()]);
    let plates = plates.map_err(|what| prepress::wrong(&what))?;
    let faults = job.preflight(&made, edition, "preflight of the cover")?;
    Ok(Cover {
        inks: plates.into_values().fold(Plates::default(), Plates::with),
        bytes,
        geometry,
        has_text,
        faults,
    })
}

/// Back, spine and front on a sheet; the job's own sheet where they fit on it, else one just large enough.
fn lay_out(
    (width, height): (f64, f64),
    book: &Book,
    bleed: f64,
    marks: bool,
    size: &SheetSize,
) -> (Geometry, [Slot; 3]) {
    let block = (2.0 * width + book.spine(), height);
    let around = bleed + if marks { MARK_ROOM } else { 0.0 };
    let least = (block.0 + 2.0 * around, block.1 + 2.0 * around);
    let given = size.dimensions().and_then(|given| turned(given, least));
    let sheet = given.unwrap_or(least);
    let trim = Rect {
        x: (sheet.0 - block.0) / 2.0,
        y: (sheet.1 - block.1) / 2.0,
        width: block.0,
        height: block.1,
    };
    let (left, right) = (trim.x + width, trim.x + width + book.spine());
    let column = |x: f64, width: f64| Rect { x, width, ..trim };
    let reach = bleed.min(book.spine() / 2.0);
    let page = |x, spine| {
        let trim = column(x, width);
        Slot {
            trim,
            clip: cut_at(trim.grown(bleed), spine, bleed - reach),
        }
    };
    let middle = column(left, book.spine());
    let between = Slot {
        trim: middle,
        clip: Rect {
            x: left,
            width: book.spine(),
            ..middle.grown(bleed)
        },
    };
    let line = |at, kind| SheetLine {
        at,
        across: false,
        kind,
    };
    // A cover is scored where it bends: at both edges of the spine, and where they open.
    let mut lines = vec![line(left, LineKind::Fold), line(right, LineKind::Fold)];
    if book.hinge > 0.0 {
        lines.push(line(left - book.hinge, LineKind::Score));
        lines.push(line(right + book.hinge, LineKind::Score));
    }
    let slots = [
        page(trim.x, Spine::Right),
        between,
        page(right, Spine::Left),
    ];
    let geometry = Geometry {
        sheet,
        trim,
        bleed: trim.grown(bleed),
        cells: slots.to_vec(),
        fold: Some(left),
        lines,
    };
    (geometry, slots)
}

/// Tells of a spine without a title.
pub(super) fn bare_spine(book: &Book) -> Diagnostic {
    let clear = millimetres(CLEAR, 1);
    let message = format!(
        "the spine of {} mm has no room for the title: it stays bare",
        millimetres(book.spine(), 1)
    );
    Diagnostic::new(Code::BARE_SPINE, message).hint(format!(
        "with {clear} mm clear at each edge, small type needs a spine of about 7 mm; a short `running_title` helps where the title is long"
    ))
}
