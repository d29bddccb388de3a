//! Rows from a file of comma-separated values (RFC 4180), as spreadsheets save them.
//!
//! Takes a path below the folder of `report.yaml`; gives the rows with the place of every cell. Commas, semicolons and
//! tabs are told apart by the file itself. Cells are text as it is, no Markdown. What a `csv` reader forgives (a quote
//! that is never closed swallows the rest of the file) is an error with its line here.

mod rewrite;

use std::ops::Range;

use csv::ReaderBuilder;

pub use rewrite::CsvRewrite;

use super::schema::Located;
use super::{File, Source, decode};
use crate::base::diagnostic::{Code, Diagnostics, Location, many};
use crate::base::files::Problem;
use crate::base::guard;

/// The largest file of values that is read, in bytes.
const MAX_CSV: u64 = 4 << 20;
/// The most rows: some hundred pages of a table.
const MAX_ROWS: usize = 10_000;
/// What parts cells, the most common first.
const DELIMITERS: [char; 3] = [',', ';', '\t'];

/// Rows of cells; every row has as many as the first, which has at least one.
pub type Rows = Vec<Vec<Located<String>>>;

/// Why there are no rows.
#[derive(Debug)]
pub enum NoRows {
    /// The file cannot be read: a mistake of whoever names it.
    File(Problem),
    /// What is wrong in the file, each with its place.
    Content(Diagnostics),
}

impl Source {
    /// The rows of a file of comma-separated values; `path` is relative to the folder of `report.yaml`. Rows without
    /// any text are left out.
    ///
    /// # Errors
    /// The file cannot be read, is no text, or holds no rows of equal length.
    pub fn csv(&self, path: &str) -> Result<File<Rows>, NoRows> {
        let bytes = self.folder.read(path, MAX_CSV).map_err(NoRows::File)?;
        guard::allow(guard::Input::Report, bytes.len());
        let shown = self.path(path);
        let what = format!("reading `{shown}`");
        let _work = guard::at_work(what, Some(Location::whole(shown.as_str())));
        let decoded = decode::decode(&shown, bytes);
        let text = decoded.map_err(|found| NoRows::Content(found.into()))?;
        rows(File {
            path: shown,
            text,
            content: (),
        })
        .map_err(NoRows::Content)
    }
}

fn rows(file: File<()>) -> Result<File<Rows>, Diagnostics> {
    let (delimiter, skipped, body) = head(&file.text);
    let (places, slips) = scan(body, delimiter);
    let mut found: Diagnostics = slips
        .into_iter()
        .map(|(line, column, message)| {
            file.as_ref()
                .diagnostic(Code::CSV_QUOTE, line + skipped, column, message)
                .hint("put the cell in quotes, and write each quote in it twice: \"a \"\"b\"\"\"")
        })
        .collect();
    if found.has_errors() {
        return Err(found);
    }
    let mut rows = Rows::new();
    for (record, places) in records(body, delimiter).into_iter().zip(places) {
        let cell = |(value, place): (String, Place)| Located {
            value,
            line: place.line + skipped,
            column: place.column,
        };
        let row: Vec<_> = record.into_iter().zip(places).map(cell).collect();
        if row.iter().any(|cell| !cell.value.is_empty()) {
            rows.push(row);
        }
    }
    refuse_odd(&file, &rows, &mut found);
    match found.has_errors() {
        true => Err(found),
        false => Ok(File {
            path: file.path,
            text: file.text,
            content: rows,
        }),
    }
}

/// What parts the cells of a text, how many lines come before its rows, and the text from there on.
fn head(text: &str) -> (char, u32, &str) {
    // Excel names the sign in a line of its own, which is none of the rows.
    let named = text
        .strip_prefix("sep=")
        .and_then(|rest| rest.split_once('\n'));
    match named {
        Some((sign, body)) if sign.chars().count() == 1 => {
            (sign.chars().next().unwrap_or(','), 1, body)
        }
        _ => (delimiter(text), 0, text),
    }
}

