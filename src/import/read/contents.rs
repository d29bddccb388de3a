//! What a text says about its own chapters: its contents list, and labels such as “Appendix 2”.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::line_markers::numbered;
use super::lines::Block;
use crate::import::outline::{Label, words as bare_words};
use crate::import::words::{Words, behind, is_one, plain};

/// The longest list of contents whose titles may differ from the headings in a word.
const MAX_COMPARED: usize = 400;
/// The most headings below which a list of contents is looked for.
const MAX_LISTS: usize = 4;
/// The most words above the columns of a list.
const MAX_COLUMNS: usize = 4;
/// The longest entry, in bytes.
const MAX_ENTRY: usize = 1000;

/// A chapter that the text's own list of contents names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ContentsLine {
    pub(crate) label: Option<(String, Label)>,
    pub(crate) title: String,
}

/// An entry with its depth, from 1.
type ContentsEntry = (usize, ContentsLine);

/// The list of contents: its entries and the indices of its blocks.
pub(crate) fn find(blocks: &[Block], words: &Words) -> Option<(Vec<ContentsEntry>, Range<usize>)> {
    let heads = |(_, block): &(usize, &Block)| is_one(&block.lines[0], &words.contents);
    let starts = blocks.iter().enumerate().filter(heads).take(MAX_LISTS);
    starts
        .map(|(start, _)| start)
        .find_map(|start| list_at(blocks, start, words))
}

/// The list of contents under the heading that a block opens with.
fn list_at(
    blocks: &[Block],
    start: usize,
    words: &Words,
) -> Option<(Vec<ContentsEntry>, Range<usize>)> {
    let mut entries = Vec::new();
    let mut end = start + 1;
    let mut open = String::new();
    let mut indent = 0;
    for (index, block) in blocks.iter().enumerate().skip(start) {
        let lines = &block.lines[usize::from(index == start)..];
        let paged = lines.iter().any(|line| page(line).is_some());
        // `Chap.   Page` may stand above the columns.
        if index == start + 1 && !paged && block.lines.len() == 1 && block.count() <= MAX_COLUMNS {
            continue;
        }
        if index > start && !paged {
            break;
        }
        for line in lines {
            if open.len() > MAX_ENTRY {
                open.clear();
            }
            if open.is_empty() {
                indent = indentation(line);
            }
            super::lines::join(&mut open, line.trim());
            if let Some(title) = numbered_title(line, &open) {
                let number = numbered(&title).map(|(depth, _)| depth);
                let number = number.or(is_roman(&title).then_some(1));
                entries.push((number, indent, entry(&title, words)));
                open.clear();
            }
        }
        end = index + 1;
    }
    let below = lines_of(&blocks[end.min(blocks.len())..]);
    let named =
        |entry: &ContentsLine| entry.label.is_some() || below.contains(&title_key(&entry.title));
    // The index at the end of a book has pages as well, and names nothing that comes.
    if entries.len() > 1 && entries.iter().any(|(.., entry)| named(entry)) {
        return Some((with_depths(entries), start..end));
    }
    let listed = &blocks[start..];
    let found = numbers_apart(listed, words).or_else(|| without_pages(listed, words));
    found.map(|(entries, count)| (entries, start..start + count))
}

/// A list without page numbers: each of its lines is a line of its own further below.
fn without_pages(blocks: &[Block], words: &Words) -> Option<(Vec<ContentsEntry>, usize)> {
    let own = blocks.first()?.lines.len() > 1;
    let (titles, rest) = match own {
        true => (&blocks[0].lines[1..], &blocks[1..]),
        false => (blocks.get(1)?.lines.as_slice(), blocks.get(2..)?),
    };
    let below = lines_of(rest);
    let all = titles.iter().all(|title| below.contains(&title_key(title)));
    let entries = titles.iter().map(|title| {
        let depth = numbered(title.trim()).map_or(1, |(depth, _)| depth);
        (depth, entry(title.trim(), words))
    });
    (titles.len() > 1 && all).then(|| (entries.collect(), if own { 1 } else { 2 }))
}

