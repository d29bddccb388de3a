//! What the blocks are that the texts of a document stand in: headings, paragraphs, items, cells.

use super::artifact::BlockRole;
use super::collect::{Collector, piece};
use super::expected::{ExpectedText, TextRole};
use crate::base::diagnostic::Location;

/// What the blocks of running text are.
pub(super) const PARAGRAPH: &[BlockRole] = &[BlockRole::Paragraph];
/// Those of a box, which Word has as a table.
pub(super) const BOXED: &[BlockRole] = &[BlockRole::Paragraph, BlockRole::Cell];
/// Those below and above pictures and tables.
pub(super) const CAPTION: &[BlockRole] = &[BlockRole::Caption];
pub(super) const HEADING: &[BlockRole] = &[BlockRole::Heading];
pub(super) const ITEM: &[BlockRole] = &[BlockRole::Item];
pub(super) const CELL: &[BlockRole] = &[BlockRole::Cell];
pub(super) const QUOTATION: &[BlockRole] = &[BlockRole::Quotation];
pub(super) const CODE: &[BlockRole] = &[BlockRole::Code];
/// Lists of members, people and organisations: told one by one.
pub(super) const LISTED: &[BlockRole] = &[BlockRole::Item, BlockRole::Cell];
/// Lists of tables and figures.
pub(super) const LINES: &[BlockRole] = &[BlockRole::Contents, BlockRole::Item];
/// Works have a list in PDF, and paragraphs of their own style in Word.
pub(super) const WORK: &[BlockRole] = &[BlockRole::Item, BlockRole::Paragraph];
/// Any block.
pub(super) const ANY: &[BlockRole] = &[];

impl Collector<'_> {
    /// States what stands in blocks of these roles.
    pub(super) fn within(&mut self, roles: &'static [BlockRole], state: impl FnOnce(&mut Self)) {
        let outside = std::mem::replace(&mut self.inside, roles);
        state(self);
        self.inside = outside;
    }

    /// What the block is that has a text.
    fn roles(&self, what: TextRole) -> &'static [BlockRole] {
        match what {
            TextRole::Heading => HEADING,
            TextRole::Text
            | TextRole::Speaker
            | TextRole::Post
            | TextRole::Term
            | TextRole::Entry => self.inside,
            TextRole::Member => LISTED,
            TextRole::Caption | TextRole::Credit if self.inside == CAPTION => CAPTION,
            _ => ANY,
        }
    }

    /// A piece of text where it stands.
    pub(super) fn piece(
        &self,
        what: TextRole,
        text: &str,
        place: Option<&Location>,
    ) -> Option<ExpectedText> {
        let roles = self.roles(what);
        piece(what, text, place).map(|piece| ExpectedText { roles, ..piece })
    }
}
