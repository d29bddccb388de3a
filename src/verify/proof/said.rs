//! Faults of pages in words, with their places in the source.

use super::{FoundFault, PageFault};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics, Location};
use crate::document::{Block, Document, Node};
use crate::source::{FileRef, Source};

/// So many words are looked for in the source.
const WORDS: usize = 5;

impl PageFault {
    /// What is wrong, and what helps.
    fn said(self) -> (&'static str, &'static str) {
        match self {
            PageFault::Widow => (
                "the last line of a paragraph stands alone at the head of the page",
                "shorten the paragraph by a line, or lengthen it by one",
            ),
            PageFault::Orphan => (
                "the first line of a paragraph stands alone at the foot of the page",
                "change the text above by a line",
            ),
            PageFault::HeadingAtFoot => (
                "a heading has too few lines below it at the foot of the page",
                "change the text above by some lines",
            ),
            PageFault::LeadInAtFoot => (
                "a line that leads in to what follows ends the page",
                "change the text above by a line",
            ),
            PageFault::ShortLastPage => (
                "the last page of the chapter has too few lines",
                "shorten the chapter by these lines, or lengthen it",
            ),
            PageFault::ShortLastLine => (
                "the last line of a paragraph is one short word",
                "shorten the paragraph by a word, or lengthen it",
            ),
            PageFault::Hyphens => (
                "too many lines in a row end with a hyphen",
                "change the paragraph by a word",
            ),
            PageFault::LooseLine => (
                "the words of a line are far apart",
                "change the paragraph by a word, or write a soft hyphen (`&shy;`) into a long one",
            ),
            PageFault::River => (
                "spaces below each other make a white stripe",
                "change the paragraph by a word",
            ),
            PageFault::PartedRow => (
                "a row of a table goes over the page",
                "change the text above, or shorten the row",
            ),
            PageFault::TableAfterFirstRow => (
                "a table breaks after its first row",
                "change the text above by some lines, or move the table",
            ),
            PageFault::LastRowAlone => (
                "the last row of a table stands alone on the page",
                "shorten the table by a line, or the text above it by some",
            ),
            PageFault::TableNoteParted => (
                "the note of a table is on the page after it",
                "shorten the note, the table or the text above by a line",
            ),
            PageFault::LastEntryAlone => (
                "the last entry of a list stands alone on the page",
                "shorten an entry by a line, or let the list be longer",
            ),
            PageFault::LabelAtFoot => (
                "a label ends the page, and what it stands for is on the next",
                "change the text above by a line",
            ),
            PageFault::OpenFoot => (
                "much of the page is empty, since a chart with its values begins the next",
                "move the chart below the next paragraph, or draw it from a table of the report (`table:`)",
            ),
            PageFault::FarPicture => (
                "a figure is more than a page from where the text mentions it",
                "move it nearer to its mention",
            ),
            PageFault::UnevenColumns => (
                "the columns of the page end at different heights",
                "change an entry of the list by a line",
            ),
            PageFault::OffTheGrid => (
                "a line is not level with those of the other pages",
                "look at what stands above it: a table, a picture, a box",
            ),
            PageFault::UnevenFeet => (
                "the page ends higher than the one that faces it",
                "change the text of either page by some lines",
            ),
            PageFault::BlankPages => (
                "more pages are blank than the layout lets pass",
                "chapters that start on any page (`structure.chapter_start: page`) need none",
            ),
        }
    }
}

/// Faults as warnings; `source` gives their places where it is at hand.
pub fn warnings(
    document: &Document,
    layout: &str,
    source: Option<&Source>,
    faults: &[FoundFault],
) -> Diagnostics {
    let warning = |found: &FoundFault| {
        let (what, hint) = found.fault.said();
        let words = match (found.fault, found.words.as_str()) {
            (PageFault::BlankPages, sheets) => format!(" (sheets {sheets})"),
            (_, "") => String::new(),
            (_, words) => format!(": “{words}”"),
        };
        let message = format!("page {} of layout `{layout}`: {what}{words}", found.page);
        let mut said = Diagnostic::new(Code::PAGE_FAULT, message).hint(hint);
        said.location = match found.words.as_str() {
            "" => picture(document, &found.paragraph),
            _ => source.and_then(|source| place(source, found)),
        };
        said
    };
    faults.iter().map(warning).collect()
}

/// Where the picture of a figure is in the source.
fn picture(document: &Document, anchor: &str) -> Option<Location> {
    let mut place = None;
    document.visit(&mut |node| {
        if let Node::Block(Block::Figure(figure)) = node
            && figure.anchor == anchor
        {
            place = document.images[figure.image].place.clone();
        }
    });
    place
}

/// The one place of the source that has words of the line, or those at the beginning of its paragraph.
fn place(source: &Source, found: &FoundFault) -> Option<Location> {
    let files: Vec<FileRef<'_>> = source.chapters.iter().map(|file| file.as_ref()).collect();
    place_of(&files, &[&found.words, &found.paragraph])
}

/// The one place of files that has words of a text, tried for each text in turn.
pub fn place_of(files: &[FileRef<'_>], texts: &[&str]) -> Option<Location> {
    texts.iter().find_map(|text| {
        let words: Vec<&str> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        words
            .windows(WORDS.min(words.len().max(1)))
            .find_map(|words| {
                let mut places = files.iter().flat_map(|file| places(*file, words));
                let first = places.next()?;
                places.next().is_none().then_some(first)
            })
    })
}

/// Where a file has these words one after the other, whatever is between them but letters.
fn places<'f>(file: FileRef<'f>, words: &'f [&'f str]) -> impl Iterator<Item = Location> + 'f {
    let follow = move |start: usize| {
        let mut rest = &file.text[start..];
        words.iter().all(|word| {
            rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
            let whole = rest
                .strip_prefix(word)
                .filter(|rest| !rest.starts_with(char::is_alphanumeric));
            whole.inspect(|after| rest = after).is_some()
        })
    };
    let starts = file
        .text
        .match_indices(words.first().copied().unwrap_or(" "));
    starts
        .map(|(start, _)| start)
        .filter(move |start| follow(*start))
        .map(move |start| {
            let before = &file.text[..start];
            let line = before.matches('\n').count() + 1;
            let column = before
                .rsplit('\n')
                .next()
                .map_or(0, |line| line.chars().count())
                + 1;
            file.location(line as u32, column as u32)
        })
}
