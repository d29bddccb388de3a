//! From a Word file, a published text or a Markdown file to the YAML of a source, without the loss of a word.
//!
//! ```text
//! bytes ─ read (word, or decode and then text or markdown) ─▶ Outline ─ build ─▶ Parts ─ write ─▶ files ─ verify ─▶ Imported
//! ```
//!
//! `read` gives an `outline` and says what became of every word of the input, with the help of `recognise`, which knows
//! a date, a person or a body by how it is written. `build` makes chapters, speakers and registries of it, `write` makes
//! files of those, and `verify` reads the files back and compares words. Each room uses those before it alone. The rules
//! are general: nothing here knows any one report, and what is only a word is data in `words/`.

mod build;
mod ids;
mod outline;
mod read;
mod recognise;
mod verify;
mod words;
mod write;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Location};
use crate::source::{self, Folder};
use crate::{document, layout, word};

use outline::{Outline, OutlineItem};
use read::decode::changed;
pub(crate) use read::inline::first;
use read::pictures::{Files, Pictures};
pub use read::word::TrackedChanges;
use words::Words;
pub(crate) use words::small_words;

/// Paths and texts of files.
type Texts = Vec<(String, String)>;

/// What is known of a text besides its bytes.
#[derive(Debug, Default)]
pub struct ImportOptions<'a> {
    /// BCP 47 tag of its language; without one it is recognised by its words.
    pub language: Option<&'a str>,
    /// The folder in which it is, for the pictures that it names.
    pub beside: Option<&'a Folder>,
    /// What becomes of tracked changes of a Word file.
    pub changes: TrackedChanges,
}

/// The largest file that is imported, in bytes: a Word file has pictures in it.
pub const MAX_INPUT: u64 = word::MAX_FILE;

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
    /// Comments of people: file, line, and who says what.
    pub comments: Vec<(String, usize, String)>,
    /// The encoding of the input, where it was not UTF-8.
    pub encoding: Option<&'static str>,
    /// How many words were compared.
    pub words: usize,
    /// What kind of text it was taken for.
    pub kind: &'static str,
    /// What its places are counted by: `line` or `paragraph`.
    pub unit: &'static str,
}

/// Makes a source of a text; `name` is the file's name. What a stage has no more use for goes before the next: a long
/// text would stand in memory some forty times otherwise.
///
/// # Errors
/// The file is no text, there are no rules for the language, or a word of it would be lost; the message names the
/// first.
pub fn import(name: &str, bytes: Vec<u8>, wanted: &ImportOptions) -> Result<Imported, Diagnostics> {
    draft(name, bytes, wanted)?.proved(name)
}

/// A report made of a text that nobody has compared with it yet.
struct Draft {
    outline: Outline,
    parts: build::parts::Parts,
    files: Texts,
    pictures: Files,
    words: Words,
    strings: layout::Strings,
    language: String,
    encoding: Option<&'static str>,
    /// Whether the title of the first chapter is the program's.
    made_up: bool,
}

fn draft(name: &str, bytes: Vec<u8>, wanted: &ImportOptions) -> Result<Draft, Diagnostics> {
    let (mut outline, pictures, words, encoding) = match is_word(name, &bytes) {
        true => {
            let (outline, pictures, words) = read_word(name, bytes, wanted)?;
            (outline, pictures, words, None)
        }
        false => {
            let read::decode::Decoded { text, encoding } = read::decode::decode(name, bytes)?;
            let mut words = match wanted.language {
                Some(tag) => words::of(tag)?,
                None => words::guess(&text)?,
            };
            words.day_first = recognise::dates::day_first(&text);
            let (outline, pictures) = read(name, text, &words, wanted);
            (outline, pictures, words, encoding)
        }
    };
    if let Some(tag) = wanted.language {
        outline.front.language = Some(tag.to_owned());
    }
    let language = outline.front.language.clone();
    let language = language.unwrap_or_else(|| words.language.clone());
    let strings = layout::strings(&language)?;
    let title = title(&outline);
    let first = outline.items.first();
    let made_up = !first.is_some_and(|item| matches!(item.what, OutlineItem::Chapter { .. }));
    let mut parts = build::build(&mut outline, &title, &words);
    if parts.chapters.iter().all(|chapter| chapter.body.is_empty()) {
        return Err(empty(name).into());
    }
    outline.items = Vec::new();
    let files = write::files(&outline, &parts, &title, &strings, &words);
    outline.running = String::new();
    parts.forget_texts();
    Ok(Draft {
        outline,
        parts,
        files,
        pictures,
        words,
        strings,
        language,
        encoding,
        made_up,
    })
}

