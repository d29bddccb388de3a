//! Signs that no font of a layout has: the pages show their Unicode names in brackets, so that a rare sign stops no
//! report. Letters have no substitute: a text in a script without a font is an error.

use std::collections::BTreeSet;

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::base::diagnostic::Diagnostics;
use crate::layout::Layout;

/// What stands for a sign; `None` for letters, digits and marks on letters.
pub(super) fn substitute(sign: char) -> Option<String> {
    use GeneralCategory as Category;
    let category = sign.general_category();
    let is_sign = matches!(
        sign.general_category_group(),
        GeneralCategoryGroup::Symbol | GeneralCategoryGroup::Punctuation
    ) || matches!(
        category,
        Category::OtherNumber
            | Category::LetterNumber
            | Category::EnclosingMark
            | Category::PrivateUse
            | Category::Unassigned
    );
    // Stems, flags and dots of notes are marks on signs.
    let is_sign = is_sign || matches!(sign, '\u{1D165}'..='\u{1D172}' | '\u{1D17B}'..='\u{1D24F}');
    is_sign.then(|| match unicode_names2::name(sign) {
        Some(name) => format!("[{}]", name.to_string().to_lowercase()),
        None => format!("[U+{:04X}]", u32::from(sign)),
    })
}

/// Whether a character has a meaning in one font alone. PDF/A does not allow it (ISO 19005-2, 6.2.11.7.3).
pub(super) fn is_private(character: char) -> bool {
    character.general_category() == GeneralCategory::PrivateUse
}

/// Whether a font of the layout has the character, and may show it.
pub(super) fn covered(layout: &Layout, character: char) -> Result<bool, Diagnostics> {
    // U+FFFD says that a character was lost: to readers of a PDF it stands for none (ISO 14289-1, 7.21.7).
    if is_private(character) || character == char::REPLACEMENT_CHARACTER {
        return Ok(false);
    }
    let mut faces = layout.fonts.faces()?.iter();
    Ok(faces.any(|face| face.info().coverage.contains(u32::from(character))))
}

/// A drawing whose words no longer have signs that no font of the layout has; `None` where there are none.
pub(super) fn legible(drawing: &str, layout: &Layout) -> Result<Option<String>, Diagnostics> {
    let text = references_resolved(drawing);
    let signs: BTreeSet<char> = text.chars().filter(|c| !c.is_ascii()).collect();
    let mut replaced = None;
    for sign in signs {
        if covered(layout, sign)? {
            continue;
        }
        if let Some(name) = substitute(sign) {
            let now: &String = replaced.as_ref().unwrap_or(&text);
            replaced = Some(now.replace(sign, &name));
        }
    }
    Ok(replaced)
}

/// The text with the characters outside ASCII that references such as `&#xE3F;` stand for.
fn references_resolved(text: &str) -> String {
    let mut parts = text.split("&#");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let resolved = part.split_once(';').and_then(|(number, rest)| {
            let code = match number.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            let c = char::from_u32(code.ok()?).filter(|c| !c.is_ascii())?;
            Some((c, rest))
        });
        match resolved {
            Some((c, rest)) => {
                out.push(c);
                out.push_str(rest);
            }
            None => {
                out.push_str("&#");
                out.push_str(part);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::LayoutLoader;

    #[test]
    fn signs_have_a_name_or_a_number_and_letters_have_neither() {
        let is = |sign, name: &str| assert_eq!(substitute(sign).as_deref(), Some(name));
        is('\u{0E3F}', "[thai currency symbol baht]");
        is('\u{2F00}', "[kangxi radical one]");
        is('\u{1D129}', "[musical symbol multiple measure rest]");
        is('\u{1D15E}', "[musical symbol half note]");
        is('\u{1D165}', "[musical symbol combining stem]");
        is('\u{FFFD}', "[replacement character]");
        is('\u{E000}', "[U+E000]");
        is('\u{10FFFD}', "[U+10FFFD]");
        for letter in ['a', 'é', '水', 'ก', '\u{0E31}', '४', '\u{0301}'] {
            assert_eq!(substitute(letter), None, "{letter:?}");
        }
    }

    #[test]
    fn drawings_are_changed_where_a_sign_has_no_font_alone() {
        let layout = LayoutLoader::embedded().load("screen").expect("the layout");
        let legible = |svg: &str| legible(svg, &layout).expect("fonts");
        for sign in ["\u{1D129}", "&#x1D129;", "&#x1d129;", "&#119081;"] {
            let found = legible(&format!("<text>é {sign} &#38; b</text>"));
            let name = "<text>é [musical symbol multiple measure rest] &#38; b</text>";
            assert_eq!(found.as_deref(), Some(name), "{sign}");
        }
        assert_eq!(legible("<text>é → ✓ &#x2713;</text>"), None);
    }
}
