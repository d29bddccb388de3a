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
//! platforms or versions of a compressor is distinguished from a change of the publication.

mod approve;
mod compare;
pub(super) mod docx;
pub mod pdf;
mod picture;
pub(super) mod txt;
mod unified;
mod xml;

use std::collections::BTreeMap;

pub use approve::{Approval, approve, is_own, strays};
pub use compare::{Change, Difference, compare, difference, same_bytes};

use crate::backend::Backend;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::base::digest::sha256;

/// Name of the file of a record that holds size and SHA-256 of the artifact.
pub const BYTES: &str = "bytes.txt";

/// Name of the file of an approved record that lists the others: what `approve` wrote, and may take away again.
pub const FILES: &str = "files.txt";

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

/// The record of an artifact with size and SHA-256 of its bytes.
pub(super) fn identified(mut record: Record, bytes: &[u8]) -> Record {
    let ids = record.files.remove(BYTES).unwrap_or_default();
    let text = identity(bytes);
    record
        .files
        .insert(BYTES.into(), [text.as_bytes(), &ids].concat());
    record
}

/// Size and SHA-256 of an artifact, as its record states them.
fn identity(bytes: &[u8]) -> String {
    format!("size: {} bytes\nsha-256: {}\n", bytes.len(), sha256(bytes))
}

/// An artifact cannot be read as what it claims to be.
fn broken(message: impl Into<String>) -> Diagnostics {
    Diagnostic::new(Code::UNRECORDABLE, message).into()
}
