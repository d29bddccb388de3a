//! Cleaning of text: which characters a document may have, and how white space is folded.
//!
//! Refused are characters that XML 1.0 or a PDF's text cannot represent, and marks of direction that are left open:
//! they would reverse whatever follows them on the page.

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, is_nfc_quick};

use crate::base::diagnostic::Code;
use crate::base::script::{composed, is_ideographic, line_end_vanishes};

/// Something in a text that cannot be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// Which mistake it is.
    pub(super) code: Code,
    /// Byte offset in the text.
    pub(super) offset: usize,
    /// What is wrong.
    pub(super) message: String,
    /// What to do about it.
    pub(super) hint: &'static str,
}

/// What a character is to a line of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Printed as it is.
    Plain,
    /// White space that is folded: spaces, tabs, line breaks. Non-breaking spaces are plain.
    Space,
    /// A mark that opens a direction.
    Open,
    /// A mark that closes an embedding or override.
    ClosePop,
    /// A mark that closes an isolate.
    CloseIsolate,
    /// Not printable anywhere.
    Refused(&'static str),
}

/// Classifies a character.
pub(super) fn classify(c: char) -> Class {
    match c {
        ' ' | '\t' | '\n' | '\r' => Class::Space,
        '\u{85}' | '\u{2028}' | '\u{2029}' => {
            Class::Refused("is a line end that few programs show")
        }
        '\u{202A}' | '\u{202B}' | '\u{202D}' | '\u{202E}' | '\u{2066}'..='\u{2068}' => Class::Open,
        '\u{202C}' => Class::ClosePop,
        '\u{2069}' => Class::CloseIsolate,
        '\u{FEFF}' => Class::Refused("is a byte order mark that has got into the text"),
        _ if c.is_control() => Class::Refused("is a control character"),
        _ if is_noncharacter(c) => Class::Refused("is no character"),
        _ => Class::Plain,
    }
}

/// The plain characters that a text starts with, as far as they are ASCII and no brackets: nothing can be wrong with
/// them.
pub(super) fn plain_word(text: &str) -> &str {
    let plain = |byte: &u8| byte.is_ascii_graphic() && !matches!(byte, b'[' | b']');
    let end = text.bytes().position(|byte| !plain(&byte));
    &text[..end.unwrap_or(text.len())]
}

/// Whether a text is ASCII words with single spaces between them.
fn is_plain_line(text: &str) -> bool {
    let mut space = true;
    for byte in text.bytes() {
        if !(byte.is_ascii_graphic() || byte == b' ' && !space) {
            return false;
        }
        space = byte == b' ';
    }
    !space
}

