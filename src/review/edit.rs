//! From what differs in a paragraph to changes of its text in the source.
//!
//! The old signs are held against the written text sign by sign, so that it is known where each is written. What differs is
//! written there; where marks of emphasis or links come or go, the parts that have such marks are written anew. Parts whose
//! marks Word does not show (names of the registries, languages, references) keep these, or the change is refused.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::commonmark::{marked, push};
use super::flow::{self, Paragraph, Shown, Sign};
use crate::document::markup::{self, Look, Passage, SpanKind};
use crate::import;

/// A change of a text: what stands in that range becomes that.
pub(super) type Replacement = (Range<usize>, String);

/// A line of the source that a paragraph shows.
pub(super) struct Target<'t> {
    /// The line.
    pub(super) passage: &'t Passage,
    /// The signs of the paragraph that it makes.
    pub(super) shown: Range<usize>,
}

/// Something that differs between two paragraphs: ranges of their signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hunk {
    /// In the old one.
    pub(super) old: Range<usize>,
    /// In the new one.
    pub(super) new: Range<usize>,
}

/// What differs between two paragraphs, word by word; white space of another kind is the same.
pub(super) fn hunks(old: &[Sign], new: &[Sign]) -> Vec<Hunk> {
    let (old_words, new_words) = (flow::words(old), flow::words(new));
    let key = |signs: &[Sign], word: &Range<usize>| -> (Vec<Shown>, Look, bool) {
        let first = &signs[word.start];
        if signs[word.clone()].iter().all(flow::is_space) && first.shown != Shown::Break {
            // Nobody sees whether a space is emphasised.
            return (vec![Shown::Char(' ')], Look::default(), false);
        }
        let shown = signs[word.clone()].iter().map(|sign| sign.shown.clone());
        (shown.collect(), (*first.look).clone(), first.inner_link)
    };
    let old_keys: Vec<_> = old_words.iter().map(|word| key(old, word)).collect();
    let new_keys: Vec<_> = new_words.iter().map(|word| key(new, word)).collect();
    if old_keys == new_keys {
        return Vec::new();
    }
    let (old_ids, new_ids) = numbered(&old_keys, &new_keys);
    let signs = |words: &[Range<usize>], range: Range<usize>, end: usize| {
        let start = words.get(range.start).map_or(end, |word| word.start);
        let stop = match range.is_empty() {
            true => start,
            false => words[range.end - 1].end,
        };
        start..stop
    };
    let ops = capture_diff_slices(Algorithm::Myers, &old_ids, &new_ids);
    let changed = ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    let mut hunks: Vec<Hunk> = changed
        .map(|op| Hunk {
            old: signs(&old_words, op.old_range(), old.len()),
            new: signs(&new_words, op.new_range(), new.len()),
        })
        .collect();
    // Words that were marked as a whole, with the spaces between them.
    hunks.dedup_by(|next, before| {
        let (gap, was) = (
            before.new.end..next.new.start,
            before.old.end..next.old.start,
        );
        let look = before.new.clone().next_back().map(|at| &new[at].look);
        let joined = !gap.is_empty()
            && gap.len() == was.len()
            && gap.clone().zip(was).all(|(now, was)| {
                flow::is_space(&new[now])
                    && Some(&new[now].look) == look
                    && new[now].look != old[was].look
            });
        if joined {
            (before.old.end, before.new.end) = (next.old.end, next.new.end);
        }
        joined
    });
    // Spaces at the ends of a paragraph are nothing.
    hunks.retain(|hunk| {
        let blank = |signs: &[Sign]| signs.iter().all(flow::is_space);
        let ends = hunk.new.start == 0
            || hunk.new.end == new.len()
            || hunk.old.start == 0
            || hunk.old.end == old.len();
        !(ends && blank(&old[hunk.old.clone()]) && blank(&new[hunk.new.clone()]))
    });
    hunks
}

/// Numbers for keys, which are quicker to compare.
fn numbered<K: std::fmt::Debug>(old: &[K], new: &[K]) -> (Vec<usize>, Vec<usize>) {
    let mut known: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    let mut number = |key: &K| {
        let next = known.len();
        *known.entry(format!("{key:?}")).or_insert(next)
    };
    let old = old.iter().map(&mut number).collect();
    (old, new.iter().map(&mut number).collect())
}

