//! `verify --release`: a release is made again and compared.

use std::path::{Path, PathBuf};

use super::entry::entries;
use crate::app::console::Console;
use crate::app::release::manifest::Report;
use crate::app::release::{Stored, compare};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, many};
use crate::base::files::Root;
use crate::base::output;

/// Makes a release again and compares it with the one in `folder`, byte for byte.
pub(in crate::app::command) fn verify(
    folder: &Path,
    reports: &[PathBuf],
    console: &Console,
) -> Result<(), Diagnostics> {
    let (stored, manifest) = Stored::open(folder)?;
    let in_batch = manifest.reports.iter().any(|report| report.name.is_some());
    let entries = entries(reports, in_batch)?;
    let strays = output::files_in(&Root::named(folder)).unwrap_or_default();
    if let Some(stray) = strays.iter().find(|path| !stored.ours(path)) {
        let message = format!("`{stray}` is in the release's folder and no part of the release");
        return Err(Diagnostic::new(Code::RELEASE_DIFFERS, message).into());
    }
    let mut count = 0;
    for old in &manifest.reports {
        let entry = entries.iter().find(|entry| entry.name == old.name);
        let entry = entry.ok_or_else(|| not_given(old))?;
        let open = entry.open()?;
        // With the moment that the release has.
        let now = console.during("releasing", || open.job(Some(old.epoch), true).build())?;
        compare::report(&stored, old, &now)?;
        count += now.report.artifacts.len();
    }
    compare::whole(&stored, &manifest)?;
    compare::tool(&manifest)?;
    let files = many(count, "file");
    console.done(&format!("ok: {}: {files}, byte for byte", folder.display()))
}

/// A file of the release, for programs.
fn not_given(report: &Report) -> Diagnostics {
    let name = report.name.as_deref().unwrap_or(&report.id);
    let message = format!("the release holds the report `{name}`, whose folder was not given");
    Diagnostic::new(Code::REPORT_NOT_GIVEN, message)
        .hint("give the folders of all its reports, as `release` had them")
        .into()
}
