//! Blocks: paragraphs, lists, quotations, figures, member lists and facts.

use super::inline::{clean, cleaned};
use super::sheet::spaces;
use super::wrap::width;
use super::{Writer, table};
use crate::document::{Block, Fact, Figure, Inline, Line, Member};
use crate::layout::{Detail, Strings};

/// Columns by which quotations, code and what terms mean are indented: more than the two of a hanging indent, so that
/// both can be distinguished.
pub(super) const INSET: usize = 4;
/// Columns by which continued lines hang.
pub(super) const HANG: usize = 2;
/// Columns of a tab stop in code.
const TAB: usize = 4;

impl Writer<'_> {
    /// Sets all blocks, `gap` empty lines between them.
    pub(super) fn blocks(&mut self, blocks: &[Block], gap: usize) {
        for (index, block) in blocks.iter().enumerate() {
            if index > 0 {
                self.sheet.gap(gap);
            }
            self.block(block);
        }
    }

    /// Sets a block; tables, figures and member lists as much as the policy asks for.
    pub(super) fn block(&mut self, block: &Block) {
        if block.own_detail(self.policy) == Some(Detail::None) {
            return;
        }
        match block {
            Block::Paragraph { content } => {
                let text = self.text(content);
                self.sheet.paragraph(&text, 0);
            }
            Block::List {
                start,
                counter,
                delimiter,
                tight,
                items,
                ..
            } => {
                let labels: Vec<String> = match start {
                    Some(start) => {
                        let last = start.saturating_add(items.len() as u64);
                        let sign = |number| delimiter.around(&counter.sign(number));
                        of_equal_width((*start..last).map(sign).collect())
                    }
                    None => vec![super::frame::ITEM.to_owned(); items.len()],
                };
                self.list(&labels, *tight, items);
            }
            Block::Quote {
                blocks,
                attribution,
                source,
                ..
            } => {
                let source = source.as_deref().map(Vec::as_slice);
                self.quote(blocks, attribution.as_deref(), source);
            }
            Block::Code { label, text } => self.code(label.as_deref(), text),
            Block::Table(table) => table::set(self, table),
            Block::Figure(figure) => self.figure(figure),
            Block::Chart(chart) => self.chart(chart),
            Block::Figures { figures } => {
                for (index, figure) in figures.iter().enumerate() {
                    if index > 0 {
                        self.sheet.gap(1);
                    }
                    self.figure(figure);
                }
            }
            Block::Members { of, members } => self.members(of, members),
            Block::Box(text_box) => self.text_box(text_box),
            Block::KeyFigures { entries } => self.key_figures(entries),
            Block::Definitions { entries } => self.definitions(entries),
            Block::Signature(signature) => self.signature(signature),
        }
    }

    fn list(&mut self, labels: &[String], tight: bool, items: &[Vec<Block>]) {
        let gap = usize::from(!tight);
        for (index, (label, item)) in labels.iter().zip(items).enumerate() {
            if index > 0 {
                self.sheet.gap(gap);
            }
            let outer = self.sheet.enter_behind(label);
            self.blocks(item, gap);
            self.sheet.leave(outer);
        }
    }

    fn quote(&mut self, blocks: &[Block], attribution: Option<&str>, source: Option<&[Inline]>) {
        let outer = self.sheet.enter(INSET);
        self.blocks(blocks, 1);
        let source = source.map(|source| self.text(source));
        let from: Vec<String> = attribution.map(cleaned).into_iter().chain(source).collect();
        if !from.is_empty() {
            let from = from.join(&self.strings().comma);
            self.sheet.paragraph(&format!("\u{2014}\u{A0}{from}"), HANG);
        }
        self.sheet.leave(outer);
    }

    fn code(&mut self, label: Option<&str>, text: &str) {
        if let Some(label) = label {
            let colon = self.strings().colon.trim_end();
            self.sheet
                .paragraph(&format!("{}{colon}", cleaned(label)), HANG);
        }
        let outer = self.sheet.enter(INSET);
        for line in text.split('\n').map(code_line) {
            if width(&line) <= self.sheet.room() {
                self.sheet.verbatim([line.as_str()]);
                continue;
            }
            // A line that is too long goes on below, indented by more than its own spaces.
            let words = line.trim_start();
            let inner = self.sheet.enter(line.len() - words.len());
            self.sheet.paragraph(words, INSET);
            self.sheet.leave(inner);
        }
        self.sheet.leave(outer);
    }

    fn figure(&mut self, figure: &Figure) {
        let before = self.sheet.len();
        if let Some(caption) = &figure.caption {
            self.caption(
                figure.label.as_deref(),
                caption,
                figure.description.as_ref(),
            );
        }
        if self.policy.figures != Detail::Full {
            return;
        }
        let captioned = usize::from(self.sheet.len() > before) * HANG;
        let credit = figure.credit.as_deref().map(Vec::as_slice);
        self.below_caption(figure.alt.as_deref(), credit, captioned);
    }

    /// Sets what is below a caption: what a picture shows, and whose it is.
    pub(super) fn below_caption(
        &mut self,
        alt: Option<&str>,
        credit: Option<&[Inline]>,
        indent: usize,
    ) {
        let strings = self.strings();
        let outer = self.sheet.enter(indent);
        if let Some(alt) = alt {
            self.sheet.paragraph(
                &format!("[{}{}{}]", strings.picture, strings.colon, cleaned(alt)),
                HANG,
            );
        }
        if let Some(credit) = credit {
            let credit = self.text(credit);
            let credit = format!("{}{}{credit}", strings.label_credit, strings.colon);
            self.sheet.paragraph(&credit, HANG);
        }
        self.sheet.leave(outer);
    }

    /// Sets a caption after its label, and what leads to a description behind it.
    pub(super) fn caption(
        &mut self,
        label: Option<&str>,
        caption: &[Inline],
        description: Option<&Line>,
    ) {
        let mut text = label.map_or_else(String::new, |label| {
            format!("{label}{}", self.strings().colon)
        });
        text.push_str(&self.text(caption));
        if let Some(description) = description {
            let bracketed = &self.strings().bracketed;
            text.push_str(&bracketed.replace("{text}", &self.text(description)));
        }
        self.sheet.paragraph(&text, HANG);
    }

    fn members(&mut self, of: &str, members: &[Member]) {
        let strings = self.strings();
        if self.policy.members == Detail::Brief {
            let names: Vec<String> = members
                .iter()
                .map(|member| cleaned(member.acronym.as_ref().unwrap_or(&member.name)))
                .collect();
            let text = format!(
                "{}{}{}",
                cleaned(of),
                strings.colon,
                names.join(&strings.comma)
            );
            return self.sheet.paragraph(&text, HANG);
        }
        if members.iter().all(|member| member.acronym.is_none()) {
            return members
                .iter()
                .for_each(|member| self.item(&cleaned(&member.name)));
        }
        let rows: Vec<(String, String)> = members
            .iter()
            .map(|member| {
                (
                    cleaned(member.acronym.as_deref().unwrap_or_default()),
                    cleaned(&member.name),
                )
            })
            .collect();
        self.pairs(&rows);
    }

    /// Sets pairs of a short term and what it stands for, aligned.
    pub(super) fn pairs(&mut self, rows: &[(String, String)]) {
        let limit = self.sheet.room() / 3;
        let widest = rows
            .iter()
            .map(|(term, _)| width(term))
            .filter(|wide| *wide <= limit)
            .max()
            .unwrap_or(0);
        let column = if widest == 0 { 0 } else { widest + 2 };
        for (term, text) in rows {
            self.row(term, column, |writer| writer.sheet.paragraph(text, 0));
        }
    }

    /// Sets labelled facts, what they say aligned.
    pub(super) fn facts(&mut self, facts: &[Fact]) {
        let colon = self.strings().colon.trim_end();
        let labels: Vec<String> = facts
            .iter()
            .map(|fact| format!("{}{colon}", cleaned(&fact.label)))
            .collect();
        let column = self.label_column(&labels);
        for (label, fact) in labels.iter().zip(facts) {
            let hang = if fact.values.len() > 1 { HANG } else { 0 };
            self.row(label, column, |writer| {
                for value in &fact.values {
                    writer.sheet.paragraph(&cleaned(value), hang);
                }
            });
        }
    }

    /// The column at which what labels stand for is aligned: after the widest, but not in the right half.
    pub(super) fn label_column(&self, labels: &[String]) -> usize {
        let limit = self.sheet.room() * 2 / 5;
        labels
            .iter()
            .map(|label| width(label))
            .filter(|wide| *wide <= limit)
            .max()
            .map_or(HANG, |wide| wide + 2)
    }

    /// Sets what `set` does at `column`, after a label; a label that is too wide is on a line of its own.
    pub(super) fn row(&mut self, label: &str, column: usize, set: impl FnOnce(&mut Self)) {
        let wide = width(label);
        let outer = if wide < column || wide == 0 {
            self.sheet
                .enter_behind(&format!("{label}{}", spaces(column - wide)))
        } else {
            self.sheet.paragraph(label, HANG);
            self.sheet.enter(column)
        };
        set(self);
        self.sheet.leave(outer);
    }
}

/// The labels of a numbered list, of equal width.
fn of_equal_width(labels: Vec<String>) -> Vec<String> {
    let widest = labels.iter().map(|label| width(label)).max();
    let before = |label: &str| spaces(widest.unwrap_or_default() - width(label));
    let labels = labels.iter();
    labels
        .map(|label| format!("{}{label} ", before(label)))
        .collect()
}

/// A name, with the post in brackets where there is one.
pub(super) fn named(name: &str, post: &str, strings: &Strings) -> String {
    if post.is_empty() {
        cleaned(name)
    } else {
        cleaned(name) + &strings.bracketed.replace("{text}", &cleaned(post))
    }
}

/// A line of code: tabs reach to the next stop, other control characters go.
fn code_line(line: &str) -> String {
    let mut text = String::new();
    for (index, part) in line.split('\t').enumerate() {
        if index > 0 {
            text.push_str(&spaces(TAB - width(&text) % TAB));
        }
        clean(part, &mut text);
    }
    text
}
