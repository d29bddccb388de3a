//! The derived lists at the end, as tables with header rows: speakers, acronyms, organisations.

use docx_rs::TableCell;

use super::chapter;
use super::composer::Composer;
use super::line::Line;
use super::table::{self, Grid, line_cell};
use crate::document::{AcronymEntry, BackList, IndexEntry, SpeakerEntry};

/// Puts the list of speakers.
pub(super) fn speakers(composer: &mut Composer<'_>, list: &BackList<SpeakerEntry>) {
    let strings = &composer.document.strings;
    let header = [
        &strings.label_name,
        &strings.label_post,
        &strings.label_pages,
    ];
    let mut rows = vec![header_row(composer, &header)];
    for entry in &list.entries {
        rows.push(vec![
            line_cell(composer, "TableRowHead", Line::of(&entry.name)),
            line_cell(composer, "TableText", Line::of(&entry.post)),
            pages_cell(composer, &entry.anchors),
        ]);
    }
    let shares = match composer.tokens().structure.columns {
        1 => vec![3.2, 5.0, 1.8],
        _ => vec![3.0, 5.6, 1.4],
    };
    put(composer, list, rows, shares);
}

/// Puts the list of acronyms.
pub(super) fn acronyms(composer: &mut Composer<'_>, list: &BackList<AcronymEntry>) {
    let strings = &composer.document.strings;
    let mut rows = vec![header_row(
        composer,
        &[&strings.label_acronym, &strings.label_expansion],
    )];
    for entry in &list.entries {
        rows.push(vec![
            line_cell(composer, "TableRowHead", Line::of(&entry.acronym)),
            line_cell(composer, "TableText", Line::of(&entry.expansion)),
        ]);
    }
    let shares = table::acronym_shares(composer.tokens());
    put(composer, list, rows, shares);
}

/// Puts the index of organisations.
pub(super) fn index(composer: &mut Composer<'_>, list: &BackList<IndexEntry>) {
    let strings = &composer.document.strings;
    let mut rows = vec![header_row(
        composer,
        &[&strings.label_organisation, &strings.label_pages],
    )];
    for entry in &list.entries {
        rows.push(vec![
            line_cell(composer, "TableText", Line::of(&entry.name)),
            pages_cell(composer, &entry.anchors),
        ]);
    }
    put(composer, list, rows, vec![7.0, 3.0]);
}

fn put<T>(
    composer: &mut Composer<'_>,
    list: &BackList<T>,
    rows: Vec<Vec<TableCell>>,
    shares: Vec<f64>,
) {
    chapter::heading(composer, &list.heading);
    let grid = Grid {
        style: "ReportTable",
        shares,
        header_rows: 1,
        row_headers: true,
        heard_only: false,
        title: Some(list.heading.title.clone()),
        width: composer.measure(),
    };
    table::grid(composer, grid, rows);
}

fn header_row(composer: &mut Composer<'_>, labels: &[&String]) -> Vec<TableCell> {
    labels
        .iter()
        .map(|label| line_cell(composer, "TableHead", Line::of(label)))
        .collect()
}

/// The pages of anchors, each page once, linked to the first anchor on it.
fn pages_cell(composer: &mut Composer<'_>, anchors: &[String]) -> TableCell {
    let mut line = Line::new();
    let mut seen = Vec::new();
    for anchor in anchors {
        let Some(label) = composer.pages.labels.get(anchor) else {
            continue;
        };
        if seen.contains(&label) {
            continue;
        }
        if !seen.is_empty() {
            line.text(&composer.document.strings.comma);
        }
        seen.push(label);
        line.open_link(composer.target(anchor));
        line.append(composer.page_of(anchor));
        line.close_link();
    }
    line_cell(composer, "TableText", line)
}
