//! One style, said in the terms of a designer, and turned into a style of docx-rs.

use docx_rs::{
    AlignmentType, BorderType, LineSpacing, LineSpacingType, ParagraphBorder,
    ParagraphBorderPosition, ParagraphBorders, RunFonts, Shading, SpecialIndentType, Style,
    StyleType, Tab, TabLeaderType, TabValueType, VertAlignType,
};

use super::super::package::{Element, toggle};
use crate::layout::Colour;

/// An edge of a paragraph with a rule: thickness in points, distance from the text in points, colour.
pub(super) type Rule = (ParagraphBorderPosition, f64, usize, Colour);

/// A style. Lengths are in points; what is `None`, `false` or empty is taken from the style it is based on.
#[derive(Default, Clone)]
pub(super) struct Spec<'t> {
    /// Id, such as `Heading1`.
    pub(super) id: String,
    /// Name, such as `heading 1`; Word knows its own styles by the name.
    pub(super) name: String,
    /// Whether it is for characters and not for paragraphs.
    pub(super) character: bool,
    /// Style it is based on.
    pub(super) based_on: Option<&'t str>,
    /// Style of the paragraph after one in this style.
    pub(super) next: Option<&'t str>,
    /// Place in Word's list of styles; hidden from its gallery without one.
    pub(super) priority: Option<usize>,
    /// Face.
    pub(super) face: Option<&'t str>,
    /// Size of type.
    pub(super) size: Option<f64>,
    /// Colour of type.
    pub(super) colour: Option<Colour>,
    /// Bold.
    pub(super) bold: bool,
    /// Italic.
    pub(super) italic: bool,
    /// Capitals.
    pub(super) caps: bool,
    /// Underlined.
    pub(super) underline: bool,
    /// Raised.
    pub(super) superscript: bool,
    /// Lowered.
    pub(super) subscript: bool,
    /// Space between letters.
    pub(super) tracking: Option<f64>,
    /// Distance between lines, at least.
    pub(super) line: Option<f64>,
    /// Distance between lines, exactly.
    pub(super) exact: Option<f64>,
    /// Space above.
    pub(super) before: Option<f64>,
    /// Space below.
    pub(super) after: Option<f64>,
    /// Indents at the start and at the end of lines.
    pub(super) indents: Option<(f64, f64)>,
    /// Indent of the first line; negative hangs it.
    pub(super) first_line: f64,
    /// Alignment.
    pub(super) align: Option<AlignmentType>,
    /// Kept on the page of the next paragraph.
    pub(super) keep_next: bool,
    /// Kept on one page.
    pub(super) keep_lines: bool,
    /// Level in Word's outline, from 0.
    pub(super) outline: Option<usize>,
    /// Tabs at the end of the line: place and leader.
    pub(super) tabs: Vec<(f64, TabValueType, TabLeaderType)>,
    /// Rules.
    pub(super) rules: Vec<Rule>,
    /// Colour behind the paragraph.
    pub(super) shade: Option<Colour>,
    /// Whether there is no space between paragraphs of this style.
    pub(super) contextual: Option<bool>,
    /// Words are not divided.
    pub(super) whole_words: bool,
    /// Not proofed.
    pub(super) no_proof: bool,
    /// Number of the list whose marks its paragraphs have, and the level.
    pub(super) list: Option<(usize, usize)>,
}

