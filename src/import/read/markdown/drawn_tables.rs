//! Tables that signs draw, as pandoc writes them (grid, simple and multiline tables), as tables with pipes.
//!
//! Where the cells cannot be told apart for certain the table stays as it is drawn, as code.

/// A text in which drawn tables have pipes; it has as many lines as before.
pub(super) fn with_pipes(text: &str) -> String {
    let lines: Vec<&str> = text.split('\n').collect();
    let mut out: Vec<String> = Vec::with_capacity(lines.len());
    let mut fence: Option<char> = None;
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at].trim();
        let sign = ['`', '~']
            .into_iter()
            .find(|sign| line.len() > 2 && line.chars().take(3).all(|c| c == *sign));
        if fence.is_some() || sign.is_some() {
            fence = match fence {
                Some(open) => Some(open).filter(|_| sign != Some(open)),
                None => sign,
            };
        } else if let Some((start, end, rows, rules)) = drawn(&lines, at) {
            out.truncate(out.len() - (at - start));
            out.extend(piped(&rows, &rules, end - start));
            at = end;
            continue;
        }
        // A grid that is none is not looked at again from its second line on.
        let drawn = |line: &&&str| line.trim_start().starts_with(['+', '|']);
        let count = match is_border(line) && fence.is_none() {
            true => lines[at..].iter().take_while(drawn).count(),
            false => 1,
        };
        out.extend(lines[at..at + count].iter().map(|line| (*line).to_owned()));
        at += count;
    }
    out.join("\n")
}

/// The rows of a table, its head first.
type Rows = Vec<Vec<String>>;

/// What stands below the head of each column.
type Rules = Vec<&'static str>;

/// The table that is at a line, or of which the head is above it: its first line, the one after it, its rows and rules.
fn drawn(lines: &[&str], at: usize) -> Option<(usize, usize, Rows, Rules)> {
    if is_border(lines[at].trim()) {
        let (end, rows, rules) = grid(lines, at)?;
        return Some((at, end, rows, rules));
    }
    ruled(lines, at)
}

/// `+---+---+`, with `=` below a head.
fn is_border(line: &str) -> bool {
    line.len() > 4
        && line.starts_with('+')
        && line.ends_with('+')
        && line.chars().all(|c| matches!(c, '+' | '-' | '=' | ':'))
}

/// A grid in which every cell is in one column and one row.
fn grid(lines: &[&str], at: usize) -> Option<(usize, Rows, Rules)> {
    let edges: Vec<usize> = positions(lines[at].trim(), '+');
    let more = lines[at..].iter().map(|line| line.trim());
    let count = more
        .take_while(|line| is_border(line) || (line.starts_with('|') && line.ends_with('|')))
        .count();
    let mut rows: Rows = Vec::new();
    let mut row = vec![String::new(); edges.len() - 1];
    let mut head = None;
    let mut ruled = lines[at].trim();
    for line in lines[at + 1..at + count].iter().map(|line| line.trim()) {
        if is_border(line) {
            if positions(line, '+') != edges {
                return None;
            }
            rows.push(std::mem::replace(
                &mut row,
                vec![String::new(); edges.len() - 1],
            ));
            if line.contains('=') && head.is_none() {
                (head, ruled) = (Some(rows.len()), line);
            }
            continue;
        }
        let signs: Vec<char> = line.chars().collect();
        if signs.len() != edges[edges.len() - 1] + 1 || edges.iter().any(|edge| signs[*edge] != '|')
        {
            return None;
        }
        for (cell, pair) in row.iter_mut().zip(edges.windows(2)) {
            let part: String = signs[pair[0] + 1..pair[1]].iter().collect();
            add(cell, part.trim());
        }
    }
    let whole = count > 2 && is_border(lines[at + count - 1].trim());
    let rule = |pair: &[usize]| {
        let part = &ruled[pair[0] + 1..pair[1]];
        rule(part.starts_with(':'), part.ends_with(':'))
    };
    let rules = edges.windows(2).map(rule).collect();
    (whole && rows.len() > 1).then(|| (at + count, headed(rows, head.unwrap_or(1)), rules))
}

/// What stands below the head of a column whose words are, or are not, at its start and its end.
fn rule(start: bool, end: bool) -> &'static str {
    match (start, end) {
        (false, true) => "--:",
        (true, true) => ":-:",
        _ => "---",
    }
}

/// The first rows as one: a table has one row of heads.
fn headed(mut rows: Rows, head: usize) -> Rows {
    let rest = rows.split_off(head.clamp(1, rows.len()));
    let mut first = rows.remove(0);
    for row in rows {
        for (cell, more) in first.iter_mut().zip(row) {
            add(cell, &more);
        }
    }
    std::iter::once(first).chain(rest).collect()
}

