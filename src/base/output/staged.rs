//! Replaces a whole folder of files in one step: whoever looks, and whenever the program is killed, there is the old
//! set or the new one, never a mixture.
//!
//! The new set grows next to the folder, flushed to disk, and then the two change places in one step of the file system
//! (where a system has no such step, the old folder is moved away first). Only then the old set is removed. What a
//! killed run left next to the folder is removed by the next one.

use std::fs::TryLockError;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use cap_fs_ext::{DirExt, MetadataExt};
use cap_std::fs::{Dir, OpenOptions};

use super::PREFIX;
use super::destination::{CreatedFolders, Destination, open_here, own, refuse, takes_files};
use super::interrupt::{Abandoned, not_now};
use super::written::{NOTES, Written};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::base::files::Root;

/// Name of the file that a running program keeps locked in its folder next to the set.
const LOCK: &str = "lock";
/// Name of the new set in that folder.
const NEW: &str = "new";
/// Name of the old set in that folder, where the two could not change places in one step.
const OLD: &str = "old";
/// Times that a folder next to the set is tried to be made.
const ATTEMPTS: usize = 64;
/// Files that systems put into folders by themselves.
const OF_THE_SYSTEM: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// Finds a file of a folder that is no part of an old set, by its path in the folder.
pub type Stranger = Box<dyn Fn(&Root) -> std::io::Result<Option<String>> + Send + Sync>;

/// A set of files that is to replace a folder. Dropped before [`StagedFolder::commit`] it leaves nothing behind.
pub struct StagedFolder {
    place: SetLocation,
    next: StagingFolder,
    stranger: Stranger,
    /// Folders that were made for it.
    made: CreatedFolders,
    /// Why a file could not be added: then there is no set.
    broken: Mutex<Option<Diagnostics>>,
    committed: bool,
    /// Held locked until all is done, where others wait for their turn.
    turn: Option<std::fs::File>,
}

/// Where a set will be: a name in a folder.
struct SetLocation {
    parent: Dir,
    name: String,
    /// Its path as given.
    shown: PathBuf,
}

impl StagedFolder {
    /// An empty set in place of a folder, which need not be there. `stranger` finds what must not go with it.
    ///
    /// # Errors
    /// The folder holds something else, is the current one or one above it, or nothing can be written next to it.
    pub fn new(folder: &Destination, stranger: Stranger) -> Result<Self, Diagnostics> {
        // Nothing is tried in the folder itself: another run may be looking for what does not belong there.
        let mut made = CreatedFolders::default();
        let begun = begin(folder, &stranger, &mut made);
        if begun.is_err() {
            made.take_back();
        }
        let (place, next) = begun?;
        Ok(StagedFolder {
            place,
            next,
            stranger,
            made,
            broken: Mutex::default(),
            committed: false,
            turn: None,
        })
    }

    /// The same set, which keeps others waiting as long as it lives.
    pub(super) fn in_turn(mut self, turn: Option<std::fs::File>) -> Self {
        self.turn = turn;
        self
    }

    /// The new set as far as it has grown.
    pub(super) fn growing(&self) -> std::io::Result<Dir> {
        self.next.folder.open_dir_nofollow(NEW)
    }

    /// Adds a file by its path in the set, with forward slashes; it is on the disk when this comes back.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn add(&self, path: &str, bytes: &[u8]) -> Result<(), Diagnostics> {
        let write = || {
            let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
            // Never the set itself: that is gone once the run has been asked to stop.
            let mut folder = self.growing()?;
            for name in folders.split('/').filter(|folder| !folder.is_empty()) {
                match folder.create_dir(name) {
                    Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
                    _ => folder = folder.open_dir_nofollow(name)?,
                }
            }
            let mut options = OpenOptions::new();
            let mut file = open_here(&folder, name, options.write(true).create_new(true))?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        write().map_err(|error| {
            let shown = self.place.shown.join(path);
            let message = format!("cannot write `{}`: {error}", shown.display());
            let found = refuse(
                Code::CANNOT_WRITE,
                message,
                "nothing was replaced; see that the disk has room",
            );
            let mut broken = self.broken.lock().unwrap_or_else(PoisonError::into_inner);
            broken.get_or_insert(found).clone()
        })
    }

