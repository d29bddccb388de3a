//! Arguments in, exit code out; prints what the work found.

use std::io::Write;
use std::panic::{AssertUnwindSafe, PanicHookInfo};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use anstream::ColorChoice;
use gmg_export::cli::{Cli, Colour};
use gmg_export::console::Console;
use gmg_export::{STACK, command, diagnostic, output, settings};

/// Mistakes of the program itself, as they happened; said only if they end the run.
static MISTAKES: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn main() -> ExitCode {
    let cli = match command::parse(std::env::args_os()) {
        Ok(cli) => cli,
        Err(message) => {
            let _ = message.print();
            return ExitCode::from(u8::try_from(message.exit_code()).unwrap_or(2));
        }
    };
    std::panic::set_hook(Box::new(note));
    output::stop_when_asked();
    let work = move || {
        if let Ok(code) = std::panic::catch_unwind(AssertUnwindSafe(|| run(&cli))) {
            // Nobody has to wait until this thread is taken down.
            std::process::exit(i32::from(code));
        }
    };
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work);
    // It comes back only from a mistake.
    let _ = thread.map(std::thread::JoinHandle::join);
    internal()
}

fn run(cli: &Cli) -> u8 {
    let run = command::prepare(cli);
    let console = match &run {
        Ok(run) => console(Some(run.settings().colour), run.settings().quiet),
        Err(_) => console(settings::colour(cli, std::env::vars_os()), false),
    };
    match run.and_then(|run| run.go(&console)) {
        Ok(()) => 0,
        Err(found) => {
            console.failure(&found);
            found.exit_code()
        }
    }
}

fn console(colour: Option<Colour>, quiet: bool) -> Console {
    let colour = match colour {
        None | Some(Colour::Auto) => ColorChoice::Auto,
        Some(Colour::Always) => ColorChoice::Always,
        Some(Colour::Never) => ColorChoice::Never,
    };
    Console::new(colour, quiet)
}

/// Keeps what happened, with the calls that led there if RUST_BACKTRACE asks for them.
fn note(panic: &PanicHookInfo<'_>) {
    let trace = std::backtrace::Backtrace::capture();
    let trace = match trace.status() {
        std::backtrace::BacktraceStatus::Captured => format!("\n{trace}"),
        _ => String::new(),
    };
    let what = panic.payload_as_str().unwrap_or("no reason given");
    let place = panic
        .location()
        .map(ToString::to_string)
        .unwrap_or_default();
    let mut mistakes = MISTAKES.lock().unwrap_or_else(PoisonError::into_inner);
    mistakes.push(format!("{place}: {what}{trace}"));
}

fn internal() -> ExitCode {
    let mut text = format!(
        "error: internal error: this is a mistake in gmg-export, not in your report\n  = hint: please report it with the \
         command, the report if you can, and these lines:\n    gmg-export {}, {} {}\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
    );
    for mistake in MISTAKES
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .iter()
    {
        for line in mistake.lines() {
            text.push_str(&format!("    {line}\n"));
        }
    }
    // There is nowhere left to say that standard error is closed.
    let _ = std::io::stderr().write_all(text.as_bytes());
    ExitCode::from(diagnostic::INTERNAL)
}
