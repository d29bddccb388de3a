//! What the content of a file's pages draws: text with its place, size, colour and marked content; pictures; painted
//! shapes. Every check looks at this one list; none runs the operators again.
//!
//! The operators of ISO 32000-1, annex A, as far as they affect that. Forms are followed to a limited depth, and the
//! number of operators of a whole file is limited.

use std::collections::BTreeSet;
use std::sync::Arc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object, ObjectId, Stream};

use super::colour::Space;
use super::file::{File, Page, Rect, as_name, number};
use super::fonts::{Font, Fonts};
use super::matrix::Matrix;
use super::path::{Outline, Path, common, moved};
use super::state::{Graphics, State};

/// Deepest nesting of forms.
const DEPTH: usize = 48;
/// Most operators of a whole file.
const OPERATORS: usize = 50_000_000;
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
    pub font: Arc<Font>,
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

/// A picture of a page.
#[derive(Debug, Clone)]
pub(crate) enum Picture {
    /// One of the resources: its name, and its object where it is one.
    Named(String, Option<ObjectId>),
    /// One that is in the content, where it can be read.
    Inline(Option<Box<Stream>>),
}

impl Picture {
    /// Its data.
    pub(crate) fn stream<'a>(&'a self, file: &'a File) -> Option<&'a Stream> {
        match self {
            Picture::Named(_, id) => file.object((*id)?)?.as_stream().ok(),
            Picture::Inline(stream) => stream.as_deref(),
        }
    }
}

/// Something that a page paints.
#[derive(Debug, Clone)]
pub(crate) enum PaintEvent {
    /// Text of one operator.
    Text(Arc<Fragment>),
    /// A picture.
    Picture(Picture),
    /// A path.
    Shape {
        /// The box around it, in points from the lower left corner.
        bounds: Rect,
        /// Its outline there.
        outline: Arc<Outline>,
        /// Whether it is filled.
        fill: bool,
        /// Whether its outline is drawn.
        stroke: bool,
        /// Whether it is decoration that is not read aloud.
        artifact: bool,
    },
    /// A gradient, painted by an operator of its own or as a pattern.
    Shading {
        /// Its colours.
        space: Space,
        /// Whether it is decoration that is not read aloud.
        artifact: bool,
    },
    /// A form that is painted as a group, with the space that it says it is mixed in.
    Group(Option<Space>),
    /// A form, before what it draws: its name in the resources, and the number of pieces of text before it.
    Form(String, usize),
    /// Nothing by itself: marked content begins.
    Mark {
        /// Whether it is decoration that is not read aloud.
        artifact: bool,
        /// Its number for the tag tree.
        mcid: Option<i64>,
        /// The form or pattern whose content it is in; none for that of the page itself.
        form: Option<ObjectId>,
    },
    /// Nothing by itself: the last marked content that is open ends.
    EndMark,
}

/// What a page draws.
#[derive(Debug, Default)]
pub(crate) struct Drawing {
    /// What it paints and with what, in the order of painting; what patterns are made of is there, too, once for each.
    pub all: Vec<(PaintEvent, Arc<Graphics>)>,
    /// Its text in the order of the content, with what /ActualText says instead.
    pub fragments: Vec<Arc<Fragment>>,
}

impl Drawing {
    /// What it paints itself, without what patterns are made of.
    pub(crate) fn painted(&self) -> impl Iterator<Item = (&PaintEvent, &Graphics)> {
        let all = self.all.iter().map(|(painted, with)| (painted, &**with));
        all.filter(|(_, with)| !with.pattern)
    }
}

