//! On which page every anchor of a document stands, read off the laid-out pages.

use std::collections::BTreeMap;

use typst::introspection::Introspector;
use typst::model::Numbering;
use typst_layout::{Page, PagedDocument};

/// On which pages the anchors of a document stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pagination {
    /// Page label (such as `iv` or `12`) of each anchor.
    pub labels: BTreeMap<String, String>,
    /// Label of every page, in their order.
    pub pages: Vec<String>,
}

/// The page label of every anchor that the templates placed.
pub(super) fn paginate(document: &PagedDocument) -> Pagination {
    let pages = document.pages();
    let introspector = document.introspector();
    let introspector: &dyn Introspector = introspector.as_ref();
    let mut labels = BTreeMap::new();
    for content in introspector.query_labelled() {
        let (Some(label), Some(location)) = (content.label(), content.location()) else {
            continue;
        };
        let Some(number) = introspector.page(location) else {
            continue;
        };
        if let Some(page) = pages.get(number.get() - 1) {
            labels
                .entry(label.resolve().as_str().to_owned())
                .or_insert_with(|| page_label(page, number.get()));
        }
    }
    Pagination {
        labels,
        pages: pages
            .iter()
            .enumerate()
            .map(|(index, page)| page_label(page, index + 1))
            .collect(),
    }
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