impl Spec<'_> {
    /// The style as docx-rs holds it.
    pub(super) fn style(&self) -> Style {
        let kind = if self.character {
            StyleType::Character
        } else {
            StyleType::Paragraph
        };
        let mut style = Style::new(self.id.as_str(), kind)
            .name(self.name.as_str())
            .q_format(self.priority.is_some());
        style.based_on = self.based_on.map(docx_rs::BasedOn::new);
        style.next = self.next.map(docx_rs::Next::new);
        style.ui_priority = Some(self.priority.unwrap_or(99));
        self.characters(&mut style);
        if !self.character {
            self.paragraph(&mut style);
        }
        style
    }

    /// Properties that docx-rs cannot express, of the paragraph and of its characters.
    pub(super) fn extras(&self) -> (Vec<Element>, Vec<Element>) {
        let mut paragraph = Vec::new();
        if let Some(on) = self.contextual {
            paragraph.push(toggle("w:contextualSpacing", on));
        }
        if self.whole_words {
            paragraph.push(Element::new("w:suppressAutoHyphens"));
        }
        let characters = if self.no_proof {
            vec![Element::new("w:noProof")]
        } else {
            Vec::new()
        };
        (paragraph, characters)
    }

    fn characters(&self, style: &mut Style) {
        let mut run = std::mem::take(&mut style.run_property);
        if let Some(face) = self.face {
            run = run.fonts(
                RunFonts::new()
                    .ascii(face)
                    .hi_ansi(face)
                    .east_asia(face)
                    .cs(face),
            );
        }
        if let Some(size) = self.size {
            run = run.size((size * 2.0).round() as usize);
        }
        if let Some(colour) = self.colour {
            run = run.color(colour.hex());
        }
        if self.bold {
            run = run.bold();
        }
        if self.italic {
            run = run.italic();
        }
        if self.caps {
            run = run.caps();
        }
        if self.underline {
            run = run.underline("single");
        }
        if self.superscript {
            run = run.vert_align(VertAlignType::SuperScript);
        }
        if self.subscript {
            run = run.vert_align(VertAlignType::SubScript);
        }
        if let Some(tracking) = self.tracking {
            run = run.spacing(twips(tracking));
        }
        style.run_property = run;
    }

    fn paragraph(&self, style: &mut Style) {
        let mut paragraph = std::mem::take(&mut style.paragraph_property);
        if let Some(spacing) = self.spacing() {
            paragraph = paragraph.line_spacing(spacing);
        }
        if let Some((start, end)) = self.indents {
            // Zero is said too: it takes back what the base says.
            let special = if self.first_line < 0.0 {
                SpecialIndentType::Hanging(twips(-self.first_line))
            } else {
                SpecialIndentType::FirstLine(twips(self.first_line))
            };
            paragraph = paragraph.indent(Some(twips(start)), Some(special), Some(twips(end)), None);
        }
        if let Some(align) = self.align {
            paragraph = paragraph.align(align);
        }
        if let Some(level) = self.outline {
            paragraph = paragraph.outline_lvl(level);
        }
        if self.keep_next {
            paragraph = paragraph.keep_next(true);
        }
        if self.keep_lines {
            paragraph = paragraph.keep_lines(true);
        }
        if let Some((number, level)) = self.list {
            paragraph = paragraph.numbering(
                docx_rs::NumberingId::new(number),
                docx_rs::IndentLevel::new(level),
            );
        }
        for (place, value, leader) in &self.tabs {
            paragraph = paragraph.add_tab(
                Tab::new()
                    .val(*value)
                    .leader(*leader)
                    .pos(twips(*place).max(0) as usize),
            );
        }
        if let Some(shade) = self.shade {
            paragraph = paragraph.shading(Shading::new().fill(shade.hex()));
        }
        if let Some(borders) = self.borders() {
            paragraph = paragraph.set_borders(borders);
        }
        style.paragraph_property = paragraph;
    }

    fn spacing(&self) -> Option<LineSpacing> {
        self.line.or(self.exact).or(self.before).or(self.after)?;
        let mut spacing = LineSpacing::new();
        if let Some(before) = self.before {
            spacing = spacing.before(twips(before).max(0) as u32);
        }
        if let Some(after) = self.after {
            spacing = spacing.after(twips(after).max(0) as u32);
        }
        Some(match (self.exact, self.line) {
            (Some(line), _) => spacing.line(twips(line)).line_rule(LineSpacingType::Exact),
            (None, Some(line)) => spacing
                .line(twips(line))
                .line_rule(LineSpacingType::AtLeast),
            (None, None) => spacing,
        })
    }

    fn borders(&self) -> Option<ParagraphBorders> {
        if self.rules.is_empty() {
            return None;
        }
        let borders = self.rules.iter().fold(
            ParagraphBorders::with_empty(),
            |borders, (edge, width, space, colour)| {
                let border = ParagraphBorder::new(edge.clone())
                    .val(BorderType::Single)
                    .size((width * 8.0).round() as usize)
                    .space(*space)
                    .color(colour.hex());
                borders.set(border)
            },
        );
        Some(borders)
    }
}

/// Points as twentieths of a point.
pub(super) fn twips(points: f64) -> i32 {
    (points * 20.0).round() as i32
}