/// Columns under rules of hyphens, `-----  -----`: the head is above them; a whole rule may frame rows of many lines.
fn ruled(lines: &[&str], at: usize) -> Option<(usize, usize, Rows, Rules)> {
    let columns = rules(lines[at])?;
    let blank = |at: Option<usize>| {
        at.and_then(|at| lines.get(at))
            .is_none_or(|line| line.trim().is_empty())
    };
    let framed = |line: &str| {
        let line = line.trim_end();
        line.len() > 8 && line.chars().all(|c| c == '-')
    };
    let above = (1..=6)
        .take_while(|up| *up <= at && !blank(at.checked_sub(*up)))
        .count();
    let frame = (1..=above).find(|up| framed(lines[at - up]));
    let (start, head) = match (frame, above) {
        (Some(up), _) => (at - up, &lines[at - up + 1..at]),
        (None, 0) => (at, &lines[at..at]),
        (None, 1) => (at - 1, &lines[at - 1..at]),
        _ => return None,
    };
    let mut rows: Rows = vec![vec![String::new(); columns.len()]];
    for line in head {
        fill(&mut rows[0], line, &columns);
    }
    let mut fresh = true;
    let mut end = at + 1;
    loop {
        let line = lines.get(end).copied().unwrap_or_default();
        let closes = rules(line).is_some() || framed(line);
        if closes {
            end += 1;
            break;
        }
        if line.trim().is_empty() {
            // An empty line parts rows within a frame, and ends a table that has a head and no frame.
            match (frame, above) {
                (None, 1) => break,
                _ if end >= lines.len() || end > at + 400 || frame.is_none() => return None,
                _ => fresh = true,
            }
        } else {
            if fresh || frame.is_none() {
                rows.push(vec![String::new(); columns.len()]);
                fresh = false;
            }
            fill(rows.last_mut()?, line, &columns);
        }
        end += 1;
    }
    let wide = |row: &Vec<String>| row.iter().filter(|cell| !cell.is_empty()).count() > 1;
    let told = head
        .last()
        .or(lines.get(at + 1))
        .copied()
        .unwrap_or_default();
    let rules = flush(told, lines[at], &columns);
    (rows.len() > 1 && rows[1..].iter().any(wide)).then_some((
        start,
        end.min(lines.len()),
        rows,
        rules,
    ))
}

/// How columns are set: words that are flush with the end of their rule are at the end, those that are flush with neither
/// end in the middle.
fn flush(words: &str, ruled: &str, columns: &[usize]) -> Rules {
    let (words, ruled): (Vec<char>, Vec<char>) = (words.chars().collect(), ruled.chars().collect());
    let side = |at: usize| words.get(at).is_some_and(|c| !c.is_whitespace());
    let one = |start: &usize| {
        let end = start + ruled[*start..].iter().take_while(|c| **c == '-').count();
        let (first, last) = (side(*start), side(end - 1));
        match (*start..end).any(side) {
            true if !first && !last => ":-:",
            _ => rule(false, !first && last),
        }
    };
    columns.iter().map(one).collect()
}

/// Where the columns of a rule start; a rule has two of them or more.
fn rules(line: &str) -> Option<Vec<usize>> {
    let sound = line.contains("--") && line.chars().all(|c| matches!(c, '-' | ' '));
    let mut columns = Vec::new();
    let mut before = ' ';
    for (at, c) in line.chars().enumerate().filter(|_| sound) {
        if c == '-' && before == ' ' {
            columns.push(at);
        }
        before = c;
    }
    (columns.len() > 1).then_some(columns)
}

fn fill(row: &mut [String], line: &str, columns: &[usize]) {
    let signs: Vec<char> = line.chars().collect();
    for (index, cell) in row.iter_mut().enumerate() {
        let start = if index == 0 { 0 } else { columns[index] };
        let end = columns.get(index + 1).copied().unwrap_or(signs.len());
        let part =
            signs.get(start.min(signs.len())..end.clamp(start.min(signs.len()), signs.len()));
        let part: String = part.unwrap_or_default().iter().collect();
        add(cell, part.trim());
    }
}

fn add(cell: &mut String, part: &str) {
    if !cell.is_empty() && !part.is_empty() {
        cell.push(' ');
    }
    cell.push_str(part);
}

/// Rows with pipes, in so many lines.
fn piped(rows: &[Vec<String>], rules: &[&str], count: usize) -> Vec<String> {
    let line = |row: &Vec<String>| {
        let cells = row.iter().map(|cell| cell.replace('|', "\\|"));
        format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
    };
    let mut out: Vec<String> = rows.iter().map(line).collect();
    out.insert(1, format!("|{}|", rules.join("|")));
    if out.len() < count {
        out.insert(0, String::new());
    }
    out.resize(count.max(out.len()), String::new());
    out
}

fn positions(line: &str, sign: char) -> Vec<usize> {
    let signs = line.chars().enumerate().filter(|(_, c)| *c == sign);
    signs.map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawn_tables_get_pipes_and_keep_their_lines() {
        for (drawn, piped) in [
            (
                "+---+---+\n| A | B |\n+===+===+\n| 1 | 2 |\n| x |   |\n+---+---+",
                "\n| A | B |\n|---|---|\n| 1 x | 2 |\n\n",
            ),
            (
                "  A    B\n----  ---\n   1  x\n  22  y\n\nT",
                "| A | B |\n|:-:|:-:|\n| 1 | x |\n| 22 | y |\n\nT",
            ),
            (
                "----------\n A    B\n---- -----\n one  two\n      x\n\n 3    4\n----------\n",
                "\n| A | B |\n|:-:|:-:|\n| one | two x |\n| 3 | 4 |\n\n\n\n",
            ),
            (
                "---- ----\n1    2\n---- ----",
                "|  |  |\n|---|---|\n| 1 | 2 |",
            ),
        ] {
            assert_eq!(with_pipes(drawn), piped, "{drawn}");
        }
    }

    #[test]
    fn what_may_be_something_else_stays() {
        for text in [
            "```\n+---+---+\n| A | B |\n+---+---+\n```",
            "+---+---+\n| A     |\n+---+---+\n| 1 | 2 |\n+---+---+",
            "--- ---\n\nText.",
            "One\n\n----- -----\n\nTwo",
            "A\n---\nB",
        ] {
            assert_eq!(with_pipes(text), text, "{text}");
        }
    }
}
