//! The spine of a perfect-bound book: a page of its own, by the layout's template `spine.typ`.

use std::borrow::Cow;

use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;

use super::{TemplateWorld, compile_in, messages, without_pictures};
use crate::base::diagnostic::Diagnostics;
use crate::document::Document;
use crate::layout::{Layout, MM};

/// The template.
const ENTRY: &str = "spine.typ";
/// The measures of the spine, among the files that it sees.
const DATA: &str = "spine.json";
/// What stays clear at each edge, in points: covers wander by about as much when they are bound.
pub(crate) const CLEAR: f64 = 1.5 * MM;

/// What the template gets.
#[derive(serde::Serialize)]
struct Spine {
    width: f64,
    clear: f64,
}

/// The page of a spine.
pub(crate) struct TypesetSpine {
    /// The page.
    pub(crate) page: PagedDocument,
    /// The world that it was made in.
    pub(crate) world: TemplateWorld,
    /// Whether the title stands on it.
    pub(crate) has_text: bool,
}

/// Typesets a spine of this width in points.
pub(crate) fn spine(
    document: &Document,
    layout: &Layout,
    width: f64,
) -> Result<TypesetSpine, Diagnostics> {
    let mut files = without_pictures(document, layout)?;
    let data = Spine {
        width,
        clear: CLEAR,
    };
    files.insert(DATA.into(), Cow::Owned(messages::json(&data)?));
    let (page, world) = compile_in(TemplateWorld::at(ENTRY, files, layout)?, layout)?;
    let has_text = page.pages().iter().any(|page| holds_text(&page.frame));
    Ok(TypesetSpine {
        page,
        world,
        has_text,
    })
}

fn holds_text(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => holds_text(&group.frame),
        FrameItem::Text(_) => true,
        _ => false,
    })
}
