//! Where a set of files will stand: the folder as it really is, once those above it are there. Refuses what no set can take
//! the place of.

use std::path::{Path, PathBuf};

use super::set::failed;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};

/// A folder that a set may take the place of, if nothing in it speaks against it.
pub(super) struct Ground {
    /// Its path without links.
    pub(super) place: PathBuf,
    /// The folder that it lies in.
    pub(super) parent: PathBuf,
    /// Its name.
    pub(super) name: String,
}

/// Looks at the folder `root`, which need not be there.
///
/// # Errors
/// It is the current folder or one above it, or another file system begins there.
pub(super) fn ground(root: &Path) -> Result<Ground, Diagnostics> {
    let place = place(root).map_err(|error| failed(root, &error))?;
    refuse_own(root, &place)?;
    let (Some(parent), Some(name)) = (place.parent(), place.file_name()) else {
        return Err(own(root));
    };
    if is_mount(&place, parent) {
        return Err(mount(root));
    }
    let (parent, name) = (parent.to_owned(), name.to_string_lossy().into_owned());
    Ok(Ground {
        place,
        parent,
        name,
    })
}

/// Where the folder really is, once those above it are there: a path with `..` may lead to a folder with other files in it,
/// and a link to a folder stays a link.
fn place(root: &Path) -> std::io::Result<PathBuf> {
    match (root.is_dir(), root.file_name(), root.parent()) {
        (false, Some(name), Some(parent)) if parent.as_os_str().is_empty() => {
            Ok(Path::new(".").canonicalize()?.join(name))
        }
        (false, Some(name), Some(parent)) => Ok(parent.canonicalize()?.join(name)),
        _ => root.canonicalize(),
    }
}

/// Refuses the current folder and those above it: whoever stands there would stand in a folder that is gone.
fn refuse_own(root: &Path, place: &Path) -> Result<(), Diagnostics> {
    match std::env::current_dir() {
        Ok(here) if here.starts_with(place) => Err(own(root)),
        _ => Ok(()),
    }
}

fn own(root: &Path) -> Diagnostics {
    let shown = root.display();
    let message =
        format!("`{shown}` is the current folder or one above it, which cannot be replaced");
    Diagnostic::new(Code::OWN_FOLDER, message)
        .hint("give a folder of its own with --out, such as out/release")
        .into()
}

/// Whether another file system begins at the folder: it can hold a set, but the system lets nothing take its place.
#[cfg(unix)]
fn is_mount(place: &Path, parent: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| path.metadata().map(|there| there.dev());
    matches!((device(place), device(parent)), (Ok(own), Ok(above)) if own != above)
}

#[cfg(not(unix))]
fn is_mount(_: &Path, _: &Path) -> bool {
    false
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

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_folder_where_another_file_system_begins_is_no_ground() {
        let found = ground(Path::new("/proc")).map(|ground| ground.place);
        let said = found.unwrap_err().to_string();
        assert!(
            said.contains("another file system begins at `/proc`"),
            "{said}"
        );
        let folder = tempfile::tempdir().unwrap();
        assert!(ground(&folder.path().join("new")).is_ok());
    }
}
