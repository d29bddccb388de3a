//! Running text of a paragraph: emphasis, links, marks of notes, pictures, formulas.

use super::{Below, Writer, remarks};
use crate::document;
use crate::word::{Break, Content, Format, Link, Paragraph, Picture, Piece, Script};

/// Whether a text may have a character: no signs that only programs see.
pub(super) fn is_sound(c: char) -> bool {
    let code = u32::from(c);
    let none = (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE;
    let turning =
        matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{AD}');
    !none && !turning && (!c.is_control() || matches!(c, '\n' | '\t'))
}

/// A text as the tree has it.
fn sound(text: &str) -> String {
    let one = |c: char| match c {
        '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        c => is_sound(c).then_some(c),
    };
    text.chars().filter_map(one).collect()
}

/// Whether a piece is not shown: hidden, or the prompt of a content control.
fn unseen(piece: &Piece) -> Option<&'static str> {
    let mut control = piece.control.as_ref();
    while let Some(one) = control {
        if one.placeholder {
            return Some("prompts of content controls that nobody filled in");
        }
        control = one.outer.as_ref();
    }
    piece.format.hidden.then_some("hidden text")
}

/// The words of a paragraph, as they are looked for in what was read: those that are not shown are behind the others.
pub(super) fn plain(paragraph: &Paragraph) -> String {
    let (mut out, mut behind) = (String::new(), String::new());
    for piece in &paragraph.pieces {
        match &piece.content {
            Content::Text(text) if unseen(piece).is_some() => {
                behind.push(' ');
                behind.push_str(&sound(text));
            }
            Content::Text(text) | Content::Math(text, _) => out.push_str(&sound(text)),
            Content::Break(_) | Content::Note(..) | Content::Picture(_) => out.push(' '),
            Content::Object(_, words) => {
                behind.push(' ');
                behind.push_str(&sound(words));
            }
            _ => {}
        }
    }
    out + &behind
}

