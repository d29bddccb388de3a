//! Two Word files of the program as one with tracked changes.

use crate::backend::{PLACES_PROPERTY, Summary, tracked};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Location};
use crate::document::epoch;
use crate::word;

/// A Word file with changes tracked from one to another.
#[derive(Debug)]
pub struct Difference {
    /// Its bytes; those of the new file where nothing is different.
    pub bytes: Vec<u8>,
    /// What was changed.
    pub summary: Summary,
}

/// A Word file of the program: what messages call it, and its bytes.
pub type Named<'f> = (&'f str, &'f [u8]);

/// The Word file `new` with changes tracked by which it was made of `old`: whoever accepts all has the new text, whoever
/// rejects all has the old one. They bear the name of `author` and the moment that is within the new file.
///
/// # Errors
/// One of the files cannot be read, was not made by the program, or has tracked changes of its own.
pub fn diff(old: Named<'_>, new: Named<'_>, author: &str) -> Result<Difference, Diagnostics> {
    let mut found = Diagnostics::default();
    let mut moment = String::new();
    for (name, bytes) in [old, new] {
        match checked(name, bytes) {
            Ok(made) => moment = made,
            Err(more) => found.extend(more),
        }
    }
    found.or_value(())?;
    let made = tracked(old, new, author, &moment)?;
    Ok(Difference {
        bytes: made.bytes,
        summary: made.summary,
    })
}

/// When a file was made, which must be one that can be compared.
fn checked(name: &str, bytes: &[u8]) -> Result<String, Diagnostics> {
    let file = word::read(name, bytes)?;
    let refuse = |code, message: &str| -> Diagnostics {
        Diagnostic::new(code, message)
            .at(Location::whole(name))
            .into()
    };
    if !file.properties.custom.contains_key(PLACES_PROPERTY) {
        let message = "the Word file was not made by this program";
        return Err(refuse(Code::OTHER_PROGRAM, message));
    }
    if !file.changes().is_empty() || file.look_changes > 0 {
        let message = "the Word file has tracked changes of its own";
        return Err(refuse(Code::CHANGED_ALREADY, message));
    }
    let modified = file.properties.modified;
    let is_moment = modified.len() == "2016-08-31T00:00:00Z".len() && modified.ends_with('Z');
    Ok(match is_moment {
        true => modified,
        false => epoch::iso(0).unwrap_or_default(),
    })
}
