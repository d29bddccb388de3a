//! What a person looks at to answer a question: the places in the file, and a digest of exactly what is looked at, so
//! that an answer lapses when that changes.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::checks::short;
use super::features::Look;
use super::read::Reader;
use crate::base::digest::sha256;
use crate::pdf::read::content::PaintEvent;
use crate::pdf::read::tree::Element;
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
    "pictures",
    "pictures-and-tables",
    "tables",
    "lists",
    "formulas",
    "notes",
    "links",
    "fonts",
    "pages",
    "over-pictures",
];

/// What is looked at, as a heading.
pub(super) fn title(topic: &str) -> &'static str {
    match topic {
        "title" => "The title",
        "words" => "The text, chapter by chapter",
        "languages" => "Languages",
        "structure" => "What the parts of the text are",
        "headings" => "Headings",
        "pictures" => "Pictures with the texts that stand for them",
        "pictures-and-tables" => "Pictures and tables",
        "tables" => "Tables",
        "lists" => "Lists",
        "formulas" => "Formulas",
        "notes" => "Notes",
        "links" => "Links",
        "fonts" => "Fonts",
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
        "words" => finder.chapters(false),
        "structure" => finder.chapters(true),
        "languages" => finder.languages(),
        "headings" => finder.headings(),
        "pictures" => finder.pictures(),
        "pictures-and-tables" => {
            finder.pictures();
            finder.elements("Table", |_, _| "table".into());
        }
        "tables" => finder.elements("Table", cells),
        "lists" => finder.elements("L", |reader, list| {
            format!("numbered: {}", Look::numbering(reader, list))
        }),
        "formulas" => finder.elements("Formula", alt),
        "notes" => finder.elements("Note", |_, _| "note".into()),
        "links" => finder.elements("Link", |reader, link| {
            let goals = reader.targets(link);
            match goals.first().copied().flatten() {
                Some(page) => format!("leads to page {page}"),
                None => "leads out of the file".into(),
            }
        }),
        "fonts" => finder.fonts(),
        "over-pictures" => {
            for place in &look.contrasts.over_pictures {
                finder.add(
                    &place.words,
                    "text over a picture",
                    place.page,
                    "",
                    place.words.as_bytes(),
                );
            }
        }
        _ => finder.pages(),
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

    /// Says where the source has the last place.
    fn locate(&mut self, texts: &[&str]) {
        let texts: Vec<&str> = texts
            .iter()
            .copied()
            .filter(|text| !text.is_empty())
            .collect();
        if let (Some(last), Some(place)) = (self.found.last_mut(), place_of(&self.files, &texts)) {
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

    /// The text by its chapters, with what its parts are where `kinds` is set. Numbers of pages are no part of it: they
    /// change with the layout.
    fn chapters(&mut self, kinds: bool) {
        let reader = self.reader;
        let mut parts: Vec<(String, usize, String)> =
            vec![("before the first heading".into(), 1, String::new())];
        for element in &reader.tree.elements {
            if element.kind == "H1" {
                parts.push((reader.text(element), reader.page(element), String::new()));
            }
            let is_listed = element.kind == "TOC" || reader.is_within(element, "TOC");
            if is_listed || element.kind == "Link" && is_number(&reader.text(element)) {
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
            let own = reader.own_text(element);
            if !is_number(&own) {
                seen.push_str(&own);
            }
            seen.push('\n');
        }
        for (title, page, seen) in parts
            .into_iter()
            .filter(|(_, _, seen)| !seen.trim().is_empty())
        {
            self.add(&title, "chapter", page, "", seen.as_bytes());
            self.locate(&[&title]);
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
        self.chapters(false);
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
            self.locate(&[&title, &text]);
        }
    }

    fn pictures(&mut self) {
        let reader = self.reader;
        for figure in reader.all("Figure") {
            let alt = alt(reader, figure);
            let mut seen = alt.clone().into_bytes();
            seen.extend(reader.drawing(figure));
            let chapter = reader.chapter(figure);
            self.add(&alt, &alt, reader.page(figure), &chapter, &seen);
            self.locate(&[&alt]);
        }
    }

    fn elements(&mut self, kind: &str, detail: fn(&Reader<'_>, &Element) -> String) {
        let reader = self.reader;
        for element in reader.all(kind) {
            let (text, detail) = (reader.text(element), detail(reader, element));
            // The page that a link leads to changes with the layout.
            let seen = match kind {
                "Link" if is_number(&text) => continue,
                "Link" => text.clone(),
                _ => format!("{detail} {text}"),
            };
            let chapter = reader.chapter(element);
            self.add(
                &text,
                &detail,
                reader.page(element),
                &chapter,
                seen.as_bytes(),
            );
            if kind != "Link" {
                self.locate(&[&text]);
            }
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
        for (index, page) in self.reader.file.pages().iter().enumerate() {
            let content = self.reader.file.content(page).unwrap_or_default();
            let artifacts = &self.reader.drawings[index];
            let marked = artifacts
                .fragments
                .iter()
                .filter(|one| one.artifact)
                .count();
            let detail = format!("{marked} pieces of text marked as head, foot or decoration");
            self.add("", &detail, index + 1, "", &content);
        }
    }
}

/// Whether a text is the number of a page: digits, or a Roman number.
fn is_number(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && (text.chars().all(|c| c.is_ascii_digit()) || text.chars().all(|c| "ivxlc".contains(c)))
}
