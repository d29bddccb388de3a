//! What a finished PDF says to those who copy, search or hear it, where the PDF writer (krilla 0.8, by way of typst 0.15)
//! says it wrongly. Nothing that is seen changes.
//!
//! - A hyphen that a line's end put there is drawn by the glyph of the common one. Its character map says U+002D, so
//!   that readers who know nothing else show a hyphen at the line's end, and /ActualText says U+00AD, as ISO 32000-1,
//!   14.8.2.2.3 asks for. krilla maps a glyph to what it met first. Ends with LaurenzV/krilla#100.
//! - Words of a right-to-left run are drawn from left to right, as readers without tags want them; the tag tree lists them
//!   in the order in which they are read (14.8.2.3.3). Ends with typst/typst#5588.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId, StringFormat, dictionary};

use unicode_normalization::char::is_combining_mark;

use super::prepress::pack;
use super::read::cmap::CMap;
use super::read::content::{self, Course};
use super::read::file::File;
use super::read::fonts::Fonts;

/// Largest stream in bytes, unpacked: a picture of 10,000 by 10,000 pixels.
const STREAM: usize = 400 << 20;
const SOFT_HYPHEN: &str = "\u{ad}";
/// Pieces that are no further apart, in units of the size, follow each other without a gap.
const TOUCHING: f64 = 0.02;

/// The file with its text layer repaired; the same bytes where there is nothing to do. `rtl` says whether lines begin at
/// the right where nothing on them tells.
///
/// # Errors
/// A file that cannot be read.
pub(crate) fn repair(bytes: Vec<u8>, rtl: bool) -> Result<Vec<u8>, String> {
    let options = LoadOptions::with_max_decompressed_size(STREAM);
    let mut document = Document::load_mem_with_options(&bytes, options).map_err(|e| e.to_string())?;
    let maps = maps(&document)?;
    let hyphens: BTreeSet<ObjectId> = maps
        .iter()
        .filter(|(_, map)| map.texts().next().is_some() && map.texts().all(|text| text == SOFT_HYPHEN))
        .map(|(font, _)| *font)
        .collect();
    let right_to_left = |map: &CMap| map.texts().any(|text| text.chars().any(is_rtl));
    let reorder = maps.values().any(right_to_left) && is_tagged(&document);
    if hyphens.is_empty() && !reorder {
        return Ok(bytes);
    }
    let wrong = |error: lopdf::Error| error.to_string();
    mark_hyphens(&mut document, &hyphens).map_err(wrong)?;
    if reorder {
        order_words(&mut document, &pieces(&bytes)?, rtl);
    }
    let mut made = Vec::with_capacity(bytes.len());
    document.save_to(&mut made).map_err(|e| e.to_string())?;
    Ok(made)
}

fn is_tagged(document: &Document) -> bool {
    document.catalog().is_ok_and(|catalog| catalog.has(b"StructTreeRoot"))
}

/// The character maps of composite fonts.
fn maps(document: &Document) -> Result<BTreeMap<ObjectId, CMap>, String> {
    let mut maps = BTreeMap::new();
    for (id, object) in &document.objects {
        let map = object.as_dict().ok().filter(|font| font.has(b"DescendantFonts"));
        let map = map.and_then(|font| font.get(b"ToUnicode").ok());
        let Some(map) = map.and_then(|map| document.dereference(map).ok()) else {
            continue;
        };
        let stream = map.1.as_stream().map_err(|e| e.to_string())?;
        let text = stream.get_plain_content().map_err(|e| e.to_string())?;
        maps.insert(*id, CMap::parse(&text)?);
    }
    Ok(maps)
}

/// Marks what these fonts show as hyphens of line ends.
fn mark_hyphens(document: &mut Document, fonts: &BTreeSet<ObjectId>) -> lopdf::Result<()> {
    for font in fonts {
        let map = document.get_dictionary(*font)?.get(b"ToUnicode")?.as_reference()?;
        let stream = document.get_object_mut(map)?.as_stream_mut()?;
        let text = String::from_utf8_lossy(&stream.get_plain_content()?).replace(" <00AD>", " <002D>");
        stream.set_plain_content(text.into_bytes());
        pack(stream)?;
    }
    for (content, resources) in contents(document)? {
        let names = names(document, &resources, fonts);
        if names.is_empty() {
            continue;
        }
        let stream = document.get_object_mut(content)?.as_stream_mut()?;
        let drawn = Content::decode(&stream.get_plain_content()?)?;
        let marked = Content { operations: marked(drawn.operations, &names) };
        stream.set_plain_content(marked.encode()?);
        pack(stream)?;
    }
    Ok(())
}

