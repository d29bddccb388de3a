//! Blocks of a part: paragraphs and tables, whatever stands around them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::model::{
    Align, Block, Cell, Change, ChangeKind, Content, Control, Field, Label, Link, Merge, Paragraph,
    Piece, Row, Section, Table,
};
use super::numbering::Numbering;
use super::package::Relationships;
use super::runs::OpenField;
use super::styles::{ParagraphProperties, Styles};
use super::xml::{Element, Node};

/// The most paragraphs of a file, and the most rows and cells.
const PARAGRAPHS: usize = 200_000;
const CELLS: usize = 400_000;
/// The most pieces of paragraphs.
const PIECES: usize = 600_000;
/// The most bytes of text.
const TEXT: usize = 16 << 20;
/// The most columns that a cell may go over.
const SPAN: usize = 1_000;

/// Reads the blocks of all parts of a file.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    /// The relationships of the part that is read.
    pub(super) rels: Relationships,
    /// The words of charts and diagrams, by the names of their parts.
    pub(super) drawn: BTreeMap<String, String>,
    pub(super) fields: Vec<Field>,
    pub(super) open: Vec<OpenField>,
    pub(super) unread: Vec<(usize, String)>,
    /// Names of the parts with pictures.
    pub(super) media: BTreeSet<String>,
    pub(super) look_changes: usize,
    pub(super) section: Section,
    /// Bookmarks that are open, by their ids.
    pub(super) bookmarks: BTreeMap<String, String>,
    /// What stands between blocks and belongs to the next paragraph.
    waiting: Vec<Content>,
    /// A large first letter, which belongs to the next paragraph.
    letter: Vec<Piece>,
    pub(super) paragraphs: usize,
    pieces: usize,
    bytes: usize,
    cells: usize,
    /// What there is too much of.
    pub(super) excess: Option<String>,
}

/// What stands around blocks.
#[derive(Debug, Clone, Default)]
pub(super) struct Around {
    pub(super) controls: Vec<Arc<Control>>,
    pub(super) changes: Vec<Arc<Change>>,
}

/// What stands around pieces of a paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct Within<'s> {
    pub(super) style: &'s str,
    pub(super) link: Option<Arc<Link>>,
    pub(super) control: Option<Arc<Control>>,
    pub(super) changes: Vec<Arc<Change>>,
    pub(super) rtl: Option<bool>,
}

impl Reader {
    /// The blocks in an element.
    pub(super) fn blocks(&mut self, parent: &Element, around: &Around) -> Vec<Block> {
        let mut out = Vec::new();
        for child in parent.elements() {
            self.block(child, around, &mut out);
        }
        self.settle_waiting(&mut out);
        out
    }

    /// A block; what stands around others is looked through.
    pub(super) fn block(&mut self, element: &Element, around: &Around, out: &mut Vec<Block>) {
        if self.excess.is_some() {
            return;
        }
        match &*element.name {
            "w:p" => {
                let mut paragraph = self.paragraph(element, around);
                // A large first letter stands in a paragraph of its own, before that of which it is.
                let letter =
                    |one: &Element| one.attr("w:dropCap").is_some_and(|kind| kind != "none");
                let frame = element
                    .child("w:pPr")
                    .and_then(|one| one.child("w:framePr"));
                if frame.is_some_and(letter) {
                    self.letter.append(&mut paragraph.pieces);
                    return;
                }
                paragraph
                    .pieces
                    .splice(0..0, std::mem::take(&mut self.letter));
                out.push(Block::Paragraph(paragraph));
            }
            "w:tbl" => {
                let table = self.table(element, around);
                out.push(Block::Table(table));
            }
            "w:sectPr" => self.section = section(element),
            "w:altChunk" | "w:subDoc" => {
                let id = element.attr("r:id").unwrap_or_default();
                let part = self.rels.get(id).map_or("", |rel| rel.target.as_str());
                let what = format!("another document within the file ({part})");
                out.push(self.whole(Content::Object(what, String::new()), around));
            }
            "m:oMathPara" | "m:oMath" => {
                let math = Content::Math(super::math::text(element), true);
                out.push(self.whole(math, around));
            }
            // A run that stands where a paragraph should is text nevertheless.
            "w:r" | "w:hyperlink" | "w:fldSimple" => {
                let mut paragraph = self.empty(around);
                let within = Within {
                    style: "",
                    changes: around.changes.clone(),
                    ..Within::default()
                };
                self.piece(element, &within, &mut paragraph.pieces);
                out.push(Block::Paragraph(paragraph));
            }
            _ => self.look_through(element, around, |reader, inside, around| {
                inside
                    .elements()
                    .for_each(|child| reader.block(child, around, out));
            }),
        }
    }