    /// Puts the set in place of the folder.
    ///
    /// # Errors
    /// The system refuses, a file could not be added, or somebody has put one into the folder meanwhile. Then the
    /// folder is as it was.
    pub fn commit(mut self) -> Result<(), Diagnostics> {
        let broken = self
            .broken
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = broken.take() {
            return Err(found);
        }
        let _guard = not_now();
        refuse_strangers(&self.place, &self.stranger)?;
        let done = swap(&self.next.folder, &self.place);
        self.committed = done.is_ok();
        done.map_err(|error| failed(&self.place.shown, &error).into())
    }
}

impl Drop for StagedFolder {
    fn drop(&mut self) {
        self.next.remove();
        // Only now is it another run's turn.
        drop(self.turn.take());
        if !self.committed {
            self.made.take_back();
        }
    }
}

/// Removes a folder with all that is in it, never through a link.
///
/// # Errors
/// The system refuses.
pub fn remove_folder(folder: &Destination) -> Result<(), Diagnostics> {
    let _guard = not_now();
    let (parent, name) = folder.parent(&mut CreatedFolders::default())?;
    let removed = parent.remove_dir_all(&name);
    removed.map_err(|error| failed(&folder.path(), &error).into())
}

/// Paths of all files below a folder, with forward slashes, sorted; those that the system makes do not count. Links are
/// files here: nothing is looked for after them.
///
/// # Errors
/// A folder cannot be read.
pub fn files_in(root: &Root) -> std::io::Result<Vec<String>> {
    let mut found = Vec::new();
    files_below(&root.open_folder("")?, "", &mut found)?;
    found.sort();
    Ok(found)
}

fn files_below(folder: &Dir, prefix: &str, found: &mut Vec<String>) -> std::io::Result<()> {
    for entry in folder.entries()? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        match entry.file_type()?.is_dir() {
            true => {
                let inner = folder.open_dir_nofollow(entry.file_name())?;
                files_below(&inner, &format!("{path}/"), found)?;
            }
            // The program's own notes are nobody's file.
            false if name == NOTES || OF_THE_SYSTEM.contains(&name.as_str()) => {}
            false => found.push(path),
        }
    }
    Ok(())
}

/// Where the set will be, and a folder next to that; `made` says which folders were made on the way.
fn begin(
    folder: &Destination,
    stranger: &Stranger,
    made: &mut CreatedFolders,
) -> Result<(SetLocation, StagingFolder), Diagnostics> {
    let (parent, name) = folder.parent(made)?;
    let place = SetLocation {
        parent,
        name,
        shown: folder.path(),
    };
    refuse_unfit(&place).map_err(|error| failed(&place.shown, &error))??;
    refuse_strangers(&place, stranger)?;
    let prefix = format!("{PREFIX}{}-", place.name);
    sweep(&place.parent, &prefix);
    let next = StagingFolder::new(&place.parent, &prefix).map_err(|error| {
        let shown = place.shown.display();
        let message = format!("nothing can be written next to `{shown}`: {error}");
        refuse(
            Code::FOLDER_CLOSED,
            message,
            "the new files grow next to their folder and then take its place: give a folder inside one that may be written to",
        )
    })?;
    Ok((place, next))
}

/// Whether a folder that is there is one that can be replaced, by a set that grows next to it.
pub(super) fn can_be_replaced(folder: &Destination) -> Result<bool, Diagnostics> {
    let (parent, name) = folder.parent(&mut CreatedFolders::default())?;
    let shown = folder.path();
    let closed = takes_files(&parent).is_err_and(|error| is_closed(&error));
    let place = SetLocation {
        parent,
        name,
        shown,
    };
    let fit = refuse_unfit(&place).map_err(|error| failed(&place.shown, &error))?;
    Ok(!closed && fit.is_ok())
}

fn is_closed(error: &std::io::Error) -> bool {
    use ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    matches!(error.kind(), PermissionDenied | ReadOnlyFilesystem)
}

