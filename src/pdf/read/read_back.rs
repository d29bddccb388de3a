//! A finished file, for all who read it back.

use std::sync::OnceLock;

use super::file::File;
use super::guarded;

/// The bytes of a finished file, whatever its format. A PDF file is taken apart at most once, however many look into it.
pub struct ReadBack<'a> {
    bytes: &'a [u8],
    file: OnceLock<Result<File, String>>,
}

impl<'a> ReadBack<'a> {
    /// The file with these bytes; nothing is read yet.
    pub fn of(bytes: &'a [u8]) -> Self {
        let file = OnceLock::new();
        ReadBack { bytes, file }
    }

    /// Its bytes.
    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The PDF file that the bytes are.
    pub(crate) fn pdf(&self) -> Result<&File, String> {
        let open = || guarded(|| File::open(self.bytes));
        self.file.get_or_init(open).as_ref().map_err(Clone::clone)
    }
}
