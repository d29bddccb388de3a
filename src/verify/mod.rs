//! What was made against what was meant: whether a file keeps its standard (`conformance`), says what the document
//! says (`parity`), and is the one that was approved (`golden`); `format` lists
//! the formats with what does all this for each.

pub mod conformance;
pub mod format;
pub mod golden;
mod headings;
mod packages;
pub mod parity;
pub mod proof;
mod xml;
