//! `merge`: what was changed in a Word file becomes changes of the source.

use std::collections::BTreeMap;
use std::io::{BufRead, IsTerminal, Write};

use super::project::Project;
use crate::app::cli::Merge;
use crate::app::console::{Console, WrittenFile};
use crate::backend::edition::Edition;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Location, many};
use crate::base::output::{self, Rewritten};
use crate::base::paths::slashed;
use crate::base::{files, guard};
use crate::document::{self, epoch};
use crate::review::{self, Change, ChangeKind, Exported, MergeOptions, Merged, Refused, Remark};
use crate::verify::format;

/// Merges a Word file.
pub(super) fn merge(
    project: &Project,
    wanted: &Merge,
    console: &Console,
) -> Result<(), Diagnostics> {
    let shown = slashed(&wanted.file);
    if project.built_in {
        let message = "there is no source here to change";
        return Err(Diagnostic::new(Code::BUILT_IN_SOURCE, message)
            .hint("name the folder of the report with --into")
            .into());
    }
    let bytes = files::named_file(&wanted.file, review::MAX_FILE + 1).map_err(|problem| {
        let message = problem.message(&shown);
        Diagnostic::new(Code::CANNOT_READ, message).at(Location::whole(shown.as_str()))
    })?;
    guard::allow(guard::Input::File, bytes.len());
    let _work = guard::at_work(
        format!("merging `{shown}`"),
        Some(Location::whole(shown.as_str())),
    );
    let layout = review::layout_of(&shown, &bytes)?;
    let layout = wanted.layout.layout.clone().or(layout);
    let export = |texts: &BTreeMap<String, String>| export(project, layout.as_deref(), texts);
    let options = MergeOptions {
        author: wanted.author.as_deref(),
        only: wanted.only.as_deref(),
        names: wanted.names,
    };
    let merging = |options| {
        console.during("comparing", || {
            review::merge(&shown, &bytes, options, &export)
        })
    };
    let mut merged = merging(options)?;
    if !wanted.yes && !wanted.names && everywhere(&merged, console)? {
        let names = true;
        merged = merging(MergeOptions { names, ..options })?;
    }
    report(&merged, console)?;
    let mut changed = merged.files.clone();
    if wanted.comments {
        add_remarks(project, &merged.remarks, &mut changed)?;
    }
    if changed.is_empty() {
        return console.done("nothing to write");
    }
    if !wanted.yes && !asked(changed.len(), console)? {
        return console.done("nothing was written");
    }
    let written = encoded(project, &changed)?;
    let folder = project.source_folder();
    output::rewrite(&folder, &written)?;
    for (name, _, bytes) in &written {
        let path = folder.path().join(name);
        let line = format!("{}  changed", path.display());
        console.artifact(&WrittenFile::new(&path, bytes), Some(&line))?;
    }
    Ok(())
}

/// What the source gives with some of its files changed.
fn export(
    project: &Project,
    layout: Option<&str>,
    texts: &BTreeMap<String, String>,
) -> Result<Exported, Diagnostics> {
    let changed = texts
        .iter()
        .map(|(path, text)| (path.clone(), text.clone().into_bytes()));
    let project = project.clone().with_changed(changed.collect());
    let (source, document, _) = project.read()?;
    let backend = format::find("docx")
        .ok_or_else(|| Diagnostic::new(Code::UNRECORDABLE, "there is no format `docx`"))?;
    let layout = project.loader().load(layout.unwrap_or(backend.layout()))?;
    let document = document::for_layout(&source, &document, &layout.tokens)?;
    let edition = Edition::new(&document, &layout, epoch::of_day(&document.date));
    let bytes = backend.render(&edition)?.bytes;
    drop(edition);
    Ok(Exported {
        source,
        document: document.into_owned(),
        bytes,
    })
}

/// Says what was found.
fn report(merged: &Merged, console: &Console) -> Result<(), Diagnostics> {
    let (taken, left): (Vec<&Change>, Vec<&Change>) =
        merged.changes.iter().partition(|one| one.refused.is_none());
    for change in &taken {
        for line in lines(change) {
            console.done(&line)?;
        }
    }
    for remark in &merged.remarks {
        let place = remark.place.as_ref().map(|place| format!("{place}: "));
        let place = place.unwrap_or_default();
        console.done(&format!(
            "{place}comment by {}: {}",
            named(&remark.author),
            remark.text
        ))?;
    }
    let warnings: Diagnostics = left
        .iter()
        .filter(|one| one.refused != Some(Refused::Unasked))
        .map(|one| warning(one))
        .collect();
    console.diagnostics(&warnings);
    let clashes = left
        .iter()
        .filter(|one| matches!(one.refused, Some(Refused::Clash(_))))
        .count();
    let unasked = left
        .iter()
        .filter(|one| one.refused == Some(Refused::Unasked))
        .count();
    let mut said = vec![format!("{} taken over", many(taken.len(), "change"))];
    let rest = left.len() - clashes - unasked;
    for (count, what) in [
        (rest, "left to you"),
        (clashes, "in words that the source has changed, too"),
        (unasked, "in other chapters"),
    ] {
        if count > 0 {
            said.push(format!("{count} {what}"));
        }
    }
    if !merged.remarks.is_empty() {
        said.push(many(merged.remarks.len(), "comment"));
    }
    console.done(&said.join(", "))
}

