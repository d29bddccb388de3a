//! From YAML files to `Source`: the files as written, every value with its place.
//!
//! [`read`] takes a [`Folder`] and gives every file that `report.yaml` names, decoded and typed. It knows the rules of
//! files (encodings, paths, sizes, YAML) and none of the report's: those are in `document::resolve`. Every file that
//! is wrong is reported, not only the first.

mod csv;
mod decode;
mod fields;
mod folder;
pub(crate) mod memo;
mod messages;
mod outline;
mod parse;
mod parts;
mod place;
mod recover;
mod references;
mod rescue;
mod rewrite;
pub mod schema;
mod slips;
mod syntax;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Kind, Location, nearest};
use crate::base::files::Problem;
use crate::base::guard;
use crate::base::paths::foreign_to_windows;
use crate::base::threads::both;
pub use csv::{CsvRewrite, NoRows, Rows};
pub use folder::Folder;
pub(crate) use messages::{says_nothing, with_cure};
pub use place::FileRef;
pub use references::{References, bibtex_keys};
pub use rescue::Unread;
use rescue::{Doubt, Reading};
pub use rewrite::Rewrite;
use schema::Located;

/// Name of the file with the settings of a report, which may lie among its files and is none of them.
pub const SETTINGS_FILE: &str = "gmg-export.yaml";
/// Name of the file with what people have found in order, which lies among the files of a report and is no part of it.
pub const ACCESS_FILE: &str = "access.yaml";
/// The largest YAML file that is read, in bytes.
pub const MAX_YAML: u64 = 64 << 20;
/// The largest picture that is read, in bytes.
pub const MAX_ASSET: u64 = 64 << 20;
/// The most chapters that a report may have.
const MAX_CHAPTERS: usize = 10_000;

/// A file of the source.
#[derive(Debug, Clone)]
pub struct File<T> {
    /// Path as the user would type it, with forward slashes.
    pub path: String,
    /// The decoded text, lines ended by `\n`.
    pub text: String,
    /// What it says.
    pub content: T,
}

impl<T> File<T> {
    /// The file without its content, to place diagnostics in it.
    pub fn as_ref(&self) -> FileRef<'_> {
        FileRef {
            path: &self.path,
            text: &self.text,
        }
    }
}

/// A report as written.
#[derive(Debug, Clone)]
pub struct Source {
    /// The folder it was read from.
    pub folder: Folder,
    /// `report.yaml`.
    pub report: File<schema::Report>,
    /// `people.yaml`; no people where there is no such file.
    pub people: File<schema::People>,
    /// `organisations.yaml`; no organisations where there is no such file.
    pub organisations: File<schema::Organisations>,
    /// `acronyms.yaml`, if there is one.
    pub acronyms: Option<File<schema::Acronyms>>,
    /// The works that the report cites, if it has a file of them.
    pub references: Option<References>,
    /// The chapters in reading order.
    pub chapters: Vec<File<schema::Chapter>>,
    /// What the author may want to look at.
    pub warnings: Diagnostics,
}

impl Source {
    /// The bytes of a picture; `path` is relative to the folder of `report.yaml`.
    pub fn asset(&self, path: &str) -> Result<Vec<u8>, Problem> {
        self.folder.read(path, MAX_ASSET)
    }

    /// The path of a file of the source as the user would type it.
    pub fn path(&self, path: &str) -> String {
        self.folder.display(path)
    }
}

/// The report that is embedded in the program.
pub fn embedded() -> Folder {
    static REPORT: include_dir::Dir<'static> =
        include_dir::include_dir!("$CARGO_MANIFEST_DIR/source");
    Folder::Embedded(&REPORT)
}

/// Reads all files of the report in `folder`.
///
/// # Errors
/// Every file that cannot be read, decoded or understood, each with its place.
pub fn read(folder: &Folder) -> Result<Source, Diagnostics> {
    read_or_rescue(folder).map_err(|unread| unread.found)
}

