//! Long descriptions of pictures and charts: a list at the end of the report, after the appendices, to which each caption
//! leads. Whoever sees, hears or prints the report finds them in the same place.

use super::prose::ProseContext;
use super::resolve::{FieldPath, Resolver};
use super::visit::ContentMut;
use super::{
    Anchor, Block, Chapter, ChapterKind, Definition, Document, Heading, Inline, Line, plain_content,
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
    /// Takes in the long description of a picture or chart, whose caption is to lead to it.
    pub(super) fn describe(
        &mut self,
        at: &FieldPath<'a>,
        value: &Option<s::Prose>,
        picture: &str,
        caption: Option<(&str, &Line)>,
    ) {
        let Some(value) = value else { return };
        let at = at.key("description");
        let blocks = self.prose(&at, value, ProseContext::Imprint);
        let Some((label, caption)) = caption else {
            let message = "a picture with a long description has no caption to lead to it";
            let wrong = at.diagnostic(Code::NO_CAPTION, value, message);
            self.found
                .push(wrong.hint("give it a `caption`, or say all that is needed in `alt`"));
            return;
        };
        let mut name = plain_content(&format!("{label}{}", self.words.strings.colon));
        name.extend(caption.iter().cloned());
        super::by_rows::strip(&mut name);
        let anchor = self.links.anchors.fresh("description");
        self.described.push(Described {
            anchor,
            picture: picture.to_owned(),
            name,
            blocks,
        });
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

    /// Lets the captions lead to the descriptions; after captions are listed, since lists are without it.
    pub(super) fn link_descriptions(&self, document: &mut Document) {
        if self.described.is_empty() {
            return;
        }
        let strings = self.words.strings;
        let (before, after) = strings.bracketed.split_once("{text}").unwrap_or_default();
        let link = |picture: &str, caption: &mut Line| {
            let Some(one) = self.described.iter().find(|one| one.picture == picture) else {
                return;
            };
            let mut content = std::mem::take(caption).into_inner();
            content.extend(plain_content(before));
            content.push(Inline::Reference {
                anchor: one.anchor.clone(),
                content: plain_content(&strings.description),
                page: true,
            });
            content.extend(plain_content(after));
            // What is written in the source is a part of it: whoever edits a file of the report does not edit it.
            *caption = content.into();
        };
        document.for_each_content_mut(&mut |content| {
            let ContentMut::Block(block) = content else {
                return;
            };
            let figures = match block {
                Block::Chart(chart) => return link(&chart.anchor, &mut chart.caption),
                Block::Figure(figure) => std::slice::from_mut(figure),
                Block::Figures { figures } => figures,
                _ => return,
            };
            for figure in figures {
                if let Some(caption) = &mut figure.caption {
                    link(&figure.anchor, caption);
                }
            }
        });
    }
}
