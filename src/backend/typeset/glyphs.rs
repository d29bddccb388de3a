//! Whether the fonts have every character of a document: a missing glyph is text that a reader never sees.

use typst::layout::{Frame, FrameItem};
use typst_kit::fonts::FontStore;
use typst_layout::PagedDocument;

use super::world::font_store;
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::base::script::breaks_anywhere;
use crate::document::{Document, FieldLocation};
use crate::layout::Layout;

/// Refuses a document with characters that no font of the layout has, naming each and its first place in the YAML.
pub fn check_glyphs(document: &Document, layout: &Layout) -> Result<(), Diagnostics> {
    let store = font_store(layout)?;
    let book = store.book();
    let families: Vec<&str> = book.families().map(|(name, _)| name).collect();
    layout.check_families(&families)?;
    let missing = document.characters.iter();
    let missing = missing.filter(|(c, _)| needs_glyph(**c) && !covered(&store, **c));
    // Those of a script that has thousands come as one: it is one font that is missing.
    let (mut ideographs, others): (Vec<_>, Vec<_>) =
        missing.partition(|(c, _)| breaks_anywhere(**c));
    ideographs.sort_by_key(|(_, place)| (place.location.line, place.location.column));
    let of_script = ideographs.first().map(|(c, place)| {
        let more = match ideographs.len() {
            1 => String::new(),
            count => format!(" and {} more Chinese, Japanese or Korean ones", count - 1),
        };
        no_glyph(layout, **c, place, &more).hint(
            "`gmg-export help languages` has the command that fetches fonts for Chinese, Japanese and Korean",
        )
    });
    let others = others.into_iter().map(|(c, place)| {
        no_glyph(layout, *c, place, "").hint(
            "write it otherwise, or put a font that has it into a folder `fonts` of the layout",
        )
    });
    let missing: Diagnostics = of_script.into_iter().chain(others).collect();
    missing.or_value(()).map(|_| ())
}

fn no_glyph(layout: &Layout, character: char, place: &FieldLocation, more: &str) -> Diagnostic {
    let (name, shown, code) = (&layout.name, shown(character), code(character));
    let message = format!("no font of layout `{name}` has the character {shown} ({code}){more}");
    Diagnostic::new(Code::NO_GLYPH, message)
        .at(place.location.clone())
        .field(place.field.clone())
}

fn covered(store: &FontStore, character: char) -> bool {
    let book = store.book();
    (0..)
        .map_while(|index| book.info(index))
        .any(|info| info.coverage.contains(character as u32))
}

/// Whether the character is drawn at all: format characters such as U+200D or U+00AD are instructions to the shaper.
fn needs_glyph(character: char) -> bool {
    !matches!(character,
        '\u{0}'..='\u{20}' | '\u{A0}' | '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{2000}'..='\u{200F}'
        | '\u{2028}'..='\u{202F}' | '\u{205F}'..='\u{206F}' | '\u{3000}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{E0100}'..='\u{E01EF}')
}

fn code(character: char) -> String {
    format!("U+{:04X}", character as u32)
}

fn shown(character: char) -> String {
    if character.is_control() || ('\u{E000}'..='\u{F8FF}').contains(&character) {
        "that cannot be shown".into()
    } else {
        format!("“{character}”")
    }
}

/// The texts of a laid-out document that came out with an empty glyph: what [`check_glyphs`] could not foresee, such
/// as a word of the layout itself.
pub(crate) fn missing_glyphs(document: &PagedDocument) -> Vec<String> {
    let mut found = Vec::new();
    for page in document.pages() {
        collect(&page.frame, &mut found);
    }
    found.sort();
    found.dedup();
    found
}

fn collect(frame: &Frame, found: &mut Vec<String>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => collect(&group.frame, found),
            FrameItem::Text(text) => {
                for glyph in text.glyphs.iter().filter(|glyph| glyph.id == 0) {
                    let cluster = text.text.get(glyph.range()).unwrap_or_default();
                    if cluster.chars().any(needs_glyph) {
                        found.push(cluster.to_owned());
                    }
                }
            }
            _ => {}
        }
    }
}
