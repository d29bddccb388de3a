//! Folders that files go to, held open while they are written to.
//!
//! Whoever runs the program decides where files go: by the command line or the environment. Links on the way to a
//! folder that they named are theirs. Below it, and below the folder of a report (whose settings may choose a place in
//! it), no link is followed: a report is data, even if somebody else made it.

use std::io::{Error, ErrorKind};
use std::path::{Component, Path, PathBuf};

use cap_fs_ext::{DirExt, FollowSymlinks, OpenOptionsFollowExt};
use cap_std::ambient_authority;
use cap_std::fs::{Dir, File, OpenOptions};

use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::base::files::Root;

/// A folder that files go to; it need not be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// The folder that was named; links that lead to it are followed.
    named: PathBuf,
    /// Folders below it, in which no link is followed.
    below: Vec<String>,
}

/// Folders that were made on the way to a destination, in their order.
#[derive(Default)]
pub(super) struct CreatedFolders(Vec<(Dir, String)>);

impl CreatedFolders {
    /// Takes the folders back, the last first; those that others have put something into stay.
    pub(super) fn take_back(&mut self) {
        for (parent, name) in self.0.drain(..).rev() {
            if let Ok(folder) = parent.open_dir_nofollow(&name) {
                let _ = folder.remove_file(super::written::NOTES);
            }
            let _ = parent.remove_dir(name);
        }
    }

    /// Makes a folder and opens it.
    fn make(&mut self, parent: &Dir, name: &str) -> std::io::Result<Dir> {
        match parent.create_dir(name) {
            Ok(()) => self.0.push((parent.try_clone()?, name.to_owned())),
            // Another run may have been quicker.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
        parent.open_dir_nofollow(name)
    }
}

impl Destination {
    /// The folder at a path that whoever runs the program has named.
    pub fn named(path: &Path) -> Self {
        let here = path.as_os_str().is_empty();
        Destination {
            named: if here { ".".into() } else { path.to_owned() },
            below: Vec::new(),
        }
    }

    /// The folder `path` below a folder that was named, in which no link is followed.
    ///
    /// # Errors
    /// The path leads out of that folder.
    pub fn below(named: &Path, path: &Path) -> Result<Self, Diagnostics> {
        let mut below = Vec::new();
        for part in path.components() {
            match part {
                Component::Normal(name) => below.push(name.to_string_lossy().into_owned()),
                Component::CurDir => {}
                _ => return Err(outside(&named.join(path))),
            }
        }
        Ok(Destination {
            below,
            ..Self::named(named)
        })
    }

    /// The folder of that name in this one.
    #[must_use]
    pub fn join(mut self, name: &str) -> Self {
        let parts = name.split('/').filter(|part| !part.is_empty());
        self.below.extend(parts.map(str::to_owned));
        self
    }

    /// Its path as the user would type it.
    pub fn path(&self) -> PathBuf {
        let here = self.named == Path::new(".") && !self.below.is_empty();
        let start = if here {
            PathBuf::new()
        } else {
            self.named.clone()
        };
        self.below.iter().fold(start, |path, name| path.join(name))
    }

    /// The path of a file in it as the user would type it.
    pub(super) fn shown(&self, name: &str) -> PathBuf {
        let folder = self.path();
        match folder == Path::new(".") {
            true => PathBuf::from(name),
            false => folder.join(name),
        }
    }

    /// The folder, if it is there.
    ///
    /// # Errors
    /// Something else is in its place, or a link.
    pub(super) fn open(&self) -> Result<Option<Dir>, Diagnostics> {
        let (folder, missing) = self.nearest()?;
        Ok(missing.is_empty().then_some(folder))
    }

    /// The folder for reading, if it is there.
    ///
    /// # Errors
    /// As where it is opened for writing: something else is in its place, or a link.
    pub fn root(&self) -> Result<Option<Root>, Diagnostics> {
        let folder = self.open()?;
        Ok(folder.map(|folder| Root::of(folder, &self.path())))
    }

