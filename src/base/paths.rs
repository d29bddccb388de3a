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

/// Why Windows has no file of that name, if it has none.
pub(crate) fn trouble_on_windows(name: &str) -> Option<&'static str> {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    let stem = stem.to_ascii_uppercase();
    let numbered = ["COM", "LPT"].iter().any(|device| {
        let rest = stem.strip_prefix(device).map(|rest| rest.chars());
        rest.is_some_and(|mut rest| {
            rest.next()
                .is_some_and(|c| matches!(c, '0'..='9' | '¹' | '²' | '³'))
                && rest.next().is_none()
        })
    });
    if numbered || ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&stem.as_str()) {
        return Some("has a name that Windows keeps for a device (CON, NUL, AUX, COM1 …)");
    }
    if name.ends_with(['.', ' ']) {
        return Some("ends in a point or a space, which Windows drops");
    }
    None
}

/// Why Windows cannot have a file at that path, which other systems can.
pub(crate) fn foreign_to_windows(path: &str) -> Option<&'static str> {
    path.contains(['<', '>', ':', '"', '|', '?', '*'])
        .then_some("has one of the signs < > : \" | ? *, which Windows does not take in names")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_windows_cannot_have_are_known() {
        for name in [
            "con",
            "NUL",
            "aux.yaml",
            "Com1.txt",
            "lpt9",
            "com¹",
            "prn.a.b",
            "a.",
            "a ",
            "CONIN$",
            "nul .yaml",
        ] {
            assert!(trouble_on_windows(name).is_some(), "{name}");
        }
        for name in [
            "console",
            "nul-1.yaml",
            "com.yaml",
            "com10",
            "auxiliary.svg",
            "a.b",
            ".a",
            "é (1).svg",
        ] {
            assert_eq!(trouble_on_windows(name), None, "{name}");
            assert_eq!(foreign_to_windows(name), None, "{name}");
        }
        for name in ["a?.svg", "images/x:y"] {
            assert!(foreign_to_windows(name).is_some(), "{name}");
        }
    }

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
