//! The printing condition that a file is made for: an ICC output profile for four inks.

use std::borrow::Cow;

use moxcms::{ColorProfile, DataColorSpace, ProfileClass};

/// An output profile for cyan, magenta, yellow and black.
#[derive(Debug, Clone)]
pub(crate) struct Profile {
    /// The profile as it is in its file.
    pub(crate) bytes: Cow<'static, [u8]>,
    /// Its name, such as `ISO Coated v2 300%`.
    pub(crate) name: String,
}

impl Profile {
    /// The profile in a file's bytes.
    ///
    /// # Errors
    /// What is wrong with it, to follow “`file` …”.
    pub(crate) fn new(bytes: Cow<'static, [u8]>) -> Result<Self, String> {
        let read = ColorProfile::new_from_slice(&bytes)
            .map_err(|_| "is no ICC profile, or is damaged".to_owned())?;
        if read.color_space != DataColorSpace::Cmyk {
            return Err("is a profile for other colours than the four printing inks (CMYK)".into());
        }
        if read.profile_class != ProfileClass::OutputDevice {
            return Err("is not a profile of an output device (a printing condition)".into());
        }
        if read.lut_b_to_a_colorimetric.is_none() && read.lut_b_to_a_perceptual.is_none() {
            return Err("does not say how colours become inks (it has no B2A table)".into());
        }
        let name = described(&read).unwrap_or_else(|| "unnamed printing condition".to_owned());
        Ok(Profile { bytes, name })
    }
}

/// What the profile calls itself.
fn described(profile: &ColorProfile) -> Option<String> {
    use moxcms::ProfileText::{Description, Localizable, PlainString};
    let text = match profile.description.as_ref()? {
        PlainString(text) => text.clone(),
        Localizable(texts) => texts.first()?.value.clone(),
        Description(text) => text.ascii_string.clone(),
    };
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    let text = text.trim().to_owned();
    (!text.is_empty()).then_some(text)
}
