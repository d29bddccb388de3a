//! The reports that are to be released: found, named, and divided among machines.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use super::super::project::Project;
use crate::app::release::manifest::{is_name, is_own};
use crate::app::release::{Job, Shard};
use crate::base::diagnostic::{self, Code, Diagnostic, Diagnostics};
use crate::base::inputs::Inputs;
use crate::document::Document;
use crate::layout::LayoutLoader;
use crate::source::Source;

/// A report that is to be released.
pub(super) struct BatchEntry {
    /// Name of its folder, where it is in a batch.
    pub(super) name: Option<String>,
    /// The report, or why there is none: in a batch that stops no other.
    project: Result<Project, Diagnostics>,
    /// Every file that was read of it.
    pub(super) inputs: Inputs,
}

/// A report that was read.
pub(super) struct Open<'a> {
    entry: &'a BatchEntry,
    pub(super) project: &'a Project,
    source: Source,
    document: Document,
    loader: LayoutLoader,
    /// What the user should know of the source.
    pub(super) warnings: Diagnostics,
}

impl BatchEntry {
    fn find(source: Option<&Path>, in_batch: bool) -> Result<Self, Diagnostics> {
        let inputs = Inputs::default();
        let found = Project::find(source);
        let name = match (&found, source) {
            _ if !in_batch => None,
            (Ok(project), _) => Some(project.name()),
            (Err(_), Some(source)) if source.is_dir() => Some(folder_name(source)),
            (Err(found), _) => return Err(found.clone()),
        };
        Ok(BatchEntry {
            name,
            project: found.map(|project| project.noting(&inputs)),
            inputs,
        })
    }

    /// Reads the report.
    pub(super) fn open(&self) -> Result<Open<'_>, Diagnostics> {
        let project = self.project.as_ref().map_err(Clone::clone)?;
        let (source, document, warnings) = project.read()?;
        refuse_placeholders(&warnings)?;
        Ok(Open {
            entry: self,
            project,
            source,
            document,
            loader: project.loader(),
            warnings,
        })
    }

    fn shown(&self) -> String {
        match &self.project {
            Ok(project) => project.root().display().to_string(),
            Err(_) => self.name.clone().unwrap_or_default(),
        }
    }
}

/// No release says that something is still to be written.
fn refuse_placeholders(warnings: &Diagnostics) -> Result<(), Diagnostics> {
    let found = warnings.iter().filter(|one| one.code == Code::PLACEHOLDER);
    let error = |one: &Diagnostic| Diagnostic {
        code: Code::NOT_WRITTEN,
        ..one.clone()
    };
    found
        .map(error)
        .collect::<Diagnostics>()
        .or_value(())
        .map(|_| ())
}

impl Open<'_> {
    /// Its release.
    pub(super) fn job(&self, epoch: Option<i64>, alone: bool) -> Job<'_> {
        Job {
            source: &self.source,
            document: &self.document,
            loader: &self.loader,
            root: self.project.root(),
            goldens: self.project.approved(),
            inputs: &self.entry.inputs,
            epoch,
            name: self.entry.name.as_deref(),
            alone,
        }
    }
}

/// The reports, by name.
pub(super) fn entries(reports: &[PathBuf], in_batch: bool) -> Result<Vec<BatchEntry>, Diagnostics> {
    let asked: Vec<Option<&Path>> = match reports {
        [] => vec![None],
        some => some.iter().map(|path| Some(path.as_path())).collect(),
    };
    let find = |source: Option<&Path>| BatchEntry::find(source, in_batch);
    let mut entries = diagnostic::all(asked.into_iter().map(find).collect())?;
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    let mut seen: BTreeMap<String, &BatchEntry> = BTreeMap::new();
    let mut found = Diagnostics::default();
    for entry in &entries {
        let Some(name) = &entry.name else { continue };
        if !is_name(name) || is_own(name) {
            found.push(bad_name(name, entry));
        }
        // Some systems take names that differ in case, or in how accents are put together, for one.
        let key: String = name.to_lowercase().nfc().collect();
        if let Some(first) = seen.insert(key, entry) {
            found.push(two_of_one_name(first, entry));
        }
    }
    found.or_value(()).map(|_| entries)
}

fn bad_name(name: &str, entry: &BatchEntry) -> Diagnostic {
    let message = format!(
        "a report in a batch cannot be called `{name}`: `{}`",
        entry.shown()
    );
    Diagnostic::new(Code::BAD_NAME, message).hint(
        "rename its folder: without line ends and backslashes, in UTF-8, and not as the manifest or the list of checksums",
    )
}

fn two_of_one_name(first: &BatchEntry, second: &BatchEntry) -> Diagnostic {
    let (a, b) = (first.shown(), second.shown());
    let real = |entry: &BatchEntry| entry.project.as_ref().ok()?.root().canonicalize().ok();
    if real(first).is_some() && real(first) == real(second) {
        let message = format!("one report was given twice: `{a}` and `{b}`");
        return Diagnostic::new(Code::TWO_OF_ONE_NAME, message).hint("give it once");
    }
    let message = match (&first.name, &second.name) {
        (Some(name), Some(other)) if name != other => format!(
            "two reports are in folders called `{name}` and `{other}`, which many systems take for one: `{a}` and `{b}`"
        ),
        (name, _) => {
            let name = name.as_deref().unwrap_or_default();
            format!("two reports are in folders called `{name}`: `{a}` and `{b}`")
        }
    };
    Diagnostic::new(Code::TWO_OF_ONE_NAME, message)
        .hint("each report's files go into a folder of its name: rename one of the two")
}

/// Those that belong to the part of the batch.
pub(super) fn of_shard(mut entries: Vec<BatchEntry>, shard: Option<Shard>) -> Vec<BatchEntry> {
    if let Some(shard) = shard {
        entries.retain(|entry| entry.name.as_ref().is_some_and(|name| shard.takes(name)));
    }
    entries
}

fn folder_name(path: &Path) -> String {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let name = real.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}
