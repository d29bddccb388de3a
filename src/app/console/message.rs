//! What programs read: one JSON object a line, described by the schema that `gmg-export schema messages` prints.

use schemars::JsonSchema;
use serde::Serialize;

use super::form::line_of;
use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::paths::slashed;

/// A message of gmg-export to another program, as one JSON object a line.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "event", rename_all = "lowercase")]
pub enum Message {
    /// Something that was found.
    Diagnostic(DiagnosticEvent),
    /// A file that was written.
    #[serde(rename = "artifact")]
    WrittenFile(WrittenFile),
    /// A file that was taken away.
    Removed(Removed),
    /// The last message of a run.
    Summary(Summary),
}

/// Something that was found. Lines and columns count from 1, columns in characters (Unicode code points).
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DiagnosticEvent {
    /// Its code, such as `E0204`; `gmg-export explain` tells more about it.
    #[schemars(regex(pattern = "^[EW][0-9]{4}$"))]
    pub code: &'static str,
    /// How bad it is; warnings do not change the exit code.
    pub severity: Severity,
    /// What is wrong, in lower case, without a final full stop.
    pub message: String,
    /// The file, with forward slashes, as it was typed or seen from where the program was started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The line, unless the file as a whole is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub line: Option<u32>,
    /// The column, unless the line as a whole is meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub column: Option<u32>,
    /// The line that the word ends on which it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub end_line: Option<u32>,
    /// The column after the last character of that word.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 2))]
    pub end_column: Option<u32>,
    /// The path of the field, such as `meeting.sections[2].title`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What to do about it, a sentence each.
    pub hints: Vec<String>,
    /// The line of text; of a very long one the part around the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snippet: Option<String>,
    /// The rule of `preflight` that is broken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<&'static str>,
    /// The page of a printed file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub page: Option<usize>,
    /// What on the page it is; the first where there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// How many such objects the page has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<usize>,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WrittenFile {
    /// Its path, with forward slashes, as it was typed or seen from where the program was started.
    pub path: String,
    /// The format, for what an export makes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// The layout, for what an export makes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layout: Option<String>,
    /// Its size in bytes.
    pub bytes: usize,
    /// Number of its pages, where it has any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<usize>,
    /// SHA-256 of its bytes, in lower-case hexadecimal digits.
    #[schemars(regex(pattern = "^[0-9a-f]{64}$"))]
    pub sha256: String,
}

/// A file that was taken away.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Removed {
    /// Its path, with forward slashes.
    pub path: String,
}

/// What a run came to.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Summary {
    /// Number of errors.
    pub errors: usize,
    /// Number of warnings.
    pub warnings: usize,
    /// Number of files that were written.
    pub artifacts: usize,
    /// The exit code: 0 done, 1 differs, 2 usage, 3 source, 4 layout, 5 input or output, 70 internal.
    pub exit_code: u8,
}

impl WrittenFile {
    /// A file with these bytes.
    pub fn new(path: &std::path::Path, bytes: &[u8]) -> Self {
        WrittenFile {
            path: slashed(path),
            format: None,
            layout: None,
            bytes: bytes.len(),
            pages: None,
            sha256: crate::base::digest::sha256(bytes),
        }
    }
}

impl From<&Diagnostic> for DiagnosticEvent {
    fn from(found: &Diagnostic) -> Self {
        let place = found.location.as_ref();
        let line = place.map(|place| place.line).filter(|line| *line > 0);
        let end = found.end();
        let printed = found.printed.as_ref();
        DiagnosticEvent {
            code: found.code.number(),
            severity: found.severity(),
            message: found.message.clone(),
            file: place.map(|place| place.file.clone()),
            line,
            column: place
                .map(|place| place.column)
                .filter(|column| line.is_some() && *column > 0),
            end_line: end.map(|(line, _)| line),
            end_column: end.map(|(_, column)| column),
            field: found.field.clone(),
            hints: found.hints.clone(),
            snippet: line_of(found),
            rule: printed.map(|printed| printed.rule),
            page: printed.map(|printed| printed.page).filter(|page| *page > 0),
            object: printed
                .map(|printed| printed.object.clone())
                .filter(|object| !object.is_empty()),
            count: printed.map(|printed| printed.count),
        }
    }
}
