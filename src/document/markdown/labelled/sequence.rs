//! Labels that follow one another, and which of their lists are inside others.

use std::collections::BTreeMap;

use super::super::MAX_LISTS;
use super::super::lettered::Label;
use super::ItemLabel;
use super::line::Line;
use crate::document::{Counter, Delimiter};

/// So many lines above an indented label it is looked for what it is inside of.
const NEAR: usize = 200;

/// Labels that follow one another.
pub(super) struct Sequence {
    delimiter: Delimiter,
    /// The counters that they may be of, with the first number.
    meanings: Vec<(Counter, u64)>,
    lines: Vec<usize>,
    /// Columns before the labels as they are written, and as they are to be.
    indent: usize,
    pub(super) base: usize,
    /// The sequence in whose last item it is.
    inside: Option<usize>,
    /// Whether an empty line stands before it.
    apart: bool,
    /// Whether other text stands behind its last item.
    over: bool,
}

impl Sequence {
    /// What it may be with one more label.
    fn with(&self, label: &Label) -> Vec<(Counter, u64)> {
        let next = self.lines.len() as u64;
        let mut meanings = self.meanings.clone();
        meanings.retain(|(counter, first)| label.meanings.contains(&(*counter, first + next)));
        match self.delimiter == label.delimiter {
            true => meanings,
            false => Vec::new(),
        }
    }

    /// One label makes no list, and two are none where they may be first letters of names, as in `A. Solberg`.
    fn is_list(&self) -> bool {
        let names = [Counter::UpperLetter, Counter::UpperCyrillic];
        let initials = self.delimiter == Delimiter::Period
            && self
                .meanings
                .first()
                .is_some_and(|(counter, _)| names.contains(counter));
        self.lines.len() > 1 + usize::from(initials)
    }
}

/// All sequences of a prose.
pub(super) struct Sequences(pub(super) Vec<Sequence>);

impl Sequences {
    pub(super) fn of(lines: &[Line<'_>]) -> Sequences {
        let mut all = Sequences(Vec::new());
        let mut open: Vec<usize> = Vec::new();
        let (mut after_blank, mut depth) = (true, 0);
        for (index, line) in lines.iter().enumerate() {
            if line.body.is_empty() {
                after_blank = true;
                continue;
            }
            if line.depth != depth {
                open.clear();
            }
            depth = line.depth;
            match &line.label {
                Some(label) => all.take(lines, index, label, &mut open),
                None if after_blank => {
                    for one in &open {
                        all.0[*one].over |= all.0[*one].indent >= line.indent;
                    }
                }
                None => {}
            }
            after_blank = false;
        }
        all
    }

    fn take(&mut self, lines: &[Line<'_>], index: usize, label: &Label, open: &mut Vec<usize>) {
        let line = &lines[index];
        let fits = |one: &usize| {
            let sequence = &self.0[*one];
            sequence.indent.abs_diff(line.indent) <= 1 && !sequence.with(label).is_empty()
        };
        if let Some(place) = open.iter().rposition(fits) {
            open.truncate(place + 1);
            let sequence = &mut self.0[open[place]];
            sequence.meanings = sequence.with(label);
            sequence.lines.push(index);
            sequence.over = false;
            return;
        }
        let Some(base) = base(lines, index) else {
            return;
        };
        let inner = |one: &usize| {
            let outer = &self.0[*one];
            let other = |(counter, number): &(Counter, u64)| {
                *number == 1 && outer.meanings.iter().all(|(outer, _)| outer != counter)
            };
            let differs = outer.delimiter != label.delimiter || label.meanings.iter().any(other);
            !outer.over
                && (outer.indent + 1 < line.indent || outer.indent <= line.indent && differs)
        };
        while open.last().is_some_and(|one| !inner(one)) {
            open.pop();
        }
        if open.len() == MAX_LISTS {
            open.remove(0);
        }
        let inside = open.last().copied();
        open.push(self.0.len());
        self.0.push(Sequence {
            delimiter: label.delimiter,
            meanings: label.meanings.clone(),
            lines: vec![index],
            indent: line.indent,
            base,
            inside,
            apart: index > 0 && lines[index - 1].body.is_empty(),
            over: false,
        });
    }

    /// The labels of the lines that are items.
    pub(super) fn lists(&self) -> BTreeMap<usize, ItemLabel> {
        let mut items = BTreeMap::new();
        for (list, sequence) in self.0.iter().enumerate().filter(|(_, one)| one.is_list()) {
            let Some((counter, first)) = sequence.meanings.first() else {
                continue;
            };
            for (number, line) in (*first..).zip(&sequence.lines) {
                let label = ItemLabel {
                    list,
                    counter: *counter,
                    delimiter: sequence.delimiter,
                    number,
                };
                items.insert(*line, label);
            }
        }
        items
    }

    /// The list in whose item a list is.
    pub(super) fn outer(&self, list: usize) -> Option<usize> {
        let inner = &self.0[list];
        // Not indented and with an empty line before it, it is inside only where the outer one goes on behind it.
        let holds = |outer: &Sequence| {
            let goes_on = outer.lines.last() > inner.lines.first();
            outer.is_list() && (!inner.apart || outer.indent + 1 < inner.indent || goes_on)
        };
        let mut outer = inner.inside;
        while let Some(one) = outer.filter(|one| !holds(&self.0[*one])) {
            outer = self.0[one].inside;
        }
        outer
    }
}

/// The column at which a list that begins with a line has its labels; `None` where the line begins none: in the middle of a
/// sentence, or in code.
fn base(lines: &[Line<'_>], index: usize) -> Option<usize> {
    let line = &lines[index];
    if let Some(before) = index.checked_sub(1).map(|before| &lines[before]) {
        let ends = before.body.is_empty() || !before.body.ends_with(char::is_alphanumeric);
        if !ends && before.label.is_none() && before.indent >= line.indent {
            return None;
        }
    }
    if line.indent < 4 {
        return Some(line.indent);
    }
    let mut after_blank = false;
    for before in lines[..index].iter().rev().take(NEAR) {
        after_blank |= before.body.is_empty();
        if before.body.is_empty() || before.indent >= line.indent {
            continue;
        }
        return match before.item() {
            Some(content) if line.indent < content + 4 => Some(line.indent),
            Some(content) => (!after_blank).then_some(content),
            None if before.label.is_some() => Some(line.indent),
            None => (!after_blank).then_some(before.indent),
        };
    }
    None
}
