//! Signs as printers set them where a typewriter has none: quotation marks, apostrophes, dashes between words.
//!
//! Letters, digits, words and lines stay as they are; where a sign may mean something else it stays as well.

use crate::import::words::Words;

/// A plain text with its signs set for its language.
pub(crate) fn set(text: String, words: &Words) -> String {
    if !text.contains(['"', '\'', '-', ',']) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + text.len() / 64);
    for (index, paragraph) in text.split("\n\n").enumerate() {
        if index > 0 {
            out.push_str("\n\n");
        }
        let signs = PunctuationRules {
            marks: &words.quotes,
            last_single: last_end(paragraph, '\''),
            last_double: last_end(paragraph, '"'),
            before: None,
            open: 0,
        };
        signs.paragraph(paragraph, &mut out);
    }
    out
}

/// Where the last sign of a paragraph is that may end a quotation.
fn last_end(paragraph: &str, sign: char) -> usize {
    let mut signs = paragraph.rmatch_indices(sign);
    let ends = |at: usize| {
        let before = paragraph[..at].chars().next_back();
        ends(before, paragraph[at + 1..].chars().next())
    };
    signs.find(|(at, _)| ends(*at)).map_or(0, |(at, _)| at)
}

fn begins(before: Option<char>, after: Option<char>) -> bool {
    let apart = |c: char| c.is_whitespace() || "([{/–—-“‘«".contains(c);
    before.is_none_or(apart) && after.is_some_and(|c| !c.is_whitespace())
}

fn ends(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(|c| !c.is_whitespace()) && !after.is_some_and(char::is_alphanumeric)
}

/// The signs of a paragraph.
struct PunctuationRules<'w> {
    /// Quotation marks of the language: outer ones, then inner ones.
    marks: &'w [String; 4],
    last_single: usize,
    last_double: usize,
    /// The character before, marks of emphasis apart.
    before: Option<char>,
    /// How many outer quotations are open.
    open: usize,
}

impl PunctuationRules<'_> {
    fn paragraph(mut self, text: &str, out: &mut String) {
        let mut started = false;
        for (at, c) in text.char_indices() {
            let rest = &text[at + c.len_utf8()..];
            let after = rest.chars().next();
            match c {
                '"' => out.push_str(self.double(at, after)),
                '\'' => out.push_str(self.single(at, after)),
                '-' if started && self.before == Some(' ') && goes_on(rest) => out.push('–'),
                ',' if after.is_none_or(char::is_whitespace) => {
                    // A space before a comma is a slip of the typewriter.
                    let word = out.strip_suffix(' ');
                    if word.is_some_and(|word| word.ends_with(char::is_alphanumeric)) {
                        out.pop();
                    }
                    out.push(c);
                }
                _ => out.push(c),
            }
            self.open += usize::from(c == '“');
            self.open -= usize::from(c == '”').min(self.open);
            started = c != '\n' && (started || !c.is_whitespace());
            if c != '*' {
                self.before = out.chars().next_back();
            }
        }
    }

    fn double(&mut self, at: usize, after: Option<char>) -> &str {
        if begins(self.before, after) && at < self.last_double {
            self.open += 1;
            return &self.marks[0];
        }
        if self.open > 0 && ends(self.before, after) {
            self.open -= 1;
            return &self.marks[1];
        }
        "\""
    }

    fn single(&self, at: usize, after: Option<char>) -> &str {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if begins(self.before, after) && !digit(after) && at < self.last_single {
            return &self.marks[2];
        }
        let letter = self.before.is_some_and(char::is_alphanumeric);
        // Feet and minutes have signs of their own.
        let measure = digit(self.before) && !after.is_some_and(char::is_alphanumeric);
        let word = letter || after.is_some_and(char::is_alphanumeric);
        match (word || ends(self.before, after)) && !measure {
            true => &self.marks[3],
            false => "'",
        }
    }
}

/// Whether a line continues with a word after a hyphen.
fn goes_on(rest: &str) -> bool {
    let word = rest.strip_prefix(' ').map(|rest| rest.chars().next());
    word.flatten().is_some_and(|c| !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::words::{english, of};

    #[test]
    fn signs_are_set_as_printers_do() {
        let words = english().unwrap();
        for (typed, printed) in [
            ("It's the states' \"own\" way", "It’s the states’ “own” way"),
            ("(\"so 'he' said\")", "(“so ‘he’ said”)"),
            ("**\"Ann\"** **Lee**'s", "**“Ann”** **Lee**’s"),
            ("in the '90s, ’tis", "in the ’90s, ’tis"),
            ("On wells - their use", "On wells – their use"),
            ("one , two", "one, two"),
            ("\"over\ntwo lines\" it", "“over\ntwo lines” it"),
        ] {
            assert_eq!(set(typed.to_owned(), &words), printed);
        }
        let french = of("fr").unwrap();
        let printed = set("l'eau et \"le puits\"".to_owned(), &french);
        assert_eq!(printed, "l’eau et «\u{A0}le puits\u{A0}»");
    }

    #[test]
    fn signs_that_may_mean_something_else_stay() {
        let words = english().unwrap();
        for text in [
            "- item\n- other - ",
            "  - inner\n- 3 -",
            "5' 10\" high",
            "a\"b\"c",
            "\"no end\n\nanother",
            "-5 or pre-war",
            "x ' y",
        ] {
            assert_eq!(set(text.to_owned(), &words), text);
        }
    }
}