    /// A paragraph that is one thing.
    fn whole(&mut self, content: Content, around: &Around) -> Block {
        let mut paragraph = self.empty(around);
        let within = Within {
            changes: around.changes.clone(),
            ..Within::default()
        };
        self.put(content, &Default::default(), &within, &mut paragraph.pieces);
        Block::Paragraph(paragraph)
    }

    fn empty(&mut self, around: &Around) -> Paragraph {
        self.paragraphs += 1;
        if self.paragraphs > PARAGRAPHS {
            self.excess
                .get_or_insert_with(|| format!("the file has more than {PARAGRAPHS} paragraphs"));
        }
        Paragraph {
            number: self.paragraphs,
            controls: around.controls.clone(),
            ..Paragraph::default()
        }
    }

    /// What waited for a paragraph when none came, at the end of the last one.
    pub(super) fn settle_waiting(&mut self, out: &mut [Block]) {
        let last = out.iter_mut().rev().find_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph),
            Block::Table(_) => None,
        });
        if let Some(last) = last {
            let waiting = std::mem::take(&mut self.waiting);
            last.pieces.extend(waiting.into_iter().map(bare));
            last.pieces.append(&mut self.letter);
        }
    }

    fn paragraph(&mut self, element: &Element, around: &Around) -> Paragraph {
        let mut paragraph = self.empty(around);
        let properties = element.child("w:pPr");
        let named = properties.and_then(|one| one.child_val("w:pStyle"));
        let style = self.styles.paragraph(named).to_owned();
        let mut own = self.styles.of_paragraph(&style);
        own.list = (None, None);
        let direct = properties.map(ParagraphProperties::of).unwrap_or_default();
        own.over(&direct);
        paragraph.level = own.level.filter(|level| *level < 10);
        paragraph.align = own.align.unwrap_or(Align::Start);
        paragraph.rtl = own.rtl.unwrap_or_default();
        paragraph.indent = own.indent.unwrap_or_default();
        paragraph.looks = self.styles.looks(&style, false);
        paragraph.changes = around.changes.clone();
        if let Some(properties) = properties {
            let mark = properties.child("w:rPr");
            let changes = mark.into_iter().flat_map(Element::elements);
            let changes = changes.filter_map(change).map(Arc::new);
            paragraph.changes.extend(changes);
            let looks = ["w:pPrChange", "w:numberingChange"];
            let looks = looks.iter().filter(|name| properties.child(name).is_some());
            self.look_changes += looks.count();
            paragraph.section = properties
                .child("w:sectPr")
                .map(|one| Box::new(section(one)));
        }
        let within = Within {
            style: &style,
            changes: around.changes.clone(),
            ..Within::default()
        };
        for content in std::mem::take(&mut self.waiting) {
            self.put(content, &Default::default(), &within, &mut paragraph.pieces);
        }
        for child in element.elements() {
            self.piece(child, &within, &mut paragraph.pieces);
        }
        self.break_off_fields(paragraph.number);
        paragraph.label = self.label(&style, &own.list);
        paragraph.style = style;
        paragraph
    }

    /// The label of a paragraph, by its own list or that of its style.
    fn label(&mut self, style: &str, own: &(Option<String>, Option<u8>)) -> Option<Label> {
        let (of_style, at) = self.styles.list_of(style);
        let list = own.0.clone().or(of_style).filter(|list| list != "0")?;
        let of_list = || match own.0 {
            None => self.numbering.level_of(&list, style),
            Some(_) => None,
        };
        let level = own.1.or_else(of_list).or(at).unwrap_or_default();
        self.numbering.next(&list, level)
    }

    /// Adds a piece; text that goes on in the same form is one piece.
    pub(super) fn add(&mut self, piece: Piece, out: &mut Vec<Piece>) {
        self.bytes += piece.text().len();
        if self.bytes > TEXT {
            self.excess.get_or_insert_with(|| {
                format!("the file has more than {} MiB of text", TEXT >> 20)
            });
            return;
        }
        if let (Some(last), Content::Text(text)) = (out.last_mut(), &piece.content)
            && last.format == piece.format
            && last.link == piece.link
            && last.field == piece.field
            && last.control == piece.control
            && last.changes == piece.changes
            && let Content::Text(before) = &mut last.content
        {
            before.push_str(text);
            return;
        }
        self.pieces += 1;
        if self.pieces > PIECES {
            self.excess.get_or_insert_with(|| {
                format!("the file has more than {PIECES} stretches of text")
            });
            return;
        }
        out.push(piece);
    }

    fn count_cell(&mut self) -> bool {
        self.cells += 1;
        if self.cells > CELLS {
            self.excess
                .get_or_insert_with(|| format!("the file has more than {CELLS} rows and cells"));
        }
        self.excess.is_none()
    }

    fn table(&mut self, element: &Element, around: &Around) -> Table {
        let mut table = Table::default();
        if let Some(properties) = element.child("w:tblPr") {
            let text = |name: &str| properties.child_val(name).unwrap_or_default().to_owned();
            table.style = text("w:tblStyle");
            table.title = text("w:tblCaption");
            table.description = text("w:tblDescription");
            table.rtl = properties.toggle("w:bidiVisual").unwrap_or_default();
            let look = properties.child("w:tblLook");
            let bits = look
                .and_then(Element::val)
                .and_then(|bits| u32::from_str_radix(bits, 16).ok());
            let is = |name: &str, bit: u32| {
                let own = look.and_then(|look| look.attr(name));
                own.map_or(bits.unwrap_or_default() & bit > 0, |value| {
                    matches!(value, "1" | "true" | "on")
                })
            };
            table.first_row = is("w:firstRow", 0x20);
            table.first_column = is("w:firstColumn", 0x80);
        }
        let grid = element.child("w:tblGrid");
        let columns = grid.into_iter().flat_map(Element::elements).take(SPAN);
        let width = |column: &Element| column.attr("w:w")?.parse::<f64>().ok();
        table.columns = columns
            .map(|column| width(column).unwrap_or_default() as i32)
            .collect();
        self.rows(element, around, &mut table.rows);
        table
    }

    /// Goes on with what is inside of an element that only stands around blocks, rows or cells: a content control, a tracked
    /// change, one of several forms of the same. Marks wait for the next paragraph.
    fn look_through(
        &mut self,
        element: &Element,
        around: &Around,
        inside: impl FnOnce(&mut Self, &Element, &Around),
    ) {
        match &*element.name {
            "w:sdt" => {
                let mut inner = around.clone();
                inner.controls.push(Arc::new(control(element, None)));
                if let Some(content) = element.child("w:sdtContent") {
                    inside(self, content, &inner);
                }
            }
            "w:ins" | "w:del" | "w:moveFrom" | "w:moveTo" => {
                let mut inner = around.clone();
                inner.changes.extend(change(element).map(Arc::new));
                inside(self, element, &inner);
            }
            "mc:AlternateContent" => {
                if let Some(chosen) = chosen(element) {
                    inside(self, chosen, around);
                }
            }
            "w:customXml" | "w:smartTag" | "w:customXmlContent" | "w:sdtContent" => {
                inside(self, element, around);
            }
            "w:bookmarkStart" | "w:bookmarkEnd" | "w:commentRangeStart" | "w:commentRangeEnd" => {
                let content = self.mark(element);
                self.waiting.extend(content);
            }
            _ => {}
        }
    }

    fn rows(&mut self, parent: &Element, around: &Around, rows: &mut Vec<Row>) {
        for child in parent.elements() {
            match &*child.name {
                "w:tr" if self.count_cell() => {
                    let mut row = Row::default();
                    if let Some(properties) = child.child("w:trPr") {
                        row.header = properties.toggle("w:tblHeader").unwrap_or_default();
                        row.before = properties
                            .child_val("w:gridBefore")
                            .and_then(|count| count.parse::<usize>().ok())
                            .unwrap_or_default()
                            .min(SPAN);
                        let changes = properties.elements().filter_map(change);
                        row.changes = changes.map(Arc::new).collect();
                        let looks = properties.child("w:trPrChange");
                        self.look_changes += usize::from(looks.is_some());
                    }
                    row.changes.extend(around.changes.iter().cloned());
                    self.cells(child, around, &mut row.cells);
                    rows.push(row);
                }
                _ => self.look_through(child, around, |reader, inside, around| {
                    reader.rows(inside, around, rows);
                }),
            }
        }
    }

    fn cells(&mut self, parent: &Element, around: &Around, cells: &mut Vec<Cell>) {
        for child in parent.elements() {
            match &*child.name {
                "w:tc" if self.count_cell() => self.cell(child, around, cells),
                _ => self.look_through(child, around, |reader, inside, around| {
                    reader.cells(inside, around, cells);
                }),
            }
        }
    }

    fn cell(&mut self, element: &Element, around: &Around, cells: &mut Vec<Cell>) {
        let mut cell = Cell {
            span: 1,
            ..Cell::default()
        };
        let mut joined = false;
        if let Some(properties) = element.child("w:tcPr") {
            let span = properties.child_val("w:gridSpan");
            let span = span.and_then(|span| span.parse::<usize>().ok());
            cell.span = span.unwrap_or(1).clamp(1, SPAN);
            cell.merge = match properties.child("w:vMerge").map(Element::val) {
                None => Merge::Alone,
                Some(Some("restart")) => Merge::Start,
                Some(_) => Merge::Above,
            };
            joined = properties
                .child("w:hMerge")
                .is_some_and(|merge| merge.val() != Some("restart"));
            cell.changes = properties
                .elements()
                .filter_map(change)
                .map(Arc::new)
                .collect();
        }
        cell.blocks = self.blocks(element, around);
        match cells.last_mut().filter(|_| joined) {
            Some(before) => {
                before.span = (before.span + cell.span).min(SPAN);
                let blank =
                    |block: &Block| matches!(block, Block::Paragraph(one) if one.pieces.is_empty());
                cell.blocks.retain(|block| !blank(block));
                before.blocks.append(&mut cell.blocks);
            }
            None => cells.push(cell),
        }
    }
}

