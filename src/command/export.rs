//! `gmg-export` without a command, and `check`.

use std::io::IsTerminal;
use std::path::Path;

use super::project::Project;
use crate::backend::{BACKENDS, Backend};
use crate::cli::{self, ALL};
use crate::console::{Console, many, size, time};
use crate::diagnostic::{Diagnostic, Diagnostics, Kind};
use crate::document::{Document, SectionKind};
use crate::edition::Edition;
use crate::layout::Layout;
use crate::output::{self, Target};
use crate::source::beside;
use crate::{Made, epoch, typeset};

/// Makes what was asked for and writes it.
pub(super) fn export(wanted: &cli::Export, console: &Console) -> Result<(), Diagnostics> {
    let epoch = epoch::wanted(std::env::var_os(epoch::VARIABLE).as_deref())?;
    let backends = backends(wanted)?;
    if wanted.output.is_none() {
        output::folder(&wanted.out)?;
    }
    let project = Project::find(wanted.source.source.as_deref())?;
    let (document, layout) = open(&project, &wanted.layout, console)?;
    let targets = targets(wanted, &document, &backends)?;
    let epoch = epoch.unwrap_or_else(|| epoch::of_day(&document.date));
    let edition = Edition::new(&document, &layout, epoch);
    let made = console.during("exporting", || crate::export(&edition, &backends))?;
    let Some(targets) = targets else {
        return print(&made);
    };
    let files: Vec<(Target, &[u8])> = targets
        .into_iter()
        .zip(made.iter().map(|made| made.artifact.bytes.as_slice()))
        .collect();
    output::write(&files)?;
    for ((target, _), made) in files.iter().zip(&made) {
        console.done(&line(&target.path, made, project.built_in))?;
    }
    // The program ends here: taking the document apart would only keep its user waiting.
    std::mem::forget((document, layout));
    Ok(())
}

/// The document and the layout, or everything that is wrong with either.
pub(super) fn open(
    project: &Project,
    wanted: &cli::Layout,
    console: &Console,
) -> Result<(Document, Layout), Diagnostics> {
    let shelf = project.shelf();
    let (document, layout) = beside(|| project.document(console), || shelf.load(&wanted.layout));
    match (document, layout) {
        (Ok(document), Ok(layout)) => Ok((document, layout)),
        (Err(mut found), Err(more)) => {
            found.0.extend(more.0);
            Err(found)
        }
        (Err(found), _) | (_, Err(found)) => Err(found),
    }
}

/// The backends that were asked for, each once, in the order of the list of backends.
fn backends(wanted: &cli::Export) -> Result<Vec<&'static dyn Backend>, Diagnostics> {
    let named = wanted.output.as_deref().and_then(by_name);
    let asked = |backend: &&dyn Backend| {
        let name = backend.name();
        wanted.format.iter().any(|format| {
            [ALL, name]
                .iter()
                .any(|one| one.eq_ignore_ascii_case(format))
        })
    };
    let mut backends: Vec<&'static dyn Backend> = BACKENDS.iter().copied().filter(asked).collect();
    if backends.is_empty() {
        backends.extend(named.or(BACKENDS.first().copied()));
    }
    let Some(file) = &wanted.output else {
        return Ok(backends);
    };
    let usage = |message: String, hint: &str| {
        Err(Diagnostic::error(Kind::Usage, message).hint(hint).into())
    };
    match (backends.as_slice(), named) {
        ([one], Some(other)) if one.name() != other.name() => {
            let (file, one, other) = (file.display(), one.name(), other.name());
            usage(
                format!("`{file}` would hold {one}, but its name says {other}"),
                "give the file another ending, or ask for the other format",
            )
        }
        ([_], _) => Ok(backends),
        _ => usage(
            format!("-o takes one format, and {} were asked for", backends.len()),
            "name a folder with --out for several formats",
        ),
    }
}

/// The backend whose files end as this name does.
fn by_name(file: &Path) -> Option<&'static dyn Backend> {
    let name = file.file_name()?.to_string_lossy().to_lowercase();
    BACKENDS
        .iter()
        .copied()
        .find(|backend| name.ends_with(&format!(".{}", backend.suffix())))
}

/// A place for each format, or `None` for standard output.
fn targets(
    wanted: &cli::Export,
    document: &Document,
    backends: &[&dyn Backend],
) -> Result<Option<Vec<Target>>, Diagnostics> {
    match &wanted.output {
        Some(file) if file.as_os_str() == "-" => Ok(None),
        Some(file) => Ok(Some(vec![output::target(file)?])),
        None => {
            let mut found = Diagnostics::default();
            let mut targets = Vec::new();
            for backend in backends {
                let name = format!("{}.{}", document.id, backend.suffix());
                match output::target(&wanted.out.join(name)) {
                    Ok(target) => targets.push(target),
                    Err(more) => found.0.extend(more.0),
                }
            }
            found.or_value(Some(targets)).map(|(targets, _)| targets)
        }
    }
}

/// Writes the one artifact to standard output.
fn print(made: &[Made]) -> Result<(), Diagnostics> {
    let bytes = made
        .iter()
        .flat_map(|made| &made.artifact.bytes)
        .copied()
        .collect::<Vec<u8>>();
    if std::io::stdout().is_terminal() && std::str::from_utf8(&bytes).is_err() {
        let message = "this format is no text: a terminal cannot show it";
        return Err(Diagnostic::error(Kind::Usage, message)
            .hint("write it to a file with -o FILE, or pipe it into another program")
            .into());
    }
    output::stdout(&bytes)
}

/// `out/gmg-2016.pdf  2.1 MB  38 pages  1.2 s`.
fn line(path: &Path, made: &Made, built_in: bool) -> String {
    let pages = made
        .artifact
        .pages
        .map(|pages| format!("  {}", many(pages, "page")));
    format!(
        "{}  {}{}  {}{}",
        path.display(),
        size(made.artifact.bytes.len()),
        pages.unwrap_or_default(),
        time(made.time),
        if built_in {
            "  (of the report built into gmg-export)"
        } else {
            ""
        },
    )
}

/// Says what is wrong with a report, or what it holds.
pub(super) fn check(
    source: &cli::Source,
    layout: &cli::Layout,
    console: &Console,
) -> Result<(), Diagnostics> {
    let project = Project::find(source.source.as_deref())?;
    let (document, layout) = open(&project, layout, console)?;
    typeset::check_glyphs(&document, &layout)?;
    console.done(&format!("ok: {}", contents(&document)))
}

/// `8 chapters, 41 people, …`.
fn contents(document: &Document) -> String {
    let panels = document
        .chapters
        .iter()
        .flat_map(|chapter| &chapter.sections);
    let panels = panels
        .filter(|section| section.kind == SectionKind::Panel)
        .count();
    let speakers = document
        .speakers
        .as_ref()
        .map_or(0, |list| list.entries.len());
    let counts = [
        (document.chapters.len(), "chapter"),
        (panels, "panel"),
        (speakers, "speaker"),
        (document.organisations.len(), "organisation"),
        (document.footnotes.len(), "footnote"),
        (document.images.len(), "picture"),
    ];
    let people = match document.people.len() {
        1 => "1 person".to_owned(),
        count => format!("{count} people"),
    };
    let mut said: Vec<String> = counts
        .iter()
        .map(|(count, what)| many(*count, what))
        .collect();
    said.insert(2, people);
    said.join(", ")
}