/// Why a change cannot be written.
pub(super) type Refusal = String;

/// The changes of the lines that a paragraph shows: the number of the line, and what is replaced in its text. `label` says
/// how the mark of a note is written.
pub(super) fn replacements(
    old: &Paragraph,
    new: &Paragraph,
    targets: &[Target<'_>],
    label: &mut dyn FnMut(&Shown) -> Result<String, Refusal>,
) -> Result<Vec<(usize, Replacement)>, Refusal> {
    let mut found: Vec<(usize, Replacement)> = Vec::new();
    let hunks = hunks(&old.signs, &new.signs);
    for (index, target) in targets.iter().enumerate() {
        let own: Vec<&Hunk> = hunks
            .iter()
            .filter(|hunk| is_within(hunk, target, targets))
            .collect();
        if own.is_empty() {
            continue;
        }
        let editor = Editor::new(old, new, target, &hunks);
        let mut done = 0;
        for hunk in own {
            if hunk.old.start < done {
                continue;
            }
            let (range, text, until) = editor.replace(hunk, label)?;
            if let Some((_, (before, _))) = found.last()
                && before.end > range.start
                && found.last().is_some_and(|(at, _)| *at == index)
            {
                return Err("several changes in one place go into one another".to_owned());
            }
            found.push((index, (range, text)));
            done = until;
        }
    }
    let all = |hunk: &&Hunk| {
        !targets
            .iter()
            .any(|target| is_within(hunk, target, targets))
    };
    match hunks.iter().find(all) {
        Some(_) => {
            Err("these words are the program’s, or stand elsewhere in the source".to_owned())
        }
        None => Ok(found),
    }
}

/// Whether a change is in what a target shows; what is inserted between two belongs to the first.
fn is_within(hunk: &Hunk, target: &Target<'_>, all: &[Target<'_>]) -> bool {
    let within = |target: &Target<'_>| {
        target.shown.start <= hunk.old.start && hunk.old.end <= target.shown.end
    };
    let first = all.iter().find(|one| within(one));
    first.is_some_and(|first| first.shown == target.shown)
}

/// What is written between two signs that a target shows, where nothing goes over both of them.
pub(super) fn between(
    old: &Paragraph,
    target: &Target<'_>,
    left: usize,
    right: usize,
) -> Option<Range<usize>> {
    let editor = Editor::new(old, old, target, &[]);
    let place = |at: usize| {
        let sign = &target.passage.signs[(*editor.written.get(at)?)?];
        let span = &target.passage.spans[sign.span];
        let marked = span.kind != SpanKind::Text;
        let range = if marked { &span.range } else { &sign.range };
        Some((marked.then_some(sign.span), range.clone()))
    };
    let ((one, before), (other, behind)) = (place(left)?, place(right)?);
    let apart = one.is_none() || one != other;
    (apart && before.end <= behind.start).then_some(before.end..behind.start)
}

struct Editor<'e> {
    old: &'e [Sign],
    new: &'e [Sign],
    passage: &'e Passage,
    shown: Range<usize>,
    hunks: &'e [Hunk],
    /// Where each old sign is written, as an index of the passage's signs.
    written: Vec<Option<usize>>,
    /// How text without marks looks.
    plain: Look,
}