#[cfg(test)]
thread_local! {
    /// How often the pages of a file were interpreted on this thread.
    pub(crate) static INTERPRETED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// What each page of a file draws.
pub(super) fn interpret(file: &File) -> Result<Vec<Drawing>, String> {
    #[cfg(test)]
    INTERPRETED.set(INTERPRETED.get() + 1);
    let mut fonts = Fonts::default();
    let mut budget = OPERATORS;
    let draw = |(index, page): (usize, &Page)| {
        let mut run = Interpreter {
            file,
            fonts: &mut fonts,
            budget: &mut budget,
            patterns: BTreeSet::new(),
            drawing: Drawing::default(),
            path: Path::default(),
            marks: Vec::new(),
            form: None,
        };
        let content = file.content(page);
        content
            .and_then(|content| run.stream(&content, &page.resources, State::default(), 0))
            .map_err(|what| format!("page {}: {what}", index + 1))?;
        Ok(run.drawing)
    };
    file.pages().iter().enumerate().map(draw).collect()
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
    /// Patterns that are done.
    patterns: BTreeSet<ObjectId>,
    pub(super) drawing: Drawing,
    path: Path,
    pub(super) marks: Vec<Mark>,
    /// The form whose content is drawn.
    pub(super) form: Option<ObjectId>,
}

impl Interpreter<'_> {
    pub(super) fn add(&mut self, painted: PaintEvent, state: &State) {
        self.drawing.all.push((painted, state.graphics.clone()));
    }

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
                let picture = Picture::Inline(stream.cloned().map(Box::new));
                self.add(PaintEvent::Picture(picture), state);
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
                return self.path.build(operator, &numbers, &state.graphics.matrix);
            }
        };
        if fill || stroke {
            let bounds = self.path.bounds().unwrap_or_default();
            let artifact = self.artifact();
            let outline = self.path.outline(operator.contains('*'));
            let shape = PaintEvent::Shape {
                bounds,
                outline: Arc::new(outline),
                fill,
                stroke,
                artifact,
            };
            self.add(shape, state);
        }
        let clip = self.path.end(state.graphics.clip);
        if clip != state.graphics.clip {
            state.change().clip = clip;
        }
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
            let id = entry.and_then(|entry| entry.as_reference().ok());
            self.add(PaintEvent::Picture(Picture::Named(name, id)), state);
            return Ok(());
        }
        if depth >= DEPTH {
            return Err("forms are nested too deeply".into());
        }
        self.add(PaintEvent::Form(name, self.drawing.fragments.len()), state);
        if let Some(space) = Space::of_group(self.file, &stream.dict) {
            self.add(PaintEvent::Group(space), state);
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
            let graphics = state.change();
            graphics.matrix = Matrix(matrix).then(&graphics.matrix);
        }
        if let Ok([a, b, c, d]) = <Rect>::try_from(
            self.file
                .numbers(self.file.array(&stream.dict, "BBox"))
                .as_slice(),
        ) {
            let graphics = state.change();
            graphics.clip = common(graphics.clip, moved([a, b, c, d], &graphics.matrix));
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
        let shading = all.and_then(|all| self.file.dict(all, &name));
        self.gradient(shading, self.artifact(), state);
    }

    fn gradient(&mut self, shading: Option<&Dictionary>, artifact: bool, state: &State) {
        let space = shading.map(|dict| Space::read(self.file, self.file.get(dict, "ColorSpace")));
        let space = space.unwrap_or(Space::Unknown);
        self.add(PaintEvent::Shading { space, artifact }, state);
    }

    /// What a pattern is made of, once for each pattern.
    fn pattern(
        &mut self,
        operation: &Operation,
        resources: &Dictionary,
        depth: usize,
    ) -> Result<(), String> {
        let name = operation.operands.last().and_then(as_name);
        let entry = self.file.dict(resources, "Pattern").zip(name);
        let Some(entry) = entry.and_then(|(all, name)| all.get(name.as_bytes()).ok()) else {
            return Ok(());
        };
        if entry
            .as_reference()
            .is_ok_and(|id| !self.patterns.insert(id))
        {
            return Ok(());
        }
        let graphics = Graphics {
            pattern: true,
            ..Graphics::default()
        };
        let state = State {
            graphics: Arc::new(graphics),
            ..State::default()
        };
        match self.file.resolve(entry) {
            Object::Stream(stream) => {
                // The letters of a pattern are no text of the page.
                let before = self.drawing.fragments.len();
                self.form(stream, resources, state, depth)?;
                self.drawing.fragments.truncate(before);
            }
            Object::Dictionary(dict) => {
                if let Some(shading) = self.file.dict(dict, "Shading") {
                    self.gradient(Some(shading), true, &state);
                }
            }
            _ => {}
        }
        Ok(())
    }
}
