//! Tables, figures, quotations and member lists, from their fields or from prose.

use pulldown_cmark::Alignment;

use super::markdown::{Kind, Node};
use super::prose::{Prose, ProseContext};
use super::resolve::{FieldPath, Resolver, next_label};
use super::{Align, Block, Cell, Column, Extent, Figure, Table, language};
use crate::base::diagnostic::{Code, many};
use crate::source::schema::{self as s, Located};

/// The most columns of a table: more cannot be read on any page.
const MAX_COLUMNS: usize = 32;

impl<'a> Resolver<'a> {
    /// The content of a chapter, section or intervention: its text, then its blocks.
    pub(super) fn content(
        &mut self,
        at: &FieldPath<'a>,
        text: Option<&'a s::Prose>,
        blocks: &'a [s::Block],
    ) -> Vec<Block> {
        let mut content = match text {
            Some(text) => self.prose(&at.key("text"), text, ProseContext::Body),
            None => Vec::new(),
        };
        for (index, block) in blocks.iter().enumerate() {
            let at = at.key("blocks").index(index);
            match block {
                s::Block::Text(text) => {
                    content.extend(self.prose(&at.key("text"), text, ProseContext::Body))
                }
                s::Block::Table(table) => content.extend(self.table(&at.key("table"), table)),
                s::Block::Figure(figure) => {
                    content.extend(self.figure(&at.key("figure"), figure).map(Block::Figure));
                }
                s::Block::Chart(chart) => content.extend(self.chart(&at.key("chart"), chart)),
                s::Block::Quote(quote) => content.push(self.quote(&at.key("quote"), quote)),
                s::Block::Members(id) => content.extend(self.members(&at.key("members"), id)),
                s::Block::Box(text_box) => content.extend(self.text_box(&at.key("box"), text_box)),
                s::Block::KeyFigures(list) => {
                    content.extend(self.key_figures(&at.key("key-figures"), list))
                }
                s::Block::Definitions(list) => {
                    content.extend(self.definitions(&at.key("definitions"), list))
                }
                s::Block::Code(code) => content.extend(self.code_example(&at.key("code"), code)),
                s::Block::Figures(figures) => {
                    content.extend(self.figures(&at.key("figures"), figures))
                }
                s::Block::Signature(one) => {
                    content.extend(self.signature(&at.key("signature"), one))
                }
            }
        }
        content
    }

    fn quote(&mut self, at: &FieldPath<'a>, quote: &'a s::Quote) -> Block {
        let blocks = self.prose(&at.key("text"), &quote.text, ProseContext::Body);
        let attribution = self.optional(&at.key("attribution"), &quote.attribution);
        let language =
            quote
                .language
                .as_ref()
                .and_then(|tag| match language::parse(tag.value.trim()) {
                    Ok(language) => Some(language),
                    Err(message) => {
                        let at = at.key("language");
                        let wrong = at.diagnostic(Code::BAD_LANGUAGE, tag, message);
                        self.found.push(wrong.hint(language::GOOD_TAG));
                        None
                    }
                });
        let source = self.optional_running(&at.key("source"), &quote.source);
        if quote.pull {
            self.refuse_in_pull_quote(at, quote, &blocks);
        }
        Block::Quote {
            blocks,
            attribution,
            source,
            pull: quote.pull,
            language,
        }
    }

    /// What is set large is words alone.
    fn refuse_in_pull_quote(&mut self, at: &FieldPath, quote: &s::Quote, blocks: &[Block]) {
        let paragraph = |block: &Block| matches!(block, Block::Paragraph { .. });
        if !blocks.iter().all(paragraph) {
            let message = "a pull quote holds paragraphs alone";
            let wrong = at
                .key("text")
                .diagnostic(Code::PULL_QUOTE, &quote.text, message);
            self.found
                .push(wrong.hint("quote the one sentence that counts, or delete `pull`"));
        }
    }

    fn members(&mut self, at: &FieldPath, id: &s::Id) -> Option<Block> {
        let organisation = self.organisation_id(at, id)?;
        let members = self.registry.members_of(organisation, &self.words.collator);
        if members.is_empty() {
            self.found.push(
                at.diagnostic(
                    Code::NO_MEMBERS,
                    id,
                    format!("no organisation is a member of `{}`", id.value),
                )
                .hint("give its members `member_of` in organisations.yaml"),
            );
        }
        Some(Block::Members {
            of: self.registry.organisations[organisation].name.clone(),
            members,
        })
    }

