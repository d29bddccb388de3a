//! The fonts of a Chinese, Japanese or Korean report among those of a layout: found by the letters that they have, so that
//! no layout needs to name them.

use typst::text::{FontFlags, FontInfo};

use crate::base::diagnostic::Diagnostics;
use crate::document::{Document, Language};
use crate::layout::{Fonts, Layout};

/// Families for text and for headings: a pair with and without serifs where there is one.
#[derive(Debug, Default, PartialEq, serde::Serialize)]
pub(super) struct ScriptFaces {
    text: Vec<String>,
    sans: Vec<String>,
}

impl ScriptFaces {
    /// Those of a document's language; none for languages whose letters every layout has.
    ///
    /// # Errors
    /// A font that cannot be read.
    pub(super) fn of(document: &Document, layout: &Layout) -> Result<Self, Diagnostics> {
        let Some((sample, ending)) = script(&document.language) else {
            return Ok(ScriptFaces::default());
        };
        let faces = layout.fonts.faces()?;
        let families = faces
            .iter()
            .map(|font| font.info())
            .filter(|info| info.coverage.contains(sample as u32));
        Ok(among(families, &layout.tokens.fonts, ending))
    }
}

/// A letter that tells whether a font has a language's script, and how families for it end their names.
fn script(language: &Language) -> Option<(char, &'static str)> {
    let traditional = ["Hant", "TW", "HK", "MO"];
    Some(match language.code.as_str() {
        "zh" | "yue"
            if language
                .tag
                .split('-')
                .any(|part| traditional.contains(&part)) =>
        {
            ('\u{7684}', " TC")
        }
        "zh" | "yue" => ('\u{7684}', " SC"),
        "ja" => ('\u{3042}', " JP"),
        "ko" => ('\u{AC00}', " KR"),
        _ => return None,
    })
}

/// The pair among families that have the script: first those that the layout names, then those whose name says that they are
/// made for the language, then any.
fn among<'f>(
    families: impl Iterator<Item = &'f FontInfo>,
    named: &Fonts,
    ending: &str,
) -> ScriptFaces {
    let mut families: Vec<&FontInfo> = families.collect();
    let rank = |info: &FontInfo| {
        let name = info.family.as_str();
        let own = [&named.text, &named.sans]
            .into_iter()
            .chain(&named.fallback);
        let own = own
            .map(|own| own.eq_ignore_ascii_case(name))
            .position(|is| is);
        (own.unwrap_or(usize::MAX), !name.ends_with(ending))
    };
    families.sort_by_cached_key(|info| (rank(info), info.family.clone()));
    let best = families.first().map(|info| rank(info));
    let pick = |serif: bool| {
        let alike = |info: &&&FontInfo| has_serifs(info) == serif && best_kind(rank(info), best);
        let found = families.iter().find(alike).or(families.first());
        found
            .map(|info| info.family.to_string())
            .into_iter()
            .collect()
    };
    ScriptFaces {
        text: pick(true),
        sans: pick(false),
    }
}

/// Whether a family ranks with the best: named by the layout as it is, or made for the same language.
fn best_kind(rank: (usize, bool), best: Option<(usize, bool)>) -> bool {
    best.is_some_and(|best| (rank.0 == usize::MAX) == (best.0 == usize::MAX) && rank.1 == best.1)
}

/// Fonts of these scripts seldom say so in their numbers, but in their names.
fn has_serifs(info: &FontInfo) -> bool {
    let name = info.family.as_str();
    let sans = ["Sans", "Gothic", "Hei"]
        .iter()
        .any(|part| name.contains(part));
    !sans && (info.flags.contains(FontFlags::SERIF) || !name.contains("Round"))
}
