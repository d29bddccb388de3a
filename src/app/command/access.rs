//! `access`: the dossier of a report's accessibility, and what people sign of it.

use std::collections::BTreeSet;
use std::path::Path;

use super::export::open;
use super::project::Project;
use crate::access::criteria::Criterion;
use crate::access::signoffs::{self, NewSignOff};
use crate::access::{About, Dossier, FILE, Places, SignOffs, Status, assess};
use crate::app::cli::{Access, AccessAction, Sign};
use crate::app::console::{Console, WrittenFile, size};
use crate::app::settings::Settings;
use crate::backend::edition::Edition;
use crate::backend::render::RenderJob;
use crate::base::diagnostic::{self, Code, Diagnostic, Diagnostics, many};
use crate::base::output::{self, Destination, Target};
use crate::document::{self, epoch};
use crate::pdf::read::picture::pictures;
use crate::source;
use crate::verify::format;

/// The layout that is judged where none is named.
const LAYOUT: &str = "screen";

/// Most pages of which the page for people has pictures, and how wide these are in pixels.
const MOST_PICTURES: usize = 200;
const WIDE: u16 = 320;

/// Judges the file of a report, or signs a criterion.
pub(super) fn access(
    project: &Project,
    wanted: &Access,
    settings: &Settings,
    console: &Console,
) -> Result<(), Diagnostics> {
    if let Some(AccessAction::Sign(new)) = &wanted.action {
        return sign(project, new, settings, console);
    }
    let folder = match &wanted.out {
        Some(folder) => Destination::named(folder),
        None => Destination::below(Path::new("."), Path::new("out"))?,
    };
    folder.look()?;
    let (stem, made, dossier) = made(project, None, settings, console)?;
    let mut not_drawn = Diagnostics::default();
    let pages: Vec<usize> = (0..dossier.pages.min(MOST_PICTURES)).collect();
    let pictures = pictures(&made, &pages, WIDE).unwrap_or_else(|why| {
        let message = format!("{stem}.pdf: the dossier has no pictures of the pages: {why}");
        not_drawn.push(Diagnostic::new(Code::PAGES_NOT_DRAWN, message));
        Vec::new()
    });
    let files = files(&stem, &dossier, &pictures)?;
    let targets: Result<Vec<Target>, Diagnostics> = files
        .iter()
        .map(|(name, _)| Target::within(&folder, name))
        .collect();
    let targets = targets?;
    let bytes = files.iter().map(|(_, bytes)| bytes.as_slice());
    let pairs: Vec<(Target, &[u8])> = targets.iter().cloned().zip(bytes).collect();
    output::write(&pairs)?;
    for (target, bytes) in &pairs {
        let line = format!("{}  {}", target.path.display(), size(bytes.len()));
        console.artifact(&WrittenFile::new(&target.path, bytes), Some(&line))?;
    }
    console.done(&dossier.summary())?;
    let open = dossier
        .criteria
        .iter()
        .filter(|one| one.status == Status::Open && one.rests.is_empty());
    if let count @ 1.. = open.count() {
        console.done(&format!(
            "{} for people: see “What is to be done” in {stem}.access.html, then gmg-export access sign CRITERION --by NAME",
            many(count, "question")
        ))?;
    }
    not_drawn.extend(dossier.diagnostics());
    not_drawn
        .or_value(())
        .map(|((), warnings)| console.diagnostics(&warnings))
}

/// The files of a dossier.
///
/// # Errors
/// They cannot be written as JSON or HTML, which would be a mistake of the program.
fn files(
    stem: &str,
    dossier: &Dossier,
    pictures: &[Vec<u8>],
) -> Result<[(String, Vec<u8>); 2], Diagnostics> {
    Ok([
        (format!("{stem}.access.json"), dossier.json()?),
        (format!("{stem}.access.html"), dossier.html(pictures)?),
    ])
}

