//! What a text file says.

use super::plain::plain;

/// Reads a text file: without the marks of notes and the brackets around addresses.
pub(super) fn read(bytes: &[u8]) -> String {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['<', '[']) {
        out.push_str(&rest[..at]);
        let open = &rest[at..at + 1];
        let close = if open == "<" { '>' } else { ']' };
        let inside = rest[at + 1..].split(close).next().unwrap_or_default();
        let number = !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_digit());
        let address = inside.contains([':', '@']) && !inside.contains(char::is_whitespace);
        let end = at + inside.len() + 2;
        match open {
            "[" if number => rest = &rest[end..],
            "<" if address => {
                out.push_str(inside);
                rest = &rest[end..];
            }
            _ => {
                out.push_str(open);
                rest = &rest[at + 1..];
            }
        }
    }
    out.push_str(rest);
    plain(&out)
}
