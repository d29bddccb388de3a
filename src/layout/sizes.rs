//! Type sizes: written in points, or in multiples of the size of running text.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use super::length::Length;
use super::tokens::tokens;

/// A type size as written: `16pt`, or `0.9em` of the size of running text.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub enum Size {
    /// A length.
    Fixed(Length),
    /// So many times the size of running text.
    OfText(f64),
}

impl Size {
    /// The length beside running text of that size; one that follows it is no shorter than `least`.
    fn at_least(self, least: Length, text: Length) -> Length {
        let length = self.beside(text);
        match self {
            Size::OfText(_) if length < least => least,
            _ => length,
        }
    }

    /// The length beside running text of that size.
    fn beside(self, text: Length) -> Length {
        match self {
            Size::Fixed(length) => length,
            // Twentieths of a point, as Word counts: no two formats differ.
            Size::OfText(share) => Length::pt((text.to_pt() * share * 20.0).round() / 20.0),
        }
    }
}

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let Some(share) = text.trim_end().strip_suffix("em") else {
            return text
                .parse()
                .map(Size::Fixed)
                .map_err(serde::de::Error::custom);
        };
        match share.trim_end().parse() {
            Ok(share) if (0.1..=10.0).contains(&share) => Ok(Size::OfText(share)),
            _ => Err(serde::de::Error::custom(format!(
                "`{text}` is no size: write points, such as 16pt, or how many times the size of running text it is, such as \
                 0.9em (0.1em to 10em)"
            ))),
        }
    }
}

impl JsonSchema for Size {
    fn schema_name() -> Cow<'static, str> {
        "Size".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "pattern": "^[0-9.]+ *(pt|mm|cm|in|um|\u{b5}m|\u{3bc}m|em)$"})
    }
}

/// Makes the group of tokens: the size of running text and the others as written, and once more with every size as a length.
macro_rules! sizes {
    ($(#[$tdoc:meta])* $text:ident at least $least:ident; $($(#[$fdoc:meta])* $field:ident,)*) => {
        tokens! {
            /// Type sizes as written.
            GivenSizes / WrittenSizes { $(#[$tdoc])* $text: Length, $($(#[$fdoc])* $field: Size,)* }
        }

        /// Type sizes.
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub struct Sizes { $(#[$tdoc])* pub $text: Length, $($(#[$fdoc])* pub $field: Length,)* }

        impl From<GivenSizes> for Sizes {
            fn from(given: GivenSizes) -> Sizes {
                let text = given.$text;
                let least = given.$least.beside(text);
                Sizes { $text: text, $($field: given.$field.at_least(least, text),)* }
            }
        }
    };
}

sizes! {
    /// Running text; a size given in `em` is so many times this.
    text at least least;
    /// No type is smaller: what is given in `em` is no less than this, and what is given in points may not be.
    least,
    /// Footnotes, running heads, captions' notes.
    note,
    /// Tables.
    table,
    /// The least type of tables that are too wide otherwise; where it does not do, they are turned.
    table_least,
    /// Posts, captions, lists at the end.
    small,
    /// Third-level headings and the subtitle of the cover.
    lead,
    /// Section headings.
    heading,
    /// Chapter titles.
    title,
    /// Title on the cover.
    cover,
    /// Distance of text lines from base line to base line; everything vertical is a multiple of it.
    line,
}
