//! The boxes of a page: what is cut off, what is printed beyond that, and the sheet around both.

use super::{Issue, Report};
use crate::base::diagnostic::Code;
use crate::layout::{MM, millimetres};
use crate::pdf::read::Rect;
use crate::pdf::read::file::Page;

/// Differences that nobody can see, in points.
pub(super) const NEAR: f64 = 0.1;

/// Where a page is cut and how far its bleed goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Edges {
    /// The sheet.
    pub media: Rect,
    /// What is left after cutting; `None` where the file does not say.
    pub trim: Option<Rect>,
    /// What is printed.
    pub bleed: Rect,
}

/// Whether a box is in another.
fn within(inner: Rect, outer: Rect) -> bool {
    inner[0] >= outer[0] - NEAR
        && inner[1] >= outer[1] - NEAR
        && inner[2] <= outer[2] + NEAR
        && inner[3] <= outer[3] + NEAR
}

/// Checks the boxes and gives them.
pub(super) fn check(page: &Page, number: usize, report: &mut Report) -> Edges {
    let named = |wanted: &str| {
        page.boxes
            .iter()
            .find(|(name, _)| *name == wanted)
            .map(|found| found.1)
    };
    let media = named("MediaBox");
    let bleed = named("BleedBox")
        .or_else(|| named("CropBox"))
        .or(media)
        .unwrap_or_default();
    let edges = Edges {
        media: media.unwrap_or(bleed),
        trim: named("TrimBox"),
        bleed,
    };
    let mut add = |issue: Issue| report.add(issue.on(number, "page"));
    let empty = |rect: Rect| rect[2] - rect[0] < 1.0 || rect[3] - rect[1] < 1.0;
    if media.is_none() || page.boxes.iter().any(|(_, rect)| empty(*rect)) {
        let what = "a box of the page is missing or has no size";
        add(Issue::new(Code::EMPTY_BOX, "box-empty", what)
            .hint("export the page again with its size stated"));
        return Edges {
            trim: None,
            ..edges
        };
    }
    match edges.trim {
        None => add(Issue::new(
            Code::TRIM_BOX,
            "trim-box-missing",
            "the file does not say where the page is cut (TrimBox)",
        )
        .hint("export with a layout for print: `--layout print`, or `--format press`")),
        Some(trim) if !within(trim, edges.bleed) => {
            let what = "the page is cut outside its bleed (the TrimBox is not within the BleedBox)";
            add(Issue::new(Code::NESTED_BOXES, "boxes-not-nested", what).hint(NESTED));
        }
        Some(_) => {}
    }
    if !within(edges.bleed, edges.media) {
        let what = "the bleed reaches beyond the sheet (the BleedBox is not within the MediaBox)";
        add(Issue::new(Code::NESTED_BOXES, "boxes-not-nested", what).hint(NESTED));
    }
    edges
}

const NESTED: &str = "the cut page must lie in the bleed, and the bleed on the sheet";

impl Edges {
    /// Where something painted up to an edge leaves the bleed empty or finds too little of it: code, rule, message.
    pub(super) fn bleed_fault(
        &self,
        painted: Rect,
        least: f64,
    ) -> Option<(Code, &'static str, String)> {
        let trim = self.trim?;
        // What lies outside the cut is a mark, and what stops short of it needs no bleed.
        let misses = painted[0] >= trim[2] - NEAR
            || painted[2] <= trim[0] + NEAR
            || painted[1] >= trim[3] - NEAR
            || painted[3] <= trim[1] + NEAR;
        if misses {
            return None;
        }
        for (side, name) in ["left", "bottom", "right", "top"].into_iter().enumerate() {
            let sign = if side < 2 { -1.0 } else { 1.0 };
            let beyond = |place: f64, edge: f64| (place - edge) * sign;
            if beyond(painted[side], trim[side]) < -NEAR {
                continue;
            }
            let depth = beyond(self.bleed[side], trim[side]);
            if depth < least - NEAR {
                let (depth, least) = (mm(depth), mm(least));
                let what = format!(
                    "something is printed up to the {name} edge, but the bleed there is {depth} mm, not {least} mm"
                );
                return Some((Code::NARROW_BLEED, "bleed-narrow", what));
            }
            if beyond(painted[side], self.bleed[side]) < -NEAR {
                let what = format!(
                    "something is printed up to the {name} edge, but does not fill the bleed there"
                );
                return Some((Code::EMPTY_BLEED, "bleed-empty", what));
            }
        }
        None
    }

    /// Whether a point is on the page as it is after cutting.
    pub(super) fn inside(&self, (x, y): (f64, f64)) -> bool {
        let [left, bottom, right, top] = self.trim.unwrap_or(self.media);
        (left - NEAR..=right + NEAR).contains(&x) && (bottom - NEAR..=top + NEAR).contains(&y)
    }

    /// A point as people measure it: millimetres from the left and upper edge.
    pub(super) fn place(&self, (x, y): (f64, f64)) -> String {
        let [left, _, _, top] = self.trim.unwrap_or(self.media);
        format!(
            "{:.0} mm from the left, {:.0} mm from the top",
            (x - left) / MM,
            (top - y) / MM
        )
    }
}

/// Points in millimetres, as text.
fn mm(points: f64) -> String {
    crate::pdf::read::file::short(millimetres(points, 1))
}
