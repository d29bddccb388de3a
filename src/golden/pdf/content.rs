//! What a page's content draws: text with its place, size, colour and marked content; pictures; painted shapes.
//!
//! The operators of ISO 32000-1, annex A, as far as they bear on that. Forms are followed to a limited depth, and the
//! number of operators of a whole file is limited.

use std::collections::BTreeMap;
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object};

use super::file::{File, Page, as_dict, as_name, decode_text, number, short};
use super::fonts::{Font, Fonts};
use super::matrix::Matrix;
use super::state::State;

/// Deepest nesting of forms.
const DEPTH: usize = 12;
/// Most operators of a whole file.
pub(super) const OPERATORS: usize = 50_000_000;
/// A gap wider than this, in units of the font size, separates words.
pub(super) const GAP: f64 = 0.18;

/// Text that one operator shows.
#[derive(Debug, Clone)]
pub(super) struct Fragment {
    /// The characters.
    pub text: String,
    /// Where the base line starts, in points from the lower left corner.
    pub start: (f64, f64),
    /// Where the next character would start.
    pub end: (f64, f64),
    /// Size in points.
    pub size: f64,
    /// The font.
    pub font: Rc<Font>,
    /// The colour, as text.
    pub colour: String,
    /// Number of the marked content that the tag tree refers to.
    pub mcid: Option<i64>,
    /// Whether it is decoration that is not read aloud.
    pub artifact: bool,
}

/// A picture that a page draws.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Drawn {
    /// What it is.
    pub what: String,
    /// Width and height on the page in points.
    pub size: (f64, f64),
}

/// What a page draws.
#[derive(Default)]
pub(super) struct Drawing {
    /// Text in the order of the content.
    pub fragments: Vec<Fragment>,
    /// Pictures in the order of the content.
    pub pictures: Vec<Drawn>,
    /// How often shapes are painted, by kind, colour and line width.
    pub shapes: BTreeMap<String, usize>,
}

/// What a page draws; `budget` is the number of operators that are left.
pub(super) fn draw(
    file: &File,
    fonts: &mut Fonts,
    page: &Page,
    budget: &mut usize,
) -> Result<Drawing, String> {
    let mut run = Run {
        file,
        fonts,
        budget,
        out: Drawing::default(),
        marks: Vec::new(),
        text_start: 0,
        text_reversed: false,
    };
    run.stream(&file.content(page)?, &page.resources, State::default(), 0)?;
    Ok(run.out)
}

struct Mark {
    mcid: Option<i64>,
    artifact: bool,
    actual: Option<String>,
    reversed: bool,
    /// Number of fragments when it began.
    start: usize,
}

struct Run<'a> {
    file: &'a File,
    fonts: &'a mut Fonts,
    budget: &'a mut usize,
    out: Drawing,
    marks: Vec<Mark>,
    /// Number of fragments when the text object began.
    text_start: usize,
    /// Whether the text object has reversed characters.
    text_reversed: bool,
}

