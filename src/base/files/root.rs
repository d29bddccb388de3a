//! A folder that is held open, and what is read below it.

use std::io::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cap_std::ambient_authority;
use cap_std::fs::Dir;

use super::names::Names;
use super::{Problem, open, ordinary, read};
use crate::base::paths::slashed;

/// A folder that files are read from. Nothing outside of the folder that was opened first can be reached through it,
/// whatever links are in it.
#[derive(Debug, Clone)]
pub struct Root {
    /// The folder that nothing leads out of, or why it cannot be opened.
    scope: Result<Arc<Dir>, Arc<Error>>,
    /// This folder below that one, with forward slashes; empty for that one itself.
    prefix: String,
    /// Its path as the user would type it.
    shown: PathBuf,
    /// The names in the folders below the scope that were asked for.
    names: Arc<Names>,
}

/// What is in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirEntry {
    /// Its name.
    pub name: String,
    /// What it is, at the end of a link where it is one.
    pub kind: Kind,
    /// Whether it is a link.
    pub is_link: bool,
}

/// What a name in a folder stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An ordinary file.
    File,
    /// A folder.
    Folder,
    /// A pipe, a device, a socket, or a link to nothing.
    Other,
    /// A link that leads out of the folder.
    Outside,
}

impl Root {
    /// The folder at a path that whoever runs the program has named: links in that path are theirs to make.
    pub fn named(path: &Path) -> Self {
        let shown = match path.as_os_str().is_empty() {
            true => Path::new("."),
            false => path,
        };
        Root {
            scope: Dir::open_ambient_dir(shown, ambient_authority())
                .map(Arc::new)
                .map_err(Arc::new),
            prefix: String::new(),
            shown: shown.to_owned(),
            names: Arc::default(),
        }
    }

    /// A folder that is open already, by its path as the user would type it.
    pub(in crate::base) fn of(folder: Dir, shown: &Path) -> Self {
        Root {
            scope: Ok(Arc::new(folder)),
            prefix: String::new(),
            shown: shown.to_owned(),
            names: Arc::default(),
        }
    }

    /// The folder `path` below this one, with forward slashes; nothing outside of what this one can reach is reached
    /// from it.
    #[must_use]
    pub fn folder(&self, path: &str) -> Self {
        if path.is_empty() {
            return self.clone();
        }
        Root {
            scope: self.scope.clone(),
            prefix: self.inside(path),
            shown: match self.shown == Path::new(".") {
                true => PathBuf::from(path),
                false => self.shown.join(path),
            },
            names: Arc::clone(&self.names),
        }
    }

    /// The folder `path` below this one, with nothing but what is in it: not even this folder's other files can be
    /// reached from it.
    #[must_use]
    pub fn enter(&self, path: &str) -> Self {
        let folder = self.folder(path);
        let scope = match folder.scope() {
            Ok(scope) => scope.open_dir(&folder.prefix),
            Err(_) => return folder,
        };
        Root {
            scope: scope.map(Arc::new).map_err(Arc::new),
            prefix: String::new(),
            shown: folder.shown,
            names: Arc::default(),
        }
    }

    /// Its path as the user would type it.
    pub fn path(&self) -> &Path {
        &self.shown
    }

    /// The path of a file in it as the user would type it, with forward slashes.
    pub fn display(&self, path: &str) -> String {
        let root = slashed(&self.shown);
        match root.trim_end_matches('/') {
            "." => path.to_owned(),
            "" if root.is_empty() => path.to_owned(),
            root => format!("{root}/{path}"),
        }
    }

    /// What is at `path`, at the end of a link where it is one; nothing where there is nothing.
    ///
    /// # Errors
    /// The folder cannot be looked into.
    pub fn kind(&self, path: &str) -> Result<Option<Kind>, Problem> {
        let inside = self.inside(path);
        let found = self
            .scope()
            .and_then(|scope| kind(scope, Path::new(&inside)));
        match found {
            Err(Problem::Missing { .. }) => Ok(None),
            Err(Problem::Outside) => Ok(Some(Kind::Outside)),
            other => other.map(Some),
        }
    }

    /// Whether there is anything called `path`, were it a link to nothing.
    pub fn holds(&self, path: &str) -> bool {
        let inside = self.inside(path);
        self.scope()
            .is_ok_and(|scope| scope.symlink_metadata(inside).is_ok())
    }

