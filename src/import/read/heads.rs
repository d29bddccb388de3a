//! What stands above or below the text and is no title: the fields of a mail, the letterhead of a letter, the kind of a
//! release, a last line of rights.

use super::inline::commonmark;
use super::lines::{Block, is_field};
use super::marks::Marks;
use crate::import::outline::{Front, Role, TracedText};
use crate::import::recognise::dates;
use crate::import::words::{Words, behind, is_one};

/// The most blocks of a letterhead, and of what follows a letter's last words.
const MAX_BLOCKS: usize = 8;
/// The most words of a block of a letterhead, and of a line of rights.
const MAX_WORDS: usize = 40;
/// The most words of a salutation.
const MAX_SALUTATION: usize = 10;

/// Title matter that was taken off a text.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) front: Front,
    pub(super) pieces: Vec<TracedText>,
    /// Whether all title matter is in it: what follows is text.
    pub(super) whole: bool,
}

impl Head {
    /// Takes a line to the imprint page.
    fn keep(&mut self, line: usize, text: &str) {
        let written = commonmark(text, &Marks::default());
        self.front.imprint.push(written);
        self.front_piece(line, text);
    }

    fn front_piece(&mut self, line: usize, text: &str) {
        let (text, role) = (text.to_owned(), Role::Front);
        self.pieces.push(TracedText { line, text, role });
    }

    /// Adds title matter that was read from what is left of the text.
    pub(super) fn with(mut self, (front, pieces): (Front, Vec<TracedText>)) -> Self {
        self.pieces.extend(pieces);
        let kept = std::mem::replace(&mut self.front, front);
        self.front.imprint.splice(0..0, kept.imprint);
        self.front.checks.splice(0..0, kept.checks);
        self.front.copyright = self.front.copyright.or(kept.copyright);
        self
    }
}

/// The fields of a mail: its subject is the title, its day the date; the others stay as they are.
pub(super) fn mail(blocks: &mut Vec<Block>, words: &Words) -> Head {
    let mut head = Head::default();
    // In an archive a line of its own says when the mail came.
    let at = blocks
        .iter()
        .take(1)
        .filter(|block| !block.lines.iter().any(|line| is_field(line)));
    let at = at.count();
    let Some(block) = blocks.get_mut(at) else {
        return head;
    };
    let first = block.line;
    let mut kept = Vec::new();
    for (index, line) in std::mem::take(&mut block.lines).into_iter().enumerate() {
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.trim().to_owned();
        let role = Role::LeftOut("fields of a mail that became its title and date");
        let (name, number) = (name.to_owned(), first + index);
        match &head.front {
            front
                if front.title.is_empty()
                    && !value.is_empty()
                    && is_one(name.trim(), &words.subject) =>
            {
                let (line, text) = (number, name);
                head.pieces.push(TracedText { line, text, role });
                head.front_piece(number, &value);
                head.front.title.push(value);
            }
            front if front.date.is_none() && is_one(name.trim(), &words.sent) => {
                head.front.date = dates::within(&value, words);
                match head.front.date {
                    Some(_) => head.pieces.push(TracedText {
                        line: number,
                        text: line,
                        role,
                    }),
                    None => kept.push(line),
                }
            }
            _ => kept.push(line),
        }
    }
    match kept.is_empty() {
        true => drop(blocks.remove(at)),
        false => block.lines = kept,
    }
    head.whole = !head.pieces.is_empty();
    head
}

/// Takes off what says of which kind the text is, a letterhead, and a line of rights at the end.
pub(super) fn other(blocks: &mut Vec<Block>, words: &Words) -> Head {
    let mut head = Head::default();
    let is_genre = |block: &&Block| is_one(&block.text(), &words.genres);
    let genres = blocks.iter().take_while(is_genre).count();
    // A text that is nothing else says so.
    for block in blocks.drain(..genres.min(blocks.len().saturating_sub(1))) {
        head.keep(block.line, &block.text());
    }
    // Below it may be a reference and days by which something is due.
    let fields = |block: &Block| block.lines.iter().all(|line| is_field(line));
    if genres > 0 && blocks.len() > 1 && fields(&blocks[0]) {
        head.letters(blocks.drain(..1), words);
    }
    if let Some(end) = letterhead(blocks, words) {
        head.letters(blocks.drain(..end), words);
        head.whole = true;
    }
    let right = |block: &mut Block| {
        let text = block.text();
        block.count() <= MAX_WORDS && text.starts_with('©')
    };
    if blocks.len() > 1
        && let Some(block) = blocks.pop_if(right)
    {
        head.front_piece(block.line, &block.text());
        head.front.copyright = Some(block.text());
    }
    head
}

