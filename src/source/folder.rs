//! Where the files of a source are: a folder on disk, one embedded in the program, or one in memory.
//!
//! Paths in a source are relative, use `/`, stay inside the folder and are spelled exactly as the files are, so that a
//! source that builds on one system builds on all.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use include_dir::Dir;

use crate::base::diagnostic::{Code, Diagnostic, Kind, Location};
use crate::base::inputs::Inputs;
use crate::base::paths::slashed;

/// A folder of files.
#[derive(Debug, Clone)]
pub enum Folder {
    /// A folder on disk.
    Disk(PathBuf),
    /// A folder embedded in the program.
    Embedded(&'static Dir<'static>),
    /// Files in memory by path.
    Memory(BTreeMap<String, Vec<u8>>),
    /// One of these, with every file that is read noted.
    Noted(Box<Folder>, Inputs),
}

/// Why a file cannot be had.
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
    Io(std::io::Error),
}

impl Problem {
    /// What is wrong with the file at `path`.
    pub fn message(&self, path: &str) -> String {
        match self {
            Problem::Path(why) => format!("`{path}` {why}"),
            Problem::Missing { similar: None } => format!("there is no file `{path}`"),
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
                Some("write a path relative to report.yaml, such as meetings/first.yaml".into())
            }
            Problem::Missing { similar: Some(_) } => Some(
                "upper and lower case must agree, or the report builds on some systems only".into(),
            ),
            Problem::Missing { similar: None } => {
                Some("file names are relative to the folder of report.yaml".into())
            }
            Problem::Outside => Some("copy the file into the folder".into()),
            _ => None,
        }
    }

    /// The code of the finding where the source names the file: a wrong name is a mistake of the source.
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

    /// The finding where the program itself asks for the file at `path`.
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

impl Folder {
    /// The folder that `source` names: a folder, or a `report.yaml` in it.
    pub fn of(source: &Path) -> Folder {
        if source.file_name().is_some_and(|name| name == "report.yaml") && !source.is_dir() {
            let parent = source.parent().unwrap_or(Path::new(""));
            return Folder::Disk(if parent.as_os_str().is_empty() {
                PathBuf::from(".")
            } else {
                parent.to_owned()
            });
        }
        Folder::Disk(source.to_owned())
    }

    /// A file's path as the user would type it.
    pub fn display(&self, path: &str) -> String {
        let root = match self {
            Folder::Disk(root) => slashed(root),
            Folder::Embedded(_) => "source".to_owned(),
            Folder::Memory(_) => String::new(),
            Folder::Noted(folder, _) => return folder.display(path),
        };
        match root.trim_end_matches('/') {
            "" if root.is_empty() => path.to_owned(),
            "." => path.to_owned(),
            root => format!("{root}/{path}"),
        }
    }

    /// The bytes of a file of at most `limit` bytes.
    pub fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, Problem> {
        check_path(path)?;
        match self {
            Folder::Disk(root) => read_disk(root, path, limit),
            Folder::Embedded(dir) => match dir.get_file(path) {
                Some(file) => Ok(file.contents().to_vec()),
                None if dir.get_dir(path).is_some() => Err(Problem::Directory),
                None => Err(missing(path, self.list())),
            },
            Folder::Memory(files) => match files.get(path) {
                Some(bytes) if bytes.len() as u64 > limit => Err(Problem::TooLarge(limit)),
                Some(bytes) => Ok(bytes.clone()),
                None if files
                    .keys()
                    .any(|name| name.starts_with(&format!("{path}/"))) =>
                {
                    Err(Problem::Directory)
                }
                None => Err(missing(path, self.list())),
            },
            Folder::Noted(folder, inputs) => {
                let bytes = folder.read(path, limit)?;
                inputs.note(&folder.display(path), &bytes, folder.is_on_disk());
                Ok(bytes)
            }
        }
    }

    fn is_on_disk(&self) -> bool {
        match self {
            Folder::Disk(_) => true,
            Folder::Embedded(_) | Folder::Memory(_) => false,
            Folder::Noted(folder, _) => folder.is_on_disk(),
        }
    }

    /// The YAML files of the folder and its folders, sorted; hidden ones left out.
    pub fn list_yaml(&self) -> Vec<String> {
        let mut files = self.list();
        files.retain(|path| {
            let extension = Path::new(path)
                .extension()
                .and_then(|extension| extension.to_str());
            matches!(extension, Some("yaml" | "yml"))
                && !path.split('/').any(|part| part.starts_with('.'))
        });
        files
    }

    fn list(&self) -> Vec<String> {
        let mut files = Vec::new();
        match self {
            Folder::Disk(root) => list_disk(root, "", 0, &mut files),
            Folder::Embedded(dir) => list_embedded(dir, &mut files),
            Folder::Memory(map) => files.extend(map.keys().cloned()),
            Folder::Noted(folder, _) => return folder.list(),
        }
        files.sort();
        files
    }
}

