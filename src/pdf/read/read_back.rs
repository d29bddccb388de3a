//! A finished file, for all who read it back.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::content::{self, Drawing};
use super::file::File;
use super::guarded;
use super::tree::Tree;

/// What was read from a finished file so far. Only together with the bytes of that file does it say anything, and nothing
/// that they do not say.
#[derive(Clone, Default)]
pub struct Reading(Arc<Read>);

#[derive(Default)]
struct Read {
    file: OnceLock<Result<File, String>>,
    drawings: OnceLock<Result<Vec<Drawing>, String>>,
    tree: OnceLock<Result<Tree, String>>,
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reading")
    }
}

/// The bytes of a finished file, whatever its format. A PDF file is taken apart at most once, its pages are interpreted at
/// most once, and its tag tree is read at most once, however many look into it.
pub struct ReadBack<'a> {
    bytes: &'a [u8],
    reading: Reading,
}

impl<'a> ReadBack<'a> {
    /// The file with these bytes; nothing is read yet.
    pub fn of(bytes: &'a [u8]) -> Self {
        Self::again(bytes, Reading::default())
    }

    /// The file with these bytes, of which this was read before.
    pub(crate) fn again(bytes: &'a [u8], reading: Reading) -> Self {
        ReadBack { bytes, reading }
    }

    /// What was read of it so far, and what will be.
    pub(crate) fn reading(&self) -> Reading {
        self.reading.clone()
    }

    /// Its bytes.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The PDF file that the bytes are.
    pub(crate) fn pdf(&self) -> Result<&File, String> {
        once(&self.reading.0.file, || File::open(self.bytes))
    }

    /// What each of its pages draws.
    pub(crate) fn drawings(&self) -> Result<&[Drawing], String> {
        let read = || content::interpret(self.pdf()?);
        once(&self.reading.0.drawings, read).map(Vec::as_slice)
    }

    /// Its tag tree.
    pub(crate) fn tree(&self) -> Result<&Tree, String> {
        once(&self.reading.0.tree, || Tree::read(self.pdf()?))
    }
}

fn once<T>(
    kept: &OnceLock<Result<T, String>>,
    read: impl FnOnce() -> Result<T, String>,
) -> Result<&T, String> {
    kept.get_or_init(|| guarded(read))
        .as_ref()
        .map_err(Clone::clone)
}
