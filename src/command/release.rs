//! `release`: every file of one report, or of a shelf of reports, checked and written as one set; and `verify --release`.

use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

use super::changed::write_list;
use super::project::Project;
use crate::cli;
use crate::console::{Console, many, size, time};
use crate::diagnostic::{self, Diagnostic, Diagnostics, Kind, Severity};
use crate::inputs::{Input, Inputs};
use crate::output::{self, NewSet};
use crate::release::manifest::{MANIFEST, Manifest, Report, SUMS};
use crate::release::{Built, Job, Shard, Stored, compare};
use crate::{epoch, threads, typeset};

/// A report that is to be released.
struct Entry {
    /// Name of its folder, where it stands on a shelf.
    name: Option<String>,
    project: Project,
    inputs: Inputs,
}

/// What became of a report.
enum Outcome {
    Built(Box<Built>),
    /// It is as the last release has it.
    Unchanged(Box<Report>),
}

/// What all reports of a run have in common.
struct Run<'a> {
    epoch: Option<i64>,
    if_changed: bool,
    previous: &'a Stored,
    set: &'a NewSet,
    /// Whether there is one report only.
    alone: bool,
    /// Whether reports are built one after the other.
    in_turn: bool,
}

/// Makes a release and writes it.
pub(super) fn release(wanted: &cli::Release, console: &Console) -> Result<(), Diagnostics> {
    let epoch = epoch::wanted(std::env::var_os(epoch::VARIABLE).as_deref())?;
    let on_shelf = wanted.shelf || wanted.shard.is_some() || wanted.reports.len() > 1;
    let all = entries(&wanted.reports, on_shelf)?;
    let names: Vec<String> = all.iter().filter_map(|entry| entry.name.clone()).collect();
    let entries = of_shard(all, wanted.shard);
    let jobs = jobs(wanted.jobs);
    let previous = Stored::look(&wanted.out);
    let set = NewSet::new(&wanted.out, &|path| previous.ours(path))?;
    let run = Run {
        epoch,
        if_changed: wanted.build.if_changed,
        previous: &previous,
        set: &set,
        alone: entries.len() == 1,
        in_turn: jobs == 1,
    };
    let outcomes = run.all(&entries, jobs, console)?;
    let mut failed = Diagnostics::default();
    let mut manifest = Manifest::of(Vec::new());
    manifest.shard = wanted.shard.map(|shard| shard.part(&names));
    for (entry, outcome) in entries.iter().zip(&outcomes) {
        match outcome {
            Ok(outcome) => manifest.reports.push(outcome.report().clone()),
            Err(found) => {
                failed.0.extend(named(found, entry));
                let Some(name) = &entry.name else {
                    return Err(failed);
                };
                manifest.failed.push(name.clone());
                manifest.reports.extend(run.old(name)?);
            }
        }
    }
    let good = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    if good == 0 && !entries.is_empty() {
        return Err(failed);
    }
    let same = previous.manifest.as_ref() == Some(&manifest);
    let built = |outcome: &Result<Outcome, Diagnostics>| matches!(outcome, Ok(Outcome::Built(_)));
    if !same || outcomes.iter().any(built) {
        for outcome in outcomes.iter().flatten() {
            run.keep(outcome)?;
        }
        for (path, bytes) in manifest.files()? {
            set.add(&path, &bytes)?;
        }
        set.commit()?;
    }
    list_files(wanted, &manifest, &entries)?;
    say(wanted, &outcomes, on_shelf, console)?;
    match manifest.failed.as_slice() {
        [] => Ok(()),
        names => Err(with_names(failed, names, entries.len())),
    }
}

/// The reports, by name.
fn entries(reports: &[PathBuf], on_shelf: bool) -> Result<Vec<Entry>, Diagnostics> {
    let asked: Vec<Option<&Path>> = match reports {
        [] => vec![None],
        some => some.iter().map(|path| Some(path.as_path())).collect(),
    };
    let find = |source: Option<&Path>| {
        let inputs = Inputs::default();
        let project = Project::find(source)?.noting(&inputs);
        Ok(Entry {
            name: on_shelf.then(|| project.name()),
            project,
            inputs,
        })
    };
    let mut entries = diagnostic::all(asked.into_iter().map(find).collect())?;
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    for pair in entries.windows(2) {
        if let [a, b] = pair
            && a.name == b.name
        {
            let name = a.name.as_deref().unwrap_or_default();
            let (a, b) = (a.project.root().display(), b.project.root().display());
            let message = format!("two reports are in folders called `{name}`: `{a}` and `{b}`");
            return Err(Diagnostic::error(Kind::Usage, message)
                .hint("each report's files go into a folder of its name: rename one of the two")
                .into());
        }
    }
    Ok(entries)
}

/// Those that belong to the part of the shelf.
fn of_shard(mut entries: Vec<Entry>, shard: Option<Shard>) -> Vec<Entry> {
    if let Some(shard) = shard {
        entries.retain(|entry| entry.name.as_ref().is_some_and(|name| shard.takes(name)));
    }
    entries
}

