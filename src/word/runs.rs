//! What is in a paragraph: runs, links, fields, marks.

use std::sync::Arc;

use super::body::{Reader, Within, change, chosen, control};
use super::model::{Break, Content, Field, Format, Link, NoteKind, Piece};
use super::symbols;
use super::xml::Element;

/// The most fields of a file.
const FIELDS: usize = 200_000;
/// The longest instruction of a field.
const INSTRUCTION: usize = 10_000;

/// A field of which the end has not been read.
pub(super) struct OpenField {
    index: usize,
    /// Whether its result has begun.
    result: bool,
    link: Option<Arc<Link>>,
}

impl Reader {
    /// An element of a paragraph.
    pub(super) fn piece(&mut self, element: &Element, within: &Within<'_>, out: &mut Vec<Piece>) {
        if self.excess.is_some() {
            return;
        }
        match &*element.name {
            "w:r" | "m:r" => self.run(element, within, out),
            "w:hyperlink" => {
                let inner = Within {
                    link: self.link(element).or_else(|| within.link.clone()),
                    ..within.clone()
                };
                self.pieces(element, &inner, out);
            }
            "w:ins" | "w:del" | "w:moveFrom" | "w:moveTo" => {
                let mut inner = within.clone();
                inner.changes.extend(change(element).map(Arc::new));
                self.pieces(element, &inner, out);
            }
            "w:sdt" => {
                let inner = Within {
                    control: Some(Arc::new(control(element, within.control.clone()))),
                    ..within.clone()
                };
                if let Some(content) = element.child("w:sdtContent") {
                    self.pieces(content, &inner, out);
                }
            }
            "w:fldSimple" => {
                let instruction = element
                    .attr("w:instr")
                    .unwrap_or_default()
                    .trim()
                    .to_owned();
                let locked = is_on(element, "w:fldLock");
                let index = self.open_field(instruction, locked);
                self.begin_result();
                self.put(Content::FieldStart(index), &Format::default(), within, out);
                self.pieces(element, within, out);
                self.put(Content::FieldEnd(index), &Format::default(), within, out);
                self.open.pop();
            }
            "w:smartTag" | "w:customXml" | "w:sdtContent" => self.pieces(element, within, out),
            "w:dir" | "w:bdo" => {
                let inner = Within {
                    rtl: element.val().map(|value| value == "rtl"),
                    ..within.clone()
                };
                self.pieces(element, &inner, out);
            }
            "mc:AlternateContent" => {
                if let Some(chosen) = chosen(element) {
                    self.pieces(chosen, within, out);
                }
            }
            "m:oMath" | "m:oMathPara" => {
                let alone = &*element.name == "m:oMathPara";
                let math = Content::Math(super::math::text(element), alone);
                self.put(math, &Format::default(), within, out);
            }
            "w:subDoc" => {
                let what = "another document that the file names".to_owned();
                let object = Content::Object(what, String::new());
                self.put(object, &Format::default(), within, out);
            }
            _ => {
                if let Some(content) = self.mark(element) {
                    self.put(content, &Format::default(), within, out);
                }
            }
        }
    }

    fn pieces(&mut self, parent: &Element, within: &Within<'_>, out: &mut Vec<Piece>) {
        for child in parent.elements() {
            self.piece(child, within, out);
        }
    }

    /// The start or end of a bookmark or of the text of a comment.
    pub(super) fn mark(&mut self, element: &Element) -> Option<Content> {
        let id = element.attr("w:id").unwrap_or_default();
        match &*element.name {
            "w:bookmarkStart" => {
                let name = element.attr("w:name")?.to_owned();
                self.bookmarks.insert(id.to_owned(), name.clone());
                Some(Content::BookmarkStart(name))
            }
            "w:bookmarkEnd" => self.bookmarks.remove(id).map(Content::BookmarkEnd),
            "w:commentRangeStart" => Some(Content::CommentStart(id.to_owned())),
            "w:commentRangeEnd" => Some(Content::CommentEnd(id.to_owned())),
            _ => None,
        }
    }

    fn link(&self, element: &Element) -> Option<Arc<Link>> {
        let anchor = element.attr("w:anchor").filter(|anchor| !anchor.is_empty());
        let rel = element.attr("r:id").and_then(|id| self.rels.get(id));
        let link = match (rel, anchor) {
            (Some(rel), None) if rel.target.starts_with('#') => {
                Link::Internal(rel.target[1..].to_owned())
            }
            (Some(rel), Some(anchor)) => Link::External(format!("{}#{anchor}", rel.target)),
            (Some(rel), None) => Link::External(rel.target.clone()),
            (None, Some(anchor)) => Link::Internal(anchor.to_owned()),
            (None, None) => return None,
        };
        Some(Arc::new(link))
    }

