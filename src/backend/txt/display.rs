//! Display elements: charts, boxes, key figures, definitions, signatures.

use super::block::{HANG, INSET};
use super::inline::cleaned;
use super::{Writer, table};
use crate::document::{Chart, Definition, KeyFigure, Signature, TextBox};
use crate::layout::Detail;

impl Writer<'_> {
    /// Sets a chart: what it shows in words, then its values.
    pub(super) fn chart(&mut self, chart: &Chart) {
        let description = chart.description.as_ref();
        self.caption(Some(&chart.label), &chart.caption, description);
        if self.policy.figures != Detail::Full {
            return;
        }
        let outer = self.sheet.enter(HANG);
        if let Some(title) = &chart.title {
            self.sheet.paragraph(&cleaned(title), HANG);
        }
        self.sheet.leave(outer);
        let credit = chart.credit.as_deref().map(Vec::as_slice);
        self.below_caption(Some(&chart.alt), credit, HANG);
        if let Some(table) = &chart.table {
            self.sheet.gap(1);
            table::set_rows(self, table);
        }
    }

    /// Sets a box: its title, then what is in it, indented.
    pub(super) fn text_box(&mut self, text_box: &TextBox) {
        self.caption(Some(&text_box.label), &text_box.title, None);
        let blocks = text_box.digest(self.policy.boxes);
        if blocks.is_empty() {
            return;
        }
        self.sheet.gap(1);
        let outer = self.sheet.enter(HANG);
        self.blocks(blocks, 1);
        self.sheet.leave(outer);
    }

    /// Sets key figures, what they say aligned.
    pub(super) fn key_figures(&mut self, entries: &[KeyFigure]) {
        let numbers: Vec<String> = entries
            .iter()
            .map(|entry| cleaned(&entry.number()))
            .collect();
        let column = self.label_column(&numbers);
        for (number, entry) in numbers.iter().zip(entries) {
            let text = self.text(&entry.text);
            let full = self.policy.key_figures == Detail::Full;
            let source = entry.source.as_ref().filter(|_| full);
            let source = source.map(|source| {
                let strings = self.strings();
                let source = self.text(source);
                format!("{}{}{source}", strings.label_credit, strings.colon)
            });
            self.row(number, column, |writer| {
                writer.sheet.paragraph(&text, 0);
                if let Some(source) = source {
                    writer.sheet.paragraph(&source, HANG);
                }
            });
        }
    }

    /// Sets terms, what they mean below them.
    pub(super) fn definitions(&mut self, entries: &[Definition]) {
        for (index, entry) in entries.iter().enumerate() {
            if index > 0 {
                self.sheet.gap(1);
            }
            let term = self.text(&entry.term);
            self.sheet.paragraph(&term, HANG);
            let outer = self.sheet.enter(INSET);
            self.blocks(&entry.blocks, 1);
            self.sheet.leave(outer);
        }
    }

    /// Sets a signature: name, post, place and day, a line each.
    pub(super) fn signature(&mut self, signature: &Signature) {
        if let (Some(alt), Detail::Full) = (&signature.alt, self.policy.figures) {
            let strings = self.strings();
            let alt = format!("[{}{}{}]", strings.picture, strings.colon, cleaned(alt));
            self.sheet.paragraph(&alt, HANG);
        }
        let speaker = &signature.speaker;
        let lines = [
            Some(&speaker.name),
            Some(&speaker.post),
            signature.signed.as_ref(),
        ];
        for line in lines.into_iter().flatten().filter(|line| !line.is_empty()) {
            self.sheet.paragraph(&cleaned(line), HANG);
        }
    }
}