impl Run<'_> {
    fn stream(
        &mut self,
        content: &[u8],
        resources: &Dictionary,
        state: State,
        depth: usize,
    ) -> Result<(), String> {
        let content =
            Content::decode_strict(content.trim_ascii()).map_err(|error| error.to_string())?;
        let mut state = state;
        let mut saved = Vec::new();
        let marks = self.marks.len();
        for operation in &content.operations {
            *self.budget = self
                .budget
                .checked_sub(1)
                .ok_or("its pages have too many operators")?;
            match operation.operator.as_str() {
                // The stack of states is the stream's own.
                "q" => saved.push(state.clone()),
                "Q" => state = saved.pop().unwrap_or(state),
                "BMC" | "BDC" => self.begin_mark(operation, resources, depth),
                "EMC" if self.marks.len() > marks => self.end_mark(),
                "Do" => self.object(operation, resources, &state, depth)?,
                _ => self.operator(operation, resources, &mut state)?,
            }
            if saved.len() > 1000 || self.marks.len() > 1000 {
                return Err("a page saves its state or marks content too deeply".into());
            }
        }
        while self.marks.len() > marks {
            self.end_mark();
        }
        Ok(())
    }

    /// Operators that need no more than the state.
    fn operator(
        &mut self,
        operation: &Operation,
        resources: &Dictionary,
        state: &mut State,
    ) -> Result<(), String> {
        match operation.operator.as_str() {
            "BT" => {
                state.set(self.file, operation, resources);
                (self.text_start, self.text_reversed) = (self.out.fragments.len(), false);
            }
            "ET" => self.end_text(),
            "BI" => self.picture("inline picture".into(), state),
            "Tf" => self.set_font(operation, resources, state)?,
            "Tj" | "TJ" | "'" | "\"" => self.show_operator(operation, state)?,
            operator if !state.set(self.file, operation, resources) => self.shape(operator, state),
            _ => {}
        }
        Ok(())
    }

    fn picture(&mut self, what: String, state: &State) {
        let size = state.matrix.extent();
        self.out.pictures.push(Drawn { what, size });
    }

    fn shape(&mut self, operator: &str, state: &State) {
        let (fill, stroke) = match operator {
            "f" | "F" | "f*" => (true, false),
            "S" | "s" => (false, true),
            "B" | "B*" | "b" | "b*" => (true, true),
            "sh" => (true, false),
            _ => return,
        };
        let artifact = if self.marks.iter().any(|mark| mark.artifact) {
            ""
        } else {
            ", tagged"
        };
        if fill {
            *self
                .out
                .shapes
                .entry(format!("fill {}{artifact}", state.fill))
                .or_default() += 1;
        }
        if stroke {
            let width = short(state.width * state.matrix.height());
            *self
                .out
                .shapes
                .entry(format!("line {width} pt {}{artifact}", state.stroke))
                .or_default() += 1;
        }
    }

    fn begin_mark(&mut self, operation: &Operation, resources: &Dictionary, depth: usize) {
        let tag = operation
            .operands
            .first()
            .and_then(as_name)
            .unwrap_or_default();
        let properties = match operation.operands.get(1) {
            Some(Object::Name(name)) => {
                let name = String::from_utf8_lossy(name);
                self.file
                    .dict(resources, "Properties")
                    .and_then(|all| self.file.dict(all, &name))
            }
            Some(other) => as_dict(other),
            None => None,
        };
        // A form's numbers are its own, not the page's.
        let mcid = properties
            .and_then(|dict| self.file.integer(dict, "MCID"))
            .filter(|_| depth == 0);
        self.marks.push(Mark {
            mcid,
            artifact: tag == "Artifact",
            actual: properties
                .and_then(|dict| self.file.get(dict, "ActualText").as_str().ok())
                .map(decode_text),
            reversed: tag == "ReversedChars",
            start: self.out.fragments.len(),
        });
    }

    fn end_mark(&mut self) {
        let Some(mark) = self.marks.pop() else { return };
        let inside = self.out.fragments.get_mut(mark.start..).unwrap_or_default();
        if let (Some(actual), [first, rest @ ..]) = (mark.actual, inside) {
            first.text = actual;
            first.end = rest.last().map_or(first.end, |last| last.end);
            self.out.fragments.truncate(mark.start + 1);
        }
    }

    /// Ends a text object. One with reversed characters is drawn from left to right, but reads the other way round.
    fn end_text(&mut self) {
        let reversed = std::mem::take(&mut self.text_reversed);
        if let (true, Some(inside)) = (reversed, self.out.fragments.get_mut(self.text_start..)) {
            let texts: Vec<String> = inside
                .iter()
                .rev()
                .map(|fragment| fragment.text.clone())
                .collect();
            inside
                .iter_mut()
                .zip(texts)
                .for_each(|(fragment, text)| fragment.text = text);
        }
    }

    fn object(
        &mut self,
        operation: &Operation,
        resources: &Dictionary,
        state: &State,
        depth: usize,
    ) -> Result<(), String> {
        let name = operation
            .operands
            .first()
            .and_then(as_name)
            .unwrap_or_default();
        let object = self
            .file
            .dict(resources, "XObject")
            .map(|all| self.file.get(all, &name));
        let Some(Object::Stream(stream)) = object else {
            return Err(format!(
                "a page draws object `{name}`, which its resources lack"
            ));
        };
        if self.file.name(&stream.dict, "Subtype").as_deref() != Some("Form") {
            self.picture(super::paint::picture(self.file, stream), state);
            return Ok(());
        }
        if depth >= DEPTH {
            return Err("forms are nested too deeply".into());
        }
        let mut inner = state.clone();
        let matrix = self.file.numbers(self.file.array(&stream.dict, "Matrix"));
        if let Ok(matrix) = <[f64; 6]>::try_from(matrix.as_slice()) {
            inner.matrix = Matrix(matrix).then(&inner.matrix);
        }
        let own = self
            .file
            .dict(&stream.dict, "Resources")
            .unwrap_or(resources);
        self.stream(&self.file.unpack(stream)?, own, inner, depth + 1)
    }

    fn set_font(
        &mut self,
        operation: &Operation,
        resources: &Dictionary,
        state: &mut State,
    ) -> Result<(), String> {
        let [name, size] = operation.operands.as_slice() else {
            return Err("operator Tf lacks an operand".into());
        };
        state.font = Some(self.fonts.find(
            self.file,
            resources,
            &as_name(name).unwrap_or_default(),
        )?);
        state.size = number(size).unwrap_or(0.0);
        Ok(())
    }

    fn show_operator(&mut self, operation: &Operation, state: &mut State) -> Result<(), String> {
        if operation.operator != "Tj" && operation.operator != "TJ" {
            if let [word, character, _] = operation.operands.as_slice() {
                state.word_space = number(word).unwrap_or(0.0);
                state.char_space = number(character).unwrap_or(0.0);
            }
            state.next_line(0.0, -state.leading);
        }
        match operation.operands.last() {
            Some(Object::Array(items)) => self.show(items, state),
            Some(item) => self.show(std::slice::from_ref(item), state),
            None => Ok(()),
        }
    }

    fn show(&mut self, items: &[Object], state: &mut State) -> Result<(), String> {
        let font = state.font.clone().ok_or("text is shown without a font")?;
        let whole = state.text.then(&state.matrix);
        let start = whole.apply(0.0, state.rise);
        let text = self.decode(&font, items, state);
        let end = state.text.then(&state.matrix).apply(0.0, state.rise);
        let colour = if state.invisible {
            "invisible".into()
        } else {
            state.fill.to_string()
        };
        self.out.fragments.push(Fragment {
            text,
            start,
            end,
            size: state.size * whole.height(),
            font,
            colour,
            mcid: self.marks.iter().rev().find_map(|mark| mark.mcid),
            artifact: self.marks.iter().any(|mark| mark.artifact),
        });
        Ok(())
    }

    /// The text of strings and the gaps between them; moves on in the state.
    fn decode(&mut self, font: &Font, items: &[Object], state: &mut State) -> String {
        let reversed = self.marks.iter().any(|mark| mark.reversed);
        self.text_reversed |= reversed;
        let mut text = String::new();
        for item in items {
            match item {
                Object::String(string, _) => {
                    for glyph in font.glyphs(string) {
                        text.insert_str(if reversed { 0 } else { text.len() }, &glyph.text);
                        let spaces =
                            state.char_space + if glyph.space { state.word_space } else { 0.0 };
                        state.advance(glyph.advance * state.size + spaces);
                    }
                }
                other => {
                    let gap = -number(other).unwrap_or(0.0) / 1000.0;
                    let blank = text.chars().next_back().is_none_or(char::is_whitespace);
                    if gap > 2.0 * GAP && !blank && !reversed {
                        text.push(' ');
                    }
                    state.advance(gap * state.size);
                }
            }
        }
        text
    }
}
