//! Cells of tables: which go over the places of others, and how figures stand below each other.

use std::collections::BTreeMap;

use super::{Align, Block, Cell, Column, Inline, Pad, plain_content, plain_text};
use crate::source::schema as s;

/// To which cell a place belongs that has none of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joins {
    /// The one before it.
    Before,
    /// The one above it.
    Above,
}

/// Whether a cell only says that its place belongs to another.
pub(super) fn joins(cell: &str) -> Option<Joins> {
    match cell.trim() {
        "<" => Some(Joins::Before),
        "^" => Some(Joins::Above),
        _ => None,
    }
}

/// A place that another cell goes over.
pub(super) fn covered() -> Cell {
    Cell {
        columns: 0,
        rows: 0,
        ..Cell::default()
    }
}

/// A place that cannot belong to another cell.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Slip {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) message: &'static str,
    pub(super) hint: &'static str,
}

const MINUS: &str = "\u{2212}";
const NONE_BEFORE: &str = "`<` stands in the first column: there is no cell before it";
const NONE_ABOVE: &str = "`^` stands in the first row of its part: there is no cell above it";
const ODD: &str = "the places that belong to this cell are no rectangle";
const WRITTEN: &str = "write \\< or \\^ for the sign itself, and \"\" for a cell that is empty";
const RECTANGLE: &str = "mark every place of the rectangle with < or ^, and none outside of it";

/// The place of a cell: row and column.
type Place = (usize, usize);

/// Gives each cell the places that are marked as its own; what cannot be is said, place by place.
pub(super) fn merge(written: &[&Vec<s::Prose>], rows: &mut [Vec<Cell>]) -> Vec<Slip> {
    let mut slips = Vec::new();
    // The cell to which each place belongs; of each that has more than its own the last of them, and how many.
    let mut owners: Vec<Vec<Option<Place>>> = Vec::new();
    let mut merged: BTreeMap<Place, (Place, usize)> = BTreeMap::new();
    for (row, cells) in written.iter().enumerate() {
        let mut line: Vec<Option<Place>> = Vec::new();
        for (column, cell) in cells.iter().enumerate() {
            let (owner, missing) = match (joins(&cell.value), owners.last()) {
                (None, _) => (Some((row, column)), None),
                (Some(Joins::Before), _) => (
                    line.last().copied().flatten(),
                    line.is_empty().then_some(NONE_BEFORE),
                ),
                (Some(Joins::Above), Some(above)) => (above.get(column).copied().flatten(), None),
                (Some(Joins::Above), None) => (None, Some(NONE_ABOVE)),
            };
            if let Some(message) = missing {
                slips.push(Slip {
                    row,
                    column,
                    message,
                    hint: WRITTEN,
                });
            }
            if let Some(owner) = owner.filter(|owner| *owner != (row, column)) {
                let (end, places) = merged.entry(owner).or_insert((owner, 1));
                *end = (end.0.max(row), end.1.max(column));
                *places += 1;
            }
            line.push(owner);
        }
        let above = |cell: &s::Prose| joins(&cell.value) == Some(Joins::Above);
        if row > 0 && !cells.is_empty() && cells.iter().all(above) {
            let (message, hint) = ("the row has no cell of its own", "delete it");
            slips.push(Slip {
                row,
                column: 0,
                message,
                hint,
            });
        }
        owners.push(line);
    }
    for ((row, column), (end, places)) in merged {
        // Places lie behind and below the cell that they belong to: as many as the rectangle has are the rectangle.
        let (down, right) = (end.0 + 1 - row, end.1 + 1 - column);
        if down * right == places {
            (rows[row][column].columns, rows[row][column].rows) = (right, down);
        } else {
            slips.push(Slip {
                row,
                column,
                message: ODD,
                hint: RECTANGLE,
            });
        }
    }
    slips.sort_by_key(|slip| (slip.row, slip.column));
    slips
}

/// The head over a column that its unit stands behind: the first over columns of this unit alone, else the lowest.
pub(super) fn unit_head(
    header: &[Vec<Cell>],
    column: usize,
    same: impl Fn(usize) -> bool,
) -> Option<Place> {
    let mut heads = header.iter().enumerate().filter_map(|(row, cells)| {
        let mut cells = cells.iter().enumerate();
        let (at, cell) = cells.find(|(at, cell)| (*at..at + cell.columns).contains(&column))?;
        Some(((row, at), (at..at + cell.columns).all(&same)))
    });
    let mut lowest = None;
    heads
        .find(|(place, alone)| {
            lowest = Some(*place);
            *alone
        })
        .map(|(place, _)| place)
        .or(lowest)
}

/// Adds words at the end of a cell.
pub(super) fn append(cell: &mut Cell, words: &str) {
    match cell.blocks.last_mut() {
        Some(Block::Paragraph { content }) => content.extend(plain_content(words)),
        _ => cell.blocks.push(Block::Paragraph {
            content: plain_content(words.trim_start()).into(),
        }),
    }
}

