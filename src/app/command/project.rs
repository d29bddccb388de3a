//! Where a report is, and what belongs to it: its own layouts and its records.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::console::Console;
use crate::app::settings::{self, SettingsFolders};
use crate::base::diagnostic::{self, Code, Diagnostic, Diagnostics, nearest};
use crate::base::files::{Kind, Root};
use crate::base::inputs::Inputs;
use crate::base::output::Destination;
use crate::base::paths::{folder_of, slashed};
use crate::document::{self, Document};
use crate::layout::{self, LayoutLoader};
use crate::source::{self, Folder, Source, Unread};

/// Name of the file that makes a folder a source.
const REPORT: &str = "report.yaml";
/// Name of the folder that a project keeps its source in.
const SOURCE: &str = "source";
/// Folder of the approved records, below the report's own.
const GOLDENS: &str = "tests/golden";
/// The commands, for those who mistype one and get it read as a folder.
const COMMANDS: [&str; 18] = [
    "access",
    "merge",
    "diff",
    "check",
    "verify",
    "approve",
    "schema",
    "list",
    "explain",
    "init",
    "layout",
    "import",
    "preflight",
    "release",
    "manifest",
    "completions",
    "man",
    "help",
];

/// A report with its layouts and records.
#[derive(Clone)]
pub(super) struct Project {
    folder: Folder,
    /// The folder that `layouts`, `tests/golden` and the settings are looked for in.
    root: Root,
    /// Whether it is the report in the binary.
    pub(super) built_in: bool,
    /// Where every file that is read is noted, if anybody wants to know.
    inputs: Option<Inputs>,
}

impl Project {
    /// The report that `source` names; without it the one in `./source`, else the one in this folder, else the one in
    /// the binary.
    pub(super) fn find(source: Option<&Path>) -> Result<Self, Diagnostics> {
        match source {
            Some(path) => Self::named(path),
            None => Self::here(),
        }
    }

    fn named(path: &Path) -> Result<Self, Diagnostics> {
        let root = Root::named(path);
        let shown = path.display();
        if path.is_dir() {
            if let Err(problem) = root.names() {
                return Err(unreadable(path, &problem));
            }
            if root.holds(REPORT) {
                return Ok(Self::on_disk(path));
            }
            return match Self::inside(&root)? {
                Some(found) => Ok(found),
                None => Err(refuse(
                    Code::NO_REPORT,
                    format!("the folder `{shown}` holds no {REPORT}"),
                )),
            };
        }
        if path.symlink_metadata().is_err() {
            return Err(refuse_unknown(path));
        }
        if path.file_name().is_none_or(|name| name != REPORT) {
            let message = format!("`{shown}` is neither a folder nor a file called {REPORT}");
            let found = refuse(Code::NO_REPORT, message);
            return Err(match to_import(path) {
                true => found.with_hint(&format!(
                    "to make a report of a text: save it as plain text or Markdown, and gmg-export import {shown}"
                )),
                false => found,
            });
        }
        Ok(Self::on_disk(folder_of(path)))
    }

    /// The report in this folder, or in `source` in it; the one in the binary only where nothing says that there should
    /// be another.
    fn here() -> Result<Self, Diagnostics> {
        let here = Root::named(Path::new("."));
        let names = here.names();
        let names = names.map_err(|problem| unreadable(Path::new("."), &problem))?;
        if let Some(found) = Self::inside(&here)? {
            return Ok(found);
        }
        if here.holds(REPORT) {
            return Ok(Self::on_disk(Path::new(".")));
        }
        for folder in [here.folder(SOURCE), here.clone()] {
            // A slip in a name must not give another report than the one that is meant.
            if let Some(near) = nearly_report(&folder) {
                let message = format!("there is no {REPORT} here, but there is `{near}`");
                return Err(refuse(Code::NEARLY_REPORT, message)
                    .with_hint(&format!("rename it to {REPORT}")));
            }
        }
        if let Some(trace) = names.iter().rev().find(|name| is_trace(name)) {
            let message = format!("there is no {REPORT} here, but there is `{trace}`");
            return Err(refuse(Code::NO_REPORT, message).with_hint(
                "the report built into gmg-export is exported from a folder that holds no report alone",
            ));
        }
        Ok(Project {
            folder: source::embedded(),
            root: here,
            built_in: true,
            inputs: None,
        })
    }

    /// The report in the folder `source` of a folder, if there is one.
    fn inside(root: &Root) -> Result<Option<Self>, Diagnostics> {
        match root.kind(SOURCE) {
            Ok(Some(Kind::Outside)) => {
                let path = root.display(SOURCE);
                let message = format!("`{path}` is a link that leads out of the report's folder");
                return Err(Diagnostic::new(Code::LINK_OUTSIDE, message)
                    .of_kind(diagnostic::Kind::Io)
                    .hint("give the folder that it leads to")
                    .into());
            }
            Ok(Some(Kind::Folder)) => {}
            _ => return Ok(None),
        }
        let source = root.enter(SOURCE);
        if let Err(problem) = source.names() {
            return Err(unreadable(source.path(), &problem));
        }
        Ok(source.holds(REPORT).then(|| Project {
            folder: Folder::Disk(source),
            root: root.clone(),
            built_in: false,
            inputs: None,
        }))
    }