/// A piece without form.
fn bare(content: Content) -> Piece {
    Piece {
        content,
        format: Default::default(),
        link: None,
        field: None,
        control: None,
        changes: Vec::new(),
    }
}

/// A tracked change, if an element says one.
pub(super) fn change(element: &Element) -> Option<Change> {
    let kind = match &*element.name {
        "w:ins" | "w:cellIns" => ChangeKind::Insertion,
        "w:del" | "w:cellDel" => ChangeKind::Deletion,
        "w:moveTo" => ChangeKind::MoveTo,
        "w:moveFrom" => ChangeKind::MoveFrom,
        _ => return None,
    };
    Some(Change {
        kind,
        author: element.attr("w:author").unwrap_or_default().to_owned(),
        date: element.attr("w:date").unwrap_or_default().to_owned(),
    })
}

/// What a content control says of itself.
pub(super) fn control(element: &Element, outer: Option<Arc<Control>>) -> Control {
    let Some(properties) = element.child("w:sdtPr") else {
        return Control {
            outer,
            ..Control::default()
        };
    };
    let text = |name: &str| properties.child_val(name).unwrap_or_default().to_owned();
    let part = properties
        .child("w:docPartObj")
        .or(properties.child("w:docPartList"));
    let gallery = part.and_then(|part| part.child_val("w:docPartGallery"));
    Control {
        tag: text("w:tag"),
        title: text("w:alias"),
        gallery: gallery.unwrap_or_default().to_owned(),
        placeholder: properties.toggle("w:showingPlcHdr").unwrap_or_default(),
        outer,
    }
}

