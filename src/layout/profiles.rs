//! Profiles of printing conditions: those in the binary by name, others by the path of their file.

use std::borrow::Cow;
use std::path::Path;

use super::folder::{EMBEDDED, bytes, shown};
use super::tokens::Layout;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};

/// Folder of the profiles, in the binary and beside the layouts.
const FOLDER: &str = "profiles";

/// Whether a profile is named by the path of its file.
pub fn is_path(profile: &str) -> bool {
    profile.contains(['/', '\\']) || profile.to_lowercase().ends_with(".icc")
}

impl Layout {
    /// Reads all that is read of the layout only when it is needed: its fonts, and the profile where it is for print.
    ///
    /// # Errors
    /// As [`FontFiles::read`](super::FontFiles::read) and [`Layout::profile`].
    pub fn read_all(&self) -> Result<(), Diagnostics> {
        self.fonts.read()?;
        if self.tokens.for_print() {
            self.profile()?;
        }
        Ok(())
    }

    /// The bytes of the profile that the layout names, and how to call it in messages.
    ///
    /// # Errors
    /// No profile of that name, or a file that cannot be read.
    pub fn profile(&self) -> Result<(String, Cow<'static, [u8]>), Diagnostics> {
        let wanted = &self.tokens.press.profile;
        if is_path(wanted) {
            return self.on_disk(Path::new(wanted));
        }
        let file = format!("{wanted}.icc");
        let beside = self
            .shelf
            .path()
            .map(|shelf| shelf.join(FOLDER).join(&file));
        if let Some(path) = beside.filter(|path| path.is_file()) {
            return self.on_disk(&path);
        }
        let embedded = EMBEDDED.get_file(format!("{FOLDER}/{file}"));
        match embedded {
            Some(found) => {
                let path = format!("layouts/{FOLDER}/{file}");
                self.shelf.note(&path, found.contents(), false);
                Ok((file, Cow::Borrowed(found.contents())))
            }
            None => Err(unknown(wanted)),
        }
    }

    fn on_disk(&self, path: &Path) -> Result<(String, Cow<'static, [u8]>), Diagnostics> {
        let bytes = bytes(path).map_err(|error| {
            let message = format!("the profile cannot be read: {error}");
            Diagnostic::new(Code::PROFILE_UNREADABLE, message)
                .hint("give the path of the printer's ICC file, such as profiles/printer.icc")
        })?;
        self.shelf.note(&shown(path), &bytes, true);
        Ok((shown(path), Cow::Owned(bytes)))
    }
}

fn unknown(wanted: &str) -> Diagnostics {
    let names: Vec<String> = EMBEDDED
        .get_dir(FOLDER)
        .into_iter()
        .flat_map(|folder| folder.files())
        .filter_map(|file| Some(file.path().file_stem()?.to_string_lossy().into_owned()))
        .filter(|name| !name.eq_ignore_ascii_case("license"))
        .collect();
    Diagnostic::new(
        Code::UNKNOWN_PROFILE,
        format!("there is no profile `{wanted}`"),
    )
    .field("press.profile")
    .hint(format!(
        "profiles: {}; for the printer's own give the path of its file, such as ./printer.icc",
        names.join(", ")
    ))
    .into()
}
