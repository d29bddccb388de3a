//! Fields in headers, footers and cover of a template: those that Word fills by itself stay, others leave what they show.

use super::super::package::{Element, Node};
use super::controls::Filling;
use super::styles::Styles;

/// Fields that stay: what they show is the file's own.
const KEPT: [&str; 6] = [
    "PAGE",
    "NUMPAGES",
    "SECTION",
    "SECTIONPAGES",
    "STYLEREF",
    "TITLE",
];
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

/// A field that is open.
#[derive(Default)]
struct Open {
    instruction: String,
    /// Whether what it shows has begun.
    shows: bool,
    runs: Vec<Element>,
}

/// The runs of a paragraph with its fields settled; each run holds one piece of content.
pub(super) fn settled(
    runs: Vec<Element>,
    filling: &Filling,
    styles: &Styles,
    cover: bool,
) -> Vec<Element> {
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
                    let shown = close(field, filling, styles, cover);
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
fn close(field: Open, filling: &Filling, styles: &Styles, cover: bool) -> Vec<Element> {
    let words: Vec<&str> = field.instruction.split_whitespace().collect();
    let name = words
        .first()
        .map(|word| word.to_uppercase())
        .unwrap_or_default();
    let look = field
        .runs
        .first()
        .and_then(|run| super::taken::child(run, "w:rPr").cloned());
    let says = |text: String| vec![super::story::said(&[text], look.clone())];
    let shown = match name.as_str() {
        _ if DATES.contains(&name.as_str()) => return says(filling.date.clone()),
        "TITLE" => says(filling.title.join(" ")),
        "SUBJECT" => return says(filling.subtitle.clone().unwrap_or_default()),
        "AUTHOR" | "LASTSAVEDBY" => return says(filling.author.clone()),
        "DOCPROPERTY" => match words
            .get(1)
            .map(|name| name.trim_matches('"').to_lowercase())
        {
            Some(name) if name == "title" => return says(filling.title.join(" ")),
            Some(name) if name == "company" => return says(filling.publisher.clone()),
            Some(name) if name == "author" => return says(filling.author.clone()),
            _ => return Vec::new(),
        },
        "FILENAME" | "INCLUDEPICTURE" | "INCLUDETEXT" | "LINK" => return Vec::new(),
        "STYLEREF" if !cover => says(CHAPTER.to_owned()),
        "PAGE" => says("1".to_owned()),
        _ => field.runs,
    };
    if !KEPT.contains(&name.as_str()) || cover && name != "PAGE" {
        return shown;
    }
    let instruction = match name.as_str() {
        "STYLEREF" => by_our_names(&field.instruction, styles),
        _ => field.instruction,
    };
    let [begin, text, separate] = opened(&instruction);
    let look_at = |mut run: Element| {
        if let Some(look) = &look {
            run.children.insert(0, Node::Element(look.clone()));
        }
        run
    };
    let mut runs = vec![look_at(begin), look_at(text), look_at(separate)];
    runs.extend(shown);
    runs.push(look_at(closed()));
    runs
}

/// An instruction that names a style as our file does; headings by their level, which no language changes.
fn by_our_names(instruction: &str, styles: &Styles) -> String {
    let mut words = instruction.trim().splitn(2, char::is_whitespace);
    let (field, rest) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default().trim(),
    );
    let (name, switches) = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
        None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
    };
    let plain = super::ids::plain(name);
    let english = super::names::english(&plain).unwrap_or(plain);
    let switches = switches.trim();
    match english.strip_prefix("heading ") {
        Some(level) => format!(" {field} {level} {switches} "),
        None => {
            let own = styles.id(name).and_then(|id| styles.get(id));
            let own = own.and_then(|style| super::taken::child_val(style, "w:name"));
            format!(" {field} \"{}\" {switches} ", own.unwrap_or(name))
        }
    }
}
