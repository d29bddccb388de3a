//! From `Source` to `Document`: all rules are here, and all mistakes are reported at once.

mod acronyms;
mod blocks;
mod by_rows;
mod cells;
mod chapters;
mod chart;
mod citations;
mod cited;
mod collation;
mod counter;
mod covers;
mod dates;
mod derived;
mod descriptions;
mod digest;
mod display;
pub mod epoch;
mod facts;
mod identifiers;
mod images;
mod isolates;
mod language;
mod links;
pub(crate) mod markdown;
pub(crate) mod markup;
mod mentions;
mod model;
mod number;
mod numbering;
pub mod placeholder;
mod png;
mod proceedings;
mod prose;
mod registry;
mod report;
mod resolve;
mod running;
pub(crate) mod script;
mod sequence;
mod svg;
mod svg_nesting;
mod tables;
mod text;
mod texts;
mod typography;
mod visit;

#[cfg(test)]
mod tests;

pub(crate) use citations::cited_keys;
pub(crate) use identifiers::address;
pub(crate) use images::settable;
pub(crate) use language::is_language;
pub(crate) use markdown::plain::has_markup;
pub(crate) use markdown::{is_formula, labelled_lines};
pub(crate) use text::without_hidden;

pub use counter::{Counter, Delimiter};
pub use digest::{DigestBody, DigestChapter, DigestSection, DigestTalk};
pub use markup::Manner;
pub use model::*;
pub use report::{for_layout, resolve};
pub use visit::{Node, Part, TextKind, visit_blocks};