/// The elements that are open around text.
type Open = Vec<(&'static str, String)>;

impl<'a> Writer<'a> {
    /// The pieces of a paragraph, without the first so many and a part of the next.
    pub(super) fn inlines(&mut self, paragraph: &'a Paragraph, (from, cut): (usize, usize)) {
        let mut open = Open::new();
        let mut pages = Vec::new();
        let pieces = &paragraph.pieces;
        for (at, piece) in pieces.iter().enumerate() {
            match &piece.content {
                Content::Text(text) => {
                    let text = match at == from {
                        _ if at < from => continue,
                        true => text.get(cut..).unwrap_or_default(),
                        false => text,
                    };
                    self.text(text, piece, paragraph, &mut open);
                    let field = piece.field.and_then(|field| self.file.fields.get(field));
                    if field.is_some_and(|field| field.name() == "PAGEREF") {
                        pages.push(text.trim().to_owned());
                    }
                }
                Content::Break(kind) => {
                    self.settle(&mut open, Vec::new());
                    match kind {
                        Break::Line if unseen(piece).is_none() => {
                            self.tree.open("br", &[]);
                            self.tree.close();
                        }
                        _ => self.tree.text(" "),
                    }
                }
                Content::Note(kind, id, _) => {
                    self.settle(&mut open, Vec::new());
                    if self.file.notes.contains_key(&(*kind, id.clone())) {
                        let next = (self.notes.len() + 1).to_string();
                        let known = self.notes.contains_key(&(*kind, id.as_str()));
                        let label = self.notes.entry((*kind, id)).or_insert(next).clone();
                        if !known {
                            self.waiting.push((*kind, id));
                        }
                        self.tree.open("x-mark", &[("label", &label)]);
                        self.tree.close();
                    } else {
                        self.check("the mark of a footnote stood here, and the file has no footnote for it");
                    }
                }
                Content::Picture(picture) => {
                    self.settle(&mut open, Vec::new());
                    self.picture(picture);
                }
                Content::TextBox(blocks) => {
                    self.settle(&mut open, Vec::new());
                    self.below.push(Below::Box(blocks));
                }
                Content::Math(text, _) => {
                    self.settle(&mut open, Vec::new());
                    self.tree.open("code", &[("math", "math")]);
                    self.tree.text(&sound(text));
                    self.tree.close();
                }
                Content::Object(what, words) => {
                    self.settle(&mut open, Vec::new());
                    self.below.push(Below::Words(what, words));
                }
                Content::BookmarkStart(name) if self.targets.contains(name) => {
                    self.settle(&mut open, Vec::new());
                    self.tree.open("a", &[("id", name)]);
                    self.tree.close();
                }
                Content::CommentMark(id) => {
                    self.settle(&mut open, Vec::new());
                    self.comment(id, &remarks::about(pieces, id));
                }
                _ => {}
            }
        }
        self.settle(&mut open, Vec::new());
        if !pages.is_empty() {
            let pages = pages.join(", ");
            self.check(&format!(
                "the number of a page was made here and is typed now: {pages}"
            ));
        }
    }

    fn text(&mut self, text: &str, piece: &Piece, paragraph: &Paragraph, open: &mut Open) {
        let shown = sound(text);
        if let Some(why) = unseen(piece) {
            return self.leave(paragraph.number, shown, why);
        }
        let format = &piece.format;
        if !shown.trim().is_empty() {
            for (there, what) in [
                (format.underline && piece.link.is_none(), "underlined text"),
                (format.caps, "text in capitals by its look"),
                (
                    format.look && piece.link.is_none() && format.style.is_none(),
                    "colour, size or font of single words",
                ),
            ] {
                if there && self.level(paragraph).is_none() {
                    self.look(what);
                }
            }
        }
        let wanted = self.around(piece, paragraph);
        self.settle(open, wanted);
        self.tree.text(&shown);
    }

    /// The elements around a text.
    fn around(&self, piece: &Piece, paragraph: &Paragraph) -> Open {
        let mut out = Open::new();
        let format: &Format = &piece.format;
        if let Some(href) = self.href(piece) {
            out.push(("a", href));
        }
        let language = format.language.as_ref();
        if let Some(tag) = language.filter(|tag| self.foreign.contains(*tag)) {
            out.push(("span", tag.to_string()));
        }
        let code = format.style.as_deref().is_some_and(|style| {
            let named = |name: &str| {
                matches!(
                    name,
                    "verbatim char"
                        | "html code"
                        | "source text"
                        | "html typewriter"
                        | "code"
                        | "inline code"
                )
            };
            self.file.is_style(style, &named)
        });
        // A heading has emphasis of its own; elsewhere a style in bold type counts where nothing else says a heading.
        let heading = self.level(paragraph).is_some();
        let styled = !self.headed && paragraph.looks.bold && self.cell == 0;
        let mut add = |there: bool, name| {
            if there && !heading {
                out.push((name, String::new()));
            }
        };
        add(format.bold || styled, "strong");
        add(format.italic, "em");
        add(format.strike, "del");
        // What is typed has no raised signs.
        add(code && format.script == Script::Base, "code");
        match format.script {
            Script::Super => out.push(("sup", String::new())),
            Script::Sub => out.push(("sub", String::new())),
            Script::Base => {}
        }
        out
    }

    /// Where a text leads: its link, or the heading that a reference names.
    fn href(&self, piece: &Piece) -> Option<String> {
        match piece.link.as_deref() {
            Some(Link::External(address)) => return Some(address.clone()),
            Some(Link::Internal(name)) => return Some(format!("#{name}")),
            None => {}
        }
        let mut fields = self.file.fields_around(piece);
        let reference = fields.find(|field| field.name() == "REF")?;
        let name = reference.arguments().into_iter().next()?;
        self.headings.contains(&name).then(|| format!("#{name}"))
    }

    /// Closes and opens elements until those that are wanted are open.
    fn settle(&mut self, open: &mut Open, wanted: Open) {
        let same = open
            .iter()
            .zip(&wanted)
            .take_while(|(one, other)| one == other);
        let same = same.count();
        for _ in same..open.len() {
            self.tree.close();
        }
        open.truncate(same);
        for (name, value) in wanted.into_iter().skip(same) {
            let key = if name == "span" { "lang" } else { "href" };
            self.tree.open(name, &[(key, &value)]);
            open.push((name, value));
        }
    }

    fn picture(&mut self, picture: &Picture) {
        let alt = match picture.alt.trim() {
            "" => &picture.title,
            alt => alt,
        };
        let alt = sound(alt);
        let drawing = picture.drawing.as_deref().filter(|part| {
            let bytes = self.media.get(*part);
            bytes.is_some_and(|bytes| document::settable(bytes).is_ok())
        });
        let source = drawing.unwrap_or(&picture.source);
        if picture.decorative && alt.trim().is_empty() {
            self.check("this picture is marked as decorative: write `decorative: true` in place of its description");
        }
        if source.is_empty() {
            self.check(&format!(
                "a picture that is missing in the file stood here: {alt}"
            ));
            return;
        }
        // What becomes words of it is apart from those next to it.
        self.tree.text(" ");
        self.tree.open("img", &[("src", source), ("alt", &alt)]);
        self.tree.close();
        self.tree.text(" ");
    }
}
