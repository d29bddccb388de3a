//! Why a file cannot be read.

use std::io::{Error, ErrorKind};

use crate::base::diagnostic::{Code, Diagnostic, Kind, Location};

/// Why a file cannot be read.
#[derive(Debug)]
pub enum Problem {
    /// The path is no path inside the folder.
    Path(&'static str),
    /// There is no such file; `similar` is one whose name differs in case alone.
    Missing {
        /// A file whose name differs in upper and lower case alone.
        similar: Option<String>,
    },
    /// It is a folder.
    Directory,
    /// It is neither a file nor a folder.
    Special,
    /// A link leads out of the folder.
    Outside,
    /// It is larger than this many bytes.
    TooLarge(u64),
    /// The system refuses to read it.
    Io(Error),
}

impl Problem {
    /// What an error of the system means.
    pub(crate) fn of(error: Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Problem::Missing { similar: None },
            // The system's own refusals have a number; only a path that leads out of the folder has none.
            ErrorKind::PermissionDenied if error.raw_os_error().is_none() => Problem::Outside,
            _ => Problem::Io(error),
        }
    }

    /// What is wrong with the file at `path`.
    pub fn message(&self, path: &str) -> String {
        match self {
            Problem::Path(why) => format!("`{path}` {why}"),
            Problem::Missing { similar: None } => {
                let foreign = path.chars().find(|c| !c.is_ascii());
                let foreign = foreign.map(|c| format!(" (U+{:04X} is in its name)", u32::from(c)));
                format!("there is no file `{path}`{}", foreign.unwrap_or_default())
            }
            Problem::Missing {
                similar: Some(similar),
            } => {
                format!("there is no file `{path}`, but there is `{similar}`")
            }
            Problem::Directory => format!("`{path}` is a folder, not a file"),
            Problem::Special => format!("`{path}` is no ordinary file"),
            Problem::Outside => format!("`{path}` is a link that leads out of the report's folder"),
            Problem::TooLarge(limit) => format!("`{path}` is larger than {} MiB", limit >> 20),
            Problem::Io(error) => format!("cannot read `{path}`: {error}"),
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Problem::Path(_) => {
                Some("write a path relative to report.yaml that every system can have, such as meetings/first.yaml".into())
            }
            Problem::Missing { similar: Some(_) } => Some(
                "upper and lower case must agree, or the report builds on some systems only".into(),
            ),
            Problem::Missing { similar: None } => {
                Some("file names are relative to the folder of report.yaml".into())
            }
            Problem::Outside => Some("copy the file into the folder".into()),
            Problem::Special => Some("put an ordinary file in its place".into()),
            _ => None,
        }
    }

    /// The code of the diagnostic where the source names the file: a wrong name is a mistake of the source.
    pub fn code_when_named(&self) -> Code {
        match self {
            Problem::Path(_) => Code::BAD_PATH,
            Problem::Missing { .. } => Code::MISSING_FILE,
            Problem::Directory => Code::NAMED_FOLDER,
            Problem::Special => Code::SPECIAL_FILE,
            Problem::Outside => Code::LINK_OUTSIDE,
            Problem::TooLarge(_) => Code::FILE_TOO_LARGE,
            Problem::Io(_) => Code::CANNOT_READ,
        }
    }

    /// The diagnostic where the program itself asks for the file at `path`.
    pub fn diagnostic(&self, path: &str) -> Diagnostic {
        let code = match self {
            Problem::Missing { .. } => Code::NO_REPORT,
            other => other.code_when_named(),
        };
        let kind = match self {
            Problem::TooLarge(_) => Kind::Source,
            _ => Kind::Io,
        };
        let mut diagnostic = Diagnostic::new(code, self.message(path))
            .of_kind(kind)
            .at(Location::whole(path));
        diagnostic.hints.extend(match self {
            Problem::Missing { similar: None } => Some(
                "name the folder that holds report.yaml, or make one with `gmg-export init DIR`"
                    .into(),
            ),
            other => other.hint(),
        });
        diagnostic
    }
}
