//! What the files of earlier exports were made of, kept beside them: `--if-changed` makes them anew only where it must.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::app::version;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Kind};
use crate::base::digest::sha256;
use crate::base::inputs::Input;

/// Name of the file that keeps the stamps of a folder.
const FILE: &str = ".gmg-export.json";

/// The stamps of the exports in a folder.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Stamps {
    #[serde(skip)]
    folder: PathBuf,
    exports: BTreeMap<String, Stamp>,
}

/// Of what a file was made, and what came of it.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    made_of: String,
    /// SHA-256 of the file, and of those that go with it, by name.
    files: BTreeMap<String, String>,
}

impl Stamps {
    /// The stamps of a folder; none where there are none, or none that can be read.
    pub(super) fn of(folder: &Path) -> Self {
        let bytes = read(&folder.join(FILE)).unwrap_or_default();
        let stamps: Stamps = serde_json::from_slice(&bytes).unwrap_or_default();
        Stamps {
            folder: folder.to_owned(),
            ..stamps
        }
    }

    /// Whether the file of that name, and those that go with it, are as they were made, of the same.
    pub(super) fn is_current(&self, name: &str, made_of: &str) -> bool {
        let as_made = |(name, sum): (&String, &String)| {
            is_here(name)
                && read(&self.folder.join(name)).is_some_and(|bytes| sha256(&bytes) == *sum)
        };
        self.exports.get(name).is_some_and(|stamp| {
            stamp.made_of == made_of
                && stamp.files.contains_key(name)
                && stamp.files.iter().all(as_made)
        })
    }

    /// Notes a file that is made now, with those that go with it: names and bytes.
    pub(super) fn put(&mut self, name: &str, made_of: &str, files: &[(String, &[u8])]) {
        let sum = |(name, bytes): &(String, &[u8])| (name.clone(), sha256(bytes));
        let stamp = Stamp {
            made_of: made_of.to_owned(),
            files: files.iter().map(sum).collect(),
        };
        self.exports.insert(name.to_owned(), stamp);
    }

    /// Path and bytes of the file that keeps the stamps.
    ///
    /// # Errors
    /// They cannot be written as JSON, which would be a mistake of the program.
    pub(super) fn file(&self) -> Result<(PathBuf, Vec<u8>), Diagnostics> {
        let text = serde_json::to_string_pretty(self).map_err(|error| {
            let message = format!("the stamps of the files cannot be written: {error}");
            Diagnostic::new(Code::INTERNAL, message).of_kind(Kind::Io)
        })?;
        Ok((self.folder.join(FILE), (text + "\n").into_bytes()))
    }
}

/// Whether a name leads to a file of the folder itself.
fn is_here(name: &str) -> bool {
    Path::new(name).file_name().is_some_and(|own| own == name)
}

/// The bytes of an ordinary file: whoever waits for a pipe waits for ever.
fn read(path: &Path) -> Option<Vec<u8>> {
    let bytes = || std::fs::read(path).ok();
    path.is_file().then(bytes).flatten()
}

/// A checksum over everything that a file is made of: the program, what was asked for in words, and every file that was
/// read.
pub(super) fn made_of(asked: &str, inputs: &[Input]) -> String {
    let (tool, commit) = (version::tool(), version::commit().unwrap_or_default());
    let layouts = version::layouts();
    let mut text = format!("{tool} {commit} {layouts}\n{asked}\n");
    for input in inputs {
        text.push_str(&format!("{}  {}\n", input.sha256, input.path));
    }
    sha256(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_current_as_long_as_nothing_about_it_has_changed() {
        let folder = tempfile::tempdir().unwrap();
        let write =
            |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("a.pdf", "pages");
        write("a.sheets.txt", "map");
        let mut stamps = Stamps::of(folder.path());
        assert!(!stamps.is_current("a.pdf", "x"));
        let files: [(String, &[u8]); 2] =
            [("a.pdf".into(), b"pages"), ("a.sheets.txt".into(), b"map")];
        stamps.put("a.pdf", "x", &files);
        let (path, bytes) = stamps.file().unwrap();
        std::fs::write(path, bytes).unwrap();
        let stamps = Stamps::of(folder.path());
        assert!(stamps.is_current("a.pdf", "x"));
        assert!(!stamps.is_current("a.pdf", "y"), "made of something else");
        assert!(!stamps.is_current("b.pdf", "x"), "another file");
        write("a.sheets.txt", "by hand");
        assert!(!stamps.is_current("a.pdf", "x"), "edited by hand");
        for files in ["{}", r#"{"../a.pdf": "x"}"#] {
            let text =
                format!(r#"{{"exports": {{"a.pdf": {{"made_of": "x", "files": {files}}}}}}}"#);
            std::fs::write(folder.path().join(FILE), text).unwrap();
            assert!(
                !Stamps::of(folder.path()).is_current("a.pdf", "x"),
                "forged"
            );
        }
        std::fs::write(folder.path().join(FILE), "{").unwrap();
        assert!(!Stamps::of(folder.path()).is_current("a.pdf", "x"));
    }
}
