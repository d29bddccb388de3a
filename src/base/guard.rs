//! Limits on the work that other people's files ask for: memory, processor time and pages.
//!
//! Pictures, fonts, templates and PDF files of strangers go through engines that nobody can interrupt. [`watch`] looks
//! at the whole process while they work and ends it with a diagnostic once a limit is reached; what ends the process
//! before that (memory that is not available, a stack overflow) is seen by the process that started it
//! (`app::supervise`). Both report what was being worked on: [`at_work`] notes it. The limits grow with what is read,
//! so that a long report may take long.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use super::diagnostic::{Code, Diagnostic, Diagnostics, Location};

/// Memory that any run may take, in MB.
pub const MEMORY: u32 = 1_000;
/// Processor seconds that any run may take, over all processors.
pub const TIME: u32 = 10;
/// Pages that a file may have.
pub const PAGES: u32 = 10_000;
/// Memory that the import of a text may take, in MB, unless more is allowed than any run may take. It is looked at some
/// moments after it is met.
pub const IMPORT_MEMORY: u32 = 560;
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
    /// Pages of a file.
    pub pages: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            memory: MEMORY,
            time: TIME,
            pages: PAGES,
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
    /// A PDF file that is checked.
    File,
    /// A text that is imported.
    Text,
}

/// Bytes and milliseconds on top of the limits.
static MORE: (AtomicU64, AtomicU64) = (AtomicU64::new(0), AtomicU64::new(0));
/// Memory in MB that the work may take whatever it reads, unless more is allowed than usual.
static CEILING: AtomicU32 = AtomicU32::new(u32::MAX);
/// Pages that a file may have.
static MOST_PAGES: AtomicU32 = AtomicU32::new(PAGES);
/// What is being worked on, the latest last.
static STACK: Mutex<Vec<(u64, Work)>> = Mutex::new(Vec::new());
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
        Input::Text => {
            CEILING.store(IMPORT_MEMORY, Ordering::Relaxed);
            (0, bytes * 2_000)
        }
    };
    MORE.0.fetch_add(memory, Ordering::Relaxed);
    MORE.1.fetch_add(nanoseconds / 1_000_000, Ordering::Relaxed);
}

/// A piece of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// In words that follow “while”, such as “typesetting the layout `screen`”.
    pub what: String,
    /// Where what it works on is, or where the report names it.
    pub place: Option<Location>,
}

impl Work {
    /// As it is noted in a file: the words, and line, column and file of the place.
    fn noted(&self) -> String {
        let what = self.what.replace('\n', " ");
        match &self.place {
            Some(place) => format!("{what}\n{}\n{}\n{}", place.line, place.column, place.file),
            None => what,
        }
    }

    /// What was noted; nothing where there was no work.
    fn of(noted: &str) -> Option<Self> {
        let mut parts = noted.splitn(4, '\n');
        let what = parts.next().filter(|what| !what.is_empty())?;
        let mut number = || parts.next()?.parse().ok();
        let (line, column) = (number(), number());
        let place = line.zip(column).zip(parts.next());
        Some(Work {
            what: what.to_owned(),
            place: place.map(|((line, column), file)| Location {
                file: file.to_owned(),
                line,
                column,
            }),
        })
    }
}

/// As long as it lives, this is being worked on.
#[must_use]
#[derive(Debug)]
pub struct AtWork(u64);

/// Notes what is being worked on (see [`Work`]).
pub fn at_work(what: impl Into<String>, place: Option<Location>) -> AtWork {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let id = NEXT.fetch_add(1, Ordering::Relaxed);
    let what = what.into();
    let mut stack = stack();
    stack.push((id, Work { what, place }));
    note(&stack);
    AtWork(id)
}

/// As [`at_work`], for work of which parts may be noted, by whatever thread, whenever they began: those say more.
pub fn within(what: impl Into<String>, place: Option<Location>) -> AtWork {
    let work = at_work(what, place);
    let mut stack = stack();
    if let Some(at) = stack.iter().position(|(id, _)| *id == work.0) {
        stack[..=at].rotate_right(1);
    }
    note(&stack);
    work
}

impl Drop for AtWork {
    fn drop(&mut self) {
        let mut stack = stack();
        stack.retain(|(id, _)| *id != self.0);
        note(&stack);
    }
}

fn stack() -> MutexGuard<'static, Vec<(u64, Work)>> {
    STACK.lock().unwrap_or_else(PoisonError::into_inner)
}

