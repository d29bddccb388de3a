//! Ctrl-C (and a request of the system to end) while files are being replaced: the set is finished first, so that no
//! run leaves a new file beside an old one.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The exit code of a run that was asked to stop.
const STOPPED: i32 = 130;
/// Times that an abandoned folder is tried to be removed.
const ATTEMPTS: usize = 100;

/// Held while files are being replaced.
static REPLACING: Mutex<()> = Mutex::new(());

/// Folders that nobody needs once the program has ended.
static ABANDONED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// From now on a request to stop ends the program at once, but never between two files of one set.
pub fn stop_when_asked() {
    // Without a handler the system ends the program: whole files all the same, perhaps a stray temporary one.
    let _ = ctrlc::set_handler(|| {
        let _wait = not_now();
        abandoned().iter().for_each(|folder| clear(folder));
        std::process::exit(STOPPED);
    });
}

/// Removes a folder that other threads may be putting files into, once more for each file that came in between.
fn clear(folder: &Path) {
    for _ in 0..ATTEMPTS {
        match std::fs::remove_dir_all(folder) {
            Err(error) if error.kind() != ErrorKind::NotFound => {}
            _ => return,
        }
    }
}

/// As long as the guard lives, a request to stop waits.
pub(super) fn not_now() -> MutexGuard<'static, ()> {
    REPLACING.lock().unwrap_or_else(PoisonError::into_inner)
}

fn abandoned() -> MutexGuard<'static, Vec<PathBuf>> {
    ABANDONED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// As long as it lives, a request to stop removes the folder on the way out.
pub(super) struct Abandoned(PathBuf);

impl Abandoned {
    pub(super) fn new(folder: &Path) -> Self {
        abandoned().push(folder.to_owned());
        Abandoned(folder.to_owned())
    }
}

impl Drop for Abandoned {
    fn drop(&mut self) {
        abandoned().retain(|folder| *folder != self.0);
    }
}
