//! The parts of a PDF file's record as text. Lines that start with `==` are headings; a diff names them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::text;
use super::{Inspection, Node, Page, Rect, Tag};
use crate::pdf::read::file::short;
use crate::verify::golden::Record;

/// Most characters of a piece of text in the tag tree; the whole is in the text of the page.
const EXCERPT: usize = 60;

/// The record except for pictures.
pub(super) fn record(found: &Inspection) -> Record {
    let mut record = Record::default();
    record.add("pages.txt", pages(found));
    record.add("text.txt", page_text(found));
    record.add("styles.txt", styles(found));
    record.add("fonts.txt", fonts(found));
    record.add("outline.txt", outline(found));
    record.add("links.txt", links(found));
    record.add("tags.txt", tags(found));
    record.add("metadata.txt", found.metadata.clone());
    record
}

/// The pages whose pictures are kept, by the name of the picture: the cover; the first page with a table of contents;
/// the first chapter that has bookmarks below it, and the page after its first; the page of the last bookmark at the
/// top. Pages that the file does not have are left out; see [`printed_pages`] for files without bookmarks.
pub(super) fn chosen_pages(found: &Inspection) -> Vec<(&'static str, usize)> {
    if found.outline.is_empty() && found.tags.is_empty() {
        return printed_pages(found);
    }
    let mut contents = None;
    for tag in &found.tags {
        tag.walk(&mut |tag| {
            if contents.is_none() && tag.role == "TOC" {
                contents = tag.page();
            }
        });
    }
    let opener = found
        .outline
        .windows(2)
        .find(|pair| pair[0].depth == 0 && pair[1].depth == 1)
        .and_then(|pair| pair[0].page);
    let last = found
        .outline
        .iter()
        .rev()
        .find(|bookmark| bookmark.depth == 0)
        .and_then(|bookmark| bookmark.page);
    let chosen = [
        ("page-cover", Some(0)),
        ("page-contents", contents),
        ("page-chapter", opener),
        ("page-text", opener.map(|page| page + 1)),
        ("page-last-list", last),
    ];
    let there = chosen
        .into_iter()
        .filter_map(|(name, page)| Some((name, page.filter(|page| *page < found.pages.len())?)));
    there.collect()
}

/// The pages of a file for paper, which has no bookmarks: the cover, the first page of the body (labelled 1), the page
/// with the most lines, the last page.
fn printed_pages(found: &Inspection) -> Vec<(&'static str, usize)> {
    let last = found.pages.len().saturating_sub(1);
    let body = found.pages.iter().position(|page| page.label == "1");
    let indices = 1..last;
    // Of pages with as many lines, the first.
    let fullest = indices.max_by_key(|index| (found.pages[*index].lines.len(), last - index));
    let chosen = [
        ("page-cover", (!found.pages.is_empty()).then_some(0)),
        ("page-chapter", body.filter(|page| (1..last).contains(page))),
        ("page-text", fullest),
        ("page-last", (last > 0).then_some(last)),
    ];
    chosen
        .into_iter()
        .filter_map(|(name, page)| Some((name, page?)))
        .collect()
}

fn heading(out: &mut String, found: &Inspection, page: usize) {
    let label = found.pages.get(page).map_or("", |page| &page.label);
    let _ = writeln!(out, "== page {} ({label}) ==", page + 1);
}

fn rect(rect: &Rect) -> String {
    rect.iter()
        .map(|value| short(*value))
        .collect::<Vec<_>>()
        .join(" ")
}

fn pages(found: &Inspection) -> String {
    let mut out = format!("pages: {}\n", found.pages.len());
    for (name, page) in chosen_pages(found) {
        let _ = writeln!(out, "{name}.png: page {}", page + 1);
    }
    for (index, page) in found.pages.iter().enumerate() {
        heading(&mut out, found, index);
        for (name, size) in &page.boxes {
            let _ = writeln!(out, "{name}: {}", rect(size));
        }
        if page.rotate != 0 {
            let _ = writeln!(out, "rotate: {}", page.rotate);
        }
        if let Some(size) = &page.text_box {
            let _ = writeln!(out, "text: {}", rect(size));
        }
        for picture in &page.pictures {
            let _ = writeln!(out, "picture: {picture}");
        }
    }
    out
}

fn page_text(found: &Inspection) -> String {
    let mut out = String::new();
    for (index, page) in found.pages.iter().enumerate() {
        heading(&mut out, found, index);
        for line in &page.lines {
            let _ = writeln!(out, "{line}");
        }
        for line in &page.artifacts {
            let _ = writeln!(out, "[not read aloud] {line}");
        }
    }
    out
}

/// Counts by style over all pages, with the pages they occur on.
fn counted(found: &Inspection, of: impl Fn(&Page) -> &BTreeMap<String, usize>, out: &mut String) {
    let mut all: BTreeMap<&str, (usize, Vec<usize>)> = BTreeMap::new();
    for (index, page) in found.pages.iter().enumerate() {
        for (style, count) in of(page) {
            let entry = all.entry(style).or_default();
            entry.0 += count;
            entry.1.push(index);
        }
    }
    for (style, (count, on)) in all {
        let _ = writeln!(out, "{style}: {count} on {}", ranges(&on));
    }
}

