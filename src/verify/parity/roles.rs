//! Holds what the blocks of an artifact are against what the document has: headings, paragraphs, items of lists, cells,
//! captions. What is missing or out of order others say.

use super::artifact::{BlockRole, ExtractedText};
use super::difference::{Difference, DifferenceKind};
use super::expected::{Expected, ExpectedText, TextRole};
use super::find::find;
use super::plain::excerpt;

/// So many blocks ahead a text is looked for.
const AHEAD: usize = 400;
/// So many blocks behind the first that has a text, one of the right role is looked for: a short text recurs.
const NEAR: usize = 8;

/// Which texts are told as something else.
pub(super) fn compare(expected: &Expected, read: &ExtractedText) -> Vec<Difference> {
    // A list of contents has the same words as the headings.
    let contents = |(role, _): &(BlockRole, String)| *role == BlockRole::Contents;
    let first = read.blocks.iter().position(contents).unwrap_or(0);
    let listed = read.blocks[first..]
        .iter()
        .take_while(|one| contents(one))
        .count();
    let mut at = Place {
        block: first + listed,
        at: 0,
    };
    let mut found = Vec::new();
    for statement in &expected.body {
        let start = at;
        for piece in statement.pieces() {
            if matches!(piece.what, TextRole::Alt | TextRole::Drawn) {
                continue;
            }
            // Pieces in any order all come after what is before them.
            let Some((place, role)) = locate(&read.blocks, start, piece)
                .filter(|(place, _)| statement.pieces().len() > 1 || *place >= at)
            else {
                continue;
            };
            if !suits(piece, role) {
                let after = read.blocks[..place.block].last();
                let near = after.map(|(_, text)| format!("after “{}”", excerpt(text)));
                let how = DifferenceKind::Role(role, piece.roles);
                found.push(Difference::of(piece, how, near.unwrap_or_default()));
            }
            at = at.max(place);
        }
    }
    found
}

/// A place between the words of blocks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    block: usize,
    at: usize,
}

fn suits(piece: &ExpectedText, role: BlockRole) -> bool {
    piece.roles.is_empty() || piece.roles.contains(&role)
}

/// Where a piece ends in the first block that has it, and what that is; in one of the right role, if one is near.
fn locate(
    blocks: &[(BlockRole, String)],
    from: Place,
    piece: &ExpectedText,
) -> Option<(Place, BlockRole)> {
    let mut first = None;
    for (block, (role, text)) in blocks.iter().enumerate().skip(from.block).take(AHEAD) {
        if first.is_some_and(|(place, _): (Place, _)| place.block + NEAR < block) {
            break;
        }
        let start = if block == from.block { from.at } else { 0 };
        let Some((_, at)) = find(text, &piece.text, start) else {
            continue;
        };
        let found = (Place { block, at }, *role);
        if suits(piece, *role) {
            return Some(found);
        }
        first = first.or(Some(found));
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::parity::expected::Statement;

    fn told(blocks: &[(BlockRole, &str)], pieces: &[(&str, &'static [BlockRole])]) -> Vec<String> {
        let body = pieces.iter().map(|(text, roles)| {
            Statement::Text(ExpectedText {
                what: TextRole::Text,
                text: (*text).into(),
                roles,
                place: None,
            })
        });
        let expected = Expected {
            body: body.collect(),
            ..Expected::default()
        };
        let blocks = blocks.iter().map(|(role, text)| (*role, (*text).into()));
        let read = ExtractedText {
            blocks: blocks.collect(),
            ..ExtractedText::default()
        };
        let found = compare(&expected, &read).into_iter();
        found.map(|one| one.text).collect()
    }

    #[test]
    fn a_text_in_a_block_of_another_role_is_named_and_one_that_recurs_is_not() {
        use BlockRole::{Heading, Item, Loose, Paragraph};
        let pieces: &[(&str, &[BlockRole])] = &[
            ("welcome", &[Heading]),
            ("ms. berg", &[Heading]),
            ("opened the day", &[Paragraph]),
            ("port", &[Item]),
            ("quay", &[Item]),
        ];
        let right = [
            (Heading, "welcome"),
            (Paragraph, "by ms. berg"),
            (Heading, "ms. berg"),
            (Paragraph, "opened the day"),
            (Item, "port"),
            (Item, "quay"),
        ];
        assert_eq!(told(&right, pieces), [""; 0]);
        let mut wrong = right;
        wrong[2].0 = Loose;
        wrong[5].0 = Paragraph;
        assert_eq!(told(&wrong, pieces), ["ms. berg", "quay"]);
        assert_eq!(told(&right[..4], pieces), [""; 0]);
    }
}
