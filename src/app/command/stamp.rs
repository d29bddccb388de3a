//! What the files of earlier exports were made of, kept next to them so that `--if-changed` can skip what is up to
//! date.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::app::version;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Kind};
use crate::base::digest::sha256;
use crate::base::files::Root;
use crate::base::inputs::Input;
use crate::base::paths::folder_of;

/// Name of the file that keeps the stamps of a folder.
pub(super) const FILE: &str = ".gmg-export.json";

/// Largest such file that is read, in bytes.
const LARGEST: u64 = 64 << 20;

/// The stamps of the exports in a folder.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Stamps {
    #[serde(skip)]
    folder: Option<Root>,
    exports: BTreeMap<String, Stamp>,
}

/// What a file was made of, and the result.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    made_of: String,
    /// SHA-256 of the file, and of those that go with it, by name.
    files: BTreeMap<String, String>,
}

impl Stamps {
    /// The stamps in the folder of a file; none where there are none, or none that can be read.
    pub(super) fn of(file: &Path) -> Self {
        let folder = Root::named(folder_of(file));
        let bytes = folder.read(FILE, LARGEST).unwrap_or_default();
        let stamps: Stamps = serde_json::from_slice(&bytes).unwrap_or_default();
        Stamps {
            folder: Some(folder),
            ..stamps
        }
    }

    /// Whether the file of that name, and those that go with it, are as they were made, of the same.
    pub(super) fn is_current(&self, name: &str, made_of: &str) -> bool {
        let as_made = |(name, sum): (&String, &String)| {
            let folder = self.folder.as_ref().filter(|_| is_here(name));
            let bytes = folder.and_then(|folder| folder.read(name, u64::MAX - 1).ok());
            bytes.is_some_and(|bytes| sha256(&bytes) == *sum)
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

    /// The bytes of the file that keeps the stamps.
    ///
    /// # Errors
    /// They cannot be written as JSON, which would be a mistake of the program.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, Diagnostics> {
        let text = serde_json::to_string_pretty(self).map_err(|error| {
            let message = format!("the stamps of the files cannot be written: {error}");
            Diagnostic::new(Code::INTERNAL, message).of_kind(Kind::Io)
        })?;
        Ok((text + "\n").into_bytes())
    }
}

/// Whether a name leads to a file of the folder itself.
fn is_here(name: &str) -> bool {
    Path::new(name).file_name().is_some_and(|own| own == name)
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
        let stamps_now = || Stamps::of(&folder.path().join("a.pdf"));
        let mut stamps = stamps_now();
        assert!(!stamps.is_current("a.pdf", "x"));
        let files: [(String, &[u8]); 2] =
            [("a.pdf".into(), b"pages"), ("a.sheets.txt".into(), b"map")];
        stamps.put("a.pdf", "x", &files);
        std::fs::write(folder.path().join(FILE), stamps.bytes().unwrap()).unwrap();
        let stamps = stamps_now();
        assert!(stamps.is_current("a.pdf", "x"));
        assert!(!stamps.is_current("a.pdf", "y"), "made of something else");
        assert!(!stamps.is_current("b.pdf", "x"), "another file");
        write("a.sheets.txt", "by hand");
        assert!(!stamps.is_current("a.pdf", "x"), "edited by hand");
        for files in ["{}", r#"{"../a.pdf": "x"}"#] {
            let text =
                format!(r#"{{"exports": {{"a.pdf": {{"made_of": "x", "files": {files}}}}}}}"#);
            std::fs::write(folder.path().join(FILE), text).unwrap();
            assert!(!stamps_now().is_current("a.pdf", "x"), "forged");
        }
        std::fs::write(folder.path().join(FILE), "{").unwrap();
        assert!(!stamps_now().is_current("a.pdf", "x"));
    }
}
