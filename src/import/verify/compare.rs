//! Follows the words of the input through the words of the document, in order.
//!
//! The document has words that the program adds, such as labels and numbers, and an input word may look like one of
//! them. So there may be several places at which the document continues; all are followed.

use std::collections::BTreeSet;

use crate::import::outline::{Role, TracedText, words};

/// The most places that are followed at once: the words that the program adds to some thousand headings without text.
const MAX_PLACES: usize = 4096;

/// The words of the document, one behind the other: a long text has millions of them.
#[derive(Default)]
pub(crate) struct DocumentWords {
    text: String,
    words: Vec<WordEnd>,
}

/// Where a word ends in the text of all words, and what it is.
struct WordEnd {
    end: u32,
    added: bool,
    heading: bool,
}

/// A word of the document.
#[derive(Clone, Copy)]
pub(crate) struct Word<'d> {
    pub(crate) text: &'d str,
    /// The program adds it, such as a label: the input need not have it.
    pub(crate) added: bool,
    /// Part of a heading, whose case may differ.
    heading: bool,
}

impl DocumentWords {
    /// Adds the words of a text.
    pub(crate) fn add(&mut self, text: &str, added: bool, heading: bool) {
        for word in words(text) {
            self.text.push_str(&word);
            // A text that is imported is far smaller.
            let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
            self.words.push(WordEnd {
                end,
                added,
                heading,
            });
        }
    }

    fn get(&self, index: usize) -> Option<Word<'_>> {
        let WordEnd {
            end,
            added,
            heading,
        } = *self.words.get(index)?;
        let before = index
            .checked_sub(1)
            .and_then(|before| self.words.get(before));
        let start = before.map_or(0, |before| before.end);
        Some(Word {
            text: self.text.get(start as usize..end as usize)?,
            added,
            heading,
        })
    }

    fn from(&self, index: usize) -> impl Iterator<Item = Word<'_>> {
        (index..).map_while(|index| self.get(index))
    }

    /// All of them, as text by which two can be compared.
    pub(crate) fn joined(&self) -> String {
        joined(self.from(0).map(|word| word.text.to_owned()))
    }
}

/// Words as one text by which two can be compared.
pub(crate) fn joined(words: impl Iterator<Item = String>) -> String {
    words.fold(String::new(), |text, word| text + &word + " ")
}

/// A line of the input.
pub(crate) struct InputLine<'p> {
    pub(crate) number: usize,
    text: &'p str,
    /// The last word may continue in the next line.
    parted: bool,
    pub(crate) fact: bool,
    pub(crate) label: bool,
    /// The document may have these words elsewhere, so that they match here by chance.
    pub(crate) elsewhere: bool,
    heading: bool,
}

/// Pieces, line by line.
pub(crate) fn lines(
    pieces: &[TracedText],
    wanted: impl Fn(&Role) -> bool,
) -> impl Iterator<Item = InputLine<'_>> {
    let pieces = pieces.iter().filter(move |piece| wanted(&piece.role));
    pieces.map(|piece| InputLine {
        number: piece.line,
        text: &piece.text,
        parted: piece
            .text
            .trim_end()
            .ends_with(['-', '\u{AD}', '\u{2010}', '\u{2011}']),
        fact: piece.role == Role::Fact,
        label: piece.role == Role::Label,
        elsewhere: matches!(piece.role, Role::Fact | Role::Label),
        heading: matches!(piece.role, Role::Heading | Role::Label),
    })
}

impl InputLine<'_> {
    /// Its words.
    pub(crate) fn words(&self) -> impl Iterator<Item = String> {
        words(self.text)
    }
}

/// A place in the document: a word, and how many of its bytes have been passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct WordPosition {
    word: usize,
    offset: usize,
}

/// Where the document continues, as far as the input was followed.
pub(super) struct DocumentCursor<'d> {
    made: &'d DocumentWords,
    places: BTreeSet<WordPosition>,
}

impl<'d> DocumentCursor<'d> {
    /// The start of a document.
    pub(crate) fn of(made: &'d DocumentWords) -> Self {
        let start = WordPosition { word: 0, offset: 0 };
        let places = BTreeSet::from([start]);
        DocumentCursor { made, places }
    }

    /// Follows a line; stays where it was and gives the first word that the document does not have, and what it has.
    pub(crate) fn follow(&mut self, line: &InputLine) -> Result<(), (String, String)> {
        let mut places = self.starts();
        let mut words = line.words().peekable();
        while let Some(word) = words.next() {
            let parted = line.parted && words.peek().is_none();
            let next = self.steps(&places, &word, line, parted);
            if next.is_empty() {
                let at = places.first().map(|place| self.past_added(*place));
                let there = at.and_then(|place| self.made.get(place.word));
                let instead = there.map_or("the end of the document", |word| word.text);
                return Err((word, instead.to_owned()));
            }
            places = next;
        }
        if line.elsewhere {
            places.extend(&self.places);
        }
        self.places = places;
        Ok(())
    }

