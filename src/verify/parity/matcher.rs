//! Follows what the document states through the running text of an artifact: each statement must follow the one before
//! it, and nothing but punctuation, numbers and allowed words may be between them once the body has begun.
//!
//! After a difference the walk continues where the text and the document agree again.

use std::collections::{BTreeMap, VecDeque};

use super::difference::{Difference, DifferenceKind, MOST};
use super::expected::{Expected, ExpectedText, Statement, TextRole};
use super::find::find;
use super::plain::{excerpt, words};

/// How many statements ahead are looked for where something else comes before the next one.
const AHEAD: usize = 12;

/// In what a text differs from what is stated.
pub(super) fn walk(expected: &Expected, text: &str) -> Vec<Difference> {
    let mut walk = Walk {
        expected,
        text,
        at: 0,
        start: 0,
        body: 0,
        last: None,
        found: Vec::new(),
    };
    for title in &expected.contents {
        walk.contents(title);
    }
    walk.start = walk.at;
    walk.body = text.len();
    let mut waiting: VecDeque<Statement> = expected.body.iter().cloned().collect();
    while let Some(statement) = waiting.pop_front() {
        if walk.found.len() > MOST {
            break;
        }
        match statement {
            Statement::Text(piece) => walk.piece(&piece, &waiting),
            Statement::AnyOrder(pieces) => {
                for piece in ordered(pieces, text, walk.at).into_iter().rev() {
                    waiting.push_front(Statement::Text(piece));
                }
            }
            Statement::Columns { name, pieces, free } => {
                walk.columns(&name, pieces, &free, &waiting);
            }
        }
    }
    walk.front();
    walk.found
}

/// Pieces in the order in which they stand in a text from `at` on; of two that begin at one place the longer one does.
fn ordered(mut left: Vec<ExpectedText>, text: &str, mut at: usize) -> Vec<ExpectedText> {
    let mut ordered = Vec::new();
    while !left.is_empty() {
        let place = |piece: &ExpectedText| find(text, &piece.text, at);
        let next = (0..left.len()).min_by_key(|index| {
            let start = place(&left[*index]).map_or(usize::MAX, |found| found.0);
            (start, std::cmp::Reverse(left[*index].text.len()))
        });
        let piece = left.remove(next.unwrap_or_default());
        at = place(&piece).map_or(at, |found| found.1);
        ordered.push(piece);
    }
    ordered
}

struct Walk<'a> {
    expected: &'a Expected,
    text: &'a str,
    /// Where the last statement ended.
    at: usize,
    /// Where the contents list ended.
    start: usize,
    /// Where the chapters begin; the end of the text until that is known.
    body: usize,
    /// The last statement that was found, once the body has begun.
    last: Option<String>,
    found: Vec<Difference>,
}

