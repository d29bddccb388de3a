//! Replaces a set of files: all of them, or none.

use std::io::{ErrorKind, Write};
use std::path::Path;

use cap_std::fs::{Dir, OpenOptions, Permissions};

use super::PREFIX;
use super::destination::{CreatedFolders, Destination, open_here};
use super::interrupt::not_now;
use super::target::{Target, TargetState, cannot_replace, own_bytes, strange};
use super::written::Session;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};

/// A file that is to be written, and its bytes.
type NewFile<'a> = (Target, &'a [u8]);

/// Writes every file whole, or changes nothing.
///
/// # Errors
/// The file that could not be written and why. Then every place holds what it held before; should that fail as well,
/// the error says where the old file is.
pub fn write(files: &[NewFile<'_>]) -> Result<(), Diagnostics> {
    replace(files)?;
    // Outside the guard: whoever reads may keep the program waiting for ever.
    let streams = files
        .iter()
        .filter(|(target, _)| target.place == TargetState::Stream);
    for (target, bytes) in streams {
        stream(&target.path, bytes).map_err(|error| cannot_write(&target.path, &error))?;
    }
    Ok(())
}

fn replace(files: &[NewFile<'_>]) -> Result<(), Diagnostics> {
    let _guard = not_now();
    let mut made = CreatedFolders::default();
    let done = stage_all(files, &mut made).and_then(|sets| {
        // The notes stay locked until all is done.
        let (_sessions, staged): (Vec<Session>, Vec<Vec<Staged<'_>>>) = sets.into_iter().unzip();
        replace_all(staged.into_iter().flatten())
    });
    if done.is_err() {
        made.take_back();
    }
    done
}

/// The files of each folder, staged, with the folder's notes.
fn stage_all<'a>(
    files: &'a [NewFile<'a>],
    made: &mut CreatedFolders,
) -> Result<Vec<(Session, Vec<Staged<'a>>)>, Diagnostics> {
    let files: Vec<&NewFile<'_>> = files
        .iter()
        .filter(|(target, _)| target.place == TargetState::File)
        .collect();
    let mut folders: Vec<&Destination> = Vec::new();
    for (target, _) in &files {
        if !folders.contains(&&target.folder) {
            folders.push(&target.folder);
        }
    }
    let stage = |folder: &Destination| {
        let here = files.iter().filter(|(target, _)| target.folder == *folder);
        stage(folder, here.copied().collect(), files.len() > 1, made)
    };
    folders.into_iter().map(stage).collect()
}

/// A file that people wrote, and what is to become of it: its name in the folder, with forward slashes, what was read of
/// it (nothing of one that is new), and its new bytes.
pub type Rewritten = (String, Vec<u8>, Vec<u8>);

/// Changes files that people wrote, all or none.
///
/// # Errors
/// As [`write()`]; also where one of them is not any more what was read.
pub fn rewrite(folder: &Destination, files: &[Rewritten]) -> Result<(), Diagnostics> {
    let _guard = not_now();
    let targets: Vec<Target> = files
        .iter()
        .map(|(name, ..)| Target {
            path: folder.shown(name),
            folder: folder.clone(),
            name: name.clone(),
            place: TargetState::File,
        })
        .collect();
    let mut staged = Vec::new();
    let mut next = 0;
    for (target, (name, read, bytes)) in targets.iter().zip(files) {
        let cannot =
            |error: &std::io::Error| Diagnostics::from(cannot_replace(&target.path, error));
        let (above, name) = name.rsplit_once('/').unwrap_or(("", name));
        let missing = || cannot(&std::io::Error::from(ErrorKind::NotFound));
        let inner = folder.clone().join(above).open()?.ok_or_else(missing)?;
        let there = match own_bytes(&inner, name) {
            Ok(there) => Some(there),
            // One that is to be new.
            Err(error) if error.kind() == ErrorKind::NotFound && read.is_empty() => None,
            Err(error) => return Err(cannot(&error)),
        };
        if there.as_ref().is_some_and(|there| there != read) {
            let message = format!("`{}` was changed meanwhile", target.path.display());
            return Err(Diagnostic::new(Code::CHANGED_MEANWHILE, message).into());
        }
        let permissions = inner.metadata(name).ok().map(|there| there.permissions());
        let [new, old] = [(); 2].map(|()| Temporary::free(&inner, &mut next));
        let new = Temporary::written(&inner, new, bytes, permissions)
            .map_err(|error| cannot_write(&target.path, &error))?;
        let old = there.map(|_| Temporary::second_name(&inner, old, name, read));
        let old = old.transpose().map_err(|error| cannot(&error))?;
        staged.push(Staged {
            target,
            name,
            new,
            old,
        });
    }
    replace_all(staged.into_iter())
}

/// A file next to its place, ready to be renamed.
struct Staged<'a> {
    target: &'a Target,
    /// Its name in the folder that the temporary file is in.
    name: &'a str,
    new: Temporary,
    /// The old file under a second name, where there is one and a later file may fail.
    old: Option<Temporary>,
}

