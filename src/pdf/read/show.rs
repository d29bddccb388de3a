//! Text as the operators show it, and the marked content that it is in.

use lopdf::content::Operation;
use lopdf::{Dictionary, Object};

use std::sync::Arc;

use super::content::{Fragment, GAP, Interpreter, Mark, PaintEvent};
use super::file::{File, as_dict, as_name, decode_text, number};
use super::fonts::Font;
use super::state::State;

impl Interpreter<'_> {
    pub(super) fn begin_mark(
        &mut self,
        operation: &Operation,
        resources: &Dictionary,
        state: &State,
        depth: usize,
    ) {
        let tag = operation
            .operands
            .first()
            .and_then(as_name)
            .unwrap_or_default();
        let properties = properties(self.file, operation, resources);
        let mcid = properties.and_then(|dict| self.file.integer(dict, "MCID"));
        let form = self.form;
        let artifact = tag == "Artifact";
        let reversed = tag == "ReversedChars";
        self.add(
            PaintEvent::Mark {
                artifact,
                mcid,
                form,
            },
            state,
        );
        self.marks.push(Mark {
            // A form's numbers are its own, not the page's.
            mcid: mcid.filter(|_| depth == 0),
            artifact,
            actual: properties
                .and_then(|dict| self.file.get(dict, "ActualText").as_str().ok())
                .map(decode_text),
            reversed,
            start: self.drawing.fragments.len(),
        });
    }

    pub(super) fn end_mark(&mut self, state: &State) {
        let Some(mark) = self.marks.pop() else { return };
        self.add(PaintEvent::EndMark, state);
        let inside = self
            .drawing
            .fragments
            .get_mut(mark.start..)
            .unwrap_or_default();
        if let (Some(actual), [first, rest @ ..]) = (mark.actual, inside) {
            let first = Arc::make_mut(first);
            let mapped = rest.iter().map(|fragment| fragment.text.as_str());
            let mapped = mapped.fold(first.text.clone(), |all, text| all + text);
            first.mapped.get_or_insert(mapped);
            first.text = actual;
            first.end = rest.last().map_or(first.end, |last| last.end);
            self.drawing.fragments.truncate(mark.start + 1);
        }
    }

    pub(super) fn set_font(
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

    pub(super) fn show_operator(
        &mut self,
        operation: &Operation,
        state: &mut State,
    ) -> Result<(), String> {
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
        let whole = state.text.then(&state.graphics.matrix);
        let start = whole.apply(0.0, state.rise);
        let lacking = items
            .iter()
            .filter_map(|item| item.as_str().ok())
            .any(|string| font.lacks(string));
        let text = self.decode(&font, items, state);
        let end = state
            .text
            .then(&state.graphics.matrix)
            .apply(0.0, state.rise);
        let colour = if state.graphics.invisible {
            "invisible".into()
        } else {
            state.graphics.fill.to_string()
        };
        let fragment = Arc::new(Fragment {
            text,
            start,
            end,
            size: state.size * whole.height(),
            font,
            colour,
            mcid: self.marks.iter().rev().find_map(|mark| mark.mcid),
            artifact: self.artifact(),
            lacking,
            mapped: None,
        });
        self.add(PaintEvent::Text(fragment.clone()), state);
        self.drawing.fragments.push(fragment);
        Ok(())
    }

    /// The text of strings and the gaps between them; moves on in the state.
    fn decode(&mut self, font: &Font, items: &[Object], state: &mut State) -> String {
        let reversed = self.marks.iter().any(|mark| mark.reversed);
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
                    if gap > GAP && !blank && !reversed {
                        text.push(' ');
                    }
                    state.advance(gap * state.size);
                }
            }
        }
        text
    }
}

/// What a mark says of its content: in place, or in the resources.
fn properties<'d>(
    file: &'d File,
    operation: &'d Operation,
    resources: &'d Dictionary,
) -> Option<&'d Dictionary> {
    match operation.operands.get(1)? {
        Object::Name(name) => {
            let all = file.dict(resources, "Properties")?;
            file.dict(all, &String::from_utf8_lossy(name))
        }
        other => as_dict(other),
    }
}
