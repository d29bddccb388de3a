//! What is wrong, where, and what to do: the one error type of the program.
//!
//! Every stage returns [`Diagnostics`], a list, so that all mistakes of a stage are reported at once. Nothing here
//! prints; `main` does. Messages are lower case plain English without a final full stop. Every diagnostic has a
//! [`Code`], which `gmg-export explain` explains.

mod code;
mod codes;
mod mark;
mod nearest;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::fmt;
use std::hash::{Hash, Hasher};

pub use code::Code;
pub(crate) use mark::word;
pub(crate) use nearest::{did_you_mean, nearest, one_of};

/// How bad a diagnostic is. Warnings never change the exit code.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something that the author may want to look at; the artifact is right all the same.
    Warning,
    /// Nothing is written.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Warning => "warning",
            Severity::Error => "error",
        })
    }
}

/// What kind of thing went wrong: it decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An artifact differs from its golden record, or from what a printer asks for.
    Differs,
    /// The command line was used wrongly, or a setting in the environment or in gmg-export.yaml is wrong.
    Usage,
    /// A file of the source is wrong.
    Source,
    /// A layout, a template or a font is wrong.
    Layout,
    /// A file could not be read or written.
    Io,
    /// The work met a limit of memory or time.
    Limit,
    /// The program itself is wrong.
    Internal,
}

/// The exit codes of the command, in one place: `--help` prints this table.
pub const EXIT_CODES: &[(u8, &str)] = &[
    (0, "done: everything that was asked for is complete"),
    (
        1,
        "differs: an artifact is not what its record or its release says, or it fails a check",
    ),
    (2, "usage: the command line or a setting is wrong"),
    (3, "source: the report's YAML, prose or pictures are wrong"),
    (4, "layout: a layout, template or font is wrong"),
    (5, "input or output: a file cannot be read or written"),
    (
        6,
        "limit: the work takes more memory or time than it may; nothing was written",
    ),
    (
        70,
        "internal: a mistake in the program itself; please report it",
    ),
    (
        130,
        "stopped: Ctrl-C or a request of the system; no file is half written",
    ),
];

/// The exit code of a run that a mistake in the program itself ended.
pub const INTERNAL: u8 = 70;

impl Kind {
    /// The exit code of a run that failed with this kind (see [`EXIT_CODES`]).
    pub fn exit_code(self) -> u8 {
        match self {
            Kind::Differs => 1,
            Kind::Usage => 2,
            Kind::Source => 3,
            Kind::Layout => 4,
            Kind::Io => 5,
            Kind::Limit => 6,
            Kind::Internal => INTERNAL,
        }
    }
}

/// A place in a file. Lines and columns count from 1; columns count characters. Line 0 means the file as a whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The file's path as the user would type it, with forward slashes.
    pub file: String,
    /// Line, from 1; 0 for the whole file.
    pub line: u32,
    /// Column in characters, from 1; 0 for the whole line.
    pub column: u32,
}

impl Location {
    /// The file as a whole.
    pub fn whole(file: impl Into<String>) -> Self {
        Location {
            file: file.into(),
            line: 0,
            column: 0,
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
            if self.column > 0 {
                write!(f, ":{}", self.column)?;
            }
        }
        Ok(())
    }
}

/// Where on printed pages something was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// Name of the rule that is broken, as `preflight` shows it.
    pub rule: &'static str,
    /// Page from 1; 0 for the file as a whole.
    pub page: usize,
    /// What on the page it is, such as `text “Contents”`; the first where there are several. Empty for the page.
    pub object: String,
    /// How many such objects the page has.
    pub count: usize,
}

/// One diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which mistake it is, and with that how bad.
    pub code: Code,
    /// What kind of thing is wrong: that of the code, unless the file at fault is one of another kind.
    pub kind: Kind,
    /// What is wrong, in lower case, without a final full stop.
    pub message: String,
    /// Where it is wrong.
    pub location: Option<Location>,
    /// The path of the field, such as `meeting.sections[2].interventions[0].speaker`.
    pub field: Option<String>,
    /// What to do about it, one sentence each.
    pub hints: Vec<String>,
    /// The source line that `location` points at, without its line end.
    pub snippet: Option<std::sync::Arc<str>>,
    /// Where on printed pages it is, for what a printer would object to.
    pub printed: Option<Printed>,
}