    /// The first word of the document that the input does not have, once it is at its end.
    pub(crate) fn rest(&self) -> Option<&'d str> {
        let more = |place: &WordPosition| {
            let mut rest = self.made.from(place.word + usize::from(place.offset > 0));
            rest.find(|word| !word.added).map(|word| word.text)
        };
        let mut rests = self.places.iter().rev().map(more);
        let first = rests.next().flatten()?;
        if rests.any(|rest| rest.is_none()) {
            None
        } else {
            Some(first)
        }
    }

    /// Where a line may start: at a place, or after some of the added words there.
    fn starts(&self) -> BTreeSet<WordPosition> {
        let mut starts = BTreeSet::new();
        // Where the words end that were added at the place before: they are all there already.
        let mut reached = 0;
        for place in &self.places {
            let last = self.past_added(*place).word;
            let later = (place.word + 1).max(reached)..=last;
            starts.insert(*place);
            starts.extend(later.map(|word| WordPosition { word, offset: 0 }));
            reached = reached.max(last);
            if starts.len() > MAX_PLACES {
                break;
            }
        }
        starts
    }

    /// The places after a word.
    fn steps(
        &self,
        places: &BTreeSet<WordPosition>,
        word: &str,
        line: &InputLine,
        parted: bool,
    ) -> BTreeSet<WordPosition> {
        let mut known = None;
        let next: Vec<_> = places
            .iter()
            .rev()
            .filter_map(|place| {
                let next = self.step(*place, word, line, parted, known);
                known = (place.offset == 0).then_some((place.word, next)).or(known);
                next
            })
            .collect();
        next.into_iter().rev().take(MAX_PLACES).collect()
    }

    fn past_added(&self, place: WordPosition) -> WordPosition {
        if place.offset > 0 {
            return place;
        }
        let rest = self.made.from(place.word);
        let added = rest.take_while(|word| word.added).count();
        let word = place.word + added;
        WordPosition { word, offset: 0 }
    }

    /// The place after a word that is at a place; words that the program added may come before it. `known` is the place
    /// after it from another word on.
    fn step(
        &self,
        place: WordPosition,
        word: &str,
        line: &InputLine,
        parted: bool,
        known: Option<(usize, Option<WordPosition>)>,
    ) -> Option<WordPosition> {
        let mut place = place;
        loop {
            if let Some((_, next)) =
                known.filter(|(from, _)| *from == place.word && place.offset == 0)
            {
                return next;
            }
            let there = self.made.get(place.word)?;
            let target = &there.text[place.offset..];
            let same = |part: &str| {
                part == word
                    || ((line.heading || there.heading) && recased(word, part))
                    || (line.label && word.to_lowercase() == part.to_lowercase())
            };
            if same(target) {
                let word = place.word + 1;
                return Some(WordPosition { word, offset: 0 });
            }
            let count = word.chars().count();
            let end = target.char_indices().nth(count).map(|(end, _)| end);
            if let Some(end) = end.filter(|end| parted && same(&target[..*end])) {
                place.offset += end;
                return Some(place);
            }
            if !there.added || place.offset > 0 {
                return None;
            }
            place.word += 1;
        }
    }
}

/// Whether a word is another in capitals, or with a capital at its start; a word with digits is a code.
fn recased(one: &str, other: &str) -> bool {
    let large = |word: &str| word.to_uppercase() == word;
    let rest = || one.chars().skip(1).eq(other.chars().skip(1));
    !one.contains(|c: char| c.is_ascii_digit())
        && one.to_lowercase() == other.to_lowercase()
        && (large(one) || large(other) || rest())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn follows(input: &[&str], document: &[&str]) -> bool {
        let piece = |(index, text): (usize, &&str)| TracedText {
            line: index + 1,
            text: (*text).to_owned(),
            role: Role::Body,
        };
        let pieces: Vec<TracedText> = input.iter().enumerate().map(piece).collect();
        let mut made = DocumentWords::default();
        for word in document {
            made.add(word, word.starts_with('+'), false);
        }
        let mut trail = DocumentCursor::of(&made);
        let mut lines = lines(&pieces, |_| true);
        lines.all(|line| trail.follow(&line).is_ok()) && trail.rest().is_none()
    }

    #[test]
    fn every_word_in_order_is_asked_for() {
        assert!(follows(&["a b", "c"], &["a", "b", "c"]));
        assert!(!follows(&["a b", "c"], &["a", "c"]));
        assert!(!follows(&["a b"], &["b", "a"]));
        assert!(!follows(&["a"], &["a", "b"]));
    }

    #[test]
    fn words_that_the_program_adds_may_look_like_words_of_the_text() {
        assert!(follows(&["A", "p"], &["+A", "A", "p"]));
        assert!(follows(&["A", "p"], &["+A", "p"]));
        assert!(follows(&["1 A", "A"], &["+1", "+A", "+1", "A", "A"]));
        assert!(follows(
            &["Panel 1: Panel two"],
            &["+Panel", "+1", "Panel", "two"]
        ));
        let (input, mut document) = (vec!["A"; 300], ["+A", "+B", "+C"].repeat(300));
        document.push("end");
        assert!(follows(&[&input[..], &["end"]].concat(), &document));
    }

    #[test]
    fn a_word_parted_at_a_line_end_may_be_one_or_two() {
        assert!(follows(&["vol-", "unteers came"], &["volunteers", "came"]));
        assert!(follows(
            &["vol-", "unteers came"],
            &["vol", "unteers", "came"]
        ));
        assert!(follows(&["e-", "e-", "s"], &["ees"]));
        assert!(!follows(&["vol-", "came"], &["volunteers", "came"]));
    }
}
