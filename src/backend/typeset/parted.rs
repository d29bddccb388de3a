//! What is parted over pages though it belongs together: a last row, entry or key point that stands alone, the note of a
//! table on the page after it, and pages that stay open because a chart keeps its values. The layout can set these closer, or
//! let go of them (`structure.close_up`, `proof.open_foot`); a look over the pages names what is left.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::{LineKind, PageLines, lists};
use crate::document::{Block, Cell, Document, Node, Table};
use crate::layout::Tokens;

/// So many lines are no more than one entry of a list.
const ENTRY: usize = 2;
/// So many lines are no more than one key point.
const POINT: usize = 3;
/// A chart that begins within so many lines of the head of a page is the first on it: its title and unit are above it.
const FIRST: f64 = 4.5;

/// What is parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PartedKind {
    /// The last row of a table is alone on a page.
    LastRow,
    /// The note of a table, or its end, is on the page after it.
    TableNote,
    /// The last entry of a list, or the last key point, is alone on a page.
    LastEntry,
    /// A page stays open because a chart and its values are on the next.
    OpenFoot,
}

/// Something that is parted, with what the layout knows it by.
#[derive(Debug)]
pub(crate) struct Parted {
    /// In what way.
    pub(crate) kind: PartedKind,
    /// The anchor of the table or chart, of the list's heading, or of the chapter of the key points; empty for the contents.
    pub(crate) anchor: String,
    /// The first line of what is parted, or the last of a page that stays open, by its place in [`PageLines::lines`].
    pub(crate) line: usize,
}

/// The tables of a document by their anchors, with those that have the values of charts.
pub(crate) fn tables(document: &Document) -> BTreeMap<&str, &Table> {
    let mut tables = BTreeMap::new();
    document.visit(&mut |node| {
        let table = match node {
            Node::Block(Block::Table(table)) => table,
            Node::Block(Block::Chart(chart)) => match &chart.table {
                Some(table) => table,
                None => return,
            },
            _ => return,
        };
        tables.insert(table.anchor.as_str(), table);
    });
    tables
}

/// How many pages are covers at the end: the back cover of a book has a blank page before it.
pub(crate) fn covers_at_end(document: &Document, tokens: &Tokens) -> usize {
    match tokens.structure.back_cover {
        true => 2,
        false => usize::from(!document.covers.text.is_empty()),
    }
}

impl PageLines {
    /// What is parted of a document in a layout.
    pub(crate) fn parted(&self, document: &Document, tokens: &Tokens) -> Vec<Parted> {
        let end = self.pages.saturating_sub(covers_at_end(document, tokens));
        let flow = self.between_head_and_foot(tokens);
        let flow: Vec<usize> = flow
            .filter(|at| self.lines[*at].page < end)
            .filter(|at| self.kind(*at) != LineKind::Note)
            .collect();
        let tables = tables(document);
        let mut parted = self.last_rows(&tables, &flow);
        parted.extend(self.table_notes(&tables, &flow, document, tokens));
        parted.extend(self.last_entries(document, &flow));
        parted.extend(self.last_points(document, &flow));
        parted.extend(self.open_feet(document, tokens, &flow));
        parted
    }

    fn kind(&self, at: usize) -> LineKind {
        self.element(&self.lines[at]).kind
    }

