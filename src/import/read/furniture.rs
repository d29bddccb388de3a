//! Furniture of pages: heads, feet and numbers that are no text.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::words::{Words, behind};

/// How many lines at the head and foot of a page may be furniture.
const EDGE: usize = 3;
/// The most words of a line of furniture without columns.
const SHORT: usize = 12;
/// The most lines of a cover.
const COVER: usize = 10;

/// The lines that are furniture, each with what it is: those at the edges of pages, else page numbers and what is next to them.
pub(super) fn of(lines: &[&str], words: &Words) -> BTreeMap<usize, &'static str> {
    let paged = paged(lines, words);
    match paged.is_empty() {
        true => beside_numbers(lines, words),
        false => {
            let why = "heads, feet and numbers of pages";
            paged.into_iter().map(|line| (line, why)).collect()
        }
    }
}

/// Lines at the edges of pages that are there again and again, up to their number.
fn paged(lines: &[&str], words: &Words) -> BTreeSet<usize> {
    let is_label = |line: &str| super::contents::label(line, words).is_some();
    let mut pages: Vec<Vec<usize>> = vec![Vec::new()];
    for (index, line) in lines.iter().enumerate() {
        for (part, text) in line.split('\u{C}').enumerate() {
            if part > 0 {
                pages.push(Vec::new());
            }
            if let Some(page) = pages.last_mut().filter(|_| !text.trim().is_empty()) {
                page.push(index);
            }
        }
    }
    let mut out = BTreeSet::new();
    // What a cover says once is the title, though it stands at the head of the pages after it.
    let cover = pages.iter().find(|page| !page.is_empty());
    let cover: BTreeSet<usize> = cover
        .filter(|page| page.len() <= COVER)
        .map(|page| page.iter().copied().collect())
        .unwrap_or_default();
    let titles = |line: usize| cover.contains(&line) && numbers(lines[line]).is_empty();
    if pages.iter().filter(|page| !page.is_empty()).count() < 2 {
        return out;
    }
    for head in [true, false] {
        let mut open: BTreeSet<usize> = (0..pages.len()).collect();
        for edge in 0..EDGE {
            let mut alike: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
            for page in &open {
                let lines_of = &pages[*page];
                let at = if head {
                    Some(edge)
                } else {
                    lines_of.len().checked_sub(edge + 1)
                };
                let Some(index) = at.and_then(|at| lines_of.get(at)).copied() else {
                    continue;
                };
                let text = lines[index].replace('\u{C}', " ");
                if !is_label(text.trim()) && !out.contains(&index) && is_short(&text) {
                    alike
                        .entry(without_numbers(&text))
                        .or_default()
                        .push((*page, index));
                }
            }
            open.clear();
            for places in alike.into_values().filter(|places| places.len() > 1) {
                let texts: Vec<(usize, Vec<u64>)> = places
                    .iter()
                    .map(|(page, index)| (*page, numbers(lines[*index])))
                    .collect();
                if !counts_on(&texts) {
                    continue;
                }
                // A line with nothing that counts must stand on most pages.
                let same = texts.windows(2).all(|pair| pair[0].1 == pair[1].1);
                let apart = places.iter().all(|(_, index)| is_apart(lines, *index));
                if same && (places.len() * 2 < pages.len() || !apart) {
                    continue;
                }
                for (page, index) in places {
                    open.insert(page);
                    if !titles(index) {
                        out.insert(index);
                    }
                }
            }
        }
    }
    numbered(lines, &pages, words, &mut out);
    out
}

/// Adds the numbers of pages that stand in another form than those that were found: `3`, `- 4 -` and `Page 5 of 6`.
fn numbered(lines: &[&str], pages: &[Vec<usize>], words: &Words, out: &mut BTreeSet<usize>) {
    let ahead = |page: usize, line: usize| {
        let number = page_number(&lines[line].replace('\u{C}', " "), words)?.number as usize;
        (number + pages.len()).checked_sub(page)
    };
    let all = || {
        pages
            .iter()
            .enumerate()
            .flat_map(|(page, of)| of.iter().map(move |line| (page, *line)))
    };
    let known: BTreeSet<usize> = all()
        .filter(|(_, line)| out.contains(line))
        .filter_map(|(page, line)| ahead(page, line))
        .collect();
    let [known] = known.into_iter().collect::<Vec<_>>()[..] else {
        return;
    };
    for (page, of) in pages.iter().enumerate() {
        let edges = of.iter().take(EDGE).chain(of.iter().rev().take(EDGE));
        let more = edges.filter(|line| ahead(page, **line) == Some(known));
        out.extend(more.copied());
    }
}

/// Whether a line is too short for a full line of a text, or has columns.
fn is_short(line: &str) -> bool {
    let text = line.trim();
    text.contains("   ") || text.contains('\t') || text.split_whitespace().count() <= SHORT
}

/// Whether a line is in no paragraph: few lines of its page are joined to it.
fn is_apart(lines: &[&str], index: usize) -> bool {
    let filled = |line: &str| !line.trim_matches(['\u{C}', ' ', '\t']).is_empty();
    let opens = |line: &str| line.starts_with('\u{C}');
    let below = lines[index + 1..]
        .iter()
        .take(EDGE)
        .take_while(|line| filled(line) && !opens(line));
    let mut run = 1 + below.count();
    let mut at = index;
    while at > 0 && run <= EDGE && !opens(lines[at]) && filled(lines[at - 1]) {
        at -= 1;
        run += 1;
    }
    run <= EDGE
}