fn jobs(wanted: Option<u16>) -> usize {
    match wanted {
        Some(jobs) => usize::from(jobs),
        None => available_parallelism().map_or(1, usize::from),
    }
}

impl Outcome {
    fn report(&self) -> &Report {
        match self {
            Outcome::Built(built) => &built.report,
            Outcome::Unchanged(report) => report,
        }
    }
}

impl Run<'_> {
    /// Builds every report; a line or a bar says how far it is.
    fn all(
        &self,
        entries: &[Entry],
        jobs: usize,
        console: &Console,
    ) -> Result<Vec<Result<Outcome, Diagnostics>>, Diagnostics> {
        if let [entry] = entries
            && entry.name.is_none()
        {
            return Ok(vec![console.during("releasing", || self.one(entry))]);
        }
        let mut counter = console.count(entries.len());
        let mut failed = Ok(());
        let results = threads::pool(
            entries,
            jobs,
            |entry| self.one(entry),
            |entry, outcome| {
                let name = entry.name.as_deref().unwrap_or_default();
                let said = counter.step(&line(name, outcome));
                if failed.is_ok() {
                    failed = said;
                }
            },
        )?;
        failed?;
        let internal = || Err(mistake());
        Ok(results
            .into_iter()
            .map(|result| result.unwrap_or_else(internal))
            .collect())
    }

    /// Builds one report into the new set, unless it is as the last release has it.
    fn one(&self, entry: &Entry) -> Result<Outcome, Diagnostics> {
        let project = &entry.project;
        let (source, document, warnings) = project.read()?;
        let shelf = project.shelf();
        let job = Job {
            source: &source,
            document: &document,
            shelf: &shelf,
            root: project.root(),
            goldens: project.goldens(),
            inputs: &entry.inputs,
            epoch: self.epoch,
            name: entry.name.as_deref(),
            side_by_side: self.alone,
        };
        if self.if_changed
            && let Some(old) = job.unchanged(self.previous)?
        {
            return Ok(Outcome::Unchanged(Box::new(old)));
        }
        let mut built = job.build()?;
        for (path, bytes) in &built.files {
            self.set.add(path, bytes)?;
        }
        // A shelf of reports would fill the memory.
        built.files = Vec::new();
        if self.in_turn {
            typeset::forget();
        }
        if !project.built_in {
            built.warnings.0.splice(0..0, warnings.0);
        }
        Ok(Outcome::Built(Box::new(built)))
    }

    /// The last release's entry of a report that cannot be built now, with its files, if they are whole.
    fn old(&self, name: &str) -> Result<Option<Report>, Diagnostics> {
        let Some(report) = self.previous.report(Some(name)) else {
            return Ok(None);
        };
        let mut files = Vec::new();
        for artifact in &report.artifacts {
            let Some(bytes) = self.previous.artifact(artifact) else {
                return Ok(None);
            };
            files.push((&artifact.path, bytes));
        }
        for (path, bytes) in files {
            self.set.add(path, &bytes)?;
        }
        Ok(Some(report.clone()))
    }

    /// Takes the files of a report that is unchanged over into the new set.
    fn keep(&self, outcome: &Outcome) -> Result<(), Diagnostics> {
        let Outcome::Unchanged(report) = outcome else {
            return Ok(());
        };
        for artifact in &report.artifacts {
            let bytes = self.previous.artifact(artifact).ok_or_else(|| {
                let message = format!("`{}` was changed during the release", artifact.path);
                Diagnostics::from(Diagnostic::error(Kind::Io, message))
            })?;
            self.set.add(&artifact.path, &bytes)?;
        }
        Ok(())
    }
}

/// One line about a report that is done.
fn line(name: &str, outcome: &Option<Result<Outcome, Diagnostics>>) -> String {
    match outcome {
        Some(Ok(Outcome::Built(built))) => {
            let files = many(built.report.artifacts.len(), "file");
            format!("{name}: {files}, {}", time(built.time))
        }
        Some(Ok(Outcome::Unchanged(_))) => format!("{name}: unchanged"),
        Some(Err(found)) => {
            let errors = found.0.iter().filter(|one| one.severity == Severity::Error);
            format!("{name}: not built, {}", many(errors.count(), "error"))
        }
        None => format!("{name}: not built"),
    }
}

/// A report on which the program itself failed.
fn mistake() -> Diagnostics {
    Diagnostic::error(
        Kind::Layout,
        "the program made a mistake while it worked on this report",
    )
    .hint("please report it; `gmg-export release` of this report alone says more")
    .into()
}

/// The findings of a report, with its name where they do not say it by their place.
fn named(found: &Diagnostics, entry: &Entry) -> Vec<Diagnostic> {
    let each = found.0.iter().cloned().map(|mut one| {
        if let (Some(name), None) = (&entry.name, &one.location) {
            one.message = format!("{name}: {}", one.message);
        }
        one
    });
    each.collect()
}

