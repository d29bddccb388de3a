//! The arguments of `access`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

use super::{Layout, Source};

/// Which report to judge, and where the dossier goes.
#[derive(Debug, Args)]
pub struct Access {
    /// Where the report is.
    #[command(flatten)]
    pub source: Source,
    /// The layout of the file that is judged: a setting.
    #[command(flatten)]
    pub layout: Layout,
    /// Folder for the dossier; made if it is missing [default: out]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,
    /// What to do instead.
    #[command(subcommand)]
    pub action: Option<AccessAction>,
}

/// What to do with the dossier.
#[derive(Debug, Subcommand)]
pub enum AccessAction {
    /// Sign that a criterion was looked at and found in order: written into access.yaml next to report.yaml
    Sign(Sign),
}

/// What is signed, and by whom.
#[derive(Debug, Args)]
pub struct Sign {
    /// The criteria, such as 13-005 or alt-texts-are-right, separated by commas
    #[arg(value_name = "CRITERIA")]
    pub criteria: String,
    /// Where the report is.
    #[command(flatten)]
    pub source: Source,
    /// Name of the person who has looked
    #[arg(long, value_name = "NAME")]
    pub by: String,
    /// The day [default: today, or that of SOURCE_DATE_EPOCH]
    #[arg(long, value_name = "DAY")]
    pub on: Option<String>,
    /// What the person wants to say about it
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// The layout whose file was looked at.
    #[command(flatten)]
    pub layout: Layout,
}

impl Access {
    /// Where the report is, whatever is to be done.
    pub fn report(&self) -> &Source {
        match &self.action {
            Some(AccessAction::Sign(sign)) => &sign.source,
            None => &self.source,
        }
    }
}
