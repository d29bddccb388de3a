//! A release as it is in a folder.

use std::collections::BTreeMap;
use std::path::Path;

use super::manifest::{MANIFEST, Manifest, ReleasedFile, Report, SUMS, Tool};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Location};
use crate::base::digest::sha256;
use crate::base::files::Root;
use crate::base::output;
use crate::base::paths::slashed;

/// Most bytes of a manifest or of a file of checksums.
const LARGEST: u64 = 256 << 20;

/// A folder that holds a release, or nothing that can be read as one.
pub struct Stored {
    folder: Root,
    /// Its manifest, if it is whole.
    pub manifest: Option<Manifest>,
    /// Whether there is a manifest of this program, however damaged.
    is_release: bool,
    /// Checksums by path, as SHA256SUMS states them.
    sums: BTreeMap<String, String>,
    /// Where the manifest has the report of each name.
    by_name: BTreeMap<Option<String>, usize>,
}

impl Stored {
    /// Looks at a folder, which need not be there.
    pub fn look(folder: &Path) -> Self {
        Self::in_folder(Root::named(folder))
    }

    /// Looks at a folder that is open.
    fn in_folder(folder: Root) -> Self {
        let sums = folder.read(SUMS, LARGEST).unwrap_or_default();
        let sums = parse(&String::from_utf8_lossy(&sums));
        let manifest = folder.read(MANIFEST, LARGEST).ok();
        let is_release = manifest.as_deref().is_some_and(is_release);
        // A manifest that was changed by hand says nothing.
        let whole = manifest.filter(|bytes| sums.get(MANIFEST) == Some(&sha256(bytes)));
        let manifest = whole.and_then(|bytes| Manifest::read(MANIFEST, &bytes).ok());
        let reports = manifest.iter().flat_map(|manifest| &manifest.reports);
        let by_name = reports.enumerate().map(|(at, one)| (one.name.clone(), at));
        Stored {
            folder,
            by_name: by_name.collect(),
            manifest,
            is_release,
            sums,
        }
    }

    /// The release in a folder.
    ///
    /// # Errors
    /// There is none, or its manifest is not the one that it was written with.
    pub fn open(folder: &Path) -> Result<(Self, Manifest), Diagnostics> {
        let stored = Stored::look(folder);
        if let Some(manifest) = stored.manifest.clone() {
            return Ok((stored, manifest));
        }
        let shown = slashed(&folder.join(MANIFEST));
        let place = Location {
            file: shown.clone(),
            line: 0,
            column: 0,
        };
        let refuse = |code, message: String| Diagnostic::new(code, message).at(place.clone());
        let bytes = stored.folder.read(MANIFEST, LARGEST).map_err(|problem| {
            let why = problem.message(MANIFEST);
            let wrong = refuse(
                Code::NOT_A_RELEASE,
                format!("the release's manifest cannot be read: {why}"),
            );
            wrong.hint("give the folder that `gmg-export release` wrote")
        })?;
        // Says what is wrong with it, if that is to be seen.
        Manifest::read(&shown, &bytes)?;
        let message = format!("the manifest is not the one that {SUMS} has the checksum of");
        Err(refuse(Code::RELEASE_CHANGED, message)
            .hint("it was changed by hand, or the release is incomplete: make it again")
            .into())
    }

    /// Whether a release wrote the file at `path` in the folder. Other programs write lists of checksums, too: of their
    /// files none is a release's.
    pub fn ours(&self, path: &str) -> bool {
        self.is_release && (path == SUMS || self.sums.contains_key(path))
    }

    /// A file in the folder that no release wrote, if there is one.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn stranger(folder: &Root) -> std::io::Result<Option<String>> {
        let stored = Stored::in_folder(folder.clone());
        let files = output::files_in(folder)?;
        Ok(files.into_iter().find(|path| !stored.ours(path)))
    }

    /// What the manifest says of the report of that name.
    pub fn report(&self, name: Option<&str>) -> Option<&Report> {
        let index = *self.by_name.get(&name.map(str::to_owned))?;
        self.manifest.as_ref()?.reports.get(index)
    }

    /// Whether files of the set are there with these bytes.
    pub fn holds(&self, files: &[(String, Vec<u8>)]) -> bool {
        let mut files = files.iter();
        files.all(|(path, bytes)| self.bytes(path).is_ok_and(|there| there == *bytes))
    }

    /// The bytes of an artifact, if they are those that the manifest states.
    pub fn artifact(&self, artifact: &ReleasedFile) -> Option<Vec<u8>> {
        let bytes = self.bytes(&artifact.path).ok()?;
        (sha256(&bytes) == artifact.sha256).then_some(bytes)
    }

    /// The bytes of a file of the set. A link that leads out of the folder is not followed.
    pub fn bytes(&self, path: &str) -> std::io::Result<Vec<u8>> {
        let bytes = self.folder.read(path, u64::MAX - 1);
        bytes.map_err(|problem| std::io::Error::other(problem.message(path)))
    }

    /// The old entry of a report, if everything that it was made of is as in `now` (an entry without artifacts), this
    /// program made it, and every file of it is as it was written.
    pub fn unchanged(&self, now: &Report) -> Option<&Report> {
        let manifest = self.manifest.as_ref()?;
        let old = self.report(now.name.as_deref())?;
        let same = Report {
            artifacts: Vec::new(),
            ..old.clone()
        } == *now;
        let whole = |artifact: &ReleasedFile| self.artifact(artifact).is_some();
        let failed = |name: &String| old.name.as_ref() == Some(name);
        (same
            && manifest.tool == Tool::this()
            && !manifest.failed.iter().any(failed)
            && old.artifacts.iter().all(whole))
        .then_some(old)
    }
}

/// Whether these are the bytes of a manifest of this program, of whatever version.
fn is_release(bytes: &[u8]) -> bool {
    let manifest: serde_json::Value = serde_json::from_slice(bytes).unwrap_or_default();
    manifest["tool"]["name"] == Tool::this().name
}

/// Checksums by path.
fn parse(text: &str) -> BTreeMap<String, String> {
    text.lines()
        .filter_map(|line| line.split_once("  "))
        .map(|(sum, path)| (path.to_owned(), sum.to_owned()))
        .collect()
}
