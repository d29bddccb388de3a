//! Fields in headers, footers and cover of a template: those that Word fills by itself stay, others leave what they show.

use super::super::package::{Element, Node};
use super::controls::Filling;
use super::notes::{Note, Notes};
use super::styles::Styles;

/// Fields of a date, which would be another one on each day.
const DATES: [&str; 5] = ["DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE"];
/// Stands for the title of the chapter, until it is known; no text has this character.
pub(super) const CHAPTER: &str = "\u{FDD0}";

/// The runs that begin a field, up to what it shows.
pub(super) fn opened(instruction: &str) -> [Element; 3] {
    let text = Element::new("w:instrText").attr("xml:space", "preserve");
    [
        step("begin"),
        Element::new("w:r").child(text.text(super::taken::text(instruction))),
        step("separate"),
    ]
}

/// The run that ends a field.
pub(super) fn closed() -> Element {
    step("end")
}

fn step(kind: &str) -> Element {
    Element::new("w:r").child(Element::new("w:fldChar").attr("w:fldCharType", kind))
}

/// Where fields stand, and what there is for them.
pub(super) struct Place<'p> {
    pub(super) filling: &'p Filling,
    pub(super) styles: &'p Styles,
    pub(super) cover: bool,
    /// What it is, for messages.
    pub(super) name: &'static str,
}

/// A field that is open.
#[derive(Default)]
struct Open {
    instruction: String,
    /// Whether what it shows has begun.
    shows: bool,
    runs: Vec<Element>,
}

/// The runs of a paragraph with its fields settled; each run holds one piece of content.
pub(super) fn settled(runs: Vec<Element>, place: &Place<'_>, notes: &mut Notes) -> Vec<Element> {
    let mut open: Vec<Open> = Vec::new();
    let mut done = Vec::new();
    for run in runs {
        match kind(&run) {
            Some("begin") => open.push(Open::default()),
            Some("separate") => {
                if let Some(field) = open.last_mut() {
                    field.shows = true;
                }
            }
            Some("end") => {
                if let Some(field) = open.pop() {
                    let shown = close(field, place, notes);
                    match open.last_mut() {
                        Some(outer) if outer.shows => outer.runs.extend(shown),
                        // What a field computes with is not shown.
                        Some(_) => {}
                        None => done.extend(shown),
                    }
                }
            }
            Some(_) => {}
            None => match open.last_mut() {
                Some(field) if !field.shows => field.instruction += &instruction(&run),
                Some(field) => field.runs.push(run),
                None if instruction(&run).is_empty() => done.push(run),
                None => {}
            },
        }
    }
    // What does not end here leaves what it shows.
    done.extend(open.into_iter().flat_map(|field| field.runs));
    done
}

/// What kind of step of a field a run is.
fn kind(run: &Element) -> Option<&str> {
    let mut steps = run.elements().filter(|one| one.name == "w:fldChar");
    steps.next()?.get("w:fldCharType")
}

fn instruction(run: &Element) -> String {
    let texts = run.elements().filter(|one| one.name == "w:instrText");
    let texts = texts.flat_map(|one| &one.children);
    texts
        .filter_map(|node| match node {
            Node::Text(text) => Some(text.as_str()),
            Node::Element(_) => None,
        })
        .collect()
}

/// A field as it goes into the file.
fn close(field: Open, place: &Place<'_>, notes: &mut Notes) -> Vec<Element> {
    let filling = place.filling;
    let words: Vec<&str> = field.instruction.split_whitespace().collect();
    let name = words.first().map(|word| word.to_uppercase());
    let name = name.unwrap_or_default();
    let look = field.runs.first();
    let look = look.and_then(|run| super::taken::child(run, "w:rPr").cloned());
    let says = |text: String| vec![super::story::said(&[text], look.clone())];
    match name.as_str() {
        _ if DATES.contains(&name.as_str()) => says(filling.date.clone()),
        "TITLE" => says(filling.title.join(" ")),
        "SUBJECT" => says(filling.subtitle.clone().unwrap_or_default()),
        "AUTHOR" | "LASTSAVEDBY" => says(filling.author.clone()),
        "DOCPROPERTY" => match words
            .get(1)
            .map(|name| name.trim_matches('"').to_lowercase())
        {
            Some(name) if name == "title" => says(filling.title.join(" ")),
            Some(name) if name == "company" => says(filling.publisher.clone()),
            Some(name) if name == "author" => says(filling.author.clone()),
            _ => field.runs,
        },
        "FILENAME" | "INCLUDEPICTURE" | "INCLUDETEXT" | "LINK" => Vec::new(),
        "STYLEREF" => match repeated(&field.instruction, place.styles) {
            Repeated::Chapter if !place.cover => says(CHAPTER.to_owned()),
            Repeated::Title => says(filling.title.join(" ")),
            _ => {
                let said = format!("a field in the {} that repeats text of a style", place.name);
                notes.add(Note::Objects, &said);
                Vec::new()
            }
        },
        "PAGE" | "NUMPAGES" | "SECTION" | "SECTIONPAGES" => {
            let shown = match name.as_str() {
                "PAGE" => says("1".to_owned()),
                _ => field.runs,
            };
            whole(&field.instruction, shown, look.as_ref())
        }
        _ => field.runs,
    }
}

/// The runs of a field that shows something.
pub(super) fn whole(
    instruction: &str,
    shown: Vec<Element>,
    look: Option<&Element>,
) -> Vec<Element> {
    let looking = |mut run: Element| {
        if let Some(look) = look {
            run.children.insert(0, Node::Element(look.clone()));
        }
        run
    };
    let mut runs: Vec<Element> = opened(instruction).into_iter().map(looking).collect();
    runs.extend(shown);
    runs.push(looking(closed()));
    runs
}

/// What a field repeats that repeats the text of a style.
enum Repeated {
    Chapter,
    Title,
    Other,
}

/// What such a field repeats here: Word shows an error for a style that no text has.
fn repeated(instruction: &str, styles: &Styles) -> Repeated {
    let rest = instruction.trim();
    let rest = rest
        .split_once(char::is_whitespace)
        .map_or("", |(_, rest)| rest.trim());
    let (name, switches) = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
        None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
    };
    // Numbers of headings and places of words are not those of the template.
    let numbers = ["\\n", "\\r", "\\w", "\\s", "\\p", "\\t"];
    if switches
        .split_whitespace()
        .any(|one| numbers.contains(&one))
    {
        return Repeated::Other;
    }
    let plain = super::ids::plain(name);
    let english = super::names::english(&plain).unwrap_or(plain);
    match (english.as_str(), styles.named(&english)) {
        ("1" | "heading 1", _) => Repeated::Chapter,
        (_, Some(id)) if id.starts_with("Heading1") => Repeated::Chapter,
        ("title", _) => Repeated::Title,
        _ => Repeated::Other,
    }
}