/// Whether every number of a line is the same on all pages or counts with them.
fn counts_on(texts: &[(usize, Vec<u64>)]) -> bool {
    let Some((first, numbers)) = texts.first() else {
        return false;
    };
    (0..numbers.len()).all(|at| {
        let value = |numbers: &Vec<u64>| numbers.get(at).copied().unwrap_or_default();
        let start = value(numbers);
        let same = texts.iter().all(|(_, numbers)| value(numbers) == start);
        let rise = texts.iter().all(|(page, numbers)| {
            let gap = u64::try_from(page - first).unwrap_or_default();
            value(numbers) == start.saturating_add(gap)
        });
        same || rise
    })
}

fn without_numbers(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        if roman(word).is_some() {
            out.push_str("§ ");
            continue;
        }
        let mut digits = false;
        for c in word.chars() {
            if !c.is_ascii_digit() {
                out.push(c);
            } else if !digits {
                out.push('#');
            }
            digits = c.is_ascii_digit();
        }
        out.push(' ');
    }
    out
}

fn numbers(text: &str) -> Vec<u64> {
    let runs = text.split(|c: char| !c.is_ascii_digit());
    let digits = runs.filter_map(|run| run.parse().ok());
    digits
        .chain(text.split_whitespace().filter_map(roman))
        .collect()
}

/// The value of a small Roman number.
fn roman(word: &str) -> Option<u64> {
    let value = |c: char| match c {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        _ => None,
    };
    let values: Option<Vec<u64>> = word.chars().map(value).collect();
    let values = values.filter(|values| !values.is_empty())?;
    let add = |(sum, last): (u64, u64), value: u64| match value < last {
        true => (sum.saturating_sub(value), last),
        false => (sum + value, value),
    };
    Some(values.into_iter().rev().fold((0, 0), add).0)
}

/// Page numbers, and the lines that are next to them again and again.
fn beside_numbers(lines: &[&str], words: &Words) -> BTreeMap<usize, &'static str> {
    let full: Vec<usize> = (0..lines.len())
        .filter(|index| !lines[*index].trim().is_empty())
        .collect();
    let alone = |index: usize| {
        let empty = |index: Option<usize>| {
            index
                .and_then(|index| lines.get(index))
                .is_none_or(|line| line.trim().is_empty())
        };
        empty(index.checked_sub(1)) || empty(Some(index + 1))
    };
    let mut numbers: Vec<(usize, usize, PageNumber)> = Vec::new();
    for (place, &index) in full.iter().enumerate() {
        if let Some(number) = page_number(lines[index], words).filter(|_| alone(index)) {
            numbers.push((place, index, number));
        }
    }
    // A number on a line of its own is a page number only where such numbers count on.
    let rise = |pair: &[(usize, usize, PageNumber)]| pair[0].2.number < pair[1].2.number;
    if !(numbers.len() > 1 && numbers.windows(2).all(rise)) {
        numbers.retain(|(.., number)| number.sure);
    }
    let mut out = BTreeMap::new();
    let mut beside: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &(place, index, _) in &numbers {
        out.insert(index, "page numbers");
        let near = [place.checked_sub(1), Some(place + 1)];
        for &other in near.iter().flatten().filter_map(|place| full.get(*place)) {
            beside.entry(lines[other].trim()).or_default().push(other);
        }
    }
    for places in beside.into_values().filter(|places| places.len() > 1) {
        out.extend(places.into_iter().map(|index| (index, "running heads")));
    }
    out
}

/// A line that may be a page number.
#[derive(Debug, Clone, Copy)]
struct PageNumber {
    number: u32,
    /// Whether it is one even without others: `Page 3 of 9`.
    sure: bool,
}

/// The number of a page, where a line says nothing else.
fn page_number(line: &str, words: &Words) -> Option<PageNumber> {
    let line = line.trim().trim_matches('\u{C}').trim();
    let named = behind(line, &words.page);
    let line = named.unwrap_or(line);
    let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|'));
    let number = line.split_whitespace().next().unwrap_or_default();
    let of = line[number.len()..].trim_start();
    let total = behind(of, &words.page_of).or_else(|| of.strip_prefix('/'));
    if !of.is_empty()
        && !total.is_some_and(|total| total.trim().bytes().all(|b| b.is_ascii_digit()))
    {
        return None;
    }
    let digits = number.bytes().all(|byte| byte.is_ascii_digit());
    let sound = digits && (1..=4).contains(&number.len());
    let number = number.parse().ok().filter(|_| sound)?;
    let sure = named.is_some() && !of.is_empty();
    Some(PageNumber { number, sure })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::words::english;

    fn out(text: &str) -> Vec<usize> {
        let lines: Vec<&str> = text.split('\n').collect();
        paged(&lines, &english().unwrap()).into_iter().collect()
    }

    #[test]
    fn what_stands_at_the_edges_of_pages_again_is_furniture() {
        assert_eq!(out("Head 1\na\n\u{C}Head 2\nb\n\u{C}Head 3\nc"), [0, 2, 4]);
        assert_eq!(out("a\n1\n\u{C}b\n2\n\u{C}c\n3"), [1, 3, 5]);
        assert_eq!(
            out("a\nFoot [Page 1]\n\u{C}Head\nb\nFoot [Page 2]\n\u{C}Head\nc\nFoot [Page 3]"),
            [1, 2, 4, 5, 7]
        );
        // Numbers of pages in several forms count on as one.
        assert_eq!(
            out("a\n3\n\u{C}b\n- 4 -\n\u{C}c\nPage 5 of 6\n\u{C}d\n6"),
            [1, 3, 5, 7]
        );
        // Numbers that do not count with the pages, and lines that stand twice, are text.
        assert!(out("In 2014\na\n\u{C}In 2019\nb\n\u{C}In 2011\nc").is_empty());
        assert!(out("a\nYes.\nb\nYes.\nc").is_empty());
    }
}
