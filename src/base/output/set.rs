//! Replaces a whole folder of files at one stroke: whoever looks, and whenever the program is killed, there is the old
//! set or the new one, never a mixture.
//!
//! The new set grows beside the folder, flushed to disk, and then the two change places in one step of the file system
//! (where a system has no such step, the old folder is moved away first). Only then the old set is removed. What a killed
//! run left beside the folder is removed by the next one.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::{Builder, TempDir};

use super::ground::{Ground, ground};
use super::interrupt::{Abandoned, not_now};
use super::target::reason;
use super::{folder, make_folders, remove};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};

/// Start of the names of folders beside a set; its own name follows.
const PREFIX: &str = ".gmg-export-";
/// Name of the file that a running program keeps locked in its folder beside the set.
const LOCK: &str = "lock";
/// Name of the new set in that folder.
const NEW: &str = "new";
/// Name of the old set in that folder, where the two could not change places in one step.
const OLD: &str = "old";
/// Times that a folder beside the set is tried to be made.
const ATTEMPTS: usize = 8;
/// Files that systems put into folders by themselves.
const OF_THE_SYSTEM: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// Finds a file of a folder that is no part of an old set, by its path in the folder.
pub type Stranger = fn(&Path) -> std::io::Result<Option<String>>;

/// A set of files that is to replace a folder. Dropped before [`NewSet::commit`] it leaves nothing behind.
pub struct NewSet {
    /// The folder as given.
    shown: PathBuf,
    /// Where it really is.
    place: PathBuf,
    beside: Beside,
    stranger: Stranger,
    /// Folders that were made for it.
    made: Vec<PathBuf>,
    /// Why a file could not be added: then there is no set.
    broken: Mutex<Option<Diagnostics>>,
    committed: bool,
}

impl NewSet {
    /// An empty set in place of the folder `root`, which need not be there. `stranger` finds what must not go with it.
    ///
    /// # Errors
    /// The folder holds something else, is the current one or one above it, or nothing can be written beside it.
    pub fn new(root: &Path, stranger: Stranger) -> Result<Self, Diagnostics> {
        folder(root)?;
        let mut made = Vec::new();
        let begun = begin(root, stranger, &mut made);
        if begun.is_err() {
            remove(&made);
        }
        let (place, beside) = begun?;
        Ok(NewSet {
            shown: root.to_owned(),
            place,
            beside,
            stranger,
            made,
            broken: Mutex::default(),
            committed: false,
        })
    }

    /// Adds a file by its path in the set, with forward slashes; it is on the disk when this comes back.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn add(&self, path: &str, bytes: &[u8]) -> Result<(), Diagnostics> {
        let write = || {
            let mut place = self.beside.new_set();
            let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
            // Never the set itself: that is gone once the run has been asked to stop.
            for folder in folders.split('/').filter(|folder| !folder.is_empty()) {
                place.push(folder);
                match std::fs::create_dir(&place) {
                    Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
                    _ => {}
                }
            }
            let mut file = File::create_new(place.join(name))?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        write().map_err(|error| {
            let shown = self.shown.join(path);
            let message = format!("cannot write `{}`: {error}", shown.display());
            let found = Diagnostics::from(
                Diagnostic::new(Code::CANNOT_WRITE, message)
                    .hint("nothing was replaced; see that the disk has room"),
            );
            let mut broken = self.broken.lock().unwrap_or_else(PoisonError::into_inner);
            broken.get_or_insert(found).clone()
        })
    }

    /// Puts the set in place of the folder.
    ///
    /// # Errors
    /// The system refuses, a file could not be added, or somebody has put one into the folder meanwhile. Then the folder
    /// is as it was.
    pub fn commit(mut self) -> Result<(), Diagnostics> {
        let broken = self
            .broken
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = broken.take() {
            return Err(found);
        }
        let _guard = not_now();
        refuse_strangers(&self.shown, &self.place, self.stranger)?;
        let done = swap(&self.beside, &self.place);
        self.committed = done.is_ok();
        done.map_err(|error| failed(&self.shown, &error).into())
    }
}

impl Drop for NewSet {
    fn drop(&mut self) {
        if !self.committed {
            // The folder for the new set stands in one of these.
            let _ = std::fs::remove_dir_all(self.beside.folder.path());
            remove(&self.made);
        }
    }
}

/// Paths of all files below a folder, with forward slashes, sorted; those that the system makes do not count.
pub fn files_in(root: &Path) -> std::io::Result<Vec<String>> {
    let mut found = Vec::new();
    files_below(root, "", &mut found)?;
    found.sort();
    Ok(found)
}

fn files_below(folder: &Path, prefix: &str, found: &mut Vec<String>) -> std::io::Result<()> {
    for entry in folder.read_dir()? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        match entry.file_type()?.is_dir() {
            true => files_below(&entry.path(), &format!("{path}/"), found)?,
            false if OF_THE_SYSTEM.contains(&name.as_str()) => {}
            false => found.push(path),
        }
    }
    Ok(())
}

/// Where the set will be, and a folder beside that; `made` says which folders were made on the way.
fn begin(
    root: &Path,
    stranger: Stranger,
    made: &mut Vec<PathBuf>,
) -> Result<(PathBuf, Beside), Diagnostics> {
    let failed = |error| failed(root, &error);
    if !root.is_dir() {
        make_folders(root.parent().unwrap_or(Path::new("")), made).map_err(failed)?;
    }
    let Ground {
        place,
        parent,
        name,
    } = ground(root)?;
    refuse_strangers(root, &place, stranger)?;
    let prefix = format!("{PREFIX}{name}-");
    sweep(&parent, &prefix);
    let beside =
        Beside::new(&parent, &prefix).map_err(|error| no_room_beside(root, &parent, &error))?;
    Ok((place, beside))
}

