//! The only place that writes artifacts: all or nothing.
//!
//! [`folder`] and [`target`] look at a place before anything is rendered and refuse what cannot work. [`write()`] puts
//! every file beside its place first, flushed to disk, and only then renames all of them; when one cannot be replaced,
//! those that already were get their old content back. An artifact is whole or not there; what stood there before
//! stays as it was. What holds for artifacts does for the files that `init` makes and for standard output, too.

mod ground;
mod interrupt;
mod replace;
mod set;
mod target;

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};

pub use interrupt::stop_when_asked;
pub use replace::write;
pub use set::{NewSet, Stranger, files_in};
pub use target::{Target, folder, target};

/// Writes `bytes` to standard output, whole.
pub fn stdout(bytes: &[u8]) -> Result<(), Diagnostics> {
    let mut stdout = std::io::stdout().lock();
    let done = stdout.write_all(bytes).and_then(|()| stdout.flush());
    done.map_err(|error| stdout_failed(&error).into())
}

/// Makes a file look new, whatever is in it. It does no harm where the system refuses.
pub fn freshen(path: &Path) {
    let file = std::fs::File::options().write(true).open(path);
    let _ = file.and_then(|file| file.set_modified(std::time::SystemTime::now()));
}

/// What a failure to write to standard output means.
pub fn stdout_failed(error: &std::io::Error) -> Diagnostic {
    match error.kind() {
        ErrorKind::BrokenPipe => Diagnostic::new(
            Code::READER_GONE,
            "whoever reads standard output stopped before everything was written",
        ),
        _ => Diagnostic::new(
            Code::STDOUT,
            format!("cannot write to standard output: {error}"),
        ),
    }
}

/// Makes the folder `root` with `files` in it, by path with forward slashes. It may be there, but then it must be
/// empty (a `.git` does not count). Nothing is left behind when it fails.
pub fn new_folder(root: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Diagnostics> {
    folder(root)?;
    if let Some(name) = first_entry(root)? {
        let message = format!(
            "the folder `{}` is not empty: `{name}` is in it",
            root.display()
        );
        return Err(Diagnostic::new(Code::FOLDER_NOT_EMPTY, message)
            .hint("give a folder that is not there yet")
            .into());
    }
    let mut made = Vec::new();
    let done = files.iter().try_for_each(|(name, bytes)| {
        let path = crate::base::paths::below(root, name);
        let failed = |error| format!("cannot write `{}`: {error}", path.display());
        new_file(&path, bytes, &mut made).map_err(failed)
    });
    done.map_err(|message| {
        remove(&made);
        Diagnostic::new(Code::CANNOT_WRITE, message).into()
    })
}

/// Name of something in the folder, if there is anything.
fn first_entry(root: &Path) -> Result<Option<String>, Diagnostics> {
    let entries = match std::fs::read_dir(root) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            let message = format!("cannot read the folder `{}`: {error}", root.display());
            return Err(Diagnostic::new(Code::CANNOT_READ, message).into());
        }
    };
    let mut names: Vec<String> = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name != ".git")
        .collect();
    names.sort();
    Ok(names.into_iter().next())
}

/// Writes a file that is not there yet; `made` says what was made on the way, in its order.
fn new_file(path: &Path, bytes: &[u8], made: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        make_folders(folder, made)?;
    }
    let mut file = std::fs::File::create_new(path)?;
    made.push(path.to_owned());
    file.write_all(bytes)
}

/// Makes `folder` and those above it that are missing; `made` says which.
fn make_folders(folder: &Path, made: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let missing: Vec<&Path> = folder
        .ancestors()
        .take_while(|path| !path.as_os_str().is_empty() && !path.exists())
        .collect();
    for path in missing.into_iter().rev() {
        match std::fs::create_dir(path) {
            Ok(()) => made.push(path.to_owned()),
            // Another run may have been quicker.
            Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Takes back what was made, the last first. Folders that others have put something into stay.
fn remove(made: &[PathBuf]) {
    for path in made.iter().rev() {
        let _ = match path.is_dir() {
            true => std::fs::remove_dir(path),
            false => std::fs::remove_file(path),
        };
    }
}
