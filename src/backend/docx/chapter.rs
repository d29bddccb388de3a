//! Chapters: their headings and facts, their sections, and who said what.

use super::block::{self, BlockContext};
use super::composer::{Composer, ParagraphSpec};
use super::inline;
use super::line::ParagraphContent;
use super::table;
use crate::base::diagnostic::Diagnostics;
use crate::document::{Block, Chapter, Heading, Intervention, Section, SectionKind, Speaker};

/// Puts a chapter.
pub(super) fn put(composer: &mut Composer<'_>, chapter: &Chapter) -> Result<(), Diagnostics> {
    heading(composer, &chapter.heading);
    table::facts(composer, &chapter.facts, &chapter.heading.title);
    key_points(composer, &chapter.key_points)?;
    block::put_all(composer, &chapter.blocks, BlockContext::TEXT)?;
    interventions(composer, &chapter.interventions, BlockContext::SPEECH)?;
    chapter
        .sections
        .iter()
        .try_for_each(|part| section(composer, part))
}

fn key_points(composer: &mut Composer<'_>, list: &[Block]) -> Result<(), Diagnostics> {
    if list.is_empty() || !composer.tokens().structure.key_points {
        return Ok(());
    }
    let label = &composer.document.strings.key_points;
    composer.line("SectionLabel", ParagraphContent::of(label));
    block::put_all(composer, list, BlockContext::TEXT)
}

/// Puts a heading: its label is a paragraph of its own above it, so that the heading holds the bare title.
pub(super) fn heading(composer: &mut Composer<'_>, heading: &Heading) {
    composer.mark(&heading.anchor);
    if let Some(label) = &heading.label {
        let style = if heading.level == 1 {
            "ChapterLabel"
        } else {
            "SectionLabel"
        };
        composer.line(style, ParagraphContent::of(label));
    }
    let line = inline::line(composer, &heading.content);
    let style = format!("Heading{}", heading.level.clamp(1, 9));
    let setting = ParagraphSpec::new(&style, line);
    // The space above a heading stands above its label. No style can say so: the style must be Word's own.
    composer.put(if heading.label.is_some() {
        setting.no_space_above()
    } else {
        setting
    });
}

fn section(composer: &mut Composer<'_>, section: &Section) -> Result<(), Diagnostics> {
    heading(composer, &section.heading);
    moderators(composer, &section.moderators);
    let (text, speech) = match section.kind {
        SectionKind::Debate => (BlockContext::DEBATE, BlockContext::DEBATE),
        _ => (BlockContext::TEXT, BlockContext::SPEECH),
    };
    block::put_all(composer, &section.blocks, text)?;
    interventions(composer, &section.interventions, speech)?;
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

fn interventions(
    composer: &mut Composer<'_>,
    interventions: &[Intervention],
    place: BlockContext,
) -> Result<(), Diagnostics> {
    for intervention in interventions {
        composer.mark(&intervention.anchor);
        let mut place = place;
        if intervention.head {
            let mut head = ParagraphContent::new();
            head.set(&intervention.speaker.name, "SpeakerName");
            if !intervention.speaker.post.is_empty() {
                head.text("\u{2002}");
                head.set(&intervention.speaker.post, "SpeakerPost");
            }
            composer.line("Speaker", head);
            if place.is_speech() {
                place = BlockContext::TEXT;
            }
        }
        block::put_all(composer, &intervention.blocks, place)?;
    }
    Ok(())
}