    /// The anchor of a block: its id, else a fresh one.
    pub(super) fn block_anchor(&mut self, id: &Option<s::Id>, kind: &'static str) -> String {
        match id {
            Some(id) => id.value.clone(),
            None => self.links.anchors.fresh(kind),
        }
    }

    /// Notes what an empty link to an id says.
    pub(super) fn name_target(&mut self, id: &Option<s::Id>, label: &Option<String>) {
        if let Some(target) = id
            .as_ref()
            .and_then(|id| self.links.targets.get_mut(&id.value))
        {
            target.text = label.clone();
        }
    }

    fn table(&mut self, at: &FieldPath<'a>, table: &'a s::Table) -> Option<Block> {
        let caption = self.running(&at.key("caption"), &table.caption);
        let label = next_label(&self.words.strings.table, &mut self.numbers.table);
        let anchor = self.block_anchor(&table.id, "table");
        let label = Some(label);
        self.name_target(&table.id, &label);
        let width = self.table_width(at, table)?;
        let columns = self.columns(&at.key("columns"), table, width);
        let header = self.rows(&at.key("header"), &table.header, width, &table.caption);
        let rows = self.rows(&at.key("rows"), &table.rows, width, &table.caption);
        let note = self.optional_prose(&at.key("note"), &table.note, ProseContext::TableNote);
        Some(Block::Table(Table {
            anchor,
            label,
            caption: Some(caption),
            columns: columns?,
            header,
            rows,
            row_headers: table.row_headers,
            note,
            wide: table.wide,
            place: Some(at.file.location(table.caption.line, table.caption.column)),
        }))
    }

    /// The number of columns, where the table has a header and rows.
    fn table_width(&mut self, at: &FieldPath, table: &s::Table) -> Option<usize> {
        let width = table.header.first().map_or(0, Vec::len);
        let (code, field, message) = if width == 0 {
            (
                Code::NO_HEADER,
                "header",
                "a table has at least one header row with a cell for each column".to_owned(),
            )
        } else if table.rows.is_empty() {
            (
                Code::NO_ROWS,
                "rows",
                "a table has at least one row".to_owned(),
            )
        } else if width > MAX_COLUMNS {
            (
                Code::TOO_MANY_COLUMNS,
                "header",
                format!("a table has at most {MAX_COLUMNS} columns; this one has {width}"),
            )
        } else if let Some(rows) = outvoted(table, width) {
            let message = format!(
                "the header has {}, but each row has {rows}",
                many(width, "cell")
            );
            let at = at.key("header").index(0);
            let place = table.header.first().and_then(|row| row.first());
            let wrong = at.diagnostic(Code::COLUMN_COUNT, place.unwrap_or(&table.caption), message);
            self.found
                .push(wrong.hint("give the header one cell for each cell of the rows"));
            return None;
        } else {
            return Some(width);
        };
        let hint = match field {
            "rows" => "add a row, or delete the table",
            _ if width == 0 => "write the head of each column, as in `header: [[Year, Place]]`",
            _ => "turn rows and columns around, or part the table",
        };
        let wrong = at.key(field).diagnostic_of(code, &table.caption, message);
        self.found.push(wrong.hint(hint));
        None
    }

    fn columns(&mut self, at: &FieldPath, table: &s::Table, width: usize) -> Option<Vec<Column>> {
        if table.columns.is_empty() {
            return Some(vec![
                Column {
                    align: Align::Start,
                    width: 1.0
                };
                width
            ]);
        }
        if table.columns.len() != width {
            let message = format!(
                "the table has {} by its header, but {} in `columns`",
                many(width, "column"),
                table.columns.len()
            );
            self.found.push(
                at.diagnostic_of(Code::COLUMN_COUNT, &table.caption, message)
                    .hint("give `columns` one entry for each column, or leave it out"),
            );
            return None;
        }
        let column = |resolver: &mut Self, (index, column): (usize, &s::Column)| {
            let share = column.width.as_ref().map_or(1.0, |width| {
                if !(width.value.is_finite() && width.value > 0.0 && width.value <= 1000.0) {
                    let at = at.index(index).key("width");
                    let message = "a column's share of the width is above 0 and at most 1000";
                    let wrong = at.diagnostic(Code::COLUMN_WIDTH, width, message);
                    let hint = "2 makes it twice as wide as one of 1; leave it out for equal ones";
                    resolver.found.push(wrong.hint(hint));
                }
                width.value
            });
            let align = match column.align {
                s::Align::Left => Align::Start,
                // Numbers stand at the right whichever way the text runs: units under units.
                s::Align::Right if resolver.words.rtl => Align::Start,
                s::Align::Right => Align::End,
                s::Align::Centre => Align::Centre,
            };
            Column {
                align,
                width: share,
            }
        };
        Some(
            table
                .columns
                .iter()
                .enumerate()
                .map(|item| column(self, item))
                .collect(),
        )
    }

