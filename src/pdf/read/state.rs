//! The graphics state that text and shapes are drawn in (ISO 32000-1, 8.4 and 9.3).

use std::sync::Arc;

use lopdf::Dictionary;
use lopdf::content::Operation;

use super::file::{File, Rect, as_name, number};
use super::fonts::Font;
use super::matrix::Matrix;
use super::paint::{Paint, paint};

/// Larger than any page, and small enough to reckon with.
const EVERYWHERE: Rect = [-1e9, -1e9, 1e9, 1e9];

/// What text and shapes are painted with.
#[derive(Debug, Clone)]
pub(crate) struct Graphics {
    /// From user space to the page.
    pub matrix: Matrix,
    /// Whether text leaves no mark.
    pub invisible: bool,
    /// Colour of text and areas.
    pub fill: Paint,
    /// Colour of lines.
    pub stroke: Paint,
    /// Width of lines in user space.
    pub width: f64,
    /// What is left to paint on after all clipping: the box around it.
    pub clip: Rect,
    /// Whether it is the state of a pattern, whose places are not those of the page.
    pub pattern: bool,
    /// Whether areas and text leave the inks below them that they do not use.
    pub overprint: bool,
    /// Whether an ink of nothing counts as one that is not used (overprint mode 1).
    pub overprint_mode: bool,
    /// How text is drawn, from 0 to 7.
    pub render: u8,
    /// How much areas and text hide what is below them, from 0 to 1.
    pub alpha: f64,
}

/// The graphics state, with the text state and its matrices.
#[derive(Clone)]
pub(super) struct State {
    /// What is painted with; shared with all that was painted since it changed last.
    pub graphics: Arc<Graphics>,
    /// Font, if one is set.
    pub font: Option<Arc<Font>>,
    /// Size of the font in text space.
    pub size: f64,
    /// Space after each character.
    pub char_space: f64,
    /// Space after each word space.
    pub word_space: f64,
    /// Horizontal scaling, 1 for none.
    pub scale: f64,
    /// Distance of lines.
    pub leading: f64,
    /// Distance from the base line.
    pub rise: f64,
    /// From text space to user space, at the next character.
    pub text: Matrix,
    /// From text space to user space, at the start of the line.
    pub line: Matrix,
}

impl Default for Graphics {
    fn default() -> Self {
        Graphics {
            matrix: Matrix::IDENTITY,
            invisible: false,
            fill: Paint::default(),
            stroke: Paint::default(),
            width: 1.0,
            clip: EVERYWHERE,
            pattern: false,
            overprint: false,
            overprint_mode: false,
            render: 0,
            alpha: 1.0,
        }
    }
}

impl Default for State {
    fn default() -> Self {
        State {
            graphics: Arc::default(),
            font: None,
            size: 0.0,
            char_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
        }
    }
}

impl State {
    /// What is painted with from now on, to be changed.
    pub(super) fn change(&mut self) -> &mut Graphics {
        Arc::make_mut(&mut self.graphics)
    }

    /// Applies an operator that changes the state; says whether it was one.
    pub(super) fn set(
        &mut self,
        file: &File,
        operation: &Operation,
        resources: &Dictionary,
    ) -> bool {
        let numbers: Vec<f64> = operation.operands.iter().filter_map(number).collect();
        match (operation.operator.as_str(), numbers.as_slice()) {
            ("cm", [a, b, c, d, e, f]) => {
                let graphics = self.change();
                graphics.matrix = Matrix([*a, *b, *c, *d, *e, *f]).then(&graphics.matrix);
            }
            ("w", [width]) => self.change().width = *width,
            ("BT", _) => (self.text, self.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            ("Tm", [a, b, c, d, e, f]) => {
                self.line = Matrix([*a, *b, *c, *d, *e, *f]);
                self.text = self.line;
            }
            ("Td", [x, y]) => self.next_line(*x, *y),
            ("TD", [x, y]) => {
                self.leading = -y;
                self.next_line(*x, *y);
            }
            ("T*", _) => self.next_line(0.0, -self.leading),
            ("Tc", [value]) => self.char_space = *value,
            ("Tw", [value]) => self.word_space = *value,
            ("Tz", [value]) => self.scale = value / 100.0,
            ("TL", [value]) => self.leading = *value,
            ("Ts", [value]) => self.rise = *value,
            ("Tr", [value]) => {
                let graphics = self.change();
                graphics.invisible = *value == 3.0 || *value == 7.0;
                graphics.render = *value as u8;
            }
            (_, numbers) => return paint(file, operation, numbers, resources, self),
        }
        true
    }

    /// Applies a dictionary of extended state, as far as it affects what is painted here.
    pub(super) fn set_extended(
        &mut self,
        file: &File,
        operation: &Operation,
        resources: &Dictionary,
    ) {
        let name = operation
            .operands
            .first()
            .and_then(as_name)
            .unwrap_or_default();
        let all = file.dict(resources, "ExtGState");
        let Some(dict) = all.and_then(|all| file.dict(all, &name)) else {
            return;
        };
        // `OP` alone is for both; `op` is for all but lines.
        let overprint = [dict.get(b"op"), dict.get(b"OP")]
            .into_iter()
            .flatten()
            .next();
        if let Some(Ok(overprint)) = overprint.map(|value| file.resolve(value).as_bool()) {
            self.change().overprint = overprint;
        }
        if let Some(mode) = file.integer(dict, "OPM") {
            self.change().overprint_mode = mode == 1;
        }
        if let Some(alpha) = number(file.get(dict, "ca")) {
            self.change().alpha = alpha.clamp(0.0, 1.0);
        }
        if let Some(width) = number(file.get(dict, "LW")) {
            self.change().width = width;
        }
    }

    /// Starts a line at this distance from the start of the last.
    pub(super) fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::translate(x, y).then(&self.line);
        self.text = self.line;
    }

    /// Moves on by a width in text space.
    pub(super) fn advance(&mut self, width: f64) {
        self.text = Matrix::translate(width * self.scale, 0.0).then(&self.text);
    }
}