/// Refuses paths that leave the folder or mean different things on different systems.
fn check_path(path: &str) -> Result<(), Problem> {
    if path.is_empty() {
        return Err(Problem::Path("is empty"));
    }
    if path.contains('\\') {
        return Err(Problem::Path("has a backslash; folders are parted by `/`"));
    }
    if path.starts_with('/') || path.as_bytes().get(1) == Some(&b':') {
        return Err(Problem::Path(
            "is an absolute path; files must be inside the report's folder",
        ));
    }
    if path.contains("://") {
        return Err(Problem::Path(
            "is a web address; files must be inside the report's folder",
        ));
    }
    for part in path.split('/') {
        match part {
            ".." => return Err(Problem::Path("leads out of the report's folder")),
            "" | "." => {
                return Err(Problem::Path(
                    "has an empty part or a `.`; write it without",
                ));
            }
            _ if part.contains(char::is_control) => {
                return Err(Problem::Path("has a control character in it"));
            }
            _ => {}
        }
    }
    Ok(())
}

fn missing(path: &str, files: Vec<String>) -> Problem {
    let wanted = path.to_lowercase();
    Problem::Missing {
        similar: files.into_iter().find(|file| file.to_lowercase() == wanted),
    }
}

fn read_disk(root: &Path, path: &str, limit: u64) -> Result<Vec<u8>, Problem> {
    use std::io::Read;
    let (full, linked) = exact(root, path)?;
    let real = match linked {
        true => full.canonicalize().map_err(Problem::Io)?,
        false => full,
    };
    if linked && !real.starts_with(root.canonicalize().map_err(Problem::Io)?) {
        return Err(Problem::Outside);
    }
    let metadata = std::fs::metadata(&real).map_err(Problem::Io)?;
    if metadata.is_dir() {
        return Err(Problem::Directory);
    }
    // A pipe or a device could block for ever.
    if !metadata.is_file() {
        return Err(Problem::Special);
    }
    // One byte more than there should be, to see the end without another look for room.
    let expected = usize::try_from(metadata.len().min(limit)).unwrap_or_default();
    let mut bytes = Vec::with_capacity(expected + 1);
    let file = std::fs::File::open(&real).map_err(Problem::Io)?;
    file.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(Problem::Io)?;
    if bytes.len() as u64 > limit {
        return Err(Problem::TooLarge(limit));
    }
    Ok(bytes)
}

/// The path on disk, if every part of it is spelled as in the folder, also on systems that do not mind; and whether
/// any part of it may be a link.
fn exact(root: &Path, path: &str) -> Result<(PathBuf, bool), Problem> {
    let mut full = root.to_owned();
    let mut spelled: Vec<String> = Vec::new();
    let mut differs = false;
    let mut linked = false;
    for part in path.split('/') {
        let names = match std::fs::read_dir(&full) {
            Ok(names) => names,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(Problem::Missing { similar: None });
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => {
                return Err(Problem::Missing { similar: None });
            }
            Err(error) => return Err(Problem::Io(error)),
        };
        let (actual, link) = spelling(names, part).ok_or(Problem::Missing { similar: None })?;
        differs |= actual != part;
        linked |= link;
        full.push(&actual);
        spelled.push(actual);
    }
    if differs {
        return Err(Problem::Missing {
            similar: Some(spelled.join("/")),
        });
    }
    Ok((full, linked))
}

/// The name in a folder that is `part`, else the first that differs from it in case alone; and whether it may be a link.
fn spelling(names: std::fs::ReadDir, part: &str) -> Option<(String, bool)> {
    let lower = part.to_lowercase();
    let mut similar: Option<String> = None;
    for entry in names.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name == part {
            let link = entry.file_type().map_or(true, |kind| kind.is_symlink());
            return Some((part.to_owned(), link));
        }
        if similar.as_ref().is_none_or(|known| *name < **known) && name.to_lowercase() == lower {
            similar = Some(name.into_owned());
        }
    }
    similar.map(|name| (name, true))
}

/// Adds the files below `folder`; links to folders are not followed.
fn list_disk(root: &Path, prefix: &str, depth: usize, files: &mut Vec<String>) {
    const MAX_DEPTH: usize = 8;
    let Ok(entries) = std::fs::read_dir(root.join(prefix)) else {
        return;
    };
    for entry in entries.flatten() {
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        let path = if prefix.is_empty() {
            name
        } else {
            format!("{prefix}/{name}")
        };
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && depth < MAX_DEPTH => {
                list_disk(root, &path, depth + 1, files)
            }
            Ok(kind) if !kind.is_dir() => files.push(path),
            _ => {}
        }
    }
}

fn list_embedded(dir: &Dir<'static>, files: &mut Vec<String>) {
    for file in dir.files() {
        files.push(slashed(file.path()));
    }
    for inner in dir.dirs() {
        list_embedded(inner, files);
    }
}
