//! A run in a process of its own, so that whatever ends that process becomes a diagnostic.
//!
//! A failed allocation or a stack overflow ends a process without a message. So commands that work on what others wrote
//! run in a second process, which this one waits for; requests to stop are passed on. Where no second process can be
//! started, the work is done in this one.
//!
//! On Linux the second process is a copy of this one, which is there at once; elsewhere, and where a copy would not do,
//! it is the program started anew, which costs some milliseconds.

use std::any::Any;
use std::ffi::OsString;
use std::io::{BufRead, BufReader, IsTerminal, PipeReader, PipeWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};
use std::rc::Rc;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::base::diagnostic::Diagnostics;
use crate::base::guard::{self, Work};
use crate::base::output;

/// The variable that tells a process who supervises it, by number, and where it notes what it works on.
pub const VARIABLE: &str = "GMG_SUPERVISED";

/// How a supervised run ended.
pub enum End {
    /// With this exit code; it has said everything.
    Code(u8),
    /// By the system, or for want of something.
    Met(Diagnostics),
}

/// The process that does the work, seen from the one that waits for it.
struct Worker {
    /// What it says to standard error, where that is no terminal.
    said: Option<PipeReader>,
    /// Waits for its end.
    wait: Box<dyn FnOnce() -> std::io::Result<ExitStatus>>,
}

/// Starts the process that does the work and waits for it; `None` in that process itself, and where there can be no
/// second one. Called while this process has one thread.
pub fn run(arguments: &[OsString]) -> Option<End> {
    let said = std::env::var(VARIABLE).unwrap_or_default();
    let supervised = said.split_once(' ');
    if let Some((Ok(parent), path)) = supervised.map(|(parent, path)| (parent.parse(), path)) {
        guard::note_in(Path::new(path));
        end_with_parent(parent);
        return None;
    }
    let note = Note::new().ok()?;
    let (said, words) = match std::io::stderr().is_terminal() {
        true => (None, None),
        false => std::io::pipe()
            .map(|(said, words)| (Some(said), Some(words)))
            .ok()?,
    };
    let worker = match may_be_copied() {
        true => copied(&note, said, words)?,
        false => started(&note, arguments, said, words)?,
    };
    let last_words = worker.said.map(forward).unwrap_or_default();
    let status = (worker.wait)().ok()?;
    if let Some(code) = status.code() {
        let mut said = std::io::stderr().lock();
        let _ = last_words.iter().try_for_each(|line| said.write_all(line));
        return Some(End::Code(
            u8::try_from(code).unwrap_or(crate::base::diagnostic::INTERNAL),
        ));
    }
    Some(ended(status, guard::noted(&note.path)))
}

/// The variable with the size of the stack of threads that engines start. A process that was started with it keeps it.
const STACK_OF_THREADS: &str = "RUST_MIN_STACK";

fn may_be_copied() -> bool {
    cfg!(target_os = "linux") && std::env::var_os(STACK_OF_THREADS).is_none()
}

/// Goes on in a copy of this process: there `None` comes back, here the worker.
#[cfg(target_os = "linux")]
fn copied(note: &Note, said: Option<PipeReader>, words: Option<PipeWriter>) -> Option<Worker> {
    use std::os::unix::process::ExitStatusExt;
    let this = std::process::id();
    let pid = match fork::fork() {
        Ok(fork::Fork::Parent(pid)) => pid,
        Ok(fork::Fork::Child) => {
            end_with_parent(this);
            guard::note_in(&note.path);
            // The other process is to remove it.
            std::mem::forget(Rc::clone(&note.file));
            if let Some(words) = words {
                let _ = rustix::stdio::dup2_stderr(words);
            }
            return None;
        }
        Err(_) => return None,
    };
    // A request to stop that came before this ended both: the worker had begun nothing.
    *worker() = u32::try_from(pid).ok();
    pass_on_stops();
    let wait = move || fork::waitpid(pid).map(ExitStatus::from_raw);
    let wait = Box::new(wait);
    Some(Worker { said, wait })
}

#[cfg(not(target_os = "linux"))]
fn copied(_: &Note, _: Option<PipeReader>, _: Option<PipeWriter>) -> Option<Worker> {
    None
}

/// Starts the program anew with the same arguments.
fn started(
    note: &Note,
    arguments: &[OsString],
    said: Option<PipeReader>,
    words: Option<PipeWriter>,
) -> Option<Worker> {
    let mut command = Command::new(std::env::current_exe().ok()?);
    command
        .args(arguments.get(1..)?)
        .env_remove(STACK_OF_THREADS)
        .env(
            VARIABLE,
            format!("{} {}", std::process::id(), note.path.display()),
        );
    if let Some(words) = words {
        command.stderr(words);
    }
    let mut id = worker();
    pass_on_stops();
    let mut child = command.spawn().ok()?;
    *id = Some(child.id());
    let wait = Box::new(move || child.wait());
    Some(Worker { said, wait })
}

