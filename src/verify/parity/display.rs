//! Display elements: what an artifact has to state of charts, boxes, key figures and signatures.

use super::artifact::TableCell;
use super::blocks::{BOXED, CAPTION};
use super::collect::{Collector, Form, piece};
use super::expected::{ExpectedText, Grid, Statement, TextRole};
use super::plain::{plain, solid};
use crate::document::{Chart, KeyFigure, Signature, TextBox, plain_text};
use crate::layout::Detail;

impl<'a> Collector<'a> {
    /// States a chart: what it shows in words, its values as a table; on paper and with structure also the words and
    /// numbers that it draws.
    pub(super) fn chart(&mut self, chart: &'a Chart) {
        let detail = self.digest().map_or(Detail::Full, |digest| digest.figures);
        if detail == Detail::None {
            return;
        }
        let full = detail == Detail::Full;
        let title = chart.title.as_deref().filter(|_| full).unwrap_or_default();
        // In plain text it is below the caption.
        if !matches!(self.form, Form::Plain(_)) {
            self.say(TextRole::Caption, title);
        }
        let words = chart.plot.words();
        let drawn = words
            .iter()
            .filter_map(|word| piece(TextRole::Drawn, word, None));
        let mut around: Vec<ExpectedText> = Vec::new();
        match self.form {
            Form::Structured => {
                let alt = piece(TextRole::Alt, &chart.alt, None);
                self.out.alts.extend(alt.clone());
                around.extend(alt);
                let drawn = drawn.map(|piece| solid(&piece.text));
                let drawn = (plain(&chart.alt), drawn.collect());
                self.out.drawings.push(drawn);
            }
            Form::Pages => {
                let (name, pieces) = (plain(&chart.label), drawn.collect());
                self.columns(name, pieces, Vec::new());
            }
            Form::Plain(_) if full => {
                around.extend(piece(TextRole::Caption, title, None));
                around.extend(piece(TextRole::Alt, &chart.alt, None));
            }
            Form::Plain(_) => {}
        }
        let below = |piece| ExpectedText {
            roles: CAPTION,
            ..piece
        };
        around.extend(piece(TextRole::Caption, &chart.label, None).map(below));
        let credit = chart.credit.as_ref().filter(|_| full);
        let credit = credit.map_or(&[][..], |credit| credit.as_slice());
        let description = chart.description.as_deref().map_or(&[][..], Vec::as_slice);
        for (what, content) in [
            (TextRole::Caption, chart.caption.as_slice()),
            (TextRole::Caption, description),
            (TextRole::Credit, credit),
        ] {
            let texts = self.between_marks(content);
            around.extend(
                texts
                    .iter()
                    .filter_map(|text| piece(what, text, None))
                    .map(below),
            );
        }
        self.out.body.push(Statement::AnyOrder(around));
        if let Some(table) = chart.table.as_ref().filter(|_| full) {
            self.rows(table);
        }
    }

    /// States a box.
    pub(super) fn text_box(&mut self, text_box: &'a TextBox) {
        let detail = self.digest().map_or(Detail::Full, |digest| digest.boxes);
        if detail == Detail::None {
            return;
        }
        self.say(TextRole::Caption, &text_box.label);
        self.running(TextRole::Caption, &text_box.title);
        self.within(BOXED, |this| this.blocks(text_box.digest(detail)));
    }

    /// States key figures: the numbers stand in columns, or are the heads of a table's rows.
    pub(super) fn key_figures(&mut self, entries: &'a [KeyFigure]) {
        let detail = self
            .digest()
            .map_or(Detail::Full, |digest| digest.key_figures);
        if detail == Detail::None {
            return;
        }
        let before = self.out.body.len();
        for entry in entries {
            self.say(TextRole::Fact, &entry.number());
            self.running(TextRole::Fact, &entry.text);
            if let Some(source) = entry.source.as_ref().filter(|_| detail == Detail::Full) {
                self.running(TextRole::Credit, source);
            }
        }
        let said = self.out.body.drain(before..);
        let pieces: Vec<ExpectedText> = said
            .filter_map(|statement| match statement {
                Statement::Text(piece) => Some(piece),
                _ => None,
            })
            .collect();
        let name = plain(&entries[0].number());
        self.columns(name.clone(), pieces, Vec::new());
        let strings = &self.document.strings;
        let source = |entry: &KeyFigure| {
            entry.source.as_ref().map(|source| {
                let source = plain_text(source);
                format!(" {}{}{source}", strings.label_credit, strings.colon)
            })
        };
        let row = |entry: &KeyFigure| {
            let text = plain_text(&entry.text) + &source(entry).unwrap_or_default();
            [plain(&entry.number()), plain(&text)]
                .map(TableCell::of)
                .to_vec()
        };
        let rows = entries.iter().map(row).collect();
        let facts = true;
        self.out.tables.push(Grid { name, facts, rows });
    }

    /// States a signature.
    pub(super) fn signature(&mut self, signature: &'a Signature) {
        let described = match self.form {
            Form::Structured => true,
            Form::Pages => false,
            Form::Plain(digest) => digest.figures == Detail::Full,
        };
        if let Some(alt) = signature.alt.as_ref().filter(|_| described) {
            self.out.alts.extend(piece(TextRole::Alt, alt, None));
            self.say(TextRole::Alt, alt);
        }
        self.person(&signature.speaker);
        self.say(
            TextRole::Text,
            signature.signed.as_deref().unwrap_or_default(),
        );
    }
}
