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
mod isolates;
mod language;
mod links;
pub(crate) mod markdown;
mod model;
mod numbering;
pub mod placeholder;
mod prose;
mod registry;
mod report;
mod resolve;
pub(crate) mod script;
mod svg;
mod text;
mod texts;
mod typography;

#[cfg(test)]
mod tests;

pub(crate) use identifiers::address;
pub(crate) use images::settable;

pub use model::*;
pub use report::resolve;
