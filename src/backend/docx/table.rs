//! Tables: of the prose, of facts, of members.

use super::block::{self, BlockContext, CellHead};
use super::builder::{self, RowCell, TableCell};
use super::composer::{Composer, InRow, ParagraphSpec};
use super::extras;
use super::figure::caption_line;
use super::line::ParagraphContent;
use super::{columns, inline, section, style};
use crate::backend::typeset::too_wide;
use crate::base::diagnostic::Diagnostics;
use crate::document::{Align, Block, Cell, Column, Fact, Inline, Member, RowKind, Table};
use crate::layout::{Labels, Tokens};

/// Part of the outer margin that a wide table takes.
pub(super) const WIDE: f64 = 0.6;

/// How a table of our own is set.
pub(super) struct Grid {
    /// Table style.
    pub(super) style: &'static str,
    /// Shares of the columns.
    pub(super) shares: Vec<f64>,
    /// Number of header rows.
    pub(super) header_rows: usize,
    /// Whether the first cell of a row is its header.
    pub(super) row_headers: bool,
    /// Whether its rows may be divided between pages.
    pub(super) splits: bool,
    /// Title for readers who hear the table.
    pub(super) title: String,
    /// What its columns are, for the same.
    pub(super) columns: String,
    /// Width in points.
    pub(super) width: f64,
}

/// Puts a table of these rows of cells, none of which is merged.
pub(super) fn grid(composer: &mut Composer<'_>, grid: Grid, rows: Vec<Vec<TableCell>>) {
    let own = |cell| RowCell::Own(cell, 1, false);
    let rows = rows.into_iter();
    let rows = rows.map(|row| row.into_iter().map(own).collect()).collect();
    merged_grid(composer, grid, rows);
}

/// Puts a table of these rows of cells.
fn merged_grid(composer: &mut Composer<'_>, grid: Grid, rows: Vec<Vec<RowCell>>) {
    let widths = widths(&grid.shares, grid.width);
    let extra = extras::Table {
        style: grid.style,
        header_rows: grid.header_rows,
        row_headers: grid.row_headers,
        rtl: composer.document.language.rtl,
        title: grid.title,
        columns: grid.columns,
    };
    let key = composer.extras.table(extra);
    composer.put_table(builder::table(rows, widths, key, !grid.splits));
}

/// Widths in twips that add up to `width` points, by shares.
fn widths(shares: &[f64], width: f64) -> Vec<usize> {
    let shares: Vec<f64> = shares
        .iter()
        .map(|share| {
            if share.is_finite() {
                share.max(0.0)
            } else {
                0.0
            }
        })
        .collect();
    let sum: f64 = shares.iter().sum();
    let even = 1.0 / shares.len().max(1) as f64;
    let part = |share: &f64| if sum > 0.0 { share / sum } else { even };
    let mut end = 0.0;
    let mut before = 0;
    shares
        .iter()
        .map(|share| {
            end += part(share) * width * 20.0;
            let edge = (end.round() as usize).max(before + 1);
            let width = edge - before;
            before = edge;
            width
        })
        .collect()
}

/// Puts a table of the prose: caption above, note below.
pub(super) fn put(
    composer: &mut Composer<'_>,
    table: &Table,
    place: BlockContext,
) -> Result<(), Diagnostics> {
    let outside = composer.tokens().page.outside.to_pt();
    let wide = if table.wide && place.depth() == 0 {
        outside * WIDE
    } else {
        0.0
    };
    let upright = composer.measure() + wide;
    let across = composer
        .may_turn()
        .then(|| section::width_across(&composer.tokens().page));
    let wanted = across
        .filter(|_| table.landscape)
        .and_then(|across| columns::fit_across(table, across, composer.tokens()));
    let fit = wanted.or_else(|| columns::fit(table, upright, across, composer.tokens()));
    let Some(fit) = fit else {
        return Err(too_wide(table, &composer.layout.name).into());
    };
    let width = if fit.across {
        across.unwrap_or(upright)
    } else {
        upright
    };
    let turned = fit.across;
    if turned {
        composer.break_section(false);
    }
    let result = set(composer, table, fit, width);
    if turned {
        composer.break_section(true);
    }
    result
}

