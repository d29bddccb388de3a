//! What this program was built from: its version, the commit, the libraries that make the files, the layouts.
//!
//! For people (`--version`) and for those who want to know later what made a file. No artifact depends on it.

use std::fmt::Write;
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use crate::layout::{self, LayoutLoader};

/// Digits of a checksum that are enough to tell layouts apart.
const DIGITS: usize = 12;

/// Name and version of the program, such as `gmg-export 0.1.0`.
pub fn tool() -> &'static str {
    concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"))
}

/// The commit that the program was built from, in forty hexadecimal digits; none where it was built from an archive.
/// What was changed and not committed shows nowhere.
pub fn commit() -> Option<&'static str> {
    known(env!("BUILT_COMMIT"))
}

/// Version of typst, such as `0.15.1`, as it says itself.
pub fn typst() -> &'static str {
    typst::utils::version().raw()
}

/// Version of printpdf, as Cargo.lock had it; none where there was no Cargo.lock.
pub fn printpdf() -> Option<&'static str> {
    known(env!("BUILT_PRINTPDF"))
}

/// Version of docx-rs, as Cargo.lock had it; none where there was no Cargo.lock.
pub fn docx_rs() -> Option<&'static str> {
    known(env!("BUILT_DOCX_RS"))
}

/// The first twelve hexadecimal digits of a checksum over the layouts in the binary, with their fonts, profiles and
/// words: SHA-256 over path, size and bytes of each file, in the order of the paths. The files are read the first time.
pub fn layouts() -> &'static str {
    static LAYOUTS: OnceLock<String> = OnceLock::new();
    LAYOUTS.get_or_init(|| {
        let mut files: Vec<(String, &[u8])> = layout::embedded_files().collect();
        files.sort();
        digest(&files)
    })
}

/// Names of the layouts in the binary, sorted.
pub fn layout_names() -> Vec<String> {
    LayoutLoader::embedded().names()
}

/// All of it for people, a line each; the first is the version alone, since clap puts the program's name before it.
pub fn long() -> &'static str {
    static LONG: OnceLock<String> = OnceLock::new();
    LONG.get_or_init(|| {
        let or_unknown = |version: Option<&'static str>| version.unwrap_or("unknown");
        let lines = [
            ("commit", or_unknown(commit())),
            ("typst", typst()),
            ("printpdf", or_unknown(printpdf())),
            ("docx-rs", or_unknown(docx_rs())),
            ("layouts", layouts()),
        ];
        let mut text = env!("CARGO_PKG_VERSION").to_owned();
        for (name, version) in lines {
            // Writing to a string cannot fail.
            let _ = write!(text, "\n{name:<9} {version}");
        }
        let _ = write!(text, " ({})", layout_names().join(", "));
        text
    })
}

fn known(text: &'static str) -> Option<&'static str> {
    (!text.is_empty()).then_some(text)
}

fn digest(files: &[(String, &[u8])]) -> String {
    let mut hash = Sha256::new();
    for (path, bytes) in files {
        hash.update(format!("{path}\n{}\n", bytes.len()));
        hash.update(bytes);
    }
    let digits = hash.finalize();
    let mut text: String = digits.iter().map(|byte| format!("{byte:02x}")).collect();
    text.truncate(DIGITS);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The version of a library in Cargo.lock.
    fn locked(name: &str) -> Option<&'static str> {
        let lock = include_str!("../../Cargo.lock");
        let (_, after) = lock.split_once(&format!("name = \"{name}\"\nversion = \""))?;
        after.split('"').next()
    }

    #[test]
    fn the_versions_are_those_of_cargo_lock() {
        assert_eq!(Some(typst()), locked("typst"));
        assert_eq!(printpdf(), locked("printpdf"));
        assert_eq!(docx_rs(), locked("docx-rs"));
        assert!(printpdf().is_some() && docx_rs().is_some());
    }

    #[test]
    fn every_name_size_and_byte_of_a_layout_counts() {
        let of = |files: &[(&str, &'static [u8])]| {
            let files = files
                .iter()
                .map(|(path, bytes)| ((*path).to_owned(), *bytes));
            digest(&files.collect::<Vec<_>>())
        };
        let one = of(&[("a", b"x"), ("b", b"y")]);
        assert_eq!(one.len(), DIGITS);
        for other in [
            of(&[("a", b"x"), ("b", b"z")]),
            of(&[("a", b"x"), ("c", b"y")]),
            of(&[("a", b"x")]),
            of(&[("a", b"xb\n1\ny")]),
        ] {
            assert_ne!(one, other);
        }
        assert_eq!(one, of(&[("a", b"x"), ("b", b"y")]));
    }

    #[test]
    fn the_layouts_in_the_binary_are_named() {
        let names = layout_names();
        assert!(names.contains(&"screen".to_owned()) && !names.contains(&"fonts".to_owned()));
        assert_eq!(layouts().len(), DIGITS);
    }

    #[test]
    fn a_commit_has_forty_digits_or_is_not_there() {
        assert!(commit().is_none_or(|commit| commit.len() >= 40));
    }
}
