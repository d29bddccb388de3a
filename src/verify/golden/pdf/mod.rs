//! The record of a PDF file, made by reading it: pages with their boxes and labels, text as it stands on each page,
//! fonts and colours, pictures, bookmarks, links, the tag tree, properties, and pictures of some pages.
//!
//! [`inspect`] gives the same as data, for tests that compare a file with the document it was made from. A file that
//! is broken or hostile gives an error; where a crate that reads it panics, that is an error, too.

mod drawing;
mod listing;
mod metadata;
mod outline;
mod places;
mod tags;
mod text;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use crate::pdf::read::{FontFacts, Rect};
pub use outline::{Bookmark, Link};
pub use tags::{Node, Tag};
pub use text::append;
pub(crate) use text::{LineReader, running};

use super::{BYTES, Record, broken, picture};
use crate::base::diagnostic::Diagnostics;
use crate::pdf::read::ReadBack;
use crate::pdf::read::content::{Drawing, Fragment};
use crate::pdf::read::file::{self, File};
use places::Places;

/// What a PDF file says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Inspection {
    /// The pages.
    pub pages: Vec<Page>,
    /// Fonts that text is shown in, each with the pages (indices) it is shown on.
    pub fonts: BTreeMap<FontFacts, Vec<usize>>,
    /// Bookmarks in their order.
    pub outline: Vec<Bookmark>,
    /// Links in the order of the pages.
    pub links: Vec<Link>,
    /// The elements at the top of the tag tree.
    pub tags: Vec<Tag>,
    /// Properties as text.
    pub metadata: String,
    /// Identifiers that change with every byte of the file.
    pub ids: String,
}

/// A page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// Its label, such as `iv`.
    pub label: String,
    /// Its boxes by name, in points.
    pub boxes: Vec<(&'static str, Rect)>,
    /// Clockwise turn in degrees.
    pub rotate: i64,
    /// The smallest box around the base lines of its text.
    pub text_box: Option<Rect>,
    /// Lines of text in reading order.
    pub lines: Vec<String>,
    /// Lines of text that are not read aloud: running heads, page numbers.
    pub artifacts: Vec<String>,
    /// Number of characters by font, size and colour.
    pub styles: BTreeMap<String, usize>,
    /// Number of painted shapes by kind, colour and line width.
    pub shapes: BTreeMap<String, usize>,
    /// Pictures with their size on the page, as text.
    pub pictures: Vec<String>,
}

/// The record of a PDF file.
pub(in crate::verify) fn record(made: &ReadBack<'_>) -> Result<Record, Diagnostics> {
    let found = guarded(|| read(made))?;
    let mut record = listing::record(&found);
    record.add(BYTES, found.ids.clone());
    let chosen = listing::chosen_pages(&found);
    let pages: Vec<usize> = chosen.iter().map(|(_, page)| *page).collect();
    let pictures = pictures(made.bytes(), &pages)?;
    for ((name, _), png) in chosen.iter().zip(pictures) {
        record.files.insert(format!("{name}.png"), png);
    }
    Ok(record)
}

fn pictures(bytes: &[u8], pages: &[usize]) -> Result<Vec<Vec<u8>>, Diagnostics> {
    crate::pdf::read::picture::pictures(bytes, pages, picture::WIDTH).map_err(unreadable)
}

/// What a PDF file says, as data. A file that cannot be read in full is an error.
pub fn inspect(bytes: &[u8]) -> Result<Inspection, Diagnostics> {
    guarded(|| read(&ReadBack::of(bytes)))
}

/// The elements at the top of the tag tree alone; a file without tags is an error.
pub(crate) fn tags(made: &ReadBack<'_>) -> Result<Vec<Tag>, Diagnostics> {
    guarded(|| {
        let (tags, _) = tags::tree(made)?;
        if tags.is_empty() {
            return Err("it has no tags".into());
        }
        Ok(tags)
    })
}

/// Runs code that reads the file, and makes an error of a panic of the crates it uses.
fn guarded<T>(read: impl FnOnce() -> Result<T, String>) -> Result<T, Diagnostics> {
    crate::pdf::read::guarded(read).map_err(unreadable)
}

fn unreadable(what: String) -> Diagnostics {
    broken(format!("the PDF file cannot be read: {what}"))
}

fn read(made: &ReadBack<'_>) -> Result<Inspection, String> {
    let file = made.pdf()?;
    let places = Places::read(file)?;
    let drawings = made.drawings()?;
    let (tags, order) = tags::tree(made)?;
    let (metadata, ids) = metadata::describe(file)?;
    let mut found = Inspection {
        outline: outline::bookmarks(file, &places)?,
        links: outline::links(file, &places),
        tags,
        metadata,
        ids,
        ..Inspection::default()
    };
    for (index, drawing) in drawings.iter().enumerate() {
        let order = order.get(index).map_or(&[][..], Vec::as_slice);
        let page = self::page(file, index, drawing, order, places.label(index));
        for fragment in &drawing.fragments {
            let pages = found.fonts.entry(fragment.font.facts.clone()).or_default();
            if pages.last() != Some(&index) {
                pages.push(index);
            }
        }
        found.pages.push(page);
    }
    Ok(found)
}

fn page(file: &File, index: usize, drawing: &Drawing, order: &[i64], label: &str) -> Page {
    let page = &file.pages()[index];
    let fragments = drawing.fragments.iter().map(|fragment| &**fragment);
    let (artifacts, body): (Vec<&Fragment>, Vec<&Fragment>) =
        fragments.partition(|fragment| fragment.artifact);
    let rank: BTreeMap<i64, usize> = order
        .iter()
        .enumerate()
        .map(|(rank, mcid)| (*mcid, rank))
        .collect();
    let mut body = body;
    body.sort_by_key(|fragment| {
        fragment
            .mcid
            .and_then(|mcid| rank.get(&mcid))
            .copied()
            .unwrap_or(usize::MAX)
    });
    Page {
        label: label.to_string(),
        boxes: page.boxes.clone(),
        rotate: page.rotate,
        text_box: text_box(&drawing.fragments),
        lines: text::lines(body),
        artifacts: text::lines(artifacts),
        styles: styles(&drawing.fragments),
        shapes: drawing::shapes(drawing),
        pictures: drawing::pictures(file, drawing),
    }
}

/// Number of characters by font, size and colour.
fn styles(fragments: &[Arc<Fragment>]) -> BTreeMap<String, usize> {
    let mut styles = BTreeMap::new();
    for fragment in fragments {
        let (font, size) = (&fragment.font.facts.name, file::short(fragment.size));
        let style = format!("{font} {size} pt {}", fragment.colour);
        *styles.entry(style).or_default() += fragment.text.chars().count();
    }
    styles
}

fn text_box(fragments: &[Arc<Fragment>]) -> Option<Rect> {
    let points = fragments
        .iter()
        .filter(|fragment| !fragment.text.trim().is_empty());
    points
        .flat_map(|fragment| [fragment.start, fragment.end])
        .fold(None, |found, (x, y)| {
            let [a, b, c, d] = found.unwrap_or([x, y, x, y]);
            Some([a.min(x), b.min(y), c.max(x), d.max(y)])
        })
}

#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
pub(super) mod sample;
#[cfg(test)]
mod tests;
