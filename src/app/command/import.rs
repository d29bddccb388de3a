//! `import`: a published text becomes a source, and what came of it is said.

use std::path::{Path, PathBuf};

use crate::app::cli::Import;
use crate::app::console::{Artifact, Console, many};
use crate::app::schema::KINDS;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Location};
use crate::base::output::{self, Target};
use crate::base::paths::{self, slashed};
use crate::import::{self, Imported, MAX_INPUT, Wanted};
use crate::source::Folder;

/// Imports a file.
pub(super) fn import(wanted: &Import, console: &Console) -> Result<(), Diagnostics> {
    let bytes = read(&wanted.file)?;
    let shown = slashed(&wanted.file);
    let beside = Folder::Disk(paths::folder_of(&wanted.file).to_owned());
    let known = Wanted {
        language: wanted.language.as_deref(),
        beside: Some(&beside),
    };
    let made = console.during("importing", || import::import(&shown, &bytes, &known))?;
    let out = wanted.out.clone().unwrap_or_else(|| folder(&wanted.file));
    output::folder(&out)?;
    write(&out, &made, wanted.force, console)?;
    if wanted.lines {
        for (first, last, what) in &made.lines {
            console.done(&format!("lines {first}-{last}: {what}"))?;
        }
    }
    report(&out, &made, console)
}

/// The folder beside the text that is called as the text is.
fn folder(file: &Path) -> PathBuf {
    PathBuf::from(file.file_stem().unwrap_or_else(|| "report".as_ref()))
}

fn read(path: &Path) -> Result<Vec<u8>, Diagnostics> {
    use std::io::Read;
    let failed = |message: String| {
        let place = Location::whole(slashed(path));
        Diagnostics::from(Diagnostic::new(Code::CANNOT_READ, message).at(place))
    };
    // A pipe or a device could block for ever.
    let found = std::fs::metadata(path)
        .map_err(|error| failed(format!("cannot read the file: {error}")))?;
    if !found.is_file() {
        return Err(failed("this is no ordinary file".to_owned()));
    }
    let mut bytes = Vec::new();
    let file =
        std::fs::File::open(path).and_then(|file| file.take(MAX_INPUT + 1).read_to_end(&mut bytes));
    file.map_err(|error| failed(format!("cannot read the file: {error}")))?;
    Ok(bytes)
}

/// Writes all files, or none; those that are there are kept unless `force` says otherwise.
fn write(out: &Path, made: &Imported, force: bool, console: &Console) -> Result<(), Diagnostics> {
    let mut files: Vec<(String, Vec<u8>)> = made
        .files
        .iter()
        .map(|(path, text)| (path.clone(), text.clone().into_bytes()))
        .collect();
    files.extend(made.pictures.iter().cloned());
    let schemas = KINDS.iter().filter(|kind| kind.of_source);
    files.extend(schemas.map(|kind| {
        (
            format!("schema/{}.json", kind.name),
            kind.text().into_bytes(),
        )
    }));
    let place = |path: &str| paths::below(out, path);
    let there = files
        .iter()
        .map(|(path, _)| place(path))
        .find(|path| path.exists());
    if let Some(path) = there.filter(|_| !force) {
        let message = format!("`{}` is there already", slashed(&path));
        return Err(Diagnostic::new(Code::ALREADY_THERE, message)
            .hint("name another folder with --out, or replace its files with --force")
            .into());
    }
    let targets: Result<Vec<Target>, Diagnostics> = files
        .iter()
        .map(|(path, _)| output::target(&place(path)))
        .collect();
    let pairs: Vec<(Target, &[u8])> = targets?
        .into_iter()
        .zip(files.iter().map(|(_, bytes)| bytes.as_slice()))
        .collect();
    output::write(&pairs)?;
    let mut events = pairs
        .iter()
        .map(|(target, bytes)| Artifact::new(&target.path, bytes));
    events.try_for_each(|event| console.artifact(&event, None))
}

/// The places to look at, as findings.
fn to_check(out: &str, made: &Imported) -> Diagnostics {
    let one = |(file, line, why): &(String, usize, String)| {
        let place = Location {
            file: format!("{out}/{file}"),
            line: u32::try_from(*line).unwrap_or(u32::MAX),
            column: 0,
        };
        Diagnostic::new(Code::CHECK_IMPORT, why.clone()).at(place)
    };
    Diagnostics(made.checks.iter().map(one).collect())
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
    console.done(&format!("{out}: {}; {checks}", counts.join(", ")))?;
    console.done(&format!(
        "  {} of the text stand in it, in order",
        many(made.words, "word")
    ))?;
    for (what, lines) in &made.left_out {
        let lines = if *lines > 0 {
            format!(" ({})", many(*lines, "line"))
        } else {
            String::new()
        };
        console.done(&format!("  left out: {what}{lines}"))?;
    }
    let checks = made.checks.iter();
    let text: String = checks
        .map(|(file, line, why)| format!("  {out}/{file}:{line}: check: {why}\n"))
        .collect();
    if !text.is_empty() {
        console.done_or(text.trim_end_matches('\n'), &to_check(&out, made))?;
    }
    console.done(&format!("Then run: gmg-export check {out}"))
}