/// Whether a file is for the reader of Word files, which says what another is that only looks like one.
fn is_word(name: &str, bytes: &[u8]) -> bool {
    let name = name.to_lowercase();
    let named = [".docx", ".docm", ".dotx", ".dotm", ".doc", ".odt", ".rtf"];
    word::is_office(bytes) || named.iter().any(|end| name.ends_with(end))
}

/// The outline of a Word file, its pictures, and the words that the rules look for.
fn read_word(
    name: &str,
    bytes: Vec<u8>,
    wanted: &ImportOptions,
) -> Result<(Outline, Files, Words), Diagnostics> {
    let draft = read::word::open(name, &bytes, wanted.changes)?;
    drop(bytes);
    let running = draft.running();
    let (mut words, language) = match wanted.language {
        Some(tag) => (words::of(tag)?, None),
        None => read::word::words_of(&draft, &running)?,
    };
    words.day_first = recognise::dates::day_first(&running);
    let (outline, pictures) = draft.outline(name, running, &words, language)?;
    Ok((outline, pictures, words))
}

impl Draft {
    /// The report, once it is sure that nothing of the text is lost in it.
    fn proved(mut self, name: &str) -> Result<Imported, Diagnostics> {
        // Citations are compared as they were typed; the report has them as its own.
        let cited = std::mem::take(&mut self.outline.citations);
        let real = (!cited.is_empty()).then(|| self.files.clone());
        settle_citations(&mut self.files, |at| {
            let mut typed = String::new();
            let inner = cited.get(at).map_or("", String::as_str);
            format!("[{inner}]")
                .chars()
                .for_each(|c| read::inline::escape(c, &mut typed));
            typed
        });
        let (mut files, mut pictures, document) =
            read_back(self.files, self.pictures, &self.strings)?;
        let outline = &mut self.outline;
        let verdict = verify::verify(&outline.pieces, &document, self.made_up, &self.words);
        if let Some((line, word, instead)) = verdict.lost {
            return Err(lost(name, (line, outline.unit()), &word, &instead).into());
        }
        let speech = document.speakers.is_some();
        if let Some(what) = fewer(outline.kept, verdict.kept, speech) {
            return Err(fewer_of(name, what).into());
        }
        for target in &mut outline.targets {
            if let Some(place) = read::references::place_of(target) {
                *target = self.parts.address_of(place);
            }
        }
        if let Some(target) = verify::missing_target(&outline.targets, &document) {
            return Err(fewer_of(name, &format!("link to {target}")).into());
        }
        if let Some(mut real) = real {
            settle_citations(&mut real, |at| {
                format!("[{}]", cited.get(at).map_or("", String::as_str))
            });
            (files, pictures, _) = read_back(real, pictures, &self.strings)?;
        }
        let comments = verify::summary::comments(&files);
        if comments.len() < outline.comments {
            return Err(fewer_of(name, "comment").into());
        }
        let mut left_out = verify::summary::left_out(&outline.pieces, &verdict);
        left_out.extend(outline.settled.take().map(|what| (what, 0)));
        Ok(Imported {
            counts: verify::summary::counts(&document, &self.parts),
            left_out,
            comments,
            lines: verify::summary::lines(&outline.pieces),
            checks: verify::summary::checks(&files),
            encoding: self.encoding,
            words: verdict.count,
            kind: outline.kind,
            unit: outline.unit(),
            language: self.language,
            pictures,
            files,
        })
    }
}

/// Writes what stands for each citation.
fn settle_citations(files: &mut Texts, written: impl Fn(usize) -> String) {
    for (_, text) in files {
        if text.contains(read::references::CITED) {
            *text = read::references::with_citations(text, &written);
        }
    }
}

