//! `gmg-export` without a command.

use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal;
use std::path::Path;

use super::changed::{BuildTracker, List, Written, check_list, needs_files};
use super::project::Project;
use crate::app::cli::{self, ALL};
use crate::app::console::{Console, WrittenFile, size, time};
use crate::app::settings::{Origin, Settings};
use crate::backend::Backend;
use crate::backend::edition::Edition;
use crate::backend::render::{RenderJob, Rendered, render_all};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, many};
use crate::base::output::{self, Destination, Target};
use crate::base::threads::both;
use crate::document::{self, Document, epoch};
use crate::layout::{Binding, Layout};
use crate::source::Source;
use crate::verify::format::{self, BACKENDS};

/// Makes what was asked for and writes it.
pub(super) fn export(
    project: &Project,
    settings: &Settings,
    console: &Console,
) -> Result<(), Diagnostics> {
    let epoch = epoch::wanted(std::env::var_os(epoch::VARIABLE).as_deref())?;
    let wanted = &settings.export;
    let typed = *settings.origin("format") == Origin::Flag;
    let backends = backends(wanted, typed).map_err(|found| settings.blame("format", found))?;
    if wanted.output.is_none() {
        let folder = out(settings, project)?;
        folder
            .look()
            .map_err(|found| settings.blame("out", found))?;
    }
    let watch = BuildTracker::new(&wanted.build);
    let noted = watch.as_ref().map(|watch| watch.noting(project));
    let project = noted.as_ref().unwrap_or(project);
    let names = names(wanted, &backends);
    let fonts = backends.iter().any(|backend| backend.needs_fonts());
    let (source, document, layouts) = open(project, settings, &names, fonts, console)?;
    let layouts = for_job(layouts, project, settings)?;
    let backends = fitting(backends, wanted, &layouts);
    refuse_one_of_several(&backends, wanted, &layouts)?;
    if wanted.review && !backends.iter().any(|backend| is_edited(*backend)) {
        let message = "`--review` is for Word files, and none was asked for";
        return Err(Diagnostic::new(Code::NO_WORD_FILE, message)
            .hint("add --format docx")
            .into());
    }
    let targets = targets(settings, project, &document, &backends)?;
    let places = targets.iter().flatten().map(|target| target.path.as_path());
    check_list(&wanted.build, &places.collect::<Vec<_>>())?;
    let epoch = epoch.unwrap_or_else(|| epoch::of_day(&document.date));
    let own = |layout: &Layout| document::for_layout(&source, &document, &layout.tokens);
    let documents = layouts.values().map(own);
    let documents = documents.collect::<Result<Vec<_>, Diagnostics>>()?;
    let editions = layouts.values().zip(&documents);
    let editions: Vec<Edition> = editions
        .map(|(layout, document)| Edition::new(document, layout, epoch).for_review(wanted.review))
        .collect();
    let by_name: BTreeMap<&String, &Edition> = layouts.keys().zip(&editions).collect();
    let jobs: Vec<RenderJob> = backends
        .iter()
        .filter_map(|backend| {
            Some(RenderJob {
                edition: by_name.get(&name(wanted, *backend))?,
                backend: *backend,
            })
        })
        .collect();
    let made_of = match &watch {
        Some(watch) => watch.of(&jobs)?,
        None => Vec::new(),
    };
    let current = |targets: &Vec<Target>| {
        let watch = watch.as_ref();
        watch.is_some_and(|watch| watch.is_current(targets, &made_of))
    };
    if let Some(targets) = targets.as_ref().filter(|targets| current(targets)) {
        return unchanged(targets, watch.as_ref(), console);
    }
    let made = console.during("exporting", || render_all(&jobs))?;
    for made in &made {
        console.diagnostics(&made.artifact.warnings);
    }
    match targets {
        Some(targets) => {
            let watch = watch.as_ref().map(|watch| (watch, made_of.as_slice()));
            write(wanted, targets, &made, project, watch, console)?;
        }
        None => print(&made)?,
    }
    // The program ends here: taking the document apart would only keep its user waiting.
    std::mem::forget(editions);
    std::mem::forget(documents);
    std::mem::forget((source, document, layouts));
    Ok(())
}

/// The folder for the files: the one that was named, or one below the report that its settings choose.
fn out(settings: &Settings, project: &Project) -> Result<Destination, Diagnostics> {
    match &settings.export.out {
        Some(folder) if settings.is_own("out") => project.destination(folder),
        Some(folder) => Ok(Destination::named(folder)),
        None => Destination::below(Path::new("."), Path::new("out")),
    }
}

