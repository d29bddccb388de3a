//! Whether fixed words are words: each says something, on one line, in characters that are seen. Nothing here knows what
//! the words are for.

use super::fixed_words::Strings;

/// What is wrong with a text: its field, what it says, and what to do.
pub(super) type WordFault = (String, String, &'static str);

/// The texts that are none.
pub(super) fn faults(strings: &Strings) -> Vec<WordFault> {
    let all = serde_json::to_value(strings).unwrap_or_default();
    let mut found = Vec::new();
    for (field, value) in all.as_object().into_iter().flatten() {
        let items = value.as_array().into_iter().flatten();
        let mut texts = items
            .chain(std::iter::once(value))
            .filter_map(|one| one.as_str());
        found.extend(texts.find_map(|text| fault(field, text)));
    }
    let mut months: Vec<String> = strings
        .months
        .iter()
        .map(|one| one.to_lowercase())
        .collect();
    months.sort();
    if let Some(twice) = months.windows(2).find(|pair| pair[0] == pair[1]) {
        let message = format!("two months are called `{}`", twice[0]);
        let hint = "write all twelve, the first month first";
        found.push(("months".to_owned(), message, hint));
    }
    found
}

fn fault(field: &str, text: &str) -> Option<WordFault> {
    if text.trim().is_empty() {
        let message = format!("`{field}` says nothing");
        let hint = "write the word, or delete the line for the one that is built in";
        return Some((field.to_owned(), message, hint));
    }
    let hidden = text.chars().find(|c| is_hidden(*c))?;
    let message = format!(
        "`{field}` holds U+{:04X}, which has no place in words that are printed",
        hidden as u32
    );
    let hint = "delete it; it is invisible, so type the word again";
    Some((field.to_owned(), message, hint))
}

/// Whether a character shows nothing, ends a line or turns words around.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}')
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{E0000}'..='\u{E007F}')
}