/// Refuses the current folder and those above it (whoever is there would be in a folder that is gone), and a folder
/// where another file system begins: it can hold a set, but the system lets nothing take its place.
fn refuse_unfit(place: &SetLocation) -> std::io::Result<Result<(), Diagnostics>> {
    let Ok(there) = place.parent.open_dir_nofollow(&place.name) else {
        return Ok(Ok(()));
    };
    let id = |folder: &Dir| {
        folder
            .dir_metadata()
            .map(|there| (there.dev(), there.ino()))
    };
    let own_id = id(&there)?;
    let mut here = std::env::current_dir().ok();
    while let Some(above) = here {
        let above_id = std::fs::metadata(&above).and_then(|_| {
            let above = Dir::open_ambient_dir(&above, cap_std::ambient_authority())?;
            id(&above)
        });
        if above_id.is_ok_and(|above| above == own_id) {
            return Ok(Err(own(&place.shown)));
        }
        here = above.parent().map(Path::to_owned);
    }
    if own_id.0 != id(&place.parent)?.0 {
        return Ok(Err(mount(&place.shown)));
    }
    Ok(Ok(()))
}

fn mount(root: &Path) -> Diagnostics {
    let message = format!(
        "another file system begins at `{}`: that folder cannot be replaced",
        root.display()
    );
    let inside = root.join("release");
    Diagnostic::new(Code::CANNOT_REPLACE, message)
        .hint(format!("give a folder in it, such as {}", inside.display()))
        .into()
}

/// Refuses a folder with files in it that are no part of the old set: they would be lost.
fn refuse_strangers(place: &SetLocation, stranger: &Stranger) -> Result<(), Diagnostics> {
    let found = match place.parent.symlink_metadata(&place.name) {
        Ok(there) if there.is_symlink() => return Err(super::destination::link(&place.shown)),
        Ok(there) if !there.is_dir() => {
            let error = std::io::Error::from(ErrorKind::NotADirectory);
            return Err(failed(&place.shown, &error).into());
        }
        Ok(_) => stranger_in(place, stranger).map_err(|error| failed(&place.shown, &error))?,
        Err(_) => None,
    };
    match found {
        None => Ok(()),
        Some(path) => {
            let folder = place.parent.open_dir_nofollow(&place.name);
            let folder = folder.map_err(|error| failed(&place.shown, &error))?;
            Err(strange_file(&Root::of(folder, &place.shown), &path))
        }
    }
}

/// The diagnostic for a file that is no part of what is replaced as a whole.
pub fn strange_file(folder: &Root, path: &str) -> Diagnostics {
    let shown = folder.path().display();
    let notes = folder.open_folder("").map(|dir| Written::of(&dir));
    let ours = notes.is_ok_and(|notes| notes.names().contains(path));
    let growing = path.split('/').any(|part| part.starts_with(PREFIX));
    let who = match (growing, ours) {
        (true, _) => "another run of gmg-export is writing, or has left there",
        (_, true) => "another command of gmg-export wrote",
        _ => "gmg-export did not write",
    };
    let message = format!("the folder `{shown}` holds `{path}`, which {who}");
    if growing {
        let found = Diagnostic::new(Code::STRANGE_FILE, message);
        return found
            .hint("let the other run come to its end; if there is none, remove what it left")
            .into();
    }
    let found = Diagnostic::new(Code::STRANGE_FILE, message)
        .hint("the folder is replaced as a whole: move that file away, or give another folder");
    match ours {
        true => found.into(),
        false => found
            .hint("if it is a release whose manifest was damaged, move the folder away")
            .into(),
    }
}

/// A file in the folder that is no part of the old set. Another run may put its set in the folder's place meanwhile,
/// and take away the one that is looked at: then the new one is looked at.
fn stranger_in(place: &SetLocation, stranger: &Stranger) -> std::io::Result<Option<String>> {
    let mut last = Ok(None);
    for _ in 0..ATTEMPTS {
        let there = match place.parent.open_dir_nofollow(&place.name) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            other => other?,
        };
        let looked_at = there.dir_metadata()?.ino();
        last = stranger(&Root::of(there, &place.shown));
        let now = place.parent.symlink_metadata(&place.name);
        if matches!(last, Ok(None)) || now.is_ok_and(|now| now.ino() == looked_at) {
            break;
        }
    }
    last
}

