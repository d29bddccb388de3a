//! Holds what an artifact shows as headings, tables, notes and alternative texts against the document, each as a list.

use std::collections::BTreeSet;

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::artifact::{ExtractedText, TableCell};
use super::difference::{Difference, DifferenceKind};
use super::expected::{Expected, ExpectedText, Grid, TextRole, Title};
use super::find::find;
use super::plain::{excerpt, plain};

/// So many more entries than the document has are compared: a file may have as many as it likes.
const TOO_MANY: usize = 1000;

/// In what the lists differ.
pub(super) fn compare(expected: &Expected, artifact: &ExtractedText) -> Vec<Difference> {
    let mut found = headings(expected, &artifact.headings);
    found.extend(tables(expected, &artifact.tables));
    found.extend(numbers(
        TextRole::ListLabel,
        &expected.labels,
        &artifact.labels,
    ));
    found.extend(marks(expected, artifact));
    found.extend(sequence(TextRole::Alt, &expected.alts, &artifact.alts));
    found.extend(drawings(expected, artifact));
    found.extend(notes(expected, artifact));
    found
}

/// Charts that draw other words or numbers than the document has. Where a file shows them as pixels they cannot be read.
fn drawings(expected: &Expected, artifact: &ExtractedText) -> Vec<Difference> {
    let Some(drawn) = &artifact.drawn else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut pictures = artifact.alts.iter().zip(drawn);
    for (alt, wanted) in &expected.drawings {
        // A picture that is missing is said by its description.
        let Some((_, drawn)) = pictures.by_ref().find(|(other, _)| *other == alt) else {
            break;
        };
        if drawn != wanted {
            found.push(Difference {
                what: TextRole::Drawn,
                how: DifferenceKind::Changed(drawn.clone()),
                text: wanted.clone(),
                near: format!("in the chart “{}”", excerpt(alt)),
                place: None,
            });
        }
    }
    found
}

/// In what the marks of footnotes differ.
pub(super) fn marks(expected: &Expected, artifact: &ExtractedText) -> Vec<Difference> {
    numbers(TextRole::Mark, &expected.marks, &artifact.marks)
}

/// The marks that are too many on pages: raised numbers of which the document has fewer.
pub(super) fn raised(expected: &Expected, artifact: &ExtractedText) -> Option<Difference> {
    (artifact.raised.len() > expected.exponents).then(|| Difference {
        what: TextRole::Mark,
        how: DifferenceKind::Extra,
        text: artifact.raised.join(", "),
        near: "among these raised numbers".to_string(),
        place: None,
    })
}

/// In what labels of lists or marks of notes differ.
fn numbers(what: TextRole, expected: &[String], found: &[String]) -> Vec<Difference> {
    let wanted = expected.iter().map(|text| ExpectedText {
        what,
        text: text.clone(),
        roles: &[],
        place: None,
    });
    sequence(what, &wanted.collect::<Vec<_>>(), found)
}

/// In what the footnotes differ.
pub(super) fn notes(expected: &Expected, artifact: &ExtractedText) -> Vec<Difference> {
    let wanted = expected.notes.iter().map(|text| ExpectedText {
        what: TextRole::Note,
        text: text.clone(),
        roles: &[],
        place: None,
    });
    sequence(TextRole::Note, &wanted.collect::<Vec<_>>(), &artifact.notes)
}

/// In what two lists of one kind differ: what is missing, out of order, changed or too much.
fn sequence(what: TextRole, wanted: &[ExpectedText], found: &[String]) -> Vec<Difference> {
    let texts: Vec<&str> = wanted.iter().map(|piece| piece.text.as_str()).collect();
    let others = found.iter().take(wanted.len() + TOO_MANY);
    let others: Vec<&str> = others.map(String::as_str).collect();
    let ops = capture_diff_slices(Algorithm::Myers, &texts, &others);
    let mut gone: Vec<usize> = Vec::new();
    let mut new: Vec<usize> = Vec::new();
    for op in ops.iter().filter(|op| op.tag() != DiffTag::Equal) {
        gone.extend(op.old_range());
        new.extend(op.new_range());
    }
    let near = |at: usize| after(&texts, at);
    let mut differences = Vec::new();
    // What one place lacks and another has too much is out of order.
    gone.retain(
        |old| match new.iter().position(|at| others[*at] == texts[*old]) {
            Some(at) => {
                new.remove(at);
                differences.push(Difference::of(
                    &wanted[*old],
                    DifferenceKind::Moved,
                    near(*old),
                ));
                false
            }
            None => true,
        },
    );
    for op in &ops {
        let mut here = new.iter().filter(|at| op.new_range().contains(at));
        for old in gone.iter().filter(|at| op.old_range().contains(at)) {
            let how = here.next().map_or(DifferenceKind::Missing, |at| {
                DifferenceKind::Changed(found[*at].clone())
            });
            differences.push(Difference::of(&wanted[*old], how, near(*old)));
        }
        differences.extend(here.map(|at| Difference {
            what,
            how: DifferenceKind::Extra,
            text: found[*at].clone(),
            near: near(op.old_range().end),
            place: None,
        }));
    }
    differences
}

/// Where an entry of a list belongs, in words.
fn after(texts: &[&str], at: usize) -> String {
    match at.checked_sub(1).and_then(|before| texts.get(before)) {
        Some(before) => format!("after “{}”", excerpt(before)),
        None => "at the start".to_string(),
    }
}

