//! The container of a Word file: parts by name, their types and relationships, with limits on what they unpack to; and
//! what a file is that is none.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::{self, Element, Wrong};
use crate::base::diagnostic::{Code, Diagnostic, Location};

/// The largest Word file, in bytes.
pub const MAX_FILE: u64 = 64 << 20;
/// Most entries of a package.
const ENTRIES: usize = 5_000;
/// The largest part with text, unpacked, and all of them together.
const PART: u64 = 48 << 20;
const ALL: u64 = 96 << 20;
/// The most relationships of a part.
const RELATIONSHIPS: usize = 100_000;

/// An open package.
pub(crate) struct Package<'b> {
    name: &'b str,
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Bytes that parts may still unpack to.
    left: Cell<u64>,
    /// Names of parts as the archive has them, by their names in lower case: some programs mix the two.
    names: BTreeMap<String, String>,
    types: BTreeMap<String, String>,
    /// Name of the part that is the document.
    pub(crate) main: String,
}

/// What a relationship leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Relationship {
    /// Its type, without the address in front.
    pub(crate) kind: String,
    /// Name of a part, or an address.
    pub(crate) target: String,
    pub(crate) external: bool,
}

/// The relationships of a part, by their ids.
pub(crate) type Relationships = BTreeMap<String, Relationship>;

impl<'b> Package<'b> {
    /// Opens a Word file; a message says what another file is.
    pub(crate) fn open(name: &'b str, bytes: &'b [u8]) -> Result<Self, Diagnostic> {
        if bytes.len() as u64 > MAX_FILE {
            let message = format!("the file is larger than {} MiB", MAX_FILE >> 20);
            return Err(diagnostic(name, Code::WORD_TOO_LARGE, message)
                .hint("make its pictures smaller (in Word: Picture Format, Compress Pictures), or import its parts one by one"));
        }
        if let Some((what, hint)) = other_kind(bytes) {
            let message = format!("the file is {what}, not a Word file (.docx)");
            return Err(diagnostic(name, Code::NOT_A_WORD_FILE, message).hint(hint));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(name, error))?;
        let mut package = Package {
            name,
            left: Cell::new(ALL),
            names: BTreeMap::new(),
            types: BTreeMap::new(),
            main: String::new(),
            archive,
        };
        if package.archive.len() > ENTRIES {
            let message = format!(
                "the file has {} parts, more than {ENTRIES}",
                package.archive.len()
            );
            return Err(too_large(name, message));
        }
        for known in package.archive.file_names() {
            let plain = known.trim_start_matches('/').replace('\\', "/");
            let key = plain.to_lowercase();
            package.names.entry(key).or_insert_with(|| known.to_owned());
        }
        if let Some((what, hint)) = package.other_package()? {
            let message = format!("the file is {what}, not a Word file (.docx)");
            return Err(diagnostic(name, Code::NOT_A_WORD_FILE, message).hint(hint));
        }
        package.read_types()?;
        package.main = package.main_part()?;
        Ok(package)
    }

    /// What another kind of package it is, such as a spreadsheet.
    fn other_package(&mut self) -> Result<Option<(&'static str, &'static str)>, Diagnostic> {
        let save =
            "open it in its program, save or export it as a Word file (.docx), and import that";
        if self.names.contains_key("mimetype") {
            let kind = self.bytes("mimetype", 200)?.unwrap_or_default();
            let kind = String::from_utf8_lossy(&kind);
            let what = match kind.as_ref() {
                kind if kind.contains("opendocument.text") => "a LibreOffice text (.odt)",
                kind if kind.contains("opendocument") => "a LibreOffice file of another kind",
                kind if kind.contains("epub") => "an e-book (.epub)",
                _ => "an archive of another kind",
            };
            return Ok(Some((what, save)));
        }
        let has = |start: &str| self.names.keys().any(|name| name.starts_with(start));
        Ok(match () {
            _ if has("word/") || has("_rels/") => None,
            _ if has("xl/") => Some(("a spreadsheet", save)),
            _ if has("ppt/") => Some(("a presentation", save)),
            _ if has("index/") => Some(("a document of Pages", save)),
            _ => Some((
                "an archive of other files",
                "unpack it, and import the Word file that is in it",
            )),
        })
    }

