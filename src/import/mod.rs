//! From a published text or a Markdown file to the YAML of a source, without the loss of a word.
//!
//! ```text
//! bytes ─ decode ─▶ text ─ text | markdown ─▶ Outline ─ build ─▶ Parts ─ write ─▶ files ─ verify ─▶ Imported
//! ```
//!
//! Readers give an `outline` and say what became of every word of the input. `build` makes chapters, speakers and
//! registries of it, `write` makes files of those, and `verify` reads the files back and compares words. The rules are
//! general: nothing here knows any one report, and what is only a word is data in `words/`.

mod acronyms;
mod build;
mod commonmark;
mod compare;
mod contents;
mod dates;
mod decode;
mod envoys;
mod facts;
mod front;
mod inline;
mod lines;
mod markdown;
mod marks;
mod members;
mod names;
mod notes;
mod outline;
mod paragraphs;
mod parts;
mod people;
mod pictures;
mod registry;
mod sections;
mod shapes;
mod speech;
mod spellings;
mod text;
mod title_matter;
mod title_page;
mod verify;
mod words;
mod write;
mod yaml;

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Kind, Location};
use crate::source::{self, Folder};
use crate::{document, layout};

pub use decode::MAX_INPUT;
use outline::{Outline, Piece, Role};
use pictures::Pictures;

/// What is known of a text beside its bytes.
#[derive(Debug, Default)]
pub struct Wanted<'a> {
    /// BCP 47 tag of its language; without one it is told by its words.
    pub language: Option<&'a str>,
    /// The folder in which it stands, for the pictures that it names.
    pub beside: Option<&'a Folder>,
}

