//! `import`: a published text becomes a source, and the result is reported.

use std::io::Read;
use std::path::{Path, PathBuf};

use crate::app::cli::{Changes, Import};
use crate::app::console::{Console, WrittenFile};
use crate::app::schema::KINDS;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Location, many};
use crate::base::files::{self, Root};
use crate::base::guard;
use crate::base::output::{self, Destination, Target};
use crate::base::paths::{folder_of, slashed};
use crate::import::{self, ImportOptions, Imported, MAX_INPUT, TrackedChanges};
use crate::source::Folder;

/// Imports a file.
pub(super) fn import(wanted: &Import, console: &Console) -> Result<(), Diagnostics> {
    let bytes = read(&wanted.file)?;
    let shown = slashed(&wanted.file);
    guard::allow(guard::Input::Text, bytes.len());
    let _work = guard::at_work(
        format!("importing `{shown}`"),
        Some(Location::whole(shown.as_str())),
    );
    let beside = Folder::Disk(Root::named(folder_of(&wanted.file)));
    let known = ImportOptions {
        language: wanted.language.as_deref(),
        beside: Some(&beside),
        changes: match wanted.changes {
            Changes::Accept => TrackedChanges::Accept,
            Changes::Reject => TrackedChanges::Reject,
            Changes::Refuse => TrackedChanges::Refuse,
        },
    };
    let mut made = console.during("importing", || import::import(&shown, bytes, &known))?;
    let out = match &wanted.out {
        Some(out) => Destination::named(out),
        None => Destination::below(Path::new("."), &folder(&wanted.file))?,
    };
    out.look()?;
    write(&out, &mut made, wanted.force, console)?;
    let out = out.path();
    if wanted.lines {
        for (first, last, what) in &made.lines {
            console.done(&format!("{}s {first}-{last}: {what}", made.unit))?;
        }
    }
    report(&out, &made, console)
}

/// The folder next to the text that is called as the text is.
fn folder(file: &Path) -> PathBuf {
    let stem = file.file_stem().filter(|stem| *stem != "-");
    PathBuf::from(stem.unwrap_or_else(|| "report".as_ref()))
}

fn read(path: &Path) -> Result<Vec<u8>, Diagnostics> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        let input = std::io::stdin().lock();
        let read = input.take(MAX_INPUT + 1).read_to_end(&mut bytes);
        return read.map(|_| bytes).map_err(|error| {
            let message = format!("cannot read standard input: {error}");
            Diagnostic::new(Code::CANNOT_READ, message).into()
        });
    }
    // One byte more than there may be: the import says what is too large.
    files::named_file(path, MAX_INPUT + 1).map_err(|problem| {
        let shown = slashed(path);
        let message = problem.message(&shown);
        Diagnostics::from(Diagnostic::new(Code::CANNOT_READ, message).at(Location::whole(shown)))
    })
}

/// Writes all files, which are taken, or none; those that are there are kept unless `force` says otherwise.
fn write(
    out: &Destination,
    made: &mut Imported,
    force: bool,
    console: &Console,
) -> Result<(), Diagnostics> {
    let texts = std::mem::take(&mut made.files).into_iter();
    let texts = texts.map(|(path, text)| (path, text.into_bytes()));
    let pictures = std::mem::take(&mut made.pictures);
    let mut files: Vec<(String, Vec<u8>)> = texts.chain(pictures).collect();
    let schemas = KINDS.iter().filter(|kind| kind.of_source);
    files.extend(schemas.map(|kind| {
        (
            format!("schema/{}.json", kind.name),
            kind.text().into_bytes(),
        )
    }));
    let root = out.root()?;
    let there = |(path, _): &&(String, Vec<u8>)| {
        let folder = root.as_ref();
        folder.is_some_and(|folder| folder.holds(path))
    };
    if let Some((path, _)) = files.iter().find(there).filter(|_| !force) {
        let shown = slashed(&out.path().join(path));
        let message = format!("`{shown}` is there already");
        return Err(Diagnostic::new(Code::ALREADY_THERE, message)
            .hint("name another folder with --out, or replace what an earlier import wrote with --force")
            .into());
    }
    let targets: Result<Vec<Target>, Diagnostics> = files
        .iter()
        .map(|(path, _)| Target::within(out, path))
        .collect();
    let pairs: Vec<(Target, &[u8])> = targets?
        .into_iter()
        .zip(files.iter().map(|(_, bytes)| bytes.as_slice()))
        .collect();
    output::write_folder(out, &pairs)?;
    let mut events = pairs
        .iter()
        .map(|(target, bytes)| WrittenFile::new(&target.path, bytes));
    events.try_for_each(|event| console.artifact(&event, None))
}

/// The places to look at, as diagnostics.
fn to_check(out: &str, made: &Imported) -> Diagnostics {
    let one = |(file, line, why): &(String, usize, String)| {
        let place = Location {
            file: format!("{out}/{file}"),
            line: u32::try_from(*line).unwrap_or(u32::MAX),
            column: 0,
        };
        Diagnostic::new(Code::CHECK_IMPORT, why.clone()).at(place)
    };
    let comments = made
        .comments
        .iter()
        .map(|(file, line, what)| (file.clone(), *line, format!("comment {what}")));
    let comments: Vec<(String, usize, String)> = comments.collect();
    made.checks
        .iter()
        .chain(&comments)
        .map(one)
        .collect::<Diagnostics>()
}

/// Says what there is, what was left out and what to look at.
fn report(out: &Path, made: &Imported, console: &Console) -> Result<(), Diagnostics> {
    let out = slashed(out);
    if let Some(encoding) = made.encoding {
        console.done(&format!("read as {encoding}"))?;
    }
    console.done(&format!("read as {}", made.kind))?;
    let counts: Vec<String> = made
        .counts
        .iter()
        .map(|(what, count)| many(*count, what))
        .collect();
    let checks = match made.checks.len() {
        0 => "nothing to check".to_owned(),
        count => format!("{} to check", many(count, "place")),
    };
    let comments = match made.comments.len() {
        0 => String::new(),
        count => format!(", {} to answer", many(count, "comment")),
    };
    console.done(&format!("{out}: {}; {checks}{comments}", counts.join(", ")))?;
    console.done(&format!(
        "  {} of the text are in it, in order",
        many(made.words, "word")
    ))?;
    for (what, lines) in &made.left_out {
        let lines = if *lines > 0 {
            format!(" ({})", many(*lines, made.unit))
        } else {
            String::new()
        };
        console.done(&format!("  left out: {what}{lines}"))?;
    }
    let checks = made.checks.iter();
    let mut text: String = checks
        .map(|(file, line, why)| format!("  {out}/{file}:{line}: check: {why}\n"))
        .collect();
    for (file, line, what) in &made.comments {
        text.push_str(&format!("  {out}/{file}:{line}: comment {what}\n"));
    }
    if !text.is_empty() {
        console.done_or(text.trim_end_matches('\n'), &to_check(&out, made))?;
    }
    console.done(&format!("Then run: gmg-export check {out}"))
}
