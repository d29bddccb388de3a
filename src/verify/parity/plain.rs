//! Normalised text: formats may break lines, choose spaces and use capitals as they like.

use crate::base::script::breaks_anywhere;

/// Lower case (by way of capitals, in which some formats set labels), single plain spaces, no invisible characters, no
/// space where a line may have been broken after a hyphen or a dash, between brackets, or next to an ideograph.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let behind = |c: char| {
        matches!(
            c,
            ' ' | '-' | '–' | '—' | '…' | '/' | '\u{2010}' | '\u{5be}'
        ) || breaks_anywhere(c)
    };
    for c in text.chars() {
        let c = match c {
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}' => {
                continue;
            }
            '\u{2011}' => '-',
            // A list of contents has signs for raised and lowered digits, or the digits themselves.
            '²' => '2',
            '³' => '3',
            '¹' => '1',
            '⁰' | '⁴'..='⁹' => digit(c, '⁰'),
            '₀'..='₉' => digit(c, '₀'),
            c if c.is_whitespace() => ' ',
            c => c,
        };
        if c == ' ' && (out.is_empty() || out.ends_with(behind)) {
            continue;
        }
        // Names of signs that follow each other, in brackets, may be parted by a line end.
        if breaks_anywhere(c) && out.ends_with(' ') || c == '[' && out.ends_with("] ") {
            out.pop();
        }
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            out.extend(c.to_uppercase().flat_map(char::to_lowercase));
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The same without spaces: pieces of a drawing may stand anywhere.
pub(super) fn solid(text: &str) -> String {
    plain(text).split(' ').collect()
}

/// The words of a text with their places: runs of letters and digits. An ideograph is a word by itself: in columns nobody
/// can tell which of them were one.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = rest.find(|(_, c)| c.is_alphanumeric())?;
        let mut end = start + first.len_utf8();
        let goes_on = |c: char| c.is_alphanumeric() && !breaks_anywhere(c);
        while !breaks_anywhere(first)
            && let Some((at, c)) = rest.next_if(|(_, c)| goes_on(*c))
        {
            end = at + c.len_utf8();
        }
        Some((start, &text[start..end]))
    })
}

/// A text as a message shows it: not too long.
pub(super) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 90;
    if text.chars().count() <= LONGEST {
        return text.to_string();
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("{}…", start.trim_end())
}

/// The digit that a raised or lowered one stands for; `zero` is the first of its row.
fn digit(c: char, zero: char) -> char {
    char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_made_comparable() {
        assert_eq!(
            plain(" Co-\n organisers\u{a0}: 10:00–\n13:00, the com\u{ad}mon  WORD \n"),
            "co-organisers : 10:00–13:00, the common word"
        );
        assert_eq!(
            plain("各国\n代表，\n于 2016 年\n在 UN"),
            plain("各国代表，于2016年在UN")
        );
        assert_eq!(plain("한국\n어"), "한국어");
        assert_eq!(plain("Straße, É"), plain("STRASSE, é"));
        assert_eq!(words("a, bé").collect::<Vec<_>>(), [(0, "a"), (3, "bé")]);
        assert_eq!(
            words("2河流x").map(|(_, word)| word).collect::<Vec<_>>(),
            ["2", "河", "流", "x"]
        );
    }
}
