//! From a layout's name or folder to `Layout`: design tokens, templates, fonts and fixed words.

mod check;
mod load;
mod tokens;

pub use load::{Shelf, languages, strings};
pub use tokens::*;
