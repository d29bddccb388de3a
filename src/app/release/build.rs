//! One report becomes the files of its release, each checked.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::{Duration, Instant};

use super::checks::Checks;
use super::facts::{self, Facts};
use super::manifest::{self, Check, ReleasedFile, Report};
use super::plan::{self, Item, Plan};
use super::stored::Stored;
use crate::access::{About, Dossier, SignOffs, assess};
use crate::backend::CompanionFile;
use crate::backend::edition::Edition;
use crate::backend::render::{RenderJob, Rendered};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::base::digest::sha256;
use crate::base::files::Root;
use crate::base::inputs::Inputs;
use crate::base::paths::slashed;
use crate::base::{diagnostic, threads};
use crate::document::epoch;
use crate::document::{self, Document};
use crate::layout::{Layout, LayoutLoader};
use crate::pdf::read::{ReadBack, Reading};
use crate::source::Source;
use crate::verify::proof;

/// A report that is to be released.
pub struct Job<'a> {
    /// The files as written.
    pub source: &'a Source,
    /// What they say.
    pub document: &'a Document,
    /// Where layouts are.
    pub loader: &'a LayoutLoader,
    /// The report's own folder: paths of layouts and of inputs are seen from here.
    pub root: &'a Path,
    /// The folder of its approved records.
    pub goldens: Root,
    /// Every file that was read.
    pub inputs: &'a Inputs,
    /// The moment that the files carry inside; the report's own date where it is left out.
    pub epoch: Option<i64>,
    /// Name of its folder in the batch, where it is part of one.
    pub name: Option<&'a str>,
    /// Whether it is all that the program is to do. Its files are made at the same time then, and memory is left to the
    /// program's end; where other reports are made, one after the other takes less.
    pub alone: bool,
}

/// The document as each layout numbers it, by the keys of the layouts.
type Documents<'a> = BTreeMap<String, Cow<'a, Document>>;

/// The files of a report's release.
#[derive(Debug)]
pub struct Built {
    /// What the manifest says of the report.
    pub report: Report,
    /// Paths as seen from the manifest, and bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// What the user should know.
    pub warnings: Diagnostics,
    /// How long it took, for the reader of the terminal alone.
    pub time: Duration,
}

/// A file with what was found of it.
struct Checked {
    made: Rendered,
    sha256: String,
    checks: Vec<Check>,
    standards: Vec<String>,
    facts: Facts,
}

