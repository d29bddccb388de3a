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

impl Spacing {
    /// What is wrong with it: the field, what it says, and what to write instead.
    pub(super) fn faults(&self) -> Vec<(&'static str, String, &'static str)> {
        let marks = [
            ("narrow_before", self.narrow_before.as_str()),
            ("space_before", self.space_before.as_str()),
            ("space_after", self.space_after.as_str()),
        ];
        let is_mark = |c: char| !c.is_alphanumeric() && !c.is_whitespace() && !c.is_control();
        let marks = marks.into_iter().filter_map(|(field, marks)| {
            let other = marks.chars().find(|c| !is_mark(*c))?;
            let hint = "write the marks one behind the other, such as ;!? in quotation marks";
            Some((
                field,
                format!("`{other}` is no mark that takes a space"),
                hint,
            ))
        });
        let parts = |text: &&String| {
            let mut characters = text.chars();
            let one = characters.next().zip(characters.next()).is_none();
            text.is_empty() || !one || text.contains(char::is_alphanumeric)
        };
        let thousands = self.thousands.iter().filter(parts).map(|text| {
            let hint = "write one character, such as \"\\u202F\", or leave the field out";
            let message = format!("`{text}` does not part groups of three digits");
            ("thousands", message, hint)
        });
        let words = [
            ("before_numbers", &self.before_numbers),
            ("before_names", &self.before_names),
            ("units", &self.units),
        ];
        let words = words.into_iter().filter_map(|(field, words)| {
            let is_word = |word: &str| !word.is_empty() && !word.contains(char::is_whitespace);
            let other = words.iter().find(|word| !is_word(word))?;
            let hint = "write each word as an item of its own, and take empty ones out";
            Some((field, format!("`{other}` is not one short word"), hint))
        });
        marks.chain(thousands).chain(words).collect()
    }
}