/// As [`read`]; of a report with such files also what is in them apart from their mistakes.
///
/// # Errors
/// As [`read`].
pub fn read_or_rescue(folder: &Folder) -> Result<Source, Box<Unread>> {
    let (text, registries) = both(|| Text::read(folder), || Registries::read(folder));
    // In the order of the files, whoever was done first.
    let mut found = text.reading.found;
    found.extend(registries.reading.found);
    found.extend(text.in_chapters.found);
    let source = Source {
        folder: folder.clone(),
        report: text.report.unwrap_or_else(|| rescue::stand_in(folder)),
        people: registries.people.unwrap_or_else(|| File {
            path: folder.display("people.yaml"),
            text: String::new(),
            content: schema::People { people: Vec::new() },
        }),
        organisations: registries.organisations.unwrap_or_else(|| File {
            path: folder.display("organisations.yaml"),
            text: String::new(),
            content: schema::Organisations {
                organisations: Vec::new(),
            },
        }),
        acronyms: registries.acronyms,
        references: registries.references,
        chapters: text.chapters,
        warnings: found.clone(),
    };
    if !found.has_errors() {
        return Ok(source);
    }
    let mut doubts = text.reading.doubts;
    doubts.extend(registries.reading.doubts);
    doubts.extend(text.in_chapters.doubts);
    Err(Box::new(Unread::new(found, source, doubts)))
}

/// What the chapters and the file that lists them say.
struct Text {
    report: Option<File<schema::Report>>,
    chapters: Vec<File<schema::Chapter>>,
    /// What is wrong with the report file itself.
    reading: Reading,
    in_chapters: Reading,
}

impl Text {
    fn read(folder: &Folder) -> Self {
        let (mut reading, mut in_chapters) = (Reading::default(), Reading::default());
        let report = required(folder, "report.yaml", &mut reading);
        let chapters = match &report {
            Some(report) if reading.doubts.is_empty() => {
                let chapters = read_chapters(folder, report, &mut in_chapters);
                let found = &mut in_chapters.found;
                // A file may well be the one that a wrong entry means.
                if !found.iter().any(|one| {
                    one.field
                        .as_deref()
                        .is_some_and(|field| field.starts_with("contents["))
                }) {
                    unlisted(folder, report, found);
                }
                chapters
            }
            _ => read_all_chapters(folder, &mut in_chapters),
        };
        Text {
            report,
            chapters,
            reading,
            in_chapters,
        }
    }
}

/// What the files say that chapters refer to.
struct Registries {
    people: Option<File<schema::People>>,
    organisations: Option<File<schema::Organisations>>,
    acronyms: Option<File<schema::Acronyms>>,
    references: Option<References>,
    reading: Reading,
}

impl Registries {
    fn read(folder: &Folder) -> Self {
        let mut reading = Reading::default();
        Registries {
            people: optional(folder, "people.yaml", &mut reading),
            organisations: optional(folder, "organisations.yaml", &mut reading),
            acronyms: optional(folder, "acronyms.yaml", &mut reading),
            references: references::read(folder, &mut reading),
            reading,
        }
    }
}

/// What a YAML file that is no part of a source says, such as a layout's: by the same rules, with the same messages.
pub(crate) fn yaml<T: serde::de::DeserializeOwned>(
    path: &str,
    bytes: &[u8],
    kind: Kind,
) -> Result<File<T>, Diagnostics> {
    file(path.to_owned(), bytes.to_vec()).map_err(|unread| {
        let of_kind = |one: Diagnostic| one.of_kind(kind);
        unread.found.into_iter().map(of_kind).collect()
    })
}

/// Decodes and parses a file's bytes.
fn file<T: serde::de::DeserializeOwned>(
    path: String,
    bytes: Vec<u8>,
) -> Result<File<T>, UnreadFile<T>> {
    let decoded = decode::decode(&path, bytes);
    let text = decoded.map_err(|found| UnreadFile::from(Diagnostics::from(found)))?;
    let parsed = parse::parse(FileRef {
        path: &path,
        text: &text,
    });
    match parsed {
        Ok(content) => Ok(File {
            path,
            text,
            content,
        }),
        Err(parse::Unread { found, rescued }) => Err(UnreadFile {
            found,
            rescued: rescued.map(|(content, copy)| {
                let now = copy.text.clone();
                let file = File {
                    path,
                    text: now,
                    content,
                };
                (file, rescue::Doubt::mended(text, copy))
            }),
        }),
    }
}

