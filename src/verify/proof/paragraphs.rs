//! Lines within a paragraph: those that stand alone, ends of lines, and the spaces between words.

use super::{LineKind, PageFault, Proof};

/// A space this wide, in parts of the type size, can be part of a white stripe.
const WIDE: f64 = 0.33;
/// So many lines make a stripe.
const STRIPE: usize = 5;
/// A line with fewer spaces is short of words and no fault of the setting.
const FEW: usize = 3;

impl Proof<'_> {
    pub(super) fn paragraphs(&mut self) {
        let of_text = |kind| matches!(kind, LineKind::Paragraph | LineKind::Note);
        let paragraphs = self.paragraphs.iter();
        let paragraphs: Vec<Vec<usize>> = paragraphs
            .filter(|(element, lines)| {
                lines.len() > 1 && of_text(self.read.elements[**element].kind)
            })
            .map(|(_, lines)| lines.clone())
            .collect();
        for lines in paragraphs {
            self.alone(&lines);
            // Entries of lists have the lines that their columns give them.
            let lists = self.openings.get(self.document.chapters.len());
            if lists.is_none_or(|first| self.line(lines[0]).page < *first) {
                self.ends(&lines);
            }
            if self.tokens.structure.justify {
                self.loose(&lines);
                self.stripes(&lines);
            }
        }
    }

    /// First and last lines that are parted from the rest.
    fn alone(&mut self, lines: &[usize]) {
        for (before, pair) in lines.windows(2).enumerate() {
            let (one, next) = (self.line(pair[0]), self.line(pair[1]));
            let parted = one.page != next.page || next.y < one.y - 1.0;
            if parted && before + 2 == lines.len() {
                self.say(PageFault::Widow, pair[1]);
            } else if parted && before == 0 {
                self.say(PageFault::Orphan, pair[0]);
            }
        }
    }

    fn ends(&mut self, lines: &[usize]) {
        let last = lines[lines.len() - 1];
        let text = self.line(last).text.trim();
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        let ideographic = text.chars().any(crate::base::script::breaks_anywhere);
        let least = usize::from(self.tokens.proof.last_word);
        if !text.contains([' ', '\u{a0}', '\u{202f}'])
            && !ideographic
            && (1..least).contains(&letters)
        {
            self.say(PageFault::ShortLastLine, last);
        }
        let most = usize::from(self.tokens.proof.hyphens);
        let mut row = 0;
        for at in lines {
            row = match self
                .line(*at)
                .text
                .trim_end()
                .ends_with(['\u{ad}', '-', '\u{2010}'])
            {
                true => row + 1,
                false => 0,
            };
            if row == most + 1 {
                self.say(PageFault::Hyphens, *at);
            }
        }
    }

    fn loose(&mut self, lines: &[usize]) {
        let most = f64::from(self.tokens.proof.word_space) / 100.0;
        for at in &lines[..lines.len() - 1] {
            let line = self.line(*at);
            let widths = line.spaces.iter().map(|(from, to)| to - from);
            let mean = widths.sum::<f64>() / line.spaces.len().max(1) as f64;
            if line.spaces.len() >= FEW && mean > most * line.size {
                self.say(PageFault::LooseLine, *at);
            }
        }
    }

    /// White stripes: wide spaces of which each is below the one before it.
    fn stripes(&mut self, lines: &[usize]) {
        let mut above: Vec<((f64, f64), usize)> = Vec::new();
        for pair in lines[..lines.len() - 1].windows(2) {
            let (before, line) = (self.line(pair[0]), self.line(pair[1]));
            let broken = before.page != line.page || line.y < before.y;
            let wide = line.spaces.iter();
            let wide = wide.filter(|(from, to)| to - from > WIDE * line.size);
            let below = wide.map(|space| {
                let touches = |one: &&((f64, f64), usize)| {
                    let shared = one.0.1.min(space.1) - one.0.0.max(space.0);
                    shared > (space.1 - space.0) / 2.0
                };
                let length = above.iter().filter(touches).map(|one| one.1).max();
                (*space, length.filter(|_| !broken).unwrap_or(0) + 1)
            });
            above = below.collect();
            if above.iter().any(|(_, length)| *length == STRIPE) {
                self.say(PageFault::River, pair[1]);
                return;
            }
        }
    }
}
