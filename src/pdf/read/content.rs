//! What a page's content draws: text with its place, size, colour and marked content; pictures; painted shapes.
//!
//! The operators of ISO 32000-1, annex A, as far as they affect that. Forms are followed to a limited depth, and the
//! number of operators of a whole file is limited.

use std::collections::BTreeSet;
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object, ObjectId, Stream};

use super::file::{File, Page, Rect, as_name, number};
use super::fonts::{Font, Fonts};
use super::matrix::Matrix;
use super::path::{Path, common, moved};
use super::state::State;

/// Deepest nesting of forms.
const DEPTH: usize = 12;
/// Most operators of a whole file.
pub(crate) const OPERATORS: usize = 50_000_000;
/// Bytes of content that cost as much as an operator.
const COST: usize = 16;
const TOO_MANY: &str = "its pages have too many operators";
/// A gap wider than this, in units of the font size, separates words: what pdf.js and poppler take for a space.
pub(crate) const GAP: f64 = 0.1;

/// Text that one operator shows.
#[derive(Debug, Clone)]
pub(crate) struct Fragment {
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
    /// Whether a glyph of it is the one that fonts draw for what they lack (`.notdef`).
    pub lacking: bool,
    /// What readers that know only the fonts' character maps get instead, where /ActualText says the characters.
    pub mapped: Option<String>,
}

