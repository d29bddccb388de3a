//! Styles of display elements; a file has those that its text uses.

use super::paragraphs::Sheet;
use super::spec::{Alignment, Edge, Leader, Spec};
use crate::document::{Block, Document, Node};

/// Whether a document has a block of that kind.
pub(super) fn has(document: &Document, is: impl Fn(&Block) -> bool) -> bool {
    let mut found = false;
    document.visit(&mut |node| {
        if let Node::Block(block) = node {
            found |= is(block);
        }
    });
    found
}

impl<'t> Sheet<'t> {
    /// The styles of the display elements that the document has.
    pub(super) fn display(&self) -> Vec<Spec<'t>> {
        let colours = &self.tokens.colours;
        let has = |is: fn(&Block) -> bool| has(self.document, is);
        let head = Spec {
            face: Some(self.sans),
            bold: true,
            colour: Some(colours.structure),
            align: Some(Alignment::Left),
            keep_next: true,
            whole_words: true,
            ..Spec::default()
        };
        let entry = Spec {
            size: Some(self.tokens.sizes.small.to_pt()),
            ..Spec::default()
        };
        let mut specs = Vec::new();
        if has(|block| matches!(block, Block::Box(_))) {
            specs.push(Spec {
                after: Some(self.line / 4.0),
                ..self.based(&head, "BoxTitle", "Box Title", "Normal")
            });
        }
        if has(|block| matches!(block, Block::Chart(_))) {
            specs.push(Spec {
                before: Some(self.line),
                ..self.based(&head, "ChartTitle", "Chart Title", "Normal")
            });
        }
        if has(|block| matches!(block, Block::Quote { pull: true, .. })) {
            specs.push(self.pull_quote());
        }
        if has(|block| matches!(block, Block::KeyFigures { .. })) {
            let size = self.tokens.sizes.heading.to_pt();
            specs.push(Spec {
                size: Some(size),
                line: Some(self.leading(size)),
                ..self.spec("KeyFigure", "Key Figure", "FactLabel")
            });
        }
        if !self.document.covers.logos.is_empty() {
            specs.push(Spec {
                before: Some(self.above_cover_foot()),
                after: Some(self.line),
                ..self.spec("CoverLogos", "Cover Logos", "CoverCredit")
            });
        }
        let strings = &self.document.strings;
        let mut facts = self.document.identifiers.iter();
        if facts.any(|fact| fact.label == strings.licence) {
            let colour = Some(self.tokens.colours.structure);
            specs.push(Spec {
                character: true,
                bold: true,
                colour,
                frame: colour,
                ..self.spec("LicenceMark", "Licence Mark", "DefaultParagraphFont")
            });
        }
        if !self.document.block_lists.is_empty() {
            specs.push(Spec {
                priority: Some(99),
                // LibreOffice drops what a tab leads to beyond an indent at the end.
                indents: Some((1.5 * self.line, 0.0)),
                first_line: -1.5 * self.line,
                after: Some(self.line / 4.0),
                align: Some(Alignment::Left),
                tabs: vec![(self.tokens.page.measure().to_pt(), Leader::Dots)],
                ..self.based(&entry, "TableofFigures", "table of figures", "Normal")
            });
        }
        if self.document.bibliography.is_some() {
            specs.push(Spec {
                priority: Some(37),
                indents: Some((1.5 * self.line, 0.0)),
                first_line: -1.5 * self.line,
                after: Some(self.line / 4.0),
                align: Some(Alignment::Left),
                ..self.based(&entry, "Bibliography", "Bibliography", "Normal")
            });
        }
        if has(|block| matches!(block, Block::Definitions { .. })) {
            specs.push(Spec {
                before: Some(self.line / 2.0),
                next: Some("Definition"),
                ..self.based(&head, "DefinitionTerm", "Definition Term", "Normal")
            });
            specs.push(Spec {
                indents: Some((1.5 * self.line, 0.0)),
                ..self.spec("Definition", "Definition", "Normal")
            });
        }
        if has(|block| matches!(block, Block::Signature(_))) {
            specs.push(Spec {
                before: Some(self.line),
                after: Some(self.line),
                align: Some(Alignment::Left),
                keep_lines: true,
                whole_words: true,
                ..self.spec("Signature", "Signature", "Normal")
            });
        }
        specs
    }

    fn pull_quote(&self) -> Spec<'t> {
        let colours = &self.tokens.colours;
        let size = self.tokens.sizes.heading.to_pt();
        Spec {
            priority: Some(30),
            size: Some(size),
            line: Some(self.leading(size)),
            colour: Some(colours.structure),
            before: Some(self.line),
            after: Some(self.line / 2.0),
            indents: Some((1.5 * self.line, 1.5 * self.line)),
            rules: vec![(Edge::Top, 1.5, 8, colours.accent)],
            align: Some(Alignment::Left),
            keep_next: true,
            keep_lines: true,
            whole_words: true,
            ..self.spec("IntenseQuote", "Intense Quote", "Normal")
        }
    }
}
