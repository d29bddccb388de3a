//! Pictures of the sheets, to look at before anything is printed.

use super::CompanionFile;
use super::imposition::Plan;
use crate::base::diagnostic::Diagnostics;
use crate::pdf::prepress;
use crate::pdf::read::picture;

/// Width of a picture in pixels: wide enough to read the pages.
const WIDTH: u16 = 1600;

/// A picture of each side of each sheet.
pub(super) fn pictures(sheets: &[u8], plan: &Plan) -> Result<Vec<CompanionFile>, Diagnostics> {
    let all: Vec<usize> = (0..plan.sides().count()).collect();
    let pictures = picture::pictures(sheets, &all, WIDTH).map_err(|what| prepress::wrong(&what))?;
    let name = plan
        .sides()
        .map(|side| match (side.back, side.sheet.back.is_some()) {
            (_, false) => format!("sheet-{:03}.png", side.number),
            (false, true) => format!("sheet-{:03}-front.png", side.number),
            (true, true) => format!("sheet-{:03}-back.png", side.number),
        });
    let companions = name
        .zip(pictures)
        .map(|(suffix, bytes)| CompanionFile { suffix, bytes });
    Ok(companions.collect())
}

/// A picture of the cover.
pub(super) fn of_cover(cover: &[u8]) -> Result<CompanionFile, Diagnostics> {
    let pictures = picture::pictures(cover, &[0], WIDTH).map_err(|what| prepress::wrong(&what))?;
    Ok(CompanionFile {
        suffix: "cover.png".into(),
        bytes: pictures.into_iter().flatten().collect(),
    })
}
