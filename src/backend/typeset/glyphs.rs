//! Whether the fonts have every character of a document: a missing glyph is text that a reader never sees.

use std::collections::BTreeMap;

use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;

use super::world::font_store;
use crate::backend::substitutes::{covered, is_private, substitute};
use crate::base::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::base::script::breaks_anywhere;
use crate::document::{Document, FieldLocation};
use crate::layout::Layout;

/// A document as the pages of a layout can show it.
pub struct Drawn {
    /// The document with names for the signs that no font has; `None` where it has none of these.
    pub document: Option<Document>,
    /// What the fonts lack: letters are errors, signs that are replaced are warnings.
    found: Diagnostics,
}

impl Drawn {
    /// Warnings of the signs that are replaced on the pages.
    ///
    /// # Errors
    /// Letters that no font of the layout has.
    pub fn warnings(&self) -> Result<Diagnostics, Diagnostics> {
        let ((), warnings) = self.found.clone().or_value(())?;
        Ok(warnings)
    }
}

/// Refuses a document with letters that no font of the layout has, naming each and its first place in the YAML.
///
/// # Returns
/// Warnings of the signs that are replaced on the pages.
pub fn check_glyphs(document: &Document, layout: &Layout) -> Result<Diagnostics, Diagnostics> {
    check_families(layout)?;
    draw(document, layout)?.warnings()
}

/// Refuses a layout that names fonts that are not there.
pub(crate) fn check_families(layout: &Layout) -> Result<(), Diagnostics> {
    let store = font_store(layout)?;
    let families: Vec<&str> = store.book().families().map(|(name, _)| name).collect();
    layout.check_families(&families)
}

/// The document as the pages can show it, and what the fonts lack.
pub(crate) fn draw(document: &Document, layout: &Layout) -> Result<Drawn, Diagnostics> {
    let mut missing = Vec::new();
    for (c, place) in &document.characters {
        if needs_glyph(*c) && !covered(layout, *c)? {
            missing.push((*c, place, substitute(*c)));
        }
    }
    // Those of a script that has thousands come as one, with its signs: it is one font that is missing.
    let unlettered =
        |(c, _, sign): &(char, _, Option<String>)| breaks_anywhere(*c) && sign.is_none();
    let whole_script = missing.iter().any(unlettered);
    let (mut ideographs, others): (Vec<_>, Vec<_>) = missing
        .into_iter()
        .partition(|(c, ..)| whole_script && breaks_anywhere(*c));
    ideographs.sort_by_key(|(_, place, _)| (place.location.line, place.location.column));
    let of_script = ideographs.first().map(|(c, place, _)| {
        let more = match ideographs.len() {
            1 => String::new(),
            count => format!(" and {} more Chinese, Japanese or Korean ones", count - 1),
        };
        no_glyph(layout, *c, place, &more).hint(
            "`gmg-export help languages` has the command that fetches fonts for Chinese, Japanese and Korean",
        )
    });
    let mut found: Diagnostics = of_script.into_iter().collect();
    let mut substitutes = BTreeMap::new();
    for (c, place, substitute) in others {
        let Some(name) = substitute else {
            found.push(no_glyph(layout, c, place, "").hint(
                "write it otherwise, or put a font that has it into a folder `fonts` of the layout",
            ));
            continue;
        };
        found.push(replaced(layout, c, place, &name));
        // Among words from right to left it keeps its own order.
        let name = match document.language.rtl {
            true => format!("\u{2066}{name}\u{2069}"),
            false => name,
        };
        substitutes.insert(c, name);
    }
    let document = (!substitutes.is_empty()).then(|| document.with_replaced(&substitutes));
    Ok(Drawn { document, found })
}

/// Whether some character is a letter that no font has.
pub(super) fn lacks(
    layout: &Layout,
    characters: impl Iterator<Item = char>,
) -> Result<bool, Diagnostics> {
    let characters: std::collections::BTreeSet<char> = characters.collect();
    for c in characters {
        if needs_glyph(c) && !covered(layout, c)? && substitute(c).is_none() {
            return Ok(true);
        }
    }
    Ok(false)
}

fn replaced(layout: &Layout, sign: char, place: &FieldLocation, name: &str) -> Diagnostic {
    let (layout, shown, code) = (&layout.name, shown(sign), code(sign));
    let why = match is_private(sign) {
        true => format!("the character {code} is private: it means nothing outside of one font"),
        false => format!("no font of layout `{layout}` has the sign {shown} ({code})"),
    };
    let message = format!("{why}; “{name}” is printed for it");
    Diagnostic::new(Code::REPLACED_SIGN, message)
        .at(place.location.clone())
        .field(place.field.clone())
        .hint("write it in words, or put a font that has it into a folder `fonts` of the layout")
}

fn no_glyph(layout: &Layout, character: char, place: &FieldLocation, more: &str) -> Diagnostic {
    let (name, shown, code) = (&layout.name, shown(character), code(character));
    let message = format!("no font of layout `{name}` has the character {shown} ({code}){more}");
    Diagnostic::new(Code::NO_GLYPH, message)
        .at(place.location.clone())
        .field(place.field.clone())
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
    if character.is_control() || is_private(character) {
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