    fn run(&mut self, element: &Element, within: &Within<'_>, out: &mut Vec<Piece>) {
        let properties = element.child("w:rPr");
        let texts = element.elements().filter(|one| &*one.name == "w:t");
        let sample: String = texts.take(1).map(Element::text).collect();
        let (mut format, font) = self.styles.run(within.style, properties, &sample);
        format.rtl = within.rtl.unwrap_or(format.rtl);
        if properties.is_some_and(|one| one.child("w:rPrChange").is_some()) {
            self.look_changes += 1;
        }
        // Words of which the properties say that they were inserted or deleted, as old files have it.
        let mut inner = within.clone();
        let own = properties.into_iter().flat_map(Element::elements);
        inner.changes.extend(own.filter_map(change).map(Arc::new));
        let mut marked: Option<usize> = None;
        for child in element.elements() {
            let content = match &*child.name {
                "w:t" | "w:delText" | "m:t" => {
                    let text = child.text();
                    // The mark that somebody chose for a note follows it.
                    if let Some(at) = marked.take()
                        && let Some(Piece {
                            content: Content::Note(_, _, mark),
                            ..
                        }) = out.get_mut(at)
                    {
                        *mark = Some(text);
                        continue;
                    }
                    Content::Text(symbols::shown(text, font.as_deref()))
                }
                "w:instrText" | "w:delInstrText" => {
                    self.instruct(&child.text());
                    continue;
                }
                "w:tab" | "w:ptab" => Content::Text("\t".to_owned()),
                "w:noBreakHyphen" => Content::Text("\u{2011}".to_owned()),
                "w:softHyphen" => Content::Text("\u{AD}".to_owned()),
                "w:br" => Content::Break(match child.attr("w:type") {
                    Some("page") => Break::Page,
                    Some("column") => Break::Column,
                    _ => Break::Line,
                }),
                "w:cr" => Content::Break(Break::Line),
                "w:sym" => Content::Text(symbols::symbol(
                    child.attr("w:char").unwrap_or_default(),
                    child.attr("w:font").unwrap_or_default(),
                )),
                "w:footnoteReference" | "w:endnoteReference" => {
                    let kind = match &*child.name {
                        "w:footnoteReference" => NoteKind::Foot,
                        _ => NoteKind::End,
                    };
                    let id = child.attr("w:id").unwrap_or_default().to_owned();
                    if is_on(child, "w:customMarkFollows") {
                        marked = Some(out.len());
                    }
                    Content::Note(kind, id, None)
                }
                "w:commentReference" => {
                    Content::CommentMark(child.attr("w:id").unwrap_or_default().to_owned())
                }
                "w:fldChar" => {
                    self.field_char(child, &format, &inner, out);
                    continue;
                }
                "w:ruby" => {
                    self.ruby(child, &inner, out);
                    continue;
                }
                "w:drawing" | "w:pict" | "w:object" => {
                    self.drawing(child, &format, &inner, out);
                    continue;
                }
                "mc:AlternateContent" => {
                    for one in chosen(child).into_iter().flat_map(Element::elements) {
                        match &*one.name {
                            "w:drawing" | "w:pict" | "w:object" => {
                                self.drawing(one, &format, &inner, out)
                            }
                            "w:t" => {
                                let text = Content::Text(one.text());
                                self.put(text, &format, &inner, out)
                            }
                            _ => {}
                        }
                    }
                    continue;
                }
                _ => continue,
            };
            self.put(content, &format, &inner, out);
        }
    }

    /// Base text with what is read above it in brackets.
    fn ruby(&mut self, element: &Element, within: &Within<'_>, out: &mut Vec<Piece>) {
        let plain = |text: &str| Content::Text(text.to_owned());
        let inside = |name: &str| element.child(name);
        if let Some(base) = inside("w:rubyBase") {
            self.pieces(base, within, out);
        }
        if let Some(above) = inside("w:rt").filter(|above| !above.text().trim().is_empty()) {
            self.put(plain("("), &Format::default(), within, out);
            self.pieces(above, within, out);
            self.put(plain(")"), &Format::default(), within, out);
        }
    }

