//! Whether an artifact keeps the standards that its format promises, judged on its bytes alone.
//!
//! [`inspect`] takes what a backend made (or anyone else's file), reads it back and gives a [`Verdict`] for each check
//! that the format promises. It trusts nothing that the program knows of the report, needs no network and no validator
//! installed, and ends in bounded time. That a file breaks a clause is a [`Breach`]; that it cannot be read at all is an
//! error.
//!
//! The checks are those that a machine can decide. Whether an alternative text says the right thing, or whether the
//! reading order makes sense, is for people. Files for a printer promise neither PDF/UA nor PDF/A: what they must be is
//! for [`preflight`](crate::preflight) to say.

mod docx;
mod pdf;
mod txt;
mod verdict;
mod xml;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Diagnostics, Kind};
pub use verdict::{Breach, Check, Verdict};

/// What an artifact claims to be and what it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Inspection {
    /// Standards that the file itself says it keeps, such as `PDF/UA-1`.
    pub standards: Vec<String>,
    /// The verdict of each check that the format promises to pass.
    pub verdicts: Vec<Verdict>,
}

impl Inspection {
    /// Whether every check passed.
    pub fn passed(&self) -> bool {
        self.verdicts.iter().all(Verdict::passed)
    }
}

/// The checks that an artifact of the backend of that name must pass; `for_print` is whether its layout is for paper.
pub fn promised(format: &str, for_print: bool) -> &'static [Check] {
    match format {
        "pdf" if !for_print => &[Check::PdfUa1, Check::PdfA2a],
        "docx" => &[Check::Docx],
        "txt" => &[Check::Txt],
        _ => &[],
    }
}

/// Judges an artifact of the backend of that name by what its format promises.
///
/// # Errors
/// The file cannot be read as what it claims to be, or nothing is known of the format.
pub fn inspect(format: &str, for_print: bool, bytes: &[u8]) -> Result<Inspection, Diagnostics> {
    let checks = promised(format, for_print);
    match format {
        "pdf" | "press" => crate::pdf::guarded(|| pdf::inspect(bytes, checks))
            .map_err(|what| unreadable("PDF file", &what)),
        "docx" => {
            let verdict = docx::judge(bytes).map_err(|what| unreadable("Word file", &what))?;
            Ok(verdict.into())
        }
        "txt" => Ok(txt::judge(bytes).into()),
        other => {
            let what = format!("there is no way yet to check an artifact of format `{other}`");
            Err(Diagnostic::error(Kind::Differs, what).into())
        }
    }
}

impl From<Verdict> for Inspection {
    fn from(verdict: Verdict) -> Inspection {
        Inspection {
            standards: Vec::new(),
            verdicts: vec![verdict],
        }
    }
}

fn unreadable(what: &str, why: &str) -> Diagnostics {
    Diagnostic::error(Kind::Differs, format!("the {what} cannot be read: {why}"))
        .hint("it may be damaged or locked; export it again")
        .into()
}

/// Whether a text is a language tag (BCP 47).
fn is_language(tag: &str) -> bool {
    oxilangtag::LanguageTag::parse(tag).is_ok()
}

#[cfg(test)]
mod tests;
