//! The works that a report cites: `references.yaml` (in the form of hayagriva) or `references.bib` (BibTeX), read entry by
//! entry, so that every mistake is found and has its line.

use std::collections::{BTreeMap, BTreeSet};

use hayagriva::io::{BibLaTeXError, from_biblatex_str, from_yaml_str};
use hayagriva::{Entry, Library};

use super::decode;
use super::rescue::Reading;
use super::{Folder, MAX_YAML, Problem, optional};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::base::guard;
use crate::source::FileRef;

/// Name of the file in YAML.
pub(super) const YAML: &str = "references.yaml";
/// Name of the file in BibTeX.
pub(super) const BIBTEX: &str = "references.bib";

/// The fields of an entry, and those that other programs call otherwise.
const FIELDS: &[&str] = &[
    "type",
    "title",
    "author",
    "date",
    "parent",
    "editor",
    "affiliated",
    "publisher",
    "location",
    "organization",
    "issue",
    "chapter",
    "volume",
    "volume-total",
    "edition",
    "page-range",
    "page-total",
    "time-range",
    "runtime",
    "url",
    "serial-number",
    "language",
    "archive",
    "archive-location",
    "call-number",
    "note",
    "abstract",
    "genre",
];
const OTHER_WORDS: &[(&str, &str)] = &[
    ("year", "date"),
    ("journal", "parent"),
    ("doi", "serial-number"),
    ("isbn", "serial-number"),
    ("pages", "page-range"),
    ("address", "location"),
    ("place", "location"),
    ("number", "issue"),
    ("organisation", "organization"),
    ("institution", "organization"),
];

/// The deepest braces of BibTeX.
const MAX_BRACES: usize = 64;

/// The works that a report cites.
#[derive(Debug, Clone)]
pub struct References {
    /// Path as the user would type it.
    pub path: String,
    /// The decoded text.
    pub text: String,
    /// The entries by their keys.
    pub entries: Library,
    /// Line and column of each key.
    pub places: BTreeMap<String, (u32, u32)>,
}

impl References {
    /// The file, to place diagnostics in it.
    pub fn as_ref(&self) -> FileRef<'_> {
        FileRef {
            path: &self.path,
            text: &self.text,
        }
    }
}

/// Reads the file that the report has; anything wrong is noted in `reading`.
pub(super) fn read(folder: &Folder, reading: &mut Reading) -> Option<References> {
    let bibtex = match folder.read(BIBTEX, MAX_YAML) {
        Err(Problem::Missing { similar: None }) => None,
        other => Some(other),
    };
    let entries: Option<super::File<BTreeMap<String, serde_json::Value>>> =
        optional(folder, YAML, reading);
    let bytes = match (entries, bibtex) {
        (Some(file), None) => return Some(of_yaml(file, reading)),
        (None, None) => return None,
        (Some(_), Some(_)) => {
            let message = format!("there are both {YAML} and {BIBTEX}, and one alone is read");
            let place = crate::base::diagnostic::Location::whole(folder.display(BIBTEX));
            let wrong = Diagnostic::new(Code::TWO_REFERENCES, message).at(place);
            let hint = "put all entries into one of the two, and remove the other";
            reading.found.push(wrong.hint(hint));
            return None;
        }
        (None, Some(read)) => read,
    };
    let path = folder.display(BIBTEX);
    let decoded = bytes
        .map_err(|problem| problem.diagnostic(&path))
        .and_then(|bytes| {
            guard::allow(guard::Input::Report, bytes.len());
            decode::decode(&path, bytes)
        });
    match decoded {
        Ok(text) => Some(of_bibtex(path, text, &mut reading.found)),
        Err(wrong) => {
            reading.found.push(wrong);
            None
        }
    }
}

fn of_yaml(
    file: super::File<BTreeMap<String, serde_json::Value>>,
    reading: &mut Reading,
) -> References {
    let mut references = References {
        path: file.path,
        text: file.text,
        entries: Library::new(),
        places: BTreeMap::new(),
    };
    for (key, fields) in &file.content {
        unknown_fields(references.as_ref(), key, fields, &mut reading.found);
    }
    let mut read = Vec::new();
    for (line, piece) in pieces(&references.text) {
        match from_yaml_str(piece) {
            Ok(library) => read.extend(library.into_iter().map(|entry| (entry, line))),
            Err(error) => {
                let (inner, column) = error
                    .location()
                    .map_or((1, 1), |place| (place.line(), place.column()));
                let said = error.to_string();
                let said = said.split(" at line ").next().unwrap_or_default();
                let line = line + u32::try_from(inner).unwrap_or(1).saturating_sub(1);
                let column = u32::try_from(column).unwrap_or(1);
                let message = format!("an entry cannot be read: {said}");
                let file = references.as_ref();
                let wrong = file.diagnostic(Code::BAD_REFERENCE, line, column, message);
                reading.found.push(wrong.hint(
                    "an entry has a `type` such as book, article or report, a `title`, an `author` and a `date`",
                ));
            }
        }
    }
    for (entry, line) in read {
        references.add(&entry, (line, 1));
    }
    references
}