/// An imported text.
#[derive(Debug)]
pub struct Imported {
    /// Paths and texts of the files of the source.
    pub files: Vec<(String, String)>,
    /// Paths and bytes of the pictures that were taken over.
    pub pictures: Vec<(String, Vec<u8>)>,
    /// BCP 47 tag of the language.
    pub language: String,
    /// What there is, as kind and number, such as `speaker` and 39.
    pub counts: Vec<(&'static str, usize)>,
    /// What was left out by rule, and how many lines of it.
    pub left_out: Vec<(String, usize)>,
    /// What became of the lines of the input: first and last line of a run, and what.
    pub lines: Vec<(usize, usize, &'static str)>,
    /// Places to check: file, line and why.
    pub checks: Vec<(String, usize, String)>,
    /// The encoding of the input, where it was not UTF-8.
    pub encoding: Option<&'static str>,
    /// How many words were compared.
    pub words: usize,
}

/// Makes a source of a text; `name` is the file's name.
///
/// # Errors
/// The file is no text, there are no rules for the language, or a word of it would be lost; the message names the first.
pub fn import(name: &str, bytes: &[u8], wanted: &Wanted) -> Result<Imported, Diagnostics> {
    let decoded = decode::decode(name, bytes)?;
    let words = match wanted.language {
        Some(tag) => words::of(tag)?,
        None => words::guess(&decoded.text)?,
    };
    let marked = [".md", ".markdown"]
        .iter()
        .any(|end| name.to_lowercase().ends_with(end));
    let pictures = Pictures::beside(wanted.beside);
    let (mut outline, pictures) = match marked {
        true => markdown::read(&decoded.text.replace('\u{C}', " "), &words, pictures),
        false => (text::read(&decoded.text, &words), pictures),
    };
    if outline.items.is_empty() {
        return Err(empty().into());
    }
    if let Some(tag) = wanted.language {
        outline.front.language = Some(tag.to_owned());
    }
    let language = outline.front.language.as_ref().unwrap_or(&words.language);
    let strings = layout::strings(language)?;
    let language = language.clone();
    let title = title(&outline, name);
    let parts = build::build(&mut outline, &title, &words);
    if parts.chapters.iter().all(|chapter| chapter.body.is_empty()) {
        return Err(empty().into());
    }
    let files = write::files(&outline, &parts, &title, &strings, &words);
    let document = read_back(&files, &pictures.files, &strings)?;
    let made_up = !matches!(
        outline.items.first().map(|item| &item.what),
        Some(outline::What::Chapter { .. })
    );
    let verdict = verify::verify(&outline.pieces, &document, made_up, &words);
    if let Some((line, word, instead)) = verdict.lost {
        return Err(lost(name, line, &word, &instead).into());
    }
    Ok(Imported {
        counts: counts(&document, &parts),
        left_out: left_out(&outline.pieces, &verdict),
        lines: lines(&outline.pieces),
        checks: checks(&files),
        encoding: decoded.encoding,
        words: verdict.count,
        pictures: pictures.files,
        language,
        files,
    })
}

fn empty() -> Diagnostic {
    let message = "the file has a title and nothing below it";
    Diagnostic::error(Kind::Source, message).hint("give a file with the text of a report in it")
}

/// The title of the text; without one, the name of its file.
fn title(outline: &Outline, name: &str) -> String {
    if !outline.front.title.is_empty() {
        return outline.front.title.join(" ");
    }
    let stem = std::path::Path::new(name)
        .file_stem()
        .map(|stem| stem.to_string_lossy());
    let stem = stem.as_deref().unwrap_or("Report").replace(['_', '-'], " ");
    match stem.trim() {
        "" => "Report".to_owned(),
        stem => build::capital(stem),
    }
}

/// The document that the files make.
fn read_back(
    files: &[(String, String)],
    pictures: &[(String, Vec<u8>)],
    strings: &layout::Strings,
) -> Result<document::Document, Diagnostics> {
    let texts = files.iter();
    let texts = texts.map(|(path, text)| (path.clone(), text.clone().into_bytes()));
    let map: BTreeMap<String, Vec<u8>> = texts.chain(pictures.iter().cloned()).collect();
    let source = source::read(&Folder::Memory(map))?;
    document::resolve(&source, strings).map(|(document, _)| document)
}

fn lost(name: &str, line: usize, word: &str, instead: &str) -> Diagnostic {
    let place = Location {
        file: name.to_owned(),
        line: u32::try_from(line).unwrap_or(u32::MAX),
        column: 1,
    };
    let message = match word {
        "" => {
            format!("the import would add the word `{instead}`, which the text does not have here")
        }
        _ => format!(
            "the import would lose the word `{word}`: the document has `{instead}` in its place"
        ),
    };
    Diagnostic::error(Kind::Source, message).at(place).hint(
        "nothing was written; set this place apart by empty lines, or report it with the text",
    )
}

fn counts(document: &document::Document, parts: &build::Parts) -> Vec<(&'static str, usize)> {
    let meetings = parts
        .chapters
        .iter()
        .filter(|chapter| chapter.kind == parts::Kind::Meeting)
        .count();
    let speakers = document
        .speakers
        .as_ref()
        .map_or(0, |list| list.entries.len());
    let all = [
        ("chapter", document.chapters.len()),
        ("meeting", meetings),
        ("speaker", speakers),
        ("footnote", document.footnotes.len()),
        ("member", parts.members),
    ];
    all.into_iter().filter(|(_, count)| *count > 0).collect()
}

fn left_out(pieces: &[Piece], verdict: &verify::Verdict) -> Vec<(String, usize)> {
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for piece in pieces {
        if let Role::LeftOut(why) = piece.role
            && !piece.text.trim().is_empty()
        {
            *found.entry(why.to_owned()).or_default() += 1;
        }
    }
    let mut found: Vec<(String, usize)> = found.into_iter().collect();
    let anew = [
        (
            "words of facts, which the registry words anew",
            &verdict.reworded,
        ),
        (
            "labels of chapters and panels, which the program words anew",
            &verdict.relabelled,
        ),
    ];
    let anew = anew.into_iter().filter(|(_, words)| !words.is_empty());
    found.extend(anew.map(|(what, words)| (format!("{what}: {}", words.join(", ")), 0)));
    found
}

/// What became of the lines of the input, run by run.
fn lines(pieces: &[Piece]) -> Vec<(usize, usize, &'static str)> {
    let mut runs: Vec<(usize, usize, &'static str)> = Vec::new();
    for piece in pieces.iter().filter(|piece| !piece.text.trim().is_empty()) {
        let what = match piece.role {
            Role::Front => "title matter",
            Role::Heading | Role::Label => "headings",
            Role::Body => "text",
            Role::Fact => "facts",
            Role::Note => "footnotes",
            Role::LeftOut(why) => why,
        };
        match runs.last_mut() {
            Some((_, last, known)) if *known == what => *last = piece.line.max(*last),
            _ => runs.push((piece.line, piece.line, what)),
        }
    }
    runs
}

/// The comments that ask for a look, by file and line.
fn checks(files: &[(String, String)]) -> Vec<(String, usize, String)> {
    let mut checks = Vec::new();
    for (path, text) in files {
        for (index, line) in text.lines().enumerate() {
            if let Some(why) = line.trim_start().strip_prefix("# check: ") {
                checks.push((path.clone(), index + 1, why.to_owned()));
            }
        }
    }
    checks
}

#[cfg(test)]
mod tests;
