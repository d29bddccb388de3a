//! What a text file says.

use super::plain::plain;

/// Reads a text file: without the marks of notes and the addresses behind links.
pub(super) fn read(bytes: &[u8]) -> String {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['<', '[']) {
        out.push_str(&rest[..at]);
        let end = rest[at..].find(['>', ']']).map(|length| at + length + 1);
        let inside = end.map_or("", |end| &rest[at + 1..end - 1]);
        let mark = !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_digit());
        let address = inside.contains(':') && !inside.contains(char::is_whitespace);
        match end {
            Some(end) if mark || rest[at..].starts_with('<') && address => rest = &rest[end..],
            _ => {
                out.push_str(&rest[at..at + 1]);
                rest = &rest[at + 1..];
            }
        }
    }
    out.push_str(rest);
    plain(&out).replace(" ,", ",").replace(" .", ".")
}