/// A change as people read it: where, by whom, what went and what came.
fn lines(change: &Change) -> Vec<String> {
    let place = change.place.as_ref().map(|place| format!("{place}: "));
    let by = match change.authors.as_slice() {
        [] => String::new(),
        authors => format!(" (by {})", authors.join(", ")),
    };
    let what = match change.kind {
        ChangeKind::Words => "changed",
        ChangeKind::Added => "added",
        ChangeKind::Deleted => "deleted",
        ChangeKind::Moved => "moved",
        ChangeKind::Parted => "parted",
        ChangeKind::Joined => "joined",
        ChangeKind::Other => "otherwise",
    };
    let mut lines = vec![format!("{}{what}{by}", place.unwrap_or_default())];
    if change.kind == ChangeKind::Moved {
        lines.push(format!("  > {}", review::clipped(&change.new)));
        return lines;
    }
    if change.old == change.new {
        let words = review::clipped(&change.new);
        lines.push(format!("  ~ marks, links or notes of: {words}"));
        return lines;
    }
    let (old, new) = review::shortened(&change.old, &change.new);
    if !old.is_empty() {
        lines.push(format!("  - {old}"));
    }
    if !new.is_empty() {
        lines.push(format!("  + {new}"));
    }
    lines
}

/// A change that is not taken over.
fn warning(change: &Change) -> Diagnostic {
    let (code, why) = match &change.refused {
        Some(Refused::Clash(why)) => (Code::CLASH, why.as_str()),
        Some(Refused::Unsayable(why) | Refused::Wrong(why) | Refused::Everywhere(why)) => {
            (Code::LEFT_CHANGE, why.as_str())
        }
        Some(Refused::Unasked) | None => (Code::LEFT_CHANGE, ""),
    };
    let (old, new) = review::shortened(&change.old, &change.new);
    let what = match change.kind {
        ChangeKind::Words if change.old == change.new => {
            let words = review::clipped(&change.new);
            format!("marks, links or notes of `{words}` were changed in Word")
        }
        ChangeKind::Words => format!("`{old}` became `{new}` in Word"),
        ChangeKind::Added => format!("`{new}` was added in Word"),
        ChangeKind::Deleted => format!("`{old}` was deleted in Word"),
        ChangeKind::Moved => format!("`{}` was moved in Word", review::clipped(&change.new)),
        ChangeKind::Parted => format!(
            "`{}` became several paragraphs in Word",
            review::clipped(&change.old)
        ),
        ChangeKind::Joined => format!(
            "`{}` became one paragraph in Word",
            review::clipped(&change.old)
        ),
        ChangeKind::Other => format!("`{}` was changed in Word", review::clipped(&change.new)),
    };
    let by = match change.authors.as_slice() {
        [] => String::new(),
        authors => format!(" by {}", authors.join(", ")),
    };
    let mut found = Diagnostic::new(code, format!("{what}{by}: {why}"));
    if let Some(place) = &change.place {
        found = found.at(place.clone());
    }
    match change.heading.is_empty() {
        true => found,
        false => found.hint(format!(
            "in the Word file it stands under “{}”",
            change.heading
        )),
    }
}

fn named(author: &str) -> &str {
    match author.trim() {
        "" => "somebody",
        author => author,
    }
}

/// Asks whether the changes are to be written.
fn asked(files: usize, console: &Console) -> Result<bool, Diagnostics> {
    let input = std::io::stdin();
    if !input.is_terminal() {
        let message = "nothing was written: nobody is there to be asked";
        return Err(Diagnostic::new(Code::NOBODY_TO_ASK, message)
            .hint("look at the list above, then add --yes")
            .into());
    }
    answered(&format!("Write {}? [y/N] ", many(files, "file")), console)
}

/// Asks whether names and posts that somebody changed in one place are to change everywhere; where nobody is there to be
/// asked, they are not.
fn everywhere(merged: &Merged, console: &Console) -> Result<bool, Diagnostics> {
    let names = merged.changes.iter();
    let names: Vec<&Change> = names
        .filter(|one| matches!(one.refused, Some(Refused::Everywhere(_))))
        .collect();
    if names.is_empty() || !std::io::stdin().is_terminal() {
        return Ok(false);
    }
    for one in &names {
        let (old, new) = review::shortened(&one.old, &one.new);
        console.done(&format!("`{old}` became `{new}`"))?;
    }
    let what = match names.len() {
        1 => "This name is",
        _ => "These names are",
    };
    answered(
        &format!("{what} written in many places. Change all of them? [y/N] "),
        console,
    )
}

fn answered(question: &str, console: &Console) -> Result<bool, Diagnostics> {
    console.print(question)?;
    let _ = std::io::stdout().flush();
    let mut answer = String::new();
    let _ = std::io::stdin().lock().read_line(&mut answer);
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

/// Puts the comments into the files, each above the line that it is about.
fn add_remarks(
    project: &Project,
    remarks: &[Remark],
    changed: &mut BTreeMap<String, String>,
) -> Result<(), Diagnostics> {
    let source = project.read()?.0;
    for (file, text) in review::with_remarks(&source, remarks, changed) {
        changed.insert(file, text);
    }
    Ok(())
}

/// The bytes of changed files, with the line ends and the mark at the start that they had.
fn encoded(
    project: &Project,
    changed: &BTreeMap<String, String>,
) -> Result<Vec<Rewritten>, Diagnostics> {
    let mut written = Vec::new();
    for (path, text) in changed {
        let before = project.file(path)?;
        let has_mark = before.starts_with("\u{FEFF}".as_bytes());
        let crlf = before.windows(2).any(|pair| pair == b"\r\n");
        let mut text = text.clone();
        let cr = before.contains(&b'\r') && !before.contains(&b'\n');
        if crlf || cr {
            text = text.replace('\n', if crlf { "\r\n" } else { "\r" });
        }
        if has_mark {
            text.insert(0, '\u{FEFF}');
        }
        written.push((path.clone(), before, text.into_bytes()));
    }
    Ok(written)
}