/// Puts a table that is set in that way.
fn set(
    composer: &mut Composer<'_>,
    table: &Table,
    fit: columns::Fit,
    width: f64,
) -> Result<(), Diagnostics> {
    composer.mark(&table.anchor);
    if let Some(caption) = &table.caption {
        let line = caption_line(composer, table.label.as_deref(), &table.anchor, caption);
        composer.put(ParagraphSpec::new("Caption", line).keep_next());
    }
    composer.set_cell_size(fit.smaller);
    let ends = figure_ends(composer, table, &fit, width);
    let rows = rows(composer, table, &ends);
    composer.set_cell_size(None);
    composer.in_row = InRow::default();
    let rows = rows?;
    let heads = table.header.last().into_iter().flatten();
    let heads: Vec<String> = heads.map(Cell::words).collect();
    let columns = listed(composer, &heads);
    let shape = Grid {
        style: match fit.smaller {
            Some(_) => style::TIGHT_TABLE,
            None => "ReportTable",
        },
        shares: fit.shares,
        header_rows: table.header.len(),
        row_headers: table.row_headers,
        splits: false,
        title: table.caption.as_ref().map_or_else(
            || columns.clone(),
            |caption| crate::document::plain_text(caption),
        ),
        columns,
        width,
    };
    merged_grid(composer, shape, rows);
    notes(composer, table)
}

/// The heads of columns in one line.
pub(super) fn listed<T: AsRef<str>>(composer: &Composer<'_>, heads: &[T]) -> String {
    let heads = heads.iter().map(AsRef::as_ref);
    let heads: Vec<&str> = heads.filter(|head| !head.is_empty()).collect();
    heads.join(&composer.document.strings.comma)
}

/// Where the decimal signs of each column stand in its cells, in twips; nothing in columns that are not set by them, nor in
/// text from right to left, where Word counts tabs from the other side.
fn figure_ends(
    composer: &Composer<'_>,
    table: &Table,
    fit: &columns::Fit,
    width: f64,
) -> Vec<Option<usize>> {
    let tokens = composer.tokens();
    let margin = match fit.smaller {
        Some(_) => style::tight_margin(tokens),
        None => style::cell_margin(tokens),
    };
    let size = fit.smaller.map_or(tokens.sizes.table.to_pt(), f64::from);
    let end = |(column, width): (&Column, usize)| {
        let pad = column
            .decimal
            .as_ref()
            .filter(|_| !composer.document.language.rtl)?;
        let tail = columns::width_of(&pad.text) + columns::width_of(&pad.raised) * 0.7;
        let end = width as f64 - (2.0 * margin + tail * size) * 20.0;
        Some(end.round().max(0.0) as usize)
    };
    let widths = widths(&fit.shares, width);
    table.columns.iter().zip(widths).map(end).collect()
}

/// The most rows of a table that is kept whole.
const SHORT: usize = 12;

fn rows(
    composer: &mut Composer<'_>,
    table: &Table,
    ends: &[Option<usize>],
) -> Result<Vec<Vec<RowCell>>, Diagnostics> {
    let heads = table.header.iter().map(|cells| (cells, None));
    let body = table.rows.iter().zip(&table.row_kinds);
    let all = heads.chain(body.map(|(cells, kind)| (cells, Some(*kind))));
    let count = table.header.len() + table.rows.len();
    let mut above = vec![(0, 0); table.columns.len()];
    let mut rows = Vec::new();
    for (index, (cells, kind)) in all.enumerate() {
        // Not the head of a long table: LibreOffice would part the table from its caption.
        let keeps = kind == Some(RowKind::Group) || count <= SHORT || next_is_total(table, index);
        composer.in_row.keep_next = keeps && index + 1 < count;
        rows.push(row(composer, table, cells, kind, ends, &mut above)?);
    }
    Ok(rows)
}

