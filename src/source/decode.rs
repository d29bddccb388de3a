//! From bytes to text: UTF-8 with or without a byte order mark, any line ends. Other encodings are named, not guessed.

use crate::base::diagnostic::{Code, Diagnostic, Location};

use super::FileRef;

/// The text of a file, without a byte order mark, lines ended by `\n`.
pub(super) fn decode(path: &str, bytes: Vec<u8>) -> Result<String, Diagnostic> {
    if let Some(encoding) = other_encoding(&bytes) {
        return Err(whole_file(
            path,
            format!("the file is encoded as {encoding}, not as UTF-8"),
        )
        .hint("save it as UTF-8 (in Notepad: Save as, Encoding: UTF-8)"));
    }
    if let Some(kind) = other_kind(&bytes) {
        return Err(whole_file(path, format!("the file is {kind}, not text"))
            .hint("write the text into a file of plain text; gmg-export import makes a report of a whole text"));
    }
    let mut text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            return Err(invalid(
                path,
                error.as_bytes(),
                error.utf8_error().valid_up_to(),
            ));
        }
    };
    if text.starts_with('\u{FEFF}') {
        text.drain(..3);
    }
    if text.contains('\r') {
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    // A mark after a leading `---` comes from joining files; it means as little there as at the start.
    if let Some(rest) = text.strip_prefix("---\n\u{FEFF}") {
        text = format!("---\n{rest}");
    }
    if text.contains('\0') {
        let index = text.find('\0').unwrap_or_default();
        let (line, column) = line_and_column(&text[..index]);
        return Err(FileRef { path, text: "" }.diagnostic(
            Code::NULL_CHARACTER,
            line,
            column,
            "the file holds a null character (U+0000): it is no text file or is damaged",
        ));
    }
    Ok(text)
}

/// The kind of a file that is no text, by its first bytes.
fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [b'P', b'K', 3, 4, ..] => Some("a Word file or another packed one"),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Some("a file of an old office program"),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some("a PDF"),
        [b'{', b'\\', b'r', b't', b'f', ..] => Some("an RTF file"),
        [0x89, b'P', b'N', b'G', ..] | [0xFF, 0xD8, 0xFF, ..] | [b'G', b'I', b'F', b'8', ..] => {
            Some("a picture")
        }
        _ => None,
    }
}

/// The name of an encoding that the first bytes give away.
fn other_encoding(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] => Some("UTF-32 (little-endian)"),
        [0, 0, 0xFE, 0xFF, ..] => Some("UTF-32 (big-endian)"),
        [0xFF, 0xFE, ..] => Some("UTF-16 (little-endian)"),
        [0xFE, 0xFF, ..] => Some("UTF-16 (big-endian)"),
        [a, 0, 0, 0, ..] if *a != 0 => Some("UTF-32 (little-endian)"),
        [0, 0, 0, a, ..] if *a != 0 => Some("UTF-32 (big-endian)"),
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => Some("UTF-16 (little-endian)"),
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => Some("UTF-16 (big-endian)"),
        _ => None,
    }
}

fn invalid(path: &str, bytes: &[u8], valid: usize) -> Diagnostic {
    let before = String::from_utf8_lossy(&bytes[..valid]);
    let (line, column) = line_and_column(&before);
    let byte = bytes.get(valid).copied().unwrap_or_default();
    Diagnostic::new(
        Code::NOT_UTF8,
        format!("the file is not UTF-8: byte 0x{byte:02X} stands for no character"),
    )
    .at(Location {
        file: path.to_owned(),
        line,
        column,
    })
    .hint("the file was probably saved as Windows-1252 or Latin-1: save it as UTF-8")
}

/// Where a text that starts with `before` continues, whatever its line ends.
fn line_and_column(before: &str) -> (u32, u32) {
    let before = before
        .trim_start_matches('\u{FEFF}')
        .replace("\r\n", "\n")
        .replace('\r', "\n");
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let last = before.rsplit('\n').next().unwrap_or_default();
    (
        count(before.matches('\n').count() + 1),
        count(last.chars().count() + 1),
    )
}

fn whole_file(path: &str, message: String) -> Diagnostic {
    Diagnostic::new(Code::NOT_UTF8, message).at(Location {
        file: path.to_owned(),
        line: 0,
        column: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_and_windows_line_ends_leave_no_trace() {
        let plain = decode("a", b"title: x\ntext: |\n  a\n  b\n".to_vec()).unwrap();
        let windows = decode(
            "a",
            b"\xEF\xBB\xBFtitle: x\r\ntext: |\r\n  a\r\n  b\r\n".to_vec(),
        )
        .unwrap();
        assert_eq!(plain, windows);
        assert_eq!(
            decode("a", b"a: 1\rb: 2\r".to_vec()).unwrap(),
            "a: 1\nb: 2\n"
        );
        assert_eq!(
            decode("a", b"---\n\xEF\xBB\xBFa: 1\n".to_vec()).unwrap(),
            "---\na: 1\n"
        );
    }

    #[test]
    fn other_encodings_are_named() {
        let utf16: Vec<u8> = "\u{FEFF}title"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert!(
            decode("a", utf16)
                .unwrap_err()
                .message
                .contains("UTF-16 (little-endian)")
        );
        let utf16: Vec<u8> = "title".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(
            decode("a", utf16)
                .unwrap_err()
                .message
                .contains("UTF-16 (big-endian)")
        );
        let utf32: Vec<u8> = "\u{FEFF}t"
            .chars()
            .flat_map(|c| (c as u32).to_le_bytes())
            .collect();
        assert!(
            decode("a", utf32)
                .unwrap_err()
                .message
                .contains("UTF-32 (little-endian)")
        );
    }

    #[test]
    fn a_byte_that_is_no_utf_8_is_found_by_line_and_column() {
        let error = decode("a.yaml", b"title: x\r\nname: \xC3\xA9t\xE9\r\n".to_vec()).unwrap_err();
        assert_eq!(
            error.message,
            "the file is not UTF-8: byte 0xE9 stands for no character"
        );
        assert_eq!(error.location.unwrap().to_string(), "a.yaml:2:9");
    }
}
