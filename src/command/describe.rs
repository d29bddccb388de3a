//! Commands that say something about the program: `schema`, `list`, `completions`, `man`.

use clap::CommandFactory;
use clap_complete::Shell;

use super::project::Project;
use crate::backend::BACKENDS;
use crate::cli::Cli;
use crate::console::{Console, STRONG};
use crate::diagnostic::{Diagnostic, Diagnostics, Kind};
use crate::layout::Shelf;
use crate::output;
use crate::schema;

pub(super) fn schema(kind: Option<&str>, console: &Console) -> Result<(), Diagnostics> {
    let text = match kind.map(schema::Kind::find) {
        Some(Some(kind)) => kind.text(),
        Some(None) => {
            return Err(Diagnostic::error(Kind::Usage, "there is no such kind of file").into());
        }
        None => schema::combined(),
    };
    console.print(&text)
}

/// The formats, layouts and languages; those of the report here included.
pub(super) fn list(console: &Console) -> Result<(), Diagnostics> {
    let shelf = Project::find(None).map_or_else(|_| Shelf::embedded(), |project| project.shelf());
    let formats = BACKENDS
        .iter()
        .map(|backend| (backend.name().to_owned(), backend.description().to_owned()));
    let formats: Vec<(String, String)> = formats.collect();
    let layouts = shelf.list()?;
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
            text.push_str(&format!("  {name:wide$}  {description}\n"));
        }
        text.push('\n');
    }
    let languages = shelf.languages().join(" ");
    text.push_str(&format!("{STRONG}Languages{STRONG:#}\n  {languages}\n"));
    console.print(&text)
}

pub(super) fn completions(shell: Shell) -> Result<(), Diagnostics> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "gmg-export", &mut script);
    output::stdout(&script)
}

pub(super) fn man() -> Result<(), Diagnostics> {
    let mut page = Vec::new();
    let command = Cli::command();
    let made = clap_mangen::Man::new(command).render(&mut page);
    made.map_err(|error| {
        Diagnostic::error(Kind::Io, format!("cannot make the manual page: {error}"))
    })?;
    output::stdout(&page)
}
