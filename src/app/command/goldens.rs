//! `verify` and `approve`: compare what a report gives now with the records that a person has approved.
//!
//! Both make every recorded artifact with the report's own date, whatever `SOURCE_DATE_EPOCH` says: a record belongs to
//! the report, not to a build.

use crate::verify::format;
use std::fmt::Write;
use std::path::Path;

use super::project::Project;
use crate::app::console::{BAD, Console, GOOD, PLACE, Removed, STRONG, WrittenFile, one_line};
use crate::app::settings::Settings;
use crate::backend::Backend;
use crate::backend::edition::Edition;
use crate::backend::render::{self, Rendered};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Location, many};
use crate::base::files::Root;
use crate::base::output::Destination;
use crate::base::paths::slashed;
use crate::document::{self, epoch};
use crate::verify::golden::{self, Approval, Record};

/// The record of an artifact as it is now, and the name of its folder.
struct FreshRecord {
    name: String,
    record: Record,
}

/// Everything that is recorded of a report, made again; and names of the folders next to them that are the report's but
/// not made.
struct FreshRecords {
    root: Destination,
    records: Vec<FreshRecord>,
    strays: Vec<String>,
}

fn afresh(
    project: &Project,
    settings: &Settings,
    console: &Console,
) -> Result<FreshRecords, Diagnostics> {
    let root = match &settings.golden {
        Some(folder) if settings.is_own("golden") => project.destination(folder)?,
        Some(folder) => Destination::named(folder),
        None => project.goldens()?,
    };
    let mut layouts: Vec<(&str, Vec<&'static dyn Backend>)> = Vec::new();
    for (layout, backend) in format::recorded() {
        match layouts.iter_mut().find(|(name, _)| *name == layout) {
            Some((_, backends)) => backends.push(backend),
            None => layouts.push((layout, vec![backend])),
        }
    }
    let (source, document) = project.open(console)?;
    let mut records = Vec::new();
    for (name, backends) in layouts {
        let layout = project.loader().load(name)?;
        let document = document::for_layout(&source, &document, &layout.tokens)?;
        let edition = Edition::new(&document, &layout, epoch::of_day(&document.date));
        records.extend(console.during("exporting and recording", || {
            let made = render::render(&edition, &backends)?;
            let fresh = |made: &Rendered| fresh(&document.id, name, made);
            made.iter()
                .map(fresh)
                .collect::<Result<Vec<FreshRecord>, Diagnostics>>()
        })?);
    }
    let folders: Vec<String> = records.iter().map(|fresh| fresh.name.clone()).collect();
    // Records of other reports may lie in the same folder.
    let start = format!("{}.", document.id);
    let mine = |name: &String| name.starts_with(&start);
    let there = root.root()?;
    let strays = there.map_or(Ok(Vec::new()), |root| golden::strays(&root, &folders));
    Ok(FreshRecords {
        strays: strays?.into_iter().filter(mine).collect(),
        root,
        records,
    })
}

fn fresh(report: &str, layout: &str, made: &Rendered) -> Result<FreshRecord, Diagnostics> {
    let name = golden::folder(report, layout, made.backend);
    let record = format::record(made.backend.name(), &made.artifact.read_back())?;
    Ok(FreshRecord { name, record })
}

/// Compares and shows what differs.
pub(super) fn verify(
    project: &Project,
    settings: &Settings,
    console: &Console,
) -> Result<(), Diagnostics> {
    let fresh = afresh(project, settings, console)?;
    let mut text = String::new();
    let mut found = Diagnostics::default();
    let mut differing = 0;
    let root = Root::named(&fresh.root.path());
    for one in &fresh.records {
        let differences = golden::compare(&root.folder(&one.name), &one.record);
        differing += usize::from(!differences.is_empty());
        for difference in differences {
            let said = difference.to_string();
            shown(&said, &mut text);
            found.push(differs(&root, &difference.file, &said));
        }
    }
    for stray in &fresh.strays {
        let message = "is the record of something that is not made any more";
        let path = root.display(stray);
        shown(&format!("{path}: {message}"), &mut text);
        let place = Location::whole(&path);
        found.push(Diagnostic::new(Code::STRAY_RECORD, message).at(place));
    }
    if text.is_empty() {
        return console.done(&format!(
            "ok: {} as approved",
            many(fresh.records.len(), "record")
        ));
    }
    console.laid_out(&text, &found)?;
    let count = fresh.records.len();
    let (code, message) = match differing {
        0 => {
            let strays = many(fresh.strays.len(), "record");
            (Code::STRAY_RECORD, format!("{strays} too many"))
        }
        _ => {
            let message = format!("{differing} of {} not as approved", many(count, "record"));
            (Code::NOT_AS_APPROVED, message)
        }
    };
    Err(Diagnostic::new(code, message)
        .hint("if the changes above are meant, run `gmg-export approve`")
        .into())
}

/// A difference as a diagnostic, at the file of the record.
fn differs(root: &Root, file: &str, said: &str) -> Diagnostic {
    let message = said.strip_prefix(&format!("{file}: ")).unwrap_or(said);
    let place = Location::whole(root.display(file));
    Diagnostic::new(Code::NOT_AS_APPROVED, message).at(place)
}

/// A difference with the colours of a diff.
fn shown(difference: &str, text: &mut String) {
    for (index, line) in difference.lines().enumerate() {
        let style = match line.chars().next() {
            _ if index == 0 => STRONG,
            Some('+') => GOOD,
            Some('-') => BAD,
            Some('@') => PLACE,
            _ => anstyle::Style::new(),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{style}{}{style:#}", one_line(line));
    }
}

/// Says what became of a file of a record.
fn approved(
    root: &Path,
    fresh: &FreshRecord,
    name: &str,
    approval: Approval,
    console: &Console,
) -> Result<(), Diagnostics> {
    let folder = root.join(&fresh.name);
    let path = folder.join(name);
    let line = format!("{:<9} {}/{name}", approval.to_string(), folder.display());
    match fresh.record.files.get(name) {
        Some(bytes) => console.artifact(&WrittenFile::new(&path, bytes), Some(&line)),
        None => {
            let path = slashed(&path);
            console.removed(&Removed { path }, &line)
        }
    }
}

/// Rewrites the records and says which.
pub(super) fn approve(
    project: &Project,
    settings: &Settings,
    console: &Console,
) -> Result<(), Diagnostics> {
    let fresh = afresh(project, settings, console)?;
    let mut gone = Vec::new();
    let mut left = Vec::new();
    for stray in &fresh.strays {
        match golden::is_own(&fresh.root.clone().join(stray))? {
            true => gone.push(stray.clone()),
            false => left.push(stray),
        }
    }
    let records = fresh.records.iter();
    let records: Vec<(&str, &Record)> = records
        .map(|one| (one.name.as_str(), &one.record))
        .collect();
    let done = golden::approve(&fresh.root, &records, &gone)?;
    let mut changed = gone.len();
    for (one, files) in fresh.records.iter().zip(done) {
        for (name, approval) in files {
            if approval != Approval::Unchanged {
                changed += 1;
                approved(&fresh.root.path(), one, &name, approval, console)?;
            }
        }
    }
    let path = |stray: &String| slashed(&fresh.root.clone().join(stray).path());
    for stray in &gone {
        let path = path(stray);
        let line = format!("removed   {path}");
        console.removed(&Removed { path }, &line)?;
    }
    for stray in left {
        let path = path(stray);
        console.done(&format!("stray     {path}: not made any more, remove it"))?;
    }
    let records = many(fresh.records.len(), "record");
    console.done(&match changed {
        0 => format!("ok: {records} as they were"),
        _ => format!("ok: {records}, {} changed", many(changed, "file")),
    })
}
