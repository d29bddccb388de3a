//! Chapters: their headings and facts, their sections, and who said what.

use std::collections::BTreeSet;

use super::block::{self, BlockContext};
use super::composer::Composer;
use super::line::ParagraphContent;
use super::{inline, label, table};
use crate::base::diagnostic::Diagnostics;
use crate::document::{
    Block, Chapter, Document, Heading, Inline, Intervention, Node, Section, SectionKind, Speaker,
};

/// Puts a chapter.
pub(super) fn put(composer: &mut Composer<'_>, chapter: &Chapter) -> Result<(), Diagnostics> {
    heading(composer, &chapter.heading);
    table::facts(composer, &chapter.facts, &chapter.heading.title);
    key_points(composer, &chapter.key_points)?;
    block::put_all(composer, &chapter.blocks, BlockContext::TEXT)?;
    let heads = chapter.heading.level + 1;
    interventions(
        composer,
        &chapter.interventions,
        heads,
        BlockContext::SPEECH,
    )?;
    chapter
        .sections
        .iter()
        .try_for_each(|part| section(composer, part))
}

/// The level of what stands above key points, as a heading.
pub(super) const KEY_POINTS: u8 = 2;

fn key_points(composer: &mut Composer<'_>, list: &[Block]) -> Result<(), Diagnostics> {
    if list.is_empty() || !composer.tokens().structure.key_points {
        return Ok(());
    }
    let label = &composer.document.strings.key_points;
    composer.line("SectionLabel", ParagraphContent::of(label));
    block::put_all(composer, list, BlockContext::TEXT)
}

/// Puts a heading: its label, which Word's navigation shows with it, then its title on a line of its own.
pub(super) fn heading(composer: &mut Composer<'_>, heading: &Heading) {
    composer.mark(&heading.anchor);
    let mut line = ParagraphContent::new();
    let title = inline::line(composer, &heading.content);
    match (&heading.label, heading.content.as_slice()) {
        (None, _) => line.append(title),
        (Some(text), content) => {
            let style = label_style(heading.level);
            label::heading(composer, &heading.anchor, text, style, &mut line);
            // A list of contents makes a space of the line break; this one parts label and title there.
            line.text("\u{2003}");
            line.line_break();
            match content {
                // Running heads find the title of a chapter without its label by this style.
                [Inline::Text { text }] if heading.level == 1 => line.set(text, "ChapterTitle"),
                _ => line.append(title),
            }
        }
    }
    let style = composer.listing.style(heading);
    composer.line(&style, line);
}

/// The style of the label of a heading.
pub(super) fn label_style(level: u8) -> &'static str {
    match level {
        1 => "ChapterLabel",
        _ => "PanelLabel",
    }
}

fn section(composer: &mut Composer<'_>, section: &Section) -> Result<(), Diagnostics> {
    heading(composer, &section.heading);
    moderators(composer, &section.moderators);
    let (text, speech) = match section.kind {
        SectionKind::Debate => (BlockContext::DEBATE, BlockContext::DEBATE),
        _ => (BlockContext::TEXT, BlockContext::SPEECH),
    };
    block::put_all(composer, &section.blocks, text)?;
    let heads = section.heading.level + 1;
    interventions(composer, &section.interventions, heads, speech)?;
    section
        .sections
        .iter()
        .try_for_each(|part| self::section(composer, part))
}

fn moderators(composer: &mut Composer<'_>, moderators: &[Speaker]) {
    let strings = &composer.document.strings;
    let label = match moderators {
        [] => return,
        [_] => &strings.label_moderator,
        _ => &strings.label_moderators,
    };
    let mut line = ParagraphContent::new();
    line.set(&format!("{label}{}", strings.colon), "ModeratorLabel");
    for (index, moderator) in moderators.iter().enumerate() {
        if index > 0 {
            line.text(&strings.semicolon);
        }
        line.set(&moderator.name, "SpeakerName");
        if !moderator.post.is_empty() {
            line.set(
                &format!("{}{}", strings.comma, moderator.post),
                "SpeakerPost",
            );
        }
    }
    composer.line("Moderators", line);
}

/// The style of the line with a speaker's name: a heading of that level in Word's navigation, which no list of contents takes
/// in.
pub(super) fn speaker_style(level: u8) -> String {
    match level {
        3 => "Speaker".to_owned(),
        _ => format!("Speaker{level}"),
    }
}

/// The levels of these lines in a document.
pub(super) fn speaker_levels(document: &Document) -> BTreeSet<u8> {
    let mut levels = BTreeSet::new();
    let mut add = |heading: &Heading, interventions: &[Intervention]| {
        let heads = interventions.iter().any(|one| one.head);
        levels.extend(heads.then_some(heading.level + 1));
    };
    for chapter in &document.chapters {
        add(&chapter.heading, &chapter.interventions);
    }
    document.visit(&mut |node| {
        if let Node::Section(section) = node {
            add(&section.heading, &section.interventions);
        }
    });
    levels
}

fn interventions(
    composer: &mut Composer<'_>,
    interventions: &[Intervention],
    heads: u8,
    place: BlockContext,
) -> Result<(), Diagnostics> {
    for intervention in interventions {
        composer.mark(&intervention.anchor);
        let mut place = place;
        if intervention.head {
            let mut head = ParagraphContent::new();
            head.set(&intervention.speaker.name, "SpeakerName");
            composer.line(&speaker_style(heads), head);
            // Not in the line of the name, which Word's navigation shows whole.
            if !intervention.speaker.post.is_empty() {
                let mut post = ParagraphContent::new();
                post.set(&intervention.speaker.post, "SpeakerPost");
                composer.line("Post", post);
            }
            if place.is_speech() {
                place = BlockContext::TEXT;
            }
        }
        block::put_all(composer, &intervention.blocks, place)?;
    }
    Ok(())
}
