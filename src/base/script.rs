//! What scripts do differently: where a line end of a text is no space, and how emphasis is seen.

use unicode_bidi::{BidiClass, bidi_class};
use unicode_normalization::UnicodeNormalization;

/// Whether a character belongs to a script without spaces between words (Chinese, Japanese, Yi), or to the full-width
/// punctuation that is set with one. Hangul has spaces between words.
pub(crate) fn is_ideographic(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{312F}' | '\u{3190}'..='\u{4DBF}' | '\u{4E00}'..='\u{A4CF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FE10}'..='\u{FE1F}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF01}'..='\u{FF9F}' | '\u{FFE0}'..='\u{FFE6}'
        | '\u{16FE0}'..='\u{18DFF}' | '\u{1AFF0}'..='\u{1B2FF}' | '\u{1F200}'..='\u{1F2FF}' | '\u{20000}'..='\u{3FFFD}')
}

/// The text in normalisation form C, but for signs that this form takes to pieces for good, as a half note (U+1D15E): few
/// fonts have the pieces, and a name stands for the whole where none has it.
pub(crate) fn composed(text: &str) -> impl Iterator<Item = char> {
    text.split_inclusive(stays_whole).flat_map(|part| {
        let whole = part.chars().next_back().filter(|c| stays_whole(*c));
        let rest = &part[..part.len() - whole.map_or(0, char::len_utf8)];
        rest.nfc().chain(whole)
    })
}

/// The musical notes, and the forking sign: all symbols that no normalisation form has.
fn stays_whole(c: char) -> bool {
    matches!(c, '\u{2ADC}' | '\u{1D15E}'..='\u{1D164}' | '\u{1D1BB}'..='\u{1D1C0}')
}

/// Whether lines may be broken next to a character without a space: an ideograph, or a syllable of Hangul.
pub(crate) fn breaks_anywhere(c: char) -> bool {
    is_ideographic(c)
        || matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7FF}')
}

/// Whether a line end between two texts is no space: both sides are ideographs, or marks that both scripts share
/// (quotation marks, dashes, dots) next to one. (CSS Text 4, 4.1.3, has the same rule for segment breaks.)
pub(crate) fn line_end_vanishes(before: &str, after: &str) -> bool {
    vanishes_between(before.chars().rev(), after.chars())
}

/// The same of the characters before a line end, the nearest first, and those after it.
pub(crate) fn vanishes_between(
    before: impl Iterator<Item = char>,
    after: impl Iterator<Item = char>,
) -> bool {
    let (left, left_shared) = near(before);
    let (right, right_shared) = near(after);
    let wide = |c: Option<char>| c.is_some_and(is_ideographic);
    match (left_shared, right_shared) {
        (false, _) => wide(left) && (wide(right) || right_shared && right.is_none()),
        (true, false) => wide(right) && (wide(left) || left.is_none()),
        (true, true) => wide(left) || wide(right),
    }
}

/// The character that says what script begins there, and whether there is a mark that both share before it.
fn near(mut text: impl Iterator<Item = char>) -> (Option<char>, bool) {
    match text.next() {
        // A shared mark belongs to the script of what is behind it.
        Some(c) if is_shared(c) => (text.find(|c| !is_shared(*c)), true),
        other => (other, false),
    }
}

/// Marks that Chinese and Japanese share with the scripts that have spaces.
fn is_shared(c: char) -> bool {
    matches!(c, '‘' | '’' | '“' | '”' | '…' | '—' | '―' | '‥' | '·' | '※')
}

/// How emphasis is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stress {
    /// By italics.
    Slant,
    /// By weight, in scripts without italics.
    Weight,
    /// By a dot at each character, as in Chinese and Japanese.
    Dots,
}

