//! Long descriptions of pictures and charts: a list at the end of the report, after the appendices, to which each caption
//! leads. Whoever sees, hears or prints the report finds them in the same place.

use super::prose::ProseContext;
use super::resolve::{FieldPath, Resolver};
use super::{
    Anchor, Block, Chapter, ChapterKind, Definition, Heading, Inline, Line, plain_content,
};
use crate::base::diagnostic::Code;
use crate::source::schema as s;

/// A picture with a long description.
pub(super) struct Described {
    /// Where links to the description go.
    anchor: Anchor,
    /// Where links to the picture go.
    picture: Anchor,
    /// The picture's label and caption.
    name: Vec<Inline>,
    blocks: Vec<Block>,
}

impl<'a> Resolver<'a> {
    /// Takes in the long description of a picture or chart: what leads to it from behind the caption.
    pub(super) fn describe(
        &mut self,
        at: &FieldPath<'a>,
        value: &Option<s::Prose>,
        picture: &str,
        caption: Option<(&str, &Line)>,
    ) -> Option<Line> {
        let value = value.as_ref()?;
        let at = at.key("description");
        let blocks = self.prose(&at, value, ProseContext::Imprint);
        let Some((label, caption)) = caption else {
            let message = "a picture with a long description has no caption to lead to it";
            let wrong = at.diagnostic(Code::NO_CAPTION, value, message);
            self.found
                .push(wrong.hint("give it a `caption`, or say all that is needed in `alt`"));
            return None;
        };
        let mut name = plain_content(&format!("{label}{}", self.words.strings.colon));
        name.extend(caption.iter().cloned());
        super::by_rows::strip(&mut name);
        let anchor = self.links.anchors.fresh("description");
        let link = Inline::Reference {
            anchor: anchor.clone(),
            content: plain_content(&self.words.strings.description),
            page: true,
        };
        self.described.push(Described {
            anchor,
            picture: picture.to_owned(),
            name,
            blocks,
        });
        Some(vec![link].into())
    }

    /// The list of the descriptions, or nothing where there are none.
    pub(super) fn descriptions(&mut self) -> Option<Chapter> {
        if self.described.is_empty() {
            return None;
        }
        let title = &self.words.strings.descriptions;
        let anchor = self.links.anchors.fixed("picture-descriptions");
        let heading = Heading::plain(anchor, 1, title);
        let entry = |one: &Described| {
            let place = Inline::Place {
                anchor: one.anchor.clone(),
            };
            let back = Inline::Reference {
                anchor: one.picture.clone(),
                content: one.name.clone(),
                page: true,
            };
            Definition {
                term: vec![place, back].into(),
                blocks: one.blocks.clone(),
            }
        };
        let entries = self.described.iter().map(entry).collect();
        Some(Chapter {
            kind: ChapterKind::Descriptions,
            front: false,
            short_title: heading.title.clone(),
            title_lines: vec![heading.content.to_vec()],
            heading,
            facts: Vec::new(),
            key_points: Vec::new(),
            blocks: vec![Block::Definitions { entries }],
            interventions: Vec::new(),
            sections: Vec::new(),
        })
    }
}
