//! The arguments of `release`, `manifest` and `verify`, and the options for build systems.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum, ValueHint};

use crate::app::release::Shard;
use crate::base::diagnostic::Diagnostics;
use crate::base::output::Destination;

/// What to release and where to.
#[derive(Debug, Args)]
pub struct Release {
    /// Folders of reports [default: the report that an export would take]
    #[arg(value_name = "REPORT", value_hint = ValueHint::AnyPath)]
    pub reports: Vec<PathBuf>,
    /// Folder of the release; it is replaced as a whole
    #[arg(long, value_name = "DIR", default_value = OUT, value_hint = ValueHint::DirPath)]
    pub out: PathBuf,
    /// Maximum number of reports built at the same time [default: one for each processor]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Give every report a folder of its own, even if there is only one
    #[arg(long, alias = "shelf")]
    pub batch: bool,
    /// Build one part of the reports, by its number and the number of parts, such as 2/4
    #[arg(long, value_name = "I/N")]
    pub shard: Option<Shard>,
    /// Options for build systems.
    #[command(flatten)]
    pub build: Build,
}

/// Where a release goes if nobody says where.
const OUT: &str = "out/release";

impl Release {
    /// Where the release goes. Nobody has named the usual place, so no link is followed on the way to it.
    ///
    /// # Errors
    /// None for that place.
    pub fn destination(&self) -> Result<Destination, Diagnostics> {
        match self.out == Path::new(OUT) {
            true => Destination::below(Path::new("."), &self.out),
            false => Ok(Destination::named(&self.out)),
        }
    }
}

/// Options for build systems.
#[derive(Debug, Clone, Args)]
pub struct Build {
    /// Skip what is up to date: sources, layouts and program are the same, and the files are as they were written
    #[arg(long)]
    pub if_changed: bool,
    /// File for the list of all files that were read and written
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub deps: Option<PathBuf>,
    /// Format of that list
    #[arg(long, value_name = "FORM", default_value = "make")]
    pub deps_format: DepsForm,
}

/// The format in which files are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DepsForm {
    /// A rule of make, with an empty rule for each file that was read, so that removed files do no harm
    Make,
    /// A depfile of ninja (`deps = gcc`)
    Ninja,
    /// One JSON object with `written` and `read`
    Json,
}

/// What to do with manifests.
#[derive(Debug, Subcommand)]
pub enum ManifestAction {
    /// Join the manifests of all parts of a batch
    ///
    /// A missing or duplicate part is refused. The result is the manifest that one run over the whole
    /// batch writes.
    Merge {
        /// The parts: their manifest.json, or the folders that they are in
        #[arg(value_name = "MANIFEST", required = true, value_hint = ValueHint::AnyPath)]
        parts: Vec<PathBuf>,
        /// Folder for the whole release, with the files of all parts; it is replaced as a whole [default: the manifest
        /// alone, on standard output]
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        out: Option<PathBuf>,
    },
}

/// What to compare with what.
#[derive(Debug, Args)]
pub struct Verify {
    /// Folders of reports, of which only a release can have more than one [default: the report that an export would
    /// take]
    #[arg(value_name = "SOURCE", value_hint = ValueHint::AnyPath)]
    pub reports: Vec<PathBuf>,
    /// Folder of the records [default: tests/golden next to the source]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub golden: Option<PathBuf>,
    /// Folder of a release to make again and compare byte for byte
    #[arg(long, value_name = "DIR", conflicts_with = "golden", value_hint = ValueHint::DirPath)]
    pub release: Option<PathBuf>,
}
