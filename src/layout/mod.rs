//! From a layout's name or folder to `Layout`: design tokens, templates, fonts and fixed words.

mod tokens;

pub use tokens::*;

/// A layout, ready for the backends.
#[derive(Debug, Clone)]
pub struct Layout {
    /// Name, such as `screen`.
    pub name: String,
    /// One line that says what it is for.
    pub description: String,
    /// Design tokens.
    pub tokens: Tokens,
    /// Typst templates by path; `report.typ` is the entry.
    pub templates: Files,
    /// Font files by path.
    pub fonts: Files,
}
