//! Files of reports and layouts, and the one place that decides what may be read.
//!
//! A report's folder is data, even if somebody else made it. So every file in it is opened from a handle of a folder
//! ([`Root`]) and never by a path from the outside: a link, a `..` or an absolute path in it cannot lead to any other
//! file of the machine. What is neither a file nor a folder (a pipe, a device) is refused before it is opened. Writing
//! follows the same rules in [`output`](super::output), from the same handles.
//!
//! [`ACCESSES`] lists every read and write of the program with its rule; a test tries each.

mod access;
mod names;
mod problem;
mod root;
mod scratch;

use std::path::Path;

use cap_std::ambient_authority;
use cap_std::fs::{Dir, File, OpenOptions};

pub use access::{ACCESSES, Access, Rule};
pub use problem::Problem;
pub use root::{DirEntry, Kind, Root};
pub use scratch::Scratch;

use super::paths::folder_of;

/// The bytes of a file that whoever runs the program has named, of at most `limit` bytes. Links are theirs to make and
/// are followed.
///
/// # Errors
/// There is no such file, it is no ordinary file, larger, or cannot be read.
pub fn named_file(path: &Path, limit: u64) -> Result<Vec<u8>, Problem> {
    // Pipes and devices are told apart without opening them.
    let found = std::fs::metadata(path).map_err(Problem::of)?;
    ordinary(found.is_dir(), found.is_file())?;
    let real = path.canonicalize().map_err(Problem::of)?;
    let folder =
        Dir::open_ambient_dir(folder_of(&real), ambient_authority()).map_err(Problem::of)?;
    let name = real.file_name().unwrap_or_default();
    read(open(&folder, Path::new(name))?, limit)
}

/// Refuses what is no ordinary file.
fn ordinary(is_folder: bool, is_file: bool) -> Result<(), Problem> {
    match (is_folder, is_file) {
        (true, _) => Err(Problem::Directory),
        (_, false) => Err(Problem::Special),
        _ => Ok(()),
    }
}

/// Opens an ordinary file below a folder, for reading. Whatever may have taken its place since it was looked at cannot
/// make the program wait.
fn open(folder: &Dir, path: &Path) -> Result<File, Problem> {
    use cap_fs_ext::OpenOptionsSyncExt;
    let mut options = OpenOptions::new();
    options.read(true).nonblock(true);
    let file = folder.open_with(path, &options).map_err(Problem::of)?;
    let found = file.metadata().map_err(Problem::of)?;
    ordinary(found.is_dir(), found.is_file())?;
    Ok(file)
}

/// The bytes of an open file, of which there may be `limit`.
fn read(file: File, limit: u64) -> Result<Vec<u8>, Problem> {
    use std::io::Read;
    let size = file.metadata().map_err(Problem::of)?.len();
    if size > limit {
        return Err(Problem::TooLarge(limit));
    }
    // One byte more than there should be, to see the end without another look for room.
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default() + 1);
    file.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(Problem::of)?;
    match bytes.len() as u64 > limit {
        true => Err(Problem::TooLarge(limit)),
        false => Ok(bytes),
    }
}
