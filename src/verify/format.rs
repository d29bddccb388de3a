//! The formats: each backend with what makes records of its files, what judges them, and what reads them back.
//!
//! [`FORMATS`] is the one list of them; `--format`, `list`, completions, goldens, the release manifest and the tests
//! iterate over it. A new format is a folder in `backend`, an entry here and a record.

use std::path::Path;

use super::conformance::{self, Check, Inspection, Profile};
use super::golden::{self, Record};
use super::parity;
use crate::backend::edition::Edition;
use crate::backend::{self, Backend};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pdf::read::ReadBack;

/// A format that the program can make and check.
pub struct Format {
    /// What makes its files.
    pub backend: &'static dyn Backend,
    /// The layouts in which a file of it is recorded.
    recorded: &'static [&'static str],
    /// Makes the record of a file.
    record: fn(&ReadBack<'_>) -> Result<Record, Diagnostics>,
    /// The checks that a file must pass.
    required_checks: fn(Profile) -> &'static [Check],
    /// Judges a file by these checks in a layout of these terms.
    judge: fn(&[Check], Profile, &ReadBack<'_>) -> Result<Inspection, Diagnostics>,
    /// Reads a file back and compares what it states with the document.
    compare: fn(&Edition<'_>, &ReadBack<'_>) -> Result<(), Diagnostics>,
}

/// All formats, in the order in which they are listed.
pub const FORMATS: [Format; 4] = [
    Format {
        backend: &backend::Pdf,
        recorded: &["screen", "print", "large-print"],
        record: golden::pdf::record,
        required_checks: |terms| match terms.for_print {
            true => &[Check::Contrast],
            false => &[Check::PdfUa1, Check::PdfA2a, Check::Contrast],
        },
        judge: |checks, _, made| conformance::of_pdf(checks, made),
        compare: parity::of_pdf,
    },
    Format {
        backend: &backend::Press,
        recorded: &["print"],
        record: golden::pdf::record,
        required_checks: |_| &[],
        judge: |checks, _, made| conformance::of_pdf(checks, made),
        compare: parity::of_sheets,
    },
    Format {
        backend: &backend::Docx,
        recorded: &["screen"],
        record: golden::docx::record,
        required_checks: |_| &[Check::Docx],
        judge: |_, _, made| conformance::of_docx(made),
        compare: parity::of_docx,
    },
    Format {
        backend: &backend::Txt,
        recorded: &["screen", "full-text"],
        record: golden::txt::record,
        required_checks: |_| &[Check::Txt],
        judge: |_, terms, made| Ok(conformance::of_txt(terms, made)),
        compare: parity::of_txt,
    },
];

/// The backends of all formats, in their order.
pub static BACKENDS: &[&dyn Backend] = &{
    let mut all: [&dyn Backend; FORMATS.len()] = [FORMATS[0].backend; FORMATS.len()];
    let mut index = 1;
    while index < FORMATS.len() {
        all[index] = FORMATS[index].backend;
        index += 1;
    }
    all
};

/// The layouts whose files are recorded, in the order in which they are compared.
pub const RECORDED: [&str; 4] = ["screen", "full-text", "print", "large-print"];

/// Every artifact that has a record, as name of its layout and its backend.
pub fn recorded() -> impl Iterator<Item = (&'static str, &'static dyn Backend)> {
    RECORDED.into_iter().flat_map(|layout| {
        let here = move |format: &Format| format.recorded.contains(&layout);
        let formats = FORMATS.into_iter().filter(here);
        formats.map(move |format| (layout, format.backend))
    })
}

/// The backend of that name.
pub fn find(name: &str) -> Option<&'static dyn Backend> {
    let mut backends = BACKENDS.iter().copied();
    backends.find(|backend| backend.name() == name)
}

/// The backend whose files end as this name does.
pub fn of_file(file: &Path) -> Option<&'static dyn Backend> {
    let name = file.file_name()?.to_string_lossy().to_lowercase();
    BACKENDS
        .iter()
        .copied()
        .filter(|backend| name.ends_with(&format!(".{}", backend.suffix())))
        .max_by_key(|backend| backend.suffix().len())
}

/// The format of that name, to do this with an artifact of it.
fn format(name: &str, what: &str) -> Result<Format, Diagnostics> {
    let mut formats = FORMATS.into_iter();
    formats
        .find(|format| format.backend.name() == name)
        .ok_or_else(|| {
            let message = format!("there is no way yet to {what} an artifact of format `{name}`");
            Diagnostic::new(Code::UNRECORDABLE, message).into()
        })
}

/// The record of an artifact of the format of that name. Same bytes, same record.
///
/// # Errors
/// The file cannot be read as what it claims to be, or nothing is known of the format.
pub fn record(name: &str, made: &ReadBack<'_>) -> Result<Record, Diagnostics> {
    let record = (format(name, "record")?.record)(made)?;
    Ok(golden::identified(record, made.bytes()))
}

/// The checks that an artifact of the format of that name must pass.
pub fn required_checks(name: &str, terms: Profile) -> &'static [Check] {
    format(name, "check").map_or(&[], |format| (format.required_checks)(terms))
}

/// Judges an artifact of the format of that name by what its format and layout promise.
///
/// # Errors
/// The file cannot be read as what it claims to be, or nothing is known of the format.
pub fn inspect(name: &str, terms: Profile, made: &ReadBack<'_>) -> Result<Inspection, Diagnostics> {
    let format = format(name, "check")?;
    (format.judge)((format.required_checks)(terms), terms, made)
}

/// Holds the artifact of the format of that name, made of an edition, against what its document says. Nothing but the
/// bytes tells what the artifact says.
///
/// # Errors
/// One diagnostic for each difference, at most some twenty; or that the bytes cannot be read as what they claim to be.
pub fn compare(edition: &Edition<'_>, name: &str, made: &ReadBack<'_>) -> Result<(), Diagnostics> {
    (format(name, "compare")?.compare)(edition, made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_has_a_record_in_a_layout_that_is_compared() {
        for format in FORMATS {
            let name = format.backend.name();
            assert!(!format.recorded.is_empty(), "{name}");
            let known = |layout: &&str| RECORDED.contains(layout);
            assert!(format.recorded.iter().all(known), "{name}");
            assert_eq!(find(name).map(|backend| backend.name()), Some(name));
        }
    }

    #[test]
    fn an_unknown_format_is_an_error_and_not_an_empty_record() {
        let found = record("scroll", &ReadBack::of(b"x")).unwrap_err();
        assert!(found.to_string().contains("`scroll`"), "{found}");
    }

    #[test]
    fn the_record_holds_size_and_hash_of_the_bytes() {
        let record = record("txt", &ReadBack::of(b"abc\n")).unwrap();
        let text = String::from_utf8(record.files[golden::BYTES].clone()).unwrap();
        assert_eq!(
            text,
            "size: 4 bytes\nsha-256: edeaaff3f1774ad2888673770c6d64097e391bc362d7d6fb34982ddf0efd18cb\n"
        );
    }
}