fn styles(found: &Inspection) -> String {
    let mut out = String::from("== characters by font, size and colour ==\n");
    counted(found, |page| &page.styles, &mut out);
    out.push_str("\n== painted shapes ==\n");
    counted(found, |page| &page.shapes, &mut out);
    out
}

fn fonts(found: &Inspection) -> String {
    let mut out = String::new();
    for (font, pages) in &found.fonts {
        let embedded = font
            .embedded
            .as_ref()
            .map_or("NOT embedded".to_string(), |how| {
                format!("embedded ({how})")
            });
        let subset = if font.subset { ", subset" } else { "" };
        let unicode = if font.to_unicode {
            "to Unicode"
        } else {
            "NOT to Unicode"
        };
        let _ = writeln!(
            out,
            "{}: {}, {embedded}{subset}, {unicode}, {}",
            font.name,
            font.kind,
            ranges(pages)
        );
    }
    out
}

/// Page numbers from indices, such as `pages 1-3, 7`.
fn ranges(indices: &[usize]) -> String {
    let mut parts: Vec<(usize, usize)> = Vec::new();
    for index in indices {
        match parts.last_mut() {
            Some((_, last)) if *last + 1 == *index => *last = *index,
            _ => parts.push((*index, *index)),
        }
    }
    let text = |(first, last): &(usize, usize)| match first == last {
        true => (first + 1).to_string(),
        false => format!("{}-{}", first + 1, last + 1),
    };
    format!(
        "pages {}",
        parts.iter().map(text).collect::<Vec<_>>().join(", ")
    )
}

fn outline(found: &Inspection) -> String {
    let mut out = String::new();
    for bookmark in &found.outline {
        let indent = "  ".repeat(bookmark.depth);
        let sign = if bookmark.open { "▾ " } else { "" };
        let _ = writeln!(
            out,
            "{indent}{sign}{} → {}",
            bookmark.title, bookmark.target
        );
    }
    out
}

fn links(found: &Inspection) -> String {
    let mut out = String::new();
    let mut page = None;
    for link in &found.links {
        if page != Some(link.page) {
            heading(&mut out, found, link.page);
            page = Some(link.page);
        }
        let alt = link
            .alt
            .as_ref()
            .map_or(String::new(), |alt| format!(" “{alt}”"));
        let _ = writeln!(out, "{}{alt}", link.target);
    }
    out
}

fn tags(found: &Inspection) -> String {
    let mut out = String::new();
    let mut page = None;
    for tag in &found.tags {
        list(tag, 0, found, &mut page, &mut out);
    }
    out
}

fn list(tag: &Tag, depth: usize, found: &Inspection, page: &mut Option<usize>, out: &mut String) {
    let first = tag.page();
    if let (Some(first), true) = (first, first != *page) {
        heading(out, found, first);
        *page = Some(first);
    }
    let indent = "  ".repeat(depth);
    let _ = write!(out, "{indent}{}", tag.role);
    let named = [
        ("alt", &tag.alt),
        ("text", &tag.actual),
        ("lang", &tag.lang),
        ("title", &tag.title),
    ];
    for (name, value) in named {
        if let Some(value) = value {
            let _ = write!(out, " {name}=“{}”", one_line(value));
        }
    }
    for (name, value) in &tag.attributes {
        let _ = write!(out, " {name}={}", one_line(value));
    }
    let only_text = tag
        .children
        .iter()
        .all(|child| !matches!(child, Node::Tag(_)));
    match only_text.then(|| tag.text()) {
        Some(text) if text.is_empty() => out.push('\n'),
        Some(text) => {
            let _ = writeln!(out, ": {}", excerpt(&text));
        }
        None => {
            out.push('\n');
            children(tag, depth + 1, found, page, out);
        }
    }
}

/// The children of an element, a line each; content that is not separated by an element is one line.
fn children(
    tag: &Tag,
    depth: usize,
    found: &Inspection,
    page: &mut Option<usize>,
    out: &mut String,
) {
    let mut piece = String::new();
    for child in &tag.children {
        match child {
            Node::Tag(tag) => {
                list_text(&mut piece, depth, out);
                list(tag, depth, found, page, out);
            }
            Node::Content { text, .. } => text::append(&mut piece, text),
            Node::Annotation => {}
        }
    }
    list_text(&mut piece, depth, out);
}

fn list_text(piece: &mut String, depth: usize, out: &mut String) {
    if !piece.trim().is_empty() {
        let _ = writeln!(out, "{}“{}”", "  ".repeat(depth), excerpt(piece.trim()));
    }
    piece.clear();
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn excerpt(text: &str) -> String {
    let cut = text
        .char_indices()
        .nth(EXCERPT)
        .map_or(text, |(at, _)| &text[..at]);
    if cut.len() < text.len() {
        format!("{}…", cut.trim_end())
    } else {
        text.to_string()
    }
}
