//! The manifest of a release: what was made from what, and the results of the checks.
//!
//! It holds no host, user, absolute path or clock: the same report gives the same manifest on every machine.

use std::collections::BTreeSet;
use std::path::{Component, Path};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::app::console::escaped;
use crate::app::version;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Kind, Location};
use crate::base::digest::sha256;

/// Name of the manifest's file.
pub const MANIFEST: &str = "manifest.json";
/// Name of the file of checksums.
pub const SUMS: &str = "SHA256SUMS";
/// Version of the form of the manifest.
const FORM: u32 = 1;

/// `manifest.json`: what a release holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of the form of this file: 1.
    pub manifest: u32,
    /// The program that made the release.
    pub tool: Tool,
    /// Which part of a batch of reports this is, where it is a part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shard: Option<ShardInfo>,
    /// The reports, by name.
    pub reports: Vec<Report>,
    /// Names of reports of the batch that could not be built: their files are those of an earlier release, or missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failed: Vec<String>,
}

/// The program that made a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Commit that it was built from, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// Version of the typesetter in it.
    pub typst: String,
    /// Start of a checksum over the layouts in it, as `gmg-export --version` says it.
    pub layouts: String,
}

/// A part of a batch, built apart from the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShardInfo {
    /// Number of the part, from 1.
    pub number: u32,
    /// Number of all parts.
    pub of: u32,
    /// Number of reports in the whole batch.
    #[serde(rename = "shelf")]
    pub batch: u32,
    /// SHA-256 of the names of all reports in the batch, sorted, a line each.
    pub names: String,
}

/// A report with the files that were made of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Name of its folder in the batch; its files are in a folder of that name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The report's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its language as a BCP 47 tag.
    pub language: String,
    /// The moment that the files carry inside, in seconds since 1970-01-01 UTC.
    pub epoch: i64,
    /// What names the source: the SHA-256 of the inputs' checksums, in the form of SHA256SUMS.
    pub source: String,
    /// Every file that was read, by path as seen from the report's own folder.
    pub inputs: Vec<Input>,
    /// The files that were made, in the order of the report's `release` list.
    pub artifacts: Vec<ReleasedFile>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// Path as seen from the report's own folder, with forward slashes.
    pub path: String,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 in lower-case hexadecimal digits.
    pub sha256: String,
}

/// A file that was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReleasedFile {
    /// Path as seen from the manifest, with forward slashes.
    pub path: String,
    /// Format, such as pdf.
    pub format: String,
    /// Name of the layout.
    pub layout: String,
    /// The file that this one goes with, where it is no artifact of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goes_with: Option<String>,
    /// Media type (RFC 6838).
    pub media_type: String,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 in lower-case hexadecimal digits.
    pub sha256: String,
    /// Number of pages, or of sides of sheets, where the format has any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// Language as a BCP 47 tag.
    pub language: String,
    /// Standards that the file claims to keep, such as PDF/UA-1.
    pub standards: Vec<String>,
    /// What was found when the file was checked.
    pub checks: Vec<Check>,
    /// The fonts in it, or those that it names.
    pub fonts: Vec<Font>,
    /// The colour profile in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colour_profile: Option<Profile>,
}

/// A check that the release ran on a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Name of the check, such as pdf-ua-1.
    pub name: String,
    /// What it found.
    pub verdict: Verdict,
    /// Number of warnings that it gave.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub warnings: u32,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// What a check found. A release with a file that failed one is never written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// All is well.
    Passed,
    /// There is no approved record to compare the file with.
    NotRecorded,
    /// The file carries another moment than its approved record.
    OtherEpoch,
}

/// A font that a file uses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Font {
    /// Its PostScript name, or in Word files the name of its family.
    pub name: String,
    /// Its version, where the font is in the file and says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}

/// A colour profile in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The printing condition or colour space that it stands for.
    pub name: String,
    /// SHA-256 of the profile.
    pub sha256: String,
}

impl Tool {
    /// This program.
    pub fn this() -> Self {
        Tool {
            name: env!("CARGO_PKG_NAME").into(),
            version: env!("CARGO_PKG_VERSION").into(),
            commit: version::commit().map(str::to_owned),
            typst: version::typst().into(),
            layouts: version::layouts().into(),
        }
    }
}

impl Manifest {
    /// The manifest of reports that this program built.
    pub fn of(reports: Vec<Report>) -> Self {
        Manifest {
            manifest: FORM,
            tool: Tool::this(),
            shard: None,
            reports,
            failed: Vec::new(),
        }
    }