impl<'e> Editor<'e> {
    fn new(
        old: &'e Paragraph,
        new: &'e Paragraph,
        target: &'e Target<'e>,
        hunks: &'e [Hunk],
    ) -> Self {
        let mut written = vec![None; old.signs.len()];
        let fold = |c: char| match c {
            c if c.is_whitespace() => ' ',
            '\u{2212}' | '\u{2011}' => '-',
            c => c,
        };
        let seen: Vec<(u8, char)> = old.signs[target.shown.clone()]
            .iter()
            .map(|sign| match &sign.shown {
                Shown::Char(c) => (0, fold(*c)),
                Shown::Break => (1, ' '),
                Shown::Note(..) => (2, ' '),
                Shown::Filled => (3, ' '),
                Shown::Picture(_) => (4, ' '),
            })
            .collect();
        let said: Vec<(u8, char)> = target
            .passage
            .signs
            .iter()
            .map(|sign| match &sign.shown {
                markup::Shown::Char(c) => (0, fold(*c)),
                markup::Shown::Break => (1, ' '),
                markup::Shown::Note(_) => (2, ' '),
                markup::Shown::Filled => (3, ' '),
            })
            .collect();
        for op in capture_diff_slices(Algorithm::Myers, &seen, &said) {
            if let DiffOp::Equal {
                old_index,
                new_index,
                len,
            } = op
            {
                for at in 0..len {
                    written[target.shown.start + old_index + at] = Some(new_index + at);
                }
            }
        }
        let signs = &target.passage.signs;
        let plain = target.shown.clone().find_map(|at| {
            let sign = written[at].map(|one| &signs[one])?;
            let is_plain = *sign.look == Look::default()
                && target.passage.spans[sign.span].kind == SpanKind::Text
                && !flow::is_space(&old.signs[at]);
            is_plain.then(|| (*old.signs[at].look).clone())
        });
        Editor {
            old: &old.signs,
            new: &new.signs,
            passage: target.passage,
            shown: target.shown.clone(),
            hunks,
            written,
            plain: plain.unwrap_or_default(),
        }
    }

    /// What a change replaces in the text, with what, and up to which old sign it goes.
    fn replace(
        &self,
        hunk: &Hunk,
        label: &mut dyn FnMut(&Shown) -> Result<String, Refusal>,
    ) -> Result<(Range<usize>, String, usize), Refusal> {
        let new = &self.new[hunk.new.clone()];
        if new
            .iter()
            .any(|sign| matches!(sign.shown, Shown::Picture(_)))
        {
            return Err("a picture cannot be put into a line; add it as a `figure`".to_owned());
        }
        if new.iter().any(|sign| sign.shown == Shown::Filled) {
            return Err("a field was added, which the source writes as a reference".to_owned());
        }
        if new.iter().any(|sign| sign.inner_link)
            && !self.old[hunk.old.clone()]
                .iter()
                .any(|sign| sign.inner_link)
        {
            return Err("a link within the file was added; write it as `[words](#id)`".to_owned());
        }
        match self.in_place(hunk) {
            Some((range, code)) => {
                let text = self.plain_text(new, range.start, code, label)?;
                Ok((range, text, hunk.old.end))
            }
            None => self.anew(hunk, label),
        }
    }

    /// Where the words of a change stand if they can be replaced as they are, and whether that is within code.
    fn in_place(&self, hunk: &Hunk) -> Option<(Range<usize>, bool)> {
        let new = &self.new[hunk.new.clone()];
        let signs = &self.passage.signs;
        let alike = |look: &Look, inner: bool| {
            new.iter().all(|sign| {
                flow::is_space(sign)
                    || matches!(sign.shown, Shown::Note(..))
                    || *sign.look == *look && sign.inner_link == inner
            })
        };
        if hunk.old.is_empty() {
            return self.insertion(hunk, &alike);
        }
        let mut range: Option<Range<usize>> = None;
        for at in hunk.old.clone() {
            match self.written[at] {
                Some(sign) => match &mut range {
                    None => range = Some(sign..sign + 1),
                    Some(range) => range.end = sign + 1,
                },
                // A space that the program has set.
                None if flow::is_space(&self.old[at]) => {}
                None => return None,
            }
        }
        let range = range?;
        let own = &signs[range.clone()];
        let first = own.first()?;
        let filled = |sign: &markup::Sign| sign.shown == markup::Shown::Filled;
        let one = own
            .iter()
            .all(|sign| sign.span == first.span && sign.look == first.look && !filled(sign));
        let before = &self.old[hunk.old.start];
        if !one || !alike(&before.look, before.inner_link) {
            return None;
        }
        let span = &self.passage.spans[first.span];
        let all = |index: usize| signs.get(index).is_some_and(|sign| sign.span == first.span);
        let goes_on = range.start > 0 && all(range.start - 1) || all(range.end);
        let bytes = own.first()?.range.start..own.last()?.range.end;
        // What is left of a link or of emphasis without words goes with them.
        if new.is_empty() && span.kind != SpanKind::Text && !goes_on {
            return Some((span.range.clone(), false));
        }
        Some((bytes, first.look.code))
    }

