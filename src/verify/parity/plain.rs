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

/// The words of a text with their places: runs of letters and digits.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    text.split(|c: char| !c.is_alphanumeric())
        .filter_map(move |word| {
            let start = rest;
            rest += word.len();
            rest += text[rest..].chars().next().map_or(0, char::len_utf8);
            (!word.is_empty()).then_some((start, word))
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
    }
}