fn note(stack: &[(u64, Work)]) {
    if let Some(path) = NOTE.get() {
        let latest = stack.last().map(|(_, work)| work.noted());
        // Without it the supervisor says less.
        let _ = std::fs::write(path, latest.unwrap_or_default());
    }
}

/// From now on what is being worked on is noted in the file `path`, for whoever supervises this process.
pub fn note_in(path: &Path) {
    let _ = NOTE.set(path.to_owned());
}

/// Watches the process from now on; the first limit that is met goes to `met`, which is to end the process.
pub fn watch(limits: Limits, met: impl FnOnce(Diagnostics) + Send + 'static) {
    MOST_PAGES.store(limits.pages, Ordering::Relaxed);
    // What a long report may take on top of the limits, the machine must have.
    let free = memory_free().map_or(u64::MAX, |free| free / 5 * 4);
    let look = move || {
        loop {
            std::thread::sleep(PERIOD);
            if let Some(found) = look(limits, free) {
                return met(found);
            }
        }
    };
    // Without a thread there is no watch; the supervisor still sees the end.
    let _ = std::thread::Builder::new().spawn(look);
}

fn look(limits: Limits, free: u64) -> Option<Diagnostics> {
    let memory = (u64::from(limits.memory) << 20) + MORE.0.load(Ordering::Relaxed).min(free);
    let memory = match CEILING.load(Ordering::Relaxed) {
        u32::MAX => memory,
        _ if limits.memory > MEMORY => u64::from(limits.memory) << 20,
        ceiling => u64::from(limits.memory.min(ceiling)) << 20,
    };
    if memory_used().is_some_and(|used| used > memory) {
        let message = format!("the work takes more than {} MB of memory", memory >> 20);
        return Some(met(&message, work_at_hand(), "--max-memory"));
    }
    let time = u64::from(limits.time) * 1_000 + MORE.1.load(Ordering::Relaxed);
    if time_used().is_some_and(|used| used > time * SLOWER) {
        let seconds = time * SLOWER / 1_000;
        let message = format!("the work takes more than {seconds} seconds of the processor");
        return Some(met(&message, work_at_hand(), "--max-time"));
    }
    None
}

/// Refuses a file with more pages than it may have.
///
/// # Errors
/// The limit is met.
pub fn count_pages(pages: usize) -> Result<(), Diagnostics> {
    let most = MOST_PAGES.load(Ordering::Relaxed);
    match usize::try_from(most).is_ok_and(|most| pages > most) {
        true => {
            let message = format!("there are {pages} pages, and a file may have {most}");
            Err(met(&message, work_at_hand(), "--max-pages"))
        }
        false => Ok(()),
    }
}

/// The diagnostic for a limit that was met during that work; `option` allows more.
pub fn met(message: &str, work: Option<Work>, option: &str) -> Diagnostics {
    let message = match &work {
        Some(work) => format!("{message}, while {}", work.what),
        None => message.to_owned(),
    };
    let found = Diagnostic::new(Code::LIMIT, message)
        .hint("nothing was written; a picture, a template or a font that asks for endless work is the usual cause")
        .hint(format!(
            "if the report is that large, allow more with {option} (`gmg-export help safety`)"
        ));
    match work.and_then(|work| work.place) {
        Some(place) => found.at(place).into(),
        None => found.into(),
    }
}

/// What another process noted of its work.
pub fn noted(path: &Path) -> Option<Work> {
    Work::of(&std::fs::read_to_string(path).ok()?)
}

fn work_at_hand() -> Option<Work> {
    stack().last().map(|(_, work)| work.clone())
}

/// What is being worked on, if it is noted.
pub fn latest() -> Option<Work> {
    // Not where the lock is held: whoever asks may be in the middle of a mistake.
    let stack = STACK.try_lock().ok()?;
    stack.last().map(|(_, work)| work.clone())
}

/// Memory that the machine can still give, in bytes, where the system tells.
fn memory_free() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes << 10)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_noted_is_read_back_whatever_is_in_a_name() {
        let place = |file: &str| Location {
            file: file.to_owned(),
            line: 3,
            column: 14,
        };
        for file in ["source/a.yaml", "a\nb\n\n.yaml", ""] {
            let work = Work {
                what: "reading".into(),
                place: Some(place(file)),
            };
            assert_eq!(Work::of(&work.noted()), Some(work), "{file:?}");
        }
        let work = Work {
            what: "checking `a b`".into(),
            place: None,
        };
        assert_eq!(Work::of(&work.noted()), Some(work));
        assert_eq!(Work::of(""), None);
    }
}
