//! Figures, quotations and member lists, from their fields or from prose.

use super::markdown::{Kind, Node};
use super::prose::{Prose, ProseContext};
use super::resolve::{FieldPath, Resolver, next_label};
use super::{Block, Extent, Figure, Line, language};
use crate::base::diagnostic::Code;
use crate::source::schema::{self as s, Located};

impl<'a> Resolver<'a> {
    /// The content of a chapter, section or intervention: its text, then its blocks.
    pub(super) fn content(
        &mut self,
        at: &FieldPath<'a>,
        text: Option<&'a s::Prose>,
        blocks: &'a [s::Block],
    ) -> Vec<Block> {
        let mut content = match text {
            Some(text) => self.prose(&at.key("text"), text, ProseContext::Body),
            None => Vec::new(),
        };
        for (index, block) in blocks.iter().enumerate() {
            let at = at.key("blocks").index(index);
            match block {
                s::Block::Text(text) => {
                    content.extend(self.prose(&at.key("text"), text, ProseContext::Body))
                }
                s::Block::Table(table) => content.extend(self.table(&at.key("table"), table)),
                s::Block::Figure(figure) => {
                    content.extend(self.figure(&at.key("figure"), figure).map(Block::Figure));
                }
                s::Block::Chart(chart) => content.extend(self.chart(&at.key("chart"), chart)),
                s::Block::Quote(quote) => content.push(self.quote(&at.key("quote"), quote)),
                s::Block::Members(id) => content.extend(self.members(&at.key("members"), id)),
                s::Block::Box(text_box) => content.extend(self.text_box(&at.key("box"), text_box)),
                s::Block::KeyFigures(list) => {
                    content.extend(self.key_figures(&at.key("key-figures"), list))
                }
                s::Block::Definitions(list) => {
                    content.extend(self.definitions(&at.key("definitions"), list))
                }
                s::Block::Code(code) => content.extend(self.code_example(&at.key("code"), code)),
                s::Block::Figures(figures) => {
                    content.extend(self.figures(&at.key("figures"), figures))
                }
                s::Block::Participants(ids) => {
                    content.extend(self.participants(&at.key("participants"), ids))
                }
                s::Block::Vote(vote) => content.extend(self.vote(&at.key("vote"), vote)),
                s::Block::Decisions(list) => {
                    content.extend(self.decisions(&at.key("decisions"), list))
                }
                s::Block::Signature(one) => {
                    content.extend(self.signature(&at.key("signature"), one))
                }
            }
        }
        content
    }

    fn quote(&mut self, at: &FieldPath<'a>, quote: &'a s::Quote) -> Block {
        let blocks = self.prose(&at.key("text"), &quote.text, ProseContext::Body);
        let attribution = self.optional(&at.key("attribution"), &quote.attribution);
        let language =
            quote
                .language
                .as_ref()
                .and_then(|tag| match language::parse(tag.value.trim()) {
                    Ok(language) => Some(language),
                    Err(message) => {
                        let at = at.key("language");
                        let wrong = at.diagnostic(Code::BAD_LANGUAGE, tag, message);
                        self.found.push(wrong.hint(language::GOOD_TAG));
                        None
                    }
                });
        let source = self.optional_running(&at.key("source"), &quote.source);
        if quote.pull {
            self.refuse_in_pull_quote(at, quote, &blocks);
        }
        Block::Quote {
            blocks,
            attribution,
            source,
            pull: quote.pull,
            language,
        }
    }

    /// What is set large is words alone.
    fn refuse_in_pull_quote(&mut self, at: &FieldPath, quote: &s::Quote, blocks: &[Block]) {
        let paragraph = |block: &Block| matches!(block, Block::Paragraph { .. });
        if !blocks.iter().all(paragraph) {
            let message = "a pull quote holds paragraphs alone";
            let wrong = at
                .key("text")
                .diagnostic(Code::PULL_QUOTE, &quote.text, message);
            self.found
                .push(wrong.hint("quote the one sentence that counts, or delete `pull`"));
        }
    }

    fn members(&mut self, at: &FieldPath, id: &s::Id) -> Option<Block> {
        let organisation = self.organisation_id(at, id)?;
        let members = self.registry.members_of(organisation, &self.words.collator);
        if members.is_empty() {
            self.found.push(
                at.diagnostic(
                    Code::NO_MEMBERS,
                    id,
                    format!("no organisation is a member of `{}`", id.value),
                )
                .hint("give its members `member_of` in organisations.yaml"),
            );
        }
        Some(Block::Members {
            of: self.registry.organisations[organisation].name.clone(),
            members,
        })
    }

    /// The anchor of a block: its id, else a fresh one.
    pub(super) fn block_anchor(&mut self, id: &Option<s::Id>, kind: &'static str) -> String {
        match id {
            Some(id) => id.value.clone(),
            None => self.links.anchors.fresh(kind),
        }
    }

