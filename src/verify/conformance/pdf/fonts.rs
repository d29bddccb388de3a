//! Fonts: all embedded, every glyph with its character, none for a missing character.

use lopdf::{Dictionary, Object};

use super::CheckedPdf;
use crate::pdf::read::file::File;
use crate::verify::conformance::verdict::{BreachList, Rule, Spot};

/// Checks by PDF/UA-1.
pub(super) fn check_ua(look: &CheckedPdf<'_>, found: &mut BreachList) {
    let rules = [
        ("7.21.4.1", "31-009").into(),
        "7.21.7".into(),
        ("7.21.8", "31-030").into(),
    ];
    used(look, rules, found);
    let rules = [("7.21.4.1", "31-011"), ("7.21.3.2", "31-005")];
    programs(look, rules.map(Rule::from), found);
}

/// Checks by PDF/A-2a.
pub(super) fn check_a(look: &CheckedPdf<'_>, found: &mut BreachList) {
    let rules = ["6.2.11.4.1", "6.2.11.7.2", "6.2.11.8"];
    used(look, rules.map(Rule::from), found);
    let rules = ["6.2.11.4.1", "6.2.11.3.2"];
    programs(look, rules.map(Rule::from), found);
}

/// What the pages show, by the clauses on embedding, on characters and on glyphs that fonts lack.
fn used(
    look: &CheckedPdf<'_>,
    [embedding, characters, lack]: [Rule<'_>; 3],
    found: &mut BreachList,
) {
    for (index, page) in look.pages.iter().enumerate() {
        for name in &page.missing {
            let what = "a font is not in the file";
            found.at(embedding, what, Spot::page(index, format!("font {name}")));
        }
        for ((name, odd), text) in &page.unmapped {
            let what = "the file does not say which characters glyphs stand for (ToUnicode)";
            let condition = match odd {
                '\0' => "31-028",
                '\u{fffd}' => "10-001",
                _ => "31-029",
            };
            let spot = Spot::page(index, format!("font {name}, {text}"));
            found.at(characters.with(condition), what, spot);
        }
        for (name, text) in &page.misheard {
            let what = "a character map says another text than is meant (ToUnicode): not all readers heed ActualText";
            found.at(
                characters,
                what,
                Spot::page(index, format!("font {name}, {text}")),
            );
        }
        for name in &page.lacking {
            let what = "text shows the glyph that a font draws for what it lacks (.notdef)";
            found.at(lack, what, Spot::page(index, format!("font {name}")));
        }
    }
}

/// Font programs and the maps to their glyphs.
fn programs(look: &CheckedPdf<'_>, [embedding, glyphs]: [Rule<'_>; 2], found: &mut BreachList) {
    for dict in look.file.dictionaries() {
        let (kind, subtype) = (
            look.file.name(dict, "Type"),
            look.file.name(dict, "Subtype"),
        );
        let spot = || {
            let name = look
                .file
                .name(dict, "BaseFont")
                .or_else(|| look.file.name(dict, "FontName"));
            Spot::object(format!("font {}", name.unwrap_or_default()))
        };
        match (kind.as_deref(), subtype.as_deref()) {
            (Some("FontDescriptor"), _) if !sound_program(look.file, dict) => {
                found.at(embedding, "a font in the file is empty or damaged", spot());
            }
            (Some("Font"), Some("CIDFontType2"))
                if look.file.get(dict, "CIDToGIDMap").is_null() =>
            {
                let what = "a font does not say which glyphs its codes are (CIDToGIDMap)";
                found.at(glyphs, what, spot());
            }
            _ => {}
        }
    }
}

/// Whether the program that a descriptor names can be unpacked and is of a kind that is known; true where it names
/// none.
fn sound_program(file: &File, descriptor: &Dictionary) -> bool {
    let key = ["FontFile", "FontFile2", "FontFile3"]
        .into_iter()
        .find(|key| descriptor.has(key.as_bytes()));
    let Some(key) = key else { return true };
    let Object::Stream(stream) = file.get(descriptor, key) else {
        return false;
    };
    let Ok(program) = file.unpack(stream) else {
        return false;
    };
    let starts = |head: &[u8]| program.starts_with(head);
    match (key, file.name(&stream.dict, "Subtype").as_deref()) {
        ("FontFile", _) => starts(b"%!"),
        ("FontFile2", _) => starts(&[0, 1, 0, 0]) || starts(b"true") || starts(b"OTTO"),
        (_, Some("OpenType")) => starts(b"OTTO") || starts(&[0, 1, 0, 0]),
        (_, Some("Type1C" | "CIDFontType0C")) => starts(&[1]),
        _ => false,
    }
}
