//! `release`: every file of one report, or of a batch of reports, checked and written as one set; and `verify --release`.

mod entry;
mod say;
mod verify;

use std::thread::available_parallelism;

use super::changed::{List, check_list};
use crate::app::cli;
use crate::app::console::Console;
use crate::app::release::manifest::{Manifest, Report};
use crate::app::release::{Built, Stored};
use crate::backend::typeset;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::base::output::StagedFolder;
use crate::base::threads;
use crate::document::epoch;
use entry::{BatchEntry, entries, of_shard};
pub(super) use verify::verify;

/// What became of a report.
enum Outcome {
    Built(Box<Built>),
    /// It is as the last release has it.
    Unchanged(Box<Report>),
}

/// What all reports of a run have in common.
struct ReleaseRun<'a> {
    epoch: Option<i64>,
    if_changed: bool,
    previous: &'a Stored,
    set: &'a StagedFolder,
    /// Whether there is one report only.
    alone: bool,
    /// Whether reports are built one after the other.
    in_turn: bool,
}

/// Makes a release and writes it.
pub(super) fn release(wanted: &cli::Release, console: &Console) -> Result<(), Diagnostics> {
    let epoch = epoch::wanted(std::env::var_os(epoch::VARIABLE).as_deref())?;
    let in_batch = wanted.batch || wanted.shard.is_some() || wanted.reports.len() > 1;
    let all = entries(&wanted.reports, in_batch)?;
    let names: Vec<String> = all.iter().filter_map(|entry| entry.name.clone()).collect();
    let entries = of_shard(all, wanted.shard);
    let jobs = jobs(wanted.jobs);
    let previous = Stored::look(&wanted.out);
    check_list(&wanted.build, &[&wanted.out])?;
    let set = StagedFolder::new(&wanted.destination()?, Box::new(Stored::stranger))?;
    let run = ReleaseRun {
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
                failed.extend(say::named(found, entry));
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
    let list = say::list_files(wanted, &manifest, &entries)?;
    let whole = manifest.files()?;
    let same = previous.manifest.as_ref() == Some(&manifest) && previous.holds(&whole);
    let built = |outcome: &Result<Outcome, Diagnostics>| matches!(outcome, Ok(Outcome::Built(_)));
    let mut stated = Vec::new();
    if !same || outcomes.iter().any(built) {
        for outcome in outcomes.iter().flatten() {
            run.keep(outcome)?;
        }
        stated.extend(whole);
        for (path, bytes) in &stated {
            set.add(path, bytes)?;
        }
        set.commit()?;
    }
    list.map_or(Ok(()), List::write)?;
    say::files(wanted, &outcomes, &stated, in_batch, console)?;
    match manifest.failed.as_slice() {
        [] => Ok(()),
        names => Err(say::with_names(failed, names, entries.len())),
    }
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

impl ReleaseRun<'_> {
    /// Builds every report; a line or a bar says how far it is.
    fn all(
        &self,
        entries: &[BatchEntry],
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
                let said = counter.step(&say::line(name, outcome));
                if failed.is_ok() {
                    failed = said;
                }
            },
        )?;
        failed?;
        let internal = || Err(say::mistake());
        Ok(results
            .into_iter()
            .map(|result| result.unwrap_or_else(internal))
            .collect())
    }

    /// Builds one report into the new set, unless it is as the last release has it.
    fn one(&self, entry: &BatchEntry) -> Result<Outcome, Diagnostics> {
        let open = entry.open()?;
        let job = open.job(self.epoch, self.alone);
        if self.if_changed
            && let Some(old) = job.unchanged(self.previous)?
        {
            return Ok(Outcome::Unchanged(Box::new(old)));
        }
        let mut built = job.build()?;
        for (path, bytes) in &built.files {
            self.set.add(path, bytes)?;
        }
        // A batch of reports would fill the memory.
        built.files = Vec::new();
        if self.in_turn {
            typeset::evict_cache();
        }
        if !open.project.built_in {
            built.warnings.prepend(open.warnings.iter().cloned());
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
                Diagnostics::from(Diagnostic::new(Code::RELEASE_CHANGED, message))
            })?;
            self.set.add(&artifact.path, &bytes)?;
        }
        Ok(())
    }
}
