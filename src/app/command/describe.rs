//! Commands that say something about the program: `schema`, `list`, `completions`, `help`, `man`.

use clap::CommandFactory;
use clap_complete::Shell;

use super::project::Project;
use crate::app::cli::Cli;
use crate::app::console::{Console, STRONG, one_line};
use crate::app::help::{TOPICS, Topic};
use crate::app::schema;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::base::output;
use crate::layout::LayoutLoader;
use crate::verify::format::BACKENDS;

pub(super) fn schema(kind: Option<&str>, console: &Console) -> Result<(), Diagnostics> {
    let text = match kind.map(schema::Kind::find) {
        Some(Some(kind)) => kind.text(),
        Some(None) => {
            return Err(
                Diagnostic::new(Code::UNKNOWN_KIND, "there is no such kind of file").into(),
            );
        }
        None => schema::combined(),
    };
    console.print(&text)
}

/// The formats, layouts and languages; those of the report here included.
pub(super) fn list(console: &Console) -> Result<(), Diagnostics> {
    let loader =
        Project::find(None).map_or_else(|_| LayoutLoader::embedded(), |project| project.loader());
    let formats = BACKENDS
        .iter()
        .map(|backend| (backend.name().to_owned(), backend.description().to_owned()));
    let formats: Vec<(String, String)> = formats.collect();
    let layouts = loader.list()?;
    let wide = formats
        .iter()
        .chain(&layouts)
        .map(|(name, _)| name.len())
        .max();
    let wide = wide.unwrap_or_default();
    let mut text = String::new();
    for (title, entries) in [("Formats", &formats), ("Layouts", &layouts)] {
        text.push_str(&format!("{STRONG}{title}{STRONG:#}\n"));
        for (name, description) in entries {
            let line = one_line(&format!("  {name:wide$}  {description}"));
            text.push_str(&format!("{line}\n"));
        }
        text.push('\n');
    }
    let languages = one_line(&loader.languages().join(" "));
    text.push_str(&format!("{STRONG}Languages{STRONG:#}\n  {languages}\n"));
    console.print(&text)
}

pub(super) fn completions(shell: Shell) -> Result<(), Diagnostics> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "gmg-export", &mut script);
    output::stdout(&script)
}

/// What the program says of a command or a topic, or of both where they share the name; of itself without words.
pub(super) fn help(words: &[String], console: &Console) -> Result<(), Diagnostics> {
    let mut program = Cli::command();
    program.build();
    let names = command_names(&program);
    let command = words.iter().try_fold(&mut program, |command, name| {
        command.find_subcommand_mut(name)
    });
    let topic = match words {
        [name] => Topic::find(name),
        _ => None,
    };
    let command = command.map(|command| command.render_long_help().ansi().to_string());
    let parts: Vec<String> = command.into_iter().chain(topic.map(Topic::shown)).collect();
    if parts.is_empty() {
        return Err(no_help(&words.join(" "), &names));
    }
    console.print(&parts.join("\n"))
}

fn no_help(name: &str, commands: &[String]) -> Diagnostics {
    let topics: Vec<&str> = TOPICS.iter().map(|topic| topic.name).collect();
    let mut found = Diagnostic::new(
        Code::UNKNOWN_COMMAND,
        format!("there is no command or topic `{name}`"),
    );
    let known = topics.iter().copied();
    if let Some(near) = did_you_mean(name, known.chain(commands.iter().map(String::as_str))) {
        found = found.hint(near);
    }
    found
        .hint(format!("topics: {}", topics.join(", ")))
        .hint(format!("commands: {}", commands.join(", ")))
        .into()
}

fn command_names(command: &clap::Command) -> Vec<String> {
    let commands = command.get_subcommands();
    commands.map(|known| known.get_name().to_owned()).collect()
}

/// The manual page of the program or of one of its commands.
pub(super) fn man(name: Option<&str>) -> Result<(), Diagnostics> {
    let mut command = Cli::command();
    command.build();
    let about = match name {
        None => command.clone(),
        Some(name) => match command.find_subcommand(name) {
            Some(found) => found.clone(),
            None => return Err(no_command(name, &command)),
        },
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(about)
        .render(&mut page)
        .map_err(|error| {
            let message = format!("cannot make the manual page: {error}");
            Diagnostics::from(Diagnostic::new(Code::MANUAL, message))
        })?;
    output::stdout(&page)
}

fn no_command(name: &str, command: &clap::Command) -> Diagnostics {
    Diagnostic::new(
        Code::UNKNOWN_COMMAND,
        format!("there is no command `{name}`"),
    )
    .hint(format!("commands: {}", command_names(command).join(", ")))
    .into()
}
