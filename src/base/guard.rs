//! Limits on the work that other people's files ask for: memory and processor time.
//!
//! Pictures, fonts, templates and PDF files of strangers go through engines that nobody can interrupt. [`watch`] looks
//! at the whole process while they work and ends it with a diagnostic once a limit is reached; what ends the process
//! before that (memory that is not available, a stack overflow) is seen by the process that started it
//! (`app::supervise`). Both report what was being worked on: [`at_work`] notes it. The limits grow with what is read,
//! so that a long report may take long.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use super::diagnostic::{Code, Diagnostic, Diagnostics};

/// Memory that any run may take, in MB.
pub const MEMORY: u32 = 1_000;
/// Processor seconds that any run may take, over all processors.
pub const TIME: u32 = 10;
/// How much longer a build without optimisation may take.
const SLOWER: u64 = if cfg!(debug_assertions) { 5 } else { 1 };
/// How often the limits are looked at.
const PERIOD: Duration = Duration::from_millis(20);

/// What whoever runs the program allows.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Memory in MB.
    pub memory: u32,
    /// Processor seconds.
    pub time: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            memory: MEMORY,
            time: TIME,
        }
    }
}

/// What a text asks for by its size.
#[derive(Debug, Clone, Copy)]
pub enum Input {
    /// YAML of a report, which becomes pages: some 2 MB and 20 ms each.
    Report,
    /// A picture, by its size in memory: it is there once for each format at work.
    Picture,
    /// A text that is imported, or a PDF file that is checked.
    File,
}

/// Bytes and milliseconds on top of the limits.
static MORE: (AtomicU64, AtomicU64) = (AtomicU64::new(0), AtomicU64::new(0));
/// What is being worked on, the latest last.
static WORK: Mutex<Vec<(u64, String)>> = Mutex::new(Vec::new());
/// Where it is noted for whoever supervises this process.
static NOTE: OnceLock<PathBuf> = OnceLock::new();

/// Allows more for an input of that many bytes.
pub fn allow(input: Input, bytes: usize) {
    let bytes = bytes as u64;
    // Of a report: memory that its pages take, and time for each file that is made of it.
    let (memory, nanoseconds) = match input {
        Input::Report => ((2 << 20) + bytes * 2_000, 100_000_000 + bytes * 60_000),
        Input::Picture => ((bytes * 3).min(300 << 20), 200_000_000),
        Input::File => (bytes * 60, bytes * 2_000),
    };
    MORE.0.fetch_add(memory, Ordering::Relaxed);
    MORE.1.fetch_add(nanoseconds / 1_000_000, Ordering::Relaxed);
}

/// As long as it lives, this is being worked on.
#[must_use]
#[derive(Debug)]
pub struct AtWork(u64);

/// Notes what is being worked on, in words that follow “while”, such as “typesetting the layout `screen`”.
pub fn at_work(what: impl Into<String>) -> AtWork {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let id = NEXT.fetch_add(1, Ordering::Relaxed);
    let mut work = work();
    work.push((id, what.into()));
    note(&work);
    AtWork(id)
}

impl Drop for AtWork {
    fn drop(&mut self) {
        let mut work = work();
        work.retain(|(id, _)| *id != self.0);
        note(&work);
    }
}

fn work() -> MutexGuard<'static, Vec<(u64, String)>> {
    WORK.lock().unwrap_or_else(PoisonError::into_inner)
}

fn note(work: &[(u64, String)]) {
    if let Some(path) = NOTE.get() {
        let latest = work.last().map_or("", |(_, what)| what);
        // Without it the supervisor says less.
        let _ = std::fs::write(path, latest);
    }
}

/// From now on what is being worked on is noted in the file `path`, for whoever supervises this process.
pub fn note_in(path: &Path) {
    let _ = NOTE.set(path.to_owned());
}

/// Watches the process from now on; the first limit that is met goes to `met`, which is to end the process.
pub fn watch(limits: Limits, met: impl FnOnce(Diagnostics) + Send + 'static) {
    let look = move || {
        loop {
            std::thread::sleep(PERIOD);
            if let Some(found) = look(limits) {
                return met(found);
            }
        }
    };
    // Without a thread there is no watch; the supervisor still sees the end.
    let _ = std::thread::Builder::new().spawn(look);
}

fn look(limits: Limits) -> Option<Diagnostics> {
    let memory = (u64::from(limits.memory) << 20) + MORE.0.load(Ordering::Relaxed);
    if memory_used().is_some_and(|used| used > memory) {
        let message = format!("the work takes more than {} MB of memory", memory >> 20);
        return Some(met(&message, None, "--max-memory"));
    }
    let time = u64::from(limits.time) * 1_000 + MORE.1.load(Ordering::Relaxed);
    if time_used().is_some_and(|used| used > time * SLOWER) {
        let seconds = time * SLOWER / 1_000;
        let message = format!("the work takes more than {seconds} seconds of the processor");
        return Some(met(&message, None, "--max-time"));
    }
    None
}

/// The diagnostic for a limit; `noted` is what another process noted of its work.
pub fn met(message: &str, noted: Option<&str>, option: &str) -> Diagnostics {
    let own = || work().last().map(|(_, what)| what.clone());
    let what = noted.map_or_else(own, |noted| Some(noted.to_owned()));
    let what = what.filter(|what| !what.is_empty());
    let message = match what {
        Some(what) => format!("{message}, while {what}"),
        None => message.to_owned(),
    };
    Diagnostic::new(Code::LIMIT, message)
        .hint("nothing was written; a picture, a template or a font that asks for endless work is the usual cause")
        .hint(format!("if the report is that large, allow more with {option}"))
        .into()
}

/// What is being worked on, if it is noted.
pub fn latest() -> Option<String> {
    // Not where the lock is held: whoever asks may be in the middle of a mistake.
    let work = WORK.try_lock().ok()?;
    work.last().map(|(_, what)| what.clone())
}

/// Memory that the process takes, in bytes, where the system tells.
#[cfg(target_os = "linux")]
fn memory_used() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = text.split(' ').nth(1)?.parse().ok()?;
    Some(pages * rustix::param::page_size() as u64)
}

#[cfg(not(target_os = "linux"))]
fn memory_used() -> Option<u64> {
    None
}

/// Processor time of the process over all threads, in milliseconds.
#[cfg(unix)]
fn time_used() -> Option<u64> {
    use rustix::time::{ClockId, clock_gettime};
    let time = clock_gettime(ClockId::ProcessCPUTime);
    let seconds = u64::try_from(time.tv_sec).ok()?;
    Some(seconds * 1_000 + u64::try_from(time.tv_nsec).ok()? / 1_000_000)
}

#[cfg(not(unix))]
fn time_used() -> Option<u64> {
    None
}
