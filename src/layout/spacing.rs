//! The spaces that a language wants at punctuation and numbers, as its file of fixed words states them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Spaces at punctuation and numbers, set in every format whatever was typed. Numbers are never separated from their
/// units, nor within, in any language; the rest is as typed where a language says nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Spacing {
    /// Marks with a narrow no-break space (U+202F) before them, such as `;!?` in French.
    pub narrow_before: String,
    /// Marks with a no-break space (U+00A0) before them, such as `:»%` in French; `%` and `‰` only after a number.
    pub space_before: String,
    /// Marks with a no-break space (U+00A0) after them, such as `«` in French.
    pub space_after: String,
    /// What parts groups of three digits where a space is typed; a no-break space where it is left out.
    pub thousands: Option<String>,
    /// Short words that are held to the number after them, such as `art.` or `No.`.
    pub before_numbers: Vec<String>,
    /// Short words that are held to the name after them, such as `M.` or `Mme`.
    pub before_names: Vec<String>,
    /// Words that are held to the number before them, in addition to the symbols of units, which always are.
    pub units: Vec<String>,
}
