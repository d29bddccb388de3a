//! What a digest leaves out, by the `digest` tokens of a layout: the one place that decides it.
//!
//! A heading is there when something under it is; that of a meeting, and of a panel that is not left out, always is.

use super::{
    Block, Chapter, ChapterKind, Document, Figure, Intervention, Section, SectionKind, TextBox,
    plain_text,
};
use crate::layout::{Detail, Digest};

/// What the digest includes of a chapter.
#[derive(Debug)]
pub struct DigestChapter<'a> {
    /// The chapter.
    pub chapter: &'a Chapter,
    /// What is under its heading, after the facts.
    pub body: DigestBody<'a>,
}

/// What the digest includes of a section.
#[derive(Debug)]
pub struct DigestSection<'a> {
    /// The section.
    pub section: &'a Section,
    /// What is under its heading.
    pub body: DigestBody<'a>,
}

/// What is under a heading, in this order.
#[derive(Debug)]
pub struct DigestBody<'a> {
    /// One or two sentences in place of running text.
    pub brief: Option<&'a str>,
    /// Blocks.
    pub blocks: Vec<&'a Block>,
    /// What people said.
    pub talks: Vec<DigestTalk<'a>>,
    /// Sections.
    pub sections: Vec<DigestSection<'a>>,
}

/// What the digest includes of what one person said.
#[derive(Debug)]
pub struct DigestTalk<'a> {
    /// The whole.
    pub intervention: &'a Intervention,
    /// The key point, in place of all blocks.
    pub key: Option<&'a str>,
    /// The blocks.
    pub blocks: &'a [Block],
}

impl<'a> DigestBody<'a> {
    fn whole(blocks: &'a [Block], talks: &'a [Intervention], sections: &'a [Section]) -> Self {
        let talk = |intervention: &'a Intervention| DigestTalk {
            intervention,
            key: None,
            blocks: &intervention.blocks,
        };
        let section = |section: &'a Section| DigestSection {
            section,
            body: Self::whole(&section.blocks, &section.interventions, &section.sections),
        };
        DigestBody {
            brief: None,
            blocks: blocks.iter().collect(),
            talks: talks.iter().map(talk).collect(),
            sections: sections.iter().map(section).collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.brief.is_none()
            && self.blocks.is_empty()
            && self.talks.is_empty()
            && self.sections.is_empty()
    }
}

impl Block {
    /// How much of a kind of block that is set apart from running text a digest has; `None` for running text itself.
    pub fn own_detail(&self, digest: &Digest) -> Option<Detail> {
        match self {
            Block::Table(_) => Some(digest.tables),
            Block::Figure(_) | Block::Figures { .. } | Block::Chart(_) => Some(digest.figures),
            Block::Box(_) => Some(digest.boxes),
            Block::KeyFigures { .. } => Some(digest.key_figures),
            Block::Members { .. } => Some(digest.members),
            _ => None,
        }
    }

    /// Whether there is anything to read of a block that is set apart; `None` for running text.
    fn stands_apart(&self, digest: &Digest) -> Option<bool> {
        let detail = self.own_detail(digest)?;
        let caption = match self {
            Block::Table(table) => table.caption.is_some(),
            Block::Figure(figure) => figure.caption.is_some(),
            Block::Figures { figures } => figures.iter().any(|one| one.caption.is_some()),
            _ => true,
        };
        let stated = |figure: &Figure| figure.alt.is_some() || figure.credit.is_some();
        let more = match self {
            Block::Figure(figure) => stated(figure),
            Block::Figures { figures } => figures.iter().any(stated),
            _ => true,
        };
        Some(match detail {
            Detail::None => false,
            Detail::Brief => caption,
            Detail::Full => caption || more,
        })
    }
}

impl TextBox {
    /// What a digest gives of what is in the box.
    pub fn digest(&self, detail: Detail) -> &[Block] {
        match detail {
            Detail::Full => &self.blocks,
            Detail::Brief => &self.blocks[opening(&self.blocks)],
            Detail::None => &[],
        }
    }
}

