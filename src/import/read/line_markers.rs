//! Line prefixes of plain text: list markers, letters in brackets, numbers of headings.

/// The CommonMark sign of a list's item, and the item's text.
pub(crate) fn bullet(line: &str) -> Option<(String, &str)> {
    let line = line.trim_start();
    for sign in [
        "- ", "● ", "■ ", "➢ ", "• ", "* ", "– ", "· ", "◦ ", "▪ ", "•\t", "-\t", "◦\t",
    ] {
        if let Some(text) = line.strip_prefix(sign) {
            return Some(("- ".to_owned(), text.trim()));
        }
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    let counts = (1..=3).contains(&digits)
        && (digits == 1 || !line.starts_with('0'))
        && (rest.starts_with(". ") || rest.starts_with(") ") || rest.starts_with(".\t"));
    counts.then(|| (format!("{} ", &line[..=digits]), rest[1..].trim()))
}

/// Whether a line opens an item of a list, or a paragraph with a letter.
pub(super) fn is_item(line: &str) -> bool {
    bullet(line).is_some() || lettered(line)
}

/// Whether a line opens with a letter or number and a bracket, such as `(a)`, `b)` or `(iv)`.
pub(super) fn lettered(line: &str) -> bool {
    let line = line.trim_start();
    let inner = line.strip_prefix('(').unwrap_or(line);
    // No label is longer than five signs, however long the paragraph is.
    let end = inner[..inner.floor_char_boundary(7)].find(") ");
    end.is_some_and(|end| {
        let (sign, rest) = (&inner[..end], &inner[end + 2..]);
        let roman = |sign: &str| sign.bytes().all(|byte| b"ivx".contains(&byte));
        let letter = sign.len() == 1 && sign.bytes().all(|byte| byte.is_ascii_lowercase());
        let digits = sign.len() <= 2 && sign.bytes().all(|byte| byte.is_ascii_digit());
        let sound = letter || digits || (sign.len() <= 5 && roman(sign));
        !sign.is_empty() && sound && !rest.trim().is_empty()
    })
}

/// Whether a line opens with the label of the point that follows so many others: `a.`, `b)`, `(iii)`, `(4)`.
pub(super) fn counted(line: &str, before: usize) -> bool {
    const ROMAN: [&str; 12] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii",
    ];
    let Some((label, text)) = line.trim_start().split_once(char::is_whitespace) else {
        return false;
    };
    let bare = label.replace('\\', "");
    let bracketed = bare.starts_with('(') && bare.ends_with(')');
    let bare = match bracketed {
        true => &bare[1..bare.len() - 1],
        false => match bare.strip_suffix(['.', ')']) {
            Some(bare) => bare,
            None => return false,
        },
    };
    let letter = u8::try_from(before).ok().filter(|before| *before < 26);
    let letter = letter.map(|before| char::from(b'a' + before).to_string());
    let lower = bare.to_lowercase();
    let sound = bare == lower || bare.to_uppercase() == bare;
    let number = bracketed && bare == (before + 1).to_string();
    let roman = ROMAN.get(before).is_some_and(|roman| *roman == lower);
    !text.trim().is_empty()
        && sound
        && (number || roman || letter.is_some_and(|letter| letter == lower))
}

/// The depth of a number such as `2.1` before a heading, and the heading.
pub(super) fn numbered(text: &str) -> Option<(usize, &str)> {
    let (number, title) = text.split_once(char::is_whitespace)?;
    let parts: Vec<&str> = number.trim_end_matches('.').split('.').collect();
    let digits = |part: &&str| {
        (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let marked = number.contains('.');
    let letter = title.trim_start().starts_with(char::is_uppercase);
    (marked && letter && parts.iter().all(digits)).then(|| (parts.len(), title.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_and_numbers_open_items() {
        assert_eq!(bullet("• One").unwrap(), ("- ".into(), "One"));
        assert_eq!(bullet("12) Two").unwrap(), ("12) ".into(), "Two"));
        assert!(bullet("2016 was").is_none() && bullet("-x").is_none());
    }

    #[test]
    fn letters_in_brackets_open_paragraphs() {
        assert!(
            ["(a) x", " (iv) x", "(12) x", "a) x"]
                .into_iter()
                .all(lettered)
        );
        assert!(
            !["(a)", "(As) x", "as) x", "() x", "(A) x"]
                .into_iter()
                .any(lettered)
        );
    }
}