impl Job<'_> {
    /// What the release is to be made of, before anything is made: the manifest's entry without artifacts.
    ///
    /// # Errors
    /// What is wrong with the release list, a layout, a font or a profile.
    pub fn entry(&self) -> Result<(Plan, Report), Diagnostics> {
        let plan = plan::plan(self.source, self.loader)?;
        for layout in plan.layouts.values() {
            // So that it is known.
            layout.read_all()?;
        }
        SignOffs::in_folder(&self.source.folder)?;
        let inputs = self.inputs();
        let report = Report {
            name: self.name.map(str::to_owned),
            id: self.document.id.clone(),
            title: self.document.title.clone(),
            language: self.document.language.tag.clone(),
            epoch: self.epoch(),
            source: manifest::source_id(&inputs),
            inputs,
            artifacts: Vec::new(),
        };
        Ok((plan, report))
    }

    /// The last release's entry of this report, if nothing has changed: not what it is made of, not the program, not the
    /// files that were made, not what the approved records say of them.
    ///
    /// # Errors
    /// As [`Job::entry`].
    pub fn unchanged(&self, stored: &Stored) -> Result<Option<Report>, Diagnostics> {
        let (plan, now) = self.entry()?;
        let Some(old) = stored.unchanged(&now) else {
            return Ok(None);
        };
        let checks = self.checks();
        let as_approved = |item: &Item| {
            let path = self.path(item.file());
            let mut artifacts = old.artifacts.iter();
            let artifact = artifacts.find(|artifact| artifact.path == path)?;
            let bytes = stored.artifact(artifact)?;
            let check = checks.golden(item, &ReadBack::of(&bytes)).ok()?;
            artifact.checks.contains(&check).then_some(())
        };
        let same = plan.items.iter().all(|item| as_approved(item).is_some());
        Ok(same.then(|| old.clone()))
    }

    /// Makes and checks every file; nothing is written.
    ///
    /// # Errors
    /// What stands in the way, and every check that a file failed.
    pub fn build(&self) -> Result<Built, Diagnostics> {
        let start = Instant::now();
        let (plan, mut report) = self.entry()?;
        let checks = self.checks();
        let numbered = |(key, layout): (&String, &Layout)| {
            let document = document::for_layout(self.source, self.document, &layout.tokens)?;
            Ok((key.clone(), document))
        };
        let documents: Result<Documents, Diagnostics> = plan.layouts.iter().map(numbered).collect();
        let documents = documents?;
        let editions = self.editions(&plan, &documents);
        let work = |(item, edition): &(&Item, Edition)| self.checked(item, edition, &checks);
        let made = match self.alone {
            true => threads::each(&editions, work)?,
            false => editions.iter().map(work).collect(),
        };
        let made = diagnostic::all(made)?;
        let mut built = Built {
            files: Vec::new(),
            warnings: Diagnostics::default(),
            time: Duration::ZERO,
            report: report.clone(),
        };
        for (item, checked) in plan.items.iter().zip(made) {
            self.add(item, checked, &mut built);
        }
        built.warnings.extend(self.page_faults(&editions)?);
        report.artifacts = std::mem::take(&mut built.report.artifacts);
        refuse_doubles(&report.artifacts)?;
        built.report = report;
        if self.alone {
            // Taking the pages apart would only keep the user waiting.
            std::mem::forget(editions);
        }
        built.time = start.elapsed();
        Ok(built)
    }

    /// What a proofreader would mark on the pages that are released, once for each layout.
    fn page_faults(&self, editions: &[(&Item, Edition<'_>)]) -> Result<Diagnostics, Diagnostics> {
        let mut seen = BTreeSet::new();
        let mut found = Diagnostics::default();
        for (item, edition) in editions {
            let has_pages = matches!(item.backend.name(), "pdf" | "press");
            if has_pages && seen.insert(&item.pages) {
                let layout = edition.layout;
                let faults = proof::faults(self.document, &layout.tokens, edition.typeset()?);
                let source = Some(self.source);
                found.extend(proof::warnings(
                    self.document,
                    &layout.name,
                    source,
                    &faults,
                ));
            }
        }
        Ok(found)
    }

    fn checks(&self) -> Checks<'_> {
        Checks {
            document: self.document,
            goldens: &self.goldens,
            own_epoch: self.epoch() == epoch::of_day(&self.document.date),
        }
    }

    /// The path of a file as seen from the manifest.
    fn path(&self, name: String) -> String {
        match self.name {
            Some(folder) => format!("{folder}/{name}"),
            None => name,
        }
    }

    fn epoch(&self) -> i64 {
        let own = || epoch::of_day(&self.document.date);
        self.epoch.unwrap_or_else(own)
    }

    /// Every file with its edition; those that differ in sheets alone share their pages.
    fn editions<'a>(
        &'a self,
        plan: &'a Plan,
        documents: &'a Documents<'a>,
    ) -> Vec<(&'a Item, Edition<'a>)> {
        let mut editions: Vec<(&Item, Edition)> = Vec::new();
        for item in &plan.items {
            let (Some(layout), Some(document)) =
                (plan.layouts.get(&item.layout), documents.get(&item.layout))
            else {
                continue;
            };
            let same = |(other, _): &&(&Item, Edition)| other.pages == item.pages;
            let edition = match editions.iter().find(same) {
                Some((_, first)) => first.for_job(layout),
                None => Edition::new(document, layout, self.epoch()),
            };
            editions.push((item, edition.named(&item.stem)));
        }
        editions
    }

    fn checked(
        &self,
        item: &Item,
        edition: &Edition<'_>,
        checks: &Checks<'_>,
    ) -> Result<Checked, Diagnostics> {
        let backend = item.backend;
        let mut made = RenderJob { edition, backend }.run()?;
        let read_back = made.artifact.read_back();
        let facts = match backend.named_fonts(edition.layout) {
            names if !names.is_empty() => facts::of_names(&names),
            _ if made.artifact.pages.is_some() => {
                facts::of_pdf(&read_back, &facts::versions(edition.layout)?)?
            }
            _ => Facts::default(),
        };
        let (checks, standards) = checks.run(item, edition, &made.artifact, &read_back)?;
        let dossier = self.dossier(item, edition, &read_back)?;
        if let Some(dossier) = dossier {
            made.artifact.warnings.extend(dossier.warnings());
            made.artifact.companions.extend([
                companion("access.json", dossier.json()?),
                companion("access.html", dossier.html(&[])?),
            ]);
        }
        let sha256 = sha256(&made.artifact.bytes);
        // Nobody reads it any more, and it is many times as large as the file.
        made.artifact.reading = Reading::default();
        Ok(Checked {
            sha256,
            made,
            checks,
            standards,
            facts,
        })
    }

    /// The dossier of accessibility of a file that is read on screens.
    fn dossier(
        &self,
        item: &Item,
        edition: &Edition<'_>,
        made: &ReadBack<'_>,
    ) -> Result<Option<Dossier>, Diagnostics> {
        let is_read = item.backend.media_type() == "application/pdf" && !item.backend.for_print();
        if !is_read || edition.layout.tokens.for_print() {
            return Ok(None);
        }
        let about = About {
            file: &item.file(),
            layout: &item.layout_name,
            source: Some(self.source),
            signed: &SignOffs::in_folder(&self.source.folder)?,
        };
        assess(made, &about).map(Some)
    }

    /// Adds a file, and those that go with it.
    fn add(&self, item: &Item, checked: Checked, built: &mut Built) {
        let artifact = checked.made.artifact;
        let main = self.path(item.file());
        let entry = |path: &str, bytes: &[u8], sha256: String| ReleasedFile {
            path: path.to_owned(),
            format: item.backend.name().to_owned(),
            layout: item.layout_name.clone(),
            goes_with: None,
            media_type: item.backend.media_type().to_owned(),
            size: bytes.len() as u64,
            sha256,
            pages: None,
            language: self.document.language.tag.clone(),
            standards: Vec::new(),
            checks: Vec::new(),
            fonts: Vec::new(),
            colour_profile: None,
        };
        built.report.artifacts.push(ReleasedFile {
            pages: artifact.pages.and_then(|pages| pages.try_into().ok()),
            standards: checked.standards,
            checks: checked.checks,
            fonts: checked.facts.fonts,
            colour_profile: checked.facts.profile,
            ..entry(&main, &artifact.bytes, checked.sha256)
        });
        for companion in artifact.companions {
            let path = self.path(format!("{}.{}", item.stem, companion.suffix));
            built.report.artifacts.push(ReleasedFile {
                goes_with: Some(main.clone()),
                media_type: companion.media_type().to_owned(),
                ..entry(&path, &companion.bytes, sha256(&companion.bytes))
            });
            built.files.push((path, companion.bytes));
        }
        built.files.push((main, artifact.bytes));
        for warning in artifact.warnings {
            if !built.warnings.contains(&warning) {
                built.warnings.push(warning);
            }
        }
    }

    /// Every file that was read so far, by path as seen from the report's own folder.
    fn inputs(&self) -> Vec<manifest::Input> {
        let mut inputs: Vec<manifest::Input> = self
            .inputs
            .files()
            .into_iter()
            .map(|input| manifest::Input {
                path: from_root(&input, self.root),
                size: input.size,
                sha256: input.sha256,
            })
            .collect();
        inputs.sort_by(|a, b| (&a.path, &a.sha256).cmp(&(&b.path, &b.sha256)));
        inputs.dedup();
        inputs
    }
}