    /// A handle of the folder `path` below this one.
    pub(in crate::base) fn open_folder(&self, path: &str) -> std::io::Result<Dir> {
        let inside = self.inside(path);
        let scope = self.scope.as_deref().map_err(again)?;
        scope.open_dir(if inside.is_empty() { "." } else { &inside })
    }

    /// Names of all that is in the folder, sorted.
    ///
    /// # Errors
    /// It is not there, no folder, or cannot be read.
    pub fn names(&self) -> std::io::Result<Vec<String>> {
        let entries = self.open_folder("")?.entries()?;
        let name = |entry: std::io::Result<cap_std::fs::DirEntry>| {
            Ok(entry?.file_name().to_string_lossy().into_owned())
        };
        let mut names = entries
            .map(name)
            .collect::<std::io::Result<Vec<String>>>()?;
        names.sort();
        Ok(names)
    }

    /// The name in the folder that is `part`, else the first that differs from it in case alone; as the folder was when it
    /// was asked for first.
    ///
    /// # Errors
    /// It is not there, no folder, or cannot be read.
    pub fn spelling(&self, part: &str) -> Result<Option<String>, Problem> {
        let names = self.names.of(&self.prefix, || self.names());
        names.map(|names| names.spelling(part)).map_err(Problem::of)
    }

    /// What is in the folder, sorted by name.
    ///
    /// # Errors
    /// It is not there, no folder, or cannot be read.
    pub fn entries(&self) -> Result<Vec<DirEntry>, Problem> {
        let scope = self.scope()?;
        let here = match self.prefix.as_str() {
            "" => ".",
            prefix => prefix,
        };
        let mut entries = Vec::new();
        for entry in scope.read_dir(here).map_err(Problem::of)? {
            let entry = entry.map_err(Problem::of)?;
            let Ok(name) = entry.file_name().into_string() else {
                continue;
            };
            let is_link = entry.file_type().map_err(Problem::of)?.is_symlink();
            let kind = match kind(scope, Path::new(&self.inside(&name))) {
                Err(Problem::Outside) => Kind::Outside,
                other => other.unwrap_or(Kind::Other),
            };
            entries.push(DirEntry {
                name,
                kind,
                is_link,
            });
        }
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    /// The bytes of the file `path`, of at most `limit` bytes.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, Problem> {
        let inside = self.inside(path);
        let scope = self.scope()?;
        // Looked at before it is opened: to open a device may do something.
        let found = scope.metadata(&inside).map_err(Problem::of)?;
        ordinary(found.is_dir(), found.is_file())?;
        read(open(scope, Path::new(&inside))?, limit)
    }

    /// The folder's handle.
    fn scope(&self) -> Result<&Dir, Problem> {
        self.scope
            .as_deref()
            .map_err(|error| Problem::of(again(error)))
    }

    /// A path below the folder as one below the scope.
    fn inside(&self, path: &str) -> String {
        match (self.prefix.as_str(), path) {
            ("", path) => path.to_owned(),
            (prefix, "") => prefix.to_owned(),
            (prefix, path) => format!("{prefix}/{path}"),
        }
    }
}

/// An error once more: errors of the system cannot be cloned.
fn again(error: &Arc<Error>) -> Error {
    match error.raw_os_error() {
        Some(number) => Error::from_raw_os_error(number),
        None => Error::new(error.kind(), error.to_string()),
    }
}

