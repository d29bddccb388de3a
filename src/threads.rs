//! Work on several things at once.

use crate::STACK;
use crate::diagnostic::{Diagnostic, Diagnostics, Kind};

/// Does `work` on every item, each on a thread of its own; the results come in the order of the items. A mistake in the
/// program on any of the threads goes on in this one.
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
                Err(error) => Err(Diagnostic::error(
                    Kind::Io,
                    format!("cannot start a thread: {error}"),
                )
                .into()),
            })
            .collect()
    })
}
