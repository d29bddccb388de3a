//! What a person looks at to answer a question: the places in the file, and a digest of exactly what is looked at, so
//! that an answer lapses when that changes.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::checks::{letters, short};
use super::features::Look;
use super::read::{Reader, look_of};
use crate::base::diagnostic::{Location, many};
use crate::base::digest::sha256;
use crate::pdf::read::content::PaintEvent;
use crate::pdf::read::file::{as_name, number};
use crate::pdf::read::tree::{Element, attribute};
use crate::source::{FileRef, Source};
use crate::verify::proof::place_of;

/// What may be looked at; each criterion with a question names one.
#[cfg(test)]
pub(super) const TOPICS: &[&str] = &[
    "title",
    "words",
    "languages",
    "structure",
    "headings",
    "headings-and-text",
    "pictures",
    "pictures-and-pages",
    "pictures-tables-and-text",
    "tables",
    "lists",
    "lists-and-text",
    "formulas",
    "formulas-and-text",
    "notes",
    "notes-and-text",
    "links",
    "fonts",
    "pages",
    "over-pictures",
    "signs",
];

/// What is looked at, as a heading.
pub(super) fn title(topic: &str) -> &'static str {
    match topic {
        "title" => "The title",
        "words" => "The text, chapter by chapter",
        "languages" => "Languages",
        "structure" => "What the parts of the text are",
        "headings" => "Headings",
        "headings-and-text" => "Headings, and the text that they stand in",
        "pictures-and-pages" => "Pictures, and the pages that they stand on",
        "pictures" => "Pictures with the texts that stand for them",
        "pictures-tables-and-text" => "Pictures and tables, and the text that they stand in",
        "tables" => "Tables",
        "lists" => "Lists",
        "lists-and-text" => "Lists, and the text that they stand in",
        "formulas" => "Formulas",
        "formulas-and-text" => "Formulas, and the text that they stand in",
        "notes" => "Notes",
        "notes-and-text" => "Notes, and the text that they stand in",
        "links" => "Links",
        "fonts" => "Fonts",
        "signs" => "Signs that speech may leave out",
        "over-pictures" => "Text over pictures and gradients",
        _ => "The pages",
    }
}

/// A place to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// What tells the place from the others; the beginning of its words.
    pub key: String,
    /// What there is to see: the text for a picture, the level of a heading, the language of a passage.
    pub detail: String,
    /// Page of the file, from 1; 0 for the file as a whole.
    pub page: usize,
    /// Title of its chapter.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub chapter: String,
    /// Where the source has it: file, line and column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Digest of what is looked at: the first twelve digits of its SHA-256.
    pub of: String,
}

impl Place {
    /// Whether it is a page or a chapter as a whole, which stand in the dossier anyway.
    pub(super) fn is_elsewhere(&self) -> bool {
        self.detail == CHAPTER || self.detail.ends_with(AS_DECORATION)
    }
}

/// What chapters and pages are, as details of places.
const CHAPTER: &str = "chapter";
const AS_DECORATION: &str = "of text marked as head, foot or decoration";

/// The places of a topic with the digest of them all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Places {
    /// Name of the topic.
    pub topic: String,
    /// SHA-256 of all that is looked at: what a sign-off is given for.
    pub of: String,
    /// The places, in reading order.
    pub places: Vec<Place>,
}

/// Length of the digest of one place.
const DIGITS: usize = 12;

/// Longest label before a text, in characters; a text in fewer words than these may stand in the source by chance.
const LABEL: usize = 30;
const FEWEST_WORDS: usize = 3;
/// So many words of a text are looked for in the source.
const MOST_WORDS: usize = 5;

struct Finder<'a> {
    reader: &'a Reader<'a>,
    files: Vec<FileRef<'a>>,
    found: Vec<Place>,
    keys: BTreeMap<String, usize>,
}