    /// The folder; it is made where it is missing, with those above it.
    ///
    /// # Errors
    /// As [`Destination::open`], and if a folder cannot be made.
    pub(super) fn make(&self, made: &mut CreatedFolders) -> Result<Dir, Diagnostics> {
        let (mut folder, missing) = self.nearest()?;
        for name in &missing {
            let next = made.make(&folder, name);
            folder = next.map_err(|error| {
                let message = format!("cannot make `{}`: {error}", self.path().display());
                refuse(
                    Code::CANNOT_WRITE,
                    message,
                    "choose another folder with --out",
                )
            })?;
        }
        Ok(folder)
    }

    /// The folder that the destination's own one is in, and its name there.
    ///
    /// # Errors
    /// As [`Destination::make`]; the folder has no name, as `/` or the current one.
    pub(super) fn parent(&self, made: &mut CreatedFolders) -> Result<(Dir, String), Diagnostics> {
        if let Some((name, above)) = self.below.split_last() {
            let above = Destination {
                named: self.named.clone(),
                below: above.to_vec(),
            };
            return Ok((above.make(made)?, name.clone()));
        }
        let failed = |error: &Error| Diagnostics::from(super::staged::failed(&self.named, error));
        // A folder that is there is the one that a link in the end leads to.
        let real = match self.named.is_dir() {
            true => self.named.canonicalize().map_err(|error| failed(&error))?,
            false => self.named.clone(),
        };
        let name = real.file_name().ok_or_else(|| own(&self.named))?;
        let above = real.parent().unwrap_or(Path::new(""));
        let parent = Destination::named(above).make(made)?;
        Ok((parent, name.to_string_lossy().into_owned()))
    }

    /// The first folder that is there on the way up, and the names of those below it that are not.
    fn nearest(&self) -> Result<(Dir, Vec<String>), Diagnostics> {
        let (mut folder, mut missing) = nearest_named(&self.named)?;
        let mut shown = match self.named == Path::new(".") {
            true => PathBuf::new(),
            false => self.named.clone(),
        };
        for name in &self.below {
            shown.push(name);
            if !missing.is_empty() {
                missing.push(name.clone());
                continue;
            }
            match folder.symlink_metadata(name) {
                Ok(found) if found.is_symlink() => return Err(link(&shown)),
                Ok(found) if !found.is_dir() => return Err(no_folder(&shown)),
                Ok(_) => {
                    let next = folder.open_dir_nofollow(name);
                    folder = next.map_err(|error| closed(&shown, &error))?;
                }
                Err(error) if error.kind() == ErrorKind::NotFound => missing.push(name.clone()),
                Err(error) => return Err(closed(&shown, &error)),
            }
        }
        Ok((folder, missing))
    }

