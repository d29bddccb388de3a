//! Which headings the contents list names, and how its field says so.
//!
//! `\o` names levels of Word's own headings, whatever the language of Word. Where only some headings of a level are listed,
//! they have a style of their own, which `\t` names. That takes the list separator from the settings of the reader's system
//! ([MS-OI29500] 2.1.408), which no file can know: it is written for both.

use std::collections::BTreeSet;

use super::chapter::{KEY_POINTS, speaker_levels};
use super::composer::Composer;
use super::inline;
use super::line::ParagraphContent;
use super::run_style::RunStyle;
use crate::document::{Document, Heading, Inline, Node};
use crate::layout::Tokens;

/// The headings of the contents list.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// All headings down to this level are listed.
    whole: u8,
    /// The anchors of those below it that are.
    picked: BTreeSet<String>,
    /// Their levels.
    levels: BTreeSet<u8>,
}

impl Listing {
    /// The headings that the contents list of a document names, which goes down to a level that the layout says.
    pub(super) fn of(document: &Document, tokens: &Tokens) -> Listing {
        let depth = tokens.structure.contents_depth;
        let key_points = tokens.structure.key_points
            && document
                .chapters
                .iter()
                .any(|chapter| !chapter.key_points.is_empty());
        let listed: BTreeSet<&str> = document
            .contents_to(depth)
            .map(|entry| entry.anchor.as_str())
            .collect();
        let headings = headings(document);
        let mut left_out = headings
            .iter()
            .filter(|heading| !listed.contains(heading.anchor.as_str()));
        let whole = left_out.try_fold(depth, |whole, heading| {
            Some(whole.min(heading.level.checked_sub(1)?))
        });
        // Programs that update the list take in all lines of a level: names of those who speak, and what stands above key
        // points, are headings that no list has.
        let unlisted = speaker_levels(document)
            .into_iter()
            .chain(key_points.then_some(KEY_POINTS));
        let whole = unlisted.fold(whole.unwrap_or(0), |whole, level| {
            whole.min(level.saturating_sub(1))
        });
        let picked = headings
            .into_iter()
            .filter(|heading| heading.level > whole && listed.contains(heading.anchor.as_str()));
        let mut listing = Listing {
            whole,
            ..Listing::default()
        };
        for heading in picked {
            listing.picked.insert(heading.anchor.clone());
            listing.levels.insert(heading.level);
        }
        listing
    }

    /// The style of a heading.
    pub(super) fn style(&self, heading: &Heading) -> String {
        let level = heading.level.clamp(1, 9);
        match self.levels.contains(&level) && !self.picked.contains(&heading.anchor) {
            true => unlisted_id(level).to_owned(),
            false => format!("Heading{level}"),
        }
    }

    /// The levels of which some headings are listed, in a style of their own.
    pub(super) fn levels(&self) -> &BTreeSet<u8> {
        &self.levels
    }

    /// The instruction of the field.
    pub(super) fn instruction(&self) -> String {
        let mut field = "TOC".to_owned();
        if self.whole > 0 {
            field += &format!(" \\o \"1-{}\"", self.whole);
        }
        if !self.levels.is_empty() {
            let names = |separator: &str| {
                let pair = |level: &u8| format!("{}{separator}{level}", style_name(*level));
                let pairs: Vec<String> = self.levels.iter().map(pair).collect();
                pairs.join(separator)
            };
            // With a comma as separator the first two items are a style that is not there and its level; with a
            // semicolon all behind the last one is. LibreOffice goes by commas.
            field += &format!(" \\t \"{};,1,{}\"", names(";"), names(","));
        }
        field + " \\h \\z"
    }
}

/// Id of Word's own style of headings of a level, of which some are listed: Word knows it by its name. Readers that know
/// headings by the id, such as mammoth, find the listed ones under the usual id.
pub(super) fn unlisted_id(level: u8) -> &'static str {
    const IDS: [&str; 9] = [
        "Heading1Unlisted",
        "Heading2Unlisted",
        "Heading3Unlisted",
        "Heading4Unlisted",
        "Heading5Unlisted",
        "Heading6Unlisted",
        "Heading7Unlisted",
        "Heading8Unlisted",
        "Heading9Unlisted",
    ];
    IDS[usize::from(level.clamp(1, 9)) - 1]
}

/// Name of the style of those that are.
pub(super) fn style_name(level: u8) -> String {
    format!("Heading {level} Listed")
}

/// What a list of contents takes over of a heading or caption; it is written there, and not here.
pub(super) fn words(composer: &mut Composer<'_>, content: &[Inline]) -> ParagraphContent {
    inline::set(composer, &bare(content), RunStyle::default())
}

/// The words with their looks, without marks and links.
fn bare(content: &[Inline]) -> Vec<Inline> {
    let mut words = Vec::new();
    for inline in content {
        match inline {
            Inline::Footnote { .. } | Inline::Place { .. } => {}
            Inline::Break => words.push(Inline::Text {
                text: " ".to_owned(),
            }),
            Inline::Link { content, .. }
            | Inline::Reference { content, .. }
            | Inline::Organisation { content, .. }
            | Inline::Person { content, .. } => words.extend(bare(content)),
            Inline::Emphasis { content } => words.push(Inline::Emphasis {
                content: bare(content),
            }),
            Inline::Strong { content } => words.push(Inline::Strong {
                content: bare(content),
            }),
            other => words.push(other.clone()),
        }
    }
    words
}

/// All headings of a document.
pub(super) fn headings(document: &Document) -> Vec<&Heading> {
    let mut headings = Vec::new();
    for chapter in &document.chapters {
        headings.push(&chapter.heading);
        chapter.visit(&mut |node| {
            if let Node::Section(section) = node {
                headings.push(&section.heading);
            }
        });
    }
    headings.extend(document.block_lists.iter().map(|list| &list.heading));
    headings.extend(document.bibliography.iter().map(|list| &list.heading));
    headings.extend(document.speakers.iter().map(|list| &list.heading));
    headings.extend(document.acronyms.iter().map(|list| &list.heading));
    headings.extend(document.index.iter().map(|list| &list.heading));
    headings
}
