//! `--if-changed` and `--deps` of an export: what its files were made of, and whether that has changed.

use std::path::{Path, PathBuf};

use super::deps;
use super::project::Project;
use super::stamp::{self, Stamps, made_of};
use crate::app::cli;
use crate::backend::render::{RenderJob, Rendered};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::base::inputs::{Input, Inputs};
use crate::base::output::{self, Destination, Target};
use crate::base::paths::{folder_of, slashed};

/// What an export is made of.
pub(super) struct BuildTracker<'a> {
    wanted: &'a cli::Build,
    inputs: Inputs,
}

/// A file that is written now, with those that go with it.
pub(super) struct Written<'a> {
    pub(super) target: Target,
    pub(super) made: &'a Rendered,
    pub(super) companions: Vec<(PathBuf, &'a [u8])>,
}

impl<'a> BuildTracker<'a> {
    /// Nothing is noted unless it was asked for.
    pub(super) fn new(wanted: &'a cli::Build) -> Option<Self> {
        (wanted.if_changed || wanted.deps.is_some()).then(|| BuildTracker {
            wanted,
            inputs: Inputs::default(),
        })
    }

    /// The report, with every file that is read of it noted.
    pub(super) fn noting(&self, project: &Project) -> Project {
        project.clone().noting(&self.inputs)
    }

    /// Of what the file of each job is made. All that is read for any of them is read here.
    pub(super) fn of(&self, jobs: &[RenderJob<'_>]) -> Result<Vec<String>, Diagnostics> {
        for layout in jobs.iter().map(|job| job.edition.layout) {
            layout.read_all()?;
        }
        let inputs = self.inputs.files();
        let each = jobs.iter().map(|job| {
            let layout = job.edition.layout;
            let (format, name, epoch) = (job.backend.name(), &layout.name, job.edition.epoch);
            let review = if job.edition.review { " review" } else { "" };
            made_of(
                &format!("{format} {name} {epoch}{review}\n{:?}", layout.tokens),
                &inputs,
            )
        });
        Ok(each.collect())
    }

    /// Whether every file is there as an earlier run made it, of the same.
    pub(super) fn is_current(&self, targets: &[Target], made_of: &[String]) -> bool {
        let mut each = targets.iter().zip(made_of);
        self.wanted.if_changed
            && each.all(|(target, made_of)| {
                Stamps::of(&target.path).is_current(target.file_name(), made_of)
            })
    }

    /// The stamps of files that are made now, as files that are written with them.
    pub(super) fn stamps(
        &self,
        files: &[Written<'_>],
        made_of: &[String],
    ) -> Result<Vec<(Target, Vec<u8>)>, Diagnostics> {
        let Some(first) = files.first().filter(|_| self.wanted.if_changed) else {
            return Ok(Vec::new());
        };
        let mut stamps = Stamps::of(&first.target.path);
        for (file, made_of) in files.iter().zip(made_of) {
            let name_of = file.target.file_name();
            let own = (name_of.to_owned(), file.made.artifact.bytes.as_slice());
            let companions = file.companions.iter();
            let companions = companions.map(|(path, bytes)| (name(path), *bytes));
            let all: Vec<(String, &[u8])> = std::iter::once(own).chain(companions).collect();
            stamps.put(name_of, made_of, &all);
        }
        Ok(vec![(first.target.next_to(stamp::FILE)?, stamps.bytes()?)])
    }

    /// The list of files for a build system, which may be refused before anything is written.
    pub(super) fn list(&self, written: &[Target]) -> Result<Option<List>, Diagnostics> {
        let written: Vec<PathBuf> = written.iter().map(|target| target.path.clone()).collect();
        List::of(self.wanted, &written, &self.inputs.files())
    }
}

/// A list of files for a build system.
pub(super) struct List {
    target: Target,
    text: String,
    written: Vec<PathBuf>,
}

impl List {
    /// The list, if one is wanted.
    pub(super) fn of(
        wanted: &cli::Build,
        written: &[PathBuf],
        read: &[Input],
    ) -> Result<Option<Self>, Diagnostics> {
        let Some(file) = &wanted.deps else {
            return Ok(None);
        };
        let read_here = read.iter().filter(|input| input.on_disk);
        let read_here = read_here.map(|input| Path::new(&input.path));
        let others = written.iter().map(PathBuf::as_path).chain(read_here);
        refuse_in_the_way(file, others)?;
        let shown: Vec<String> = written.iter().map(|path| slashed(path)).collect();
        let text = deps::text(wanted.deps_format, &shown, read).map_err(|path| {
            let message = format!("the path `{path}` cannot be written in a rule");
            Diagnostic::new(Code::NO_RULE, message)
                .hint("rename the file, or take --deps-format json")
        })?;
        let target = Target::named(file)?;
        Ok(Some(List {
            target,
            text,
            written: written.to_vec(),
        }))
    }

    /// Writes it. Build systems go by the times of files: those that were skipped look new afterwards, or a touched
    /// source would be looked at again and again.
    pub(super) fn write(self) -> Result<(), Diagnostics> {
        output::write(&[(self.target, self.text.as_bytes())])?;
        self.written.iter().for_each(|path| output::freshen(path));
        Ok(())
    }
}

/// Refuses a list that cannot be written, or would be written over one of these files or into one of these folders,
/// before anything is made.
pub(super) fn check_list(wanted: &cli::Build, others: &[&Path]) -> Result<(), Diagnostics> {
    let Some(file) = &wanted.deps else {
        return Ok(());
    };
    refuse_in_the_way(file, others.iter().copied())?;
    Destination::named(folder_of(file)).look()
}

fn refuse_in_the_way<'a>(
    file: &Path,
    mut others: impl Iterator<Item = &'a Path>,
) -> Result<(), Diagnostics> {
    let place = real(file);
    let Some(other) = others.find(|other| place.starts_with(real(other))) else {
        return Ok(());
    };
    let (shown, there) = (file.display(), other.display());
    let message = match place == real(other) {
        true => format!("the list `{shown}` would be written over a file of the build"),
        false => format!("the list `{shown}` would lie in the folder of the release, `{there}`"),
    };
    Err(Diagnostic::new(Code::LIST_IN_THE_WAY, message)
        .hint("give another file with --deps, such as release.d")
        .into())
}

/// A path without links, as far as there is anything at it.
fn real(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for above in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (above.canonicalize(), path.strip_prefix(above)) {
            return real.join(rest);
        }
    }
    path
}

/// Refuses what needs files where there will be none.
pub(super) fn needs_files(wanted: &cli::Build) -> Result<(), Diagnostics> {
    let option = match wanted {
        cli::Build {
            if_changed: true, ..
        } => "--if-changed",
        cli::Build { deps: Some(_), .. } => "--deps",
        _ => return Ok(()),
    };
    let message = format!("`{option}` is about files, and standard output is none");
    Err(Diagnostic::new(Code::NEEDS_FILES, message)
        .hint("name a file with -o, or a folder with --out")
        .into())
}

fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}
