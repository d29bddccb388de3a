//! Where the files of a source are: a folder on disk, one embedded in the program, or one in memory.
//!
//! Paths in a source are relative, use `/`, stay inside the folder and are spelled exactly as the files are, so that a
//! source that builds on one system builds on all.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use include_dir::Dir;

use crate::base::files::{Kind, Problem, Root};
use crate::base::inputs::Inputs;
use crate::base::paths::{folder_of, slashed, trouble_on_windows};

/// A folder of files.
#[derive(Debug, Clone)]
pub enum Folder {
    /// A folder on disk.
    Disk(Root),
    /// A folder embedded in the program.
    Embedded(&'static Dir<'static>),
    /// Files in memory by path.
    Memory(Arc<BTreeMap<String, Vec<u8>>>),
    /// One of these, with every file that is read noted.
    Noted(Box<Folder>, Inputs),
    /// One of these, some of whose files say something else.
    Changed(Box<Folder>, Arc<BTreeMap<String, Vec<u8>>>),
}

impl Folder {
    /// The folder that `source` names: a folder, or a `report.yaml` in it.
    pub fn of(source: &Path) -> Folder {
        let is_file = source.file_name().is_some_and(|name| name == "report.yaml");
        Folder::Disk(Root::named(match is_file && !source.is_dir() {
            true => folder_of(source),
            false => source,
        }))
    }

    /// Files in memory by path.
    pub fn in_memory(files: BTreeMap<String, Vec<u8>>) -> Folder {
        Folder::Memory(Arc::new(files))
    }

    /// A file's path as the user would type it.
    pub fn display(&self, path: &str) -> String {
        match self {
            Folder::Disk(root) => root.display(path),
            Folder::Embedded(_) => format!("source/{path}"),
            Folder::Memory(_) => path.to_owned(),
            Folder::Noted(folder, _) | Folder::Changed(folder, _) => folder.display(path),
        }
    }

    /// The path below this folder of one that a user would type.
    pub fn below<'p>(&self, shown: &'p str) -> &'p str {
        let folder = self.display("x");
        let folder = folder.strip_suffix('x').unwrap_or(&folder);
        shown.strip_prefix(folder).unwrap_or(shown)
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
            Folder::Changed(folder, changed) => match changed.get(path) {
                Some(bytes) => Ok(bytes.clone()),
                None => folder.read(path, limit),
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
            Folder::Noted(folder, _) | Folder::Changed(folder, _) => folder.is_on_disk(),
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
            Folder::Noted(folder, _) | Folder::Changed(folder, _) => return folder.list(),
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
        return Err(Problem::Path(
            "has a backslash; folders are separated by `/`",
        ));
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
            _ => {
                if let Some(why) = trouble_on_windows(part) {
                    return Err(Problem::Path(why));
                }
            }
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

fn read_disk(root: &Root, path: &str, limit: u64) -> Result<Vec<u8>, Problem> {
    exact(root, path)?;
    root.read(path, limit)
}

/// Refuses a path of which a part is spelled otherwise than in the folder, also on systems that do not mind.
fn exact(root: &Root, path: &str) -> Result<(), Problem> {
    let mut spelled: Vec<String> = Vec::new();
    let mut differs = false;
    for part in path.split('/') {
        let actual = root.folder(&spelled.join("/")).spelling(part)?;
        let actual = actual.ok_or(Problem::Missing { similar: None })?;
        differs |= actual != part;
        spelled.push(actual);
    }
    match differs {
        true => Err(Problem::Missing {
            similar: Some(spelled.join("/")),
        }),
        false => Ok(()),
    }
}

/// Adds the files below a folder; links to folders are not followed.
fn list_disk(root: &Root, prefix: &str, depth: usize, files: &mut Vec<String>) {
    const MAX_DEPTH: usize = 8;
    for entry in root.folder(prefix).entries().unwrap_or_default() {
        let path = match prefix {
            "" => entry.name,
            prefix => format!("{prefix}/{}", entry.name),
        };
        match entry.kind {
            Kind::Folder if entry.is_link => {}
            Kind::Folder if depth < MAX_DEPTH => list_disk(root, &path, depth + 1, files),
            Kind::Folder => {}
            _ => files.push(path),
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
