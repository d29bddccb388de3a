//! Reading PDF files that nobody vouches for: the file as guarded objects, and what its pages draw.
//!
//! Records are made from it, and [`preflight`](crate::pdf::preflight) compares it with what printers ask for. A file
//! that is broken or hostile gives an error; where a crate that reads it panics, that is an error, too.

pub(crate) mod cmap;
pub(crate) mod colour;
pub(crate) mod content;
pub(crate) mod file;
pub(crate) mod fonts;
pub(crate) mod icc;
pub(crate) mod matrix;
pub(crate) mod paint;
pub(crate) mod path;
pub mod picture;
mod read_back;
mod show;
pub(crate) mod state;
pub(crate) mod tree;

use std::panic::{AssertUnwindSafe, catch_unwind};

pub use file::Rect;
pub use fonts::FontFacts;
pub use read_back::{ReadBack, Reading};

/// Runs code that reads a file, and makes an error of a panic of the crates it uses.
pub(crate) fn guarded<T>(read: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err("its reader panicked".into()))
}