impl References {
    fn add(&mut self, entry: &Entry, place: (u32, u32)) {
        self.places.insert(entry.key().to_owned(), place);
        self.entries.push(entry);
    }
}

/// The entries of a file as texts of their own, each with its first line.
fn pieces(text: &str) -> Vec<(u32, &str)> {
    let mut starts: Vec<(u32, usize)> = Vec::new();
    let mut offset = 0;
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        let starts_entry = !line.starts_with(|c: char| c.is_whitespace() || "#%-.}]".contains(c));
        if starts_entry
            && !starts
                .first()
                .is_some_and(|(_, first)| text[*first..].starts_with('{'))
        {
            starts.push((number, offset));
        }
        offset += line.len();
    }
    let ends = starts.iter().skip(1).map(|(_, start)| *start);
    let ends = ends.chain([text.len()]).collect::<Vec<_>>();
    let pieces = starts.into_iter().zip(ends);
    pieces
        .map(|((line, start), end)| (line, &text[start..end]))
        .collect()
}

/// Fields that would be lost without a word.
fn unknown_fields(
    file: FileRef<'_>,
    path: &str,
    fields: &serde_json::Value,
    found: &mut Diagnostics,
) {
    for (name, value) in fields.as_object().into_iter().flatten() {
        let path = format!("{path}.{name}");
        if name == "parent" {
            match value.as_array() {
                Some(all) => {
                    for (index, one) in all.iter().enumerate() {
                        unknown_fields(file, &format!("{path}[{index}]"), one, found);
                    }
                }
                None => unknown_fields(file, &path, value, found),
            }
        }
        if FIELDS.contains(&name.as_str()) {
            continue;
        }
        let (line, column) = file.place_of(&path).unwrap_or_default();
        let message = format!("entries of {YAML} have no field `{name}`");
        let wrong = file.diagnostic(Code::BAD_REFERENCE, line, column, message);
        let other = OTHER_WORDS.iter().find(|(word, _)| word == name);
        let hint = other
            .map(|(_, field)| format!("write it in `{field}`"))
            .or_else(|| did_you_mean(name, FIELDS.iter().copied()))
            .unwrap_or_else(|| format!("the fields are: {}", FIELDS.join(", ")));
        found.push(wrong.field(path).hint(hint));
    }
}

fn of_bibtex(path: String, text: String, found: &mut Diagnostics) -> References {
    let mut references = References {
        path,
        text,
        entries: Library::new(),
        places: BTreeMap::new(),
    };
    let text = references.text.clone();
    if let Some(offset) = too_deep(&text) {
        let message = "braces are open inside one another without end".to_owned();
        found.push(wrong(
            references.as_ref(),
            behind(1, &text[..offset]),
            message,
        ));
        return references;
    }
    let all = records(&text);
    let mut read = Vec::new();
    match from_biblatex_str(&text) {
        Ok(library) => read.extend(library),
        // The whole stops at its first mistake: each entry is read by itself, with the abbreviations before it.
        Err(_) => {
            let known = found.len();
            let mut seen: BTreeSet<&str> = BTreeSet::new();
            let mut abbreviations = String::new();
            for (line, record) in &all {
                if record.to_ascii_lowercase().starts_with("@string") {
                    abbreviations.push_str(record);
                } else if let Some(key) = key_of(record)
                    && !seen.insert(key)
                {
                    let message = format!("the key `{key}` is used twice");
                    found.push(wrong(references.as_ref(), (*line, 1), message));
                    continue;
                }
                let whole = format!("{abbreviations}{record}");
                for error in from_biblatex_str(&whole).err().into_iter().flatten() {
                    let (span, said) = match error {
                        BibLaTeXError::Parse(error) => (error.span, error.kind.to_string()),
                        BibLaTeXError::Type(error) => (error.span, error.kind.to_string()),
                    };
                    let within = span.start.saturating_sub(abbreviations.len());
                    let before = record.get(..within).unwrap_or(record);
                    let message = format!("an entry cannot be read: {said}");
                    found.push(wrong(references.as_ref(), behind(*line, before), message));
                }
            }
            if found.len() == known {
                let message = "the entries cannot be read: one refers to another that is wrong";
                found.push(wrong(references.as_ref(), (1, 1), message.to_owned()));
            }
        }
    }
    for (line, record) in all {
        if let Some(key) = key_of(record) {
            references.places.entry(key.to_owned()).or_insert((line, 1));
        }
    }
    read.iter().for_each(|entry| references.entries.push(entry));
    references
}

