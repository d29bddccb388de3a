//! The only file that knows docx-rs: paragraphs, tables, styles and lists in our terms become its trees, and its trees
//! the XML that the package layer finishes.

use docx_rs::*;

use super::extras::{self, Extras};
use super::line::{Atom, Target};
use super::locale;
use super::package::{Element, Node, parse};
use super::style::spec::{Alignment, Edge, Leader, Spec, twips};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::document::Language;
use crate::layout::Colour;

pub(super) use docx_rs::TableCell;

/// A finished paragraph or table.
pub(super) enum BodyElement {
    /// A paragraph.
    Paragraph(Box<Paragraph>),
    /// A table.
    Table(Box<Table>),
}

impl BodyElement {
    /// Whether it is a paragraph.
    pub(super) fn is_paragraph(&self) -> bool {
        matches!(self, BodyElement::Paragraph(_))
    }

    /// Whether it is a table.
    pub(super) fn is_table(&self) -> bool {
        matches!(self, BodyElement::Table(_))
    }

    /// The style of a paragraph.
    pub(super) fn style_mut(&mut self) -> Option<&mut String> {
        match self {
            BodyElement::Paragraph(paragraph) => paragraph
                .property
                .style
                .as_mut()
                .map(|style| &mut style.val),
            BodyElement::Table(_) => None,
        }
    }

    /// The key of a paragraph's extras.
    pub(super) fn id(&mut self) -> Option<&mut String> {
        match self {
            BodyElement::Paragraph(paragraph) => Some(&mut paragraph.id),
            BodyElement::Table(_) => None,
        }
    }
}

/// What is said of a paragraph as a whole.
pub(super) struct ParagraphProperties<'s> {
    /// Its style.
    pub(super) style: &'s str,
    /// The key of its extras.
    pub(super) id: Option<String>,
    /// Number of its list and level from 0.
    pub(super) list: Option<(usize, usize)>,
    /// Whether it is kept on the page of the next one.
    pub(super) keep_next: bool,
    /// Where the decimal sign of a figure stands, in twips from the start of its cell: there it needs no tab character.
    pub(super) decimal: Option<usize>,
}

/// A paragraph of these atoms, each with whether it runs from right to left.
pub(super) fn paragraph(
    atoms: Vec<(Atom, bool)>,
    properties: ParagraphProperties<'_>,
    extras: &mut Extras,
) -> BodyElement {
    let mut paragraph = Paragraph::new();
    let mut link: Option<Hyperlink> = None;
    for (atom, rtl) in atoms {
        for child in children(&atom, rtl, extras) {
            match &mut link {
                Some(link) => link.children.push(child),
                None => paragraph.children.push(child),
            }
        }
        match atom {
            Atom::OpenLink(target) => link = Some(hyperlink(target)),
            Atom::CloseLink => paragraph
                .children
                .extend(link.take().map(ParagraphChild::Hyperlink)),
            _ => {}
        }
    }
    paragraph
        .children
        .extend(link.map(ParagraphChild::Hyperlink));
    let mut paragraph = paragraph.style(properties.style);
    if let Some(id) = properties.id {
        paragraph = paragraph.id(id);
    }
    if let Some((list, level)) = properties.list {
        paragraph = paragraph.numbering(NumberingId::new(list), IndentLevel::new(level));
    }
    if properties.keep_next {
        paragraph = paragraph.keep_next(true);
    }
    if let Some(place) = properties.decimal {
        paragraph = paragraph.add_tab(Tab::new().val(TabValueType::Decimal).pos(place));
    }
    BodyElement::Paragraph(Box::new(paragraph))
}

fn hyperlink(target: Target) -> Hyperlink {
    // Built field by field: `Hyperlink::new` takes its id from a counter of the process.
    let link = match target {
        Target::Relationship(rid) => HyperlinkData::External {
            rid,
            path: String::new(),
        },
        Target::Bookmark(anchor) => HyperlinkData::Anchor { anchor },
    };
    Hyperlink {
        link,
        history: None,
        children: Vec::new(),
    }
}

