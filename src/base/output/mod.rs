//! The only place that writes artifacts: all or nothing.
//!
//! A [`Destination`] and a [`Target`] are looked at before anything is rendered, and what cannot work is refused; so is
//! a file that the program did not write. [`write()`] puts every file next to its place first, flushed to disk, and
//! only then renames all of them; when one cannot be replaced, those that already were get their old content back. A
//! [`StagedFolder`] replaces a folder in one step. What was there before is kept whole or not touched.

mod destination;
mod interrupt;
mod kept;
mod replace;
mod staged;
mod target;
mod written;

use std::io::{ErrorKind, Write};
use std::path::Path;
use std::time::Duration;

use cap_std::fs::OpenOptions;

use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::base::files::Root;
use crate::base::paths::folder_of;
use written::Session;

pub use destination::Destination;
pub use interrupt::{give_way, stop, stop_when_asked, survive_large_files};
pub use replace::{Rewritten, rewrite, write};
pub use staged::{StagedFolder, Stranger, files_in, remove_folder, strange_file};
pub use target::Target;

/// Start of the names of temporary files and folders: hidden, and short enough for any place that takes the file
/// itself.
const PREFIX: &str = ".gmg-export-";

/// How often a run that another one has overtaken tries again, and how long it waits before.
const TURNS: usize = 3;
const TURN: Duration = Duration::from_millis(50);

/// Writes `bytes` to standard output, whole.
///
/// Whoever reads a pipe may stop when they have read enough: that is no error, as for other programs.
///
/// # Errors
/// It is closed, or cannot be written to.
pub fn stdout(bytes: &[u8]) -> Result<(), Diagnostics> {
    to_stdout(|| std::io::stdout().write_all(bytes))
}

/// As [`stdout`], where something else does the writing.
///
/// # Errors
/// As [`stdout`].
pub fn to_stdout(write: impl FnOnce() -> std::io::Result<()>) -> Result<(), Diagnostics> {
    if is_closed() {
        let error = std::io::Error::other("it is closed");
        return Err(stdout_failed(&error).into());
    }
    match write().and_then(|()| std::io::stdout().flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(stdout_failed(&error).into()),
        _ => Ok(()),
    }
}

/// Whether standard output was closed when the program was started: then the standard library has opened the null
/// device in its place, for reading, too, which no shell does.
#[cfg(unix)]
pub fn is_closed() -> bool {
    use rustix::fs::{OFlags, fcntl_getfl, fstat, stat};
    let stdout = std::io::stdout();
    let both = fcntl_getfl(&stdout).is_ok_and(|flags| flags.contains(OFlags::RDWR));
    let devices = (fstat(&stdout), stat("/dev/null"));
    both && matches!(devices, (Ok(own), Ok(null)) if own.st_rdev == null.st_rdev && own.st_rdev != 0)
}

/// No other system tells.
#[cfg(not(unix))]
pub fn is_closed() -> bool {
    false
}

/// Makes a file look new, whatever is in it. It does no harm where the system refuses.
pub fn freshen(path: &Path) {
    let folder = Destination::named(folder_of(path)).open().ok().flatten();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let file = folder.and_then(|folder| {
        let mut options = OpenOptions::new();
        destination::open_here(&folder, &name, options.write(true)).ok()
    });
    if let Some(file) = file {
        let _ = file.into_std().set_modified(std::time::SystemTime::now());
    }
}

/// What a failure to write to standard output means.
fn stdout_failed(error: &std::io::Error) -> Diagnostic {
    let message = format!("cannot write to standard output: {error}");
    Diagnostic::new(Code::STDOUT, message)
}

/// Writes files into a folder: in one step where nothing is in it but what the program wrote, else as [`write()`] does.
///
/// # Errors
/// As [`write()`] and [`StagedFolder::new`].
pub fn write_folder(folder: &Destination, files: &[(Target, &[u8])]) -> Result<(), Diagnostics> {
    again_if_overtaken(|| try_folder(folder, files))
}

