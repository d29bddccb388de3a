//! Which block of one text is which of another: first those that say the same, then those between them that say much of
//! the same.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// What is known of a block, a row or a section for comparing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Likeness {
    /// The same for all that say the same, word by word.
    pub(super) id: u32,
    /// What cannot become something else, such as a table of a paragraph.
    pub(super) kind: String,
    /// The words, sorted.
    pub(super) words: Vec<u32>,
    /// What makes two one, whatever else is in them; 0 for nothing.
    pub(super) title: u32,
}

/// A step through both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// One of the old is one of the new.
    Both(usize, usize),
    /// One is only in the old.
    Old(usize),
    /// One is only in the new.
    New(usize),
}

/// Gaps with more pairs than that are not looked into.
const PAIRS: usize = 1 << 20;

/// Aligns two rows of blocks; those of which `alike` of the words are the same belong together.
pub(super) fn align(old: &[Likeness], new: &[Likeness], alike: f32) -> Vec<Step> {
    let ids = |all: &[Likeness]| all.iter().map(|one| one.id).collect::<Vec<u32>>();
    let mut steps = Vec::with_capacity(old.len().max(new.len()));
    let (mut from, mut to) = (0, 0);
    let gap = |steps: &mut Vec<Step>, a: (usize, usize), b: (usize, usize)| {
        between(&old[a.0..a.1], &new[b.0..b.1], alike, |step| {
            steps.push(match step {
                Step::Both(i, j) => Step::Both(a.0 + i, b.0 + j),
                Step::Old(i) => Step::Old(a.0 + i),
                Step::New(j) => Step::New(b.0 + j),
            });
        });
    };
    for op in capture_diff_slices(Algorithm::Myers, &ids(old), &ids(new)) {
        if let DiffOp::Equal {
            old_index,
            new_index,
            len,
        } = op
        {
            gap(&mut steps, (from, old_index), (to, new_index));
            steps.extend((0..len).map(|at| Step::Both(old_index + at, new_index + at)));
            (from, to) = (old_index + len, new_index + len);
        }
    }
    gap(&mut steps, (from, old.len()), (to, new.len()));
    steps
}

/// Aligns what lies between blocks that are the same: the pairs that have most in common, in their order.
fn between(old: &[Likeness], new: &[Likeness], alike: f32, mut put: impl FnMut(Step)) {
    let (rows, columns) = (old.len(), new.len());
    let mut steps = Vec::new();
    if rows > 0 && columns > 0 && rows * columns <= PAIRS {
        // The most that pairs from here on have in common.
        let mut best = vec![0f32; (rows + 1) * (columns + 1)];
        let at = |i: usize, j: usize| i * (columns + 1) + j;
        let mut shared = vec![0f32; rows * columns];
        for i in (0..rows).rev() {
            for j in (0..columns).rev() {
                let common = common(&old[i], &new[j]);
                shared[i * columns + j] = common;
                let with = match common >= alike {
                    true => best[at(i + 1, j + 1)] + common,
                    false => 0.0,
                };
                best[at(i, j)] = with.max(best[at(i + 1, j)]).max(best[at(i, j + 1)]);
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < rows && j < columns {
            let common = shared[i * columns + j];
            if common >= alike && best[at(i, j)] <= best[at(i + 1, j + 1)] + common {
                steps.push((i, j));
                (i, j) = (i + 1, j + 1);
            } else if best[at(i, j)] <= best[at(i + 1, j)] {
                i += 1;
            } else {
                j += 1;
            }
        }
    }
    let (mut from, mut to) = (0, 0);
    for (i, j) in steps.into_iter().chain([(rows, columns)]) {
        (from..i).for_each(|one| put(Step::Old(one)));
        (to..j).for_each(|one| put(Step::New(one)));
        if i < rows {
            put(Step::Both(i, j));
        }
        (from, to) = (i + 1, j + 1);
    }
}

/// The share of the words of two blocks that both have.
fn common(old: &Likeness, new: &Likeness) -> f32 {
    if old.kind != new.kind {
        return 0.0;
    }
    if old.title != 0 && old.title == new.title {
        return 1.0;
    }
    let (mut i, mut j, mut both) = (0, 0, 0usize);
    while let (Some(a), Some(b)) = (old.words.get(i), new.words.get(j)) {
        both += usize::from(a == b);
        let (a, b) = (a <= b, b <= a);
        i += usize::from(a);
        j += usize::from(b);
    }
    let all = old.words.len() + new.words.len();
    match all {
        0 => 0.0,
        all => 2.0 * both as f32 / all as f32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(id: u32, words: &[u32]) -> Likeness {
        let mut words = words.to_vec();
        words.sort_unstable();
        Likeness {
            id,
            kind: "p".to_owned(),
            words,
            title: 0,
        }
    }

    #[test]
    fn the_same_then_the_like_then_the_rest_belong_together() {
        let old = [
            block(1, &[1, 2]),
            block(2, &[3, 4, 5]),
            block(3, &[6, 7]),
            block(4, &[8]),
        ];
        let new = [
            block(1, &[1, 2]),
            block(9, &[20, 21]),
            block(8, &[3, 4, 9]),
            block(4, &[8]),
        ];
        let steps = align(&old, &new, 0.5);
        assert_eq!(
            steps,
            [
                Step::Both(0, 0),
                Step::New(1),
                Step::Both(1, 2),
                Step::Old(2),
                Step::Both(3, 3)
            ]
        );
    }

    #[test]
    fn nothing_goes_with_nothing() {
        assert!(align(&[], &[], 0.5).is_empty());
        assert_eq!(align(&[block(1, &[])], &[], 0.5), [Step::Old(0)]);
        let other = [block(1, &[])];
        assert_eq!(
            align(&other, &[block(2, &[])], 0.5),
            [Step::Old(0), Step::New(0)]
        );
    }
}
