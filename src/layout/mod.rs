//! From a layout's name or folder to `Layout`: design tokens, templates, fonts and fixed words.
//!
//! Layouts, fonts and words are in the binary; a folder on the [`LayoutLoader`] wins over the one in the binary. Fonts
//! are found here and read when something is set in them: plain text needs none.

mod check;
mod colour;
mod fixed_words;
mod folder;
mod font_file;
mod fonts;
mod impose;
mod length;
mod load;
mod plain_words;
mod press;
mod print_data;
pub mod profiles;
mod sizes;
mod spacing;
mod tokens;
mod unread;
mod word_template;
mod words;

pub use colour::Colour;
pub use fixed_words::{DateSpans, SpineText, Strings};
pub(crate) use folder::embedded_files;
pub use fonts::FontFiles;
pub use impose::{Binding, ColourPages, Impose};
pub use length::Length;
pub(crate) use length::{MM, millimetres};
pub use load::LayoutLoader;
pub use press::{Job, Press, SheetSize, WrittenPress};
pub use print_data::{Coating, PrintData, RuleSet, Stock};
pub use sizes::{Size, Sizes, WrittenSizes};
pub use spacing::Spacing;
pub use tokens::*;
pub use unread::unread_files;
pub use words::{languages, strings};

use crate::base::diagnostic::{Diagnostics, Kind};

fn parse<T: serde::de::DeserializeOwned>(path: &str, bytes: &[u8]) -> Result<T, Diagnostics> {
    crate::source::yaml(path, bytes, Kind::Layout).map(|file| file.content)
}

#[cfg(test)]
mod tests;
