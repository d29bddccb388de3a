//! Goldens: from an artifact's bytes to a record that a person can review in a diff, and what differs from the
//! approved one.
//!
//! A record is made from the bytes alone, never from what the program knows of the report: it holds the file to
//! account. It is a folder of small text files (and a few pictures of pages), one folder for each artifact below
//! `tests/golden/`. [`compare`] says what differs, [`approve`] is the only writer. A file that cannot be read as what
//! it claims to be gives an error, never a panic.
//!
//! The SHA-256 of the bytes is part of the record, on every platform: release builds make the same bytes everywhere.
//! Where it is the one thing that differs, [`Change::Bytes`] says so in its own words, so that drift between
//! platforms or versions of a compressor is told apart from a change of the publication.

mod approve;
mod compare;
mod docx;
pub mod pdf;
mod picture;
mod txt;
mod unified;
mod xml;

use std::collections::BTreeMap;

pub use approve::{Approval, approve, remove, strays};
pub use compare::{Change, Difference, compare, difference, same_bytes};

use crate::backend::{BACKENDS, Backend};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::base::digest::sha256;

/// Name of the file of a record that holds size and SHA-256 of the artifact.
pub const BYTES: &str = "bytes.txt";

/// Name of the file of an approved record that lists the others: what `approve` wrote, and may take away again.
pub const FILES: &str = "files.txt";

/// The layouts whose artifacts are recorded, each with the formats that it is recorded for.
pub const EDITIONS: &[(&str, &[&str])] = &[
    ("screen", &["pdf", "docx", "txt"]),
    ("full-text", &["txt"]),
    ("print", &["pdf", "press"]),
    ("large-print", &["pdf"]),
];

/// Every artifact that has a record, as name of its layout and its backend.
pub fn recorded() -> impl Iterator<Item = (&'static str, &'static dyn Backend)> {
    EDITIONS.iter().flat_map(|&(layout, formats)| {
        let wanted = move |backend: &&'static dyn Backend| formats.contains(&backend.name());
        BACKENDS
            .iter()
            .copied()
            .filter(wanted)
            .map(move |backend| (layout, backend))
    })
}

/// Name of the folder that holds the record of an artifact, such as `gmg-2016.screen.pdf`.
pub fn folder(report: &str, layout: &str, backend: &dyn Backend) -> String {
    format!("{report}.{layout}.{}", backend.suffix())
}

/// What an artifact is, as files that a person can read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// Contents by path below the record's folder, with forward slashes: UTF-8 text, or PNG where the name says so.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Record {
    fn add(&mut self, name: &str, text: String) {
        self.files.insert(name.to_string(), text.into_bytes());
    }
}

/// Makes the record of one format.
type Recorder = fn(&[u8]) -> Result<Record, Diagnostics>;

/// What makes the record of each format, by the backend's name.
const RECORDERS: &[(&str, Recorder)] = &[
    ("pdf", pdf::record),
    ("press", pdf::record),
    ("docx", docx::record),
    ("txt", txt::record),
];

/// The record of an artifact that the backend of that name made. Same bytes, same record.
pub fn record(format: &str, bytes: &[u8]) -> Result<Record, Diagnostics> {
    let Some((_, recorder)) = RECORDERS.iter().find(|(name, _)| *name == format) else {
        return Err(broken(format!(
            "there is no way yet to record an artifact of format `{format}`"
        )));
    };
    let mut record = recorder(bytes)?;
    let ids = record.files.remove(BYTES).unwrap_or_default();
    let text = identity(bytes);
    record
        .files
        .insert(BYTES.into(), [text.as_bytes(), &ids].concat());
    Ok(record)
}

/// Size and SHA-256 of an artifact, as its record states them.
fn identity(bytes: &[u8]) -> String {
    format!("size: {} bytes\nsha-256: {}\n", bytes.len(), sha256(bytes))
}

/// An artifact cannot be read as what it claims to be.
fn broken(message: impl Into<String>) -> Diagnostics {
    Diagnostic::new(Code::UNRECORDABLE, message).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_backend_has_a_recorder_and_a_recorded_edition() {
        for backend in BACKENDS {
            assert!(
                RECORDERS.iter().any(|(name, _)| *name == backend.name()),
                "no recorder: {}",
                backend.name()
            );
            assert!(
                recorded().any(|(_, other)| other.name() == backend.name()),
                "no golden: {}",
                backend.name()
            );
        }
    }

    #[test]
    fn an_unknown_format_is_an_error_and_not_an_empty_record() {
        let found = record("scroll", b"x").unwrap_err();
        assert!(found.to_string().contains("`scroll`"), "{found}");
    }

    #[test]
    fn the_record_holds_size_and_hash_of_the_bytes() {
        let record = record("txt", b"abc\n").unwrap();
        let text = String::from_utf8(record.files[BYTES].clone()).unwrap();
        assert_eq!(
            text,
            "size: 4 bytes\nsha-256: edeaaff3f1774ad2888673770c6d64097e391bc362d7d6fb34982ddf0efd18cb\n"
        );
    }
}
