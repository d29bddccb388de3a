//! Places that files will be written to, looked at before anything is rendered.

use std::fs::TryLockError;
use std::io::{Error, ErrorKind, Read};
use std::path::{Path, PathBuf};

use cap_fs_ext::FileTypeExt;
use cap_std::fs::{Dir, Metadata, OpenOptions};

use super::destination::{Destination, link, open_here, refuse};
use super::written::Written;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::base::paths::folder_of;

/// A place that a file can be written to, as far as can be told beforehand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The path as given.
    pub path: PathBuf,
    /// The folder, whose notes say what the program wrote.
    pub(super) folder: Destination,
    /// The file below it, with forward slashes.
    pub(super) name: String,
    pub(super) place: TargetState,
}

/// What is at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TargetState {
    /// Nothing, or a file that the program wrote.
    File,
    /// A device: there is nothing to keep, and a rename would put a file in its place.
    Stream,
}

impl Target {
    /// The file `name`, with forward slashes, in a folder.
    ///
    /// # Errors
    /// Why no file can be written there, or none should: what is there is no file that the program wrote.
    pub fn within(folder: &Destination, name: &str) -> Result<Self, Diagnostics> {
        let path = folder.shown(name);
        let place = look(folder, name, &path)?;
        let target = Target {
            path,
            folder: folder.clone(),
            name: name.to_owned(),
            place,
        };
        match place {
            TargetState::File => Ok(target),
            TargetState::Stream => Err(special(&target.path)),
        }
    }

    /// Another file in the same folder.
    ///
    /// # Errors
    /// As [`Target::within`].
    pub fn next_to(&self, name: &str) -> Result<Self, Diagnostics> {
        let above = self.name.rsplit_once('/').map_or("", |(above, _)| above);
        Self::within(&self.folder.clone().join(above), name)
    }

    /// Its name alone.
    pub fn file_name(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or_default()
    }

    /// The file at a path that whoever runs the program has named. It may be a device.
    ///
    /// # Errors
    /// As [`Target::within`].
    pub fn named(path: &Path) -> Result<Self, Diagnostics> {
        let text = path.to_string_lossy();
        let ends = text.is_empty() || text.ends_with(std::path::is_separator);
        let Some(name) = path.file_name().filter(|_| !ends) else {
            return Err(no_file(path));
        };
        let folder = Destination::named(folder_of(path));
        let name = name.to_string_lossy().into_owned();
        let place = look(&folder, &name, path)?;
        Ok(Target {
            path: path.to_owned(),
            folder,
            name,
            place,
        })
    }
}

/// Looks at a place.
fn look(folder: &Destination, name: &str, path: &Path) -> Result<TargetState, Diagnostics> {
    let (above, last) = name.rsplit_once('/').unwrap_or(("", name));
    let inner = folder.clone().join(above);
    let Some(dir) = inner.open()? else {
        return inner.look().map(|()| TargetState::File);
    };
    let there = match dir.symlink_metadata(last) {
        Ok(there) => there,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return inner.look().map(|()| TargetState::File);
        }
        Err(error) => return Err(cannot_replace(path, &error).into()),
    };
    match kind(&there) {
        Kind::Link => Err(link(path)),
        Kind::Folder => Err(no_file(path)),
        Kind::Device => Ok(TargetState::Stream),
        Kind::Other => Err(special(path)),
        Kind::File => {
            replaceable(&dir, last, path, there.permissions().readonly())?;
            let bytes = own_bytes(&dir, last).map_err(|error| cannot_replace(path, &error))?;
            let notes = folder.open()?.map(|dir| Written::of(&dir));
            if !notes.is_some_and(|notes| notes.has(name, &bytes)) {
                return Err(strange(path));
            }
            inner.look().map(|()| TargetState::File)
        }
    }
}

/// What is under a name.
enum Kind {
    Link,
    Folder,
    File,
    /// Characters go to it, as to a terminal: nothing waits for a reader.
    Device,
    Other,
}

fn kind(there: &Metadata) -> Kind {
    let kind = there.file_type();
    match () {
        () if kind.is_symlink() => Kind::Link,
        () if kind.is_dir() => Kind::Folder,
        () if kind.is_file() => Kind::File,
        () if kind.is_char_device() => Kind::Device,
        () => Kind::Other,
    }
}

/// The bytes of a file, never through a link.
pub(super) fn own_bytes(folder: &Dir, name: &str) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_here(folder, name, OpenOptions::new().read(true))?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Refuses a file that is protected or in use; it is opened for that, and not changed.
fn replaceable(folder: &Dir, name: &str, path: &Path, readonly: bool) -> Result<(), Diagnostics> {
    if readonly {
        let error = Error::new(ErrorKind::PermissionDenied, "it is read-only");
        return Err(cannot_replace(path, &error).into());
    }
    // Windows lets nobody open for writing what another program holds; elsewhere a lock tells. Ours is a shared one, so
    // that two runs that look at the same time do not take each other for a program that holds the file.
    let file = open_here(folder, name, OpenOptions::new().write(true));
    let file = file.map_err(|error| cannot_replace(path, &error))?;
    match file.into_std().try_lock_shared() {
        Err(TryLockError::WouldBlock) => {
            let error = Error::new(ErrorKind::ResourceBusy, "another program has locked it");
            Err(cannot_replace(path, &error).into())
        }
        // Some file systems know no locks.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(()),
    }
}

/// The diagnostic for a file that cannot be replaced.
pub(super) fn cannot_replace(path: &Path, error: &Error) -> Diagnostic {
    Diagnostic::new(Code::CANNOT_REPLACE, format!("cannot replace `{}`: {error}", path.display()))
        .hint("it may be open in another program or be read-only: close it there, or write elsewhere with --out")
}

/// The diagnostic for a file that the program did not write, or that somebody has changed since.
pub(super) fn strange(path: &Path) -> Diagnostics {
    let message = format!(
        "`{}` is there, and not as gmg-export wrote it: it would be lost",
        path.display()
    );
    Diagnostic::new(Code::NOT_OURS, message)
        .hint("move the file away, or write elsewhere with --out or -o")
        .hint("a file that was changed after its export counts as yours; delete it if it is not needed")
        .into()
}

fn special(path: &Path) -> Diagnostics {
    let message = format!("`{}` is no ordinary file", path.display());
    refuse(
        Code::SPECIAL_FILE,
        message,
        "give the name of a file; for standard output write -o -",
    )
}

fn no_file(path: &Path) -> Diagnostics {
    let message = format!("`{}` is a folder, not a file", path.display());
    refuse(
        Code::NOT_A_FILE,
        message,
        "name a folder with --out and a file with -o",
    )
}
