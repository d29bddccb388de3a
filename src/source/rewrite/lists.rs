//! Changes of lists in a YAML file: items that go, come, or stand in another order.

use std::ops::Range;

use serde_yaml::granit_parser::ScalarStyle;

use super::{Rewrite, Written, plain_or_quoted};

impl Rewrite {
    /// Takes the item at a path out of its list.
    pub fn remove_item(&mut self, path: &str) -> Option<()> {
        let before = self.scalars()?.to_vec();
        let range = self.item_lines(&before, path)?;
        let (list, index) = item(path)?;
        // A list that would be empty is no list any more.
        let another = |other: usize| extent(&before, &format!("{list}[{other}]")).is_some();
        if !another(index + 1) && (index == 0 || !another(index - 1)) {
            return None;
        }
        let kept = before.iter().filter(|one| !is_below(&one.path, path));
        let expected: Vec<Written> = kept
            .map(|one| Written {
                path: shifted(&one.path, list, index + 1, -1),
                ..one.clone()
            })
            .collect();
        self.replace(range, "", &expected, None)
    }

    /// Puts the items of a list, by their numbers, in another order. Comments right above an item go with it.
    pub fn reorder(&mut self, list: &str, order: &[usize]) -> Option<()> {
        let before = self.scalars()?.to_vec();
        let path = |item: usize| format!("{list}[{item}]");
        let mut all = order.to_vec();
        all.sort_unstable();
        if !all.into_iter().eq(0..order.len()) || extent(&before, &path(order.len())).is_some() {
            return None;
        }
        // The empty lines behind a block are in its item.
        let lines = (0..order.len()).map(|item| {
            let lines = self.item_lines(&before, &path(item))?;
            let own = self.text[lines.clone()].trim_end_matches([' ', '\n']);
            let end = lines.start + own.len();
            Some(lines.start..(end + 1).min(lines.end))
        });
        let lines: Vec<Range<usize>> = lines.collect::<Option<_>>()?;
        // What stands above an item: empty lines, which stay where they are, and comments.
        let first = lines.first()?.start;
        let comments = self.text[..first].split_inclusive('\n').rev();
        let comments = comments.take_while(|line| line.trim_start().starts_with('#'));
        let start = first - comments.map(str::len).sum::<usize>();
        let mut above: Vec<(&str, &str)> = vec![("", &self.text[start..first])];
        for pair in lines.windows(2) {
            let text = self.text.get(pair[0].end..pair[1].start)?;
            let rest = text.trim_start_matches([' ', '\n']);
            let comments = match rest.is_empty() {
                true => text.len(),
                false => text[..text.len() - rest.len()]
                    .rfind('\n')
                    .map_or(0, |end| end + 1),
            };
            above.push(text.split_at(comments));
        }
        let range = start..lines.last()?.end;
        let mut new = String::with_capacity(range.len());
        for (place, item) in order.iter().enumerate() {
            new += above[place].0;
            new += above.get(*item)?.1;
            new += &self.text[lines[*item].clone()];
            if !new.ends_with('\n') {
                new.push('\n');
            }
        }
        if !self.text[range.clone()].ends_with('\n') {
            new.pop();
        }
        let of = |item: usize| {
            let path = path(item);
            before.iter().filter(move |one| is_below(&one.path, &path))
        };
        let first = before
            .iter()
            .position(|one| is_below(&one.path, &path(0)))?;
        let moved = order.iter().enumerate().flat_map(|(place, item)| {
            let (old, new) = (path(*item), path(place));
            of(*item).map(move |one| Written {
                path: format!("{new}{}", &one.path[old.len()..]),
                ..one.clone()
            })
        });
        let moved: Vec<Written> = moved.collect();
        let mut expected = before.clone();
        expected.splice(first..first + moved.len(), moved);
        self.replace(range, &new, &expected, None)
    }

    /// Puts a row of cells behind the row at a path, written as that is: in brackets, or cell below cell.
    pub fn insert_row(&mut self, path: &str, cells: &[String]) -> Option<()> {
        let before = self.scalars()?.to_vec();
        let lines = self.item_lines(&before, path)?;
        let (list, index) = item(path)?;
        let old = &self.text[lines.clone()];
        let indent = old.len() - old.trim_start_matches(' ').len();
        let hyphen = &old[indent..];
        let gap = hyphen.strip_prefix('-')?;
        let gap = &gap[..gap.len() - gap.trim_start_matches(' ').len()];
        let flow = hyphen[1..].trim_start().starts_with('[');
        let pad = " ".repeat(indent);
        let new = match flow {
            true => {
                let cells: Vec<String> = cells
                    .iter()
                    .map(|cell| plain_or_quoted(cell, ScalarStyle::Plain, true))
                    .collect();
                format!("{pad}-{gap}[{}]\n", cells.join(", "))
            }
            false => {
                let inner = " ".repeat(indent + 1 + gap.len());
                let line = |(at, cell): (usize, &String)| {
                    let start = match at {
                        0 => format!("{pad}-{gap}"),
                        _ => inner.clone(),
                    };
                    let cell = plain_or_quoted(cell, ScalarStyle::Plain, false);
                    format!("{start}- {cell}\n")
                };
                cells.iter().enumerate().map(line).collect()
            }
        };
        let at = before.iter().rposition(|one| is_below(&one.path, path))?;
        let mut expected: Vec<Written> = before
            .iter()
            .map(|one| Written {
                path: shifted(&one.path, list, index + 1, 1),
                ..one.clone()
            })
            .collect();
        let row = cells.iter().enumerate().map(|(column, cell)| Written {
            path: format!("{list}[{}][{column}]", index + 1),
            value: cell.clone(),
            style: ScalarStyle::Plain,
            is_key: false,
            range: 0..0,
        });
        expected.splice(at + 1..at + 1, row);
        self.replace(lines.end..lines.end, &new, &expected, None)
    }