/// Says that the files are there as they would be made.
fn unchanged(
    targets: &[Target],
    watch: Option<&BuildTracker<'_>>,
    console: &Console,
) -> Result<(), Diagnostics> {
    let list = watch.map_or(Ok(None), |watch| watch.list(targets))?;
    list.map_or(Ok(()), List::write)?;
    let line = |target: &Target| console.done(&format!("{}  unchanged", target.path.display()));
    targets.iter().try_for_each(line)
}

/// Writes what was made, with the files that go with it, and says so.
fn write(
    wanted: &cli::Export,
    targets: Vec<Target>,
    made: &[Rendered],
    project: &Project,
    watch: Option<(&BuildTracker<'_>, &[String])>,
    console: &Console,
) -> Result<(), Diagnostics> {
    let mut files = Vec::new();
    let mut sets = Vec::new();
    let mut events = Vec::new();
    for (target, made) in targets.into_iter().zip(made) {
        let line = line(&target.path, made, project.built_in);
        events.push((
            event(&target.path, &made.artifact.bytes, wanted, made),
            line,
        ));
        let stem = stem(&target, made.backend);
        let mut set = Written {
            target: target.clone(),
            made,
            companions: Vec::new(),
        };
        files.push((target.clone(), made.artifact.bytes.as_slice()));
        // A file of a name of its own stands alone.
        let companions = made.artifact.companions.iter();
        for companion in companions.filter(|_| wanted.output.is_none()) {
            let extra = target.next_to(&format!("{stem}.{}", companion.suffix))?;
            let path = extra.path.clone();
            let line = format!("{}  {}", path.display(), size(companion.bytes.len()));
            let event = WrittenFile {
                pages: None,
                ..event(&path, &companion.bytes, wanted, made)
            };
            events.push((event, line));
            files.push((extra, companion.bytes.as_slice()));
            set.companions.push((path, companion.bytes.as_slice()));
        }
        sets.push(set);
    }
    let written: Vec<Target> = files.iter().map(|(target, _)| target.clone()).collect();
    let stamps = match watch {
        Some((watch, made_of)) => watch.stamps(&sets, made_of)?,
        None => Vec::new(),
    };
    for (target, bytes) in &stamps {
        files.push((target.clone(), bytes));
    }
    let list = watch.map_or(Ok(None), |(watch, _)| watch.list(&written))?;
    output::write(&files)?;
    list.map_or(Ok(()), List::write)?;
    let mut events = events.iter();
    events.try_for_each(|(event, line)| console.artifact(event, Some(line)))
}

/// A file that was made, for programs.
fn event(path: &Path, bytes: &[u8], wanted: &cli::Export, made: &Rendered) -> WrittenFile {
    WrittenFile {
        format: Some(made.backend.name().to_owned()),
        layout: Some(name(wanted, made.backend)),
        pages: made.artifact.pages,
        ..WrittenFile::new(path, bytes)
    }
}

/// The name of a file without what its format puts at the end.
fn stem(target: &Target, backend: &dyn Backend) -> String {
    let name = target.file_name();
    let stem = name.strip_suffix(&format!(".{}", backend.suffix()));
    stem.unwrap_or(name).to_owned()
}

/// The layout that a backend is to use.
fn name(wanted: &cli::Export, backend: &dyn Backend) -> String {
    let asked = wanted.layout.clone();
    asked.unwrap_or_else(|| backend.layout().to_owned())
}

/// The layouts that the backends are to use.
fn names(wanted: &cli::Export, backends: &[&dyn Backend]) -> BTreeSet<String> {
    backends
        .iter()
        .map(|backend| name(wanted, *backend))
        .collect()
}

/// The backends without those that `all` means only where the layout suits them: a layout that was asked for by name
/// is for screens or for print.
fn fitting(
    backends: Vec<&'static dyn Backend>,
    wanted: &cli::Export,
    layouts: &BTreeMap<String, Layout>,
) -> Vec<&'static dyn Backend> {
    let named = |backend: &dyn Backend| {
        wanted.format.is_empty()
            || wanted
                .format
                .iter()
                .any(|format| format.eq_ignore_ascii_case(backend.name()))
    };
    let suits = |backend: &dyn Backend| {
        let layout = layouts.get(&name(wanted, backend));
        !backend.for_print() || layout.is_some_and(|layout| layout.tokens.for_print())
    };
    let kept = backends.into_iter();
    kept.filter(|backend| named(*backend) || suits(*backend))
        .collect()
}

