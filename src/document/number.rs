//! Numbers as a language writes them: 1,340.5 in English, 1.340,5 in German, 1 340,5 in French.
//!
//! Reading is strict: a number that the language might mean otherwise is refused, not guessed.

use crate::layout::Strings;

/// The most digits of a number that is kept to its last one.
const MOST_DIGITS: usize = 15;
/// What may stand between groups of three digits in every language, as ISO 80000 has it.
const SPACES: &str = " \u{A0}\u{2009}\u{202F}'’\u{66C}";

/// A number that was read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    /// Its value.
    pub(super) value: f64,
    /// How many decimals it is written with.
    pub(super) decimals: usize,
}

/// How a language writes numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct NumberFormat<'a> {
    /// `1,234.5` as the language writes it.
    pattern: &'a str,
    thousands: char,
    decimal: char,
}

impl<'a> NumberFormat<'a> {
    /// That of the fixed words, whose `number` is a pattern.
    pub(super) fn of(strings: &'a Strings) -> Self {
        let signs = |c: &char| !c.is_ascii_digit();
        let mut signs = strings.number.chars().filter(signs);
        NumberFormat {
            pattern: &strings.number,
            thousands: signs.next().unwrap_or(','),
            decimal: signs.next().unwrap_or('.'),
        }
    }

    /// Whether a cell says that a value is not known.
    pub(super) fn is_missing(text: &str) -> bool {
        let text = text.trim();
        matches!(
            text,
            "" | "-" | "–" | "—" | "−" | "." | ".." | "..." | "…" | "n/a" | "n.a."
        )
    }

    /// Reads a number; else says what is wrong with it and what to do.
    pub(super) fn read(&self, written: &str) -> Result<Number, (String, String)> {
        let text: String = written.trim().chars().filter_map(plain).collect();
        let (negative, body) = match text.strip_prefix(['-', '+']) {
            Some(rest) => (text.starts_with('-'), rest),
            None => (false, text.as_str()),
        };
        let (whole, decimals) = match body.split_once([self.decimal, '\u{66B}']) {
            Some((whole, decimals)) => (whole, Some(decimals)),
            None => (body, None),
        };
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let whole = self.ungrouped(whole).filter(|whole| digits(whole));
        let (Some(whole), true) = (whole, decimals.is_none_or(digits)) else {
            return Err(self.refused(written));
        };
        let decimals = decimals.unwrap_or_default();
        if whole.trim_start_matches('0').len() + decimals.len() > MOST_DIGITS {
            let message = format!("`{}` has more than {MOST_DIGITS} digits", written.trim());
            let hint = "round it, or write it in a larger unit, such as millions";
            return Err((message, hint.to_owned()));
        }
        let value: f64 = format!("{whole}.{decimals}0").parse().unwrap_or_default();
        Ok(Number {
            value: if negative && value != 0.0 {
                -value
            } else {
                value
            },
            decimals: decimals.len(),
        })
    }

    /// The digits of groups of three; `None` where they are no such groups.
    fn ungrouped(&self, whole: &str) -> Option<String> {
        let groups = |c: char| c == self.thousands || SPACES.contains(c) && c != self.decimal;
        let Some(sign) = whole.chars().find(|c| groups(*c)) else {
            return Some(whole.to_owned());
        };
        let mut parts = whole.split(sign);
        let first = parts.next().unwrap_or_default();
        let even = (1..=3).contains(&first.len()) && parts.all(|part| part.len() == 3);
        even.then(|| whole.replace(sign, ""))
    }

    fn refused(&self, written: &str) -> (String, String) {
        let text = written.trim();
        let message = format!("`{text}` is not a number as the language of the report writes it");
        let unit = text.trim_end_matches(|c: char| !c.is_numeric());
        let hint = if !text.contains(char::is_numeric) {
            format!(
                "write a number such as {}, or – where it is not known",
                self.pattern
            )
        } else if unit.len() < text.len() && self.read(unit).is_ok() {
            let rest = text[unit.len()..].trim();
            format!("write `{unit}` alone, and `{rest}` as the `unit` of the chart")
        } else {
            format!(
                "numbers are written as {} here, digits alone otherwise",
                self.pattern
            )
        };
        (message, hint)
    }