impl Document {
    /// The chapters with all that they hold.
    pub fn whole(&self) -> Vec<DigestChapter<'_>> {
        let whole = |chapter| DigestChapter {
            chapter,
            body: DigestBody::whole(&chapter.blocks, &chapter.interventions, &chapter.sections),
        };
        self.chapters.iter().map(whole).collect()
    }

    /// What a digest includes of the chapters.
    pub fn digest<'a>(&'a self, digest: &Digest) -> Vec<DigestChapter<'a>> {
        let chapters = self.chapters.iter();
        chapters.filter_map(|one| chapter(one, digest)).collect()
    }
}

fn chapter<'a>(chapter: &'a Chapter, digest: &Digest) -> Option<DigestChapter<'a>> {
    let meeting = chapter.kind == ChapterKind::Meeting;
    let detail = match chapter.front {
        _ if meeting => digest.sections,
        true => digest.front,
        false => digest.chapters,
    };
    let described = chapter.kind == ChapterKind::Descriptions;
    if (chapter.front && digest.front == Detail::None)
        || (described && digest.figures != Detail::Full)
    {
        return None;
    }
    let body = DigestBody {
        brief: None,
        blocks: blocks(&chapter.blocks, false, detail, digest),
        talks: talks(&chapter.interventions, digest),
        sections: sections(&chapter.sections, detail, digest),
    };
    let keep = meeting || !chapter.facts.is_empty() || !body.is_empty();
    keep.then_some(DigestChapter { chapter, body })
}

/// The sections, where those without a kind of their own go by `around`.
fn sections<'a>(
    sections: &'a [Section],
    around: Detail,
    digest: &Digest,
) -> Vec<DigestSection<'a>> {
    let kept = sections
        .iter()
        .filter_map(|one| section(one, around, digest));
    kept.collect()
}

fn section<'a>(section: &'a Section, around: Detail, digest: &Digest) -> Option<DigestSection<'a>> {
    let detail = match section.kind {
        SectionKind::Summary => digest.summaries,
        SectionKind::Panel => digest.panels,
        SectionKind::Debate => digest.debates,
        SectionKind::Opening | SectionKind::Speakers | SectionKind::Closing => digest.sections,
        SectionKind::Section => around,
    };
    let brief = section.brief.as_deref();
    let brief = brief.filter(|_| detail == Detail::Brief);
    let body = DigestBody {
        brief,
        blocks: blocks(&section.blocks, brief.is_some(), detail, digest),
        talks: talks(&section.interventions, digest),
        sections: sections(&section.sections, detail, digest),
    };
    let panel = section.kind == SectionKind::Panel && detail != Detail::None;
    (panel || !body.is_empty()).then_some(DigestSection { section, body })
}

/// Running text at a detail; blocks that are set apart have their own.
fn blocks<'a>(
    blocks: &'a [Block],
    has_brief: bool,
    detail: Detail,
    digest: &Digest,
) -> Vec<&'a Block> {
    let first = match detail {
        Detail::Brief if !has_brief => opening(blocks),
        _ => 0..0,
    };
    let kept = blocks.iter().enumerate().filter(|(index, block)| {
        let running = detail == Detail::Full || first.contains(index);
        block.stands_apart(digest).unwrap_or(running)
    });
    kept.map(|(_, block)| block).collect()
}

fn talks<'a>(talks: &'a [Intervention], digest: &Digest) -> Vec<DigestTalk<'a>> {
    let kept = talks.iter().filter_map(|intervention| {
        let blocks = intervention.blocks.as_slice();
        let (key, blocks) = match (digest.interventions, intervention.key.as_deref()) {
            (Detail::None, _) => return None,
            (Detail::Brief, Some(key)) => (Some(key), &blocks[..0]),
            (Detail::Brief, None) => (None, &blocks[opening(blocks)]),
            (Detail::Full, _) => (None, blocks),
        };
        Some(DigestTalk {
            intervention,
            key,
            blocks,
        })
    });
    kept.collect()
}

/// Where the first paragraph is, with the list or quotation that it leads to.
fn opening(blocks: &[Block]) -> std::ops::Range<usize> {
    let paragraph = |block: &Block| {
        matches!(
            block,
            Block::Paragraph { .. }
                | Block::List {
                    paragraphs: true,
                    ..
                }
        )
    };
    let Some(start) = blocks.iter().position(paragraph) else {
        return 0..0;
    };
    let leads = match &blocks[start] {
        Block::Paragraph { content } => plain_text(content).trim_end().ends_with([':', '：']),
        _ => false,
    };
    start..(start + 1 + usize::from(leads)).min(blocks.len())
}