impl Walk<'_> {
    fn contents(&mut self, title: &str) {
        match find(self.text, title, self.at) {
            Some((_, end)) => self.at = end,
            None => self.found.push(Difference {
                what: TextRole::Contents,
                how: DifferenceKind::Missing,
                text: title.to_string(),
                near: String::new(),
                place: None,
            }),
        }
    }

    fn piece(&mut self, piece: &ExpectedText, waiting: &VecDeque<Statement>) {
        let found = match self.last {
            Some(_) => find(self.text, &piece.text, self.at),
            None => self.beginning(piece, waiting),
        };
        let Some((start, end)) = found else {
            return self.absent(piece);
        };
        let between = &self.text[self.at..start];
        let rest = match self.last {
            Some(_) => self.expected.not_allowed(between),
            None => String::new(),
        };
        // Before a note its number stands in brackets; elsewhere that is a mark, which belongs to what is stated.
        let checked = self.expected.bracketed_marks && self.last.is_some();
        if checked && piece.what != TextRole::Note {
            let first = marks_in(between).into_iter().next();
            first.into_iter().for_each(|mark| self.extra(mark));
        }
        if !rest.is_empty() {
            if self.comes_sooner(start, waiting) {
                return self.absent(piece);
            }
            self.extra(shown(&self.text[self.at..start], &rest));
        }
        if self.last.is_none() {
            self.body = start;
        }
        self.at = end;
        self.last = Some(piece.text.clone());
    }

    /// What is to be said before the chapters.
    fn front(&mut self) {
        let before = &self.text[..self.body];
        for piece in &self.expected.front {
            if find(before, &piece.text, 0).is_none() {
                let near = "before the chapters".to_string();
                self.found
                    .push(Difference::of(piece, DifferenceKind::Missing, near));
            }
        }
    }

    /// Where the body begins: at the first place of its first statement that the next one follows. Covers may have the words
    /// of a title, too.
    fn beginning(
        &self,
        piece: &ExpectedText,
        waiting: &VecDeque<Statement>,
    ) -> Option<(usize, usize)> {
        let first = find(self.text, &piece.text, self.at)?;
        let places =
            std::iter::successors(Some(first), |place| find(self.text, &piece.text, place.1));
        let mut places = places.take(AHEAD);
        let begins = places.find(|place| self.goes_on(place.1, waiting.front()));
        Some(begins.unwrap_or(first))
    }

    /// Whether a statement follows on what ends at `end`.
    fn goes_on(&self, end: usize, next: Option<&Statement>) -> bool {
        let follows = |piece: &ExpectedText| {
            let start = find(self.text, &piece.text, end).map(|found| found.0);
            start.is_some_and(|start| self.expected.not_allowed(&self.text[end..start]).is_empty())
        };
        next.is_none_or(|next| next.pieces().iter().any(follows))
    }

    /// Whether one of the next statements comes before `start`.
    fn comes_sooner(&self, start: usize, waiting: &VecDeque<Statement>) -> bool {
        let sooner = |piece: &ExpectedText| {
            let near = &self.text[..start];
            find(near, &piece.text, self.at).is_some()
        };
        let next = waiting.iter().take(AHEAD);
        next.flat_map(Statement::pieces).any(sooner)
    }

    fn absent(&mut self, piece: &ExpectedText) {
        let how = match find(self.text, &piece.text, self.start) {
            // A short text recurs by chance.
            Some(_) if piece.what == TextRole::Heading || piece.text.len() > 30 => {
                DifferenceKind::Moved
            }
            _ => DifferenceKind::Missing,
        };
        let near = self.near();
        self.found.push(Difference::of(piece, how, near));
    }

    fn near(&self) -> String {
        let last = self.last.as_ref();
        last.map_or_else(
            || "at the start".to_string(),
            |last| format!("after “{}”", excerpt(last)),
        )
    }

    /// Something else is here; instead of what has just been missed, where that is so.
    fn extra(&mut self, rest: String) {
        let near = self.near();
        match self.found.last_mut() {
            Some(missed) if missed.how == DifferenceKind::Missing && missed.near == near => {
                missed.how = DifferenceKind::Changed(rest);
            }
            _ => self.found.push(Difference {
                what: TextRole::Text,
                how: DifferenceKind::Extra,
                text: rest,
                near,
                place: None,
            }),
        }
    }

    /// Pieces that follow each other, or whose words are mixed up to where the next statement is.
    fn columns(
        &mut self,
        name: &str,
        pieces: Vec<ExpectedText>,
        free: &[String],
        waiting: &VecDeque<Statement>,
    ) {
        if let Some(end) = self
            .in_sequence(&pieces)
            .or_else(|| self.mixed(&pieces, free))
        {
            for mark in self.marks_too_many(&pieces, free, end) {
                self.extra(mark);
            }
            self.at = end;
            self.last = Some(name.to_string());
            return;
        }
        let next = waiting.iter().take(AHEAD).find_map(|next| match next {
            Statement::Text(piece) => find(self.text, &piece.text, self.at),
            _ => None,
        });
        let end = next.map_or(self.text.len(), |found| found.0);
        let what = pieces.first().map_or(TextRole::Text, |piece| piece.what);
        let (missing, extra) = self.counted(&pieces, free, end);
        let differ = |how, words: Vec<String>| Difference {
            what,
            how,
            text: words.join(" "),
            near: format!("in “{}”", excerpt(name)),
            place: None,
        };
        let both = [
            (DifferenceKind::Missing, missing),
            (DifferenceKind::Extra, extra),
        ];
        let both = both.into_iter().filter(|(_, words)| !words.is_empty());
        self.found
            .extend(both.map(|(how, words)| differ(how, words)));
        self.at = end;
        self.last = Some(name.to_string());
    }

    /// The marks of notes up to `end` that are in none of the pieces, or there more often: other numbers may stand there.
    fn marks_too_many(&self, pieces: &[ExpectedText], free: &[String], end: usize) -> Vec<String> {
        if !self.expected.bracketed_marks {
            return Vec::new();
        }
        let mut wanted: Vec<String> = pieces
            .iter()
            .flat_map(|piece| marks_in(&piece.text))
            .collect();
        let mut there = marks_in(&self.text[self.at..end]);
        // The head of a table may stand there again.
        there.retain(|mark| !free.iter().any(|word| *word == mark[1..mark.len() - 1]));
        there.retain(|mark| match wanted.iter().position(|one| one == mark) {
            Some(place) => {
                wanted.swap_remove(place);
                false
            }
            None => true,
        });
        there
    }

    fn in_sequence(&self, pieces: &[ExpectedText]) -> Option<usize> {
        let mut at = self.at;
        for piece in pieces {
            let (start, end) = find(self.text, &piece.text, at)?;
            if !self.expected.not_allowed(&self.text[at..start]).is_empty() {
                return None;
            }
            at = end;
        }
        Some(at)
    }

    /// Where all words of the pieces have been found and no others, except for free ones and numbers.
    fn mixed(&self, pieces: &[ExpectedText], free: &[String]) -> Option<usize> {
        let mut left = counts(pieces);
        let mut end = self.at;
        for (start, word) in words(&self.text[self.at..]) {
            if left.is_empty() {
                break;
            }
            match left.get_mut(word) {
                Some(1) => {
                    left.remove(word);
                }
                Some(count) => *count -= 1,
                None if is_free(word, free) => {}
                None => return None,
            }
            end = self.at + start + word.len();
        }
        left.is_empty().then_some(end)
    }

    /// The words that are missing and those that are too many up to `end`.
    fn counted(
        &self,
        pieces: &[ExpectedText],
        free: &[String],
        end: usize,
    ) -> (Vec<String>, Vec<String>) {
        let mut left = counts(pieces);
        let mut extra = Vec::new();
        for (_, word) in words(&self.text[self.at..end]) {
            match left.get_mut(word) {
                Some(0) | None if is_free(word, free) => {}
                Some(0) | None => extra.push(word.to_string()),
                Some(count) => *count -= 1,
            }
        }
        let all = pieces.iter().flat_map(|piece| words(&piece.text));
        let mut missing = Vec::new();
        for (_, word) in all {
            if let Some(count) = left.get_mut(word).filter(|count| **count > 0) {
                *count -= 1;
                missing.push(word.to_string());
            }
        }
        (missing, extra)
    }
}

/// The numbers in brackets.
fn marks_in(text: &str) -> Vec<String> {
    let openings = text.match_indices('[').map(|(start, _)| start);
    let mark = |start: usize| {
        let digits = text[start + 1..].bytes();
        let count = digits.take_while(u8::is_ascii_digit).count();
        let closed = text[start + 1 + count..].starts_with(']');
        (count > 0 && closed).then(|| text[start..start + count + 2].to_owned())
    };
    openings.filter_map(mark).collect()
}

/// A text from the first word on that is left of it.
fn shown(between: &str, rest: &str) -> String {
    let first = rest.split(' ').next().unwrap_or_default();
    let start = find(between, first, 0).map_or(0, |found| found.0);
    let end = |c: char| !c.is_alphabetic();
    between[start..].trim_end_matches(end).to_string()
}

fn counts(pieces: &[ExpectedText]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for (_, word) in pieces.iter().flat_map(|piece| words(&piece.text)) {
        *counts.entry(word).or_default() += 1;
    }
    counts
}

fn is_free(word: &str, free: &[String]) -> bool {
    free.iter().any(|one| one == word) || word.chars().all(|c| c.is_ascii_digit())
}
