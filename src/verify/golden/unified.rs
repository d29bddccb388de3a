//! Unified diffs of two texts, for people: capped, with the heading under which a hunk is, and long lines cut to
//! the place where they differ.

use std::fmt::Write as _;

use similar::{ChangeTag, DiffOp, TextDiff};

/// Lines of context around a change.
const CONTEXT: usize = 3;
/// Most lines of a diff that are printed.
const LINES: usize = 40;
/// Most lines on either side that are compared; only the first of a diff are printed, and so much is always in it.
const REGION: usize = 20_000;
/// Widest line in characters.
const WIDTH: usize = 160;
/// Lines that start so are headings: the last one above a hunk is named in the hunk's head.
const HEADING: &str = "== ";

/// The diff of two texts, approved lines with `-`, new ones with `+`; empty when they are the same.
pub(super) fn diff(old: &str, new: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (
        old.split_inclusive('\n').collect(),
        new.split_inclusive('\n').collect(),
    );
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - same;
    let tail = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(rest)
        .take_while(|(a, b)| a == b)
        .count();
    let start = same.saturating_sub(CONTEXT);
    let cut = |lines: &[&str]| {
        (lines.len() - tail + CONTEXT)
            .min(lines.len())
            .min(start + REGION)
    };
    let (old_part, new_part) = (&old[start..cut(&old)], &new[start..cut(&new)]);
    let found = TextDiff::from_slices(old_part, new_part);
    let mut printed = Printed::default();
    for group in found.grouped_ops(CONTEXT) {
        printed.hunk(&group, &found, start, &new);
    }
    if printed.over > 0 {
        let _ = writeln!(
            printed.out,
            "… and {} more lines of this diff",
            printed.over
        );
    }
    printed.out
}

#[derive(Default)]
struct Printed {
    out: String,
    lines: usize,
    over: usize,
}

impl Printed {
    fn hunk(
        &mut self,
        group: &[DiffOp],
        found: &TextDiff<'_, '_, str>,
        start: usize,
        new: &[&str],
    ) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else {
            return;
        };
        let (a, b) = (
            first.old_range().start + start,
            first.new_range().start + start,
        );
        let (a_len, b_len) = (
            last.old_range().end + start - a,
            last.new_range().end + start - b,
        );
        let heading = new
            .iter()
            .take(b + 1)
            .rev()
            .find(|line| line.starts_with(HEADING));
        let heading = heading.map_or("", |line| line.trim_matches(['=', ' ', '\n']));
        self.line(format!("@@ -{},{a_len} +{},{b_len} @@ {heading}", a + 1, b + 1).trim_end());
        for op in group {
            let from = first_difference(op, found);
            for change in found.iter_changes(op) {
                self.change(change.tag(), change.value(), from);
            }
        }
    }

    fn change(&mut self, tag: ChangeTag, value: &str, from: usize) {
        let shown = excerpt(value.strip_suffix('\n').unwrap_or(value), from);
        self.line(&match tag {
            ChangeTag::Equal => format!(" {shown}"),
            ChangeTag::Delete => format!("-{}", marked(&shown)),
            ChangeTag::Insert => format!("+{}", marked(&shown)),
        });
        if !value.ends_with('\n') {
            self.line("\\ no line end at the end of the file");
        }
    }

    fn line(&mut self, line: &str) {
        self.lines += 1;
        if self.lines > LINES {
            self.over += 1;
        } else {
            self.out.push_str(line);
            self.out.push('\n');
        }
    }
}

/// Where the first lines of a replacement start to differ, in characters; 0 for other operations.
fn first_difference(op: &DiffOp, found: &TextDiff<'_, '_, str>) -> usize {
    let DiffOp::Replace {
        old_index,
        new_index,
        ..
    } = *op
    else {
        return 0;
    };
    match (found.old_slice(old_index), found.new_slice(new_index)) {
        (Some(a), Some(b)) => a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count(),
        _ => 0,
    }
}

/// A line as it can be printed: control characters made visible, and of a long line the part around `from`.
fn excerpt(line: &str, from: usize) -> String {
    let visible = |c: char| match c {
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        other => other,
    };
    let length = line.chars().count();
    let skip = if length <= WIDTH {
        0
    } else {
        from.saturating_sub(WIDTH / 2).min(length - WIDTH)
    };
    let mut text: String = if skip > 0 {
        "…".into()
    } else {
        String::new()
    };
    text.extend(line.chars().skip(skip).take(WIDTH).map(visible));
    if length > skip + WIDTH {
        text.push('…');
    }
    text
}

/// A changed line with what looks like a space and is none, or cannot be seen at all, made visible.
fn marked(line: &str) -> String {
    let visible = |c: char| match c {
        '\u{a0}' | '\u{202f}' => '⍽',
        '\u{ad}' | '\u{2060}' | '\u{200b}'..='\u{200f}' => '¦',
        other => other,
    };
    line.chars().map(visible).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_word_is_shown_with_three_lines_around_it_and_its_heading() {
        let old = "== page 1 ==\na\nb\nc\nd\none word\ne\nf\ng\nh\n";
        let expected = "@@ -3,7 +3,7 @@ page 1\n b\n c\n d\n-one word\n+two words\n e\n f\n g\n";
        assert_eq!(diff(old, &old.replace("one word", "two words")), expected);
    }

    #[test]
    fn equal_texts_have_no_diff() {
        assert_eq!(diff("a\nb\n", "a\nb\n"), "");
    }

    #[test]
    fn a_long_diff_is_cut_and_says_how_much_is_left_out() {
        let new: String = (0..100).map(|n| format!("line {n}\n")).collect();
        let text = diff("", &new);
        assert_eq!(text.lines().count(), LINES + 1);
        assert!(
            text.ends_with("… and 61 more lines of this diff\n"),
            "{text}"
        );
    }

    #[test]
    fn of_a_long_line_the_part_that_differs_is_shown() {
        let old = format!("{}word{}\n", "x".repeat(1000), "y".repeat(1000));
        let text = diff(&old, &old.replace("word", "term"));
        assert!(text.contains("xword") && text.contains("xterm"), "{text}");
        assert!(
            text.lines().all(|line| line.chars().count() < 170),
            "{text}"
        );
    }

    #[test]
    fn control_characters_and_a_missing_line_end_are_visible() {
        let text = diff("a\n", "a\r\u{1b}[31m");
        assert!(text.contains("+a␍␛[31m\n\\ no line end"), "{text}");
    }

    #[test]
    fn a_space_that_does_not_break_is_told_from_one_that_does() {
        assert_eq!(diff("a 1\n", "a\u{a0}1\n"), "@@ -1,1 +1,1 @@\n-a 1\n+a⍽1\n");
    }

    #[test]
    fn two_wholly_different_long_texts_are_compared_in_bounded_time() {
        let old: String = (0..200_000).map(|n| format!("old {n}\n")).collect();
        let new: String = (0..200_000).map(|n| format!("new {n}\n")).collect();
        assert!(diff(&old, &new).lines().count() <= LINES + 1);
    }
}
