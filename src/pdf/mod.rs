//! PDF below the level of a report: reading it, making it fit for the press, and checking it before it goes to print.

mod list_numbering;
pub mod preflight;
pub(crate) mod prepress;
pub mod read;
pub(crate) mod structure;
pub(crate) mod text_layer;