    /// The report among files that lie elsewhere: in `folder` of them, or in the folder `source` of that.
    pub(super) fn among(files: &Root, folder: &str) -> Option<Self> {
        let here = match folder {
            "" => files.clone(),
            folder => files.enter(folder),
        };
        let inside = here.enter(SOURCE);
        let (folder, root) = match inside.holds(REPORT) {
            true => (inside, here),
            false if folder == SOURCE => (here, files.clone()),
            false => (here.clone(), here),
        };
        folder.holds(REPORT).then(|| Project {
            folder: Folder::Disk(folder),
            root,
            built_in: false,
            inputs: None,
        })
    }

    /// The report in a folder that was named.
    fn on_disk(folder: &Path) -> Self {
        // The name itself may be hidden in `.` or `..`.
        let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let root = match real.file_name().is_some_and(|name| name == SOURCE) {
            true => above(folder),
            false => folder.to_owned(),
        };
        Project {
            folder: Folder::Disk(Root::named(folder)),
            root: Root::named(&root),
            built_in: false,
            inputs: None,
        }
    }

    /// The same report, with files of its source that say something else.
    pub(super) fn with_changed(self, changed: BTreeMap<String, Vec<u8>>) -> Self {
        Project {
            folder: Folder::Changed(Box::new(self.folder), Arc::new(changed)),
            ..self
        }
    }

    /// The bytes of a file of its source.
    pub(super) fn file(&self, path: &str) -> Result<Vec<u8>, Diagnostics> {
        let bytes = self.folder.read(path, source::MAX_YAML);
        bytes.map_err(|problem| problem.diagnostic(&self.folder.display(path)).into())
    }

    /// The folder of its source, to be read.
    pub(super) fn folder(&self) -> &Folder {
        &self.folder
    }

    /// The folder of its source, to be written to.
    pub(super) fn source_folder(&self) -> Destination {
        match &self.folder {
            Folder::Disk(root) => Destination::named(root.path()),
            _ => Destination::named(Path::new(".")),
        }
    }

    /// Where its settings are.
    pub(super) fn place(&self) -> SettingsFolders<'_> {
        SettingsFolders {
            root: &self.root,
            source: match &self.folder {
                Folder::Disk(folder) if folder.path() != self.root.path() => Some(folder),
                _ => None,
            },
        }
    }

    /// The layouts of this report, before those in the binary.
    pub(super) fn loader(&self) -> LayoutLoader {
        let loader = match self.built_in {
            true => LayoutLoader::embedded(),
            false => LayoutLoader::of_report(&self.root),
        };
        match &self.inputs {
            Some(inputs) => loader.noting(inputs.clone()),
            None => loader,
        }
    }

    /// The same report, with every file that is read of it noted.
    pub(super) fn noting(self, inputs: &Inputs) -> Self {
        Project {
            folder: Folder::Noted(Box::new(self.folder), inputs.clone()),
            inputs: Some(inputs.clone()),
            ..self
        }
    }

    /// The report's own folder.
    pub(super) fn root(&self) -> &Path {
        self.root.path()
    }

    /// Its approved records, to be read.
    pub(super) fn approved(&self) -> Root {
        self.root.folder(GOLDENS)
    }

    /// A path that the report's settings choose, as one below its folder.
    pub(super) fn own_path(&self, path: &Path) -> String {
        let below = path.strip_prefix(self.root()).unwrap_or(path);
        slashed(below)
    }

    /// A folder that the report's settings choose.
    pub(super) fn destination(&self, path: &Path) -> Result<Destination, Diagnostics> {
        Destination::below(self.root(), Path::new(&self.own_path(path)))
    }

    /// Name of the report's own folder.
    pub(super) fn name(&self) -> String {
        let real = self.root().canonicalize();
        let real = real.unwrap_or_else(|_| self.root().to_owned());
        let name = real.file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    /// The folder of its records.
    pub(super) fn goldens(&self) -> Result<Destination, Diagnostics> {
        Destination::below(self.root(), Path::new(GOLDENS))
    }

    /// The source and the document; warnings are printed.
    pub(super) fn open(&self, console: &Console) -> Result<(Source, Document), Diagnostics> {
        let (source, document, warnings) = self.read()?;
        // Whoever exports the built-in report cannot change it.
        if !self.built_in {
            console.diagnostics(&warnings);
        }
        Ok((source, document))
    }

    /// The source, the document, and warnings.
    pub(super) fn read(&self) -> Result<(Source, Document, Diagnostics), Diagnostics> {
        let source =
            source::read_or_rescue(&self.folder).map_err(|unread| self.meaning(&unread))?;
        let language = source.report.content.language.value.trim();
        let (document, mut warnings) = match self.loader().strings(language) {
            Ok(strings) => document::resolve(&source, &strings)?,
            // Words of another language do to find what else is wrong.
            Err(found) => return Err(without_words(&source, found)),
        };
        if !self.built_in {
            let folders = self.place();
            warnings.extend(layout::unread_files(folders.root, folders.source));
        }
        Ok((source, document, warnings))
    }
}

