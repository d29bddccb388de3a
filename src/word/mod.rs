//! Word files without reports: a read-only model of what one says.
//!
//! ```text
//! bytes ─ package (zip, relationships) ─ xml ─ styles, numbering, body (runs, drawing, math) ─▶ WordFile ─ changes ─▶ settled
//! ```
//!
//! A file is of a stranger: what its parts unpack to, how deep its elements are and how many there are of everything is
//! limited; nothing in it is run, fetched or looked up elsewhere. It takes bytes and gives a model or messages, and never
//! writes. Files that Word, LibreOffice, Google Docs and pandoc wrote are read alike, transitional and strict.

mod body;
mod changes;
mod drawing;
mod math;
mod model;
mod numbering;
mod package;
mod runs;
mod styles;
mod symbols;
mod xml;

use std::collections::BTreeMap;

use crate::base::diagnostic::{Code, Diagnostics};

pub use changes::{TrackedChange, View, settled};
pub use model::{
    Align, Block, Break, Cell, Change, ChangeKind, Comment, Content, Control, Counter, Field,
    Format, Furniture, Label, Link, Merge, NoteKind, Paragraph, Picture, Piece, Properties, Row,
    Script, Section, Style, StyleKind, Table, WordFile,
};
pub use package::{MAX_FILE, is_office};
pub(crate) use package::{Package, Relationships};
#[cfg(test)]
pub(crate) use xml::parse;
pub(crate) use xml::{Element, Node};

use body::{Around, Reader};
use numbering::Numbering;
use styles::Styles;
use xml::Wrong;

/// The largest picture, in bytes, and the most bytes of all of them.
const PICTURE: u64 = 32 << 20;
const PICTURES: usize = 80 << 20;
/// The largest part of another program, and the most of them.
const CUSTOM: u64 = 8 << 20;
const CUSTOM_PARTS: usize = 200;
/// The most charts and diagrams, and the most headers and footers, that are looked at.
const DRAWN: usize = 500;
const FURNITURE: usize = 500;

/// Reads a Word file; `name` is what messages call it.
///
/// # Errors
/// The file is of another kind or protected by a password (`NOT_A_WORD_FILE`), damaged (`WORD_DAMAGED`), or has more in it
/// than is read (`WORD_TOO_LARGE`); the message says what to do.
pub fn read(name: &str, bytes: &[u8]) -> Result<WordFile, Diagnostics> {
    let mut package = Package::open(name, bytes)?;
    let main = package.main.clone();
    let rels = package.relationships(&main)?;
    let part = |kind: &str| {
        let found = rels.values().find(|rel| rel.kind == kind && !rel.external);
        found.map(|rel| rel.target.clone()).unwrap_or_default()
    };
    let mut file = WordFile {
        kind: package.kind(),
        ..WordFile::default()
    };
    let mut reader = Reader::default();
    if let Some(root) = package.tree(&part("styles"))? {
        reader.styles = Styles::of(&root);
    }
    if let Some(root) = package.tree(&part("numbering"))? {
        reader.numbering = Numbering::of(&root);
    }
    if let Some(root) = package.tree(&part("settings"))? {
        file.tracking = root.toggle("w:trackRevisions").unwrap_or_default();
    }
    // The text.
    enter(&mut reader, &mut package, &main)?;
    let mut body = Vec::new();
    package.each(&main, &["w:document", "w:body"], &mut |element| {
        reader.block(&element, &Around::default(), &mut body);
        within_limits(&reader)
    })?;
    reader.settle_waiting(&mut body);
    file.body = body;
    file.section = reader.section.clone();
    // Notes and comments.
    for (kind, part, root) in [
        (NoteKind::Foot, part("footnotes"), "w:footnotes"),
        (NoteKind::End, part("endnotes"), "w:endnotes"),
    ] {
        let notes = &mut file.notes;
        each(
            &mut reader,
            &mut package,
            &part,
            root,
            &mut |reader, element| {
                // Lines between text and notes are no notes.
                if matches!(element.attr("w:type"), None | Some("normal")) {
                    let id = element.attr("w:id").unwrap_or_default().to_owned();
                    let blocks = reader.blocks(element, &Around::default());
                    notes.insert((kind, id), blocks);
                }
            },
        )?;
    }
    let comments = part("comments");
    // Ids of paragraphs by which other parts name comments.
    let mut marks: Vec<String> = Vec::new();
    let found = &mut file.comments;
    each(
        &mut reader,
        &mut package,
        &comments,
        "w:comments",
        &mut |reader, element| {
            let text = |name: &str| element.attr(name).unwrap_or_default().to_owned();
            let last = element.elements().rfind(|one| &*one.name == "w:p");
            let mark = last.and_then(|last| last.attr("w14:paraId"));
            marks.push(mark.unwrap_or_default().to_owned());
            found.push(Comment {
                id: text("w:id"),
                author: text("w:author"),
                initials: text("w:initials"),
                date: text("w:date"),
                blocks: reader.blocks(element, &Around::default()),
                ..Comment::default()
            });
        },
    )?;
    if let Some(root) = package.tree(&part("commentsExtended"))? {
        answers(&root, &marks, &mut file.comments);
    }
    let furniture = rels
        .values()
        .filter(|rel| matches!(rel.kind.as_str(), "header" | "footer") && !rel.external);
    for rel in furniture.take(FURNITURE) {
        let header = rel.kind == "header";
        let mut blocks = Vec::new();
        enter(&mut reader, &mut package, &rel.target)?;
        if let Some(root) = package.tree(&rel.target)? {
            blocks = reader.blocks(&root, &Around::default());
        }
        limited(name, &reader)?;
        file.furniture.push(Furniture {
            header,
            part: rel.target.clone(),
            blocks,
        });
    }
    // What is not text.
    let mut left = PICTURES;
    for part in std::mem::take(&mut reader.media) {
        match package.media(&part, PICTURE.min(left as u64)) {
            Ok(Some(bytes)) => {
                left -= bytes.len().min(left);
                file.media.insert(part, bytes);
            }
            Ok(None) => {}
            // A picture that cannot be had is said where it stands.
            Err(found) if found.code != Code::NOT_A_WORD_FILE => {}
            Err(found) => return Err(found.into()),
        }
    }
    let custom = |part: &&str| {
        let name = part.to_lowercase();
        name.starts_with("customxml/item") && name.ends_with(".xml")
    };
    let custom: Vec<String> = package
        .part_names()
        .filter(custom)
        .take(CUSTOM_PARTS)
        .map(str::to_owned)
        .collect();
    for part in custom {
        if let Ok(Some(bytes)) = package.media(&part, CUSTOM.min(left as u64)) {
            left -= bytes.len().min(left);
            file.custom.insert(part, bytes);
        }
    }
    file.properties = properties(&mut package)?;
    file.fields = reader.fields;
    file.unread = reader.unread;
    file.look_changes = reader.look_changes;
    file.languages = reader.styles.languages();
    file.styles = reader.styles.named();
    Ok(file)
}

