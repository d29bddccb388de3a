//! Signs of fonts whose letters are pictures (Symbol, Wingdings), as characters that any font has.

/// The font Symbol: what stands at the places of the signs from 0x61, and from 0x41.
const GREEK: [&str; 2] = ["αβχδεφγηιϕκλμνοπθρστυϖωξψζ", "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"];
/// Other signs of Symbol.
const SYMBOL: [(u8, char); 26] = [
    (0x22, '∀'),
    (0x24, '∃'),
    (0x27, '∍'),
    (0x2D, '−'),
    (0xA3, '≤'),
    (0xA5, '∞'),
    (0xAB, '↔'),
    (0xAC, '←'),
    (0xAD, '↑'),
    (0xAE, '→'),
    (0xAF, '↓'),
    (0xB0, '°'),
    (0xB1, '±'),
    (0xB3, '≥'),
    (0xB4, '×'),
    (0xB6, '∂'),
    (0xB7, '•'),
    (0xB8, '÷'),
    (0xB9, '≠'),
    (0xBA, '≡'),
    (0xBB, '≈'),
    (0xCE, '∈'),
    (0xD1, '∇'),
    (0xD6, '√'),
    (0xE5, '∑'),
    (0xF2, '∫'),
];
/// Signs of Wingdings.
const WINGDINGS: [(u8, char); 22] = [
    (0x4A, '☺'),
    (0x6C, '●'),
    (0x6E, '■'),
    (0x6F, '☐'),
    (0x71, '❑'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x78, '☒'),
    (0xA7, '▪'),
    (0xA8, '☐'),
    (0xD8, '➢'),
    (0xDF, '←'),
    (0xE0, '→'),
    (0xE1, '↑'),
    (0xE2, '↓'),
    (0xE8, '➔'),
    (0xF0, '⇨'),
    (0xFB, '✗'),
    (0xFC, '✓'),
    (0xFD, '☒'),
    (0xFE, '☑'),
    (0x2A, '✉'),
];

/// The character of a sign that a file names by its number and font.
pub(super) fn symbol(number: &str, font: &str) -> String {
    let code = u32::from_str_radix(number, 16).ok();
    let Some(c) = code.and_then(char::from_u32) else {
        return String::new();
    };
    sign(c, font).to_string()
}

/// A text as it is shown in a font.
pub(super) fn shown(text: String, font: Option<&str>) -> String {
    let pictures = font.filter(|font| kind(font).is_some());
    let private = |c: char| ('\u{F020}'..='\u{F0FF}').contains(&c);
    match (pictures, text.contains(private)) {
        (None, false) => text,
        (Some(font), _) => text.chars().map(|c| sign(c, font)).collect(),
        (None, true) => {
            let one = |c| if private(c) { sign(c, "") } else { c };
            text.chars().map(one).collect()
        }
    }
}

/// Whether a font has pictures for letters: true for those of Symbol.
fn kind(font: &str) -> Option<bool> {
    match font.to_lowercase().as_str() {
        "symbol" => Some(true),
        font if font.starts_with("wingdings") || font.contains("dingbats") => Some(false),
        _ => None,
    }
}

fn sign(c: char, font: &str) -> char {
    let code = match u32::from(c) {
        code @ 0xF020..=0xF0FF => code - 0xF000,
        code @ 0x20..=0xFF => code,
        _ => return c,
    };
    let private = u32::from(c) > 0xFF;
    let Ok(byte) = u8::try_from(code) else {
        return c;
    };
    let find = |table: &[(u8, char)]| {
        let found = table.iter().find(|(known, _)| *known == byte);
        found.map(|(_, sign)| *sign)
    };
    let greek = |first: u8, row: usize| {
        let at = byte.checked_sub(first)?;
        GREEK[row].chars().nth(at.into())
    };
    let found = match kind(font) {
        Some(true) => find(&SYMBOL)
            .or_else(|| greek(b'a', 0).filter(|_| byte <= b'z'))
            .or_else(|| greek(b'A', 1).filter(|_| byte <= b'Z')),
        Some(false) => find(&WINGDINGS),
        None => None,
    };
    match found {
        Some(sign) => sign,
        // What is not known is shown as a bullet or, from an ordinary font, as itself.
        None if private && !byte.is_ascii_graphic() => '•',
        None => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_characters() {
        assert_eq!(symbol("F0FC", "Wingdings"), "✓");
        assert_eq!(symbol("F061", "Symbol"), "α");
        assert_eq!(symbol("03B1", "Times"), "α");
        assert_eq!(symbol("zz", "Symbol"), "");
        assert_eq!(shown("aW".into(), Some("Symbol")), "αΩ");
        assert_eq!(shown("\u{F0B7} a".into(), Some("Arial")), "• a");
        assert_eq!(shown("aW".into(), Some("Arial")), "aW");
    }
}
