//! What fields show against what they would show after an update: lists of contents and captions, references, and the
//! numbers of captions. An update must change no word.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::package::Package;
use super::{W, value};
use crate::verify::conformance::verdict::{BreachList, Spot};
use crate::verify::headings;
use crate::verify::xml::{self, Element};

const CLAUSE: &str = "ECMA-376-1 17.16";

/// So many lists of contents are compared, each with all of the text.
const MOST_LISTS: usize = 20;

/// Checks the fields of the body.
pub(super) fn check(package: &Package, found: &mut BreachList) {
    let Some(body) = package.body() else {
        return;
    };
    let mut flow = Flow::default();
    flow.read(body);
    let styles = StyleTable::read(package);
    let is = |kind| {
        move |(_, field): &(usize, &Field)| field.words.first().is_some_and(|word| word == kind)
    };
    let fields = || flow.fields.iter().enumerate();
    for (index, field) in fields().filter(is("TOC")).take(MOST_LISTS) {
        contents(index, field, &flow, &styles, found);
    }
    for (_, field) in fields().filter(is("REF")) {
        reference(field, &flow, found);
    }
    numbers(&flow, found);
}

/// The styles as lists of contents know them.
#[derive(Default)]
struct StyleTable {
    names: BTreeMap<String, String>,
    levels: BTreeMap<String, u8>,
    /// The same as LibreOffice has it, which goes by the level in the outline, too.
    outlined: BTreeMap<String, u8>,
}

impl StyleTable {
    fn read(package: &Package) -> StyleTable {
        let Some(root) = package.beside("styles") else {
            return StyleTable::default();
        };
        let mut table = StyleTable {
            names: BTreeMap::new(),
            levels: headings::listed(root),
            outlined: headings::levels(root),
        };
        for style in root.children() {
            let name = xml::child(style, W, "name").and_then(value);
            if let (Some(id), Some(name)) = (style.attribute((W, "styleId")), name) {
                table.names.insert(id.to_string(), name.to_lowercase());
            }
        }
        table
    }
}

/// A paragraph of the body.
#[derive(Default)]
struct Line {
    style: String,
    text: String,
    /// How much of the text there was at its last tab.
    tab: Option<usize>,
    /// What is counted in it.
    counts: BTreeSet<String>,
    /// The list of contents that it is an entry of, by the place of its field.
    list: Option<usize>,
}

/// A field, and where its result is in the text of the body.
#[derive(Default)]
struct Field {
    words: Vec<String>,
    instruction: String,
    result: Range<usize>,
}

/// Longest label in bytes that is compared: what is longer is none.
const LONGEST: usize = 2000;

/// The body as fields see it.
#[derive(Default)]
struct Flow {
    lines: Vec<Line>,
    fields: Vec<Field>,
    open: Vec<usize>,
    /// The lists of contents among the open ones.
    lists: Vec<usize>,
    text: String,
    /// Bookmarks that are open: the name of each by its id, and where it begins in the text.
    marking: BTreeMap<String, (String, usize)>,
    marked: BTreeMap<String, Range<usize>>,
}

impl Flow {
    fn read(&mut self, body: Element<'_>) {
        for element in body
            .descendants()
            .filter(|one| one.tag_name().namespace() == Some(W))
        {
            let attribute = |name| element.attribute((W, name)).unwrap_or_default();
            match element.tag_name().name() {
                "p" => {
                    let style = xml::child(element, W, "pPr")
                        .and_then(|own| xml::child(own, W, "pStyle"))
                        .and_then(value);
                    let list = self.lists.first().copied();
                    self.lines.push(Line {
                        style: style.unwrap_or_default().to_string(),
                        list,
                        ..Line::default()
                    });
                }
                "t" if in_run(element) => self.say(&xml::text(element)),
                "br" | "cr" => self.say(" "),
                "noBreakHyphen" => self.say("-"),
                // A stop of a paragraph has that name, too.
                "tab" if in_run(element) => {
                    if let Some(line) = self.lines.last_mut() {
                        line.tab = Some(line.text.len());
                    }
                    self.say(" ");
                }
                "instrText" => {
                    if let Some(field) = self.open.last() {
                        self.fields[*field].instruction += &xml::text(element);
                    }
                }
                "fldChar" => self.step(attribute("fldCharType")),
                "bookmarkStart" => {
                    let mark = (attribute("name").to_string(), self.text.len());
                    self.marking.insert(attribute("id").to_string(), mark);
                }
                "bookmarkEnd" => {
                    if let Some((name, start)) = self.marking.remove(attribute("id")) {
                        self.marked.insert(name, start..self.text.len());
                    }
                }
                _ => {}
            }
        }
    }