/// Goes over to another part: its relationships and the words of its charts and diagrams.
fn enter(reader: &mut Reader, package: &mut Package<'_>, part: &str) -> Result<(), Diagnostics> {
    reader.rels = match part.is_empty() {
        true => Relationships::new(),
        false => package.relationships(part)?,
    };
    reader.open.clear();
    reader.bookmarks.clear();
    let drawn: BTreeMap<String, String> = reader
        .rels
        .values()
        .filter(|rel| {
            !rel.external && matches!(rel.kind.as_str(), "chart" | "chartEx" | "diagramData")
        })
        .take(DRAWN)
        .map(|rel| (rel.target.clone(), rel.kind.clone()))
        .collect();
    for (target, kind) in drawn {
        if let Some(root) = package.tree(&target)? {
            let words = match kind.as_str() {
                "chart" => drawing::chart_words(&root),
                _ => drawing::words(&root),
            };
            reader.drawn.insert(target, words);
        }
    }
    Ok(())
}

/// Reads the elements of a part that hold blocks, such as notes.
fn each(
    reader: &mut Reader,
    package: &mut Package<'_>,
    part: &str,
    root: &str,
    take: &mut dyn FnMut(&mut Reader, &Element),
) -> Result<(), Diagnostics> {
    if part.is_empty() {
        return Ok(());
    }
    enter(reader, package, part)?;
    package.each(part, &[root], &mut |element| {
        take(reader, &element);
        reader.open.clear();
        within_limits(reader)
    })?;
    Ok(())
}

fn within_limits(reader: &Reader) -> Result<(), Wrong> {
    let excess = reader.excess.clone();
    excess.map_or(Ok(()), |what| Err(Wrong::Excess(what)))
}

fn limited(name: &str, reader: &Reader) -> Result<(), Diagnostics> {
    match &reader.excess {
        Some(what) => Err(package::too_large(name, what.clone()).into()),
        None => Ok(()),
    }
}

/// Notes which comments answer others and which are done.
fn answers(root: &Element, marks: &[String], comments: &mut [Comment]) {
    let ids: BTreeMap<&str, usize> = marks
        .iter()
        .enumerate()
        .map(|(at, mark)| (mark.as_str(), at))
        .collect();
    for one in root.elements() {
        let at = one.attr("w15:paraId").and_then(|mark| ids.get(mark));
        let Some(at) = at.filter(|at| !marks[**at].is_empty()) else {
            continue;
        };
        let above = one.attr("w15:paraIdParent").and_then(|mark| ids.get(mark));
        comments[*at].answers = above.map(|above| comments[*above].id.clone());
        comments[*at].done = matches!(one.attr("w15:done"), Some("1" | "true"));
    }
}

fn properties(package: &mut Package<'_>) -> Result<Properties, Diagnostics> {
    let mut found = Properties::default();
    let rels = package.relationships("")?;
    let part = |kind: &str| {
        let found = rels.values().find(|rel| rel.kind == kind && !rel.external);
        found.map(|rel| rel.target.clone()).unwrap_or_default()
    };
    if let Some(root) = package.tree(&part("core-properties"))? {
        let text = |name: &str| {
            let text = root.child(name).map(Element::text).unwrap_or_default();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        found.title = text("dc:title");
        found.subject = text("dc:subject");
        found.creator = text("dc:creator");
        found.keywords = text("cp:keywords");
        found.description = text("dc:description");
        found.language = text("dc:language");
        found.created = text("dcterms:created");
        found.modified = text("dcterms:modified");
    }
    if let Some(root) = package.tree(&part("extended-properties"))? {
        let text = |name: &str| root.child(name).map(Element::text).unwrap_or_default();
        found.company = text("ep:Company");
        found.application = text("ep:Application");
    }
    if let Some(root) = package.tree(&part("custom-properties"))? {
        for one in root.elements() {
            if let Some(name) = one.attr("name") {
                found.custom.insert(name.to_owned(), one.text());
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests;
