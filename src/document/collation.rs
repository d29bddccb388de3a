//! The order of names in lists: by letters alone, accents and case aside.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A key that sorts names as a reader looks them up; the name itself decides between equal ones.
pub(super) fn key(name: &str) -> (String, String) {
    let mut folded = String::with_capacity(name.len());
    if name.is_ascii() {
        fold(name.chars().map(|c| c.to_ascii_lowercase()), &mut folded);
    } else {
        let letters = name.nfkd().filter(|c| !is_combining_mark(*c));
        fold(letters.flat_map(char::to_lowercase), &mut folded);
    }
    (folded, name.to_owned())
}

fn fold(letters: impl Iterator<Item = char>, folded: &mut String) {
    for c in letters {
        match c {
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ß' => folded.push_str("ss"),
            'þ' => folded.push_str("th"),
            'ð' | 'đ' => folded.push('d'),
            'ł' => folded.push('l'),
            'ħ' => folded.push('h'),
            'ı' => folded.push('i'),
            c if c.is_alphanumeric() => folded.push(c),
            // A comma parts the surname from the rest and sorts before everything.
            ',' => folded.push('\u{1}'),
            c if c.is_whitespace() || c == '-' => folded.push(' '),
            _ => {}
        }
    }
}

/// The name as sorted where the registry does not say: the last word first, and what is added to a name (Jr., III) behind
/// the rest. A ruler's number belongs to the name: Elizabeth II.
pub(super) fn last_word_first(name: &str) -> String {
    let (whole, added) = match name.rsplit_once(' ') {
        Some((before, last)) if is_added(last) => (before.trim_end_matches(','), Some(last)),
        _ => (name, None),
    };
    match (whole.rsplit_once(' '), added) {
        (Some((rest, last)), Some(added)) => format!("{last}, {rest}, {added}"),
        (Some((rest, last)), None) => format!("{last}, {rest}"),
        (None, _) => name.to_owned(),
    }
}

/// Whether it is a word that is added to a name and is none itself.
fn is_added(word: &str) -> bool {
    let bare = word.trim_end_matches('.');
    let generation = ["jr", "sr", "jnr", "snr", "esq", "phd", "md"];
    let roman = bare.chars().count() > 1 && bare.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    roman || generation.contains(&bare.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_apostrophes_do_not_decide_the_order() {
        let mut names = [
            "Østhavn",
            "Zürich",
            "oslo",
            "Östernäs",
            "Ó Súilleabháin",
            "O’Brien",
            "Łukasz",
            "Lyon",
            "Li, Z",
            "Liam, A",
        ];
        names.sort_by_key(|name| key(name));
        assert_eq!(
            names,
            [
                "Li, Z",
                "Liam, A",
                "Łukasz",
                "Lyon",
                "Ó Súilleabháin",
                "O’Brien",
                "oslo",
                "Östernäs",
                "Østhavn",
                "Zürich"
            ]
        );
    }

    #[test]
    fn a_name_is_sorted_by_its_last_word_and_a_single_word_by_itself() {
        assert_eq!(last_word_first("Håkon Sæther"), "Sæther, Håkon");
        assert_eq!(last_word_first("On"), "On");
    }

    #[test]
    fn what_is_added_to_a_name_is_no_surname() {
        for (name, sorted) in [
            ("Martin Luther King Jr.", "King, Martin Luther, Jr."),
            ("John Smith, Jr.", "Smith, John, Jr."),
            ("Ana Reyes Sr", "Reyes, Ana, Sr"),
            ("Henry Ford II", "Ford, Henry, II"),
            ("John D. Rockefeller III", "Rockefeller, John D., III"),
            ("Elizabeth II", "Elizabeth II"),
            ("Louis XIV", "Louis XIV"),
            ("Lakshmi Puri", "Puri, Lakshmi"),
            ("Pelé", "Pelé"),
            ("Malcolm X", "X, Malcolm"),
        ] {
            assert_eq!(last_word_first(name), sorted);
        }
    }
}