/// Whether the row after a row, the header's counted in, is the total of those above it.
fn next_is_total(table: &Table, index: usize) -> bool {
    let next = (index + 1).checked_sub(table.header.len());
    let kind = next.and_then(|next| table.row_kinds.get(next));
    kind == Some(&RowKind::Total)
}

/// A row; `kind` is none for those of the head. `above` says of each column over how many more rows a cell goes that begins
/// there, and over how many columns.
fn row(
    composer: &mut Composer<'_>,
    table: &Table,
    cells: &[Cell],
    kind: Option<RowKind>,
    ends: &[Option<usize>],
    above: &mut [(usize, usize)],
) -> Result<Vec<RowCell>, Diagnostics> {
    let mut row = Vec::new();
    let mut at = 0;
    while let (Some(cell), Some(column)) = (cells.get(at), table.columns.get(at)) {
        if let (rest @ 1.., columns) = above[at] {
            above[at].0 = rest - 1;
            let empty = composer.cell("TableText", |_| {});
            row.push(RowCell::Rest(empty, columns));
            at += columns;
            continue;
        }
        let head = match kind {
            None | Some(RowKind::Group) => CellHead::Column,
            Some(RowKind::Total) => CellHead::Row,
            Some(RowKind::Body) if table.row_headers && at == 0 => CellHead::Row,
            Some(RowKind::Body) => CellHead::None,
        };
        let figure = ends.get(at).copied().flatten();
        let figure = figure.filter(|_| kind.is_some() && cell.columns == 1);
        let align = match (figure, kind) {
            // The tab sets the figure.
            (Some(_), _) | (_, Some(RowKind::Group)) => Align::Start,
            (None, None) if cell.columns > 1 => Align::Centre,
            _ => column.align,
        };
        let place = BlockContext::cell(align, head);
        composer.in_row.decimal = figure;
        let mut result = Ok(());
        let mut set = composer.cell(place.style(true), |composer| {
            result = block::put_all(composer, &cell.blocks, place);
        });
        composer.in_row.decimal = None;
        result?;
        if kind == Some(RowKind::Total) {
            set = builder::ruled(set, 0.5, composer.tokens().colours.structure);
        } else if table.by_rows && kind.is_some() {
            set = builder::ruled(set, 0.5, composer.tokens().colours.rule);
        }
        if kind.is_none() && cell.rows > 1 {
            set = builder::at_foot(set);
        }
        let columns = cell.columns.max(1);
        above[at] = (cell.rows.saturating_sub(1), columns);
        row.push(RowCell::Own(set, columns, cell.rows > 1));
        at += columns;
    }
    Ok(row)
}

/// The notes to cells, then the one on the whole.
fn notes(composer: &mut Composer<'_>, table: &Table) -> Result<(), Diagnostics> {
    block::put_all(composer, &table.cell_notes, BlockContext::TABLE_NOTE)?;
    if table.cell_notes.is_empty() || !table.note.is_empty() {
        note(composer, &table.note)?;
    }
    Ok(())
}

/// The note below a table: `Note: …`.
fn note(composer: &mut Composer<'_>, note: &[Block]) -> Result<(), Diagnostics> {
    let strings = &composer.document.strings;
    match note {
        [] => {}
        [Block::Paragraph { content }, rest @ ..] => {
            let mut line = ParagraphContent::new();
            line.set(
                &format!("{}{}", strings.label_note, strings.colon),
                "CaptionLabel",
            );
            line.append(super::inline::line(composer, content));
            composer.line("TableNote", line);
            block::put_all(composer, rest, BlockContext::TABLE_NOTE)?;
        }
        other => block::put_all(composer, other, BlockContext::TABLE_NOTE)?,
    }
    Ok(())
}

/// A cell with one line.
pub(super) fn line_cell(
    composer: &mut Composer<'_>,
    style: &str,
    line: ParagraphContent,
) -> TableCell {
    composer.cell(style, |composer| composer.line(style, line))
}

