//! Profiles of printing conditions: those in the binary by name, others by the path of their file.

use std::borrow::Cow;
use std::path::Path;

use super::folder::{EMBEDDED, LARGEST_FILE, shown};
use super::load::at_fields;
use super::tokens::Layout;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::base::files::{Problem, named_file};

/// Folder of the profiles, in the binary and next to the layouts.
const FOLDER: &str = "profiles";

/// Whether a profile is named by the path of its file.
pub fn is_path(profile: &str) -> bool {
    profile.contains(['/', '\\']) || profile.to_lowercase().ends_with(".icc")
}

impl Layout {
    /// Reads all that is read of the layout only when it is needed: its fonts and its Word template, and where it is
    /// for print the profile and the data of print jobs.
    ///
    /// # Errors
    /// As [`FontFiles::read`](super::FontFiles::read), [`Layout::word_template`], [`Layout::profile`] and
    /// [`Layout::print_data`].
    pub fn read_all(&self) -> Result<(), Diagnostics> {
        self.fonts.read()?;
        self.word_template()?;
        if self.tokens.for_print() {
            self.profile()?;
            self.print_data()?;
        }
        Ok(())
    }

    /// The bytes of the profile that the layout names, and how to call it in messages.
    ///
    /// # Errors
    /// No profile of that name, or a file that cannot be read.
    pub fn profile(&self) -> Result<(String, Cow<'static, [u8]>), Diagnostics> {
        let wanted = &self.tokens.press.profile;
        let says = self.written.iter().any(|(_, text)| text.contains(wanted));
        self.found_profile().map_err(|found| match says {
            true => at_fields(found, &self.written),
            false => found,
        })
    }

    fn found_profile(&self) -> Result<(String, Cow<'static, [u8]>), Diagnostics> {
        let wanted = &self.tokens.press.profile;
        if is_path(wanted) && self.named_profile {
            let path = Path::new(wanted);
            return self.had(shown(path), named_file(path, LARGEST_FILE));
        }
        if is_path(wanted) {
            // Whoever wrote it may have used the slashes of another system.
            let path = wanted.replace('\\', "/");
            let path = path.trim_start_matches("./");
            let report = self.loader.report();
            return self.had(report.display(path), report.read(path, LARGEST_FILE));
        }
        let file = format!("{wanted}.icc");
        let loader = self.loader.path().map(|loader| loader.folder(FOLDER));
        if let Some(folder) = loader.filter(|folder| folder.holds(&file)) {
            return self.had(folder.display(&file), folder.read(&file, LARGEST_FILE));
        }
        let embedded = EMBEDDED.get_file(format!("{FOLDER}/{file}"));
        match embedded {
            Some(found) => {
                let path = format!("layouts/{FOLDER}/{file}");
                self.loader.note(&path, found.contents(), false);
                Ok((file, Cow::Borrowed(found.contents())))
            }
            None => Err(unknown(wanted)),
        }
    }

    /// The bytes of a profile on disk, by the path that it is shown with.
    fn had(
        &self,
        shown: String,
        bytes: Result<Vec<u8>, Problem>,
    ) -> Result<(String, Cow<'static, [u8]>), Diagnostics> {
        let bytes = bytes.map_err(|problem| {
            let message = format!("the profile cannot be read: {}", problem.message(&shown));
            Diagnostic::new(Code::PROFILE_UNREADABLE, message)
                .field("press.profile")
                .hint("give the path of the printer's ICC file, such as profiles/printer.icc")
        })?;
        self.loader.note(&shown, &bytes, true);
        Ok((shown, Cow::Owned(bytes)))
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