fn no_room_beside(root: &Path, parent: &Path, error: &std::io::Error) -> Diagnostics {
    let (root, parent) = (root.display(), parent.display());
    let message = format!(
        "nothing can be written beside `{root}`, into `{parent}`: {}",
        reason(error)
    );
    Diagnostic::new(Code::FOLDER_CLOSED, message)
        .hint("a new release grows beside its folder and then takes its place: give a folder inside one that may be written to")
        .into()
}

/// Refuses a folder with files in it that are no part of the old set: they would be lost.
fn refuse_strangers(root: &Path, place: &Path, stranger: Stranger) -> Result<(), Diagnostics> {
    let found = match place.symlink_metadata() {
        Ok(there) if !there.is_dir() => {
            let error = std::io::Error::from(ErrorKind::NotADirectory);
            return Err(failed(root, &error).into());
        }
        Ok(_) => stranger(place).map_err(|error| failed(root, &error))?,
        Err(_) => None,
    };
    match found {
        None => Ok(()),
        Some(path) => {
            let shown = root.display();
            let message = format!("the folder `{shown}` holds `{path}`, which no release wrote");
            Err(Diagnostic::new(Code::STRANGE_FILE, message)
                .hint("a release replaces its folder as a whole: move that file away, or give another folder with --out")
                .hint("if it is a release whose manifest was damaged, move the folder away")
                .into())
        }
    }
}

fn swap(beside: &Beside, place: &Path) -> std::io::Result<()> {
    let new = beside.new_set();
    if !place.exists() {
        match std::fs::rename(&new, place) {
            // Another run was quicker.
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::DirectoryNotEmpty | ErrorKind::AlreadyExists
                ) => {}
            other => return other,
        }
    }
    if exchange(&new, place)? {
        return Ok(());
    }
    let old = beside.folder.path().join(OLD);
    std::fs::rename(place, &old)?;
    let done = std::fs::rename(&new, place);
    if done.is_err() {
        std::fs::rename(&old, place)?;
    }
    done
}

/// A folder of this run beside the set, removed when it is done.
struct Beside {
    /// Held open, and with that locked, as long as the folder is in use.
    _lock: File,
    folder: TempDir,
    /// Until the folder is gone.
    _abandoned: Abandoned,
}

impl Beside {
    fn new(parent: &Path, prefix: &str) -> std::io::Result<Self> {
        // Another run may take the folder for a dead one before it is locked.
        let mut last = ErrorKind::NotFound.into();
        for _ in 0..ATTEMPTS {
            match Self::attempt(parent, prefix) {
                Err(error)
                    if matches!(
                        error.kind(),
                        ErrorKind::NotFound | ErrorKind::ResourceBusy | ErrorKind::AlreadyExists
                    ) =>
                {
                    last = error;
                }
                other => return other,
            }
        }
        Err(last)
    }

    fn attempt(parent: &Path, prefix: &str) -> std::io::Result<Self> {
        // A request to stop waits until it is known which folder is to be removed.
        let _guard = not_now();
        let folder = Builder::new().prefix(prefix).tempdir_in(parent)?;
        let lock = File::create_new(folder.path().join(LOCK))?;
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(ErrorKind::ResourceBusy.into()),
            // Some file systems know no locks.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        let beside = Beside {
            _lock: lock,
            _abandoned: Abandoned::new(folder.path()),
            folder,
        };
        std::fs::create_dir(beside.new_set())?;
        Ok(beside)
    }

    fn new_set(&self) -> PathBuf {
        self.folder.path().join(NEW)
    }
}

/// Removes what killed runs left behind. Whatever another run is at work on is locked and stays.
fn sweep(parent: &Path, prefix: &str) {
    let Ok(entries) = parent.read_dir() else {
        return;
    };
    for entry in entries.flatten() {
        if !entry.file_name().to_string_lossy().starts_with(prefix) || !is_beside(&entry.path()) {
            continue;
        }
        // A run that was killed while it removed the folder may have begun with the lock. One that has just made the
        // folder finds the lock there and takes another.
        let mut options = OpenOptions::new();
        let lock = options.write(true).create(true).truncate(false);
        let lock = lock.open(entry.path().join(LOCK));
        if lock.as_ref().is_ok_and(|lock| lock.try_lock().is_ok()) {
            // Nothing depends on it: the next run tries again.
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// Whether a folder holds nothing but what a run puts beside a set.
fn is_beside(folder: &Path) -> bool {
    let known = |name: std::ffi::OsString| [LOCK, NEW, OLD].iter().any(|known| name == *known);
    let entries = folder
        .symlink_metadata()
        .and_then(|there| match there.is_dir() {
            true => folder.read_dir(),
            false => Err(ErrorKind::NotADirectory.into()),
        });
    entries.is_ok_and(|entries| entries.flatten().all(|entry| known(entry.file_name())))
}

/// Lets two folders change places in one step; `false` where the system has no such step.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(new: &Path, place: &Path) -> std::io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, new, CWD, place, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> std::io::Result<bool> {
    Ok(false)
}

/// The finding for a folder that cannot be replaced.
pub(super) fn failed(root: &Path, error: &std::io::Error) -> Diagnostic {
    let message = format!("cannot replace the folder `{}`: {error}", root.display());
    Diagnostic::new(Code::CANNOT_REPLACE, message)
        .hint("it is as it was; see that the disk has room and that nobody else uses the folder")
}

#[cfg(test)]
#[path = "set_tests.rs"]
mod tests;
