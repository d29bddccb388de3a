//! What pages draw: screen colours become inks, and text in solid black is set to overprint.
//!
//! Black text on a colour is printed on top of it, not into a hole cut for it: the plates never meet so exactly that
//! no white line would show around the letters.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::colour::Inks;
use super::pictures::is_rgb;
use super::{overprint, pack, wrong};
use crate::base::diagnostic::Diagnostics;

/// Names of the graphics states that switch overprinting on and off.
const ON: &str = "GmgOverprint";
const OFF: &str = "GmgKnockout";

/// Rewrites the content of every page and of every form on it.
pub(super) fn rewrite(document: &mut Document, inks: &mut Inks) -> Result<(), Diagnostics> {
    let states = Dictionary::from_iter([
        (ON, overprint(document, true).into()),
        (OFF, overprint(document, false).into()),
    ]);
    for page in document.get_pages().into_values() {
        rewrite_page(document, page, &states, inks)?;
    }
    let forms: Vec<ObjectId> = document
        .objects
        .iter()
        .filter(|(_, object)| is_form(object))
        .map(|(id, _)| *id)
        .collect();
    for id in forms {
        let Ok(stream) = document.get_object(id).and_then(Object::as_stream) else {
            continue;
        };
        let mut stream = stream.clone();
        let mut resources = inner(document, &stream.dict, b"Resources");
        let bytes = stream.get_plain_content().map_err(|e| wrong(&e))?;
        let rewritten = redraw(document, &bytes, &mut resources, &states, inks)?;
        stream.dict.set("Resources", resources);
        group_in_inks(document, &mut stream.dict);
        replace(&mut stream, rewritten)?;
        document.set_object(id, stream);
    }
    Ok(())
}

fn is_form(object: &Object) -> bool {
    object.as_stream().is_ok_and(|stream| {
        let subtype = stream.dict.get(b"Subtype").and_then(Object::as_name);
        subtype.is_ok_and(|name| name == b"Form")
    })
}

fn rewrite_page(
    document: &mut Document,
    page: ObjectId,
    states: &Dictionary,
    inks: &mut Inks,
) -> Result<(), Diagnostics> {
    let dict = document
        .get_dictionary(page)
        .map_err(|e| wrong(&e))?
        .clone();
    let bytes = document.get_page_content(page);
    let mut resources = inner(document, &dict, b"Resources");
    let rewritten = redraw(document, &bytes, &mut resources, states, inks)?;
    let mut stream = Stream::new(Dictionary::new(), Vec::new());
    replace(&mut stream, rewritten)?;
    let stream = document.add_object(stream);
    let mut dict = dict;
    dict.set("Contents", stream);
    dict.set("Resources", resources);
    group_in_inks(document, &mut dict);
    document.set_object(page, dict);
    Ok(())
}

/// Transparency is worked out in inks: in screen colours black text would come out as four inks.
fn group_in_inks(document: &Document, dict: &mut Dictionary) {
    let Some(group) = dict.get(b"Group").ok() else {
        return;
    };
    let Ok((_, Object::Dictionary(group))) = document.dereference(group) else {
        return;
    };
    let mut group = group.clone();
    if group.has(b"CS") {
        group.set("CS", "DeviceCMYK");
    }
    dict.set("Group", group);
}

fn replace(stream: &mut Stream, bytes: Vec<u8>) -> Result<(), Diagnostics> {
    stream.set_plain_content(bytes);
    stream.dict.remove(b"DecodeParms");
    pack(stream).map_err(|e| wrong(&e))
}

/// The entry of a dictionary as a dictionary of its own.
fn inner(document: &Document, dict: &Dictionary, key: &[u8]) -> Dictionary {
    let found = dict.get(key).ok();
    let found = found.and_then(|object| document.dereference(object).ok());
    match found {
        Some((_, Object::Dictionary(found))) => found.clone(),
        _ => Dictionary::new(),
    }
}

fn redraw(
    document: &Document,
    bytes: &[u8],
    resources: &mut Dictionary,
    states: &Dictionary,
    inks: &mut Inks,
) -> Result<Vec<u8>, Diagnostics> {
    let spaces = inner(document, resources, b"ColorSpace");
    let content = Content::decode(bytes).map_err(|e| wrong(&e))?;
    let mut pen = Pen {
        document,
        spaces,
        inks,
        state: State::default(),
        saved: Vec::new(),
        drawn: Vec::with_capacity(content.operations.len()),
        used: false,
    };
    for operation in content.operations {
        pen.take(operation)?;
    }
    if pen.used {
        let mut graphics = inner(document, resources, b"ExtGState");
        for (name, state) in states {
            graphics.set(name.clone(), state.clone());
        }
        resources.set("ExtGState", graphics);
    }
    let content = Content {
        operations: pen.drawn,
    };
    content.encode().map_err(|e| wrong(&e))
}

/// What counts of a graphics state.
#[derive(Debug, Clone, Copy, Default)]
struct State {
    fill: ColourSpaceKind,
    stroke: ColourSpaceKind,
    /// Whether the fill is solid black ink and nothing else.
    black: bool,
    overprint: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum ColourSpaceKind {
    #[default]
    Grey,
    Cmyk,
    Rgb,
    Other,
}

/// Draws the operations of one stream again.
struct Pen<'a> {
    document: &'a Document,
    spaces: Dictionary,
    inks: &'a mut Inks,
    state: State,
    saved: Vec<State>,
    drawn: Vec<Operation>,
    used: bool,
}

