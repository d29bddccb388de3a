//! The value of each option and where it comes from: the command line, else the environment, else the file
//! `gmg-export.yaml`, else its default.
//!
//! Takes the command line as typed, the variables of the environment and the folder of a report; gives [`Settings`],
//! which read as if everything had been typed. Wherever it comes from, a value is text until the option's own
//! parser on the command line has read it, so that all three sources accept and refuse the same. There is one list of
//! settings, [`SETTINGS`]; names, variables, fields of the file and `--show-config` follow it.
//!
//! The file is in the report's root, next to `layouts/` and `tests/`, and nowhere else. Paths in it are relative to it,
//! those in the environment and on the command line to the current folder. A variable that is empty counts as unset.

mod environment;
mod file;
mod list;
mod show;
#[cfg(test)]
mod tests;
mod value;

use crate::verify::format;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

use clap::{CommandFactory, FromArgMatches};

use crate::app::cli::{self, Cli, Command};
use crate::app::console::{Colour, MessageFormat};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Location};
use crate::base::files::Root;
use crate::base::guard::{self, Limits};

pub use file::{FILE, SettingsFile};
pub use list::{SETTINGS, Setting, typed};

/// Who says what a setting is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The command line.
    Flag,
    /// That variable of the environment.
    Environment(String),
    /// The file, there.
    File(Location),
    /// Nobody.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Flag => f.write_str("flag"),
            Origin::Environment(name) => write!(f, "environment {name}"),
            Origin::File(place) => place.fmt(f),
            Origin::Default => f.write_str("default"),
        }
    }
}

/// What someone says of a setting, in the words of the command line.
#[derive(Debug, Clone)]
struct Given {
    text: OsString,
    origin: Origin,
}

/// What one place says, by the name of the setting.
type Values = BTreeMap<&'static str, Given>;

/// The folders of a report that the file is looked for in.
#[derive(Debug, Clone, Copy)]
pub struct SettingsFolders<'a> {
    /// Where it lies, if there is one.
    pub root: &'a Root,
    /// The folder of `report.yaml`, where that is another: a file in it would be passed over, and is refused.
    pub source: Option<&'a Root>,
}

/// All settings of a run.
#[derive(Debug)]
pub struct Settings {
    /// The export as if everything that is set had been typed.
    pub export: cli::Export,
    /// Folder of the records, if it is set.
    pub golden: Option<PathBuf>,
    /// Whether to use colours.
    pub colour: Colour,
    /// Whether only what is wrong is said.
    pub quiet: bool,
    /// The form of messages.
    pub message_format: MessageFormat,
    /// What the work may take.
    pub limits: Limits,
    said: Values,
}

impl Settings {
    /// The settings of a run with this command line, in this environment, for the report at `place`; without one no
    /// file is read.
    ///
    /// # Errors
    /// All that is wrong in the environment and in the file, as wrong usage.
    pub fn resolve(
        cli: &Cli,
        environment: impl IntoIterator<Item = (OsString, OsString)>,
        place: Option<SettingsFolders<'_>>,
    ) -> Result<Self, Diagnostics> {
        let mut found = Diagnostics::default();
        let mut said = match place.map(file::read) {
            Some(Ok(said)) => said,
            Some(Err(more)) => {
                found.extend(more);
                Values::new()
            }
            None => Values::new(),
        };
        let (variables, wrong) = environment::read(environment);
        // What stands nearer to the user comes first, also among mistakes.
        found.prepend(wrong);
        said.extend(variables);
        said.extend(cli.typed.iter().map(|(name, text)| {
            let (text, origin) = (text.clone(), Origin::Flag);
            (*name, Given { text, origin })
        }));
        name_of_output(cli, &mut said);
        let (said, _) = found.or_value(said)?;
        Self::read(cli, said)
    }

