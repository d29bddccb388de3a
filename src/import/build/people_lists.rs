//! Lists of people in the text itself: who was present, spoke, reviewed or signed. Everyone of such a list enters the
//! registry, if each of its entries is a name; else it is prose.

use super::Builder;
use super::parts::{PartKind, Passage};
use crate::import::read::line_markers::bullet;
use crate::import::recognise::people::{self, NamedPerson};
use crate::import::words::{Words, is_one};

impl Builder<'_> {
    /// A block with the people of its list marked.
    pub(super) fn people(&mut self, text: String) -> String {
        // The people of a meeting are those of its facts and of what was said; code is no list of people.
        if self.chapter.kind == PartKind::Meeting || text.contains("```") {
            return text;
        }
        let lines: Vec<&str> = text.split('\n').collect();
        let entries = if bullet(lines[0]).is_some() && self.heads_people() {
            items(&lines)
        } else if text.starts_with('|') && self.heads_people() {
            rows(&lines)
        } else {
            lists(&text, &lines, self.words)
        };
        let named = |(start, end): &(usize, usize)| {
            let found = people::listed(&text[*start..*end], self.words);
            found
                .filter(|named| named.name.contains(' '))
                .map(|named| (*start, named))
        };
        let found: Option<Vec<(usize, NamedPerson)>> =
            entries.unwrap_or_default().iter().map(named).collect();
        let mut out = text.clone();
        for (start, named) in found.unwrap_or_default().iter().rev() {
            let (id, _) = self.parts.registry.person(named, self.words);
            let place = start + named.place.start..start + named.place.end;
            let link = format!("[{}](person:{id})", &text[place.clone()]);
            out.replace_range(place, &link);
        }
        out
    }

    /// Whether the heading above, or the paragraph that ends with a colon, says that people follow.
    fn heads_people(&mut self) -> bool {
        let words = self.words;
        let own = self.chapter.title.clone();
        let section = self.current();
        let title = section.title.clone().unwrap_or(own);
        let above = match section.last_text().last() {
            Some(Passage::Prose(text)) => Some(text),
            _ => None,
        };
        match above.filter(|text| text.trim_end_matches('*').ends_with(':')) {
            Some(text) => is_one(text, &words.attending),
            None => section.last_text().is_empty() && is_one(&title, &words.attending),
        }
    }
}

/// Where the list after a label starts: after `Present:`.
fn labelled(text: &str, words: &Words) -> Option<usize> {
    let at = text.find(':')?;
    let start = at + 1 + usize::from(text[at + 1..].starts_with("**")) * 2;
    is_one(&text[..at], &words.attending).then_some(start)
}

type Entries = Option<Vec<(usize, usize)>>;

/// The lists of the lines that a label opens.
fn lists(text: &str, lines: &[&str], words: &Words) -> Entries {
    let mut at = 0;
    let mut found = Vec::new();
    for line in lines {
        if let Some(start) = labelled(line, words) {
            let end = at + line.trim_end_matches('\\').len();
            found.extend(parts(&text[..end], at + start, words));
        }
        at += line.len() + 1;
    }
    Some(found)
}

/// What commas, semicolons and “and” part, brackets aside.
fn parts(text: &str, from: usize, words: &Words) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let (mut start, mut depth) = (from, 0);
    let ands: Vec<String> = words.and.iter().map(|and| format!(" {and} ")).collect();
    for (at, c) in text.char_indices().filter(|(at, _)| *at >= from) {
        depth += i32::from(c == '(') - i32::from(c == ')');
        let and = ands
            .iter()
            .find(|and| depth == 0 && text[at..].starts_with(and.as_str()));
        if depth == 0 && (matches!(c, ',' | ';') || and.is_some()) {
            found.push((start, at));
            start = at + and.map_or(c.len_utf8(), String::len);
        }
    }
    found.push((start, text.len()));
    let found = found.into_iter();
    found
        .filter_map(|(start, end)| trimmed(text, start, end))
        .collect()
}

fn trimmed(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let inner = text.get(start..end)?;
    let left = inner.len() - inner.trim_start().len();
    let inner = inner.trim();
    (!inner.is_empty()).then(|| (start + left, start + left + inner.len()))
}

/// The texts of the items of a flat list.
fn items(lines: &[&str]) -> Entries {
    let mut at = 0;
    let mut found = Vec::new();
    for line in lines {
        let (_, text) = bullet(line).filter(|_| !line.starts_with(' '))?;
        found.push((at + line.len() - text.len(), at + line.len()));
        at += line.len() + 1;
    }
    Some(found)
}

/// The first cells of a table’s rows below its head.
fn rows(lines: &[&str]) -> Entries {
    let mut at = 0;
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if index > 1 {
            let end = line[1..].find('|')? + 1;
            let cell = line[1..end].trim();
            found.push((at + 2, at + 2 + cell.len()));
        }
        at += line.len() + 1;
    }
    Some(found)
}
