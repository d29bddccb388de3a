//! Ctrl-C (and a request of the system to end) while files are being replaced: the set is finished first, so that no
//! run leaves a new file beside an old one.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The exit code of a run that was asked to stop.
const STOPPED: i32 = 130;

/// Held while files are being replaced.
static REPLACING: Mutex<()> = Mutex::new(());

/// From now on a request to stop ends the program at once, but never between two files of one set.
pub fn stop_when_asked() {
    // Without a handler the system ends the program: whole files all the same, perhaps a stray temporary one.
    let _ = ctrlc::set_handler(|| {
        let _wait = not_now();
        std::process::exit(STOPPED);
    });
}

/// As long as the guard lives, a request to stop waits.
pub(super) fn not_now() -> MutexGuard<'static, ()> {
    REPLACING.lock().unwrap_or_else(PoisonError::into_inner)
}
