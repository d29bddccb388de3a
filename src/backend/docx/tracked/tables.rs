//! Tables of both texts, row by row and cell by cell.

use super::super::package::{Element, Node};
use super::align::{Step, align};
use super::blocks::{Cell, Row, Table};
use super::story::{alone, part};
use super::tracker::{Fate, Tracker};

/// The share of words that rows must have in common to be one.
const ROWS: f32 = 0.3;

/// A table that is in both texts.
pub(super) fn table(tracker: &mut Tracker<'_>, old: Table, new: Table) -> Element {
    let mut element = Element::new("w:tbl");
    if let Some(mut properties) = new.properties {
        let before = old.properties.as_ref();
        tracker.properties_before(before, &mut properties, "w:tblPrChange", &[]);
        element.children.push(Node::Element(properties));
    }
    element
        .children
        .extend(new.grid.into_iter().map(Node::Element));
    let known = |rows: &[Row], tracker: &mut Tracker<'_>| {
        let rows = rows.iter();
        rows.map(|row| row.likeness(&mut tracker.numbers))
            .collect::<Vec<_>>()
    };
    let (before, now) = (known(&old.rows, tracker), known(&new.rows, tracker));
    let steps = align(&before, &now, ROWS);
    let mut old: Vec<Option<Row>> = old.rows.into_iter().map(Some).collect();
    let mut new: Vec<Option<Row>> = new.rows.into_iter().map(Some).collect();
    for step in steps {
        let (before, now) = match step {
            Step::Both(o, n) => (old[o].take(), new[n].take()),
            Step::Old(o) => (old[o].take(), None),
            Step::New(n) => (None, new[n].take()),
        };
        let row = match (before, now) {
            (Some(before), Some(now)) => row(tracker, before, now),
            (Some(before), None) => single_row(tracker, before, Fate::Deleted),
            (None, Some(now)) => single_row(tracker, now, Fate::Inserted),
            (None, None) => continue,
        };
        element.children.push(Node::Element(row));
    }
    element
}

fn row(tracker: &mut Tracker<'_>, old: Row, new: Row) -> Element {
    let mut element = Element::new("w:tr");
    if let Some(mut properties) = new.properties {
        let before = old.properties.as_ref();
        tracker.properties_before(before, &mut properties, "w:trPrChange", &[]);
        element.children.push(Node::Element(properties));
    }
    for (before, now) in old.cells.into_iter().zip(new.cells) {
        let cell = cell(tracker, before, now);
        element.children.push(Node::Element(cell));
    }
    element
}

fn cell(tracker: &mut Tracker<'_>, old: Cell, new: Cell) -> Element {
    let mut element = Element::new("w:tc");
    if let Some(mut properties) = new.properties {
        let before = old.properties.as_ref();
        tracker.properties_before(before, &mut properties, "w:tcPrChange", &[]);
        element.children.push(Node::Element(properties));
    }
    element.children(part(tracker, old.blocks, new.blocks))
}

/// A row of one of the texts alone.
pub(super) fn single_row(tracker: &mut Tracker<'_>, row: Row, fate: Fate) -> Element {
    match fate {
        Fate::Deleted => tracker.summary.rows_deleted += 1,
        _ => tracker.summary.rows_added += 1,
    }
    tracker.touch();
    let paragraphs = (
        tracker.summary.paragraphs_added,
        tracker.summary.paragraphs_deleted,
    );
    let mut properties = row.properties.unwrap_or_else(|| Element::new("w:trPr"));
    if fate == Fate::Deleted {
        properties = tracker.take_old(&properties);
    }
    let change = tracker.fate(fate);
    let mut element = Element::new("w:tr").child(properties.children(change));
    for cell in row.cells {
        let properties = cell.properties.map(|one| match fate {
            Fate::Deleted => tracker.take_old(&one),
            _ => one,
        });
        let blocks = alone(tracker, cell.blocks, fate);
        let cell = Element::new("w:tc").children(properties).children(blocks);
        element.children.push(Node::Element(cell));
    }
    // Paragraphs of a row are counted as the row.
    (
        tracker.summary.paragraphs_added,
        tracker.summary.paragraphs_deleted,
    ) = paragraphs;
    element
}
