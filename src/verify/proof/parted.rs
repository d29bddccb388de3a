//! What is parted over pages though it belongs together.

use std::collections::BTreeSet;

use super::{PageFault, Proof};
use crate::backend::typeset::parted::PartedKind;
use crate::document::{Block, Node, plain_text};
use crate::layout::Labels;

impl Proof<'_> {
    pub(super) fn parted(&mut self) {
        for parted in self.read.parted(self.document, self.tokens) {
            let fault = match parted.kind {
                PartedKind::LastRow => PageFault::LastRowAlone,
                PartedKind::TableNote => PageFault::TableNoteParted,
                PartedKind::LastEntry => PageFault::LastEntryAlone,
                PartedKind::OpenFoot => PageFault::OpenFoot,
            };
            self.say(fault, parted.line);
        }
        self.labels();
    }

    /// Labels and terms that end a page: what they stand for is on the next.
    fn labels(&mut self) {
        if self.tokens.structure.labels != Labels::Above {
            return;
        }
        let mut labels = BTreeSet::new();
        let facts = self.document.chapters.iter().flat_map(|it| &it.facts);
        labels.extend(facts.map(|fact| fact.label.clone()));
        self.document.visit(&mut |node| {
            if let Node::Block(Block::Definitions { entries }) = node {
                labels.extend(entries.iter().map(|entry| plain_text(&entry.term)));
            }
        });
        let flow: Vec<usize> = self.flow().collect();
        for pair in flow.windows(2) {
            let (last, next) = (self.line(pair[0]), self.line(pair[1]));
            if last.page != next.page && labels.contains(last.text.trim()) {
                self.say(PageFault::LabelAtFoot, pair[0]);
            }
        }
    }
}