    /// Where a text can be inserted as it is.
    fn insertion(
        &self,
        hunk: &Hunk,
        alike: &dyn Fn(&Look, bool) -> bool,
    ) -> Option<(Range<usize>, bool)> {
        let signs = &self.passage.signs;
        let within = |at: &usize| self.shown.contains(at);
        let left = hunk.old.start.checked_sub(1).filter(within);
        let right = Some(hunk.old.start).filter(within);
        let written = |at: Option<usize>| at.and_then(|at| Some((at, self.written[at]?)));
        let (left_sign, right_sign) = (written(left), written(right));
        if self.passage.signs.is_empty() {
            let at = self.passage.range.start;
            return alike(&self.plain, false).then_some((at..at, false));
        }
        let kind = |sign: usize| self.passage.spans[signs[sign].span].kind;
        let same_span = matches!((left_sign, right_sign), (Some((_, a)), Some((_, b))) if signs[a].span == signs[b].span);
        if let Some((at, sign)) = left_sign
            && signs[sign].shown != markup::Shown::Filled
            && alike(&self.old[at].look, self.old[at].inner_link)
            && (same_span || kind(sign) != SpanKind::Kept)
        {
            let end = signs[sign].range.end;
            return Some((end..end, signs[sign].look.code));
        }
        if let Some((at, sign)) = right_sign
            && signs[sign].shown != markup::Shown::Filled
            && alike(&self.old[at].look, self.old[at].inner_link)
            && kind(sign) != SpanKind::Kept
        {
            let start = signs[sign].range.start;
            return Some((start..start, signs[sign].look.code));
        }
        // Behind or before a name or reference.
        if same_span || !alike(&self.plain, false) {
            return None;
        }
        match (left_sign, right_sign) {
            (Some((_, sign)), _) => {
                let end = self.passage.spans[signs[sign].span].range.end;
                Some((end..end, false))
            }
            (None, Some((_, sign))) => {
                let start = self.passage.spans[signs[sign].span].range.start;
                Some((start..start, false))
            }
            (None, None) => None,
        }
    }

    /// Writes the parts that a change touches anew.
    fn anew(
        &self,
        hunk: &Hunk,
        label: &mut dyn FnMut(&Shown) -> Result<String, Refusal>,
    ) -> Result<(Range<usize>, String, usize), Refusal> {
        let signs = &self.passage.signs;
        let (mut start, mut end) = (hunk.old.start, hunk.old.end);
        loop {
            let (from, to) = (start, end);
            // Changes that are touched go along as a whole.
            for other in self.hunks {
                let touches = other.old.start < end && other.old.end > start
                    || other.old.is_empty() && (start..=end).contains(&other.old.start);
                if touches {
                    (start, end) = (start.min(other.old.start), end.max(other.old.end));
                }
            }
            // And so do parts with marks.
            while start > self.shown.start && self.joined(start - 1, start) {
                start -= 1;
            }
            while end < self.shown.end && end > self.shown.start && self.joined(end - 1, end) {
                end += 1;
            }
            if (start, end) == (from, to) {
                break;
            }
        }
        let kept = "words are part of a name, a reference or words of another language, whose marks Word does not show";
        let mut range: Option<Range<usize>> = None;
        for at in start..end {
            let Some(index) = self.written[at] else {
                if flow::is_space(&self.old[at]) {
                    continue;
                }
                return Err(kept.to_owned());
            };
            let sign = &signs[index];
            let span = &self.passage.spans[sign.span];
            let bytes = match span.kind {
                SpanKind::Kept => return Err(kept.to_owned()),
                SpanKind::Marked => span.range.clone(),
                SpanKind::Text => sign.range.clone(),
            };
            if sign.shown == markup::Shown::Filled {
                return Err(kept.to_owned());
            }
            // What Word shows must be what is written, or it would be lost.
            if !flow::is_space(&self.old[at])
                && !matches!(self.old[at].shown, Shown::Note(..))
                && self.marks(&self.old[at].look) != *without_slash(&sign.look)
            {
                return Err("emphasis is shown here in a way that Word cannot say".to_owned());
            }
            match &mut range {
                None => range = Some(bytes),
                Some(range) => {
                    range.start = range.start.min(bytes.start);
                    range.end = range.end.max(bytes.end);
                }
            }
        }
        let range = match range {
            Some(range) => range,
            None => {
                let left = start
                    .checked_sub(1)
                    .filter(|at| self.shown.contains(at))
                    .and_then(|at| self.written[at]);
                let at = match left {
                    Some(sign) => match self.passage.spans[signs[sign].span].kind {
                        SpanKind::Text => signs[sign].range.end,
                        _ => self.passage.spans[signs[sign].span].range.end,
                    },
                    None => self.passage.range.start,
                };
                at..at
            }
        };
        let new = self.new_range(start, end);
        let text = self.marked_text(&self.new[new], range.start, label)?;
        Ok((range, text, end))
    }