/// What blocks begin with, and what they say in all.
fn lines_of(blocks: &[Block]) -> BTreeSet<Vec<String>> {
    let own = |block: &Block| [title_key(&block.lines[0]), title_key(&block.text())];
    blocks.iter().flat_map(own).collect()
}

/// Whether a title has a Roman number in front, such as `XII.`
fn is_roman(title: &str) -> bool {
    let number = title
        .split_whitespace()
        .next()
        .and_then(|word| word.strip_suffix('.'));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b"IVXLC".contains(&b)))
}

/// A list whose page numbers are in a block of their own, below as many lines.
fn numbers_apart(blocks: &[Block], words: &Words) -> Option<(Vec<ContentsEntry>, usize)> {
    let own = blocks.first()?.lines.len() > 1;
    let (titles, numbers) = match own {
        true => (&blocks[0].lines[1..], blocks.get(1)?),
        false => (blocks.get(1)?.lines.as_slice(), blocks.get(2)?),
    };
    let number = |line: &String| line.trim().parse::<u32>().ok();
    let pages: Option<Vec<u32>> = numbers.lines.iter().map(number).collect();
    let pages = pages.filter(|pages| pages.len() == titles.len() && pages.len() > 1)?;
    let entries = titles.iter().map(|title| (1, entry(title.trim(), words)));
    pages
        .is_sorted()
        .then(|| (entries.collect(), if own { 2 } else { 3 }))
}

/// How deep each entry is, by its number, such as `2.1`, else by its indentation.
fn with_depths(entries: Vec<(Option<usize>, usize, ContentsLine)>) -> Vec<ContentsEntry> {
    let by_number = entries.iter().any(|(number, ..)| number.is_some());
    let indents: BTreeSet<usize> = entries.iter().map(|(_, indent, _)| *indent).collect();
    let depth = |number: Option<usize>, indent: usize| match by_number {
        true => number.unwrap_or(1),
        false => indents.range(..=indent).count(),
    };
    let deep = |(number, indent, entry)| (depth(number, indent), entry);
    entries.into_iter().map(deep).collect()
}

/// The width of the blanks before a line.
fn indentation(line: &str) -> usize {
    let blanks = line.chars().take_while(|c| c.is_whitespace());
    blanks.map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

fn numbered_title(line: &str, whole: &str) -> Option<String> {
    let page = page(line)?;
    let title = whole.trim_end().strip_suffix(page)?;
    Some(
        title
            .trim_end_matches(|c: char| c.is_whitespace() || c == '.' || c == '…')
            .to_owned(),
    )
}

/// The page number at the end of a line of contents.
pub(super) fn page(line: &str) -> Option<&str> {
    let line = line.trim_end();
    let page = line
        .rsplit(|c: char| c.is_whitespace() || c == '.')
        .next()?;
    let head = line.strip_suffix(page)?;
    let wide = head.ends_with('\t')
        || head.ends_with("..")
        || head.ends_with("  ")
        || head.ends_with(". ");
    let digits = page.bytes().all(|byte| byte.is_ascii_digit());
    let roman = page.bytes().all(|byte| b"ivxlc".contains(&byte));
    (wide && !page.is_empty() && (digits || roman)).then_some(page)
}

fn entry(title: &str, words: &Words) -> ContentsLine {
    match label(title, words) {
        Some((name, label, rest)) if !rest.is_empty() => ContentsLine {
            label: Some((plain(&name), label)),
            title: rest,
        },
        _ => ContentsLine {
            label: None,
            title: title.to_owned(),
        },
    }
}

/// The label at the start of a heading: as written, what it is, and the title after it.
pub(crate) fn label(text: &str, words: &Words) -> Option<(String, Label, String)> {
    let text = text.trim();
    let (label, rest) = ordinal(text, words).or_else(|| appendix(text, words))?;
    let title = rest
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '.' | '-' | '–' | '—'))
        .trim();
    let parted = rest.is_empty()
        || rest.starts_with(['.', '\t'])
        || rest.trim_start().starts_with(':')
        || rest.starts_with(" –")
        || rest.starts_with(" -");
    let name = text[..text.len() - rest.len()].trim().to_owned();
    parted.then(|| (name, label, title.to_owned()))
}