/// Where the process that does the work notes what that is.
struct Note {
    path: PathBuf,
    /// Held open, and gone with this process, whatever ends it.
    file: Rc<dyn Any>,
}

impl Note {
    /// A file in memory, where the system has such files and shows them to other processes: nothing is left of it.
    #[cfg(target_os = "linux")]
    fn new() -> std::io::Result<Self> {
        use rustix::fs::{MemfdFlags, memfd_create};
        use std::os::fd::AsRawFd;
        let file = memfd_create("gmg-export", MemfdFlags::CLOEXEC)?;
        let path = format!("/proc/{}/fd/{}", std::process::id(), file.as_raw_fd());
        let path = PathBuf::from(path);
        match path.exists() {
            true => Ok(Note {
                path,
                file: Rc::new(file),
            }),
            false => Self::on_disk(),
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn new() -> std::io::Result<Self> {
        Self::on_disk()
    }

    fn on_disk() -> std::io::Result<Self> {
        let file = tempfile::Builder::new().prefix("gmg-export-").tempfile()?;
        Ok(Note {
            path: file.path().to_owned(),
            file: Rc::new(file),
        })
    }
}

/// What the end of a process by a signal means.
#[cfg(unix)]
fn ended(status: ExitStatus, noted: Option<Work>) -> End {
    use std::os::unix::process::ExitStatusExt;
    match status.signal() {
        // It was asked to stop, and was not yet able to say so itself.
        Some(1 | 2 | 13 | 15) => End::Code(130),
        Some(25) => End::Met(guard::met(
            "a file is larger than the system lets the program write",
            noted,
            "ulimit -f",
        )),
        Some(24) => End::Met(guard::met(
            "the work takes more time than the system allows",
            noted,
            "ulimit -t",
        )),
        Some(9) => End::Met(guard::met(
            "the system, or somebody on it, ended the work, as a system does where memory runs out",
            noted,
            "--max-memory",
        )),
        _ => End::Met(guard::met(
            "the work needs more memory than there is",
            noted,
            "--max-memory",
        )),
    }
}

#[cfg(not(unix))]
fn ended(_: ExitStatus, noted: Option<Work>) -> End {
    End::Met(guard::met(
        "the work was ended by the system",
        noted,
        "--max-memory",
    ))
}

/// Copies what the process says to standard error. The words of a dying process, which are for those who program it,
/// are held back and given.
fn forward(said: PipeReader) -> Vec<Vec<u8>> {
    let mut held = Vec::new();
    let mut said = BufReader::new(said);
    let mut line = Vec::new();
    let mut out = std::io::stderr();
    while said.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        if held.is_empty() && !is_last_word(&line) {
            // Whoever listens may have gone; the work goes on.
            let _ = out.write_all(&line);
        } else {
            held.push(line.clone());
        }
        line.clear();
    }
    held
}

fn is_last_word(line: &[u8]) -> bool {
    let line = String::from_utf8_lossy(line);
    [
        "memory allocation of ",
        "thread caused non-unwinding panic",
        "fatal runtime error:",
        "note: run with `RUST_BACKTRACE",
    ]
    .iter()
    .any(|start| line.starts_with(start))
        || line.contains("has overflowed its stack")
}

/// The number of the process that does the work; none where it is done in this one. Held while that process is started.
static WORKER: Mutex<Option<u32>> = Mutex::new(None);

fn worker() -> MutexGuard<'static, Option<u32>> {
    WORKER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on requests to stop go to the process that does the work. A request that comes while it is started anew
/// waits: else the system would end this process alone, and the other one would go on working for nobody.
fn pass_on_stops() {
    let _ = ctrlc::set_handler(|| {
        let id = *worker();
        match id {
            Some(id) => pass_on_stop(id),
            None => output::stop(|| 130),
        }
    });
}

#[cfg(unix)]
fn pass_on_stop(id: u32) {
    use rustix::process::{Pid, Signal, kill_process};
    if let Some(pid) = i32::try_from(id).ok().and_then(Pid::from_raw) {
        let _ = kill_process(pid, Signal::TERM);
    }
}

#[cfg(not(unix))]
fn pass_on_stop(_: u32) {
    // A request to stop goes to both.
}

/// If the process that waits for this one is killed, this one has nobody to work for, even if that was before it began.
#[cfg(target_os = "linux")]
fn end_with_parent(parent: u32) {
    use rustix::process::{Signal, set_parent_process_death_signal};
    let _ = set_parent_process_death_signal(Some(Signal::KILL));
    if parent != std::os::unix::process::parent_id() {
        std::process::exit(130);
    }
}

#[cfg(not(target_os = "linux"))]
fn end_with_parent(_: u32) {}
