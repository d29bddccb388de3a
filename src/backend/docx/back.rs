//! The derived lists at the end, as tables with header rows: speakers, acronyms, organisations.

use super::builder::TableCell;
use super::chapter;
use super::composer::Composer;
use super::line::ParagraphContent;
use super::table::{self, Grid, line_cell};
use super::{inline, label, listing};
use crate::document::{AcronymEntry, BackList, IndexEntry, ListedBlock, SpeakerEntry, Work};

/// Puts a list of tables, figures or boxes: a field that lists what has a caption of that kind, filled in with the pages
/// of the typeset pages.
pub(super) fn blocks(composer: &mut Composer<'_>, list: &BackList<ListedBlock>) {
    chapter::heading(composer, &list.heading);
    let kind = list
        .entries
        .first()
        .and_then(|entry| label::sequence(&entry.label));
    let captions = label::captions(composer.document);
    let last = list.entries.len().saturating_sub(1);
    for (index, entry) in list.entries.iter().enumerate() {
        let mut line = ParagraphContent::new();
        if let Some(kind) = kind.as_ref().filter(|_| index == 0) {
            line.open_field(&format!("TOC \\h \\z \\c \"{kind}\""));
        }
        line.open_link(composer.target(&entry.anchor));
        let colon = &composer.document.strings.colon;
        let label = label::bound_number(&entry.label);
        line.text(&format!("{label}{colon}"));
        match captions.get(entry.anchor.as_str()) {
            Some(caption) => line.append(listing::words(composer, caption)),
            None => line.text(&entry.title),
        }
        let page = composer.page_of(&entry.anchor);
        if !page.is_empty() {
            line.tab();
            line.append(page);
        }
        line.close_link();
        if kind.is_some() && index == last {
            line.close_field();
        }
        composer.line("TableofFigures", line);
    }
}

/// Puts the list of works: paragraphs that hang, each with the pages on which it is cited.
pub(super) fn works(composer: &mut Composer<'_>, list: &BackList<Work>) {
    chapter::heading(composer, &list.heading);
    for work in &list.entries {
        composer.mark(&work.anchor);
        let mut line = ParagraphContent::new();
        if let Some(label) = &work.label {
            line.text(&format!("{label} "));
        }
        line.append(inline::line(composer, &work.content));
        let strings = &composer.document.strings;
        let cited = format!("\u{2003}{}{}", strings.cited_on, strings.colon);
        line.set(&cited, "SpeakerPost");
        line.append(pages(composer, &work.anchors));
        composer.line("Bibliography", line);
    }
}

/// Puts the list of speakers.
pub(super) fn speakers(composer: &mut Composer<'_>, list: &BackList<SpeakerEntry>) {
    let strings = &composer.document.strings;
    let header = [
        &strings.label_name,
        &strings.label_post,
        &strings.label_pages,
    ];
    let mut rows = Vec::new();
    for entry in &list.entries {
        rows.push(vec![
            line_cell(composer, "TableRowHead", ParagraphContent::of(&entry.name)),
            line_cell(composer, "TableText", ParagraphContent::of(&entry.post)),
            pages_cell(composer, &entry.anchors),
        ]);
    }
    let shares = match composer.tokens().structure.columns {
        1 => vec![3.2, 4.8, 2.0],
        _ => vec![3.0, 5.2, 1.8],
    };
    put(composer, list, &header, rows, shares);
}

/// Puts the list of acronyms.
pub(super) fn acronyms(composer: &mut Composer<'_>, list: &BackList<AcronymEntry>) {
    let strings = &composer.document.strings;
    let header = [&strings.label_acronym, &strings.label_expansion];
    let mut rows = Vec::new();
    for entry in &list.entries {
        rows.push(vec![
            line_cell(
                composer,
                "TableRowHead",
                ParagraphContent::of(&entry.acronym),
            ),
            line_cell(
                composer,
                "TableText",
                ParagraphContent::of(&entry.expansion),
            ),
        ]);
    }
    let shares = table::acronym_shares(composer.tokens());
    put(composer, list, &header, rows, shares);
}

