//! Work on several things at once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;

use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};

/// Stack of the threads that the work is done on, in bytes: typesetting nests deeply, and systems differ in what they
/// give.
pub const STACK: usize = 64 << 20;

/// The diagnostic for a thread that the system does not give.
pub fn none(error: &std::io::Error) -> Diagnostics {
    let message = format!("cannot start a thread: {error}");
    Diagnostic::new(Code::NO_THREAD, message).into()
}

/// Does two things at once, the second on a thread of its own if there can be one.
pub(crate) fn both<A, B: Send>(
    here: impl FnOnce() -> A,
    there: impl Fn() -> B + Send + Sync,
) -> (A, B) {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK);
        let started = thread.spawn_scoped(scope, &there);
        let first = here();
        let second = match started.map(|thread| thread.join()) {
            Ok(Ok(done)) => done,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(_) => there(),
        };
        (first, second)
    })
}

/// Does `work` on every item, each on a thread of its own; the results come in the order of the items. A mistake in the
/// program on any of the threads continues in this one.
///
/// # Errors
/// The system gives no more threads.
pub(crate) fn each<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> Result<Vec<R>, Diagnostics> {
    if let [one] = items {
        return Ok(vec![work(one)]);
    }
    let work = &work;
    std::thread::scope(|scope| {
        let started: Vec<_> = items
            .iter()
            .map(|item| {
                let thread = std::thread::Builder::new().stack_size(STACK);
                thread.spawn_scoped(scope, move || work(item))
            })
            .collect();
        started
            .into_iter()
            .map(|thread| match thread.map(|thread| thread.join()) {
                Ok(Ok(result)) => Ok(result),
                Ok(Err(panic)) => std::panic::resume_unwind(panic),
                Err(error) => Err(none(&error)),
            })
            .collect()
    })
}

/// Does `work` on every item, at most `jobs` at the same time, and tells `done` of each as soon as it is finished; the
/// results come in the order of the items. `None` stands for a mistake in the program, which stays with its item.
///
/// # Errors
/// The system gives no more threads.
pub(crate) fn pool<T: Sync, R: Send>(
    items: &[T],
    jobs: usize,
    work: impl Fn(&T) -> R + Sync,
    mut done: impl FnMut(&T, &Option<R>),
) -> Result<Vec<Option<R>>, Diagnostics> {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = channel();
    std::thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, items.len().max(1)) {
            let (sender, next, work) = (sender.clone(), &next, &work);
            let run = move || {
                while let Some((index, item)) = {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    items.get(index).map(|item| (index, item))
                } {
                    let result = catch_unwind(AssertUnwindSafe(|| work(item))).ok();
                    if sender.send((index, result)).is_err() {
                        return;
                    }
                }
            };
            let thread = std::thread::Builder::new().stack_size(STACK);
            thread
                .spawn_scoped(scope, run)
                .map_err(|error| none(&error))?;
        }
        drop(sender);
        let mut results: Vec<Option<R>> = items.iter().map(|_| None).collect();
        for (index, result) in receiver {
            done(&items[index], &result);
            results[index] = result;
        }
        Ok(results)
    })
}