fn section(element: &Element) -> Section {
    let columns = element.child("w:cols");
    let number = columns.and_then(|one| one.attr("w:num")?.parse::<usize>().ok());
    let size = element.child("w:pgSz");
    Section {
        columns: number.unwrap_or(1).clamp(1, 45),
        landscape: size.is_some_and(|size| size.attr("w:orient") == Some("landscape")),
        rtl: element.toggle("w:bidi").unwrap_or_default(),
    }
}

/// The content that is read of several for programs of different age.
pub(super) fn chosen(element: &Element) -> Option<&Element> {
    let known = |one: &&Element| {
        let wanted = one.attr("Requires").unwrap_or_default();
        &*one.name == "mc:Choice"
            && wanted.split_whitespace().all(|prefix| {
                matches!(
                    prefix,
                    "wps" | "wpg" | "wpc" | "w14" | "w15" | "wp14" | "a14" | "wp"
                ) || prefix.starts_with("w16")
            })
    };
    let empty = |one: &Element| {
        !one.nodes
            .iter()
            .any(|node| matches!(node, Node::Element(_)))
    };
    let mut all = element.elements();
    let choice = all.find(known);
    let other = || {
        let fallback = element.child("mc:Fallback").filter(|one| !empty(one));
        fallback.or_else(|| element.child("mc:Choice"))
    };
    choice.or_else(other)
}
