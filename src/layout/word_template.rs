//! The Word template of a layout: the bytes of the file that `docx.template` names, in the folder of the layout file that
//! says so. What is in it is for the Word backend to judge.

use super::folder::LARGEST_FILE;
use super::load::at_fields;
use super::tokens::Layout;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};

/// How a layout says that it has no template.
const NONE: &str = "none";
/// The token.
const FIELD: &str = "docx.template";

impl Layout {
    /// The bytes of the Word template, and how to call it in messages; none where the layout names none.
    ///
    /// # Errors
    /// There is no such file in the layout's folder, or it cannot be read.
    pub fn word_template(&self) -> Result<Option<(String, Vec<u8>)>, Diagnostics> {
        let wanted = self.tokens.docx.template.trim();
        if wanted == NONE {
            return Ok(None);
        }
        // Whoever wrote it may have used the slashes of another system.
        let path = wanted.replace('\\', "/");
        let path = path.trim_start_matches("./");
        let Some(folder) = &self.template_folder else {
            let message = format!("there is no file `{wanted}`: the layout is in the program");
            return Err(self.at_template(unreadable(message)));
        };
        let steps_out = path.is_empty()
            || path.starts_with('/')
            || path.contains(':')
            || path.split('/').any(|step| step == "..");
        if steps_out {
            let message = format!("`{wanted}` is no file in the layout's folder");
            return Err(self.at_template(unreadable(message)));
        }
        let shown = folder.display(path);
        let bytes = folder
            .read(path, LARGEST_FILE)
            .map_err(|problem| self.at_template(unreadable(problem.message(&shown))))?;
        self.loader.note(&shown, &bytes, true);
        Ok(Some((shown, bytes)))
    }

    /// The diagnostic where the layout names the template.
    pub(crate) fn at_template(&self, found: impl Into<Diagnostics>) -> Diagnostics {
        let mut found = found.into();
        for one in found.iter_mut() {
            one.field = Some(FIELD.to_owned());
            one.location = None;
        }
        at_fields(found, &self.written)
    }
}

fn unreadable(what: String) -> Diagnostic {
    let message = format!("the Word template cannot be read: {what}");
    Diagnostic::new(Code::TEMPLATE_UNREADABLE, message)
        .hint("put the template into the folder of layout.yaml and write its name, such as template: house.dotx")
}
