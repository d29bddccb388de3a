//! What the covers have besides the words of the title page (a picture, logos, the text of the back cover), and the logos of
//! those who paid for the report.

use super::prose::ProseContext;
use super::resolve::{FieldPath, Resolver};
use super::{Block, CoverPicture, Covers, Logo};
use crate::base::diagnostic::Code;
use crate::source::schema as s;

impl<'a> Resolver<'a> {
    /// What `report.yaml` says of the covers. The registries are known.
    pub(super) fn covers(&mut self) -> Covers {
        let source = self.source;
        let report = &source.report.content;
        let at = FieldPath::top(source.report.as_ref());
        let picture = report.cover.as_ref();
        let picture = picture.and_then(|cover| self.cover_picture(&at.key("cover"), cover));
        let on_cover = self.unique(&at.key("logos"), &report.logos);
        // Ids that are wrong are said where the imprint names those who paid.
        let supporters = report.supported_by.iter();
        let supporters: Vec<usize> = supporters
            .filter_map(|id| self.registry.organisations_by_id.get(&id.value).copied())
            .collect();
        let logos = on_cover.iter().map(|index| self.logo(*index)).collect();
        let paid = supporters.iter().map(|index| self.logo(*index));
        let paid = paid.filter(|logo| logo.image.is_some()).collect();
        self.unused_logos(|index| on_cover.contains(&index) || supporters.contains(&index));
        Covers {
            picture,
            logos,
            supporters: paid,
            text: self.back_cover(&at.key("back_cover"), report.back_cover.as_ref()),
        }
    }

    fn cover_picture(&mut self, at: &FieldPath<'a>, cover: &'a s::Cover) -> Option<CoverPicture> {
        let alt = self.picture_description(at, &cover.image, &cover.alt, cover.decorative, "cover");
        let image = self.image(&at.key("image"), &cover.image)?;
        Some(CoverPicture { image, alt })
    }

    /// The logo of an organisation; a file that cannot be set is said at its entry in the registry.
    fn logo(&mut self, organisation: usize) -> Logo {
        let file = self.source.organisations.as_ref();
        let at = FieldPath::top(file)
            .key("organisations")
            .index(organisation);
        let written = &self.source.organisations.content.organisations[organisation];
        let image = written.logo.as_ref();
        let image = image.and_then(|file| self.image(&at.key("logo"), file));
        let name = self.registry.organisations[organisation].name.clone();
        let name = self.directed(name);
        Logo { image, name }
    }

    /// Warns of logos that no list of the report shows.
    fn unused_logos(&mut self, shown: impl Fn(usize) -> bool) {
        let file = self.source.organisations.as_ref();
        let at = FieldPath::top(file).key("organisations");
        let written = &self.source.organisations.content.organisations;
        for (index, organisation) in written.iter().enumerate() {
            let Some(logo) = organisation.logo.as_ref().filter(|_| !shown(index)) else {
                continue;
            };
            let message = format!("the logo of `{}` is shown nowhere", organisation.id.value);
            let at = at.index(index).key("logo");
            self.found.push(
                at.diagnostic(Code::UNUSED_LOGO, logo, message).hint(
                    "name the organisation in `logos` (on the cover) or `supported_by` (in the imprint) of report.yaml, or delete the field",
                ),
            );
        }
    }

    fn back_cover(&mut self, at: &FieldPath<'a>, text: Option<&'a s::Prose>) -> Vec<Block> {
        let Some(text) = text else { return Vec::new() };
        let blocks = self.prose(at, text, ProseContext::Imprint);
        if !blocks.iter().all(is_words) {
            let message = "the back cover holds more than paragraphs and lists";
            let wrong = at.diagnostic(Code::BACK_COVER, text, message);
            self.found
                .push(wrong.hint("write it in words; the rest belongs in the report"));
        }
        blocks
    }
}

/// Whether a block is a paragraph, or a list of paragraphs and lists.
fn is_words(block: &Block) -> bool {
    match block {
        Block::Paragraph { .. } => true,
        Block::List { items, .. } => items.iter().flatten().all(is_words),
        _ => false,
    }
}