impl Pen<'_> {
    fn take(&mut self, operation: Operation) -> Result<(), Diagnostics> {
        match operation.operator.as_str() {
            "q" => self.saved.push(self.state),
            "Q" => self.state = self.saved.pop().unwrap_or_default(),
            "cs" | "CS" => {
                self.space(operation);
                return Ok(());
            }
            "g" => self.fill(ColourSpaceKind::Grey, &operation),
            "k" => self.fill(ColourSpaceKind::Cmyk, &operation),
            "G" => self.state.stroke = ColourSpaceKind::Grey,
            "K" => self.state.stroke = ColourSpaceKind::Cmyk,
            "rg" => return self.screen_colour(&operation, "k"),
            "RG" => return self.screen_colour(&operation, "K"),
            "sc" | "scn" if self.state.fill == ColourSpaceKind::Rgb => {
                return self.screen_colour(&operation, "k");
            }
            "SC" | "SCN" if self.state.stroke == ColourSpaceKind::Rgb => {
                return self.screen_colour(&operation, "K");
            }
            "sc" | "scn" => self.fill(self.state.fill, &operation),
            "Tj" | "TJ" | "'" | "\"" => self.switch(self.state.black),
            "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s" | "Do" | "sh" => {
                self.switch(false);
            }
            _ => {}
        }
        self.drawn.push(operation);
        Ok(())
    }

    /// A colour space is chosen; one of screens is left out, as the colour that follows names its own.
    fn space(&mut self, operation: Operation) {
        let name = operation.operands.first().and_then(|o| o.as_name().ok());
        let space = self.named(name.unwrap_or_default());
        if operation.operator == "cs" {
            self.state.fill = space;
            // The first colour of a space is black, of inks as well.
            self.state.black = matches!(space, ColourSpaceKind::Grey | ColourSpaceKind::Cmyk);
        } else {
            self.state.stroke = space;
        }
        if space != ColourSpaceKind::Rgb {
            self.drawn.push(operation);
        }
    }

    fn named(&self, name: &[u8]) -> ColourSpaceKind {
        match name {
            b"DeviceGray" => return ColourSpaceKind::Grey,
            b"DeviceCMYK" => return ColourSpaceKind::Cmyk,
            b"DeviceRGB" => return ColourSpaceKind::Rgb,
            _ => {}
        }
        let Ok(space) = self.spaces.get(name) else {
            return ColourSpaceKind::Other;
        };
        if is_rgb(self.document, space) {
            return ColourSpaceKind::Rgb;
        }
        match self.document.dereference(space) {
            Ok((_, Object::Name(name))) if name == b"DeviceGray" => ColourSpaceKind::Grey,
            Ok((_, Object::Name(name))) if name == b"DeviceCMYK" => ColourSpaceKind::Cmyk,
            _ => ColourSpaceKind::Other,
        }
    }

    fn fill(&mut self, space: ColourSpaceKind, operation: &Operation) {
        self.state.fill = space;
        let amounts = amounts(operation);
        self.state.black = match (space, amounts.as_slice()) {
            (ColourSpaceKind::Grey, [grey]) => *grey == 0.0,
            (ColourSpaceKind::Cmyk, [c, m, y, k]) => (c, m, y, k) == (&0.0, &0.0, &0.0, &1.0),
            _ => false,
        };
    }

    /// A colour of screens, written with the operator for inks.
    fn screen_colour(&mut self, operation: &Operation, operator: &str) -> Result<(), Diagnostics> {
        let amounts = amounts(operation);
        let [r, g, b] = amounts.as_slice() else {
            return Err(wrong(&"a colour without three parts"));
        };
        let byte = |part: &f32| (part.clamp(0.0, 1.0) * 255.0).round() as u8;
        let ink = self.inks.of([byte(r), byte(g), byte(b)])?;
        let parts = ink.map(|amount| Object::Real((f32::from(amount) / 2.55).round() / 100.0));
        let separated = Operation::new(operator, parts.to_vec());
        // The space stays that of screens: the next colour of it is turned into inks, too.
        match operator {
            "k" => self.state.black = ink == [0, 0, 0, 255],
            _ => self.state.stroke = ColourSpaceKind::Rgb,
        }
        if operator == "k" {
            self.state.fill = ColourSpaceKind::Rgb;
        }
        self.drawn.push(separated);
        Ok(())
    }

    /// Switches overprinting, if it is not as wanted already.
    fn switch(&mut self, wanted: bool) {
        if self.state.overprint != wanted {
            let name = if wanted { ON } else { OFF };
            self.drawn.push(Operation::new("gs", vec![name.into()]));
            self.state.overprint = wanted;
            self.used = true;
        }
    }
}

fn amounts(operation: &Operation) -> Vec<f32> {
    let numbers = operation.operands.iter();
    numbers
        .filter_map(|operand| operand.as_float().ok())
        .collect()
}