/// A file with mistakes; what is left of it without them, if that can be told.
struct UnreadFile<T> {
    found: Diagnostics,
    rescued: Option<(File<T>, rescue::Doubt)>,
}

impl<T> From<Diagnostics> for UnreadFile<T> {
    fn from(found: Diagnostics) -> Self {
        let rescued = None;
        UnreadFile { found, rescued }
    }
}

/// Reads a file that must be there; anything wrong is noted in `reading`.
fn required<T: serde::de::DeserializeOwned>(
    folder: &Folder,
    path: &str,
    reading: &mut Reading,
) -> Option<File<T>> {
    match folder.read(path, MAX_YAML) {
        Ok(bytes) => typed(folder, path, bytes, reading),
        Err(problem) => {
            let path = folder.display(path);
            reading.found.push(problem.diagnostic(&path));
            reading.doubts.insert(path, Doubt::Lost);
            None
        }
    }
}

/// Reads a file that may be missing; anything else that is wrong is noted in `reading`.
fn optional<T: serde::de::DeserializeOwned>(
    folder: &Folder,
    path: &str,
    reading: &mut Reading,
) -> Option<File<T>> {
    match folder.read(path, MAX_YAML) {
        Err(Problem::Missing { similar: None }) => {
            let short = path.replace(".yaml", ".yml");
            if folder.read(&short, MAX_YAML).is_ok() {
                let message = format!("`{short}` is not read under this name");
                let place = Location::whole(folder.display(&short));
                let wrong = Diagnostic::new(Code::FILE_NAME, message).at(place);
                let hint = format!("rename it to {path}");
                reading.found.push(wrong.hint(hint));
                reading.doubts.insert(folder.display(path), Doubt::Lost);
            }
            None
        }
        _ => required(folder, path, reading),
    }
}

/// A file from its bytes; anything wrong is noted in `reading`.
fn typed<T: serde::de::DeserializeOwned>(
    folder: &Folder,
    path: &str,
    bytes: Vec<u8>,
    reading: &mut Reading,
) -> Option<File<T>> {
    guard::allow(guard::Input::Report, bytes.len());
    let path = folder.display(path);
    let place = Location::whole(path.as_str());
    let _work = guard::at_work(format!("reading `{path}`"), Some(place));
    match file(path.clone(), bytes) {
        Ok(file) => Some(file),
        Err(unread) => {
            reading.found.extend(unread.found);
            let (file, doubt) = match unread.rescued {
                Some((file, doubt)) => (Some(file), doubt),
                None => (None, Doubt::Lost),
            };
            reading.doubts.insert(path, doubt);
            file
        }
    }
}

fn read_chapters(
    folder: &Folder,
    report: &File<schema::Report>,
    reading: &mut Reading,
) -> Vec<File<schema::Chapter>> {
    let entries = &report.content.contents;
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    let mut chapters = Vec::new();
    if entries.len() > MAX_CHAPTERS {
        let message = format!("the report names more than {MAX_CHAPTERS} chapters");
        reading.found.push(entry_diagnostic(
            report,
            Code::TOO_MANY_CHAPTERS,
            MAX_CHAPTERS,
            &entries[MAX_CHAPTERS],
            message,
        ));
        return chapters;
    }
    let mut wrong = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let path = entry.value.trim();
        if let Some(line) = seen.insert(path, entry.line) {
            let message =
                format!("the chapter `{path}` is named twice; the first time on line {line}");
            wrong.push((index, Code::CHAPTER_TWICE, message, None));
        } else if let Some(problem) = reserved(path) {
            wrong.push((index, Code::NOT_A_CHAPTER, problem, None));
        } else {
            match folder.read(path, MAX_YAML) {
                Ok(bytes) => {
                    if let Some(why) = foreign_to_windows(path) {
                        let message = format!("`{}` {why}", folder.display(path));
                        let hint = Some("rename the file".into());
                        wrong.push((index, Code::FOREIGN_NAME, message, hint));
                    }
                    chapters.extend(typed(folder, path, bytes, reading));
                }
                Err(problem) => {
                    reading.doubts.insert(folder.display(path), Doubt::Lost);
                    let message = problem.message(&folder.display(path));
                    wrong.push((index, problem.code_when_named(), message, problem.hint()));
                }
            }
        }
    }
    // The report alone is looked at by now: what is remembered of it holds.
    memo::remembering(|| {
        let wrong = wrong.into_iter();
        reading
            .found
            .extend(wrong.map(|(index, code, message, hint)| {
                let mut diagnostic =
                    entry_diagnostic(report, code, index, &entries[index], message);
                diagnostic.hints.extend(hint);
                diagnostic
            }));
    });
    chapters
}

