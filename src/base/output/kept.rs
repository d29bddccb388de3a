//! Takes over what a folder holds into the set that is to replace it, so that several files of a folder that holds more
//! change in one step.
//!
//! Whatever stays gets a second name in the new set and loses the old one with the old set: nothing is copied, and what
//! others have put there stays theirs. Runs that do the same at the same time wait for one another.

use std::collections::BTreeMap;
use std::fs::TryLockError;
use std::io::{Error, ErrorKind};
use std::time::{Duration, Instant};

use cap_fs_ext::{DirExt, MetadataExt};
use cap_std::fs::{Dir, OpenOptions};

use super::destination::{Destination, open_here};
use super::staged::{StagedFolder, Stranger, can_be_replaced, failed};
use crate::base::diagnostic::Diagnostics;

/// A folder with more in it is not one of the program's own.
const MOST: usize = 10_000;
/// How long a run waits for another one.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a folder holds: paths with forward slashes, and the numbers of the files in their file system.
type Listing = BTreeMap<String, u64>;

impl StagedFolder {
    /// A set in place of a folder that holds all that is in it now, except what is at or below the paths `without`.
    ///
    /// `None` where the folder can only be changed file by file: somebody stands in it, a file system begins there,
    /// nothing can be written next to it, its files can have no second names, or there are too many of them.
    ///
    /// # Errors
    /// As [`StagedFolder::new`]; what is in the folder cannot be taken over.
    pub fn keeping(folder: &Destination, without: &[String]) -> Result<Option<Self>, Diagnostics> {
        match Self::keep_all(folder, without) {
            Ok(set) => Ok(set),
            Err(Broken::System(error)) if is_impossible(&error) => Ok(None),
            Err(Broken::System(error)) => Err(failed(&folder.path(), &error).into()),
            Err(Broken::Refused(found)) => Err(found),
        }
    }

    fn keep_all(folder: &Destination, without: &[String]) -> Result<Option<Self>, Broken> {
        let Some((old, turn)) = alone(folder)? else {
            return Ok(Some(StagedFolder::new(
                folder,
                changed_since(Listing::new()),
            )?));
        };
        if !can_be_replaced(folder)? {
            return Ok(None);
        }
        let mut before = Listing::new();
        list(&old, "", &mut before)?;
        let set = StagedFolder::new(folder, changed_since(before))?;
        keep(&old, &set.growing()?, "", without)?;
        Ok(Some(set.in_turn(turn)))
    }
}

/// Why there is no set.
enum Broken {
    System(Error),
    Refused(Diagnostics),
}

impl From<Error> for Broken {
    fn from(error: Error) -> Self {
        Broken::System(error)
    }
}

impl From<Diagnostics> for Broken {
    fn from(found: Diagnostics) -> Self {
        Broken::Refused(found)
    }
}

/// Whether an error says that a folder cannot be replaced here at all, unlike one that says that the disk is full.
fn is_impossible(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::PermissionDenied
            | ErrorKind::ReadOnlyFilesystem
            | ErrorKind::Unsupported
            | ErrorKind::CrossesDevices
            | ErrorKind::TooManyLinks
    )
}