    /// Puts a piece in its place: what belongs to the instruction of a field is none of the text.
    pub(super) fn put(
        &mut self,
        content: Content,
        format: &Format,
        within: &Within<'_>,
        out: &mut Vec<Piece>,
    ) {
        if self.open.iter().any(|field| !field.result) {
            if let Content::Text(text) = &content {
                self.instruct(text);
            }
            return;
        }
        let of_field = || self.open.iter().rev().find_map(|field| field.link.clone());
        let piece = Piece {
            content,
            format: format.clone(),
            link: within.link.clone().or_else(of_field),
            field: self.open.last().map(|field| field.index),
            control: within.control.clone(),
            changes: within.changes.clone(),
        };
        self.add(piece, out);
    }

    fn open_field(&mut self, instruction: String, locked: bool) -> usize {
        let index = self.fields.len();
        if index == FIELDS {
            self.excess
                .get_or_insert_with(|| format!("the file has more than {FIELDS} fields"));
        }
        self.fields.push(Field {
            instruction,
            outer: self.open.last().map(|field| field.index),
            locked,
        });
        self.open.push(OpenField {
            index,
            result: false,
            link: None,
        });
        index
    }

    fn instruct(&mut self, text: &str) {
        let open = self.open.iter().rev().find(|field| !field.result);
        if let Some(field) = open.and_then(|open| self.fields.get_mut(open.index))
            && field.instruction.len() + text.len() < INSTRUCTION
        {
            field.instruction.push_str(text);
        }
    }

    fn begin_result(&mut self) {
        let Some(open) = self.open.last_mut() else {
            return;
        };
        open.result = true;
        if let Some(field) = self.fields.get_mut(open.index) {
            field.instruction = field.instruction.trim().to_owned();
            open.link = linked(field);
        }
    }

    fn field_char(
        &mut self,
        element: &Element,
        format: &Format,
        within: &Within<'_>,
        out: &mut Vec<Piece>,
    ) {
        match element.attr("w:fldCharType") {
            Some("begin") => {
                let hidden = self.open.iter().any(|field| !field.result);
                let index = self.open_field(String::new(), is_on(element, "w:fldLock"));
                if !hidden && let Some(open) = self.open.last_mut() {
                    // Its start is part of the text, its instruction is not.
                    open.result = true;
                    self.put(Content::FieldStart(index), format, within, out);
                    if let Some(open) = self.open.last_mut() {
                        open.result = false;
                    }
                }
            }
            Some("separate") => self.begin_result(),
            Some("end") => {
                if self.open.last().is_some_and(|field| !field.result) {
                    self.begin_result();
                }
                if let Some(index) = self.open.last().map(|field| field.index) {
                    self.put(Content::FieldEnd(index), format, within, out);
                    self.open.pop();
                }
            }
            _ => {}
        }
    }

    /// Ends fields whose result has not begun where their paragraph ends: nothing below is to be taken for an instruction.
    pub(super) fn break_off_fields(&mut self, paragraph: usize) {
        while self.open.last().is_some_and(|field| !field.result) {
            let closed = self.open.pop();
            if let Some(field) = closed.and_then(|closed| self.fields.get(closed.index)) {
                let what = format!("a field without an end: {}", field.instruction.trim());
                self.unread.push((paragraph, what));
            }
        }
    }
}

/// Where a field leads that is a link.
fn linked(field: &Field) -> Option<Arc<Link>> {
    if field.name() != "HYPERLINK" {
        return None;
    }
    let arguments = field.arguments();
    let mut address = String::new();
    let mut place = None;
    let mut rest = arguments.iter();
    while let Some(one) = rest.next() {
        match one.as_str() {
            "\\l" => place = rest.next().cloned(),
            "\\o" | "\\t" | "\\s" => drop(rest.next()),
            switch if switch.starts_with('\\') => {}
            other if address.is_empty() => address = other.to_owned(),
            _ => {}
        }
    }
    let link = match (address.is_empty(), place) {
        (true, None) => return None,
        (true, Some(place)) => Link::Internal(place),
        (false, None) => Link::External(address),
        (false, Some(place)) => Link::External(format!("{address}#{place}")),
    };
    Some(Arc::new(link))
}

fn is_on(element: &Element, name: &str) -> bool {
    matches!(element.attr(name), Some("1" | "true" | "on"))
}
