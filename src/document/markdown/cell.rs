//! Cells of tables: words on lines, in which `- 5` and `1. May` are words, and lists where lines can be nothing else.

use super::{Kind, Node, Tree, parse, parse_lines};

/// Parses a cell: paragraphs with inlines, and lists of two items or more whose lines stand together.
pub(in crate::document) fn parse_cell(prose: &str) -> Tree {
    let words = parse_lines(prose);
    let lists = lists_of(prose);
    if lists == 0 {
        return words;
    }
    let tree = parse(prose, false);
    let is_list = |node: &&Node| matches!(node.kind, Kind::List { .. });
    let is_either = |node: &Node| is_list(&node) || matches!(node.kind, Kind::Paragraph { .. });
    let found = tree.blocks.iter().filter(is_list).count();
    // What has no place in prose is a word here.
    let is_sound = tree.faults.len() <= words.faults.len() && tree.blocks.iter().all(is_either);
    if is_sound && found == lists {
        tree
    } else {
        words
    }
}

/// How many stretches of lines without an empty one between them have two or more items of a list.
fn lists_of(prose: &str) -> usize {
    let mut lists = 0;
    let mut items = 0;
    for line in prose.lines().chain([""]) {
        if line.trim().is_empty() {
            lists += usize::from(items > 1);
            items = 0;
        } else if is_item(line) {
            items += 1;
        }
    }
    lists
}

/// Whether a line opens an item, with words behind its mark.
fn is_item(line: &str) -> bool {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let marks: &[char] = if digits.len() < line.len() {
        &['.', ')']
    } else {
        &['-', '*', '+']
    };
    let rest = digits.strip_prefix(marks);
    rest.is_some_and(|rest| rest.starts_with(' ') && !rest.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<&'static str> {
        let blocks = parse_cell(text).blocks;
        let kinds = blocks.iter().map(|node| match &node.kind {
            Kind::Paragraph { .. } => "paragraph",
            Kind::List { start: None, .. } => "list",
            Kind::List { .. } => "numbered list",
            _ => "other",
        });
        kinds.collect()
    }

    #[test]
    fn lines_that_can_be_nothing_but_a_list_are_one() {
        assert_eq!(kinds("- a\n- b"), ["list"]);
        assert_eq!(kinds("Two:\n\n- a\n- b\n"), ["paragraph", "list"]);
        assert_eq!(
            kinds("* a\n  and on\n* b\n\nand\n\n1. c\n2. d"),
            ["list", "paragraph", "numbered list"]
        );
        assert_eq!(kinds("- a\n  - deeper\n- b\n\n- c"), ["list"]);
        assert_eq!(kinds("3) c\n4) d"), ["numbered list"]);
    }

    #[test]
    fn all_else_is_words() {
        for text in [
            "-",
            "- 5",
            "- a\n\n- b",
            "1. May",
            "1. May\n\n2. June",
            "> 3",
            "# 4",
            "- \n- ",
            "-5\n-6",
            "2024.\n2025.",
            "- a\n- b\n\n# c",
            "```\n- a\n- b\n```",
        ] {
            let blocks = kinds(text);
            assert!(
                blocks.iter().all(|kind| *kind == "paragraph"),
                "{text}: {blocks:?}"
            );
        }
    }
}