/// Finds what has come into the folder since it held that.
fn changed_since(before: Listing) -> Stranger {
    Box::new(move |root| {
        let mut now = Listing::new();
        list(&root.open_folder("")?, "", &mut now)?;
        let new = |(path, id): &(&String, &u64)| before.get(*path) != Some(*id);
        Ok(now.iter().find(new).map(|(path, _)| path.clone()))
    })
}
/// The folder, if it is there, and a lock that other runs wait for.
fn alone(folder: &Destination) -> Result<Option<(Dir, Option<std::fs::File>)>, Broken> {
    let start = Instant::now();
    loop {
        let Some(dir) = folder.open()? else {
            return Ok(None);
        };
        // Some systems do not open a folder as a file, and some file systems know no locks.
        let turn = open_here(&dir, ".", OpenOptions::new().read(true)).ok();
        let turn = turn.map(cap_std::fs::File::into_std);
        let lock = turn.as_ref().map(std::fs::File::try_lock);
        let is_locked = !matches!(lock, Some(Err(TryLockError::WouldBlock)));
        // Another run may have put its set in the folder's place meanwhile.
        let id = |dir: &Dir| {
            dir.dir_metadata()
                .map(|found| (found.dev(), found.ino()))
                .ok()
        };
        let is_current = folder.open()?.is_some_and(|now| id(&now) == id(&dir));
        if is_locked && is_current {
            return Ok(Some((dir, turn)));
        }
        if start.elapsed() > PATIENCE {
            let message = "another run is writing files there and does not come to its end";
            return Err(Error::new(ErrorKind::ResourceBusy, message).into());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// All that is below a folder, folders included.
fn list(folder: &Dir, prefix: &str, found: &mut Listing) -> std::io::Result<()> {
    for entry in folder.entries()? {
        let name = entry?.file_name();
        let path = format!("{prefix}{}", name.to_string_lossy());
        let there = folder.symlink_metadata(&name)?;
        if found.len() >= MOST {
            return Err(ErrorKind::Unsupported.into());
        }
        if there.is_dir() {
            found.insert(format!("{path}/"), 0);
            list(
                &folder.open_dir_nofollow(&name)?,
                &format!("{path}/"),
                found,
            )?;
        } else {
            found.insert(path, there.ino());
        }
    }
    Ok(())
}

/// Gives everything in the old folder a second name in the new one.
fn keep(old: &Dir, new: &Dir, prefix: &str, without: &[String]) -> std::io::Result<()> {
    for entry in old.entries()? {
        let name = entry?.file_name();
        let path = format!("{prefix}{}", name.to_string_lossy());
        if without.contains(&path) {
            continue;
        }
        let there = old.symlink_metadata(&name)?;
        if there.is_dir() {
            new.create_dir(&name)?;
            let inner = new.open_dir_nofollow(&name)?;
            keep(
                &old.open_dir_nofollow(&name)?,
                &inner,
                &format!("{path}/"),
                without,
            )?;
            new.set_permissions(&name, there.permissions())?;
        } else {
            old.hard_link(&name, new, &name)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn write(path: &Path, text: &str) {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn read(path: &Path) -> String {
        std::fs::read_to_string(path).unwrap()
    }

    #[test]
    fn what_is_not_replaced_is_the_very_file_that_it_was() {
        let desk = tempfile::tempdir().unwrap();
        let out = desk.path().join("out");
        write(&out.join("mine/letter.txt"), "mine");
        write(&out.join("theirs/a.txt"), "old");
        std::fs::create_dir(out.join("empty")).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("nowhere", out.join("link")).unwrap();
        let id = |path: &str| {
            let dir = Destination::named(&out).open().unwrap().unwrap();
            dir.symlink_metadata(path).unwrap().ino()
        };
        let before = id("mine/letter.txt");
        let set = StagedFolder::keeping(&Destination::named(&out), &["theirs".into()])
            .unwrap()
            .unwrap();
        set.add("theirs/b.txt", b"new").unwrap();
        assert_eq!(read(&out.join("theirs/a.txt")), "old");
        set.commit().unwrap();
        assert_eq!(
            (
                id("mine/letter.txt"),
                read(&out.join("theirs/b.txt")).as_str()
            ),
            (before, "new")
        );
        assert!(!out.join("theirs/a.txt").exists() && out.join("empty").is_dir());
        #[cfg(unix)]
        assert_eq!(out.join("link").read_link().unwrap(), Path::new("nowhere"));
        assert_eq!(desk.path().read_dir().unwrap().count(), 1);
    }

    #[test]
    fn what_others_change_meanwhile_is_not_lost() {
        for change in ["out/new.txt", "out/there.txt"] {
            let desk = tempfile::tempdir().unwrap();
            let out = desk.path().join("out");
            write(&out.join("there.txt"), "old");
            let set = StagedFolder::keeping(&Destination::named(&out), &[])
                .unwrap()
                .unwrap();
            set.add("made.txt", b"made").unwrap();
            write(&desk.path().join("next"), "theirs");
            std::fs::rename(desk.path().join("next"), desk.path().join(change)).unwrap();
            assert!(set.commit().is_err(), "{change}");
            assert_eq!(read(&desk.path().join(change)), "theirs");
        }
    }

    #[test]
    fn runs_at_the_same_time_wait_for_one_another() {
        let desk = tempfile::tempdir().unwrap();
        let out = desk.path().join("out");
        write(&out.join("there.txt"), "old");
        std::thread::scope(|scope| {
            for number in 0..8 {
                let folder = Destination::named(&out);
                scope.spawn(move || {
                    let set = StagedFolder::keeping(&folder, &[]).unwrap().unwrap();
                    set.add(&format!("{number}.txt"), b"made").unwrap();
                    set.commit().unwrap();
                });
            }
        });
        assert_eq!(out.read_dir().unwrap().count(), 9);
    }
}
