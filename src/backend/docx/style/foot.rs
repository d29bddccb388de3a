//! What stands at the foot of a page that has nothing else there: the space above it is a part of its style. Frames would
//! keep it there, too, but nobody edits them gladly, and readers who hear the page lose their order.

use super::super::columns::length_of;
use super::super::figure::cover_size;
use super::super::front::LOGO_LINES;
use super::paragraphs::Sheet;
use crate::document::{Block, plain_text};
use crate::layout::Labels;

/// Part of the text's width that the imprint takes, as on the pages.
const IMPRINT: f64 = 0.68;
/// Lines of space around the name of the series, where there is room for them.
const SERIES: f64 = 11.0;
/// Lines of text that are left free, so that a title with a word more does not drive its page apart.
const FREE: f64 = 3.0;

impl Sheet<'_> {
    /// Height of the text of a page.
    fn height(&self) -> f64 {
        let page = &self.tokens.page;
        page.height.to_pt() - page.top.to_pt() - page.bottom.to_pt()
    }

    /// Height of a text in a size that is so many points wide.
    fn lines(&self, text: &str, size: f64, width: f64) -> f64 {
        let lines = text
            .lines()
            .map(|line| (length_of(line) * size / width).ceil().max(1.0));
        lines.sum::<f64>() * self.leading(size).max(self.line)
    }

    /// Space above and below the series on the cover; large type leaves less of it.
    pub(super) fn around_series(&self) -> [f64; 2] {
        let part = (self.cover_room() / (SERIES * self.line)).clamp(0.0, 1.0);
        [3.0, 8.0].map(|lines| lines * self.line * part)
    }

    /// Space above what stands at the foot of the cover.
    pub(super) fn above_cover_foot(&self) -> f64 {
        let series = if self.document.series.is_some() {
            SERIES
        } else {
            0.0
        };
        2.0 * self.line + (self.cover_room() - series * self.line).max(0.0)
    }

    /// Height of the cover that neither its text takes nor the least space above its foot.
    fn cover_room(&self) -> f64 {
        let (document, sizes) = (self.document, &self.tokens.sizes);
        let mut taken = 0.0;
        if let Some(series) = &document.series {
            taken += self.lines(series, sizes.text.to_pt() * 1.2, self.measure);
        }
        let title = document.title_lines.iter();
        let title = title.map(|line| self.lines(line, self.cover, self.measure));
        taken += title.sum::<f64>() + 2.0 * self.line;
        if let Some(subtitle) = &document.subtitle {
            taken += self.lines(subtitle, sizes.lead.to_pt(), self.measure) + 1.5 * self.line;
        }
        let picture = document.covers.picture.as_ref();
        let picture = picture.and_then(|cover| document.images.get(cover.image));
        taken += picture.map_or(0.0, |image| {
            cover_size(self.tokens, image).1 + 1.5 * self.line
        });
        if !document.covers.logos.is_empty() {
            taken += (LOGO_LINES * 2.0 + 1.0) * self.line;
        }
        let own = match self.tokens.structure.labels {
            Labels::Beside => 0.0,
            Labels::Above => self.line,
        };
        let place = document.place.as_deref().unwrap_or_default();
        let credit = format!("{}{place} 2000", document.credit);
        taken += own + self.lines(&credit, sizes.small.to_pt(), self.measure);
        (self.height() - taken - (2.0 + FREE) * self.line).max(0.0)
    }

    /// Width of the imprint.
    pub(super) fn imprint_width(&self) -> f64 {
        match self.tokens.structure.columns {
            1 => self.measure,
            _ => self.measure * IMPRINT,
        }
    }

    /// Space above the imprint. Word has its section at the foot; this is for readers who do not know such sections.
    pub(super) fn above_imprint(&self) -> f64 {
        let document = self.document;
        let size = self.tokens.sizes.note.to_pt();
        let mut taken = 0.0;
        let mut say = |text: &str| {
            let lines = (length_of(text) * size / self.imprint_width())
                .ceil()
                .max(1.0);
            taken += lines * self.leading(size) + self.line / 2.0;
        };
        say(&document.title);
        document
            .imprint
            .iter()
            .for_each(|block| texts(block, &mut say));
        say(&document.publisher);
        say(&document.copyright);
        let facts = document.identifiers.len() as f64;
        taken += facts * self.leading(size);
        if !document.covers.supporters.is_empty() {
            taken += 4.0 * self.line;
        }
        (self.height() - taken - FREE * self.line).max(0.0)
    }
}

/// The texts of what may stand in an imprint.
fn texts(block: &Block, say: &mut impl FnMut(&str)) {
    match block {
        Block::Paragraph { content } => say(&plain_text(content)),
        Block::List { items, .. } => {
            let inner = items.iter().flatten();
            inner.for_each(|block| texts(block, say));
        }
        _ => {}
    }
}