/// A figure as its decimal sign divides it; what is no figure is all before it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tail {
    /// The sign and the digits after it.
    digits: String,
    /// What follows on the line, such as a unit.
    unit: String,
    /// Marks of notes.
    raised: String,
}

impl Tail {
    fn of(content: &[Inline], decimal: &str) -> Tail {
        let is_mark = |inline: &&Inline| {
            matches!(inline, Inline::Superscript { .. } | Inline::Footnote { .. })
        };
        let marks = content.iter().rev().take_while(is_mark).count();
        let (figure, marks) = content.split_at(content.len() - marks);
        let raised = marks.iter().map(|mark| match mark {
            Inline::Superscript { content } => plain_text(content),
            _ => "0".to_owned(),
        });
        let raised = raised.collect();
        let text: String = plain_text(figure)
            .chars()
            .filter(|c| !is_isolate(*c))
            .collect();
        let Some(last) = text.rfind(|c: char| c.is_numeric()) else {
            return Tail {
                raised,
                ..Tail::default()
            };
        };
        let end = last + text[last..].chars().next().map_or(0, char::len_utf8);
        let (number, unit) = text.split_at(end);
        // Of `1.5–2.5` the last figure counts; a sign in front of `.5` is one, too.
        let digits = number.rfind(decimal).map(|at| &number[at..]);
        let digits = digits.filter(|tail| tail[decimal.len()..].chars().all(char::is_numeric));
        Tail {
            digits: digits.unwrap_or_default().to_owned(),
            unit: unit.to_owned(),
            raised,
        }
    }

    /// The longest of each part.
    fn longest(self, other: &Tail) -> Tail {
        let longer = |a: String, b: &String| match b.chars().count() > a.chars().count() {
            true => b.clone(),
            false => a,
        };
        Tail {
            digits: longer(self.digits, &other.digits),
            unit: longer(self.unit, &other.unit),
            raised: longer(self.raised, &other.raised),
        }
    }

    /// What this one lacks to be as long as another.
    fn pad(&self, longest: &Tail) -> Option<Pad> {
        let lacks =
            |own: &str, all: &str| all.chars().skip(own.chars().count()).collect::<String>();
        let text = lacks(&self.digits, &longest.digits) + &lacks(&self.unit, &longest.unit);
        let raised = lacks(&self.raised, &longest.raised);
        (!(text.is_empty() && raised.is_empty())).then_some(Pad { text, raised })
    }
}

fn is_isolate(c: char) -> bool {
    matches!(c, '\u{2066}' | '\u{2069}')
}

/// Sets the figures of columns: a true minus, and in columns by the decimal sign what a figure lacks after it.
pub(super) fn set_figures(columns: &mut [Column], rows: &mut [Vec<Cell>], decimal: &str) {
    for (index, column) in columns.iter_mut().enumerate() {
        if column.decimal.is_none() && column.align != Align::End {
            continue;
        }
        let mut figures: Vec<&mut Cell> = rows
            .iter_mut()
            .filter_map(|row| row.get_mut(index))
            .filter(|cell| cell.columns == 1)
            .collect();
        for cell in &mut figures {
            if let Some(content) = line_mut(cell) {
                set_minus(content);
            }
        }
        let Some(all) = &mut column.decimal else {
            continue;
        };
        let tails: Vec<Option<Tail>> = figures
            .iter_mut()
            .map(|cell| line_mut(cell).map(|content| Tail::of(content, decimal)))
            .collect();
        let longest = tails.iter().flatten().fold(Tail::default(), Tail::longest);
        *all = Tail::default().pad(&longest).unwrap_or_default();
        for (cell, tail) in figures.into_iter().zip(&tails) {
            cell.pad = tail.as_ref().and_then(|tail| tail.pad(&longest));
        }
    }
}

/// The line of a cell that has one alone.
fn line_mut(cell: &mut Cell) -> Option<&mut Vec<Inline>> {
    match cell.blocks.as_mut_slice() {
        [Block::Paragraph { content }] => Some(content),
        _ => None,
    }
}