/// The places of a topic.
pub(super) fn of(topic: &str, look: &Look<'_>, source: Option<&Source>) -> Places {
    let mut files = Vec::new();
    if let Some(source) = source {
        files.extend(source.chapters.iter().map(|file| file.as_ref()));
        files.push(source.report.as_ref());
        files.push(source.organisations.as_ref());
    }
    let mut finder = Finder {
        reader: look.reader,
        files,
        found: Vec::new(),
        keys: BTreeMap::new(),
    };
    match topic {
        "title" => finder.title(source),
        "words" => finder.chapters(false, ""),
        "structure" => finder.chapters(true, ""),
        "languages" => finder.languages(),
        "headings" | "headings-and-text" => finder.headings(),
        "pictures" | "pictures-and-pages" => finder.pictures(),
        "pictures-tables-and-text" => {
            finder.pictures();
            finder.elements("Table", cells);
        }
        "tables" => finder.elements("Table", cells),
        "lists" | "lists-and-text" => finder.elements("L", |reader, list| {
            format!("numbered: {}", Look::numbering(reader, list))
        }),
        "formulas" | "formulas-and-text" => finder.elements("Formula", alt),
        "notes" | "notes-and-text" => finder.elements("Note", |_, _| "note".into()),
        "links" => finder.links(),
        "fonts" => finder.fonts(),
        "signs" => finder.signs(),
        "over-pictures" => {
            for place in &look.contrasts.over_pictures {
                // Whoever looks at it sees the picture, too.
                let drawing = look.reader.drawings.get(place.page - 1);
                let seen = drawing.map(|one| look_of(look.reader.file, one));
                let detail = "text over a picture";
                finder.add(
                    &place.words,
                    detail,
                    place.page,
                    "",
                    &seen.unwrap_or_default(),
                );
            }
        }
        _ => {}
    }
    // Whoever answers that nothing is missing from a list has looked at what it might be missing from.
    match topic {
        "pages" | "pictures-and-pages" => finder.pages(),
        _ if topic.ends_with("-and-text") => finder.chapters(true, "chapter "),
        _ => {}
    }
    let places = finder.found;
    let all: String = places
        .iter()
        .map(|one| format!("{} {}\n", one.key, one.of))
        .collect();
    Places {
        topic: topic.to_owned(),
        of: sha256(all.as_bytes()),
        places,
    }
}

fn alt(reader: &Reader<'_>, element: &Element) -> String {
    reader.file.text(&element.dict, "Alt").unwrap_or_default()
}

/// How many rows and head cells a table has.
fn cells(reader: &Reader<'_>, table: &Element) -> String {
    let below = reader.below(table);
    let count = |kind: &str| below.iter().filter(|one| one.kind == kind).count();
    format!(
        "{} rows, {} head cells, {} other cells",
        count("TR"),
        count("TH"),
        count("TD")
    )
}

/// What an element of a table says of itself.
fn said_of(reader: &Reader<'_>, element: &Element, key: &str) -> Option<String> {
    let value = attribute(reader.file, reader.tree, element, "Table", key)?;
    let said = as_name(value).or_else(|| number(value).map(|value| value.to_string()));
    said.map(|said| format!("{key}={said}"))
}

/// A text, and what it may be in the source: without its number, without its label.
fn unlabelled<'t>(text: &'t str) -> Vec<&'t str> {
    let after = |text: &'t str, end: &str| {
        let (label, rest) = text.split_once(end)?;
        (label.chars().count() <= LABEL).then(|| rest.trim_start())
    };
    let title = after(text, ":").filter(|title| title.starts_with(char::is_numeric));
    let title = title.and_then(|title| after(title, " "));
    let all = [Some(text), after(text, ": "), after(text, " "), title];
    all.into_iter().flatten().collect()
}