/// `First meeting` or `Meeting 1`.
fn ordinal<'t>(text: &'t str, words: &Words) -> Option<(Label, &'t str)> {
    for (index, ordinal) in words.ordinals.iter().enumerate() {
        if let Some(rest) = behind(text, std::slice::from_ref(ordinal)) {
            let rest = behind(rest.trim_start(), &words.meeting)?;
            return Some((Label::Meeting(u32::try_from(index + 1).ok()?), rest));
        }
    }
    let rest = behind(text, &words.meeting)?.trim_start();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number = rest[..digits].parse().ok().filter(|number| *number > 0)?;
    Some((Label::Meeting(number), &rest[digits..]))
}

/// `Appendix 1`, `Annex B` or `Annex`.
fn appendix<'t>(text: &'t str, words: &Words) -> Option<(Label, &'t str)> {
    let rest = behind(text, &words.appendix)?;
    let number = rest.trim_start();
    let point = |at: usize| {
        number[at..].starts_with('.') && number[at + 1..].starts_with(|c: char| c.is_ascii_digit())
    };
    let end = number
        .char_indices()
        .find(|(at, c)| !c.is_alphanumeric() && !point(*at))
        .map_or(number.len(), |(at, _)| at);
    let name = &number[..end];
    let counts = name
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b"IVX.".contains(&byte))
        || name.split('.').next().is_some_and(|first| first.len() == 1);
    Some((Label::Appendix, if counts { &number[end..] } else { rest }))
}

impl ContentsLine {
    /// Whether a block is this entry's heading; headings and list need not agree in every word.
    pub(crate) fn is(&self, text: &str, words: &Words) -> Option<Form> {
        let own = label(text, words);
        match (&self.label, own) {
            (Some((name, _)), Some((label, _, title))) if plain(&label) == *name => {
                Some(if title.is_empty() {
                    Form::Label
                } else {
                    Form::Both
                })
            }
            (_, None) if alike(text, &self.title) => Some(Form::Title),
            _ => None,
        }
    }
}

/// The entries of a list of contents, to be found by what is in a heading.
#[derive(Debug, Default)]
pub(crate) struct Chapters {
    entries: Vec<ContentsLine>,
    labels: BTreeMap<String, Vec<usize>>,
    titles: BTreeMap<Vec<String>, Vec<usize>>,
    /// Sections that the list names below chapters, with their depth.
    parts: BTreeMap<Vec<String>, usize>,
}

