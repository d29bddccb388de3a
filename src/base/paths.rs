//! Paths: split, joined and shown.

use std::path::{Path, PathBuf};

/// The folder that a file is in; `.` for a name alone.
pub(crate) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// The place below `root` of a path with forward slashes.
pub(crate) fn below(root: &Path, path: &str) -> PathBuf {
    let parts = path.split('/');
    parts.fold(root.to_owned(), |path, part| path.join(part))
}

/// A path as it is shown and written everywhere: with forward slashes.
pub(crate) fn slashed(path: &Path) -> String {
    let path = path.to_string_lossy();
    path.replace(std::path::MAIN_SEPARATOR, "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_alone_lies_in_this_folder() {
        assert_eq!(folder_of(Path::new("a.pdf")), Path::new("."));
        assert_eq!(folder_of(Path::new("out/a.pdf")), Path::new("out"));
        assert_eq!(folder_of(Path::new("/")), Path::new("."));
    }

    #[test]
    fn what_is_written_with_slashes_is_shown_with_slashes() {
        assert_eq!(slashed(&below(Path::new("out"), "a/b.pdf")), "out/a/b.pdf");
    }
}
