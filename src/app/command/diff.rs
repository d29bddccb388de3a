//! `diff`: what was changed between two states of a report, as tracked changes of a Word file.

use std::path::{Path, PathBuf};

use super::project::Project;
use super::revision::{self, ReportState};
use crate::app::cli::Diff;
use crate::app::console::{Console, WrittenFile, size};
use crate::app::release::{Stored, manifest::MANIFEST};
use crate::backend::edition::Edition;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Location, many};
use crate::base::output::{self, Destination, Target};
use crate::base::paths::slashed;
use crate::base::threads::both;
use crate::base::{files, guard};
use crate::document::{self, epoch};
use crate::layout::Layout;
use crate::review::{self, Summary};
use crate::verify::format;

/// The format in which changes are tracked.
const FORMAT: &str = "docx";

/// One of the two that are compared.
enum Side {
    /// A report.
    Report(Box<ReportState>),
    /// A Word file.
    Word(WordFile),
}

/// A Word file that is compared as it is.
struct WordFile {
    shown: String,
    /// The name of the report, as its file has it.
    stem: String,
    bytes: Vec<u8>,
    layout: Option<String>,
}

/// A side as a Word file.
struct Made {
    shown: String,
    stem: String,
    bytes: Vec<u8>,
}

/// Compares two states of a report.
pub(super) fn diff(wanted: &Diff, console: &Console) -> Result<(), Diagnostics> {
    let epoch = epoch::wanted(std::env::var_os(epoch::VARIABLE).as_deref())?;
    let folder = match &wanted.out {
        Some(out) => Destination::named(out),
        None => Destination::below(Path::new("."), Path::new("out"))?,
    };
    let named = wanted.output.as_deref().map(target).transpose()?;
    if named.is_none() {
        folder.look()?;
    }
    let (old, new) = sides(wanted)?;
    let layout = layout_name(wanted, &old, &new)?;
    let project = match (&new, &old) {
        (Side::Report(report), _) | (_, Side::Report(report)) => Some(&report.project),
        _ => None,
    };
    let layout = project
        .map(|project| project.loader().load(&layout))
        .transpose()?;
    let make = |side: &Side| made(side, layout.as_ref(), epoch);
    let (old, new) = console.during("exporting", || match both(|| make(&old), || make(&new)) {
        (Ok(old), Ok(new)) => Ok((old, new)),
        (Err(mut found), Err(more)) => {
            found.extend(more);
            Err(found)
        }
        (Err(found), _) | (_, Err(found)) => Err(found),
    })?;
    let _work = guard::at_work(
        format!("comparing `{}` with `{}`", old.shown, new.shown),
        None,
    );
    let made = console.during("comparing", || {
        let old = (old.shown.as_str(), old.bytes.as_slice());
        let new = (new.shown.as_str(), new.bytes.as_slice());
        review::diff(old, new, &wanted.author)
    })?;
    let target = match named {
        Some(target) => target,
        None => Target::within(&folder, &format!("{}.diff.{FORMAT}", new.stem))?,
    };
    let path = target.path.clone();
    output::write(&[(target, made.bytes.as_slice())])?;
    let event = WrittenFile {
        format: Some(FORMAT.to_owned()),
        ..WrittenFile::new(&path, &made.bytes)
    };
    let line = format!("{}  {}", path.display(), size(made.bytes.len()));
    console.artifact(&event, Some(&line))?;
    said(&made.summary)
        .iter()
        .try_for_each(|line| console.done(line))
}

/// The file that was asked for, which must be called what it is.
fn target(file: &Path) -> Result<Target, Diagnostics> {
    let ending = file.extension().and_then(|ending| ending.to_str());
    if !ending.is_some_and(|ending| ending.eq_ignore_ascii_case(FORMAT)) {
        let message = format!(
            "`{}` would hold a Word file, and its name says another",
            file.display()
        );
        return Err(Diagnostic::new(Code::NOT_A_DIFF, message)
            .hint("give the file the ending .docx")
            .into());
    }
    Target::named(file)
}