/// Tries once more what another run has overtaken: where a folder is not there yet, there is nothing to wait at, and
/// whoever makes it first comes first.
pub fn again_if_overtaken<T>(
    attempt: impl Fn() -> Result<T, Diagnostics>,
) -> Result<T, Diagnostics> {
    let overtaken = |found: &Diagnostics| found.iter().any(|one| one.code == Code::STRANGE_FILE);
    for _ in 0..TURNS {
        match attempt() {
            Err(found) if overtaken(&found) => std::thread::sleep(TURN),
            other => return other,
        }
    }
    attempt()
}

fn try_folder(folder: &Destination, files: &[(Target, &[u8])]) -> Result<(), Diagnostics> {
    let cannot = |error: &std::io::Error| Diagnostics::from(staged::failed(&folder.path(), error));
    let dir = folder.open()?;
    let noted = dir.filter(|dir| dir.symlink_metadata(written::NOTES).is_ok());
    let session = noted.as_ref().map(Session::open).transpose();
    let session = session.map_err(|error| cannot(&error))?;
    let names = session.as_ref().map(Session::names).unwrap_or_default();
    let ours = |name: &String| name == written::NOTES || names.contains(name.as_str());
    let there = folder
        .root()?
        .map_or(Ok(Vec::new()), |root| files_in(&root));
    if there.map_err(|error| cannot(&error))?.iter().all(ours) {
        let mut replaced: Vec<String> = files
            .iter()
            .map(|(target, _)| target.name.clone())
            .collect();
        replaced.push(written::NOTES.to_owned());
        if let Some(set) = StagedFolder::keeping(folder, &replaced)? {
            for (target, bytes) in files {
                set.add(&target.name, bytes)?;
            }
            let lines = files
                .iter()
                .map(|(target, bytes)| (target.name.as_str(), *bytes));
            let known = session.as_ref().map_or("", Session::text);
            set.add(written::NOTES, written::notes(known, lines).as_bytes())?;
            return set.commit();
        }
    }
    drop(session);
    write(files)
}

/// Makes a folder with `files` in it, by path with forward slashes: whole, or nothing is left behind. It may be there,
/// but then it must be empty (a `.git` does not count).
///
/// # Errors
/// Something is in the folder, or it cannot be written.
pub fn new_folder(folder: &Destination, files: &[(String, Vec<u8>)]) -> Result<(), Diagnostics> {
    folder.look()?;
    let empty = |root: &Root| {
        let names = root.names()?;
        Ok(names.into_iter().find(|name| name != ".git"))
    };
    let root = folder.root()?;
    let names = root.as_ref().map(Root::names).transpose();
    let names = names.map_err(|error| staged::failed(&folder.path(), &error))?;
    let names = names.unwrap_or_default();
    // A run that was killed may have begun here; what it did not write is refused file by file.
    let begun = names.iter().any(|name| name == written::NOTES);
    if let Some(name) = names.iter().find(|name| *name != ".git" && !begun) {
        let shown = folder.path();
        let message = format!(
            "the folder `{}` is not empty: `{name}` is in it",
            shown.display()
        );
        return Err(not_empty(message));
    }
    let is_here = folder.path().canonicalize().ok() == std::env::current_dir().ok();
    if names.is_empty() && !is_here {
        let set = StagedFolder::new(folder, Box::new(empty))?;
        for (path, bytes) in files {
            set.add(path, bytes)?;
        }
        // Another run was quicker.
        let filled = |one: &Diagnostic| one.code == Code::STRANGE_FILE;
        return set
            .commit()
            .map_err(|found| match found.iter().find(|one| filled(one)) {
                Some(_) => not_empty(format!(
                    "the folder `{}` is not empty: another run has filled it meanwhile",
                    folder.path().display()
                )),
                None => found,
            });
    }
    // A folder that somebody stands in, or that holds a repository, stays the one that it is.
    let targets = files
        .iter()
        .map(|(path, bytes)| Ok((Target::within(folder, path)?, bytes.as_slice())));
    write(&targets.collect::<Result<Vec<_>, Diagnostics>>()?)?;
    if let Some(folder) = folder.open()? {
        // The report is the user's from now on.
        let _ = folder.remove_file(written::NOTES);
    }
    Ok(())
}

fn not_empty(message: String) -> Diagnostics {
    Diagnostic::new(Code::FOLDER_NOT_EMPTY, message)
        .hint("give a folder that is not there yet")
        .into()
}
