//! Signs that mean something to the eye, and that screen readers leave out or say in ways of their own: dashes between
//! numbers, minus signs, arrows, signs of comparison. No machine knows whether the words around them are enough.

/// Words around a sign, and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundSign {
    pub(super) words: String,
    pub(super) what: &'static str,
}

/// The signs of a text, each with the words that it stands between.
pub(super) fn in_text(text: &str) -> Vec<FoundSign> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if let [only] = words.as_slice()
        && only.chars().all(is_dash)
    {
        let words = (*only).to_owned();
        let what = "a dash that stands alone";
        return vec![FoundSign { words, what }];
    }
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let near = at.saturating_sub(1)..(at + 2).min(words.len());
        let alone = !word.contains(char::is_alphanumeric);
        let around = match alone {
            true => words[near].join(" "),
            false => (*word).to_owned(),
        };
        if let Some(what) = sign(word, &around) {
            found.push(FoundSign {
                words: around,
                what,
            });
        }
    }
    found
}

/// What sign a word has or is; `around` has its neighbours, too, where it is nothing else.
fn sign(word: &str, around: &str) -> Option<&'static str> {
    let letters: Vec<char> = around.chars().filter(|c| !c.is_whitespace()).collect();
    let mut triples = letters.windows(3);
    if word.contains(is_dash)
        && triples.any(|all| all[0].is_numeric() && is_dash(all[1]) && all[2].is_numeric())
    {
        return Some("a dash between numbers");
    }
    word.chars().find_map(|c| match c {
        '\u{2212}' => Some("a minus sign"),
        '\u{2190}'..='\u{21ff}' | '\u{27f0}'..='\u{27ff}' | '\u{2900}'..='\u{297f}' => {
            Some("an arrow")
        }
        '×' | '÷' | '±' | '\u{2200}'..='\u{2211}' | '\u{2213}'..='\u{22ff}' => {
            Some("a sign of mathematics")
        }
        '§' | '¶' | '†' | '‡' | '°' | '′' | '″' | '‰' => {
            Some("a sign that stands for a word")
        }
        '\u{2300}'..='\u{23ff}'
        | '\u{2500}'..='\u{27bf}'
        | '\u{2b00}'..='\u{2bff}'
        | '\u{1f000}'..='\u{1faff}' => Some("a shape or symbol"),
        _ => None,
    })
}

/// The dashes of ranges. A hyphen joins words.
fn is_dash(c: char) -> bool {
    matches!(c, '\u{2012}'..='\u{2015}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_speech_may_leave_out_are_found_with_their_words() {
        for (text, found) in [
            (
                "people of 20–59 years",
                &[("20–59", "a dash between numbers")][..],
            ),
            (
                "de 9 h 30 – 12 h 30",
                &[("30 – 12", "a dash between numbers")],
            ),
            ("the work – and this is new – goes on", &[]),
            ("in 2024 – a dry year", &[]),
            ("–", &[("–", "a dash that stands alone")]),
            ("by −3.1%", &[("−3.1%", "a minus sign")]),
            ("from A → B", &[("A → B", "an arrow")]),
            (
                "of ≥ 5 and 2 × 3",
                &[
                    ("of ≥ 5", "a sign of mathematics"),
                    ("2 × 3", "a sign of mathematics"),
                ],
            ),
            (
                "at 20 °C, by § 4",
                &[
                    ("°C,", "a sign that stands for a word"),
                    ("by § 4", "a sign that stands for a word"),
                ],
            ),
            ("done ✓", &[("done ✓", "a shape or symbol")]),
            ("well-known, CO₂, m², 50 %, a/b & c, 555-0101", &[]),
            ("", &[]),
        ] {
            let all = in_text(text);
            let all: Vec<(&str, &str)> = all
                .iter()
                .map(|one| (one.words.as_str(), one.what))
                .collect();
            assert_eq!(all, found, "{text}");
        }
    }
}
