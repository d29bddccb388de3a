//! Text made comparable: formats may break lines, choose spaces and set capitals as they like.

/// Lower case (by way of capitals, in which some formats set labels), single plain spaces, no invisible characters, no
/// space where a line may have been broken behind a hyphen or a dash.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
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
        if c == ' ' && (out.is_empty() || out.ends_with([' ', '-', '–', '—', '/', '\u{2010}']))
        {
            continue;
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
        assert_eq!(plain("Straße, É"), plain("STRASSE, é"));
        assert_eq!(words("a, bé").collect::<Vec<_>>(), [(0, "a"), (3, "bé")]);
    }
}
