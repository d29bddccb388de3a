//! References to footnotes in running text, before it is known for which note each is.

/// Around a mark in running text: characters that no text can have.
pub(crate) const OPEN: char = '\u{FDD0}';
pub(crate) const CLOSE: char = '\u{FDD1}';

/// A mark in running text, to be settled.
pub(crate) fn reference(mark: &str) -> String {
    format!("{OPEN}{mark}{CLOSE}")
}

/// A text without the reference at its end.
pub(super) fn without_reference(text: &str) -> &str {
    let inner = text.strip_suffix(CLOSE).and_then(|text| text.rfind(OPEN));
    inner.map_or(text, |at| &text[..at])
}

/// A text without its references, and those for after it.
pub(crate) fn apart(text: &str) -> (String, String) {
    let mut references = String::new();
    let mut parts = text.split(OPEN);
    let mut rest = parts.next().unwrap_or_default().to_owned();
    for (mark, after) in parts.filter_map(|part| part.split_once(CLOSE)) {
        references.push_str(&reference(mark));
        if after.starts_with(char::is_alphanumeric) {
            rest.push(' ');
        }
        rest.push_str(after);
    }
    (rest, references)
}