impl Project {
    /// All that is wrong with a source of which files cannot be read.
    fn meaning(&self, unread: &Unread) -> Diagnostics {
        let strings = unread.language().map(|tag| self.loader().strings(tag));
        // Words of another language do to find what is wrong.
        match strings
            .and_then(Result::ok)
            .map_or_else(|| layout::strings("en"), Ok)
        {
            Ok(strings) => unread.with_meaning(|source| document::resolve(source, &strings)),
            Err(_) => unread.found.clone(),
        }
    }
}

/// All that is wrong with a source in a language that has no words.
fn without_words(source: &Source, found: Diagnostics) -> Diagnostics {
    let report = &source.report;
    let language = &report.content.language;
    let placed = |one: Diagnostic| match one.location {
        Some(_) => one,
        None => {
            let file = report.as_ref();
            let placed = file.diagnostic(one.code, language.line, language.column, one.message);
            Diagnostic {
                hints: one.hints,
                kind: one.kind,
                ..placed.field("language")
            }
        }
    };
    let mut all = found.into_iter().map(placed).collect::<Diagnostics>();
    let others = layout::strings("en").and_then(|strings| document::resolve(source, &strings));
    if let Err(mut others) = others {
        // The words that stand in for those of the language are no diagnostic.
        others.retain(|one| one.code != Code::HALF_TRANSLATED);
        // A tag that is none has no words either: once is enough.
        if others
            .iter()
            .any(|one| one.field.as_deref() == Some("language"))
        {
            all.retain(|one| one.field.as_deref() != Some("language"));
        }
        all.extend(others);
    }
    all
}

/// A file in the folder that may be meant to be the report.
fn nearly_report(folder: &Root) -> Option<String> {
    let names = folder.names().ok()?;
    let near = names.into_iter().find(|name| {
        let name = name.to_lowercase();
        ["report.yml", REPORT, "report.yaml.txt", "report.yaml.yaml"].contains(&name.as_str())
    });
    near.map(|name| folder.display(&name))
}

/// Whether something of that name says that its folder is a report's. Settings alone may be for the report in the
/// binary.
fn is_trace(name: &str) -> bool {
    let name = name.to_lowercase();
    let is_yaml = name.ends_with(".yaml") || name.ends_with(".yml");
    [SOURCE, "layouts"].contains(&name.as_str()) || is_yaml && name != settings::FILE
}

/// A folder that may hold a report and cannot be looked into.
fn unreadable(folder: &Path, error: &std::io::Error) -> Diagnostics {
    let message = format!("the folder `{}` cannot be read: {error}", folder.display());
    Diagnostic::new(Code::CANNOT_READ, message)
        .hint("ask whoever the folder belongs to for leave to read it")
        .into()
}

/// The folder that holds `folder`, by its text where that says it.
fn above(folder: &Path) -> PathBuf {
    match folder.parent() {
        Some(parent) if folder.file_name().is_some() && parent.as_os_str().is_empty() => {
            PathBuf::from(".")
        }
        Some(parent) if folder.file_name().is_some() => parent.to_owned(),
        _ => folder.join(".."),
    }
}

fn refuse(code: Code, message: String) -> Diagnostics {
    Diagnostic::new(code, message)
        .hint(format!(
            "give the folder that holds {REPORT}; `gmg-export init DIR` makes a new report"
        ))
        .into()
}

/// Whether a file is a text that somebody may want to make a report of.
fn to_import(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
    let texts = [
        "md", "markdown", "txt", "docx", "doc", "odt", "rtf", "pdf", "html",
    ];
    ending.is_some_and(|ending| texts.iter().any(|one| ending == *one))
}

fn refuse_unknown(path: &Path) -> Diagnostics {
    let shown = path.display().to_string();
    // What has no separator in it is more likely a mistyped command than a folder.
    let near = nearest(&shown.to_lowercase(), COMMANDS.iter().copied());
    match near {
        Some(near) => Diagnostic::new(
            Code::NO_REPORT,
            format!("there is no command, file or folder `{shown}`"),
        )
        .of_kind(diagnostic::Kind::Usage)
        .hint(format!("did you mean `gmg-export {near}`?"))
        .into(),
        None => refuse(
            Code::NO_REPORT,
            format!("there is no file or folder `{shown}`"),
        ),
    }
}

trait WithHint {
    fn with_hint(self, hint: &str) -> Self;
}

impl WithHint for Diagnostics {
    fn with_hint(mut self, hint: &str) -> Self {
        if let Some(first) = self.first_mut() {
            first.hints.insert(0, hint.to_owned());
        }
        self
    }
}