/// The keys of the works in a text of BibTeX.
///
/// # Errors
/// Whatever is wrong in it.
pub fn bibtex_keys(text: &str) -> Result<Vec<String>, Diagnostics> {
    let mut found = Diagnostics::default();
    let read = of_bibtex(BIBTEX.to_owned(), text.to_owned(), &mut found);
    match found.is_empty() {
        true => Ok(read.entries.keys().map(str::to_owned).collect()),
        false => Err(found),
    }
}

/// A mistake in a file of BibTeX.
fn wrong(file: FileRef<'_>, (line, column): (u32, u32), message: String) -> Diagnostic {
    file.diagnostic(Code::BAD_REFERENCE, line, column, message)
        .hint("an entry is @book{key, title = {…}, author = {…}, year = {…}}")
}

/// Where a record continues after `before`, when it begins on that line.
fn behind(line: u32, before: &str) -> (u32, u32) {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let last = before.rsplit('\n').next().unwrap_or_default();
    let lines = count(before.matches('\n').count());
    (line.saturating_add(lines), count(last.chars().count() + 1))
}

/// What begins with a sign at the start of a line, each with the number of its line.
fn records(text: &str) -> Vec<(u32, &str)> {
    let mut starts = Vec::new();
    let mut offset = 0;
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        if line.trim_start().starts_with('@') {
            starts.push((number, offset + line.len() - line.trim_start().len()));
        }
        offset += line.len();
    }
    let ends = starts.iter().skip(1).map(|(_, start)| *start);
    let ends: Vec<usize> = ends.chain([text.len()]).collect();
    let records = starts.into_iter().zip(ends);
    records
        .map(|((line, start), end)| (line, &text[start..end]))
        .collect()
}

/// The key of an entry.
fn key_of(record: &str) -> Option<&str> {
    let (_, rest) = record.split_once('{')?;
    let key = rest.split([',', '}', '=', '\n']).next()?.trim();
    (!key.is_empty()).then_some(key)
}

/// The first brace that opens inside more of them than any entry has.
fn too_deep(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    text.char_indices().find_map(|(offset, c)| {
        match c {
            '{' => open += 1,
            '}' => open = open.saturating_sub(1),
            _ => {}
        }
        (open > MAX_BRACES).then_some(offset)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(name: &str, text: &str) -> (Option<References>, Vec<String>) {
        let files = [(name.to_owned(), text.as_bytes().to_vec())];
        let folder = Folder::in_memory(files.into_iter().collect());
        let mut reading = Reading::default();
        let read = read(&folder, &mut reading);
        let found = reading.found.iter().map(|one| {
            let place = one.location.as_ref().map(|place| place.line);
            format!(
                "{}:{} {}",
                one.code.number(),
                place.unwrap_or_default(),
                one.message
            )
        });
        (read, found.collect())
    }

    #[test]
    fn every_mistake_of_a_file_has_its_line() {
        let text = "a:\n  title: A\nb:\n  type: book\n  autor: B\nc:\n  type: boat\n  title: C\nd:\n  type: report\n  title: D\n";
        let (read, found) = read_all(YAML, text);
        assert_eq!(found.len(), 3, "{found:#?}");
        assert!(
            found.iter().any(|one| one.starts_with("E0162:5")),
            "{found:#?}"
        );
        assert!(
            found.iter().any(|one| one.starts_with("E0162:2")),
            "{found:#?}"
        );
        assert!(
            found.iter().any(|one| one.starts_with("E0162:7")),
            "{found:#?}"
        );
        let read = read.unwrap();
        assert!(read.entries.get("d").is_some());
        assert_eq!(read.places["d"], (9, 1));
    }

    #[test]
    fn a_key_twice_is_refused_in_both_forms() {
        let (_, found) = read_all(
            YAML,
            "a: {type: book, title: A}\na: {type: book, title: B}\n",
        );
        assert!(
            found[0].starts_with("E0110:2") || found[0].contains("twice"),
            "{found:?}"
        );
        let text = "@book{a, title={A}}\n@book{a, title={B}}\n@book{b, title={C}, year={x}}\n@book{c, title=C}\n";
        let (_, found) = read_all(BIBTEX, text);
        assert_eq!(found[0], "E0162:2 the key `a` is used twice");
        assert_eq!(found.len(), 3, "{found:#?}");
    }

    #[test]
    fn bibtex_has_its_lines_and_abbreviations() {
        let text = "% a comment\n@string{enrc = {ENRC}}\n@report{a,\n  title = {Rivers},\n  institution = enrc,\n  year = 2015\n}\n";
        let (read, found) = read_all(BIBTEX, text);
        assert_eq!(found, Vec::<String>::new());
        assert_eq!(read.unwrap().places["a"], (3, 1));
        let (_, found) = read_all(BIBTEX, &"{".repeat(100_000));
        assert_eq!(found.len(), 1);
    }
}
