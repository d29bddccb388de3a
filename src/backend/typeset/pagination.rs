//! On which page every anchor of a document is, read off the laid-out pages.

use std::collections::{BTreeMap, BTreeSet};

use typst::foundations::{Content, Label, Selector, Str};
use typst::introspection::{Introspector, Location, MetadataElem};
use typst::model::Numbering;
use typst::utils::PicoStr;
use typst_layout::{Page, PagedDocument};

use crate::document::{Document, Footnote};

/// On which pages the anchors of a document are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pagination {
    /// Page label (such as `iv` or `12`) of each anchor.
    pub labels: BTreeMap<String, String>,
    /// Label of every page, in their order.
    pub pages: Vec<String>,
}

/// The page label of every anchor that the templates placed.
pub(super) fn paginate(document: &PagedDocument) -> Pagination {
    let pages = document.pages().iter().enumerate();
    let pages: Vec<String> = pages
        .map(|(index, page)| page_label(page, index + 1))
        .collect();
    let labels = pages_of_anchors(document).into_iter();
    let labels = labels.filter_map(|(anchor, page)| Some((anchor, pages.get(page)?.clone())));
    Pagination {
        labels: labels.collect(),
        pages,
    }
}

/// The page of every anchor that the templates placed, from 0.
pub(super) fn pages_of_anchors(document: &PagedDocument) -> BTreeMap<String, usize> {
    let introspector: &dyn Introspector = document.introspector().as_ref();
    of_anchors(document, |at| Some(introspector.page(at)?.get() - 1))
}

/// Where links to the anchors of a document lead: the page from 0, and the place on it in points, as PDF counts them.
pub(crate) fn places_of_anchors(document: &PagedDocument) -> BTreeMap<String, (usize, f64, f64)> {
    // So far above a place links lead, or the words there would be out of sight (typst-pdf 0.15, `pos_to_xyz`).
    const ABOVE: f64 = 10.0;
    of_anchors(document, |at| {
        let position = document.introspector().position(at)?;
        let page = position.page.get() - 1;
        let frame = document.pages().get(page).map(|page| &page.frame);
        let height = frame.map_or(0.0, |frame| frame.height().to_pt());
        let y = (position.point.y.to_pt() - ABOVE).max(0.0);
        Some((page, position.point.x.to_pt(), height - y))
    })
}

/// What is to be known of every anchor by where it stands first.
fn of_anchors<T>(
    document: &PagedDocument,
    known: impl Fn(Location) -> Option<T>,
) -> BTreeMap<String, T> {
    let introspector: &dyn Introspector = document.introspector().as_ref();
    let mut anchors = BTreeMap::new();
    for content in introspector.query_labelled() {
        if let (Some(label), Some(known)) = (content.label(), content.location().and_then(&known)) {
            let anchor = label.resolve().as_str().to_owned();
            anchors.entry(anchor).or_insert(known);
        }
    }
    anchors
}

/// The notes whose beginning is on another page than their mark: typst sets a note before it knows whether the line
/// with its mark still has room (typst #5314, #6268, #8603, #8636, #8792).
pub(super) fn parted_notes(pages: &PagedDocument, document: &Document) -> Vec<usize> {
    let introspector: &dyn Introspector = pages.introspector().as_ref();
    let page = |anchor: &str| {
        let label = Label::new(PicoStr::intern(anchor))?;
        let found = introspector.query_label(label).ok()?;
        introspector.page(found.location()?)
    };
    let parted = |note: &Footnote| {
        let text = page(&format!("{}-text", note.anchor));
        text.is_some() && text != page(&note.anchor)
    };
    let notes = document.footnotes.iter().enumerate();
    notes
        .filter(|(_, note)| parted(note))
        .map(|(index, _)| index)
        .collect()
}

/// The tables that the templates could not fit on a page.
pub(crate) fn tables_too_wide(pages: &PagedDocument) -> BTreeSet<String> {
    let introspector: &dyn Introspector = pages.introspector().as_ref();
    let Some(label) = Label::new(PicoStr::intern("too-wide")) else {
        return BTreeSet::new();
    };
    let found = introspector.query(&Selector::Label(label));
    let anchor = |content: &Content| {
        let value = &content.to_packed::<MetadataElem>()?.value;
        value.clone().cast::<Str>().ok().map(String::from)
    };
    found.iter().filter_map(anchor).collect()
}

/// The page's own number as it is printed, such as `iv`; its place in the file where it has none.
fn page_label(page: &Page, place: usize) -> String {
    match &page.numbering {
        Some(Numbering::Pattern(pattern)) => pattern
            .apply(None, &[page.number])
            .map_or_else(|_| page.number.to_string(), |label| label.to_string()),
        _ => place.to_string(),
    }
}