/// The name of the report's PDF file without its end, the file, and its dossier: in the layout that was typed, where
/// it is no setting.
fn made(
    project: &Project,
    typed: Option<&str>,
    settings: &Settings,
    console: &Console,
) -> Result<(String, Vec<u8>, Dossier), Diagnostics> {
    let epoch = epoch::wanted(std::env::var_os(epoch::VARIABLE).as_deref())?;
    let (source, document, layout) = match typed {
        Some(name) => {
            let (source, document) = project.open(console)?;
            (source, document, project.loader().load(name)?)
        }
        None => {
            let name = settings.export.layout.as_deref().unwrap_or(LAYOUT);
            let names = BTreeSet::from([name.to_owned()]);
            let (source, document, layouts) = open(project, settings, &names, true, console)?;
            let Some(layout) = layouts.into_values().next() else {
                return Err(Diagnostic::new(Code::INTERNAL, "the layout was not read").into());
            };
            (source, document, layout)
        }
    };
    let signed = SignOffs::in_folder(&source.folder)?;
    if layout.tokens.for_print() {
        let message = format!(
            "layout `{}` is for paper: its files are read by no screen reader",
            layout.name
        );
        return Err(Diagnostic::new(Code::FOR_PAPER, message)
            .hint("give a layout for screens, such as screen or large-print")
            .into());
    }
    let document = document::for_layout(&source, &document, &layout.tokens)?;
    let epoch = epoch.unwrap_or_else(|| epoch::of_day(&document.date));
    let stem = match layout.name.as_str() {
        LAYOUT => document.id.clone(),
        other => format!("{}.{other}", document.id),
    };
    let edition = Edition::new(&document, &layout, epoch).named(&stem);
    let backend = format::find("pdf")
        .ok_or_else(|| Diagnostic::new(Code::UNRECORDABLE, "there is no format `pdf`"))?;
    let made = console.during("judging", || {
        RenderJob {
            edition: &edition,
            backend,
        }
        .run()
    })?;
    let file = format!("{stem}.pdf");
    let about = About {
        file: &file,
        layout: &layout.name,
        source: Some(&source),
        signed: &signed,
    };
    let dossier = assess(&made.artifact.read_back(), &about)?;
    Ok((stem, made.artifact.bytes, dossier))
}