/// The two that are compared, or what is wrong with both.
fn sides(wanted: &Diff) -> Result<(Side, Side), Diagnostics> {
    let here = Path::new(".");
    let layout = wanted.layout.layout.as_deref();
    // A revision that names no folder is of the report that is compared with it.
    let beside = |other: Option<&Path>| match other {
        Some(path) if path.is_dir() => path.to_owned(),
        _ => here.to_owned(),
    };
    let old = side(&wanted.old, &beside(wanted.new.as_deref()), layout);
    let new = match &wanted.new {
        Some(new) => side(new, &beside(Some(&wanted.old)), layout),
        None => Project::find(None).map(of_report),
    };
    match (old, new) {
        (Ok(old), Ok(new)) => Ok((old, new)),
        (Err(mut found), Err(more)) => {
            found.extend(more);
            Err(found)
        }
        (Err(found), _) | (_, Err(found)) => Err(found),
    }
}

/// What a path or the name of a revision stands for.
fn side(named: &Path, beside: &Path, layout: Option<&str>) -> Result<Side, Diagnostics> {
    if named.is_dir() && files::Root::named(named).holds(MANIFEST) {
        return released(named, layout).map(Side::Word);
    }
    let is_word = named
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case(FORMAT));
    if named.is_file() && is_word {
        let shown = slashed(named);
        let bytes = files::named_file(named, review::MAX_FILE + 1).map_err(|problem| {
            let message = problem.message(&shown);
            Diagnostic::new(Code::CANNOT_READ, message).at(Location::whole(shown.as_str()))
        })?;
        return word_file(shown, bytes).map(Side::Word);
    }
    if named.symlink_metadata().is_ok() {
        return Project::find(Some(named)).map(of_report);
    }
    let Some(name) = named.to_str() else {
        return Err(revision::unknown(&named.to_string_lossy()));
    };
    revision::read(name, beside).map(of_report)
}

fn of_report(report: impl Into<ReportState>) -> Side {
    Side::Report(Box::new(report.into()))
}

fn word_file(shown: String, bytes: Vec<u8>) -> Result<WordFile, Diagnostics> {
    guard::allow(guard::Input::File, bytes.len());
    let layout = review::layout_of(&shown, &bytes)?;
    let stem = Path::new(&shown).file_stem().unwrap_or_default();
    let stem = stem.to_string_lossy().into_owned();
    Ok(WordFile {
        shown,
        stem,
        bytes,
        layout,
    })
}

/// The Word file of a release.
fn released(folder: &Path, layout: Option<&str>) -> Result<WordFile, Diagnostics> {
    let (stored, manifest) = Stored::open(folder)?;
    let artifacts = manifest.reports.iter().flat_map(|report| &report.artifacts);
    let word: Vec<_> = artifacts
        .filter(|one| one.format == FORMAT && layout.is_none_or(|layout| one.layout == layout))
        .collect();
    let refuse = |message: String| -> Diagnostics {
        Diagnostic::new(Code::NO_WORD_RELEASED, message)
            .hint(
                "name the Word file itself, or the report as it was: its folder, or a git revision",
            )
            .into()
    };
    let shown = slashed(folder);
    let of_layout = layout.map_or_else(String::new, |layout| format!(" in the layout `{layout}`"));
    match word.as_slice() {
        [one] => {
            let path: PathBuf = folder.join(&one.path);
            let bytes = stored.artifact(one).ok_or_else(|| {
                let message = format!("`{}` is not as the release made it", slashed(&path));
                Diagnostic::new(Code::RELEASE_CHANGED, message).hint("make the release again")
            })?;
            word_file(slashed(&path), bytes)
        }
        [] => Err(refuse(format!(
            "the release `{shown}` holds no Word file{of_layout}"
        ))),
        several => {
            let paths: Vec<&str> = several.iter().map(|one| one.path.as_str()).collect();
            Err(refuse(format!(
                "the release `{shown}` holds several Word files: {}",
                paths.join(", ")
            )))
        }
    }
}

