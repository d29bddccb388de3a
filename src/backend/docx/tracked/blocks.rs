//! The blocks of a part: paragraphs, tables and the control around the contents list, each with what is compared of it.

use super::super::package::Element;
use super::align::Likeness;
use super::package::{into_elements, take};
use super::tokens::{Line, Numbers, Tokenizer, serialized};

/// A block.
#[derive(Debug, Clone)]
pub(super) enum Block {
    Paragraph(Box<Paragraph>),
    Table(Table),
    Control(Control),
}

/// A paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct Paragraph {
    /// Its properties, without the section that ends with it.
    pub(super) properties: Option<Element>,
    /// The section that ends with it.
    pub(super) section: Option<Element>,
    pub(super) line: Line,
    /// Whether a field of several paragraphs begins in it, and whether one ends in it.
    pub(super) begins: bool,
    pub(super) ends: bool,
}

/// A table.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) properties: Option<Element>,
    pub(super) grid: Option<Element>,
    pub(super) rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) properties: Option<Element>,
    pub(super) cells: Vec<Cell>,
}

/// A cell of a row.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) properties: Option<Element>,
    pub(super) blocks: Vec<Block>,
}

/// A content control around blocks.
#[derive(Debug, Clone)]
pub(super) struct Control {
    pub(super) properties: Vec<Element>,
    pub(super) blocks: Vec<Block>,
}

/// The blocks among elements of a part; what a section ends with that has no paragraph is left out.
pub(super) fn blocks(
    elements: impl IntoIterator<Item = Element>,
    tokenizer: &mut Tokenizer<'_>,
) -> Vec<Block> {
    let mut waiting = Vec::new();
    let mut found = read(elements, tokenizer, &mut waiting);
    if let Some(Block::Paragraph(last)) = found.last_mut() {
        last.line.marks.append(&mut waiting);
    }
    found
}

fn read(
    elements: impl IntoIterator<Item = Element>,
    tokenizer: &mut Tokenizer<'_>,
    waiting: &mut Vec<Element>,
) -> Vec<Block> {
    let mut found = Vec::new();
    for element in elements {
        match element.name.as_str() {
            "w:p" => {
                let line = tokenizer.line(&element, std::mem::take(waiting));
                let mut properties = into_elements(element).find(|child| child.name == "w:pPr");
                let section = properties.as_mut().and_then(|own| take(own, "w:sectPr"));
                found.push(Block::Paragraph(Box::new(Paragraph {
                    properties,
                    section,
                    line,
                    ..Paragraph::default()
                })));
            }
            "w:tbl" => found.push(Block::Table(table(element, tokenizer, waiting))),
            "w:sdt" => {
                let mut control = Control {
                    properties: Vec::new(),
                    blocks: Vec::new(),
                };
                for child in into_elements(element) {
                    match child.name.as_str() {
                        "w:sdtContent" => {
                            control.blocks = read(into_elements(child), tokenizer, waiting);
                        }
                        _ => control.properties.push(child),
                    }
                }
                found.push(Block::Control(control));
            }
            "w:bookmarkStart" | "w:bookmarkEnd" => waiting.push(element),
            _ => {}
        }
    }
    found
}

fn table(element: Element, tokenizer: &mut Tokenizer<'_>, waiting: &mut Vec<Element>) -> Table {
    let mut table = Table {
        properties: None,
        grid: None,
        rows: Vec::new(),
    };
    for child in into_elements(element) {
        match child.name.as_str() {
            "w:tblPr" => table.properties = Some(child),
            "w:tblGrid" => table.grid = Some(child),
            "w:tr" => {
                let mut row = Row {
                    properties: None,
                    cells: Vec::new(),
                };
                for one in into_elements(child) {
                    match one.name.as_str() {
                        "w:trPr" => row.properties = Some(one),
                        "w:tc" => row.cells.push(cell(one, tokenizer, waiting)),
                        _ => {}
                    }
                }
                table.rows.push(row);
            }
            "w:bookmarkStart" | "w:bookmarkEnd" => waiting.push(child),
            _ => {}
        }
    }
    table
}