    fn read_types(&mut self) -> Result<(), Diagnostic> {
        let Some(types) = self.tree("[Content_Types].xml")? else {
            return Ok(());
        };
        for one in types.elements() {
            let kind = one.attr("ContentType").unwrap_or_default().to_owned();
            let key = match (one.attr("PartName"), one.attr("Extension")) {
                (Some(part), _) => part.trim_start_matches('/').to_lowercase(),
                (None, Some(extension)) => format!(".{}", extension.to_lowercase()),
                (None, None) => continue,
            };
            self.types.insert(key, kind);
        }
        Ok(())
    }

    fn main_part(&mut self) -> Result<String, Diagnostic> {
        let rels = self.relationships("")?;
        let by_rel = rels.values().find(|one| one.kind == "officeDocument");
        let by_type = self.types.iter().find(|(_, kind)| {
            kind.contains("wordprocessingml") && kind.ends_with("main+xml")
                || kind.starts_with("application/vnd.ms-word.") && kind.ends_with("main+xml")
        });
        let main = by_rel
            .map(|one| one.target.clone())
            .filter(|part| self.names.contains_key(&part.to_lowercase()))
            .or_else(|| by_type.map(|(part, _)| part.clone()))
            .unwrap_or_else(|| "word/document.xml".to_owned());
        let kind = self.content_type(&main).unwrap_or_default();
        let save = "open it in its program, save its text as a Word file (.docx), and import that";
        if kind.contains("spreadsheetml") || kind.contains("presentationml") {
            let what = match kind.contains("spreadsheetml") {
                true => "a spreadsheet",
                false => "a presentation",
            };
            let message = format!("the file is {what}, not a Word file (.docx)");
            return Err(diagnostic(self.name, Code::NOT_A_WORD_FILE, message).hint(save));
        }
        if !self.names.contains_key(&main.to_lowercase()) {
            let message = "the file has no part with the text of a document";
            return Err(damaged(self.name, message));
        }
        Ok(main)
    }

    /// The content type of a part.
    pub(crate) fn content_type(&self, part: &str) -> Option<&str> {
        let key = part.to_lowercase();
        let ending = key.rsplit_once('.').map(|(_, ending)| format!(".{ending}"));
        let found = self.types.get(&key).or_else(|| self.types.get(&ending?));
        found.map(String::as_str)
    }