/// Refuses one file where a job is several: the cover of a perfect-bound book must not get lost.
fn refuse_one_of_several(
    backends: &[&'static dyn Backend],
    wanted: &cli::Export,
    layouts: &BTreeMap<String, Layout>,
) -> Result<(), Diagnostics> {
    let perfect = |backend: &&'static dyn Backend| {
        let layout = layouts.get(&name(wanted, *backend));
        backend.for_print()
            && layout.is_some_and(|layout| layout.tokens.press.binding == Binding::Perfect)
    };
    match wanted.output.is_some() && backends.iter().any(perfect) {
        false => Ok(()),
        true => {
            let message = "a perfect-bound job is several files, text and cover, and -o names one";
            Err(Diagnostic::new(Code::SEVERAL_FILES, message)
                .hint("name a folder with --out")
                .into())
        }
    }
}

/// The layouts with what the settings change of them for a print job. What was typed must have a use; what is set for
/// all exports need not have one in each.
pub(super) fn for_job(
    mut layouts: BTreeMap<String, Layout>,
    project: &Project,
    settings: &Settings,
) -> Result<BTreeMap<String, Layout>, Diagnostics> {
    let press = &settings.export.press;
    let mut used = false;
    for layout in layouts
        .values_mut()
        .filter(|layout| layout.tokens.for_print())
    {
        press.job().apply(&mut layout.tokens);
        layout.named_profile = press.profile.is_some() && !settings.is_own("profile");
        if settings.is_own("profile") {
            let profile = &mut layout.tokens.press.profile;
            *profile = project.own_path(Path::new(profile));
            let read = layout.profile();
            read.map_err(|found| settings.blame("profile", found))?;
        }
        let checked = layout.check().and_then(|()| layout.print_data());
        checked.map_err(|found| blamed(settings, found))?;
        used = true;
    }
    let typed = |name: &&&str| *settings.origin(name) == Origin::Flag;
    match cli::Press::NAMES.iter().find(typed) {
        Some(option) if !used => Err(Diagnostic::new(
            Code::NOT_FOR_PRINT,
            format!("`--{option}` is for print jobs, and nothing for print was asked for"),
        )
        .hint("add --format press, or --layout print")
        .into()),
        _ => Ok(layouts),
    }
}

/// What is wrong with tokens of a layout that settings may have changed, each with the place of its setting.
fn blamed(settings: &Settings, found: Diagnostics) -> Diagnostics {
    let place = |one: Diagnostic| {
        let field = one.field.clone().unwrap_or_default();
        let token = field
            .rsplit('.')
            .next()
            .unwrap_or_default()
            .replace('_', "-");
        match cli::Press::NAMES.iter().find(|name| **name == token) {
            Some(name) => settings.blame(name, one.into()),
            None => one.into(),
        }
    };
    found.into_iter().flat_map(place).collect()
}

/// The source, the document and the layouts of these names, or everything that is wrong with any. Meanwhile their fonts are
/// read where they will be needed.
pub(super) fn open(
    project: &Project,
    settings: &Settings,
    names: &BTreeSet<String>,
    fonts: bool,
    console: &Console,
) -> Result<(Source, Document, BTreeMap<String, Layout>), Diagnostics> {
    let loader = project.loader();
    let load = |name: &String| {
        let layout = match settings.is_own("layout") {
            true => loader.load_own(&project.own_path(Path::new(name))),
            false => loader.load(name),
        };
        let layout = layout.map_err(|found| settings.blame("layout", found))?;
        if fonts {
            layout.fonts.begin();
        }
        Ok((name.clone(), layout))
    };
    let load_all =
        || -> Result<BTreeMap<String, Layout>, Diagnostics> { names.iter().map(load).collect() };
    match both(|| project.open(console), load_all) {
        (Ok((source, document)), Ok(layouts)) => Ok((source, document, layouts)),
        (Err(mut found), Err(more)) => {
            found.extend(more);
            Err(found)
        }
        (Err(found), _) | (_, Err(found)) => Err(found),
    }
}

/// The backends that were asked for (`typed` on the command line, or set), each once, in the order of the list of backends.
fn backends(wanted: &cli::Export, typed: bool) -> Result<Vec<&'static dyn Backend>, Diagnostics> {
    let named = wanted.output.as_deref().and_then(format::of_file);
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
    let usage = |code: Code, message: String, hint: &str| {
        Err(Diagnostic::new(code, message).hint(hint).into())
    };
    match (backends.as_slice(), named) {
        ([one], Some(other)) if ending(*one) != ending(other) => {
            let (file, one, other) = (file.display(), one.name(), other.name());
            usage(
                Code::WRONG_ENDING,
                format!("`{file}` would hold {one}, but its name says {other}"),
                "give the file another ending, or ask for the other format",
            )
        }
        ([one], None) if other_ending(file, *one, typed) => {
            let (file, one) = (file.display(), one.name());
            usage(
                Code::WRONG_ENDING,
                format!("`{file}` would hold {one}, but its name says something else"),
                "give the file the ending of a format; `gmg-export list` lists the formats",
            )
        }
        ([_], _) => Ok(backends),
        _ => usage(
            Code::ONE_FILE,
            format!("-o takes one format, and {} were asked for", backends.len()),
            "name a folder with --out for several formats",
        ),
    }
}

