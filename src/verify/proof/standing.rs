//! What stands where on a page: titles and lead-ins at its foot, last pages, and the grid of lines.

use std::collections::BTreeSet;

use super::{LineKind, PageFault, Proof};
use crate::layout::Paragraphs;

/// How far from the grid a line may be, in parts of the distance of lines.
const OFF: f64 = 0.06;
/// Where the base line is below the top of a line, in parts of the type size (`report.typ`).
const ASCENT: f64 = 0.95;

impl Proof<'_> {
    pub(super) fn standing(&mut self) {
        let flow: Vec<usize> = self.flow().collect();
        for (place, at) in flow.iter().enumerate() {
            let next = flow.get(place + 1);
            match self.element(*at).kind {
                LineKind::Heading => self.heading(&flow[place..]),
                LineKind::Paragraph => {
                    if let Some(next) =
                        next.filter(|next| self.line(**next).page != self.line(*at).page)
                    {
                        self.lead_in(*at, *next);
                    }
                }
                _ => {}
            }
        }
        self.last_pages(&flow);
        self.grid(&flow);
    }

    /// Whether a heading, whose line is the first of these, has enough of what it heads on its page.
    fn heading(&mut self, lines: &[usize]) {
        let first = self.line(lines[0]);
        let (page, element) = (first.page, first.element);
        let below = lines
            .iter()
            .skip_while(|at| self.line(**at).element == element);
        let mut ys = BTreeSet::new();
        for at in below {
            let line = self.line(*at);
            let heads = self.element(*at).kind == LineKind::Heading;
            if line.page == page && !heads {
                ys.insert(line.y.round() as i64);
                if ys.len() >= usize::from(self.tokens.proof.heading_lines) {
                    return;
                }
            } else if line.page != page && !heads {
                return self.say(PageFault::HeadingAtFoot, lines[0]);
            } else {
                return;
            }
        }
    }

    /// A paragraph that ends a page although it leads in to a list on the next.
    fn lead_in(&mut self, at: usize, next: usize) {
        let lines = &self.paragraphs[&self.line(at).element];
        let leads = self.text(lines).ends_with([':', '：']);
        if leads && lines.last() == Some(&at) && self.element(next).kind != LineKind::Heading {
            self.say(PageFault::LeadInAtFoot, at);
        }
    }

    /// The last pages of chapters that have more than one. One with a picture has more than its lines.
    fn last_pages(&mut self, flow: &[usize]) {
        let (chapters, text) = (self.document.chapters.len(), flow.iter().copied());
        let endings = self.read.endings(&self.openings, chapters, text);
        let least = usize::from(self.tokens.proof.last_page_lines);
        let pictures = self.pages_with_pictures();
        for ending in endings.iter().filter(|ending| ending.lines < least) {
            if !pictures.contains(&self.line(ending.last).page) {
                self.say(PageFault::ShortLastPage, ending.last);
            }
        }
    }

    /// The first line of each page that is running text at the margin and not on the grid. Where half a line parts the
    /// paragraphs, there is none.
    fn grid(&mut self, flow: &[usize]) {
        if self.tokens.structure.paragraphs == Paragraphs::Spaced {
            return;
        }
        let (line, size) = (
            self.tokens.sizes.line.to_pt(),
            self.tokens.sizes.text.to_pt(),
        );
        let top = self.tokens.page.top.to_pt() + ASCENT * size;
        let mut seen = BTreeSet::new();
        for at in flow {
            let (it, element) = (self.line(*at), self.element(*at));
            let running =
                element.kind == LineKind::Paragraph && !element.in_list && self.at_margin(*at);
            let steps = (it.y - top) / line;
            let off = (steps - steps.round()).abs() > OFF;
            if running && it.size == size && off && seen.insert(it.page) {
                self.say(PageFault::OffTheGrid, *at);
            }
        }
    }

    /// Whether a line is as wide as the text, or is the last of a paragraph whose first line is.
    fn at_margin(&self, at: usize) -> bool {
        let measure = self.tokens.page.measure().to_pt();
        let lines = &self.paragraphs[&self.line(at).element];
        let widest = lines
            .iter()
            .map(|at| self.line(*at).right - self.line(*at).left);
        widest.fold(0.0, f64::max) > measure - 2.0
    }
}
