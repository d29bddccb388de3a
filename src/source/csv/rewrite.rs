//! Changes of single cells and rows of a file of values: everything else stays byte for byte.
//!
//! Cells are named as the mistakes in them are: `rows[2][0]`, rows without any text not counted. After each change the file
//! is read again: where any other cell would have become another, the change is refused.

use std::cell::OnceCell;
use std::ops::Range;

use super::{head, records, scan};

/// A file that is being changed.
#[derive(Debug, Clone)]
pub struct CsvRewrite {
    text: String,
    /// Its rows, once somebody has asked for them.
    rows: OnceCell<Vec<Vec<Written>>>,
}

/// A cell as it is written.
#[derive(Debug, Clone)]
struct Written {
    value: String,
    line: usize,
    bytes: Range<usize>,
}

/// Row and cell that a path names; a path of a row has no cell.
fn numbers(path: &str) -> Option<(usize, Option<usize>)> {
    let rest = path.strip_prefix("rows[")?.strip_suffix(']')?;
    match rest.split_once("][") {
        Some((row, cell)) => Some((row.parse().ok()?, Some(cell.parse().ok()?))),
        None => Some((rest.parse().ok()?, None)),
    }
}

impl CsvRewrite {
    /// A file as it is, its lines ended by `\n`.
    pub fn of(text: &str) -> Self {
        CsvRewrite {
            text: text.to_owned(),
            rows: OnceCell::new(),
        }
    }

    fn rows(&self) -> &[Vec<Written>] {
        self.rows.get_or_init(|| written(&self.text))
    }

    /// The file as it is now.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the cell at a path says.
    pub fn value(&self, path: &str) -> Option<String> {
        let (row, cell) = numbers(path)?;
        Some(self.rows().get(row)?.get(cell?)?.value.clone())
    }

    /// The line that the cell or row at a path begins on.
    pub fn line(&self, path: &str) -> Option<usize> {
        let (row, cell) = numbers(path)?;
        Some(self.rows().get(row)?.get(cell.unwrap_or(0))?.line)
    }

    /// Makes the cell at a path say something else; `None`, and nothing is changed, where that cannot be written.
    pub fn set(&mut self, path: &str, value: &str) -> Option<()> {
        let (row, cell) = numbers(path)?;
        let bytes = self.rows().get(row)?.get(cell?)?.bytes.clone();
        let mut expected = values(self.rows());
        expected[row][cell?] = value.trim().to_owned();
        // The space around it, and quotes where it has them, stay; before quotes there is none.
        let old = &self.text[bytes.clone()];
        let new = self.cell(value.trim(), old.starts_with('"'));
        let start = bytes.start + old.len() - old.trim_start().len();
        let inner = match new.starts_with('"') {
            true => bytes,
            false => start..start + old.trim().len(),
        };
        self.replace(inner, &new, &expected)
    }

    /// Takes the row at a path out.
    pub fn remove_item(&mut self, path: &str) -> Option<()> {
        let (row, None) = numbers(path)? else {
            return None;
        };
        let lines = self.lines(self.rows().get(row)?)?;
        let mut expected = values(self.rows());
        expected.remove(row);
        self.replace(lines, "", &expected)
    }

    /// Puts a row of cells behind the row at a path.
    pub fn insert_row(&mut self, path: &str, cells: &[String]) -> Option<()> {
        let (row, None) = numbers(path)? else {
            return None;
        };
        let end = self.lines(self.rows().get(row)?)?.end;
        let mut expected = values(self.rows());
        let trimmed = cells.iter().map(|cell| cell.trim().to_owned());
        expected.insert(row + 1, trimmed.collect());
        let cells: Vec<String> = cells
            .iter()
            .map(|cell| self.cell(cell.trim(), false))
            .collect();
        let line = cells.join(&head(&self.text).0.to_string());
        // The last line may have no end.
        let new = match self.text[..end].ends_with('\n') {
            true => line + "\n",
            false => format!("\n{line}"),
        };
        self.replace(end..end, &new, &expected)
    }

    /// The lines of a row.
    fn lines(&self, row: &[Written]) -> Option<Range<usize>> {
        let (first, last) = (row.first()?.bytes.start, row.last()?.bytes.end);
        let end = match self.text[last..].starts_with('\n') {
            true => last + 1,
            false => last,
        };
        Some(first..end)
    }

    /// A cell as it is written, in quotes where it has them or needs them.
    fn cell(&self, value: &str, quoted: bool) -> String {
        let delimiter = head(&self.text).0;
        let special = |c: char| c == delimiter || matches!(c, '"' | '\n' | '\r');
        match quoted || value.contains(special) {
            true => format!("\"{}\"", value.replace('"', "\"\"")),
            false => value.to_owned(),
        }
    }