fn swap(next: &Dir, place: &SetLocation) -> std::io::Result<()> {
    let (parent, name) = (&place.parent, place.name.as_str());
    if parent.symlink_metadata(name).is_err() {
        match next.rename(NEW, parent, name) {
            // Another run was quicker.
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::DirectoryNotEmpty | ErrorKind::AlreadyExists
                ) => {}
            other => return other,
        }
    }
    if exchange(next, parent, name)? {
        return Ok(());
    }
    parent.rename(name, next, OLD)?;
    let done = next.rename(NEW, parent, name);
    if done.is_err() {
        next.rename(OLD, parent, name)?;
    }
    done
}

/// A folder of this run next to the set, removed when it is done.
struct StagingFolder {
    /// Held open, and with that locked, as long as the folder is in use.
    _lock: std::fs::File,
    parent: Dir,
    name: String,
    folder: Dir,
    /// Until the folder is gone.
    abandoned: Option<Abandoned>,
}

impl StagingFolder {
    fn new(parent: &Dir, prefix: &str) -> std::io::Result<Self> {
        // Another run may have taken the name, or take the folder for a dead one before it is locked.
        let mut last = ErrorKind::NotFound.into();
        // No other run that is alive has this number: whoever removes the folder removes its own.
        let process = std::process::id();
        for attempt in 0..ATTEMPTS {
            match Self::attempt(parent, format!("{prefix}{process}-{attempt}")) {
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

    fn attempt(parent: &Dir, name: String) -> std::io::Result<Self> {
        // A request to stop waits until it is known which folder is to be removed.
        let _guard = not_now();
        parent.create_dir(&name)?;
        let folder = parent.open_dir_nofollow(&name)?;
        let mut options = OpenOptions::new();
        let lock = open_here(&folder, LOCK, options.write(true).create_new(true))?.into_std();
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => return Err(ErrorKind::ResourceBusy.into()),
            // Some file systems know no locks.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        let next = StagingFolder {
            _lock: lock,
            abandoned: Some(Abandoned::new(parent.try_clone()?, &name)),
            parent: parent.try_clone()?,
            name,
            folder,
        };
        next.folder.create_dir(NEW)?;
        Ok(next)
    }

    fn remove(&mut self) {
        let _ = self.parent.remove_dir_all(&self.name);
        self.abandoned = None;
    }
}

impl Drop for StagingFolder {
    fn drop(&mut self) {
        if self.abandoned.is_some() {
            self.remove();
        }
    }
}

/// Removes what killed runs left behind. Whatever another run is at work on is locked and stays.
fn sweep(parent: &Dir, prefix: &str) {
    let Ok(entries) = parent.entries() else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        if !name.to_string_lossy().starts_with(prefix) {
            continue;
        }
        let Some(folder) = next_to(parent, &name) else {
            continue;
        };
        // A run that was killed while it removed the folder may have begun with the lock. One that has just made the
        // folder finds the lock there and takes another.
        let mut options = OpenOptions::new();
        let options = options.write(true).create(true).truncate(false);
        let lock = open_here(&folder, LOCK, options).map(cap_std::fs::File::into_std);
        if lock.as_ref().is_ok_and(|lock| lock.try_lock().is_ok()) {
            // Nothing depends on it: the next run tries again.
            let _ = parent.remove_dir_all(Path::new(&name));
        }
    }
}

/// A folder that holds nothing but what a run puts next to a set.
fn next_to(parent: &Dir, name: &std::ffi::OsStr) -> Option<Dir> {
    let folder = parent.open_dir_nofollow(name).ok()?;
    let known = |name: std::ffi::OsString| [LOCK, NEW, OLD].iter().any(|known| name == *known);
    let mut entries = folder.entries().ok()?.flatten();
    entries
        .all(|entry| known(entry.file_name()))
        .then_some(folder)
}

/// Lets two folders change places in one step; `false` where the system has no such step.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(next: &Dir, parent: &Dir, name: &str) -> std::io::Result<bool> {
    use rustix::fs::{RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(next, NEW, parent, name, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Dir, _: &Dir, _: &str) -> std::io::Result<bool> {
    Ok(false)
}

/// The diagnostic for a folder that cannot be replaced.
pub(super) fn failed(root: &Path, error: &std::io::Error) -> Diagnostic {
    let message = format!("cannot replace the folder `{}`: {error}", root.display());
    Diagnostic::new(Code::CANNOT_REPLACE, message)
        .hint("it is as it was; see that the disk has room and that nobody else uses the folder")
}

#[cfg(test)]
#[path = "staged_tests.rs"]
mod tests;
