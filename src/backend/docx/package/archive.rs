//! The archive: parts in, bytes out (ECMA-376 part 2, annex B).
//!
//! Content types come first, other parts in the order of their names; all carry the same time; there are no entries
//! for folders.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::relationships::Relationships;
use super::xml::{Element, forbidden};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};

const CONTENT_TYPES: &str = "[Content_Types].xml";

/// Types of files by extension; other parts are named one by one.
const EXTENSIONS: &[(&str, &str)] = &[
    ("bmp", "image/bmp"),
    ("emf", "image/x-emf"),
    ("gif", "image/gif"),
    ("jpeg", "image/jpeg"),
    ("png", "image/png"),
    (
        "rels",
        "application/vnd.openxmlformats-package.relationships+xml",
    ),
    ("tiff", "image/tiff"),
    ("wmf", "image/x-wmf"),
    ("xml", "application/xml"),
];

/// The parts of a package.
#[derive(Debug, Default)]
pub(crate) struct Archive {
    parts: BTreeMap<String, Vec<u8>>,
    types: BTreeMap<String, String>,
}

impl Archive {
    /// Adds an XML part; `kind` is its content type.
    pub(crate) fn xml(&mut self, path: &str, kind: &str, bytes: Vec<u8>) {
        self.types.insert(format!("/{path}"), kind.to_owned());
        self.parts.insert(path.to_owned(), bytes);
    }

    /// Adds a file whose type its extension says.
    pub(crate) fn file(&mut self, path: &str, bytes: &[u8]) {
        self.parts.insert(path.to_owned(), bytes.to_vec());
    }

    /// Adds the relationships of a part, unless there are none. The empty path stands for the package.
    pub(crate) fn relationships(&mut self, path: &str, relationships: &Relationships) {
        if relationships.is_empty() {
            return;
        }
        let (folder, name) = path
            .rsplit_once('/')
            .map_or((String::new(), path), |(folder, name)| {
                (format!("{folder}/"), name)
            });
        self.parts.insert(
            format!("{folder}_rels/{name}.rels"),
            relationships.element().part(),
        );
    }

    /// The bytes of the archive.
    pub(crate) fn bytes(self) -> Result<Vec<u8>, Diagnostics> {
        let types = self.content_types().part();
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        let parts = std::iter::once((CONTENT_TYPES.to_owned(), types)).chain(self.parts);
        for (path, bytes) in parts {
            check(&path, &bytes)?;
            zip.start_file(path.as_str(), options)
                .map_err(|error| failed(&path, &error.to_string()))?;
            zip.write_all(&bytes)
                .map_err(|error| failed(&path, &error.to_string()))?;
        }
        let cursor = zip
            .finish()
            .map_err(|error| failed("the archive", &error.to_string()))?;
        Ok(cursor.into_inner())
    }

    fn content_types(&self) -> Element {
        let uses = |extension: &str| {
            let tail = format!(".{extension}");
            matches!(extension, "rels" | "xml")
                || self.parts.keys().any(|path| path.ends_with(&tail))
        };
        let defaults = EXTENSIONS
            .iter()
            .filter(|(extension, _)| uses(extension))
            .map(|(extension, kind)| {
                Element::new("Default")
                    .attr("Extension", extension)
                    .attr("ContentType", kind)
            });
        let overrides = self.types.iter().map(|(path, kind)| {
            Element::new("Override")
                .attr("PartName", path)
                .attr("ContentType", kind)
        });
        Element::new("Types")
            .attr(
                "xmlns",
                "http://schemas.openxmlformats.org/package/2006/content-types",
            )
            .children(defaults)
            .children(overrides)
    }
}

/// Refuses text that no XML parser reads. Resolving refuses it first, with its place: this is the last guard.
fn check(path: &str, bytes: &[u8]) -> Result<(), Diagnostics> {
    if !(path.ends_with(".xml") || path.ends_with(".rels")) {
        return Ok(());
    }
    match std::str::from_utf8(bytes).map(forbidden) {
        Ok(None) => Ok(()),
        Ok(Some(c)) => {
            let message = format!(
                "the Word file cannot hold the character U+{:04X} (in {path})",
                u32::from(c)
            );
            Err(Diagnostic::new(Code::WORD_CHARACTER, message)
                .hint("remove it from the text")
                .into())
        }
        Err(error) => Err(failed(path, &error.to_string())),
    }
}

fn failed(what: &str, why: &str) -> Diagnostics {
    Diagnostic::new(
        Code::WORD_PACKING,
        format!("the Word file cannot be packed: {what}: {why}"),
    )
    .into()
}