/// Endings of files that other programs open, and find broken.
const OTHERS: [&str; 16] = [
    "doc", "dotx", "epub", "htm", "html", "md", "odp", "ods", "odt", "pages", "pptx", "rtf", "tex",
    "xlsx", "xml", "zip",
];

/// Whether a name ends as files of other programs do: in a dot and a few letters, unless the format was typed, too.
fn other_ending(file: &Path, backend: &dyn Backend, typed: bool) -> bool {
    let own = file.extension().and_then(|ending| ending.to_str());
    own.is_some_and(|own| {
        let is_ending = own.len() <= 5 && own.chars().any(char::is_alphabetic);
        let own = own.to_lowercase();
        match typed {
            true => OTHERS.contains(&own.as_str()),
            false => is_ending && own != ending(backend),
        }
    })
}

/// What the system goes by: the last part of the name, which several formats may share.
fn ending(backend: &dyn Backend) -> &str {
    let suffix = backend.suffix();
    suffix.rsplit('.').next().unwrap_or(suffix)
}

/// Name of a file: that of another layout than the format's own says so, so that no edition takes the place of another.
fn file_name(wanted: &cli::Export, report: &str, backend: &dyn Backend) -> String {
    let layout = name(wanted, backend);
    let layout = layout.rsplit(['/', '\\']).find(|part| !part.is_empty());
    let suffix = match wanted.review && is_edited(backend) {
        true => format!("review.{}", backend.suffix()),
        false => backend.suffix().to_owned(),
    };
    match layout {
        Some(layout) if layout != backend.layout() && layout != "." => {
            format!("{report}.{layout}.{suffix}")
        }
        _ => format!("{report}.{suffix}"),
    }
}

/// Whether people edit files of the format.
fn is_edited(backend: &dyn Backend) -> bool {
    backend.media_type().ends_with("wordprocessingml.document")
}

/// A place for each format, or `None` for standard output.
fn targets(
    settings: &Settings,
    project: &Project,
    document: &Document,
    backends: &[&dyn Backend],
) -> Result<Option<Vec<Target>>, Diagnostics> {
    let wanted = &settings.export;
    match &wanted.output {
        Some(file) if file.as_os_str() == "-" => needs_files(&wanted.build).map(|()| None),
        Some(file) => Ok(Some(vec![Target::named(file)?])),
        None => {
            let mut found = Diagnostics::default();
            let mut targets = Vec::new();
            let folder = out(settings, project)?;
            for backend in backends {
                match Target::within(&folder, &file_name(wanted, &document.id, *backend)) {
                    Ok(target) => targets.push(target),
                    Err(more) => found.extend(more),
                }
            }
            found.or_value(Some(targets)).map(|(targets, _)| targets)
        }
    }
}

/// Writes the one artifact to standard output.
fn print(made: &[Rendered]) -> Result<(), Diagnostics> {
    let bytes = made
        .iter()
        .flat_map(|made| &made.artifact.bytes)
        .copied()
        .collect::<Vec<u8>>();
    if std::io::stdout().is_terminal() && std::str::from_utf8(&bytes).is_err() {
        let message = "this format is no text: a terminal cannot show it";
        return Err(Diagnostic::new(Code::NO_TEXT, message)
            .hint("write it to a file with -o FILE, or pipe it into another program")
            .into());
    }
    output::stdout(&bytes)
}

/// ` in 2 volumes: 1–40, 41–74`.
fn volumes(made: &Rendered, pages: usize) -> String {
    let first = &made.artifact.volumes;
    let ends = first.iter().skip(1).map(|next| next - 1).chain([pages]);
    let spans: Vec<String> = first
        .iter()
        .zip(ends)
        .map(|(from, to)| format!("{from}\u{2013}{to}"))
        .collect();
    match spans.as_slice() {
        [] => String::new(),
        spans => format!(" in {}: {}", many(spans.len(), "volume"), spans.join(", ")),
    }
}

/// `out/gmg-2016.pdf  2.1 MB  38 pages  1.2 s`.
fn line(path: &Path, made: &Rendered, built_in: bool) -> String {
    let pages = made.artifact.pages;
    let pages = pages.map(|pages| format!("  {}{}", many(pages, "page"), volumes(made, pages)));
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