/// The outline of a text, by the reader for its kind, and the pictures that come along.
fn read(name: &str, text: String, words: &Words, wanted: &ImportOptions) -> (Outline, Files) {
    if is_markdown(name) {
        let pictures = Pictures::beside(wanted.beside);
        let text = changed(text, &['\u{C}', '\u{B}'], |text| {
            text.replace('\u{C}', " ").replace('\u{B}', "<br>")
        });
        let (outline, pictures) = read::markdown::read(name, text, words, pictures);
        (outline, pictures.files)
    } else {
        let text = read::pages::symbols(&text);
        let text = changed(text, &['\u{B}'], |text| {
            text.replace('\u{B}', &format!(" {} ", read::inline::BREAK))
        });
        let text = read::typography::set(text, words);
        (read::text::read(text, words), Files::new())
    }
}

fn is_markdown(name: &str) -> bool {
    let name = name.to_lowercase();
    [".md", ".markdown", ".mdx", ".qmd"]
        .iter()
        .any(|end| name.ends_with(end))
}

fn empty(name: &str) -> Diagnostic {
    let place = Location {
        file: name.to_owned(),
        line: 0,
        column: 0,
    };
    let message = "the file has no text, or a title and nothing below it";
    Diagnostic::new(Code::NO_TEXT_IN_FILE, message)
        .at(place)
        .hint("give a file with the text of a report in it")
}

/// The title of the text, or what stands for one: the name of a file is none.
fn title(outline: &Outline) -> String {
    match outline.front.title.is_empty() {
        true => document::placeholder::TITLE.to_owned(),
        false => outline.front.title.join(" "),
    }
}

/// The files and the pictures as they were, and the document that they make.
fn read_back(
    files: Texts,
    pictures: Files,
    strings: &layout::Strings,
) -> Result<(Texts, Files, document::Document), Diagnostics> {
    let names: Vec<String> = files.iter().map(|(path, _)| path.clone()).collect();
    let texts = files
        .into_iter()
        .map(|(path, text)| (path, text.into_bytes()));
    let all = Arc::new(texts.chain(pictures).collect());
    let folder = Folder::Memory(Arc::clone(&all));
    let resolved = source::read(&folder)
        .and_then(|source| document::resolve(&source, strings).map(|(document, _)| document));
    let document = resolved.map_err(|mut found| {
        for one in found.iter_mut() {
            let hint = "the import makes this file of the text; nothing was written";
            one.hints.push(hint.to_owned());
        }
        found
    })?;
    drop(folder);
    let mut all: BTreeMap<String, Vec<u8>> = Arc::unwrap_or_clone(all);
    let text = |path: String| {
        let bytes = all.remove(&path).unwrap_or_default();
        (path, String::from_utf8(bytes).unwrap_or_default())
    };
    let files = names.into_iter().map(text).collect();
    Ok((files, all.into_iter().collect(), document))
}

/// What the document has fewer of than the text, if anything. Bold names of speakers are no emphasis of a report.
fn fewer(text: outline::Counts, document: outline::Counts, speech: bool) -> Option<&'static str> {
    let counts = [
        ("link", text.links, document.links),
        ("picture", text.pictures, document.pictures),
        ("mark of a footnote", text.marks, document.marks),
        ("cell of a table", text.cells, document.cells),
        ("emphasis", text.emphases, document.emphases),
        (
            "mark of another language",
            text.languages,
            document.languages,
        ),
    ];
    let lost = |(what, text, document): &(&str, usize, usize)| {
        document < text && !(speech && *what == "emphasis")
    };
    counts.into_iter().find(lost).map(|(what, ..)| what)
}

fn fewer_of(name: &str, what: &str) -> Diagnostic {
    let message = format!("the import would lose a {what}");
    Diagnostic::new(Code::WORD_LOST, message)
        .at(Location::whole(name))
        .hint("nothing was written; report it with the text")
}

fn lost(name: &str, (number, unit): (usize, &str), word: &str, instead: &str) -> Diagnostic {
    let mut place = Location::whole(name);
    let mut of = String::new();
    match unit {
        "line" => {
            place.line = u32::try_from(number).unwrap_or(u32::MAX);
            place.column = 1;
        }
        _ => of = format!(" of {unit} {number}"),
    }
    let message = match word {
        "" => {
            format!(
                "the import would add the word `{instead}`{of}, which the text does not have here"
            )
        }
        _ => format!(
            "the import would lose the word `{word}`{of}: the document has `{instead}` in its place"
        ),
    };
    Diagnostic::new(Code::WORD_LOST, message).at(place).hint(
        "nothing was written; set this place apart by empty lines, or report it with the text",
    )
}

#[cfg(test)]
mod tests;
