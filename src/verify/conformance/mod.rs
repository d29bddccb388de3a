//! Whether an artifact conforms to the standards that its format claims, judged by its bytes alone.
//!
//! [`inspect`](crate::verify::format::inspect) takes what a backend made (or anyone else's file), reads it back and
//! gives a [`Verdict`] for each check that the format promises. It trusts nothing that the program knows of the report,
//! needs no network and no validator installed, and ends in bounded time. That a file breaks a clause is a [`Breach`];
//! that it cannot be read at all is an error.
//!
//! The checks are those that a machine can decide: of PDF/UA-1 all that the Matterhorn Protocol 1.1 numbers as such, each
//! breach with its number. Of font programs glyphs, names, widths and maps are read, no outlines; no Word file is compared
//! with the schema of its format; that is left to validators outside the program. Whether an alternative text says the
//! right thing, or whether the reading order makes sense, is for people: [`access`](crate::access) asks them. Files for a printer promise
//! neither PDF/UA nor PDF/A: what they must be is for [`preflight`](crate::pdf::preflight) to say.
//!
//! PDF/UA-1 and PDF/A-2a are judged by rules of our own and not by the crate `page_validation`, which judges the tests'
//! files as someone else. Measured on 2026-11-29 on the shipped report (35 pages, both standards, nine runs in pairs): the
//! crate takes 0.85 to 1.29 s, compiled with optimisation; these rules take 0.05 to 0.11 s, compiled without, since they
//! look at the pages and the tag tree that the other checks have read anyway, and the crate reads the file anew for each
//! standard. Of the 93 files that the tests break on purpose these rules refuse 93 and the crate 80; for the other 13 tag
//! tree, parent tree, marked content and character maps would have to be read here all the same. It also takes a compressed
//! stream that ends in the byte 0x0D for a fault.

pub mod contrast;
mod docx;
mod pdf;
mod txt;
mod verdict;

use serde::Serialize;

use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::layout::Layout;
use crate::pdf::read::ReadBack;
use crate::pdf::read::file::File;
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

/// What a layout promises of the artifacts that are made in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Profile {
    /// Whether it is for paper: a PDF file is then one for a printer.
    pub for_print: bool,
    /// Widest line of plain text in columns.
    pub columns: usize,
}

impl Profile {
    /// The terms of a layout.
    pub fn of(layout: &Layout) -> Profile {
        Profile {
            for_print: layout.tokens.for_print(),
            columns: layout.tokens.digest.width.into(),
        }
    }
}

/// Judges a PDF file by these checks, and reads what it says itself that it keeps.
pub(crate) fn of_pdf(checks: &[Check], made: &ReadBack<'_>) -> Result<Inspection, Diagnostics> {
    crate::pdf::read::guarded(|| pdf::inspect(made, checks)).or_else(|what| {
        let lock = crate::pdf::read::guarded(|| Ok(File::lock(made.bytes())));
        match lock {
            Ok(Some(permissions)) if checks.contains(&Check::PdfUa1) => {
                Ok(pdf::locked(permissions).into())
            }
            _ => Err(unreadable("PDF file", &what)),
        }
    })
}

/// Judges a Word file.
pub(super) fn of_docx(made: &ReadBack<'_>) -> Result<Inspection, Diagnostics> {
    let verdict = docx::judge(made.bytes()).map_err(|what| unreadable("Word file", &what))?;
    Ok(verdict.into())
}

/// Judges plain text.
pub(super) fn of_txt(terms: Profile, made: &ReadBack<'_>) -> Inspection {
    txt::judge(made.bytes(), terms.columns).into()
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
    Diagnostic::new(
        Code::UNRECORDABLE,
        format!("the {what} cannot be read: {why}"),
    )
    .hint("it may be damaged or locked; export it again")
    .into()
}

/// Whether a text is a language tag (BCP 47).
fn is_language(tag: &str) -> bool {
    oxilangtag::LanguageTag::parse(tag).is_ok()
}

#[cfg(test)]
mod tests;
