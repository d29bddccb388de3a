//! Typesetting: a document in a layout becomes laid-out pages, by typst, in process.

use crate::diagnostic::Diagnostics;
use crate::document::Document;
use crate::edition::Pagination;
use crate::layout::Layout;

/// Laid-out pages.
pub struct Typeset {
    /// The pages as typst made them.
    pub pages: typst_layout::PagedDocument,
    /// Where every anchor stands.
    pub pagination: Pagination,
}

/// Typesets a document.
pub fn typeset(_document: &Document, _layout: &Layout) -> Result<Typeset, Diagnostics> {
    unimplemented!("being written")
}
