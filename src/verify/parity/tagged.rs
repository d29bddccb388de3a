//! What a tagged PDF says to those who hear it: its tag tree in order.

use super::artifact::{BlockRole, ExtractedText, Heads, TableCell};
use super::plain::{plain, solid};
use crate::base::diagnostic::Diagnostics;
use crate::pdf::read::ReadBack;
use crate::pdf::read::tree::level;
use crate::verify::golden::pdf::{self, Node, Tag};

/// Reads a PDF file.
pub(super) fn read(made: &ReadBack<'_>) -> Result<ExtractedText, Diagnostics> {
    let mut artifact = ExtractedText::default();
    let mut text = String::new();
    for tag in pdf::tags(made)? {
        walk(&tag, false, &mut artifact, &mut text);
        blocks(&tag, None, &mut artifact.blocks);
    }
    artifact.text = plain(&text);
    Ok(artifact)
}

/// The blocks of an element, in which what holds them is told with them.
fn blocks(tag: &Tag, within: Option<BlockRole>, found: &mut Vec<(BlockRole, String)>) {
    let role = tag.role.split(' ').next().unwrap_or_default();
    // A type of the file's own stands for the one in brackets.
    let role = tag
        .role
        .split_once('(')
        .map_or(role, |(_, standard)| standard.trim_end_matches(')'));
    let block = match role {
        _ if level(role).is_some() => Some(BlockRole::Heading),
        "P" => Some(within.unwrap_or(BlockRole::Paragraph)),
        // Its lines are paragraphs.
        "Code" => Some(BlockRole::Code),
        "Figure" | "Formula" => return,
        _ => None,
    };
    if let Some(block) = block {
        found.push((block, plain(&without_notes(tag))));
        return notes(tag, found);
    }
    let within = match role {
        "LI" => Some(BlockRole::Item),
        "TH" | "TD" => Some(BlockRole::Cell),
        "Caption" => Some(BlockRole::Caption),
        "Note" => Some(BlockRole::Note),
        "BlockQuote" => Some(BlockRole::Quotation),
        "TOCI" => Some(BlockRole::Contents),
        _ => within,
    };
    // Running text without a paragraph belongs to what holds it.
    let mut loose = String::new();
    for child in &tag.children {
        match child {
            Node::Tag(child) if is_running(child) => {
                match child.role.as_str() {
                    "Note" => blocks(child, None, found),
                    "Lbl" if role != "LI" => {}
                    _ => pdf::append(&mut loose, &without_notes(child)),
                }
                notes(child, found);
            }
            Node::Tag(child) => {
                flush(&mut loose, within, found);
                blocks(child, within, found);
            }
            Node::Content { text, .. } => pdf::append(&mut loose, text),
            Node::Annotation => {}
        }
    }
    flush(&mut loose, within, found);
}

/// The text of an element without notes and their marks.
fn without_notes(tag: &Tag) -> String {
    let mut text = String::new();
    for child in &tag.children {
        match child {
            Node::Tag(child) if matches!(child.role.as_str(), "Lbl" | "Note") => {}
            Node::Tag(child) => pdf::append(&mut text, &without_notes(child)),
            Node::Content { text: piece, .. } => pdf::append(&mut text, piece),
            Node::Annotation => {}
        }
    }
    text
}

fn is_running(tag: &Tag) -> bool {
    let standard = tag.role.ends_with("(Span)");
    let running = matches!(
        tag.role.as_str(),
        "Span" | "Link" | "Quote" | "Reference" | "Lbl" | "Note" | "Code"
    );
    // Layout may have put blocks into a link.
    (standard || running)
        && !tag
            .children
            .iter()
            .any(|child| matches!(child, Node::Tag(child) if !is_running(child)))
}

fn flush(loose: &mut String, within: Option<BlockRole>, found: &mut Vec<(BlockRole, String)>) {
    let text = plain(&std::mem::take(loose));
    if !text.is_empty() {
        found.push((within.unwrap_or(BlockRole::Loose), text));
    }
}

/// The blocks of the notes within running text.
fn notes(tag: &Tag, found: &mut Vec<(BlockRole, String)>) {
    for child in &tag.children {
        if let Node::Tag(child) = child {
            match child.role.as_str() {
                "Note" => blocks(child, None, found),
                _ => notes(child, found),
            }
        }
    }
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
