//! References in running text to footnotes and headings, before it is known which note or id each is for.

/// Around a mark in running text: characters that no text can have.
pub(crate) const OPEN: char = '\u{FDD0}';
pub(crate) const CLOSE: char = '\u{FDD1}';

/// A mark in running text, to be settled.
pub(crate) fn reference(mark: &str) -> String {
    format!("{OPEN}{mark}{CLOSE}")
}

/// Around the number of a citation, until its words have been compared; no text has this character.
pub(crate) const CITED: char = '\u{FDDA}';

/// A citation in running text, by its number.
pub(super) fn citation(number: usize) -> String {
    format!("{CITED}{number}{CITED}")
}

/// A text in which each citation is what `written` makes of its number.
pub(crate) fn with_citations(text: &str, written: impl Fn(usize) -> String) -> String {
    settled(text, CITED, written)
}

/// Around the number of a heading to which a link leads.
const PLACE: char = '\u{FDD3}';

/// The target of a link to a heading, to be settled.
pub(super) fn place(number: usize) -> String {
    format!("#{PLACE}{number}{PLACE}")
}

/// The number of the heading to which a link of this target leads.
pub(crate) fn place_of(target: &str) -> Option<usize> {
    let number = target.strip_prefix('#')?.strip_prefix(PLACE)?;
    number.strip_suffix(PLACE)?.parse().ok()
}

/// A text whose links to headings lead to their ids.
pub(crate) fn placed(text: &str, id: impl Fn(usize) -> String) -> String {
    settled(text, PLACE, id)
}

fn settled(text: &str, sign: char, written: impl Fn(usize) -> String) -> String {
    let settled = |(index, part): (usize, &str)| match part.parse() {
        Ok(number) if index % 2 == 1 => written(number),
        _ => part.to_owned(),
    };
    text.split(sign).enumerate().map(settled).collect()
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