fn companion(suffix: &str, bytes: Vec<u8>) -> CompanionFile {
    CompanionFile {
        suffix: suffix.to_owned(),
        bytes,
    }
}

/// Refuses two files in one place: those that go with others have names that no list names.
fn refuse_doubles(artifacts: &[ReleasedFile]) -> Result<(), Diagnostics> {
    let mut seen = BTreeSet::new();
    let mut new = |path: &str| seen.insert(path.to_lowercase());
    let mut paths = artifacts.iter().map(|artifact| artifact.path.as_str());
    match paths.find(|path| !new(path)) {
        None => Ok(()),
        Some(path) => {
            let message = format!("two entries of the release list make the file `{path}`");
            let found = Diagnostic::new(Code::SAME_FILE, message);
            Err(found.hint("give one of the layouts another name").into())
        }
    }
}

/// The path of a file as seen from the report's own folder. Of a file elsewhere on this machine the name alone is
/// given: nobody else has that folder.
fn from_root(input: &crate::base::inputs::Input, root: &Path) -> String {
    let root = slashed(root);
    let root = root.trim_end_matches('/');
    let below = input.path.strip_prefix(root);
    let path = match below.and_then(|path| path.strip_prefix('/')) {
        Some(path) if !root.is_empty() => path,
        _ => input.path.as_str(),
    };
    let path = path.trim_start_matches("./");
    match Path::new(path).is_absolute() {
        true => path.rsplit('/').next().unwrap_or(path).to_owned(),
        false => path.to_owned(),
    }
}

#[cfg(test)]
#[path = "build_tests.rs"]
mod tests;
