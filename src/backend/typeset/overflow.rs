//! Whether all text is on its page, and none on other text: what cannot break runs past the edge of the page, where no
//! reader sees it, or of its cell.

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

/// How far words of a line may reach into each other, in points: kerning and slanted letters do.
const TOUCHING: f64 = 2.0;

/// A text on an upright line.
struct Placed<'t> {
    text: &'t str,
    /// Where it starts and ends.
    from: f64,
    to: f64,
    /// Its base line.
    y: f64,
    size: f64,
}

/// The first words of each page that stand on other words, with the number of the sheet from 1.
pub(crate) fn text_on_text(document: &PagedDocument) -> Vec<(usize, String)> {
    let frames = document.pages().iter().map(|page| &page.frame);
    let first = |(index, frame): (usize, &Frame)| Some((index + 1, overlap(frame)?));
    frames.enumerate().filter_map(first).collect()
}

fn overlap(frame: &Frame) -> Option<String> {
    let mut placed = Vec::new();
    upright(frame, Transform::identity(), &mut placed);
    placed.sort_by(|one, other| one.y.total_cmp(&other.y));
    for (index, one) in placed.iter().enumerate() {
        let near = placed[index + 1..]
            .iter()
            .take_while(|other| other.y - one.y < 0.4 * one.size.max(other.size));
        for other in near {
            if one.to.min(other.to) - one.from.max(other.from) > TOUCHING {
                let start = |text: &str| text.chars().take(SHOWN / 2).collect::<String>();
                return Some(format!("{}” and “{}", start(one.text), start(other.text)));
            }
        }
    }
    None
}

/// The texts of a frame that run along the page.
fn upright<'t>(frame: &'t Frame, placed: Transform, found: &mut Vec<Placed<'t>>) {
    for (position, item) in frame.items() {
        let placed = placed.pre_concat(Transform::translate(position.x, position.y));
        match item {
            FrameItem::Group(group) => {
                upright(&group.frame, placed.pre_concat(group.transform), found);
            }
            FrameItem::Text(text) if !text.text.trim().is_empty() => {
                let start = Point::zero().transform(placed);
                let end = Point::with_x(text.width()).transform(placed);
                let (from, to) = (start.x.to_pt(), end.x.to_pt());
                if (start.y - end.y).to_pt().abs() < TOLERANCE {
                    found.push(Placed {
                        text: text.text.as_str(),
                        from: from.min(to),
                        to: from.max(to),
                        y: start.y.to_pt(),
                        size: text.size.to_pt(),
                    });
                }
            }
            _ => {}
        }
    }
}

fn on(point: Point, page: Size) -> bool {
    let within =
        |at: Abs, length: Abs| (-TOLERANCE..=length.to_pt() + TOLERANCE).contains(&at.to_pt());
    within(point.x, page.x) && within(point.y, page.y)
}