fn is_noncharacter(c: char) -> bool {
    let code = c as u32;
    (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE
}

/// `U+000C` and the like.
pub(super) fn code_point(c: char) -> String {
    format!("U+{:04X}", c as u32)
}

/// What a private sign of Word's fonts Symbol and Wingdings looks like: those characters mean nothing outside of them.
const SIGNS: &[(u32, char)] = &[
    (0xF028, '☎'),
    (0xF02A, '✉'),
    (0xF02D, '−'),
    (0xF04A, '☺'),
    (0xF06C, '●'),
    (0xF06E, '■'),
    (0xF06F, '□'),
    (0xF075, '◆'),
    (0xF076, '❖'),
    (0xF077, '◆'),
    (0xF09F, '•'),
    (0xF0A3, '≤'),
    (0xF0A7, '▪'),
    (0xF0A8, '□'),
    (0xF0AB, '★'),
    (0xF0AC, '←'),
    (0xF0AD, '↑'),
    (0xF0AE, '→'),
    (0xF0AF, '↓'),
    (0xF0B0, '°'),
    (0xF0B1, '±'),
    (0xF0B3, '≥'),
    (0xF0B4, '×'),
    (0xF0B7, '•'),
    (0xF0B8, '÷'),
    (0xF0B9, '≠'),
    (0xF0BB, '≈'),
    (0xF0D2, '®'),
    (0xF0D3, '©'),
    (0xF0D4, '™'),
    (0xF0D8, '➢'),
    (0xF0DF, '←'),
    (0xF0E0, '→'),
    (0xF0E1, '↑'),
    (0xF0E2, '↓'),
    (0xF0F0, '→'),
    (0xF0FB, '✗'),
    (0xF0FC, '✓'),
    (0xF0FD, '☒'),
    (0xF0FE, '☑'),
];

/// What is printed for a private sign of Word, and the warning that goes with it.
pub(super) fn private_sign(c: char, offset: usize) -> Option<(char, Fault)> {
    if !('\u{F020}'..='\u{F0FF}').contains(&c) {
        return None;
    }
    let known = SIGNS.iter().find(|(code, _)| *code == c as u32);
    let shown = known.map_or('□', |(_, shown)| *shown);
    let fault = Fault {
        code: Code::PRIVATE_SIGN,
        offset,
        message: format!(
            "{} is a private sign of the font Symbol or Wingdings; “{shown}” is printed for it",
            code_point(c)
        ),
        hint: "write the sign itself, or delete it; before an item of a list write `- `",
    };
    Some((shown, fault))
}

/// What is printed for a character that is not printed as it is, if anything, and the warning that goes with it.
pub(super) fn replaced(text: &str, c: char, offset: usize) -> Option<(Option<char>, Fault)> {
    if let Some((shown, fault)) = private_sign(c, offset) {
        return Some((Some(shown), fault));
    }
    if c == char::REPLACEMENT_CHARACTER {
        let fault = Fault {
            code: Code::LOST_CHARACTER,
            offset,
            message: format!("{} stands for a character that was lost", code_point(c)),
            hint: "look the word up where it comes from, and type it again",
        };
        return Some((Some(c), fault));
    }
    let (before, rest) = text.split_at_checked(offset)?;
    let last = before.chars().next_back();
    let next = rest.chars().nth(1);
    is_deceptive(last, c, next).then(|| {
        let fault = Fault {
            code: Code::HIDDEN_CHARACTER,
            offset,
            message: format!("{} shows nothing and is left out", code_point(c)),
            hint: "delete it: it comes in with text from web pages, and can hide that two words differ",
        };
        (None, fault)
    })
}

/// Whether a character shows nothing between its neighbours and does nothing for them, so that nobody would miss it.
fn is_deceptive(last: Option<char>, c: char, next: Option<char>) -> bool {
    let near = |is: fn(char) -> bool| last.is_some_and(is) || next.is_some_and(is);
    let european = |c: char| matches!(c, '\u{0}'..='\u{52F}' | '\u{1E00}'..='\u{1FFF}');
    let letter = |c: char| european(c) && c.is_alphabetic();
    match c {
        // Variants of signs, ideographs and letters of Mongolian.
        '\u{FE00}'..='\u{FE0F}' | '\u{180B}'..='\u{180D}' | '\u{180F}' => {
            last.is_none_or(|c| letter(c) || c.is_whitespace())
        }
        // Between letters that run from left to right a mark of direction and a joiner of letters do nothing.
        '\u{200E}' | '\u{200F}' | '\u{61C}' | '\u{34F}' => {
            last.is_some_and(letter) && next.is_some_and(letter)
        }
        // Words without spaces between them: Thai, Lao, Tibetan, Myanmar, Khmer.
        '\u{200B}' => !near(
            |c| matches!(c, '\u{E00}'..='\u{FFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'),
        ),
        // They join and part letters of scripts that join, and emoji; European letters do not.
        '\u{200C}' | '\u{200D}' => {
            let simple = |c: char| c.is_whitespace() || european(c);
            last.is_none_or(simple) && next.is_none_or(simple)
        }
        // The flags of parts of a country are made of them.
        '\u{E0020}'..='\u{E007F}' => {
            !last.is_some_and(|c| matches!(c, '\u{1F3F4}' | '\u{E0020}'..='\u{E007F}'))
        }
        // They choose among the forms of an ideograph.
        '\u{E0100}'..='\u{E01EF}' => !last.is_some_and(is_ideographic),
        '\u{180E}'
        | '\u{2060}'..='\u{2064}'
        | '\u{206A}'..='\u{206F}'
        | '\u{115F}'
        | '\u{1160}'
        | '\u{3164}'
        | '\u{FFA0}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E001F}'
        | '\u{E0080}'..='\u{E00FF}'
        | '\u{E01F0}'..='\u{E0FFF}' => true,
        _ => false,
    }
}

/// The fault of a refused character.
pub(super) fn refused(c: char, why: &str, offset: usize) -> Fault {
    Fault {
        code: Code::UNPRINTABLE,
        offset,
        message: format!("{} {why} and cannot be printed", code_point(c)),
        hint: "delete it; it often comes in when text is pasted from a PDF or a word processor",
    }
}

/// The most marks that one letter carries: writing has some six, and more make the typesetter take gigabytes.
const MAX_ACCENTS: usize = 30;

/// The marks at a point of a text: those of direction that are open, and how many the last letter carries.
#[derive(Debug, Default)]
pub(super) struct MarkState {
    open: Vec<(char, usize)>,
    accents: usize,
}

impl MarkState {
    /// Takes the next character; a mark that closes nothing is a fault, and one too many on a letter.
    pub(super) fn take(&mut self, c: char, offset: usize) -> Option<Fault> {
        match is_combining_mark(c) {
            true => self.accents += 1,
            false => self.accents = 0,
        }
        if self.accents == MAX_ACCENTS + 1 {
            return Some(Fault {
                code: Code::UNPRINTABLE,
                offset,
                message: format!(
                    "a letter carries more than {MAX_ACCENTS} marks, and cannot be printed"
                ),
                hint: "delete the marks that do not belong to the word",
            });
        }
        let isolate = |c: char| ('\u{2066}'..='\u{2068}').contains(&c);
        match classify(c) {
            Class::Open => {
                self.open.push((c, offset));
                return overrides(c).then(|| Fault {
                    code: Code::DIRECTION_MARK,
                    offset,
                    message: format!(
                        "the direction mark {} turns the words after it around: they read otherwise than they are written",
                        code_point(c)
                    ),
                    hint: "delete it; where words of another direction need a mark, U+2068 before them and U+2069 after them keep their order",
                });
            }
            Class::ClosePop if self.open.last().is_some_and(|(open, _)| !isolate(*open)) => {
                self.open.pop();
            }
            Class::CloseIsolate if self.open.last().is_some_and(|(open, _)| isolate(*open)) => {
                self.open.pop();
            }
            Class::ClosePop | Class::CloseIsolate => {
                return Some(Fault {
                    code: Code::DIRECTION_MARK,
                    offset,
                    message: format!(
                        "the direction mark {} closes none that is open",
                        code_point(c)
                    ),
                    hint: UNPAIRED,
                });
            }
            _ => {}
        }
        None
    }

    /// The faults of marks that are still open.
    pub(super) fn finish(&mut self) -> Vec<Fault> {
        let fault = |(c, offset)| Fault {
            code: Code::DIRECTION_MARK,
            offset,
            message: format!(
                "the direction mark {} is not closed in the same text",
                code_point(c)
            ),
            hint: UNPAIRED,
        };
        let open = self.open.drain(..).filter(|(c, _)| !overrides(*c));
        open.map(fault).collect()
    }
}

/// Whether a mark forces a direction on whatever follows it.
fn overrides(c: char) -> bool {
    matches!(c, '\u{202D}' | '\u{202E}')
}

const UNPAIRED: &str =
    "delete it or pair it: U+202A and U+202B are closed by U+202C, U+2066 to U+2068 by U+2069";

/// The faults of a text that is set as typed: what cannot be printed, and marks of direction without their pair.
pub(super) fn faults(text: &str) -> Vec<Fault> {
    let mut mark_state = MarkState::default();
    let mut faults = Vec::new();
    for (offset, c) in text.char_indices() {
        match classify(c) {
            Class::Refused(why) => faults.push(refused(c, why, offset)),
            _ => {
                let hidden = replaced(text, c, offset).filter(|(shown, _)| shown.is_none());
                faults.extend(hidden.map(|_| refused(c, "shows nothing", offset)));
                faults.extend(mark_state.take(c, offset));
            }
        }
    }
    faults.extend(mark_state.finish());
    faults
}

/// A text that is set as typed without the characters that show nothing.
pub(crate) fn without_hidden(text: &str) -> String {
    let shown = |(offset, c): &(usize, char)| {
        c.is_ascii() || !matches!(replaced(text, *c, *offset), Some((None, _)))
    };
    text.char_indices().filter(shown).map(|(_, c)| c).collect()
}

/// The fault of a bracket that came out as plain text although it looks like markup: it must not be printed in silence.
///
/// `c` is the character of a text, `offset` its place in the prose.
pub(super) fn leftover(prose: &str, c: char, offset: usize) -> Option<Fault> {
    if !matches!(c, '[' | ']') || prose.get(..offset)?.ends_with('\\') {
        return None;
    }
    let rest = prose.get(offset..)?;
    let (code, message, hint) = if c == ']' && rest.starts_with("](") {
        (
            Code::BROKEN_LINK,
            "a link is written wrongly and would be printed as it stands",
            "where it goes has no space in it, as in [UNHCR](org:unhcr), and its text holds no other link and no footnote's mark; for a plain bracket write \\]",
        )
    } else if c == '[' && rest.starts_with("[^") {
        (
            Code::BROKEN_MARK,
            "a footnote's mark is written wrongly and would be printed as it stands",
            "its name is one word, as in [^1]; for a plain bracket write \\[",
        )
    } else {
        return None;
    };
    Some(Fault {
        code,
        offset,
        message: message.to_owned(),
        hint,
    })
}

/// A literal text on one line: white space folded and trimmed, NFC. Non-breaking spaces stay.
pub(super) fn clean(text: &str) -> (String, Vec<Fault>) {
    clean_lines(text, |_| 0)
}

/// As [`clean`]; a line end between ideographs is no space. YAML may have folded it to one: `line` says in which line
/// of the file an offset of the text is.
pub(super) fn clean_lines(text: &str, line: impl Fn(usize) -> u32) -> (String, Vec<Fault>) {
    let mut faults = Vec::new();
    if is_plain_line(text) {
        return (text.to_owned(), faults);
    }
    let mut mark_state = MarkState::default();
    let mut clean = String::with_capacity(text.len());
    for (offset, c) in text.char_indices() {
        match classify(c) {
            Class::Space => {
                if !clean.is_empty() && !clean.ends_with(' ') && !ends_line(text, offset, &line) {
                    clean.push(' ');
                }
            }
            Class::Refused(why) => faults.push(refused(c, why, offset)),
            _ => {
                faults.extend(mark_state.take(c, offset));
                let other = replaced(text, c, offset);
                clean.extend(other.as_ref().map_or(Some(c), |(shown, _)| *shown));
                faults.extend(other.map(|(_, fault)| fault));
            }
        }
    }
    faults.extend(mark_state.finish());
    if clean.ends_with(' ') {
        clean.pop();
    }
    (normalise(clean), faults)
}

/// Whether the white space at `offset` is a line end of the file between ideographs, which is no space.
pub(super) fn ends_line(text: &str, offset: usize, line: impl Fn(usize) -> u32) -> bool {
    let (before, after) = (text[..offset].trim_end(), text[offset..].trim_start());
    let wide = before.ends_with(is_ideographic) || after.starts_with(is_ideographic);
    let start = text.len() - after.len();
    wide && line_end_vanishes(before, after)
        && (text[before.len()..start].contains('\n') || {
            let last = before
                .char_indices()
                .next_back()
                .map_or(0, |(last, _)| last);
            line(last) != line(start)
        })
}

/// Two lines of a text as one.
pub(super) fn joined(mut text: String, line: &str) -> String {
    if !text.is_empty() && !line_end_vanishes(&text, line) {
        text.push(' ');
    }
    text.push_str(line);
    text
}

/// The text in normalisation form C.
pub(super) fn normalise(text: String) -> String {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        text
    } else {
        composed(&text).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_tabs_and_runs_of_spaces_become_one_space() {
        assert_eq!(
            clean("The Long Road\nto the\tHarbour  \n").0,
            "The Long Road to the Harbour"
        );
    }

    #[test]
    fn non_breaking_spaces_and_soft_hyphens_stay_also_at_the_ends() {
        assert_eq!(
            clean("\u{A0}13\u{A0}July\u{202F} ").0,
            "\u{A0}13\u{A0}July\u{202F}"
        );
        assert_eq!(
            clean("co\u{AD}operation\u{2011}x").0,
            "co\u{AD}operation\u{2011}x"
        );
    }

    #[test]
    fn text_comes_out_composed() {
        assert_eq!(clean("Go\u{300}mez e\u{301}").0, "Gòmez é");
    }

    #[test]
    fn a_letter_carries_no_more_marks_than_can_be_printed() {
        for (count, wrong) in [(6, 0), (MAX_ACCENTS, 0), (MAX_ACCENTS + 1, 1), (50_000, 1)] {
            let text = format!("a e{} b", "\u{301}".repeat(count));
            let found = clean(&text).1;
            assert_eq!(found.len(), wrong, "{count}");
            assert_eq!(faults(&text).len(), wrong, "{count}");
        }
    }

    #[test]
    fn characters_that_no_format_can_hold_are_named() {
        for (text, code) in [
            ("end of part one\u{C}", "U+000C"),
            ("a\u{B}b", "U+000B"),
            ("x\u{0}y", "U+0000"),
            ("z\u{FFFE}", "U+FFFE"),
            ("\u{1b}[31m", "U+001B"),
            ("\u{1FFFF}", "U+1FFFF"),
            ("a\u{FEFF}b", "U+FEFF"),
            ("\u{9f}", "U+009F"),
            ("a\u{2028}b", "U+2028"),
            ("a\u{85}c", "U+0085"),
        ] {
            let faults = clean(text).1;
            assert_eq!(faults.len(), 1, "{text:?}");
            assert!(faults[0].message.starts_with(code), "{faults:?}");
        }
        assert!(clean("\u{E000} \u{200E}").1.is_empty());
    }

    #[test]
    fn what_shows_nothing_is_left_out_and_said() {
        for text in [
            "a\u{200B}b",
            "a\u{200C}b",
            "a \u{200D}b",
            "a\u{2060}b",
            "a\u{E0041}b",
            "a\u{E0100}b",
            "a\u{3164}b",
            "a\u{FFF9}b",
            "a\u{1D173}b",
            "\u{200B}",
            "b\u{2064}",
            "a\u{180E}b",
            "a\u{FE00}b",
            "é\u{FE0F}b",
            "a\u{200F}b",
            "а\u{200E}б",
            "a\u{61C}b",
            "a\u{34F}b",
            "a\u{180B}b",
        ] {
            let (clean, faults) = clean(text);
            assert_eq!(faults.len(), 1, "{text:?}");
            assert_eq!(faults[0].code, Code::HIDDEN_CHARACTER);
            assert_eq!(clean.chars().count(), text.chars().count() - 1, "{clean:?}");
        }
        // Persian, Hindi, Khmer, an emoji of several, a flag, a form of an ideograph.
        for text in [
            "می\u{200C}خواهم",
            "क्\u{200D}ष",
            "សួ\u{200B}ស្តី",
            "👩\u{200D}🔬",
            "🏴\u{E0067}\u{E0062}\u{E007F}",
            "葛\u{E0100}",
            "1\u{FE0F}\u{20E3}",
            "♥\u{FE0F}",
            "≨\u{FE00}",
            "ᠠ\u{180B}",
            "مرحبا\u{200E} abc",
            "a\u{200F} b",
        ] {
            let (clean, faults) = clean(text);
            assert_eq!((clean.as_str(), faults.len()), (text, 0));
        }
    }

    #[test]
    fn marks_of_direction_must_pair() {
        assert!(clean("\u{202A}a\u{202C} \u{2067}b\u{2069}").1.is_empty());
        for forced in ["a\u{202E}b", "a\u{202D}b\u{202C}"] {
            let faults = clean(forced).1;
            assert_eq!((faults.len(), faults[0].offset), (1, 1), "{faults:?}");
        }
        assert_eq!(clean("a\u{202C}b").1.len(), 1);
        assert_eq!(clean("\u{2067}a\u{202C}\u{2069}").1.len(), 1);
    }
}
