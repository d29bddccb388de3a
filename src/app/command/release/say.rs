//! What a release reports: each report when it is done, each file that was made, and the reports that failed.

use std::path::{Path, PathBuf};

use super::super::changed::List;
use super::Outcome;
use super::entry::BatchEntry;
use crate::app::cli;
use crate::app::console::{self, Console, size, time};
use crate::app::release::manifest::{MANIFEST, Manifest, ReleasedFile, SUMS};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Kind, Severity, many};
use crate::base::inputs::Input;
use crate::base::paths::slashed;

/// One line about a report that is done.
pub(super) fn line(name: &str, outcome: &Option<Result<Outcome, Diagnostics>>) -> String {
    match outcome {
        Some(Ok(Outcome::Built(built))) => {
            let files = many(built.report.artifacts.len(), "file");
            format!("{name}: {files}, {}", time(built.time))
        }
        Some(Ok(Outcome::Unchanged(_))) => format!("{name}: unchanged"),
        Some(Err(found)) => {
            let errors = found.iter().filter(|one| one.severity() == Severity::Error);
            format!("{name}: not built, {}", many(errors.count(), "error"))
        }
        None => format!("{name}: not built"),
    }
}

/// A report on which the program itself failed.
pub(super) fn mistake() -> Diagnostics {
    Diagnostic::new(
        Code::INTERNAL,
        "the program made a mistake while it worked on this report",
    )
    .hint("please report it; `gmg-export release` of this report alone says more")
    .into()
}

/// The diagnostics of a report, with its name where they do not say it by their place.
pub(super) fn named(found: &Diagnostics, entry: &BatchEntry) -> Vec<Diagnostic> {
    let each = found.iter().cloned().map(|mut one| {
        if let (Some(name), None) = (&entry.name, &one.location) {
            one.message = format!("{name}: {}", one.message);
        }
        one
    });
    each.collect()
}

/// The diagnostics, with a last one that names the reports that failed.
pub(super) fn with_names(mut failed: Diagnostics, names: &[String], of: usize) -> Diagnostics {
    let kind = failed.first().map_or(Kind::Source, |one| one.kind);
    let message = format!(
        "{} of {of} reports could not be built: {}",
        names.len(),
        names.join(", ")
    );
    failed.push(Diagnostic::new(Code::NOT_BUILT, message).of_kind(kind).hint(
        "the others are in the release; of these it holds the files of the last release, if there are any",
    ));
    failed
}

/// The list of what is read and written, if a build system wants it.
pub(super) fn list_files(
    wanted: &cli::Release,
    manifest: &Manifest,
    entries: &[BatchEntry],
) -> Result<Option<List>, Diagnostics> {
    let paths = manifest.sums().into_iter().map(|(path, _)| path);
    let paths = paths.chain([MANIFEST.to_owned(), SUMS.to_owned()]);
    let written: Vec<PathBuf> = paths.map(|path| wanted.out.join(path)).collect();
    let mut read: Vec<Input> = entries
        .iter()
        .flat_map(|entry| entry.inputs.files())
        .collect();
    read.sort_by(|a, b| a.path.cmp(&b.path));
    read.dedup_by(|a, b| a.path == b.path);
    List::of(&wanted.build, &written, &read)
}

/// Says what was made; `stated` is the manifest and the checksums, where they were written.
pub(super) fn files(
    wanted: &cli::Release,
    outcomes: &[Result<Outcome, Diagnostics>],
    stated: &[(String, Vec<u8>)],
    in_batch: bool,
    console: &Console,
) -> Result<(), Diagnostics> {
    let mut files = 0;
    for outcome in outcomes.iter().flatten() {
        files += outcome.report().artifacts.len();
        let Outcome::Built(built) = outcome else {
            continue;
        };
        console.diagnostics(&built.warnings);
        for artifact in &built.report.artifacts {
            let event = event(&wanted.out, artifact);
            let pages = event
                .pages
                .map(|pages| format!("  {}", many(pages, "page")));
            let pages = pages.unwrap_or_default();
            let path = wanted.out.join(&artifact.path);
            let line = format!("{}  {}{pages}", path.display(), size(event.bytes));
            console.artifact(&event, (!in_batch).then_some(line.as_str()))?;
        }
    }
    for (path, bytes) in stated {
        console.artifact(
            &console::WrittenFile::new(&wanted.out.join(path), bytes),
            None,
        )?;
    }
    let out = wanted.out.display();
    let unchanged = |outcome: &&Outcome| matches!(outcome, Outcome::Unchanged(_));
    let good = outcomes.iter().flatten();
    let rest = match good.clone().filter(unchanged).count() {
        0 => String::new(),
        _ if !in_batch => ", unchanged".to_owned(),
        count => format!(", {} unchanged", many(count, "report")),
    };
    let files = many(files, "file");
    match in_batch {
        false => console.done(&format!("ok: {out}: {files}, every check passed{rest}")),
        true => {
            let reports = many(good.count(), "report");
            console.done(&format!("{out}: {reports}, {files}{rest}"))
        }
    }
}

fn event(out: &Path, artifact: &ReleasedFile) -> console::WrittenFile {
    console::WrittenFile {
        path: slashed(&out.join(&artifact.path)),
        format: Some(artifact.format.clone()),
        layout: Some(artifact.layout.clone()),
        bytes: usize::try_from(artifact.size).unwrap_or(usize::MAX),
        pages: artifact.pages.and_then(|pages| usize::try_from(pages).ok()),
        sha256: artifact.sha256.clone(),
    }
}