    /// What kind of Word file it is.
    pub(super) fn kind(&self) -> &'static str {
        let kind = self.content_type(&self.main).unwrap_or_default();
        match kind {
            _ if kind.contains("template") => "Word template",
            _ => "Word",
        }
    }

    /// Names of all parts, in the order of the alphabet.
    pub(crate) fn part_names(&self) -> impl Iterator<Item = &str> {
        self.names.values().map(String::as_str)
    }

    /// The bytes of a part, at most so many; `None` where there is no such part.
    fn bytes(&mut self, part: &str, most: u64) -> Result<Option<Vec<u8>>, Diagnostic> {
        let name = self.name;
        let Some(known) = self.names.get(&part.trim_start_matches('/').to_lowercase()) else {
            return Ok(None);
        };
        let index = self.archive.index_for_name(known);
        let entry = match index {
            Some(index) => self.archive.by_index(index),
            None => return Ok(None),
        };
        let entry = entry.map_err(|error| match error {
            ZipError::InvalidPassword
            | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => locked(name),
            other => damaged(name, format!("part `{part}`: {other}")),
        })?;
        let most = most.min(self.left.get());
        let mut bytes = Vec::new();
        let read = entry.take(most + 1).read_to_end(&mut bytes);
        read.map_err(|error| damaged(name, format!("part `{part}`: {error}")))?;
        if bytes.len() as u64 > most {
            let message = format!("part `{part}` of the file unpacks to more than may be read");
            return Err(too_large(name, message));
        }
        Ok(Some(bytes))
    }

    /// The XML of a part.
    fn xml(&mut self, part: &str) -> Result<Option<Vec<u8>>, Diagnostic> {
        let bytes = self.bytes(part, PART)?;
        let length = bytes.as_ref().map_or(0, Vec::len) as u64;
        self.left.set(self.left.get() - length);
        Ok(bytes)
    }

    /// A part as a tree; `None` where there is no such part.
    pub(crate) fn tree(&mut self, part: &str) -> Result<Option<Element>, Diagnostic> {
        let Some(bytes) = self.xml(part)? else {
            return Ok(None);
        };
        let parsed = xml::parse(&bytes).map(Some);
        parsed.map_err(|wrong| self.wrong(part, wrong))
    }

    /// The elements of a part that stand in those of the path, one after the other.
    pub(super) fn each(
        &mut self,
        part: &str,
        path: &[&str],
        take: &mut dyn FnMut(Element) -> Result<(), Wrong>,
    ) -> Result<(), Diagnostic> {
        let Some(bytes) = self.xml(part)? else {
            return Ok(());
        };
        let read = xml::each(&bytes, path, take);
        read.map_err(|wrong| self.wrong(part, wrong))
    }

    fn wrong(&self, part: &str, wrong: Wrong) -> Diagnostic {
        match wrong {
            Wrong::Damaged(what) => damaged(self.name, format!("part `{part}`: {what}")),
            Wrong::Excess(what) => too_large(self.name, what),
        }
    }

    /// The bytes of a part that is no text, such as a picture.
    pub(crate) fn media(&mut self, part: &str, most: u64) -> Result<Option<Vec<u8>>, Diagnostic> {
        self.bytes(part, most)
    }

    /// The relationships of a part; those of the package for the empty name.
    pub(crate) fn relationships(&mut self, part: &str) -> Result<Relationships, Diagnostic> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let slash = if folder.is_empty() { "" } else { "/" };
        let rels = format!("{folder}{slash}_rels/{file}.rels");
        let mut found = Relationships::new();
        let Some(tree) = self.tree(&rels)? else {
            return Ok(found);
        };
        for one in tree.elements().take(RELATIONSHIPS) {
            let (Some(id), Some(target)) = (one.attr("Id"), one.attr("Target")) else {
                continue;
            };
            let kind = one.attr("Type").unwrap_or_default();
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            let external = one.attr("TargetMode") == Some("External");
            let target = match external {
                true => target.to_owned(),
                false => resolved(folder, target),
            };
            let relationship = Relationship {
                kind,
                target,
                external,
            };
            found.insert(id.to_owned(), relationship);
        }
        Ok(found)
    }
}

/// The name of a part to which a relationship of a part in a folder leads.
fn resolved(folder: &str, target: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(target).decode_utf8_lossy();
    let start = if decoded.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = Vec::new();
    for part in start.split('/').chain(decoded.split(['/', '\\'])) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            other => parts.push(other),
        }
    }
    parts.join("/")
}