/// The streams that draw, with their resources: those of pages, and forms.
fn contents(document: &Document) -> lopdf::Result<Vec<(ObjectId, Dictionary)>> {
    let mut found = Vec::new();
    for page in document.page_iter() {
        let (own, inherited) = document.get_page_resources(page)?;
        let above = inherited.first().map(|id| document.get_dictionary(*id)).transpose()?;
        let resources = own.or(above).cloned().unwrap_or_default();
        let contents = document.get_page_contents(page);
        found.extend(contents.into_iter().map(|id| (id, resources.clone())));
    }
    for (id, object) in &document.objects {
        let Ok(stream) = object.as_stream() else { continue };
        if stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Form") {
            found.push((*id, inner(document, &stream.dict, b"Resources")));
        }
    }
    Ok(found)
}

/// The names under which the resources have one of these fonts.
fn names(document: &Document, resources: &Dictionary, fonts: &BTreeSet<ObjectId>) -> BTreeSet<Vec<u8>> {
    let all = inner(document, resources, b"Font");
    let wanted = all.iter().filter(|(_, font)| font.as_reference().is_ok_and(|id| fonts.contains(&id)));
    wanted.map(|(name, _)| name.clone()).collect()
}

/// The entry of a dictionary as a dictionary of its own.
fn inner(document: &Document, dict: &Dictionary, key: &[u8]) -> Dictionary {
    let found = dict.get(key).ok().and_then(|object| document.dereference(object).ok());
    found.and_then(|(_, object)| object.as_dict().ok().cloned()).unwrap_or_default()
}

/// The operations with what these fonts show marked as U+00AD.
fn marked(operations: Vec<Operation>, fonts: &BTreeSet<Vec<u8>>) -> Vec<Operation> {
    let mut drawn = Vec::with_capacity(operations.len());
    let mut hyphen = false;
    for operation in operations {
        match operation.operator.as_str() {
            "Tf" => {
                let name = operation.operands.first().and_then(|name| name.as_name().ok());
                hyphen = name.is_some_and(|name| fonts.contains(name));
            }
            "Tj" | "TJ" if hyphen => {
                let text = Object::String(b"\xfe\xff\x00\xad".to_vec(), StringFormat::Hexadecimal);
                let said = dictionary! { "ActualText" => text };
                drawn.push(Operation::new("BDC", vec!["Span".into(), said.into()]));
                drawn.push(operation);
                drawn.push(Operation::new("EMC", Vec::new()));
                continue;
            }
            _ => {}
        }
        drawn.push(operation);
    }
    drawn
}

/// Whether a character is written from right to left.
fn is_rtl(c: char) -> bool {
    use unicode_bidi::BidiClass::{AL, R};
    matches!(unicode_bidi::bidi_class(c), R | AL)
}

/// Text that the tag tree refers to by one number.
struct Piece {
    text: String,
    left: f64,
    right: f64,
    base: f64,
    size: f64,
}

impl Piece {
    /// Whether it can be part of a run from right to left: no letter or digit of it runs the other way.
    fn fits(&self) -> bool {
        use unicode_bidi::BidiClass::{AN, EN, L};
        !self.text.chars().any(|c| matches!(unicode_bidi::bidi_class(c), L | EN | AN))
    }

    /// Whether it runs from right to left; marks do so with their letters.
    fn is_rtl(&self) -> bool {
        self.text.chars().any(is_rtl) || self.text.chars().all(is_combining_mark)
    }

    fn on_line_of(&self, other: &Piece) -> bool {
        (self.base - other.base).abs() < 0.5 * self.size.max(other.size)
    }

}

/// The pieces of all pages by the page's object and their number.
type Pieces = BTreeMap<(ObjectId, i64), Piece>;