fn headings(expected: &Expected, found: &[(u8, String)]) -> Vec<Difference> {
    let wanted = &expected.headings;
    let shown = |level: u8, title: &str| format!("{title} (level {level})");
    // A heading may be set with its label.
    let bare = |text: &String| {
        let whole = |title: &Title| {
            let label = title.label.as_deref().unwrap_or_default();
            let rest = before_title(text, &title.title)?;
            let rest = rest.trim_end_matches([' ', ':', '：', '\u{a0}', '.', '–', '—']);
            (rest == label || rest.is_empty()).then(|| title.title.clone())
        };
        wanted.iter().find_map(whole)
    };
    let found: Vec<(u8, String, bool)> = found
        .iter()
        .map(|(level, text)| {
            let known = bare(text);
            (
                *level,
                known.clone().unwrap_or_else(|| text.clone()),
                known.is_some(),
            )
        })
        .collect();
    // What stands before the first chapter (a cover's title, the contents' heading) is not the document's.
    let mut start = found.iter().position(|(.., known)| *known).unwrap_or(0);
    // A chapter may have the name of the contents list.
    let same = |(level, text): (u8, &str)| {
        wanted
            .iter()
            .filter(|one| (one.level, one.title.as_str()) == (level, text))
            .count()
    };
    if let Some((level, text, true)) = found.get(start)
        && expected.contents_heading == *text
        && found
            .iter()
            .filter(|one| (one.0, &one.1) == (*level, text))
            .count()
            > same((*level, text))
    {
        start += 1;
    }
    let found: Vec<String> = found[start..]
        .iter()
        .map(|(level, text, _)| shown(*level, text))
        .collect();
    let wanted: Vec<ExpectedText> = wanted
        .iter()
        .map(|title| ExpectedText {
            what: TextRole::Heading,
            text: shown(title.level, &title.title),
            roles: &[],
            place: None,
        })
        .collect();
    sequence(TextRole::Heading, &wanted, &found)
}

/// What stands before a title that ends a text. A long word or an address in it may be broken over lines.
fn before_title<'t>(text: &'t str, title: &str) -> Option<&'t str> {
    text.strip_suffix(title).or_else(|| {
        let (start, end) = find(text, title, 0)?;
        (end == text.len()).then(|| &text[..start])
    })
}

/// Every table of the document must be there in its order; there may be others, such as those of lists.
fn tables(expected: &Expected, found: &[Vec<Vec<TableCell>>]) -> Vec<Difference> {
    let mut differences = Vec::new();
    let mut at = 0;
    for table in &expected.tables {
        let same = |other: &Vec<Vec<TableCell>>| {
            let other = without_head(expected, other, table);
            let rows = other.iter().zip(&table.rows);
            other.len() == table.rows.len() && rows.into_iter().all(|(a, b)| same_row(a, b))
        };
        if let Some(next) = found[at..].iter().position(same) {
            at += next + 1;
            continue;
        }
        if found[..at].iter().any(same) {
            differences.push(about(
                table,
                DifferenceKind::Moved,
                "before the tables that follow it",
            ));
            continue;
        }
        // The table that shares most rows is what became of it.
        let texts = |row: &[TableCell]| -> Vec<String> {
            row.iter().map(|cell| cell.text.clone()).collect()
        };
        let wanted: BTreeSet<Vec<String>> = table.rows.iter().map(|row| texts(row)).collect();
        let alike = |other: &Vec<Vec<TableCell>>| {
            let there = other.iter().filter(|row| wanted.contains(&texts(row)));
            there.count()
        };
        let best = (at..found.len())
            .map(|index| (alike(&found[index]), index))
            .filter(|(rows, _)| *rows > 0)
            .max_by_key(|(rows, index)| (*rows, std::cmp::Reverse(*index)));
        match best {
            Some((_, index)) => {
                differences.extend(rows(table, without_head(expected, &found[index], table)));
                at = index + 1;
            }
            None if table.facts => {}
            None => differences.push(about(table, DifferenceKind::Missing, "")),
        }
    }
    differences
}

/// The rows of a table without the head that a table of facts may have.
fn without_head<'a>(
    expected: &Expected,
    rows: &'a [Vec<TableCell>],
    table: &Grid,
) -> &'a [Vec<TableCell>] {
    let is_facts = |row: &Vec<TableCell>| {
        let texts = row.iter().map(|cell| &cell.text);
        texts.eq(&expected.fact_head)
    };
    match rows.split_first() {
        Some((head, rest)) if is_facts(head) && !table.rows.first().is_some_and(is_facts) => rest,
        _ => rows,
    }
}

fn about(table: &Grid, how: DifferenceKind, near: &str) -> Difference {
    Difference {
        what: TextRole::Table,
        how,
        text: table.name.clone(),
        near: near.to_string(),
        place: None,
    }
}

/// Whether two rows have the same cells.
fn same_row(a: &[TableCell], b: &[TableCell]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is(b))
}

fn rows(table: &Grid, found: &[Vec<TableCell>]) -> Vec<Difference> {
    // What cells head is told where the file tells it.
    let told = found.iter().flatten().all(|cell| cell.heads.is_some())
        && table.rows.iter().flatten().all(|cell| cell.heads.is_some());
    let line = |row: &Vec<TableCell>| {
        let cells = row.iter().map(|cell| match told {
            true => cell.to_string(),
            false => TableCell {
                heads: None,
                ..cell.clone()
            }
            .to_string(),
        });
        plain(&cells.collect::<Vec<_>>().join(" | "))
    };
    let wanted = table.rows.iter().map(|row| ExpectedText {
        what: TextRole::Row,
        text: line(row),
        roles: &[],
        place: None,
    });
    let found: Vec<String> = found.iter().map(line).collect();
    let mut differences = sequence(TextRole::Row, &wanted.collect::<Vec<_>>(), &found);
    for one in &mut differences {
        one.near = format!("{} in the table “{}”", one.near, excerpt(&table.name));
    }
    differences
}