    fn replace(&mut self, range: Range<usize>, new: &str, expected: &[Vec<String>]) -> Option<()> {
        let mut text = self.text.clone();
        text.replace_range(range, new);
        let rows = written(&text);
        if values(&rows) != expected || head(&text).0 != head(&self.text).0 {
            return None;
        }
        self.text = text;
        self.rows = OnceCell::from(rows);
        Some(())
    }
}

/// The rows that say something, with their cells.
fn written(text: &str) -> Vec<Vec<Written>> {
    let (delimiter, skipped, body) = head(text);
    let before = text.len() - body.len();
    let (places, _) = scan(body, delimiter);
    let rows = records(body, delimiter).into_iter().zip(places);
    let rows = rows.map(|(record, places)| {
        let cells = record.into_iter().zip(places);
        let cell = |(value, place): (String, super::Place)| Written {
            value,
            line: usize::try_from(place.line + skipped).unwrap_or(0),
            bytes: before + place.bytes.start..before + place.bytes.end,
        };
        cells.map(cell).collect::<Vec<_>>()
    });
    rows.filter(|row| row.iter().any(|cell| !cell.value.is_empty()))
        .collect()
}

fn values(rows: &[Vec<Written>]) -> Vec<Vec<String>> {
    let row = |row: &Vec<Written>| row.iter().map(|cell| cell.value.clone()).collect();
    rows.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Harbour; Berths\n\n\"Low \"\"Weir\"\"\";12\n;\nMill; 7";

    fn changed(change: impl FnOnce(&mut CsvRewrite) -> Option<()>) -> Option<String> {
        let mut file = CsvRewrite::of(TEXT);
        let done = change(&mut file);
        match done {
            Some(()) => Some(file.text),
            None => {
                assert_eq!(file.text, TEXT);
                None
            }
        }
    }

    #[test]
    fn cells_change_where_they_stand_and_keep_their_quotes_and_spaces() {
        let file = CsvRewrite::of(TEXT);
        assert_eq!(file.value("rows[1][0]").unwrap(), "Low \"Weir\"");
        assert_eq!(file.value("rows[2][1]").unwrap(), "7");
        assert_eq!(
            (file.line("rows[1][1]"), file.line("rows[2]")),
            (Some(3), Some(5))
        );
        for (path, value, expected) in [
            ("rows[0][1]", "Ships", TEXT.replace("Berths", "Ships")),
            (
                "rows[1][0]",
                "Weir",
                TEXT.replace("Low \"\"Weir\"\"", "Weir"),
            ),
            ("rows[1][1]", "1;2", TEXT.replace("12", "\"1;2\"")),
            ("rows[1][1]", "", TEXT.replace("12", "")),
            (
                "rows[2][1]",
                "a \"b\"\nc",
                TEXT.replace(" 7", "\"a \"\"b\"\"\nc\""),
            ),
            ("rows[2][1]", " 7 ", TEXT.to_owned()),
        ] {
            assert_eq!(
                changed(|file| file.set(path, value)),
                Some(expected),
                "{value:?}"
            );
        }
        for path in [
            "rows[3][0]",
            "rows[0][2]",
            "rows[0]",
            "rows",
            "",
            "rows[-1][0]",
            "title",
        ] {
            assert_eq!(changed(|file| file.set(path, "a")), None, "{path}");
        }
    }

    #[test]
    fn rows_come_and_go_and_what_would_be_read_otherwise_is_refused() {
        let row =
            |cells: &[&str]| -> Vec<String> { cells.iter().map(|one| (*one).to_owned()).collect() };
        assert_eq!(
            changed(|file| file.insert_row("rows[1]", &row(&["a;b", "*c*"]))),
            Some(TEXT.replace(";12\n", ";12\n\"a;b\";*c*\n"))
        );
        assert_eq!(
            changed(|file| file.insert_row("rows[2]", &row(&["a", "b"]))),
            Some(format!("{TEXT}\na;b"))
        );
        assert_eq!(
            changed(|file| file.remove_item("rows[1]")),
            Some(TEXT.replace("\"Low \"\"Weir\"\"\";12\n", ""))
        );
        assert_eq!(
            changed(|file| file.insert_row("rows[1]", &row(&["", ""]))),
            None
        );
        assert_eq!(changed(|file| file.remove_item("rows[1][0]")), None);
        // A text whose cells would be parted by another sign is not written.
        let mut file = CsvRewrite::of("a,b\n1,2\n");
        assert_eq!(file.set("rows[0][1]", ""), Some(()));
        assert_eq!(file.text(), "a,\n1,2\n");
        let mut file = CsvRewrite::of("alone\nb\n");
        assert_eq!(file.set("rows[1][0]", "b;c"), Some(()));
        assert_eq!(file.text(), "alone\nb;c\n");
    }
}
