//! Replaces a set of files: all of them, or none.

use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile, TempPath};

use super::interrupt::not_now;
use super::target::{Place, Target, cannot_replace};
use super::{make_folders, remove};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::base::paths::folder_of;

/// What temporary files are called: hidden, and short enough for any place that takes the file itself.
const PREFIX: &str = ".gmg-export-";

/// Writes every file whole, or changes nothing.
///
/// # Errors
/// The file that could not be written and why. Then every place holds what it held before; should that fail as well,
/// the error says where the old file is.
pub fn write(files: &[(Target, &[u8])]) -> Result<(), Diagnostics> {
    replace(files)?;
    // Outside the guard: whoever reads a pipe may keep the program waiting for ever.
    let streams = files
        .iter()
        .filter(|(target, _)| target.place == Place::Stream);
    for (target, bytes) in streams {
        stream(&target.path, bytes).map_err(|error| cannot_write(&target.path, &error))?;
    }
    Ok(())
}

fn replace(files: &[(Target, &[u8])]) -> Result<(), Diagnostics> {
    let _guard = not_now();
    let mut made = Vec::new();
    let done = stage_all(files, &mut made).and_then(replace_all);
    if done.is_err() {
        remove(&made);
    }
    done
}

/// A file beside its place, ready to be renamed.
struct Staged<'a> {
    /// The path as given.
    shown: &'a Path,
    /// Where the file goes.
    place: &'a Path,
    new: NamedTempFile,
    /// The old file under a second name, where there is one and a later file may fail.
    old: Option<TempPath>,
    /// Whether a file was there.
    replaces: bool,
}

fn stage_all<'a>(
    files: &'a [(Target, &[u8])],
    made: &mut Vec<PathBuf>,
) -> Result<Vec<Staged<'a>>, Diagnostics> {
    let mut staged = Vec::new();
    for (target, bytes) in files {
        let (place, replaces) = match &target.place {
            Place::Free => (target.path.as_path(), false),
            Place::File(real) => (real.as_path(), true),
            Place::Stream => continue,
        };
        let new = stage(place, replaces, bytes, made)
            .map_err(|error| cannot_write(&target.path, &error))?;
        staged.push(Staged {
            shown: &target.path,
            place,
            new,
            old: None,
            replaces,
        });
    }
    // A single file needs no way back: its rename happens or does not.
    let sets = staged.len() > 1;
    for one in staged.iter_mut().filter(|one| sets && one.replaces) {
        one.old = Some(second_name(one.place).map_err(|error| cannot_replace(one.shown, &error))?);
    }
    Ok(staged)
}

fn stage(
    place: &Path,
    replaces: bool,
    bytes: &[u8],
    made: &mut Vec<PathBuf>,
) -> std::io::Result<NamedTempFile> {
    let folder = folder_of(place);
    make_folders(folder, made)?;
    let mut builder = Builder::new();
    builder.prefix(PREFIX);
    // As any other new file: what the user's mask leaves of it.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    if replaces && let Ok(old) = place.metadata() {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Gives the file at `place` a second name beside it, by a copy where the file system knows no links.
fn second_name(place: &Path) -> std::io::Result<TempPath> {
    let folder = folder_of(place);
    let linked = Builder::new()
        .prefix(PREFIX)
        .make_in(folder, |name| std::fs::hard_link(place, name));
    if let Ok(linked) = linked {
        return Ok(linked.into_temp_path());
    }
    let copy = Builder::new()
        .prefix(PREFIX)
        .tempfile_in(folder)?
        .into_temp_path();
    std::fs::copy(place, &copy)?;
    Ok(copy)
}

fn replace_all(staged: Vec<Staged<'_>>) -> Result<(), Diagnostics> {
    let mut done: Vec<Replaced<'_>> = Vec::new();
    for one in staged {
        let replaced = Replaced {
            shown: one.shown,
            place: one.place,
            old: one.old,
        };
        if let Err(failed) = one.new.persist(one.place) {
            let mut found = Diagnostics::from(cannot_replace(one.shown, &failed.error));
            done.into_iter()
                .rev()
                .for_each(|earlier| earlier.restore(&mut found));
            return Err(found);
        }
        done.push(replaced);
    }
    // The bytes are on the disk before the rename; the rename itself is left to the system: after a loss of power the
    // name holds the old file or the new one, each complete.
    Ok(())
}

/// A file that has been replaced, with the way back.
struct Replaced<'a> {
    shown: &'a Path,
    place: &'a Path,
    old: Option<TempPath>,
}

impl Replaced<'_> {
    /// Puts the old file back, or takes the new one away where there was none.
    fn restore(self, found: &mut Diagnostics) {
        let shown = self.shown.display();
        let Some(old) = self.old else {
            if let Err(error) = std::fs::remove_file(self.place) {
                let message = format!(
                    "the new file `{shown}` is there without the others and cannot be removed: {error}"
                );
                found.push(Diagnostic::new(Code::NOT_TAKEN_BACK, message));
            }
            return;
        };
        if let Err(failed) = old.persist(self.place) {
            let message = format!(
                "the old file `{shown}` cannot be put back: {}",
                failed.error
            );
            let mut one = Diagnostic::new(Code::NOT_TAKEN_BACK, message);
            if let Ok(kept) = failed.path.keep() {
                one = one.hint(format!("it is kept as `{}`", kept.display()));
            }
            found.push(one);
        }
    }
}

fn stream(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut stream = std::fs::OpenOptions::new().write(true).open(path)?;
    stream.write_all(bytes)?;
    stream.flush()
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::new(
        Code::CANNOT_WRITE,
        format!("cannot write `{}`: {error}", path.display()),
    )
    .hint("nothing was replaced; see that the disk has room and that the folder may be written to")
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
