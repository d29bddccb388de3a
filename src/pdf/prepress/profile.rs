//! The printing condition that a file is made for: an ICC output profile for four inks.

use std::borrow::Cow;
use std::sync::OnceLock;

use lopdf::{Stream, dictionary};
use moxcms::ColorProfile;

use super::pack;
use crate::pdf::read::icc::cmyk_output_profile;

/// An output profile for cyan, magenta, yellow and black.
#[derive(Debug, Clone)]
pub(crate) struct Profile {
    /// The profile as it is in its file.
    pub(crate) bytes: Cow<'static, [u8]>,
    /// Its name, such as `ISO Coated v2 300%`.
    pub(crate) name: String,
    /// The profile as it was read.
    pub(super) read: ColorProfile,
    /// The profile as it goes into files, packed once.
    packed: OnceLock<Result<Stream, String>>,
}

impl Profile {
    /// The profile in a file's bytes.
    ///
    /// # Errors
    /// What is wrong with it, to follow “`file` …”.
    pub(crate) fn new(bytes: Cow<'static, [u8]>) -> Result<Self, String> {
        let name = cmyk_output_profile(&bytes)?.description;
        let read = ColorProfile::new_from_slice(&bytes)
            .map_err(|_| "is an ICC profile that cannot be read: it may be damaged".to_owned())?;
        if read.lut_b_to_a_colorimetric.is_none() && read.lut_b_to_a_perceptual.is_none() {
            return Err("does not say how colours become inks (it has no B2A table)".into());
        }
        Ok(Profile {
            bytes,
            name,
            read,
            packed: OnceLock::new(),
        })
    }

    /// The profile as a stream of a PDF file (ISO 32000-1, 8.6.5.5).
    pub(super) fn stream(&self) -> Result<Stream, String> {
        let pack = || {
            let mut stream = Stream::new(dictionary! { "N" => 4 }, self.bytes.to_vec());
            pack(&mut stream).map_err(|error| error.to_string())?;
            Ok(stream)
        };
        self.packed.get_or_init(pack).clone()
    }
}
