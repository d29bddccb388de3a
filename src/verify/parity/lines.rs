//! What a text file says.

use super::artifact::ExtractedText;
use super::plain::plain;

/// Reads a text file: without the marks of notes and the brackets around addresses.
pub(super) fn read(bytes: &[u8]) -> Result<ExtractedText, String> {
    let mut rest = std::str::from_utf8(bytes)
        .map_err(|error| format!("it is not UTF-8 from byte {} on", error.valid_up_to()))?;
    let mut out = String::with_capacity(rest.len());
    while let Some(at) = rest.find(['<', '[']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let (open, after) = from.split_at(1);
        let close = if open == "<" { '>' } else { ']' };
        let inside = after.split_once(close);
        let number =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let address = |text: &str| text.contains([':', '@']) && !text.contains(char::is_whitespace);
        rest = match inside {
            Some((text, behind)) if open == "[" && number(text) => behind,
            Some((text, behind)) if open == "<" && address(text) => {
                out.push_str(text);
                behind
            }
            _ => {
                out.push_str(open);
                after
            }
        };
    }
    out.push_str(rest);
    Ok(ExtractedText {
        text: plain(&out),
        ..ExtractedText::default()
    })
}