/// The one line of the source whose whole value is a text.
fn value_of(files: &[FileRef<'_>], text: &str) -> Option<Location> {
    let wanted = letters(text);
    if wanted.is_empty() {
        return None;
    }
    let mut found = files.iter().flat_map(|file| {
        let lines = (1..).zip(file.text.lines());
        lines.filter_map(|(number, line)| {
            let start = line.find(": ").map_or_else(|| line.find("- "), Some)? + 2;
            let value = &line[start..];
            let column = line[..start].chars().count() + 1;
            (letters(value) == wanted).then(|| file.location(number, column as u32))
        })
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The one place of the source where a text of some words begins.
fn beginning_of(files: &[FileRef<'_>], text: &str) -> Option<Location> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words
        .filter(|word| !word.is_empty())
        .take(MOST_WORDS)
        .collect();
    let enough = words.len() >= FEWEST_WORDS || text.chars().count() > LABEL;
    enough.then(|| place_of(files, &[&words.join(" ")]))?
}

impl<'a> Finder<'a> {
    fn add(&mut self, words: &str, detail: &str, page: usize, chapter: &str, seen: &[u8]) {
        let words = match short(words) {
            empty if empty.is_empty() => format!("page {page}"),
            words => words,
        };
        let times = self.keys.entry(words.clone()).or_default();
        *times += 1;
        let key = match *times {
            1 => words,
            times => format!("{words} ({times})"),
        };
        self.found.push(Place {
            key,
            detail: detail.to_owned(),
            page,
            chapter: short(chapter),
            source: None,
            of: sha256(seen)[..DIGITS].to_owned(),
        });
    }

    /// Says where the source has the last place: where one of these texts begins, and nothing else does so.
    fn locate(&mut self, texts: &[&str]) {
        let found = texts.iter().find_map(|text| {
            value_of(&self.files, text).or_else(|| beginning_of(&self.files, text))
        });
        if let (Some(last), Some(place)) = (self.found.last_mut(), found) {
            last.source = Some(place.to_string());
        }
    }

    fn title(&mut self, source: Option<&Source>) {
        let info = self.reader.file.dict(self.reader.file.trailer(), "Info");
        let title = info.and_then(|info| self.reader.file.text(info, "Title"));
        let title = title.unwrap_or_default();
        self.add(&title, "title of the file", 0, "", title.as_bytes());
        if let (Some(last), Some(source)) = (self.found.last_mut(), source) {
            let written = &source.report.content.title;
            let place = source
                .report
                .as_ref()
                .location(written.line, written.column);
            last.source = Some(place.to_string());
        }
    }

    /// The text by its chapters, with what its parts are where `kinds` is set, each with a word before its
    /// title. Numbers of pages are no part of it: they
    /// change with the layout.
    fn chapters(&mut self, kinds: bool, called: &str) {
        let reader = self.reader;
        let mut parts: Vec<(String, usize, String)> =
            vec![("before the first heading".into(), 1, String::new())];
        for element in &reader.tree.elements {
            if element.kind == "H1" {
                parts.push((reader.text(element), reader.page(element), String::new()));
            }
            let is_listed = element.kind == "TOC" || reader.is_within(element, "TOC");
            if is_listed || reader.is_number_of_link(element) {
                continue;
            }
            let Some((_, _, seen)) = parts.last_mut() else {
                continue;
            };
            if kinds {
                seen.push_str(&element.kind);
                seen.push(' ');
            }
            for key in ["Alt", "ActualText", "E"] {
                seen.extend(reader.file.text(&element.dict, key));
            }
            seen.push_str(&reader.own_text(element));
            seen.push('\n');
        }
        for (title, page, seen) in parts
            .into_iter()
            .filter(|(_, _, seen)| !seen.trim().is_empty())
        {
            let name = format!("{called}{title}");
            self.add(&name, CHAPTER, page, "", seen.as_bytes());
            self.locate(&unlabelled(&title));
        }
    }

    fn languages(&mut self) {
        let tag = self.reader.language().unwrap_or_default();
        self.add(
            "the file as a whole",
            &format!("language {tag}"),
            0,
            "",
            tag.as_bytes(),
        );
        let reader = self.reader;
        for element in &reader.tree.elements {
            let Some(own) = reader
                .file
                .text(&element.dict, "Lang")
                .filter(|own| *own != tag)
            else {
                continue;
            };
            let text = reader.text(element);
            let chapter = reader.chapter(element);
            let detail = format!("language {own}");
            self.add(
                &text,
                &detail,
                reader.page(element),
                &chapter,
                format!("{own} {text}").as_bytes(),
            );
            self.locate(&[&text]);
        }
        // A passage that nobody has marked is one of the text.
        self.chapters(false, "chapter ");
    }

    fn headings(&mut self) {
        let reader = self.reader;
        for (level, element) in reader.headings() {
            let text = reader.text(element);
            let chapter = reader.chapter(element);
            let seen = format!("{level} {text}");
            self.add(
                &text,
                &format!("level {level}"),
                reader.page(element),
                &chapter,
                seen.as_bytes(),
            );
            let title = reader.file.text(&element.dict, "T").unwrap_or_default();
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            let texts = [unlabelled(&title), unlabelled(&text)].concat();
            self.locate(&texts);
        }
    }

    fn pictures(&mut self) {
        let reader = self.reader;
        for figure in reader.all("Figure") {
            let alt = alt(reader, figure);
            let mut seen = alt.clone().into_bytes();
            seen.extend(reader.drawing(figure));
            let (chapter, caption) = (reader.chapter(figure), reader.caption(figure));
            seen.extend(caption.as_deref().unwrap_or_default().bytes());
            let caption = match &caption {
                Some(caption) => format!(" — caption: {caption}"),
                None => " — no caption".into(),
            };
            let detail = format!("{alt}{caption}");
            self.add(&alt, &detail, reader.page(figure), &chapter, &seen);
            self.locate(&[&alt]);
        }
    }

    fn elements(&mut self, kind: &str, detail: fn(&Reader<'_>, &Element) -> String) {
        let reader = self.reader;
        for element in reader.all(kind) {
            let (text, detail) = (reader.text(element), detail(reader, element));
            let chapter = reader.chapter(element);
            let mut seen = detail.clone();
            for one in reader.below(element) {
                let head = Some(&one.kind).filter(|kind| kind.as_str() == "TH");
                let scope = head.and_then(|_| said_of(reader, one, "Scope"));
                let spans = ["ColSpan", "RowSpan"].map(|key| said_of(reader, one, key));
                let said = scope.into_iter().chain(spans.into_iter().flatten());
                let words = match reader.is_number_of_link(one) {
                    true => String::new(),
                    false => reader.own_text(one),
                };
                let said: String = said.collect();
                seen.push_str(&format!("\n{} {said} {words}", one.kind));
            }
            self.add(
                &text,
                &detail,
                reader.page(element),
                &chapter,
                seen.as_bytes(),
            );
            // What begins it, or else a cell of it, which may be the first that the source has.
            let parts = reader.below(element).into_iter();
            let parts = parts.filter(|one| match kind {
                "Table" => one.kind == "TD",
                _ => one.kind == "LI",
            });
            let caption = reader
                .below(element)
                .into_iter()
                .find(|one| one.kind == "Caption");
            let caption = caption.map(|one| reader.text(one)).unwrap_or_default();
            let count = if kind == "Table" { usize::MAX } else { 1 };
            let parts: Vec<String> = parts
                .take(count)
                .map(|one| reader.text(one))
                .filter(|text| text.split_whitespace().count() >= MOST_WORDS)
                .collect();
            let texts = [caption.as_str(), text.as_str()]
                .into_iter()
                .chain(parts.iter().map(String::as_str));
            let texts: Vec<&str> = texts.flat_map(unlabelled).collect();
            self.locate(&texts);
        }
    }

    fn links(&mut self) {
        let reader = self.reader;
        for link in reader.all("Link") {
            if reader.is_number_of_link(link) {
                continue;
            }
            let (mut text, goal) = (reader.text(link), reader.goal(link));
            for one in reader.below(link) {
                let number = Some(one).filter(|one| reader.is_number_of_link(one));
                let number = number.map(|one| reader.own_text(one)).unwrap_or_default();
                let without = text.strip_suffix(&number).unwrap_or(&text);
                text.truncate(without.trim_end().len());
            }
            // The page that a link leads to changes with the layout.
            let seen = match reader.targets(link).first().copied().flatten() {
                Some(_) => text.clone(),
                None => format!("{text} {goal}"),
            };
            let chapter = reader.chapter(link);
            let detail = format!("leads to {goal}");
            self.add(&text, &detail, reader.page(link), &chapter, seen.as_bytes());
        }
    }

    fn signs(&mut self) {
        let reader = self.reader;
        for (element, sign) in reader.signs() {
            let (page, chapter) = (reader.page(element), reader.chapter(element));
            let seen = sign.words.clone();
            self.add(&seen, sign.what, page, &chapter, seen.as_bytes());
        }
    }

    fn fonts(&mut self) {
        let mut names = std::collections::BTreeSet::new();
        for drawing in self.reader.drawings {
            for (painted, _) in drawing.painted() {
                if let PaintEvent::Text(fragment) = painted {
                    names.insert(fragment.font.facts.name.clone());
                }
            }
        }
        for name in names {
            self.add(&name, "font in the file", 0, "", name.as_bytes());
        }
    }

    fn pages(&mut self) {
        for (index, drawing) in self.reader.drawings.iter().enumerate() {
            let marked = drawing.fragments.iter().filter(|one| one.artifact).count();
            let marked = many(marked, "piece");
            let detail = format!("{marked} {AS_DECORATION}");
            let seen = look_of(self.reader.file, drawing);
            self.add("", &detail, index + 1, "", &seen);
        }
    }
}
