//! Classifies each block of a plain text as heading, list, date or prose, by its words and its neighbours.

use std::collections::BTreeMap;

use super::contents::label;
use super::line_markers::{bullet, is_item, lettered, numbered};
use super::lines::{Block, is_field};
use super::pages::is_spoken;
use crate::import::outline::is_superscript;
use crate::import::recognise::dates;
use crate::import::words::{Words, behind, is_one};

/// What a block looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineClass {
    /// A heading that opens a chapter, where no list of contents says otherwise.
    Chapter,
    /// A heading by its look, at a level from 2.
    Heading(usize),
    /// A heading by its words, such as “Panel 1: …”.
    NamedPerson(usize),
    /// A day and nothing else.
    Day,
    /// Items of a list, each with its sign.
    List,
    /// Lines that each stand alone: with letters such as `(a)`, or with columns that tabs part.
    Lines,
    /// One of several short blocks in a row: an item of a list without signs.
    Run,
    /// Lines of a quotation, as mails have it.
    Quote,
    /// Lines that were broken with a purpose: fields, a signature, columns that blanks part.
    Apart,
    /// Running text.
    Prose,
}

/// The shapes of all blocks, by their first line.
#[derive(Debug, Default)]
pub(super) struct LineClasses(BTreeMap<usize, LineClass>);

/// The most words of a heading that nothing but its look gives away.
const SHORT: usize = 14;
/// The most words of any heading.
const LONG: usize = 60;

impl LineClasses {
    pub(crate) fn new(blocks: &[Block], words: &Words) -> Self {
        let mut shapes: Vec<LineClass> = blocks.iter().map(|block| alone(block, words)).collect();
        // What somebody says in a transcript is no heading, however short it is.
        let spoken = |block: &&Block| is_spoken(&block.lines[0]);
        if blocks.iter().filter(spoken).count() > blocks.len() / 2 {
            let said = shapes.iter_mut().zip(blocks);
            let said = said.filter(|(_, block)| spoken(block));
            said.for_each(|(shape, _)| *shape = LineClass::Prose);
        }
        signed(&mut shapes, blocks);
        runs(&mut shapes, blocks);
        title(&mut shapes, blocks, words);
        last(&mut shapes, blocks);
        let labelled = |block: &Block| label(&block.text(), words).is_some();
        // A word such as “Introduction” alone does not say that other headings are below its level.
        let strong = |(shape, block): (&LineClass, &Block)| {
            let text = block.text();
            *shape == LineClass::Chapter
                && (numbered(&text).is_some() || text.to_uppercase() == text)
        };
        let chapters = shapes.iter().zip(blocks).any(strong) || blocks.iter().any(labelled);
        for shape in shapes
            .iter_mut()
            .filter(|shape| !chapters && **shape == LineClass::Heading(2))
        {
            *shape = LineClass::Chapter;
        }
        underlined(&mut shapes, blocks);
        LineClasses(blocks.iter().map(|block| block.line).zip(shapes).collect())
    }

    pub(crate) fn of(&self, block: &Block) -> LineClass {
        self.0.get(&block.line).copied().unwrap_or(LineClass::Prose)
    }
}

/// The shape of a block without regard to its neighbours.
fn alone(block: &Block, words: &Words) -> LineClass {
    let others = &block.lines[1..];
    let letters = lettered(&block.lines[0]) && others.iter().any(|line| lettered(line));
    if block
        .lines
        .iter()
        .all(|line| line.trim_start().starts_with('>'))
    {
        return LineClass::Quote;
    }
    if apart(block) {
        return LineClass::Apart;
    }
    let columns = block.lines.iter().filter(|line| line.trim().contains('\t'));
    if letters || (!others.is_empty() && columns.count() * 2 > block.lines.len()) {
        return LineClass::Lines;
    }
    if block.count() > LONG {
        let listed = bullet(&block.lines[0]).is_some();
        return if listed {
            LineClass::List
        } else {
            LineClass::Prose
        };
    }
    let text = block.text();
    if dates::whole(&text, words).is_some() {
        return LineClass::Day;
    }
    let kinds = [
        &words.summary,
        &words.opening,
        &words.speakers,
        &words.debate,
        &words.closing,
    ];
    if kinds.into_iter().any(|kind| is_one(&text, kind)) {
        return LineClass::NamedPerson(2);
    }
    if panel(&text, words) && !text.ends_with('.') {
        return LineClass::NamedPerson(2);
    }
    if is_one(&text, &words.chapters) {
        return LineClass::Chapter;
    }
    if is_field(&text) || is_caption(&text, words) {
        return LineClass::Prose;
    }
    match numbered(&text) {
        Some((depth, title)) if block.lines.len() <= 3 && short(title) && signs(block) < 2 => {
            return if depth == 1 {
                LineClass::Chapter
            } else {
                LineClass::Heading(depth)
            };
        }
        _ => {}
    }
    if bullet(&block.lines[0]).is_some() {
        return LineClass::List;
    }
    if block.lines.len() > 3 || !short(&text) {
        return LineClass::Prose;
    }
    let capitals =
        text.chars().filter(|c| c.is_alphabetic()).count() > 3 && text.to_uppercase() == text;
    if capitals {
        LineClass::Chapter
    } else {
        LineClass::Heading(2)
    }
}

