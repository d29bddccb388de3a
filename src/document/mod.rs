//! From `Source` to `Document`: all rules are here, and all mistakes are reported at once.

mod acronyms;
mod blocks;
mod chapters;
mod collation;
mod dates;
mod derived;
pub mod epoch;
mod facts;
mod identifiers;
mod images;
mod language;
mod links;
mod markdown;
mod model;
mod numbering;
mod prose;
mod registry;
mod report;
mod resolve;
mod svg;
mod text;

#[cfg(test)]
mod tests;

pub(crate) use identifiers::address;
pub(crate) use images::settable;
pub use model::*;
pub use report::resolve;
