//! What the program does for each command. Diagnostics are returned; `main` prints them.

mod access;
mod changed;
mod check;
mod deps;
mod describe;
mod diff;
mod explain;
mod export;
mod goldens;
mod import;
mod init;
mod layout;
mod manifest;
mod merge;
mod preflight;
mod project;
mod release;
mod revision;
mod stamp;

use std::ffi::OsString;
use std::path::Path;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, CommandFactory, FromArgMatches, ValueEnum};

use crate::app::cli::{self, Cli, Command, ManifestAction};
use crate::app::console::{Console, MessageFormat};
use crate::app::settings::{self, Settings};
use crate::app::version;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use project::Project;

/// Options of an export, besides those of print jobs, that mean nothing with a command.
const EXPORT_ONLY: [&str; 10] = [
    "review",
    "source",
    "format",
    "layout",
    "out",
    "output",
    "show_config",
    "if_changed",
    "deps",
    "deps_format",
];

/// The command line as typed, or clap's message (for `--help` and `--version` as well).
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Cli, clap::Error> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let mut command = Cli::command();
    let matches = match command.try_get_matches_from_mut(&arguments) {
        // The long text reads every layout in the binary: only for those who ask for it.
        Err(error) if error.kind() == ErrorKind::DisplayVersion => {
            command = Cli::command().long_version(version::long());
            command.try_get_matches_from_mut(&arguments)?
        }
        other => other?,
    };
    if let Some((name, _)) = matches.subcommand()
        && let Some(option) = typed(&matches)
    {
        let of_export: Vec<_> = command
            .get_arguments()
            .filter(|one| one.get_id() == option.as_str())
            .collect();
        let long = of_export
            .first()
            .and_then(|one| one.get_long())
            .unwrap_or(&option);
        let message = format!(
            "`--{long}` belongs to an export: write it after `{name}` if it has it, or leave out `{name}`"
        );
        return Err(command.error(ErrorKind::ArgumentConflict, message));
    }
    let cli = Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut command))?;
    Ok(Cli {
        typed: settings::typed(&matches),
        ..cli
    })
}

/// The form of messages that a command line asks for which could not be understood as a whole.
pub fn wanted_format(arguments: &[OsString]) -> Option<MessageFormat> {
    const OPTION: &str = "--message-format";
    let words: Vec<_> = arguments
        .iter()
        .map(|word| word.to_string_lossy())
        .collect();
    let after = words.iter().zip(words.iter().skip(1));
    let apart = after
        .filter(|(option, _)| **option == OPTION)
        .map(|(_, name)| name.as_ref());
    let joined = words
        .iter()
        .filter_map(|word| word.strip_prefix(OPTION)?.strip_prefix('='));
    apart
        .chain(joined)
        .find_map(|name| MessageFormat::from_str(name, false).ok())
}

/// What clap found wrong with a command line, in the words of all other diagnostics.
pub fn usage(error: &clap::Error) -> Diagnostics {
    let text = error.render().to_string();
    let mut parts = text
        .split("\n\n")
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let message = parts.next().unwrap_or("the command line is wrong");
    let message = message.strip_prefix("error: ").unwrap_or(message);
    let mut found = Diagnostic::new(Code::USAGE, message);
    for part in parts {
        let tips = part
            .split("\n")
            .map(str::trim)
            .filter(|line| !line.is_empty());
        for tip in tips {
            let tip = tip.strip_prefix("tip: ").unwrap_or(tip);
            let tip = tip.trim_end_matches('.').replace("Usage: ", "usage: ");
            found =
                found.hint(tip.replace("For more information, try", "for more information, try"));
        }
    }
    found.into()
}

/// An option of an export that was typed before a command.
fn typed(matches: &ArgMatches) -> Option<String> {
    let given = |name: &String| matches.value_source(name) == Some(ValueSource::CommandLine);
    let names = EXPORT_ONLY.iter().chain(&cli::Press::NAMES);
    names.map(|name| name.replace('-', "_")).find(given)
}

/// A run that is ready to go: the settings and the report are known.
pub struct Invocation<'a> {
    cli: &'a Cli,
    settings: Settings,
    /// The report that the command is about, or why there is none; nothing is wrong where the command needs none.
    report: Result<Project, Diagnostics>,
}

/// Whether a command works on files that others may have made: it runs in a process of its own, under limits.
pub fn is_guarded(cli: &Cli) -> bool {
    match &cli.command {
        None => !cli.export.show_config,
        Some(
            Command::Check { .. }
            | Command::Verify(_)
            | Command::Release(_)
            | Command::Approve(_)
            | Command::Access(_)
            | Command::Preflight(_)
            | Command::Import(_)
            | Command::Merge(_)
            | Command::Diff(_),
        ) => true,
        Some(_) => false,
    }
}

/// Finds the report that the command is about, if it is about one, and settles what is set for it.
///
/// # Errors
/// Something is wrong with the settings.
pub fn prepare(cli: &Cli) -> Result<Invocation<'_>, Diagnostics> {
    let report = match source(cli) {
        Some(source) => Project::find(source),
        None => Err(Diagnostics::default()),
    };
    let place = report.as_ref().ok().map(Project::place);
    let settings = Settings::resolve(cli, std::env::vars_os(), place)?;
    Ok(Invocation {
        cli,
        settings,
        report,
    })
}

