//! Whether all text is on its page: what cannot break runs past the edge, where no reader sees it.

use typst::layout::{Abs, Frame, FrameItem, Point, Size, Transform};
use typst_layout::PagedDocument;

/// How far a line may reach over the edge: rounding, no letter.
const TOLERANCE: f64 = 0.5;
/// The most characters of a text that are shown.
const SHOWN: usize = 40;

/// The first text on each page that starts or ends outside of it, with the number of the sheet from 1.
pub(crate) fn text_off_the_page(document: &PagedDocument) -> Vec<(usize, String)> {
    let first = |(index, frame): (usize, &Frame)| {
        let words = outside(frame, frame.size(), Transform::identity())?;
        Some((index + 1, words))
    };
    let frames = document.pages().iter().map(|page| &page.frame);
    frames.enumerate().filter_map(first).collect()
}

/// The first text of a frame that is outside a page of that size.
fn outside(frame: &Frame, page: Size, placed: Transform) -> Option<String> {
    frame.items().find_map(|(position, item)| {
        let placed = placed.pre_concat(Transform::translate(position.x, position.y));
        match item {
            FrameItem::Group(group) => {
                outside(&group.frame, page, placed.pre_concat(group.transform))
            }
            FrameItem::Text(text) if !text.text.trim().is_empty() => {
                let ends = [Point::zero(), Point::with_x(text.width())];
                let off = ends.iter().any(|end| !on(end.transform(placed), page));
                off.then(|| text.text.chars().take(SHOWN).collect())
            }
            _ => None,
        }
    })
}

fn on(point: Point, page: Size) -> bool {
    let within =
        |at: Abs, length: Abs| (-TOLERANCE..=length.to_pt() + TOLERANCE).contains(&at.to_pt());
    within(point.x, page.x) && within(point.y, page.y)
}