/// Refuses no rows, too many of them, and rows that are longer or shorter than the first.
fn refuse_odd(file: &File<()>, rows: &Rows, found: &mut Diagnostics) {
    let refused = |code, (line, column), message: String, hint: &str| {
        let wrong = file.as_ref().diagnostic(code, line, column, message);
        wrong.hint(hint)
    };
    let Some(first) = rows.first() else {
        let message = "the file has no rows".to_owned();
        let hint = "save the sheet again, heads in the first row";
        found.push(refused(Code::CSV_EMPTY, (0, 0), message, hint));
        return;
    };
    if let Some(row) = rows.get(MAX_ROWS) {
        let message = format!("the file has more than {MAX_ROWS} rows");
        let hint = "leave out what no reader looks up, or divide the file";
        found.push(refused(
            Code::FILE_TOO_LARGE,
            (row[0].line, row[0].column),
            message,
            hint,
        ));
        return;
    }
    for row in rows.iter().filter(|row| row.len() != first.len()) {
        let message = format!(
            "this row has {}, but the first has {}",
            many(row.len(), "cell"),
            first.len()
        );
        let hint = "give every row as many cells; a cell with a comma in it needs quotes around it";
        found.push(refused(
            Code::CSV_ROW,
            (row[0].line, row[0].column),
            message,
            hint,
        ));
    }
}

/// The cells of each record, without the space around them.
fn records(text: &str, delimiter: char) -> Vec<Vec<String>> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .from_reader(text.as_bytes());
    // Text in memory that is UTF-8, rows of any length: nothing is left that could fail.
    let records = reader.records().map_while(Result::ok);
    records
        .map(|record| record.iter().map(|cell| cell.trim().to_owned()).collect())
        .collect()
}

/// The sign that makes rows of equal length, as many cells as can be; else the most frequent one of the first line. One look
/// over the text counts all three, but for those in quotes.
fn delimiter(text: &str) -> char {
    let mut first: Option<[usize; 3]> = None;
    let mut even = [true; 3];
    let (mut counts, mut blank, mut quoted) = ([0; 3], true, false);
    for c in text.chars().chain(['\n']) {
        quoted ^= c == '"';
        if c != '\n' || quoted {
            blank &= matches!(c, '\r' | '\n');
            if let Some(sign) = DELIMITERS.iter().position(|sign| *sign == c && !quoted) {
                counts[sign] += 1;
            }
            continue;
        }
        // Lines without any character are no rows.
        if !blank {
            let first = *first.get_or_insert(counts);
            for (even, (count, first)) in even.iter_mut().zip(counts.into_iter().zip(first)) {
                *even &= count == first;
            }
        }
        (counts, blank) = ([0; 3], true);
    }
    let cells = first.unwrap_or_default();
    // The first of equals: `max_by_key` takes the last.
    let best = (0..DELIMITERS.len()).rev();
    let best = best.max_by_key(|sign| (cells[*sign] > 0 && even[*sign], cells[*sign]));
    best.map_or(DELIMITERS[0], |sign| DELIMITERS[sign])
}

/// Where a cell is: its line, its column, and its bytes, quotes and the space around it included.
#[derive(Debug, Clone)]
struct Place {
    line: u32,
    column: u32,
    bytes: Range<usize>,
}