/// Stages the files of one folder. With `way_back`, old files get a second name.
fn stage<'a>(
    folder: &Destination,
    files: Vec<&'a NewFile<'a>>,
    way_back: bool,
    made: &mut CreatedFolders,
) -> Result<(Session, Vec<Staged<'a>>), Diagnostics> {
    let dir = folder.make(made)?;
    let mut session = Session::open(&dir).map_err(|error| {
        let first = files.first().map(|(target, _)| target.path.as_path());
        cannot_write(first.unwrap_or(Path::new("")), &error)
    })?;
    let mut places = Vec::new();
    let mut temporary = Vec::new();
    let mut next = 0;
    for (target, _) in &files {
        let (above, name) = target.name.rsplit_once('/').unwrap_or(("", &target.name));
        let inner = folder.clone().join(above).make(made)?;
        let before = before(&session, &inner, name, target)?;
        let [new, old] = [(); 2].map(|()| Temporary::free(&inner, &mut next));
        let below = |name: &String| match above {
            "" => name.clone(),
            above => format!("{above}/{name}"),
        };
        temporary.extend([&new, &old].map(below));
        places.push((inner, name, before, new, old));
    }
    let lines: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(target, bytes)| (target.name.as_str(), *bytes))
        .collect();
    let noted = session.note(&lines, &temporary);
    let mut staged = Vec::new();
    for ((target, bytes), (inner, name, before, new, old)) in files.into_iter().zip(places) {
        if let Err(error) = &noted {
            return Err(cannot_write(&target.path, error).into());
        }
        let permissions = before.as_ref().and_then(|_| inner.metadata(name).ok());
        let permissions = permissions.map(|there| there.permissions());
        let new = Temporary::written(&inner, new, bytes, permissions)
            .map_err(|error| cannot_write(&target.path, &error))?;
        let old = before.filter(|_| way_back).map(|before| {
            let second = Temporary::second_name(&inner, old, name, &before);
            second.map_err(|error| cannot_replace(&target.path, &error))
        });
        staged.push(Staged {
            target,
            name,
            new,
            old: old.transpose()?,
        });
    }
    Ok((session, staged))
}

/// The bytes of the file that is there, which must be the program's own.
fn before(
    session: &Session,
    folder: &Dir,
    name: &str,
    target: &Target,
) -> Result<Option<Vec<u8>>, Diagnostics> {
    match own_bytes(folder, name) {
        Ok(before) if session.has(&target.name, &before) => Ok(Some(before)),
        Ok(_) => Err(strange(&target.path)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(cannot_replace(&target.path, &error).into()),
    }
}

/// A file that goes away again unless it is given its place.
struct Temporary {
    folder: Dir,
    name: String,
    there: bool,
}

impl Temporary {
    /// A name that is free in the folder, with the number `next` or a later one.
    fn free(folder: &Dir, next: &mut u32) -> String {
        loop {
            let name = format!("{PREFIX}{next}");
            *next += 1;
            if folder.symlink_metadata(&name).is_err() {
                return name;
            }
        }
    }

    /// A new file with these bytes, on the disk.
    fn written(
        folder: &Dir,
        name: String,
        bytes: &[u8],
        permissions: Option<Permissions>,
    ) -> std::io::Result<Self> {
        let mut options = OpenOptions::new();
        let mut file = open_here(folder, &name, options.write(true).create_new(true))?;
        let temporary = Temporary {
            folder: folder.try_clone()?,
            name,
            there: true,
        };
        if let Some(permissions) = permissions {
            file.set_permissions(permissions)?;
        }
        file.write_all(bytes)?;
        file.sync_all()?;
        Ok(temporary)
    }

    /// A second name for the file `name`, which holds `bytes`; a copy where the file system knows no links.
    fn second_name(
        folder: &Dir,
        second: String,
        name: &str,
        bytes: &[u8],
    ) -> std::io::Result<Self> {
        match folder.hard_link(name, folder, &second) {
            Ok(()) => Ok(Temporary {
                folder: folder.try_clone()?,
                name: second,
                there: true,
            }),
            Err(_) => Self::written(folder, second, bytes, None),
        }
    }

    /// Gives the file its place; otherwise it goes away.
    fn persist(&mut self, name: &str) -> std::io::Result<()> {
        self.folder.rename(&self.name, &self.folder, name)?;
        self.there = false;
        Ok(())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if self.there {
            let _ = self.folder.remove_file(&self.name);
        }
    }
}

fn replace_all<'a>(staged: impl Iterator<Item = Staged<'a>>) -> Result<(), Diagnostics> {
    let mut done: Vec<Staged<'_>> = Vec::new();
    for mut one in staged {
        if let Err(error) = one.new.persist(one.name) {
            let mut found = Diagnostics::from(cannot_replace(&one.target.path, &error));
            let earlier = done.into_iter().rev();
            earlier.for_each(|earlier| earlier.restore(&mut found));
            return Err(found);
        }
        done.push(one);
    }
    // The bytes are on the disk before the rename; the rename itself is left to the system: after a loss of power the
    // name holds the old file or the new one, each complete.
    Ok(())
}

impl Staged<'_> {
    /// Puts the old file back in the place of the new one, or takes the new one away where there was none.
    fn restore(self, found: &mut Diagnostics) {
        let shown = self.target.path.display();
        let Some(mut old) = self.old else {
            if let Err(error) = self.new.folder.remove_file(self.name) {
                let message = format!(
                    "the new file `{shown}` is there without the others and cannot be removed: {error}"
                );
                found.push(Diagnostic::new(Code::NOT_TAKEN_BACK, message));
            }
            return;
        };
        if let Err(error) = old.persist(self.name) {
            let message = format!("the old file `{shown}` cannot be put back: {error}");
            let kept = self.target.path.with_file_name(&old.name);
            old.there = false;
            found.push(
                Diagnostic::new(Code::NOT_TAKEN_BACK, message)
                    .hint(format!("it is kept as `{}`", kept.display())),
            );
        }
    }
}

fn stream(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut stream = std::fs::OpenOptions::new().write(true).open(path)?;
    stream.write_all(bytes)?;
    stream.flush()
}

pub(super) fn cannot_write(path: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::new(
        Code::CANNOT_WRITE,
        format!("cannot write `{}`: {error}", path.display()),
    )
    .hint("nothing was replaced; see that the disk has room and that the folder may be written to")
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
