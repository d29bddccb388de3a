//! What a text file says.

use super::artifact::ExtractedText;
use super::plain::plain;

/// Reads a text file, without the brackets around addresses.
pub(super) fn read(bytes: &[u8]) -> Result<ExtractedText, String> {
    let mut rest = std::str::from_utf8(bytes)
        .map_err(|error| format!("it is not UTF-8 from byte {} on", error.valid_up_to()))?;
    let mut out = String::with_capacity(rest.len());
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let address = |text: &str| text.contains([':', '@']) && !text.contains(char::is_whitespace);
        rest = match after.split_once('>') {
            Some((text, behind)) if address(text) => {
                out.push_str(text);
                behind
            }
            _ => {
                out.push('<');
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
