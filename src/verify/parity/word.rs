//! What a Word file says: its body and its footnotes, read as XML.

use std::collections::{BTreeMap, VecDeque};

use roxmltree::Document;

use super::artifact::{BlockRole, ExtractedText, TableCell};
use super::numbering::Numbering;
use super::plain::plain;
use crate::verify::headings;
use crate::verify::packages::{self, PackagePart};
use crate::verify::xml::{self, Element};

/// The main namespace of Word files.
pub(super) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// That of pictures in their text.
const WP: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";

/// The running text.
const DOCUMENT: &str = "word/document.xml";
/// The lists.
const NUMBERING: &str = "word/numbering.xml";
/// The styles.
const STYLES: &str = "word/styles.xml";
/// The footnotes.
const FOOTNOTES: &str = "word/footnotes.xml";

/// Reads a Word file.
pub(super) fn read(bytes: &[u8]) -> Result<ExtractedText, String> {
    let parts = packages::parts(bytes)?;
    let document = part(&parts, DOCUMENT)?.ok_or_else(|| format!("it has no part `{DOCUMENT}`"))?;
    let mut body = Body::default();
    if let Some(lists) = part(&parts, NUMBERING)? {
        body.numbering = Numbering::read(lists.root_element());
    }
    let sections = document.descendants();
    let sections = sections.filter(|element| element.has_tag_name((W, "sectPr")));
    body.restarts = sections.map(restarts).collect();
    if let Some(styles) = part(&parts, STYLES)? {
        body.headings = headings::levels(styles.root_element());
    }
    body.read(document.root_element());
    let mut notes = Body::default();
    if let Some(footnotes) = part(&parts, FOOTNOTES)? {
        notes.read(footnotes.root_element());
    }
    let mut artifact = body.artifact;
    artifact.text = plain(&body.text);
    let texts = body.marks.iter().map(|id| match notes.notes.get(id) {
        Some(text) => Ok(plain(text)),
        None => Err(format!("a mark stands for note {id}, which it lacks")),
    });
    artifact.notes = texts.collect::<Result<_, _>>()?;
    Ok(artifact)
}

/// The part of that name.
fn part<'a>(parts: &'a [PackagePart], name: &str) -> Result<Option<Document<'a>>, String> {
    let part = parts.iter().find(|part| part.name == name);
    part.map(|part| xml::parse(&part.content).map_err(|what| format!("part `{name}`: {what}")))
        .transpose()
}

#[derive(Default)]
struct Body {
    artifact: ExtractedText,
    text: String,
    /// Ids of the notes whose marks were seen.
    marks: Vec<String>,
    notes: BTreeMap<String, String>,
    /// Tables that are open.
    tables: Vec<TableBody>,
    numbering: Numbering,
    /// Levels of the styles that are headings.
    headings: BTreeMap<String, u8>,
    /// For this section and those after it, whether the numbers of notes start again in it.
    restarts: VecDeque<bool>,
    /// The number of the last mark of its own.
    number: usize,
    /// Bookmarks that are open: name by id.
    open: BTreeMap<String, String>,
    /// The numbers of the marks within bookmarks.
    marked: BTreeMap<String, String>,
    /// The bookmark whose mark a field repeats.
    repeated: Option<String>,
}

/// A table that is read.
#[derive(Default)]
struct TableBody {
    rows: Vec<Vec<TableCell>>,
    /// The column of the next cell.
    column: usize,
    /// The cell that each column's last one belongs to: its row, and its place in that.
    above: BTreeMap<usize, (usize, usize)>,
}

impl TableBody {
    /// Takes in a cell; one that only goes on with the cell above makes that longer.
    fn cell(&mut self, element: Element<'_>, text: String) {
        let property = |name| xml::child(xml::child(element, W, "tcPr")?, W, name);
        let value = |element: Element<'_>| element.attribute((W, "val")).map(str::to_owned);
        let columns = property("gridSpan").and_then(value);
        let columns = columns
            .and_then(|columns| columns.parse().ok())
            .unwrap_or(1);
        let goes_on =
            property("vMerge").is_some_and(|merge| value(merge).as_deref() != Some("restart"));
        let column = self.column;
        self.column = column.saturating_add(columns);
        if let Some((row, at)) = self
            .above
            .get(&column)
            .filter(|_| goes_on && text.is_empty())
            && let Some(cell) = self.rows.get_mut(*row).and_then(|row| row.get_mut(*at))
            && cell.columns == columns
        {
            cell.rows += 1;
            return;
        }
        let last = self.rows.len().saturating_sub(1);
        if let Some(cells) = self.rows.last_mut() {
            self.above.insert(column, (last, cells.len()));
            cells.push(TableCell {
                columns,
                ..TableCell::of(text)
            });
        }
    }
}

/// Whether a section's properties say that the numbers of notes start again in it.
fn restarts(section: Element<'_>) -> bool {
    xml::child(section, W, "footnotePr")
        .and_then(|notes| xml::child(notes, W, "numRestart"))
        .is_some_and(|restart| restart.attribute((W, "val")) == Some("eachSect"))
}

