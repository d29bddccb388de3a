//! From bytes to text, whatever program saved them: UTF-8, UTF-16 and Windows-1252; the import reports which.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::base::diagnostic::{Code, Diagnostic, Location};

/// The largest file that is imported, in bytes.
pub(crate) const MAX_INPUT: u64 = 16 << 20;
/// The most paragraphs that are imported: ten times as many as the largest file has of usual length.
const MAX_PARAGRAPHS: usize = 200_000;

/// A text with the encoding it had, where that is not UTF-8.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) encoding: Option<&'static str>,
}

/// The text of a file: lines ended by `\n`, no byte order mark.
pub(crate) fn decode(name: &str, bytes: Vec<u8>) -> Result<Decoded, Diagnostic> {
    if bytes.len() as u64 > MAX_INPUT {
        let message = format!("the file is larger than {} MiB", MAX_INPUT >> 20);
        return Err(refused(
            Code::TEXT_TOO_LARGE,
            name,
            message,
            "import its parts one by one",
        ));
    }
    if let Some(what) = other_kind(&bytes) {
        let message = format!("the file is {what}, not a text");
        return Err(refused(
            Code::NOT_A_TEXT,
            name,
            message,
            "bring the Word file, or save its text as a .txt or .md file in UTF-8 first",
        ));
    }
    let (text, encoding) = characters(name, bytes)?;
    // Byte order marks get into texts that were put together of several.
    let text = changed(text, &['\u{FEFF}'], |text| text.replace('\u{FEFF}', ""));
    let ends = ['\r', '\u{85}', '\u{2028}', '\u{2029}'];
    let text = changed(text, &ends, |text| {
        text.replace("\r\n", "\n").replace(ends, "\n")
    });
    if paragraphs(&text) > MAX_PARAGRAPHS {
        let message = format!("the text has more than {MAX_PARAGRAPHS} paragraphs");
        return Err(refused(
            Code::TEXT_TOO_LARGE,
            name,
            message,
            "import its parts one by one",
        ));
    }
    let strange = |c: &char| {
        let code = u32::from(*c);
        let none = (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE;
        none || (c.is_control() && !matches!(c, '\n' | '\t' | '\u{B}' | '\u{C}'))
    };
    if let Some(c) = text.chars().find(strange) {
        let message = format!(
            "the file holds U+{:04X}, which no text has: it is no text file or is damaged",
            c as u32
        );
        return Err(refused(
            Code::NOT_A_TEXT,
            name,
            message,
            "save it again as plain text in UTF-8",
        ));
    }
    if !text.contains(char::is_alphanumeric) {
        let message = match text.trim().is_empty() {
            true => "the file is empty",
            false => "the file has signs alone, and no words",
        };
        return Err(refused(
            Code::NO_TEXT_IN_FILE,
            name,
            message.into(),
            "give a file with text in it",
        ));
    }
    Ok(Decoded { text, encoding })
}

/// A text changed, if it has one of the characters: a copy of a long text is not made for nothing.
pub(crate) fn changed(
    text: String,
    characters: &[char],
    change: impl Fn(&str) -> String,
) -> String {
    match text.contains(characters) {
        true => change(&text),
        false => text,
    }
}

/// How many paragraphs that blank lines part a text has.
fn paragraphs(text: &str) -> usize {
    let parts = text.split("\n\n");
    parts.filter(|part| !part.is_empty()).count()
}

fn characters(name: &str, bytes: Vec<u8>) -> Result<(String, Option<&'static str>), Diagnostic> {
    let wide = |encoding: &'static Encoding, called| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes);
        text.map(|text| (text.into_owned(), Some(called)))
            .ok_or_else(|| broken(name, called))
    };
    match bytes.as_slice() {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => Err(refused(
            Code::NOT_A_TEXT,
            name,
            "the file is encoded as UTF-32".into(),
            "save it as UTF-8",
        )),
        [0xFF, 0xFE, ..] => wide(UTF_16LE, "UTF-16 (little-endian)"),
        [0xFE, 0xFF, ..] => wide(UTF_16BE, "UTF-16 (big-endian)"),
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => wide(UTF_16LE, "UTF-16 (little-endian)"),
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => wide(UTF_16BE, "UTF-16 (big-endian)"),
        _ => Ok(match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) if mostly_utf8(error.as_bytes()) => {
                let at = error.utf8_error().valid_up_to();
                return Err(damaged(name, error.as_bytes(), at));
            }
            Err(error) => (
                WINDOWS_1252
                    .decode_without_bom_handling(error.as_bytes())
                    .0
                    .into_owned(),
                Some("Windows-1252"),
            ),
        }),
    }
}

