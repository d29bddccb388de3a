//! Rendering: several editions by their backends, in parallel.

use std::time::{Duration, Instant};

use super::edition::Edition;
use super::{Artifact, Backend};
use crate::base::diagnostic::{self, Diagnostics};
use crate::base::{guard, threads};

/// An edition with the backend that is to render it.
#[derive(Clone, Copy)]
pub struct RenderJob<'a> {
    /// The edition.
    pub edition: &'a Edition<'a>,
    /// The backend.
    pub backend: &'static dyn Backend,
}

/// An artifact with how it came about.
pub struct Rendered {
    /// The backend that made it.
    pub backend: &'static dyn Backend,
    /// What it made.
    pub artifact: Artifact,
    /// How long that took, for the reader of the terminal alone.
    pub time: Duration,
}

impl RenderJob<'_> {
    /// Renders the edition; nothing is written.
    ///
    /// # Errors
    /// What the backend found wrong.
    pub fn run(self) -> Result<Rendered, Diagnostics> {
        let start = Instant::now();
        let _work = self.noted();
        let artifact = self.backend.render(self.edition)?;
        Ok(Rendered {
            backend: self.backend,
            artifact,
            time: start.elapsed(),
        })
    }

    /// Notes the work, with the picture that asks for most of it, if one asks for much.
    fn noted(self) -> guard::AtWork {
        let (format, layout) = (self.backend.name(), &self.edition.layout.name);
        let mut what = format!("making the format `{format}` in layout `{layout}`");
        let heaviest = self.edition.document.heaviest_picture();
        if let Some(image) = heaviest {
            what += &format!(", of whose pictures `{}` asks for most", image.file);
        }
        guard::within(what, heaviest.and_then(|image| image.place.clone()))
    }
}

/// Renders an edition by every backend at once, in the order of `backends`; nothing is written.
///
/// # Errors
/// What any of the backends found wrong. What several of them found is there once.
pub fn render(
    edition: &Edition<'_>,
    backends: &[&'static dyn Backend],
) -> Result<Vec<Rendered>, Diagnostics> {
    let job = |backend: &&'static dyn Backend| RenderJob {
        edition,
        backend: *backend,
    };
    render_all(&backends.iter().map(job).collect::<Vec<_>>())
}

/// Runs several jobs at once; the results are in their order, and nothing is written.
///
/// # Errors
/// What any of the backends found wrong. What several of them found is there once.
pub fn render_all(jobs: &[RenderJob<'_>]) -> Result<Vec<Rendered>, Diagnostics> {
    diagnostic::all(threads::each(jobs, |job| job.run())?)
}
