//! Lists: definitions of bullets and numbers, and one instance per numbered list, so that each starts its own count.

use docx_rs::{
    AbstractNumbering, Docx, Level, LevelJc, LevelOverride, LevelText, NumberFormat, Numbering,
    Numberings, SpecialIndentType, Start,
};

use super::composer::broken;
use super::package::{Element, Extras, Node, finish, parse};
use crate::base::diagnostic::Diagnostics;
use crate::document::Delimiter;
use crate::layout::Tokens;

/// Levels that Word has. Deeper items are set at the last level.
pub(super) const LEVELS: usize = 9;

/// Number of all bulleted lists.
pub(super) const BULLETS: usize = 2;
/// Number of the list that the style `List Number` stands for; the document's own lists have numbers above it.
pub(super) const NUMBERS: usize = 3;
/// Definition of lists whose numbers have a parenthesis after them.
const PARENTHESES: usize = 4;

/// Bullets by level, over again from the fourth; both are in the text font.
const MARKS: [&str; 3] = ["•", "–", "•"];

/// The numbered lists of a document.
#[derive(Debug, Default)]
pub(super) struct Lists {
    numbered: Vec<(usize, u64, Delimiter)>,
}

impl Lists {
    /// The number of a new numbered list whose items are at `level` and begin with `start`.
    pub(super) fn numbered(&mut self, level: usize, start: u64, delimiter: Delimiter) -> usize {
        self.numbered.push((level, start, delimiter));
        NUMBERS + self.numbered.len()
    }

    /// The part `numbering.xml`.
    pub(super) fn part(&self, tokens: &Tokens) -> Result<Element, Diagnostics> {
        let mut numberings = Numberings::new()
            .add_abstract_numbering(definition(BULLETS, tokens, |level| {
                (
                    "bullet",
                    MARKS[level % MARKS.len()].to_owned(),
                    list_style("ListBullet", level),
                )
            }))
            .add_abstract_numbering(definition(NUMBERS, tokens, |level| {
                (
                    "decimal",
                    format!("%{}.", level + 1),
                    list_style("ListNumber", level),
                )
            }))
            .add_numbering(Numbering::new(BULLETS, BULLETS))
            .add_numbering(Numbering::new(NUMBERS, NUMBERS));
        if self
            .numbered
            .iter()
            .any(|(.., one)| *one == Delimiter::Parenthesis)
        {
            numberings =
                numberings.add_abstract_numbering(definition(PARENTHESES, tokens, |level| {
                    ("decimal", format!("%{})", level + 1), None)
                }));
        }
        for (index, (level, start, delimiter)) in self.numbered.iter().enumerate() {
            // Word counts in 32 bits with a sign.
            let start = usize::try_from(*start)
                .unwrap_or(usize::MAX)
                .min(i32::MAX as usize);
            let definition = match delimiter {
                Delimiter::Period => NUMBERS,
                Delimiter::Parenthesis => PARENTHESES,
            };
            let number = Numbering::new(NUMBERS + 1 + index, definition);
            numberings = numberings
                .add_numbering(number.add_override(LevelOverride::new(*level).start(start)));
        }
        let mut root =
            parse(&Docx::new().numberings(numberings).build().numberings).map_err(broken)?;
        drop_default(&mut root);
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
    tokens: &Tokens,
    level: impl Fn(usize) -> (&'static str, String, Option<String>),
) -> AbstractNumbering {
    let step = indent_step(tokens);
    let mut definition = AbstractNumbering::new(id);
    definition.multi_level_type = Some("multilevel".to_owned());
    (0..LEVELS).fold(definition, |definition, depth| {
        let (format, text, style) = level(depth);
        let left = step * (depth as i32 + 1);
        let level = Level::new(
            depth,
            Start::new(1),
            NumberFormat::new(format),
            LevelText::new(text),
            LevelJc::new("left"),
        )
        .indent(
            Some(left),
            Some(SpecialIndentType::Hanging(step)),
            None,
            None,
        );
        definition.add_level(match style {
            Some(style) => level.paragraph_style(style),
            None => level,
        })
    })
}

/// How far one level of a list is indented, in twips.
pub(super) fn indent_step(tokens: &Tokens) -> i32 {
    tokens.sizes.line.to_twips() * 5 / 4
}

/// docx-rs adds a numbering of its own, number 1, to every document.
fn drop_default(root: &mut Element) {
    root.children.retain(|node| match node {
        Node::Element(child) => {
            child.get("w:abstractNumId") != Some("1")
                && !(child.name == "w:num" && child.get("w:numId") == Some("1"))
        }
        Node::Text(_) => true,
    });
}