/// The places of the cells of each record, and what is wrong with quotes: line, column, message.
type Scanned = (Vec<Vec<Place>>, Vec<(u32, u32, &'static str)>);

/// Where cells begin, by the same rules as `csv`: lines without any character are no records.
fn scan(text: &str, delimiter: char) -> Scanned {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        Start,
        Plain,
        Quoted,
        Closed,
    }
    let (mut records, mut slips) = (Vec::new(), Vec::new());
    let mut record: Vec<Place> = Vec::new();
    let (mut line, mut column) = (1, 1);
    let mut cell = (1, 1, 0);
    let place = |(line, column, start): (u32, u32, usize), end: usize| Place {
        line,
        column,
        bytes: start..end,
    };
    let mut state = State::Start;
    for (at, c) in text.char_indices() {
        state = match (state, c) {
            (State::Quoted, '"') => State::Closed,
            (State::Quoted, _) => State::Quoted,
            (_, '\n') => {
                if state != State::Start || !record.is_empty() {
                    record.push(place(cell, at));
                    records.push(std::mem::take(&mut record));
                }
                State::Start
            }
            (_, c) if c == delimiter => {
                record.push(place(cell, at));
                State::Start
            }
            (State::Start | State::Closed, '"') => State::Quoted,
            (State::Closed, _) => {
                slips.push((line, column, "text follows the closing quote of a cell"));
                State::Plain
            }
            (State::Plain, '"') => {
                slips.push((
                    line,
                    column,
                    "a quote stands within a cell that has none around it",
                ));
                State::Plain
            }
            (State::Start | State::Plain, _) => State::Plain,
        };
        (line, column) = match c {
            '\n' => (line + 1, 1),
            _ => (line, column + 1),
        };
        if state == State::Start {
            cell = (line, column, at + c.len_utf8());
        }
    }
    if state == State::Quoted {
        slips.push((
            cell.0,
            cell.1,
            "the quote that opens this cell is never closed",
        ));
    }
    if state != State::Start || !record.is_empty() {
        record.push(place(cell, text.len()));
        records.push(record);
    }
    (records, slips)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diagnostic::Diagnostic;
    use crate::source::Folder;

    fn read(bytes: &[u8]) -> Result<File<Rows>, Vec<String>> {
        let files = [("data.csv".to_owned(), bytes.to_vec())].into();
        let folder = Folder::in_memory(files);
        let bytes = folder.read("data.csv", MAX_CSV).unwrap();
        let said = |found: Diagnostics| -> Vec<String> {
            let one = |one: &Diagnostic| match &one.location {
                Some(place) => format!("{place}: {}", one.message),
                None => one.message.clone(),
            };
            found.iter().map(one).collect()
        };
        let text = decode::decode("data.csv", bytes).map_err(|one| said(one.into()))?;
        let path = "data.csv".to_owned();
        rows(File {
            path,
            text,
            content: (),
        })
        .map_err(said)
    }

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        let file = read(bytes).unwrap();
        let row = |row: Vec<Located<String>>| row.into_iter().map(|cell| cell.value).collect();
        file.content.into_iter().map(row).collect()
    }

    #[test]
    fn commas_semicolons_and_tabs_part_cells_whatever_ends_the_lines() {
        let expected = [["Harbour", "Berths"], ["Low Weir", "12"]];
        for sign in [",", ";", "\t"] {
            for end in ["\n", "\r\n", "\r"] {
                for mark in ["", "\u{FEFF}"] {
                    for last in ["", end, &end.repeat(3)] {
                        let text = format!("{mark}Harbour{sign}Berths{end}Low Weir{sign} 12{last}");
                        assert_eq!(cells(text.as_bytes()), expected, "{text:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_sign_that_parts_cells_is_the_one_that_makes_even_rows() {
        assert_eq!(cells(b"a;b\n1,5;2,5\n")[1], ["1,5", "2,5"]);
        assert_eq!(cells(b"a, b;c\n1, 2;3\n4;5\n")[0], ["a, b", "c"]);
        assert_eq!(cells(b"sep=;\na;b,c\n1;2,3\n")[1], ["1", "2,3"]);
        assert_eq!(cells(b"alone\n1\n"), [["alone"], ["1"]]);
    }

    #[test]
    fn quotes_keep_signs_lines_and_quotes() {
        let file = read(b"a,b\n\"x, \"\"y\"\"\nz\",2\n\n,\n3,4\n").unwrap();
        let cell = &file.content[1][0];
        assert_eq!(cell.value, "x, \"y\"\nz");
        let places = |row: &[Located<String>]| -> Vec<(u32, u32)> {
            row.iter().map(|cell| (cell.line, cell.column)).collect()
        };
        assert_eq!(places(&file.content[1]), [(2, 1), (3, 4)]);
        assert_eq!(places(&file.content[2]), [(6, 1), (6, 3)]);
        let file = read(b"sep=;\na;b\n1;2").unwrap();
        assert_eq!(places(&file.content[1]), [(3, 1), (3, 3)]);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let said = |bytes: &[u8]| read(bytes).unwrap_err();
        let starts = |bytes: &[u8], expected: &[&str]| {
            let said = said(bytes);
            assert_eq!(said.len(), expected.len(), "{said:?}");
            for (one, expected) in said.iter().zip(expected) {
                assert!(one.contains(expected), "{one} is not {expected}");
            }
        };
        starts(
            b"a,b\n1\n1,2,3\n1,2\n",
            &[
                "this row has 1 cell, but the first has 2",
                "this row has 3 cells",
            ],
        );
        starts(b"a,b\n\"1,2\n3,4\n", &["is never closed"]);
        starts(
            b"a,b\n1\"2,\"3\"4\n",
            &["stands within a cell", "follows the closing quote"],
        );
        for nothing in [&b""[..], b"\n\n", b",,\n,,\n", b"\xEF\xBB\xBF"] {
            starts(nothing, &["no rows"]);
        }
        starts(b"a,b\n\xE9,2\n", &["0xE9"]);
        starts(b"\xFF\xFEa\0,\0", &["UTF-16"]);
        starts(b"PK\x03\x04", &["a Word file or another packed one"]);
        starts(
            "1\n".repeat(MAX_ROWS + 1).as_bytes(),
            &["more than 10000 rows"],
        );
        let at = read(b"a,b\n1,2\n3\n");
        assert!(at.unwrap_err()[0].contains("data.csv:3:1"));
    }
}