/// The report that is named to the command, if any is; nothing for commands that are about none or about several.
fn source(cli: &Cli) -> Option<Option<&Path>> {
    match &cli.command {
        None => Some(cli.export.source.source.as_deref()),
        Some(Command::Check { source, .. }) => Some(source.source.as_deref()),
        Some(Command::Access(access)) => Some(access.report().source.as_deref()),
        Some(Command::Approve(golden)) => Some(golden.source.source.as_deref()),
        Some(Command::Merge(merge)) => Some(merge.into.as_deref()),
        Some(
            Command::Verify(cli::Verify { reports, .. })
            | Command::Release(cli::Release { reports, .. }),
        ) => match reports.as_slice() {
            [] => Some(None),
            [one] => Some(Some(one)),
            _ => None,
        },
        Some(_) => None,
    }
}

impl Invocation<'_> {
    /// The settings of the run.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Does what the command line says.
    ///
    /// # Errors
    /// What stands in the way, or for `verify` that something differs.
    pub fn go(&self, console: &Console) -> Result<(), Diagnostics> {
        let settings = &self.settings;
        let report = || self.report.as_ref().map_err(Clone::clone);
        match &self.cli.command {
            None if self.cli.export.show_config => self.show(console),
            None => export::export(report()?, settings, console),
            Some(Command::Check { pages, .. }) => {
                check::check(report()?, settings, *pages, console)
            }
            Some(Command::Verify(wanted)) => match &wanted.release {
                Some(folder) => release::verify(folder, &wanted.reports, console),
                None if wanted.reports.len() > 1 => Err(one_report()),
                None => goldens::verify(report()?, settings, console),
            },
            Some(Command::Release(wanted)) => release::release(wanted, console),
            Some(Command::Manifest {
                action: ManifestAction::Merge { parts, out },
            }) => manifest::merge(parts, out.as_deref(), console),
            Some(Command::Approve(_)) => goldens::approve(report()?, settings, console),
            Some(Command::Access(wanted)) => access::access(report()?, wanted, settings, console),
            Some(Command::Preflight(wanted)) => preflight::preflight(wanted, console),
            Some(Command::Schema { kind }) => describe::schema(kind.as_deref(), console),
            Some(Command::List) => describe::list(console),
            Some(Command::Import(wanted)) => import::import(wanted, console),
            Some(Command::Merge(wanted)) => merge::merge(report()?, wanted, console),
            Some(Command::Diff(wanted)) => diff::diff(wanted, console),
            Some(Command::Explain { code }) => explain::explain(code.as_deref(), console),
            Some(Command::Init { dir, kind }) => init::init(dir, *kind, console),
            Some(Command::Layout { action }) => layout::layout(action, console),
            Some(Command::Completions { shell }) => describe::completions(*shell),
            Some(Command::Help { words }) => describe::help(words, console),
            Some(Command::Man { command }) => describe::man(command.as_deref()),
        }
    }

    /// Prints the settings, also where there is no report whose file could be read.
    fn show(&self, console: &Console) -> Result<(), Diagnostics> {
        if let Err(found) = &self.report {
            let warning = |one: &Diagnostic| Diagnostic {
                code: Code::NO_SETTINGS,
                ..one.clone()
            };
            console.diagnostics(&found.iter().map(warning).collect::<Diagnostics>());
        }
        console.print(&self.settings.show())
    }
}

fn one_report() -> Diagnostics {
    let message = "records are of one report, and several were given";
    Diagnostic::new(Code::ONE_REPORT, message)
        .hint("give one, or compare with a release: --release DIR")
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(words: &str) -> Result<Cli, clap::Error> {
        parse(words.split(' ').map(OsString::from))
    }

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn no_arguments_are_an_export() {
        let cli = line("gmg-export").unwrap();
        assert!(cli.command.is_none() && cli.export.format.is_empty() && cli.quiet.is_none());
    }

    #[test]
    fn options_for_all_stand_before_and_after_a_command() {
        for words in [
            "gmg-export -q check",
            "gmg-export check -q",
            "gmg-export --color never -q list",
        ] {
            let cli = line(words).unwrap();
            assert!(cli.quiet == Some(true) && cli.command.is_some(), "{words}");
        }
    }

    #[test]
    fn options_of_an_export_are_refused_beside_a_command() {
        for words in [
            "gmg-export --format pdf check",
            "gmg-export -o x list",
            "gmg-export --layout screen schema",
        ] {
            assert_eq!(line(words).unwrap_err().exit_code(), 2, "{words}");
        }
    }

    #[test]
    fn formats_come_separated_by_commas_and_in_any_case() {
        let cli = line("gmg-export --format PDF,txt -f docx").unwrap();
        assert_eq!(
            cli.export.format,
            ["pdf", "txt", "docx"].map(|name| if name == "pdf" { "PDF" } else { name })
        );
        for words in [
            "--format odt",
            "--format pdf,,txt",
            "--format",
            "--out",
            "-o a --out b",
            "--colour x",
            "a b",
        ] {
            assert_eq!(
                line(&format!("gmg-export {words}"))
                    .unwrap_err()
                    .exit_code(),
                2,
                "{words}"
            );
        }
    }
}
