//! Text made comparable: formats may break lines, choose spaces and set capitals as they like.

/// Lower case, single plain spaces, no invisible characters, no space where a line may have been broken behind a
/// hyphen or a dash.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::new();
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
        out.extend(c.to_lowercase());
    }
    out.trim_end().to_string()
}

/// The words of a text with their places: runs of letters and digits.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, String)> {
    let mut rest = 0;
    text.split(|c: char| !c.is_alphanumeric())
        .filter_map(move |word| {
            let start = rest;
            rest += word.len();
            rest += text[rest..].chars().next().map_or(0, char::len_utf8);
            (!word.is_empty()).then(|| (start, word.to_string()))
        })
}

#[test]
fn text_is_made_comparable() {
    assert_eq!(
        plain(" Co-\n organisers\u{a0}: 10:00–\n13:00, the com\u{ad}mon  WORD \n"),
        "co-organisers : 10:00–13:00, the common word"
    );
    assert_eq!(
        words("a, bé").collect::<Vec<_>>(),
        [(0, "a".to_string()), (3, "bé".to_string())]
    );
}
