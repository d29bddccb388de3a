//! What a tagged PDF says to those who hear it: its tag tree in order.

use super::artifact::{ExtractedText, Heads, TableCell};
use super::plain::{plain, solid};
use crate::base::diagnostic::Diagnostics;
use crate::pdf::read::ReadBack;
use crate::verify::golden::pdf::{self, Node, Tag};

/// Reads a PDF file.
pub(super) fn read(made: &ReadBack<'_>) -> Result<ExtractedText, Diagnostics> {
    let mut artifact = ExtractedText::default();
    let mut text = String::new();
    for tag in pdf::tags(made)? {
        walk(&tag, false, &mut artifact, &mut text);
    }
    artifact.text = plain(&text);
    Ok(artifact)
}

/// Whether a list has terms, and neither bullets nor numbers (ISO 32000-1, table 347).
fn has_terms(tag: &Tag) -> bool {
    let none = |(name, value): &(String, String)| name == "List.ListNumbering" && value == "None";
    tag.role == "L" && tag.attributes.iter().any(none)
}

/// Reads an element; `term` says that its labels are the terms of a list.
fn walk(tag: &Tag, term: bool, artifact: &mut ExtractedText, text: &mut String) {
    match tag.role.as_str() {
        // Marks of notes, bullets and numbers of lists are no text; the terms of a list are.
        "Lbl" if !term => return,
        "Note" => {
            let mut note = String::new();
            let (labels, marks) = (artifact.labels.len(), artifact.marks.len());
            inside(tag, false, artifact, &mut note);
            artifact.labels.truncate(labels);
            artifact.marks.truncate(marks);
            artifact.notes.push(plain(&note));
            return;
        }
        "Figure" => {
            let alt = tag.alt.clone().unwrap_or_default();
            text.push_str(&format!(" {alt} "));
            artifact.alts.push(plain(&alt));
            artifact
                .drawn
                .get_or_insert_default()
                .push(solid(&tag.text()));
            return;
        }
        "LI" if !term => artifact.labels.extend(label(tag)),
        "Table" => artifact.tables.push(Vec::new()),
        "TR" => {
            if let Some(table) = artifact.tables.last_mut() {
                table.push(Vec::new());
            }
        }
        _ => {}
    }
    let start = text.len();
    inside(
        tag,
        has_terms(tag) || term && tag.role == "LI",
        artifact,
        text,
    );
    // A word that goes on may have taken its hyphen back.
    let said = &text[text.floor_char_boundary(start)..];
    match tag.role.as_str() {
        "TH" | "TD" => {
            let table = artifact.tables.last_mut();
            if let Some(row) = table.and_then(|table| table.last_mut()) {
                row.push(cell(tag, plain(said)));
            }
        }
        role => {
            let level = role.strip_prefix('H').and_then(|level| level.parse().ok());
            let heading = level.map(|level| (level, plain(said)));
            artifact.headings.extend(heading);
        }
    }
}

/// A cell with what its attributes say.
fn cell(tag: &Tag, text: String) -> TableCell {
    let attribute = |name: &str| {
        let mut all = tag.attributes.iter();
        all.find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    };
    let span = |name: &str| {
        attribute(name)
            .and_then(|value| value.parse().ok())
            .unwrap_or(1)
    };
    TableCell {
        text,
        columns: span("Table.ColSpan"),
        rows: span("Table.RowSpan"),
        heads: Some(match (tag.role.as_str(), attribute("Table.Scope")) {
            ("TH", Some("Row")) => Heads::Row,
            ("TH", _) => Heads::Column,
            _ => Heads::Nothing,
        }),
    }
}

/// The number of a note's mark.
fn number(mark: &Tag) -> Option<String> {
    let text = mark.text().trim().to_owned();
    text.contains(|c: char| c.is_numeric()).then_some(text)
}

/// The label of an item of a numbered list.
fn label(item: &Tag) -> Option<String> {
    let label = item.children.iter().find_map(|child| match child {
        Node::Tag(tag) if tag.role == "Lbl" => {
            // Its signs may be set apart.
            Some(tag.text().split_whitespace().collect::<String>())
        }
        _ => None,
    })?;
    // A fact's label is none.
    let counts =
        label.contains(|c: char| c.is_numeric()) || label.ends_with(['.', ')', '）', '、']);
    counts.then_some(label)
}

fn inside(tag: &Tag, term: bool, artifact: &mut ExtractedText, text: &mut String) {
    // An item and a note have a label of their own.
    let labelled = matches!(tag.role.as_str(), "LI" | "Note");
    for child in &tag.children {
        match child {
            Node::Tag(child) => {
                if child.role == "Lbl" && !labelled {
                    artifact.marks.extend(number(child));
                }
                walk(child, term, artifact, text);
            }
            Node::Content { text: piece, .. } => pdf::append(text, piece),
            Node::Annotation => {}
        }
    }
}
