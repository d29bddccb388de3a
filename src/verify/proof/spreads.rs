//! Whole pages next to each other: their feet, their columns, and those that are blank.

use std::collections::{BTreeMap, BTreeSet};

use super::{FoundFault, LineKind, PageFault, Proof};
use crate::document::{Block, Node};

impl Proof<'_> {
    pub(super) fn spreads(&mut self) {
        self.feet();
        self.columns();
        self.blanks();
    }

    /// The lowest line of each page, and where the text goes on behind it.
    fn lowest(&self) -> BTreeMap<usize, usize> {
        let mut lowest: BTreeMap<usize, usize> = BTreeMap::new();
        for at in &self.body {
            let place = lowest.entry(self.line(*at).page).or_insert(*at);
            if self.line(*at).y > self.line(*place).y {
                *place = *at;
            }
        }
        lowest
    }

    /// Facing pages that are full and do not end at one height. Where pages are not mirrored, none face each other. A page is
    /// full if text goes on behind it: a picture, a table or a box is kept whole, and leaves what room it leaves.
    fn feet(&mut self) {
        if !self.tokens.page.mirrored {
            return;
        }
        let lowest = self.lowest();
        let most = f64::from(self.tokens.proof.feet) * self.tokens.sizes.line.to_pt();
        let whole = self.pages_that_begin_whole();
        let full = |page: usize| {
            let goes_on = lowest.contains_key(&(page + 1)) && !whole.contains(&(page + 1));
            goes_on && self.openings.binary_search(&(page + 1)).is_err()
        };
        let uneven = lowest.iter().filter_map(|(page, left)| {
            let right = lowest.get(&(page + 1))?;
            let both = page % 2 == 1 && full(*page) && full(page + 1);
            let (left, right) = (self.line(*left).y, self.line(*right).y);
            (both && (left - right).abs() > most).then_some(if left < right {
                *page
            } else {
                page + 1
            })
        });
        let uneven: Vec<usize> = uneven.map(|page| lowest[&page]).collect();
        for at in uneven {
            self.say(PageFault::UnevenFeet, at);
        }
    }

    /// The pages that begin with what is kept whole.
    fn pages_that_begin_whole(&self) -> BTreeSet<usize> {
        let mut labels = Vec::new();
        self.document.visit(&mut |node| {
            if let Node::Block(Block::Box(block)) = node {
                labels.push(block.label.as_str());
            }
        });
        let mut first: BTreeMap<usize, usize> = BTreeMap::new();
        for at in self.flow() {
            first.entry(self.line(at).page).or_insert(at);
        }
        let top = self.tokens.page.top.to_pt() + 2.0 * self.tokens.sizes.line.to_pt();
        let whole = first.into_iter().filter(|(_, at)| {
            let (line, kind) = (self.line(*at), self.element(*at).kind);
            let of_text = matches!(kind, LineKind::Paragraph | LineKind::Heading);
            let boxed = labels.iter().any(|label| line.text.starts_with(label));
            // Above lines that are far down there is a picture.
            !of_text || boxed || line.y > top + self.tokens.sizes.heading.to_pt()
        });
        whole.map(|(page, _)| page).collect()
    }

    /// Last pages of lists in two columns.
    fn columns(&mut self) {
        let lists = self.openings.get(self.document.chapters.len()..);
        let lists = lists.unwrap_or_default().to_vec();
        let middle = self.tokens.page.width.to_pt() / 2.0;
        let most = 3.0 * self.tokens.sizes.line.to_pt();
        let back = self.tokens.structure.back_cover || !self.document.covers.text.is_empty();
        let pages = self.read.pages.saturating_sub(usize::from(back));
        let mut uneven = Vec::new();
        for (index, opening) in lists.iter().enumerate() {
            let end = lists.get(index + 1).copied().unwrap_or(pages);
            let of_list = |at: &usize| {
                (*opening..end).contains(&self.line(*at).page)
                    && self.element(*at).kind != LineKind::Heading
            };
            let lines: Vec<usize> = self.flow().filter(of_list).collect();
            let last = lines.iter().map(|at| self.line(*at).page).max();
            let on_last = lines.iter().filter(|at| Some(self.line(**at).page) == last);
            let (right, left): (Vec<&usize>, Vec<&usize>) =
                on_last.partition(|at| self.line(**at).left > middle - 20.0);
            // Lines of a column begin below one another; what goes on behind a gap does not.
            let below = |at: &&&usize| {
                let begin = |at: &usize| self.line(*at).left;
                let aligned = right
                    .iter()
                    .filter(|one| (begin(one) - begin(at)).abs() < 1.0);
                aligned.count() > 1
            };
            if right.iter().filter(below).count() * 2 < right.len() {
                continue;
            }
            let foot = |column: &[&usize]| {
                let ys = column.iter().map(|at| self.line(**at).y);
                ys.fold(f64::NAN, f64::max)
            };
            if (foot(&left) - foot(&right)).abs() > most {
                uneven.extend(left.last().map(|at| **at));
            }
        }
        for at in uneven {
            self.say(PageFault::UnevenColumns, at);
        }
    }

    fn blanks(&mut self) {
        let mut filled = self.pages_with_pictures();
        filled.extend(self.body.iter().map(|at| self.line(*at).page));
        let blank = self.pages.clone().filter(|page| !filled.contains(page));
        let blank: Vec<usize> = blank.collect();
        if blank.len() > usize::from(self.tokens.proof.blank_pages) {
            let sheets: Vec<String> = blank.iter().map(|page| (page + 1).to_string()).collect();
            self.found.push(FoundFault {
                fault: PageFault::BlankPages,
                page: self.page_label(blank[0]),
                words: sheets.join(", "),
                paragraph: String::new(),
            });
        }
    }
}
