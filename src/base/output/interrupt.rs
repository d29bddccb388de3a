//! Ctrl-C (and a request of the system to end) while files are being replaced: the set is finished first, so that no
//! run leaves a new file next to an old one.

use std::io::ErrorKind;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cap_std::fs::Dir;

/// The exit code of a run that was asked to stop.
const STOPPED: i32 = 130;
/// Times that an abandoned folder is tried to be removed.
const ATTEMPTS: usize = 100;

/// Held while files are being replaced.
static REPLACING: Mutex<()> = Mutex::new(());

/// Folders that nobody needs once the program has ended.
static ABANDONED: Mutex<Vec<(u64, Dir, String)>> = Mutex::new(Vec::new());

/// From now on a request to stop ends the program at once, but never between two files of one set.
pub fn stop_when_asked() {
    // Without a handler the system ends the program: whole files all the same, perhaps a stray temporary one.
    let _ = ctrlc::set_handler(|| stop(|| STOPPED));
}

/// From now on a file that is larger than the system allows (`ulimit -f`) is an error of writing, and not the end of the
/// program, which would leave what it had begun.
#[cfg(unix)]
pub fn survive_large_files() {
    // Where it fails, the system ends the program as it would have.
    let asked = std::sync::Arc::default();
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, asked);
}

#[cfg(not(unix))]
pub fn survive_large_files() {}

/// Whether the program is about to end.
static STOPPING: AtomicBool = AtomicBool::new(false);

/// Waits for the end of the program if that is near: what work fails of then is that its folder is gone already.
pub fn give_way() {
    while STOPPING.load(Ordering::SeqCst) {
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Ends the program with the exit code that `say` gives, but never between two files of one set.
pub fn stop(say: impl FnOnce() -> i32) -> ! {
    STOPPING.store(true, Ordering::SeqCst);
    let _wait = not_now();
    abandoned()
        .iter()
        .for_each(|(_, parent, name)| clear(parent, name));
    std::process::exit(say())
}

/// Removes a folder that other threads may be putting files into, once more for each file that came in between.
fn clear(parent: &Dir, name: &str) {
    for _ in 0..ATTEMPTS {
        // A file that goes away meanwhile is no reason to stop.
        let _ = parent.remove_dir_all(name);
        match parent.symlink_metadata(name) {
            Err(error) if error.kind() == ErrorKind::NotFound => return,
            _ => std::thread::sleep(Duration::from_millis(1)),
        }
    }
}

/// As long as the guard lives, a request to stop waits.
pub(super) fn not_now() -> MutexGuard<'static, ()> {
    REPLACING.lock().unwrap_or_else(PoisonError::into_inner)
}

fn abandoned() -> MutexGuard<'static, Vec<(u64, Dir, String)>> {
    ABANDONED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// As long as it lives, a request to stop removes the folder on the way out.
pub(super) struct Abandoned(u64);

impl Abandoned {
    pub(super) fn new(parent: Dir, name: &str) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        abandoned().push((id, parent, name.to_owned()));
        Abandoned(id)
    }
}

impl Drop for Abandoned {
    fn drop(&mut self) {
        abandoned().retain(|(id, ..)| *id != self.0);
    }
}