    /// Notes what an empty link to an id says.
    pub(super) fn name_target(&mut self, id: &Option<s::Id>, label: &Option<String>) {
        if let Some(target) = id
            .as_ref()
            .and_then(|id| self.links.targets.get_mut(&id.value))
        {
            target.text = label.clone();
        }
    }

    /// A picture.
    pub(super) fn figure(&mut self, at: &FieldPath<'a>, figure: &'a s::Figure) -> Option<Figure> {
        let alt =
            self.picture_description(at, &figure.image, &figure.alt, figure.decorative, "figure");
        let caption = self.optional_running(&at.key("caption"), &figure.caption);
        let credit = self.optional_running(&at.key("credit"), &figure.credit);
        let width = figure.width.as_ref().map_or(100.0, |width| {
            if !(width.value > 0.0 && width.value <= 100.0) {
                let message =
                    "the width is a share of the text's width in per cent: above 0 and at most 100";
                self.found.push(
                    at.key("width")
                        .diagnostic(Code::FIGURE_WIDTH, width, message)
                        .hint("write a number such as 60, or leave the field out"),
                );
            }
            width.value
        });
        let label = self.figure_label(caption.is_some());
        let anchor = self.block_anchor(&figure.id, "figure");
        self.name_target(&figure.id, &label);
        let captioned = label.as_deref().zip(caption.as_ref());
        let description = self.describe(at, &figure.description, &anchor, captioned);
        let image = self.image(&at.key("image"), &figure.image)?;
        let extent = match figure.width {
            Some(_) => Extent::Text,
            None => figure.extent,
        };
        Some(Figure {
            anchor,
            label,
            image,
            alt,
            caption,
            description,
            credit,
            width,
            extent,
        })
    }

    /// What a picture shows, for readers who cannot see it; `None` where it only decorates. `what` says what it is.
    pub(super) fn picture_description(
        &mut self,
        at: &FieldPath<'a>,
        image: &s::Literal,
        alt: &Option<s::Literal>,
        decorative: bool,
        what: &str,
    ) -> Option<String> {
        let at = at.key("alt");
        match (alt, decorative) {
            (None, false) => {
                let message =
                    format!("the {what} has no description for readers who cannot see it");
                let wrong = at.diagnostic(Code::NO_DESCRIPTION, image, message);
                self.found.push(wrong.hint(
                    "say in `alt` what it shows, or write `decorative: true` if it only decorates",
                ));
            }
            (Some(alt), true) => {
                let message = format!("a {what} that only decorates has no description");
                let wrong = at.diagnostic(Code::DESCRIBED_DECORATION, alt, message);
                self.found
                    .push(wrong.hint("delete `alt`, or delete `decorative`"));
            }
            _ => {}
        }
        self.optional(&at, alt)
    }

    pub(super) fn figure_label(&mut self, captioned: bool) -> Option<String> {
        let words = &self.words.strings.figure;
        captioned.then(|| next_label(words, &mut self.numbers.figure))
    }

    /// A picture alone in its paragraph: its text describes it, its title is the caption.
    pub(super) fn prose_figure(&mut self, prose: &mut Prose<'_, 'a>, node: &Node) -> Option<Block> {
        let Kind::Image { target, title } = &node.kind else {
            return None;
        };
        if !prose.setting.is_wide() {
            let message = "a picture has no place in a line, a table's cell or a footnote";
            self.found.push(prose.diagnostic(
                Code::NOT_IN_CELL,
                node.offset,
                message,
                "only paragraphs and lists can be there",
            ));
            return None;
        }
        let (line, column) = prose.at.file.within(prose.value, node.offset);
        let placed = |value: String| Located {
            value,
            line,
            column,
        };
        let mut alt = String::new();
        plain(&node.children, &mut alt);
        if alt.trim().is_empty() {
            let message = "the picture has no description for readers who cannot see it";
            let hint = "write it between the brackets, as in ![A map of the port](map.png); a picture that only decorates is a `figure` block with `decorative: true`";
            self.found
                .push(prose.diagnostic(Code::NO_DESCRIPTION, node.offset, message, hint));
            return None;
        }
        let alt = self.unmarked(prose.at, &placed(alt));
        self.usage.acronyms.scan(&alt);
        let caption = (!title.is_empty()).then(|| placed(title.clone()));
        let caption = self.optional_running(prose.at, &caption);
        // It is written within the value of another field.
        let caption = caption.map(Line::without_origin);
        let label = self.figure_label(caption.is_some());
        let anchor = self.links.anchors.fresh("figure");
        let image = self.image(prose.at, &placed(target.clone()))?;
        Some(Block::Figure(Figure {
            anchor,
            label,
            image,
            alt: Some(alt),
            caption,
            description: None,
            credit: None,
            width: 100.0,
            extent: Extent::Text,
        }))
    }
}

/// The characters of a picture's description, markup left out.
fn plain(nodes: &[Node], text: &mut String) {
    for node in nodes {
        match &node.kind {
            Kind::Text(part) | Kind::Code(part) => text.push_str(part),
            Kind::SoftBreak | Kind::HardBreak => text.push(' '),
            _ => plain(&node.children, text),
        }
    }
}