/// `Table 3. Boats by winter`, which heads a table and no section.
fn is_caption(text: &str, words: &Words) -> bool {
    let number = behind(text, &words.captions).map(str::trim_start);
    number.is_some_and(|number| {
        let rest = number.trim_start_matches(|c: char| c.is_ascii_digit());
        rest.len() < number.len() && rest.trim_start().starts_with(['.', ':', '-', '–', '—'])
    })
}

/// Whether each line of a block stands alone.
fn apart(block: &Block) -> bool {
    let [first, rest @ ..] = block.lines.as_slice() else {
        return false;
    };
    let fields = rest.iter().filter(|line| is_field(line)).count();
    // Lines that hang below the last column go on in it.
    let wide = |line: &str| line.trim().contains("   ");
    let hung = |line: &str| wide(first) && line.starts_with("    ");
    let columns = |line: &&String| (wide(line) || hung(line)) && !is_item(line);
    let all = !rest.is_empty() && fields == rest.len();
    let known = first
        .split_once(':')
        .is_some_and(|(_, value)| value.trim().is_empty());
    // “Best wishes,” with a name below.
    let closing = first.trim_end().ends_with(',')
        && first.split_whitespace().count() <= 4
        && (1..=3).contains(&rest.len())
        && rest.iter().all(|line| line.split_whitespace().count() <= 5);
    first.trim() == "--"
        || closing
        || (all && !known && (is_field(first) || fields > 1) && first.chars().count() < 60)
        || (!rest.is_empty() && block.lines.iter().filter(columns).count() * 2 > block.lines.len())
}

fn signs(block: &Block) -> usize {
    block
        .lines
        .iter()
        .filter(|line| bullet(line).is_some())
        .count()
}

/// `Panel 2: …` or `Panel 2`.
pub(crate) fn panel(text: &str, words: &Words) -> bool {
    panel_title(text, words).is_some()
}

/// The title after `Panel 2:`.
pub(crate) fn panel_title<'t>(text: &'t str, words: &Words) -> Option<&'t str> {
    let rest = behind(text, &words.panel)?.trim_start();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &rest[digits..];
    let parted = rest.is_empty()
        || rest.starts_with(['.', '-', '–'])
        || rest.trim_start().starts_with(':')
        || rest.starts_with(" –")
        || rest.starts_with(" -");
    (digits > 0 && parted).then(|| {
        let sign = |c: char| c.is_whitespace() || matches!(c, ':' | '.' | '-' | '–');
        rest.trim_start_matches(sign).trim()
    })
}

/// Whether a text has the length and the signs of a heading.
pub(crate) fn short(text: &str) -> bool {
    let count = text.split_whitespace().count();
    let start = text.trim_start_matches(['*', '“', '"', '‘', '\'']);
    let opens = start.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let ends = text
        .trim_end_matches(|c| matches!(c, '*' | '»' | '”' | '"') || is_superscript(c))
        .ends_with([
            '.', ';', ':', ',', '!', '-', '>', '~', '=', '{', '|', '\\', '/',
        ]);
    let letters = text.contains(char::is_alphabetic);
    (1..=SHORT).contains(&count)
        && opens
        && letters
        && !ends
        && !text.contains('\t')
        && !sentences(text)
}

/// Whether a sentence ends within a text, or it is a question after one: “It was useful. Any questions?”
pub(super) fn sentences(text: &str) -> bool {
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let ends = word.ends_with(['.', '!', '?'])
            && word.chars().filter(|c| c.is_alphabetic()).count() > 3;
        if ends
            && words
                .peek()
                .map(|next| next.trim_start_matches(['«', '“', '"', '¿', '¡']))
                .is_some_and(|next| next.starts_with(char::is_uppercase))
        {
            return true;
        }
    }
    false
}

/// Short blocks in a row are no headings but a list without signs.
fn runs(shapes: &mut [LineClass], blocks: &[Block]) {
    let mut start = 0;
    while start < shapes.len() {
        let same = |index: &usize| {
            shapes[*index] == LineClass::Heading(2)
                || (shapes[*index] == LineClass::Chapter
                    && numbered(&blocks[*index].text()).is_some())
        };
        let length = (start..shapes.len()).take_while(same).count();
        // At the beginning they are the title, and perhaps the first heading.
        if length >= 3 && (start > 0 || length > 4) {
            // The run may open with the heading that it stands under.
            for index in start..start + length {
                let number = numbered(&blocks[index].text()).is_some();
                shapes[index] = if number {
                    LineClass::List
                } else {
                    LineClass::Run
                };
            }
        }
        start += length.max(1);
    }
}