impl Head {
    fn letters(&mut self, blocks: impl Iterator<Item = Block>, words: &Words) {
        for block in blocks {
            for (index, line) in block.lines.iter().enumerate() {
                self.letter(block.line + index, line.trim(), words);
            }
        }
    }

    /// A line of a letterhead.
    fn letter(&mut self, line: usize, text: &str, words: &Words) {
        let day = dates::whole(text, words).filter(|_| self.front.date.is_none());
        let subject = behind(text, &words.subject).and_then(|rest| rest.trim().strip_prefix(':'));
        match subject.filter(|_| self.front.title.is_empty()) {
            _ if day.is_some() => {
                self.front.date = day;
                self.front_piece(line, text);
            }
            Some(subject) if !subject.trim().is_empty() => {
                self.front.title.push(subject.trim().to_owned());
                self.front_piece(line, text);
            }
            _ => self.keep(line, text),
        }
    }
}

/// How many blocks stand above the salutation of a letter; a speech may salute as well, but has no last words to a
/// reader.
fn letterhead(blocks: &[Block], words: &Words) -> Option<usize> {
    let salutes = |block: &Block| {
        let line = block.lines[0].trim();
        line.ends_with([',', ':', '!'])
            && line.split_whitespace().count() <= MAX_SALUTATION
            && behind(line, &words.salutations).is_some()
    };
    let end = blocks.iter().take(MAX_BLOCKS + 1).position(salutes)?;
    let short = blocks[..end].iter().all(|block| block.count() <= MAX_WORDS);
    let ends = |block: &Block| behind(block.lines[0].trim(), &words.last_words).is_some();
    let last = blocks[end..].iter().rev().take(MAX_BLOCKS);
    (short && last.into_iter().any(ends)).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::read::lines::blocks;
    use crate::import::words::of;

    fn read(text: &str, language: &str) -> (Head, String) {
        let words = of(language).unwrap();
        let mut blocks = blocks(text, &words).0;
        let head = other(&mut blocks, &words);
        (head, blocks.first().map(Block::text).unwrap_or_default())
    }

    #[test]
    fn a_letterhead_is_no_title_and_its_subject_is_one() {
        for (text, language, title, first) in [
            (
                "Harbour Office\n12 January 2020\n\nDear members,\n\nWe close.\n\nYours faithfully,\nA. B.",
                "en",
                None,
                "Dear members,",
            ),
            (
                "Port\n\nRe: The pier\n\nDear Sir or Madam:\n\nWe close.\n\nKind regards",
                "en",
                Some("The pier"),
                "Dear Sir or Madam:",
            ),
            (
                "Port\n12 janvier 2020\n\nObjet : le quai\n\nMadame, Monsieur,\n\nNous fermons.\n\nCordialement,\nA.",
                "fr",
                Some("le quai"),
                "Madame, Monsieur,",
            ),
            (
                "Puerto\n\nEstimados socios:\n\nCerramos.\n\nAtentamente,\nA.",
                "es",
                None,
                "Estimados socios:",
            ),
        ] {
            let (head, below) = read(text, language);
            assert_eq!(
                head.front.title.first().map(String::as_str),
                title,
                "{text}"
            );
            assert_eq!((head.whole, below.as_str()), (true, first), "{text}");
        }
        let speech = "Opening remarks\n\n12 May 2020\n\nDear colleagues,\n\nIt is good to be here.\n\nThank you.";
        assert!(!read(speech, "en").0.whole);
    }

    #[test]
    fn the_kind_of_a_release_and_a_last_line_of_rights_are_apart() {
        let (head, first) = read(
            "PRESS RELEASE\n\nFor immediate release\n\nA pier opens\n\nIt is long.\n\n© 2021 The Port",
            "en",
        );
        assert_eq!(first, "A pier opens");
        assert_eq!(head.front.copyright.as_deref(), Some("© 2021 The Port"));
        assert_eq!(
            head.front.imprint,
            ["PRESS RELEASE", "For immediate release"]
        );
        assert_eq!(read("© 2021 The Port", "en").1, "© 2021 The Port");
    }
}
