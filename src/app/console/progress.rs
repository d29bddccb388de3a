//! A spinner on a terminal while something takes long.

use std::io::IsTerminal;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::Console;
use crate::base::diagnostic::Diagnostics;

/// Work that is done sooner shows nothing: a flash only startles.
const PATIENCE: Duration = Duration::from_millis(400);
/// Between two pictures of the spinner.
const TICK: Duration = Duration::from_millis(120);

impl Console {
    /// Does the work and returns the result; meanwhile a spinner turns on a terminal, with `what` next to it.
    pub fn during<T: Send>(&self, what: &str, work: impl FnOnce() -> T + Send) -> T {
        if self.quiet || !self.form.says_what_is_done() || !std::io::stderr().is_terminal() {
            return work();
        }
        let (sender, receiver) = channel();
        std::thread::scope(|scope| {
            let worker = std::thread::Builder::new()
                .stack_size(crate::base::threads::STACK)
                .spawn_scoped(scope, move || {
                    // The receiver waits as long as this thread lives.
                    let _ = sender.send(work());
                });
            let start = Instant::now();
            let mut spinner = None;
            let done = loop {
                match receiver.recv_timeout(TICK) {
                    Ok(done) => break Some(done),
                    Err(RecvTimeoutError::Disconnected) => break None,
                    Err(RecvTimeoutError::Timeout) if start.elapsed() < PATIENCE => {}
                    Err(RecvTimeoutError::Timeout) => {
                        spinner.get_or_insert_with(|| turning(what)).tick()
                    }
                }
            };
            spinner.iter().for_each(ProgressBar::finish_and_clear);
            match (done, worker.map(|worker| worker.join())) {
                (Some(done), _) => done,
                (None, Ok(Err(panic))) => std::panic::resume_unwind(panic),
                (None, other) => panic!("the work ended without a result: {:?}", other.is_ok()),
            }
        })
    }
}

fn turning(what: &str) -> ProgressBar {
    let spinner = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
        spinner.set_style(style);
    }
    spinner.set_message(what.to_owned());
    spinner
}

/// Counts what is done of a known number of things: a bar on a terminal, a line for each elsewhere.
pub(crate) struct Counter<'a> {
    console: &'a Console,
    total: usize,
    done: usize,
    bar: Option<ProgressBar>,
}

impl Counter<'_> {
    /// Says that one more is done.
    pub(crate) fn step(&mut self, what: &str) -> Result<(), Diagnostics> {
        self.done += 1;
        match &self.bar {
            Some(bar) => {
                bar.set_message(super::one_line(what));
                bar.inc(1);
                Ok(())
            }
            None => {
                let (done, total) = (self.done, self.total);
                let wide = total.to_string().len();
                self.console.done(&format!("[{done:wide$}/{total}] {what}"))
            }
        }
    }
}

impl Drop for Counter<'_> {
    fn drop(&mut self) {
        self.bar.iter().for_each(ProgressBar::finish_and_clear);
    }
}

impl Console {
    /// A counter up to `total`.
    pub(crate) fn count(&self, total: usize) -> Counter<'_> {
        let terminal =
            !self.quiet && self.form.says_what_is_done() && std::io::stderr().is_terminal();
        let bar = terminal.then(|| {
            let bar = ProgressBar::new(total as u64);
            if let Ok(style) =
                ProgressStyle::with_template("{bar:30} {pos}/{len}  {msg}  {elapsed}")
            {
                bar.set_style(style);
            }
            bar
        });
        Counter {
            console: self,
            total,
            done: 0,
            bar,
        }
    }
}
