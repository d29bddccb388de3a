//! Lists: definitions of bullets and numbers, and one instance per numbered list, so that each starts its own count.

use std::collections::BTreeSet;

use super::builder::{self, List, ListDefinition};
use super::package::{Element, Extras, finish};
use crate::base::diagnostic::Diagnostics;
use crate::document::{Block, Counter, Delimiter, Document, Node};
use crate::layout::Tokens;

/// Levels that Word has. Deeper items are set at the last level.
pub(super) const LEVELS: usize = 9;

/// Number of the other bulleted lists.
pub(super) const BULLETS: usize = 2;
/// Number of the list that the style `List Number` stands for; the document's own lists have numbers above it.
pub(super) const NUMBERS: usize = 3;

/// Bullets by level, over again from the fourth; both are in the text font.
const MARKS: [&str; 3] = ["•", "–", "•"];

/// Number of the bulleted lists within text that is indented itself.
const INSET_BULLETS: usize = 4;
/// Lines of text by which such text is indented.
pub(super) const INSET: f64 = 1.5;
/// The first number of the document's own definitions and lists.
const OWN: usize = 5;

/// How the items of a list are labelled, and whether it is within text that is indented itself.
type Kind = ((Counter, Delimiter), bool);

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Lists {
    numbered: Vec<(usize, u64, Kind)>,
    inset_bullets: bool,
}

impl Lists {
    /// The number of a new numbered list whose items are at `level` and begin with `start`.
    pub(super) fn numbered(
        &mut self,
        level: usize,
        start: u64,
        labels: (Counter, Delimiter),
        inset: bool,
    ) -> usize {
        self.numbered.push((level, start, (labels, inset)));
        OWN + self.numbered.len() - 1
    }

    /// The number of all bulleted lists there.
    pub(super) fn bulleted(&mut self, inset: bool) -> usize {
        self.inset_bullets |= inset;
        if inset { INSET_BULLETS } else { BULLETS }
    }

    /// The part `numbering.xml`.
    pub(super) fn part(
        &self,
        tokens: &Tokens,
        document: &Document,
    ) -> Result<Element, Diagnostics> {
        let step = indent_step(tokens, document);
        let deeper = (tokens.sizes.line.to_pt() * INSET * 20.0).round() as i32;
        let bullets = |level: usize| MARKS[level % MARKS.len()].to_owned();
        let mut definitions = vec![
            definition(BULLETS, step, 0, |level| {
                ("bullet", bullets(level), list_style("ListBullet", level))
            }),
            definition(NUMBERS, step, 0, |level| {
                let mark = format!("%{}.", level + 1);
                ("decimal", mark, list_style("ListNumber", level))
            }),
        ];
        let list = |id, definition, start| List {
            id,
            definition,
            start,
        };
        let mut lists = vec![list(BULLETS, BULLETS, None), list(NUMBERS, NUMBERS, None)];
        if self.inset_bullets {
            definitions.push(definition(INSET_BULLETS, step, deeper, |level| {
                ("bullet", bullets(level), None)
            }));
            lists.push(list(INSET_BULLETS, INSET_BULLETS, None));
        }
        let other: BTreeSet<Kind> = self.numbered.iter().map(|one| one.2).collect();
        let usual = ((Counter::Decimal, Delimiter::Period), false);
        let other: Vec<_> = other.into_iter().filter(|kind| *kind != usual).collect();
        for (id, ((counter, delimiter), inset)) in (OWN..).zip(&other) {
            let inset = if *inset { deeper } else { 0 };
            definitions.push(definition(id, step, inset, |level| {
                let mark = delimiter.around(&format!("%{}", level + 1));
                (counter.word_name(), mark, None)
            }));
        }
        for (index, (level, start, kind)) in self.numbered.iter().enumerate() {
            // Word counts in 32 bits with a sign.
            let start = usize::try_from(*start)
                .unwrap_or(usize::MAX)
                .min(i32::MAX as usize);
            let place = other.iter().position(|one| one == kind);
            let definition = place.map_or(NUMBERS, |place| OWN + place);
            lists.push(list(OWN + index, definition, Some((*level, start))));
        }
        let mut root = builder::numbering(definitions, lists)?;
        finish(&mut root, &Extras::default());
        Ok(root)
    }
}

/// The style of the list's items at a level: `ListBullet`, `ListBullet2` to `ListBullet5`, as Word names them.
fn list_style(stem: &str, level: usize) -> Option<String> {
    match level {
        0 => Some(stem.to_owned()),
        1..=4 => Some(format!("{stem}{}", level + 1)),
        _ => None,
    }
}

fn definition(
    id: usize,
    step: i32,
    inset: i32,
    level: impl Fn(usize) -> (&'static str, String, Option<String>),
) -> ListDefinition {
    ListDefinition {
        id,
        step,
        inset,
        levels: (0..LEVELS).map(level).collect(),
    }
}

/// How far one level of a list is indented, in twips. Numbers of paragraphs soon have three digits.
pub(super) fn indent_step(tokens: &Tokens, document: &Document) -> i32 {
    let mut numbered = false;
    for chapter in &document.chapters {
        chapter.visit(&mut |node| {
            let paragraphs = |block: &Block| {
                matches!(
                    block,
                    Block::List {
                        paragraphs: true,
                        ..
                    }
                )
            };
            numbered |= matches!(node, Node::Block(block) if paragraphs(block));
        });
    }
    let line = tokens.sizes.line.to_twips();
    if numbered { line * 2 } else { line * 5 / 4 }
}