    /// Reads what was said by the parser of the command line.
    fn read(cli: &Cli, said: Values) -> Result<Self, Diagnostics> {
        let export = parsed("", &said)?;
        let mut settings = Settings {
            colour: export.color.unwrap_or(Colour::Auto),
            quiet: export.quiet.unwrap_or_default(),
            message_format: export.message_format.unwrap_or(MessageFormat::Human),
            limits: Limits {
                memory: limit(&said, "max-memory", export.max_memory, guard::MEMORY),
                time: limit(&said, "max-time", export.max_time, guard::TIME),
                pages: limit(&said, "max-pages", export.max_pages, guard::PAGES),
            },
            golden: match parsed("verify", &said)?.command {
                Some(Command::Verify(wanted)) => wanted.golden,
                _ => None,
            },
            export: export.export,
            said,
        };
        settings.export.source = cli.export.source.clone();
        settings.export.output = cli.export.output.clone();
        settings.export.show_config = cli.export.show_config;
        settings.export.review = cli.export.review;
        settings.export.build = cli.export.build.clone();
        Ok(settings)
    }

    /// Who says what the setting of that name is.
    pub fn origin(&self, name: &str) -> &Origin {
        self.said
            .get(name)
            .map_or(&Origin::Default, |given| &given.origin)
    }

    /// Whether the report itself chooses what a setting is: then it may choose a place in its own folder only.
    pub fn is_own(&self, name: &str) -> bool {
        matches!(self.origin(name), Origin::File(_))
    }

    /// The diagnostics with the place of the setting that they are about, if it is in a file; otherwise the first with a
    /// word about where it comes from, unless it was typed.
    #[must_use]
    pub fn blame(&self, name: &str, mut found: Diagnostics) -> Diagnostics {
        let origin = self.origin(name);
        if let Origin::File(place) = origin
            && found.iter().any(|one| one.location.is_none())
        {
            for one in found.iter_mut().filter(|one| one.location.is_none()) {
                one.location = Some(place.clone());
                one.field = Some(name.to_owned());
            }
            return found;
        }
        if !matches!(origin, Origin::Flag | Origin::Default)
            && let Some(first) = found.first_mut()
        {
            first.hints.push(format!("`{name}` comes from {origin}"));
        }
        found
    }
}

/// A limit: the one that is set, but never more than the usual one if the report itself sets it.
fn limit(said: &Values, name: &str, set: Option<u32>, usual: u32) -> u32 {
    let own = said
        .get(name)
        .is_some_and(|given| matches!(given.origin, Origin::File(_)));
    match (set, own) {
        (Some(set), true) => set.min(usual),
        (set, _) => set.unwrap_or(usual),
    }
}

/// The name that was typed for the file says more about its format than what is set for all exports.
fn name_of_output(cli: &Cli, said: &mut Values) {
    let named = cli.export.output.as_deref().and_then(format::of_file);
    if let Some(backend) = named
        && !cli.typed.contains_key("format")
    {
        let (text, origin) = (backend.name().into(), Origin::Flag);
        said.insert("format", Given { text, origin });
    }
}

/// The command line that says for `command` what was said.
fn parsed(command: &str, said: &Values) -> Result<Cli, Diagnostics> {
    let mut line = value::start(command);
    for setting in SETTINGS.iter().filter(|setting| setting.belongs(command)) {
        let given = said.get(setting.name);
        line.extend(given.map(|given| setting.option(&given.text)));
    }
    let matches = Cli::command().try_get_matches_from(line);
    matches
        .and_then(|matches| Cli::from_arg_matches(&matches))
        .map_err(|error| Diagnostic::new(Code::BAD_SETTING, value::explain(&error).0).into())
}

/// The colours and the form of messages that the environment asks for, where nothing else can be known yet.
pub fn early(
    environment: impl IntoIterator<Item = (OsString, OsString)>,
) -> (Option<Colour>, Option<MessageFormat>) {
    let (mut said, _) = environment::read(environment);
    said.retain(|name, _| matches!(*name, "color" | "message-format"));
    let set = parsed("", &said).ok();
    set.map_or((None, None), |set| (set.color, set.message_format))
}