fn children(atom: &Atom, rtl: bool, extras: &mut Extras) -> Vec<ParagraphChild> {
    let runs = match atom {
        Atom::Text {
            text,
            style,
            language,
        } => vec![text_run(
            text,
            style.clone(),
            language.as_ref(),
            rtl,
            extras,
        )],
        Atom::Break => vec![Run::new().add_break(BreakType::TextWrapping)],
        Atom::Tab => vec![Run::new().add_tab()],
        Atom::Note(id) => {
            let mut run = Run::new().style("FootnoteReference");
            // The notes' own part is written by the package layer; docx-rs prints to standard error when it meets a
            // note without a paragraph.
            let mut reference = FootnoteReference::new(*id);
            reference.footnote(Paragraph::new());
            run.children.push(RunChild::FootnoteReference(reference));
            vec![run]
        }
        Atom::Picture {
            key,
            size: (width, height),
        } => {
            // docx-rs gives pictures of equal bytes one id: the key as bytes keeps them apart. The file is written
            // by the package layer.
            let picture = Pic::new_with_dimensions(key.clone().into_bytes(), 1, 1)
                .id(key.as_str())
                .size(*width, *height);
            vec![Run::new().add_image(picture)]
        }
        Atom::Bookmark(id, name) => {
            return vec![
                ParagraphChild::BookmarkStart(BookmarkStart::new(*id, name.as_str())),
                ParagraphChild::BookmarkEnd(BookmarkEnd::new(*id)),
            ];
        }
        Atom::OpenBookmark(id, name) => {
            let start = BookmarkStart::new(*id, name.as_str());
            return vec![ParagraphChild::BookmarkStart(start)];
        }
        Atom::CloseBookmark(id) => {
            return vec![ParagraphChild::BookmarkEnd(BookmarkEnd::new(*id))];
        }
        Atom::OpenField(instruction, style) => {
            let text = InstrText::Unsupported(format!(" {instruction} "));
            let text = Run::new().add_instr_text(text);
            vec![
                Run::new().add_field_char(FieldCharType::Begin, false),
                match style {
                    Some(style) => text.style(style),
                    None => text,
                },
                Run::new().add_field_char(FieldCharType::Separate, false),
            ]
        }
        Atom::CloseField => vec![Run::new().add_field_char(FieldCharType::End, false)],
        Atom::OpenLink(_) | Atom::CloseLink => Vec::new(),
    };
    runs.into_iter()
        .map(|run| ParagraphChild::Run(Box::new(run)))
        .collect()
}

fn text_run(
    text: &str,
    style: Option<String>,
    language: Option<&Language>,
    rtl: bool,
    extras: &mut Extras,
) -> Run {
    let run = Run::new().add_text(text);
    let extra = extras::RunProperties {
        style,
        language: language.map(|language| locale::word_tag(&language.tag)),
        rtl,
    };
    match extras.run(extra) {
        Some(style) => run.style(&style),
        None => run,
    }
}

/// A cell of these paragraphs and tables.
pub(super) fn cell(pieces: Vec<BodyElement>) -> TableCell {
    let pieces = pieces.into_iter();
    pieces.fold(TableCell::new(), |cell, piece| match piece {
        BodyElement::Paragraph(paragraph) => cell.add_paragraph(*paragraph),
        BodyElement::Table(table) => cell.add_table(*table),
    })
}

/// What a cell of a row is.
pub(super) enum RowCell {
    /// A cell that goes over so many columns; whether it goes on in the row below.
    Own(TableCell, usize, bool),
    /// The rest of a cell above that goes over so many columns.
    Rest(TableCell, usize),
}

/// A cell with a rule above it, in points.
pub(super) fn ruled(cell: TableCell, width: f64, colour: Colour) -> TableCell {
    let border = TableCellBorder::new(TableCellBorderPosition::Top)
        .size((width * 8.0).round() as usize)
        .color(colour.hex());
    // The borders of docx-rs are four to begin with.
    cell.set_borders(TableCellBorders::with_empty().set(border))
}

/// A cell whose words stand at its foot.
pub(super) fn at_foot(cell: TableCell) -> TableCell {
    cell.vertical_align(VAlignType::Bottom)
}

