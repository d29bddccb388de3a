//! Word files: a package that is whole, references that lead somewhere, and what people who cannot see the page need:
//! title, language, headings without a gap, pictures with words, tables with header rows; and fields that an update does
//! not change.
//!
//! Clauses are those of ECMA-376 (the format) and of WCAG 2 (what a reader needs). The schema itself is not checked.

mod body;
mod checker;
mod fields;
mod package;
mod references;
mod styles;
mod updated;

use super::verdict::{BreachList, Check, Verdict};
use crate::verify::packages;
use crate::verify::xml::Element;
use package::Package;

/// The main namespace of Word files.
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// Relationships from within a part.
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The mark of pictures that decorate.
const DECORATIVE: &str = "http://schemas.microsoft.com/office/drawing/2017/decorative";

/// Judges a Word file.
pub(super) fn judge(bytes: &[u8]) -> Result<Verdict, String> {
    let mut found = BreachList::new(Check::Docx);
    let parts = packages::parts(bytes)?;
    let package = Package::read(&parts)?;
    package.check(&mut found);
    let styles = styles::read(&package);
    body::check(&package, &styles, &mut found);
    references::check(&package, &styles, &mut found);
    fields::check(&package, &mut found);
    updated::check(&package, &mut found);
    checker::check(&package, &mut found);
    Ok(found.verdict())
}

/// The value of `w:val`.
fn value(element: Element<'_>) -> Option<&str> {
    element.attribute((W, "val"))
}

/// Whether a part is a header or footer.
fn is_furniture(root: Element<'_>) -> bool {
    ["hdr", "ftr"]
        .iter()
        .any(|name| root.has_tag_name((W, *name)))
}

/// Whether an element that switches something is there and does not say no.
fn is_on(element: Option<Element<'_>>) -> bool {
    element.is_some_and(|element| !matches!(value(element), Some("0" | "false" | "off")))
}