impl Diagnostic {
    /// A diagnostic with a message; add a place and hints with the functions below.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            kind: code.kind(),
            message: message.into(),
            location: None,
            field: None,
            hints: Vec::new(),
            snippet: None,
            printed: None,
        }
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// Line and column after the last character of what the diagnostic is about: the word at its place. `None` where no
    /// column or no line of text is known.
    pub fn end(&self) -> Option<(u32, u32)> {
        let place = self
            .location
            .as_ref()
            .filter(|place| place.line > 0 && place.column > 0)?;
        let line: Vec<char> = self.snippet.as_ref()?.chars().collect();
        let start = usize::try_from(place.column - 1).ok()?;
        let length = u32::try_from(mark::word(&line, start)).ok()?;
        Some((place.line, place.column.saturating_add(length)))
    }

    /// The same diagnostic, of another kind than its code says.
    #[must_use]
    pub fn of_kind(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }

    /// The same diagnostic, placed at `location`.
    #[must_use]
    pub fn at(mut self, location: Location) -> Self {
        self.location = Some(location);
        self
    }

    /// The same diagnostic, with the path of the field.
    #[must_use]
    pub fn field(mut self, path: impl Into<String>) -> Self {
        self.field = Some(path.into());
        self
    }

    /// The same diagnostic, with one more hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same diagnostic, with the line of source text it points at.
    #[must_use]
    pub fn snippet(mut self, line: impl Into<std::sync::Arc<str>>) -> Self {
        self.snippet = Some(line.into());
        self
    }
}

/// A list of diagnostics, in the order in which they were made. Empty means that nothing is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds one diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds diagnostics before all others.
    pub fn prepend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.0.splice(0..0, diagnostics);
    }

    /// Keeps the diagnostics that `keep` says.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.0.retain(keep);
    }

    /// Puts the diagnostics into the order of their places, those without a place first, each once.
    pub fn sort_by_place<K: Ord>(&mut self, key: impl FnMut(&Diagnostic) -> K) {
        self.0.sort_by_key(key);
        self.0.dedup();
    }

    /// Leaves the first of equal ones.
    fn each_once(&mut self) {
        let mut known = HashSet::new();
        let firsts: Vec<bool> = self.0.iter().map(|one| known.insert(one)).collect();
        let mut firsts = firsts.into_iter();
        self.0.retain(|_| firsts.next().unwrap_or(true));
    }

    /// Whether any diagnostic is an error.
    pub fn has_errors(&self) -> bool {
        self.0
            .iter()
            .any(|found| found.severity() == Severity::Error)
    }

    /// How many diagnostics are as bad as that.
    pub fn count(&self, severity: Severity) -> usize {
        let same = |found: &&Diagnostic| found.severity() == severity;
        self.0.iter().filter(same).count()
    }

    /// The exit code of a run that ends with these diagnostics: that of the first error, 0 without one.
    pub fn exit_code(&self) -> u8 {
        self.0
            .iter()
            .find(|found| found.severity() == Severity::Error)
            .map_or(0, |found| found.kind.exit_code())
    }

    /// `Err` with all diagnostics when any of them is an error, else `Ok` with the value and the warnings.
    pub fn or_value<T>(self, value: T) -> Result<(T, Diagnostics), Diagnostics> {
        if self.has_errors() {
            Err(self)
        } else {
            Ok((value, self))
        }
    }
}

/// `1 error`, `2 errors`.
pub(crate) fn many(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

/// All values, or everything that was found wrong, each diagnostic once.
pub(crate) fn all<T>(results: Vec<Result<T, Diagnostics>>) -> Result<Vec<T>, Diagnostics> {
    let mut values = Vec::new();
    let mut found = Diagnostics::default();
    for result in results {
        match result {
            Ok(value) => values.push(value),
            Err(more) => found.extend(more),
        }
    }
    found.each_once();
    found.or_value(values).map(|(values, _)| values)
}

// What most diagnostics differ in: of a line with many mistakes, each would be read to its end.
impl Hash for Diagnostic {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.message, &self.field).hash(state);
        if let Some(place) = &self.location {
            (&place.file, place.line, place.column).hash(state);
        }
    }
}

impl std::ops::Deref for Diagnostics {
    type Target = [Diagnostic];

    fn deref(&self) -> &[Diagnostic] {
        &self.0
    }
}

impl std::ops::DerefMut for Diagnostics {
    fn deref_mut(&mut self) -> &mut [Diagnostic] {
        &mut self.0
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: T) {
        self.0.extend(diagnostics);
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<T: IntoIterator<Item = Diagnostic>>(diagnostics: T) -> Self {
        Diagnostics(diagnostics.into_iter().collect())
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(found: Diagnostic) -> Self {
        Diagnostics(vec![found])
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for found in &self.0 {
            let (severity, code) = (found.severity(), found.code);
            write!(f, "{severity}[{code}]: {}", found.message)?;
            if let Some(location) = &found.location {
                write!(f, "\n  --> {location}")?;
                if let Some(field) = &found.field {
                    write!(f, " ({field})")?;
                }
            }
            for hint in &found.hints {
                write!(f, "\n  = hint: {hint}")?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}