/// Something that a page paints, in the order of painting.
pub(crate) enum PaintEvent<'a> {
    /// Text of one operator.
    Text(&'a Fragment),
    /// A picture with its name in the resources; that of an inline one is empty.
    Picture(&'a str, Option<&'a Stream>),
    /// A path.
    Shape {
        /// The box around it, in points from the lower left corner.
        bounds: Rect,
        /// Whether it is filled.
        fill: bool,
        /// Whether its outline is drawn.
        stroke: bool,
        /// Whether it is decoration that is not read aloud.
        artifact: bool,
    },
    /// A gradient, painted by an operator of its own or as a pattern.
    Shading {
        /// Its dictionary.
        dict: &'a Dictionary,
        /// Whether it is decoration that is not read aloud.
        artifact: bool,
    },
    /// A form that is painted as a group.
    Group(&'a Dictionary),
    /// A form, before what it draws: its name in the resources, and the number of pieces of text before it.
    Form(&'a str, usize),
    /// Nothing by itself: marked content begins.
    Mark {
        /// Its tag, such as `P` or `Artifact`.
        tag: &'a str,
        /// Its number for the tag tree.
        mcid: Option<i64>,
        /// The form or pattern whose content it is in; none for that of the page itself.
        form: Option<ObjectId>,
    },
    /// Nothing by itself: the last marked content that is open ends.
    EndMark,
}

/// Takes what a page paints, with the state it is painted in.
pub(crate) type Sink<'a> = &'a mut dyn FnMut(PaintEvent<'_>, &State);

/// What to follow while a page is drawn.
pub(crate) struct DrawOptions<'a> {
    /// Fonts of the file.
    pub fonts: &'a mut Fonts,
    /// Number of operators that are left.
    pub budget: &'a mut usize,
    /// Whether what patterns and gradients are made of counts as painted, too.
    pub patterns: bool,
}

/// Draws a page; gives its text in the order of the content.
pub(crate) fn draw(
    file: &File,
    course: DrawOptions<'_>,
    page: &Page,
    sink: Sink<'_>,
) -> Result<Vec<Fragment>, String> {
    let mut run = Interpreter {
        file,
        fonts: course.fonts,
        budget: course.budget,
        patterns: course.patterns.then(BTreeSet::new),
        sink,
        fragments: Vec::new(),
        path: Path::default(),
        marks: Vec::new(),
        form: None,
    };
    run.stream(&file.content(page)?, &page.resources, State::default(), 0)?;
    Ok(run.fragments)
}

pub(super) struct Mark {
    pub(super) mcid: Option<i64>,
    pub(super) artifact: bool,
    pub(super) actual: Option<String>,
    pub(super) reversed: bool,
    /// Number of fragments when it began.
    pub(super) start: usize,
}

pub(super) struct Interpreter<'a> {
    pub(super) file: &'a File,
    pub(super) fonts: &'a mut Fonts,
    pub(super) budget: &'a mut usize,
    /// Patterns that are done, where patterns count.
    patterns: Option<BTreeSet<ObjectId>>,
    pub(super) sink: Sink<'a>,
    pub(super) fragments: Vec<Fragment>,
    path: Path,
    pub(super) marks: Vec<Mark>,
    /// The form whose content is drawn.
    pub(super) form: Option<ObjectId>,
}

impl Interpreter<'_> {
    fn stream(
        &mut self,
        content: &[u8],
        resources: &Dictionary,
        state: State,
        depth: usize,
    ) -> Result<(), String> {
        // A form that is large but draws little costs time whenever it is drawn.
        let cost = content.len() / COST;
        *self.budget = self.budget.checked_sub(cost).ok_or(TOO_MANY)?;
        let content =
            Content::decode_strict(content.trim_ascii()).map_err(|error| error.to_string())?;
        let mut state = state;
        let mut saved = Vec::new();
        let marks = self.marks.len();
        for operation in &content.operations {
            *self.budget = self.budget.checked_sub(1).ok_or(TOO_MANY)?;
            match operation.operator.as_str() {
                // The stack of states is the stream's own.
                "q" => saved.push(state.clone()),
                "Q" => state = saved.pop().unwrap_or(state),
                "BMC" | "BDC" => self.begin_mark(operation, resources, &state, depth),
                "EMC" if self.marks.len() > marks => self.end_mark(&state),
                "Do" => self.object(operation, resources, &state, depth)?,
                "scn" | "SCN" => {
                    state.set(self.file, operation, resources);
                    self.pattern(operation, resources, depth)?;
                }
                _ => self.operator(operation, resources, &mut state)?,
            }
            if saved.len() > 1000 || self.marks.len() > 1000 {
                return Err("a page saves its state or marks content too deeply".into());
            }
        }
        while self.marks.len() > marks {
            self.end_mark(&state);
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
            }
            "BI" => {
                let stream = operation
                    .operands
                    .first()
                    .and_then(|picture| picture.as_stream().ok());
                (self.sink)(PaintEvent::Picture("", stream), state);
            }
            "sh" => self.shading(operation, resources, state),
            "gs" => state.set_extended(self.file, operation, resources),
            "Tf" => self.set_font(operation, resources, state)?,
            "Tj" | "TJ" | "'" | "\"" => self.show_operator(operation, state)?,
            _ if !state.set(self.file, operation, resources) => self.shape(operation, state),
            _ => {}
        }
        Ok(())
    }

    /// Operators that build a path or paint it.
    fn shape(&mut self, operation: &Operation, state: &mut State) {
        let operator = operation.operator.as_str();
        let (fill, stroke) = match operator {
            "f" | "F" | "f*" => (true, false),
            "S" | "s" => (false, true),
            "B" | "B*" | "b" | "b*" => (true, true),
            "n" => (false, false),
            _ => {
                let numbers: Vec<f64> = operation.operands.iter().filter_map(number).collect();
                return self.path.build(operator, &numbers, &state.matrix);
            }
        };
        if fill || stroke {
            let bounds = self.path.bounds().unwrap_or_default();
            let artifact = self.artifact();
            let shape = PaintEvent::Shape {
                bounds,
                fill,
                stroke,
                artifact,
            };
            (self.sink)(shape, state);
        }
        state.clip = self.path.end(state.clip);
    }

    /// Whether what is painted is decoration.
    pub(super) fn artifact(&self) -> bool {
        self.marks.iter().any(|mark| mark.artifact)
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
        let entry = self
            .file
            .dict(resources, "XObject")
            .and_then(|all| all.get(name.as_bytes()).ok());
        let object = entry.map(|entry| self.file.resolve(entry));
        let Some(Object::Stream(stream)) = object else {
            return Err(format!(
                "a page draws object `{name}`, which its resources lack"
            ));
        };
        if self.file.name(&stream.dict, "Subtype").as_deref() != Some("Form") {
            (self.sink)(PaintEvent::Picture(&name, Some(stream)), state);
            return Ok(());
        }
        if depth >= DEPTH {
            return Err("forms are nested too deeply".into());
        }
        (self.sink)(PaintEvent::Form(&name, self.fragments.len()), state);
        if self.file.dict(&stream.dict, "Group").is_some() {
            (self.sink)(PaintEvent::Group(&stream.dict), state);
        }
        let outer = self.form;
        self.form = entry.and_then(|entry| entry.as_reference().ok());
        let done = self.form(stream, resources, state.clone(), depth);
        self.form = outer;
        done
    }

    /// The content of a form or a pattern.
    fn form(
        &mut self,
        stream: &Stream,
        resources: &Dictionary,
        mut state: State,
        depth: usize,
    ) -> Result<(), String> {
        if depth >= DEPTH {
            return Err("forms are nested too deeply".into());
        }
        let matrix = self.file.numbers(self.file.array(&stream.dict, "Matrix"));
        if let Ok(matrix) = <[f64; 6]>::try_from(matrix.as_slice()) {
            state.matrix = Matrix(matrix).then(&state.matrix);
        }
        if let Ok([a, b, c, d]) = <Rect>::try_from(
            self.file
                .numbers(self.file.array(&stream.dict, "BBox"))
                .as_slice(),
        ) {
            state.clip = common(state.clip, moved([a, b, c, d], &state.matrix));
        }
        let own = self
            .file
            .dict(&stream.dict, "Resources")
            .unwrap_or(resources);
        // A form has a path of its own.
        let path = std::mem::take(&mut self.path);
        let done = self.stream(&self.file.unpack(stream)?, own, state, depth + 1);
        self.path = path;
        done
    }

    /// A gradient that an operator paints.
    fn shading(&mut self, operation: &Operation, resources: &Dictionary, state: &State) {
        let name = operation
            .operands
            .first()
            .and_then(as_name)
            .unwrap_or_default();
        let all = self.file.dict(resources, "Shading");
        let none = Dictionary::new();
        let shading = all
            .and_then(|all| self.file.dict(all, &name))
            .unwrap_or(&none);
        let artifact = self.artifact();
        (self.sink)(
            PaintEvent::Shading {
                dict: shading,
                artifact,
            },
            state,
        );
    }

    /// What a pattern is made of, once for each pattern, where that counts.
    fn pattern(
        &mut self,
        operation: &Operation,
        resources: &Dictionary,
        depth: usize,
    ) -> Result<(), String> {
        let Some(name) = operation.operands.last().and_then(as_name) else {
            return Ok(());
        };
        let Some(done) = &mut self.patterns else {
            return Ok(());
        };
        let Some(entry) = self
            .file
            .dict(resources, "Pattern")
            .and_then(|all| all.get(name.as_bytes()).ok())
        else {
            return Ok(());
        };
        if entry.as_reference().is_ok_and(|id| !done.insert(id)) {
            return Ok(());
        }
        let state = State {
            pattern: true,
            ..State::default()
        };
        match self.file.resolve(entry) {
            Object::Stream(stream) => self.form(stream, resources, state, depth),
            Object::Dictionary(dict) => {
                if let Some(shading) = self.file.dict(dict, "Shading") {
                    (self.sink)(
                        PaintEvent::Shading {
                            dict: shading,
                            artifact: true,
                        },
                        &state,
                    );
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }
}
