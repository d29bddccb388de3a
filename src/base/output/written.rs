//! What the program has written into a folder, noted in a file there: nothing else is ever replaced.
//!
//! The file has a line for each file that was written, as `sha256sum` writes them, the newest last. A line is added
//! before the file itself is replaced, so that a killed run loses none. Whoever edits a file afterwards makes it
//! theirs: its checksum is in no line. The file of notes is locked while files are replaced, so that a temporary file
//! that is met then is one of a run that was killed.

use std::collections::HashSet;
use std::fs::TryLockError;
use std::io::{Error, ErrorKind, Read, Result, Write};
use std::time::{Duration, Instant};

use cap_fs_ext::{DirExt, MetadataExt};
use cap_std::fs::{Dir, OpenOptions};

use super::PREFIX;
use super::destination::open_here;
use crate::base::digest::sha256;

/// Name of the file.
pub(super) const NOTES: &str = ".gmg-export.sums";
/// What replaces the checksum of a temporary file.
const TEMPORARY: &str = "temporary";
/// Most of the file that is read, in bytes: some 100,000 lines.
const LARGEST: u64 = 8 << 20;
/// Of a file of notes that has grown larger than this, in bytes, the newer half is kept.
const LONG: usize = 1 << 20;
/// How long a run waits for another one that is replacing files in the same folder.
const PATIENCE: Duration = Duration::from_secs(30);

/// The notes of a folder.
#[derive(Debug, Default)]
pub(super) struct Written {
    text: String,
    lines: HashSet<String>,
}

impl Written {
    /// The notes of a folder; none where there are none, or where they are no file of that folder.
    pub(super) fn of(folder: &Dir) -> Self {
        let file = open_here(folder, NOTES, OpenOptions::new().read(true));
        let text = file.and_then(|file| text(&file.into_std()));
        Self::read(text.unwrap_or_default())
    }

    fn read(text: String) -> Self {
        let lines = text.lines().map(str::to_owned).collect();
        Written { text, lines }
    }

    /// Whether the program wrote these very bytes under that name.
    pub(super) fn has(&self, name: &str, bytes: &[u8]) -> bool {
        self.says(&line(name, bytes))
    }

    /// Names of the files that the program wrote, whatever is in them now.
    pub(super) fn names(&self) -> HashSet<&str> {
        let names = self.text.lines().filter_map(|line| line.split_once("  "));
        names.map(|(_, name)| name).collect()
    }

    fn says(&self, wanted: &str) -> bool {
        self.lines.contains(wanted)
    }

    /// Removes the temporary files that killed runs left in the folder, all below it included: they are noted, and no
    /// run is alive that made one.
    fn sweep(&self, folder: &Dir) {
        let lines = self.text.lines().filter_map(|line| line.split_once("  "));
        for (_, name) in lines.filter(|(sum, _)| *sum == TEMPORARY) {
            let (above, last) = name.rsplit_once('/').unwrap_or((".", name));
            let ours = last.strip_prefix(PREFIX).is_some_and(|rest| {
                !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit())
            });
            if let Some(inner) = ours.then(|| inner(folder, above)).flatten()
                && inner
                    .symlink_metadata(last)
                    .is_ok_and(|there| there.is_file())
            {
                // Nothing depends on it: the next run tries again.
                let _ = inner.remove_file(last);
            }
        }
    }
}

/// A folder below another one, never through a link.
fn inner(folder: &Dir, path: &str) -> Option<Dir> {
    let parts = path.split('/').filter(|part| *part != ".");
    parts.fold(folder.try_clone().ok(), |folder, part| {
        folder?.open_dir_nofollow(part).ok()
    })
}

/// The notes of a folder while files in it are replaced.
pub(super) struct Session {
    file: std::fs::File,
    written: Written,
}

impl Session {
    /// Opens the notes of a folder, waits until no other run replaces files in it, and removes what killed runs left.
    ///
    /// # Errors
    /// The notes cannot be written, or another run does not come to its end.
    pub(super) fn open(folder: &Dir) -> Result<Self> {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        let file = open_here(folder, NOTES, &mut options)?;
        let there = file.metadata()?;
        // With a second name it is somebody's file elsewhere, too, and lines would be added to that.
        if !there.is_file() || there.nlink() > 1 {
            return Err(Error::other(format!("`{NOTES}` is no ordinary file")));
        }
        let file = file.into_std();
        let alone = lock(&file)?;
        let written = Written::read(text(&file)?);
        if alone {
            written.sweep(folder);
        }
        Ok(Session { file, written })
    }

    /// Whether the program wrote these very bytes under that name.
    pub(super) fn has(&self, name: &str, bytes: &[u8]) -> bool {
        self.written.has(name, bytes)
    }

    /// What is noted.
    pub(super) fn text(&self) -> &str {
        &self.written.text
    }

    /// Names of the files that the program wrote, whatever is in them now.
    pub(super) fn names(&self) -> HashSet<&str> {
        self.written.names()
    }

    /// Notes files that are about to be written, by name and bytes, and temporary ones by their names.
    pub(super) fn note(&mut self, files: &[(&str, &[u8])], temporary: &[String]) -> Result<()> {
        let files = files.iter().map(|(name, bytes)| line(name, bytes));
        let temporary = temporary
            .iter()
            .map(|name| format!("{TEMPORARY}  {}", in_a_line(name)));
        let new = files
            .chain(temporary)
            .filter(|line| !self.written.says(line));
        let mut lines: String = new.map(|line| line + "\n").collect();
        if self.written.text.len() > LONG {
            let half = self.written.text.len() / 2;
            let kept = self
                .written
                .text
                .split_inclusive('\n')
                .scan(0, |read, line| {
                    *read += line.len();
                    Some((*read > half).then_some(line))
                });
            lines = kept.flatten().chain([lines.as_str()]).collect();
            self.file.set_len(0)?;
        }
        self.file.write_all(lines.as_bytes())?;
        self.file.sync_all()
    }
}

/// Locks the notes; `false` where the file system knows no locks.
fn lock(file: &std::fs::File) -> Result<bool> {
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::Error(_)) => return Ok(false),
            Err(TryLockError::WouldBlock) if start.elapsed() > PATIENCE => {
                let message = "another run is writing files there and does not come to its end";
                return Err(Error::new(ErrorKind::ResourceBusy, message));
            }
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(10)),
        }
    }
}

fn text(file: &std::fs::File) -> Result<String> {
    let mut bytes = Vec::new();
    file.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The notes that say what `known` says, and that these files were written.
pub(super) fn notes<'a>(known: &str, files: impl Iterator<Item = (&'a str, &'a [u8])>) -> String {
    let lines: String = files
        .map(|(name, bytes)| line(name, bytes) + "\n")
        .collect();
    known.to_owned() + &lines
}

/// A name in a line: one with a line end would add lines that say what nobody wrote.
fn in_a_line(name: &str) -> String {
    name.replace('\n', "\\n").replace('\r', "\\r")
}

fn line(name: &str, bytes: &[u8]) -> String {
    format!("{}  {}", sha256(bytes), in_a_line(name))
}