fn pieces(bytes: &[u8]) -> Result<Pieces, String> {
    let file = File::open(bytes)?;
    let (mut fonts, mut budget) = (Fonts::default(), content::OPERATORS);
    let mut pieces = Pieces::new();
    for page in file.pages() {
        let course = Course { fonts: &mut fonts, budget: &mut budget, patterns: false };
        for fragment in content::draw(&file, course, page, &mut |_, _| {})? {
            let Some(mcid) = fragment.mcid else { continue };
            let (left, right) = (fragment.start.0, fragment.end.0);
            let piece = pieces.entry((page.id, mcid)).or_insert_with(|| Piece {
                text: String::new(),
                left,
                right,
                base: fragment.start.1,
                size: fragment.size,
            });
            piece.text.push_str(&fragment.text);
            (piece.left, piece.right) = (piece.left.min(left), piece.right.max(right));
        }
    }
    Ok(pieces)
}

/// Lists the words of right-to-left runs in the order in which they are read.
fn order_words(document: &mut Document, pieces: &Pieces, rtl: bool) {
    for object in document.objects.values_mut() {
        let Ok(element) = object.as_dict_mut() else { continue };
        let page = element.get(b"Pg").and_then(Object::as_reference).ok();
        if !element.has(b"S") {
            continue;
        }
        if let Ok(kids) = element.get_mut(b"K").and_then(Object::as_array_mut) {
            let found: Vec<Option<&Piece>> = kids.iter().map(|kid| piece(pieces, kid, page)).collect();
            for run in runs(&found, rtl) {
                kids[run].reverse();
            }
        }
    }
}

/// What a kid of a structure element refers to, where that is text.
fn piece<'a>(pieces: &'a Pieces, kid: &Object, page: Option<ObjectId>) -> Option<&'a Piece> {
    let (page, mcid) = match kid {
        Object::Integer(mcid) => (page?, *mcid),
        Object::Dictionary(dict) => {
            let own = dict.get(b"Pg").and_then(Object::as_reference).ok();
            (own.or(page)?, dict.get(b"MCID").and_then(Object::as_i64).ok()?)
        }
        _ => return None,
    };
    pieces.get(&(page, mcid))
}

/// Where right-to-left runs of more than one piece stand: pieces that follow each other from left to right.
fn runs(pieces: &[Option<&Piece>], rtl: bool) -> Vec<std::ops::Range<usize>> {
    let fits = |at: usize| pieces.get(at).copied().flatten().filter(|piece| piece.fits());
    let mut found = Vec::new();
    let mut from = 0;
    while from < pieces.len() {
        let mut to = from + 1;
        let mut right = fits(from).map_or(f64::MIN, |piece| piece.right);
        while let (Some(last), Some(next)) = (fits(to - 1), fits(to))
            && last.on_line_of(next)
            && (last.left..=right + TOUCHING * last.size).contains(&(next.left + TOUCHING * last.size / 2.0))
        {
            right = right.max(next.right);
            to += 1;
        }
        let run = within(pieces, from..to, rtl);
        if run.len() > 1 {
            found.push(run);
        }
        from = to;
    }
    found
}

/// The part of a run that does run from right to left: on a line that goes on to the right, signs at its ends belong to
/// the line.
fn within(pieces: &[Option<&Piece>], run: std::ops::Range<usize>, rtl: bool) -> std::ops::Range<usize> {
    let at = |index: usize| pieces.get(index).copied().flatten();
    let strong = |index: &usize| at(*index).is_some_and(Piece::is_rtl);
    let (Some(first), Some(last)) = (run.clone().find(strong), run.clone().rfind(strong)) else {
        return run.start..run.start;
    };
    let (Some(left), Some(right)) = (at(run.start), at(run.end - 1)) else {
        return run.start..run.start;
    };
    let before = run.start.checked_sub(1).and_then(at).filter(|before| before.on_line_of(left));
    let after = at(run.end).filter(|after| after.on_line_of(right));
    let leftwards = match (before, after) {
        (Some(before), _) => before.left >= left.left,
        (_, Some(after)) => after.left <= left.left,
        _ => rtl,
    };
    if leftwards { run } else { first..last + 1 }
}
