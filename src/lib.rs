//! Export one report, held as YAML, to every format.
//!
//! ```text
//! source/*.yaml ─ source::read ─▶ Source ─ document::resolve ─▶ Document ─┐
//! layouts/ ───────────────────── layout::Shelf::load ─▶ Layout ───────────┴▶ Edition ─ Backend::render ─▶ Artifact
//!                                                                             ├▶ output::write ─▶ out/
//!                                                                             ├▶ conformance::inspect ─▶ verdicts
//!                                                                             └▶ golden::compare ─▶ differences
//! ```
//!
//! Arrows point one way. Backends see the edition and nothing else, return bytes and never write; nothing on the way
//! reads the clock, the locale, the system's fonts or the order of a hash map, so that the same source gives the same
//! bytes everywhere. What is wrong comes back as [`base::diagnostic::Diagnostics`], all of it at once; only
//! `main` prints it. A new format is one module in [`backend`] and one entry in its list.

pub mod app;
pub mod backend;
pub mod base;
pub mod document;
pub mod import;
pub mod layout;
pub mod pdf;
pub mod source;
pub mod verify;

use std::time::{Duration, Instant};

pub use pdf::read::ReadBack;

use backend::edition::Edition;
use backend::{Artifact, Backend};
use base::diagnostic::{self, Diagnostics};
use base::threads;

/// An artifact with how it came about.
pub struct Made {
    /// The backend that made it.
    pub backend: &'static dyn Backend,
    /// What it made.
    pub artifact: Artifact,
    /// How long that took, for the reader of the terminal alone.
    pub time: Duration,
}

/// An edition with the backend that is to render it.
#[derive(Clone, Copy)]
pub struct Order<'a> {
    /// The edition.
    pub edition: &'a Edition<'a>,
    /// The backend.
    pub backend: &'static dyn Backend,
}

/// Renders an edition by every backend at once, in the order of `backends`; nothing is written.
///
/// # Errors
/// What any of the backends found wrong. What several of them found is there once.
pub fn export(
    edition: &Edition<'_>,
    backends: &[&'static dyn Backend],
) -> Result<Vec<Made>, Diagnostics> {
    let order = |backend: &&'static dyn Backend| Order {
        edition,
        backend: *backend,
    };
    export_orders(&backends.iter().map(order).collect::<Vec<_>>())
}

/// Renders several editions, each by its backend, all at once and in the order of `orders`; nothing is written.
///
/// # Errors
/// What any of the backends found wrong. What several of them found is there once.
pub fn export_orders(orders: &[Order<'_>]) -> Result<Vec<Made>, Diagnostics> {
    diagnostic::all(threads::each(orders, |order| render(*order))?)
}

/// Renders one edition by its backend.
pub(crate) fn render(order: Order<'_>) -> Result<Made, Diagnostics> {
    let start = Instant::now();
    let artifact = order.backend.render(order.edition)?;
    Ok(Made {
        backend: order.backend,
        artifact,
        time: start.elapsed(),
    })
}