/// Puts the index of organisations.
pub(super) fn index(composer: &mut Composer<'_>, list: &BackList<IndexEntry>) {
    let strings = &composer.document.strings;
    let header = [&strings.label_organisation, &strings.label_pages];
    let mut rows = Vec::new();
    for entry in &list.entries {
        rows.push(vec![
            line_cell(composer, "TableText", ParagraphContent::of(&entry.name)),
            pages_cell(composer, &entry.anchors),
        ]);
    }
    put(composer, list, &header, rows, vec![7.0, 3.0]);
}

fn put<T>(
    composer: &mut Composer<'_>,
    list: &BackList<T>,
    header: &[&String],
    mut rows: Vec<Vec<TableCell>>,
    shares: Vec<f64>,
) {
    chapter::heading(composer, &list.heading);
    let labels = header.iter();
    let head = labels
        .map(|label| line_cell(composer, "TableHead", ParagraphContent::of(label)))
        .collect();
    rows.insert(0, head);
    let grid = Grid {
        style: "ReportTable",
        shares,
        header_rows: 1,
        row_headers: true,
        splits: false,
        title: list.heading.title.clone(),
        columns: table::listed(composer, header),
        width: composer.measure(),
    };
    table::grid(composer, grid, rows);
}

/// The pages of anchors, each page once, linked to the first anchor on it; three and more that follow each other are
/// drawn together.
fn pages_cell(composer: &mut Composer<'_>, anchors: &[String]) -> TableCell {
    let line = pages(composer, anchors);
    line_cell(composer, "TableText", line)
}

fn pages(composer: &mut Composer<'_>, anchors: &[String]) -> ParagraphContent {
    let mut seen = Vec::new();
    let mut places = Vec::new();
    for anchor in anchors {
        let label = composer.pages.labels.get(anchor);
        if let Some(label) = label.filter(|label| !seen.contains(label)) {
            seen.push(label);
            places.push(anchor);
        }
    }
    let mut line = ParagraphContent::new();
    let mut rest = places.as_slice();
    while let Some((first, after)) = rest.split_first() {
        let length = run(&seen[seen.len() - rest.len()..]);
        if rest.len() < places.len() {
            line.text(&composer.document.strings.comma);
        }
        page_link(composer, &mut line, first);
        rest = if length < 3 {
            after
        } else {
            line.text("–");
            page_link(composer, &mut line, rest[length - 1]);
            &rest[length..]
        };
    }
    line
}

fn page_link(composer: &mut Composer<'_>, line: &mut ParagraphContent, anchor: &str) {
    line.open_link(composer.target(anchor));
    line.append(composer.page_of(anchor));
    line.close_link();
}

/// How many labels of pages, from the first on, follow each other.
fn run<L: AsRef<str>>(labels: &[L]) -> usize {
    let number = |label: &L| number(label.as_ref());
    let follows = |pair: &&[L]| match (number(&pair[0]), number(&pair[1])) {
        (Some((a, one)), Some((b, other))) => a == b && one + 1 == other,
        _ => false,
    };
    1 + labels.windows(2).take_while(follows).count()
}

/// The number of a page's label, and whether it is a roman one.
fn number(label: &str) -> Option<(bool, u32)> {
    if let Ok(number) = label.parse() {
        return Some((false, number));
    }
    let value = |c: char| Some([1, 5, 10, 50, 100, 500, 1000]["ivxlcdm".find(c)?]);
    let values: Vec<u32> = label.chars().map(value).collect::<Option<_>>()?;
    // A smaller sign before a greater one is taken from it.
    let taken: u32 = values
        .windows(2)
        .filter(|pair| pair[0] < pair[1])
        .map(|pair| pair[0])
        .sum();
    let plain: u32 = values.iter().sum();
    Some((true, plain - 2 * taken))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_follow_each_other_make_a_run() {
        for (labels, length) in [
            (vec!["1", "2", "3", "5"], 3),
            (vec!["iii", "iv", "v", "1"], 3),
            (vec!["viii", "ix", "x"], 3),
            (vec!["ii", "3"], 1),
            (vec!["9", "10", "11", "12"], 4),
            (vec!["7"], 1),
            (vec!["1", "3"], 1),
        ] {
            assert_eq!(run(&labels), length, "{labels:?}");
        }
    }
}