/// What a file is that is no package, with what to do.
fn other_kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let start = &bytes[..bytes.len().min(4_096)];
    let text = String::from_utf8_lossy(start).to_lowercase();
    let text = text.trim_start_matches(['\u{FEFF}', ' ', '\r', '\n']);
    let save =
        "open it in Word or LibreOffice, save it as “Word document (.docx)”, and import that";
    // Names in the directory of such a file are in UTF-16.
    let named = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|part| part == wide)
    };
    Some(match start {
        [0xD0, 0xCF, 0x11, 0xE0, ..] if named("EncryptedPackage") => (
            "protected by a password",
            "open it in Word with the password, take the password off (File, Info, Protect Document, Encrypt with Password), save it, and import it again",
        ),
        [0xD0, 0xCF, 0x11, 0xE0, ..] if named("WordDocument") => {
            ("a document of Word 97 to 2003 (.doc)", save)
        }
        [0xD0, 0xCF, 0x11, 0xE0, ..] => ("a file of an older Office program", save),
        _ if text.starts_with("{\\rtf") => ("a Rich Text file (.rtf)", save),
        _ if text.starts_with("%pdf") => (
            "a PDF",
            "import the Word file that it was made of, or its text as `pdftotext` writes it",
        ),
        _ if text.contains("progid=\"word.document\"") || text.contains("<w:worddocument") => {
            ("a Word document in a single XML file", save)
        }
        _ if text.starts_with("<!doctype html") || text.starts_with("<html") => {
            ("a web page", save)
        }
        [b'P', b'K', ..] => return None,
        [] => ("empty", "give a Word file with text in it"),
        _ => (
            "of another kind",
            "give a file that Word, LibreOffice or Google Docs saved as “Word document (.docx)”",
        ),
    })
}

/// Whether a file begins as Word files do, and as files of old Word programs do.
pub fn is_office(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
        || bytes.starts_with(b"PK\x05\x06")
        || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0])
        || bytes.starts_with(b"{\\rtf")
}

pub(super) fn diagnostic(name: &str, code: Code, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, message).at(Location::whole(name))
}

pub(super) fn damaged(name: &str, what: impl ToString) -> Diagnostic {
    let message = format!("the Word file is damaged: {}", what.to_string());
    diagnostic(name, Code::WORD_DAMAGED, message)
        .hint("open it in Word, which may repair it, and save it again; or ask for a fresh copy")
}

pub(super) fn too_large(name: &str, message: String) -> Diagnostic {
    diagnostic(name, Code::WORD_TOO_LARGE, message).hint(
        "import its parts one by one; a file that nobody made so large on purpose may be harmful",
    )
}

fn locked(name: &str) -> Diagnostic {
    let message = "the file is protected by a password";
    diagnostic(name, Code::NOT_A_WORD_FILE, message)
        .hint("open it with the password, save it without one, and import it again")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved_from_the_folder_of_their_part() {
        for (folder, target, part) in [
            ("word", "media/a.png", "word/media/a.png"),
            ("word", "/word/a%20b.xml", "word/a b.xml"),
            ("word", "../customXml/item1.xml", "customXml/item1.xml"),
            ("", "word/document.xml", "word/document.xml"),
            ("word", "../../../x", "x"),
        ] {
            assert_eq!(resolved(folder, target), part);
        }
    }

    #[test]
    fn other_files_are_named_by_what_is_in_them() {
        let wide = |name: &str| -> Vec<u8> {
            let name = name.encode_utf16().flat_map(u16::to_le_bytes);
            [0xD0, 0xCF, 0x11, 0xE0].into_iter().chain(name).collect()
        };
        for (bytes, what) in [
            (wide("EncryptedPackage"), "password"),
            (wide("WordDocument"), ".doc"),
            (b"{\\rtf1 a}".to_vec(), ".rtf"),
            (b"%PDF-1.7".to_vec(), "PDF"),
            (b"<html><body>".to_vec(), "web page"),
            (Vec::new(), "empty"),
            (b"Text".to_vec(), "another kind"),
        ] {
            let found = Package::open("a.docx", &bytes).err().unwrap();
            assert_eq!(found.code, Code::NOT_A_WORD_FILE);
            assert!(found.message.contains(what), "{}", found.message);
        }
        let cut = Package::open("a.docx", b"PK\x03\x04rest").err().unwrap();
        assert_eq!(cut.code, Code::WORD_DAMAGED);
    }
}