    fn rows(
        &mut self,
        at: &FieldPath<'a>,
        rows: &'a [Vec<s::Prose>],
        width: usize,
        caption: &s::Literal,
    ) -> Vec<Vec<Cell>> {
        let mut resolved = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            let at = at.index(index);
            if row.len() != width {
                let message = format!(
                    "row {} has {}, but the table has {}",
                    index + 1,
                    many(row.len(), "cell"),
                    many(width, "column")
                );
                let error = match row.first() {
                    Some(cell) => at.diagnostic(Code::ROW_LENGTH, cell, message),
                    None => at.diagnostic(Code::ROW_LENGTH, caption, message),
                };
                self.found
                    .push(error.hint("write \"\" for a cell that is empty"));
            }
            let cell = |(index, cell): (usize, &'a s::Prose)| Cell {
                blocks: self.prose(&at.index(index), cell, ProseContext::Cell),
            };
            resolved.push(row.iter().enumerate().map(cell).collect());
        }
        resolved
    }

    /// A table in prose: no caption and no number.
    pub(super) fn prose_table(
        &mut self,
        prose: &mut Prose<'_, 'a>,
        alignments: &[Alignment],
        rows: Vec<Node>,
        offset: usize,
    ) -> Option<Block> {
        if alignments.len() > MAX_COLUMNS {
            let message = format!(
                "a table has at most {MAX_COLUMNS} columns; this one has {}",
                alignments.len()
            );
            self.found.push(prose.diagnostic(
                Code::TOO_MANY_COLUMNS,
                offset,
                message,
                "turn rows and columns around, or part the table",
            ));
            return None;
        }
        let (mut header, mut body) = (Vec::new(), Vec::new());
        for row in rows {
            let head = matches!(row.kind, Kind::Row { head: true });
            let mut cells = Vec::new();
            for cell in row.children {
                let content = self.line(prose, cell.children);
                let blocks = if content.is_empty() {
                    Vec::new()
                } else {
                    vec![Block::Paragraph { content }]
                };
                cells.push(Cell { blocks });
            }
            if head {
                header.push(cells)
            } else {
                body.push(cells)
            }
        }
        if body.is_empty() {
            self.found.push(prose.diagnostic(
                Code::NO_ROWS,
                offset,
                "a table has at least one row",
                "add a row, or delete the table",
            ));
            return None;
        }
        let align = |alignment: &Alignment| match alignment {
            Alignment::Right if self.words.rtl => Align::Start,
            Alignment::Right => Align::End,
            Alignment::Center => Align::Centre,
            Alignment::Left | Alignment::None => Align::Start,
        };
        Some(Block::Table(Table {
            anchor: self.links.anchors.fresh("table"),
            label: None,
            caption: None,
            columns: alignments
                .iter()
                .map(|alignment| Column {
                    align: align(alignment),
                    width: 1.0,
                })
                .collect(),
            header,
            rows: body,
            row_headers: false,
            note: Vec::new(),
            wide: false,
            place: Some(prose.place(offset).location),
        }))
    }

    /// A picture.
    pub(super) fn figure(&mut self, at: &FieldPath<'a>, figure: &'a s::Figure) -> Option<Figure> {
        let alt = self.optional(&at.key("alt"), &figure.alt);
        match (&figure.alt, figure.decorative) {
            (None, false) => self.found.push(
                at.key("alt").diagnostic(Code::NO_DESCRIPTION, &figure.image, "the figure has no description for readers who cannot see it")
                    .hint("say in `alt` what it shows, or write `decorative: true` if it only decorates"),
            ),
            (Some(alt), true) => {
                let error = at.key("alt").diagnostic(Code::DESCRIBED_DECORATION, alt, "a figure that only decorates has no description");
                self.found.push(error.hint("delete `alt`, or delete `decorative`"));
            }
            _ => {}
        }
        let caption = self.optional_running(&at.key("caption"), &figure.caption);
        let credit = self.optional_running(&at.key("credit"), &figure.credit);
        let width = figure.width.as_ref().map_or(100.0, |width| {
            if !(width.value > 0.0 && width.value <= 100.0) {
                let message =
                    "the width is a share of the text's width in per cent: above 0 and at most 100";
                self.found.push(
                    at.key("width")
                        .diagnostic(Code::FIGURE_WIDTH, width, message)
                        .hint("write a number such as 60, or leave the field out"),
                );
            }
            width.value
        });
        let label = self.figure_label(caption.is_some());
        let anchor = self.block_anchor(&figure.id, "figure");
        self.name_target(&figure.id, &label);
        let image = self.image(&at.key("image"), &figure.image)?;
        let extent = match figure.width {
            Some(_) => Extent::Text,
            None => figure.extent,
        };
        Some(Figure {
            anchor,
            label,
            image,
            alt,
            caption,
            credit,
            width,
            extent,
        })
    }

    pub(super) fn figure_label(&mut self, captioned: bool) -> Option<String> {
        let words = &self.words.strings.figure;
        captioned.then(|| next_label(words, &mut self.numbers.figure))
    }

    /// A picture alone in its paragraph: its text describes it, its title is the caption.
    pub(super) fn prose_figure(&mut self, prose: &mut Prose<'_, 'a>, node: &Node) -> Option<Block> {
        let Kind::Image { target, title } = &node.kind else {
            return None;
        };
        if !prose.setting.is_wide() {
            let message = "a picture has no place in a line, a table's cell or a footnote";
            self.found.push(prose.diagnostic(
                Code::NOT_IN_CELL,
                node.offset,
                message,
                "only paragraphs and lists can be there",
            ));
            return None;
        }
        let (line, column) = prose.at.file.within(prose.value, node.offset);
        let placed = |value: String| Located {
            value,
            line,
            column,
        };
        let mut alt = String::new();
        plain(&node.children, &mut alt);
        if alt.trim().is_empty() {
            let message = "the picture has no description for readers who cannot see it";
            let hint = "write it between the brackets, as in ![A map of the port](map.png); a picture that only decorates is a `figure` block with `decorative: true`";
            self.found
                .push(prose.diagnostic(Code::NO_DESCRIPTION, node.offset, message, hint));
            return None;
        }
        let alt = self.unmarked(prose.at, &placed(alt));
        self.usage.acronyms.scan(&alt);
        let caption = (!title.is_empty()).then(|| placed(title.clone()));
        let caption = self.optional_running(prose.at, &caption);
        let label = self.figure_label(caption.is_some());
        let anchor = self.links.anchors.fresh("figure");
        let image = self.image(prose.at, &placed(target.clone()))?;
        Some(Block::Figure(Figure {
            anchor,
            label,
            image,
            alt: Some(alt),
            caption,
            credit: None,
            width: 100.0,
            extent: Extent::Text,
        }))
    }
}

/// The characters of a picture's description, markup left out.
fn plain(nodes: &[Node], text: &mut String) {
    for node in nodes {
        match &node.kind {
            Kind::Text(part) | Kind::Code(part) => text.push_str(part),
            Kind::SoftBreak | Kind::HardBreak => text.push(' '),
            _ => plain(&node.children, text),
        }
    }
}

/// The number of cells of every row, where it is not the header's and `columns` agrees with the rows.
fn outvoted(table: &s::Table, width: usize) -> Option<usize> {
    let cells = table.rows.first()?.len();
    let rows = table.rows.iter().all(|row| row.len() == cells);
    let columns = table.columns.is_empty() || table.columns.len() == cells;
    // One row against one header row tells nothing.
    let told = table.rows.len() > 1 || !table.columns.is_empty();
    (rows && columns && told && cells != width && cells > 0).then_some(cells)
}