/// Reads every chapter file of the folder: where `report.yaml` is wrong no one knows which of them belong to the report,
/// and the writer should hear of all mistakes at once.
fn read_all_chapters(folder: &Folder, reading: &mut Reading) -> Vec<File<schema::Chapter>> {
    let kinds = ["section:", "meeting:", "appendix:"];
    let mut chapters = Vec::new();
    for path in folder.list_yaml() {
        let Ok(bytes) = folder.read(&path, MAX_YAML) else {
            continue;
        };
        let text = String::from_utf8_lossy(&bytes);
        let is_chapter = text
            .lines()
            .any(|line| kinds.iter().any(|kind| line.starts_with(kind)));
        if is_chapter && reserved(&path).is_none() {
            chapters.extend(typed(folder, &path, bytes, reading));
        }
    }
    chapters
}

/// Why a file cannot be a chapter, by its name alone.
fn reserved(path: &str) -> Option<String> {
    match path {
        "" => Some("a chapter's file name is empty".into()),
        "report.yaml"
        | "people.yaml"
        | "organisations.yaml"
        | "acronyms.yaml"
        | references::YAML
        | ACCESS_FILE
        | SETTINGS_FILE => Some(format!(
            "`{path}` is no chapter: it is read by itself and does not belong in `contents`"
        )),
        _ => None,
    }
}

fn entry_diagnostic(
    report: &File<schema::Report>,
    code: Code,
    index: usize,
    entry: &Located<String>,
    message: String,
) -> Diagnostic {
    report
        .as_ref()
        .diagnostic(code, entry.line, entry.column, message)
        .field(format!("contents[{index}]"))
}

/// Files with lists of what the report names.
const REGISTRIES: [&str; 4] = [
    "people.yaml",
    "organisations.yaml",
    "acronyms.yaml",
    references::YAML,
];

/// The registry that a file is meant to be by its name.
fn meant_registry(path: &str) -> Option<&'static str> {
    let (stem, _) = path.rsplit_once('.')?;
    let stem = stem.to_lowercase();
    let stems = REGISTRIES.map(|name| name.trim_end_matches(".yaml"));
    let near = nearest(&stem, stems)?;
    REGISTRIES.into_iter().find(|name| name.starts_with(near))
}

/// Warns of YAML files in the folder that no one reads.
fn unlisted(folder: &Folder, report: &File<schema::Report>, found: &mut Diagnostics) {
    let mut known: BTreeSet<&str> = report
        .content
        .contents
        .iter()
        .map(|entry| entry.value.trim())
        .collect();
    known.extend(REGISTRIES);
    known.insert("report.yaml");
    known.insert(ACCESS_FILE);
    let files = folder.list_yaml();
    // An error says that it is not read under this name.
    let misnamed = REGISTRIES
        .iter()
        .filter(|name| !files.iter().any(|file| file == *name));
    let misnamed: Vec<String> = misnamed.map(|name| name.replace(".yaml", ".yml")).collect();
    known.extend(misnamed.iter().map(String::as_str));
    for path in &files {
        let path = path.as_str();
        // Layouts and settings may lie next to `report.yaml`, where that is the root of a project.
        if !known.contains(path) && !path.starts_with("layouts/") && path != SETTINGS_FILE {
            let message =
                format!("`{path}` is in no `contents` list and is not part of the report");
            let hint = match meant_registry(path) {
                Some(name) => {
                    format!("{name} is the name that is read: join the two, or remove the file")
                }
                None => format!("add `- {path}` to `contents` in report.yaml, or remove the file"),
            };
            let place = Location::whole(folder.display(path));
            found.push(
                Diagnostic::new(Code::UNLISTED_FILE, message)
                    .at(place)
                    .hint(hint),
            );
        }
    }
}
