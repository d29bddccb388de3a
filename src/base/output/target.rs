//! Places that files will be written to, looked at before anything is rendered.

use std::fs::{OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};

/// A place that a file can be written to, as far as can be told beforehand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The path as given.
    pub path: PathBuf,
    pub(super) place: Place,
}

/// What is at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// Nothing.
    Free,
    /// A file, at this path once links are followed.
    File(PathBuf),
    /// A pipe or a device: there is nothing to keep, and a rename would put a file in its place.
    Stream,
}

/// Refuses a folder that files cannot be written to. It need not be there: then the first one above it that is must
/// be a folder that takes files.
pub fn folder(path: &Path) -> Result<(), Diagnostics> {
    for above in path.ancestors() {
        let here = if above.as_os_str().is_empty() {
            Path::new(".")
        } else {
            above
        };
        let shown = here.display();
        match std::fs::metadata(here) {
            Ok(found) if found.is_dir() => return takes_files(here),
            Ok(_) => {
                return Err(refuse(
                    Code::NOT_A_FOLDER,
                    format!("`{shown}` is not a folder"),
                    "name a folder with --out, or a file with -o",
                ));
            }
            Err(_) if here.symlink_metadata().is_ok() => {
                let message = format!("`{shown}` is a link to a place that is not there");
                return Err(refuse(
                    Code::DEAD_LINK,
                    message,
                    "make the folder that it points to, or remove the link",
                ));
            }
            Err(error) if is_missing(&error) => {}
            Err(error) => {
                let message = format!("cannot look at `{shown}`: {error}");
                return Err(refuse(
                    Code::FOLDER_CLOSED,
                    message,
                    "choose another folder with --out",
                ));
            }
        }
    }
    Err(refuse(
        Code::FOLDER_CLOSED,
        format!("there is no folder `{}`", path.display()),
        "choose another folder with --out",
    ))
}

/// Whether nothing is there. A file among the folders of the path is found when its own turn comes.
fn is_missing(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// Tries it with a file that has no name and goes away by itself.
fn takes_files(folder: &Path) -> Result<(), Diagnostics> {
    tempfile::tempfile_in(folder).map(drop).map_err(|error| {
        let message = format!(
            "cannot write into the folder `{}`: {}",
            folder.display(),
            reason(&error)
        );
        refuse(
            Code::FOLDER_CLOSED,
            message,
            "choose another folder with --out",
        )
    })
}

/// The system's reason without the path that `tempfile` adds.
pub(super) fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" at path ")
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// The place `path`, or why no file can be written to it.
pub fn target(path: &Path) -> Result<Target, Diagnostics> {
    let text = path.to_string_lossy();
    let shown = path.display();
    if path.is_dir() || text.is_empty() || text.ends_with(std::path::is_separator) {
        let message = format!("`{shown}` is a folder, not a file");
        return Err(refuse(
            Code::NOT_A_FILE,
            message,
            "name a folder with --out and a file with -o",
        ));
    }
    let place = match std::fs::metadata(path) {
        Ok(found) if found.is_file() => {
            replaceable(path, found.permissions().readonly())?;
            let real = path
                .canonicalize()
                .map_err(|error| cannot_replace(path, &error))?;
            Place::File(real)
        }
        Ok(_) => Place::Stream,
        Err(_) if path.symlink_metadata().is_ok() => {
            let message = format!("`{shown}` is a link to a place that is not there");
            return Err(refuse(
                Code::DEAD_LINK,
                message,
                "remove the link, or make what it points to",
            ));
        }
        Err(_) => Place::Free,
    };
    let real = match &place {
        Place::File(real) => real,
        _ => path,
    };
    if place != Place::Stream {
        folder(real.parent().unwrap_or(Path::new("")))?;
    }
    Ok(Target {
        path: path.to_owned(),
        place,
    })
}

/// Refuses a file that is protected or in use; it is opened for that, and not changed.
fn replaceable(path: &Path, readonly: bool) -> Result<(), Diagnostics> {
    if readonly {
        let error = std::io::Error::new(ErrorKind::PermissionDenied, "it is read-only");
        return Err(cannot_replace(path, &error).into());
    }
    // Windows lets nobody open for writing what another program holds; elsewhere a lock tells.
    let file = OpenOptions::new().write(true).open(path);
    let file = file.map_err(|error| cannot_replace(path, &error))?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => {
            let error =
                std::io::Error::new(ErrorKind::ResourceBusy, "another program has locked it");
            Err(cannot_replace(path, &error).into())
        }
        // Some file systems know no locks.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(()),
    }
}

/// The finding for a file that cannot be replaced.
pub(super) fn cannot_replace(path: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::new(Code::CANNOT_REPLACE, format!("cannot replace `{}`: {error}", path.display()))
        .hint("it may be open in another program or be read-only: close it there, or write elsewhere with --out")
}

fn refuse(code: Code, message: String, hint: &str) -> Diagnostics {
    Diagnostic::new(code, message).hint(hint).into()
}