impl Chapters {
    /// What a list names; where it has no two chapters, its deeper entries are chapters, too.
    pub(crate) fn new(listed: Vec<ContentsEntry>) -> Self {
        let mut chapters = Chapters::default();
        let top = listed.iter().filter(|(depth, _)| *depth == 1).count();
        let mut entries = Vec::new();
        for (depth, entry) in listed {
            if depth == 1 || top < 2 {
                entries.push(entry);
            } else if entry.label.is_none() {
                chapters.parts.insert(title_key(&entry.title), depth);
            }
        }
        for (index, entry) in entries.iter().enumerate() {
            if let Some((name, _)) = &entry.label {
                chapters.labels.entry(name.clone()).or_default().push(index);
            }
            let title = title_key(&entry.title);
            chapters.parts.remove(&title);
            chapters.titles.entry(title).or_default().push(index);
        }
        chapters.entries = entries;
        chapters
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The depth of the section that a text is the heading of.
    pub(crate) fn part(&self, text: &str) -> Option<usize> {
        self.parts.get(&title_key(text)).copied()
    }

    /// Whether the list names sections below chapters.
    pub(super) fn has_parts(&self) -> bool {
        !self.parts.is_empty()
    }

    /// The first entry from `next` on that a text is the heading of.
    pub(crate) fn find(
        &self,
        text: &str,
        next: usize,
        words: &Words,
    ) -> Option<(usize, Form, ContentsLine)> {
        let own = label(text, words);
        let same = match &own {
            Some((name, ..)) => self.labels.get(&plain(name)),
            None => self.titles.get(&title_key(text)),
        };
        let first = |list: &Vec<usize>| list.get(list.partition_point(|one| *one < next)).copied();
        let index = same.and_then(first).or_else(|| {
            // Titles that differ in a word are looked for one by one, in lists of a length that people write.
            let few = own.is_none() && self.entries.len() <= MAX_COMPARED;
            let mut later = (next..self.entries.len()).filter(|_| few);
            later.find(|index| alike(text, &self.entries[*index].title))
        })?;
        let entry = &self.entries[index];
        Some((index, entry.is(text, words)?, entry.clone()))
    }
}

/// Which part of an entry a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Its label alone.
    Label,
    /// Its title alone.
    Title,
    /// Both.
    Both,
}

/// The words of a title, whatever their case.
fn title_key(title: &str) -> Vec<String> {
    bare_words(&title.to_lowercase()).collect()
}

/// Whether two titles are the same except for case and perhaps a word.
fn alike(one: &str, other: &str) -> bool {
    let (one, other) = (title_key(one), title_key(other));
    if one == other {
        return !one.is_empty();
    }
    let same = one.iter().zip(&other).filter(|(a, b)| a == b).count();
    one.len() == other.len() && one.len() > 4 && same * 5 >= one.len() * 4
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::read::lines::blocks;
    use crate::import::words::english;

    #[test]
    fn a_list_of_contents_names_chapters() {
        let words = english().unwrap();
        let text = "T\n\nCONTENTS\n\nINTRODUCTION\t1\nFIRST MEETING: On\nhealth\t2\nAnnex A: Who.....12\n\nIntroduction\n\nText.";
        let (entries, range) = find(&blocks(text, &words).0, &words).unwrap();
        assert_eq!(range, 1..3);
        let entries: Vec<ContentsLine> = entries.into_iter().map(|(_, entry)| entry).collect();
        assert_eq!(
            entries[1].label,
            Some(("first meeting".into(), Label::Meeting(1)))
        );
        assert_eq!(entries[1].title, "On health");
        assert_eq!(entries[2].label, Some(("annex a".into(), Label::Appendix)));
        assert_eq!(entries[0].is("Introduction", &words), Some(Form::Title));
        assert_eq!(
            entries[1].is("First Meeting: On wealth", &words),
            Some(Form::Both)
        );
    }

    #[test]
    fn entries_are_as_deep_as_their_numbers_or_their_indentation_say() {
        let words = english().unwrap();
        for text in [
            "CONTENTS\n1. Wells\t1\n1.1 Old\t2\n2. Pumps\t3\nAnnex I. Who\t4",
            "CONTENTS\nWells\t1\n  Old\t2\nPumps\t3\nWho\t4",
        ] {
            let text = format!("{text}\n\nWells\n\nText.");
            let (entries, _) = find(&blocks(&text, &words).0, &words).unwrap();
            let depths: Vec<usize> = entries.iter().map(|(depth, _)| *depth).collect();
            assert_eq!(depths, [1, 2, 1, 1], "{text}");
            let old = entries[1].1.title.clone();
            let chapters = Chapters::new(entries);
            assert_eq!(chapters.part(&old.to_uppercase()), Some(2));
            assert_eq!(chapters.entries.len(), 3);
        }
    }

    #[test]
    fn prose_that_starts_with_a_label_is_no_heading() {
        let words = english().unwrap();
        assert!(label("First meeting was held in May.", &words).is_none());
        assert!(label("Annexes follow", &words).is_none());
    }
}
