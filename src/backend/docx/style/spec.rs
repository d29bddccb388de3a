//! One style, said in the terms of a designer, which the builder turns into a style of Word.

use super::super::package::{Element, toggle};
use crate::document::Language;
use crate::layout::{Colour, Tokens};

/// How lines are aligned.
#[derive(Debug, Clone, Copy)]
pub(in crate::backend::docx) enum Alignment {
    /// At the left.
    Left,
    /// In the middle.
    Centre,
    /// At the right.
    Right,
    /// At both sides.
    Both,
}

/// An edge of a paragraph.
#[derive(Debug, Clone, Copy)]
pub(in crate::backend::docx) enum Edge {
    /// Above it.
    Top,
    /// At the left of the page, whatever its direction.
    Left,
    /// At the right of the page.
    Right,
}

/// What leads to a tab.
#[derive(Debug, Clone, Copy)]
pub(in crate::backend::docx) enum Leader {
    /// Nothing.
    None,
    /// Dots.
    Dots,
}

/// An edge of a paragraph with a rule: thickness in points, distance from the text in points, colour.
pub(in crate::backend::docx) type Rule = (Edge, f64, usize, Colour);

/// A style. Lengths are in points; what is `None`, `false` or empty is taken from the style it is based on.
#[derive(Default, Clone)]
pub(in crate::backend::docx) struct Spec<'t> {
    /// Id, such as `Heading1`.
    pub(in crate::backend::docx) id: String,
    /// Name, such as `heading 1`; Word knows its own styles by the name.
    pub(in crate::backend::docx) name: String,
    /// Whether it is for characters and not for paragraphs.
    pub(in crate::backend::docx) character: bool,
    /// Style it is based on.
    pub(in crate::backend::docx) based_on: Option<&'t str>,
    /// Style of the paragraph after one in this style.
    pub(in crate::backend::docx) next: Option<&'t str>,
    /// Place in Word's list of styles; hidden from its gallery without one.
    pub(in crate::backend::docx) priority: Option<usize>,
    /// Face.
    pub(in crate::backend::docx) face: Option<&'t str>,
    /// Size of type.
    pub(in crate::backend::docx) size: Option<f64>,
    /// Colour of type.
    pub(in crate::backend::docx) colour: Option<Colour>,
    /// Bold.
    pub(in crate::backend::docx) bold: bool,
    /// Italic.
    pub(in crate::backend::docx) italic: bool,
    /// Capitals.
    pub(in crate::backend::docx) caps: bool,
    /// Underlined.
    pub(in crate::backend::docx) underline: bool,
    /// Raised.
    pub(in crate::backend::docx) superscript: bool,
    /// Lowered.
    pub(in crate::backend::docx) subscript: bool,
    /// Struck out.
    pub(in crate::backend::docx) struck: bool,
    /// Dots of emphasis at each character, as Word names them.
    pub(in crate::backend::docx) dots: Option<&'t str>,
    /// Space between letters.
    pub(in crate::backend::docx) tracking: Option<f64>,
    /// Distance between lines, at least.
    pub(in crate::backend::docx) line: Option<f64>,
    /// Distance between lines, exactly.
    pub(in crate::backend::docx) exact: Option<f64>,
    /// Space above.
    pub(in crate::backend::docx) before: Option<f64>,
    /// Space below.
    pub(in crate::backend::docx) after: Option<f64>,
    /// Indents at the start and at the end of lines.
    pub(in crate::backend::docx) indents: Option<(f64, f64)>,
    /// Indent of the first line; negative hangs it.
    pub(in crate::backend::docx) first_line: f64,
    /// Alignment.
    pub(in crate::backend::docx) align: Option<Alignment>,
    /// Kept on the page of the next paragraph.
    pub(in crate::backend::docx) keep_next: bool,
    /// Kept on one page.
    pub(in crate::backend::docx) keep_lines: bool,
    /// Level in Word's outline, from 0.
    pub(in crate::backend::docx) outline: Option<usize>,
    /// Tabs at the end of the line: place, and what leads to it.
    pub(in crate::backend::docx) tabs: Vec<(f64, Leader)>,
    /// Rules.
    pub(in crate::backend::docx) rules: Vec<Rule>,
    /// Colour behind the paragraph.
    pub(in crate::backend::docx) shade: Option<Colour>,
    /// Frame around characters.
    pub(in crate::backend::docx) frame: Option<Colour>,
    /// Whether there is no space between paragraphs of this style.
    pub(in crate::backend::docx) contextual: Option<bool>,
    /// Words are not divided.
    pub(in crate::backend::docx) whole_words: bool,
    /// Not proofed.
    pub(in crate::backend::docx) no_proof: bool,
    /// Number of the list whose marks its paragraphs have, and the level.
    pub(in crate::backend::docx) list: Option<(usize, usize)>,
}

impl Spec<'_> {
    /// Properties that docx-rs cannot express, of the paragraph and of its characters.
    pub(in crate::backend::docx) fn extras(&self) -> (Vec<Element>, Vec<Element>) {
        let mut paragraph = Vec::new();
        if let Some(on) = self.contextual {
            paragraph.push(toggle("w:contextualSpacing", on));
        }
        if self.whole_words {
            paragraph.push(Element::new("w:suppressAutoHyphens"));
        }
        let no_proof = self.no_proof.then(|| Element::new("w:noProof"));
        let dots = self.dots.map(|kind| Element::val("w:em", kind));
        let frame = self.frame.map(|colour| {
            Element::val("w:bdr", "single")
                .attr("w:sz", 4)
                .attr("w:space", 0)
                .attr("w:color", colour.hex())
        });
        let characters = no_proof.into_iter().chain(dots).chain(frame).collect();
        (paragraph, characters)
    }
}

/// Space between the capitals of labels, where there are some and the letters are not joined.
pub(super) fn tracking(tokens: &Tokens, language: &Language, points: f64) -> Option<f64> {
    (tokens.structure.capitals && !language.joins_letters()).then_some(points)
}

/// Points as twentieths of a point.
pub(in crate::backend::docx) fn twips(points: f64) -> i32 {
    (points * 20.0).round() as i32
}
