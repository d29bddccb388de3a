//! Arguments in, exit code out; prints what the work found.

use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, PanicHookInfo};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use anstream::ColorChoice;
use gmg_export::app::cli::Cli;
use gmg_export::app::console::{Colour, Console, MessageFormat};
use gmg_export::app::supervise::{self, End};
use gmg_export::app::{command, settings};
use gmg_export::base::diagnostic::{Code, Diagnostic, Diagnostics, INTERNAL};
use gmg_export::base::guard::Work;
use gmg_export::base::threads::STACK;
use gmg_export::base::{guard, output, threads};

/// Mistakes of the program itself, as they happened; said only if they end the run.
static MISTAKES: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn main() -> ExitCode {
    output::survive_large_files();
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let cli = match on_a_large_stack(|| read(&arguments)) {
        Some(Ok(cli)) => Arc::new(cli),
        Some(Err(code)) => return code,
        None => return ExitCode::from(INTERNAL),
    };
    if command::is_guarded(&cli) {
        match supervise::run(&arguments) {
            Some(End::Code(code)) => return ExitCode::from(code),
            Some(End::Met(found)) => {
                let (colour, format) = settings::early(std::env::vars_os());
                let format = cli.message_format.or(format);
                let console = console(cli.color.or(colour), true, format);
                return ExitCode::from(console.end(Err(found)));
            }
            None => {}
        }
    }
    on_a_large_stack(|| work(&cli)).unwrap_or(ExitCode::from(INTERNAL))
}

/// Does that on a thread of its own, since the system may give the first one less of a stack than even reading the
/// command line takes; the thread is gone afterwards. `None` after a mistake in it.
fn on_a_large_stack<T: Send>(work: impl Fn() -> T + Sync) -> Option<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK);
        match thread.spawn_scoped(scope, &work) {
            Ok(thread) => thread.join().ok(),
            Err(_) => Some(work()),
        }
    })
}

/// Reads the command line. What it asks for alone, such as help, is printed at once: then only the exit code is left.
fn read(arguments: &[OsString]) -> Result<Cli, ExitCode> {
    command::parse(arguments.iter().cloned()).map_err(|message| {
        let (colour, format) = settings::early(std::env::vars_os());
        if !message.use_stderr() {
            return match output::to_stdout(|| message.print()) {
                Ok(()) => ExitCode::SUCCESS,
                Err(failed) => ExitCode::from(console(colour, true, format).end(Err(failed))),
            };
        }
        let format = command::wanted_format(arguments).or(format);
        let console = console(colour, true, format);
        ExitCode::from(console.end(Err(command::usage(&message))))
    })
}

fn work(cli: &Arc<Cli>) -> ExitCode {
    let cli = Arc::clone(cli);
    let typed = cli.message_format;
    std::panic::set_hook(Box::new(note));
    output::stop_when_asked();
    let known = Arc::new(OnceLock::new());
    let told = Arc::clone(&known);
    let work = move || {
        let guarded = AssertUnwindSafe(|| run(&cli, &told));
        if let Ok(code) = std::panic::catch_unwind(guarded) {
            // Nobody has to wait until this thread is taken down.
            std::process::exit(i32::from(code));
        }
    };
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work);
    // It comes back only from a mistake.
    let failed = thread.map(std::thread::JoinHandle::join).err();
    let console = known.get_or_init(|| {
        let (_, format) = settings::early(std::env::vars_os());
        console(None, false, typed.or(format))
    });
    let found = failed.map_or_else(internal, |error| threads::none(&error));
    ExitCode::from(console.end(Err(found)))
}

fn run(cli: &Cli, known: &Arc<OnceLock<Console>>) -> u8 {
    let run = command::prepare(cli);
    let (colour, quiet, format) = match &run {
        Ok(run) => {
            let settings = run.settings();
            let format = Some(settings.message_format);
            (Some(settings.colour), settings.quiet, format)
        }
        Err(_) => {
            let (colour, format) = settings::early(std::env::vars_os());
            (cli.color.or(colour), false, cli.message_format.or(format))
        }
    };
    let shown = known.get_or_init(|| console(colour, quiet, format));
    if command::is_guarded(cli) {
        let limits = run.as_ref().map(|run| run.settings().limits);
        let known = Arc::clone(known);
        guard::watch(limits.unwrap_or_default(), move |found| {
            output::stop(|| {
                let console = known.get_or_init(|| console(colour, quiet, format));
                i32::from(console.end(Err(found)))
            })
        });
    }
    let done = run.and_then(|run| run.go(shown));
    output::give_way();
    shown.end(done)
}

fn console(colour: Option<Colour>, quiet: bool, format: Option<MessageFormat>) -> Console {
    let colour = match colour {
        None | Some(Colour::Auto) => ColorChoice::Auto,
        Some(Colour::Always) => ColorChoice::Always,
        Some(Colour::Never) => ColorChoice::Never,
    };
    Console::new(colour, quiet, format.unwrap_or(MessageFormat::Human))
}

/// What was being worked on when a mistake happened first.
static WORK: OnceLock<Option<Work>> = OnceLock::new();

/// Keeps what happened, with the calls that led there if RUST_BACKTRACE asks for them.
fn note(panic: &PanicHookInfo<'_>) {
    let trace = std::backtrace::Backtrace::capture();
    let trace = match trace.status() {
        std::backtrace::BacktraceStatus::Captured => format!("\n{trace}"),
        _ => String::new(),
    };
    WORK.get_or_init(guard::latest);
    let what = panic.payload_as_str().unwrap_or("no reason given");
    let place = panic
        .location()
        .map(ToString::to_string)
        .unwrap_or_default();
    let mut mistakes = MISTAKES.lock().unwrap_or_else(PoisonError::into_inner);
    mistakes.push(format!("{place}: {what}{trace}"));
}

/// The diagnostic of a mistake in the program itself, or in an engine that works on what others made.
fn internal() -> Diagnostics {
    let mut lines = format!(
        "please report it with the command, the report if you can, and these lines:\n  gmg-export {}, {} {}",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
    );
    let mistakes = MISTAKES.lock().unwrap_or_else(PoisonError::into_inner);
    for line in mistakes.iter().flat_map(|mistake| mistake.lines()) {
        lines.push_str(&format!("\n  {line}"));
    }
    if let Some(Some(work)) = WORK.get() {
        let message = format!("the work broke off while {}", work.what);
        let mut found = Diagnostic::new(Code::BROKE_OFF, message).hint(
            "something in it is damaged, or asks for what cannot be done; nothing was written",
        );
        found.location = work.place.clone();
        return found.hint(lines).into();
    }
    let message = "internal error: this is a mistake in gmg-export, not in your report";
    Diagnostic::new(Code::INTERNAL, message).hint(lines).into()
}
