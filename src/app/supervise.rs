//! A run in a process of its own, so that whatever ends that process becomes a diagnostic.
//!
//! A failed allocation or a stack overflow ends a process without a message. So commands that work on what others wrote
//! run in a second process, which this one waits for; requests to stop are passed on. Where no second process can be
//! started, the work is done in this one.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
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

/// Runs the program again with the same arguments and waits for it; `None` where that cannot be done, or in the process
/// that is supervised itself.
pub fn run(arguments: &[OsString]) -> Option<End> {
    let said = std::env::var(VARIABLE).unwrap_or_default();
    let supervised = said.split_once(' ');
    if let Some((Ok(parent), path)) = supervised.map(|(parent, path)| (parent.parse(), path)) {
        guard::note_in(Path::new(path));
        end_with_parent(parent);
        return None;
    }
    let note = Note::new().ok()?;
    let said = std::io::stderr();
    let mut started = worker();
    pass_on_stops();
    let mut child = Command::new(std::env::current_exe().ok()?)
        .args(arguments.get(1..)?)
        // It would be the stack of threads that engines start.
        .env_remove("RUST_MIN_STACK")
        .env(
            VARIABLE,
            format!("{} {}", std::process::id(), note.path.display()),
        )
        .stderr(if said.is_terminal() {
            Stdio::inherit()
        } else {
            Stdio::piped()
        })
        .spawn()
        .ok()?;
    *started = Some(child.id());
    drop(started);
    let last_words = forward(&mut child);
    let status = child.wait().ok()?;
    if let Some(code) = status.code() {
        let mut said = said.lock();
        let _ = last_words.iter().try_for_each(|line| said.write_all(line));
        return Some(End::Code(
            u8::try_from(code).unwrap_or(crate::base::diagnostic::INTERNAL),
        ));
    }
    Some(ended(status, guard::noted(&note.path)))
}

/// Where the process that does the work notes what that is.
struct Note {
    path: PathBuf,
    /// Held open, and gone with this process, whatever ends it.
    _file: Box<dyn std::any::Any>,
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
                _file: Box::new(file),
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
            _file: Box::new(file),
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
fn forward(child: &mut Child) -> Vec<Vec<u8>> {
    let mut held = Vec::new();
    let Some(said) = child.stderr.take() else {
        return held;
    };
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

/// From now on requests to stop go to the process that does the work. A request that comes while it is started waits:
/// else the system would end this process alone, and the other one would go on working for nobody.
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