impl Body {
    /// Reads an element and what is below it.
    fn read(&mut self, element: Element<'_>) {
        let start = self.text.len();
        let attribute = |key| element.attribute((W, key)).unwrap_or_default();
        if element.has_tag_name((WP, "docPr")) {
            let alt = xml::attribute(element, "descr").unwrap_or_default();
            self.text.push_str(&format!(" {alt} "));
            let alt = Some(plain(alt)).filter(|alt| !alt.is_empty());
            self.artifact.alts.extend(alt);
        }
        if element.tag_name().namespace() != Some(W) {
            return self.inside(element);
        }
        match element.tag_name().name() {
            "p" => {
                self.text.push(' ');
                self.inside(element);
                let style =
                    xml::child(element, W, "pPr").and_then(|own| xml::child(own, W, "pStyle"));
                let style = style.and_then(|style| style.attribute((W, "val")));
                let role = self.role(element, style.unwrap_or_default());
                let text = plain(&self.text[start + 1..]);
                self.artifact.blocks.push((role, text));
                if let Some(level) = style.and_then(|style| self.headings.get(style)) {
                    let heading = (*level, plain(&self.text[start + 1..]));
                    self.artifact.headings.push(heading);
                }
                let ends = |own| xml::child(own, W, "sectPr").is_some();
                if xml::child(element, W, "pPr").is_some_and(ends) {
                    self.restarts.pop_front();
                    if self.restarts.front() == Some(&true) {
                        self.number = 0;
                    }
                }
            }
            "t" => self.text.push_str(&xml::text(element)),
            "tab" | "br" | "cr" => self.text.push(' '),
            "noBreakHyphen" => self.text.push('-'),
            "footnoteReference" => {
                self.marks.push(attribute("id").to_owned());
                self.number += 1;
                let number = self.number.to_string();
                for name in self.open.values() {
                    self.marked.insert(name.clone(), number.clone());
                }
                self.artifact.marks.push(number);
            }
            "bookmarkStart" => {
                let name = attribute("name").to_owned();
                self.open.insert(attribute("id").to_owned(), name);
            }
            "bookmarkEnd" => drop(self.open.remove(attribute("id"))),
            "instrText" => {
                let field = xml::text(element);
                if let Some(name) = field.trim().strip_prefix("NOTEREF ") {
                    self.repeated = name.split(' ').next().map(str::to_owned);
                }
            }
            "r" => {
                self.inside(element);
                let style =
                    xml::child(element, W, "rPr").and_then(|own| xml::child(own, W, "rStyle"));
                let style = style.and_then(|style| style.attribute((W, "val")));
                if style == Some("FootnoteReference") && self.text.len() > start {
                    let shown = self.text.split_off(start);
                    self.repeat(shown);
                }
            }
            "numPr" => {
                let value =
                    |name| xml::child(element, W, name).and_then(|one| one.attribute((W, "val")));
                let (list, level) = (value("numId"), value("ilvl"));
                let label = self
                    .numbering
                    .next(list.unwrap_or_default(), level.unwrap_or_default());
                self.artifact.labels.extend(label);
            }
            "footnote" => {
                self.inside(element);
                let text = self.text[start..].to_owned();
                self.notes.insert(attribute("id").to_owned(), text);
            }
            "tbl" => {
                self.tables.push(TableBody::default());
                self.inside(element);
                let table = self.tables.pop().map(|table| table.rows);
                self.artifact.tables.extend(table);
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.rows.push(Vec::new());
                    table.column = 0;
                }
                self.inside(element);
            }
            "tc" => {
                self.inside(element);
                let text = plain(&self.text[start..]);
                if let Some(table) = self.tables.last_mut() {
                    table.cell(element, text);
                }
            }
            _ => self.inside(element),
        }
    }

    /// What a paragraph of that style is.
    fn role(&self, paragraph: Element<'_>, style: &str) -> BlockRole {
        let own = xml::child(paragraph, W, "pPr");
        let numbered = own.is_some_and(|own| xml::child(own, W, "numPr").is_some());
        match style {
            _ if self.headings.contains_key(style) => BlockRole::Heading,
            "Caption" | "Credit" => BlockRole::Caption,
            "HTMLPreformatted" => BlockRole::Code,
            // Word has no lists of terms: these styles are theirs.
            "DefinitionTerm" | "Definition" => BlockRole::Item,
            "TableofFigures" => BlockRole::Contents,
            _ if numbered || style.starts_with("ListContinue") => BlockRole::Item,
            _ if style.starts_with("TOC") => BlockRole::Contents,
            "Quote" | "IntenseQuote" => BlockRole::Quotation,
            _ if !self.tables.is_empty() => BlockRole::Cell,
            "" => BlockRole::Loose,
            _ => BlockRole::Paragraph,
        }
    }

    /// Takes in a mark that is there once more: a field that points to the first, and shows its number.
    fn repeat(&mut self, shown: String) {
        let name = self.repeated.take().unwrap_or_default();
        let mark = match self.marked.get(&name) {
            Some(number) if *number == shown => shown,
            Some(number) => format!("{shown}, of the note {number}"),
            None => format!("{shown}, of no note"),
        };
        self.artifact.marks.push(mark);
    }

    fn inside(&mut self, element: Element<'_>) {
        element.children().for_each(|child| self.read(child));
    }
}