    /// The manifest as its file, with a final line end.
    ///
    /// # Errors
    /// It cannot be written as JSON, which would be a mistake of the program.
    pub fn text(&self) -> Result<String, Diagnostics> {
        let text = serde_json::to_string_pretty(self).map_err(|error| {
            let message = format!("the manifest cannot be written: {error}");
            Diagnostic::new(Code::INTERNAL, message).of_kind(Kind::Io)
        })?;
        Ok(escaped(&text) + "\n")
    }

    /// The manifest that a file holds; `path` is for messages.
    ///
    /// # Errors
    /// It is no manifest, or one of another form.
    pub fn read(path: &str, bytes: &[u8]) -> Result<Self, Diagnostics> {
        let place = |line: usize, column: usize| Location {
            file: path.to_owned(),
            line: u32::try_from(line).unwrap_or_default(),
            column: u32::try_from(column).unwrap_or_default(),
        };
        let refuse = |message: String, at: Location| {
            Diagnostics::from(
                Diagnostic::new(Code::NOT_A_RELEASE, message)
                    .at(at)
                    .hint("give a manifest.json that this version of `gmg-export release` wrote"),
            )
        };
        let manifest: Manifest = serde_json::from_slice(bytes).map_err(|error| {
            let at = place(error.line(), error.column());
            refuse(format!("this is no manifest of a release: {error}"), at)
        })?;
        if manifest.manifest != FORM {
            let form = manifest.manifest;
            let message = format!("the manifest has form {form}; this version knows form {FORM}");
            return Err(refuse(message, place(0, 0)));
        }
        if let Some(path) = manifest.misplaced() {
            let message = format!("`{path}` cannot be the path of a file of this release");
            return Err(refuse(message, place(0, 0)));
        }
        Ok(manifest)
    }

    /// The path of an artifact that leads out of its report's folder, or that is there twice. Whoever reads a manifest
    /// joins its paths with that of a folder.
    fn misplaced(&self) -> Option<&str> {
        let mut seen = BTreeSet::new();
        let artifacts = self.reports.iter().flat_map(|report| {
            let artifacts = report.artifacts.iter();
            artifacts.map(|artifact| (report.name.as_deref(), artifact.path.as_str()))
        });
        let mut wrong = artifacts.filter(|(folder, path)| {
            let name = match folder {
                Some(folder) if !is_name(folder) => None,
                Some(folder) => path
                    .strip_prefix(folder)
                    .and_then(|path| path.strip_prefix('/')),
                None => Some(*path).filter(|path| !is_own(path)),
            };
            !name.is_some_and(is_name) || !seen.insert(*path)
        });
        wrong.next().map(|(_, path)| path)
    }

    /// Paths and checksums of all artifacts, in the order of their paths.
    pub fn sums(&self) -> Vec<(String, String)> {
        let artifacts = self.reports.iter().flat_map(|report| &report.artifacts);
        let mut sums: Vec<(String, String)> = artifacts
            .map(|artifact| (artifact.path.clone(), artifact.sha256.clone()))
            .collect();
        sums.sort();
        sums
    }

    /// `manifest.json` and `SHA256SUMS`, which holds the manifest, too.
    ///
    /// # Errors
    /// As [`Manifest::text`].
    pub fn files(&self) -> Result<[(String, Vec<u8>); 2], Diagnostics> {
        let text = self.text()?;
        let mut sums = self.sums();
        sums.push((MANIFEST.into(), sha256(text.as_bytes())));
        Ok([
            (MANIFEST.into(), text.into_bytes()),
            (SUMS.into(), self::sums(&sums).into_bytes()),
        ])
    }
}

/// Whether a text can be the name of a file or folder in a release: lists of checksums cannot say a line end, some
/// systems no backslash, and a name that was no text before it was read would be another one.
pub fn is_name(text: &str) -> bool {
    let odd = |character: char| character.is_control() || "/\\\u{FFFD}".contains(character);
    let mut parts = Path::new(text).components();
    matches!(
        (parts.next(), parts.next()),
        (Some(Component::Normal(_)), None)
    ) && !text.contains(odd)
}

/// Whether the manifest or the list of checksums has that name, on some systems in whatever case.
pub fn is_own(name: &str) -> bool {
    [MANIFEST, SUMS]
        .iter()
        .any(|own| name.eq_ignore_ascii_case(own))
}

/// Paths and checksums as `sha256sum -c` reads them.
pub fn sums(sums: &[(String, String)]) -> String {
    let line = |(path, sum): &(String, String)| format!("{sum}  {path}\n");
    sums.iter().map(line).collect()
}

/// What names a source: the checksum of the checksums of its files.
pub fn source_id(inputs: &[Input]) -> String {
    let each: Vec<(String, String)> = inputs
        .iter()
        .map(|input| (input.path.clone(), input.sha256.clone()))
        .collect();
    sha256(sums(&each).as_bytes())
}
