//! Codes of diagnostics: each mistake has one number, which stays what it is from version to version.
//!
//! The tables in `codes` give each code's severity, exit code, cause, example and
//! cure. One code stands for one thing that the user can do about it. A retired number is not used again.

use std::fmt;

use super::{Kind, Severity};

/// The code of a diagnostic. All of them are constants of this type.
#[derive(Clone, Copy)]
pub struct Code(&'static CodeEntry);

/// What a table says of a code.
pub(super) struct CodeEntry {
    pub(super) number: &'static str,
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) title: &'static str,
    pub(super) cause: &'static str,
    pub(super) example: &'static str,
    pub(super) cure: &'static str,
}

/// A table of codes: constants of [`Code`], and a list of them in their order. Each entry is a name, a number (E for
/// an error, W for a warning), a kind, and then title, cause, example and cure.
macro_rules! codes {
    ($table:ident: $($name:ident $number:ident $kind:ident $title:literal $cause:literal $example:literal $cure:literal;)+) => {
        impl $crate::base::diagnostic::Code {
            $(
                #[doc = $title]
                pub const $name: $crate::base::diagnostic::Code = $crate::base::diagnostic::Code::of(
                    &$crate::base::diagnostic::code::CodeEntry {
                        number: stringify!($number),
                        name: stringify!($name),
                        kind: $crate::base::diagnostic::Kind::$kind,
                        title: $title,
                        cause: $cause,
                        example: $example,
                        cure: $cure,
                    },
                );
            )+
        }
        /// The codes of this table in their order.
        pub(in crate::base::diagnostic) const $table: &[$crate::base::diagnostic::Code] = &[$($crate::base::diagnostic::Code::$name),+];
    };
}
pub(super) use codes;

impl Code {
    pub(super) const fn of(entry: &'static CodeEntry) -> Self {
        Code(entry)
    }

    /// All codes, by the part of the work that they belong to, in the order of their numbers.
    pub fn groups() -> &'static [(&'static str, &'static [Code])] {
        super::codes::GROUPS
    }

    /// All codes in the order of their numbers.
    pub fn all() -> impl Iterator<Item = Code> {
        Self::groups().iter().flat_map(|(_, codes)| *codes).copied()
    }

    /// Whether it is what a print shop would object to.
    pub(crate) fn is_of_preflight(self) -> bool {
        self == Code::SMALL_TINT || super::codes::print::PREFLIGHT.contains(&self)
    }

    /// The code of a number such as `E0204`, whatever the case of its letter.
    pub fn find(number: &str) -> Option<Code> {
        Self::all().find(|code| code.number().eq_ignore_ascii_case(number.trim()))
    }

    /// The codes whose numbers are nearest to a mistyped one: those of its digits, else those that differ in one.
    pub fn nearest(number: &str) -> Vec<Code> {
        let wanted = number.trim().to_ascii_uppercase();
        let digits = |text: &str| {
            text.trim_start_matches(|c: char| !c.is_ascii_digit())
                .to_owned()
        };
        let plain = digits(&wanted).trim_start_matches('0').to_owned();
        let same = |code: &Code| digits(code.number()).trim_start_matches('0') == plain;
        let found: Vec<Code> = Self::all().filter(same).collect();
        match found.is_empty() {
            true => Self::all()
                .filter(|code| strsim::osa_distance(code.number(), &wanted) <= 1)
                .collect(),
            false => found,
        }
    }

    /// Its number, such as `E0204`; warnings start with W.
    pub fn number(self) -> &'static str {
        self.0.number
    }

    /// Its name for programs, such as `UnknownPerson`.
    pub fn name(self) -> String {
        let word = |word: &str| word[..1].to_owned() + &word[1..].to_ascii_lowercase();
        self.0.name.split('_').map(word).collect()
    }

    /// How bad it is, by the letter of the number.
    pub fn severity(self) -> Severity {
        match self.0.number.starts_with('W') {
            true => Severity::Warning,
            false => Severity::Error,
        }
    }

    /// What kind of thing is wrong, unless the diagnostic itself says otherwise.
    pub fn kind(self) -> Kind {
        self.0.kind
    }

    /// What is wrong, in a few words.
    pub fn title(self) -> &'static str {
        self.0.title
    }

    /// How it comes about, in sentences.
    pub fn cause(self) -> &'static str {
        self.0.cause
    }

    /// What it looks like.
    pub fn example(self) -> &'static str {
        self.0.example
    }

    /// What to do about it, in sentences.
    pub fn cure(self) -> &'static str {
        self.0.cure
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.number() == other.number()
    }
}

impl Eq for Code {}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.number())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.number())
    }
}
