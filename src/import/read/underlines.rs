//! Headings of a plain text below which somebody typed a rule: `=====`, `-----` and the like.

use std::collections::{BTreeMap, BTreeSet};

use super::line_classes::short;

/// The most lines of a heading.
const MAX_LINES: usize = 3;
/// The fewest signs of a rule, and how many fewer they may be than the letters above them.
const MIN_RULE: usize = 3;
const SLACK: usize = 3;

/// Underlined headings.
#[derive(Debug, Default)]
pub(super) struct Underlines {
    /// The sign of each, by the index of its first line.
    pub(super) headings: BTreeMap<usize, char>,
    /// The rules themselves, below headings or around them.
    pub(super) rules: BTreeSet<usize>,
}

impl Underlines {
    pub(super) fn of(lines: &[&str]) -> Self {
        let mut found = Underlines::default();
        for (index, line) in lines.iter().enumerate().skip(1) {
            let Some((sign, count)) = rule(line) else {
                continue;
            };
            let above = lines[..index].iter().rev();
            let heads = above
                .take(MAX_LINES + 1)
                .take_while(|line| !line.trim().is_empty() && rule(line).is_none());
            let heads: Vec<&str> = heads.map(|line| line.trim()).collect();
            let first = index - heads.len();
            let width = heads.first().map_or(0, |line| line.chars().count());
            let whole = heads.iter().rev().copied().collect::<Vec<_>>().join(" ");
            let sound = (1..=MAX_LINES).contains(&heads.len())
                && heads.iter().all(|line| !line.starts_with(['>', '|']))
                && short(&whole)
                && count + SLACK >= width;
            if sound {
                found.headings.insert(first, sign);
                found.rules.insert(index);
                let same = |above: &usize| rule(lines[*above]).is_some_and(|(own, _)| own == sign);
                found.rules.extend(first.checked_sub(1).filter(same));
            }
        }
        found
    }
}

/// The sign of a line that is a rule, and how often it stands there.
fn rule(line: &str) -> Option<(char, usize)> {
    let line = line.trim();
    let sign = line.chars().next()?;
    let count = line.chars().take_while(|c| *c == sign).count();
    let whole = count == line.chars().count() && count >= MIN_RULE;
    (whole && matches!(sign, '=' | '-' | '~' | '^' | '*' | '+' | '#')).then_some((sign, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_below_a_short_line_makes_a_heading() {
        let found = |text: &str| {
            let lines: Vec<&str> = text.split('\n').collect();
            let found = Underlines::of(&lines);
            (
                found.headings.into_iter().collect::<Vec<_>>(),
                found.rules.into_iter().collect::<Vec<_>>(),
            )
        };
        assert_eq!(
            found("On piers\n========\n\nText"),
            (vec![(0, '=')], vec![1])
        );
        assert_eq!(
            found("x\n\n~~~~~~~~\nOn piers\n~~~~~~~~\n"),
            (vec![(3, '~')], vec![2, 4])
        );
        assert_eq!(found("On\npiers\n-----\nText"), (vec![(0, '-')], vec![2]));
        for text in [
            "It is long.\n-----------\n\nText",
            "On the piers of it\n---\n",
            "----\n\nText",
            "One\nTwo\nThree\nFour\n----",
            "Name  Age\n----  ---\n",
            "- a\n---\n",
        ] {
            assert_eq!(found(text), (vec![], vec![]), "{text}");
        }
    }
}