    /// The table of a line that is in one.
    fn table_of<'d>(&self, at: usize, tables: &BTreeMap<&'d str, &Table>) -> Option<&'d str> {
        let anchors = self.element(&self.lines[at]).anchors.iter().rev();
        let mut known = anchors.filter_map(|anchor| tables.get_key_value(anchor.as_str()));
        known.next().map(|(anchor, _)| *anchor)
    }

    /// The part of some lines that is on the pages from one on.
    fn from<'l>(&self, lines: &'l [usize], page: usize) -> &'l [usize] {
        &lines[lines.partition_point(|at| self.lines[*at].page < page)..]
    }

    /// The part of some lines that is on a page.
    fn on<'l>(&self, lines: &'l [usize], page: usize) -> &'l [usize] {
        let from = self.from(lines, page);
        &from[..from.partition_point(|at| self.lines[*at].page == page)]
    }

    fn height_of(&self, lines: &[usize]) -> usize {
        let ys = lines.iter().map(|at| self.lines[*at].y.round() as i64);
        ys.collect::<BTreeSet<_>>().len()
    }

    /// The lines of what is read in one go, by their pages; those of the last page where there are more.
    fn over_pages(&self, lines: &[usize]) -> Option<Vec<usize>> {
        let first = self.lines[*lines.first()?].page;
        let last = self.lines[*lines.last()?].page;
        let on_last = lines.iter().filter(|at| self.lines[**at].page == last);
        (last > first).then(|| on_last.copied().collect())
    }

    fn last_rows(&self, tables: &BTreeMap<&str, &Table>, flow: &[usize]) -> Vec<Parted> {
        let mut first_pages: BTreeMap<usize, usize> = BTreeMap::new();
        let mut cells: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for at in flow.iter().filter(|at| self.kind(**at) == LineKind::Cell) {
            let line = &self.lines[*at];
            // A head is repeated on each page.
            let first = *first_pages.entry(line.element).or_insert(line.page);
            if let Some(anchor) = self.table_of(*at, tables)
                && first == line.page
            {
                cells.entry(anchor).or_default().push(*at);
            }
        }
        let alone = |(anchor, lines): (&str, Vec<usize>)| {
            let table = tables[anchor];
            // So is what stands in it, set anew where it has links.
            let head = table.header.iter().flatten();
            let head: Vec<String> = head.map(Cell::words).collect();
            let repeated = |at: &usize| {
                let text = self.lines[*at].text.trim();
                let label = table.label.as_deref();
                head.iter().any(|cell| cell.contains(text))
                    || label.is_some_and(|label| text.contains(label))
            };
            let last = self.over_pages(&lines)?;
            let last: Vec<usize> = last.into_iter().filter(|at| !repeated(at)).collect();
            let begins = |at: &&usize| {
                let place = lines.iter().position(|one| one == *at);
                let before = place.and_then(|place| place.checked_sub(1));
                before.is_none_or(|before| {
                    self.lines[lines[before]].element != self.lines[**at].element
                })
            };
            let rows: Vec<usize> = last.iter().filter(begins).copied().collect();
            let one = self.height_of(&rows) == 1 && self.height_of(&last) <= ENTRY;
            (one && table.rows.len() > 3).then(|| Parted {
                kind: PartedKind::LastRow,
                anchor: anchor.to_owned(),
                line: last[0],
            })
        };
        cells.into_iter().filter_map(alone).collect()
    }

    /// Notes of tables that begin a page, wholly or in part.
    fn table_notes(
        &self,
        tables: &BTreeMap<&str, &Table>,
        flow: &[usize],
        document: &Document,
        tokens: &Tokens,
    ) -> Vec<Parted> {
        let text = tokens.sizes.text.to_pt() - 0.4;
        let label = document.strings.label_note.as_str();
        let is_note = |at: usize| {
            let line = &self.lines[at];
            let of_note = self.kind(at) == LineKind::Paragraph || line.text.starts_with(label);
            of_note && line.size < text
        };
        let turns = flow.windows(2).enumerate().filter(|(_, pair)| {
            self.lines[pair[0]].page < self.lines[pair[1]].page && is_note(pair[1])
        });
        let parted = turns.filter_map(|(place, pair)| {
            let above = flow[..=place].iter().rev();
            let cell = *above.clone().find(|at| !is_note(**at))?;
            let near = self.lines[cell].page == self.lines[pair[0]].page;
            let is_cell = near && self.kind(cell) == LineKind::Cell;
            Some(Parted {
                kind: PartedKind::TableNote,
                anchor: self.table_of(cell, tables).filter(|_| is_cell)?.to_owned(),
                line: pair[1],
            })
        });
        parted.collect()
    }

    /// Last entries of the contents and of the lists at the end.
    fn last_entries(&self, document: &Document, flow: &[usize]) -> Vec<Parted> {
        let openings = self.openings(document);
        let body = openings.first().copied().unwrap_or(self.pages);
        let lists: Vec<&str> = lists(document).map(|it| it.anchor.as_str()).collect();
        let mut entries: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut list = None;
        for at in flow {
            let line = &self.lines[*at];
            if self.kind(*at) != LineKind::Heading {
                if let Some(list) = list.filter(|list: &&str| !list.is_empty() || line.page < body)
                {
                    entries.entry(list).or_default().push(*at);
                }
                continue;
            }
            let anchors = &self.element(line).anchors;
            let known = lists
                .iter()
                .find(|anchor| anchors.iter().any(|one| one == *anchor));
            list = known.copied().or((line.page < body).then_some(""));
        }
        let alone = |(anchor, lines): (&str, Vec<usize>)| {
            let last = self.over_pages(&lines)?;
            (self.height_of(&last) <= ENTRY).then(|| Parted {
                kind: PartedKind::LastEntry,
                anchor: anchor.to_owned(),
                line: last[0],
            })
        };
        entries.into_iter().filter_map(alone).collect()
    }

    /// Last key points of those with which chapters open.
    fn last_points(&self, document: &Document, flow: &[usize]) -> Vec<Parted> {
        let chapters = document.chapters.iter();
        let chapters = chapters.filter(|chapter| !chapter.key_points.is_empty());
        let alone = |anchor: &str| {
            let of_chapter = |at: &usize| {
                self.element(&self.lines[*at])
                    .anchors
                    .iter()
                    .any(|it| it == anchor)
            };
            let from = self.from(flow, *self.anchors.get(anchor)?);
            let title = from.iter().position(of_chapter)?;
            let below = from[title..].iter().skip_while(|at| of_chapter(at));
            // What is said of the meeting has no heading; the next one is that of the points.
            let points = below.skip_while(|at| self.kind(**at) != LineKind::Heading);
            let points = points.skip_while(|at| self.kind(**at) == LineKind::Heading);
            let points = points.take_while(|at| self.element(&self.lines[**at]).in_list);
            let points: Vec<usize> = points.copied().collect();
            let last = self.over_pages(&points)?;
            (self.height_of(&last) <= POINT).then(|| Parted {
                kind: PartedKind::LastEntry,
                anchor: anchor.to_owned(),
                line: last[0],
            })
        };
        let anchors = chapters.map(|chapter| chapter.heading.anchor.as_str());
        anchors.filter_map(alone).collect()
    }

    /// Pages of which more stays empty than the layout lets pass, since the next begins with a chart and its values.
    fn open_feet(&self, document: &Document, tokens: &Tokens, flow: &[usize]) -> Vec<Parted> {
        let openings = self.openings(document);
        let page = &tokens.page;
        let (top, foot) = (page.top.to_pt(), page.height.to_pt() - page.bottom.to_pt());
        let most = (foot - top) * f64::from(tokens.proof.open_foot) / 100.0;
        let line = tokens.sizes.line.to_pt();
        let mut open = Vec::new();
        document.visit(&mut |node| {
            let Node::Block(Block::Chart(chart)) = node else {
                return;
            };
            let Some(page) = self.anchors.get(&chart.anchor).copied() else {
                return;
            };
            if chart.table.is_none() || page == 0 || openings.binary_search(&page).is_ok() {
                return;
            }
            let of_chart = |at: &&usize| {
                let anchors = &self.element(&self.lines[**at]).anchors;
                anchors.contains(&chart.anchor)
            };
            let ys = self.on(flow, page).iter().filter(of_chart);
            let ys = ys.map(|at| self.lines[*at].y);
            let begins = ys.fold(f64::INFINITY, f64::min) < top + FIRST * line;
            let last = self.on(flow, page - 1).iter().copied();
            let last = last.max_by(|a, b| self.lines[*a].y.total_cmp(&self.lines[*b].y));
            let notes = self.lines[self.lines.partition_point(|it| it.page + 1 < page)..].iter();
            let notes = notes.take_while(|it| it.page + 1 == page);
            let notes = notes.filter(|it| self.element(it).kind == LineKind::Note);
            let end = notes.map(|it| it.y - 2.0 * line).fold(foot, f64::min);
            if let Some(last) = last.filter(|last| begins && end - self.lines[*last].y > most) {
                open.push(Parted {
                    kind: PartedKind::OpenFoot,
                    anchor: chart.anchor.clone(),
                    line: last,
                });
            }
        });
        open
    }
}