/// Adds a sign-off to `access.yaml`.
fn sign(
    project: &Project,
    new: &Sign,
    settings: &Settings,
    console: &Console,
) -> Result<(), Diagnostics> {
    if project.built_in {
        let message = "the report built into the program cannot be signed";
        return Err(Diagnostic::new(Code::BUILT_IN_SOURCE, message)
            .hint("name the report's folder: gmg-export access sign CRITERION FOLDER --by NAME")
            .into());
    }
    let criteria = new.criteria.split(',').map(str::trim).map(|id| {
        signoffs::for_people(id).map_err(|(message, hint)| {
            let code = match crate::access::criteria::find(id) {
                Some(_) => Code::NOT_FOR_PEOPLE,
                None => Code::NO_CRITERION,
            };
            Diagnostics::from(Diagnostic::new(code, message).hint(hint))
        })
    });
    let mut criteria = diagnostic::all(criteria.collect())?;
    let mut known = BTreeSet::new();
    criteria.retain(|one| known.insert(&one.id));
    let by = new.by.split_whitespace().collect::<Vec<_>>().join(" ");
    if by.is_empty() {
        return Err(usage(
            Code::NOBODY_SIGNED,
            "a sign-off names nobody",
            "give a name: --by NAME",
        ));
    }
    let on = match &new.on {
        Some(day) => day.trim().to_owned(),
        None => today()?,
    };
    if !signoffs::is_day(&on) {
        return Err(usage(
            Code::BAD_DAY,
            &format!("`{on}` is no day"),
            "write it as 2026-11-30",
        ));
    }
    if on > latest()? {
        return Err(usage(
            Code::DAY_TO_COME,
            &format!("{on} is still to come"),
            "give the day on which you looked, or leave --on out for today",
        ));
    }
    let (_, _, dossier) = made(project, new.layout.layout.as_deref(), settings, console)?;
    let found = criteria
        .iter()
        .map(|criterion| looked_at(&dossier, criterion));
    let seen = diagnostic::all(found.collect())?;
    let old = match project.folder().read(FILE, source::MAX_YAML) {
        Ok(bytes) => bytes,
        Err(crate::base::files::Problem::Missing { similar: None }) => Vec::new(),
        Err(problem) => return Err(problem.diagnostic(&project.folder().display(FILE)).into()),
    };
    let note = new.note.as_deref().map(str::trim);
    let mut text = String::from_utf8_lossy(&old).into_owned();
    for (criterion, seen) in criteria.iter().zip(seen) {
        let one = NewSignOff {
            criterion: &criterion.id,
            by: &by,
            on: &on,
            layout: &dossier.layout,
            note: note.filter(|note| !note.is_empty()),
            seen,
        };
        text = signoffs::added(&text, &one);
    }
    // What is written can be read again.
    let path = project.folder().display(FILE);
    SignOffs::of(&path, text.as_bytes()).map_err(|_| {
        let message = format!("`{path}` is not written so that an entry can be added at its end");
        let hint = "let each entry begin on a line of its own with `- criterion:`, without brackets around them all and \
                    without a line of three points at the end; nothing was written";
        Diagnostic::new(Code::CANNOT_ADD, message).hint(hint)
    })?;
    let folder = project.source_folder();
    output::rewrite(
        &folder,
        &[(FILE.to_owned(), old, text.clone().into_bytes())],
    )?;
    let path = folder.path().join(FILE);
    let line = format!(
        "{}  {} signed by {by}",
        path.display(),
        criteria
            .iter()
            .map(|one| one.id.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    );
    console.artifact(&WrittenFile::new(&path, text.as_bytes()), Some(&line))
}

/// What a person has looked at for a criterion.
///
/// # Errors
/// The file has nothing that it is about.
fn looked_at<'d>(dossier: &'d Dossier, criterion: &Criterion) -> Result<&'d Places, Diagnostics> {
    let entry = dossier.criteria.iter().find(|one| one.id == criterion.id);
    let (Some(entry), Some(seen)) = (entry, dossier.look_of(criterion)) else {
        return Err(nothing(&criterion.id, "the file does not come to it"));
    };
    match entry.status {
        Status::Open | Status::Lapsed | Status::Signed => Ok(seen),
        other => {
            let why = entry.reason.as_deref().unwrap_or(other.word());
            Err(nothing(&criterion.id, why))
        }
    }
}

/// The day of `SOURCE_DATE_EPOCH`, else today in UTC: a signature is an act of a person at a moment, and nothing that is
/// exported depends on it.
fn today() -> Result<String, Diagnostics> {
    let wanted = epoch::wanted(std::env::var_os(epoch::VARIABLE).as_deref())?;
    Ok(day(wanted.unwrap_or_else(now)))
}

/// The last day that it may be anywhere: where the sun rises first it is tomorrow already.
fn latest() -> Result<String, Diagnostics> {
    const AHEAD: i64 = 14 * 60 * 60;
    Ok(day(now() + AHEAD).max(today()?))
}

/// Seconds since the beginning of 1970.
fn now() -> i64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.map_or(0, |now| i64::try_from(now.as_secs()).unwrap_or(0))
}

fn day(seconds: i64) -> String {
    let iso = epoch::iso(seconds).unwrap_or_default();
    iso.chars().take(10).collect()
}

fn usage(code: Code, message: &str, hint: &str) -> Diagnostics {
    Diagnostic::new(code, message)
        .of_kind(crate::base::diagnostic::Kind::Usage)
        .hint(hint)
        .into()
}

fn nothing(id: &str, why: &str) -> Diagnostics {
    let message = format!("there is nothing to sign for criterion `{id}`: {why}");
    Diagnostic::new(Code::NOTHING_TO_SIGN, message)
        .hint("`gmg-export access` lists what waits for a person")
        .into()
}