    /// Refuses a folder that files cannot be written to. It need not be there: then the first one above it that is must
    /// take files.
    ///
    /// # Errors
    /// Why it takes none.
    pub fn look(&self) -> Result<(), Diagnostics> {
        let (folder, missing) = self.nearest()?;
        takes_files(&folder).map_err(|error| {
            let mut above = self.path();
            missing.iter().for_each(|_| {
                above.pop();
            });
            let shown = match above.as_os_str().is_empty() {
                true => Path::new(".").display(),
                false => above.display(),
            };
            let message = format!("cannot write into the folder `{shown}`: {error}");
            refuse(
                Code::FOLDER_CLOSED,
                message,
                "choose another folder with --out",
            )
        })
    }
}

/// The first folder on the way up a named path that is there, and the names of those below it that are not.
fn nearest_named(path: &Path) -> Result<(Dir, Vec<String>), Diagnostics> {
    let mut rest = Vec::new();
    for above in path.ancestors() {
        let here = match above.as_os_str().is_empty() {
            true => Path::new("."),
            false => above,
        };
        match std::fs::metadata(here) {
            Ok(found) if found.is_dir() => return below(here, rest),
            Ok(_) => return Err(no_folder(here)),
            Err(_) if here.symlink_metadata().is_ok() => return Err(dead_link(here)),
            Err(error) if is_missing(&error) => rest.extend(above.components().next_back()),
            Err(error) => return Err(closed(here, &error)),
        }
    }
    let error = Error::from(ErrorKind::NotFound);
    Err(closed(path, &error))
}

/// The folder `here`, and the names of those below it that are not there; `rest` has the parts of the path, the last
/// first. What is not there is no link: `..` leads back to the folder above it.
fn below(here: &Path, rest: Vec<Component<'_>>) -> Result<(Dir, Vec<String>), Diagnostics> {
    let mut missing = Vec::new();
    for part in rest.into_iter().rev() {
        match part {
            Component::Normal(name) => missing.push(name.to_string_lossy().into_owned()),
            Component::ParentDir if missing.pop().is_some() => {}
            _ => {}
        }
    }
    let mut folder =
        Dir::open_ambient_dir(here, ambient_authority()).map_err(|error| closed(here, &error))?;
    // A way back may have led to folders that are there.
    while let Some(name) = missing.first() {
        match folder.open_dir_nofollow(name) {
            Ok(next) => folder = next,
            Err(_) => break,
        }
        missing.remove(0);
    }
    Ok((folder, missing))
}

/// Whether nothing is there. A file among the folders of the path is found when its own turn comes.
fn is_missing(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// Asks the system whether a folder takes files; a trial file would be left by a run that is ended just then.
pub(super) fn takes_files(folder: &Dir) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use rustix::fs::{Access, AtFlags, accessat};
        let rights = Access::WRITE_OK | Access::EXEC_OK;
        accessat(folder, ".", rights, AtFlags::EACCESS)?;
    }
    // Elsewhere it is seen when the first file is written.
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Opens what is called `name` in a folder, never through a link.
pub(super) fn open_here(
    folder: &Dir,
    name: &str,
    options: &mut OpenOptions,
) -> std::io::Result<File> {
    folder.open_with(name, options.follow(FollowSymlinks::No))
}

fn closed(path: &Path, error: &Error) -> Diagnostics {
    let message = format!("cannot look at `{}`: {error}", path.display());
    refuse(
        Code::FOLDER_CLOSED,
        message,
        "choose another folder with --out",
    )
}

fn no_folder(path: &Path) -> Diagnostics {
    let message = format!("`{}` is not a folder", path.display());
    refuse(
        Code::NOT_A_FOLDER,
        message,
        "name a folder with --out, or a file with -o",
    )
}

fn dead_link(path: &Path) -> Diagnostics {
    let message = format!(
        "`{}` is a link to a place that is not there",
        path.display()
    );
    refuse(
        Code::DEAD_LINK,
        message,
        "make the folder that it points to, or remove the link",
    )
}

/// A link in the place of a file or of a folder that nobody named.
pub(super) fn link(path: &Path) -> Diagnostics {
    let message = format!(
        "`{}` is a link, and nothing is written through a link",
        path.display()
    );
    refuse(
        Code::LINK_IN_THE_WAY,
        message,
        "see where it leads; remove it, or name a folder of your own with --out",
    )
}

fn outside(path: &Path) -> Diagnostics {
    let message = format!("`{}` leads out of the report's folder", path.display());
    refuse(
        Code::SETTING_OUTSIDE,
        message,
        "only the command line and the environment may name another folder",
    )
}

/// The diagnostic for a folder that whoever runs the program is in.
pub(super) fn own(path: &Path) -> Diagnostics {
    let shown = path.display();
    let message =
        format!("`{shown}` is the current folder or one above it, which cannot be replaced");
    refuse(
        Code::OWN_FOLDER,
        message,
        "give a folder of its own with --out, such as out/release",
    )
}

pub(super) fn refuse(code: Code, message: String, hint: &str) -> Diagnostics {
    Diagnostic::new(code, message).hint(hint).into()
}