/// The header row of a table of facts, and what its columns are: without one, those who hear it do not know them.
pub(super) fn fact_head(composer: &mut Composer<'_>) -> (Vec<TableCell>, String) {
    let strings = &composer.document.strings;
    let labels = [&strings.label_fact, &strings.label_detail];
    let row = labels.map(|label| line_cell(composer, "FactHead", ParagraphContent::of(label)));
    (row.into(), listed(composer, &labels))
}

/// Puts the fact panel of a meeting: labels are headers of their rows.
pub(super) fn facts(composer: &mut Composer<'_>, facts: &[Fact], title: &str) {
    if facts.is_empty() {
        return;
    }
    let (head, columns) = fact_head(composer);
    let mut rows = vec![head];
    for fact in facts {
        let label = line_cell(composer, "FactLabel", ParagraphContent::of(&fact.label));
        let values = composer.cell("FactValue", |composer| {
            for value in &fact.values {
                composer.line("FactValue", ParagraphContent::of(value));
            }
        });
        rows.push(vec![label, values]);
    }
    let shape = Grid {
        style: "FactPanel",
        // Labels in large type need more of the width to stay whole words.
        shares: match composer.tokens().structure.labels {
            Labels::Beside => vec![1.3, 3.4],
            Labels::Above => vec![1.0, 1.6],
        },
        header_rows: 1,
        row_headers: true,
        splits: false,
        title: title.to_owned(),
        columns,
        width: composer.measure(),
    };
    grid(composer, shape, rows);
}

/// Shares of the width of acronyms and of what they stand for; acronyms in large type need more of it.
pub(super) fn acronym_shares(tokens: &Tokens) -> Vec<f64> {
    match tokens.structure.columns {
        1 => vec![1.0, 2.4],
        _ => vec![1.0, 4.0],
    }
}

/// A member's name, which leads to its address where there is one.
fn member_name(composer: &mut Composer<'_>, member: &Member) -> ParagraphContent {
    let Some(url) = &member.url else {
        return ParagraphContent::of(&member.name);
    };
    let content = vec![Inline::Text {
        text: member.name.clone(),
    }];
    let url = url.clone();
    inline::line(composer, &vec![Inline::Link { url, content }].into())
}

/// Puts the members of an organisation: acronym and name, or names alone where none has an acronym.
pub(super) fn members(composer: &mut Composer<'_>, of: &str, members: &[Member]) {
    let strings = &composer.document.strings;
    let acronyms = members.iter().any(|member| member.acronym.is_some());
    let mut header = Vec::new();
    if acronyms {
        header.push(line_cell(
            composer,
            "TableHead",
            ParagraphContent::of(&strings.label_acronym),
        ));
    }
    header.push(line_cell(
        composer,
        "TableHead",
        ParagraphContent::of(&strings.label_name),
    ));
    let mut rows = vec![header];
    for member in members {
        let mut row = Vec::new();
        if acronyms {
            let acronym = member.acronym.as_deref().unwrap_or_default();
            row.push(line_cell(
                composer,
                "TableRowHead",
                ParagraphContent::of(acronym),
            ));
        }
        let name = member_name(composer, member);
        row.push(line_cell(composer, "TableText", name));
        rows.push(row);
    }
    let shape = Grid {
        style: "ReportTable",
        shares: if acronyms {
            acronym_shares(composer.tokens())
        } else {
            vec![1.0]
        },
        header_rows: 1,
        row_headers: acronyms,
        splits: false,
        title: format!("{}{}{of}", strings.label_members, strings.colon),
        columns: match acronyms {
            true => listed(composer, &[&strings.label_acronym, &strings.label_name]),
            false => strings.label_name.clone(),
        },
        width: composer.measure(),
    };
    grid(composer, shape, rows);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_add_up_and_none_is_nothing() {
        assert_eq!(widths(&[1.0, 1.0, 1.0], 100.0), [667, 666, 667]);
        assert_eq!(widths(&[0.0, 0.0], 10.0), [100, 100]);
        assert_eq!(widths(&[1.0, 0.0, f64::NAN], 10.0), [200, 1, 1]);
    }
}