    fn step(&mut self, kind: &str) {
        match kind {
            "begin" => {
                self.open.push(self.fields.len());
                self.fields.push(Field::default());
            }
            "separate" => {
                let Some(at) = self.open.last().copied() else {
                    return;
                };
                let field = &mut self.fields[at];
                field.words = words(&field.instruction);
                field.result = self.text.len()..self.text.len();
                if let (Some(line), [kind, ..]) = (self.lines.last_mut(), field.words.as_slice()) {
                    match (kind.as_str(), field.words.get(1)) {
                        ("TOC", _) => {
                            line.list = line.list.or(Some(at));
                            self.lists.push(at);
                        }
                        ("SEQ", Some(name)) => drop(line.counts.insert(name.clone())),
                        _ => {}
                    }
                }
            }
            _ => {
                let Some(at) = self.open.pop() else { return };
                self.fields[at].result.end = self.text.len();
                if self.lists.last() == Some(&at) {
                    self.lists.pop();
                }
            }
        }
    }

    fn say(&mut self, text: &str) {
        self.text += text;
        if let Some(line) = self.lines.last_mut() {
            line.text += text;
        }
    }

    /// The text of a label; nothing where it is too long for one.
    fn label(&self, place: &Range<usize>) -> Option<String> {
        let text = self.text.get(place.clone())?;
        (text.len() <= LONGEST).then(|| spaced(text))
    }
}

fn in_run(element: Element<'_>) -> bool {
    let parent = element.parent();
    parent.is_some_and(|parent| parent.has_tag_name((W, "r")))
}

/// The words of an instruction; what stands between quotation marks is one.
fn words(instruction: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, piece) in instruction.split('"').enumerate() {
        match index % 2 {
            0 => words.extend(piece.split_whitespace().map(str::to_string)),
            _ => words.push(piece.to_string()),
        }
    }
    words
}

/// The words of a text with one space between them.
fn spaced(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// The word behind a switch.
fn switch<'f>(field: &'f Field, name: &str) -> Option<&'f str> {
    let at = field.words.iter().position(|word| word == name)?;
    field.words.get(at + 1).map(String::as_str)
}

/// A list of contents shows what it would after an update, whichever the list separator of the reader's system is, in Word and
/// in LibreOffice.
fn contents(index: usize, field: &Field, flow: &Flow, styles: &StyleTable, found: &mut BreachList) {
    let shown = flow.lines.iter().filter(|line| line.list == Some(index));
    let shown: Vec<String> = shown
        .map(|line| spaced(&line.text[..line.tab.unwrap_or(line.text.len())]))
        .collect();
    let readings = [
        (',', &styles.levels),
        (';', &styles.levels),
        (',', &styles.outlined),
    ];
    for (separator, levels) in readings {
        let listed = flow.lines.iter().filter(|line| {
            line.list.is_none()
                && !line.text.trim().is_empty()
                && lists(field, line, (&styles.names, levels), separator)
        });
        let listed: Vec<String> = listed.map(|line| spaced(&line.text)).collect();
        let other = listed.iter().zip(&shown).find(|(new, old)| new != old);
        let other = other.map(|(new, _)| new).or(listed.get(shown.len()));
        let other = other.or(shown.get(listed.len()));
        if let Some(entry) = other {
            let what = "an update of the fields changes a list of contents";
            return found.at(CLAUSE, what, Spot::object(format!("entry “{entry}”")));
        }
    }
}

/// Whether a list of contents takes in a paragraph.
fn lists(
    field: &Field,
    line: &Line,
    (names, outline): (&BTreeMap<String, String>, &BTreeMap<String, u8>),
    separator: char,
) -> bool {
    if let Some(kind) = switch(field, "\\c") {
        return line.counts.contains(kind);
    }
    let name = names.get(&line.style);
    let picked = switch(field, "\\t").is_some_and(|list| {
        let items: Vec<&str> = list.split(separator).collect();
        let mut pairs = items.chunks_exact(2);
        pairs.any(|pair| name.is_some_and(|name| *name == pair[0].trim().to_lowercase()))
    });
    let levels = switch(field, "\\o").and_then(|levels| levels.split_once('-'));
    let levels = levels.and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
    let level = outline.get(&line.style);
    picked || matches!((levels, level), (Some((a, b)), Some(level)) if (a..=b).contains(level))
}

/// A reference shows the words of its bookmark.
fn reference(field: &Field, flow: &Flow, found: &mut BreachList) {
    let marked = field.words.get(1).and_then(|name| flow.marked.get(name));
    let marked = marked.and_then(|place| flow.label(place));
    let (Some(marked), Some(shown)) = (marked, flow.label(&field.result)) else {
        return;
    };
    if marked != shown {
        let what = "an update of the fields changes a reference";
        found.at(CLAUSE, what, Spot::object(format!("“{shown}”")));
    }
}

/// The numbers of captions are what their fields count.
fn numbers(flow: &Flow, found: &mut BreachList) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for field in &flow.fields {
        let [kind, name, ..] = field.words.as_slice() else {
            continue;
        };
        if kind != "SEQ" {
            continue;
        }
        let count = counts.entry(name).or_default();
        let set = switch(field, "\\r").and_then(|number| number.parse().ok());
        *count = set.unwrap_or(*count + 1);
        let shown = flow.label(&field.result).unwrap_or_default();
        if shown != count.to_string() {
            let what = "an update of the fields changes the number of a caption";
            let spot = Spot::object(format!("{name} {shown}"));
            found.at(CLAUSE, what, spot);
        }
    }
}