/// The findings, with a last one that names the reports that failed.
fn with_names(mut failed: Diagnostics, names: &[String], of: usize) -> Diagnostics {
    let kind = failed.0.first().map_or(Kind::Source, |one| one.kind);
    let message = format!(
        "{} of {of} reports could not be built: {}",
        names.len(),
        names.join(", ")
    );
    failed.push(Diagnostic::error(kind, message).hint(
        "the others are in the release; of these it holds the files of the last release, if there are any",
    ));
    failed
}

/// Lists what was read and written, if a build system wants to know.
fn list_files(
    wanted: &cli::Release,
    manifest: &Manifest,
    entries: &[Entry],
) -> Result<(), Diagnostics> {
    let paths = manifest.sums().into_iter().map(|(path, _)| path);
    let paths = paths.chain([MANIFEST.to_owned(), SUMS.to_owned()]);
    let written: Vec<PathBuf> = paths.map(|path| wanted.out.join(path)).collect();
    let mut read: Vec<Input> = entries
        .iter()
        .flat_map(|entry| entry.inputs.files())
        .collect();
    read.sort_by(|a, b| a.path.cmp(&b.path));
    read.dedup_by(|a, b| a.path == b.path);
    write_list(&wanted.build, &written, &read)
}

/// Says what was made.
fn say(
    wanted: &cli::Release,
    outcomes: &[Result<Outcome, Diagnostics>],
    on_shelf: bool,
    console: &Console,
) -> Result<(), Diagnostics> {
    let mut files = 0;
    for outcome in outcomes.iter().flatten() {
        files += outcome.report().artifacts.len();
        let Outcome::Built(built) = outcome else {
            continue;
        };
        console.findings(&built.warnings);
        for artifact in built.report.artifacts.iter().filter(|_| !on_shelf) {
            let bytes = usize::try_from(artifact.size).unwrap_or(usize::MAX);
            let pages = artifact.pages.map(|pages| {
                let pages = usize::try_from(pages).unwrap_or(usize::MAX);
                format!("  {}", many(pages, "page"))
            });
            let path = wanted.out.join(&artifact.path);
            let pages = pages.unwrap_or_default();
            console.done(&format!("{}  {}{pages}", path.display(), size(bytes)))?;
        }
    }
    let out = wanted.out.display();
    let unchanged = |outcome: &&Outcome| matches!(outcome, Outcome::Unchanged(_));
    let good = outcomes.iter().flatten();
    let rest = match good.clone().filter(unchanged).count() {
        0 => String::new(),
        _ if !on_shelf => ", unchanged".to_owned(),
        count => format!(", {} unchanged", many(count, "report")),
    };
    let files = many(files, "file");
    match on_shelf {
        false => console.done(&format!("ok: {out}: {files}, every check passed{rest}")),
        true => {
            let reports = many(good.count(), "report");
            console.done(&format!("{out}: {reports}, {files}{rest}"))
        }
    }
}

/// Makes a release again and compares it with the one in `folder`, byte for byte.
pub(super) fn verify(
    folder: &Path,
    reports: &[PathBuf],
    console: &Console,
) -> Result<(), Diagnostics> {
    let (stored, manifest) = Stored::open(folder)?;
    let on_shelf = manifest.reports.iter().any(|report| report.name.is_some());
    let entries = entries(reports, on_shelf)?;
    let strays = output::files_in(folder).unwrap_or_default();
    if let Some(stray) = strays.iter().find(|path| !stored.ours(path)) {
        let message = format!("`{stray}` is in the release's folder and no part of the release");
        return Err(Diagnostic::error(Kind::Differs, message).into());
    }
    let mut count = 0;
    for old in &manifest.reports {
        let entry = entries.iter().find(|entry| entry.name == old.name);
        let entry = entry.ok_or_else(|| not_given(old))?;
        let now = console.during("releasing", || again(entry, old))?;
        compare::report(&stored, old, &now)?;
        count += now.report.artifacts.len();
    }
    compare::whole(&stored, &manifest)?;
    let files = many(count, "file");
    console.done(&format!("ok: {}: {files}, byte for byte", folder.display()))
}

fn not_given(report: &Report) -> Diagnostics {
    let name = report.name.as_deref().unwrap_or(&report.id);
    let message = format!("the release holds the report `{name}`, whose folder was not given");
    Diagnostic::error(Kind::Usage, message)
        .hint("give the folders of all its reports, as `release` had them")
        .into()
}

/// The files of a report as they come out now, with the moment that the release has.
fn again(entry: &Entry, old: &Report) -> Result<Built, Diagnostics> {
    let project = &entry.project;
    let (source, document, _) = project.read()?;
    let shelf = project.shelf();
    let job = Job {
        source: &source,
        document: &document,
        shelf: &shelf,
        root: project.root(),
        goldens: project.goldens(),
        inputs: &entry.inputs,
        epoch: Some(old.epoch),
        name: entry.name.as_deref(),
        side_by_side: true,
    };
    job.build()
}
