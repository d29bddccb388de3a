//! Cells of a row of a Markdown table, as they are written: the parser drops what is too much and fills up what is
//! missing.

/// What is wrong with a row of a table that has so many columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowFault {
    /// Byte offset in the row.
    pub(crate) offset: usize,
    /// What is wrong.
    pub(crate) message: String,
}

/// What is wrong with a row that has `columns` cells too many or too few, or code that a `|` parts. A `|` parts cells
/// wherever it is, in code, too, unless a backslash is before it.
pub(crate) fn row_fault(row: &str, columns: usize) -> Option<RowFault> {
    let cells = cells(row);
    let torn = cells.iter().find(|(_, cell)| ticks(cell) % 2 == 1);
    if let Some((offset, _)) = torn.filter(|_| ticks(row).is_multiple_of(2)) {
        return Some(RowFault {
            offset: *offset,
            message: "a `|` in code parts this cell of the table in two".to_owned(),
        });
    }
    if cells.len() == columns {
        return None;
    }
    let surplus = cells.get(columns).or(cells.last());
    let count = |count: usize, what: &str| match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    };
    Some(RowFault {
        offset: surplus.map_or(0, |(offset, _)| *offset),
        message: format!(
            "this row has {}, but the table has {}",
            count(cells.len(), "cell"),
            count(columns, "column")
        ),
    })
}

/// The cells of a row, trimmed, with their offsets.
fn cells(row: &str) -> Vec<(usize, &str)> {
    let mut bars: Vec<usize> = Vec::new();
    let mut escaped = false;
    for (index, c) in row.char_indices() {
        if c == '|' && !escaped {
            bars.push(index);
        }
        escaped = c == '\\' && !escaped;
    }
    let mut cells = Vec::new();
    let mut start = 0;
    for end in bars.into_iter().chain([row.len()]) {
        let cell = &row[start..end];
        let outside = cell.trim().is_empty() && (start == 0 || end == row.len());
        if !outside {
            let blank = cell.len() - cell.trim_start().len();
            cells.push((start + blank.min(cell.len().saturating_sub(1)), cell.trim()));
        }
        start = end + 1;
    }
    cells
}

/// Runs of backticks, except for those that a backslash takes the meaning of.
fn ticks(cell: &str) -> usize {
    let mut runs = 0;
    let mut last = ' ';
    for c in cell.chars() {
        if c == '`' && last != '`' && last != '\\' {
            runs += 1;
        }
        last = c;
    }
    runs
}

/// How many columns the line of hyphens below a table's head has; `None` where a line is none.
pub(super) fn rule_columns(line: &str) -> Option<usize> {
    let line = line.trim();
    let of_a_rule = |c: char| matches!(c, '|' | '-' | ':' | ' ' | '\t');
    if !line.contains('|') || !line.contains('-') || !line.chars().all(of_a_rule) {
        return None;
    }
    let cells = cells(line);
    let rule = |cell: &str| cell.trim_matches(':').chars().all(|c| c == '-') && cell.contains('-');
    cells
        .iter()
        .all(|(_, cell)| rule(cell))
        .then_some(cells.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_a_cell_for_each_column() {
        for good in [
            "| a | b |",
            "a | b",
            "| a | b",
            "a | b |",
            "||b|",
            "| `a \\| b` | c |",
            "| | |",
        ] {
            assert_eq!(row_fault(good, 2), None, "{good}");
        }
        for (bad, offset) in [
            ("| a |", 2),
            ("| a | b | c |", 10),
            ("a|b|c", 4),
            ("|a|b|c|d|", 5),
        ] {
            let found = row_fault(bad, 2);
            assert_eq!(found.map(|fault| fault.offset), Some(offset), "{bad}");
        }
    }

    #[test]
    fn a_bar_in_code_parts_cells_and_is_said_to() {
        let found = row_fault("| `D` | `*a|*b` | new |", 3).unwrap();
        assert_eq!(found.offset, 8);
        assert!(found.message.contains("in code"), "{found:?}");
        // With as many cells as there are columns, too.
        assert!(row_fault("| `a|b` |", 2).is_some());
    }

    #[test]
    fn the_line_of_hyphens_has_columns() {
        assert_eq!(rule_columns("| - | :-: |"), Some(2));
        assert_eq!(rule_columns("---|---"), Some(2));
        assert_eq!(rule_columns("---"), None);
        assert_eq!(rule_columns("| - | x |"), None);
        assert_eq!(rule_columns("| | |"), None);
    }
}