fn kind(scope: &Dir, path: &Path) -> Result<Kind, Problem> {
    let found = scope.metadata(path).map_err(Problem::of)?;
    Ok(match (found.is_dir(), found.is_file()) {
        (true, _) => Kind::Folder,
        (_, true) => Kind::File,
        _ => Kind::Other,
    })
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    /// A folder with a file, a folder and a link of each sort, and a file next to the folder.
    fn desk() -> tempfile::TempDir {
        let desk = tempfile::tempdir().unwrap();
        let inside = desk.path().join("report");
        std::fs::create_dir_all(inside.join("deep/er")).unwrap();
        std::fs::write(desk.path().join("secret"), "secret").unwrap();
        std::fs::write(inside.join("file"), "file").unwrap();
        for (to, name) in [
            ("file", "to-file"),
            ("deep", "to-folder"),
            ("../secret", "out"),
            ("..", "out-folder"),
            ("nowhere", "dead"),
            ("loop", "loop"),
            ("/dev/zero", "device"),
            ("../report/file", "around"),
        ] {
            symlink(to, inside.join(name)).unwrap();
        }
        symlink("../../../secret", inside.join("deep/er/out")).unwrap();
        symlink("../../file", inside.join("deep/er/to-file")).unwrap();
        desk
    }

    #[test]
    fn links_are_followed_inside_and_refused_on_the_way_out() {
        let desk = desk();
        let root = Root::named(&desk.path().join("report"));
        for name in ["file", "to-file", "deep/er/to-file", "to-folder/er/to-file"] {
            assert_eq!(root.read(name, 9).unwrap(), b"file", "{name}");
        }
        for name in [
            "out",
            "out-folder/secret",
            "deep/er/out",
            "../secret",
            "device",
            "around",
        ] {
            let found = root.read(name, 9);
            assert!(matches!(found, Err(Problem::Outside)), "{name}: {found:?}");
        }
        for name in ["dead", "none", "file/none"] {
            let found = root.read(name, 9);
            assert!(
                matches!(found, Err(Problem::Missing { .. })),
                "{name}: {found:?}"
            );
        }
        assert!(matches!(root.read("loop", 9), Err(Problem::Io(_))));
        assert!(matches!(root.read("deep", 9), Err(Problem::Directory)));
        assert!(matches!(root.read("file", 3), Err(Problem::TooLarge(3))));
    }

    #[test]
    fn a_folder_below_reaches_what_the_one_above_reaches_and_no_more() {
        let desk = desk();
        let root = Root::named(&desk.path().join("report"));
        let deep = root.folder("deep/er");
        assert_eq!(deep.read("to-file", 9).unwrap(), b"file");
        assert!(matches!(deep.read("out", 9), Err(Problem::Outside)));
        for alone in [
            Root::named(&desk.path().join("report/deep/er")),
            root.enter("deep/er"),
        ] {
            assert!(matches!(alone.read("to-file", 9), Err(Problem::Outside)));
        }
        let out = root.enter("out-folder");
        assert!(matches!(out.read("secret", 9), Err(Problem::Outside)));
    }

    #[test]
    fn entries_say_what_stands_at_the_end_of_a_link() {
        let desk = desk();
        let root = Root::named(&desk.path().join("report"));
        let kinds: Vec<(String, Kind)> = root
            .entries()
            .unwrap()
            .into_iter()
            .map(|entry| (entry.name, entry.kind))
            .collect();
        let expected = [
            ("around", Kind::Outside),
            ("dead", Kind::Other),
            ("deep", Kind::Folder),
            ("device", Kind::Outside),
            ("file", Kind::File),
            ("loop", Kind::Other),
            ("out", Kind::Outside),
            ("out-folder", Kind::Outside),
            ("to-file", Kind::File),
            ("to-folder", Kind::Folder),
        ];
        let expected = expected.map(|(name, kind)| (name.to_owned(), kind));
        assert_eq!(kinds, expected);
    }

    #[test]
    fn pipes_are_refused_without_waiting() {
        let desk = tempfile::tempdir().unwrap();
        let made = std::process::Command::new("mkfifo")
            .arg(desk.path().join("pipe"))
            .status();
        assert!(made.is_ok_and(|status| status.success()));
        let root = Root::named(desk.path());
        assert!(matches!(root.read("pipe", 9), Err(Problem::Special)));
        let named = super::super::named_file(&desk.path().join("pipe"), 9);
        assert!(matches!(named, Err(Problem::Special)));
        let zero = super::super::named_file(Path::new("/dev/zero"), 9);
        assert!(matches!(zero, Err(Problem::Special)));
    }

    #[test]
    fn a_folder_that_is_not_there_is_a_problem_of_each_file() {
        let desk = tempfile::tempdir().unwrap();
        let root = Root::named(&desk.path().join("none"));
        assert!(matches!(root.read("x", 9), Err(Problem::Missing { .. })));
        assert!(matches!(root.entries(), Err(Problem::Missing { .. })));
        assert_eq!(root.kind("x").unwrap(), None);
    }
}