fn cell(element: Element, tokenizer: &mut Tokenizer<'_>, waiting: &mut Vec<Element>) -> Cell {
    let mut properties = None;
    let mut content = Vec::new();
    for child in into_elements(element) {
        match child.name.as_str() {
            "w:tcPr" => properties = Some(child),
            _ => content.push(child),
        }
    }
    Cell {
        properties,
        blocks: read(content, tokenizer, waiting),
    }
}

impl Paragraph {
    /// The id of its style.
    pub(super) fn style(&self) -> &str {
        let style = self.properties.iter().flat_map(Element::elements);
        let mut style = style.filter(|child| child.name == "w:pStyle");
        style
            .next()
            .and_then(|style| style.get("w:val"))
            .unwrap_or_default()
    }

    /// Whether it is the heading of the contents list.
    pub(super) fn is_contents_heading(&self) -> bool {
        self.style() == "TOCHeading"
    }

    /// Its text.
    pub(super) fn text(&self) -> String {
        self.line.tokens.iter().map(|token| token.text()).collect()
    }
}

impl Block {
    /// What it says, as numbers in their order, with signs between its parts.
    pub(super) fn said(&self, said: &mut Vec<u32>) {
        match self {
            Block::Paragraph(paragraph) => {
                said.extend(paragraph.line.tokens.iter().map(|token| token.id));
                said.push(0);
            }
            Block::Table(table) => table.rows.iter().for_each(|row| row.said(said)),
            Block::Control(control) => control.blocks.iter().for_each(|one| one.said(said)),
        }
    }

    /// Its words; in cells, all that is in them.
    pub(super) fn words(&self, words: &mut Vec<u32>) {
        match self {
            Block::Paragraph(paragraph) => {
                let tokens = paragraph.line.tokens.iter();
                words.extend(
                    tokens
                        .filter(|token| !token.is_light())
                        .map(|token| token.id),
                );
            }
            Block::Table(table) => table.rows.iter().for_each(|row| row.words(words)),
            Block::Control(control) => control.blocks.iter().for_each(|one| one.words(words)),
        }
    }

    pub(super) fn likeness(&self, numbers: &mut Numbers) -> Likeness {
        let kind = match self {
            Block::Paragraph(_) => "paragraph",
            Block::Table(_) => "table",
            Block::Control(_) => "control",
        };
        // There is one contents list, with one heading.
        let title = match self {
            Block::Control(_) => 1,
            Block::Paragraph(paragraph) => u32::from(paragraph.is_contents_heading()),
            Block::Table(_) => 0,
        };
        let (mut said, mut words) = (Vec::new(), Vec::new());
        self.said(&mut said);
        self.words(&mut words);
        likeness(kind.to_owned(), &said, words, title, numbers)
    }
}

impl Row {
    fn said(&self, said: &mut Vec<u32>) {
        for cell in &self.cells {
            cell.blocks.iter().for_each(|one| one.said(said));
            said.push(0);
        }
        said.push(0);
    }

    fn words(&self, words: &mut Vec<u32>) {
        let blocks = self.cells.iter().flat_map(|cell| &cell.blocks);
        blocks.for_each(|one| one.words(words));
    }

    /// What is compared of it: rows whose cells go over other columns or rows cannot become each other.
    pub(super) fn likeness(&self, numbers: &mut Numbers) -> Likeness {
        let mut shape = String::from("row");
        for cell in &self.cells {
            let properties = cell.properties.iter().flat_map(Element::elements);
            let spans =
                properties.filter(|one| matches!(one.name.as_str(), "w:gridSpan" | "w:vMerge"));
            shape.push('|');
            spans.for_each(|one| shape.push_str(&serialized(one)));
        }
        let (mut said, mut words) = (Vec::new(), Vec::new());
        self.said(&mut said);
        self.words(&mut words);
        likeness(shape, &said, words, 0, numbers)
    }
}

/// What is compared of something that says this.
pub(super) fn likeness(
    kind: String,
    said: &[u32],
    mut words: Vec<u32>,
    title: u32,
    numbers: &mut Numbers,
) -> Likeness {
    words.sort_unstable();
    let id = numbers.of(format!("{kind} {said:?}"));
    Likeness {
        id,
        kind,
        words,
        title,
    }
}