/// What opens the text is its title; only words may make a chapter of it.
fn title(shapes: &mut [LineClass], blocks: &[Block], words: &Words) {
    let lead = blocks
        .iter()
        .zip(shapes.iter())
        .take_while(|(block, shape)| {
            let open = block.text().ends_with(['.', ':', ';', ',']);
            let columns = block.lines[0].trim().contains("   ");
            (block.count() <= SHORT || columns)
                && !open
                && !matches!(shape, LineClass::List | LineClass::Lines)
        })
        .count();
    for index in 0..lead.min(shapes.len()) {
        let text = blocks[index].text();
        let named = is_one(&text, &words.chapters)
            || numbered(&text).is_some()
            || matches!(
                shapes[index],
                LineClass::NamedPerson(_) | LineClass::Apart | LineClass::Quote
            );
        let heads = index + 1 == lead
            && index > 0
            && dates::within(&text, words).is_none()
            && matches!(shapes[index], LineClass::Chapter | LineClass::Heading(_));
        if !named && !heads {
            shapes[index] = LineClass::Prose;
        }
    }
}

/// A line that is further in than the verses or the quotation above it says whose they are, and heads nothing.
fn signed(shapes: &mut [LineClass], blocks: &[Block]) {
    let indent = |line: &String| line.len() - line.trim_start().len();
    for (pair, shape) in blocks.windows(2).zip(shapes.iter_mut().skip(1)) {
        let above = pair[0].lines.iter().map(indent).min().unwrap_or_default();
        let further = above > 0 && indent(&pair[1].lines[0]) > above;
        if *shape == LineClass::Heading(2) && further && pair[1].lines.len() == 1 {
            *shape = LineClass::Prose;
        }
    }
}

/// Rules below headings say their levels, in the order in which their signs come; what only looks like a heading is below
/// them.
fn underlined(shapes: &mut [LineClass], blocks: &[Block]) {
    let mut levels: Vec<char> = Vec::new();
    // What opens the text is its title.
    for sign in blocks.iter().skip(1).filter_map(|block| block.rule) {
        if !levels.contains(&sign) {
            levels.push(sign);
        }
    }
    if levels.is_empty() {
        return;
    }
    for (block, shape) in blocks.iter().zip(shapes).skip(1) {
        let level = levels.iter().position(|sign| block.rule == Some(*sign));
        match (level, &shape) {
            (Some(0), _) => *shape = LineClass::Chapter,
            (Some(level), _) => *shape = LineClass::Heading(level + 1),
            (None, LineClass::Chapter | LineClass::Heading(_)) => {
                *shape = LineClass::Heading(levels.len() + 1);
            }
            _ => {}
        }
    }
}

/// A heading heads something: at the end of a text it is prose, and where the next line goes on in small letters.
fn last(shapes: &mut [LineClass], blocks: &[Block]) {
    let prose = |block: Option<&Block>| {
        let begins = |block: &Block| block.lines[0].trim_start().starts_with(char::is_lowercase);
        block.is_none_or(|block| begins(block) && !is_item(&block.lines[0]))
    };
    for (index, shape) in shapes.iter_mut().enumerate() {
        let heads = match shape {
            LineClass::Heading(_) => true,
            LineClass::Chapter | LineClass::NamedPerson(_) => index + 1 == blocks.len(),
            _ => false,
        };
        if heads && prose(blocks.get(index + 1)) {
            *shape = LineClass::Prose;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::read::lines::blocks;
    use crate::import::words::english;

    fn of(text: &str) -> Vec<LineClass> {
        let words = english().unwrap();
        let blocks = blocks(text, &words).0;
        let shapes = LineClasses::new(&blocks, &words);
        blocks.iter().map(|block| shapes.of(block)).collect()
    }

    #[test]
    fn words_and_looks_make_headings() {
        let found = of(
            "T\n\nINTRODUCTION\n\nIt is so.\n\nPanel 1: On many things\n\nWe met.\n\nA small matter\n\nIt was.",
        );
        assert_eq!(found[1], LineClass::Chapter);
        assert_eq!(
            (found[3], found[5]),
            (LineClass::NamedPerson(2), LineClass::Heading(2))
        );
    }

    #[test]
    fn short_blocks_in_a_row_are_a_list() {
        assert_eq!(
            of("T\n\nIt is.\n\nOne\n\nTwo\n\nThree\n\nEnd."),
            [
                LineClass::Prose,
                LineClass::Prose,
                LineClass::Run,
                LineClass::Run,
                LineClass::Run,
                LineClass::Prose
            ]
        );
    }

    #[test]
    fn rules_below_headings_give_levels() {
        let found = of(
            "T\n===\n\nIt is.\n\nOne\n---\n\nText.\n\nDeep\n~~~~\nText.\n\nLooks so\n\nText.\n\nTwo\n---\n\nText.",
        );
        let headings = [2, 4, 6, 8].map(|at| found[at]);
        assert_eq!(
            headings,
            [
                LineClass::Chapter,
                LineClass::Heading(2),
                LineClass::Heading(3),
                LineClass::Chapter
            ]
        );
    }

    #[test]
    fn numbers_give_levels() {
        let found = of("T\n\n1. First\n\nText.\n\n1.1 Inner\n\nText.\n\n25 April 2016\n\nText.");
        assert_eq!(
            (found[1], found[3], found[5]),
            (LineClass::Chapter, LineClass::Heading(2), LineClass::Day)
        );
    }
}