impl Stress {
    /// How the script of a character shows emphasis; `None` for what belongs to no script.
    fn of(c: char) -> Option<Stress> {
        let upright = matches!(c,
            '\u{900}'..='\u{13FF}' | '\u{1780}'..='\u{18AF}' | '\u{1980}'..='\u{1CFF}' | '\u{2D80}'..='\u{2DDF}'
            | '\u{3130}'..='\u{318F}' | '\u{A840}'..='\u{AB2F}' | '\u{AC00}'..='\u{D7FF}');
        let mark = matches!(c, '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{3030}' | '\u{FE10}'..='\u{FF0F}'
            | '\u{FF1A}'..='\u{FF20}' | '\u{FF3B}'..='\u{FF40}' | '\u{FF5B}'..='\u{FF65}' | '\u{FFE0}'..='\u{FFE6}');
        match bidi_class(c) {
            BidiClass::R | BidiClass::AL => Some(Stress::Weight),
            _ if upright => Some(Stress::Weight),
            _ if is_ideographic(c) && !mark => Some(Stress::Dots),
            _ if c.is_alphabetic() => Some(Stress::Slant),
            _ => None,
        }
    }

    /// The text in pieces that show emphasis in one way; what belongs to no script goes with what is before it.
    pub(crate) fn pieces(text: &str) -> Vec<(&str, Option<Stress>)> {
        let mut pieces: Vec<(std::ops::Range<usize>, Option<Stress>)> = Vec::new();
        for (at, c) in text.char_indices() {
            let own = Stress::of(c);
            let end = at + c.len_utf8();
            match pieces.last_mut() {
                Some((range, stress)) if own.is_none() || stress.is_none() || *stress == own => {
                    range.end = end;
                    *stress = stress.or(own);
                }
                _ => pieces.push((at..end, own)),
            }
        }
        pieces
            .into_iter()
            .map(|(range, stress)| (&text[range], stress))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emphasis_is_seen_by_what_each_script_has_for_it() {
        use Stress::{Dots, Slant, Weight};
        for (text, right) in [
            ("really, 12", vec![("really, 12", Some(Slant))]),
            ("очень", vec![("очень", Some(Slant))]),
            ("愿意，大家々", vec![("愿意，大家々", Some(Dots))]),
            ("とてもカナ", vec![("とてもカナ", Some(Dots))]),
            (
                "(愿意 UN 大会)",
                vec![
                    ("(愿意 ", Some(Dots)),
                    ("UN ", Some(Slant)),
                    ("大会)", Some(Dots)),
                ],
            ),
            ("매우", vec![("매우", Some(Weight))]),
            (
                "جدا (UN)",
                vec![("جدا (", Some(Weight)), ("UN)", Some(Slant))],
            ),
            ("מאוד", vec![("מאוד", Some(Weight))]),
            ("बहुत ძალიან", vec![("बहुत ძალიან", Some(Weight))]),
            ("12 %", vec![("12 %", None)]),
            ("", vec![]),
        ] {
            assert_eq!(Stress::pieces(text), right, "{text}");
        }
    }

    #[test]
    fn a_line_end_between_ideographs_and_their_punctuation_vanishes() {
        for (before, after) in [
            ("所有", "移民"),
            ("会议，", "讨论"),
            ("会议", "（见"),
            ("ありがと", "う。"),
            ("カタ", "カナ"),
            ("他说：", "“移民"),
            ("一项“权利”", "。各国"),
            ("权利”", "各国"),
            ("各国", "“权利”"),
            ("各国——", "所有"),
            ("等等……", "所有"),
            ("ｶﾀ", "ｶﾅ"),
            ("ꀀ", "ꀁ"),
            ("𠀀", "𠀁"),
        ] {
            assert!(line_end_vanishes(before, after), "{before} {after}");
        }
    }

    #[test]
    fn every_other_line_end_is_a_space() {
        for (before, after) in [
            ("the", "port"),
            ("在", "UNHCR"),
            ("UNHCR", "在"),
            ("2016", "年"),
            ("한국", "어"),
            ("said “x”", "and"),
            ("x”", "各国"),
            ("各国", "“x”"),
            ("", "各国"),
            ("各国", ""),
            ("ภาษา", "ไทย"),
        ] {
            assert!(!line_end_vanishes(before, after), "{before} {after}");
        }
    }
}