    /// A number with so many decimals.
    pub(super) fn write(&self, value: f64, decimals: usize) -> String {
        let written = format!("{:.decimals$}", value.abs());
        let (whole, rest) = written.split_once('.').unwrap_or((&written, ""));
        let mut text = String::new();
        // What is rounded to nothing has no sign.
        if value < 0.0 && written.contains(|c| ('1'..='9').contains(&c)) {
            text.push('\u{2212}');
        }
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                text.push(self.thousands);
            }
            text.push(digit);
        }
        if !rest.is_empty() {
            text.push(self.decimal);
            text.push_str(rest);
        }
        text
    }
}

/// A character of a number as ASCII has it; marks of direction go.
fn plain(c: char) -> Option<char> {
    let digit = |zero: u32| char::from_digit(u32::from(c) - zero, 10);
    match c {
        '\u{200E}' | '\u{200F}' | '\u{61C}' | '\u{2066}'..='\u{2069}' => None,
        '٠'..='٩' => digit(0x660),
        '۰'..='۹' => digit(0x6F0),
        '０'..='９' => digit(0xFF10),
        '−' | '－' | '﹣' => Some('-'),
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout;

    fn read(language: &str, text: &str) -> Option<(f64, usize)> {
        let strings = layout::strings(language).unwrap();
        let number = NumberFormat::of(&strings).read(text).ok()?;
        Some((number.value, number.decimals))
    }

    #[test]
    fn numbers_are_read_as_the_language_writes_them() {
        for (language, text, value, decimals) in [
            ("en", "1,340.50", 1340.5, 2),
            ("en", "1340.5", 1340.5, 1),
            ("en", "12 345 678", 12_345_678.0, 0),
            ("en", "-3", -3.0, 0),
            ("en", "−0.5", -0.5, 1),
            ("en", "+7", 7.0, 0),
            ("en", "-0", 0.0, 0),
            ("de", "1.340,5", 1340.5, 1),
            ("de", "1.340", 1340.0, 0),
            ("de", "1’340", 1340.0, 0),
            ("fr", "1\u{202F}340,5", 1340.5, 1),
            ("fr", "1 340", 1340.0, 0),
            ("ar", "١٬٣٤٠٫٥", 1340.5, 1),
            ("ar", "1,340.5", 1340.5, 1),
            ("ja", "１,３４０", 1340.0, 0),
            ("en", "999999999999999", 999_999_999_999_999.0, 0),
        ] {
            assert_eq!(
                read(language, text),
                Some((value, decimals)),
                "{language} {text}"
            );
        }
    }

    #[test]
    fn what_might_mean_another_number_is_refused() {
        for (language, text) in [
            ("en", "1,34"),
            ("en", "1,3400"),
            ("en", "1.340,5"),
            ("en", ".5"),
            ("en", "5."),
            ("en", "1e3"),
            ("en", "1e999"),
            ("en", ".inf"),
            ("en", ".nan"),
            ("en", "NaN"),
            ("en", "0x1F"),
            ("en", "1_000"),
            ("en", "many"),
            ("en", "12 %"),
            ("en", "--1"),
            ("en", "1,234 567"),
            ("en", "1 2"),
            ("en", "1234567890123456"),
            ("de", "12.5"),
            ("de", "1,340.5"),
            ("fr", "1.5"),
        ] {
            assert_eq!(read(language, text), None, "{language} {text}");
        }
    }

    #[test]
    fn numbers_are_written_as_they_are_read_in_every_language() {
        for language in layout::languages() {
            let strings = layout::strings(&language).unwrap();
            let format = NumberFormat::of(&strings);
            for (value, decimals) in [(0.0, 0), (-1234.5, 1), (1e6, 0), (0.05, 2), (999.0, 3)] {
                let text = format.write(value, decimals);
                let number = format
                    .read(&text)
                    .unwrap_or_else(|found| panic!("{language}: {found:?}"));
                assert_eq!(number, Number { value, decimals }, "{language} {text}");
            }
            assert_eq!(format.write(-0.04, 1), format.write(0.0, 1));
        }
    }
}
