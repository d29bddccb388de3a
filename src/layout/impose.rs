//! How pages share sheets and how these are bound, as words.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Reads and writes a type as the text that its `FromStr` and `Display` agree on.
macro_rules! as_text {
    ($name:ident) => {
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?
                    .parse()
                    .map_err(serde::de::Error::custom)
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    };
}
pub(super) use as_text;

/// How pages are put on sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Impose {
    /// One page a sheet.
    Single,
    /// Facing pages side by side, as a reader sees them, for proofs.
    Spreads,
    /// All sheets folded into one another and stitched through the fold.
    Booklet,
    /// Groups of this many pages (4, 8, 16 or 32), each folded and nested, gathered and glued at the spine.
    Signatures(u32),
    /// Sheets of this many pages (8, 16 or 32), folded across and down several times, gathered and glued at the spine.
    Formes(u32),
    /// This many pages (2 or 4) a sheet in reading order, for proofs.
    Nup(u32),
}

impl FromStr for Impose {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Ok(match text.trim().to_ascii_lowercase().as_str() {
            "single" => Impose::Single,
            "spreads" => Impose::Spreads,
            "booklet" => Impose::Booklet,
            "signatures-4" => Impose::Signatures(4),
            "signatures-8" => Impose::Signatures(8),
            "signatures-16" => Impose::Signatures(16),
            "signatures-32" => Impose::Signatures(32),
            "formes-8" => Impose::Formes(8),
            "formes-16" => Impose::Formes(16),
            "formes-32" => Impose::Formes(32),
            "nup-2" => Impose::Nup(2),
            "nup-4" => Impose::Nup(4),
            other if other.starts_with("signatures") => {
                return Err(format!(
                    "`{text}` is no size of signature: write signatures-4, signatures-8, signatures-16 or \
                     signatures-32"
                ));
            }
            other if other.starts_with("formes") => {
                return Err(format!(
                    "`{text}` is no number of pages that a sheet is folded to: write formes-8, formes-16 or formes-32"
                ));
            }
            other if other.starts_with("nup") => {
                return Err(format!(
                    "`{text}` is no number of pages a sheet: write nup-2 or nup-4"
                ));
            }
            _ => {
                return Err(format!(
                    "`{text}` is no way to put pages on sheets: write single, spreads, booklet, signatures-16 \
                     (or 4, 8, 32), formes-16 (or 8, 32) or nup-2 (or 4)"
                ));
            }
        })
    }
}

impl fmt::Display for Impose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Impose::Single => f.write_str("single"),
            Impose::Spreads => f.write_str("spreads"),
            Impose::Booklet => f.write_str("booklet"),
            Impose::Signatures(pages) => write!(f, "signatures-{pages}"),
            Impose::Formes(pages) => write!(f, "formes-{pages}"),
            Impose::Nup(pages) => write!(f, "nup-{pages}"),
        }
    }
}

impl JsonSchema for Impose {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Impose".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "enum": [
            "single", "spreads", "booklet", "signatures-4", "signatures-8", "signatures-16", "signatures-32",
            "formes-8", "formes-16", "formes-32", "nup-2", "nup-4",
        ]})
    }
}

as_text!(Impose);

/// Makes a choice of words: an enum that is written as they are.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident ($what:literal) { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$vdoc])* $variant,)+ }

        impl FromStr for $name {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, String> {
                match text.trim().to_ascii_lowercase().as_str() {
                    $($word => Ok($name::$variant),)+
                    _ => Err(format!("`{text}` is no {}: write {}", $what, one_of_words(&[$($word),+]))),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $($name::$variant => $word,)+ })
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({"type": "string", "enum": [$($word),+]})
            }
        }

        as_text!($name);
    };
}

/// `a, b or c`.
fn one_of_words(words: &[&str]) -> String {
    match words {
        [before @ .., last] if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        _ => words.concat(),
    }
}

choice! {
    /// How a publication is bound.
    Binding ("binding") {
        /// As the sheets say: a booklet is stitched, signatures and formes are glued, with the covers among their pages.
        Auto = "auto",
        /// Stitched through the fold, with the covers among the pages.
        Stitched = "stitched",
        /// Glued at the spine into a cover that is a sheet, and a file, of its own.
        Perfect = "perfect",
    }
}

choice! {
    /// What becomes of pages of the text that carry other inks than black.
    ColourPages ("answer to pages in colour") {
        /// They are printed.
        Allow = "allow",
        /// They are printed, and a warning lists them.
        List = "list",
        /// Nothing is made.
        Refuse = "refuse",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impose_is_read_as_it_is_written() {
        for text in [
            "single",
            "spreads",
            "booklet",
            "signatures-4",
            "signatures-8",
            "signatures-16",
            "signatures-32",
            "formes-8",
            "formes-16",
            "formes-32",
            "nup-2",
            "nup-4",
        ] {
            assert_eq!(text.parse::<Impose>().unwrap().to_string(), text);
        }
        for (wrong, says) in [
            ("signatures-12", "write signatures-4"),
            ("formes-4", "write formes-8"),
            ("formes-64", "formes-16 or formes-32"),
            ("nup-3", "write nup-2 or nup-4"),
            ("folded", "write single, spreads"),
            ("", "write single, spreads"),
        ] {
            let error = wrong.parse::<Impose>().unwrap_err();
            assert!(error.contains(says), "{error}");
        }
    }

    #[test]
    fn a_choice_is_read_as_it_is_written() {
        for text in ["auto", "stitched", "perfect"] {
            assert_eq!(text.parse::<Binding>().unwrap().to_string(), text);
        }
        for text in ["allow", "list", "refuse"] {
            assert_eq!(text.parse::<ColourPages>().unwrap().to_string(), text);
        }
        let said = "glued".parse::<Binding>().unwrap_err();
        assert_eq!(
            said,
            "`glued` is no binding: write auto, stitched or perfect"
        );
    }
}