/// Whether a text that is no UTF-8 is UTF-8 except for some places: it has letters of more bytes, and few bytes are
/// wrong.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 0 && bad <= good
}

/// The places where a text is no UTF-8, the first of them with its line.
fn damaged(name: &str, bytes: &[u8], at: usize) -> Diagnostic {
    let before = &bytes[..at];
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let start = before
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
    let places = bytes
        .utf8_chunks()
        .filter(|chunk| !chunk.invalid().is_empty())
        .count();
    let byte = bytes.get(at).copied().unwrap_or_default();
    let more = match places {
        1 => String::new(),
        _ => format!("; there are {places} such places"),
    };
    let message = format!("the text is UTF-8, but the byte {byte:02X} here is none{more}");
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    Diagnostic::new(Code::NOT_A_TEXT, message)
        .hint("write the letter that is meant here, and save the file as UTF-8")
        .at(Location {
            file: name.to_owned(),
            line: number(line),
            column: number(column),
        })
}

/// What a file is that is no text, by its first bytes.
fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    let starts: [(&[u8], &'static str); 4] = [
        (b"%PDF-", "a PDF"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"GIF8", "a picture"),
    ];
    let known = starts
        .into_iter()
        .find(|(start, _)| bytes.starts_with(start));
    known.map(|(_, what)| what)
}

fn broken(name: &str, encoding: &str) -> Diagnostic {
    let message = format!("the file begins as {encoding}, but is no whole text in it");
    refused(Code::NOT_A_TEXT, name, message, "save it again as UTF-8")
}

fn refused(code: Code, name: &str, message: String, hint: &'static str) -> Diagnostic {
    Diagnostic::new(code, message)
        .hint(hint)
        .at(Location::whole(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_recognised_and_said() {
        let utf16: Vec<u8> = "\u{FEFF}é\r\nb"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let found = decode("a", utf16).unwrap();
        assert_eq!(
            (found.text.as_str(), found.encoding),
            ("é\nb", Some("UTF-16 (little-endian)"))
        );
        let found = decode("a", b"caf\xE9 \x93x\x94".to_vec()).unwrap();
        assert_eq!(
            (found.text.as_str(), found.encoding),
            ("café “x”", Some("Windows-1252"))
        );
        assert_eq!(
            decode("a", b"\xEF\xBB\xBFa\r".to_vec()).unwrap().text,
            "a\n"
        );
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for (bytes, part) in [
            (b"%PDF-1.7".as_slice(), "a PDF"),
            (b"\x89PNGx", "picture"),
            (b"ab\0\0c", "U+0000"),
            (b" \n ", "empty"),
            (b"\xFF\xFEa", "UTF-16"),
        ] {
            let error = decode("a", bytes.to_vec()).unwrap_err();
            assert!(error.message.contains(part), "{}", error.message);
        }
        assert!(decode("a", vec![b'a'; (MAX_INPUT + 1) as usize]).is_err());
        assert!(decode("a", "a\n\n".repeat(MAX_PARAGRAPHS + 1).into()).is_err());
        assert!(decode("a", "a\n\n\n\n".repeat(MAX_PARAGRAPHS - 1).into()).is_ok());
    }
}