    /// The whole lines of an item of a list, its hyphen included; `None` where others share them.
    fn item_lines(&self, scalars: &[Written], path: &str) -> Option<Range<usize>> {
        let own = extent(scalars, path)?;
        let start = self.text[..own.start].rfind('\n').map_or(0, |end| end + 1);
        if !self.text[start..].trim_start_matches(' ').starts_with("- ") {
            return None;
        }
        // The scanner stops within the indentation of what comes behind a block.
        let before = self.text[..own.end].trim_end_matches(' ');
        let end = match self.text[own.end..].find('\n') {
            _ if before.ends_with('\n') => before.len(),
            Some(end) => own.end + end + 1,
            None => self.text.len(),
        };
        let inside = |one: &Written| (start..end).contains(&one.range.start);
        let alone = scalars
            .iter()
            .filter(|one| inside(one))
            .all(|one| is_below(&one.path, path));
        alone.then_some(start..end)
    }
}

/// Whether a path is another, or below it.
fn is_below(path: &str, above: &str) -> bool {
    path.strip_prefix(above)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// From the first scalar at or below a path to the end of the last.
pub(super) fn extent(scalars: &[Written], path: &str) -> Option<Range<usize>> {
    let mut own = scalars.iter().filter(|one| is_below(&one.path, path));
    let first = own.next()?;
    let last = own.next_back().unwrap_or(first);
    Some(first.range.start..last.range.end)
}

/// The list that a path of an item is in, and its index.
fn item(path: &str) -> Option<(&str, usize)> {
    let (list, index) = path.strip_suffix(']')?.rsplit_once('[')?;
    Some((list, index.parse().ok()?))
}

/// A path as it is once the items of a list from an index on have moved.
fn shifted(path: &str, list: &str, from: usize, by: isize) -> String {
    let moved = || {
        let rest = path.strip_prefix(list)?.strip_prefix('[')?;
        let (index, rest) = rest.split_once(']')?;
        let index: usize = index.parse().ok()?;
        (index >= from).then(|| format!("{list}[{}]{rest}", index.saturating_add_signed(by)))
    };
    moved().unwrap_or_else(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::rewrite::tests::FILE;

    #[test]
    fn rows_come_and_go() {
        let mut file = Rewrite::of(FILE);
        let row = ["Mill, Lane".to_owned(), "7".to_owned()];
        file.insert_row("section.rows[0]", &row).unwrap();
        assert!(file.text().contains("    - [Alder, \"4\"]\n    - [\"Mill, Lane\", \"7\"]\n    - [Low Weir, \"12\"]  # the weir\n"), "{}", file.text());
        file.remove_item("section.rows[0]").unwrap();
        assert!(!file.text().contains("Alder"));
        assert_eq!(
            file.value("section.rows[0][0]").as_deref(),
            Some("Mill, Lane")
        );
        let mut file = Rewrite::of("a:\n  - [b, c]\n");
        assert_eq!(file.remove_item("a[0]"), None);
    }

    #[test]
    fn items_stand_in_another_order_with_the_comments_above_them() {
        let text = "a:\n  - b: 1\n    c: |\n      one\n\n  # of the second\n  - b: 2  # two\n\n  - b: 3\n    c: three\nd: 4\n";
        let mut file = Rewrite::of(text);
        file.reorder("a", &[1, 2, 0]).unwrap();
        assert_eq!(
            file.text(),
            "a:\n  # of the second\n  - b: 2  # two\n\n  - b: 3\n    c: three\n\n  - b: 1\n    c: |\n      one\nd: 4\n"
        );
        file.reorder("a", &[2, 0, 1]).unwrap();
        assert_eq!(file.text(), text);
        // The last line of a file may have no end.
        let mut file = Rewrite::of("a:\n  - b\n  - c");
        file.reorder("a", &[1, 0]).unwrap();
        assert_eq!(file.text(), "a:\n  - c\n  - b");
        // Not all of them, none of them, one twice, and such as share a line.
        for (list, order) in [
            ("a", &[0][..]),
            ("a", &[0, 1, 2]),
            ("a", &[1, 1]),
            ("b", &[1, 0]),
        ] {
            assert_eq!(file.reorder(list, order), None, "{list} {order:?}");
        }
        let mut file = Rewrite::of("a: [b, c]\n");
        assert_eq!(file.reorder("a", &[1, 0]), None);
    }
}