/// The layout of both.
fn layout_name(wanted: &Diff, old: &Side, new: &Side) -> Result<String, Diagnostics> {
    let of = |side: &Side| match side {
        Side::Word(file) => file.layout.clone(),
        Side::Report(_) => None,
    };
    let known: Vec<String> = [of(old), of(new), wanted.layout.layout.clone()]
        .into_iter()
        .flatten()
        .collect();
    if let [first, rest @ ..] = known.as_slice()
        && let Some(other) = rest.iter().find(|one| *one != first)
    {
        let message = format!("one text is in the layout `{first}`, the other in `{other}`");
        return Err(Diagnostic::new(Code::OTHER_LAYOUT, message)
            .hint("compare files of the same layout, or reports, which can be had in any")
            .into());
    }
    let usual = || format::find(FORMAT).map(|backend| backend.layout().to_owned());
    Ok(known.into_iter().next().or_else(usual).unwrap_or_default())
}

/// A side as a Word file.
fn made(side: &Side, layout: Option<&Layout>, epoch: Option<i64>) -> Result<Made, Diagnostics> {
    let (project, layout) = match (side, layout) {
        (Side::Word(file), _) => {
            return Ok(Made {
                shown: file.shown.clone(),
                stem: file.stem.clone(),
                bytes: file.bytes.clone(),
            });
        }
        (Side::Report(report), Some(layout)) => (&report.project, layout),
        (Side::Report(_), None) => return Err(revision::unknown("")),
    };
    let backend = format::find(FORMAT)
        .ok_or_else(|| Diagnostic::new(Code::UNRECORDABLE, "there is no format `docx`"))?;
    let (source, document, _) = project.read()?;
    let document = document::for_layout(&source, &document, &layout.tokens)?;
    let epoch = epoch.unwrap_or_else(|| epoch::of_day(&document.date));
    let bytes = backend
        .render(&Edition::new(&document, layout, epoch))?
        .bytes;
    Ok(Made {
        shown: source.report.path.clone(),
        stem: document.id.clone(),
        bytes,
    })
}

/// What was changed, in lines.
fn said(summary: &Summary) -> Vec<String> {
    if summary.is_same {
        return vec!["no difference in the Word file: it has no tracked changes".to_owned()];
    }
    let counts = |what: &str, added: usize, deleted: usize, changed: usize| {
        let mut said = Vec::new();
        for (count, how) in [(added, "added"), (deleted, "deleted"), (changed, "changed")] {
            match said.is_empty() {
                _ if count == 0 => {}
                true => said.push(format!("{} {how}", many(count, what))),
                false => said.push(format!("{count} {how}")),
            }
        }
        (!said.is_empty()).then(|| said.join(", "))
    };
    let kinds = [
        counts("word", summary.words_added, summary.words_deleted, 0),
        counts(
            "paragraph",
            summary.paragraphs_added,
            summary.paragraphs_deleted,
            summary.paragraphs_changed,
        ),
        counts("row", summary.rows_added, summary.rows_deleted, 0),
        counts("footnote", summary.notes_added, summary.notes_deleted, 0),
        counts(
            "picture",
            summary.pictures_added,
            summary.pictures_deleted,
            0,
        ),
        (summary.looks > 0).then(|| {
            format!(
                "{} that only look another way",
                many(summary.looks, "place")
            )
        }),
        (summary.fields > 0).then(|| {
            format!(
                "{} with page numbers or references",
                many(summary.fields, "field")
            )
        }),
    ];
    let mut lines: Vec<String> = kinds.into_iter().flatten().collect();
    if lines.is_empty() {
        lines.push("no word is different, only how pages and tables are set".to_owned());
    }
    if !summary.parts.is_empty() {
        lines.push(format!("in: {}", summary.parts.join("; ")));
    }
    lines
}
