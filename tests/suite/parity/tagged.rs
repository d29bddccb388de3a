//! What a tagged PDF says to those who hear it: its tag tree in order.

use gmg_export::golden::pdf::{self, Node, Tag};

use super::Output;
use super::plain::plain;

/// Reads a PDF file.
pub(super) fn read(bytes: &[u8]) -> Output {
    let found = pdf::inspect(bytes).unwrap_or_else(|found| panic!("{found}"));
    let mut output = Output::default();
    let mut text = String::new();
    found
        .tags
        .iter()
        .for_each(|tag| walk(tag, &mut output, &mut text));
    output.text = plain(&text);
    output
}

fn walk(tag: &Tag, output: &mut Output, text: &mut String) {
    match tag.role.as_str() {
        // Marks of notes, bullets and numbers of lists.
        "Lbl" => return,
        "Note" => {
            let mut note = String::new();
            inside(tag, output, &mut note);
            output.notes.push(plain(&note));
            return;
        }
        "Figure" => {
            let alt = tag.alt.clone().unwrap_or_default();
            text.push_str(&format!(" {alt} "));
            output.alts.push(plain(&alt));
            return;
        }
        "Table" => output.tables.push(Vec::new()),
        "TR" => output
            .tables
            .last_mut()
            .expect("a row stands in a table")
            .push(Vec::new()),
        _ => {}
    }
    let start = text.len();
    inside(tag, output, text);
    match tag.role.as_str() {
        "TH" | "TD" => {
            let row = output
                .tables
                .last_mut()
                .and_then(|table| table.last_mut())
                .expect("a cell stands in a row");
            row.push(plain(&text[start..]));
        }
        role => {
            let level = role.strip_prefix('H').and_then(|level| level.parse().ok());
            output
                .headings
                .extend(level.map(|level| (level, plain(&text[start..]))));
        }
    }
}

fn inside(tag: &Tag, output: &mut Output, text: &mut String) {
    for child in &tag.children {
        match child {
            Node::Tag(tag) => walk(tag, output, text),
            Node::Content { text: piece, .. } => pdf::append(text, piece),
            Node::Annotation => {}
        }
    }
}
