//! The checks of quality, each with what it finds. What the standards ask is checked by
//! [`conformance`](crate::verify::conformance).

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::features::Look;
use super::language;
use super::read::Reader;
use crate::pdf::read::tree::Element;

/// What a check found at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// What is wrong.
    pub message: String,
    /// Page of the file, from 1; 0 where it is not of one page.
    pub page: usize,
    /// Words or things at the place.
    pub words: String,
    /// How often it is found.
    pub count: usize,
}

/// What a check came to.
pub(super) enum Outcome {
    /// What is wrong; nothing where all is well.
    Found(Vec<Finding>),
    /// Why it cannot tell.
    CannotTell(String),
}

type Check = fn(&Look<'_>) -> Outcome;

/// All checks of quality by name.
pub(super) const CHECKS: &[(&str, Check)] = &[
    ("title", |look| Outcome::Found(title(look.reader))),
    ("language", |look| language::check(look.reader)),
    ("contrast", |look| Outcome::Found(contrast(look))),
    ("decoration", |look| Outcome::Found(decoration(look.reader))),
    ("contents", |look| Outcome::Found(contents(look.reader))),
    ("bookmarks", |look| Outcome::Found(bookmarks(look.reader))),
    ("note-labels", |look| {
        Outcome::Found(note_labels(look.reader))
    }),
    ("note-links", |look| Outcome::Found(note_links(look.reader))),
    ("alt-texts", |look| Outcome::Found(alt_texts(look.reader))),
    ("link-words", |look| Outcome::Found(link_words(look.reader))),
    ("empty-tags", |look| Outcome::Found(empty_tags(look.reader))),
    ("one-document", |look| {
        Outcome::Found(one_document(look.reader))
    }),
];

/// Runs the check of that name.
pub(super) fn run(name: &str, look: &Look<'_>) -> Option<Outcome> {
    let (_, check) = CHECKS.iter().find(|(known, _)| *known == name)?;
    Some(check(look))
}

/// Longest words of a place, in characters.
const WORDS: usize = 60;
/// Most findings of one check.
const MOST: usize = 50;
/// Titles that are none.
const NO_TITLES: &[&str] = &[
    "untitled",
    "document",
    "report",
    "title",
    "title page",
    "cover",
    "draft",
    "sans titre",
    "rapport",
    "titre",
    "sin título",
    "informe",
    "documento",
];
/// Endings of files.
const ENDINGS: &[&str] = &[
    "pdf", "doc", "docx", "indd", "odt", "rtf", "txt", "yaml", "png", "jpg", "jpeg", "gif", "svg",
    "tif", "tiff", "webp", "bmp", "eps",
];
/// Words that say of a picture that it is one, and nothing else.
const NO_DESCRIPTIONS: &[&str] = &[
    "image",
    "picture",
    "photo",
    "photograph",
    "figure",
    "graphic",
    "graphics",
    "chart",
    "graph",
    "diagram",
    "drawing",
    "illustration",
    "logo",
    "map",
    "table",
    "icon",
    "alt",
    "alt text",
    "alternative text",
    "description",
    "photographie",
    "graphique",
    "carte",
    "imagen",
    "foto",
    "fotografía",
    "gráfico",
    "mapa",
    "todo",
    "tbd",
    "xxx",
];
/// Words of links that say nothing alone.
const NO_LINKS: &[&str] = &[
    "here",
    "click here",
    "click",
    "link",
    "this",
    "this link",
    "more",
    "read more",
    "learn more",
    "details",
    "page",
    "website",
    "ici",
    "cliquez ici",
    "cliquer ici",
    "lien",
    "plus",
    "lire la suite",
    "en savoir plus",
    "aquí",
    "haga clic aquí",
    "enlace",
    "más",
    "leer más",
];

/// A text as it begins.
pub(super) fn short(text: &str) -> String {
    let mut short: String = text.chars().take(WORDS).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

pub(super) fn finding(message: &str, page: usize, words: &str) -> Finding {
    Finding {
        message: message.to_owned(),
        page,
        words: short(words),
        count: 1,
    }
}

/// A text by its letters and digits alone, in lower case.
pub(super) fn letters(text: &str) -> String {
    let kept = text.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

/// A text in lower case without what stands around its words.
fn plain(text: &str) -> String {
    let text = text.trim().to_lowercase();
    text.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

fn is_file_name(text: &str) -> bool {
    let ending = text.trim().rsplit_once('.');
    ending.is_some_and(|(_, ending)| ENDINGS.contains(&ending.to_lowercase().as_str()))
}

fn title(reader: &Reader<'_>) -> Vec<Finding> {
    let info = reader.file.dict(reader.file.trailer(), "Info");
    let title = info
        .and_then(|info| reader.file.text(info, "Title"))
        .unwrap_or_default();
    let written = title.trim();
    let letters = written.chars().filter(|c| c.is_alphabetic()).count();
    let what = match () {
        _ if letters < 3 => "the file has no title, or one without words",
        _ if is_file_name(written) || written.starts_with("Microsoft Word - ") => {
            "the title is the name of a file"
        }
        _ if NO_TITLES.contains(&plain(written).as_str()) => "the title could be that of any file",
        _ if !written.contains(char::is_whitespace) && written.contains(['-', '_']) => {
            "the title is no words but a sign for programs"
        }
        _ => return Vec::new(),
    };
    vec![finding(what, 0, written)]
}

fn contrast(look: &Look<'_>) -> Vec<Finding> {
    let pairs = look.contrasts.pairs.iter().filter(|pair| !pair.is_sound());
    let said = |pair: &crate::verify::conformance::contrast::Pair| Finding {
        message: format!(
            "text in {} on {} stands out by {:.2}:1 and needs {}:1",
            pair.text, pair.ground, pair.ratio, pair.least
        ),
        page: pair.page,
        words: pair.words.clone(),
        count: pair.count,
    };
    pairs.map(said).take(MOST).collect()
}

/// Words that are marked as decoration and stand between lines that are read aloud.
fn decoration(reader: &Reader<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, drawing) in reader.drawings.iter().enumerate() {
        let real = drawing
            .fragments
            .iter()
            .filter(|one| !one.artifact && one.mcid.is_some());
        let lines: Vec<(f64, f64)> = real
            .map(|one| (one.start.1, one.start.0.min(one.end.0)))
            .collect();
        let top = lines.iter().map(|line| line.0).fold(f64::MIN, f64::max);
        let bottom = lines.iter().map(|line| line.0).fold(f64::MAX, f64::min);
        for fragment in drawing.fragments.iter().filter(|one| one.artifact) {
            let within = fragment.start.1 < top && fragment.start.1 > bottom;
            // One letter may be a sign of a list, a leader of dots is no word.
            let words = fragment.text.split_whitespace();
            let said = words.filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 2);
            if within && said.count() > 0 && found.len() < MOST {
                let what = "words within the body of the page are marked as decoration";
                found.push(finding(what, index + 1, fragment.text.trim()));
            }
        }
    }
    found
}

fn contents(reader: &Reader<'_>) -> Vec<Finding> {
    let headings: Vec<(usize, String)> = reader
        .headings()
        .flat_map(|(_, one)| {
            let title = reader.file.text(&one.dict, "T").unwrap_or_default();
            let page = reader.page(one);
            [(page, letters(&reader.text(one))), (page, letters(&title))]
        })
        .collect();
    let mut found = Vec::new();
    for entry in reader.all("TOCI") {
        let own = reader.tree.kids(entry).filter(|kid| kid.kind != "TOC");
        let (mut text, mut leads) = (String::new(), Vec::new());
        for kid in own {
            text += &reader.text(kid);
            text.push(' ');
            leads.extend(reader.targets(kid).into_iter().flatten());
        }
        let page = reader.page(entry);
        let written = letters(&text);
        let Some(goal) = leads.first() else {
            let what = "an entry of the contents list leads nowhere";
            found.push(finding(what, page, text.trim()));
            continue;
        };
        let fits = |(at, heading): &(usize, String)| {
            at == goal
                && !heading.is_empty()
                && (written.contains(heading) || begins(&written, heading))
        };
        if !headings.iter().any(fits) {
            let what = "an entry of the contents list leads to no heading of the same words";
            found.push(finding(what, page, text.trim()));
        }
    }
    found.truncate(MOST);
    found
}

/// Whether an entry is a heading with the number of its page behind it, or a part of a heading with its label.
fn begins(entry: &str, heading: &str) -> bool {
    let words = entry.trim_end_matches(|c: char| c.is_ascii_digit() || "ivxlc".contains(c));
    words.len() > 2 && heading.contains(words)
}

fn bookmarks(reader: &Reader<'_>) -> Vec<Finding> {
    let headings: Vec<(usize, String)> = reader
        .headings()
        .map(|(_, one)| {
            let title = reader.file.text(&one.dict, "T").unwrap_or_default();
            (
                reader.page(one),
                letters(&title) + "\n" + &letters(&reader.text(one)),
            )
        })
        .collect();
    let mut found = Vec::new();
    let mut next = 0;
    for title in reader.bookmarks() {
        let wanted = letters(&title);
        let fits = |(_, heading): &(usize, String)| heading.contains(&wanted);
        match headings[next..].iter().position(fits) {
            Some(at) => next += at + 1,
            None if headings.iter().any(fits) => {
                let what = "a bookmark is not in the order of the headings";
                found.push(finding(what, 0, &title));
            }
            None => found.push(finding("a bookmark has the words of no heading", 0, &title)),
        }
    }
    found.truncate(MOST);
    found
}

/// The mark of a note.
fn label(reader: &Reader<'_>, note: &Element) -> String {
    let below = reader.below(note);
    let label = below.into_iter().find(|one| one.kind == "Lbl");
    label.map_or_else(String::new, |label| reader.text(label))
}

fn note_labels(reader: &Reader<'_>) -> Vec<Finding> {
    let bare = reader
        .all("Note")
        .filter(|note| label(reader, note).is_empty());
    let what = "a note does not begin with its mark (Lbl)";
    bare.map(|note| finding(what, reader.page(note), &reader.text(note)))
        .take(MOST)
        .collect()
}

fn note_links(reader: &Reader<'_>) -> Vec<Finding> {
    let mut marks: BTreeSet<(usize, String)> = BTreeSet::new();
    for link in reader
        .all("Link")
        .filter(|link| !reader.is_within(link, "Note"))
    {
        let mark = letters_and_signs(&reader.text(link));
        let goals = reader.targets(link).into_iter().flatten();
        marks.extend(goals.map(|goal| (goal, mark.clone())));
    }
    let mut found = Vec::new();
    for note in reader.all("Note") {
        let (page, mark) = (reader.page(note), letters_and_signs(&label(reader, note)));
        if !marks.contains(&(page, mark)) && found.len() < MOST {
            let what = "no link in the text leads to a note";
            found.push(finding(what, page, &reader.text(note)));
        }
    }
    found
}

/// The mark of a note without brackets and full stops.
fn letters_and_signs(text: &str) -> String {
    let around = |c: char| c.is_whitespace() || "()[].".contains(c);
    text.trim_matches(around).to_owned()
}

fn alt_texts(reader: &Reader<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for figure in reader.all("Figure") {
        let Some(alt) = reader.file.text(&figure.dict, "Alt") else {
            continue;
        };
        let what = match () {
            _ if alt.chars().filter(|c| c.is_alphabetic()).count() < 2 => {
                "a text that stands for a picture has no words"
            }
            _ if is_file_name(&alt) => "a text that stands for a picture is the name of a file",
            _ if NO_DESCRIPTIONS.contains(&bare(&alt).as_str()) => {
                "a text that stands for a picture says only that it is one"
            }
            _ => continue,
        };
        found.push(finding(what, reader.page(figure), &alt));
    }
    found.truncate(MOST);
    found
}

/// A description without a number: `Figure 3`.
fn bare(text: &str) -> String {
    let kept = text.chars().filter(|c| !c.is_ascii_digit());
    plain(&kept.collect::<String>())
}

fn link_words(reader: &Reader<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for link in reader.all("Link") {
        let mut words = reader.text(link);
        let others = reader.below(link);
        let alt = others
            .iter()
            .find_map(|one| reader.file.text(&one.dict, "Alt"));
        if words.is_empty() {
            words = alt.unwrap_or_default();
        }
        let what = match () {
            _ if words.trim().is_empty() => "a link has no words",
            _ if NO_LINKS.contains(&plain(&words).as_str()) => {
                "the words of a link say nothing alone"
            }
            _ => continue,
        };
        found.push(finding(what, reader.page(link), &words));
    }
    found.truncate(MOST);
    found
}

fn empty_tags(reader: &Reader<'_>) -> Vec<Finding> {
    let said = |element: &Element| {
        !reader.text(element).is_empty()
            || reader.below(element).iter().any(|one| {
                matches!(one.kind.as_str(), "Figure" | "Formula")
                    || one.dict.has(b"Alt")
                    || one.annotations().next().is_some()
            })
    };
    let kinds = |kind: &str| {
        matches!(
            kind,
            "P" | "H" | "LI" | "LBody" | "Caption" | "Note" | "TOCI"
        ) || crate::pdf::read::tree::level(kind).is_some()
    };
    let empty = reader
        .tree
        .elements
        .iter()
        .filter(|one| kinds(&one.kind) && !said(one));
    // Cells may be empty, and so may what stands in them.
    let empty = empty.filter(|one| !reader.is_within(one, "TD") && !reader.is_within(one, "TH"));
    empty
        .map(|one| {
            finding(
                "a heading or paragraph is empty",
                reader.page(one),
                &one.kind,
            )
        })
        .take(MOST)
        .collect()
}

fn one_document(reader: &Reader<'_>) -> Vec<Finding> {
    let roots = reader
        .tree
        .elements
        .iter()
        .filter(|one| one.parent.is_none());
    let kinds: Vec<&str> = roots.map(|one| one.kind.as_str()).collect();
    match kinds.as_slice() {
        ["Document"] => Vec::new(),
        kinds => {
            let what = "the tags do not begin with one document";
            vec![finding(what, 0, &kinds.join(", "))]
        }
    }
}