    /// Whether two old signs are in one part with marks.
    fn joined(&self, left: usize, right: usize) -> bool {
        let span = |at: usize| {
            let sign = &self.passage.signs[self.written[at]?];
            let marked = self.passage.spans[sign.span].kind != SpanKind::Text;
            marked.then_some(sign.span)
        };
        span(left).is_some() && span(left) == span(right)
    }

    /// The new signs that old ones, whole changes included, have become.
    fn new_range(&self, start: usize, end: usize) -> Range<usize> {
        let moved = |at: usize, after: bool| {
            let before = self.hunks.iter().rfind(|hunk| match after {
                true => hunk.old.end <= at,
                false => hunk.old.end <= at && hunk.old.start < at,
            });
            before.map_or(at, |hunk| hunk.new.end + (at - hunk.old.end))
        };
        moved(start, false)..moved(end, true)
    }

    /// The marks that a look has beyond that of the text around it.
    fn marks(&self, look: &Look) -> Look {
        let plain = &self.plain;
        Look {
            strong: look.strong != plain.strong,
            emphasis: look.emphasis != plain.emphasis,
            raised: look.raised && !plain.raised,
            lowered: look.lowered && !plain.lowered,
            struck: look.struck && !plain.struck,
            code: look.code && !plain.code,
            link: look.link.clone(),
        }
    }

    /// Words without marks, as they are written at a place.
    fn plain_text(
        &self,
        signs: &[Sign],
        at: usize,
        code: bool,
        label: &mut dyn FnMut(&Shown) -> Result<String, Refusal>,
    ) -> Result<String, Refusal> {
        let mut text = String::new();
        for sign in signs {
            match &sign.shown {
                Shown::Char(c) if self.passage.is_verbatim => text.push(*c),
                _ if self.passage.is_verbatim => return Err(VERBATIM.to_owned()),
                Shown::Char('`') if code => {
                    return Err("a backquote within code".to_owned());
                }
                Shown::Char(c) if code => text.push(*c),
                Shown::Char(c) => push(*c, &mut text, !self.passage.is_block),
                Shown::Break if code => text.push(' '),
                Shown::Break => text.push_str("\\\n"),
                note @ Shown::Note(..) => text.push_str(&label(note)?),
                Shown::Filled | Shown::Picture(_) => {}
            }
        }
        Ok(
            match at == self.passage.range.start && self.passage.is_block {
                true => import::first(text),
                false => text,
            },
        )
    }

    /// Words with marks, as they are written at a place.
    fn marked_text(
        &self,
        signs: &[Sign],
        at: usize,
        label: &mut dyn FnMut(&Shown) -> Result<String, Refusal>,
    ) -> Result<String, Refusal> {
        let marks = |sign: &Sign| self.marks(&sign.look);
        if self.passage.is_verbatim {
            return match signs.iter().all(|sign| marks(sign) == Look::default()) {
                true => self.plain_text(signs, at, false, label),
                false => Err(VERBATIM.to_owned()),
            };
        }
        let text = marked(signs, &marks, !self.passage.is_block, label)?;
        Ok(
            match at == self.passage.range.start && self.passage.is_block {
                true => import::first(text),
                false => text,
            },
        )
    }
}

/// Why marks, notes and line breaks are not written into a file of values.
const VERBATIM: &str = "a cell of a file of values (CSV) holds plain words alone";

/// An address without the slash at its end, which programs add and take away.
fn without_slash(look: &Look) -> std::borrow::Cow<'_, Look> {
    match &look.link {
        Some(link) if link.ends_with('/') => std::borrow::Cow::Owned(Look {
            link: Some(link.trim_end_matches('/').to_owned()),
            ..look.clone()
        }),
        _ => std::borrow::Cow::Borrowed(look),
    }
}