/// A hyphen before a figure is a minus.
fn set_minus(content: &mut [Inline]) {
    let Some(Inline::Text { text }) = content.first_mut() else {
        return;
    };
    let start = text.find(|c| !is_isolate(c)).unwrap_or_default();
    let mut rest = text[start..].chars();
    let figure = rest.next() == Some('-') && rest.next().is_some_and(char::is_numeric);
    let words = text.chars().any(char::is_alphabetic);
    if figure && !words {
        text.replace_range(start..=start, MINUS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(rows: &[&[&str]]) -> (Vec<Slip>, Vec<Vec<(usize, usize)>>) {
        let prose = |cell: &&str| s::Prose {
            value: (*cell).to_owned(),
            ..s::Prose::default()
        };
        let written: Vec<Vec<s::Prose>> = rows
            .iter()
            .map(|row| row.iter().map(prose).collect())
            .collect();
        let cell = |cell: &s::Prose| match joins(&cell.value) {
            Some(_) => covered(),
            None => Cell::default(),
        };
        let mut cells: Vec<Vec<Cell>> = written
            .iter()
            .map(|row| row.iter().map(cell).collect())
            .collect();
        let slips = merge(&written.iter().collect::<Vec<_>>(), &mut cells);
        let spans = |row: &Vec<Cell>| row.iter().map(|cell| (cell.columns, cell.rows)).collect();
        (slips, cells.iter().map(spans).collect())
    }

    #[test]
    fn places_belong_to_the_cell_before_or_above() {
        let (slips, spans) = grid(&[&["a", "b", "<"], &["^", "c", " d "], &["e", "<", "<"]]);
        assert_eq!(slips, []);
        assert_eq!(
            spans,
            [
                [(1, 2), (2, 1), (0, 0)],
                [(0, 0), (1, 1), (1, 1)],
                [(3, 1), (0, 0), (0, 0)]
            ]
        );
        for square in [&["^", "<"], &["^", "^"]] {
            let (slips, spans) = grid(&[&["a", "<", "x"], &[square[0], square[1], "y"]]);
            assert_eq!((slips, spans[0][0]), (vec![], (2, 2)));
        }
    }

    #[test]
    fn what_belongs_to_no_cell_or_makes_no_rectangle_is_said_by_its_place() {
        for (rows, expected) in [
            (
                &[&["<", "a"][..], &["b", "c"]][..],
                vec![(0, 0, NONE_BEFORE)],
            ),
            (&[&["a", "^"], &["b", "c"]], vec![(0, 1, NONE_ABOVE)]),
            (&[&["a", "<"], &["^", "c"]], vec![(0, 0, ODD)]),
            (&[&["a", "b"], &["^", "<"], &["c", "d"]], vec![(0, 0, ODD)]),
            (
                &[&["a", "b"], &["^", "^"]],
                vec![(1, 0, "the row has no cell of its own")],
            ),
        ] {
            let (slips, _) = grid(rows);
            let said: Vec<_> = slips
                .iter()
                .map(|slip| (slip.row, slip.column, slip.message))
                .collect();
            if expected[0].2 == ODD && rows[1][1] == "<" {
                // `<` after `^` goes on from the cell above: two rows of two places, one of them not above.
                assert!(said.iter().any(|one| one.2 == ODD), "{said:?}");
            } else {
                assert_eq!(said, expected);
            }
        }
    }

    #[test]
    fn a_unit_stands_behind_the_first_head_over_its_columns_alone() {
        let mut header = vec![
            vec![Cell::default(), Cell::default(), covered()],
            vec![covered(), Cell::default(), Cell::default()],
        ];
        header[0][0].rows = 2;
        header[0][1].columns = 2;
        let found = |units: [&str; 3]| -> Vec<Option<Place>> {
            let head =
                |column: usize| unit_head(&header, column, |other| units[other] == units[column]);
            (0..3).map(head).collect()
        };
        assert_eq!(
            found(["", "km", "t"]),
            [Some((0, 0)), Some((1, 1)), Some((1, 2))]
        );
        assert_eq!(
            found(["", "km", "km"]),
            [Some((0, 0)), Some((0, 1)), Some((0, 1))]
        );
    }

    fn padded(figures: &[&str], decimal: &str) -> Vec<String> {
        let column = Column {
            align: Align::End,
            decimal: Some(Pad::default()),
            width: 1.0,
        };
        let cell = |figure: &&str| {
            vec![Cell::of(vec![Block::Paragraph {
                content: plain_content(figure).into(),
            }])]
        };
        let mut rows: Vec<Vec<Cell>> = figures.iter().map(cell).collect();
        set_figures(&mut [column], &mut rows, decimal);
        let shown = |row: &Vec<Cell>| {
            let Block::Paragraph { content } = &row[0].blocks[0] else {
                return String::new();
            };
            plain_text(content)
                + &row[0]
                    .pad
                    .as_ref()
                    .map_or(String::new(), |pad| format!("|{}", pad.text))
        };
        rows.iter().map(shown).collect()
    }

    #[test]
    fn figures_lack_what_the_longest_has_after_the_sign_of_the_language() {
        assert_eq!(
            padded(&["1,234.5", "-0.25", "7", "–", "n/a", ".."], "."),
            ["1,234.5|5", "−0.25", "7|.25", "–|.25", "n/a|.25", "..|.25"]
        );
        assert_eq!(
            padded(&["1.234,5", "12", "1.000"], ","),
            ["1.234,5", "12|,5", "1.000|,5"]
        );
        assert_eq!(
            padded(&["12.5 %", "3 %", "4"], "."),
            ["12.5 %", "3 %|.5", "4|.5 %"]
        );
        assert_eq!(padded(&["5", "6"], "."), ["5", "6"]);
        assert_eq!(
            padded(&["-3 to -1", "a-b", "-x", "\u{2066}-4\u{2069}"], "."),
            ["-3 to -1", "a-b", "-x", "\u{2066}−4\u{2069}"]
        );
    }
}