/// A table of rows of cells, with the widths of its columns in twips and the key of its extras; `whole` rows are not
/// divided between pages.
pub(super) fn table(
    rows: Vec<Vec<RowCell>>,
    widths: Vec<usize>,
    key: String,
    whole: bool,
) -> BodyElement {
    let row = |cells: Vec<RowCell>| {
        let mut columns = widths.iter();
        let cells = cells.into_iter().map(|cell| {
            let (cell, count) = match cell {
                RowCell::Own(cell, count, false) => (cell, count),
                RowCell::Own(cell, count, true) => {
                    (cell.vertical_merge(VMergeType::Restart), count)
                }
                RowCell::Rest(cell, count) => (cell.vertical_merge(VMergeType::Continue), count),
            };
            let width = columns.by_ref().take(count).sum();
            let cell = cell.width(width, WidthType::Dxa);
            if count > 1 {
                cell.grid_span(count)
            } else {
                cell
            }
        });
        let row = TableRow::new(cells.collect());
        if whole { row.cant_split() } else { row }
    };
    let table = Table::new(rows.into_iter().map(row).collect())
        .style(key)
        .width(widths.iter().sum(), WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .set_grid(widths.clone());
    BodyElement::Table(Box::new(table))
}

/// The part `document.xml` with this body.
pub(super) fn document(pieces: Vec<BodyElement>) -> Result<Element, Diagnostics> {
    let pieces = pieces.into_iter();
    let docx = pieces.fold(Docx::new(), |docx, piece| match piece {
        BodyElement::Paragraph(paragraph) => docx.add_paragraph(*paragraph),
        BodyElement::Table(table) => docx.add_table(*table),
    });
    parse(&docx.build().document).map_err(broken)
}

/// The part `styles.xml`: the face and the size (in half points) of all text, and these styles.
pub(super) fn styles(face: &str, size: usize, specs: &[Spec<'_>]) -> Result<Element, Diagnostics> {
    let defaults = Styles::new().default_fonts(fonts(face)).default_size(size);
    let specs = specs.iter();
    let styles = specs.fold(defaults, |styles, spec| styles.add_style(spec.style()));
    let mut root = parse(&Docx::new().styles(styles).build().styles).map_err(broken)?;
    drop_bare_normal(&mut root);
    Ok(root)
}

fn fonts(face: &str) -> RunFonts {
    RunFonts::new()
        .ascii(face)
        .hi_ansi(face)
        .east_asia(face)
        .cs(face)
}

/// docx-rs puts a style `Normal` without any property before those it was given.
fn drop_bare_normal(root: &mut Element) {
    let first = root.children.iter().position(|node| {
        matches!(node, Node::Element(style) if style.name == "w:style" && style.get("w:styleId") == Some("Normal"))
    });
    if let Some(first) = first {
        root.children.remove(first);
    }
}

impl Spec<'_> {
    /// The style as docx-rs holds it.
    fn style(&self) -> Style {
        let kind = if self.character {
            StyleType::Character
        } else {
            StyleType::Paragraph
        };
        let mut style = Style::new(self.id.as_str(), kind)
            .name(self.name.as_str())
            .q_format(self.priority.is_some());
        style.based_on = self.based_on.map(BasedOn::new);
        style.next = self.next.map(Next::new);
        style.ui_priority = Some(self.priority.unwrap_or(99));
        self.characters(&mut style);
        if !self.character {
            self.paragraph(&mut style);
        }
        style
    }

    fn characters(&self, style: &mut Style) {
        let mut run = std::mem::take(&mut style.run_property);
        if let Some(face) = self.face {
            run = run.fonts(fonts(face));
        }
        if let Some(size) = self.size {
            run = run.size((size * 2.0).round() as usize);
        }
        if let Some(colour) = self.colour {
            run = run.color(colour.hex());
        }
        if self.bold {
            run = run.bold();
        }
        if self.italic {
            run = run.italic();
        }
        if self.caps {
            run = run.caps();
        }
        if self.underline {
            run = run.underline("single");
        }
        if self.struck {
            run = run.strike();
        }
        if self.superscript {
            run = run.vert_align(VertAlignType::SuperScript);
        }
        if self.subscript {
            run = run.vert_align(VertAlignType::SubScript);
        }
        if let Some(tracking) = self.tracking {
            run = run.spacing(twips(tracking));
        }
        style.run_property = run;
    }

    fn paragraph(&self, style: &mut Style) {
        let mut paragraph = std::mem::take(&mut style.paragraph_property);
        if let Some(spacing) = self.spacing() {
            paragraph = paragraph.line_spacing(spacing);
        }
        if let Some((start, end)) = self.indents {
            // Zero is said too: it takes back what the base says.
            let special = if self.first_line < 0.0 {
                SpecialIndentType::Hanging(twips(-self.first_line))
            } else {
                SpecialIndentType::FirstLine(twips(self.first_line))
            };
            paragraph = paragraph.indent(Some(twips(start)), Some(special), Some(twips(end)), None);
        }
        if let Some(align) = self.align {
            paragraph = paragraph.align(match align {
                Alignment::Left => AlignmentType::Left,
                Alignment::Centre => AlignmentType::Center,
                Alignment::Right => AlignmentType::Right,
                Alignment::Both => AlignmentType::Both,
            });
        }
        if let Some(level) = self.outline {
            paragraph = paragraph.outline_lvl(level);
        }
        if self.keep_next {
            paragraph = paragraph.keep_next(true);
        }
        if self.keep_lines {
            paragraph = paragraph.keep_lines(true);
        }
        if let Some((number, level)) = self.list {
            paragraph = paragraph.numbering(NumberingId::new(number), IndentLevel::new(level));
        }
        for (place, leader) in &self.tabs {
            let leader = match leader {
                Leader::None => TabLeaderType::None,
                Leader::Dots => TabLeaderType::Dot,
            };
            paragraph = paragraph.add_tab(
                Tab::new()
                    .val(TabValueType::Right)
                    .leader(leader)
                    .pos(twips(*place).max(0) as usize),
            );
        }
        if let Some(shade) = self.shade {
            paragraph = paragraph.shading(Shading::new().fill(shade.hex()));
        }
        if let Some(borders) = self.borders() {
            paragraph = paragraph.set_borders(borders);
        }
        style.paragraph_property = paragraph;
    }

    fn spacing(&self) -> Option<LineSpacing> {
        self.line.or(self.exact).or(self.before).or(self.after)?;
        let mut spacing = LineSpacing::new();
        if let Some(before) = self.before {
            spacing = spacing.before(twips(before).max(0) as u32);
        }
        if let Some(after) = self.after {
            spacing = spacing.after(twips(after).max(0) as u32);
        }
        Some(match (self.exact, self.line) {
            (Some(line), _) => spacing.line(twips(line)).line_rule(LineSpacingType::Exact),
            (None, Some(line)) => spacing
                .line(twips(line))
                .line_rule(LineSpacingType::AtLeast),
            (None, None) => spacing,
        })
    }

    fn borders(&self) -> Option<ParagraphBorders> {
        if self.rules.is_empty() {
            return None;
        }
        let borders = self.rules.iter().fold(
            ParagraphBorders::with_empty(),
            |borders, (edge, width, space, colour)| {
                let edge = match edge {
                    Edge::Top => ParagraphBorderPosition::Top,
                    Edge::Left => ParagraphBorderPosition::Left,
                    Edge::Right => ParagraphBorderPosition::Right,
                };
                let border = ParagraphBorder::new(edge)
                    .val(BorderType::Single)
                    .size((width * 8.0).round() as usize)
                    .space(*space)
                    .color(colour.hex());
                borders.set(border)
            },
        );
        Some(borders)
    }
}

/// A definition of lists.
pub(super) struct ListDefinition {
    /// Its number.
    pub(super) id: usize,
    /// How far one level is indented from the one above, in twips.
    pub(super) step: i32,
    /// How far all of them are, in twips.
    pub(super) inset: i32,
    /// By level: how it counts, the text of a mark, and the style of the items.
    pub(super) levels: Vec<(&'static str, String, Option<String>)>,
}

/// A list.
pub(super) struct List {
    /// Its number.
    pub(super) id: usize,
    /// The number of the definition that it counts by.
    pub(super) definition: usize,
    /// A level with the number that it begins with.
    pub(super) start: Option<(usize, usize)>,
}

/// The part `numbering.xml`.
pub(super) fn numbering(
    definitions: Vec<ListDefinition>,
    lists: Vec<List>,
) -> Result<Element, Diagnostics> {
    let mut numberings = Numberings::new();
    for definition in definitions {
        numberings = numberings.add_abstract_numbering(abstract_numbering(definition));
    }
    for list in lists {
        let mut numbering = Numbering::new(list.id, list.definition);
        if let Some((level, start)) = list.start {
            numbering = numbering.add_override(LevelOverride::new(level).start(start));
        }
        numberings = numberings.add_numbering(numbering);
    }
    let mut root = parse(&Docx::new().numberings(numberings).build().numberings).map_err(broken)?;
    drop_default(&mut root);
    Ok(root)
}

fn abstract_numbering(definition: ListDefinition) -> AbstractNumbering {
    let mut numbering = AbstractNumbering::new(definition.id);
    numbering.multi_level_type = Some("multilevel".to_owned());
    let (step, inset) = (definition.step, definition.inset);
    let levels = definition.levels.into_iter().enumerate();
    levels.fold(numbering, |numbering, (depth, (format, text, style))| {
        let level = Level::new(
            depth,
            Start::new(1),
            NumberFormat::new(format),
            LevelText::new(text),
            LevelJc::new("left"),
        )
        .indent(
            Some(inset + step * (depth as i32 + 1)),
            Some(SpecialIndentType::Hanging(step)),
            None,
            None,
        );
        numbering.add_level(match style {
            Some(style) => level.paragraph_style(style),
            None => level,
        })
    })
}

/// docx-rs adds a numbering of its own, number 1, to every document.
fn drop_default(root: &mut Element) {
    root.children.retain(|node| match node {
        Node::Element(child) => {
            child.get("w:abstractNumId") != Some("1")
                && !(child.name == "w:num" && child.get("w:numId") == Some("1"))
        }
        Node::Text(_) => true,
    });
}

/// docx-rs wrote what no parser reads: nothing that an author can cause, but an error rather than a damaged file.
fn broken(message: String) -> Diagnostics {
    Diagnostic::new(
        Code::WORD_BROKEN,
        format!("the Word file cannot be put together: {message}"),
    )
    .hint("this is a fault of the program: report it with the text that causes it")
    .into()
}
