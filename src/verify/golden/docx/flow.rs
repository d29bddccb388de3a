//! Paragraphs, tables and sections: a line to a paragraph, with its style and its own formatting; marks of runs, links,
//! notes, fields and bookmarks are in braces within the text.

use super::Targets;
use super::words::{attributes, shown, words};
use crate::backend::PLACE;
use crate::verify::xml::{Element, child};

/// The namespace of the text of Word files.
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// Longest line of an element that is no paragraph, in characters.
const WIDTH: usize = 160;

/// Lists an element, and what is in it, from that depth on.
pub(super) fn block(element: Element<'_>, depth: usize, targets: &Targets, out: &mut String) {
    match name(element) {
        Some("p") => return paragraph(element, depth, targets, out),
        Some("tc") => return cell(element, depth, targets, out),
        _ => {}
    }
    let whole = words(element, targets);
    let holds_text = element.descendants().any(|below| name(below) == Some("p"));
    if !holds_text && whole.chars().count() <= WIDTH {
        return line(depth, &whole, out);
    }
    // What an element says of itself is on its line, such as the height of a row.
    let own = elements(element).find(|child| {
        let kind = child.tag_name().name();
        holds_text && kind.ends_with("Pr") && kind != "sectPr"
    });
    let mut head = vec![element.tag_name().name().to_owned()];
    head.extend(attributes(element, targets));
    let text = shown(element);
    if !text.trim().is_empty() {
        head.push(format!("{text:?}"));
    }
    head.extend(
        own.into_iter()
            .flat_map(elements)
            .map(|one| words(one, targets)),
    );
    line(depth, &head.join(" "), out);
    for child in elements(element).filter(|child| Some(*child) != own) {
        block(child, depth + 1, targets, out);
    }
}

/// A cell: on one line with its paragraph, where it has but one.
fn cell(element: Element<'_>, depth: usize, targets: &Targets, out: &mut String) {
    let (own, content): (Vec<_>, Vec<_>) =
        elements(element).partition(|child| name(*child) == Some("tcPr"));
    let own = own.into_iter().flat_map(elements);
    let own: Vec<String> = own.map(|one| words(one, targets)).collect();
    let head = format!("cell {}", own.join(" "));
    if let [only] = content.as_slice()
        && name(*only) == Some("p")
    {
        let mut text = String::new();
        paragraph(*only, 0, targets, &mut text);
        return line(
            depth,
            &format!("{head} | {}", text.trim_end_matches('\n')),
            out,
        );
    }
    line(depth, &head, out);
    for child in content {
        block(child, depth + 1, targets, out);
    }
}

/// A paragraph, and below it the section that ends with it.
fn paragraph(element: Element<'_>, depth: usize, targets: &Targets, out: &mut String) {
    let mut style = "(no style)".to_owned();
    let (mut more, mut section) = (String::new(), None);
    for property in child(element, W, "pPr").into_iter().flat_map(elements) {
        match name(property) {
            Some("pStyle") => style = value(property, "val").to_owned(),
            Some("sectPr") => section = Some(property),
            _ => more += &format!(" {}", words(property, targets)),
        }
    }
    let mut text = String::new();
    flow(element, targets, &mut text);
    line(
        depth,
        format!("{style}{more}: {text}").trim_end_matches(' '),
        out,
    );
    if let Some(section) = section {
        block(section, depth, targets, out);
    }
}

/// What is in a paragraph, a link or a run.
fn flow(element: Element<'_>, targets: &Targets, out: &mut String) {
    for child in elements(element) {
        match name(child) {
            Some("pPr" | "rPr" | "bookmarkEnd") => {}
            // Places of the source, by digests: nobody can judge them, and the digest of the part holds them.
            Some("bookmarkStart") if value(child, "name").starts_with(PLACE) => {}
            Some("bookmarkStart") => *out += &format!("{{#{}}}", value(child, "name")),
            Some("r") => run(child, targets, out),
            Some("t" | "instrText") => *out += &escaped(&shown(child)),
            Some("fldChar") => *out += &field(child, targets),
            _ if elements(child).any(|below| name(below) == Some("r")) => {
                let mut own = attributes(child, targets);
                // As in every link.
                own.retain(|own| own != "history=1");
                *out += &format!("{{{} {}|", child.tag_name().name(), own.join(" "));
                flow(child, targets, out);
                out.push('}');
            }
            _ => *out += &format!("{{{}}}", words(child, targets)),
        }
    }
}

/// A run: its text, with its marks where it has any.
fn run(element: Element<'_>, targets: &Targets, out: &mut String) {
    let properties = child(element, W, "rPr").into_iter().flat_map(elements);
    let marks: Vec<String> = properties
        .map(|property| match name(property) {
            Some("rStyle") => value(property, "val").to_owned(),
            _ => words(property, targets),
        })
        .collect();
    if marks.is_empty() {
        return flow(element, targets, out);
    }
    *out += &format!("{{{}|", marks.join(" "));
    flow(element, targets, out);
    out.push('}');
}

/// A field from its beginning over its result to its end: `{field PAGEREF a \h |12}`.
fn field(element: Element<'_>, targets: &Targets) -> String {
    match (element.attributes().len(), value(element, "fldCharType")) {
        (1, "begin") => "{field".to_owned(),
        (1, "separate") => "|".to_owned(),
        (1, "end") => "}".to_owned(),
        _ => format!("{{{}}}", words(element, targets)),
    }
}

/// Text in which braces and bars are no marks.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '{' | '}' | '|' => out.extend(['\\', c]),
            c if c.is_control() => out.extend(c.escape_default()),
            c => out.push(c),
        }
    }
    out
}

fn elements(element: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    element.children().filter(Element::is_element)
}

/// The name of an element of the text of Word files.
fn name(element: Element<'_>) -> Option<&str> {
    let name = element.tag_name();
    (name.namespace() == Some(W)).then_some(name.name())
}

/// The value of an attribute of the text of Word files.
fn value<'a>(element: Element<'a>, local: &str) -> &'a str {
    element.attribute((W, local)).unwrap_or_default()
}

fn line(depth: usize, text: &str, out: &mut String) {
    *out += &"  ".repeat(depth);
    *out += text;
    out.push('\n');
}
