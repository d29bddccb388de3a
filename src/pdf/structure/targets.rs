//! Where the links of a finished PDF lead, in words (`Contents` of the annotation): the PDF writer knows pages alone.

use lopdf::{Dictionary, Document, Object};

use super::{Held, Told, Tree};
use crate::pdf::read::file::decode_text;

/// So many points away a place is the same.
const NEAR: f64 = 0.5;

impl Tree {
    /// Says of the links below elements where they lead; `above` are the types of what holds these, the outermost first.
    pub(super) fn describe(
        &self,
        document: &mut Document,
        held: &[Held],
        told: &Told<'_>,
        above: [&str; 3],
    ) -> lopdf::Result<()> {
        for one in held {
            match one {
                Held::Element(id) => {
                    let element = &self.elements[id];
                    let above = [above[1], above[2], element.kind.as_str()];
                    self.describe(document, &element.held, told, above)?;
                }
                Held::Content(Object::Dictionary(dict)) if above[2] == "Link" => {
                    let Ok(id) = dict.get(b"Obj").and_then(Object::as_reference) else {
                        continue;
                    };
                    let link = document.get_dictionary(id)?;
                    let words =
                        target(link, told, above).or_else(|| self.place(document, link, told));
                    if let Some(words) = words {
                        let link = document.get_dictionary_mut(id)?;
                        link.set("Contents", lopdf::text_string(&words));
                    }
                }
                Held::Content(_) => {}
            }
        }
        Ok(())
    }

    /// Where a link leads that names no place, in words.
    pub(super) fn place(
        &self,
        document: &Document,
        link: &Dictionary,
        told: &Told<'_>,
    ) -> Option<String> {
        let place = link.get_deref(b"Dest", document).ok()?.as_array().ok()?;
        let [page, _, x, y, ..] = place.as_slice() else {
            return None;
        };
        let (x, y) = (f64::from(x.as_float().ok()?), f64::from(y.as_float().ok()?));
        let near = |(left, top, _): &&(f64, f64, String)| (left - x).hypot(top - y) < NEAR;
        let page = self.pages.get(&page.as_reference().ok()?)?;
        let found = told.places.get(page)?.iter().find(near);
        found.map(|(.., words)| words.clone())
    }
}

/// Where a link leads, in words.
pub(super) fn target(link: &Dictionary, told: &Told<'_>, above: [&str; 3]) -> Option<String> {
    let named = link.get(b"Dest").and_then(Object::as_str).ok();
    let known = named.and_then(|name| told.targets.get(str::from_utf8(name).ok()?));
    let numbered = |pattern: &str| {
        // The PDF writer says `Footnote 1` of the mark, and `1` of the number in the note.
        let words = decode_text(link.get(b"Contents").and_then(Object::as_str).ok()?);
        Some(pattern.replace("{n}", words.rsplit([' ', '\u{a0}']).next()?))
    };
    match above {
        ["Note", "Lbl", _] => numbered(told.back),
        [_, "Lbl", _] => numbered(told.note),
        _ => known.cloned(),
    }
}
