//! Which files a build read, with their digests, for release manifests and build systems.
//!
//! A recorder belongs to the folders that files are read from and notes every file that was read. Files in the binary
//! are noted by the paths that they have in the project, so that a build from the binary and a build from the same
//! files on disk agree.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::base::digest::sha256;

/// The recorder. Clones note into the same list.
#[derive(Debug, Clone, Default)]
pub struct Inputs(Arc<Mutex<Noted>>);

/// Files by path, and whether they are on disk: a layout on disk may extend the one of its name in the binary.
type Noted = BTreeMap<(String, bool), Input>;

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Path as the user would type it, with forward slashes.
    pub path: String,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of the bytes, in lower-case hexadecimal digits.
    pub sha256: String,
    /// Whether it is on disk, and not in the binary.
    pub on_disk: bool,
}

impl Inputs {
    /// Notes that the file at `path` was read.
    pub fn note(&self, path: &str, bytes: &[u8], on_disk: bool) {
        let key = (path.to_owned(), on_disk);
        // The binary does not change.
        if !on_disk && self.lock().contains_key(&key) {
            return;
        }
        let input = Input {
            path: path.to_owned(),
            size: bytes.len() as u64,
            sha256: sha256(bytes),
            on_disk,
        };
        self.lock().insert(key, input);
    }

    /// Every file that was read, by path.
    pub fn files(&self) -> Vec<Input> {
        self.lock().values().cloned().collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Noted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_there_once_in_the_order_of_paths() {
        let inputs = Inputs::default();
        let same = inputs.clone();
        inputs.note("b.yaml", b"x", true);
        same.note("a.yaml", b"abc", false);
        same.note("b.yaml", b"", true);
        let files = inputs.files();
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["a.yaml", "b.yaml"]);
        assert_eq!(
            files[0].sha256,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!((files[1].size, files[1].on_disk), (0, true));
    }
}
